/* amends-decide-part.c: who may have a part in a case, and who may be told of it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-decide-private.h"

#include <string.h>

#include "core/amends-json.h"

/* Under which an act names those who have a part in it: one, or a list. */
static const char *const part_keys[] = {
  "to",      "author", "approved_by", "decided_by", "authorised_by",
  "done_by", "owner",  "supporters",  "members",    NULL,
};

static gboolean
is_same_text (const char *a, const char *b)
{
  g_autofree char *folded_a = a != NULL ? g_utf8_casefold (a, -1) : NULL;
  g_autofree char *folded_b = b != NULL ? g_utf8_casefold (b, -1) : NULL;

  return folded_a != NULL && g_strcmp0 (folded_a, folded_b) == 0;
}

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
  return is_same_text (json_string_value (json_object_get (a, "name")),
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
  const json_t *about = amends_case_get_value (self->complaint, "about");

  for (gsize i = 0; i < json_array_size (about); i++)
    if (is_same_text (json_string_value (json_object_get (json_array_get (about, i), "name")),
                      json_string_value (json_object_get (person, "name"))))
      return amends_question_refuse (self, error, field, NULL, "5.8",
                                     "The complaint is about them: choose somebody else");
  return TRUE;
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

/* Whether this landlord shares with a representative only by what is written. */
static const AmendsPolicyRule *
find_writing_rule (const AmendsQuestion *self)
{
  const AmendsPolicyRule *rule =
      amends_question_find_rule (self, "authority", "written-permission");

  return rule != NULL ? rule : amends_question_find_rule (self, "authority", "written-consent");
}

static const char *
get_authority_clause (const AmendsQuestion *self)
{
  static const char *const names[] = { "written-permission", "written-consent", "consent",
                                       "third-party" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (amends_question_get_clause (self, "authority", names[i]) != NULL)
      return amends_question_get_clause (self, "authority", names[i]);
  return NULL;
}

static gboolean
covers_disclosure (const json_t *scope)
{
  static const char *const covering[] = { "this-case", "all-cases", "receive-letters", NULL };

  if (json_array_size (scope) == 0)
    return TRUE;
  for (gsize i = 0; i < json_array_size (scope); i++)
    {
      const char *code = json_string_value (json_array_get (scope, i));

      if (code != NULL && g_strv_contains (covering, code))
        return TRUE;
    }
  return FALSE;
}

/* What is wrong with the authority on @day, and which paper would change it; NULL if nothing. */
static const char *
find_fault (const AmendsQuestion *self, const json_t *authority, AmendsDay day)
{
  const char *type = json_string_value (json_object_get (authority, "type"));
  const char *evidence = json_string_value (json_object_get (authority, "evidence"));
  gboolean needs_writing = find_writing_rule (self) != NULL;

  if (!json_is_object (authority) || g_strcmp0 (type, "none-yet") == 0
      || json_is_false (json_object_get (authority, "given")))
    return needs_writing
               ? "They have no authority yet: a permission in writing from the complainant, or a "
                 "power of attorney or court order, would change that"
               : "They have no authority yet: the complainant’s consent, written or spoken, or a "
                 "power of attorney or court order, would change that";
  if (json_object_get (authority, "withdrawn") != NULL)
    return "Their authority was withdrawn: only a new one from the complainant would change that";
  if (amends_day_from_json (authority, "from") > day)
    return "Their authority has not begun";
  if (amends_day_from_json (authority, "until") != AMENDS_DAY_NONE
      && amends_day_from_json (authority, "until") < day)
    return "Their authority has run out: a new one from the complainant would change that";
  if (!covers_disclosure (json_object_get (authority, "scope")))
    return "They may accompany the complainant and no more: an authority for this case would "
           "change that";
  if (needs_writing && g_strcmp0 (type, "spoken-consent") == 0)
    return "It was only said: this landlord asks for the permission in writing";
  if (needs_writing
      && (g_strcmp0 (evidence, "to-follow") == 0 || g_strcmp0 (evidence, "refused") == 0))
    return "The paper has not been seen: the original or a copy of it would change that";
  return NULL;
}

/* Of two versions the one that allows less stands. */
static const char *
find_representative_fault (const AmendsQuestion *self, AmendsDay day)
{
  const AmendsField *field =
      amends_fields_get (amends_case_get_fields (self->complaint), "representative.authority");

  if (field == NULL)
    return find_fault (self, NULL, day);
  for (guint i = 0; i < field->writes->len; i++)
    {
      const char *fault =
          find_fault (self, g_array_index (field->writes, AmendsWrite, i).value, day);

      if (fault != NULL)
        return fault;
    }
  return NULL;
}

/**
 * amends_decide_note_disclosure:
 *
 * Warns why the representative may not be told, if there is one who may not.
 */
void
amends_decide_note_disclosure (AmendsQuestion *self)
{
  const char *fault = find_representative_fault (self, self->today);

  if (self->code != NULL && fault != NULL
      && amends_case_holds (self->complaint, "representative.name"))
    amends_question_warn (self, get_authority_clause (self), "3.6", "The representative: %s",
                          fault);
}

static gboolean
is_consent (const AmendsConsent *consent, const char *purpose, const char *to)
{
  return strcmp (consent->purpose, purpose) == 0
         && (consent->to == NULL || is_same_text (consent->to, to));
}

/* Whether every answer about it that stands says yes, on that day. */
static gboolean
has_consent (const AmendsQuestion *self, const char *purpose, const char *to, AmendsDay day)
{
  gboolean is_given = FALSE;

  for (guint i = 0; i < amends_case_get_n_consents (self->complaint); i++)
    {
      const AmendsConsent *consent = amends_case_get_consent (self->complaint, i);
      AmendsDay until;

      if (!is_consent (consent, purpose, to))
        continue;
      if (consent->withdrawn != NULL || strcmp (consent->answer, "given") != 0
          || (consent->until != NULL && amends_day_parse (consent->until, &until, NULL)
              && until < day))
        return FALSE;
      is_given = TRUE;
    }
  return is_given;
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

  if (self->code == NULL || amends_question_get_text (self, "ground") != NULL)
    return TRUE; /* law, protection of people, an emergency: needs no consent, and is recorded */
  if (amends_question_is_true (self, "representative"))
    {
      const char *fault = find_representative_fault (self, day);

      return fault == NULL
             || amends_question_refuse (self, error, "representative", get_authority_clause (self),
                                        "3.6", "%s", fault);
    }
  if (purpose == NULL)
    return amends_question_refuse (self, error, "purpose", clause, NULL,
                                   "Name the purpose they agreed to, or the ground without "
                                   "consent");
  if (!has_consent (self, purpose, to, day))
    return amends_question_refuse (self, error, "purpose", clause, NULL,
                                   "No consent stands for that purpose and recipient on that day: "
                                   "ask for it, or name the ground without consent");
  return TRUE;
}
