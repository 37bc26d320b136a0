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

/* The machine loses its power, and all that is not certain to be there. */
static AmendsStore *
lose_power (Fixture *fixture, AmendsStore *store, TestDiskLoss loss)
{
  test_disk_stop (fixture->disk);
  amends_store_close (store);
  test_disk_start (fixture->disk, loss, test_world_mix (&fixture->world.state));
  return test_store_open (&fixture->world, fixture->scratch);
}

/* Sync @n_good of an act fails, and then the program is killed. What the act wrote may be found by the next start,
 * though no disk has it and no sync will save it.
 * Returns: whether one did */
static gboolean
leave_doubt (Fixture *fixture, guint n_good)
{
  json_auto_t *intake = make_intake ();
  g_autoptr (AmendsOutcome) outcome = NULL;
  AmendsStore *store;
  gboolean has_failed;

  test_folder_copy (fixture->path, fixture->scratch);
  test_disk_settle (fixture->disk);
  store = test_store_open (&fixture->world, fixture->scratch);
  test_disk_set_fault (fixture->disk, TEST_DISK_SYNC_FAILS, n_good);
  outcome = amends_store_record (store, intake, NULL);
  has_failed = test_disk_has_failed (fixture->disk);
  test_disk_stop (fixture->disk);
  amends_store_close (store);
  test_disk_start (fixture->disk, TEST_LOSS_NOTHING, 0);
  return has_failed;
}

/* What is saved after such a start stays, and so does what it found. */
static void
test_doubt (Fixture *fixture, gconstpointer data)
{
  TestDiskLoss loss = GPOINTER_TO_INT (data);
  guint n_found = 0;

  for (guint n_good = 0; leave_doubt (fixture, n_good); n_good++)
    {
      AmendsStore *store = test_store_open (&fixture->world, fixture->scratch);
      guint64 n_events = test_count_events (store);

      n_found += count_cases (store) > 1;
      test_note (store, &fixture->id, "goes on");
      store = lose_power (fixture, store, loss);
      g_assert_cmpuint (test_count_events (store), ==, n_events + 1);
      test_assert_whole (store);
      amends_store_close (store);
    }
  g_assert_cmpuint (n_found, >, 0);
}

/* The power goes at any operation of such a start, or as that program ends: what was saved before it is there, what was
 * not is there whole or not at all. */
static void
test_doubt_crash (Fixture *fixture, gconstpointer data)
{
  gboolean has_stopped = TRUE;
  guint n_good = 0;

  for (; has_stopped; n_good++)
    for (guint i = 0; i < 8; i++)
      {
        AmendsStore *store;

        g_assert_true (leave_doubt (fixture, 0));
        test_disk_set_fault (fixture->disk, TEST_DISK_STOPS, n_good);
        amends_store_close (
            amends_store_open (fixture->scratch, &fixture->world.environment, "test", FALSE, NULL));
        has_stopped = test_disk_is_stopped (fixture->disk);
        test_disk_start (fixture->disk, TEST_LOSS_SOME, test_world_mix (&fixture->world.state));
        store = test_store_open (&fixture->world, fixture->scratch);
        g_assert_cmpuint (count_cases (store), >=, 1);
        test_assert_whole (store);
        amends_store_close (store);
      }
  g_assert_cmpuint (n_good, >, 5);
}

/* The disk is full at such a start: all can be read, nothing is written, and once there is room what is saved stays. */
static void
test_doubt_full (Fixture *fixture, gconstpointer data)
{
  json_auto_t *intake = make_intake ();
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  AmendsStore *store;
  guint64 n_events;

  g_assert_true (leave_doubt (fixture, 0));
  test_disk_set_fault (fixture->disk, TEST_DISK_FULL, 0);
  store = test_store_open (&fixture->world, fixture->scratch);
  n_events = test_count_events (store);
  g_assert_cmpuint (count_cases (store), ==, 2);
  outcome = amends_store_record (store, intake, &error);
  g_assert_null (outcome);
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL);
  amends_store_close (
      store); /* takes nothing from the log into the file, where it would stay when the log is lost */
  test_disk_start (fixture->disk, TEST_LOSS_NOTHING, 0);
  test_disk_set_fault (fixture->disk, TEST_DISK_FULL, 0);
  store = test_store_open (&fixture->world, fixture->scratch);
  test_disk_set_fault (fixture->disk, TEST_DISK_SOUND, 0);
  test_note (store, &fixture->id, "after there was room");
  store = lose_power (fixture, store, TEST_LOSS_ALL);
  g_assert_cmpuint (test_count_events (store), ==, n_events + 1);
  test_assert_whole (store);
  amends_store_close (store);
}

/* As soon as there is room any change can be made, in a transaction or alone, prepared or not. */
static void
test_doubt_alone (Fixture *fixture, gconstpointer data)
{
  static const char make[] = "CREATE TABLE more (n INTEGER)", add[] = "INSERT INTO more VALUES (1)";
  gboolean is_prepared = GPOINTER_TO_INT (data);
  g_autofree char *path = g_build_filename (fixture->scratch, "log.db", NULL);
  g_autofree char *before = g_build_filename (fixture->path, "log.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsDb) db = NULL;
  const char *sql = is_prepared ? add : make;

  if (is_prepared)
    {
      db = amends_db_open (before, TEST_DISK_VFS, AMENDS_DB_NONE, &error);
      g_assert_true (amends_db_exec (db, make, &error));
      g_clear_pointer (&db, amends_db_close);
    }
  g_assert_true (leave_doubt (fixture, 0));
  test_disk_set_fault (fixture->disk, TEST_DISK_FULL, 0);
  db = amends_db_open (path, TEST_DISK_VFS, AMENDS_DB_NONE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      gboolean is_full = i == 0;
      gboolean done = is_prepared ? amends_db_run (db, amends_db_prepare (db, sql, NULL), &error)
                                  : amends_db_exec (db, sql, &error);

      g_assert_true (done == !is_full);
      if (is_full)
        g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL);
      g_clear_error (&error);
      test_disk_set_fault (fixture->disk, TEST_DISK_SOUND, 0);
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
  add ("doubt", GINT_TO_POINTER (TEST_LOSS_ALL), test_doubt);
  add ("doubt/torn", GINT_TO_POINTER (TEST_LOSS_SOME), test_doubt);
  add ("doubt/crash", NULL, test_doubt_crash);
  add ("doubt/full", NULL, test_doubt_full);
  add ("doubt/full/alone", GINT_TO_POINTER (FALSE), test_doubt_alone);
  add ("doubt/full/prepared", GINT_TO_POINTER (TRUE), test_doubt_alone);
  add ("fails/sign-in", NULL, test_sign_in_fails);
  add ("fails/read", GINT_TO_POINTER (TEST_DISK_READ_FAILS), test_fails);
  add ("durable", NULL, test_durable);
  return g_test_run ();
}
