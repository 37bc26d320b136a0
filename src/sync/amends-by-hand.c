/* amends-by-hand.c: an exchange that is carried on a stick, where there is no network (PROTOCOL.md 10)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Over the line an exchange is one call; here days lie between its halves, and the network may come in
 * between. Only one thing is kept from the first half to the second: which request was written last, and
 * whether a receipt has come since. An answer that is not current moves this device forward or not at
 * all, so that none can harm that comes late, twice or out of order. */

#include "sync/amends-by-hand.h"

#include <sodium.h>
#include <string.h>

#include "core/amends-secret.h"
#include "store/amends-scrub.h"
#include "sync/amends-engine-private.h"
#include "sync/amends-upload.h"

/* One export. */
typedef struct
{
  Sync *sync;
  AmendsBundleWriter *writer;
  guint64 n_to_write;
} Export;

/* What has been gathered goes into the file, and memory is free for more. */
static gboolean
spill (GByteArray *message, guint64 n_events, gpointer user_data, GError **error)
{
  Export *self = user_data;
  gboolean written;

  if (g_cancellable_set_error_if_cancelled (self->sync->cancellable, error))
    return FALSE;
  written = amends_bundle_writer_write (self->writer, message->data, message->len, error);
  g_byte_array_set_size (message, 0);
  if (written)
    amends_sync_tell_progress (self->sync, self->n_to_write - MIN (n_events, self->n_to_write));
  return written;
}

/* The same message as over the line, however long. A device that wrote nothing asks for what others did. */
static gboolean
write_message (Export *self, const AmendsHead *head, AmendsHandExport *export, GError **error)
{
  AmendsStore *store = self->sync->store;
  const AmendsUploadSpill frames = { spill, self };
  g_autoptr (GHashTable) left_out = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) authors = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) handed_in = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GByteArray) message = g_byte_array_new ();
  guint n_lost;
  g_autoptr (AmendsRequestHead) request = amends_sync_make_head (self->sync, head, error);
  json_auto_t *json = NULL;
  json_auto_t *trailer = json_object ();

  if (request == NULL)
    return FALSE;
  json = amends_request_head_to_json (request);
  amends_message_append_head (message, json);
  if (!spill (message, 0, self, error)
      || !amends_upload_lost (store, message, &frames, &n_lost, error)
      || (head->number > head->acknowledged
          && !amends_upload_own (store, head->acknowledged + 1, head->number, FALSE, message,
                                 &frames, &export->n_events, error))
      || (amends_log_is_rewound (store)
          && !amends_upload_unplaced (store, left_out, message, authors, handed_in, error)))
    return FALSE;
  for (guint i = 0; i < handed_in->len; i++)
    export->n_handed_in += g_array_index (handed_in, guint64, i);
  amends_message_append_trailer (message, trailer);
  return spill (message, export->n_events, self, error);
}

/* Kept once the file has its name. Should the device stop in between, its answer counts as one that is
 * not current. */
static gboolean
keep_carried (AmendsStore *store, const AmendsCarried *carried, GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;

  return amends_transaction_begin (&transaction, amends_store_get_db (store), error)
         && (carried->n_events == 0 || amends_log_set_unsure (store, TRUE, error))
         && amends_log_set_carried (store, carried, error)
         && amends_transaction_commit (&transaction, error);
}

/* All that the store is needed for. Returns: (transfer full) (nullable): sealed, and to be placed */
static AmendsBundleWriter *
gather (Sync *sync,
        const char *path,
        AmendsCarried *carried,
        AmendsHandExport *export,
        GError **error)
{
  AmendsStore *store = sync->store;
  const AmendsIdentity *who = amends_store_get_identity (store);
  const AmendsEnvironment *environment = amends_store_get_environment (store);
  g_autoptr (AmendsBundleWriter) writer = NULL;
  AmendsHead head;
  Export self = { .sync = sync };

  carried->at = amends_environment_now (environment);
  if (!amends_log_get_sendable_head (store, &head, error))
    return NULL;
  carried->number = head.number;
  carried->request = amends_log_reserve_request (store, error);
  if (carried->request == 0)
    return NULL;
  self.n_to_write = sync->n_to_send = head.number - head.acknowledged;
  writer = self.writer =
      amends_bundle_writer_new (path, AMENDS_BUNDLE_REQUEST, who->organisation_id, who->intake_key,
                                environment, error);
  if (writer == NULL || !amends_bundle_writer_gather (writer, amends_store_get_path (store), error)
      || !write_message (&self, &head, export, error)
      || !amends_bundle_writer_seal (writer, who->code, carried->request, who->secret_key, error))
    return NULL;
  carried->n_events = export->n_events;
  return g_steal_pointer (&writer);
}

