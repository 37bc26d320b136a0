/* amends-server-store-sqlite.c: the server's database in one SQLite file
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One connection, taken exclusively. Whoever calls holds the server's lock, so a transaction has the
 * file to itself. */

#include "server/amends-server-sqlite.h"

#include <string.h>

#include "server/amends-server-resources.h"

/* Pages of one step of a backup: a millisecond or so, in which exchanges wait. */
#define BACKUP_STEP_PAGES 512

/* The statement with its values, given as @kinds says: i a gint64, t a text or NULL, b bytes or NULL
 * and a gsize. Values stay valid until it is reset. */
sqlite3_stmt *
amends_sqlite_query (AmendsServerStore *store,
                     GError **error,
                     const char *sql,
                     const char *kinds,
                     ...)
{
  AmendsSqlite *self = (AmendsSqlite *) store;
  sqlite3_stmt *stmt = amends_db_prepare (self->db, sql, error);
  va_list values;

  if (stmt == NULL)
    return NULL;
  va_start (values, kinds);
  for (int i = 0; kinds[i] != '\0'; i++)
    {
      if (kinds[i] == 'i')
        sqlite3_bind_int64 (stmt, i + 1, va_arg (values, gint64));
      else if (kinds[i] == 't')
        amends_db_bind_text (stmt, i + 1, va_arg (values, const char *));
      else
        {
          const void *bytes = va_arg (values, const void *);
          gsize n_bytes = va_arg (values, gsize);

          amends_db_bind_blob (stmt, i + 1, bytes, n_bytes);
        }
    }
  va_end (values);
  return stmt;
}

gboolean
amends_sqlite_run (AmendsServerStore *store, sqlite3_stmt *stmt, GError **error)
{
  return stmt != NULL && amends_db_run (((AmendsSqlite *) store)->db, stmt, error);
}

/* The first row, or %SQLITE_DONE, or an error. After a row the caller resets. */
int
amends_sqlite_step (AmendsServerStore *store, sqlite3_stmt *stmt, GError **error)
{
  return stmt != NULL ? amends_db_step (((AmendsSqlite *) store)->db, stmt, error) : SQLITE_ERROR;
}

guint64
amends_sqlite_column_number (sqlite3_stmt *stmt, int column)
{
  return (guint64) sqlite3_column_int64 (stmt, column);
}

/* Exactly @n_bytes, or zeroes. */
void
amends_sqlite_column_bytes (sqlite3_stmt *stmt, int column, guint8 *ret_bytes, gsize n_bytes)
{
  const void *bytes = sqlite3_column_blob (stmt, column);

  if (bytes != NULL && (gsize) sqlite3_column_bytes (stmt, column) == n_bytes)
    memcpy (ret_bytes, bytes, n_bytes);
  else
    memset (ret_bytes, 0, n_bytes);
}

void
amends_sqlite_column_text (sqlite3_stmt *stmt, int column, char *ret_text, gsize n_bytes)
{
  const char *text = (const char *) sqlite3_column_text (stmt, column);

  g_strlcpy (ret_text, text != NULL ? text : "", n_bytes);
}

static gboolean
store_begin (AmendsServerStore *store, AmendsServerWorkKind kind, GError **error)
{
  AmendsSqlite *self = (AmendsSqlite *) store;

  return amends_transaction_begin (&self->transaction, self->db, error);
}

static gboolean
store_commit (AmendsServerStore *store, GError **error)
{
  return amends_transaction_commit (&((AmendsSqlite *) store)->transaction, error);
}

static void
store_roll_back (AmendsServerStore *store)
{
  amends_transaction_clear (&((AmendsSqlite *) store)->transaction);
}

static void
store_close (AmendsServerStore *store)
{
  AmendsSqlite *self = (AmendsSqlite *) store;

  amends_transaction_clear (&self->transaction);
  amends_db_close (self->db);
  g_hash_table_unref (self->requests);
  g_free (self);
}

static gboolean
copy_pages (AmendsSqlite *self,
            sqlite3 *copy,
            void (*step) (gboolean work, gpointer user_data),
            gpointer user_data,
            GError **error)
{
  sqlite3_backup *backup =
      sqlite3_backup_init (copy, "main", amends_db_get_handle (self->db), "main");
  int code = SQLITE_OK;

  while (backup != NULL && code == SQLITE_OK)
    {
      step (TRUE, user_data);
      code = sqlite3_backup_step (backup, BACKUP_STEP_PAGES);
      if (code != SQLITE_DONE)
        step (FALSE, user_data);
    }
  if (backup == NULL || sqlite3_backup_finish (backup) != SQLITE_OK || code != SQLITE_DONE)
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                   "The backup could not be written: %s", sqlite3_errmsg (copy));
      return FALSE;
    }
  return TRUE;
}

