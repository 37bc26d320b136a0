/* amends-leave.c: feeds that the server took from this device
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the transaction that applies what ctl says nothing of such a feed is shown, and nobody writes there; but for
 * one that this device may go on writing in and not read, which is left all the same.
 * Its data stays until nothing can be lost with it: what this device wrote there is acknowledged and in a
 * backup, what it attached is there, so is all that it holds of others, and what a restored server lacked was
 * handed in. Then it is
 * scrubbed, and the next request says that it is gone. What is to be done is always derived from the store:
 * whatever stops it, the next sync goes on. */

#include <string.h>

#include "core/amends-instant.h"
#include "store/amends-log.h"
#include "store/amends-scrub.h"
#include "store/amends-store-private.h"

/* Own events of the feed whose body is here, and of those the ones that are not yet acknowledged, and not yet
 * in a backup. Acknowledged may be what is safe no longer: the server was restored. And own attachments that are
 * whole here and not there: of a taken feed the server takes nobody else's. */
static const char sql_list_taken[] =
    "SELECT feed.name, feed.taken_at, feed.gone_at, feed.position, feed.safe,"
    " (SELECT count(*) FROM event WHERE event.feed = feed.feed AND event.code = :code"
    "   AND event.number > :acknowledged),"
    " (SELECT count(*) FROM event WHERE event.feed = feed.feed AND event.code = :code"
    "   AND event.number > :safe AND length (event.sealed) > 1),"
    " feed.gone_at = 0 AND EXISTS (SELECT 1 FROM event WHERE event.feed = feed.feed"
    "   AND (event.code <> :code OR length (event.sealed) > 1)),"
    " (SELECT count(*) FROM attachment, event WHERE attachment.code = :code"
    "   AND attachment.whole = 1 AND attachment.there_at IS NULL AND event.code = attachment.code"
    "   AND event.number = attachment.number AND event.feed = feed.feed)"
    " FROM feed WHERE feed.taken_at > 0 AND NOT feed.may_read"
    " ORDER BY feed.name";
static const char sql_set_gone[] = "UPDATE feed SET gone_at = :at WHERE name = :feed";
/* Index event_left (feed, code, number) has these alone, and their last at its end. */
static const char sql_whole[] =
    "SELECT name, last FROM (SELECT feed.name, (SELECT max (event.number) FROM event"
    "   WHERE event.feed = feed.feed AND event.code = :code AND length (event.sealed) = 1) AS last"
    " FROM feed) WHERE last > 0";
static const char sql_may_show[] =
    "SELECT 1 FROM event, feed WHERE " AMENDS_LOG_FEED_OF_STREAM " AND event.stream = :stream"
    " AND feed.may_read LIMIT 1";
static const char sql_withdrawn[] =
    "SELECT max(feed.taken_at) FROM device, feed WHERE device.code = :code AND device.revoked";

/**
 * amends_log_set_safe_number:
 * @number: up to here a verified backup has what this device wrote
 *
 * Returns: %TRUE on success; nothing is written where nothing changed
 */
gboolean
amends_log_set_safe_number (AmendsStore *self, guint64 number, GError **error)
{
  gint64 before;

  if (!amends_meta_get_number (self, "safe-number", &before, error))
    return FALSE;
  return (guint64) before == number
         || amends_meta_set_number (self, "safe-number", (gint64) number, error);
}

/* How many of other devices' events in the feed have no position. They were handed in, and get one that this
 * device is not told. */
static gboolean
count_unplaced (AmendsStore *self, const char *feed, guint64 *ret_n_unplaced, GError **error)
{
  *ret_n_unplaced = 0;
  return !amends_log_is_rewound (self)
         || amends_log_count_unplaced (self, feed, ret_n_unplaced, error);
}

static void
set_name (AmendsStore *self, AmendsTakenFeed *taken)
{
  const char *scheme = amends_feed_get_scheme (taken->feed);
  g_autofree char *name = scheme != NULL ? amends_store_dup_scheme_name (self, scheme) : NULL;

  g_strlcpy (taken->name, name != NULL ? name : "", sizeof taken->name);
}

