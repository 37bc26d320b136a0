/* amends-dues.c: every clock of one case on one day, as screens show them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/model/amends-dues.h"

#include "core/amends-edition.h"

/**
 * amends_dues_new:
 * @rules: what the case is judged by; what they borrow from is held as long as this is
 * @rows: (transfer full) (element-type AmendsClockRow): the clocks
 * @today: the day they were computed for
 */
AmendsDues *
amends_dues_new (const AmendsRules *rules, GPtrArray *rows, AmendsDay today)
{
  AmendsDues *self;

  g_return_val_if_fail (rules != NULL && rows != NULL, NULL);

  self = g_atomic_rc_box_new0 (AmendsDues);
  self->rules = *rules;
  self->editions = rules->editions != NULL ? amends_editions_ref (rules->editions) : NULL;
  self->rows = rows;
  self->pairs = amends_clock_pairs_new (rows);
  self->today = today;
  return self;
}

/**
 * amends_dues_take_reasons:
 * @complaint: the case whose clocks they are
 *
 * To be called before anybody else holds @self.
 */
void
amends_dues_take_reasons (AmendsDues *self, const AmendsCase *complaint)
{
  for (guint i = 0; i < amends_case_get_n_history (complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, i);
      const char *reason = json_string_value (json_object_get (entry->body, "reason"));
      gboolean is_stage_2 = entry->type == AMENDS_EVENT_CASE_STAGE2_EXTENDED;
      char **kept = &self->extension_reasons[is_stage_2 ? 1 : 0];
      g_autofree char *before = *kept;

      *kept = NULL;
      if (reason == NULL || entry->is_overruled
          || (entry->type != AMENDS_EVENT_CASE_EXTENDED && !is_stage_2))
        *kept = g_steal_pointer (&before);
      else
        *kept = before != NULL ? g_strdup_printf ("%s; %s", before, reason) : g_strdup (reason);
    }
}

AmendsDues *
amends_dues_ref (AmendsDues *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  AmendsDues *self = data;

  g_free (self->extension_reasons[0]);
  g_free (self->extension_reasons[1]);
  g_array_unref (self->pairs);
  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->editions, amends_editions_unref);
}

void
amends_dues_unref (AmendsDues *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * amends_dues_find:
 * @clock: which
 *
 * Returns: (nullable) (transfer none): that clock; %NULL if the case has none of that name
 */
const AmendsClockPair *
amends_dues_find (const AmendsDues *self, AmendsClockName clock)
{
  for (guint i = 0; i < self->pairs->len; i++)
    {
      const AmendsClockPair *pair = &g_array_index (self->pairs, AmendsClockPair, i);

      if (pair->name == clock)
        return pair;
    }
  return NULL;
}

/* (nullable) (transfer none): the duty that is owed first. */
const AmendsClockPair *
amends_dues_get_owed (const AmendsDues *self)
{
  return amends_clock_pairs_find_owed (self->pairs);
}

/**
 * amends_dues_is_late:
 * @row: a row of @self
 *
 * Returns: whether it was done after, or is not done by, its governing day, whichever of its two days
 *   that is
 */
gboolean
amends_dues_is_late (const AmendsDues *self, const AmendsClockRow *row)
{
  AmendsDay day = amends_clock_row_get_governing_day (row);

  if (day == AMENDS_DAY_NONE)
    return FALSE;
  if (amends_clock_row_is_open (row))
    return self->today > day;
  return row->met_day != AMENDS_DAY_NONE && row->met_day > day;
}

/**
 * amends_dues_count_left:
 * @row: a row of @self that has a day
 *
 * Returns: the working days after today up to its governing day, 0 on the day; if it is late, minus
 *   those since, -1 at least
 */
int
amends_dues_count_left (const AmendsDues *self, const AmendsClockRow *row)
{
  const AmendsCalendar *calendar = amends_clock_row_get_calendar (row, self->rules.calendar);
  AmendsDay day = amends_clock_row_get_governing_day (row);
  AmendsDay end = row->met_day != AMENDS_DAY_NONE ? row->met_day : self->today;

  return amends_calendar_count_left (calendar, end, day);
}
