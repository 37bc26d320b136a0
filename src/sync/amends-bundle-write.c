/* amends-bundle-write.c: writes a file that is carried by hand (PROTOCOL.md 10)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It grows under another name beside its own. What stands before the chunks is known last and written
 * last; then the disk is waited for, and only then has the file its name. A stick may be slow: whoever holds
 * something meanwhile has the chunks, sealed, gathered on this device first. */

#include "sync/amends-bundle-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "store/amends-db.h"
#include "store/amends-file.h"

struct _AmendsBundleWriter
{
  crypto_generichash_state hashed; /* of the body so far; aligned more widely than the rest */
  crypto_secretstream_xchacha20poly1305_state stream;
  AmendsBundleKind kind;
  char *organisation;
  char *line;
  char *path;
  char *part; /* (nullable): its name while it grows */
  int fd;
  int gathered; /* -1: chunks go to @fd */
  guint8 recipient[32];
  guint8 stream_key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
  guint8 header[BUNDLE_HEADER_BYTES];
  guint8 box[BUNDLE_BOX_BYTES]; /* once it is sealed */
  guint64 n_bytes;              /* of the body */
  guint64 n_chunks;             /* written */
  gsize n_pending;              /* in @chunk */
  guint8 chunk[AMENDS_BUNDLE_CHUNK_BYTES];
  guint8 sealed[BUNDLE_SEALED_BYTES];
};

static gboolean
set_write_error (int number, GError **error)
{
  const char *why;

  switch (number)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      why = "There is no room there.";
      break;
    case EROFS:
    case EACCES:
    case EPERM:
      why = "Nothing may be written there.";
      break;
    case ENOENT:
    case ENOTDIR:
      why = "There is no such folder.";
      break;
    default:
      why = "The stick or disk does not take it.";
    }
  g_set_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_WRITE,
               "The file could not be written. %s Choose another place and try again; nothing is "
               "lost.",
               why);
  return FALSE;
}

/* What is gathered lies on this device's own disk: another stick would not help. */
static gboolean
set_own_error (int number, GError **error)
{
  if (number == ENOSPC || number == EDQUOT || number == EFBIG)
    g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL,
                         "The disk is full. Nothing is lost; make room and try again.");
  else
    g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                 "What is carried by hand could not be put together on this device: %s",
                 g_strerror (number));
  return FALSE;
}

static gboolean
write_all (int fd, const void *bytes, gsize n_bytes, GError **error)
{
  return amends_file_write_all (fd, bytes, n_bytes) || set_write_error (errno, error);
}

/* An earlier file of the same kind makes way: a later request holds all that it does. Nothing else is
 * written over. */
static gboolean
check_place (const char *path, AmendsBundleKind kind, GError **error)
{
  g_autofree char *beginning = amends_bundle_dup_beginning (kind);
  g_autofree char *found = g_malloc0 (strlen (beginning) + 1);
  gboolean is_ours;
  int fd;

  if (g_access (path, F_OK) != 0)
    return TRUE;
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  is_ours = fd >= 0 && read (fd, found, strlen (beginning)) == (gssize) strlen (beginning)
            && strcmp (found, beginning) == 0;
  if (fd >= 0)
    close (fd);
  if (!is_ours)
    g_set_error_literal (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_EXISTS,
                         "There is a file of that name already. Choose another name.");
  return is_ours;
}

static gboolean
begin_file (AmendsBundleWriter *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *hidden = g_strconcat (".", name, ".XXXXXX", NULL);
  g_autofree char *part = g_build_filename (folder, hidden, NULL);
  g_autofree guint8 *room = g_malloc0 (BUNDLE_PREAMBLE_BYTES);

  self->fd = g_mkstemp_full (part, O_WRONLY | O_CLOEXEC, 0600);
  if (self->fd < 0)
    return set_write_error (errno, error);
  self->part = g_steal_pointer (&part);
  return write_all (self->fd, self->line, strlen (self->line), error)
         && write_all (self->fd, room, BUNDLE_PREAMBLE_BYTES, error);
}

/**
 * amends_bundle_writer_new:
 * @path: where the file goes; what stands there must be an earlier one of the same kind
 * @kind: which way it goes
 * @organisation: whose it is; its id
 * @recipient: the X25519 key that opens it
 * @environment: draws the key of the stream
 *
 * Errors: %AMENDS_BUNDLE_ERROR_EXISTS, %AMENDS_BUNDLE_ERROR_WRITE.
 * Returns: (transfer full): what takes the body
 */
