/* test-complainant.c: several who complain together: what counts for each, and what for the case
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All was received on Friday 20 November 2026. */

#include "core/amends-complainant.h"

#include <string.h>

#include "core/amends-case-clocks.h"
#include "core/amends-reader.h"
#include "core/complainant-acts.h"
#include "core/days.h"
#include "core/policy-files.h"

typedef struct
{
  TestAct acts[MAX_ACTS];
  const char *acknowledged; /* (nullable): the day on which that stands in the case */
  const char *responded;
  const char *withdrawn;
  const char *state;
} Row;

/* What is done for each counts once nobody waits for it, on the day of the last. */
static const Row rows[] = {
  { { ACKNOWLEDGED (IVY, "11-23") }, NULL, NULL, NULL, "open" },
  { { ACKNOWLEDGED (IVY, "11-23"), ACKNOWLEDGED (KIT, "11-24") },
    "2026-11-24",
    NULL,
    NULL,
    "open" },
  /* In whatever order they were recorded. */
  { { ACKNOWLEDGED (KIT, "11-25"), ACKNOWLEDGED (IVY, "11-23") },
    "2026-11-25",
    NULL,
    NULL,
    "open" },
  { { { "acknowledged", "\"on\":\"2026-11-23\",\"channel\":\"letter\"" } },
    "2026-11-23",
    NULL,
    NULL,
    "open" },
  { { RESPONDED (IVY, "12-01"), RESPONDED (KIT, "12-03") }, NULL, "2026-12-03", NULL, "open" },
  /* Each may stop alone; who goes on is still owed all of it. */
  { { WITHDRAWN (IVY, "11-30") }, NULL, NULL, NULL, "open" },
  { { WITHDRAWN (IVY, "11-30"), RESPONDED (KIT, "12-03") }, NULL, "2026-12-03", NULL, "open" },
  /* Who waited until they stopped was waiting until then. */
  { { RESPONDED (IVY, "12-01"), WITHDRAWN (KIT, "12-04") }, NULL, "2026-12-04", NULL, "open" },
  { { WITHDRAWN (IVY, "11-30"), WITHDRAWN (KIT, "12-02") }, NULL, NULL, "2026-12-02", "closed" },
  { { { "withdrawn", "\"on\":\"2026-11-30\"" } }, NULL, NULL, "2026-11-30", "closed" },
  /* Taken up again it is open to both. */
  { { WITHDRAWN (IVY, "11-30"),
      WITHDRAWN (KIT, "12-02"),
      { "reopened", "\"on\":\"2026-12-03\",\"because\":\"new-information\"" } },
    NULL,
    NULL,
    NULL,
    "open" },
  { { RESPONDED (IVY, "12-01"),
      RESPONDED (KIT, "12-01"),
      { "reopened", "\"on\":\"2026-12-03\",\"because\":\"ombudsman-instruction\"" } },
    NULL,
    NULL,
    NULL,
    "open" },
};

/* Of a petition what its lead got counts for all, also where the lead has stopped since; and it is taken back once all
 * have. */
static const Row of_petition[] = {
  { { ACKNOWLEDGED (IVY, "11-23"), RESPONDED (IVY, "12-01") },
    "2026-11-23",
    "2026-12-01",
    NULL,
    "open" },
  { { RESPONDED (IVY, "12-01"), WITHDRAWN (IVY, "12-02") }, NULL, "2026-12-01", NULL, "open" },
  { { WITHDRAWN (IVY, "11-30"), RESPONDED (KIT, "12-03") }, NULL, "2026-12-03", NULL, "open" },
  { { WITHDRAWN (IVY, "11-30") }, NULL, NULL, NULL, "open" },
  { { RESPONDED (KIT, "12-01") },
    NULL,
    NULL,
    NULL,
    "open" }, /* before it was known to be a petition */
  { { WITHDRAWN (IVY, "11-30"), WITHDRAWN (KIT, "12-02") }, NULL, NULL, "2026-12-02", "closed" },
};

