/* amends-wire-chunk.c: the bytes of a request about chunks (PROTOCOL.md 12)
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/amends-wire-chunk.h"

#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"
#include "core/amends-secret.h"

#define FIRST_LINE "amends-chunk-1\n"
#define MAX_LINE_BYTES (AMENDS_ID_BUFFER + 8)

/**
 * amends_chunk_verb_get_path:
 *
 * Returns: (transfer none): its route
 */
const char *
amends_chunk_verb_get_path (AmendsChunkVerb verb)
{
  static const char *const paths[AMENDS_CHUNK_N_VERBS] = {
    [AMENDS_CHUNK_ASK] = "/v1/chunk/ask",
    [AMENDS_CHUNK_PUT] = "/v1/chunk/put",
    [AMENDS_CHUNK_GET] = "/v1/chunk/get",
  };

  g_return_val_if_fail ((guint) verb < AMENDS_CHUNK_N_VERBS, NULL);

  return paths[verb];
}

/**
 * amends_chunk_request_new:
 *
 * Returns: (transfer full): a request about nothing yet
 */
AmendsChunkRequest *
amends_chunk_request_new (void)
{
  AmendsChunkRequest *self = g_new0 (AmendsChunkRequest, 1);

  self->items = g_array_new (FALSE, FALSE, sizeof (AmendsChunkItem));
  self->hashes = g_array_new (FALSE, FALSE, sizeof (AmendsDigest));
  return self;
}

/**
 * amends_chunk_request_free:
 * @self: (nullable) (transfer full): a request
 */
void
amends_chunk_request_free (AmendsChunkRequest *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->items);
  g_array_unref (self->hashes);
  g_clear_pointer (&self->chunk, g_bytes_unref);
  g_free (self);
}

/**
 * amends_chunk_request_add:
 * @event: which attachment
 * @hashes: (array length=n_hashes): of its chunks
 *
 * Returns: whether there was room for them
 */
gboolean
amends_chunk_request_add (AmendsChunkRequest *self,
                          const AmendsId *event,
                          const AmendsDigest *hashes,
                          guint n_hashes)
{
  AmendsChunkItem item = { *event, self->hashes->len, n_hashes };

  if (self->items->len >= AMENDS_CHUNK_MAX_EVENTS
      || n_hashes > AMENDS_CHUNK_MAX_HASHES - self->hashes->len)
    return FALSE;
  g_array_append_val (self->items, item);
  g_array_append_vals (self->hashes, hashes, n_hashes);
  return TRUE;
}

/**
 * amends_chunk_request_set_chunk:
 * @chunk: what is put
 */
void
amends_chunk_request_set_chunk (AmendsChunkRequest *self, GBytes *chunk)
{
  g_clear_pointer (&self->chunk, g_bytes_unref);
  self->chunk = g_bytes_ref (chunk);
}

/**
 * amends_chunk_request_to_bytes:
 *
 * Returns: (transfer full): the body of the request
 */
GBytes *
amends_chunk_request_to_bytes (const AmendsChunkRequest *self)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) FIRST_LINE, strlen (FIRST_LINE));
  for (guint i = 0; i < self->items->len; i++)
    {
      const AmendsChunkItem *item = &g_array_index (self->items, AmendsChunkItem, i);
      char id[AMENDS_ID_BUFFER];
      char line[MAX_LINE_BYTES];

      amends_id_format_to (&item->event, id);
      g_snprintf (line, sizeof line, "%s %u\n", id, item->n);
      g_byte_array_append (bytes, (const guint8 *) line, (guint) strlen (line));
    }
  g_byte_array_append (bytes, (const guint8 *) "\n", 1);
  g_byte_array_append (bytes, (const guint8 *) self->hashes->data,
                       self->hashes->len * AMENDS_DIGEST_BYTES);
  if (self->chunk != NULL)
    g_byte_array_append (bytes, g_bytes_get_data (self->chunk, NULL),
                         (guint) g_bytes_get_size (self->chunk));
  return g_byte_array_free_to_bytes (bytes);
}

static gboolean
malformed (GError **error, const char *what)
{
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "chunk", NULL, "%s", what);
  return FALSE;
}

/* A number from 1, in its one form. */
static gboolean
parse_count (const char *text, gsize n_bytes, guint *ret_count)
{
  guint count = 0;

  if (n_bytes < 1 || n_bytes > 5 || text[0] == '0')
    return FALSE;
  for (gsize i = 0; i < n_bytes; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      count = count * 10 + (guint) (text[i] - '0');
    }
  *ret_count = count;
  return count <= AMENDS_CHUNK_MAX_HASHES;
}

static gboolean
parse_line (AmendsChunkRequest *self,
            const char *line,
            gsize n_bytes,
            guint *inout_n,
            GError **error)
{
  const char *space = memchr (line, ' ', n_bytes);
  AmendsChunkItem item = { .first = *inout_n };

  if (space == NULL || !amends_id_parse_len (line, (gsize) (space - line), &item.event)
      || !parse_count (space + 1, n_bytes - (gsize) (space + 1 - line), &item.n))
    return malformed (error, "A line names an event and how many hashes");
  if (item.n > AMENDS_CHUNK_MAX_HASHES - *inout_n || self->items->len >= AMENDS_CHUNK_MAX_EVENTS)
    return malformed (error, "So much is not asked at once");
  *inout_n += item.n;
  g_array_append_val (self->items, item);
  return TRUE;
}

