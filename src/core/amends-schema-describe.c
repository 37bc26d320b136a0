/* amends-schema-describe.c: a table of fields, described as JSON Schema 2020-12, or in one line
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For those who write files for the command line. The table is what counts: a limit of bytes is
 * described as one of characters, since JSON Schema knows no other. */

#include "core/amends-codes.h"
#include "core/amends-schema.h"

#define PATTERN_DAY "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
#define PATTERN_PARTIAL_DAY "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
#define PATTERN_TIME "^([01][0-9]|2[0-3]):[0-5][0-9]$"
#define PATTERN_ID "^[0-9A-HJKMNP-TV-Z]{1,4}[.][1-9][0-9]*$"
#define PATTERN_NOT_BLANK "\\S"

static json_t *
text_schema (int n_max_chars, const char *pattern)
{
  json_t *schema = json_pack ("{s:s, s:i}", "type", "string", "maxLength", n_max_chars);

  if (pattern != NULL)
    json_object_set_new (schema, "pattern", json_string (pattern));
  return schema;
}

static json_t *
pattern_schema (const char *pattern)
{
  return json_pack ("{s:s, s:s}", "type", "string", "pattern", pattern);
}

static json_t *
code_values (const char *name)
{
  const AmendsCodeList *list = amends_codes_get_list (name);
  json_t *values = json_array ();

  for (guint i = 0; i < list->n_codes; i++)
    json_array_append_new (values, json_string (list->codes[i].code));
  return values;
}

static json_t *
list_schema (json_t *items, guint n_max)
{
  return json_pack ("{s:s, s:o, s:i}", "type", "array", "items", items, "maxItems", (int) n_max);
}

static json_t *
answer_values (const char *name)
{
  json_t *values = code_values (name);

  json_array_insert_new (values, 0, json_true ());
  json_array_insert_new (values, 1, json_false ());
  return json_pack ("{s:o}", "enum", values);
}

static json_t *
describe_objects (const AmendsSchemaField *field)
{
  json_t *schema = list_schema (amends_schema_describe (field->members), field->max);

  if ((field->flags & AMENDS_SCHEMA_REQUIRED) != 0)
    json_object_set_new (schema, "minItems", json_integer (1));
  return schema;
}

static json_t *
describe_value (const AmendsSchemaField *field)
{
  const char *pattern = (field->flags & AMENDS_SCHEMA_REQUIRED) != 0 ? PATTERN_NOT_BLANK : NULL;

  switch (field->kind)
    {
    case AMENDS_SCHEMA_TEXT:
      return text_schema (AMENDS_TEXT_MAX_BYTES, pattern);
    case AMENDS_SCHEMA_LINE:
    case AMENDS_SCHEMA_SCHEME:
      return text_schema (AMENDS_LINE_MAX_BYTES, pattern);
    case AMENDS_SCHEMA_EMAIL:
      return text_schema (AMENDS_LINE_MAX_BYTES, "@");
    case AMENDS_SCHEMA_PHONE:
      return text_schema (AMENDS_LINE_MAX_BYTES, "[0-9]");
    case AMENDS_SCHEMA_LINES:
      return json_pack ("{s:[o, o]}", "anyOf", text_schema (AMENDS_LINE_MAX_BYTES, NULL),
                        list_schema (text_schema (AMENDS_LINE_MAX_BYTES, NULL), field->max));
    case AMENDS_SCHEMA_CODE:
      return json_pack ("{s:o}", "enum", code_values (field->codes));
    case AMENDS_SCHEMA_CODES:
      return json_pack ("{s:s, s:{s:o}, s:b}", "type", "array", "items", "enum",
                        code_values (field->codes), "uniqueItems", TRUE);
    case AMENDS_SCHEMA_DAY:
    case AMENDS_SCHEMA_PAST_DAY:
      return pattern_schema (PATTERN_DAY);
    case AMENDS_SCHEMA_PARTIAL_DAY:
      return pattern_schema (PATTERN_PARTIAL_DAY);
    case AMENDS_SCHEMA_TIME:
      return pattern_schema (PATTERN_TIME);
    case AMENDS_SCHEMA_BOOLEAN:
      return json_pack ("{s:s}", "type", "boolean");
    case AMENDS_SCHEMA_ANSWER:
      return answer_values (field->codes);
    case AMENDS_SCHEMA_BOOLEAN_OR_TEXT:
      return json_pack ("{s:[s, s], s:i}", "type", "boolean", "string", "maxLength",
                        AMENDS_TEXT_MAX_BYTES);
    case AMENDS_SCHEMA_INTEGER:
      return json_pack ("{s:s, s:i, s:i}", "type", "integer", "minimum", (int) field->min,
                        "maximum", (int) field->max);
    case AMENDS_SCHEMA_ID:
      return pattern_schema (PATTERN_ID);
    case AMENDS_SCHEMA_OBJECT:
      return amends_schema_describe (field->members);
    case AMENDS_SCHEMA_OBJECTS:
      return describe_objects (field);
    case AMENDS_SCHEMA_ANSWER_OR_OBJECT:
      return json_pack ("{s:[o, o]}", "anyOf", answer_values (field->codes),
                        amends_schema_describe (field->members));
    case AMENDS_SCHEMA_ANY:
      return json_object ();
    }
  g_assert_not_reached ();
}

