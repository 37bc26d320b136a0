/* amends-cli-policies.c: the editions and calendars that ship, and those in files
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A name with a dot or a slash in it, or "-", is a file. */

#include "config.h"

#include "cli/amends-cli-policies.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "cli/amends-cli.h"
#include "core/amends-error.h"
#include "store/amends-shipped.h"

static GBytes *
read_file (const char *path, gsize n_max, GError **error)
{
  g_autoptr (GInputStream) stream = amends_cli_open_input (path, error);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[16384];
  gssize n_read;

  if (stream == NULL)
    return NULL;
  /* One byte over the limit is enough for the parser to refuse it. */
  while ((n_read = g_input_stream_read (stream, buffer, sizeof buffer, NULL, &problem)) > 0
         && bytes->len <= n_max)
    g_byte_array_append (bytes, buffer, (guint) n_read);
  if (n_read < 0)
    {
      g_set_error (error, AMENDS_CLI_ERROR, AMENDS_CLI_ERROR_INPUT,
                   _ ("The input cannot be read: %s"), problem->message);
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static gboolean
is_file (const char *name)
{
  return strchr (name, '/') != NULL || strchr (name, '.') != NULL || strcmp (name, "-") == 0;
}

/**
 * amends_cli_read_policy:
 * @path: a file, or "-" for standard input
 *
 * Errors: %AMENDS_CLI_ERROR_INPUT.
 * Returns: (transfer full): its text, or as much of it as is too much for a policy
 */
GBytes *
amends_cli_read_policy (const char *path, GError **error)
{
  return read_file (path, AMENDS_POLICY_MAX_BYTES, error);
}

/**
 * amends_cli_find_policy:
 * @name: an id, or a file
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND, and those of amends_cli_read_policy().
 * Returns: (transfer full): the text of the edition
 */
GBytes *
amends_cli_find_policy (const char *name, GError **error)
{
  GBytes *bytes;

  if (is_file (name))
    return amends_cli_read_policy (name, error);
  bytes = amends_shipped_load_policy (name);
  if (bytes == NULL)
    amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, "policy", NULL,
                      _ ("There is no policy “%s”: see amendsctl policy list"), name);
  return bytes;
}

/**
 * amends_cli_load_policy:
 * @name: an id, or a file
 *
 * Errors: those of amends_cli_find_policy() and amends_policy_parse().
 * Returns: (transfer full): the edition
 */
AmendsPolicy *
amends_cli_load_policy (const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = amends_cli_find_policy (name, error);
  g_autofree char *shown = g_filename_display_basename (name);

  return bytes != NULL ? amends_policy_parse (bytes, shown, NULL, error) : NULL;
}

/**
 * amends_cli_find_calendar:
 * @name: an id, or a file
 *
 * Errors: %AMENDS_CORE_ERROR_NOT_FOUND, %AMENDS_CLI_ERROR_INPUT.
 * Returns: (transfer full): the text of the calendar
 */
GBytes *
amends_cli_find_calendar (const char *name, GError **error)
{
  GBytes *bytes;

  if (is_file (name))
    return read_file (name, AMENDS_CALENDAR_MAX_BYTES, error);
  bytes = amends_shipped_load_calendar (name);
  if (bytes == NULL)
    amends_set_error (error, AMENDS_CORE_ERROR_NOT_FOUND, "calendar", NULL,
                      _ ("There is no calendar “%s”"), name);
  return bytes;
}

/**
 * amends_cli_load_calendar:
 * @name: an id, or a file
 *
 * Errors: those of amends_cli_find_calendar() and amends_calendar_parse().
 * Returns: (transfer full): the calendar
 */
AmendsCalendar *
amends_cli_load_calendar (const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = amends_cli_find_calendar (name, error);
  g_autofree char *shown = g_filename_display_basename (name);

  return bytes != NULL ? amends_calendar_parse (bytes, shown, NULL, error) : NULL;
}
