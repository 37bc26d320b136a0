/* amends-attach-file.c: a file as it comes, taken in
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/amends-error.h"
#include "core/amends-media.h"
#include "store/amends-attachments.h"

#define READ_BYTES ((gsize) 256 * 1024)

static gboolean
set_unreadable (GError **error, const char *why)
{
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "file", NULL, "The file cannot be read: %s",
                    why);
  return FALSE;
}

/* A folder, a pipe or a device is no file, and is not waited for. */
static int
open_file (const char *path, guint64 *ret_n_bytes, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
  struct stat status;

  if (fd < 0)
    {
      set_unreadable (error, g_strerror (errno));
      return -1;
    }
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    {
      *ret_n_bytes = (guint64) status.st_size;
      return fd;
    }
  close (fd);
  set_unreadable (error, "it is a folder or a device, and no file");
  return -1;
}

/* Fewer than @n_max bytes only where the file ends. */
static gssize
read_some (int fd, guint8 *bytes, gsize n_max, GError **error)
{
  gsize n_bytes = 0;
  gssize n = 1;

  while (n > 0 && n_bytes < n_max)
    {
      n = read (fd, bytes + n_bytes, n_max - n_bytes);
      if (n < 0 && errno != EINTR)
        {
          set_unreadable (error, g_strerror (errno));
          return -1;
        }
      n_bytes += n > 0 ? (gsize) n : 0;
      n = n < 0 ? 1 : n;
    }
  return (gssize) n_bytes;
}

static gboolean
add_rest (AmendsAttachmentWriter *writer, int fd, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *bytes = g_malloc (READ_BYTES);
  gssize n;

  while ((n = read_some (fd, bytes, READ_BYTES, error)) > 0)
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !amends_attachment_writer_add (writer, bytes, (gsize) n, error))
      return FALSE;
  return n == 0;
}

static gboolean
add_clean (AmendsAttachmentWriter *writer,
           const AmendsMedia *media,
           GByteArray *picture,
           int fd,
           guint64 n_bytes,
           GError **error)
{
  g_autoptr (GBytes) clean = NULL;
  gsize n_head = picture->len;
  gssize n;

  if (n_bytes > AMENDS_MEDIA_MAX_PICTURE_BYTES)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_TOO_LARGE, "file", NULL,
                        "A picture takes %d MB at the most: make a smaller copy, and attach that",
                        AMENDS_MEDIA_MAX_PICTURE_BYTES / 1024 / 1024);
      return FALSE;
    }
  n_bytes = MAX (n_bytes, n_head);
  g_byte_array_set_size (picture, (guint) n_bytes);
  n = read_some (fd, picture->data + n_head, n_bytes - n_head, error);
  if (n < 0)
    return FALSE;
  clean = amends_media_clean (media, picture->data, n_head + (gsize) n, error);
  return clean != NULL
         && amends_attachment_writer_add (writer, g_bytes_get_data (clean, NULL),
                                          g_bytes_get_size (clean), error);
}

/* @name_found: where @facts have none */
static void
describe (json_t *facts, const char *name_found, const AmendsMedia *media, const char *metadata)
{
  g_autofree char *given = g_strdup (json_string_value (json_object_get (facts, "name")));
  g_autofree char *clean = amends_attachment_clean_name (given != NULL ? given : name_found);
  g_autofree char *name = amends_media_fit_name (media, clean);

  json_object_set_new (facts, "name", json_string (name));
  json_object_set_new (facts, "media", json_string (media->type));
  if (!json_is_string (json_object_get (facts, "what")))
    json_object_set_new (facts, "what", json_string (media->what));
  json_object_set_new (facts, "metadata", json_string (metadata));
}

static gboolean
take (AmendsAttachmentWriter *writer,
      int fd,
      guint64 n_bytes,
      gboolean keeps_metadata,
      GCancellable *cancellable,
      const AmendsMedia **ret_media,
      GError **error)
{
  g_autoptr (GByteArray) head = g_byte_array_new ();
  gboolean taken;
  gssize n_head;

  g_byte_array_set_size (head, AMENDS_MEDIA_HEAD_BYTES);
  n_head = read_some (fd, head->data, head->len, error);
  if (n_head < 0)
    return FALSE;
  g_byte_array_set_size (head, (guint) n_head);
  *ret_media = amends_media_recognise (head->data, head->len, error);
  if (*ret_media == NULL)
    return FALSE;
  taken = (*ret_media)->can_be_cleaned && !keeps_metadata
              ? add_clean (writer, *ret_media, head, fd, n_bytes, error)
              : amends_attachment_writer_add (writer, head->data, head->len, error)
                    && add_rest (writer, fd, cancellable, error);
  return taken && amends_attachment_writer_finish (writer, error);
}

/**
 * amends_attachment_writer_take_file:
 * @path: the file
 * @keeps_metadata: whether what a picture says of camera, place and time stays in it, on purpose
 * @cancellable: (nullable): stops it
 * @facts: (inout): for amends_store_attach(): takes "media", "metadata", and "name" and "what" where they are
 *   not there
 *
 * Takes it in to its end. What it is goes by what is in it. May run in a thread of its own.
 *
 * Errors: of amends_media_recognise(), amends_media_clean() and amends_attachment_writer_add();
 * %AMENDS_CORE_ERROR_INVALID, field file, if it cannot be read.
 * Returns: %TRUE on success
 */
gboolean
amends_attachment_writer_take_file (AmendsAttachmentWriter *self,
                                    const char *path,
                                    gboolean keeps_metadata,
                                    GCancellable *cancellable,
                                    json_t *facts,
                                    GError **error)
{
  const AmendsMedia *media = NULL;
  guint64 n_bytes;
  g_autofree char *base = g_path_get_basename (path);
  gboolean taken;
  int fd = open_file (path, &n_bytes, error);

  if (fd < 0)
    return FALSE;
  taken = take (self, fd, n_bytes, keeps_metadata, cancellable, &media, error);
  close (fd);
  if (taken)
    describe (facts, base, media,
              media->can_be_cleaned ? (keeps_metadata ? "kept" : "removed") : "unchanged");
  return taken;
}

/**
 * amends_attachment_writer_take_bytes:
 * @bytes: a file that was never on a disk
 * @facts: (inout): as for amends_attachment_writer_take_file(), with a "name"
 *
 * As that does, and what a picture says of camera, place and time goes.
 *
 * Errors: of amends_media_recognise(), amends_media_clean() and amends_attachment_writer_add().
 * Returns: %TRUE on success
 */
gboolean
amends_attachment_writer_take_bytes (AmendsAttachmentWriter *self,
                                     GBytes *bytes,
                                     json_t *facts,
                                     GError **error)
{
  g_autoptr (GBytes) clean = NULL;
  const AmendsMedia *media;
  const guint8 *data;
  gsize n_bytes;

  data = g_bytes_get_data (bytes, &n_bytes);
  media = amends_media_recognise (data, n_bytes, error);
  if (media == NULL)
    return FALSE;
  clean = media->can_be_cleaned ? amends_media_clean (media, data, n_bytes, error)
                                : g_bytes_ref (bytes);
  if (clean == NULL
      || !amends_attachment_writer_add (self, g_bytes_get_data (clean, NULL),
                                        g_bytes_get_size (clean), error)
      || !amends_attachment_writer_finish (self, error))
    return FALSE;
  describe (facts, "", media, media->can_be_cleaned ? "removed" : "unchanged");
  return TRUE;
}