static void
check_counts (const char *recorded, const Row *list, gsize n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      g_autoptr (AmendsCase) complaint = test_case_new (recorded, list[i].acts, MAX_ACTS);

      g_test_message ("Row %" G_GSIZE_FORMAT, i);
      assert_on (complaint, "acknowledged", list[i].acknowledged);
      assert_on (complaint, "responded", list[i].responded);
      assert_on (complaint, "withdrawn", list[i].withdrawn);
      g_assert_cmpstr (amends_case_get_state (complaint), ==, list[i].state);
    }
}

static void
test_counts (void)
{
  check_counts (TWO, rows, G_N_ELEMENTS (rows));
  check_counts (PETITION, of_petition, G_N_ELEMENTS (of_petition));
}

/* Whoever stopped alone stays away, whatever the others take up again; where all had stopped, all are back. */
static void
test_reopened (void)
{
  static const struct
  {
    TestAct acts[MAX_ACTS];
    gboolean is_away;
  } cases[] = {
    { { WITHDRAWN (KIT, "11-30"),
        RESPONDED (IVY, "12-01"),
        { "closed", "\"on\":\"2026-12-04\"" },
        REOPENED ("new-information") },
      TRUE },
    { { WITHDRAWN (KIT, "11-30"), RESPONDED (IVY, "12-01"), REOPENED ("ombudsman-instruction") },
      TRUE },
    { { WITHDRAWN (KIT, "11-30"),
        { "dissatisfied", "\"on\":\"2026-12-05\",\"channel\":\"letter\"" } },
      TRUE },
    { { WITHDRAWN (KIT, "11-30"), { "promoted", "\"on\":\"2026-12-05\"" } }, TRUE },
    { { WITHDRAWN (KIT, "11-30"), WITHDRAWN (IVY, "12-01"), REOPENED ("new-information") }, FALSE },
    { { WITHDRAWN (KIT, "11-30"),
        { "withdrawn", "\"on\":\"2026-12-01\"" },
        REOPENED ("new-information") },
      FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AmendsCase) complaint = test_case_new (TWO, cases[i].acts, MAX_ACTS);

      g_test_message ("Case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (amends_complainant_get_act (complaint, KIT, "withdrawn") != NULL, ==,
                       cases[i].is_away);
      g_assert_cmpstr (amends_case_get_state (complaint), ==, "open");
    }
}

/* Who comes back alone is waited for from then on, and nothing that was done for all the others is undone. */
static void
test_come_back (void)
{
  static const Row back[] = {
    { { ACKNOWLEDGED (IVY, "11-23"), WITHDRAWN (KIT, "11-24"), BACK (KIT, "11-30") },
      "2026-11-24",
      NULL,
      NULL,
      "open" },
    { { WITHDRAWN (KIT, "11-24"), BACK (KIT, "11-25"), RESPONDED (IVY, "12-01") },
      NULL,
      NULL,
      NULL,
      "open" },
    { { WITHDRAWN (KIT, "11-24"), BACK (KIT, "11-25"), RESPONDED (IVY, "12-01"),
        RESPONDED (KIT, "12-02") },
      NULL,
      "2026-12-02",
      NULL,
      "open" },
    { { WITHDRAWN (KIT, "11-24"), RESPONDED (IVY, "12-01"), BACK (KIT, "12-03") },
      NULL,
      "2026-12-01",
      NULL,
      "open" },
    { { WITHDRAWN (KIT, "11-24"), RESPONDED (IVY, "12-01"), BACK (KIT, "12-03"),
        RESPONDED (KIT, "12-04") },
      NULL,
      "2026-12-01",
      NULL,
      "open" },
    { { WITHDRAWN (KIT, "11-24"), WITHDRAWN (IVY, "11-25"), BACK (KIT, "11-27") },
      NULL,
      NULL,
      NULL,
      "open" },
    { { WITHDRAWN (KIT, "11-24"), BACK (KIT, "11-25"), WITHDRAWN (KIT, "11-26") },
      NULL,
      NULL,
      NULL,
      "open" },
    { { WITHDRAWN (KIT, "11-24"), BACK (KIT, "11-25"), WITHDRAWN (KIT, "11-26"),
        WITHDRAWN (IVY, "11-27") },
      NULL,
      NULL,
      "2026-11-27",
      "closed" },
  };

  check_counts (TWO, back, G_N_ELEMENTS (back));
}

