/* amends-homes.c: the homes that a person may mean
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/amends-homes.h"

#include <string.h>

#include "core/amends-instant.h"

/* Each word that was typed begins one of the address or of the reference. */
static gboolean
is_meant (const AmendsHome *home, const char *text)
{
  g_autofree char *words = g_strconcat (home->address, " ", home->reference, NULL);

  return g_str_match_string (text, words, TRUE);
}

/**
 * amends_homes_find:
 * @homes: (nullable) (element-type AmendsHome): those that there are
 * @scheme: (nullable): where; %NULL for anywhere
 * @text: what was typed so far
 * @n_max: how many to offer
 *
 * Returns: (transfer full): addresses, in the order of @homes; none where nothing was typed, or the whole of one
 */
GStrv
amends_homes_find (const GPtrArray *homes, const char *scheme, const char *text, guint n_max)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_autofree char *typed = g_strstrip (g_strdup (text));
  guint n_found = 0;

  for (guint i = 0; homes != NULL && typed[0] != '\0' && i < homes->len; i++)
    {
      const AmendsHome *home = g_ptr_array_index (homes, i);

      if (scheme != NULL && !g_str_equal (home->scheme, scheme))
        continue;
      if (g_str_equal (home->address, typed))
        return g_new0 (char *, 1);
      if (n_found < n_max && is_meant (home, typed))
        {
          g_strv_builder_add (found, home->address);
          n_found++;
        }
    }
  return g_strv_builder_end (found);
}

/**
 * amends_homes_are_fresh:
 * @last_sync: when the list was last brought up to date, microseconds since 1970 UTC; 0 for never
 * @now: microseconds since 1970 UTC
 *
 * Returns: whether the list may be offered to who cannot see how old it is
 */
gboolean
amends_homes_are_fresh (gint64 last_sync, gint64 now)
{
  return last_sync != 0
         && now - last_sync <= AMENDS_HOMES_MAX_AGE_DAYS * 24 * 60 * 60 * (gint64) G_USEC_PER_SEC;
}
