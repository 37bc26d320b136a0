/* amends-cmd-record.c: records an intake
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/amends-cmd.h"

static gboolean is_lines;

static const GOptionEntry options[] = {
  { "lines", 0, 0, G_OPTION_ARG_NONE, &is_lines, N_ ("Take one intake a line"), NULL },
  { NULL },
};

static AmendsOutcome *
take (AmendsCli *cli, const json_t *value, GError **error)
{
  return amends_store_record (cli->store, value, error);
}

static gboolean
run (AmendsCli *cli, char **arguments, GError **error)
{
  g_autoptr (AmendsOutcome) outcome = NULL;
  json_auto_t *intake = NULL;
  json_auto_t *answer = NULL;

  if (is_lines)
    return amends_cli_open (cli, error) && amends_cmd_take_lines (cli, arguments[0], take, error);

  intake = amends_cli_read_json (arguments[0], error);
  if (intake == NULL || !amends_cli_open (cli, error))
    return FALSE;
  outcome = amends_store_record (cli->store, intake, error);
  if (outcome == NULL)
    return FALSE;

  /* Printed with or without --json: a script that records always needs the reference. */
  amends_cmd_print_warnings (outcome);
  answer = amends_cmd_outcome_to_json (outcome);
  return amends_cli_print_json (cli, answer, error);
}

const AmendsCommand amends_cmd_record = {
  "record",
  N_ ("FILE|-"),
  N_ ("Record a case from an intake in JSON"),
  1,
  1,
  options,
  run,
  .more = N_ ("The least that an intake holds:\n"
              "  {\"kind\": \"complaint\", \"scheme\": \"oak\", \"received\": \"2026-11-20\",\n"
              "   \"channel\": \"in-person\", \"issues\": [{\"what\": \"The lift is stuck.\"}]}\n"
              "amendsctl schema prints all that it may hold."),
};
