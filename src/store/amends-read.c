/* amends-read.c: what lists show: a cache of the fold, in memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between runs the list is kept as a sealed snapshot (list.snap), bound to this store, the version of the
 * fold and the last event that it holds. Events after that are folded in when it is loaded; a snapshot
 * that does not fit is ignored and the list built again from the log. */

#include "store/amends-read.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "store/amends-file.h"
#include "store/amends-known.h"
#include "store/amends-log.h"
#include "store/amends-moves.h"
#include "store/amends-shipped.h"

#define SNAPSHOT_FILE "list.snap"
#define SNAPSHOT_NEW ".new" /* after its name, until it is whole */

static const char sql_put_case[] =
    "INSERT OR REPLACE INTO case_row (id, reference, kind, scheme, feed, complainant, home,"
    " summary, received, state, n_conflicts, recorded_at, changed_at, turns, channel, due)"
    " VALUES (:id, :reference, :kind, :scheme, :feed, :complainant, :home, :summary, :received,"
    " :state, :n_conflicts, :recorded_at, :changed_at, :turns, :channel, :due)";
static const char sql_put_staff[] =
    "INSERT OR REPLACE INTO staff_row (id, name) VALUES (:id, :name)";
static const char sql_last_place[] = "SELECT coalesce(max(place), 0) FROM event";
/* The new events are at the end: by place, and not over the whole index event_by_stream. */
static const char sql_streams_after[] =
    "SELECT DISTINCT +event.stream, feed.name FROM event, feed"
    " WHERE " AMENDS_LOG_FEED_OF_STREAM " AND event.place > :place"
    " AND feed.name NOT IN ('ctl', 'org') AND feed.may_read";
/* Index case_row_by_turn. */
static const char sql_turned[] = "SELECT id, feed FROM case_row WHERE turns <= :today";
/* What is closed owes by no clock. */
static const char sql_open[] = "SELECT id, feed FROM case_row WHERE state = 'open'";
/* Index duty_by_unmatched. */
static const char sql_unmatched[] = "SELECT DISTINCT case_row.id, case_row.feed FROM duty, case_row"
                                    " WHERE duty.kind = 15 AND duty.what = 'previous_case'"
                                    " AND case_row.id = duty.case_id";
static const char sql_get_reading[] = "SELECT place FROM reading WHERE name = 'org'";
static const char sql_set_reading[] =
    "INSERT OR REPLACE INTO reading (name, place) VALUES ('org', :place)";
static const char sql_digest_at[] = "SELECT digest FROM event WHERE place = :place";

/**
 * amends_read_free:
 * @self: (nullable) (transfer full): a read model
 */
void
amends_read_free (AmendsRead *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->list, amends_db_close);
  g_clear_pointer (&self->search, amends_db_close);
  g_free (self);
}

static void
bind_case (sqlite3_stmt *stmt, const AmendsCase *complaint, const char *id, const char *summary)
{
  amends_db_bind_text (stmt, 1, id);
  amends_db_bind_text (stmt, 2, amends_case_get_text (complaint, "reference"));
  amends_db_bind_text (stmt, 3,
                       amends_case_is_away (complaint) ? "moved"
                       : amends_case_is_erased (complaint)
                           ? "erased"
                           : amends_case_get_text (complaint, "kind"));
  amends_db_bind_text (stmt, 4, amends_case_get_text (complaint, "scheme"));
  amends_db_bind_text (stmt, 5, amends_case_get_feed (complaint));
  amends_db_bind_text (stmt, 6, amends_case_get_text (complaint, "complainant.name"));
  amends_db_bind_text (stmt, 7, amends_case_get_text (complaint, "complainant.home"));
  amends_db_bind_text (stmt, 8, summary);
  amends_db_bind_text (stmt, 9, amends_case_get_text (complaint, "received"));
  amends_db_bind_text (stmt, 10, amends_case_get_state (complaint));
  sqlite3_bind_int64 (stmt, 11, amends_case_get_n_conflicts (complaint));
  sqlite3_bind_int64 (stmt, 12, amends_case_get_recorded_at (complaint));
  sqlite3_bind_int64 (stmt, 13, amends_case_get_changed_at (complaint));
}

