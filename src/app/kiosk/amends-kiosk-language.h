/* amends-kiosk-language.h: the languages of a kiosk, and its words in each
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A visitor chooses a language on the first page, while the program runs. gettext follows the environment of
 * the process and the locales of the machine, and neither can be changed safely once threads run; so the
 * catalogues of po/kiosk are part of the program, and the one in use is looked into here. */

#pragma once

#include <glib.h>

#include "core/amends-day.h"

G_BEGIN_DECLS

/* In the language in use; and the same text where it is not used yet, for xgettext to find. */
#define K_(text) amends_kiosk_say (text)
#define NK_(text) text

/**
 * AmendsKioskLanguage:
 * @code: as BCP 47 has it; the name of its catalogue and of its class in the style sheet
 * @name: in the language itself
 * @english: what staff read
 * @start: how somebody who reads only this finds out that it is spoken here
 * @letters: (array zero-terminated=1): rows of keys, in the order of its alphabet
 */
typedef struct
{
  const char *code;
  const char *name;
  const char *english;
  const char *start;
  gboolean is_rtl;
  const char *const *letters;
} AmendsKioskLanguage;

const AmendsKioskLanguage *amends_kiosk_language_nth (guint i);
const AmendsKioskLanguage *amends_kiosk_language_get (void);
gboolean amends_kiosk_language_use (const char *code);

const char *amends_kiosk_say (const char *text) G_GNUC_FORMAT (1);
char *amends_kiosk_say_day (AmendsDay day);

G_END_DECLS
