/* amends-attach-out.c: attachments handed out, part by part
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A reader needs the store only to begin: it has what it takes to find the files and to open them, and a film
 * is written while others work on. */

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "core/amends-error.h"
#include "store/amends-attachments.h"
#include "store/amends-file.h"
#include "store/amends-store-private.h"

struct _AmendsAttachmentReader
{
  AmendsBlobs blobs;
  AmendsAttachment attachment; /* but for its texts */
  char name[AMENDS_BLOB_NAME_CHARS + 1];
  GBytes *hashes; /* (nullable): of the parts; %NULL before the first is asked for */
  guint n_read;
};

static guint
count_files (const AmendsAttachmentReader *self)
{
  guint n_files = 0;

  for (guint part = 1; part <= self->attachment.n_parts; part++)
    n_files += amends_blobs_has (&self->blobs, self->name, part);
  return n_files;
}

static gboolean
has_all_files (const AmendsAttachmentReader *self)
{
  return amends_blobs_has (&self->blobs, self->name, 0)
         && count_files (self) == self->attachment.n_parts;
}

/**
 * amends_attachment_reader_new:
 * @store: unlocked; it may be locked, or closed, while the result is in use
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND while not all of it is here.
 * Returns: (transfer full): hands out the attachment, in any thread
 */
AmendsAttachmentReader *
amends_attachment_reader_new (AmendsStore *store,
                              const AmendsAttachment *attachment,
                              GError **error)
{
  g_autoptr (AmendsAttachmentReader) self = g_new0 (AmendsAttachmentReader, 1);

  self->attachment = *attachment;
  self->attachment.name = self->attachment.media = self->attachment.what = NULL;
  self->attachment.caption = NULL;
  self->attachment.details = NULL;
  amends_blobs_init (&self->blobs, store->path, store->environment.vfs);
  amends_store_get_blob_name (store, attachment->key, self->name);
  if (has_all_files (self))
    return g_steal_pointer (&self);
  amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, "id", NULL,
                    "Not all of this attachment has arrived: %u of %u parts are here",
                    count_files (self), attachment->n_parts);
  return NULL;
}

/**
 * amends_attachment_reader_free:
 * @self: (nullable) (transfer full): a reader
 */
void
amends_attachment_reader_free (AmendsAttachmentReader *self)
{
  if (self == NULL)
    return;
  amends_blobs_clear (&self->blobs);
  g_clear_pointer (&self->hashes, g_bytes_unref);
  sodium_memzero (self, sizeof *self);
  g_free (self);
}

/* One part, proven by @hash. */
static GBytes *
read_part (const AmendsAttachmentReader *self, guint part, const AmendsDigest *hash)
{
  g_autoptr (GBytes) chunk = amends_blobs_get (&self->blobs, self->name, part);
  AmendsDigest found;

  if (chunk == NULL)
    return NULL;
  amends_chunk_hash (g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk), &found);
  if (memcmp (&found, hash, sizeof found) != 0)
    return NULL;
  return amends_chunk_open (&self->attachment, part, chunk);
}

/**
 * amends_attachment_reader_next:
 * @ret_part: (out) (transfer full) (nullable): the next bytes of the file; %NULL once all were read
 *
 * Each part is proven before it is handed out; whoever writes them somewhere shows them only once all were read.
 *
 * Errors: %AMENDS_STORE_ERROR_DAMAGED; then amends_store_drop_damaged() is due.
 * Returns: %TRUE on success
 */
gboolean
amends_attachment_reader_next (AmendsAttachmentReader *self, GBytes **ret_part, GError **error)
{
  const AmendsDigest *hashes;
  guint part = self->n_read + 1;

  *ret_part = NULL;
  if (self->n_read == self->attachment.n_parts)
    return TRUE;
  if (self->hashes == NULL)
    self->hashes = read_part (self, 0, &self->attachment.root);
  hashes = self->hashes != NULL ? g_bytes_get_data (self->hashes, NULL) : NULL;
  if (hashes != NULL)
    *ret_part = read_part (self, part, &hashes[self->n_read]);
  if (*ret_part != NULL)
    {
      self->n_read = part;
      return TRUE;
    }
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
               "Part %u of the attachment is damaged on this disk. What head office holds is "
               "fetched again at the next sync.",
               part);
  return FALSE;
}

