/* amends-erasure.h: erasing for everybody: what a device asks the server for, and does when the server says so
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One person asks, another agrees on another device: two events of the stream, which stay as the trace. The
 * device that agreed asks the server, once both are acknowledged, until its log says that it is done. */

#pragma once

#include "store/amends-store.h"

G_BEGIN_DECLS

/**
 * AmendsErasure:
 * @stream: the case
 * @ask: the event by which it was asked for
 * @agree: the event of this device by which it was agreed to
 * @events: (element-type AmendsId): what is to be erased
 */
typedef struct
{
  AmendsId stream;
  AmendsId ask;
  AmendsId agree;
  GArray *events;
} AmendsErasure;

void amends_erasure_free (AmendsErasure *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsErasure, amends_erasure_free)

/* Within a transaction of the caller. */
gboolean amends_erasure_note_agreed (AmendsStore *self, const AmendsId *stream, GError **error);
gboolean
amends_erasure_apply (AmendsStore *self, guint64 number, const json_t *body, GError **error);

gboolean amends_erasure_get_due (AmendsStore *self,
                                 GHashTable *asked,
                                 AmendsErasure **ret_erasure,
                                 GError **error);

G_END_DECLS
