/* amends-bundle-read.c: reads a file that was carried by hand (PROTOCOL.md 10)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nobody can say where a stick has been. Each byte is either held by a seal or by the hash of what stands
 * before the chunks, and the end of the body against its hash. */

#include "sync/amends-bundle-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/amends-id.h"

/* No disk has so many, and no sum of them goes round. */
#define MAX_BODY_BYTES (G_GUINT64_CONSTANT (1) << 56)

struct _AmendsBundleReader
{
  crypto_generichash_state hashed; /* of the body so far; aligned more widely than the rest */
  crypto_secretstream_xchacha20poly1305_state stream;
  AmendsBundleClaim claim;
  char *organisation;
  guint64 at;      /* read of the file, up to the end of the last chunk */
  guint64 n_given; /* of the body */
  guint64 n_chunks;
  gsize chunk_at; /* given of @chunk */
  gsize n_chunk;  /* in @chunk */
  int fd;
  AmendsBundleKind kind;
  gboolean is_ended;                    /* the last chunk was read */
  char line[BUNDLE_LINE_MAX_BYTES + 1]; /* with its line feed */
  guint8 stream_key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
  guint8 header[BUNDLE_HEADER_BYTES];
  guint8 chunk[AMENDS_BUNDLE_CHUNK_BYTES];
  guint8 sealed[BUNDLE_SEALED_BYTES];
};

static gboolean
refuse (GError **error, AmendsBundleError code, const char *sentence)
{
  g_set_error_literal (error, AMENDS_BUNDLE_ERROR, code, sentence);
  return FALSE;
}

static gboolean
set_cut (guint64 n_bytes, GError **error)
{
  g_set_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_CUT,
               "The file is cut short: it ends after %" G_GUINT64_FORMAT
               " bytes. Nothing of it was taken. Copy it again, or make it again.",
               n_bytes);
  return FALSE;
}

static gboolean
set_altered (guint64 n_bytes, GError **error)
{
  g_set_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_ALTERED,
               "The file is damaged or was altered, behind byte %" G_GUINT64_FORMAT
               ". Nothing of it was taken. Copy it again, or make it again.",
               n_bytes);
  return FALSE;
}

/* Reads until there are @n_bytes or the file ends. */
static gboolean
read_some (int fd, void *buffer, gsize n_bytes, gsize *ret_n_read, GError **error)
{
  guint8 *at = buffer;

  *ret_n_read = 0;
  while (*ret_n_read < n_bytes)
    {
      gssize n = read (fd, at + *ret_n_read, n_bytes - *ret_n_read);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_READ,
                       "The file cannot be read: %s", g_strerror (errno));
          return FALSE;
        }
      if (n == 0)
        break;
      *ret_n_read += (gsize) n;
    }
  return TRUE;
}

static gboolean
open_file (AmendsBundleReader *self, const char *path, GError **error)
{
  struct stat status;

  self->fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (self->fd < 0)
    {
      g_set_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_READ,
                   "The file cannot be read: %s", g_strerror (errno));
      return FALSE;
    }
  if (fstat (self->fd, &status) != 0 || !S_ISREG (status.st_mode))
    return refuse (error, AMENDS_BUNDLE_ERROR_READ, "That is no file");
  return TRUE;
}

