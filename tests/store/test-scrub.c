/* test-scrub.c: what is taken out of a store is in no file of it, whenever the power goes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Design, 4, "Erasure". */

#include <glib/gstdio.h>
#include <string.h>

#include "store/amends-scrub.h"
#include "support/device.h"
#include "support/disk.h"
#include "support/scan.h"

#define CANARY "Quillon Wexcombe-Tarrant"
#define KEPT "Hesper Dalloway-Munt"
#define N_OTHERS \
  180 /* so that the list is worth a snapshot, and pages were rebuilt from one another */

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  char *path;
  AmendsStore *store;
  guint8 key[32];
  AmendsId id;   /* the case to go */
  AmendsId kept; /* one that stays */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_world_init (&fixture->world);
  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "store", NULL);
  fixture->store = test_store_new (&fixture->world, fixture->path, "7K");
  test_scan_get_key (fixture->store, fixture->key);
  fixture->kept = test_record (fixture->store, KEPT, "No light");
  fixture->id = test_record (fixture->store, CANARY, "No heating");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  amends_store_close (fixture->store);
  g_free (fixture->path);
  test_folder_remove (fixture->folder);
}

static void
fill (Fixture *fixture)
{
  for (guint i = 0; i < N_OTHERS; i++)
    {
      g_autofree char *text = g_strdup_printf ("%0*u", (int) (40 + i * 37 % 2000), i);
      AmendsId id = test_record (fixture->store, "Somebody Else", text);

      test_note (fixture->store, i % 3 == 0 ? &fixture->id : &id, i % 3 == 0 ? CANARY : text);
    }
}

static gboolean
finds (Fixture *fixture, const char *text)
{
  return test_scan_finds (fixture->path, fixture->key, text);
}

static GArray *
list_ids (AmendsStore *store, const AmendsId *stream)
{
  g_autoptr (GPtrArray) events = amends_log_read_stream (store, stream, NULL);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (AmendsId));

  g_assert_nonnull (events);
  for (guint i = 0; i < events->len; i++)
    g_array_append_val (ids, ((AmendsEvent *) g_ptr_array_index (events, i))->id);
  return ids;
}

static gboolean
scrub_ids (AmendsStore *store, const GArray *ids, GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;

  return amends_transaction_begin (&transaction, amends_store_get_db (store), error)
         && amends_scrub_bodies (store, (const AmendsId *) (gconstpointer) ids->data, ids->len, 9,
                                 error)
         && amends_transaction_commit (&transaction, error);
}

static void
scrub_case (Fixture *fixture)
{
  g_autoptr (GArray) ids = list_ids (fixture->store, &fixture->id);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (ids->len, >=, 2);
  scrub_ids (fixture->store, ids, &error);
  g_assert_no_error (error);
  g_assert_true (amends_scrub_is_due (fixture->store));
}

