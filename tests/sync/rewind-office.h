/* rewind-office.h: an office in which devices and the server are put back to what they were
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "support/office.h"

static inline guint
count_notes (AmendsStore *store, const AmendsId *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsCase) complaint = amends_store_get_case (store, id, &error);

  g_assert_no_error (error);
  return amends_case_get_n_notes (complaint);
}

/* All hold the same, all is proven, and of the notes in the common case none is lost and none is there
 * twice. */
static inline void
assert_whole (TestThree *fixture, guint n_notes)
{
  g_autofree char *first = test_state_hash (fixture->stores[0]);

  for (guint i = 0; i < TEST_THREE; i++)
    {
      g_autofree char *hash = test_state_hash (fixture->stores[i]);

      g_assert_cmpstr (hash, ==, first);
      g_assert_cmpuint (count_notes (fixture->stores[i], &fixture->id), ==, n_notes);
      test_assert_whole (fixture->stores[i]);
    }
  test_office_assert_whole (&fixture->office);
}

static inline void
note (TestThree *fixture, guint i, const char *text)
{
  test_note (fixture->stores[i], &fixture->id, text);
}

static inline char *
copy_of (TestThree *fixture, guint i)
{
  char *copy = g_build_filename (fixture->office.folder, "old-copy", NULL);

  test_folder_copy (amends_store_get_path (fixture->stores[i]), copy);
  return copy;
}

static inline void
put_back (TestThree *fixture, guint i, const char *copy)
{
  g_autofree char *path = g_strdup (amends_store_get_path (fixture->stores[i]));

  g_clear_pointer (&fixture->stores[i], amends_store_close);
  test_folder_copy (copy, path);
  fixture->stores[i] = test_store_open (&fixture->office.world, path);
}
