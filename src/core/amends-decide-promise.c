/* amends-decide-promise.c: what is asked for, offered and promised, and what became of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An act that opens a matter stands for itself; what follows it up names it by its event. A remedy and an
 * action have an owner and a day, and outlive the closing of the case. */

#include "core/amends-decide-private.h"

#include <string.h>

#include "core/amends-complainant.h"
#include "core/amends-error.h"
#include "core/amends-json.h"
#include "core/amends-ledger.h"

/* What to say where there is nothing that it could follow up, and where it was followed up already.
 * @again: (nullable): %NULL where the last word counts: an answer may change, a draft may be looked at again */
static const struct
{
  AmendsEventType type;
  const char *none;
  const char *again;
} follow_ups[] = {
  { AMENDS_EVENT_CASE_INFORMATION_ANSWERED, "No request for information is open", NULL },
  { AMENDS_EVENT_CASE_APPOINTMENT_ENDED, "No appointment is open",
    "What became of that appointment is recorded already" },
  { AMENDS_EVENT_CASE_REMEDY_ANSWERED, "No remedy has been offered", NULL },
  { AMENDS_EVENT_CASE_REMEDY_GIVEN, "No remedy that was offered is still to be given",
    "That remedy was given already" },
  { AMENDS_EVENT_CASE_ACTION_DONE, "No action is open", "That action was done already" },
  { AMENDS_EVENT_CASE_ORDER_DONE, "No order is open", "That order was done already" },
  { AMENDS_EVENT_CASE_BEHAVIOUR_REVIEWED, "No restriction of contact is recorded", NULL },
  { AMENDS_EVENT_CASE_APPROVED, "No draft of the response is recorded", NULL },
  { AMENDS_EVENT_CASE_STAGE2_APPROVED, "No draft of the stage 2 response is recorded", NULL },
};

static guint
find_words (AmendsEventType type)
{
  for (guint i = 0; i < G_N_ELEMENTS (follow_ups); i++)
    if (follow_ups[i].type == type)
      return i;
  g_assert_not_reached ();
}

/**
 * amends_decide_may_follow_up:
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether there is something that such an act could follow up
 */
gboolean
amends_decide_may_follow_up (AmendsQuestion *self, GError **error)
{
  AmendsEventType opening = amends_act_get_opening (self->type, NULL);
  guint words = find_words (self->type);

  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self->complaint, i);

      if (entry->type == opening && entry->body != NULL
          && (follow_ups[words].again == NULL
              || amends_case_get_follow_up (self->complaint, self->type, &entry->event->id)
                     == NULL))
        return TRUE;
    }
  return amends_question_refuse (self, error, "type", NULL, NULL, "%s", follow_ups[words].none);
}

/**
 * amends_decide_check_follow_up:
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED.
 * Returns: (transfer none) (nullable): what it follows up, if it can be that, on that day
 */
const AmendsHistoryEntry *
amends_decide_check_follow_up (AmendsQuestion *self, GError **error)
{
  const char *key;
  AmendsEventType opening = amends_act_get_opening (self->type, &key);
  const AmendsHistoryEntry *found =
      amends_case_find_act (self->complaint, opening, amends_question_get_text (self, key));
  guint words = find_words (self->type);
  AmendsDay opened;
  char day[AMENDS_DAY_TEXT_SIZE];

  if (found == NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, key, NULL,
                        "This case has none of that id: give the id of one that “show” lists");
      return NULL;
    }
  opened = amends_day_from_json (found->body, "on");
  if (opened != AMENDS_DAY_NONE && amends_question_get_day (self, "on") < opened)
    {
      amends_day_format_to (opened, day);
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "on", NULL,
                        "That is before %s, the day of what it follows: correct the date", day);
      return NULL;
    }
  if (follow_ups[words].again != NULL
      && amends_case_get_follow_up (self->complaint, self->type, &found->event->id) != NULL)
    {
      amends_question_refuse (self, error, key, NULL, NULL, "%s", follow_ups[words].again);
      return NULL;
    }
  return found;
}

/**
 * amends_decide_check_answered:
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether it answers a request for information
 */
