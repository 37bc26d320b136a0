/* amends-clock-row.c: one clock as it stands
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-clock.h"

#include "core/amends-json.h"

static const char *const source_names[] = { "policy", "code" };

static const char *const state_names[] = { "waiting", "running", "met",  "met-late",
                                           "overdue", "ended",   "open", "lapsed" };

/**
 * amends_clock_row_free:
 * @self: (transfer full): a row
 */
void
amends_clock_row_free (AmendsClockRow *self)
{
  g_return_if_fail (self != NULL);

  amends_policy_unref (self->policy);
  g_clear_pointer (&self->earlier, g_ptr_array_unref);
  g_free (self);
}

/**
 * amends_clock_row_get_governing_day:
 * @self: a row
 *
 * The day by which work is sorted and a breach is judged.
 *
 * Returns: the earlier of its due and its outer day, or %AMENDS_DAY_NONE if it has neither
 */
AmendsDay
amends_clock_row_get_governing_day (const AmendsClockRow *self)
{
  g_return_val_if_fail (self != NULL, AMENDS_DAY_NONE);

  if (self->due_day == AMENDS_DAY_NONE || self->outer_day == AMENDS_DAY_NONE)
    return MAX (self->due_day, self->outer_day); /* AMENDS_DAY_NONE is before every day */
  return MIN (self->due_day, self->outer_day);
}

/**
 * amends_clock_row_get_calendar:
 * @self: a row
 * @calendar: the one it was computed with
 *
 * Returns: (transfer none): @calendar, with the landlord's closures where they lengthen the clock: what
 * the Code and the law set they do not
 */
const AmendsCalendar *
amends_clock_row_get_calendar (const AmendsClockRow *self, const AmendsCalendar *calendar)
{
  g_return_val_if_fail (self != NULL && calendar != NULL, NULL);

  if (self->source == AMENDS_CLOCK_SOURCE_CODE || self->clock->is_statutory)
    return calendar;
  return amends_calendar_get_for_policy (calendar, amends_policy_get_id (self->policy));
}

/**
 * amends_clock_row_to_json:
 * @self: a row
 * @calendar: the one it was computed with
 *
 * Returns: (transfer full): an object with every key, null where there is nothing to say
 */
json_t *
amends_clock_row_to_json (const AmendsClockRow *self, const AmendsCalendar *calendar)
{
  g_autofree char *why = NULL;
  json_t *earlier = json_array ();
  gboolean counts_down;

  g_return_val_if_fail (self != NULL && calendar != NULL, NULL);

  why = amends_clock_row_dup_why (self, calendar);
  counts_down =
      self->state == AMENDS_CLOCK_STATE_RUNNING || self->state == AMENDS_CLOCK_STATE_OVERDUE;
  for (guint i = 0; self->earlier != NULL && i < self->earlier->len; i++)
    json_array_append_new (earlier, amends_clock_row_to_json (g_ptr_array_index (self->earlier, i),
                                                              calendar));

  return json_pack (
      "{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:b, s:o, s:b, s:s, s:o, s:s, s:o, s:o, s:b}", "clock",
      amends_clock_name_get_name (self->clock->name), "source", source_names[self->source],
      "clause", self->clock->rule->clause, "status",
      amends_policy_status_get_name (self->clock->rule->status), "started",
      amends_day_to_json (self->started_day), "due", amends_day_to_json (self->due_day),
      "outer_due", amends_day_to_json (self->outer_day), "provisional", self->is_provisional, "met",
      amends_day_to_json (self->met_day), "breached", self->is_breached, "state",
      state_names[self->state], "working_days_left",
      counts_down ? json_integer (self->n_working_days_left) : json_null (), "why", why, "earlier",
      earlier, "send_by", amends_day_to_json (self->send_by_day), "breach_corrected",
      self->was_breached);
}

/**
 * amends_clock_source_get_name:
 * @source: a source
 *
 * Returns: its name in output, "policy" or "code"
 */
const char *
amends_clock_source_get_name (AmendsClockSource source)
{
  g_return_val_if_fail ((guint) source < G_N_ELEMENTS (source_names), "");

  return source_names[source];
}

/**
 * amends_clock_state_get_name:
 * @state: a state
 *
 * Returns: its name in output, "met-late"
 */
const char *
amends_clock_state_get_name (AmendsClockState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (state_names), "");

  return state_names[state];
}
