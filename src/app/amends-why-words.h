/* amends-why-words.h: why a due day is what it is, in sentences
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/model/amends-dues.h"

G_BEGIN_DECLS

/**
 * AmendsWhyStep:
 * @title: (owned): what was done or counted
 * @detail: (owned): what more there is to say of it; "" for nothing
 * @policy: (owned): the clause of the policy that it rests on, "policy 7.3"; "" for none
 * @code: (owned): the clause of the Code that it rests on, "Code 6.3"; "" for none
 */
typedef struct
{
  char *title;
  char *detail;
  char *policy;
  char *code;
} AmendsWhyStep;

void amends_why_step_free (AmendsWhyStep *self);

GPtrArray *amends_why_words_steps (const AmendsClockPair *pair, const AmendsDues *dues);
GPtrArray *amends_why_words_notes (const AmendsClockPair *pair);
char *amends_why_words_verdict (const AmendsClockRow *row, const AmendsDues *dues);
char *amends_why_words_moves (const AmendsClockPair *pair);
char *
amends_why_words_text (const AmendsClockPair *pair, const AmendsDues *dues, const char *reference);

G_END_DECLS
