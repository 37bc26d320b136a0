/* test-clock-calendar.c: days on which a landlord is closed, and where a calendar ends
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-clock-why.h"
#include "core/clock-histories.h"
#include "core/policy-files.h"

/* One Housing closes between Christmas and New Year 2026: Tue 29 to Thu 31 December. */
#define CLOSURES                                                      \
  "[closures:one-housing]\n2026-12-29=Christmas closure\n2026-12-30=" \
  "Christmas closure\n2026-12-31=Christmas closure\n"

typedef struct
{
  AmendsCalendar *calendar;
  AmendsPolicy *code;
} Fixture;

static void
fixture_set_up (Fixture *fixture, const void *user_data)
{
  fixture->calendar = load_calendar_with (CLOSURES);
  fixture->code = load_policy ("code-2024");
}

static void
fixture_tear_down (Fixture *fixture, const void *user_data)
{
  amends_calendar_unref (fixture->calendar);
  amends_policy_unref (fixture->code);
}

typedef struct
{
  const char *policy;
  const char *as_of;
  const char *history;
  AmendsClockName clock;
  const char *policy_says; /* due day, ! for a breach, ? if provisional, days left; NULL: no row */
  const char *code_says;
} Row;

static char *
describe (GPtrArray *rows, AmendsClockSource source, AmendsClockName name)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsClockRow *row = g_ptr_array_index (rows, i);
      g_autofree char *due = NULL;

      if (row->source != source || row->clock->name != name)
        continue;
      due = amends_day_format (row->due_day);
      if (row->state != AMENDS_CLOCK_STATE_RUNNING)
        return g_strconcat (due, row->is_breached ? " !" : "", row->is_provisional ? " ?" : "",
                            NULL);
      return g_strdup_printf ("%s%s%s %d", due, row->is_breached ? " !" : "",
                              row->is_provisional ? " ?" : "", row->n_working_days_left);
    }
  return NULL;
}

static void
check_rows (const Fixture *fixture, const Row *table, gsize n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      json_auto_t *input = history_of (table[i].history);
      AmendsDay as_of = day_of (table[i].as_of);
      g_autoptr (AmendsPolicy) policy = load_policy (table[i].policy);
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) events = amends_clock_history_parse (input, as_of, &error);
      g_autoptr (GPtrArray) rows = NULL;
      g_autofree char *policy_says = NULL;
      g_autofree char *code_says = NULL;

      g_assert_no_error (error);
      rows = amends_clocks_compute (policy, fixture->code, fixture->calendar, events, as_of);
      policy_says = describe (rows, AMENDS_CLOCK_SOURCE_POLICY, table[i].clock);
      code_says = describe (rows, AMENDS_CLOCK_SOURCE_CODE, table[i].clock);
      g_test_message ("%s: %s", table[i].policy, table[i].history);
      g_assert_cmpstr (policy_says, ==, table[i].policy_says);
      g_assert_cmpstr (code_says, ==, table[i].code_says);
    }
}

static const Row closure_rows[] = {
  /* 22, 23, 24 December; closed; 4 and 5 January. The Code: 29 and 30 December are working days. */
  { "one-housing", "2026-12-24", "received 2026-12-21", AMENDS_CLOCK_ACKNOWLEDGE, "2027-01-05 2",
    "2026-12-30 2" },
  { "housing-21", "2026-12-24", "received 2026-12-21", AMENDS_CLOCK_ACKNOWLEDGE, "2026-12-30 2",
    "2026-12-30 2" },
  /* Done on a day on which the landlord is closed: in time by its own clock, late by the Code. */
  { "one-housing", "2027-01-04", "received 2026-12-21, acknowledged 2026-12-31",
    AMENDS_CLOCK_ACKNOWLEDGE, "2027-01-05", "2026-12-30 !" },
  /* An extension, counted on over the closure and over New Year. */
  { "one-housing", "2026-12-24",
    "received 2026-12-08, acknowledged 2026-12-10, extended 2026-12-22 working_days=2",
    AMENDS_CLOCK_RESPOND, "2027-01-05 2", "2026-12-30 2" },
  /* 28 calendar days that end in the closure run on to its end. */
  { "one-housing", "2026-12-24", "received 2026-11-16, responded 2026-12-01", AMENDS_CLOCK_CLOSE,
    "2027-01-04 1", NULL },
  /* What the law sets is not lengthened, though the row is the landlord's. */
  { "one-housing", "2026-12-24", "data_complaint_received 2026-11-29", AMENDS_CLOCK_DATA_COMPLAINT,
    "2026-12-29 1", NULL },
  /* A request for stage 2 that is kept takes effect on the working day after stage 1 is due. */
  { "one-housing", "2027-01-04",
    "received 2026-12-08, acknowledged 2026-12-10, escalation_requested 2026-12-22",
    AMENDS_CLOCK_STAGE2_ACKNOWLEDGE, "2027-01-11 5", "2027-01-06 2" },
};

static void
test_closures (Fixture *fixture, const void *user_data)
{
  check_rows (fixture, closure_rows, G_N_ELEMENTS (closure_rows));
}

