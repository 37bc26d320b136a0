-- kept-003.sql: events that came in a box to the intake key
-- SPDX-License-Identifier: GPL-3.0-or-later

-- 0 the event came open; 1 in a box, which was opened; 2 in a box that did not open: then salt is the hash
-- of salt and body, body is the box, and the event is in quarantine; 3 its digest alone came: salt is that hash, if it
-- came with it. Of an event without a body salt is the hash, too; NULL where it was erased before that was kept
ALTER TABLE event ADD COLUMN box INTEGER NOT NULL DEFAULT 0;
