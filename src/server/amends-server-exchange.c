/* amends-server-exchange.c: one exchange with one device (PROTOCOL.md 3 to 6)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The request is fed as it arrives, and each frame committed then; the reply is made as it is taken,
 * so that the device works on one page while the server makes the next. The lock is held for a frame
 * or a page, never while waiting for the peer. */

#include "server/amends-server-exchange.h"

#include <string.h>

/* A reply ends after the page that passes this. */
#define FULL_REPLY_BYTES (AMENDS_WIRE_MAX_REPLY_BYTES / 2)

static gboolean
refuse (GError **error, AmendsServerError code, const char *message)
{
  g_set_error_literal (error, AMENDS_SERVER_ERROR, code, message);
  return FALSE;
}

/* The device, if the request is its own and was not made before. */
static gboolean
try_request (AmendsServer *server,
             const AmendsServerClaim *claim,
             AmendsServerDevice *ret_device,
             guint64 *ret_last,
             GError **error)
{
  AmendsServerStore *store = server->store;
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  gboolean taken;

  if (!amends_server_work_begin (&work, store, AMENDS_SERVER_WRITE, error)
      || !store->get_device (store, claim->code, ret_device, error))
    return FALSE;
  if (ret_device->id == 0 || g_str_equal (claim->code, "0"))
    return refuse (error, AMENDS_SERVER_ERROR_UNKNOWN_DEVICE, "The server knows no such device");
  if (!amends_request_verify (server->organisation, claim->path, claim->code, claim->number,
                              claim->body_hash, claim->signature, ret_device->key))
    return refuse (error, AMENDS_SERVER_ERROR_SIGNATURE, "The request's signature does not fit");
  if (!store->take_request (store, ret_device->id, ret_device->request, claim->number, &taken,
                            ret_last, error))
    return FALSE;
  if (!taken)
    return refuse (error, AMENDS_SERVER_ERROR_REPLAYED,
                   "The number of this request was used before");
  return amends_server_work_commit (&work, error);
}

gboolean
amends_server_take_request (AmendsServer *self,
                            const AmendsServerClaim *claim,
                            AmendsServerDevice *ret_device,
                            guint64 *ret_last,
                            GError **error)
{
  g_autoptr (GError) local_error = NULL;
  guint n_tries = 0;
  gboolean taken;

  do
    taken = try_request (self, claim, ret_device, ret_last, &local_error);
  while (!taken && amends_server_tries_again (&n_tries, &local_error));
  if (!taken)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return taken;
}

static AmendsExchange *
begin (AmendsServer *server,
       const AmendsServerDevice *device,
       guint64 request,
       const AmendsDigest *body_hash)
{
  AmendsExchange *self = g_aligned_alloc0 (1, sizeof *self, _Alignof(AmendsExchange));

  server->metrics.n_exchanges++;
  self->server = server;
  self->device = *device;
  self->request = request;
  self->body_hash = *body_hash;
  crypto_generichash_init (&self->hashed, NULL, 0, sizeof self->body_hash);
  self->reader = amends_message_reader_new ();
  self->refused_frame = -1;
  self->cursors = g_array_new (FALSE, FALSE, sizeof (AmendsExchangeCursor));
  self->unknown = g_array_new (FALSE, FALSE, sizeof (AmendsServerFeed));
  self->out = g_byte_array_new ();
  return self;
}

/**
 * amends_exchange_new:
 * @server: the server
 * @code: the device, as the request says
 * @request: the request's number
 * @body_hash: what the request says of its body
 * @signature: of the request
 * @ret_last: (out): the device's last number, where @request is not above it
 *
 * Source: PROTOCOL.md 2.
 * Errors: %AMENDS_SERVER_ERROR_UNKNOWN_DEVICE, %AMENDS_SERVER_ERROR_SIGNATURE,
 * %AMENDS_SERVER_ERROR_REPLAYED; of the store.
 * Returns: (transfer full): the exchange, which is to be fed
 */
