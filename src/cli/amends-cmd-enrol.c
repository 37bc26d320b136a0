/* amends-cmd-enrol.c: makes a store with a code from the server
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-error.h"
#include "core/amends-secret.h"
#include "sync/amends-engine.h"

static char *server;
static char *code;
static char *device_name;
static char *staff_name;
static gboolean is_again;
static gboolean is_kiosk;

static const GOptionEntry options[] = {
  { "server", 0, 0, G_OPTION_ARG_STRING, &server, N_ ("Where the server is"), "https://HOST:PORT" },
  { "code", 0, 0, G_OPTION_ARG_STRING, &code, N_ ("The code that an administrator gave"),
    N_ ("CODE") },
  { "name", 0, 0, G_OPTION_ARG_STRING, &device_name, N_ ("What people call this device"),
    N_ ("NAME") },
  { "staff", 0, 0, G_OPTION_ARG_STRING, &staff_name, N_ ("Who uses it first"), N_ ("NAME") },
  { "again", 0, 0, G_OPTION_ARG_NONE, &is_again,
    N_ ("Keep this store: its server was restored from a backup and has forgotten it"), NULL },
  { "kiosk", 0, 0, G_OPTION_ARG_NONE, &is_kiosk,
    N_ ("This device is a kiosk: its store opens itself and needs no passphrase"), NULL },
  { NULL },
};

static gboolean
need (const char *value, const char *field, const char *sentence, GError **error)
{
  if (value != NULL && value[0] != '\0')
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, field, NULL, "%s", sentence);
  return FALSE;
}

/* One whose enrolment was cut off holds nothing, and is made anew. */
static gboolean
is_in_use (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsStore) store =
      amends_store_open (path, amends_environment_get_system (), "amendsctl", FALSE, &error);

  return store != NULL
         || !g_error_matches (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED);
}

/* All that can be wrong here is said before the code is used: it works once. */
static gboolean
check_request (AmendsCli *cli, GError **error)
{
  if (!amends_cli_need_store_path (cli, error)
      || !need (server, "server", _ ("Name the server with --server"), error)
      || !need (code, "code", _ ("Give the code of the administrator with --code"), error)
      || (!is_again
          && !need (device_name, "name", _ ("Say what people call this device with --name"),
                    error)))
    return FALSE;
  if (!g_str_has_prefix (server, "https://"))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "server", NULL, "%s",
                        _ ("The address of a server begins with https://"));
      return FALSE;
    }
  if (!is_again && is_in_use (cli->store_path))
    {
      g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_EXISTS,
                           _ ("There is a store in that folder already"));
      return FALSE;
    }
  return TRUE;
}

static const char *
choose_staff_name (void)
{
  const char *name = g_get_real_name ();

  if (staff_name != NULL && staff_name[0] != '\0')
    return staff_name;
  return name != NULL && name[0] != '\0' && strcmp (name, "Unknown") != 0 ? name
                                                                          : g_get_user_name ();
}

static gboolean
print_enrolment (AmendsCli *cli, const AmendsIdentity *identity, GArray *feeds, GError **error)
{
  json_auto_t *json = NULL;
  json_t *list;

  if (!cli->is_json)
    {
      amends_text_print (_ ("This device is %s of %s. It can record cases now, also with no "
                            "network."),
                         identity->code, identity->organisation_name);
      return TRUE;
    }
  list = json_array ();
  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsFeed *feed = &g_array_index (feeds, AmendsFeed, i);

      json_array_append_new (list, json_pack ("{s:s, s:b, s:b}", "feed", feed->feed, "read",
                                              feed->may_read, "write", feed->may_write));
    }
  json = json_pack ("{s:s, s:{s:s?, s:s?}, s:o, s:s?}", "device", identity->code, "organisation",
                    "id", identity->organisation_id, "name", identity->organisation_name, "feeds",
                    list, "server", identity->server);
  return amends_cli_print_json (cli, json, error);
}

/* For a device that its restored server has forgotten. */
static gboolean
run_again (AmendsCli *cli, GError **error)
{
  g_autoptr (GArray) feeds = NULL;

  if (!amends_cli_open (cli, error)
      || !amends_enrol_again (amends_store_get_identity (cli->store), server, code, NULL, error)
      || !amends_store_set_server (cli->store, server, error))
    return FALSE;
  feeds = amends_store_list_feeds (cli->store, error);
  return feeds != NULL
         && print_enrolment (cli, amends_store_get_identity (cli->store), feeds, error);
}

static gboolean
run (AmendsCli *cli, char **arguments, GError **error)
{
  const AmendsEnvironment *environment = amends_environment_get_system ();
  g_autoptr (AmendsIdentity) identity = NULL;
  g_autoptr (GArray) feeds = NULL;
  g_autoptr (AmendsSecretText) passphrase = NULL;
  const char *name = choose_staff_name ();

  if (!check_request (cli, error))
    return FALSE;
  if (is_again)
    return run_again (cli, error);
  if (!is_kiosk)
    passphrase = amends_cli_ask_new_passphrase (cli->passphrase_file, name, error);
  if (passphrase == NULL && !is_kiosk)
    return FALSE;

  identity = amends_enrol (server, code, device_name, environment, NULL, &feeds, error);
  if (identity == NULL)
    return FALSE;
  if (is_kiosk && !g_str_equal (identity->kind, "kiosk"))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "code", NULL, "%s",
                        _ ("That code is not for a kiosk. Ask for one with --kind kiosk."));
      return FALSE;
    }
  cli->store = amends_store_create (cli->store_path, environment, "amendsctl", identity,
                                    &g_array_index (feeds, AmendsFeed, 0), feeds->len, name,
                                    passphrase, error);
  return cli->store != NULL && print_enrolment (cli, identity, feeds, error);
}

const AmendsCommand amends_cmd_enrol = {
  "enrol", "",  N_ ("Make a store for this device with a code from the server"), 0, 0,
  options, run, .needed_options = N_ ("--server URL --code CODE --name NAME"),
};
