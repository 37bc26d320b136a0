/* amends-attachment.c: a photograph, a scan, a recording: what an event says of a file
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-attachment.h"

#include <sodium.h>
#include <string.h>

#include "core/amends-codes.h"
#include "core/amends-secret.h"

#define CHUNK_DOMAIN "amends-chunk-1"
#define UNNAMED "attachment"

G_STATIC_ASSERT (AMENDS_PART_SEAL_BYTES == crypto_aead_xchacha20poly1305_ietf_ABYTES);
G_STATIC_ASSERT (AMENDS_ATTACHMENT_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

/**
 * amends_attachment_count_parts:
 * @size: bytes, at most %AMENDS_ATTACHMENT_MAX_BYTES
 *
 * Returns: how many parts so many bytes have, the list not counted
 */
guint
amends_attachment_count_parts (guint64 size)
{
  g_return_val_if_fail (size <= AMENDS_ATTACHMENT_MAX_BYTES, 0);

  return (guint) ((size + AMENDS_PART_BYTES - 1) / AMENDS_PART_BYTES);
}

/**
 * amends_attachment_get_part_bytes:
 * @part: from 1; 0 is the list
 *
 * Returns: how many bytes the part has before it is sealed
 */
gsize
amends_attachment_get_part_bytes (const AmendsAttachment *self, guint part)
{
  g_return_val_if_fail (part <= self->n_parts, 0);

  if (part == 0)
    return (gsize) self->n_parts * AMENDS_DIGEST_BYTES;
  if (part < self->n_parts)
    return AMENDS_PART_BYTES;
  return (gsize) (self->size - (guint64) (self->n_parts - 1) * AMENDS_PART_BYTES);
}

/**
 * amends_attachment_read:
 * @body: of an event
 * @ret_attachment: (out): what it says; who and when are for the caller to add
 *
 * Bodies come from other devices and other versions: one that is not as expected is no attachment here,
 * and still stands in the history.
 *
 * Returns: whether @body says an attachment that can be fetched
 */
gboolean
amends_attachment_read (const json_t *body, AmendsAttachment *ret_attachment)
{
  AmendsAttachment self = { .details = body };
  const char *key = json_string_value (json_object_get (body, "key"));
  const char *root = json_string_value (json_object_get (body, "root"));
  json_int_t size = json_integer_value (json_object_get (body, "size"));

  if (amends_body_get_type (body) != AMENDS_EVENT_CASE_ATTACHED)
    return FALSE;
  self.name = json_string_value (json_object_get (body, "name"));
  self.media = json_string_value (json_object_get (body, "media"));
  self.what = json_string_value (json_object_get (body, "what"));
  self.caption = json_string_value (json_object_get (body, "caption"));
  if (self.name == NULL || self.media == NULL || self.what == NULL || key == NULL || root == NULL
      || size < 1 || (guint64) size > AMENDS_ATTACHMENT_MAX_BYTES
      || !amends_base64_decode (key, self.key, sizeof self.key)
      || !amends_base64_decode (root, self.root.bytes, sizeof self.root.bytes))
    return FALSE;
  self.size = (guint64) size;
  self.n_parts = amends_attachment_count_parts (self.size);
  *ret_attachment = self;
  return TRUE;
}

/**
 * amends_attachment_is_recording:
 *
 * Returns: whether somebody can be heard in it
 */
gboolean
amends_attachment_is_recording (const AmendsAttachment *self)
{
  return g_str_equal (self->what, "recording") || g_str_equal (self->what, "video");
}

/* What turns the letters after it round, or is not seen: a name could claim another ending with it. */
static gboolean
is_shown (gunichar c)
{
  switch ((int) g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FALSE;
    default:
      return TRUE;
    }
}

/* Where the ending of a name begins: at its last dot, if what follows is short. */
static const char *
find_ending (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL && dot != name && strlen (dot) <= 10 ? dot : name + strlen (name);
}

static const char *
skip_folders (const char *name)
{
  const char *last = name;

  for (const char *p = name; *p != '\0'; p++)
    if (*p == '/' || *p == '\\')
      last = p + 1;
  return last;
}

/* Cut within no letter, and the ending kept. */
static char *
shorten (const char *name)
{
  const char *ending = find_ending (name);
  gsize n_bytes = AMENDS_ATTACHMENT_NAME_MAX_BYTES - strlen (ending);
  g_autofree char *stem = NULL;

  while (((guint8) name[n_bytes] & 0xc0) == 0x80)
    n_bytes--;
  stem = g_strchomp (g_strndup (name, n_bytes));
  return g_strconcat (stem, ending, NULL);
}

