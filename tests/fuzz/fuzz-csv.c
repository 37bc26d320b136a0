/* fuzz-csv.c: comma-separated values from outside
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-csv.h"
#include "core/amends-import.h"
#include "fuzz/fuzz.h"

/* Whatever a file is taken for, and whatever its columns are chosen to be. */
static void
check_kind (AmendsRegisterKind kind, const GPtrArray *rows)
{
  const char *const *usual = amends_import_get_usual (kind);

  for (int is_chosen = 0; is_chosen < 2; is_chosen++)
    {
      g_autoptr (GPtrArray) problems =
          g_ptr_array_new_with_free_func ((GDestroyNotify) amends_import_problem_free);
      g_autoptr (AmendsImport) import =
          amends_import_new (kind, rows, is_chosen ? usual : NULL, problems);

      for (guint i = 0; i < import->rows->len; i++)
        {
          const AmendsImportRow *one = g_ptr_array_index (import->rows, i);

          g_assert_true (json_is_object (one->said) && json_is_array (one->acts));
          g_assert_true (kind == AMENDS_REGISTER_CASES || json_array_size (one->acts) == 0);
        }
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = amends_csv_parse (bytes, &error);
  guint line = 0;

  g_assert_true ((rows == NULL) == (error != NULL));
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const AmendsCsvRow *row = g_ptr_array_index (rows, i);

      /* Each begins below the one before, and is text. */
      g_assert_cmpuint (row->line, >, line);
      line = row->line;
      g_assert_cmpuint (row->cells->len, >, 0);
      g_assert_cmpuint (row->cells->len, <=, AMENDS_CSV_MAX_COLUMNS);
      for (guint n = 0; n < row->cells->len; n++)
        g_assert_true (g_utf8_validate (g_ptr_array_index (row->cells, n), -1, NULL));
    }
  for (int kind = 0; rows != NULL && kind < AMENDS_REGISTER_N_IMPORTED; kind++)
    check_kind ((AmendsRegisterKind) kind, rows);
  return 0;
}
