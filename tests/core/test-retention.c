/* test-retention.c: until when the documents of a case are kept
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-retention.h"
#include "core/days.h"
#include "core/policy-files.h"
#include "support/case.h"

static const struct
{
  const char *policy; /* NULL: none was published */
  AmendsTenancyState tenancy;
  const char *tenancy_end; /* NULL: not known */
  const char *last_event;
  gboolean is_held;
  AmendsRetentionState state;
  const char *until;
} rows[] = {
  /* Housing 21, 14.1: the tenancy and 12 months; the last event and 12 months, if that is later. */
  { "housing-21", AMENDS_TENANCY_ENDED, "2026-03-31", "2026-02-01", FALSE, AMENDS_RETENTION_UNTIL,
    "2027-03-31" },
  { "housing-21", AMENDS_TENANCY_ENDED, "2026-03-31", "2026-11-20", FALSE, AMENDS_RETENTION_UNTIL,
    "2027-11-20" },
  { "housing-21", AMENDS_TENANCY_ENDED, "2024-02-29", "2024-01-05", FALSE, AMENDS_RETENTION_UNTIL,
    "2025-02-28" },
  { "housing-21", AMENDS_TENANCY_RUNNING, NULL, "2019-11-20", FALSE, AMENDS_RETENTION_RUNNING,
    NULL },
  { "housing-21", AMENDS_TENANCY_ENDED, NULL, "2026-11-20", FALSE, AMENDS_RETENTION_UNKNOWN, NULL },
  { "housing-21", AMENDS_TENANCY_UNKNOWN, NULL, "2026-11-20", FALSE, AMENDS_RETENTION_UNKNOWN,
    NULL },
  /* A neighbour has no tenancy: the last event alone counts. */
  { "housing-21", AMENDS_TENANCY_NONE, NULL, "2026-11-20", FALSE, AMENDS_RETENTION_UNTIL,
    "2027-11-20" },
  { "housing-21", AMENDS_TENANCY_ENDED, "2016-03-31", "2016-02-01", TRUE, AMENDS_RETENTION_HELD,
    NULL },
  /* One Housing, 8.5.1: longer than 6 months, read as from the last event. */
  { "one-housing", AMENDS_TENANCY_RUNNING, NULL, "2026-08-31", FALSE, AMENDS_RETENTION_UNTIL,
    "2027-02-28" },
  { "one-housing", AMENDS_TENANCY_UNKNOWN, NULL, "2026-11-20", FALSE, AMENDS_RETENTION_UNTIL,
    "2027-05-20" },
  /* The others say nothing. */
  { "rosebery", AMENDS_TENANCY_ENDED, "2026-03-31", "2026-02-01", FALSE, AMENDS_RETENTION_NO_RULE,
    NULL },
  { "wdh", AMENDS_TENANCY_ENDED, "2026-03-31", "2026-02-01", FALSE, AMENDS_RETENTION_NO_RULE,
    NULL },
  { "reliance", AMENDS_TENANCY_ENDED, "2026-03-31", "2026-02-01", FALSE, AMENDS_RETENTION_NO_RULE,
    NULL },
  { NULL, AMENDS_TENANCY_ENDED, "2026-03-31", "2026-02-01", FALSE, AMENDS_RETENTION_NO_RULE, NULL },
  { NULL, AMENDS_TENANCY_NONE, NULL, "2026-02-01", TRUE, AMENDS_RETENTION_HELD, NULL },
};

/* Received on 20 November 2026, and last touched on the 21st. */
#define WHOSE(relation) "\"complaint\",\"complainant\":{\"name\":\"Wren Ashdown\"" relation "}"
#define TENANT ",\"relation\":\"current-tenant\""
#define FORMER ",\"relation\":\"former-tenant\""
#define NEIGHBOUR ",\"relation\":\"neighbour\""
#define CLOSED                                                        \
  {                                                                   \
    "closed", "\"on\":\"2026-11-21\",\"closure\":\"resolved-agreed\"" \
  }

