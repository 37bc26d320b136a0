/* amends-server-store-pg-log.c: chains, events, entries and statements in PostgreSQL
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What may be long is read in parts, each going on behind the last row of the one before: between two
 * rows the caller may ask for others, and a part is all that is in memory. */

#include <string.h>

#include "server/amends-server-pg.h"

/* Rows of a part: of whole events, each of which may have 256 KiB, and of all others. */
#define PART_EVENTS 64
#define PART_ROWS 1024

/* Chains. */

static gboolean
store_get_chain (AmendsServerStore *store,
                 gint64 device,
                 gint64 feed,
                 AmendsServerChain *ret_chain,
                 GError **error)
{
  static const char sql[] = "SELECT number, nth, hash FROM chain WHERE device = $1 AND feed = $2";
  g_autoptr (PGresult) found = amends_pg_query (store, error, sql, "ii", device, feed);

  memset (ret_chain, 0, sizeof *ret_chain);
  if (found != NULL && PQntuples (found) > 0)
    {
      ret_chain->number = amends_pg_number (found, 0, 0);
      ret_chain->nth = amends_pg_number (found, 0, 1);
      amends_pg_bytes (found, 0, 2, ret_chain->hash.bytes, sizeof ret_chain->hash.bytes);
    }
  return found != NULL;
}

static gboolean
store_put_chain (AmendsServerStore *store,
                 gint64 device,
                 gint64 feed,
                 const AmendsServerChain *chain,
                 GError **error)
{
  static const char sql[] =
      "INSERT INTO chain (device, feed, number, nth, hash) VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (device, feed) DO UPDATE SET number = excluded.number, nth = excluded.nth,"
      " hash = excluded.hash";

  return amends_pg_run (store, error, sql, "iiiib", device, feed, (gint64) chain->number,
                        (gint64) chain->nth, chain->hash.bytes, sizeof chain->hash.bytes);
}

/* Events. */

#define RECORD_COLUMNS                                                            \
  "event.event, event.device, event.number, event.feed, event.nth, event.digest," \
  " event.quarantined, event.elsewhere, event.box"
#define N_RECORD_COLUMNS 9
#define EVENT_COLUMNS "device.code, feed.name, event.stream, event.after, event.salt, event.body"
#define N_EVENT_COLUMNS 6
#define EVENT_TABLES "event JOIN device USING (device) JOIN feed ON feed.feed = event.feed"

static void
read_record (const PGresult *result, int row, AmendsServerEvent *ret_record)
{
  ret_record->row = amends_pg_int (result, row, 0);
  ret_record->device = amends_pg_int (result, row, 1);
  ret_record->number = amends_pg_number (result, row, 2);
  ret_record->feed = amends_pg_int (result, row, 3);
  ret_record->nth = amends_pg_number (result, row, 4);
  amends_pg_bytes (result, row, 5, ret_record->digest, sizeof ret_record->digest);
  ret_record->is_quarantined = amends_pg_flag (result, row, 6);
  ret_record->is_late = amends_pg_flag (result, row, 7);
  ret_record->form = (AmendsServerForm) amends_pg_int (result, row, 8);
}

/* The event of a row whose columns behind those of the record are EVENT_COLUMNS. */
static AmendsEvent *
read_event (const PGresult *result, int row, const AmendsServerEvent *record, GError **error)
{
  g_autoptr (GBytes) salt = amends_pg_get_bytes (result, row, N_RECORD_COLUMNS + 4);
  g_autoptr (GBytes) body = amends_pg_get_bytes (result, row, N_RECORD_COLUMNS + 5);

  return amends_server_store_make_event (record, amends_pg_get_text (result, row, N_RECORD_COLUMNS),
                                         amends_pg_get_text (result, row, N_RECORD_COLUMNS + 1),
                                         amends_pg_get_text (result, row, N_RECORD_COLUMNS + 2),
                                         amends_pg_get_text (result, row, N_RECORD_COLUMNS + 3),
                                         salt, body, error);
}

