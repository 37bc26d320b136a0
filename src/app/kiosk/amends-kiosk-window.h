/* amends-kiosk-window.h: the residents' kiosk
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

/* Returns: now, in microseconds of a clock that never goes back. */
typedef gint64 (*AmendsKioskClock) (gpointer user_data);

#define AMENDS_TYPE_KIOSK_WINDOW (amends_kiosk_window_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKioskWindow,
                      amends_kiosk_window,
                      AMENDS,
                      KIOSK_WINDOW,
                      AdwApplicationWindow)

AmendsKioskWindow *amends_kiosk_window_new (GtkApplication *application,
                                            AmendsSession *session,
                                            AmendsKioskClock clock,
                                            gpointer clock_data);
void amends_kiosk_window_set_printers (AmendsKioskWindow *self,
                                       const char *slip_command,
                                       const char *notice_command);
void amends_kiosk_window_set_sticks (AmendsKioskWindow *self, const char *folder);

G_END_DECLS
