/* amends-decide-question.c: what a question about an act is answered from
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-decide-private.h"

#include <string.h>

#include "core/amends-error.h"
#include "core/amends-json.h"

/* Who lets a landlord go beyond its own policy. */
const char *const amends_approver_roles[] = { "approver", "senior-lead", "executive-lead", NULL };

/**
 * amends_question_refuse:
 * @field: the dotted path of what would have to be otherwise
 * @clause: (nullable): of the landlord's edition
 * @provision: (nullable): of the Code
 * @format: a sentence that says what to do
 *
 * Returns: %FALSE, so that a check can end with it
 */
gboolean
amends_question_refuse (const AmendsQuestion *self,
                        GError **error,
                        const char *field,
                        const char *clause,
                        const char *provision,
                        const char *format,
                        ...)
{
  g_autofree char *clauses = amends_policy_cite (clause, self->code != NULL ? provision : NULL);
  g_autofree char *sentence = NULL;
  va_list args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);
  amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, field, clauses, "%s", sentence);
  return FALSE;
}

/**
 * amends_question_warn:
 * @clause: (nullable): of the landlord's edition
 * @provision: (nullable): of the Code
 * @format: a sentence, without its full stop
 */
void
amends_question_warn (AmendsQuestion *self,
                      const char *clause,
                      const char *provision,
                      const char *format,
                      ...)
{
  g_autofree char *clauses = amends_policy_cite (clause, self->code != NULL ? provision : NULL);
  g_autofree char *sentence = NULL;
  va_list args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (self->warnings, clauses != NULL ? g_strdup_printf ("%s (%s)", sentence, clauses)
                                                   : g_steal_pointer (&sentence));
}

/**
 * amends_question_find_rule:
 *
 * Returns: (transfer none) (nullable): the landlord's rule, if it says something
 */
const AmendsPolicyRule *
amends_question_find_rule (const AmendsQuestion *self, const char *kind, const char *name)
{
  const AmendsPolicyRule *rule =
      self->policy != NULL ? amends_policy_find_rule (self->policy, kind, name) : NULL;

  return rule != NULL && rule->status != AMENDS_POLICY_STATUS_SILENT ? rule : NULL;
}

/**
 * amends_question_get_clause:
 *
 * Returns: (transfer none) (nullable): the clause of the landlord's rule
 */
const char *
amends_question_get_clause (const AmendsQuestion *self, const char *kind, const char *name)
{
  const AmendsPolicyRule *rule = amends_question_find_rule (self, kind, name);

  return rule != NULL ? rule->clause : NULL;
}

/**
 * amends_question_get_stage_clause:
 *
 * Returns: (transfer none) (nullable): the clause in which the landlord says who deals with the stage
 */
const char *
amends_question_get_stage_clause (const AmendsQuestion *self)
{
  return amends_question_get_clause (self, "stage", self->stage == 2 ? "2" : "1");
}

/**
 * amends_question_get_value:
 * @name: of a rule of the landlord's
 *
 * Returns: (transfer none): its value; "" if it has none
 */
const char *
amends_question_get_value (const AmendsQuestion *self, const char *name)
{
  const AmendsPolicyRule *rule = amends_question_find_rule (self, "rule", name);
  const char *value = rule != NULL ? amends_policy_rule_get (rule, "value") : NULL;

  return value != NULL ? value : "";
}

/**
 * amends_question_get_row:
 *
 * Returns: (transfer none) (nullable): the clock, as it stands today
 */
const AmendsClockRow *
amends_question_get_row (AmendsQuestion *self, AmendsClockSource source, AmendsClockName name)
{
  const AmendsRules rules = { self->policy, self->code, self->calendar, NULL };

  if (self->code == NULL || self->calendar == NULL)
    return NULL;
  if (self->rows == NULL)
    self->rows = amends_case_compute_clocks (self->complaint, &rules, self->today);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const AmendsClockRow *row = g_ptr_array_index (self->rows, i);

      if (row->source == source && row->clock->name == name)
        return row;
    }
  return NULL;
}

/**
 * amends_question_get_text:
 *
 * Returns: (transfer none) (nullable): what the act says under @key, if it is text
 */