#define PARTED                                                                     \
  {                                                                                \
    "parted", "\"on\":\"2026-12-04\",\"event\":\"2A.2\",\"because\":\"Next door\"" \
  }

/* Who joins has what is still to come, and is read apart; what was done before stays. */
static void
test_joined (void)
{
  static const char one[] = "\"complaint\",\"complainant\":{\"name\":\"Ivy Marsh\"}";
  static const Row joined[] = {
    { { { "acknowledged", "\"on\":\"2026-11-23\",\"channel\":\"letter\"" }, JOINED ("11-24") },
      "2026-11-23",
      NULL,
      NULL,
      "open" },
    { { JOINED ("11-24"), RESPONDED (IVY, "12-01") }, NULL, NULL, NULL, "open" },
    { { JOINED ("11-24"), RESPONDED (KIT, "11-30"), RESPONDED (IVY, "12-01") },
      NULL,
      "2026-12-01",
      NULL,
      "open" },
    { { { "responded", "\"on\":\"2026-12-01\",\"channel\":\"letter\"" },
        JOINED ("12-02"),
        RESPONDED (KIT, "12-03") },
      NULL,
      "2026-12-01",
      NULL,
      "open" },
    { { JOINED ("11-24"), WITHDRAWN (KIT, "11-25"), WITHDRAWN (IVY, "11-26") },
      NULL,
      NULL,
      "2026-11-26",
      "closed" },
  };
  /* Who joined by mistake never did: what the one who is left had stands. */
  static const Row parted[] = {
    { { JOINED ("11-24"), RESPONDED (IVY, "12-01"), PARTED }, NULL, "2026-12-01", NULL, "open" },
    { { JOINED ("11-24"), RESPONDED (IVY, "12-01"), RESPONDED (KIT, "12-03"), PARTED },
      NULL,
      "2026-12-01",
      NULL,
      "open" },
    { { JOINED ("11-24"), PARTED, JOINED ("11-26"), RESPONDED (IVY, "12-01") },
      NULL,
      NULL,
      NULL,
      "open" },
  };
  g_autoptr (AmendsCase) complaint = test_case_new (one, joined[1].acts, MAX_ACTS);

  check_counts (one, joined, G_N_ELEMENTS (joined));
  check_counts (one, parted, G_N_ELEMENTS (parted));
  g_assert_true (amends_case_is_joint (complaint));
  g_assert_cmpstr (amends_complainant_get_text (complaint, KIT, "home"), ==, "Flat 14");
  g_assert_cmpstr (amends_complainant_get_text (complaint, IVY, "home"), ==, NULL);
}

