/* amends-decide-acts.c: which acts are open, and why the others are not
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each act has two questions: whether the state of the case lets it be at all, which a screen asks before
 * anybody has written anything; and whether what was requested may be. */

#include "core/amends-decide-private.h"

#include <string.h>

#include "core/amends-error.h"
#include "core/amends-intake.h"
#include "core/amends-json.h"

static gboolean
is_closed (const AmendsQuestion *self)
{
  return strcmp (amends_case_get_state (self->complaint), "closed") == 0;
}

static gboolean
holds (const AmendsQuestion *self, const char *field)
{
  return amends_case_holds (self->complaint, field);
}

static gboolean
refuse_state (const AmendsQuestion *self, GError **error, const char *provision, const char *what)
{
  return amends_question_refuse (self, error, "type", NULL, provision, "%s", what);
}

/* A complaint that was refused or taken back may be open because stage 2 is asked for. */
static gboolean
is_set_aside (const AmendsQuestion *self)
{
  return amends_case_stands (self->complaint, "declined")
         || amends_case_stands (self->complaint, "withdrawn");
}

static gboolean
is_open (AmendsQuestion *self, GError **error)
{
  if (is_closed (self))
    return refuse_state (self, error, NULL, "The case is closed: take it up again first");
  return !is_set_aside (self)
         || refuse_state (self, error, NULL,
                          "It was refused or withdrawn: take it up again first, or answer the "
                          "request for stage 2");
}

static gboolean
is_open_complaint (AmendsQuestion *self, GError **error)
{
  if (!is_open (self, error))
    return FALSE;
  return amends_case_is_complaint (self->complaint)
         || refuse_state (self, error, "1.4", "It is no complaint: make it one first");
}

static gboolean
may_accept (AmendsQuestion *self, GError **error)
{
  if (!is_open_complaint (self, error))
    return FALSE;
  return !holds (self, "accepted") || refuse_state (self, error, NULL, "It was accepted already");
}

static gboolean
may_decline (AmendsQuestion *self, GError **error)
{
  if (!is_open_complaint (self, error))
    return FALSE;
  return !holds (self, "responded")
         || refuse_state (self, error, "2.1", "It has been answered: it was taken as a complaint");
}

static gboolean
is_any_issue_declined (const AmendsQuestion *self)
{
  const AmendsFields *fields = amends_case_get_fields (self->complaint);

  for (guint i = 0; i < amends_fields_get_n_fields (fields); i++)
    {
      const char *name = amends_fields_get_nth (fields, i)->name;

      if (g_str_has_prefix (name, "declined_issues.") && holds (self, name))
        return TRUE;
    }
  return FALSE;
}

static gboolean
may_reopen (AmendsQuestion *self, GError **error)
{
  return is_closed (self) || is_set_aside (self) || is_any_issue_declined (self)
         || amends_decide_has_stopped (self)
         || refuse_state (self, error, NULL, "The case is open");
}

static gboolean
may_extend (AmendsQuestion *self, GError **error)
{
  if (!is_open_complaint (self, error))
    return FALSE;
  return !holds (self, "responded")
         || refuse_state (self, error, "6.4", "It has been answered: nothing is left to extend");
}

/* Recording what an enquiry was answered is this act too; a service request has its own. */
static gboolean
may_respond (AmendsQuestion *self, GError **error)
{
  const char *kind = amends_case_get_text (self->complaint, "kind");

  if (!is_open (self, error))
    return FALSE;
  return (g_strcmp0 (kind, "service-request") != 0 && g_strcmp0 (kind, "informal") != 0)
         || refuse_state (self, error, "1.4",
                          "It is no complaint: record what was done about the request");
}

/* What is found or sent after the response is of stage 2. */
static gboolean
is_unanswered (AmendsQuestion *self, GError **error)
{
  return !holds (self, "responded")
         || refuse_state (self, error, "6.10",
                          "It has been answered: what comes now is of stage 2");
}

/* Issues that come before the response are taken together, later ones are a complaint of their own. */
static gboolean
may_join (AmendsQuestion *self, GError **error)
{
  const char *clause = amends_question_get_clause (self, "type", "new-issues");

  if (clause == NULL)
    clause = amends_question_get_clause (self, "rule", "many-complaints");
  if (!is_open (self, error))
    return FALSE;
  return !holds (self, "responded")
         || amends_question_refuse (self, error, "type", clause, "6.8",
                                    "It has been answered: link the two, and answer each");
}

