/* amends-kiosk-picture-page.h: what happened is chosen from pictures
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/kiosk/amends-kiosk-other-page.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_KIOSK_PICTURE_PAGE (amends_kiosk_picture_page_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKioskPicturePage,
                      amends_kiosk_picture_page,
                      AMENDS,
                      KIOSK_PICTURE_PAGE,
                      AmendsKioskOtherPage)

GtkWidget *
amends_kiosk_picture_page_new (const AmendsKioskQuestion *question, json_t *answers, int percent);

G_END_DECLS
