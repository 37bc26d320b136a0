/* amends-server-store-pg.c: the server's database in PostgreSQL
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One connection a process; whoever calls holds the server's lock. Other processes have connections of
 * their own, and what a work holds it holds against them: the row is locked until the transaction ends.
 * Locks are FOR NO KEY UPDATE, beside which others may still insert what refers to the row.
 *
 * What is put is sent and not waited for: its result is read with the next record that is asked for, or
 * with the commit. A frame of many events so costs as many round trips as one of few.
 *
 * A connection that is lost before COMMIT was sent has changed nothing, and the work is tried again on
 * a new one. One that is lost afterwards may have changed everything: the device is told that the server
 * is busy, asks again, and its receipt says what there is. */

#include "server/amends-server-pg.h"

#include <string.h>

#include "server/amends-server.h"

#define LAYOUT_VERSION 8
#define MAX_UNREAD 4096
#define BLOCK_ROWS 1024 /* as the sequence counts */

/* While the database is away requests are answered at once, and not one after the other. */
#define AWAY_US G_USEC_PER_SEC

/* Types of pg_type.dat. */
#define TYPE_BOOLEAN 16
#define TYPE_BYTES 17
#define TYPE_INTEGER 20
#define TYPE_TEXT 25

/* A work is some ten statements of a few milliseconds. A process that stands still with a feed in its
 * hand is cut off, so that the others do not wait for it. */
static const char session_options[] =
    "-c search_path=amends -c synchronous_commit=on -c statement_timeout=30s -c lock_timeout=5s"
    " -c idle_in_transaction_session_timeout=10s";

static gboolean
busy (GError **error)
{
  g_set_error_literal (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_BUSY,
                       "The server's database does not answer; nothing is lost");
  return FALSE;
}

static gboolean
has_class (const char *state, const char *class)
{
  return strncmp (state, class, strlen (class)) == 0;
}

/* Sets @error to what the database said. @result: (nullable): %NULL if it said nothing */
void
amends_pg_set_error (const PGresult *result, GError **error)
{
  const char *state = PQresultErrorField (result, PG_DIAG_SQLSTATE);
  const char *message = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);

  if (state == NULL || has_class (state, "08") || has_class (state, "57")
      || g_str_equal (state, "55P03") || g_str_equal (state, "53300")
      || g_str_equal (state, "25006"))
    busy (error);
  else if (has_class (state, "40"))
    g_set_error_literal (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_CONFLICT,
                         "Another process was at the same; nothing is lost");
  else if (g_str_equal (state, "53100"))
    g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL,
                         "The database's disk is full; nothing is lost");
  else if (has_class (state, "XX"))
    g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
                 "The database is damaged: %s", message);
  else if (g_str_equal (state, "42P01") || g_str_equal (state, "3D000"))
    g_set_error_literal (
        error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED,
        "That database is not there, or the files schema-NNN.sql were not run in it");
  else
    g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                 "The database refused: %s (%s)", message, state);
}

static const char *
prepare (AmendsPg *self, const char *sql, const AmendsPgValues *values, GError **error);

/* Connecting. */

/* Only over a socket of this machine, or over TLS with a certificate that is checked. */
static gboolean
check_address (const char *address, GError **error)
{
  char *why = NULL;
  PQconninfoOption *options = PQconninfoParse (address, &why);

  PQfreemem (why); /* it may repeat a password */
  if (options == NULL)
    {
      g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                           "The address of the database is not of the form"
                           " postgresql://host/database");
      return FALSE;
    }
  for (const PQconninfoOption *option = options; option->keyword != NULL; option++)
    if (g_str_equal (option->keyword, "sslmode") && option->val != NULL
        && !g_str_equal (option->val, "verify-full"))
      {
        g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                             "The database is reached through a socket of this machine, or with"
                             " sslmode=verify-full");
        PQconninfoFree (options);
        return FALSE;
      }
  PQconninfoFree (options);
  return TRUE;
}

static void
ignore_notice (void *user_data, const char *message)
{
}

