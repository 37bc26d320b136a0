/* amends-number-words.h: whom to ring, in a sentence
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

char *amends_number_words_ring (const GPtrArray *numbers, const char *scheme, const char *role);
char *amends_number_words_ring_of (const GPtrArray *numbers, const json_t *intake);

G_END_DECLS
