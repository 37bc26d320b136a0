/* test-clock-property.c: the clocks against a second reckoning, over many random histories
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reckoning below lives through a complaint day by day, as somebody with a wall calendar and a
 * notebook would, and knows on each day only what has happened by then. Its numbers are typed in from
 * the documents and not read from the files. */

#include "core/amends-clock-why.h"
#include "core/days.h"
#include "core/policy-files.h"

#define N_HISTORIES 10000

/* One landlord's days, or the Code's. */
typedef struct
{
  int acknowledge;
  gboolean day_of_receipt_counts;
  gboolean acknowledge_in_writing;
  gboolean respond_from_acknowledgement;
  int respond;
  int stage2_acknowledge;
  gboolean stage2_from_acknowledgement;
  int stage2_respond;
  gboolean stage2_until_delivered;
  gboolean has_caps;
} Plan;

static const Plan plans[] = {
  { 5, FALSE, FALSE, TRUE, 10, 5, FALSE, 20, FALSE, FALSE },  /* One Housing */
  { 5, FALSE, FALSE, TRUE, 10, 5, TRUE, 20, FALSE, FALSE },   /* Housing 21 */
  { 2, FALSE, TRUE, TRUE, 10, 2, TRUE, 10, TRUE, FALSE },     /* Rosebery */
  { 5, FALSE, FALSE, FALSE, 10, 5, FALSE, 20, FALSE, FALSE }, /* WDH */
  { 5, TRUE, FALSE, TRUE, 10, 5, FALSE, 20, FALSE, FALSE },   /* Reliance */
  { 5, FALSE, FALSE, TRUE, 10, 5, TRUE, 20, FALSE, TRUE },    /* the Code */
};

/* Two landlords close between Christmas and New Year, the second on every year's 1 June as well. */
static const char *const closed[G_N_ELEMENTS (plans)][4] = {
  [0] = { "12-29", "12-30", "12-31" },
  [2] = { "06-01", "12-29", "12-30", "12-31" },
};

static AmendsCalendar *calendar;
static AmendsPolicy *policies[G_N_ELEMENTS (plans)];

/* 1 January 1970 was a Thursday. */
static gboolean
is_working_day_for_all (AmendsDay day)
{
  return (((day + 3) % 7) + 7) % 7 < 5 && amends_calendar_get_holiday (calendar, day) == NULL;
}

static gboolean
is_working_day (const Plan *plan, AmendsDay day)
{
  char text[AMENDS_DAY_TEXT_SIZE];

  amends_day_format_to (day, text);
  for (guint i = 0; i < G_N_ELEMENTS (closed[0]); i++)
    if (g_strcmp0 (closed[plan - plans][i], text + strlen ("2026-")) == 0
        && amends_calendar_covers (calendar, day))
      return FALSE;
  return is_working_day_for_all (day);
}

static AmendsDay
days_on (const Plan *plan, AmendsDay day, int n)
{
  while (n > 0)
    if (is_working_day (plan, ++day))
      n--;
  return day;
}

/* One duty in the notebook. */
typedef struct
{
  AmendsDay started;
  AmendsDay due;
  AmendsDay outer;
  AmendsDay met;
  gboolean is_ended;
  gboolean is_breached;
} Duty;

/* The extensions of one stage. */
typedef struct
{
  int with_reason;
  int without_reason;
} Extensions;

typedef struct
{
  const Plan *plan;
  Duty duties[4]; /* acknowledge, respond, and the same of stage 2 */
  Extensions extensions[2];
  Extensions in_time; /* those of stage 1 that hold up a request */
  AmendsDay acknowledged[2];
  AmendsDay acknowledge_due[2];
  AmendsDay requested;
  AmendsDay effect;
  AmendsDay first_response; /* of stage 1, whether or not it still counts */
  AmendsDay delivery;
  gboolean is_withdrawn;
  gboolean is_request_dead;
  gboolean is_stage_1_over;
} Notebook;

