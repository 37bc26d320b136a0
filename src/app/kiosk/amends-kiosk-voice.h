/* amends-kiosk-voice.h: what a kiosk reads aloud
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * AmendsKioskVoiceStep:
 * @AMENDS_KIOSK_VOICE_AGAIN: the same once more
 *
 * What can be asked of a voice while it reads.
 */
typedef enum
{
  AMENDS_KIOSK_VOICE_SLOWER,
  AMENDS_KIOSK_VOICE_FASTER,
  AMENDS_KIOSK_VOICE_QUIETER,
  AMENDS_KIOSK_VOICE_LOUDER,
  AMENDS_KIOSK_VOICE_AGAIN,
} AmendsKioskVoiceStep;

#define AMENDS_TYPE_KIOSK_VOICE (amends_kiosk_voice_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKioskVoice, amends_kiosk_voice, AMENDS, KIOSK_VOICE, GObject)

AmendsKioskVoice *amends_kiosk_voice_new (void);
void amends_kiosk_voice_read (AmendsKioskVoice *self, const char *text, const char *language);
void amends_kiosk_voice_step (AmendsKioskVoice *self, AmendsKioskVoiceStep step);
void amends_kiosk_voice_stop (AmendsKioskVoice *self);

G_END_DECLS
