-- SPDX-License-Identifier: GPL-3.0-or-later
-- Kept tables, version 6: what a restored server has lost of its own log.

-- Frames as they are handed in, and until they have been: sealed. The ids of the events in them are given again by
-- the server, so they cannot stand beside the others.
CREATE TABLE lost (
  lost INTEGER PRIMARY KEY,   -- in the order in which they are handed in
  sealed BLOB NOT NULL
);
