/* amends-letter.h: a letter about a case, and what it must hold
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-case-clocks.h"
#include "core/amends-letter-texts.h"

G_BEGIN_DECLS

/* Which letter it is. */
typedef enum
{
  AMENDS_LETTER_ACKNOWLEDGEMENT,
  AMENDS_LETTER_REFUSAL,
  AMENDS_LETTER_EXTENSION,
  AMENDS_LETTER_UPDATE,
  AMENDS_LETTER_RESPONSE,
  AMENDS_LETTER_CLOSURE,
  AMENDS_LETTER_STAGE2_ACKNOWLEDGEMENT,
  AMENDS_LETTER_ESCALATION_REFUSAL,
  AMENDS_LETTER_STAGE2_EXTENSION,
  AMENDS_LETTER_STAGE2_RESPONSE,
  AMENDS_LETTER_STAGE2_CLOSURE,
  AMENDS_LETTER_THANKS,
} AmendsLetterKind;

#define AMENDS_LETTER_N_KINDS (AMENDS_LETTER_THANKS + 1)

/**
 * AmendsLetterBlock:
 * @name: "decision"
 * @heading: (nullable): over it
 * @paragraphs: (element-type utf8): what it says
 * @items: (element-type utf8): then, one by one
 * @clause: (nullable): of the landlord's edition that asks for it
 * @provision: (nullable): of the Code that does
 * @missing: (nullable): why it says nothing, and what to do about it, in English; %NULL where it stands
 *
 * What the resident's own words and the landlord's are in is plain text, never markup.
 */
typedef struct
{
  const char *name;
  const char *heading;
  GPtrArray *paragraphs;
  GPtrArray *items;
  char *clause;
  const char *provision;
  char *missing;
} AmendsLetterBlock;

/**
 * AmendsLetter:
 * @kind: which
 * @language: as BCP 47 writes it
 * @title: "Our answer to your complaint: stage 1"
 * @addressee: (nullable): the name to write to; %NULL if they gave none
 * @home: (nullable): where they live
 * @reference: (nullable): "Our reference: 7K-0042-P"
 * @day: its date, as it is written
 * @greeting: "Dear Flora Beck"
 * @farewell: "Yours sincerely"
 * @sender: (nullable): who writes it
 * @landlord: (nullable): for whom
 * @blocks: (element-type AmendsLetterBlock): what it holds, in its order
 * @formats: (array zero-terminated=1): the adjustments that say how it is made, "large-print"
 * @warnings: (element-type utf8): what to look at before it goes out, in English
 */
typedef struct
{
  AmendsLetterKind kind;
  char *language;
  char *title;
  char *addressee;
  char *home;
  char *reference;
  char *day;
  char *greeting;
  char *farewell;
  char *sender;
  char *landlord;
  GPtrArray *blocks;
  char **formats;
  GPtrArray *warnings;
} AmendsLetter;

AmendsLetter *amends_letter_new (const AmendsCase *complaint,
                                 const AmendsRules *rules,
                                 const AmendsLetterTexts *texts,
                                 AmendsLetterKind kind,
                                 const char *sender,
                                 AmendsDay today);
void amends_letter_free (AmendsLetter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsLetter, amends_letter_free)

guint amends_letter_count_missing (const AmendsLetter *self);
json_t *amends_letter_to_json (const AmendsLetter *self);
char *amends_letter_to_text (const AmendsLetter *self);

const char *amends_letter_kind_to_string (AmendsLetterKind kind);
gboolean amends_letter_kind_from_string (const char *name, AmendsLetterKind *ret_kind);

G_END_DECLS
