/* test-complainant-round.c: what each of several who complain is told again and again, and when it arrived
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All was received on Friday 20 November 2026. */

#include "core/amends-case-clocks.h"
#include "core/complainant-acts.h"
#include "core/days.h"

#define EXTENDED(who, day, n)                                                             \
  {                                                                                       \
    "extended", "\"on\":\"2026-" day "\",\"told_on\":\"2026-" day                         \
                "\",\"channel\":\"letter\",\"working_days\":" #n ",\"reason\":\"Parts\"," \
                "\"agreed\":true,\"who\":\"" who "\""                                     \
  }
#define UPDATED(who, day)                                                           \
  {                                                                                 \
    "updated", "\"on\":\"2026-" day "\",\"channel\":\"letter\",\"who\":\"" who "\"" \
  }
#define TOLD(who, n) \
  "\"on\":\"2026-12-02\",\"working_days\":" #n ",\"reason\":\"Parts\",\"who\":\"" who "\""
#define FOR_ALL(day, n)                                                                      \
  {                                                                                          \
    "extended", "\"on\":\"2026-" day "\",\"working_days\":" #n ",\"reason\":\"All at once\"" \
  }

static int
count_events (const AmendsCase *complaint,
              const char *who,
              AmendsClockEventKind kind,
              AmendsDay *ret_last,
              int *ret_n_days)
{
  g_autoptr (GArray) events = amends_case_dup_clock_events (complaint, who);
  int n = 0;

  *ret_n_days = 0;
  *ret_last = AMENDS_DAY_NONE;
  for (guint i = 0; i < events->len; i++)
    {
      const AmendsClockEvent *event = &g_array_index (events, AmendsClockEvent, i);

      if (event->kind != kind)
        continue;
      n++;
      *ret_n_days += event->n_working_days;
      *ret_last = MAX (*ret_last, event->day);
    }
  return n;
}

/* Each is told that their answer comes later; the clock of all is moved once each was, by the fewest days, and as often
 * as each was. */
