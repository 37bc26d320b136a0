/* disk.c: a disk that fills up, fails, or loses its power, at a chosen operation
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A SQLite VFS over the system's, and the three calls by which everybody else changes a folder. It offers no
 * shared memory, which SQLite does not ask for where one connection holds the file for itself, as ours do. */

#include "support/disk.h"

#include <dlfcn.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/world.h"

#define SECTOR_BYTES 512
#define PAGE_BYTES 4096 /* of the system's cache: what it remembers as not yet written */

const TestTrouble test_trouble_full = { TEST_DISK_FULL, TEST_LOSS_NOTHING };
const TestTrouble test_trouble_fails = { TEST_DISK_FAILS, TEST_LOSS_NOTHING };
const TestTrouble test_trouble_sync_fails = { TEST_DISK_SYNC_FAILS, TEST_LOSS_NOTHING };
const TestTrouble test_trouble_sync_fails_power = { TEST_DISK_SYNC_FAILS, TEST_LOSS_ALL };
const TestTrouble test_trouble_sync_fails_some = { TEST_DISK_SYNC_FAILS, TEST_LOSS_SOME };
const TestTrouble test_trouble_killed = { TEST_DISK_STOPS, TEST_LOSS_NOTHING };
const TestTrouble test_trouble_power = { TEST_DISK_STOPS, TEST_LOSS_ALL };
const TestTrouble test_trouble_power_some = { TEST_DISK_STOPS, TEST_LOSS_SOME };

/**
 * Change: a write within one page, or a truncation, that is not certain to outlive a loss of power
 * @offset: where; of a truncation the new size
 * @n_before: the file's size before
 * @before: what stood there, as far as the file went
 * @after: (nullable): what was written; %NULL for a truncation
 * @is_synced: whether it is certain; kept only because one before it is not
 * @is_doomed: a sync of it failed: no later one makes it certain, unless the page was written to again
 */
typedef struct
{
  gsize offset;
  gsize n_before;
  GBytes *before;
  GBytes *after;
  gboolean is_synced;
  gboolean is_doomed;
} Change;

typedef enum
{
  STEP_CREATE,
  STEP_RENAME,
  STEP_DELETE,
} StepKind;

/**
 * Step: what was done to the names in a folder, and no sync has followed yet
 * @from: (nullable): the old name of what was renamed
 * @to: the name that was made, or deleted
 * @before: (nullable): what @to held
 */
typedef struct
{
  StepKind kind;
  char *from;
  char *to;
  GBytes *before;
} Step;

struct _TestDisk
{
  char *folder;
  TestDiskFault fault;
  guint n_good;
  guint n_operations;
  guint n_syncs;
  guint n_reads;
  gboolean has_failed;
  gboolean is_stopped;
  gboolean is_paused;
  GHashTable *changes; /* path -> GPtrArray of Change, the oldest first */
  GPtrArray *steps;    /* element-type Step, the oldest first */
};

typedef struct
{
  sqlite3_file base;
  TestDisk *disk;     /* (nullable): of a file in no mounted folder */
  char *path;         /* (nullable) (owned) */
  sqlite3_file *real; /* behind this struct */
} DiskFile;

static sqlite3_vfs disk_vfs;
static GPtrArray *disks; /* element-type TestDisk */
static guint
    n_inside; /* calls of the VFS that are under way: what it calls is no operation of its own */

static sqlite3_vfs *
get_real_vfs (void)
{
  return disk_vfs.pAppData;
}

static void
change_free (gpointer data)
{
  Change *change = data;

  g_bytes_unref (change->before);
  g_clear_pointer (&change->after, g_bytes_unref);
  g_free (change);
}

static void
step_free (gpointer data)
{
  Step *step = data;

  g_clear_pointer (&step->before, g_bytes_unref);
  g_free (step->from);
  g_free (step->to);
  g_free (step);
}

static TestDisk *
find_disk (const char *path)
{
  for (guint i = 0; disks != NULL && path != NULL && i < disks->len; i++)
    {
      TestDisk *disk = g_ptr_array_index (disks, i);
      gsize n = strlen (disk->folder);

      if (strncmp (path, disk->folder, n) == 0 && (path[n] == '/' || path[n] == '\0'))
        return disk;
    }
  return NULL;
}

