/* amends-server-keys.c: the server's keys, its authority and its certificate
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All of them but one are in the store, so that a backup is whole, and has to be kept like a key, or
 * beside one: amends-server-secrets.c. The secret recovery key opens the store of any device; it goes to a
 * file that an administrator takes off the machine. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"
#include "core/amends-secret.h"
#include "server/amends-server-private.h"
#include "store/amends-db.h"

#define S_PER_DAY (24 * 60 * 60)
#define AUTHORITY_DAYS (20 * 365)
#define CERTIFICATE_DAYS (2 * 365)
#define RENEW_DAYS 60

/* A certificate begins a day early: a device's clock may be a little behind. */
#define EARLY_DAYS 1
#define SERIAL_BYTES 16

#define RECOVERY_FILE "recovery.key"

typedef struct gnutls_x509_privkey_int Key;
typedef struct gnutls_x509_crt_int Certificate;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Key, gnutls_x509_privkey_deinit)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Certificate, gnutls_x509_crt_deinit)

static gboolean
check (int code, GError **error)
{
  if (code >= 0)
    return TRUE;
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
               "A certificate could not be made: %s", gnutls_strerror (code));
  return FALSE;
}

static Key *
make_key (GError **error)
{
  g_autoptr (Key) key = NULL;
  guint n_bits = GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1);

  if (!check (gnutls_x509_privkey_init (&key), error)
      || !check (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA, n_bits, 0), error))
    return NULL;
  return g_steal_pointer (&key);
}

/* What the authority's and the server's certificate have in common. */
static Certificate *
begin_certificate (Key *key,
                   const char *name,
                   int n_days,
                   const AmendsEnvironment *environment,
                   GError **error)
{
  g_autoptr (Certificate) certificate = NULL;
  time_t now = (time_t) (amends_environment_now (environment) / G_USEC_PER_SEC);
  guint8 serial[SERIAL_BYTES];
  guint8 key_id[64];
  gsize n_key_id = sizeof key_id;

  amends_environment_random (environment, serial, sizeof serial);
  serial[0] = (serial[0] & 0x7f) | 0x40; /* positive, and as long as it says */
  if (!check (gnutls_x509_crt_init (&certificate), error)
      || !check (gnutls_x509_crt_set_version (certificate, 3), error)
      || !check (gnutls_x509_crt_set_serial (certificate, serial, sizeof serial), error)
      || !check (gnutls_x509_crt_set_activation_time (certificate, now - EARLY_DAYS * S_PER_DAY),
                 error)
      || !check (gnutls_x509_crt_set_expiration_time (certificate,
                                                      now + (time_t) n_days * S_PER_DAY),
                 error)
      || !check (gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name,
                                                (guint) strlen (name)),
                 error)
      || !check (gnutls_x509_crt_set_key (certificate, key), error)
      || !check (gnutls_x509_privkey_get_key_id (key, GNUTLS_KEYID_USE_SHA256, key_id, &n_key_id),
                 error)
      || !check (gnutls_x509_crt_set_subject_key_id (certificate, key_id, n_key_id), error))
    return NULL;
  return g_steal_pointer (&certificate);
}

static char *
take_text (gnutls_datum_t *pem)
{
  char *text = g_strndup ((const char *) pem->data, pem->size);

  gnutls_memset (pem->data, 0, pem->size);
  gnutls_free (pem->data);
  return text;
}

static char *
export_certificate (Certificate *certificate, GError **error)
{
  gnutls_datum_t pem;

  if (!check (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &pem), error))
    return NULL;
  return take_text (&pem);
}

static char *
export_key (Key *key, GError **error)
{
  gnutls_datum_t pem;

  if (!check (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN,
                                                 &pem),
              error))
    return NULL;
  return take_text (&pem);
}

static Certificate *
import_certificate (const char *text, GError **error)
{
  g_autoptr (Certificate) certificate = NULL;
  gnutls_datum_t pem = { (unsigned char *) text, (unsigned int) strlen (text) };

  if (!check (gnutls_x509_crt_init (&certificate), error)
      || !check (gnutls_x509_crt_import (certificate, &pem, GNUTLS_X509_FMT_PEM), error))
    return NULL;
  return g_steal_pointer (&certificate);
}

static Key *
import_key (const char *text, GError **error)
{
  g_autoptr (Key) key = NULL;
  gnutls_datum_t pem = { (unsigned char *) text, (unsigned int) strlen (text) };

  if (!check (gnutls_x509_privkey_init (&key), error)
      || !check (gnutls_x509_privkey_import_pkcs8 (key, &pem, GNUTLS_X509_FMT_PEM, NULL,
                                                   GNUTLS_PKCS_PLAIN),
                 error))
    return NULL;
  return g_steal_pointer (&key);
}

