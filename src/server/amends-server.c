/* amends-server.c: what devices hand in, kept, numbered and passed on
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "server/amends-server.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"
#include "core/amends-instant.h"
#include "core/amends-secret.h"
#include "server/amends-server-private.h"
#include "store/amends-db.h"

#define ORGANISATION_BYTES 16
#define MAX_NAME_BYTES 200

/* Things are held in one order, so that already the second try is rare. */
#define MAX_TRIES 5

/* Attachments: what some thousand photographs and a few films take, and all of a landlord's years of them.
 * The reserve is a year of events. */
#define DEFAULT_PER_DEVICE ((guint64) 20 * 1000 * 1000 * 1000)
#define DEFAULT_ALL ((guint64) 500 * 1000 * 1000 * 1000)
#define DEFAULT_RESERVE ((guint64) 1000 * 1000 * 1000)

G_DEFINE_QUARK (amends - server - error - quark, amends_server_error)

static const struct
{
  const char *name;
  guint status;
} error_answers[] = {
  [AMENDS_SERVER_ERROR_MALFORMED] = { "malformed", 400 },
  [AMENDS_SERVER_ERROR_UNKNOWN_DEVICE] = { "unknown-device", 401 },
  [AMENDS_SERVER_ERROR_SIGNATURE] = { "signature", 401 },
  [AMENDS_SERVER_ERROR_CODE_UNKNOWN] = { "code-unknown", 403 },
  [AMENDS_SERVER_ERROR_CODE_USED] = { "code-used", 403 },
  [AMENDS_SERVER_ERROR_CODE_EXPIRED] = { "code-expired", 403 },
  [AMENDS_SERVER_ERROR_CODE_TAKEN] = { "code-taken", 403 },
  [AMENDS_SERVER_ERROR_NO_ROUTE] = { "no-route", 404 },
  [AMENDS_SERVER_ERROR_METHOD] = { "method", 405 },
  [AMENDS_SERVER_ERROR_TYPE] = { "type", 415 },
  [AMENDS_SERVER_ERROR_REPLAYED] = { "replayed", 409 },
  [AMENDS_SERVER_ERROR_TOO_LARGE] = { "too-large", 413 },
  [AMENDS_SERVER_ERROR_BUSY] = { "busy", 503 },
  [AMENDS_SERVER_ERROR_CONFLICT] = { "busy", 503 },
  [AMENDS_SERVER_ERROR_FORBIDDEN] = { "forbidden", 403 },
  [AMENDS_SERVER_ERROR_NOT_HELD] = { "not-held", 404 },
  [AMENDS_SERVER_ERROR_FULL] = { "full", 507 },
};

/**
 * amends_server_error_get_code_name:
 * @error: any error
 *
 * Returns: (transfer none): the word that PROTOCOL.md 1 gives it; "failed" for what is not a refusal
 */
const char *
amends_server_error_get_code_name (const GError *error)
{
  if (error->domain != AMENDS_SERVER_ERROR)
    return "failed";
  return error_answers[error->code].name;
}

/**
 * amends_server_error_get_status:
 * @error: any error
 *
 * Returns: the HTTP status that goes with it
 */
guint
amends_server_error_get_status (const GError *error)
{
  if (error->domain != AMENDS_SERVER_ERROR)
    return 500;
  return error_answers[error->code].status;
}

/**
 * amends_server_tries_again:
 * @inout_n_tries: (inout): how many tries there were; 0 before the first
 * @inout_error: (inout): what the last one failed with; freed if there is to be another
 *
 * Returns: whether what failed did not happen, and is to be tried again
 */
gboolean
amends_server_tries_again (guint *inout_n_tries, GError **inout_error)
{
  if (!g_error_matches (*inout_error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_CONFLICT)
      || ++*inout_n_tries == MAX_TRIES)
    return FALSE;
  g_clear_error (inout_error);
  return TRUE;
}

gboolean
amends_server_set_missing (const char *name, GError **error)
{
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
               "The server's store lacks “%s”", name);
  return FALSE;
}

