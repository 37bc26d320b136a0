/* amends-conflicts.c: in how many fields of all cases two values stand
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The total is kept with the place in the log that it holds for. Of events after that only the streams
 * that they touch are folded, as they were and as they are, so that neither a sync nor `status` loads a
 * list of ten thousand cases for one new note. */

#include <string.h>

#include "store/amends-log.h"
#include "store/amends-moves.h"
#include "store/amends-read.h"

static const char sql_sum[] =
    "SELECT coalesce(sum(n_conflicts), 0) FROM case_row WHERE n_conflicts > 0";
static const char sql_after[] = "SELECT event.code, event.number, +event.stream FROM event, feed"
                                " WHERE " AMENDS_LOG_FEED_OF_STREAM " AND event.place > :place"
                                " AND feed.name NOT IN ('ctl', 'org', 'staff') AND feed.may_read";

/* What has arrived since. */
typedef struct
{
  GHashTable *events;  /* AmendsId */
  GHashTable *streams; /* AmendsId */
} News;

static void
news_clear (News *self)
{
  g_clear_pointer (&self->events, g_hash_table_unref);
  g_clear_pointer (&self->streams, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (News, news_clear)

static gboolean
list_news (AmendsStore *self, gint64 place, News *news, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_after, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  news->events = g_hash_table_new_full (amends_id_hash, amends_id_equal, g_free, NULL);
  news->streams = g_hash_table_new_full (amends_id_hash, amends_id_equal, g_free, NULL);
  sqlite3_bind_int64 (stmt, 1, place);
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      const char *text = (const char *) sqlite3_column_text (stmt, 2);
      AmendsId id, stream;

      if (!amends_id_init (&id, (const char *) sqlite3_column_text (stmt, 0),
                           (guint64) sqlite3_column_int64 (stmt, 1))
          || !amends_id_parse_len (text, strlen (text), &stream))
        continue;
      g_hash_table_add (news->events, amends_id_copy (&id));
      g_hash_table_add (news->streams, amends_id_copy (&stream));
    }
  return found == SQLITE_DONE;
}

static gint64
count_in (AmendsStore *self, GPtrArray *events)
{
  g_autoptr (AmendsCase) complaint = NULL;

  if (events->len == 0)
    return 0;
  complaint = amends_moves_fold (self, events, NULL);
  return complaint != NULL && amends_read_lists (complaint)
             ? amends_case_get_n_conflicts (complaint)
             : 0;
}

/* How many more there are than before @news. */
static gboolean
count_more (AmendsStore *self, const News *news, gint64 *ret_n_more, GError **error)
{
  GHashTableIter iter;
  gpointer stream;

  *ret_n_more = 0;
  g_hash_table_iter_init (&iter, news->streams);
  while (g_hash_table_iter_next (&iter, &stream, NULL))
    {
      g_autoptr (GPtrArray) events = amends_log_read_stream (self, stream, error);
      g_autoptr (GPtrArray) before = g_ptr_array_new ();

      if (events == NULL)
        return FALSE;
      for (guint i = 0; i < events->len; i++)
        {
          AmendsEvent *event = g_ptr_array_index (events, i);

          if (!g_hash_table_contains (news->events, &event->id))
            g_ptr_array_add (before, event);
        }
      *ret_n_more += count_in (self, events) - count_in (self, before);
    }
  return TRUE;
}

/* The total that was kept, and for which place; FALSE if it does not fit this log and fold. */
static gboolean
get_kept (AmendsStore *self, const json_t *state, gint64 *ret_n_conflicts, gint64 *ret_place)
{
  const json_t *kept = json_object_get (state, "conflicts");
  gint64 place = json_integer_value (json_object_get (kept, "place"));
  g_autofree char *mark = amends_read_dup_mark (self, place);

  if (json_integer_value (json_object_get (kept, "fold")) != AMENDS_FOLD_VERSION
      || g_strcmp0 (json_string_value (json_object_get (kept, "mark")), mark) != 0)
    return FALSE;
  *ret_n_conflicts = json_integer_value (json_object_get (kept, "n"));
  *ret_place = place;
  return TRUE;
}

static void
keep (AmendsStore *self, json_t *state, gint64 n_conflicts, gint64 place)
{
  g_autofree char *mark = amends_read_dup_mark (self, place);

  if (self->read_only)
    return;
  json_object_set_new (state, "conflicts",
                       json_pack ("{s:I, s:I, s:i, s:s}", "n", (json_int_t) n_conflicts, "place",
                                  (json_int_t) place, "fold", AMENDS_FOLD_VERSION, "mark", mark));
  amends_log_set_sync_state (self, state);
}

static gboolean
sum_list (AmendsStore *self, gint64 *ret_n_conflicts, GError **error)
{
  sqlite3_stmt *stmt;

  if (!amends_read_ensure (self, error))
    return FALSE;
  stmt = amends_db_prepare (self->read->list, sql_sum, error);
  if (stmt == NULL || amends_db_step (self->read->list, stmt, error) != SQLITE_ROW)
    return FALSE;
  *ret_n_conflicts = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return TRUE;
}

/**
 * amends_store_count_conflicts:
 *
 * Errors: %AMENDS_STORE_ERROR_LOCKED, %AMENDS_STORE_ERROR_DAMAGED.
 * Returns: in how many fields of all cases two values stand; -1 on failure
 */
gint64
amends_store_count_conflicts (AmendsStore *self, GError **error)
{
  json_auto_t *state = NULL;
  gint64 n_conflicts, n_more, place, last;
  gboolean is_kept;

  if (!amends_store_check_unlocked (self, error)
      || !amends_read_get_last_place (self, &last, error))
    return -1;
  state = amends_log_get_sync_state (self);
  is_kept = get_kept (self, state, &n_conflicts, &place);
  if (is_kept && place == last)
    return n_conflicts;

  /* Of a damaged store, which is read only, the list shows what is whole. */
  if (is_kept && self->read == NULL && !self->read_only && last > place
      && last - place < AMENDS_READ_MAX_LAG)
    {
      g_auto (News) news = { NULL };

      if (!list_news (self, place, &news, error) || !count_more (self, &news, &n_more, error))
        return -1;
      n_conflicts += n_more;
    }
  else if (!sum_list (self, &n_conflicts, error))
    return -1;
  keep (self, state, n_conflicts, last);
  return n_conflicts;
}

/**
 * amends_conflicts_forget:
 *
 * Places in the log are used again: what was counted up to one of them says nothing.
 */
void
amends_conflicts_forget (AmendsStore *store)
{
  json_auto_t *state = amends_log_get_sync_state (store);

  if (json_object_del (state, "conflicts") == 0)
    amends_log_set_sync_state (store, state);
}
