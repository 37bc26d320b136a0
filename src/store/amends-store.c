/* amends-store.c: a device's store: making it, opening it, closing it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/amends-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/amends-error.h"
#include "store/amends-log.h"
#include "store/amends-resources.h"
#include "store/amends-scrub.h"

#define N_KEPT_VERSIONS 8

static const char sql_add_feed[] =
    "INSERT INTO feed (name, may_read, may_write, position, hash, safe)"
    " VALUES (:name, :may_read, :may_write, 0, zeroblob(32), 0)";
static const char sql_add_device[] =
    "INSERT OR REPLACE INTO device (code, kind, key, name, revoked)"
    " VALUES (:code, :kind, :key, :name, 0)";

/**
 * amends_store_get_sql:
 * @name: of a file under sql/
 *
 * Returns: (transfer full): its text, ending in a zero byte
 */
GBytes *
amends_store_get_sql (const char *name)
{
  g_autofree char *path = g_strdup_printf ("/org/amends/Amends/store/sql/%s", name);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (amends_store_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (bytes != NULL);
  return g_bytes_new_take (g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)),
                           g_bytes_get_size (bytes) + 1);
}

/* Takes the lock, or says who has it. The file names the program and its process, nobody else. */
static gboolean
take_lock (AmendsStore *self, const char *program, GError **error)
{
  g_autofree char *path = g_build_filename (self->path, "lock", NULL);
  g_autofree char *text = g_strdup_printf ("%s (process %d)", program, (int) getpid ());
  char owner[128] = "";

  self->lock_fd = open (path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (self->lock_fd < 0)
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                   "The store could not be opened: %s", g_strerror (errno));
      return FALSE;
    }
  fchmod (self->lock_fd, 0600);
  if (flock (self->lock_fd, LOCK_EX | LOCK_NB) != 0)
    {
      gssize n_read = pread (self->lock_fd, owner, sizeof owner - 1, 0);

      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_HELD,
                   "The store is open in %s. Close it there first.",
                   n_read > 0 && g_utf8_validate (owner, n_read, NULL) ? owner : "another program");
      return FALSE;
    }
  if (ftruncate (self->lock_fd, 0) != 0 || pwrite (self->lock_fd, text, strlen (text), 0) < 0)
    g_debug ("The lock could not be labelled: %s", g_strerror (errno));
  return TRUE;
}

/**
 * amends_store_dup_holder:
 * @path: the folder of a store that is held
 *
 * Returns: (transfer full) (nullable): by what, as "amendsctl (process 4711)"; %NULL if it did not say
 */
char *
amends_store_dup_holder (const char *path)
{
  g_autofree char *lock = g_build_filename (path, "lock", NULL);
  char *text = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_file_get_contents (lock, &text, NULL, NULL) && *text != '\0'
      && g_utf8_validate (text, -1, NULL))
    return text;
  g_free (text);
  return NULL;
}

static AmendsStore *
store_new (const char *path, const AmendsEnvironment *environment)
{
  AmendsStore *self = g_new0 (AmendsStore, 1);

  self->path = g_canonicalize_filename (path, NULL);
  self->environment = *environment;
  amends_blobs_init (&self->blobs, self->path, environment->vfs);
  self->writing = g_hash_table_new (g_str_hash, g_str_equal);
  self->lock_fd = -1;
  return self;
}

/**
 * amends_store_migrate:
 * @db: of any version, or new
 *
 * Errors: %AMENDS_STORE_ERROR_NEWER if a newer program wrote it.
 * Returns: whether its tables are those of this program now
 */
gboolean
amends_store_migrate (AmendsDb *db, GError **error)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const char *steps[N_KEPT_VERSIONS];

  for (guint i = 0; i < N_KEPT_VERSIONS; i++)
    {
      g_autofree char *name = g_strdup_printf ("kept-%03u.sql", i + 1);

      g_ptr_array_add (kept, amends_store_get_sql (name));
      steps[i] = g_bytes_get_data (g_ptr_array_index (kept, i), NULL);
    }
  return amends_db_migrate (db, steps, N_KEPT_VERSIONS, error);
}