char *
amends_server_get_text (AmendsServerStore *store, const char *name, GError **error)
{
  g_autoptr (GBytes) value = NULL;

  if (!store->get_setting (store, name, &value, error))
    return NULL;
  if (value == NULL)
    {
      amends_server_set_missing (name, error);
      return NULL;
    }
  return g_strndup (g_bytes_get_data (value, NULL), g_bytes_get_size (value));
}

gboolean
amends_server_set_text (AmendsServerStore *store,
                        const char *name,
                        const char *text,
                        GError **error)
{
  return store->set_setting (store, name, text, strlen (text), error);
}

gboolean
amends_server_get_bytes (AmendsServerStore *store,
                         const char *name,
                         void *ret_bytes,
                         gsize n_bytes,
                         GError **error)
{
  g_autoptr (GBytes) value = NULL;

  if (!store->get_setting (store, name, &value, error))
    return FALSE;
  if (value == NULL || g_bytes_get_size (value) != n_bytes)
    return amends_server_set_missing (name, error);
  memcpy (ret_bytes, g_bytes_get_data (value, NULL), n_bytes);
  return TRUE;
}

void
amends_server_new_epoch (const AmendsEnvironment *environment,
                         char ret_epoch[AMENDS_EPOCH_BYTES + 1])
{
  guint8 random[AMENDS_EPOCH_BYTES / 2];

  amends_environment_random (environment, random, sizeof random);
  sodium_bin2hex (ret_epoch, AMENDS_EPOCH_BYTES + 1, random, sizeof random);
}

static gboolean
load_signing_key (AmendsServer *self, GError **error)
{
  g_autoptr (AmendsSecretBytes) secret = amends_server_get_secret (self, "signing-secret", error);

  if (secret == NULL)
    return FALSE;
  if (g_bytes_get_size (secret) != sizeof self->signing_secret)
    return amends_server_set_missing ("signing-secret", error);
  memcpy (self->signing_secret, g_bytes_get_data (secret, NULL), sizeof self->signing_secret);
  crypto_sign_ed25519_sk_to_pk (self->signing_key, self->signing_secret);
  return TRUE;
}

static gboolean
load_intake_key (AmendsServer *self, GError **error)
{
  g_autoptr (AmendsSecretBytes) secret = amends_server_get_secret (self, "intake-secret", error);

  if (secret == NULL)
    return FALSE;
  if (g_bytes_get_size (secret) != sizeof self->intake_secret)
    return amends_server_set_missing ("intake-secret", error);
  memcpy (self->intake_secret, g_bytes_get_data (secret, NULL), sizeof self->intake_secret);
  return amends_server_get_bytes (self->store, "intake-key", self->intake_key,
                                  sizeof self->intake_key, error);
}

gboolean
amends_server_load_settings (AmendsServer *self, GError **error)
{
  g_autofree char *epoch = NULL;

  self->organisation = amends_server_get_text (self->store, "organisation-id", error);
  if (self->organisation == NULL)
    return FALSE;
  self->organisation_name = amends_server_get_text (self->store, "organisation-name", error);
  if (self->organisation_name == NULL)
    return FALSE;
  self->authority = amends_server_get_text (self->store, "authority-certificate", error);
  if (self->authority == NULL)
    return FALSE;
  epoch = amends_server_get_text (self->store, "epoch", error);
  if (epoch == NULL)
    return FALSE;
  g_strlcpy (self->epoch, epoch, sizeof self->epoch);

  return load_signing_key (self, error) && load_intake_key (self, error)
         && amends_server_get_bytes (self->store, "recovery-key", self->recovery_key,
                                     sizeof self->recovery_key, error);
}

static AmendsServerStore *
open_store (const char *folder,
            const AmendsEnvironment *environment,
            gboolean create,
            GError **error)
{
  g_autofree char *path = g_build_filename (folder, AMENDS_SERVER_STORE_NAME, NULL);

  if (environment->database == NULL)
    return amends_server_store_open_sqlite (path, environment->vfs, create, error);
#ifdef AMENDS_HAVE_POSTGRESQL
  return amends_server_store_open_postgresql (environment->database, error);
#else
  g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                       "This amends-server was built without PostgreSQL");
  return NULL;
#endif
}

