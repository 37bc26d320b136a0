/* amends-kiosk-print.c: from memory to a printer
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/kiosk/amends-kiosk-print.h"

#include <signal.h>

#include "app/kiosk/amends-kiosk-slip.h"

/* One job. It is cancelled by whoever asked, or when the command takes too long. */
typedef struct
{
  GSubprocess *process;
  GCancellable *cancellable; /* of the caller; (nullable) */
  gulong handler;
  guint source;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->process);
  g_clear_object (&job->cancellable);
  g_clear_handle_id (&job->source, g_source_remove);
  g_free (job);
}

static gboolean
too_long_cb (gpointer user_data)
{
  Job *job = user_data;

  job->source = 0;
  g_subprocess_force_exit (job->process);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Job *job = user_data;

  g_subprocess_force_exit (job->process);
}

static void
waited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GSubprocess *process = G_SUBPROCESS (source);
  Job *job = g_task_get_task_data (task);
  gboolean is_printed = g_subprocess_wait_check_finish (process, result, NULL);

  g_cancellable_disconnect (job->cancellable, job->handler);
  g_clear_handle_id (&job->source, g_source_remove);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (is_printed)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "The command did not print it");
}

/* Whether it took all of the document is for the command to judge: it ends with 0 or does not. */
static void
communicated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GSubprocess *process = G_SUBPROCESS (source);

  g_subprocess_communicate_finish (process, result, NULL, NULL, NULL);
  g_subprocess_wait_check_async (process, NULL, waited_cb, user_data);
}

/**
 * amends_kiosk_print_async:
 * @command: as a shell would split it, which none sees; it reads @document and ends with 0 once it is printed
 * @document: (transfer none): a PDF
 * @patience_ms: after how long the command is ended, in milliseconds
 * @cancellable: (nullable): ends the command at once
 */
void
amends_kiosk_print_async (const char *command,
                          GBytes *document,
                          guint patience_ms,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GSubprocess) process = NULL;
  g_auto (GStrv) argv = NULL;
  GError *error = NULL;
  Job *job;

  /* A command that reads nothing must not end this program; GSocket does the same. */
  signal (SIGPIPE, SIG_IGN);
  if (g_shell_parse_argv (command, NULL, &argv, &error))
    process = g_subprocess_newv ((const char *const *) argv,
                                 G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                     | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                 &error);
  if (process == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  job = g_new0 (Job, 1);
  job->process = g_object_ref (process);
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  job->source = g_timeout_add (patience_ms, too_long_cb, job);
  g_task_set_task_data (task, job, job_free);
  job->handler = g_cancellable_connect (job->cancellable, G_CALLBACK (cancelled_cb), job, NULL);
  g_subprocess_communicate_async (process, document, NULL, communicated_cb,
                                  g_steal_pointer (&task));
}

/**
 * amends_kiosk_print_finish:
 *
 * Errors: of g_subprocess_newv() or g_shell_parse_argv() where the command cannot be started;
 * %G_IO_ERROR_CANCELLED; %G_IO_ERROR_FAILED where it failed or took too long.
 * Returns: whether it was printed
 */
gboolean
amends_kiosk_print_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * amends_kiosk_print_notice:
 * @command: (nullable): what prints on the staff's own printer; %NULL where nothing does
 * @receipt: of what was recorded
 *
 * Only of what the staff of the place may know of. Nobody waits for it.
 */
void
amends_kiosk_print_notice (const char *command, const AmendsKioskReceipt *receipt)
{
  g_autoptr (GBytes) document = NULL;

  if (command == NULL || receipt->is_restricted)
    return;
  document = amends_kiosk_slip_to_pdf (AMENDS_KIOSK_SLIP_STAFF, receipt, FALSE, NULL);
  if (document != NULL)
    amends_kiosk_print_async (command, document, AMENDS_KIOSK_PRINTER_PATIENCE_MS, NULL, NULL,
                              NULL);
}
