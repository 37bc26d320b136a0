/* amends-clock-words.c: why a due day is what it is, in words and as JSON
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-clock.h"

static const char *const source_names[] = { "policy", "code" };

static const char *const state_names[] = { "waiting", "running", "met",  "met-late",
                                           "overdue", "ended",   "open", "lapsed" };

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
    }
  if (clock->is_same_day)
    g_string_append (text, ", that day or else the next working day counted as day 1, end on ");
  else if (clock->unit == AMENDS_CLOCK_UNIT_MONTHS)
    g_string_append (text, " end on ");
  else
    g_string_append (text, ", counted from the next day, end on ");
}

static void
append_skipped (GString *text, const AmendsCalendar *calendar, AmendsDay after, AmendsDay until)
{
  int n_weekend_days = 0;
  gboolean is_first = TRUE;

  for (AmendsDay day = after + 1; day <= until; day++)
    {
      const char *holiday = amends_calendar_get_holiday (calendar, day);

      if (holiday != NULL && amends_day_weekday (day) <= G_DATE_FRIDAY)
        {
          g_string_append (text, is_first ? " Not counted: " : ", ");
          append_day (text, day);
          g_string_append_printf (text, " (%s)", holiday);
          is_first = FALSE;
        }
      else if (amends_day_weekday (day) > G_DATE_FRIDAY)
        n_weekend_days++;
    }

  if (n_weekend_days > 0)
    {
      g_string_append (text, is_first ? " Not counted: " : ", ");
      g_string_append_printf (text, "%d %s of weekends", n_weekend_days,
                              n_weekend_days == 1 ? "day" : "days");
      is_first = FALSE;
    }
  if (!is_first)
    g_string_append_c (text, '.');
}

static void
append_run_on (GString *text, const AmendsClockRow *row, const AmendsCalendar *calendar)
{
  AmendsDay day = row->clock->unit == AMENDS_CLOCK_UNIT_MONTHS
                      ? amends_day_add_months (row->started_day, row->clock->length)
                      : row->started_day + row->clock->length;
  const char *holiday = amends_calendar_get_holiday (calendar, day);

  if (day == row->unextended_day)
    return;
  g_string_append (text, " The last day, ");
  append_day (text, day);
  g_string_append_printf (text, ", is no working day%s%s%s: it runs on to the next one.",
                          holiday != NULL ? " (" : "", holiday != NULL ? holiday : "",
                          holiday != NULL ? ")" : "");
}

static void
append_extension (GString *text, const AmendsClockRow *row, const AmendsCalendar *calendar)
{
  if (row->n_asked_working_days == 0)
    return;
  g_string_append_printf (text, " Extended by %d %s, counted on from the unextended day",
                          row->n_extended_working_days,
                          row->n_extended_working_days == 1 ? "working day" : "working days");
  if (row->n_extended_working_days < row->n_asked_working_days)
    g_string_append_printf (text, " (%d were decided; more than the cap needs good reason)",
                            row->n_asked_working_days);
  if (row->due_day == AMENDS_DAY_NONE)
    {
      g_string_append_c (text, '.');
      return;
    }
  g_string_append (text, ", to ");
  append_day (text, row->due_day);
  g_string_append_c (text, '.');
  append_skipped (text, calendar, row->unextended_day, row->due_day);
}

static void
append_outer (GString *text, const AmendsClockRow *row)
{
  if (row->outer_day == AMENDS_DAY_NONE || row->outer_day == row->due_day)
    return;
  g_string_append (text, " Counted from the last day to acknowledge it is ");
  append_day (text, row->outer_day);
  g_string_append (text, ": an acknowledgement that comes late buys no time.");
}

/**
 * amends_clock_row_dup_why:
 * @self: a row
 * @calendar: the one it was computed with
 *
 * The start, each day that was skipped and for what holiday, the extensions, in words.
 *
 * Returns: (transfer full): sentences in English
 */
