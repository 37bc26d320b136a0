/* amends-server-store-chunks.c: chunks of attachments in the SQLite file
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "server/amends-server-sqlite.h"

#define HASH_BYTES ((gsize) AMENDS_DIGEST_BYTES)

/* The first column of the only row; 0 if there is none. */
static gboolean
get_int (AmendsServerStore *store, sqlite3_stmt *stmt, gint64 *ret_value, GError **error)
{
  int code = amends_sqlite_step (store, stmt, error);

  *ret_value = 0;
  if (code == SQLITE_ROW)
    {
      *ret_value = sqlite3_column_int64 (stmt, 0);
      sqlite3_reset (stmt);
    }
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
store_get_chunk_feed (AmendsServerStore *store,
                      const char *stream,
                      gint64 written,
                      gint64 *ret_feed,
                      GError **error)
{
  static const char sql[] = "SELECT chunk.feed FROM chunk, event WHERE chunk.stream = ?1"
                            " AND event.event = chunk.event AND event.feed = ?2 LIMIT 1";

  return get_int (store, amends_sqlite_query (store, error, sql, "ti", stream, written), ret_feed,
                  error);
}

static gboolean
store_has_chunk (AmendsServerStore *store,
                 gint64 event,
                 const AmendsDigest *hash,
                 gboolean *ret_has,
                 GError **error)
{
  static const char sql[] = "SELECT 1 FROM chunk WHERE event = ?1 AND hash = ?2";
  gint64 found;

  if (!get_int (store,
                amends_sqlite_query (store, error, sql, "ib", event, hash->bytes, HASH_BYTES),
                &found, error))
    return FALSE;
  *ret_has = found != 0;
  return TRUE;
}

static gboolean
store_get_chunk (AmendsServerStore *store,
                 gint64 event,
                 const AmendsDigest *hash,
                 GBytes **ret_bytes,
                 GError **error)
{
  static const char sql[] = "SELECT bytes FROM chunk WHERE event = ?1 AND hash = ?2";
  sqlite3_stmt *stmt =
      amends_sqlite_query (store, error, sql, "ib", event, hash->bytes, HASH_BYTES);
  int code = amends_sqlite_step (store, stmt, error);

  *ret_bytes = NULL;
  if (code == SQLITE_ROW)
    {
      *ret_bytes =
          g_bytes_new (sqlite3_column_blob (stmt, 0), (gsize) sqlite3_column_bytes (stmt, 0));
      sqlite3_reset (stmt);
    }
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
store_add_chunk (AmendsServerStore *store, const AmendsServerChunk *chunk, GError **error)
{
  static const char sql[] = "INSERT INTO chunk (event, hash, feed, stream, device, n_bytes, bytes)"
                            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
  static const char sql_use[] =
      "INSERT INTO chunk_use (device, n_bytes) VALUES (?1, ?2)"
      " ON CONFLICT (device) DO UPDATE SET n_bytes = n_bytes + excluded.n_bytes";
  gsize n_bytes = g_bytes_get_size (chunk->bytes);

  if (!amends_sqlite_run (store,
                          amends_sqlite_query (store, error, sql, "ibitiib", chunk->event,
                                               chunk->hash.bytes, HASH_BYTES, chunk->feed,
                                               chunk->stream, chunk->device, (gint64) n_bytes,
                                               g_bytes_get_data (chunk->bytes, NULL), n_bytes),
                          error))
    return FALSE;
  if (sqlite3_changes (amends_db_get_handle (((AmendsSqlite *) store)->db)) == 0)
    return TRUE;
  return amends_sqlite_run (store,
                            amends_sqlite_query (store, error, sql_use, "ii", chunk->device,
                                                 (gint64) n_bytes),
                            error);
}

static gboolean
store_get_chunk_use (AmendsServerStore *store,
                     gint64 device,
                     guint64 *ret_of_device,
                     guint64 *ret_of_all,
                     GError **error)
{
  static const char sql[] = "SELECT coalesce (sum (n_bytes) FILTER (WHERE device = ?1), 0),"
                            " coalesce (sum (n_bytes), 0) FROM chunk_use";
  sqlite3_stmt *stmt = amends_sqlite_query (store, error, sql, "i", device);

  if (amends_sqlite_step (store, stmt, error) != SQLITE_ROW)
    return FALSE;
  *ret_of_device = amends_sqlite_column_number (stmt, 0);
  *ret_of_all = amends_sqlite_column_number (stmt, 1);
  sqlite3_reset (stmt);
  return TRUE;
}

static gboolean
store_move_chunks (AmendsServerStore *store, const char *stream, gint64 feed, GError **error)
{
  static const char sql[] = "UPDATE chunk SET feed = ?2 WHERE stream = ?1";

  return amends_sqlite_run (store, amends_sqlite_query (store, error, sql, "ti", stream, feed),
                            error);
}

#define GONE "(stream = ?1 OR (?1 IS NULL AND event = ?2))"

static gboolean
store_drop_chunks (AmendsServerStore *store, const char *stream, gint64 event, GError **error)
{
  static const char sql_use[] =
      "UPDATE chunk_use SET n_bytes = n_bytes - gone.n FROM"
      " (SELECT device AS of, sum (n_bytes) AS n FROM chunk WHERE " GONE " GROUP BY device) AS gone"
      " WHERE device = gone.of";
  static const char sql[] = "DELETE FROM chunk WHERE " GONE;

  return amends_sqlite_run (store, amends_sqlite_query (store, error, sql_use, "ti", stream, event),
                            error)
         && amends_sqlite_run (store, amends_sqlite_query (store, error, sql, "ti", stream, event),
                               error);
}

static gboolean
store_each_chunk (AmendsServerStore *store,
                  gint64 event,
                  const AmendsDigest *hash,
                  guint n_max,
                  AmendsServerChunkFunc function,
                  gpointer user_data,
                  GError **error)
{
  static const char sql[] = "SELECT event, hash, feed, stream, device, bytes FROM chunk"
                            " WHERE (event, hash) > (?1, ?2) ORDER BY event, hash LIMIT ?3";
  sqlite3_stmt *stmt = amends_sqlite_query (store, error, sql, "ibi", event, hash->bytes,
                                            HASH_BYTES, (gint64) n_max);
  int code;

  while ((code = amends_sqlite_step (store, stmt, error)) == SQLITE_ROW)
    {
      AmendsServerChunk chunk = { .event = sqlite3_column_int64 (stmt, 0),
                                  .feed = sqlite3_column_int64 (stmt, 2),
                                  .device = sqlite3_column_int64 (stmt, 4) };
      g_autoptr (GBytes) bytes =
          g_bytes_new (sqlite3_column_blob (stmt, 5), (gsize) sqlite3_column_bytes (stmt, 5));

      amends_sqlite_column_bytes (stmt, 1, chunk.hash.bytes, HASH_BYTES);
      amends_sqlite_column_text (stmt, 3, chunk.stream, sizeof chunk.stream);
      chunk.bytes = bytes;
      if (!function (&chunk, user_data))
        {
          sqlite3_reset (stmt);
          return TRUE;
        }
    }
  return code == SQLITE_DONE;
}

/* Sets the functions of @store that this file has. */
void
amends_sqlite_set_chunks (AmendsServerStore *store)
{
  store->get_chunk_feed = store_get_chunk_feed;
  store->has_chunk = store_has_chunk;
  store->get_chunk = store_get_chunk;
  store->add_chunk = store_add_chunk;
  store->get_chunk_use = store_get_chunk_use;
  store->move_chunks = store_move_chunks;
  store->drop_chunks = store_drop_chunks;
  store->each_chunk = store_each_chunk;
}
