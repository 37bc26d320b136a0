/* amends-attachment.h: a photograph, a scan, a recording: what an event says of a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The event case.attached names the file, its key and the hash of its list; the bytes travel and are
 * kept beside the log, as chunks: PROTOCOL.md 12. */

#pragma once

#include "core/amends-chain.h"

G_BEGIN_DECLS

/* A part is small enough to be sent again after a cut, and large enough that 2 GB has one list. */
#define AMENDS_PART_BYTES (256 * 1024)
#define AMENDS_PART_SEAL_BYTES 16
#define AMENDS_CHUNK_MAX_BYTES (AMENDS_PART_BYTES + AMENDS_PART_SEAL_BYTES)
#define AMENDS_ATTACHMENT_MAX_PARTS (AMENDS_PART_BYTES / AMENDS_DIGEST_BYTES)
#define AMENDS_ATTACHMENT_MAX_BYTES ((guint64) AMENDS_ATTACHMENT_MAX_PARTS * AMENDS_PART_BYTES)

#define AMENDS_ATTACHMENT_KEY_BYTES 32
#define AMENDS_ATTACHMENT_NAME_MAX_BYTES 200 /* leaves a file system's 255 room for an ending */

/**
 * AmendsAttachment:
 * @id: of the event that says it
 * @at: by its author's clock, microseconds since 1970 UTC
 * @by: the member of staff; number 0 unknown
 * @name: what its file was called, fit to be shown
 * @media: its type, by its content: "image/jpeg"
 * @what: a code of the list "attachment-what"
 * @caption: (nullable): what it shows, in the words of whoever attached it
 * @size: bytes
 * @n_parts: how many parts it has
 * @key: opens its chunks
 * @is_keyless: whether this device attached it where it may not read: it has no @key, and no texts
 * @root: the hash of its list
 * @details: all that was recorded
 *
 * Texts belong to @details.
 */
typedef struct
{
  AmendsId id;
  gint64 at;
  AmendsId by;
  const char *name;
  const char *media;
  const char *what;
  const char *caption;
  guint64 size;
  guint n_parts;
  guint8 key[AMENDS_ATTACHMENT_KEY_BYTES];
  gboolean is_keyless;
  AmendsDigest root;
  const json_t *details;
} AmendsAttachment;

gboolean amends_attachment_is_recording (const AmendsAttachment *self);
gboolean amends_attachment_read (const json_t *body, AmendsAttachment *ret_attachment);
guint amends_attachment_count_parts (guint64 size);
gsize amends_attachment_get_part_bytes (const AmendsAttachment *self, guint part);
char *amends_attachment_clean_name (const char *name);

void amends_chunk_hash (const guint8 *bytes, gsize n_bytes, AmendsDigest *ret_hash);
GBytes *amends_chunk_seal (const guint8 key[AMENDS_ATTACHMENT_KEY_BYTES],
                           guint part,
                           const guint8 *bytes,
                           gsize n_bytes);
GBytes *amends_chunk_open (const AmendsAttachment *self, guint part, GBytes *chunk);

G_END_DECLS
