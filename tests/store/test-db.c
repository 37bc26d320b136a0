/* test-db.c: a disk that fills up, and a machine that stops, at every write
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pitfalls 7 and 8: an act is there whole or not at all, and what was said to be saved is. */

#include <string.h>

#include "support/device.h"
#include "support/faulty-vfs.h"

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  char *path;    /* of the store as it was before */
  char *scratch; /* of a copy, for one trial */
  AmendsId id;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  AmendsStore *store;

  test_faulty_vfs_register ();
  test_faulty_vfs_set (TEST_DISK_SOUND, 0);
  test_world_init (&fixture->world);
  fixture->world.environment.vfs = TEST_FAULTY_VFS;
  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "store", NULL);
  fixture->scratch = g_build_filename (fixture->folder, "scratch", NULL);
  store = test_store_new (&fixture->world, fixture->path, "7K");
  fixture->id = test_record (store, "Wren Ashdown", "No heating");
  amends_store_close (store);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_faulty_vfs_set (TEST_DISK_SOUND, 0);
  g_free (fixture->path);
  g_free (fixture->scratch);
  test_folder_remove (fixture->folder);
}

static json_t *
make_intake (void)
{
  return test_json ("{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\","
                    "\"channel\":\"letter\",\"issues\":[{\"what\":\"Lift\"},{\"what\":\"Door\"}],"
                    "\"adjustments\":[{\"need\":\"large-print\"}]}");
}

static guint64
count_cases (AmendsStore *store)
{
  g_autoptr (GError) error = NULL;
  guint64 n_cases = amends_store_count_cases (store, &error);

  g_assert_no_error (error);
  return n_cases;
}

/* Full at every write: refused as full, nothing half-saved, and works again once there is room. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  json_auto_t *intake = make_intake ();
  AmendsStore *store = test_store_open (&fixture->world, fixture->path);
  guint64 n_events = test_count_events (store), n_cases = count_cases (store);
  gboolean done = FALSE;
  guint n_refused = 0;

  for (guint n_writes = 0; !done; n_writes++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsOutcome) outcome = NULL;

      test_faulty_vfs_set (TEST_DISK_FULL, n_writes);
      outcome = amends_store_record (store, intake, &error);
      done = outcome != NULL;
      if (!done)
        {
          g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL);
          n_refused++;
        }
      test_faulty_vfs_set (TEST_DISK_SOUND, 0);
      g_assert_cmpuint (test_count_events (store), ==, done ? n_events + 4 : n_events);
      g_assert_cmpuint (count_cases (store), ==, done ? n_cases + 1 : n_cases);
      test_assert_whole (store);
    }
  g_assert_cmpuint (n_refused, >, 2);
  test_note (store, &fixture->id, "after there was room");
  store = test_store_reopen (store, &fixture->world);
  g_assert_cmpuint (test_count_events (store), ==, n_events + 5);
  test_assert_whole (store);
  amends_store_close (store);
}

/* The disk is full and stays so while the program ends: the next start finds all that was saved. */
static void
test_full_at_close (Fixture *fixture, gconstpointer data)
{
  AmendsStore *store = test_store_open (&fixture->world, fixture->path);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  test_note (store, &fixture->id, "saved");
  before = test_show (store, &fixture->id);
  test_faulty_vfs_set (TEST_DISK_FULL, 0);
  amends_store_close (store);
  test_faulty_vfs_set (TEST_DISK_SOUND, 0);
  store = test_store_open (&fixture->world, fixture->path);
  after = test_show (store, &fixture->id);
  g_assert_cmpstr (before, ==, after);
  test_assert_whole (store);
  amends_store_close (store);
}

/* The machine stops at write @n_writes of one act, or of closing after it. Returns: whether before. */
static gboolean
crash_once (Fixture *fixture, TestDisk disk, guint n_writes)
{
  json_auto_t *intake = make_intake ();
  g_autoptr (GError) error = NULL;
  AmendsOutcome *outcome;
  AmendsStore *store;
  guint64 n_events, n_after;
  gboolean was_cut;

  test_folder_copy (fixture->path, fixture->scratch);
  store = test_store_open (&fixture->world, fixture->scratch);
  n_events = test_count_events (store);
  test_faulty_vfs_set (disk, n_writes);
  outcome = amends_store_record (store, intake, &error);
  was_cut = test_faulty_vfs_has_failed ();
  if (!was_cut)
    g_assert_nonnull (outcome);
  amends_outcome_free (outcome);
  amends_store_close (store);
  was_cut = was_cut || test_faulty_vfs_has_failed ();

  test_faulty_vfs_set (TEST_DISK_SOUND, 0);
  store = test_store_open (&fixture->world, fixture->scratch);
  n_after = test_count_events (store);
  g_assert_true (n_after == n_events || n_after == n_events + 4);
  g_assert_cmpuint (count_cases (store), ==, n_after == n_events ? 1 : 2);
  test_assert_whole (store);
  test_note (store, &fixture->id, "goes on");
  test_assert_whole (store);
  amends_store_close (store);
  return was_cut;
}

static void
test_crash (Fixture *fixture, gconstpointer data)
{
  TestDisk disk = GPOINTER_TO_INT (data);
  guint n_writes = 0;

  while (crash_once (fixture, disk, n_writes))
    n_writes++;
  g_assert_cmpuint (n_writes, >, 5);
}

/* Once an act is said to be saved, no power cut takes it back: synchronous=FULL, and not at the next
 * checkpoint. */
static void
test_durable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *shown = NULL;
  AmendsStore *store;

  test_folder_copy (fixture->path, fixture->scratch);
  store = test_store_open (&fixture->world, fixture->scratch);
  test_faulty_vfs_set (TEST_DISK_POWER_CUT, G_MAXUINT);
  test_note (store, &fixture->id, "durable");
  g_assert_cmpuint (test_faulty_vfs_get_n_syncs (), >, 0);
  g_assert_cmpuint (test_faulty_vfs_get_n_writes (), >, 0);
  test_faulty_vfs_cut_power ();
  amends_store_close (store);
  test_faulty_vfs_set (TEST_DISK_SOUND, 0);

  store = test_store_open (&fixture->world, fixture->scratch);
  shown = test_show (store, &fixture->id);
  g_assert_nonnull (strstr (shown, "durable"));
  test_assert_whole (store);
  amends_store_close (store);
}

static void
add (const char *name, gconstpointer data, void (*func) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/db/", name, NULL);

  g_test_add (path, Fixture, data, set_up, func, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  add ("full", NULL, test_full);
  add ("full-at-close", NULL, test_full_at_close);
  add ("crash", GINT_TO_POINTER (TEST_DISK_LOST), test_crash);
  add ("power-cut", GINT_TO_POINTER (TEST_DISK_POWER_CUT), test_crash);
  add ("durable", NULL, test_durable);
  return g_test_run ();
}
