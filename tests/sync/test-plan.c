/* test-plan.c: what a receipt means for a device
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PROTOCOL.md 6 as a table. */

#include "sync/amends-plan.h"

static const struct
{
  const char *name;
  guint64 written;
  guint64 acknowledged;
  guint64 server_number;
  gboolean is_same_trunk;
  AmendsStanding standing;
} rows[] = {
  { "nothing-written", 0, 0, 0, TRUE, AMENDS_STANDING_IN_STEP },
  { "all-sent", 7, 7, 7, TRUE, AMENDS_STANDING_IN_STEP },
  { "some-to-send", 9, 7, 7, TRUE, AMENDS_STANDING_IN_STEP },
  { "lost-acknowledgement", 9, 7, 9, TRUE, AMENDS_STANDING_IN_STEP },
  { "lost-acknowledgement-of-a-frame", 9, 7, 8, TRUE, AMENDS_STANDING_IN_STEP },
  { "server-restored", 9, 7, 3, TRUE, AMENDS_STANDING_SERVER_BEHIND },
  { "server-restored-to-nothing", 9, 7, 0, TRUE, AMENDS_STANDING_SERVER_BEHIND },
  { "device-restored", 5, 5, 7, TRUE, AMENDS_STANDING_FORKED },
  { "device-restored-and-written", 7, 5, 7, FALSE, AMENDS_STANDING_FORKED },
  { "device-restored-and-ahead", 9, 5, 7, FALSE, AMENDS_STANDING_FORKED },
  /* Both: what the server has is not what this device wrote, however much less it is. */
  { "both-restored", 9, 7, 3, FALSE, AMENDS_STANDING_FORKED },
};

static void
test_compare (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);

  g_assert_cmpint (amends_plan_compare (rows[n].written, rows[n].acknowledged,
                                        rows[n].server_number, rows[n].is_same_trunk),
                   ==, rows[n].standing);
}

/* The last number at which both trunks are the same, for every place where they part. */
static void
test_find_common (void)
{
  enum
  {
    N_TRUNKS = 20
  };
  AmendsDigest own[N_TRUNKS] = { 0 }, server[N_TRUNKS] = { 0 };

  for (guint i = 0; i < N_TRUNKS; i++)
    own[i].bytes[0] = server[i].bytes[0] = (guint8) i;
  g_assert_cmpuint (amends_plan_find_common (own, server, N_TRUNKS, 101), ==, 120);
  g_assert_cmpuint (amends_plan_find_common (own, server, 0, 101), ==, 0);
  server[7].bytes[0] ^= 0x10; /* on the way */
  g_assert_cmpuint (amends_plan_find_common (own, server, N_TRUNKS, 101), ==, 120);
  server[7].bytes[0] ^= 0x10;
  for (guint apart = N_TRUNKS; apart-- > 0;)
    {
      server[apart].bytes[31] = 1;
      g_assert_cmpuint (amends_plan_find_common (own, server, N_TRUNKS, 101), ==,
                        apart > 0 ? 100 + apart : 0);
    }
}

/* From any position to the beginning in few requests. */
static void
test_step_back (void)
{
  guint64 position = AMENDS_ID_MAX_NUMBER;
  guint n_steps = 0;

  for (; position > 0; n_steps++)
    {
      guint64 next = amends_plan_step_back (position);

      g_assert_cmpuint (next, <, position);
      position = next;
    }
  g_assert_cmpuint (n_steps, <=, 54);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/plan/compare/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_compare);
    }
  g_test_add_func ("/plan/find-common", test_find_common);
  g_test_add_func ("/plan/step-back", test_step_back);
  return g_test_run ();
}