static gboolean
may_find (AmendsQuestion *self, GError **error)
{
  return is_open_complaint (self, error) && is_unanswered (self, error);
}

static gboolean
may_draft (AmendsQuestion *self, GError **error)
{
  return may_respond (self, error) && is_unanswered (self, error);
}

static gboolean
may_send (AmendsQuestion *self, GError **error)
{
  return may_draft (self, error) && amends_decide_has_draft (self, error);
}

static gboolean
may_approve (AmendsQuestion *self, GError **error)
{
  return may_draft (self, error) && amends_decide_may_follow_up (self, error);
}

static gboolean
was_asked_for (AmendsQuestion *self, GError **error)
{
  return holds (self, "escalation_requested")
         || refuse_state (self, error, "6.10", "Nobody has asked for stage 2");
}

/* A refusal that was recorded does not keep a landlord from taking it in after all. */
static gboolean
is_stage_2_open (AmendsQuestion *self, GError **error)
{
  if (!was_asked_for (self, error))
    return FALSE;
  return !(holds (self, "stage2_closed") || holds (self, "declined") || holds (self, "withdrawn"))
         || !is_closed (self)
         || refuse_state (self, error, NULL, "Stage 2 is closed: take it up again first");
}

static gboolean
may_refuse_escalation (AmendsQuestion *self, GError **error)
{
  if (!is_stage_2_open (self, error))
    return FALSE;
  return !holds (self, "stage2_responded")
         || refuse_state (self, error, "5.11", "Stage 2 has been answered");
}

static gboolean
may_extend_stage_2 (AmendsQuestion *self, GError **error)
{
  if (!is_stage_2_open (self, error))
    return FALSE;
  return !holds (self, "stage2_responded")
         || refuse_state (self, error, "6.15",
                          "Stage 2 has been answered: nothing is left to extend");
}

static gboolean
may_find_at_stage_2 (AmendsQuestion *self, GError **error)
{
  if (!is_stage_2_open (self, error))
    return FALSE;
  return !holds (self, "stage2_responded")
         || refuse_state (self, error, "6.19", "Stage 2 has been answered");
}

static gboolean
may_send_at_stage_2 (AmendsQuestion *self, GError **error)
{
  return may_find_at_stage_2 (self, error) && amends_decide_has_draft (self, error);
}

static gboolean
may_approve_at_stage_2 (AmendsQuestion *self, GError **error)
{
  return may_find_at_stage_2 (self, error) && amends_decide_may_follow_up (self, error);
}

static gboolean
may_close (AmendsQuestion *self, GError **error)
{
  if (!is_open (self, error))
    return FALSE;
  if (strcmp (amends_case_get_stage (self->complaint), "stage-2") == 0
      || (holds (self, "escalation_requested") && !holds (self, "escalation_refused")))
    return refuse_state (self, error, "6.10", "Stage 2 was asked for: that is what is closed");
  return amends_decide_check_closing_state (self, error);
}

static gboolean
may_close_stage_2 (AmendsQuestion *self, GError **error)
{
  return is_stage_2_open (self, error) && amends_decide_check_closing_state (self, error);
}

static gboolean
may_promote (AmendsQuestion *self, GError **error)
{
  return !amends_case_is_complaint (self->complaint)
         || refuse_state (self, error, NULL, "It is a complaint already");
}

static gboolean
may_decide_panel (AmendsQuestion *self, GError **error)
{
  return holds (self, "panel_requested.1") || holds (self, "panel_requested.2")
         || refuse_state (self, error, NULL, "Nobody has asked for the panel");
}

/* What the request was when it was recorded; making it a complaint does not end it. A hazard that came
 * with a complaint is a request too. Neither is dealt with before nobody is in danger any more. */
static gboolean
may_resolve_request (AmendsQuestion *self, GError **error)
{
  gboolean is_request = amends_decide_has_hazard (self);

  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self->complaint, i);
      const char *kind = json_string_value (json_object_get (entry->body, "kind"));

      is_request |=
          entry->type == AMENDS_EVENT_CASE_RECORDED
          && (g_strcmp0 (kind, "service-request") == 0 || g_strcmp0 (kind, "informal") == 0);
    }
  if (!is_request)
    return refuse_state (self, error, NULL, "It was no service request");
  return amends_decide_check_no_hazard (self, error);
}

