/* amends-wire.c: messages, their heads and what signs them (PROTOCOL.md 2, 3, 7)
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/amends-wire.h"

#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"

#define VERSION 1

static const AmendsDigest digest_none = { { 0 } };

static gboolean
invalid (GError **error, const char *field, const char *message)
{
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, field, NULL, "%s", message);
  return FALSE;
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

/* Messages. */

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
      return invalid (error, NULL, "A message begins and ends with a JSON object");
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
    return invalid (error, NULL, "A message goes on after its trailer");

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

/* Heads. */

static void
set_bytes (json_t *object, const char *key, const guint8 *bytes, gsize n_bytes)
{
  g_autofree char *text = amends_base64 (bytes, n_bytes);

  json_object_set_new (object, key, json_string (text));
}

static void
append_digest (json_t *array, const AmendsDigest *digest)
{
  g_autofree char *text = amends_base64 (digest->bytes, sizeof digest->bytes);

  json_array_append_new (array, json_string (text));
}

static gboolean
read_bytes (const json_t *value, guint8 *ret_bytes, gsize n_bytes)
{
  const char *text = json_string_value (value);

  return text != NULL && amends_base64_decode (text, ret_bytes, n_bytes);
}

/* A number from 0 to 2^53. */
static gboolean
read_number (const json_t *value, guint64 *ret_number)
{
  json_int_t number = json_integer_value (value);

  if (!json_is_integer (value) || number < 0 || (guint64) number > AMENDS_ID_MAX_NUMBER)
    return FALSE;
  *ret_number = (guint64) number;
  return TRUE;
}

static gboolean
read_epoch (const json_t *value, char ret_epoch[AMENDS_EPOCH_BYTES + 1])
{
  const char *text = json_string_value (value);

  if (text == NULL || strlen (text) != AMENDS_EPOCH_BYTES
      || strspn (text, "0123456789abcdef") != AMENDS_EPOCH_BYTES)
    return FALSE;
  memcpy (ret_epoch, text, AMENDS_EPOCH_BYTES + 1);
  return TRUE;
}

static gboolean
is_absent (const json_t *value)
{
  return value == NULL || json_is_null (value);
}

static json_t *
cursors_to_json (const GArray *cursors, gboolean with_hash)
{
  json_t *object = json_object ();

  for (guint i = 0; i < cursors->len; i++)
    {
      const AmendsCursor *cursor = &g_array_index (cursors, AmendsCursor, i);
      json_t *position = json_integer ((json_int_t) cursor->position);
      json_t *both;

      if (!with_hash)
        {
          json_object_set_new (object, cursor->feed, position);
          continue;
        }
      both = json_array ();
      json_array_append_new (both, position);
      append_digest (both, &cursor->hash);
      json_object_set_new (object, cursor->feed, both);
    }
  return object;
}

static gboolean
read_cursor (const char *feed, const json_t *value, gboolean with_hash, AmendsCursor *ret_cursor)
{
  memset (ret_cursor, 0, sizeof *ret_cursor);
  if (!amends_feed_is_valid (feed))
    return FALSE;
  g_strlcpy (ret_cursor->feed, feed, sizeof ret_cursor->feed);
  if (!with_hash)
    return read_number (value, &ret_cursor->position);
  return json_array_size (value) == 2
         && read_number (json_array_get (value, 0), &ret_cursor->position)
         && read_bytes (json_array_get (value, 1), ret_cursor->hash.bytes,
                        sizeof ret_cursor->hash.bytes)
         && (ret_cursor->position > 0
             || memcmp (&ret_cursor->hash, &digest_none, sizeof digest_none) == 0);
}

/* An absent object is one with no cursors. */
static gboolean
read_cursors (json_t *object, gboolean with_hash, GArray *cursors)
{
  const char *feed;
  json_t *value;

  if (is_absent (object))
    return TRUE;
  if (!json_is_object (object))
    return FALSE;
  json_object_foreach (object, feed, value)
    {
      AmendsCursor cursor;

      if (!read_cursor (feed, value, with_hash, &cursor))
        return FALSE;
      g_array_append_val (cursors, cursor);
    }
  return TRUE;
}

static gboolean
read_version (const json_t *json, GError **error)
{
  if (json_integer_value (json_object_get (json, "version")) != VERSION)
    return invalid (error, "version", "This program speaks version 1 of the exchange");
  return TRUE;
}

/**
 * amends_request_head_new:
 *
 * Returns: (transfer full): a head with nothing in it
 */
