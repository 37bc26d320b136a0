-- SPDX-License-Identifier: GPL-3.0-or-later
-- Kept tables, version 8: what this device attached, cannot open, and may give up.

-- The last number of this device's own log when the server was known to hold all of the file: a backup that has a later
-- one of its events has the file too. NULL while there_at is.
ALTER TABLE attachment ADD COLUMN there_number INTEGER;

UPDATE attachment SET there_number =
  (SELECT max (event.number) FROM event WHERE event.code = attachment.code)
  WHERE there_at IS NOT NULL AND root IS NOT NULL;

-- What is here, there, and not given up: on a device that cannot open what it attached.
CREATE INDEX attachment_given ON attachment (code, there_number) WHERE root IS NOT NULL AND whole = 1;
