/* amends-secret.c: secrets in memory, wiped as they leave scope
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-secret.h"

#include <sodium.h>
#include <string.h>

/**
 * amends_secret_clear:
 * @self: wiped
 */
void
amends_secret_clear (AmendsSecret *self)
{
  sodium_memzero (self->bytes, sizeof self->bytes);
}

/**
 * amends_secret_text_free:
 * @text: (nullable) (transfer full): wiped and freed
 */
void
amends_secret_text_free (char *text)
{
  if (text == NULL)
    return;
  sodium_memzero (text, strlen (text));
  g_free (text);
}

/**
 * amends_secret_bytes_free:
 * @bytes: (nullable) (transfer full): on the heap; wiped, and the reference dropped
 */
void
amends_secret_bytes_free (GBytes *bytes)
{
  gsize n_bytes;
  gpointer data;

  if (bytes == NULL)
    return;
  data = (gpointer) g_bytes_get_data (bytes, &n_bytes);
  sodium_memzero (data, n_bytes);
  g_bytes_unref (bytes);
}

/**
 * amends_secret_json_free:
 * @object: (nullable) (transfer full): its texts are wiped, and the reference dropped
 */
void
amends_secret_json_free (json_t *object)
{
  const char *key;
  json_t *value;

  json_object_foreach (object, key, value)
    if (json_is_string (value))
      sodium_memzero ((char *) json_string_value (value), json_string_length (value));
  json_decref (object);
}

/**
 * amends_base64:
 *
 * Returns: (transfer full): @bytes in standard base 64 with padding
 */
char *
amends_base64 (const guint8 *bytes, gsize n_bytes)
{
  return g_base64_encode (bytes, n_bytes);
}

/**
 * amends_base64_decode:
 * @text: standard base 64 with padding, in its one canonical form
 * @ret_bytes: (out): exactly @n_bytes
 *
 * Returns: whether @text is that of @n_bytes bytes; @ret_bytes may be touched if not
 */
gboolean
amends_base64_decode (const char *text, guint8 *ret_bytes, gsize n_bytes)
{
  gsize n_text = (n_bytes + 2) / 3 * 4;
  gsize n_decoded = 0;
  const char *end = NULL;

  return strnlen (text, n_text + 1) == n_text
         && sodium_base642bin (ret_bytes, n_bytes, text, n_text, NULL, &n_decoded, &end,
                               sodium_base64_VARIANT_ORIGINAL)
                == 0
         && n_decoded == n_bytes && end == text + n_text;
}
