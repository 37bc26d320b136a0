/* test-migrate.c: a server's store of each version opens in this one, whole, with all in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/fixtures/stores/server-NNN was written by the program of that version and is never written anew:
 * one device, and the case that it recorded. */

#include "server/amends-server.h"
#include "support/world.h"

static const char *const versions[] = { "001" };

static void
test_opens (gconstpointer data)
{
  g_autofree char *name = g_strconcat ("server-", data, NULL);
  g_autofree char *source =
      g_test_build_filename (G_TEST_DIST, "tests", "fixtures", "stores", name, NULL);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "server", NULL);
  g_autoptr (AmendsServer) server = NULL;
  g_autoptr (GError) error = NULL;
  TestWorld world;
  json_auto_t *verified = NULL;

  test_world_init (&world);
  test_folder_copy (source, path);
  server = amends_server_open (path, &world.environment, &error);
  g_assert_no_error (error);
  verified = amends_server_verify (server, &error);
  g_assert_no_error (error);
  g_assert_true (json_is_true (json_object_get (verified, "ok")));
  g_assert_cmpint (json_integer_value (json_object_get (verified, "events")), ==, 11);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *path = g_strconcat ("/migrate/server-", versions[i], NULL);

      g_test_add_data_func (path, versions[i], test_opens);
    }
  return g_test_run ();
}
