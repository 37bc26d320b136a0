/* amends-cmd-conflicts.c: shows where two people wrote different things at once
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"

static gboolean
add_conflicts (AmendsCli *cli, const AmendsCase *complaint, json_t *found, GError **error)
{
  json_auto_t *json = amends_store_case_to_json (cli->store, complaint, error);

  if (json == NULL)
    return FALSE;
  json_array_extend (found, json_object_get (json, "conflicts"));
  return TRUE;
}

static gboolean
add_all (AmendsCli *cli, json_t *found, GError **error)
{
  g_autoptr (GPtrArray) rows = amends_store_list_cases (cli->store, NULL, TRUE, 0, 0, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsCaseRow *row = g_ptr_array_index (rows, i);
      g_autoptr (AmendsCase) complaint = amends_store_get_case (cli->store, &row->id, error);

      if (complaint == NULL || !add_conflicts (cli, complaint, found, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_conflicts (AmendsCli *cli, const char *name, json_t *found, GError **error)
{
  g_autoptr (AmendsCase) complaint = NULL;

  if (name == NULL)
    return add_all (cli, found, error);
  complaint = amends_cli_get_case (cli, name, error);
  return complaint != NULL && add_conflicts (cli, complaint, found, error);
}

static void
print_version (AmendsCli *cli, const json_t *version)
{
  const char *by = amends_text_of_key (version, "by");
  g_autofree char *text = amends_text_of_value (json_object_get (version, "value"));
  g_autofree char *label = g_strconcat ("    ", amends_text_of_key (version, "event"), NULL);
  g_autofree char *device =
      amends_store_dup_device_name (cli->store, amends_text_of_key (version, "device"));
  g_autofree char *at = amends_text_of_instant (amends_text_of_key (version, "at"));
  g_autofree char *name = NULL;
  g_autofree char *who = NULL;
  AmendsId staff;

  if (by != NULL && amends_id_parse (by, &staff, NULL))
    name = amends_store_dup_staff_name (cli->store, &staff);
  who =
      g_strdup_printf ("%s, %s, %s", amends_text_or_dash (name), device, amends_text_or_dash (at));
  amends_text_print_field (label, text);
  amends_text_print_field (" ", who);
}

/**
 * amends_cmd_print_versions:
 * @conflict: of a case
 *
 * Prints who wrote what, and the act that settles it.
 */
void
amends_cmd_print_versions (AmendsCli *cli, const json_t *conflict)
{
  const json_t *values = json_object_get (conflict, "values");

  for (gsize i = 0; i < json_array_size (values); i++)
    print_version (cli, json_array_get (values, i));
  amends_text_print (
      _ ("    Settle it with the act {\"type\": \"conflict.settled\", \"field\": \"%s\", "
         "\"value\": …}: the value that is right"),
      amends_text_of_key (conflict, "field"));
}

static void
print_conflict (AmendsCli *cli, const json_t *conflict)
{
  amends_text_print ("%s  %s", amends_text_or_dash (amends_text_of_key (conflict, "reference")),
                     amends_text_of_key (conflict, "field"));
  amends_cmd_print_versions (cli, conflict);
}

static gboolean
run (AmendsCli *cli, char **arguments, GError **error)
{
  json_auto_t *found = json_array ();

  if (!amends_cli_open (cli, error) || !find_conflicts (cli, arguments[0], found, error))
    return FALSE;
  if (cli->is_json)
    return amends_cli_print_json (cli, found, error);

  for (gsize i = 0; i < json_array_size (found); i++)
    print_conflict (cli, json_array_get (found, i));
  if (json_array_size (found) == 0)
    g_print ("%s\n", _ ("Nothing is to be settled"));
  return TRUE;
}

const AmendsCommand amends_cmd_conflicts = {
  "conflicts", N_ ("[REFERENCE]"), N_ ("Show what somebody must settle"), 0, 1, NULL, run,
};
