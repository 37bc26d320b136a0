/* amends-rewind.c: a restored server: what stands no longer, and what is handed in again
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "store/amends-log.h"
#include "store/amends-store-private.h"

static const char sql_forget_entries[] = "DELETE FROM entry WHERE position > :position"
                                         " AND feed = (SELECT feed FROM feed WHERE name = :feed)";
static const char sql_cut_events[] =
    "DELETE FROM event WHERE code = :code AND feed = (SELECT feed FROM feed WHERE name = :feed)"
    " AND number NOT IN (SELECT kept.number FROM event kept WHERE kept.code = :code"
    "   AND kept.feed = (SELECT feed FROM feed WHERE name = :feed)"
    "   ORDER BY kept.number LIMIT :n)";
static const char sql_cut_chain[] =
    "UPDATE chain SET number = (SELECT coalesce(max(event.number), 0) FROM event"
    "   WHERE event.code = chain.code AND event.feed = chain.feed),"
    " statement = NULL, verified = 0, hash = :hash"
    " WHERE code = :code AND feed = (SELECT feed FROM feed WHERE name = :feed)";
static const char sql_shorten_entry[] =
    "UPDATE entry SET n = :position - position + 1"
    " WHERE position <= :position AND position + n - 1 > :position"
    " AND feed = (SELECT feed FROM feed WHERE name = :feed)";
static const char sql_unplaced[] =
    "SELECT chain.code, feed.name, chain.statement,"
    " (SELECT count(*) FROM event WHERE event.code = chain.code AND event.feed = chain.feed"
    "    AND (event.sealed IS NULL OR length (event.sealed) > 0))"
    " - (SELECT coalesce(sum(entry.n), 0) FROM entry INDEXED BY entry_by_number"
    "    WHERE entry.code = chain.code AND entry.feed = chain.feed AND entry.kind = 1)"
    " FROM chain, feed WHERE chain.feed = feed.feed AND chain.code <> :own"
    " AND feed.name <> 'ctl' ORDER BY feed.name, chain.code";
static const char sql_last_of_chain[] =
    "SELECT event.stream, event.number FROM event, feed WHERE event.feed = feed.feed"
    " AND feed.name = :feed AND event.code = :code"
    " AND (event.sealed IS NULL OR length (event.sealed) > 0)"
    " ORDER BY event.number DESC LIMIT :n";

/**
 * amends_log_cut_chain:
 * @code: another device, or the server
 * @feed: a feed
 * @n: how many of its events there stay, the first ones
 *
 * In the caller's transaction: another branch has taken the place of what came after.
 * Returns: %TRUE on success
 */
gboolean
amends_log_cut_chain (AmendsStore *self,
                      const char *code,
                      const char *feed,
                      guint64 n,
                      GError **error)
{
  static const char *const queries[] = { sql_cut_events, sql_cut_chain };
  g_autoptr (GArray) digests = g_array_new (FALSE, FALSE, sizeof (AmendsDigest));
  guint8 key[AMENDS_KEY_BYTES];
  AmendsDigest chain;

  if (!amends_log_digests_of (self, code, feed, 1, n, digests, error)
      || !amends_log_get_device_key (self, code, key, error))
    return FALSE;
  amends_chain_begin (&chain, self->identity->organisation_id, key, feed);
  for (guint i = 0; i < digests->len; i++)
    amends_chain_step (&chain, g_array_index (digests, AmendsDigest, i).bytes);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      sqlite3_stmt *stmt = amends_db_prepare (self->db, queries[i], error);

      if (stmt == NULL)
        return FALSE;
      amends_db_bind_text (stmt, sqlite3_bind_parameter_index (stmt, ":code"), code);
      amends_db_bind_text (stmt, sqlite3_bind_parameter_index (stmt, ":feed"), feed);
      if (i == 0)
        sqlite3_bind_int64 (stmt, sqlite3_bind_parameter_index (stmt, ":n"), (gint64) n);
      else
        amends_db_bind_blob (stmt, sqlite3_bind_parameter_index (stmt, ":hash"), chain.bytes,
                             sizeof chain.bytes);
      if (!amends_db_run (self->db, stmt, error))
        return FALSE;
    }
  amends_read_forget (self); /* places in the log are used again */
  return TRUE;
}

/**
 * amends_log_forget_entries:
 * @after_position: the last entry that stands
 *
 * In the caller's transaction: the server no longer holds what came after. The events stay; those of
 * other devices are now unplaced and are handed in. Of ctl they go: the server has written others, and
 * what its log says is done again from its beginning: a grant may be back that it had taken away.
 * Returns: %TRUE on success
 */