AmendsServer *
amends_server_new (const char *folder,
                   const AmendsEnvironment *environment,
                   gboolean create,
                   GError **error)
{
  g_autoptr (AmendsServer) self = g_new0 (AmendsServer, 1);

  self->environment = *environment;
  g_mutex_init (&self->lock);
  self->folder = g_strdup (folder);
  self->limits = (AmendsServerLimits){ DEFAULT_PER_DEVICE, DEFAULT_ALL, DEFAULT_RESERVE };
  self->store = open_store (folder, environment, create, error);
  return self->store != NULL ? g_steal_pointer (&self) : NULL;
}

static gboolean
has_settings (AmendsServer *self, gboolean *ret_has, GError **error)
{
  g_autoptr (GBytes) id = NULL;

  if (!self->store->get_setting (self->store, "organisation-id", &id, error))
    return FALSE;
  *ret_has = id != NULL;
  return TRUE;
}

gboolean
amends_server_check_empty (AmendsServer *self, GError **error)
{
  gboolean has;

  if (!has_settings (self, &has, error))
    return FALSE;
  if (has)
    g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_EXISTS,
                 "There is a server's store there already");
  return !has;
}

static gboolean
load_server (AmendsServer *self, GError **error)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  gboolean has;

  if (!amends_server_work_begin (&work, self->store, AMENDS_SERVER_READ, error)
      || !has_settings (self, &has, error))
    return FALSE;
  /* A file without settings is damaged, and named as such below. */
  if (!has && self->environment.database != NULL)
    {
      g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED,
                           "There is no server's store in that database");
      return FALSE;
    }
  return amends_server_load_seal (self, error) && amends_server_load_settings (self, error)
         && amends_server_work_commit (&work, error);
}

/**
 * amends_server_open:
 * @folder: the server's folder
 * @environment: clock, randomness, files and database
 *
 * Errors: of amends_server_store_open_sqlite() or amends_server_store_open_postgresql();
 * %AMENDS_STORE_ERROR_DAMAGED; %AMENDS_STORE_ERROR_FAILED if its key is not in the folder.
 * Returns: (transfer full): the server
 */
AmendsServer *
amends_server_open (const char *folder, const AmendsEnvironment *environment, GError **error)
{
  g_autoptr (AmendsServer) self = amends_server_new (folder, environment, FALSE, error);

  return self != NULL && load_server (self, error) && amends_server_follow_ledger (self, error)
             ? g_steal_pointer (&self)
             : NULL;
}

/**
 * amends_server_close:
 * @self: (nullable) (transfer full): a server that nothing uses any more
 */
void
amends_server_close (AmendsServer *self)
{
  if (self == NULL)
    return;
  if (self->store != NULL)
    self->store->close (self->store);
  g_free (self->folder);
  g_free (self->organisation);
  g_free (self->organisation_name);
  g_free (self->authority);
  g_mutex_clear (&self->lock);
  sodium_memzero (self->signing_secret, sizeof self->signing_secret);
  sodium_memzero (self->intake_secret, sizeof self->intake_secret);
  sodium_memzero (self->seal, sizeof self->seal);
  g_free (self);
}

static gboolean
set_identity (AmendsServerStore *store,
              const char *organisation,
              const AmendsEnvironment *environment,
              char ret_epoch[AMENDS_EPOCH_BYTES + 1],
              GError **error)
{
  guint8 random[ORGANISATION_BYTES];
  char id[2 * ORGANISATION_BYTES + 1];

  amends_environment_random (environment, random, sizeof random);
  sodium_bin2hex (id, sizeof id, random, sizeof random);
  amends_server_new_epoch (environment, ret_epoch);
  return amends_server_set_text (store, "organisation-id", id, error)
         && amends_server_set_text (store, "organisation-name", organisation, error)
         && amends_server_set_text (store, "epoch", ret_epoch, error)
         && amends_server_set_text (store, "next-code", "0", error)
         && store->add_epoch (store, ret_epoch, error);
}

