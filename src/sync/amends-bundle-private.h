/* amends-bundle-private.h: what writing and reading of a carried file share
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sodium.h>

#include "sync/amends-bundle.h"

G_BEGIN_DECLS

#define BUNDLE_MAGIC "amends-bundle-"
#define BUNDLE_VERSION "1"
#define BUNDLE_LINE_MAX_BYTES 256 /* with the line feed */

/* The box, opened: see PROTOCOL.md 10. */
#define BUNDLE_CLAIM_BYTES (32 + 8 + 8 + 4 + AMENDS_DIGEST_BYTES + AMENDS_SIGNATURE_BYTES)
#define BUNDLE_BOX_BYTES (BUNDLE_CLAIM_BYTES + crypto_box_SEALBYTES)
#define BUNDLE_HEADER_BYTES crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define BUNDLE_PREAMBLE_BYTES (AMENDS_DIGEST_BYTES + BUNDLE_BOX_BYTES + BUNDLE_HEADER_BYTES)
#define BUNDLE_SEALED_BYTES \
  (AMENDS_BUNDLE_CHUNK_BYTES + crypto_secretstream_xchacha20poly1305_ABYTES)

const char *amends_bundle_kind_get_name (AmendsBundleKind kind);
/* "amends-bundle-1 request ": what a file of a kind begins with */
char *amends_bundle_dup_beginning (AmendsBundleKind kind);
/* Of what stands before the chunks: the line with its line feed, the box and the header. */
void amends_bundle_hash_preamble (const char *line,
                                  const guint8 *box,
                                  const guint8 *header,
                                  AmendsDigest *ret_hash);
void amends_bundle_claim_sign (AmendsBundleClaim *self,
                               AmendsBundleKind kind,
                               const char *organisation,
                               const guint8 secret_key[64]);
guint64 amends_bundle_count_chunks (guint64 n_bytes);

G_END_DECLS