static void
finish (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  amends_scrub_finish (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_false (amends_scrub_is_due (fixture->store));
}

static gint64
count (AmendsStore *store, const char *sql)
{
  sqlite3_stmt *stmt = amends_db_prepare (amends_store_get_db (store), sql, NULL);
  gint64 n;

  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return n;
}

/* The scan finds what is there: in the log's pages, in a snapshot, in the write-ahead log, in a row that was
 * set aside; and what was never there it does not find. */
static void
test_scan (Fixture *fixture, gconstpointer data)
{
  g_autofree char *snapshot = g_build_filename (fixture->path, "list.snap", NULL);
  g_autofree char *log = g_build_filename (fixture->path, "log.db", NULL);
  g_autofree char *contents = NULL;
  gint64 draft = 0;
  json_auto_t *intake = json_pack ("{s:{s:s}}", "complainant", "name", "Only In Draft");

  g_assert_true (finds (fixture, CANARY));
  g_assert_false (finds (fixture, "Never Recorded"));
  g_assert_true (amends_store_save_draft (fixture->store, &draft, intake, NULL));
  g_assert_true (finds (fixture, "Only In Draft"));
  fill (fixture);
  g_free (test_list (fixture->store));
  g_clear_pointer (&fixture->store, amends_store_close);
  g_assert_true (g_file_test (snapshot, G_FILE_TEST_EXISTS));
  g_assert_true (finds (fixture, CANARY));
  g_remove (log);
  g_assert_true (finds (fixture, CANARY)); /* in the snapshot alone */
  g_remove (snapshot);
  g_assert_false (finds (fixture, CANARY));
}

static void
test_bodies (Fixture *fixture, gconstpointer data)
{
  g_autofree char *list = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GPtrArray) events = NULL;
  guint64 n_events;

  fill (fixture);
  g_free (test_list (fixture->store));
  fixture->store = test_store_reopen (fixture->store, &fixture->world); /* writes the snapshot */
  hits = amends_store_search (fixture->store, "Quillon", NULL);
  g_assert_cmpuint (hits->len, ==, 1);
  n_events = test_count_events (fixture->store);
  scrub_case (fixture);
  finish (fixture);

  g_assert_false (finds (fixture, CANARY));
  g_assert_true (finds (fixture, KEPT));
  list = test_list (fixture->store);
  g_assert_null (strstr (list, CANARY));
  g_assert_nonnull (strstr (list, KEPT));
  g_clear_pointer (&hits, g_ptr_array_unref);
  hits = amends_store_search (fixture->store, "Quillon", NULL);
  g_assert_cmpuint (hits->len, ==, 0);

  /* Header and digest stay, and so every chain holds; and the hash of what went, so that the digest proves the header. */
  g_assert_cmpuint (test_count_events (fixture->store), ==, n_events);
  test_assert_whole (fixture->store);
  events = amends_log_read_stream (fixture->store, &fixture->id, NULL);
  g_assert_cmpuint (events->len, >=, 2);
  for (guint i = 0; i < events->len; i++)
    {
      const AmendsEvent *event = g_ptr_array_index (events, i);

      g_assert_null (event->body);
      g_assert_true (amends_event_is_proved (event));
    }
  fixture->store = test_store_reopen (fixture->store, &fixture->world);
  g_assert_false (finds (fixture, CANARY));
  test_note (fixture->store, &fixture->kept, "Life goes on");
  test_assert_whole (fixture->store);
}

/* One of two bodies goes, and one that is long enough for pages of its own. */
static void
test_one_body (Fixture *fixture, gconstpointer data)
{
  g_autofree char *body = g_strdup_printf ("%s%0*d", "Wennaby Thole ", 20000, 1);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (AmendsId));
  AmendsId id;

  test_note (fixture->store, &fixture->id, body);
  amends_id_init (&id, "7K", test_count_events (fixture->store));
  g_array_append_val (ids, id);
  g_assert_true (finds (fixture, "Wennaby Thole"));
  g_assert_true (scrub_ids (fixture->store, ids, NULL));
  finish (fixture);
  g_assert_false (finds (fixture, "Wennaby Thole"));
  g_assert_true (finds (fixture, CANARY));
  test_assert_whole (fixture->store);
}

