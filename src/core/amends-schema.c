/* amends-schema.c: what a JSON object from outside may hold, as a table
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-schema.h"

#include <string.h>

#include "core/amends-codes.h"
#include "core/amends-error.h"
#include "core/amends-id.h"

/* An unknown key is named back to its author, within reason. */
#define KEY_MAX_BYTES 64

/* RFC 5321, 4.5.3.1.3: a path of 256 octets, of which two are brackets. */
#define EMAIL_MAX_BYTES 254

/* The state of one reading. The path is that of the value at hand; the member functions put a
 * name on and take it off again. */
typedef struct
{
  const AmendsSchemaContext *context;
  GString *path;
  GError *first; /* (nullable) */
  gboolean failed;
} Reader;

static json_t *take_value (Reader *reader, const AmendsSchemaField *field, const json_t *value);

static gsize
push (Reader *reader, const char *name)
{
  gsize length = reader->path->len;

  if (length > 0)
    g_string_append_c (reader->path, '.');
  g_string_append (reader->path, name);
  return length;
}

static void
pop (Reader *reader, gsize length)
{
  g_string_truncate (reader->path, length);
}

static gboolean
is_finished (const Reader *reader)
{
  return reader->failed && reader->context->problems == NULL;
}

/* Returns NULL, so that a taker can end with it. */
static json_t *
report (Reader *reader, AmendsCoreError code, const char *sentence)
{
  g_autoptr (GError) problem = NULL;
  const char *path = reader->path->len > 0 ? reader->path->str : NULL;

  if (path != NULL)
    amends_set_error (&problem, code, path, NULL, "“%s” %s", path, sentence);
  else
    amends_set_error (&problem, code, NULL, NULL, "This %s", sentence);

  reader->failed = TRUE;
  if (reader->context->problems != NULL)
    g_ptr_array_add (reader->context->problems, g_error_copy (problem));
  if (reader->first == NULL)
    reader->first = g_steal_pointer (&problem);
  return NULL;
}