static gboolean
was_answered (AmendsQuestion *self, GError **error)
{
  return amends_decide_was_sent_to_any (self, "responded")
         || amends_decide_was_sent_to_any (self, "stage2_responded")
         || refuse_state (self, error, NULL, "No response is recorded that could have arrived");
}

/* What a person should know who takes down a request for stage 2. It is never refused. */
static gboolean
note_escalation (AmendsQuestion *self, GError **error)
{
  const AmendsClockRow *window =
      amends_question_get_row (self, AMENDS_CLOCK_SOURCE_POLICY, AMENDS_CLOCK_ESCALATE);
  char day[AMENDS_DAY_TEXT_SIZE];

  if (window != NULL && window->state == AMENDS_CLOCK_STATE_LAPSED
      && window->met_day == AMENDS_DAY_NONE)
    {
      amends_day_format_to (window->due_day, day);
      amends_question_warn (self, window->clock->rule->clause, "6.10",
                            "The landlord’s time for it ended on %s: record it, and a named person "
                            "decides; the Code sets no time",
                            day);
    }
  if (!amends_case_is_complaint (self->complaint))
    amends_question_warn (self, NULL, "1.5", "It is no complaint yet: make it one");
  else if (holds (self, "declined") || holds (self, "withdrawn"))
    amends_question_warn (
        self, NULL, "2.4",
        "The complaint was refused or withdrawn: the case is open until this is answered");
  else if (!holds (self, "responded"))
    amends_question_warn (self,
                          amends_question_get_clause (self, "rule", "late-response-escalates"),
                          "6.10",
                          "Stage 1 is not answered: it takes effect with the response, or when the "
                          "response is late");
  return TRUE;
}

/* What cannot be starts no clock; it is taken down all the same, and whoever does is told. */
static gboolean
note_early_request (AmendsQuestion *self, GError **error)
{
  AmendsDay received = amends_question_get_first_day (self, "received", NULL);
  char day[AMENDS_DAY_TEXT_SIZE];

  if (received == AMENDS_DAY_NONE || amends_question_get_day (self, "on") >= received)
    return TRUE;
  amends_day_format_to (received, day);
  amends_question_warn (
      self, NULL, NULL,
      "That is before it was received, on %s: with such a date it starts no clock", day);
  return TRUE;
}

static gboolean
note_disclosure (AmendsQuestion *self, GError **error)
{
  if (self->act == NULL)
    amends_decide_note_disclosure (self);
  return TRUE;
}

static gboolean
note_panel (AmendsQuestion *self, GError **error)
{
  if (self->policy != NULL
      && strcmp (amends_question_get_value (self, "compensation-panel"), "yes") != 0)
    amends_question_warn (self, NULL, NULL, "This landlord has no compensation panel");
  return TRUE;
}

static gboolean
note_acknowledgement (AmendsQuestion *self, GError **error)
{
  const AmendsPolicyClock *clock =
      self->policy != NULL ? amends_policy_get_clock (self->policy, AMENDS_CLOCK_ACKNOWLEDGE)
                           : NULL;

  if (clock != NULL && clock->needs_writing)
    amends_question_warn (self, clock->rule->clause, NULL,
                          "Only what is written ends this clock: ring, then send it");
  if (strcmp (amends_question_get_value (self, "acknowledge-with-talk"), "yes") == 0)
    amends_question_warn (self, amends_question_get_clause (self, "rule", "acknowledge-with-talk"),
                          NULL, "Talk it over with them too, and record the talk or the attempts");
  return TRUE;
}

static gboolean
note_stage_2 (AmendsQuestion *self, GError **error)
{
  if (!is_stage_2_open (self, error))
    return FALSE;
  if (strcmp (amends_question_get_value (self, "understanding-first"), "confirmed-before-stage-2")
          == 0
      && !holds (self, "understanding.confirmed"))
    amends_question_warn (self, amends_question_get_clause (self, "rule", "understanding-first"),
                          "6.12",
                          "The exchange about the request stands beside it and holds up nothing");
  return TRUE;
}

static gboolean
is_any_in_conflict (const AmendsQuestion *self, const char *prefix)
{
  for (guint i = 0; i < amends_case_get_n_conflicts (self->complaint); i++)
    if (g_str_has_prefix (amends_case_get_conflict (self->complaint, i)->name, prefix))
      return TRUE;
  return FALSE;
}

