/* amends-cmd-publish.c: publishes policies and calendars to all devices, and lists what is published
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/amends-cli-policies.h"
#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-error.h"
#include "core/amends-json.h"

#define ID_COLUMNS 8
#define NAME_COLUMNS 18

/* The days and schemes that were published are those of the body. */
static gboolean
print_published (AmendsCli *cli, const AmendsOutcome *outcome, GError **error)
{
  const AmendsEvent *event = g_ptr_array_index (outcome->events, 0);
  json_auto_t *body = amends_event_load_body (event, error);
  json_auto_t *json = NULL;
  const char *policy, *from;

  if (body == NULL)
    return FALSE;
  amends_cmd_print_warnings (outcome);
  policy = amends_text_of_key (body, "policy");
  from = amends_text_of_key (body, "from");
  json = json_pack ("{s:o, s:s?, s:s?, s:s?, s:O?, s:[o]}", "id", amends_id_to_json (&outcome->id),
                    "policy", policy, "calendar", amends_text_of_key (body, "calendar"), "from",
                    from, "schemes", json_object_get (body, "schemes"), "events",
                    amends_id_to_json (&outcome->id));
  if (cli->is_json)
    return amends_cli_print_json (cli, json, error);
  if (policy != NULL)
    amends_text_print (_ ("Published: %s, from %s. It counts on each device once it has synced."),
                       policy, from);
  else
    amends_text_print (_ ("Published: %s. It counts on each device once it has synced."),
                       amends_text_of_key (body, "calendar"));
  return TRUE;
}

static gboolean
read_from (const char *text, AmendsDay *ret_day, GError **error)
{
  *ret_day = AMENDS_DAY_NONE;
  if (text == NULL || amends_day_parse (text, ret_day, NULL))
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "from", NULL, "%s",
                    _ ("The day of --from is written YYYY-MM-DD, and exists"));
  return FALSE;
}

/**
 * amends_cmd_publish_policy:
 * @name: an id of those that ship, or a file
 * @from_text: (nullable): --from
 * @schemes: (nullable) (array zero-terminated=1): --scheme
 *
 * What is wrong with it is told first, as `policy check` does, and then nothing is published.
 * Returns: %FALSE with an error
 */
gboolean
amends_cmd_publish_policy (AmendsCli *cli,
                           const char *name,
                           const char *from_text,
                           const char *const *schemes,
                           GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AmendsPolicy) policy = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autofree char *shown = g_filename_display_basename (name);
  AmendsDay from_day;

  if (!amends_cli_need_store_path (cli, error) || !read_from (from_text, &from_day, error))
    return FALSE;
  bytes = amends_cli_find_policy (name, error);
  if (bytes == NULL)
    return FALSE;
  if (!amends_cmd_check_policy (cli, bytes, name, &policy, NULL, error))
    return FALSE;
  if (policy == NULL)
    return TRUE;
  if (!amends_cli_open (cli, error))
    return FALSE;
  outcome = amends_store_publish_policy (cli->store, bytes, shown, from_day, schemes, error);
  return outcome != NULL && print_published (cli, outcome, error);
}

static gboolean
check_calendar (AmendsCli *cli,
                GBytes *bytes,
                const char *file_name,
                AmendsCalendar **ret_calendar,
                GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);

  *ret_calendar = amends_calendar_parse (bytes, file_name, problems, NULL);
  return *ret_calendar != NULL || amends_cmd_tell_problems (cli, problems, error);
}

static gboolean
print_checked (AmendsCli *cli, const AmendsCalendar *calendar, GError **error)
{
  char first[AMENDS_DAY_TEXT_SIZE];
  char last[AMENDS_DAY_TEXT_SIZE];
  json_auto_t *json = NULL;

  amends_day_format_to (amends_calendar_get_first_day (calendar), first);
  amends_day_format_to (amends_calendar_get_last_day (calendar), last);
  json =
      json_pack ("{s:b, s:s, s:s, s:s, s:[]}", "ok", TRUE, "id", amends_calendar_get_id (calendar),
                 "first_day", first, "last_day", last, "problems");
  if (cli->is_json)
    return amends_cli_print_json (cli, json, error);
  amends_text_print (_ ("%s: nothing is wrong with it, from %s to %s."),
                     amends_calendar_get_id (calendar), first, last);
  return TRUE;
}

