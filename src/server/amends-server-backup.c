/* amends-server-backup.c: a backup of the store, and the store that a backup becomes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A backup is an SQLite file. */

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
#include "store/amends-file.h"

/* Codes that a restored server passes over: more than any server gives between two backups. Where nothing is left of
 * the store that is given up it may have been restored from the same backup itself, and passed over the same: so many
 * more at the most, drawn by lot. */
#define CODES_PASSED_OVER 4096
#define CODES_DRAWN_FROM 0x2000

/* In the folder beside a database: the next code of the last store that was restored from there. */
#define RESTORED_FILE "restored-code"

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
  if (amends_file_sync_path (path))
    return TRUE;
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
               "The backup could not be written: %s", g_strerror (errno));
  return FALSE;
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

/* A journal that stays beside a closed file holds what could not be brought home into it, and would be lost
 * with the file's name. */
static gboolean
check_alone (const char *path, GError **error)
{
  g_autofree char *journal = g_strconcat (path, "-wal", NULL);

  if (!g_file_test (journal, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
               "The copy of the store could not be written to its end");
  return FALSE;
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

static gboolean
collect_device (const AmendsServerDevice *device, gpointer user_data)
{
  g_array_append_vals (user_data, device, 1);
  return TRUE;
}

/* What a copy holds. */
typedef struct
{
  GArray *feeds;
  GArray *devices;
} Holding;

/* What the copy holds: the store goes on meanwhile. */
static gboolean
read_holding (const char *path, const Holding *holding, GError **error)
{
  AmendsServerStore *store = amends_server_store_open_sqlite (path, NULL, FALSE, error);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  gboolean is_read;

  if (store == NULL)
    return FALSE;
  is_read = amends_server_work_begin (&work, store, AMENDS_SERVER_READ, error)
            && store->each_feed (store, collect_feed, holding->feeds, error)
            && store->each_device (store, collect_device, holding->devices, error);
  amends_server_work_clear (&work);
  store->close (store);
  return is_read;
}

/* The copy, checked and durable, at @path. @holding takes what it holds. */
static gboolean
write_copy (AmendsServer *self, const char *path, const Holding *holding, GError **error)
{
  g_autofree char *partial = g_strconcat (path, ".partial", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  BackupTurn turn = { &self->lock, FALSE };
  gboolean copied;

  /* It may be the only backup that is good. */
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "file", NULL,
                        "There is a file of that name already");
      return FALSE;
    }
  g_unlink (partial);
  copied = self->store->back_up (self->store, partial, backup_step, &turn, error);
  if (turn.is_held)
    g_mutex_unlock (&self->lock);
  if (!copied || !check_copy (partial, error) || !check_alone (partial, error)
      || !read_holding (partial, holding, error) || !make_private (partial, error)
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

static int
compare_devices (gconstpointer a, gconstpointer b)
{
  return strcmp (((const AmendsServerDevice *) a)->code, ((const AmendsServerDevice *) b)->code);
}

/* Devices whose events the copy has further than it was known: few from one backup to the next. */
static gboolean
record_safe_devices (AmendsServer *self, GArray *devices, GError **error)
{
  g_array_sort (devices, compare_devices);
  for (guint i = 0; i < devices->len; i++)
    {
      const AmendsServerDevice *copied = &g_array_index (devices, AmendsServerDevice, i);
      AmendsServerDevice device;

      if (copied->safe >= copied->number || g_str_equal (copied->code, "0"))
        continue;
      if (!self->store->hold_device (self->store, copied->code, &device, error))
        return FALSE;
      device.safe = MAX (device.safe, copied->number);
      if (!self->store->put_device (self->store, &device, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
record_safe (AmendsServer *self, const Holding *holding, GError **error)
{
  const GArray *feeds = holding->feeds;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;

  if (!amends_server_work_begin (&work, self->store, AMENDS_SERVER_WRITE, error)
      || !record_safe_devices (self, holding->devices, error))
    return FALSE;
  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsServerFeed *copied = &g_array_index (feeds, AmendsServerFeed, i);
      AmendsServerFeed feed;

      if (!self->store->hold_feed (self->store, copied->name, &feed, error))
        return FALSE;
      feed.safe = copied->position;
      if (!self->store->put_feed (self->store, &feed, error))
        return FALSE;
    }
  return amends_server_work_commit (&work, error);
}

/**
 * amends_server_back_up:
 * @path: the file to write, which must not be there yet
 *
 * Writes a copy of the store, keys included as it has them, while exchanges go on; checks it; and
 * tells devices from then on that what it holds is safe.
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID if @path is there; of the store.
 * Returns: (transfer full): {"file","sealed","entries","feeds":[{"feed","position"}]}
 */
json_t *
amends_server_back_up (AmendsServer *self, const char *path, GError **error)
{
  g_autoptr (GArray) feeds = g_array_new (FALSE, FALSE, sizeof (AmendsServerFeed));
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (AmendsServerDevice));
  const Holding holding = { feeds, devices };
  guint64 n_entries = 0;
  json_t *list;

  if (!write_copy (self, path, &holding, error) || !record_safe (self, &holding, error))
    return NULL;
  list = json_array ();
  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsServerFeed *feed = &g_array_index (feeds, AmendsServerFeed, i);

      n_entries += feed->position;
      json_array_append_new (list, json_pack ("{s:s, s:I}", "feed", feed->name, "position",
                                              (json_int_t) feed->position));
    }
  return json_pack ("{s:s, s:b, s:I, s:o}", "file", path, "sealed", self->is_sealed, "entries",
                    (json_int_t) n_entries, "feeds", list);
}

/* Restore. */

static gboolean
get_next_code (AmendsServerStore *store, guint64 *ret_next, GError **error)
{
  g_autofree char *text = amends_server_get_text (store, "next-code", error);

  if (text != NULL)
    *ret_next = g_ascii_strtoull (text, NULL, 10);
  return text != NULL;
}

/* What the store that is given up would give next: from one backup a server may be restored more than once,
 * and gives other codes each time. Returns: 0 if there is none, or none that can be read */
static guint64
find_next_code (const char *folder, const AmendsEnvironment *environment)
{
  g_autofree char *path = g_build_filename (folder, AMENDS_SERVER_STORE_NAME, NULL);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  AmendsServerStore *store = NULL;
  guint64 next = 0;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    store = amends_server_store_open_sqlite (path, environment->vfs, FALSE, NULL);
  if (store == NULL)
    return 0;
  if (amends_server_work_begin (&work, store, AMENDS_SERVER_READ, NULL))
    get_next_code (store, &next, NULL);
  amends_server_work_clear (&work);
  store->close (store);
  return next;
}

/* The same of a database, which nobody may be able to reach any more: what the last one that was filled
 * from this folder began with. */
static guint64
read_next_code (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, RESTORED_FILE, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  return g_ascii_strtoull (text, NULL, 10);
}

static gboolean
write_next_code (AmendsServer *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, RESTORED_FILE, NULL);
  g_autofree char *text = amends_server_get_text (self->store, "next-code", error);

  return text != NULL
         && g_file_set_contents_full (path, text, -1,
                                      G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                      0600, error);
}

static gboolean
pass_over_codes (AmendsServer *self, guint64 given_up, GError **error)
{
  g_autofree char *text = NULL;
  guint32 lot = 0;
  guint64 next;

  if (!get_next_code (self->store, &next, error))
    return FALSE;
  if (given_up == 0)
    amends_environment_random (&self->environment, (guint8 *) &lot, sizeof lot);
  text = g_strdup_printf ("%" G_GUINT64_FORMAT,
                          MAX (next, given_up) + CODES_PASSED_OVER + lot % CODES_DRAWN_FROM);
  return amends_server_set_text (self->store, "next-code", text, error);
}

/* What the backup holds is in a backup. */
static gboolean
mark_safe (AmendsServerStore *store, const GArray *feeds, GError **error)
{
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (AmendsServerDevice));

  for (guint i = 0; i < feeds->len; i++)
    {
      AmendsServerFeed feed = g_array_index (feeds, AmendsServerFeed, i);

      feed.safe = feed.position;
      if (!store->put_feed (store, &feed, error))
        return FALSE;
    }
  if (!store->each_device (store, collect_device, devices, error))
    return FALSE;
  for (guint i = 0; i < devices->len; i++)
    {
      AmendsServerDevice *device = &g_array_index (devices, AmendsServerDevice, i);

      device->safe = device->number;
      if (!store->put_device (store, device, error))
        return FALSE;
    }
  return TRUE;
}

/* Returns: (transfer full): an object of positions by feed */
static json_t *
list_positions (const GArray *feeds)
{
  json_t *positions = json_object ();

  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsServerFeed *feed = &g_array_index (feeds, AmendsServerFeed, i);

      json_object_set_new (positions, feed->name, json_integer ((json_int_t) feed->position));
    }
  return positions;
}

/* A new epoch, and the event that says what the server went back to. Called in a work.
 * @next_code: of the store that is given up; 0 unknown */
static gboolean
begin_epoch (AmendsServer *self, GArray *feeds, guint64 next_code, GError **error)
{
  g_autofree char *from_epoch = g_strdup (self->epoch);
  AmendsServerStore *store = self->store;
  AmendsServerLog log = { 0 };
  guint64 number;

  amends_server_new_epoch (&self->environment, self->epoch);
  if (!store->each_feed (store, collect_feed, feeds, error) || !mark_safe (store, feeds, error)
      || !store->add_epoch (store, self->epoch, error)
      || !amends_server_set_text (store, "epoch", self->epoch, error)
      || !pass_over_codes (self, next_code, error) || !amends_server_log_begin (&log, self, error)
      || !amends_server_log_append (&log, "server.restored", log.device.stream, log.device.head,
                                    json_pack ("{s:s, s:s, s:o}", "epoch", self->epoch,
                                               "from_epoch", from_epoch, "positions",
                                               list_positions (feeds)),
                                    &number, error))
    return FALSE;
  log.device.head = number;
  return amends_server_log_end (&log, error);
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
  g_autofree char *journal = NULL;
  g_autofree char *journal_aside = NULL;
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
  journal = g_strconcat (path, "-wal", NULL);
  journal_aside = g_strconcat (aside, "-wal", NULL);
  if (g_rename (path, aside) != 0)
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                   "The store could not be set aside: %s", g_strerror (errno));
      return FALSE;
    }
  /* The journal of a store that is damaged, or on a disk that fails, stays with it; the backup must not
   * find it. */
  g_rename (journal, journal_aside);
  remove_store (path); /* what is left beside it */
  *ret_aside = g_steal_pointer (&aside);
  return TRUE;
}

