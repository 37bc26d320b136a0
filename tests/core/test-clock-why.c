/* test-clock-why.c: why a due day is what it is, day by day
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-clock-why.h"
#include "core/clock-histories.h"
#include "core/policy-files.h"

static const char *const kind_names[] = {
  "waits", "starts",    "counted", "weekend",  "holiday", "closure", "months",      "clamped",
  "moved", "extension", "capped",  "extended", "outer",   "send-by", "provisional",
};

static AmendsCalendar *calendar;
static AmendsPolicy *code;

/* "counted 1 2026-12-29", one a line. */
static char *
describe (const AmendsClockRow *row)
{
  g_autoptr (GArray) steps = amends_clock_row_dup_steps (row, calendar);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      const AmendsClockStep *step = &g_array_index (steps, AmendsClockStep, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", kind_names[step->kind]);
      if (step->n != 0)
        g_string_append_printf (text, " %d", step->n);
      if (step->day != AMENDS_DAY_NONE)
        {
          char day[AMENDS_DAY_TEXT_SIZE];

          amends_day_format_to (step->day, day);
          g_string_append_printf (text, " %s", day);
        }
      if (step->name != NULL)
        g_string_append_printf (text, " %s", step->name);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const AmendsClockRow *
find_row (GPtrArray *rows, AmendsClockSource source, AmendsClockName name)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsClockRow *row = g_ptr_array_index (rows, i);

      if (row->source == source && row->clock->name == name)
        return row;
    }
  g_assert_not_reached ();
}

static GPtrArray *
compute (AmendsPolicy *policy, const char *as_of, const char *history)
{
  json_auto_t *input = history_of (history);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) events = amends_clock_history_parse (input, day_of (as_of), &error);

  g_assert_no_error (error);
  return amends_clocks_compute (policy, code, calendar, events, day_of (as_of));
}

