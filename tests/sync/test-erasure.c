/* test-erasure.c: what two people have erased is nowhere, and stays so
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pitfall 20: a late device, a restored server, an old image of a device. Every store is scanned under its key,
 * and the scan found what was there before. */

#include <glib/gstdio.h>
#include <string.h>

#include "core/amends-error.h"
#include "server/amends-server-private.h"
#include "store/amends-erasure.h"
#include "store/amends-scrub.h"
#include "store/amends-store-private.h"
#include "support/office.h"
#include "support/scan.h"

#define CANARY "Quillon Wexcombe-Tarrant"
#define KEPT "Hesper Dalloway-Munt"
#define N_DEVICES 3

typedef struct
{
  TestOffice office;
  AmendsStore *stores[N_DEVICES];
  AmendsId id;   /* the case to go */
  AmendsId kept; /* one that stays */
} Fixture;

static void
sync_all (Fixture *fixture, guint n_rounds)
{
  test_sync_all (&fixture->office, fixture->stores, N_DEVICES, n_rounds);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_office_init (&fixture->office);
  test_office_enrol_staff (&fixture->office, fixture->stores, N_DEVICES);
  fixture->id = test_record (fixture->stores[0], CANARY, "No heating");
  fixture->kept = test_record (fixture->stores[0], KEPT, "No light");
  sync_all (fixture, 2);
  test_note (fixture->stores[1], &fixture->id, "Rang " CANARY);
  sync_all (fixture, 2);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < N_DEVICES; i++)
    amends_store_close (fixture->stores[i]);
  test_office_clear (&fixture->office);
}

static gboolean
finds (AmendsStore *store, const char *text)
{
  guint8 key[32];

  test_scan_get_key (store, key);
  return test_scan_finds (amends_store_get_path (store), key, text);
}

/* The server's database holds bodies in the clear. */
static gboolean
server_finds (Fixture *fixture, const char *text)
{
  const char *folder = amends_server_get_folder (fixture->office.server);

  return test_folder_contains (folder, text, strlen (text));
}

static void
assert_nowhere (Fixture *fixture)
{
  for (guint i = 0; i < N_DEVICES; i++)
    {
      g_assert_false (finds (fixture->stores[i], CANARY));
      g_assert_true (finds (fixture->stores[i], KEPT));
      g_assert_false (amends_scrub_is_due (fixture->stores[i]));
      test_assert_whole (fixture->stores[i]);
    }
  g_assert_false (server_finds (fixture, CANARY));
  g_assert_true (server_finds (fixture, KEPT));
  test_office_assert_whole (&fixture->office);
}

static void
ask (Fixture *fixture, guint i)
{
  test_act (fixture->stores[i], &fixture->id,
            "{\"type\":\"case.erasure-asked\",\"because\":\"asked-by-person\"}");
}

static void
agree (Fixture *fixture, guint i)
{
  test_act (fixture->stores[i], &fixture->id, "{\"type\":\"case.erasure-agreed\"}");
}

static void
erase_by_two (Fixture *fixture)
{
  ask (fixture, 0);
  sync_all (fixture, 2);
  agree (fixture, 1);
  test_sync (&fixture->office, fixture->stores[1]);
}

/* The last erasure, as the administrator's command lists it. */
static void
assert_erased_on (Fixture *fixture, guint n_devices, guint of_devices)
{
  g_autoptr (GError) error = NULL;
  json_auto_t *list = amends_server_list_erasures (fixture->office.server, &error);
  const json_t *last = json_array_get (list, json_array_size (list) - 1);

  g_assert_no_error (error);
  g_assert_nonnull (last);
  g_assert_cmpint (json_integer_value (json_object_get (last, "erased_on")), ==, n_devices);
  g_assert_cmpint (json_integer_value (json_object_get (last, "devices")), ==, of_devices);
  g_assert_cmpuint (json_array_size (json_object_get (last, "waiting")), ==,
                    of_devices - n_devices);
}

