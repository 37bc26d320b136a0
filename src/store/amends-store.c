/* amends-store.c: a device's store: making it, opening it, and who may
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything is sealed under one random store key. The key is wrapped in slots: one for each member of
 * staff (Argon2id of the passphrase, mixed with the device secret) and one sealed to the organisation's
 * recovery key, so that a lost keyring or a forgotten passphrase loses no unsent case. */

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

/* Argon2id: a fifth of a second and 64 MiB on the machine it was tried on; a kiosk has 2 GiB. */
#define SLOT_OPS crypto_pwhash_OPSLIMIT_INTERACTIVE
#define SLOT_MEM crypto_pwhash_MEMLIMIT_INTERACTIVE

#define N_KEPT_VERSIONS 1

static const char sql_add_slot[] = "INSERT INTO slot (kind, name, salt, ops, mem, wrapped, staff)"
                                   " VALUES (:kind, :name, :salt, :ops, :mem, :wrapped, :staff)";
static const char sql_list_slots[] =
    "SELECT slot, name, salt, ops, mem, wrapped, staff FROM slot WHERE kind = 'staff'"
    " ORDER BY slot";
static const char sql_add_feed[] =
    "INSERT INTO feed (name, may_read, may_write, position, hash, safe)"
    " VALUES (:name, :may_read, :may_write, 0, zeroblob(32), 0)";
static const char sql_add_device[] =
    "INSERT OR REPLACE INTO device (code, kind, key, name, revoked)"
    " VALUES (:code, :kind, :key, :name, 0)";

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
  g_autofree char *text = g_base64_encode (key, n_bytes);

  return json_string (text);
}

static gboolean
key_from_json (const json_t *object, const char *name, guint8 *ret_key, gsize n_bytes)
{
  const char *text = json_string_value (json_object_get (object, name));
  gsize n_decoded = 0;
  g_autofree guint8 *bytes = text != NULL ? g_base64_decode (text, &n_decoded) : NULL;

  if (n_decoded != n_bytes)
    return FALSE;
  memcpy (ret_key, bytes, n_bytes);
  return TRUE;
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
  json_auto_t *json =
      json_pack ("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:s, s:s, s:o, s:o, s:s}",
                 "organisation", who->organisation_id, "organisation_name", who->organisation_name,
                 "server", who->server, "authority", who->authority, "server_key",
                 key_to_json (who->server_key, AMENDS_KEY_BYTES), "intake_key",
                 key_to_json (who->intake_key, AMENDS_KEY_BYTES), "recovery_key",
                 key_to_json (who->recovery_key, AMENDS_KEY_BYTES), "code", who->code, "kind",
                 who->kind, "name", who->name, "key", key_to_json (who->key, AMENDS_KEY_BYTES),
                 "secret_key", key_to_json (who->secret_key, sizeof who->secret_key), "epoch",
                 who->epoch);
  g_autoptr (GBytes) bytes = amends_json_dump (json);

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
  g_autoptr (GBytes) bytes = amends_meta_get (self, "identity", error);
  json_auto_t *json = NULL;
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

static AmendsStore *
store_new (const char *path, const AmendsEnvironment *environment)
{
  AmendsStore *self = g_new0 (AmendsStore, 1);

  self->path = g_canonicalize_filename (path, NULL);
  self->environment = *environment;
  self->lock_fd = -1;
  return self;
}

static gboolean
open_log (AmendsStore *self, AmendsDbFlags flags, GError **error)
{
  g_autofree char *file = g_build_filename (self->path, "log.db", NULL);
  g_autoptr (GBytes) kept = amends_store_get_sql ("kept-001.sql");
  const char *steps[N_KEPT_VERSIONS] = { g_bytes_get_data (kept, NULL) };

  self->db = amends_db_open (file, self->environment.vfs, flags, error);
  if (self->db == NULL)
    return FALSE;
  return amends_db_migrate (self->db, steps, N_KEPT_VERSIONS, error);
}

/**
 * amends_store_check_passphrase:
 *
 * Any characters, any composition, long enough.
 * Errors: %AMENDS_CORE_ERROR_INVALID, field passphrase.
 * Returns: whether @passphrase may be used
 */
gboolean
amends_store_check_passphrase (const char *passphrase, GError **error)
{
  if (!g_utf8_validate (passphrase, -1, NULL)
      || g_utf8_strlen (passphrase, -1) < AMENDS_PASSPHRASE_MIN_CHARS
      || strlen (passphrase) > AMENDS_PASSPHRASE_MAX_BYTES)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "passphrase", NULL,
                        "A passphrase has at least %d characters. Three or four words that "
                        "belong only to you are easy to remember.",
                        AMENDS_PASSPHRASE_MIN_CHARS);
      return FALSE;
    }
  return TRUE;
}

