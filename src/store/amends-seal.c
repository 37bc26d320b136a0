/* amends-seal.c: what is on disk is sealed
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/amends-seal.h"

#include <sodium.h>
#include <string.h>

#include "core/amends-secret.h"
#include "store/amends-db.h"

#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES

G_STATIC_ASSERT (AMENDS_SEAL_OVERHEAD_BYTES == NONCE_BYTES + TAG_BYTES);

/**
 * amends_seal:
 * @key: the key
 * @purpose: what the bytes are; unsealing asks for the same
 * @bytes: what to seal
 * @n_bytes: how much
 *
 * Returns: (transfer full): nonce and sealed bytes
 */
GBytes *
amends_seal (const AmendsEnvironment *environment,
             const guint8 key[AMENDS_SEAL_KEY_BYTES],
             const char *purpose,
             const void *bytes,
             gsize n_bytes)
{
  guint8 *sealed = g_malloc (NONCE_BYTES + n_bytes + TAG_BYTES);

  amends_environment_random (environment, sealed, NONCE_BYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + NONCE_BYTES, NULL, bytes, n_bytes,
                                              (const guint8 *) purpose, strlen (purpose), NULL,
                                              sealed, key);
  return g_bytes_new_take (sealed, NONCE_BYTES + n_bytes + TAG_BYTES);
}

/**
 * amends_unseal:
 * @key: the key
 * @purpose: as it was sealed
 * @sealed: nonce and sealed bytes
 * @n_sealed: how much
 *
 * Errors: %AMENDS_STORE_ERROR_DAMAGED if the key, the purpose or the bytes are not the same.
 * Returns: (transfer full): the bytes
 */
GBytes *
amends_unseal (const guint8 key[AMENDS_SEAL_KEY_BYTES],
               const char *purpose,
               const void *sealed,
               gsize n_sealed,
               GError **error)
{
  const guint8 *nonce = sealed;
  g_autofree guint8 *bytes = NULL;

  if (n_sealed >= AMENDS_SEAL_OVERHEAD_BYTES)
    {
      bytes = g_malloc (n_sealed - AMENDS_SEAL_OVERHEAD_BYTES + 1);
      if (crypto_aead_xchacha20poly1305_ietf_decrypt (bytes, NULL, NULL, nonce + NONCE_BYTES,
                                                      n_sealed - NONCE_BYTES,
                                                      (const guint8 *) purpose, strlen (purpose),
                                                      nonce, key)
          == 0)
        return g_bytes_new_take (g_steal_pointer (&bytes), n_sealed - AMENDS_SEAL_OVERHEAD_BYTES);
    }
  g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_DAMAGED,
               "Something stored does not fit its seal");
  return NULL;
}

/**
 * amends_seal_derive_key:
 * @ret_key: (out): the key that opens a slot
 * @passphrase: a person's
 * @salt: of the slot
 * @ops: of Argon2id
 * @mem: of Argon2id, bytes
 * @device_secret: without which the passphrase opens nothing elsewhere
 *
 * Slow and large on purpose.
 * Errors: %AMENDS_STORE_ERROR_FAILED if there is not enough memory.
 * Returns: %TRUE on success
 */
gboolean
amends_seal_derive_key (guint8 ret_key[AMENDS_SEAL_KEY_BYTES],
                        const char *passphrase,
                        const guint8 salt[16],
                        guint64 ops,
                        gsize mem,
                        const guint8 device_secret[AMENDS_SEAL_KEY_BYTES],
                        GError **error)
{
  g_auto (AmendsSecret) stretched = { { 0 } };

  G_STATIC_ASSERT (crypto_pwhash_SALTBYTES == 16);

  if (crypto_pwhash (stretched.bytes, AMENDS_SEAL_KEY_BYTES, passphrase, strlen (passphrase), salt,
                     ops, mem, crypto_pwhash_ALG_ARGON2ID13)
      != 0)
    {
      g_set_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                   "There is not enough memory to check a passphrase");
      return FALSE;
    }
  crypto_generichash (ret_key, AMENDS_SEAL_KEY_BYTES, stretched.bytes, AMENDS_SEAL_KEY_BYTES,
                      device_secret, AMENDS_SEAL_KEY_BYTES);
  return TRUE;
}
