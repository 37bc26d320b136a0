/* amends-decide-joint.c: for whom of several who complain together something is done
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who it is for is written down as the record calls them, so that another name for somebody makes nobody else of
 * them; where only one person complains, nothing is. */

#include "core/amends-decide-private.h"

#include <string.h>

#include "core/amends-complainant.h"
#include "core/amends-error.h"
#include "core/amends-json.h"
#include "core/amends-ledger.h"

/* What is done with a letter, or by one who gets none any more. */
static const AmendsEventType of_letters[] = {
  AMENDS_EVENT_CASE_ACKNOWLEDGED, AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED,
  AMENDS_EVENT_CASE_RESPONDED,    AMENDS_EVENT_CASE_STAGE2_RESPONDED,
  AMENDS_EVENT_CASE_SENT,         AMENDS_EVENT_CASE_STAGE2_SENT,
  AMENDS_EVENT_CASE_DRAFTED,      AMENDS_EVENT_CASE_STAGE2_DRAFTED,
  AMENDS_EVENT_CASE_EXTENDED,     AMENDS_EVENT_CASE_STAGE2_EXTENDED,
  AMENDS_EVENT_CASE_UPDATED,      AMENDS_EVENT_CASE_STAGE2_UPDATED,
  AMENDS_EVENT_CASE_DELIVERED,    AMENDS_EVENT_CASE_WITHDRAWN,
};

static gboolean
is_of_letters (AmendsEventType type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (of_letters); i++)
    if (of_letters[i] == type)
      return TRUE;
  return FALSE;
}

static gboolean
is_draft (AmendsEventType type)
{
  return type == AMENDS_EVENT_CASE_DRAFTED || type == AMENDS_EVENT_CASE_STAGE2_DRAFTED;
}

/* (nullable): whoever is called so, by the name of the record or that of today. */
static const AmendsComplainant *
find_complainant (const GArray *list, const char *who)
{
  for (guint i = 0; i < list->len; i++)
    {
      const AmendsComplainant *each = &g_array_index (list, AmendsComplainant, i);

      if (strcmp (each->who, who) == 0 || amends_ledger_is_same_name (each->who, who)
          || amends_ledger_is_same_name (each->name, who))
        return each;
    }
  return NULL;
}

/* What a draft was written for one of them goes to them. */
static const char *
find_who_of_draft (const AmendsQuestion *self)
{
  const char *id = amends_question_get_text (self, "draft");
  const AmendsHistoryEntry *draft =
      amends_case_find_act (self->complaint, AMENDS_EVENT_CASE_DRAFTED, id);

  if (draft == NULL)
    draft = amends_case_find_act (self->complaint, AMENDS_EVENT_CASE_STAGE2_DRAFTED, id);
  return draft != NULL ? json_string_value (json_object_get (draft->body, "who")) : NULL;
}

/* What whoever acts for them needs is recorded under their name, so that a letter to them is made as they can read it. */
static const char *
find_representative (const AmendsQuestion *self, const char *who)
{
  const char *name = amends_case_get_text (self->complaint, "representative.name");

  return amends_act_is_of_needs (self->type) && amends_ledger_is_same_name (name, who) ? name
                                                                                       : NULL;
}

/**
 * amends_decide_complete_who:
 * @act: (inout): the act that is asked about, as its table takes it
 *
 * Writes for whom of several it is as the record calls them; of the first what they need and where they live is the
 * record's own, and where nobody else complains, nothing is written.
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID where nobody of that name complains.
 */
gboolean
amends_decide_complete_who (AmendsQuestion *self, json_t *act, GError **error)
{
  g_autoptr (GArray) list = amends_case_list_complainants (self->complaint);
  const char *said = amends_question_get_text (self, "who");
  const char *who = said != NULL ? said : find_who_of_draft (self);
  const AmendsComplainant *complainant = who != NULL ? find_complainant (list, who) : NULL;

  if (who == NULL)
    return TRUE;
  if (complainant == NULL && find_representative (self, who) != NULL)
    {
      json_object_set_new (act, "who", json_string (find_representative (self, who)));
      return TRUE;
    }
  if (complainant == NULL)
    {
      amends_set_error (
          error, AMENDS_CORE_ERROR_INVALID, "who", NULL,
          "Nobody of that name complains in this case: give a name as the case has it");
      return FALSE;
    }
  if (list->len == 1
      || (!is_of_letters (self->type) && self->type != AMENDS_EVENT_CASE_REOPENED
          && amends_complainant_is (complainant->who, NULL)))
    json_object_del (act, "who");
  else
    json_object_set_new (act, "who", json_string (complainant->who));
  return TRUE;
}

