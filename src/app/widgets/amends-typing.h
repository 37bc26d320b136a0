/* amends-typing.h: what was typed in fields that are used again
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void amends_typing_forget (GtkWidget *widget);
void amends_typing_hold (GtkWidget *widget, gboolean is_held);

G_END_DECLS
