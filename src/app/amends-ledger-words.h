/* amends-ledger-words.h: who may act and what may be shared, in words
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-ledger.h"

G_BEGIN_DECLS

const char *amends_ledger_words_state (AmendsLedgerKind kind, AmendsLedgerState state);
const char *amends_ledger_words_entry (const AmendsLedgerEntry *entry);
const char *amends_ledger_words_icon (AmendsLedgerState state);
char *amends_ledger_words_who (const AmendsLedgerEntry *entry);
char *amends_ledger_words_what (const AmendsLedgerEntry *entry);
char *amends_ledger_words_evidence (const AmendsLedgerEntry *entry);
char *amends_ledger_words_answer (const AmendsPolicy *code,
                                  const AmendsLedgerAnswer *answer,
                                  const char *name);

G_END_DECLS
