/* amends-server-secrets.c: the server's secret keys, sealed where others can read the database
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In a folder the store is as private as its keys, and they stand in it as they are. A database is read by
 * more: who runs it, its replicas, its archives. There the secret keys are sealed, under a key in the file
 * server.key, which every process of the server has and the database never sees. So a backup of the
 * database is whole for whoever has the file, and opens nothing for anybody else. */

#include <glib/gstdio.h>

#include "core/amends-secret.h"
#include "server/amends-server-private.h"
#include "store/amends-db.h"

#define KEY_FILE "server.key"

/* Which settings are sealed; "seal" itself is nothing, sealed, by which the key is known. */
static const char *const secret_names[] = {
  "authority-key",
  "server-key",
  "signing-secret",
  "intake-secret",
};

static char *
get_purpose (const char *name)
{
  return g_strconcat ("server:", name, NULL);
}

static gboolean
put_sealed (AmendsServer *self, const char *name, const void *bytes, gsize n_bytes, GError **error)
{
  g_autofree char *purpose = get_purpose (name);
  g_autoptr (GBytes) sealed = amends_seal (&self->environment, self->seal, purpose, bytes, n_bytes);

  return self->store->set_setting (self->store, name, g_bytes_get_data (sealed, NULL),
                                   g_bytes_get_size (sealed), error);
}

gboolean
amends_server_set_secret (AmendsServer *self,
                          const char *name,
                          const void *bytes,
                          gsize n_bytes,
                          GError **error)
{
  if (self->is_sealed)
    return put_sealed (self, name, bytes, n_bytes, error);
  return self->store->set_setting (self->store, name, bytes, n_bytes, error);
}

/* Returns: (transfer full): as stored, or opened */
GBytes *
amends_server_get_secret (AmendsServer *self, const char *name, GError **error)
{
  g_autofree char *purpose = get_purpose (name);
  g_autoptr (GBytes) value = NULL;

  if (!self->store->get_setting (self->store, name, &value, error))
    return NULL;
  if (value == NULL)
    {
      amends_server_set_missing (name, error);
      return NULL;
    }
  if (!self->is_sealed)
    return g_steal_pointer (&value);
  return amends_unseal (self->seal, purpose, g_bytes_get_data (value, NULL),
                        g_bytes_get_size (value), error);
}

static gboolean
read_key (AmendsServer *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, KEY_FILE, NULL);
  g_autoptr (AmendsSecretText) text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                   "The key of this store cannot be read: %s", path);
      return FALSE;
    }
  if (amends_base64_decode (g_strchomp (text), self->seal, sizeof self->seal))
    return TRUE;
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED, "There is no key in %s", path);
  return FALSE;
}

gboolean
amends_server_load_seal (AmendsServer *self, GError **error)
{
  g_autoptr (GBytes) value = NULL;
  g_autoptr (GBytes) opened = NULL;

  if (!self->store->get_setting (self->store, "seal", &value, error))
    return FALSE;
  if (value == NULL)
    return TRUE;
  if (!read_key (self, error))
    return FALSE;
  self->is_sealed = TRUE;
  opened = amends_server_get_secret (self, "seal", NULL);
  if (opened == NULL)
    g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                 "The key in %s/%s is not the one of this store", self->folder, KEY_FILE);
  return opened != NULL;
}

/* Never over another: that one may be all that opens a database. */
static gboolean
write_key (AmendsServer *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, KEY_FILE, NULL);
  g_autoptr (AmendsSecretText) text = amends_base64 (self->seal, sizeof self->seal);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_EXISTS,
                   "There is the key of another store already: %s", path);
      return FALSE;
    }
  return g_file_set_contents_full (path, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

gboolean
amends_server_make_seal (AmendsServer *self, GError **error)
{
  amends_environment_random (&self->environment, self->seal, sizeof self->seal);
  if (!write_key (self, error))
    return FALSE;
  self->has_new_seal = TRUE;
  self->is_sealed = TRUE;
  return put_sealed (self, "seal", "", 0, error);
}

/* Called before the commit: whether that happened is not known where the database is lost in it, and the
 * key may then be all that opens what is there. Returns: %TRUE */
gboolean
amends_server_keep_seal (AmendsServer *self)
{
  self->has_new_seal = FALSE;
  return TRUE;
}

/* What was made for a store that did not come to be. */
void
amends_server_drop_seal (AmendsServer *self)
{
  g_autofree char *path = g_build_filename (self->folder, KEY_FILE, NULL);

  if (self->has_new_seal)
    g_unlink (path);
  self->has_new_seal = FALSE;
}

/* For the secrets of a store that had them as they are. */
gboolean
amends_server_seal_secrets (AmendsServer *self, GError **error)
{
  g_autoptr (GPtrArray) secrets =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_secret_bytes_free);

  for (guint i = 0; i < G_N_ELEMENTS (secret_names); i++)
    {
      GBytes *secret = amends_server_get_secret (self, secret_names[i], error);

      if (secret == NULL)
        return FALSE;
      g_ptr_array_add (secrets, secret);
    }
  if (!amends_server_make_seal (self, error))
    return FALSE;
  for (guint i = 0; i < secrets->len; i++)
    if (!put_sealed (self, secret_names[i], g_bytes_get_data (secrets->pdata[i], NULL),
                     g_bytes_get_size (secrets->pdata[i]), error))
      return FALSE;
  return TRUE;
}
