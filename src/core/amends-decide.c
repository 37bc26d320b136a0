/* amends-decide.c: the gate of every act: state, request and today in, events or a refusal out
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-complainant.h"
#include "core/amends-decide-private.h"

#include <string.h>

#include "core/amends-edition.h"
#include "core/amends-error.h"
#include "core/amends-instant.h"
#include "core/amends-intake.h"
#include "core/amends-ledger.h"

/* A clock this far behind what was certainly reached is wrong, not merely slow or in another zone. */
#define CLOCK_TOLERANCE_US ((gint64) 24 * 3600 * G_USEC_PER_SEC)

/**
 * amends_moment_get_today:
 *
 * Returns: the civil day in London: the last that is not in the future
 */
AmendsDay
amends_moment_get_today (const AmendsMoment *self)
{
  return amends_day_from_instant (MAX (self->now, self->known));
}

/**
 * amends_moment_is_plainly_wrong:
 *
 * Returns: whether the clock is more than a day behind an instant that was certainly reached
 */
gboolean
amends_moment_is_plainly_wrong (const AmendsMoment *self)
{
  return self->now < self->known && self->known - self->now > CLOCK_TOLERANCE_US;
}

/**
 * amends_decision_new:
 * @feed: (nullable): where it will be written; %NULL if that is found out later
 *
 * Returns: (transfer full): a decision with nothing in it
 */
AmendsDecision *
amends_decision_new (const char *feed)
{
  AmendsDecision *self = g_new0 (AmendsDecision, 1);

  self->feed = g_strdup (feed);
  self->bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * amends_decision_free:
 * @self: (transfer full): a decision
 */
void
amends_decision_free (AmendsDecision *self)
{
  g_free (self->feed);
  g_ptr_array_unref (self->bodies);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

static AmendsSchemaContext
context_for (const AmendsMoment *moment, const char *const *schemes, AmendsDecision *decision)
{
  return (AmendsSchemaContext){
    .today = amends_moment_get_today (moment),
    .takes_future = amends_moment_is_plainly_wrong (moment),
    .schemes = schemes,
    .warnings = decision->warnings,
  };
}

/**
 * amends_decision_begin_body:
 * @type: of the event
 * @by: (nullable): the member of staff; number 0 if nobody is signed in
 * @moment: now
 *
 * Returns: (transfer full): a body that begins as all do: what, when, who
 */
json_t *
amends_decision_begin_body (const char *type, const AmendsId *by, const AmendsMoment *moment)
{
  json_t *body = json_object ();
  char at[AMENDS_INSTANT_TEXT_SIZE];

  amends_instant_format_to (moment->now, at);
  json_object_set_new (body, "type", json_string (type));
  json_object_set_new (body, "at", json_string (at));
  if (by != NULL && by->number != 0)
    {
      char text[AMENDS_ID_BUFFER];

      amends_id_format_to (by, text);
      json_object_set_new (body, "by", json_string (text));
    }
  return body;
}

/**
 * amends_decision_add_body:
 * @body: (transfer full): of the next event
 * @field: (nullable): what is too long if it is
 *
 * Each text keeps its own limit; together, and with what JSON escapes, they may still be too much
 * for one event.
 *
 * Errors: %AMENDS_CORE_ERROR_TOO_LARGE.
 * Returns: whether it was added
 */
gboolean
amends_decision_add_body (AmendsDecision *self, json_t *body, const char *field, GError **error)
{
  g_autoptr (GBytes) bytes = amends_json_dump (body);

  json_decref (body);
  if (g_bytes_get_size (bytes) > AMENDS_EVENT_MAX_BODY_BYTES)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_TOO_LARGE, field, NULL,
                        "One record takes %d KiB of text at the most: shorten the longest texts",
                        AMENDS_EVENT_MAX_BODY_BYTES / 1024);
      return FALSE;
    }
  g_ptr_array_add (self->bodies, g_steal_pointer (&bytes));
  return TRUE;
}

static void
set_all (json_t *body, const json_t *fields, const char *const *left_out)
{
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) fields, key, value)
    if (left_out == NULL || !g_strv_contains (left_out, key))
      json_object_set (body, key, value);
}