/* Whoever comes second undoes nothing of what was done for all who were there before. */
static void
test_two_come (void)
{
  static const Row come[] = {
    { { ACKNOWLEDGED (IVY, "11-23"), ACKNOWLEDGED (KIT, "11-24"), JOINED_AS (ODD, "11-25") },
      "2026-11-24",
      NULL,
      NULL,
      "open" },
    /* A third joins, all three have it, and a fourth joins. */
    { { JOINED_AS (ODD, "11-23"), ACKNOWLEDGED (IVY, "11-24"), ACKNOWLEDGED (KIT, "11-24"),
        ACKNOWLEDGED (ODD, "11-25"), JOINED_AS ("Wren Ashdown", "11-26") },
      "2026-11-25",
      NULL,
      NULL,
      "open" },
    { { JOINED_AS (ODD, "11-23"), ACKNOWLEDGED (IVY, "11-24"), ACKNOWLEDGED (KIT, "11-24"),
        JOINED_AS ("Wren Ashdown", "11-26"), ACKNOWLEDGED (ODD, "11-27") },
      NULL,
      NULL,
      NULL,
      "open" },
    /* One stops and comes back, both have it, and another joins. */
    { { WITHDRAWN (KIT, "11-23"), BACK (KIT, "11-24"), ACKNOWLEDGED (IVY, "11-24"),
        ACKNOWLEDGED (KIT, "11-25"), JOINED_AS (ODD, "11-26") },
      "2026-11-25",
      NULL,
      NULL,
      "open" },
    /* Both have it, another joins, and who had it stops and comes back. */
    { { ACKNOWLEDGED (IVY, "11-23"), ACKNOWLEDGED (KIT, "11-24"), JOINED_AS (ODD, "11-25"),
        WITHDRAWN (KIT, "11-26"), BACK (KIT, "11-27") },
      "2026-11-24",
      NULL,
      NULL,
      "open" },
    /* Who waited when they stopped waited until then, and so did who had joined. */
    { { ACKNOWLEDGED (IVY, "11-23"), JOINED_AS (ODD, "11-24"), WITHDRAWN (KIT, "11-25"),
        BACK (KIT, "11-26") },
      NULL,
      NULL,
      NULL,
      "open" },
    /* Who joins and stops moves no day. */
    { { ACKNOWLEDGED (IVY, "11-23"), ACKNOWLEDGED (KIT, "11-24"), JOINED_AS (ODD, "11-25"),
        WITHDRAWN (ODD, "11-26"), BACK (ODD, "11-27") },
      "2026-11-24",
      NULL,
      NULL,
      "open" },
    { { RESPONDED (IVY, "12-01"), RESPONDED (KIT, "12-02"), JOINED_AS (ODD, "12-03"),
        WITHDRAWN (ODD, "12-04") },
      NULL,
      "2026-12-02",
      NULL,
      "open" },
  };

  check_counts (TWO, come, G_N_ELEMENTS (come));
}

/* Who comes back is the one who is named, and nobody whose name begins like theirs. */
static void
test_names_alike (void)
{
  static const TestAct acts[MAX_ACTS] = { WITHDRAWN ("Kit", "11-24"),
                                          WITHDRAWN ("Kit. Fenn", "11-25"), BACK ("Kit", "11-26") };
  g_autoptr (AmendsCase) complaint =
      test_case_new ("\"complaint\",\"complainant\":{\"name\":\"Ivy Marsh\"},\"others\":[{\"name\":"
                     "\"Kit\"},{\"name\":\"Kit. Fenn\"}]",
                     acts, MAX_ACTS);

  g_assert_null (amends_complainant_get_act (complaint, "Kit", "withdrawn"));
  g_assert_nonnull (amends_complainant_get_act (complaint, "Kit. Fenn", "withdrawn"));
}

/* What was sent first may arrive last; and it has not arrived while one of them is not known to have. */
static void
test_delivery (void)
{
  static const struct
  {
    const char *kit; /* what is known of the letter that was sent last */
    const char *day; /* (nullable) */
  } deliveries[] = {
    { ",\"delivered_on\":\"2026-12-04\"", "2026-12-09" },
    { ",\"delivered_on\":\"2026-12-11\"", "2026-12-11" },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (deliveries); i++)
    {
      g_autofree char *last =
          g_strdup_printf ("\"on\":\"2026-12-03\",\"channel\":\"letter\",\"who\":\"Kit Fenn\"%s",
                           deliveries[i].kit);
      const TestAct acts[MAX_ACTS] = {
        { "responded", "\"on\":\"2026-12-01\",\"channel\":\"letter\",\"who\":\"complainant\","
                       "\"delivered_on\":\"2026-12-09\"" },
        { "responded", last },
      };
      g_autoptr (AmendsCase) complaint = test_case_new (TWO, acts, MAX_ACTS);
      const json_t *responded = amends_case_get_value (complaint, "responded");

      assert_on (complaint, "responded", "2026-12-03");
      g_assert_cmpstr (json_string_value (json_object_get (responded, "delivered_on")), ==,
                       deliveries[i].day);
    }
}

