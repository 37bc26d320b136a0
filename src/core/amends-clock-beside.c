/* amends-clock-beside.c: the clocks beside a complaint: requests, enquiries, data protection, hazards
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-clock-cycle.h"

static void
compute_beside (AmendsCycle *cycle, AmendsClockName name)
{
  const AmendsPolicyClock *clock = amends_cycle_get_clock (cycle, name);
  AmendsDay stop = AMENDS_DAY_NONE;
  AmendsClockRow *row;
  AmendsDay start;

  if (clock == NULL)
    return;
  start = amends_cycle_find_day (cycle, clock->start, AMENDS_DAY_FIRST);
  if (start == AMENDS_DAY_NONE)
    return;

  if (name == AMENDS_CLOCK_SERVICE_REQUEST)
    stop = amends_cycle_find_day (cycle, AMENDS_CLOCK_EVENT_WITHDRAWN, start);
  /* What was informal and becomes a complaint is informal no more; a service request goes on. */
  if (clock->start == AMENDS_CLOCK_EVENT_INFORMAL_OPENED)
    stop = amends_cycle_earlier_of (stop, amends_cycle_find_day (cycle, AMENDS_CLOCK_EVENT_RECEIVED,
                                                                 start));
  row = amends_cycle_add_row (cycle, clock);
  amends_cycle_start_row (cycle, row, start);
  amends_cycle_settle (cycle, row, amends_cycle_find_end (cycle, clock, start), stop);
}

/* An emergency has its 24 hours, any other hazard its investigation; one that proves to be none is not
 * made safe. */
static const AmendsClockEvent *
find_hazard_start (const AmendsCycle *cycle, const AmendsPolicyClock *clock)
{
  gboolean is_emergency = clock->name == AMENDS_CLOCK_HAZARD_EMERGENCY;

  for (guint i = 0; i < cycle->n_events; i++)
    {
      const AmendsClockEvent *event = &cycle->events[i];

      if (event->kind == clock->start
          && (event->kind != AMENDS_CLOCK_EVENT_HAZARD_REPORTED
              || event->is_emergency == is_emergency)
          && (clock->name != AMENDS_CLOCK_HAZARD_MAKE_SAFE || !event->is_no_hazard))
        return event;
    }
  return NULL;
}

/* When it was found to be none, or AMENDS_DAY_NONE. */
static AmendsDay
find_no_hazard (const AmendsCycle *cycle, AmendsDay not_before)
{
  for (guint i = 0; i < cycle->n_events; i++)
    if (cycle->events[i].kind == AMENDS_CLOCK_EVENT_HAZARD_INVESTIGATED
        && cycle->events[i].is_no_hazard && cycle->events[i].day >= not_before)
      return cycle->events[i].day;
  return AMENDS_DAY_NONE;
}

/* When nobody is in danger any more: it is safe, it was none, or the request was dealt with. */
static AmendsDay
find_safety (const AmendsCycle *cycle, AmendsDay not_before)
{
  return amends_cycle_earlier_of (
      amends_cycle_earlier_of (amends_cycle_find_day (cycle, AMENDS_CLOCK_EVENT_HAZARD_MADE_SAFE,
                                                      not_before),
                               find_no_hazard (cycle, not_before)),
      amends_cycle_find_day (cycle, AMENDS_CLOCK_EVENT_SERVICE_REQUEST_RESOLVED, not_before));
}

/* When what a hazard asks for was done: also where the request that it came with is settled. What was
 * made safe before the investigation ended is safe. */
static AmendsDay
find_hazard_end (const AmendsCycle *cycle, const AmendsPolicyClock *clock, AmendsDay start)
{
  AmendsDay reported =
      amends_cycle_find_day (cycle, AMENDS_CLOCK_EVENT_HAZARD_REPORTED, AMENDS_DAY_FIRST);

  if (clock->name == AMENDS_CLOCK_HAZARD_WRITTEN_SUMMARY)
    return amends_cycle_find_end (cycle, clock, start);
  if (clock->name == AMENDS_CLOCK_HAZARD_MAKE_SAFE && reported != AMENDS_DAY_NONE)
    return find_safety (cycle, MIN (start, reported));
  if (clock->name == AMENDS_CLOCK_HAZARD_EMERGENCY)
    return find_safety (cycle, start);
  return amends_cycle_earlier_of (
      amends_cycle_find_end (cycle, clock, start),
      amends_cycle_find_day (cycle, AMENDS_CLOCK_EVENT_SERVICE_REQUEST_RESOLVED, start));
}