/* The words of the line up to the organisation. */
static gboolean
check_line (AmendsBundleReader *self, GError **error)
{
  AmendsBundleKind other_kind =
      self->kind == AMENDS_BUNDLE_REQUEST ? AMENDS_BUNDLE_REPLY : AMENDS_BUNDLE_REQUEST;
  g_autofree char *beginning = amends_bundle_dup_beginning (self->kind);
  g_autofree char *other = amends_bundle_dup_beginning (other_kind);
  const char *organisation;

  if (!g_str_has_prefix (self->line, BUNDLE_MAGIC))
    return refuse (error, AMENDS_BUNDLE_ERROR_FORMAT,
                   "That file holds no records carried by hand from Amends");
  if (!g_str_has_prefix (self->line, BUNDLE_MAGIC BUNDLE_VERSION " "))
    return refuse (error, AMENDS_BUNDLE_ERROR_NEWER,
                   "A newer version of Amends wrote that file; this one cannot read it");
  if (g_str_has_prefix (self->line, other))
    return refuse (
        error, AMENDS_BUNDLE_ERROR_WAY,
        other_kind == AMENDS_BUNDLE_REQUEST
            ? "That file is on its way to the server. The server writes an answer to it, "
              "and the answer is what this device reads."
            : "That file is an answer of the server, for a device to read. The server "
              "reads what a device wrote.");
  if (!g_str_has_prefix (self->line, beginning))
    return set_altered (0, error);
  organisation = self->line + strlen (beginning);
  if (!g_str_has_prefix (organisation, self->organisation)
      || strchr (" \n", organisation[strlen (self->organisation)]) == NULL)
    return refuse (error, AMENDS_BUNDLE_ERROR_ORGANISATION,
                   "That file is for another organisation. Nothing of it was taken.");
  return TRUE;
}

static gboolean
read_line (AmendsBundleReader *self, GError **error)
{
  gsize n_read;
  char *end;

  if (!read_some (self->fd, self->line, BUNDLE_LINE_MAX_BYTES, &n_read, error))
    return FALSE;
  end = memchr (self->line, '\n', n_read);
  if (end == NULL && n_read < BUNDLE_LINE_MAX_BYTES && n_read >= strlen (BUNDLE_MAGIC)
      && g_str_has_prefix (self->line, BUNDLE_MAGIC))
    return set_cut (n_read, error);
  if (end == NULL)
    return refuse (error, AMENDS_BUNDLE_ERROR_FORMAT,
                   n_read == 0 ? "That file is empty"
                               : "That file holds no records carried by hand from Amends");
  memset (end + 1, 0, (gsize) (self->line + sizeof self->line - end - 1));
  self->at = (guint64) (end + 1 - self->line);
  return check_line (self, error);
}

static guint64
get_u64 (const guint8 *at)
{
  guint64 value;

  memcpy (&value, at, sizeof value);
  return GUINT64_FROM_BE (value);
}

static gboolean
open_box (AmendsBundleReader *self,
          const guint8 *box,
          const guint8 public_key[32],
          const guint8 secret_key[32],
          GError **error)
{
  guint8 plain[BUNDLE_CLAIM_BYTES];
  AmendsBundleClaim *claim = &self->claim;

  if (crypto_box_seal_open (plain, box, BUNDLE_BOX_BYTES, public_key, secret_key) != 0)
    return refuse (
        error, AMENDS_BUNDLE_ERROR_RECIPIENT,
        self->kind == AMENDS_BUNDLE_REQUEST
            ? "That file is sealed for a server with other keys. Nothing of it was taken."
            : "That answer is for another device, or for this one under an earlier "
              "code. Nothing of it was taken.");
  memcpy (self->stream_key, plain, sizeof self->stream_key);
  claim->n_bytes = get_u64 (plain + 32);
  claim->request = get_u64 (plain + 40);
  memcpy (claim->code, plain + 48, 4);
  memcpy (claim->hash.bytes, plain + 52, AMENDS_DIGEST_BYTES);
  memcpy (claim->signature, plain + 52 + AMENDS_DIGEST_BYTES, AMENDS_SIGNATURE_BYTES);
  sodium_memzero (plain, sizeof plain);
  return (amends_code_is_valid (claim->code) && claim->n_bytes <= MAX_BODY_BYTES)
         || set_altered (self->at, error);
}

