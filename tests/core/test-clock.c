/* test-clock.c: due days that a caseworker could check with a wall calendar
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-clock.h"
#include "core/amends-error.h"
#include "core/clock-histories.h"
#include "core/policy-files.h"

typedef struct
{
  AmendsCalendar *calendar;
  GHashTable *policies; /* by id */
  AmendsPolicy *code;
} Fixture;

static void
fixture_set_up (Fixture *fixture, const void *user_data)
{
  fixture->calendar = load_calendar ();
  fixture->policies =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) amends_policy_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (policy_ids); i++)
    g_hash_table_insert (fixture->policies, (char *) policy_ids[i], load_policy (policy_ids[i]));
  fixture->code = g_hash_table_lookup (fixture->policies, "code-2024");
}

static void
fixture_tear_down (Fixture *fixture, const void *user_data)
{
  g_hash_table_unref (fixture->policies);
  amends_calendar_unref (fixture->calendar);
}

static GPtrArray *
compute (Fixture *fixture, const char *policy, const char *as_of, const char *history)
{
  json_auto_t *input = history_of (history);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) events = amends_clock_history_parse (input, day_of (as_of), &error);

  g_assert_no_error (error);
  return amends_clocks_compute (g_hash_table_lookup (fixture->policies, policy), fixture->code,
                                fixture->calendar, events, day_of (as_of));
}

static const AmendsClockRow *
find_row (GPtrArray *rows, const char *source, const char *clock)
{
  const AmendsClockRow *found = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsClockRow *row = g_ptr_array_index (rows, i);

      if (strcmp (amends_clock_source_get_name (row->source), source) == 0
          && strcmp (amends_clock_name_get_name (row->clock->name), clock) == 0)
        {
          g_assert_null (found); /* at most one of each */
          found = row;
        }
    }
  return found;
}

static char *
describe (const AmendsClockRow *row)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const struct
  {
    const char *name;
    AmendsDay day;
  } days[] = { { "started", row->started_day },
               { "due", row->due_day },
               { "outer", row->outer_day },
               { "met", row->met_day },
               { "send_by", row->send_by_day } };

  g_string_append_printf (text, "%s", amends_clock_state_get_name (row->state));
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      char day[AMENDS_DAY_TEXT_SIZE] = "none";

      if (days[i].day != AMENDS_DAY_NONE)
        amends_day_format_to (days[i].day, day);
      g_string_append_printf (text, " %s=%s", days[i].name, day);
    }
  g_string_append (text, row->is_breached ? " breached" : " kept");
  g_string_append (text, row->is_provisional ? " provisional" : " sure");
  if (row->state == AMENDS_CLOCK_STATE_RUNNING || row->state == AMENDS_CLOCK_STATE_OVERDUE)
    g_string_append_printf (text, " left=%d", row->n_working_days_left);
  g_string_append_printf (text, " earlier=%u", row->earlier != NULL ? row->earlier->len : 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef struct
{
  const char *policy;
  const char *as_of;
  const char *history;
  const char *source;
  const char *clock;
  const char *expected; /* words of describe(); NULL: there is no such row */
} Row;

static void
check_rows (Fixture *fixture, const Row *table, gsize n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      const Row *wanted = &table[i];
      g_autoptr (GPtrArray) rows =
          compute (fixture, wanted->policy, wanted->as_of, wanted->history);
      const AmendsClockRow *row = find_row (rows, wanted->source, wanted->clock);
      g_autofree char *found = row != NULL ? describe (row) : g_strdup ("no row");
      g_auto (GStrv) is = g_strsplit (found, " ", -1);
      g_auto (GStrv) wanted_words =
          g_strsplit (wanted->expected != NULL ? wanted->expected : "no row", " ", -1);

      for (guint j = 0; wanted_words[j] != NULL; j++)
        if (!g_strv_contains ((const char *const *) is, wanted_words[j]))
          {
            g_test_message ("%s, as of %s: %s: %s %s: not “%s” but “%s”", wanted->policy,
                            wanted->as_of, wanted->history, wanted->source, wanted->clock,
                            wanted->expected, found);
            g_test_fail ();
          }
    }
}

/* Acknowledged on the last day, answered on the last unextended day, stage 2 asked for on the next
 * working day and acknowledged on its last: each policy, over Christmas, Easter, the summer and from a
 * Saturday. The Code's own rows are checked beside Housing 21's. */
