/* amends-attachments.c: files that belong to cases: taken in, kept, handed out
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of the table "attachment" comes with its event in the event's transaction and goes with it, by
 * triggers. Files have no part in transactions: they are there before the row is, and go after it. */

#include "store/amends-attachments.h"

#include <sodium.h>
#include <string.h>

#include "core/amends-decide.h"
#include "core/amends-error.h"
#include "core/amends-move.h"
#include "core/amends-secret.h"
#include "store/amends-log.h"
#include "store/amends-moves.h"
#include "store/amends-store-private.h"

#define NAME_DOMAIN "amends-blob-name-1"

static const char sql_note[] =
    "INSERT INTO attachment (code, number, name, size, whole, n_there, wanted)"
    " VALUES (:code, :number, :name, :size, :whole, 0, 0)"
    " ON CONFLICT (code, number) DO NOTHING";
static const char sql_all_events[] =
    AMENDS_LOG_EVENT_COLUMNS " AND length (event.sealed) > 1 ORDER BY event.place";
static const char sql_get_event[] =
    AMENDS_LOG_EVENT_COLUMNS " AND event.code = :code AND event.number = :number"
                             " AND length (event.sealed) > 1";
static const char sql_get_state[] = "SELECT whole, n_there, there_at, wanted FROM attachment WHERE "
                                    "code = :code AND number = :number";
static const char sql_want[] =
    "UPDATE attachment SET wanted = 1 WHERE code = :code AND number = :number";
static const char sql_count[] =
    "SELECT count(*) FILTER (WHERE whole = 1 AND there_at IS NULL),"
    " coalesce (sum (size) FILTER (WHERE whole = 1 AND there_at IS NULL), 0),"
    " count(*) FILTER (WHERE whole = 0), coalesce (sum (size) FILTER (WHERE whole = 0), 0),"
    " count(*) FILTER (WHERE whole = 0 AND wanted = 0 AND size > :unasked)"
    " FROM attachment WHERE whole = 0 OR there_at IS NULL";
static const char sql_has_name[] = "SELECT name FROM attachment WHERE whole <> :given_up";

/* Names. */

/**
 * amends_store_get_blob_name:
 * @key: of an attachment
 * @ret_name: (out): of its files: it tells nothing to whoever has not the store's key
 */
void
amends_store_get_blob_name (AmendsStore *self,
                            const guint8 key[AMENDS_ATTACHMENT_KEY_BYTES],
                            char ret_name[AMENDS_BLOB_NAME_CHARS + 1])
{
  guint8 hash[AMENDS_BLOB_NAME_CHARS / 2];
  g_auto (AmendsSecret) name_key = { { 0 } };

  crypto_generichash (name_key.bytes, AMENDS_SEAL_KEY_BYTES, (const guint8 *) NAME_DOMAIN,
                      strlen (NAME_DOMAIN), self->key, AMENDS_SEAL_KEY_BYTES);
  crypto_generichash (hash, sizeof hash, key, AMENDS_ATTACHMENT_KEY_BYTES, name_key.bytes,
                      AMENDS_SEAL_KEY_BYTES);
  sodium_bin2hex (ret_name, AMENDS_BLOB_NAME_CHARS + 1, hash, sizeof hash);
}

/**
 * amends_store_find_blob_name:
 * @ret_name: (out): of the files of @attachment; empty where there are none
 */
void
amends_store_find_blob_name (AmendsStore *self,
                             const AmendsAttachment *attachment,
                             char ret_name[AMENDS_BLOB_NAME_CHARS + 1])
{
  g_autoptr (AmendsKeyless) keyless = NULL;

  if (!attachment->is_keyless)
    {
      amends_store_get_blob_name (self, attachment->key, ret_name);
      return;
    }
  keyless = amends_keyless_get (self, &attachment->id, NULL);
  g_strlcpy (ret_name, keyless != NULL ? keyless->name : "", AMENDS_BLOB_NAME_CHARS + 1);
}

