/* amends-draft.c: what is unfinished: sealed, never synced
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-error.h"
#include "store/amends-store-private.h"

static const char sql_add_draft[] =
    "INSERT INTO draft (changed_at, sealed) VALUES (:changed_at, :sealed)";
static const char sql_put_draft[] = "INSERT OR REPLACE INTO draft (draft, changed_at, sealed)"
                                    " VALUES (:draft, :changed_at, :sealed)";
static const char sql_list_drafts[] =
    "SELECT draft, changed_at, sealed FROM draft ORDER BY changed_at DESC";
static const char sql_get_draft[] =
    "SELECT draft, changed_at, sealed FROM draft WHERE draft = :draft";

/**
 * amends_draft_pack_act:
 * @id: the case
 * @scheme: (nullable): where it is, so that the draft leaves this device with its cases
 * @act: what was begun
 * @form: (transfer full): what stands in its form
 *
 * Returns: (transfer full): the same as a draft is kept
 */
json_t *
amends_draft_pack_act (const AmendsId *id, const char *scheme, AmendsEventType act, json_t *form)
{
  char text[AMENDS_ID_BUFFER];

  amends_id_format_to (id, text);
  return json_pack ("{s:s, s:s*, s:s, s:o}", "case", text, "scheme", scheme, "type",
                    amends_event_type_to_string (act), "form", form);
}

/**
 * amends_draft_get_act:
 * @draft: what was kept
 * @ret_id: (out): the case
 * @ret_act: (out): what was begun
 *
 * Returns: (nullable) (transfer none): what stands in the form of an act; %NULL if it is a record
 */
json_t *
amends_draft_get_act (const json_t *draft, AmendsId *ret_id, AmendsEventType *ret_act)
{
  const char *id = json_string_value (json_object_get (draft, "case"));
  const char *type = json_string_value (json_object_get (draft, "type"));

  if (id == NULL || type == NULL || !amends_id_parse_len (id, strlen (id), ret_id))
    return NULL;
  *ret_act = amends_event_type_from_string (type);
  return json_object_get (draft, "form");
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

/**
 * amends_store_forget_draft:
 * @draft: which; 0 for none
 *
 * As amends_store_delete_draft(), and when it returns nothing of it is in any file of the store: for what turns out
 * to be nothing that whoever comes after may read here. The log is written anew (amends-scrub.h): seconds for a
 * large store. In no transaction.
 * Errors: of the store.
 * Returns: %TRUE on success, also if it is not there
 */
gboolean
amends_store_forget_draft (AmendsStore *self, gint64 draft, GError **error)
{
  return draft == 0
         || (amends_store_delete_draft (self, draft, error) && amends_db_scrub (self->db, error));
}

/**
 * amends_store_throw_draft:
 * @draft: which
 *
 * As amends_store_delete_draft(), of what may be wanted back.
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND if it is not there.
 * Returns: (transfer full): what it held
 */
AmendsDraft *
amends_store_throw_draft (AmendsStore *self, gint64 draft, GError **error)
{
  g_autoptr (AmendsDraft) thrown = NULL;
  sqlite3_stmt *stmt;
  int found;

  if (!amends_store_check_writable (self, error))
    return NULL;
  stmt = amends_db_prepare (self->db, sql_get_draft, error);
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, draft);
  found = amends_db_step (self->db, stmt, error);
  if (found == SQLITE_ROW)
    thrown = load_draft (self, stmt, error);
  else if (found == SQLITE_DONE)
    amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, NULL, NULL,
                      "There is no draft with that number");
  sqlite3_reset (stmt);
  if (thrown == NULL || !amends_store_delete_draft (self, draft, error))
    return NULL;
  return g_steal_pointer (&thrown);
}