static gboolean
store_secret (AmendsServer *self, const char *name, char *text, GError **error)
{
  g_autoptr (AmendsSecretText) owned = text;

  return owned != NULL && amends_server_set_secret (self, name, owned, strlen (owned), error);
}

static gboolean
store_certificate (AmendsServer *self, const char *name, Certificate *certificate, GError **error)
{
  g_autofree char *text = export_certificate (certificate, error);

  return text != NULL && amends_server_set_text (self->store, name, text, error);
}

static gboolean
make_authority (AmendsServer *self, GError **error)
{
  g_autoptr (Key) key = make_key (error);
  g_autoptr (Certificate) certificate = NULL;

  if (key == NULL)
    return FALSE;
  certificate =
      begin_certificate (key, "Amends authority", AUTHORITY_DAYS, &self->environment, error);
  return certificate != NULL
         && check (gnutls_x509_crt_set_basic_constraints (certificate, 1, 0), error)
         && check (gnutls_x509_crt_set_key_usage (certificate, GNUTLS_KEY_KEY_CERT_SIGN), error)
         && check (gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA256, 0),
                   error)
         && store_secret (self, "authority-key", export_key (key, error), error)
         && store_certificate (self, "authority-certificate", certificate, error);
}

static gboolean
add_host (Certificate *certificate, const char *host, GError **error)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return check (gnutls_x509_crt_set_subject_alt_name (
                      certificate, GNUTLS_SAN_IPADDRESS, g_inet_address_to_bytes (address),
                      (guint) g_inet_address_get_native_size (address), GNUTLS_FSAN_APPEND),
                  error);
  return check (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, host,
                                                      (guint) strlen (host), GNUTLS_FSAN_APPEND),
                error);
}

/* Returns: (transfer full): a secret that is text */
static char *
load_secret (AmendsServer *self, const char *name, GError **error)
{
  g_autoptr (AmendsSecretBytes) secret = amends_server_get_secret (self, name, error);

  if (secret == NULL)
    return NULL;
  return g_strndup (g_bytes_get_data (secret, NULL), g_bytes_get_size (secret));
}

static Key *
load_authority_key (AmendsServer *self, GError **error)
{
  g_autoptr (AmendsSecretText) text = load_secret (self, "authority-key", error);

  return text != NULL ? import_key (text, error) : NULL;
}

/* The server's own certificate, for the hosts in the store, by the authority in the store. */
static gboolean
make_certificate (AmendsServer *self, GError **error)
{
  AmendsServerStore *store = self->store;
  g_autofree char *hosts_text = amends_server_get_text (store, "hosts", error);
  g_autofree char *authority_text = NULL;
  g_auto (GStrv) hosts = NULL;
  g_autoptr (Certificate) authority = NULL;
  g_autoptr (Certificate) certificate = NULL;
  g_autoptr (Key) authority_key = NULL;
  g_autoptr (Key) key = NULL;

  if (hosts_text == NULL
      || !(authority_text = amends_server_get_text (store, "authority-certificate", error))
      || !(authority = import_certificate (authority_text, error))
      || !(authority_key = load_authority_key (self, error)) || !(key = make_key (error))
      || !(certificate = begin_certificate (key, "Amends server", CERTIFICATE_DAYS,
                                            &self->environment, error)))
    return FALSE;

  hosts = g_strsplit (hosts_text, "\n", -1);
  for (guint i = 0; hosts[i] != NULL; i++)
    if (!add_host (certificate, hosts[i], error))
      return FALSE;
  return check (gnutls_x509_crt_set_basic_constraints (certificate, 0, -1), error)
         && check (gnutls_x509_crt_set_key_usage (certificate, GNUTLS_KEY_DIGITAL_SIGNATURE), error)
         && check (gnutls_x509_crt_set_key_purpose_oid (certificate, GNUTLS_KP_TLS_WWW_SERVER, 0),
                   error)
         && check (gnutls_x509_crt_sign2 (certificate, authority, authority_key, GNUTLS_DIG_SHA256,
                                          0),
                   error)
         && store_secret (self, "server-key", export_key (key, error), error)
         && store_certificate (self, "server-certificate", certificate, error);
}

