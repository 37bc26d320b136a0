/* test-bundle.c: the file itself: what it gives away, and what it is when it is cut or altered
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/amends-db.h"
#include "support/world.h"
#include "sync/amends-bundle.h"

#define ORGANISATION "00112233445566778899aabbccddeeff"
#define CHUNK AMENDS_BUNDLE_CHUNK_BYTES
#define SEALED (CHUNK + 17)

/* With the address sanitiser every byte is too many; the steps are prime. */
#ifdef __SANITIZE_ADDRESS__
#  define CUT_STEP 997
#else
#  define CUT_STEP 41
#endif

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  char *path;
  guint8 public_key[32], secret_key[32];      /* of the reader: X25519 */
  guint8 signing_key[32], signing_secret[64]; /* of the writer: Ed25519 */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_world_init (&fixture->world);
  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "stick", NULL);
  crypto_box_keypair (fixture->public_key, fixture->secret_key);
  crypto_sign_keypair (fixture->signing_key, fixture->signing_secret);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->path);
  test_folder_remove (fixture->folder);
}

static guint8 *
make_body (gsize n_bytes)
{
  guint8 *body = g_malloc (n_bytes + 1);

  for (gsize i = 0; i < n_bytes; i++)
    body[i] = (guint8) (i * 7 + i / 251);
  return body;
}

static AmendsBundleWriter *
begin (Fixture *fixture, AmendsBundleKind kind, GError **error)
{
  return amends_bundle_writer_new (fixture->path, kind, ORGANISATION, fixture->public_key,
                                   &fixture->world.environment, error);
}

static void
write_bundle (Fixture *fixture, AmendsBundleKind kind, gsize n_bytes, gsize n_piece)
{
  g_autofree guint8 *body = make_body (n_bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsBundleWriter) writer = begin (fixture, kind, &error);

  g_assert_no_error (error);
  for (gsize at = 0; at < n_bytes; at += n_piece)
    g_assert_true (
        amends_bundle_writer_write (writer, body + at, MIN (n_piece, n_bytes - at), &error));
  g_assert_true (amends_bundle_writer_finish (writer, "7K", 42, fixture->signing_secret, &error));
  g_assert_no_error (error);
}

static AmendsBundleReader *
open_bundle (Fixture *fixture, AmendsBundleKind kind, GError **error)
{
  g_autoptr (AmendsBundleReader) reader =
      amends_bundle_reader_new (fixture->path, kind, ORGANISATION, fixture->public_key,
                                fixture->secret_key, error);

  if (reader == NULL || !amends_bundle_reader_check (reader, fixture->signing_key, error))
    return NULL;
  return g_steal_pointer (&reader);
}

static void
assert_refused (Fixture *fixture, AmendsBundleKind kind, AmendsBundleError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_bundle (fixture, kind, &error));
  g_assert_error (error, AMENDS_BUNDLE_ERROR, (int) code);
}

static void
assert_reads (Fixture *fixture, gsize n_bytes)
{
  g_autofree guint8 *body = make_body (n_bytes);
  g_autofree guint8 *found = g_malloc (n_bytes + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsBundleReader) reader = open_bundle (fixture, AMENDS_BUNDLE_REQUEST, &error);
  const AmendsBundleClaim *claim;
  gsize at = 0;
  gssize n;

  g_assert_no_error (error);
  claim = amends_bundle_reader_get_claim (reader);
  g_assert_cmpstr (claim->code, ==, "7K");
  g_assert_cmpuint (claim->request, ==, 42);
  g_assert_cmpuint (claim->n_bytes, ==, n_bytes);
  while ((n = amends_bundle_reader_read (reader, found + at, n_bytes + 1 - at, &error)) > 0)
    at += (gsize) n;
  g_assert_no_error (error);
  g_assert_cmpmem (found, at, body, n_bytes);
}

