/* test-admin.c: grants, and a restore over what a killed one left
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <sodium.h>
#include <sqlite3.h>

#include "client.h"
#include "core/amends-error.h"
#include "server/amends-server-private.h"
#include "store/amends-db.h"
#include "support/database.h"

/* What the device may do, as "ctl R, s.oak RW". */
static char *
describe_access (TestWorld *world, const char *code)
{
  json_t *devices = amends_server_list_devices (world->server, NULL);
  GString *text = g_string_new (NULL);
  json_t *device;
  json_t *feed;
  gsize i, n;

  json_array_foreach (devices, i, device)
    if (g_str_equal (json_string_value (json_object_get (device, "code")), code))
      json_array_foreach (json_object_get (device, "feeds"), n, feed)
        g_string_append_printf (text, "%s%s %s%s", n > 0 ? ", " : "",
                                json_string_value (json_object_get (feed, "feed")),
                                json_is_true (json_object_get (feed, "read")) ? "R" : "",
                                json_is_true (json_object_get (feed, "write")) ? "W" : "");
  json_decref (devices);
  return g_string_free (text, FALSE);
}

/* A grant gives what it names, and nothing back that was taken. */
static void
test_grant (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) kiosk = test_device_new (world, "kiosk", "s.oak");
  g_autoptr (GError) error = NULL;
  g_autofree char *access = NULL;
  g_autofree char *kiosk_access = NULL;

  g_assert_true (amends_server_ungrant (world->server, device->code, "staff", &error));
  g_assert_true (amends_server_ungrant (world->server, device->code, "k.oak", &error));
  g_assert_true (amends_server_grant (world->server, device->code, "s.elm", &error));
  g_assert_true (amends_server_grant (world->server, device->code, "r.oak", &error));
  g_assert_no_error (error);
  access = describe_access (world, device->code);
  g_assert_cmpstr (access, ==,
                   "c.elm W, c.oak W, ctl R, k.elm RW, r.elm W, r.oak RW, s.elm RW, s.oak RW");
  g_assert_false (amends_server_grant (world->server, kiosk->code, "staff", &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  kiosk_access = describe_access (world, kiosk->code);
  g_assert_cmpstr (kiosk_access, ==, "ctl R, k.oak R, s.oak W");
}

/* What goes with a feed takes nothing: who reads r.oak goes on reading it when s.oak is given again, and what was
 * taken is not given again by an exchange. */
static void
test_grant_again (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) lead = test_device_new (world, "staff", "s.oak,r.oak");
  g_autoptr (AmendsReplyHead) reply = NULL;
  g_autofree char *access = NULL;

  g_assert_true (amends_server_ungrant (world->server, lead->code, "c.oak", NULL));
  reply = test_device_send (lead, 0, 0);
  access = describe_access (world, lead->code);
  g_assert_cmpstr (access, ==, "ctl R, k.oak RW, r.oak RW, s.oak RW, staff RW");

  g_assert_true (amends_server_ungrant (world->server, lead->code, "s.oak", NULL));
  g_free (access);
  access = describe_access (world, lead->code);
  g_assert_cmpstr (access, ==, "ctl R, k.oak RW, r.oak RW, staff RW");
  g_assert_true (amends_server_grant (world->server, lead->code, "s.oak", NULL));
  g_free (access);
  access = describe_access (world, lead->code);
  g_assert_cmpstr (access, ==, "c.oak W, ctl R, k.oak RW, r.oak RW, s.oak RW, staff RW");
}

static gboolean
was_taken (TestWorld *world, const char *code, const char *feed)
{
  json_auto_t *list = amends_server_list_leaving (world->server, NULL);
  gsize i;
  json_t *one;

  json_array_foreach (list, i, one)
    if (g_str_equal (json_string_value (json_object_get (one, "device")), code)
        && g_str_equal (json_string_value (json_object_get (one, "feed")), feed))
      return TRUE;
  return FALSE;
}

/* As if the device had been enrolled before anything went with s.oak but k.oak. */
static void
forget_write_only (TestWorld *world)
{
  static const char sql[] = "DELETE FROM access WHERE may_write AND NOT may_read";
  g_autofree char *path = g_build_filename (world->folder, "server.db", NULL);
  sqlite3 *db = NULL;

  g_clear_pointer (&world->server, amends_server_close);
  if (world->database != NULL)
    test_database_exec (world->database, sql);
  else
    {
      g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
    }
  test_world_reopen (world);
}

static gboolean
refuse_access (AmendsServerStore *store,
               gint64 device,
               gint64 feed,
               const AmendsServerAccess *access,
               GError **error)
{
  g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL, "The disk is full");
  return FALSE;
}

/* A server whose disk is full goes on serving whom it cannot give what they lack, and gives it later. */
static void
test_enrolled_before_full (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) staff = test_device_new (world, "staff", "s.oak");
  g_autoptr (AmendsReplyHead) before = test_device_send (staff, 0, 0);
  g_autoptr (AmendsReplyHead) told = NULL;
  g_autoptr (AmendsReplyHead) later = NULL;
  g_autofree char *access = NULL;
  g_autofree char *access_later = NULL;
  AmendsServerStore whole;

  forget_write_only (world);
  whole = *world->server->store;
  world->server->store->put_access = refuse_access;
  told = test_device_send (staff, 0, 0);
  world->server->store->put_access = whole.put_access;
  g_assert_nonnull (told);
  access = describe_access (world, staff->code);
  g_assert_cmpstr (access, ==, "ctl R, k.oak RW, s.oak RW, staff RW");

  later = test_device_send (staff, 0, 0);
  access_later = describe_access (world, staff->code);
  g_assert_cmpstr (access_later, ==, "c.oak W, ctl R, k.oak RW, r.oak W, s.oak RW, staff RW");
}

