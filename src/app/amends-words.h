/* amends-words.h: days, times, codes and errors as a person reads them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <jansson.h>

#include "core/amends-day.h"
#include "store/amends-store.h"

G_BEGIN_DECLS

/* First-strong isolate and its end: what is between keeps its own direction in any line. */
#define AMENDS_ISOLATE_BEGIN "\342\201\250"
#define AMENDS_ISOLATE_END "\342\201\251"

char *amends_words_isolate (const char *text);
char *amends_words_join (const char *separator, ...) G_GNUC_NULL_TERMINATED;

AmendsDay amends_words_today (void);
char *amends_words_day (AmendsDay day);
char *amends_words_plain_day (AmendsDay day);
char *amends_words_long_day (AmendsDay day);
char *amends_words_near_day (AmendsDay day, AmendsDay today);
char *amends_words_near_long_day (AmendsDay day, AmendsDay today);
char *amends_words_iso_day (const char *iso);
char *amends_words_partial_day (const char *iso);
char *amends_words_instant (gint64 instant);
char *amends_words_time (gint64 instant, gboolean with_seconds);
gboolean amends_words_parse_day (const char *typed, AmendsDay today, AmendsDay *ret_day);
char *amends_words_excerpt (const char *text);
gboolean amends_words_parse_pence (const char *typed, gint64 *ret_pence);
char *amends_words_pence (gint64 pence);
char *amends_words_parse_time (const char *typed);

const char *amends_words_code (const char *list, const char *code);
char *amends_words_field (const char *field);
char *amends_words_value (const char *field, const json_t *value);
char *amends_words_sentence (const char *sentence);
char *amends_words_problem (const GError *problem, AmendsDay today);
char *amends_words_error (const GError *error);
const char *amends_words_search_reach (AmendsSearchReach reach);

G_END_DECLS