/* As PROTOCOL.md says: one to four chunks as they are, then in steps of a quarter at most. */
static const struct
{
  gsize n_bytes;
  gsize n_chunks;
} size_rows[] = {
  { 0, 1 },
  { 1, 1 },
  { CHUNK, 1 },
  { CHUNK + 1, 2 },
  { 4 * CHUNK, 4 },
  { 4 * CHUNK + 1, 5 },
  { 7 * CHUNK + 1, 8 },
  { 8 * CHUNK + 1, 10 },
  { 16 * CHUNK + 1, 20 },
  { 33 * CHUNK, 40 },
};

static void
test_sizes (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (size_rows); i++)
    {
      GStatBuf status;
      gsize n_bytes = size_rows[i].n_bytes;

      write_bundle (fixture, AMENDS_BUNDLE_REQUEST, n_bytes, i % 2 == 0 ? 3001 : 2 * CHUNK);
      assert_reads (fixture, n_bytes);
      g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
      g_assert_cmpuint ((gsize) status.st_size / SEALED, ==, size_rows[i].n_chunks);
      g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
    }
}

/* What a finder reads: what it is, whose it is; and nothing else can be read. */
static void
test_line (Fixture *fixture, gconstpointer data)
{
  static const char line[] =
      "amends-bundle-1 request " ORGANISATION " sealed records, carried by hand\n";
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  write_bundle (fixture, AMENDS_BUNDLE_REQUEST, 300, 300);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &n_bytes, NULL));
  g_assert_cmpmem (bytes, strlen (line), line, strlen (line));
  g_assert_cmpuint (n_bytes, ==, strlen (line) + 32 + 196 + 24 + SEALED);
}

/* Every byte up to the chunks and about each border, and many between: from the end on, so that the file is
 * written once. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  GStatBuf status;
  gsize n_bytes, first_chunk;

  write_bundle (fixture, AMENDS_BUNDLE_REQUEST, 2 * CHUNK + 5, CHUNK);
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  n_bytes = (gsize) status.st_size;
  first_chunk = n_bytes - 3 * SEALED;
  while (n_bytes > 0)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *where = NULL;
      gsize in_chunk = n_bytes > first_chunk ? (n_bytes - first_chunk) % SEALED : 0;

      n_bytes -= in_chunk > CUT_STEP && in_chunk < SEALED - 20 ? CUT_STEP : 1;
      where = g_strdup_printf (" %" G_GSIZE_FORMAT " bytes", n_bytes);
      g_assert_cmpint (truncate (fixture->path, (off_t) n_bytes), ==, 0);
      g_assert_null (open_bundle (fixture, AMENDS_BUNDLE_REQUEST, &error));
      if (n_bytes < strlen ("amends-bundle-"))
        g_assert_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_FORMAT);
      else
        {
          g_assert_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_CUT);
          g_assert_nonnull (strstr (error->message, where));
        }
    }
}

static void
flip (int fd, off_t at)
{
  guint8 byte;

  g_assert_cmpint (pread (fd, &byte, 1, at), ==, 1);
  byte ^= (guint8) (1 << (at % 8));
  g_assert_cmpint (pwrite (fd, &byte, 1, at), ==, 1);
}

/* A bit in each byte of what stands before the chunks, and in each chunk at many places. */
static void
test_flipped (Fixture *fixture, gconstpointer data)
{
  guint n_altered = 0;
  GStatBuf status;
  int fd;

  write_bundle (fixture, AMENDS_BUNDLE_REQUEST, 5 * CHUNK + 5, CHUNK);
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  fd = g_open (fixture->path, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (fd, >=, 0);
  for (off_t at = 0; at < status.st_size; at += at < 512 ? 1 : 9973)
    {
      g_autoptr (GError) error = NULL;

      flip (fd, at);
      g_assert_null (open_bundle (fixture, AMENDS_BUNDLE_REQUEST, &error));
      flip (fd, at);
      g_assert_cmpint (error->domain, ==, AMENDS_BUNDLE_ERROR);
      n_altered += error->code == AMENDS_BUNDLE_ERROR_ALTERED;
      if (at > 100)
        g_assert_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_ALTERED);
    }
  g_assert_cmpuint (n_altered, >, 300);
  close (fd);
  assert_reads (fixture, 5 * CHUNK + 5);
}

