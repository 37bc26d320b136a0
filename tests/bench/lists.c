/* lists.c: how long lists, the plan of a day and a typed letter take on a store
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: bench-lists STORE PASSPHRASE-FILE
 *
 * Prints one JSON object: "cases"; "open_ms", from the key in hand until the list is in memory; "work_ms", the
 * plan of a day, and "work_cpu_ms" of the processor; "page_ms", a page of cases far down; "names_ms", until search knows
 * the names of all of them, and "index_ms" all their words; and of the keys, each word below letter by letter from
 * the second on: "keys", "key_p50_ms", "key_p99_ms", and of the processor alone "key_p99_cpu_ms". By turns with each key "like_p50_ms", "like_p99_ms" and "like_p99_cpu_ms": what a search
 * costs that has no index, of the same letters in the name, home, reference and first words of as many cases, in a
 * table of SQLite in memory. All of it is the work of the store thread; what is drawn comes beside it. */

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "store/amends-store.h"

#define N_ROUNDS 5

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

/* Names, homes, references and summaries of all cases, newest first, as somebody would look through them who made no
 * index. */
static sqlite3 *
make_plain (AmendsStore *store)
{
  g_autoptr (GPtrArray) rows = amends_store_list_cases (store, NULL, FALSE, 0, 0, NULL);
  sqlite3_stmt *stmt;
  sqlite3 *plain;

  g_assert (rows != NULL);
  g_assert (sqlite3_open (":memory:", &plain) == SQLITE_OK);
  sqlite3_exec (plain, "CREATE TABLE words (row INTEGER PRIMARY KEY, text TEXT NOT NULL); BEGIN",
                NULL, NULL, NULL);
  g_assert (sqlite3_prepare_v2 (plain, "INSERT INTO words (text) VALUES (?1)", -1, &stmt, NULL)
            == SQLITE_OK);
  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsCaseRow *row = g_ptr_array_index (rows, i);
      g_autofree char *text = g_strdup_printf ("%s\n%s\n%s\n%s", row->complainant, row->home,
                                               row->reference, row->summary);

      sqlite3_bind_text (stmt, 1, text, -1, SQLITE_TRANSIENT);
      g_assert (sqlite3_step (stmt) == SQLITE_DONE);
      sqlite3_reset (stmt);
    }
  sqlite3_finalize (stmt);
  sqlite3_exec (plain, "COMMIT", NULL, NULL, NULL);
  return plain;
}

static void
find_plainly (sqlite3 *plain, const char *typed)
{
  sqlite3_stmt *stmt;

  g_assert (sqlite3_prepare_v2 (plain,
                                "SELECT row FROM words WHERE text LIKE '%' || ?1 || '%' LIMIT 50",
                                -1, &stmt, NULL)
            == SQLITE_OK);
  sqlite3_bind_text (stmt, 1, typed, -1, SQLITE_STATIC);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    continue;
  sqlite3_finalize (stmt);
}

static double
get_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/* What the keys took, of the clock and of the processor. */
typedef struct
{
  GArray *wall_ms;
  GArray *cpu_ms;
  gint64 began;
  double began_cpu_ms;
} Keys;

static void
begin_key (Keys *self)
{
  self->began = g_get_monotonic_time ();
  self->began_cpu_ms = get_cpu_ms ();
}

static void
end_key (Keys *self)
{
  double cpu_ms = get_cpu_ms () - self->began_cpu_ms;
  double wall_ms = since_ms (self->began);

  g_array_append_val (self->wall_ms, wall_ms);
  g_array_append_val (self->cpu_ms, cpu_ms);
}

static void
print_keys (Keys *self, const char *name)
{
  guint n = self->wall_ms->len;

  g_array_sort (self->wall_ms, compare);
  g_array_sort (self->cpu_ms, compare);
  g_print (", \"%s_p50_ms\": %.2f, \"%s_p99_ms\": %.2f, \"%s_p99_cpu_ms\": %.2f", name,
           g_array_index (self->wall_ms, double, n / 2), name,
           g_array_index (self->wall_ms, double, n * 99 / 100), name,
           g_array_index (self->cpu_ms, double, n * 99 / 100));
}

static void
type_words (AmendsStore *store, sqlite3 *plain, Keys *keys, Keys *like)
{
  for (guint i = 0; i < N_ROUNDS * G_N_ELEMENTS (words); i++)
    {
      const char *word = words[i % G_N_ELEMENTS (words)];

      for (gsize n = 2; n <= strlen (word); n++)
        {
          g_autofree char *typed = g_strndup (word, n);
          g_autoptr (GPtrArray) rows = NULL;

          begin_key (keys);
          rows = amends_store_search (store, typed, NULL);
          end_key (keys);
          g_assert (rows != NULL);
          begin_key (like);
          find_plainly (plain, typed);
          end_key (like);
        }
    }
}

static double
time_work (AmendsStore *store, double *ret_cpu_ms)
{
  double began_cpu_ms = get_cpu_ms ();
  gint64 began = g_get_monotonic_time ();
  g_autoptr (AmendsWork) work =
      amends_store_get_work (store, NULL, FALSE, 50, amends_store_get_today (store), NULL);

  g_assert (work != NULL);
  *ret_cpu_ms = get_cpu_ms () - began_cpu_ms;
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
  Keys keys = { g_array_new (FALSE, FALSE, sizeof (double)),
                g_array_new (FALSE, FALSE, sizeof (double)), 0, 0 };
  Keys like = { g_array_new (FALSE, FALSE, sizeof (double)),
                g_array_new (FALSE, FALSE, sizeof (double)), 0, 0 };
  g_autoptr (AmendsStore) store = NULL;
  double open_ms, work_ms, work_cpu_ms, page_ms, names_ms, index_ms;
  sqlite3 *plain;
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
  work_ms = time_work (store, &work_cpu_ms);
  page_ms = time_page (store, n_cases);
  began = g_get_monotonic_time ();
  while (amends_store_get_search_reach (store) == AMENDS_SEARCH_REACH_NOTHING)
    amends_store_search_step (store, 100, NULL);
  names_ms = since_ms (began);
  while (amends_store_search_step (store, 1000, NULL))
    continue;
  index_ms = since_ms (began);
  plain = make_plain (store);
  type_words (store, plain, &keys, &like);
  sqlite3_close (plain);
  g_print ("{\"cases\": %" G_GUINT64_FORMAT
           ", \"open_ms\": %.1f, \"work_ms\": %.1f, \"work_cpu_ms\": %.1f, "
           "\"page_ms\": %.1f, \"names_ms\": %.0f, \"index_ms\": %.0f, \"keys\": %u",
           n_cases, open_ms, work_ms, work_cpu_ms, page_ms, names_ms, index_ms, keys.wall_ms->len);
  print_keys (&keys, "key");
  print_keys (&like, "like");
  g_print ("}\n");
  return EXIT_SUCCESS;
}