/* The list counted. */
static gboolean
has_all_files (AmendsStore *self, const char *name, guint n_parts)
{
  for (guint part = 0; part <= n_parts; part++)
    if (!amends_blobs_has (&self->blobs, name, part))
      return FALSE;
  return TRUE;
}

/* What the log says. */

/* Few events are, and only those are worth reading. */
static gboolean
may_be_attachment (const AmendsEvent *event)
{
  const char *word = amends_event_type_to_string (AMENDS_EVENT_CASE_ATTACHED);
  gsize n_bytes;
  const char *bytes;

  if (event->body == NULL)
    return FALSE;
  bytes = g_bytes_get_data (event->body, &n_bytes);
  return memmem (bytes, n_bytes, word, strlen (word)) != NULL;
}

/* What an event says, or the one that it carries: that is an attachment of its own, of the same file, which whoever
 * reads its feed may have. */
static json_t *
load_said (const AmendsEvent *event)
{
  g_autoptr (AmendsEvent) carried = amends_carry_open ((AmendsEvent *) event);

  return amends_event_load_body (carried != NULL ? carried : event, NULL);
}

/**
 * amends_store_note_attachment:
 * @event: that is being written into the log
 *
 * In the caller's transaction. Any event may be handed in.
 * Returns: %TRUE on success
 */
gboolean
amends_store_note_attachment (AmendsStore *self, const AmendsEvent *event, GError **error)
{
  char name[AMENDS_BLOB_NAME_CHARS + 1];
  AmendsAttachment attachment;
  json_auto_t *body = NULL;
  sqlite3_stmt *stmt;

  if (!may_be_attachment (event))
    return TRUE;
  body = load_said (event);
  if (body == NULL || !amends_attachment_read (body, &attachment))
    return TRUE;
  stmt = amends_db_prepare (self->db, sql_note, error);
  if (stmt == NULL)
    return FALSE;
  amends_store_get_blob_name (self, attachment.key, name);
  amends_db_bind_text (stmt, 1, event->id.code);
  sqlite3_bind_int64 (stmt, 2, (gint64) event->id.number);
  amends_db_bind_text (stmt, 3, name);
  sqlite3_bind_int64 (stmt, 4, (gint64) attachment.size);
  sqlite3_bind_int (stmt, 5, has_all_files (self, name, attachment.n_parts));
  return amends_db_run (self->db, stmt, error);
}

static gboolean
note_all (AmendsStore *self, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_all_events, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      g_autoptr (AmendsEvent) event = amends_log_load_event (self, stmt, NULL);

      /* What is damaged is for fsck to say. */
      if (event != NULL && !amends_store_note_attachment (self, event, error))
        {
          sqlite3_reset (stmt);
          return FALSE;
        }
    }
  return found == SQLITE_DONE;
}

/**
 * amends_store_note_attachments:
 *
 * Once for a store of an earlier version, which may have been sent what it did not know.
 * Returns: %TRUE on success
 */
gboolean
amends_store_note_attachments (AmendsStore *self, GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  gint64 is_noted;

  if (!amends_meta_get_number (self, "attachments-noted", &is_noted, error))
    return FALSE;
  if (is_noted != 0)
    return TRUE;
  return amends_transaction_begin (&transaction, self->db, error) && note_all (self, error)
         && amends_meta_set_number (self, "attachments-noted", 1, error)
         && amends_transaction_commit (&transaction, error);
}

static gboolean
set_not_here (GError **error)
{
  amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, "id", NULL,
                    "There is no such attachment on this device");
  return FALSE;
}

/**
 * amends_store_load_attachment:
 * @id: of the event that says it
 * @ret_stream: (out): the case that it belongs to
 *
 * As amends_store_get_attachment(), also of a feed that was taken from this device: what travels, and what is
 * checked, is not shown.
 * Returns: %TRUE on success
 */
