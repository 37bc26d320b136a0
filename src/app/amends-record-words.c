/* amends-record-words.c: all that stands in a record, field by field
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which fields a record has, and what may stand in each, says its schema in core, and what they are called the table
 * of the forms: so an act that has a form can be read, and nothing here is about one act alone. What another version
 * wrote may not be as expected, and is shown as it stands. */

#include "config.h"

#include "app/amends-record-words.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-act-words.h"
#include "app/amends-event-words.h"
#include "app/amends-policy-words.h"
#include "app/amends-words.h"
#include "core/amends-complainant.h"
#include "core/amends-intake.h"

/* What is listed now: @body is that of the whole record, and @entry (nullable) its place in the history. */
typedef struct
{
  const AmendsCaseFile *file;
  AmendsEventType type;
  const json_t *body;
  const json_t *entry;
  GPtrArray *lines;
} Listing;

static char *
describe_value (const Listing *self, const AmendsSchemaField *field, const json_t *value);

static void
line_free (gpointer data)
{
  AmendsRecordLine *line = data;

  g_free (line->label);
  g_free (line->text);
  g_free (line);
}

static const AmendsSchemaField *
get_fields (AmendsEventType type)
{
  return type == AMENDS_EVENT_CASE_RECORDED ? amends_intake_get_fields ()
                                            : amends_intake_get_act_fields (type);
}

static const char *
text_of (const json_t *object, const char *key)
{
  const char *text = json_string_value (json_object_get (object, key));

  return text != NULL ? text : "";
}

/* ---------------------------------------------------------------- what another record says */

/* (nullable) */
static const json_t *
find_entry (const Listing *self, const char *id)
{
  gsize i;
  json_t *entry;

  json_array_foreach (self->file->history, i, entry)
    if (g_str_equal (text_of (entry, "id"), id))
      return entry;
  return NULL;
}

static char *
describe_record (const Listing *self, const char *id)
{
  const json_t *entry = find_entry (self, id);

  return entry != NULL ? amends_event_words_title (entry)
                       : g_strdup (_ ("A record that has not arrived here"));
}

/* The type of the record that a correction is of. */
static AmendsEventType
get_corrected_type (const Listing *self)
{
  const json_t *entry = find_entry (self, text_of (self->body, "event"));

  return amends_event_type_from_string (text_of (entry, "type"));
}

static char *
describe_field (const Listing *self, const char *path)
{
  return self->type == AMENDS_EVENT_CASE_CORRECTED
             ? amends_act_words_field (get_corrected_type (self), path)
             : amends_words_field (path);
}

/* What may be anything is a value of the field that the record names. */
static char *
describe_any (const Listing *self, const json_t *value)
{
  const char *path = text_of (self->body, "field");
  const AmendsSchemaField *fields =
      self->type == AMENDS_EVENT_CASE_CORRECTED ? get_fields (get_corrected_type (self)) : NULL;
  const AmendsSchemaField *field = self->type == AMENDS_EVENT_CASE_CORRECTED
                                       ? (fields != NULL ? amends_schema_find (fields, path) : NULL)
                                       : amends_intake_find_settled_field (path);

  return field != NULL && field->members == NULL && field->kind != AMENDS_SCHEMA_ANY
             ? describe_value (self, field, value)
             : amends_words_value (path, value);
}

/* ---------------------------------------------------------------- values */

static char *
describe_ground (const Listing *self, const char *name)
{
  const AmendsRules *rules = &self->file->dues->rules;
  const AmendsPolicy *policy = rules->policy != NULL ? rules->policy : rules->code;

  for (guint i = 0; i < amends_policy_get_n_rules (policy); i++)
    {
      const AmendsPolicyRule *rule = amends_policy_get_rule (policy, i);

      if (g_str_equal (rule->kind, "exclusion") && g_str_equal (rule->name, name))
        return amends_policy_words_ground (rule);
    }
  return g_strdup (name);
}