static gboolean
rewind_to_chunks (AmendsBundleReader *self, GError **error)
{
  self->at = strlen (self->line) + BUNDLE_PREAMBLE_BYTES;
  self->n_given = self->n_chunks = 0;
  self->is_ended = FALSE;
  self->chunk_at = self->n_chunk = 0;
  crypto_generichash_init (&self->hashed, NULL, 0, AMENDS_DIGEST_BYTES);
  crypto_secretstream_xchacha20poly1305_init_pull (&self->stream, self->header, self->stream_key);
  if (lseek (self->fd, (off_t) self->at, SEEK_SET) < 0)
    return refuse (error, AMENDS_BUNDLE_ERROR_READ, "The file cannot be read twice");
  return TRUE;
}

static gboolean
read_preamble (AmendsBundleReader *self,
               const guint8 public_key[32],
               const guint8 secret_key[32],
               GError **error)
{
  guint8 preamble[BUNDLE_PREAMBLE_BYTES];
  const guint8 *box = preamble + AMENDS_DIGEST_BYTES;
  AmendsDigest hash;
  gsize n_read;

  if (lseek (self->fd, (off_t) self->at, SEEK_SET) < 0)
    return refuse (error, AMENDS_BUNDLE_ERROR_READ, "The file cannot be read twice");
  if (!read_some (self->fd, preamble, sizeof preamble, &n_read, error))
    return FALSE;
  if (n_read < sizeof preamble)
    return set_cut (self->at + n_read, error);
  memcpy (self->header, box + BUNDLE_BOX_BYTES, sizeof self->header);
  amends_bundle_hash_preamble (self->line, box, self->header, &hash);
  if (memcmp (hash.bytes, preamble, sizeof hash.bytes) != 0)
    return set_altered (0, error);
  return open_box (self, box, public_key, secret_key, error) && rewind_to_chunks (self, error);
}

/**
 * amends_bundle_reader_new:
 * @path: the file
 * @kind: which way it should go
 * @organisation: whose it should be; its id
 * @public_key: X25519, of the one it should be for
 * @secret_key: opens the box
 *
 * Errors: %AMENDS_BUNDLE_ERROR_READ, %AMENDS_BUNDLE_ERROR_FORMAT, %AMENDS_BUNDLE_ERROR_NEWER,
 * %AMENDS_BUNDLE_ERROR_WAY, %AMENDS_BUNDLE_ERROR_ORGANISATION, %AMENDS_BUNDLE_ERROR_RECIPIENT,
 * %AMENDS_BUNDLE_ERROR_CUT, %AMENDS_BUNDLE_ERROR_ALTERED.
 * Returns: (transfer full): the file, of which nothing but the claim is to be believed before
 * amends_bundle_reader_check(), and that not before its signature is
 */
