/* test-by-hand.c: an exchange on a stick: late, twice, out of order, over the network as well
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PROTOCOL.md 10, against a real server in the process. */

#include <glib/gstdio.h>
#include <string.h>

#include "support/office.h"
#include "sync/amends-by-hand.h"

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AmendsStatus, amends_status_clear)

typedef struct
{
  TestOffice office;
  AmendsStore *a; /* goes by hand */
  AmendsStore *b; /* has a network */
  AmendsId id;    /* a case that both hold */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_office_init (&fixture->office);
  fixture->a = test_office_enrol (&fixture->office, "Office A", "staff", "s.oak");
  fixture->b = test_office_enrol (&fixture->office, "Office B", "staff", "s.oak");
  fixture->id = test_record (fixture->a, "Wren Ashdown", "No heating");
  test_sync (&fixture->office, fixture->a);
  test_sync (&fixture->office, fixture->b);
  test_sync (&fixture->office, fixture->a);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  amends_store_close (fixture->a);
  amends_store_close (fixture->b);
  test_office_clear (&fixture->office);
}

static char *
stick (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->office.folder, name, NULL);
}

static guint64
export_to (Fixture *fixture, const char *name)
{
  g_autofree char *path = stick (fixture, name);
  g_autoptr (GError) error = NULL;
  AmendsHandExport export;

  test_world_pass (&fixture->office.world, 1);
  amends_hand_export (fixture->a, path, NULL, NULL, NULL, &export, &error);
  g_assert_no_error (error);
  return export.n_events;
}

/* Where the file grows, and how long it is at each time that the store is let go of. */
typedef struct
{
  const char *folder;
  guint n_leaves;
  gsize n_bytes[2];
  gboolean is_there[2];
} Watch;

static void
look (gpointer user_data)
{
  Watch *watch = user_data;
  g_autoptr (GDir) dir = g_dir_open (watch->folder, 0, NULL);
  g_autofree char *whole = g_build_filename (watch->folder, "out", NULL);
  const char *name;
  guint n = watch->n_leaves++;

  g_assert_cmpuint (n, <, G_N_ELEMENTS (watch->n_bytes));
  watch->is_there[n] = g_file_test (whole, G_FILE_TEST_EXISTS);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (watch->folder, name, NULL);
      GStatBuf status;

      g_assert_cmpint (g_stat (path, &status), ==, 0);
      watch->n_bytes[n] += (gsize) status.st_size;
    }
}