char *
amends_clock_row_dup_why (const AmendsClockRow *self, const AmendsCalendar *calendar)
{
  g_autoptr (GString) text = g_string_sized_new (256);

  g_return_val_if_fail (self != NULL && calendar != NULL, NULL);

  if (self->started_day == AMENDS_DAY_NONE)
    {
      g_string_append (text, get_waiting_words (self->clock->start));
      append_extension (text, self, calendar);
    }
  else
    {
      g_string_append (text, get_start_words (self->start_kind));
      g_string_append_c (text, ' ');
      append_day (text, self->started_day);
      g_string_append_c (text, '.');
      append_length (text, self->clock);
      append_day (text, self->unextended_day);
      g_string_append_c (text, '.');
      if (self->clock->unit == AMENDS_CLOCK_UNIT_WORKING_DAYS)
        append_skipped (text, calendar, self->started_day, self->unextended_day);
      else
        append_run_on (text, self, calendar);
      append_extension (text, self, calendar);
    }
  append_outer (text, self);

  if (self->send_by_day != AMENDS_DAY_NONE)
    {
      g_string_append (text, " Met when it has arrived: to be sent by ");
      append_day (text, self->send_by_day);
      g_string_append_c (text, '.');
    }
  if (self->is_provisional)
    g_string_append (text,
                     " Provisional: the bank holidays of some of these days are not known yet, "
                     "and only weekends were skipped.");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static json_t *
day_to_json (AmendsDay day)
{
  char text[AMENDS_DAY_TEXT_SIZE];

  if (day == AMENDS_DAY_NONE)
    return json_null ();
  amends_day_format_to (day, text);
  return json_string (text);
}

/**
 * amends_clock_row_to_json:
 * @self: a row
 * @calendar: the one it was computed with
 *
 * Returns: (transfer full): an object with every key, null where there is nothing to say
 */
json_t *
amends_clock_row_to_json (const AmendsClockRow *self, const AmendsCalendar *calendar)
{
  g_autofree char *why = NULL;
  json_t *earlier = json_array ();
  gboolean counts_down;

  g_return_val_if_fail (self != NULL && calendar != NULL, NULL);

  why = amends_clock_row_dup_why (self, calendar);
  counts_down =
      self->state == AMENDS_CLOCK_STATE_RUNNING || self->state == AMENDS_CLOCK_STATE_OVERDUE;
  for (guint i = 0; self->earlier != NULL && i < self->earlier->len; i++)
    json_array_append_new (earlier, amends_clock_row_to_json (g_ptr_array_index (self->earlier, i),
                                                              calendar));

  return json_pack ("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:b, s:o, s:b, s:s, s:o, s:s, s:o, s:o}",
                    "clock", amends_clock_name_get_name (self->clock->name), "source",
                    source_names[self->source], "clause", self->clock->rule->clause, "status",
                    amends_policy_status_get_name (self->clock->rule->status), "started",
                    day_to_json (self->started_day), "due", day_to_json (self->due_day),
                    "outer_due", day_to_json (self->outer_day), "provisional", self->is_provisional,
                    "met", day_to_json (self->met_day), "breached", self->is_breached, "state",
                    state_names[self->state], "working_days_left",
                    counts_down ? json_integer (self->n_working_days_left) : json_null (), "why",
                    why, "earlier", earlier, "send_by", day_to_json (self->send_by_day));
}

/**
 * amends_clock_source_get_name:
 * @source: a source
 *
 * Returns: its name in output, "policy" or "code"
 */
const char *
amends_clock_source_get_name (AmendsClockSource source)
{
  g_return_val_if_fail ((guint) source < G_N_ELEMENTS (source_names), "");

  return source_names[source];
}

/**
 * amends_clock_state_get_name:
 * @state: a state
 *
 * Returns: its name in output, "met-late"
 */
const char *
amends_clock_state_get_name (AmendsClockState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (state_names), "");

  return state_names[state];
}