static char *
list_codes (const char *name)
{
  const AmendsCodeList *list = amends_codes_get_list (name);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < list->n_codes; i++)
    {
      if (i > 0)
        g_string_append (text, i + 1 < list->n_codes ? ", " : " or ");
      g_string_append (text, list->codes[i].code);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What to do about a field that is missing or of another shape. */
static char *
advise (const AmendsSchemaField *field)
{
  g_autofree char *codes = field->codes != NULL ? list_codes (field->codes) : NULL;

  switch (field->kind)
    {
    case AMENDS_SCHEMA_TEXT:
    case AMENDS_SCHEMA_LINE:
      return g_strdup ("write it as a text");
    case AMENDS_SCHEMA_LINES:
      return g_strdup_printf ("write a text, or a list of at most %u texts", field->max);
    case AMENDS_SCHEMA_EMAIL:
      return g_strdup ("write an email address, with an @ in it");
    case AMENDS_SCHEMA_PHONE:
      return g_strdup ("write a telephone number");
    case AMENDS_SCHEMA_SCHEME:
      return g_strdup ("give the code of a scheme that this device may write to");
    case AMENDS_SCHEMA_CODE:
      return g_strdup_printf ("choose %s", codes);
    case AMENDS_SCHEMA_CODES:
      return g_strdup_printf ("give a list of any of %s", codes);
    case AMENDS_SCHEMA_DAY:
    case AMENDS_SCHEMA_PAST_DAY:
      return g_strdup ("give a date that exists, as YYYY-MM-DD, from 1900 to 2199");
    case AMENDS_SCHEMA_PARTIAL_DAY:
      return g_strdup ("give a date that exists, as YYYY-MM-DD, or only YYYY-MM or YYYY");
    case AMENDS_SCHEMA_TIME:
      return g_strdup ("give a time of day, as HH:MM");
    case AMENDS_SCHEMA_BOOLEAN:
      return g_strdup ("answer true or false");
    case AMENDS_SCHEMA_ANSWER:
      return g_strdup_printf ("answer true or false, or choose %s", codes);
    case AMENDS_SCHEMA_BOOLEAN_OR_TEXT:
      return g_strdup ("answer true or false, or write it as a text");
    case AMENDS_SCHEMA_INTEGER:
      return g_strdup_printf ("give a whole number from %u to %u", field->min, field->max);
    case AMENDS_SCHEMA_ID:
      return g_strdup ("give an id, such as 7K.41");
    case AMENDS_SCHEMA_OBJECT:
      return g_strdup ("give an object with its fields");
    case AMENDS_SCHEMA_OBJECTS:
      return g_strdup_printf ("give a list of 1 to %u objects", field->max);
    case AMENDS_SCHEMA_ANSWER_OR_OBJECT:
      return g_strdup_printf ("answer true or false, choose %s, or give an object", codes);
    case AMENDS_SCHEMA_ANY:
      return g_strdup ("give the value that shall stand, or null for none");
    }
  g_assert_not_reached ();
}

static json_t *
report_missing (Reader *reader, const AmendsSchemaField *field)
{
  g_autofree char *advice = advise (field);
  g_autofree char *sentence = g_strconcat ("is missing: ", advice, NULL);

  return report (reader, AMENDS_CORE_ERROR_INVALID, sentence);
}

static json_t *
report_wrong (Reader *reader, const AmendsSchemaField *field)
{
  g_autofree char *advice = advise (field);
  g_autofree char *sentence = g_strconcat ("cannot be taken as it is: ", advice, NULL);

  return report (reader, AMENDS_CORE_ERROR_INVALID, sentence);
}

static gboolean
is_blank (const json_t *value)
{
  const char *text = json_string_value (value);

  if (value == NULL || json_is_null (value))
    return TRUE;
  if (text == NULL)
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

/* Line ends of other systems and tabs come with what people paste; they mean no more than a line
 * feed and a space. */
static char *
plain_text (const char *text)
{
  g_autoptr (GString) plain = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\r')
        {
          g_string_append_c (plain, '\n');
          if (p[1] == '\n')
            p++;
        }
      else
        g_string_append_c (plain, *p == '\t' ? ' ' : *p);
    }
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static gboolean
has_control (const char *text, gboolean takes_lines)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (g_unichar_iscntrl (c) && !(takes_lines && c == '\n'))
        return TRUE;
    }
  return FALSE;
}

static json_t *
take_text (Reader *reader, const AmendsSchemaField *field, const json_t *value)
{
  gboolean is_long =
      field->kind == AMENDS_SCHEMA_TEXT || field->kind == AMENDS_SCHEMA_BOOLEAN_OR_TEXT;
  gsize n_max_bytes = is_long ? AMENDS_TEXT_MAX_BYTES : AMENDS_LINE_MAX_BYTES;
  g_autofree char *plain = NULL;
  g_autofree char *text = NULL;

  if (!json_is_string (value))
    return report_wrong (reader, field);

  /* Composed text may be longer or shorter than what came; the limit holds for both. */
  if (json_string_length (value) <= n_max_bytes)
    {
      plain = plain_text (json_string_value (value));
      text = g_utf8_normalize (plain, -1, G_NORMALIZE_NFC);
    }
  if (text == NULL || strlen (text) > n_max_bytes)
    {
      g_autofree char *sentence =
          g_strdup_printf ("is longer than %" G_GSIZE_FORMAT " KiB: shorten it or divide it",
                           n_max_bytes / 1024);

      return report (reader, AMENDS_CORE_ERROR_TOO_LARGE, sentence);
    }
  if (has_control (text, is_long))
    return report (reader, AMENDS_CORE_ERROR_INVALID,
                   is_long ? "holds a control character: take it out"
                           : "holds a line break or a control character: write it on one line");

  return json_string (is_long ? text : g_strstrip (text));
}