AmendsRequestHead *
amends_request_head_new (void)
{
  AmendsRequestHead *self = g_new0 (AmendsRequestHead, 1);

  self->cursors = g_array_new (FALSE, FALSE, sizeof (AmendsCursor));
  return self;
}

/**
 * amends_request_head_free:
 * @self: (nullable) (transfer full): a head
 */
void
amends_request_head_free (AmendsRequestHead *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->cursors);
  g_free (self);
}

/**
 * amends_request_head_to_json:
 *
 * Returns: (transfer full): the head as it is sent
 */
json_t *
amends_request_head_to_json (const AmendsRequestHead *self)
{
  json_t *json = json_pack ("{s:i, s:s?}", "version", VERSION, "epoch",
                            self->epoch[0] != '\0' ? self->epoch : NULL);
  json_t *head = json_pack ("{s:I}", "number", (json_int_t) self->number);

  set_bytes (head, "trunk", self->trunk.bytes, sizeof self->trunk.bytes);
  json_object_set_new (json, "head", head);
  json_object_set_new (json, "feeds", cursors_to_json (self->cursors, TRUE));
  if (self->probe_from > 0)
    json_object_set_new (json, "probe",
                         json_pack ("{s:I, s:I}", "from", (json_int_t) self->probe_from, "to",
                                    (json_int_t) self->probe_to));
  if (self->recode)
    {
      json_t *recode = json_object ();

      set_bytes (recode, "key", self->recode_key, sizeof self->recode_key);
      json_object_set_new (json, "recode", recode);
    }
  if (self->hold)
    json_object_set_new (json, "hold", json_true ());
  return json;
}

static gboolean
read_probe (AmendsRequestHead *self, const json_t *probe)
{
  if (is_absent (probe))
    return TRUE;
  return read_number (json_object_get (probe, "from"), &self->probe_from)
         && read_number (json_object_get (probe, "to"), &self->probe_to) && self->probe_from > 0
         && self->probe_to >= self->probe_from
         && self->probe_to - self->probe_from < AMENDS_WIRE_MAX_PROBE;
}

/**
 * amends_request_head_from_json:
 * @json: an object
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, with the field.
 * Returns: (transfer full): the head
 */
AmendsRequestHead *
amends_request_head_from_json (const json_t *json, GError **error)
{
  g_autoptr (AmendsRequestHead) self = amends_request_head_new ();
  const json_t *epoch = json_object_get (json, "epoch");
  const json_t *head = json_object_get (json, "head");
  const json_t *recode = json_object_get (json, "recode");

  if (!read_version (json, error))
    return NULL;
  if (!is_absent (epoch) && !read_epoch (epoch, self->epoch))
    {
      invalid (error, "epoch", "An epoch is 32 hexadecimal digits");
      return NULL;
    }
  if (!read_number (json_object_get (head, "number"), &self->number)
      || !read_bytes (json_object_get (head, "trunk"), self->trunk.bytes, sizeof self->trunk.bytes))
    {
      invalid (error, "head", "The head is a number and a trunk");
      return NULL;
    }
  if (!read_cursors (json_object_get (json, "feeds"), TRUE, self->cursors))
    {
      invalid (error, "feeds", "A cursor is a feed, a position and a hash");
      return NULL;
    }
  if (!read_probe (self, json_object_get (json, "probe")))
    {
      invalid (error, "probe", "A probe is a range of at most 2,000 numbers");
      return NULL;
    }
  self->recode = !is_absent (recode);
  if (self->recode
      && !read_bytes (json_object_get (recode, "key"), self->recode_key, sizeof self->recode_key))
    {
      invalid (error, "recode", "Re-coding needs a new public key");
      return NULL;
    }
  self->hold = json_is_true (json_object_get (json, "hold"));
  return g_steal_pointer (&self);
}

static char *
receipt_text (const AmendsReceipt *self, const char *organisation, const char *code)
{
  g_autofree char *trunk = amends_base64 (self->trunk.bytes, sizeof self->trunk.bytes);

  return g_strdup_printf ("amends-receipt-1\n%s\n%s\n%s\n%" G_GUINT64_FORMAT "\n%" G_GUINT64_FORMAT
                          "\n%s\n%s\n",
                          organisation, self->epoch, code, self->request, self->number, trunk,
                          self->at);
}

/**
 * amends_receipt_sign:
 * @organisation: the organisation's id
 * @code: the device whose events it acknowledges
 * @secret_key: the server's Ed25519 secret key
 */
void
amends_receipt_sign (AmendsReceipt *self,
                     const char *organisation,
                     const char *code,
                     const guint8 secret_key[64])
{
  g_autofree char *text = receipt_text (self, organisation, code);

  crypto_sign_detached (self->signature, NULL, (const guint8 *) text, strlen (text), secret_key);
}