static GPtrArray *
get_changes (TestDisk *self, const char *path)
{
  GPtrArray *changes = g_hash_table_lookup (self->changes, path);

  if (changes == NULL)
    {
      changes = g_ptr_array_new_with_free_func (change_free);
      g_hash_table_insert (self->changes, g_strdup (path), changes);
    }
  return changes;
}

/* Whether an operation is done; if not, @ret_code is what SQLite is told. */
static gboolean
passes (TestDisk *self, TestDiskFault own_fault, int failure, int *ret_code)
{
  gboolean is_due;

  *ret_code = SQLITE_OK;
  if (self == NULL || self->is_paused)
    return TRUE;
  is_due = self->n_operations++ >= self->n_good;
  if (self->fault == TEST_DISK_STOPS && is_due)
    self->is_stopped = TRUE;
  if (self->is_stopped)
    *ret_code = failure;
  else if (is_due && (self->fault == TEST_DISK_FAILS || self->fault == own_fault))
    {
      if (self->fault != TEST_DISK_FULL)
        self->fault = TEST_DISK_SOUND;
      *ret_code =
          own_fault == TEST_DISK_FULL && self->fault == TEST_DISK_FULL ? SQLITE_FULL : failure;
    }
  self->has_failed = self->has_failed || *ret_code != SQLITE_OK;
  return *ret_code == SQLITE_OK;
}

static void
remember (DiskFile *file, sqlite3_int64 offset, const void *bytes, gsize n_bytes)
{
  Change *change;
  guint8 *before;
  sqlite3_int64 size = 0;
  gsize n_before;

  if (file->disk == NULL)
    return;
  file->real->pMethods->xFileSize (file->real, &size);
  n_before = (gsize) CLAMP (size - offset, 0, bytes != NULL ? (sqlite3_int64) n_bytes : size);
  before = g_malloc (n_before + 1);
  if (n_before > 0)
    file->real->pMethods->xRead (file->real, before, (int) n_before, offset);
  change = g_new0 (Change, 1);
  change->offset = (gsize) offset;
  change->n_before = (gsize) size;
  change->before = g_bytes_new_take (before, n_before);
  change->after = bytes != NULL ? g_bytes_new (bytes, n_bytes) : NULL;
  g_ptr_array_add (get_changes (file->disk, file->path), change);
}

static int
file_close (sqlite3_file *base)
{
  DiskFile *file = (DiskFile *) base;

  g_free (file->path);
  return file->real->pMethods->xClose (file->real);
}

static int
file_read (sqlite3_file *base, void *bytes, int n_bytes, sqlite3_int64 offset)
{
  DiskFile *file = (DiskFile *) base;
  TestDisk *disk = file->disk;

  if (disk != NULL && !disk->is_paused && disk->n_reads++ >= disk->n_good
      && disk->fault == TEST_DISK_READ_FAILS)
    {
      disk->fault = TEST_DISK_SOUND;
      disk->has_failed = TRUE;
      return SQLITE_IOERR_READ;
    }
  return file->real->pMethods->xRead (file->real, bytes, n_bytes, offset);
}

static int
file_write (sqlite3_file *base, const void *bytes, int n_bytes, sqlite3_int64 offset)
{
  DiskFile *file = (DiskFile *) base;
  int code;

  if (!passes (file->disk, TEST_DISK_FULL, SQLITE_IOERR_WRITE, &code))
    return code;
  for (int at = 0; at < n_bytes && code == SQLITE_OK;)
    {
      int n = (int) (PAGE_BYTES - (offset + at) % PAGE_BYTES);
      const guint8 *piece = (const guint8 *) bytes + at;

      n = MIN (n, n_bytes - at);
      remember (file, offset + at, piece, (gsize) n);
      code = file->real->pMethods->xWrite (file->real, piece, n, offset + at);
      at += n;
    }
  return code;
}

static int
file_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  DiskFile *file = (DiskFile *) base;
  int code;

  if (!passes (file->disk, TEST_DISK_FAILS, SQLITE_IOERR_TRUNCATE, &code))
    return code;
  remember (file, size, NULL, 0);
  return file->real->pMethods->xTruncate (file->real, size);
}