static json_t *
take_email (Reader *reader, const AmendsSchemaField *field, const json_t *value)
{
  json_t *taken = take_text (reader, field, value);
  const char *text = json_string_value (taken);
  const char *at = text != NULL ? strrchr (text, '@') : NULL;

  if (text == NULL)
    return NULL;
  if (at == NULL || at == text || at[1] == '\0' || strpbrk (text, " ,;<>") != NULL
      || strlen (text) > EMAIL_MAX_BYTES)
    {
      json_decref (taken);
      return report_wrong (reader, field);
    }
  return taken;
}

static json_t *
take_phone (Reader *reader, const AmendsSchemaField *field, const json_t *value)
{
  json_t *taken = take_text (reader, field, value);
  const char *text = json_string_value (taken);

  /* "Ask at the office, extension 12" is a way to ring somebody; "none" is not. */
  if (text != NULL && strpbrk (text, "0123456789") == NULL)
    {
      json_decref (taken);
      return report_wrong (reader, field);
    }
  return taken;
}

static json_t *
take_scheme (Reader *reader, const AmendsSchemaField *field, const json_t *value)
{
  const char *scheme = json_string_value (value);

  if (scheme == NULL
      || (reader->context->schemes != NULL && !g_strv_contains (reader->context->schemes, scheme)))
    return report_wrong (reader, field);
  return json_string (scheme);
}

static json_t *
take_code (Reader *reader, const AmendsSchemaField *field, const json_t *value)
{
  const char *word = json_string_value (value);

  if (word == NULL || amends_codes_find (amends_codes_get_list (field->codes), word) == NULL)
    return report_wrong (reader, field);
  return json_string (word);
}

static json_t *
take_codes (Reader *reader, const AmendsSchemaField *field, const json_t *value)
{
  const AmendsCodeList *list = amends_codes_get_list (field->codes);
  json_t *taken;

  if (!json_is_array (value) || json_array_size (value) > list->n_codes)
    return report_wrong (reader, field);

  taken = json_array ();
  for (gsize i = 0; i < json_array_size (value); i++)
    {
      const char *word = json_string_value (json_array_get (value, i));
      gboolean is_new = word != NULL && amends_codes_find (list, word) != NULL;

      for (gsize j = 0; is_new && j < i; j++)
        is_new = !g_str_equal (json_string_value (json_array_get (taken, j)), word);
      if (!is_new)
        {
          json_decref (taken);
          return report_wrong (reader, field);
        }
      json_array_append_new (taken, json_string (word));
    }
  return taken;
}

static json_t *
take_lines (Reader *reader, const AmendsSchemaField *field, const json_t *value)
{
  json_t *taken;

  if (!json_is_string (value) && !json_is_array (value))
    return report_wrong (reader, field);
  if (json_array_size (value) > field->max)
    return report (reader, AMENDS_CORE_ERROR_TOO_LARGE, "has too many entries: leave some out");

  taken = json_array ();
  if (json_is_string (value))
    json_array_append_new (taken, take_text (reader, field, value));
  for (gsize i = 0; i < json_array_size (value) && !is_finished (reader); i++)
    {
      const json_t *entry = json_array_get (value, i);
      g_autofree char *place = g_strdup_printf ("%" G_GSIZE_FORMAT, i);
      gsize length = push (reader, place);

      if (!is_blank (entry))
        json_array_append_new (taken, take_text (reader, field, entry));
      pop (reader, length);
    }
  return taken;
}

/* A day after today is refused, unless the clock is plainly wrong: then a person is told. */
static gboolean
check_future (Reader *reader, AmendsDay first)
{
  if (first <= reader->context->today)
    return TRUE;
  if (!reader->context->takes_future)
    {
      report (reader, AMENDS_CORE_ERROR_INVALID,
              "is in the future: give the day on which it happened");
      return FALSE;
    }
  if (reader->context->warnings != NULL)
    g_ptr_array_add (reader->context->warnings,
                     g_strdup_printf ("“%s” is in the future by the clock of this device, which is "
                                      "wrong; it was taken all the same",
                                      reader->path->str));
  return TRUE;
}