/* A stick may be slow: the store is held until all is gathered, and then only to keep that it is written. */
static void
test_not_held (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = stick (fixture, "slow");
  g_autofree char *path = g_build_filename (folder, "out", NULL);
  Watch watch = { .folder = folder };
  const AmendsSyncHooks hooks = { .leave = look, .user_data = &watch };
  g_autoptr (GError) error = NULL;
  AmendsHandExport export;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  test_note (fixture->a, &fixture->id, "Rang back");
  amends_hand_export (fixture->a, path, NULL, &hooks, NULL, &export, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (watch.n_leaves, ==, 2);
  g_assert_false (watch.is_there[0]);
  g_assert_cmpuint (watch.n_bytes[0], <, AMENDS_BUNDLE_CHUNK_BYTES);
  g_assert_true (watch.is_there[1]);
  g_assert_cmpuint (watch.n_bytes[1], >, AMENDS_BUNDLE_CHUNK_BYTES);
}

static json_t *
try_server (Fixture *fixture, const char *name, const char *reply, GError **error)
{
  g_autofree char *path = stick (fixture, name);
  g_autofree char *reply_path = reply != NULL ? stick (fixture, reply) : NULL;

  test_world_pass (&fixture->office.world, 1);
  return amends_server_import_bundle (fixture->office.server, path, reply_path, error);
}

/* Returns: how many events were new to the server */
static guint64
give_to_server (Fixture *fixture, const char *name, const char *reply)
{
  g_autoptr (GError) error = NULL;
  json_auto_t *result = try_server (fixture, name, reply, &error);

  g_assert_no_error (error);
  g_assert_true (json_is_null (json_object_get (result, "refused")));
  return (guint64) json_integer_value (json_object_get (result, "new"));
}

static gboolean
try_import (Fixture *fixture,
            const char *name,
            AmendsSyncReport *ret_report,
            gboolean *ret_is_old,
            GError **error)
{
  g_autofree char *path = stick (fixture, name);

  test_world_pass (&fixture->office.world, 1);
  return amends_hand_import (fixture->a, path, NULL, NULL, ret_report, ret_is_old, error);
}

static AmendsSyncReport
import_from (Fixture *fixture, const char *name, gboolean is_old)
{
  g_autoptr (GError) error = NULL;
  AmendsSyncReport report;
  gboolean found_old;

  try_import (fixture, name, &report, &found_old, &error);
  g_assert_no_error (error);
  g_assert_cmpint (found_old, ==, is_old);
  return report;
}

static guint64
count_waiting (AmendsStore *store)
{
  g_auto (AmendsStatus) status = { 0 };

  g_assert_true (amends_store_get_status (store, &status, NULL));
  return status.n_waiting;
}

static guint64
count_carried (AmendsStore *store)
{
  g_auto (AmendsStatus) status = { 0 };

  g_assert_true (amends_store_get_status (store, &status, NULL));
  g_assert_true ((status.n_carried > 0) == (status.carried_at > 0));
  return status.n_carried;
}

/* Both hold the same, once, all of it is proven, and nothing waits. */
static void
assert_same (Fixture *fixture, guint n_cases)
{
  g_autofree char *hash_a = NULL;
  g_autofree char *hash_b = NULL;

  test_sync (&fixture->office, fixture->b);
  hash_a = test_state_hash (fixture->a);
  hash_b = test_state_hash (fixture->b);
  g_assert_cmpstr (hash_a, ==, hash_b);
  g_assert_cmpuint (test_count_events (fixture->a), ==, test_count_events (fixture->b));
  g_assert_cmpuint (amends_store_count_cases (fixture->a, NULL), ==, n_cases);
  g_assert_cmpuint (count_waiting (fixture->a), ==, 0);
  g_assert_cmpuint (count_carried (fixture->a), ==, 0);
  test_assert_whole (fixture->a);
  test_assert_whole (fixture->b);
  test_office_assert_whole (&fixture->office);
}

/* There and back: what was recorded here arrives, and what was recorded elsewhere comes. */
static void
test_both_ways (Fixture *fixture, gconstpointer data)
{
  AmendsSyncReport report;

  test_record (fixture->a, "Ivo Marsh", "No light");
  test_record (fixture->b, "Orla Finch", "Damp");
  test_sync (&fixture->office, fixture->b);
  g_assert_cmpuint (export_to (fixture, "out"), ==, 2);
  g_assert_cmpuint (count_waiting (fixture->a), ==, 2);
  g_assert_cmpuint (count_carried (fixture->a), ==, 2);
  g_assert_cmpuint (give_to_server (fixture, "out", "back"), ==, 2);
  g_assert_cmpuint (count_waiting (fixture->a), ==, 2);
  report = import_from (fixture, "back", FALSE);
  g_assert_cmpuint (report.n_acknowledged, ==, 2);
  g_assert_cmpuint (report.n_received, ==, 2);
  g_assert_cmpuint (report.n_waiting, ==, 0);
  g_assert_false (report.server_restored);
  assert_same (fixture, 3);
}

/* Nothing waits: the file asks for what others recorded. */
static void
test_only_asks (Fixture *fixture, gconstpointer data)
{
  test_record (fixture->b, "Orla Finch", "Damp");
  test_sync (&fixture->office, fixture->b);
  g_assert_cmpuint (export_to (fixture, "out"), ==, 0);
  g_assert_cmpuint (give_to_server (fixture, "out", "back"), ==, 0);
  g_assert_cmpuint (import_from (fixture, "back", FALSE).n_received, ==, 2);
  assert_same (fixture, 2);
}

/* Everything twice, and the answer a third time. */
static void
test_twice (Fixture *fixture, gconstpointer data)
{
  test_record (fixture->a, "Ivo Marsh", "No light");
  export_to (fixture, "out");
  g_assert_cmpuint (give_to_server (fixture, "out", "back"), ==, 2);
  g_assert_cmpuint (give_to_server (fixture, "out", "again"), ==, 0);
  import_from (fixture, "back", FALSE);
  g_assert_cmpuint (import_from (fixture, "back", TRUE).n_received, ==, 0);
  import_from (fixture, "again", TRUE);
  assert_same (fixture, 2);
}

/* Over the network too, after the stick was read at the server, or before; and the answer last. */
static void
test_network_too (Fixture *fixture, gconstpointer data)
{
  gboolean is_network_first = GPOINTER_TO_INT (data);

  test_record (fixture->a, "Ivo Marsh", "No light");
  export_to (fixture, "out");
  if (is_network_first)
    test_sync (&fixture->office, fixture->a);
  g_assert_cmpuint (give_to_server (fixture, "out", "back"), ==, is_network_first ? 0 : 2);
  test_sync (&fixture->office, fixture->a);
  g_assert_cmpuint (count_carried (fixture->a), ==, 0);
  test_record (fixture->a, "Noor Vale", "No water");
  test_record (fixture->b, "Orla Finch", "Damp");
  test_sync (&fixture->office, fixture->b);
  test_sync (&fixture->office, fixture->a);
  g_assert_cmpuint (import_from (fixture, "back", TRUE).n_acknowledged, ==, 0);
  assert_same (fixture, 4);

  /* The network goes on as if nothing had been. */
  g_assert_cmpuint (test_sync (&fixture->office, fixture->a).n_requests, ==, 1);
  g_assert_false (test_sync (&fixture->office, fixture->a).server_restored);
}

/* The later file first: it holds all that the earlier one does. Their answers come in either order. */
static void
test_out_of_order (Fixture *fixture, gconstpointer data)
{
  gboolean is_first_back_first = GPOINTER_TO_INT (data);
  AmendsSyncReport report;

  test_record (fixture->a, "Ivo Marsh", "No light");
  g_assert_cmpuint (export_to (fixture, "out-1"), ==, 2);
  test_record (fixture->a, "Noor Vale", "No water");
  g_assert_cmpuint (export_to (fixture, "out-2"), ==, 4);
  g_assert_cmpuint (give_to_server (fixture, "out-2", "back-2"), ==, 4);
  g_assert_cmpuint (give_to_server (fixture, "out-1", "back-1"), ==, 0);
  if (is_first_back_first)
    {
      report = import_from (fixture, "back-1", TRUE);
      g_assert_cmpuint (report.n_acknowledged, ==, 4);
    }
  report = import_from (fixture, "back-2", FALSE);
  g_assert_cmpuint (report.n_acknowledged, ==, is_first_back_first ? 0 : 4);
  if (!is_first_back_first)
    g_assert_cmpuint (import_from (fixture, "back-1", TRUE).n_acknowledged, ==, 0);
  assert_same (fixture, 3);
}

/* An old answer names fewer events than are known to have arrived: the server was not restored. */
static void
test_old_answer (Fixture *fixture, gconstpointer data)
{
  AmendsSyncReport report;

  test_record (fixture->a, "Ivo Marsh", "No light");
  export_to (fixture, "out");
  give_to_server (fixture, "out", "back");
  for (guint i = 0; i < 20; i++)
    test_note (fixture->a, &fixture->id, "Rang");
  test_sync (&fixture->office, fixture->a);
  report = import_from (fixture, "back", TRUE);
  g_assert_false (report.server_restored);
  g_assert_cmpuint (report.n_waiting, ==, 0);
  assert_same (fixture, 2);
}

/* The disk fails while an old answer's receipt is kept: it is all or nothing, or the chains of what is sent next would
 * begin where nobody is. */
static void
test_old_answer_cut (Fixture *fixture, gconstpointer data)
{
  AmendsDb *db = amends_store_get_db (fixture->a);
  g_autoptr (GError) error = NULL;
  AmendsSyncReport report;
  gboolean is_old;

  test_record (fixture->a, "Ivo Marsh", "No light");
  export_to (fixture, "out-1");
  give_to_server (fixture, "out-1", "back-1");
  test_record (fixture->a, "Noor Vale", "No water");
  export_to (fixture, "out-2");
  g_assert_true (amends_db_exec (db,
                                 "CREATE TEMP TRIGGER fails BEFORE INSERT ON meta"
                                 " WHEN new.name = 'acknowledged'"
                                 " BEGIN SELECT RAISE (ABORT, 'the disk fails'); END",
                                 NULL));
  g_assert_false (try_import (fixture, "back-1", &report, &is_old, &error));
  g_assert_nonnull (error);
  g_assert_true (amends_db_exec (db, "DROP TRIGGER fails", NULL));
  g_assert_cmpuint (count_waiting (fixture->a), ==, 4);
  test_sync (&fixture->office, fixture->a);
  assert_same (fixture, 3);
}

/* The server is restored while the stick is on its way, or knew the device's events no more when it came:
 * the answer says so, the next file brings what it lacks. */
static void
test_restored (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  json_auto_t *result = NULL;
  AmendsSyncReport report;

  test_office_back_up (&fixture->office);
  test_note (fixture->a, &fixture->id, "lost with the server");
  test_note (fixture->b, &fixture->id, "lost too");
  test_sync (&fixture->office, fixture->a);
  test_sync (&fixture->office, fixture->b);
  test_sync (&fixture->office, fixture->a);
  test_note (fixture->a, &fixture->id, "on the stick");
  export_to (fixture, "out");
  test_office_restore (&fixture->office);

  result = try_server (fixture, "out", "back", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_string_value (json_object_get (result, "refused")), ==, "gap");
  report = import_from (fixture, "back", FALSE);
  g_assert_true (report.server_restored);
  g_assert_cmpuint (report.n_waiting, ==, 2);
  g_assert_cmpuint (export_to (fixture, "out-2"), ==, 2);
  /* And what the other wrote is handed in behind the device's own. */
  g_assert_cmpuint (give_to_server (fixture, "out-2", "back-2"), ==, 3);
  report = import_from (fixture, "back-2", FALSE);
  g_assert_cmpuint (report.n_waiting, ==, 0);
  assert_same (fixture, 1);
  test_sync (&fixture->office, fixture->a);
  assert_same (fixture, 1);
}

/* An answer of the server as it was before it was restored is of another epoch. */
static void
test_answer_of_before (Fixture *fixture, gconstpointer data)
{
  test_office_back_up (&fixture->office);
  test_note (fixture->a, &fixture->id, "on the stick");
  export_to (fixture, "out");
  give_to_server (fixture, "out", "back");
  test_office_restore (&fixture->office);
  test_sync (&fixture->office, fixture->a);
  import_from (fixture, "back", TRUE);
  test_sync (&fixture->office, fixture->a);
  assert_same (fixture, 1);
}

/* A copy of the device goes on as well: that is settled over the network, and nothing is lost. */
static void
test_cloned (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = stick (fixture, "Office A");
  g_autofree char *copy = stick (fixture, "Copy of A");
  g_autoptr (GError) error = NULL;
  AmendsSyncReport report;
  gboolean is_old;
  AmendsStore *clone;

  amends_store_close (fixture->a);
  test_folder_copy (path, copy);
  clone = test_store_open (&fixture->office.world, copy);
  test_note (clone, &fixture->id, "of the copy");
  test_sync (&fixture->office, clone);
  amends_store_close (clone);
  fixture->a = test_store_open (&fixture->office.world, path);
  test_note (fixture->a, &fixture->id, "of the original");
  export_to (fixture, "out");
  {
    json_auto_t *result = try_server (fixture, "out", "back", &error);

    g_assert_no_error (error);
    g_assert_cmpstr (json_string_value (json_object_get (result, "refused")), ==, "fork");
  }
  g_assert_false (try_import (fixture, "back", &report, &is_old, &error));
  g_assert_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_LINE);
  g_assert_cmpuint (count_waiting (fixture->a), ==, 1);
  report = test_sync (&fixture->office, fixture->a);
  g_assert_cmpstr (report.recoded_to, !=, "");
  assert_same (fixture, 1);

  /* An answer to the code that it had does not open any more. */
  g_clear_error (&error);
  g_assert_false (try_import (fixture, "back", &report, &is_old, &error));
  g_assert_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_RECIPIENT);
}

