/* amends-upload.c: what a device has to send, as frames
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/amends-upload.h"

/* A request holds no frame that would take it over its limit: the largest frame and the trailer fit
 * behind this. */
#define MESSAGE_ROOM \
  (AMENDS_WIRE_MAX_REQUEST_BYTES - AMENDS_WIRE_MAX_FRAME_BYTES - AMENDS_WIRE_MAX_TRAILER_BYTES - 64)

typedef struct
{
  AmendsStore *store;
  GByteArray *message;
  AmendsFrameWriter *writer; /* (nullable): the frame being written */
  GHashTable *chains;        /* feed -> AmendsDigest: own chains after the last event written */
  GHashTable *touched;       /* feeds touched by this frame */
  guint64 to_number;
  guint64 last_number;
  guint64 n_events;
  gboolean is_one_by_one;
  const AmendsUploadSpill *spill; /* (nullable) */
  GError *error;                  /* (nullable) */
} Upload;

static AmendsDigest *
get_chain (Upload *self, const char *feed)
{
  AmendsDigest *chain = g_hash_table_lookup (self->chains, feed);

  if (chain == NULL)
    {
      chain = g_new0 (AmendsDigest, 1);
      if (!amends_log_get_base (self->store, feed, chain, &self->error))
        {
          g_free (chain);
          return NULL;
        }
      g_hash_table_insert (self->chains, g_strdup (feed), chain);
    }
  return chain;
}

/* Ends the frame with this device's statement about the feeds that it touches. */
static void
finish_frame (Upload *self)
{
  const AmendsIdentity *who = amends_store_get_identity (self->store);
  g_autoptr (AmendsStatement) statement = amends_statement_new (who->code, self->last_number);
  g_autoptr (GBytes) frame = NULL;
  GHashTableIter iter;
  gpointer feed;

  if (self->writer == NULL)
    return;
  g_hash_table_iter_init (&iter, self->touched);
  while (g_hash_table_iter_next (&iter, &feed, NULL))
    amends_statement_add (statement, feed, g_hash_table_lookup (self->chains, feed));
  amends_statement_sign (statement, who->secret_key);
  amends_frame_writer_add_statement (self->writer, statement);
  frame = amends_frame_writer_finish (g_steal_pointer (&self->writer), NULL);
  amends_message_append_frame (self->message, frame);
  g_hash_table_remove_all (self->touched);
  if (self->spill != NULL)
    self->spill->spill (self->message, self->n_events, self->spill->user_data, &self->error);
}

/* What has left this device, which the server has lost since, goes as a digest: whoever still has what it says brings
 * that. Only what the server's log says was erased goes as erased. */
static gboolean
write_own (Upload *self, const AmendsEvent *event)
{
  gboolean is_erased = FALSE;

  if (event->body == NULL && event->box == NULL
      && !amends_log_is_erased (self->store, &event->id, &is_erased, &self->error))
    return FALSE;
  if (event->body != NULL || event->box != NULL || is_erased)
    amends_frame_writer_add_event (self->writer, event, 0);
  else
    amends_frame_writer_add_digest (self->writer, event);
  return TRUE;
}

static gboolean
add_own (AmendsEvent *event, gpointer user_data)
{
  Upload *self = user_data;
  AmendsDigest *chain;

  if (event->id.number > self->to_number)
    return FALSE;
  if (self->writer != NULL
      && (self->is_one_by_one || amends_frame_writer_is_full (self->writer)
          || g_hash_table_size (self->touched) >= AMENDS_STATEMENT_MAX_LEAVES - 1))
    finish_frame (self);
  if (self->error != NULL)
    return FALSE;
  if (self->writer == NULL)
    {
      if (self->message->len > MESSAGE_ROOM)
        return FALSE;
      self->writer = amends_frame_writer_new (NULL, 0);
    }
  chain = get_chain (self, event->feed);
  if (chain == NULL || !write_own (self, event))
    return FALSE;
  amends_chain_step (chain, event->digest);
  g_hash_table_add (self->touched, g_strdup (event->feed));
  self->last_number = event->id.number;
  self->n_events++;
  return TRUE;
}

/**
 * amends_upload_own:
 * @from_number: the one after the last acknowledged
 * @to_number: the last that may be sent
 * @is_one_by_one: whether each event has a frame of its own, so that the server takes all before one
 *   that it cannot take
 * @message: frames are appended, as many as fit one request
 * @spill: (nullable): takes each frame out of @message, which then has room for all
 * @ret_n_events: (out): how many events they hold
 *
 * Returns: %TRUE on success
 */
