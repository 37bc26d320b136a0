/* fuzz-calendar.c: calendar files from outside
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-calendar.h"
#include "fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (AmendsCalendar) calendar = amends_calendar_parse (bytes, NULL);
  AmendsDay first;
  AmendsDay day;
  gboolean is_provisional;

  if (calendar == NULL)
    return 0;

  /* A count and the days between its ends are two ways to say one thing. */
  first = amends_calendar_get_first_day (calendar);
  day = amends_calendar_add_working_days_provisional (calendar, first, 100, &is_provisional);
  g_assert_cmpint (amends_calendar_working_days_between (calendar, first, day), ==, 100);
  g_assert_cmpstr (amends_calendar_get_name (calendar), !=, "");
  return 0;
}
