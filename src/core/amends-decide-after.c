/* amends-decide-after.c: what comes after the answer, and what stands beside a complaint
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-decide-private.h"

#include <string.h>

#include "core/amends-complainant.h"
#include "core/amends-error.h"
#include "core/amends-json.h"

static gboolean
check_issue_if_any (AmendsQuestion *self, GError **error)
{
  const char *issue = amends_question_get_text (self, "issue");

  return issue == NULL || amends_question_check_issue (self, "issue", issue, error);
}

/**
 * amends_decide_check_learning:
 *
 * Source: Complaint Handling Code 2024, 9.1 and 9.2; Rosebery, 12.1; Reliance, App 1.
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether somebody sees to it, by a day
 */
gboolean
amends_decide_check_learning (AmendsQuestion *self, GError **error)
{
  const char *clause = amends_question_get_clause (self, "type", "learning");
  gboolean is_of_agents = amends_question_find_rule (self, "type", "learning-of-agents") != NULL;

  if (!check_issue_if_any (self, error))
    return FALSE;
  if (self->code == NULL)
    return TRUE;
  if (is_of_agents && amends_question_get_text (self, "for") == NULL)
    return amends_question_refuse (self, error, "for",
                                   amends_question_get_clause (self, "type", "learning-of-agents"),
                                   "9.1",
                                   "Say whether the landlord learns from it, its agent, or "
                                   "both");
  if (json_object_get (self->act, "owner") == NULL)
    return amends_question_refuse (self, error, "owner", clause, "9.1", "Say who sees to it");
  if (amends_question_get_day (self, "due") == AMENDS_DAY_NONE)
    return amends_question_refuse (self, error, "due", clause, "9.1", "Say by when");
  return TRUE;
}

/* ---------------------------------------------------------------- surveys */

static gboolean
wants_no_survey (const AmendsQuestion *self)
{
  if (amends_case_holds (self->complaint, "surveys.opted-out"))
    return TRUE;
  for (guint i = 0; i < amends_case_get_n_consents (self->complaint); i++)
    {
      const AmendsConsent *consent = amends_case_get_consent (self->complaint, i);

      if (strcmp (consent->purpose, "contact-for-survey") == 0
          && (consent->withdrawn != NULL || strcmp (consent->answer, "refused") == 0))
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_survey_sent (AmendsQuestion *self, GError **error)
{
  const char *after = amends_question_get_clause (self, "type", "survey-after-closing");

  if (wants_no_survey (self))
    return amends_question_refuse (self, error, "step",
                                   amends_question_get_clause (self, "kpi", "survey"), NULL,
                                   "They do not want to be asked: send them none");
  if (after != NULL && strcmp (amends_case_get_state (self->complaint), "closed") != 0)
    return amends_question_refuse (self, error, "step", after, NULL,
                                   "This landlord asks once the case is closed");
  return TRUE;
}

/**
 * amends_decide_check_survey:
 *
 * Source: Housing 21, 12.1; Reliance, 6.1; One Housing, 11.3; Complaint Handling Code 2024, 1.6.
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether that step can be taken
 */
gboolean
amends_decide_check_survey (AmendsQuestion *self, GError **error)
{
  const char *step = amends_question_get_text (self, "step");
  const char *satisfied = amends_question_get_text (self, "satisfied");

  if (strcmp (step, "answered") == 0 && !amends_case_holds (self->complaint, "surveys.sent"))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "step", NULL,
                        "No survey was sent that they could answer");
      return FALSE;
    }
  if (self->code == NULL)
    return TRUE;
  if (strcmp (step, "sent") == 0 && !check_survey_sent (self, error))
    return FALSE;
  if (satisfied != NULL && g_str_has_suffix (satisfied, "dissatisfied"))
    amends_question_warn (self, amends_question_get_clause (self, "rule", "surveys"), "1.6",
                          "Tell them how to complain of it, if they want to");
  return TRUE;
}

/* ---------------------------------------------------------------- the Ombudsman and others */

/**
 * amends_decide_check_referral:
 *
 * Source: Complaint Handling Code 2024, 3.7; Reliance, 4.1.3.1.
 * Errors: none.
 * Returns: %TRUE; warns where the landlord's policy has them wait, which they need not
 */
gboolean
amends_decide_check_referral (AmendsQuestion *self, GError **error)
{
  gboolean is_late =
      strcmp (amends_question_get_value (self, "ombudsman-told"), "after-both-stages") == 0;

  if (self->code == NULL
      || strcmp (amends_question_get_text (self, "to"), "housing-ombudsman") != 0)
    return TRUE;
  if (is_late && !amends_case_holds (self->complaint, "stage2_responded"))
    amends_question_warn (self, amends_question_get_clause (self, "rule", "ombudsman-told"), "3.7",
                          "The policy has them wait for both stages; they may ask the Ombudsman at "
                          "any time");
  if (amends_question_get_day (self, "due") == AMENDS_DAY_NONE)
    amends_question_warn (self, NULL, "5.12",
                          "Say by when the Ombudsman wants the case file, once that is known");
  return TRUE;
}

