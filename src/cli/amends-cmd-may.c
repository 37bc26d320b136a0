/* amends-cmd-may.c: which acts a case is open to, and why not to the others
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It answers a question and does nothing: the exit status says that it was answered, not what the answer
 * was. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-decide.h"
#include "core/amends-error.h"
#include "core/amends-intake.h"

#define ACT_COLUMNS 26

static void
print_answer (const AmendsActAnswer *answer)
{
  g_autofree char *act = amends_text_fit (amends_event_type_to_string (answer->type), ACT_COLUMNS);
  const char *clause = amends_error_get_clause (answer->refusal);

  if (answer->is_open)
    amends_text_print ("%s  %s", act, _ ("open"));
  else if (clause != NULL)
    amends_text_print ("%s  %s (%s)", act, answer->refusal->message, clause);
  else
    amends_text_print ("%s  %s", act, answer->refusal->message);
  for (guint i = 0; i < answer->warnings->len; i++)
    amends_text_print_block (g_ptr_array_index (answer->warnings, i));
}

/* The one that is asked about: its whole name, or what follows "case.". */
static const AmendsActAnswer *
find_answer (const GPtrArray *answers, const char *name, GError **error)
{
  g_autofree char *whole =
      strchr (name, '.') != NULL ? g_strdup (name) : g_strconcat ("case.", name, NULL);
  AmendsEventType type = amends_act_type_from_string (whole);

  for (guint i = 0; i < answers->len; i++)
    {
      const AmendsActAnswer *answer = g_ptr_array_index (answers, i);

      if (answer->type == type)
        return answer;
    }
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "act", NULL, "%s",
                    _ ("There is no such act: “may REFERENCE” lists them all"));
  return NULL;
}

static gboolean
run (AmendsCli *cli, char **arguments, GError **error)
{
  g_autoptr (GPtrArray) answers = NULL;
  json_auto_t *json = NULL;
  AmendsId id;

  if (!amends_cli_open (cli, error) || !amends_cli_find_case (cli, arguments[0], &id, error))
    return FALSE;
  answers = amends_store_list_acts (cli->store, &id, error);
  if (answers == NULL)
    return FALSE;
  if (arguments[1] != NULL)
    {
      const AmendsActAnswer *answer = find_answer (answers, arguments[1], error);

      if (answer == NULL)
        return FALSE;
      json = amends_act_answer_to_json (answer);
      if (!cli->is_json)
        print_answer (answer);
      return !cli->is_json || amends_cli_print_json (cli, json, error);
    }

  json = json_array ();
  for (guint i = 0; i < answers->len; i++)
    {
      const AmendsActAnswer *answer = g_ptr_array_index (answers, i);

      json_array_append_new (json, amends_act_answer_to_json (answer));
      if (!cli->is_json)
        print_answer (answer);
    }
  return !cli->is_json || amends_cli_print_json (cli, json, error);
}

const AmendsCommand amends_cmd_may = {
  "may",
  N_ ("REFERENCE [ACT]"),
  N_ ("Say which acts a case is open to, and why not to the others"),
  1,
  2,
  NULL,
  run,
};
