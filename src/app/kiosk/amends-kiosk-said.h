/* amends-kiosk-said.h: the pages of a kiosk that ask nothing
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/kiosk/amends-kiosk-flow.h"
#include "app/kiosk/amends-kiosk-receipt.h"

G_BEGIN_DECLS

GtkWidget *amends_kiosk_said_start (GCallback start, gpointer user_data);
GtkWidget *amends_kiosk_said_done (const AmendsKioskReceipt *receipt,
                                   const GPtrArray *numbers,
                                   int percent,
                                   GCallback slip,
                                   gpointer user_data);
GtkWidget *
amends_kiosk_said_idle (GCallback stay, GCallback more, gpointer user_data, GtkWidget **ret_left);
GtkWidget *amends_kiosk_said_help (const AmendsKioskQuestion *question,
                                   const GPtrArray *numbers,
                                   gboolean is_signed_in,
                                   GCallback sign,
                                   gpointer user_data);
GtkWidget *amends_kiosk_said_sign_out (const char *name, GCallback sign_out, gpointer user_data);
GtkWidget *amends_kiosk_said_closed (const GPtrArray *numbers, const char *reason);

G_END_DECLS