static int
n_extended (const Notebook *book, const Extensions *extensions, int cap)
{
  int n = extensions->without_reason;

  if (book->plan->has_caps && extensions->with_reason + n > cap)
    n = MAX (cap - extensions->with_reason, 0);
  return n + extensions->with_reason;
}

static AmendsDay
first_of (AmendsDay a, AmendsDay b)
{
  return a == AMENDS_DAY_NONE ? b : b == AMENDS_DAY_NONE ? a : MIN (a, b);
}

/* Writes down anew when the response of a stage is due. */
static void
reckon (Notebook *book, int stage, const Extensions *extensions, Duty *duty)
{
  gboolean from_acknowledgement = stage == 0 ? book->plan->respond_from_acknowledgement
                                             : book->plan->stage2_from_acknowledgement;
  int length = stage == 0 ? book->plan->respond : book->plan->stage2_respond;
  int more = n_extended (book, extensions, stage == 0 ? 10 : 20);
  AmendsDay begin = stage == 0 ? book->duties[0].started : book->effect;

  if (!from_acknowledgement)
    {
      duty->started = begin;
      duty->due = duty->outer = days_on (book->plan, days_on (book->plan, begin, length), more);
      return;
    }
  duty->started = book->acknowledged[stage];
  if (duty->started != AMENDS_DAY_NONE)
    duty->due = days_on (book->plan, days_on (book->plan, duty->started, length), more);
  duty->outer =
      days_on (book->plan,
               days_on (book->plan,
                        first_of (book->acknowledged[stage], book->acknowledge_due[stage]), length),
               more);
}

static void
see_breach (Duty *duty, AmendsDay day)
{
  AmendsDay last = first_of (duty->due, duty->outer);

  if (duty->met == AMENDS_DAY_NONE && !duty->is_ended && last != AMENDS_DAY_NONE && day > last)
    duty->is_breached = TRUE;
}

static void
do_duty (Duty *duty, AmendsDay day)
{
  if (duty->met == AMENDS_DAY_NONE && !duty->is_ended)
    duty->met = day;
}

static void
end_duty (Duty *duty)
{
  if (duty->met == AMENDS_DAY_NONE)
    duty->is_ended = TRUE;
}

static void
acknowledge (Notebook *book, int stage, AmendsDay day)
{
  Duty *duty = &book->duties[stage * 2];

  if (book->acknowledged[stage] != AMENDS_DAY_NONE || duty->is_ended)
    return;
  book->acknowledged[stage] = day;
  do_duty (duty, day);
}

static void
extend (Notebook *book, int stage, const AmendsClockEvent *event)
{
  Extensions *extensions = &book->extensions[stage];
  Duty pending = book->duties[1];

  if (book->duties[stage * 2 + 1].met != AMENDS_DAY_NONE || book->duties[stage * 2 + 1].is_ended)
    return;
  if (stage == 0)
    {
      reckon (book, 0, &book->in_time, &pending);
      if (book->requested == AMENDS_DAY_NONE || event->day == book->requested
          || event->day <= first_of (pending.due, pending.outer))
        *(event->has_good_reason ? &book->in_time.with_reason : &book->in_time.without_reason) +=
            event->n_working_days;
    }
  *(event->has_good_reason ? &extensions->with_reason : &extensions->without_reason) +=
      event->n_working_days;
}

static void
take_effect (Notebook *book, AmendsDay day)
{
  book->effect = day;
  book->duties[2].started = day;
  book->duties[2].due = book->acknowledge_due[1] =
      days_on (book->plan, day, book->plan->stage2_acknowledge);
  if (book->first_response != AMENDS_DAY_NONE)
    return;
  end_duty (&book->duties[0]);
  end_duty (&book->duties[1]);
  book->is_stage_1_over = TRUE;
}

