/* amends-kiosk-photo-page.h: something is shown to the camera
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/kiosk/amends-kiosk-camera.h"
#include "app/kiosk/amends-kiosk-other-page.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_KIOSK_PHOTO_PAGE (amends_kiosk_photo_page_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKioskPhotoPage,
                      amends_kiosk_photo_page,
                      AMENDS,
                      KIOSK_PHOTO_PAGE,
                      AmendsKioskOtherPage)

GtkWidget *amends_kiosk_photo_page_new (const AmendsKioskQuestion *question,
                                        AmendsKioskShown *shown,
                                        AmendsKioskCamera *camera,
                                        gboolean is_large);

G_END_DECLS
