/* test-migrate.c: a store of each version of the kept tables opens in this one, whole, with all in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/fixtures/stores/device-NNN was written by the program of that version and is never written anew:
 * three cases, and of later ones a file. */

#include <glib/gstdio.h>
#include <string.h>

#include "support/device.h"

/* Of the file that is attached. */
#define N_BYTES 4096
#define SEED 7

/* Its number, and the event that says the file. */
typedef struct
{
  const char *number;
  const char *attached; /* (nullable) */
} Version;

static const Version versions[] = {
  { "001", NULL },
  { "006", "7K.8" }, /* the last that read what it takes to carry a file from its event */
};

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const Version *version = data;
  g_autofree char *name = g_strconcat ("device-", version->number, NULL);
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

/* It can be opened, and each of its sealed chunks goes up. */
static void
assert_attached (AmendsStore *store, const char *attached)
{
  g_autoptr (GBytes) expected = test_file_bytes (N_BYTES, SEED);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GArray) hashes = NULL;
  g_autoptr (GError) error = NULL;
  json_auto_t *details = NULL;
  AmendsAttachmentState state;
  AmendsAttachment attachment;
  AmendsId id;

  g_assert_true (amends_id_parse (attached, &id, NULL));
  bytes = test_fetch (store, &id);
  g_assert_nonnull (bytes);
  g_assert_true (g_bytes_equal (bytes, expected));
  state = test_attachment_state (store, &id);
  g_assert_true (state.is_whole);
  g_assert_cmpuint (state.n_here, ==, state.n_parts);
  g_assert_cmpint (state.there_at, ==, 0);
  amends_store_get_attachment (store, &id, &attachment, &details, &error);
  g_assert_no_error (error);
  hashes = amends_store_get_chunk_hashes (store, &attachment);
  g_assert_nonnull (hashes);
  for (guint part = 0; part <= state.n_parts; part++)
    {
      g_autoptr (GBytes) chunk = amends_store_get_chunk (store, &attachment, part);

      g_assert_nonnull (chunk);
    }
}

static void
test_opens (Fixture *fixture, gconstpointer data)
{
  const Version *version = data;
  AmendsStore *store = test_store_open (&fixture->world, fixture->path);
  g_autofree char *list = test_list (store);
  AmendsId id;

  test_assert_whole (store);
  for (int i = 1; i <= 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %d", i);

      g_assert_nonnull (strstr (list, name));
    }

  if (version->attached != NULL)
    assert_attached (store, version->attached);

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
      g_autofree char *path = g_strconcat ("/migrate/device-", versions[i].number, NULL);

      g_test_add (path, Fixture, &versions[i], set_up, test_opens, tear_down);
    }
  return g_test_run ();
}
