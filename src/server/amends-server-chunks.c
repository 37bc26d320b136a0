/* amends-server-chunks.c: chunks of attachments, taken and given (PROTOCOL.md 12)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server knows which event a chunk belongs to, and opens neither. A request is signed as an exchange is,
 * and small: it is gathered, and answered at its end in one work. */

#include <sodium.h>
#include <string.h>
#include <sys/statvfs.h>

#include "core/amends-error.h"
#include "server/amends-server-private.h"
#include "store/amends-db.h"

struct _AmendsChunkCall
{
  AmendsServer *server;
  AmendsChunkVerb verb;
  AmendsServerDevice device; /* as it was when the call began */
  guint64 number;
  AmendsDigest body_hash;
  GByteArray *body;
};

/* An event as far as its chunks go by it. */
typedef struct
{
  gint64 row; /* 0: it is not held, or its body is erased */
  gint64 feed;
  char stream[AMENDS_ID_BUFFER];
  gboolean is_own; /* written by the device that asks */
  gboolean is_quarantined;
} Owner;

static gboolean
refuse (GError **error, AmendsServerError code, const char *message)
{
  g_set_error_literal (error, AMENDS_SERVER_ERROR, code, message);
  return FALSE;
}

/**
 * amends_chunk_call_new:
 * @server: the server
 * @verb: what is asked
 * @code: the device, as the request says
 * @request: the request's number
 * @body_hash: what the request says of its body
 * @signature: of the request
 * @ret_last: (out): the device's last number, where @request is not above it
 *
 * Source: PROTOCOL.md 2 and 12.
 * Errors: %AMENDS_SERVER_ERROR_UNKNOWN_DEVICE, %AMENDS_SERVER_ERROR_SIGNATURE,
 * %AMENDS_SERVER_ERROR_REPLAYED; of the store.
 * Returns: (transfer full): the call, which is to be fed
 */
AmendsChunkCall *
amends_chunk_call_new (AmendsServer *server,
                       AmendsChunkVerb verb,
                       const char *code,
                       guint64 request,
                       const AmendsDigest *body_hash,
                       const guint8 signature[AMENDS_SIGNATURE_BYTES],
                       guint64 *ret_last,
                       GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);
  const AmendsServerClaim claim = { amends_chunk_verb_get_path (verb), code, request, body_hash,
                                    signature };
  AmendsServerDevice device;
  AmendsChunkCall *self;

  if (!amends_server_take_request (server, &claim, &device, ret_last, error))
    return NULL;
  self = g_new0 (AmendsChunkCall, 1);
  self->server = server;
  self->verb = verb;
  self->device = device;
  self->number = request;
  self->body_hash = *body_hash;
  self->body = g_byte_array_new ();
  return self;
}

/**
 * amends_chunk_call_free:
 * @self: (nullable) (transfer full): a call
 */
void
amends_chunk_call_free (AmendsChunkCall *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->body);
  g_free (self);
}

/**
 * amends_chunk_call_feed:
 * @bytes: what arrived of the body
 *
 * Errors: %AMENDS_SERVER_ERROR_TOO_LARGE.
 * Returns: %TRUE on success
 */
gboolean
amends_chunk_call_feed (AmendsChunkCall *self, const guint8 *bytes, gsize n_bytes, GError **error)
{
  if (n_bytes > AMENDS_CHUNK_MAX_REQUEST_BYTES - self->body->len)
    return refuse (error, AMENDS_SERVER_ERROR_TOO_LARGE, "The body is too large");
  g_byte_array_append (self->body, bytes, (guint) n_bytes);
  return TRUE;
}

/* Who owns what. */

typedef struct
{
  AmendsServerEvent record; /* row 0: not found */
  char stream[AMENDS_ID_BUFFER];
  gboolean is_erased;
} Found;

static gboolean
take_event (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  Found *found = user_data;

  found->record = *record;
  found->is_erased = event->body == NULL;
  amends_id_format_to (&event->stream, found->stream);
  return FALSE;
}

