/* amends-db.c: one SQLite connection, opened the one way we open them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One exclusive connection a file: SQLite up to 3.51.2 can damage a WAL that two connections share,
 * and one owner is simpler. Temporary storage goes to memory before anything else, since SQLite
 * spills sorts to disk otherwise, and what is sealed must not be spilt.
 *
 * A sync that failed leaves what it should have saved in the system's memory. There it is read by whoever opens the
 * file next, and no later sync saves it. A program that goes on after one writes over it; one that starts finds it at
 * the end of the write-ahead log, would write behind it, and all of that would go with the power. So what is found in
 * the log is written there again before anything else is, and until then nothing is taken from it into the file. */

#include "store/amends-db.h"

#include <string.h>

#define PIECE_BYTES 65536 /* of a write-ahead log, at a time */

static const char sql_begin[] = "BEGIN IMMEDIATE";
static const char sql_commit[] = "COMMIT";
static const char sql_begin_step[] = "SAVEPOINT step";
static const char sql_commit_step[] = "RELEASE step";

struct _AmendsDb
{
  sqlite3 *handle;
  GHashTable *statements; /* const char * by address -> sqlite3_stmt * */
  gboolean is_doubtful;   /* what its write-ahead log holds may go with the power */
};

G_DEFINE_QUARK (amends - store - error - quark, amends_store_error)

/**
 * amends_store_error_get_code_name:
 * @error: an error of the domain %AMENDS_STORE_ERROR
 *
 * Returns: (transfer none): the word that scripts read
 */
const char *
amends_store_error_get_code_name (const GError *error)
{
  static const char *const names[] = {
    [AMENDS_STORE_ERROR_FAILED] = "store-failed",
    [AMENDS_STORE_ERROR_HELD] = "store-held",
    [AMENDS_STORE_ERROR_PASSPHRASE] = "passphrase",
    [AMENDS_STORE_ERROR_LOCKED] = "store-locked",
    [AMENDS_STORE_ERROR_DAMAGED] = "store-damaged",
    [AMENDS_STORE_ERROR_FULL] = "disk-full",
    [AMENDS_STORE_ERROR_NOT_ENROLLED] = "not-enrolled",
    [AMENDS_STORE_ERROR_NEWER] = "store-newer",
    [AMENDS_STORE_ERROR_READ_ONLY] = "read-only",
    [AMENDS_STORE_ERROR_EXISTS] = "store-exists",
  };

  g_return_val_if_fail (error != NULL && error->domain == AMENDS_STORE_ERROR, "store-failed");

  if (error->code < 1 || error->code >= (int) G_N_ELEMENTS (names))
    return "store-failed";
  return names[error->code];
}

/* @code is an extended one of SQLite's. */
static void
set_error (int code, const char *message, GError **error)
{
  switch (code & 0xff)
    {
    case SQLITE_FULL:
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL,
                   "The disk is full. Nothing is lost; make room and try again.");
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_HELD,
                   "Another program has the store open");
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error (
          error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
          "The store is damaged, so that nothing more is written to it. What was sent is safe "
          "at the server; for the rest put a backup in its place (%s)",
          message);
      break;
    case SQLITE_READONLY:
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_READ_ONLY,
                   "The store can be read but not changed: %s", message);
      break;
    default:
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                   "The store could not be used: %s (%d)", message, code);
      break;
    }
}

/**
 * amends_db_set_error:
 * @error: (nullable): set to what @self last failed with
 */
void
amends_db_set_error (AmendsDb *self, GError **error)
{
  set_error (sqlite3_extended_errcode (self->handle), sqlite3_errmsg (self->handle), error);
}

static AmendsDb *
db_new (const char *path, const char *vfs, int flags, GError **error)
{
  g_autoptr (AmendsDb) self = g_new0 (AmendsDb, 1);

  self->statements = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) sqlite3_finalize);
  if (sqlite3_open_v2 (path, &self->handle, flags | SQLITE_OPEN_FULLMUTEX, vfs) != SQLITE_OK)
    {
      amends_db_set_error (self, error);
      return NULL;
    }
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  if (!amends_db_exec (self, "PRAGMA temp_store = MEMORY", error))
    return NULL;
  return g_steal_pointer (&self);
}