AmendsExchange *
amends_exchange_new (AmendsServer *server,
                     const char *code,
                     guint64 request,
                     const AmendsDigest *body_hash,
                     const guint8 signature[AMENDS_SIGNATURE_BYTES],
                     guint64 *ret_last,
                     GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);
  const AmendsServerClaim claim = { "/v1/exchange", code, request, body_hash, signature };
  AmendsServerDevice device;

  if (!amends_server_take_request (server, &claim, &device, ret_last, error))
    return NULL;

  return begin (server, &device, request, body_hash);
}

static gboolean
find_device (AmendsServer *server, const char *code, AmendsServerDevice *ret_device, GError **error)
{
  AmendsServerStore *store = server->store;
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;

  if (!amends_server_work_begin (&work, store, AMENDS_SERVER_READ, error)
      || !store->get_device (store, code, ret_device, error))
    return FALSE;
  if (ret_device->id == 0 || g_str_equal (code, "0"))
    return refuse (
        error, AMENDS_SERVER_ERROR_UNKNOWN_DEVICE,
        "The server does not know the device that wrote this file: most likely it was "
        "restored from a backup made before. Nothing of it was taken. Once another device "
        "has synced it may be taken as it is; if not, the device has to enrol again, and "
        "then write the file again.");
  return amends_server_work_commit (&work, error);
}

/**
 * amends_exchange_new_by_hand:
 * @server: the server
 * @bundle: a request that was carried here; read through to check it
 * @ret_key: (out): the device's Ed25519 key, to which the reply is sealed
 *
 * Its number is neither compared nor kept: what comes late or twice does no harm.
 *
 * Source: PROTOCOL.md 10.
 * Errors: %AMENDS_SERVER_ERROR_UNKNOWN_DEVICE; those of amends_bundle_reader_check(); of the store.
 * Returns: (transfer full): the exchange, which is to be fed
 */
AmendsExchange *
amends_exchange_new_by_hand (AmendsServer *server,
                             AmendsBundleReader *bundle,
                             guint8 ret_key[AMENDS_KEY_BYTES],
                             GError **error)
{
  const AmendsBundleClaim *claim = amends_bundle_reader_get_claim (bundle);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);
  AmendsServerDevice device;
  AmendsExchange *self;

  if (!find_device (server, claim->code, &device, error))
    return NULL;
  g_clear_pointer (&locker, g_mutex_locker_free); /* the file may be long */
  if (!amends_bundle_reader_check (bundle, device.key, error))
    return NULL;
  memcpy (ret_key, device.key, AMENDS_KEY_BYTES);
  locker = g_mutex_locker_new (&server->lock);
  self = begin (server, &device, claim->request, &claim->hash);
  self->is_by_hand = TRUE;
  return self;
}

/**
 * amends_exchange_free:
 * @self: (nullable) (transfer full): an exchange
 */
void
amends_exchange_free (AmendsExchange *self)
{
  if (self == NULL)
    return;
  amends_message_reader_free (self->reader);
  amends_request_head_free (self->head);
  g_free (self->refused_code);
  g_array_unref (self->cursors);
  g_array_unref (self->unknown);
  g_byte_array_unref (self->out);
  g_aligned_free (self);
}

static void
refuse_frame (AmendsExchange *self, const char *code)
{
  self->refused_frame = self->n_frames;
  self->refused_code = g_strdup (code);
}

static gboolean
try_frame (AmendsExchange *self,
           const AmendsFrame *frame,
           guint *ret_n_new,
           const char **ret_refusal,
           GError **error)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;

  *ret_refusal = NULL;
  return amends_server_work_begin (&work, self->server->store, AMENDS_SERVER_WRITE, error)
         && amends_server_commit_frame (self->server, &self->device,
                                        self->is_by_hand ? 0 : self->request, frame, ret_n_new,
                                        ret_refusal, error)
         && amends_server_work_commit (&work, error);
}