static gboolean
may_withdraw_consent (AmendsQuestion *self, GError **error)
{
  for (guint i = 0; i < amends_case_get_n_consents (self->complaint); i++)
    {
      const AmendsConsent *consent = amends_case_get_consent (self->complaint, i);

      if (consent->withdrawn == NULL && strcmp (consent->answer, "given") == 0)
        return TRUE;
    }
  return is_any_in_conflict (self, "consents.")
         || refuse_state (self, error, NULL, "No consent stands, so none can be withdrawn");
}

static gboolean
may_end_adjustment (AmendsQuestion *self, GError **error)
{
  for (guint i = 0; i < amends_case_get_n_adjustments (self->complaint); i++)
    if (amends_case_get_adjustment (self->complaint, i)->ended == NULL)
      return TRUE;
  return is_any_in_conflict (self, "adjustments.")
         || refuse_state (self, error, NULL,
                          "No reasonable adjustment stands, so none can be ended");
}

static gboolean
may_settle (AmendsQuestion *self, GError **error)
{
  return amends_case_get_n_conflicts (self->complaint) > 0
         || refuse_state (self, error, NULL, "Nothing is in conflict, so nothing can be settled");
}

/* The first day in the history that an event of @type gives under @key, from @not_before on. */
static AmendsDay
find_first_day (const AmendsQuestion *self,
                AmendsEventType type,
                const char *key,
                AmendsDay not_before)
{
  AmendsDay first = AMENDS_DAY_NONE;

  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self->complaint, i);
      AmendsDay day =
          entry->type == type ? amends_day_from_json (entry->body, key) : AMENDS_DAY_NONE;

      if (day != AMENDS_DAY_NONE && day >= not_before && (first == AMENDS_DAY_NONE || day < first))
        first = day;
    }
  return first;
}

static gboolean
refuse_day (GError **error, const char *before, AmendsDay day, const char *after)
{
  char text[AMENDS_DAY_TEXT_SIZE];

  amends_day_format_to (day, text);
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "on", NULL, "%s %s%s", before, text, after);
  return FALSE;
}

/* The first day on which they said that they were unhappy with the answer; what they said before the
 * request was about something else. */
static gboolean
check_promoted (AmendsQuestion *self, GError **error)
{
  AmendsDay on = amends_question_get_day (self, "on");
  AmendsDay requested =
      find_first_day (self, AMENDS_EVENT_CASE_RECORDED, "received", AMENDS_DAY_NONE);
  AmendsDay unhappy = find_first_day (self, AMENDS_EVENT_CASE_DISSATISFIED, "on", requested);

  if (on < requested)
    return refuse_day (error, "The request came on", requested,
                       ": a complaint about it cannot be earlier");
  if (unhappy != AMENDS_DAY_NONE && on > unhappy
      && g_strcmp0 (amends_case_get_text (self->complaint, "kind"), "service-request") == 0)
    return refuse_day (error, "They said on", unhappy, " that they were unhappy: give that day");
  return TRUE;
}

static gboolean
check_delivered (AmendsQuestion *self, GError **error)
{
  AmendsDay sent = amends_decide_get_sent_day (self);

  if (sent != AMENDS_DAY_NONE && amends_question_get_day (self, "on") >= sent)
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, sent == AMENDS_DAY_NONE ? "stage" : "on",
                    NULL,
                    sent == AMENDS_DAY_NONE ? "No response of that stage is recorded"
                                            : "That is before the response was sent");
  return FALSE;
}

/* An issue that was refused goes on with the others: its complaint was never closed, so it keeps its days. */
static gboolean
check_reopened_issue (AmendsQuestion *self, const char *issue, GError **error)
{
  g_autofree char *declined = g_strconcat ("declined_issues.", issue, NULL);

  if (holds (self, declined) && !is_closed (self))
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "issue", NULL,
                    is_closed (self) ? "The case is closed: take the whole up again first"
                                     : "That issue was not refused");
  return FALSE;
}

static gboolean
check_reopened (AmendsQuestion *self, GError **error)
{
  const char *issue = amends_question_get_text (self, "issue");
  gboolean is_of_one = amends_question_get_text (self, "who") != NULL;

  if (is_of_one && issue != NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "issue", NULL,
                        "Who comes back, and an issue that is taken up again, are two things: "
                        "record each by itself");
      return FALSE;
    }
  if (is_of_one)
    return amends_decide_check_return (self, error);
  if (issue != NULL)
    return check_reopened_issue (self, issue, error);
  if (!is_closed (self) && !is_set_aside (self))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "issue", NULL,
                        "The case is open: say which of its issues that was refused is taken up, "
                        "or who comes back");
      return FALSE;
    }
  if (g_strcmp0 (amends_question_get_text (self, "because"), "refusal-overturned") != 0
      || holds (self, "declined"))
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "because", NULL,
                    "No refusal stands that could be overturned: choose another reason");
  return FALSE;
}

