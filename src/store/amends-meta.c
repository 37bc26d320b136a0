/* amends-meta.c: single facts about the store, by name
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/amends-store-private.h"

#include <string.h>

static const char sql_set[] = "INSERT INTO meta (name, value) VALUES (:name, :value)"
                              " ON CONFLICT (name) DO UPDATE SET value = excluded.value";
static const char sql_get[] = "SELECT value FROM meta WHERE name = :name";

/**
 * amends_meta_set_plain:
 * @name: which fact
 * @bytes: what it is; stands on disk as it is
 *
 * Returns: %TRUE on success
 */
gboolean
amends_meta_set_plain (AmendsStore *self,
                       const char *name,
                       const void *bytes,
                       gsize n_bytes,
                       GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_set, error);

  if (stmt == NULL)
    return FALSE;
  amends_db_bind_text (stmt, 1, name);
  amends_db_bind_blob (stmt, 2, bytes, n_bytes);
  return amends_db_run (self->db, stmt, error);
}

/**
 * amends_meta_get_plain:
 *
 * Returns: (transfer full) (nullable): the fact; %NULL without @error if it is not there
 */
GBytes *
amends_meta_get_plain (AmendsStore *self, const char *name, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_get, error);
  GBytes *value = NULL;

  if (stmt == NULL)
    return NULL;
  amends_db_bind_text (stmt, 1, name);
  if (amends_db_step (self->db, stmt, error) == SQLITE_ROW)
    {
      value = g_bytes_new (sqlite3_column_blob (stmt, 0), (gsize) sqlite3_column_bytes (stmt, 0));
      sqlite3_reset (stmt);
    }
  return value;
}

/**
 * amends_meta_set:
 *
 * As amends_meta_set_plain(), sealed under the store key and bound to its name.
 * Returns: %TRUE on success
 */
gboolean
amends_meta_set (AmendsStore *self,
                 const char *name,
                 const void *bytes,
                 gsize n_bytes,
                 GError **error)
{
  g_autoptr (GBytes) sealed = amends_seal (&self->environment, self->key, name, bytes, n_bytes);

  return amends_meta_set_plain (self, name, g_bytes_get_data (sealed, NULL),
                                g_bytes_get_size (sealed), error);
}

/**
 * amends_meta_get:
 *
 * Returns: (transfer full) (nullable): the fact unsealed; %NULL without @error if it is not there
 */
GBytes *
amends_meta_get (AmendsStore *self, const char *name, GError **error)
{
  g_autoptr (GBytes) sealed = amends_meta_get_plain (self, name, error);

  if (sealed == NULL)
    return NULL;
  return amends_unseal (self->key, name, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed),
                        error);
}

/**
 * amends_meta_set_number:
 *
 * Keeps a number that names nobody, as it is.
 * Returns: %TRUE on success
 */
gboolean
amends_meta_set_number (AmendsStore *self, const char *name, gint64 number, GError **error)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, number);
  return amends_meta_set_plain (self, name, text, strlen (text), error);
}

/**
 * amends_meta_get_number:
 * @ret_number: (out): the number; 0 if it was never set
 *
 * Returns: %TRUE on success: what cannot be read is not taken for 0
 */
gboolean
amends_meta_get_number (AmendsStore *self, const char *name, gint64 *ret_number, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) value = amends_meta_get_plain (self, name, &failure);
  g_autofree char *text = NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (value != NULL)
    text = g_strndup (g_bytes_get_data (value, NULL), g_bytes_get_size (value));
  *ret_number = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
  return TRUE;
}

/**
 * amends_meta_get_digest:
 * @name: a fact that stands as it is
 * @ret_digest: (out): the fact
 *
 * Errors: %AMENDS_STORE_ERROR_DAMAGED if it is not there.
 * Returns: %TRUE on success
 */
gboolean
amends_meta_get_digest (AmendsStore *self,
                        const char *name,
                        AmendsDigest *ret_digest,
                        GError **error)
{
  g_autoptr (GBytes) bytes = amends_meta_get_plain (self, name, error);

  if (bytes == NULL || g_bytes_get_size (bytes) != AMENDS_DIGEST_BYTES)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
                     "The store has lost its place in the log");
      return FALSE;
    }
  memcpy (ret_digest->bytes, g_bytes_get_data (bytes, NULL), AMENDS_DIGEST_BYTES);
  return TRUE;
}
