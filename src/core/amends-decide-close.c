/* amends-decide-close.c: closing, and what has to be done before
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Closing never ends the right to escalate, whatever a landlord's policy says. */

#include "core/amends-decide-private.h"

#include <string.h>

#include "core/amends-json.h"

#define N_ATTEMPTS 3 /* that reached nobody, and stand for a contact */

/* One Housing, 6.4.1: the complainant is asked before it is closed. */
static gboolean
check_contact (AmendsQuestion *self, GError **error)
{
  const char *clause = amends_question_get_clause (self, "closure", "contact-first");
  AmendsDay response = amends_question_get_response_day (self, self->stage);
  guint n_attempts = 0;

  if (clause == NULL)
    return TRUE;
  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self->complaint, i);
      AmendsDay day = amends_day_from_json (entry->body, "on");

      if (entry->type != AMENDS_EVENT_CASE_CLOSURE_CONTACT || day == AMENDS_DAY_NONE
          || day < response)
        continue;
      if (json_is_true (json_object_get (entry->body, "reached")))
        return TRUE;
      n_attempts++;
    }
  return n_attempts >= N_ATTEMPTS
         || amends_question_refuse (self, error, "type", clause, NULL,
                                    "Ask them first whether all is done: no contact about closing "
                                    "is recorded since the response, nor three attempts");
}

/* A departure from the policy is told to the complainant before the case is closed. */
static gboolean
check_departures (AmendsQuestion *self, GError **error)
{
  const AmendsFields *fields = amends_case_get_fields (self->complaint);

  for (guint i = 0; i < amends_fields_get_n_fields (fields); i++)
    {
      const AmendsField *field = amends_fields_get_nth (fields, i);
      const json_t *departure = amends_case_get_value (self->complaint, field->name);
      const char *clause = amends_question_get_clause (self, "type", "departure");

      if (g_str_has_prefix (field->name, "departures.") && json_is_object (departure)
          && json_object_get (departure, "told_on") == NULL)
        return amends_question_refuse (
            self, error, "type",
            clause != NULL ? clause : json_string_value (json_object_get (departure, "clause")),
            NULL, "The policy was departed from and they were not told: tell them first");
    }
  return TRUE;
}

/* What was promised in this case and is recorded as not done. By Reliance, App 1, it is not closed until
 * then; the Code has it followed to its end, closed or not. */
static gboolean
check_promises (AmendsQuestion *self, GError **error)
{
  const char *clause = amends_question_get_clause (self, "closure", "actions");
  guint n_open = amends_case_count_open_promises (self->complaint);

  if (n_open == 0)
    return TRUE;
  if (clause != NULL)
    return amends_question_refuse (self, error, "type", clause, "6.6",
                                   "Of what was promised %u is still to be done: it stays open "
                                   "until then",
                                   n_open);
  amends_question_warn (self, amends_question_get_clause (self, "type", "actions"), "6.6",
                        "Of what was promised %u is still to be done: it is followed to its end",
                        n_open);
  return TRUE;
}

/**
 * amends_decide_check_closing_state:
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether all is done that has to be done before the case is closed
 */
gboolean
amends_decide_check_closing_state (AmendsQuestion *self, GError **error)
{
  g_autofree char *requested = g_strdup_printf ("panel_requested.%d", self->stage);
  g_autofree char *decided = g_strdup_printf ("panel_decided.%d", self->stage);

  amends_decide_note_hazard (self);
  if (self->code == NULL)
    return TRUE;
  if (!check_departures (self, error)
      || (amends_case_is_complaint (self->complaint) && !check_contact (self, error))
      || !check_promises (self, error))
    return FALSE;

  if (amends_case_holds (self->complaint, requested)
      && !amends_case_holds (self->complaint, decided))
    amends_question_warn (self, amends_question_get_clause (self, "rule", "compensation-panel"),
                          NULL, "The compensation panel was asked for and has not decided");
  if (strcmp (amends_question_get_value (self, "closure-keeps-escalation"), "may-end-it") == 0)
    amends_question_warn (self,
                          amends_question_get_clause (self, "rule", "closure-keeps-escalation"),
                          "6.10", "They may ask for stage 2 after it is closed too");
  return TRUE;
}

