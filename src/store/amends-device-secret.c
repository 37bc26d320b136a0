/* amends-device-secret.c: what makes a copied store useless elsewhere
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/amends-device-secret.h"

#include <fcntl.h>
#include <libsecret/secret.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/amends-secret.h"
#include "store/amends-db.h"
#include "store/amends-file.h"

static const SecretSchema schema = {
  .name = "org.amends.Amends.DeviceSecret",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "store", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

/* Without a session bus libsecret would try to start one and wait. */
static gboolean
has_session_bus (void)
{
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  return g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL || g_getenv ("SECRET_BACKEND") != NULL
         || g_file_test (socket, G_FILE_TEST_EXISTS);
}

static gboolean
write_file (const char *path, const char *text, GError **error)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  gboolean written;

  written = fd >= 0 && amends_file_write_all (fd, text, strlen (text)) && fsync (fd) == 0;
  if (fd >= 0)
    close (fd);
  if (fd >= 0 && !written)
    unlink (path);
  if (!written)
    g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                 "The device secret could not be saved: %s", g_strerror (errno));
  return written;
}

/**
 * amends_device_secret_create:
 * @store_path: the store's folder
 * @store_id: its id, under which a keyring keeps the secret
 * @ret_secret: (out): a new secret, kept
 *
 * Errors: %AMENDS_STORE_ERROR_FAILED if it can be kept nowhere.
 * Returns: (transfer none): "keyring" or "file"
 */
const char *
amends_device_secret_create (const AmendsEnvironment *environment,
                             const char *store_path,
                             const char *store_id,
                             guint8 ret_secret[AMENDS_DEVICE_SECRET_BYTES],
                             GError **error)
{
  g_autofree char *path = g_build_filename (store_path, AMENDS_DEVICE_SECRET_FILE, NULL);
  g_autoptr (AmendsSecretText) text = NULL;

  amends_environment_random (environment, ret_secret, AMENDS_DEVICE_SECRET_BYTES);
  text = amends_base64 (ret_secret, AMENDS_DEVICE_SECRET_BYTES);

  if (environment->keyring && has_session_bus ()
      && secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, "Amends: this device",
                                     text, NULL, NULL, "store", store_id, NULL))
    return "keyring";
  return write_file (path, text, error) ? "file" : NULL;
}

/**
 * amends_device_secret_load:
 * @ret_secret: (out): the secret
 *
 * Errors: %AMENDS_STORE_ERROR_FAILED if it is not where it was kept: the recovery key opens the store.
 * Returns: (transfer none): "keyring" or "file"
 */
const char *
amends_device_secret_load (const char *store_path,
                           const char *store_id,
                           guint8 ret_secret[AMENDS_DEVICE_SECRET_BYTES],
                           GError **error)
{
  g_autofree char *path = g_build_filename (store_path, AMENDS_DEVICE_SECRET_FILE, NULL);
  g_autoptr (AmendsSecretText) text = NULL;
  char *kept;

  if (g_file_get_contents (path, &text, NULL, NULL)
      && amends_base64_decode (text, ret_secret, AMENDS_DEVICE_SECRET_BYTES))
    return "file";

  kept = has_session_bus ()
             ? secret_password_lookup_sync (&schema, NULL, NULL, "store", store_id, NULL)
             : NULL;
  if (kept != NULL && amends_base64_decode (kept, ret_secret, AMENDS_DEVICE_SECRET_BYTES))
    {
      secret_password_free (kept);
      return "keyring";
    }
  secret_password_free (kept);
  g_set_error (
      error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
      "The keyring that holds this device's secret is not open. Sign in to the computer as "
      "usual and try again; head office can recover the store if the keyring is lost.");
  return NULL;
}
