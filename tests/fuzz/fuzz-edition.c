/* fuzz-edition.c: publications from outside, a line each
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-edition.h"
#include "fuzz/fuzz.h"

#define MAX_LINES 20

static const char code_text[] =
    "[policy]\nid=code\nlandlord=L\ntitle=T\nversion=1\ncalendar=oak\n"
    "[clock:respond]\nstart=acknowledged\nlength=10\nunit=working-days\nend=responded\n"
    "clause=1\nstatus=exact\n";
static const char calendar_text[] =
    "[calendar]\nid=oak\nname=Oak\nfirst_year=2026\nlast_year=2026\n"
    "[holidays]\n2026-12-25=Christmas Day\n";

static char *
kind_of (const char *code, gpointer user_data)
{
  return g_strdup (code[0] == 'A' ? "admin" : "staff");
}

static GPtrArray *
parse_lines (const char *data, gsize size)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 0 };
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  const char *end = data + size;

  for (int i = 0; i < MAX_LINES && data < end; i++)
    {
      const char *newline = memchr (data, '\n', (gsize) (end - data));
      gsize n_bytes = (gsize) ((newline != NULL ? newline : end) - data);
      AmendsEvent *event = amends_event_parse_line (data, n_bytes, salt, NULL);

      if (event != NULL)
        g_ptr_array_add (events, event);
      data += n_bytes + 1;
    }
  return events;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static AmendsPolicy *code;
  static GPtrArray *calendars;
  g_autoptr (GPtrArray) events = parse_lines ((const char *) data, size);
  AmendsEditionsSource source = { .events = events, .kind_of = kind_of };
  g_autoptr (AmendsEditions) editions = NULL;

  if (code == NULL)
    {
      g_autoptr (GBytes) policy_bytes = g_bytes_new_static (code_text, sizeof code_text - 1);
      g_autoptr (GBytes) bytes = g_bytes_new_static (calendar_text, sizeof calendar_text - 1);

      code = amends_policy_parse (policy_bytes, "code", NULL, NULL);
      calendars = g_ptr_array_new ();
      g_ptr_array_add (calendars, amends_calendar_parse (bytes, "oak", NULL, NULL));
    }
  source.code = code;
  source.calendars = calendars;
  editions = amends_editions_new (&source);

  /* Each is used whole, or says why not; what is in force is one of those used, and begins in time. */
  for (guint i = 0; i < amends_editions_get_n_editions (editions); i++)
    {
      const AmendsEdition *edition = amends_editions_get_nth (editions, i);
      AmendsDay day = edition->from_day;
      const AmendsEdition *in_force;

      g_assert_true (edition->problem != NULL || edition->policy != NULL
                     || edition->calendar != NULL);
      g_assert_true (edition->problem != NULL || edition->id.code[0] == 'A');
      if (edition->problem != NULL || edition->policy == NULL)
        continue;
      in_force =
          amends_editions_get_in_force (editions,
                                        edition->schemes != NULL ? edition->schemes[0] : NULL, day);
      g_assert_nonnull (in_force);
      g_assert_cmpint (in_force->from_day, <=, day);
      g_assert_true (amends_editions_find (editions, &in_force->id) == in_force);
    }
  g_assert_nonnull (amends_editions_get_calendar (editions, "oak"));
  return 0;
}