static void
compute_hazard (AmendsCycle *cycle, AmendsClockName name)
{
  const AmendsPolicyClock *clock = amends_cycle_get_clock (cycle, name);
  const AmendsClockEvent *start = clock != NULL ? find_hazard_start (cycle, clock) : NULL;
  AmendsClockRow *row;

  if (start == NULL)
    return;
  row = amends_cycle_add_row (cycle, clock);
  amends_cycle_start_row (cycle, row, start->day);
  amends_cycle_settle (cycle, row, find_hazard_end (cycle, clock, start->day), AMENDS_DAY_NONE);
}

static gboolean
is_safety (const AmendsClockEvent *event)
{
  return event->kind == AMENDS_CLOCK_EVENT_HAZARD_MADE_SAFE
         || event->kind == AMENDS_CLOCK_EVENT_SERVICE_REQUEST_RESOLVED
         || (event->kind == AMENDS_CLOCK_EVENT_HAZARD_INVESTIGATED && event->is_no_hazard);
}

/* How many of the events are of the hazard told of first: up to another one after that was over. */
static guint
count_of_one_hazard (const AmendsCycle *cycle)
{
  gboolean is_told = FALSE;
  gboolean is_over = FALSE;

  for (guint i = 0; i < cycle->n_events; i++)
    {
      const AmendsClockEvent *event = &cycle->events[i];

      if (event->kind == AMENDS_CLOCK_EVENT_HAZARD_REPORTED && is_over)
        return i;
      is_told |= event->kind == AMENDS_CLOCK_EVENT_HAZARD_REPORTED;
      is_over |= is_told && is_safety (event);
    }
  return cycle->n_events;
}

static gboolean
is_done (const AmendsClockRow *row)
{
  return row->met_day != AMENDS_DAY_NONE || row->ended_day != AMENDS_DAY_NONE;
}

/* Of two hazards whose clocks run beside each other the one stands that is not over, or is due first. */
static void
keep_stricter (AmendsClockRow **kept, AmendsClockRow *row)
{
  AmendsClockRow *before = *kept;
  gboolean stays = before != NULL && row != NULL
                   && (is_done (before) != is_done (row)
                           ? !is_done (before)
                           : !is_done (row)
                                 && amends_clock_row_get_governing_day (before)
                                        <= amends_clock_row_get_governing_day (row));

  if (stays)
    *kept = row;
  amends_cycle_keep_row (kept, stays ? before : row);
}

/* What is of events alone, from the first of them on. */
static void
compute_in_turn (AmendsCycle of_one, guint n_left, AmendsClockRow **ret_rows)
{
  while (n_left > 0)
    {
      AmendsClockRow *rows[AMENDS_CLOCK_N_NAMES] = { NULL };

      of_one.rows = rows;
      of_one.n_events = n_left;
      of_one.n_events = count_of_one_hazard (&of_one);
      for (AmendsClockName name = AMENDS_CLOCK_HAZARD_EMERGENCY; name < AMENDS_CLOCK_N_NAMES;
           name++)
        {
          compute_hazard (&of_one, name);
          amends_cycle_keep_row (&ret_rows[name], rows[name]);
        }
      n_left -= of_one.n_events;
      of_one.events += of_one.n_events;
    }
}

/* The hazard at @report, and what was done about it since by somebody who knew of it. */
static GArray *
list_of_hazard (const AmendsCycle *cycle, guint report)
{
  guint64 hazard = cycle->events[report].hazards;
  GArray *events = g_array_new (FALSE, FALSE, sizeof (AmendsClockEvent));

  g_array_append_val (events, cycle->events[report]);
  for (guint i = 0; i < cycle->n_events; i++)
    if (cycle->events[i].kind != AMENDS_CLOCK_EVENT_HAZARD_REPORTED
        && (cycle->events[i].hazards & hazard) != 0)
      g_array_append_val (events, cycle->events[i]);
  return events;
}

