/* amends-engine.c: brings a device and its server to hold the same events
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A sync is a few exchanges, mostly one. Each is: make a request from the store, send it, take its
 * receipt, take its pages one transaction each. The store is held for each of these steps and
 * never over the network. What to do next is always derived from the store, so that a sync that is
 * killed anywhere is gone on with by the next. */

#include "sync/amends-engine-private.h"

#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"
#include "core/amends-instant.h"
#include "store/amends-erasure.h"
#include "store/amends-log.h"
#include "store/amends-moves.h"
#include "store/amends-scrub.h"
#include "sync/amends-carry.h"
#include "sync/amends-page.h"
#include "sync/amends-request.h"
#include "sync/amends-upload.h"

/* A sync that has not come to rest after so many exchanges never will: 16 GiB have gone by. */
#define MAX_EXCHANGES 4096

/* A replayed request number is raised and tried again; twice is not a coincidence. */
#define MAX_REPLAYS 2

#define READ_BYTES 65536

/* For so long at the most attachments travel without an exchange between. */
#define MAX_CARRY_US (5 * 60 * G_USEC_PER_SEC)

void
amends_sync_enter (Sync *self)
{
  if (self->hooks != NULL && self->hooks->enter != NULL)
    self->hooks->enter (self->hooks->user_data);
}

void
amends_sync_leave (Sync *self)
{
  if (self->hooks != NULL && self->hooks->leave != NULL)
    self->hooks->leave (self->hooks->user_data);
}

void
amends_sync_tell_progress (Sync *self, guint64 n_left)
{
  double fraction = self->n_to_send > 0 ? 1.0 - (double) n_left / (double) self->n_to_send : 0.5;

  if (self->hooks != NULL && self->hooks->progress != NULL)
    self->hooks->progress (CLAMP (fraction, 0.05, 0.95), n_left, self->hooks->user_data);
}

/* Which feeds have left this device, and which have come again. */
static gboolean
add_leaving (Sync *self, AmendsRequestHead *request, GError **error)
{
  g_autoptr (GArray) taken = amends_store_list_taken (self->store, error);
  g_autoptr (GArray) whole = g_array_new (FALSE, TRUE, sizeof (AmendsFeed));

  if (taken == NULL || !amends_log_list_whole (self->store, whole, error))
    return FALSE;
  for (guint i = 0; i < taken->len; i++)
    {
      const AmendsTakenFeed *feed = &g_array_index (taken, AmendsTakenFeed, i);

      if (feed->gone_at != 0)
        g_ptr_array_add (request->gone, g_strdup (feed->feed));
    }
  for (guint i = 0; i < whole->len; i++)
    {
      const AmendsFeed *feed = &g_array_index (whole, AmendsFeed, i);
      AmendsCursor cursor = { .position = feed->position };

      g_strlcpy (cursor.feed, feed->feed, sizeof cursor.feed);
      g_array_append_val (request->whole, cursor);
    }
  return TRUE;
}

AmendsRequestHead *
amends_sync_make_head (Sync *self, const AmendsHead *head, GError **error)
{
  const AmendsIdentity *who = amends_store_get_identity (self->store);
  g_autoptr (AmendsRequestHead) request = amends_request_head_new ();
  g_autoptr (GArray) feeds = amends_store_list_feeds (self->store, error);

  if (feeds == NULL)
    return NULL;
  g_strlcpy (request->epoch, who->epoch, sizeof request->epoch);
  request->number = head->number;
  request->trunk = head->trunk;
  request->hashes = TRUE;
  request->scrubbing = amends_scrub_is_due (self->store);
  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsFeed *feed = &g_array_index (feeds, AmendsFeed, i);
      AmendsCursor cursor = { .position = feed->position, .hash = feed->hash };

      /* A feed that is not named begins at 0. One that was taken away may have been granted again: then it
       * goes on where it stopped. */
      if (feed->position == 0)
        continue;
      g_strlcpy (cursor.feed, feed->feed, sizeof cursor.feed);
      g_array_append_val (request->cursors, cursor);
    }
  if (!add_leaving (self, request, error))
    return NULL;
  if (self->wants_probe)
    {
      request->probe_from = self->probe_from;
      request->probe_to = self->probe_to;
    }
  if (self->wants_recode)
    {
      g_auto (AmendsSecret) seed = { { 0 } };
      g_auto (AmendsSecret) secret_key = { { 0 } };

      if (!amends_log_get_recode_seed (self->store, self->receipt.epoch, seed.bytes, error))
        return NULL;
      request->recode = TRUE;
      crypto_sign_seed_keypair (request->recode_key, secret_key.bytes, seed.bytes);
      /* A copy of this request that reaches the server after a restore must not be done again. */
      g_strlcpy (request->epoch, self->receipt.epoch, sizeof request->epoch);
    }
  return g_steal_pointer (&request);
}

