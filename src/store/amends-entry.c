/* amends-entry.c: where the server has put events
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-error.h"
#include "store/amends-log.h"
#include "store/amends-store-private.h"

static const char sql_add_entry[] =
    "INSERT OR REPLACE INTO entry (feed, position, n, kind, code, number, logged_at)"
    " SELECT feed, :position, :n, :kind, :code, :number, :logged_at FROM feed WHERE name = :feed";
static const char sql_set_cursor[] =
    "UPDATE feed SET position = :position, hash = :hash WHERE name = :feed";
#define FEED_COLUMNS "SELECT name, may_read, may_write, position, hash, safe FROM feed"
static const char sql_list_feeds[] = FEED_COLUMNS " ORDER BY name <> 'ctl', name";
static const char sql_get_feed[] = FEED_COLUMNS " WHERE name = :name";
static const char sql_digests[] =
    "SELECT event.number, event.digest FROM event, feed"
    " WHERE event.feed = feed.feed AND feed.name = :feed AND event.code = :code"
    " AND event.number >= :number ORDER BY event.number LIMIT :n";
static const char sql_next[] = "SELECT event.number FROM event, feed"
                               " WHERE event.feed = feed.feed AND feed.name = :feed"
                               " AND event.code = :code AND event.number > :after"
                               " ORDER BY event.number LIMIT 1";
static const char sql_list_entries[] =
    "SELECT entry.position, entry.n, entry.kind, entry.code, entry.number FROM entry, feed"
    " WHERE entry.feed = feed.feed AND feed.name = :feed ORDER BY entry.position";

/**
 * amends_log_add_entry:
 * @position: of the first
 * @n: how many positions
 * @kind: what they are
 * @id: of the first event; or of what left or was erased
 * @logged_at_s: when the server logged it, Unix seconds; 0 unknown
 *
 * In the caller's transaction.
 * Returns: %TRUE on success
 */
gboolean
amends_log_add_entry (AmendsStore *self,
                      const char *feed,
                      guint64 position,
                      guint64 n,
                      AmendsEntryKind kind,
                      const AmendsId *id,
                      gint64 logged_at_s,
                      GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_add_entry, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, (gint64) position);
  sqlite3_bind_int64 (stmt, 2, (gint64) n);
  sqlite3_bind_int (stmt, 3, kind);
  amends_db_bind_text (stmt, 4, id->code);
  sqlite3_bind_int64 (stmt, 5, (gint64) id->number);
  sqlite3_bind_int64 (stmt, 6, logged_at_s);
  amends_db_bind_text (stmt, 7, feed);
  return amends_db_run (self->db, stmt, error);
}

/**
 * amends_log_digests_of:
 * @code: a device
 * @first_number: of its events
 * @n: how many, the next ones in @feed
 * @ret_digests: (element-type AmendsDigest): they are added here
 *
 * Errors: %AMENDS_STORE_ERROR_DAMAGED if not so many of it are held.
 * Returns: %TRUE on success
 */
gboolean
amends_log_digests_of (AmendsStore *self,
                       const char *code,
                       const char *feed,
                       guint64 first_number,
                       guint64 n,
                       GArray *ret_digests,
                       GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_digests, error);
  guint n_before = ret_digests->len;
  int found;

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, feed);
  amends_db_bind_text (stmt, 2, code);
  sqlite3_bind_int64 (stmt, 3, (gint64) first_number);
  sqlite3_bind_int64 (stmt, 4, (gint64) n);
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    if (sqlite3_column_bytes (stmt, 1) == AMENDS_DIGEST_BYTES)
      g_array_append_vals (ret_digests, sqlite3_column_blob (stmt, 1), 1);
  if (found != SQLITE_DONE)
    return FALSE;
  if (ret_digests->len - n_before == n)
    return TRUE;
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
               "The server names events of %s that are not here", code);
  return FALSE;
}

/**
 * amends_log_is_next:
 * @id: an event held here
 * @after: a lower number of its device
 * @ret_is_next: (out): whether it is the first one in @feed after that number
 *
 * Returns: %TRUE on success
 */