AmendsBundleWriter *
amends_bundle_writer_new (const char *path,
                          AmendsBundleKind kind,
                          const char *organisation,
                          const guint8 recipient[32],
                          const AmendsEnvironment *environment,
                          GError **error)
{
  g_autoptr (AmendsBundleWriter) self = NULL;
  g_autofree char *beginning = amends_bundle_dup_beginning (kind);

  g_return_val_if_fail (strpbrk (organisation, " \n") == NULL, NULL);
  g_return_val_if_fail (strlen (organisation) < BUNDLE_LINE_MAX_BYTES / 2, NULL);

  if (!check_place (path, kind, error))
    return NULL;
  self = g_aligned_alloc0 (1, sizeof *self, _Alignof(AmendsBundleWriter));
  self->kind = kind;
  self->fd = self->gathered = -1;
  self->organisation = g_strdup (organisation);
  self->line = g_strconcat (beginning, organisation, " sealed records, carried by hand\n", NULL);
  self->path = g_strdup (path);
  memcpy (self->recipient, recipient, sizeof self->recipient);
  amends_environment_random (environment, self->stream_key, sizeof self->stream_key);
  crypto_secretstream_xchacha20poly1305_init_push (&self->stream, self->header, self->stream_key);
  crypto_generichash_init (&self->hashed, NULL, 0, AMENDS_DIGEST_BYTES);
  return begin_file (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * amends_bundle_writer_free:
 * @self: (nullable) (transfer full): what was begun and is not finished is gone
 */
void
amends_bundle_writer_free (AmendsBundleWriter *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->gathered >= 0)
    close (self->gathered);
  if (self->part != NULL)
    g_unlink (self->part);
  g_free (self->organisation);
  g_free (self->line);
  g_free (self->path);
  g_free (self->part);
  sodium_memzero (self, sizeof *self);
  g_aligned_free (self);
}

/**
 * amends_bundle_writer_gather:
 * @folder: on this device
 *
 * Has what is written gathered in a file without a name, until amends_bundle_writer_place(). Before anything is written.
 * Errors: %AMENDS_STORE_ERROR_FULL, %AMENDS_STORE_ERROR_FAILED.
 * Returns: %TRUE on success
 */
gboolean
amends_bundle_writer_gather (AmendsBundleWriter *self, const char *folder, GError **error)
{
  g_autofree char *name = g_build_filename (folder, "carry.XXXXXX", NULL);

  g_return_val_if_fail (self->n_bytes == 0 && self->gathered < 0, FALSE);

  self->gathered = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600);
  if (self->gathered < 0)
    return set_own_error (errno, error);
  g_unlink (name);
  return TRUE;
}

static gboolean
write_chunk (AmendsBundleWriter *self, gboolean is_last, GError **error)
{
  guint8 tag = is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                       : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;

  memset (self->chunk + self->n_pending, 0, sizeof self->chunk - self->n_pending);
  crypto_secretstream_xchacha20poly1305_push (&self->stream, self->sealed, NULL, self->chunk,
                                              sizeof self->chunk, NULL, 0, tag);
  self->n_pending = 0;
  self->n_chunks++;
  if (self->gathered < 0)
    return write_all (self->fd, self->sealed, sizeof self->sealed, error);
  return amends_file_write_all (self->gathered, self->sealed, sizeof self->sealed)
         || set_own_error (errno, error);
}

/**
 * amends_bundle_writer_write:
 * @bytes: what comes next of the body
 *
 * Errors: %AMENDS_BUNDLE_ERROR_WRITE; those of amends_bundle_writer_gather() where it is gathered.
 * Returns: %TRUE on success; after an error it is only to be freed
 */
gboolean
amends_bundle_writer_write (AmendsBundleWriter *self,
                            const guint8 *bytes,
                            gsize n_bytes,
                            GError **error)
{
  crypto_generichash_update (&self->hashed, bytes, n_bytes);
  self->n_bytes += n_bytes;
  while (n_bytes > 0)
    {
      gsize n = MIN (n_bytes, sizeof self->chunk - self->n_pending);

      /* A full chunk waits until it is known not to be the last. */
      if (n == 0)
        {
          if (!write_chunk (self, FALSE, error))
            return FALSE;
          continue;
        }
      memcpy (self->chunk + self->n_pending, bytes, n);
      self->n_pending += n;
      bytes += n;
      n_bytes -= n;
    }
  return TRUE;
}

static void
put_u64 (guint8 *at, guint64 value)
{
  value = GUINT64_TO_BE (value);
  memcpy (at, &value, sizeof value);
}