static gboolean
commit_frame (AmendsExchange *self, const AmendsFrame *frame, GError **error)
{
  AmendsServerMetrics *metrics = &self->server->metrics;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->server->lock);
  g_autoptr (GError) local_error = NULL;
  const char *refusal;
  guint n_tries = 0;
  guint n_new = 0;
  gboolean stored;

  do
    stored = try_frame (self, frame, &n_new, &refusal, &local_error);
  while (!stored && refusal == NULL && amends_server_tries_again (&n_tries, &local_error));
  if (stored && frame->is_lost)
    stored = amends_server_finish_erasing (self->server, &local_error);
  if (stored)
    {
      metrics->n_frames++;
      metrics->n_events += n_new;
      self->n_new += n_new;
    }
  else if (refusal != NULL)
    {
      metrics->n_refused_frames++;
      refuse_frame (self, refusal);
    }
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return stored || refusal != NULL;
}

/* A frame that is refused stops those after it, and no event: the device sends them again. */
static gboolean
take_frame (AmendsExchange *self, GBytes *bytes, GError **error)
{
  gboolean taken = TRUE;

  if (self->refused_frame < 0)
    {
      g_autoptr (AmendsFrame) frame =
          amends_frame_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);

      if (frame == NULL)
        refuse_frame (self, "malformed");
      else
        taken = commit_frame (self, frame, error);
    }
  self->n_frames++;
  return taken;
}

static gboolean
malformed (GError **error, const GError *why)
{
  g_set_error_literal (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_MALFORMED, why->message);
  return FALSE;
}

static gboolean
take_part (AmendsExchange *self,
           AmendsMessagePart part,
           const json_t *json,
           GBytes *frame,
           GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (part == AMENDS_MESSAGE_FRAME)
    return take_frame (self, frame, error);
  if (part != AMENDS_MESSAGE_HEAD)
    return TRUE;
  self->head = amends_request_head_from_json (json, &local_error);
  if (self->head == NULL)
    return malformed (error, local_error);
  /* What comes by hand may come twice, and what asks for more questions is asked over the network. */
  if (self->is_by_hand)
    {
      self->head->probe_from = 0;
      self->head->recode = FALSE;
      g_clear_pointer (&self->head->erase, amends_wire_erase_free);
    }
  return TRUE;
}

/**
 * amends_exchange_feed:
 * @bytes: what arrived of the body
 *
 * Commits each frame that is whole. What was committed stands whatever comes after.
 *
 * Errors: %AMENDS_SERVER_ERROR_MALFORMED; of the store.
 * Returns: %TRUE on success; after an error the exchange is only to be freed
 */
gboolean
amends_exchange_feed (AmendsExchange *self, const guint8 *bytes, gsize n_bytes, GError **error)
{
  AmendsMessagePart part = AMENDS_MESSAGE_HEAD;

  crypto_generichash_update (&self->hashed, bytes, n_bytes);
  amends_message_reader_feed (self->reader, bytes, n_bytes);
  while (part != AMENDS_MESSAGE_NEEDS_MORE)
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (GBytes) frame = NULL;
      json_t *json = NULL;
      gboolean taken;

      if (!amends_message_reader_next (self->reader, &part, &json, &frame, &local_error))
        return malformed (error, local_error);
      taken = take_part (self, part, json, frame, error);
      json_decref (json);
      if (!taken)
        return FALSE;
    }
  return TRUE;
}

/* The reply. */

static gboolean
try_record_gone (AmendsExchange *self, GError **error)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;

  return amends_server_work_begin (&work, self->server->store, AMENDS_SERVER_WRITE, error)
         && amends_server_record_gone (self->server, &self->device, self->head, self->unknown,
                                       error)
         && amends_server_work_commit (&work, error);
}

