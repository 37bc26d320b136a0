/* amends-kiosk-sign-in.h: a member of staff signs in at a kiosk
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_KIOSK_SIGN_IN (amends_kiosk_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKioskSignIn, amends_kiosk_sign_in, AMENDS, KIOSK_SIGN_IN, GtkBox)

GtkWidget *amends_kiosk_sign_in_new (AmendsSession *session);

G_END_DECLS