/* A copy of the backup, of which SQLite may make what it likes, in a folder for it. */
static gboolean
stage (const char *staging, const char *path, char **ret_copy, GError **error)
{
  *ret_copy = g_build_filename (staging, AMENDS_SERVER_STORE_NAME, NULL);
  if (g_mkdir_with_parents (staging, 0700) != 0)
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                   "The folder cannot be made: %s", g_strerror (errno));
      return FALSE;
    }
  remove_store (*ret_copy); /* of a restore that was killed */
  return copy_file (path, *ret_copy, error) && check_copy (*ret_copy, error);
}

/* The staged copy as a server of @folder, where the key of a database's backup is. */
static AmendsServer *
open_copy (const char *folder,
           const char *staging,
           const AmendsEnvironment *environment,
           GError **error)
{
  AmendsEnvironment of_file = *environment;
  AmendsServer *server;

  of_file.database = NULL;
  server = amends_server_new (staging, &of_file, FALSE, error);
  if (server == NULL)
    return NULL;
  g_free (server->folder);
  server->folder = g_strdup (folder);
  return server;
}

/* The staged copy becomes a store that the backup's devices know. */
static gboolean
renew_copy (const char *folder,
            const char *staging,
            const AmendsEnvironment *environment,
            GArray *feeds,
            char **ret_epoch,
            GError **error)
{
  g_autoptr (AmendsServer) server = open_copy (folder, staging, environment, error);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  guint64 next_code = find_next_code (folder, environment);

  if (server == NULL || !amends_server_work_begin (&work, server->store, AMENDS_SERVER_WRITE, error)
      || !amends_server_load_seal (server, error) || !amends_server_load_settings (server, error)
      || !begin_epoch (server, feeds, next_code, error)
      || !amends_server_work_commit (&work, error))
    return FALSE;
  *ret_epoch = g_strdup (server->epoch);
  return TRUE;
}

