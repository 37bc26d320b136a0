/* amends-receive.c: events of other devices, taken into the log
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "store/amends-log.h"
#include "store/amends-store-private.h"

static const char sql_get_digest[] =
    "SELECT digest, sealed IS NOT NULL AND length (sealed) <= 1 FROM event"
    " WHERE code = :code AND number = :number";
static const char sql_fill_digest[] = "UPDATE event SET sealed = :sealed, box = :box,"
                                      " stream = :stream, after = :after,"
                                      " place = (SELECT max (place) + 1 FROM event)"
                                      " WHERE code = :code AND number = :number";
static const char sql_read_branch[] =
    AMENDS_LOG_EVENT_COLUMNS " AND event.code = :code AND feed.name = :feed"
                             " AND event.number >= :from"
                             " AND (event.sealed IS NULL OR length (event.sealed) > 0)"
                             " ORDER BY event.number";
static const char sql_branch_feeds[] =
    "SELECT feed.name FROM feed WHERE EXISTS (SELECT 1 FROM event WHERE event.code = :code"
    "   AND event.feed = feed.feed AND event.number >= :from)";
static const char sql_last_placed[] =
    "SELECT event.number FROM event, feed WHERE event.feed = feed.feed AND feed.name = :feed"
    " AND event.code = :code AND event.number >= (SELECT run.number FROM entry run"
    "   WHERE run.feed = feed.feed AND run.code = :code AND run.kind = 1"
    "   ORDER BY run.position DESC LIMIT 1)"
    " ORDER BY event.number LIMIT 1 OFFSET coalesce ((SELECT run.n - 1 FROM entry run"
    "   WHERE run.feed = (SELECT feed FROM feed WHERE name = :feed) AND run.code = :code"
    "   AND run.kind = 1 ORDER BY run.position DESC LIMIT 1), 0)";
static const char sql_count_before[] =
    "SELECT count(*) FROM event, feed WHERE event.feed = feed.feed AND feed.name = :feed"
    " AND event.code = :code AND event.number < :from";

typedef enum
{
  HELD_NOT,
  HELD_AS_DIGEST,
  HELD_WHOLE,
  HELD_ANOTHER, /* under the same id */
} Held;

static gboolean
find_held (AmendsStore *self, const AmendsEvent *event, Held *ret_held, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_get_digest, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  *ret_held = HELD_NOT;
  amends_db_bind_text (stmt, 1, event->id.code);
  sqlite3_bind_int64 (stmt, 2, (gint64) event->id.number);
  found = amends_db_step (self->db, stmt, error);
  if (found == SQLITE_ROW)
    {
      *ret_held = sqlite3_column_int (stmt, 1) ? HELD_AS_DIGEST : HELD_WHOLE;
      if (sqlite3_column_bytes (stmt, 0) != AMENDS_DIGEST_BYTES
          || memcmp (sqlite3_column_blob (stmt, 0), event->digest, AMENDS_DIGEST_BYTES) != 0)
        *ret_held = HELD_ANOTHER;
      sqlite3_reset (stmt);
    }
  return found == SQLITE_ROW || found == SQLITE_DONE;
}

/* Kept is what proves it and what it says: salt, then the line. */
static gboolean
set_aside (AmendsStore *self, const AmendsEvent *event, GError **error)
{
  sqlite3_stmt *stmt =
      amends_db_prepare (self->db,
                         "INSERT INTO set_aside (at, reason, sealed) VALUES (:at, 'fork', :sealed)",
                         error);
  g_autofree char *line = amends_event_format_line (event);
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GBytes) sealed = NULL;

  if (stmt == NULL)
    return FALSE;
  if (line == NULL)
    return TRUE; /* erased: there is nothing to keep */
  g_byte_array_append (plain, event->salt, AMENDS_SALT_BYTES);
  g_byte_array_append (plain, (const guint8 *) line, (guint) strlen (line));
  sealed = amends_seal (&self->environment, self->key, "set-aside", plain->data, plain->len);
  sqlite3_bind_int64 (stmt, 1, amends_environment_now (&self->environment));
  amends_db_bind_blob (stmt, 2, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  return amends_db_run (self->db, stmt, error);
}