static gboolean
seal_claim (AmendsBundleWriter *self, const AmendsBundleClaim *claim, GError **error)
{
  guint8 plain[BUNDLE_CLAIM_BYTES];
  gboolean is_key;

  memcpy (plain, self->stream_key, 32);
  put_u64 (plain + 32, claim->n_bytes);
  put_u64 (plain + 40, claim->request);
  memcpy (plain + 48, claim->code, 4);
  memcpy (plain + 52, claim->hash.bytes, AMENDS_DIGEST_BYTES);
  memcpy (plain + 52 + AMENDS_DIGEST_BYTES, claim->signature, AMENDS_SIGNATURE_BYTES);
  is_key = crypto_box_seal (self->box, plain, sizeof plain, self->recipient) == 0;
  sodium_memzero (plain, sizeof plain);
  if (!is_key)
    g_set_error_literal (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_WRITE,
                         "The key of the one it is for cannot be used");
  return is_key;
}

static gboolean
write_preamble (AmendsBundleWriter *self, GError **error)
{
  AmendsDigest hash;

  amends_bundle_hash_preamble (self->line, self->box, self->header, &hash);
  if (lseek (self->fd, (off_t) strlen (self->line), SEEK_SET) < 0)
    return set_write_error (errno, error);
  return write_all (self->fd, hash.bytes, sizeof hash.bytes, error)
         && write_all (self->fd, self->box, sizeof self->box, error)
         && write_all (self->fd, self->header, sizeof self->header, error);
}

static gboolean
copy_gathered (AmendsBundleWriter *self, GCancellable *cancellable, GError **error)
{
  gssize n = 1;

  if (self->gathered < 0)
    return TRUE;
  if (lseek (self->gathered, 0, SEEK_SET) < 0)
    return set_own_error (errno, error);
  while (n > 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      n = read (self->gathered, self->sealed, sizeof self->sealed);
      if (n < 0 && errno == EINTR)
        n = 1;
      else if (n < 0)
        return set_own_error (errno, error);
      else if (!write_all (self->fd, self->sealed, (gsize) n, error))
        return FALSE;
    }
  return TRUE;
}

/* Gives the file its name once it is on the disk. */
static gboolean
name_file (AmendsBundleWriter *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  int fd = self->fd;

  if (fsync (fd) != 0)
    return set_write_error (errno, error);
  self->fd = -1;
  if (close (fd) != 0 || g_rename (self->part, self->path) != 0)
    return set_write_error (errno, error);
  g_clear_pointer (&self->part, g_free);

  /* A stick's file system may know no such wish; the file is there all the same. */
  amends_file_sync_path (folder);
  return TRUE;
}

/**
 * amends_bundle_writer_seal:
 * @code: the device that asks or is answered
 * @request: the number of the request
 * @secret_key: the writer's Ed25519 secret key
 *
 * Says that the body has been written to its end.
 * Errors: as of amends_bundle_writer_write().
 * Returns: %TRUE once it is only to be placed
 */
gboolean
amends_bundle_writer_seal (AmendsBundleWriter *self,
                           const char *code,
                           guint64 request,
                           const guint8 secret_key[64],
                           GError **error)
{
  AmendsBundleClaim claim = { .request = request, .n_bytes = self->n_bytes };
  guint64 n_chunks = amends_bundle_count_chunks (self->n_bytes);

  g_return_val_if_fail (self->part != NULL && strlen (code) < sizeof claim.code, FALSE);

  while (self->n_chunks < n_chunks)
    if (!write_chunk (self, self->n_chunks + 1 == n_chunks, error))
      return FALSE;
  strncpy (claim.code, code, sizeof claim.code - 1);
  crypto_generichash_final (&self->hashed, claim.hash.bytes, sizeof claim.hash.bytes);
  amends_bundle_claim_sign (&claim, self->kind, self->organisation, secret_key);
  return seal_claim (self, &claim, error);
}

/**
 * amends_bundle_writer_place:
 * @cancellable: (nullable): stops it; no file is left
 *
 * Of a file that was sealed. All that takes long where the place is slow.
 * Errors: %AMENDS_BUNDLE_ERROR_WRITE, %G_IO_ERROR_CANCELLED.
 * Returns: %TRUE once the file is whole, on the disk, and has its name
 */
gboolean
amends_bundle_writer_place (AmendsBundleWriter *self, GCancellable *cancellable, GError **error)
{
  return copy_gathered (self, cancellable, error) && write_preamble (self, error)
         && name_file (self, error);
}

/**
 * amends_bundle_writer_finish:
 *
 * amends_bundle_writer_seal(), and then amends_bundle_writer_place().
 * Errors: %AMENDS_BUNDLE_ERROR_WRITE.
 * Returns: %TRUE once the file is whole, on the disk, and has its name
 */
gboolean
amends_bundle_writer_finish (AmendsBundleWriter *self,
                             const char *code,
                             guint64 request,
                             const guint8 secret_key[64],
                             GError **error)
{
  return amends_bundle_writer_seal (self, code, request, secret_key, error)
         && amends_bundle_writer_place (self, NULL, error);
}
