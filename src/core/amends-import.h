/* amends-import.h: what a landlord has already, from the rows of a spreadsheet
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each row is a home, a person, a member of staff, or a running case: what an intake says, and what was done since,
 * each with its day. The columns carry the names of the fields of what they are of, or of an act after its type
 * ("case.acknowledged.on"), or one of the names that people give them ("Date received"). Nothing is guessed: what a
 * column does not say is not known. One table for each kind, amends-import-kinds.c, says what there is. */

#pragma once

#include <jansson.h>

#include "core/amends-register.h"

G_BEGIN_DECLS

/**
 * AmendsImportProblem:
 * @line: of the file
 * @column: (nullable): as its header has it, or the name of one that is missing
 * @error: what is wrong
 */
typedef struct
{
  guint line;
  char *column;
  GError *error;
} AmendsImportProblem;

/**
 * AmendsImportRow:
 * @line: of the file
 * @said: the fields of what it is; of a case as data/intake.schema.json describes it
 * @acts: what was done since, in the order in which it was done: a list of acts with their types
 */
typedef struct
{
  guint line;
  json_t *said;
  json_t *acts;
} AmendsImportRow;

/**
 * AmendsImport:
 * @kind: what the rows are
 * @columns: what each column is
 * @rows: (element-type AmendsImportRow): but for the header
 */
typedef struct
{
  AmendsRegisterKind kind;
  GPtrArray *columns;
  GPtrArray *rows;
} AmendsImport;

AmendsImport *amends_import_new (AmendsRegisterKind kind,
                                 const GPtrArray *rows,
                                 const char *const *choices,
                                 GPtrArray *problems);
void amends_import_free (AmendsImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsImport, amends_import_free)

const char *amends_import_get_word (AmendsRegisterKind kind);
gboolean amends_import_find_kind (const char *word, AmendsRegisterKind *ret_kind);
const char *const *amends_import_get_usual (AmendsRegisterKind kind);
char *amends_import_dup_template (AmendsRegisterKind kind);
char *amends_import_dup_guess (AmendsRegisterKind kind, const char *label);
char *amends_import_dup_column (const AmendsImport *self, AmendsEventType act, const char *field);
const char *amends_import_row_get_key (const AmendsImport *self, const AmendsImportRow *row);
const char *amends_import_row_get_scheme (const AmendsImport *self, const AmendsImportRow *row);
void amends_import_row_set_issue (json_t *act, const AmendsId *issues, guint n_issues);

AmendsImportProblem *amends_import_problem_new (guint line, const char *column, GError *error);
void amends_import_problem_free (AmendsImportProblem *self);

G_END_DECLS