static gboolean
open_log (AmendsStore *self, AmendsDbFlags flags, GError **error)
{
  g_autofree char *file = g_build_filename (self->path, "log.db", NULL);

  self->db = amends_db_open (file, self->environment.vfs, flags, error);
  return self->db != NULL && amends_store_migrate (self->db, error);
}

static gboolean
add_feeds (AmendsStore *self, const AmendsFeed *feeds, guint n_feeds, GError **error)
{
  for (guint i = 0; i < n_feeds; i++)
    {
      sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_add_feed, error);

      if (stmt == NULL)
        return FALSE;
      amends_db_bind_text (stmt, 1, feeds[i].feed);
      sqlite3_bind_int (stmt, 2, feeds[i].may_read);
      sqlite3_bind_int (stmt, 3, feeds[i].may_write);
      if (!amends_db_run (self->db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_device (AmendsStore *self,
            const char *code,
            const char *kind,
            const char *name,
            const guint8 *key,
            GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_add_device, error);
  g_autoptr (GBytes) sealed = NULL;

  if (stmt == NULL)
    return FALSE;
  sealed = amends_store_seal_text (self, "device-name", name);
  amends_db_bind_text (stmt, 1, code);
  amends_db_bind_text (stmt, 2, kind);
  amends_db_bind_blob (stmt, 3, key, AMENDS_KEY_BYTES);
  amends_db_bind_blob (stmt, 4, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  return amends_db_run (self->db, stmt, error);
}

static gboolean
add_first_slot (AmendsStore *self, const char *staff_name, const char *passphrase, GError **error)
{
  if (passphrase == NULL)
    return amends_store_add_own_slot (self, error);
  if (!g_str_equal (self->identity->kind, "kiosk")
      && !amends_store_record_staff (self, staff_name, &self->actor, error))
    return FALSE;
  return amends_store_add_staff_slot (self, staff_name, passphrase, &self->actor, error);
}

static gboolean
fill_new_store (AmendsStore *self,
                const AmendsFeed *feeds,
                guint n_feeds,
                const char *staff_name,
                const char *passphrase,
                GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  const AmendsIdentity *who = self->identity;
  AmendsDigest trunk;

  amends_chain_begin (&trunk, who->organisation_id, who->key, "");
  if (!amends_transaction_begin (&transaction, self->db, error)
      || !amends_meta_set_plain (self, "store-id", self->store_id, strlen (self->store_id), error)
      || !amends_store_save_identity (self, error)
      || !amends_meta_set_plain (self, "trunk", trunk.bytes, sizeof trunk.bytes, error)
      || !amends_meta_set_plain (self, "acknowledged-trunk", trunk.bytes, sizeof trunk.bytes, error)
      || !add_feeds (self, feeds, n_feeds, error)
      || !add_device (self, "0", "server", who->organisation_name, who->server_key, error)
      || !add_device (self, who->code, who->kind, who->name, who->key, error)
      || !amends_store_add_recovery_slot (self, who->recovery_key, error))
    return FALSE;
  return add_first_slot (self, staff_name, passphrase, error)
         && amends_transaction_commit (&transaction, error);
}

static gboolean
make_folder (AmendsStore *self, GError **error)
{
  g_autofree char *blobs = g_build_filename (self->path, "blobs", NULL);

  if (g_mkdir_with_parents (blobs, 0700) == 0 && g_chmod (self->path, 0700) == 0)
    return TRUE;
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
               "The store's folder could not be made: %s", g_strerror (errno));
  return FALSE;
}

/* What a creation leaves that does not finish; the folder and its lock may stay. */
static void
remove_unfinished (AmendsStore *self)
{
  static const char *const names[] = { "log.db", "log.db-wal", "log.db-journal",
                                       AMENDS_DEVICE_SECRET_FILE };

  g_clear_pointer (&self->db, amends_db_close);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->path, names[i], NULL);

      g_unlink (path);
    }
}

