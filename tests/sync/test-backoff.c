/* test-backoff.c: when to try again
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pitfalls 11 and 12: an attempt always comes, never before the server allows it, and those that
 * failed together do not come back together. */

#include "sync/amends-backoff.h"

static const struct
{
  guint n_failures;
  guint retry_after_s;
  guint longest_s; /* the wait is anywhere from retry_after_s to this */
} rows[] = {
  { 1, 0, 5 },
  { 2, 0, 10 },
  { 3, 0, 20 },
  { 4, 0, 40 },
  { 8, 0, 640 },
  { 9, 0, 900 }, /* the bound */
  { 10, 0, 900 },
  { 1000000, 0, 900 },
  { G_MAXUINT, 0, 900 },
  { 0, 0, 5 },
  { 1, 30, 35 },
  { 9, 3600, 4500 },
  { 1, 86400, 86405 },
  { 1, 86401, 86405 }, /* a day is the most that a server may ask */
  { 1, G_MAXUINT, 86405 },
};

static void
test_bounds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint least_ms = MIN (rows[i].retry_after_s, 86400) * 1000;

      g_assert_cmpuint (amends_backoff_delay_ms (rows[i].n_failures, rows[i].retry_after_s, 0), ==,
                        least_ms);
      g_assert_cmpuint (amends_backoff_delay_ms (rows[i].n_failures, rows[i].retry_after_s,
                                                 G_MAXUINT32),
                        ==, rows[i].longest_s * 1000);
    }
}

/* Full jitter: a thousand devices fill the whole interval, not its end. */
static void
test_jitter (void)
{
  guint n_in_tenth[10] = { 0 };

  for (guint i = 0; i < 1000; i++)
    {
      guint delay_ms = amends_backoff_delay_ms (20, 0, (guint32) g_test_rand_int ());

      g_assert_cmpuint (delay_ms, <=, AMENDS_BACKOFF_CAP_S * 1000);
      n_in_tenth[MIN (delay_ms / (AMENDS_BACKOFF_CAP_S * 100), 9)]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (n_in_tenth); i++)
    {
      g_assert_cmpuint (n_in_tenth[i], >, 50);
      g_assert_cmpuint (n_in_tenth[i], <, 170);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_test_add_func ("/backoff/bounds", test_bounds);
  g_test_add_func ("/backoff/jitter", test_jitter);
  return g_test_run ();
}
