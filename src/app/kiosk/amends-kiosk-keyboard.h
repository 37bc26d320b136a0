/* amends-kiosk-keyboard.h: the keyboard on a kiosk's screen
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define AMENDS_TYPE_KIOSK_KEYBOARD (amends_kiosk_keyboard_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKioskKeyboard, amends_kiosk_keyboard, AMENDS, KIOSK_KEYBOARD, GtkBox)

GtkWidget *amends_kiosk_keyboard_new (void);
void amends_kiosk_keyboard_set_target (AmendsKioskKeyboard *self, GtkWidget *target);

G_END_DECLS
