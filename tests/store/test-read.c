/* test-read.c: the list is a cache: the same with its snapshot, without it, and after it was altered
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Design, 4, "Read". */

#include <glib/gstdio.h>
#include <string.h>

#include "store/amends-log.h"
#include "support/device.h"

/* More than amends_read_save() waits for. */
#define N_CASES 300

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  char *path;     /* of the store */
  char *snapshot; /* of its list */
  AmendsStore *store;
  AmendsId ids[N_CASES];
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_world_init (&fixture->world);
  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "store", NULL);
  fixture->snapshot = g_build_filename (fixture->path, "list.snap", NULL);
  fixture->store = test_store_new (&fixture->world, fixture->path, "7K");
  for (guint i = 0; i < N_CASES; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %u", i);

      fixture->ids[i] = test_record (fixture->store, name, "No heating");
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  amends_store_close (fixture->store);
  g_free (fixture->path);
  g_free (fixture->snapshot);
  test_folder_remove (fixture->folder);
}

static void
reopen (Fixture *fixture)
{
  fixture->store = test_store_reopen (fixture->store, &fixture->world);
}

static void
assert_list (Fixture *fixture, const char *expected)
{
  g_autofree char *list = test_list (fixture->store);

  g_assert_cmpstr (list, ==, expected);
}

static void
test_snapshot (Fixture *fixture, gconstpointer data)
{
  g_autofree char *list = test_list (fixture->store);
  g_autofree char *contents = NULL;
  gsize n_bytes;

  g_assert_false (g_file_test (fixture->snapshot, G_FILE_TEST_EXISTS));
  reopen (fixture);
  g_assert_true (g_file_test (fixture->snapshot, G_FILE_TEST_EXISTS));
  assert_list (fixture, list);

  /* Altered anywhere, cut, empty, or gone: ignored. */
  g_assert_true (g_file_get_contents (fixture->snapshot, &contents, &n_bytes, NULL));
  for (guint i = 0; i < 12; i++)
    {
      gsize at = i < 9 ? i : (gsize) g_test_rand_int_range (0, (gint32) n_bytes);

      contents[at] ^= 1;
      g_assert_true (g_file_set_contents (fixture->snapshot, contents, (gssize) n_bytes, NULL));
      contents[at] ^= 1;
      amends_store_lock (fixture->store);
      g_assert_true (amends_store_unlock (fixture->store, NULL, TEST_PASSPHRASE, NULL));
      assert_list (fixture, list);
    }
  g_assert_true (g_file_set_contents (fixture->snapshot, contents, 20, NULL));
  reopen (fixture);
  assert_list (fixture, list);
  g_remove (fixture->snapshot);
  reopen (fixture);
  assert_list (fixture, list);
}

/* A snapshot that is older than the log is caught up from it. */
static void
test_catch_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *list = NULL;

  g_free (test_list (fixture->store));
  reopen (fixture);
  test_act (fixture->store, &fixture->ids[7], "{\"type\":\"contact.changed\",\"home\":\"Flat 7\"}");
  test_record (fixture->store, "Somebody New", "No light");
  list = test_list (fixture->store);
  g_assert_nonnull (strstr (list, "Flat 7"));
  g_assert_nonnull (strstr (list, "Somebody New"));
  reopen (fixture);
  assert_list (fixture, list);
  g_remove (fixture->snapshot);
  reopen (fixture);
  assert_list (fixture, list);
}

static void
receive (Fixture *fixture, AmendsEvent *event, gboolean is_digest_only)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  g_autoptr (GError) error = NULL;
  gboolean is_new = FALSE;

  amends_transaction_begin (&transaction, amends_store_get_db (fixture->store), &error);
  amends_log_receive (fixture->store, event, is_digest_only, &is_new, &error);
  g_assert_no_error (error);
  g_assert_true (is_new);
  amends_transaction_commit (&transaction, &error);
  g_assert_no_error (error);
}