static gboolean
make_raw_keys (AmendsServer *self, GError **error)
{
  AmendsServerStore *store = self->store;
  const AmendsEnvironment *environment = &self->environment;
  g_autofree char *path = g_build_filename (self->folder, RECOVERY_FILE, NULL);
  g_autoptr (AmendsSecretText) recovery_text = NULL;
  g_auto (AmendsSecret) seed = { { 0 } };
  g_auto (AmendsSecret) secret = { { 0 } };
  guint8 public_key[32];
  gboolean stored;

  G_STATIC_ASSERT (crypto_sign_SECRETKEYBYTES == sizeof secret.bytes);
  G_STATIC_ASSERT (crypto_box_SEEDBYTES == crypto_sign_SEEDBYTES);

  amends_environment_random (environment, seed.bytes, crypto_sign_SEEDBYTES);
  crypto_sign_seed_keypair (public_key, secret.bytes, seed.bytes);
  stored =
      amends_server_set_secret (self, "signing-secret", secret.bytes, sizeof secret.bytes, error);

  amends_environment_random (environment, seed.bytes, crypto_sign_SEEDBYTES);
  crypto_box_seed_keypair (public_key, secret.bytes, seed.bytes);
  stored = stored && store->set_setting (store, "intake-key", public_key, 32, error)
           && amends_server_set_secret (self, "intake-secret", secret.bytes, 32, error);

  amends_environment_random (environment, seed.bytes, crypto_sign_SEEDBYTES);
  crypto_box_seed_keypair (public_key, secret.bytes, seed.bytes);
  stored = stored && store->set_setting (store, "recovery-key", public_key, 32, error);
  recovery_text = amends_base64 (secret.bytes, crypto_box_SECRETKEYBYTES);
  return stored
         && g_file_set_contents_full (path, recovery_text, -1,
                                      G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                      0600, error);
}

static gboolean
check_hosts (const char *const *hosts, GError **error)
{
  for (guint i = 0; hosts[i] != NULL; i++)
    {
      gsize n = strlen (hosts[i]);

      if (g_hostname_is_ip_address (hosts[i]))
        continue;
      if (n < 1 || n > 253
          || strspn (hosts[i], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
                 != n)
        {
          amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "host", NULL,
                            "“%s” is not the name or the address of a host", hosts[i]);
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
amends_server_make_keys (AmendsServer *self, const char *const *hosts, GError **error)
{
  g_autofree char *hosts_text = g_strjoinv ("\n", (char **) hosts);

  return check_hosts (hosts, error)
         && amends_server_set_text (self->store, "hosts", hosts_text, error)
         && make_authority (self, error) && make_certificate (self, error)
         && make_raw_keys (self, error);
}

/* Whether the certificate in the store ends soon. */
static gboolean
is_near_its_end (AmendsServerStore *store,
                 const AmendsEnvironment *environment,
                 gboolean *ret_near,
                 GError **error)
{
  g_autofree char *text = amends_server_get_text (store, "server-certificate", error);
  g_autoptr (Certificate) certificate = NULL;
  gint64 now_s = amends_environment_now (environment) / G_USEC_PER_SEC;

  if (text == NULL)
    return FALSE;
  certificate = import_certificate (text, error);
  if (certificate == NULL)
    return FALSE;
  *ret_near = (gint64) gnutls_x509_crt_get_expiration_time (certificate)
              < now_s + (gint64) RENEW_DAYS * S_PER_DAY;
  return TRUE;
}

/* The certificate that serves, made anew if it ends soon. */
static gboolean
renew_certificate (AmendsServer *self, GError **error)
{
  AmendsServerStore *store = self->store;
  AmendsServerDevice device;
  gboolean near = FALSE;

  /* Whoever holds the server's device makes it, and the next one finds it made. */
  if (!is_near_its_end (store, &self->environment, &near, error))
    return FALSE;
  return !near
         || (store->hold_device (store, "0", &device, error)
             && is_near_its_end (store, &self->environment, &near, error)
             && (!near || make_certificate (self, error)));
}

/**
 * amends_server_get_tls:
 * @ret_certificates: (out) (transfer full): the server's certificate and its authority's, PEM
 * @ret_key: (out) (transfer full): the key of the first, PEM
 *
 * Renews the certificate if it has less than sixty days left.
 *
 * Errors: of the store.
 * Returns: %TRUE on success
 */
gboolean
amends_server_get_tls (AmendsServer *self, char **ret_certificates, char **ret_key, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;

  if (!amends_server_work_begin (&work, self->store, AMENDS_SERVER_WRITE, error)
      || !renew_certificate (self, error)
      || !(certificate = amends_server_get_text (self->store, "server-certificate", error))
      || !(key = load_secret (self, "server-key", error))
      || !amends_server_work_commit (&work, error))
    return FALSE;
  *ret_certificates = g_strconcat (certificate, self->authority, NULL);
  *ret_key = g_steal_pointer (&key);
  return TRUE;
}