static const char *
consent_type (const json_t *consent)
{
  const json_t *given = json_object_get (consent, "given");

  if (json_is_boolean (given))
    return amends_event_type_to_string (json_is_true (given) ? AMENDS_EVENT_CONSENT_GIVEN
                                                             : AMENDS_EVENT_CONSENT_REFUSED);
  return amends_event_type_to_string (AMENDS_EVENT_CONSENT_DEFERRED);
}

/* One event for each entry of a list of the intake. */
static gboolean
add_parts (AmendsDecision *self,
           const json_t *intake,
           const char *list,
           const char *type,
           const AmendsId *by,
           const AmendsMoment *moment,
           GError **error)
{
  static const char *const left_out[] = { "given", NULL };
  const json_t *parts = json_object_get (intake, list);

  for (gsize i = 0; i < json_array_size (parts); i++)
    {
      const json_t *part = json_array_get (parts, i);
      g_autofree char *field = g_strdup_printf ("%s.%" G_GSIZE_FORMAT, list, i);
      json_t *body =
          amends_decision_begin_body (type != NULL ? type : consent_type (part), by, moment);

      set_all (body, part, left_out);
      if (!amends_decision_add_body (self, body, field, error))
        return FALSE;
    }
  return TRUE;
}

/* What a case begins under it keeps, whatever is published later. */
static void
set_edition (json_t *body, const json_t *intake, const AmendsEditions *editions)
{
  const char *scheme = json_string_value (json_object_get (intake, "scheme"));
  const char *received = json_string_value (json_object_get (intake, "received"));
  const AmendsEdition *edition = NULL;
  char id[AMENDS_ID_BUFFER];
  AmendsDay day;

  if (editions != NULL && amends_day_parse (received, &day, NULL))
    edition = amends_editions_get_in_force (editions, scheme, day);
  if (edition == NULL)
    return;
  amends_id_format_to (&edition->id, id);
  json_object_set_new (body, "edition", json_string (id));
}

static gboolean
add_intake (AmendsDecision *self,
            const json_t *intake,
            const AmendsEditions *editions,
            const char *reference,
            const AmendsId *by,
            const AmendsMoment *moment,
            GError **error)
{
  static const char *const left_out[] = { "issues", "consents", "adjustments", "restricted", NULL };
  json_t *body =
      amends_decision_begin_body (amends_event_type_to_string (AMENDS_EVENT_CASE_RECORDED), by,
                                  moment);

  json_object_set_new (body, "reference", json_string (reference));
  set_edition (body, intake, editions);
  set_all (body, intake, left_out);

  return amends_decision_add_body (self, body, NULL, error)
         && add_parts (self, intake, "issues",
                       amends_event_type_to_string (AMENDS_EVENT_ISSUE_ADDED), by, moment, error)
         && add_parts (self, intake, "consents", NULL, by, moment, error)
         && add_parts (self, intake, "adjustments",
                       amends_event_type_to_string (AMENDS_EVENT_ADJUSTMENT_ADDED), by, moment,
                       error);
}

/* Somebody who is thanked has a part in it. */
static gboolean
is_about_staff (const json_t *intake)
{
  const json_t *about = json_object_get (intake, "about");
  gsize i;
  json_t *one;

  if (g_strcmp0 (json_string_value (json_object_get (intake, "kind")), "compliment") == 0)
    return FALSE;
  json_array_foreach (about, i, one)
    if (g_strcmp0 (json_string_value (json_object_get (one, "who")), "staff") == 0)
      return TRUE;
  return FALSE;
}

/**
 * amends_intake_get_restriction:
 * @intake: whole or not
 *
 * Whoever does not feel safe and speaks of somebody who works there may fear a person who reads what is said of
 * safety, so conduct comes first.
 *
 * Returns: (nullable): "conduct" for what is said of somebody who works there, whether or not it says that it is
 *   restricted; "safety" for what is said of the safety of a person; %NULL for anything else
 */