static void
test_erased (Fixture *fixture, gconstpointer data)
{
  g_autofree char *shown = NULL;
  g_autofree char *list = NULL;
  AmendsSyncReport report;

  for (guint i = 0; i < N_DEVICES; i++)
    g_assert_true (finds (fixture->stores[i], CANARY));
  g_assert_true (server_finds (fixture, CANARY));
  g_free (test_list (fixture->stores[2]));

  erase_by_two (fixture);
  g_assert_false (server_finds (fixture, CANARY));
  g_assert_false (finds (fixture->stores[1], CANARY));
  g_assert_true (finds (fixture->stores[2], CANARY));
  assert_erased_on (fixture, 1, 3);
  test_sync (&fixture->office, fixture->stores[0]);
  assert_erased_on (fixture, 2, 3);
  list = test_list (fixture->stores[2]);
  g_assert_nonnull (strstr (list, CANARY));
  test_sync (&fixture->office, fixture->stores[2]);
  assert_erased_on (fixture, 3, 3);
  assert_nowhere (fixture);

  /* At once from lists and search; the trace stays, with the reference. */
  g_clear_pointer (&list, g_free);
  list = test_list (fixture->stores[2]);
  g_assert_null (strstr (list, CANARY));
  shown = test_show (fixture->stores[2], &fixture->id);
  g_assert_nonnull (strstr (shown, "asked-by-person"));
  g_assert_nonnull (strstr (shown, "-0001-"));

  /* Nothing to do writes nothing and asks nothing more. */
  report = test_sync (&fixture->office, fixture->stores[1]);
  g_assert_cmpuint (report.n_requests, ==, 1);
}

/* A device that asked and agreed itself, or one person on two devices, erases nothing: decide refuses, and so
 * does the server whoever asks it. */