gboolean
amends_log_forget_entries (AmendsStore *self,
                           const char *feed,
                           guint64 after_position,
                           GError **error)
{
  static const char *const queries[] = { sql_forget_entries, sql_shorten_entry };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      sqlite3_stmt *stmt = amends_db_prepare (self->db, queries[i], error);

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, (gint64) after_position);
      amends_db_bind_text (stmt, 2, feed);
      if (!amends_db_run (self->db, stmt, error))
        return FALSE;
    }
  return (!g_str_equal (feed, "ctl")
          || (amends_log_cut_chain (self, "0", "ctl", after_position, error)
              && amends_meta_set_number (self, "ctl-applied", 0, error)))
         && amends_meta_set_number (self, "rewound", 1, error);
}

#define STALE "stale-feeds"

/**
 * amends_log_set_stale:
 * @answered: (element-type utf8): the feeds whose cursor the server of a new epoch has answered
 *
 * In the caller's transaction. In a new epoch no cursor fits, so a feed that has one and is not answered is
 * one that this device may not read any more. Where the server stands in it is not said to this device; what
 * its log says of the restore is, and amends_log_follow_restored() goes by that.
 * Returns: %TRUE on success
 */
gboolean
amends_log_set_stale (AmendsStore *self, GPtrArray *answered, GError **error)
{
  g_autoptr (GArray) feeds = amends_store_list_feeds (self, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (feeds == NULL)
    return FALSE;
  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsFeed *feed = &g_array_index (feeds, AmendsFeed, i);

      if (feed->position > 0
          && !g_ptr_array_find_with_equal_func (answered, feed->feed, g_str_equal, NULL))
        g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", feed->feed);
    }
  return amends_meta_set_plain (self, STALE, text->str, text->len, error);
}

static gboolean
get_position (AmendsStore *self, const char *feed, guint64 *ret_position, GError **error)
{
  sqlite3_stmt *stmt =
      amends_db_prepare (self->db, "SELECT position FROM feed WHERE name = :name", error);
  int found;

  *ret_position = 0;
  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, feed);
  found = amends_db_step (self->db, stmt, error);
  if (found == SQLITE_ROW)
    {
      *ret_position = (guint64) sqlite3_column_int64 (stmt, 0);
      sqlite3_reset (stmt);
    }
  return found == SQLITE_ROW || found == SQLITE_DONE;
}

/* Back to @position, or to the beginning where what was there is not known here any more. */
static gboolean
go_back (AmendsStore *self, const char *feed, guint64 position, GError **error)
{
  guint64 reached;
  AmendsDigest hash;

  if (!get_position (self, feed, &reached, error))
    return FALSE;
  if (reached <= position)
    return TRUE;
  if (!amends_log_hash_at (self, feed, position, &hash, NULL))
    {
      position = 0;
      memset (hash.bytes, 0, sizeof hash.bytes);
    }
  return amends_log_forget_entries (self, feed, position, error)
         && amends_log_set_cursor (self, feed, position, &hash, error);
}

/**
 * amends_log_follow_restored:
 * @body: of "server.restored"
 *
 * In the caller's transaction. What this device holds of a feed that it may no longer read, past where the
 * server was restored to, perhaps stands nowhere else: it has no place now, and is handed in. The server was
 * perhaps restored several times since, and each of them counts, up to the one that began the epoch.
 * Returns: %TRUE on success
 */
gboolean
amends_log_follow_restored (AmendsStore *self, const json_t *body, GError **error)
{
  const json_t *positions = json_object_get (body, "positions");
  const char *epoch = json_string_value (json_object_get (body, "epoch"));
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) bytes = amends_meta_get_plain (self, STALE, &failure);
  g_autofree char *text = NULL;
  g_auto (GStrv) feeds = NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    return TRUE;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  feeds = g_strsplit (text, ",", -1);
  for (guint i = 0; feeds[i] != NULL; i++)
    {
      json_int_t position = json_integer_value (json_object_get (positions, feeds[i]));

      if (!go_back (self, feeds[i], (guint64) MAX (position, 0), error))
        return FALSE;
    }
  return g_strcmp0 (epoch, self->identity->epoch) != 0
         || amends_meta_set_plain (self, STALE, "", 0, error);
}

/**
 * amends_unplaced_free:
 * @self: (nullable) (transfer full): unplaced events
 */
void
amends_unplaced_free (AmendsUnplaced *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->events, g_ptr_array_unref);
  amends_statement_free (self->statement);
  g_free (self->feed);
  g_free (self);
}

