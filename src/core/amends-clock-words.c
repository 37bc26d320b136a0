/* amends-clock-words.c: why a due day is what it is, in words
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-clock-why.h"

static const char *const weekdays[] = { "", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

static const char *const months[] = { "",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

static void
append_day (GString *text, AmendsDay day)
{
  int year;
  int month;
  int day_of_month;

  amends_day_to_ymd (day, &year, &month, &day_of_month);
  g_string_append_printf (text, "%s %d %s %d", weekdays[amends_day_weekday (day)], day_of_month,
                          months[month], year);
}

/* What started a clock, to stand before a day. */
static const char *
get_start_words (AmendsClockEventKind kind)
{
  switch ((int) kind)
    {
    case AMENDS_CLOCK_EVENT_NONE:
      return "Anonymous: the last day to acknowledge would have been";
    case AMENDS_CLOCK_EVENT_ISSUE_AROSE:
      return "The issue arose";
    case AMENDS_CLOCK_EVENT_ISSUE_AWARE:
      return "The complainant became aware";
    case AMENDS_CLOCK_EVENT_INFORMAL_OPENED:
      return "Raised informally";
    case AMENDS_CLOCK_EVENT_SERVICE_REQUEST_OPENED:
      return "Service request opened";
    case AMENDS_CLOCK_EVENT_DISSATISFIED:
      return "Dissatisfaction first expressed";
    case AMENDS_CLOCK_EVENT_REOPENED:
      return "Taken up again";
    case AMENDS_CLOCK_EVENT_ACKNOWLEDGED:
      return "Acknowledged";
    case AMENDS_CLOCK_EVENT_ASSIGNED:
      return "Assigned";
    case AMENDS_CLOCK_EVENT_RESPONDED:
      return "Responded to";
    case AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED:
      return "Stage 2 asked for, with effect from";
    case AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED:
      return "Stage 2 acknowledged";
    case AMENDS_CLOCK_EVENT_STAGE2_ASSIGNED:
      return "Stage 2 assigned";
    case AMENDS_CLOCK_EVENT_ENQUIRY_RECEIVED:
      return "Enquiry received";
    case AMENDS_CLOCK_EVENT_DATA_COMPLAINT_RECEIVED:
      return "Data protection complaint received";
    case AMENDS_CLOCK_EVENT_HAZARD_REPORTED:
      return "Hazard reported";
    case AMENDS_CLOCK_EVENT_HAZARD_INVESTIGATED:
      return "Hazard investigated";
    default:
      return "Received";
    }
}

static const char *
get_waiting_words (AmendsClockEventKind kind)
{
  switch ((int) kind)
    {
    case AMENDS_CLOCK_EVENT_ACKNOWLEDGED:
      return "Begins when the complaint is acknowledged.";
    case AMENDS_CLOCK_EVENT_ASSIGNED:
      return "Begins when the complaint is assigned.";
    case AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED:
      return "Stage 2 was asked for and is kept: it begins with the response, or on the working "
             "day "
             "after stage 1 is due.";
    case AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED:
      return "Begins when stage 2 is acknowledged.";
    case AMENDS_CLOCK_EVENT_STAGE2_ASSIGNED:
      return "Begins when stage 2 is assigned.";
    default:
      return "Has not begun.";
    }
}

static void
append_length (GString *text, const AmendsPolicyClock *clock)
{
  gboolean is_one = clock->length == 1;

  g_string_append_printf (text, " %d ", clock->length);
  switch (clock->unit)
    {
    case AMENDS_CLOCK_UNIT_WORKING_DAYS:
      g_string_append (text, is_one ? "working day" : "working days");
      break;
    case AMENDS_CLOCK_UNIT_CALENDAR_DAYS:
      g_string_append (text, is_one ? "calendar day" : "calendar days");
      break;
    case AMENDS_CLOCK_UNIT_MONTHS:
      g_string_append (text, is_one ? "month" : "months");
      break;
    case AMENDS_CLOCK_UNIT_HOURS:
      g_string_append (text, is_one ? "hour" : "hours");
      break;
    }
  if (clock->is_same_day)
    g_string_append (text, ", that day or else the next working day counted as day 1, end on ");
  else if (clock->unit == AMENDS_CLOCK_UNIT_MONTHS || clock->unit == AMENDS_CLOCK_UNIT_HOURS)
    g_string_append (text, " end on ");
  else
    g_string_append (text, ", counted from the next day, end on ");
}

/* A text as it grows step by step, and what was skipped since it last said so. */
typedef struct
{
  const AmendsClockRow *row;
  GString *text;
  GString *skipped;
  int n_weekend_days;
  AmendsDay last_day; /* counted before the end was moved */
} Teller;

static void
forget_skipped (Teller *teller)
{
  g_string_truncate (teller->skipped, 0);
  teller->n_weekend_days = 0;
}

static void
tell_skipped (Teller *teller)
{
  const char *separator = teller->skipped->len > 0 ? ", " : "";

  if (teller->n_weekend_days > 0)
    g_string_append_printf (teller->skipped, "%s%d %s of weekends", separator,
                            teller->n_weekend_days, teller->n_weekend_days == 1 ? "day" : "days");
  if (teller->skipped->len > 0)
    g_string_append_printf (teller->text, " Not counted: %s.", teller->skipped->str);
  forget_skipped (teller);
}

