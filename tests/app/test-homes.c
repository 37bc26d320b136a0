/* test-homes.c: which homes a person may mean, and whether a list of them may be shown
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/amends-homes.h"

#define DAY_US (24 * 60 * 60 * (gint64) G_USEC_PER_SEC)

static const AmendsHome homes[] = {
  { (char *) "oak", (char *) "OAK/002", (char *) "Flat 2, Linden Row" },
  { (char *) "oak", (char *) "OAK/012", (char *) "Flat 12, Linden Row" },
  { (char *) "elm", (char *) "ELM/002", (char *) "Flat 2, Tŷ Llwyfen" },
};

/* What was typed, in which scheme, and what is offered. */
static const struct
{
  const char *text;
  const char *scheme; /* (nullable) */
  const char *found;
} find_rows[] = {
  { "", "oak", "" },
  { "  ", "oak", "" },
  { "2", "oak", "Flat 2, Linden Row" },
  { "12", "oak", "Flat 12, Linden Row" },
  { "row lin", "oak", "Flat 2, Linden Row|Flat 12, Linden Row" },
  { "LINDEN 12", "oak", "Flat 12, Linden Row" },
  { "oak", "oak", "Flat 2, Linden Row|Flat 12, Linden Row" }, /* its reference */
  { "flat 2", NULL, "Flat 2, Linden Row|Flat 2, Tŷ Llwyfen" },
  { "ty", "elm", "Flat 2, Tŷ Llwyfen" },
  { "inden", "oak", "" },
  { "Flat 2, Linden Row", "oak", "" }, /* it is said */
  { " Flat 2, Linden Row ", "oak", "" },
  { "the lodge", "oak", "" },
};

static void
test_find (void)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    g_ptr_array_add (list, (gpointer) &homes[i]);
  for (guint i = 0; i < G_N_ELEMENTS (find_rows); i++)
    {
      g_auto (GStrv) found = amends_homes_find (list, find_rows[i].scheme, find_rows[i].text, 2);
      g_autofree char *joined = g_strjoinv ("|", found);

      g_test_message ("%s", find_rows[i].text);
      g_assert_cmpstr (joined, ==, find_rows[i].found);
    }
}

/* No more than were asked for, and nothing of no list. */
static void
test_limits (void)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_auto (GStrv) one = NULL;
  g_auto (GStrv) none = amends_homes_find (NULL, "oak", "flat", 2);

  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    g_ptr_array_add (list, (gpointer) &homes[i]);
  one = amends_homes_find (list, NULL, "flat", 1);
  g_assert_cmpuint (g_strv_length (one), ==, 1);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
test_fresh (void)
{
  gint64 now = G_GINT64_CONSTANT (1796083200000000);

  g_assert_true (amends_homes_are_fresh (now, now));
  g_assert_true (amends_homes_are_fresh (now - 30 * DAY_US, now));
  g_assert_false (amends_homes_are_fresh (now - 30 * DAY_US - 1, now));
  g_assert_false (amends_homes_are_fresh (0, now)); /* never */
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/homes/find", test_find);
  g_test_add_func ("/homes/limits", test_limits);
  g_test_add_func ("/homes/fresh", test_fresh);
  return g_test_run ();
}
