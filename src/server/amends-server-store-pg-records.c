/* amends-server-store-pg-records.c: settings, devices, feeds, schemes, invites and epochs in PostgreSQL
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "server/amends-server-pg.h"

/* Whether @result, which is freed, came. */
static gboolean
done (PGresult *result)
{
  gboolean came = result != NULL;

  PQclear (result);
  return came;
}

/* Settings. */

static gboolean
store_get_setting (AmendsServerStore *store, const char *name, GBytes **ret_value, GError **error)
{
  static const char sql[] = "SELECT value FROM setting WHERE name = $1";
  g_autoptr (PGresult) found = amends_pg_query (store, error, sql, "t", name);

  *ret_value = NULL;
  if (found != NULL && PQntuples (found) > 0)
    *ret_value = amends_pg_get_bytes (found, 0, 0);
  return found != NULL;
}

static gboolean
store_set_setting (AmendsServerStore *store,
                   const char *name,
                   const void *bytes,
                   gsize n_bytes,
                   GError **error)
{
  static const char sql[] = "INSERT INTO setting (name, value) VALUES ($1, $2)"
                            " ON CONFLICT (name) DO UPDATE SET value = excluded.value";

  return amends_pg_run (store, error, sql, "tb", name, bytes, n_bytes);
}

/* Devices. */

#define DEVICE_COLUMNS                                                                          \
  "device, code, name, kind, key, number, trunk, request, revoked, stream, head, recoded_from," \
  " quarantined, seen_at, safe, confirmed"

static void
read_device (const PGresult *result, int row, AmendsServerDevice *ret_device)
{
  AmendsServerDevice device = { .id = amends_pg_int (result, row, 0) };

  amends_pg_text (result, row, 1, device.code, sizeof device.code);
  amends_pg_text (result, row, 2, device.name, sizeof device.name);
  amends_pg_text (result, row, 3, device.kind, sizeof device.kind);
  amends_pg_bytes (result, row, 4, device.key, sizeof device.key);
  device.number = amends_pg_number (result, row, 5);
  amends_pg_bytes (result, row, 6, device.trunk.bytes, sizeof device.trunk.bytes);
  device.request = amends_pg_number (result, row, 7);
  device.revoked = amends_pg_flag (result, row, 8);
  device.stream = amends_pg_number (result, row, 9);
  device.head = amends_pg_number (result, row, 10);
  amends_pg_text (result, row, 11, device.recoded_from, sizeof device.recoded_from);
  device.n_quarantined = amends_pg_number (result, row, 12);
  device.seen_at = amends_pg_int (result, row, 13);
  device.safe = amends_pg_number (result, row, 14);
  device.confirmed = amends_pg_number (result, row, 15);
  *ret_device = device;
}

/* @result: (nullable) (transfer full) */
static gboolean
take_device (PGresult *result, AmendsServerDevice *ret_device)
{
  if (result != NULL && PQntuples (result) > 0)
    read_device (result, 0, ret_device);
  else
    ret_device->id = 0;
  return done (result);
}

static gboolean
store_get_device (AmendsServerStore *store,
                  const char *code,
                  AmendsServerDevice *ret_device,
                  GError **error)
{
  static const char sql[] = "SELECT " DEVICE_COLUMNS " FROM device WHERE code = $1";

  return take_device (amends_pg_query (store, error, sql, "t", code), ret_device);
}

static gboolean
store_get_device_by_key (AmendsServerStore *store,
                         const guint8 key[AMENDS_KEY_BYTES],
                         AmendsServerDevice *ret_device,
                         GError **error)
{
  static const char sql[] = "SELECT " DEVICE_COLUMNS " FROM device WHERE key = $1";

  return take_device (amends_pg_query (store, error, sql, "b", key, (gsize) AMENDS_KEY_BYTES),
                      ret_device);
}

static gboolean
store_hold_device (AmendsServerStore *store,
                   const char *code,
                   AmendsServerDevice *ret_device,
                   GError **error)
{
  static const char sql[] =
      "SELECT " DEVICE_COLUMNS " FROM device WHERE code = $1 FOR NO KEY UPDATE";

  return take_device (amends_pg_query (store, error, sql, "t", code), ret_device);
}

