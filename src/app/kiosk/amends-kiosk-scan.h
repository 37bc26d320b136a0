/* amends-kiosk-scan.h: everything on a kiosk's screen with one switch, or with two
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The clock comes in as an argument. Instants are microseconds of a clock that never goes back. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How long the ring stays where it is until somebody chose otherwise, in milliseconds. */
#define AMENDS_KIOSK_SCAN_STEP_MS 2000

/**
 * AmendsKioskSwitches:
 * @AMENDS_KIOSK_NO_SWITCH: nothing is scanned
 * @AMENDS_KIOSK_ONE_SWITCH: the ring moves by itself, Space or Enter chooses
 * @AMENDS_KIOSK_TWO_SWITCHES: Space moves it, Enter chooses
 */
typedef enum
{
  AMENDS_KIOSK_NO_SWITCH,
  AMENDS_KIOSK_ONE_SWITCH,
  AMENDS_KIOSK_TWO_SWITCHES,
} AmendsKioskSwitches;

/* Is told what has the ring. */
typedef void (*AmendsKioskScanSaid) (const char *text, gpointer user_data);

typedef struct _AmendsKioskScan AmendsKioskScan;

AmendsKioskScan *amends_kiosk_scan_new (AmendsKioskScanSaid said, gpointer user_data);
void amends_kiosk_scan_free (AmendsKioskScan *self);
void amends_kiosk_scan_add (AmendsKioskScan *self, GtkWidget *const *parts, gboolean stays);
void amends_kiosk_scan_set (AmendsKioskScan *self, AmendsKioskSwitches switches, guint step_ms);
void amends_kiosk_scan_begin (AmendsKioskScan *self, gboolean waits);
void amends_kiosk_scan_tick (AmendsKioskScan *self, gint64 now_us);
gboolean amends_kiosk_scan_press (AmendsKioskScan *self, guint keyval, gint64 now_us);
gboolean amends_kiosk_scan_is_switch (guint keyval);
gboolean amends_kiosk_scan_is_choosing (AmendsKioskScan *self);

G_END_DECLS