gboolean
amends_upload_own (AmendsStore *store,
                   guint64 from_number,
                   guint64 to_number,
                   gboolean is_one_by_one,
                   GByteArray *message,
                   const AmendsUploadSpill *spill,
                   guint64 *ret_n_events,
                   GError **error)
{
  g_autoptr (GHashTable) chains = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Upload upload = { .store = store,
                    .message = message,
                    .chains = chains,
                    .touched = touched,
                    .to_number = to_number,
                    .is_one_by_one = is_one_by_one,
                    .spill = spill };
  gboolean read = amends_log_foreach_own (store, from_number, add_own, &upload, error);

  if (read && upload.error == NULL)
    finish_frame (&upload);
  amends_frame_writer_free (upload.writer);
  if (upload.error != NULL)
    {
      g_propagate_error (error, upload.error);
      return FALSE;
    }
  *ret_n_events = upload.n_events;
  return read;
}

/* What comes next of one author's lost events. */
typedef struct
{
  guint event; /* of those to be handed in */
  guint link;  /* of the chain */
} Next;

/* One frame: from @inout_next on as many in full as fit, what is between them and the rest up to the statement as
 * digests. Returns: how many in full; 0 if no more can go */
static guint
write_unplaced (const AmendsUnplaced *unplaced, Next *inout_next, GByteArray *message)
{
  AmendsFrameWriter *writer = amends_frame_writer_new (NULL, 0);
  g_autoptr (GBytes) frame = NULL;
  Next next = *inout_next;
  guint n_whole;

  for (guint i = next.link; i < unplaced->chain->len; i++)
    {
      const AmendsEvent *event = g_ptr_array_index (unplaced->chain, i);
      gboolean is_whole =
          next.event < unplaced->events->len
          && event == g_ptr_array_index (unplaced->events, next.event)
          && (next.event == inout_next->event || !amends_frame_writer_is_full (writer));

      if (event->id.number > unplaced->statement->number)
        break;
      if (is_whole)
        {
          amends_frame_writer_add_event (writer, event, 0);
          next = (Next){ next.event + 1, i + 1 };
        }
      else
        amends_frame_writer_add_digest (writer, event);
    }
  if (next.event == inout_next->event)
    {
      amends_frame_writer_free (writer);
      return 0;
    }
  amends_frame_writer_add_statement (writer, unplaced->statement);
  frame = amends_frame_writer_finish (writer, NULL);
  if (g_bytes_get_size (frame) > AMENDS_WIRE_MAX_FRAME_BYTES)
    return 0; /* the digests of so many do not fit: they wait for their author */
  amends_message_append_frame (message, frame);
  n_whole = next.event - inout_next->event;
  *inout_next = next;
  return n_whole;
}

static const char *
get_author (const AmendsUnplaced *unplaced)
{
  return ((const AmendsEvent *) g_ptr_array_index (unplaced->events, 0))->id.code;
}

static char *
dup_chain (const AmendsUnplaced *unplaced)
{
  return g_strdup_printf ("%s %s", get_author (unplaced), unplaced->feed);
}

static gboolean
is_left_out (GHashTable *left_out, const AmendsUnplaced *unplaced)
{
  g_autofree char *chain = dup_chain (unplaced);

  return g_hash_table_contains (left_out, get_author (unplaced))
         || g_hash_table_contains (left_out, chain);
}

/**
 * amends_upload_unplaced:
 * @left_out: (element-type utf8): codes of devices that the server does not know; and, with a feed behind the
 *   code, chains of which it has another branch
 * @message: frames are appended, as many as fit one request
 * @ret_chains: (element-type utf8): the author and feed of each frame are added: "7K s.oak"
 * @ret_n_events: (element-type guint64): how many events of other devices each holds is added
 *
 * Events that no statement covers stay here until their author hands them in.
 * Returns: %TRUE on success
 */
gboolean
amends_upload_unplaced (AmendsStore *store,
                        GHashTable *left_out,
                        GByteArray *message,
                        GPtrArray *ret_chains,
                        GArray *ret_n_events,
                        GError **error)
{
  g_autoptr (GPtrArray) list = amends_log_list_unplaced (store, error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const AmendsUnplaced *unplaced = g_ptr_array_index (list, i);
      Next next = { 0, 0 };

      if (is_left_out (left_out, unplaced))
        continue;
      while (unplaced->statement != NULL && message->len <= MESSAGE_ROOM)
        {
          guint64 n_whole = write_unplaced (unplaced, &next, message);

          if (n_whole == 0)
            break;
          g_ptr_array_add (ret_chains, dup_chain (unplaced));
          g_array_append_val (ret_n_events, n_whole);
        }
    }
  return TRUE;
}

/* More do not fit one frame, however little is said of each. */
#define MAX_LOST_DIGESTS (AMENDS_WIRE_MAX_FRAME_BYTES / AMENDS_DIGEST_BYTES)