/* What this device agreed to erase, once the server holds that it did; each asked for once a sync, until its log says
 * that it is done: of one that it does not do another may come behind. */
static gboolean
add_erasure (Sync *self, AmendsRequestHead *request, GError **error)
{
  g_autoptr (AmendsErasure) erasure = NULL;

  if (request->hold)
    return TRUE;
  if (!amends_erasure_get_due (self->store, self->asked, &erasure, error))
    return FALSE;
  if (erasure == NULL)
    return TRUE;
  g_hash_table_add (self->asked, amends_id_copy (&erasure->ask));
  request->erase = g_new0 (AmendsWireErase, 1);
  request->erase->stream = erasure->stream;
  request->erase->ask = erasure->ask;
  request->erase->agree = erasure->agree;
  request->erase->events = g_array_ref (erasure->events);
  return TRUE;
}

/* Whether the server is to have what this device wrote. */
static gboolean
has_own (Sync *self, const AmendsHead *head)
{
  return head->number > head->acknowledged && !amends_log_is_refused (self->store);
}

/* Frames of this exchange. Before the first that carries events of this device goes out, it is kept
 * that its receipt is outstanding. */
static gboolean
add_frames (Sync *self,
            Exchange *exchange,
            const AmendsHead *head,
            GByteArray *message,
            GError **error)
{
  if (exchange->is_hold)
    return TRUE;
  /* By it the server knows whose events come next, and where they may write. */
  if (!amends_upload_lost (self->store, message, NULL, &exchange->n_lost, error))
    return FALSE;
  if (exchange->n_lost > 0)
    return TRUE;
  if (has_own (self, head)
      && !amends_upload_own (self->store, head->acknowledged + 1, head->number, self->is_one_by_one,
                             message, NULL, &exchange->n_sent, error))
    return FALSE;
  if (exchange->n_sent == 0 && self->wants_hand_in)
    {
      if (!amends_upload_unplaced (self->store, self->left_out, message, exchange->chains,
                                   exchange->n_handed_in, error))
        return FALSE;
      self->wants_hand_in = FALSE;
    }
  if (exchange->n_sent == 0)
    return TRUE;
  return amends_log_set_unsure (self->store, TRUE, error);
}

static GBytes *
make_message (Sync *self, Exchange *exchange, GError **error)
{
  g_autoptr (GByteArray) message = g_byte_array_new ();
  g_autoptr (AmendsRequestHead) request = NULL;
  json_auto_t *json = NULL;
  json_auto_t *trailer = json_object ();
  AmendsHead head;

  if (!amends_log_get_sendable_head (self->store, &head, error))
    return NULL;
  exchange->is_hold = self->wants_probe || self->wants_recode || amends_log_is_unsure (self->store);
  request = amends_sync_make_head (self, &head, error);
  if (request == NULL)
    return NULL;
  request->hold = exchange->is_hold;
  if (!add_erasure (self, request, error))
    return NULL;
  json = amends_request_head_to_json (request);
  amends_message_append_head (message, json);
  if (!add_frames (self, exchange, &head, message, error))
    return NULL;
  amends_message_append_trailer (message, trailer);
  exchange->request = amends_log_reserve_request (self->store, error);
  if (exchange->request == 0)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&message));
}

/* Whether the page brings an event of this device that it never wrote: one that somebody handed in, from
 * before both this device and the server were restored. */
