/* amends-status.c: how the store stands
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>
#include <sys/statvfs.h>

#include "core/amends-instant.h"
#include "store/amends-log.h"
#include "store/amends-store-private.h"

static const char sql_counts[] = "SELECT (SELECT count(*) FROM event),"
                                 " (SELECT count(*) FROM set_aside)";

/**
 * amends_status_clear:
 * @self: a status whose texts are freed
 */
void
amends_status_clear (AmendsStatus *self)
{
  g_clear_pointer (&self->last_error_code, g_free);
  g_clear_pointer (&self->last_error_message, g_free);
  g_clear_pointer (&self->taken, g_array_unref);
  g_clear_pointer (&self->attachment_problem, g_free);
}

/* Less than so much nobody sees in the time of a record, and no day is counted wrongly by it for long. */
#define MAX_SKEW_S (5 * 60)

/**
 * amends_status_is_clock_wrong:
 *
 * Returns: whether the clock of this device was off when the server last answered
 */
gboolean
amends_status_is_clock_wrong (const AmendsStatus *self)
{
  return self->clock_skew_s > MAX_SKEW_S || self->clock_skew_s < -MAX_SKEW_S;
}

static gint64
get_instant (const json_t *state, const char *key)
{
  const char *text = json_string_value (json_object_get (state, key));
  gint64 instant = 0;

  if (text == NULL || !amends_instant_parse (text, &instant, NULL))
    return 0;
  return instant;
}

static void
read_news (const json_t *state, AmendsNews *news)
{
  const json_t *recoded = json_object_get (state, "recoded");
  const json_t *restored = json_object_get (state, "restored");
  const char *to = json_string_value (json_object_get (recoded, "to"));

  news->recoded_at = get_instant (recoded, "at");
  g_strlcpy (news->recoded_to, to != NULL ? to : "", sizeof news->recoded_to);
  news->restored_at = get_instant (restored, "at");
  news->n_sent_again = (guint64) json_integer_value (json_object_get (restored, "again"));
}

static void
read_sync_state (const json_t *state, AmendsStatus *status)
{
  const json_t *error = json_object_get (state, "error");
  const json_t *receipt = json_object_get (state, "receipt");

  status->last_attempt = get_instant (state, "attempt");
  status->last_sync = get_instant (state, "success");
  status->receipt_number = (guint64) json_integer_value (json_object_get (receipt, "number"));
  status->receipt_at = get_instant (receipt, "at");
  status->n_quarantined = (guint64) json_integer_value (json_object_get (state, "quarantined"));
  status->clock_skew_s = json_integer_value (json_object_get (state, "skew_s"));
  status->last_error_code = g_strdup (json_string_value (json_object_get (error, "code")));
  status->attachment_problem =
      g_strdup (json_string_value (json_object_get (state, "attachments")));
  status->last_error_message = g_strdup (json_string_value (json_object_get (error, "message")));
  read_news (state, &status->news);
}

/* Of what was carried away, what no receipt has named yet. */
static gboolean
read_carried (AmendsStore *self, const AmendsHead *head, AmendsStatus *status, GError **error)
{
  AmendsCarried carried;

  if (!amends_log_get_carried (self, &carried, error))
    return FALSE;
  if (carried.number <= head->acknowledged || carried.number > head->number)
    return TRUE;
  status->n_carried = MIN (carried.n_events, carried.number - head->acknowledged);
  status->carried_at = status->n_carried > 0 ? carried.at : 0;
  return TRUE;
}

/* Of a disk that only a test has nothing is known. */
static guint64
get_free (AmendsStore *self)
{
  struct statvfs disk;

  return statvfs (self->path, &disk) == 0 ? (guint64) disk.f_bavail * disk.f_frsize : G_MAXUINT64;
}

/**
 * amends_store_get_status:
 * @ret_status: (out): clear it with amends_status_clear()
 *
 * Needs no network.
 * Returns: %TRUE on success
 */
gboolean
amends_store_get_status (AmendsStore *self, AmendsStatus *ret_status, GError **error)
{
  json_auto_t *state = NULL;
  gint64 n_conflicts;
  sqlite3_stmt *stmt;
  AmendsHead head;

  if (!amends_log_get_head (self, &head, error))
    return FALSE;
  stmt = amends_db_prepare (self->db, sql_counts, error);
  if (stmt == NULL || amends_db_step (self->db, stmt, error) != SQLITE_ROW)
    return FALSE;
  memset (ret_status, 0, sizeof *ret_status);
  ret_status->n_events = (guint64) sqlite3_column_int64 (stmt, 0);
  ret_status->n_set_aside = (guint64) sqlite3_column_int64 (stmt, 1);
  sqlite3_reset (stmt);
  ret_status->n_waiting = head.number - head.acknowledged;
  ret_status->n_free = get_free (self);
  ret_status->withdrawn_at = amends_store_get_withdrawn_at (self);
  state = amends_log_get_sync_state (self);
  n_conflicts = amends_store_count_conflicts (self, error);
  if (n_conflicts < 0)
    return FALSE;
  ret_status->taken = amends_store_list_taken (self, error);
  if (ret_status->taken == NULL)
    return FALSE;
  ret_status->n_conflicts = (guint64) n_conflicts;
  read_sync_state (state, ret_status);
  if (!read_carried (self, &head, ret_status, error)
      || !amends_waiting_read (self, &head, &ret_status->n_sealed, &ret_status->sealed_at, error))
    {
      amends_status_clear (ret_status);
      return FALSE;
    }
  return TRUE;
}

/**
 * amends_store_put_news_away:
 * @seen: what somebody has read; what came since stays
 */
void
amends_store_put_news_away (AmendsStore *self, const AmendsNews *seen)
{
  json_auto_t *state = amends_log_get_sync_state (self);
  AmendsNews kept;

  read_news (state, &kept);
  if (kept.recoded_at == seen->recoded_at)
    json_object_del (state, "recoded");
  if (kept.restored_at == seen->restored_at && kept.n_sent_again == seen->n_sent_again)
    json_object_del (state, "restored");
  amends_log_set_sync_state (self, state);
}