static gboolean
was_referred (const AmendsQuestion *self)
{
  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    if (amends_case_get_history (self->complaint, i)->type == AMENDS_EVENT_CASE_REFERRED)
      return TRUE;
  return FALSE;
}

/* WDH: its policy is reviewed at any of these. */
static void
warn_of_trigger (AmendsQuestion *self)
{
  const char *clause = amends_question_get_clause (self, "kpi", "triggers");

  if (clause != NULL)
    amends_question_warn (self, clause, NULL, "The landlord reviews its policy after this");
}

/**
 * amends_decide_check_determination:
 *
 * Source: Complaint Handling Code 2024, 9.7; WDH, front page.
 * Errors: %AMENDS_CORE_ERROR_INVALID.
 * Returns: whether it is of this case
 */
gboolean
amends_decide_check_determination (AmendsQuestion *self, GError **error)
{
  static const char *const failings[] = { "service-failure", "maladministration",
                                          "severe-maladministration", NULL };
  const char *determination = amends_question_get_text (self, "determination");

  if (!check_issue_if_any (self, error))
    return FALSE;
  if (self->code == NULL)
    return TRUE;
  if (!was_referred (self))
    amends_question_warn (self, NULL, NULL,
                          "No referral is recorded: record when the case went to the Ombudsman");
  if (g_strv_contains (failings, determination))
    warn_of_trigger (self);
  if (strcmp (determination, "severe-maladministration") == 0)
    amends_question_warn (self, NULL, "9.7",
                          "The governing body hears of it, and of what is done about it");
  return TRUE;
}

/**
 * amends_decide_check_order:
 *
 * Errors: none.
 * Returns: %TRUE
 */
gboolean
amends_decide_check_order (AmendsQuestion *self, GError **error)
{
  if (self->code != NULL && amends_question_get_text (self, "order") != NULL)
    warn_of_trigger (self);
  return TRUE;
}

/**
 * amends_decide_check_order_done:
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether it ends an order
 */
gboolean
amends_decide_check_order_done (AmendsQuestion *self, GError **error)
{
  const AmendsHistoryEntry *order = amends_decide_check_follow_up (self, error);

  if (order == NULL)
    return FALSE;
  if (self->code == NULL)
    return TRUE;
  if (amends_question_get_day (self, "on") > amends_day_from_json (order->body, "due"))
    amends_question_warn (self, NULL, "9.7", "It was due on an earlier day");
  if (amends_question_get_day (self, "told_on") == AMENDS_DAY_NONE)
    amends_question_warn (self, NULL, "9.7", "Tell the Ombudsman that it is done");
  return TRUE;
}

/* ---------------------------------------------------------------- behaviour */

/**
 * amends_decide_check_restriction:
 *
 * Source: Complaint Handling Code 2024, 5.14 and 5.15; One Housing, 6.8; Housing 21, 13; WDH, 2.5.
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether contact may be restricted so; the complaint goes on, and nothing keeps them from another
 */
gboolean
amends_decide_check_restriction (AmendsQuestion *self, GError **error)
{
  const char *clause = amends_question_get_clause (self, "type", "behaviour");

  if (self->code == NULL)
    return TRUE;
  if (amends_question_get_text (self, "evidence") == NULL)
    return amends_question_refuse (self, error, "evidence", clause, "5.14",
                                   "Say what the decision rests on");
  if (amends_question_get_text (self, "equality") == NULL)
    return amends_question_refuse (self, error, "equality", clause, "5.15",
                                   "Say how their needs, and the Equality Act, were considered");
  if (amends_question_get_day (self, "review") == AMENDS_DAY_NONE)
    return amends_question_refuse (self, error, "review", clause, "5.14",
                                   "Say on which day it is looked at again");
  if (!amends_question_check_person (self, "decided_by", amends_approver_roles, clause, "5.14",
                                     error))
    return FALSE;
  if (amends_question_get_day (self, "told_on") == AMENDS_DAY_NONE)
    amends_question_warn (self, clause, "5.14", "Tell them, and how they can ask for a review");
  return TRUE;
}

/**
 * amends_decide_check_restriction_review:
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether a restriction was looked at again, and will be
 */
gboolean
amends_decide_check_restriction_review (AmendsQuestion *self, GError **error)
{
  if (amends_decide_check_follow_up (self, error) == NULL)
    return FALSE;
  return self->code == NULL || strcmp (amends_question_get_text (self, "outcome"), "ended") == 0
         || amends_question_get_day (self, "review") != AMENDS_DAY_NONE
         || amends_question_refuse (self, error, "review",
                                    amends_question_get_clause (self, "type", "behaviour"), "5.14",
                                    "While it holds it is reviewed: say on which day");
}

