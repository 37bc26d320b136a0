/* test-secret.c: secrets are wiped, and keys are read from one form of text alone
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-secret.h"

#define SECRET "seven quiet herons wade"

static void
assert_wiped (const void *bytes, gsize n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    g_assert_cmpuint (((const guint8 *) bytes)[i], ==, 0);
}

static void
test_stack (void)
{
  AmendsSecret secret;

  memset (secret.bytes, 7, sizeof secret.bytes);
  amends_secret_clear (&secret);
  assert_wiped (secret.bytes, sizeof secret.bytes);
}

/* Held once more, so that what is left of it can be looked at. */
static void
test_bytes (void)
{
  g_autoptr (GBytes) held = g_bytes_new (SECRET, strlen (SECRET));

  {
    g_autoptr (AmendsSecretBytes) bytes = g_bytes_ref (held);

    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), SECRET,
                     strlen (SECRET));
  }
  assert_wiped (g_bytes_get_data (held, NULL), g_bytes_get_size (held));
  amends_secret_bytes_free (NULL);
}

static void
test_json (void)
{
  json_t *held = json_string (SECRET);

  {
    g_autoptr (AmendsSecretJson) object = json_pack ("{s:O, s:i}", "key", held, "epoch", 7);

    g_assert_cmpstr (json_string_value (json_object_get (object, "key")), ==, SECRET);
  }
  g_assert_cmpuint (json_string_length (held), ==, strlen (SECRET));
  assert_wiped (json_string_value (held), json_string_length (held));
  json_decref (held);
  amends_secret_json_free (NULL);
  amends_secret_text_free (NULL);
}

static void
test_base64 (void)
{
  static const struct
  {
    const char *text;
    gsize n_bytes;
    gboolean taken;
  } rows[] = {
    { "AQID", 3, TRUE },  { "AQI=", 2, TRUE },    { "AQ==", 1, TRUE }, { "AQID", 2, FALSE },
    { "AQI=", 3, FALSE }, { "AQJ=", 2, FALSE },   { "AQI", 2, FALSE }, { "AQ_-", 3, FALSE },
    { "AQ D", 3, FALSE }, { "AQID\n", 3, FALSE }, { "", 1, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint8 bytes[8];

      g_test_message ("row %u", i);
      g_assert_true (amends_base64_decode (rows[i].text, bytes, rows[i].n_bytes) == rows[i].taken);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_test_add_func ("/secret/stack", test_stack);
  g_test_add_func ("/secret/bytes", test_bytes);
  g_test_add_func ("/secret/json", test_json);
  g_test_add_func ("/secret/base64", test_base64);

  return g_test_run ();
}
