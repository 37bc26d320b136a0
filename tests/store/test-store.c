/* test-store.c: making a store, opening it, and who may
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Design, 4. */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "core/amends-error.h"
#include "store/amends-log.h"
#include "support/device.h"
#include "support/disk.h"

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  char *path; /* of the store */
  AmendsStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_world_init (&fixture->world);
  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "store", NULL);
  fixture->store = test_store_new (&fixture->world, fixture->path, "7K");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  amends_store_close (fixture->store);
  g_free (fixture->path);
  test_folder_remove (fixture->folder);
}

static AmendsStore *
create (Fixture *fixture, const char *path, const char *passphrase, GError **error)
{
  static const AmendsFeed feeds[] = { { .feed = "staff", .may_read = TRUE, .may_write = TRUE } };
  g_autoptr (AmendsIdentity) who = test_identity_new (&fixture->world, "7K", "Office laptop");

  return amends_store_create (path, &fixture->world.environment, "test", who, feeds, 1, TEST_STAFF,
                              passphrase, error);
}

static void
test_create (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const AmendsIdentity *who = amends_store_get_identity (fixture->store);
  AmendsId actor;

  g_assert_cmpstr (who->code, ==, "7K");
  g_assert_cmpstr (amends_store_get_secret_place (fixture->store), ==, "file");
  amends_store_get_actor (fixture->store, &actor);
  g_assert_cmpstr (actor.code, ==, "7K");
  g_assert_cmpuint (actor.number, ==, 1);

  /* What was kept is what is read again. */
  fixture->store = test_store_reopen (fixture->store, &fixture->world);
  who = amends_store_get_identity (fixture->store);
  g_assert_cmpstr (who->organisation_name, ==, "Meadow Homes");
  g_assert_cmpstr (who->name, ==, "Office laptop");
  amends_store_get_actor (fixture->store, &actor);
  g_assert_cmpuint (actor.number, ==, 1);
  test_assert_whole (fixture->store);

  g_assert_null (create (fixture, fixture->path, TEST_PASSPHRASE, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_HELD);
  g_clear_error (&error);
  g_clear_pointer (&fixture->store, amends_store_close);
  g_assert_null (create (fixture, fixture->path, TEST_PASSPHRASE, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_EXISTS);
  fixture->store = test_store_open (&fixture->world, fixture->path);
  test_assert_whole (fixture->store);
}

/* A creation that fails leaves nothing behind that stands in the way of the next. */
static void
test_create_fails (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other", NULL);
  g_autoptr (TestDisk) disk = test_disk_mount (path);
  guint n_writes = 0;

  fixture->world.environment.vfs = TEST_DISK_VFS;
  for (gboolean done = FALSE; !done; n_writes++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsStore) store = NULL;

      test_disk_set_fault (disk, TEST_DISK_FULL, n_writes);
      store = create (fixture, path, TEST_PASSPHRASE, &error);
      done = store != NULL;
      if (!done)
        {
          g_autofree char *log = g_build_filename (path, "log.db", NULL);
          g_autofree char *secret = g_build_filename (path, "device.secret", NULL);

          g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL);
          g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
          g_assert_false (g_file_test (secret, G_FILE_TEST_EXISTS));
        }
      test_disk_set_fault (disk, TEST_DISK_SOUND, 0);
    }
  g_assert_cmpuint (n_writes, >, 3);
  fixture->world.environment.vfs = NULL;
}

/* The machine stopped while a store was made: enrolment did not finish, and can be done again. */
static void
test_create_cut (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other", NULL);
  g_autoptr (TestDisk) disk = test_disk_mount (path);
  guint n_cut = 0;

  for (guint n_writes = 0; n_cut == n_writes; n_writes += 3)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsStore) store = NULL;

      fixture->world.environment.vfs = TEST_DISK_VFS;
      test_disk_set_fault (disk, TEST_DISK_STOPS, n_writes);
      amends_store_close (create (fixture, path, TEST_PASSPHRASE, NULL));
      test_disk_start (disk, TEST_LOSS_ALL, 0);
      fixture->world.environment.vfs = NULL;

      store = amends_store_open (path, &fixture->world.environment, "test", FALSE, &error);
      if (store != NULL)
        {
          g_assert_true (amends_store_unlock (store, NULL, TEST_PASSPHRASE, &error));
          test_assert_whole (store);
          break;
        }
      g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED);
      g_clear_error (&error);
      test_disk_settle (disk);
      n_cut += 3;
    }
  g_assert_cmpuint (n_cut, >, 0);
}

