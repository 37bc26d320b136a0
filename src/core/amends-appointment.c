/* amends-appointment.c: when somebody is met, and what became of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An appointment stands for itself and is followed up once: it took place, somebody called it off, or nobody was
 * there. Another day is another appointment, so that a letter of the first is never taken for the second. */

#include "core/amends-appointment.h"

#include "core/amends-json.h"

static const json_t *
get_body (gconstpointer entry)
{
  return (*(const AmendsHistoryEntry *const *) entry)->body;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const json_t *one = get_body (a);
  const json_t *other = get_body (b);
  AmendsDay day = amends_day_from_json (one, "day");
  AmendsDay other_day = amends_day_from_json (other, "day");

  if (day != other_day)
    return day < other_day ? -1 : 1;
  return g_strcmp0 (json_string_value (json_object_get (one, "from")),
                    json_string_value (json_object_get (other, "from")));
}

/**
 * amends_case_list_appointments:
 * @from: the first day that is looked at; %AMENDS_DAY_NONE for all
 *
 * Returns: (transfer container) (element-type AmendsHistoryEntry): the appointments of which nobody has said what
 *   became of them, each with its body, the earliest first
 */
GPtrArray *
amends_case_list_appointments (const AmendsCase *self, AmendsDay from)
{
  GPtrArray *list = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL, list);

  for (guint i = 0; i < amends_case_get_n_history (self); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self, i);
      AmendsDay day = amends_day_from_json (entry->body, "day");

      if (entry->type == AMENDS_EVENT_CASE_APPOINTED && entry->body != NULL && !entry->is_overruled
          && day != AMENDS_DAY_NONE && (from == AMENDS_DAY_NONE || day >= from)
          && amends_case_get_follow_up (self, AMENDS_EVENT_CASE_APPOINTMENT_ENDED,
                                        &entry->event->id)
                 == NULL)
        g_ptr_array_add (list, (gpointer) entry);
    }
  g_ptr_array_sort (list, compare_times);
  return list;
}
