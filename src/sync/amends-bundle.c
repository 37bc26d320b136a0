/* amends-bundle.c: what writing and reading of a carried file share (PROTOCOL.md 10)
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/amends-bundle-private.h"

#include <string.h>

#include "core/amends-secret.h"

/* Up to so many chunks a file says how many they are. */
#define EXACT_CHUNKS 4

G_DEFINE_QUARK (amends - bundle - error - quark, amends_bundle_error)

/**
 * amends_bundle_error_get_code_name:
 * @error: an error of the domain %AMENDS_BUNDLE_ERROR
 *
 * Returns: (transfer none): the word that scripts read
 */
const char *
amends_bundle_error_get_code_name (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == AMENDS_BUNDLE_ERROR, "not-a-bundle");

  switch ((AmendsBundleError) error->code)
    {
    case AMENDS_BUNDLE_ERROR_READ:
      return "input";
    case AMENDS_BUNDLE_ERROR_WRITE:
      return "output";
    case AMENDS_BUNDLE_ERROR_EXISTS:
      return "exists";
    case AMENDS_BUNDLE_ERROR_FORMAT:
      return "not-a-bundle";
    case AMENDS_BUNDLE_ERROR_NEWER:
      return "newer-bundle";
    case AMENDS_BUNDLE_ERROR_WAY:
      return "other-way";
    case AMENDS_BUNDLE_ERROR_ORGANISATION:
      return "other-organisation";
    case AMENDS_BUNDLE_ERROR_RECIPIENT:
      return "other-recipient";
    case AMENDS_BUNDLE_ERROR_CUT:
      return "cut";
    case AMENDS_BUNDLE_ERROR_ALTERED:
      return "altered";
    case AMENDS_BUNDLE_ERROR_LINE:
      return "needs-network";
    }
  return "not-a-bundle";
}

const char *
amends_bundle_kind_get_name (AmendsBundleKind kind)
{
  return kind == AMENDS_BUNDLE_REQUEST ? "request" : "reply";
}

char *
amends_bundle_dup_beginning (AmendsBundleKind kind)
{
  return g_strconcat (BUNDLE_MAGIC BUNDLE_VERSION " ", amends_bundle_kind_get_name (kind), " ",
                      NULL);
}

void
amends_bundle_hash_preamble (const char *line,
                             const guint8 *box,
                             const guint8 *header,
                             AmendsDigest *ret_hash)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, AMENDS_DIGEST_BYTES);
  crypto_generichash_update (&state, (const guint8 *) line, strlen (line));
  crypto_generichash_update (&state, box, BUNDLE_BOX_BYTES);
  crypto_generichash_update (&state, header, BUNDLE_HEADER_BYTES);
  crypto_generichash_final (&state, ret_hash->bytes, AMENDS_DIGEST_BYTES);
}

static char *
claim_text (const AmendsBundleClaim *claim, AmendsBundleKind kind, const char *organisation)
{
  g_autofree char *hash = amends_base64 (claim->hash.bytes, sizeof claim->hash.bytes);

  return g_strdup_printf ("amends-bundle-1\n%s\n%s\n%s\n%" G_GUINT64_FORMAT "\n%s\n",
                          amends_bundle_kind_get_name (kind), organisation, claim->code,
                          claim->request, hash);
}

void
amends_bundle_claim_sign (AmendsBundleClaim *self,
                          AmendsBundleKind kind,
                          const char *organisation,
                          const guint8 secret_key[64])
{
  g_autofree char *text = claim_text (self, kind, organisation);

  crypto_sign_detached (self->signature, NULL, (const guint8 *) text, strlen (text), secret_key);
}

/**
 * amends_bundle_claim_verify:
 * @kind: which way the file goes
 * @organisation: whose it is
 * @key: the Ed25519 public key of whoever should have written it
 *
 * Returns: whether they did
 */
gboolean
amends_bundle_claim_verify (const AmendsBundleClaim *self,
                            AmendsBundleKind kind,
                            const char *organisation,
                            const guint8 key[AMENDS_KEY_BYTES])
{
  g_autofree char *text = claim_text (self, kind, organisation);

  return crypto_sign_verify_detached (self->signature, (const guint8 *) text, strlen (text), key)
         == 0;
}

/* So many chunks does a body have: the size of a file says little of how much was recorded. */
guint64
amends_bundle_count_chunks (guint64 n_bytes)
{
  guint64 n_chunks = MAX ((n_bytes + AMENDS_BUNDLE_CHUNK_BYTES - 1) / AMENDS_BUNDLE_CHUNK_BYTES, 1);
  guint64 step;

  if (n_chunks <= EXACT_CHUNKS)
    return n_chunks;
  step = G_GUINT64_CONSTANT (1) << (g_bit_storage (n_chunks) - 3);
  return (n_chunks + step - 1) / step * step;
}