/* The file is open for writing all the same: SQLite reads a write-ahead log without shared memory only
 * where it can lock the file for itself. */
static gboolean
refuse_changes (AmendsDb *self, GError **error)
{
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  return amends_db_exec (self, "PRAGMA query_only = ON", error);
}

static int
get_version (AmendsDb *self, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self, "PRAGMA user_version", error);
  int version;

  if (stmt == NULL || amends_db_step (self, stmt, error) != SQLITE_ROW)
    return -1;
  version = sqlite3_column_int (stmt, 0);
  sqlite3_reset (stmt);
  return version;
}

/* Whether all that the write-ahead log holds is on the disk: written again where it stands, and synced. It is open from
 * the first read on. */
static gboolean
save_wal_again (AmendsDb *self, GError **error)
{
  g_autofree guint8 *bytes = g_malloc (PIECE_BYTES);
  sqlite3_file *wal = NULL;
  sqlite3_int64 size = 0;
  int code = sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal);

  if (code == SQLITE_OK && wal->pMethods != NULL)
    code = wal->pMethods->xFileSize (wal, &size);
  for (sqlite3_int64 at = 0; code == SQLITE_OK && at < size; at += PIECE_BYTES)
    {
      int n = (int) MIN (size - at, PIECE_BYTES);

      code = wal->pMethods->xRead (wal, bytes, n, at);
      if (code == SQLITE_OK)
        code = wal->pMethods->xWrite (wal, bytes, n, at);
    }
  if (code == SQLITE_OK && size > 0)
    code = wal->pMethods->xSync (wal, SQLITE_SYNC_FULL);
  if (code != SQLITE_OK)
    set_error (code, sqlite3_errstr (code), error);
  return code == SQLITE_OK;
}

/* Changes may be made from now on. */
static gboolean
end_doubt (AmendsDb *self, GError **error)
{
  if (!save_wal_again (self, error)
      || sqlite3_exec (self->handle, "PRAGMA query_only = OFF", NULL, NULL, NULL) != SQLITE_OK)
    return FALSE;
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  self->is_doubtful = FALSE;
  return TRUE;
}

/* Whether a change was refused only because it is not certain what it follows: then that is tried again. */
static gboolean
is_refused_in_doubt (const AmendsDb *self, int code)
{
  return self->is_doubtful && (code & 0xff) == SQLITE_READONLY;
}

/**
 * amends_db_open:
 * @path: the file
 * @vfs: (nullable): the VFS, %NULL for the system's
 * @flags: how
 *
 * Opens and takes the file: WAL, durable commits, pages overwritten when freed. Where the disk does not take again what
 * a program that was killed left in the WAL, all can be read, and each change tries that first.
 * Errors: %AMENDS_STORE_ERROR_HELD, %AMENDS_STORE_ERROR_DAMAGED, %AMENDS_STORE_ERROR_FULL,
 * %AMENDS_STORE_ERROR_FAILED.
 * Returns: (transfer full): the connection
 */
