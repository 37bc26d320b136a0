/* amends-recover.c: the organisation's recovery key opens a store that nobody else can
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A forgotten passphrase or a lost keyring loses no unsent case: one slot of every store is sealed to the
 * recovery key, whose secret half an administrator keeps away from every machine. */

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"
#include "store/amends-store-private.h"

static const char sql_recovery[] = "SELECT wrapped FROM slot WHERE kind = 'recovery' LIMIT 1";
static const char sql_staff[] = "SELECT slot, name, staff FROM slot WHERE kind = 'staff'";

static gboolean
open_recovery_slot (AmendsStore *self, const guint8 secret[32], GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_recovery, error);
  guint8 public_key[crypto_box_PUBLICKEYBYTES];
  gboolean is_opened = FALSE;
  int found;

  if (stmt == NULL)
    return FALSE;
  found = amends_db_step (self->db, stmt, error);
  if (found == SQLITE_ROW)
    {
      self->key = sodium_malloc (AMENDS_SEAL_KEY_BYTES);
      is_opened =
          sqlite3_column_bytes (stmt, 0) == AMENDS_SEAL_KEY_BYTES + crypto_box_SEALBYTES
          && crypto_scalarmult_base (public_key, secret) == 0
          && crypto_box_seal_open (self->key, sqlite3_column_blob (stmt, 0),
                                   AMENDS_SEAL_KEY_BYTES + crypto_box_SEALBYTES, public_key, secret)
                 == 0;
      sqlite3_reset (stmt);
    }
  if (is_opened)
    return TRUE;
  g_clear_pointer (&self->key, sodium_free);
  if (found == SQLITE_ROW || found == SQLITE_DONE)
    g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_PASSPHRASE,
                 "That is not the recovery key of this store's organisation");
  return FALSE;
}

/* The device secret as it was; or, where that is lost, a new one, without which the old slots open
 * nothing and go. */
static gboolean
renew_secret (AmendsStore *self, GError **error)
{
  g_autofree char *file = g_build_filename (self->path, AMENDS_DEVICE_SECRET_FILE, NULL);

  self->secret_place =
      amends_device_secret_load (self->path, self->store_id, self->device_secret, NULL);
  if (self->secret_place != NULL)
    return TRUE;
  g_unlink (file);
  self->secret_place = amends_device_secret_create (&self->environment, self->path, self->store_id,
                                                    self->device_secret, error);
  return self->secret_place != NULL;
}

/* Drops the slots that the device secret no longer opens, and the one of that name, whose member of staff
 * is given back: they forgot their passphrase, and are still who they were. */
static gboolean
drop_slots (AmendsStore *self, const char *staff_name, AmendsId *ret_staff, GError **error)
{
  g_autoptr (GArray) dropped = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql_staff, error);
  int found;

  if (stmt == NULL)
    return FALSE;
  while ((found = amends_db_step (self->db, stmt, error)) == SQLITE_ROW)
    {
      g_autofree char *name = amends_store_open_slot_name (self, stmt);
      g_autofree char *staff = NULL;
      gint64 slot = sqlite3_column_int64 (stmt, 0);

      if (name != NULL && strcmp (name, staff_name) != 0)
        continue;
      g_array_append_val (dropped, slot);
      staff = name != NULL
                  ? amends_store_unseal_text (self, "slot-staff", sqlite3_column_blob (stmt, 2),
                                              (gsize) sqlite3_column_bytes (stmt, 2))
                  : NULL;
      if (staff != NULL)
        amends_id_parse_len (staff, strlen (staff), ret_staff);
    }
  if (found != SQLITE_DONE)
    return FALSE;
  for (guint i = 0; i < dropped->len; i++)
    {
      stmt = amends_db_prepare (self->db, "DELETE FROM slot WHERE slot = :slot", error);
      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, g_array_index (dropped, gint64, i));
      if (!amends_db_run (self->db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
replace_slot (AmendsStore *self, const char *staff_name, const char *passphrase, GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  AmendsId staff = { "", 0 };

  if (!amends_transaction_begin (&transaction, self->db, error)
      || !drop_slots (self, staff_name, &staff, error)
      || (staff.number == 0 && !amends_store_record_staff (self, staff_name, &staff, error))
      || !amends_store_add_staff_slot (self, staff_name, passphrase, &staff, error)
      || !amends_transaction_commit (&transaction, error))
    return FALSE;
  self->actor = staff;
  return TRUE;
}

/**
 * amends_store_recover:
 * @self: locked
 * @recovery_secret: the secret half of the organisation's recovery key
 * @staff_name: who signs in from now on
 * @passphrase: theirs, new
 *
 * Errors: %AMENDS_STORE_ERROR_PASSPHRASE if it is another organisation's key; %AMENDS_CORE_ERROR_INVALID
 * for the passphrase; %AMENDS_STORE_ERROR_READ_ONLY; store errors. Then nothing has changed.
 * Returns: %TRUE once the store is open and @passphrase opens it
 */
gboolean
amends_store_recover (AmendsStore *self,
                      const guint8 recovery_secret[32],
                      const char *staff_name,
                      const char *passphrase,
                      GError **error)
{
  g_return_val_if_fail (self->key == NULL, FALSE);

  if (self->read_only)
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_READ_ONLY,
                   "The store was opened to be read only");
      return FALSE;
    }
  if (!amends_store_check_passphrase (passphrase, error)
      || !open_recovery_slot (self, recovery_secret, error))
    return FALSE;
  self->identity = amends_store_load_identity (self, error);
  if (self->identity != NULL && renew_secret (self, error)
      && replace_slot (self, staff_name, passphrase, error))
    return TRUE;

  g_clear_pointer (&self->identity, amends_identity_free);
  g_clear_pointer (&self->key, sodium_free);
  return FALSE;
}