static gboolean
shows_fork (Sync *self, const AmendsFrame *page)
{
  const AmendsIdentity *who = amends_store_get_identity (self->store);
  AmendsHead head;

  if (!amends_log_get_head (self->store, &head, NULL))
    return FALSE;
  for (guint i = 0; i < page->entries->len; i++)
    {
      const AmendsEvent *event = g_array_index (page->entries, AmendsEntry, i).event;

      if (event != NULL && strcmp (event->id.code, who->code) == 0
          && event->id.number > head.number)
        return TRUE;
    }
  return FALSE;
}

/* With the server's lost log no own events went, though some are to go. Where this device was restored as the server was,
 * somebody may have handed in others under their numbers; that is seen when they arrive there, and not from pages, which
 * name them by their numbers alone. */
static gboolean
is_too_early (Sync *self, const Exchange *exchange, const AmendsFrame *page)
{
  AmendsHead head;

  if (exchange->n_lost == 0 || g_strcmp0 (page->feed, "ctl") == 0)
    return FALSE;
  return exchange->is_held_up
         || (amends_log_get_sendable_head (self->store, &head, NULL)
             && head.number > head.acknowledged);
}

static gboolean
take_frame (Sync *self, Exchange *exchange, GBytes *bytes, GError **error)
{
  g_autoptr (AmendsFrame) page =
      amends_frame_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
  gboolean applied = TRUE;
  guint64 n_new = 0;

  if (page == NULL)
    {
      g_prefix_error (error, "What the server sent cannot be read: ");
      return FALSE;
    }
  amends_sync_enter (self);
  if (exchange->is_old && !amends_page_fits (self->store, page))
    applied = TRUE; /* what comes before it in the feed is held already */
  else if (is_too_early (self, exchange, page))
    self->is_done = FALSE; /* they are asked for again */
  else if (shows_fork (self, page))
    {
      exchange->is_forked = TRUE;
      self->wants_recode = TRUE;
      self->common = self->receipt.number;
      self->is_done = FALSE;
    }
  else
    applied = amends_page_apply (self->store, page, &n_new, error);
  amends_sync_leave (self);
  self->report->n_received += n_new;
  return applied;
}

