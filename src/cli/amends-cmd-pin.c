/* amends-cmd-pin.c: by what the kiosks of a scheme know a member of staff
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-error.h"
#include "core/amends-secret.h"
#include "store/amends-pins.h"

static char *pin_file;

static const GOptionEntry options[] = {
  { "pin-file", 0, 0, G_OPTION_ARG_FILENAME, &pin_file, N_ ("Whose first line is the new PIN"),
    N_ ("FILE") },
  { NULL },
};

static json_t *
holder_to_json (const AmendsPinHolder *holder)
{
  char id[AMENDS_ID_BUFFER];

  amends_id_format_to (&holder->staff, id);
  return json_pack ("{s:s, s:s, s:s}", "scheme", holder->scheme, "id", id, "name", holder->name);
}

static gboolean
run_list (AmendsCli *cli, GError **error)
{
  g_autoptr (GPtrArray) pins = NULL;
  json_auto_t *json = json_array ();

  if (!amends_cli_open (cli, error))
    return FALSE;
  pins = amends_store_list_pins (cli->store, error);
  if (pins == NULL)
    return FALSE;
  for (guint i = 0; i < pins->len; i++)
    {
      const AmendsPinHolder *holder = g_ptr_array_index (pins, i);

      json_array_append_new (json, holder_to_json (holder));
      if (!cli->is_json)
        amends_text_print (_ ("%s: %s has a PIN"), holder->scheme, holder->name);
    }
  return !cli->is_json || amends_cli_print_json (cli, json, error);
}

/* Returns: (transfer full) (nullable): from the file, or typed the same twice */
static char *
ask_pin (GError **error)
{
  if (pin_file == NULL && !isatty (STDIN_FILENO))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "pin-file", NULL, "%s",
                        _ ("There is no terminal to ask for the PIN: name a file with --pin-file"));
      return NULL;
    }
  return amends_cli_ask_new_secret (pin_file, _ ("New PIN for the kiosk:"), amends_pin_check_digits,
                                    "pin", _ ("The two PINs are not the same"), error);
}

static gboolean
run_set (AmendsCli *cli, const char *scheme, GError **error)
{
  g_autoptr (AmendsSecretText) pin = NULL;
  json_auto_t *json = NULL;

  if (!amends_cli_open (cli, error))
    return FALSE;
  pin = ask_pin (error);
  if (pin == NULL
      || !amends_store_set_pin (cli->store, (const char *const[]){ scheme, NULL }, pin, error))
    return FALSE;
  json = json_pack ("{s:s}", "scheme", scheme);
  if (cli->is_json)
    return amends_cli_print_json (cli, json, error);
  amends_text_print (_ ("Your PIN is set. The kiosks of %s know it once this device and they have "
                        "been in touch with the server"),
                     scheme);
  return TRUE;
}

static gboolean
run_remove (AmendsCli *cli, const char *scheme, const char *name, GError **error)
{
  json_auto_t *json = json_pack ("{s:s}", "scheme", scheme);
  AmendsId staff;

  if (!amends_cli_open (cli, error))
    return FALSE;
  amends_store_get_actor (cli->store, &staff);
  if (name != NULL && !amends_store_find_staff (cli->store, name, &staff, error))
    return FALSE;
  if (!amends_store_remove_pin (cli->store, scheme, &staff, error))
    return FALSE;
  if (cli->is_json)
    return amends_cli_print_json (cli, json, error);
  amends_text_print (_ ("There is no PIN any more for the kiosks of %s, once they have been in "
                        "touch with the server"),
                     scheme);
  return TRUE;
}

static gboolean
run (AmendsCli *cli, char **arguments, GError **error)
{
  int n_arguments = (int) g_strv_length (arguments);

  if (n_arguments == 1 && strcmp (arguments[0], "list") == 0)
    return run_list (cli, error);
  if (n_arguments == 2 && strcmp (arguments[0], "set") == 0)
    return run_set (cli, arguments[1], error);
  if (n_arguments >= 2 && strcmp (arguments[0], "remove") == 0)
    return run_remove (cli, arguments[1], arguments[2], error);
  g_set_error_literal (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_USAGE,
                       _ ("“pin” takes “list”, “set” and a scheme, or “remove”, a scheme and a "
                          "name"));
  return FALSE;
}

const AmendsCommand amends_cmd_pin = {
  "pin",
  N_ ("set SCHEME | list | remove SCHEME [NAME]"),
  N_ ("Set the PIN by which the kiosks of a scheme know you"),
  1,
  3,
  options,
  run,
};
