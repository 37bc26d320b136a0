/* amends-import-private.h: what the files of the import share
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/amends-import.h"
#include "store/amends-known.h"
#include "store/amends-log.h"
#include "store/amends-store-private.h"

G_BEGIN_DECLS

/**
 * AmendsImportWork: an import under way
 * @result: what came of it so far
 * @problems: (element-type AmendsImportProblem): what is wrong
 * @schemes: those that may be written to
 * @moment: when it began
 * @known: (element-type utf8 GArray): as amends_known_load() has it
 * @lines: (element-type utf8 guint): the same of the rows of the file
 * @no_roles: (nullable): why whoever is signed in may record no roles
 * @said: (nullable): told of each row; @user_data: for it
 */
typedef struct
{
  AmendsStore *store;
  const AmendsImport *import;
  AmendsImported *result;
  GPtrArray *problems;
  const AmendsEditions *editions;
  GStrv schemes;
  AmendsMoment moment;
  GHashTable *known;
  GHashTable *lines;
  GError *no_roles;
  AmendsImportFunc said;
  gpointer user_data;
} AmendsImportWork;

void amends_imported_row_free (AmendsImportedRow *self);
gboolean amends_import_work_note (AmendsImportWork *self,
                                  guint line,
                                  AmendsEventType act,
                                  GError *problem,
                                  GError **error);
gboolean
amends_import_work_refuse (GPtrArray *list, guint line, const char *column, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
gboolean amends_import_has_all (const json_t *said, const json_t *wanted);

/* Cases (amends-import-cases.c). */
gboolean amends_import_case_check (AmendsImportWork *self,
                                   const AmendsImportRow *one,
                                   GPtrArray *ret_problems);
gboolean amends_import_case_compare (AmendsImportWork *self,
                                     const AmendsImportRow *one,
                                     const GArray *streams,
                                     GError **error);
gboolean
amends_import_case_take_new (AmendsImportWork *self, const AmendsImportRow *one, GError **error);

/* Homes, people and staff (amends-import-entries.c). */
gboolean amends_import_entry_check (AmendsImportWork *self,
                                    const AmendsImportRow *one,
                                    GPtrArray *ret_problems);
gboolean amends_import_entry_compare (AmendsImportWork *self,
                                      const AmendsImportRow *one,
                                      const GArray *streams,
                                      GError **error);
gboolean
amends_import_entry_take_new (AmendsImportWork *self, const AmendsImportRow *one, GError **error);

G_END_DECLS
