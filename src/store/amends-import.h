/* amends-import.h: what a landlord has already, taken into the log: all of a file or none
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-import.h"
#include "store/amends-store.h"

G_BEGIN_DECLS

/**
 * AmendsImportedRow:
 * @line: of the file
 * @key: as the landlord knows it
 * @id: of its stream, where it was applied
 * @reference: (nullable): of a case, the same
 * @warnings: (element-type utf8): sentences for a person: taken all the same
 */
typedef struct
{
  guint line;
  char *key;
  AmendsId id;
  char *reference;
  GPtrArray *warnings;
} AmendsImportedRow;

/**
 * AmendsImported:
 * @is_applied: whether all of it is in the log, durably; else none of it is
 * @rows: (element-type AmendsImportedRow): what is new
 * @n_already_here: rows that say what is here
 * @n_updated: rows of a register's entries that are here and of which something else is recorded now
 * @changed: (element-type AmendsImportProblem): rows of cases that are here and say something else: they are left
 *   as they are
 */
typedef struct
{
  gboolean is_applied;
  GPtrArray *rows;
  guint n_already_here;
  guint n_updated;
  GPtrArray *changed;
} AmendsImported;

void amends_imported_free (AmendsImported *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsImported, amends_imported_free)

/**
 * AmendsImportFunc:
 * @n_done: rows that were gone through
 * @n_rows: all of them
 *
 * Returns: whether to go on
 */
typedef gboolean (*AmendsImportFunc) (guint n_done, guint n_rows, gpointer user_data);

AmendsImported *amends_store_import (AmendsStore *self,
                                     const AmendsImport *import,
                                     gboolean may_apply,
                                     AmendsImportFunc said,
                                     gpointer user_data,
                                     GPtrArray *problems,
                                     GError **error);

G_END_DECLS
