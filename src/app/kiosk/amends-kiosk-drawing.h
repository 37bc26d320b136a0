/* amends-kiosk-drawing.h: small drawings of what is often wrong
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean amends_kiosk_drawing_draw (cairo_t *cr, const char *code, double x, double y, double size);
GtkWidget *amends_kiosk_drawing_new (const char *code, int size);

G_END_DECLS