const char *
amends_intake_get_restriction (const json_t *intake)
{
  const char *restricted = json_string_value (json_object_get (intake, "restricted"));

  if (is_about_staff (intake) || g_strcmp0 (restricted, "conduct") == 0)
    return "conduct";
  if (g_strcmp0 (restricted, "safety") == 0
      || g_strcmp0 (json_string_value (json_object_get (intake, "kind")), "safeguarding") == 0)
    return "safety";
  return NULL;
}

/* What is restricted is written where only some read it, and nowhere else: the feed says that it is, and no
 * other event. */
static char *
dup_feed (const json_t *intake)
{
  const char *scheme = json_string_value (json_object_get (intake, "scheme"));
  const char *restriction = amends_intake_get_restriction (intake);
  const char *kind = "s.";

  if (g_strcmp0 (restriction, "safety") == 0)
    kind = "r.";
  else if (g_strcmp0 (restriction, "conduct") == 0)
    kind = "c.";
  return g_strconcat (kind, scheme, NULL);
}

/**
 * amends_decide_record:
 * @intake: as data/intake.schema.json describes it
 * @schemes: (array zero-terminated=1): the schemes that this device may write to
 * @editions: (nullable): what the landlord has published
 * @reference: of the new case
 * @by: the member of staff; number 0 if nobody is signed in
 * @moment: now
 *
 * One event for the case, then one for each issue, consent and adjustment. They are written in the feed of the
 * cases of its scheme, or, if amends_intake_get_restriction() says so, in that of the safety of its people or of
 * the conduct of its staff, which the device may have to be given. Nobody needs to be named:
 * an intake with no complainant is anonymous. The case begins under the edition that is in force in its
 * scheme on the day of receipt, if one is held.
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID or %AMENDS_CORE_ERROR_TOO_LARGE, with the dotted field.
 * Returns: (transfer full): what is to be written
 */
AmendsDecision *
amends_decide_record (const json_t *intake,
                      const char *const *schemes,
                      const AmendsEditions *editions,
                      const char *reference,
                      const AmendsId *by,
                      const AmendsMoment *moment,
                      GError **error)
{
  g_autoptr (AmendsDecision) decision = NULL;
  AmendsSchemaContext context;
  json_auto_t *taken = NULL;

  g_return_val_if_fail (schemes != NULL && reference != NULL && moment != NULL, NULL);

  decision = amends_decision_new (NULL);
  context = context_for (moment, schemes, decision);
  taken = amends_schema_take (amends_intake_get_fields (), intake, &context, error);
  if (taken == NULL)
    return NULL;

  decision->begins = TRUE;
  decision->feed = dup_feed (taken);
  if (!add_intake (decision, taken, editions, reference, by, moment, error))
    return NULL;
  return g_steal_pointer (&decision);
}

static const AmendsField *
find_conflict (const AmendsCase *complaint, const char *name)
{
  for (guint i = 0; i < amends_case_get_n_conflicts (complaint); i++)
    {
      const AmendsField *field = amends_case_get_conflict (complaint, i);

      if (g_str_equal (field->name, name))
        return field;
    }
  return NULL;
}

static gboolean
check_contact (const json_t *act, const char *field, GError **error)
{
  if (json_object_size (act) > 0)
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, field, NULL,
                    strcmp (field, "phone") == 0
                        ? "Nothing is changed: give a name, phone, email, home or preferred_contact"
                        : "Nothing is said: give a preferred_contact, language, interpreter or "
                          "safe_contact");
  return FALSE;
}

/* A preference says what is new. Who adds an hour that is safe has not said that the number which is not has become so:
 * what of it is left out stays as it stands, and what is null goes. */
