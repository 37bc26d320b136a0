/* lists.c: how long lists, the plan of a day and a typed letter take on a store
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: bench-lists STORE PASSPHRASE-FILE
 *
 * Prints one JSON object: "cases"; "open_ms", from the key in hand until the list is in memory; "work_ms", the
 * plan of a day; "page_ms", a page of cases far down; "index_ms", until search knows all of them; and of the
 * keys, each word below letter by letter from the second on: "keys", "key_p50_ms", "key_p99_ms". All of it is
 * the work of the store thread; what is drawn comes beside it. */

#include <stdlib.h>
#include <string.h>

#include "store/amends-store.h"

#define N_ROUNDS 20

/* A name, a home, a reference, words of what happened, and what nobody ever wrote. */
static const char *const words[] = { "hathersage", "flat 14",  "heating", "person 42", "the lift",
                                     "leak in",    "zeppelin", "mrs",     "repair",    "ye no" };

static double
since_ms (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / 1000.0;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return (one > other) - (one < other);
}

static void
type_words (AmendsStore *store, GArray *keys)
{
  for (guint i = 0; i < N_ROUNDS * G_N_ELEMENTS (words); i++)
    {
      const char *word = words[i % G_N_ELEMENTS (words)];

      for (gsize n = 2; n <= strlen (word); n++)
        {
          g_autofree char *typed = g_strndup (word, n);
          gint64 began = g_get_monotonic_time ();
          g_autoptr (GPtrArray) rows = amends_store_search (store, typed, NULL);
          double ms = since_ms (began);

          g_assert (rows != NULL);
          g_array_append_val (keys, ms);
        }
    }
  g_array_sort (keys, compare);
}

static double
time_work (AmendsStore *store)
{
  gint64 began = g_get_monotonic_time ();
  g_autoptr (AmendsWork) work =
      amends_store_get_work (store, NULL, FALSE, 50, amends_store_get_today (store), NULL);

  g_assert (work != NULL);
  return since_ms (began);
}

static double
time_page (AmendsStore *store, guint64 n_cases)
{
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GPtrArray) rows =
      amends_store_list_cases (store, NULL, FALSE, 50, (guint) (n_cases / 2), NULL);

  g_assert (rows != NULL);
  return since_ms (began);
}

static AmendsStore *
open_store (const char *path, const char *passphrase_file)
{
  g_autofree char *passphrase = NULL;
  g_autoptr (GError) error = NULL;
  AmendsStore *store;

  if (!g_file_get_contents (passphrase_file, &passphrase, NULL, &error))
    g_error ("%s", error->message);
  g_strchomp (passphrase);
  store = amends_store_open (path, amends_environment_get_system (), "bench", FALSE, &error);
  if (store == NULL || !amends_store_unlock (store, NULL, passphrase, &error))
    g_error ("%s", error->message);
  return store;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (AmendsStore) store = NULL;
  double open_ms, work_ms, page_ms, index_ms;
  guint64 n_cases;
  gint64 began;

  if (argc != 3)
    {
      g_printerr ("Usage: bench-lists STORE PASSPHRASE-FILE\n");
      return EXIT_FAILURE;
    }
  store = open_store (argv[1], argv[2]);
  began = g_get_monotonic_time ();
  n_cases = amends_store_count_cases (store, NULL);
  open_ms = since_ms (began);
  work_ms = time_work (store);
  page_ms = time_page (store, n_cases);
  began = g_get_monotonic_time ();
  while (amends_store_search_step (store, 1000, NULL))
    continue;
  index_ms = since_ms (began);
  type_words (store, keys);
  g_print ("{\"cases\": %" G_GUINT64_FORMAT
           ", \"open_ms\": %.1f, \"work_ms\": %.1f, \"page_ms\": %.1f, "
           "\"index_ms\": %.0f, \"keys\": %u, \"key_p50_ms\": %.2f, \"key_p99_ms\": %.2f}\n",
           n_cases, open_ms, work_ms, page_ms, index_ms, keys->len,
           g_array_index (keys, double, keys->len / 2),
           g_array_index (keys, double, keys->len * 99 / 100));
  return EXIT_SUCCESS;
}