gboolean
amends_decide_check_answered (AmendsQuestion *self, GError **error)
{
  const AmendsHistoryEntry *request = amends_decide_check_follow_up (self, error);

  if (request == NULL)
    return FALSE;
  if (self->code != NULL
      && amends_question_get_day (self, "on") > amends_day_from_json (request->body, "due"))
    amends_question_warn (self, amends_question_get_clause (self, "type", "information-request"),
                          "5.4", "It came after the day that was set for it");
  return TRUE;
}

/* ---------------------------------------------------------------- appointments */

/* What they said of how they can be reached safely is in their own words: whoever sets a day reads it. */
static void
warn_of_safety (AmendsQuestion *self)
{
  static const char *const keys[] = { "methods", "times", "not", "shared_with" };
  const json_t *safe =
      amends_complainant_get_value (self->complaint, amends_question_get_text (self, "who"),
                                    "safe_contact");

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (json_array_size (json_object_get (safe, keys[i])) > 0)
      {
        amends_question_warn (self, NULL, NULL,
                              "They said how they can be reached safely: read it, and look whether "
                              "day, place and who comes are safe for them");
        return;
      }
}

/**
 * amends_decide_check_appointment:
 *
 * Source: Complaint Handling Code 2024, 5.8 and 5.10.
 * Errors: %AMENDS_CORE_ERROR_INVALID.
 * Returns: whether it ends after it begins; warns of what they said of their safety, and where who comes is
 *   complained about
 */
gboolean
amends_decide_check_appointment (AmendsQuestion *self, GError **error)
{
  const char *until = amends_question_get_text (self, "until");
  const json_t *comes = json_object_get (self->act, "comes");

  if (until != NULL && strcmp (until, amends_question_get_text (self, "from")) <= 0)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "until", NULL,
                        "That is no later than it begins");
      return FALSE;
    }
  warn_of_safety (self);
  if (self->code != NULL
      && amends_ledger_is_complained_about (self->complaint,
                                            json_string_value (json_object_get (comes, "name"))))
    amends_question_warn (self, NULL, "5.8", "They are complained about: let somebody else come");
  return TRUE;
}

/* It took place, or did not, on its day and not before; it is called off on any. */
static gboolean
is_of_its_day (const char *outcome)
{
  return !g_str_has_prefix (outcome, "cancelled-");
}

/**
 * amends_decide_check_appointment_ended:
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether that can have become of it
 */
gboolean
amends_decide_check_appointment_ended (AmendsQuestion *self, GError **error)
{
  const AmendsHistoryEntry *appointed = amends_decide_check_follow_up (self, error);

  if (appointed == NULL)
    return FALSE;
  if (!is_of_its_day (amends_question_get_text (self, "outcome"))
      || amends_question_get_day (self, "on") >= amends_day_from_json (appointed->body, "day"))
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "on", NULL,
                    "The appointment is later than that: correct the date, or say who called it "
                    "off");
  return FALSE;
}

/* ---------------------------------------------------------------- remedies */

static gboolean
is_money (const char *remedy)
{
  return g_str_has_prefix (remedy, "financial-");
}

static json_int_t
get_pence (const AmendsQuestion *self, const char *key)
{
  return json_integer_value (json_object_get (self->act, key));
}

static gboolean
refuse_sum (GError **error, const char *field, const char *sentence)
{
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, field, NULL, "%s", sentence);
  return FALSE;
}

/* What is offered, less what is set off, is what they get. */
static gboolean
check_sum (AmendsQuestion *self, GError **error)
{
  static const char *const keys[] = { "gross_pence", "offset_pence", "net_pence" };
  json_int_t gross = get_pence (self, "gross_pence");
  json_int_t offset = get_pence (self, "offset_pence");

  if (!is_money (amends_question_get_text (self, "remedy")))
    {
      for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        if (json_object_get (self->act, keys[i]) != NULL)
          return refuse_sum (error, keys[i],
                             "Only a payment has a sum: choose one, or leave it out");
      return TRUE;
    }
  if (gross == 0)
    return refuse_sum (error, "gross_pence", "Say how much is offered");
  if (offset > gross)
    return refuse_sum (error, "offset_pence", "No more than what is offered can be set off");
  if (json_object_get (self->act, "net_pence") != NULL
      && get_pence (self, "net_pence") != gross - offset)
    return refuse_sum (error, "net_pence", "That is not what is offered less what is set off");
  return TRUE;
}