static gboolean
run_calendar (AmendsCli *cli, char **arguments, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AmendsCalendar) calendar = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autofree char *shown = g_filename_display_basename (arguments[1]);
  gboolean is_check = strcmp (arguments[0], "check") == 0;

  if (!is_check && strcmp (arguments[0], "publish") != 0)
    {
      g_set_error_literal (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_USAGE,
                           _ ("Use it so: amendsctl calendar check FILE, or "
                              "amendsctl --store DIR calendar publish FILE"));
      return FALSE;
    }
  if (!is_check && !amends_cli_need_store_path (cli, error))
    return FALSE;
  bytes = amends_cli_find_calendar (arguments[1], error);
  if (bytes == NULL || !check_calendar (cli, bytes, shown, &calendar, error))
    return FALSE;
  if (calendar == NULL)
    return TRUE;
  if (is_check)
    return print_checked (cli, calendar, error);
  if (!amends_cli_open (cli, error))
    return FALSE;
  outcome = amends_store_publish_calendar (cli->store, bytes, shown, error);
  return outcome != NULL && print_published (cli, outcome, error);
}

static char *
join_schemes (const json_t *schemes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < json_array_size (schemes); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            json_string_value (json_array_get (schemes, i)));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_standing (const json_t *edition)
{
  const json_t *in_force = json_object_get (edition, "in_force");
  const char *problem = amends_text_of_key (edition, "problem");
  gboolean is_everywhere = json_is_true (json_object_get (edition, "everywhere"));
  g_autofree char *schemes = join_schemes (in_force);

  if (problem != NULL)
    return g_strdup_printf (_ ("not used: %s"), problem);
  if (json_array_size (in_force) > 0)
    return g_strdup_printf (_ ("in force: %s"), schemes);
  return g_strdup (is_everywhere ? _ ("in force where nothing else is") : _ ("not in force"));
}

static void
print_line (const json_t *publication, const char *kind, const char *standing)
{
  g_autofree char *id =
      amends_text_fit (amends_text_or_dash (amends_text_of_key (publication, "id")), ID_COLUMNS);
  g_autofree char *name =
      amends_text_fit (amends_text_or_dash (amends_text_of_key (publication, kind)), NAME_COLUMNS);
  const char *rival = amends_text_of_key (publication, "rival");

  amends_text_print ("%s  %s  %s", id, name, standing);
  if (rival != NULL)
    amends_text_print (_ ("          published apart from %s for the same day: publish again what "
                          "shall stand"),
                       rival);
}

static void
print_editions (const json_t *json)
{
  const json_t *editions = json_object_get (json, "editions");
  const json_t *calendars = json_object_get (json, "calendars");

  for (gsize i = 0; i < json_array_size (editions); i++)
    {
      const json_t *edition = json_array_get (editions, i);
      g_autofree char *standing = describe_standing (edition);
      g_autofree char *line =
          g_strdup_printf (_ ("from %s, %s"),
                           amends_text_or_dash (amends_text_of_key (edition, "from")), standing);

      print_line (edition, "policy", line);
    }
  for (gsize i = 0; i < json_array_size (calendars); i++)
    {
      const json_t *calendar = json_array_get (calendars, i);
      const char *problem = amends_text_of_key (calendar, "problem");
      g_autofree char *line = problem != NULL
                                  ? g_strdup_printf (_ ("not used: %s"), problem)
                                  : g_strdup_printf (_ ("working days from %s to %s"),
                                                     amends_text_of_key (calendar, "first_day"),
                                                     amends_text_of_key (calendar, "last_day"));

      print_line (calendar, "calendar", line);
    }
}

/**
 * amends_cmd_list_editions:
 *
 * Returns: %FALSE with an error
 */
gboolean
amends_cmd_list_editions (AmendsCli *cli, GError **error)
{
  json_auto_t *json = NULL;

  if (!amends_cli_open (cli, error))
    return FALSE;
  json = amends_store_editions_to_json (cli->store, amends_store_get_today (cli->store), error);
  if (json == NULL)
    return FALSE;
  if (cli->is_json)
    return amends_cli_print_json (cli, json, error);
  print_editions (json);
  return TRUE;
}

const AmendsCommand amends_cmd_calendar = {
  "calendar",
  N_ ("check FILE | publish FILE"),
  N_ ("Check or publish a calendar, with the days on which offices close"),
  2,
  2,
  NULL,
  run_calendar,
  TRUE,
};
