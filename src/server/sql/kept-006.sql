-- kept-006.sql: what came back of a log that was lost with a restore
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Events of '0' that the server wrote, lost, and was handed in: each is gone through once.
CREATE TABLE lost (
  digest BLOB PRIMARY KEY,
  number INTEGER NOT NULL,        -- its own, in the log that was lost
  device INTEGER NOT NULL         -- whose stream it began; 0: none, or of one that is not known here
) WITHOUT ROWID;

CREATE INDEX lost_stream ON lost (number, device);

-- The event of '0' that said last what the device may do in the feed; 0: one from before this was kept. And if that
-- came back from a log that was lost: when it was said first, UTC microseconds; else 0.
ALTER TABLE access ADD COLUMN said INTEGER NOT NULL DEFAULT 0;
ALTER TABLE access ADD COLUMN lost_at INTEGER NOT NULL DEFAULT 0;
