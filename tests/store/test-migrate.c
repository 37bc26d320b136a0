/* test-migrate.c: a store of each version of the kept tables opens in this one, whole, with all in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/fixtures/stores/device-NNN was written by the program of that version and is never written anew:
 * three cases. */

#include <glib/gstdio.h>
#include <string.h>

#include "support/device.h"

static const char *const versions[] = { "001" };

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = g_strconcat ("device-", data, NULL);
  g_autofree char *source =
      g_test_build_filename (G_TEST_DIST, "tests", "fixtures", "stores", name, NULL);

  test_world_init (&fixture->world);
  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "store", NULL);
  test_folder_copy (source, fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->path);
  test_folder_remove (fixture->folder);
}

static void
test_opens (Fixture *fixture, gconstpointer data)
{
  AmendsStore *store = test_store_open (&fixture->world, fixture->path);
  g_autofree char *list = test_list (store);
  AmendsId id;

  test_assert_whole (store);
  for (int i = 1; i <= 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %d", i);

      g_assert_nonnull (strstr (list, name));
    }

  /* It goes on from there, and is this version's from now on. */
  id = test_record (store, "Wren Ashdown", "No heating");
  test_note (store, &id, "Rang back");
  test_assert_whole (store);
  store = test_store_reopen (store, &fixture->world);
  test_assert_whole (store);
  amends_store_close (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *path = g_strconcat ("/migrate/device-", versions[i], NULL);

      g_test_add (path, Fixture, versions[i], set_up, test_opens, tear_down);
    }
  return g_test_run ();
}
