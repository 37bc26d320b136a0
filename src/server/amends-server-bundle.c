/* amends-server-bundle.c: an exchange that was carried here by hand (PROTOCOL.md 10)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file is fed to the same exchange that serves the network, and its reply goes into a file. */

#include <sodium.h>
#include <string.h>

#include "core/amends-secret.h"
#include "server/amends-server-private.h"

static GBytes *
get_intake_secret (AmendsServer *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  g_autoptr (AmendsSecretBytes) secret = NULL;

  if (!amends_server_work_begin (&work, self->store, AMENDS_SERVER_READ, error))
    return NULL;
  secret = amends_server_get_secret (self, "intake-secret", error);
  if (secret == NULL || !amends_server_work_commit (&work, error))
    return NULL;
  if (g_bytes_get_size (secret) == 32)
    return g_steal_pointer (&secret);
  amends_server_set_missing ("intake-secret", error);
  return NULL;
}

static AmendsBundleReader *
open_request (AmendsServer *self, const char *path, GError **error)
{
  g_autoptr (AmendsSecretBytes) secret = get_intake_secret (self, error);

  if (secret == NULL)
    return NULL;
  return amends_bundle_reader_new (path, AMENDS_BUNDLE_REQUEST, self->organisation,
                                   self->intake_key, g_bytes_get_data (secret, NULL), error);
}

static gboolean
feed_request (AmendsExchange *exchange, AmendsBundleReader *bundle, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (AMENDS_BUNDLE_CHUNK_BYTES);
  gssize n;

  while ((n = amends_bundle_reader_read (bundle, buffer, AMENDS_BUNDLE_CHUNK_BYTES, error)) > 0)
    if (!amends_exchange_feed (exchange, buffer, (gsize) n, error))
      return FALSE;
  return n == 0 && amends_exchange_finish (exchange, error);
}

/* @key: the device's, Ed25519 */
static gboolean
write_reply (AmendsServer *self,
             AmendsExchange *exchange,
             const AmendsBundleClaim *claim,
             const guint8 key[AMENDS_KEY_BYTES],
             const char *path,
             GError **error)
{
  g_autofree guint8 *buffer = g_malloc (AMENDS_BUNDLE_CHUNK_BYTES);
  g_autoptr (AmendsBundleWriter) writer = NULL;
  guint8 recipient[32];
  gssize n;

  if (crypto_sign_ed25519_pk_to_curve25519 (recipient, key) != 0)
    {
      g_set_error_literal (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_WRITE,
                           "The key of the device cannot be used");
      return FALSE;
    }
  writer = amends_bundle_writer_new (path, AMENDS_BUNDLE_REPLY, self->organisation, recipient,
                                     &self->environment, error);
  if (writer == NULL)
    return FALSE;
  while ((n = amends_exchange_read (exchange, buffer, AMENDS_BUNDLE_CHUNK_BYTES, error)) > 0)
    if (!amends_bundle_writer_write (writer, buffer, (gsize) n, error))
      return FALSE;
  return n == 0
         && amends_bundle_writer_finish (writer, claim->code, claim->request, self->signing_secret,
                                         error);
}

/**
 * amends_server_import_bundle:
 * @path: what a device wrote to be carried here
 * @reply_path: (nullable): where the answer goes, to be carried back
 *
 * Nothing is taken of a file that is cut or altered. What was taken stands if the answer cannot be
 * written; then the same again writes it.
 *
 * Errors: those of #AmendsBundleError that reading and writing have;
 * %AMENDS_SERVER_ERROR_UNKNOWN_DEVICE, %AMENDS_SERVER_ERROR_MALFORMED; of the store.
 * Returns: (transfer full): `{"device","request","new","events","revoked","quarantined","refused",
 * "reply"}`: of the device's events how many were new, and up to which number all are held
 */
json_t *
amends_server_import_bundle (AmendsServer *self,
                             const char *path,
                             const char *reply_path,
                             GError **error)
{
  g_autoptr (AmendsBundleReader) bundle = open_request (self, path, error);
  g_autoptr (AmendsExchange) exchange = NULL;
  guint8 key[AMENDS_KEY_BYTES];
  json_t *result;

  if (bundle == NULL)
    return NULL;
  exchange = amends_exchange_new_by_hand (self, bundle, key, error);
  if (exchange == NULL || !feed_request (exchange, bundle, error))
    return NULL;
  if (reply_path != NULL
      && !write_reply (self, exchange, amends_bundle_reader_get_claim (bundle), key, reply_path,
                       error))
    {
      g_prefix_error (error, "The records were taken, but the answer is not written. ");
      return NULL;
    }
  result = amends_exchange_to_json (exchange);
  json_object_set_new (result, "reply",
                       reply_path != NULL ? json_string (reply_path) : json_null ());
  return result;
}