AmendsDb *
amends_db_open (const char *path, const char *vfs, AmendsDbFlags flags, GError **error)
{
  static const char *const settings[] = {
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA cell_size_check = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -12000",
  };
  g_autoptr (AmendsDb) self = NULL;
  int mode = SQLITE_OPEN_READWRITE;

  if (flags & AMENDS_DB_CREATE)
    mode |= SQLITE_OPEN_CREATE;

  self = db_new (path, vfs, mode, error);
  if (self == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (!amends_db_exec (self, settings[i], error))
      return NULL;
  if (flags & AMENDS_DB_READ_ONLY)
    return refuse_changes (self, error) ? g_steal_pointer (&self) : NULL;
  self->is_doubtful = TRUE;
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  if (!amends_db_exec (self, "PRAGMA journal_mode = WAL", error)
      || !amends_db_exec (self, "PRAGMA synchronous = FULL", error)
      || get_version (self, error) < 0)
    return NULL;
  if (!end_doubt (self, NULL) && !refuse_changes (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * amends_db_open_memory:
 *
 * Returns: (transfer full): a database that never touches the disk
 */
AmendsDb *
amends_db_open_memory (GError **error)
{
  return db_new (":memory:", NULL, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
}

/**
 * amends_db_close:
 * @self: (nullable) (transfer full): a connection
 */
void
amends_db_close (AmendsDb *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->statements, g_hash_table_unref);
  sqlite3_close_v2 (self->handle);
  g_free (self);
}

/**
 * amends_db_get_handle:
 *
 * Returns: (transfer none): the connection itself
 */
sqlite3 *
amends_db_get_handle (AmendsDb *self)
{
  return self->handle;
}

/**
 * amends_db_exec:
 * @sql: statements with no values in them
 *
 * Returns: %TRUE on success
 */
gboolean
amends_db_exec (AmendsDb *self, const char *sql, GError **error)
{
  int code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  if (is_refused_in_doubt (self, code))
    {
      if (!end_doubt (self, error))
        return FALSE;
      code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
    }
  if (code != SQLITE_OK)
    amends_db_set_error (self, error);
  return code == SQLITE_OK;
}

/**
 * amends_db_prepare:
 * @sql: a constant; statements are kept by its address
 *
 * Returns: (transfer none) (nullable): the statement, reset, nothing bound
 */
sqlite3_stmt *
amends_db_prepare (AmendsDb *self, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = g_hash_table_lookup (self->statements, sql);

  if (stmt != NULL)
    {
      sqlite3_reset (stmt);
      sqlite3_clear_bindings (stmt);
      return stmt;
    }
  if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL)
      != SQLITE_OK)
    {
      amends_db_set_error (self, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer) sql, stmt);
  return stmt;
}

/**
 * amends_db_step:
 *
 * Returns: %SQLITE_ROW, %SQLITE_DONE, or another code with @error set and @stmt reset
 */
int
amends_db_step (AmendsDb *self, sqlite3_stmt *stmt, GError **error)
{
  int code = sqlite3_step (stmt);

  if (is_refused_in_doubt (self, code))
    {
      sqlite3_reset (stmt);
      if (!end_doubt (self, error))
        return code;
      code = sqlite3_step (stmt);
    }
  if (code == SQLITE_ROW)
    return code;
  if (code != SQLITE_DONE)
    amends_db_set_error (self, error);
  sqlite3_reset (stmt);
  return code;
}

/**
 * amends_db_run:
 * @stmt: a statement that returns no rows
 *
 * Returns: %TRUE on success
 */
gboolean
amends_db_run (AmendsDb *self, sqlite3_stmt *stmt, GError **error)
{
  return amends_db_step (self, stmt, error) == SQLITE_DONE;
}

/**
 * amends_db_bind_text:
 * @column: from 1
 * @text: (nullable): valid until @stmt is reset
 */
void
amends_db_bind_text (sqlite3_stmt *stmt, int column, const char *text)
{
  sqlite3_bind_text (stmt, column, text, -1, SQLITE_STATIC);
}

/**
 * amends_db_dup_text:
 * @column: from 0
 *
 * Returns: (transfer full) (nullable): its text; %NULL if it is NULL
 */
char *
amends_db_dup_text (sqlite3_stmt *stmt, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (stmt, column));
}

/**
 * amends_db_bind_blob:
 * @column: from 1
 * @bytes: (nullable): valid until @stmt is reset
 * @n_bytes: how many
 */
void
amends_db_bind_blob (sqlite3_stmt *stmt, int column, const void *bytes, gsize n_bytes)
{
  sqlite3_bind_blob64 (stmt, column, bytes, n_bytes, SQLITE_STATIC);
}

/* Whether all of the write-ahead log is in the database, and it is empty. */
static gboolean
cut_wal (AmendsDb *self, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (self, "PRAGMA wal_checkpoint (TRUNCATE)", error);
  gboolean is_busy;

  if (stmt == NULL || amends_db_step (self, stmt, error) != SQLITE_ROW)
    return FALSE;
  is_busy = sqlite3_column_int (stmt, 0) != 0;
  sqlite3_reset (stmt);
  if (is_busy)
    g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_HELD,
                 "The write-ahead log is in use and could not be cut");
  return !is_busy;
}

