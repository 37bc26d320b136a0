/* amends-file.c: what goes to the disk beside a database
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/amends-file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/**
 * amends_file_write_all:
 * @fd: open for writing
 *
 * Returns: %TRUE once all bytes are written; else errno says why not
 */
gboolean
amends_file_write_all (int fd, const void *bytes, gsize n_bytes)
{
  const guint8 *at = bytes;

  while (n_bytes > 0)
    {
      gssize n = write (fd, at, n_bytes);

      if (n < 0 && errno == EINTR)
        continue;
      if (n == 0)
        errno = EIO;
      if (n <= 0)
        return FALSE;
      at += n;
      n_bytes -= (gsize) n;
    }
  return TRUE;
}

/**
 * amends_file_sync_path:
 * @path: a file, or a folder, in which names were changed
 *
 * Returns: %TRUE once a loss of power changes nothing of it; else errno says why not
 */
gboolean
amends_file_sync_path (const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean is_synced = fd >= 0 && fsync (fd) == 0;
  int code = errno;

  if (fd >= 0)
    close (fd);
  errno = code;
  return is_synced;
}