static const struct
{
  const char *policy;
  const char *history;
  AmendsClockSource source;
  AmendsClockName clock;
  const char *steps;
  const char *why;
} why_rows[] = {
  { "housing-21", "received 2026-12-23", AMENDS_CLOCK_SOURCE_CODE, AMENDS_CLOCK_ACKNOWLEDGE,
    "starts 2026-12-23; counted 1 2026-12-24; holiday 2026-12-25 Christmas Day; "
    "weekend 2026-12-26; weekend 2026-12-27; holiday 2026-12-28 Boxing Day (substitute day); "
    "counted 2 2026-12-29; counted 3 2026-12-30; counted 4 2026-12-31; "
    "holiday 2027-01-01 New Year’s Day; weekend 2027-01-02; weekend 2027-01-03; counted 5 "
    "2027-01-04",
    "Received Wed 23 Dec 2026. 5 working days, counted from the next day, end on Mon 4 Jan 2027. "
    "Not "
    "counted: Fri 25 Dec 2026 (Christmas Day), Mon 28 Dec 2026 (Boxing Day (substitute day)), Fri "
    "1 "
    "Jan 2027 (New Year’s Day), 4 days of weekends." },
  { "housing-21", "received 2026-12-21", AMENDS_CLOCK_SOURCE_POLICY, AMENDS_CLOCK_RESPOND,
    "waits; outer 2027-01-14",
    "Begins when the complaint is acknowledged. Counted from the last day to acknowledge it is Thu "
    "14 Jan 2027: an acknowledgement that comes late buys no time." },
  /* The day of receipt is day 1, or else the next working day. */
  { "reliance", "received 2026-11-21", AMENDS_CLOCK_SOURCE_POLICY, AMENDS_CLOCK_ACKNOWLEDGE,
    "starts 2026-11-21; weekend 2026-11-21; weekend 2026-11-22; counted 1 2026-11-23; "
    "counted 2 2026-11-24; counted 3 2026-11-25; counted 4 2026-11-26; counted 5 2026-11-27",
    "Received Sat 21 Nov 2026. 5 working days, that day or else the next working day counted as "
    "day "
    "1, end on Fri 27 Nov 2026. Not counted: 2 days of weekends." },
  /* Counted on from the unextended day; the Code takes 10 of 12. */
  { "one-housing",
    "received 2026-11-16, acknowledged 2026-11-19, extended 2026-12-01 working_days=12",
    AMENDS_CLOCK_SOURCE_CODE, AMENDS_CLOCK_RESPOND,
    "starts 2026-11-19; counted 1 2026-11-20; weekend 2026-11-21; weekend 2026-11-22; "
    "counted 2 2026-11-23; counted 3 2026-11-24; counted 4 2026-11-25; counted 5 2026-11-26; "
    "counted 6 2026-11-27; weekend 2026-11-28; weekend 2026-11-29; counted 7 2026-11-30; "
    "counted 8 2026-12-01; counted 9 2026-12-02; counted 10 2026-12-03; extension 10; capped 12; "
    "extended 1 2026-12-04; weekend 2026-12-05; weekend 2026-12-06; extended 2 2026-12-07; "
    "extended 3 2026-12-08; extended 4 2026-12-09; extended 5 2026-12-10; extended 6 2026-12-11; "
    "weekend 2026-12-12; weekend 2026-12-13; extended 7 2026-12-14; extended 8 2026-12-15; "
    "extended 9 2026-12-16; extended 10 2026-12-17",
    "Acknowledged Thu 19 Nov 2026. 10 working days, counted from the next day, end on Thu 3 Dec "
    "2026. Not counted: 4 days of weekends. Extended by 10 working days, counted on from the "
    "unextended day, to Thu 17 Dec 2026. 12 were decided: more than the cap needs good reason. Not "
    "counted: 4 days of weekends." },
  /* Months that end on a holiday, and where the month is too short. */
  { "code-2024", "issue_arose 2025-12-25", AMENDS_CLOCK_SOURCE_CODE, AMENDS_CLOCK_AGE_LIMIT,
    "starts 2025-12-25; months 12 2026-12-25; weekend 2026-12-26; weekend 2026-12-27; "
    "holiday 2026-12-28 Boxing Day (substitute day); moved 2026-12-29 Christmas Day",
    "The issue arose Thu 25 Dec 2025. 12 months end on Tue 29 Dec 2026. The last day, Fri 25 Dec "
    "2026, is no working day (Christmas Day): it runs on to the next one." },
  { "rosebery", "issue_arose 2025-08-31", AMENDS_CLOCK_SOURCE_POLICY, AMENDS_CLOCK_AGE_LIMIT,
    "starts 2025-08-31; months 6 2026-02-28; clamped 31 2026-02-28; weekend 2026-03-01; "
    "moved 2026-03-02",
    "The issue arose Sun 31 Aug 2025. 6 months end on Mon 2 Mar 2026. Its month has no day 31: the "
    "last one is taken. The last day, Sat 28 Feb 2026, is no working day: it runs on to the next "
    "one." },
  /* Hours run through a holiday and a weekend. */
  { "housing-21", "hazard_reported 2026-12-25 because=emergency", AMENDS_CLOCK_SOURCE_POLICY,
    AMENDS_CLOCK_HAZARD_EMERGENCY, "starts 2026-12-25; counted 24 2026-12-26",
    "Hazard reported Fri 25 Dec 2026. 24 hours end on Sat 26 Dec 2026." },
  /* Somebody anonymous cannot be acknowledged. */
  { "one-housing", "received 2026-12-10 anonymous=yes", AMENDS_CLOCK_SOURCE_POLICY,
    AMENDS_CLOCK_RESPOND,
    "starts 2026-12-17; counted 1 2026-12-18; weekend 2026-12-19; weekend 2026-12-20; "
    "counted 2 2026-12-21; counted 3 2026-12-22; counted 4 2026-12-23; counted 5 2026-12-24; "
    "holiday 2026-12-25 Christmas Day; weekend 2026-12-26; weekend 2026-12-27; "
    "holiday 2026-12-28 Boxing Day (substitute day); counted 6 2026-12-29; counted 7 2026-12-30; "
    "counted 8 2026-12-31; holiday 2027-01-01 New Year’s Day; weekend 2027-01-02; "
    "weekend 2027-01-03; counted 9 2027-01-04; counted 10 2027-01-05",
    "Anonymous: the last day to acknowledge would have been Thu 17 Dec 2026. 10 working days, "
    "counted from the next day, end on Tue 5 Jan 2027. Not counted: Fri 25 Dec 2026 (Christmas "
    "Day), "
    "Mon 28 Dec 2026 (Boxing Day (substitute day)), Fri 1 Jan 2027 (New Year’s Day), 6 days of "
    "weekends." },
};

static void
test_steps (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (why_rows); i++)
    {
      g_autoptr (AmendsPolicy) policy = load_policy (why_rows[i].policy);
      g_autoptr (GPtrArray) rows = compute (policy, "2026-12-31", why_rows[i].history);
      const AmendsClockRow *row = find_row (rows, why_rows[i].source, why_rows[i].clock);
      g_autofree char *steps = describe (row);
      g_autofree char *why = amends_clock_row_dup_why (row, calendar);

      g_assert_cmpstr (steps, ==, why_rows[i].steps);
      g_assert_cmpstr (why, ==, why_rows[i].why);
    }
}