static gboolean
add_device (AmendsServerStore *store, AmendsServerDevice *device, GError **error)
{
  static const char sql[] =
      "INSERT INTO device (code, name, kind, key, number, trunk, request, revoked, stream, head,"
      " recoded_from, quarantined, seen_at, safe, confirmed)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, nullif ($11, ''), $12, $13, $14,"
      " $15)"
      " RETURNING device";
  g_autoptr (PGresult) added =
      amends_pg_query (store, error, sql, "tttbibifiitiiii", device->code, device->name,
                       device->kind, device->key, sizeof device->key, (gint64) device->number,
                       device->trunk.bytes, sizeof device->trunk.bytes, (gint64) device->request,
                       device->revoked, (gint64) device->stream, (gint64) device->head,
                       device->recoded_from, (gint64) device->n_quarantined, device->seen_at,
                       (gint64) device->safe, (gint64) device->confirmed);

  if (added == NULL)
    return FALSE;
  device->id = amends_pg_int (added, 0, 0);
  return TRUE;
}

static gboolean
store_put_device (AmendsServerStore *store, AmendsServerDevice *device, GError **error)
{
  static const char sql[] =
      "UPDATE device SET number = $2, trunk = $3, request = $4, revoked = $5, head = $6,"
      " quarantined = $7, seen_at = $8, safe = $9, confirmed = $10,"
      " recoded_from = nullif ($11, '') WHERE device = $1";

  if (device->id == 0)
    return add_device (store, device, error);
  return amends_pg_run (store, error, sql, "iibifiiiiit", device->id, (gint64) device->number,
                        device->trunk.bytes, sizeof device->trunk.bytes, (gint64) device->request,
                        device->revoked, (gint64) device->head, (gint64) device->n_quarantined,
                        device->seen_at, (gint64) device->safe, (gint64) device->confirmed,
                        device->recoded_from);
}

static gboolean
store_each_device (AmendsServerStore *store,
                   AmendsServerDeviceFunc function,
                   gpointer user_data,
                   GError **error)
{
  static const char sql[] = "SELECT " DEVICE_COLUMNS " FROM device ORDER BY device";
  g_autoptr (PGresult) found = amends_pg_query (store, error, sql, "");

  for (int row = 0; found != NULL && row < PQntuples (found); row++)
    {
      AmendsServerDevice device;

      read_device (found, row, &device);
      if (!function (&device, user_data))
        break;
    }
  return found != NULL;
}

/* One statement, so that of two requests that come at once under one number one is taken. */
static gboolean
store_take_request (AmendsServerStore *store,
                    gint64 device,
                    guint64 last_committed,
                    guint64 request,
                    gboolean *ret_taken,
                    guint64 *ret_last,
                    GError **error)
{
  static const char sql[] = "INSERT INTO request (device, number) VALUES ($1, $2)"
                            " ON CONFLICT (device) DO UPDATE SET number = excluded.number"
                            " WHERE request.number < excluded.number RETURNING number";
  static const char sql_last[] = "SELECT number FROM request WHERE device = $1";
  g_autoptr (PGresult) taken = NULL;
  g_autoptr (PGresult) last = NULL;

  *ret_taken = FALSE;
  if (request > last_committed)
    {
      taken = amends_pg_query (store, error, sql, "ii", device, (gint64) request);
      if (taken == NULL)
        return FALSE;
      *ret_taken = PQntuples (taken) > 0;
      *ret_last = request;
    }
  if (*ret_taken)
    return TRUE;
  last = amends_pg_query (store, error, sql_last, "i", device);
  if (last == NULL)
    return FALSE;
  *ret_last = last_committed;
  if (PQntuples (last) > 0)
    *ret_last = MAX (last_committed, amends_pg_number (last, 0, 0));
  return TRUE;
}

/* Feeds. */

#define FEED_COLUMNS "feed.feed, feed.name, feed.position, feed.hash, feed.safe"
#define N_FEED_COLUMNS 5

static void
read_feed (const PGresult *result, int row, AmendsServerFeed *ret_feed)
{
  AmendsServerFeed feed = { .id = amends_pg_int (result, row, 0) };

  amends_pg_text (result, row, 1, feed.name, sizeof feed.name);
  feed.position = amends_pg_number (result, row, 2);
  amends_pg_bytes (result, row, 3, feed.hash.bytes, sizeof feed.hash.bytes);
  feed.safe = amends_pg_number (result, row, 4);
  *ret_feed = feed;
}

