/* amends-decide-part.c: who may have a part in a case, and who may be told of it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-decide-private.h"

#include <string.h>

#include "core/amends-json.h"
#include "core/amends-ledger.h"

/* Under which an act names those who have a part in it: one, or a list. */
static const char *const part_keys[] = {
  "to",      "author", "approved_by", "decided_by", "authorised_by",
  "done_by", "owner",  "supporters",  "members",    NULL,
};

/**
 * amends_decide_is_same_person:
 * @a: (nullable): a person, as an act names them
 * @b: (nullable): another
 *
 * Returns: whether they are one, by the id of their record where both have one, otherwise by name
 */
gboolean
amends_decide_is_same_person (const json_t *a, const json_t *b)
{
  const char *staff_a = json_string_value (json_object_get (a, "staff"));
  const char *staff_b = json_string_value (json_object_get (b, "staff"));

  if (staff_a != NULL && staff_b != NULL)
    return strcmp (staff_a, staff_b) == 0;
  return amends_ledger_is_same_name (json_string_value (json_object_get (a, "name")),
                                     json_string_value (json_object_get (b, "name")));
}

static gboolean
is_author_of (const AmendsHistoryEntry *entry, const json_t *person)
{
  const char *staff = json_string_value (json_object_get (person, "staff"));
  AmendsId id;

  return staff != NULL && entry->by.number != 0 && amends_id_parse_len (staff, strlen (staff), &id)
         && amends_id_equal (&id, &entry->by);
}

/* Whether @entry is of what came before what is asked about: before stage 2, or before the panel of a
 * stage, which may write its decision down again. */
static gboolean
is_before_review (const AmendsQuestion *self, const AmendsHistoryEntry *entry)
{
  gboolean is_panel = self->type == AMENDS_EVENT_CASE_PANEL_DECIDED
                      || self->type == AMENDS_EVENT_CASE_PANEL_RECOMMENDED;

  switch ((int) entry->type)
    {
    case AMENDS_EVENT_CASE_ASSIGNED:
    case AMENDS_EVENT_CASE_CONTACTED:
    case AMENDS_EVENT_CASE_EXTENDED:
    case AMENDS_EVENT_CASE_DECLINED:
    case AMENDS_EVENT_CASE_RESPONDED:
    case AMENDS_EVENT_CASE_CLOSED:
    case AMENDS_EVENT_CASE_TRIAGED:
    case AMENDS_EVENT_CASE_DEFINED:
    case AMENDS_EVENT_CASE_INVESTIGATED:
    case AMENDS_EVENT_CASE_FINDING:
    case AMENDS_EVENT_CASE_DRAFTED:
    case AMENDS_EVENT_CASE_APPROVED:
    case AMENDS_EVENT_CASE_SENT:
      return TRUE;
    case AMENDS_EVENT_CASE_STAGE2_INVESTIGATED:
    case AMENDS_EVENT_CASE_STAGE2_FINDING:
    case AMENDS_EVENT_CASE_STAGE2_DRAFTED:
    case AMENDS_EVENT_CASE_STAGE2_APPROVED:
    case AMENDS_EVENT_CASE_STAGE2_SENT:
    case AMENDS_EVENT_CASE_STAGE2_ASSIGNED:
    case AMENDS_EVENT_CASE_STAGE2_CONTACTED:
    case AMENDS_EVENT_CASE_STAGE2_EXTENDED:
    case AMENDS_EVENT_CASE_STAGE2_RESPONDED:
      return is_panel && self->stage == 2;
    case AMENDS_EVENT_CASE_PANEL_DECIDED:
    case AMENDS_EVENT_CASE_PANEL_RECOMMENDED:
      return !is_panel
             || json_integer_value (json_object_get (entry->body, "stage")) != self->stage;
    default:
      return FALSE;
    }
}

static gboolean
is_in_list (const json_t *people, const json_t *person)
{
  for (gsize i = 0; i < json_array_size (people); i++)
    if (amends_decide_is_same_person (json_array_get (people, i), person))
      return TRUE;
  return FALSE;
}

/* Whether @person is named in an act, or its author where the act names nobody. Whoever only wrote down
 * what others said had no part. */
static gboolean
had_part (const AmendsHistoryEntry *entry, const json_t *person)
{
  gboolean is_anybody_named = FALSE;

  for (guint i = 0; part_keys[i] != NULL; i++)
    {
      const json_t *named = json_object_get (entry->body, part_keys[i]);

      is_anybody_named |= json_is_object (named) || json_array_size (named) > 0;
      if ((json_is_object (named) && amends_decide_is_same_person (named, person))
          || is_in_list (named, person))
        return TRUE;
    }
  return !is_anybody_named && is_author_of (entry, person);
}

/**
 * amends_decide_check_independence:
 * @person: who is to review, support the review, or sit on the panel
 * @field: the dotted path where they are named
 * @clause: (nullable): of the landlord's edition
 *
 * People are compared by the id of their record, or by name where one of the two has none.
 *
 * Source: Complaint Handling Code 2024, 6.13.
 * Errors: %AMENDS_CORE_ERROR_REFUSED if they had a part before.
 * Returns: whether they had none
 */
gboolean
amends_decide_check_independence (AmendsQuestion *self,
                                  const json_t *person,
                                  const char *field,
                                  const char *clause,
                                  GError **error)
{
  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self->complaint, i);

      if (is_before_review (self, entry) && had_part (entry, person))
        return amends_question_refuse (self, error, field, clause, "6.13",
                                       "They had a part in this complaint before: choose somebody "
                                       "who had none");
    }
  return TRUE;
}

