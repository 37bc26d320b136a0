/* amends-transfer.c: attachments on their way, as sync asks for them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which chunks are here is said by the files, what is still to do by the table: both are looked at anew at
 * each sync, so that one that was killed anywhere is gone on with. */

#include <string.h>

#include "core/amends-error.h"
#include "store/amends-attachments.h"
#include "store/amends-store-private.h"

/* Index attachment_under_way serves both. Own events are acknowledged first: the server takes chunks only
 * for what it holds. */
static const char sql_up[] =
    "SELECT code, number, wanted, size FROM attachment WHERE there_at IS NULL AND whole = 1"
    " AND (code <> ?1 OR number <= ?2) AND (size, code, number) > (?3, ?4, ?5)"
    " ORDER BY size, code, number LIMIT ?6";
static const char sql_down[] =
    "SELECT code, number, wanted, size FROM attachment WHERE whole = 0"
    " AND (wanted = 1 OR size <= ?1) AND (1 - wanted, size, code, number) > (?2, ?3, ?4, ?5)"
    " ORDER BY wanted DESC, size, code, number LIMIT ?6";
static const char sql_set_whole[] = "UPDATE attachment SET whole = :whole, there_at = :there_at,"
                                    " n_there = :n_there WHERE code = :code AND number = :number";
/* The same file, as it was carried with a case: it is still to go up. */
static const char sql_set_whole_too[] =
    "UPDATE attachment SET whole = 1 WHERE whole = 0 AND code = :own AND name ="
    " (SELECT name FROM attachment WHERE code = :code AND number = :number)";
static const char sql_set_there[] =
    "UPDATE attachment SET n_there = :n_there, there_at = :there_at, there_number = :last"
    " WHERE code = :code AND number = :number";

/**
 * amends_transfer_free:
 * @self: (nullable) (transfer full): a transfer
 */
void
amends_transfer_free (AmendsTransfer *self)
{
  if (self == NULL)
    return;
  json_decref (self->details);
  g_free (self);
}

static gboolean
bind_list (AmendsStore *self,
           sqlite3_stmt *stmt,
           gboolean up,
           const AmendsTransferPlace *after,
           guint n_max,
           GError **error)
{
  gint64 acknowledged;

  if (!amends_meta_get_number (self, "acknowledged", &acknowledged, error))
    return FALSE;
  if (up)
    {
      amends_db_bind_text (stmt, 1, self->identity->code);
      sqlite3_bind_int64 (stmt, 2, acknowledged);
    }
  else
    {
      sqlite3_bind_int64 (stmt, 1, (gint64) AMENDS_ATTACHMENT_UNASKED_BYTES);
      sqlite3_bind_int (stmt, 2, after->is_begun ? !after->is_wanted : -1);
    }
  sqlite3_bind_int64 (stmt, 3, after->is_begun ? (gint64) after->size : -1);
  amends_db_bind_text (stmt, 4, after->is_begun ? after->id.code : "");
  sqlite3_bind_int64 (stmt, 5, after->is_begun ? (gint64) after->id.number : 0);
  sqlite3_bind_int64 (stmt, 6, n_max);
  return TRUE;
}

/* The next places behind @inout_after, which moves to the last. */
static gboolean
list_places (AmendsStore *self,
             gboolean up,
             AmendsTransferPlace *inout_after,
             guint n_max,
             GArray *ret_places,
             GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, up ? sql_up : sql_down, error);
  int found;

  if (stmt == NULL || !bind_list (self, stmt, up, inout_after, n_max, error))
    return FALSE;
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      AmendsTransferPlace place = { .is_begun = TRUE,
                                    .is_wanted = !up && sqlite3_column_int (stmt, 2) != 0,
                                    .size = (guint64) sqlite3_column_int64 (stmt, 3) };

      if (!amends_id_init (&place.id, (const char *) sqlite3_column_text (stmt, 0),
                           (guint64) sqlite3_column_int64 (stmt, 1)))
        continue;
      g_array_append_val (ret_places, place);
      *inout_after = place;
    }
  return found == SQLITE_DONE;
}

static void
add_transfer (AmendsStore *self, gboolean up, const AmendsTransferPlace *place, GPtrArray *list)
{
  AmendsTransfer *transfer = g_new0 (AmendsTransfer, 1);
  AmendsId stream;

  transfer->is_up = up;
  transfer->place = *place;
  if (amends_store_load_attachment (self, &place->id, &transfer->attachment, &transfer->details,
                                    &stream, NULL))
    g_ptr_array_add (list, transfer);
  else
    amends_transfer_free (transfer); /* damaged: for fsck to say */
}

/**
 * amends_store_list_transfers:
 * @up: whether those to send, else those to fetch
 * @after: behind which place
 * @n_max: how many at most
 *
 * Returns: (transfer full) (element-type AmendsTransfer): in the order in which they go; fewer than @n_max only
 * where none are behind them
 */