/* Leaves the lock held that @step took last. */
static gboolean
store_back_up (AmendsServerStore *store,
               const char *path,
               void (*step) (gboolean work, gpointer user_data),
               gpointer user_data,
               GError **error)
{
  sqlite3 *copy = NULL;
  gboolean copied = FALSE;

  if (sqlite3_open_v2 (path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) == SQLITE_OK)
    copied = copy_pages ((AmendsSqlite *) store, copy, step, user_data, error);
  else
    g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                 "The backup could not be written: %s", sqlite3_errmsg (copy));
  sqlite3_close (copy);
  return copied;
}

/* Settings. */

static gboolean
store_get_setting (AmendsServerStore *store, const char *name, GBytes **ret_value, GError **error)
{
  static const char sql[] = "SELECT value FROM setting WHERE name = ?1";
  sqlite3_stmt *stmt = amends_sqlite_query (store, error, sql, "t", name);
  int code = amends_sqlite_step (store, stmt, error);

  if (code == SQLITE_ROW)
    {
      *ret_value =
          g_bytes_new (sqlite3_column_blob (stmt, 0), (gsize) sqlite3_column_bytes (stmt, 0));
      sqlite3_reset (stmt);
    }
  else
    *ret_value = NULL;
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
store_set_setting (AmendsServerStore *store,
                   const char *name,
                   const void *bytes,
                   gsize n_bytes,
                   GError **error)
{
  static const char sql[] = "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                            " ON CONFLICT (name) DO UPDATE SET value = excluded.value";

  return amends_sqlite_run (store,
                            amends_sqlite_query (store, error, sql, "tb", name, bytes, n_bytes),
                            error);
}

/* Devices. */

#define DEVICE_COLUMNS                                                                          \
  "device, code, name, kind, key, number, trunk, request, revoked, stream, head, recoded_from," \
  " quarantined, seen_at, safe, confirmed"

static void
read_device (sqlite3_stmt *stmt, AmendsServerDevice *ret_device)
{
  AmendsServerDevice device = { .id = sqlite3_column_int64 (stmt, 0) };

  amends_sqlite_column_text (stmt, 1, device.code, sizeof device.code);
  amends_sqlite_column_text (stmt, 2, device.name, sizeof device.name);
  amends_sqlite_column_text (stmt, 3, device.kind, sizeof device.kind);
  amends_sqlite_column_bytes (stmt, 4, device.key, sizeof device.key);
  device.number = amends_sqlite_column_number (stmt, 5);
  amends_sqlite_column_bytes (stmt, 6, device.trunk.bytes, sizeof device.trunk.bytes);
  device.request = amends_sqlite_column_number (stmt, 7);
  device.revoked = sqlite3_column_int (stmt, 8) != 0;
  device.stream = amends_sqlite_column_number (stmt, 9);
  device.head = amends_sqlite_column_number (stmt, 10);
  amends_sqlite_column_text (stmt, 11, device.recoded_from, sizeof device.recoded_from);
  device.n_quarantined = amends_sqlite_column_number (stmt, 12);
  device.seen_at = sqlite3_column_int64 (stmt, 13);
  device.safe = amends_sqlite_column_number (stmt, 14);
  device.confirmed = amends_sqlite_column_number (stmt, 15);
  *ret_device = device;
}

static gboolean
get_device (AmendsServerStore *store,
            sqlite3_stmt *stmt,
            AmendsServerDevice *ret_device,
            GError **error)
{
  int code = amends_sqlite_step (store, stmt, error);

  if (code == SQLITE_ROW)
    {
      read_device (stmt, ret_device);
      sqlite3_reset (stmt);
    }
  else
    ret_device->id = 0;
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
store_get_device (AmendsServerStore *store,
                  const char *code,
                  AmendsServerDevice *ret_device,
                  GError **error)
{
  static const char sql[] = "SELECT " DEVICE_COLUMNS " FROM device WHERE code = ?1";

  return get_device (store, amends_sqlite_query (store, error, sql, "t", code), ret_device, error);
}

static gboolean
store_get_device_by_key (AmendsServerStore *store,
                         const guint8 key[AMENDS_KEY_BYTES],
                         AmendsServerDevice *ret_device,
                         GError **error)
{
  static const char sql[] = "SELECT " DEVICE_COLUMNS " FROM device WHERE key = ?1";

  return get_device (store,
                     amends_sqlite_query (store, error, sql, "b", key, (gsize) AMENDS_KEY_BYTES),
                     ret_device, error);
}

static gboolean
store_put_device (AmendsServerStore *store, AmendsServerDevice *device, GError **error)
{
  static const char sql[] =
      "INSERT INTO device (" DEVICE_COLUMNS ")"
      " VALUES (nullif (?1, 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, nullif (?12, ''), ?13,"
      " ?14, ?15, ?16)"
      " ON CONFLICT (device) DO UPDATE SET number = excluded.number, trunk = excluded.trunk,"
      " request = excluded.request, revoked = excluded.revoked, head = excluded.head,"
      " quarantined = excluded.quarantined, seen_at = excluded.seen_at, safe = excluded.safe,"
      " confirmed = excluded.confirmed, recoded_from = excluded.recoded_from";

  if (!amends_sqlite_run (store,
                          amends_sqlite_query (store, error, sql, "itttbibiiiitiiii", device->id,
                                               device->code, device->name, device->kind,
                                               device->key, sizeof device->key,
                                               (gint64) device->number, device->trunk.bytes,
                                               sizeof device->trunk.bytes, (gint64) device->request,
                                               (gint64) device->revoked, (gint64) device->stream,
                                               (gint64) device->head, device->recoded_from,
                                               (gint64) device->n_quarantined, device->seen_at,
                                               (gint64) device->safe, (gint64) device->confirmed),
                          error))
    return FALSE;
  if (device->id == 0)
    device->id = sqlite3_last_insert_rowid (amends_db_get_handle (((AmendsSqlite *) store)->db));
  return TRUE;
}

/* Whom a row is handed to. */
typedef struct
{
  GCallback function;
  gpointer user_data;
} Visitor;

/* Hands the row to the visitor, whose function is of the kind that goes with the row. Returns: whether
 * to go on */
typedef gboolean (*RowFunc) (sqlite3_stmt *stmt, const Visitor *visitor);

static gboolean
each_row (AmendsServerStore *store,
          sqlite3_stmt *stmt,
          RowFunc visit,
          GCallback function,
          gpointer user_data,
          GError **error)
{
  const Visitor visitor = { function, user_data };
  int code;

  while ((code = amends_sqlite_step (store, stmt, error)) == SQLITE_ROW)
    if (!visit (stmt, &visitor))
      {
        sqlite3_reset (stmt);
        return TRUE;
      }
  return code == SQLITE_DONE;
}

static gboolean
visit_device (sqlite3_stmt *stmt, const Visitor *visitor)
{
  AmendsServerDevice device;

  read_device (stmt, &device);
  return ((AmendsServerDeviceFunc) visitor->function) (&device, visitor->user_data);
}

static gboolean
store_each_device (AmendsServerStore *store,
                   AmendsServerDeviceFunc function,
                   gpointer user_data,
                   GError **error)
{
  static const char sql[] = "SELECT " DEVICE_COLUMNS " FROM device ORDER BY device";

  return each_row (store, amends_sqlite_query (store, error, sql, ""), visit_device,
                   G_CALLBACK (function), user_data, error);
}

/* Feeds. */

#define FEED_COLUMNS "feed, name, position, hash, safe"

static void
read_feed (sqlite3_stmt *stmt, AmendsServerFeed *ret_feed)
{
  AmendsServerFeed feed = { .id = sqlite3_column_int64 (stmt, 0) };

  amends_sqlite_column_text (stmt, 1, feed.name, sizeof feed.name);
  feed.position = amends_sqlite_column_number (stmt, 2);
  amends_sqlite_column_bytes (stmt, 3, feed.hash.bytes, sizeof feed.hash.bytes);
  feed.safe = amends_sqlite_column_number (stmt, 4);
  *ret_feed = feed;
}

static gboolean
store_get_feed (AmendsServerStore *store,
                const char *name,
                AmendsServerFeed *ret_feed,
                GError **error)
{
  static const char sql[] = "SELECT " FEED_COLUMNS " FROM feed WHERE name = ?1";
  sqlite3_stmt *stmt = amends_sqlite_query (store, error, sql, "t", name);
  int code = amends_sqlite_step (store, stmt, error);

  if (code == SQLITE_ROW)
    {
      read_feed (stmt, ret_feed);
      sqlite3_reset (stmt);
    }
  else
    ret_feed->id = 0;
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
store_put_feed (AmendsServerStore *store, AmendsServerFeed *feed, GError **error)
{
  static const char sql[] =
      "INSERT INTO feed (" FEED_COLUMNS ") VALUES (nullif (?1, 0), ?2, ?3, ?4, ?5)"
      " ON CONFLICT (feed) DO UPDATE SET position = excluded.position, hash = excluded.hash,"
      " safe = excluded.safe";

  if (!amends_sqlite_run (store,
                          amends_sqlite_query (store, error, sql, "itibi", feed->id, feed->name,
                                               (gint64) feed->position, feed->hash.bytes,
                                               sizeof feed->hash.bytes, (gint64) feed->safe),
                          error))
    return FALSE;
  if (feed->id == 0)
    feed->id = sqlite3_last_insert_rowid (amends_db_get_handle (((AmendsSqlite *) store)->db));
  return TRUE;
}

static gboolean
visit_feed (sqlite3_stmt *stmt, const Visitor *visitor)
{
  AmendsServerFeed feed;

  read_feed (stmt, &feed);
  return ((AmendsServerFeedFunc) visitor->function) (&feed, visitor->user_data);
}

static gboolean
store_each_feed (AmendsServerStore *store,
                 AmendsServerFeedFunc function,
                 gpointer user_data,
                 GError **error)
{
  static const char sql[] = "SELECT " FEED_COLUMNS " FROM feed ORDER BY name";

  return each_row (store, amends_sqlite_query (store, error, sql, ""), visit_feed,
                   G_CALLBACK (function), user_data, error);
}

/* One process has the file, so its memory is enough. */
static gboolean
store_take_request (AmendsServerStore *store,
                    gint64 device,
                    guint64 last_committed,
                    guint64 request,
                    gboolean *ret_taken,
                    guint64 *ret_last,
                    GError **error)
{
  GHashTable *requests = ((AmendsSqlite *) store)->requests;
  const guint64 *last = g_hash_table_lookup (requests, &device);

  *ret_last = MAX (last_committed, last != NULL ? *last : 0);
  *ret_taken = request > *ret_last;
  if (*ret_taken)
    {
      *ret_last = request;
      g_hash_table_insert (requests, g_memdup2 (&device, sizeof device),
                           g_memdup2 (&request, sizeof request));
    }
  return TRUE;
}

/* Access. */

#define ACCESS_COLUMNS "may_read, may_write, taken_at, gone_at, said, lost_at"

static void
read_access (sqlite3_stmt *stmt, int column, AmendsServerAccess *ret_access)
{
  ret_access->may_read = sqlite3_column_int (stmt, column) != 0;
  ret_access->may_write = sqlite3_column_int (stmt, column + 1) != 0;
  ret_access->taken_at = sqlite3_column_int64 (stmt, column + 2);
  ret_access->gone_at = sqlite3_column_int64 (stmt, column + 3);
  ret_access->said = amends_sqlite_column_number (stmt, column + 4);
  ret_access->lost_at = sqlite3_column_int64 (stmt, column + 5);
}

static gboolean
store_get_access (AmendsServerStore *store,
                  gint64 device,
                  gint64 feed,
                  AmendsServerAccess *ret_access,
                  GError **error)
{
  static const char sql[] = "SELECT " ACCESS_COLUMNS " FROM access WHERE device = ?1 AND feed = ?2";
  sqlite3_stmt *stmt = amends_sqlite_query (store, error, sql, "ii", device, feed);
  int code = amends_sqlite_step (store, stmt, error);

  memset (ret_access, 0, sizeof *ret_access);
  if (code == SQLITE_ROW)
    {
      read_access (stmt, 0, ret_access);
      sqlite3_reset (stmt);
    }
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
store_put_access (AmendsServerStore *store,
                  gint64 device,
                  gint64 feed,
                  const AmendsServerAccess *access,
                  GError **error)
{
  static const char sql[] =
      "INSERT INTO access (device, feed, " ACCESS_COLUMNS
      ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
      " ON CONFLICT (device, feed) DO UPDATE SET may_read = excluded.may_read,"
      " may_write = excluded.may_write, taken_at = excluded.taken_at,"
      " gone_at = excluded.gone_at, said = excluded.said, lost_at = excluded.lost_at";

  return amends_sqlite_run (store,
                            amends_sqlite_query (store, error, sql, "iiiiiiii", device, feed,
                                                 (gint64) access->may_read,
                                                 (gint64) access->may_write, access->taken_at,
                                                 access->gone_at, (gint64) access->said,
                                                 access->lost_at),
                            error);
}

static gboolean
visit_access (sqlite3_stmt *stmt, const Visitor *visitor)
{
  AmendsServerFeed feed;
  AmendsServerAccess access;

  read_feed (stmt, &feed);
  read_access (stmt, 5, &access);
  return ((AmendsServerAccessFunc) visitor->function) (&feed, &access, visitor->user_data);
}

static gboolean
store_each_access (AmendsServerStore *store,
                   gint64 device,
                   AmendsServerAccessFunc function,
                   gpointer user_data,
                   GError **error)
{
  static const char sql[] = "SELECT feed.feed, name, position, hash, safe, " ACCESS_COLUMNS
                            "  FROM access JOIN feed USING (feed)"
                            " WHERE device = ?1 ORDER BY name";

  return each_row (store, amends_sqlite_query (store, error, sql, "i", device), visit_access,
                   G_CALLBACK (function), user_data, error);
}

/* Schemes. */

static gboolean
store_has_scheme (AmendsServerStore *store, const char *code, gboolean *ret_has, GError **error)
{
  static const char sql[] = "SELECT 1 FROM scheme WHERE code = ?1";
  sqlite3_stmt *stmt = amends_sqlite_query (store, error, sql, "t", code);
  int found = amends_sqlite_step (store, stmt, error);

  *ret_has = found == SQLITE_ROW;
  if (found == SQLITE_ROW)
    sqlite3_reset (stmt);
  return found == SQLITE_ROW || found == SQLITE_DONE;
}

static gboolean
store_put_scheme (AmendsServerStore *store, const char *code, const char *name, GError **error)
{
  static const char sql[] = "INSERT INTO scheme (code, name) VALUES (?1, ?2)";

  return amends_sqlite_run (store, amends_sqlite_query (store, error, sql, "tt", code, name),
                            error);
}

static gboolean
visit_scheme (sqlite3_stmt *stmt, const Visitor *visitor)
{
  return ((AmendsServerSchemeFunc) visitor->function) ((const char *) sqlite3_column_text (stmt, 0),
                                                       (const char *) sqlite3_column_text (stmt, 1),
                                                       visitor->user_data);
}

static gboolean
store_each_scheme (AmendsServerStore *store,
                   AmendsServerSchemeFunc function,
                   gpointer user_data,
                   GError **error)
{
  static const char sql[] = "SELECT code, name FROM scheme ORDER BY code";

  return each_row (store, amends_sqlite_query (store, error, sql, ""), visit_scheme,
                   G_CALLBACK (function), user_data, error);
}

/* Invites. */

static gboolean
store_get_invite (AmendsServerStore *store,
                  const char *lookup,
                  AmendsServerInvite *ret_invite,
                  GError **error)
{
  static const char sql[] = "SELECT lookup, key, kind, feeds, expires_at, tries, used_key, manifest"
                            "  FROM invite WHERE lookup = ?1";
  sqlite3_stmt *stmt = amends_sqlite_query (store, error, sql, "t", lookup);
  int code = amends_sqlite_step (store, stmt, error);

  memset (ret_invite, 0, sizeof *ret_invite);
  if (code == SQLITE_ROW)
    {
      amends_sqlite_column_text (stmt, 0, ret_invite->lookup, sizeof ret_invite->lookup);
      amends_sqlite_column_bytes (stmt, 1, ret_invite->key.bytes, sizeof ret_invite->key.bytes);
      amends_sqlite_column_text (stmt, 2, ret_invite->kind, sizeof ret_invite->kind);
      ret_invite->feeds = amends_db_dup_text (stmt, 3);
      ret_invite->expires_at = sqlite3_column_int64 (stmt, 4);
      ret_invite->n_tries = sqlite3_column_int (stmt, 5);
      ret_invite->is_used = sqlite3_column_type (stmt, 6) != SQLITE_NULL;
      amends_sqlite_column_bytes (stmt, 6, ret_invite->used_key, sizeof ret_invite->used_key);
      ret_invite->manifest = amends_db_dup_text (stmt, 7);
      sqlite3_reset (stmt);
    }
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
store_add_invite (AmendsServerStore *store,
                  const AmendsServerInvite *invite,
                  gboolean *ret_added,
                  GError **error)
{
  static const char sql[] = "INSERT INTO invite (lookup, key, kind, feeds, expires_at, tries)"
                            " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (lookup) DO NOTHING";

  if (!amends_sqlite_run (store,
                          amends_sqlite_query (store, error, sql, "tbttii", invite->lookup,
                                               invite->key.bytes, sizeof invite->key.bytes,
                                               invite->kind, invite->feeds, invite->expires_at,
                                               (gint64) invite->n_tries),
                          error))
    return FALSE;
  *ret_added = sqlite3_changes (amends_db_get_handle (((AmendsSqlite *) store)->db)) == 1;
  return TRUE;
}

static gboolean
store_put_invite (AmendsServerStore *store, const AmendsServerInvite *invite, GError **error)
{
  static const char sql[] =
      "UPDATE invite SET tries = ?2, used_key = ?3, manifest = ?4 WHERE lookup = ?1";

  return amends_sqlite_run (store,
                            amends_sqlite_query (store, error, sql, "tibt", invite->lookup,
                                                 (gint64) invite->n_tries,
                                                 invite->is_used ? invite->used_key : NULL,
                                                 sizeof invite->used_key, invite->manifest),
                            error);
}

static gboolean
store_drop_invites (AmendsServerStore *store, gint64 expired_before, GError **error)
{
  static const char sql[] = "DELETE FROM invite WHERE expires_at < ?1";

  return amends_sqlite_run (store, amends_sqlite_query (store, error, sql, "i", expired_before),
                            error);
}

/* Epochs. */

static gboolean
get_number (AmendsServerStore *store, sqlite3_stmt *stmt, guint64 *ret_number, GError **error)
{
  int code = amends_sqlite_step (store, stmt, error);

  *ret_number = 0;
  if (code == SQLITE_ROW)
    {
      *ret_number = amends_sqlite_column_number (stmt, 0);
      sqlite3_reset (stmt);
    }
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
store_get_epoch (AmendsServerStore *store, const char *epoch, guint64 *ret_ordinal, GError **error)
{
  static const char sql[] = "SELECT ordinal FROM epoch WHERE epoch = ?1";

  return get_number (store, amends_sqlite_query (store, error, sql, "t", epoch), ret_ordinal,
                     error);
}

static gboolean
store_add_epoch (AmendsServerStore *store, const char *epoch, GError **error)
{
  static const char sql[] = "INSERT INTO epoch (epoch) VALUES (?1)";
  static const char sql_positions[] =
      "INSERT INTO epoch_position (ordinal, feed, position)"
      " SELECT (SELECT max (ordinal) FROM epoch), feed, position FROM feed";

  return amends_sqlite_run (store, amends_sqlite_query (store, error, sql, "t", epoch), error)
         && amends_sqlite_run (store, amends_sqlite_query (store, error, sql_positions, ""), error);
}

static gboolean
store_get_common_position (AmendsServerStore *store,
                           guint64 ordinal,
                           const AmendsServerFeed *feed,
                           guint64 *ret_position,
                           GError **error)
{
  /* A feed that an epoch does not know was not there when it began. */
  static const char sql[] =
      "SELECT min (coalesce (epoch_position.position, 0))"
      "  FROM epoch LEFT JOIN epoch_position"
      "    ON epoch_position.ordinal = epoch.ordinal AND epoch_position.feed = ?2"
      " WHERE epoch.ordinal > ?1 HAVING count (*) > 0";
  sqlite3_stmt *stmt = amends_sqlite_query (store, error, sql, "ii", (gint64) ordinal, feed->id);
  int code = amends_sqlite_step (store, stmt, error);

  *ret_position = feed->position;
  if (code == SQLITE_ROW)
    {
      *ret_position = amends_sqlite_column_number (stmt, 0);
      sqlite3_reset (stmt);
    }
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
store_get_counts (AmendsServerStore *store, AmendsServerCounts *ret_counts, GError **error)
{
  static const char sql[] =
      "SELECT (SELECT coalesce (sum (nth), 0) FROM chain), count (*), sum (revoked),"
      "       sum (quarantined),"
      "       (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size),"
      "       (SELECT coalesce (sum (n_bytes), 0) FROM chunk_use)"
      "  FROM device WHERE code <> '0'";
  sqlite3_stmt *stmt = amends_sqlite_query (store, error, sql, "");
  int code = amends_sqlite_step (store, stmt, error);

  if (code != SQLITE_ROW)
    return FALSE;
  ret_counts->n_events = amends_sqlite_column_number (stmt, 0);
  ret_counts->n_devices = amends_sqlite_column_number (stmt, 1);
  ret_counts->n_revoked = amends_sqlite_column_number (stmt, 2);
  ret_counts->n_quarantined = amends_sqlite_column_number (stmt, 3);
  ret_counts->n_bytes = amends_sqlite_column_number (stmt, 4);
  ret_counts->n_chunk_bytes = amends_sqlite_column_number (stmt, 5);
  sqlite3_reset (stmt);
  return TRUE;
}

/* What amends_sqlite_set_log() and amends_sqlite_set_chunks() do not set. */
static const AmendsServerStore sqlite_store = {
  .close = store_close,
  .begin = store_begin,
  .commit = store_commit,
  .roll_back = store_roll_back,
  .back_up = store_back_up,
  .get_setting = store_get_setting,
  .set_setting = store_set_setting,
  .get_device = store_get_device,
  .get_device_by_key = store_get_device_by_key,
  .hold_device = store_get_device, /* a transaction has the file to itself */
  .put_device = store_put_device,
  .each_device = store_each_device,
  .take_request = store_take_request,
  .get_feed = store_get_feed,
  .hold_feed = store_get_feed,
  .put_feed = store_put_feed,
  .each_feed = store_each_feed,
  .get_access = store_get_access,
  .put_access = store_put_access,
  .each_access = store_each_access,
  .has_scheme = store_has_scheme,
  .put_scheme = store_put_scheme,
  .each_scheme = store_each_scheme,
  .get_invite = store_get_invite,
  .add_invite = store_add_invite,
  .put_invite = store_put_invite,
  .drop_invites = store_drop_invites,
  .get_epoch = store_get_epoch,
  .add_epoch = store_add_epoch,
  .get_common_position = store_get_common_position,
  .get_counts = store_get_counts,
};

/* What leads from each version of the tables to the next. */
static const char *const kept_files[] = { "kept-001.sql", "kept-002.sql", "kept-003.sql",
                                          "kept-004.sql", "kept-005.sql", "kept-006.sql" };

/* The bytes are the program's own, and GResource puts a zero byte after them. */
static const char *
get_kept_sql (const char *name, GError **error)
{
  g_autofree char *path = g_strconcat ("/org/amends/server/sql/", name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (amends_server_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return bytes != NULL ? g_bytes_get_data (bytes, NULL) : NULL;
}

/**
 * amends_server_store_open_sqlite:
 * @path: the file
 * @vfs: (nullable): the SQLite VFS; %NULL for the system's
 * @create: whether to make it if it is not there
 *
 * Errors: of amends_db_open() and amends_db_migrate(); %AMENDS_STORE_ERROR_NOT_ENROLLED if there is
 * no such file.
 * Returns: (transfer full): the store, freed by its own close
 */
AmendsServerStore *
amends_server_store_open_sqlite (const char *path, const char *vfs, gboolean create, GError **error)
{
  const char *steps[G_N_ELEMENTS (kept_files)];
  g_autoptr (AmendsDb) db = NULL;
  AmendsSqlite *self;

  if (!create && vfs == NULL && !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED,
                   "There is no server's store in that folder");
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (kept_files); i++)
    if ((steps[i] = get_kept_sql (kept_files[i], error)) == NULL)
      return NULL;

  db = amends_db_open (path, vfs, create ? AMENDS_DB_CREATE : AMENDS_DB_NONE, error);
  if (db == NULL || !amends_db_migrate (db, steps, G_N_ELEMENTS (steps), error))
    return NULL;

  self = g_new0 (AmendsSqlite, 1);
  self->parent = sqlite_store;
  amends_sqlite_set_log (&self->parent);
  amends_sqlite_set_chunks (&self->parent);
  self->db = g_steal_pointer (&db);
  self->requests = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return &self->parent;
}
