/* amends-wire-private.h: what the files of the wire share
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sync/amends-wire.h"

G_BEGIN_DECLS

#define AMENDS_FRAME_WORD "amends-frame-1"
#define AMENDS_FRAME_DIGEST_ONLY '~' /* in the place of a body */
#define AMENDS_FRAME_HASH_ONLY '#'
#define AMENDS_FRAME_BODILESS '-'
#define AMENDS_FRAME_BOXED '^'
#define AMENDS_FRAME_WINDOW_BITS (15 + 16) /* zlib's way to ask for gzip */

gboolean G_GNUC_PRINTF (3, 4)
    amends_wire_invalid (GError **error, const char *field, const char *format, ...);

/**
 * AmendsFrameMemory: of the entries of a frame before the one that is read or written
 * @before: (nullable) (owned): the event entry before
 * @numbers: code packed in an integer -> guint64 *, the last number
 * @last_events: AmendsId * of a stream -> AmendsEvent *, which owns that id
 */
typedef struct
{
  AmendsEvent *before;
  GHashTable *numbers;
  GHashTable *last_events;
} AmendsFrameMemory;

void amends_frame_memory_init (AmendsFrameMemory *self);
void amends_frame_memory_clear (AmendsFrameMemory *self);
guint64 amends_frame_memory_next_number (const AmendsFrameMemory *self, const char *code);
void amends_frame_memory_add (AmendsFrameMemory *self, const AmendsEvent *event);

AmendsFrame *amends_frame_new (void);

/* What a device asks to be erased (amends-wire-erase.c). */
json_t *amends_wire_erase_to_json (const AmendsWireErase *self);
AmendsWireErase *amends_wire_erase_from_json (const json_t *json, GError **error);

G_END_DECLS
