/* amends-server-admin.c: what an administrator does with the server
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/amends-error.h"
#include "core/amends-instant.h"
#include "server/amends-server-private.h"
#include "store/amends-db.h"

#define MAX_SCHEME_NAME_BYTES 200

/* Codes that a restored server passes over: more than any server gives between two backups. */
#define CODES_PASSED_OVER 4096

static gboolean
is_scheme_code (const char *code)
{
  g_autofree char *feed = g_strconcat ("s.", code, NULL);

  return amends_feed_is_valid (feed);
}

/**
 * amends_server_add_scheme:
 * @code: of small letters, digits and dashes
 * @name: what people call it
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID; %AMENDS_CORE_ERROR_REFUSED if it is there already; of the
 * store.
 * Returns: %TRUE on success
 */
gboolean
amends_server_add_scheme (AmendsServer *self, const char *code, const char *name, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  AmendsServerLog log = { 0 };
  guint64 number;
  gboolean has;

  if (!is_scheme_code (code))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "code", NULL,
                        "The code of a scheme is small letters, digits and dashes");
      return FALSE;
    }
  if (*name == '\0' || strlen (name) > MAX_SCHEME_NAME_BYTES || !g_utf8_validate (name, -1, NULL))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "name", NULL,
                        "A scheme has a name of at most %d bytes", MAX_SCHEME_NAME_BYTES);
      return FALSE;
    }
  if (!amends_server_work_begin (&work, self->store, error)
      || !self->store->has_scheme (self->store, code, &has, error))
    return FALSE;
  if (has)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "code", NULL,
                        "There is a scheme “%s” already", code);
      return FALSE;
    }
  return self->store->put_scheme (self->store, code, name, error)
         && amends_server_log_begin (&log, self, error)
         && amends_server_log_append (&log, "scheme.recorded", 0, 0,
                                      json_pack ("{s:s, s:s}", "code", code, "name", name), &number,
                                      error)
         && amends_server_log_end (&log, error) && amends_server_work_commit (&work, error);
}

static gboolean
append_scheme (const char *code, const char *name, gpointer user_data)
{
  json_array_append_new (user_data, json_pack ("{s:s, s:s}", "code", code, "name", name));
  return TRUE;
}

static json_t *
finish_list (AmendsServerWork *work, json_t *list, gboolean listed, GError **error)
{
  if (listed && amends_server_work_commit (work, error))
    return list;
  json_decref (list);
  return NULL;
}

/**
 * amends_server_list_schemes:
 *
 * Returns: (transfer full): an array of {"code","name"}
 */
json_t *
amends_server_list_schemes (AmendsServer *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  json_t *list = json_array ();
  gboolean listed = amends_server_work_begin (&work, self->store, error)
                    && self->store->each_scheme (self->store, append_scheme, list, error);

  return finish_list (&work, list, listed, error);
}

typedef struct
{
  AmendsServerStore *store;
  json_t *list;
  GError *error;
} DeviceList;

static gboolean
append_access (const AmendsServerFeed *feed, const AmendsServerAccess *access, gpointer user_data)
{
  if (access->may_read || access->may_write)
    json_array_append_new (user_data, json_pack ("{s:s, s:b, s:b}", "feed", feed->name, "read",
                                                 access->may_read, "write", access->may_write));
  return TRUE;
}

static gboolean
append_device (const AmendsServerDevice *device, gpointer user_data)
{
  DeviceList *self = user_data;
  char seen_at[AMENDS_INSTANT_TEXT_SIZE] = "";
  json_t *feeds;

  if (g_str_equal (device->code, "0"))
    return TRUE;
  if (device->seen_at > 0)
    amends_instant_format_to (device->seen_at, seen_at);
  feeds = json_array ();
  json_array_append_new (self->list,
                         json_pack ("{s:s, s:s, s:s, s:b, s:s?, s:s?, s:I, s:I, s:o}", "code",
                                    device->code, "name", device->name, "kind", device->kind,
                                    "revoked", device->revoked, "recoded_from",
                                    device->recoded_from[0] != '\0' ? device->recoded_from : NULL,
                                    "seen_at", seen_at[0] != '\0' ? seen_at : NULL, "events",
                                    (json_int_t) device->number, "quarantined",
                                    (json_int_t) device->n_quarantined, "feeds", feeds));
  return self->store->each_access (self->store, device->id, append_access, feeds, &self->error);
}