/* Many at once, as from a spreadsheet. */
static void
write_many (AmendsStore *store, const AmendsId *stream, guint n_notes)
{
  static const char text[] =
      "{\"type\":\"case.noted\",\"at\":\"2026-11-21T10:00:00Z\",\"text\":\"Rang\"}";
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_notes; i++)
    g_ptr_array_add (bodies, g_bytes_new_static (text, strlen (text)));
  g_assert_true (amends_transaction_begin (&transaction, amends_store_get_db (store), &error));
  events = amends_log_append (store, "s.oak", stream, NULL, 0, bodies, &error);
  g_assert_no_error (error);
  g_assert_true (amends_transaction_commit (&transaction, &error));
}

/* The digests of what is held back, more than one page has room for, come on a stick as well as over the network. */
static void
test_many_held (Fixture *fixture, gconstpointer data)
{
  const char *code = amends_store_get_identity (fixture->b)->code;
  g_autoptr (AmendsCase) complaint = NULL;
  g_autoptr (GError) error = NULL;

  test_note (fixture->b, &fixture->id, "before");
  test_sync (&fixture->office, fixture->b);
  g_assert_true (amends_server_ungrant (fixture->office.server, code, "s.oak", &error));
  write_many (fixture->b, &fixture->id, 13000);
  test_sync (&fixture->office, fixture->b);
  g_assert_true (amends_server_grant (fixture->office.server, code, "s.oak", &error));
  test_sync (&fixture->office, fixture->b);
  test_note (fixture->b, &fixture->id, "behind");
  test_sync (&fixture->office, fixture->b);

  export_to (fixture, "out");
  give_to_server (fixture, "out", "back");
  import_from (fixture, "back", FALSE);
  complaint = amends_store_get_case (fixture->a, &fixture->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (amends_case_get_n_notes (complaint), ==, 2);
  test_assert_whole (fixture->a);
}

/* A device that was withdrawn may hand in what it wrote: it is held back; and it is told. */
static void
test_revoked (Fixture *fixture, gconstpointer data)
{
  const char *code = amends_store_get_identity (fixture->a)->code;
  g_autoptr (GError) error = NULL;
  json_auto_t *result = NULL;
  AmendsSyncReport report;
  gboolean is_old;

  test_record (fixture->a, "Ivo Marsh", "No light");
  export_to (fixture, "out");
  g_assert_true (amends_server_revoke (fixture->office.server, code, &error));
  test_record (fixture->b, "Orla Finch", "Damp");
  test_sync (&fixture->office, fixture->b);
  result = try_server (fixture, "out", "back", &error);
  g_assert_no_error (error);
  g_assert_true (json_is_true (json_object_get (result, "revoked")));
  g_assert_cmpint (json_integer_value (json_object_get (result, "new")), ==, 2);
  g_assert_cmpint (json_integer_value (json_object_get (result, "quarantined")), ==, 2);
  g_assert_false (try_import (fixture, "back", &report, &is_old, &error));
  g_assert_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED);
  g_assert_cmpuint (count_waiting (fixture->a), ==, 0);
  /* Its access was ended: it shows nothing any more, of its own or of B's. */
  g_assert_cmpuint (amends_store_count_cases (fixture->a, NULL), ==, 0);
}

