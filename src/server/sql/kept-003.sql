-- kept-003.sql: events that came in a box to the intake key
-- SPDX-License-Identifier: GPL-3.0-or-later

-- 0 the event came open; 1 in a box, which was opened; 2 in a box that did not open: then salt is the hash
-- of salt and body, body is the box, and the event is in quarantine
ALTER TABLE event ADD COLUMN box INTEGER NOT NULL DEFAULT 0;