/* Where not even that can be written it stands that it was carried: too much is said rather than too little. */
static void
fail_carriage (Sync *sync, const AmendsCarrier *carrier, const AmendsId *id)
{
  if (carrier == NULL)
    return;
  amends_sync_enter (sync);
  amends_store_fail_carriage (sync->store, carrier, id, NULL);
  amends_sync_leave (sync);
}

/**
 * amends_hand_export:
 * @store: unlocked
 * @path: where the file goes; an earlier one of the same kind makes way
 * @carrier: (nullable): who carries what waits at a kiosk: that is an event, and in the file; %NULL at a device of theirs
 * @hooks: (nullable): see #AmendsSyncHooks; the store is not held while the file is written where it goes
 * @cancellable: (nullable): stops it; no file is left
 * @ret_export: (out): what was written
 *
 * Writes everything that waits, sealed to the server, and asks for all that is new. Blocks.
 *
 * Source: PROTOCOL.md 10.
 * Errors: %AMENDS_BUNDLE_ERROR_WRITE, %AMENDS_BUNDLE_ERROR_EXISTS; store errors;
 * %G_IO_ERROR_CANCELLED.
 * Returns: %TRUE once the file is whole and on the disk
 */
gboolean
amends_hand_export (AmendsStore *store,
                    const char *path,
                    const AmendsCarrier *carrier,
                    const AmendsSyncHooks *hooks,
                    GCancellable *cancellable,
                    AmendsHandExport *ret_export,
                    GError **error)
{
  Sync sync = { .store = store, .hooks = hooks, .cancellable = cancellable };
  AmendsCarried carried = { .is_current = TRUE };
  g_autoptr (AmendsBundleWriter) writer = NULL;
  AmendsHandExport export = { 0 };
  AmendsId carriage = { "", 0 };
  gboolean kept;

  amends_sync_enter (&sync);
  if (carrier == NULL || amends_store_begin_carriage (store, carrier, &carriage, error))
    writer = gather (&sync, path, &carried, &export, error);
  amends_sync_leave (&sync);
  if (writer == NULL || !amends_bundle_writer_place (writer, cancellable, error))
    {
      fail_carriage (&sync, carrier, &carriage);
      return FALSE;
    }
  amends_sync_enter (&sync);
  kept = keep_carried (store, &carried, error);
  amends_sync_leave (&sync);
  if (kept)
    *ret_export = export;
  return kept;
}

static gboolean
set_needs_line (GError **error)
{
  g_set_error_literal (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_LINE,
                       "This device was restored from an older copy, or copied. Connect it to the "
                       "server over a network once: there it gets a new code. Nothing is lost.");
  return FALSE;
}

/* Of an answer that is not current the receipt alone counts, and only forward. */
static gboolean
take_old_receipt (Sync *self, Exchange *exchange, AmendsStanding standing, GError **error)
{
  const AmendsReceipt *receipt = &exchange->head->receipt;
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  AmendsHead head;

  if (standing != AMENDS_STANDING_IN_STEP || receipt->number > G_MAXINT64)
    return TRUE;
  if (!amends_log_get_head (self->store, &head, error))
    return FALSE;
  if (receipt->number <= head.acknowledged)
    return TRUE;
  self->report->n_acknowledged += receipt->number - head.acknowledged;
  return amends_transaction_begin (&transaction, amends_store_get_db (self->store), error)
         && amends_log_set_acknowledged (self->store, receipt->number, error)
         && amends_transaction_commit (&transaction, error);
}