/* The server is a device too, "0", and its first event says so. */
static gboolean
write_first_event (AmendsServer *server, GError **error)
{
  AmendsServerDevice device = { .code = "0", .kind = "server", .stream = 1, .head = 1 };
  AmendsServerLog log = { 0 };
  g_autofree char *key = amends_base64 (server->signing_key, sizeof server->signing_key);
  guint64 number;

  g_strlcpy (device.name, "amends-server", sizeof device.name);
  memcpy (device.key, server->signing_key, sizeof device.key);
  amends_chain_begin (&device.trunk, server->organisation, device.key, "");
  return server->store->put_device (server->store, &device, error)
         && amends_server_log_begin (&log, server, error)
         && amends_server_log_append (&log, "server.began", 0, 0,
                                      json_pack ("{s:{s:s, s:s}, s:s, s:s}", "organisation", "id",
                                                 server->organisation, "name",
                                                 server->organisation_name, "epoch", server->epoch,
                                                 "key", key),
                                      &number, error)
         && amends_server_log_end (&log, error);
}

static gboolean
check_organisation (const char *organisation, GError **error)
{
  if (*organisation == '\0' || strlen (organisation) > MAX_NAME_BYTES
      || !g_utf8_validate (organisation, -1, NULL))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "organisation", NULL,
                        "An organisation has a name of at most %d bytes", MAX_NAME_BYTES);
      return FALSE;
    }
  return TRUE;
}

gboolean
amends_server_make_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) == 0 && g_chmod (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
               "The folder cannot be made: %s", g_strerror (errno));
  return FALSE;
}

static gboolean
fill_store (AmendsServer *server,
            const char *organisation,
            const char *const *hosts,
            GError **error)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  gboolean has_database = server->environment.database != NULL;
  char epoch[AMENDS_EPOCH_BYTES + 1];

  return amends_server_work_begin (&work, server->store, AMENDS_SERVER_WRITE, error)
         && amends_server_check_empty (server, error)
         && (!has_database || amends_server_make_seal (server, error))
         && set_identity (server->store, organisation, &server->environment, epoch, error)
         && amends_server_make_keys (server, hosts, error)
         && amends_server_load_settings (server, error) && write_first_event (server, error)
         && amends_server_keep_seal (server) && amends_server_work_commit (&work, error);
}

/**
 * amends_server_create:
 * @folder: where; made if it is not there, for its owner only
 * @organisation: the landlord's name
 * @hosts: (array zero-terminated=1): the names and addresses that devices reach the server by
 * @environment: clock, randomness, files and database
 *
 * Makes a server with keys and an authority of its own. The secret recovery key goes to the file
 * recovery.key and nowhere else: the server never needs it. Where the store is a database, the folder
 * takes the file server.key, which every other process that is to serve needs a copy of.
 *
 * Errors: %AMENDS_STORE_ERROR_EXISTS, %AMENDS_CORE_ERROR_INVALID; of the store.
 * Returns: %TRUE on success
 */
gboolean
amends_server_create (const char *folder,
                      const char *organisation,
                      const char *const *hosts,
                      const AmendsEnvironment *environment,
                      GError **error)
{
  g_autofree char *path = g_build_filename (folder, AMENDS_SERVER_STORE_NAME, NULL);
  g_autoptr (AmendsServer) server = NULL;

  if (!check_organisation (organisation, error))
    return FALSE;
  if (environment->database == NULL && g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_EXISTS,
                   "There is a server's store there already");
      return FALSE;
    }
  if (!amends_server_make_folder (folder, error)
      || !(server = amends_server_new (folder, environment, TRUE, error)))
    return FALSE;
  if (fill_store (server, organisation, hosts, error))
    return TRUE;

  /* A store half made would only be in the way of the next attempt. */
  amends_server_drop_seal (server);
  if (environment->database == NULL)
    {
      server->store->close (server->store);
      server->store = NULL;
      g_unlink (path);
    }
  return FALSE;
}

/**
 * amends_server_get_folder:
 *
 * Returns: (transfer none): the server's folder
 */
const char *
amends_server_get_folder (AmendsServer *self)
{
  return self->folder;
}

/**
 * amends_server_get_organisation:
 *
 * Returns: (transfer none): the organisation's id
 */
const char *
amends_server_get_organisation (AmendsServer *self)
{
  return self->organisation;
}