/* Where the stream is now: where its other chunks of that feed were moved to, or where the event was written. */
static gboolean
find_owner (AmendsServer *self,
            const AmendsServerDevice *device,
            const AmendsId *event,
            Owner *ret_owner,
            GError **error)
{
  AmendsServerStore *store = self->store;
  AmendsServerDevice author;
  Found found = { .record = { .row = 0 } };
  Owner owner = { .row = 0 };

  if (!store->get_device (store, event->code, &author, error)
      || (author.id != 0
          && !store->each_event (store, author.id, event->number, event->number, TRUE, take_event,
                                 &found, error)))
    return FALSE;
  if (found.record.row != 0 && !found.is_erased)
    {
      if (!store->get_chunk_feed (store, found.stream, found.record.feed, &owner.feed, error))
        return FALSE;
      owner.row = found.record.row;
      owner.feed = owner.feed != 0 ? owner.feed : found.record.feed;
      owner.is_own = author.id == device->id;
      owner.is_quarantined = found.record.is_quarantined;
      g_strlcpy (owner.stream, found.stream, sizeof owner.stream);
    }
  *ret_owner = owner;
  return TRUE;
}

/* A revoked device may still hand in what belongs to what it wrote, as it may events. */
static gboolean
get_rights (AmendsServer *self,
            const AmendsServerDevice *device,
            const Owner *owner,
            AmendsServerAccess *ret_rights,
            GError **error)
{
  AmendsServerAccess access = { FALSE, FALSE };

  if (!device->revoked
      && !self->store->get_access (self->store, device->id, owner->feed, &access, error))
    return FALSE;
  ret_rights->may_read = access.may_read && !owner->is_quarantined;
  ret_rights->may_write = access.may_write || owner->is_own;
  return TRUE;
}

/* Answers. */

static gboolean
ask_item (AmendsChunkCall *self,
          const AmendsChunkRequest *request,
          const AmendsChunkItem *item,
          GByteArray *reply,
          GError **error)
{
  AmendsServerStore *store = self->server->store;
  AmendsServerAccess rights = { FALSE, FALSE };
  Owner owner;

  if (!find_owner (self->server, &self->device, &item->event, &owner, error)
      || (owner.row != 0 && !get_rights (self->server, &self->device, &owner, &rights, error)))
    return FALSE;
  for (guint i = item->first; i < item->first + item->n; i++)
    {
      gboolean has = FALSE;
      guint8 answer;

      if ((rights.may_read || rights.may_write)
          && !store->has_chunk (store, owner.row, &g_array_index (request->hashes, AmendsDigest, i),
                                &has, error))
        return FALSE;
      answer = has ? 1 : 0;
      g_byte_array_append (reply, &answer, 1);
    }
  return TRUE;
}

static gboolean
ask (AmendsChunkCall *self, const AmendsChunkRequest *request, GByteArray *reply, GError **error)
{
  for (guint i = 0; i < request->items->len; i++)
    if (!ask_item (self, request, &g_array_index (request->items, AmendsChunkItem, i), reply,
                   error))
      return FALSE;
  return TRUE;
}

static gboolean
set_full (GError **error, const char *whose)
{
  g_set_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_FULL,
               "There is no room for attachments %s", whose);
  return FALSE;
}

/* Attachments never take the room that events need. */
static gboolean
check_disk (AmendsServer *self, gsize n_bytes, GError **error)
{
  struct statvfs disk;

  if (self->environment.database != NULL || statvfs (self->folder, &disk) != 0
      || (guint64) disk.f_bavail * disk.f_frsize > self->limits.reserve + n_bytes)
    return TRUE;
  return set_full (error, "on the server's disk");
}

