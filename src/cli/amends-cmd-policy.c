/* amends-cmd-policy.c: lists, shows and checks policies, which needs no store; and publishes them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/amends-cli-policies.h"
#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-json.h"
#include "core/amends-verdict.h"
#include "store/amends-shipped.h"

#define ID_COLUMNS 14
#define GROUP_COLUMNS 32
#define CLAUSE_COLUMNS 14
#define STATUS_COLUMNS 9

static char *from_text;
static char **schemes;

static const GOptionEntry policy_options[] = {
  { "from", 0, 0, G_OPTION_ARG_STRING, &from_text,
    N_ ("The first day of what is published, if not the one it names itself"), N_ ("DATE") },
  { "scheme", 0, 0, G_OPTION_ARG_STRING_ARRAY, &schemes,
    N_ ("Where it is in force, if not everywhere; may be given again"), N_ ("CODE") },
  { NULL },
};

static json_t *
describe_policy (const AmendsPolicy *policy)
{
  return json_pack ("{s:s, s:s, s:s, s:s, s:o, s:o, s:s}", "id", amends_policy_get_id (policy),
                    "landlord", amends_policy_get_landlord (policy), "title",
                    amends_policy_get_title (policy), "version", amends_policy_get_version (policy),
                    "effective_from", amends_day_to_json (amends_policy_get_effective_day (policy)),
                    "review_by", amends_day_to_json (amends_policy_get_review_day (policy)),
                    "calendar", amends_policy_get_calendar_id (policy));
}

static json_t *
list_to_json (char **list)
{
  json_t *array = json_array ();

  for (guint i = 0; list[i] != NULL; i++)
    json_array_append_new (array, json_string (list[i]));
  return array;
}

static gboolean
is_common_key (const char *key)
{
  static const char *const keys[] = { "clause",  "status", "alternatives", "taken",
                                      "because", "note",   "rows",         NULL };

  return g_strv_contains (keys, key);
}

static json_t *
rule_to_json (const AmendsPolicyRule *rule)
{
  json_t *values = json_object ();

  for (guint i = 0; i < rule->values->len; i++)
    {
      const AmendsPolicyValue *value = &g_array_index (rule->values, AmendsPolicyValue, i);

      if (!is_common_key (value->key))
        json_object_set_new (values, value->key, json_string (value->value));
    }
  return json_pack ("{s:s, s:s, s:s, s:s, s:o, s:s?, s:s?, s:s?, s:o, s:o}", "kind", rule->kind,
                    "name", rule->name, "clause", rule->clause, "status",
                    amends_policy_status_get_name (rule->status), "alternatives",
                    list_to_json (rule->alternatives), "taken",
                    amends_policy_rule_get (rule, "taken"), "because",
                    amends_policy_rule_get (rule, "because"), "note",
                    amends_policy_rule_get (rule, "note"), "rows", list_to_json (rule->rows),
                    "values", values);
}

static gboolean
run_list (AmendsCli *cli, GError **error)
{
  g_auto (GStrv) ids = amends_shipped_list_policies ();
  json_auto_t *array = json_array ();

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (AmendsPolicy) policy = amends_cli_load_policy (ids[i], error);
      g_autofree char *id = amends_text_fit (ids[i], ID_COLUMNS);

      if (policy == NULL)
        return FALSE;
      json_array_append_new (array, describe_policy (policy));
      if (!cli->is_json)
        amends_text_print ("%s  %s: %s, %s", id, amends_policy_get_landlord (policy),
                           amends_policy_get_title (policy), amends_policy_get_version (policy));
    }
  return !cli->is_json || amends_cli_print_json (cli, array, error);
}

static void
print_rule (const AmendsPolicyRule *rule)
{
  g_autofree char *group = g_strdup_printf ("%s:%s", rule->kind, rule->name);
  g_autofree char *fitted = amends_text_fit (group, GROUP_COLUMNS);
  g_autofree char *clause = amends_text_fit (amends_text_or_dash (rule->clause), CLAUSE_COLUMNS);
  g_autofree char *status =
      amends_text_fit (amends_policy_status_get_name (rule->status), STATUS_COLUMNS);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rule->values->len; i++)
    {
      const AmendsPolicyValue *value = &g_array_index (rule->values, AmendsPolicyValue, i);

      if (!is_common_key (value->key) || strcmp (value->key, "alternatives") == 0
          || strcmp (value->key, "because") == 0)
        g_string_append_printf (text, "%s%s=%s", text->len > 0 ? " · " : "", value->key,
                                value->value);
    }
  amends_text_print ("%s  %s  %s  %s", fitted, clause, status, text->str);
}

static gboolean
run_show (AmendsCli *cli, const char *name, GError **error)
{
  g_autoptr (AmendsPolicy) policy = amends_cli_load_policy (name, error);
  json_auto_t *json = NULL;
  json_t *rules;
  json_t *later;

  if (policy == NULL)
    return FALSE;

  json = describe_policy (policy);
  rules = json_array ();
  later = json_array ();
  for (guint i = 0; i < amends_policy_get_n_rules (policy); i++)
    {
      const AmendsPolicyRule *rule = amends_policy_get_rule (policy, i);

      json_array_append_new (rules, rule_to_json (rule));
      if (!cli->is_json)
        print_rule (rule);
    }
  for (guint i = 0; i < amends_policy_get_later (policy)->len; i++)
    {
      const AmendsPolicyValue *value =
          &g_array_index (amends_policy_get_later (policy), AmendsPolicyValue, i);

      json_array_append_new (later,
                             json_pack ("{s:s, s:s}", "row", value->key, "what", value->value));
    }
  json_object_set_new (json, "rules", rules);
  json_object_set_new (json, "later", later);
  return !cli->is_json || amends_cli_print_json (cli, json, error);
}

/**
 * amends_cmd_tell_problems:
 * @problems: (element-type GError): what is wrong with a file; at least one
 *
 * Tells every problem, one a line: the author wants all of them at once. Then the command has told all
 * that there is to tell.
 * Returns: %FALSE with an error if that could not be done
 */
