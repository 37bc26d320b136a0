/* amends-head.c: where this device stands, and how far the server is known to hold what it wrote
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "store/amends-log.h"
#include "store/amends-store-private.h"

static const char sql_last_own[] = "SELECT max(number) FROM event WHERE code = :code";
static const char sql_get_base[] =
    "SELECT chain.base FROM chain, feed"
    " WHERE chain.feed = feed.feed AND feed.name = :feed AND chain.code = :code";
static const char sql_set_base[] = "UPDATE chain SET base = :base WHERE code = :code"
                                   " AND feed = (SELECT feed FROM feed WHERE name = :feed)";
static const char sql_own_digests[] =
    "SELECT event.number, event.digest, feed.name FROM event, feed"
    " WHERE event.code = :code AND event.number > :after AND event.number <= :upto"
    " AND feed.feed = event.feed ORDER BY event.number";

/**
 * amends_log_get_last_own:
 * @ret_number: (out): of the last event of this device; 0 before the first
 *
 * Returns: %TRUE on success
 */
gboolean
amends_log_get_last_own (AmendsStore *self, guint64 *ret_number, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_last_own, error);

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, self->identity->code);
  if (amends_db_step (self->db, stmt, error) != SQLITE_ROW)
    return FALSE;
  *ret_number = (guint64) sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return TRUE;
}

/**
 * amends_log_get_head:
 * @ret_head: (out): where this device stands
 *
 * Returns: %TRUE on success
 */
gboolean
amends_log_get_head (AmendsStore *self, AmendsHead *ret_head, GError **error)
{
  gint64 acknowledged;

  if (!amends_store_check_unlocked (self, error))
    return FALSE;
  if (!amends_meta_get_number (self, "acknowledged", &acknowledged, error))
    return FALSE;
  ret_head->acknowledged = (guint64) acknowledged;
  return amends_log_get_last_own (self, &ret_head->number, error)
         && amends_meta_get_digest (self, "trunk", &ret_head->trunk, error)
         && amends_meta_get_digest (self, "acknowledged-trunk", &ret_head->acknowledged_trunk,
                                    error);
}

typedef gboolean (*DigestFunc) (guint64 number,
                                const guint8 *digest,
                                const char *feed,
                                gpointer user_data);

static gboolean
foreach_own_digest (AmendsStore *self,
                    guint64 after,
                    guint64 upto,
                    DigestFunc func,
                    gpointer user_data,
                    GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_own_digests, error);
  int code;

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, self->identity->code);
  sqlite3_bind_int64 (stmt, 2, (gint64) after);
  sqlite3_bind_int64 (stmt, 3, (gint64) upto);
  while ((code = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      if (sqlite3_column_bytes (stmt, 1) != AMENDS_DIGEST_BYTES)
        {
          sqlite3_reset (stmt);
          g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
                       "The digest of an event of this device is damaged");
          return FALSE;
        }
      if (!func ((guint64) sqlite3_column_int64 (stmt, 0), sqlite3_column_blob (stmt, 1),
                 (const char *) sqlite3_column_text (stmt, 2), user_data))
        {
          sqlite3_reset (stmt);
          return TRUE;
        }
    }
  return code == SQLITE_DONE;
}

static gboolean
step_trunk (guint64 number, const guint8 *digest, const char *feed, gpointer user_data)
{
  amends_chain_step (user_data, digest);
  return TRUE;
}

/**
 * amends_log_get_trunk_at:
 * @number: up to the last of this device; 0 for the beginning
 * @ret_trunk: (out): its trunk there
 *
 * Errors: %AMENDS_STORE_ERROR_FAILED if this device has not written so many.
 * Returns: %TRUE on success
 */
gboolean
amends_log_get_trunk_at (AmendsStore *self, guint64 number, AmendsDigest *ret_trunk, GError **error)
{
  AmendsHead head;
  guint64 from = 0;

  if (!amends_log_get_head (self, &head, error))
    return FALSE;
  if (number > head.number)
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                   "This device has not written so many events");
      return FALSE;
    }
  if (number == head.number)
    {
      *ret_trunk = head.trunk;
      return TRUE;
    }
  if (number >= head.acknowledged)
    {
      from = head.acknowledged;
      *ret_trunk = head.acknowledged_trunk;
    }
  else
    amends_chain_begin (ret_trunk, self->identity->organisation_id, self->identity->key, "");
  return foreach_own_digest (self, from, number, step_trunk, ret_trunk, error);
}

typedef struct
{
  AmendsDigest trunk;
  GArray *trunks; /* element-type AmendsDigest */
} TrunkWalk;

static gboolean
collect_trunk (guint64 number, const guint8 *digest, const char *feed, gpointer user_data)
{
  TrunkWalk *walk = user_data;

  amends_chain_step (&walk->trunk, digest);
  g_array_append_val (walk->trunks, walk->trunk);
  return TRUE;
}