typedef struct
{
  AmendsCheck state;   /* (nullable): always open */
  AmendsCheck request; /* (nullable) */
  int stage;           /* 0: as the act says, or 1 */
} Checks;

static const Checks checks[AMENDS_EVENT_N_TYPES] = {
  [AMENDS_EVENT_CONTACT_CHANGED] = { NULL, amends_decide_check_name, 0 },
  [AMENDS_EVENT_CONSENT_WITHDRAWN] = { may_withdraw_consent, NULL, 0 },
  [AMENDS_EVENT_ADJUSTMENT_ENDED] = { may_end_adjustment, NULL, 0 },
  [AMENDS_EVENT_AUTHORITY_GIVEN] = { NULL, amends_decide_check_authority, 0 },
  [AMENDS_EVENT_AUTHORITY_WITHDRAWN] = { amends_decide_may_withdraw_authority,
                                         amends_decide_check_authority_withdrawn, 0 },
  [AMENDS_EVENT_CONFLICT_SETTLED] = { may_settle, NULL, 0 },
  [AMENDS_EVENT_CASE_ACKNOWLEDGED] = { note_acknowledgement, NULL, 1 },
  [AMENDS_EVENT_CASE_ACCEPTED] = { may_accept, NULL, 1 },
  [AMENDS_EVENT_CASE_DECLINED] = { may_decline, amends_decide_check_refusal, 1 },
  [AMENDS_EVENT_CASE_COMPLAINANT_JOINED] = { is_open_complaint, amends_decide_check_complainant,
                                             0 },
  [AMENDS_EVENT_CASE_REOPENED] = { may_reopen, check_reopened, 0 },
  [AMENDS_EVENT_CASE_ASSIGNED] = { is_open, amends_decide_check_assignment, 1 },
  [AMENDS_EVENT_CASE_EXTENDED] = { may_extend, amends_decide_check_extension, 1 },
  [AMENDS_EVENT_CASE_RESPONDED] = { may_respond, amends_decide_check_response, 1 },
  [AMENDS_EVENT_CASE_DELIVERED] = { was_answered, check_delivered, 0 },
  [AMENDS_EVENT_CASE_ESCALATION_REQUESTED] = { note_escalation, note_early_request, 2 },
  [AMENDS_EVENT_CASE_ESCALATION_REFUSED] = { may_refuse_escalation, amends_decide_check_refusal,
                                             2 },
  [AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED] = { note_stage_2, NULL, 2 },
  [AMENDS_EVENT_CASE_STAGE2_ASSIGNED] = { is_stage_2_open, amends_decide_check_assignment, 2 },
  [AMENDS_EVENT_CASE_STAGE2_CONTACTED] = { is_stage_2_open, NULL, 2 },
  [AMENDS_EVENT_CASE_STAGE2_UPDATED] = { is_stage_2_open, NULL, 2 },
  [AMENDS_EVENT_CASE_STAGE2_EXTENDED] = { may_extend_stage_2, amends_decide_check_extension, 2 },
  [AMENDS_EVENT_CASE_STAGE2_RESPONDED] = { is_stage_2_open, amends_decide_check_response, 2 },
  [AMENDS_EVENT_CASE_STAGE2_CLOSED] = { may_close_stage_2, amends_decide_check_closing, 2 },
  [AMENDS_EVENT_CASE_CLOSED] = { may_close, amends_decide_check_closing, 1 },
  [AMENDS_EVENT_CASE_PANEL_REQUESTED] = { note_panel, NULL, 0 },
  [AMENDS_EVENT_CASE_PANEL_DECIDED] = { may_decide_panel, amends_decide_check_panel, 0 },
  [AMENDS_EVENT_CASE_DISCLOSED] = { note_disclosure, amends_decide_check_disclosure, 0 },
  [AMENDS_EVENT_CASE_DEPARTURE] = { NULL, amends_decide_check_departure, 0 },
  [AMENDS_EVENT_CASE_UNDERSTANDING] = { was_asked_for, NULL, 2 },
  [AMENDS_EVENT_CASE_PROMOTED] = { may_promote, check_promoted, 1 },
  [AMENDS_EVENT_CASE_REQUEST_RESOLVED] = { may_resolve_request, NULL, 1 },
  [AMENDS_EVENT_CASE_CORRECTED] = { NULL, amends_decide_check_correction, 0 },
  [AMENDS_EVENT_CASE_CORRECTION_ANSWERED] = { amends_decide_may_answer_correction,
                                              amends_decide_check_correction_answer, 0 },
  [AMENDS_EVENT_CASE_HAZARD_INVESTIGATED] = { amends_decide_may_investigate_hazard,
                                              amends_decide_check_hazard, 0 },
  [AMENDS_EVENT_CASE_HAZARD_SUMMARY_SENT] = { amends_decide_may_send_summary,
                                              amends_decide_check_summary, 0 },
  [AMENDS_EVENT_CASE_HAZARD_MADE_SAFE] = { amends_decide_may_make_safe, amends_decide_check_hazard,
                                           0 },
  [AMENDS_EVENT_CASE_TRIAGED] = { is_open_complaint, amends_decide_check_triage, 1 },
  [AMENDS_EVENT_CASE_DEFINED] = { is_open_complaint, amends_decide_check_definition, 1 },
  [AMENDS_EVENT_CASE_STAGE2_DEFINED] = { is_stage_2_open, amends_decide_check_definition, 2 },
  [AMENDS_EVENT_CASE_INVESTIGATED] = { is_open_complaint, amends_decide_check_investigation, 1 },
  [AMENDS_EVENT_CASE_STAGE2_INVESTIGATED] = { is_stage_2_open, amends_decide_check_investigation,
                                              2 },
  [AMENDS_EVENT_CASE_INFORMATION_REQUESTED] = { is_open, amends_decide_check_information_request,
                                                0 },
  [AMENDS_EVENT_CASE_INFORMATION_ANSWERED] = { amends_decide_may_follow_up,
                                               amends_decide_check_answered, 0 },
  [AMENDS_EVENT_CASE_APPOINTED] = { NULL, amends_decide_check_appointment, 0 },
  [AMENDS_EVENT_CASE_APPOINTMENT_ENDED] = { amends_decide_may_follow_up,
                                            amends_decide_check_appointment_ended, 0 },
  [AMENDS_EVENT_CASE_FINDING] = { may_find, amends_decide_check_finding, 1 },
  [AMENDS_EVENT_CASE_STAGE2_FINDING] = { may_find_at_stage_2, amends_decide_check_finding, 2 },
  [AMENDS_EVENT_CASE_REMEDY_OFFERED] = { NULL, amends_decide_check_remedy, 0 },
  [AMENDS_EVENT_CASE_REMEDY_ANSWERED] = { amends_decide_may_follow_up,
                                          amends_decide_check_remedy_answer, 0 },
  [AMENDS_EVENT_CASE_REMEDY_GIVEN] = { amends_decide_may_follow_up,
                                       amends_decide_check_remedy_given, 0 },
  [AMENDS_EVENT_CASE_ACTION_ADDED] = { NULL, amends_decide_check_action, 0 },
  [AMENDS_EVENT_CASE_ACTION_DONE] = { amends_decide_may_follow_up, amends_decide_check_action_done,
                                      0 },
  [AMENDS_EVENT_CASE_DRAFTED] = { may_draft, amends_decide_check_draft, 1 },
  [AMENDS_EVENT_CASE_APPROVED] = { may_approve, amends_decide_check_approval, 1 },
  [AMENDS_EVENT_CASE_SENT] = { may_send, amends_decide_check_sending, 1 },
  [AMENDS_EVENT_CASE_STAGE2_DRAFTED] = { may_find_at_stage_2, amends_decide_check_draft, 2 },
  [AMENDS_EVENT_CASE_STAGE2_APPROVED] = { may_approve_at_stage_2, amends_decide_check_approval, 2 },
  [AMENDS_EVENT_CASE_STAGE2_SENT] = { may_send_at_stage_2, amends_decide_check_sending, 2 },
  [AMENDS_EVENT_CASE_LEARNING] = { NULL, amends_decide_check_learning, 0 },
  [AMENDS_EVENT_CASE_SURVEY] = { NULL, amends_decide_check_survey, 0 },
  [AMENDS_EVENT_CASE_REFERRED] = { NULL, amends_decide_check_referral, 0 },
  [AMENDS_EVENT_CASE_DETERMINATION] = { NULL, amends_decide_check_determination, 0 },
  [AMENDS_EVENT_CASE_ORDER] = { NULL, amends_decide_check_order, 0 },
  [AMENDS_EVENT_CASE_ORDER_DONE] = { amends_decide_may_follow_up, amends_decide_check_order_done,
                                     0 },
  [AMENDS_EVENT_CASE_BEHAVIOUR_RESTRICTION] = { NULL, amends_decide_check_restriction, 0 },
  [AMENDS_EVENT_CASE_BEHAVIOUR_REVIEWED] = { amends_decide_may_follow_up,
                                             amends_decide_check_restriction_review, 0 },
  [AMENDS_EVENT_CASE_PANEL_RECOMMENDED] = { may_decide_panel, amends_decide_check_panel_members,
                                            0 },
  [AMENDS_EVENT_CASE_JOINED] = { may_join, amends_decide_check_joining, 0 },
  [AMENDS_EVENT_CASE_SPLIT] = { is_open, amends_decide_check_split, 0 },
  [AMENDS_EVENT_CASE_PARTED] = { amends_decide_may_part, amends_decide_check_parting, 0 },
  [AMENDS_EVENT_CASE_FORWARDED] = { NULL, amends_decide_check_forwarding, 0 },
  [AMENDS_EVENT_CASE_MOVED] = { amends_decide_may_move, amends_decide_check_move, 0 },
  [AMENDS_EVENT_CASE_ASK_FIRST] = { NULL, amends_decide_check_ask_first, 0 },
  [AMENDS_EVENT_CASE_TRANSCRIBED] = { amends_decide_may_transcribe, amends_decide_check_transcript,
                                      0 },
  [AMENDS_EVENT_PERSON_ADJUSTMENT_DECIDED] = { amends_decide_may_decide_adjustment,
                                               amends_decide_check_adjustment_decision, 0 },
  [AMENDS_EVENT_PERSON_ADJUSTMENT_MADE] = { amends_decide_may_make_adjustment,
                                            amends_decide_check_adjustment_made, 0 },
  [AMENDS_EVENT_PERSON_ADJUSTMENT_REVIEWED] = { amends_decide_may_decide_adjustment,
                                                amends_decide_check_adjustment_review, 0 },
  [AMENDS_EVENT_PERSON_DISABILITY_DISCLOSED] = { NULL, amends_decide_check_disability, 0 },
  [AMENDS_EVENT_PERSON_CAPACITY_ASSESSED] = { NULL, amends_decide_check_capacity, 0 },
  [AMENDS_EVENT_CASE_ERASURE_ASKED] = { amends_decide_may_ask_erasure,
                                        amends_decide_check_erasure_asked, 0 },
  [AMENDS_EVENT_CASE_ERASURE_AGREED] = { amends_decide_may_agree_erasure,
                                         amends_decide_check_erasure_agreed, 0 },
};

