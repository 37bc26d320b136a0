/* test-db.c: a disk that fills up, and a machine that stops, at every write
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pitfalls 7 and 8: an act is there whole or not at all, and what was said to be saved is. */

#include <string.h>

#include "support/device.h"
#include "support/disk.h"

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  char *path;    /* of the store as it was before */
  char *scratch; /* of a copy, for one trial */
  TestDisk *disk;
  AmendsId id;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  AmendsStore *store;

  test_world_init (&fixture->world);
  fixture->world.environment.vfs = TEST_DISK_VFS;
  fixture->folder = test_folder_new ();
  fixture->disk = test_disk_mount (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "store", NULL);
  fixture->scratch = g_build_filename (fixture->folder, "scratch", NULL);
  store = test_store_new (&fixture->world, fixture->path, "7K");
  fixture->id = test_record (store, "Wren Ashdown", "No heating");
  amends_store_close (store);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_disk_unmount (fixture->disk);
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

      test_disk_set_fault (fixture->disk, TEST_DISK_FULL, n_writes);
      outcome = amends_store_record (store, intake, &error);
      done = outcome != NULL;
      if (!done)
        {
          g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL);
          n_refused++;
        }
      test_disk_set_fault (fixture->disk, TEST_DISK_SOUND, 0);
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
  test_disk_set_fault (fixture->disk, TEST_DISK_FULL, 0);
  amends_store_close (store);
  test_disk_set_fault (fixture->disk, TEST_DISK_SOUND, 0);
  store = test_store_open (&fixture->world, fixture->path);
  after = test_show (store, &fixture->id);
  g_assert_cmpstr (before, ==, after);
  test_assert_whole (store);
  amends_store_close (store);
}

/* The machine stops at operation @n_good of one act, or of closing after it, and has lost what @loss says.
 * Returns: whether before */
static gboolean
crash_once (Fixture *fixture, TestDiskLoss loss, guint n_good)
{
  json_auto_t *intake = make_intake ();
  g_autoptr (GError) error = NULL;
  AmendsOutcome *outcome;
  AmendsStore *store;
  guint64 n_events, n_after;
  gboolean was_saved, has_stopped;

  test_folder_copy (fixture->path, fixture->scratch);
  test_disk_settle (fixture->disk);
  store = test_store_open (&fixture->world, fixture->scratch);
  n_events = test_count_events (store);
  test_disk_set_fault (fixture->disk, TEST_DISK_STOPS, n_good);
  outcome = amends_store_record (store, intake, &error);
  was_saved = outcome != NULL;
  g_assert_true (was_saved || test_disk_is_stopped (fixture->disk));
  amends_outcome_free (outcome);
  amends_store_close (store);
  has_stopped = test_disk_is_stopped (fixture->disk);

  test_disk_start (fixture->disk, loss, test_world_mix (&fixture->world.state));
  store = test_store_open (&fixture->world, fixture->scratch);
  n_after = test_count_events (store);
  g_assert_true (n_after == n_events + 4 || (n_after == n_events && !was_saved));
  g_assert_cmpuint (count_cases (store), ==, n_after == n_events ? 1 : 2);
  test_assert_whole (store);
  test_note (store, &fixture->id, "goes on");
  test_assert_whole (store);
  amends_store_close (store);
  return has_stopped;
}

/* What is said to be saved is there whatever was lost with the power; of what is not, all or nothing. */
static void
test_crash (Fixture *fixture, gconstpointer data)
{
  TestDiskLoss loss = GPOINTER_TO_INT (data);
  guint n_times = loss == TEST_LOSS_SOME ? 8 : 1;
  guint n_good = 0;
  gboolean has_stopped = TRUE;

  for (; has_stopped; n_good++)
    for (guint i = 0; i < n_times; i++)
      has_stopped = crash_once (fixture, loss, n_good);
  g_assert_cmpuint (n_good, >, 5);
}

/* Once an act is said to be saved, no power cut takes it back: synchronous=FULL, and not at the next
 * checkpoint. */