static gboolean
store_add_event (AmendsServerStore *store,
                 AmendsServerEvent *record,
                 const AmendsEvent *event,
                 GError **error)
{
  static const char sql[] =
      "INSERT INTO event (event, device, number, feed, nth, stream, after, salt, body, digest,"
      " quarantined, elsewhere, box)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
  g_autofree char *after = amends_after_format (event->after, event->n_after);
  char stream[AMENDS_ID_BUFFER];
  const void *salt, *body;
  gsize n_salt, n_body;

  if (!amends_pg_take_row (store, &record->row, error))
    return FALSE;
  amends_id_format_to (&event->stream, stream);
  amends_server_store_split_event (event, &salt, &n_salt, &body, &n_body);
  return amends_pg_run (store, error, sql, "iiiiittbbbffi", record->row, record->device,
                        (gint64) record->number, record->feed, (gint64) record->nth, stream, after,
                        salt, n_salt, body, n_body, event->digest, sizeof event->digest,
                        record->is_quarantined, record->is_late, (gint64) record->form);
}

/* The role may not change an event; the function may, and only so. */
static gboolean
store_fill_event (AmendsServerStore *store,
                  const AmendsServerEvent *record,
                  const AmendsEvent *event,
                  GError **error)
{
  static const char sql[] = "SELECT fill_event ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
  g_autoptr (PGresult) filled = NULL;
  g_autofree char *after = amends_after_format (event->after, event->n_after);
  char stream[AMENDS_ID_BUFFER];
  const void *salt, *body;
  gsize n_salt, n_body;

  amends_id_format_to (&event->stream, stream);
  amends_server_store_split_event (event, &salt, &n_salt, &body, &n_body);
  filled = amends_pg_query (store, error, sql, "ittbbffiii", record->row, stream, after, salt,
                            n_salt, body, n_body, record->is_quarantined, record->is_late,
                            (gint64) record->form, record->feed, (gint64) record->nth);
  return filled != NULL && (!PQgetisnull (filled, 0, 0) || amends_server_store_set_damaged (error));
}

/* Hands on the rows of one part. @ret_goes_on: whether there may be more, and they are wanted; then
 * @ret_last is the last. */