static gboolean
check_lead (AmendsQuestion *self, const AmendsComplainant *complainant, GError **error)
{
  return complainant == NULL || complainant->is_lead
         || amends_question_refuse (
             self, error, "who", amends_question_get_clause (self, "type", "petition"), NULL,
             "It is a petition, whose letters go to its lead alone: name the "
             "lead, or nobody");
}

static const char *
get_provision (AmendsEventType type)
{
  switch ((int) type)
    {
    case AMENDS_EVENT_CASE_ACKNOWLEDGED:
      return "6.2";
    case AMENDS_EVENT_CASE_STAGE2_ACKNOWLEDGED:
      return "6.11";
    case AMENDS_EVENT_CASE_EXTENDED:
      return "6.4";
    case AMENDS_EVENT_CASE_STAGE2_EXTENDED:
      return "6.15";
    case AMENDS_EVENT_CASE_STAGE2_RESPONDED:
    case AMENDS_EVENT_CASE_STAGE2_SENT:
      return "6.19";
    default:
      return "6.9";
    }
}

/* How it stands may be told to all at once, as on a visit: what was said is never refused. */
static gboolean
may_be_of_all (AmendsEventType type)
{
  return type == AMENDS_EVENT_CASE_WITHDRAWN || is_draft (type) || type == AMENDS_EVENT_CASE_UPDATED
         || type == AMENDS_EVENT_CASE_STAGE2_UPDATED;
}

/* Each who complains gets an answer of their own, and says for themself that they stop. */
static gboolean
check_each (AmendsQuestion *self, const AmendsComplainant *complainant, GError **error)
{
  g_autofree char *field = amends_act_dup_field (self->type, NULL);

  if (complainant == NULL)
    return may_be_of_all (self->type)
           || amends_question_refuse (self, error, "who", NULL, get_provision (self->type),
                                      "Several complain together: name to whom of them it goes");
  if (complainant->withdrawn != NULL)
    return amends_question_refuse (
        self, error, "who", NULL, get_provision (self->type),
        "They have taken their complaint back: name somebody who goes on; if they come back, "
        "take them up again first");
  if (field != NULL && !amends_act_is_extension (self->type)
      && amends_complainant_get_act (self->complaint, complainant->who, field) != NULL)
    return amends_question_refuse (
        self, error, "who", NULL, get_provision (self->type),
        "That is recorded for them already: name another who waits for it, or "
        "correct what was recorded");
  return TRUE;
}

/**
 * amends_decide_was_sent_to_any:
 * @act: the field that a response writes, "responded"
 *
 * Returns: whether it was sent, to all or to one of several
 */
gboolean
amends_decide_was_sent_to_any (const AmendsQuestion *self, const char *act)
{
  g_autoptr (GArray) list = amends_case_list_complainants (self->complaint);

  for (guint i = 0; i < list->len; i++)
    if (amends_complainant_get_act (self->complaint, g_array_index (list, AmendsComplainant, i).who,
                                    act)
        != NULL)
      return TRUE;
  return amends_case_holds (self->complaint, act);
}

/**
 * amends_decide_get_sent_day:
 *
 * Returns: the day of the response of its stage to whom an act is for; %AMENDS_DAY_NONE if they were sent none
 */
AmendsDay
amends_decide_get_sent_day (const AmendsQuestion *self)
{
  g_autoptr (GArray) list = amends_case_list_complainants (self->complaint);
  const char *who = amends_question_get_text (self, "who");
  const AmendsComplainant *each = who != NULL ? find_complainant (list, who) : NULL;
  const json_t *own =
      each != NULL
          ? amends_complainant_get_act (self->complaint, each->who,
                                        self->stage == 2 ? "stage2_responded" : "responded")
          : NULL;

  return own != NULL ? amends_day_from_json (own, "on")
                     : amends_question_get_response_day (self, self->stage);
}

/**
 * amends_decide_count_own_days:
 *
 * Returns: how many working days whoever is told of an extension of that stage was told of before, alone or with all
 */