gboolean
amends_log_is_next (AmendsStore *self,
                    const char *feed,
                    const AmendsId *id,
                    guint64 after,
                    gboolean *ret_is_next,
                    GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_next, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, feed);
  amends_db_bind_text (stmt, 2, id->code);
  sqlite3_bind_int64 (stmt, 3, (gint64) after);
  found = amends_db_step (self->db, stmt, error);
  if (found == SQLITE_ROW)
    {
      *ret_is_next = (guint64) sqlite3_column_int64 (stmt, 0) == id->number;
      sqlite3_reset (stmt);
    }
  else
    *ret_is_next = FALSE;
  return found == SQLITE_ROW || found == SQLITE_DONE;
}

/**
 * amends_log_digests_of_own:
 * @first_number: of this device
 * @n: how many, the next ones in @feed
 * @ret_digests: (element-type AmendsDigest): they are added here
 *
 * Errors: %AMENDS_STORE_ERROR_DAMAGED if this device has not so many.
 * Returns: %TRUE on success
 */
gboolean
amends_log_digests_of_own (AmendsStore *self,
                           const char *feed,
                           guint64 first_number,
                           guint64 n,
                           GArray *ret_digests,
                           GError **error)
{
  return amends_log_digests_of (self, self->identity->code, feed, first_number, n, ret_digests,
                                error);
}

/**
 * amends_log_set_cursor:
 * @position: of the last entry held
 * @hash: the feed hash there
 *
 * In the transaction of the entries.
 * Returns: %TRUE on success
 */
gboolean
amends_log_set_cursor (AmendsStore *self,
                       const char *feed,
                       guint64 position,
                       const AmendsDigest *hash,
                       GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_set_cursor, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, (gint64) position);
  amends_db_bind_blob (stmt, 2, hash->bytes, sizeof hash->bytes);
  amends_db_bind_text (stmt, 3, feed);
  return amends_db_run (self->db, stmt, error);
}

static AmendsFeed
read_feed (sqlite3_stmt *stmt)
{
  AmendsFeed feed = { .may_read = sqlite3_column_int (stmt, 1) != 0,
                      .may_write = sqlite3_column_int (stmt, 2) != 0,
                      .position = (guint64) sqlite3_column_int64 (stmt, 3),
                      .safe = (guint64) sqlite3_column_int64 (stmt, 5) };

  g_strlcpy (feed.feed, (const char *) sqlite3_column_text (stmt, 0), sizeof feed.feed);
  if (sqlite3_column_bytes (stmt, 4) == AMENDS_DIGEST_BYTES)
    memcpy (feed.hash.bytes, sqlite3_column_blob (stmt, 4), AMENDS_DIGEST_BYTES);
  return feed;
}

/**
 * amends_store_get_feed:
 * @ret_feed: (out): the feed of that name; may neither be read nor written where this device does not hold it
 *
 * Returns: %TRUE on success
 */
gboolean
amends_store_get_feed (AmendsStore *self, const char *name, AmendsFeed *ret_feed, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_get_feed, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, name);
  found = amends_db_step (self->db, stmt, error);
  *ret_feed = found == SQLITE_ROW ? read_feed (stmt) : (AmendsFeed){ 0 };
  sqlite3_reset (stmt);
  return found == SQLITE_ROW || found == SQLITE_DONE;
}

/* Whether what is known of a scheme, or of the landlord, may be recorded here: who writes there reads what stands there. A
 * device that was given a scheme before homes were recorded has all that goes with it all the same.
 * Errors: %AMENDS_CORE_ERROR_REFUSED, with a sentence */
gboolean
amends_store_check_serves (AmendsStore *self, const char *feed, GError **error)
{
  AmendsFeed given;
  gboolean is_of_scheme = amends_feed_get_scheme (feed) != NULL;

  if (!amends_store_get_feed (self, feed, &given, error))
    return FALSE;
  if (given.may_write && given.may_read)
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, is_of_scheme ? "scheme" : NULL, NULL,
                    is_of_scheme ? "This device does not serve that scheme: whoever looks after "
                                   "the server can grant that"
                                 : "This device may not write in that register: whoever looks "
                                   "after the server can grant that");
  return FALSE;
}