static gboolean
has_words (const AmendsCase *complaint)
{
  for (guint i = 0; i < amends_case_get_n_history (complaint); i++)
    if (amends_case_get_history (complaint, i)->event->body != NULL)
      return TRUE;
  return FALSE;
}

/**
 * amends_read_lists:
 *
 * Returns: whether the list has a row for @complaint: a stream of which nothing that says so is here has none, nor has
 *   one of which all was erased and no trace is left: it may as well have been somebody’s entry in a register
 */
gboolean
amends_read_lists (const AmendsCase *complaint)
{
  return amends_case_is_recorded (complaint) || amends_case_get_n_issues (complaint) > 0
         || (amends_case_is_erased (complaint) && has_words (complaint))
         || amends_case_is_away (complaint);
}

static gboolean
put_case (AmendsStore *store, GPtrArray *events, GError **error)
{
  g_autoptr (AmendsCase) complaint = amends_moves_fold (store, events, error);
  sqlite3_stmt *stmt;
  g_autofree char *summary = NULL;
  char id[AMENDS_ID_BUFFER];
  AmendsDay first_day, turns_day;
  AmendsId stream;

  if (complaint == NULL)
    return FALSE;
  if (!amends_read_lists (complaint))
    return TRUE;
  if (!amends_duties_put (store, complaint, &first_day, &turns_day, error))
    return FALSE;
  stmt = amends_db_prepare (store->read->list, sql_put_case, error);
  if (stmt == NULL)
    return FALSE;
  amends_case_get_id (complaint, &stream);
  amends_id_format_to (&stream, id);
  if (!amends_known_drop (store, id, error) || !amends_known_put_case (store, complaint, error))
    return FALSE;
  summary = amends_case_dup_summary (complaint);
  bind_case (stmt, complaint, id, summary);
  if (turns_day != AMENDS_DAY_NONE)
    sqlite3_bind_int64 (stmt, 14, turns_day);
  amends_db_bind_text (stmt, 15, amends_case_get_text (complaint, "channel"));
  sqlite3_bind_int64 (stmt, 16, first_day != AMENDS_DAY_NONE ? first_day : AMENDS_READ_NO_DAY);
  return amends_db_run (store->read->list, stmt, error)
         && amends_search_update (store, complaint, error);
}

static gboolean
put_staff (AmendsStore *store, GPtrArray *events, GError **error)
{
  g_autoptr (AmendsStaff) staff =
      amends_staff_new ((AmendsEvent *const *) events->pdata, events->len);
  char id[AMENDS_ID_BUFFER];
  g_autoptr (AmendsRegistered) entry =
      amends_registered_new (AMENDS_REGISTER_STAFF, (AmendsEvent *const *) events->pdata,
                             events->len);
  sqlite3_stmt *stmt;

  if (staff == NULL)
    return TRUE;
  amends_id_format_to (&staff->id, id);
  if (!(entry != NULL ? amends_known_put_entry (store, entry, error)
                      : amends_known_drop (store, id, error)))
    return FALSE;
  stmt = amends_db_prepare (store->read->list, sql_put_staff, error);
  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, id);
  amends_db_bind_text (stmt, 2, staff->name);
  return amends_db_run (store->read->list, stmt, error);
}

/* A stream is whatever the event that began it says. */
static gboolean
put_stream (AmendsStore *store, GPtrArray *events, GError **error)
{
  g_autoptr (AmendsRegistered) entry = NULL;
  AmendsRegisterKind kind;
  char id[AMENDS_ID_BUFFER];

  if (!amends_register_of_stream ((AmendsEvent *const *) events->pdata, events->len, &kind))
    return put_case (store, events, error);
  entry = amends_registered_new (kind, (AmendsEvent *const *) events->pdata, events->len);
  if (entry != NULL)
    return amends_known_put_entry (store, entry, error);
  amends_id_format_to (&((const AmendsEvent *) g_ptr_array_index (events, 0))->stream, id);
  return amends_known_drop (store, id, error);
}

