/* amends-letter-texts.h: the words of letters, in one language
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "core/amends-day.h"

G_BEGIN_DECLS

#define AMENDS_LETTER_TEXTS_MAX_BYTES (256 * 1024) /* twenty times the longest that ships */
#define AMENDS_LETTER_TEXT_MAX_BYTES (4 * 1024)    /* a paragraph */

typedef struct _AmendsLetterTexts
    AmendsLetterTexts; /* immutable once parsed; shared between threads */

AmendsLetterTexts *amends_letter_texts_parse (GBytes *bytes,
                                              const char *file_name,
                                              GPtrArray *problems,
                                              GError **error);
AmendsLetterTexts *amends_letter_texts_ref (AmendsLetterTexts *self);
void amends_letter_texts_unref (AmendsLetterTexts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsLetterTexts, amends_letter_texts_unref)

const char *amends_letter_texts_get_language (const AmendsLetterTexts *self);
const char *amends_letter_texts_get_name (const AmendsLetterTexts *self);
gboolean amends_letter_texts_is_called (const AmendsLetterTexts *self, const char *language);
gboolean amends_letter_texts_is_checked (const AmendsLetterTexts *self);
const char *amends_letter_texts_get (const AmendsLetterTexts *self, const char *name);
char *
amends_letter_texts_dup_named (const AmendsLetterTexts *self, const char *group, const char *code);
char *amends_letter_texts_fill (const AmendsLetterTexts *self,
                                const char *name,
                                ...) G_GNUC_NULL_TERMINATED;
gboolean amends_letter_texts_has_rtl (const char *text);
char *amends_letter_texts_dup_day (const AmendsLetterTexts *self, AmendsDay day);
char *amends_letter_texts_dup_weekday (const AmendsLetterTexts *self, AmendsDay day);
char *amends_letter_texts_dup_time (const AmendsLetterTexts *self, const char *time);

G_END_DECLS