/* A file that is certain was put there by steps that are certain too, and so is every step before them. */
static void
settle_steps (TestDisk *self, const char *path)
{
  for (guint i = self->steps->len; i-- > 0;)
    {
      const Step *step = g_ptr_array_index (self->steps, i);

      if (g_str_equal (step->to, path))
        {
          g_ptr_array_remove_range (self->steps, 0, i + 1);
          break;
        }
    }
}

/* Whether the page of doomed change @n was written to since: then all of it was written again. */
static gboolean
is_saved_later (const GPtrArray *changes, guint n)
{
  const Change *doomed = g_ptr_array_index (changes, n);

  for (guint i = n + 1; i < changes->len && doomed->after != NULL; i++)
    {
      const Change *change = g_ptr_array_index (changes, i);

      if (!change->is_doomed && change->after != NULL
          && change->offset / PAGE_BYTES == doomed->offset / PAGE_BYTES)
        return TRUE;
    }
  return FALSE;
}

/* What was written before is certain now. What a sync failed for stays doubtful, and so everything after it
 * is kept to be done again in its order. */
static void
settle (TestDisk *self, const char *path, gboolean failed)
{
  GPtrArray *changes = get_changes (self, path);
  gboolean is_certain = TRUE;

  for (guint i = 0; i < changes->len; i++)
    {
      Change *change = g_ptr_array_index (changes, i);

      if (failed && !change->is_synced)
        change->is_doomed = TRUE;
      else if (!failed && (!change->is_doomed || is_saved_later (changes, i)))
        change->is_synced = TRUE;
      change->is_doomed = change->is_doomed && !change->is_synced;
      is_certain = is_certain && change->is_synced;
    }
  if (is_certain)
    g_ptr_array_set_size (changes, 0);
  if (!failed)
    settle_steps (self, path);
}

static int
file_sync (sqlite3_file *base, int flags)
{
  DiskFile *file = (DiskFile *) base;
  int code;
  gboolean passed = passes (file->disk, TEST_DISK_SYNC_FAILS, SQLITE_IOERR_FSYNC, &code);

  if (file->disk == NULL)
    return file->real->pMethods->xSync (file->real, flags);
  file->disk->n_syncs++;
  if (passed || !file->disk->is_stopped)
    settle (file->disk, file->path, !passed);
  return code; /* the machine that runs the test keeps its power */
}

static int
file_size (sqlite3_file *base, sqlite3_int64 *ret_size)
{
  DiskFile *file = (DiskFile *) base;

  return file->real->pMethods->xFileSize (file->real, ret_size);
}

static int
file_lock (sqlite3_file *base, int level)
{
  DiskFile *file = (DiskFile *) base;

  return file->real->pMethods->xLock (file->real, level);
}

static int
file_unlock (sqlite3_file *base, int level)
{
  DiskFile *file = (DiskFile *) base;

  return file->real->pMethods->xUnlock (file->real, level);
}

static int
file_check_reserved_lock (sqlite3_file *base, int *ret_reserved)
{
  DiskFile *file = (DiskFile *) base;

  return file->real->pMethods->xCheckReservedLock (file->real, ret_reserved);
}