GPtrArray *
amends_store_list_transfers (AmendsStore *self,
                             gboolean up,
                             const AmendsTransferPlace *after,
                             guint n_max,
                             GError **error)
{
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_transfer_free);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (AmendsTransferPlace));
  AmendsTransferPlace place = *after;
  guint n_asked = 0;

  while (list->len < n_max && places->len == n_asked)
    {
      n_asked = n_max - list->len;
      g_array_set_size (places, 0);
      if (!list_places (self, up, &place, n_asked, places, error))
        return NULL;
      for (guint i = 0; i < places->len; i++)
        add_transfer (self, up, &g_array_index (places, AmendsTransferPlace, i), list);
    }
  return g_steal_pointer (&list);
}

/**
 * amends_store_get_chunk:
 * @part: from 1; 0 is the list
 *
 * Returns: (transfer full) (nullable): as its file has it, unchecked
 */
GBytes *
amends_store_get_chunk (AmendsStore *self, const AmendsAttachment *attachment, guint part)
{
  char name[AMENDS_BLOB_NAME_CHARS + 1];

  amends_store_find_blob_name (self, attachment, name);
  return amends_blobs_get (&self->blobs, name, part);
}

static gboolean
has_hash (GBytes *chunk, const AmendsDigest *hash)
{
  AmendsDigest found;

  amends_chunk_hash (g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk), &found);
  return memcmp (&found, hash, sizeof found) == 0;
}

/**
 * amends_store_get_chunk_hashes:
 *
 * Returns: (transfer full) (nullable) (element-type AmendsDigest): of the list, then of all parts; %NULL
 * while the list is not here
 */
GArray *
amends_store_get_chunk_hashes (AmendsStore *self, const AmendsAttachment *attachment)
{
  g_autoptr (GBytes) chunk = NULL;
  g_autoptr (GBytes) list = NULL;
  GArray *hashes;

  if (attachment->is_keyless)
    return amends_keyless_get_hashes (self, attachment);
  chunk = amends_store_get_chunk (self, attachment, 0);
  hashes = g_array_new (FALSE, FALSE, sizeof (AmendsDigest));
  if (chunk != NULL && has_hash (chunk, &attachment->root))
    list = amends_chunk_open (attachment, 0, chunk);
  if (list == NULL)
    {
      g_array_unref (hashes);
      return NULL;
    }
  g_array_append_val (hashes, attachment->root);
  g_array_append_vals (hashes, g_bytes_get_data (list, NULL), attachment->n_parts);
  return hashes;
}

/**
 * amends_store_find_missing_part:
 * @from_part: where to begin; 0 is the list
 * @ret_has_all: (out): whether there is none from there on
 *
 * Returns: the first part that is not here
 */
guint
amends_store_find_missing_part (AmendsStore *self,
                                const AmendsAttachment *attachment,
                                guint from_part,
                                gboolean *ret_has_all)
{
  char name[AMENDS_BLOB_NAME_CHARS + 1];

  amends_store_find_blob_name (self, attachment, name);
  for (guint part = from_part; part <= attachment->n_parts; part++)
    if (!amends_blobs_has (&self->blobs, name, part))
      {
        *ret_has_all = FALSE;
        return part;
      }
  *ret_has_all = TRUE;
  return 0;
}

/**
 * amends_store_put_chunk:
 * @part: which it is
 * @chunk: whose hash the caller has checked
 *
 * Errors: %AMENDS_STORE_ERROR_FULL, %AMENDS_STORE_ERROR_FAILED.
 * Returns: %TRUE once it is here
 */
gboolean
amends_store_put_chunk (AmendsStore *self,
                        const AmendsAttachment *attachment,
                        guint part,
                        GBytes *chunk,
                        GError **error)
{
  char name[AMENDS_BLOB_NAME_CHARS + 1];

  amends_store_find_blob_name (self, attachment, name);
  return amends_blobs_put (&self->blobs, name, part, chunk, error);
}

static gboolean
run_update (AmendsStore *self, sqlite3_stmt *stmt, const AmendsId *id, int first, GError **error)
{
  amends_db_bind_text (stmt, first, id->code);
  sqlite3_bind_int64 (stmt, first + 1, (gint64) id->number);
  return amends_db_run (self->db, stmt, error);
}

/**
 * amends_store_set_whole:
 * @is_whole: whether all its chunks are here
 *
 * One that came from the server is known to be there.
 * Returns: %TRUE once it is durable
 */
