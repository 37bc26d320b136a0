/* amends-server-store-pg-chunks.c: chunks of attachments in PostgreSQL
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "server/amends-server-pg.h"

#define HASH_BYTES ((gsize) AMENDS_DIGEST_BYTES)

static gboolean
store_get_chunk_feed (AmendsServerStore *store,
                      const char *stream,
                      gint64 written,
                      gint64 *ret_feed,
                      GError **error)
{
  static const char sql[] = "SELECT chunk.feed FROM chunk, event WHERE chunk.stream = $1"
                            " AND event.event = chunk.event AND event.feed = $2 LIMIT 1";
  g_autoptr (PGresult) found = amends_pg_query (store, error, sql, "ti", stream, written);

  if (found == NULL)
    return FALSE;
  *ret_feed = PQntuples (found) > 0 ? amends_pg_int (found, 0, 0) : 0;
  return TRUE;
}

static gboolean
store_has_chunk (AmendsServerStore *store,
                 gint64 event,
                 const AmendsDigest *hash,
                 gboolean *ret_has,
                 GError **error)
{
  static const char sql[] = "SELECT 1::bigint FROM chunk WHERE event = $1 AND hash = $2";
  g_autoptr (PGresult) found =
      amends_pg_query (store, error, sql, "ib", event, hash->bytes, HASH_BYTES);

  if (found == NULL)
    return FALSE;
  *ret_has = PQntuples (found) > 0;
  return TRUE;
}

static gboolean
store_get_chunk (AmendsServerStore *store,
                 gint64 event,
                 const AmendsDigest *hash,
                 GBytes **ret_bytes,
                 GError **error)
{
  static const char sql[] = "SELECT bytes FROM chunk WHERE event = $1 AND hash = $2";
  g_autoptr (PGresult) found =
      amends_pg_query (store, error, sql, "ib", event, hash->bytes, HASH_BYTES);

  if (found == NULL)
    return FALSE;
  *ret_bytes = PQntuples (found) > 0 ? amends_pg_get_bytes (found, 0, 0) : NULL;
  return TRUE;
}

/* Two processes may have the same at once: one of them adds it, and counts it. */
static gboolean
store_add_chunk (AmendsServerStore *store, const AmendsServerChunk *chunk, GError **error)
{
  static const char sql[] =
      "WITH added AS (INSERT INTO chunk (event, hash, feed, stream, device, n_bytes, bytes)"
      "  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING device, n_bytes)"
      " INSERT INTO chunk_use (device, n_bytes) SELECT device, n_bytes FROM added"
      " ON CONFLICT (device) DO UPDATE SET n_bytes = chunk_use.n_bytes + excluded.n_bytes";
  gsize n_bytes;
  const void *bytes = g_bytes_get_data (chunk->bytes, &n_bytes);

  return amends_pg_run (store, error, sql, "ibitiib", chunk->event, chunk->hash.bytes, HASH_BYTES,
                        chunk->feed, chunk->stream, chunk->device, (gint64) n_bytes, bytes,
                        n_bytes);
}

static gboolean
store_get_chunk_use (AmendsServerStore *store,
                     gint64 device,
                     guint64 *ret_of_device,
                     guint64 *ret_of_all,
                     GError **error)
{
  static const char sql[] = "SELECT coalesce (sum (n_bytes) FILTER (WHERE device = $1), 0)::bigint,"
                            " coalesce (sum (n_bytes), 0)::bigint FROM chunk_use";
  g_autoptr (PGresult) found = amends_pg_query (store, error, sql, "i", device);

  if (found == NULL)
    return FALSE;
  *ret_of_device = amends_pg_number (found, 0, 0);
  *ret_of_all = amends_pg_number (found, 0, 1);
  return TRUE;
}

static gboolean
store_move_chunks (AmendsServerStore *store, const char *stream, gint64 feed, GError **error)
{
  static const char sql[] = "UPDATE chunk SET feed = $2 WHERE stream = $1";

  return amends_pg_run (store, error, sql, "ti", stream, feed);
}

static gboolean
store_drop_chunks (AmendsServerStore *store, const char *stream, gint64 event, GError **error)
{
  static const char sql_of_stream[] = "SELECT erase_chunks ($1, NULL)";
  static const char sql_of_event[] = "SELECT erase_chunks (NULL, $1)";

  return stream != NULL ? amends_pg_run (store, error, sql_of_stream, "t", stream)
                        : amends_pg_run (store, error, sql_of_event, "i", event);
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
                            " WHERE (event, hash) > ($1, $2) ORDER BY event, hash LIMIT $3";
  g_autoptr (PGresult) found =
      amends_pg_query (store, error, sql, "ibi", event, hash->bytes, HASH_BYTES, (gint64) n_max);

  for (int row = 0; found != NULL && row < PQntuples (found); row++)
    {
      AmendsServerChunk chunk = { .event = amends_pg_int (found, row, 0),
                                  .feed = amends_pg_int (found, row, 2),
                                  .device = amends_pg_int (found, row, 4) };
      g_autoptr (GBytes) bytes = amends_pg_get_bytes (found, row, 5);

      amends_pg_bytes (found, row, 1, chunk.hash.bytes, HASH_BYTES);
      amends_pg_text (found, row, 3, chunk.stream, sizeof chunk.stream);
      chunk.bytes = bytes;
      if (!function (&chunk, user_data))
        return TRUE;
    }
  return found != NULL;
}

/* Sets the functions of @store that this file has. */
void
amends_pg_set_chunks (AmendsServerStore *store)
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
