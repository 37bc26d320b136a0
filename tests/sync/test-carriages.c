/* test-carriages.c: who carried away what waits at a kiosk is written down, sealed, and read where the records are
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Against a real server in the process. */

#include "store/amends-carriages.h"

#include <string.h>

#include "core/amends-error.h"
#include "support/office.h"
#include "sync/amends-by-hand.h"

#define CARRIER "Ines Pym"
#define STICK "OFFICE"
#define N_MAX 20

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AmendsStatus, amends_status_clear)

static const AmendsCarrier carrier = { { "2M", 7 }, CARRIER, "oak", STICK };

/* Returns: how many of the kiosk's events are in the file, -1 where none came of it */
static int
carry (TestKiosk *fixture, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (fixture->office.folder, name, NULL);
  AmendsHandExport export;

  test_world_pass (&fixture->office.world, 60);
  return amends_hand_export (fixture->kiosk, path, &carrier, NULL, NULL, &export, error)
             ? (int) export.n_events
             : -1;
}

static void
give_to_server (TestKiosk *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->office.folder, name, NULL);
  g_autoptr (GError) error = NULL;
  json_auto_t *result = amends_server_import_bundle (fixture->office.server, path, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (json_is_null (json_object_get (result, "refused")));
}

static GPtrArray *
list (AmendsStore *store, guint n_max)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *carriages = amends_store_list_carriages (store, n_max, &error);

  g_assert_no_error (error);
  return carriages;
}

static guint
count_sealed (AmendsStore *store)
{
  g_auto (AmendsStatus) status = { 0 };

  g_assert_true (amends_store_get_status (store, &status, NULL));
  return status.n_sealed;
}

/* It is in the very file that it tells of: the server's list has it before the kiosk is in touch again. It is no record
 * and no case, the kiosk cannot open it, and nothing of what was said is in it. */
static void
test_in_the_file (TestKiosk *fixture, gconstpointer data)
{
  gint64 oldest_at = fixture->office.world.now;
  g_autoptr (GPtrArray) carriages = NULL;
  g_autoptr (GPtrArray) unseen = NULL;
  g_autoptr (GError) error = NULL;
  const AmendsCarriage *carriage;
  json_auto_t *json = NULL;
  guint64 n_cases;

  test_record (fixture->kiosk, "Wren Ashdown", "The lift stops between floors");
  test_world_pass (&fixture->office.world, 3600);
  test_record (fixture->kiosk, "Wren Ashdown", "The lights are out");
  g_assert_cmpint (carry (fixture, "out", &error), >, 2);
  g_assert_no_error (error);
  g_assert_cmpuint (count_sealed (fixture->kiosk), ==, 2);
  unseen = list (fixture->kiosk, N_MAX);
  g_assert_cmpuint (unseen->len, ==, 0);

  give_to_server (fixture, "out");
  test_sync (&fixture->office, fixture->laptop);
  n_cases = amends_store_count_cases (fixture->laptop, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_cases, ==, 2);
  carriages = list (fixture->laptop, N_MAX);
  g_assert_cmpuint (carriages->len, ==, 1);
  carriage = g_ptr_array_index (carriages, 0);
  g_assert_cmpstr (carriage->code, ==, amends_store_get_identity (fixture->kiosk)->code);
  g_assert_cmpstr (carriage->device, ==, amends_store_get_identity (fixture->kiosk)->name);
  g_assert_true (amends_id_equal (&carriage->staff, &carrier.staff));
  g_assert_cmpstr (carriage->name, ==, CARRIER);
  g_assert_cmpstr (carriage->scheme, ==, "oak");
  g_assert_cmpstr (carriage->stick, ==, STICK);
  g_assert_cmpuint (carriage->n_records, ==, 2);
  g_assert_cmpint (carriage->oldest_at, ==, oldest_at / G_USEC_PER_SEC * G_USEC_PER_SEC);
  g_assert_cmpint (carriage->at, >, carriage->oldest_at + (gint64) 3600 * G_USEC_PER_SEC);
  g_assert_false (carriage->is_failed);
  json = amends_carriage_to_json (carriage);
  g_assert_cmpuint (json_object_size (json), ==, 10);
  test_assert_whole (fixture->kiosk);
  test_assert_whole (fixture->laptop);
}

/* Over the network as well it is there once, and a list that is built anew has it. */
static void
test_once (TestKiosk *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) carriages = NULL;
  g_autoptr (GPtrArray) rebuilt = NULL;
  g_autoptr (GError) error = NULL;
  AmendsRebuilt counts;

  test_record (fixture->kiosk, "Wren Ashdown", "The lift stops between floors");
  g_assert_cmpint (carry (fixture, "out", &error), >, 0);
  test_sync (&fixture->office, fixture->kiosk);
  give_to_server (fixture, "out");
  test_sync (&fixture->office, fixture->laptop);
  carriages = list (fixture->laptop, N_MAX);
  g_assert_cmpuint (carriages->len, ==, 1);
  g_assert_true (amends_store_rebuild (fixture->laptop, &counts, &error));
  g_assert_cmpuint (counts.n_cases, ==, 1);
  rebuilt = list (fixture->laptop, N_MAX);
  g_assert_cmpuint (rebuilt->len, ==, 1);
  g_assert_cmpuint (count_sealed (fixture->kiosk), ==, 0);
}

