/* test-schema.c: what a table of fields takes and refuses
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-error.h"
#include "core/amends-event.h"
#include "core/amends-intake.h"
#include "core/amends-schema.h"

static const AmendsSchemaField part_fields[] = {
  { "need", AMENDS_SCHEMA_CODE, AMENDS_SCHEMA_REQUIRED, .codes = "adjustment", .detail = "detail" },
  { "detail", AMENDS_SCHEMA_TEXT },
  { NULL },
};

static const AmendsSchemaField fields[] = {
  { "text", AMENDS_SCHEMA_TEXT },
  { "line", AMENDS_SCHEMA_LINE },
  { "lines", AMENDS_SCHEMA_LINES, .max = 3 },
  { "email", AMENDS_SCHEMA_EMAIL },
  { "phone", AMENDS_SCHEMA_PHONE, AMENDS_SCHEMA_CLEARABLE },
  { "scheme", AMENDS_SCHEMA_SCHEME },
  { "kind", AMENDS_SCHEMA_CODE, .codes = "kind" },
  { "scope", AMENDS_SCHEMA_CODES, .codes = "authority-scope" },
  { "from", AMENDS_SCHEMA_DAY },
  { "until", AMENDS_SCHEMA_DAY, .not_before = "from" },
  { "past", AMENDS_SCHEMA_PAST_DAY },
  { "partial", AMENDS_SCHEMA_PARTIAL_DAY },
  { "time", AMENDS_SCHEMA_TIME },
  { "boolean", AMENDS_SCHEMA_BOOLEAN },
  { "answer", AMENDS_SCHEMA_ANSWER, .codes = "consent-answer" },
  { "hazard", AMENDS_SCHEMA_BOOLEAN_OR_TEXT },
  { "number", AMENDS_SCHEMA_INTEGER, .max = 10 },
  { "id", AMENDS_SCHEMA_ID },
  { "part", AMENDS_SCHEMA_OBJECT, .members = part_fields },
  { "parts", AMENDS_SCHEMA_OBJECTS, .max = 2, .members = part_fields },
  { "told", AMENDS_SCHEMA_ANSWER_OR_OBJECT, .codes = "told-before", .members = part_fields },
  { "any", AMENDS_SCHEMA_ANY },
  { NULL },
};

static const AmendsSchemaField strict_fields[] = {
  { "what", AMENDS_SCHEMA_TEXT, AMENDS_SCHEMA_REQUIRED },
  { "on", AMENDS_SCHEMA_PAST_DAY, AMENDS_SCHEMA_REQUIRED },
  { "parts", AMENDS_SCHEMA_OBJECTS, AMENDS_SCHEMA_REQUIRED, .max = 2, .members = part_fields },
  { NULL },
};

static const char *const schemes[] = { "oak", "elm", NULL };

static AmendsSchemaContext
context_new (void)
{
  return (AmendsSchemaContext){ .today = amends_day_from_ymd (2026, 11, 21), .schemes = schemes };
}

static char *
take (const AmendsSchemaField *table,
      const char *text,
      const AmendsSchemaContext *context,
      GError **error)
{
  json_t *object = amends_json_load (text, strlen (text), NULL);
  json_t *taken;
  g_autoptr (GBytes) bytes = NULL;

  g_assert_nonnull (object);
  taken = amends_schema_take (table, object, context, error);
  json_decref (object);
  if (taken == NULL)
    return NULL;
  bytes = amends_json_dump (taken);
  json_decref (taken);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static const struct
{
  const char *given;
  const char *taken; /* NULL: as given */
} taken_rows[] = {
  { "{}" },
  { "{\"line\":\"b\",\"text\":\"a\"}", "{\"text\":\"a\",\"line\":\"b\"}" }, /* order of the table */
  { "{\"text\":null,\"line\":\"  \",\"parts\":[],\"part\":null}", "{}" },   /* says nothing */
  { "{\"text\":\" a\\r\\nb\\rc\\td \"}", "{\"text\":\" a\\nb\\nc d \"}" },
  { "{\"line\":\"  Flat 12 \"}", "{\"line\":\"Flat 12\"}" },
  { "{\"line\":\"e\\u0301\"}", "{\"line\":\"é\"}" }, /* composed */
  { "{\"line\":\"\\u200babc <b>\"}", "{\"line\":\"\u200babc <b>\"}" },
  { "{\"lines\":\"one\"}", "{\"lines\":[\"one\"]}" },
  { "{\"lines\":[\"one\",\" \",\"two\"]}", "{\"lines\":[\"one\",\"two\"]}" },
  { "{\"email\":\"a@example.org\"}" },
  { "{\"phone\":\"+44 (0)1632 960012, ext. 4\"}" },
  { "{\"phone\":null}" }, /* clears it */
  { "{\"phone\":\"\"}", "{\"phone\":null}" },
  { "{\"scheme\":\"elm\"}" },
  { "{\"kind\":\"service-request\"}" },
  { "{\"scope\":[\"this-case\",\"accompany\"]}" },
  { "{\"from\":\"2026-11-20\",\"until\":\"2026-11-20\"}" },
  { "{\"from\":\"2030-01-01\"}" },
  { "{\"past\":\"2026-11-21\"}" },
  { "{\"partial\":\"2026-11\"}" }, /* begun, not over */
  { "{\"partial\":\"2026\"}" },
  { "{\"time\":\"00:00\"}" },
  { "{\"time\":\"23:59\"}" },
  { "{\"boolean\":false}" },
  { "{\"answer\":\"ask-me\"}" },
  { "{\"answer\":\"yes\"}", "{\"answer\":true}" },
  { "{\"answer\":false}" },
  { "{\"hazard\":true}" },
  { "{\"hazard\":\"gas\"}" },
  { "{\"number\":0}" },
  { "{\"number\":10}" },
  { "{\"id\":\"7K.12\"}" },
  { "{\"part\":{\"need\":\"other\",\"detail\":\"A\"}}" },
  { "{\"parts\":[{\"need\":\"audio\"}]}" },
  { "{\"told\":\"not-sure\"}" },
  { "{\"told\":{\"need\":\"audio\"}}" },
  { "{\"any\":[1,{\"x\":null}]}" },
};

