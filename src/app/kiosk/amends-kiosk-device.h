/* amends-kiosk-device.h: a camera or a microphone of a kiosk
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * AmendsKioskDeviceState:
 * @AMENDS_KIOSK_DEVICE_UNKNOWN: nobody has looked yet
 * @AMENDS_KIOSK_DEVICE_ABSENT: there is none
 * @AMENDS_KIOSK_DEVICE_OFF: there is one, and it is off
 * @AMENDS_KIOSK_DEVICE_STARTING: nothing has come from it yet
 * @AMENDS_KIOSK_DEVICE_ON: it sees, or hears
 * @AMENDS_KIOSK_DEVICE_FAILED: it was unplugged, or gives nothing
 */
typedef enum
{
  AMENDS_KIOSK_DEVICE_UNKNOWN,
  AMENDS_KIOSK_DEVICE_ABSENT,
  AMENDS_KIOSK_DEVICE_OFF,
  AMENDS_KIOSK_DEVICE_STARTING,
  AMENDS_KIOSK_DEVICE_ON,
  AMENDS_KIOSK_DEVICE_FAILED,
} AmendsKioskDeviceState;

/* What the device is linked to. */
#define AMENDS_KIOSK_DEVICE_FIRST "first"

#define AMENDS_TYPE_KIOSK_DEVICE (amends_kiosk_device_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKioskDevice, amends_kiosk_device, AMENDS, KIOSK_DEVICE, GObject)

AmendsKioskDevice *amends_kiosk_device_new (const char *classes, const char *description);
AmendsKioskDeviceState amends_kiosk_device_get_state (AmendsKioskDevice *self);
void amends_kiosk_device_look (AmendsKioskDevice *self);
void amends_kiosk_device_start (AmendsKioskDevice *self);
void amends_kiosk_device_stop (AmendsKioskDevice *self);
void amends_kiosk_device_finish (AmendsKioskDevice *self);
GstElement *amends_kiosk_device_get_part (AmendsKioskDevice *self, const char *name);
void amends_kiosk_device_say_alive (AmendsKioskDevice *self);

G_END_DECLS
