/* amends-behalf-box.h: who speaks for a resident in a record, and by what authority
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <jansson.h>

G_BEGIN_DECLS

#define AMENDS_TYPE_BEHALF_BOX (amends_behalf_box_get_type ())
G_DECLARE_FINAL_TYPE (AmendsBehalfBox, amends_behalf_box, AMENDS, BEHALF_BOX, AdwBin)

GtkWidget *amends_behalf_box_get_row (AmendsBehalfBox *self, const char *name);
void amends_behalf_box_follow (AmendsBehalfBox *self);
void amends_behalf_box_collect_scope (AmendsBehalfBox *self, json_t *intake);
void amends_behalf_box_load_scope (AmendsBehalfBox *self, const json_t *intake);

G_END_DECLS
