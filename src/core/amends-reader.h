/* amends-reader.h: for whom a letter of a case is, and whether it may go to them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-ledger.h"

G_BEGIN_DECLS

/**
 * AmendsReader:
 * @reply_to: (nullable): a code of the list “reply-to”, as is said of a letter, as it was drafted, or as they
 *   asked; %NULL for the complainant
 * @name: (nullable): of who acts for them, where it goes to them: likewise
 * @is_in_doubt: two people wrote down another name while apart
 *
 * Texts are owned by the case and by what was read.
 */
typedef struct
{
  const char *reply_to;
  const char *name;
  gboolean is_in_doubt;
} AmendsReader;

/**
 * AmendsLetterTo:
 * @representative: (nullable): who acts for the complainant, by name, and gets it; %NULL for the complainant
 * @other: (nullable): who gets one as well: of the two the other, by name
 * @who: (nullable): of several who complain, which it is; %NULL for the first
 *
 * To whom of those in a case a letter is written. Whether they may be told is for amends_reader_may_be_told().
 */
typedef struct
{
  const char *representative;
  const char *other;
  const char *who;
} AmendsLetterTo;

void amends_reader_find (const AmendsCase *complaint,
                         const json_t *act,
                         const json_t *draft,
                         AmendsReader *ret_reader);
gboolean amends_reader_is_another (const AmendsReader *self);
gboolean amends_reader_are_both (const AmendsReader *self);
gboolean amends_reader_may_be_told (const AmendsReader *self,
                                    const AmendsCase *complaint,
                                    const AmendsPolicy *policy,
                                    AmendsDay day,
                                    AmendsDay today,
                                    AmendsLedgerAnswer *ret_answer);
GArray *amends_reader_list (const AmendsCase *complaint,
                            const AmendsPolicy *policy,
                            const json_t *draft,
                            AmendsDay today,
                            guint *ret_asked,
                            AmendsLedgerAnswer *ret_answer);

G_END_DECLS