static json_t *
take_day (Reader *reader, const AmendsSchemaField *field, const json_t *value)
{
  const char *text = json_string_value (value);
  AmendsDay first = AMENDS_DAY_NONE;
  AmendsDay last = AMENDS_DAY_NONE;
  gboolean is_day;

  if (text == NULL)
    return report_wrong (reader, field);
  if (field->kind == AMENDS_SCHEMA_PARTIAL_DAY)
    is_day = amends_partial_day_parse (text, &first, &last, NULL);
  else
    is_day = amends_day_parse (text, &first, NULL);

  if (!is_day)
    return report_wrong (reader, field);
  if (field->kind != AMENDS_SCHEMA_DAY && !check_future (reader, first))
    return NULL;
  return json_string (text);
}

static json_t *
take_time (Reader *reader, const AmendsSchemaField *field, const json_t *value)
{
  const char *text = json_string_value (value);

  if (text == NULL || strlen (text) != 5 || text[2] != ':' || !g_ascii_isdigit (text[0])
      || !g_ascii_isdigit (text[1]) || !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4])
      || strncmp (text, "24", 2) >= 0 || text[3] > '5')
    return report_wrong (reader, field);
  return json_string (text);
}

static json_t *
take_answer (Reader *reader, const AmendsSchemaField *field, const json_t *value)
{
  const char *word = json_string_value (value);

  if (json_is_boolean (value))
    return json_boolean (json_is_true (value));
  if (word == NULL || amends_codes_find (amends_codes_get_list (field->codes), word) == NULL)
    return report_wrong (reader, field);
  if (g_str_equal (word, "yes") || g_str_equal (word, "no"))
    return json_boolean (g_str_equal (word, "yes"));
  return json_string (word);
}

static json_t *
take_integer (Reader *reader, const AmendsSchemaField *field, const json_t *value)
{
  json_int_t number = json_integer_value (value);

  if (!json_is_integer (value) || number < (json_int_t) field->min
      || number > (json_int_t) field->max)
    return report_wrong (reader, field);
  return json_integer (number);
}

static json_t *
take_id (Reader *reader, const AmendsSchemaField *field, const json_t *value)
{
  const char *text = json_string_value (value);
  AmendsId id;

  if (text == NULL || !amends_id_parse_len (text, strlen (text), &id))
    return report_wrong (reader, field);
  return json_string (text);
}

static void
check_known (Reader *reader, const AmendsSchemaField *fields, const json_t *object)
{
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) object, key, value)
    {
      const AmendsSchemaField *field = fields;
      gboolean is_fit =
          key[0] != '\0' && strlen (key) <= KEY_MAX_BYTES && !has_control (key, FALSE);
      gsize length;

      while (field->name != NULL && !g_str_equal (field->name, key))
        field++;
      if (field->name != NULL)
        continue;

      length = push (reader, is_fit ? key : "?");
      report (reader, AMENDS_CORE_ERROR_INVALID,
              "is not a field here: correct its name or leave it out");
      pop (reader, length);
      if (is_finished (reader))
        return;
    }
}

/* What one field needs of another: words beside a code that says nothing alone, and dates in
 * their order. */
static void
check_beside (Reader *reader, const AmendsSchemaField *field, const json_t *taken)
{
  const char *text = json_string_value (json_object_get (taken, field->name));
  const char *before = NULL;
  gsize length;

  if (text == NULL)
    return;
  if (field->detail != NULL && json_object_get (taken, field->detail) == NULL
      && amends_codes_find (amends_codes_get_list (field->codes), text)->needs_detail)
    {
      g_autofree char *sentence =
          g_strdup_printf ("is missing: say a few words more, since “%s” alone says too little",
                           text);

      length = push (reader, field->detail);
      report (reader, AMENDS_CORE_ERROR_INVALID, sentence);
      pop (reader, length);
    }

  if (field->not_before != NULL)
    before = json_string_value (json_object_get (taken, field->not_before));
  if (before != NULL && strcmp (text, before) < 0)
    {
      g_autofree char *sentence =
          g_strdup_printf ("is before “%s”: correct one of the two", field->not_before);

      length = push (reader, field->name);
      report (reader, AMENDS_CORE_ERROR_INVALID, sentence);
      pop (reader, length);
    }
}

