/* test-wire-chunk.c: the bytes of a request about chunks
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Source: PROTOCOL.md 12. */

#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"
#include "sync/amends-wire-chunk.h"

#define HASH "0123456789abcdef0123456789abcdef"
#define CHUNK "a chunk of 22 bytes .."

static void
test_round_trip (void)
{
  g_autoptr (AmendsChunkRequest) request = amends_chunk_request_new ();
  g_autoptr (AmendsChunkRequest) read = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  AmendsDigest hashes[3] = { 0 };
  AmendsId first, second;

  g_assert_true (amends_id_parse_len ("7K.41", 5, &first));
  g_assert_true (amends_id_parse_len ("3F.2", 4, &second));
  hashes[2].bytes[31] = 9;
  g_assert_true (amends_chunk_request_add (request, &first, hashes, 2));
  g_assert_true (amends_chunk_request_add (request, &second, &hashes[2], 1));
  bytes = amends_chunk_request_to_bytes (request);
  read = amends_chunk_request_read (AMENDS_CHUNK_ASK, g_bytes_get_data (bytes, NULL),
                                    g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->items->len, ==, 2);
  g_assert_true (amends_id_equal (&g_array_index (read->items, AmendsChunkItem, 1).event, &second));
  g_assert_cmpuint (g_array_index (read->items, AmendsChunkItem, 1).first, ==, 2);
  g_assert_cmpmem (read->hashes->data, read->hashes->len * 32, hashes, sizeof hashes);
}

static const struct
{
  AmendsChunkVerb verb;
  const char *text;
  gboolean is_good;
} rows[] = {
  { AMENDS_CHUNK_ASK, "amends-chunk-1\n7K.1 1\n\n" HASH, TRUE },
  { AMENDS_CHUNK_ASK, "amends-chunk-1\n7K.1 1\n3F.2 1\n\n" HASH HASH, TRUE },
  { AMENDS_CHUNK_GET, "amends-chunk-1\n7K.1 1\n\n" HASH, TRUE },
  { AMENDS_CHUNK_PUT, "amends-chunk-1\n7K.1 1\n\n" HASH CHUNK, TRUE },
  { AMENDS_CHUNK_ASK, "", FALSE },
  { AMENDS_CHUNK_ASK, "amends-chunk-2\n7K.1 1\n\n" HASH, FALSE },
  { AMENDS_CHUNK_ASK, "amends-chunk-1\n", FALSE },
  { AMENDS_CHUNK_ASK, "amends-chunk-1\n\n", FALSE },
  { AMENDS_CHUNK_ASK, "amends-chunk-1\n7K.1 1\n", FALSE },
  { AMENDS_CHUNK_ASK, "amends-chunk-1\n7K.1 1\n\n", FALSE },
  { AMENDS_CHUNK_ASK, "amends-chunk-1\n7K.1 0\n\n", FALSE },
  { AMENDS_CHUNK_ASK, "amends-chunk-1\n7K.1 01\n\n" HASH, FALSE },
  { AMENDS_CHUNK_ASK, "amends-chunk-1\n7K.1 -1\n\n" HASH, FALSE },
  { AMENDS_CHUNK_ASK, "amends-chunk-1\n7K.1 99999\n\n" HASH, FALSE },
  { AMENDS_CHUNK_ASK, "amends-chunk-1\n7K.1 4294967297\n\n" HASH, FALSE },
  { AMENDS_CHUNK_ASK, "amends-chunk-1\n7K.1\n\n" HASH, FALSE },
  { AMENDS_CHUNK_ASK, "amends-chunk-1\n7K 1\n\n" HASH, FALSE },
  { AMENDS_CHUNK_ASK, "amends-chunk-1\n7K.0 1\n\n" HASH, FALSE },
  { AMENDS_CHUNK_ASK, "amends-chunk-1\n7K.1 1\n\n" HASH "x", FALSE },
  { AMENDS_CHUNK_GET, "amends-chunk-1\n7K.1 2\n\n" HASH HASH, FALSE },
  { AMENDS_CHUNK_GET, "amends-chunk-1\n7K.1 1\n\n" HASH "x", FALSE },
  { AMENDS_CHUNK_PUT, "amends-chunk-1\n7K.1 1\n\n" HASH, FALSE },
  { AMENDS_CHUNK_PUT, "amends-chunk-1\n7K.1 1\n\n" HASH "no more than 16.", FALSE },
  { AMENDS_CHUNK_PUT, "amends-chunk-1\n7K.1 1\n3F.2 1\n\n" HASH HASH CHUNK, FALSE },
};