static void
slot_name_key (AmendsStore *self, guint8 ret_key[AMENDS_SEAL_KEY_BYTES])
{
  crypto_generichash (ret_key, AMENDS_SEAL_KEY_BYTES, (const guint8 *) "slot-name", 9,
                      self->device_secret, sizeof self->device_secret);
}

/**
 * amends_store_add_staff_slot:
 * @staff: their stream
 *
 * Wraps the store key under a passphrase, in the caller's transaction.
 * Returns: %TRUE on success
 */
gboolean
amends_store_add_staff_slot (AmendsStore *self,
                             const char *name,
                             const char *passphrase,
                             const AmendsId *staff,
                             GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_add_slot, error);
  g_autoptr (GBytes) wrapped = NULL, sealed_name = NULL, sealed_staff = NULL;
  g_autofree char *staff_text = amends_id_format (staff);
  guint8 salt[16], slot_key[AMENDS_SEAL_KEY_BYTES], name_key[AMENDS_SEAL_KEY_BYTES];

  if (stmt == NULL)
    return FALSE;
  amends_environment_random (&self->environment, salt, sizeof salt);
  if (!amends_seal_derive_key (slot_key, passphrase, salt, SLOT_OPS, SLOT_MEM, self->device_secret,
                               error))
    return FALSE;
  slot_name_key (self, name_key);
  wrapped = amends_seal (&self->environment, slot_key, "slot", self->key, AMENDS_SEAL_KEY_BYTES);
  sealed_name = amends_seal (&self->environment, name_key, "slot-name", name, strlen (name));
  sealed_staff = amends_store_seal_text (self, "slot-staff", staff_text);
  sodium_memzero (slot_key, sizeof slot_key);

  amends_db_bind_text (stmt, 1, "staff");
  amends_db_bind_blob (stmt, 2, g_bytes_get_data (sealed_name, NULL),
                       g_bytes_get_size (sealed_name));
  amends_db_bind_blob (stmt, 3, salt, sizeof salt);
  sqlite3_bind_int64 (stmt, 4, (gint64) SLOT_OPS);
  sqlite3_bind_int64 (stmt, 5, (gint64) SLOT_MEM);
  amends_db_bind_blob (stmt, 6, g_bytes_get_data (wrapped, NULL), g_bytes_get_size (wrapped));
  amends_db_bind_blob (stmt, 7, g_bytes_get_data (sealed_staff, NULL),
                       g_bytes_get_size (sealed_staff));
  return amends_db_run (self->db, stmt, error);
}

static gboolean
add_recovery_slot (AmendsStore *self, const guint8 *recovery_key, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_add_slot, error);
  guint8 wrapped[AMENDS_SEAL_KEY_BYTES + crypto_box_SEALBYTES];

  if (stmt == NULL)
    return FALSE;
  if (crypto_box_seal (wrapped, self->key, AMENDS_SEAL_KEY_BYTES, recovery_key) != 0)
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                   "The organisation's recovery key cannot be used");
      return FALSE;
    }
  amends_db_bind_text (stmt, 1, "recovery");
  amends_db_bind_blob (stmt, 6, wrapped, sizeof wrapped);
  return amends_db_run (self->db, stmt, error);
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

static AmendsIdentity *
copy_identity (const AmendsIdentity *from)
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
 * amends_store_record_staff:
 * @ret_id: (out): their stream
 *
 * Writes the event that a member of staff is known by, in the caller's transaction.
 * Returns: %TRUE on success
 */