/* A number that @sql answers about one chain; 0 if it answers nothing. */
static gboolean
ask_number (AmendsStore *self,
            const char *sql,
            const AmendsId *from,
            const char *feed,
            guint64 *ret_number,
            GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql, error);
  int found;

  *ret_number = 0;
  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, sqlite3_bind_parameter_index (stmt, ":feed"), feed);
  amends_db_bind_text (stmt, sqlite3_bind_parameter_index (stmt, ":code"), from->code);
  if (sqlite3_bind_parameter_index (stmt, ":from") > 0)
    sqlite3_bind_int64 (stmt, sqlite3_bind_parameter_index (stmt, ":from"), (gint64) from->number);
  found = amends_db_step (self->db, stmt, error);
  if (found == SQLITE_ROW)
    {
      *ret_number = (guint64) sqlite3_column_int64 (stmt, 0);
      sqlite3_reset (stmt);
    }
  return found == SQLITE_ROW || found == SQLITE_DONE;
}

/* What one chain has from @from on is kept aside, and the chain ends before it. */
static gboolean
set_aside_chain (AmendsStore *self, const AmendsId *from, const char *feed, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_read_branch, error);
  guint64 n_before;
  int found;

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, from->code);
  amends_db_bind_text (stmt, 2, feed);
  sqlite3_bind_int64 (stmt, 3, (gint64) from->number);
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      g_autoptr (AmendsEvent) event = amends_log_load_event (self, stmt, error);

      if (event == NULL || !set_aside (self, event, error))
        {
          sqlite3_reset (stmt);
          return FALSE;
        }
    }
  return found == SQLITE_DONE && ask_number (self, sql_count_before, from, feed, &n_before, error)
         && amends_log_cut_chain (self, from->code, feed, n_before, error);
}

static GPtrArray *
list_branch_feeds (AmendsStore *self, const AmendsId *from, GError **error)
{
  g_autoptr (GPtrArray) feeds = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_branch_feeds, error);
  int found;

  if (stmt == NULL)
    return NULL;
  amends_db_bind_text (stmt, 1, from->code);
  sqlite3_bind_int64 (stmt, 2, (gint64) from->number);
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    g_ptr_array_add (feeds, amends_db_dup_text (stmt, 0));
  return found == SQLITE_DONE ? g_steal_pointer (&feeds) : NULL;
}

/* Another device was restored as the server was, and has written others under numbers that are held
 * here. What is held was never handed in again, so it stands nowhere else: it is kept aside, and shown. What
 * the server has given a place in another feed is of the branch that stands, and stays. */
static gboolean
set_aside_branch (AmendsStore *self, const AmendsId *from, GError **error)
{
  g_autoptr (GPtrArray) feeds = list_branch_feeds (self, from, error);

  for (guint i = 0; feeds != NULL && i < feeds->len; i++)
    {
      const char *feed = g_ptr_array_index (feeds, i);
      AmendsId first = *from;
      guint64 last_placed;

      if (!ask_number (self, sql_last_placed, from, feed, &last_placed, error))
        return FALSE;
      first.number = MAX (from->number, last_placed + 1);
      if (!set_aside_chain (self, &first, feed, error))
        return FALSE;
    }
  return feeds != NULL;
}

/**
 * amends_log_set_aside_unplaced:
 * @code: another device
 * @feed: where the server says that its chain is another
 * @is_given: (scope call): whether the server has given the event a place
 *
 * The server was restored, and so was the device, which went on in this feed above numbers that are held
 * here and nowhere else: the first of them without a place, and what follows, is set aside. In the caller's
 * transaction.
 * Returns: %TRUE on success
 */
gboolean
amends_log_set_aside_unplaced (AmendsStore *self,
                               const char *code,
                               const char *feed,
                               AmendsEventFunc is_given,
                               gpointer user_data,
                               GError **error)
{
  g_autoptr (GPtrArray) list = amends_log_list_unplaced (self, error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const AmendsUnplaced *unplaced = g_ptr_array_index (list, i);

      if (!g_str_equal (unplaced->feed, feed))
        continue;
      for (guint e = 0; e < unplaced->events->len; e++)
        {
          AmendsEvent *event = g_ptr_array_index (unplaced->events, e);

          if (g_str_equal (event->id.code, code) && !is_given (event, user_data))
            return set_aside_branch (self, &event->id, error);
        }
    }
  return list != NULL;
}

/**
 * amends_log_set_aside_refused:
 * @code: another device
 * @feed: where the server, asked to take what it had lost, holds another branch
 *
 * Once all pages were taken. Where this device may read the feed they bring the other branch, and show from where on
 * they differ; but what stands there under the numbers of the one may be in a feed that it may not read. What it holds
 * past the restore then stands nowhere else: it is set aside, and shown.
 * Returns: %TRUE on success
 */
