/* amends-rewind.c: a restored server: what stands no longer, and what is handed in again
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "store/amends-log.h"
#include "store/amends-moves.h"
#include "store/amends-store-private.h"

static const char sql_forget_entries[] = "DELETE FROM entry WHERE position > :position"
                                         " AND feed = (SELECT feed FROM feed WHERE name = :feed)";
static const char sql_cut_events[] =
    "DELETE FROM event WHERE code = :code AND feed = (SELECT feed FROM feed WHERE name = :feed)"
    " AND number NOT IN (SELECT kept.number FROM event kept WHERE kept.code = :code"
    "   AND kept.feed = (SELECT feed FROM feed WHERE name = :feed)"
    "   ORDER BY kept.number LIMIT :n)";
/* Where nothing was cut off its statement goes on proving it. */
#define LAST_NUMBER                                   \
  "(SELECT coalesce(max(event.number), 0) FROM event" \
  " WHERE event.code = chain.code AND event.feed = chain.feed)"
static const char sql_cut_chain[] =
    "UPDATE chain SET number = " LAST_NUMBER ", statement = NULL, verified = 0, hash = :hash"
    " WHERE code = :code AND feed = (SELECT feed FROM feed WHERE name = :feed)"
    " AND number <> " LAST_NUMBER;
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
static const char sql_placed[] =
    "SELECT entry.number, entry.n FROM entry INDEXED BY entry_by_number, feed"
    " WHERE entry.feed = feed.feed AND feed.name = :feed AND entry.code = :code AND entry.kind = 1"
    " ORDER BY entry.number";
/* Index event_by_id (code, number) filters and sorts, here and in the one after. */
static const char sql_numbers[] =
    "SELECT event.number, event.sealed IS NULL OR length (event.sealed) > 1 FROM event, feed"
    " WHERE event.feed = feed.feed AND feed.name = :feed AND event.code = :code"
    " ORDER BY event.number";
static const char sql_chain_from[] =
    AMENDS_LOG_EVENT_COLUMNS " AND event.code = :code AND feed.name = :feed"
                             " AND event.number >= :from ORDER BY event.number";

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
  return amends_moves_step_back (self, error);
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
  g_clear_pointer (&self->chain, g_ptr_array_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  amends_statement_free (self->statement);
  g_free (self->feed);
  g_free (self);
}

static sqlite3_stmt *
prepare_for_chain (AmendsStore *self,
                   const char *sql,
                   const char *code,
                   const char *feed,
                   GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql, error);

  if (stmt == NULL)
    return NULL;
  amends_db_bind_text (stmt, sqlite3_bind_parameter_index (stmt, ":code"), code);
  amends_db_bind_text (stmt, sqlite3_bind_parameter_index (stmt, ":feed"), feed);
  return stmt;
}

typedef struct
{
  guint64 number; /* of the first */
  guint64 n;
} Placed;