/**
 * amends_server_list_devices:
 *
 * Returns: (transfer full): an array of devices with their feeds
 */
json_t *
amends_server_list_devices (AmendsServer *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  DeviceList list = { self->store, json_array (), NULL };
  gboolean listed = amends_server_work_begin (&work, self->store, error)
                    && self->store->each_device (self->store, append_device, &list, error);

  if (list.error != NULL)
    {
      g_propagate_error (error, list.error);
      listed = FALSE;
    }
  return finish_list (&work, list.list, listed, error);
}

gboolean
amends_server_find_device (AmendsServer *self,
                           const char *code,
                           AmendsServerDevice *ret_device,
                           GError **error)
{
  if (!self->store->get_device (self->store, code, ret_device, error))
    return FALSE;
  if (ret_device->id == 0 || g_str_equal (code, "0"))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, "code", NULL, "There is no device “%s”",
                        code);
      return FALSE;
    }
  return TRUE;
}

/**
 * amends_server_revoke:
 * @code: a device
 *
 * From now on the device is told so and given nothing; what it still hands in is held back. Revoked
 * again, nothing happens.
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND; of the store.
 * Returns: %TRUE on success
 */
gboolean
amends_server_revoke (AmendsServer *self, const char *code, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  AmendsServerLog log = { 0 };
  AmendsServerDevice device;

  if (!amends_server_work_begin (&work, self->store, error)
      || !amends_server_find_device (self, code, &device, error))
    return FALSE;
  if (device.revoked)
    return TRUE;
  device.revoked = TRUE;
  return amends_server_log_begin (&log, self, error)
         && amends_server_log_append (&log, "device.revoked", device.stream, device.head,
                                      json_pack ("{s:s}", "device", device.code), &device.head,
                                      error)
         && self->store->put_device (self->store, &device, error)
         && amends_server_log_end (&log, error) && amends_server_work_commit (&work, error);
}

/* Grants what @grants say and the device does not have. */
static gboolean
write_grants (AmendsServer *self, AmendsServerDevice *device, const GArray *grants, GError **error)
{
  AmendsServerLog log = { 0 };
  gboolean is_begun = FALSE;

  for (guint i = 0; i < grants->len; i++)
    {
      const AmendsServerGrant *grant = &g_array_index (grants, AmendsServerGrant, i);
      AmendsServerAccess access = { FALSE, FALSE };
      AmendsServerFeed feed;

      if (!self->store->get_feed (self->store, grant->feed, &feed, error)
          || (feed.id != 0
              && !self->store->get_access (self->store, device->id, feed.id, &access, error)))
        return FALSE;
      if (access.may_read == grant->access.may_read && access.may_write == grant->access.may_write)
        continue;
      if (!is_begun && !amends_server_log_begin (&log, self, error))
        return FALSE;
      is_begun = TRUE;
      if (!amends_server_log_grant (&log, device, grant, error))
        return FALSE;
    }
  return !is_begun || amends_server_log_end (&log, error);
}

/**
 * amends_server_grant:
 * @code: a device
 * @feed: what it may read and write from now on, as its kind allows; with the s. feed of a scheme
 * goes its k. feed
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND, %AMENDS_CORE_ERROR_INVALID; %AMENDS_CORE_ERROR_REFUSED if
 * its kind is not given that feed; of the store.
 * Returns: %TRUE on success, or if it may do so already
 */
gboolean
amends_server_grant (AmendsServer *self, const char *code, const char *feed, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  g_autoptr (GArray) grants = NULL;
  AmendsServerDevice device;

  return amends_server_work_begin (&work, self->store, error)
         && amends_server_find_device (self, code, &device, error)
         && (grants = amends_server_grants_of_feed (self->store, device.kind, feed, error)) != NULL
         && write_grants (self, &device, grants, error) && amends_server_work_commit (&work, error);
}

/**
 * amends_server_ungrant:
 * @code: a device
 * @feed: what it may neither read nor write from now on
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND, %AMENDS_CORE_ERROR_INVALID; %AMENDS_CORE_ERROR_REFUSED for
 * ctl, which every device reads; of the store.
 * Returns: %TRUE on success, or if it may not do so already
 */
