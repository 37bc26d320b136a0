-- SPDX-License-Identifier: GPL-3.0-or-later
-- Kept tables, version 7: what this device attached where it may not read.

-- Its event is in a box that the device cannot open, and the key of the file with it: what it takes to carry the sealed
-- chunks stands here. NULL where the event says it.
ALTER TABLE attachment ADD COLUMN root BLOB;   -- hash of the list
ALTER TABLE attachment ADD COLUMN hashes BLOB; -- of the chunks of its parts, one behind the other