const char *
amends_question_get_text (const AmendsQuestion *self, const char *key)
{
  return json_string_value (json_object_get (self->act, key));
}

/**
 * amends_question_is_true:
 *
 * Returns: whether the act says yes under @key
 */
gboolean
amends_question_is_true (const AmendsQuestion *self, const char *key)
{
  return json_is_true (json_object_get (self->act, key));
}

/**
 * amends_question_get_day:
 *
 * Returns: the day that the act names under @key, or %AMENDS_DAY_NONE
 */
AmendsDay
amends_question_get_day (const AmendsQuestion *self, const char *key)
{
  return amends_day_from_json (self->act, key);
}

/**
 * amends_question_get_first_day:
 * @field: of the case
 * @key: (nullable): under which its value holds the day; %NULL where it is the day
 *
 * Returns: the earliest day of those that stand, or %AMENDS_DAY_NONE
 */
AmendsDay
amends_question_get_first_day (const AmendsQuestion *self, const char *field, const char *key)
{
  const AmendsField *found = amends_fields_get (amends_case_get_fields (self->complaint), field);
  AmendsDay first = AMENDS_DAY_NONE;

  for (guint i = 0; found != NULL && i < found->writes->len; i++)
    {
      const json_t *value = g_array_index (found->writes, AmendsWrite, i).value;
      const char *text = json_string_value (key != NULL ? json_object_get (value, key) : value);
      AmendsDay day;

      if (text != NULL && amends_day_parse (text, &day, NULL)
          && (first == AMENDS_DAY_NONE || day < first))
        first = day;
    }
  return first;
}

/**
 * amends_question_get_response_day:
 *
 * Returns: the day of the response of @stage, or %AMENDS_DAY_NONE
 */
AmendsDay
amends_question_get_response_day (const AmendsQuestion *self, int stage)
{
  const json_t *response =
      amends_case_get_value (self->complaint, stage == 2 ? "stage2_responded" : "responded");

  return amends_day_from_json (response, "on");
}

/**
 * amends_question_check_issue:
 * @field: the dotted path where it is named
 * @id: of an issue, in text
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID.
 * Returns: whether the case has that issue
 */
gboolean
amends_question_check_issue (const AmendsQuestion *self,
                             const char *field,
                             const char *id,
                             GError **error)
{
  for (guint i = 0; i < amends_case_get_n_issues (self->complaint); i++)
    {
      char text[AMENDS_ID_BUFFER];

      amends_id_format_to (&amends_case_get_issue (self->complaint, i)->id, text);
      if (strcmp (text, id) == 0)
        return TRUE;
    }
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, field, NULL,
                    "That is no issue of this case: give the id of one");
  return FALSE;
}

/* "Head of Service or senior lead": as this landlord calls them. */
static char *
describe_roles (const AmendsQuestion *self, const char *const *roles)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; roles[i] != NULL; i++)
    {
      const AmendsPolicyRule *rule = amends_question_find_rule (self, "role", roles[i]);
      const char *title = rule != NULL ? amends_policy_rule_get (rule, "title") : NULL;

      if (i > 0)
        g_string_append (text, roles[i + 1] != NULL ? ", " : " or ");
      g_string_append (text, title != NULL ? title : roles[i]);
    }
  return g_string_free (text, FALSE);
}

static gboolean
is_actor (const AmendsQuestion *self, const json_t *person)
{
  const char *staff = json_string_value (json_object_get (person, "staff"));
  AmendsId id;

  return staff != NULL && self->actor != NULL && self->actor->id.number != 0
         && amends_id_parse_len (staff, strlen (staff), &id)
         && amends_id_equal (&id, &self->actor->id);
}

static gboolean
is_in_any (const char *const *recorded, const char *const *roles)
{
  for (guint i = 0; recorded != NULL && recorded[i] != NULL; i++)
    if (g_strv_contains (roles, recorded[i]))
      return TRUE;
  return FALSE;
}

/**
 * amends_question_check_person:
 * @key: of the member of the act that names who decided
 * @roles: (array zero-terminated=1): in which they may decide it
 * @clause: (nullable): of the landlord's edition
 * @provision: (nullable): of the Code
 *
 * The act itself names who decided and in what role, and the log says who wrote it down: so a device whose
 * only member of staff has no role recorded locks nobody out. Who has roles recorded needs not be named to
 * decide in one of them, and cannot claim another for themself.
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether somebody decided who may
 */
