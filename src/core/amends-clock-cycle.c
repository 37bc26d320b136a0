/* amends-clock-cycle.c: what the clocks of one cycle are computed with
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-clock-cycle.h"

#define HOURS_OF_A_DAY 24

/**
 * amends_cycle_find_event:
 * @not_before: a day; %AMENDS_DAY_FIRST for any
 *
 * Returns: (transfer none) (nullable): the first event of @kind in the cycle
 */
const AmendsClockEvent *
amends_cycle_find_event (const AmendsCycle *cycle, AmendsClockEventKind kind, AmendsDay not_before)
{
  for (guint i = 0; i < cycle->n_events; i++)
    if (cycle->events[i].kind == kind && cycle->events[i].day >= not_before)
      return &cycle->events[i];
  return NULL;
}

/**
 * amends_cycle_find_day:
 * @not_before: a day; %AMENDS_DAY_FIRST for any
 *
 * Returns: the day of the first event of @kind, or %AMENDS_DAY_NONE
 */
AmendsDay
amends_cycle_find_day (const AmendsCycle *cycle, AmendsClockEventKind kind, AmendsDay not_before)
{
  const AmendsClockEvent *event = amends_cycle_find_event (cycle, kind, not_before);

  return event != NULL ? event->day : AMENDS_DAY_NONE;
}

/**
 * amends_cycle_find_end:
 * @not_before: a day; %AMENDS_DAY_FIRST for any
 *
 * Returns: the day the clock ends on, by what was written where only that counts; or %AMENDS_DAY_NONE
 */
AmendsDay
amends_cycle_find_end (const AmendsCycle *cycle,
                       const AmendsPolicyClock *clock,
                       AmendsDay not_before)
{
  for (guint i = 0; i < cycle->n_events; i++)
    {
      const AmendsClockEvent *event = &cycle->events[i];

      if (event->kind == clock->end && event->day >= not_before
          && (!clock->needs_writing || event->medium == AMENDS_CLOCK_MEDIUM_WRITTEN))
        return event->day;
    }
  return AMENDS_DAY_NONE;
}

/**
 * amends_cycle_find_delivery:
 * @sent: what was sent
 * @not_after: a day, or %AMENDS_DAY_NONE
 *
 * What was sent has arrived when that is recorded; what was said or handed over, at once.
 *
 * Returns: the day it arrived, or %AMENDS_DAY_NONE
 */
AmendsDay
amends_cycle_find_delivery (const AmendsCycle *cycle,
                            const AmendsClockEvent *sent,
                            AmendsDay not_after)
{
  AmendsDay day;

  if (sent->delivered_day != AMENDS_DAY_NONE)
    return sent->delivered_day;
  if (sent->medium != AMENDS_CLOCK_MEDIUM_WRITTEN)
    return sent->day;
  day = amends_cycle_find_day (cycle, AMENDS_CLOCK_EVENT_DELIVERED, sent->day);
  return not_after == AMENDS_DAY_NONE || day <= not_after ? day : AMENDS_DAY_NONE;
}

/**
 * amends_cycle_find_stop:
 * @not_before: a day
 *
 * Returns: the day on which something from without ends the clocks, or %AMENDS_DAY_NONE
 */
AmendsDay
amends_cycle_find_stop (const AmendsCycle *cycle, AmendsDay not_before)
{
  AmendsDay day = amends_cycle_earlier_of (
      amends_cycle_find_day (cycle, AMENDS_CLOCK_EVENT_WITHDRAWN, not_before),
      amends_cycle_find_day (cycle, AMENDS_CLOCK_EVENT_DECLINED, not_before));

  return amends_cycle_earlier_of (day, cycle->end_day);
}

static const AmendsCalendar *
get_calendar (const AmendsCycle *cycle, const AmendsPolicyClock *clock)
{
  return clock->is_statutory ? cycle->calendar : cycle->landlords;
}

/**
 * amends_cycle_add_working_days:
 * @calendar: the days to count
 * @provisional: (inout): becomes %TRUE if the count left the years that are covered
 *
 * Returns: the last day counted
 */