/* A new connection to the primary. Errors: %AMENDS_SERVER_ERROR_BUSY if there is none to be had. */
PGconn *
amends_pg_connect (const char *address, GError **error)
{
  /* What stands before the address may be set otherwise there, what stands behind it may not. */
  static const char *const names[] = { "connect_timeout",
                                       "tcp_user_timeout",
                                       "keepalives_idle",
                                       "fallback_application_name",
                                       "target_session_attrs",
                                       "dbname",
                                       "sslmode",
                                       "client_encoding",
                                       "options",
                                       NULL };
  const char *const values[] = { "5",     "15000",       "10",   "amends-server", "read-write",
                                 address, "verify-full", "UTF8", session_options, NULL };
  g_autoptr (PGconn) connection = NULL;

  if (!check_address (address, error))
    return NULL;
  connection = PQconnectdbParams (names, values, TRUE);
  if (PQstatus (connection) != CONNECTION_OK)
    {
      /* Hosts and roles, for whoever runs the server; a device is told less. */
      g_printerr ("database: %s", PQerrorMessage (connection));
      busy (error);
      return NULL;
    }
  PQsetNoticeProcessor (connection, ignore_notice, NULL);
  return g_steal_pointer (&connection);
}

static gboolean
refuse_database (GError **error, const char *why)
{
  g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED, why);
  return FALSE;
}

/* What the server counts on is so, or it does not begin. */
static gboolean
check_database (AmendsPg *self, GError **error)
{
  static const char sql[] =
      "SELECT (SELECT version FROM layout), current_setting ('data_checksums') = 'on',"
      "       count (*) FILTER (WHERE pg_has_role (relowner, 'MEMBER')),"
      "       count (*) FILTER (WHERE has_table_privilege (pg_class.oid, 'DELETE, TRUNCATE'))"
      "  FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
      " WHERE nspname = 'amends' AND relkind = 'r'";
  g_autoptr (PGresult) found = amends_pg_query (&self->parent, error, sql, "");

  if (found == NULL)
    return FALSE;
  if (amends_pg_int (found, 0, 0) > LAYOUT_VERSION)
    {
      g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NEWER,
                           "A newer version of Amends made that database");
      return FALSE;
    }
  if (amends_pg_int (found, 0, 0) < LAYOUT_VERSION)
    return refuse_database (error, "An older version of Amends made that database: run the files"
                                   " schema-NNN.sql in it that came since");
  if (!amends_pg_flag (found, 0, 1))
    return refuse_database (error, "The database has no page checksums: run pg_checksums --enable");
  if (amends_pg_int (found, 0, 2) != 0 || amends_pg_int (found, 0, 3) != 0)
    return refuse_database (error, "That role owns the tables or may delete from them: connect as"
                                   " one that may not, such as amends");
  return TRUE;
}

static const char sql_commit[] = "COMMIT";

static void
disconnect (AmendsPg *self)
{
  g_clear_pointer (&self->connection, PQfinish);
  g_hash_table_remove_all (self->prepared);
  self->n_unread = 0;
  self->is_open = FALSE;
  self->is_ending = FALSE;
}

static gboolean
reconnect (AmendsPg *self, GError **error)
{
  static const AmendsPgValues no_values;

  disconnect (self);
  if (g_get_monotonic_time () < self->next_try_us)
    return busy (error);
  self->connection = amends_pg_connect (self->address, error);
  if (self->connection != NULL && PQenterPipelineMode (self->connection)
      && check_database (self, error) && prepare (self, sql_commit, &no_values, error))
    return TRUE;
  self->next_try_us = g_get_monotonic_time () + AWAY_US;
  disconnect (self);
  return FALSE;
}

/* Whoever calls finds no connection and begins again, or not. */
static gboolean
lose_connection (AmendsPg *self, GError **error)
{
  gboolean happened_not = self->is_open && !self->is_ending;

  disconnect (self);
  if (!happened_not)
    return busy (error);
  g_set_error_literal (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_CONFLICT,
                       "The connection to the database was lost; nothing is lost with it");
  return FALSE;
}

/* Sending. */