static int
file_control (sqlite3_file *base, int operation, void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
file_sector_size (sqlite3_file *base)
{
  DiskFile *file = (DiskFile *) base;

  return file->real->pMethods->xSectorSize (file->real);
}

/* What the system's own promises: that a write harms nothing beside it, which holds here. */
static int
file_device_characteristics (sqlite3_file *base)
{
  DiskFile *file = (DiskFile *) base;

  return file->real->pMethods->xDeviceCharacteristics (file->real);
}

static const sqlite3_io_methods methods = {
  .iVersion = 1,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_reserved_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_device_characteristics,
};

static GBytes *
read_file (const char *path)
{
  char *contents;
  gsize n_bytes;

  return g_file_get_contents (path, &contents, &n_bytes, NULL)
             ? g_bytes_new_take (contents, n_bytes)
             : NULL;
}

static void
add_step (TestDisk *self, StepKind kind, const char *from, const char *to, GBytes *before)
{
  Step *step = g_new0 (Step, 1);

  step->kind = kind;
  step->from = g_strdup (from);
  step->to = g_strdup (to);
  step->before = before;
  g_ptr_array_add (self->steps, step);
}

static int
vfs_open (sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *ret_flags)
{
  DiskFile *file = (DiskFile *) base;
  gboolean is_there = path != NULL && g_file_test (path, G_FILE_TEST_EXISTS);
  int code;

  memset (file, 0, sizeof *file);
  file->real = (sqlite3_file *) (file + 1);
  n_inside++;
  code = get_real_vfs ()->xOpen (get_real_vfs (), path, file->real, flags, ret_flags);
  n_inside--;
  if (code != SQLITE_OK)
    return code;
  file->path = g_strdup (path);
  file->disk = find_disk (path);
  file->base.pMethods = &methods;
  if (file->disk != NULL && !is_there)
    add_step (file->disk, STEP_CREATE, NULL, path, NULL);
  return SQLITE_OK;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *path, int sync_folder)
{
  TestDisk *disk = find_disk (path);
  int code;

  if (!passes (disk, TEST_DISK_FAILS, SQLITE_IOERR_DELETE, &code))
    return code;
  if (disk != NULL)
    {
      if (g_file_test (path, G_FILE_TEST_EXISTS))
        add_step (disk, STEP_DELETE, NULL, path, read_file (path));
      g_hash_table_remove (disk->changes, path);
    }
  n_inside++;
  code = get_real_vfs ()->xDelete (get_real_vfs (), path, 0);
  n_inside--;
  if (disk != NULL && sync_folder)
    g_ptr_array_set_size (disk->steps, 0);
  return code;
}

static void
register_vfs (void)
{
  sqlite3_vfs *real = sqlite3_vfs_find (NULL);

  disks = g_ptr_array_new ();
  disk_vfs = *real;
  disk_vfs.zName = TEST_DISK_VFS;
  disk_vfs.pNext = NULL;
  disk_vfs.pAppData = real;
  disk_vfs.szOsFile = (int) sizeof (DiskFile) + real->szOsFile;
  disk_vfs.xOpen = vfs_open;
  disk_vfs.xDelete = vfs_delete;
  g_assert_cmpint (sqlite3_vfs_register (&disk_vfs, 0), ==, SQLITE_OK);
}

/* The three calls. A program's own definition takes the place of the C library's for every library. */

static gpointer
get_next (const char *name)
{
  gpointer next = dlsym (RTLD_NEXT, name);

  g_assert_nonnull (next);
  return next;
}

/* Whether the call is done; else errno is set. */
static gboolean
call_passes (TestDisk *self, TestDiskFault own_fault)
{
  int code;

  if (n_inside > 0 || passes (self, own_fault, SQLITE_IOERR, &code))
    return TRUE;
  errno = EIO;
  return FALSE;
}

int
rename (const char *from, const char *to)
{
  static int (*next) (const char *, const char *);
  TestDisk *disk = find_disk (to);
  GBytes *before = NULL;
  gpointer old_path, changes;
  int code;

  if (next == NULL)
    next = get_next ("rename");
  if (disk == NULL || n_inside > 0)
    return next (from, to);
  if (!call_passes (disk, TEST_DISK_FAILS))
    return -1;
  before = read_file (to);
  code = next (from, to);
  if (code != 0)
    {
      g_clear_pointer (&before, g_bytes_unref);
      return code;
    }
  add_step (disk, STEP_RENAME, from, to, before);
  g_hash_table_remove (disk->changes, to);
  if (g_hash_table_steal_extended (disk->changes, from, &old_path, &changes))
    {
      g_free (old_path);
      g_hash_table_insert (disk->changes, g_strdup (to), changes);
    }
  return 0;
}

int
unlink (const char *path)
{
  static int (*next) (const char *);
  TestDisk *disk = find_disk (path);

  if (next == NULL)
    next = get_next ("unlink");
  if (disk == NULL || n_inside > 0)
    return next (path);
  if (!call_passes (disk, TEST_DISK_FAILS))
    return -1;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    add_step (disk, STEP_DELETE, NULL, path, read_file (path));
  g_hash_table_remove (disk->changes, path);
  return next (path);
}

int
fsync (int fd)
{
  static int (*next) (int);
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = disks != NULL && disks->len > 0 ? g_file_read_link (link, NULL) : NULL;
  TestDisk *disk = find_disk (path);

  if (next == NULL)
    next = get_next ("fsync");
  if (disk == NULL || n_inside > 0)
    return next (fd);
  disk->n_syncs++;
  if (!call_passes (disk, TEST_DISK_SYNC_FAILS))
    return -1; /* of names a journal has all up to a later sync that does not fail */
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    g_ptr_array_set_size (disk->steps, 0);
  else
    settle_steps (disk, path);
  return 0;
}

/* Losing power. */

static guint64
draw (guint64 *state)
{
  return test_world_mix (state);
}

static void
put (GByteArray *file, gsize offset, const guint8 *bytes, gsize n_bytes)
{
  gsize n_old = file->len;

  if (n_old < offset + n_bytes)
    {
      g_byte_array_set_size (file, (guint) (offset + n_bytes));
      if (offset > n_old)
        memset (file->data + n_old, 0, offset - n_old);
    }
  if (n_bytes > 0)
    memcpy (file->data + offset, bytes, n_bytes);
}

/* As it was before: the changes undone, the newest first. */
static void
undo (GByteArray *file, const GPtrArray *changes)
{
  for (guint i = changes->len; i-- > 0;)
    {
      const Change *change = g_ptr_array_index (changes, i);
      gsize n_bytes;
      const guint8 *bytes = g_bytes_get_data (change->before, &n_bytes);

      put (file, change->offset, bytes, n_bytes);
      g_byte_array_set_size (file, (guint) change->n_before);
    }
}

/* Any of the sectors of a write. */
static void
tear (GByteArray *file, const Change *change, guint64 *state)
{
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (change->after, &n_bytes);

  for (gsize at = 0; at < n_bytes;)
    {
      gsize n = SECTOR_BYTES - (change->offset + at) % SECTOR_BYTES;

      n = MIN (n, n_bytes - at);
      if (draw (state) % 2 == 0)
        put (file, change->offset + at, bytes + at, n);
      at += n;
    }
}

static void
redo (GByteArray *file, const Change *change, TestDiskLoss loss, guint64 *state)
{
  guint64 fate = change->is_synced ? 0 : loss == TEST_LOSS_ALL ? 1 : draw (state) % 3;

  if (fate == 1)
    return;
  if (change->after == NULL)
    g_byte_array_set_size (file, (guint) MIN (change->offset, file->len));
  else if (fate == 2)
    tear (file, change, state);
  else
    put (file, change->offset, g_bytes_get_data (change->after, NULL),
         g_bytes_get_size (change->after));
}

static void
write_file (const char *path, const guint8 *bytes, gsize n_bytes)
{
  FILE *file = fopen (path, "wb");

  if (file == NULL && errno == ENOENT)
    return; /* in a folder that was removed since */
  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (bytes, 1, n_bytes, file), ==, n_bytes);
  fclose (file);
  g_chmod (path, 0600);
}