AmendsDay
amends_cycle_add_working_days (const AmendsCalendar *calendar,
                               AmendsDay start,
                               int n,
                               gboolean *provisional)
{
  gboolean is_provisional;
  AmendsDay day =
      amends_calendar_add_working_days_provisional (calendar, start, n, &is_provisional);

  *provisional |= is_provisional;
  return day;
}

/**
 * amends_cycle_count:
 * @clock: whose length
 * @start: the day from which to count
 * @provisional: (inout): becomes %TRUE if the count left the years that are covered
 *
 * A count of calendar days or months that ends on no working day runs on to the next one: that favours
 * the resident. Hours run through weekends and holidays, and end with the day they end on.
 *
 * Returns: the last day
 */
AmendsDay
amends_cycle_count (const AmendsCycle *cycle,
                    const AmendsPolicyClock *clock,
                    AmendsDay start,
                    gboolean *provisional)
{
  const AmendsCalendar *calendar = get_calendar (cycle, clock);
  AmendsDay day = start;

  switch (clock->unit)
    {
    case AMENDS_CLOCK_UNIT_WORKING_DAYS:
      if (clock->is_same_day)
        return amends_cycle_add_working_days (calendar,
                                              amends_calendar_this_or_next_working_day (calendar,
                                                                                        start),
                                              clock->length - 1, provisional);
      return amends_cycle_add_working_days (calendar, start, clock->length, provisional);
    case AMENDS_CLOCK_UNIT_CALENDAR_DAYS:
      day = start + clock->length;
      break;
    case AMENDS_CLOCK_UNIT_MONTHS:
      day = amends_day_add_months (start, clock->length);
      break;
    case AMENDS_CLOCK_UNIT_HOURS:
      return start + (clock->length + HOURS_OF_A_DAY - 1) / HOURS_OF_A_DAY;
    }

  day = amends_calendar_this_or_next_working_day (calendar, day);
  *provisional |=
      !amends_calendar_covers (calendar, start) || !amends_calendar_covers (calendar, day);
  return day;
}

/**
 * amends_cycle_get_clock:
 *
 * Returns: (transfer none) (nullable): the clock as the cycle's edition has it
 */
const AmendsPolicyClock *
amends_cycle_get_clock (const AmendsCycle *cycle, AmendsClockName name)
{
  return amends_policy_get_clock (cycle->policy, name);
}

/**
 * amends_cycle_add_row:
 *
 * Returns: (transfer none): a new row of the cycle, that waits
 */
AmendsClockRow *
amends_cycle_add_row (AmendsCycle *cycle, const AmendsPolicyClock *clock)
{
  AmendsClockRow *row = g_new0 (AmendsClockRow, 1);

  row->source = cycle->source;
  row->policy = amends_policy_ref (cycle->policy);
  row->clock = clock;
  row->start_kind = clock->start;
  row->started_day = row->unextended_day = row->due_day = row->outer_day = AMENDS_DAY_NONE;
  row->met_day = row->ended_day = row->send_by_day = AMENDS_DAY_NONE;
  cycle->rows[clock->name] = row;
  return row;
}

/**
 * amends_cycle_start_row:
 * @day: when the clock starts; %AMENDS_DAY_NONE changes nothing
 */
void
amends_cycle_start_row (const AmendsCycle *cycle, AmendsClockRow *row, AmendsDay day)
{
  if (day == AMENDS_DAY_NONE)
    return;
  row->started_day = day;
  row->unextended_day = row->due_day =
      amends_cycle_count (cycle, row->clock, day, &row->is_provisional);
}

static void
count_days_left (const AmendsCycle *cycle, AmendsClockRow *row)
{
  int n = amends_calendar_working_days_between (get_calendar (cycle, row->clock), cycle->as_of,
                                                row->due_day);

  /* The weekend after a due day has no working day in it, and is late all the same. */
  row->n_working_days_left = row->state == AMENDS_CLOCK_STATE_OVERDUE ? MIN (n, -1) : n;
}

/**
 * amends_cycle_settle:
 * @done: when what is owed was done, or %AMENDS_DAY_NONE
 * @stop: when something else ended it, or %AMENDS_DAY_NONE
 *
 * What was done, or else what ended it, or else how it stands. A breach is judged by the earlier of
 * the due and the outer day, the state by the due day.
 */
