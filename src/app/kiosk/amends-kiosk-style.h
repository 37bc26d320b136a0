/* amends-kiosk-style.h: how large everything is on a kiosk's screen
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From here on little stands beside anything else: there is no room. */
#define AMENDS_KIOSK_LARGE_PERCENT 150

char *amends_kiosk_style_make (const char *template, int percent);
void amends_kiosk_style_apply (GdkDisplay *display, int percent);

G_END_DECLS