/* The last @n events of @code in @unplaced's feed, in the order of their numbers. */
static gboolean
read_unplaced (AmendsStore *self,
               AmendsUnplaced *unplaced,
               const char *code,
               gint64 n,
               GError **error)
{
  g_autoptr (GHashTable) wanted =
      g_hash_table_new_full (amends_id_hash, amends_id_equal, g_free, NULL);
  g_autoptr (GHashTable) streams =
      g_hash_table_new_full (amends_id_hash, amends_id_equal, g_free, NULL);
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_last_of_chain, error);
  GHashTableIter iter;
  gpointer key;
  int found;

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, unplaced->feed);
  amends_db_bind_text (stmt, 2, code);
  sqlite3_bind_int64 (stmt, 3, n);
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      const char *text = (const char *) sqlite3_column_text (stmt, 0);
      AmendsId id, stream;

      if (!amends_id_parse_len (text, strlen (text), &stream)
          || !amends_id_init (&id, code, (guint64) sqlite3_column_int64 (stmt, 1)))
        continue;
      g_hash_table_add (wanted, amends_id_copy (&id));
      g_hash_table_add (streams, amends_id_copy (&stream));
    }
  if (found != SQLITE_DONE)
    return FALSE;

  g_hash_table_iter_init (&iter, streams);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autoptr (GPtrArray) events = amends_log_read_stream (self, key, error);

      if (events == NULL)
        return FALSE;
      for (guint i = 0; i < events->len; i++)
        {
          AmendsEvent *event = g_ptr_array_index (events, i);

          if (g_hash_table_contains (wanted, &event->id))
            g_ptr_array_add (unplaced->events, amends_event_ref (event));
        }
    }
  return TRUE;
}

static int
compare_by_id (gconstpointer a, gconstpointer b)
{
  const AmendsEvent *const *left = a;
  const AmendsEvent *const *right = b;

  return amends_id_compare (&(*left)->id, &(*right)->id);
}

/**
 * amends_log_list_unplaced:
 *
 * Returns: (transfer full) (element-type AmendsUnplaced): other devices' events that the server has
 * lost, by device and feed
 */
GPtrArray *
amends_log_list_unplaced (AmendsStore *self, GError **error)
{
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_unplaced_free);
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_unplaced, error);
  int found;

  if (stmt == NULL)
    return NULL;
  amends_db_bind_text (stmt, 1, self->identity->code);
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      AmendsUnplaced *unplaced;

      if (sqlite3_column_int64 (stmt, 3) <= 0)
        continue;
      unplaced = g_new0 (AmendsUnplaced, 1);
      unplaced->feed = amends_db_dup_text (stmt, 1);
      unplaced->events = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
      if (sqlite3_column_type (stmt, 2) != SQLITE_NULL)
        unplaced->statement =
            amends_statement_from_bytes (sqlite3_column_blob (stmt, 2),
                                         (gsize) sqlite3_column_bytes (stmt, 2), NULL);
      g_ptr_array_add (list, unplaced);
      if (!read_unplaced (self, unplaced, (const char *) sqlite3_column_text (stmt, 0),
                          sqlite3_column_int64 (stmt, 3), error))
        {
          sqlite3_reset (stmt);
          return NULL;
        }
      g_ptr_array_sort (unplaced->events, compare_by_id);
      /* Written under an earlier code, and left this device since: counted, but there is nothing to hand in. */
      if (unplaced->events->len == 0)
        g_ptr_array_set_size (list, (int) list->len - 1);
    }
  return found == SQLITE_DONE ? g_steal_pointer (&list) : NULL;
}

/**
 * amends_log_is_rewound:
 *
 * Returns: whether the server was found to have lost entries and not all has been handed in since
 */
gboolean
amends_log_is_rewound (AmendsStore *self)
{
  gint64 is_rewound;

  /* What cannot be read is asked about once more than needed. */
  return !amends_meta_get_number (self, "rewound", &is_rewound, NULL) || is_rewound != 0;
}

/**
 * amends_log_get_n_left:
 *
 * Returns: how many events were still without a position when all was last handed in; %G_MAXUINT64 if
 * that has not been since the server was found to have lost entries
 */
guint64
amends_log_get_n_left (AmendsStore *self)
{
  gint64 rewound;

  return amends_meta_get_number (self, "rewound", &rewound, NULL) && rewound > 1
             ? (guint64) rewound - 1
             : G_MAXUINT64;
}

/**
 * amends_log_end_rewind:
 * @n_left: how many the server gives no position: it holds them back, or does not know their author
 *
 * Returns: %TRUE once it is kept that all has been handed in
 */
gboolean
amends_log_end_rewind (AmendsStore *self, guint64 n_left, GError **error)
{
  gint64 rewound = n_left > 0 ? (gint64) n_left + 1 : 0;
  gint64 before;

  return (amends_meta_get_number (self, "rewound", &before, NULL) && before == rewound)
         || amends_meta_set_number (self, "rewound", rewound, error);
}
