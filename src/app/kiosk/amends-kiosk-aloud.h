/* amends-kiosk-aloud.h: reading a page of the kiosk aloud
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define AMENDS_TYPE_KIOSK_ALOUD (amends_kiosk_aloud_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKioskAloud, amends_kiosk_aloud, AMENDS, KIOSK_ALOUD, GtkBox)

GtkWidget *amends_kiosk_aloud_new (void);
void amends_kiosk_aloud_read (AmendsKioskAloud *self, GtkWidget *page);
void amends_kiosk_aloud_say (AmendsKioskAloud *self, const char *text);
gboolean amends_kiosk_aloud_is_on (AmendsKioskAloud *self);
void amends_kiosk_aloud_set_quiet (AmendsKioskAloud *self, gboolean is_quiet);
void amends_kiosk_aloud_stop (AmendsKioskAloud *self);
char *amends_kiosk_aloud_dup_text (GtkWidget *page);

G_END_DECLS
