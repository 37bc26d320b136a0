/* amends-wire-chunk.h: the bytes of a request about chunks (PROTOCOL.md 12)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure: bytes in, values out; no I/O, no clock. */

#pragma once

#include "core/amends-attachment.h"

G_BEGIN_DECLS

#define AMENDS_CHUNK_TYPE "application/vnd.amends.chunk"
#define AMENDS_CHUNK_MAX_REQUEST_BYTES (512 * 1024)
#define AMENDS_CHUNK_MAX_EVENTS 256
#define AMENDS_CHUNK_MAX_HASHES 12288 /* a whole 2 GB and some; 384 KiB of them */

/**
 * AmendsChunkVerb:
 * @AMENDS_CHUNK_ASK: which of these are held
 * @AMENDS_CHUNK_PUT: keep this one
 * @AMENDS_CHUNK_GET: hand this one out
 */
typedef enum
{
  AMENDS_CHUNK_ASK,
  AMENDS_CHUNK_PUT,
  AMENDS_CHUNK_GET,
} AmendsChunkVerb;

#define AMENDS_CHUNK_N_VERBS 3

const char *amends_chunk_verb_get_path (AmendsChunkVerb verb);

/**
 * AmendsChunkItem:
 * @event: which attachment
 * @first: where its hashes begin
 * @n: how many they are
 */
typedef struct
{
  AmendsId event;
  guint first;
  guint n;
} AmendsChunkItem;

/**
 * AmendsChunkRequest:
 * @items: (element-type AmendsChunkItem)
 * @hashes: (element-type AmendsDigest): of all, in the order of the items
 * @chunk: (nullable): of %AMENDS_CHUNK_PUT
 */
typedef struct
{
  GArray *items;
  GArray *hashes;
  GBytes *chunk;
} AmendsChunkRequest;

AmendsChunkRequest *amends_chunk_request_new (void);
AmendsChunkRequest *amends_chunk_request_read (AmendsChunkVerb verb,
                                               const guint8 *bytes,
                                               gsize n_bytes,
                                               GError **error);
void amends_chunk_request_free (AmendsChunkRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsChunkRequest, amends_chunk_request_free)

gboolean amends_chunk_request_add (AmendsChunkRequest *self,
                                   const AmendsId *event,
                                   const AmendsDigest *hashes,
                                   guint n_hashes);
void amends_chunk_request_set_chunk (AmendsChunkRequest *self, GBytes *chunk);
GBytes *amends_chunk_request_to_bytes (const AmendsChunkRequest *self);

/* The answer to AMENDS_CHUNK_ASK and AMENDS_CHUNK_PUT: a byte for each hash, and the server's signature. */
GBytes *amends_chunk_answer_seal (const guint8 *held,
                                  gsize n_held,
                                  const char *organisation,
                                  const char *code,
                                  guint64 number,
                                  const AmendsDigest *body_hash,
                                  const guint8 secret_key[64]);
GBytes *amends_chunk_answer_open (GBytes *answer,
                                  gsize n_held,
                                  const char *organisation,
                                  const char *code,
                                  guint64 number,
                                  const AmendsDigest *body_hash,
                                  const guint8 key[AMENDS_KEY_BYTES]);

G_END_DECLS