/* Some texts on one line are names of something else. */
static char *
describe_line (const Listing *self, const AmendsSchemaField *field, const char *text)
{
  if (g_str_equal (field->name, "ground"))
    return describe_ground (self, text);
  if (g_str_equal (field->name, "field"))
    return describe_field (self, text);
  if (g_str_equal (field->name, "preferred_contact"))
    return g_strdup (amends_words_code ("channel", text));
  if (g_str_equal (field->name, "who") && g_str_equal (text, AMENDS_COMPLAINANT_FIRST))
    return g_strdup (_ ("Who is named first"));
  return g_strdup (text);
}

/* Where a case went its history says; where it is, the case. */
static char *
describe_scheme (const Listing *self, const char *code)
{
  const char *here = amends_feed_get_scheme (amends_case_get_feed (self->file->complaint));
  const char *name = text_of (self->entry, "to_name");

  if (*name != '\0')
    return g_strdup (name);
  return g_strdup (g_strcmp0 (code, here) == 0 ? self->file->scheme_name : code);
}

static char *
describe_text (const Listing *self, const AmendsSchemaField *field, const char *text)
{
  switch ((int) field->kind)
    {
    case AMENDS_SCHEMA_CODE:
    case AMENDS_SCHEMA_CODES:
    case AMENDS_SCHEMA_ANSWER:
    case AMENDS_SCHEMA_ANSWER_OR_OBJECT:
      return g_strdup (amends_words_code (field->codes, text));
    case AMENDS_SCHEMA_DAY:
    case AMENDS_SCHEMA_PAST_DAY:
    case AMENDS_SCHEMA_PARTIAL_DAY:
      return amends_words_partial_day (text);
    case AMENDS_SCHEMA_TIME:
    case AMENDS_SCHEMA_PHONE:
    case AMENDS_SCHEMA_EMAIL:
      return amends_words_isolate (text);
    case AMENDS_SCHEMA_SCHEME:
      return describe_scheme (self, text);
    case AMENDS_SCHEMA_ID:
      return describe_record (self, text);
    case AMENDS_SCHEMA_LINES: /* of what is erased, or what somebody said */
      return g_str_equal (field->name, "events") ? describe_record (self, text) : g_strdup (text);
    case AMENDS_SCHEMA_LINE:
      return describe_line (self, field, text);
    default:
      return g_strdup (text);
    }
}

