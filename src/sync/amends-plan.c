/* amends-plan.c: what a receipt means for a device, and how far an upload may go
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/amends-plan.h"

#include <string.h>

/**
 * amends_plan_compare:
 * @written: the device's last number
 * @acknowledged: the last one that a receipt has named
 * @server_number: what the newest receipt names
 * @is_same_trunk: whether the device's own trunk at @server_number is the receipt's; not asked where
 *   the device has not written so many
 *
 * Returns: how the two stand
 */
AmendsStanding
amends_plan_compare (guint64 written,
                     guint64 acknowledged,
                     guint64 server_number,
                     gboolean is_same_trunk)
{
  if (server_number > written || !is_same_trunk)
    return AMENDS_STANDING_FORKED;
  if (server_number < acknowledged)
    return AMENDS_STANDING_SERVER_BEHIND;
  return AMENDS_STANDING_IN_STEP;
}

/**
 * amends_plan_find_common:
 * @own: (array length=n_trunks): the device's trunks
 * @server: (array length=n_trunks): the server's after the same numbers
 * @n_trunks: how many
 * @first_number: of the first
 *
 * Trunks are running hashes: where two are the same all before them are. So one that was altered on the way, which
 * nothing proves, moves nothing unless it is the last that both share.
 * Returns: the last number at which both are the same; 0 if none of these
 */
guint64
amends_plan_find_common (const AmendsDigest *own,
                         const AmendsDigest *server,
                         guint n_trunks,
                         guint64 first_number)
{
  for (guint i = n_trunks; i > 0; i--)
    if (memcmp (own[i - 1].bytes, server[i - 1].bytes, sizeof own[i - 1].bytes) == 0)
      return first_number + i - 1;
  return 0;
}

/**
 * amends_plan_step_back:
 * @position: one at which the feed hashes differ
 *
 * Returns: the next position to try: half as far, so that few requests find a common one
 */
guint64
amends_plan_step_back (guint64 position)
{
  return position / 2;
}
