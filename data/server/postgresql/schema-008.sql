-- schema-008.sql: what proves the header of an erased event; once a database, as superuser, after schema-007.sql
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- In an SQLite file nothing changes: where there is no body, event.salt is the hash that salt and body had; NULL where
-- they were erased before that was kept.

BEGIN;

SET LOCAL ROLE amends_owner;
SET LOCAL search_path = amends;

DROP FUNCTION erase_event (text, bigint);

-- One of the two ways in which an event is changed, beside fill_event: body and salt go, and the hash of both takes
-- their place. It is written down that they went, so that they do not come again.
CREATE FUNCTION erase_event (erased_code text, erased_number bigint, erased bigint, rest bytea) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = amends, pg_temp
  AS $$
    INSERT INTO erased (code, number) VALUES (erased_code, erased_number) ON CONFLICT DO NOTHING;
    UPDATE event SET salt = rest, body = NULL FROM device
      WHERE event.event = erased AND device.device = event.device AND device.code = erased_code
        AND event.number = erased_number AND (rest IS NULL OR length (rest) = 32);
  $$;

REVOKE ALL ON FUNCTION erase_event FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_event TO amends;

UPDATE layout SET version = 8;

COMMIT;