/* Whether a creation was cut off here before anything could be kept. */
static gboolean
is_unfinished (AmendsStore *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) id = NULL;

  if (!open_log (self, AMENDS_DB_NONE, &error))
    return FALSE;
  id = amends_meta_get_plain (self, "store-id", &error);
  return id == NULL && error == NULL;
}

/* The file is made here and not by SQLite, so that it and its write-ahead log, which takes its mode,
 * are never open to others. */
static gboolean
make_log_file (AmendsStore *self, GError **error)
{
  g_autofree char *file = g_build_filename (self->path, "log.db", NULL);
  int fd;

  if (g_file_test (file, G_FILE_TEST_EXISTS))
    {
      if (!is_unfinished (self))
        {
          g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_EXISTS,
                       "There is a store there already");
          return FALSE;
        }
      remove_unfinished (self);
    }
  fd = open (file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                   "The store could not be made: %s", g_strerror (errno));
      return FALSE;
    }
  close (fd);
  return TRUE;
}

/**
 * amends_store_create:
 * @path: a folder that does not exist or is empty
 * @environment: clock, random numbers, files
 * @program: who opens it, for a second program to be told
 * @identity: what enrolment gave
 * @feeds: (array length=n_feeds): what was granted
 * @n_feeds: how many
 * @staff_name: (nullable): the first member of staff
 * @passphrase: (nullable): theirs; %NULL for a kiosk, which opens itself
 *
 * Errors: %AMENDS_STORE_ERROR_EXISTS, %AMENDS_STORE_ERROR_FULL, %AMENDS_STORE_ERROR_FAILED,
 * %AMENDS_CORE_ERROR_INVALID for the passphrase; then nothing is left behind.
 * Returns: (transfer full): the store, unlocked
 */