gboolean
amends_question_check_person (AmendsQuestion *self,
                              const char *key,
                              const char *const *roles,
                              const char *clause,
                              const char *provision,
                              GError **error)
{
  const json_t *person = json_object_get (self->act, key);
  const char *role = json_string_value (json_object_get (person, "role"));
  const char *const *recorded = self->actor != NULL ? self->actor->roles : NULL;
  g_autofree char *titles = describe_roles (self, roles);
  g_autofree char *field = g_strconcat (key, ".role", NULL);

  if (person == NULL)
    {
      if (is_in_any (recorded, roles))
        return TRUE;
      return amends_question_refuse (self, error, key, clause, provision,
                                     "Say who decided it, and in what role: %s", titles);
    }
  if (role == NULL || !g_strv_contains (roles, role))
    return amends_question_refuse (self, error, field, clause, provision, "This is decided by: %s",
                                   titles);
  if (recorded != NULL && recorded[0] != NULL && is_actor (self, person)
      && !g_strv_contains (recorded, role))
    return amends_question_refuse (self, error, field, clause, provision,
                                   "That role is not among those recorded for who is signed in");
  return TRUE;
}

static const char *const *
get_recorded (const AmendsQuestion *self)
{
  const char *const *recorded = self->actor != NULL ? self->actor->roles : NULL;

  return recorded != NULL && recorded[0] != NULL ? recorded : NULL;
}

/**
 * amends_question_check_doer:
 * @key: of the member of the act that names who did it
 * @roles: (array zero-terminated=1): in which they may do it
 * @clause: (nullable): of the landlord's edition
 *
 * As amends_question_check_person(), for what was done and may be written down by anybody: whose role nobody
 * has said or recorded is not asked for one.
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether nothing says that whoever did it may not
 */
gboolean
amends_question_check_doer (AmendsQuestion *self,
                            const char *key,
                            const char *const *roles,
                            const char *clause,
                            GError **error)
{
  const json_t *person = json_object_get (self->act, key);
  const char *role = json_string_value (json_object_get (person, "role"));
  const char *const *recorded = get_recorded (self);
  g_autofree char *titles = NULL;

  if (role == NULL && (recorded == NULL || is_in_any (recorded, roles)))
    return TRUE;
  if (role == NULL && person != NULL && !is_actor (self, person))
    return TRUE;
  if (role != NULL)
    return amends_question_check_person (self, key, roles, clause, NULL, error);
  titles = describe_roles (self, roles);
  return amends_question_refuse (self, error, key, clause, NULL,
                                 "This is done by: %s; if one of them did it, say who", titles);
}

/**
 * amends_question_note_doer:
 *
 * Warns where none of the roles recorded for who is signed in is one of @roles.
 */
void
amends_question_note_doer (AmendsQuestion *self, const char *const *roles, const char *clause)
{
  const char *const *recorded = get_recorded (self);
  g_autofree char *titles = NULL;

  if (recorded == NULL || is_in_any (recorded, roles))
    return;
  titles = describe_roles (self, roles);
  amends_question_warn (self, clause, NULL, "This is done by: %s; say who did it", titles);
}

/**
 * amends_question_check_another:
 * @key: of the member of the act that names who approved
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED if nobody is named, or the author.
 * Returns: whether somebody else than the author approved
 */
gboolean
amends_question_check_another (AmendsQuestion *self,
                               const char *key,
                               const char *clause,
                               const char *provision,
                               GError **error)
{
  const json_t *person = json_object_get (self->act, key);
  const json_t *author = json_object_get (self->act, "author");
  gboolean is_author =
      author != NULL ? amends_decide_is_same_person (person, author) : is_actor (self, person);

  if (person == NULL)
    return amends_question_refuse (self, error, key, clause, provision,
                                   "Name who approved it: nobody approves their own");
  if (is_author)
    return amends_question_refuse (self, error, key, clause, provision,
                                   "Whoever wrote it does not approve it: name another");
  return TRUE;
}
