/* amends-chain.c: what proves that nobody changed the log since
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-chain.h"

#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"

#define CHAIN_DOMAIN "amends-chain-1"
#define LEAF_DOMAIN "amends-leaf-1"
#define LEFT_DOMAIN "amends-left-1"
#define ERASED_DOMAIN "amends-erased-1"
#define STATEMENT_DOMAIN "amends-statement-1"

/* Bytes of a statement: one for the length of the code, the code, eight for the number, two for
 * the count of leaves, the leaves, the signature. */
#define STATEMENT_FIXED_BYTES (1 + 8 + 2 + AMENDS_SIGNATURE_BYTES)

static void
update_text (crypto_generichash_state *state, const char *text)
{
  gsize n_bytes = strlen (text);
  guint8 length[4];

  for (int i = 0; i < 4; i++)
    length[i] = (guint8) (n_bytes >> (24 - 8 * i));
  crypto_generichash_update (state, length, sizeof length);
  crypto_generichash_update (state, (const guint8 *) text, n_bytes);
}

/**
 * amends_chain_begin:
 * @ret_chain: (out): the chain before its first event
 * @organisation: the organisation's id
 * @key: the device's public key
 * @feed: the feed; "" for the device's trunk
 */
void
amends_chain_begin (AmendsDigest *ret_chain,
                    const char *organisation,
                    const guint8 key[AMENDS_KEY_BYTES],
                    const char *feed)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, sizeof ret_chain->bytes);
  update_text (&state, CHAIN_DOMAIN);
  update_text (&state, organisation);
  crypto_generichash_update (&state, key, AMENDS_KEY_BYTES);
  update_text (&state, feed);
  crypto_generichash_final (&state, ret_chain->bytes, sizeof ret_chain->bytes);
}

/**
 * amends_chain_step:
 * @chain: (inout): the chain, moved over one event
 * @digest: that event's digest
 */
void
amends_chain_step (AmendsDigest *chain, const guint8 digest[AMENDS_DIGEST_BYTES])
{
  guint8 both[2 * AMENDS_DIGEST_BYTES];

  memcpy (both, chain->bytes, AMENDS_DIGEST_BYTES);
  memcpy (both + AMENDS_DIGEST_BYTES, digest, AMENDS_DIGEST_BYTES);
  crypto_generichash (chain->bytes, sizeof chain->bytes, both, sizeof both, NULL, 0);
}

/**
 * amends_chain_mark_digest:
 * @ret_digest: (out): what the feed hash takes in for a mark
 * @kind: %AMENDS_ENTRY_LEFT or %AMENDS_ENTRY_ERASED
 * @id: the stream that left, or the event erased
 */
void
amends_chain_mark_digest (AmendsDigest *ret_digest, AmendsEntryKind kind, const AmendsId *id)
{
  const char *domain = kind == AMENDS_ENTRY_LEFT ? LEFT_DOMAIN : ERASED_DOMAIN;
  crypto_generichash_state state;
  char text[AMENDS_ID_BUFFER];

  amends_id_format_to (id, text);
  crypto_generichash_init (&state, NULL, 0, sizeof ret_digest->bytes);
  crypto_generichash_update (&state, (const guint8 *) domain, strlen (domain));
  crypto_generichash_update (&state, (const guint8 *) text, strlen (text));
  crypto_generichash_final (&state, ret_digest->bytes, sizeof ret_digest->bytes);
}

/**
 * amends_chain_leaf:
 * @ret_leaf: (out): what a statement holds of a chain
 * @feed: the feed
 * @chain: the chain in it
 */
void
amends_chain_leaf (AmendsDigest *ret_leaf, const char *feed, const AmendsDigest *chain)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, sizeof ret_leaf->bytes);
  update_text (&state, LEAF_DOMAIN);
  update_text (&state, feed);
  crypto_generichash_update (&state, chain->bytes, sizeof chain->bytes);
  crypto_generichash_final (&state, ret_leaf->bytes, sizeof ret_leaf->bytes);
}

/**
 * amends_statement_new:
 * @code: the device
 * @number: its last number covered
 *
 * Returns: (transfer full): a statement with no leaves, not signed
 */
AmendsStatement *
amends_statement_new (const char *code, guint64 number)
{
  AmendsStatement *self = g_new0 (AmendsStatement, 1);

  g_strlcpy (self->code, code, sizeof self->code);
  self->number = number;
  self->leaves = g_array_new (FALSE, FALSE, sizeof (AmendsDigest));
  return self;
}

/**
 * amends_statement_copy:
 *
 * Returns: (transfer full): a copy
 */
AmendsStatement *
amends_statement_copy (const AmendsStatement *self)
{
  AmendsStatement *copy = amends_statement_new (self->code, self->number);

  g_array_append_vals (copy->leaves, self->leaves->data, self->leaves->len);
  memcpy (copy->signature, self->signature, sizeof copy->signature);
  return copy;
}

/**
 * amends_statement_free:
 * @self: (nullable) (transfer full): a statement
 */
void
amends_statement_free (AmendsStatement *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->leaves);
  g_free (self);
}

