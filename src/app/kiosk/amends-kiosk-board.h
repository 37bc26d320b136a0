/* amends-kiosk-board.h: what stands on the screen after somebody left
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *amends_kiosk_board_new (const char *scheme,
                                   const GPtrArray *numbers,
                                   GCallback first_page,
                                   gpointer user_data);

G_END_DECLS