static gboolean
take_part (Sync *self,
           Exchange *exchange,
           AmendsMessagePart part,
           json_t *json,
           GBytes *frame,
           GError **error)
{
  gboolean taken;

  switch (part)
    {
    case AMENDS_MESSAGE_HEAD:
      exchange->head = amends_reply_head_from_json (json, error);
      if (exchange->head == NULL)
        return FALSE;
      amends_sync_enter (self);
      taken = amends_sync_take_head (self, exchange, error);
      amends_sync_leave (self);
      return taken;
    case AMENDS_MESSAGE_FRAME:
      return exchange->is_forked || take_frame (self, exchange, frame, error);
    case AMENDS_MESSAGE_END:
      exchange->has_more = json_is_true (json_object_get (json, "more"));
      return TRUE;
    case AMENDS_MESSAGE_NEEDS_MORE:
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
take_parts (Sync *self, Exchange *exchange, AmendsMessageReader *reader, GError **error)
{
  for (;;)
    {
      AmendsMessagePart part;
      json_t *json = NULL;
      GBytes *frame = NULL;
      gboolean taken;

      if (!amends_message_reader_next (reader, &part, &json, &frame, error))
        {
          g_prefix_error (error, "The server's answer cannot be read: ");
          return FALSE;
        }
      if (part == AMENDS_MESSAGE_NEEDS_MORE)
        return TRUE;
      taken = take_part (self, exchange, part, json, frame, error);
      json_decref (json);
      g_clear_pointer (&frame, g_bytes_unref);
      if (!taken || part == AMENDS_MESSAGE_END)
        return taken;
    }
}

gboolean
amends_sync_take_bytes (Sync *self,
                        Exchange *exchange,
                        AmendsMessageReader *reader,
                        const guint8 *bytes,
                        gsize n_bytes,
                        GError **error)
{
  g_autoptr (GError) cause = NULL;

  amends_message_reader_feed (reader, bytes, n_bytes);
  if (take_parts (self, exchange, reader, &cause))
    return TRUE;
  /* What cannot be read is a fault of the line or the server, never of a person's input. */
  if (cause->domain == AMENDS_CORE_ERROR)
    amends_sync_set_protocol_error (error, cause->message);
  else
    g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
read_reply (Sync *self, Exchange *exchange, GInputStream *stream, GError **error)
{
  g_autoptr (AmendsMessageReader) reader = amends_message_reader_new ();
  g_autofree guint8 *bytes = g_malloc (READ_BYTES);
  guint64 n_read = 0;

  while (!amends_message_reader_is_whole (reader))
    {
      g_autoptr (GError) cause = NULL;
      gssize n = g_input_stream_read (stream, bytes, READ_BYTES, self->cancellable, &cause);

      if (n <= 0)
        {
          if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            g_propagate_error (error, g_steal_pointer (&cause));
          else
            g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CUT,
                         "The line was cut before the answer was whole");
          return FALSE;
        }
      n_read += (guint64) n;
      if (n_read > AMENDS_WIRE_MAX_REPLY_BYTES)
        {
          amends_sync_set_protocol_error (error, "it does not end");
          return FALSE;
        }
      if (!amends_sync_take_bytes (self, exchange, reader, bytes, (gsize) n, error))
        return FALSE;
    }
  return TRUE;
}

/* A request number that the server has seen: this device's clock was set back, or it was restored. */
static gboolean
raise_number (Sync *self, const AmendsCall *call, GError **error)
{
  gboolean raised;

  if (call->last_request == 0 || self->n_replays++ >= MAX_REPLAYS)
    return FALSE;
  g_clear_error (error);
  amends_sync_enter (self);
  raised = amends_log_raise_request (self->store, call->last_request, error);
  amends_sync_leave (self);
  return raised;
}

/* What the server has taken of its lost log, and the frame that it never will, are not kept any longer; once what it
 * recorded anew is here, in the pages of the same reply: should it be restored again, that is handed in. */
gboolean
amends_sync_drop_lost (Sync *self, const Exchange *exchange, GError **error)
{
  const AmendsReplyHead *head = exchange->head;
  guint n_done = amends_sync_count_lost_done (exchange);
  gboolean dropped;

  if (n_done == 0 || exchange->is_forked || head->resume->len > 0)
    return TRUE;
  amends_sync_enter (self);
  dropped = amends_log_drop_lost (self->store, n_done, error);
  amends_sync_leave (self);
  return dropped;
}

/* The server takes all frames before one that it refuses. */
static void
count_handed_in (Sync *self, const Exchange *exchange)
{
  const AmendsReplyHead *head = exchange->head;
  guint n_taken = exchange->n_handed_in->len;

  if (head->refused_code != NULL)
    n_taken = MIN (n_taken, (guint) MAX (head->refused_frame, 0));
  for (guint i = 0; i < n_taken; i++)
    self->report->n_sent_again += g_array_index (exchange->n_handed_in, guint64, i);
}

static gboolean
exchange_once (Sync *self, GError **error)
{
  g_autoptr (GPtrArray) chains = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) handed_in = g_array_new (FALSE, FALSE, sizeof (guint64));
  Exchange exchange = { .chains = chains, .n_handed_in = handed_in };
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GInputStream) stream = NULL;
  AmendsCall call = { 0 };
  AmendsHead head = { 0 };
  gboolean done = FALSE;

  amends_sync_enter (self);
  body = make_message (self, &exchange, error);
  if (body != NULL && amends_log_get_head (self->store, &head, NULL))
    amends_sync_tell_progress (self, head.number - head.acknowledged);
  amends_sync_leave (self);
  if (body == NULL)
    return FALSE;

  self->is_done = FALSE;
  self->exchanged_at = amends_environment_now (amends_store_get_environment (self->store));
  self->report->n_requests++;
  stream = amends_request_send (self->store, self->transport, "/v1/exchange",
                                "application/vnd.amends.exchange", exchange.request, body, &call,
                                self->cancellable, error);
  g_clear_pointer (&body, g_bytes_unref);
  if (stream != NULL)
    {
      done = read_reply (self, &exchange, stream, error)
             && amends_sync_drop_lost (self, &exchange, error);
      g_input_stream_close (stream, NULL, NULL);
      self->report->n_sent += exchange.n_sent;
      if (done)
        count_handed_in (self, &exchange);
      self->is_done = self->is_done && !exchange.has_more;
    }
  else
    done = raise_number (self, &call, error);
  self->transport->measure (self->transport, &call);
  self->report->bytes_up += call.bytes_up;
  self->report->bytes_down += call.bytes_down;
  self->report->retry_after_s = call.retry_after_s;
  amends_reply_head_free (exchange.head);
  return done;
}

