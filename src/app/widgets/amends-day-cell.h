/* amends-day-cell.h: one day of a drawn calendar
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define AMENDS_TYPE_DAY_CELL (amends_day_cell_get_type ())
G_DECLARE_FINAL_TYPE (AmendsDayCell, amends_day_cell, AMENDS, DAY_CELL, GtkWidget)

GtkWidget *amends_day_cell_new (const char *text, const char *short_text);
void amends_day_cell_set_number (AmendsDayCell *self, const char *number);
void amends_day_cell_set_name (AmendsDayCell *self, const char *name);
int amends_day_cell_measure_height (AmendsDayCell *self, int width, gboolean is_compact);
void amends_day_cell_set_compact (AmendsDayCell *self, gboolean is_compact);

G_END_DECLS