/* Chunks that change places are whole, each of them, and the file is not. */
static void
test_swapped (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  write_bundle (fixture, AMENDS_BUNDLE_REQUEST, 3 * CHUNK, CHUNK);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &n_bytes, NULL));
  for (gsize i = 0; i < SEALED; i++)
    {
      char *one = bytes + n_bytes - 2 * SEALED + i;
      char byte = *one;

      *one = one[-SEALED];
      one[-SEALED] = byte;
    }
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) n_bytes, NULL));
  assert_refused (fixture, AMENDS_BUNDLE_REQUEST, AMENDS_BUNDLE_ERROR_ALTERED);
}

static void
test_goes_on (Fixture *fixture, gconstpointer data)
{
  FILE *file;

  write_bundle (fixture, AMENDS_BUNDLE_REQUEST, 5, 5);
  file = g_fopen (fixture->path, "ab");
  g_assert_cmpint (fputc ('\n', file), ==, '\n');
  g_assert_cmpint (fclose (file), ==, 0);
  assert_refused (fixture, AMENDS_BUNDLE_REQUEST, AMENDS_BUNDLE_ERROR_ALTERED);
}

static void
test_not_ours (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    AmendsBundleError code;
  } rows[] = {
    { "", AMENDS_BUNDLE_ERROR_FORMAT },
    { "%PDF-1.4\n", AMENDS_BUNDLE_ERROR_FORMAT },
    { "amends-bundle-2 request " ORGANISATION "\n", AMENDS_BUNDLE_ERROR_NEWER },
    { "amends-bundle-10 request " ORGANISATION "\n", AMENDS_BUNDLE_ERROR_NEWER },
    { "amends-bundle-1 reply " ORGANISATION "\n", AMENDS_BUNDLE_ERROR_WAY },
    { "amends-bundle-1 letter " ORGANISATION "\n", AMENDS_BUNDLE_ERROR_ALTERED },
    { "amends-bundle-1 request 0011\n", AMENDS_BUNDLE_ERROR_ORGANISATION },
    { "amends-bundle-1 request " ORGANISATION "0 x\n", AMENDS_BUNDLE_ERROR_ORGANISATION },
    { "amends-bundle-1 request " ORGANISATION " x\n", AMENDS_BUNDLE_ERROR_CUT },
    { "amends-bundle-1 request " ORGANISATION "\n", AMENDS_BUNDLE_ERROR_CUT },
    { "amends-bundle-1 request " ORGANISATION, AMENDS_BUNDLE_ERROR_CUT },
  };
  g_autofree char *endless = g_strnfill (4000, 'x');

  assert_refused (fixture, AMENDS_BUNDLE_REQUEST, AMENDS_BUNDLE_ERROR_READ); /* not there */
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].text);
      g_assert_true (g_file_set_contents (fixture->path, rows[i].text, -1, NULL));
      assert_refused (fixture, AMENDS_BUNDLE_REQUEST, rows[i].code);
    }
  memcpy (endless, "amends-bundle-1 request ", 24);
  g_assert_true (g_file_set_contents (fixture->path, endless, -1, NULL));
  assert_refused (fixture, AMENDS_BUNDLE_REQUEST, AMENDS_BUNDLE_ERROR_FORMAT);
  g_unlink (fixture->path);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  assert_refused (fixture, AMENDS_BUNDLE_REQUEST, AMENDS_BUNDLE_ERROR_READ);
}