/* The calendar knows the holidays until the end of 2028, a Sunday. */
static const Row horizon_rows[] = {
  { "housing-21", "2028-12-20", "received 2028-12-20", AMENDS_CLOCK_ACKNOWLEDGE, "2028-12-29 5",
    "2028-12-29 5" },
  { "housing-21", "2028-12-21", "received 2028-12-21", AMENDS_CLOCK_ACKNOWLEDGE, "2029-01-01 ? 5",
    "2029-01-01 ? 5" },
  { "housing-21", "2028-12-29", "received 2028-12-08, acknowledged 2028-12-13",
    AMENDS_CLOCK_RESPOND, "2028-12-29 0", "2028-12-29 0" },
  { "housing-21", "2028-12-29",
    "received 2028-12-08, acknowledged 2028-12-13, extended 2028-12-28 working_days=1",
    AMENDS_CLOCK_RESPOND, "2029-01-01 ? 1", "2029-01-01 ? 1" },
  /* Before the first year it is the start that is not covered. */
  { "housing-21", "2019-01-02", "received 2018-12-28", AMENDS_CLOCK_ACKNOWLEDGE, "2019-01-07 ? 3",
    "2019-01-07 ? 3" },
  { "housing-21", "2019-01-02", "received 2019-01-01", AMENDS_CLOCK_ACKNOWLEDGE, "2019-01-08 4",
    "2019-01-08 4" },
  /* Months and calendar days: the 29th is a Friday, the 30th a Saturday. */
  { "housing-21", "2028-01-10", "issue_arose 2027-12-29", AMENDS_CLOCK_AGE_LIMIT, "2028-12-29",
    "2028-12-29" },
  { "housing-21", "2028-01-10", "issue_arose 2027-12-30", AMENDS_CLOCK_AGE_LIMIT, "2029-01-01 ?",
    "2029-01-01 ?" },
  { "housing-21", "2028-12-22", "data_complaint_received 2028-11-29", AMENDS_CLOCK_DATA_COMPLAINT,
    "2028-12-29 3", NULL },
  { "housing-21", "2028-12-22", "data_complaint_received 2028-11-30", AMENDS_CLOCK_DATA_COMPLAINT,
    "2029-01-01 ? 4", NULL },
};

static void
test_horizon (Fixture *fixture, const void *user_data)
{
  check_rows (fixture, horizon_rows, G_N_ELEMENTS (horizon_rows));
}

/* When the table is made longer the day may move, and is then no longer provisional. */
static void
test_longer_table (Fixture *fixture, const void *user_data)
{
  static const char next_year[] =
      "[calendar]\nid=england-and-wales\nname=England and Wales\nfirst_year=2029\nlast_year=2029\n"
      "[holidays]\n2029-01-01=New Year’s Day\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (next_year, strlen (next_year));
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsCalendar) later = amends_calendar_parse (bytes, "2029", NULL, &error);
  g_autoptr (AmendsCalendar) both = amends_calendar_overlay (fixture->calendar, later, &error);
  Fixture longer = { both, fixture->code };
  static const Row rows[] = {
    { "housing-21", "2028-12-21", "received 2028-12-21", AMENDS_CLOCK_ACKNOWLEDGE, "2029-01-02 5",
      "2029-01-02 5" },
  };

  g_assert_no_error (error);
  check_rows (&longer, rows, G_N_ELEMENTS (rows));
}

/* Why: the closure is named in the landlord's row and is no word of the Code's. */
static void
test_closure_steps (Fixture *fixture, const void *user_data)
{
  json_auto_t *input = history_of ("received 2026-12-21");
  g_autoptr (AmendsPolicy) policy = load_policy ("one-housing");
  g_autoptr (GArray) events = amends_clock_history_parse (input, day_of ("2026-12-21"), NULL);
  g_autoptr (GPtrArray) rows = amends_clocks_compute (policy, fixture->code, fixture->calendar,
                                                      events, day_of ("2026-12-21"));
  guint n_seen = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsClockRow *row = g_ptr_array_index (rows, i);
      g_autoptr (GArray) steps = amends_clock_row_dup_steps (row, fixture->calendar);
      g_autofree char *why = amends_clock_row_dup_why (row, fixture->calendar);
      guint n_closures = 0;

      if (row->clock->name != AMENDS_CLOCK_ACKNOWLEDGE)
        continue;
      for (guint j = 0; j < steps->len; j++)
        n_closures +=
            g_array_index (steps, AmendsClockStep, j).kind == AMENDS_CLOCK_STEP_CLOSURE ? 1 : 0;
      g_assert_cmpuint (n_closures, ==, row->source == AMENDS_CLOCK_SOURCE_POLICY ? 3 : 0);
      g_assert_true ((strstr (why, "Tue 29 Dec 2026 (Christmas closure)") != NULL)
                     == (row->source == AMENDS_CLOCK_SOURCE_POLICY));
      n_seen++;
    }
  g_assert_cmpuint (n_seen, ==, 2);
}

#define ADD(path, function) \
  g_test_add ("/clock-calendar/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("closures", test_closures);
  ADD ("closure-steps", test_closure_steps);
  ADD ("horizon", test_horizon);
  ADD ("longer-table", test_longer_table);

  return g_test_run ();
}
