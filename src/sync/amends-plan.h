/* amends-plan.h: what a receipt means for a device, and how far an upload may go
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure: PROTOCOL.md 6 as a table. */

#pragma once

#include "core/amends-chain.h"

G_BEGIN_DECLS

/**
 * AmendsStanding:
 * @AMENDS_STANDING_IN_STEP: the server holds what this device thinks, or more of the same
 * @AMENDS_STANDING_SERVER_BEHIND: the server was restored: it holds less than it acknowledged
 * @AMENDS_STANDING_FORKED: the server holds what this device never wrote: this one was restored
 *   or cloned
 */
typedef enum
{
  AMENDS_STANDING_IN_STEP = 1,
  AMENDS_STANDING_SERVER_BEHIND,
  AMENDS_STANDING_FORKED,
} AmendsStanding;

AmendsStanding amends_plan_compare (guint64 written,
                                    guint64 acknowledged,
                                    guint64 server_number,
                                    gboolean is_same_trunk);
guint64 amends_plan_find_common (const AmendsDigest *own,
                                 const AmendsDigest *server,
                                 guint n_trunks,
                                 guint64 first_number);
guint64 amends_plan_step_back (guint64 position);

G_END_DECLS
