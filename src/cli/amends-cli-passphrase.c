/* amends-cli-passphrase.c: a passphrase from a file or a terminal that does not show it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/amends-cli.h"
#include "core/amends-error.h"
#include "core/amends-secret.h"

/* The first line of a file; whoever names a disk image by mistake is told so at once. */
#define FILE_MAX_BYTES 4096

static const int ending_signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };

/* For the handler, which may use nothing else. */
static struct termios shown_mode;

static void
restore_and_end_cb (int number)
{
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown_mode);
  signal (number, SIG_DFL);
  raise (number);
}

static char *
read_first_line (FILE *stream)
{
  char buffer[FILE_MAX_BYTES];
  char *line = NULL;

  if (fgets (buffer, sizeof buffer, stream) != NULL)
    {
      buffer[strcspn (buffer, "\r\n")] = '\0';
      line = g_strdup (buffer);
    }
  explicit_bzero (buffer, sizeof buffer);
  return line;
}

static char *
read_file (const char *path, GError **error)
{
  FILE *stream = fopen (path, "re");
  char *line;

  if (stream == NULL)
    {
      g_set_error (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_INPUT,
                   _ ("The passphrase file cannot be read: %s"), g_strerror (errno));
      return NULL;
    }
  /* What is read stays in our own buffer, which is wiped. */
  setvbuf (stream, NULL, _IONBF, 0);
  line = read_first_line (stream);
  fclose (stream);
  if (line == NULL || line[0] == '\0')
    {
      amends_secret_text_free (line);
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "passphrase-file", NULL, "%s",
                        _ ("The passphrase file is empty: its first line is the passphrase"));
      return NULL;
    }
  return line;
}

static char *
read_terminal (const char *question)
{
  struct sigaction ending = { .sa_handler = restore_and_end_cb };
  struct sigaction former[G_N_ELEMENTS (ending_signals)];
  struct termios hidden_mode;
  char *line;

  tcgetattr (STDIN_FILENO, &shown_mode);
  hidden_mode = shown_mode;
  hidden_mode.c_lflag &= ~(tcflag_t) ECHO;
  for (gsize i = 0; i < G_N_ELEMENTS (ending_signals); i++)
    sigaction (ending_signals[i], &ending, &former[i]);
  /* Nothing is asked before it is hidden: what was typed until then is thrown away. */
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden_mode);
  g_printerr ("%s ", question);

  setvbuf (stdin, NULL, _IONBF, 0);
  line = read_first_line (stdin);

  tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown_mode);
  for (gsize i = 0; i < G_N_ELEMENTS (ending_signals); i++)
    sigaction (ending_signals[i], &former[i], NULL);
  g_printerr ("\n");
  return line;
}

/**
 * amends_cli_ask_passphrase:
 * @file: (nullable): whose first line it is; %NULL to ask on the terminal
 * @question: what is asked there
 *
 * Errors: %AMENDS_CLI_ERROR_INPUT, %AMENDS_CLI_ERROR_USAGE where there is no terminal.
 * Returns: (transfer full): the passphrase; free with amends_secret_text_free()
 */
char *
amends_cli_ask_passphrase (const char *file, const char *question, GError **error)
{
  char *line;

  if (file != NULL)
    return read_file (file, error);
  if (!isatty (STDIN_FILENO))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "passphrase-file", NULL, "%s",
                        _ ("There is no terminal to ask for the passphrase: name a file with "
                           "--passphrase-file"));
      return NULL;
    }
  line = read_terminal (question);
  if (line == NULL)
    g_set_error_literal (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_USAGE,
                         _ ("No passphrase was given"));
  return line;
}

/**
 * amends_cli_ask_new_secret:
 * @file: (nullable): whose first line it is; %NULL to ask twice on the terminal
 * @question: what is asked first
 * @check: whether it may be one
 * @field: of what is wrong with two that are not the same
 * @differ: what is said of them
 *
 * Errors: as amends_cli_ask_passphrase(), what @check says, and %AMENDS_CORE_ERROR_INVALID if it was not typed the same
 * twice.
 * Returns: (transfer full): the secret; free with amends_secret_text_free()
 */
char *
amends_cli_ask_new_secret (const char *file,
                           const char *question,
                           AmendsCliCheck check,
                           const char *field,
                           const char *differ,
                           GError **error)
{
  g_autoptr (AmendsSecretText) secret = amends_cli_ask_passphrase (file, question, error);
  g_autoptr (AmendsSecretText) again = NULL;

  if (secret == NULL || !check (secret, error))
    return NULL;
  if (file != NULL)
    return g_steal_pointer (&secret);

  again = amends_cli_ask_passphrase (NULL, _ ("The same again:"), error);
  if (again == NULL)
    return NULL;
  if (strcmp (again, secret) != 0)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, field, NULL, "%s", differ);
      return NULL;
    }
  return g_steal_pointer (&secret);
}

/**
 * amends_cli_ask_new_passphrase:
 * @file: (nullable): as amends_cli_ask_new_secret()
 * @name: whose it will be
 *
 * Errors: as amends_cli_ask_new_secret(), and %AMENDS_CORE_ERROR_INVALID for one that is too short.
 * Returns: (transfer full): the passphrase; free with amends_secret_text_free()
 */
char *
amends_cli_ask_new_passphrase (const char *file, const char *name, GError **error)
{
  g_autofree char *question = g_strdup_printf (_ ("New passphrase for %s:"), name);

  return amends_cli_ask_new_secret (file, question, amends_store_check_passphrase, "passphrase",
                                    _ ("The two passphrases are not the same"), error);
}
