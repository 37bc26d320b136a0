-- SPDX-License-Identifier: GPL-3.0-or-later
-- Kept tables, version 4: what the server took from this device, and where streams are since they were moved.

ALTER TABLE feed ADD COLUMN taken_at INTEGER NOT NULL DEFAULT 0; -- when the server took it, microseconds since 1970 UTC; 0 it did not
ALTER TABLE feed ADD COLUMN gone_at INTEGER NOT NULL DEFAULT 0;  -- since when nothing of it is here; 0 something may be

-- Streams whose entries go to another feed than the one that they were begun in, as ctl says.
CREATE TABLE moved (
  stream TEXT PRIMARY KEY,    -- id of the event that began it
  feed INTEGER NOT NULL,      -- where it is now
  ctl INTEGER NOT NULL        -- number of the event of the server's log that said so last
) WITHOUT ROWID;

-- What left this device, and may come again.
CREATE INDEX event_left ON event (feed, code, number) WHERE length (sealed) = 1;
