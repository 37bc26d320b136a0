-- kept-004.sql: what was erased, and how far each device has followed ctl
-- SPDX-License-Identifier: GPL-3.0-or-later

-- The position of ctl that the device named last, having done all that stands before it.
ALTER TABLE device ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0;

-- Events whose body was erased; also of events that are not here and may be handed in.
CREATE TABLE erased (
  code TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (code, number)
) WITHOUT ROWID;