gboolean
amends_log_set_aside_refused (AmendsStore *self, const char *code, const char *feed, GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  g_autoptr (GPtrArray) list = NULL;

  if (!amends_transaction_begin (&transaction, self->db, error)
      || !(list = amends_log_list_unplaced (self, error)))
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const AmendsUnplaced *unplaced = g_ptr_array_index (list, i);
      const AmendsEvent *first = g_ptr_array_index (unplaced->events, 0);

      if (g_str_equal (unplaced->feed, feed) && g_str_equal (first->id.code, code)
          && !set_aside_chain (self, &first->id, feed, error))
        return FALSE;
    }
  return amends_transaction_commit (&transaction, error);
}

/* An event of which only the digest was here arrives whole: now, for whoever goes by the order of arrival. Its chain
 * has counted it already; what was said with the digest of its stream was perhaps proved by nothing. */
static gboolean
fill_digest (AmendsStore *self, const AmendsEvent *event, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_fill_digest, error);
  g_autofree char *after = amends_after_format (event->after, event->n_after);
  char stream[AMENDS_ID_BUFFER];
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) box = NULL;

  if (stmt == NULL || !amends_log_seal_to_keep (self, event, &sealed, &box, error))
    return FALSE;
  if (sealed != NULL)
    amends_db_bind_blob (stmt, 1, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  if (box != NULL)
    amends_db_bind_blob (stmt, 2, g_bytes_get_data (box, NULL), g_bytes_get_size (box));
  amends_id_format_to (&event->stream, stream);
  amends_db_bind_text (stmt, 3, stream);
  amends_db_bind_text (stmt, 4, after);
  amends_db_bind_text (stmt, 5, event->id.code);
  sqlite3_bind_int64 (stmt, 6, (gint64) event->id.number);
  return amends_db_run (self->db, stmt, error)
         && (sealed == NULL || amends_store_note_attachment (self, event, error));
}

static gboolean
mark_digest_only (AmendsStore *self, const AmendsEvent *event, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (
      self->db, "UPDATE event SET sealed = zeroblob(0) WHERE code = :code AND number = :number",
      error);

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, event->id.code);
  sqlite3_bind_int64 (stmt, 2, (gint64) event->id.number);
  return amends_db_run (self->db, stmt, error);
}

/**
 * amends_log_receive:
 * @event: from the server, of any device
 * @is_digest_only: whether its body is held back: it only carries the chain
 * @ret_is_new: (out): whether it was not held before
 *
 * In the caller's transaction. The same event twice changes nothing. Where the server was restored and
 * another event is held under that id, that and what its device wrote after it are set aside.
 * Errors: %AMENDS_STORE_ERROR_DAMAGED if another event is held under that id otherwise.
 * Returns: %TRUE on success
 */
gboolean
amends_log_receive (AmendsStore *self,
                    AmendsEvent *event,
                    gboolean is_digest_only,
                    gboolean *ret_is_new,
                    GError **error)
{
  const char *code = event->id.code;
  AmendsDigest chain;
  guint64 number;
  Held held;

  if (!find_held (self, event, &held, error))
    return FALSE;
  *ret_is_new =
      held == HELD_NOT || held == HELD_ANOTHER || (held == HELD_AS_DIGEST && !is_digest_only);
  if (held == HELD_WHOLE || (held == HELD_AS_DIGEST && is_digest_only))
    return TRUE;
  if (held == HELD_AS_DIGEST)
    return fill_digest (self, event, error);

  if (!amends_log_get_chain (self, code, event->feed, &number, &chain, error))
    return FALSE;
  if (held == HELD_ANOTHER || event->id.number <= number
      || g_str_equal (code, self->identity->code))
    {
      if (g_str_equal (code, self->identity->code) || !amends_log_is_rewound (self))
        {
          amends_log_set_damaged (&event->id, "the server has another under its number", error);
          return FALSE;
        }
      if (!set_aside_branch (self, &event->id, error)
          || !amends_log_get_chain (self, code, event->feed, &number, &chain, error))
        return FALSE;
    }
  if (!amends_log_insert (self, event, error)
      || (is_digest_only && !mark_digest_only (self, event, error)))
    return FALSE;
  amends_chain_step (&chain, event->digest);
  return amends_log_set_chain (self, &event->id, event->feed, &chain, error);
}