/**
 * amends_store_list_feeds:
 *
 * Returns: (transfer full) (element-type AmendsFeed): what this device holds, ctl first
 */
GArray *
amends_store_list_feeds (AmendsStore *self, GError **error)
{
  g_autoptr (GArray) feeds = g_array_new (FALSE, TRUE, sizeof (AmendsFeed));
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_list_feeds, error);
  int found;

  if (stmt == NULL)
    return NULL;
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      AmendsFeed feed = read_feed (stmt);

      g_array_append_val (feeds, feed);
    }
  return found == SQLITE_DONE ? g_steal_pointer (&feeds) : NULL;
}

typedef struct
{
  guint64 position;
  guint64 n;
  AmendsEntryKind kind;
  AmendsId id;
} Run;

static GArray *
list_runs (AmendsStore *self, const char *feed, GError **error)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, TRUE, sizeof (Run));
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_list_entries, error);
  int found;

  if (stmt == NULL)
    return NULL;
  amends_db_bind_text (stmt, 1, feed);
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      Run run = { .position = (guint64) sqlite3_column_int64 (stmt, 0),
                  .n = (guint64) sqlite3_column_int64 (stmt, 1),
                  .kind = (AmendsEntryKind) sqlite3_column_int (stmt, 2) };

      amends_id_init (&run.id, (const char *) sqlite3_column_text (stmt, 3),
                      (guint64) sqlite3_column_int64 (stmt, 4));
      g_array_append_val (runs, run);
    }
  return found == SQLITE_DONE ? g_steal_pointer (&runs) : NULL;
}

/**
 * amends_log_hash_at:
 * @position: up to the cursor
 * @ret_hash: (out): the feed hash there, computed again from the entries held
 *
 * Errors: %AMENDS_STORE_ERROR_DAMAGED if an entry or its event is not here.
 * Returns: %TRUE on success
 */
gboolean
amends_log_hash_at (AmendsStore *self,
                    const char *feed,
                    guint64 position,
                    AmendsDigest *ret_hash,
                    GError **error)
{
  g_autoptr (GArray) runs = list_runs (self, feed, error);
  guint64 reached = 0;

  if (runs == NULL)
    return FALSE;
  memset (ret_hash->bytes, 0, sizeof ret_hash->bytes);
  for (guint i = 0; i < runs->len && reached < position; i++)
    {
      const Run *run = &g_array_index (runs, Run, i);
      g_autoptr (GArray) digests = g_array_new (FALSE, FALSE, sizeof (AmendsDigest));
      guint64 n = MIN (run->n, position - reached);

      if (run->position != reached + 1)
        break;
      if (run->kind == AMENDS_ENTRY_EVENT)
        {
          if (!amends_log_digests_of (self, run->id.code, feed, run->id.number, n, digests, error))
            return FALSE;
        }
      else
        {
          AmendsDigest digest;

          amends_chain_mark_digest (&digest, run->kind, &run->id);
          g_array_append_val (digests, digest);
        }
      for (guint d = 0; d < digests->len; d++)
        amends_chain_step (ret_hash, g_array_index (digests, AmendsDigest, d).bytes);
      reached += n;
    }
  if (reached == position)
    return TRUE;
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
               "Entries of %s are missing here", feed);
  return FALSE;
}

/**
 * amends_log_set_safe:
 * @position: up to here the server has a verified backup
 *
 * Returns: %TRUE on success; nothing is written where nothing changed
 */
gboolean
amends_log_set_safe (AmendsStore *self, const char *feed, guint64 position, GError **error)
{
  sqlite3_stmt *stmt =
      amends_db_prepare (self->db,
                         "UPDATE feed SET safe = :safe WHERE name = :feed AND safe <> :safe",
                         error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, (gint64) position);
  amends_db_bind_text (stmt, 2, feed);
  return amends_db_run (self->db, stmt, error);
}
