/* test-retention.c: until when the documents of a case are kept
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-retention.h"
#include "core/days.h"
#include "core/policy-files.h"

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

  return g_test_run ();
}
