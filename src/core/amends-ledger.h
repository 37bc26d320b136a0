/* amends-ledger.h: who may act for a complainant, what may be shared with whom, and what would change that
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Taking down what somebody says is never a question for the ledger; telling them something is. */

#pragma once

#include "core/amends-case.h"
#include "core/amends-policy.h"

G_BEGIN_DECLS

typedef struct _AmendsLedger AmendsLedger;

/**
 * AmendsLedgerKind:
 * @AMENDS_LEDGER_AUTHORITY: to act for the complainant
 * @AMENDS_LEDGER_CONSENT: to share something for one purpose with one recipient
 */
typedef enum
{
  AMENDS_LEDGER_AUTHORITY,
  AMENDS_LEDGER_CONSENT,
} AmendsLedgerKind;

/**
 * AmendsLedgerState:
 * @AMENDS_LEDGER_IN_FORCE: it holds on that day
 * @AMENDS_LEDGER_NOTHING: nothing is recorded
 * @AMENDS_LEDGER_TO_BE_ASKED: it is recorded that it was not asked yet, or is asked each time
 * @AMENDS_LEDGER_REFUSED: the complainant said no
 * @AMENDS_LEDGER_TO_COME: its first day is later
 * @AMENDS_LEDGER_ENDED: its last day has passed
 * @AMENDS_LEDGER_WITHDRAWN: the complainant took it back
 * @AMENDS_LEDGER_SUSPENDED: whoever has it is complained about
 * @AMENDS_LEDGER_UNWRITTEN: it was said, and this landlord asks for it in writing
 * @AMENDS_LEDGER_UNSEEN: the paper on which it rests was not seen
 * @AMENDS_LEDGER_OF_BENEFITS: it is about benefits alone
 * @AMENDS_LEDGER_TOO_NARROW: it is for something else than telling them
 */
typedef enum
{
  AMENDS_LEDGER_IN_FORCE,
  AMENDS_LEDGER_NOTHING,
  AMENDS_LEDGER_TO_BE_ASKED,
  AMENDS_LEDGER_REFUSED,
  AMENDS_LEDGER_TO_COME,
  AMENDS_LEDGER_ENDED,
  AMENDS_LEDGER_WITHDRAWN,
  AMENDS_LEDGER_SUSPENDED,
  AMENDS_LEDGER_UNWRITTEN,
  AMENDS_LEDGER_UNSEEN,
  AMENDS_LEDGER_OF_BENEFITS,
  AMENDS_LEDGER_TOO_NARROW,
} AmendsLedgerState;

#define AMENDS_LEDGER_N_STATES (AMENDS_LEDGER_TOO_NARROW + 1)

/**
 * AmendsLedgerEntry:
 * @kind: what it is about
 * @id: of the event that says it
 * @who: (nullable): the representative, or with whom it is shared; %NULL for whoever the purpose names
 * @relation: (nullable): of a representative, a code
 * @relation_detail: (nullable): in words
 * @code: (nullable): the type of authority, or the purpose
 * @details: (nullable): all that was recorded of it
 * @recorded: the day on which it was taken down
 * @from: its first day; %AMENDS_DAY_NONE if none is said
 * @until: its last day; %AMENDS_DAY_NONE for none
 * @withdrawn: when it was taken back; %AMENDS_DAY_NONE if it was not
 * @state: on the day of the ledger
 * @is_replaced: somebody who had seen it recorded another in its place
 *
 * Texts are owned by the case.
 */
typedef struct
{
  AmendsLedgerKind kind;
  AmendsId id;
  const char *who;
  const char *relation;
  const char *relation_detail;
  const char *code;
  const json_t *details;
  AmendsDay recorded;
  AmendsDay from;
  AmendsDay until;
  AmendsDay withdrawn;
  AmendsLedgerState state;
  gboolean is_replaced;
} AmendsLedgerEntry;

/**
 * AmendsLedgerAnswer:
 * @may: whether they may be told
 * @kind: what it hangs on
 * @state: of that
 * @clause: (nullable): of the landlord's edition
 * @provision: (nullable): of the Code
 * @reason: (nullable): why not, in English, to be translated in the context “ledger”
 * @change: (nullable): what would change it, likewise
 */
typedef struct
{
  gboolean may;
  AmendsLedgerKind kind;
  AmendsLedgerState state;
  const char *clause;
  const char *provision;
  const char *reason;
  const char *change;
} AmendsLedgerAnswer;

AmendsLedger *amends_ledger_new (const AmendsCase *complaint,
                                 const AmendsPolicy *policy,
                                 AmendsDay day,
                                 AmendsDay today);
void amends_ledger_free (AmendsLedger *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsLedger, amends_ledger_free)

guint amends_ledger_get_n_entries (const AmendsLedger *self);
const AmendsLedgerEntry *amends_ledger_get_entry (const AmendsLedger *self, guint n);

void
amends_ledger_may_tell (const AmendsLedger *self, const char *name, AmendsLedgerAnswer *ret_answer);
void amends_ledger_may_share (const AmendsLedger *self,
                              const char *purpose,
                              const char *to,
                              AmendsLedgerAnswer *ret_answer);

const char *amends_ledger_state_to_string (AmendsLedgerState state);
gboolean amends_ledger_is_same_name (const char *a, const char *b);
gboolean amends_ledger_is_complained_about (const AmendsCase *complaint, const char *name);
char *amends_ledger_dup_consent_key (const char *purpose, const char *to);
gboolean amends_ledger_takes_back (const json_t *withdrawal, const char *purpose, const char *to);

G_END_DECLS
