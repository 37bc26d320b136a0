/* amends-label.h: labels and rows made in C, and boxes emptied
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *amends_label_new (const char *text, ...) G_GNUC_NULL_TERMINATED;
void amends_label_say (GtkLabel *label, const char *sentence, gboolean is_error);
GtkWidget *amends_row_new (const char *title, const char *subtitle);
void amends_box_clear (GtkBox *box);
void amends_list_box_clear (GtkListBox *list);

G_END_DECLS
