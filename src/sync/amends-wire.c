/* amends-wire.c: messages, and what signs them (PROTOCOL.md 2, 3)
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/amends-wire-private.h"

#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"

/**
 * amends_wire_invalid:
 * @field: (nullable): what is wrong
 * @format: how
 *
 * Sets %AMENDS_CORE_ERROR_INVALID.
 * Returns: %FALSE, to end with
 */
gboolean
amends_wire_invalid (GError **error, const char *field, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, field, NULL, "%s", message);
  return FALSE;
}

static void
append_part (GByteArray *message, const guint8 *bytes, gsize n_bytes)
{
  const guint8 length[4] = { (guint8) (n_bytes >> 24), (guint8) (n_bytes >> 16),
                             (guint8) (n_bytes >> 8), (guint8) n_bytes };

  g_byte_array_append (message, length, sizeof length);
  g_byte_array_append (message, bytes, (guint) n_bytes);
}

static void
append_json (GByteArray *message, const json_t *value)
{
  g_autoptr (GBytes) bytes = amends_json_dump (value);

  append_part (message, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/**
 * amends_message_append_head:
 * @message: an empty array
 * @head: the head as JSON
 */
void
amends_message_append_head (GByteArray *message, const json_t *head)
{
  append_json (message, head);
}

/**
 * amends_message_append_frame:
 * @frame: one frame, compressed
 */
void
amends_message_append_frame (GByteArray *message, GBytes *frame)
{
  append_part (message, g_bytes_get_data (frame, NULL), g_bytes_get_size (frame));
}

/**
 * amends_message_append_trailer:
 * @trailer: the trailer as JSON, after which the message is whole
 */
void
amends_message_append_trailer (GByteArray *message, const json_t *trailer)
{
  append_part (message, NULL, 0);
  append_json (message, trailer);
}

struct _AmendsMessageReader
{
  GByteArray *bytes; /* fed and not yet taken, from @at on */
  gsize at;
  AmendsMessagePart last; /* the part taken last; needs-more before the head */
  gboolean frames_ended;  /* the u32 0 was read */
};

/**
 * amends_message_reader_new:
 *
 * Returns: (transfer full): a reader at the beginning of a message
 */
AmendsMessageReader *
amends_message_reader_new (void)
{
  AmendsMessageReader *self = g_new0 (AmendsMessageReader, 1);

  self->bytes = g_byte_array_new ();
  self->last = AMENDS_MESSAGE_NEEDS_MORE;
  return self;
}

/**
 * amends_message_reader_free:
 * @self: (nullable) (transfer full): a reader
 */
void
amends_message_reader_free (AmendsMessageReader *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->bytes);
  g_free (self);
}

/**
 * amends_message_reader_feed:
 * @bytes: what arrived next, in pieces of any size
 */
void
amends_message_reader_feed (AmendsMessageReader *self, const guint8 *bytes, gsize n_bytes)
{
  if (self->at > 0)
    {
      g_byte_array_remove_range (self->bytes, 0, (guint) self->at);
      self->at = 0;
    }
  g_byte_array_append (self->bytes, bytes, (guint) n_bytes);
}

/**
 * amends_message_reader_is_whole:
 *
 * Returns: whether the trailer was read and nothing follows
 */
gboolean
amends_message_reader_is_whole (const AmendsMessageReader *self)
{
  return self->last == AMENDS_MESSAGE_END && self->at == self->bytes->len;
}

/* The most that the next part may have. */
static gsize
get_limit (const AmendsMessageReader *self)
{
  if (self->last == AMENDS_MESSAGE_NEEDS_MORE)
    return AMENDS_WIRE_MAX_HEAD_BYTES;
  return self->frames_ended ? AMENDS_WIRE_MAX_TRAILER_BYTES : AMENDS_WIRE_MAX_FRAME_BYTES;
}

/* The bytes of the next part. Returns: %FALSE if they are over the limit; @ret_bytes is %NULL if
 * they have not arrived. */
static gboolean
take_part (AmendsMessageReader *self, const guint8 **ret_bytes, gsize *ret_n_bytes, GError **error)
{
  const guint8 *at = self->bytes->data + self->at;
  gsize n_here = self->bytes->len - self->at;
  gsize n_bytes;

  *ret_bytes = NULL;
  if (n_here < 4)
    return TRUE;
  n_bytes = (gsize) at[0] << 24 | (gsize) at[1] << 16 | (gsize) at[2] << 8 | at[3];
  if (n_bytes > get_limit (self))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_TOO_LARGE, NULL, NULL,
                        "A part of a message is over its limit of %" G_GSIZE_FORMAT " bytes",
                        get_limit (self));
      return FALSE;
    }
  if (n_here < 4 + n_bytes)
    return TRUE;

  self->at += 4 + n_bytes;
  *ret_bytes = at + 4;
  *ret_n_bytes = n_bytes;
  return TRUE;
}

