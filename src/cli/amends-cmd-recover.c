/* amends-cmd-recover.c: opens a store that nobody can open any more
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-error.h"
#include "core/amends-secret.h"
#include "store/amends-environment.h"

static char *recovery_key_file;
static char *new_passphrase_file;

static const GOptionEntry options[] = {
  { "recovery-key", 0, 0, G_OPTION_ARG_FILENAME, &recovery_key_file,
    N_ ("The file recovery.key that the server made at the beginning"), N_ ("FILE") },
  { "new-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &new_passphrase_file,
    N_ ("Whose first line is the new passphrase"), N_ ("FILE") },
  { NULL },
};

static gboolean
read_key (guint8 ret_key[32], GError **error)
{
  g_autoptr (AmendsSecretText) text = NULL;

  if (recovery_key_file == NULL)
    {
      g_set_error_literal (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_USAGE,
                           _ ("“recover” needs --recovery-key FILE"));
      return FALSE;
    }
  if (!g_file_get_contents (recovery_key_file, &text, NULL, NULL))
    {
      g_set_error (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_INPUT, _ ("%s cannot be read"),
                   recovery_key_file);
      return FALSE;
    }
  if (amends_base64_decode (g_strchomp (text), ret_key, 32))
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "recovery-key", NULL,
                    "That file holds no recovery key");
  return FALSE;
}

static gboolean
recover (AmendsCli *cli, const char *name, const guint8 key[32], GError **error)
{
  g_autoptr (AmendsSecretText) passphrase =
      amends_cli_ask_new_passphrase (new_passphrase_file, name, error);

  return passphrase != NULL && amends_store_recover (cli->store, key, name, passphrase, error);
}

static gboolean
run (AmendsCli *cli, char **arguments, GError **error)
{
  const char *name = arguments[0];
  json_auto_t *json = NULL;
  g_auto (AmendsSecret) key = { { 0 } };

  if (!amends_cli_need_store_path (cli, error) || !read_key (key.bytes, error))
    return FALSE;
  cli->store = amends_store_open (cli->store_path, amends_environment_get_system (), "amendsctl",
                                  FALSE, error);
  if (cli->store == NULL || !recover (cli, name, key.bytes, error))
    return FALSE;

  json = json_pack ("{s:s}", "name", name);
  if (cli->is_json)
    return amends_cli_print_json (cli, json, error);
  amends_text_print (_ ("%s can open this store with the new passphrase"), name);
  return TRUE;
}

const AmendsCommand amends_cmd_recover = {
  "recover",
  N_ ("NAME"),
  N_ ("Open a store whose passphrase or keyring is lost, with the recovery key"),
  1,
  1,
  options,
  run,
  .needed_options = N_ ("--recovery-key FILE"),
};