AmendsStore *
amends_store_create (const char *path,
                     const AmendsEnvironment *environment,
                     const char *program,
                     const AmendsIdentity *identity,
                     const AmendsFeed *feeds,
                     guint n_feeds,
                     const char *staff_name,
                     const char *passphrase,
                     GError **error)
{
  g_autoptr (AmendsStore) self = store_new (path, environment);
  guint8 random[16];

  g_return_val_if_fail (passphrase != NULL || g_str_equal (identity->kind, "kiosk"), NULL);

  if ((passphrase != NULL && !amends_store_check_passphrase (passphrase, error))
      || !make_folder (self, error) || !take_lock (self, program, error)
      || !make_log_file (self, error))
    return NULL;

  amends_environment_random (&self->environment, random, sizeof random);
  self->store_id = g_base64_encode (random, sizeof random);
  self->key = sodium_malloc (AMENDS_SEAL_KEY_BYTES);
  amends_environment_random (&self->environment, self->key, AMENDS_SEAL_KEY_BYTES);
  self->identity = amends_identity_copy (identity);
  if (open_log (self, AMENDS_DB_NONE, error))
    self->secret_place = amends_device_secret_create (&self->environment, self->path,
                                                      self->store_id, self->device_secret, error);
  if (self->secret_place == NULL
      || !fill_new_store (self, feeds, n_feeds, staff_name, passphrase, error))
    {
      remove_unfinished (self);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * amends_store_open:
 * @path: its folder
 * @environment: clock, random numbers, files
 * @program: who opens it, for a second program to be told
 * @read_only: whether to change nothing, as of a damaged store
 *
 * Errors: %AMENDS_STORE_ERROR_NOT_ENROLLED if there is none, %AMENDS_STORE_ERROR_HELD with who has it,
 * %AMENDS_STORE_ERROR_DAMAGED, %AMENDS_STORE_ERROR_NEWER, %AMENDS_STORE_ERROR_FAILED.
 * Returns: (transfer full): the store, locked
 */
AmendsStore *
amends_store_open (const char *path,
                   const AmendsEnvironment *environment,
                   const char *program,
                   gboolean read_only,
                   GError **error)
{
  g_autoptr (AmendsStore) self = store_new (path, environment);
  g_autofree char *file = g_build_filename (self->path, "log.db", NULL);
  g_autoptr (GBytes) id = NULL;

  if (!g_file_test (file, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED,
                   "This device is not enrolled yet: there is no store here");
      return NULL;
    }
  self->read_only = read_only;
  if (!take_lock (self, program, error)
      || !open_log (self, read_only ? AMENDS_DB_READ_ONLY : AMENDS_DB_NONE, error))
    return NULL;

  id = amends_meta_get_plain (self, "store-id", error);
  if (id == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (
            error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED,
            "Enrolment of this device did not finish, and nothing is recorded here: enrol it "
            "again with a new code");
      return NULL;
    }
  self->store_id = g_strndup (g_bytes_get_data (id, NULL), g_bytes_get_size (id));
  /* What cannot be finished now stays due, and keeps nobody from recording. */
  if (!read_only)
    amends_scrub_finish (self, NULL);
  return g_steal_pointer (&self);
}

/**
 * amends_store_lock:
 *
 * Wipes the key and all that was read with it.
 */
void
amends_store_lock (AmendsStore *self)
{
  if (self->key == NULL)
    return;
  if (!self->read_only)
    amends_read_save (self);
  g_clear_pointer (&self->read, amends_read_free);
  g_clear_pointer (&self->org, amends_org_free);
  g_clear_pointer (&self->identity, amends_identity_free);
  g_clear_pointer (&self->sync_state, json_decref);
  g_clear_pointer (&self->key, sodium_free);
  sodium_memzero (self->device_secret, sizeof self->device_secret);
  self->actor.number = 0;
}

/**
 * amends_store_close:
 * @self: (nullable) (transfer full): a store
 */
void
amends_store_close (AmendsStore *self)
{
  if (self == NULL)
    return;
  if (self->db != NULL)
    amends_store_lock (self);
  g_clear_pointer (&self->holds, g_array_unref);
  g_clear_pointer (&self->read, amends_read_free);
  g_clear_pointer (&self->identity, amends_identity_free);
  g_clear_pointer (&self->key, sodium_free);
  g_clear_pointer (&self->db, amends_db_close);
  sodium_memzero (self->device_secret, sizeof self->device_secret);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  amends_blobs_clear (&self->blobs);
  g_hash_table_unref (self->writing);
  g_free (self->store_id);
  g_free (self->path);
  g_free (self);
}

/**
 * amends_store_is_locked:
 *
 * Returns: whether nobody is signed in
 */
gboolean
amends_store_is_locked (const AmendsStore *self)
{
  return self->key == NULL;
}

/**
 * amends_store_is_read_only:
 *
 * Returns: whether it was opened to be read only
 */
gboolean
amends_store_is_read_only (const AmendsStore *self)
{
  return self->read_only;
}

/**
 * amends_store_check_unlocked:
 *
 * Errors: %AMENDS_STORE_ERROR_LOCKED.
 * Returns: whether somebody is signed in
 */
gboolean
amends_store_check_unlocked (AmendsStore *self, GError **error)
{
  if (self->key != NULL)
    return TRUE;
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_LOCKED, "The store is locked");
  return FALSE;
}

/**
 * amends_store_check_writable:
 *
 * Errors: %AMENDS_STORE_ERROR_LOCKED, %AMENDS_STORE_ERROR_READ_ONLY.
 * Returns: whether acts can be recorded
 */
gboolean
amends_store_check_writable (AmendsStore *self, GError **error)
{
  if (!amends_store_check_unlocked (self, error))
    return FALSE;
  if (!self->read_only)
    return TRUE;
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_READ_ONLY,
               "The store was opened to be read only");
  return FALSE;
}