void
amends_cycle_settle (const AmendsCycle *cycle, AmendsClockRow *row, AmendsDay done, AmendsDay stop)
{
  AmendsDay governing = amends_clock_row_get_governing_day (row);
  AmendsDay judged = cycle->as_of;

  if (done != AMENDS_DAY_NONE && (stop == AMENDS_DAY_NONE || done <= stop))
    judged = row->met_day = done;
  else if (stop != AMENDS_DAY_NONE)
    judged = row->ended_day = stop;

  if (governing != AMENDS_DAY_NONE && judged > governing)
    row->is_breached = TRUE;

  if (row->met_day != AMENDS_DAY_NONE)
    row->state = row->is_breached || judged > row->due_day ? AMENDS_CLOCK_STATE_MET_LATE
                                                           : AMENDS_CLOCK_STATE_MET;
  else if (row->ended_day != AMENDS_DAY_NONE)
    row->state = AMENDS_CLOCK_STATE_ENDED;
  else if (row->started_day == AMENDS_DAY_NONE || row->started_day > cycle->as_of)
    row->state = AMENDS_CLOCK_STATE_WAITING;
  else
    row->state = judged > row->due_day ? AMENDS_CLOCK_STATE_OVERDUE : AMENDS_CLOCK_STATE_RUNNING;

  if (row->state == AMENDS_CLOCK_STATE_RUNNING || row->state == AMENDS_CLOCK_STATE_OVERDUE)
    count_days_left (cycle, row);
  if (row->clock->purpose != AMENDS_CLOCK_PURPOSE_DUTY)
    row->is_breached = FALSE;
}

/**
 * amends_cycle_settle_window:
 * @used: when the complainant used it, or %AMENDS_DAY_NONE
 * @stop: when something else closed it, or %AMENDS_DAY_NONE
 *
 * A window is used in time, used late, or closed by something else; it is never overdue.
 */
void
amends_cycle_settle_window (const AmendsCycle *cycle,
                            AmendsClockRow *row,
                            AmendsDay used,
                            AmendsDay stop)
{
  if (used != AMENDS_DAY_NONE && (stop == AMENDS_DAY_NONE || used <= stop))
    {
      row->met_day = used;
      row->state = used > row->due_day ? AMENDS_CLOCK_STATE_LAPSED : AMENDS_CLOCK_STATE_ENDED;
    }
  else if (stop != AMENDS_DAY_NONE && stop <= row->due_day)
    {
      row->ended_day = stop;
      row->state = AMENDS_CLOCK_STATE_ENDED;
    }
  else
    row->state = cycle->as_of > row->due_day ? AMENDS_CLOCK_STATE_LAPSED : AMENDS_CLOCK_STATE_OPEN;
}

/**
 * amends_cycle_keep_row:
 * @kept: (inout): the row of the runs before, or %NULL
 * @row: (nullable) (transfer full): of a new run
 *
 * A clock of a new run takes the place of the one before, unless it has not begun and that one had:
 * only acknowledge and respond begin anew by themselves.
 */
void
amends_cycle_keep_row (AmendsClockRow **kept, AmendsClockRow *row)
{
  AmendsClockRow *before = *kept;
  g_autoptr (GPtrArray) own = NULL;

  if (row == NULL)
    return;
  if (before == NULL)
    {
      *kept = row;
      return;
    }
  if (row->started_day == AMENDS_DAY_NONE && before->started_day != AMENDS_DAY_NONE
      && row->clock->name != AMENDS_CLOCK_ACKNOWLEDGE && row->clock->name != AMENDS_CLOCK_RESPOND)
    {
      amends_clock_row_free (row);
      return;
    }

  /* Of hazards beside each other the one that stands may have some behind it already. */
  own = g_steal_pointer (&row->earlier);
  row->earlier = before->earlier != NULL
                     ? g_steal_pointer (&before->earlier)
                     : g_ptr_array_new_with_free_func ((GDestroyNotify) amends_clock_row_free);
  while (own != NULL && own->len > 0)
    g_ptr_array_add (row->earlier, g_ptr_array_steal_index (own, 0));
  row->is_breached |= before->is_breached;
  g_ptr_array_add (row->earlier, before);
  *kept = row;
}
