/* amends-identity.c: who this device is
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/amends-store-private.h"

#include <sodium.h>
#include <string.h>

#include "core/amends-secret.h"

/**
 * amends_identity_new:
 *
 * Returns: (transfer full): an identity with nothing in it
 */
AmendsIdentity *
amends_identity_new (void)
{
  return g_new0 (AmendsIdentity, 1);
}

/**
 * amends_identity_copy:
 * @from: an identity
 *
 * Returns: (transfer full): the same again
 */
AmendsIdentity *
amends_identity_copy (const AmendsIdentity *from)
{
  AmendsIdentity *to = g_memdup2 (from, sizeof *from);

  to->organisation_id = g_strdup (from->organisation_id);
  to->organisation_name = g_strdup (from->organisation_name);
  to->server = g_strdup (from->server);
  to->authority = g_strdup (from->authority);
  to->kind = g_strdup (from->kind);
  to->name = g_strdup (from->name);
  return to;
}

/**
 * amends_identity_free:
 * @self: (nullable) (transfer full): an identity; its secret key is wiped
 */
void
amends_identity_free (AmendsIdentity *self)
{
  if (self == NULL)
    return;
  sodium_memzero (self->secret_key, sizeof self->secret_key);
  g_free (self->organisation_id);
  g_free (self->organisation_name);
  g_free (self->server);
  g_free (self->authority);
  g_free (self->kind);
  g_free (self->name);
  g_free (self);
}

static json_t *
key_to_json (const guint8 *key, gsize n_bytes)
{
  g_autoptr (AmendsSecretText) text = amends_base64 (key, n_bytes);

  return json_string (text);
}

static gboolean
key_from_json (const json_t *object, const char *name, guint8 *ret_key, gsize n_bytes)
{
  const char *text = json_string_value (json_object_get (object, name));

  return text != NULL && amends_base64_decode (text, ret_key, n_bytes);
}

/**
 * amends_store_save_identity:
 *
 * Returns: %TRUE once who this device is, is kept
 */
gboolean
amends_store_save_identity (AmendsStore *self, GError **error)
{
  const AmendsIdentity *who = self->identity;
  g_autoptr (AmendsSecretJson) json =
      json_pack ("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:s, s:s, s:o, s:o, s:s}",
                 "organisation", who->organisation_id, "organisation_name", who->organisation_name,
                 "server", who->server, "authority", who->authority, "server_key",
                 key_to_json (who->server_key, AMENDS_KEY_BYTES), "intake_key",
                 key_to_json (who->intake_key, AMENDS_KEY_BYTES), "recovery_key",
                 key_to_json (who->recovery_key, AMENDS_KEY_BYTES), "code", who->code, "kind",
                 who->kind, "name", who->name, "key", key_to_json (who->key, AMENDS_KEY_BYTES),
                 "secret_key", key_to_json (who->secret_key, sizeof who->secret_key), "epoch",
                 who->epoch);
  g_autoptr (AmendsSecretBytes) bytes = amends_json_dump (json);

  return amends_meta_set (self, "identity", g_bytes_get_data (bytes, NULL),
                          g_bytes_get_size (bytes), error);
}

static char *
dup_text (const json_t *object, const char *name)
{
  return g_strdup (json_string_value (json_object_get (object, name)));
}

/**
 * amends_store_load_identity:
 *
 * Errors: %AMENDS_STORE_ERROR_NOT_ENROLLED, %AMENDS_STORE_ERROR_DAMAGED.
 * Returns: (transfer full): who this device is, unsealed with the store key
 */
AmendsIdentity *
amends_store_load_identity (AmendsStore *self, GError **error)
{
  g_autoptr (AmendsIdentity) who = amends_identity_new ();
  g_autoptr (AmendsSecretBytes) bytes = amends_meta_get (self, "identity", error);
  g_autoptr (AmendsSecretJson) json = NULL;
  const char *code, *epoch;

  if (bytes == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED,
                     "Enrolment of this device did not finish");
      return NULL;
    }
  json = amends_json_load (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
  if (json == NULL)
    return NULL;

  who->organisation_id = dup_text (json, "organisation");
  who->organisation_name = dup_text (json, "organisation_name");
  who->server = dup_text (json, "server");
  who->authority = dup_text (json, "authority");
  who->kind = dup_text (json, "kind");
  who->name = dup_text (json, "name");
  code = json_string_value (json_object_get (json, "code"));
  epoch = json_string_value (json_object_get (json, "epoch"));
  if (code == NULL || epoch == NULL || who->organisation_id == NULL
      || !key_from_json (json, "server_key", who->server_key, AMENDS_KEY_BYTES)
      || !key_from_json (json, "intake_key", who->intake_key, AMENDS_KEY_BYTES)
      || !key_from_json (json, "recovery_key", who->recovery_key, AMENDS_KEY_BYTES)
      || !key_from_json (json, "key", who->key, AMENDS_KEY_BYTES)
      || !key_from_json (json, "secret_key", who->secret_key, sizeof who->secret_key))
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
                   "What this device was enrolled as cannot be read");
      return NULL;
    }
  g_strlcpy (who->code, code, sizeof who->code);
  g_strlcpy (who->epoch, epoch, sizeof who->epoch);
  return g_steal_pointer (&who);
}