/**
 * amends_db_scrub:
 *
 * Writes the file anew from its rows and cuts its write-ahead log to nothing, so that no byte of what was
 * deleted or overwritten is in either. In no transaction; time and room in proportion to the file.
 * Errors: %AMENDS_STORE_ERROR_FULL, %AMENDS_STORE_ERROR_FAILED; then all rows are as they were.
 * Returns: %TRUE on success
 */
gboolean
amends_db_scrub (AmendsDb *self, GError **error)
{
  GHashTableIter iter;
  gpointer stmt;

  g_hash_table_iter_init (&iter, self->statements);
  while (g_hash_table_iter_next (&iter, NULL, &stmt))
    sqlite3_reset (stmt);
  return amends_db_exec (self, "VACUUM", error) && cut_wal (self, error);
}

/**
 * amends_db_migrate:
 * @steps: (array length=n_steps): SQL that leads from each version to the next
 * @n_steps: the version of this program
 *
 * Takes kept tables forward, each step in a transaction of its own.
 * Errors: %AMENDS_STORE_ERROR_NEWER if a newer program wrote the file.
 * Returns: %TRUE on success
 */
gboolean
amends_db_migrate (AmendsDb *self, const char *const *steps, int n_steps, GError **error)
{
  int version = get_version (self, error);

  if (version < 0)
    return FALSE;
  if (version > n_steps)
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NEWER,
                   "A newer version of Amends wrote this store (%d, this program knows %d)",
                   version, n_steps);
      return FALSE;
    }
  for (; version < n_steps; version++)
    {
      g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
      g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %d", version + 1);

      if (!amends_transaction_begin (&transaction, self, error)
          || !amends_db_exec (self, steps[version], error) || !amends_db_exec (self, mark, error)
          || !amends_transaction_commit (&transaction, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * amends_db_is_in_transaction:
 *
 * Returns: whether what is written now is durable only with what was begun before
 */
gboolean
amends_db_is_in_transaction (AmendsDb *self)
{
  return !sqlite3_get_autocommit (self->handle);
}

/**
 * amends_transaction_begin:
 *
 * Within another transaction it is a step of that one: undone alone, and durable with it.
 * Returns: %TRUE on success
 */
gboolean
amends_transaction_begin (AmendsTransaction *self, AmendsDb *db, GError **error)
{
  sqlite3_stmt *stmt;

  g_return_val_if_fail (self->db == NULL, FALSE);

  self->is_step = amends_db_is_in_transaction (db);
  stmt = amends_db_prepare (db, self->is_step ? sql_begin_step : sql_begin, error);
  if (stmt == NULL || !amends_db_run (db, stmt, error))
    return FALSE;
  self->db = db;
  return TRUE;
}

/**
 * amends_transaction_commit:
 *
 * Returns: %TRUE once everything since the beginning is durable, or of a step is part of its transaction
 */
gboolean
amends_transaction_commit (AmendsTransaction *self, GError **error)
{
  sqlite3_stmt *stmt;

  g_return_val_if_fail (self->db != NULL, FALSE);

  stmt = amends_db_prepare (self->db, self->is_step ? sql_commit_step : sql_commit, error);
  if (stmt == NULL || !amends_db_run (self->db, stmt, error))
    return FALSE;
  self->db = NULL;
  return TRUE;
}

/**
 * amends_transaction_clear:
 *
 * Rolls back what was not committed; called as a transaction leaves scope.
 */
void
amends_transaction_clear (AmendsTransaction *self)
{
  if (self->db != NULL && !sqlite3_get_autocommit (self->db->handle))
    sqlite3_exec (self->db->handle, self->is_step ? "ROLLBACK TO step; RELEASE step" : "ROLLBACK",
                  NULL, NULL, NULL);
  self->db = NULL;
}