/* The server's log past a position. */
typedef struct
{
  guint64 position;
  guint64 last_number; /* the last that a statement covers */
  AmendsDigest chain;  /* there */
  GPtrArray *events;
} LostLog;

static gboolean
collect_lost (AmendsEvent *event, gpointer user_data)
{
  LostLog *self = user_data;

  if (event->id.number > self->last_number)
    return FALSE;
  if (event->id.number <= self->position)
    amends_chain_step (&self->chain, event->digest);
  else
    g_ptr_array_add (self->events, amends_event_ref (event));
  return TRUE;
}

/* One frame, from event @inout_next on; @chain stands before it, and is moved on. */
static GBytes *
write_lost (const LostLog *self,
            const AmendsStatement *statement,
            guint *inout_next,
            AmendsDigest *chain)
{
  AmendsFrameWriter *writer = amends_frame_writer_new (NULL, 0);
  AmendsDigest before = *chain;
  guint first = *inout_next;
  guint next = first;

  for (; next < self->events->len && next - first < AMENDS_WIRE_MAX_LOST
         && !amends_frame_writer_is_full (writer);
       next++)
    {
      const AmendsEvent *event = g_ptr_array_index (self->events, next);

      amends_frame_writer_add_event (writer, event, 0);
      amends_chain_step (chain, event->digest);
    }
  for (guint i = next; i < self->events->len; i++)
    {
      g_autoptr (AmendsEvent) bare = amends_entry_bare_event (g_ptr_array_index (self->events, i));

      amends_frame_writer_add_digest (writer, bare);
    }
  amends_frame_writer_add_statement (writer, statement);
  *inout_next = next;
  return amends_frame_writer_finish (writer, &before);
}

/**
 * amends_upload_keep_lost:
 * @position: of ctl; what comes after it may be cut off
 *
 * Keeps what the server has signed of its own log past @position, in frames that are to be handed in. What
 * it has not signed proves nothing, nor does what is left of a log once its end was cut off. Of a log so long that
 * its digests do not fit one frame the beginning stays out. In the caller's transaction.
 * Returns: %TRUE on success
 */
gboolean
amends_upload_keep_lost (AmendsStore *store, guint64 position, GError **error)
{
  const AmendsIdentity *who = amends_store_get_identity (store);
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  g_autoptr (AmendsStatement) statement = NULL;
  LostLog log = { .position = position, .events = events };
  guint first;

  if (!amends_log_get_server_statement (store, &statement, error))
    return FALSE;
  if (statement == NULL || statement->number <= position)
    return TRUE;
  log.last_number = statement->number;
  amends_chain_begin (&log.chain, who->organisation_id, who->server_key, "ctl");
  if (!amends_log_foreach_of_server (store, 1, collect_lost, &log, error))
    return FALSE;
  if (events->len == 0
      || ((AmendsEvent *) events->pdata[events->len - 1])->id.number != statement->number)
    return TRUE;
  first = events->len > MAX_LOST_DIGESTS ? events->len - MAX_LOST_DIGESTS : 0;
  for (guint i = 0; i < first; i++)
    amends_chain_step (&log.chain, ((AmendsEvent *) events->pdata[i])->digest);
  for (guint next = first; next < events->len;)
    {
      g_autoptr (GBytes) frame = write_lost (&log, statement, &next, &log.chain);

      if (g_bytes_get_size (frame) <= AMENDS_WIRE_MAX_FRAME_BYTES
          && !amends_log_keep_lost (store, frame, error))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  GByteArray *message;
  const AmendsUploadSpill *spill; /* (nullable) */
  guint n_frames;
  GError *error; /* (nullable) */
} LostUpload;

static gboolean
add_lost (GBytes *frame, gpointer user_data)
{
  LostUpload *self = user_data;

  if (self->spill == NULL && self->message->len > MESSAGE_ROOM)
    return FALSE;
  amends_message_append_frame (self->message, frame);
  self->n_frames++;
  return self->spill == NULL
         || self->spill->spill (self->message, 0, self->spill->user_data, &self->error);
}

/**
 * amends_upload_lost:
 * @message: frames are appended, as many as fit one request
 * @spill: (nullable): takes each frame out of @message, which then has room for all
 * @ret_n_frames: (out): how many
 *
 * What was kept of the server's lost log.
 * Returns: %TRUE on success
 */
gboolean
amends_upload_lost (AmendsStore *store,
                    GByteArray *message,
                    const AmendsUploadSpill *spill,
                    guint *ret_n_frames,
                    GError **error)
{
  LostUpload upload = { .message = message, .spill = spill };
  gboolean read = amends_log_foreach_lost (store, add_lost, &upload, error);

  *ret_n_frames = upload.n_frames;
  if (upload.error == NULL)
    return read;
  g_propagate_error (error, upload.error);
  return FALSE;
}
