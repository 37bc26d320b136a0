/* amends-kiosk-speech-page.h: something is said aloud, and recorded
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/kiosk/amends-kiosk-device.h"
#include "app/kiosk/amends-kiosk-other-page.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_KIOSK_SPEECH_PAGE (amends_kiosk_speech_page_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKioskSpeechPage,
                      amends_kiosk_speech_page,
                      AMENDS,
                      KIOSK_SPEECH_PAGE,
                      AmendsKioskOtherPage)

AmendsKioskDevice *amends_kiosk_speech_page_new_microphone (void);
GtkWidget *amends_kiosk_speech_page_new (const AmendsKioskQuestion *question,
                                         AmendsKioskShown *shown,
                                         AmendsKioskDevice *microphone);
gboolean amends_kiosk_speech_page_is_recording (AmendsKioskSpeechPage *self);

G_END_DECLS