static void
test_takes (void)
{
  AmendsSchemaContext context = context_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (taken_rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *taken = take (fields, taken_rows[i].given, &context, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (taken, ==,
                       taken_rows[i].taken != NULL ? taken_rows[i].taken : taken_rows[i].given);
    }
}

static const struct
{
  const char *given;
  const char *field;
  int code; /* 0: invalid */
} refused_rows[] = {
  { "[]", NULL },
  { "{\"txt\":\"a\"}", "txt" },
  { "{\"part\":{\"need\":\"audio\",\"x\":1}}", "part.x" },
  { "{\"\":1}", "?" },
  { "{\"a\\u0007b\":1}", "?" },
  { "{\"text\":5}", "text" },
  { "{\"text\":\"a\\u0007\"}", "text" },
  { "{\"text\":\"a\\u0085\"}", "text" }, /* a control character of the second block */
  { "{\"text\":\"a\\u007f\"}", "text" },
  { "{\"line\":\"a\\nb\"}", "line" },
  { "{\"lines\":[\"1\",\"2\",\"3\",\"4\"]}", "lines", AMENDS_CORE_ERROR_TOO_LARGE },
  { "{\"lines\":[\"1\",5]}", "lines.1" },
  { "{\"lines\":{}}", "lines" },
  { "{\"email\":\"nobody\"}", "email" },
  { "{\"email\":\"@example.org\"}", "email" },
  { "{\"email\":\"a@\"}", "email" },
  { "{\"email\":\"a b@example.org\"}", "email" },
  { "{\"phone\":\"none\"}", "phone" },
  { "{\"scheme\":\"ash\"}", "scheme" },
  { "{\"scheme\":7}", "scheme" },
  { "{\"kind\":\"Complaint\"}", "kind" },
  { "{\"kind\":\"ticket\"}", "kind" },
  { "{\"kind\":[]}", "kind" },
  { "{\"scope\":\"this-case\"}", "scope" },
  { "{\"scope\":[\"this-case\",\"this-case\"]}", "scope" },
  { "{\"scope\":[\"this-case\",3]}", "scope" },
  { "{\"from\":\"2026-02-30\"}", "from" },
  { "{\"from\":\"20 November\"}", "from" },
  { "{\"from\":\"2026-11\"}", "from" },
  { "{\"from\":20261120}", "from" },
  { "{\"from\":\"2026-11-20\",\"until\":\"2026-11-19\"}", "until" },
  { "{\"past\":\"2026-11-22\"}", "past" },
  { "{\"partial\":\"2026-12\"}", "partial" },
  { "{\"partial\":\"2027\"}", "partial" },
  { "{\"time\":\"24:00\"}", "time" },
  { "{\"time\":\"12:60\"}", "time" },
  { "{\"time\":\"9:30\"}", "time" },
  { "{\"time\":\"09-30\"}", "time" },
  { "{\"boolean\":\"true\"}", "boolean" },
  { "{\"boolean\":1}", "boolean" },
  { "{\"answer\":\"perhaps\"}", "answer" },
  { "{\"hazard\":[]}", "hazard" },
  { "{\"number\":11}", "number" },
  { "{\"number\":-1}", "number" },
  { "{\"number\":1.0}", "number" },
  { "{\"id\":\"7K\"}", "id" },
  { "{\"part\":[]}", "part" },
  { "{\"part\":{\"detail\":\"A\"}}", "part.need" },
  { "{\"part\":{\"need\":\"other\"}}", "part.detail" },
  { "{\"parts\":{}}", "parts" },
  { "{\"parts\":[{\"need\":\"audio\"},{}]}", "parts.1.need" },
  { "{\"parts\":[null]}", "parts.0" },
  { "{\"parts\":[{\"need\":\"audio\"},{\"need\":\"audio\"},{\"need\":\"audio\"}]}", "parts",
    AMENDS_CORE_ERROR_TOO_LARGE },
  { "{\"told\":\"perhaps\"}", "told" },
  { "{\"told\":{}}", "told.need" },
};

static void
test_refuses (void)
{
  AmendsSchemaContext context = context_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (refused_rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *taken = take (fields, refused_rows[i].given, &context, &error);
      int code = refused_rows[i].code != 0 ? refused_rows[i].code : AMENDS_CORE_ERROR_INVALID;

      g_test_message ("%s", refused_rows[i].given);
      g_assert_null (taken);
      g_assert_error (error, AMENDS_CORE_ERROR, code);
      g_assert_cmpstr (amends_error_get_field (error), ==, refused_rows[i].field);
    }
}

/* What a person typed never comes back in a message: it may be personal. */
static void
test_says_what_to_do (void)
{
  AmendsSchemaContext context = context_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (take (fields, "{\"from\":\"Secret\"}", &context, &error));
  g_assert_cmpstr (error->message, ==,
                   "“from” cannot be taken as it is: give a date that exists, as YYYY-MM-DD, from "
                   "1900 to 2199");
  g_clear_error (&error);

  g_assert_null (take (strict_fields, "{}", &context, &error));
  g_assert_cmpstr (error->message, ==, "“what” is missing: write it as a text");
  g_clear_error (&error);

  g_assert_null (take (fields, "{\"scope\":[\"Secret\"]}", &context, &error));
  g_assert_null (strstr (error->message, "Secret"));
  g_assert_nonnull (strstr (error->message, "accompany or receive-letters"));
}

/* 64 KiB and 1 KiB, of UTF-8, after composing. */
static void
test_limits (void)
{
  static const struct
  {
    const char *key;
    gsize n_bytes;
    gboolean is_taken;
  } rows[] = {
    { "text", AMENDS_TEXT_MAX_BYTES, TRUE },        { "text", AMENDS_TEXT_MAX_BYTES + 1, FALSE },
    { "line", AMENDS_LINE_MAX_BYTES, TRUE },        { "line", AMENDS_LINE_MAX_BYTES + 1, FALSE },
    { "hazard", AMENDS_TEXT_MAX_BYTES + 1, FALSE },
  };
  AmendsSchemaContext context = context_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strnfill (rows[i].n_bytes, 'a');
      g_autofree char *object = g_strdup_printf ("{\"%s\":\"%s\"}", rows[i].key, text);
      g_autoptr (GError) error = NULL;
      g_autofree char *taken = take (fields, object, &context, &error);

      g_assert_cmpint (taken != NULL, ==, rows[i].is_taken);
      if (rows[i].is_taken)
        continue;
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_TOO_LARGE);
      g_assert_cmpstr (amends_error_get_field (error), ==, rows[i].key);
    }
}

