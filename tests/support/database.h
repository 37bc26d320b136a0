/* database.h: PostgreSQL databases for tests that run beside a cluster
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The cluster is that of with-postgresql.py. A test program that runs without one keeps its servers in
 * files; run beside one, the same program keeps them in databases. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean test_database_has_cluster (void);
char *test_database_new (void);
char *test_database_copy (const char *address);
void test_database_exec (const char *address, const char *sql);
char *test_database_ask (const char *address, const char *sql);
char *test_database_try (const char *address, const char *sql);

G_END_DECLS
