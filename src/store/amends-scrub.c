/* amends-scrub.c: taking out of a store what must be in no file of it any more
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/amends-scrub.h"

#include <string.h>

#include "store/amends-attachments.h"
#include "store/amends-file.h"
#include "store/amends-log.h"
#include "store/amends-moves.h"
#include "store/amends-read.h"

/* How often step 1 was done, and up to which of them step 2. */
#define META_BEGUN "scrubs-begun"
#define META_FINISHED "scrubs-finished"

static const char sql_get[] =
    AMENDS_LOG_EVENT_COLUMNS " AND event.code = :code AND event.number = :number";
static const char sql_erase[] =
    "UPDATE event SET sealed = NULL, box = :box WHERE code = :code AND number = :number";
static const char sql_keep_erased[] =
    "INSERT OR REPLACE INTO erased (code, number, ctl) VALUES (:code, :number, :ctl)";
/* Indexes event_by_stream and event_by_id filter. */
static const char sql_list_stream[] = AMENDS_LOG_EVENT_COLUMNS
    " AND event.stream = :stream AND (length (event.sealed) > 1 OR length (event.box) > 32)";
static const char sql_list_own[] =
    AMENDS_LOG_EVENT_COLUMNS " AND event.code = :code AND feed.name = :feed"
                             " AND (length (event.sealed) > 1 OR length (event.box) > 32)";
static const char sql_leave[] =
    "UPDATE event SET sealed = zeroblob(1), box = :box WHERE code = :code AND number = :number";
static const char sql_drop_others[] = "DELETE FROM event WHERE code <> :code"
                                      " AND feed = (SELECT feed FROM feed WHERE name = :feed)";
static const char sql_drop_chains[] = "DELETE FROM chain WHERE code <> :code"
                                      " AND feed = (SELECT feed FROM feed WHERE name = :feed)";
static const char sql_drop_entries[] = "DELETE FROM entry WHERE :code IS NOT NULL"
                                       " AND feed = (SELECT feed FROM feed WHERE name = :feed)";
static const char sql_begin_feed[] = "UPDATE feed SET position = 0, hash = zeroblob(32), safe = 0"
                                     " WHERE :code IS NOT NULL AND name = :feed";
static const char sql_list_aside[] = "SELECT id, sealed FROM set_aside";
static const char sql_drop_aside[] = "DELETE FROM set_aside WHERE id = :id";

/* Nothing that was read from the log before is used again: in memory it is dropped, and what is on disk
 * does not fit a log in which more was scrubbed (amends_read_dup_mark()). */
static gboolean
begin (AmendsStore *self, GError **error)
{
  gint64 n_begun;

  if (!amends_meta_get_number (self, META_BEGUN, &n_begun, error)
      || !amends_meta_set_number (self, META_BEGUN, n_begun + 1, error))
    return FALSE;
  amends_read_forget (self);
  return TRUE;
}

/**
 * amends_scrub_get_n_begun:
 *
 * Returns: how often something was taken out of this store; -1 if that cannot be read
 */
gint64
amends_scrub_get_n_begun (AmendsStore *self)
{
  gint64 n_begun;

  return amends_meta_get_number (self, META_BEGUN, &n_begun, NULL) ? n_begun : -1;
}

/* Whether what was set aside under @stmt, another event under an id that is held, is to go. */
typedef gboolean (*AsideFunc) (const AmendsEvent *event, gconstpointer data);

static gboolean
is_meant (AmendsStore *self, sqlite3_stmt *stmt, AsideFunc is_to_go, gconstpointer data)
{
  g_autoptr (GBytes) plain = amends_unseal (self->key, "set-aside", sqlite3_column_blob (stmt, 1),
                                            (gsize) sqlite3_column_bytes (stmt, 1), NULL);
  g_autoptr (AmendsEvent) event = NULL;
  const char *bytes;
  gsize n_bytes;

  if (plain == NULL)
    return FALSE;
  bytes = g_bytes_get_data (plain, &n_bytes);
  if (n_bytes > AMENDS_SALT_BYTES)
    event = amends_event_parse_line (bytes + AMENDS_SALT_BYTES, n_bytes - AMENDS_SALT_BYTES,
                                     (const guint8 *) bytes, NULL);
  return event != NULL && is_to_go (event, data);
}