static gboolean
visit_events (const PGresult *part,
              gboolean whole,
              int n_part,
              AmendsServerEventFunc function,
              gpointer user_data,
              AmendsServerEvent *ret_last,
              gboolean *ret_goes_on,
              GError **error)
{
  int n_rows = part != NULL ? PQntuples (part) : 0;

  *ret_goes_on = n_rows == n_part;
  for (int row = 0; row < n_rows; row++)
    {
      g_autoptr (AmendsEvent) event = NULL;

      read_record (part, row, ret_last);
      if (whole && !(event = read_event (part, row, ret_last, error)))
        return FALSE;
      if (!function (ret_last, event, user_data))
        {
          *ret_goes_on = FALSE;
          return TRUE;
        }
    }
  return part != NULL;
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
                                  " WHERE event.device = $1 AND event.number BETWEEN $2 AND $3"
                                  " ORDER BY event.number LIMIT $4";
  static const char sql[] = "SELECT " RECORD_COLUMNS " FROM event"
                            " WHERE device = $1 AND number BETWEEN $2 AND $3"
                            " ORDER BY number LIMIT $4";
  int n_part = whole ? PART_EVENTS : PART_ROWS;
  AmendsServerEvent last = { .number = first_number - 1 };
  gboolean goes_on = TRUE;

  while (goes_on)
    {
      g_autoptr (PGresult) part =
          amends_pg_query (store, error, whole ? sql_whole : sql, "iiii", device,
                           (gint64) last.number + 1, (gint64) last_number, (gint64) n_part);

      if (!visit_events (part, whole, n_part, function, user_data, &last, &goes_on, error))
        return FALSE;
    }
  return TRUE;
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
      " WHERE event.device = $1 AND event.feed = $2 AND event.nth < $3"
      " AND (event.quarantined OR event.elsewhere) ORDER BY event.nth DESC LIMIT $4";
  static const char sql[] = "SELECT " RECORD_COLUMNS " FROM event"
                            " WHERE device = $1 AND feed = $2 AND nth < $3"
                            " AND (quarantined OR elsewhere) ORDER BY nth DESC LIMIT $4";
  int n_part = whole ? PART_EVENTS : PART_ROWS;
  AmendsServerEvent last = { .nth = nth };
  gboolean goes_on = TRUE;

  while (goes_on)
    {
      g_autoptr (PGresult) part =
          amends_pg_query (store, error, whole ? sql_whole : sql, "iiii", device, feed,
                           (gint64) last.nth, (gint64) n_part);

      if (!visit_events (part, whole, n_part, function, user_data, &last, &goes_on, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
store_each_held_back (AmendsServerStore *store,
                      AmendsServerEventFunc function,
                      gpointer user_data,
                      GError **error)
{
  /* Index event_unplaced (device, feed, nth) filters and sorts. */
  static const char sql[] = "SELECT " RECORD_COLUMNS ", " EVENT_COLUMNS " FROM " EVENT_TABLES
                            " WHERE (event.quarantined OR event.elsewhere) AND event.quarantined"
                            "   AND (event.device, event.feed, event.nth) > ($1, $2, $3)"
                            " ORDER BY event.device, event.feed, event.nth LIMIT $4";
  AmendsServerEvent last = { 0 };
  gboolean goes_on = TRUE;

  while (goes_on)
    {
      g_autoptr (PGresult) part =
          amends_pg_query (store, error, sql, "iiii", last.device, last.feed, (gint64) last.nth,
                           (gint64) PART_EVENTS);

      if (!visit_events (part, TRUE, PART_EVENTS, function, user_data, &last, &goes_on, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
store_release_event (AmendsServerStore *store, gint64 row, gboolean is_late, GError **error)
{
  static const char sql[] = "UPDATE event SET quarantined = false, elsewhere = $2 WHERE event = $1";

  return amends_pg_run (store, error, sql, "if", row, is_late);
}

/* What was erased. */

/* The role may not change an event; the function may, and only so. */
static gboolean
store_erase_event (AmendsServerStore *store,
                   const AmendsId *id,
                   gint64 row,
                   const AmendsEvent *rest,
                   GError **error)
{
  static const char sql[] = "SELECT erase_event ($1, $2, $3, $4)";
  const guint8 *hash = rest != NULL && rest->has_body_hash ? rest->body_hash : NULL;

  return amends_pg_run (store, error, sql, "tiib", id->code, (gint64) id->number, row, hash,
                        (gsize) AMENDS_DIGEST_BYTES);
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
  static const char sql[] = "SELECT number FROM erased WHERE code = $1 AND number BETWEEN $2 AND $3"
                            " ORDER BY number";
  g_autoptr (PGresult) found =
      amends_pg_query (store, error, sql, "tii", code, (gint64) first, (gint64) last);

  for (int row = 0; found != NULL && row < PQntuples (found); row++)
    if (!function (code, amends_pg_number (found, row, 0), user_data))
      break;
  return found != NULL;
}

/* What came back of a log that was lost. */

/* @found: (nullable) (transfer full) */
static gboolean
has_row (PGresult *found, gboolean *ret_has)
{
  gboolean came = found != NULL;

  *ret_has = came && PQntuples (found) > 0;
  PQclear (found);
  return came;
}

static gboolean
store_has_lost (AmendsServerStore *store,
                const guint8 digest[AMENDS_DIGEST_BYTES],
                gboolean *ret_has,
                GError **error)
{
  static const char sql[] = "SELECT 1 FROM lost WHERE digest = $1";

  return has_row (amends_pg_query (store, error, sql, "b", digest, (gsize) AMENDS_DIGEST_BYTES),
                  ret_has);
}

static gboolean
store_has_lost_stream (AmendsServerStore *store,
                       guint64 number,
                       gint64 device,
                       gboolean *ret_has,
                       GError **error)
{
  /* Index lost_stream (number, device) filters. */
  static const char sql[] = "SELECT 1 FROM lost WHERE number = $1 AND device = $2";

  return has_row (amends_pg_query (store, error, sql, "ii", (gint64) number, device), ret_has);
}

static gboolean
store_add_lost (AmendsServerStore *store,
                const guint8 digest[AMENDS_DIGEST_BYTES],
                guint64 number,
                gint64 device,
                GError **error)
{
  static const char sql[] = "INSERT INTO lost (digest, number, device) VALUES ($1, $2, $3)";

  return amends_pg_run (store, error, sql, "bii", digest, (gsize) AMENDS_DIGEST_BYTES,
                        (gint64) number, device);
}

/* Entries. */

static gboolean
store_add_entry (AmendsServerStore *store,
                 gint64 feed,
                 const AmendsServerEntry *entry,
                 GError **error)
{
  static const char sql[] = "INSERT INTO entry (feed, position, kind, event, id, logged_at, hash)"
                            " VALUES ($1, $2, $3, nullif ($4, 0), $5, $6, $7)";
  char id[AMENDS_ID_BUFFER];

  amends_id_format_to (&entry->id, id);
  return amends_pg_run (store, error, sql, "iiiitib", feed, (gint64) entry->position,
                        (gint64) entry->kind, entry->row,
                        entry->kind == AMENDS_ENTRY_EVENT ? NULL : id, entry->logged_at_s,
                        entry->hash.bytes, sizeof entry->hash.bytes);
}

static gboolean
store_get_entry_hash (AmendsServerStore *store,
                      gint64 feed,
                      guint64 position,
                      gboolean *ret_found,
                      AmendsDigest *ret_hash,
                      GError **error)
{
  static const char sql[] = "SELECT hash FROM entry WHERE feed = $1 AND position = $2";
  g_autoptr (PGresult) found = amends_pg_query (store, error, sql, "ii", feed, (gint64) position);

  *ret_found = found != NULL && PQntuples (found) > 0;
  if (*ret_found)
    amends_pg_bytes (found, 0, 0, ret_hash->bytes, sizeof ret_hash->bytes);
  return found != NULL;
}

/* The columns are RECORD_COLUMNS, EVENT_COLUMNS, then those of the entry. */
static gboolean
read_entry (const PGresult *result,
            int row,
            gint64 known,
            AmendsServerEntry *ret_entry,
            GError **error)
{
  int column = N_RECORD_COLUMNS + N_EVENT_COLUMNS;
  AmendsServerEntry entry = { .position = amends_pg_number (result, row, column) };
  const char *id = amends_pg_get_text (result, row, column + 2);
  AmendsServerEvent record;

  entry.kind = (AmendsEntryKind) amends_pg_int (result, row, column + 1);
  entry.logged_at_s = amends_pg_int (result, row, column + 3);
  amends_pg_bytes (result, row, column + 4, entry.hash.bytes, sizeof entry.hash.bytes);
  if (entry.kind == AMENDS_ENTRY_EVENT)
    {
      read_record (result, row, &record);
      amends_server_entry_set_record (&entry, &record,
                                      amends_pg_get_text (result, row, N_RECORD_COLUMNS));
      if (record.device != known && !(entry.event = read_event (result, row, &record, error)))
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
      "SELECT " RECORD_COLUMNS ", device.code, feed.name, event.stream, event.after, event.salt,"
      " CASE WHEN event.device <> $3 THEN event.body END,"
      " entry.position, entry.kind, entry.id, entry.logged_at, entry.hash"
      "  FROM entry LEFT JOIN event ON event.event = entry.event"
      "  LEFT JOIN device ON device.device = event.device"
      "  LEFT JOIN feed ON feed.feed = event.feed"
      " WHERE entry.feed = $1 AND entry.position >= $2 ORDER BY entry.position LIMIT $4";
  guint64 next = first_position;
  int n_rows = PART_EVENTS;

  while (n_rows == PART_EVENTS)
    {
      g_autoptr (PGresult) part = amends_pg_query (store, error, sql, "iiii", feed, (gint64) next,
                                                   known, (gint64) PART_EVENTS);

      if (part == NULL)
        return FALSE;
      n_rows = PQntuples (part);
      for (int row = 0; row < n_rows; row++)
        {
          AmendsServerEntry entry = { 0 };
          gboolean goes_on;

          if (!read_entry (part, row, known, &entry, error))
            return FALSE;
          next = entry.position + 1;
          goes_on = function (&entry, user_data);
          g_clear_pointer (&entry.event, amends_event_unref);
          if (!goes_on)
            return TRUE;
        }
    }
  return TRUE;
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
  static const char sql[] =
      "INSERT INTO statement (statement, device, number, bytes) VALUES ($1, $2, $3, $4)";
  static const char sql_leaf[] =
      "INSERT INTO leaf (device, feed, nth, statement) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (device, feed, nth) DO UPDATE SET statement = excluded.statement";
  g_autoptr (GBytes) bytes = amends_statement_to_bytes (statement);
  gint64 row;

  if (!amends_pg_take_row (store, &row, error)
      || !amends_pg_run (store, error, sql, "iiib", row, device, (gint64) statement->number,
                         g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)))
    return FALSE;
  for (guint i = 0; i < n_leaves; i++)
    if (!amends_pg_run (store, error, sql_leaf, "iiii", device, leaves[i].feed,
                        (gint64) leaves[i].nth, row))
      return FALSE;
  return TRUE;
}

static AmendsStatement *
read_statement (const PGresult *result, int row, int column)
{
  return amends_statement_from_bytes ((const guint8 *) PQgetvalue (result, row, column),
                                      (gsize) PQgetlength (result, row, column), NULL);
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
                            " WHERE leaf.device = $1 AND feed = $2 AND nth BETWEEN $3 AND $4"
                            " ORDER BY nth DESC LIMIT 1";
  g_autoptr (PGresult) found = amends_pg_query (store, error, sql, "iiii", device, feed,
                                                (gint64) first_nth, (gint64) last_nth);

  *ret_statement = NULL;
  if (found != NULL && PQntuples (found) > 0)
    {
      *ret_nth = amends_pg_number (found, 0, 0);
      *ret_statement = read_statement (found, 0, 1);
      return *ret_statement != NULL || amends_server_store_set_damaged (error);
    }
  return found != NULL;
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
                            " WHERE leaf.device = $1 AND (feed, nth) > ($2, $3)"
                            " ORDER BY feed, nth LIMIT $4";
  AmendsServerLeaf leaf = { 0, 0 };
  int n_rows = PART_ROWS;

  while (n_rows == PART_ROWS)
    {
      g_autoptr (PGresult) part = amends_pg_query (store, error, sql, "iiii", device, leaf.feed,
                                                   (gint64) leaf.nth, (gint64) PART_ROWS);

      if (part == NULL)
        return FALSE;
      n_rows = PQntuples (part);
      for (int row = 0; row < n_rows; row++)
        {
          g_autoptr (AmendsStatement) statement = read_statement (part, row, 2);

          if (statement == NULL)
            return amends_server_store_set_damaged (error);
          leaf.feed = amends_pg_int (part, row, 0);
          leaf.nth = amends_pg_number (part, row, 1);
          if (!function (&leaf, statement, user_data))
            return TRUE;
        }
    }
  return TRUE;
}

/* Sets the functions of @store that this file has. */
void
amends_pg_set_log (AmendsServerStore *store)
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
  store->add_entry = store_add_entry;
  store->get_entry_hash = store_get_entry_hash;
  store->each_entry = store_each_entry;
  store->add_statement = store_add_statement;
  store->get_statement = store_get_statement;
  store->each_leaf = store_each_leaf;
}