/**
 * amends_receipt_verify:
 * @key: the server's Ed25519 public key
 *
 * Returns: whether the server gave it to this device
 */
gboolean
amends_receipt_verify (const AmendsReceipt *self,
                       const char *organisation,
                       const char *code,
                       const guint8 key[AMENDS_KEY_BYTES])
{
  g_autofree char *text = receipt_text (self, organisation, code);

  return crypto_sign_verify_detached (self->signature, (const guint8 *) text, strlen (text), key)
         == 0;
}

/**
 * amends_reply_head_new:
 *
 * Returns: (transfer full): a head that refuses nothing
 */
AmendsReplyHead *
amends_reply_head_new (void)
{
  AmendsReplyHead *self = g_new0 (AmendsReplyHead, 1);

  self->safe = g_array_new (FALSE, FALSE, sizeof (AmendsCursor));
  self->resume = g_array_new (FALSE, FALSE, sizeof (AmendsCursor));
  self->trunks = g_array_new (FALSE, FALSE, sizeof (AmendsDigest));
  return self;
}

/**
 * amends_reply_head_free:
 * @self: (nullable) (transfer full): a head
 */
void
amends_reply_head_free (AmendsReplyHead *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->safe);
  g_array_unref (self->resume);
  g_array_unref (self->trunks);
  g_free (self->refused_code);
  g_free (self->refused_message);
  g_free (self);
}

/**
 * amends_reply_head_to_json:
 *
 * Returns: (transfer full): the head as it is sent
 */
json_t *
amends_reply_head_to_json (const AmendsReplyHead *self)
{
  const AmendsReceipt *receipt = &self->receipt;
  json_t *json = json_pack ("{s:i, s:s}", "version", VERSION, "epoch", receipt->epoch);
  json_t *signed_part = json_pack ("{s:I, s:I}", "request", (json_int_t) receipt->request, "number",
                                   (json_int_t) receipt->number);

  set_bytes (signed_part, "trunk", receipt->trunk.bytes, sizeof receipt->trunk.bytes);
  json_object_set_new (signed_part, "at", json_string (receipt->at));
  set_bytes (signed_part, "signature", receipt->signature, sizeof receipt->signature);
  json_object_set_new (json, "receipt", signed_part);

  json_object_set_new (json, "safe", cursors_to_json (self->safe, FALSE));
  if (self->resume->len > 0)
    json_object_set_new (json, "resume", cursors_to_json (self->resume, TRUE));
  if (self->trunks->len > 0)
    {
      json_t *trunks = json_array ();

      for (guint i = 0; i < self->trunks->len; i++)
        append_digest (trunks, &g_array_index (self->trunks, AmendsDigest, i));
      json_object_set_new (json, "trunks", trunks);
    }
  if (self->recoded[0] != '\0')
    json_object_set_new (json, "recoded", json_pack ("{s:s}", "code", self->recoded));
  if (self->refused_code != NULL)
    json_object_set_new (json, "refused",
                         json_pack ("{s:i, s:s, s:s?}", "frame", self->refused_frame, "code",
                                    self->refused_code, "message", self->refused_message));
  json_object_set_new (json, "quarantined", json_integer ((json_int_t) self->quarantined));
  json_object_set_new (json, "revoked", json_boolean (self->revoked));
  return json;
}

static gboolean
read_receipt (AmendsReceipt *self, const json_t *receipt, GError **error)
{
  const char *at = json_string_value (json_object_get (receipt, "at"));

  if (!read_number (json_object_get (receipt, "request"), &self->request)
      || !read_number (json_object_get (receipt, "number"), &self->number)
      || !read_bytes (json_object_get (receipt, "trunk"), self->trunk.bytes,
                      sizeof self->trunk.bytes)
      || !read_bytes (json_object_get (receipt, "signature"), self->signature,
                      sizeof self->signature)
      || at == NULL || strlen (at) >= sizeof self->at)
    return invalid (error, "receipt", "The reply has no receipt that can be read");
  g_strlcpy (self->at, at, sizeof self->at);
  return TRUE;
}

static gboolean
read_trunks (AmendsReplyHead *self, const json_t *trunks, GError **error)
{
  gsize n_trunks = json_array_size (trunks);

  if ((!is_absent (trunks) && !json_is_array (trunks)) || n_trunks > AMENDS_WIRE_MAX_PROBE)
    return invalid (error, "trunks", "Trunks are an array of at most 2,000");
  for (gsize i = 0; i < n_trunks; i++)
    {
      AmendsDigest trunk;

      if (!read_bytes (json_array_get (trunks, i), trunk.bytes, sizeof trunk.bytes))
        return invalid (error, "trunks", "A trunk is 32 bytes in base 64");
      g_array_append_val (self->trunks, trunk);
    }
  return TRUE;
}