/* ---------------------------------------------------------------- other cases */

/* The clause on what is taken together, of those landlords that have one. */
static const char *
get_many_clause (const AmendsQuestion *self)
{
  const char *clause = amends_question_get_clause (self, "type", "new-issues");

  return clause != NULL ? clause : amends_question_get_clause (self, "rule", "many-complaints");
}

/**
 * amends_decide_check_joining:
 *
 * Its clocks run on, so no day can be lost: the later one goes into the earlier one.
 *
 * Source: Complaint Handling Code 2024, 6.8; One Housing, 6.5.1; Reliance, 2.3.
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether it may be answered in another case
 */
gboolean
amends_decide_check_joining (AmendsQuestion *self, GError **error)
{
  AmendsDay received = amends_question_get_first_day (self, "received", NULL);
  char day[AMENDS_DAY_TEXT_SIZE];

  if (self->code == NULL || received == AMENDS_DAY_NONE
      || amends_question_get_day (self, "received") <= received)
    return TRUE;
  amends_day_format_to (received, day);
  return amends_question_refuse (self, error, "received", get_many_clause (self), "6.8",
                                 "This one was received on %s, which is earlier: join the other to "
                                 "it, so that no day is lost",
                                 day);
}

/* Whether an issue remains that is answered here. */
static gboolean
is_any_left (const AmendsQuestion *self, const char *without)
{
  for (guint i = 0; i < amends_case_get_n_issues (self->complaint); i++)
    {
      g_autofree char *id = amends_id_format (&amends_case_get_issue (self->complaint, i)->id);
      g_autofree char *split = g_strconcat ("split_issues.", id, NULL);

      if (strcmp (id, without) != 0 && !amends_case_holds (self->complaint, split))
        return TRUE;
    }
  return FALSE;
}

/**
 * amends_decide_check_split:
 *
 * Source: Complaint Handling Code 2024, 6.8; One Housing, 6.5.1.
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether an issue may be answered in a case of its own
 */
gboolean
amends_decide_check_split (AmendsQuestion *self, GError **error)
{
  const char *issue = amends_question_get_text (self, "issue");

  if (!amends_question_check_issue (self, "issue", issue, error))
    return FALSE;
  return is_any_left (self, issue)
         || amends_question_refuse (self, error, "issue", get_many_clause (self), "6.8",
                                    "It is the only one that is answered here: nothing would be "
                                    "left");
}

/**
 * amends_decide_may_part:
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether anything is joined
 */
gboolean
amends_decide_may_part (AmendsQuestion *self, GError **error)
{
  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    if (amends_case_is_joined_by (self->complaint, amends_case_get_history (self->complaint, i)))
      return TRUE;
  return amends_question_refuse (self, error, "type", NULL, NULL,
                                 "Nothing was linked or joined here, so nothing can be parted");
}

/* (nullable): what joined them, by the id of its event, if that still stands. */
static const AmendsHistoryEntry *
find_joining (const AmendsCase *complaint, const char *text)
{
  for (guint i = 0; i < amends_case_get_n_history (complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, i);
      char id[AMENDS_ID_BUFFER];

      amends_id_format_to (&entry->event->id, id);
      if (g_strcmp0 (id, text) == 0)
        return amends_case_is_joined_by (complaint, entry) ? entry : NULL;
    }
  return NULL;
}

/* No day moves, since none did as they were joined; but something may have been left to the other. */
static void
warn_of_parting (AmendsQuestion *self, const AmendsHistoryEntry *joining)
{
  const char *clause = get_many_clause (self);

  if (joining->type == AMENDS_EVENT_CASE_COMPLAINANT_JOINED)
    {
      if (amends_complainant_get_act (self->complaint,
                                      json_string_value (json_object_get (joining->body, "name")),
                                      "responded")
          != NULL)
        amends_question_warn (
            self, clause, "6.8",
            "They have had an answer about somebody else’s complaint: tell whoever "
            "sees to data protection today");
    }
  else if (strcmp (amends_case_get_state (self->complaint), "closed") == 0)
    amends_question_warn (self, clause, "6.8",
                          "It is closed: if that was because of the other, take it up again; its "
                          "days have run on");
  else if (joining->type == AMENDS_EVENT_CASE_SPLIT
           && amends_case_holds (self->complaint, "responded"))
    amends_question_warn (self, clause, "6.8",
                          "The answer has been sent without that issue: answer it as well");
}

/**
 * amends_decide_check_parting:
 *
 * Source: Complaint Handling Code 2024, 6.8.
 * Errors: %AMENDS_CORE_ERROR_INVALID.
 * Returns: whether it was joined here and no earlier, and still is; what is parted goes on by its own dates
 */
