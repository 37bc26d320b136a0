/* policy-files.h: the files that ship, for tests
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <string.h>

#include "core/amends-calendar.h"
#include "core/amends-policy.h"

/* The editions in the order of the tables. */
static const char *const policy_ids[] = { "one-housing", "housing-21", "rosebery",
                                          "wdh",         "reliance",   "code-2024" };

static inline GBytes *
load_data (const char *folder, const char *file)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", folder, file, NULL);
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  if (!g_file_get_contents (path, &contents, &length, &error))
    g_error ("%s", error->message);
  return g_bytes_new_take (contents, length);
}

static inline AmendsPolicy *
load_policy (const char *id)
{
  g_autofree char *file = g_strconcat (id, ".policy", NULL);
  g_autoptr (GBytes) bytes = load_data ("policies", file);
  g_autoptr (GError) error = NULL;
  AmendsPolicy *policy = amends_policy_parse (bytes, file, NULL, &error);

  if (policy == NULL)
    g_error ("%s", error->message);
  return policy;
}

static inline AmendsCalendar *
load_calendar_of (const char *id)
{
  g_autofree char *file = g_strconcat (id, ".calendar", NULL);
  g_autoptr (GBytes) bytes = load_data ("calendars", file);
  g_autoptr (GError) error = NULL;
  AmendsCalendar *calendar = amends_calendar_parse (bytes, file, NULL, &error);

  if (calendar == NULL)
    g_error ("%s", error->message);
  return calendar;
}

static inline AmendsCalendar *
load_calendar (void)
{
  return load_calendar_of ("england-and-wales");
}

/* The calendar of England and Wales with more behind it, the closures of a landlord say. */
static inline AmendsCalendar *
load_calendar_with (const char *more)
{
  g_autoptr (GBytes) shipped = load_data ("calendars", "england-and-wales.calendar");
  g_autofree char *text = g_strdup_printf ("%.*s\n%s", (int) g_bytes_get_size (shipped),
                                           (const char *) g_bytes_get_data (shipped, NULL), more);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  AmendsCalendar *calendar = amends_calendar_parse (bytes, "more.calendar", NULL, &error);

  if (calendar == NULL)
    g_error ("%s", error->message);
  return calendar;
}
