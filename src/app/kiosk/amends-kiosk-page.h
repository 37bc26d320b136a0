/* amends-kiosk-page.h: one question of a kiosk, and its answers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/amends-session.h"
#include "app/kiosk/amends-kiosk-flow.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_KIOSK_PAGE (amends_kiosk_page_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKioskPage, amends_kiosk_page, AMENDS, KIOSK_PAGE, GtkBox)

GtkWidget *
amends_kiosk_page_new (const AmendsKioskQuestion *question, json_t *answers, int percent);
void amends_kiosk_page_say_numbers (AmendsKioskPage *self, const GPtrArray *numbers);
void
amends_kiosk_page_say_device (AmendsKioskPage *self, AmendsKioskOther other, gboolean has_device);
void amends_kiosk_page_ask_homes (AmendsKioskPage *self, AmendsSession *session);
const AmendsKioskQuestion *amends_kiosk_page_get_question (AmendsKioskPage *self);
void amends_kiosk_page_set_problem (AmendsKioskPage *self, const char *problem);
void amends_kiosk_page_set_note (AmendsKioskPage *self, const char *note);
void amends_kiosk_page_enter (AmendsKioskPage *self);

G_END_DECLS
