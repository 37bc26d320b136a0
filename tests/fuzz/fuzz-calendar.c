/* fuzz-calendar.c: calendar files from outside
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-calendar.h"
#include "fuzz/fuzz.h"

/* A count and the days between its ends are two ways to say one thing. */
static void
check_counts (const AmendsCalendar *calendar)
{
  AmendsDay first = amends_calendar_get_first_day (calendar);
  gboolean is_provisional;
  AmendsDay day =
      amends_calendar_add_working_days_provisional (calendar, first, 100, &is_provisional);

  g_assert_cmpint (amends_calendar_working_days_between (calendar, first, day), ==, 100);
}

/* The landlord is closed on the holidays, and beside them on nothing but working days. */
static void
check_closures (const AmendsCalendar *calendar, const AmendsCalendar *landlords)
{
  AmendsDay first = amends_calendar_get_first_day (calendar);

  for (AmendsDay day = first; day < first + 400; day++)
    {
      g_assert_cmpstr (amends_calendar_get_holiday (calendar, day), ==,
                       amends_calendar_get_holiday (landlords, day));
      g_assert_true (amends_calendar_is_working_day (calendar, day)
                     == (amends_calendar_is_working_day (landlords, day)
                         || amends_calendar_get_closure (landlords, day) != NULL));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsCalendar) calendar = amends_calendar_parse (bytes, "file", problems, &error);
  const AmendsCalendar *landlords;

  /* It is taken whole, or everything that is wrong with it is said. */
  g_assert_true ((calendar == NULL) == (error != NULL));
  g_assert_true ((calendar == NULL) == (problems->len > 0));
  if (calendar == NULL)
    return 0;

  g_assert_cmpstr (amends_calendar_get_name (calendar), !=, "");
  landlords = amends_calendar_get_for_policy (calendar, "oak");
  check_counts (calendar);
  check_counts (landlords);
  check_closures (calendar, landlords);
  return 0;
}