static void
skip_named (Teller *teller, const AmendsClockStep *step)
{
  if (teller->skipped->len > 0)
    g_string_append (teller->skipped, ", ");
  append_day (teller->skipped, step->day);
  g_string_append_printf (teller->skipped, " (%s)", step->name);
}

static void
tell_start (const Teller *teller, const AmendsClockStep *step)
{
  g_string_append_printf (teller->text, "%s ", get_start_words (teller->row->start_kind));
  append_day (teller->text, step->day);
  g_string_append_c (teller->text, '.');
  append_length (teller->text, teller->row->clock);
  append_day (teller->text, teller->row->unextended_day);
  g_string_append_c (teller->text, '.');
}

static void
tell_moved (Teller *teller, const AmendsClockStep *step)
{
  forget_skipped (teller);
  g_string_append (teller->text, " The last day, ");
  append_day (teller->text, teller->last_day);
  g_string_append (teller->text, ", is no working day");
  if (step->name != NULL)
    g_string_append_printf (teller->text, " (%s)", step->name);
  g_string_append (teller->text, ": it runs on to the next one.");
}

static void
tell_extension (Teller *teller, const AmendsClockStep *step)
{
  tell_skipped (teller);
  g_string_append_printf (teller->text, " Extended by %d %s, counted on from the unextended day",
                          step->n, step->n == 1 ? "working day" : "working days");
  if (teller->row->due_day != AMENDS_DAY_NONE)
    {
      g_string_append (teller->text, ", to ");
      append_day (teller->text, teller->row->due_day);
    }
  g_string_append_c (teller->text, '.');
}

static void
tell_with_day (Teller *teller, const char *before, AmendsDay day, const char *after)
{
  tell_skipped (teller);
  g_string_append (teller->text, before);
  append_day (teller->text, day);
  g_string_append (teller->text, after);
}

static void
tell_step (Teller *teller, const AmendsClockStep *step)
{
  switch (step->kind)
    {
    case AMENDS_CLOCK_STEP_WAITS:
      g_string_append (teller->text, get_waiting_words (teller->row->clock->start));
      break;
    case AMENDS_CLOCK_STEP_STARTS:
      tell_start (teller, step);
      break;
    case AMENDS_CLOCK_STEP_COUNTED:
    case AMENDS_CLOCK_STEP_MONTHS:
      teller->last_day = step->day;
      break;
    case AMENDS_CLOCK_STEP_EXTENDED:
      break;
    case AMENDS_CLOCK_STEP_WEEKEND:
      teller->n_weekend_days++;
      break;
    case AMENDS_CLOCK_STEP_HOLIDAY:
    case AMENDS_CLOCK_STEP_CLOSURE:
      skip_named (teller, step);
      break;
    case AMENDS_CLOCK_STEP_CLAMPED:
      g_string_append_printf (teller->text, " Its month has no day %d: the last one is taken.",
                              step->n);
      break;
    case AMENDS_CLOCK_STEP_MOVED:
      tell_moved (teller, step);
      break;
    case AMENDS_CLOCK_STEP_EXTENSION:
      tell_extension (teller, step);
      break;
    case AMENDS_CLOCK_STEP_CAPPED:
      g_string_append_printf (teller->text,
                              " %d were decided: more than the cap needs good reason.", step->n);
      break;
    case AMENDS_CLOCK_STEP_OUTER:
      tell_with_day (teller, " Counted from the last day to acknowledge it is ", step->day,
                     ": an acknowledgement that comes late buys no time.");
      break;
    case AMENDS_CLOCK_STEP_SEND_BY:
      tell_with_day (teller, " Met when it has arrived: to be sent by ", step->day, ".");
      break;
    case AMENDS_CLOCK_STEP_PROVISIONAL:
      tell_with_day (teller, " Provisional: no bank holidays are known around ", step->day,
                     ", and only weekends were skipped there.");
      break;
    case AMENDS_CLOCK_STEP_CORRECTED:
      g_string_append (teller->text, " What was recorded first made it late, and was corrected.");
      break;
    }
}

/**
 * amends_clock_row_dup_why:
 * @self: a row
 * @calendar: the one it was computed with
 *
 * The steps of amends_clock_row_dup_steps() in words.
 *
 * Returns: (transfer full): sentences in English
 */
char *
amends_clock_row_dup_why (const AmendsClockRow *self, const AmendsCalendar *calendar)
{
  g_autoptr (GArray) steps = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (GString) skipped = g_string_new (NULL);
  Teller teller = { .row = self, .last_day = AMENDS_DAY_NONE };

  g_return_val_if_fail (self != NULL && calendar != NULL, NULL);

  steps = amends_clock_row_dup_steps (self, calendar);
  teller.text = text = g_string_sized_new (256);
  teller.skipped = skipped;
  for (guint i = 0; i < steps->len; i++)
    tell_step (&teller, &g_array_index (steps, AmendsClockStep, i));
  tell_skipped (&teller);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