gboolean
amends_decide_check_parting (AmendsQuestion *self, GError **error)
{
  const AmendsHistoryEntry *joining =
      find_joining (self->complaint, amends_question_get_text (self, "event"));
  AmendsDay joined;
  char day[AMENDS_DAY_TEXT_SIZE];

  if (joining == NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "event", NULL,
                        "That joins nothing in this case: choose something that was linked or "
                        "joined and is not parted yet");
      return FALSE;
    }
  joined = amends_day_from_json (joining->body, "on");
  if (joined != AMENDS_DAY_NONE && amends_question_get_day (self, "on") < joined)
    {
      amends_day_format_to (joined, day);
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "on", NULL,
                        "They were joined on %s, which is later: correct the date", day);
      return FALSE;
    }
  if (self->code != NULL)
    warn_of_parting (self, joining);
  return TRUE;
}

/**
 * amends_decide_check_forwarding:
 *
 * Source: Housing 21, 5.2 and App A; Complaint Handling Code 2024, 6.2.
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether it may be passed on so; the clock runs from the first receipt by anybody
 */
gboolean
amends_decide_check_forwarding (AmendsQuestion *self, GError **error)
{
  const char *clause = amends_question_get_clause (self, "type", "forwarding");

  if (self->code == NULL || amends_question_get_day (self, "told_on") != AMENDS_DAY_NONE)
    return TRUE;
  if (clause != NULL)
    return amends_question_refuse (self, error, "told_on", clause, "6.2",
                                   "Tell them who has it now, and give the day");
  amends_question_warn (self, NULL, "6.2",
                        "The days run from the first receipt by anybody: tell them who has it now");
  return TRUE;
}

/* ---------------------------------------------------------------- what somebody knows, and what somebody said */

/**
 * amends_decide_check_ask_first:
 *
 * Whoever knows more about a case is asked before anything is done in it. What they know is written nowhere in it.
 *
 * Source: Housing 21, App B.
 * Errors: %AMENDS_CORE_ERROR_INVALID.
 * Returns: whether somebody is named, or somebody was
 */
gboolean
amends_decide_check_ask_first (AmendsQuestion *self, GError **error)
{
  g_autoptr (GPtrArray) asked = amends_case_list_ask_first (self->complaint);

  if (json_object_get (self->act, "ask") != NULL || asked->len > 0)
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "ask.name", NULL,
                    "Say who is asked first: nobody is to be until now");
  return FALSE;
}

/* What they said of keeping it: of several answers the one that allows less counts. */
static gboolean
check_keeping (AmendsQuestion *self, GError **error)
{
  gboolean is_given = FALSE;

  for (guint i = 0; i < amends_case_get_n_consents (self->complaint); i++)
    {
      const AmendsConsent *consent = amends_case_get_consent (self->complaint, i);

      if (!g_str_equal (consent->purpose, "keep-recording"))
        continue;
      if (consent->withdrawn != NULL || g_str_equal (consent->answer, "refused"))
        return amends_question_refuse (self, error, "type", NULL, NULL,
                                       "They do not want a recording to be kept: write down what "
                                       "they say while they say it");
      is_given |= g_str_equal (consent->answer, "given");
    }
  if (!is_given)
    amends_question_warn (self, NULL, NULL,
                          "Nobody has recorded that they agree to the recording being kept: ask "
                          "them, and record the answer");
  return TRUE;
}

/**
 * amends_decide_may_transcribe:
 *
 * That it may not be kept is said before anybody listens to it and writes.
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether there is a recording, and it may be kept
 */
gboolean
amends_decide_may_transcribe (AmendsQuestion *self, GError **error)
{
  for (guint i = 0; i < amends_case_get_n_attachments (self->complaint); i++)
    if (amends_attachment_is_recording (amends_case_get_attachment (self->complaint, i)))
      return check_keeping (self, error);
  return amends_question_refuse (self, error, "type", NULL, NULL,
                                 "No recording is attached, so none can be written down");
}

/**
 * amends_decide_check_transcript:
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID.
 * Returns: whether it is of a recording of this case
 */
gboolean
amends_decide_check_transcript (AmendsQuestion *self, GError **error)
{
  const char *text = amends_question_get_text (self, "attachment");

  for (guint i = 0; i < amends_case_get_n_attachments (self->complaint); i++)
    {
      const AmendsAttachment *attachment = amends_case_get_attachment (self->complaint, i);
      char id[AMENDS_ID_BUFFER];

      amends_id_format_to (&attachment->id, id);
      if (g_strcmp0 (id, text) == 0 && amends_attachment_is_recording (attachment))
        return TRUE;
    }
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "attachment", NULL,
                    "That is no recording of this case");
  return FALSE;
}
