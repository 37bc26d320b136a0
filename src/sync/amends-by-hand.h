/* amends-by-hand.h: an exchange that is carried on a stick, where there is no network
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The device's two halves of PROTOCOL.md 10. Both may be repeated, and the same events may go over the
 * network as well: nothing is lost and nothing doubled. */

#pragma once

#include "store/amends-carriages.h"
#include "sync/amends-bundle.h"
#include "sync/amends-engine.h"

G_BEGIN_DECLS

/**
 * AmendsHandExport: what was written
 * @n_events: this device's events in it; they stay waiting until a receipt comes back
 * @n_handed_in: other devices' that a restored server has lost
 */
typedef struct
{
  guint64 n_events;
  guint64 n_handed_in;
} AmendsHandExport;

gboolean amends_hand_export (AmendsStore *store,
                             const char *path,
                             const AmendsCarrier *carrier,
                             const AmendsSyncHooks *hooks,
                             GCancellable *cancellable,
                             AmendsHandExport *ret_export,
                             GError **error);
gboolean amends_hand_import (AmendsStore *store,
                             const char *path,
                             const AmendsSyncHooks *hooks,
                             GCancellable *cancellable,
                             AmendsSyncReport *ret_report,
                             gboolean *ret_is_old,
                             GError **error);

G_END_DECLS