static char *
describe_list (const Listing *self, const AmendsSchemaField *field, const json_t *list)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize i;
  json_t *value;

  json_array_foreach ((json_t *) list, i, value)
    {
      g_autofree char *each = describe_value (self, field, value);

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", each);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_value (const Listing *self, const AmendsSchemaField *field, const json_t *value)
{
  if (field->kind == AMENDS_SCHEMA_ANY)
    return describe_any (self, value);
  if (json_is_string (value))
    return describe_text (self, field, json_string_value (value));
  if (json_is_array (value))
    return describe_list (self, field, value);
  if (json_is_integer (value) && g_str_has_suffix (field->name, "_pence"))
    return amends_words_pence (json_integer_value (value));
  return amends_words_value (field->name, value);
}

/* ---------------------------------------------------------------- lines */

static void
add_line (Listing *self, const char *path, char *text)
{
  AmendsRecordLine *line = g_new0 (AmendsRecordLine, 1);

  line->label = amends_act_words_field (self->type, path);
  line->text = text;
  g_ptr_array_add (self->lines, line);
}

static gboolean
has_member (const AmendsSchemaField *fields, const char *name)
{
  return fields != NULL && amends_schema_find (fields, name) != NULL;
}

/* "Tamsin Roe, Scheme manager": whoever had a part in it is a name, and the role they acted in stands beside it. */
static char *
describe_person (const json_t *person)
{
  return amends_words_join (", ", text_of (person, "name"),
                            amends_words_code ("role", json_string_value (
                                                           json_object_get (person, "role"))),
                            NULL);
}

/* Each of several, one on a line. */
static char *
describe_people (const json_t *people)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize i;
  json_t *person;

  json_array_foreach ((json_t *) people, i, person)
    {
      g_autofree char *each = describe_person (person);

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", each);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What is kept apart is read where it is kept, and opening it there is by itself. */
static gboolean
is_apart (const Listing *self, const char *path)
{
  return g_str_equal (path, "disabilities_disclosed")
         || (self->type == AMENDS_EVENT_PERSON_DISABILITY_DISCLOSED && g_str_equal (path, "what"));
}

/* @prefix: of the paths of @object, "decided_by."
 * @left_out: (nullable): names that are not listed */
static void
add_object (Listing *self,
            const char *prefix,
            const AmendsSchemaField *fields,
            const json_t *object,
            const char *const *left_out)
{
  gboolean is_person = has_member (fields, "staff");

  for (; fields != NULL && fields->name != NULL; fields++)
    {
      json_t *value = json_object_get (object, fields->name);
      g_autofree char *path = g_strconcat (prefix, fields->name, NULL);
      g_autofree char *inner = g_strconcat (path, ".", NULL);
      gsize i;
      json_t *each;

      if (value == NULL || (left_out != NULL && g_strv_contains (left_out, fields->name)))
        continue;
      if (is_apart (self, path))
        add_line (self, path, g_strdup (_ ("Kept apart, on the resident’s page")));
      else if (is_person && g_str_equal (fields->name, "name"))
        add_line (self, path, describe_person (object));
      else if (is_person
               && (g_str_equal (fields->name, "staff") || g_str_equal (fields->name, "role")))
        continue;
      else if (fields->members != NULL && json_is_object (value))
        add_object (self, inner, fields->members, value, NULL);
      else if (fields->kind == AMENDS_SCHEMA_OBJECTS && has_member (fields->members, "staff"))
        add_line (self, path, describe_people (value));
      else if (fields->kind == AMENDS_SCHEMA_OBJECTS)
        json_array_foreach (value, i, each)
          add_object (self, inner, fields->members, each, NULL);
      else
        add_line (self, path, describe_value (self, fields, value));
    }
}

/**
 * amends_record_words_list_in:
 * @file: of the case
 * @type: of the record
 * @body: of it, or of what stands in the case since it
 * @left_out: (nullable): names of fields that stand elsewhere
 *
 * Returns: (transfer full) (element-type AmendsRecordLine): each field of @body, in the order of its form
 */
GPtrArray *
amends_record_words_list_in (const AmendsCaseFile *file,
                             AmendsEventType type,
                             const json_t *body,
                             const char *const *left_out)
{
  Listing self = { file, type, body, NULL, g_ptr_array_new_with_free_func (line_free) };

  add_object (&self, "", get_fields (type), body, left_out);
  return self.lines;
}

/**
 * amends_record_words_list_standing:
 * @names: (array zero-terminated=1): of fields of the intake
 *
 * Returns: (transfer full) (element-type AmendsRecordLine): those that say something as the case stands, in the order
 *   of its form
 */
GPtrArray *
amends_record_words_list_standing (const AmendsCaseFile *file, const char *const *names)
{
  json_auto_t *standing = json_object ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      const json_t *value = amends_case_get_value (file->complaint, names[i]);

      if (value != NULL && !json_is_null (value))
        json_object_set (standing, names[i], (json_t *) value);
    }
  return amends_record_words_list_in (file, AMENDS_EVENT_CASE_RECORDED, standing, NULL);
}

/**
 * amends_record_words_list:
 * @file: of the case
 * @entry: of its history
 *
 * As it was written: what was corrected since stands in a record of its own.
 *
 * Returns: (transfer full) (element-type AmendsRecordLine): each field of it; none of what is erased, withheld, or
 *   known to a newer version alone
 */
GPtrArray *
amends_record_words_list (const AmendsCaseFile *file, const json_t *entry)
{
  gboolean is_open = json_is_true (json_object_get (entry, "known"))
                     && !json_is_true (json_object_get (entry, "erased"));
  const json_t *body = json_object_get (entry, "body");
  AmendsEventType type =
      is_open ? amends_event_type_from_string (text_of (entry, "type")) : AMENDS_EVENT_UNKNOWN;
  Listing self = { file, type, body, entry, g_ptr_array_new_with_free_func (line_free) };

  add_object (&self, "", get_fields (type), body, NULL);
  return self.lines;
}