gboolean
amends_store_load_attachment (AmendsStore *self,
                              const AmendsId *id,
                              AmendsAttachment *ret_attachment,
                              json_t **ret_details,
                              AmendsId *ret_stream,
                              GError **error)
{
  g_autoptr (AmendsEvent) event = NULL;
  json_t *body = NULL;
  sqlite3_stmt *stmt;
  int found;

  if (!amends_store_check_unlocked (self, error))
    return FALSE;
  stmt = amends_db_prepare (self->db, sql_get_event, error);
  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, id->code);
  sqlite3_bind_int64 (stmt, 2, (gint64) id->number);
  found = amends_db_step (self->db, stmt, error);
  if (found == SQLITE_ROW)
    {
      event = amends_log_load_event (self, stmt, error);
      sqlite3_reset (stmt);
    }
  if (found != SQLITE_DONE && event == NULL)
    return FALSE;
  if (event == NULL && amends_keyless_load (self, id, ret_attachment, ret_stream))
    {
      *ret_details = json_object ();
      return TRUE;
    }
  if (event != NULL)
    body = load_said (event);
  if (body == NULL || !amends_attachment_read (body, ret_attachment))
    {
      json_decref (body);
      return set_not_here (error);
    }
  ret_attachment->id = *id;
  ret_attachment->at = amends_body_get_at (body);
  ret_attachment->by.number = 0;
  amends_body_get_by (body, &ret_attachment->by);
  *ret_stream = event->stream;
  *ret_details = body;
  return TRUE;
}

/* Not of a case that was moved away. */
static gboolean
is_of_case_here (AmendsStore *self, const AmendsId *stream, gboolean *ret_is_here, GError **error)
{
  g_autoptr (GPtrArray) events = amends_log_read_stream (self, stream, error);
  g_autoptr (AmendsCase) complaint =
      events != NULL && events->len > 0 ? amends_moves_fold (self, events, error) : NULL;

  *ret_is_here = complaint != NULL && !amends_case_is_away (complaint);
  return complaint != NULL || (events != NULL && events->len == 0);
}

/**
 * amends_store_get_attachment:
 * @id: of the event that says it
 * @ret_attachment: (out): what it says
 * @ret_details: (out) (transfer full): what its texts belong to
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND if that event says none, is erased, or is of a feed that was taken from
 * this device; store errors.
 * Returns: %TRUE on success
 */
gboolean
amends_store_get_attachment (AmendsStore *self,
                             const AmendsId *id,
                             AmendsAttachment *ret_attachment,
                             json_t **ret_details,
                             GError **error)
{
  json_auto_t *details = NULL;
  AmendsAttachment attachment;
  gboolean may_show;
  AmendsId stream;

  if (!amends_store_load_attachment (self, id, &attachment, &details, &stream, error)
      || !amends_log_may_show (self, &stream, &may_show, error))
    return FALSE;
  if (may_show && !attachment.is_keyless && !is_of_case_here (self, &stream, &may_show, error))
    return FALSE;
  if (!may_show || attachment.is_keyless)
    return set_not_here (error);
  *ret_attachment = attachment;
  *ret_details = g_steal_pointer (&details);
  return TRUE;
}

static guint
count_files (AmendsStore *self, const AmendsAttachment *attachment)
{
  char name[AMENDS_BLOB_NAME_CHARS + 1];
  guint n_files = 0;

  amends_store_find_blob_name (self, attachment, name);
  for (guint part = 1; part <= attachment->n_parts; part++)
    if (amends_blobs_has (&self->blobs, name, part))
      n_files++;
  return n_files;
}

/**
 * amends_store_get_attachment_state:
 * @ret_state: (out): how far it has travelled
 *
 * Returns: %TRUE on success
 */
