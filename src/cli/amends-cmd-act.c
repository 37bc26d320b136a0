/* amends-cmd-act.c: records an act on a case
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-error.h"

static gboolean is_lines;

static const GOptionEntry options[] = {
  { "lines", 0, 0, G_OPTION_ARG_NONE, &is_lines,
    N_ ("Take one act a line, each with its \"reference\" and its \"act\""), NULL },
  { NULL },
};

static AmendsOutcome *
take (AmendsCli *cli, const json_t *value, GError **error)
{
  const char *name = amends_text_of_key (value, "reference");
  const json_t *act = json_object_get (value, "act");
  AmendsId id;

  if (name == NULL || act == NULL || json_object_size (value) != 2)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, name == NULL ? "reference" : "act", NULL,
                        "%s", _ ("A line is {\"reference\": …, \"act\": {…}}"));
      return NULL;
    }
  if (!amends_cli_find_case (cli, name, &id, error))
    return NULL;
  return amends_store_act (cli->store, &id, act, error);
}

static gboolean
run_one (AmendsCli *cli, char **arguments, GError **error)
{
  json_auto_t *act = amends_cli_read_json (arguments[1], error);
  json_auto_t *answer = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;
  AmendsId id;

  if (act == NULL || !amends_cli_open (cli, error)
      || !amends_cli_find_case (cli, arguments[0], &id, error))
    return FALSE;
  outcome = amends_store_act (cli->store, &id, act, error);
  if (outcome == NULL)
    return FALSE;

  amends_cmd_print_warnings (outcome);
  if (cli->is_json)
    {
      answer = amends_cmd_outcome_to_json (outcome);
      return amends_cli_print_json (cli, answer, error);
    }
  amends_text_print (_ ("Saved on this device: %s"), outcome->reference);
  return TRUE;
}

static gboolean
run (AmendsCli *cli, char **arguments, GError **error)
{
  int n_arguments = (int) g_strv_length (arguments);

  if (n_arguments != (is_lines ? 1 : 2))
    {
      g_set_error_literal (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_USAGE,
                           is_lines ? _ ("“act --lines” takes one file, or - for standard input")
                                    : _ ("“act” takes a reference and a file, or - for standard "
                                         "input"));
      return FALSE;
    }
  if (is_lines)
    return amends_cli_open (cli, error) && amends_cmd_take_lines (cli, arguments[0], take, error);
  return run_one (cli, arguments, error);
}

const AmendsCommand amends_cmd_act = {
  "act",
  N_ ("REFERENCE FILE|-"),
  N_ ("Record an act on a case, in JSON"),
  1,
  2,
  options,
  run,
  .more = N_ (
      "An act is an object with its \"type\" and the fields of that type:\n"
      "  {\"type\": \"case.noted\", \"text\": \"Rang back. A part is due on Monday.\"}\n"
      "amendsctl schema --acts lists the types, amendsctl schema case.noted the fields of one."),
};
