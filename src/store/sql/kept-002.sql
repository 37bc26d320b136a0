-- SPDX-License-Identifier: GPL-3.0-or-later
-- Kept tables, version 2: what was erased stays erased, whoever brings it again.

-- Events whose body the server's log says was erased; also of events that never were here.
CREATE TABLE erased (
  code TEXT NOT NULL,
  number INTEGER NOT NULL,
  ctl INTEGER NOT NULL,       -- number of the event of the server's log that says so
  PRIMARY KEY (code, number)
) WITHOUT ROWID;
