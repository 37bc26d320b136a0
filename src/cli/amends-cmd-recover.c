/* amends-cmd-recover.c: opens a store that nobody can open any more
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "core/amends-error.h"
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
  g_autofree char *text = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize n_text, n_bytes;
  gboolean is_key;

  if (recovery_key_file == NULL)
    {
      g_set_error_literal (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_USAGE,
                           _ ("“recover” needs --recovery-key FILE"));
      return FALSE;
    }
  if (!g_file_get_contents (recovery_key_file, &text, &n_text, NULL))
    {
      g_set_error (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_INPUT, _ ("%s cannot be read"),
                   recovery_key_file);
      return FALSE;
    }
  bytes = g_base64_decode (text, &n_bytes);
  is_key = n_bytes == 32;
  if (is_key)
    memcpy (ret_key, bytes, 32);
  else
    amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "recovery-key", NULL,
                      "That file holds no recovery key");
  sodium_memzero (text, n_text);
  sodium_memzero (bytes, n_bytes);
  return is_key;
}

static gboolean
recover (AmendsCli *cli, const char *name, const guint8 key[32], GError **error)
{
  char *passphrase = amends_cli_ask_new_passphrase (new_passphrase_file, name, error);
  gboolean is_recovered;

  if (passphrase == NULL)
    return FALSE;
  is_recovered = amends_store_recover (cli->store, key, name, passphrase, error);
  amends_cli_free_passphrase (passphrase);
  return is_recovered;
}

static gboolean
run (AmendsCli *cli, char **arguments, GError **error)
{
  const char *name = arguments[0];
  json_auto_t *json = NULL;
  guint8 key[32];
  gboolean is_recovered;

  if (!amends_cli_need_store_path (cli, error) || !read_key (key, error))
    return FALSE;
  cli->store = amends_store_open (cli->store_path, amends_environment_get_system (), "amendsctl",
                                  FALSE, error);
  is_recovered = cli->store != NULL && recover (cli, name, key, error);
  sodium_memzero (key, sizeof key);
  if (!is_recovered)
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
};
