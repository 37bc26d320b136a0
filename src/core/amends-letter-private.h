/* amends-letter-private.h: how a letter is written, for its blocks
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-letter.h"

G_BEGIN_DECLS

/**
 * AmendsLetterWriter:
 * @complaint: the case
 * @rules: what it is judged by
 * @texts: the words
 * @letter: what is being written
 * @rows: (element-type AmendsClockRow): the clocks as they run once it has gone
 * @stage: 1 or 2
 * @today: its date
 */
typedef struct
{
  const AmendsCase *complaint;
  const AmendsRules *rules;
  const AmendsLetterTexts *texts;
  AmendsLetter *letter;
  GPtrArray *rows;
  int stage;
  AmendsDay today;
} AmendsLetterWriter;

/* Fills a block, or says why it cannot. */
typedef void (*AmendsLetterFill) (AmendsLetterWriter *self, AmendsLetterBlock *block);

AmendsLetterFill amends_letter_get_fill (const char *name);

G_END_DECLS