static void
choose_stage (AmendsQuestion *self)
{
  int stage = checks[self->type].stage;

  if (stage == 0)
    stage = json_integer_value (json_object_get (self->act, "stage")) == 2 ? 2 : 1;
  self->stage = stage;
}

/**
 * amends_question_check_state:
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether the state of the case lets the act be; what a person should know is in its warnings
 */
gboolean
amends_question_check_state (AmendsQuestion *self, GError **error)
{
  const Checks *of_act = &checks[self->type];

  choose_stage (self);
  if (amends_case_is_away (self->complaint))
    return refuse_state (
        self, error, NULL,
        "It was moved to another scheme: what is to be recorded is recorded there");
  if (of_act->state != NULL && !of_act->state (self, error))
    return FALSE;
  if (self->act != NULL)
    return TRUE;
  amends_decide_note_role (self);
  amends_decide_note_channel (self);
  amends_decide_note_recipient (self);
  return TRUE;
}

/* What cannot be done of a complaint that is not there yet. */
static const gboolean follows_receipt[AMENDS_EVENT_N_TYPES] = {
  [AMENDS_EVENT_CASE_ACKNOWLEDGED] = TRUE, [AMENDS_EVENT_CASE_EXTENDED] = TRUE,
  [AMENDS_EVENT_CASE_RESPONDED] = TRUE,    [AMENDS_EVENT_CASE_TRIAGED] = TRUE,
  [AMENDS_EVENT_CASE_DEFINED] = TRUE,      [AMENDS_EVENT_CASE_INVESTIGATED] = TRUE,
  [AMENDS_EVENT_CASE_FINDING] = TRUE,      [AMENDS_EVENT_CASE_DRAFTED] = TRUE,
  [AMENDS_EVENT_CASE_SENT] = TRUE,
};

