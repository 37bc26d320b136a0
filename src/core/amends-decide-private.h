/* amends-decide-private.h: how decisions are made, for the gates of different acts
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-case-clocks.h"
#include "core/amends-decide.h"
#include "core/amends-schema.h"

G_BEGIN_DECLS

/**
 * AmendsQuestion:
 * @complaint: the case
 * @policy: (nullable): the landlord's edition
 * @code: (nullable): the Code; where there is none, only the state of the case is judged
 * @calendar: (nullable): the working days
 * @letters: (nullable): the words of letters, as in the rules
 * @actor: who does it
 * @today: today
 * @type: of the act
 * @stage: 1 or 2
 * @act: (nullable): what was requested, as its table takes it; %NULL if it is only asked about
 * @warnings: what a person should know, although it is taken
 * @rows: (nullable): the clocks of the case, once asked for
 */
typedef struct
{
  const AmendsCase *complaint;
  AmendsPolicy *policy;
  AmendsPolicy *code;
  const AmendsCalendar *calendar;
  const AmendsLetterTexts *const *letters;
  const AmendsActor *actor;
  AmendsDay today;
  AmendsEventType type;
  int stage;
  const json_t *act;
  GPtrArray *warnings;
  GPtrArray *rows;
} AmendsQuestion;

AmendsDecision *amends_decision_new (const char *feed);
json_t *
amends_decision_begin_body (const char *type, const AmendsId *by, const AmendsMoment *moment);
gboolean
amends_decision_add_body (AmendsDecision *self, json_t *body, const char *field, GError **error);

typedef gboolean (*AmendsCheck) (AmendsQuestion *self, GError **error);

/* The state of the case alone, then what is requested. */
gboolean amends_question_check_state (AmendsQuestion *self, GError **error);
gboolean amends_question_check_request (AmendsQuestion *self, GError **error);

gboolean amends_question_refuse (const AmendsQuestion *self,
                                 GError **error,
                                 const char *field,
                                 const char *clause,
                                 const char *provision,
                                 const char *format,
                                 ...) G_GNUC_PRINTF (6, 7);
void amends_question_warn (AmendsQuestion *self,
                           const char *clause,
                           const char *provision,
                           const char *format,
                           ...) G_GNUC_PRINTF (4, 5);

const AmendsPolicyRule *
amends_question_find_rule (const AmendsQuestion *self, const char *kind, const char *name);
const char *
amends_question_get_clause (const AmendsQuestion *self, const char *kind, const char *name);
const char *amends_question_get_stage_clause (const AmendsQuestion *self);
const char *amends_question_get_value (const AmendsQuestion *self, const char *name);
const AmendsClockRow *
amends_question_get_row (AmendsQuestion *self, AmendsClockSource source, AmendsClockName name);
const char *amends_question_get_text (const AmendsQuestion *self, const char *key);
gboolean amends_question_is_true (const AmendsQuestion *self, const char *key);
AmendsDay amends_question_get_day (const AmendsQuestion *self, const char *key);
AmendsDay
amends_question_get_first_day (const AmendsQuestion *self, const char *field, const char *key);
AmendsDay amends_question_get_response_day (const AmendsQuestion *self, int stage);

gboolean amends_question_check_issue (const AmendsQuestion *self,
                                      const char *field,
                                      const char *id,
                                      GError **error);
gboolean amends_question_check_person (AmendsQuestion *self,
                                       const char *key,
                                       const char *const *roles,
                                       const char *clause,
                                       const char *provision,
                                       GError **error);
gboolean amends_question_check_doer (AmendsQuestion *self,
                                     const char *key,
                                     const char *const *roles,
                                     const char *clause,
                                     GError **error);
void amends_question_note_doer (AmendsQuestion *self, const char *const *roles, const char *clause);
gboolean amends_question_check_another (AmendsQuestion *self,
                                        const char *key,
                                        const char *clause,
                                        const char *provision,
                                        GError **error);