static const struct
{
  const char *policy;
  const char *received;
  const char *acknowledge;
  const char *respond;
  const char *extended;
  const char *requested;
  const char *stage2_acknowledge;
  const char *stage2_respond;
  const char *stage2_extended;
} span_rows[] = {
  { "housing-21", "2026-12-17", "2026-12-24", "2027-01-12", "2027-01-26", "2027-01-13",
    "2027-01-20", "2027-02-17", "2027-03-17" },
  { "code-2024", "2026-12-17", "2026-12-24", "2027-01-12", "2027-01-26", "2027-01-13", "2027-01-20",
    "2027-02-17", "2027-03-17" },
  { "one-housing", "2026-12-17", "2026-12-24", "2027-01-12", "2027-01-26", "2027-01-13",
    "2027-01-20", "2027-02-10", "2027-03-10" },
  { "rosebery", "2026-12-17", "2026-12-21", "2027-01-07", "2027-01-21", "2027-01-08", "2027-01-12",
    "2027-01-26", "2027-02-23" },
  { "wdh", "2026-12-17", "2026-12-24", "2027-01-05", "2027-01-19", "2027-01-06", "2027-01-13",
    "2027-02-03", "2027-03-03" },
  { "reliance", "2026-12-17", "2026-12-23", "2027-01-11", "2027-01-25", "2027-01-12", "2027-01-19",
    "2027-02-09", "2027-03-09" },
  { "housing-21", "2026-03-26", "2026-04-02", "2026-04-20", "2026-05-05", "2026-04-21",
    "2026-04-28", "2026-05-28", "2026-06-25" },
  { "one-housing", "2026-03-26", "2026-04-02", "2026-04-20", "2026-05-05", "2026-04-21",
    "2026-04-28", "2026-05-20", "2026-06-18" },
  { "rosebery", "2026-03-26", "2026-03-30", "2026-04-15", "2026-04-29", "2026-04-16", "2026-04-20",
    "2026-05-05", "2026-06-03" },
  { "wdh", "2026-03-26", "2026-04-02", "2026-04-13", "2026-04-27", "2026-04-14", "2026-04-21",
    "2026-05-13", "2026-06-11" },
  { "reliance", "2026-03-26", "2026-04-01", "2026-04-17", "2026-05-01", "2026-04-20", "2026-04-27",
    "2026-05-19", "2026-06-17" },
  { "code-2024", "2027-08-20", "2027-08-27", "2027-09-13", "2027-09-27", "2027-09-14", "2027-09-21",
    "2027-10-19", "2027-11-16" },
  { "reliance", "2027-08-20", "2027-08-26", "2027-09-10", "2027-09-24", "2027-09-13", "2027-09-20",
    "2027-10-11", "2027-11-08" },
  { "housing-21", "2026-11-21", "2026-11-27", "2026-12-11", "2026-12-29", "2026-12-14",
    "2026-12-21", "2027-01-21", "2027-02-18" },
  { "rosebery", "2026-11-21", "2026-11-24", "2026-12-08", "2026-12-22", "2026-12-09", "2026-12-11",
    "2026-12-29", "2027-01-27" },
  { "reliance", "2026-11-21", "2026-11-27", "2026-12-11", "2026-12-29", "2026-12-14", "2026-12-21",
    "2027-01-14", "2027-02-11" },
};

static void
assert_due (GPtrArray *rows, const char *clock, const char *due)
{
  const AmendsClockRow *row = find_row (rows, "policy", clock);
  char found[AMENDS_DAY_TEXT_SIZE];

  g_assert_nonnull (row);
  amends_day_format_to (row->due_day, found);
  g_assert_cmpstr (found, ==, due);
}

static void
test_span (Fixture *fixture, const void *user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (span_rows); i++)
    {
      g_autofree char *history =
          g_strdup_printf ("received %s, acknowledged %s, responded %s, escalation_requested %s, "
                           "stage2_acknowledged %s",
                           span_rows[i].received, span_rows[i].acknowledge, span_rows[i].respond,
                           span_rows[i].requested, span_rows[i].stage2_acknowledge);
      g_autofree char *longer =
          g_strdup_printf ("%s, extended %s working_days=10, stage2_extended %s working_days=20",
                           history, span_rows[i].respond, span_rows[i].stage2_acknowledge);
      g_autoptr (GPtrArray) rows = compute (fixture, span_rows[i].policy, "2028-01-01", history);
      g_autoptr (GPtrArray) extended = compute (fixture, span_rows[i].policy, "2028-01-01", longer);

      g_test_message ("%s %s", span_rows[i].policy, span_rows[i].received);
      assert_due (rows, "acknowledge", span_rows[i].acknowledge);
      assert_due (rows, "respond", span_rows[i].respond);
      assert_due (extended, "respond", span_rows[i].extended);
      assert_due (rows, "stage2-acknowledge", span_rows[i].stage2_acknowledge);
      assert_due (rows, "stage2-respond", span_rows[i].stage2_respond);
      assert_due (extended, "stage2-respond", span_rows[i].stage2_extended);
      g_assert_cmpint (find_row (rows, "policy", "respond")->state, ==, AMENDS_CLOCK_STATE_MET);
    }
}