gboolean
amends_server_ungrant (AmendsServer *self, const char *code, const char *feed, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  g_autoptr (GArray) grants = g_array_new (FALSE, FALSE, sizeof (AmendsServerGrant));
  AmendsServerGrant grant = { 0 };
  AmendsServerDevice device;

  if (!amends_feed_is_valid (feed))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "feed", NULL, "There is no such feed");
      return FALSE;
    }
  if (g_str_equal (feed, "ctl"))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "feed", NULL,
                        "Every device reads ctl; revoke it instead");
      return FALSE;
    }
  g_strlcpy (grant.feed, feed, sizeof grant.feed);
  g_array_append_val (grants, grant);
  return amends_server_work_begin (&work, self->store, error)
         && amends_server_find_device (self, code, &device, error)
         && write_grants (self, &device, grants, error) && amends_server_work_commit (&work, error);
}

/* Backup. */

static gboolean
collect_feed (const AmendsServerFeed *feed, gpointer user_data)
{
  g_array_append_val ((GArray *) user_data, *feed);
  return TRUE;
}

typedef struct
{
  GMutex *lock;
  gboolean is_held;
} BackupTurn;

static void
backup_step (gboolean work, gpointer user_data)
{
  BackupTurn *turn = user_data;

  if (work)
    g_mutex_lock (turn->lock);
  else
    g_mutex_unlock (turn->lock);
  turn->is_held = work;
}

static gboolean
sync_path (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean synced = fd >= 0 && fsync (fd) == 0;

  if (!synced)
    g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                 "The backup could not be written: %s", g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return synced;
}

/* The file as another program would find it. */
static gboolean
check_copy (const char *path, GError **error)
{
  g_autoptr (AmendsDb) db = amends_db_open (path, NULL, AMENDS_DB_NONE, error);
  sqlite3_stmt *stmt;
  gboolean is_well;

  if (db == NULL)
    return FALSE;
  stmt = amends_db_prepare (db, "PRAGMA quick_check (1)", error);
  if (stmt == NULL || amends_db_step (db, stmt, error) != SQLITE_ROW)
    return FALSE;
  is_well = g_strcmp0 ((const char *) sqlite3_column_text (stmt, 0), "ok") == 0;
  sqlite3_reset (stmt);
  if (!is_well)
    g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
                 "The copy of the store is damaged");
  return is_well;
}

static gboolean
make_private (const char *path, GError **error)
{
  if (g_chmod (path, 0600) == 0)
    return TRUE;
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
               "The backup could not be made private: %s", g_strerror (errno));
  return FALSE;
}

/* The copy, checked and durable, in place of @path. @feeds takes what it holds. */
static gboolean
write_copy (AmendsServer *self, const char *path, GArray *feeds, GError **error)
{
  g_autofree char *partial = g_strconcat (path, ".partial", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  BackupTurn turn = { &self->lock, FALSE };
  gboolean copied;

  g_unlink (partial);
  /* On success the last step leaves the lock held, so that the positions are the copy's. */
  copied = self->store->back_up (self->store, partial, backup_step, &turn, error)
           && self->store->each_feed (self->store, collect_feed, feeds, error);
  if (turn.is_held)
    g_mutex_unlock (&self->lock);
  if (!copied || !check_copy (partial, error) || !make_private (partial, error)
      || !sync_path (partial, error))
    {
      g_unlink (partial);
      return FALSE;
    }
  if (g_rename (partial, path) != 0)
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                   "The backup could not be named: %s", g_strerror (errno));
      return FALSE;
    }
  return sync_path (folder, error);
}

static gboolean
record_safe (AmendsServer *self, const GArray *feeds, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;

  if (!amends_server_work_begin (&work, self->store, error))
    return FALSE;
  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsServerFeed *copied = &g_array_index (feeds, AmendsServerFeed, i);
      AmendsServerFeed feed;

      if (!self->store->get_feed (self->store, copied->name, &feed, error))
        return FALSE;
      feed.safe = copied->position;
      if (!self->store->put_feed (self->store, &feed, error))
        return FALSE;
    }
  return amends_server_work_commit (&work, error);
}