/* A text that grows over the limit when it is composed: U+0958 becomes two letters. */
static void
test_limit_after_composing (void)
{
  AmendsSchemaContext context = context_new ();
  g_autoptr (GString) object = g_string_new ("{\"line\":\"");
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < AMENDS_LINE_MAX_BYTES / 3; i++)
    g_string_append (object, "\u0958");
  g_string_append (object, "\"}");
  g_assert_null (take (fields, object->str, &context, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_TOO_LARGE);
}

static void
test_collects (void)
{
  static const char *const expected[] = { "x",         "what",          "on", "parts.0.need",
                                          "parts.1.y", "parts.1.detail" };
  AmendsSchemaContext context = context_new ();
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (GError) error = NULL;

  context.problems = problems;
  g_assert_null (take (strict_fields,
                       "{\"x\":1,\"on\":\"2027-01-01\",\"parts\":[{\"need\":\"nothing\"},"
                       "{\"need\":\"other\",\"y\":1}]}",
                       &context, &error));
  g_assert_cmpuint (problems->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < MIN (problems->len, G_N_ELEMENTS (expected)); i++)
    g_assert_cmpstr (amends_error_get_field (g_ptr_array_index (problems, i)), ==, expected[i]);
  g_assert_cmpstr (amends_error_get_field (error), ==, "x");
}

