/* amends-slot.c: who may open a store
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything is sealed under one random store key. The key is wrapped in slots: one for each member of
 * staff (Argon2id of the passphrase, mixed with the device secret) and one sealed to the organisation's
 * recovery key, so that a lost keyring or a forgotten passphrase loses no unsent case. A kiosk, which
 * begins with nobody there, has one that the device secret alone opens: it keeps nothing that it could
 * read of what it was told. */

#include "store/amends-store-private.h"

#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"
#include "core/amends-fold.h"
#include "core/amends-secret.h"
#include "store/amends-attachments.h"
#include "store/amends-log.h"

/* Argon2id: a fifth of a second and 64 MiB on the machine it was tried on; a kiosk has 2 GiB. */
#define SLOT_OPS crypto_pwhash_OPSLIMIT_INTERACTIVE
#define SLOT_MEM crypto_pwhash_MEMLIMIT_INTERACTIVE

static const char sql_add_slot[] = "INSERT INTO slot (kind, name, salt, ops, mem, wrapped, staff)"
                                   " VALUES (:kind, :name, :salt, :ops, :mem, :wrapped, :staff)";
static const char sql_list_slots[] =
    "SELECT slot, name, salt, ops, mem, wrapped, staff FROM slot WHERE kind = 'staff'"
    " ORDER BY slot";
static const char sql_own_slot[] = "SELECT wrapped FROM slot WHERE kind = 'itself'";

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
  g_auto (AmendsSecret) slot_key = { { 0 } };
  g_auto (AmendsSecret) name_key = { { 0 } };
  guint64 ops = self->environment.stretch_ops != 0 ? self->environment.stretch_ops : SLOT_OPS;
  gsize mem = self->environment.stretch_mem != 0 ? self->environment.stretch_mem : SLOT_MEM;
  guint8 salt[16];

  if (stmt == NULL)
    return FALSE;
  amends_environment_random (&self->environment, salt, sizeof salt);
  if (!amends_seal_derive_key (slot_key.bytes, passphrase, salt, ops, mem, self->device_secret,
                               error))
    return FALSE;
  slot_name_key (self, name_key.bytes);
  wrapped =
      amends_seal (&self->environment, slot_key.bytes, "slot", self->key, AMENDS_SEAL_KEY_BYTES);
  sealed_name = amends_seal (&self->environment, name_key.bytes, "slot-name", name, strlen (name));
  sealed_staff = amends_store_seal_text (self, "slot-staff", staff_text);

  amends_db_bind_text (stmt, 1, "staff");
  amends_db_bind_blob (stmt, 2, g_bytes_get_data (sealed_name, NULL),
                       g_bytes_get_size (sealed_name));
  amends_db_bind_blob (stmt, 3, salt, sizeof salt);
  sqlite3_bind_int64 (stmt, 4, (gint64) ops);
  sqlite3_bind_int64 (stmt, 5, (gint64) mem);
  amends_db_bind_blob (stmt, 6, g_bytes_get_data (wrapped, NULL), g_bytes_get_size (wrapped));
  amends_db_bind_blob (stmt, 7, g_bytes_get_data (sealed_staff, NULL),
                       g_bytes_get_size (sealed_staff));
  return amends_db_run (self->db, stmt, error);
}

static void
own_slot_key (AmendsStore *self, guint8 ret_key[AMENDS_SEAL_KEY_BYTES])
{
  crypto_generichash (ret_key, AMENDS_SEAL_KEY_BYTES, (const guint8 *) "slot-itself", 11,
                      self->device_secret, sizeof self->device_secret);
}

/**
 * amends_store_add_own_slot:
 *
 * Wraps the store key under the device secret alone, in the caller's transaction.
 * Returns: %TRUE on success
 */
gboolean
amends_store_add_own_slot (AmendsStore *self, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_add_slot, error);
  g_auto (AmendsSecret) slot_key = { { 0 } };
  g_autoptr (GBytes) wrapped = NULL;

  if (stmt == NULL)
    return FALSE;
  own_slot_key (self, slot_key.bytes);
  wrapped =
      amends_seal (&self->environment, slot_key.bytes, "slot", self->key, AMENDS_SEAL_KEY_BYTES);
  amends_db_bind_text (stmt, 1, "itself");
  amends_db_bind_blob (stmt, 6, g_bytes_get_data (wrapped, NULL), g_bytes_get_size (wrapped));
  return amends_db_run (self->db, stmt, error);
}