/**
 * amends_store_read_attachment:
 * @func: (scope call): told each part, in order
 *
 * As amends_attachment_reader_next() hands them out.
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND while not all of it is here; %AMENDS_STORE_ERROR_DAMAGED; of @func.
 * Returns: %TRUE once all was told
 */
gboolean
amends_store_read_attachment (AmendsStore *self,
                              const AmendsAttachment *attachment,
                              AmendsPartFunc func,
                              gpointer user_data,
                              GError **error)
{
  g_autoptr (AmendsAttachmentReader) reader =
      amends_attachment_reader_new (self, attachment, error);
  gboolean has_more = reader != NULL;

  while (has_more)
    {
      g_autoptr (GBytes) part = NULL;

      if (!amends_attachment_reader_next (reader, &part, error))
        {
          amends_store_drop_damaged (self, attachment);
          return FALSE;
        }
      has_more = part != NULL;
      if (has_more && !func (part, user_data, error))
        return FALSE;
    }
  return reader != NULL;
}

/* From errno. */
static gboolean
set_error_of_file (GError **error, const char *what)
{
  int code = errno;

  g_set_error (error, AMENDS_STORE_ERROR,
               code == ENOSPC || code == EDQUOT ? AMENDS_STORE_ERROR_FULL
                                                : AMENDS_STORE_ERROR_FAILED,
               "The file could not be %s: %s", what, g_strerror (code));
  return FALSE;
}

static gboolean
write_part (GBytes *part, int fd, GError **error)
{
  return amends_file_write_all (fd, g_bytes_get_data (part, NULL), g_bytes_get_size (part))
         || set_error_of_file (error, "written");
}

/* All parts into @fd, and onto the disk. */
static gboolean
write_parts (AmendsAttachmentReader *reader, int fd, GError **error)
{
  gboolean has_more = TRUE;

  while (has_more)
    {
      g_autoptr (GBytes) part = NULL;

      if (!amends_attachment_reader_next (reader, &part, error)
          || (part != NULL && !write_part (part, fd, error)))
        return FALSE;
      has_more = part != NULL;
    }
  return fsync (fd) == 0 || set_error_of_file (error, "written");
}

/**
 * amends_attachment_reader_export:
 * @path: where to
 * @replaces: whether a file that is there is replaced
 *
 * The file is there whole, for its owner alone, or not at all.
 *
 * Errors: of amends_attachment_reader_next(); %AMENDS_CORE_ERROR_INVALID, field file, if it is there and
 * may not be replaced; %AMENDS_STORE_ERROR_FULL, %AMENDS_STORE_ERROR_FAILED.
 * Returns: %TRUE on success
 */
gboolean
amends_attachment_reader_export (AmendsAttachmentReader *self,
                                 const char *path,
                                 gboolean replaces,
                                 GError **error)
{
  g_autofree char *partial = g_strconcat (path, ".XXXXXX", NULL);
  gboolean written;
  int fd;

  if (!replaces && g_file_test (path, G_FILE_TEST_EXISTS))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "file", NULL,
                        "There is a file of that name already");
      return FALSE;
    }
  fd = g_mkstemp_full (partial, O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    return set_error_of_file (error, "written");
  written = write_parts (self, fd, error);
  close (fd);
  if (written && g_rename (partial, path) != 0)
    written = set_error_of_file (error, "named");
  if (!written)
    g_unlink (partial);
  return written;
}

/**
 * amends_store_export_attachment:
 * @path: where to
 * @replaces: whether a file that is there is replaced
 *
 * Errors: of amends_attachment_reader_new() and amends_attachment_reader_export().
 * Returns: %TRUE on success
 */
gboolean
amends_store_export_attachment (AmendsStore *self,
                                const AmendsAttachment *attachment,
                                const char *path,
                                gboolean replaces,
                                GError **error)
{
  g_autoptr (AmendsAttachmentReader) reader =
      amends_attachment_reader_new (self, attachment, error);
  g_autoptr (GError) cause = NULL;

  if (reader == NULL)
    return FALSE;
  if (amends_attachment_reader_export (reader, path, replaces, &cause))
    return TRUE;
  if (g_error_matches (cause, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED))
    amends_store_drop_damaged (self, attachment);
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}