/* Own frames come first: where the receipt names all of them, only what others wrote was refused, and that
 * is kept here. */
static gboolean
check_refusal (Sync *self, const AmendsReplyHead *head, AmendsStanding standing, GError **error)
{
  AmendsCarried carried;

  if (head->refused_code == NULL || standing == AMENDS_STANDING_SERVER_BEHIND)
    return TRUE;
  if (!amends_log_get_carried (self->store, &carried, error))
    return FALSE;
  if (head->receipt.number >= carried.number)
    return TRUE;
  if (g_str_equal (head->refused_code, "fork"))
    return set_needs_line (error);
  g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_PROTOCOL,
               "The server could not read what was carried to it (%s). It stays here, waiting.",
               head->refused_code);
  return FALSE;
}

/* A part of the server's lost log that it cannot read keeps nothing else from it the next time. */
static gboolean
drop_refused (Sync *self, Exchange *exchange, GError **error)
{
  const AmendsReplyHead *head = exchange->head;
  guint n_done = (guint) head->refused_frame + 1;

  if (head->refused_code == NULL || n_done > exchange->n_lost)
    return TRUE;
  exchange->n_lost = 0; /* the rest is carried again */
  return amends_log_drop_lost (self->store, n_done, error);
}

static gboolean
take_current (Sync *self, Exchange *exchange, AmendsStanding standing, GError **error)
{
  const AmendsReplyHead *head = exchange->head;

  self->quarantined = head->quarantined;
  self->is_revoked = head->revoked;
  self->receipt = head->receipt;
  /* The request held all that is kept of the lost log: no reply has come since. */
  return amends_log_count_lost (self->store, &exchange->n_lost, error)
         && drop_refused (self, exchange, error) && check_refusal (self, head, standing, error)
         && amends_log_overtake_carried (self->store, error)
         && amends_sync_keep_receipt (self, exchange, standing, error)
         && amends_sync_follow_epoch (self, head, error)
         && amends_sync_keep_safe (self, head, error);
}

gboolean
amends_sync_take_head_by_hand (Sync *self, Exchange *exchange, GError **error)
{
  const AmendsIdentity *who = amends_store_get_identity (self->store);
  const AmendsReplyHead *head = exchange->head;
  AmendsStanding standing;
  AmendsCarried carried;

  if (!amends_sync_check_receipt (self, exchange, error)
      || !amends_sync_get_standing (self, &head->receipt, &standing, error)
      || !amends_log_get_carried (self->store, &carried, error))
    return FALSE;
  if (standing == AMENDS_STANDING_FORKED)
    return set_needs_line (error);
  exchange->is_old = !carried.is_current || carried.request != head->receipt.request;
  if (!exchange->is_old)
    return take_current (self, exchange, standing, error);
  if (strcmp (who->epoch, head->receipt.epoch) == 0)
    return take_old_receipt (self, exchange, standing, error);
  exchange->is_forked = TRUE; /* of a server as it was before it was restored: no page of it fits */
  return TRUE;
}

static gboolean
take_body (Sync *self, Exchange *exchange, AmendsBundleReader *bundle, GError **error)
{
  g_autoptr (AmendsMessageReader) reader = amends_message_reader_new ();
  g_autofree guint8 *buffer = g_malloc (AMENDS_BUNDLE_CHUNK_BYTES);
  gssize n = 1;

  while (n > 0)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      n = amends_bundle_reader_read (bundle, buffer, AMENDS_BUNDLE_CHUNK_BYTES, error);
      if (n < 0
          || (n > 0 && !amends_sync_take_bytes (self, exchange, reader, buffer, (gsize) n, error)))
        return FALSE;
    }
  if (!amends_message_reader_is_whole (reader))
    {
      amends_sync_set_protocol_error (error, "it does not end");
      return FALSE;
    }
  if (exchange->is_forked && !exchange->is_old)
    return set_needs_line (error);
  return !self->is_revoked || amends_sync_end_revoked (self, error);
}