static gboolean
take_preference (const AmendsCase *complaint, json_t *act, GError **error)
{
  json_t *safe_contact = json_object_get (act, "safe_contact");
  const char *who = json_string_value (json_object_get (act, "who"));
  g_autofree char *field = who != NULL ? g_strjoin (".", "others", who, "safe_contact", NULL)
                                       : g_strdup ("complainant.safe_contact");
  json_t *standing = json_deep_copy (amends_case_get_value (complaint, field));
  const char *name;
  json_t *value;
  void *next;

  if (safe_contact != NULL && find_conflict (complaint, field) != NULL)
    {
      json_decref (standing);
      amends_set_error (
          error, AMENDS_CORE_ERROR_REFUSED, "safe_contact", NULL,
          "Two people wrote how they are reached safely, and neither had seen the other: "
          "settle that first");
      return FALSE;
    }
  if (safe_contact != NULL && standing != NULL)
    json_object_update_missing (safe_contact, standing);
  json_decref (standing);
  json_object_foreach_safe (safe_contact, next, name, value)
    {
      if (json_is_null (value))
        json_object_del (safe_contact, name);
    }
  return check_contact (act, "preferred_contact", error);
}

/* Whether any version of the field holds @value under @key. A consent or an adjustment that one
 * version still holds can be ended. */
static gboolean
any_version_says (const AmendsCase *complaint,
                  const char *name,
                  const char *key,
                  const json_t *wanted)
{
  const AmendsField *field = find_conflict (complaint, name);

  for (guint i = 0; field != NULL && i < field->writes->len; i++)
    {
      const json_t *value = g_array_index (field->writes, AmendsWrite, i).value;

      if (json_equal (json_object_get (value, key), wanted))
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_consent_withdrawn (const AmendsCase *complaint, const json_t *act, GError **error)
{
  const char *purpose = json_string_value (json_object_get (act, "purpose"));
  const char *to = json_string_value (json_object_get (act, "to"));
  g_autofree char *name = amends_ledger_dup_consent_key (purpose, to);
  json_auto_t *given = json_string ("given");
  gboolean stands = any_version_says (complaint, name, "answer", given);

  for (guint i = 0; i < amends_case_get_n_consents (complaint) && !stands; i++)
    {
      const AmendsConsent *consent = amends_case_get_consent (complaint, i);

      stands = amends_ledger_takes_back (act, consent->purpose, consent->to)
               && g_str_equal (consent->answer, "given") && consent->withdrawn == NULL;
    }
  if (!stands)
    amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "purpose", NULL,
                      "No consent for that purpose and recipient stands, so none can be withdrawn");
  return stands;
}

static gboolean
check_adjustment_ended (const AmendsCase *complaint, const json_t *act, GError **error)
{
  const char *need = json_string_value (json_object_get (act, "need"));
  const char *who = json_string_value (json_object_get (act, "who"));
  g_autofree char *name = g_strjoin (".", "adjustments", need, who, NULL);
  gboolean stands = any_version_says (complaint, name, "ended", json_false ());

  for (guint i = 0; i < amends_case_get_n_adjustments (complaint) && !stands; i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (complaint, i);

      stands = g_str_equal (adjustment->need, need) && adjustment->ended == NULL
               && amends_complainant_is (adjustment->who, who);
    }
  if (!stands)
    amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "need", NULL,
                      "No reasonable adjustment for that need stands, so none can be ended");
  return stands;
}

/* Whether @value is one of those that stand in the field. */
static gboolean
is_version (const AmendsField *field, const json_t *value)
{
  for (guint i = 0; i < field->writes->len; i++)
    if (json_equal (g_array_index (field->writes, AmendsWrite, i).value, value))
      return TRUE;
  return FALSE;
}

/* Takes the value as the field's own table takes it, or as one of those that stand there. */
static gboolean
check_settled (const AmendsCase *complaint,
               json_t *act,
               const AmendsSchemaContext *context,
               GError **error)
{
  const char *name = json_string_value (json_object_get (act, "field"));
  const json_t *value = json_object_get (act, "value");
  const AmendsField *field = find_conflict (complaint, name);
  const AmendsSchemaField *shape = amends_intake_find_settled_field (name);
  json_t *taken;

  if (field == NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "field", NULL,
                        "That field is not in conflict, so there is nothing to settle");
      return FALSE;
    }
  if (value == NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "value", NULL,
                        "“value” is missing: give the value that shall stand, or null for none");
      return FALSE;
    }
  if (is_version (field, value))
    return TRUE;
  if (shape == NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "value", NULL,
                        "“value” must be one of the values in conflict");
      return FALSE;
    }
  taken = amends_schema_take_value (shape, "value", value, context, error);
  if (taken == NULL)
    return FALSE;
  json_object_set_new (act, "value", taken);
  return TRUE;
}