AmendsBundleReader *
amends_bundle_reader_new (const char *path,
                          AmendsBundleKind kind,
                          const char *organisation,
                          const guint8 public_key[32],
                          const guint8 secret_key[32],
                          GError **error)
{
  g_autoptr (AmendsBundleReader) self =
      g_aligned_alloc0 (1, sizeof *self, _Alignof(AmendsBundleReader));

  self->kind = kind;
  self->fd = -1;
  self->organisation = g_strdup (organisation);
  if (!open_file (self, path, error) || !read_line (self, error)
      || !read_preamble (self, public_key, secret_key, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * amends_bundle_reader_free:
 * @self: (nullable) (transfer full): a file
 */
void
amends_bundle_reader_free (AmendsBundleReader *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->organisation);
  sodium_memzero (self, sizeof *self);
  g_aligned_free (self);
}

/**
 * amends_bundle_reader_get_claim:
 *
 * Returns: (transfer none): what the file says of itself; the code is one that a device may have
 */
const AmendsBundleClaim *
amends_bundle_reader_get_claim (const AmendsBundleReader *self)
{
  return &self->claim;
}

/* Opens the next chunk; of what lies behind the body nothing is left in it. */
static gboolean
read_chunk (AmendsBundleReader *self, GError **error)
{
  guint64 n_left = self->claim.n_bytes - self->n_given;
  unsigned char tag;
  gsize n_read;

  if (!read_some (self->fd, self->sealed, sizeof self->sealed, &n_read, error))
    return FALSE;
  if (n_read < sizeof self->sealed)
    return set_cut (self->at + n_read, error);
  if (crypto_secretstream_xchacha20poly1305_pull (&self->stream, self->chunk, NULL, &tag,
                                                  self->sealed, sizeof self->sealed, NULL, 0)
      != 0)
    return set_altered (self->at, error);
  self->chunk_at = 0;
  self->n_chunk = (gsize) MIN (n_left, sizeof self->chunk);
  if (!sodium_is_zero (self->chunk + self->n_chunk, sizeof self->chunk - self->n_chunk))
    return set_altered (self->at, error);
  self->at += sizeof self->sealed;
  self->n_chunks++;
  self->is_ended = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  if (self->is_ended != (self->n_chunks == amends_bundle_count_chunks (self->claim.n_bytes)))
    return set_altered (self->at, error);
  return TRUE;
}

/* Behind the body stand zeroes to the last chunk, and behind that nothing. */
static gboolean
check_end (AmendsBundleReader *self, GError **error)
{
  crypto_generichash_state hashed = self->hashed;
  AmendsDigest hash;
  guint8 byte;
  gsize n_read;

  while (!self->is_ended)
    if (!read_chunk (self, error))
      return FALSE;
  if (!read_some (self->fd, &byte, 1, &n_read, error))
    return FALSE;
  crypto_generichash_final (&hashed, hash.bytes, sizeof hash.bytes);
  if (n_read > 0 || memcmp (hash.bytes, self->claim.hash.bytes, sizeof hash.bytes) != 0)
    return set_altered (self->at, error);
  return TRUE;
}

/**
 * amends_bundle_reader_read:
 * @buffer: (out): where the body goes on
 * @n_bytes: the most to put there
 *
 * Errors: %AMENDS_BUNDLE_ERROR_READ, %AMENDS_BUNDLE_ERROR_CUT, %AMENDS_BUNDLE_ERROR_ALTERED.
 * Returns: how many bytes; 0 at the end, once all of it has been found to be as it was written; -1 on
 * error
 */
gssize
amends_bundle_reader_read (AmendsBundleReader *self, guint8 *buffer, gsize n_bytes, GError **error)
{
  gsize n;

  if (self->n_given == self->claim.n_bytes)
    return check_end (self, error) ? 0 : -1;
  if (self->chunk_at == self->n_chunk && !read_chunk (self, error))
    return -1;
  n = MIN (n_bytes, self->n_chunk - self->chunk_at);
  memcpy (buffer, self->chunk + self->chunk_at, n);
  crypto_generichash_update (&self->hashed, buffer, n);
  self->chunk_at += n;
  self->n_given += n;
  return (gssize) n;
}

/**
 * amends_bundle_reader_check:
 * @key: Ed25519, of the one who should have written it
 *
 * Reads all of it; afterwards it is read from the beginning of the body again.
 *
 * Errors: as amends_bundle_reader_read(); %AMENDS_BUNDLE_ERROR_ALTERED for another's signature too.
 * Returns: %TRUE if it is as it was written
 */
gboolean
amends_bundle_reader_check (AmendsBundleReader *self,
                            const guint8 key[AMENDS_KEY_BYTES],
                            GError **error)
{
  g_autofree guint8 *buffer = g_malloc (AMENDS_BUNDLE_CHUNK_BYTES);
  gssize n;

  if (!amends_bundle_claim_verify (&self->claim, self->kind, self->organisation, key))
    return refuse (
        error, AMENDS_BUNDLE_ERROR_ALTERED,
        "The file's signature is not that of the one who should have written it. Nothing "
        "of it was taken.");
  do
    n = amends_bundle_reader_read (self, buffer, AMENDS_BUNDLE_CHUNK_BYTES, error);
  while (n > 0);
  return n == 0 && rewind_to_chunks (self, error);
}
