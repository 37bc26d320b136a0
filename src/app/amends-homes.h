/* amends-homes.h: the homes that a person may mean
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/amends-known.h"

G_BEGIN_DECLS

/* A list that is older than this is not offered at a kiosk: doors may have new numbers. */
#define AMENDS_HOMES_MAX_AGE_DAYS 30

GStrv amends_homes_find (const GPtrArray *homes, const char *scheme, const char *text, guint n_max);
gboolean amends_homes_are_fresh (gint64 last_sync, gint64 now);

G_END_DECLS
