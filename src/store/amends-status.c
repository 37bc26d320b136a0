/* amends-status.c: how the store stands, and what is unfinished
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "core/amends-error.h"
#include "core/amends-instant.h"
#include "store/amends-log.h"
#include "store/amends-store-private.h"

static const char sql_counts[] = "SELECT (SELECT count(*) FROM event),"
                                 " (SELECT count(*) FROM set_aside)";
static const char sql_add_draft[] =
    "INSERT INTO draft (changed_at, sealed) VALUES (:changed_at, :sealed)";
static const char sql_put_draft[] = "INSERT OR REPLACE INTO draft (draft, changed_at, sealed)"
                                    " VALUES (:draft, :changed_at, :sealed)";
static const char sql_list_drafts[] =
    "SELECT draft, changed_at, sealed FROM draft ORDER BY changed_at DESC";

/* Beside the log and not in it: it changes with every attempt, and is not worth a write that waits for
 * the disk, nor a lost case if a power cut takes it. */
#define STATE_FILE "sync-state"
#define STATE_PURPOSE "sync-state"

/**
 * amends_log_get_sync_state:
 *
 * Returns: (transfer full): what amends_log_set_sync_state() kept; an empty object if there is none
 */
json_t *
amends_log_get_sync_state (AmendsStore *self)
{
  g_autofree char *path = g_build_filename (self->path, STATE_FILE, NULL);
  g_autofree char *sealed = NULL;
  g_autoptr (GBytes) bytes = NULL;
  json_t *state = NULL;
  gsize n_sealed;

  if (g_file_get_contents (path, &sealed, &n_sealed, NULL))
    bytes = amends_unseal (self->key, STATE_PURPOSE, sealed, n_sealed, NULL);
  if (bytes != NULL)
    state = amends_json_load (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  return state != NULL ? state : json_object ();
}

/**
 * amends_log_set_sync_state:
 * @state: attempt, success, receipt, error
 *
 * Kept sealed if it can be, with no wait for the disk.
 */
void
amends_log_set_sync_state (AmendsStore *self, const json_t *state)
{
  g_autofree char *path = g_build_filename (self->path, STATE_FILE, NULL);
  g_autoptr (GBytes) bytes = amends_json_dump (state);
  g_autoptr (GBytes) sealed =
      amends_seal (&self->environment, self->key, STATE_PURPOSE, g_bytes_get_data (bytes, NULL),
                   g_bytes_get_size (bytes));

  g_unlink (path); /* GLib does not shorten a file that it writes without guarantees */
  g_file_set_contents_full (path, g_bytes_get_data (sealed, NULL),
                            (gssize) g_bytes_get_size (sealed), G_FILE_SET_CONTENTS_NONE, 0600,
                            NULL);
}

/**
 * amends_status_clear:
 * @self: a status whose texts are freed
 */
void
amends_status_clear (AmendsStatus *self)
{
  g_clear_pointer (&self->last_error_code, g_free);
  g_clear_pointer (&self->last_error_message, g_free);
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
  status->last_error_message = g_strdup (json_string_value (json_object_get (error, "message")));
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
  state = amends_log_get_sync_state (self);
  n_conflicts = amends_store_count_conflicts (self, error);
  if (n_conflicts < 0)
    return FALSE;
  ret_status->n_conflicts = (guint64) n_conflicts;
  read_sync_state (state, ret_status);
  return TRUE;
}

/**
 * amends_draft_free:
 * @self: (nullable) (transfer full): a draft
 */
void
amends_draft_free (AmendsDraft *self)
{
  if (self == NULL)
    return;
  json_decref (self->intake);
  g_free (self);
}

/**
 * amends_store_save_draft:
 * @draft: (inout): which; 0 for a new one, whose number is given back
 * @intake: as far as it has come; need not be whole
 *
 * Durable when it returns, sealed, never synced.
 * Returns: %TRUE on success
 */
gboolean
amends_store_save_draft (AmendsStore *self, gint64 *draft, const json_t *intake, GError **error)
{
  g_autoptr (GBytes) bytes = amends_json_dump (intake);
  g_autoptr (GBytes) sealed = NULL;
  sqlite3_stmt *stmt;

  if (!amends_store_check_writable (self, error))
    return FALSE;
  stmt = amends_db_prepare (self->db, *draft == 0 ? sql_add_draft : sql_put_draft, error);
  if (stmt == NULL)
    return FALSE;
  sealed = amends_seal (&self->environment, self->key, "draft", g_bytes_get_data (bytes, NULL),
                        g_bytes_get_size (bytes));
  if (*draft != 0)
    sqlite3_bind_int64 (stmt, sqlite3_bind_parameter_index (stmt, ":draft"), *draft);
  sqlite3_bind_int64 (stmt, sqlite3_bind_parameter_index (stmt, ":changed_at"),
                      amends_environment_now (&self->environment));
  amends_db_bind_blob (stmt, sqlite3_bind_parameter_index (stmt, ":sealed"),
                       g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  if (!amends_db_run (self->db, stmt, error))
    return FALSE;
  if (*draft == 0)
    *draft = sqlite3_last_insert_rowid (amends_db_get_handle (self->db));
  return TRUE;
}

static AmendsDraft *
load_draft (AmendsStore *self, sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (GBytes) bytes = amends_unseal (self->key, "draft", sqlite3_column_blob (stmt, 2),
                                            (gsize) sqlite3_column_bytes (stmt, 2), error);
  AmendsDraft *draft;
  json_t *intake;

  if (bytes == NULL)
    return NULL;
  intake = amends_json_load (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
  if (intake == NULL)
    return NULL;
  draft = g_new0 (AmendsDraft, 1);
  draft->draft = sqlite3_column_int64 (stmt, 0);
  draft->changed_at = sqlite3_column_int64 (stmt, 1);
  draft->intake = intake;
  return draft;
}

/**
 * amends_store_list_drafts:
 *
 * Returns: (transfer full) (element-type AmendsDraft): the newest first
 */
GPtrArray *
amends_store_list_drafts (AmendsStore *self, GError **error)
{
  g_autoptr (GPtrArray) drafts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_draft_free);
  sqlite3_stmt *stmt;
  int found;

  if (!amends_store_check_unlocked (self, error))
    return NULL;
  stmt = amends_db_prepare (self->db, sql_list_drafts, error);
  if (stmt == NULL)
    return NULL;
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      AmendsDraft *draft = load_draft (self, stmt, error);

      if (draft == NULL)
        {
          sqlite3_reset (stmt);
          return NULL;
        }
      g_ptr_array_add (drafts, draft);
    }
  return found == SQLITE_DONE ? g_steal_pointer (&drafts) : NULL;
}

/**
 * amends_store_delete_draft:
 * @draft: which
 *
 * Returns: %TRUE on success, also if it is not there
 */
gboolean
amends_store_delete_draft (AmendsStore *self, gint64 draft, GError **error)
{
  sqlite3_stmt *stmt;

  if (!amends_store_check_writable (self, error))
    return FALSE;
  stmt = amends_db_prepare (self->db, "DELETE FROM draft WHERE draft = :draft", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, draft);
  return amends_db_run (self->db, stmt, error);
}