static gboolean
read_refused (AmendsReplyHead *self, const json_t *refused, GError **error)
{
  const char *code = json_string_value (json_object_get (refused, "code"));
  guint64 frame;

  if (is_absent (refused))
    return TRUE;
  if (code == NULL || !read_number (json_object_get (refused, "frame"), &frame) || frame > G_MAXINT)
    return invalid (error, "refused", "A refusal is a frame and a code");
  self->refused_frame = (int) frame;
  self->refused_code = g_strdup (code);
  self->refused_message = g_strdup (json_string_value (json_object_get (refused, "message")));
  return TRUE;
}

static gboolean
read_recoded (AmendsReplyHead *self, const json_t *recoded, GError **error)
{
  const char *code = json_string_value (json_object_get (recoded, "code"));

  if (is_absent (recoded))
    return TRUE;
  if (code == NULL || strlen (code) < 2 || !amends_code_is_valid (code))
    return invalid (error, "recoded", "The new code is not one");
  g_strlcpy (self->recoded, code, sizeof self->recoded);
  return TRUE;
}

/**
 * amends_reply_head_from_json:
 * @json: an object
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, with the field.
 * Returns: (transfer full): the head; its receipt is not yet verified
 */
AmendsReplyHead *
amends_reply_head_from_json (const json_t *json, GError **error)
{
  g_autoptr (AmendsReplyHead) self = amends_reply_head_new ();

  if (!read_version (json, error))
    return NULL;
  if (!read_epoch (json_object_get (json, "epoch"), self->receipt.epoch))
    {
      invalid (error, "epoch", "An epoch is 32 hexadecimal digits");
      return NULL;
    }
  if (!read_cursors (json_object_get (json, "safe"), FALSE, self->safe)
      || !read_cursors (json_object_get (json, "resume"), TRUE, self->resume))
    {
      invalid (error, "resume", "A cursor is a feed, a position and a hash");
      return NULL;
    }
  if (!read_receipt (&self->receipt, json_object_get (json, "receipt"), error)
      || !read_trunks (self, json_object_get (json, "trunks"), error)
      || !read_recoded (self, json_object_get (json, "recoded"), error)
      || !read_refused (self, json_object_get (json, "refused"), error))
    return NULL;
  if (!is_absent (json_object_get (json, "quarantined"))
      && !read_number (json_object_get (json, "quarantined"), &self->quarantined))
    {
      invalid (error, "quarantined", "A count is a number");
      return NULL;
    }
  self->revoked = json_is_true (json_object_get (json, "revoked"));
  return g_steal_pointer (&self);
}

/* Signed requests. */

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
              const char *code,
              guint64 number,
              const AmendsDigest *body_hash)
{
  g_autofree char *hash = amends_base64 (body_hash->bytes, sizeof body_hash->bytes);

  return g_strdup_printf ("amends-request-1\n%s\nPOST\n/v1/exchange\n%s\n%" G_GUINT64_FORMAT
                          "\n%s\n",
                          organisation, code, number, hash);
}

/**
 * amends_request_sign:
 * @organisation: the organisation's id
 * @code: the device
 * @number: of the request
 * @body_hash: as amends_request_body_hash() gives it
 * @secret_key: the device's Ed25519 secret key
 * @ret_signature: (out): what goes in the header
 */
void
amends_request_sign (const char *organisation,
                     const char *code,
                     guint64 number,
                     const AmendsDigest *body_hash,
                     const guint8 secret_key[64],
                     guint8 ret_signature[AMENDS_SIGNATURE_BYTES])
{
  g_autofree char *text = request_text (organisation, code, number, body_hash);

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
                       const char *code,
                       guint64 number,
                       const AmendsDigest *body_hash,
                       const guint8 signature[AMENDS_SIGNATURE_BYTES],
                       const guint8 key[AMENDS_KEY_BYTES])
{
  g_autofree char *text = request_text (organisation, code, number, body_hash);

  return crypto_sign_verify_detached (signature, (const guint8 *) text, strlen (text), key) == 0;
}

/* Enrolment. */

#define LOOKUP_CHARACTERS 4
#define SECRET_CHARACTERS 16
#define GROUP_CHARACTERS 4

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * amends_enrol_code_format:
 * @random: random bytes, of which 100 bits are used
 *
 * Returns: (transfer full): an enrolment code, "ABCD-EFGH-JKMN-PQRS-TVWX"
 */