static const struct
{
  const char *passphrase;
  gboolean is_taken;
} passphrase_rows[] = {
  { "", FALSE },
  { "fourteen chars", FALSE },
  { "fifteen letters", TRUE },
  { "ääääääääääääää", FALSE }, /* letters count, not bytes */
  { "ääääääääääääääa", TRUE },
  { "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", FALSE },
};

static void
test_passphrases (void)
{
  g_autofree char *longest = g_strnfill (AMENDS_PASSPHRASE_MAX_BYTES, 'x');
  g_autofree char *longer = g_strnfill (AMENDS_PASSPHRASE_MAX_BYTES + 1, 'x');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (passphrase_rows); i++)
    g_assert_cmpint (amends_store_check_passphrase (passphrase_rows[i].passphrase, NULL), ==,
                     passphrase_rows[i].is_taken);
  g_assert_true (amends_store_check_passphrase (longest, NULL));
  g_assert_false (amends_store_check_passphrase (longer, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_assert_cmpstr (amends_error_get_field (error), ==, "passphrase");
}

static void
test_unlock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = NULL;
  AmendsId id, first, second;

  g_assert_false (
      amends_store_add_staff (fixture->store, TEST_STAFF, "some other words", NULL, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (amends_store_add_staff (fixture->store, "Bo Reed", "short", NULL, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (
      amends_store_add_staff (fixture->store, "Bo Reed", "some other words", &id, &error));
  g_assert_no_error (error);
  amends_store_get_actor (fixture->store, &first);

  amends_store_lock (fixture->store);
  g_assert_true (amends_store_is_locked (fixture->store));
  names = amends_store_list_slots (fixture->store, &error);
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, TEST_STAFF);
  g_assert_cmpstr (names[1], ==, "Bo Reed");

  g_assert_false (amends_store_unlock (fixture->store, NULL, TEST_PASSPHRASE, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_assert_cmpstr (amends_error_get_field (error), ==, "as");
  g_clear_error (&error);
  g_assert_false (amends_store_unlock (fixture->store, "Cy Pool", TEST_PASSPHRASE, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  /* Each opens with their own, not with another's. */
  g_assert_false (amends_store_unlock (fixture->store, "Bo Reed", TEST_PASSPHRASE, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_PASSPHRASE);
  g_clear_error (&error);
  g_assert_true (amends_store_is_locked (fixture->store));
  g_assert_true (amends_store_unlock (fixture->store, "Bo Reed", "some other words", &error));
  amends_store_get_actor (fixture->store, &second);
  g_assert_true (amends_id_equal (&second, &id));
  g_assert_false (amends_id_equal (&second, &first));

  /* Whoever signs in over somebody else takes over; whoever fails to changes nothing. */
  g_assert_false (amends_store_unlock (fixture->store, TEST_STAFF, "not my words at all", NULL));
  g_assert_false (amends_store_is_locked (fixture->store));
  g_assert_true (amends_store_unlock (fixture->store, TEST_STAFF, TEST_PASSPHRASE, NULL));
  amends_store_get_actor (fixture->store, &second);
  g_assert_true (amends_id_equal (&second, &first));
}

/* A store that is copied without the device secret opens with no passphrase. */
static void
test_device_secret (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->folder, "copy", NULL);
  g_autofree char *secret = g_build_filename (copy, "device.secret", NULL);
  g_autofree char *other_secret = g_base64_encode ((const guint8 *) secret, 32);
  g_autoptr (AmendsStore) store = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->store, amends_store_close);
  test_folder_copy (fixture->path, copy);
  g_assert_true (g_file_set_contents (secret, other_secret, -1, NULL));
  store = amends_store_open (copy, &fixture->world.environment, "test", FALSE, &error);
  g_assert_no_error (error);
  g_assert_false (amends_store_unlock (store, NULL, TEST_PASSPHRASE, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_PASSPHRASE);
  g_clear_error (&error);
  g_remove (secret);
  g_assert_false (amends_store_unlock (store, NULL, TEST_PASSPHRASE, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED);
}

/* "A second program on the same store is told which one has it open." */
static void
test_held (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *nowhere = g_build_filename (fixture->folder, "nowhere", NULL);

  g_assert_null (
      amends_store_open (fixture->path, &fixture->world.environment, "other", FALSE, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_HELD);
  g_assert_nonnull (strstr (error->message, "test (process "));
  g_clear_error (&error);
  g_assert_null (
      amends_store_open (fixture->path, &fixture->world.environment, "other", TRUE, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_HELD);
  g_clear_error (&error);
  g_assert_null (amends_store_open (nowhere, &fixture->world.environment, "other", FALSE, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED);
}

static void
assert_modes (const char *path)
{
  g_autoptr (GPtrArray) paths = test_folder_list (path);

  g_assert_cmpuint (paths->len, >, 4);
  for (guint i = 0; i < paths->len; i++)
    {
      GStatBuf about;

      g_assert_cmpint (g_stat (g_ptr_array_index (paths, i), &about), ==, 0);
      g_test_message ("%s %o", (const char *) g_ptr_array_index (paths, i), about.st_mode & 0777);
      g_assert_cmpuint (about.st_mode & 0777, ==, S_ISDIR (about.st_mode) ? 0700 : 0600);
    }
}

/* Files 0600 and folders 0700, also while they are open, whatever the umask. */
static void
test_modes (Fixture *fixture, gconstpointer data)
{
  mode_t masks[] = { 0000, 0022, 0077 };

  for (guint i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/mask-%u", fixture->folder, i);
      g_autofree char *backup = g_strdup_printf ("%s/copy.db", path);
      mode_t before = umask (masks[i]);
      AmendsStore *store = test_store_new (&fixture->world, path, "7K");

      for (guint n = 0; n < 200; n++)
        test_record (store, "Wren Ashdown", "No heating");
      g_free (test_list (store));
      g_assert_true (amends_store_backup (store, backup, NULL));
      assert_modes (path);
      store = test_store_reopen (store, &fixture->world);
      test_record (store, "Wren Ashdown", "No heating");
      assert_modes (path);
      amends_store_close (store);
      assert_modes (path);
      umask (before);
    }
}

/* Thirty-two characters that nothing else would write. */
#define CANARY "canary-7f3Qz9Lm2Xw8Rt5Vb1Nc6Hd4K"

static void
fill_with_canary (AmendsStore *store)
{
  g_autoptr (GError) error = NULL;
  json_auto_t *draft = test_json ("{\"complainant\":{\"name\":\"" CANARY "\"}}");
  gint64 number = 0;
  AmendsId id = test_record (store, CANARY, CANARY);

  test_note (store, &id, CANARY);
  test_act (store, &id, "{\"type\":\"contact.changed\",\"home\":\"" CANARY "\"}");
  g_assert_true (amends_store_save_draft (store, &number, draft, &error));
  g_assert_true (amends_store_add_staff (store, CANARY, TEST_PASSPHRASE, NULL, &error));
  for (guint i = 0; i < 300; i++)
    test_record (store, CANARY, "No heating"); /* enough for a snapshot */
  g_free (test_list (store));
  g_ptr_array_unref (amends_store_search (store, "canary", &error));
  g_assert_no_error (error);
}

/* Design, 4, "Sealed": on disk stand no name, no type, no text. The same search finds a canary where
 * it is not sealed, so that it would find it here. */
static void
test_sealed (Fixture *fixture, gconstpointer data)
{
  static const char *const words[] = { CANARY,         TEST_STAFF,      "Office laptop",
                                       "Meadow Homes", "case.recorded", "complainant",
                                       "No heating" };
  g_autofree char *path = g_build_filename (fixture->folder, "sealed", NULL);
  g_autofree char *control = g_build_filename (fixture->folder, "control", NULL);
  g_autofree char *plain = g_build_filename (control, "plain.txt", NULL);
  g_autofree char *database = g_build_filename (control, "plain.db", NULL);
  g_autofree char *backup = g_build_filename (path, "copy.db", NULL);
  g_autoptr (AmendsIdentity) who = test_identity_new (&fixture->world, "7K", CANARY);
  static const AmendsFeed feeds[] = { { .feed = "staff", .may_write = TRUE },
                                      { .feed = "s.oak", .may_read = TRUE, .may_write = TRUE } };
  g_autoptr (GError) error = NULL;
  AmendsStore *store = amends_store_create (path, &fixture->world.environment, "test", who, feeds,
                                            2, TEST_STAFF, TEST_PASSPHRASE, &error);
  sqlite3 *db;

  g_assert_no_error (error);
  fill_with_canary (store);
  g_assert_true (amends_store_backup (store, backup, &error));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_false (test_folder_contains (path, words[i], strlen (words[i])));
  amends_store_close (store);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_false (test_folder_contains (path, words[i], strlen (words[i])));

  g_assert_cmpint (g_mkdir (control, 0700), ==, 0);
  g_assert_false (test_folder_contains (control, CANARY, strlen (CANARY)));
  g_assert_true (g_file_set_contents (plain, "x" CANARY, -1, NULL));
  g_assert_true (test_folder_contains (control, CANARY, strlen (CANARY)));
  g_remove (plain);
  g_assert_cmpint (sqlite3_open (database, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "CREATE TABLE t (x); INSERT INTO t VALUES ('" CANARY "')",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  g_assert_true (test_folder_contains (control, CANARY, strlen (CANARY)));
}

/* Pitfall 24: a store of a newer version is refused, also to be read only, and left as it is. */
static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_build_filename (fixture->path, "log.db", NULL);
  sqlite3 *db;

  g_clear_pointer (&fixture->store, amends_store_close);
  g_assert_cmpint (sqlite3_open (log, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA user_version = 99", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  for (gboolean read_only = FALSE; read_only <= TRUE; read_only++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (amends_store_open (fixture->path, &fixture->world.environment, "test",
                                        read_only, &error));
      g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NEWER);
    }
}

static void
test_not_a_store (Fixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_build_filename (fixture->path, "log.db", NULL);
  g_autofree char *wal = g_build_filename (fixture->path, "log.db-wal", NULL);
  g_autofree char *noise = g_strnfill (8192, 'n');
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->store, amends_store_close);
  g_remove (wal);
  g_assert_true (g_file_set_contents (log, noise, -1, NULL));
  g_assert_null (
      amends_store_open (fixture->path, &fixture->world.environment, "test", FALSE, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (create (fixture, fixture->path, TEST_PASSPHRASE, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_EXISTS);
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  AmendsId id = test_record (fixture->store, "Wren Ashdown", "No heating");
  g_autofree char *log = g_build_filename (fixture->path, "log.db", NULL);
  g_autofree char *before = test_list (fixture->store);
  g_autofree char *after = NULL;
  g_autofree char *bytes_before = NULL;
  g_autofree char *bytes_after = NULL;
  gsize n_before, n_after;
  json_auto_t *note = test_json ("{\"type\":\"case.noted\",\"text\":\"x\"}");
  json_auto_t *draft = json_object ();
  gint64 number = 0;

  amends_store_close (fixture->store);
  g_assert_true (g_file_get_contents (log, &bytes_before, &n_before, NULL));
  fixture->store =
      amends_store_open (fixture->path, &fixture->world.environment, "test", TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (amends_store_is_read_only (fixture->store));
  g_assert_true (amends_store_unlock (fixture->store, NULL, TEST_PASSPHRASE, &error));
  after = test_list (fixture->store);
  g_assert_cmpstr (after, ==, before);
  test_assert_whole (fixture->store);
  g_free (test_state_hash (fixture->store));
  g_assert_null (amends_store_act (fixture->store, &id, note, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_false (amends_store_save_draft (fixture->store, &number, draft, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_false (
      amends_store_add_staff (fixture->store, "Bo Reed", TEST_PASSPHRASE, NULL, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_READ_ONLY);
  g_clear_pointer (&fixture->store, amends_store_close);
  g_assert_true (g_file_get_contents (log, &bytes_after, &n_after, NULL));
  g_assert_cmpmem (bytes_before, n_before, bytes_after, n_after);
}

/* One damaged case: a store to write in says so and lists nothing; one to be read lists what is whole. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  AmendsDb *db;

  test_record (fixture->store, "Wren Ashdown", "No heating");
  test_record (fixture->store, "Ivo Marsh", "No light");
  fixture->store = test_store_reopen (fixture->store, &fixture->world);
  db = amends_store_get_db (fixture->store);
  g_assert_true (amends_db_exec (db,
                                 "UPDATE event SET sealed = zeroblob (length (sealed))"
                                 " WHERE place = (SELECT max (place) FROM event)",
                                 &error));
  g_assert_no_error (error);
  g_assert_null (amends_store_list_cases (fixture->store, NULL, FALSE, 0, 0, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED);
  g_clear_error (&error);

  g_clear_pointer (&fixture->store, amends_store_close);
  fixture->store =
      amends_store_open (fixture->path, &fixture->world.environment, "test", TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (amends_store_unlock (fixture->store, NULL, TEST_PASSPHRASE, &error));
  rows = amends_store_list_cases (fixture->store, NULL, FALSE, 0, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (((AmendsCaseRow *) g_ptr_array_index (rows, 0))->complainant, ==,
                   "Wren Ashdown");
}

/* What a program left in the write-ahead log as it died is read too, and left there. */
static void
test_read_only_after_crash (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->folder, "copy", NULL);
  g_autofree char *wal = g_build_filename (copy, "log.db-wal", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsStore) store = NULL;
  GStatBuf before, after;

  test_record (fixture->store, "Wren Ashdown", "No heating");
  test_folder_copy (fixture->path, copy);
  g_assert_cmpint (g_stat (wal, &before), ==, 0);
  g_assert_cmpint (before.st_size, >, 0);
  store = amends_store_open (copy, &fixture->world.environment, "test", TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (amends_store_unlock (store, NULL, TEST_PASSPHRASE, &error));
  g_assert_cmpuint (amends_store_count_cases (store, &error), ==, 1);
  g_clear_pointer (&store, amends_store_close);
  g_assert_cmpint (g_stat (wal, &after), ==, 0);
  g_assert_cmpint (before.st_size, ==, after.st_size);
}

/* Nothing is read or written of a locked store. */
static void
test_locked (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->store, "Wren Ashdown", "No heating");
  json_auto_t *note = test_json ("{\"type\":\"case.noted\",\"text\":\"x\"}");
  g_autoptr (GError) error = NULL;
  AmendsRebuilt rebuilt;
  AmendsStatus status;
  AmendsFsck fsck;

  amends_store_lock (fixture->store);
  g_assert_null (amends_store_act (fixture->store, &id, note, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_LOCKED);
  g_assert_null (amends_store_get_case (fixture->store, &id, NULL));
  g_assert_null (amends_store_list_cases (fixture->store, NULL, FALSE, 0, 0, NULL));
  g_assert_null (amends_store_search (fixture->store, "wren", NULL));
  g_assert_null (amends_store_list_drafts (fixture->store, NULL));
  g_assert_false (amends_store_rebuild (fixture->store, &rebuilt, NULL));
  g_assert_false (amends_store_get_status (fixture->store, &status, NULL));
  g_assert_false (amends_store_fsck (fixture->store, &fsck, NULL));
}

/* A backup is a whole store but for the device secret. */
static void
test_backup (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->folder, "copy", NULL);
  g_autofree char *file = g_build_filename (fixture->folder, "backup.db", NULL);
  g_autofree char *log = g_build_filename (copy, "log.db", NULL);
  g_autofree char *wal = g_build_filename (copy, "log.db-wal", NULL);
  g_autofree char *hash = NULL;
  g_autofree char *hash_of_copy = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsStore) restored = NULL;

  test_record (fixture->store, "Wren Ashdown", "No heating");
  g_assert_true (amends_store_backup (fixture->store, file, &error));
  g_assert_false (amends_store_backup (fixture->store, file, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  hash = test_state_hash (fixture->store);
  g_clear_pointer (&fixture->store, amends_store_close);
  test_folder_copy (fixture->path, copy);
  g_remove (wal);
  g_assert_cmpint (g_rename (file, log), ==, 0);
  restored = test_store_open (&fixture->world, copy);
  hash_of_copy = test_state_hash (restored);
  g_assert_cmpstr (hash, ==, hash_of_copy);
  test_assert_whole (restored);
}

/* What a program takes that asks for nothing: Argon2id as libsodium's own table has it for signing in
 * (ops 2, 64 MiB). The slot carries it, so that a store outlives a change of the default. */
static void
test_stretched (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "real", NULL);
  AmendsEnvironment *environment = &fixture->world.environment;
  g_autoptr (AmendsStore) store = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *stmt;

  g_assert_cmpuint (amends_environment_get_system ()->stretch_ops, ==, 0);
  g_assert_cmpuint (amends_environment_get_system ()->stretch_mem, ==, 0);
  environment->stretch_ops = 0;
  environment->stretch_mem = 0;
  store = create (fixture, path, TEST_PASSPHRASE, &error);
  g_assert_no_error (error);
  stmt = amends_db_prepare (amends_store_get_db (store),
                            "SELECT ops, mem FROM slot WHERE kind = 'staff'", &error);
  g_assert_cmpint (amends_db_step (amends_store_get_db (store), stmt, &error), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int64 (stmt, 0), ==, crypto_pwhash_OPSLIMIT_INTERACTIVE);
  g_assert_cmpint (sqlite3_column_int64 (stmt, 1), ==, crypto_pwhash_MEMLIMIT_INTERACTIVE);
  sqlite3_reset (stmt);
}

static void
add (const char *name, void (*func) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/store/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

/* A number is never used twice, whatever number an answer names that comes late, or after a restart. */
static void
test_request_floor (Fixture *fixture, gconstpointer data)
{
  const guint64 ahead = (guint64) G_MAXINT32 * 10000; /* of the clock: it was set back */
  g_autoptr (GError) error = NULL;
  guint64 number, last;

  g_assert_true (amends_log_raise_request (fixture->store, ahead, NULL));
  last = amends_log_reserve_request (fixture->store, NULL);
  g_assert_cmpuint (last, >, ahead);
  g_assert_true (amends_log_raise_request (fixture->store, last + 10, NULL));
  number = amends_log_reserve_request (fixture->store, NULL);
  g_assert_cmpuint (number, >, last + 10);
  g_assert_true (amends_log_raise_request (fixture->store, ahead - 1000, NULL));
  amends_store_close (fixture->store);
  fixture->store = test_store_open (&fixture->world, fixture->path);
  last = amends_log_reserve_request (fixture->store, NULL);
  g_assert_cmpuint (last, >, number);
  g_assert_false (amends_log_raise_request (fixture->store, G_MAXUINT64, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED);
  g_assert_cmpuint (amends_log_reserve_request (fixture->store, NULL), >, last);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_test_add_func ("/store/passphrases", test_passphrases);
  add ("create", test_create);
  add ("create-fails", test_create_fails);
  add ("create-cut", test_create_cut);
  add ("unlock", test_unlock);
  add ("stretched", test_stretched);
  add ("device-secret", test_device_secret);
  add ("held", test_held);
  add ("modes", test_modes);
  add ("sealed", test_sealed);
  add ("newer", test_newer);
  add ("not-a-store", test_not_a_store);
  add ("read-only", test_read_only);
  add ("damaged", test_damaged);
  add ("read-only-after-crash", test_read_only_after_crash);
  add ("locked", test_locked);
  add ("backup", test_backup);
  add ("request-floor", test_request_floor);
  return g_test_run ();
}
