/* test-chain.c: what proves that nobody changed the log since
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Design, 3: the chain for each device and feed, and the statement that a device signs. */

#include <sodium.h>
#include <string.h>

#include "core/amends-chain.h"
#include "core/amends-error.h"

typedef struct
{
  guint8 key[AMENDS_KEY_BYTES];
  guint8 secret_key[64];
} Keys;

static void
make_keys (Keys *keys, guint8 seed_byte)
{
  guint8 seed[crypto_sign_SEEDBYTES];

  memset (seed, seed_byte, sizeof seed);
  crypto_sign_seed_keypair (keys->key, keys->secret_key, seed);
}

static void
assert_differ (const AmendsDigest *a, const AmendsDigest *b)
{
  g_assert_cmpint (memcmp (a->bytes, b->bytes, sizeof a->bytes), !=, 0);
}

/* The chain is bound to organisation, device and feed from its beginning, and these do not run into
 * each other: "ab" of "c" is not "a" of "bc". */
static void
test_begin (void)
{
  AmendsDigest chains[5];
  Keys one, other;

  make_keys (&one, 1);
  make_keys (&other, 2);
  amends_chain_begin (&chains[0], "org", one.key, "s.oak");
  amends_chain_begin (&chains[1], "org2", one.key, "s.oak");
  amends_chain_begin (&chains[2], "org", other.key, "s.oak");
  amends_chain_begin (&chains[3], "org", one.key, "s.elm");
  amends_chain_begin (&chains[4], "org", one.key, "");
  for (guint i = 0; i < G_N_ELEMENTS (chains); i++)
    for (guint j = 0; j < i; j++)
      assert_differ (&chains[i], &chains[j]);
}

/* A mark of a feed: known bytes too. */
static void
test_mark (void)
{
  static const struct
  {
    AmendsEntryKind kind;
    const char *hex;
  } rows[] = {
    { AMENDS_ENTRY_LEFT, "06e986442ffa313bdd764516280c04c48c47d7f1e9493de1bbaf4b063ceaaaf9" },
    { AMENDS_ENTRY_ERASED, "813260b127ad744d006c78accb4691c76e640d584e723abe8c1f7309956c58a2" },
  };
  AmendsId id;

  amends_id_init (&id, "7K", 41);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char hex[2 * AMENDS_DIGEST_BYTES + 1];
      AmendsDigest digest;

      amends_chain_mark_digest (&digest, rows[i].kind, &id);
      sodium_bin2hex (hex, sizeof hex, digest.bytes, sizeof digest.bytes);
      g_assert_cmpstr (hex, ==, rows[i].hex);
    }
}

/* Known bytes: what a device of an older version computed stays what it was. */
static void
test_known (void)
{
  static const guint8 digest[AMENDS_DIGEST_BYTES] = { 1, 2, 3 };
  AmendsDigest chain;
  g_autofree char *text = NULL;
  char hex[2 * AMENDS_DIGEST_BYTES + 1];
  Keys keys;

  make_keys (&keys, 1);
  amends_chain_begin (&chain, "org", keys.key, "s.oak");
  amends_chain_step (&chain, digest);
  sodium_bin2hex (hex, sizeof hex, chain.bytes, sizeof chain.bytes);
  g_assert_cmpstr (hex, ==, "530a7d319ae2a22217c1c8b0f4aadc4e0cc9e646c413977b7890634b4405ed77");
}

/* Order and number of events both count. */
static void
test_step (void)
{
  static const guint8 a[AMENDS_DIGEST_BYTES] = { 1 }, b[AMENDS_DIGEST_BYTES] = { 2 };
  AmendsDigest ab, ba, abb;
  Keys keys;

  make_keys (&keys, 1);
  amends_chain_begin (&ab, "org", keys.key, "s.oak");
  ba = ab;
  amends_chain_step (&ab, a);
  amends_chain_step (&ab, b);
  abb = ab;
  amends_chain_step (&abb, b);
  amends_chain_step (&ba, b);
  amends_chain_step (&ba, a);
  assert_differ (&ab, &ba);
  assert_differ (&ab, &abb);
}

static AmendsStatement *
make_statement (const Keys *keys, guint n_feeds)
{
  AmendsStatement *statement = amends_statement_new ("7K", 41);

  for (guint i = 0; i < n_feeds; i++)
    {
      g_autofree char *feed = g_strdup_printf ("s.scheme-%u", i);
      AmendsDigest chain;

      amends_chain_begin (&chain, "org", keys->key, feed);
      amends_statement_add (statement, feed, &chain);
    }
  amends_statement_sign (statement, keys->secret_key);
  return statement;
}