/**
 * amends_attachment_clean_name:
 * @name: as a file or a peer says it, in any encoding
 *
 * Keeps what can be shown of the last component: no slash, no control, no mark that turns text round,
 * and the ending when the rest is cut to %AMENDS_ATTACHMENT_NAME_MAX_BYTES.
 *
 * Returns: (transfer full): a name of one to %AMENDS_ATTACHMENT_NAME_MAX_BYTES bytes
 */
char *
amends_attachment_clean_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autoptr (GString) shown = g_string_new (NULL);
  g_autofree char *composed = NULL;
  char *clean;

  for (const char *p = skip_folders (valid); *p != '\0'; p = g_utf8_next_char (p))
    if (is_shown (g_utf8_get_char (p)))
      g_string_append_unichar (shown, g_utf8_get_char (p));
  composed = g_utf8_normalize (shown->str, -1, G_NORMALIZE_NFC);
  clean = composed;
  while (*clean == '.' || *clean == ' ')
    clean++; /* nothing that a file manager would hide */
  g_strchomp (clean);
  if (*clean == '\0')
    return g_strdup (UNNAMED);
  return strlen (clean) <= AMENDS_ATTACHMENT_NAME_MAX_BYTES ? g_strdup (clean) : shorten (clean);
}

/**
 * amends_chunk_hash:
 * @ret_hash: (out): by which a chunk is asked for and proven
 */
void
amends_chunk_hash (const guint8 *bytes, gsize n_bytes, AmendsDigest *ret_hash)
{
  crypto_generichash (ret_hash->bytes, sizeof ret_hash->bytes, bytes, n_bytes, NULL, 0);
}

/* The key seals nothing but this attachment, so that the number of a part is a nonce. */
static void
set_nonce (guint8 nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES], guint part)
{
  guint64 number = GUINT64_TO_BE ((guint64) part);

  memset (nonce, 0, 16);
  memcpy (nonce + 16, &number, sizeof number);
}

/**
 * amends_chunk_seal:
 * @key: drawn for this attachment alone
 * @part: from 1; 0 is the list
 * @bytes: the part
 * @n_bytes: at most %AMENDS_PART_BYTES
 *
 * Returns: (transfer full): the chunk
 */
GBytes *
amends_chunk_seal (const guint8 key[AMENDS_ATTACHMENT_KEY_BYTES],
                   guint part,
                   const guint8 *bytes,
                   gsize n_bytes)
{
  guint8 nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES];
  guint8 *chunk;

  g_return_val_if_fail (n_bytes <= AMENDS_PART_BYTES && part <= AMENDS_ATTACHMENT_MAX_PARTS, NULL);

  chunk = g_malloc (n_bytes + AMENDS_PART_SEAL_BYTES);
  set_nonce (nonce, part);
  crypto_aead_xchacha20poly1305_ietf_encrypt (chunk, NULL, bytes, n_bytes,
                                              (const guint8 *) CHUNK_DOMAIN, strlen (CHUNK_DOMAIN),
                                              NULL, nonce, key);
  return g_bytes_new_take (chunk, n_bytes + AMENDS_PART_SEAL_BYTES);
}

/**
 * amends_chunk_open:
 * @part: from 1; 0 is the list
 * @chunk: what should be its chunk
 *
 * Returns: (transfer full) (nullable): the part; %NULL if that is not its chunk
 */
GBytes *
amends_chunk_open (const AmendsAttachment *self, guint part, GBytes *chunk)
{
  gsize n_bytes = amends_attachment_get_part_bytes (self, part);
  g_autofree guint8 *bytes = g_malloc (n_bytes);
  guint8 nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES];

  if (g_bytes_get_size (chunk) != n_bytes + AMENDS_PART_SEAL_BYTES)
    return NULL;
  set_nonce (nonce, part);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (bytes, NULL, NULL, g_bytes_get_data (chunk, NULL),
                                                  g_bytes_get_size (chunk),
                                                  (const guint8 *) CHUNK_DOMAIN,
                                                  strlen (CHUNK_DOMAIN), nonce, self->key)
      != 0)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&bytes), n_bytes);
}
