/* test-clock-pair.c: which of two verdicts governs, and what is owed next
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-clock-pair.h"

#include "core/clock-histories.h"
#include "core/policy-files.h"

typedef struct
{
  AmendsCalendar *calendar;
  AmendsPolicy *code;
  AmendsPolicy *policy;
  GPtrArray *rows;
  GArray *pairs;
} Pairs;

static void
pairs_init (Pairs *self, const char *policy_id, const char *history, const char *as_of)
{
  json_t *input = history_of (history);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) events = amends_clock_history_parse (input, day_of (as_of), &error);

  g_assert_no_error (error);
  self->calendar = load_calendar ();
  self->code = load_policy ("code-2024");
  self->policy = policy_id != NULL ? load_policy (policy_id) : NULL;
  self->rows =
      amends_clocks_compute (self->policy, self->code, self->calendar, events, day_of (as_of));
  self->pairs = amends_clock_pairs_new (self->rows);
  json_decref (input);
}

static void
pairs_clear (Pairs *self)
{
  g_array_unref (self->pairs);
  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->policy, amends_policy_unref);
  amends_policy_unref (self->code);
  amends_calendar_unref (self->calendar);
}

/* A pair as a table writes it: "policy 2026-12-17", "both 2026-12-17", "code waits". */
static char *
describe (const AmendsClockPair *pair)
{
  g_autofree char *day = pair->day != AMENDS_DAY_NONE ? amends_day_format (pair->day) : NULL;

  return g_strdup_printf ("%s %s",
                          pair->agrees ? "both"
                                       : amends_clock_source_get_name (pair->governing->source),
                          day != NULL ? day : "waits");
}

/* What governs each clock that a history runs. Of duties the earlier day, of windows the later. */
static const struct
{
  const char *policy;
  const char *history;
  AmendsClockName clock;
  const char *pair; /* NULL: there is no such clock */
} governing_rows[] = {
  { "housing-21", "received 2026-12-10", AMENDS_CLOCK_ACKNOWLEDGE, "both 2026-12-17" },
  /* Not acknowledged yet: the response is due, at the latest, from the last day to acknowledge. */
  { "housing-21", "received 2026-12-10", AMENDS_CLOCK_RESPOND, "both 2027-01-05" },
  { "housing-21", "received 2026-12-10", AMENDS_CLOCK_CONTACT, NULL },
  { "one-housing", "received 2026-12-10, assigned 2026-12-11", AMENDS_CLOCK_CONTACT,
    "policy 2026-12-16" },
  /* The day of receipt is day 1 there, and not in the Code. */
  { "reliance", "received 2026-12-10", AMENDS_CLOCK_ACKNOWLEDGE, "policy 2026-12-16" },
  /* 12 of an extension, for the landlord all of them: the Code takes 10. */
  { "one-housing",
    "received 2026-11-16, acknowledged 2026-11-19, extended 2026-12-01 working_days=12",
    AMENDS_CLOCK_RESPOND, "code 2026-12-17" },
  /* Six months there, twelve in the Code: what the resident may do ends with the later. */
  { "rosebery", "issue_arose 2026-01-05, received 2026-12-10", AMENDS_CLOCK_AGE_LIMIT,
    "code 2027-01-05" },
  { NULL, "received 2026-12-10", AMENDS_CLOCK_ACKNOWLEDGE, "code 2026-12-17" },
};

static void
test_governing (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (governing_rows); i++)
    {
      g_autofree char *found = NULL;
      Pairs pairs;

      g_test_message ("%s, clock %d", governing_rows[i].history, governing_rows[i].clock);
      pairs_init (&pairs, governing_rows[i].policy, governing_rows[i].history, "2026-12-20");
      for (guint j = 0; j < pairs.pairs->len; j++)
        {
          const AmendsClockPair *pair = &g_array_index (pairs.pairs, AmendsClockPair, j);

          if (pair->name == governing_rows[i].clock)
            found = describe (pair);
        }
      g_assert_cmpstr (found, ==, governing_rows[i].pair);
      pairs_clear (&pairs);
    }
}

static const struct
{
  const char *history;
  const char *as_of;
  const char *owed; /* NULL: nothing */
} owed_rows[] = {
  { "received 2026-12-10", "2026-12-11", "acknowledge 2026-12-17" },
  { "received 2026-12-10", "2026-12-18", "acknowledge 2026-12-17" }, /* late, and still owed */
  { "received 2026-12-10, acknowledged 2026-12-15", "2026-12-16", "respond 2026-12-31" },
  { "received 2026-12-10, acknowledged 2026-12-15, extended 2026-12-29 working_days=5",
    "2027-01-05", "respond 2027-01-08" },
  /* A window in which the resident may ask for more is no duty. */
  { "received 2026-12-10, acknowledged 2026-12-15, responded 2026-12-29", "2027-01-05", NULL },
  { "received 2026-12-10, acknowledged 2026-12-15, responded 2026-12-29, "
    "escalation_requested 2027-01-05",
    "2027-01-05", "stage2-acknowledge 2027-01-12" },
  { "received 2026-12-10, withdrawn 2026-12-11", "2027-01-05", NULL },
};

static void
test_owed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (owed_rows); i++)
    {
      g_autofree char *found = NULL;
      const AmendsClockPair *owed;
      Pairs pairs;

      g_test_message ("%s as of %s", owed_rows[i].history, owed_rows[i].as_of);
      pairs_init (&pairs, "housing-21", owed_rows[i].history, owed_rows[i].as_of);
      owed = amends_clock_pairs_find_owed (pairs.pairs);
      if (owed != NULL)
        {
          g_autofree char *day = amends_day_format (owed->day);

          found = g_strdup_printf ("%s %s", amends_clock_name_get_name (owed->name), day);
        }
      g_assert_cmpstr (found, ==, owed_rows[i].owed);
      pairs_clear (&pairs);
    }
}

/* An acknowledgement by telephone stops the Code's clock; Rosebery's runs until there is a written one:
 * what one of the two still owes governs. */
static void
test_owed_by_one (void)
{
  const AmendsClockPair *owed;
  Pairs pairs;

  pairs_init (&pairs, "rosebery", "received 2026-12-10, acknowledged 2026-12-15 medium=telephone",
              "2026-12-16");
  owed = amends_clock_pairs_find_owed (pairs.pairs);
  g_assert_nonnull (owed);
  g_assert_cmpint (owed->name, ==, AMENDS_CLOCK_ACKNOWLEDGE);
  g_assert_cmpint (owed->governing->source, ==, AMENDS_CLOCK_SOURCE_POLICY);
  g_assert_true (amends_clock_row_is_open (owed->policy));
  g_assert_false (amends_clock_row_is_open (owed->code));
  g_assert_true (amends_clock_pair_get_other (owed) == owed->code);
  pairs_clear (&pairs);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/clock-pair/governing", test_governing);
  g_test_add_func ("/clock-pair/owed", test_owed);
  g_test_add_func ("/clock-pair/owed-by-one", test_owed_by_one);
  return g_test_run ();
}