gboolean amends_decide_check_refusal (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_extension (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_response (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_closing_state (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_closing (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_panel_members (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_panel (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_departure (AmendsQuestion *self, GError **error);
gboolean amends_decide_is_same_person (const json_t *a, const json_t *b);
gboolean amends_decide_check_subjects (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_assignment (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_independence (AmendsQuestion *self,
                                           const json_t *person,
                                           const char *field,
                                           const char *clause,
                                           GError **error);
gboolean amends_decide_take_correction (const AmendsCase *complaint,
                                        json_t *act,
                                        const AmendsSchemaContext *context,
                                        GError **error);
gboolean amends_decide_check_correction (AmendsQuestion *self, GError **error);
gboolean amends_decide_may_answer_correction (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_correction_answer (AmendsQuestion *self, GError **error);
gboolean amends_decide_has_hazard (const AmendsQuestion *self);
gboolean amends_decide_check_no_hazard (AmendsQuestion *self, GError **error);
void amends_decide_note_hazard (AmendsQuestion *self);
gboolean amends_decide_may_investigate_hazard (AmendsQuestion *self, GError **error);
gboolean amends_decide_may_send_summary (AmendsQuestion *self, GError **error);
gboolean amends_decide_may_make_safe (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_hazard (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_summary (AmendsQuestion *self, GError **error);
void amends_decide_note_disclosure (AmendsQuestion *self);
gboolean amends_decide_check_disclosure (AmendsQuestion *self, GError **error);

/* By whose hand. */
gboolean amends_decide_check_role (AmendsQuestion *self, GError **error);
void amends_decide_note_role (AmendsQuestion *self);
gboolean amends_decide_says_who (AmendsEventType type);

/* What is done between the acknowledgement and the response. */
gboolean amends_decide_check_triage (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_definition (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_investigation (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_information_request (AmendsQuestion *self, GError **error);
gboolean amends_decide_has_stopped (const AmendsQuestion *self);
gboolean amends_decide_was_sent_to_any (const AmendsQuestion *self, const char *act);
AmendsDay amends_decide_get_sent_day (const AmendsQuestion *self);
int amends_decide_count_own_days (const AmendsQuestion *self);
gboolean amends_decide_check_complainant (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_return (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_appointment (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_appointment_ended (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_finding (AmendsQuestion *self, GError **error);

/* What a person needs. */
gboolean amends_decide_may_decide_adjustment (AmendsQuestion *self, GError **error);
gboolean amends_decide_may_make_adjustment (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_adjustment_decision (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_adjustment_made (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_adjustment_review (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_disability (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_capacity (AmendsQuestion *self, GError **error);
void amends_decide_note_channel (AmendsQuestion *self);
gboolean amends_decide_check_name (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_authority (AmendsQuestion *self, GError **error);
gboolean amends_decide_may_withdraw_authority (AmendsQuestion *self, GError **error);
void amends_decide_complete_authority_withdrawn (const AmendsQuestion *self, json_t *act);
gboolean amends_decide_check_authority_withdrawn (AmendsQuestion *self, GError **error);

/* What is promised, and what became of it. */
gboolean amends_decide_may_follow_up (AmendsQuestion *self, GError **error);
const AmendsHistoryEntry *amends_decide_check_follow_up (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_answered (AmendsQuestion *self, GError **error);
void amends_decide_complete_remedy (const AmendsQuestion *self, json_t *act);
gboolean amends_decide_check_remedy (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_remedy_answer (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_remedy_given (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_action (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_action_done (AmendsQuestion *self, GError **error);

/* Drafting, approving and sending. */
gboolean amends_decide_complete_who (AmendsQuestion *self, json_t *act, GError **error);
gboolean amends_decide_check_who (AmendsQuestion *self, GError **error);
void amends_decide_complete_sending (AmendsQuestion *self, json_t *act);
gboolean amends_decide_has_draft (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_draft (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_approval (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_sending (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_recipient (AmendsQuestion *self, GError **error);
void amends_decide_note_recipient (AmendsQuestion *self);

/* What comes after the answer, and what stands beside a complaint. */
gboolean amends_decide_check_learning (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_survey (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_referral (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_ask_first (AmendsQuestion *self, GError **error);
gboolean amends_decide_may_transcribe (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_transcript (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_determination (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_order (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_order_done (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_restriction (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_restriction_review (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_joining (AmendsQuestion *self, GError **error);
gboolean amends_decide_may_part (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_parting (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_split (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_forwarding (AmendsQuestion *self, GError **error);

/* Moving it to another scheme (amends-move.c). */
gboolean amends_decide_may_move (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_move (AmendsQuestion *self, GError **error);
void amends_decide_complete_move (const AmendsCase *complaint, AmendsEventType type, json_t *act);

/* Erasing (amends-erase.c). */
gboolean amends_decide_may_ask_erasure (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_erasure_asked (AmendsQuestion *self, GError **error);
gboolean amends_decide_may_agree_erasure (AmendsQuestion *self, GError **error);
gboolean amends_decide_check_erasure_agreed (AmendsQuestion *self, GError **error);
void amends_decide_complete_erasure (const AmendsCase *complaint,
                                     const AmendsActor *by,
                                     AmendsEventType type,
                                     json_t *act);

extern const char *const amends_approver_roles[];

G_END_DECLS
