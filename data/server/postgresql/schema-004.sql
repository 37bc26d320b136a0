-- schema-004.sql: what was erased, and how far each device has followed ctl; once a database, as superuser,
-- after schema-003.sql
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The tables and columns of src/server/sql/kept-004.sql, which says what they mean.

BEGIN;

SET LOCAL ROLE amends_owner;
SET LOCAL search_path = amends;

ALTER TABLE device ADD COLUMN confirmed bigint NOT NULL DEFAULT 0;

CREATE TABLE erased (
  code text COLLATE "C" NOT NULL,
  number bigint NOT NULL,
  PRIMARY KEY (code, number)
);

-- The one way in which an event is changed: its body goes, with the salt, and nothing takes their place. It is
-- written down that it went, so that it does not come again.
CREATE FUNCTION erase_event (erased_code text, erased_number bigint) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = amends, pg_temp
  AS $$
    INSERT INTO erased (code, number) VALUES (erased_code, erased_number) ON CONFLICT DO NOTHING;
    UPDATE event SET salt = NULL, body = NULL FROM device
      WHERE device.device = event.device AND device.code = erased_code AND event.number = erased_number;
  $$;

GRANT SELECT, INSERT ON erased TO amends;
GRANT UPDATE (confirmed) ON device TO amends;
REVOKE ALL ON FUNCTION erase_event FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_event TO amends;

UPDATE layout SET version = 4;

COMMIT;