/* What was said of c.oak before the device was given it holds: its next exchange gives r.oak alone. */
static void
test_ungranted_before (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (AmendsReplyHead) reply = NULL;
  g_autofree char *access = NULL;

  forget_write_only (world);
  g_assert_true (amends_server_ungrant (world->server, device->code, "c.oak", NULL));
  g_assert_true (was_taken (world, device->code, "c.oak"));
  g_assert_true (amends_server_ungrant (world->server, device->code, "c.nowhere", NULL));
  g_assert_false (was_taken (world, device->code, "c.nowhere"));
  reply = test_device_send (device, 0, 0);
  access = describe_access (world, device->code);
  g_assert_cmpstr (access, ==, "ctl R, k.oak RW, r.oak W, s.oak RW, staff RW");
}

/* Devices that were enrolled before are given at their next exchange what they lack, once; a kiosk nothing. */
static void
test_enrolled_before (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) staff = test_device_new (world, "staff", "s.oak,s.elm,r.elm");
  g_autoptr (TestDevice) kiosk = test_device_new (world, "kiosk", "k.oak");
  g_autoptr (AmendsReplyHead) before = test_device_send (staff, 0, 0);
  g_autoptr (AmendsReplyHead) told = NULL;
  g_autoptr (AmendsReplyHead) again = NULL;
  g_autoptr (AmendsReplyHead) at_kiosk = NULL;
  g_autofree char *access = NULL;
  g_autofree char *kiosk_access = NULL;
  guint n_heard;

  forget_write_only (world);
  g_assert_true (amends_server_grant (world->server, kiosk->code, "s.oak", NULL));
  n_heard = test_device_count (staff, "0");
  told = test_device_send (staff, 0, 0);
  access = describe_access (world, staff->code);
  g_assert_cmpstr (access, ==,
                   "c.elm W, c.oak W, ctl R, k.elm RW, k.oak RW, r.elm RW, r.oak W, s.elm RW, "
                   "s.oak RW, staff RW");
  /* In the same reply: the kiosk's grant, and the three that it lacked. */
  g_assert_cmpuint (test_device_count (staff, "0"), ==, n_heard + 4);

  again = test_device_send (staff, 0, 0);
  g_assert_cmpuint (test_device_count (staff, "0"), ==, n_heard + 4);
  at_kiosk = test_device_send (kiosk, 0, 0);
  kiosk_access = describe_access (world, kiosk->code);
  g_assert_cmpstr (kiosk_access, ==, "ctl R, k.oak R, s.oak W");

  test_device_write (staff, "c.oak", 1);
  test_device_write (staff, "r.oak", 1);
  g_clear_pointer (&again, amends_reply_head_free);
  again = test_device_send (staff, 1, 2);
  g_assert_cmpuint (again->quarantined, ==, 0);
  test_world_assert_verified (world, 0);
}

static guint64
count_events (TestWorld *world)
{
  g_autoptr (GError) error = NULL;
  json_t *result = amends_server_verify (world->server, &error);
  guint64 n_events = (guint64) json_integer_value (json_object_get (result, "events"));

  g_assert_no_error (error);
  g_assert_true (json_is_true (json_object_get (result, "ok")));
  json_decref (result);
  return n_events;
}

/* A restore was killed: the journal it left belongs to another file than the copy made next. */
static void
test_restore_after_killed (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autofree char *backup = g_build_filename (world->folder, "backup.db", NULL);
  g_autofree char *journal = g_build_filename (world->folder, "server.db-wal", NULL);
  g_autofree char *staging = g_build_filename (world->folder, "restoring", NULL);
  g_autofree char *stale = g_build_filename (staging, "server.db-wal", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (AmendsReplyHead) before = NULL;
  g_autoptr (AmendsReplyHead) after = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_events;
  gsize n_bytes;

  test_device_write (device, "s.oak", 5);
  before = test_device_send (device, 1, 2);
  n_events = count_events (world);
  json_decref (amends_server_back_up (world->server, backup, &error));
  g_assert_no_error (error);
  after = test_device_send (device, 3, 5);
  g_file_get_contents (journal, &contents, &n_bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_bytes, >, 0);
  g_assert_cmpint (g_mkdir (staging, 0700), ==, 0);
  g_file_set_contents (stale, contents, (gssize) n_bytes, &error);
  g_assert_no_error (error);

  test_world_restore (world, backup);
  g_assert_false (g_file_test (staging, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_events (world), ==, n_events + 1); /* server.restored */
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_assert_cmpint (sodium_init (), >=, 0);

  g_test_add_func ("/admin/ungranted-before", test_ungranted_before);
  g_test_add_func ("/admin/grant", test_grant);
  g_test_add_func ("/admin/grant/again", test_grant_again);
  g_test_add_func ("/admin/grant/enrolled-before", test_enrolled_before);
  g_test_add_func ("/admin/grant/enrolled-before-full", test_enrolled_before_full);
  if (!test_database_has_cluster ()) /* a database has no journal beside it */
    g_test_add_func ("/admin/restore-after-killed", test_restore_after_killed);

  return g_test_run ();
}