static gboolean
is_report (const AmendsClockEvent *event)
{
  return event->kind == AMENDS_CLOCK_EVENT_HAZARD_REPORTED;
}

/* Whether it is said of each report and each act which hazards it is about. */
static gboolean
tells_hazards_apart (const AmendsCycle *cycle)
{
  gboolean is_any = FALSE;

  for (guint i = 0; i < cycle->n_events; i++)
    {
      if (is_report (&cycle->events[i]) && cycle->events[i].hazards == 0)
        return FALSE;
      is_any |= is_report (&cycle->events[i]);
    }
  return is_any;
}

/* A complaint neither delays nor ends these. Each hazard has its own, where it is known what was done about
 * which. Where it is not, one that is told of when an earlier one is over begins them anew, and one beside it
 * is dealt with in the same days. */
static void
compute_hazards (const AmendsCycle *cycle)
{
  if (!tells_hazards_apart (cycle))
    {
      compute_in_turn (*cycle, cycle->n_events, cycle->rows);
      return;
    }
  for (guint i = 0; i < cycle->n_events; i++)
    {
      g_autoptr (GArray) events = NULL;
      AmendsClockRow *rows[AMENDS_CLOCK_N_NAMES] = { NULL };
      AmendsCycle of_one = *cycle;

      if (!is_report (&cycle->events[i]))
        continue;
      events = list_of_hazard (cycle, i);
      of_one.events = (const AmendsClockEvent *) events->data;
      of_one.n_events = events->len;
      of_one.rows = rows;
      for (AmendsClockName name = AMENDS_CLOCK_HAZARD_EMERGENCY; name < AMENDS_CLOCK_N_NAMES;
           name++)
        {
          compute_hazard (&of_one, name);
          keep_stricter (&cycle->rows[name], rows[name]);
        }
    }
}

static void
compute_age_limit (AmendsCycle *cycle)
{
  const AmendsPolicyClock *clock = amends_cycle_get_clock (cycle, AMENDS_CLOCK_AGE_LIMIT);
  AmendsDay arose = amends_cycle_find_day (cycle, AMENDS_CLOCK_EVENT_ISSUE_AROSE, AMENDS_DAY_FIRST);
  AmendsDay aware = amends_cycle_find_day (cycle, AMENDS_CLOCK_EVENT_ISSUE_AWARE, AMENDS_DAY_FIRST);
  AmendsDay raised = AMENDS_DAY_NONE;
  gboolean from_awareness;
  AmendsClockRow *row;

  if (clock == NULL)
    return;
  from_awareness = clock->start == AMENDS_CLOCK_EVENT_ISSUE_AWARE && aware != AMENDS_DAY_NONE;
  if (!from_awareness && arose == AMENDS_DAY_NONE)
    return;

  for (guint i = 0; i < cycle->n_events; i++)
    if (cycle->events[i].kind == AMENDS_CLOCK_EVENT_SERVICE_REQUEST_OPENED
        || cycle->events[i].kind == AMENDS_CLOCK_EVENT_INFORMAL_OPENED
        || cycle->events[i].kind == AMENDS_CLOCK_EVENT_RECEIVED)
      raised = amends_cycle_earlier_of (raised, cycle->events[i].day);

  row = amends_cycle_add_row (cycle, clock);
  row->start_kind =
      from_awareness ? AMENDS_CLOCK_EVENT_ISSUE_AWARE : AMENDS_CLOCK_EVENT_ISSUE_AROSE;
  amends_cycle_start_row (cycle, row, from_awareness ? aware : arose);
  amends_cycle_settle_window (cycle, row, raised, AMENDS_DAY_NONE);
}

/**
 * amends_cycle_compute_beside:
 * @cycle: all events of the history
 *
 * Adds the rows that are not of a complaint: they start and end on their own.
 */
void
amends_cycle_compute_beside (AmendsCycle *cycle)
{
  compute_beside (cycle, AMENDS_CLOCK_SERVICE_REQUEST);
  compute_beside (cycle, AMENDS_CLOCK_ENQUIRY);
  compute_age_limit (cycle);
  compute_beside (cycle, AMENDS_CLOCK_DATA_COMPLAINT);
  compute_hazards (cycle);
}