static gboolean
put_in_place (const char *folder,
              const char *copy,
              const AmendsEnvironment *environment,
              char **ret_aside,
              GError **error)
{
  g_autofree char *path = g_build_filename (folder, AMENDS_SERVER_STORE_NAME, NULL);

  if (!set_aside (path, environment, ret_aside, error))
    return FALSE;
  if (g_rename (copy, path) != 0)
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                   "The backup could not be put in place: %s", g_strerror (errno));
      return FALSE;
    }
  return sync_path (folder, error);
}

/* Secrets are sealed before the database has them: what it is given once stays in its journal, in its
 * replicas and archives. */
static gboolean
seal_copy (AmendsServer *server, const char *staging, GError **error)
{
  g_autoptr (AmendsServer) copy = open_copy (server->folder, staging, &server->environment, error);
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  gboolean sealed;

  if (copy == NULL || !amends_server_work_begin (&work, copy->store, AMENDS_SERVER_WRITE, error)
      || !amends_server_load_seal (copy, error))
    return FALSE;
  sealed = copy->is_sealed || amends_server_seal_secrets (copy, error);
  server->has_new_seal = copy->has_new_seal;
  return sealed && amends_server_work_commit (&work, error);
}

/* Only what is empty is filled. A database that serves is nobody's to replace while it does, and its role
 * may not: the new one takes its place when it is whole. */