static const Row single_rows[] = {
  /* A contact three working days after the case was given to somebody. */
  { "one-housing", "2026-12-18", "received 2026-12-17, assigned 2026-12-18", "policy", "contact",
    "running due=2026-12-23 left=3" },
  { "one-housing", "2026-12-18", "received 2026-12-17", "policy", "contact", "waiting due=none" },
  /* Given to somebody else: the first counts; a talk from before does not end it. */
  { "one-housing", "2026-12-30",
    "received 2026-12-14, contacted 2026-12-15, assigned 2026-12-16, assigned 2026-12-18", "policy",
    "contact", "overdue due=2026-12-21 breached" },
  { "one-housing", "2026-12-30",
    "received 2026-12-14, assigned 2026-12-16, contacted 2026-12-17, contacted 2026-12-23",
    "policy", "contact", "met met=2026-12-17" },
  { "housing-21", "2026-12-18", "received 2026-12-17", "policy", "contact", NULL },
  /* Seven working days to try informally, and the Code's clock beside it. */
  { "wdh", "2026-12-17", "informal_opened 2026-12-17", "policy", "service-request",
    "running due=2026-12-30" },
  { "wdh", "2026-12-17", "informal_opened 2026-12-17", "policy", "acknowledge", NULL },
  { "wdh", "2026-12-17", "informal_opened 2026-12-17", "code", "acknowledge",
    "running due=2026-12-24" },
  { "wdh", "2027-01-05", "informal_opened 2026-12-17, received 2027-01-04", "policy", "respond",
    "running due=2027-01-18 outer=2027-01-18" },
  { "wdh", "2027-01-05", "informal_opened 2026-12-17, received 2027-01-04", "code", "acknowledge",
    "overdue due=2026-12-24 breached" },
  { "wdh", "2027-01-05", "informal_opened 2026-12-17, received 2026-12-21", "policy",
    "service-request", "ended kept" },
  { "wdh", "2026-12-23", "informal_opened 2026-12-17, service_request_resolved 2026-12-22", "code",
    "acknowledge", "ended kept" },
  { "reliance", "2026-12-17", "informal_opened 2026-12-17", "code", "acknowledge",
    "running due=2026-12-24" },
  { "reliance", "2026-12-17", "informal_opened 2026-12-17", "policy", "service-request", NULL },
  /* Three working days for a service request, which goes on beside the complaint. */
  { "rosebery", "2026-12-21", "service_request_opened 2026-12-16, received 2026-12-18", "policy",
    "service-request", "running due=2026-12-21 left=0" },
  /* 28 calendar days: a prompt, and no breach. */
  { "one-housing", "2027-03-01", "received 2026-12-17, responded 2027-01-12", "policy", "close",
    "overdue due=2027-02-09 kept" },
  { "one-housing", "2027-03-01", "received 2026-12-17, responded 2027-01-12", "policy", "escalate",
    NULL },
  /* Windows: 20 working days, 6 months; late only asks for a decision. */
  { "reliance", "2027-02-09", "received 2026-12-17, responded 2027-01-12", "policy", "escalate",
    "open due=2027-02-09" },
  { "reliance", "2027-02-10", "received 2026-12-17, responded 2027-01-12", "policy", "escalate",
    "lapsed kept" },
  { "reliance", "2027-03-10",
    "received 2026-12-17, responded 2027-01-12, escalation_requested 2027-03-01", "policy",
    "escalate", "lapsed met=2027-03-01 kept" },
  { "reliance", "2027-03-10",
    "received 2026-12-17, responded 2027-01-12, escalation_requested 2027-01-20", "policy",
    "escalate", "ended met=2027-01-20" },
  { "rosebery", "2027-02-01", "received 2026-12-17, responded 2027-01-07 delivered_on=2027-01-11",
    "policy", "escalate", "open started=2027-01-11 due=2027-02-08" },
  { "rosebery", "2027-02-01", "received 2026-12-17, responded 2027-01-07", "policy", "escalate",
    "open started=2027-01-07 due=2027-02-04" },
  { "housing-21", "2027-02-01", "received 2026-08-10, responded 2026-08-31", "policy", "escalate",
    "open due=2027-03-01" }, /* clamped to 28 February, a Sunday */
  { "housing-21", "2028-01-01", "received 2027-08-10, responded 2027-08-31", "policy", "escalate",
    "open due=2028-02-29" }, /* the leap day */
  /* An update of stage 2, counted from the acknowledgement. */
  { "housing-21", "2027-02-01",
    "received 2026-12-17, responded 2027-01-12, escalation_requested 2027-01-13, "
    "stage2_acknowledged 2027-01-20",
    "policy", "stage2-update", "running due=2027-02-03 left=2" },
  { "housing-21", "2027-02-01",
    "received 2026-12-17, responded 2027-01-12, escalation_requested 2027-01-13", "policy",
    "stage2-update", "waiting" },
};

static void
test_single (Fixture *fixture, const void *user_data)
{
  check_rows (fixture, single_rows, G_N_ELEMENTS (single_rows));
}