/* How many of other devices' events are here that no backup is known to have. */
static gboolean
count_unsafe (AmendsStore *self, AmendsTakenFeed *taken, guint64 position, GError **error)
{
  guint64 n_unplaced;

  if (!count_unplaced (self, taken->feed, &n_unplaced, error))
    return FALSE;
  if (position + n_unplaced > taken->safe)
    taken->n_unsafe += position + n_unplaced - taken->safe;
  /* Before all was handed in nobody knows what a restored server lacks. */
  taken->is_settled = !amends_log_is_rewound (self) || amends_log_get_n_left (self) != G_MAXUINT64;
  return TRUE;
}

/**
 * amends_store_list_taken:
 *
 * Returns: (transfer full) (element-type AmendsTakenFeed): the feeds that were taken from this device, also those
 * of which nothing is here any more
 */
GArray *
amends_store_list_taken (AmendsStore *self, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, TRUE, sizeof (AmendsTakenFeed));
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint64));
  gint64 acknowledged, safe;
  sqlite3_stmt *stmt;
  int found;

  if (!amends_store_check_unlocked (self, error)
      || !amends_meta_get_number (self, "acknowledged", &acknowledged, error)
      || !amends_meta_get_number (self, "safe-number", &safe, error))
    return NULL;
  stmt = amends_db_prepare (self->db, sql_list_taken, error);
  if (stmt == NULL)
    return NULL;
  amends_db_bind_text (stmt, 1, self->identity->code);
  sqlite3_bind_int64 (stmt, 2, acknowledged);
  sqlite3_bind_int64 (stmt, 3, safe);
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      AmendsTakenFeed taken = { .taken_at = sqlite3_column_int64 (stmt, 1),
                                .gone_at = sqlite3_column_int64 (stmt, 2),
                                .safe = (guint64) sqlite3_column_int64 (stmt, 4),
                                .n_unsent = (guint64) sqlite3_column_int64 (stmt, 5),
                                .n_unsafe = (guint64) sqlite3_column_int64 (stmt, 6),
                                .is_here = sqlite3_column_int (stmt, 7) != 0,
                                .n_unsent_files = (guint64) sqlite3_column_int64 (stmt, 8) };
      guint64 position = (guint64) sqlite3_column_int64 (stmt, 3);

      g_strlcpy (taken.feed, (const char *) sqlite3_column_text (stmt, 0), sizeof taken.feed);
      set_name (self, &taken);
      taken.is_here = taken.is_here || position > 0;
      g_array_append_val (list, taken);
      g_array_append_val (positions, position);
    }
  for (guint i = 0; found == SQLITE_DONE && i < list->len; i++)
    if (!count_unsafe (self, &g_array_index (list, AmendsTakenFeed, i),
                       g_array_index (positions, guint64, i), error))
      return NULL;
  return found == SQLITE_DONE ? g_steal_pointer (&list) : NULL;
}

/* What somebody began to record of the scheme and did not finish: nobody can finish it here. */
static gboolean
drop_drafts (AmendsStore *self, const char *feed, GError **error)
{
  g_autoptr (GPtrArray) drafts = NULL;
  const char *scheme = amends_feed_get_scheme (feed);

  if (!g_str_has_prefix (feed, "s."))
    return TRUE;
  drafts = amends_store_list_drafts (self, error);
  for (guint i = 0; drafts != NULL && i < drafts->len; i++)
    {
      const AmendsDraft *draft = g_ptr_array_index (drafts, i);
      const char *of = json_string_value (json_object_get (draft->intake, "scheme"));

      if (g_strcmp0 (of, scheme) == 0 && !amends_store_delete_draft (self, draft->draft, error))
        return FALSE;
    }
  return drafts != NULL;
}

static gboolean
may_go (const AmendsTakenFeed *feed)
{
  return feed->is_here && feed->n_unsent == 0 && feed->n_unsent_files == 0 && feed->n_unsafe == 0
         && feed->is_settled;
}