static gboolean
fold_stream (AmendsStore *store, const AmendsId *stream, const char *feed, GError **error)
{
  g_autoptr (GPtrArray) events = amends_log_read_stream (store, stream, error);

  if (events == NULL)
    return FALSE;
  if (events->len == 0)
    return TRUE;
  if (g_str_equal (feed, "staff"))
    return put_staff (store, events, error);
  return put_stream (store, events, error);
}

/**
 * amends_read_get_last_place:
 * @ret_place: (out): of the last event in the log; 0 if there is none
 *
 * Returns: %TRUE on success
 */
gboolean
amends_read_get_last_place (AmendsStore *store, gint64 *ret_place, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (store->db, sql_last_place, error);

  if (stmt == NULL || amends_db_step (store->db, stmt, error) != SQLITE_ROW)
    return FALSE;
  *ret_place = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return TRUE;
}

typedef struct
{
  AmendsId stream;
  char feed[AMENDS_FEED_MAX_BYTES + 1];
} StreamInFeed;

/* The streams that a query names, with their feeds; @number: for its one parameter, if it has any. */
static gboolean
list_streams (AmendsDb *db, const char *sql, gint64 number, GArray *streams, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (db, sql, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  if (sqlite3_bind_parameter_count (stmt) > 0)
    sqlite3_bind_int64 (stmt, 1, number);
  while ((found = amends_db_step (db, stmt, error)) == SQLITE_ROW)
    {
      const char *text = (const char *) sqlite3_column_text (stmt, 0);
      StreamInFeed stream;

      if (!amends_id_parse_len (text, strlen (text), &stream.stream))
        continue;
      g_strlcpy (stream.feed, (const char *) sqlite3_column_text (stmt, 1), sizeof stream.feed);
      g_array_append_val (streams, stream);
    }
  return found == SQLITE_DONE;
}

/* A store that was opened to be read only, as a damaged one is, shows what is whole; any other says that it
 * is damaged, so that nothing is written on top. */
static gboolean
fold_what_is_whole (AmendsStore *store, const StreamInFeed *stream, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (fold_stream (store, &stream->stream, stream->feed, &failure))
    return TRUE;
  if (store->read_only && g_error_matches (failure, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
get_reading (AmendsStore *store, gint64 *ret_place, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (store->read->list, sql_get_reading, error);
  int found;

  *ret_place = 0;
  if (stmt == NULL)
    return FALSE;
  found = amends_db_step (store->read->list, stmt, error);
  if (found == SQLITE_ROW)
    *ret_place = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return found == SQLITE_ROW || found == SQLITE_DONE;
}

static gboolean
set_reading (AmendsStore *store, gint64 place, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (store->read->list, sql_set_reading, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, place);
  return amends_db_run (store->read->list, stmt, error);
}

static gboolean
is_of_register (const StreamInFeed *stream)
{
  return g_str_has_prefix (stream->feed, "k.");
}

static int
compare_feeds (gconstpointer a, gconstpointer b)
{
  return is_of_register (b) - is_of_register (a);
}

/* Homes that have come since may be those that cases name. */
static gboolean
list_at_home (AmendsStore *store, guint n_before, GArray *streams, GError **error)
{
  gboolean has_homes = FALSE;

  for (guint i = n_before; i < streams->len; i++)
    has_homes = has_homes || is_of_register (&g_array_index (streams, StreamInFeed, i));
  return !has_homes || list_streams (store->read->list, sql_open, 0, streams, error);
}

/* What is to be folded again: what has grown, what turns by itself with the day, and where the landlord has
 * published something, all that is open. */
static GArray *
list_stale (AmendsStore *store, gint64 last, GError **error)
{
  g_autoptr (GArray) streams = g_array_new (FALSE, TRUE, sizeof (StreamInFeed));
  AmendsDb *list = store->read->list;
  gboolean has_published = FALSE;
  gint64 heeded;
  guint n_turned;

  if (!get_reading (store, &heeded, error)
      || (last > heeded && !amends_org_has_grown (store, heeded, &has_published, error)))
    return NULL;
  if (!(has_published ? list_streams (list, sql_open, 0, streams, error)
                      : list_streams (list, sql_turned, store->read->as_of, streams, error)))
    return NULL;
  n_turned = streams->len;
  if (!list_streams (store->db, sql_streams_after, store->read->place, streams, error)
      || !list_at_home (store, n_turned, streams, error))
    return NULL;
  g_array_sort (streams, compare_feeds); /* homes first, by which cases are matched */
  return g_steal_pointer (&streams);
}

/* What quotes a case that was put after it is looked at once more. */
static gboolean
fold_all (AmendsStore *store, GArray *streams, gint64 last, GError **error)
{
  guint n_stale = streams->len;

  for (guint i = 0; i < streams->len; i++)
    if (!fold_what_is_whole (store, &g_array_index (streams, StreamInFeed, i), error)
        || (i + 1 == n_stale
            && !list_streams (store->read->list, sql_unmatched, 0, streams, error)))
      return FALSE;
  return set_reading (store, last, error);
}

/* Folds in what the log holds beyond the list, and what the day has changed. */
static gboolean
catch_up (AmendsStore *store, GError **error)
{
  AmendsDay clock_day = amends_day_from_instant (amends_environment_now (&store->environment));
  g_autoptr (GArray) streams = NULL;
  gint64 last;

  if (!amends_read_get_last_place (store, &last, error))
    return FALSE;
  if (last == store->read->place && clock_day == store->read->clock_day)
    return TRUE;
  store->read->as_of = amends_store_get_today (store);
  streams = list_stale (store, last, error);
  if (streams == NULL || !amends_db_exec (store->read->list, "BEGIN", error))
    return FALSE;
  if (!fold_all (store, streams, last, error))
    {
      amends_db_exec (store->read->list, "ROLLBACK", NULL);
      return FALSE;
    }
  store->read->place = last;
  store->read->clock_day = clock_day;
  return amends_db_exec (store->read->list, "COMMIT", error);
}

/**
 * amends_read_dup_mark:
 * @place: in the log
 *
 * What is kept between runs of what was read up to there is bound to this mark: the log may go on otherwise
 * after a restore, and what was read before something was taken out must not be shown again.
 * Returns: (transfer full): how often something was taken out, and the digest of the event there, if there is
 * one, in base 64
 */
char *
amends_read_dup_mark (AmendsStore *store, gint64 place)
{
  sqlite3_stmt *stmt = amends_db_prepare (store->db, sql_digest_at, NULL);
  g_autofree char *digest = NULL;

  if (stmt != NULL)
    sqlite3_bind_int64 (stmt, 1, place);
  if (stmt != NULL && amends_db_step (store->db, stmt, NULL) == SQLITE_ROW)
    {
      digest =
          g_base64_encode (sqlite3_column_blob (stmt, 0), (gsize) sqlite3_column_bytes (stmt, 0));
      sqlite3_reset (stmt);
    }
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", amends_scrub_get_n_begun (store),
                          digest != NULL ? digest : "");
}

/* What a snapshot is bound to: this store, this fold, the rules that ship, the last event in it, and all that
 * was taken out. */
static char *
snapshot_purpose (AmendsStore *store, gint64 place)
{
  g_autofree char *mark = amends_read_dup_mark (store, place);
  g_autofree char *rules = amends_shipped_dup_digest ();

  return g_strdup_printf ("list %d %s %" G_GINT64_FORMAT " %s %s", AMENDS_FOLD_VERSION,
                          store->store_id, place, mark, rules);
}

static gboolean
load_snapshot (AmendsStore *store)
{
  g_autofree char *path = g_build_filename (store->path, SNAPSHOT_FILE, NULL);
  g_autofree char *contents = NULL;
  g_autofree char *purpose = NULL;
  g_autoptr (GBytes) plain = NULL;
  unsigned char *pages;
  gsize n_contents, n_plain;
  gint64 place;

  if (!g_file_get_contents (path, &contents, &n_contents, NULL) || n_contents < sizeof place)
    return FALSE;
  memcpy (&place, contents, sizeof place);
  place = GINT64_FROM_BE (place);
  purpose = snapshot_purpose (store, place);
  plain =
      amends_unseal (store->key, purpose, contents + sizeof place, n_contents - sizeof place, NULL);
  if (plain == NULL)
    return FALSE;

  n_plain = g_bytes_get_size (plain);
  pages = sqlite3_malloc64 (n_plain);
  if (pages == NULL)
    return FALSE;
  memcpy (pages, g_bytes_get_data (plain, NULL), n_plain);
  if (sqlite3_deserialize (amends_db_get_handle (store->read->list), "main", pages,
                           (gint64) n_plain, (gint64) n_plain,
                           SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE)
      != SQLITE_OK)
    return FALSE;
  store->read->place = place;
  store->read->snapshot_place = place;
  return TRUE;
}

/**
 * amends_read_ensure:
 *
 * Loads or builds the list, and folds in what is new.
 * Errors: %AMENDS_STORE_ERROR_LOCKED, %AMENDS_STORE_ERROR_DAMAGED.
 * Returns: %TRUE once the list fits the log
 */
gboolean
amends_read_ensure (AmendsStore *store, GError **error)
{
  if (!amends_store_check_unlocked (store, error))
    return FALSE;
  if (store->read == NULL)
    {
      store->read = g_new0 (AmendsRead, 1);
      store->read->clock_day = AMENDS_DAY_NONE;
      store->read->list = amends_db_open_memory (error);
      if (store->read->list == NULL)
        {
          g_clear_pointer (&store->read, amends_read_free);
          return FALSE;
        }
      if (!load_snapshot (store))
        {
          g_autoptr (GBytes) sql = amends_store_get_sql ("read.sql");

          if (!amends_db_exec (store->read->list, g_bytes_get_data (sql, NULL), error))
            {
              g_clear_pointer (&store->read, amends_read_free);
              return FALSE;
            }
        }
    }
  return catch_up (store, error);
}

/**
 * amends_read_save:
 *
 * Keeps the list as a sealed snapshot, if it has grown enough to be worth it. A cache: a failure only
 * makes the next start slower.
 */
void
amends_read_save (AmendsStore *store)
{
  g_autofree char *path = g_build_filename (store->path, SNAPSHOT_FILE, NULL);
  g_autofree char *temporary = g_strconcat (path, SNAPSHOT_NEW, NULL);
  g_autofree char *purpose = NULL;
  g_autoptr (GBytes) sealed = NULL;
  unsigned char *pages;
  sqlite3_int64 n_pages;
  gboolean written;
  gint64 place;
  int fd;

  if (store->read == NULL || store->key == NULL
      || store->read->place - store->read->snapshot_place < AMENDS_READ_MAX_LAG)
    return;
  purpose = snapshot_purpose (store, store->read->place);
  pages = sqlite3_serialize (amends_db_get_handle (store->read->list), "main", &n_pages, 0);
  if (pages == NULL)
    return;
  sealed = amends_seal (&store->environment, store->key, purpose, pages, (gsize) n_pages);
  sqlite3_free (pages);

  place = GINT64_TO_BE (store->read->place);
  fd = open (temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    return;
  written =
      amends_file_write_all (fd, &place, sizeof place)
      && amends_file_write_all (fd, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed))
      && fsync (fd) == 0;
  close (fd);
  if (!written || g_rename (temporary, path) != 0)
    g_unlink (temporary);
  else
    store->read->snapshot_place = store->read->place;
}

/**
 * amends_read_remove_snapshot:
 *
 * Deletes what is kept of the list, and of one that was being written when a program was stopped.
 */
void
amends_read_remove_snapshot (AmendsStore *store)
{
  g_autofree char *path = g_build_filename (store->path, SNAPSHOT_FILE, NULL);
  g_autofree char *temporary = g_strconcat (path, SNAPSHOT_NEW, NULL);

  g_unlink (path);
  g_unlink (temporary);
}

/**
 * amends_read_forget:
 *
 * Drops the list, its snapshot, what was counted, and the editions: what they hold may be no more.
 */
void
amends_read_forget (AmendsStore *store)
{
  g_clear_pointer (&store->read, amends_read_free);
  g_clear_pointer (&store->org, amends_org_free);
  amends_read_remove_snapshot (store);
  amends_conflicts_forget (store);
}

/**
 * amends_read_touch:
 *
 * Brings the list, if it is there, up to date with what was just written. That is durable: where the
 * list cannot follow it is dropped, and whoever asks for it next is told why. Within a transaction it
 * waits for its end.
 */
void
amends_read_touch (AmendsStore *store)
{
  if (store->read != NULL && !amends_db_is_in_transaction (store->db) && !catch_up (store, NULL))
    g_clear_pointer (&store->read, amends_read_free);
}

/**
 * amends_read_follow:
 * @before: (nullable): the case as it was before; %NULL if these began it
 * @events: (element-type AmendsEvent): what was just written of it, durably
 *
 * As amends_read_touch(), from what is in hand: nothing is unsealed or parsed again.
 */
void
amends_read_follow (AmendsStore *store, const AmendsCase *before, GPtrArray *events)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  gint64 last;

  if (store->read == NULL || amends_db_is_in_transaction (store->db))
    return;
  if (!amends_read_get_last_place (store, &last, NULL) || last != store->read->place + events->len)
    {
      amends_read_touch (store);
      return;
    }
  for (guint i = 0; before != NULL && i < amends_case_get_n_history (before); i++)
    g_ptr_array_add (all, amends_case_get_history (before, i)->event);
  g_ptr_array_extend (all, events, NULL, NULL);
  if (put_case (store, all, NULL))
    store->read->place = last;
  else
    g_clear_pointer (&store->read, amends_read_free);
}

static gboolean
drop_row (AmendsStore *store, const char *sql, const char *id, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (store->read->list, sql, error);

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, id);
  return amends_db_run (store->read->list, stmt, error);
}

static gboolean
follow_back (AmendsStore *store, const AmendsId *stream, GError **error)
{
  g_autoptr (GPtrArray) events = amends_log_read_stream (store, stream, error);
  char id[AMENDS_ID_BUFFER];
  gint64 last;

  amends_id_format_to (stream, id);
  if (events == NULL || !amends_read_get_last_place (store, &last, error)
      || !drop_row (store, "DELETE FROM case_row WHERE id = :id", id, error)
      || !drop_row (store, "DELETE FROM duty WHERE case_id = :id", id, error)
      || !amends_known_drop (store, id, error)
      || (events->len > 0 && !put_case (store, events, error)) || !set_reading (store, last, error))
    return FALSE;
  store->read->place = last;
  return TRUE;
}

/**
 * amends_read_step_back:
 * @stream: of a case whose last events were cut off the log
 *
 * Shows it as it is now, and forgets the places that are given to others. The snapshot on disk, if it had
 * them, does not fit any more.
 */
void
amends_read_step_back (AmendsStore *store, const AmendsId *stream)
{
  gint64 last;

  if (amends_read_get_last_place (store, &last, NULL))
    amends_org_step_back (store, last);
  amends_conflicts_forget (store);
  if (store->read != NULL && !follow_back (store, stream, NULL))
    g_clear_pointer (&store->read, amends_read_free);
}

/* Up to where the snapshot on disk goes; 0 if there is none. Whether it fits is for who loads it. */
static gint64
read_snapshot_place (AmendsStore *store)
{
  g_autofree char *path = g_build_filename (store->path, SNAPSHOT_FILE, NULL);
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  gint64 place;
  gssize n_read;

  if (fd < 0)
    return 0;
  n_read = read (fd, &place, sizeof place);
  close (fd);
  return n_read == sizeof place ? GINT64_FROM_BE (place) : 0;
}

/**
 * amends_store_refresh:
 *
 * Carries what has come late of cases that were moved, and folds what was received into the list: if it is in memory,
 * or if its snapshot would lag so far behind that whoever opens it next would wait. Else a small sync would load a
 * large list for a few events.
 * Returns: %TRUE on success
 */
gboolean
amends_store_refresh (AmendsStore *self, GError **error)
{
  gint64 last;

  if (!amends_store_check_unlocked (self, error) || !amends_moves_follow (self, error)
      || !amends_read_get_last_place (self, &last, error))
    return FALSE;
  if (self->read == NULL && last - read_snapshot_place (self) < AMENDS_READ_MAX_LAG)
    return TRUE;
  return amends_read_ensure (self, error);
}

static int
compare_rows_by_id (gconstpointer a, gconstpointer b)
{
  return amends_id_compare (&((const StreamInFeed *) a)->stream,
                            &((const StreamInFeed *) b)->stream);
}

static gboolean
hash_stream (AmendsStore *self,
             const StreamInFeed *stream,
             crypto_generichash_state *state,
             AmendsRebuilt *rebuilt,
             GError **error)
{
  g_autoptr (GPtrArray) events = amends_log_read_stream (self, &stream->stream, error);
  g_autoptr (AmendsCase) complaint = NULL;
  json_auto_t *json = NULL;
  AmendsRegisterKind kind;
  char *text;

  if (events == NULL)
    return FALSE;
  if (events->len == 0
      || amends_register_of_stream ((AmendsEvent *const *) events->pdata, events->len, &kind))
    return TRUE;
  complaint = amends_moves_fold (self, events, error);
  if (complaint == NULL)
    return FALSE;
  json = amends_case_to_json (complaint);
  text = json_dumps (json, JSON_COMPACT | JSON_SORT_KEYS);
  crypto_generichash_update (state, (const guint8 *) text, strlen (text) + 1);
  free (text);
  rebuilt->n_cases += amends_case_is_recorded (complaint);
  return TRUE;
}

/**
 * amends_store_rebuild:
 * @ret_rebuilt: (out): what it came to
 *
 * Drops all that is read from the log and computes it again.
 * Errors: %AMENDS_STORE_ERROR_DAMAGED, naming the event.
 * Returns: %TRUE on success
 */
gboolean
amends_store_rebuild (AmendsStore *self, AmendsRebuilt *ret_rebuilt, GError **error)
{
  g_autoptr (GArray) streams = g_array_new (FALSE, TRUE, sizeof (StreamInFeed));
  crypto_generichash_state state;
  sqlite3_stmt *stmt;

  memset (ret_rebuilt, 0, sizeof *ret_rebuilt);
  if (!amends_store_check_unlocked (self, error))
    return FALSE;
  if (!self->read_only)
    amends_read_forget (self);
  if (!list_streams (self->db, sql_streams_after, 0, streams, error))
    return FALSE;
  g_array_sort (streams, compare_rows_by_id);
  crypto_generichash_init (&state, NULL, 0, sizeof ret_rebuilt->state_hash.bytes);
  for (guint i = 0; i < streams->len; i++)
    {
      const StreamInFeed *stream = &g_array_index (streams, StreamInFeed, i);

      /* One that was moved is in two feeds, and one case. */
      if ((i == 0 || compare_rows_by_id (stream, stream - 1) != 0)
          && !hash_stream (self, stream, &state, ret_rebuilt, error))
        return FALSE;
    }
  crypto_generichash_final (&state, ret_rebuilt->state_hash.bytes,
                            sizeof ret_rebuilt->state_hash.bytes);

  stmt = amends_db_prepare (self->db, "SELECT count(*) FROM event", error);
  if (stmt == NULL || amends_db_step (self->db, stmt, error) != SQLITE_ROW)
    return FALSE;
  ret_rebuilt->n_events = (guint64) sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  ret_rebuilt->fold_version = AMENDS_FOLD_VERSION;
  return amends_read_ensure (self, error);
}