static void
live_stage_1 (Notebook *book, const AmendsClockEvent *event)
{
  if (event->kind == AMENDS_CLOCK_EVENT_ACKNOWLEDGED
      && (!book->plan->acknowledge_in_writing || event->medium == AMENDS_CLOCK_MEDIUM_WRITTEN))
    acknowledge (book, 0, event->day);
  else if (event->kind == AMENDS_CLOCK_EVENT_EXTENDED)
    extend (book, 0, event);
  else if (event->kind == AMENDS_CLOCK_EVENT_RESPONDED && !book->is_stage_1_over)
    {
      acknowledge (book, 0, event->day);
      do_duty (&book->duties[1], event->day);
      book->first_response = first_of (book->first_response, event->day);
    }
  reckon (book, 0, &book->extensions[0], &book->duties[1]);
}

static void
ask_for_stage_2 (Notebook *book, AmendsDay day)
{
  Duty pending = book->duties[1];

  reckon (book, 0, &book->in_time, &pending);
  book->requested = day;
  if (book->first_response != AMENDS_DAY_NONE || book->is_withdrawn
      || day > first_of (pending.due, pending.outer))
    take_effect (book, day);
}

static void
live_stage_2 (Notebook *book, const AmendsClockEvent *event)
{
  if (book->effect == AMENDS_DAY_NONE && !book->is_request_dead)
    take_effect (book, event->day);
  if (book->effect == AMENDS_DAY_NONE)
    return;

  if (event->kind == AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED)
    acknowledge (book, 1, event->day);
  else if (event->kind == AMENDS_CLOCK_EVENT_STAGE2_EXTENDED)
    extend (book, 1, event);
  else
    {
      acknowledge (book, 1, event->day);
      if (!book->plan->stage2_until_delivered)
        do_duty (&book->duties[3], event->day);
      else if (event->delivered_day != AMENDS_DAY_NONE)
        book->delivery = event->delivered_day;
      else if (event->medium != AMENDS_CLOCK_MEDIUM_WRITTEN)
        book->delivery = event->day;
    }
  reckon (book, 1, &book->extensions[1], &book->duties[3]);
}

static void
withdraw (Notebook *book)
{
  book->is_withdrawn = TRUE;
  end_duty (&book->duties[0]);
  end_duty (&book->duties[1]);
  if (book->requested == AMENDS_DAY_NONE)
    return;
  if (book->effect == AMENDS_DAY_NONE)
    book->is_request_dead = TRUE;
  end_duty (&book->duties[2]);
  end_duty (&book->duties[3]);
}

/* At the end of a day on which a request is kept. */
static void
look_at_request (Notebook *book, AmendsDay day)
{
  Duty pending = book->duties[1];

  if (book->requested == AMENDS_DAY_NONE || book->effect != AMENDS_DAY_NONE
      || book->is_request_dead)
    return;
  reckon (book, 0, &book->in_time, &pending);
  if (book->first_response != AMENDS_DAY_NONE
      || (is_working_day (book->plan, day) && day > first_of (pending.due, pending.outer)))
    {
      take_effect (book, day);
      reckon (book, 1, &book->extensions[1], &book->duties[3]);
    }
}

static void
live_day (Notebook *book, AmendsDay day, const AmendsClockEvent *events, guint n_events)
{
  gboolean is_withdrawn_today = FALSE;

  for (int i = 0; i < 4; i++)
    see_breach (&book->duties[i], day);
  for (guint i = 0; i < n_events; i++)
    {
      const AmendsClockEvent *event = &events[i];

      if (event->day != day)
        continue;
      if (event->kind == AMENDS_CLOCK_EVENT_WITHDRAWN)
        is_withdrawn_today = TRUE;
      else if (event->kind == AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED)
        {
          ask_for_stage_2 (book, day);
          if (book->effect != AMENDS_DAY_NONE)
            reckon (book, 1, &book->extensions[1], &book->duties[3]);
        }
      else if (event->kind > AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED)
        live_stage_2 (book, event);
      else if (event->kind != AMENDS_CLOCK_EVENT_RECEIVED)
        live_stage_1 (book, event);
    }
  if (book->delivery == day)
    do_duty (&book->duties[3], day);
  look_at_request (book, day);
  if (is_withdrawn_today)
    withdraw (book);
}