static gboolean
check_behaviour (AmendsQuestion *self, GError **error)
{
  const char *clause = amends_question_get_clause (self, "closure", "behaviour");

  if (clause == NULL)
    return amends_question_refuse (self, error, "closure", NULL, "5.14",
                                   "This landlord closes no complaint because of behaviour: "
                                   "restrict contact, and go on with the complaint");
  if (!amends_question_check_another (self, "approved_by", clause, "5.14", error)
      || !amends_question_check_person (self, "approved_by", amends_approver_roles, clause, "5.14",
                                        error))
    return FALSE;
  if (amends_question_get_text (self, "evidence") == NULL)
    return amends_question_refuse (self, error, "evidence", clause, "5.14",
                                   "Say what the decision rests on");
  if (!amends_question_is_true (self, "ombudsman_details"))
    return amends_question_refuse (self, error, "ombudsman_details", clause, "5.14",
                                   "The final letter must give the Ombudsman’s details");
  amends_question_warn (self, clause, "5.14",
                        "The Code has contact restricted and the restriction reviewed, and the "
                        "complaint answered");
  return TRUE;
}

/* The prompt of the landlord's that lets a case be closed that nobody took further. */
static gboolean
check_28_days (AmendsQuestion *self, GError **error)
{
  const AmendsClockRow *row =
      amends_question_get_row (self, AMENDS_CLOCK_SOURCE_POLICY, AMENDS_CLOCK_CLOSE);
  char day[AMENDS_DAY_TEXT_SIZE];

  if (row == NULL)
    return amends_question_refuse (self, error, "closure", NULL, "6.10",
                                   "This landlord closes nothing because time has passed");
  if (row->due_day != AMENDS_DAY_NONE && amends_question_get_day (self, "on") > row->due_day)
    return TRUE;
  if (row->due_day == AMENDS_DAY_NONE)
    return amends_question_refuse (self, error, "closure", row->clock->rule->clause, "6.10",
                                   "The 28 days begin with the response");
  amends_day_format_to (row->due_day, day);
  return amends_question_refuse (self, error, "closure", row->clock->rule->clause, "6.10",
                                 "The 28 days since the response end on %s", day);
}

/* Rosebery, 8.5: closed when the resolution is agreed and stage 2 is not wanted. */
static gboolean
check_agreement (AmendsQuestion *self, const char *closure, GError **error)
{
  const char *clause = amends_question_get_clause (self, "closure", "agreed");
  const AmendsClockRow *window =
      amends_question_get_row (self, AMENDS_CLOCK_SOURCE_POLICY, AMENDS_CLOCK_ESCALATE);

  if (strcmp (closure, "resolved-agreed") == 0)
    return amends_question_is_true (self, "agreed")
           || amends_question_refuse (self, error, "agreed", clause, "6.10",
                                      "Ask whether they agree that it is resolved and want no "
                                      "stage 2");
  if (clause == NULL || self->stage == 2 || window == NULL
      || window->state != AMENDS_CLOCK_STATE_OPEN)
    return TRUE;
  return amends_question_refuse (self, error, "closure", clause, "6.10",
                                 "Nothing is agreed, and they can still ask for stage 2");
}

/* Reliance, App 1: not closed until nothing is left to do for the landlord or its agent. */
static gboolean
check_actions (AmendsQuestion *self, GError **error)
{
  const char *clause = amends_question_get_clause (self, "closure", "actions");
  const json_t *outstanding = json_object_get (self->act, "actions_outstanding");

  if (json_is_false (outstanding) && amends_case_count_open_promises (self->complaint) > 0)
    return amends_question_refuse (self, error, "actions_outstanding", clause, "6.6",
                                   "What was promised is recorded and not done: say so, or record "
                                   "that it was done");

  if (clause != NULL && !json_is_false (outstanding))
    return amends_question_refuse (self, error, "actions_outstanding", clause, "6.6",
                                   outstanding == NULL
                                       ? "Say whether anything is left to do"
                                       : "Something is left to do: it stays open until then");
  if (json_is_true (outstanding))
    amends_question_warn (self, NULL, "6.6",
                          "What was promised is followed to its end, also when the case is closed");
  return TRUE;
}