char *
amends_enrol_code_format (const guint8 random[AMENDS_ENROL_RANDOM_BYTES])
{
  GString *code = g_string_new (NULL);
  guint bits = 0;
  guint n_bits = 0;
  gsize at = 0;

  for (guint i = 0; i < LOOKUP_CHARACTERS + SECRET_CHARACTERS; i++)
    {
      if (i > 0 && i % GROUP_CHARACTERS == 0)
        g_string_append_c (code, '-');
      if (n_bits < 5)
        {
          bits = bits << 8 | random[at++];
          n_bits += 8;
        }
      n_bits -= 5;
      g_string_append_c (code, alphabet[bits >> n_bits & 31]);
    }
  return g_string_free (code, FALSE);
}

/* Folds what is easily misread; 0 if @c is not of the alphabet. */
static char
fold (char c)
{
  c = g_ascii_toupper (c);
  if (c == 'O')
    return '0';
  if (c == 'I' || c == 'L')
    return '1';
  return c != '\0' && strchr (alphabet, c) != NULL ? c : '\0';
}

/**
 * amends_enrol_code_parse:
 * @text: what a person typed: small letters, O for 0, I or L for 1, and spaces are taken
 * @ret_lookup: (out): its first four characters
 * @ret_key: (out): K, made of the other sixteen
 *
 * Source: PROTOCOL.md 7.
 * Errors: %AMENDS_CORE_ERROR_INVALID if it is not twenty characters.
 * Returns: %TRUE on success
 */
gboolean
amends_enrol_code_parse (const char *text,
                         char ret_lookup[AMENDS_ENROL_LOOKUP_SIZE],
                         AmendsDigest *ret_key,
                         GError **error)
{
  static const char domain[] = "amends-enrol-key-1";
  char folded[LOOKUP_CHARACTERS + SECRET_CHARACTERS + 1] = { 0 };
  crypto_generichash_state state;
  gsize n = 0;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '-' || *c == ' ')
        continue;
      if (n == sizeof folded - 1 || fold (*c) == '\0')
        {
          n = 0;
          break;
        }
      folded[n++] = fold (*c);
    }
  if (n != sizeof folded - 1)
    return invalid (error, "code", "An enrolment code is twenty letters and digits");

  memcpy (ret_lookup, folded, LOOKUP_CHARACTERS);
  ret_lookup[LOOKUP_CHARACTERS] = '\0';
  crypto_generichash_init (&state, NULL, 0, sizeof ret_key->bytes);
  crypto_generichash_update (&state, (const guint8 *) domain, strlen (domain));
  crypto_generichash_update (&state, (const guint8 *) folded + LOOKUP_CHARACTERS,
                             SECRET_CHARACTERS);
  crypto_generichash_final (&state, ret_key->bytes, sizeof ret_key->bytes);
  sodium_memzero (folded, sizeof folded);
  return TRUE;
}

static void
compute_mac (const AmendsDigest *key, const char *text, AmendsDigest *ret_mac)
{
  crypto_generichash (ret_mac->bytes, sizeof ret_mac->bytes, (const guint8 *) text, strlen (text),
                      key->bytes, sizeof key->bytes);
}

/**
 * amends_enrol_request_mac:
 * @key: K of the code
 * @lookup: its look-up characters
 * @public_key: the device's public key in base 64
 * @name: what people call the device
 * @device_code: (nullable): the code that the device had before the server forgot it
 * @ret_mac: (out): what shows that the device has the code
 */
void
amends_enrol_request_mac (const AmendsDigest *key,
                          const char *lookup,
                          const char *public_key,
                          const char *name,
                          const char *device_code,
                          AmendsDigest *ret_mac)
{
  g_autofree char *text =
      g_strdup_printf ("amends-enrol-request-1\n%s\n%s\n%s\n%s%s", lookup, public_key, name,
                       device_code != NULL ? device_code : "", device_code != NULL ? "\n" : "");

  compute_mac (key, text, ret_mac);
}

/**
 * amends_enrol_reply_mac:
 * @manifest: the manifest's text, as it is sent
 * @ret_mac: (out): what shows that the server has the code
 */
void
amends_enrol_reply_mac (const AmendsDigest *key,
                        const char *lookup,
                        const char *public_key,
                        const char *manifest,
                        AmendsDigest *ret_mac)
{
  g_autofree char *text =
      g_strdup_printf ("amends-enrol-reply-1\n%s\n%s\n%s", lookup, public_key, manifest);

  compute_mac (key, text, ret_mac);
}
