/* amends-staff.c: the register of staff, as far as this device holds it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-codes.h"
#include "core/amends-error.h"
#include "core/amends-fold.h"
#include "store/amends-log.h"
#include "store/amends-read.h"

static const char sql_find[] = "SELECT id FROM staff_row WHERE name = :name ORDER BY id";

/**
 * amends_store_get_staff:
 * @staff: their stream
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND; store errors.
 * Returns: (transfer full): who it is, with their roles
 */
AmendsStaff *
amends_store_get_staff (AmendsStore *self, const AmendsId *staff, GError **error)
{
  g_autoptr (GPtrArray) events = amends_log_read_stream (self, staff, error);
  AmendsStaff *found;

  if (events == NULL)
    return NULL;
  found =
      events->len > 0 ? amends_staff_new ((AmendsEvent *const *) events->pdata, events->len) : NULL;
  if (found == NULL)
    amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, "name", NULL,
                      "There is no such member of staff on this device");
  return found;
}

/**
 * amends_store_find_staff:
 * @name: as it was recorded
 * @ret_id: (out): their stream
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND, %AMENDS_CORE_ERROR_AMBIGUOUS; store errors.
 * Returns: %TRUE on success
 */
gboolean
amends_store_find_staff (AmendsStore *self, const char *name, AmendsId *ret_id, GError **error)
{
  sqlite3_stmt *stmt;
  guint n_found = 0;
  int found;

  if (!amends_read_ensure (self, error))
    return FALSE;
  stmt = amends_db_prepare (self->read->list, sql_find, error);
  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, name);
  while ((found = amends_db_step (self->read->list, stmt, error)) == SQLITE_ROW)
    if (n_found++ == 0
        && !amends_id_parse ((const char *) sqlite3_column_text (stmt, 0), ret_id, error))
      return FALSE;
  if (found != SQLITE_DONE)
    return FALSE;
  if (n_found != 1)
    amends_set_error (error,
                      n_found == 0 ? AMENDS_CORE_ERROR_NOT_FOUND : AMENDS_CORE_ERROR_AMBIGUOUS,
                      "name", NULL,
                      n_found == 0 ? "There is no such member of staff on this device"
                                   : "Two members of staff have that name");
  return n_found == 1;
}

static gboolean
check_roles (const char *const *roles, GError **error)
{
  const AmendsCodeList *list = amends_codes_get_list ("role");
  g_autoptr (GString) known = g_string_new (NULL);

  for (guint i = 0; i < list->n_codes; i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", list->codes[i].code);
  for (guint i = 0; roles[i] != NULL; i++)
    if (amends_codes_find (list, roles[i]) == NULL)
      {
        amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "roles", NULL,
                          "That is no role: choose of %s", known->str);
        return FALSE;
      }
  return TRUE;
}

/* Some hundreds at the most. */
static const char sql_names[] = "SELECT DISTINCT name FROM staff_row ORDER BY name COLLATE NOCASE";
static const char sql_all[] = "SELECT id FROM staff_row ORDER BY id";

/* Whether anybody is recorded as administrator, and whether that is who is signed in. */
static gboolean
find_administrators (AmendsStore *self,
                     gboolean *ret_is_any,
                     gboolean *ret_is_actor,
                     GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (AmendsId));
  sqlite3_stmt *stmt;
  int found;

  *ret_is_any = *ret_is_actor = FALSE;
  if (!amends_read_ensure (self, error))
    return FALSE;
  stmt = amends_db_prepare (self->read->list, sql_all, error);
  if (stmt == NULL)
    return FALSE;
  while ((found = amends_db_step (self->read->list, stmt, error)) == SQLITE_ROW)
    {
      AmendsId id;

      if (!amends_id_parse ((const char *) sqlite3_column_text (stmt, 0), &id, error))
        return FALSE;
      g_array_append_val (ids, id);
    }
  if (found != SQLITE_DONE)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      const AmendsId *id = &g_array_index (ids, AmendsId, i);
      g_autoptr (AmendsStaff) staff = amends_store_get_staff (self, id, error);

      if (staff == NULL)
        return FALSE;
      if (!g_strv_contains ((const char *const *) staff->roles, "administrator"))
        continue;
      *ret_is_any = TRUE;
      *ret_is_actor |= amends_id_equal (id, &self->actor);
    }
  return TRUE;
}