static gboolean
scrub_aside (AmendsStore *self, AsideFunc is_to_go, gconstpointer data, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_list_aside, error);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  int found;

  if (stmt == NULL)
    return FALSE;
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    if (is_meant (self, stmt, is_to_go, data))
      {
        gint64 row = sqlite3_column_int64 (stmt, 0);

        g_array_append_val (rows, row);
      }
  for (guint i = 0; found == SQLITE_DONE && i < rows->len; i++)
    {
      stmt = amends_db_prepare (self->db, sql_drop_aside, error);
      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, g_array_index (rows, gint64, i));
      if (!amends_db_run (self->db, stmt, error))
        return FALSE;
    }
  return found == SQLITE_DONE;
}

static gboolean
is_among (const AmendsEvent *event, gconstpointer data)
{
  return g_hash_table_contains ((GHashTable *) data, &event->id);
}

static gboolean
is_of_stream (const AmendsEvent *event, gconstpointer data)
{
  return amends_id_equal (&event->stream, data);
}

static gboolean
is_of_feed (const AmendsEvent *event, gconstpointer data)
{
  return g_str_equal (event->feed, data);
}

/* What is left of an event whose body goes: what proves its header, if it could be read. */
typedef struct
{
  AmendsId id;
  gboolean is_proved;
  guint8 body_hash[AMENDS_DIGEST_BYTES];
} Rest;

static void
read_rest (AmendsStore *self, sqlite3_stmt *stmt, Rest *ret_rest)
{
  g_autoptr (AmendsEvent) event = amends_log_load_event (self, stmt, NULL);
  g_autoptr (AmendsEvent) rest = event != NULL ? amends_event_strip (event) : NULL;

  amends_id_init (&ret_rest->id, (const char *) sqlite3_column_text (stmt, 0),
                  (guint64) sqlite3_column_int64 (stmt, 1));
  ret_rest->is_proved = rest != NULL && amends_event_is_proved (rest)
                        && memcmp (rest->digest, event->digest, sizeof rest->digest) == 0;
  if (ret_rest->is_proved)
    memcpy (ret_rest->body_hash, rest->body_hash, sizeof ret_rest->body_hash);
}

/* @stmt: its columns are %AMENDS_LOG_EVENT_COLUMNS. Returns: (element-type Rest) */
static GArray *
list_rest (AmendsStore *self, sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Rest));
  int found;

  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      Rest rest = { 0 };

      read_rest (self, stmt, &rest);
      g_array_append_val (list, rest);
    }
  return found == SQLITE_DONE ? g_steal_pointer (&list) : NULL;
}

static gboolean
put_rest (AmendsStore *self, const char *sql, const GArray *list, GError **error)
{
  for (guint i = 0; i < list->len; i++)
    {
      const Rest *rest = &g_array_index (list, Rest, i);
      sqlite3_stmt *stmt = amends_db_prepare (self->db, sql, error);

      if (stmt == NULL)
        return FALSE;
      if (rest->is_proved)
        amends_db_bind_blob (stmt, 1, rest->body_hash, sizeof rest->body_hash);
      amends_db_bind_text (stmt, 2, rest->id.code);
      sqlite3_bind_int64 (stmt, 3, (gint64) rest->id.number);
      if (!amends_db_run (self->db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

/* @stmt: of what goes. */
static gboolean
leave (AmendsStore *self, sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (GArray) list = list_rest (self, stmt, error);

  return list != NULL && put_rest (self, sql_leave, list, error);
}

static gboolean
erase (AmendsStore *self, const AmendsId *id, guint64 ctl, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_get, error);
  g_autoptr (GArray) list = NULL;

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, id->code);
  sqlite3_bind_int64 (stmt, 2, (gint64) id->number);
  list = list_rest (self, stmt, error);
  if (list == NULL || !put_rest (self, sql_erase, list, error))
    return FALSE;
  stmt = amends_db_prepare (self->db, sql_keep_erased, error);
  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, id->code);
  sqlite3_bind_int64 (stmt, 2, (gint64) id->number);
  sqlite3_bind_int64 (stmt, 3, (gint64) ctl);
  return amends_db_run (self->db, stmt, error);
}

/**
 * amends_scrub_bodies:
 * @ids: (array length=n_ids): events of any device, held here or not
 * @n_ids: how many
 * @ctl: the number of the event of the server's log that says so
 *
 * Erases body and salt of each, for ever; header and digest stay, and the hash that proves them. Of what was set aside under these ids
 * nothing stays, and what arrives under them later is kept without its body, whoever brings it.
 * In the caller's transaction; amends_scrub_finish() is due after it.
 * Errors: of the store.
 * Returns: %TRUE on success
 */
gboolean
amends_scrub_bodies (AmendsStore *self,
                     const AmendsId *ids,
                     guint n_ids,
                     guint64 ctl,
                     GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (amends_id_hash, amends_id_equal);

  g_return_val_if_fail (!amends_store_is_locked (self), FALSE);

  for (guint i = 0; i < n_ids; i++)
    {
      if (!erase (self, &ids[i], ctl, error))
        return FALSE;
      g_hash_table_add (wanted, (gpointer) &ids[i]);
    }
  return scrub_aside (self, is_among, wanted, error) && begin (self, error);
}

/**
 * amends_scrub_stream:
 * @stream: what left a feed that this device goes on holding
 *
 * Body and salt of all its events leave this device. Headers and digests stay, also of other devices: their
 * chains and the feed's hash run over them. Whoever calls it has made sure that the server holds them safely.
 * In the caller's transaction; amends_scrub_finish() is due after it.
 * Errors: of the store.
 * Returns: %TRUE on success
 */
gboolean
amends_scrub_stream (AmendsStore *self, const AmendsId *stream, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_list_stream, error);
  char text[AMENDS_ID_BUFFER];

  g_return_val_if_fail (!amends_store_is_locked (self), FALSE);

  if (stmt == NULL)
    return FALSE;
  amends_id_format_to (stream, text);
  amends_db_bind_text (stmt, 1, text);
  return leave (self, stmt, error) && scrub_aside (self, is_of_stream, stream, error)
         && begin (self, error);
}

