/* amends-kiosk-queue.c: a queue that nobody sees
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/kiosk/amends-kiosk-queue.h"

#include <glib/gi18n.h>

/* What is recorded today is not late before this many working days have passed. */
#define N_WORKING_DAYS 1

/* Returns: (transfer none) (nullable): the calendar that @scheme counts by */
static const AmendsCalendar *
get_calendar (const AmendsEditions *editions, const char *scheme, AmendsDay today)
{
  const AmendsEdition *edition = amends_editions_get_in_force (editions, scheme, today);
  const AmendsPolicy *policy =
      edition != NULL ? edition->policy : amends_editions_get_code (editions);

  return policy != NULL
             ? amends_editions_get_calendar (editions, amends_policy_get_calendar_id (policy))
             : NULL;
}

/**
 * amends_kiosk_queue_describe:
 * @editions: (nullable): what the landlord has published; %NULL while that is not known
 * @scheme: where the kiosk stands
 *
 * Once the oldest record that waits is one working day old, staff are told how many wait, and nothing of what
 * is in them. It is their line, and so in the language of the machine.
 * Returns: (transfer full) (nullable): the sentence; %NULL while there is none to say
 */
char *
amends_kiosk_queue_describe (const AmendsStatus *status,
                             const AmendsEditions *editions,
                             const char *scheme,
                             AmendsDay today)
{
  const AmendsCalendar *calendar = editions != NULL ? get_calendar (editions, scheme, today) : NULL;
  gboolean is_provisional;
  AmendsDay due;

  if (status->n_sealed == 0 || calendar == NULL)
    return NULL;
  due = amends_calendar_add_working_days_provisional (calendar,
                                                      amends_day_from_instant (status->sealed_at),
                                                      N_WORKING_DAYS, &is_provisional);
  if (today < due)
    return NULL;
  return g_strdup_printf (ngettext ("Staff: %u record waits to be sent",
                                    "Staff: %u records wait to be sent", status->n_sealed),
                          status->n_sealed);
}
