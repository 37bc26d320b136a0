/* amends-kiosk-parts.h: the parts of which the pages of a kiosk are made
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *amends_kiosk_label (const char *text, const char *css_class);
GtkWidget *amends_kiosk_line (const char *text, const char *css_class);
void amends_kiosk_set_name (GtkWidget *widget, const char *name);
char *amends_kiosk_dup_name (GtkWidget *widget);
GtkWidget *
amends_kiosk_button (const char *label, const char *css_class, GCallback clicked, gpointer owner);
GtkWidget *
amends_kiosk_card (GtkWidget *child, const char *name, GtkWidget *group, gboolean is_chosen);
void amends_kiosk_set_meaning (GtkWidget *button, const char *label);
gboolean amends_kiosk_is_meant (GtkWidget *button);
void amends_kiosk_make_page (GtkBox *box);
GtkWidget *amends_kiosk_spare (void);

G_END_DECLS
