/* amends-chain.h: what proves that nobody changed the log since
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A chain runs for each device and feed, since a reader of one feed lacks the others:
 *
 *   begin = BLAKE2b-256("amends-chain-1" organisation key feed)     texts as length and bytes
 *   h     = BLAKE2b-256(h before, digest of the event)
 *
 * A statement says how far a device's chains have come: its code, its last number, and one leaf
 * BLAKE2b-256("amends-leaf-1" feed h) for each feed that the signed events touched. Leaves, not
 * the chains themselves: a reader of one feed checks its own and does not learn the names of the
 * others. The device signs the statement.
 *
 * The log of a whole device, which the device and the server hold, has one more running hash that
 * tells a restored or cloned device from the real one: trunk = BLAKE2b-256(trunk before, digest).
 * It begins from the chain's beginning with an empty feed.
 *
 * The server's order of a feed has a running hash too, over digests of events and of marks: a stream
 * that left, a body that was erased. A mark's is BLAKE2b-256("amends-left-1" or "amends-erased-1", id). */

#pragma once

#include "core/amends-event.h"

G_BEGIN_DECLS

/* A transaction touches few feeds; a frame of a whole day's work a few dozen. */
#define AMENDS_STATEMENT_MAX_LEAVES 256

typedef struct
{
  guint8 bytes[AMENDS_DIGEST_BYTES];
} AmendsDigest;

/**
 * AmendsStatement:
 * @code: the device
 * @number: its last number that the statement covers
 * @leaves: (element-type AmendsDigest): one for each feed touched, ascending by bytes
 * @signature: the device's, over the rest
 */
typedef struct
{
  char code[5];
  guint64 number;
  GArray *leaves;
  guint8 signature[AMENDS_SIGNATURE_BYTES];
} AmendsStatement;

void amends_chain_begin (AmendsDigest *ret_chain,
                         const char *organisation,
                         const guint8 key[AMENDS_KEY_BYTES],
                         const char *feed);
void amends_chain_step (AmendsDigest *chain, const guint8 digest[AMENDS_DIGEST_BYTES]);
void amends_chain_leaf (AmendsDigest *ret_leaf, const char *feed, const AmendsDigest *chain);

AmendsStatement *amends_statement_new (const char *code, guint64 number);
AmendsStatement *amends_statement_copy (const AmendsStatement *self);
void amends_statement_free (AmendsStatement *self);
void amends_statement_add (AmendsStatement *self, const char *feed, const AmendsDigest *chain);
gboolean
amends_statement_has (const AmendsStatement *self, const char *feed, const AmendsDigest *chain);
void amends_statement_sign (AmendsStatement *self, const guint8 secret_key[64]);
gboolean amends_statement_verify (const AmendsStatement *self, const guint8 key[AMENDS_KEY_BYTES]);
GBytes *amends_statement_to_bytes (const AmendsStatement *self);
AmendsStatement *amends_statement_from_bytes (const guint8 *bytes, gsize n_bytes, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsStatement, amends_statement_free)

/**
 * AmendsEntryKind: what stands at a position of a feed, or travels with it
 * @AMENDS_ENTRY_EVENT: an event; with no body if that was erased
 * @AMENDS_ENTRY_DIGEST: an event's fields and digest only, to carry a chain over it: the rest of a
 *   chain going up, an event held in quarantine going down; it takes no position
 * @AMENDS_ENTRY_OWN: a run of the asking device's own events
 * @AMENDS_ENTRY_LEFT: a stream has left the feed
 * @AMENDS_ENTRY_ERASED: a body was erased
 *
 * Devices keep the numbers on disk: append, never renumber.
 */
typedef enum
{
  AMENDS_ENTRY_EVENT = 1,
  AMENDS_ENTRY_DIGEST,
  AMENDS_ENTRY_OWN,
  AMENDS_ENTRY_LEFT,
  AMENDS_ENTRY_ERASED,
} AmendsEntryKind;

void amends_chain_mark_digest (AmendsDigest *ret_digest, AmendsEntryKind kind, const AmendsId *id);

G_END_DECLS
