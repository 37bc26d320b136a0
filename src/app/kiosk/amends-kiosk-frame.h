/* amends-kiosk-frame.h: what stands around every page of a kiosk
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/kiosk/amends-kiosk-scan.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_KIOSK_FRAME (amends_kiosk_frame_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKioskFrame, amends_kiosk_frame, AMENDS, KIOSK_FRAME, GtkBox)

GtkWidget *amends_kiosk_frame_new (void);
void amends_kiosk_frame_set_page (AmendsKioskFrame *self, GtkWidget *page);
GtkWidget *amends_kiosk_frame_get_page (AmendsKioskFrame *self);
void amends_kiosk_frame_set_dock (AmendsKioskFrame *self, gboolean has_back, const char *go);
void amends_kiosk_frame_set_can_go (AmendsKioskFrame *self, gboolean can_go);
void amends_kiosk_frame_set_staff (AmendsKioskFrame *self, const char *name);
void amends_kiosk_frame_set_progress (AmendsKioskFrame *self, const char *text);
void
amends_kiosk_frame_set_names (AmendsKioskFrame *self, const char *organisation, const char *scheme);
void amends_kiosk_frame_write_in (AmendsKioskFrame *self, GtkWidget *target);
AmendsKioskScan *amends_kiosk_frame_get_scan (AmendsKioskFrame *self);
gboolean amends_kiosk_frame_press_switch (AmendsKioskFrame *self, guint keyval, gint64 now_us);
gboolean amends_kiosk_frame_is_read (AmendsKioskFrame *self);
void amends_kiosk_frame_read (AmendsKioskFrame *self);
void amends_kiosk_frame_set_reads (AmendsKioskFrame *self, gboolean reads_all);
void amends_kiosk_frame_stop_reading (AmendsKioskFrame *self);
void amends_kiosk_frame_set_quiet (AmendsKioskFrame *self, gboolean is_quiet);
void amends_kiosk_frame_say (AmendsKioskFrame *self, const char *text);

G_END_DECLS