/* @result: (nullable) (transfer full) */
static gboolean
take_feed (PGresult *result, AmendsServerFeed *ret_feed)
{
  if (result != NULL && PQntuples (result) > 0)
    read_feed (result, 0, ret_feed);
  else
    ret_feed->id = 0;
  return done (result);
}

static gboolean
store_get_feed (AmendsServerStore *store,
                const char *name,
                AmendsServerFeed *ret_feed,
                GError **error)
{
  static const char sql[] = "SELECT " FEED_COLUMNS " FROM feed WHERE name = $1";

  return take_feed (amends_pg_query (store, error, sql, "t", name), ret_feed);
}

static gboolean
store_hold_feed (AmendsServerStore *store,
                 const char *name,
                 AmendsServerFeed *ret_feed,
                 GError **error)
{
  static const char sql[] = "SELECT " FEED_COLUMNS " FROM feed WHERE name = $1 FOR NO KEY UPDATE";

  return take_feed (amends_pg_query (store, error, sql, "t", name), ret_feed);
}

static gboolean
store_put_feed (AmendsServerStore *store, AmendsServerFeed *feed, GError **error)
{
  static const char sql[] = "UPDATE feed SET position = $2, hash = $3, safe = $4 WHERE feed = $1";
  /* Where another process has made it meanwhile, that one is returned. */
  static const char sql_add[] =
      "INSERT INTO feed (name, position, hash, safe) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (name) DO UPDATE SET safe = feed.safe RETURNING " FEED_COLUMNS;

  if (feed->id == 0)
    {
      g_autofree char *name = g_strdup (feed->name);

      return take_feed (amends_pg_query (store, error, sql_add, "tibi", name,
                                         (gint64) feed->position, feed->hash.bytes,
                                         sizeof feed->hash.bytes, (gint64) feed->safe),
                        feed);
    }
  return amends_pg_run (store, error, sql, "iibi", feed->id, (gint64) feed->position,
                        feed->hash.bytes, sizeof feed->hash.bytes, (gint64) feed->safe);
}

static gboolean
store_each_feed (AmendsServerStore *store,
                 AmendsServerFeedFunc function,
                 gpointer user_data,
                 GError **error)
{
  static const char sql[] = "SELECT " FEED_COLUMNS " FROM feed ORDER BY name";
  g_autoptr (PGresult) found = amends_pg_query (store, error, sql, "");

  for (int row = 0; found != NULL && row < PQntuples (found); row++)
    {
      AmendsServerFeed feed;

      read_feed (found, row, &feed);
      if (!function (&feed, user_data))
        break;
    }
  return found != NULL;
}

/* Access. */

#define ACCESS_COLUMNS "may_read, may_write, taken_at, gone_at, said, lost_at"

static void
read_access (const PGresult *result, int row, int column, AmendsServerAccess *ret_access)
{
  ret_access->may_read = amends_pg_flag (result, row, column);
  ret_access->may_write = amends_pg_flag (result, row, column + 1);
  ret_access->taken_at = amends_pg_int (result, row, column + 2);
  ret_access->gone_at = amends_pg_int (result, row, column + 3);
  ret_access->said = amends_pg_number (result, row, column + 4);
  ret_access->lost_at = amends_pg_int (result, row, column + 5);
}

static gboolean
store_get_access (AmendsServerStore *store,
                  gint64 device,
                  gint64 feed,
                  AmendsServerAccess *ret_access,
                  GError **error)
{
  static const char sql[] = "SELECT " ACCESS_COLUMNS " FROM access WHERE device = $1 AND feed = $2";
  g_autoptr (PGresult) found = amends_pg_query (store, error, sql, "ii", device, feed);

  memset (ret_access, 0, sizeof *ret_access);
  if (found != NULL && PQntuples (found) > 0)
    read_access (found, 0, 0, ret_access);
  return found != NULL;
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
      ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
      " ON CONFLICT (device, feed) DO UPDATE SET may_read = excluded.may_read,"
      " may_write = excluded.may_write, taken_at = excluded.taken_at,"
      " gone_at = excluded.gone_at, said = excluded.said, lost_at = excluded.lost_at";

  return amends_pg_run (store, error, sql, "iiffiiii", device, feed, access->may_read,
                        access->may_write, access->taken_at, access->gone_at, (gint64) access->said,
                        access->lost_at);
}