/* An event of which only the digest was held arrives when it arrives whole: the list follows. */
static void
test_filled (Fixture *fixture, gconstpointer data)
{
  static const char body[] =
      "{\"type\":\"contact.changed\",\"at\":\"2026-11-21T10:02:11Z\",\"by\":\"7K.1\","
      "\"home\":\"Flat 7\"}";
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (body, strlen (body));
  g_autoptr (AmendsEvent) event = NULL;
  g_autofree char *held = NULL;
  g_autofree char *shown = NULL;
  AmendsId id;

  amends_id_init (&id, "0", 1);
  event = amends_event_new (&id, "s.oak", &fixture->ids[7], &fixture->ids[7], 1, salt, bytes, NULL);
  receive (fixture, event, TRUE);
  test_act (fixture->store, &fixture->ids[8], "{\"type\":\"case.noted\",\"text\":\"Rang\"}");
  held = test_list (fixture->store);
  g_assert_null (strstr (held, "Flat 7"));
  receive (fixture, event, FALSE);
  shown = test_list (fixture->store);
  g_assert_nonnull (strstr (shown, "Flat 7"));
}

/* A snapshot of another store, under another key, is not this one's. */
static void
test_foreign_snapshot (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other_path = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *other_snapshot = g_build_filename (other_path, "list.snap", NULL);
  g_autofree char *list = test_list (fixture->store);
  g_autofree char *contents = NULL;
  gsize n_bytes;
  AmendsStore *other;

  reopen (fixture);
  other = test_store_new (&fixture->world, other_path, "9M");
  for (guint i = 0; i < N_CASES; i++)
    test_record (other, "Somebody Else", "Elsewhere");
  g_free (test_list (other));
  amends_store_close (other);
  g_assert_true (g_file_get_contents (other_snapshot, &contents, &n_bytes, NULL));
  g_assert_true (g_file_set_contents (fixture->snapshot, contents, (gssize) n_bytes, NULL));
  reopen (fixture);
  assert_list (fixture, list);
}

/* Newest received first, then reference; and by page, nobody twice and nobody left out. */
static void
test_pages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) seen =
      g_hash_table_new_full (amends_id_hash, amends_id_equal, g_free, NULL);
  g_autofree char *before = NULL;

  for (guint offset = 0; offset < N_CASES + 50; offset += 50)
    {
      g_autoptr (GPtrArray) rows =
          amends_store_list_cases (fixture->store, NULL, FALSE, 50, offset, NULL);

      g_assert_cmpuint (rows->len, ==, offset < N_CASES ? 50 : 0);
      for (guint i = 0; i < rows->len; i++)
        {
          const AmendsCaseRow *row = g_ptr_array_index (rows, i);

          g_assert_true (g_hash_table_add (seen, amends_id_copy (&row->id)));
          g_assert_cmpstr (before, <, row->reference);
          g_free (before);
          before = g_strdup (row->reference);
        }
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, N_CASES);
}

/* Rebuilding changes nothing that anybody sees, and says the same twice. */
static void
test_rebuild (Fixture *fixture, gconstpointer data)
{
  g_autofree char *list = test_list (fixture->store);
  g_autofree char *hash = test_state_hash (fixture->store);
  g_autofree char *hash_again = NULL;
  g_autofree char *hash_later = NULL;

  assert_list (fixture, list);
  reopen (fixture);
  hash_again = test_state_hash (fixture->store);
  g_assert_cmpstr (hash, ==, hash_again);
  test_note (fixture->store, &fixture->ids[0], "one more");
  hash_later = test_state_hash (fixture->store);
  g_assert_cmpstr (hash, !=, hash_later);
}

static void
add (const char *name, void (*func) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/read/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  add ("snapshot", test_snapshot);
  add ("catch-up", test_catch_up);
  add ("filled", test_filled);
  add ("foreign-snapshot", test_foreign_snapshot);
  add ("pages", test_pages);
  add ("rebuild", test_rebuild);
  return g_test_run ();
}