static void
add_value (AmendsPgValues *self, Oid type, const void *bytes, gsize n_bytes)
{
  g_assert (self->n < AMENDS_PG_MAX_VALUES && n_bytes <= G_MAXINT);

  self->types[self->n] = type;
  self->values[self->n] = bytes; /* NULL is NULL */
  self->lengths[self->n] = (int) n_bytes;
  self->formats[self->n] = 1;
  self->n++;
}

void
amends_pg_values_add_int (AmendsPgValues *self, gint64 value)
{
  guint64 *place = &self->integers[self->n];

  *place = GUINT64_TO_BE ((guint64) value);
  add_value (self, TYPE_INTEGER, place, sizeof *place);
}

void
amends_pg_values_add_no_int (AmendsPgValues *self)
{
  add_value (self, TYPE_INTEGER, NULL, 0);
}

void
amends_pg_values_add_flag (AmendsPgValues *self, gboolean value)
{
  char *place = &self->flags[self->n];

  *place = value ? 1 : 0;
  add_value (self, TYPE_BOOLEAN, place, sizeof *place);
}

void
amends_pg_values_add_text (AmendsPgValues *self, const char *text)
{
  add_value (self, TYPE_TEXT, text, text != NULL ? strlen (text) : 0);
}

void
amends_pg_values_add_bytes (AmendsPgValues *self, const void *bytes, gsize n_bytes)
{
  add_value (self, TYPE_BYTES, bytes, n_bytes);
}

static void
read_values (AmendsPgValues *self, const char *kinds, va_list *values)
{
  self->n = 0;
  for (int i = 0; kinds[i] != '\0'; i++)
    if (kinds[i] == 'i')
      amends_pg_values_add_int (self, va_arg (*values, gint64));
    else if (kinds[i] == 'f')
      amends_pg_values_add_flag (self, va_arg (*values, gboolean));
    else if (kinds[i] == 't')
      amends_pg_values_add_text (self, va_arg (*values, const char *));
    else
      {
        const void *bytes = va_arg (*values, const void *);

        amends_pg_values_add_bytes (self, bytes, va_arg (*values, gsize));
      }
}

/* A session that the database ended is no use, whatever its socket says. */
static gboolean
ended_session (const PGresult *result)
{
  const char *severity = PQresultErrorField (result, PG_DIAG_SEVERITY_NONLOCALIZED);

  return severity == NULL || g_str_equal (severity, "FATAL") || g_str_equal (severity, "PANIC");
}

/* Reads what all came to that was sent; the first that failed is why. @ret_result: (nullable): of the
 * last */
static gboolean
read_results (AmendsPg *self, PGresult **ret_result, GError **error)
{
  g_autoptr (PGresult) last = NULL;
  g_autoptr (GError) first_error = NULL;
  ExecStatusType status = PGRES_EMPTY_QUERY;
  gboolean is_lost = PQpipelineSync (self->connection) != 1;
  guint n_unread = self->n_unread;

  self->n_unread = 0;
  while (!is_lost && status != PGRES_PIPELINE_SYNC)
    {
      g_autoptr (PGresult) result = PQgetResult (self->connection);

      /* NULL ends the results of one statement. */
      status = result != NULL ? PQresultStatus (result) : PGRES_EMPTY_QUERY;
      is_lost = result == NULL && PQstatus (self->connection) != CONNECTION_OK;
      n_unread -= result != NULL && n_unread > 0 ? 1 : 0;
      if (status == PGRES_FATAL_ERROR && first_error == NULL)
        {
          amends_pg_set_error (result, &first_error);
          is_lost = ended_session (result);
          /* The database says that what came before COMMIT failed. A line that breaks says nothing. */
          if (n_unread > 0 && PQresultErrorField (result, PG_DIAG_SQLSTATE) != NULL)
            self->is_ending = FALSE;
        }
      else if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        {
          g_clear_pointer (&last, PQclear);
          last = g_steal_pointer (&result);
        }
    }
  if (is_lost)
    return lose_connection (self, error);
  if (first_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&first_error));
      return FALSE;
    }
  if (ret_result != NULL)
    *ret_result = g_steal_pointer (&last);
  return TRUE;
}