static gboolean
fill_server (AmendsServer *server,
             const char *staging,
             const char *copy,
             GArray *feeds,
             GError **error)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  AmendsServerStore *store = server->store;

  return amends_server_work_begin (&work, store, AMENDS_SERVER_WRITE, error)
         && amends_server_check_empty (server, error) && seal_copy (server, staging, error)
         && store->fill (store, copy, error) && amends_server_load_seal (server, error)
         && amends_server_load_settings (server, error)
         && begin_epoch (server, feeds, read_next_code (server->folder), error)
         && write_next_code (server, error) && amends_server_keep_seal (server)
         && amends_server_work_commit (&work, error);
}

static gboolean
fill_database (const char *folder,
               const char *staging,
               const char *copy,
               const AmendsEnvironment *environment,
               GArray *feeds,
               char **ret_epoch,
               GError **error)
{
  g_autoptr (AmendsServer) server = amends_server_new (folder, environment, FALSE, error);

  if (server == NULL)
    return FALSE;
  if (!fill_server (server, staging, copy, feeds, error))
    {
      amends_server_drop_seal (server);
      return FALSE;
    }
  *ret_epoch = g_strdup (server->epoch);
  return TRUE;
}

/**
 * amends_server_restore:
 * @folder: the server's folder; nothing may serve it
 * @path: a backup
 * @environment: clock, randomness, files and database
 *
 * Puts the backup in place of the store, which is set aside, or into a database that holds nothing; and
 * begins a new epoch, by which devices know that they have to hand in what is missing.
 *
 * Errors: %AMENDS_STORE_ERROR_HELD while the server serves; %AMENDS_STORE_ERROR_EXISTS if the database
 * holds anything; %AMENDS_CORE_ERROR_NOT_FOUND; of the store.
 * Returns: (transfer full): {"epoch","set_aside","positions":{feed: n}}
 */
json_t *
amends_server_restore (const char *folder,
                       const char *path,
                       const AmendsEnvironment *environment,
                       GError **error)
{
  g_autofree char *staging = g_build_filename (folder, "restoring", NULL);
  g_autofree char *copy = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *epoch = NULL;
  g_autoptr (GArray) feeds = g_array_new (FALSE, FALSE, sizeof (AmendsServerFeed));
  gboolean restored = stage (staging, path, &copy, error);

  if (environment->database != NULL)
    restored = restored && fill_database (folder, staging, copy, environment, feeds, &epoch, error);
  else
    restored = restored && renew_copy (folder, staging, environment, feeds, &epoch, error)
               && check_alone (copy, error)
               && put_in_place (folder, copy, environment, &aside, error);
  remove_store (copy); /* or what is left of it */
  g_rmdir (staging);
  if (!restored)
    return NULL;
  return json_pack ("{s:s, s:s?, s:o}", "epoch", epoch, "set_aside", aside, "positions",
                    list_positions (feeds));
}
