/* amends-server-pg.h: what the files of the server's PostgreSQL store share
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libpq-fe.h>

#include "server/amends-server-store.h"
#include "store/amends-db.h"

G_BEGIN_DECLS

typedef struct
{
  AmendsServerStore parent;
  char *address;
  PGconn *connection;
  GHashTable *prepared; /* const char * by address -> char *, the statement's name */
  gint64 next_try_us;   /* monotonic; before that the database is taken to be away */
  gint64 next_row;      /* of a block of numbers for events and statements */
  gint64 end_row;       /* 0: none was taken yet */
  guint n_unread;       /* statements sent whose results were not read */
  gboolean is_open;     /* a transaction is */
  gboolean is_ending;   /* COMMIT was sent: what is lost now may have happened */
} AmendsPg;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGconn, PQfinish)

#define AMENDS_PG_MAX_VALUES 16

/**
 * AmendsPgValues:
 *
 * The values of a statement, in the form in which they travel. Must not move once one was added.
 */
typedef struct
{
  int n;
  Oid types[AMENDS_PG_MAX_VALUES];
  const char *values[AMENDS_PG_MAX_VALUES];
  int lengths[AMENDS_PG_MAX_VALUES];
  int formats[AMENDS_PG_MAX_VALUES];
  guint64 integers[AMENDS_PG_MAX_VALUES]; /* big endian */
  char flags[AMENDS_PG_MAX_VALUES];
} AmendsPgValues;

/* What @text and @bytes point to is not copied. */
void amends_pg_values_add_int (AmendsPgValues *self, gint64 value);
void amends_pg_values_add_no_int (AmendsPgValues *self);
void amends_pg_values_add_flag (AmendsPgValues *self, gboolean value);
void amends_pg_values_add_text (AmendsPgValues *self, const char *text);
void amends_pg_values_add_bytes (AmendsPgValues *self, const void *bytes, gsize n_bytes);

PGconn *amends_pg_connect (const char *address, GError **error);
void amends_pg_set_error (const PGresult *result, GError **error);

/* Values are given as @kinds says: i a gint64, f a gboolean, t a text or NULL, b bytes or NULL and a
 * gsize. The result of the first is (transfer full), %NULL on error; that of the second is not waited
 * for. */
PGresult *
amends_pg_query (AmendsServerStore *store, GError **error, const char *sql, const char *kinds, ...);
gboolean
amends_pg_run (AmendsServerStore *store, GError **error, const char *sql, const char *kinds, ...);
gboolean amends_pg_run_values (AmendsServerStore *store,
                               const char *sql,
                               const AmendsPgValues *values,
                               GError **error);
gboolean amends_pg_take_row (AmendsServerStore *store, gint64 *ret_row, GError **error);

gint64 amends_pg_int (const PGresult *result, int row, int column);
guint64 amends_pg_number (const PGresult *result, int row, int column);
gboolean amends_pg_flag (const PGresult *result, int row, int column);
void
amends_pg_bytes (const PGresult *result, int row, int column, guint8 *ret_bytes, gsize n_bytes);
void amends_pg_text (const PGresult *result, int row, int column, char *ret_text, gsize n_bytes);
const char *amends_pg_get_text (const PGresult *result, int row, int column);
GBytes *amends_pg_get_bytes (const PGresult *result, int row, int column);

void amends_pg_set_records (AmendsServerStore *store);
void amends_pg_set_log (AmendsServerStore *store);
void amends_pg_set_chunks (AmendsServerStore *store);
void amends_pg_set_copy (AmendsServerStore *store);

G_END_DECLS