/* The name of the statement, which is prepared the first time. */
static const char *
prepare (AmendsPg *self, const char *sql, const AmendsPgValues *values, GError **error)
{
  char *name = g_hash_table_lookup (self->prepared, sql);

  if (name != NULL)
    return name;
  name = g_strdup_printf ("s%u", g_hash_table_size (self->prepared));
  if (!PQsendPrepare (self->connection, name, sql, values->n, values->types))
    {
      g_free (name);
      lose_connection (self, error);
      return NULL;
    }
  if (!read_results (self, NULL, error))
    {
      g_free (name);
      return NULL;
    }
  g_hash_table_insert (self->prepared, (gpointer) sql, name);
  return name;
}

static gboolean
send_statement (AmendsPg *self, const char *sql, const AmendsPgValues *values, GError **error)
{
  const char *name;

  /* It was lost earlier in this work. */
  if (self->connection == NULL)
    return busy (error);
  name = prepare (self, sql, values, error);
  if (name == NULL)
    return FALSE;
  self->n_unread++;
  return PQsendQueryPrepared (self->connection, name, values->n, values->values, values->lengths,
                              values->formats, 1)
         || lose_connection (self, error);
}

PGresult *
amends_pg_query (AmendsServerStore *store, GError **error, const char *sql, const char *kinds, ...)
{
  AmendsPg *self = (AmendsPg *) store;
  PGresult *result = NULL;
  AmendsPgValues values;
  va_list list;

  va_start (list, kinds);
  read_values (&values, kinds, &list);
  va_end (list);
  if (!send_statement (self, sql, &values, error) || !read_results (self, &result, error))
    return NULL;
  return result;
}

gboolean
amends_pg_run_values (AmendsServerStore *store,
                      const char *sql,
                      const AmendsPgValues *values,
                      GError **error)
{
  AmendsPg *self = (AmendsPg *) store;

  return send_statement (self, sql, values, error)
         && (self->n_unread < MAX_UNREAD || read_results (self, NULL, error));
}

gboolean
amends_pg_run (AmendsServerStore *store, GError **error, const char *sql, const char *kinds, ...)
{
  AmendsPgValues values;
  va_list list;

  va_start (list, kinds);
  read_values (&values, kinds, &list);
  va_end (list);
  return amends_pg_run_values (store, sql, &values, error);
}

/* A number that no event and no statement has, in any process. */
gboolean
amends_pg_take_row (AmendsServerStore *store, gint64 *ret_row, GError **error)
{
  static const char sql[] = "SELECT nextval ('record')";
  AmendsPg *self = (AmendsPg *) store;

  if (self->next_row == self->end_row)
    {
      g_autoptr (PGresult) block = amends_pg_query (store, error, sql, "");

      if (block == NULL)
        return FALSE;
      self->next_row = amends_pg_int (block, 0, 0);
      self->end_row = self->next_row + BLOCK_ROWS;
    }
  *ret_row = self->next_row++;
  return TRUE;
}

/* Reading. */

gint64
amends_pg_int (const PGresult *result, int row, int column)
{
  gint64 value;

  if (PQgetlength (result, row, column) != sizeof value)
    return 0; /* NULL */
  memcpy (&value, PQgetvalue (result, row, column), sizeof value);
  return GINT64_FROM_BE (value);
}

guint64
amends_pg_number (const PGresult *result, int row, int column)
{
  return (guint64) amends_pg_int (result, row, column);
}

gboolean
amends_pg_flag (const PGresult *result, int row, int column)
{
  return PQgetlength (result, row, column) == 1 && *PQgetvalue (result, row, column) != 0;
}

/* Exactly @n_bytes, or zeroes. */
void
amends_pg_bytes (const PGresult *result, int row, int column, guint8 *ret_bytes, gsize n_bytes)
{
  if ((gsize) PQgetlength (result, row, column) == n_bytes)
    memcpy (ret_bytes, PQgetvalue (result, row, column), n_bytes);
  else
    memset (ret_bytes, 0, n_bytes);
}