/* WDH, 2.25, keeps it to itself to set a payment off; the Code knows nothing of it, and a sum that the
 * Ombudsman ordered is paid. */
static gboolean
check_offset (AmendsQuestion *self, GError **error)
{
  const char *clause = amends_question_get_clause (self, "rule", "offset");
  gboolean is_reserved = strcmp (amends_question_get_value (self, "offset"), "reserved") == 0;

  if (get_pence (self, "offset_pence") == 0)
    return TRUE;
  if (amends_question_is_true (self, "ordered"))
    return amends_question_refuse (self, error, "offset_pence", clause, "7.2",
                                   "What the Ombudsman ordered is paid whole");
  if (!is_reserved)
    return amends_question_refuse (self, error, "offset_pence", clause, "7.2",
                                   "This landlord’s policy sets no payment off against a debt");
  if (amends_question_get_text (self, "offset_debt") == NULL)
    return amends_question_refuse (self, error, "offset_debt", clause, "7.2",
                                   "Say which debt it is set off against");
  if (!amends_question_check_another (self, "authorised_by", clause, "7.2", error)
      || !amends_question_check_person (self, "authorised_by", amends_approver_roles, clause, "7.2",
                                        error))
    return FALSE;
  amends_question_warn (self, clause, "7.2",
                        "The Code has the remedy reflect the impact; it names no offset");
  return TRUE;
}

/* A remedy that the landlord's policy does not list may be offered all the same: the Code lists it. */
static void
warn_of_kind (AmendsQuestion *self, const char *remedy)
{
  const AmendsPolicyRule *types = amends_question_find_rule (self, "remedy", "types");
  g_auto (GStrv) codes = types != NULL ? amends_policy_rule_get_list (types, "codes") : NULL;
  const char *bars = amends_question_get_clause (self, "rule", "evidence-of-loss");

  if (types != NULL && !g_strv_contains ((const char *const *) codes, remedy))
    amends_question_warn (self, types->clause, "7.1",
                          "The policy does not list this remedy, and the Code does not bar it");
  if (strcmp (remedy, "financial-loss") == 0 && bars != NULL
      && amends_question_get_text (self, "evidence") == NULL)
    amends_question_warn (self, bars, "7.2",
                          "The policy asks for evidence of the loss; the Code has each considered");
}

static gboolean
check_promise (AmendsQuestion *self, GError **error)
{
  const char *factors = amends_question_get_clause (self, "rule", "remedy-factors");

  if (amends_question_get_text (self, "impact") == NULL)
    return amends_question_refuse (self, error, "impact", factors, "7.2",
                                   "Say what it did to them: the remedy reflects that");
  if (json_object_get (self->act, "owner") == NULL)
    return amends_question_refuse (self, error, "owner", NULL, "7.3", "Say who sees to it");
  if (amends_question_get_day (self, "due") == AMENDS_DAY_NONE)
    return amends_question_refuse (self, error, "due", NULL, "7.3", "Say by when they have it");
  return TRUE;
}

/**
 * amends_decide_complete_remedy:
 * @act: (inout): the act that is asked about, as its table takes it
 *
 * Writes into an offer of money what is left to pay.
 */
void
amends_decide_complete_remedy (const AmendsQuestion *self, json_t *act)
{
  json_int_t gross = json_integer_value (json_object_get (act, "gross_pence"));
  json_int_t offset = json_integer_value (json_object_get (act, "offset_pence"));

  if (self->type == AMENDS_EVENT_CASE_REMEDY_OFFERED && gross > 0 && offset <= gross
      && json_object_get (act, "net_pence") == NULL)
    json_object_set_new (act, "net_pence", json_integer (gross - offset));
}

/**
 * amends_decide_check_remedy:
 *
 * Source: Complaint Handling Code 2024, 7.1 to 7.3; the landlord's remedies; WDH, 2.22, 2.25 and 2.28.
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether it may be offered so
 */