/* What comes again under an erased id, whole, is kept without its body: also where it never was here. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  static const char text[] =
      "{\"type\":\"case.noted\",\"at\":\"2026-11-21T10:02:11Z\",\"by\":\"7K.1\","
      "\"text\":\"" CANARY " again\"}";
  static const guint8 salt[AMENDS_SALT_BYTES] = { 7 };
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (AmendsId));

  for (gboolean is_digest_first = FALSE; is_digest_first <= TRUE; is_digest_first++)
    {
      g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
      g_autoptr (AmendsEvent) event = NULL;
      g_autoptr (GError) error = NULL;
      gboolean is_new;
      AmendsId id;

      amends_id_init (&id, "0", 5 + (guint64) is_digest_first);
      event = amends_event_new (&id, "s.oak", &fixture->kept, &fixture->kept, 1, salt, body, NULL);
      g_array_set_size (ids, 0);
      g_array_append_val (ids, id);
      g_assert_true (scrub_ids (fixture->store, ids, NULL));
      g_assert_true (
          amends_transaction_begin (&transaction, amends_store_get_db (fixture->store), NULL));
      if (is_digest_first)
        g_assert_true (amends_log_receive (fixture->store, event, TRUE, &is_new, NULL));
      amends_log_receive (fixture->store, event, FALSE, &is_new, &error);
      g_assert_no_error (error);
      g_assert_true (is_new);
      g_assert_true (amends_transaction_commit (&transaction, NULL));
      finish (fixture);
      g_assert_false (finds (fixture, CANARY " again"));
    }
  g_assert_cmpint (count (fixture->store,
                          "SELECT count(*) FROM event WHERE code = '0' AND sealed IS NULL"),
                   ==, 2);
}

/* As a fork leaves it. */
static void
put_aside (AmendsStore *store, const AmendsEvent *event)
{
  g_autofree char *line = amends_event_format_line (event);
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GBytes) sealed = NULL;
  sqlite3_stmt *stmt =
      amends_db_prepare (amends_store_get_db (store),
                         "INSERT INTO set_aside (at, reason, sealed) VALUES (0, 'fork', :sealed)",
                         NULL);

  g_byte_array_append (plain, event->salt, AMENDS_SALT_BYTES);
  g_byte_array_append (plain, (const guint8 *) line, (guint) strlen (line));
  sealed = test_scan_seal (store, "set-aside", plain->data, plain->len);
  amends_db_bind_blob (stmt, 1, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_DONE);
  sqlite3_reset (stmt);
}

/* What was set aside under an erased id goes too; what was set aside under another stays. */
static void
test_aside (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) events = amends_log_read_stream (fixture->store, &fixture->id, NULL);
  g_autoptr (GPtrArray) others = amends_log_read_stream (fixture->store, &fixture->kept, NULL);

  put_aside (fixture->store, g_ptr_array_index (events, 0));
  put_aside (fixture->store, g_ptr_array_index (others, 0));
  g_assert_cmpint (count (fixture->store, "SELECT count(*) FROM set_aside"), ==, 2);
  scrub_case (fixture);
  finish (fixture);
  g_assert_false (finds (fixture, CANARY));
  g_assert_cmpint (count (fixture->store, "SELECT count(*) FROM set_aside"), ==, 1);
}

/* A stream that left: bodies go, everything that proves the log stays, and it may come again. */
static void
test_stream (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) before = amends_log_read_stream (fixture->store, &fixture->id, NULL);
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_new;

  g_assert_true (
      amends_transaction_begin (&transaction, amends_store_get_db (fixture->store), NULL));
  amends_scrub_stream (fixture->store, &fixture->id, &error);
  g_assert_no_error (error);
  g_assert_true (amends_transaction_commit (&transaction, NULL));
  finish (fixture);
  g_assert_false (finds (fixture, CANARY));
  g_assert_true (finds (fixture, KEPT));
  test_assert_whole (fixture->store);
  after = amends_log_read_stream (fixture->store, &fixture->id, NULL);
  g_assert_cmpuint (after->len, ==, 0);

  g_assert_true (
      amends_transaction_begin (&transaction, amends_store_get_db (fixture->store), NULL));
  for (guint i = 0; i < before->len; i++)
    g_assert_true (
        amends_log_receive (fixture->store, g_ptr_array_index (before, i), FALSE, &is_new, NULL));
  g_assert_true (amends_transaction_commit (&transaction, NULL));
  g_clear_pointer (&after, g_ptr_array_unref);
  after = amends_log_read_stream (fixture->store, &fixture->id, NULL);
  g_assert_cmpuint (after->len, ==, before->len);
  g_assert_true (finds (fixture, CANARY));
  test_assert_whole (fixture->store);
}

