/* scan.c: whether a text is anywhere in a store, in the clear or under its key
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is sealed is a nonce and a stream. So every byte of every file is taken for the first of a nonce, and
 * what follows is unsealed; where that begins as something that a store seals, it is searched. This finds what
 * lies in free pages, in gaps of pages, in a write-ahead log and in snapshots, whatever has become of the rows
 * that it once belonged to. */

#include "support/scan.h"

#include <sodium.h>
#include <string.h>

#include "store/amends-store-private.h"
#include "support/world.h"

#define NONCE_BYTES crypto_stream_xchacha20_NONCEBYTES
#define PEEK_BYTES 32
/* A body is at most 256 KiB; a snapshot is unsealed whole. */
#define BODY_BYTES (300 * 1024)

G_STATIC_ASSERT (NONCE_BYTES == 24 && AMENDS_SEAL_KEY_BYTES == crypto_stream_xchacha20_KEYBYTES);

/**
 * test_scan_get_key:
 * @store: unlocked
 * @ret_key: (out): what everything in it is sealed under
 */
void
test_scan_get_key (AmendsStore *store, guint8 ret_key[32])
{
  g_assert_nonnull (store->key);
  memcpy (ret_key, store->key, AMENDS_SEAL_KEY_BYTES);
}

/**
 * test_scan_seal:
 *
 * Returns: (transfer full): @bytes as the store itself seals them
 */
GBytes *
test_scan_seal (AmendsStore *store, const char *purpose, const void *bytes, gsize n_bytes)
{
  return amends_seal (&store->environment, store->key, purpose, bytes, n_bytes);
}

/* XChaCha20-Poly1305 spends the first block on the tag. */
static void
unseal (guint8 *ret_plain,
        const guint8 *sealed,
        gsize n_bytes,
        const guint8 *nonce,
        const guint8 *key)
{
  crypto_stream_xchacha20_xor_ic (ret_plain, sealed, n_bytes, nonce, 1, key);
}

/* Of a page image of a database; of JSON as drafts are; of salt and body; of salt and line; of a name. */
static gboolean
begins_as_sealed (const guint8 *plain)
{
  guint n_printable = 0;

  if (memcmp (plain, "SQLite format 3", 15) == 0
      || memcmp (plain + AMENDS_SALT_BYTES, "{\"", 2) == 0)
    return TRUE;
  for (guint i = AMENDS_SALT_BYTES; i < PEEK_BYTES; i++)
    n_printable += g_ascii_isprint (plain[i]) || plain[i] == '\t';
  return n_printable == PEEK_BYTES - AMENDS_SALT_BYTES;
}

static gboolean
finds_at (const guint8 *bytes, gsize n_bytes, const guint8 *key, const char *text)
{
  const guint8 *sealed = bytes + NONCE_BYTES;
  gsize n_sealed = n_bytes - NONCE_BYTES;
  g_autofree guint8 *plain = NULL;
  guint8 peek[PEEK_BYTES];

  unseal (peek, sealed, sizeof peek, bytes, key);
  if (!begins_as_sealed (peek))
    return FALSE;
  if (memcmp (peek, "SQLite format 3", 15) != 0)
    n_sealed = MIN (n_sealed, (gsize) BODY_BYTES);
  plain = g_malloc (n_sealed);
  unseal (plain, sealed, n_sealed, bytes, key);
  return memmem (plain, n_sealed, text, strlen (text)) != NULL;
}

static gboolean
finds_in_file (const char *path, const guint8 *key, const char *text)
{
  g_autofree char *contents = NULL;
  const guint8 *bytes;
  gsize n_bytes;

  if (!g_file_get_contents (path, &contents, &n_bytes, NULL))
    return FALSE;
  bytes = (const guint8 *) contents;
  for (gsize at = 0; at + NONCE_BYTES + PEEK_BYTES <= n_bytes; at++)
    if (finds_at (bytes + at, n_bytes - at, key, text))
      return TRUE;
  return FALSE;
}

/**
 * test_scan_finds:
 * @folder: of a store
 * @key: of test_scan_get_key()
 * @text: what was in a body
 *
 * Returns: whether it is in any file there, in the clear or sealed
 */
gboolean
test_scan_finds (const char *folder, const guint8 key[32], const char *text)
{
  g_autoptr (GPtrArray) paths = test_folder_list (folder);

  if (test_folder_contains (folder, text, strlen (text)))
    return TRUE;
  for (guint i = 0; i < paths->len; i++)
    if (g_file_test (g_ptr_array_index (paths, i), G_FILE_TEST_IS_REGULAR)
        && finds_in_file (g_ptr_array_index (paths, i), key, text))
      return TRUE;
  return FALSE;
}
