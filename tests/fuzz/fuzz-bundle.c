/* fuzz-bundle.c: files that are said to have been carried by hand
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first byte says what the rest is: 0, a whole file; else what stands in one, which is sealed here by
 * PROTOCOL.md 10 alone, so that what lies behind the seals is reached: flags, 116 bytes of the claim, body. */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz/fuzz.h"
#include "sync/amends-bundle.h"

#define ORGANISATION "00112233445566778899aabbccddeeff"
#define LINE "amends-bundle-1 request " ORGANISATION " x\n"
#define CLAIM_BYTES 116 /* without the stream key */
#define MAX_BODY_BYTES (3 * AMENDS_BUNDLE_CHUNK_BYTES)

enum
{
  FITS_LENGTH = 1 << 1,
  FITS_HASH = 1 << 2,
  FITS_CODE = 1 << 3,
  FITS_SIGNATURE = 1 << 4,
  FITS_FINAL = 1 << 5,
  IS_SOUND = FITS_LENGTH | FITS_HASH | FITS_CODE | FITS_SIGNATURE | FITS_FINAL,
};

static guint8 box_key[32], box_secret[32], sign_key[32], sign_secret[64];

static void
append_number (GByteArray *bytes, guint64 number)
{
  number = GUINT64_TO_BE (number);
  g_byte_array_append (bytes, (const guint8 *) &number, sizeof number);
}

/* The claim as it is given, and what flags say right. */
static GByteArray *
make_claim (const guint8 *stream_key,
            const guint8 *given,
            guint8 flags,
            const guint8 *body,
            gsize n_body)
{
  GByteArray *claim = g_byte_array_new ();
  g_autoptr (GByteArray) number = g_byte_array_new ();
  char hash[sodium_base64_ENCODED_LEN (32, sodium_base64_VARIANT_ORIGINAL)];
  guint64 request;
  char code[5] = { 0 };

  g_byte_array_append (claim, stream_key, 32);
  g_byte_array_append (claim, given, CLAIM_BYTES);
  append_number (number, n_body);
  if (flags & FITS_LENGTH)
    memcpy (claim->data + 32, number->data, 8);
  if (flags & FITS_CODE)
    memcpy (claim->data + 48, "7K\0\0", 4);
  if (flags & FITS_HASH)
    crypto_generichash (claim->data + 52, 32, body, n_body, NULL, 0);
  if (flags & FITS_SIGNATURE)
    {
      g_autofree char *text = NULL;

      memcpy (&request, claim->data + 40, 8);
      memcpy (code, claim->data + 48, 4);
      sodium_bin2base64 (hash, sizeof hash, claim->data + 52, 32, sodium_base64_VARIANT_ORIGINAL);
      text = g_strdup_printf ("amends-bundle-1\nrequest\n" ORGANISATION "\n%s\n%" G_GUINT64_FORMAT
                              "\n%s\n",
                              code, GUINT64_FROM_BE (request), hash);
      crypto_sign_detached (claim->data + 84, NULL, (const guint8 *) text, strlen (text),
                            sign_secret);
    }
  return claim;
}

static GByteArray *
seal (const guint8 *given, guint8 flags, const guint8 *body, gsize n_body)
{
  crypto_secretstream_xchacha20poly1305_state stream;
  guint8 stream_key[32] = { 7 }, header[24], box[196], hash[32];
  g_autoptr (GByteArray) claim = make_claim (stream_key, given, flags, body, n_body);
  g_autofree guint8 *plain = g_malloc (AMENDS_BUNDLE_CHUNK_BYTES);
  g_autofree guint8 *sealed = g_malloc (AMENDS_BUNDLE_CHUNK_BYTES + 17);
  GByteArray *file = g_byte_array_new ();
  gsize n_chunks = MAX ((n_body + AMENDS_BUNDLE_CHUNK_BYTES - 1) / AMENDS_BUNDLE_CHUNK_BYTES, 1);

  crypto_secretstream_xchacha20poly1305_init_push (&stream, header, stream_key);
  g_assert_cmpint (crypto_box_seal (box, claim->data, claim->len, box_key), ==, 0);
  g_byte_array_append (file, (const guint8 *) LINE, strlen (LINE));
  g_byte_array_append (file, box, sizeof box);
  g_byte_array_append (file, header, sizeof header);
  crypto_generichash (hash, sizeof hash, file->data, file->len, NULL, 0);
  g_byte_array_set_size (file, (guint) strlen (LINE));
  g_byte_array_append (file, hash, sizeof hash);
  g_byte_array_append (file, box, sizeof box);
  g_byte_array_append (file, header, sizeof header);
  for (gsize i = 0; i < n_chunks; i++)
    {
      gsize at = i * AMENDS_BUNDLE_CHUNK_BYTES;
      gsize n = MIN (n_body - at, AMENDS_BUNDLE_CHUNK_BYTES);

      memset (plain, 0, AMENDS_BUNDLE_CHUNK_BYTES);
      memcpy (plain, body + at, n);
      crypto_secretstream_xchacha20poly1305_push (
          &stream, sealed, NULL, plain, AMENDS_BUNDLE_CHUNK_BYTES, NULL, 0,
          i + 1 == n_chunks && (flags & FITS_FINAL) != 0
              ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
              : 0);
      g_byte_array_append (file, sealed, AMENDS_BUNDLE_CHUNK_BYTES + 17);
    }
  return file;
}

/* Returns: whether all of it was taken; @body is what must then be in it. */
static gboolean
read_file (const guint8 *data, gsize size, const guint8 *body, gsize n_body)
{
  g_autoptr (AmendsBundleReader) reader = NULL;
  g_autofree guint8 *found = g_malloc (4096);
  g_autofree char *path = NULL;
  gboolean is_whole = FALSE;
  gsize at = 0;
  gssize n = 1;
  int fd = memfd_create ("bundle", MFD_CLOEXEC);

  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);
  path = g_strdup_printf ("/proc/self/fd/%d", fd);
  reader = amends_bundle_reader_new (path, AMENDS_BUNDLE_REQUEST, ORGANISATION, box_key, box_secret,
                                     NULL);
  if (reader != NULL && amends_bundle_reader_check (reader, sign_key, NULL))
    {
      while ((n = amends_bundle_reader_read (reader, found, 4096, NULL)) > 0)
        {
          g_assert_true (at + (gsize) n <= n_body && memcmp (found, body + at, (gsize) n) == 0);
          at += (gsize) n;
        }
      g_assert_cmpint (n, ==, 0);
      is_whole = TRUE;
    }
  close (fd);
  return is_whole;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const guint8 seed[32] = { 1 };
  guint8 given[CLAIM_BYTES] = { 0 };
  g_autoptr (GByteArray) file = NULL;
  gsize n_given;
  guint8 flags;

  if (size == 0)
    return 0;
  g_assert_cmpint (sodium_init (), >=, 0);
  crypto_box_seed_keypair (box_key, box_secret, seed);
  crypto_sign_seed_keypair (sign_key, sign_secret, seed);
  flags = *data++;
  size--;
  if (flags == 0)
    {
      g_assert_false (read_file (data, size, NULL, 0));
      return 0;
    }
  n_given = MIN (size, CLAIM_BYTES);
  memcpy (given, data, n_given);
  data += n_given;
  size = MIN (size - n_given, MAX_BODY_BYTES);
  file = seal (given, flags, data, size);
  if (read_file (file->data, file->len, data, size))
    g_assert_cmpuint (flags & FITS_FINAL, !=, 0);
  else
    g_assert_cmpuint (flags & IS_SOUND, !=, IS_SOUND);
  return 0;
}
