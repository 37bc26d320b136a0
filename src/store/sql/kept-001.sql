-- SPDX-License-Identifier: GPL-3.0-or-later
-- Kept tables, version 1. They migrate forward, one file a version, and are never edited.
-- Sealed means XChaCha20-Poly1305 under the store key; what is not sealed names nobody.

CREATE TABLE meta (
  name TEXT PRIMARY KEY,      -- which fact about this store
  value BLOB NOT NULL         -- sealed, but for those that the code says are needed to unlock
) WITHOUT ROWID;

CREATE TABLE slot (
  slot INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,         -- 'staff', or 'recovery': sealed to the organisation's key
  name BLOB,                  -- who, sealed under the device secret; NULL for recovery
  salt BLOB,                  -- of Argon2id; NULL for recovery
  ops INTEGER,                -- of Argon2id; NULL for recovery
  mem INTEGER,                -- of Argon2id, bytes; NULL for recovery
  wrapped BLOB NOT NULL,      -- the store key
  staff BLOB                  -- sealed: the stream of the member of staff; NULL for recovery
);

CREATE TABLE feed (
  feed INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  may_read INTEGER NOT NULL,  -- 0 or 1, as granted
  may_write INTEGER NOT NULL, -- 0 or 1, as granted
  position INTEGER NOT NULL,  -- of the last entry held
  hash BLOB NOT NULL,         -- feed hash there, 32 bytes
  safe INTEGER NOT NULL       -- up to here the server has a verified backup
);

CREATE TABLE event (
  place INTEGER PRIMARY KEY,  -- order of arrival on this device
  code TEXT NOT NULL,         -- the device that wrote it
  number INTEGER NOT NULL,    -- that device's own, from 1
  feed INTEGER NOT NULL,      -- where it was written
  stream TEXT NOT NULL,       -- id of the event that began the thing it is about
  after TEXT NOT NULL,        -- ids of the heads its author had seen, between commas
  digest BLOB NOT NULL,       -- 32 bytes
  sealed BLOB                 -- salt and body, bound to the four fields; NULL once erased; empty
                              -- where the server holds the body back and only the chain goes on
);
CREATE UNIQUE INDEX event_by_id ON event (code, number);
CREATE INDEX event_by_stream ON event (stream);

-- Entries of a feed, as runs: from position on, the next n events of that device in that feed.
CREATE TABLE entry (
  feed INTEGER NOT NULL,
  position INTEGER NOT NULL,  -- of the first
  n INTEGER NOT NULL,         -- how many positions
  kind INTEGER NOT NULL,      -- AmendsEntryKind: events, a stream that left, a body erased
  code TEXT NOT NULL,         -- device of the events, or of the id
  number INTEGER NOT NULL,    -- number of the first, or of the id
  logged_at INTEGER NOT NULL, -- when the server logged them, Unix seconds; 0 unknown
  PRIMARY KEY (feed, position)
) WITHOUT ROWID;
CREATE INDEX entry_by_number ON entry (code, feed, number);

CREATE TABLE chain (
  code TEXT NOT NULL,
  feed INTEGER NOT NULL,
  number INTEGER NOT NULL,    -- of the last event in the chain
  hash BLOB NOT NULL,         -- 32 bytes
  verified INTEGER NOT NULL,  -- number of the last event that the newest statement covers
  statement BLOB,             -- the newest signed statement; NULL before the first
  base BLOB,                  -- own chains: the hash at the last acknowledged number; NULL before
  PRIMARY KEY (code, feed)
) WITHOUT ROWID;

-- What `ctl` says of devices and schemes, applied with its cursor.
CREATE TABLE device (
  code TEXT PRIMARY KEY,
  kind TEXT NOT NULL,         -- staff, kiosk, admin or server
  key BLOB NOT NULL,          -- Ed25519 public key
  name BLOB NOT NULL,         -- sealed
  revoked INTEGER NOT NULL    -- 0 or 1
) WITHOUT ROWID;

CREATE TABLE scheme (
  code TEXT PRIMARY KEY,
  name BLOB NOT NULL          -- sealed
) WITHOUT ROWID;

CREATE TABLE draft (
  draft INTEGER PRIMARY KEY,
  changed_at INTEGER NOT NULL, -- microseconds since 1970 UTC
  sealed BLOB NOT NULL         -- the intake as far as it has come, as JSON
);

-- Frames' events that could not be taken: kept with the reason and shown, never dropped.
CREATE TABLE set_aside (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,        -- microseconds since 1970 UTC
  reason TEXT NOT NULL,       -- a code, no personal data
  sealed BLOB NOT NULL        -- the bytes as they came
);
