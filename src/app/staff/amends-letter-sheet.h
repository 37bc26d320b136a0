/* amends-letter-sheet.h: a letter as it stands in the record, for those who show it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/amends-session.h"
#include "core/amends-letter.h"

G_BEGIN_DECLS

/**
 * AmendsLetterSheet:
 * @texts: (owned): what @letter borrows from
 * @letter: (owned): as the record has it today
 * @dues: (owned): by what it is judged
 * @id: of the case
 * @reference: (owned): of the case
 * @translations: (owned) (nullable) (element-type AmendsLetterSheet): the same in every language in which letters
 *   can be written, English first, which is this one; %NULL in each of those
 *
 * @asked: which of them is in the language they asked for; 0, in English, for none
 * @reader: (owned) (nullable): to whom
 * @is_acting: who acts for the complainant
 * @readers: (owned) (nullable) (element-type AmendsLetterSheet): the same to each to whom it can be written; %NULL in
 *   each of those
 * @first: which of them it goes to first
 *
 * Immutable and counted: a form keeps what it shows while the case moves on.
 */
typedef struct
{
  AmendsLetterTexts *texts;
  AmendsLetter *letter;
  AmendsDues *dues;
  AmendsId id;
  char *reference;
  GPtrArray *translations;
  guint asked;
  char *reader;
  gboolean is_acting;
  GPtrArray *readers;
  guint first;
} AmendsLetterSheet;

AmendsLetterSheet *amends_letter_sheet_new (const AmendsCaseFile *file,
                                            AmendsLetterKind kind,
                                            const json_t *draft,
                                            const char *sender);
AmendsLetterSheet *amends_letter_sheet_ref (AmendsLetterSheet *self);
void amends_letter_sheet_unref (AmendsLetterSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsLetterSheet, amends_letter_sheet_unref)

gboolean amends_letter_sheet_is_for (AmendsEventType act, AmendsLetterKind *ret_kind);
const AmendsLetterSheet *amends_letter_sheet_find (const AmendsLetterSheet *self, const char *text);
GtkWidget *amends_letter_sheet_make_language_row (const AmendsLetterSheet *self);
GtkWidget *amends_letter_sheet_make_reader_row (const AmendsLetterSheet *self);
const char *amends_letter_sheet_name (AmendsLetterKind kind);
void amends_letter_sheet_set_sender (AmendsLetterSheet *self, const char *sender);
GtkWidget *amends_letter_sheet_make_checks (const AmendsLetterSheet *self, const char *text);
gboolean amends_letter_sheet_is_whole (const AmendsLetterSheet *self, const char *text);

G_END_DECLS
