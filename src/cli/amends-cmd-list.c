/* amends-cmd-list.c: lists cases, all or those with a text in them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-error.h"

#define REFERENCE_COLUMNS 11
#define DAY_COLUMNS 10
#define STATE_COLUMNS 6
#define NAME_COLUMNS 22
#define HOME_COLUMNS 12
#define SUMMARY_COLUMNS 46

static char *state;
static int n_limit;

static const GOptionEntry list_options[] = {
  { "state", 0, 0, G_OPTION_ARG_STRING, &state, N_ ("Only those that are open, or closed"),
    "open|closed" },
  { "limit", 0, 0, G_OPTION_ARG_INT, &n_limit, N_ ("At most so many"), "N" },
  { NULL },
};

static void
print_row (const AmendsCaseRow *row)
{
  g_autofree char *reference = amends_text_fit (row->reference, REFERENCE_COLUMNS);
  g_autofree char *received = amends_text_fit (row->received, DAY_COLUMNS);
  g_autofree char *state_text = amends_text_fit (row->state, STATE_COLUMNS);
  g_autofree char *name = amends_text_fit (row->complainant, NAME_COLUMNS);
  g_autofree char *home = amends_text_fit (row->home, HOME_COLUMNS);
  g_autofree char *summary = amends_text_fit (row->summary, SUMMARY_COLUMNS);

  g_print ("%s  %s  %s  %s  %s  %s", reference, received, state_text, name, home, summary);
  if (row->n_waiting > 0)
    g_print ("  %s", _ ("not sent"));
  if (row->n_conflicts > 0)
    g_print ("  %s", _ ("to be settled"));
  g_print ("\n");
}

static gboolean
print_rows (AmendsCli *cli, GPtrArray *rows, GError **error)
{
  if (rows == NULL)
    return FALSE;
  if (cli->is_json)
    {
      json_auto_t *array = json_array ();

      for (guint i = 0; i < rows->len; i++)
        json_array_append_new (array, amends_case_row_to_json (g_ptr_array_index (rows, i)));
      return amends_cli_print_json (cli, array, error);
    }

  for (guint i = 0; i < rows->len; i++)
    print_row (g_ptr_array_index (rows, i));
  if (rows->len == 0)
    g_print ("%s\n", _ ("No cases"));
  return TRUE;
}

static gboolean
run_list (AmendsCli *cli, char **arguments, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (state != NULL && strcmp (state, "open") != 0 && strcmp (state, "closed") != 0)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "state", NULL, "%s",
                        _ ("The state is “open” or “closed”"));
      return FALSE;
    }
  if (n_limit < 0)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "limit", NULL, "%s",
                        _ ("The limit is a number of cases, or 0 for all"));
      return FALSE;
    }
  if (!amends_cli_open (cli, error))
    return FALSE;
  rows = amends_store_list_cases (cli->store, state, FALSE, (guint) n_limit, 0, error);
  return print_rows (cli, rows, error);
}

static gboolean
run_search (AmendsCli *cli, char **arguments, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (!amends_cli_open (cli, error))
    return FALSE;
  rows = amends_store_search (cli->store, arguments[0], error);
  return print_rows (cli, rows, error);
}

const AmendsCommand amends_cmd_list = {
  "list", "", N_ ("List the cases, newest received first"), 0, 0, list_options, run_list,
};

const AmendsCommand amends_cmd_search = {
  "search", N_ ("TEXT"), N_ ("Find cases by name, home, reference or what happened"), 1, 1,
  NULL,     run_search,
};