/* Source: the order in which amends_clock_history_take() takes what happened: what is left out there
 * would be recorded and start or end nothing. */
static gboolean
check_order (AmendsQuestion *self, GError **error)
{
  AmendsDay on = amends_question_get_day (self, "on");
  AmendsDay received = amends_question_get_first_day (self, "received", NULL);
  AmendsDay requested = amends_question_get_first_day (self, "escalation_requested", "on");
  gboolean is_of_stage_2 =
      checks[self->type].stage == 2 && self->type != AMENDS_EVENT_CASE_ESCALATION_REQUESTED;

  if (on < received && (is_of_stage_2 || follows_receipt[self->type]))
    return refuse_day (error, "It was received on", received, ", which is later: correct the date");
  if (on < requested && is_of_stage_2)
    return refuse_day (error, "Stage 2 was asked for on", requested,
                       ", which is later: correct the date");
  return TRUE;
}

/**
 * amends_question_check_request:
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED, %AMENDS_CORE_ERROR_INVALID.
 * Returns: whether what is requested may be, whatever the state of the case
 */
gboolean
amends_question_check_request (AmendsQuestion *self, GError **error)
{
  const Checks *of_act = &checks[self->type];

  choose_stage (self);
  amends_decide_note_channel (self);
  return check_order (self, error) && amends_decide_check_subjects (self, error)
         && amends_decide_check_who (self, error)
         && (of_act->request == NULL || of_act->request (self, error))
         && amends_decide_check_role (self, error);
}