gboolean
amends_store_get_attachment_state (AmendsStore *self,
                                   const AmendsAttachment *attachment,
                                   AmendsAttachmentState *ret_state,
                                   GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_get_state, error);
  AmendsAttachmentState state = { .n_parts = attachment->n_parts };
  gint64 acknowledged;
  int found;

  if (stmt == NULL || !amends_meta_get_number (self, "acknowledged", &acknowledged, error))
    return FALSE;
  amends_db_bind_text (stmt, 1, attachment->id.code);
  sqlite3_bind_int64 (stmt, 2, (gint64) attachment->id.number);
  found = amends_db_step (self->db, stmt, error);
  if (found == SQLITE_ROW)
    {
      state.is_whole = sqlite3_column_int (stmt, 0) == 1;
      state.is_unopenable = sqlite3_column_int (stmt, 0) == AMENDS_ATTACHMENT_UNOPENABLE;
      state.n_there = MIN ((guint) sqlite3_column_int (stmt, 1), state.n_parts);
      state.there_at = sqlite3_column_int64 (stmt, 2);
      state.is_wanted = sqlite3_column_int (stmt, 3) != 0;
      sqlite3_reset (stmt);
    }
  state.n_here = state.is_whole ? state.n_parts : count_files (self, attachment);
  state.is_sent = !g_str_equal (attachment->id.code, self->identity->code)
                  || attachment->id.number <= (guint64) acknowledged;
  *ret_state = state;
  return found == SQLITE_ROW || found == SQLITE_DONE;
}

/**
 * amends_store_want_attachment:
 * @id: of the event that says it
 *
 * It comes first at the next sync, however large it is.
 * Returns: %TRUE on success
 */
gboolean
amends_store_want_attachment (AmendsStore *self, const AmendsId *id, GError **error)
{
  sqlite3_stmt *stmt;

  if (!amends_store_check_writable (self, error))
    return FALSE;
  stmt = amends_db_prepare (self->db, sql_want, error);
  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, id->code);
  sqlite3_bind_int64 (stmt, 2, (gint64) id->number);
  return amends_db_run (self->db, stmt, error);
}

/**
 * amends_store_count_attachments:
 * @ret_counts: (out): what has not travelled yet
 *
 * Returns: %TRUE on success
 */
gboolean
amends_store_count_attachments (AmendsStore *self,
                                AmendsAttachmentCounts *ret_counts,
                                GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_count, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, (gint64) AMENDS_ATTACHMENT_UNASKED_BYTES);
  if (amends_db_step (self->db, stmt, error) != SQLITE_ROW)
    return FALSE;
  ret_counts->n_to_send = (guint64) sqlite3_column_int64 (stmt, 0);
  ret_counts->n_bytes_to_send = (guint64) sqlite3_column_int64 (stmt, 1);
  ret_counts->n_to_fetch = (guint64) sqlite3_column_int64 (stmt, 2);
  ret_counts->n_bytes_to_fetch = (guint64) sqlite3_column_int64 (stmt, 3);
  ret_counts->n_large = (guint64) sqlite3_column_int64 (stmt, 4);
  sqlite3_reset (stmt);
  return TRUE;
}

/* Sweeping. */

typedef struct
{
  AmendsStore *store;
  GHashTable *names;
} Sweep;

static gboolean
stays (const char *name, gboolean is_finished, gpointer user_data)
{
  Sweep *sweep = user_data;

  return g_hash_table_contains (sweep->store->writing, name)
         || (is_finished && g_hash_table_contains (sweep->names, name));
}

/**
 * amends_store_sweep_attachments:
 *
 * Removes every file in blobs/ that no attachment of the log has, or only one that was given up.
 *
 * Errors: store errors.
 * Returns: %TRUE on success
 */
gboolean
amends_store_sweep_attachments (AmendsStore *self, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Sweep sweep = { self, names };
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_has_name, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int (stmt, 1, AMENDS_ATTACHMENT_GIVEN_UP);
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    g_hash_table_add (names, amends_db_dup_text (stmt, 0));
  return found == SQLITE_DONE && amends_blobs_sweep (&self->blobs, stays, &sweep, error);
}

/* Taking in. */