gboolean
amends_store_set_whole (AmendsStore *self,
                        const AmendsAttachment *attachment,
                        gboolean is_whole,
                        GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_set_whole, error);

  if (stmt == NULL || !amends_transaction_begin (&transaction, self->db, error)
      || (is_whole && !amends_blobs_settle (&self->blobs, error)))
    return FALSE;
  sqlite3_bind_int (stmt, 1, is_whole);
  if (is_whole)
    sqlite3_bind_int64 (stmt, 2, amends_environment_now (&self->environment));
  sqlite3_bind_int64 (stmt, 3, is_whole ? attachment->n_parts + 1 : 0);
  if (!run_update (self, stmt, &attachment->id, 4, error))
    return FALSE;
  if (is_whole)
    {
      stmt = amends_db_prepare (self->db, sql_set_whole_too, error);
      if (stmt == NULL)
        return FALSE;
      amends_db_bind_text (stmt, 1, self->identity->code);
      if (!run_update (self, stmt, &attachment->id, 2, error))
        return FALSE;
    }
  return amends_transaction_commit (&transaction, error);
}

/**
 * amends_store_set_unopenable:
 *
 * Its list is here, is the one that its event says, and does not open: no more of it is fetched, and people are told.
 * Returns: %TRUE once it is durable
 */
gboolean
amends_store_set_unopenable (AmendsStore *self, const AmendsAttachment *attachment, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_set_whole, error);

  if (stmt == NULL || !amends_blobs_settle (&self->blobs, error))
    return FALSE;
  sqlite3_bind_int (stmt, 1, AMENDS_ATTACHMENT_UNOPENABLE);
  sqlite3_bind_int64 (stmt, 2, amends_environment_now (&self->environment));
  sqlite3_bind_int64 (stmt, 3, attachment->n_parts + 1);
  return run_update (self, stmt, &attachment->id, 4, error);
}

/**
 * amends_store_set_there:
 * @n_there: how many of its chunks the server is known to hold
 * @has_all: whether that is all
 *
 * Returns: %TRUE once it is durable
 */
gboolean
amends_store_set_there (AmendsStore *self,
                        const AmendsAttachment *attachment,
                        guint n_there,
                        gboolean has_all,
                        GError **error)
{
  sqlite3_stmt *stmt;
  guint64 last;

  if (!amends_log_get_last_own (self, &last, error))
    return FALSE;
  stmt = amends_db_prepare (self->db, sql_set_there, error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, n_there);
  if (has_all)
    {
      sqlite3_bind_int64 (stmt, 2, amends_environment_now (&self->environment));
      sqlite3_bind_int64 (stmt, 3, (gint64) last);
    }
  return run_update (self, stmt, &attachment->id, 4, error);
}

/**
 * amends_store_forget_there:
 *
 * The server was restored, and may hold less: what is whole here is offered again. In the transaction that
 * follows its new epoch.
 * Returns: %TRUE on success
 */
gboolean
amends_store_forget_there (AmendsStore *self, GError **error)
{
  sqlite3_stmt *stmt =
      amends_db_prepare (self->db,
                         "UPDATE attachment SET n_there = 0, there_at = NULL, there_number = NULL",
                         error);

  return stmt != NULL && amends_db_run (self->db, stmt, error);
}

/**
 * amends_store_count_damaged:
 * @drops: whether files that are not what they should be are removed
 *
 * Returns: how many chunks of an attachment that is whole are gone, or are not what they should be
 */
guint
amends_store_count_damaged (AmendsStore *self, const AmendsAttachment *attachment, gboolean drops)
{
  g_autoptr (GArray) hashes = amends_store_get_chunk_hashes (self, attachment);
  char name[AMENDS_BLOB_NAME_CHARS + 1];
  guint n_damaged = 0;

  amends_store_find_blob_name (self, attachment, name);
  for (guint part = 0; part <= attachment->n_parts; part++)
    {
      g_autoptr (GBytes) chunk = NULL;

      if (hashes == NULL && part > 0)
        break; /* no telling */
      if (hashes != NULL)
        chunk = amends_blobs_get (&self->blobs, name, part);
      if (chunk != NULL && has_hash (chunk, &g_array_index (hashes, AmendsDigest, part)))
        continue;
      n_damaged++;
      if (drops)
        amends_blobs_remove (&self->blobs, name, part);
    }
  return n_damaged;
}

/**
 * amends_store_drop_damaged:
 *
 * Removes the chunks of the attachment that are not what they should be, so that they are fetched again. Of one
 * that the server is not known to hold all stays: there is no other, and the disk may only have failed to be read.
 */
void
amends_store_drop_damaged (AmendsStore *self, const AmendsAttachment *attachment)
{
  AmendsAttachmentState state;

  if (!self->read_only && amends_store_get_attachment_state (self, attachment, &state, NULL)
      && state.there_at != 0 && amends_store_count_damaged (self, attachment, TRUE) > 0)
    amends_store_set_whole (self, attachment, FALSE, NULL);
}
