-- SPDX-License-Identifier: GPL-3.0-or-later
-- Kept tables, version 3: what this device writes and cannot read again.

-- The hash of salt and body, then the box to the organisation's intake key that holds them; sealed is empty
-- then, since here too only the chain goes on. NULL: not in a box
ALTER TABLE event ADD COLUMN box BLOB;