struct _AmendsAttachmentWriter
{
  GHashTable *writing; /* (owned): the store's, which may be closed meanwhile */
  AmendsBlobs blobs;
  guint8 key[AMENDS_ATTACHMENT_KEY_BYTES];
  char name[AMENDS_BLOB_NAME_CHARS + 1];
  GByteArray *pending; /* of the part that is not full yet */
  GByteArray *list;    /* hashes of the chunks written */
  guint64 n_bytes;
  AmendsDigest root;
  gboolean is_finished;
  gboolean is_recorded;
};

/**
 * amends_attachment_writer_new:
 * @store: unlocked; it may be locked, or closed, before the result is freed
 *
 * Errors: %AMENDS_STORE_ERROR_LOCKED, %AMENDS_STORE_ERROR_READ_ONLY.
 * Returns: (transfer full): takes the bytes of one file
 */
AmendsAttachmentWriter *
amends_attachment_writer_new (AmendsStore *store, GError **error)
{
  AmendsAttachmentWriter *self;

  if (!amends_store_check_writable (store, error))
    return NULL;
  self = g_new0 (AmendsAttachmentWriter, 1);
  self->writing = g_hash_table_ref (store->writing);
  amends_blobs_init (&self->blobs, store->path, store->environment.vfs);
  amends_environment_random (&store->environment, self->key, sizeof self->key);
  amends_store_get_blob_name (store, self->key, self->name);
  self->pending = g_byte_array_new ();
  self->list = g_byte_array_new ();
  g_hash_table_add (self->writing, self->name);
  return self;
}

/**
 * amends_attachment_writer_free:
 * @self: (nullable) (transfer full): a writer; what it wrote and was not recorded is removed
 */
void
amends_attachment_writer_free (AmendsAttachmentWriter *self)
{
  if (self == NULL)
    return;
  g_hash_table_remove (self->writing, self->name);
  g_hash_table_unref (self->writing);
  for (guint part = 0; !self->is_recorded && part <= self->list->len / AMENDS_DIGEST_BYTES; part++)
    amends_blobs_remove (&self->blobs, self->name, part);
  amends_blobs_clear (&self->blobs);
  sodium_memzero (self->pending->data, self->pending->len);
  g_byte_array_unref (self->pending);
  g_byte_array_unref (self->list);
  sodium_memzero (self->key, sizeof self->key);
  g_free (self);
}

static gboolean
write_part (AmendsAttachmentWriter *self,
            guint part,
            const GByteArray *bytes,
            AmendsDigest *ret_hash,
            GError **error)
{
  g_autoptr (GBytes) chunk = amends_chunk_seal (self->key, part, bytes->data, bytes->len);

  amends_chunk_hash (g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk), ret_hash);
  return amends_blobs_put (&self->blobs, self->name, part, chunk, error);
}

static gboolean
write_pending (AmendsAttachmentWriter *self, GError **error)
{
  guint part = self->list->len / AMENDS_DIGEST_BYTES + 1;
  AmendsDigest hash;

  if (!write_part (self, part, self->pending, &hash, error))
    return FALSE;
  g_byte_array_append (self->list, hash.bytes, sizeof hash.bytes);
  g_byte_array_set_size (self->pending, 0);
  return TRUE;
}

/**
 * amends_attachment_writer_add:
 * @bytes: the next of the file
 * @n_bytes: any number
 *
 * Errors: %AMENDS_CORE_ERROR_TOO_LARGE; %AMENDS_STORE_ERROR_FULL, %AMENDS_STORE_ERROR_FAILED. After any
 * of them the writer is only to be freed.
 * Returns: %TRUE on success
 */
