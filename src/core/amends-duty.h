/* amends-duty.h: what is owed in a case, and by when: what work lists are made of
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-case.h"
#include "core/amends-clock.h"
#include "core/amends-edition.h"

G_BEGIN_DECLS

/**
 * AmendsDutyKind:
 * @AMENDS_DUTY_CLOCK: a clock of the landlord's policy or of the Code
 * @AMENDS_DUTY_UPDATE: an update that was promised for a day
 * @AMENDS_DUTY_TELL: a departure from the policy that they have not been told of
 * @AMENDS_DUTY_REVIEW: an adjustment that is to be looked at again
 * @AMENDS_DUTY_LOOK: a record that came in without a conversation, and that owes nothing else
 * @AMENDS_DUTY_SETTLE: two versions that a person chooses from
 * @AMENDS_DUTY_AUTHORITY: somebody speaks for the complainant and nobody has seen their authority
 * @AMENDS_DUTY_CONSENT: something may be shared only after asking
 * @AMENDS_DUTY_PROMISE: an action, a remedy or an order that is still to be done, closed or not
 * @AMENDS_DUTY_INFORMATION: what others were asked for and have not given
 * @AMENDS_DUTY_RESTRICTION: a restriction of contact that is to be looked at again
 * @AMENDS_DUTY_ADJUSTMENT: an adjustment that was agreed and is not made, closed or not
 * @AMENDS_DUTY_SAFETY: what was said of somebody’s safety and nobody has looked into: the same day
 * @AMENDS_DUTY_SEND: a response that is approved and not sent, by the day of its clock, which runs until it is
 * @AMENDS_DUTY_APPOINTMENT: somebody is met on that day; from then on to say what became of it
 * @AMENDS_DUTY_MATCH: what arrived names a home or a case that is not known here: it is matched, or said to fit nothing
 * @AMENDS_DUTY_PASS_ON: what the others were told before somebody joined or came back, who was not
 *
 * Of two that are due on one day the one that stands first here comes first.
 */
typedef enum
{
  AMENDS_DUTY_CLOCK,
  AMENDS_DUTY_UPDATE,
  AMENDS_DUTY_TELL,
  AMENDS_DUTY_REVIEW,
  AMENDS_DUTY_LOOK,
  AMENDS_DUTY_SETTLE,
  AMENDS_DUTY_AUTHORITY,
  AMENDS_DUTY_CONSENT,
  AMENDS_DUTY_PROMISE,
  AMENDS_DUTY_INFORMATION,
  AMENDS_DUTY_RESTRICTION,
  AMENDS_DUTY_ADJUSTMENT,
  AMENDS_DUTY_SAFETY,
  AMENDS_DUTY_SEND,
  AMENDS_DUTY_APPOINTMENT,
  AMENDS_DUTY_MATCH,
  AMENDS_DUTY_PASS_ON,
} AmendsDutyKind;

#define AMENDS_DUTY_N_KINDS (AMENDS_DUTY_PASS_ON + 1)

/**
 * AmendsDuty:
 * @kind: what sort of thing is owed
 * @clock: of %AMENDS_DUTY_CLOCK: which; of %AMENDS_DUTY_SEND: the one that it ends
 * @what: (nullable) (owned): the need of an adjustment, the purpose of a consent, the field that is in
 *   conflict, the clause that was departed from, what was promised, who was asked, what is restricted, what
 *   an appointment is for, the field that is to be matched, who of several was promised an update, the field of the act
 *   that is owed to who came later
 * @detail: (nullable) (owned): with whom it may be shared; what is to be matched, as it was written; who came later
 * @day: the last day on which it is in time, or %AMENDS_DAY_NONE for what has none
 * @is_prompt: whether it is a day to look at something, and never a breach
 * @keeps_closures: whether the landlord's closures are no working days of it
 * @whose: (owned): the member of staff who has it in hand, of a promise its owner, by their id; %NULL if that is not known
 * @whose_name: (nullable) (owned): the same by name; %NULL if nobody has it
 */
typedef struct
{
  AmendsDutyKind kind;
  AmendsClockName clock;
  char *what;
  char *detail;
  AmendsDay day;
  gboolean is_prompt;
  gboolean keeps_closures;
  char *whose;
  char *whose_name;
} AmendsDuty;

void amends_duty_free (AmendsDuty *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsDuty, amends_duty_free)

GPtrArray *amends_case_list_duties (const AmendsCase *self,
                                    const AmendsRules *rules,
                                    AmendsDay as_of,
                                    AmendsDay *ret_turns_day);
gboolean amends_case_is_untouched (const AmendsCase *self);
const char *amends_case_get_unsettled (const AmendsCase *self, const char *field);
const char *amends_case_get_register_reference (const AmendsCase *self);

AmendsDay amends_editions_get_acknowledge_day (const AmendsEditions *self,
                                               const char *scheme,
                                               AmendsDay received,
                                               const AmendsCalendar **ret_calendar);

G_END_DECLS
