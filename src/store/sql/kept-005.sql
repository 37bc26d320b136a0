-- SPDX-License-Identifier: GPL-3.0-or-later
-- Kept tables, version 5: attachments.

-- What the log says is attached, and how far it has travelled. A row comes with its event and goes with
-- it, or with its body; the files in blobs/ that no row names are swept.
CREATE TABLE attachment (
  code TEXT NOT NULL,          -- the event that says it
  number INTEGER NOT NULL,
  name TEXT NOT NULL,          -- of its files: a keyed hash
  size INTEGER NOT NULL,       -- bytes
  whole INTEGER NOT NULL,      -- 1: all its chunks are here
  n_there INTEGER NOT NULL,    -- how many of its chunks the server is known to hold
  there_at INTEGER,            -- since when it holds all, microseconds since 1970 UTC; NULL: not yet
  wanted INTEGER NOT NULL,     -- 1: a person asked for it
  PRIMARY KEY (code, number)
) WITHOUT ROWID;

-- What is still to go up or to come down: seldom many.
CREATE INDEX attachment_under_way ON attachment (size) WHERE whole = 0 OR there_at IS NULL;

CREATE TRIGGER attachment_gone AFTER DELETE ON event BEGIN
  DELETE FROM attachment WHERE code = old.code AND number = old.number;
END;

-- Erased, or has left this device.
CREATE TRIGGER attachment_erased AFTER UPDATE OF sealed ON event
  WHEN new.sealed IS NULL OR length (new.sealed) <= 1
BEGIN
  DELETE FROM attachment WHERE code = new.code AND number = new.number;
END;