static void
test_durable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *shown = NULL;
  AmendsStore *store;

  test_folder_copy (fixture->path, fixture->scratch);
  test_disk_settle (fixture->disk);
  store = test_store_open (&fixture->world, fixture->scratch);
  test_disk_set_fault (fixture->disk, TEST_DISK_SOUND, 0);
  test_note (store, &fixture->id, "durable");
  g_assert_cmpuint (test_disk_get_n_syncs (fixture->disk), >, 0);
  g_assert_cmpuint (test_disk_get_n_operations (fixture->disk), >, 0);
  test_disk_stop (fixture->disk);
  amends_store_close (store);
  test_disk_start (fixture->disk, TEST_LOSS_ALL, 0);

  store = test_store_open (&fixture->world, fixture->scratch);
  shown = test_show (store, &fixture->id);
  g_assert_nonnull (strstr (shown, "durable"));
  test_assert_whole (store);
  amends_store_close (store);
}

/* One operation fails, a sync too, and the next goes well: refused whole or saved whole, and it works again
 * without anybody's help; then the power goes, and what was said to be saved is there. */
static void
test_fails (Fixture *fixture, gconstpointer data)
{
  TestDiskFault fault = GPOINTER_TO_INT (data);
  gboolean has_failed = TRUE;

  for (guint n_good = 0; has_failed; n_good++)
    {
      AmendsStore *store;
      json_auto_t *intake = make_intake ();
      g_autoptr (AmendsOutcome) outcome = NULL;
      g_autoptr (GError) error = NULL;
      guint64 n_events, n_saved;

      test_folder_copy (fixture->path, fixture->scratch);
      test_disk_settle (fixture->disk);
      store = test_store_open (&fixture->world, fixture->scratch);
      n_events = test_count_events (store);
      test_disk_set_fault (fixture->disk, fault, n_good);
      outcome = amends_store_record (store, intake, &error);
      has_failed = test_disk_has_failed (fixture->disk);
      g_assert_true (outcome != NULL || error->domain == AMENDS_STORE_ERROR);
      test_disk_set_fault (fixture->disk, TEST_DISK_SOUND, 0);
      n_saved = n_events + (outcome != NULL ? 4 : 0);
      g_assert_cmpuint (test_count_events (store), ==, n_saved);
      test_note (store, &fixture->id, "goes on");
      test_assert_whole (store);

      test_disk_stop (fixture->disk);
      amends_store_close (store);
      test_disk_start (fixture->disk, TEST_LOSS_SOME, test_world_mix (&fixture->world.state));
      store = test_store_open (&fixture->world, fixture->scratch);
      g_assert_cmpuint (test_count_events (store), ==, n_saved + 1);
      test_assert_whole (store);
      amends_store_close (store);
    }
}

/* A read fails while somebody signs in: they are told that, and not that they are somebody else; the next
 * attempt goes well. */
static void
test_sign_in_fails (Fixture *fixture, gconstpointer data)
{
  guint n_failed = 0;
  gboolean has_failed = TRUE;

  for (guint n_good = 0; has_failed; n_good++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsStore) store = NULL;
      gboolean opened;

      test_disk_set_fault (fixture->disk, TEST_DISK_READ_FAILS, n_good);
      store = amends_store_open (fixture->path, &fixture->world.environment, "test", FALSE, &error);
      opened = store != NULL && amends_store_unlock (store, TEST_STAFF, TEST_PASSPHRASE, &error);
      has_failed = test_disk_has_failed (fixture->disk);
      n_failed += !opened;
      if (!opened)
        g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED);
      if (!opened && store != NULL)
        g_assert_true (amends_store_unlock (store, TEST_STAFF, TEST_PASSPHRASE, NULL));
    }
  g_assert_cmpuint (n_failed, >, 2);
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
  add ("killed", GINT_TO_POINTER (TEST_LOSS_NOTHING), test_crash);
  add ("power-cut", GINT_TO_POINTER (TEST_LOSS_ALL), test_crash);
  add ("power-cut/torn", GINT_TO_POINTER (TEST_LOSS_SOME), test_crash);
  add ("fails", GINT_TO_POINTER (TEST_DISK_FAILS), test_fails);
  add ("fails/sync", GINT_TO_POINTER (TEST_DISK_SYNC_FAILS), test_fails);
  add ("fails/sign-in", NULL, test_sign_in_fails);
  add ("fails/read", GINT_TO_POINTER (TEST_DISK_READ_FAILS), test_fails);
  add ("durable", NULL, test_durable);
  return g_test_run ();
}