static gboolean
record_gone (AmendsExchange *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->server->lock);
  g_autoptr (GError) local_error = NULL;
  gboolean recorded;
  guint n_tries = 0;

  do
    recorded = try_record_gone (self, &local_error);
  while (!recorded && amends_server_tries_again (&n_tries, &local_error));
  if (!recorded)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return recorded;
}

static gboolean
try_record_confirmed (AmendsExchange *self, GError **error)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;

  return amends_server_work_begin (&work, self->server->store, AMENDS_SERVER_WRITE, error)
         && amends_server_record_confirmed (self->server, &self->device, self->confirmed, error)
         && amends_server_work_commit (&work, error);
}

/* How far the device has done what ctl says, where that is other than is known. */
static gboolean
record_confirmed (AmendsExchange *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->server->lock);
  g_autoptr (GError) local_error = NULL;
  gboolean recorded;
  guint n_tries = 0;

  if (self->confirmed == 0 || !amends_exchange_says_how_it_stands (self)
      || !amends_server_has_confirmed (&self->device, self->head, self->confirmed))
    return TRUE;
  do
    recorded = try_record_confirmed (self, &local_error);
  while (!recorded && amends_server_tries_again (&n_tries, &local_error));
  if (!recorded)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return recorded;
}

/* Before the reply is made, whose pages then say that it is done. */
static gboolean
erase (AmendsExchange *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->server->lock);

  return self->head->erase == NULL || self->refused_frame >= 0
         || amends_server_erase_asked (self->server, &self->device, self->head->erase, error);
}

/**
 * amends_exchange_finish:
 *
 * Says that the body has been fed to its end. The reply is then to be read.
 *
 * Errors: %AMENDS_SERVER_ERROR_MALFORMED, %AMENDS_SERVER_ERROR_SIGNATURE if the body is not the one
 * that was signed; of the store.
 * Returns: %TRUE on success
 */
gboolean
amends_exchange_finish (AmendsExchange *self, GError **error)
{
  g_autoptr (AmendsReplyHead) reply = NULL;
  AmendsDigest hash;
  json_t *json;

  crypto_generichash_final (&self->hashed, hash.bytes, sizeof hash.bytes);
  if (memcmp (&hash, &self->body_hash, sizeof hash) != 0)
    return refuse (error, AMENDS_SERVER_ERROR_SIGNATURE, "The body is not the one that was signed");
  if (!amends_message_reader_is_whole (self->reader))
    return refuse (error, AMENDS_SERVER_ERROR_MALFORMED, "The message has no end");

  if (!erase (self, error))
    return FALSE;
  reply = amends_exchange_make_reply (self, error);
  if (reply == NULL || !record_confirmed (self, error)
      || ((self->has_news_of_leaving || self->unknown->len > 0) && !record_gone (self, error)))
    return FALSE;
  json = amends_reply_head_to_json (reply);
  amends_message_append_head (self->out, json);
  json_decref (json);
  return TRUE;
}

/* The next page of the feed. The cursor is moved only if it is read. */
static gboolean
try_page (AmendsExchange *self,
          AmendsExchangeCursor *inout_cursor,
          GBytes **ret_frame,
          GError **error)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  AmendsExchangeCursor cursor = *inout_cursor;

  if (!amends_server_work_begin (&work, self->server->store, AMENDS_SERVER_READ, error)
      || !amends_server_read_page (self->server, &self->device, self->head, cursor.feed,
                                   cursor.whole_number, cursor.end, &cursor.place, ret_frame,
                                   error))
    return FALSE;
  if (!amends_server_work_commit (&work, error))
    {
      g_clear_pointer (ret_frame, g_bytes_unref);
      return FALSE;
    }
  *inout_cursor = cursor;
  return TRUE;
}

