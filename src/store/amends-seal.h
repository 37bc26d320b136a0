/* amends-seal.h: what is on disk is sealed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A seal is a random nonce and XChaCha20-Poly1305 over the bytes, bound to a text that says what they
 * are, so that no sealed value can stand in another's place. */

#pragma once

#include "store/amends-environment.h"

G_BEGIN_DECLS

#define AMENDS_SEAL_KEY_BYTES 32
#define AMENDS_SEAL_OVERHEAD_BYTES (24 + 16)

GBytes *amends_seal (const AmendsEnvironment *environment,
                     const guint8 key[AMENDS_SEAL_KEY_BYTES],
                     const char *purpose,
                     const void *bytes,
                     gsize n_bytes);
GBytes *amends_unseal (const guint8 key[AMENDS_SEAL_KEY_BYTES],
                       const char *purpose,
                       const void *sealed,
                       gsize n_sealed,
                       GError **error);
gboolean amends_seal_derive_key (guint8 ret_key[AMENDS_SEAL_KEY_BYTES],
                                 const char *passphrase,
                                 const guint8 salt[16],
                                 guint64 ops,
                                 gsize mem,
                                 const guint8 device_secret[AMENDS_SEAL_KEY_BYTES],
                                 GError **error);

G_END_DECLS
