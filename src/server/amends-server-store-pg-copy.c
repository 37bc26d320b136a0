/* amends-server-store-pg-copy.c: from PostgreSQL into the file of a backup, and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both have the same tables and columns, and understand the same statements. So a backup of one can be
 * restored into the other. */

#include "server/amends-server-pg.h"

#include <string.h>

#include "server/amends-server-sqlite.h"

#define TABLE(kinds, table, columns, places)                      \
  {                                                               \
    kinds, "SELECT " columns " FROM " table,                      \
        "INSERT INTO " table " (" columns ") VALUES (" places ")" \
  }

/* In an order in which none refers to one that comes later. The kinds are those of amends_pg_run().
 * Request numbers stay behind: a store that is filled has not seen any. */
static const struct
{
  const char *kinds;
  const char *select;
  const char *insert;
} tables[] = {
  TABLE ("tb", "setting", "name, value", "$1, $2"),
  TABLE (
      "itttbibifiitiiii",
      "device",
      "device, code, name, kind, key, number, trunk, request, revoked, stream, head, recoded_from,"
      " quarantined, seen_at, safe, confirmed",
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16"),
  TABLE ("itibi", "feed", "feed, name, position, hash, safe", "$1, $2, $3, $4, $5"),
  TABLE ("iiffiiii",
         "access",
         "device, feed, may_read, may_write, taken_at, gone_at, said, lost_at",
         "$1, $2, $3, $4, $5, $6, $7, $8"),
  TABLE ("tt", "scheme", "code, name", "$1, $2"),
  TABLE ("tbttiibt",
         "invite",
         "lookup, key, kind, feeds, expires_at, tries, used_key, manifest",
         "$1, $2, $3, $4, $5, $6, $7, $8"),
  TABLE ("iiiiittbbbffi",
         "event",
         "event, device, number, feed, nth, stream, after, salt, body, digest, quarantined,"
         " elsewhere, box",
         "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13"),
  TABLE ("iiiitib",
         "entry",
         "feed, position, kind, event, id, logged_at, hash",
         "$1, $2, $3, $4, $5, $6, $7"),
  TABLE ("iiiib", "chain", "device, feed, number, nth, hash", "$1, $2, $3, $4, $5"),
  TABLE ("iiib", "statement", "statement, device, number, bytes", "$1, $2, $3, $4"),
  TABLE ("iiii", "leaf", "device, feed, nth, statement", "$1, $2, $3, $4"),
  TABLE ("tii", "moved", "stream, feed, head", "$1, $2, $3"),
  TABLE ("ti", "erased", "code, number", "$1, $2"),
  TABLE ("bii", "lost", "digest, number, device", "$1, $2, $3"),
  TABLE ("it", "epoch", "ordinal, epoch", "$1, $2"),
  TABLE ("iii", "epoch_position", "ordinal, feed, position", "$1, $2, $3"),
  TABLE ("ibitiib",
         "chunk",
         "event, hash, feed, stream, device, n_bytes, bytes",
         "$1, $2, $3, $4, $5, $6, $7"),
  TABLE ("ii", "chunk_use", "device, n_bytes", "$1, $2"),
};

/* Out. */

static gboolean
insert_row (AmendsDb *copy, const char *sql, const char *kinds, const PGresult *row, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (copy, sql, error);

  if (stmt == NULL)
    return FALSE;
  for (int i = 0; kinds[i] != '\0'; i++)
    if (PQgetisnull (row, 0, i))
      sqlite3_bind_null (stmt, i + 1);
    else if (kinds[i] == 'i')
      sqlite3_bind_int64 (stmt, i + 1, amends_pg_int (row, 0, i));
    else if (kinds[i] == 'f')
      sqlite3_bind_int64 (stmt, i + 1, amends_pg_flag (row, 0, i));
    else if (kinds[i] == 't')
      amends_db_bind_text (stmt, i + 1, PQgetvalue (row, 0, i));
    else
      amends_db_bind_blob (stmt, i + 1, PQgetvalue (row, 0, i), (gsize) PQgetlength (row, 0, i));
  return amends_db_run (copy, stmt, error);
}

/* Row by row, so that no table is in memory. After an error the connection is only to be closed. */
static gboolean
copy_table (PGconn *connection, guint table, AmendsDb *copy, GError **error)
{
  gboolean goes_on =
      PQsendQueryParams (connection, tables[table].select, 0, NULL, NULL, NULL, NULL, 1)
      && PQsetSingleRowMode (connection);
  gboolean copied = goes_on;

  if (!goes_on)
    amends_pg_set_error (NULL, error); /* it is away */
  while (goes_on)
    {
      g_autoptr (PGresult) row = PQgetResult (connection);

      goes_on = row != NULL;
      if (PQresultStatus (row) == PGRES_SINGLE_TUPLE)
        copied = insert_row (copy, tables[table].insert, tables[table].kinds, row, error);
      else if (goes_on && PQresultStatus (row) != PGRES_TUPLES_OK)
        {
          amends_pg_set_error (row, error);
          copied = FALSE;
        }
      goes_on = goes_on && copied;
    }
  return copied;
}

static gboolean
run_alone (PGconn *connection, const char *sql, GError **error)
{
  g_autoptr (PGresult) result = PQexecParams (connection, sql, 0, NULL, NULL, NULL, NULL, 1);

  if (PQresultStatus (result) == PGRES_COMMAND_OK)
    return TRUE;
  amends_pg_set_error (result, error);
  return FALSE;
}

/* On a connection of its own and as of one instant, so that nobody waits for it. */
static gboolean
copy_tables (const char *address, AmendsDb *copy, GError **error)
{
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  g_autoptr (PGconn) connection = amends_pg_connect (address, error);

  if (connection == NULL
      || !run_alone (connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", error)
      || !run_alone (connection, "SET LOCAL statement_timeout = 0", error)
      || !amends_transaction_begin (&transaction, copy, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (!copy_table (connection, i, copy, error))
      return FALSE;
  return amends_transaction_commit (&transaction, error);
}

static gboolean
store_back_up (AmendsServerStore *store,
               const char *path,
               void (*step) (gboolean work, gpointer user_data),
               gpointer user_data,
               GError **error)
{
  AmendsServerStore *copy = amends_server_store_open_sqlite (path, NULL, TRUE, error);
  gboolean copied;

  if (copy == NULL)
    return FALSE;
  copied = copy_tables (((AmendsPg *) store)->address, ((AmendsSqlite *) copy)->db, error);
  copy->close (copy);
  return copied;
}

/* In. */

static void
read_row (AmendsPgValues *values, const char *kinds, sqlite3_stmt *stmt)
{
  values->n = 0;
  for (int i = 0; kinds[i] != '\0'; i++)
    {
      gboolean is_null = sqlite3_column_type (stmt, i) == SQLITE_NULL;

      if (kinds[i] == 'i' && !is_null)
        amends_pg_values_add_int (values, sqlite3_column_int64 (stmt, i));
      else if (kinds[i] == 'f')
        amends_pg_values_add_flag (values, sqlite3_column_int (stmt, i) != 0);
      else if (kinds[i] == 't')
        amends_pg_values_add_text (values, (const char *) sqlite3_column_text (stmt, i));
      else if (kinds[i] == 'b')
        amends_pg_values_add_bytes (values, sqlite3_column_blob (stmt, i),
                                    (gsize) sqlite3_column_bytes (stmt, i));
      else
        amends_pg_values_add_no_int (values);
    }
}

static gboolean
fill_table (AmendsServerStore *store, guint table, AmendsDb *backup, GError **error)
{
  sqlite3_stmt *stmt = amends_db_prepare (backup, tables[table].select, error);
  AmendsPgValues values;
  int code;

  if (stmt == NULL)
    return FALSE;
  while ((code = amends_db_step (backup, stmt, error)) == SQLITE_ROW)
    {
      read_row (&values, tables[table].kinds, stmt);
      if (!amends_pg_run_values (store, tables[table].insert, &values, error))
        {
          sqlite3_reset (stmt);
          return FALSE;
        }
    }
  return code == SQLITE_DONE;
}

/* What is made next has a number that none of these has. */
static gboolean
count_on (AmendsServerStore *store, GError **error)
{
  static const char sql[] =
      "SELECT setval ('device_device_seq', (SELECT max (device) FROM device)),"
      "       setval ('feed_feed_seq', (SELECT max (feed) FROM feed)),"
      "       setval ('epoch_ordinal_seq', (SELECT max (ordinal) FROM epoch)),"
      "       setval ('record', 1 + greatest ((SELECT max (event) FROM event),"
      "                                       (SELECT max (statement) FROM statement)), false)";
  g_autoptr (PGresult) set = amends_pg_query (store, error, sql, "");

  return set != NULL;
}

static gboolean
store_fill (AmendsServerStore *store, const char *path, GError **error)
{
  AmendsServerStore *backup = amends_server_store_open_sqlite (path, NULL, FALSE, error);
  gboolean filled = backup != NULL;

  for (guint i = 0; filled && i < G_N_ELEMENTS (tables); i++)
    filled = fill_table (store, i, ((AmendsSqlite *) backup)->db, error);
  if (backup != NULL)
    backup->close (backup);
  return filled && count_on (store, error);
}

/* Sets the functions of @store that this file has. */
void
amends_pg_set_copy (AmendsServerStore *store)
{
  store->back_up = store_back_up;
  store->fill = store_fill;
}
