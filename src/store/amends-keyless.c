/* amends-keyless.c: what this device attached where it may not read
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The event of such a file is in a box, and its key with it: the device that took the file in cannot open it any more.
 * To carry its chunks takes no key: where they lie, how many there are, and the hash of each stands in its row, in the
 * transaction in which the event is written. A hash of a sealed chunk tells nothing of what is in it.
 *
 * Nobody looks at it here, so the chunks stay only until a verified backup has them. Of a backup a device is told which
 * of its events it has, and nothing of chunks; but chunks and events are in one database, and a copy of that has all of
 * before the latest that it has. So one with an event that was written after the server had said that it holds the
 * whole file has the file. */

#include <string.h>

#include "store/amends-attachments.h"
#include "store/amends-log.h"
#include "store/amends-store-private.h"

static const char sql_put[] =
    "INSERT INTO attachment (code, number, name, size, whole, n_there, wanted, root, hashes)"
    " VALUES (:code, :number, :name, :size, 1, 0, 0, :root, :hashes)";
static const char sql_get[] = "SELECT name, size, root, hashes FROM attachment"
                              " WHERE code = :code AND number = :number AND root IS NOT NULL";
/* Index attachment_given. Of a code that this device had before, no number says anything. */
static const char sql_give_up[] =
    "UPDATE attachment SET whole = :given_up WHERE code = :code AND root IS NOT NULL AND whole = 1"
    " AND there_at IS NOT NULL AND there_number < :safe";
static const char sql_stream[] = "SELECT stream FROM event WHERE code = :code AND number = :number";

/**
 * amends_keyless_free:
 * @self: (nullable) (transfer full): a row
 */
void
amends_keyless_free (AmendsKeyless *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_clear_pointer (&self->hashes, g_bytes_unref);
  g_free (self);
}

/**
 * amends_keyless_put:
 * @id: of the event that says the file, which is in a box
 *
 * In the caller's transaction.
 * Returns: %TRUE on success
 */
gboolean
amends_keyless_put (AmendsStore *store,
                    const AmendsId *id,
                    const AmendsKeyless *self,
                    GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (store->db, sql_put, error);

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, id->code);
  sqlite3_bind_int64 (stmt, 2, (gint64) id->number);
  amends_db_bind_text (stmt, 3, self->name);
  sqlite3_bind_int64 (stmt, 4, (gint64) self->size);
  amends_db_bind_blob (stmt, 5, self->root.bytes, sizeof self->root.bytes);
  amends_db_bind_blob (stmt, 6, g_bytes_get_data (self->hashes, NULL),
                       g_bytes_get_size (self->hashes));
  return amends_db_run (store->db, stmt, error);
}

/**
 * amends_keyless_note:
 * @event: as it was before it was put in its box; any event may be handed in
 *
 * In the caller's transaction, while the key is still here.
 * Errors: %AMENDS_STORE_ERROR_DAMAGED where a part of the file is gone.
 * Returns: %TRUE on success
 */
gboolean
amends_keyless_note (AmendsStore *store, const AmendsEvent *event, GError **error)
{
  json_auto_t *body = amends_event_load_body (event, NULL);
  g_autoptr (GArray) hashes = NULL;
  g_autoptr (AmendsKeyless) self = NULL;
  char name[AMENDS_BLOB_NAME_CHARS + 1];
  AmendsAttachment attachment;

  if (body == NULL || !amends_attachment_read (body, &attachment))
    return TRUE;
  hashes = amends_store_get_chunk_hashes (store, &attachment);
  if (hashes == NULL)
    {
      amends_log_set_damaged (&event->id, "a part of its attachment is gone", error);
      return FALSE;
    }
  amends_store_get_blob_name (store, attachment.key, name);
  self = g_new0 (AmendsKeyless, 1);
  self->name = g_strdup (name);
  self->size = attachment.size;
  self->root = attachment.root;
  self->hashes = g_bytes_new (&g_array_index (hashes, AmendsDigest, 1),
                              (hashes->len - 1) * sizeof (AmendsDigest));
  return amends_keyless_put (store, &event->id, self, error);
}

/**
 * amends_keyless_get:
 * @id: of an event
 *
 * Returns: (transfer full) (nullable): its row; %NULL without @error if it has none, or has one that cannot be right
 */
