/* amends-hold.c: what was just written may be taken back, as long as it has certainly not left this device
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person saves is in the log at once, signed and durable. For ten seconds it is held: an exchange with the
 * server says nothing of it, as if it were not there. Taking it back within that time cuts it off the end of the
 * log, which no other device has seen, and the number that it had is given to the next event. A hold is in memory
 * alone: whatever ends the program leaves what was saved where it is, and the next exchange sends it. */

#include <string.h>

#include "core/amends-error.h"
#include "store/amends-log.h"
#include "store/amends-moves.h"
#include "store/amends-read.h"

/* Indices event_by_id and event_by_stream. */
static const char sql_cut[] = "DELETE FROM event WHERE code = :code AND number > :number";
static const char sql_last_in_feed[] =
    "SELECT max(event.number) FROM event, feed WHERE event.feed = feed.feed"
    " AND feed.name = :feed AND event.code = :code";
static const char sql_drop_chain[] =
    "DELETE FROM chain WHERE code = :code AND feed = (SELECT feed FROM feed WHERE name = :feed)";

/* Everything after @number is held until @until, microseconds since 1970 UTC. */
typedef struct
{
  guint64 number;
  gint64 until;
} Hold;

static const Hold *
find_hold (AmendsStore *self)
{
  gint64 now = amends_environment_now (&self->environment);

  for (guint i = 0; self->holds != NULL && i < self->holds->len; i++)
    {
      const Hold *hold = &g_array_index (self->holds, Hold, i);

      /* A clock that was set back holds nothing for longer. */
      if (hold->until > now && hold->until - now <= AMENDS_HOLD_US)
        return hold;
    }
  return NULL;
}

/**
 * amends_store_hold:
 * @outcome: what was written last
 *
 * Holds it back for %AMENDS_HOLD_US, so that it can be taken back. Whoever calls this has had the store to
 * themselves since it was written.
 */
void
amends_store_hold (AmendsStore *self, const AmendsOutcome *outcome)
{
  const AmendsEvent *first = g_ptr_array_index (outcome->events, 0);
  const Hold hold = { first->id.number - 1,
                      amends_environment_now (&self->environment) + AMENDS_HOLD_US };

  if (self->holds == NULL)
    self->holds = g_array_new (FALSE, FALSE, sizeof (Hold));
  while (self->holds->len > 0 && find_hold (self) != &g_array_index (self->holds, Hold, 0))
    g_array_remove_index (self->holds, 0);
  g_array_append_val (self->holds, hold);
}

/**
 * amends_log_get_sendable_head:
 * @ret_head: (out): where this device stands, as the server may know
 *
 * As amends_log_get_head(), without what is held.
 * Returns: %TRUE on success
 */
gboolean
amends_log_get_sendable_head (AmendsStore *self, AmendsHead *ret_head, GError **error)
{
  const Hold *hold = find_hold (self);

  if (!amends_log_get_head (self, ret_head, error))
    return FALSE;
  if (hold == NULL || hold->number >= ret_head->number || hold->number < ret_head->acknowledged)
    return TRUE;
  ret_head->number = hold->number;
  return amends_log_get_trunk_at (self, hold->number, &ret_head->trunk, error);
}

/* Whether it is what was written last here, and is held. */
static gboolean
check_is_held (AmendsStore *self, const AmendsOutcome *outcome, GError **error)
{
  const AmendsEvent *first = g_ptr_array_index (outcome->events, 0);
  const AmendsEvent *last = g_ptr_array_index (outcome->events, outcome->events->len - 1);
  gboolean is_held = FALSE;
  AmendsHead head;

  if (!amends_log_get_head (self, &head, error))
    return FALSE;
  for (guint i = 0; find_hold (self) != NULL && i < self->holds->len; i++)
    is_held |= g_array_index (self->holds, Hold, i).number == first->id.number - 1
               && &g_array_index (self->holds, Hold, i) >= find_hold (self);
  if (is_held && head.number == last->id.number && head.acknowledged < first->id.number
      && strcmp (first->id.code, self->identity->code) == 0)
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "type", NULL,
                    "It is too late to take that back: correct it instead");
  return FALSE;
}

static gboolean
run_bound (AmendsStore *self,
           const char *sql,
           gint64 number,
           const char *feed,
           gint64 *ret,
           GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, sqlite3_bind_parameter_index (stmt, ":code"), self->identity->code);
  sqlite3_bind_int64 (stmt, sqlite3_bind_parameter_index (stmt, ":number"), number);
  amends_db_bind_text (stmt, sqlite3_bind_parameter_index (stmt, ":feed"), feed);
  if (ret == NULL)
    return amends_db_run (self->db, stmt, error);
  found = amends_db_step (self->db, stmt, error);
  if (found == SQLITE_ROW)
    *ret = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return found == SQLITE_ROW;
}

/* The chain of the feed, and this device's statement about it, as they were. */
static gboolean
step_back (AmendsStore *self, const char *feed, GError **error)
{
  gint64 last;

  if (!run_bound (self, sql_last_in_feed, 0, feed, &last, error))
    return FALSE;
  if (last == 0)
    return run_bound (self, sql_drop_chain, 0, feed, NULL, error);
  return amends_log_restore_own_chain (self, feed, (guint64) last, error);
}

static gboolean
cut (AmendsStore *self, const AmendsOutcome *outcome, GError **error)
{
  const AmendsEvent *first = g_ptr_array_index (outcome->events, 0);
  const char *feed = NULL;
  AmendsDigest trunk;

  if (!amends_log_get_trunk_at (self, first->id.number - 1, &trunk, error)
      || !run_bound (self, sql_cut, (gint64) first->id.number - 1, NULL, NULL, error)
      || !amends_meta_set_plain (self, "trunk", trunk.bytes, sizeof trunk.bytes, error))
    return FALSE;
  /* A case that was moved was written in several feeds, in one after the other. */
  for (guint i = 0; i < outcome->events->len; i++)
    {
      const AmendsEvent *event = g_ptr_array_index (outcome->events, i);

      if (g_strcmp0 (event->feed, feed) != 0 && !step_back (self, event->feed, error))
        return FALSE;
      feed = event->feed;
    }
  return amends_moves_step_back (self, error);
}

/**
 * amends_store_take_back:
 * @outcome: what was written last, and is held
 *
 * As if it had never been written.
 * Errors: %AMENDS_CORE_ERROR_REFUSED if it is not held any more, or something was written since; store errors.
 * Returns: %TRUE on success
 */
gboolean
amends_store_take_back (AmendsStore *self, const AmendsOutcome *outcome, GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  const AmendsEvent *first = g_ptr_array_index (outcome->events, 0);

  if (!amends_store_check_writable (self, error) || !check_is_held (self, outcome, error)
      || !amends_transaction_begin (&transaction, self->db, error) || !cut (self, outcome, error)
      || !amends_transaction_commit (&transaction, error))
    return FALSE;
  g_array_set_size (self->holds, self->holds->len - 1);
  amends_read_step_back (self, &first->stream);
  return TRUE;
}
