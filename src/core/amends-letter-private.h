/* amends-letter-private.h: how a letter is written, for its blocks
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-letter.h"

G_BEGIN_DECLS

/* Before what may be ticked, and behind what is written in. */
#define AMENDS_LETTER_CHOICE "☐ "
#define AMENDS_LETTER_FIELD ": ____________________"

/* Between lines of one thing, which begins no paragraph. */
#define AMENDS_LETTER_LINE_SEPARATOR "\u2028"

/**
 * AmendsLetterWriter:
 * @complaint: the case
 * @rules: what it is judged by
 * @texts: the words
 * @letter: what is being written
 * @rows: (element-type AmendsClockRow): the clocks as they run once it has gone
 * @issues: (element-type AmendsIssue): what is answered here: not what was refused, or goes on elsewhere
 * @read: (element-type utf8): the fields of the case that the block being written was taken from
 * @stage: 1 or 2
 * @to: to whom of them it goes
 * @is_theirs: it goes to the complainant; else to somebody who acts or writes for them
 * @today: its date
 */
typedef struct
{
  const AmendsCase *complaint;
  const AmendsRules *rules;
  const AmendsLetterTexts *texts;
  AmendsLetter *letter;
  GPtrArray *rows;
  GPtrArray *issues;
  GPtrArray *read;
  int stage;
  AmendsLetterTo to;
  gboolean is_theirs;
  AmendsDay today;
} AmendsLetterWriter;

/* Fills a block, or says why it cannot. */
typedef void (*AmendsLetterFill) (AmendsLetterWriter *self, AmendsLetterBlock *block);

AmendsLetterFill amends_letter_get_fill (const char *name);
AmendsLetterFill amends_letter_form_get_fill (const char *name);
void amends_letter_set_recipient (AmendsLetterWriter *self, const char *reference);
void amends_letter_set_opening (AmendsLetterWriter *self);
gboolean amends_letter_is_asked_otherwise (const AmendsLetterWriter *self);
void amends_letter_check_recipient (AmendsLetterWriter *self);
GPtrArray *amends_letter_make_easy (const AmendsLetter *self, GPtrArray *lines);
void amends_letter_line_free (gpointer line);
gboolean
amends_letter_is_for_recipient (const AmendsLetterWriter *self, const AmendsAdjustment *adjustment);
void amends_letter_take_adjustments (const AmendsLetterWriter *self,
                                     GPtrArray *texts,
                                     const char *const *needs);
void amends_letter_lack (AmendsLetterBlock *block, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