static void
test_two_devices (Fixture *fixture, gconstpointer data)
{
  json_auto_t *act = test_json ("{\"type\":\"case.erasure-agreed\"}");
  g_autoptr (GError) error = NULL;

  ask (fixture, 0);
  g_assert_null (amends_store_act (fixture->stores[0], &fixture->id, act, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  sync_all (fixture, 2);
  g_assert_true (server_finds (fixture, CANARY));
}

/* A laptop that is put back from a copy has another code, and is the same one: what it asked for under the
 * first it does not agree to under the second, whoever signs in. */
static void
test_recoded_device (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strdup (amends_store_get_path (fixture->stores[0]));
  g_autofree char *copy = g_strconcat (path, "-copy", NULL);
  g_autoptr (GError) error = NULL;
  AmendsSyncReport report;

  ask (fixture, 0);
  sync_all (fixture, 2);
  g_clear_pointer (&fixture->stores[0], amends_store_close);
  test_folder_copy (path, copy);
  fixture->stores[0] = test_store_open (&fixture->office.world, path);
  test_note (fixture->stores[0], &fixture->kept, "Rang back");
  test_sync (&fixture->office, fixture->stores[0]);
  amends_store_close (fixture->stores[0]);
  fixture->stores[0] = test_store_open (&fixture->office.world, copy);
  test_note (fixture->stores[0], &fixture->kept, "Wrote back");
  report = test_sync (&fixture->office, fixture->stores[0]);
  g_assert_cmpstr (report.recoded_to, !=, "");

  amends_store_add_staff (fixture->stores[0], "Ivo Second", TEST_PASSPHRASE, NULL, &error);
  g_assert_no_error (error);
  amends_store_lock (fixture->stores[0]);
  amends_store_unlock (fixture->stores[0], "Ivo Second", TEST_PASSPHRASE, &error);
  g_assert_no_error (error);
  agree (fixture, 0);
  sync_all (fixture, 2);
  g_assert_true (server_finds (fixture, CANARY));
}

/* A device that was away for long comes back with work of its own on the case: that is taken, what was erased is
 * erased there, and what it wrote since is there for people to see. */
static void
test_late_device (Fixture *fixture, gconstpointer data)
{
  g_autofree char *shown = NULL;

  ask (fixture, 0);
  sync_all (fixture, 2);
  test_note (fixture->stores[2], &fixture->id, "Written while away");
  agree (fixture, 1);
  test_sync (&fixture->office, fixture->stores[1]);
  test_sync (&fixture->office, fixture->stores[0]);
  g_assert_true (finds (fixture->stores[2], CANARY));
  sync_all (fixture, 2);
  assert_nowhere (fixture);
  shown = test_show (fixture->stores[0], &fixture->id);
  g_assert_nonnull (strstr (shown, "Written while away"));
}

/* The server is put back to a backup from before the erasure: its ledger erases again before it serves, also
 * what devices hand in. */
static void
test_restored_server (Fixture *fixture, gconstpointer data)
{
  test_office_back_up (&fixture->office);
  erase_by_two (fixture);
  test_office_restore (&fixture->office);
  g_assert_false (server_finds (fixture, CANARY));
  sync_all (fixture, 3);
  for (guint i = 0; i < N_DEVICES; i++)
    g_assert_false (finds (fixture->stores[i], CANARY));
  assert_erased_on (fixture, 3, 3);
  test_office_assert_whole (&fixture->office);
}

/* As that, where the ledger was lost with the disk: who has read of the erasure hands it in, and it is done again. */
static void
test_ledger_lost (Fixture *fixture, gconstpointer data)
{
  const char *folder = amends_server_get_folder (fixture->office.server);
  g_autofree char *path = g_build_filename (folder, "erasures", NULL);

  test_office_back_up (&fixture->office);
  erase_by_two (fixture);
  sync_all (fixture, 2);
  g_assert_cmpint (g_unlink (path), ==, 0);
  test_office_restore (&fixture->office);
  g_assert_true (server_finds (fixture, CANARY));
  sync_all (fixture, 3);
  assert_nowhere (fixture);
  assert_erased_on (fixture, 3, 3);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* As that, of a backup from before the case itself: devices that still hold it hand it in, and it stays
 * erased. */
static void
test_handed_in_again (Fixture *fixture, gconstpointer data)
{
  AmendsStore *fresh;

  fixture->id = test_record (fixture->stores[0], CANARY " the second", "No water");
  test_office_back_up (&fixture->office);
  sync_all (fixture, 2);
  erase_by_two (fixture);
  test_office_restore (&fixture->office);
  g_assert_true (finds (fixture->stores[2], CANARY " the second"));
  test_sync (&fixture->office, fixture->stores[2]);
  g_assert_false (finds (fixture->stores[2], CANARY " the second"));
  sync_all (fixture, 3);
  fresh = test_office_enrol (&fixture->office, "Office D", "staff", "s.oak");
  test_sync (&fixture->office, fresh);
  g_assert_false (finds (fresh, CANARY " the second"));
  test_assert_whole (fresh);
  amends_store_close (fresh);
  for (guint i = 0; i < N_DEVICES; i++)
    g_assert_false (finds (fixture->stores[i], CANARY " the second"));
  test_office_assert_whole (&fixture->office);
}

/* An image of a device from before the erasure is put back: at its first contact it erases. */
static void
test_restored_device (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strdup (amends_store_get_path (fixture->stores[2]));
  g_autofree char *image = g_strconcat (path, "-image", NULL);

  test_folder_copy (path, image);
  erase_by_two (fixture);
  sync_all (fixture, 2);
  assert_nowhere (fixture);

  g_clear_pointer (&fixture->stores[2], amends_store_close);
  fixture->stores[2] = test_store_open (&fixture->office.world, image);
  g_assert_true (finds (fixture->stores[2], CANARY));
  test_sync (&fixture->office, fixture->stores[2]);
  test_sync (&fixture->office, fixture->stores[2]);
  g_assert_false (finds (fixture->stores[2], CANARY));
  test_assert_whole (fixture->stores[2]);
  test_office_assert_whole (&fixture->office);
}

/* An administrator alone, with a reason. */
static void
test_administrator (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ids = NULL;
  g_autoptr (GPtrArray) events = amends_log_read_stream (fixture->stores[0], &fixture->id, NULL);
  g_autoptr (GString) list = g_string_new (NULL);
  json_auto_t *done = NULL;

  for (guint i = 0; i < events->len; i++)
    {
      g_autofree char *id = amends_id_format (&((AmendsEvent *) g_ptr_array_index (events, i))->id);

      g_string_append_printf (list, "%s%s", i > 0 ? "," : "", id);
    }
  g_assert_null (amends_server_erase (fixture->office.server, list->str, "", &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (amends_server_erase (fixture->office.server, list->str, "no text: \xff", &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (amends_server_erase (fixture->office.server, "0.1", "why not", &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (amends_server_erase (fixture->office.server, "zz.1", "why not", &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (amends_server_erase (fixture->office.server, "3F.999999", "why not", &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  done = amends_server_erase (fixture->office.server, list->str, "court order", &error);
  g_assert_no_error (error);
  g_assert_cmpint (json_integer_value (json_object_get (done, "erased")), ==, events->len);
  sync_all (fixture, 2);
  assert_nowhere (fixture);
  assert_erased_on (fixture, 3, 3);
}

/* A line is cut at every exchange: whoever is cut off asks again, and it comes to the same. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  ask (fixture, 0);
  sync_all (fixture, 2);
  agree (fixture, 1);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (TestLine) line = test_line_new (&fixture->office);
      g_autoptr (GError) failure = NULL;

      test_line_set_fault (line, TEST_FAULT_CUT_DOWN, 40 + 300 * i);
      line->n_sound = i % 3;
      amends_store_lock (fixture->stores[1]);
      g_assert_true (amends_store_unlock (fixture->stores[1], NULL, TEST_PASSPHRASE, NULL));
      amends_sync_run (fixture->stores[1], &line->base, NULL, NULL, &(AmendsSyncReport){ 0 },
                       &failure);
    }
  sync_all (fixture, 2);
  assert_nowhere (fixture);
  assert_erased_on (fixture, 3, 3);
}

/* The ledger is cut in the middle of a line by a crash: what is whole counts, and the next line is one of its
 * own. */
static void
test_ledger (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      g_build_filename (amends_server_get_folder (fixture->office.server), "erasures", NULL);
  g_autofree char *before = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *after = NULL;

  erase_by_two (fixture);
  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  g_assert_null (strstr (before, CANARY));
  cut = g_strconcat (before, "\n{\"events\":[\"3F", NULL);
  g_assert_true (g_file_set_contents (path, cut, -1, NULL));
  test_office_restart (&fixture->office);
  fixture->id = fixture->kept;
  erase_by_two (fixture);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_true (g_str_has_prefix (after, cut));
  test_office_restart (&fixture->office);
  sync_all (fixture, 2);
  for (guint i = 0; i < N_DEVICES; i++)
    g_assert_false (finds (fixture->stores[i], KEPT));
  g_assert_false (server_finds (fixture, KEPT));
}

/* Its file is written anew once for an erasure, and not at every start from then on: with a landlord's films in
 * it that takes hours. */
static void
test_opened_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      g_build_filename (amends_server_get_folder (fixture->office.server), "server.db", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize n_before, n_after;

  erase_by_two (fixture);
  test_office_restart (&fixture->office);
  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  test_office_restart (&fixture->office);
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
}

static gboolean (*scrub_of_store) (AmendsServerStore *, GError **);
static guint n_scrubs;

static gboolean
count_scrub (AmendsServerStore *store, GError **error)
{
  n_scrubs++;
  return scrub_of_store (store, error);
}

/* Nor once for each line that the ledger has and the store has not. */
static void
test_ledger_once (Fixture *fixture, gconstpointer data)
{
  AmendsServer *server = fixture->office.server;
  g_autofree char *path = g_build_filename (amends_server_get_folder (server), "erasures", NULL);
  g_autofree char *first = amends_id_format (&fixture->id);
  g_autofree char *second = amends_id_format (&fixture->kept);
  g_autofree char *lines = g_strdup_printf ("{\"reason\":\"a\",\"events\":[\"%s\"]}\n"
                                            "{\"reason\":\"b\",\"events\":[\"%s\"]}\n",
                                            first, second);
  json_auto_t *list = NULL;

  if (server->store->scrub == NULL)
    {
      g_test_skip ("its store is a database, whose administrator does it");
      return;
    }
  g_assert_true (g_file_set_contents (path, lines, -1, NULL));
  n_scrubs = 0;
  scrub_of_store = server->store->scrub;
  server->store->scrub = count_scrub;
  g_assert_true (amends_server_follow_ledger (server, NULL));
  server->store->scrub = scrub_of_store;
  g_assert_cmpuint (n_scrubs, ==, 1);
  list = amends_server_list_erasures (server, NULL);
  g_assert_cmpuint (json_array_size (list), ==, 2);
}

/* Does what a lost log says was erased. */
static void
erase_again (AmendsServer *server, const json_t *body)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  g_autoptr (GPtrArray) marks =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  g_autoptr (GError) error = NULL;
  AmendsServerLog log = { 0 };

  g_assert_true (amends_server_work_begin (&work, server->store, AMENDS_SERVER_WRITE, &error));
  g_assert_true (amends_server_log_begin (&log, server, &error));
  amends_server_erase_again (&log, body, marks, &error);
  g_assert_no_error (error);
  g_assert_true (amends_server_log_end (&log, &error));
  g_assert_true (amends_server_mark_erased (server, marks, &error));
  g_assert_true (amends_server_work_commit (&work, &error));
}

/* What may not be erased, in the ledger or a lost log, is passed over: it keeps neither the server from opening nor a
 * device from its exchange. */
static void
test_not_of_case (Fixture *fixture, gconstpointer data)
{
  AmendsServer *server = fixture->office.server;
  g_autofree char *path = g_build_filename (amends_server_get_folder (server), "erasures", NULL);
  g_autofree char *first = amends_id_format (&fixture->id);
  g_autofree char *second = amends_id_format (&fixture->kept);
  g_autofree char *line =
      g_strdup_printf ("{\"reason\":\"a\",\"events\":[\"0.1\",\"%s\"]}\n", first);
  json_auto_t *body = json_pack ("{s:s, s:[s, s]}", "reason", "b", "events", "0.1", second);
  json_auto_t *list = NULL;
  json_t *last;
  gsize n;

  g_assert_true (g_file_set_contents (path, line, -1, NULL));
  test_office_restart (&fixture->office);
  erase_again (fixture->office.server, body);
  list = amends_server_list_erasures (fixture->office.server, NULL);
  g_assert_cmpuint (json_array_size (list), ==, 2);
  json_array_foreach (list, n, last)
    g_assert_cmpuint (json_array_size (json_object_get (last, "events")), ==, 1);
  test_office_assert_whole (&fixture->office);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

/* A list of what was agreed that says nothing of the kind is told, and nothing else is made of it. */
static void
test_agreed_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsErasure) due = NULL;
  g_autoptr (GHashTable) asked = g_hash_table_new (amends_id_hash, amends_id_equal);
  g_autoptr (GError) error = NULL;

  g_assert_true (amends_meta_set (fixture->stores[0], "erasures-agreed", "{}", 2, NULL));
  g_assert_false (amends_erasure_get_due (fixture->stores[0], asked, &due, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/erasure/erased", test_erased);
  ADD ("/erasure/two-devices", test_two_devices);
  ADD ("/erasure/recoded-device", test_recoded_device);
  ADD ("/erasure/late-device", test_late_device);
  ADD ("/erasure/restored-server", test_restored_server);
  ADD ("/erasure/ledger-lost", test_ledger_lost);
  ADD ("/erasure/handed-in-again", test_handed_in_again);
  ADD ("/erasure/restored-device", test_restored_device);
  ADD ("/erasure/administrator", test_administrator);
  ADD ("/erasure/cut", test_cut);
  ADD ("/erasure/ledger", test_ledger);
  ADD ("/erasure/opened-again", test_opened_again);
  ADD ("/erasure/not-of-case", test_not_of_case);
  ADD ("/erasure/ledger-once", test_ledger_once);
  ADD ("/erasure/agreed-damaged", test_agreed_damaged);
  return g_test_run ();
}
