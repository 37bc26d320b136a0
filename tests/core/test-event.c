/* test-event.c: the bytes of every type of event, which never change
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/fixtures/events/<type>.event holds three lines: the salt in hexadecimal, the event, its
 * digest in hexadecimal. They were computed once by another program; they are never written anew,
 * since devices and servers hold such bytes for ever. */

#include <string.h>

#include "core/amends-error.h"
#include "core/amends-event.h"

static void
read_hex (const char *text, guint8 *bytes, gsize n_bytes)
{
  g_assert_cmpuint (strlen (text), ==, 2 * n_bytes);
  for (gsize i = 0; i < n_bytes; i++)
    bytes[i] =
        (guint8) (g_ascii_xdigit_value (text[2 * i]) * 16 + g_ascii_xdigit_value (text[2 * i + 1]));
}

static AmendsEvent *
read_fixture (const char *word, guint8 digest[AMENDS_DIGEST_BYTES], char **ret_line)
{
  g_autofree char *name = g_strconcat (word, ".event", NULL);
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "tests", "fixtures", "events", name, NULL);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  AmendsEvent *event;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (contents, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_cmpstr (lines[3], ==, "");
  read_hex (lines[0], salt, sizeof salt);
  read_hex (lines[2], digest, AMENDS_DIGEST_BYTES);

  event = amends_event_parse_line (lines[1], strlen (lines[1]), salt, &error);
  g_assert_no_error (error);
  *ret_line = g_strdup (lines[1]);
  return event;
}

static void
test_fixture (const void *user_data)
{
  AmendsEventType type = (AmendsEventType) GPOINTER_TO_INT (user_data);
  g_autoptr (AmendsEvent) event = NULL;
  g_autoptr (AmendsEvent) erased = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  g_autofree char *formatted = NULL;
  guint8 digest[AMENDS_DIGEST_BYTES] = { 0 };
  json_t *body;

  event = read_fixture (amends_event_type_to_string (type), digest, &line);
  g_assert_cmpmem (event->digest, sizeof event->digest, digest, sizeof digest);
  formatted = amends_event_format_line (event);
  g_assert_cmpstr (formatted, ==, line);

  body = amends_event_load_body (event, &error);
  g_assert_no_error (error);
  g_assert_cmpint (amends_body_get_type (body), ==, type);
  g_assert_cmpint (amends_body_get_at (body), >, 0);
  json_decref (body);

  erased = amends_event_new_erased (&event->id, event->feed, &event->stream, event->after,
                                    event->n_after, digest, &error);
  g_assert_no_error (error);
  g_assert_null (amends_event_load_body (erased, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
}

static const struct
{
  const char *line;
  int code;
  const char *field;
} bad_rows[] = {
  { "7K.2\ts.oak\t7K.1\t7K.1", AMENDS_CORE_ERROR_INVALID, NULL },                 /* four fields */
  { "7k.2\ts.oak\t7K.1\t7K.1\t{}", AMENDS_CORE_ERROR_INVALID, "id" },             /* small letter */
  { "7K.02\ts.oak\t7K.1\t7K.1\t{}", AMENDS_CORE_ERROR_INVALID, "id" },            /* leading zero */
  { "7K.2\ts.Oak\t7K.1\t7K.1\t{}", AMENDS_CORE_ERROR_INVALID, "feed" },           /* no such feed */
  { "7K.2\ts.oak\t7K.1\t7K.1,\t{}", AMENDS_CORE_ERROR_INVALID, "after" },         /* empty id */
  { "7K.2\ts.oak\t7K.1\t7K.1,3F.1\t{}", AMENDS_CORE_ERROR_INVALID, "after" },     /* not in order */
  { "7K.2\ts.oak\t7K.1\t7K.2\t{}", AMENDS_CORE_ERROR_INVALID, "after" },          /* after itself */
  { "7K.2\ts.oak\t7K.2\t7K.1\t{}", AMENDS_CORE_ERROR_INVALID, "after" },          /* begins after */
  { "7K.2\ts.oak\t7K.1\t7K.1\t[]", AMENDS_CORE_ERROR_INVALID, "body" },           /* no object */
  { "7K.2\ts.oak\t7K.1\t7K.1\t{\"a\":\t1}", AMENDS_CORE_ERROR_INVALID, "body" },  /* a tab */
  { "7K.2\ts.oak\t7K.1\t7K.1\t{\"\xff\":1}", AMENDS_CORE_ERROR_INVALID, "body" }, /* no UTF-8 */
};

static void
test_refuses (void)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (bad_rows); i++)
    {
      g_autoptr (AmendsEvent) event = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      event = amends_event_parse_line (bad_rows[i].line, strlen (bad_rows[i].line), salt, &error);
      g_assert_null (event);
      g_assert_error (error, AMENDS_CORE_ERROR, bad_rows[i].code);
      g_assert_cmpstr (amends_error_get_field (error), ==, bad_rows[i].field);
    }
}

static void
test_too_large (void)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  g_autofree char *text = g_strnfill (AMENDS_EVENT_MAX_BODY_BYTES, 'a');
  g_autofree char *line = g_strdup_printf ("7K.1\ts.oak\t7K.1\t\t{\"a\":\"%s\"}", text);
  g_autoptr (GString) after = g_string_new ("7K.99\ts.oak\t7K.1\t7K.1");
  g_autoptr (GError) error = NULL;

  g_assert_null (amends_event_parse_line (line, strlen (line), salt, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_TOO_LARGE);
  g_clear_error (&error);

  for (int i = 2; i <= AMENDS_EVENT_MAX_AFTER + 1; i++)
    g_string_append_printf (after, ",7K.%d", i);
  g_string_append (after, "\t{}");
  g_assert_null (amends_event_parse_line (after->str, after->len, salt, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_assert_cmpstr (amends_error_get_field (error), ==, "after");
}

/* A change to any of the parts is a change of the digest. */
static void
test_digest_covers_all (void)
{
  static const guint8 salts[2][AMENDS_SALT_BYTES] = { { 0 }, { 1 } };
  static const struct
  {
    int salt;
    const char *line;
  } rows[] = {
    { 0, "7K.2\ts.oak\t7K.1\t7K.1\t{}" },  { 1, "7K.2\ts.oak\t7K.1\t7K.1\t{}" },
    { 0, "7K.3\ts.oak\t7K.1\t7K.1\t{}" },  { 0, "7K.2\ts.elm\t7K.1\t7K.1\t{}" },
    { 0, "7K.2\ts.oak\t3F.1\t7K.1\t{}" },  { 0, "7K.2\ts.oak\t7K.1\t\t{}" },
    { 0, "7K.2\ts.oak\t7K.1\t7K.1\t{ }" },
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsEvent) event = amends_event_parse_line (rows[i].line, strlen (rows[i].line),
                                                               salts[rows[i].salt], &error);

      g_assert_no_error (error);
      g_assert_true (g_hash_table_add (seen, g_base64_encode (event->digest, AMENDS_DIGEST_BYTES)));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  for (int type = 1; type < AMENDS_EVENT_N_TYPES; type++)
    {
      const char *word = amends_event_type_to_string ((AmendsEventType) type);
      g_autofree char *path = g_strconcat ("/event/bytes/", word, NULL);

      if (!g_str_equal (word, "unknown")) /* a number that no type has */
        g_test_add_data_func (path, GINT_TO_POINTER (type), test_fixture);
    }
  g_test_add_func ("/event/refuses", test_refuses);
  g_test_add_func ("/event/too-large", test_too_large);
  g_test_add_func ("/event/digest-covers-all", test_digest_covers_all);
  return g_test_run ();
}