static const Row receipt_rows[] = {
  /* A plain week, a Saturday, Christmas Day, the days about Easter, a leap day. */
  { "one-housing", "2026-11-16", "received 2026-11-16", "policy", "acknowledge", "due=2026-11-23" },
  { "one-housing", "2026-11-21", "received 2026-11-21", "policy", "acknowledge", "due=2026-11-27" },
  { "one-housing", "2026-12-25", "received 2026-12-25", "policy", "acknowledge",
    "due=2027-01-05 left=5" },
  { "one-housing", "2027-12-25", "received 2027-12-25", "policy", "acknowledge", "due=2028-01-05" },
  { "one-housing", "2026-04-02", "received 2026-04-02", "policy", "acknowledge", "due=2026-04-13" },
  { "one-housing", "2028-02-29", "received 2028-02-29", "policy", "acknowledge", "due=2028-03-07" },
  { "housing-21", "2026-12-25", "received 2026-12-25", "policy", "acknowledge", "due=2027-01-05" },
  { "rosebery", "2026-12-25", "received 2026-12-25", "policy", "acknowledge", "due=2026-12-30" },
  { "rosebery", "2026-04-03", "received 2026-04-03", "policy", "acknowledge", "due=2026-04-08" },
  { "wdh", "2026-12-25", "received 2026-12-25", "policy", "respond", "due=2027-01-12" },
  { "wdh", "2028-12-20", "received 2028-12-20", "policy", "respond", "due=2029-01-05 provisional" },
  { "wdh", "2028-12-20", "received 2028-12-20", "policy", "acknowledge", "due=2028-12-29 sure" },
  /* The day of receipt is day 1 if it is a working day. */
  { "reliance", "2026-11-16", "received 2026-11-16", "policy", "acknowledge", "due=2026-11-20" },
  { "reliance", "2026-11-21", "received 2026-11-21", "policy", "acknowledge", "due=2026-11-27" },
  { "reliance", "2026-12-25", "received 2026-12-25", "policy", "acknowledge", "due=2027-01-05" },
  { "reliance", "2026-04-02", "received 2026-04-02", "policy", "acknowledge", "due=2026-04-10" },
  /* The day itself, the day after, the weekend after. */
  { "code-2024", "2026-11-20", "received 2026-11-13", "code", "acknowledge",
    "running left=0 kept" },
  { "code-2024", "2026-11-21", "received 2026-11-13", "code", "acknowledge",
    "overdue left=-1 breached" },
  { "code-2024", "2026-11-24", "received 2026-11-13", "code", "acknowledge",
    "overdue left=-2 breached" },
  { "code-2024", "2026-11-24", "received 2026-11-13", "code", "contact", NULL },
  { "code-2024", "2026-11-24", "received 2026-11-13", "code", "stage2-respond", NULL },
};

static void
test_receipt (Fixture *fixture, const void *user_data)
{
  check_rows (fixture, receipt_rows, G_N_ELEMENTS (receipt_rows));
}

static const Row acknowledgement_rows[] = {
  /* Nobody acknowledged: the response waits, and does not look calm. */
  { "housing-21", "2026-12-01", "received 2026-11-16", "policy", "respond",
    "waiting due=none outer=2026-12-07 kept" },
  { "housing-21", "2026-12-08", "received 2026-11-16", "policy", "respond",
    "waiting due=none outer=2026-12-07 breached" },
  /* Acknowledged early: both count from it. Late: it buys no time. */
  { "housing-21", "2026-12-01", "received 2026-11-16, acknowledged 2026-11-18", "policy", "respond",
    "running due=2026-12-02 outer=2026-12-02" },
  { "housing-21", "2026-12-08", "received 2026-11-16, acknowledged 2026-11-30", "policy", "respond",
    "running due=2026-12-14 outer=2026-12-07 breached left=4" },
  { "housing-21", "2026-12-08",
    "received 2026-11-16, acknowledged 2026-11-30, responded 2026-12-08", "policy", "respond",
    "met-late breached" },
  { "housing-21", "2026-12-08", "received 2026-11-16, acknowledged 2026-11-30", "policy",
    "acknowledge", "met-late met=2026-11-30 breached" },
  /* A response with no acknowledgement counts as both. */
  { "housing-21", "2026-12-08", "received 2026-11-16, responded 2026-11-20", "policy",
    "acknowledge", "met met=2026-11-20" },
  { "housing-21", "2026-12-08", "received 2026-11-16, responded 2026-11-20", "policy", "respond",
    "met started=2026-11-20" },
  /* The first counts; Rosebery's is the first that was written. */
  { "housing-21", "2026-12-08",
    "received 2026-11-16, acknowledged 2026-11-20, acknowledged 2026-11-18", "policy",
    "acknowledge", "met=2026-11-18" },
  { "rosebery", "2026-11-20",
    "received 2026-11-16, acknowledged 2026-11-17 medium=telephone, acknowledged 2026-11-19",
    "policy", "acknowledge", "met-late met=2026-11-19 breached" },
  { "rosebery", "2026-11-20",
    "received 2026-11-16, acknowledged 2026-11-17 medium=telephone, acknowledged 2026-11-19",
    "code", "acknowledge", "met met=2026-11-17" },
  { "rosebery", "2026-11-20", "received 2026-11-16, acknowledged 2026-11-17", "policy", "contact",
    "running due=2026-11-20" },
};

static void
test_acknowledgement (Fixture *fixture, const void *user_data)
{
  check_rows (fixture, acknowledgement_rows, G_N_ELEMENTS (acknowledgement_rows));
}

#define S1 "received 2026-11-16, acknowledged 2026-11-23" /* due 7 December */

static const Row extension_rows[] = {
  { "one-housing", "2026-12-08", S1 ", extended 2026-12-07 working_days=10", "policy", "respond",
    "running due=2026-12-21 kept" },
  { "one-housing", "2026-12-09", S1 ", extended 2026-12-08 working_days=10", "policy", "respond",
    "running due=2026-12-21 breached" },
  { "one-housing", "2026-12-08",
    S1 ", extended 2026-12-01 working_days=4, extended 2026-12-03 working_days=6", "policy",
    "respond", "due=2026-12-21 kept" },
  /* Counted on from the unextended day, also when it is decided early. */
  { "one-housing", "2026-11-17", "received 2026-11-16, extended 2026-11-17 working_days=5",
    "policy", "respond", "waiting outer=2026-12-14" },
  /* The Code takes 10, or what there was good reason for. */
  { "one-housing", "2026-12-08", S1 ", extended 2026-12-01 working_days=15", "policy", "respond",
    "due=2026-12-30" },
  { "one-housing", "2026-12-08", S1 ", extended 2026-12-01 working_days=15", "code", "respond",
    "due=2026-12-21" },
  { "one-housing", "2026-12-08", S1 ", extended 2026-12-01 working_days=15 good_reason=yes", "code",
    "respond", "due=2026-12-30" },
  { "wdh", "2026-12-01", S1 ", extended 2026-11-30 working_days=10", "code", "respond",
    "due=2026-12-21" },
  { "wdh", "2026-12-01", S1 ", extended 2026-11-30 working_days=10", "policy", "respond",
    "due=2026-12-14 kept" },
};

