/* amends-letter-print.c: a letter to a printer
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-letter-print.h"

typedef struct
{
  AmendsLetterPaper *paper; /* (owned) */
  AmendsSession *session;   /* (owned) */
} Job;

static void
free_job (gpointer data, GClosure *closure)
{
  Job *job = data;

  amends_letter_paper_free (job->paper);
  g_object_unref (job->session);
  g_free (job);
}

/* The dialog of a printer may be the desktop's, which the lock does not close. */
static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer user_data)
{
  const Job *job = user_data;

  if (amends_session_get_state (job->session) == AMENDS_SESSION_OPEN)
    amends_letter_paper_draw (job->paper, gtk_print_context_get_cairo_context (context),
                              (guint) page);
  else
    gtk_print_operation_cancel (operation);
}

/**
 * amends_letter_print_new:
 * @paper: (transfer full): its pages
 * @reference: of the case
 * @session: while it is open, pages are drawn; then no more
 *
 * The queue of a printer, and the sheet that it puts before a job, say the reference and nothing of what the
 * letter is about.
 * Returns: (transfer full): what prints it on A4, the whole sheet being ours
 */
GtkPrintOperation *
amends_letter_print_new (AmendsLetterPaper *paper, const char *reference, AmendsSession *session)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  Job *job = g_new0 (Job, 1);
  GtkPaperSize *size = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size (setup, size);
  gtk_paper_size_free (size);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_n_pages (operation, (int) amends_letter_paper_get_n_pages (paper));
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_job_name (operation, reference);
  job->paper = paper;
  job->session = g_object_ref (session);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), job, free_job, 0);
  return operation;
}