static void
take_member (Reader *reader, const AmendsSchemaField *field, const json_t *object, json_t *taken)
{
  const json_t *value = json_object_get (object, field->name);
  gboolean failed_before = reader->failed;
  gsize length = push (reader, field->name);
  json_t *member = NULL;

  reader->failed = FALSE;
  if (!is_blank (value))
    member = take_value (reader, field, value);

  /* A list or object in which nothing is said is as good as none. */
  if (json_is_array (member) ? json_array_size (member) == 0
                             : json_is_object (member) && json_object_size (member) == 0)
    {
      json_decref (member);
      member = NULL;
    }
  if (member == NULL && !reader->failed)
    {
      if ((field->flags & AMENDS_SCHEMA_REQUIRED) != 0)
        report_missing (reader, field);
      else if (value != NULL && (field->flags & AMENDS_SCHEMA_CLEARABLE) != 0)
        member = json_null ();
    }
  if (member != NULL)
    json_object_set_new (taken, field->name, member);

  reader->failed |= failed_before;
  pop (reader, length);
}

static json_t *
take_object (Reader *reader, const AmendsSchemaField *fields, const json_t *object)
{
  json_t *taken;

  if (!json_is_object (object))
    return report (reader, AMENDS_CORE_ERROR_INVALID, "must be a JSON object with its fields");

  taken = json_object ();
  check_known (reader, fields, object);
  for (const AmendsSchemaField *field = fields; field->name != NULL; field++)
    if (!is_finished (reader))
      take_member (reader, field, object, taken);
  for (const AmendsSchemaField *field = fields; field->name != NULL; field++)
    if (!is_finished (reader))
      check_beside (reader, field, taken);
  return taken;
}

static json_t *
take_objects (Reader *reader, const AmendsSchemaField *field, const json_t *value)
{
  json_t *taken;

  if (!json_is_array (value))
    return report_wrong (reader, field);
  if (json_array_size (value) > field->max)
    return report (reader, AMENDS_CORE_ERROR_TOO_LARGE, "has too many entries: leave some out");

  taken = json_array ();
  for (gsize i = 0; i < json_array_size (value) && !is_finished (reader); i++)
    {
      g_autofree char *place = g_strdup_printf ("%" G_GSIZE_FORMAT, i);
      gsize length = push (reader, place);
      json_t *entry = take_object (reader, field->members, json_array_get (value, i));

      if (entry != NULL)
        json_array_append_new (taken, entry);
      pop (reader, length);
    }
  return taken;
}