/* Sealed for somebody else; signed by somebody else; and one way is not the other. */
static void
test_strangers (Fixture *fixture, gconstpointer data)
{
  Fixture other = *fixture;

  write_bundle (fixture, AMENDS_BUNDLE_REQUEST, 5, 5);
  assert_reads (fixture, 5);
  crypto_box_keypair (other.public_key, other.secret_key);
  assert_refused (&other, AMENDS_BUNDLE_REQUEST, AMENDS_BUNDLE_ERROR_RECIPIENT);
  other = *fixture;
  crypto_sign_keypair (other.signing_key, other.signing_secret);
  assert_refused (&other, AMENDS_BUNDLE_REQUEST, AMENDS_BUNDLE_ERROR_ALTERED);
  assert_refused (fixture, AMENDS_BUNDLE_REPLY, AMENDS_BUNDLE_ERROR_WAY);
}

/* Nothing is left of a file that was not finished, and nothing but an earlier one of its kind makes way. */
static void
test_places (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) left = NULL;
  AmendsBundleWriter *writer;

  writer = begin (fixture, AMENDS_BUNDLE_REQUEST, &error);
  g_assert_no_error (error);
  g_assert_true (amends_bundle_writer_write (writer, (const guint8 *) "x", 1, &error));
  amends_bundle_writer_free (writer);
  left = test_folder_list (fixture->folder);
  g_assert_cmpuint (left->len, ==, 1); /* the folder itself */

  write_bundle (fixture, AMENDS_BUNDLE_REQUEST, 7, 7);
  write_bundle (fixture, AMENDS_BUNDLE_REQUEST, 5, 5);
  assert_reads (fixture, 5);
  g_assert_null (begin (fixture, AMENDS_BUNDLE_REPLY, &error));
  g_assert_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (fixture->path, "A letter", -1, NULL));
  g_assert_null (begin (fixture, AMENDS_BUNDLE_REQUEST, &error));
  g_assert_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_EXISTS);
  g_clear_error (&error);

  g_free (fixture->path);
  fixture->path = g_build_filename (fixture->folder, "no", "such", "folder", NULL);
  g_assert_null (begin (fixture, AMENDS_BUNDLE_REQUEST, &error));
  g_assert_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_WRITE);
}

/* A place where nothing can be made. */
static void
test_no_place (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  AmendsBundleWriter *writer;

  g_free (fixture->path);
  fixture->path = g_strdup ("/proc/amends-bundle");
  writer = begin (fixture, AMENDS_BUNDLE_REQUEST, &error);
  g_assert_null (writer);
  g_assert_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_WRITE);
  g_assert_cmpstr (amends_bundle_error_get_code_name (error), ==, "output");
}

/* What is gathered lies on the device: where there is no room for it, that is no word about the stick. */
static void
test_gathered_full (Fixture *fixture, gconstpointer data)
{
  g_autofree guint8 *body = make_body (3 * CHUNK);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsBundleWriter) writer = begin (fixture, AMENDS_BUNDLE_REQUEST, &error);
  g_autofree char *missing = g_build_filename (fixture->folder, "no", NULL);
  struct rlimit limit, full;

  g_assert_no_error (error);
  g_assert_false (amends_bundle_writer_gather (writer, missing, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (amends_bundle_writer_gather (writer, fixture->folder, &error));

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  full = (struct rlimit){ CHUNK, limit.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &full), ==, 0);
  amends_bundle_writer_write (writer, body, 3 * CHUNK, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
#define ADD(name, func) g_test_add ("/bundle/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("sizes", test_sizes);
  ADD ("line", test_line);
  ADD ("cut", test_cut);
  ADD ("flipped", test_flipped);
  ADD ("swapped", test_swapped);
  ADD ("goes-on", test_goes_on);
  ADD ("not-ours", test_not_ours);
  ADD ("strangers", test_strangers);
  ADD ("places", test_places);
  ADD ("no-place", test_no_place);
  ADD ("gathered-full", test_gathered_full);
#undef ADD
  return g_test_run ();
}
