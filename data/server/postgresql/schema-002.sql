-- schema-002.sql: what was taken from devices, and where streams are since they were moved; once a database,
-- as superuser, after schema-001.sql
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The tables and columns of src/server/sql/kept-002.sql, which says what they mean.

BEGIN;

SET LOCAL ROLE amends_owner;
SET LOCAL search_path = amends;

ALTER TABLE device ADD COLUMN safe bigint NOT NULL DEFAULT 0;
ALTER TABLE access ADD COLUMN taken_at bigint NOT NULL DEFAULT 0;
ALTER TABLE access ADD COLUMN gone_at bigint NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN elsewhere boolean NOT NULL DEFAULT false;

DROP INDEX event_quarantined;
CREATE INDEX event_unplaced ON event (device, feed, nth) WHERE quarantined OR elsewhere;

CREATE TABLE moved (
  stream text COLLATE "C" PRIMARY KEY,
  feed bigint NOT NULL REFERENCES feed,
  head bigint NOT NULL
);

GRANT SELECT, INSERT ON moved TO amends;
GRANT UPDATE (feed, head) ON moved TO amends;
GRANT UPDATE (safe) ON device TO amends;
GRANT UPDATE (taken_at, gone_at) ON access TO amends;
GRANT UPDATE (elsewhere) ON event TO amends;

UPDATE layout SET version = 2;

COMMIT;
