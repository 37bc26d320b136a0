/* amends-cmd-staff.c: the members of staff who open a store
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-secret.h"

static char *new_passphrase_file;

static const GOptionEntry options[] = {
  { "new-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &new_passphrase_file,
    N_ ("Whose first line is the passphrase of the one who is added"), N_ ("FILE") },
  { NULL },
};

static gboolean
run_list (AmendsCli *cli, GError **error)
{
  g_auto (GStrv) names = NULL;
  json_auto_t *json = json_array ();

  if (!amends_cli_open (cli, error))
    return FALSE;
  names = amends_store_list_slots (cli->store, error);
  if (names == NULL)
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (cli->is_json)
        json_array_append_new (json, json_pack ("{s:s}", "name", names[i]));
      else
        amends_text_print ("%s", names[i]);
    }
  return !cli->is_json || amends_cli_print_json (cli, json, error);
}

static gboolean
run_add (AmendsCli *cli, const char *name, GError **error)
{
  g_autoptr (AmendsSecretText) passphrase = NULL;
  AmendsId id;
  char text[AMENDS_ID_BUFFER];
  json_auto_t *json = NULL;

  if (!amends_cli_open (cli, error))
    return FALSE;
  passphrase = amends_cli_ask_new_passphrase (new_passphrase_file, name, error);
  if (passphrase == NULL || !amends_store_add_staff (cli->store, name, passphrase, &id, error))
    return FALSE;

  amends_id_format_to (&id, text);
  json = json_pack ("{s:s, s:s}", "id", text, "name", name);
  if (cli->is_json)
    return amends_cli_print_json (cli, json, error);
  amends_text_print (_ ("%s can now open this store"), name);
  return TRUE;
}

static gboolean
run (AmendsCli *cli, char **arguments, GError **error)
{
  int n_arguments = (int) g_strv_length (arguments);

  if (n_arguments == 1 && strcmp (arguments[0], "list") == 0)
    return run_list (cli, error);
  if (n_arguments == 2 && strcmp (arguments[0], "add") == 0)
    return run_add (cli, arguments[1], error);
  g_set_error_literal (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_USAGE,
                       _ ("“staff” takes “list”, or “add” and a name"));
  return FALSE;
}

const AmendsCommand amends_cmd_staff = {
  "staff",
  N_ ("add NAME | list"),
  N_ ("Say who opens this store, and let another do so"),
  1,
  2,
  options,
  run,
};