/**
 * amends_store_add_recovery_slot:
 * @recovery_key: the organisation's, X25519
 *
 * Seals the store key to it, in the caller's transaction.
 * Errors: %AMENDS_STORE_ERROR_FAILED if it is no key.
 * Returns: %TRUE on success
 */
gboolean
amends_store_add_recovery_slot (AmendsStore *self, const guint8 *recovery_key, GError **error)
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

/* Whether somebody signs in as them, here or elsewhere: what lets them in is recorded by nobody. */
static gboolean
signs_in (const GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      AmendsEvent *event = g_ptr_array_index (events, i);
      const json_t *body = event->body != NULL ? amends_event_get_json (event) : NULL;

      if (amends_body_get_type (body) == AMENDS_EVENT_STAFF_RECORDED
          && json_object_get (body, "by") == NULL)
        return TRUE;
    }
  return FALSE;
}

/* Says in their entry of the register, @stream, that they are let in; with none it begins one. */
static gboolean
record_staff (AmendsStore *self,
              const char *name,
              const AmendsId *stream,
              AmendsId *ret_id,
              GError **error)
{
  g_autofree char *at = amends_store_dup_now (self);
  json_auto_t *body =
      json_pack ("{s:s, s:s, s:s}", "type",
                 amends_event_type_to_string (AMENDS_EVENT_STAFF_RECORDED), "at", at, "name", name);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) held = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (AmendsFold) fold = NULL;
  g_autofree AmendsId *heads = NULL;
  guint n_heads = 0;

  if (stream != NULL)
    {
      held = amends_log_read_stream (self, stream, error);
      if (held == NULL)
        return FALSE;
      fold = amends_fold_new ((AmendsEvent *const *) held->pdata, held->len);
      heads = amends_fold_get_heads (fold, &n_heads);
    }
  g_ptr_array_add (bodies, amends_json_dump (body));
  events = amends_log_append (self, "staff", stream, heads, n_heads, bodies, error);
  if (events == NULL)
    return FALSE;
  *ret_id = ((AmendsEvent *) g_ptr_array_index (events, 0))->stream;
  return TRUE;
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
  return record_staff (self, name, NULL, ret_id, error);
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
  g_auto (AmendsSecret) name_key = { { 0 } };
  g_autoptr (GBytes) name = NULL;

  slot_name_key (self, name_key.bytes);
  name = amends_unseal (name_key.bytes, "slot-name", sqlite3_column_blob (stmt, 1),
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
  int found;

  if (!ensure_device_secret (self, error))
    return NULL;
  stmt = amends_db_prepare (self->db, sql_list_slots, error);
  if (stmt == NULL)
    return NULL;
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      g_autofree char *name = amends_store_open_slot_name (self, stmt);

      if (name != NULL)
        g_strv_builder_add (names, name);
    }
  return found == SQLITE_DONE ? g_strv_builder_end (names) : NULL;
}

static gboolean
set_key (AmendsStore *self, GBytes *key)
{
  if (key == NULL || g_bytes_get_size (key) != AMENDS_SEAL_KEY_BYTES)
    return FALSE;
  g_clear_pointer (&self->key, sodium_free);
  self->key = sodium_malloc (AMENDS_SEAL_KEY_BYTES);
  memcpy (self->key, g_bytes_get_data (key, NULL), AMENDS_SEAL_KEY_BYTES);
  return TRUE;
}

