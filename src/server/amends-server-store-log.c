/* amends-server-store-log.c: chains, events, entries and statements in the SQLite file
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "server/amends-server-sqlite.h"

/* Chains. */

static gboolean
store_get_chain (AmendsServerStore *store,
                 gint64 device,
                 gint64 feed,
                 AmendsServerChain *ret_chain,
                 GError **error)
{
  static const char sql[] = "SELECT number, nth, hash FROM chain WHERE device = ?1 AND feed = ?2";
  sqlite3_stmt *stmt = amends_sqlite_query (store, error, sql, "ii", device, feed);
  int code = amends_sqlite_step (store, stmt, error);

  memset (ret_chain, 0, sizeof *ret_chain);
  if (code == SQLITE_ROW)
    {
      ret_chain->number = amends_sqlite_column_number (stmt, 0);
      ret_chain->nth = amends_sqlite_column_number (stmt, 1);
      amends_sqlite_column_bytes (stmt, 2, ret_chain->hash.bytes, sizeof ret_chain->hash.bytes);
      sqlite3_reset (stmt);
    }
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
store_put_chain (AmendsServerStore *store,
                 gint64 device,
                 gint64 feed,
                 const AmendsServerChain *chain,
                 GError **error)
{
  static const char sql[] =
      "INSERT INTO chain (device, feed, number, nth, hash) VALUES (?1, ?2, ?3, ?4, ?5)"
      " ON CONFLICT (device, feed) DO UPDATE SET number = excluded.number, nth = excluded.nth,"
      " hash = excluded.hash";

  return amends_sqlite_run (store,
                            amends_sqlite_query (store, error, sql, "iiiib", device, feed,
                                                 (gint64) chain->number, (gint64) chain->nth,
                                                 chain->hash.bytes, sizeof chain->hash.bytes),
                            error);
}

/* Events. */

#define RECORD_COLUMNS                                                            \
  "event.event, event.device, event.number, event.feed, event.nth, event.digest," \
  " event.quarantined, event.elsewhere, event.box"
#define N_RECORD_COLUMNS 9
#define EVENT_COLUMNS "device.code, feed.name, event.stream, event.after, event.salt, event.body"
#define EVENT_TABLES "event JOIN device USING (device) JOIN feed ON feed.feed = event.feed"

static void
read_record (sqlite3_stmt *stmt, AmendsServerEvent *ret_record)
{
  ret_record->row = sqlite3_column_int64 (stmt, 0);
  ret_record->device = sqlite3_column_int64 (stmt, 1);
  ret_record->number = amends_sqlite_column_number (stmt, 2);
  ret_record->feed = sqlite3_column_int64 (stmt, 3);
  ret_record->nth = amends_sqlite_column_number (stmt, 4);
  amends_sqlite_column_bytes (stmt, 5, ret_record->digest, sizeof ret_record->digest);
  ret_record->is_quarantined = sqlite3_column_int (stmt, 6) != 0;
  ret_record->is_late = sqlite3_column_int (stmt, 7) != 0;
  ret_record->form = (AmendsServerForm) sqlite3_column_int (stmt, 8);
}

static GBytes *
read_bytes (sqlite3_stmt *stmt, int column)
{
  const void *bytes = sqlite3_column_blob (stmt, column);

  if (sqlite3_column_type (stmt, column) == SQLITE_NULL)
    return NULL;
  return g_bytes_new (bytes, (gsize) sqlite3_column_bytes (stmt, column));
}

/* The event of a row whose columns from @column on are EVENT_COLUMNS. */
static AmendsEvent *
read_event (sqlite3_stmt *stmt, const AmendsServerEvent *record, int column, GError **error)
{
  g_autoptr (GBytes) salt = read_bytes (stmt, column + 4);
  g_autoptr (GBytes) body = read_bytes (stmt, column + 5);

  return amends_server_store_make_event (record, (const char *) sqlite3_column_text (stmt, column),
                                         (const char *) sqlite3_column_text (stmt, column + 1),
                                         (const char *) sqlite3_column_text (stmt, column + 2),
                                         (const char *) sqlite3_column_text (stmt, column + 3),
                                         salt, body, error);
}

static gboolean
store_add_event (AmendsServerStore *store,
                 AmendsServerEvent *record,
                 const AmendsEvent *event,
                 GError **error)
{
  static const char sql[] =
      "INSERT INTO event (device, number, feed, nth, stream, after, salt, body, digest,"
      " quarantined, elsewhere, box)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
  g_autofree char *after = amends_after_format (event->after, event->n_after);
  char stream[AMENDS_ID_BUFFER];
  const void *salt, *body;
  gsize n_salt, n_body;

  amends_id_format_to (&event->stream, stream);
  amends_server_store_split_event (event, &salt, &n_salt, &body, &n_body);
  if (!amends_sqlite_run (store,
                          amends_sqlite_query (store, error, sql, "iiiittbbbiii", record->device,
                                               (gint64) record->number, record->feed,
                                               (gint64) record->nth, stream, after, salt, n_salt,
                                               body, n_body, event->digest, sizeof event->digest,
                                               (gint64) record->is_quarantined,
                                               (gint64) record->is_late, (gint64) record->form),
                          error))
    return FALSE;
  record->row = sqlite3_last_insert_rowid (amends_db_get_handle (((AmendsSqlite *) store)->db));
  return TRUE;
}

static gboolean
store_fill_event (AmendsServerStore *store,
                  const AmendsServerEvent *record,
                  const AmendsEvent *event,
                  GError **error)
{
  static const char sql[] = "UPDATE event SET stream = ?2, after = ?3, salt = ?4, body = ?5,"
                            " quarantined = ?6, elsewhere = ?7, box = ?8"
                            " WHERE event = ?1 AND feed = ?9 AND nth = ?10 AND box = 3";
  g_autofree char *after = amends_after_format (event->after, event->n_after);
  char stream[AMENDS_ID_BUFFER];
  const void *salt, *body;
  gsize n_salt, n_body;

  amends_id_format_to (&event->stream, stream);
  amends_server_store_split_event (event, &salt, &n_salt, &body, &n_body);
  return amends_sqlite_run (store,
                            amends_sqlite_query (store, error, sql, "ittbbiiiii", record->row,
                                                 stream, after, salt, n_salt, body, n_body,
                                                 (gint64) record->is_quarantined,
                                                 (gint64) record->is_late, (gint64) record->form,
                                                 record->feed, (gint64) record->nth),
                            error)
         && (sqlite3_changes (amends_db_get_handle (((AmendsSqlite *) store)->db)) == 1
             || amends_server_store_set_damaged (error));
}

/* @stmt gives RECORD_COLUMNS and, if @whole, EVENT_COLUMNS. */
static gboolean
each_event (AmendsServerStore *store,
            sqlite3_stmt *stmt,
            gboolean whole,
            AmendsServerEventFunc function,
            gpointer user_data,
            GError **error)
{
  int code;

  while ((code = amends_sqlite_step (store, stmt, error)) == SQLITE_ROW)
    {
      AmendsServerEvent record;
      g_autoptr (AmendsEvent) event = NULL;

      read_record (stmt, &record);
      if (whole)
        event = read_event (stmt, &record, N_RECORD_COLUMNS, error);
      if (whole && event == NULL)
        {
          sqlite3_reset (stmt);
          return FALSE;
        }
      if (!function (&record, event, user_data))
        {
          sqlite3_reset (stmt);
          return TRUE;
        }
    }
  return code == SQLITE_DONE;
}

static gboolean
store_each_event (AmendsServerStore *store,
                  gint64 device,
                  guint64 first_number,
                  guint64 last_number,
                  gboolean whole,
                  AmendsServerEventFunc function,
                  gpointer user_data,
                  GError **error)
{
  static const char sql_whole[] = "SELECT " RECORD_COLUMNS ", " EVENT_COLUMNS " FROM " EVENT_TABLES
                                  " WHERE event.device = ?1 AND event.number BETWEEN ?2 AND ?3"
                                  " ORDER BY event.number";
  static const char sql[] = "SELECT " RECORD_COLUMNS " FROM event"
                            " WHERE device = ?1 AND number BETWEEN ?2 AND ?3 ORDER BY number";

  return each_event (store,
                     amends_sqlite_query (store, error, whole ? sql_whole : sql, "iii", device,
                                          (gint64) first_number, (gint64) last_number),
                     whole, function, user_data, error);
}

static gboolean
store_each_unplaced (AmendsServerStore *store,
                     gint64 device,
                     gint64 feed,
                     guint64 nth,
                     gboolean whole,
                     AmendsServerEventFunc function,
                     gpointer user_data,
                     GError **error)
{
  /* Index event_unplaced (device, feed, nth) filters and sorts. */
  static const char sql_whole[] =
      "SELECT " RECORD_COLUMNS ", " EVENT_COLUMNS " FROM " EVENT_TABLES
      " WHERE event.device = ?1 AND event.feed = ?2 AND event.nth < ?3"
      " AND event.quarantined + event.elsewhere > 0 ORDER BY event.nth DESC";
  static const char sql[] = "SELECT " RECORD_COLUMNS " FROM event"
                            " WHERE device = ?1 AND feed = ?2 AND nth < ?3"
                            " AND quarantined + elsewhere > 0 ORDER BY nth DESC";

  return each_event (store,
                     amends_sqlite_query (store, error, whole ? sql_whole : sql, "iii", device,
                                          feed, (gint64) nth),
                     whole, function, user_data, error);
}

static gboolean
store_each_held_back (AmendsServerStore *store,
                      AmendsServerEventFunc function,
                      gpointer user_data,
                      GError **error)
{
  /* Index event_unplaced (device, feed, nth) filters and sorts. */
  static const char sql[] =
      "SELECT " RECORD_COLUMNS ", " EVENT_COLUMNS " FROM " EVENT_TABLES
      " WHERE event.quarantined + event.elsewhere > 0 AND event.quarantined = 1"
      " ORDER BY event.device, event.feed, event.nth";

  return each_event (store, amends_sqlite_query (store, error, sql, ""), TRUE, function, user_data,
                     error);
}

static gboolean
store_release_event (AmendsServerStore *store, gint64 row, gboolean is_late, GError **error)
{
  static const char sql[] = "UPDATE event SET quarantined = 0, elsewhere = ?2 WHERE event = ?1";

  return amends_sqlite_run (store,
                            amends_sqlite_query (store, error, sql, "ii", row, (gint64) is_late),
                            error);
}

/* What was erased. */

static gboolean
store_erase_event (AmendsServerStore *store,
                   const AmendsId *id,
                   gint64 row,
                   const AmendsEvent *rest,
                   GError **error)
{
  static const char sql_keep[] = "INSERT OR IGNORE INTO erased (code, number) VALUES (?1, ?2)";
  static const char sql[] = "UPDATE event SET salt = ?2, body = NULL WHERE event = ?1";
  const guint8 *hash = rest != NULL && rest->has_body_hash ? rest->body_hash : NULL;

  return amends_sqlite_run (store,
                            amends_sqlite_query (store, error, sql_keep, "ti", id->code,
                                                 (gint64) id->number),
                            error)
         && amends_sqlite_run (store,
                               amends_sqlite_query (store, error, sql, "ib", row, hash,
                                                    (gsize) AMENDS_DIGEST_BYTES),
                               error);
}

static gboolean
store_each_erased (AmendsServerStore *store,
                   const char *code,
                   guint64 first,
                   guint64 last,
                   AmendsServerErasedFunc function,
                   gpointer user_data,
                   GError **error)
{
  static const char sql[] = "SELECT number FROM erased WHERE code = ?1 AND number BETWEEN ?2 AND ?3"
                            " ORDER BY number";
  sqlite3_stmt *stmt =
      amends_sqlite_query (store, error, sql, "tii", code, (gint64) first, (gint64) last);
  int found;

  while ((found = amends_sqlite_step (store, stmt, error)) == SQLITE_ROW)
    if (!function (code, amends_sqlite_column_number (stmt, 0), user_data))
      {
        sqlite3_reset (stmt);
        return TRUE;
      }
  return found == SQLITE_DONE;
}

/* What came back of a log that was lost. */

static gboolean
has_row (AmendsServerStore *store, sqlite3_stmt *stmt, gboolean *ret_has, GError **error)
{
  int found = amends_sqlite_step (store, stmt, error);

  *ret_has = found == SQLITE_ROW;
  if (*ret_has)
    sqlite3_reset (stmt);
  return found == SQLITE_ROW || found == SQLITE_DONE;
}

static gboolean
store_has_lost (AmendsServerStore *store,
                const guint8 digest[AMENDS_DIGEST_BYTES],
                gboolean *ret_has,
                GError **error)
{
  static const char sql[] = "SELECT 1 FROM lost WHERE digest = ?1";

  return has_row (store,
                  amends_sqlite_query (store, error, sql, "b", digest, (gsize) AMENDS_DIGEST_BYTES),
                  ret_has, error);
}

static gboolean
store_has_lost_stream (AmendsServerStore *store,
                       guint64 number,
                       gint64 device,
                       gboolean *ret_has,
                       GError **error)
{
  /* Index lost_stream (number, device) filters. */
  static const char sql[] = "SELECT 1 FROM lost WHERE number = ?1 AND device = ?2";

  return has_row (store, amends_sqlite_query (store, error, sql, "ii", (gint64) number, device),
                  ret_has, error);
}

static gboolean
store_add_lost (AmendsServerStore *store,
                const guint8 digest[AMENDS_DIGEST_BYTES],
                guint64 number,
                gint64 device,
                GError **error)
{
  static const char sql[] = "INSERT INTO lost (digest, number, device) VALUES (?1, ?2, ?3)";

  return amends_sqlite_run (store,
                            amends_sqlite_query (store, error, sql, "bii", digest,
                                                 (gsize) AMENDS_DIGEST_BYTES, (gint64) number,
                                                 device),
                            error);
}

static gboolean
store_scrub (AmendsServerStore *store, GError **error)
{
  return amends_db_scrub (((AmendsSqlite *) store)->db, error);
}

/* Entries. */

static gboolean
store_add_entry (AmendsServerStore *store,
                 gint64 feed,
                 const AmendsServerEntry *entry,
                 GError **error)
{
  static const char sql[] = "INSERT INTO entry (feed, position, kind, event, id, logged_at, hash)"
                            " VALUES (?1, ?2, ?3, nullif (?4, 0), ?5, ?6, ?7)";
  char id[AMENDS_ID_BUFFER];

  amends_id_format_to (&entry->id, id);
  return amends_sqlite_run (store,
                            amends_sqlite_query (store, error, sql, "iiiitib", feed,
                                                 (gint64) entry->position, (gint64) entry->kind,
                                                 entry->row,
                                                 entry->kind == AMENDS_ENTRY_EVENT ? NULL : id,
                                                 entry->logged_at_s, entry->hash.bytes,
                                                 sizeof entry->hash.bytes),
                            error);
}

static gboolean
store_get_entry_hash (AmendsServerStore *store,
                      gint64 feed,
                      guint64 position,
                      gboolean *ret_found,
                      AmendsDigest *ret_hash,
                      GError **error)
{
  static const char sql[] = "SELECT hash FROM entry WHERE feed = ?1 AND position = ?2";
  sqlite3_stmt *stmt = amends_sqlite_query (store, error, sql, "ii", feed, (gint64) position);
  int code = amends_sqlite_step (store, stmt, error);

  *ret_found = code == SQLITE_ROW;
  if (code == SQLITE_ROW)
    {
      amends_sqlite_column_bytes (stmt, 0, ret_hash->bytes, sizeof ret_hash->bytes);
      sqlite3_reset (stmt);
    }
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

#define N_EVENT_COLUMNS 6

/* @stmt gives RECORD_COLUMNS, EVENT_COLUMNS, then those of the entry. */
static gboolean
read_entry (sqlite3_stmt *stmt, gint64 known, AmendsServerEntry *ret_entry, GError **error)
{
  int column = N_RECORD_COLUMNS + N_EVENT_COLUMNS;
  AmendsServerEntry entry = { .position = amends_sqlite_column_number (stmt, column) };
  const char *id = (const char *) sqlite3_column_text (stmt, column + 2);
  AmendsServerEvent record;

  entry.kind = (AmendsEntryKind) sqlite3_column_int (stmt, column + 1);
  entry.logged_at_s = sqlite3_column_int64 (stmt, column + 3);
  amends_sqlite_column_bytes (stmt, column + 4, entry.hash.bytes, sizeof entry.hash.bytes);
  if (entry.kind == AMENDS_ENTRY_EVENT)
    {
      read_record (stmt, &record);
      amends_server_entry_set_record (&entry, &record,
                                      (const char *) sqlite3_column_text (stmt, N_RECORD_COLUMNS));
      if (record.device != known)
        entry.event = read_event (stmt, &record, N_RECORD_COLUMNS, error);
      if (record.device != known && entry.event == NULL)
        return FALSE;
    }
  else if (id == NULL || !amends_id_parse (id, &entry.id, NULL))
    return amends_server_store_set_damaged (error);
  *ret_entry = entry;
  return TRUE;
}

static gboolean
store_each_entry (AmendsServerStore *store,
                  gint64 feed,
                  guint64 first_position,
                  gint64 known,
                  AmendsServerEntryFunc function,
                  gpointer user_data,
                  GError **error)
{
  static const char sql[] =
      "SELECT " RECORD_COLUMNS ", " EVENT_COLUMNS
      ", entry.position, entry.kind, entry.id, entry.logged_at, entry.hash"
      "  FROM entry LEFT JOIN event ON event.event = entry.event"
      "  LEFT JOIN device ON device.device = event.device"
      "  LEFT JOIN feed ON feed.feed = event.feed"
      " WHERE entry.feed = ?1 AND entry.position >= ?2 ORDER BY entry.position";
  sqlite3_stmt *stmt = amends_sqlite_query (store, error, sql, "ii", feed, (gint64) first_position);
  int code;

  while ((code = amends_sqlite_step (store, stmt, error)) == SQLITE_ROW)
    {
      AmendsServerEntry entry;
      gboolean read = read_entry (stmt, known, &entry, error);
      gboolean goes_on = read && function (&entry, user_data);

      if (read)
        g_clear_pointer (&entry.event, amends_event_unref);
      if (!goes_on)
        {
          sqlite3_reset (stmt);
          return read;
        }
    }
  return code == SQLITE_DONE;
}

/* Statements. */

static gboolean
store_add_statement (AmendsServerStore *store,
                     gint64 device,
                     const AmendsStatement *statement,
                     const AmendsServerLeaf *leaves,
                     guint n_leaves,
                     GError **error)
{
  static const char sql[] = "INSERT INTO statement (device, number, bytes) VALUES (?1, ?2, ?3)";
  static const char sql_leaf[] =
      "INSERT INTO leaf (device, feed, nth, statement) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT (device, feed, nth) DO UPDATE SET statement = excluded.statement";
  g_autoptr (GBytes) bytes = amends_statement_to_bytes (statement);
  gint64 row;

  if (!amends_sqlite_run (store,
                          amends_sqlite_query (store, error, sql, "iib", device,
                                               (gint64) statement->number,
                                               g_bytes_get_data (bytes, NULL),
                                               g_bytes_get_size (bytes)),
                          error))
    return FALSE;
  row = sqlite3_last_insert_rowid (amends_db_get_handle (((AmendsSqlite *) store)->db));
  for (guint i = 0; i < n_leaves; i++)
    if (!amends_sqlite_run (store,
                            amends_sqlite_query (store, error, sql_leaf, "iiii", device,
                                                 leaves[i].feed, (gint64) leaves[i].nth, row),
                            error))
      return FALSE;
  return TRUE;
}

static AmendsStatement *
read_statement (sqlite3_stmt *stmt, int column)
{
  return amends_statement_from_bytes (sqlite3_column_blob (stmt, column),
                                      (gsize) sqlite3_column_bytes (stmt, column), NULL);
}

static gboolean
store_get_statement (AmendsServerStore *store,
                     gint64 device,
                     gint64 feed,
                     guint64 first_nth,
                     guint64 last_nth,
                     AmendsStatement **ret_statement,
                     guint64 *ret_nth,
                     GError **error)
{
  static const char sql[] = "SELECT nth, bytes FROM leaf JOIN statement USING (statement)"
                            " WHERE leaf.device = ?1 AND feed = ?2 AND nth BETWEEN ?3 AND ?4"
                            " ORDER BY nth DESC LIMIT 1";
  sqlite3_stmt *stmt = amends_sqlite_query (store, error, sql, "iiii", device, feed,
                                            (gint64) first_nth, (gint64) last_nth);
  int code = amends_sqlite_step (store, stmt, error);

  *ret_statement = NULL;
  if (code == SQLITE_ROW)
    {
      *ret_nth = amends_sqlite_column_number (stmt, 0);
      *ret_statement = read_statement (stmt, 1);
      sqlite3_reset (stmt);
      return *ret_statement != NULL || amends_server_store_set_damaged (error);
    }
  return code == SQLITE_DONE;
}

static gboolean
store_each_leaf (AmendsServerStore *store,
                 gint64 device,
                 AmendsServerLeafFunc function,
                 gpointer user_data,
                 GError **error)
{
  /* The primary key (device, feed, nth) filters and sorts. */
  static const char sql[] = "SELECT feed, nth, bytes FROM leaf JOIN statement USING (statement)"
                            " WHERE leaf.device = ?1 ORDER BY feed, nth";
  sqlite3_stmt *stmt = amends_sqlite_query (store, error, sql, "i", device);
  int code;

  while ((code = amends_sqlite_step (store, stmt, error)) == SQLITE_ROW)
    {
      AmendsServerLeaf leaf = { sqlite3_column_int64 (stmt, 0),
                                amends_sqlite_column_number (stmt, 1) };
      g_autoptr (AmendsStatement) statement = read_statement (stmt, 2);
      gboolean goes_on = statement != NULL && function (&leaf, statement, user_data);

      if (!goes_on)
        {
          sqlite3_reset (stmt);
          return statement != NULL || amends_server_store_set_damaged (error);
        }
    }
  return code == SQLITE_DONE;
}

/* Sets the functions of @store that this file has. */
void
amends_sqlite_set_log (AmendsServerStore *store)
{
  store->get_chain = store_get_chain;
  store->put_chain = store_put_chain;
  store->add_event = store_add_event;
  store->fill_event = store_fill_event;
  store->each_event = store_each_event;
  store->each_unplaced = store_each_unplaced;
  store->each_held_back = store_each_held_back;
  store->release_event = store_release_event;
  store->erase_event = store_erase_event;
  store->each_erased = store_each_erased;
  store->has_lost = store_has_lost;
  store->has_lost_stream = store_has_lost_stream;
  store->add_lost = store_add_lost;
  store->scrub = store_scrub;
  store->add_entry = store_add_entry;
  store->get_entry_hash = store_get_entry_hash;
  store->each_entry = store_each_entry;
  store->add_statement = store_add_statement;
  store->get_statement = store_get_statement;
  store->each_leaf = store_each_leaf;
}