static gboolean
load_object (const guint8 *bytes, gsize n_bytes, json_t **ret_json, GError **error)
{
  json_t *value = amends_json_load ((const char *) bytes, n_bytes, error);

  if (value == NULL)
    return FALSE;
  if (!json_is_object (value))
    {
      json_decref (value);
      return amends_wire_invalid (error, NULL, "A message begins and ends with a JSON object");
    }
  *ret_json = value;
  return TRUE;
}

/**
 * amends_message_reader_next:
 * @ret_part: (out): what was taken
 * @ret_json: (out) (transfer full): a head or trailer, always an object
 * @ret_frame: (out) (transfer full): a frame, still compressed
 *
 * Takes the next part out of what was fed. After the end it says that it needs more, and refuses
 * what is fed then. After an error the message is lost.
 *
 * Source: PROTOCOL.md 3.
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_TOO_LARGE.
 * Returns: %TRUE on success
 */
gboolean
amends_message_reader_next (AmendsMessageReader *self,
                            AmendsMessagePart *ret_part,
                            json_t **ret_json,
                            GBytes **ret_frame,
                            GError **error)
{
  const guint8 *bytes;
  gsize n_bytes;

  if (self->last == AMENDS_MESSAGE_END && self->at < self->bytes->len)
    return amends_wire_invalid (error, NULL, "A message goes on after its trailer");

  *ret_part = AMENDS_MESSAGE_NEEDS_MORE;
  if (!take_part (self, &bytes, &n_bytes, error))
    return FALSE;
  if (bytes == NULL)
    return TRUE;

  if (self->last != AMENDS_MESSAGE_NEEDS_MORE && !self->frames_ended)
    {
      if (n_bytes > 0)
        {
          *ret_frame = g_bytes_new (bytes, n_bytes);
          *ret_part = self->last = AMENDS_MESSAGE_FRAME;
          return TRUE;
        }
      self->frames_ended = TRUE;
      if (!take_part (self, &bytes, &n_bytes, error))
        return FALSE;
      if (bytes == NULL)
        return TRUE;
    }

  if (!load_object (bytes, n_bytes, ret_json, error))
    return FALSE;
  *ret_part = self->frames_ended ? AMENDS_MESSAGE_END : AMENDS_MESSAGE_HEAD;
  self->last = *ret_part;
  return TRUE;
}

/**
 * amends_request_body_hash:
 * @body: a whole body
 * @ret_hash: (out): what its request signs
 */
void
amends_request_body_hash (const guint8 *body, gsize n_bytes, AmendsDigest *ret_hash)
{
  crypto_generichash (ret_hash->bytes, sizeof ret_hash->bytes, body, n_bytes, NULL, 0);
}

static char *
request_text (const char *organisation,
              const char *path,
              const char *code,
              guint64 number,
              const AmendsDigest *body_hash)
{
  g_autofree char *hash = amends_base64 (body_hash->bytes, sizeof body_hash->bytes);

  return g_strdup_printf ("amends-request-1\n%s\nPOST\n%s\n%s\n%" G_GUINT64_FORMAT "\n%s\n",
                          organisation, path, code, number, hash);
}

/**
 * amends_request_sign:
 * @organisation: the organisation's id
 * @path: the route
 * @code: the device
 * @number: of the request
 * @body_hash: as amends_request_body_hash() gives it
 * @secret_key: the device's Ed25519 secret key
 * @ret_signature: (out): what goes in the header
 */
void
amends_request_sign (const char *organisation,
                     const char *path,
                     const char *code,
                     guint64 number,
                     const AmendsDigest *body_hash,
                     const guint8 secret_key[64],
                     guint8 ret_signature[AMENDS_SIGNATURE_BYTES])
{
  g_autofree char *text = request_text (organisation, path, code, number, body_hash);

  crypto_sign_detached (ret_signature, NULL, (const guint8 *) text, strlen (text), secret_key);
}

/**
 * amends_request_verify:
 * @key: the device's Ed25519 public key
 *
 * Returns: whether the device signed this request
 */
gboolean
amends_request_verify (const char *organisation,
                       const char *path,
                       const char *code,
                       guint64 number,
                       const AmendsDigest *body_hash,
                       const guint8 signature[AMENDS_SIGNATURE_BYTES],
                       const guint8 key[AMENDS_KEY_BYTES])
{
  g_autofree char *text = request_text (organisation, path, code, number, body_hash);

  return crypto_sign_verify_detached (signature, (const guint8 *) text, strlen (text), key) == 0;
}
