/* world.c: a clock, random numbers and a disk that a test holds in its hand
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "support/world.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

static gint64
world_now (gpointer user_data)
{
  return ((TestWorld *) user_data)->now;
}

/**
 * test_world_mix:
 * @state: (inout): the seed at first
 *
 * SplitMix64: as many numbers as wanted from one seed, the same on every machine.
 * Returns: the next of them
 */
guint64
test_world_mix (guint64 *state)
{
  guint64 mixed = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  mixed = (mixed ^ (mixed >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  mixed = (mixed ^ (mixed >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return mixed ^ (mixed >> 31);
}

static void
world_random (guint8 *bytes, gsize n_bytes, gpointer user_data)
{
  TestWorld *self = user_data;

  for (gsize i = 0; i < n_bytes; i++)
    bytes[i] = (guint8) (test_world_mix (&self->state) >> 24);
}

/**
 * test_world_init:
 * @self: (out): a world at %TEST_NOW, its random numbers from g_test's printed seed, in which a
 *   passphrase costs nothing
 */
void
test_world_init (TestWorld *self)
{
  g_assert_cmpint (sodium_init (), >=, 0);
  self->environment = (AmendsEnvironment){ .now = world_now,
                                           .random = world_random,
                                           .user_data = self,
                                           .stretch_ops = crypto_pwhash_OPSLIMIT_MIN,
                                           .stretch_mem = crypto_pwhash_MEMLIMIT_MIN };
  self->now = TEST_NOW;
  self->state = (guint64) (guint32) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();
}

/**
 * test_world_pass:
 * @seconds: how far the clock goes; back if negative
 */
void
test_world_pass (TestWorld *self, gint64 seconds)
{
  self->now += seconds * G_USEC_PER_SEC;
}

/**
 * test_folder_new:
 *
 * Returns: (transfer full): the path of a new, empty folder
 */
TestFolder *
test_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("amends-test-XXXXXX", &error);

  g_assert_no_error (error);
  return path;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

/**
 * test_folder_remove:
 * @path: (nullable) (transfer full): what test_folder_new() gave
 */
void
test_folder_remove (TestFolder *path)
{
  if (path != NULL)
    remove_tree (path);
  g_free (path);
}

/**
 * test_folder_copy:
 * @from: a folder
 * @to: a path; what is there is replaced
 */
void
test_folder_copy (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  remove_tree (to);
  g_assert_cmpint (g_mkdir (to, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *contents = NULL;
      g_autoptr (GError) error = NULL;
      gsize n_bytes;

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        {
          test_folder_copy (source, target);
          continue;
        }
      g_file_get_contents (source, &contents, &n_bytes, &error);
      g_assert_no_error (error);
      g_file_set_contents_full (target, contents, (gssize) n_bytes, G_FILE_SET_CONTENTS_NONE, 0600,
                                &error);
      g_assert_no_error (error);
    }
}

static void
list_tree (const char *path, GPtrArray *paths)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_DIR) ? g_dir_open (path, 0, NULL) : NULL;
  const char *name;

  g_ptr_array_add (paths, g_strdup (path));
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      list_tree (child, paths);
    }
}

/**
 * test_folder_list:
 *
 * Returns: (transfer full) (element-type filename): the folder and everything in it
 */
GPtrArray *
test_folder_list (const char *path)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  list_tree (path, paths);
  return paths;
}

/**
 * test_folder_contains:
 *
 * Returns: whether some file in the folder, or its name, holds @bytes
 */
gboolean
test_folder_contains (const char *path, const char *bytes, gsize n_bytes)
{
  g_autoptr (GPtrArray) paths = test_folder_list (path);

  for (guint i = 0; i < paths->len; i++)
    {
      const char *file = g_ptr_array_index (paths, i);
      g_autofree char *contents = NULL;
      gsize n_contents = 0;

      if (memmem (file, strlen (file), bytes, n_bytes) != NULL)
        return TRUE;
      if (!g_file_test (file, G_FILE_TEST_IS_REGULAR))
        continue;
      g_assert_true (g_file_get_contents (file, &contents, &n_contents, NULL));
      if (memmem (contents, n_contents, bytes, n_bytes) != NULL)
        return TRUE;
    }
  return FALSE;
}
