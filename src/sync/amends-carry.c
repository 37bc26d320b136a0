/* amends-carry.c: chunks of attachments, carried to the server and from it (PROTOCOL.md 12)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One chunk a request. A round asks the server in one request what it holds of all that travels, and then
 * carries what is missing, small before large, page by page, so that what cannot move keeps nothing behind it; as
 * soon as events went in between, it begins at the first again, since something smaller may have come with them.
 * Where the server or the disk is full nothing more is asked about what goes there. What is here and what is there is
 * looked at anew each time, so that a carrier that is killed anywhere is gone on with by the next. */

#include "sync/amends-carry.h"

#include <string.h>

#include "store/amends-attachments.h"
#include "store/amends-log.h"
#include "sync/amends-request.h"
#include "sync/amends-wire-chunk.h"

#define MAX_REPLAYS 2

/* So many pages of attachments in which nothing could be carried are asked for in one sync: what is behind thousands
 * that cannot move waits for the next. */
#define MAX_STILL_PAGES 64

/* For so many events a chunk under way is given up; the next wait for it, so that it arrives at all. */
#define MAX_GIVING_WAY 3

/* One attachment in a round. */
typedef struct
{
  AmendsTransfer *transfer; /* not owned */
  GArray *hashes; /* (nullable): of the list, then of all parts; %NULL while that is not here */
  guint first;    /* where its answers begin */
  guint n_asked;
} Load;

typedef struct
{
  GPtrArray *transfers;
  GArray *loads;     /* element-type Load */
  GBytes *answers;   /* a byte for each hash asked */
  gboolean has_more; /* others are behind these */
  gboolean is_over;  /* events went: begin another */
  gboolean has_moved;
} Round;

/* How far a carrier has gone through what goes up and what comes down. */
typedef struct
{
  AmendsTransferPlace up;
  AmendsTransferPlace down;
  gboolean is_up_stopped; /* the server is full: nothing more is asked about what goes up */
  gboolean is_down_stopped;
  guint n_still; /* pages in a row in which nothing moved */
} Pages;

static void
load_clear (gpointer data)
{
  g_clear_pointer (&((Load *) data)->hashes, g_array_unref);
}

static void
round_clear (Round *self)
{
  g_clear_pointer (&self->loads, g_array_unref);
  g_clear_pointer (&self->transfers, g_ptr_array_unref);
  g_clear_pointer (&self->answers, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Round, round_clear)

static void
enter (AmendsCarrier *self)
{
  if (self->hooks != NULL && self->hooks->enter != NULL)
    self->hooks->enter (self->hooks->user_data);
}

static void
leave (AmendsCarrier *self)
{
  if (self->hooks != NULL && self->hooks->leave != NULL)
    self->hooks->leave (self->hooks->user_data);
}

static GCancellable *
get_hurry (AmendsCarrier *self)
{
  return self->hooks != NULL ? self->hooks->hurry : NULL;
}

/* Requests. */

static GBytes *
read_reply (GInputStream *stream, gsize n_max, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *bytes = g_malloc (n_max + 1);
  g_autoptr (GError) cause = NULL;
  gsize n_bytes = 0;

  if (!g_input_stream_read_all (stream, bytes, n_max + 1, &n_bytes, cancellable, &cause))
    {
      if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&cause));
      else
        g_set_error_literal (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CUT,
                             "The line was cut before the answer was whole");
      return NULL;
    }
  if (n_bytes > n_max)
    {
      g_set_error_literal (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_PROTOCOL,
                           "The server's answer is longer than what was asked for");
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&bytes), n_bytes);
}

static guint64
reserve (AmendsCarrier *self, guint64 above, GError **error)
{
  guint64 number = 0;

  enter (self);
  if (above == 0 || amends_log_raise_request (self->store, above, error))
    number = amends_log_reserve_request (self->store, error);
  leave (self);
  return number;
}

/* What the server says of what it holds, checked. */
static GBytes *
open_answer (AmendsCarrier *self,
             GBytes *reply,
             gsize n_held,
             guint64 number,
             GBytes *body,
             GError **error)
{
  const AmendsIdentity *who = amends_store_get_identity (self->store);
  AmendsDigest hash;
  GBytes *held;

  amends_chunk_hash (g_bytes_get_data (body, NULL), g_bytes_get_size (body), &hash);
  held = amends_chunk_answer_open (reply, n_held, who->organisation_id, who->code, number, &hash,
                                   who->server_key);
  if (held == NULL && g_bytes_get_size (reply) < n_held + AMENDS_SIGNATURE_BYTES)
    g_set_error_literal (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CUT,
                         "The line was cut before the answer was whole");
  else if (held == NULL)
    g_set_error_literal (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_PROTOCOL,
                         "The server's answer does not verify: its signature is not our server's");
  return held;
}