/* Leaves: a reader of one feed checks its own chain and learns no other feed's name. */
static void
test_statement (void)
{
  static const guint n_feeds[] = { 0, 1, 3, AMENDS_STATEMENT_MAX_LEAVES };
  Keys keys, other;

  make_keys (&keys, 1);
  make_keys (&other, 2);
  for (guint i = 0; i < G_N_ELEMENTS (n_feeds); i++)
    {
      g_autoptr (AmendsStatement) statement = make_statement (&keys, n_feeds[i]);
      g_autoptr (AmendsStatement) copy = amends_statement_copy (statement);
      g_autoptr (GBytes) bytes = amends_statement_to_bytes (statement);
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsStatement) read =
          amends_statement_from_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                       &error);
      AmendsDigest chain;

      g_assert_no_error (error);
      g_assert_cmpstr (read->code, ==, "7K");
      g_assert_cmpuint (read->number, ==, 41);
      g_assert_true (amends_statement_verify (statement, keys.key));
      g_assert_true (amends_statement_verify (copy, keys.key));
      g_assert_true (amends_statement_verify (read, keys.key));
      g_assert_false (amends_statement_verify (read, other.key));
      amends_chain_begin (&chain, "org", keys.key, "s.scheme-0");
      g_assert_cmpint (amends_statement_has (read, "s.scheme-0", &chain), ==, n_feeds[i] > 0);
      g_assert_false (amends_statement_has (read, "s.scheme-1000", &chain));
      amends_chain_step (&chain, chain.bytes);
      g_assert_false (amends_statement_has (read, "s.scheme-0", &chain));
    }
}

/* The order in which feeds were added is no matter: the same statement has the same bytes. */
static void
test_leaf_order (void)
{
  static const char *const feeds[] = { "s.oak", "staff", "s.elm" };
  AmendsDigest chain = { { 7 } };
  g_autoptr (AmendsStatement) one = amends_statement_new ("7K", 1);
  g_autoptr (AmendsStatement) other = amends_statement_new ("7K", 1);
  g_autoptr (GBytes) one_bytes = NULL;
  g_autoptr (GBytes) other_bytes = NULL;

  for (guint i = 0; i < 3; i++)
    {
      amends_statement_add (one, feeds[i], &chain);
      amends_statement_add (other, feeds[2 - i], &chain);
    }
  one_bytes = amends_statement_to_bytes (one);
  other_bytes = amends_statement_to_bytes (other);
  g_assert_true (g_bytes_equal (one_bytes, other_bytes));
}

/* Every bit counts: no byte of a signed statement can be another. */
static void
test_altered (void)
{
  g_autoptr (AmendsStatement) statement = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree guint8 *altered = NULL;
  gsize n_bytes;
  Keys keys;

  make_keys (&keys, 1);
  statement = make_statement (&keys, 2);
  bytes = amends_statement_to_bytes (statement);
  altered = g_memdup2 (g_bytes_get_data (bytes, &n_bytes), g_bytes_get_size (bytes));
  for (gsize i = 0; i < n_bytes; i++)
    {
      g_autoptr (AmendsStatement) read = NULL;

      altered[i] ^= 1;
      read = amends_statement_from_bytes (altered, n_bytes, NULL);
      if (read != NULL)
        g_assert_false (amends_statement_verify (read, keys.key));
      altered[i] ^= 1;
    }
}

/* %AMENDS_CORE_ERROR_INVALID for every length that is not whole. */
static void
test_cut (void)
{
  g_autoptr (AmendsStatement) statement = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree guint8 *longer = NULL;
  Keys keys;
  gsize n_bytes;

  make_keys (&keys, 1);
  statement = make_statement (&keys, 2);
  bytes = amends_statement_to_bytes (statement);
  n_bytes = g_bytes_get_size (bytes);
  longer = g_malloc0 (n_bytes + 1);
  memcpy (longer, g_bytes_get_data (bytes, NULL), n_bytes);
  for (gsize n = 0; n <= n_bytes + 1; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree guint8 *exact = g_memdup2 (longer, n);
      g_autoptr (AmendsStatement) read = amends_statement_from_bytes (exact, n, &error);

      if (n == n_bytes)
        g_assert_nonnull (read);
      else
        g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_assert_cmpint (sodium_init (), >=, 0);

  g_test_add_func ("/chain/begin", test_begin);
  g_test_add_func ("/chain/known", test_known);
  g_test_add_func ("/chain/mark", test_mark);
  g_test_add_func ("/chain/step", test_step);
  g_test_add_func ("/chain/statement", test_statement);
  g_test_add_func ("/chain/leaf-order", test_leaf_order);
  g_test_add_func ("/chain/altered", test_altered);
  g_test_add_func ("/chain/cut", test_cut);
  return g_test_run ();
}