/**
 * amends_log_get_trunks:
 * @first: from 1
 * @last: up to the last of this device
 * @ret_trunks: (element-type AmendsDigest): the trunks at @first to @last are added here
 *
 * Errors: %AMENDS_STORE_ERROR_FAILED if this device has not written so many.
 * Returns: %TRUE on success
 */
gboolean
amends_log_get_trunks (AmendsStore *self,
                       guint64 first,
                       guint64 last,
                       GArray *ret_trunks,
                       GError **error)
{
  TrunkWalk walk = { .trunks = ret_trunks };

  g_return_val_if_fail (first > 0, FALSE);

  return amends_log_get_trunk_at (self, first - 1, &walk.trunk, error)
         && foreach_own_digest (self, first - 1, last, collect_trunk, &walk, error);
}

typedef struct
{
  AmendsStore *store;
  GHashTable *chains; /* feed -> AmendsDigest */
  gboolean from_begin;
  GError *failure; /* (nullable) */
} BaseWalk;

static gboolean
walk_has_failed (BaseWalk *walk, GError **error)
{
  if (walk->failure == NULL)
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&walk->failure));
  return TRUE;
}

static AmendsDigest *
walk_chain (BaseWalk *walk, const char *feed)
{
  AmendsDigest *chain = g_hash_table_lookup (walk->chains, feed);

  if (chain == NULL)
    {
      chain = g_new0 (AmendsDigest, 1);
      if (walk->from_begin)
        amends_chain_begin (chain, walk->store->identity->organisation_id,
                            walk->store->identity->key, feed);
      else if (!amends_log_get_base (walk->store, feed, chain, &walk->failure))
        {
          g_free (chain);
          return NULL;
        }
      g_hash_table_insert (walk->chains, g_strdup (feed), chain);
    }
  return chain;
}

static gboolean
step_base (guint64 number, const guint8 *digest, const char *feed, gpointer user_data)
{
  AmendsDigest *chain = walk_chain (user_data, feed);

  if (chain != NULL)
    amends_chain_step (chain, digest);
  return chain != NULL;
}

static gboolean
save_bases (AmendsStore *self, GHashTable *chains, GError **error)
{
  GHashTableIter iter;
  gpointer feed, chain;

  g_hash_table_iter_init (&iter, chains);
  while (g_hash_table_iter_next (&iter, &feed, &chain))
    {
      sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_set_base, error);

      if (stmt == NULL)
        return FALSE;
      amends_db_bind_blob (stmt, 1, chain, AMENDS_DIGEST_BYTES);
      amends_db_bind_text (stmt, 2, self->identity->code);
      amends_db_bind_text (stmt, 3, feed);
      if (!amends_db_run (self->db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * amends_log_set_acknowledged:
 * @number: the server holds this device's events up to here; may be lower than before, if the server
 *   was restored
 *
 * In the caller's transaction. Moves the bases of own chains along.
 * Returns: %TRUE on success
 */
gboolean
amends_log_set_acknowledged (AmendsStore *self, guint64 number, GError **error)
{
  g_autoptr (GHashTable) chains = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  BaseWalk walk = { .store = self, .chains = chains };
  AmendsDigest trunk;
  guint64 before;
  gint64 kept;

  if (!amends_meta_get_number (self, "acknowledged", &kept, error))
    return FALSE;
  before = (guint64) kept;
  if (number == before)
    return TRUE;
  walk.from_begin = number < before;
  if (walk.from_begin && !amends_db_exec (self->db, "UPDATE chain SET base = NULL", error))
    return FALSE;
  return amends_log_get_trunk_at (self, number, &trunk, error)
         && foreach_own_digest (self, walk.from_begin ? 0 : before, number, step_base, &walk, error)
         && !walk_has_failed (&walk, error) && save_bases (self, chains, error)
         && amends_meta_set_number (self, "acknowledged", (gint64) number, error)
         && amends_meta_set_plain (self, "acknowledged-trunk", trunk.bytes, sizeof trunk.bytes,
                                   error);
}

/**
 * amends_log_get_base:
 * @feed: a feed
 * @ret_chain: (out): this device's chain in it at its last acknowledged number
 *
 * Returns: %TRUE on success
 */
gboolean
amends_log_get_base (AmendsStore *self, const char *feed, AmendsDigest *ret_chain, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_get_base, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  amends_chain_begin (ret_chain, self->identity->organisation_id, self->identity->key, feed);
  amends_db_bind_text (stmt, 1, feed);
  amends_db_bind_text (stmt, 2, self->identity->code);
  found = amends_db_step (self->db, stmt, error);
  if (found == SQLITE_ROW)
    {
      if (sqlite3_column_bytes (stmt, 0) == AMENDS_DIGEST_BYTES)
        memcpy (ret_chain->bytes, sqlite3_column_blob (stmt, 0), AMENDS_DIGEST_BYTES);
      sqlite3_reset (stmt);
    }
  return found == SQLITE_ROW || found == SQLITE_DONE;
}