static json_t *
take_value (Reader *reader, const AmendsSchemaField *field, const json_t *value)
{
  switch (field->kind)
    {
    case AMENDS_SCHEMA_TEXT:
    case AMENDS_SCHEMA_LINE:
      return take_text (reader, field, value);
    case AMENDS_SCHEMA_LINES:
      return take_lines (reader, field, value);
    case AMENDS_SCHEMA_EMAIL:
      return take_email (reader, field, value);
    case AMENDS_SCHEMA_PHONE:
      return take_phone (reader, field, value);
    case AMENDS_SCHEMA_SCHEME:
      return take_scheme (reader, field, value);
    case AMENDS_SCHEMA_CODE:
      return take_code (reader, field, value);
    case AMENDS_SCHEMA_CODES:
      return take_codes (reader, field, value);
    case AMENDS_SCHEMA_DAY:
    case AMENDS_SCHEMA_PAST_DAY:
    case AMENDS_SCHEMA_PARTIAL_DAY:
      return take_day (reader, field, value);
    case AMENDS_SCHEMA_TIME:
      return take_time (reader, field, value);
    case AMENDS_SCHEMA_BOOLEAN:
      return json_is_boolean (value) ? json_boolean (json_is_true (value))
                                     : report_wrong (reader, field);
    case AMENDS_SCHEMA_ANSWER:
      return take_answer (reader, field, value);
    case AMENDS_SCHEMA_BOOLEAN_OR_TEXT:
      return json_is_boolean (value) ? json_boolean (json_is_true (value))
                                     : take_text (reader, field, value);
    case AMENDS_SCHEMA_INTEGER:
      return take_integer (reader, field, value);
    case AMENDS_SCHEMA_ID:
      return take_id (reader, field, value);
    case AMENDS_SCHEMA_OBJECT:
      return take_object (reader, field->members, value);
    case AMENDS_SCHEMA_OBJECTS:
      return take_objects (reader, field, value);
    case AMENDS_SCHEMA_ANSWER_OR_OBJECT:
      return json_is_object (value) ? take_object (reader, field->members, value)
                                    : take_answer (reader, field, value);
    case AMENDS_SCHEMA_ANY:
      return json_deep_copy (value);
    }
  g_assert_not_reached ();
}

static json_t *
finish (Reader *reader, json_t *taken, GError **error)
{
  g_string_free (reader->path, TRUE);
  if (!reader->failed)
    return taken;

  json_decref (taken);
  g_propagate_error (error, reader->first);
  return NULL;
}

/**
 * amends_schema_take:
 * @fields: the table
 * @object: a value from outside
 * @context: what day it is, and where warnings and problems go
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID or %AMENDS_CORE_ERROR_TOO_LARGE, with the dotted field
 * ("issues.0.what") and a sentence that says what to do; the first one, even if all are collected.
 * Returns: (transfer full): what was taken, keys in the order of the table; what says nothing is
 * left out
 */
json_t *
amends_schema_take (const AmendsSchemaField *fields,
                    const json_t *object,
                    const AmendsSchemaContext *context,
                    GError **error)
{
  Reader reader = { .context = context, .path = g_string_new (NULL) };

  return finish (&reader, take_object (&reader, fields, object), error);
}

/**
 * amends_schema_take_value:
 * @field: of a table
 * @path: what errors call it
 * @value: a value from outside
 * @context: what day it is, and where warnings and problems go
 *
 * As amends_schema_take(), for one field; null is taken where the field need not be there.
 * Errors: %AMENDS_CORE_ERROR_INVALID or %AMENDS_CORE_ERROR_TOO_LARGE, with the dotted field.
 * Returns: (transfer full): what was taken
 */
json_t *
amends_schema_take_value (const AmendsSchemaField *field,
                          const char *path,
                          const json_t *value,
                          const AmendsSchemaContext *context,
                          GError **error)
{
  Reader reader = { .context = context, .path = g_string_new (path) };
  json_t *taken;

  if (!is_blank (value))
    taken = take_value (&reader, field, value);
  else if ((field->flags & AMENDS_SCHEMA_REQUIRED) != 0)
    taken = report_missing (&reader, field);
  else
    taken = json_null ();
  return finish (&reader, taken, error);
}

/**
 * amends_schema_find:
 * @fields: a table
 * @path: dotted, "complainant.phone"
 *
 * Returns: (transfer none) (nullable): the field, or %NULL if there is none or it is within a list
 */
const AmendsSchemaField *
amends_schema_find (const AmendsSchemaField *fields, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  const AmendsSchemaField *found = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (i > 0)
        fields = found->kind == AMENDS_SCHEMA_OBJECT ? found->members : NULL;
      found = fields;
      while (found != NULL && found->name != NULL && !g_str_equal (found->name, names[i]))
        found++;
      if (found == NULL || found->name == NULL)
        return NULL;
    }
  return found;
}
