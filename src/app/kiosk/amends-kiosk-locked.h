/* amends-kiosk-locked.h: what a kiosk does not do for whoever stands before it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean amends_kiosk_locked_takes_key (guint keyval, GdkModifierType modifiers);
gboolean amends_kiosk_locked_takes_press (GdkEvent *event);
void amends_kiosk_locked_clear (GdkDisplay *display);

G_END_DECLS