/* With a clock that is plainly wrong a date in the future is taken, and a person is told. */
static void
test_future (void)
{
  AmendsSchemaContext context = context_new ();
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *taken = NULL;

  context.takes_future = TRUE;
  context.warnings = warnings;
  taken = take (fields, "{\"past\":\"2027-01-05\",\"from\":\"2028-01-01\"}", &context, &error);
  g_assert_no_error (error);
  g_assert_nonnull (taken);
  g_assert_cmpuint (warnings->len, ==, 1);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (warnings, 0), "“past” is in the future"));
}

static void
test_find (void)
{
  const AmendsSchemaField *intake = amends_intake_get_fields ();

  g_assert_cmpint (amends_schema_find (intake, "received")->kind, ==, AMENDS_SCHEMA_PAST_DAY);
  g_assert_cmpint (amends_schema_find (intake, "complainant.phone")->kind, ==, AMENDS_SCHEMA_PHONE);
  g_assert_cmpint (amends_schema_find (intake, "representative.authority")->kind, ==,
                   AMENDS_SCHEMA_OBJECT);
  g_assert_null (amends_schema_find (intake, "issues.0.what"));
  g_assert_null (amends_schema_find (intake, "received.on"));
  g_assert_null (amends_schema_find (intake, "complainant."));
  g_assert_null (amends_schema_find (intake, ""));
}

/* The description for people and tools is that of the tables. When the tables changed, write it
 * again with "amendsctl schema". */
static void
test_description (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "intake.schema.json", NULL);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;
  json_t *schema = amends_intake_describe ();
  char *computed = json_dumps (schema, JSON_INDENT (2));
  g_autofree char *with_end = g_strconcat (computed, "\n", NULL);

  g_file_get_contents (path, &kept, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kept, ==, with_end);
  free (computed);
  json_decref (schema);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_test_add_func ("/schema/takes", test_takes);
  g_test_add_func ("/schema/refuses", test_refuses);
  g_test_add_func ("/schema/says-what-to-do", test_says_what_to_do);
  g_test_add_func ("/schema/limits", test_limits);
  g_test_add_func ("/schema/limit-after-composing", test_limit_after_composing);
  g_test_add_func ("/schema/collects", test_collects);
  g_test_add_func ("/schema/future", test_future);
  g_test_add_func ("/schema/find", test_find);
  g_test_add_func ("/schema/description", test_description);
  return g_test_run ();
}