static void
open_notebook (Notebook *book, const Plan *plan, AmendsDay received)
{
  AmendsDay first = received;

  *book = (Notebook){ .plan = plan };
  book->acknowledged[0] = book->acknowledged[1] = AMENDS_DAY_NONE;
  book->acknowledge_due[0] = book->acknowledge_due[1] = AMENDS_DAY_NONE;
  book->requested = book->effect = book->first_response = book->delivery = AMENDS_DAY_NONE;
  for (int i = 0; i < 4; i++)
    book->duties[i] = (Duty){ AMENDS_DAY_NONE, AMENDS_DAY_NONE, AMENDS_DAY_NONE, AMENDS_DAY_NONE };

  if (plan->day_of_receipt_counts)
    while (!is_working_day (plan, first))
      first++;
  book->duties[0].started = received;
  book->acknowledge_due[0] = book->duties[0].due =
      days_on (plan, first, plan->acknowledge - (plan->day_of_receipt_counts ? 1 : 0));
  reckon (book, 0, &book->extensions[0], &book->duties[1]);
}

static AmendsClockState
state_of (const Duty *duty, AmendsDay as_of)
{
  if (duty->met != AMENDS_DAY_NONE)
    return duty->is_breached || duty->met > duty->due ? AMENDS_CLOCK_STATE_MET_LATE
                                                      : AMENDS_CLOCK_STATE_MET;
  if (duty->is_ended)
    return AMENDS_CLOCK_STATE_ENDED;
  if (duty->started == AMENDS_DAY_NONE)
    return AMENDS_CLOCK_STATE_WAITING;
  return as_of > duty->due ? AMENDS_CLOCK_STATE_OVERDUE : AMENDS_CLOCK_STATE_RUNNING;
}

static const AmendsClockName names[] = { AMENDS_CLOCK_ACKNOWLEDGE, AMENDS_CLOCK_RESPOND,
                                         AMENDS_CLOCK_STAGE2_ACKNOWLEDGE,
                                         AMENDS_CLOCK_STAGE2_RESPOND };

static void
print_history (const GArray *events, AmendsDay as_of)
{
  g_autofree char *shown_as_of = NULL;

  for (guint i = 0; i < events->len; i++)
    {
      const AmendsClockEvent *event = &g_array_index (events, AmendsClockEvent, i);
      g_autofree char *day = amends_day_format (event->day);

      g_test_message ("%s %s days=%d reason=%d medium=%d delivered=%d", day,
                      amends_clock_event_get_name (event->kind), event->n_working_days,
                      event->has_good_reason, (int) event->medium,
                      event->delivered_day != AMENDS_DAY_NONE ? event->delivered_day - event->day
                                                              : -1);
    }
  shown_as_of = amends_day_format (as_of);
  g_test_message ("as of %s", shown_as_of);
}

static gboolean
agrees (const Duty *duty, const AmendsClockRow *row, AmendsDay as_of)
{
  gboolean has_outer =
      row->clock->name == AMENDS_CLOCK_RESPOND || row->clock->name == AMENDS_CLOCK_STAGE2_RESPOND;

  return duty->started == row->started_day && duty->due == row->due_day
         && (!has_outer || duty->outer == row->outer_day) && duty->met == row->met_day
         && duty->is_breached == row->is_breached && state_of (duty, as_of) == row->state;
}

static void
compare (const Notebook *book,
         GPtrArray *rows,
         AmendsClockSource source,
         const GArray *events,
         AmendsDay as_of)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const AmendsClockRow *found = NULL;

      for (guint j = 0; j < rows->len; j++)
        {
          const AmendsClockRow *row = g_ptr_array_index (rows, j);

          if (row->source == source && row->clock->name == names[i])
            found = row;
        }
      if (i >= 2 && book->requested == AMENDS_DAY_NONE)
        {
          g_assert_null (found);
          continue;
        }
      g_assert_nonnull (found);
      if (!agrees (&book->duties[i], found, as_of))
        {
          const Duty *duty = &book->duties[i];

          print_history (events, as_of);
          g_error ("%s %s: notebook %d %d %d %d %d %s, engine %d %d %d %d %d %s",
                   amends_policy_get_id (found->policy), amends_clock_name_get_name (names[i]),
                   duty->started, duty->due, duty->outer, duty->met, duty->is_breached,
                   amends_clock_state_get_name (state_of (duty, as_of)), found->started_day,
                   found->due_day, found->outer_day, found->met_day, found->is_breached,
                   amends_clock_state_get_name (found->state));
        }
    }
}

