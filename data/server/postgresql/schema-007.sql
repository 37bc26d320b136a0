-- schema-007.sql: events of which the digest alone was handed in; once a database, as superuser, after
-- schema-006.sql
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- In an SQLite file nothing changes: event.box is 3, beside 0 to 2, as long as what the event says has not come.

BEGIN;

SET LOCAL ROLE amends_owner;
SET LOCAL search_path = amends;

-- The one way in which an event is changed, beside erase_event: what it says comes, once, where nothing of it was
-- here but the digest, at its place in its author's chain. NULL if there is no such event.
CREATE FUNCTION fill_event (filled bigint, filled_stream text, filled_after text, filled_salt bytea,
                            filled_body bytea, filled_quarantined boolean, filled_elsewhere boolean,
                            filled_box bigint, filled_feed bigint,
                            filled_nth bigint) RETURNS bigint
  LANGUAGE sql SECURITY DEFINER SET search_path = amends, pg_temp
  AS $$
    UPDATE event SET stream = filled_stream, after = filled_after, salt = filled_salt, body = filled_body,
      quarantined = filled_quarantined, elsewhere = filled_elsewhere, box = filled_box
      WHERE event = filled AND feed = filled_feed AND nth = filled_nth AND box = 3 RETURNING event;
  $$;

REVOKE ALL ON FUNCTION fill_event FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fill_event TO amends;

UPDATE layout SET version = 7;

COMMIT;