/**
 * amends_scrub_feed:
 * @feed: one that this device holds no longer
 *
 * Other devices' events of the feed leave this device whole, with their chains and with the server's entries;
 * of this device's own, body and salt leave: its trunk and its chain run over the rest. The cursor goes back to
 * the beginning, for the day when the feed is granted again. Whoever calls it has made sure that the server
 * holds all of it safely.
 * In the caller's transaction; amends_scrub_finish() is due after it.
 * Errors: of the store.
 * Returns: %TRUE on success
 */
gboolean
amends_scrub_feed (AmendsStore *self, const char *feed, GError **error)
{
  static const char *const queries[] = { sql_list_own, sql_drop_others, sql_drop_chains,
                                         sql_drop_entries, sql_begin_feed };

  g_return_val_if_fail (!amends_store_is_locked (self), FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      sqlite3_stmt *stmt = amends_db_prepare (self->db, queries[i], error);

      if (stmt == NULL)
        return FALSE;
      amends_db_bind_text (stmt, sqlite3_bind_parameter_index (stmt, ":code"),
                           self->identity->code);
      amends_db_bind_text (stmt, sqlite3_bind_parameter_index (stmt, ":feed"), feed);
      if (!(i == 0 ? leave (self, stmt, error) : amends_db_run (self->db, stmt, error)))
        return FALSE;
    }
  return scrub_aside (self, is_of_feed, feed, error) && amends_moves_step_back (self, error)
         && begin (self, error);
}

/**
 * amends_scrub_is_due:
 *
 * Returns: whether something that was taken out may still be in a file: amends_scrub_finish() has not been
 * done since, and this device must not confirm
 */
gboolean
amends_scrub_is_due (AmendsStore *self)
{
  gint64 n_begun, n_finished;

  /* What cannot be read is not confirmed. */
  return !amends_meta_get_number (self, META_BEGUN, &n_begun, NULL)
         || !amends_meta_get_number (self, META_FINISHED, &n_finished, NULL)
         || n_finished < n_begun;
}

/* A snapshot whose deletion was not synced comes back when the power goes. */
static gboolean
sync_folder (AmendsStore *self, GError **error)
{
  if (amends_file_sync_path (self->path))
    return TRUE;
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
               "The store's folder could not be synced");
  return FALSE;
}

/**
 * amends_scrub_finish:
 * @self: locked or not, in no transaction
 *
 * Makes that of what was taken out nothing is in any file of the store, chunks of attachments included. Does nothing where nothing is due.
 * Errors: %AMENDS_STORE_ERROR_FULL if the log has no room to be written anew, and others of the store: it stays
 * due, and is tried again.
 * Returns: %TRUE once nothing is due
 */
gboolean
amends_scrub_finish (AmendsStore *self, GError **error)
{
  gint64 n_begun, n_finished;

  g_return_val_if_fail (!self->read_only, FALSE);

  if (!amends_meta_get_number (self, META_BEGUN, &n_begun, error)
      || !amends_meta_get_number (self, META_FINISHED, &n_finished, error))
    return FALSE;
  if (n_finished == n_begun)
    return TRUE;
  amends_read_remove_snapshot (self);
  return amends_store_sweep_attachments (self, error) && amends_blobs_settle (&self->blobs, error)
         && sync_folder (self, error) && amends_db_scrub (self->db, error)
         && amends_meta_set_number (self, META_FINISHED, n_begun, error);
}
