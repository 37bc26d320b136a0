/* amends-blob.c: chunks as files beside the log
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file is "name.part". It is written under another name, synced, and renamed, so that under its own it is
 * whole; the folder is synced before the log says that it is there. Writing goes through the SQLite VFS of
 * the store, so that the disk of a test fails here as it does there. */

#include "store/amends-blob.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/amends-attachment.h"
#include "store/amends-db.h"
#include "store/amends-file.h"

#define UNFINISHED ".new"
#define WRITE_BYTES ((gsize) 65536) /* SQLite writes less than 128 KiB at once, as of a page */

/**
 * amends_blobs_init:
 * @store_path: the folder of a store
 * @vfs: (nullable): as of its environment
 */
void
amends_blobs_init (AmendsBlobs *self, const char *store_path, const char *vfs)
{
  self->folder = g_build_filename (store_path, "blobs", NULL);
  self->vfs = g_strdup (vfs);
}

/**
 * amends_blobs_clear:
 * @self: whose texts are freed
 */
void
amends_blobs_clear (AmendsBlobs *self)
{
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->vfs, g_free);
}

static char *
dup_path (const AmendsBlobs *self, const char *name, guint part, const char *ending)
{
  return g_strdup_printf ("%s/%s.%u%s", self->folder, name, part, ending);
}

static gboolean
set_error (GError **error, gboolean is_full, const char *why)
{
  if (is_full)
    g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL,
                 "The disk is full. Nothing is lost; make room and try again.");
  else
    g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                 "An attachment could not be kept on the disk: %s", why);
  return FALSE;
}

static gboolean
set_error_of_call (GError **error, int code)
{
  return set_error (error, code == ENOSPC || code == EDQUOT, g_strerror (code));
}

/* Synced when it returns, but not its name. */
static int
write_file (sqlite3_vfs *vfs, const char *path, GBytes *chunk)
{
  g_autofree sqlite3_file *file = g_malloc0 ((gsize) vfs->szOsFile);
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (chunk, &n_bytes);
  int code = vfs->xOpen (vfs, path, file,
                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_SUBJOURNAL, NULL);

  if (code == SQLITE_OK && g_chmod (path, 0600) != 0)
    code = SQLITE_IOERR;
  if (code == SQLITE_OK)
    code = file->pMethods->xTruncate (file, 0); /* what a crash left under that name */
  for (gsize at = 0; at < n_bytes && code == SQLITE_OK; at += WRITE_BYTES)
    code = file->pMethods->xWrite (file, bytes + at, (int) MIN (WRITE_BYTES, n_bytes - at),
                                   (sqlite3_int64) at);
  if (code == SQLITE_OK)
    code = file->pMethods->xSync (file, SQLITE_SYNC_NORMAL);
  if (file->pMethods != NULL)
    file->pMethods->xClose (file);
  return code;
}

/**
 * amends_blobs_put:
 * @name: of the attachment's files
 * @part: which of its chunks
 * @chunk: checked by the caller
 *
 * Certain to outlive a loss of power only after amends_blobs_settle().
 *
 * Errors: %AMENDS_STORE_ERROR_FULL, %AMENDS_STORE_ERROR_FAILED; then there is no such file.
 * Returns: %TRUE on success
 */
gboolean
amends_blobs_put (const AmendsBlobs *self,
                  const char *name,
                  guint part,
                  GBytes *chunk,
                  GError **error)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (self->vfs);
  g_autofree char *unfinished = dup_path (self, name, part, UNFINISHED);
  g_autofree char *path = dup_path (self, name, part, "");
  int code;

  g_return_val_if_fail (vfs != NULL, FALSE);

  code = write_file (vfs, unfinished, chunk);
  if (code == SQLITE_OK && g_rename (unfinished, path) == 0)
    return TRUE;
  if (code == SQLITE_OK)
    set_error_of_call (error, errno);
  else
    set_error (error, (code & 0xff) == SQLITE_FULL, sqlite3_errstr (code));
  g_unlink (unfinished);
  return FALSE;
}

/**
 * amends_blobs_settle:
 *
 * Errors: %AMENDS_STORE_ERROR_FAILED.
 * Returns: %TRUE once all that was put is certain; with no folder nothing was
 */
gboolean
amends_blobs_settle (const AmendsBlobs *self, GError **error)
{
  return amends_file_sync_path (self->folder) || errno == ENOENT
         || set_error_of_call (error, errno);
}

/**
 * amends_blobs_get:
 *
 * Returns: (transfer full) (nullable): the chunk, unchecked; %NULL if it cannot be read or is longer
 * than any
 */
GBytes *
amends_blobs_get (const AmendsBlobs *self, const char *name, guint part)
{
  g_autofree char *path = dup_path (self, name, part, "");
  g_autofree guint8 *bytes = g_malloc (AMENDS_CHUNK_MAX_BYTES + 1);
  int fd = g_open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC, 0);
  gsize n_bytes = 0;
  gssize n = 1;

  while (fd >= 0 && n > 0 && n_bytes <= AMENDS_CHUNK_MAX_BYTES)
    {
      n = read (fd, bytes + n_bytes, AMENDS_CHUNK_MAX_BYTES + 1 - n_bytes);
      n_bytes += n > 0 ? (gsize) n : 0;
    }
  if (fd >= 0)
    close (fd);
  if (fd < 0 || n < 0 || n_bytes > AMENDS_CHUNK_MAX_BYTES)
    return NULL;
  return g_bytes_new (bytes, n_bytes);
}

/**
 * amends_blobs_has:
 *
 * Returns: whether the chunk was put and not removed
 */
gboolean
amends_blobs_has (const AmendsBlobs *self, const char *name, guint part)
{
  g_autofree char *path = dup_path (self, name, part, "");

  return g_access (path, F_OK) == 0;
}

/**
 * amends_blobs_remove:
 *
 * Removes a chunk, if it is there.
 */
void
amends_blobs_remove (const AmendsBlobs *self, const char *name, guint part)
{
  g_autofree char *path = dup_path (self, name, part, "");

  g_unlink (path);
}

/**
 * amends_blobs_sweep:
 * @stays: (scope call): asked of each file
 *
 * Removes what does not stay.
 *
 * Errors: %AMENDS_STORE_ERROR_FAILED if the folder cannot be read.
 * Returns: %TRUE on success
 */
gboolean
amends_blobs_sweep (const AmendsBlobs *self,
                    AmendsBlobFunc stays,
                    gpointer user_data,
                    GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *file;

  if (folder == NULL)
    return errno == ENOENT || set_error_of_call (error, errno);
  while ((file = g_dir_read_name (folder)) != NULL)
    {
      const char *dot = strchr (file, '.');
      g_autofree char *name = g_strndup (file, dot != NULL ? (gsize) (dot - file) : strlen (file));
      g_autofree char *path = g_build_filename (self->folder, file, NULL);

      if (!stays (name, !g_str_has_suffix (file, UNFINISHED), user_data))
        g_unlink (path);
    }
  return TRUE;
}
