/* amends-lost.c: what a restored server has lost of its own log, until it is handed in
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/amends-log.h"
#include "store/amends-store-private.h"

#define PURPOSE "lost"

static const char sql_statement[] =
    "SELECT chain.statement FROM chain, feed WHERE chain.feed = feed.feed"
    " AND feed.name = 'ctl' AND chain.code = '0' AND chain.statement IS NOT NULL";

/**
 * amends_log_get_server_statement:
 * @ret_statement: (out) (transfer full) (nullable): the server's newest about its own log; %NULL if there is none
 *
 * Returns: %TRUE on success
 */
gboolean
amends_log_get_server_statement (AmendsStore *self, AmendsStatement **ret_statement, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_statement, error);
  int found;

  *ret_statement = NULL;
  if (stmt == NULL)
    return FALSE;
  found = amends_db_step (self->db, stmt, error);
  if (found != SQLITE_ROW)
    return found == SQLITE_DONE;
  *ret_statement = amends_statement_from_bytes (sqlite3_column_blob (stmt, 0),
                                                (gsize) sqlite3_column_bytes (stmt, 0), error);
  sqlite3_reset (stmt);
  return *ret_statement != NULL;
}

/**
 * amends_log_keep_lost:
 * @frame: of what is about to be cut off
 *
 * In the caller's transaction, which cuts it off.
 * Returns: %TRUE on success
 */
gboolean
amends_log_keep_lost (AmendsStore *self, GBytes *frame, GError **error)
{
  sqlite3_stmt *stmt =
      amends_db_prepare (self->db, "INSERT INTO lost (sealed) VALUES (:sealed)", error);
  g_autoptr (GBytes) sealed =
      amends_seal (&self->environment, self->key, PURPOSE, g_bytes_get_data (frame, NULL),
                   g_bytes_get_size (frame));

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_blob (stmt, 1, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  return amends_db_run (self->db, stmt, error);
}

/**
 * amends_log_foreach_lost:
 * @func: (scope call): called with each frame, in the order in which they are handed in
 *
 * Errors: %AMENDS_STORE_ERROR_DAMAGED if one does not fit its seal.
 * Returns: %TRUE on success, also where @func did not go on
 */
gboolean
amends_log_foreach_lost (AmendsStore *self, AmendsLostFunc func, gpointer user_data, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, "SELECT sealed FROM lost ORDER BY lost", error);
  gboolean goes_on = TRUE;
  int found = SQLITE_ROW;

  if (stmt == NULL)
    return FALSE;
  while (goes_on && (found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      g_autoptr (GBytes) frame = amends_unseal (self->key, PURPOSE, sqlite3_column_blob (stmt, 0),
                                                (gsize) sqlite3_column_bytes (stmt, 0), error);

      if (frame == NULL)
        {
          sqlite3_reset (stmt);
          return FALSE;
        }
      goes_on = func (frame, user_data);
    }
  if (!goes_on)
    sqlite3_reset (stmt);
  return !goes_on || found == SQLITE_DONE;
}

/**
 * amends_log_count_lost:
 * @ret_n_frames: (out): how many frames of the server's lost log are still to be handed in
 *
 * Returns: %TRUE on success
 */
gboolean
amends_log_count_lost (AmendsStore *self, guint *ret_n_frames, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, "SELECT count(*) FROM lost", error);

  if (stmt == NULL || amends_db_step (self->db, stmt, error) != SQLITE_ROW)
    return FALSE;
  *ret_n_frames = (guint) sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return TRUE;
}

/**
 * amends_log_drop_lost:
 * @n_frames: how many of the first the server has taken, or cannot take
 *
 * Returns: %TRUE once they are not here any more
 */
gboolean
amends_log_drop_lost (AmendsStore *self, guint n_frames, GError **error)
{
  sqlite3_stmt *stmt;

  if (n_frames == 0)
    return TRUE;
  stmt = amends_db_prepare (self->db,
                            "DELETE FROM lost WHERE lost IN"
                            " (SELECT lost FROM lost ORDER BY lost LIMIT :n)",
                            error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, n_frames);
  return amends_db_run (self->db, stmt, error);
}