static void
test_extension (Fixture *fixture, const void *user_data)
{
  check_rows (fixture, extension_rows, G_N_ELEMENTS (extension_rows));
}

static const Row escalation_rows[] = {
  /* Overdue: stage 2 runs from the request, and stage 1 ends in breach. */
  { "one-housing", "2026-12-10", S1 ", escalation_requested 2026-12-08", "policy", "respond",
    "ended breached" },
  { "one-housing", "2026-12-10", S1 ", escalation_requested 2026-12-08", "policy",
    "stage2-acknowledge", "running started=2026-12-08 due=2026-12-15" },
  { "one-housing", "2026-12-10", S1 ", escalation_requested 2026-12-08", "policy", "stage2-respond",
    "running due=2027-01-08" },
  { "one-housing", "2026-12-10", S1 ", escalation_requested 2026-12-08", "code", "stage2-respond",
    "waiting outer=2027-01-15" },
  /* Not yet due: kept for the response … */
  { "one-housing", "2026-12-02", S1 ", escalation_requested 2026-12-01", "policy",
    "stage2-acknowledge", "waiting" },
  { "one-housing", "2026-12-02", S1 ", escalation_requested 2026-12-01", "policy", "respond",
    "running due=2026-12-07 kept" },
  { "one-housing", "2026-12-10", S1 ", escalation_requested 2026-12-01, responded 2026-12-03",
    "policy", "stage2-acknowledge", "running started=2026-12-03" },
  { "one-housing", "2026-12-10", S1 ", escalation_requested 2026-12-01, responded 2026-12-03",
    "policy", "respond", "met kept" },
  /* … or for the working day after the due day. */
  { "one-housing", "2026-12-10", S1 ", escalation_requested 2026-12-01", "policy",
    "stage2-acknowledge", "running started=2026-12-08" },
  { "one-housing", "2026-12-10", S1 ", escalation_requested 2026-12-01", "policy", "respond",
    "ended breached" },
  { "one-housing", "2026-12-10", S1 ", escalation_requested 2026-12-01", "policy", "contact",
    "ended" },
  { "one-housing", "2026-12-20", S1 ", escalation_requested 2026-12-08, responded 2026-12-14",
    "policy", "respond", "ended breached met=none" },
  /* In the complainant's hands by the due day; a letter goes two working days before. */
  { "rosebery", "2027-01-25",
    "received 2026-12-17, responded 2027-01-07, escalation_requested 2027-01-08, "
    "stage2_acknowledged 2027-01-12",
    "policy", "stage2-respond", "running due=2027-01-26 send_by=2027-01-22 left=1" },
  { "rosebery", "2027-01-28",
    "received 2026-12-17, responded 2027-01-07, escalation_requested 2027-01-08, "
    "stage2_acknowledged 2027-01-12, stage2_responded 2027-01-25 delivered_on=2027-01-27",
    "policy", "stage2-respond", "met-late met=2027-01-27 breached" },
  { "rosebery", "2027-01-28",
    "received 2026-12-17, responded 2027-01-07, escalation_requested 2027-01-08, "
    "stage2_acknowledged 2027-01-12, stage2_responded 2027-01-25, delivered 2027-01-26",
    "policy", "stage2-respond", "met met=2027-01-26" },
  { "rosebery", "2027-01-26",
    "received 2026-12-17, responded 2027-01-07, escalation_requested 2027-01-08, "
    "stage2_acknowledged 2027-01-12, stage2_responded 2027-01-26 medium=in-person",
    "policy", "stage2-respond", "met met=2027-01-26 send_by=2027-01-26" },
};

static void
test_escalation (Fixture *fixture, const void *user_data)
{
  check_rows (fixture, escalation_rows, G_N_ELEMENTS (escalation_rows));
}

