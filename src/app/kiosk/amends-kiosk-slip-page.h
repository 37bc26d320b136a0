/* amends-kiosk-slip-page.h: what a slip looks like before it is printed, and printing it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/kiosk/amends-kiosk-receipt.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_KIOSK_SLIP_PAGE (amends_kiosk_slip_page_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKioskSlipPage, amends_kiosk_slip_page, AMENDS, KIOSK_SLIP_PAGE, GtkBox)

GtkWidget *amends_kiosk_slip_page_new (const AmendsKioskReceipt *receipt,
                                       const char *command,
                                       gboolean is_large,
                                       GCancellable *cancellable);

G_END_DECLS