/* Returns: (transfer full): the chunk that was asked for, unchecked; else a byte for each hash */
static GBytes *
ask_server (AmendsCarrier *self,
            AmendsChunkVerb verb,
            const AmendsChunkRequest *request,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GBytes) body = amends_chunk_request_to_bytes (request);
  gsize n_max = verb == AMENDS_CHUNK_GET ? AMENDS_CHUNK_MAX_BYTES
                                         : request->hashes->len + AMENDS_SIGNATURE_BYTES;
  guint64 above = 0;

  for (guint i = 0; i <= MAX_REPLAYS; i++)
    {
      g_autoptr (GInputStream) stream = NULL;
      g_autoptr (GBytes) reply = NULL;
      g_autoptr (GError) cause = NULL;
      guint64 number = reserve (self, above, error);
      AmendsCall call;

      if (number == 0)
        return NULL;
      self->report->n_requests++;
      stream = amends_request_send (self->store, self->transport, amends_chunk_verb_get_path (verb),
                                    AMENDS_CHUNK_TYPE, number, body, &call, cancellable, &cause);
      if (stream != NULL)
        {
          reply = read_reply (stream, n_max, cancellable, &cause);
          g_input_stream_close (stream, NULL, NULL);
        }
      self->transport->measure (self->transport, &call);
      self->report->bytes_up += call.bytes_up;
      self->report->bytes_down += call.bytes_down;
      self->report->retry_after_s = call.retry_after_s;
      above = call.last_request;
      if (reply != NULL || above == 0 || i == MAX_REPLAYS)
        {
          if (cause != NULL)
            g_propagate_error (error, g_steal_pointer (&cause));
          if (reply == NULL || verb == AMENDS_CHUNK_GET)
            return g_steal_pointer (&reply);
          return open_answer (self, reply, request->hashes->len, number, body, error);
        }
    }
  g_return_val_if_reached (NULL);
}

/* What is to be done. */

static int
compare_transfers (gconstpointer a, gconstpointer b)
{
  const AmendsTransfer *first = *(AmendsTransfer *const *) a;
  const AmendsTransfer *second = *(AmendsTransfer *const *) b;

  if (first->place.is_wanted != second->place.is_wanted)
    return first->place.is_wanted ? -1 : 1;
  if (first->place.size != second->place.size)
    return first->place.size < second->place.size ? -1 : 1;
  return amends_id_compare (&first->place.id, &second->place.id);
}

static gboolean
list_one_way (AmendsCarrier *self, Round *round, gboolean up, const Pages *pages, GError **error)
{
  const guint n_max = AMENDS_CHUNK_MAX_EVENTS / 2;
  g_autoptr (GPtrArray) list = NULL;

  if (up ? pages->is_up_stopped : self->only_up || pages->is_down_stopped)
    return TRUE;
  list =
      amends_store_list_transfers (self->store, up, up ? &pages->up : &pages->down, n_max, error);
  if (list == NULL)
    return FALSE;
  round->has_more = round->has_more || list->len == n_max;
  g_ptr_array_extend_and_steal (round->transfers, g_steal_pointer (&list));
  return TRUE;
}

static gboolean
list_transfers (AmendsCarrier *self, Round *round, const Pages *pages, GError **error)
{
  round->transfers = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_transfer_free);
  if (!list_one_way (self, round, TRUE, pages, error)
      || !list_one_way (self, round, FALSE, pages, error))
    return FALSE;
  g_ptr_array_sort (round->transfers, compare_transfers);
  return TRUE;
}

/* Whether it can be sent: what goes up and whose list cannot be read here is fetched, if it is there. */
static gboolean
goes_up (const Load *load)
{
  return load->transfer->is_up && load->hashes != NULL;
}

/* Of what goes up every chunk is asked for; of what comes down the list, which is there once all is. */
static gboolean
add_load (AmendsCarrier *self, Round *round, AmendsTransfer *transfer, AmendsChunkRequest *request)
{
  Load load = { .transfer = transfer, .first = request->hashes->len };
  gboolean is_added;

  load.hashes = amends_store_get_chunk_hashes (self->store, &transfer->attachment);
  load.n_asked = goes_up (&load) ? load.hashes->len : 1;
  is_added = amends_chunk_request_add (request, &transfer->attachment.id,
                                       goes_up (&load) ? (const AmendsDigest *) load.hashes->data
                                                       : &transfer->attachment.root,
                                       load.n_asked);
  if (is_added)
    g_array_append_val (round->loads, load);
  else
    load_clear (&load);
  return is_added;
}

