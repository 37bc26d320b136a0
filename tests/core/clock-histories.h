/* clock-histories.h: histories written in one line, for tables
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <string.h>

#include "core/amends-clock.h"
#include "core/days.h"

/* "received 2026-12-17, extended 2027-01-04 working_days=10" as the JSON of an input. A value that is
 * no number is a text; "yes" is true. */
static inline json_t *
history_of (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ", ", -1);
  json_t *events = json_array ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (parts[i], " ", -1);
      json_t *event = json_pack ("{s:s, s:s}", "event", words[0], "on", words[1]);

      for (guint j = 2; words[j] != NULL; j++)
        {
          char *value = strchr (words[j], '=');
          gint64 number;

          g_assert_nonnull (value);
          *value++ = '\0';
          if (strcmp (value, "yes") == 0)
            json_object_set_new (event, words[j], json_true ());
          else if (g_ascii_string_to_signed (value, 10, G_MININT, G_MAXINT, &number, NULL))
            json_object_set_new (event, words[j], json_integer (number));
          else
            json_object_set_new (event, words[j], json_string (value));
        }
      json_array_append_new (events, event);
    }
  return json_pack ("{s:o}", "events", events);
}
