/* amends-event-words.h: what happened, as a person reads it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-case.h"
#include <jansson.h>

#include "core/amends-event.h"

G_BEGIN_DECLS

char *amends_event_words_title (const json_t *entry);
char *amends_event_words_author (const json_t *entry);
const char *amends_event_words_icon (const json_t *entry);

char *amends_event_words_erasure (const AmendsCaseErasure *erasure, const json_t *history);

G_END_DECLS
