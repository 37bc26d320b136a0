/* amends-adjustment-editor.h: what would make it easier, as chips, and a list to add from
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <jansson.h>

G_BEGIN_DECLS

#define AMENDS_TYPE_ADJUSTMENT_EDITOR (amends_adjustment_editor_get_type ())
G_DECLARE_FINAL_TYPE (AmendsAdjustmentEditor,
                      amends_adjustment_editor,
                      AMENDS,
                      ADJUSTMENT_EDITOR,
                      GtkListBoxRow)

json_t *amends_adjustment_editor_collect (AmendsAdjustmentEditor *self);
void amends_adjustment_editor_load (AmendsAdjustmentEditor *self, const json_t *adjustments);

G_END_DECLS