static const Row ending_rows[] = {
  { "one-housing", "2026-12-10", "received 2026-11-16, withdrawn 2026-11-18", "policy",
    "acknowledge", "ended kept" },
  { "one-housing", "2026-12-10", "received 2026-11-16, withdrawn 2026-11-18", "policy", "respond",
    "ended kept" },
  { "one-housing", "2026-12-10", "received 2026-11-16, declined 2026-11-24", "policy",
    "acknowledge", "ended breached" },
  { "one-housing", "2026-12-10",
    "received 2026-11-16, declined 2026-11-18, reopened 2026-12-01 because=refusal-overturned",
    "policy", "acknowledge", "overdue started=2026-12-01 due=2026-12-08 earlier=1 breached" },
  { "one-housing", "2026-12-10",
    "received 2026-11-16, declined 2026-11-18, reopened 2026-12-01 because=ombudsman-instruction",
    "code", "respond", "waiting outer=2026-12-22 earlier=1" },
  { "one-housing", "2026-12-10",
    "received 2026-11-16, declined 2026-11-24, reopened 2026-12-01 because=refusal-overturned, "
    "acknowledged 2026-12-02",
    "policy", "acknowledge", "met earlier=1 breached" }, /* nothing takes a breach back */
  { "one-housing", "2026-12-10",
    S1 ", responded 2026-12-01, closed 2026-12-03, reopened 2026-12-08 because=actions-unfinished",
    "policy", "respond", "met earlier=0" },
  { "one-housing", "2026-12-10", "received 2026-11-16 anonymous=yes", "policy", "acknowledge",
    NULL },
  { "one-housing", "2026-12-10", "received 2026-11-16 anonymous=yes", "policy", "contact", NULL },
  { "one-housing", "2026-12-10", "received 2026-11-16 anonymous=yes", "policy", "respond",
    "overdue started=2026-11-23 due=2026-12-07" },
  { "reliance", "2026-12-10", "received 2026-11-16 anonymous=yes, responded 2026-12-01", "policy",
    "escalate", NULL },
};

static void
test_ending (Fixture *fixture, const void *user_data)
{
  check_rows (fixture, ending_rows, G_N_ELEMENTS (ending_rows));
}

static const Row age_rows[] = {
  { "housing-21", "2026-11-20", "issue_arose 2025-11-20, received 2026-11-20", "policy",
    "age-limit", "ended due=2026-11-20 met=2026-11-20" },
  { "housing-21", "2026-11-21", "issue_arose 2025-11-19, received 2026-11-20", "policy",
    "age-limit", "lapsed kept" },
  { "rosebery", "2026-11-20", "issue_arose 2026-05-20, received 2026-11-20", "policy", "age-limit",
    "ended due=2026-11-20" },
  { "rosebery", "2026-11-20", "issue_arose 2026-05-19, received 2026-11-20", "policy", "age-limit",
    "lapsed" },
  { "rosebery", "2026-11-20", "issue_arose 2026-05-19, received 2026-11-20", "code", "age-limit",
    "ended due=2027-05-19" },
  { "wdh", "2026-11-20", "issue_arose 2026-01-05, issue_aware 2026-06-01", "policy", "age-limit",
    "open started=2026-06-01 due=2026-12-01" },
  { "reliance", "2026-11-20", "issue_arose 2026-01-05, issue_aware 2026-06-01", "policy",
    "age-limit", "open started=2026-01-05 due=2027-01-05" },
  /* Only the month, or the year, is known: from its last day. */
  { "wdh", "2026-11-20", "issue_arose 2026-08", "policy", "age-limit", "due=2027-03-01" },
  { "code-2024", "2026-11-20", "issue_arose 2025", "code", "age-limit", "due=2026-12-31" },
  { "code-2024", "2026-11-20", "issue_arose 2026-11", "code", "age-limit", "due=2027-11-30" },
  /* From a leap day to 28 February. The day the service request was made counts. */
  { "code-2024", "2024-03-01", "issue_arose 2024-02-29", "code", "age-limit", "due=2025-02-28" },
  { "rosebery", "2026-11-20",
    "issue_arose 2026-05-01, service_request_opened 2026-05-04, received 2026-11-20", "policy",
    "age-limit", "ended met=2026-05-04" },
};

static void
test_age (Fixture *fixture, const void *user_data)
{
  check_rows (fixture, age_rows, G_N_ELEMENTS (age_rows));
}