/**
 * amends_store_check_may_set_roles:
 *
 * An administrator, or whoever is at an administrator's device. Where no administrator is recorded
 * anybody may, so that nobody is locked out; the log says who did. Not within a transaction.
 * Errors: %AMENDS_CORE_ERROR_REFUSED; store errors.
 * Returns: whether whoever is signed in may record roles
 */
gboolean
amends_store_check_may_set_roles (AmendsStore *self, GError **error)
{
  gboolean is_any, is_actor;

  if (g_strcmp0 (amends_store_get_identity (self)->kind, "admin") == 0)
    return TRUE;
  if (!find_administrators (self, &is_any, &is_actor, error))
    return FALSE;
  if (!is_any || is_actor)
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "roles", NULL,
                    "Roles are recorded by an administrator, or on an administrator’s device");
  return FALSE;
}

static GBytes *
make_body (AmendsStore *self, const AmendsStaff *staff, const char *const *roles)
{
  g_autofree char *at = amends_store_dup_now (self);
  json_auto_t *body =
      json_pack ("{s:s, s:s}", "type", amends_event_type_to_string (AMENDS_EVENT_STAFF_RECORDED),
                 "at", at);
  json_t *list = json_array ();

  if (self->actor.number != 0)
    {
      g_autofree char *by = amends_id_format (&self->actor);

      json_object_set_new (body, "by", json_string (by));
    }
  json_object_set_new (body, "name", json_string (staff->name));
  for (guint i = 0; roles[i] != NULL; i++)
    json_array_append_new (list, json_string (roles[i]));
  json_object_set_new (body, "roles", list);
  return amends_json_dump (body);
}

/**
 * amends_store_set_roles:
 * @staff: their stream
 * @roles: (array zero-terminated=1): codes of the list "role"; they take the place of those before
 *
 * Where somebody is recorded as administrator, only such a person sets them, or an administrator's device.
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_NOT_FOUND, %AMENDS_CORE_ERROR_REFUSED; store errors.
 * Returns: %TRUE on success
 */
gboolean
amends_store_set_roles (AmendsStore *self,
                        const AmendsId *staff,
                        const char *const *roles,
                        GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (AmendsStaff) person = NULL;
  g_autoptr (AmendsFold) fold = NULL;
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) written = NULL;
  g_autofree AmendsId *heads = NULL;
  guint n_heads;

  if (!amends_store_check_writable (self, error) || !check_roles (roles, error))
    return FALSE;
  person = amends_store_get_staff (self, staff, error);
  if (person != NULL && !amends_store_check_may_set_roles (self, error))
    return FALSE;
  events = person != NULL ? amends_log_read_stream (self, staff, error) : NULL;
  if (events == NULL)
    return FALSE;
  fold = amends_fold_new ((AmendsEvent *const *) events->pdata, events->len);
  heads = amends_fold_get_heads (fold, &n_heads);
  g_ptr_array_add (bodies, make_body (self, person, roles));
  if (!amends_transaction_begin (&transaction, self->db, error))
    return FALSE;
  written = amends_log_append (self, "staff", staff, heads, n_heads, bodies, error);
  if (written == NULL || !amends_transaction_commit (&transaction, error))
    return FALSE;
  amends_read_touch (self);
  return TRUE;
}

/**
 * amends_store_list_staff_names:
 *
 * Errors: %AMENDS_STORE_ERROR_LOCKED, %AMENDS_STORE_ERROR_DAMAGED.
 * Returns: (transfer full): the names of all who are in the register of staff, each once
 */
GStrv
amends_store_list_staff_names (AmendsStore *self, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  sqlite3_stmt *stmt;
  int found;

  if (!amends_read_ensure (self, error))
    return NULL;
  stmt = amends_db_prepare (self->read->list, sql_names, error);
  if (stmt == NULL)
    return NULL;
  while ((found = amends_db_step (self->read->list, stmt, error)) == SQLITE_ROW)
    g_strv_builder_add (names, (const char *) sqlite3_column_text (stmt, 0));
  return found == SQLITE_DONE ? g_strv_builder_end (names) : NULL;
}