/* Up to and with the empty line. */
static gboolean
parse_lines (AmendsChunkRequest *self,
             const guint8 *bytes,
             gsize n_bytes,
             gsize *ret_at,
             guint *ret_n_hashes,
             GError **error)
{
  gsize at = strlen (FIRST_LINE);

  if (n_bytes < at || memcmp (bytes, FIRST_LINE, at) != 0)
    return malformed (error, "That is no request about chunks");
  *ret_n_hashes = 0;
  for (;;)
    {
      const char *line = (const char *) bytes + at;
      const char *end = memchr (line, '\n', MIN (n_bytes - at, MAX_LINE_BYTES));

      if (end == NULL)
        return malformed (error, "A line does not end");
      at += (gsize) (end - line) + 1;
      if (end == line)
        break;
      if (!parse_line (self, line, (gsize) (end - line), ret_n_hashes, error))
        return FALSE;
    }
  *ret_at = at;
  return self->items->len > 0 || malformed (error, "It names no event");
}

/* What is left behind the hashes. */
static gboolean
take_chunk (AmendsChunkRequest *self,
            AmendsChunkVerb verb,
            const guint8 *bytes,
            gsize n_bytes,
            GError **error)
{
  if (verb != AMENDS_CHUNK_ASK && self->hashes->len != 1)
    return malformed (error, "One chunk goes in one request");
  if (verb != AMENDS_CHUNK_PUT)
    return n_bytes == 0 || malformed (error, "Something follows the hashes");
  if (n_bytes <= AMENDS_PART_SEAL_BYTES || n_bytes > AMENDS_CHUNK_MAX_BYTES)
    return malformed (error, "No chunk has so many bytes");
  self->chunk = g_bytes_new (bytes, n_bytes);
  return TRUE;
}

/**
 * amends_chunk_request_read:
 * @verb: what it asks
 * @bytes: the body
 * @n_bytes: at most %AMENDS_CHUNK_MAX_REQUEST_BYTES
 *
 * Whether a chunk fits its hash is for the caller to say.
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID.
 * Returns: (transfer full): the request
 */
AmendsChunkRequest *
amends_chunk_request_read (AmendsChunkVerb verb, const guint8 *bytes, gsize n_bytes, GError **error)
{
  g_autoptr (AmendsChunkRequest) self = amends_chunk_request_new ();
  guint n_hashes;
  gsize at, n_hash_bytes;

  if (!parse_lines (self, bytes, n_bytes, &at, &n_hashes, error))
    return NULL;
  n_hash_bytes = (gsize) n_hashes * AMENDS_DIGEST_BYTES;
  if (n_bytes - at < n_hash_bytes)
    {
      malformed (error, "Hashes are missing");
      return NULL;
    }
  g_array_append_vals (self->hashes, bytes + at, n_hashes);
  at += n_hash_bytes;
  return take_chunk (self, verb, bytes + at, n_bytes - at, error) ? g_steal_pointer (&self) : NULL;
}

static char *
answer_text (const guint8 *held,
             gsize n_held,
             const char *organisation,
             const char *code,
             guint64 number,
             const AmendsDigest *body_hash)
{
  g_autofree char *of_request = amends_base64 (body_hash->bytes, sizeof body_hash->bytes);
  g_autofree char *of_answer = NULL;
  AmendsDigest hash;

  amends_chunk_hash (held, n_held, &hash);
  of_answer = amends_base64 (hash.bytes, sizeof hash.bytes);
  return g_strdup_printf ("amends-held-1\n%s\n%s\n%" G_GUINT64_FORMAT "\n%s\n%s\n", organisation,
                          code, number, of_request, of_answer);
}

/**
 * amends_chunk_answer_seal:
 * @held: (array length=n_held): a byte for each hash that was asked for
 * @organisation: the organisation's id
 * @code: the device that asked
 * @number: of the request
 * @body_hash: of the request
 * @secret_key: the server's
 *
 * Returns: (transfer full): the reply
 */
GBytes *
amends_chunk_answer_seal (const guint8 *held,
                          gsize n_held,
                          const char *organisation,
                          const char *code,
                          guint64 number,
                          const AmendsDigest *body_hash,
                          const guint8 secret_key[64])
{
  g_autofree char *text = answer_text (held, n_held, organisation, code, number, body_hash);
  guint8 *answer = g_malloc (n_held + AMENDS_SIGNATURE_BYTES);

  memcpy (answer, held, n_held);
  crypto_sign_detached (answer + n_held, NULL, (const guint8 *) text, strlen (text), secret_key);
  return g_bytes_new_take (answer, n_held + AMENDS_SIGNATURE_BYTES);
}

/**
 * amends_chunk_answer_open:
 * @answer: what came
 * @n_held: how many hashes were asked for
 * @key: the server's
 *
 * Returns: (transfer full) (nullable): a byte for each hash; %NULL if that is not the server's answer to
 * this request
 */
GBytes *
amends_chunk_answer_open (GBytes *answer,
                          gsize n_held,
                          const char *organisation,
                          const char *code,
                          guint64 number,
                          const AmendsDigest *body_hash,
                          const guint8 key[AMENDS_KEY_BYTES])
{
  const guint8 *bytes = g_bytes_get_data (answer, NULL);
  g_autofree char *text = NULL;

  if (g_bytes_get_size (answer) != n_held + AMENDS_SIGNATURE_BYTES)
    return NULL;
  text = answer_text (bytes, n_held, organisation, code, number, body_hash);
  if (crypto_sign_verify_detached (bytes + n_held, (const guint8 *) text, strlen (text), key) != 0)
    return NULL;
  return g_bytes_new_from_bytes (answer, 0, n_held);
}
