/* amends-db.h: one SQLite connection, opened the one way we open them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * AmendsStoreError:
 * @AMENDS_STORE_ERROR_FAILED: SQLite or the disk said no; the message says what
 * @AMENDS_STORE_ERROR_HELD: another program has the store open
 * @AMENDS_STORE_ERROR_PASSPHRASE: no slot opens with that passphrase
 * @AMENDS_STORE_ERROR_LOCKED: the store is not unlocked
 * @AMENDS_STORE_ERROR_DAMAGED: what is stored does not fit its seal or its chain
 * @AMENDS_STORE_ERROR_FULL: the disk is full; nothing was saved
 * @AMENDS_STORE_ERROR_NOT_ENROLLED: there is no store there, or enrolment did not finish
 * @AMENDS_STORE_ERROR_NEWER: a newer version of Amends wrote it
 * @AMENDS_STORE_ERROR_READ_ONLY: the store was opened to be read only
 * @AMENDS_STORE_ERROR_EXISTS: there is a store there already
 */
typedef enum
{
  AMENDS_STORE_ERROR_FAILED = 1,
  AMENDS_STORE_ERROR_HELD,
  AMENDS_STORE_ERROR_PASSPHRASE,
  AMENDS_STORE_ERROR_LOCKED,
  AMENDS_STORE_ERROR_DAMAGED,
  AMENDS_STORE_ERROR_FULL,
  AMENDS_STORE_ERROR_NOT_ENROLLED,
  AMENDS_STORE_ERROR_NEWER,
  AMENDS_STORE_ERROR_READ_ONLY,
  AMENDS_STORE_ERROR_EXISTS,
} AmendsStoreError;

#define AMENDS_STORE_ERROR (amends_store_error_quark ())
GQuark amends_store_error_quark (void);
const char *amends_store_error_get_code_name (const GError *error);

typedef struct _AmendsDb AmendsDb;

/**
 * AmendsDbFlags:
 * @AMENDS_DB_CREATE: make the file if it is not there
 * @AMENDS_DB_READ_ONLY: change nothing
 */
typedef enum
{
  AMENDS_DB_NONE = 0,
  AMENDS_DB_CREATE = 1 << 0,
  AMENDS_DB_READ_ONLY = 1 << 1,
} AmendsDbFlags;

AmendsDb *amends_db_open (const char *path, const char *vfs, AmendsDbFlags flags, GError **error);
AmendsDb *amends_db_open_memory (GError **error);
void amends_db_close (AmendsDb *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsDb, amends_db_close)

sqlite3 *amends_db_get_handle (AmendsDb *self);
gboolean amends_db_exec (AmendsDb *self, const char *sql, GError **error);
gboolean amends_db_scrub (AmendsDb *self, GError **error);
gboolean amends_db_migrate (AmendsDb *self, const char *const *steps, int n_steps, GError **error);

/* A cached statement for a constant @sql, reset and with nothing bound; owned by @self. Statements are
 * keyed by the address of @sql. */
sqlite3_stmt *amends_db_prepare (AmendsDb *self, const char *sql, GError **error);
/* Steps: %SQLITE_ROW or %SQLITE_DONE, else sets @error and returns the code. */
int amends_db_step (AmendsDb *self, sqlite3_stmt *stmt, GError **error);
/* Steps a statement that returns no rows, and resets it. */
gboolean amends_db_run (AmendsDb *self, sqlite3_stmt *stmt, GError **error);
void amends_db_set_error (AmendsDb *self, GError **error);

void amends_db_bind_text (sqlite3_stmt *stmt, int column, const char *text);
char *amends_db_dup_text (sqlite3_stmt *stmt, int column);
void amends_db_bind_blob (sqlite3_stmt *stmt, int column, const void *bytes, gsize n_bytes);

/**
 * AmendsTransaction:
 *
 * Rolls back as it leaves scope unless committed.
 */
typedef struct
{
  AmendsDb *db;
  gboolean is_step; /* of another one */
} AmendsTransaction;

#define AMENDS_TRANSACTION_INIT \
  {                             \
    NULL, FALSE                 \
  }

gboolean amends_db_is_in_transaction (AmendsDb *self);
gboolean amends_transaction_begin (AmendsTransaction *self, AmendsDb *db, GError **error);
gboolean amends_transaction_commit (AmendsTransaction *self, GError **error);
void amends_transaction_clear (AmendsTransaction *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AmendsTransaction, amends_transaction_clear)

G_END_DECLS
