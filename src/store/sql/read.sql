-- SPDX-License-Identifier: GPL-3.0-or-later
-- Read tables, in memory: a cache of the fold, dropped and computed again at will.

CREATE TABLE case_row (
  id TEXT PRIMARY KEY,           -- stream of the case
  reference TEXT,                -- NULL if the event that began it is not here
  kind TEXT,
  scheme TEXT,
  feed TEXT NOT NULL,
  complainant TEXT,              -- name as given; NULL if anonymous
  home TEXT,
  summary TEXT NOT NULL,         -- first line of the first issue
  received TEXT,                 -- civil day, ISO; NULL if unknown
  state TEXT NOT NULL,           -- open or closed
  n_conflicts INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,  -- microseconds since 1970 UTC
  changed_at INTEGER NOT NULL    -- microseconds since 1970 UTC
) WITHOUT ROWID;
CREATE INDEX case_row_by_received ON case_row (received DESC, reference);
CREATE INDEX case_row_by_reference ON case_row (reference);
CREATE INDEX case_row_by_conflict ON case_row (id) WHERE n_conflicts > 0;

CREATE TABLE staff_row (
  id TEXT PRIMARY KEY,           -- stream of the member of staff
  name TEXT NOT NULL
) WITHOUT ROWID;
