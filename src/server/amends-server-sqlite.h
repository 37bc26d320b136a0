/* amends-server-sqlite.h: what the files of the server's SQLite store share
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "server/amends-server-store.h"
#include "store/amends-db.h"

G_BEGIN_DECLS

typedef struct
{
  AmendsServerStore parent;
  AmendsDb *db;
  AmendsTransaction transaction;
  GHashTable *requests; /* device -> guint64 *, the last number seen */
} AmendsSqlite;

sqlite3_stmt *amends_sqlite_query (AmendsServerStore *store,
                                   GError **error,
                                   const char *sql,
                                   const char *kinds,
                                   ...);
gboolean amends_sqlite_run (AmendsServerStore *store, sqlite3_stmt *stmt, GError **error);
int amends_sqlite_step (AmendsServerStore *store, sqlite3_stmt *stmt, GError **error);
guint64 amends_sqlite_column_number (sqlite3_stmt *stmt, int column);
void amends_sqlite_column_bytes (sqlite3_stmt *stmt, int column, guint8 *ret_bytes, gsize n_bytes);
void amends_sqlite_column_text (sqlite3_stmt *stmt, int column, char *ret_text, gsize n_bytes);

void amends_sqlite_set_log (AmendsServerStore *store);
void amends_sqlite_set_chunks (AmendsServerStore *store);

G_END_DECLS
