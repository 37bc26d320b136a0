/* amends-kiosk-camera.h: what a kiosk's camera sees
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/kiosk/amends-kiosk-device.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_KIOSK_CAMERA (amends_kiosk_camera_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKioskCamera, amends_kiosk_camera, AMENDS, KIOSK_CAMERA, GObject)

AmendsKioskCamera *amends_kiosk_camera_new (void);
AmendsKioskDevice *amends_kiosk_camera_get_device (AmendsKioskCamera *self);
void amends_kiosk_camera_stop (AmendsKioskCamera *self);
GBytes *amends_kiosk_camera_take (AmendsKioskCamera *self);

G_END_DECLS