/**
 * amends_store_get_identity:
 *
 * Returns: (transfer none) (nullable): who this device is; %NULL while locked
 */
const AmendsIdentity *
amends_store_get_identity (AmendsStore *self)
{
  return self->identity;
}

/**
 * amends_store_set_server:
 * @server: "https://host:port"
 *
 * From now on the device speaks with that address; what it trusts stays.
 *
 * Errors: of the store.
 * Returns: %TRUE on success
 */
gboolean
amends_store_set_server (AmendsStore *self, const char *server, GError **error)
{
  g_autofree char *before = NULL;

  g_return_val_if_fail (self->identity != NULL && server != NULL, FALSE);

  before = g_steal_pointer (&self->identity->server);
  self->identity->server = g_strdup (server);
  if (amends_store_save_identity (self, error))
    return TRUE;
  g_free (self->identity->server);
  self->identity->server = g_steal_pointer (&before);
  return FALSE;
}

/**
 * amends_store_get_actor:
 * @ret_staff: (out): the stream of who is signed in; number 0 if nobody
 */
void
amends_store_get_actor (AmendsStore *self, AmendsId *ret_staff)
{
  *ret_staff = self->actor;
}

/**
 * amends_store_get_secret_place:
 *
 * Returns: (transfer none) (nullable): "keyring" or "file"; %NULL before it was asked for
 */
const char *
amends_store_get_secret_place (AmendsStore *self)
{
  return self->secret_place;
}

/**
 * amends_store_get_path:
 *
 * Returns: (transfer none): its folder, absolute
 */
const char *
amends_store_get_path (AmendsStore *self)
{
  return self->path;
}

/**
 * amends_store_get_environment:
 *
 * Returns: (transfer none): the clock and random numbers it was opened with
 */
const AmendsEnvironment *
amends_store_get_environment (AmendsStore *self)
{
  return &self->environment;
}

/**
 * amends_store_get_db:
 *
 * Returns: (transfer none): the log, for a transaction of the caller
 */
AmendsDb *
amends_store_get_db (AmendsStore *self)
{
  return self->db;
}

/**
 * amends_store_seal_text:
 *
 * Returns: (transfer full): @text under the store key
 */
GBytes *
amends_store_seal_text (AmendsStore *self, const char *purpose, const char *text)
{
  return amends_seal (&self->environment, self->key, purpose, text, strlen (text));
}

/**
 * amends_store_unseal_text:
 *
 * Returns: (transfer full) (nullable): the text, %NULL if the seal does not fit
 */
char *
amends_store_unseal_text (AmendsStore *self,
                          const char *purpose,
                          const void *sealed,
                          gsize n_sealed)
{
  g_autoptr (GBytes) text = amends_unseal (self->key, purpose, sealed, n_sealed, NULL);

  return text != NULL ? g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text)) : NULL;
}

/**
 * amends_store_backup:
 * @file: where to; must not exist
 *
 * A copy of the log as it stands, sealed as it is.
 * Returns: %TRUE on success
 */
gboolean
amends_store_backup (AmendsStore *self, const char *file, GError **error)
{
  sqlite3_stmt *stmt;
  int fd;

  if (g_file_test (file, G_FILE_TEST_EXISTS))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "file", NULL,
                        "There is a file of that name already");
      return FALSE;
    }
  fd = open (file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                   "The backup could not be written: %s", g_strerror (errno));
      return FALSE;
    }
  close (fd);
  stmt = amends_db_prepare (self->db, "VACUUM INTO :file", error);
  if (stmt != NULL)
    {
      amends_db_bind_text (stmt, 1, file);
      if (amends_db_run (self->db, stmt, error))
        return TRUE;
    }
  g_unlink (file);
  return FALSE;
}
