/* amends-cmd-outcome.c: what record and act answer, for one and for many
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-error.h"
#include "core/amends-json.h"

/**
 * amends_cmd_outcome_to_json:
 *
 * Returns: (transfer full): `{"id","reference","events","warnings","feed","sealed"}`
 */
json_t *
amends_cmd_outcome_to_json (const AmendsOutcome *outcome)
{
  json_t *events = json_array ();
  json_t *warnings = json_array ();

  for (guint i = 0; i < outcome->events->len; i++)
    {
      const AmendsEvent *event = g_ptr_array_index (outcome->events, i);

      json_array_append_new (events, amends_id_to_json (&event->id));
    }
  for (guint i = 0; outcome->warnings != NULL && i < outcome->warnings->len; i++)
    json_array_append_new (warnings, json_string (g_ptr_array_index (outcome->warnings, i)));
  return json_pack ("{s:o, s:s?, s:o, s:o, s:s, s:b}", "id", amends_id_to_json (&outcome->id),
                    "reference", outcome->reference, "events", events, "warnings", warnings, "feed",
                    ((const AmendsEvent *) g_ptr_array_index (outcome->events, 0))->feed, "sealed",
                    amends_outcome_is_sealed (outcome));
}

/**
 * amends_cmd_print_warnings:
 *
 * Says on standard error what was taken all the same, and of what this device keeps nothing.
 */
void
amends_cmd_print_warnings (const AmendsOutcome *outcome)
{
  for (guint i = 0; outcome->warnings != NULL && i < outcome->warnings->len; i++)
    {
      g_autofree char *sentence = amends_text_escape (g_ptr_array_index (outcome->warnings, i));

      g_printerr ("amendsctl: %s\n", sentence);
    }
  if (amends_outcome_is_sealed (outcome))
    g_printerr (
        _ ("amendsctl: This device cannot open what was written: only those read it who are named "
           "for it\n"));
}

/* Answers one line. What is wrong with one line does not keep the others from being taken; a store
 * that cannot be used does. */
static gboolean
take_line (AmendsCli *cli,
           const char *line,
           gsize n_bytes,
           guint64 number,
           AmendsCmdTake take,
           GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;
  json_auto_t *value = amends_json_load (line, n_bytes, &problem);
  json_auto_t *answer = NULL;

  if (value != NULL)
    outcome = take (cli, value, &problem);
  if (outcome != NULL)
    {
      amends_cmd_print_warnings (outcome);
      answer = amends_cmd_outcome_to_json (outcome);
      return amends_cli_print_json_line (answer, error);
    }

  answer = json_pack ("{s:o, s:I}", "error", amends_cli_describe_error (cli, problem), "line",
                      (json_int_t) number);
  if (!amends_cli_print_json_line (answer, error))
    return FALSE;
  if (problem->domain != AMENDS_CORE_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (cli->exit_status == AMENDS_EXIT_DONE)
    {
      g_autofree char *sentence = amends_text_escape (problem->message);

      g_printerr (_ ("amendsctl: Line %lu: %s\n"), (gulong) number, sentence);
      cli->exit_status = amends_cli_get_exit_status (problem);
    }
  return TRUE;
}

/**
 * amends_cmd_take_lines:
 * @cli: what was asked; its store is open
 * @input: a file, or "-" for standard input: one JSON value a line
 * @take: what is done with each
 *
 * Prints one result a line, durable when it stands there: the outcome, or the error and the number
 * of the line.
 *
 * Errors: of the input, of the output, and of a store that cannot be used.
 * Returns: %TRUE once all lines were answered
 */
gboolean
amends_cmd_take_lines (AmendsCli *cli, const char *input, AmendsCmdTake take, GError **error)
{
  g_autoptr (GInputStream) stream = amends_cli_open_input (input, error);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) problem = NULL;

  if (stream == NULL)
    return FALSE;
  lines = g_data_input_stream_new (stream);
  cli->json_printed = TRUE;

  for (guint64 number = 1;; number++)
    {
      gsize n_bytes = 0;
      g_autofree char *line = amends_cli_read_line (lines, &n_bytes, &problem);

      if (line == NULL)
        break;
      if (n_bytes > 0 && !take_line (cli, line, n_bytes, number, take, error))
        return FALSE;
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return TRUE;
}
