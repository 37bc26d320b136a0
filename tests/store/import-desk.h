/* import-desk.h: a store in which spreadsheets are recorded, and what is wrong with them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <string.h>

#include "core/amends-csv.h"
#include "store/amends-import.h"
#include "support/device.h"

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  AmendsStore *store;
  GPtrArray *problems;
} Fixture;

/* @kind: of device; "staff", or "admin" for one that may write for the organisation */
static inline void
set_up_device (Fixture *fixture, const char *kind, const AmendsFeed *feeds, gsize n_feeds)
{
  g_autofree char *path = NULL;
  g_autoptr (AmendsIdentity) identity = NULL;

  test_world_init (&fixture->world);
  fixture->folder = test_folder_new ();
  path = g_build_filename (fixture->folder, "store", NULL);
  identity = test_identity_new (&fixture->world, "7K", "Office");
  g_free (identity->kind);
  identity->kind = g_strdup (kind);
  fixture->store = amends_store_create (path, &fixture->world.environment, "test", identity, feeds,
                                        n_feeds, TEST_STAFF, TEST_PASSPHRASE, NULL);
  g_assert_nonnull (fixture->store);
  fixture->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_import_problem_free);
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_assert_whole (fixture->store);
  amends_store_close (fixture->store);
  g_ptr_array_unref (fixture->problems);
  test_folder_remove (fixture->folder);
}

/* @problems: (element-type AmendsImportProblem): where what is wrong is added */
static inline AmendsImported *
import_sheet (AmendsStore *store,
              AmendsRegisterKind kind,
              const char *text,
              gboolean may_apply,
              AmendsImportFunc said,
              gpointer user_data,
              GPtrArray *problems,
              GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GPtrArray) rows = amends_csv_parse (bytes, NULL);
  g_autoptr (AmendsImport) sheet = NULL;

  g_assert_nonnull (rows);
  sheet = amends_import_new (kind, rows, NULL, problems);
  return amends_store_import (store, sheet, may_apply, said, user_data, problems, error);
}

/* Nothing was wrong with it, and so many rows are new, and so many were here. */
static inline void
assert_applied (Fixture *fixture, const AmendsImported *imported, guint n_new, guint n_already_here)
{
  for (guint i = 0; i < fixture->problems->len; i++)
    g_test_message ("%s", ((AmendsImportProblem *) fixture->problems->pdata[i])->error->message);
  g_assert_cmpuint (fixture->problems->len, ==, 0);
  g_assert_true (imported->is_applied);
  g_assert_cmpuint (imported->rows->len, ==, n_new);
  g_assert_cmpuint (imported->n_already_here, ==, n_already_here);
}