/* Each direction goes on behind the last of it that the request has room for. */
static void
turn_page (Round *round, Pages *pages)
{
  for (guint i = 0; i < round->loads->len; i++)
    {
      const AmendsTransfer *transfer = g_array_index (round->loads, Load, i).transfer;

      *(transfer->is_up ? &pages->up : &pages->down) = transfer->place;
    }
  round->has_more = round->has_more || round->loads->len < round->transfers->len;
}

static gboolean
begin_round (AmendsCarrier *self, Round *round, Pages *pages, GError **error)
{
  g_autoptr (AmendsChunkRequest) request = amends_chunk_request_new ();
  gboolean listed;

  round->loads = g_array_new (FALSE, TRUE, sizeof (Load));
  g_array_set_clear_func (round->loads, load_clear);
  enter (self);
  listed = list_transfers (self, round, pages, error);
  for (guint i = 0; listed && i < round->transfers->len; i++)
    if (!add_load (self, round, round->transfers->pdata[i], request))
      break; /* the others in the next round */
  leave (self);
  if (!listed)
    return FALSE;
  turn_page (round, pages);
  if (round->loads->len == 0)
    return TRUE;
  round->answers = ask_server (self, AMENDS_CHUNK_ASK, request, self->cancellable, error);
  return round->answers != NULL;
}

static gboolean
is_there (const Round *round, const Load *load, guint part)
{
  const guint8 *answers = g_bytes_get_data (round->answers, NULL);

  return answers[load->first + part] != 0;
}

/* Carrying. */

/* Events go before the next chunk. */
static gboolean
let_events_pass (AmendsCarrier *self, Round *round, GError **error)
{
  gboolean has_sent = FALSE;

  if (get_hurry (self) != NULL)
    g_cancellable_reset (get_hurry (self));
  /* Only behind it: to stop is told once, and may have been told to the hurry that was just reset. */
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (!self->send_events (self->user_data, &has_sent, error))
    return FALSE;
  round->is_over = round->is_over || has_sent;
  return TRUE;
}

/* One chunk, which gives way to events a few times. @ret_reply: (nullable): %NULL where events went instead,
 * and the round is over */
static gboolean
carry_chunk (AmendsCarrier *self,
             Round *round,
             AmendsChunkVerb verb,
             const AmendsChunkRequest *request,
             GBytes **ret_reply,
             GError **error)
{
  gboolean gives_way = get_hurry (self) != NULL && self->n_gave_way < MAX_GIVING_WAY;
  g_autoptr (GError) cause = NULL;

  if (!let_events_pass (self, round, error))
    return FALSE;
  if (round->is_over)
    return TRUE;
  *ret_reply =
      ask_server (self, verb, request, gives_way ? get_hurry (self) : self->cancellable, &cause);
  if (*ret_reply != NULL)
    {
      self->n_gave_way = 0;
      return TRUE;
    }
  if (gives_way && g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && !g_cancellable_is_cancelled (self->cancellable))
    {
      self->n_gave_way++;
      round->is_over = TRUE;
      return let_events_pass (self, round, error);
    }
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
count_there (AmendsCarrier *self, const Load *load, guint n_there, gboolean has_all, GError **error)
{
  gboolean set;

  enter (self);
  set = amends_store_set_there (self->store, &load->transfer->attachment, n_there, has_all, error);
  leave (self);
  if (has_all)
    self->report->n_attachments_sent++;
  if (set && self->hooks != NULL && self->hooks->carried != NULL)
    self->hooks->carried (&load->transfer->attachment.id, self->hooks->user_data);
  return set;
}

static gboolean
put_part (AmendsCarrier *self, Round *round, const Load *load, guint part, GError **error)
{
  const AmendsAttachment *attachment = &load->transfer->attachment;
  const AmendsDigest *hash = &g_array_index (load->hashes, AmendsDigest, part);
  g_autoptr (AmendsChunkRequest) request = amends_chunk_request_new ();
  g_autoptr (GBytes) chunk = NULL, reply = NULL;
  AmendsDigest found = { { 0 } };

  enter (self);
  chunk = amends_store_get_chunk (self->store, attachment, part);
  leave (self);
  if (chunk != NULL)
    amends_chunk_hash (g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk), &found);
  if (chunk == NULL || memcmp (&found, hash, sizeof found) != 0)
    {
      g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
                           "A part of an attachment is damaged on this disk, and cannot be sent");
      return FALSE;
    }
  amends_chunk_request_add (request, &attachment->id, hash, 1);
  amends_chunk_request_set_chunk (request, chunk);
  if (!carry_chunk (self, round, AMENDS_CHUNK_PUT, request, &reply, error))
    return FALSE;
  self->report->n_chunks_sent += reply != NULL;
  round->has_moved = round->has_moved || reply != NULL;
  return TRUE;
}

