/* amends-clock-pair.c: policy and Code beside each other, and what is owed next
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The stricter on the landlord governs: of a duty the earlier day, of what a complainant may still do
 * the later one. What is still owed by one of the two stands before what is done by the other. */

#include "core/amends-clock-pair.h"

/**
 * amends_clock_row_is_open:
 * @row: a row
 *
 * Returns: whether something is still owed by it, in time or late
 */
gboolean
amends_clock_row_is_open (const AmendsClockRow *row)
{
  g_return_val_if_fail (row != NULL, FALSE);

  return row->state == AMENDS_CLOCK_STATE_RUNNING || row->state == AMENDS_CLOCK_STATE_OVERDUE;
}

static gboolean
is_window (const AmendsClockRow *row)
{
  return row->clock->purpose == AMENDS_CLOCK_PURPOSE_WINDOW;
}

/* Whether @row governs rather than @other. Days alike are both sources' own: the landlord's is named. */
static gboolean
governs (const AmendsClockRow *row, const AmendsClockRow *other)
{
  AmendsDay day = amends_clock_row_get_governing_day (row);
  AmendsDay other_day = amends_clock_row_get_governing_day (other);

  if (amends_clock_row_is_open (row) != amends_clock_row_is_open (other))
    return amends_clock_row_is_open (row);
  if (day == AMENDS_DAY_NONE || other_day == AMENDS_DAY_NONE)
    return day != AMENDS_DAY_NONE || other_day == AMENDS_DAY_NONE;
  return is_window (row) ? day >= other_day : day <= other_day;
}

static void
join (AmendsClockPair *pair)
{
  const AmendsClockRow *policy = pair->policy;
  const AmendsClockRow *code = pair->code;

  if (policy == NULL || code == NULL)
    pair->governing = policy != NULL ? policy : code;
  else
    pair->governing = governs (policy, code) ? policy : code;
  pair->day = amends_clock_row_get_governing_day (pair->governing);
  pair->agrees =
      policy != NULL && code != NULL
      && amends_clock_row_get_governing_day (policy) == amends_clock_row_get_governing_day (code);
}

/**
 * amends_clock_pairs_new:
 * @rows: (element-type AmendsClockRow): of amends_clocks_compute(), which must outlive what is returned
 *
 * Returns: (transfer full) (element-type AmendsClockPair): one entry for each clock, in the order of
 *   #AmendsClockName
 */
GArray *
amends_clock_pairs_new (const GPtrArray *rows)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (AmendsClockPair));

  g_return_val_if_fail (rows != NULL, pairs);

  for (int name = 0; name < AMENDS_CLOCK_N_NAMES; name++)
    {
      AmendsClockPair pair = { .name = (AmendsClockName) name };

      for (guint i = 0; i < rows->len; i++)
        {
          const AmendsClockRow *row = g_ptr_array_index (rows, i);

          if ((int) row->clock->name != name)
            continue;
          if (row->source == AMENDS_CLOCK_SOURCE_POLICY)
            pair.policy = row;
          else
            pair.code = row;
        }
      if (pair.policy == NULL && pair.code == NULL)
        continue;
      join (&pair);
      g_array_append_val (pairs, pair);
    }
  return pairs;
}

/**
 * amends_clock_pair_get_other:
 * @self: a clock
 *
 * Returns: (nullable) (transfer none): the row that does not govern; %NULL if there is one alone
 */
const AmendsClockRow *
amends_clock_pair_get_other (const AmendsClockPair *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->governing->source == AMENDS_CLOCK_SOURCE_POLICY ? self->code : self->policy;
}

/**
 * amends_clock_pairs_find_owed:
 * @pairs: (element-type AmendsClockPair): of one case
 *
 * Returns: (nullable) (transfer none): the duty that is owed first; of two due on one day, the one that
 *   comes first in a complaint. %NULL if nothing is owed
 */
const AmendsClockPair *
amends_clock_pairs_find_owed (const GArray *pairs)
{
  const AmendsClockPair *owed = NULL;

  g_return_val_if_fail (pairs != NULL, NULL);

  for (guint i = 0; i < pairs->len; i++)
    {
      const AmendsClockPair *pair = &g_array_index (pairs, AmendsClockPair, i);

      if (pair->governing->clock->purpose == AMENDS_CLOCK_PURPOSE_DUTY
          && amends_clock_row_is_open (pair->governing) && (owed == NULL || pair->day < owed->day))
        owed = pair;
    }
  return owed;
}
