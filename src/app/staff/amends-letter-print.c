/* amends-letter-print.c: a letter to a printer
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-letter-print.h"

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer user_data)
{
  amends_letter_paper_draw (user_data, gtk_print_context_get_cairo_context (context), (guint) page);
}

/**
 * amends_letter_print_new:
 * @paper: (transfer full): its pages
 * @reference: of the case
 *
 * The queue of a printer, and the sheet that it puts before a job, say the reference and nothing of what the
 * letter is about.
 * Returns: (transfer full): what prints it on A4, the whole sheet being ours
 */
GtkPrintOperation *
amends_letter_print_new (AmendsLetterPaper *paper, const char *reference)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  GtkPaperSize *size = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size (setup, size);
  gtk_paper_size_free (size);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_n_pages (operation, (int) amends_letter_paper_get_n_pages (paper));
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_job_name (operation, reference);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), paper,
                         (GClosureNotify) (GCallback) amends_letter_paper_free, 0);
  return operation;
}
