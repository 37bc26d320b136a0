/* amends-scan.c: which case a scan belongs to
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file is opened by a program of its own, which is given nothing else (scan/main.c). What it says is believed
 * only where it is a reference. */

#include "config.h"

#include "app/amends-scan.h"

#include <string.h>

#include <glib/gi18n.h>

#include "core/amends-id.h"

#define PROGRAM "amends-read-code"

enum
{
  STATUS_FOUND,
  STATUS_NONE,
};

/* Returns: (transfer full): the program that opens what strangers made */
char *
amends_scan_dup_program (void)
{
  const char *folder = g_getenv ("AMENDS_LIBEXECDIR");

  return g_build_filename (folder != NULL ? folder : LIBEXECDIR, PROGRAM, NULL);
}

/**
 * amends_scan_is_there:
 *
 * Returns: whether scans can be read: the program that does it is installed
 */
gboolean
amends_scan_is_there (void)
{
  g_autofree char *program = amends_scan_dup_program ();

  return g_file_test (program, G_FILE_TEST_IS_EXECUTABLE);
}

/* Returns: (transfer full) (nullable): the reference, as it is written */
static char *
read_reference (const char *said, GError **error)
{
  g_autofree char *line = g_strndup (said, strcspn (said, "\n"));
  char *reference = NULL;

  if (!g_utf8_validate (line, -1, NULL) || !amends_reference_parse (line, &reference, NULL))
    g_set_error_literal (
        error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
        _ ("The code on it is not one of ours. Look for the number on the paper, and "
           "search for it."));
  return reference;
}

static void
said_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GSubprocess *process = G_SUBPROCESS (source);
  g_autofree char *said = NULL;
  char *reference = NULL;
  GError *error = NULL;

  if (g_subprocess_communicate_utf8_finish (process, result, &said, NULL, &error))
    {
      if (!g_subprocess_get_if_exited (process)
          || g_subprocess_get_exit_status (process) > STATUS_NONE)
        g_set_error_literal (
            &error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
            _ ("It could not be read: choose a picture (JPEG, PNG, TIFF) or a PDF."));
      else if (g_subprocess_get_exit_status (process) == STATUS_NONE)
        g_set_error_literal (
            &error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
            _ ("No square code was found on it. Scan it flat and whole, or look for the "
               "number on the paper, and search for it."));
      else
        reference = read_reference (said, &error);
    }
  if (reference != NULL)
    g_task_return_pointer (task, reference, g_free);
  else
    g_task_return_error (task, error);
}

/**
 * amends_scan_read_async:
 * @path: of a picture or a PDF
 */
void
amends_scan_read_async (const char *path,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *program = amends_scan_dup_program ();
  g_autoptr (GSubprocess) process = NULL;
  GError *error = NULL;

  g_return_if_fail (path != NULL);

  g_subprocess_launcher_set_stdin_file_path (launcher, path);
  process = g_subprocess_launcher_spawn (launcher, &error, program, NULL);
  if (process == NULL)
    g_task_return_error (task, error);
  else
    g_subprocess_communicate_utf8_async (process, NULL, cancellable, said_cb,
                                         g_steal_pointer (&task));
}

/**
 * amends_scan_read_finish:
 *
 * Errors: %G_IO_ERROR_NOT_FOUND where there is no code, or another's; %G_IO_ERROR_INVALID_DATA where the file is
 * neither a picture nor a PDF, or takes too long; those of starting a program. Their sentences are for a person.
 * Returns: (transfer full): the reference that stands on it
 */
char *
amends_scan_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
