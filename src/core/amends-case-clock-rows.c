/* amends-case-clock-rows.c: the clocks of a case, by the reading that is stricter on the landlord
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where two acts were done apart and differ, nobody knows yet which is right. The clocks are computed for
 * the earliest and for the latest of them, and for what begins a clock as early and what ends one as late
 * as may be; and of each clock that row stands which is stricter on the landlord. */

#include "core/amends-case-clocks-private.h"

static GPtrArray *
compute (const AmendsCase *self, const AmendsRules *rules, AmendsDay as_of, AmendsReading reading)
{
  g_autoptr (GArray) events = amends_case_read_clock_events (self, reading, NULL);

  amends_clock_history_tidy (events, as_of);
  return amends_clocks_compute (rules->policy, rules->code, rules->calendar, events, as_of);
}

static gboolean
is_done (const AmendsClockRow *row)
{
  return row->met_day != AMENDS_DAY_NONE || row->ended_day != AMENDS_DAY_NONE;
}

/* A window is stricter on the landlord the longer it is open; a duty if it is broken, not done, or due
 * earlier. */
static gboolean
is_stricter (const AmendsClockRow *row, const AmendsClockRow *than)
{
  AmendsDay day = amends_clock_row_get_governing_day (row);
  AmendsDay other = amends_clock_row_get_governing_day (than);

  if (row->clock->purpose == AMENDS_CLOCK_PURPOSE_WINDOW)
    return day > other;
  if (row->is_breached != than->is_breached)
    return row->is_breached;
  if (is_done (row) != is_done (than))
    return !is_done (row);
  if (day != other)
    return day != AMENDS_DAY_NONE && (other == AMENDS_DAY_NONE || day < other);
  return row->met_day > than->met_day;
}

static AmendsClockRow *
steal_row (GPtrArray *rows, AmendsClockSource source, AmendsClockName name)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsClockRow *row = g_ptr_array_index (rows, i);

      if (row->source == source && row->clock->name == name)
        return g_ptr_array_steal_index (rows, i);
    }
  return NULL;
}

static GPtrArray *
merge_rows (GPtrArray *earliest, GPtrArray *latest)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_clock_row_free);

  for (int source = AMENDS_CLOCK_SOURCE_POLICY; source <= AMENDS_CLOCK_SOURCE_CODE; source++)
    for (int name = 0; name < AMENDS_CLOCK_N_NAMES; name++)
      {
        g_autoptr (AmendsClockRow) a =
            steal_row (earliest, (AmendsClockSource) source, (AmendsClockName) name);
        g_autoptr (AmendsClockRow) b =
            steal_row (latest, (AmendsClockSource) source, (AmendsClockName) name);

        if (a != NULL && (b == NULL || !is_stricter (b, a)))
          g_ptr_array_add (rows, g_steal_pointer (&a));
        else if (b != NULL)
          g_ptr_array_add (rows, g_steal_pointer (&b));
      }
  return rows;
}

/* What was late by what was first written is not in time without a word. */
static void
note_corrected (const AmendsCase *self,
                const AmendsRules *rules,
                AmendsDay as_of,
                const GPtrArray *rows)
{
  g_autoptr (GPtrArray) written = compute (self, rules, as_of, AMENDS_READING_WRITTEN);

  for (guint i = 0; i < rows->len; i++)
    {
      AmendsClockRow *row = g_ptr_array_index (rows, i);
      g_autoptr (AmendsClockRow) before = steal_row (written, row->source, row->clock->name);

      row->was_breached = before != NULL && before->is_breached && !row->is_breached;
    }
}

static GPtrArray *
compute_stricter (const AmendsCase *self, const AmendsRules *rules, AmendsDay as_of)
{
  g_autoptr (GPtrArray) earliest = compute (self, rules, as_of, AMENDS_READING_EARLIEST);
  g_autoptr (GPtrArray) latest = NULL;
  g_autoptr (GPtrArray) longest = NULL;
  g_autoptr (GPtrArray) stricter = NULL;

  if (amends_case_get_n_conflicts (self) == 0)
    return g_steal_pointer (&earliest);
  latest = compute (self, rules, as_of, AMENDS_READING_LATEST);
  longest = compute (self, rules, as_of, AMENDS_READING_LONGEST);
  stricter = merge_rows (earliest, latest);
  return merge_rows (stricter, longest);
}

/**
 * amends_case_compute_clocks:
 * @rules: what it is judged by
 * @as_of: the day that is asked about
 *
 * Never fails: what cannot be, because a part of the history has not arrived or a day was mistyped, is
 * left out as amends_clock_history_tidy() says. In conflict each clock is that of the version which is
 * stricter on the landlord. What was corrected counts as it was corrected.
 *
 * Returns: (transfer full) (element-type AmendsClockRow): as amends_clocks_compute()
 */
GPtrArray *
amends_case_compute_clocks (const AmendsCase *self, const AmendsRules *rules, AmendsDay as_of)
{
  GPtrArray *rows;

  g_return_val_if_fail (self != NULL && rules != NULL, NULL);
  g_return_val_if_fail (as_of >= AMENDS_DAY_FIRST, NULL);

  rows = compute_stricter (self, rules, as_of);
  if (amends_case_get_n_corrections (self) > 0)
    note_corrected (self, rules, as_of, rows);
  return rows;
}
