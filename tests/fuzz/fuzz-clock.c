/* fuzz-clock.c: histories from outside, and the clocks computed from them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-clock.h"
#include "core/amends-event.h"
#include "fuzz/fuzz.h"

#define RULE "\nclause=1\nstatus=exact\n"

static const char policy_text[] =
    "[policy]\nid=oak\nlandlord=Oak Homes\ntitle=T\nversion=1\ncalendar=oak\n"
    "[clock:acknowledge]\nstart=received\nlength=5\nunit=working-days\nend=acknowledged" RULE
    "[clock:contact]\nstart=assigned\nlength=3\nunit=working-days\nend=contacted" RULE
    "[clock:respond]\nstart=acknowledged\nlength=10\nunit=working-days\nend=responded" RULE
    "[clock:escalate]\nstart=responded\nstart_delivered=true\nlength=6\nunit=months\n"
    "end=escalation_requested" RULE
    "[clock:close]\nstart=responded\nlength=28\nunit=calendar-days\nend=closed" RULE
    "[clock:stage2-acknowledge]\nstart=escalation_requested\nlength=5\nunit=working-days\n"
    "end=stage2_acknowledged" RULE
    "[clock:stage2-update]\nstart=stage2_acknowledged\nlength=10\nunit=working-days\n"
    "end=stage2_updated" RULE
    "[clock:stage2-respond]\nstart=stage2_acknowledged\nlength=20\nunit=working-days\n"
    "end=stage2_responded\nend_delivered=true\npostal_days=2" RULE
    "[clock:service-request]\nstart=informal_opened\nlength=7\nunit=working-days\n"
    "end=service_request_resolved" RULE
    "[clock:hazard-emergency]\nstart=hazard_reported\nlength=24\nunit=hours\n"
    "end=hazard_made_safe" RULE
    "[clock:hazard-investigate]\nstart=hazard_reported\nlength=10\nunit=working-days\n"
    "end=hazard_investigated" RULE
    "[clock:hazard-make-safe]\nstart=hazard_investigated\nlength=5\nunit=working-days\n"
    "end=hazard_made_safe" RULE
    "[clock:age-limit]\nstart=issue_aware\nlength=12\nunit=months\nend=received" RULE;

static const char calendar_text[] =
    "[calendar]\nid=oak\nname=Oak\nfirst_year=2026\nlast_year=2026\n"
    "[holidays]\n2026-12-25=Christmas Day\n"
    "[closures:oak]\n2026-12-29=Christmas closure\n2026-12-30=Christmas closure\n";

static AmendsPolicy *policy;
static AmendsCalendar *calendar;

static void
set_up (void)
{
  g_autoptr (GBytes) policy_bytes = g_bytes_new_static (policy_text, strlen (policy_text));
  g_autoptr (GBytes) calendar_bytes = g_bytes_new_static (calendar_text, strlen (calendar_text));

  policy = amends_policy_parse (policy_bytes, "oak.policy", NULL, NULL);
  calendar = amends_calendar_parse (calendar_bytes, "oak.calendar", NULL, NULL);
  g_assert_nonnull (policy);
  g_assert_nonnull (calendar);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  json_auto_t *input = amends_json_load ((const char *) data, size, NULL);
  AmendsDay as_of = amends_day_from_ymd (2030, 1, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) events = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (policy == NULL)
    set_up ();
  if (input == NULL)
    return 0;
  events = amends_clock_history_parse (input, as_of, &error);
  g_assert_true ((events == NULL) == (error != NULL));
  if (events == NULL)
    return 0;

  rows = amends_clocks_compute (policy, policy, calendar, events, as_of);
  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsClockRow *row = g_ptr_array_index (rows, i);
      json_auto_t *json = amends_clock_row_to_json (row, calendar);

      g_assert_nonnull (json);
      g_assert_true ((row->state == AMENDS_CLOCK_STATE_WAITING)
                     <= (row->met_day == AMENDS_DAY_NONE));
      g_assert_false (row->is_breached && row->clock->purpose != AMENDS_CLOCK_PURPOSE_DUTY);
      g_assert_false (row->met_day != AMENDS_DAY_NONE && row->ended_day != AMENDS_DAY_NONE);
    }
  return 0;
}