/* Tries the slot under @stmt; on success the store key is set. */
static gboolean
try_slot (AmendsStore *self, sqlite3_stmt *stmt, const char *passphrase, GError **error)
{
  g_auto (AmendsSecret) slot_key = { { 0 } };
  g_autoptr (AmendsSecretBytes) key = NULL;
  g_autofree char *staff = NULL;

  if (sqlite3_column_bytes (stmt, 2) != 16
      || !amends_seal_derive_key (slot_key.bytes, passphrase, sqlite3_column_blob (stmt, 2),
                                  (guint64) sqlite3_column_int64 (stmt, 3),
                                  (gsize) sqlite3_column_int64 (stmt, 4), self->device_secret,
                                  error))
    return FALSE;
  key = amends_unseal (slot_key.bytes, "slot", sqlite3_column_blob (stmt, 5),
                       (gsize) sqlite3_column_bytes (stmt, 5), NULL);
  if (!set_key (self, key))
    return FALSE;
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

/* With the store key in hand. */
static gboolean
load_who (AmendsStore *self, GError **error)
{
  g_clear_pointer (&self->identity, amends_identity_free);
  self->identity = amends_store_load_identity (self, error);
  if (self->identity == NULL)
    {
      g_clear_pointer (&self->key, sodium_free);
      return FALSE;
    }
  /* What cannot be done now is done at the next opening, and keeps nobody from recording. */
  if (!self->read_only && amends_store_note_attachments (self, NULL))
    amends_store_sweep_attachments (self, NULL);
  return TRUE;
}

/**
 * amends_store_opens_itself:
 *
 * Returns: whether this is a kiosk's store, which needs no passphrase
 */
gboolean
amends_store_opens_itself (AmendsStore *self)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_own_slot, NULL);
  gboolean opens = stmt != NULL && amends_db_step (self->db, stmt, NULL) == SQLITE_ROW;

  if (stmt != NULL)
    sqlite3_reset (stmt);
  return opens;
}

/**
 * amends_store_unlock_itself:
 *
 * Opens a kiosk's store with the device secret. Nobody is signed in.
 * Errors: %AMENDS_STORE_ERROR_PASSPHRASE if it needs one, or if the secret is another device's;
 * %AMENDS_STORE_ERROR_FAILED if the keyring is closed.
 * Returns: %TRUE once it is open
 */
gboolean
amends_store_unlock_itself (AmendsStore *self, GError **error)
{
  g_auto (AmendsSecret) slot_key = { { 0 } };
  g_autoptr (AmendsSecretBytes) key = NULL;
  sqlite3_stmt *stmt;

  if (!ensure_device_secret (self, error))
    return FALSE;
  stmt = amends_db_prepare (self->db, sql_own_slot, error);
  if (stmt == NULL)
    return FALSE;
  own_slot_key (self, slot_key.bytes);
  if (amends_db_step (self->db, stmt, error) == SQLITE_ROW)
    key = amends_unseal (slot_key.bytes, "slot", sqlite3_column_blob (stmt, 0),
                         (gsize) sqlite3_column_bytes (stmt, 0), NULL);
  sqlite3_reset (stmt);
  if (!set_key (self, key))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_PASSPHRASE,
                     "This store does not open without a passphrase");
      return FALSE;
    }
  self->actor.number = 0;
  return load_who (self, error);
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
  return try_slots (self, staff_name, passphrase, error) && load_who (self, error);
}

/* Two people of one name are two people: who signs in already is not the one who is added. */
static gboolean
check_free (AmendsStore *self, const AmendsId *staff, GError **error)
{
  g_autoptr (GPtrArray) events = amends_log_read_stream (self, staff, error);

  if (events == NULL)
    return FALSE;
  if (!signs_in (events))
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "name", NULL,
                    "A person of that name is in the register, and signs in already, here or on "
                    "another device. Add to the name what tells the two apart, such as an initial; "
                    "for the same person, where they work");
  return FALSE;
}

/* Who is in the register already and signs in nowhere, to whoever may record roles, is that person; to anybody else a
 * name is only a name: with it they would give somebody the roles of another. Not within a transaction. */
static gboolean
find_recorded (AmendsStore *self, const char *name, AmendsId *ret_id, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (amends_store_find_staff (self, name, ret_id, &problem)
      && amends_store_check_may_set_roles (self, &problem))
    return check_free (self, ret_id, error);
  *ret_id = (AmendsId){ "", 0 };
  if (problem->domain == AMENDS_CORE_ERROR)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * amends_store_add_staff:
 * @name: theirs, as they wish to be called
 * @passphrase: theirs
 * @ret_id: (out) (optional): their stream
 *
 * Whoever is in the register of staff already, as from a spreadsheet, and signs in nowhere, is that person where who
 * adds them may record roles; else they are recorded anew.
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_REFUSED if the name is taken here, or is that of somebody in
 * the register who signs in.
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
  if (!find_recorded (self, name, &staff, error)
      || !amends_transaction_begin (&transaction, self->db, error)
      || !record_staff (self, name, staff.number != 0 ? &staff : NULL, &staff, error)
      || !amends_store_add_staff_slot (self, name, passphrase, &staff, error)
      || !amends_transaction_commit (&transaction, error))
    return FALSE;

  amends_read_touch (self);
  if (ret_id != NULL)
    *ret_id = staff;
  return TRUE;
}
