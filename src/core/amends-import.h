/* amends-import.h: running cases from the rows of a spreadsheet
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each row is a case: what an intake says, and what was done since, each with its day. The columns carry the names of
 * the fields of an intake, or of an act after its type ("case.acknowledged.on"), or one of the names that people give
 * them ("Date received"). Nothing is guessed: what a column does not say is not known. */

#pragma once

#include <jansson.h>

#include "core/amends-event.h"

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
 * AmendsImportCase:
 * @line: of the file
 * @intake: as data/intake.schema.json describes it
 * @acts: what was done since, in the order in which it was done: a list of acts with their types
 */
typedef struct
{
  guint line;
  json_t *intake;
  json_t *acts;
} AmendsImportCase;

/**
 * AmendsImport:
 * @columns: what each column is
 * @cases: (element-type AmendsImportCase): one a row
 */
typedef struct
{
  GPtrArray *columns;
  GPtrArray *cases;
} AmendsImport;

AmendsImport *amends_import_new (const GPtrArray *rows, GPtrArray *problems);
void amends_import_free (AmendsImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsImport, amends_import_free)

const char *amends_import_get_template (void);
char *amends_import_dup_column (const AmendsImport *self, AmendsEventType act, const char *field);
const char *amends_import_case_get_key (const AmendsImportCase *self);
void amends_import_case_set_issue (json_t *act, const AmendsId *issues, guint n_issues);

AmendsImportProblem *amends_import_problem_new (guint line, const char *column, GError *error);
void amends_import_problem_free (AmendsImportProblem *self);

G_END_DECLS