static gboolean
check_subject (AmendsQuestion *self, const json_t *person, const char *field, GError **error)
{
  const char *name = json_string_value (json_object_get (person, "name"));

  return !amends_ledger_is_complained_about (self->complaint, name)
         || amends_question_refuse (self, error, field, NULL, "5.8",
                                    "The complaint is about them: choose somebody else");
}

/**
 * amends_decide_check_subjects:
 *
 * Whom it is about has no part in it at all.
 *
 * Source: Complaint Handling Code 2024, 5.8.
 * Errors: %AMENDS_CORE_ERROR_REFUSED, with the dotted path where they are named.
 * Returns: whether nobody whom it is about is named in the act
 */
gboolean
amends_decide_check_subjects (AmendsQuestion *self, GError **error)
{
  for (guint i = 0; self->code != NULL && part_keys[i] != NULL; i++)
    {
      const json_t *named = json_object_get (self->act, part_keys[i]);

      if (!check_subject (self, named, part_keys[i], error))
        return FALSE;
      for (gsize n = 0; n < json_array_size (named); n++)
        {
          g_autofree char *field = g_strdup_printf ("%s.%" G_GSIZE_FORMAT, part_keys[i], n);

          if (!check_subject (self, json_array_get (named, n), field, error))
            return FALSE;
        }
    }
  return TRUE;
}

/**
 * amends_decide_check_assignment:
 *
 * Source: Complaint Handling Code 2024, 5.8 and 6.13; the landlord's stage 2.
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether those who are named may deal with it
 */
gboolean
amends_decide_check_assignment (AmendsQuestion *self, GError **error)
{
  const AmendsPolicyRule *rule = amends_question_find_rule (self, "stage", "2");
  const char *clause = rule != NULL ? rule->clause : NULL;
  const json_t *to = json_object_get (self->act, "to");
  const json_t *supporters = json_object_get (self->act, "supporters");
  const json_t *conflict = json_object_get (self->act, "conflict_of_interest");

  if (self->code == NULL)
    return TRUE;
  if (self->stage == 2 && !amends_decide_check_independence (self, to, "to", clause, error))
    return FALSE;
  for (gsize i = 0; i < json_array_size (supporters); i++)
    {
      const json_t *person = json_array_get (supporters, i);
      g_autofree char *field = g_strdup_printf ("supporters.%" G_GSIZE_FORMAT, i);

      if (!amends_decide_check_independence (self, person, field, clause, error))
        return FALSE;
    }

  if (json_is_true (conflict) || json_is_string (conflict))
    amends_question_warn (self, self->stage == 2 ? clause : NULL, "5.8",
                          "They declared a conflict of interest: choose another if there is one");
  if (self->stage == 2
      && g_strcmp0 (json_string_value (json_object_get (to, "role")), "executive-lead") == 0)
    amends_question_warn (self, clause, "6.13",
                          "Who leads on complaints for the executive answers for stage 1 too: "
                          "another reviewer is better");
  return TRUE;
}

/* Says why they may not be told, if they may not, and what would change it. */
static gboolean
check_answer (AmendsQuestion *self,
              const AmendsLedgerAnswer *answer,
              const char *field,
              GError **error)
{
  return answer->may
         || amends_question_refuse (self, error, field, answer->clause, answer->provision, "%s: %s",
                                    answer->reason, answer->change);
}

/**
 * amends_decide_note_disclosure:
 *
 * Warns why the representative may not be told, if there is one who may not.
 */
void
amends_decide_note_disclosure (AmendsQuestion *self)
{
  const char *name = amends_case_get_text (self->complaint, "representative.name");
  g_autoptr (AmendsLedger) ledger =
      amends_ledger_new (self->complaint, self->policy, self->today, self->today);
  AmendsLedgerAnswer answer;

  amends_ledger_may_tell (ledger, name, &answer);
  if (self->code != NULL && !answer.may && name != NULL)
    amends_question_warn (self, answer.clause, answer.provision, "The representative: %s: %s",
                          answer.reason, answer.change);
}

/**
 * amends_decide_check_disclosure:
 *
 * Recording what a representative says is never refused; telling them of the case is another thing.
 *
 * Source: Complaint Handling Code 2024, 3.6; the landlord's clauses on authority and confidentiality.
 * Errors: %AMENDS_CORE_ERROR_REFUSED, with the paper or the consent that would change it.
 * Returns: whether that may be shared
 */
gboolean
amends_decide_check_disclosure (AmendsQuestion *self, GError **error)
{
  AmendsDay day = amends_question_get_day (self, "on");
  const char *purpose = amends_question_get_text (self, "purpose");
  const char *to = amends_question_get_text (self, "to");
  const char *clause = amends_question_get_clause (self, "authority", "disclosure");
  g_autoptr (AmendsLedger) ledger = NULL;
  AmendsLedgerAnswer answer;

  if (self->code == NULL || amends_question_get_text (self, "ground") != NULL)
    return TRUE; /* law, protection of people, an emergency: needs no consent, and is recorded */
  ledger = amends_ledger_new (self->complaint, self->policy, day, self->today);
  if (amends_question_is_true (self, "representative"))
    {
      amends_ledger_may_tell (ledger, to, &answer);
      return check_answer (self, &answer, "representative", error);
    }
  if (purpose == NULL)
    return amends_question_refuse (self, error, "purpose", clause, NULL,
                                   "Name the purpose they agreed to, or the ground without "
                                   "consent");
  amends_ledger_may_share (ledger, purpose, to, &answer);
  return check_answer (self, &answer, "purpose", error);
}