/* A feed that was taken away: others' events go whole, of one's own what chain and trunk run over stays. */
static void
test_feed (Fixture *fixture, gconstpointer data)
{
  static const char text[] =
      "{\"type\":\"case.noted\",\"at\":\"2026-11-21T10:02:11Z\",\"text\":\"By another\"}";
  static const guint8 salt[AMENDS_SALT_BYTES] = { 7 };
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  g_autoptr (AmendsEvent) event = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_new;
  AmendsId id;

  amends_id_init (&id, "0", 5);
  event = amends_event_new (&id, "s.oak", &fixture->kept, &fixture->kept, 1, salt, body, NULL);
  g_assert_true (
      amends_transaction_begin (&transaction, amends_store_get_db (fixture->store), NULL));
  g_assert_true (amends_log_receive (fixture->store, event, FALSE, &is_new, NULL));
  g_assert_true (
      amends_log_add_entry (fixture->store, "s.oak", 1, 1, AMENDS_ENTRY_EVENT, &id, 0, NULL));
  amends_scrub_feed (fixture->store, "s.oak", &error);
  g_assert_no_error (error);
  g_assert_true (amends_transaction_commit (&transaction, NULL));
  finish (fixture);
  g_assert_false (finds (fixture, CANARY));
  g_assert_false (finds (fixture, KEPT));
  g_assert_false (finds (fixture, "By another"));
  g_assert_true (finds (fixture, TEST_STAFF)); /* another feed */
  g_assert_cmpint (count (fixture->store, "SELECT count(*) FROM event WHERE code = '0'"), ==, 0);
  g_assert_cmpint (count (fixture->store, "SELECT count(*) FROM entry"), ==, 0);
  g_assert_cmpint (count (fixture->store, "SELECT count(*) FROM event WHERE length (sealed) = 1"
                                          " AND length (box) = 32"),
                   >, 0);
  g_assert_cmpint (count (fixture->store, "SELECT count(*) FROM event WHERE length (sealed) = 1"
                                          " AND box IS NULL"),
                   ==, 0);
  test_assert_whole (fixture->store);
  test_record (fixture->store, "Somebody New", "No water");
  test_assert_whole (fixture->store);
}

/* The machine stops at every operation of the disk from the transaction on. Where the transaction came
 * through, the next opening finishes it; where it did not, nothing is gone. */
static void
test_every_stop (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->folder, "copy", NULL);
  guint n_erased = 0, n_stops = 0;
  gboolean is_through = FALSE;

  for (guint i = 0; i < 20; i++)
    test_note (fixture->store, &fixture->id, CANARY);
  g_free (test_list (fixture->store));
  g_clear_pointer (&fixture->store, amends_store_close);
  for (guint n_good = 0; !is_through; n_good++)
    {
      g_autofree char *where = g_strdup_printf ("%s-%u", copy, n_good);
      g_autoptr (TestDisk) disk = NULL;
      g_autoptr (GArray) ids = NULL;
      AmendsStore *store;
      gboolean is_erased;

      test_folder_copy (fixture->path, where);
      disk = test_disk_mount (where);
      fixture->world.environment.vfs = TEST_DISK_VFS;
      store = test_store_open (&fixture->world, where);
      ids = list_ids (store, &fixture->id);
      test_disk_settle (disk);
      test_disk_set_fault (disk, TEST_DISK_STOPS, n_good);
      if (scrub_ids (store, ids, NULL))
        amends_scrub_finish (store, NULL);
      is_through = !test_disk_is_stopped (disk);
      if (!is_through)
        test_disk_stop (disk);
      amends_store_close (store);
      test_disk_start (disk, n_good % 2 == 0 ? TEST_LOSS_ALL : TEST_LOSS_SOME, n_good);

      store = test_store_open (&fixture->world, where);
      is_erased = count (store, "SELECT count(*) FROM event WHERE sealed IS NULL") > 0;
      g_assert_false (amends_scrub_is_due (store));
      g_assert_cmpint (test_scan_finds (where, fixture->key, CANARY), ==, !is_erased);
      test_assert_whole (store);
      n_erased += is_erased;
      n_stops++;
      amends_store_close (store);
      g_clear_pointer (&disk, test_disk_unmount);
      fixture->world.environment.vfs = NULL;
    }
  g_test_message ("%u stops, %u of them after the transaction", n_stops, n_erased);
  g_assert_cmpuint (n_erased, >, 3);
  g_assert_cmpuint (n_stops, >, n_erased);
  fixture->store = test_store_open (&fixture->world, fixture->path);
}

