/* days.h: days as a table writes them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-day.h"

static inline AmendsDay
day_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  AmendsDay day = AMENDS_DAY_NONE;

  amends_day_parse (text, &day, &error);
  g_assert_no_error (error);
  return day;
}