/**
 * amends_statement_add:
 * @feed: a feed that the signed events touched, each once
 * @chain: the chain in it after the last of them
 */
void
amends_statement_add (AmendsStatement *self, const char *feed, const AmendsDigest *chain)
{
  AmendsDigest leaf;
  guint at = 0;

  g_return_if_fail (self->leaves->len < AMENDS_STATEMENT_MAX_LEAVES);

  amends_chain_leaf (&leaf, feed, chain);
  while (at < self->leaves->len
         && memcmp (g_array_index (self->leaves, AmendsDigest, at).bytes, leaf.bytes,
                    sizeof leaf.bytes)
                < 0)
    at++;
  g_array_insert_val (self->leaves, at, leaf);
}

/**
 * amends_statement_has:
 *
 * Returns: whether the statement says that the chain in @feed has come to @chain
 */
gboolean
amends_statement_has (const AmendsStatement *self, const char *feed, const AmendsDigest *chain)
{
  AmendsDigest leaf;

  amends_chain_leaf (&leaf, feed, chain);
  for (guint i = 0; i < self->leaves->len; i++)
    if (memcmp (g_array_index (self->leaves, AmendsDigest, i).bytes, leaf.bytes, sizeof leaf.bytes)
        == 0)
      return TRUE;
  return FALSE;
}

/* What is signed: the domain, then the statement's bytes without its signature. */
static GByteArray *
signed_bytes (const AmendsStatement *self, const char *domain)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 n_code = (guint8) strlen (self->code);
  guint8 fixed[10];

  g_byte_array_append (bytes, (const guint8 *) domain, (guint) strlen (domain));
  g_byte_array_append (bytes, &n_code, 1);
  g_byte_array_append (bytes, (const guint8 *) self->code, n_code);
  for (int i = 0; i < 8; i++)
    fixed[i] = (guint8) (self->number >> (56 - 8 * i));
  fixed[8] = (guint8) (self->leaves->len >> 8);
  fixed[9] = (guint8) self->leaves->len;
  g_byte_array_append (bytes, fixed, sizeof fixed);
  g_byte_array_append (bytes, (const guint8 *) self->leaves->data,
                       self->leaves->len * (guint) sizeof (AmendsDigest));
  return bytes;
}

/**
 * amends_statement_sign:
 * @secret_key: the device's Ed25519 secret key
 */
void
amends_statement_sign (AmendsStatement *self, const guint8 secret_key[64])
{
  g_autoptr (GByteArray) bytes = signed_bytes (self, STATEMENT_DOMAIN);

  crypto_sign_detached (self->signature, NULL, bytes->data, bytes->len, secret_key);
}

/**
 * amends_statement_verify:
 * @key: the device's Ed25519 public key
 *
 * Returns: whether the holder of @key signed it
 */
gboolean
amends_statement_verify (const AmendsStatement *self, const guint8 key[AMENDS_KEY_BYTES])
{
  g_autoptr (GByteArray) bytes = signed_bytes (self, STATEMENT_DOMAIN);

  return crypto_sign_verify_detached (self->signature, bytes->data, bytes->len, key) == 0;
}

/**
 * amends_statement_to_bytes:
 *
 * Returns: (transfer full): how it is stored and sent
 */
GBytes *
amends_statement_to_bytes (const AmendsStatement *self)
{
  GByteArray *bytes = signed_bytes (self, "");

  g_byte_array_append (bytes, self->signature, sizeof self->signature);
  return g_byte_array_free_to_bytes (bytes);
}

/**
 * amends_statement_from_bytes:
 * @bytes: as amends_statement_to_bytes() gives
 * @n_bytes: exactly that many
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID if they are no statement; the signature is not yet checked.
 * Returns: (transfer full): the statement
 */
AmendsStatement *
amends_statement_from_bytes (const guint8 *bytes, gsize n_bytes, GError **error)
{
  g_autoptr (AmendsStatement) self = NULL;
  char code[5] = { 0 };
  guint64 number = 0;
  gsize n_code = n_bytes > 0 ? bytes[0] : 0;
  gsize n_leaves = 0;

  if (n_code >= 1 && n_code <= 4 && n_bytes >= STATEMENT_FIXED_BYTES + n_code)
    {
      memcpy (code, bytes + 1, n_code);
      for (gsize i = 0; i < 8; i++)
        number = number << 8 | bytes[1 + n_code + i];
      n_leaves = (gsize) bytes[9 + n_code] << 8 | bytes[10 + n_code];
    }
  if (!amends_code_is_valid (code) || number == 0 || number > AMENDS_ID_MAX_NUMBER
      || n_leaves > AMENDS_STATEMENT_MAX_LEAVES
      || n_bytes != STATEMENT_FIXED_BYTES + n_code + n_leaves * sizeof (AmendsDigest))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "statement", NULL,
                        "A signed statement has not the right shape");
      return NULL;
    }

  self = amends_statement_new (code, number);
  g_array_append_vals (self->leaves, bytes + 11 + n_code, (guint) n_leaves);
  memcpy (self->signature, bytes + n_bytes - AMENDS_SIGNATURE_BYTES, AMENDS_SIGNATURE_BYTES);
  return g_steal_pointer (&self);
}
