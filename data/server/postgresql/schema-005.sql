-- schema-005.sql: chunks of attachments; once a database, as superuser, after schema-004.sql
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The tables and columns of src/server/sql/kept-005.sql, which says what they mean.

BEGIN;

SET LOCAL ROLE amends_owner;
SET LOCAL search_path = amends;

CREATE TABLE chunk (
  event bigint NOT NULL REFERENCES event,
  hash bytea NOT NULL,
  feed bigint NOT NULL REFERENCES feed,
  stream text COLLATE "C" NOT NULL,
  device bigint NOT NULL REFERENCES device,
  n_bytes bigint NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (event, hash)
);

-- What is sealed does not shrink.
ALTER TABLE chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE INDEX chunk_stream ON chunk (stream);

CREATE TABLE chunk_use (
  device bigint PRIMARY KEY REFERENCES device,
  n_bytes bigint NOT NULL
);

-- The one way in which chunks are deleted: of a stream that goes, or of an event whose body was erased; the
-- other is NULL.
CREATE FUNCTION erase_chunks (of_stream text, of_event bigint) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = amends, pg_temp
  AS $$
    WITH gone AS (DELETE FROM chunk WHERE stream = of_stream OR event = of_event
                  RETURNING device, n_bytes),
         freed AS (SELECT device, sum (n_bytes)::bigint AS n_bytes FROM gone GROUP BY device)
    UPDATE chunk_use SET n_bytes = chunk_use.n_bytes - freed.n_bytes
      FROM freed WHERE chunk_use.device = freed.device
  $$;

GRANT SELECT, INSERT ON chunk, chunk_use TO amends;
GRANT UPDATE (feed) ON chunk TO amends;
GRANT UPDATE (n_bytes) ON chunk_use TO amends;
REVOKE ALL ON FUNCTION erase_chunks FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_chunks TO amends;

UPDATE layout SET version = 5;

COMMIT;