static gboolean
read_page (AmendsExchange *self,
           AmendsExchangeCursor *inout_cursor,
           GBytes **ret_frame,
           GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->server->lock);
  g_autoptr (GError) local_error = NULL;
  guint n_tries = 0;
  gboolean is_read;

  do
    is_read = try_page (self, inout_cursor, ret_frame, &local_error);
  while (!is_read && amends_server_tries_again (&n_tries, &local_error));
  if (!is_read)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return is_read;
}

/* Whether the reply ends here. Not among the digests before an entry: the device cannot say how many of them it has,
 * and would be given the same ones again. */
static gboolean
is_full (const AmendsExchange *self)
{
  if (self->cursor < self->cursors->len
      && g_array_index (self->cursors, AmendsExchangeCursor, self->cursor).place.passed_nth > 0)
    return FALSE;
  return self->ends_early || (!self->is_by_hand && self->n_sent >= FULL_REPLY_BYTES);
}

/* Puts the next page, or the trailer, in @out. */
static gboolean
read_next (AmendsExchange *self, GError **error)
{
  g_autoptr (GBytes) frame = NULL;
  gboolean ends = is_full (self);
  json_t *trailer;

  g_byte_array_set_size (self->out, 0);
  self->out_at = 0;
  while (!ends && frame == NULL && self->cursor < self->cursors->len)
    {
      if (!read_page (self, &g_array_index (self->cursors, AmendsExchangeCursor, self->cursor),
                      &frame, error))
        return FALSE;
      if (frame == NULL)
        self->cursor++;
    }
  if (frame != NULL)
    {
      amends_message_append_frame (self->out, frame);
      return TRUE;
    }
  trailer = json_pack ("{s:b}", "more", self->cursor < self->cursors->len);
  amends_message_append_trailer (self->out, trailer);
  json_decref (trailer);
  self->is_ended = TRUE;
  return TRUE;
}

/**
 * amends_exchange_read:
 * @buffer: (out): where the reply goes
 * @n_bytes: the most to put there
 *
 * Makes the next page when the one before is taken.
 *
 * Errors: of the store; the reply then has no trailer, and the device knows that it was cut.
 * Returns: how many bytes; 0 at the end; -1 on error
 */
gssize
amends_exchange_read (AmendsExchange *self, guint8 *buffer, gsize n_bytes, GError **error)
{
  gsize n;

  if (self->out_at == self->out->len)
    {
      if (self->is_ended)
        return 0;
      if (!read_next (self, error))
        return -1;
    }
  n = MIN (n_bytes, self->out->len - self->out_at);
  memcpy (buffer, self->out->data + self->out_at, n);
  self->out_at += n;
  self->n_sent += n;
  return (gssize) n;
}

/**
 * amends_exchange_unread:
 * @bytes: what was read last
 *
 * Puts it back, so that it is read again.
 */
void
amends_exchange_unread (AmendsExchange *self, const guint8 *bytes, gsize n_bytes)
{
  g_byte_array_remove_range (self->out, 0, (guint) self->out_at);
  self->out_at = 0;
  g_byte_array_prepend (self->out, bytes, (guint) n_bytes);
  self->n_sent -= n_bytes;
}

/**
 * amends_exchange_to_json:
 *
 * Returns: (transfer full): what came of it, for an administrator: ids and counts
 */
json_t *
amends_exchange_to_json (const AmendsExchange *self)
{
  return json_pack ("{s:s, s:I, s:I, s:I, s:b, s:I, s:s?}", "device", self->device.code, "request",
                    (json_int_t) self->request, "new", (json_int_t) self->n_new, "events",
                    (json_int_t) self->device.number, "revoked", (int) self->device.revoked,
                    "quarantined", (json_int_t) self->device.n_quarantined, "refused",
                    self->refused_code);
}

/**
 * amends_exchange_end_early:
 *
 * The reply ends after the page that is being read. If there is more, the device is told to ask again.
 */
void
amends_exchange_end_early (AmendsExchange *self)
{
  self->ends_early = TRUE;
}