/**
 * amends_server_back_up:
 * @path: the file to write; replaced if it is there
 *
 * Writes a copy of the store, keys included, while exchanges go on; checks it; and tells devices
 * from then on that what it holds is safe.
 *
 * Errors: of the store.
 * Returns: (transfer full): {"file","events","feeds":[{"feed","position"}]}
 */
json_t *
amends_server_back_up (AmendsServer *self, const char *path, GError **error)
{
  g_autoptr (GArray) feeds = g_array_new (FALSE, FALSE, sizeof (AmendsServerFeed));
  guint64 n_entries = 0;
  json_t *list;

  if (!write_copy (self, path, feeds, error) || !record_safe (self, feeds, error))
    return NULL;
  list = json_array ();
  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsServerFeed *feed = &g_array_index (feeds, AmendsServerFeed, i);

      n_entries += feed->position;
      json_array_append_new (list, json_pack ("{s:s, s:I}", "feed", feed->name, "position",
                                              (json_int_t) feed->position));
    }
  return json_pack ("{s:s, s:I, s:o}", "file", path, "entries", (json_int_t) n_entries, "feeds",
                    list);
}

/* Restore. */

static gboolean
pass_over_codes (AmendsServerStore *store, GError **error)
{
  g_autofree char *text = amends_server_get_text (store, "next-code", error);
  g_autofree char *next = NULL;

  if (text == NULL)
    return FALSE;
  next =
      g_strdup_printf ("%" G_GUINT64_FORMAT, g_ascii_strtoull (text, NULL, 10) + CODES_PASSED_OVER);
  return amends_server_set_text (store, "next-code", next, error);
}

/* What the backup holds is in a backup. */
static gboolean
mark_safe (AmendsServerStore *store, const GArray *feeds, GError **error)
{
  for (guint i = 0; i < feeds->len; i++)
    {
      AmendsServerFeed feed = g_array_index (feeds, AmendsServerFeed, i);

      feed.safe = feed.position;
      if (!store->put_feed (store, &feed, error))
        return FALSE;
    }
  return TRUE;
}

/* A new epoch, and the event that says what the server went back to. */
static gboolean
begin_epoch (AmendsServer *self, GArray *feeds, GError **error)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  g_autofree char *from_epoch = g_strdup (self->epoch);
  AmendsServerStore *store = self->store;
  AmendsServerLog log = { 0 };
  json_t *positions = json_object ();
  guint64 number;

  amends_server_new_epoch (&self->environment, self->epoch);
  if (!amends_server_work_begin (&work, store, error)
      || !store->each_feed (store, collect_feed, feeds, error) || !mark_safe (store, feeds, error)
      || !store->add_epoch (store, self->epoch, error)
      || !amends_server_set_text (store, "epoch", self->epoch, error)
      || !pass_over_codes (store, error) || !amends_server_log_begin (&log, self, error))
    {
      json_decref (positions);
      return FALSE;
    }
  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsServerFeed *feed = &g_array_index (feeds, AmendsServerFeed, i);

      json_object_set_new (positions, feed->name, json_integer ((json_int_t) feed->position));
    }
  if (!amends_server_log_append (&log, "server.restored", log.device.stream, log.device.head,
                                 json_pack ("{s:s, s:s, s:o}", "epoch", self->epoch, "from_epoch",
                                            from_epoch, "positions", positions),
                                 &number, error))
    return FALSE;
  log.device.head = number;
  return amends_server_log_end (&log, error) && amends_server_work_commit (&work, error);
}

/* A store with all that SQLite keeps beside it: a journal that is left would be played into whatever
 * file comes to stand there. */
static void
remove_store (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_unlink (file);
    }
}

static gboolean
copy_file (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) local_error = NULL;

  if (g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &local_error)
      && g_chmod (to, 0600) == 0)
    return TRUE;
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, "file", NULL, "There is no such backup");
  else
    g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                 "The backup could not be read: %s",
                 local_error != NULL ? local_error->message : g_strerror (errno));
  return FALSE;
}