/**
 * amends_act_answer_free:
 * @self: (nullable) (transfer full): an answer
 */
void
amends_act_answer_free (AmendsActAnswer *self)
{
  if (self == NULL)
    return;
  g_clear_error (&self->refusal);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

/**
 * amends_act_answer_to_json:
 *
 * Returns: (transfer full): the answer as the command `may` prints it
 */
json_t *
amends_act_answer_to_json (const AmendsActAnswer *self)
{
  json_t *warnings = json_array ();

  for (guint i = 0; i < self->warnings->len; i++)
    json_array_append_new (warnings, json_string (g_ptr_array_index (self->warnings, i)));
  return json_pack ("{s:s, s:b, s:s?, s:s?, s:o}", "act", amends_event_type_to_string (self->type),
                    "open", self->is_open, "reason",
                    self->refusal != NULL ? self->refusal->message : NULL, "clause",
                    amends_error_get_clause (self->refusal), "warnings", warnings);
}

static AmendsActAnswer *
answer (const AmendsCase *complaint,
        const AmendsRules *rules,
        AmendsEventType type,
        const AmendsActor *by,
        AmendsDay today)
{
  AmendsActAnswer *self = g_new0 (AmendsActAnswer, 1);
  AmendsQuestion question = {
    .complaint = complaint,
    .policy = rules->policy,
    .code = rules->code,
    .calendar = rules->calendar,
    .actor = by,
    .today = today,
    .type = type,
  };

  self->type = type;
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  question.warnings = self->warnings;
  self->is_open = amends_question_check_state (&question, &self->refusal);
  g_clear_pointer (&question.rows, g_ptr_array_unref);
  return self;
}

/**
 * amends_decide_list_acts:
 * @complaint: the case as it stands on this device
 * @rules: what it is judged by; without a Code only the state of the case is
 * @by: (nullable): who asks
 * @moment: now
 *
 * May I do this? Before anybody has written anything: what is open may still be refused for what is
 * requested.
 *
 * Returns: (transfer full) (element-type AmendsActAnswer): an answer for each act, in the order of their
 * numbers
 */
GPtrArray *
amends_decide_list_acts (const AmendsCase *complaint,
                         const AmendsRules *rules,
                         const AmendsActor *by,
                         const AmendsMoment *moment)
{
  GPtrArray *answers = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_act_answer_free);

  g_return_val_if_fail (complaint != NULL && rules != NULL && moment != NULL, answers);

  for (guint i = 0; i < AMENDS_EVENT_N_TYPES; i++)
    if (amends_intake_get_act_fields ((AmendsEventType) i) != NULL)
      g_ptr_array_add (answers, answer (complaint, rules, (AmendsEventType) i, by,
                                        amends_moment_get_today (moment)));
  return answers;
}