/* Enrolled after the backup that was put back. */
static void
test_forgotten (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test_office_back_up (&fixture->office);
  amends_store_close (fixture->a);
  fixture->a = test_office_enrol (&fixture->office, "Office C", "staff", "s.oak");
  test_record (fixture->a, "Ivo Marsh", "No light");
  export_to (fixture, "out");
  test_office_restore (&fixture->office);
  g_assert_null (try_server (fixture, "out", "back", &error));
  g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_UNKNOWN_DEVICE);
}

/* Another device's answer, the device's own request, and the server's answer given to the server. */
static void
test_mixed_up (Fixture *fixture, gconstpointer data)
{
  AmendsStore *a = fixture->a;
  g_autoptr (GError) error = NULL;
  AmendsSyncReport report;
  gboolean is_old;

  export_to (fixture, "out");
  give_to_server (fixture, "out", "back");
  g_assert_null (try_server (fixture, "back", NULL, &error));
  g_assert_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_WAY);
  g_clear_error (&error);
  g_assert_false (try_import (fixture, "out", &report, &is_old, &error));
  g_assert_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_WAY);
  g_clear_error (&error);
  fixture->a = fixture->b;
  g_assert_false (try_import (fixture, "back", &report, &is_old, &error));
  fixture->a = a;
  g_assert_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_RECIPIENT);
}

