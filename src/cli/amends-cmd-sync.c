/* amends-cmd-sync.c: exchanges records with the server
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli/amends-cli-text.h"
#include "cli/amends-cmd.h"
#include "sync/amends-engine.h"

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AmendsStatus, amends_status_clear)

/* Writing 5 here begins the count of the peak anew (proc(5)). Unlocking takes 64 MiB on purpose
 * and is no part of a sync. Once the process is closed to others the kernel lets only root open the
 * file, so it is opened before. */
static int clear_refs_fd = -1;

/**
 * amends_cmd_sync_prepare:
 *
 * To be called before the process is made undumpable.
 */
void
amends_cmd_sync_prepare (void)
{
  clear_refs_fd = open ("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);
}

static gboolean
begin_peak (void)
{
  return clear_refs_fd >= 0 && write (clear_refs_fd, "5", 1) == 1;
}

/* In KiB. Where the kernel could not begin anew, the peak is that of the whole process. */
static gint64
read_peak (gboolean is_anew)
{
  g_autofree char *status = NULL;
  struct rusage usage = { 0 };
  const char *line = NULL;

  if (is_anew && g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    line = strstr (status, "VmHWM:");
  if (line != NULL)
    return g_ascii_strtoll (line + strlen ("VmHWM:"), NULL, 10);
  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static json_t *
report_to_json (const AmendsSyncReport *report, guint64 n_conflicts, gint64 wall_ms, gint64 peak_kb)
{
  json_t *recoded =
      report->recoded_to[0] != '\0'
          ? json_pack ("{s:s, s:s}", "from", report->recoded_from, "to", report->recoded_to)
          : json_null ();

  return json_pack ("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:b, s:I, s:I, s:I, s:I, "
                    "s:{s:I, s:I, s:I, s:I, s:s?}}",
                    "sent", (json_int_t) report->n_sent, "received",
                    (json_int_t) report->n_received, "acknowledged",
                    (json_int_t) report->n_acknowledged, "waiting", (json_int_t) report->n_waiting,
                    "conflicts", (json_int_t) n_conflicts, "requests",
                    (json_int_t) report->n_requests, "bytes_up", (json_int_t) report->bytes_up,
                    "bytes_down", (json_int_t) report->bytes_down, "recoded", recoded,
                    "server_restored", report->server_restored, "sent_again",
                    (json_int_t) report->n_sent_again, "retry_after_s",
                    (json_int_t) report->retry_after_s, "wall_ms", (json_int_t) wall_ms, "peak_kb",
                    (json_int_t) peak_kb, "attachments", "sent",
                    (json_int_t) report->n_attachments_sent, "received",
                    (json_int_t) report->n_attachments_received, "chunks_sent",
                    (json_int_t) report->n_chunks_sent, "chunks_received",
                    (json_int_t) report->n_chunks_received, "problem", report->problem);
}

static void
print_sentences (const AmendsSyncReport *report)
{
  g_print (ngettext ("Sent %lu record\n", "Sent %lu records\n", (gulong) report->n_sent),
           (gulong) report->n_sent);
  g_print (ngettext ("Received %lu record\n", "Received %lu records\n",
                     (gulong) report->n_received),
           (gulong) report->n_received);
  if (report->n_waiting > 0)
    g_print (ngettext ("%lu record not yet sent\n", "%lu records not yet sent\n",
                       (gulong) report->n_waiting),
             (gulong) report->n_waiting);
  if (report->n_attachments_sent > 0)
    g_print (ngettext ("Sent %lu attachment\n", "Sent %lu attachments\n",
                       (gulong) report->n_attachments_sent),
             (gulong) report->n_attachments_sent);
  if (report->n_attachments_received > 0)
    g_print (ngettext ("Received %lu attachment\n", "Received %lu attachments\n",
                       (gulong) report->n_attachments_received),
             (gulong) report->n_attachments_received);
  amends_cmd_print_attachment_problem (report->problem);
  if (report->recoded_to[0] != '\0')
    amends_text_print (_ ("This device was restored or copied, and has a new code: %s"),
                       report->recoded_to);
  if (report->n_sent_again > 0)
    g_print (ngettext ("Head office was restored: %lu record sent again\n",
                       "Head office was restored: %lu records sent again\n",
                       (gulong) report->n_sent_again),
             (gulong) report->n_sent_again);
  else if (report->server_restored)
    g_print ("%s\n", _ ("Head office was restored: nothing had to be sent again"));
}

/* Prints the report: also of a sync that failed, once anything was exchanged. */
static gboolean
print_report (AmendsCli *cli,
              const AmendsSyncReport *report,
              gint64 wall_ms,
              gint64 peak_kb,
              const GError *problem,
              GError **error)
{
  g_auto (AmendsStatus) status = { 0 };
  json_auto_t *json = NULL;

  if (!cli->is_json)
    {
      print_sentences (report);
      return TRUE;
    }
  if (!amends_store_get_status (cli->store, &status, error))
    return FALSE;
  json = report_to_json (report, status.n_conflicts, wall_ms, peak_kb);
  if (problem != NULL)
    json_object_set_new (json, "error", amends_cli_describe_error (cli, problem));
  return amends_cli_print_json (cli, json, error);
}

static gboolean
run (AmendsCli *cli, char **arguments, GError **error)
{
  AmendsSyncReport report = { 0 };
  g_autoptr (AmendsTransport) transport = NULL;
  g_autoptr (GError) problem = NULL;
  gint64 began_us;
  gint64 wall_ms;
  gint64 peak_kb;
  gboolean is_anew;

  if (!amends_cli_open (cli, error))
    return FALSE;

  is_anew = begin_peak ();
  began_us = g_get_monotonic_time ();
  transport = amends_sync_new_transport (cli->store, &problem);
  if (transport != NULL)
    amends_sync_run (cli->store, transport, NULL, NULL, &report, &problem);
  wall_ms = (g_get_monotonic_time () - began_us) / 1000;
  peak_kb = read_peak (is_anew);

  if ((problem == NULL || report.bytes_up + report.bytes_down > 0)
      && !print_report (cli, &report, wall_ms, peak_kb, problem, error))
    return FALSE;
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return TRUE;
}

const AmendsCommand amends_cmd_sync = {
  "sync", "", N_ ("Send what is waiting and fetch what is new"), 0, 0, NULL, run,
};
