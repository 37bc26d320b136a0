/* amends-clock-why.h: why a due day is what it is, day by day
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-clock.h"

G_BEGIN_DECLS

/**
 * AmendsClockStepKind:
 * @AMENDS_CLOCK_STEP_WAITS: what starts the clock has not happened; no day
 * @AMENDS_CLOCK_STEP_STARTS: what started it, as the row's start_kind says, happened on the day
 * @AMENDS_CLOCK_STEP_COUNTED: the day is the n-th counted, in the clock's unit
 * @AMENDS_CLOCK_STEP_WEEKEND: a Saturday or Sunday, not counted
 * @AMENDS_CLOCK_STEP_HOLIDAY: the bank holiday of that name, not counted
 * @AMENDS_CLOCK_STEP_CLOSURE: the landlord's closure of that name, not counted by its own clock
 * @AMENDS_CLOCK_STEP_MONTHS: the day n months after the start; the days between have no steps
 * @AMENDS_CLOCK_STEP_CLAMPED: its month has no n-th day: the day is the month's last
 * @AMENDS_CLOCK_STEP_MOVED: calendar days or months ended on no working day (the holiday or closure of
 * that name, or with no name a weekend): the end was moved to the day
 * @AMENDS_CLOCK_STEP_EXTENSION: extended by n working days; no day
 * @AMENDS_CLOCK_STEP_CAPPED: n working days were decided, more than the cap lets the clock take; no day
 * @AMENDS_CLOCK_STEP_EXTENDED: the day is the n-th of the extension
 * @AMENDS_CLOCK_STEP_OUTER: counted from the last day to acknowledge, it is the day
 * @AMENDS_CLOCK_STEP_SEND_BY: met on arrival: to be sent by the day
 * @AMENDS_CLOCK_STEP_PROVISIONAL: the calendar does not cover the day and what lies beyond it: there
 * only weekends were skipped
 * @AMENDS_CLOCK_STEP_CORRECTED: what was recorded first made it late, and was corrected; no day
 */
typedef enum
{
  AMENDS_CLOCK_STEP_WAITS,
  AMENDS_CLOCK_STEP_STARTS,
  AMENDS_CLOCK_STEP_COUNTED,
  AMENDS_CLOCK_STEP_WEEKEND,
  AMENDS_CLOCK_STEP_HOLIDAY,
  AMENDS_CLOCK_STEP_CLOSURE,
  AMENDS_CLOCK_STEP_MONTHS,
  AMENDS_CLOCK_STEP_CLAMPED,
  AMENDS_CLOCK_STEP_MOVED,
  AMENDS_CLOCK_STEP_EXTENSION,
  AMENDS_CLOCK_STEP_CAPPED,
  AMENDS_CLOCK_STEP_EXTENDED,
  AMENDS_CLOCK_STEP_OUTER,
  AMENDS_CLOCK_STEP_SEND_BY,
  AMENDS_CLOCK_STEP_PROVISIONAL,
  AMENDS_CLOCK_STEP_CORRECTED,
} AmendsClockStepKind;

/**
 * AmendsClockStep:
 * @kind: what the step says
 * @day: of what day, or %AMENDS_DAY_NONE
 * @name: (nullable) (not owned): of the holiday or closure; the calendar's
 * @n: which, or how many; 0 where the kind has none
 */
typedef struct
{
  AmendsClockStepKind kind;
  AmendsDay day;
  const char *name;
  int n;
} AmendsClockStep;

GArray *amends_clock_row_dup_steps (const AmendsClockRow *self, const AmendsCalendar *calendar);

G_END_DECLS
