/* amends-kiosk-window.h: the residents' kiosk
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_KIOSK_WINDOW (amends_kiosk_window_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKioskWindow,
                      amends_kiosk_window,
                      AMENDS,
                      KIOSK_WINDOW,
                      AdwApplicationWindow)

AmendsKioskWindow *amends_kiosk_window_new (GtkApplication *application, AmendsSession *session);

G_END_DECLS