AmendsKeyless *
amends_keyless_get (AmendsStore *store, const AmendsId *id, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (store->db, sql_get, error);
  g_autoptr (AmendsKeyless) self = NULL;

  if (stmt == NULL)
    return NULL;
  amends_db_bind_text (stmt, 1, id->code);
  sqlite3_bind_int64 (stmt, 2, (gint64) id->number);
  if (amends_db_step (store->db, stmt, error) != SQLITE_ROW)
    return NULL;
  self = g_new0 (AmendsKeyless, 1);
  self->name = amends_db_dup_text (stmt, 0);
  self->size = (guint64) sqlite3_column_int64 (stmt, 1);
  self->hashes =
      g_bytes_new (sqlite3_column_blob (stmt, 3), (gsize) sqlite3_column_bytes (stmt, 3));
  if (sqlite3_column_bytes (stmt, 2) == AMENDS_DIGEST_BYTES)
    memcpy (self->root.bytes, sqlite3_column_blob (stmt, 2), AMENDS_DIGEST_BYTES);
  sqlite3_reset (stmt);
  if (self->name == NULL || self->size < 1 || self->size > AMENDS_ATTACHMENT_MAX_BYTES
      || g_bytes_get_size (self->hashes)
             != amends_attachment_count_parts (self->size) * (gsize) AMENDS_DIGEST_BYTES)
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * amends_keyless_load:
 * @id: of an event
 * @ret_attachment: (out): what travels of its file
 * @ret_stream: (out): the case that it belongs to
 *
 * Returns: whether it has such a file
 */
gboolean
amends_keyless_load (AmendsStore *store,
                     const AmendsId *id,
                     AmendsAttachment *ret_attachment,
                     AmendsId *ret_stream)
{
  g_autoptr (AmendsKeyless) self = amends_keyless_get (store, id, NULL);
  sqlite3_stmt *stmt = amends_db_prepare (store->db, sql_stream, NULL);
  gboolean is_found = FALSE;

  if (self == NULL || stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, id->code);
  sqlite3_bind_int64 (stmt, 2, (gint64) id->number);
  if (amends_db_step (store->db, stmt, NULL) == SQLITE_ROW)
    {
      is_found = amends_id_parse ((const char *) sqlite3_column_text (stmt, 0), ret_stream, NULL);
      sqlite3_reset (stmt);
    }
  *ret_attachment = (AmendsAttachment){ .id = *id,
                                        .size = self->size,
                                        .n_parts = amends_attachment_count_parts (self->size),
                                        .is_keyless = TRUE,
                                        .root = self->root };
  return is_found;
}

/**
 * amends_keyless_get_hashes:
 * @attachment: a keyless one
 *
 * Returns: (transfer full) (nullable) (element-type AmendsDigest): as amends_store_get_chunk_hashes()
 */
GArray *
amends_keyless_get_hashes (AmendsStore *store, const AmendsAttachment *attachment)
{
  g_autoptr (AmendsKeyless) self = amends_keyless_get (store, &attachment->id, NULL);
  GArray *hashes;

  if (self == NULL)
    return NULL;
  hashes = g_array_new (FALSE, FALSE, sizeof (AmendsDigest));
  g_array_append_val (hashes, self->root);
  g_array_append_vals (hashes, g_bytes_get_data (self->hashes, NULL),
                       (guint) (g_bytes_get_size (self->hashes) / sizeof (AmendsDigest)));
  return hashes;
}

/**
 * amends_keyless_give_up:
 *
 * Removes the chunks of what a verified backup has. Where this stops after the rows were written the files are swept when
 * the store is opened next. In no transaction, once the server's epoch is followed: of a server that was restored it is
 * not known what it holds.
 * Errors: of the store.
 * Returns: %TRUE on success
 */
gboolean
amends_keyless_give_up (AmendsStore *store, GError **error)
{
  gint64 safe, acknowledged;
  sqlite3_stmt *stmt;

  if (!amends_meta_get_number (store, "safe-number", &safe, error)
      || !amends_meta_get_number (store, "acknowledged", &acknowledged, error))
    return FALSE;
  stmt = amends_db_prepare (store->db, sql_give_up, error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int (stmt, 1, AMENDS_ATTACHMENT_GIVEN_UP);
  amends_db_bind_text (stmt, 2, store->identity->code);
  sqlite3_bind_int64 (stmt, 3, MIN (safe, acknowledged)); /* a receipt proves that one alone */
  return amends_db_run (store->db, stmt, error)
         && (sqlite3_changes (amends_db_get_handle (store->db)) == 0
             || amends_store_sweep_attachments (store, error));
}