gboolean
amends_cmd_tell_problems (AmendsCli *cli, const GPtrArray *problems, GError **error)
{
  json_auto_t *json = NULL;
  json_t *array = json_array ();

  for (guint i = 0; i < problems->len; i++)
    {
      const GError *problem = g_ptr_array_index (problems, i);
      g_autofree char *sentence = amends_text_escape (problem->message);

      g_printerr ("amendsctl: %s\n", sentence);
      json_array_append_new (array, amends_cli_describe_error (cli, problem));
    }
  cli->exit_status = AMENDS_EXIT_USAGE;
  json = json_pack ("{s:O, s:o}", "error", json_array_get (array, 0), "problems", array);
  return !cli->is_json || amends_cli_print_json (cli, json, error);
}

/**
 * amends_cmd_check_policy:
 * @bytes: the whole file
 * @path: what messages call it
 * @ret_policy: (out) (transfer full) (nullable): the policy; %NULL if it has problems
 * @ret_verdicts: (out) (optional) (transfer full) (element-type AmendsVerdict): how it stands to the Code
 *
 * Tells its problems, if it has any, as amends_cmd_tell_problems() does.
 * Returns: %FALSE with an error if that could not be done
 */
gboolean
amends_cmd_check_policy (AmendsCli *cli,
                         GBytes *bytes,
                         const char *path,
                         AmendsPolicy **ret_policy,
                         GPtrArray **ret_verdicts,
                         GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autofree char *shown = g_filename_display_basename (path);
  g_autoptr (AmendsPolicy) policy = amends_policy_parse (bytes, shown, problems, NULL);
  g_autoptr (AmendsPolicy) code = amends_shipped_get_code ();
  g_autoptr (GPtrArray) verdicts = NULL;

  if (policy != NULL)
    verdicts = amends_verdicts_compute (policy, code, path, problems);
  if (problems->len == 0)
    {
      if (ret_verdicts != NULL)
        *ret_verdicts = g_steal_pointer (&verdicts);
      *ret_policy = g_steal_pointer (&policy);
      return TRUE;
    }

  *ret_policy = NULL;
  return amends_cmd_tell_problems (cli, problems, error);
}

static gboolean
run_check (AmendsCli *cli, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = amends_cli_read_policy (path, error);
  g_autoptr (GPtrArray) verdicts = NULL;
  g_autoptr (AmendsPolicy) policy = NULL;
  json_auto_t *json = NULL;
  json_t *array;

  if (bytes == NULL)
    return FALSE;
  if (!amends_cmd_check_policy (cli, bytes, path, &policy, &verdicts, error))
    return FALSE;
  if (policy == NULL)
    return TRUE;

  array = json_array ();
  for (guint i = 0; i < verdicts->len; i++)
    {
      const AmendsVerdict *verdict = g_ptr_array_index (verdicts, i);
      const char *kind = amends_verdict_kind_get_name (verdict->kind);

      json_array_append_new (array, json_pack ("{s:s, s:s, s:s, s:s, s:s}", "landlord",
                                               amends_policy_get_id (policy), "clause",
                                               verdict->clause, "provision", verdict->provision,
                                               "verdict", kind, "rule", verdict->topic));
      if (!cli->is_json)
        g_print ("%s\t%s\t%s\t%s\n", amends_policy_get_id (policy), verdict->clause,
                 verdict->provision, kind);
    }
  json = json_pack ("{s:b, s:s, s:[], s:o}", "ok", TRUE, "id", amends_policy_get_id (policy),
                    "problems", "verdicts", array);
  return !cli->is_json || amends_cli_print_json (cli, json, error);
}

static gboolean
run_policy (AmendsCli *cli, char **arguments, GError **error)
{
  const char *what = arguments[1];

  if (strcmp (arguments[0], "list") == 0 && what == NULL)
    return run_list (cli, error);
  if (strcmp (arguments[0], "show") == 0 && what != NULL)
    return run_show (cli, what, error);
  if (strcmp (arguments[0], "check") == 0 && what != NULL)
    return run_check (cli, what, error);
  if (strcmp (arguments[0], "publish") == 0 && what != NULL)
    return amends_cmd_publish_policy (cli, what, from_text, (const char *const *) schemes, error);
  if (strcmp (arguments[0], "editions") == 0 && what == NULL)
    return amends_cmd_list_editions (cli, error);

  g_set_error_literal (
      error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_USAGE,
      _ ("Use it so: amendsctl policy list | policy show ID | policy check FILE, or "
         "amendsctl --store DIR policy publish FILE|ID | policy editions"));
  return FALSE;
}

const AmendsCommand amends_cmd_policy = {
  "policy",
  N_ ("list | show ID | check FILE | publish FILE|ID | editions"),
  N_ ("List, show and check policies; publish one, and list what is published"),
  1,
  2,
  policy_options,
  run_policy,
  TRUE,
};