/* Opens the answer, of which nothing is to be believed yet. @ret_server_key: whose signature it has to bear */
static AmendsBundleReader *
open_reply (AmendsStore *store,
            const char *path,
            guint8 ret_server_key[AMENDS_KEY_BYTES],
            GError **error)
{
  const AmendsIdentity *who = amends_store_get_identity (store);
  g_auto (AmendsSecret) secret = { { 0 } };
  guint8 key[32];

  if (crypto_sign_ed25519_pk_to_curve25519 (key, who->key) != 0
      || crypto_sign_ed25519_sk_to_curve25519 (secret.bytes, who->secret_key) != 0)
    {
      g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
                           "The key of this device cannot be used");
      return NULL;
    }
  memcpy (ret_server_key, who->server_key, AMENDS_KEY_BYTES);
  return amends_bundle_reader_new (path, AMENDS_BUNDLE_REPLY, who->organisation_id, key,
                                   secret.bytes, error);
}

/* All of it is checked before any of it is taken. A stick is slow: the store is free meanwhile, and nobody who
 * saves waits for it. */
static gboolean
import (Sync *self, const char *path, gboolean *ret_is_old, GError **error)
{
  Exchange exchange = { .is_by_hand = TRUE };
  g_autoptr (AmendsBundleReader) bundle = NULL;
  guint8 server_key[AMENDS_KEY_BYTES];
  gboolean imported;

  amends_sync_enter (self);
  bundle = open_reply (self->store, path, server_key, error);
  amends_sync_leave (self);
  if (bundle == NULL || !amends_bundle_reader_check (bundle, server_key, error))
    return FALSE;
  exchange.request = amends_bundle_reader_get_claim (bundle)->request;
  imported =
      take_body (self, &exchange, bundle, error) && amends_sync_drop_lost (self, &exchange, error);
  *ret_is_old = exchange.is_old;
  amends_reply_head_free (exchange.head);
  return imported;
}

/**
 * amends_hand_import:
 * @store: unlocked
 * @path: the server's answer
 * @hooks: (nullable): see #AmendsSyncHooks
 * @cancellable: (nullable): stops it; nothing is lost, and it may be read again
 * @ret_report: (out): what it brought, also on failure
 * @ret_is_old: (out): whether it is older than what this device has heard of the server since; what was
 *   new in it was taken all the same
 *
 * Blocks. The engine takes it as an answer over the line, in the same transactions.
 *
 * Source: PROTOCOL.md 10.
 * Errors: those of #AmendsBundleError that reading has; %AMENDS_BUNDLE_ERROR_LINE;
 * %AMENDS_SYNC_ERROR_PROTOCOL, %AMENDS_SYNC_ERROR_REVOKED; store errors; %G_IO_ERROR_CANCELLED.
 * Returns: %TRUE once all of it is durable
 */
gboolean
amends_hand_import (AmendsStore *store,
                    const char *path,
                    const AmendsSyncHooks *hooks,
                    GCancellable *cancellable,
                    AmendsSyncReport *ret_report,
                    gboolean *ret_is_old,
                    GError **error)
{
  Sync self = { .store = store, .hooks = hooks, .cancellable = cancellable, .report = ret_report };
  g_autoptr (GError) failure = NULL;
  AmendsHead head = { 0 };
  gint64 began_at;

  memset (ret_report, 0, sizeof *ret_report);
  *ret_is_old = FALSE;
  began_at = amends_environment_now (amends_store_get_environment (store));
  amends_sync_enter (&self);
  amends_sync_load_state (&self);
  amends_sync_leave (&self);
  import (&self, path, ret_is_old, &failure);

  amends_sync_enter (&self);
  /* What cannot be finished now stays due. */
  if (!amends_store_is_read_only (store))
    amends_scrub_finish (store, NULL);
  /* What a file says wrong of itself is no news of the server. */
  if (self.receipt.request != 0)
    amends_sync_keep_state (&self, began_at, failure);
  if (ret_report->n_received > 0)
    amends_store_refresh (store, failure == NULL ? &failure : NULL);
  if (amends_log_get_head (store, &head, NULL))
    ret_report->n_waiting = head.number - head.acknowledged;
  amends_sync_leave (&self);

  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
