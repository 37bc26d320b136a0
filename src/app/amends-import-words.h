/* amends-import-words.h: a spreadsheet, and what came of it, as people read it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/amends-session.h"

G_BEGIN_DECLS

const char *amends_import_words_kind (AmendsRegisterKind kind);
const char *amends_import_words_about (AmendsRegisterKind kind);
char *amends_import_words_field (AmendsRegisterKind kind, const char *name);
char *amends_import_words_problem (const AmendsImportProblem *problem, const GPtrArray *schemes);
char *amends_import_words_result (AmendsRegisterKind kind, const AmendsImported *imported);

G_END_DECLS