/* The list goes last: where it is there, all is. */
static gboolean
send_up (AmendsCarrier *self, Round *round, const Load *load, GError **error)
{
  guint n_parts = load->transfer->attachment.n_parts;
  guint n_there = 0;

  for (guint part = 1; part <= n_parts; part++)
    n_there += is_there (round, load, part);
  for (guint i = 1; i <= n_parts + 1; i++)
    {
      guint part = i % (n_parts + 1);

      if (is_there (round, load, part))
        continue;
      if (!put_part (self, round, load, part, error))
        return FALSE;
      if (round->is_over)
        return TRUE;
      if (part > 0 && !count_there (self, load, ++n_there, FALSE, error))
        return FALSE;
    }
  return count_there (self, load, n_parts, TRUE, error);
}

/* What came is kept only if it is what was asked for. */
static gboolean
keep_part (AmendsCarrier *self,
           const AmendsAttachment *attachment,
           guint part,
           const AmendsDigest *hash,
           GBytes *chunk,
           GError **error)
{
  AmendsDigest found;
  gboolean kept;

  amends_chunk_hash (g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk), &found);
  if (memcmp (&found, hash, sizeof found) != 0)
    {
      g_set_error_literal (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_PROTOCOL,
                           "The server's answer does not verify: it is not the part of the "
                           "attachment that was asked for");
      return FALSE;
    }
  enter (self);
  kept = amends_store_put_chunk (self->store, attachment, part, chunk, error);
  leave (self);
  return kept;
}

static gboolean
get_part (AmendsCarrier *self,
          Round *round,
          const AmendsAttachment *attachment,
          guint part,
          const AmendsDigest *hash,
          GError **error)
{
  g_autoptr (AmendsChunkRequest) request = amends_chunk_request_new ();
  g_autoptr (GBytes) chunk = NULL;

  amends_chunk_request_add (request, &attachment->id, hash, 1);
  if (!carry_chunk (self, round, AMENDS_CHUNK_GET, request, &chunk, error))
    return FALSE;
  if (chunk == NULL)
    return TRUE;
  if (g_bytes_get_size (chunk)
      < amends_attachment_get_part_bytes (attachment, part) + AMENDS_PART_SEAL_BYTES)
    {
      g_set_error_literal (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CUT,
                           "The line was cut before a part of an attachment was whole");
      return FALSE;
    }
  if (!keep_part (self, attachment, part, hash, chunk, error))
    return FALSE;
  self->report->n_chunks_received++;
  round->has_moved = TRUE;
  if (self->hooks != NULL && self->hooks->carried != NULL)
    self->hooks->carried (&attachment->id, self->hooks->user_data);
  return TRUE;
}

static gboolean
has_list (AmendsCarrier *self, const AmendsAttachment *attachment)
{
  g_autoptr (GBytes) chunk = NULL;
  AmendsDigest found;

  enter (self);
  chunk = amends_store_get_chunk (self->store, attachment, 0);
  leave (self);
  if (chunk == NULL)
    return FALSE;
  amends_chunk_hash (g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk), &found);
  return memcmp (&found, &attachment->root, sizeof found) == 0;
}

/* The list, first. One that is what the event says, and which its key does not open, is its author's fault: it is
 * not fetched again, and no other attachment waits for it. */
static gboolean
need_hashes (AmendsCarrier *self, Round *round, Load *load, GError **error)
{
  const AmendsAttachment *attachment = &load->transfer->attachment;
  gboolean noted;

  if (load->hashes != NULL)
    return TRUE;
  if (!has_list (self, attachment)
      && !get_part (self, round, attachment, 0, &attachment->root, error))
    return FALSE;
  if (round->is_over)
    return TRUE;
  enter (self);
  load->hashes = amends_store_get_chunk_hashes (self->store, attachment);
  noted = load->hashes != NULL || amends_store_set_unopenable (self->store, attachment, error);
  leave (self);
  if (load->hashes != NULL || !noted)
    return noted;
  g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
                       "What was attached on another device cannot be opened with its own key");
  return FALSE;
}