/**
 * amends_decide_check_closing:
 *
 * Source: Complaint Handling Code 2024, 5.14, 6.6 and 6.10; the landlord's closures.
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether it may be closed so
 */
gboolean
amends_decide_check_closing (AmendsQuestion *self, GError **error)
{
  const char *closure = amends_question_get_text (self, "closure");
  gboolean is_answered = amends_question_get_response_day (self, self->stage) != AMENDS_DAY_NONE;

  if (self->code == NULL || !amends_case_is_complaint (self->complaint))
    return TRUE;
  if (strcmp (closure, "declined") == 0)
    return amends_question_refuse (self, error, "closure", NULL, "2.4",
                                   "Refusing a complaint is an act of its own, with its reasons");
  if (strcmp (closure, "withdrawn") == 0)
    return amends_question_refuse (self, error, "closure", NULL, "2.1",
                                   "Record that they withdrew it: that closes it");
  if (strcmp (closure, "behaviour") == 0)
    return check_behaviour (self, error);
  if (strcmp (closure, "other-procedure") != 0 && !is_answered)
    return amends_question_refuse (self, error, "closure", NULL, self->stage == 2 ? "6.14" : "6.3",
                                   "It has not been answered");
  if (strcmp (closure, "final-response") == 0 && self->stage == 1)
    return amends_question_refuse (self, error, "closure", NULL, "6.10",
                                   "The final response is that of stage 2");
  if (strcmp (closure, "no-escalation-28-days") == 0 && !check_28_days (self, error))
    return FALSE;
  return check_agreement (self, closure, error) && check_actions (self, error);
}

/**
 * amends_decide_check_panel_members:
 *
 * Source: One Housing, 6.5.1 and 6.5.2.
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether none who sits on the panel had a part before
 */
gboolean
amends_decide_check_panel_members (AmendsQuestion *self, GError **error)
{
  const char *clause = amends_question_get_clause (self, "rule", "compensation-panel");
  const json_t *members = json_object_get (self->act, "members");

  for (gsize i = 0; self->code != NULL && i < json_array_size (members); i++)
    {
      g_autofree char *field = g_strdup_printf ("members.%" G_GSIZE_FORMAT, i);

      if (!amends_decide_check_independence (self, json_array_get (members, i), field, clause,
                                             error))
        return FALSE;
    }
  return TRUE;
}

/**
 * amends_decide_check_panel:
 *
 * Source: One Housing, 6.5.1 and 6.5.2.
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether that is a decision of an independent panel
 */
gboolean
amends_decide_check_panel (AmendsQuestion *self, GError **error)
{
  const char *clause = amends_question_get_clause (self, "rule", "compensation-panel");

  if (self->code == NULL)
    return TRUE;
  if (!amends_decide_check_panel_members (self, error))
    return FALSE;
  if (!amends_question_is_true (self, "accepted")
      && amends_question_get_text (self, "exception") == NULL)
    return amends_question_refuse (self, error, "exception", clause, NULL,
                                   "The landlord does what the panel says, unless it explains what "
                                   "is exceptional");
  return TRUE;
}

/**
 * amends_decide_check_departure:
 *
 * Source: One Housing, 1.2 and 10.1; of the others the clause that is departed from.
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether somebody else authorised it who may
 */
gboolean
amends_decide_check_departure (AmendsQuestion *self, GError **error)
{
  const char *clause = amends_question_get_clause (self, "type", "departure");

  if (clause == NULL)
    clause = amends_question_get_text (self, "clause");
  if (self->code == NULL)
    return TRUE;
  if (!amends_question_check_another (self, "authorised_by", clause, NULL, error)
      || !amends_question_check_person (self, "authorised_by", amends_approver_roles, clause, NULL,
                                        error))
    return FALSE;
  if (amends_question_get_day (self, "told_on") == AMENDS_DAY_NONE)
    amends_question_warn (self, clause, NULL,
                          "Tell them at the earliest opportunity: it cannot be closed before");
  return TRUE;
}
