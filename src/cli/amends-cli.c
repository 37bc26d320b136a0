/* amends-cli.c: what every command shares: the store, input and output
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/amends-cli.h"

#include <errno.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/amends-error.h"
#include "core/amends-secret.h"

/* Far more than an intake with every list full of long letters. */
#define INPUT_MAX_BYTES (64 * 1024 * 1024)

#define PROGRAM "amendsctl"

/**
 * amends_cli_clear:
 * @self: what was asked; the store is closed
 */
void
amends_cli_clear (AmendsCli *self)
{
  g_clear_pointer (&self->store, amends_store_close);
  g_clear_pointer (&self->ambiguous, json_decref);
  g_clear_pointer (&self->store_path, g_free);
  g_clear_pointer (&self->passphrase_file, g_free);
  g_clear_pointer (&self->staff_name, g_free);
}

/**
 * amends_cli_need_store_path:
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, field store, if --store was not given.
 * Returns: whether it was
 */
gboolean
amends_cli_need_store_path (AmendsCli *self, GError **error)
{
  if (self->store_path != NULL && self->store_path[0] != '\0')
    return TRUE;
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "store", NULL, "%s",
                    _ ("Name the folder of the store with --store"));
  return FALSE;
}

static gboolean
choose_staff (AmendsCli *self, GError **error)
{
  g_auto (GStrv) names = NULL;

  if (self->staff_name != NULL)
    return TRUE;
  names = amends_store_list_slots (self->store, error);
  if (names == NULL)
    return FALSE;
  if (g_strv_length (names) == 1)
    {
      self->staff_name = g_strdup (names[0]);
      return TRUE;
    }
  if (names[0] == NULL)
    {
      g_set_error_literal (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED,
                           _ ("The secret of this device belongs to another store"));
      return FALSE;
    }
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "as", NULL, "%s",
                    _ ("More than one member of staff uses this store: say who with --as"));
  return FALSE;
}

/**
 * amends_cli_open:
 * @self: what was asked
 *
 * Opens the store and unlocks it for the member of staff; a kiosk's opens itself.
 *
 * Errors: of the store; %AMENDS_CORE_ERROR_INVALID with the option that is missing.
 * Returns: %TRUE on success
 */
gboolean
amends_cli_open (AmendsCli *self, GError **error)
{
  g_autofree char *question = NULL;
  g_autoptr (AmendsSecretText) passphrase = NULL;

  if (!amends_cli_need_store_path (self, error))
    return FALSE;
  self->store =
      amends_store_open (self->store_path, amends_environment_get_system (), PROGRAM, FALSE, error);
  if (self->store == NULL)
    return FALSE;
  if (amends_store_opens_itself (self->store))
    return amends_store_unlock_itself (self->store, error);
  if (!choose_staff (self, error))
    return FALSE;

  question = g_strdup_printf (_ ("Passphrase of %s:"), self->staff_name);
  passphrase = amends_cli_ask_passphrase (self->passphrase_file, question, error);
  return passphrase != NULL
         && amends_store_unlock (self->store, self->staff_name, passphrase, error);
}

/**
 * amends_cli_find_case:
 * @name: a reference or an id
 * @ret_id: (out): the case
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND, %AMENDS_CORE_ERROR_AMBIGUOUS, %AMENDS_CORE_ERROR_INVALID.
 * Returns: %TRUE on success
 */
gboolean
amends_cli_find_case (AmendsCli *self, const char *name, AmendsId *ret_id, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (amends_store_find_case (self->store, name, ret_id, &problem))
    return TRUE;
  if (g_error_matches (problem, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_AMBIGUOUS))
    {
      g_clear_pointer (&self->ambiguous, json_decref);
      self->ambiguous = json_array ();
      rows = amends_store_find_cases (self->store, name, NULL);
      for (guint i = 0; rows != NULL && i < rows->len; i++)
        {
          const AmendsCaseRow *row = g_ptr_array_index (rows, i);
          char text[AMENDS_ID_BUFFER];

          amends_id_format_to (&row->id, text);
          json_array_append_new (self->ambiguous, json_string (text));
        }
    }
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * amends_cli_get_case:
 * @name: a reference or an id
 *
 * Errors: as amends_cli_find_case(), and of the store.
 * Returns: (transfer full): the case
 */
AmendsCase *
amends_cli_get_case (AmendsCli *self, const char *name, GError **error)
{
  AmendsId id;

  if (!amends_cli_find_case (self, name, &id, error))
    return NULL;
  return amends_store_get_case (self->store, &id, error);
}

/**
 * amends_cli_open_input:
 * @name: a file, or "-" for standard input
 *
 * Errors: %AMENDS_CLI_ERROR_INPUT.
 * Returns: (transfer full): the stream
 */
GInputStream *
amends_cli_open_input (const char *name, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) problem = NULL;
  GFileInputStream *stream;

  if (strcmp (name, "-") == 0)
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);

  file = g_file_new_for_path (name);
  stream = g_file_read (file, NULL, &problem);
  if (stream == NULL)
    g_set_error (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_INPUT,
                 _ ("The input cannot be read: %s"), problem->message);
  return G_INPUT_STREAM (stream);
}