/* The store that is there now goes aside, and is kept: it may hold what the backup lacks. */
static gboolean
set_aside (const char *path, const AmendsEnvironment *environment, char **ret_aside, GError **error)
{
  char at[AMENDS_INSTANT_TEXT_SIZE];
  g_autofree char *aside = NULL;
  g_autoptr (GError) local_error = NULL;
  AmendsServerStore *store;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  /* Opening it says whether something serves it, and brings its journal home. A store that is
   * damaged is what restoring is for. */
  store = amends_server_store_open_sqlite (path, environment->vfs, FALSE, &local_error);
  if (store != NULL)
    store->close (store);
  else if (g_error_matches (local_error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_HELD))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  amends_instant_format_to (amends_environment_now (environment), at);
  aside = g_strdup_printf ("%s.before-%s", path, at);
  if (g_rename (path, aside) != 0)
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                   "The store could not be set aside: %s", g_strerror (errno));
      return FALSE;
    }
  if (local_error != NULL)
    {
      g_autofree char *journal = g_strconcat (path, "-wal", NULL);
      g_autofree char *journal_aside = g_strconcat (aside, "-wal", NULL);

      /* The journal of a damaged store stays with it; the backup must not find it. */
      g_rename (journal, journal_aside);
    }
  remove_store (path); /* what is left beside it */
  *ret_aside = g_steal_pointer (&aside);
  return TRUE;
}

/* A folder in @folder where the backup becomes a store. */
static gboolean
prepare (const char *staging,
         const char *path,
         const AmendsEnvironment *environment,
         GArray *feeds,
         char **ret_epoch,
         GError **error)
{
  g_autofree char *copy = g_build_filename (staging, AMENDS_SERVER_STORE_NAME, NULL);
  g_autoptr (AmendsServer) server = NULL;

  if (g_mkdir_with_parents (staging, 0700) != 0)
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                   "The folder cannot be made: %s", g_strerror (errno));
      return FALSE;
    }
  remove_store (copy); /* of a restore that was killed */
  if (!copy_file (path, copy, error) || !check_copy (copy, error))
    return FALSE;
  server = amends_server_open (staging, environment, error);
  if (server == NULL || !begin_epoch (server, feeds, error))
    return FALSE;
  *ret_epoch = g_strdup (server->epoch);
  return TRUE;
}

/**
 * amends_server_restore:
 * @folder: the server's folder; nothing may serve it
 * @path: a backup
 * @environment: clock, randomness and files
 *
 * Puts the backup in place of the store, which is set aside, and begins a new epoch, by which devices
 * know that they have to hand in what is missing.
 *
 * Errors: %AMENDS_STORE_ERROR_HELD while the server serves; %AMENDS_CORE_ERROR_NOT_FOUND; of the
 * store.
 * Returns: (transfer full): {"epoch","set_aside","positions":{feed: n}}
 */
json_t *
amends_server_restore (const char *folder,
                       const char *path,
                       const AmendsEnvironment *environment,
                       GError **error)
{
  g_autofree char *staging = g_build_filename (folder, "restoring", NULL);
  g_autofree char *copy = g_build_filename (staging, AMENDS_SERVER_STORE_NAME, NULL);
  g_autofree char *store_path = g_build_filename (folder, AMENDS_SERVER_STORE_NAME, NULL);
  g_autofree char *aside = NULL;
  g_autofree char *epoch = NULL;
  g_autoptr (GArray) feeds = g_array_new (FALSE, FALSE, sizeof (AmendsServerFeed));
  g_autoptr (GError) local_error = NULL;
  json_t *positions;

  if (!prepare (staging, path, environment, feeds, &epoch, &local_error)
      || !set_aside (store_path, environment, &aside, &local_error)
      || g_rename (copy, store_path) != 0 || !sync_path (folder, &local_error))
    {
      if (local_error == NULL)
        g_set_error (&local_error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                     "The backup could not be put in place: %s", g_strerror (errno));
      g_propagate_error (error, g_steal_pointer (&local_error));
      remove_store (copy);
      g_rmdir (staging);
      return NULL;
    }
  g_rmdir (staging);

  positions = json_object ();
  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsServerFeed *feed = &g_array_index (feeds, AmendsServerFeed, i);

      json_object_set_new (positions, feed->name, json_integer ((json_int_t) feed->position));
    }
  return json_pack ("{s:s, s:s?, s:o}", "epoch", epoch, "set_aside", aside, "positions", positions);
}