/* Whoever writes to a stick when nothing waits carries nothing; nor does a device of staff name anybody. */
static void
test_nothing_waits (TestKiosk *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) carriages = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (carry (fixture, "out", &error), ==, 0);
  g_assert_no_error (error);
  test_sync (&fixture->office, fixture->kiosk);
  test_sync (&fixture->office, fixture->laptop);
  carriages = list (fixture->laptop, N_MAX);
  g_assert_cmpuint (carriages->len, ==, 0);
}

/* Of a stick that takes nothing it is said that nothing was carried; the next is another. The newest comes first. */
static void
test_failed (TestKiosk *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) carriages = NULL;
  g_autoptr (GPtrArray) newest = NULL;
  g_autoptr (GError) error = NULL;
  static const gboolean is_failed[] = { FALSE, TRUE };

  test_record (fixture->kiosk, "Wren Ashdown", "The lift stops between floors");
  g_assert_cmpint (carry (fixture, "no-such-stick/out", &error), ==, -1);
  g_assert_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_WRITE);
  g_clear_error (&error);
  g_assert_cmpuint (count_sealed (fixture->kiosk), ==, 1);
  g_assert_cmpint (carry (fixture, "out", &error), >, 0);
  give_to_server (fixture, "out");
  test_sync (&fixture->office, fixture->laptop);

  carriages = list (fixture->laptop, N_MAX);
  g_assert_cmpuint (carriages->len, ==, G_N_ELEMENTS (is_failed));
  for (guint i = 0; i < G_N_ELEMENTS (is_failed); i++)
    {
      const AmendsCarriage *carriage = g_ptr_array_index (carriages, i);

      g_assert_cmpint (carriage->is_failed, ==, is_failed[i]);
      g_assert_cmpstr (carriage->name, ==, CARRIER);
      g_assert_cmpuint (carriage->n_records, ==, 1);
    }
  newest = list (fixture->laptop, 1);
  g_assert_cmpuint (newest->len, ==, 1);
  g_assert_false (((const AmendsCarriage *) g_ptr_array_index (newest, 0))->is_failed);
}

/* What is damaged on the disk, and older than what is asked for, is not read. */
static void
test_newest (TestKiosk *fixture, gconstpointer data)
{
  const char *code = amends_store_get_identity (fixture->kiosk)->code;
  g_autofree char *sql = NULL;
  g_autoptr (GPtrArray) carriages = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  test_record (fixture->kiosk, "Wren Ashdown", "The lift stops between floors");
  g_assert_cmpint (carry (fixture, "first", &error), >, 0);
  g_assert_cmpint (carry (fixture, "second", &error), >, 0);
  give_to_server (fixture, "second");
  test_sync (&fixture->office, fixture->laptop);
  all = list (fixture->laptop, N_MAX);
  g_assert_cmpuint (all->len, ==, 2);
  /* The last but one: nothing else was written between the two. */
  sql = g_strdup_printf ("UPDATE event SET sealed = zeroblob (length (sealed)) WHERE code = '%s'"
                         " AND number = (SELECT max (number) - 1 FROM event WHERE code = '%s')",
                         code, code);
  g_assert_true (amends_db_exec (amends_store_get_db (fixture->laptop), sql, &error));

  carriages = list (fixture->laptop, 1);
  g_assert_cmpuint (carriages->len, ==, 1);
  g_clear_pointer (&all, g_ptr_array_unref);
  all = amends_store_list_carriages (fixture->laptop, N_MAX, &error);
  g_assert_null (all);
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED);
}

/* Where it cannot be written down nothing is carried. */
static void
test_not_unnamed (TestKiosk *fixture, gconstpointer data)
{
  const AmendsCarrier elsewhere = { { "2M", 7 }, CARRIER, "elm", STICK };
  g_autofree char *path = g_build_filename (fixture->office.folder, "out", NULL);
  g_autoptr (GError) error = NULL;
  AmendsHandExport export;

  test_record (fixture->kiosk, "Wren Ashdown", "The lift stops between floors");
  g_assert_false (
      amends_hand_export (fixture->kiosk, path, &elsewhere, NULL, NULL, &export, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_assert_cmpstr (amends_error_get_field (error), ==, "scheme");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add (name, TestKiosk, NULL, test_kiosk_set_up, function, test_kiosk_tear_down)
  ADD ("/carriages/in-the-file", test_in_the_file);
  ADD ("/carriages/once", test_once);
  ADD ("/carriages/nothing-waits", test_nothing_waits);
  ADD ("/carriages/failed", test_failed);
  ADD ("/carriages/newest", test_newest);
  ADD ("/carriages/not-unnamed", test_not_unnamed);
  return g_test_run ();
}
