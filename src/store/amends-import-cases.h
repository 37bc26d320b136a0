/* amends-import-cases.h: running cases taken into the log, all of them or none
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-import.h"
#include "store/amends-store.h"

G_BEGIN_DECLS

/**
 * AmendsImportedCase:
 * @line: of the file
 * @former_reference: as the landlord knew it before
 * @id: of the case, where it was applied
 * @reference: the same
 * @warnings: (element-type utf8): sentences for a person: taken all the same
 */
typedef struct
{
  guint line;
  char *former_reference;
  AmendsId id;
  char *reference;
  GPtrArray *warnings;
} AmendsImportedCase;

/**
 * AmendsImported:
 * @is_applied: whether all of it is in the log, durably; else none of it is
 * @cases: (element-type AmendsImportedCase): what is new
 * @n_already_here: rows that say what is here
 * @changed: (element-type AmendsImportProblem): rows of cases that are here and say something else: they are left
 *   as they are
 */
typedef struct
{
  gboolean is_applied;
  GPtrArray *cases;
  guint n_already_here;
  GPtrArray *changed;
} AmendsImported;

void amends_imported_free (AmendsImported *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsImported, amends_imported_free)

AmendsImported *amends_store_import_cases (AmendsStore *self,
                                           const AmendsImport *import,
                                           gboolean may_apply,
                                           GPtrArray *problems,
                                           GError **error);

G_END_DECLS