/**
 * amends_server_get_epoch:
 *
 * Returns: (transfer none): the server's epoch
 */
const char *
amends_server_get_epoch (AmendsServer *self)
{
  return self->epoch;
}

/**
 * amends_server_get_authority:
 *
 * Returns: (transfer none): the certificate that devices pin, PEM
 */
const char *
amends_server_get_authority (AmendsServer *self)
{
  return self->authority;
}

/**
 * amends_server_get_signing_key:
 * @ret_key: (out): the server's Ed25519 public key
 */
void
amends_server_get_signing_key (AmendsServer *self, guint8 ret_key[AMENDS_KEY_BYTES])
{
  memcpy (ret_key, self->signing_key, AMENDS_KEY_BYTES);
}

/**
 * amends_server_get_limits:
 * @ret_limits: (out): how much room there is for attachments
 */
void
amends_server_get_limits (AmendsServer *self, AmendsServerLimits *ret_limits)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  *ret_limits = self->limits;
}

/**
 * amends_server_set_limits:
 * @limits: from now on; what is held stays
 */
void
amends_server_set_limits (AmendsServer *self, const AmendsServerLimits *limits)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->limits = *limits;
}

/**
 * amends_server_is_well:
 *
 * Returns: whether the store answers
 */
gboolean
amends_server_is_well (AmendsServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  g_autoptr (GBytes) epoch = NULL;

  return amends_server_work_begin (&work, self->store, AMENDS_SERVER_READ, NULL)
         && self->store->get_setting (self->store, "epoch", &epoch, NULL) && epoch != NULL
         && amends_server_work_commit (&work, NULL);
}

static void
append_metric (GString *text, const char *name, const char *kind, const char *help, guint64 value)
{
  g_string_append_printf (text,
                          "# HELP amends_%s %s\n# TYPE amends_%s %s\namends_%s %" G_GUINT64_FORMAT
                          "\n",
                          name, help, name, kind, name, value);
}

/**
 * amends_server_get_metrics:
 *
 * Returns: (transfer full): counts and sizes as Prometheus reads them; no id of anybody
 */
char *
amends_server_get_metrics (AmendsServer *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  const AmendsServerMetrics *metrics = &self->metrics;
  AmendsServerCounts counts;
  GString *text;

  if (!amends_server_work_begin (&work, self->store, AMENDS_SERVER_READ, error)
      || !self->store->get_counts (self->store, &counts, error)
      || !amends_server_work_commit (&work, error))
    return NULL;
  text = g_string_new (NULL);
  append_metric (text, "exchanges_total", "counter", "Exchanges begun", metrics->n_exchanges);
  append_metric (text, "frames_total", "counter", "Frames committed", metrics->n_frames);
  append_metric (text, "frames_refused_total", "counter", "Frames refused",
                 metrics->n_refused_frames);
  append_metric (text, "events_received_total", "counter", "Events committed", metrics->n_events);
  append_metric (text, "enrolments_total", "counter", "Devices enrolled", metrics->n_enrolments);
  append_metric (text, "cursors_resumed_total", "counter", "Cursors that did not fit",
                 metrics->n_resumes);
  append_metric (text, "cursors_beyond_end_total", "counter",
                 "Cursors of this epoch beyond the end: the store was rolled back",
                 metrics->n_rolled_back);
  append_metric (text, "events", "gauge", "Events held", counts.n_events);
  append_metric (text, "events_quarantined", "gauge", "Events held back", counts.n_quarantined);
  append_metric (text, "chunks_received_total", "counter", "Chunks of attachments kept",
                 metrics->n_chunks);
  append_metric (text, "chunks_full_total", "counter", "Chunks refused for want of room",
                 metrics->n_full);
  append_metric (text, "attachment_bytes", "gauge", "Bytes of attachments held",
                 counts.n_chunk_bytes);
  append_metric (text, "devices", "gauge", "Devices enrolled", counts.n_devices);
  append_metric (text, "devices_revoked", "gauge", "Devices revoked", counts.n_revoked);
  append_metric (text, "store_bytes", "gauge", "Size of the store", counts.n_bytes);
  return g_string_free (text, FALSE);
}
