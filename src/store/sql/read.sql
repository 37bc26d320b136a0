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
  channel TEXT,                  -- how it came, a code; NULL if unknown
  state TEXT NOT NULL,           -- open or closed
  n_conflicts INTEGER NOT NULL,
  due INTEGER NOT NULL,          -- days since 1970: until when what is owed first is in time; behind
                                 -- every day if nothing has one
  turns INTEGER,                 -- days since 1970: then its duties may differ though nobody did anything;
                                 -- NULL if they stay
  recorded_at INTEGER NOT NULL,  -- microseconds since 1970 UTC
  changed_at INTEGER NOT NULL    -- microseconds since 1970 UTC
) WITHOUT ROWID;
CREATE INDEX case_row_by_received ON case_row (received DESC, reference);
CREATE INDEX case_row_by_due ON case_row (due, reference);
CREATE INDEX case_row_by_reference ON case_row (reference);
CREATE INDEX case_row_by_complainant ON case_row (complainant COLLATE NOCASE);
CREATE INDEX case_row_by_home ON case_row (scheme, home COLLATE NOCASE);
CREATE INDEX case_row_by_conflict ON case_row (id) WHERE n_conflicts > 0;
CREATE INDEX case_row_by_turn ON case_row (turns) WHERE turns IS NOT NULL;

-- What is owed in a case: days only, so that nothing here grows old overnight.
CREATE TABLE duty (
  case_id TEXT NOT NULL,         -- stream of the case
  n INTEGER NOT NULL,            -- its place among the duties of the case, the earliest first
  kind INTEGER NOT NULL,         -- AmendsDutyKind
  clock INTEGER NOT NULL,        -- AmendsClockName, where it is a clock
  what TEXT,                     -- a need, a purpose, a field, a clause, a name; NULL for none
  detail TEXT,                   -- with whom; NULL for nobody in particular
  due INTEGER,                   -- the last day in time, days since 1970; NULL if it has none
  is_prompt INTEGER NOT NULL,    -- 0 or 1: to be looked at, and never late
  is_new INTEGER NOT NULL,       -- 0 or 1: nobody has looked at the case yet
  scheme TEXT,
  calendar TEXT NOT NULL,        -- the working days up to it
  closures TEXT,                 -- the policy whose closures are none of them; NULL for no closures
  whose TEXT,                    -- the member of staff who has it; NULL if not known by id
  whose_name TEXT,               -- the same by name; NULL if nobody has it
  alike TEXT NOT NULL            -- all that counts of it, as one
    AS ((n > 0) || ' ' || kind || ' ' || coalesce (due, '-') || ' ' || is_prompt || is_new
        || quote (scheme) || quote (whose) || quote (whose_name)),
  PRIMARY KEY (case_id, n)
) WITHOUT ROWID;
CREATE INDEX duty_by_day ON duty (due, kind, case_id);
CREATE INDEX duty_by_new ON duty (due) WHERE is_new;
CREATE INDEX duty_by_unsent ON duty (due, kind, case_id) WHERE kind = 13; -- AMENDS_DUTY_SEND
CREATE INDEX duty_by_unmatched ON duty (case_id) WHERE kind = 15; -- AMENDS_DUTY_MATCH
CREATE INDEX duty_by_prompt ON duty (due, kind, case_id) WHERE is_prompt;

-- How many there are alike, so that the groups of a plan are counted without going through them.
CREATE TABLE duty_count (
  alike TEXT PRIMARY KEY,
  n INTEGER NOT NULL,            -- 0 for those that are the first of their cases, else 1; the others as above
  kind INTEGER NOT NULL,
  due INTEGER,
  is_prompt INTEGER NOT NULL,
  is_new INTEGER NOT NULL,
  scheme TEXT,
  whose TEXT,
  whose_name TEXT,
  n_duties INTEGER NOT NULL      -- 1 or more
) WITHOUT ROWID;
CREATE TRIGGER duty_put AFTER INSERT ON duty
BEGIN
  INSERT INTO duty_count
  VALUES (new.alike, new.n > 0, new.kind, new.due, new.is_prompt, new.is_new, new.scheme, new.whose,
          new.whose_name, 1)
  ON CONFLICT (alike) DO UPDATE SET n_duties = n_duties + 1;
END;
CREATE TRIGGER duty_dropped AFTER DELETE ON duty
BEGIN
  UPDATE duty_count SET n_duties = n_duties - 1 WHERE alike = old.alike;
  DELETE FROM duty_count WHERE alike = old.alike AND n_duties = 0;
END;

CREATE TABLE reading (
  name TEXT PRIMARY KEY,         -- org: up to which event what the landlord publishes is heeded
  place INTEGER NOT NULL         -- in the log
) WITHOUT ROWID;

CREATE TABLE staff_row (
  id TEXT PRIMARY KEY,           -- stream of the member of staff
  name TEXT NOT NULL
) WITHOUT ROWID;

-- Homes, and nothing of who lives there.
CREATE TABLE home_row (
  id TEXT PRIMARY KEY,           -- stream of the home
  scheme TEXT NOT NULL,
  reference TEXT NOT NULL,       -- the landlord's, in Unicode NFC
  address TEXT NOT NULL,
  ended INTEGER                  -- days since 1970: from then on it is let to nobody; NULL if it goes on
) WITHOUT ROWID;
CREATE INDEX home_row_by_scheme ON home_row (scheme);

-- Who lives there, as the landlord has it: what somebody writes who complains is held beside it.
CREATE TABLE person_row (
  id TEXT PRIMARY KEY,           -- stream of the person
  scheme TEXT NOT NULL,
  reference TEXT NOT NULL,       -- the landlord's, in Unicode NFC
  name TEXT NOT NULL,
  home TEXT,                     -- in the landlord's words; NULL if it does not say
  language TEXT,                 -- the same
  preferred_contact TEXT         -- the same
) WITHOUT ROWID;
CREATE INDEX person_row_by_scheme ON person_row (scheme, reference);

-- By what a row of a spreadsheet is known again.
CREATE TABLE known (
  kind INTEGER NOT NULL,         -- AmendsRegisterKind
  scheme TEXT NOT NULL,          -- "" where a reference is the same everywhere
  reference TEXT NOT NULL,       -- the landlord's, in Unicode NFC
  id TEXT NOT NULL,              -- stream
  PRIMARY KEY (kind, scheme, reference, id)
) WITHOUT ROWID;
CREATE INDEX known_by_id ON known (id);