static gboolean
check_edition (const AmendsCase *complaint, const AmendsRules *rules, json_t *act, GError **error)
{
  const char *text = json_string_value (json_object_get (act, "edition"));
  gboolean is_in_conflict = find_conflict (complaint, "edition") != NULL;
  AmendsId id, standing;

  if (!amends_id_parse (text, &id, NULL) || rules->editions == NULL
      || amends_editions_find (rules->editions, &id) == NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, "edition", NULL,
                        "No such edition is held on this device: give the id of one of those that "
                        "“policy editions” lists");
      return FALSE;
    }
  if (!is_in_conflict && amends_case_get_edition (complaint, &standing)
      && amends_id_equal (&standing, &id))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "edition", NULL,
                        "The case is under that edition already");
      return FALSE;
    }
  return TRUE;
}

/* Each version of an act in conflict was judged, and warned of, when it was written; what is put in their
 * place is judged now, as that act. */
static gboolean
check_settled_act (const AmendsQuestion *question, GError **error)
{
  const char *name = amends_question_get_text (question, "field");
  const json_t *value = json_object_get (question->act, "value");
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) refusal = NULL;
  AmendsQuestion of_act = *question;
  gboolean may_be;

  of_act.type = amends_act_get_type_of_field (name);
  of_act.act = value;
  of_act.warnings = warnings;
  of_act.rows = NULL;
  if (of_act.type == AMENDS_EVENT_UNKNOWN || !json_is_object (value)
      || is_version (find_conflict (question->complaint, name), value))
    return TRUE;

  may_be = amends_question_check_request (&of_act, &refusal);
  g_clear_pointer (&of_act.rows, g_ptr_array_unref);
  if (!may_be)
    amends_set_error (error, (AmendsCoreError) refusal->code, "value",
                      amends_error_get_clause (refusal), "%s", refusal->message);
  return may_be;
}

/* Whether the case, the landlord's policy and the Code let it be. */
static gboolean
check_question (AmendsQuestion *question, GError **error)
{
  gboolean may_be =
      amends_question_check_state (question, error)
      && amends_question_check_request (question, error)
      && (question->type != AMENDS_EVENT_CONFLICT_SETTLED || check_settled_act (question, error));

  g_clear_pointer (&question->rows, g_ptr_array_unref);
  return may_be;
}

/* Whether the state of the case lets @act be. */
static gboolean
check_act (const AmendsCase *complaint,
           const AmendsRules *rules,
           AmendsEventType type,
           json_t *act,
           const AmendsSchemaContext *context,
           GError **error)
{
  if (type == AMENDS_EVENT_CONTACT_CHANGED)
    return check_contact (act, "phone", error);
  if (type == AMENDS_EVENT_PERSON_PREFERENCE)
    return take_preference (complaint, act, error);
  if (type == AMENDS_EVENT_CONSENT_WITHDRAWN)
    return check_consent_withdrawn (complaint, act, error);
  if (type == AMENDS_EVENT_ADJUSTMENT_ENDED)
    return check_adjustment_ended (complaint, act, error);
  if (type == AMENDS_EVENT_CASE_EDITION_MOVED)
    return check_edition (complaint, rules, act, error);
  if (type == AMENDS_EVENT_CASE_CORRECTED)
    return amends_decide_take_correction (complaint, act, context, error);
  if (type == AMENDS_EVENT_CONFLICT_SETTLED)
    return check_settled (complaint, act, context, error);
  return TRUE;
}

static const AmendsSchemaField *
find_act (const json_t *act, AmendsEventType *ret_type, GError **error)
{
  const AmendsSchemaField *fields;

  if (!json_is_object (act))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, NULL, NULL,
                        "An act is a JSON object with its “type”, such as \"case.noted\"");
      return NULL;
    }
  *ret_type = amends_act_type_from_string (json_string_value (json_object_get (act, "type")));
  fields = amends_intake_get_act_fields (*ret_type);
  if (fields == NULL)
    {
      g_autofree char *names = amends_intake_dup_act_names ();

      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "type", NULL,
                        "“type” names no act on a case: give one of %s", names);
    }
  return fields;
}

