-- kept-005.sql: chunks of attachments
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- In the same file as events, so that a backup, a restore and an erasure have both or neither.

CREATE TABLE chunk (
  event INTEGER NOT NULL REFERENCES event,   -- the event that says the attachment
  hash BLOB NOT NULL,                        -- of the bytes, 32 bytes
  feed INTEGER NOT NULL REFERENCES feed,     -- where its stream is now
  stream TEXT NOT NULL,                      -- of the event
  device INTEGER NOT NULL REFERENCES device, -- who handed it in
  n_bytes INTEGER NOT NULL,
  bytes BLOB NOT NULL,                       -- sealed under a key in the event's body
  PRIMARY KEY (event, hash)
);

CREATE INDEX chunk_stream ON chunk (stream);

CREATE TABLE chunk_use (
  device INTEGER PRIMARY KEY REFERENCES device,
  n_bytes INTEGER NOT NULL                   -- of all chunks that it handed in
);
