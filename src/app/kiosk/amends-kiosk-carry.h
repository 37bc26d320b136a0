/* amends-kiosk-carry.h: a member of staff carries what waits at a kiosk
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_KIOSK_CARRY (amends_kiosk_carry_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKioskCarry, amends_kiosk_carry, AMENDS, KIOSK_CARRY, GtkBox)

gboolean amends_kiosk_carry_is_busy (AmendsKioskCarry *self);
GtkWidget *amends_kiosk_carry_new (AmendsSession *session,
                                   const char *folder,
                                   const char *staff_id,
                                   const char *staff);

G_END_DECLS
