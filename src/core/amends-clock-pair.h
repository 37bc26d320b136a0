/* amends-clock-pair.h: policy and Code beside each other, and what is owed next
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-clock.h"

G_BEGIN_DECLS

/**
 * AmendsClockPair:
 * @name: which clock
 * @policy: (nullable) (not owned): by the landlord's policy
 * @code: (nullable) (not owned): by the Code
 * @governing: (not owned): the one of the two that a person goes by
 * @day: the day that it gives, or %AMENDS_DAY_NONE while it waits
 * @agrees: whether both are there and give the same day, or both wait
 *
 * One clock as both sources have it.
 */
typedef struct
{
  AmendsClockName name;
  const AmendsClockRow *policy;
  const AmendsClockRow *code;
  const AmendsClockRow *governing;
  AmendsDay day;
  gboolean agrees;
} AmendsClockPair;

GArray *amends_clock_pairs_new (const GPtrArray *rows);
const AmendsClockPair *amends_clock_pairs_find_owed (const GArray *pairs);
const AmendsClockRow *amends_clock_pair_get_other (const AmendsClockPair *self);
gboolean amends_clock_row_is_open (const AmendsClockRow *row);

G_END_DECLS