static gboolean
fetch_down (AmendsCarrier *self, Round *round, Load *load, GError **error)
{
  const AmendsAttachment *attachment = &load->transfer->attachment;
  gboolean has_all = FALSE, set;
  guint part = 0;

  if (!is_there (round, load, 0))
    return TRUE; /* its author has not sent all of it yet */
  if (!need_hashes (self, round, load, error))
    return FALSE;
  while (!round->is_over)
    {
      enter (self);
      part = amends_store_find_missing_part (self->store, attachment, part, &has_all);
      leave (self);
      if (has_all)
        break;
      if (!get_part (self, round, attachment, part,
                     &g_array_index (load->hashes, AmendsDigest, part), error))
        return FALSE;
    }
  if (!has_all)
    return TRUE;
  enter (self);
  set = amends_store_set_whole (self->store, attachment, TRUE, error);
  leave (self);
  self->report->n_attachments_received += set;
  return set;
}

/* What keeps one attachment, and not the others: it is passed over. */
static gboolean
is_of_one (const GError *error)
{
  return g_error_matches (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_NOT_HELD)
         || g_error_matches (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_FORBIDDEN)
         || g_error_matches (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED);
}

/* What is a state and not a failure: said in words, and tried again at the next sync. */
static const char *
get_problem (const GError *error)
{
  if (g_error_matches (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_FULL))
    return "full";
  if (g_error_matches (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_NO_ROUTE))
    return "no-route";
  if (g_error_matches (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL))
    return "disk-full";
  return NULL;
}

/* Where the server is full what is there may still be fetched, and where the disk is what is here sent. */
static void
stop_ways (Pages *pages, const char *problem)
{
  gboolean is_all = g_str_equal (problem, "no-route");

  pages->is_up_stopped = pages->is_up_stopped || is_all || g_str_equal (problem, "full");
  pages->is_down_stopped = pages->is_down_stopped || is_all || g_str_equal (problem, "disk-full");
}

static gboolean
carry_load (AmendsCarrier *self, Round *round, Pages *pages, Load *load, GError **error)
{
  g_autoptr (GError) cause = NULL;
  const char *problem;

  if (load->transfer->is_up ? pages->is_up_stopped : pages->is_down_stopped)
    return TRUE;
  if (goes_up (load) ? send_up (self, round, load, &cause) : fetch_down (self, round, load, &cause))
    return TRUE;
  problem = get_problem (cause);
  if (problem != NULL)
    {
      self->report->problem = problem;
      stop_ways (pages, problem);
    }
  if (problem != NULL || is_of_one (cause))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* Whether there may be more to carry: on the next page, or, since events went, on the first. */
static gboolean
goes_on (const Round *round, Pages *pages)
{
  if (round->has_moved)
    pages->n_still = 0;
  else if (!round->is_over)
    pages->n_still++;
  if (round->is_over)
    pages->up.is_begun = pages->down.is_begun = FALSE;
  return (round->is_over || round->has_more) && pages->n_still < MAX_STILL_PAGES;
}

/* @ret_goes_on: whether there may be more to carry */
static gboolean
run_round (AmendsCarrier *self, Pages *pages, gboolean *ret_goes_on, GError **error)
{
  g_auto (Round) round = { NULL };
  g_autoptr (GError) cause = NULL;

  if (!begin_round (self, &round, pages, &cause))
    {
      self->report->problem = get_problem (cause);
      if (self->report->problem == NULL)
        g_propagate_error (error, g_steal_pointer (&cause));
      *ret_goes_on = FALSE;
      return self->report->problem != NULL;
    }
  for (guint i = 0; i < round.loads->len && !round.is_over; i++)
    if (!carry_load (self, &round, pages, &g_array_index (round.loads, Load, i), error))
      return FALSE;
  *ret_goes_on = goes_on (&round, pages);
  return TRUE;
}

static void
cancel_hurry (GCancellable *cancellable, gpointer hurry)
{
  g_cancellable_cancel (hurry);
}

/**
 * amends_carry:
 *
 * Carries what there is to carry, until there is no more. That the server or this disk is full, or that the
 * server is of an older version, is no error: the report says it, and what waits goes on waiting.
 *
 * Errors: #AmendsSyncError; store errors; %G_IO_ERROR_CANCELLED.
 * Returns: %TRUE on success
 */
gboolean
amends_carry (AmendsCarrier *self, GError **error)
{
  Pages pages = { .n_still = 0 };
  gulong connection = 0;
  gboolean has_more = TRUE;
  gboolean carried = TRUE;

  if (self->cancellable != NULL && get_hurry (self) != NULL)
    connection = g_cancellable_connect (self->cancellable, G_CALLBACK (cancel_hurry),
                                        get_hurry (self), NULL);
  while (has_more && carried)
    carried = run_round (self, &pages, &has_more, error);
  if (connection != 0)
    g_cancellable_disconnect (self->cancellable, connection);
  return carried;
}
