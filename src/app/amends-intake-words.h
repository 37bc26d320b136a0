/* amends-intake-words.h: as what something is taken, in words
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean amends_intake_words_is_from_outside (const char *kind);
const char *amends_intake_words_kind (const char *kind);
const char *amends_intake_words_advice (const char *kind,
                                        const char *wants,
                                        const char *told_before,
                                        const char *satisfied);
const char *amends_intake_words_answer (const char *word);

G_END_DECLS
