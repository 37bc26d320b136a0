/* amends-kiosk-sheet.h: what a kiosk tells the staff of its place
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_KIOSK_SHEET (amends_kiosk_sheet_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKioskSheet, amends_kiosk_sheet, AMENDS, KIOSK_SHEET, GtkBox)

GtkWidget *
amends_kiosk_sheet_new (AmendsSession *session, const char *staff, gboolean takes_sticks);

G_END_DECLS