/* Where the server has put what @code wrote in @feed, in the order of their numbers. */
static GArray *
list_placed (AmendsStore *self, const char *code, const char *feed, GError **error)
{
  g_autoptr (GArray) placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  sqlite3_stmt *stmt = prepare_for_chain (self, sql_placed, code, feed, error);
  int found = SQLITE_ERROR;

  while (stmt != NULL && (found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      Placed run = { (guint64) sqlite3_column_int64 (stmt, 0),
                     (guint64) sqlite3_column_int64 (stmt, 1) };

      g_array_append_val (placed, run);
    }
  return found == SQLITE_DONE ? g_steal_pointer (&placed) : NULL;
}

/* @ret_numbers: (element-type guint64): those that have no place and can be handed in; what came late stands behind
 * what was written after it, so they need not be the last. @ret_from: the one after the last that has a place before
 * them */
static gboolean
find_unplaced (AmendsStore *self,
               const char *code,
               const char *feed,
               GHashTable *ret_numbers,
               guint64 *ret_from,
               GError **error)
{
  g_autoptr (GArray) placed = list_placed (self, code, feed, error);
  sqlite3_stmt *stmt =
      placed != NULL ? prepare_for_chain (self, sql_numbers, code, feed, error) : NULL;
  guint64 n_left = 0, from = 0;
  int found = SQLITE_ERROR;
  guint next = 0;

  while (stmt != NULL && (found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      guint64 number = (guint64) sqlite3_column_int64 (stmt, 0);

      for (; next < placed->len && g_array_index (placed, Placed, next).number <= number; next++)
        n_left = MAX (n_left, g_array_index (placed, Placed, next).n);
      if (n_left > 0)
        {
          n_left--;
          from = g_hash_table_size (ret_numbers) == 0 ? number + 1 : from;
        }
      else if (sqlite3_column_int (stmt, 1) != 0)
        g_hash_table_add (ret_numbers, g_memdup2 (&number, sizeof number));
    }
  *ret_from = from;
  return found == SQLITE_DONE;
}

/* One chain of which something is unplaced. @stmt: at its row of sql_unplaced; @numbers, @from: of find_unplaced() */
typedef gboolean (*ChainFunc) (AmendsStore *self,
                               sqlite3_stmt *stmt,
                               GHashTable *numbers,
                               guint64 from,
                               gpointer user_data,
                               GError **error);

static gboolean
visit_chain (AmendsStore *self,
             sqlite3_stmt *stmt,
             ChainFunc func,
             gpointer user_data,
             GError **error)
{
  g_autoptr (GHashTable) numbers =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint64 from;

  if (sqlite3_column_int64 (stmt, 3) <= 0)
    return TRUE;
  if (!find_unplaced (self, (const char *) sqlite3_column_text (stmt, 0),
                      (const char *) sqlite3_column_text (stmt, 1), numbers, &from, error))
    return FALSE;
  /* Written under an earlier code, and left this device since: counted, but there is nothing to hand in. */
  return g_hash_table_size (numbers) == 0 || func (self, stmt, numbers, from, user_data, error);
}

static gboolean
each_chain (AmendsStore *self, ChainFunc func, gpointer user_data, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_unplaced, error);
  int found = SQLITE_ERROR;

  if (stmt != NULL)
    amends_db_bind_text (stmt, 1, self->identity->code);
  while (stmt != NULL && (found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    if (!visit_chain (self, stmt, func, user_data, error))
      {
        sqlite3_reset (stmt);
        return FALSE;
      }
  return found == SQLITE_DONE;
}

/* What proves its digest, of an event that has its place. One that is damaged proves nothing, and keeps no other from
 * being handed in. */
static AmendsEvent *
load_placed (AmendsStore *self, sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (AmendsEvent) event = amends_log_load_event (self, stmt, &failure);

  if (event != NULL)
    return amends_event_strip (event);
  if (g_error_matches (failure, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED))
    return amends_log_load_header (stmt, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/* Of what stands among them, and has its place, what proves its digest is all that is asked for. */
static gboolean
read_unplaced (AmendsStore *self,
               AmendsUnplaced *unplaced,
               const char *code,
               GHashTable *numbers,
               guint64 from,
               GError **error)
{
  sqlite3_stmt *stmt = prepare_for_chain (self, sql_chain_from, code, unplaced->feed, error);
  int found = SQLITE_ERROR;

  if (stmt != NULL)
    sqlite3_bind_int64 (stmt, sqlite3_bind_parameter_index (stmt, ":from"), (gint64) from);
  while (stmt != NULL && (found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      guint64 number = (guint64) sqlite3_column_int64 (stmt, 1);
      gboolean is_unplaced = g_hash_table_contains (numbers, &number);
      AmendsEvent *event =
          is_unplaced ? amends_log_load_event (self, stmt, error) : load_placed (self, stmt, error);

      if (event == NULL)
        {
          sqlite3_reset (stmt);
          return FALSE;
        }
      g_ptr_array_add (unplaced->chain, event);
      if (is_unplaced)
        g_ptr_array_add (unplaced->events, amends_event_ref (event));
    }
  return found == SQLITE_DONE;
}

static gboolean
list_chain (AmendsStore *self,
            sqlite3_stmt *stmt,
            GHashTable *numbers,
            guint64 from,
            gpointer user_data,
            GError **error)
{
  AmendsUnplaced *unplaced = g_new0 (AmendsUnplaced, 1);

  g_ptr_array_add (user_data, unplaced);
  unplaced->feed = amends_db_dup_text (stmt, 1);
  unplaced->chain = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  unplaced->events = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  if (sqlite3_column_type (stmt, 2) != SQLITE_NULL)
    unplaced->statement =
        amends_statement_from_bytes (sqlite3_column_blob (stmt, 2),
                                     (gsize) sqlite3_column_bytes (stmt, 2), NULL);
  return read_unplaced (self, unplaced, (const char *) sqlite3_column_text (stmt, 0), numbers, from,
                        error);
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

  return each_chain (self, list_chain, list, error) ? g_steal_pointer (&list) : NULL;
}

typedef struct
{
  const char *feed;
  guint64 n_events;
} UnplacedCount;

static gboolean
count_chain (AmendsStore *self,
             sqlite3_stmt *stmt,
             GHashTable *numbers,
             guint64 from,
             gpointer user_data,
             GError **error)
{
  UnplacedCount *count = user_data;

  if (count->feed == NULL
      || g_str_equal (count->feed, (const char *) sqlite3_column_text (stmt, 1)))
    count->n_events += g_hash_table_size (numbers);
  return TRUE;
}

/**
 * amends_log_count_unplaced:
 * @feed: (nullable): only those in it
 * @ret_n_events: (out): of how many events amends_log_list_unplaced() would be
 *
 * Reads none of them.
 * Returns: %TRUE on success
 */
gboolean
amends_log_count_unplaced (AmendsStore *self,
                           const char *feed,
                           guint64 *ret_n_events,
                           GError **error)
{
  UnplacedCount count = { .feed = feed };

  if (!each_chain (self, count_chain, &count, error))
    return FALSE;
  *ret_n_events = count.n_events;
  return TRUE;
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
