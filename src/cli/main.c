/* main.c: the command line of a device
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"

static const AmendsCommand *const commands[] = {
  &amends_cmd_enrol,   &amends_cmd_staff,     &amends_cmd_record,      &amends_cmd_act,
  &amends_cmd_may,     &amends_cmd_list,      &amends_cmd_search,      &amends_cmd_show,
  &amends_cmd_history, &amends_cmd_conflicts, &amends_cmd_status,      &amends_cmd_sync,
  &amends_cmd_bundle,  &amends_cmd_fsck,      &amends_cmd_rebuild,     &amends_cmd_backup,
  &amends_cmd_policy,  &amends_cmd_calendar,  &amends_cmd_clocks,      &amends_cmd_recover,
  &amends_cmd_schema,  &amends_cmd_attach,    &amends_cmd_attachments, &amends_cmd_fetch,
  &amends_cmd_letter,  &amends_cmd_import,    &amends_cmd_ledger,      &amends_cmd_pin,
};

static gboolean is_version;
static gboolean is_help;

/* What is sealed on disk must not get there in the clear as the picture of a crashed process, nor be
 * read by another program of the same person. */
static void
harden_process (void)
{
  const struct rlimit none = { 0, 0 };

  umask (077);
  setrlimit (RLIMIT_CORE, &none);
  signal (SIGXFSZ, SIG_IGN); /* a file that may grow no more is an error to report, not an end */
  amends_cmd_sync_prepare ();
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
}

static const AmendsCommand *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i]->name, name) == 0)
      return commands[i];
  return NULL;
}

static void
add_entries (GOptionContext *context, AmendsCli *cli)
{
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &cli->store_path, N_ ("The folder of the store"),
      N_ ("DIR") },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &cli->passphrase_file,
      N_ ("Whose first line is the passphrase"), N_ ("FILE") },
    { "as", 0, 0, G_OPTION_ARG_STRING, &cli->staff_name,
      N_ ("The member of staff, where there is more than one"), N_ ("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->is_json, N_ ("Answer in JSON"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &is_help, N_ ("Show this help"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &is_version, N_ ("Show the version"), NULL },
    { NULL },
  };

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static char *
dup_overview (void)
{
  g_autoptr (GString) text = g_string_new (_ ("Commands:"));

  g_string_append_c (text, '\n');
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *arguments = commands[i]->arguments;
      g_autofree char *call =
          g_strdup_printf ("%s %s", commands[i]->name, arguments[0] != '\0' ? _ (arguments) : "");
      g_autofree char *fitted = amends_text_fit (call, 24);

      g_string_append_printf (text, "  %s  %s\n", fitted, _ (commands[i]->summary));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The command is the first word that names one. Options may stand before it, its own as well, whose
 * values have to be passed over here without knowing them; that nothing else stands before it is seen
 * once the options are read. */
static const AmendsCommand *
peek_command (char **argv)
{
  AmendsCli ignored = { 0 };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) words = g_strdupv (argv);
  const AmendsCommand *command = NULL;

  add_entries (context, &ignored);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  if (g_option_context_parse_strv (context, &words, NULL))
    for (guint i = 1; words[i] != NULL && command == NULL; i++)
      command = find_command (words[i]);
  amends_cli_clear (&ignored);
  return command;
}

static char *
dup_call (const AmendsCommand *command)
{
  g_autoptr (GString) call = g_string_new (command->name);

  if (command->needed_options != NULL)
    g_string_append_printf (call, " %s", _ (command->needed_options));
  if (command->arguments[0] != '\0')
    g_string_append_printf (call, " %s", _ (command->arguments));
  return g_string_free (g_steal_pointer (&call), FALSE);
}

static GOptionContext *
context_for (AmendsCli *cli, const AmendsCommand *command)
{
  g_autofree char *overview = NULL;
  g_autofree char *call = NULL;
  GOptionContext *context;

  if (command == NULL)
    {
      overview = dup_overview ();
      context = g_option_context_new (_ ("COMMAND …"));
      g_option_context_set_summary (context, overview);
    }
  else
    {
      call = dup_call (command);
      context = g_option_context_new (call);
      g_option_context_set_summary (context, _ (command->summary));
      if (command->more != NULL)
        g_option_context_set_description (context, _ (command->more));
      if (command->options != NULL)
        g_option_context_add_main_entries (context, command->options, GETTEXT_PACKAGE);
    }
  add_entries (context, cli);
  return context;
}

static gboolean
check_arguments (const AmendsCommand *command, char **arguments, GError **error)
{
  int n_arguments = (int) g_strv_length (arguments);
  g_autofree char *call = NULL;

  if (n_arguments >= command->n_min && n_arguments <= command->n_max)
    return TRUE;
  call = dup_call (command);
  g_set_error (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_USAGE,
               command->needs_no_store ? _ ("Use it so: amendsctl %s")
                                       : _ ("Use it so: amendsctl --store DIR %s"),
               call);
  return FALSE;
}

/* What is left of @words once options are read: the command and what follows it; "--" ends the
 * options, for a text that begins with a dash. Returns: (nullable): what follows */
static char **
find_arguments (char **words, const AmendsCommand *command, GError **error)
{
  char **arguments = words + 1;

  if (*arguments != NULL && strcmp (*arguments, "--") == 0)
    arguments++;
  if (*arguments == NULL || command == NULL || strcmp (*arguments, command->name) != 0)
    {
      g_set_error_literal (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_USAGE,
                           *arguments == NULL
                               ? _ ("Say what to do: see amendsctl --help")
                               : _ ("There is no such command: see amendsctl --help"));
      return NULL;
    }
  arguments++;
  return *arguments != NULL && strcmp (*arguments, "--") == 0 ? arguments + 1 : arguments;
}

static gboolean
run (AmendsCli *cli, char **argv, GError **error)
{
  const AmendsCommand *command = peek_command (argv);
  g_autoptr (GOptionContext) context = context_for (cli, command);
  g_auto (GStrv) words = g_strdupv (argv);
  g_autofree char *help = NULL;
  char **arguments;

  if (!g_option_context_parse_strv (context, &words, error))
    return FALSE;
  if (is_version)
    {
      g_print ("Amends %s\n", PACKAGE_VERSION);
      return TRUE;
    }
  if (is_help)
    {
      help = g_option_context_get_help (context, TRUE, NULL);
      g_print ("%s", help);
      return TRUE;
    }
  arguments = find_arguments (words, command, error);
  return arguments != NULL && check_arguments (command, arguments, error)
         && command->run (cli, arguments, error);
}

int
main (int argc, char *argv[])
{
  g_auto (AmendsCli) cli = { 0 };
  g_autoptr (GError) error = NULL;

  harden_process ();
  g_log_writer_default_set_use_stderr (TRUE); /* standard output is for the answer alone */

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (sodium_init () < 0)
    g_set_error_literal (&error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                         _ ("This machine gives no random numbers"));
  else if (run (&cli, argv, &error) && (fflush (stdout) != 0 || ferror (stdout)))
    g_set_error_literal (&error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_OUTPUT,
                         _ ("The result could not be written"));
  if (error != NULL)
    {
      /* Also where the options cannot be read the answer is in JSON if it was asked for. */
      cli.is_json |= g_strv_contains ((const char *const *) argv, "--json");
      return amends_cli_report (&cli, error);
    }
  return cli.exit_status;
}
