-- kept-001.sql: what the server holds. Digests and hashes are 32 bytes.
-- SPDX-License-Identifier: GPL-3.0-or-later

CREATE TABLE setting (
  name TEXT PRIMARY KEY,          -- organisation, keys, epoch, next code: see amends-server.c
  value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE device (
  device INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,      -- '0' is the server itself
  name TEXT NOT NULL,             -- what people call it
  kind TEXT NOT NULL,             -- staff, kiosk, admin; server
  key BLOB NOT NULL UNIQUE,       -- Ed25519, public
  number INTEGER NOT NULL,        -- its own frames brought its events up to here
  trunk BLOB NOT NULL,            -- the hash over those
  request INTEGER NOT NULL,       -- its last request that committed something
  revoked INTEGER NOT NULL,       -- 0 or 1
  stream INTEGER NOT NULL,        -- number of the event of '0' that enrolled it
  head INTEGER NOT NULL,          -- number of the last event of '0' in that stream
  recoded_from TEXT,              -- code of the device whose re-coding this is; NULL: none
  quarantined INTEGER NOT NULL,   -- how many of its events are held back
  seen_at INTEGER NOT NULL        -- when it last committed something, UTC microseconds; 0 never
);

CREATE TABLE feed (
  feed INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  position INTEGER NOT NULL,      -- of its last entry; positions are dense from 1
  hash BLOB NOT NULL,             -- feed hash there
  safe INTEGER NOT NULL           -- position up to which a verified backup has it
);

CREATE TABLE access (
  device INTEGER NOT NULL REFERENCES device,
  feed INTEGER NOT NULL REFERENCES feed,
  may_read INTEGER NOT NULL,      -- 0 or 1
  may_write INTEGER NOT NULL,     -- 0 or 1
  PRIMARY KEY (device, feed)
) WITHOUT ROWID;

CREATE TABLE scheme (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE invite (
  lookup TEXT PRIMARY KEY,        -- the four characters
  key BLOB NOT NULL,              -- K of the sixteen, which are not kept
  kind TEXT NOT NULL,
  feeds TEXT NOT NULL,            -- between commas
  expires_at INTEGER NOT NULL,    -- UTC microseconds
  tries INTEGER NOT NULL,         -- with a MAC that did not fit
  used_key BLOB,                  -- the device's public key; NULL: not used
  manifest TEXT                   -- what it was answered; NULL: not used
) WITHOUT ROWID;

CREATE TABLE event (
  event INTEGER PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES device,
  number INTEGER NOT NULL,
  feed INTEGER NOT NULL REFERENCES feed, -- where it was written
  nth INTEGER NOT NULL,           -- of its device's events in that feed, from 1
  stream TEXT NOT NULL,
  after TEXT NOT NULL,            -- ids between commas
  salt BLOB,                      -- NULL with the body
  body BLOB,                      -- NULL: erased
  digest BLOB NOT NULL,
  quarantined INTEGER NOT NULL,   -- 1: has no entry
  UNIQUE (device, number)
);

-- Which events before a page's first are held back from it: few, so the index is small.
CREATE INDEX event_quarantined ON event (device, feed, nth) WHERE quarantined = 1;

CREATE TABLE entry (
  feed INTEGER NOT NULL REFERENCES feed,
  position INTEGER NOT NULL,
  kind INTEGER NOT NULL,          -- 1 event, 4 a stream left, 5 a body was erased
  event INTEGER REFERENCES event, -- NULL but for kind 1
  id TEXT,                        -- of the stream or of the event erased; NULL for kind 1
  logged_at INTEGER NOT NULL,     -- Unix seconds
  hash BLOB NOT NULL,             -- feed hash after it
  PRIMARY KEY (feed, position)
) WITHOUT ROWID;

CREATE TABLE chain (
  device INTEGER NOT NULL REFERENCES device,
  feed INTEGER NOT NULL REFERENCES feed,
  number INTEGER NOT NULL,        -- of the last event held
  nth INTEGER NOT NULL,           -- and its place in the chain
  hash BLOB NOT NULL,             -- the chain after it
  PRIMARY KEY (device, feed)
) WITHOUT ROWID;

CREATE TABLE statement (
  statement INTEGER PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES device,
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL
);

-- A device's statements in the order of their numbers, as verify reads them.
CREATE INDEX statement_device ON statement (device, number);

-- Which place in which chain a statement speaks of.
CREATE TABLE leaf (
  device INTEGER NOT NULL REFERENCES device,
  feed INTEGER NOT NULL REFERENCES feed,
  nth INTEGER NOT NULL,
  statement INTEGER NOT NULL REFERENCES statement,
  PRIMARY KEY (device, feed, nth)
) WITHOUT ROWID;

CREATE TABLE epoch (
  ordinal INTEGER PRIMARY KEY,    -- from 1; the last is the server's
  epoch TEXT NOT NULL UNIQUE
);

CREATE TABLE epoch_position (
  ordinal INTEGER NOT NULL REFERENCES epoch,
  feed INTEGER NOT NULL REFERENCES feed,
  position INTEGER NOT NULL,      -- to which the epoch was restored
  PRIMARY KEY (ordinal, feed)
) WITHOUT ROWID;