/* A device whose clock is years ahead: its numbers by hand raise nothing at the server. */
static void
test_clock_ahead (Fixture *fixture, gconstpointer data)
{
  gint64 now = fixture->office.world.now;

  test_record (fixture->a, "Ivo Marsh", "No light");
  fixture->office.world.now += G_GINT64_CONSTANT (10) * 366 * 86400 * G_USEC_PER_SEC;
  export_to (fixture, "out");
  g_assert_cmpuint (give_to_server (fixture, "out", "back"), ==, 2);
  fixture->office.world.now = now;
  import_from (fixture, "back", FALSE);
  test_sync (&fixture->office, fixture->a);
  assert_same (fixture, 2);
}

/* More than a request over the network may hold, in one file; the answer as well. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = stick (fixture, "out");
  g_autofree char *text = g_strnfill (60000, 'x');
  GStatBuf status;
  guint n = 100;

  for (guint i = 0; i < 60000; i++)
    text[i] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-+"[g_test_rand_int_range (
            0, 64)];
  for (guint i = 0; i < n; i++)
    {
      text[i] = ' ';
      test_note (fixture->a, &fixture->id, text);
    }
  g_assert_cmpuint (export_to (fixture, "out"), ==, n);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_size, >, AMENDS_WIRE_MAX_REQUEST_BYTES);
  g_assert_cmpuint (give_to_server (fixture, "out", "back"), ==, n);
  import_from (fixture, "back", FALSE);
  assert_same (fixture, 1);

  /* A second device fetches all of it by hand at once. */
  amends_store_close (fixture->a);
  fixture->a = test_office_enrol (&fixture->office, "Office C", "staff", "s.oak");
  export_to (fixture, "out");
  give_to_server (fixture, "out", "back-c");
  g_assert_cmpuint (import_from (fixture, "back-c", FALSE).n_received, >=, n);
  assert_same (fixture, 1);
}

