/* amends-due-words.h: clocks and due days as a person reads them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/model/amends-dues.h"

G_BEGIN_DECLS

/**
 * AmendsDueState:
 * @icon: the name of an icon
 * @style: (nullable): the style class of its colour; it never stands alone
 * @words: (owned): how the clock stands, "3 working days left"
 */
typedef struct
{
  const char *icon;
  const char *style;
  char *words;
} AmendsDueState;

void amends_due_state_clear (AmendsDueState *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AmendsDueState, amends_due_state_clear)

const char *amends_due_words_clock (AmendsClockName clock);
char *amends_due_words_left (const AmendsClockRow *row, const AmendsDues *dues);
void amends_due_words_state (const AmendsClockRow *row,
                             const AmendsDues *dues,
                             AmendsDueState *ret_state);
char *amends_due_words_headline (const AmendsClockPair *pair, AmendsDay today);

char *amends_due_words_length (const AmendsPolicyClock *clock);
char *amends_due_words_reason (const AmendsClockRow *row);
const char *amends_due_words_mark (AmendsClockEventKind start);
const char *amends_due_words_start (AmendsClockEventKind start);
const char *amends_due_words_beginning (AmendsClockEventKind start);
char *amends_due_words_waiting (AmendsClockEventKind start);

char *amends_due_words_clauses (const AmendsClockRow *row);
char *amends_due_words_cite (AmendsClockSource source, const char *clause);
char *amends_due_words_cited (const AmendsClockRow *row);
char *amends_due_words_source (const AmendsClockRow *row);
char *amends_due_words_agreement (const AmendsClockPair *pair);
char *amends_due_words_stage_2 (const AmendsDues *dues);
const char *amends_due_words_status (AmendsPolicyStatus status);
char *amends_due_words_plain (const char *value);
char *amends_due_words_reading (const AmendsPolicyRule *rule);

G_END_DECLS