/* Whether other devices' events that the server lost are still to go. One request takes so many; it goes on
 * as long as they become fewer. What stays the server holds back, or it does not know the author: that is
 * handed in again only once something has changed, and not at every sync. */
static gboolean
has_unplaced (Sync *self, gboolean *ret_has, GError **error)
{
  gboolean has_moved = self->report->n_received > 0 || self->report->n_acknowledged > 0;
  guint64 n_events;

  if (!amends_log_count_unplaced (self->store, NULL, &n_events, error))
    return FALSE;
  if (n_events > 0 && n_events < self->n_unplaced
      && (has_moved || n_events != amends_log_get_n_left (self->store)))
    {
      self->n_unplaced = n_events;
      *ret_has = self->wants_hand_in = TRUE;
      return TRUE;
    }
  return amends_log_end_rewind (self->store, n_events, error);
}

/* Whether what was erased is still to be made sure of, and then said so; or whether something is to be asked
 * for. */
static gboolean
has_to_erase (Sync *self, gboolean *ret_has, GError **error)
{
  g_autoptr (AmendsErasure) erasure = NULL;

  if (amends_scrub_is_due (self->store))
    {
      /* A disk that has no room for it keeps nobody from sending: it stays due, and is not confirmed. */
      *ret_has =
          !amends_store_is_read_only (self->store) && amends_scrub_finish (self->store, NULL);
      return TRUE;
    }
  if (!amends_erasure_get_due (self->store, self->asked, &erasure, error))
    return FALSE;
  *ret_has = erasure != NULL;
  return TRUE;
}

/* What came late of a case that this device has moved goes on to where the case is. */
static gboolean
follow_moves (Sync *self, GError **error)
{
  if (self->report->n_received == self->n_followed || self->is_revoked
      || amends_store_is_read_only (self->store))
    return TRUE;
  self->n_followed = self->report->n_received;
  return amends_moves_follow (self->store, error);
}

/* Whether own events, or other devices' that the server lost, are still to go. */
static gboolean
has_work_left (Sync *self, gboolean *ret_has, GError **error)
{
  AmendsHead head;
  gboolean read;

  amends_sync_enter (self);
  read = follow_moves (self, error) && amends_log_get_sendable_head (self->store, &head, error);
  *ret_has = FALSE;
  if (read && has_own (self, &head))
    *ret_has = TRUE;
  else if (read && amends_log_is_rewound (self->store))
    read = has_unplaced (self, ret_has, error);
  if (read)
    read = amends_log_count_lost (self->store, &self->n_lost, error);
  *ret_has |= read && self->n_lost > 0;
  self->is_erasing = FALSE;
  if (read && !*ret_has)
    read = has_to_erase (self, &self->is_erasing, error);
  *ret_has |= self->is_erasing;
  amends_sync_leave (self);
  return read;
}

/* Of the chains of which the server has another branch, what no page has shown by the end to differ: it stands nowhere
 * else. */
static gboolean
set_aside_left_out (Sync *self, GError **error)
{
  GHashTableIter iter;
  gpointer chain;
  gboolean done = TRUE;

  amends_sync_enter (self);
  g_hash_table_iter_init (&iter, self->left_out);
  while (done && g_hash_table_iter_next (&iter, &chain, NULL))
    {
      g_auto (GStrv) parts = g_strsplit (chain, " ", 2);

      if (parts[1] != NULL)
        done = amends_log_set_aside_refused (self->store, parts[0], parts[1], error);
    }
  amends_sync_leave (self);
  return done;
}