/* "Where the channel is one that says too little alone, its detail must be there." */
static json_t *
describe_detail (const AmendsSchemaField *field)
{
  const AmendsCodeList *list = amends_codes_get_list (field->codes);
  json_t *values = json_array ();

  for (guint i = 0; i < list->n_codes; i++)
    if (list->codes[i].needs_detail)
      json_array_append_new (values, json_string (list->codes[i].code));
  return json_pack ("{s:{s:{s:{s:o}}, s:[s]}, s:{s:[s]}}", "if", "properties", field->name, "enum",
                    values, "required", field->name, "then", "required", field->detail);
}

/**
 * amends_schema_describe:
 * @fields: a table
 *
 * Returns: (transfer full): the JSON Schema of an object by that table
 */
json_t *
amends_schema_describe (const AmendsSchemaField *fields)
{
  json_t *properties = json_object ();
  json_t *required = json_array ();
  json_t *conditions = json_array ();
  json_t *schema;

  for (const AmendsSchemaField *field = fields; field->name != NULL; field++)
    {
      json_t *value = describe_value (field);

      if ((field->flags & AMENDS_SCHEMA_REQUIRED) != 0)
        json_array_append_new (required, json_string (field->name));
      else
        value = json_pack ("{s:[o, {s:s}]}", "anyOf", value, "type", "null");
      json_object_set_new (properties, field->name, value);
      if (field->detail != NULL)
        json_array_append_new (conditions, describe_detail (field));
    }

  schema = json_pack ("{s:s, s:o, s:b}", "type", "object", "properties", properties,
                      "additionalProperties", FALSE);
  if (json_array_size (required) > 0)
    json_object_set (schema, "required", required);
  if (json_array_size (conditions) > 0)
    json_object_set (schema, "allOf", conditions);
  json_decref (required);
  json_decref (conditions);
  return schema;
}

static void
append_outline (const AmendsSchemaField *fields, GString *text)
{
  for (const AmendsSchemaField *field = fields; field->name != NULL; field++)
    {
      gboolean is_list = field->kind == AMENDS_SCHEMA_OBJECTS;

      g_string_append_printf (text, "%s%s%s", field != fields ? ", " : "", field->name,
                              (field->flags & AMENDS_SCHEMA_REQUIRED) != 0 ? "" : "?");
      if (field->members == NULL)
        continue;
      g_string_append (text, is_list ? " [{" : " {");
      append_outline (field->members, text);
      g_string_append (text, is_list ? "}]" : "}");
    }
}

/**
 * amends_schema_dup_outline:
 * @fields: a table
 *
 * Returns: (transfer full): its keys, as "on, channel, channel_detail?": one with a question mark may
 * be left out
 */
char *
amends_schema_dup_outline (const AmendsSchemaField *fields)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_outline (fields, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