static gboolean
is_day_of_count (AmendsClockStepKind kind)
{
  return kind == AMENDS_CLOCK_STEP_COUNTED || kind == AMENDS_CLOCK_STEP_EXTENDED
         || kind == AMENDS_CLOCK_STEP_WEEKEND || kind == AMENDS_CLOCK_STEP_HOLIDAY
         || kind == AMENDS_CLOCK_STEP_CLOSURE || kind == AMENDS_CLOCK_STEP_MOVED;
}

/* The steps of a count of days have each day once, and come to the due day with the clock's length and
 * its extension. */
static void
check_steps (const AmendsClockRow *row)
{
  g_autoptr (GArray) steps = amends_clock_row_dup_steps (row, calendar);
  AmendsDay day = row->started_day - (row->clock->is_same_day ? 1 : 0);
  int n_counted = 0;
  int n_extended = 0;

  g_assert_cmpuint (steps->len, >, 0);
  if (row->started_day == AMENDS_DAY_NONE || row->clock->unit == AMENDS_CLOCK_UNIT_MONTHS)
    return;
  for (guint i = 0; i < steps->len; i++)
    {
      const AmendsClockStep *step = &g_array_index (steps, AmendsClockStep, i);

      if (is_day_of_count (step->kind))
        g_assert_cmpint (step->day, ==, ++day);
      if (step->kind == AMENDS_CLOCK_STEP_COUNTED)
        g_assert_cmpint (step->n, ==, ++n_counted);
      if (step->kind == AMENDS_CLOCK_STEP_EXTENDED)
        g_assert_cmpint (step->n, ==, ++n_extended);
    }
  g_assert_cmpint (day, ==, row->due_day);
  g_assert_cmpint (n_counted, ==, row->clock->length);
  g_assert_cmpint (n_extended, ==, row->n_extended_working_days);
}

static gboolean
one_in (int n)
{
  return g_test_rand_int_range (0, n) == 0;
}

static void
add_event (GArray *events, AmendsClockEventKind kind, AmendsDay day)
{
  AmendsClockEvent event = { .kind = kind, .day = day, .delivered_day = AMENDS_DAY_NONE };

  if (one_in (4))
    event.medium = (AmendsClockMedium) g_test_rand_int_range (1, 3);
  if (kind == AMENDS_CLOCK_EVENT_EXTENDED || kind == AMENDS_CLOCK_EVENT_STAGE2_EXTENDED)
    {
      event.n_working_days = g_test_rand_int_range (1, 25);
      event.has_good_reason = one_in (3);
    }
  if (kind == AMENDS_CLOCK_EVENT_STAGE2_RESPONDED && one_in (2))
    event.delivered_day = day + g_test_rand_int_range (0, 6);
  g_array_append_val (events, event);
}

static void
add_some (GArray *events, AmendsClockEventKind kind, AmendsDay after, int n_days, int n_most)
{
  for (int i = 0; i < n_most; i++)
    if (!one_in (3))
      add_event (events, kind, after + g_test_rand_int_range (0, n_days));
}