/* What runs beside a complaint, and is neither delayed nor ended by it. */
static const Row beside_rows[] = {
  /* An enquiry of an MP or councillor: ten working days, at One Housing alone. */
  { "one-housing", "2026-12-17", "enquiry_received 2026-12-17", "policy", "enquiry",
    "running due=2027-01-05 left=10" },
  { "one-housing", "2027-01-06", "enquiry_received 2026-12-17, enquiry_replied 2027-01-05",
    "policy", "enquiry", "met kept" },
  { "one-housing", "2027-01-06", "enquiry_received 2026-12-17", "policy", "enquiry",
    "overdue breached left=-1" },
  { "one-housing", "2026-12-17", "enquiry_received 2026-12-17", "code", "enquiry", NULL },
  { "wdh", "2026-12-17", "enquiry_received 2026-12-17", "policy", "enquiry", NULL },
  /* A data protection complaint: 30 days from the next day; the 30th is no working day: the next. */
  { "wdh", "2026-11-20", "data_complaint_received 2026-11-19", "policy", "data-complaint",
    "running due=2026-12-21" },
  { "wdh", "2026-11-20", "data_complaint_received 2026-11-16", "policy", "data-complaint",
    "running due=2026-12-16" },
  { "rosebery", "2026-08-01", "data_complaint_received 2026-07-30", "policy", "data-complaint",
    "running due=2026-09-01" }, /* 29 August is a Saturday, the 31st a bank holiday */
  { "wdh", "2026-12-30", "data_complaint_received 2026-11-25", "policy", "data-complaint",
    "overdue due=2026-12-29 breached" }, /* over Christmas Day */
  { "wdh", "2026-12-30",
    "data_complaint_received 2026-11-25, data_complaint_acknowledged 2026-12-29", "policy",
    "data-complaint", "met kept" },
  { "wdh", "2026-11-20",
    "data_complaint_received 2026-11-19, received 2026-11-16, declined "
    "2026-11-20",
    "policy", "data-complaint", "running" },
  /* A hazard: investigated in 10 working days, the summary in 3 more, made safe in 5 more. */
  { "housing-21", "2026-12-17", "hazard_reported 2026-12-17", "policy", "hazard-investigate",
    "running due=2027-01-05" },
  { "housing-21", "2026-12-17", "hazard_reported 2026-12-17", "policy", "hazard-emergency", NULL },
  { "housing-21", "2026-12-17", "hazard_reported 2026-12-17", "policy", "hazard-make-safe", NULL },
  { "housing-21", "2026-12-17", "hazard_reported 2026-12-17", "code", "hazard-investigate", NULL },
  { "housing-21", "2026-12-23", "hazard_reported 2026-12-17, hazard_investigated 2026-12-23",
    "policy", "hazard-investigate", "met kept" },
  { "housing-21", "2026-12-23", "hazard_reported 2026-12-17, hazard_investigated 2026-12-23",
    "policy", "hazard-written-summary", "running due=2026-12-30" },
  { "housing-21", "2026-12-23", "hazard_reported 2026-12-17, hazard_investigated 2026-12-23",
    "policy", "hazard-make-safe", "running due=2027-01-04" },
  { "housing-21", "2027-01-05",
    "hazard_reported 2026-12-17, hazard_investigated 2026-12-23, hazard_summary_sent 2026-12-31, "
    "hazard_made_safe 2026-12-29",
    "policy", "hazard-written-summary", "met-late breached" },
  { "housing-21", "2027-01-05",
    "hazard_reported 2026-12-17, hazard_investigated 2026-12-23, hazard_made_safe 2026-12-18",
    "policy", "hazard-make-safe", "met kept met=2026-12-18" }, /* safe before it was understood */
  { "housing-21", "2027-01-05",
    "hazard_reported 2026-12-17, hazard_investigated 2026-12-23 because=no-hazard", "policy",
    "hazard-make-safe", NULL },
  { "housing-21", "2026-12-18",
    "hazard_reported 2026-12-17, received 2026-12-17, withdrawn "
    "2026-12-18",
    "policy", "hazard-investigate", "running" },
  /* The request that it came with is settled: so is the hazard, though nobody wrote down how. */
  { "housing-21", "2027-01-05",
    "hazard_reported 2026-12-17, service_request_opened 2026-12-17, "
    "service_request_resolved 2026-12-23",
    "policy", "hazard-investigate", "met kept met=2026-12-23" },
  /* An emergency: 24 hours, through weekend and holiday. */
  { "housing-21", "2026-12-25", "hazard_reported 2026-12-25 because=emergency", "policy",
    "hazard-emergency", "running due=2026-12-26 sure" },
  { "housing-21", "2026-12-27", "hazard_reported 2026-12-25 because=emergency", "policy",
    "hazard-emergency", "overdue breached" },
  { "housing-21", "2026-12-27",
    "hazard_reported 2026-12-25 because=emergency, hazard_made_safe 2026-12-26", "policy",
    "hazard-emergency", "met kept" },
  { "housing-21", "2026-12-27", "hazard_reported 2026-12-25 because=emergency", "policy",
    "hazard-investigate", NULL },
  /* Damp that turns out worse: each clock from its own report. */
  { "housing-21", "2026-12-20",
    "hazard_reported 2026-12-17, hazard_reported 2026-12-19 because=emergency", "policy",
    "hazard-emergency", "running started=2026-12-19 due=2026-12-20" },
  { "housing-21", "2026-12-20",
    "hazard_reported 2026-12-17, hazard_reported 2026-12-19 because=emergency", "policy",
    "hazard-investigate", "running started=2026-12-17" },
  /* Whoever looked found none: nothing is to be made safe. */
  { "housing-21", "2026-12-27",
    "hazard_reported 2026-12-25 because=emergency, hazard_investigated 2026-12-25 "
    "because=no-hazard",
    "policy", "hazard-emergency", "met kept met=2026-12-25" },
  /* Another, when the first was over: it has its own days, and what was late stays late. */
  { "housing-21", "2027-01-12",
    "hazard_reported 2026-12-17, hazard_investigated 2026-12-18, hazard_made_safe 2026-12-21, "
    "hazard_reported 2027-01-11",
    "policy", "hazard-investigate", "running started=2027-01-11 due=2027-01-25" },
  { "housing-21", "2027-01-12",
    "hazard_reported 2026-12-17, hazard_investigated 2027-01-06, hazard_made_safe 2027-01-07, "
    "hazard_reported 2027-01-11",
    "policy", "hazard-investigate", "running started=2027-01-11 breached" },
  { "housing-21", "2027-01-12",
    "hazard_reported 2026-12-17, hazard_investigated 2026-12-18, hazard_made_safe 2026-12-21, "
    "hazard_reported 2027-01-11",
    "policy", "hazard-make-safe", "met kept met=2026-12-21" },
  /* One beside the first, while that is not over, is dealt with in the same days. */
  { "housing-21", "2027-01-12", "hazard_reported 2026-12-17, hazard_reported 2026-12-21", "policy",
    "hazard-investigate", "overdue started=2026-12-17 breached" },
};

