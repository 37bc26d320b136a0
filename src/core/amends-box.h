/* amends-box.h: what a device writes and cannot read again
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A kiosk, and whoever writes in a feed that is not theirs to read, seals salt and body of an event in a
 * box to the organisation's intake key: X25519 and XSalsa20-Poly1305, a key of its own for each box. The
 * device that wrote it cannot open it, and its length tells no more than a multiple of 4 KiB. The server
 * opens it, checks that it holds what its author's chain says, and it goes on as any other event. */

#pragma once

#include "core/amends-event.h"

G_BEGIN_DECLS

#define AMENDS_BOX_SEED_BYTES 32
#define AMENDS_BOX_KEY_BYTES 32 /* X25519, public or secret */

AmendsEvent *amends_event_box (const AmendsEvent *self,
                               const guint8 intake_key[AMENDS_BOX_KEY_BYTES],
                               const guint8 seed[AMENDS_BOX_SEED_BYTES],
                               GError **error);
AmendsEvent *amends_event_unbox (const AmendsEvent *self,
                                 const guint8 intake_key[AMENDS_BOX_KEY_BYTES],
                                 const guint8 intake_secret[AMENDS_BOX_KEY_BYTES],
                                 GError **error);

G_END_DECLS
