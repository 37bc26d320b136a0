/* amends-clock-why.c: why a due day is what it is, day by day
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Steps say what a screen can draw and a sentence can tell, and are themselves neither. The days of a
 * count of days stand in their order, each once, from the day after the start (or the start itself,
 * where that may be day 1) to the due day. */

#include "core/amends-clock-why.h"

static void
add_step (GArray *steps, AmendsClockStepKind kind, AmendsDay day, const char *name, int n)
{
  const AmendsClockStep step = { .kind = kind, .day = day, .name = name, .n = n };

  g_array_append_val (steps, step);
}

/* Adds the days after @after up to and including @until; those that are working days as @kind, with
 * their number. */
static void
add_working_days (GArray *steps,
                  const AmendsCalendar *calendar,
                  AmendsDay after,
                  AmendsDay until,
                  AmendsClockStepKind kind)
{
  int n = 0;

  for (AmendsDay day = after + 1; day <= until; day++)
    {
      const char *holiday = amends_calendar_get_holiday (calendar, day);
      const char *closure = amends_calendar_get_closure (calendar, day);

      if (amends_day_weekday (day) > G_DATE_FRIDAY)
        add_step (steps, AMENDS_CLOCK_STEP_WEEKEND, day, NULL, 0);
      else if (holiday != NULL)
        add_step (steps, AMENDS_CLOCK_STEP_HOLIDAY, day, holiday, 0);
      else if (closure != NULL)
        add_step (steps, AMENDS_CLOCK_STEP_CLOSURE, day, closure, 0);
      else
        add_step (steps, kind, day, NULL, ++n);
    }
}

/* What a count of calendar days or months that ends on no working day runs on over. */
static void
add_run_on (GArray *steps, const AmendsCalendar *calendar, AmendsDay last, AmendsDay moved)
{
  const char *holiday = amends_calendar_get_holiday (calendar, last);

  if (last == moved)
    return;
  add_working_days (steps, calendar, last, moved - 1, AMENDS_CLOCK_STEP_COUNTED);
  add_step (steps, AMENDS_CLOCK_STEP_MOVED, moved,
            holiday != NULL ? holiday : amends_calendar_get_closure (calendar, last), 0);
}

static void
add_months (GArray *steps, const AmendsClockRow *row, const AmendsCalendar *calendar)
{
  AmendsDay last = amends_day_add_months (row->started_day, row->clock->length);
  int wanted;
  int found;

  amends_day_to_ymd (row->started_day, NULL, NULL, &wanted);
  amends_day_to_ymd (last, NULL, NULL, &found);
  add_step (steps, AMENDS_CLOCK_STEP_MONTHS, last, NULL, row->clock->length);
  if (found != wanted)
    add_step (steps, AMENDS_CLOCK_STEP_CLAMPED, last, NULL, wanted);
  add_run_on (steps, calendar, last, row->unextended_day);
}

static void
add_count (GArray *steps, const AmendsClockRow *row, const AmendsCalendar *calendar)
{
  AmendsDay start = row->started_day;

  switch (row->clock->unit)
    {
    case AMENDS_CLOCK_UNIT_WORKING_DAYS:
      add_working_days (steps, calendar, row->clock->is_same_day ? start - 1 : start,
                        row->unextended_day, AMENDS_CLOCK_STEP_COUNTED);
      break;
    case AMENDS_CLOCK_UNIT_CALENDAR_DAYS:
      for (int n = 1; n <= row->clock->length; n++)
        add_step (steps, AMENDS_CLOCK_STEP_COUNTED, start + n, NULL, n);
      add_run_on (steps, calendar, start + row->clock->length, row->unextended_day);
      break;
    case AMENDS_CLOCK_UNIT_MONTHS:
      add_months (steps, row, calendar);
      break;
    case AMENDS_CLOCK_UNIT_HOURS:
      for (AmendsDay day = start + 1; day <= row->unextended_day; day++)
        add_step (steps, AMENDS_CLOCK_STEP_COUNTED, day, NULL,
                  MIN (row->clock->length, 24 * (day - start)));
      break;
    }
}

static void
add_extension (GArray *steps, const AmendsClockRow *row, const AmendsCalendar *calendar)
{
  if (row->n_asked_working_days == 0)
    return;
  add_step (steps, AMENDS_CLOCK_STEP_EXTENSION, AMENDS_DAY_NONE, NULL,
            row->n_extended_working_days);
  if (row->n_extended_working_days < row->n_asked_working_days)
    add_step (steps, AMENDS_CLOCK_STEP_CAPPED, AMENDS_DAY_NONE, NULL, row->n_asked_working_days);
  if (row->due_day != AMENDS_DAY_NONE)
    add_working_days (steps, calendar, row->unextended_day, row->due_day,
                      AMENDS_CLOCK_STEP_EXTENDED);
}

static void
add_provisional (GArray *steps, const AmendsClockRow *row, const AmendsCalendar *calendar)
{
  AmendsDay first = row->started_day != AMENDS_DAY_NONE ? row->started_day : row->outer_day;

  if (!row->is_provisional)
    return;
  if (amends_calendar_covers (calendar, first))
    first = amends_calendar_get_last_day (calendar) + 1;
  add_step (steps, AMENDS_CLOCK_STEP_PROVISIONAL, first, NULL, 0);
}

/**
 * amends_clock_row_dup_steps:
 * @self: a row
 * @calendar: the one it was computed with; to outlive the steps, which borrow its names
 *
 * The start, each day counted or skipped, the extension, and what else is to be known about the due
 * day; in the order in which they are told.
 *
 * Returns: (transfer full) (element-type AmendsClockStep): the steps, at least one
 */
GArray *
amends_clock_row_dup_steps (const AmendsClockRow *self, const AmendsCalendar *calendar)
{
  g_autoptr (GArray) steps = NULL;

  g_return_val_if_fail (self != NULL && calendar != NULL, NULL);

  calendar = amends_clock_row_get_calendar (self, calendar);
  steps = g_array_sized_new (FALSE, FALSE, sizeof (AmendsClockStep), 32);
  if (self->started_day == AMENDS_DAY_NONE)
    add_step (steps, AMENDS_CLOCK_STEP_WAITS, AMENDS_DAY_NONE, NULL, 0);
  else
    {
      add_step (steps, AMENDS_CLOCK_STEP_STARTS, self->started_day, NULL, 0);
      add_count (steps, self, calendar);
    }
  add_extension (steps, self, calendar);
  if (self->outer_day != AMENDS_DAY_NONE && self->outer_day != self->due_day)
    add_step (steps, AMENDS_CLOCK_STEP_OUTER, self->outer_day, NULL, 0);
  if (self->send_by_day != AMENDS_DAY_NONE)
    add_step (steps, AMENDS_CLOCK_STEP_SEND_BY, self->send_by_day, NULL, 0);
  add_provisional (steps, self, calendar);
  if (self->was_breached)
    add_step (steps, AMENDS_CLOCK_STEP_CORRECTED, AMENDS_DAY_NONE, NULL, 0);
  return g_steal_pointer (&steps);
}