static void
test_extended (void)
{
  static const struct
  {
    TestAct acts[MAX_ACTS];
    int n_days;
    const char *last; /* (nullable): the day of the last that counts for all */
    int n_days_of_ivy;
  } cases[] = {
    { { EXTENDED (IVY, "12-01", 5) }, 0, NULL, 5 },
    { { EXTENDED (IVY, "12-01", 5), EXTENDED (KIT, "12-03", 5) }, 5, "2026-12-03", 5 },
    { { EXTENDED (IVY, "12-01", 5), EXTENDED (KIT, "12-03", 3) }, 3, "2026-12-03", 5 },
    { { EXTENDED (IVY, "12-01", 5), EXTENDED (IVY, "12-02", 2), EXTENDED (KIT, "12-03", 5) },
      5,
      "2026-12-03",
      7 },
    { { EXTENDED (IVY, "12-01", 5), EXTENDED (KIT, "12-01", 5), EXTENDED (KIT, "12-03", 2),
        EXTENDED (IVY, "12-04", 2) },
      7,
      "2026-12-04",
      7 },
    { { FOR_ALL ("12-01", 4), EXTENDED (IVY, "12-03", 2), EXTENDED (KIT, "12-03", 2) },
      6,
      "2026-12-03",
      6 },
    /* Who still waited, and stopped, waited until then. */
    { { EXTENDED (IVY, "12-01", 5), WITHDRAWN (KIT, "12-02") }, 5, "2026-12-02", 5 },
    /* Who comes back, or joins, undoes nothing, and waits for the next. */
    { { WITHDRAWN (KIT, "11-24"), EXTENDED (IVY, "12-01", 5), BACK (KIT, "12-02") },
      5,
      "2026-12-01",
      5 },
    { { EXTENDED (IVY, "12-01", 5), EXTENDED (KIT, "12-01", 5), JOINED_AS (ODD, "12-02"),
        EXTENDED (IVY, "12-03", 2), EXTENDED (KIT, "12-03", 2) },
      5,
      "2026-12-01",
      7 },
    { { EXTENDED (IVY, "12-01", 5), EXTENDED (KIT, "12-01", 5), JOINED_AS (ODD, "12-02"),
        EXTENDED (IVY, "12-03", 2), EXTENDED (KIT, "12-03", 2), EXTENDED (ODD, "12-04", 2) },
      7,
      "2026-12-04",
      7 },
    /* What was told one alone counts no more once the whole is taken up again. */
    { { EXTENDED (IVY, "12-01", 5), REOPENED ("ombudsman-instruction"),
        EXTENDED (KIT, "12-07", 5) },
      0,
      NULL,
      5 },
    /* Where both had stopped, and are unhappy all the same, both wait. */
    { { { "withdrawn", "\"on\":\"2026-11-24\"" },
        { "promoted", "\"on\":\"2026-11-25\"" },
        EXTENDED (IVY, "12-01", 5) },
      0,
      NULL,
      5 },
    { { { "withdrawn", "\"on\":\"2026-11-24\"" },
        { "dissatisfied", "\"on\":\"2026-11-25\"" },
        EXTENDED (IVY, "12-01", 5) },
      0,
      NULL,
      5 },
    /* Of two told one of them apart the fewer days count, also where they come later in the order. */
    { { EXTENDED (IVY, "12-01", 10),
        { "extended", TOLD (KIT, 10), "2B.1", "2A.2" },
        { "extended", TOLD (KIT, 5), "2C.1", "2A.2" } },
      5,
      "2026-12-02",
      10 },
    /* What a person settled is what they were told; the other still waits. */
    { { { "extended", TOLD (IVY, 10), "2B.1", "2A.1" },
        { "extended", TOLD (IVY, 5), "2C.1", "2A.1" },
        { "conflict.settled",
          "\"field\":\"extended." IVY "\",\"value\":{\"on\":\"2026-12-02\",\"working_days\":7}",
          "2A.9", "2B.1,2C.1" } },
      0,
      NULL,
      7 },
    /* What whoever is left was told stands, where the other was recorded by mistake. */
    { { EXTENDED (IVY, "12-01", 5),
        { "corrected", "\"event\":\"2A.1\",\"field\":\"others\",\"to\":[],\"because\":\"a\"" } },
      5,
      "2026-12-01",
      5 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AmendsCase) complaint = test_case_new (TWO, cases[i].acts, MAX_ACTS);
      AmendsDay last;
      int n_days;

      g_test_message ("Case %" G_GSIZE_FORMAT, i);
      count_events (complaint, NULL, AMENDS_CLOCK_EVENT_EXTENDED, &last, &n_days);
      g_assert_cmpint (n_days, ==, cases[i].n_days);
      g_assert_cmpint (last, ==, cases[i].last != NULL ? day_of (cases[i].last) : AMENDS_DAY_NONE);
      count_events (complaint, IVY, AMENDS_CLOCK_EVENT_EXTENDED, &last, &n_days);
      g_assert_cmpint (n_days, ==, cases[i].n_days_of_ivy);
    }
}

/* Of the case it stands once each was told, with what counts for both; of a petition as its lead was. */
static void
test_extension_stands (void)
{
  static const TestAct both[MAX_ACTS] = { EXTENDED (IVY, "12-03", 5), EXTENDED (KIT, "12-01", 3) };
  static const TestAct one[MAX_ACTS] = { EXTENDED (IVY, "12-03", 5) };
  static const TestAct other[MAX_ACTS] = { EXTENDED (KIT, "12-03", 5) };
  g_autoptr (AmendsCase) complaint = test_case_new (TWO, both, MAX_ACTS);
  g_autoptr (AmendsCase) waiting = test_case_new (TWO, one, MAX_ACTS);
  g_autoptr (AmendsCase) petition = test_case_new (PETITION, one, MAX_ACTS);
  g_autoptr (AmendsCase) of_another = test_case_new (PETITION, other, MAX_ACTS);
  const json_t *extended = amends_case_get_value (complaint, "extended");

  assert_on (complaint, "extended", "2026-12-03");
  g_assert_cmpint (json_integer_value (json_object_get (extended, "working_days")), ==, 3);
  g_assert_null (json_object_get (extended, "who"));
  assert_on (waiting, "extended", NULL);
  assert_on (petition, "extended", "2026-12-03");
  assert_on (of_another, "extended", NULL);
}