static const struct
{
  const char *policy;
  const char *recorded;
  TestAct acts[4];
  const char *kept; /* state, day and clause, as scripts read them */
} cases[] = {
  { "housing-21", WHOSE (NEIGHBOUR), { CLOSED }, "until 2027-11-21 14.1" },
  { "housing-21", WHOSE (TENANT), { CLOSED }, "tenancy-runs - 14.1" },
  { "housing-21", WHOSE (FORMER), { CLOSED }, "tenancy-unknown - 14.1" },
  { "housing-21", WHOSE (""), { CLOSED }, "tenancy-unknown - 14.1" },
  { "housing-21", WHOSE (FORMER ",\"until\":\"2026-03-31\""), { CLOSED }, "until 2027-11-21 14.1" },
  { "housing-21", WHOSE (TENANT ",\"until\":\"2027-01-31\""), { CLOSED }, "until 2028-01-31 14.1" },
  { "one-housing", WHOSE (TENANT), { CLOSED }, "until 2027-05-21 8.5.1" },
  { "rosebery", WHOSE (NEIGHBOUR), { CLOSED }, "no-rule - -" },
  { NULL, WHOSE (NEIGHBOUR), { CLOSED }, "no-rule - -" },
  /* Not over: open, something promised, or before the Ombudsman. */
  { "housing-21", WHOSE (NEIGHBOUR), { { NULL } }, "open - 14.1" },
  { "rosebery", WHOSE (NEIGHBOUR), { { NULL } }, "open - -" },
  { "housing-21",
    WHOSE (NEIGHBOUR),
    { { "action-added", "\"on\":\"2026-11-20\",\"what\":\"a\",\"due\":\"2026-12-04\"" }, CLOSED },
    "open - 14.1" },
  { "housing-21",
    WHOSE (NEIGHBOUR),
    { CLOSED, { "referred", "\"on\":\"2026-11-21\",\"to\":\"housing-ombudsman\"" } },
    "open - 14.1" },
  { "housing-21",
    WHOSE (NEIGHBOUR),
    { CLOSED,
      { "referred", "\"on\":\"2026-11-21\",\"to\":\"housing-ombudsman\"" },
      { "determination", "\"on\":\"2026-11-21\",\"determination\":\"reasonable-redress\"" } },
    "until 2027-11-21 14.1" },
  /* A claim at court holds it, open or not. */
  { "housing-21", WHOSE (NEIGHBOUR) ",\"legal_claim_filed\":true", { CLOSED }, "held - 14.1" },
  { "wdh", WHOSE (NEIGHBOUR) ",\"legal_claim_filed\":true", { { NULL } }, "held - -" },
};

static const char *
or_dash (const json_t *object, const char *key)
{
  const char *text = json_string_value (json_object_get (object, key));

  return text != NULL ? text : "-";
}

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AmendsPolicy) policy =
          cases[i].policy != NULL ? load_policy (cases[i].policy) : NULL;
      g_autoptr (AmendsCase) complaint = test_case_new (cases[i].recorded, cases[i].acts, 4);
      AmendsRetention retention = amends_case_compute_retention (complaint, policy);
      json_auto_t *json = amends_retention_to_json (&retention);
      g_autofree char *kept = g_strdup_printf ("%s %s %s", or_dash (json, "state"),
                                               or_dash (json, "until"), or_dash (json, "clause"));

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (kept, ==, cases[i].kept);
    }
}

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AmendsPolicy) policy =
          rows[i].policy != NULL ? load_policy (rows[i].policy) : NULL;
      const AmendsRetentionFacts facts = {
        .tenancy = rows[i].tenancy,
        .tenancy_end_day =
            rows[i].tenancy_end != NULL ? day_of (rows[i].tenancy_end) : AMENDS_DAY_NONE,
        .last_event_day = day_of (rows[i].last_event),
        .is_held = rows[i].is_held,
      };
      AmendsRetention retention = amends_retention_compute (policy, &facts);
      g_autofree char *until =
          retention.until_day != AMENDS_DAY_NONE ? amends_day_format (retention.until_day) : NULL;

      g_test_message ("Row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (retention.state, ==, rows[i].state);
      g_assert_cmpstr (until, ==, rows[i].until);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/retention/rows", test_rows);
  g_test_add_func ("/retention/cases", test_cases);

  return g_test_run ();
}