/* No room to write the log anew: it stays due, says so, and is finished when there is. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) ids = list_ids (fixture->store, &fixture->id);
  g_autoptr (TestDisk) disk = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->store, amends_store_close);
  disk = test_disk_mount (fixture->path);
  fixture->world.environment.vfs = TEST_DISK_VFS;
  fixture->store = test_store_open (&fixture->world, fixture->path);
  g_assert_true (scrub_ids (fixture->store, ids, NULL));
  test_disk_set_fault (disk, TEST_DISK_FULL, 0);
  g_assert_false (amends_scrub_finish (fixture->store, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL);
  g_assert_true (amends_scrub_is_due (fixture->store));
  test_disk_set_fault (disk, TEST_DISK_SOUND, 0);
  finish (fixture);
  g_assert_false (finds (fixture, CANARY));
  g_clear_pointer (&fixture->store, amends_store_close);
  g_clear_pointer (&disk, test_disk_unmount);
  fixture->world.environment.vfs = NULL;
}

/* A snapshot that comes back after its deletion, as it may where the power goes, is not read. */
static void
test_old_snapshot (Fixture *fixture, gconstpointer data)
{
  g_autofree char *snapshot = g_build_filename (fixture->path, "list.snap", NULL);
  g_autofree char *contents = NULL;
  g_autofree char *list = NULL;
  gsize n_bytes;

  fill (fixture);
  g_free (test_list (fixture->store));
  fixture->store = test_store_reopen (fixture->store, &fixture->world);
  g_assert_true (g_file_get_contents (snapshot, &contents, &n_bytes, NULL));
  scrub_case (fixture);
  finish (fixture);
  g_assert_true (g_file_set_contents (snapshot, contents, (gssize) n_bytes, NULL));
  list = test_list (fixture->store);
  g_assert_null (strstr (list, CANARY));
}

/* A store of before there was erasure, made by the program of that day. */
static void
test_store_of_before (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "log.db", "device.secret", "authority.pem" };
  g_autofree char *path = g_build_filename (fixture->folder, "old", NULL);
  g_autoptr (AmendsStore) store = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  guint8 key[32];

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *from = g_test_build_filename (G_TEST_DIST, "tests", "fixtures", "stores",
                                                     "device-001", names[i], NULL);
      g_autofree char *to = g_build_filename (path, names[i], NULL);
      g_autofree char *contents = NULL;
      gsize n_bytes;

      g_assert_true (g_file_get_contents (from, &contents, &n_bytes, NULL));
      g_assert_true (g_file_set_contents_full (to, contents, (gssize) n_bytes,
                                               G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    }
  store = amends_store_open (path, &fixture->world.environment, "test", FALSE, &error);
  g_assert_no_error (error);
  amends_store_unlock (store, NULL, TEST_PASSPHRASE, &error);
  g_assert_no_error (error);
  test_assert_whole (store);
  rows = amends_store_list_cases (store, NULL, FALSE, 0, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 3);

  test_scan_get_key (store, key);
  g_assert_true (test_scan_finds (path, key, "Person 1"));
  ids = list_ids (store, &((AmendsCaseRow *) g_ptr_array_index (rows, 0))->id);
  g_assert_true (scrub_ids (store, ids, NULL));
  g_assert_true (amends_scrub_finish (store, NULL));
  g_assert_false (test_scan_finds (path, key, "Person 1"));
  test_assert_whole (store);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/scrub/scan", test_scan);
  ADD ("/scrub/bodies", test_bodies);
  ADD ("/scrub/one-body", test_one_body);
  ADD ("/scrub/again", test_again);
  ADD ("/scrub/aside", test_aside);
  ADD ("/scrub/stream", test_stream);
  ADD ("/scrub/feed", test_feed);
  ADD ("/scrub/every-stop", test_every_stop);
  ADD ("/scrub/full", test_full);
  ADD ("/scrub/old-snapshot", test_old_snapshot);
  ADD ("/scrub/store-of-before", test_store_of_before);
  return g_test_run ();
}
