/* database.c: PostgreSQL databases for tests that run beside a cluster
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "support/database.h"

#ifdef AMENDS_HAVE_POSTGRESQL

#  include <libpq-fe.h>
#  include <string.h>
#  include <unistd.h>

static const char *
get_cluster (void)
{
  return g_getenv ("AMENDS_TEST_POSTGRESQL");
}

static char *
make_address (const char *name, const char *user)
{
  g_autofree char *folder = g_uri_escape_string (get_cluster (), NULL, FALSE);

  return g_strdup_printf ("postgresql:///%s?host=%s&user=%s", name, folder, user);
}

/* The name of the database. */
static char *
get_name (const char *address)
{
  const char *name = address + strlen ("postgresql:///");

  return g_strndup (name, strcspn (name, "?"));
}

/* What @sql answers first. @ret_state: what it failed with; "" if it did not */
static char *
run (const char *name, const char *user, const char *sql, char **ret_state)
{
  g_autofree char *address = make_address (name, user);
  PGconn *connection = PQconnectdb (address);
  PGresult *result = PQexec (connection, sql);
  const char *state = PQresultErrorField (result, PG_DIAG_SQLSTATE);
  char *answer = g_strdup (PQntuples (result) > 0 ? PQgetvalue (result, 0, 0) : "");

  g_assert_cmpint (PQstatus (connection), ==, CONNECTION_OK);
  *ret_state = g_strdup (state != NULL ? state : "");
  if (state != NULL)
    g_test_message ("%s", PQerrorMessage (connection));
  PQclear (result);
  PQfinish (connection);
  return answer;
}

static char *
ask (const char *name, const char *sql)
{
  g_autofree char *state = NULL;
  char *answer = run (name, "admin", sql, &state);

  g_assert_cmpstr (state, ==, "");
  return answer;
}

static char *
on_tables (const char *sql)
{
  return g_strconcat ("SET search_path = amends; ", sql, NULL);
}

static char *
make_database (const char *template)
{
  static int n_made; /* atomic */
  g_autofree char *name =
      g_strdup_printf ("t%d_%d", (int) getpid (), g_atomic_int_add (&n_made, 1));
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s TEMPLATE %s", name, template);

  g_free (ask ("postgres", sql));
  return make_address (name, "amends");
}

/**
 * test_database_has_cluster:
 *
 * Returns: whether the test runs beside one
 */
gboolean
test_database_has_cluster (void)
{
  return get_cluster () != NULL;
}

/**
 * test_database_new:
 *
 * Returns: (transfer full) (nullable): the address of a new database with the server's empty tables, for
 * the server's role; %NULL if the test runs beside no cluster
 */
char *
test_database_new (void)
{
  return get_cluster () != NULL ? make_database ("amends_template") : NULL;
}

/**
 * test_database_copy:
 * @address: (nullable): of a database that nothing is connected to
 *
 * Returns: (transfer full) (nullable): the address of another with the same in it
 */
char *
test_database_copy (const char *address)
{
  g_autofree char *name = address != NULL ? get_name (address) : NULL;

  return name != NULL ? make_database (name) : NULL;
}

/**
 * test_database_ask:
 * @sql: one statement, for the tables of the server
 *
 * Does behind the server's back what its own role may not.
 *
 * Returns: (transfer full): the first value of the first row; "" if there is none
 */
char *
test_database_ask (const char *address, const char *sql)
{
  g_autofree char *name = get_name (address);
  g_autofree char *whole = on_tables (sql);

  return ask (name, whole);
}

/**
 * test_database_exec:
 * @sql: as of test_database_ask()
 */
void
test_database_exec (const char *address, const char *sql)
{
  g_free (test_database_ask (address, sql));
}

/**
 * test_database_try:
 * @sql: as of test_database_ask(), but done as the server's own role
 *
 * Returns: (transfer full): the SQLSTATE it failed with; "" if it did not
 */
char *
test_database_try (const char *address, const char *sql)
{
  g_autofree char *name = get_name (address);
  g_autofree char *whole = on_tables (sql);
  char *state;

  g_free (run (name, "amends", whole, &state));
  return state;
}

#else

gboolean
test_database_has_cluster (void)
{
  return FALSE;
}

char *
test_database_new (void)
{
  return NULL;
}

char *
test_database_copy (const char *address)
{
  return NULL;
}

char *
test_database_ask (const char *address, const char *sql)
{
  g_assert_not_reached ();
}

char *
test_database_try (const char *address, const char *sql)
{
  g_assert_not_reached ();
}

void
test_database_exec (const char *address, const char *sql)
{
  g_assert_not_reached ();
}

#endif