static gboolean
scrub_feeds (AmendsStore *self, const GArray *taken, guint *ret_n_scrubbed, GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;

  if (!amends_transaction_begin (&transaction, self->db, error))
    return FALSE;
  for (guint i = 0; i < taken->len; i++)
    {
      const AmendsTakenFeed *feed = &g_array_index (taken, AmendsTakenFeed, i);

      if (!may_go (feed))
        continue;
      if (!drop_drafts (self, feed->feed, error) || !amends_scrub_feed (self, feed->feed, error))
        return FALSE;
      ++*ret_n_scrubbed;
    }
  return *ret_n_scrubbed == 0 || amends_transaction_commit (&transaction, error);
}

static gboolean
set_gone (AmendsStore *self, const char *feed, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_set_gone, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, amends_environment_now (&self->environment));
  amends_db_bind_text (stmt, 2, feed);
  return amends_db_run (self->db, stmt, error);
}

/**
 * amends_log_leave:
 * @ret_has_left: (out): whether something is gone now that was not before
 *
 * Deletes what was taken from this device and can no longer be lost, and of what it attached and cannot open what a
 * backup has. In no transaction; cheap where there is nothing to do.
 * Errors: of the store; what could not be done is done the next time.
 * Returns: %TRUE on success
 */
gboolean
amends_log_leave (AmendsStore *self, gboolean *ret_has_left, GError **error)
{
  g_autoptr (GArray) taken = amends_store_list_taken (self, error);
  guint n_scrubbed = 0;

  *ret_has_left = FALSE;
  if (taken == NULL || !scrub_feeds (self, taken, &n_scrubbed, error)
      || !amends_scrub_finish (self, error) || !amends_keyless_give_up (self, error))
    return FALSE;
  if (n_scrubbed > 0)
    {
      g_array_unref (taken);
      taken = amends_store_list_taken (self, error);
    }
  for (guint i = 0; taken != NULL && i < taken->len; i++)
    {
      const AmendsTakenFeed *feed = &g_array_index (taken, AmendsTakenFeed, i);

      if (feed->is_here || feed->gone_at != 0)
        continue;
      if (!set_gone (self, feed->feed, error))
        return FALSE;
      *ret_has_left = TRUE;
    }
  return taken != NULL;
}

/**
 * amends_log_list_whole:
 * @ret_feeds: (element-type AmendsFeed): each feed of which own events are to be sent whole is added, with the
 *   last of their numbers as position
 *
 * Of what left this device: it may be given again any time, and the reply that says so may bring it.
 * Returns: %TRUE on success
 */
gboolean
amends_log_list_whole (AmendsStore *self, GArray *ret_feeds, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_whole, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, self->identity->code);
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      AmendsFeed feed = { .position = (guint64) sqlite3_column_int64 (stmt, 1) };

      g_strlcpy (feed.feed, (const char *) sqlite3_column_text (stmt, 0), sizeof feed.feed);
      g_array_append_val (ret_feeds, feed);
    }
  return found == SQLITE_DONE;
}

/**
 * amends_log_may_show:
 * @stream: what some event here is about
 * @ret_may_show: (out): whether it is in a feed that this device may read
 *
 * Returns: %TRUE on success
 */
gboolean
amends_log_may_show (AmendsStore *self,
                     const AmendsId *stream,
                     gboolean *ret_may_show,
                     GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_may_show, error);
  char text[AMENDS_ID_BUFFER];
  int found;

  if (stmt == NULL)
    return FALSE;
  amends_id_format_to (stream, text);
  amends_db_bind_text (stmt, 1, text);
  found = amends_db_step (self->db, stmt, error);
  sqlite3_reset (stmt);
  *ret_may_show = found == SQLITE_ROW;
  return found == SQLITE_ROW || found == SQLITE_DONE;
}

/**
 * amends_store_get_withdrawn_at:
 *
 * Returns: when this device was withdrawn at head office, as far as it was told, microseconds since 1970 UTC; 0 if
 *   it was not
 */
gint64
amends_store_get_withdrawn_at (AmendsStore *self)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_withdrawn, NULL);
  gint64 withdrawn_at = 0;

  if (stmt == NULL || amends_store_is_locked (self))
    return 0;
  amends_db_bind_text (stmt, 1, self->identity->code);
  if (amends_db_step (self->db, stmt, NULL) == SQLITE_ROW)
    {
      withdrawn_at = sqlite3_column_int64 (stmt, 0);
      sqlite3_reset (stmt);
    }
  return withdrawn_at;
}
