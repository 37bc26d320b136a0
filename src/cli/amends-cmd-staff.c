/* amends-cmd-staff.c: the members of staff who open a store
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-secret.h"

#define MAX_ARGUMENTS 20 /* there are fewer roles */

static char *new_passphrase_file;

static const GOptionEntry options[] = {
  { "new-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &new_passphrase_file,
    N_ ("Whose first line is the passphrase of the one who is added"), N_ ("FILE") },
  { NULL },
};

static json_t *
staff_to_json (const AmendsStaff *staff)
{
  char id[AMENDS_ID_BUFFER];
  json_t *roles = json_array ();

  amends_id_format_to (&staff->id, id);
  for (guint i = 0; staff->roles[i] != NULL; i++)
    json_array_append_new (roles, json_string (staff->roles[i]));
  return json_pack ("{s:s, s:s, s:o}", "id", id, "name", staff->name, "roles", roles);
}

static void
print_staff (const AmendsStaff *staff)
{
  g_autoptr (GString) roles = g_string_new (NULL);

  for (guint i = 0; staff->roles[i] != NULL; i++)
    g_string_append_printf (roles, "%s%s", i > 0 ? ", " : "",
                            amends_text_of_code ("role", staff->roles[i]));
  if (roles->len > 0)
    amends_text_print ("%s: %s", staff->name, roles->str);
  else
    amends_text_print ("%s", staff->name);
}

/* The record of who opens the store may not have arrived on it. */
static AmendsStaff *
find_staff (AmendsCli *cli, const char *name, GError **error)
{
  AmendsId id;

  return amends_store_find_staff (cli->store, name, &id, error)
             ? amends_store_get_staff (cli->store, &id, error)
             : NULL;
}

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
      g_autoptr (AmendsStaff) staff = find_staff (cli, names[i], NULL);

      json_array_append_new (json, staff != NULL ? staff_to_json (staff)
                                                 : json_pack ("{s:n, s:s, s:[]}", "id", "name",
                                                              names[i], "roles"));
      if (!cli->is_json && staff != NULL)
        print_staff (staff);
      else if (!cli->is_json)
        amends_text_print ("%s", names[i]);
    }
  return !cli->is_json || amends_cli_print_json (cli, json, error);
}

/* Without a role it shows those that are recorded; "none" takes them all away. */
static gboolean
run_roles (AmendsCli *cli, const char *name, const char *const *roles, GError **error)
{
  static const char *const none[] = { NULL };
  g_autoptr (AmendsStaff) staff = NULL;
  json_auto_t *json = NULL;

  if (!amends_cli_open (cli, error))
    return FALSE;
  staff = find_staff (cli, name, error);
  if (staff == NULL)
    return FALSE;
  if (roles[0] != NULL)
    {
      AmendsId id = staff->id;
      gboolean is_none = strcmp (roles[0], "none") == 0 && roles[1] == NULL;

      if (!amends_store_set_roles (cli->store, &id, is_none ? none : roles, error))
        return FALSE;
      amends_staff_free (staff);
      staff = amends_store_get_staff (cli->store, &id, error);
      if (staff == NULL)
        return FALSE;
    }

  json = staff_to_json (staff);
  if (cli->is_json)
    return amends_cli_print_json (cli, json, error);
  print_staff (staff);
  return TRUE;
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
  if (n_arguments >= 2 && strcmp (arguments[0], "roles") == 0)
    return run_roles (cli, arguments[1], (const char *const *) arguments + 2, error);
  g_set_error_literal (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_USAGE,
                       _ ("“staff” takes “list”, “add” and a name, or “roles”, a name and the "
                          "roles"));
  return FALSE;
}

const AmendsCommand amends_cmd_staff = {
  "staff",
  N_ ("add NAME | list | roles NAME [ROLE…]"),
  N_ ("Say who opens this store and in what roles, and let another do so"),
  1,
  MAX_ARGUMENTS,
  options,
  run,
};