gboolean
amends_store_record_staff (AmendsStore *self, const char *name, AmendsId *ret_id, GError **error)
{
  g_autofree char *at = amends_store_dup_now (self);
  json_auto_t *body =
      json_pack ("{s:s, s:s, s:s}", "type",
                 amends_event_type_to_string (AMENDS_EVENT_STAFF_RECORDED), "at", at, "name", name);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) events = NULL;

  g_ptr_array_add (bodies, amends_json_dump (body));
  events = amends_log_append (self, "staff", NULL, NULL, 0, bodies, error);
  if (events == NULL)
    return FALSE;
  *ret_id = ((AmendsEvent *) g_ptr_array_index (events, 0))->id;
  return TRUE;
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
      || !add_recovery_slot (self, who->recovery_key, error))
    return FALSE;
  if (!g_str_equal (who->kind, "kiosk")
      && !amends_store_record_staff (self, staff_name, &self->actor, error))
    return FALSE;
  return amends_store_add_staff_slot (self, staff_name, passphrase, &self->actor, error)
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
 * @staff_name: the first member of staff
 * @passphrase: theirs
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

  if (!amends_store_check_passphrase (passphrase, error) || !make_folder (self, error)
      || !take_lock (self, program, error) || !make_log_file (self, error))
    return NULL;

  amends_environment_random (&self->environment, random, sizeof random);
  self->store_id = g_base64_encode (random, sizeof random);
  self->key = sodium_malloc (AMENDS_SEAL_KEY_BYTES);
  amends_environment_random (&self->environment, self->key, AMENDS_SEAL_KEY_BYTES);
  self->identity = copy_identity (identity);
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
        g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED,
                     "Enrolment of this device did not finish");
      return NULL;
    }
  self->store_id = g_strndup (g_bytes_get_data (id, NULL), g_bytes_get_size (id));
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
  g_clear_pointer (&self->identity, amends_identity_free);
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
  g_clear_pointer (&self->read, amends_read_free);
  g_clear_pointer (&self->identity, amends_identity_free);
  g_clear_pointer (&self->key, sodium_free);
  g_clear_pointer (&self->db, amends_db_close);
  sodium_memzero (self->device_secret, sizeof self->device_secret);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_free (self->store_id);
  g_free (self->path);
  g_free (self);
}

/**
 * amends_store_open_slot_name:
 * @stmt: a slot, whose column 1 is the sealed name
 *
 * Returns: (transfer full) (nullable): whose it is; %NULL without the device secret that sealed it
 */
char *
amends_store_open_slot_name (AmendsStore *self, sqlite3_stmt *stmt)
{
  guint8 name_key[AMENDS_SEAL_KEY_BYTES];
  g_autoptr (GBytes) name = NULL;

  slot_name_key (self, name_key);
  name = amends_unseal (name_key, "slot-name", sqlite3_column_blob (stmt, 1),
                        (gsize) sqlite3_column_bytes (stmt, 1), NULL);
  return name != NULL ? g_strndup (g_bytes_get_data (name, NULL), g_bytes_get_size (name)) : NULL;
}

static gboolean
ensure_device_secret (AmendsStore *self, GError **error)
{
  self->secret_place =
      amends_device_secret_load (self->path, self->store_id, self->device_secret, error);
  return self->secret_place != NULL;
}

/**
 * amends_store_list_slots:
 *
 * Returns: (transfer full): the names of those who can open the store
 */