/**
 * amends_decide_act:
 * @complaint: the case as it stands on this device
 * @rules: what it is judged by; without a Code only the state of the case is
 * @act: its "type", and the fields of that type
 * @by: (nullable): the member of staff; %NULL if nobody is signed in
 * @moment: now
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID or %AMENDS_CORE_ERROR_TOO_LARGE, with the dotted field;
 * %AMENDS_CORE_ERROR_REFUSED if what is ended or settled does not stand, if nothing would change, or
 * if the landlord's policy or the Code does not allow it, with the clauses: "9.1; Code 2.3";
 * %AMENDS_CORE_ERROR_NOT_FOUND for an edition that is not held.
 * Returns: (transfer full): what is to be written
 */
AmendsDecision *
amends_decide_act (const AmendsCase *complaint,
                   const AmendsRules *rules,
                   const json_t *act,
                   const AmendsActor *by,
                   const AmendsMoment *moment,
                   GError **error)
{
  g_autoptr (AmendsDecision) decision = NULL;
  const AmendsSchemaField *fields;
  AmendsQuestion question = { .complaint = complaint, .actor = by };
  AmendsSchemaContext context;
  json_auto_t *request = NULL;
  json_auto_t *taken = NULL;
  json_t *body;

  g_return_val_if_fail (complaint != NULL && rules != NULL && moment != NULL, NULL);

  fields = find_act (act, &question.type, error);
  if (fields == NULL)
    return NULL;

  decision = amends_decision_new (amends_case_get_feed (complaint));
  context = context_for (moment, NULL, decision);
  request = json_copy ((json_t *) act);
  json_object_del (request, "type");
  taken = amends_schema_take (fields, request, &context, error);
  question.act = taken;
  if (taken == NULL || !amends_decide_complete_who (&question, taken, error)
      || !check_act (complaint, rules, question.type, taken, &context, error))
    return NULL;

  question.policy = rules->policy;
  question.code = rules->code;
  question.calendar = rules->calendar;
  question.letters = rules->letters;
  question.today = context.today;
  question.act = taken;
  question.warnings = decision->warnings;
  amends_decide_complete_remedy (&question, taken);
  amends_decide_complete_sending (&question, taken);
  amends_decide_complete_authority_withdrawn (&question, taken);
  if (!check_question (&question, error))
    return NULL;

  amends_decide_complete_erasure (complaint, by, question.type, taken);
  amends_decide_complete_move (complaint, question.type, taken);
  body = amends_decision_begin_body (amends_event_type_to_string (question.type),
                                     by != NULL ? &by->id : NULL, moment);
  set_all (body, taken, NULL);
  if (!amends_decision_add_body (decision, body, NULL, error))
    return NULL;
  return g_steal_pointer (&decision);
}

/**
 * amends_decide_check_intake:
 * @intake: as for amends_decide_record()
 * @schemes: (array zero-terminated=1): the schemes that this device may write to
 * @moment: now
 * @ret_problems: (out caller-allocates) (element-type GError): where all problems are added, in the
 *   order of the form; it frees them with g_error_free()
 *
 * Returns: whether @intake can be recorded as it is
 */
gboolean
amends_decide_check_intake (const json_t *intake,
                            const char *const *schemes,
                            const AmendsMoment *moment,
                            GPtrArray *ret_problems)
{
  AmendsSchemaContext context;
  json_auto_t *taken = NULL;

  g_return_val_if_fail (schemes != NULL && moment != NULL && ret_problems != NULL, FALSE);

  context = (AmendsSchemaContext){
    .today = amends_moment_get_today (moment),
    .takes_future = amends_moment_is_plainly_wrong (moment),
    .schemes = schemes,
    .problems = ret_problems,
  };
  taken = amends_schema_take (amends_intake_get_fields (), intake, &context, NULL);
  return taken != NULL;
}