/* Deletes what was taken from this device and can no longer be lost. */
static gboolean
leave_feeds (Sync *self, gboolean *ret_has_left, GError **error)
{
  gboolean done;

  amends_sync_enter (self);
  done = amends_log_leave (self->store, ret_has_left, error);
  amends_sync_leave (self);
  return done;
}

static gboolean
run (Sync *self, GError **error)
{
  for (guint i = 0; i < MAX_EXCHANGES; i++)
    {
      gboolean has_left, has_left_feed = FALSE, is_unsure;
      AmendsHead before = { 0 }, after = { 0 };

      amends_sync_enter (self);
      amends_log_get_head (self->store, &before, NULL);
      amends_sync_leave (self);
      if (!exchange_once (self, error))
        return FALSE;
      if (!self->is_done)
        continue;
      if (!has_work_left (self, &has_left, error))
        return FALSE;
      if (!has_left
          && (!set_aside_left_out (self, error) || !leave_feeds (self, &has_left_feed, error)))
        return FALSE;
      if (!has_left && has_left_feed)
        continue; /* the server is told */
      if (!has_left && self->is_revoked)
        return amends_sync_end_revoked (self, error);
      if (!has_left)
        return TRUE;
      amends_sync_enter (self);
      amends_log_get_head (self->store, &after, NULL);
      is_unsure = amends_log_is_unsure (self->store);
      amends_sync_leave (self);
      if (self->wants_hand_in || self->n_lost > 0 || self->is_erasing
          || after.acknowledged != before.acknowledged || is_unsure || self->n_idle++ < 1)
        continue;
      amends_sync_set_protocol_error (error, "it does not take what was sent");
      return FALSE;
    }
  amends_sync_set_protocol_error (error, "it never ends");
  return FALSE;
}

/* Events that were recorded meanwhile. */
static gboolean
send_events (gpointer user_data, gboolean *ret_sent, GError **error)
{
  Sync *self = user_data;
  gint64 now = amends_environment_now (amends_store_get_environment (self->store));

  if (!has_work_left (self, ret_sent, error))
    return FALSE;
  /* A large attachment takes hours on a slow line: what others wrote is not kept waiting either. */
  *ret_sent = *ret_sent || now - self->exchanged_at > MAX_CARRY_US || now < self->exchanged_at;
  return !*ret_sent || run (self, error);
}

/* What is attached goes once no event waits. A revoked device may still hand in what belongs to its own. */
static void
carry (Sync *self, GError **inout_failure)
{
  AmendsCarrier carrier = { .store = self->store,
                            .transport = self->transport,
                            .hooks = self->hooks,
                            .cancellable = self->cancellable,
                            .report = self->report,
                            .send_events = send_events,
                            .only_up = *inout_failure != NULL,
                            .user_data = self };

  if (*inout_failure == NULL)
    amends_carry (&carrier, inout_failure);
  else if (g_error_matches (*inout_failure, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED))
    amends_carry (&carrier, NULL);
}

/* What waited for an attachment to be sent can leave now, and the server is told. */
static void
leave_after (Sync *self, GError **inout_failure)
{
  gboolean is_revoked =
      g_error_matches (*inout_failure, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED);
  GError **error = is_revoked ? NULL : inout_failure;
  gboolean has_left = FALSE;

  if (self->report->n_attachments_sent > 0 && (*inout_failure == NULL || is_revoked)
      && leave_feeds (self, &has_left, error) && has_left)
    run (self, error);
}

static json_t *
error_to_json (const GError *error)
{
  const char *code =
      error->domain == AMENDS_SYNC_ERROR ? amends_sync_error_get_code_name (error) : "offline";

  return json_pack ("{s:s, s:s}", "code", code, "message", error->message);
}

/* What the sync before left for this one. */
void
amends_sync_load_state (Sync *self)
{
  json_auto_t *state = amends_log_get_sync_state (self->store);

  self->again_to = (guint64) json_integer_value (json_object_get (state, "again_to"));
}