/* An update counts once each has had it. */
static void
test_updated (void)
{
  static const struct
  {
    TestAct acts[MAX_ACTS];
    int n;
    const char *last;
  } cases[] = {
    { { UPDATED (IVY, "12-01") }, 0, NULL },
    { { UPDATED (IVY, "12-01"), UPDATED (IVY, "12-02") }, 0, NULL },
    { { UPDATED (IVY, "12-01"), UPDATED (KIT, "12-02") }, 1, "2026-12-02" },
    { { UPDATED (KIT, "12-02"), UPDATED (IVY, "12-01"), UPDATED (IVY, "12-03"),
        UPDATED (KIT, "12-04") },
      2,
      "2026-12-04" },
    { { { "updated", "\"on\":\"2026-12-01\",\"channel\":\"letter\"" }, UPDATED (KIT, "12-02") },
      1,
      "2026-12-01" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AmendsCase) complaint = test_case_new (TWO, cases[i].acts, MAX_ACTS);
      AmendsDay last;
      int n_days;

      g_test_message ("Case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (count_events (complaint, NULL, AMENDS_CLOCK_EVENT_UPDATED, &last, &n_days),
                       ==, cases[i].n);
      g_assert_cmpint (last, ==, cases[i].last != NULL ? day_of (cases[i].last) : AMENDS_DAY_NONE);
    }
}

/* When each letter arrived is recorded for each, beside what was said as it was sent. */
static void
test_delivered (void)
{
  static const struct
  {
    TestAct acts[MAX_ACTS];
    const char *day; /* (nullable): on which it had arrived for all */
  } cases[] = {
    { { RESPONDED (IVY, "12-01"),
        RESPONDED (KIT, "12-02"),
        { "delivered", "\"stage\":1,\"on\":\"2026-12-07\",\"who\":\"complainant\"" } },
      NULL },
    { { RESPONDED (IVY, "12-01"),
        { "delivered", "\"stage\":1,\"on\":\"2026-12-07\",\"who\":\"complainant\"" },
        RESPONDED (KIT, "12-02"),
        { "delivered", "\"stage\":1,\"on\":\"2026-12-04\",\"who\":\"Kit Fenn\"" } },
      "2026-12-07" },
    { { RESPONDED (IVY, "12-01"),
        { "responded", "\"on\":\"2026-12-02\",\"channel\":\"letter\",\"who\":\"Kit Fenn\","
                       "\"delivered_on\":\"2026-12-08\"" },
        { "delivered", "\"stage\":1,\"on\":\"2026-12-07\",\"who\":\"complainant\"" } },
      "2026-12-08" },
    { { { "responded", "\"on\":\"2026-12-01\",\"channel\":\"letter\"" },
        { "delivered", "\"stage\":1,\"on\":\"2026-12-04\",\"who\":\"Kit Fenn\"" } },
      NULL },
    { { { "responded", "\"on\":\"2026-12-01\",\"channel\":\"letter\"" },
        { "delivered", "\"stage\":1,\"on\":\"2026-12-07\",\"who\":\"complainant\"" },
        { "delivered", "\"stage\":1,\"on\":\"2026-12-04\",\"who\":\"Kit Fenn\"" } },
      "2026-12-07" },
    /* Who joins when both had theirs takes nothing of it back. */
    { { RESPONDED (IVY, "12-01"),
        RESPONDED (KIT, "12-02"),
        { "delivered", "\"stage\":1,\"on\":\"2026-12-03\",\"who\":\"complainant\"" },
        { "delivered", "\"stage\":1,\"on\":\"2026-12-04\",\"who\":\"Kit Fenn\"" },
        JOINED_AS (ODD, "12-05"),
        RESPONDED (ODD, "12-07") },
      "2026-12-04" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AmendsCase) complaint = test_case_new (TWO, cases[i].acts, MAX_ACTS);
      g_autoptr (GArray) events = amends_case_dup_clock_events (complaint, NULL);
      AmendsDay day = AMENDS_DAY_NONE;

      g_test_message ("Case %" G_GSIZE_FORMAT, i);
      for (guint n = 0; n < events->len; n++)
        if (g_array_index (events, AmendsClockEvent, n).kind == AMENDS_CLOCK_EVENT_RESPONDED)
          day = g_array_index (events, AmendsClockEvent, n).delivered_day;
      g_assert_cmpint (day, ==, cases[i].day != NULL ? day_of (cases[i].day) : AMENDS_DAY_NONE);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/complainant-round/extended", test_extended);
  g_test_add_func ("/complainant-round/extension-stands", test_extension_stands);
  g_test_add_func ("/complainant-round/updated", test_updated);
  g_test_add_func ("/complainant-round/delivered", test_delivered);
  return g_test_run ();
}