gboolean
amends_attachment_writer_add (AmendsAttachmentWriter *self,
                              const void *bytes,
                              gsize n_bytes,
                              GError **error)
{
  const guint8 *rest = bytes;

  g_return_val_if_fail (!self->is_finished, FALSE);

  if (n_bytes > AMENDS_ATTACHMENT_MAX_BYTES - self->n_bytes)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_TOO_LARGE, "file", NULL,
                        "An attachment takes 2 GB at the most: divide it, or make it shorter");
      return FALSE;
    }
  self->n_bytes += n_bytes;
  while (n_bytes > 0)
    {
      gsize n = MIN (n_bytes, AMENDS_PART_BYTES - self->pending->len);

      g_byte_array_append (self->pending, rest, (guint) n);
      rest += n;
      n_bytes -= n;
      if (self->pending->len == AMENDS_PART_BYTES && !write_pending (self, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * amends_attachment_writer_finish:
 *
 * Says that the file has ended.
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID if there was nothing in it; %AMENDS_STORE_ERROR_FULL,
 * %AMENDS_STORE_ERROR_FAILED.
 * Returns: %TRUE once all of it is durable, and can be attached
 */
gboolean
amends_attachment_writer_finish (AmendsAttachmentWriter *self, GError **error)
{
  g_return_val_if_fail (!self->is_finished, FALSE);

  if (self->n_bytes == 0)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "file", NULL,
                        "The file is empty: there is nothing to attach");
      return FALSE;
    }
  if ((self->pending->len > 0 && !write_pending (self, error))
      || !write_part (self, 0, self->list, &self->root, error)
      || !amends_blobs_settle (&self->blobs, error))
    return FALSE;
  self->is_finished = TRUE;
  return TRUE;
}

/**
 * amends_attachment_writer_describe:
 * @self: finished
 * @facts: as for amends_store_attach()
 *
 * Returns: (transfer full): @facts with all that an event says of the file, its key among it
 */
json_t *
amends_attachment_writer_describe (const AmendsAttachmentWriter *self, const json_t *facts)
{
  json_t *described = json_copy ((json_t *) facts);
  g_autofree char *key = amends_base64 (self->key, sizeof self->key);
  g_autofree char *root = amends_base64 (self->root.bytes, sizeof self->root.bytes);

  json_object_set_new (described, "size", json_integer ((json_int_t) self->n_bytes));
  json_object_set_new (described, "key", json_string (key));
  sodium_memzero (key, strlen (key));
  json_object_set_new (described, "root", json_string (root));
  return described;
}

/**
 * amends_attachment_writer_set_recorded:
 *
 * The log says the file from now on: it stays.
 */
void
amends_attachment_writer_set_recorded (AmendsAttachmentWriter *self)
{
  self->is_recorded = TRUE;
}

/**
 * amends_store_attach:
 * @id: the case
 * @writer: finished
 * @facts: "name", "media", "what", and what else amends_decide_attach() takes
 *
 * Errors: what amends_decide_attach() refuses; %AMENDS_CORE_ERROR_NOT_FOUND; store errors. @writer then
 * still removes what it wrote.
 * Returns: (transfer full): what was written
 */
AmendsOutcome *
amends_store_attach (AmendsStore *self,
                     const AmendsId *id,
                     AmendsAttachmentWriter *writer,
                     const json_t *facts,
                     GError **error)
{
  AmendsActor actor = { .id = self->actor };
  json_auto_t *described = NULL;
  g_autoptr (AmendsCase) complaint = NULL;
  g_autoptr (AmendsDecision) decision = NULL;
  AmendsOutcome *outcome;
  AmendsMoment moment;

  g_return_val_if_fail (writer->is_finished && !writer->is_recorded, NULL);

  if (!amends_store_check_writable (self, error)
      || !(complaint = amends_store_get_case (self, id, error)))
    return NULL;
  described = amends_attachment_writer_describe (writer, facts);
  amends_store_get_moment (self, &moment);
  decision = amends_decide_attach (complaint, described, &actor, &moment, error);
  if (decision == NULL)
    return NULL;
  outcome = amends_store_write_decision (self, decision, complaint, error);
  writer->is_recorded = outcome != NULL;
  return outcome;
}
