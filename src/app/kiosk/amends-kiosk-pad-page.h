/* amends-kiosk-pad-page.h: somebody signs on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/kiosk/amends-kiosk-other-page.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_KIOSK_PAD_PAGE (amends_kiosk_pad_page_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKioskPadPage,
                      amends_kiosk_pad_page,
                      AMENDS,
                      KIOSK_PAD_PAGE,
                      AmendsKioskOtherPage)

GtkWidget *amends_kiosk_pad_page_new (const AmendsKioskQuestion *question, AmendsKioskShown *shown);

G_END_DECLS