/* What is read is taken or refused, and cut anywhere it is refused. */
static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize n_bytes = strlen (rows[i].text);
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsChunkRequest) request =
          amends_chunk_request_read (rows[i].verb, (const guint8 *) rows[i].text, n_bytes, &error);

      g_test_message ("%u", i);
      g_assert_cmpint (request != NULL, ==, rows[i].is_good);
      if (request == NULL)
        g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
      for (gsize n = 0; n < n_bytes; n++)
        {
          g_autofree guint8 *cut = g_memdup2 (rows[i].text, n);
          g_autoptr (AmendsChunkRequest) part =
              amends_chunk_request_read (rows[i].verb, cut, n, NULL);

          /* A chunk that is cut short is for its hash to say. */
          g_assert_true (part == NULL || rows[i].verb == AMENDS_CHUNK_PUT || !rows[i].is_good);
        }
    }
}

/* No more than the limits, neither written nor read. */
static void
test_limits (void)
{
  g_autoptr (AmendsChunkRequest) request = amends_chunk_request_new ();
  g_autofree AmendsDigest *hashes = g_new0 (AmendsDigest, AMENDS_CHUNK_MAX_HASHES);
  g_autoptr (GString) text = g_string_new ("amends-chunk-1\n");
  AmendsId id;

  g_assert_true (amends_id_parse_len ("7K.41", 5, &id));
  g_assert_true (amends_chunk_request_add (request, &id, hashes, AMENDS_CHUNK_MAX_HASHES));
  g_assert_false (amends_chunk_request_add (request, &id, hashes, 1));
  for (guint i = 0; i <= AMENDS_CHUNK_MAX_EVENTS; i++)
    g_string_append (text, "7K.41 1\n");
  g_string_append_c (text, '\n');
  g_string_append_len (text, (const char *) hashes, (gssize) (AMENDS_CHUNK_MAX_EVENTS + 1) * 32);
  g_assert_null (
      amends_chunk_request_read (AMENDS_CHUNK_ASK, (const guint8 *) text->str, text->len, NULL));
}

/* Another device's, request's, body's or server's answer is none, nor one that was altered. */
static void
test_answer (void)
{
  guint8 key[AMENDS_KEY_BYTES], secret_key[64], held[3] = { 1, 0, 1 };
  g_autoptr (GBytes) answer = NULL, read = NULL;
  g_autofree guint8 *altered = NULL;
  AmendsDigest hash = { { 5 } }, other = { { 6 } };
  gsize n_bytes = sizeof held + AMENDS_SIGNATURE_BYTES;

  crypto_sign_keypair (key, secret_key);
  answer = amends_chunk_answer_seal (held, 3, "org1", "7K", 9, &hash, secret_key);
  read = amends_chunk_answer_open (answer, 3, "org1", "7K", 9, &hash, key);
  g_assert_cmpmem (g_bytes_get_data (read, NULL), g_bytes_get_size (read), held, sizeof held);
  g_assert_null (amends_chunk_answer_open (answer, 2, "org1", "7K", 9, &hash, key));
  g_assert_null (amends_chunk_answer_open (answer, 3, "org2", "7K", 9, &hash, key));
  g_assert_null (amends_chunk_answer_open (answer, 3, "org1", "7M", 9, &hash, key));
  g_assert_null (amends_chunk_answer_open (answer, 3, "org1", "7K", 8, &hash, key));
  g_assert_null (amends_chunk_answer_open (answer, 3, "org1", "7K", 9, &other, key));
  altered = g_memdup2 (g_bytes_get_data (answer, NULL), n_bytes);
  for (gsize i = 0; i < n_bytes; i++)
    {
      g_autoptr (GBytes) bytes = NULL;

      altered[i] ^= 1;
      bytes = g_bytes_new (altered, n_bytes);
      g_assert_null (amends_chunk_answer_open (bytes, 3, "org1", "7K", 9, &hash, key));
      altered[i] ^= 1;
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire-chunk/round-trip", test_round_trip);
  g_test_add_func ("/wire-chunk/rows", test_rows);
  g_test_add_func ("/wire-chunk/limits", test_limits);
  g_test_add_func ("/wire-chunk/answer", test_answer);
  return g_test_run ();
}