/* The clock stops with the last of them, and not with the first. */
static void
test_clock (void)
{
  static const struct
  {
    TestAct acts[MAX_ACTS];
    AmendsClockState state;
    const char *met;
  } clocks[] = {
    { { ACKNOWLEDGED (IVY, "11-23") }, AMENDS_CLOCK_STATE_OVERDUE, NULL },
    { { ACKNOWLEDGED (IVY, "11-23"), ACKNOWLEDGED (KIT, "11-26") },
      AMENDS_CLOCK_STATE_MET,
      "2026-11-26" },
    { { ACKNOWLEDGED (KIT, "11-30"), ACKNOWLEDGED (IVY, "11-23") },
      AMENDS_CLOCK_STATE_MET_LATE,
      "2026-11-30" },
    { { ACKNOWLEDGED (IVY, "11-23"), WITHDRAWN (KIT, "11-24") },
      AMENDS_CLOCK_STATE_MET,
      "2026-11-24" },
  };
  g_autoptr (AmendsCalendar) calendar = load_calendar ();
  g_autoptr (AmendsPolicy) code = load_policy ("code-2024");

  for (gsize i = 0; i < G_N_ELEMENTS (clocks); i++)
    {
      g_autoptr (AmendsCase) complaint = test_case_new (TWO, clocks[i].acts, MAX_ACTS);
      const AmendsRules rules = { NULL, code, calendar, NULL };
      g_autoptr (GPtrArray) list =
          amends_case_compute_clocks (complaint, &rules, day_of ("2026-12-07"));
      const AmendsClockRow *row = NULL;

      g_test_message ("Row %" G_GSIZE_FORMAT, i);
      for (guint n = 0; n < list->len; n++)
        if (((AmendsClockRow *) g_ptr_array_index (list, n))->clock->name
            == AMENDS_CLOCK_ACKNOWLEDGE)
          row = g_ptr_array_index (list, n);
      g_assert_nonnull (row);
      g_assert_cmpint (row->state, ==, clocks[i].state);
      g_assert_cmpint (row->met_day, ==,
                       clocks[i].met != NULL ? day_of (clocks[i].met) : AMENDS_DAY_NONE);
    }
}

/* What is recorded of one is read for nobody else, also where they share a home. */
static void
test_apart (void)
{
  static const TestAct acts[MAX_ACTS] = {
    { "person.preference", "\"safe_contact\":{\"not\":[\"letters\"]}" },
    { "person.preference", "\"who\":\"Kit Fenn\",\"language\":\"Urdu\",\"safe_contact\":{\"not\":"
                           "[\"the landline\"]}" },
    { "contact.changed", "\"who\":\"Kit Fenn\",\"phone\":\"01632960222\"" },
    { "adjustment.added", "\"need\":\"large-print\",\"detail\":\"24 point\"" },
    { "adjustment.added", "\"need\":\"large-print\",\"detail\":\"18 point\",\"who\":\"Kit Fenn\"" },
    { "person.adjustment-made",
      "\"need\":\"large-print\",\"on\":\"2026-11-27\",\"who\":\"Kit Fenn\"" },
    { "adjustment.ended", "\"need\":\"large-print\"" },
  };
  g_autoptr (AmendsCase) complaint = test_case_new (TWO, acts, MAX_ACTS);
  const AmendsAdjustment *of_ivy = amends_case_get_adjustment (complaint, 0);
  const AmendsAdjustment *of_kit = amends_case_get_adjustment (complaint, 1);

  g_assert_cmpstr (amends_complainant_get_text (complaint, NULL, "language"), ==, "Welsh");
  g_assert_cmpstr (amends_complainant_get_text (complaint, KIT, "language"), ==, "Urdu");
  g_assert_cmpstr (amends_complainant_get_text (complaint, NULL, "home"), ==, "Flat 12");
  g_assert_null (amends_complainant_get_text (complaint, KIT, "home"));
  g_assert_null (amends_complainant_get_text (complaint, NULL, "phone"));
  g_assert_cmpstr (amends_complainant_get_text (complaint, KIT, "phone"), ==, "01632960222");
  g_assert_cmpstr (
      json_string_value (json_array_get (
          json_object_get (amends_complainant_get_value (complaint, KIT, "safe_contact"), "not"),
          0)),
      ==, "the landline");
  g_assert_cmpuint (amends_case_get_n_conflicts (complaint), ==, 0);

  g_assert_cmpuint (amends_case_get_n_adjustments (complaint), ==, 2);
  g_assert_null (of_ivy->who);
  g_assert_nonnull (of_ivy->ended);
  g_assert_null (of_ivy->made);
  g_assert_cmpstr (of_kit->who, ==, KIT);
  g_assert_null (of_kit->ended);
  g_assert_nonnull (of_kit->made);
}

