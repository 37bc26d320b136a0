/* fuzz-day.c: dates and instants from outside
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-day.h"
#include "core/amends-instant.h"
#include "fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  AmendsDay first;
  AmendsDay last;
  gint64 instant;

  /* Whatever is taken is written back as it stood. */
  if (amends_day_parse (text, &first, NULL))
    {
      g_autofree char *again = amends_day_format (first);

      g_assert_cmpstr (again, ==, text);
    }
  if (amends_instant_parse (text, &instant, NULL))
    {
      g_autofree char *again = amends_instant_format (instant);

      g_assert_cmpstr (again, ==, text);
    }
  if (amends_partial_day_parse (text, &first, &last, NULL))
    g_assert_true (first <= last && first >= AMENDS_DAY_FIRST && last <= AMENDS_DAY_LAST);

  return 0;
}
