/* faulty-vfs.c: a disk that fills up, or loses its power, at a chosen write
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A SQLite VFS over the system's. It offers no shared memory, which SQLite does not ask for where one
 * connection holds the file for itself, as ours do. */

#include "support/faulty-vfs.h"

#include <sqlite3.h>
#include <string.h>

typedef struct
{
  sqlite3_file base;
  char *path;         /* (owned) */
  GPtrArray *undo;    /* element-type Undo: since the last sync, the oldest first */
  sqlite3_file *real; /* behind this struct */
} FaultyFile;

/* What a write that is not synced yet replaced. */
typedef struct
{
  sqlite3_int64 offset;
  sqlite3_int64 n_before; /* the file's size before */
  GBytes *bytes;          /* as many as were there */
} Undo;

static sqlite3_vfs faulty_vfs;
static TestDisk disk;
static guint n_writes;
static guint n_syncs;
static guint n_allowed;
static gboolean has_failed;

static sqlite3_vfs *
get_real_vfs (void)
{
  return faulty_vfs.pAppData;
}

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_clear_pointer (&undo->bytes, g_bytes_unref);
  g_free (undo);
}

/* Whether this change reaches the disk; @ret_code is what to say if it does not. */
static gboolean
passes (int *ret_code)
{
  n_writes++;
  *ret_code = SQLITE_OK;
  if (disk == TEST_DISK_SOUND || n_writes <= n_allowed)
    return TRUE;
  has_failed = TRUE;
  if (disk == TEST_DISK_FULL)
    *ret_code = SQLITE_FULL;
  return FALSE;
}

static void
remember (FaultyFile *self, sqlite3_int64 offset, sqlite3_int64 n_bytes)
{
  Undo *undo;
  guint8 *bytes;
  sqlite3_int64 size = 0;

  if (disk != TEST_DISK_POWER_CUT)
    return;
  self->real->pMethods->xFileSize (self->real, &size);
  n_bytes = CLAMP (size - offset, 0, n_bytes);
  bytes = g_malloc0 ((gsize) n_bytes + 1);
  if (n_bytes > 0)
    self->real->pMethods->xRead (self->real, bytes, (int) n_bytes, offset);
  undo = g_new0 (Undo, 1);
  undo->offset = offset;
  undo->n_before = size;
  undo->bytes = g_bytes_new_take (bytes, (gsize) n_bytes);
  g_ptr_array_add (self->undo, undo);
}

/* The power goes: what was written since the last sync is as it was before. */
static void
undo_all (FaultyFile *self)
{
  for (guint i = self->undo->len; i-- > 0;)
    {
      const Undo *undo = g_ptr_array_index (self->undo, i);
      gsize n_bytes;
      const void *bytes = g_bytes_get_data (undo->bytes, &n_bytes);

      if (n_bytes > 0)
        self->real->pMethods->xWrite (self->real, bytes, (int) n_bytes, undo->offset);
      self->real->pMethods->xTruncate (self->real, undo->n_before);
    }
  g_ptr_array_set_size (self->undo, 0);
}

static int
file_close (sqlite3_file *file)
{
  FaultyFile *self = (FaultyFile *) file;

  if (disk == TEST_DISK_POWER_CUT && has_failed)
    undo_all (self);
  g_ptr_array_unref (self->undo);
  g_free (self->path);
  return self->real->pMethods->xClose (self->real);
}

static int
file_read (sqlite3_file *file, void *bytes, int n_bytes, sqlite3_int64 offset)
{
  FaultyFile *self = (FaultyFile *) file;

  return self->real->pMethods->xRead (self->real, bytes, n_bytes, offset);
}

static int
file_write (sqlite3_file *file, const void *bytes, int n_bytes, sqlite3_int64 offset)
{
  FaultyFile *self = (FaultyFile *) file;
  int code;

  if (!passes (&code))
    return code;
  remember (self, offset, n_bytes);
  return self->real->pMethods->xWrite (self->real, bytes, n_bytes, offset);
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  FaultyFile *self = (FaultyFile *) file;
  int code;

  if (!passes (&code))
    return code;
  remember (self, size, G_MAXINT32);
  return self->real->pMethods->xTruncate (self->real, size);
}