static gboolean
check_room (AmendsServer *self, gint64 device, gsize n_bytes, GError **error)
{
  guint64 of_device, of_all;

  if (!self->store->get_chunk_use (self->store, device, &of_device, &of_all, error))
    return FALSE;
  if (of_device + n_bytes > self->limits.per_device)
    return set_full (error, "of this device");
  if (of_all + n_bytes > self->limits.all)
    return set_full (error, "of this organisation");
  return check_disk (self, n_bytes, error);
}

static gboolean
put (AmendsChunkCall *self, const AmendsChunkRequest *request, GError **error)
{
  AmendsServer *server = self->server;
  AmendsServerStore *store = server->store;
  const AmendsChunkItem *item = &g_array_index (request->items, AmendsChunkItem, 0);
  AmendsServerChunk chunk = { .hash = g_array_index (request->hashes, AmendsDigest, 0),
                              .bytes = request->chunk };
  AmendsServerDevice device; /* held: what it uses is counted */
  AmendsServerAccess rights;
  AmendsDigest hash;
  gboolean has;
  Owner owner;

  amends_chunk_hash (g_bytes_get_data (chunk.bytes, NULL), g_bytes_get_size (chunk.bytes), &hash);
  if (memcmp (&hash, &chunk.hash, sizeof hash) != 0)
    return refuse (error, AMENDS_SERVER_ERROR_MALFORMED, "The chunk is not the one of that hash");
  if (!store->hold_device (store, self->device.code, &device, error)
      || !find_owner (server, &device, &item->event, &owner, error))
    return FALSE;
  if (owner.row == 0)
    return refuse (error, AMENDS_SERVER_ERROR_NOT_HELD, "The server holds no such event");
  if (!get_rights (server, &device, &owner, &rights, error))
    return FALSE;
  if (!rights.may_write)
    return refuse (error, AMENDS_SERVER_ERROR_FORBIDDEN, "This device may not add to that");
  if (!store->has_chunk (store, owner.row, &chunk.hash, &has, error) || has)
    return has;
  if (!check_room (server, device.id, g_bytes_get_size (chunk.bytes), error))
    return FALSE;
  chunk.event = owner.row;
  chunk.feed = owner.feed;
  chunk.device = device.id;
  g_strlcpy (chunk.stream, owner.stream, sizeof chunk.stream);
  return store->add_chunk (store, &chunk, error);
}

static gboolean
get (AmendsChunkCall *self, const AmendsChunkRequest *request, GByteArray *reply, GError **error)
{
  AmendsServerStore *store = self->server->store;
  const AmendsChunkItem *item = &g_array_index (request->items, AmendsChunkItem, 0);
  g_autoptr (GBytes) bytes = NULL;
  AmendsServerAccess rights;
  Owner owner;

  if (!find_owner (self->server, &self->device, &item->event, &owner, error))
    return FALSE;
  if (owner.row == 0)
    return refuse (error, AMENDS_SERVER_ERROR_NOT_HELD, "The server holds no such event");
  if (!get_rights (self->server, &self->device, &owner, &rights, error))
    return FALSE;
  if (!rights.may_read)
    return refuse (error, AMENDS_SERVER_ERROR_FORBIDDEN, "This device may not have that");
  if (!store->get_chunk (store, owner.row, &g_array_index (request->hashes, AmendsDigest, 0),
                         &bytes, error))
    return FALSE;
  if (bytes == NULL)
    return refuse (error, AMENDS_SERVER_ERROR_NOT_HELD, "The server does not hold that chunk yet");
  g_byte_array_append (reply, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  return TRUE;
}

/* What was asked, or that what was put is held. */
static GBytes *
make_reply (AmendsChunkCall *self, GByteArray *reply)
{
  const guint8 held = 1;

  if (self->verb == AMENDS_CHUNK_GET)
    return g_byte_array_free_to_bytes (g_byte_array_ref (reply));
  if (self->verb == AMENDS_CHUNK_PUT)
    g_byte_array_append (reply, &held, 1);
  return amends_chunk_answer_seal (reply->data, reply->len, self->server->organisation,
                                   self->device.code, self->number, &self->body_hash,
                                   self->server->signing_secret);
}

static gboolean
try_answer (AmendsChunkCall *self,
            const AmendsChunkRequest *request,
            GByteArray *reply,
            GError **error)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  AmendsServerWorkKind kind =
      self->verb == AMENDS_CHUNK_PUT ? AMENDS_SERVER_WRITE : AMENDS_SERVER_READ;
  gboolean answered;

  g_byte_array_set_size (reply, 0);
  if (!amends_server_work_begin (&work, self->server->store, kind, error))
    return FALSE;
  answered = self->verb == AMENDS_CHUNK_ASK   ? ask (self, request, reply, error)
             : self->verb == AMENDS_CHUNK_PUT ? put (self, request, error)
                                              : get (self, request, reply, error);
  return answered && amends_server_work_commit (&work, error);
}