static gboolean
store_each_access (AmendsServerStore *store,
                   gint64 device,
                   AmendsServerAccessFunc function,
                   gpointer user_data,
                   GError **error)
{
  static const char sql[] =
      "SELECT " FEED_COLUMNS ", " ACCESS_COLUMNS "  FROM access JOIN feed USING (feed)"
      " WHERE device = $1 ORDER BY name";
  g_autoptr (PGresult) found = amends_pg_query (store, error, sql, "i", device);

  for (int row = 0; found != NULL && row < PQntuples (found); row++)
    {
      AmendsServerAccess access;
      AmendsServerFeed feed;

      read_feed (found, row, &feed);
      read_access (found, row, N_FEED_COLUMNS, &access);
      if (!function (&feed, &access, user_data))
        break;
    }
  return found != NULL;
}

/* Schemes. */

static gboolean
store_has_scheme (AmendsServerStore *store, const char *code, gboolean *ret_has, GError **error)
{
  static const char sql[] = "SELECT 1 FROM scheme WHERE code = $1";
  g_autoptr (PGresult) found = amends_pg_query (store, error, sql, "t", code);

  *ret_has = found != NULL && PQntuples (found) > 0;
  return found != NULL;
}

static gboolean
store_put_scheme (AmendsServerStore *store, const char *code, const char *name, GError **error)
{
  static const char sql[] = "INSERT INTO scheme (code, name) VALUES ($1, $2)";

  return amends_pg_run (store, error, sql, "tt", code, name);
}

static gboolean
store_each_scheme (AmendsServerStore *store,
                   AmendsServerSchemeFunc function,
                   gpointer user_data,
                   GError **error)
{
  static const char sql[] = "SELECT code, name FROM scheme ORDER BY code";
  g_autoptr (PGresult) found = amends_pg_query (store, error, sql, "");

  for (int row = 0; found != NULL && row < PQntuples (found); row++)
    if (!function (amends_pg_get_text (found, row, 0), amends_pg_get_text (found, row, 1),
                   user_data))
      break;
  return found != NULL;
}

/* Invites. */

static gboolean
store_get_invite (AmendsServerStore *store,
                  const char *lookup,
                  AmendsServerInvite *ret_invite,
                  GError **error)
{
  static const char sql[] = "SELECT lookup, key, kind, feeds, expires_at, tries, used_key, manifest"
                            "  FROM invite WHERE lookup = $1 FOR NO KEY UPDATE";
  g_autoptr (PGresult) found = amends_pg_query (store, error, sql, "t", lookup);

  memset (ret_invite, 0, sizeof *ret_invite);
  if (found != NULL && PQntuples (found) > 0)
    {
      amends_pg_text (found, 0, 0, ret_invite->lookup, sizeof ret_invite->lookup);
      amends_pg_bytes (found, 0, 1, ret_invite->key.bytes, sizeof ret_invite->key.bytes);
      amends_pg_text (found, 0, 2, ret_invite->kind, sizeof ret_invite->kind);
      ret_invite->feeds = g_strdup (amends_pg_get_text (found, 0, 3));
      ret_invite->expires_at = amends_pg_int (found, 0, 4);
      ret_invite->n_tries = (int) amends_pg_int (found, 0, 5);
      ret_invite->is_used = amends_pg_get_text (found, 0, 6) != NULL;
      amends_pg_bytes (found, 0, 6, ret_invite->used_key, sizeof ret_invite->used_key);
      ret_invite->manifest = g_strdup (amends_pg_get_text (found, 0, 7));
    }
  return found != NULL;
}

static gboolean
store_add_invite (AmendsServerStore *store,
                  const AmendsServerInvite *invite,
                  gboolean *ret_added,
                  GError **error)
{
  static const char sql[] = "INSERT INTO invite (lookup, key, kind, feeds, expires_at, tries)"
                            " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (lookup) DO NOTHING"
                            " RETURNING lookup";
  g_autoptr (PGresult) added =
      amends_pg_query (store, error, sql, "tbttii", invite->lookup, invite->key.bytes,
                       sizeof invite->key.bytes, invite->kind, invite->feeds, invite->expires_at,
                       (gint64) invite->n_tries);

  *ret_added = added != NULL && PQntuples (added) > 0;
  return added != NULL;
}