static int
file_sync (sqlite3_file *file, int flags)
{
  FaultyFile *self = (FaultyFile *) file;

  n_syncs++;
  if (!has_failed)
    g_ptr_array_set_size (self->undo, 0);
  return SQLITE_OK; /* the machine that runs the test keeps its power */
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *ret_size)
{
  FaultyFile *self = (FaultyFile *) file;

  return self->real->pMethods->xFileSize (self->real, ret_size);
}

static int
file_lock (sqlite3_file *file, int level)
{
  FaultyFile *self = (FaultyFile *) file;

  return self->real->pMethods->xLock (self->real, level);
}

static int
file_unlock (sqlite3_file *file, int level)
{
  FaultyFile *self = (FaultyFile *) file;

  return self->real->pMethods->xUnlock (self->real, level);
}

static int
file_check_reserved_lock (sqlite3_file *file, int *ret_reserved)
{
  FaultyFile *self = (FaultyFile *) file;

  return self->real->pMethods->xCheckReservedLock (self->real, ret_reserved);
}

static int
file_control (sqlite3_file *file, int operation, void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
file_sector_size (sqlite3_file *file)
{
  FaultyFile *self = (FaultyFile *) file;

  return self->real->pMethods->xSectorSize (self->real);
}

static int
file_device_characteristics (sqlite3_file *file)
{
  return 0; /* promises nothing */
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

static int
vfs_open (sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *ret_flags)
{
  FaultyFile *self = (FaultyFile *) file;
  int code;

  memset (self, 0, sizeof *self);
  self->real = (sqlite3_file *) (self + 1);
  code = get_real_vfs ()->xOpen (get_real_vfs (), path, self->real, flags, ret_flags);
  if (code != SQLITE_OK)
    return code;
  self->path = g_strdup (path);
  self->undo = g_ptr_array_new_with_free_func (undo_free);
  self->base.pMethods = &methods;
  return SQLITE_OK;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *path, int sync_dir)
{
  int code;

  if (!passes (&code))
    return code;
  return get_real_vfs ()->xDelete (get_real_vfs (), path, sync_dir);
}

/**
 * test_faulty_vfs_register:
 *
 * Makes the VFS of the name %TEST_FAULTY_VFS known to SQLite; the disk is sound.
 */
void
test_faulty_vfs_register (void)
{
  sqlite3_vfs *real;

  if (faulty_vfs.zName != NULL)
    return;
  real = sqlite3_vfs_find (NULL);
  faulty_vfs = *real;
  faulty_vfs.zName = TEST_FAULTY_VFS;
  faulty_vfs.pNext = NULL;
  faulty_vfs.pAppData = real;
  faulty_vfs.szOsFile = (int) sizeof (FaultyFile) + real->szOsFile;
  faulty_vfs.xOpen = vfs_open;
  faulty_vfs.xDelete = vfs_delete;
  g_assert_cmpint (sqlite3_vfs_register (&faulty_vfs, 0), ==, SQLITE_OK);
}

/**
 * test_faulty_vfs_set:
 * @new_disk: what happens
 * @n_good_writes: after so many more writes
 */
void
test_faulty_vfs_set (TestDisk new_disk, guint n_good_writes)
{
  disk = new_disk;
  n_writes = 0;
  n_syncs = 0;
  n_allowed = n_good_writes;
  has_failed = FALSE;
}

/**
 * test_faulty_vfs_cut_power:
 *
 * Now, on a disk of %TEST_DISK_POWER_CUT.
 */
void
test_faulty_vfs_cut_power (void)
{
  n_allowed = 0;
  has_failed = TRUE;
}

/**
 * test_faulty_vfs_get_n_writes:
 *
 * Returns: how many writes were asked for since test_faulty_vfs_set()
 */
guint
test_faulty_vfs_get_n_writes (void)
{
  return n_writes;
}

/**
 * test_faulty_vfs_get_n_syncs:
 *
 * Returns: how often the disk was waited for since test_faulty_vfs_set()
 */
guint
test_faulty_vfs_get_n_syncs (void)
{
  return n_syncs;
}

/**
 * test_faulty_vfs_has_failed:
 *
 * Returns: whether a write was refused or lost since test_faulty_vfs_set()
 */
gboolean
test_faulty_vfs_has_failed (void)
{
  return has_failed;
}