GStrv
amends_store_list_slots (AmendsStore *self, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  sqlite3_stmt *stmt;

  if (!ensure_device_secret (self, error))
    return NULL;
  stmt = amends_db_prepare (self->db, sql_list_slots, error);
  if (stmt == NULL)
    return NULL;
  while (amends_db_step (self->db, stmt, error) == SQLITE_ROW)
    {
      g_autofree char *name = amends_store_open_slot_name (self, stmt);

      if (name != NULL)
        g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

/* Tries the slot under @stmt; on success the store key is set. */
static gboolean
try_slot (AmendsStore *self, sqlite3_stmt *stmt, const char *passphrase, GError **error)
{
  guint8 slot_key[AMENDS_SEAL_KEY_BYTES];
  g_autoptr (GBytes) key = NULL;
  g_autofree char *staff = NULL;

  if (sqlite3_column_bytes (stmt, 2) != 16
      || !amends_seal_derive_key (slot_key, passphrase, sqlite3_column_blob (stmt, 2),
                                  (guint64) sqlite3_column_int64 (stmt, 3),
                                  (gsize) sqlite3_column_int64 (stmt, 4), self->device_secret,
                                  error))
    return FALSE;
  key = amends_unseal (slot_key, "slot", sqlite3_column_blob (stmt, 5),
                       (gsize) sqlite3_column_bytes (stmt, 5), NULL);
  sodium_memzero (slot_key, sizeof slot_key);
  if (key == NULL || g_bytes_get_size (key) != AMENDS_SEAL_KEY_BYTES)
    return FALSE;

  g_clear_pointer (&self->key, sodium_free);
  self->key = sodium_malloc (AMENDS_SEAL_KEY_BYTES);
  memcpy (self->key, g_bytes_get_data (key, NULL), AMENDS_SEAL_KEY_BYTES);
  sodium_memzero ((gpointer) g_bytes_get_data (key, NULL), AMENDS_SEAL_KEY_BYTES);
  staff = amends_store_unseal_text (self, "slot-staff", sqlite3_column_blob (stmt, 6),
                                    (gsize) sqlite3_column_bytes (stmt, 6));
  if (staff == NULL || !amends_id_parse_len (staff, strlen (staff), &self->actor))
    self->actor.number = 0;
  return TRUE;
}

static gboolean
try_slots (AmendsStore *self, const char *staff_name, const char *passphrase, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_list_slots, error);
  g_autoptr (GError) cause = NULL;
  gboolean opened = FALSE;

  if (stmt == NULL)
    return FALSE;
  while (!opened && cause == NULL && amends_db_step (self->db, stmt, &cause) == SQLITE_ROW)
    {
      g_autofree char *name = amends_store_open_slot_name (self, stmt);

      if (staff_name == NULL || g_strcmp0 (name, staff_name) == 0)
        opened = try_slot (self, stmt, passphrase, &cause);
    }
  sqlite3_reset (stmt);
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else if (!opened)
    g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_PASSPHRASE,
                 "That is not the passphrase. Nothing is lost; try again.");
  return opened;
}

/**
 * amends_store_unlock:
 * @staff_name: (nullable): who signs in; needed only where more than one can
 * @passphrase: theirs
 *
 * Needs no network.
 * Errors: %AMENDS_STORE_ERROR_PASSPHRASE, %AMENDS_STORE_ERROR_FAILED if the keyring is closed,
 * %AMENDS_CORE_ERROR_INVALID, field as, if it must be said who.
 * Returns: %TRUE once it is open
 */
gboolean
amends_store_unlock (AmendsStore *self,
                     const char *staff_name,
                     const char *passphrase,
                     GError **error)
{
  g_auto (GStrv) names = amends_store_list_slots (self, error);

  if (names == NULL)
    return FALSE;
  if (staff_name == NULL && g_strv_length (names) > 1)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "as", NULL,
                        "More than one member of staff uses this store: say who you are");
      return FALSE;
    }
  if (staff_name != NULL && !g_strv_contains ((const char *const *) names, staff_name))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, "as", NULL,
                        "Nobody of that name uses this store");
      return FALSE;
    }
  if (!try_slots (self, staff_name, passphrase, error))
    return FALSE;

  g_clear_pointer (&self->identity, amends_identity_free);
  self->identity = amends_store_load_identity (self, error);
  if (self->identity == NULL)
    {
      g_clear_pointer (&self->key, sodium_free);
      return FALSE;
    }
  return TRUE;
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
 * amends_store_add_staff:
 * @name: theirs, as they wish to be called
 * @passphrase: theirs
 * @ret_id: (out) (optional): their stream
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED if the name is taken here.
 * Returns: %TRUE once they can sign in
 */
gboolean
amends_store_add_staff (AmendsStore *self,
                        const char *name,
                        const char *passphrase,
                        AmendsId *ret_id,
                        GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  g_auto (GStrv) names = NULL;
  AmendsId staff;

  if (!amends_store_check_writable (self, error)
      || !amends_store_check_passphrase (passphrase, error))
    return FALSE;
  names = amends_store_list_slots (self, error);
  if (names == NULL)
    return FALSE;
  if (*name == '\0' || g_strv_contains ((const char *const *) names, name))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "name", NULL,
                        *name == '\0' ? "A member of staff needs a name"
                                      : "Somebody of that name uses this store already");
      return FALSE;
    }
  if (!amends_transaction_begin (&transaction, self->db, error)
      || !amends_store_record_staff (self, name, &staff, error)
      || !amends_store_add_staff_slot (self, name, passphrase, &staff, error)
      || !amends_transaction_commit (&transaction, error))
    return FALSE;

  amends_read_touch (self);
  if (ret_id != NULL)
    *ret_id = staff;
  return TRUE;
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
