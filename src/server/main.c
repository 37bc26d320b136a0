/* main.c: amends-server, the program
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <sodium.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "server/amends-server-cmd.h"

/* Of the keys beside a database: where systemd keeps what a service has, or the user's own. */
static char *
get_default_folder (void)
{
  const char *state = g_getenv ("STATE_DIRECTORY");

  return state != NULL ? g_strdup (state)
                       : g_build_filename (g_get_user_data_dir (), "amends-server", NULL);
}

/* Returns: (nullable): the command that @words begin with */
static const AmendsServerCmd *
find_command (const char *const *words)
{
  guint n;
  const AmendsServerCmd *all = amends_server_cmd_get_all (&n);

  for (guint i = 0; words[0] != NULL && i < n; i++)
    if (g_str_equal (words[0], all[i].words[0])
        && (all[i].words[1] == NULL || g_strcmp0 (words[1], all[i].words[1]) == 0))
      return &all[i];
  return NULL;
}

static guint
count (const char *const *words)
{
  return g_strv_length ((char **) words);
}

static char *
dup_name (const AmendsServerCmd *command)
{
  return g_strjoinv (" ", (char **) command->words);
}

static char *
dup_call (const AmendsServerCmd *command)
{
  g_autofree char *name = dup_name (command);

  return g_strchomp (g_strjoin (" ", name, *command->call != '\0' ? _ (command->call) : "", NULL));
}

static int
fail_call (const AmendsServerOptions *options, const AmendsServerCmd *command)
{
  g_autofree char *call = dup_call (command);
  g_autofree char *message = g_strdup_printf (_ ("Use it so: amends-server --data DIR %s"), call);

  return amends_server_cmd_fail_usage (options, NULL, message);
}

static int
run (AmendsServerOptions *options, const char *const *words)
{
  const AmendsServerCmd *command = find_command (words);
  const char *const *arguments;

  if (command == NULL)
    return amends_server_cmd_fail_usage (
        options, "command",
        words[0] == NULL ? _ ("Say what to do: see amends-server --help")
                         : _ ("There is no such command: see amends-server --help"));
  arguments = words + count (command->words);
  if (count (arguments) != count (command->takes))
    return fail_call (options, command);
  if (options->store != NULL && !g_str_has_prefix (options->store, "postgresql://")
      && !g_str_has_prefix (options->store, "postgres://"))
    return amends_server_cmd_fail_usage (options, "store",
                                         _ ("A store elsewhere is --store postgresql://…"));
  if (options->data == NULL && options->store == NULL)
    return amends_server_cmd_fail_usage (
        options, "data", _ ("The server's store is needed: --data DIR or --store postgresql://…"));
  if (options->data == NULL)
    options->data = get_default_folder ();
  return amends_server_cmd_run (command, options, arguments);
}

static char *
dup_overview (void)
{
  g_autoptr (GString) text = g_string_new (_ ("Commands:"));
  guint n;
  const AmendsServerCmd *all = amends_server_cmd_get_all (&n);

  g_string_append_c (text, '\n');
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = dup_name (&all[i]);

      g_string_append_printf (text, "  %-20s%s\n", name, _ (all[i].summary));
    }
  g_string_append_c (text, '\n');
  g_string_append (text, _ ("amends-server COMMAND --help says what a command needs."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
print_help (AmendsServerOptions *options, const AmendsServerCmd *command)
{
  g_autofree char *overview = NULL;
  g_autofree char *call = command != NULL ? dup_call (command) : g_strdup (_ ("COMMAND …"));
  g_autoptr (GOptionContext) context = g_option_context_new (call);
  g_autofree char *help = NULL;

  if (command == NULL)
    overview = dup_overview ();
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, command != NULL ? _ (command->summary) : overview);
  if (command != NULL && command->more != NULL)
    g_option_context_set_description (context, _ (command->more));
  amends_server_options_add (options, context, command != NULL ? command->call : NULL);
  help = g_option_context_get_help (context, TRUE, NULL);
  g_print ("%s", help);
}

int
main (int argc, char *argv[])
{
  const struct rlimit no_core = { 0, 0 };
  const char *const *words = (const char *const *) argv + 1;
  g_auto (AmendsServerOptions) options = { 0 };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  umask (077);                       /* whatever is written here holds keys or cases */
  setrlimit (RLIMIT_CORE, &no_core); /* and so would the picture of a crashed process */
  if (sodium_init () < 0)
    return AMENDS_SERVER_EXIT_DAMAGED;

  g_option_context_set_help_enabled (context, FALSE);
  amends_server_options_add (&options, context, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return amends_server_cmd_fail_usage (&options, NULL, error->message);
  if (!options.version && !options.help)
    return run (&options, words);
  if (options.version)
    g_print ("Amends %s\n", PACKAGE_VERSION);
  else
    print_help (&options, find_command (words));
  return 0;
}