void
amends_pg_text (const PGresult *result, int row, int column, char *ret_text, gsize n_bytes)
{
  g_strlcpy (ret_text, PQgetvalue (result, row, column), n_bytes);
}

/* Returns: (transfer none) (nullable): as long as the result is there */
const char *
amends_pg_get_text (const PGresult *result, int row, int column)
{
  return PQgetisnull (result, row, column) ? NULL : PQgetvalue (result, row, column);
}

/* Returns: (transfer full) (nullable) */
GBytes *
amends_pg_get_bytes (const PGresult *result, int row, int column)
{
  if (PQgetisnull (result, row, column))
    return NULL;
  return g_bytes_new (PQgetvalue (result, row, column), (gsize) PQgetlength (result, row, column));
}

/* Works. */

static gboolean
store_begin (AmendsServerStore *store, AmendsServerWorkKind kind, GError **error)
{
  static const char sql_read[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  static const char sql_write[] = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
  AmendsPg *self = (AmendsPg *) store;

  if (self->connection == NULL && !reconnect (self, error))
    return FALSE;
  self->is_open = TRUE;
  return amends_pg_run (store, error, kind == AMENDS_SERVER_READ ? sql_read : sql_write, "");
}

static gboolean
store_commit (AmendsServerStore *store, GError **error)
{
  AmendsPg *self = (AmendsPg *) store;
  g_autoptr (PGresult) result = NULL;
  gboolean committed;

  self->is_ending = TRUE;
  result = amends_pg_query (store, error, sql_commit, "");
  self->is_ending = FALSE;
  if (result == NULL)
    return FALSE;

  /* Where something failed before, COMMIT rolls back and says so. */
  committed = g_str_equal (PQcmdStatus (result), "COMMIT");
  self->is_open = FALSE;
  return committed || busy (error);
}

static void
store_roll_back (AmendsServerStore *store)
{
  static const char sql[] = "ROLLBACK";
  AmendsPg *self = (AmendsPg *) store;
  g_autoptr (GError) error = NULL;
  g_autoptr (PGresult) result = NULL;

  /* What was sent and is not read yet may have failed: that is nothing new. */
  if (self->connection != NULL && self->is_open && !read_results (self, NULL, &error))
    g_clear_error (&error);
  if (self->connection != NULL && self->is_open)
    result = amends_pg_query (store, &error, sql, "");
  if (result == NULL)
    disconnect (self);
  self->is_open = FALSE;
}

static void
store_close (AmendsServerStore *store)
{
  AmendsPg *self = (AmendsPg *) store;

  disconnect (self);
  g_hash_table_unref (self->prepared);
  g_free (self->address);
  g_free (self);
}

static const AmendsServerStore pg_store = {
  .close = store_close,
  .begin = store_begin,
  .commit = store_commit,
  .roll_back = store_roll_back,
};

/**
 * amends_server_store_open_postgresql:
 * @address: postgresql://…
 *
 * The tables are made beforehand, by whoever runs the database: data/server/README.md.
 *
 * Errors: %AMENDS_SERVER_ERROR_BUSY if the database is away; %AMENDS_STORE_ERROR_NOT_ENROLLED if the
 * tables are not there; %AMENDS_STORE_ERROR_NEWER; %AMENDS_STORE_ERROR_FAILED if the connection would
 * not be private, the role could delete, or pages have no checksums.
 * Returns: (transfer full): the store, freed by its own close
 */
AmendsServerStore *
amends_server_store_open_postgresql (const char *address, GError **error)
{
  AmendsPg *self = g_new0 (AmendsPg, 1);

  self->parent = pg_store;
  amends_pg_set_records (&self->parent);
  amends_pg_set_log (&self->parent);
  amends_pg_set_chunks (&self->parent);
  amends_pg_set_copy (&self->parent);
  self->address = g_strdup (address);
  self->prepared = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  if (reconnect (self, error))
    return &self->parent;
  store_close (&self->parent);
  return NULL;
}