static gboolean
store_put_invite (AmendsServerStore *store, const AmendsServerInvite *invite, GError **error)
{
  static const char sql[] =
      "UPDATE invite SET tries = $2, used_key = $3, manifest = $4 WHERE lookup = $1";

  return amends_pg_run (store, error, sql, "tibt", invite->lookup, (gint64) invite->n_tries,
                        invite->is_used ? invite->used_key : NULL, sizeof invite->used_key,
                        invite->manifest);
}

static gboolean
store_drop_invites (AmendsServerStore *store, gint64 expired_before, GError **error)
{
  static const char sql[] = "SELECT erase_invites ($1)";

  return amends_pg_run (store, error, sql, "i", expired_before);
}

/* Epochs. */

static gboolean
store_get_epoch (AmendsServerStore *store, const char *epoch, guint64 *ret_ordinal, GError **error)
{
  static const char sql[] = "SELECT ordinal FROM epoch WHERE epoch = $1";
  g_autoptr (PGresult) found = amends_pg_query (store, error, sql, "t", epoch);

  *ret_ordinal = found != NULL && PQntuples (found) > 0 ? amends_pg_number (found, 0, 0) : 0;
  return found != NULL;
}

static gboolean
store_add_epoch (AmendsServerStore *store, const char *epoch, GError **error)
{
  static const char sql[] = "INSERT INTO epoch (epoch) VALUES ($1)";
  static const char sql_positions[] =
      "INSERT INTO epoch_position (ordinal, feed, position)"
      " SELECT (SELECT max (ordinal) FROM epoch), feed, position FROM feed";

  return amends_pg_run (store, error, sql, "t", epoch)
         && amends_pg_run (store, error, sql_positions, "");
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
      "    ON epoch_position.ordinal = epoch.ordinal AND epoch_position.feed = $2"
      " WHERE epoch.ordinal > $1 HAVING count (*) > 0";
  g_autoptr (PGresult) found =
      amends_pg_query (store, error, sql, "ii", (gint64) ordinal, feed->id);

  *ret_position = feed->position;
  if (found != NULL && PQntuples (found) > 0)
    *ret_position = amends_pg_number (found, 0, 0);
  return found != NULL;
}

static gboolean
store_get_counts (AmendsServerStore *store, AmendsServerCounts *ret_counts, GError **error)
{
  static const char sql[] =
      "SELECT (SELECT coalesce (sum (nth), 0)::bigint FROM chain), count (*),"
      "       count (*) FILTER (WHERE revoked), coalesce (sum (quarantined), 0)::bigint,"
      "       pg_database_size (current_database ()),"
      "       (SELECT coalesce (sum (n_bytes), 0)::bigint FROM chunk_use)"
      "  FROM device WHERE code <> '0'";
  g_autoptr (PGresult) found = amends_pg_query (store, error, sql, "");

  if (found == NULL)
    return FALSE;
  ret_counts->n_events = amends_pg_number (found, 0, 0);
  ret_counts->n_devices = amends_pg_number (found, 0, 1);
  ret_counts->n_revoked = amends_pg_number (found, 0, 2);
  ret_counts->n_quarantined = amends_pg_number (found, 0, 3);
  ret_counts->n_bytes = amends_pg_number (found, 0, 4);
  ret_counts->n_chunk_bytes = amends_pg_number (found, 0, 5);
  return TRUE;
}

/* Sets the functions of @store that this file has. */
void
amends_pg_set_records (AmendsServerStore *store)
{
  store->get_setting = store_get_setting;
  store->set_setting = store_set_setting;
  store->get_device = store_get_device;
  store->get_device_by_key = store_get_device_by_key;
  store->hold_device = store_hold_device;
  store->put_device = store_put_device;
  store->each_device = store_each_device;
  store->take_request = store_take_request;
  store->get_feed = store_get_feed;
  store->hold_feed = store_hold_feed;
  store->put_feed = store_put_feed;
  store->each_feed = store_each_feed;
  store->get_access = store_get_access;
  store->put_access = store_put_access;
  store->each_access = store_each_access;
  store->has_scheme = store_has_scheme;
  store->put_scheme = store_put_scheme;
  store->each_scheme = store_each_scheme;
  store->get_invite = store_get_invite;
  store->add_invite = store_add_invite;
  store->put_invite = store_put_invite;
  store->drop_invites = store_drop_invites;
  store->get_epoch = store_get_epoch;
  store->add_epoch = store_add_epoch;
  store->get_common_position = store_get_common_position;
  store->get_counts = store_get_counts;
}