/* Whatever is wrong with a file, nothing of it is taken, at either end. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "out", "back" };
  guint64 n_events;

  test_record (fixture->a, "Ivo Marsh", "No light");
  test_record (fixture->b, "Orla Finch", "Damp");
  test_sync (&fixture->office, fixture->b);
  export_to (fixture, "out");
  n_events = test_office_count_events (&fixture->office, fixture->id.code);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *whole_path = stick (fixture, names[i]);
      g_autofree char *path = stick (fixture, "damaged");
      g_autofree char *bytes = NULL;
      gsize n_bytes;

      g_assert_true (g_file_get_contents (whole_path, &bytes, &n_bytes, NULL));
      for (guint n = 0; n < 60; n++)
        {
          g_autoptr (GError) error = NULL;
          gsize at = (gsize) g_test_rand_int_range (0, (gint32) n_bytes);
          AmendsSyncReport report;
          gboolean is_old;

          bytes[at] ^= 16;
          g_assert_true (
              g_file_set_contents (path, bytes, (gssize) (n % 2 == 0 ? at : n_bytes), NULL));
          bytes[at] ^= 16;
          if (i == 0)
            g_assert_null (try_server (fixture, "damaged", NULL, &error));
          else
            g_assert_false (try_import (fixture, "damaged", &report, &is_old, &error));
          g_assert_cmpint (error->domain, ==, AMENDS_BUNDLE_ERROR);
        }
      if (i == 0)
        g_assert_cmpuint (test_office_count_events (&fixture->office, fixture->id.code), ==,
                          n_events);
      else
        g_assert_cmpuint (count_waiting (fixture->a), ==, 2);
      if (i == 0)
        give_to_server (fixture, "out", "back");
    }
  import_from (fixture, "back", FALSE);
  assert_same (fixture, 3);
}

static void
flip_last_byte (const char *path)
{
  FILE *file = g_fopen (path, "r+b");
  int byte;

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, -1, SEEK_END), ==, 0);
  byte = fgetc (file);
  g_assert_cmpint (fseek (file, -1, SEEK_END), ==, 0);
  g_assert_cmpint (fputc (byte ^ 16, file), ==, byte ^ 16);
  g_assert_cmpint (fclose (file), ==, 0);
}

typedef struct
{
  const char *path;
  gboolean is_mended;
} Stick;

static void
mend_cb (gpointer user_data)
{
  Stick *state = user_data;

  if (!state->is_mended)
    flip_last_byte (state->path);
  state->is_mended = TRUE;
}

/* While a slow stick is read through the store is free: what is mended once it was let go of is found whole. */
static void
test_store_is_free (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = stick (fixture, "back");
  g_autoptr (GError) error = NULL;
  Stick state = { path, FALSE };
  const AmendsSyncHooks hooks = { .leave = mend_cb, .user_data = &state };
  AmendsSyncReport report;
  gboolean is_old;

  test_record (fixture->a, "Ivo Marsh", "No light");
  export_to (fixture, "out");
  give_to_server (fixture, "out", "back");
  flip_last_byte (path);
  test_world_pass (&fixture->office.world, 1);
  amends_hand_import (fixture->a, path, &hooks, NULL, &report, &is_old, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.n_acknowledged, ==, 2);
  assert_same (fixture, 2);
}

