/* amends-window.h: the window of the staff
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_WINDOW (amends_window_get_type ())
G_DECLARE_FINAL_TYPE (AmendsWindow, amends_window, AMENDS, WINDOW, AdwApplicationWindow)

GtkWidget *
amends_window_new (GtkApplication *application, AmendsSession *session, GSettings *settings);

G_END_DECLS