static GArray *
make_history (AmendsDay *ret_as_of)
{
  GArray *events = g_array_new (FALSE, FALSE, sizeof (AmendsClockEvent));
  AmendsDay received =
      g_test_rand_int_range (amends_day_from_ymd (2019, 1, 1), amends_day_from_ymd (2029, 6, 30));
  AmendsDay requested = received + g_test_rand_int_range (0, 50);

  add_event (events, AMENDS_CLOCK_EVENT_RECEIVED, received);
  add_some (events, AMENDS_CLOCK_EVENT_ACKNOWLEDGED, received, 14, 2);
  add_some (events, AMENDS_CLOCK_EVENT_EXTENDED, received, 45, 2);
  add_some (events, AMENDS_CLOCK_EVENT_RESPONDED, received, 50, 1);
  if (one_in (2))
    {
      add_event (events, AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED, requested);
      add_some (events, AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED, requested, 25, 2);
      add_some (events, AMENDS_CLOCK_EVENT_STAGE2_EXTENDED, requested, 60, 2);
      add_some (events, AMENDS_CLOCK_EVENT_STAGE2_RESPONDED, requested, 80, 1);
    }
  if (one_in (6))
    add_event (events, AMENDS_CLOCK_EVENT_WITHDRAWN, received + g_test_rand_int_range (0, 90));

  *ret_as_of = received;
  for (guint i = 0; i < events->len; i++)
    *ret_as_of = MAX (*ret_as_of, MAX (g_array_index (events, AmendsClockEvent, i).day,
                                       g_array_index (events, AmendsClockEvent, i).delivered_day));
  *ret_as_of += g_test_rand_int_range (0, 40);
  return events;
}

static void
reckon_and_compare (GArray *events, AmendsDay as_of, guint landlord)
{
  const AmendsClockEvent *first = &g_array_index (events, AmendsClockEvent, 0);
  const guint sources[] = { landlord, G_N_ELEMENTS (plans) - 1 };
  g_autoptr (GPtrArray) rows =
      amends_clocks_compute (policies[landlord], policies[sources[1]], calendar, events, as_of);

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      Notebook book;

      open_notebook (&book, &plans[sources[i]], first->day);
      for (AmendsDay day = first->day; day <= as_of; day++)
        live_day (&book, day, first, events->len);
      compare (&book, rows, (AmendsClockSource) i, events, as_of);
    }
  for (guint i = 0; i < rows->len; i++)
    check_steps (g_ptr_array_index (rows, i));
}

/* The calendar that ships, and what @closed says of its working days. */
static AmendsCalendar *
make_calendar (void)
{
  g_autoptr (GBytes) shipped = load_data ("calendars", "england-and-wales.calendar");
  g_autoptr (GString) text =
      g_string_new_len (g_bytes_get_data (shipped, NULL), (gssize) g_bytes_get_size (shipped));
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  AmendsCalendar *made;

  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      g_string_append_printf (text, "[closures:%s]\n", policy_ids[i]);
      for (int year = 2019; year <= 2028; year++)
        for (guint j = 0; j < G_N_ELEMENTS (closed[0]) && closed[i][j] != NULL; j++)
          {
            g_autofree char *day = g_strdup_printf ("%d-%s", year, closed[i][j]);

            if (is_working_day_for_all (day_of (day)))
              g_string_append_printf (text, "%s=Closed\n", day);
          }
    }
  bytes = g_bytes_new (text->str, text->len);
  made = amends_calendar_parse (bytes, "closed", NULL, &error);
  g_assert_no_error (error);
  return made;
}

static void
test_day_by_day (void)
{
  for (int i = 0; i < N_HISTORIES; i++)
    {
      AmendsDay as_of = AMENDS_DAY_NONE;
      g_autoptr (GArray) events = make_history (&as_of);
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (amends_clock_history_take (events, as_of, &error));
      g_assert_no_error (error);
      reckon_and_compare (events, as_of, (guint) i % G_N_ELEMENTS (plans));
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (AmendsCalendar) shipped = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  shipped = load_calendar ();
  calendar = shipped;
  calendar = make_calendar ();
  for (gsize i = 0; i < G_N_ELEMENTS (plans); i++)
    policies[i] = load_policy (policy_ids[i]);

  g_test_add_func ("/clock-property/day-by-day", test_day_by_day);
  result = g_test_run ();

  for (gsize i = 0; i < G_N_ELEMENTS (plans); i++)
    amends_policy_unref (policies[i]);
  amends_calendar_unref (calendar);
  return result;
}