/* The store is closed between the two halves, and between the answer's parts. */
static void
test_restarted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = stick (fixture, "cancelled");
  g_autoptr (GError) error = NULL;
  AmendsHandExport export;

  g_cancellable_cancel (cancellable);
  g_assert_false (amends_hand_export (fixture->a, path, NULL, NULL, cancellable, &export, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_carried (fixture->a), ==, 0);

  test_record (fixture->a, "Ivo Marsh", "No light");
  export_to (fixture, "out");
  fixture->a = test_store_reopen (fixture->a, &fixture->office.world);
  g_assert_cmpuint (count_carried (fixture->a), ==, 2);
  test_office_restart (&fixture->office);
  give_to_server (fixture, "out", "back");
  import_from (fixture, "back", FALSE);
  assert_same (fixture, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, func) \
  g_test_add ("/by-hand/" name, Fixture, GINT_TO_POINTER (data), set_up, func, tear_down)
  ADD ("both-ways", 0, test_both_ways);
  ADD ("only-asks", 0, test_only_asks);
  ADD ("twice", 0, test_twice);
  ADD ("network-after", FALSE, test_network_too);
  ADD ("network-first", TRUE, test_network_too);
  ADD ("out-of-order", FALSE, test_out_of_order);
  ADD ("out-of-order-both", TRUE, test_out_of_order);
  ADD ("old-answer", 0, test_old_answer);
  ADD ("old-answer-cut", 0, test_old_answer_cut);
  ADD ("restored", 0, test_restored);
  ADD ("answer-of-before", 0, test_answer_of_before);
  ADD ("cloned", 0, test_cloned);
  ADD ("revoked", 0, test_revoked);
  ADD ("forgotten", 0, test_forgotten);
  ADD ("mixed-up", 0, test_mixed_up);
  ADD ("clock-ahead", 0, test_clock_ahead);
  ADD ("long", 0, test_long);
  ADD ("damaged", 0, test_damaged);
  ADD ("store-is-free", 0, test_store_is_free);
  ADD ("not-held", 0, test_not_held);
  ADD ("many-held", 0, test_many_held);
  ADD ("restarted", 0, test_restarted);
#undef ADD
  return g_test_run ();
}