static void
test_beside (Fixture *fixture, const void *user_data)
{
  check_rows (fixture, beside_rows, G_N_ELEMENTS (beside_rows));
}

/* What each history is refused for; the field names the event. */
static const struct
{
  const char *history;
  const char *field;
} refused_rows[] = {
  { "received 2026-12-11", "events.0.on" },
  { "received 2026-02-30", "events.0.on" },
  { "received 2026-11", "events.0.on" },
  { "receeved 2026-11-16", "events.0.event" },
  { "received 2026-11-16 color=red", "events.0.color" },
  { "received 2026-11-16 medium=pigeon", "events.0.medium" },
  { "received 2026-11-16, extended 2026-11-17 working_days=0", "events.1.working_days" },
  { "received 2026-11-16, extended 2026-11-17 working_days=261", "events.1.working_days" },
  { "received 2026-11-16, extended 2026-11-17", "events.1.working_days" },
  { "received 2026-11-16, reopened 2026-11-17", "events.1.because" },
  { "received 2026-11-16, responded 2026-11-17 delivered_on=2026-11-16", "events.1.delivered_on" },
  { "acknowledged 2026-11-15, received 2026-11-16", "acknowledged" },
  { "responded 2026-11-15, received 2026-11-16", "responded" },
  { "extended 2026-11-15 working_days=5, received 2026-11-16", "extended" },
  { "escalation_requested 2026-11-15, received 2026-11-16", "escalation_requested" },
  { "received 2026-11-16, stage2_acknowledged 2026-11-17", "stage2_acknowledged" },
  { "received 2026-11-16, stage2_responded 2026-11-17, escalation_requested 2026-11-18",
    "stage2_responded" },
  { "acknowledged 2026-11-17", "acknowledged" },
  { "assigned 2026-11-17", "assigned" },
};

static void
test_refused (Fixture *fixture, const void *user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused_rows); i++)
    {
      json_auto_t *input = history_of (refused_rows[i].history);
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) events = amends_clock_history_parse (input, day_of ("2026-12-10"), &error);

      g_test_message ("%s", refused_rows[i].history);
      g_assert_null (events);
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
      g_assert_cmpstr (amends_error_get_field (error), ==, refused_rows[i].field);
    }
}

static const char *const not_histories[] = { "[]",
                                             "{}",
                                             "{\"events\":{}}",
                                             "{\"events\":[3]}",
                                             "{\"events\":[{}]}",
                                             "{\"events\":[],\"more\":1}" };

static void
test_not_a_history (Fixture *fixture, const void *user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (not_histories); i++)
    {
      json_auto_t *input = json_loads (not_histories[i], 0, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (amends_clock_history_parse (input, day_of ("2026-12-10"), &error));
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
    }
}

static void
test_why (Fixture *fixture, const void *user_data)
{
  g_autoptr (GPtrArray) rows =
      compute (fixture, "housing-21", "2026-12-30",
               "received 2026-12-17, acknowledged 2026-12-24, extended 2026-12-30 working_days=2");
  const AmendsClockRow *row = find_row (rows, "policy", "respond");
  g_autofree char *why = amends_clock_row_dup_why (row, fixture->calendar);
  json_auto_t *json = amends_clock_row_to_json (row, fixture->calendar);

  g_assert_cmpstr (
      why, ==,
      "Acknowledged Thu 24 Dec 2026. 10 working days, counted from the next day, end on Tue 12 Jan "
      "2027. Not counted: Fri 25 Dec 2026 (Christmas Day), Mon 28 Dec 2026 (Boxing Day (substitute "
      "day)), Fri 1 Jan 2027 (New Year’s Day), 6 days of weekends. Extended by 2 working days, "
      "counted on from the unextended day, to Thu 14 Jan 2027.");
  g_assert_cmpuint (json_object_size (json), ==, 16);
  g_assert_cmpstr (json_string_value (json_object_get (json, "clause")), ==, "7.3");
  g_assert_cmpstr (json_string_value (json_object_get (json, "outer_due")), ==, "2027-01-14");
  g_assert_true (json_is_null (json_object_get (json, "send_by")));
}

/* The order of a history says nothing. */
static void
test_any_order (Fixture *fixture, const void *user_data)
{
  g_autoptr (GPtrArray) rows =
      compute (fixture, "one-housing", "2026-12-30",
               "responded 2026-12-07, extended 2026-12-01 working_days=3, acknowledged 2026-11-23, "
               "received 2026-11-16");

  g_assert_cmpint (find_row (rows, "policy", "respond")->state, ==, AMENDS_CLOCK_STATE_MET);
  g_assert_cmpint (find_row (rows, "policy", "respond")->due_day, ==, day_of ("2026-12-10"));
}

#define ADD(path, function) \
  g_test_add ("/clock/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("span", test_span);
  ADD ("single", test_single);
  ADD ("receipt", test_receipt);
  ADD ("acknowledgement", test_acknowledgement);
  ADD ("extension", test_extension);
  ADD ("escalation", test_escalation);
  ADD ("ending", test_ending);
  ADD ("age", test_age);
  ADD ("beside", test_beside);
  ADD ("refused", test_refused);
  ADD ("not-a-history", test_not_a_history);
  ADD ("why", test_why);
  ADD ("any-order", test_any_order);

  return g_test_run ();
}
