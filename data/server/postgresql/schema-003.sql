-- schema-003.sql: events that came in a box to the intake key; after schema-002.sql, as superuser
-- SPDX-License-Identifier: GPL-3.0-or-later

BEGIN;

SET LOCAL ROLE amends_owner;
SET LOCAL search_path = amends;

-- What its numbers mean is said in src/server/sql/kept-003.sql.
ALTER TABLE event ADD COLUMN box bigint NOT NULL DEFAULT 0;

UPDATE layout SET version = 3;

COMMIT;