/* A disk or a database that is full is an answer. */
static void
tell_full (AmendsServer *self, GError **inout_error)
{
  if (g_error_matches (*inout_error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL))
    {
      g_clear_error (inout_error);
      set_full (inout_error, "on the server's disk");
    }
  if (g_error_matches (*inout_error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_FULL))
    self->metrics.n_full++;
}

static GBytes *
answer (AmendsChunkCall *self, const AmendsChunkRequest *request, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->server->lock);
  g_autoptr (GByteArray) reply = g_byte_array_new ();
  g_autoptr (GError) local_error = NULL;
  guint n_tries = 0;
  gboolean answered;

  do
    answered = try_answer (self, request, reply, &local_error);
  while (!answered && amends_server_tries_again (&n_tries, &local_error));
  if (answered)
    {
      self->server->metrics.n_chunks += self->verb == AMENDS_CHUNK_PUT;
      return make_reply (self, reply);
    }
  tell_full (self->server, &local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * amends_chunk_call_finish:
 *
 * Says that the body has been fed to its end.
 *
 * Errors: %AMENDS_SERVER_ERROR_SIGNATURE if the body is not the one that was signed;
 * %AMENDS_SERVER_ERROR_MALFORMED, %AMENDS_SERVER_ERROR_NOT_HELD, %AMENDS_SERVER_ERROR_FORBIDDEN,
 * %AMENDS_SERVER_ERROR_FULL; of the store.
 * Returns: (transfer full): the reply; a chunk that was put is durable
 */
GBytes *
amends_chunk_call_finish (AmendsChunkCall *self, GError **error)
{
  g_autoptr (AmendsChunkRequest) request = NULL;
  g_autoptr (GError) local_error = NULL;
  AmendsDigest hash;

  amends_request_body_hash (self->body->data, self->body->len, &hash);
  if (memcmp (&hash, &self->body_hash, sizeof hash) != 0)
    {
      refuse (error, AMENDS_SERVER_ERROR_SIGNATURE, "The body is not the one that was signed");
      return NULL;
    }
  request = amends_chunk_request_read (self->verb, self->body->data, self->body->len, &local_error);
  if (request == NULL)
    {
      refuse (error, AMENDS_SERVER_ERROR_MALFORMED, local_error->message);
      return NULL;
    }
  return answer (self, request, error);
}

/* For whoever moves or erases. */

gboolean
amends_server_move_chunks (AmendsServer *self,
                           const AmendsId *stream,
                           const AmendsServerFeed *to,
                           GError **error)
{
  char text[AMENDS_ID_BUFFER];

  amends_id_format_to (stream, text);
  return self->store->move_chunks (self->store, text, to->id, error);
}

gboolean
amends_server_drop_chunks_of_stream (AmendsServer *self, const AmendsId *stream, GError **error)
{
  char text[AMENDS_ID_BUFFER];

  amends_id_format_to (stream, text);
  return self->store->drop_chunks (self->store, text, 0, error);
}

gboolean
amends_server_drop_chunks_of_event (AmendsServer *self, gint64 row, GError **error)
{
  return self->store->drop_chunks (self->store, NULL, row, error);
}
