/* amends-cmd-clocks.c: the clocks of one history, by a landlord's policy and by the Code
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With a policy the history is read from a file, and no store is needed. With a store and no policy it
 * is that of a case, judged by the edition that the case is under. */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/amends-cli-policies.h"
#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-case-clocks.h"
#include "core/amends-error.h"
#include "store/amends-shipped.h"

#define SOURCE_COLUMNS 6
#define CLOCK_COLUMNS 18
#define STATE_COLUMNS 8
#define CLAUSE_COLUMNS 10

static char *policy_name;
static char *calendar_name;
static char *as_of_text;

static const GOptionEntry clocks_options[] = {
  { "policy", 0, 0, G_OPTION_ARG_STRING, &policy_name, N_ ("The landlord’s policy, or its file"),
    N_ ("ID") },
  { "calendar", 0, 0, G_OPTION_ARG_STRING, &calendar_name,
    N_ ("The working days, if not those of the policy"), N_ ("ID") },
  { "as-of", 0, 0, G_OPTION_ARG_STRING, &as_of_text, N_ ("The day that is asked about"),
    N_ ("DATE") },
  { NULL },
};

static gboolean
need (const char *value, const char *field, const char *sentence, GError **error)
{
  if (value != NULL && value[0] != '\0')
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, field, NULL, "%s", sentence);
  return FALSE;
}

static gboolean
read_as_of (AmendsDay *ret_day, GError **error)
{
  if (amends_day_parse (as_of_text, ret_day, NULL))
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "as-of", NULL, "%s",
                    _ ("The day of --as-of is written YYYY-MM-DD, and exists"));
  return FALSE;
}

static void
print_row (const AmendsClockRow *row, const AmendsCalendar *calendar)
{
  g_autofree char *source =
      amends_text_fit (amends_clock_source_get_name (row->source), SOURCE_COLUMNS);
  g_autofree char *clock =
      amends_text_fit (amends_clock_name_get_name (row->clock->name), CLOCK_COLUMNS);
  g_autofree char *state =
      amends_text_fit (amends_clock_state_get_name (row->state), STATE_COLUMNS);
  g_autofree char *clause = amends_text_fit (row->clock->rule->clause, CLAUSE_COLUMNS);
  g_autofree char *why = amends_clock_row_dup_why (row, calendar);
  AmendsDay governing = amends_clock_row_get_governing_day (row);
  char due[AMENDS_DAY_TEXT_SIZE] = "          ";

  if (governing != AMENDS_DAY_NONE)
    amends_day_format_to (governing, due);
  amends_text_print ("%s  %s  %s  %s  %s  %s", due, source, clock, state, clause,
                     row->is_breached ? _ ("breached") : "");
  amends_text_print_block (why);
}

static gboolean
print_rows (AmendsCli *cli, const GPtrArray *rows, const AmendsCalendar *calendar, GError **error)
{
  json_auto_t *array = json_array ();

  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsClockRow *row = g_ptr_array_index (rows, i);

      json_array_append_new (array, amends_clock_row_to_json (row, calendar));
      if (!cli->is_json)
        print_row (row, calendar);
    }
  return !cli->is_json || amends_cli_print_json (cli, array, error);
}

static gboolean
run_of_history (AmendsCli *cli, const char *input_name, GError **error)
{
  g_autoptr (AmendsPolicy) policy = NULL;
  g_autoptr (AmendsPolicy) code = amends_shipped_get_code ();
  g_autoptr (AmendsCalendar) calendar = NULL;
  g_autoptr (GArray) events = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  json_auto_t *input = NULL;
  AmendsDay as_of;

  if (!need (policy_name, "policy",
             _ ("Name the policy with --policy, or the store of a case with --store"), error)
      || !need (as_of_text, "as-of", _ ("Say with --as-of which day is asked about"), error)
      || !read_as_of (&as_of, error))
    return FALSE;
  policy = amends_cli_load_policy (policy_name, error);
  if (policy == NULL)
    return FALSE;
  calendar =
      amends_cli_load_calendar (calendar_name != NULL ? calendar_name
                                                      : amends_policy_get_calendar_id (policy),
                                error);
  if (calendar == NULL)
    return FALSE;
  input = amends_cli_read_json (input_name, error);
  if (input == NULL)
    return FALSE;
  events = amends_clock_history_parse (input, as_of, error);
  if (events == NULL)
    return FALSE;

  rows = amends_clocks_compute (policy, code, calendar, events, as_of);
  return print_rows (cli, rows, calendar, error);
}

static gboolean
run_of_case (AmendsCli *cli, const char *name, GError **error)
{
  g_autoptr (AmendsCase) complaint = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  AmendsRules rules;
  AmendsDay as_of = AMENDS_DAY_NONE;

  if (calendar_name != NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "calendar", NULL, "%s",
                        _ ("A case is counted by the calendar of its policy"));
      return FALSE;
    }
  if ((as_of_text != NULL && !read_as_of (&as_of, error)) || !amends_cli_open (cli, error))
    return FALSE;
  complaint = amends_cli_get_case (cli, name, error);
  if (complaint == NULL)
    return FALSE;
  if (as_of == AMENDS_DAY_NONE)
    as_of = amends_store_get_today (cli->store);

  amends_editions_get_rules (amends_store_get_editions (cli->store), complaint, &rules);
  rows = amends_case_compute_clocks (complaint, &rules, as_of);
  return print_rows (cli, rows, rules.calendar, error);
}

static gboolean
run_clocks (AmendsCli *cli, char **arguments, GError **error)
{
  if (policy_name == NULL && cli->store_path != NULL)
    return run_of_case (cli, arguments[0], error);
  return run_of_history (cli, arguments[0], error);
}

const AmendsCommand amends_cmd_clocks = {
  "clocks",
  N_ ("REFERENCE | --policy ID FILE|-"),
  N_ ("Compute the due days of a case, or of a history in a file, by policy and Code"),
  1,
  1,
  clocks_options,
  run_clocks,
  TRUE,
  .more = N_ (
      "A history is an object with its events, in any order:\n"
      "  {\"events\": [{\"event\": \"received\", \"on\": \"2026-11-20\"},\n"
      "              {\"event\": \"extended\", \"on\": \"2026-12-01\", \"working_days\": 5}]}\n"
      "Where they say something: working_days, agreed and good_reason of an extension, because,\n"
      "delivered_on, medium (written, telephone or in-person), issue, anonymous. A wrong event is\n"
      "told which there are."),
};
