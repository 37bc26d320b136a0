/* amends-cmd-bundle.c: exchanges records with the server by hand, as files on a stick
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "sync/amends-by-hand.h"

static char *to_text;

static const GOptionEntry options[] = {
  { "to", 0, 0, G_OPTION_ARG_STRING, &to_text, N_ ("Who is to read the file: the server"),
    "server" },
  { NULL },
};

static gboolean
set_usage (GError **error)
{
  g_set_error_literal (
      error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_USAGE,
      _ ("Use it so: amendsctl --store DIR bundle export FILE --to server | bundle "
         "import FILE"));
  return FALSE;
}

static void
print_export (const AmendsHandExport *export, const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);

  if (export->n_events > 0)
    {
      g_print (
          ngettext ("%lu record is in the file, and stays marked as waiting until the receipt "
                    "comes back\n",
                    "%lu records are in the file, and stay marked as waiting until the receipt "
                    "comes back\n",
                    (gulong) export->n_events),
          (gulong) export->n_events);
    }
  else
    g_print ("%s\n", _ ("Nothing is waiting here; the file asks for what others recorded"));
  amends_text_print (_ ("Carry %s to the server, and bring its answer back: it is read with "
                        "“bundle import”"),
                     shown);
}

static gboolean
run_export (AmendsCli *cli, const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  json_auto_t *json = NULL;
  AmendsHandExport export;

  if (g_strcmp0 (to_text, "server") != 0)
    return set_usage (error);
  if (!amends_cli_open (cli, error)
      || !amends_hand_export (cli->store, path, NULL, NULL, NULL, &export, error))
    return FALSE;
  if (!cli->is_json)
    {
      print_export (&export, path);
      return TRUE;
    }
  json = json_pack ("{s:s, s:s, s:I, s:I}", "file", shown, "to", to_text, "records",
                    (json_int_t) export.n_events, "handed_in", (json_int_t) export.n_handed_in);
  return amends_cli_print_json (cli, json, error);
}

static void
print_import (const AmendsSyncReport *report, gboolean is_old)
{
  if (is_old && report->n_acknowledged == 0 && report->n_received == 0)
    g_print ("%s\n", _ ("Nothing in it is new: this device has heard of the server since"));
  if (report->n_acknowledged > 0)
    g_print (ngettext ("%lu record of this device has arrived\n",
                       "%lu records of this device have arrived\n",
                       (gulong) report->n_acknowledged),
             (gulong) report->n_acknowledged);
  if (!is_old || report->n_received > 0)
    g_print (ngettext ("Received %lu record\n", "Received %lu records\n",
                       (gulong) report->n_received),
             (gulong) report->n_received);
  if (report->n_waiting > 0)
    g_print (ngettext ("%lu record not yet sent\n", "%lu records not yet sent\n",
                       (gulong) report->n_waiting),
             (gulong) report->n_waiting);
  if (report->server_restored)
    g_print ("%s\n", _ ("The server was restored and lacks some of it. Export once more: the next "
                        "file gives back what it lacks."));
}

static gboolean
run_import (AmendsCli *cli, const char *path, GError **error)
{
  AmendsSyncReport report = { 0 };
  json_auto_t *json = NULL;
  gboolean is_old = FALSE;

  if (to_text != NULL)
    return set_usage (error);
  if (!amends_cli_open (cli, error)
      || !amends_hand_import (cli->store, path, NULL, NULL, &report, &is_old, error))
    return FALSE;
  if (!cli->is_json)
    {
      print_import (&report, is_old);
      return TRUE;
    }
  json = json_pack ("{s:I, s:I, s:I, s:b, s:b}", "received", (json_int_t) report.n_received,
                    "acknowledged", (json_int_t) report.n_acknowledged, "waiting",
                    (json_int_t) report.n_waiting, "old", (int) is_old, "server_restored",
                    (int) report.server_restored);
  return amends_cli_print_json (cli, json, error);
}

static gboolean
run (AmendsCli *cli, char **arguments, GError **error)
{
  if (strcmp (arguments[0], "export") == 0)
    return run_export (cli, arguments[1], error);
  if (strcmp (arguments[0], "import") == 0)
    return run_import (cli, arguments[1], error);
  return set_usage (error);
}

const AmendsCommand amends_cmd_bundle = {
  "bundle",
  N_ ("export FILE --to server | import FILE"),
  N_ ("Exchange records by hand, on a stick, where there is no network"),
  2,
  2,
  options,
  run,
  FALSE,
  NULL,
  N_ ("The file is sealed: whoever finds it learns nothing. It may come late, twice, and over the "
      "network as\n"
      "well: nothing is lost and nothing doubled. At the server: amends-server bundle import FILE "
      "--reply FILE."),
};
