/* amends-cmd-history.c: shows who did what on a case
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"

#define ID_COLUMNS 10
#define AT_COLUMNS 16
#define TYPE_COLUMNS 20

static void
print_entry (const json_t *entry)
{
  const char *by = amends_text_of_key (json_object_get (entry, "by"), "name");
  const char *device = amends_text_of_key (json_object_get (entry, "device"), "name");
  gboolean is_known = json_is_true (json_object_get (entry, "known"));
  g_autofree char *id = amends_text_fit (amends_text_of_key (entry, "id"), ID_COLUMNS);
  g_autofree char *local = amends_text_of_instant (amends_text_of_key (entry, "at"));
  g_autofree char *at = amends_text_fit (local, AT_COLUMNS);
  g_autofree char *type = amends_text_fit (amends_text_of_key (entry, "type"), TYPE_COLUMNS);
  g_autofree char *who = amends_text_escape (amends_text_or_dash (by));
  g_autofree char *where = amends_text_escape (amends_text_or_dash (device));

  g_print ("%s  %s  %s  %s, %s", id, at, type, who, where);
  if (!is_known)
    g_print ("  %s", _ ("recorded by a newer version of Amends"));
  if (json_is_true (json_object_get (entry, "erased")))
    g_print ("  %s", _ ("erased"));
  if (amends_text_of_key (entry, "carried_by") != NULL)
    g_print ("  %s", _ ("carried here when the case was moved"));
  else if (!json_is_true (json_object_get (entry, "verified")))
    g_print ("  %s", _ ("not yet verified"));
  if (!json_is_true (json_object_get (entry, "sent")))
    g_print ("  %s", _ ("not sent"));
  g_print ("\n");
}

static gboolean
run (AmendsCli *cli, char **arguments, GError **error)
{
  g_autoptr (AmendsCase) complaint = NULL;
  json_auto_t *json = NULL;

  if (!amends_cli_open (cli, error))
    return FALSE;
  complaint = amends_cli_get_case (cli, arguments[0], error);
  if (complaint == NULL)
    return FALSE;
  json = amends_store_history_to_json (cli->store, complaint, error);
  if (json == NULL)
    return FALSE;
  if (cli->is_json)
    return amends_cli_print_json (cli, json, error);

  for (gsize i = 0; i < json_array_size (json); i++)
    print_entry (json_array_get (json, i));
  return TRUE;
}

const AmendsCommand amends_cmd_history = {
  "history", N_ ("REFERENCE"), N_ ("Show who did what on a case, and when"), 1, 1, NULL, run,
};
