/* amends-wire-head.c: the heads of a request and a reply, and the receipt (PROTOCOL.md 3)
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/amends-wire-private.h"

#include <sodium.h>
#include <string.h>

#define VERSION 1

static const AmendsDigest digest_none = { { 0 } };

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
    return amends_wire_invalid (error, "version", "This program speaks version 1 of the exchange");
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
  self->gone = g_ptr_array_new_with_free_func (g_free);
  self->whole = g_array_new (FALSE, FALSE, sizeof (AmendsCursor));
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
  g_ptr_array_unref (self->gone);
  g_array_unref (self->whole);
  amends_wire_erase_free (self->erase);
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
  if (self->gone->len > 0)
    {
      json_t *gone = json_array ();

      for (guint i = 0; i < self->gone->len; i++)
        json_array_append_new (gone, json_string (g_ptr_array_index (self->gone, i)));
      json_object_set_new (json, "gone", gone);
    }
  if (self->whole->len > 0)
    json_object_set_new (json, "whole", cursors_to_json (self->whole, FALSE));
  if (self->erase != NULL)
    json_object_set_new (json, "erase", amends_wire_erase_to_json (self->erase));
  if (self->hashes)
    json_object_set_new (json, "hashes", json_true ());
  if (self->scrubbing)
    json_object_set_new (json, "scrubbing", json_true ());
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

/* What the head of a message has room for bounds how many there are. */
static gboolean
read_gone (AmendsRequestHead *self, const json_t *gone)
{
  if (!is_absent (gone) && !json_is_array (gone))
    return FALSE;
  for (gsize i = 0; i < json_array_size (gone); i++)
    {
      const char *feed = json_string_value (json_array_get (gone, i));

      if (feed == NULL || !amends_feed_is_valid (feed))
        return FALSE;
      g_ptr_array_add (self->gone, g_strdup (feed));
    }
  return TRUE;
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
      amends_wire_invalid (error, "epoch", "An epoch is 32 hexadecimal digits");
      return NULL;
    }
  if (!read_number (json_object_get (head, "number"), &self->number)
      || !read_bytes (json_object_get (head, "trunk"), self->trunk.bytes, sizeof self->trunk.bytes))
    {
      amends_wire_invalid (error, "head", "The head is a number and a trunk");
      return NULL;
    }
  if (!read_cursors (json_object_get (json, "feeds"), TRUE, self->cursors))
    {
      amends_wire_invalid (error, "feeds", "A cursor is a feed, a position and a hash");
      return NULL;
    }
  if (!read_probe (self, json_object_get (json, "probe")))
    {
      amends_wire_invalid (error, "probe", "A probe is a range of at most 2,000 numbers");
      return NULL;
    }
  self->recode = !is_absent (recode);
  if (self->recode
      && !read_bytes (json_object_get (recode, "key"), self->recode_key, sizeof self->recode_key))
    {
      amends_wire_invalid (error, "recode", "Re-coding needs a new public key");
      return NULL;
    }
  self->hold = json_is_true (json_object_get (json, "hold"));
  if (!read_gone (self, json_object_get (json, "gone")))
    {
      amends_wire_invalid (error, "gone", "What is gone is an array of feeds");
      return NULL;
    }
  if (!read_cursors (json_object_get (json, "whole"), FALSE, self->whole))
    {
      amends_wire_invalid (error, "whole", "What is wanted whole is a feed and a number");
      return NULL;
    }
  if (!is_absent (json_object_get (json, "erase"))
      && (self->erase = amends_wire_erase_from_json (json_object_get (json, "erase"), error))
             == NULL)
    return NULL;
  self->hashes = json_is_true (json_object_get (json, "hashes"));
  self->scrubbing = json_is_true (json_object_get (json, "scrubbing"));
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
  json_object_set_new (json, "safe_number", json_integer ((json_int_t) self->safe_number));
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
    return amends_wire_invalid (error, "receipt", "The reply has no receipt that can be read");
  g_strlcpy (self->at, at, sizeof self->at);
  return TRUE;
}

static gboolean
read_trunks (AmendsReplyHead *self, const json_t *trunks, GError **error)
{
  gsize n_trunks = json_array_size (trunks);

  if ((!is_absent (trunks) && !json_is_array (trunks)) || n_trunks > AMENDS_WIRE_MAX_PROBE)
    return amends_wire_invalid (error, "trunks", "Trunks are an array of at most 2,000");
  for (gsize i = 0; i < n_trunks; i++)
    {
      AmendsDigest trunk;

      if (!read_bytes (json_array_get (trunks, i), trunk.bytes, sizeof trunk.bytes))
        return amends_wire_invalid (error, "trunks", "A trunk is 32 bytes in base 64");
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
    return amends_wire_invalid (error, "refused", "A refusal is a frame and a code");
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
    return amends_wire_invalid (error, "recoded", "The new code is not one");
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
      amends_wire_invalid (error, "epoch", "An epoch is 32 hexadecimal digits");
      return NULL;
    }
  if (!read_cursors (json_object_get (json, "safe"), FALSE, self->safe)
      || !read_cursors (json_object_get (json, "resume"), TRUE, self->resume))
    {
      amends_wire_invalid (error, "resume", "A cursor is a feed, a position and a hash");
      return NULL;
    }
  if (!is_absent (json_object_get (json, "safe_number"))
      && !read_number (json_object_get (json, "safe_number"), &self->safe_number))
    {
      amends_wire_invalid (error, "safe_number", "What is safe is a number");
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
      amends_wire_invalid (error, "quarantined", "A count is a number");
      return NULL;
    }
  self->revoked = json_is_true (json_object_get (json, "revoked"));
  return g_steal_pointer (&self);
}
