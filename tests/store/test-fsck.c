/* test-fsck.c: each kind of damage is found and named
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Design, 3, "Chain": nobody changes what was recorded without its showing. */

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "support/device.h"

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  char *path;
  AmendsStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  AmendsId id;

  test_world_init (&fixture->world);
  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "store", NULL);
  fixture->store = test_store_new (&fixture->world, fixture->path, "7K");
  id = test_record (fixture->store, "Wren Ashdown", "No heating"); /* 7K.2 and 7K.3 */
  test_note (fixture->store, &id, "Rang back");                    /* 7K.4 */
  test_note (fixture->store, &id, "Rang again");                   /* 7K.5 */
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  amends_store_close (fixture->store);
  g_free (fixture->path);
  test_folder_remove (fixture->folder);
}

static const struct
{
  const char *name;
  const char *sql;
  const char *first_bad;
  guint64 n_safe;
} rows[] = {
  { "body-of-another",
    "UPDATE event SET sealed = (SELECT sealed FROM event WHERE number = 5) WHERE number = 4",
    "7K.4", 3 },
  { "body-cut", "UPDATE event SET sealed = substr (sealed, 1, 50) WHERE number = 4", "7K.4", 3 },
  { "number", "UPDATE event SET number = 9 WHERE number = 5", "7K.9", 4 },
  { "stream", "UPDATE event SET stream = '7K.1' WHERE number = 4", "7K.4", 3 },
  { "after", "UPDATE event SET after = '' WHERE number = 4", "7K.4", 3 },
  { "feed", "UPDATE event SET feed = (SELECT feed FROM feed WHERE name = 'staff') WHERE number = 4",
    "7K.4", 3 },
  { "code", "UPDATE event SET code = '9M' WHERE number = 5", "9M.5", 4 },
  { "digest", "UPDATE event SET digest = randomblob (32) WHERE number = 3", "7K.3", 2 },
  { "digest-short", "UPDATE event SET digest = x'00' WHERE number = 3", "7K.3", 2 },
  /* With its digest a body may go; the digest itself may not be another. */
  { "digest-of-erased",
    "INSERT INTO erased (code, number, ctl) VALUES ('7K', 4, 9);"
    "UPDATE event SET digest = randomblob (32), sealed = NULL WHERE number = 4",
    "7K.5", 5 },
  /* A body that nobody erased is damage. */
  { "body-gone", "UPDATE event SET sealed = NULL WHERE number = 4", "7K.4", 3 },
  { "event-gone", "DELETE FROM event WHERE number = 4", "7K.5", 4 },
  { "last-event-gone", "DELETE FROM event WHERE number = 5", "7K.5", 4 },
  { "chain", "UPDATE chain SET hash = randomblob (32) WHERE number = 5", "7K.5", 5 },
  { "chain-gone", "DELETE FROM chain WHERE number = 5", "7K.2", 5 },
  { "feed-gone", "DELETE FROM feed WHERE name = 's.oak'", "7K.2", 1 },
  { "statement", "UPDATE chain SET statement = (SELECT statement FROM chain WHERE number = 1)",
    "7K.5", 5 },
  { "statement-gone", "UPDATE chain SET statement = NULL", "7K.5", 5 },
  { "statement-noise", "UPDATE chain SET statement = x'00' WHERE number = 5", "7K.5", 5 },
  { "key", "UPDATE device SET key = randomblob (32) WHERE code = '7K'", "7K.5", 5 },
  { "column",
    "PRAGMA writable_schema = ON;"
    "UPDATE sqlite_schema SET sql = replace (sql, 'stream', 'strxam') WHERE name = 'moved'",
    "log.db", 0 },
  { "trunk", "UPDATE meta SET value = randomblob (32) WHERE name = 'trunk'", "7K", 5 },
  { "position", "UPDATE feed SET position = 3 WHERE name = 's.oak'", "s.oak", 5 },
  { "feed-hash", "UPDATE feed SET hash = randomblob (32) WHERE name = 's.oak'", "s.oak", 5 },
};

static void
run_sql (const char *path, const char *sql)
{
  g_autofree char *log = g_build_filename (path, "log.db", NULL);
  char *message = NULL;
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (log, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_changes (db), >, 0);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static void
test_damage (Fixture *fixture, gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  AmendsFsck fsck = { 0 };

  test_assert_whole (fixture->store);
  g_clear_pointer (&fixture->store, amends_store_close);
  run_sql (fixture->path, rows[n].sql);
  fixture->store = test_store_open (&fixture->world, fixture->path);
  amends_store_fsck (fixture->store, &fsck, &error);
  g_assert_no_error (error);
  g_test_message ("%s", fsck.what);
  g_assert_cmpstr (fsck.first_bad, ==, rows[n].first_bad);
  g_assert_cmpuint (fsck.n_safe, ==, rows[n].n_safe);
  g_assert_nonnull (fsck.what);
  amends_fsck_clear (&fsck);
}

/* One bit in the file, anywhere: the store does not open, or fsck says what is bad, or all that anybody
 * can read is as it was. */
static void
test_bit_flips (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->folder, "copy", NULL);
  g_autofree char *log = g_build_filename (copy, "log.db", NULL);
  g_autofree char *before = test_state_hash (fixture->store);
  g_autofree char *contents = NULL;
  guint n_found = 0;
  gsize n_bytes;

  g_clear_pointer (&fixture->store, amends_store_close);
  test_folder_copy (fixture->path, copy);
  g_assert_true (g_file_get_contents (log, &contents, &n_bytes, NULL));
  for (guint i = 0; i < 40; i++)
    {
      gsize at = (gsize) g_test_rand_int_range (0, (gint32) n_bytes);
      guint8 bit = (guint8) (1 << g_test_rand_int_range (0, 8));
      g_autoptr (AmendsStore) store = NULL;
      AmendsFsck fsck = { 0 };

      test_folder_copy (fixture->path, copy);
      contents[at] ^= (char) bit;
      g_assert_true (g_file_set_contents (log, contents, (gssize) n_bytes, NULL));
      contents[at] ^= (char) bit;
      store = amends_store_open (copy, &fixture->world.environment, "test", FALSE, NULL);
      if (store == NULL || !amends_store_unlock (store, NULL, TEST_PASSPHRASE, NULL)
          || !amends_store_fsck (store, &fsck, NULL) || fsck.first_bad != NULL)
        n_found++;
      else
        {
          g_autofree char *after = test_state_hash (store);

          g_assert_cmpstr (before, ==, after);
        }
      amends_fsck_clear (&fsck);
    }
  g_test_message ("%u of 40 were found", n_found);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/fsck/damage/", rows[i].name, NULL);

      g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_damage, tear_down);
    }
  g_test_add ("/fsck/bit-flips", Fixture, NULL, set_up, test_bit_flips, tear_down);
  return g_test_run ();
}
