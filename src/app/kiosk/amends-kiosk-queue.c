/* amends-kiosk-queue.c: a queue that nobody sees, and the room that it has
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/kiosk/amends-kiosk-queue.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"

/* What is recorded today is not late before this many working days have passed. */
#define N_WORKING_DAYS 1

/* What a record takes on the disk, in bytes, with two photographs and a minute of speech; and for how many there is room
 * when staff are told. Far more than one weekend brings, and so before any is refused. */
#define RECORD_BYTES (1u << 20)
#define N_RECORDS_LOW 1000u

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

static guint
count_room (const AmendsStatus *status)
{
  return (guint) MIN (status->n_free / RECORD_BYTES, N_RECORDS_LOW);
}

/**
 * amends_kiosk_queue_has_room:
 *
 * Returns: whether the disk has room for one more record, as far as is known
 */
gboolean
amends_kiosk_queue_has_room (const AmendsStatus *status)
{
  return count_room (status) > 0;
}

/**
 * amends_kiosk_queue_describe_room:
 *
 * Returns: (transfer full): for how many records the disk has room, in the language of the machine
 */
char *
amends_kiosk_queue_describe_room (const AmendsStatus *status)
{
  guint n_records = count_room (status);

  if (n_records >= N_RECORDS_LOW)
    return g_strdup (_ ("There is enough room on its disk."));
  return g_strdup_printf (
      ngettext ("There is room for about %u more record. Make room on its disk.",
                "There is room for about %u more records. Make room on its disk.", n_records),
      n_records);
}

static gboolean
is_late (const AmendsCalendar *calendar, gint64 since, AmendsDay today)
{
  gboolean is_provisional;

  return today >= amends_calendar_add_working_days_provisional (calendar,
                                                                amends_day_from_instant (since),
                                                                N_WORKING_DAYS, &is_provisional);
}

/**
 * amends_kiosk_queue_describe:
 * @editions: (nullable): what the landlord has published; %NULL while that is not known
 * @scheme: where the kiosk stands
 *
 * Staff are told that the disk is nearly full before anything is refused. Once the oldest record that waits is one
 * working day old, they are told how many wait, and nothing of what is in them. Restricted ones are not counted: so that
 * they do not lie there for ever, it is said of any kiosk how long it has been out of touch, whatever waits. Said only
 * where one waits, it would show that one does. It is their line, and so in the language of the machine.
 * Returns: (transfer full) (nullable): the sentence; %NULL while there is none to say
 */
char *
amends_kiosk_queue_describe (const AmendsStatus *status,
                             const AmendsEditions *editions,
                             const char *scheme,
                             AmendsDay today)
{
  const AmendsCalendar *calendar = editions != NULL ? get_calendar (editions, scheme, today) : NULL;

  if (count_room (status) < N_RECORDS_LOW)
    {
      g_autofree char *room = amends_kiosk_queue_describe_room (status);

      return g_strdup_printf (_ ("Staff: %s"), room);
    }
  if (calendar == NULL)
    return NULL;
  if (status->n_sealed > 0 && is_late (calendar, status->sealed_at, today))
    return g_strdup_printf (ngettext ("Staff: %u record waits to be sent",
                                      "Staff: %u records wait to be sent", status->n_sealed),
                            status->n_sealed);
  if (status->last_sync > 0 && is_late (calendar, status->last_sync, today))
    {
      g_autofree char *day = amends_words_day (amends_day_from_instant (status->last_sync));

      return g_strdup_printf (_ ("Staff: not in touch with head office since %s"), day);
    }
  return NULL;
}