/* What befell this device or its server is told until somebody has read it, whoever looked when it came about. */
static void
keep_news (Sync *self, json_t *state, const char *at)
{
  const AmendsSyncReport *report = self->report;
  const json_t *kept = json_object_get (state, "restored");
  const char *since = json_string_value (json_object_get (kept, "at"));
  json_int_t n_again = json_integer_value (json_object_get (kept, "again"));

  if (report->recoded_to[0] != '\0')
    json_object_set_new (state, "recoded",
                         json_pack ("{s:s, s:s}", "at", at, "to", report->recoded_to));
  if (report->server_restored || report->n_sent_again > 0)
    json_object_set_new (state, "restored",
                         json_pack ("{s:s, s:I}", "at", since != NULL ? since : at, "again",
                                    n_again + (json_int_t) report->n_sent_again));
  json_object_set_new (state, "again_to", json_integer ((json_int_t) self->again_to));
}

/* Keeps what people are told about the last sync. Nothing of it is worth waiting for the disk. */
void
amends_sync_keep_state (Sync *self, gint64 began_at, const GError *failure)
{
  const AmendsEnvironment *environment = amends_store_get_environment (self->store);
  gint64 now = amends_environment_now (environment);
  g_autofree char *attempt = amends_instant_format (began_at);
  g_autofree char *success = amends_instant_format (now);
  json_auto_t *state = amends_log_get_sync_state (self->store);

  json_object_set_new (state, "attempt", json_string (attempt));
  if (failure == NULL)
    json_object_set_new (state, "success", json_string (success));
  json_object_set_new (state, "error", failure != NULL ? error_to_json (failure) : json_null ());
  if (self->receipt.request != 0)
    json_object_set_new (state, "receipt",
                         json_pack ("{s:I, s:s}", "number", (json_int_t) self->receipt.number, "at",
                                    self->receipt.at));
  if (self->server_instant != 0)
    json_object_set_new (state, "skew_s",
                         json_integer ((now - self->server_instant) / G_USEC_PER_SEC));
  json_object_set_new (state, "attachments",
                       self->report->problem != NULL ? json_string (self->report->problem)
                                                     : json_null ());
  json_object_set_new (state, "quarantined", json_integer ((json_int_t) self->quarantined));
  keep_news (self, state, success);
  amends_log_set_sync_state (self->store, state);
}

/**
 * amends_sync_run:
 * @store: unlocked
 * @transport: to its server
 * @hooks: (nullable): see #AmendsSyncHooks
 * @cancellable: (nullable): stops it; nothing is lost
 * @ret_report: (out): what was exchanged, also on failure
 *
 * Brings both to hold the same events. Blocks.
 * Errors: #AmendsSyncError; store errors; %G_IO_ERROR_CANCELLED.
 * Returns: %TRUE once there is nothing left to send and nothing more to fetch
 */
gboolean
amends_sync_run (AmendsStore *store,
                 AmendsTransport *transport,
                 const AmendsSyncHooks *hooks,
                 GCancellable *cancellable,
                 AmendsSyncReport *ret_report,
                 GError **error)
{
  g_autoptr (GHashTable) left_out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) asked =
      g_hash_table_new_full (amends_id_hash, amends_id_equal, g_free, NULL);
  Sync self = { .store = store,
                .transport = transport,
                .hooks = hooks,
                .cancellable = cancellable,
                .report = ret_report,
                .n_unplaced = G_MAXUINT64,
                .n_followed = G_MAXUINT64, /* the sync before may have been killed before it did */
                .left_out = left_out,
                .asked = asked };
  g_autoptr (GError) failure = NULL;
  AmendsHead head = { 0 };
  gint64 began_at;

  memset (ret_report, 0, sizeof *ret_report);
  amends_sync_enter (&self);
  began_at = amends_environment_now (amends_store_get_environment (store));
  if (!amends_log_get_head (store, &head, error))
    {
      amends_sync_leave (&self);
      return FALSE;
    }
  self.n_to_send = head.number - head.acknowledged;
  amends_sync_load_state (&self);
  amends_sync_leave (&self);

  run (&self, &failure);
  carry (&self, &failure);
  leave_after (&self, &failure);

  amends_sync_enter (&self);
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
