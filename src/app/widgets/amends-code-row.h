/* amends-code-row.h: one code out of a list, the commonest first
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define AMENDS_TYPE_CODE_ROW (amends_code_row_get_type ())
G_DECLARE_FINAL_TYPE (AmendsCodeRow, amends_code_row, AMENDS, CODE_ROW, AdwComboRow)

void amends_code_row_set_list (AmendsCodeRow *self, const char *list, const char *none_label);
const char *amends_code_row_get_code (AmendsCodeRow *self);
void amends_code_row_set_code (AmendsCodeRow *self, const char *code);
gboolean amends_code_row_needs_detail (AmendsCodeRow *self);

G_END_DECLS
