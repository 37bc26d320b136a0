/* amends-letter.h: a letter about a case, and what it must hold
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-case-clocks.h"
#include "core/amends-letter-texts.h"
#include "core/amends-reader.h"

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
  AMENDS_LETTER_APPOINTMENT,
  AMENDS_LETTER_WITHDRAWAL,
  AMENDS_LETTER_FORWARDING,
  AMENDS_LETTER_RECEIPT,
  AMENDS_LETTER_AUTHORITY_FORM,
  AMENDS_LETTER_SHARING_FORM,
  AMENDS_LETTER_LOSS_FORM,
} AmendsLetterKind;

#define AMENDS_LETTER_N_KINDS (AMENDS_LETTER_LOSS_FORM + 1)

/* The need of an adjustment: the code in #AmendsLetter.formats. */
#define AMENDS_LETTER_EASY_READ "easy-read"

/* Points. What is called large print begins at 18. */
#define AMENDS_LETTER_PRINT 12
#define AMENDS_LETTER_LARGE_PRINT 18
#define AMENDS_LETTER_LARGEST_PRINT 24

/**
 * AmendsLetterBlock:
 * @name: "decision"
 * @heading: (nullable): over it
 * @question: (nullable): the same as a question, for Easy Read
 * @paragraphs: (element-type utf8): what it says
 * @items: (element-type utf8): then, one by one
 * @choices: (element-type utf8): then what they may tick, on a form
 * @fields: (element-type utf8): then what they write in, on a form: what each is called
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
  const char *question;
  GPtrArray *paragraphs;
  GPtrArray *items;
  GPtrArray *choices;
  GPtrArray *fields;
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
 * @code: (nullable): "7K-0042-P", by which the case of a form, or of what is said beside a complaint, is found
 * @day: its date, as it is written
 * @greeting: "Dear Flora Beck"
 * @opening: (nullable): why they get it, where it is not the complainant alone who does
 * @farewell: (nullable): "Yours sincerely"; a form has none: who signs it is the resident
 * @sender: (nullable): who writes it
 * @landlord: (nullable): for whom
 * @blocks: (element-type AmendsLetterBlock): what it holds, in its order
 * @formats: (array zero-terminated=1): the adjustments that say how it is made, "large-print"
 * @print_size: of its words, in points, as they asked for it
 * @warnings: (element-type utf8): what to look at before it goes out, in English
 * @is_asked_otherwise: they asked for another language than this one: what they get may be in words of its own
 */
typedef struct
{
  AmendsLetterKind kind;
  char *language;
  char *title;
  char *addressee;
  char *home;
  char *reference;
  char *code;
  char *day;
  char *greeting;
  char *opening;
  char *farewell;
  char *sender;
  char *landlord;
  GPtrArray *blocks;
  char **formats;
  guint print_size;
  GPtrArray *warnings;
  gboolean is_asked_otherwise;
} AmendsLetter;

/**
 * AmendsLetterLineKind:
 * @AMENDS_LETTER_LINE_ORGANISATION: who writes
 * @AMENDS_LETTER_LINE_ADDRESS: to whom: what may be seen through the window of an envelope
 * @AMENDS_LETTER_LINE_DATE: the day, and the reference
 * @AMENDS_LETTER_LINE_TITLE: what it is about
 * @AMENDS_LETTER_LINE_HEADING: over a block
 * @AMENDS_LETTER_LINE_TEXT: a paragraph
 * @AMENDS_LETTER_LINE_ITEM: one of a list
 * @AMENDS_LETTER_LINE_CHOICE: what may be ticked
 * @AMENDS_LETTER_LINE_FIELD: what is written in, on a line below it
 * @AMENDS_LETTER_LINE_GAP: why something is missing
 * @AMENDS_LETTER_LINE_FAREWELL: after it is room to sign
 */
typedef enum
{
  AMENDS_LETTER_LINE_ORGANISATION,
  AMENDS_LETTER_LINE_ADDRESS,
  AMENDS_LETTER_LINE_DATE,
  AMENDS_LETTER_LINE_TITLE,
  AMENDS_LETTER_LINE_HEADING,
  AMENDS_LETTER_LINE_TEXT,
  AMENDS_LETTER_LINE_ITEM,
  AMENDS_LETTER_LINE_CHOICE,
  AMENDS_LETTER_LINE_FIELD,
  AMENDS_LETTER_LINE_GAP,
  AMENDS_LETTER_LINE_FAREWELL,
} AmendsLetterLineKind;

/* @text: without marks and controls; U+2028 between the lines of one thing
 * @block: (nullable): of a heading in Easy Read, over which block it stands */
typedef struct
{
  AmendsLetterLineKind kind;
  char *text;
  const char *block;
} AmendsLetterLine;

AmendsLetter *amends_letter_new (const AmendsCase *complaint,
                                 const AmendsRules *rules,
                                 const AmendsLetterTexts *texts,
                                 AmendsLetterKind kind,
                                 const char *sender,
                                 AmendsDay today);
AmendsLetter *amends_letter_new_to (const AmendsCase *complaint,
                                    const AmendsRules *rules,
                                    const AmendsLetterTexts *texts,
                                    AmendsLetterKind kind,
                                    const AmendsLetterTo *to,
                                    const char *sender,
                                    AmendsDay today);
void amends_letter_free (AmendsLetter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsLetter, amends_letter_free)

guint amends_letter_count_missing (const AmendsLetter *self);
json_t *amends_letter_to_json (const AmendsLetter *self);
void amends_letter_set_sender (AmendsLetter *self, const char *sender);
char *amends_letter_to_text (const AmendsLetter *self);
GPtrArray *amends_letter_list_lines (const AmendsLetter *self, const char *text);
char *
amends_letter_readdress (const AmendsLetter *self, const AmendsLetter *from, const char *text);
gboolean amends_letter_is_in_own_words (const AmendsLetter *self, const char *text);
GPtrArray *amends_letter_list_cut (const AmendsLetter *self, const char *text);

gboolean amends_letter_is_easy (const AmendsLetter *self);
gboolean amends_letter_is_print_size (int size);
gboolean amends_letter_is_asked_in (const AmendsCase *complaint,
                                    const char *who,
                                    const AmendsLetterTexts *texts);

GPtrArray *amends_letter_list_unknown_words (const AmendsPolicy *policy);

const char *amends_letter_kind_to_string (AmendsLetterKind kind);
gboolean amends_letter_kind_is_theirs (AmendsLetterKind kind);
gboolean amends_letter_kind_is_to_complainant (AmendsLetterKind kind);
gboolean amends_letter_kind_from_string (const char *name, AmendsLetterKind *ret_kind);

G_END_DECLS