static GBytes *
read_all (GInputStream *stream, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[16384];
  gssize n_read;

  while ((n_read = g_input_stream_read (stream, buffer, sizeof buffer, NULL, error)) > 0)
    {
      if (bytes->len + (gsize) n_read > INPUT_MAX_BYTES)
        {
          amends_set_error (error, AMENDS_CORE_ERROR_TOO_LARGE, NULL, NULL,
                            _ ("The input is larger than %d MiB"), INPUT_MAX_BYTES / 1024 / 1024);
          return NULL;
        }
      g_byte_array_append (bytes, buffer, (guint) n_read);
    }
  if (n_read < 0)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/**
 * amends_cli_read_bytes:
 * @name: a file, or "-" for standard input
 *
 * Errors: %AMENDS_CLI_ERROR_INPUT, %AMENDS_CORE_ERROR_TOO_LARGE.
 * Returns: (transfer full): what is in it
 */
GBytes *
amends_cli_read_bytes (const char *name, GError **error)
{
  g_autoptr (GInputStream) stream = amends_cli_open_input (name, error);
  g_autoptr (GError) problem = NULL;
  GBytes *bytes;

  if (stream == NULL)
    return NULL;
  bytes = read_all (stream, &problem);
  if (bytes == NULL && problem->domain != AMENDS_CORE_ERROR)
    g_set_error (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_INPUT,
                 _ ("The input cannot be read: %s"), problem->message);
  else if (bytes == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return bytes;
}

/**
 * amends_cli_read_json:
 * @name: a file, or "-" for standard input
 *
 * Errors: %AMENDS_CLI_ERROR_INPUT, %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_TOO_LARGE.
 * Returns: (transfer full): the one value in it
 */
json_t *
amends_cli_read_json (const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = amends_cli_read_bytes (name, error);

  if (bytes == NULL)
    return NULL;
  return amends_json_load (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

/**
 * amends_cli_read_line:
 * @stream: what lines come from
 * @ret_n_bytes: (out): how long the line is
 *
 * Errors: %AMENDS_CLI_ERROR_INPUT.
 * Returns: (transfer full) (nullable): the next line without its end; %NULL with no error at the last
 */
char *
amends_cli_read_line (GDataInputStream *stream, gsize *ret_n_bytes, GError **error)
{
  g_autoptr (GError) problem = NULL;
  char *line = g_data_input_stream_read_line (stream, ret_n_bytes, NULL, &problem);

  if (problem != NULL)
    g_set_error (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_INPUT,
                 _ ("The input cannot be read: %s"), problem->message);
  return line;
}

/**
 * amends_cli_print_json_line:
 * @value: a result
 *
 * Errors: %AMENDS_CLI_ERROR_OUTPUT.
 * Returns: whether it stands on standard output
 */
gboolean
amends_cli_print_json_line (const json_t *value, GError **error)
{
  g_autoptr (GBytes) bytes = amends_json_dump (value);
  gsize n_bytes = g_bytes_get_size (bytes);

  if (fwrite (g_bytes_get_data (bytes, NULL), 1, n_bytes, stdout) == n_bytes
      && fputc ('\n', stdout) != EOF && fflush (stdout) == 0)
    return TRUE;
  g_set_error (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_OUTPUT,
               _ ("The result could not be written: %s"), g_strerror (errno));
  return FALSE;
}

/**
 * amends_cli_print_json:
 * @value: the one result of the command
 *
 * Errors: %AMENDS_CLI_ERROR_OUTPUT.
 * Returns: whether it stands on standard output
 */
gboolean
amends_cli_print_json (AmendsCli *self, const json_t *value, GError **error)
{
  self->json_printed = TRUE;
  return amends_cli_print_json_line (value, error);
}
