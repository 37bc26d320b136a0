/* amends-case-line.h: how a line of the list looks
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/model/amends-case-item.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_CASE_LINE (amends_case_line_get_type ())
G_DECLARE_FINAL_TYPE (AmendsCaseLine, amends_case_line, AMENDS, CASE_LINE, AdwBin)

GtkWidget *amends_case_line_new (void);
void amends_case_line_set_item (AmendsCaseLine *self, AmendsCaseItem *item);
AmendsCaseItem *amends_case_line_get_item (AmendsCaseLine *self);

G_END_DECLS