gboolean
amends_decide_check_remedy (AmendsQuestion *self, GError **error)
{
  const char *remedy = amends_question_get_text (self, "remedy");
  const char *issue = amends_question_get_text (self, "issue");

  if ((issue != NULL && !amends_question_check_issue (self, "issue", issue, error))
      || !check_sum (self, error))
    return FALSE;
  if (self->code == NULL || strcmp (remedy, "none") == 0)
    return TRUE;
  if (!check_promise (self, error) || !check_offset (self, error))
    return FALSE;
  warn_of_kind (self, remedy);
  return TRUE;
}

/**
 * amends_decide_check_remedy_answer:
 *
 * Source: One Housing, 6.5.1 and 6.5.2; Complaint Handling Code 2024, 6.10.
 * Errors: %AMENDS_CORE_ERROR_INVALID.
 * Returns: whether that is an answer to an offer
 */
gboolean
amends_decide_check_remedy_answer (AmendsQuestion *self, GError **error)
{
  const AmendsHistoryEntry *offer = amends_decide_check_follow_up (self, error);
  const char *panel = amends_question_get_clause (self, "rule", "compensation-panel");

  if (offer == NULL)
    return FALSE;
  if (self->code == NULL || strcmp (amends_question_get_text (self, "answer"), "declined") != 0)
    return TRUE;
  if (panel != NULL && is_money (json_string_value (json_object_get (offer->body, "remedy"))))
    amends_question_warn (self, panel, NULL, "They may ask the compensation panel to look at it");
  else
    amends_question_warn (self, NULL, "6.10",
                          "Declining an offer takes away no right: they may ask for stage 2");
  return TRUE;
}

/**
 * amends_decide_check_remedy_given:
 *
 * Source: Complaint Handling Code 2024, 7.3.
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether it is shown that they had it
 */
gboolean
amends_decide_check_remedy_given (AmendsQuestion *self, GError **error)
{
  const AmendsHistoryEntry *offer = amends_decide_check_follow_up (self, error);
  json_int_t net;
  AmendsDay due;

  if (offer == NULL)
    return FALSE;
  if (self->code == NULL)
    return TRUE;
  if (is_money (json_string_value (json_object_get (offer->body, "remedy"))))
    {
      if (json_object_get (self->act, "paid_pence") == NULL)
        return amends_question_refuse (self, error, "paid_pence", NULL, "7.3",
                                       "Say how much was paid");
      if (amends_question_get_text (self, "proof") == NULL)
        return amends_question_refuse (self, error, "proof", NULL, "7.3",
                                       "Say what shows that it was paid");
      net = json_integer_value (json_object_get (offer->body, "gross_pence"))
            - json_integer_value (json_object_get (offer->body, "offset_pence"));
      if (get_pence (self, "paid_pence") < net)
        amends_question_warn (self, NULL, "7.3", "That is less than was offered");
    }
  due = amends_day_from_json (offer->body, "due");
  if (due != AMENDS_DAY_NONE && amends_question_get_day (self, "on") > due)
    amends_question_warn (self, NULL, "7.3", "It was promised for an earlier day");
  return TRUE;
}

/* ---------------------------------------------------------------- actions */

/**
 * amends_decide_check_action:
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID.
 * Returns: whether it is of an issue of this case, if of any
 */
gboolean
amends_decide_check_action (AmendsQuestion *self, GError **error)
{
  const char *issue = amends_question_get_text (self, "issue");

  return issue == NULL || amends_question_check_issue (self, "issue", issue, error);
}

/**
 * amends_decide_check_action_done:
 *
 * Source: Complaint Handling Code 2024, 6.6.
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether it ends an action
 */
gboolean
amends_decide_check_action_done (AmendsQuestion *self, GError **error)
{
  const AmendsHistoryEntry *action = amends_decide_check_follow_up (self, error);
  const char *clause = amends_question_get_clause (self, "type", "actions");

  if (action == NULL)
    return FALSE;
  if (self->code == NULL)
    return TRUE;
  if (amends_question_get_day (self, "on") > amends_day_from_json (action->body, "due"))
    amends_question_warn (self, clause, "6.6", "It was promised for an earlier day");
  if (amends_question_get_day (self, "told_on") == AMENDS_DAY_NONE)
    amends_question_warn (self, clause, "6.6", "Tell them that it is done");
  return TRUE;
}
