/* amends-clock.h: every clock of a complaint, by the landlord's policy and by the Code
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-calendar.h"
#include "core/amends-policy.h"

G_BEGIN_DECLS

typedef enum
{
  AMENDS_CLOCK_SOURCE_POLICY,
  AMENDS_CLOCK_SOURCE_CODE,
} AmendsClockSource;

/**
 * AmendsClockState:
 * @AMENDS_CLOCK_STATE_WAITING: what starts it has not happened
 * @AMENDS_CLOCK_STATE_RUNNING: to be done by the due day
 * @AMENDS_CLOCK_STATE_MET: done in time
 * @AMENDS_CLOCK_STATE_MET_LATE: done, but late
 * @AMENDS_CLOCK_STATE_OVERDUE: not done by the due day
 * @AMENDS_CLOCK_STATE_ENDED: something else ended it
 * @AMENDS_CLOCK_STATE_OPEN: a window that stands open
 * @AMENDS_CLOCK_STATE_LAPSED: a window that has passed; a decider may still say yes
 */
typedef enum
{
  AMENDS_CLOCK_STATE_WAITING,
  AMENDS_CLOCK_STATE_RUNNING,
  AMENDS_CLOCK_STATE_MET,
  AMENDS_CLOCK_STATE_MET_LATE,
  AMENDS_CLOCK_STATE_OVERDUE,
  AMENDS_CLOCK_STATE_ENDED,
  AMENDS_CLOCK_STATE_OPEN,
  AMENDS_CLOCK_STATE_LAPSED,
} AmendsClockState;

/**
 * AmendsClockRow:
 * @source: whose clock
 * @policy: (owned): the edition it is of
 * @clock: (not owned): what @policy says about it
 * @start_kind: what started it; %AMENDS_CLOCK_EVENT_NONE for a response to somebody anonymous, which
 * runs from the last day to acknowledge
 * @started_day: when, or %AMENDS_DAY_NONE while it waits; itself not counted, as a rule
 * @unextended_day: the due day before any extension
 * @due_day: the last day on which the duty is met, or %AMENDS_DAY_NONE while it waits
 * @outer_day: what the due day is at the latest, however late the acknowledgement; of the two clocks
 * of a response, otherwise %AMENDS_DAY_NONE
 * @met_day: when it was done
 * @ended_day: when something else ended it
 * @send_by_day: when a letter is sent to arrive by the due day; only where the clock ends on delivery
 * @n_extended_working_days: by how much the due day was moved
 * @n_asked_working_days: by how much it was to be moved; more than was moved where a cap bites
 * @is_provisional: whether the count left the years that the calendar covers
 * @is_breached: whether it was done after, or is not done by, the earlier of due and outer day, or was
 * extended too late, or broken in an earlier run: nothing takes a breach back
 * @was_breached: whether it was broken by what was recorded first, and is not by what that was corrected to
 * @state: how it stands
 * @n_working_days_left: while running or overdue: 0 on the due day, negative after it
 * @earlier: (nullable) (element-type AmendsClockRow): runs before the case was taken up again
 */
typedef struct
{
  AmendsClockSource source;
  AmendsPolicy *policy;
  const AmendsPolicyClock *clock;
  AmendsClockEventKind start_kind;
  AmendsDay started_day;
  AmendsDay unextended_day;
  AmendsDay due_day;
  AmendsDay outer_day;
  AmendsDay met_day;
  AmendsDay ended_day;
  AmendsDay send_by_day;
  int n_extended_working_days;
  int n_asked_working_days;
  gboolean is_provisional;
  gboolean is_breached;
  gboolean was_breached;
  AmendsClockState state;
  int n_working_days_left;
  GPtrArray *earlier;
} AmendsClockRow;

GPtrArray *amends_clocks_compute (AmendsPolicy *policy,
                                  AmendsPolicy *code,
                                  const AmendsCalendar *calendar,
                                  const GArray *events,
                                  AmendsDay as_of);

void amends_clock_row_free (AmendsClockRow *self);
AmendsDay amends_clock_row_get_governing_day (const AmendsClockRow *self);
const AmendsCalendar *
amends_clock_row_get_calendar (const AmendsClockRow *self, const AmendsCalendar *calendar);
char *amends_clock_row_dup_why (const AmendsClockRow *self, const AmendsCalendar *calendar);
json_t *amends_clock_row_to_json (const AmendsClockRow *self, const AmendsCalendar *calendar);

const char *amends_clock_source_get_name (AmendsClockSource source);
const char *amends_clock_state_get_name (AmendsClockState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsClockRow, amends_clock_row_free)

G_END_DECLS