/* To whom letters go: each who complains, then who has stopped; of a petition its lead, or who leads once they stop. */
static void
test_addressed (void)
{
  static const TestAct acts[MAX_ACTS] = { WITHDRAWN (IVY, "11-30") };
  static const struct
  {
    const char *recorded;
    gboolean is_joint;
    const char *to[3]; /* “complainant” is the first */
  } cases[] = {
    { TWO, TRUE, { KIT, IVY } },
    { PETITION, FALSE, { KIT } },
    { "\"complaint\",\"complainant\":{\"name\":\"Ivy Marsh\"},\"petition\":true,\"others\":[{"
      "\"name\":\"Kit Fenn\",\"lead\":true},{\"name\":\"Odd Roe\",\"lead\":true}]",
      FALSE,
      { KIT } },
    { "\"complaint\",\"complainant\":{\"name\":\"Ivy Marsh\"},\"others\":[{\"relation\":"
      "\"neighbour\"}]",
      FALSE,
      { IVY } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AmendsCase) complaint = test_case_new (cases[i].recorded, acts, MAX_ACTS);
      AmendsLedgerAnswer answer;
      guint asked;
      g_autoptr (GArray) list =
          amends_reader_list (complaint, NULL, NULL, day_of ("2026-12-01"), &asked, &answer);
      guint n = 0;

      g_assert_cmpint (amends_case_is_joint (complaint), ==, cases[i].is_joint);
      for (; cases[i].to[n] != NULL; n++)
        g_assert_true (
            amends_complainant_is (g_array_index (list, AmendsLetterTo, n).who, cases[i].to[n]));
      g_assert_cmpuint (list->len, ==, n);
    }
}

