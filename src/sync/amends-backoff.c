/* amends-backoff.c: when to try again
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/amends-backoff.h"

/**
 * amends_backoff_delay_ms:
 * @n_failures: attempts that failed since the last that did not, from 1
 * @retry_after_s: what the server asked for; 0 if nothing
 * @random: any number, drawn evenly
 *
 * Full jitter: anywhere between nothing and the bound, which doubles from
 * %AMENDS_BACKOFF_BASE_S to %AMENDS_BACKOFF_CAP_S, so that devices that failed together do not
 * come back together. Never earlier than the server asked.
 *
 * Returns: how long to wait, in milliseconds
 */
guint
amends_backoff_delay_ms (guint n_failures, guint retry_after_s, guint32 random)
{
  guint bound_s = AMENDS_BACKOFF_BASE_S;

  for (guint i = 1; i < n_failures && bound_s < AMENDS_BACKOFF_CAP_S; i++)
    bound_s *= 2;
  bound_s = MIN (bound_s, AMENDS_BACKOFF_CAP_S);
  return MIN (retry_after_s, 86400u) * 1000
         + (guint) ((guint64) random * bound_s * 1000 / G_MAXUINT32);
}
