/* amends-problem-row.h: what is wrong with the field above it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define AMENDS_TYPE_PROBLEM_ROW (amends_problem_row_get_type ())
G_DECLARE_FINAL_TYPE (AmendsProblemRow, amends_problem_row, AMENDS, PROBLEM_ROW, GtkListBoxRow)

GtkWidget *amends_problem_row_new (GtkWidget *field);
void amends_problem_row_set_text (AmendsProblemRow *self, const char *text);
gboolean amends_problem_row_has_text (AmendsProblemRow *self);
GtkWidget *amends_problem_row_get_field (AmendsProblemRow *self);

G_END_DECLS