/* 28 calendar days, each with its number, and on arrival two working days of post before. */
static void
test_other_ends (void)
{
  g_autoptr (AmendsPolicy) one_housing = load_policy ("one-housing");
  g_autoptr (AmendsPolicy) rosebery = load_policy ("rosebery");
  g_autoptr (GPtrArray) closing =
      compute (one_housing, "2026-12-31", "received 2026-11-16, responded 2026-11-28");
  g_autoptr (GPtrArray) sending =
      compute (rosebery, "2026-12-31",
               "received 2026-11-16, responded 2026-11-27, escalation_requested 2026-11-30, "
               "stage2_acknowledged 2026-12-01");
  g_autofree char *close =
      describe (find_row (closing, AMENDS_CLOCK_SOURCE_POLICY, AMENDS_CLOCK_CLOSE));
  g_autofree char *respond =
      describe (find_row (sending, AMENDS_CLOCK_SOURCE_POLICY, AMENDS_CLOCK_STAGE2_RESPOND));

  g_assert_true (g_str_has_prefix (close, "starts 2026-11-28; counted 1 2026-11-29; "));
  g_assert_true (g_str_has_suffix (close,
                                   "; counted 28 2026-12-26; weekend 2026-12-27; holiday "
                                   "2026-12-28 Boxing Day (substitute day); moved 2026-12-29"));
  g_assert_true (g_str_has_suffix (respond, "; counted 10 2026-12-15; send-by 2026-12-11"));
}

/* The first day that no calendar covers, at either end of its years. */
static void
test_provisional (void)
{
  g_autoptr (GPtrArray) after = compute (NULL, "2028-12-27", "received 2028-12-27");
  g_autoptr (GPtrArray) before = compute (NULL, "2018-12-24", "received 2018-12-24");
  const AmendsClockRow *row = find_row (after, AMENDS_CLOCK_SOURCE_CODE, AMENDS_CLOCK_ACKNOWLEDGE);
  g_autofree char *steps = describe (row);
  g_autofree char *why = amends_clock_row_dup_why (row, calendar);
  g_autofree char *steps_before =
      describe (find_row (before, AMENDS_CLOCK_SOURCE_CODE, AMENDS_CLOCK_ACKNOWLEDGE));
  g_autofree char *waiting =
      describe (find_row (after, AMENDS_CLOCK_SOURCE_CODE, AMENDS_CLOCK_RESPOND));

  g_assert_cmpstr (steps, ==,
                   "starts 2028-12-27; counted 1 2028-12-28; counted 2 2028-12-29; "
                   "weekend 2028-12-30; weekend 2028-12-31; counted 3 2029-01-01; "
                   "counted 4 2029-01-02; counted 5 2029-01-03; provisional 2029-01-01");
  g_assert_nonnull (
      strstr (why, " Provisional: no bank holidays are known around Mon 1 Jan 2029, "));
  g_assert_true (g_str_has_suffix (steps_before, "; provisional 2018-12-24"));
  g_assert_cmpstr (waiting, ==, "waits; outer 2029-01-17; provisional 2029-01-17");
}

/* Where the landlord has published nothing, the Code stands alone. */
static void
test_no_policy (void)
{
  g_autoptr (AmendsPolicy) policy = load_policy ("one-housing");
  g_autoptr (GPtrArray) alone = compute (NULL, "2026-12-31", "received 2026-12-10");
  g_autoptr (GPtrArray) both = compute (policy, "2026-12-31", "received 2026-12-10");
  guint n_code = 0;

  for (guint i = 0; i < both->len; i++)
    if (((const AmendsClockRow *) g_ptr_array_index (both, i))->source == AMENDS_CLOCK_SOURCE_CODE)
      {
        const AmendsClockRow *wanted = g_ptr_array_index (both, i);
        const AmendsClockRow *row = g_ptr_array_index (alone, n_code++);

        g_assert_true (row->source == AMENDS_CLOCK_SOURCE_CODE && row->clock == wanted->clock);
        g_assert_cmpint (row->due_day, ==, wanted->due_day);
      }
  g_assert_cmpuint (n_code, ==, 2);
  g_assert_cmpuint (alone->len, ==, n_code);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  calendar = load_calendar ();
  code = load_policy ("code-2024");

  g_test_add_func ("/clock-why/steps", test_steps);
  g_test_add_func ("/clock-why/other-ends", test_other_ends);
  g_test_add_func ("/clock-why/provisional", test_provisional);
  g_test_add_func ("/clock-why/no-policy", test_no_policy);
  result = g_test_run ();

  amends_policy_unref (code);
  amends_calendar_unref (calendar);
  return result;
}