static void
lose_changes (const char *path, const GPtrArray *changes, TestDiskLoss loss, guint64 *state)
{
  g_autoptr (GByteArray) file = NULL;
  g_autofree char *contents = NULL;
  gsize n_bytes;

  if (changes->len == 0 || !g_file_get_contents (path, &contents, &n_bytes, NULL))
    return;
  file = g_byte_array_new_take ((guint8 *) g_steal_pointer (&contents), n_bytes);
  undo (file, changes);
  for (guint i = 0; i < changes->len; i++)
    redo (file, g_ptr_array_index (changes, i), loss, state);
  write_file (path, file->data, file->len);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A journal keeps what is done to names in its order: the last ones may be lost, never one before them. */
static void
lose_steps (TestDisk *self, TestDiskLoss loss, guint64 *state)
{
  guint n_kept = loss == TEST_LOSS_ALL ? 0 : (guint) (draw (state) % (self->steps->len + 1));

  n_inside++;
  for (guint i = self->steps->len; i-- > n_kept;)
    {
      const Step *step = g_ptr_array_index (self->steps, i);

      if (step->kind == STEP_RENAME)
        g_rename (step->to, step->from);
      else if (step->kind == STEP_CREATE)
        g_unlink (step->to);
      if (step->before != NULL)
        write_file (step->to, g_bytes_get_data (step->before, NULL),
                    g_bytes_get_size (step->before));
    }
  n_inside--;
}

/**
 * test_disk_mount:
 * @folder: absolute; need not be there yet
 *
 * Makes the VFS %TEST_DISK_VFS known to SQLite; the disk is sound.
 * Returns: (transfer full): the disk that holds the folder
 */
TestDisk *
test_disk_mount (const char *folder)
{
  TestDisk *self = g_new0 (TestDisk, 1);

  if (disk_vfs.zName == NULL)
    register_vfs ();
  g_assert_null (find_disk (folder));
  self->folder = g_strdup (folder);
  self->changes =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->steps = g_ptr_array_new_with_free_func (step_free);
  g_ptr_array_add (disks, self);
  return self;
}

/**
 * test_disk_unmount:
 * @self: (nullable) (transfer full): a disk; nothing has a file on it open
 */
void
test_disk_unmount (TestDisk *self)
{
  if (self == NULL)
    return;
  g_ptr_array_remove (disks, self);
  g_hash_table_unref (self->changes);
  g_ptr_array_unref (self->steps);
  g_free (self->folder);
  g_free (self);
}

/**
 * test_disk_set_fault:
 * @fault: what happens
 * @n_good: after so many more operations; of %TEST_DISK_READ_FAILS, reads
 *
 * The counts begin again.
 */
void
test_disk_set_fault (TestDisk *self, TestDiskFault fault, guint n_good)
{
  self->fault = fault;
  self->n_good = n_good;
  self->n_operations = 0;
  self->n_syncs = 0;
  self->n_reads = 0;
  self->has_failed = FALSE;
}

/**
 * test_disk_settle:
 *
 * What stands there now is certain: after a test has put files there.
 */
void
test_disk_settle (TestDisk *self)
{
  g_hash_table_remove_all (self->changes);
  g_ptr_array_set_size (self->steps, 0);
}

/**
 * test_disk_pause:
 * @is_paused: whether nothing is counted and nothing fails: while a test looks
 */
void
test_disk_pause (TestDisk *self, gboolean is_paused)
{
  self->is_paused = is_paused;
}

/**
 * test_disk_stop:
 *
 * The machine stops now: nothing is done any more until test_disk_start().
 */
void
test_disk_stop (TestDisk *self)
{
  self->is_stopped = TRUE;
}

/**
 * test_disk_start:
 * @loss: what is lost of what was not synced
 * @seed: of what is lost by chance
 *
 * The machine starts again on a sound disk. Nothing may have a file on it open.
 */
void
test_disk_start (TestDisk *self, TestDiskLoss loss, guint64 seed)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer path;

  if (loss != TEST_LOSS_NOTHING)
    {
      g_hash_table_iter_init (&iter, self->changes);
      while (g_hash_table_iter_next (&iter, &path, NULL))
        g_ptr_array_add (paths, path);
      g_ptr_array_sort (paths, compare_paths);
      for (guint i = 0; i < paths->len; i++)
        lose_changes (g_ptr_array_index (paths, i),
                      g_hash_table_lookup (self->changes, g_ptr_array_index (paths, i)), loss,
                      &seed);
      lose_steps (self, loss, &seed);
      test_disk_settle (self);
    }
  self->is_stopped = FALSE;
  test_disk_set_fault (self, TEST_DISK_SOUND, 0);
}

/**
 * test_disk_get_n_operations:
 *
 * Returns: how many operations were asked for since test_disk_set_fault()
 */
guint
test_disk_get_n_operations (const TestDisk *self)
{
  return self->n_operations;
}

/**
 * test_disk_get_n_syncs:
 *
 * Returns: how often the disk was waited for since test_disk_set_fault()
 */
guint
test_disk_get_n_syncs (const TestDisk *self)
{
  return self->n_syncs;
}

/**
 * test_disk_get_n_reads:
 *
 * Returns: how often SQLite read since test_disk_set_fault()
 */
guint
test_disk_get_n_reads (const TestDisk *self)
{
  return self->n_reads;
}

/**
 * test_disk_has_failed:
 *
 * Returns: whether something was not done since test_disk_set_fault()
 */
gboolean
test_disk_has_failed (const TestDisk *self)
{
  return self->has_failed;
}

/**
 * test_disk_is_stopped:
 *
 * Returns: whether the machine has stopped
 */
gboolean
test_disk_is_stopped (const TestDisk *self)
{
  return self->is_stopped;
}