int
amends_decide_count_own_days (const AmendsQuestion *self)
{
  const char *who = amends_question_get_text (self, "who");
  int n = 0;

  for (guint i = 0; who != NULL && i < amends_case_get_n_history (self->complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self->complaint, i);
      const char *told = json_string_value (json_object_get (entry->body, "who"));

      if (entry->type == AMENDS_EVENT_CASE_REOPENED && told == NULL
          && json_object_get (entry->body, "issue") == NULL && amends_act_restarts (entry->body))
        n = 0;
      if (entry->type == self->type && !entry->is_overruled
          && (told == NULL || amends_ledger_is_same_name (told, who)))
        n += (int) json_integer_value (json_object_get (entry->body, "working_days"));
    }
  return n;
}

/**
 * amends_decide_check_complainant:
 *
 * Whoever joins later is owed what is still to come: nothing that was done for the others is undone, and no day moves.
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID.
 * Returns: whether nobody of that name complains yet, and they joined no earlier than it was received
 */
gboolean
amends_decide_check_complainant (AmendsQuestion *self, GError **error)
{
  g_autoptr (GArray) list = amends_case_list_complainants (self->complaint);

  if (find_complainant (list, amends_question_get_text (self, "name")) != NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "name", NULL,
                        "Somebody of that name complains already: if it is another, give more of "
                        "the name; if they had stopped, take them up again");
      return FALSE;
    }
  if (amends_question_get_day (self, "on") < amends_question_get_first_day (self, "received", NULL))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "on", NULL,
                        "That is before the complaint was received: correct the date");
      return FALSE;
    }
  if (self->code != NULL && amends_case_holds (self->complaint, "acknowledged"))
    amends_question_warn (self, NULL, "6.2",
                          "The others have had their acknowledgement: send them one of their own");
  return TRUE;
}

static gboolean
has_anybody (const GArray *list, gboolean who_goes_on)
{
  for (guint i = 0; i < list->len; i++)
    if ((g_array_index (list, AmendsComplainant, i).withdrawn == NULL) == who_goes_on)
      return TRUE;
  return FALSE;
}

/**
 * amends_decide_has_stopped:
 *
 * Returns: whether one of several has taken their complaint back alone
 */
gboolean
amends_decide_has_stopped (const AmendsQuestion *self)
{
  g_autoptr (GArray) list = amends_case_list_complainants (self->complaint);

  return list->len > 1 && has_anybody (list, FALSE);
}

/**
 * amends_decide_check_return:
 *
 * Who stopped alone comes back alone: they are owed what is still to come, and no clock begins again.
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether whom it names had stopped, and the case is open for them
 */
gboolean
amends_decide_check_return (AmendsQuestion *self, GError **error)
{
  g_autoptr (GArray) list = amends_case_list_complainants (self->complaint);
  const AmendsComplainant *each = find_complainant (list, amends_question_get_text (self, "who"));
  gboolean is_open = strcmp (amends_case_get_state (self->complaint), "closed") != 0;

  if (each == NULL || each->withdrawn == NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "who", NULL,
                        "They have not taken their complaint back: name who has");
      return FALSE;
    }
  if (amends_act_restarts (self->act))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "because", NULL,
                        "That is of the whole complaint: choose why this one comes back");
      return FALSE;
    }
  if (!is_open && has_anybody (list, TRUE))
    return amends_question_refuse (self, error, "who", NULL, NULL,
                                   "The case is closed: take the whole up again first");
  if (self->code != NULL && amends_case_holds (self->complaint, "responded"))
    amends_question_warn (self, NULL, "6.9",
                          "The others have been answered: send them that answer, too, and record "
                          "it");
  return TRUE;
}

/**
 * amends_decide_check_who:
 *
 * Source: Complaint Handling Code 2024, 6.2, 6.9 and 6.19; One Housing, 6.7.1; WDH, 2.4.
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether that can be done for whom it is
 */
gboolean
amends_decide_check_who (AmendsQuestion *self, GError **error)
{
  g_autoptr (GArray) list = amends_case_list_complainants (self->complaint);
  const char *who = amends_question_get_text (self, "who");
  const AmendsComplainant *complainant = who != NULL ? find_complainant (list, who) : NULL;

  if (self->code == NULL || list->len == 1 || !is_of_letters (self->type))
    return TRUE;
  if (amends_case_is_joint (self->complaint))
    return check_each (self, complainant, error);
  return self->type == AMENDS_EVENT_CASE_WITHDRAWN || check_lead (self, complainant, error);
}
