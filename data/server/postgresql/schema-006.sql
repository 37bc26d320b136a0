-- schema-006.sql: what came back of a log that was lost with a restore; once a database, as superuser, after
-- schema-005.sql
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The tables and columns of src/server/sql/kept-006.sql, which says what they mean.

BEGIN;

SET LOCAL ROLE amends_owner;
SET LOCAL search_path = amends;

CREATE TABLE lost (
  digest bytea PRIMARY KEY,
  number bigint NOT NULL,
  device bigint NOT NULL
);

CREATE INDEX lost_stream ON lost (number, device);

ALTER TABLE access ADD COLUMN said bigint NOT NULL DEFAULT 0;
ALTER TABLE access ADD COLUMN lost_at bigint NOT NULL DEFAULT 0;

GRANT SELECT, INSERT ON lost TO amends;
GRANT UPDATE (said, lost_at) ON access TO amends;
GRANT UPDATE (recoded_from) ON device TO amends;

UPDATE layout SET version = 6;

COMMIT;
