/* amends-kiosk-room.h: the room that a page of the kiosk has
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define AMENDS_TYPE_KIOSK_ROOM (amends_kiosk_room_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKioskRoom, amends_kiosk_room, AMENDS, KIOSK_ROOM, GtkBox)

GtkWidget *amends_kiosk_room_new (void);
void amends_kiosk_room_set_page (AmendsKioskRoom *self, GtkWidget *page);
GtkWidget *amends_kiosk_room_get_page (AmendsKioskRoom *self);

G_END_DECLS
