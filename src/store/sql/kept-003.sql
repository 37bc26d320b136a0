-- SPDX-License-Identifier: GPL-3.0-or-later
-- Kept tables, version 3: what this device writes and cannot read again.

-- The hash of salt and body, then the box to the organisation's intake key that holds them; sealed is empty
-- then, since here too only the chain goes on. The hash alone: of an event whose body is not here, and whose header it
-- proves. NULL: not in a box, or the hash is not known
ALTER TABLE event ADD COLUMN box BLOB;