/* What was written for one is offered to nobody else; the first may have somebody who acts for them. */
static void
test_written_for_one (void)
{
  static const TestAct none[MAX_ACTS] = { { NULL } };
  static const struct
  {
    const char *draft;
    const char *to[4]; /* “complainant” is the first */
    guint asked;
  } drafts[] = {
    { "{}", { IVY, KIT, "Fenna Marsh" }, 0 },
    { "{\"reply_to\":\"representative\"}", { IVY, KIT, "Fenna Marsh" }, 2 },
    { "{\"who\":\"Kit Fenn\"}", { KIT }, 0 },
    { "{\"who\":\"Kit Fenn\",\"reply_to\":\"representative\"}", { KIT }, 0 },
    { "{\"who\":\"complainant\"}", { IVY, "Fenna Marsh" }, 0 },
    { "{\"who\":\"complainant\",\"reply_to\":\"representative\"}", { IVY, "Fenna Marsh" }, 1 },
  };
  g_autoptr (AmendsCase) complaint =
      test_case_new (TWO ",\"representative\":{\"name\":\"Fenna Marsh\",\"reply_to\":"
                         "\"complainant\",\"relation\":\"daughter\",\"authority\":{\"type\":"
                         "\"written-permission\",\"given\":true}}",
                     none, MAX_ACTS);

  for (gsize i = 0; i < G_N_ELEMENTS (drafts); i++)
    {
      json_auto_t *draft = json_loads (drafts[i].draft, 0, NULL);
      AmendsLedgerAnswer answer;
      guint asked;
      g_autoptr (GArray) list =
          amends_reader_list (complaint, NULL, draft, day_of ("2026-12-01"), &asked, &answer);
      guint n = 0;

      g_test_message ("Draft %" G_GSIZE_FORMAT, i);
      for (; drafts[i].to[n] != NULL && n < list->len; n++)
        {
          const AmendsLetterTo *to = &g_array_index (list, AmendsLetterTo, n);

          if (to->representative != NULL)
            g_assert_cmpstr (to->representative, ==, drafts[i].to[n]);
          else
            g_assert_true (amends_complainant_is (to->who, drafts[i].to[n]));
        }
      g_assert_null (drafts[i].to[n]);
      g_assert_cmpuint (list->len, ==, n);
      g_assert_cmpuint (asked, ==, drafts[i].asked);
    }
}

/* A draft for both is on its way until each has it; one for one is sent with theirs. */
static void
test_draft (void)
{
  static const struct
  {
    const char *drafted;
    const char *sent_to[2];
    AmendsDraftState state;
  } drafts[] = {
    { "\"on\":\"2026-11-30\",\"text\":\"a\"", { IVY }, AMENDS_DRAFT_APPROVED },
    { "\"on\":\"2026-11-30\",\"text\":\"a\"", { IVY, KIT }, AMENDS_DRAFT_SENT },
    { "\"on\":\"2026-11-30\",\"text\":\"a\",\"who\":\"Kit Fenn\"", { KIT }, AMENDS_DRAFT_SENT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (drafts); i++)
    {
      g_auto (GStrv) sent = g_new0 (char *, 3);
      g_autoptr (AmendsCase) complaint = NULL;
      TestAct acts[MAX_ACTS] = {
        { "drafted", drafts[i].drafted },
        { "approved", "\"draft\":\"2A.2\",\"on\":\"2026-11-30\",\"agreed\":true" },
      };

      for (guint n = 0; n < 2 && drafts[i].sent_to[n] != NULL; n++)
        {
          sent[n] = g_strdup_printf ("\"on\":\"2026-12-01\",\"channel\":\"letter\",\"draft\":"
                                     "\"2A.2\",\"who\":\"%s\"",
                                     drafts[i].sent_to[n]);
          acts[n + 2] = (TestAct){ .type = "sent", .members = sent[n] };
        }
      complaint = test_case_new (TWO, acts, MAX_ACTS);
      g_assert_cmpint (amends_case_get_draft_state (
                           complaint,
                           amends_case_find_act (complaint, AMENDS_EVENT_CASE_DRAFTED, "2A.2")),
                       ==, drafts[i].state);
    }
}

/* What waits to be sent is found behind what was sent to the other; what another draft stands for is not. */
static void
test_unsent (void)
{
  static const TestAct acts[MAX_ACTS] = {
    { "drafted", "\"on\":\"2026-11-30\",\"text\":\"a\",\"who\":\"Kit Fenn\"" },
    { "approved", "\"draft\":\"2A.2\",\"on\":\"2026-11-30\",\"agreed\":true" },
    { "drafted", "\"on\":\"2026-11-30\",\"text\":\"b\",\"who\":\"complainant\"" },
    { "approved", "\"draft\":\"2A.4\",\"on\":\"2026-11-30\",\"agreed\":true" },
    { "drafted", "\"on\":\"2026-11-30\",\"text\":\"c\",\"who\":\"complainant\"" },
    { "sent", "\"on\":\"2026-12-01\",\"channel\":\"letter\",\"draft\":\"2A.6\",\"who\":"
              "\"complainant\"" },
  };
  g_autoptr (AmendsCase) complaint = test_case_new (TWO, acts, MAX_ACTS);
  const AmendsHistoryEntry *unsent = amends_case_find_unsent (complaint, AMENDS_EVENT_CASE_DRAFTED);

  g_assert_nonnull (unsent);
  g_assert_cmpuint (unsent->event->id.number, ==, 2);
}

/* What waits for approval hides nothing that is approved; what was written for who has stopped waits for nothing. */
static void
test_unsent_of_others (void)
{
  static const struct
  {
    TestAct acts[MAX_ACTS];
    guint64 unsent; /* 0: none */
    guint64 newest;
  } cases[] = {
    { { { "drafted", "\"on\":\"2026-11-30\",\"text\":\"a\",\"who\":\"complainant\"" },
        { "approved", "\"draft\":\"2A.2\",\"on\":\"2026-11-30\",\"agreed\":true" },
        { "drafted", "\"on\":\"2026-11-30\",\"text\":\"b\",\"who\":\"Kit Fenn\"" } },
      2,
      2 },
    { { { "drafted", "\"on\":\"2026-11-30\",\"text\":\"a\",\"who\":\"complainant\"" },
        { "drafted", "\"on\":\"2026-11-30\",\"text\":\"b\",\"who\":\"Kit Fenn\"" },
        { "approved", "\"draft\":\"2A.3\",\"on\":\"2026-11-30\",\"agreed\":true" },
        WITHDRAWN (KIT, "12-01") },
      0,
      2 },
    { { { "drafted", "\"on\":\"2026-11-30\",\"text\":\"b\",\"who\":\"Kit Fenn\"" },
        WITHDRAWN (KIT, "12-01") },
      0,
      0 },
    /* A newer one for the same person stands for what was approved before. */
    { { { "drafted", "\"on\":\"2026-11-30\",\"text\":\"a\",\"who\":\"Kit Fenn\"" },
        { "approved", "\"draft\":\"2A.2\",\"on\":\"2026-11-30\",\"agreed\":true" },
        { "drafted", "\"on\":\"2026-11-30\",\"text\":\"b\",\"who\":\"Kit Fenn\"" } },
      0,
      4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AmendsCase) complaint = test_case_new (TWO, cases[i].acts, MAX_ACTS);
      const AmendsHistoryEntry *unsent =
          amends_case_find_unsent (complaint, AMENDS_EVENT_CASE_DRAFTED);
      const AmendsHistoryEntry *newest =
          amends_case_find_newest_draft (complaint, AMENDS_EVENT_CASE_DRAFTED);

      g_test_message ("Case %" G_GSIZE_FORMAT, i);
      g_assert_cmpuint (unsent != NULL ? unsent->event->id.number : 0, ==, cases[i].unsent);
      g_assert_cmpuint (newest != NULL ? newest->event->id.number : 0, ==, cases[i].newest);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/complainant/counts", test_counts);
  g_test_add_func ("/complainant/clock", test_clock);
  g_test_add_func ("/complainant/apart", test_apart);
  g_test_add_func ("/complainant/addressed", test_addressed);
  g_test_add_func ("/complainant/written-for-one", test_written_for_one);
  g_test_add_func ("/complainant/draft", test_draft);
  g_test_add_func ("/complainant/reopened", test_reopened);
  g_test_add_func ("/complainant/come-back", test_come_back);
  g_test_add_func ("/complainant/joined", test_joined);
  g_test_add_func ("/complainant/two-come", test_two_come);
  g_test_add_func ("/complainant/names-alike", test_names_alike);
  g_test_add_func ("/complainant/delivery", test_delivery);
  g_test_add_func ("/complainant/unsent", test_unsent);
  g_test_add_func ("/complainant/unsent-of-others", test_unsent_of_others);
  return g_test_run ();
}
