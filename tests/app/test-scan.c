/* test-scan.c: the case of a form that came back
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The form is the one that is printed, and another program reads it. */

#include "find.h"
#include "open-session.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "app/amends-scan.h"
#include "app/staff/amends-letter-sheet.h"
#include "app/staff/amends-scan-dialog.h"
#include "paper/amends-letter-paper.h"
#include "paper/amends-sheet.h"

/* In the folder of @fixture: (transfer full). */
static char *
write_form (Fixture *fixture, AmendsLetterKind kind, const char *reference)
{
  g_autoptr (AmendsCaseFile) file = get_file (fixture);
  g_autoptr (AmendsLetterSheet) sheet = amends_letter_sheet_new (file, kind, NULL, TEST_STAFF);
  char *path = g_build_filename (fixture->folder, "form.pdf", NULL);
  g_autoptr (AmendsLetterPaper) paper = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;

  if (reference != NULL)
    {
      g_free (sheet->letter->code);
      sheet->letter->code = g_strdup (reference);
    }
  paper = amends_letter_paper_new (sheet->letter, NULL, AMENDS_LETTER_PRINT);
  pdf = amends_letter_paper_to_pdf (paper, &error);
  g_assert_no_error (error);
  amends_sheet_write (pdf, path, &error);
  g_assert_no_error (error);
  return path;
}

static void
iterate (void)
{
  g_main_context_iteration (NULL, TRUE);
}

/* ------------------------------------------------------------ what is on it */

static char *
read_scan (const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  amends_scan_read_async (path, NULL, result_cb, &result);
  while (result == NULL)
    iterate ();
  return amends_scan_read_finish (result, error);
}

/* A drawing that is far too large, a file cut off, and others' codes are told of and do no harm. */
static void
test_read (Fixture *fixture, gconstpointer data)
{
  static const char huge[] =
      "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\2\0\0\0";
  static const struct
  {
    const char *bytes;
    gsize size;
    int code;
  } rows[] = {
    { "", 0, G_IO_ERROR_INVALID_DATA },
    { "a word", 6, G_IO_ERROR_INVALID_DATA },
    { "%PDF-1.4\n", 9, G_IO_ERROR_INVALID_DATA },
    { huge, sizeof huge - 1, G_IO_ERROR_INVALID_DATA },
    { "MZ\x90\0\x03", 5, G_IO_ERROR_INVALID_DATA },
  };
  g_autofree char *path = write_form (fixture, AMENDS_LETTER_SHARING_FORM, NULL);
  g_autofree char *other = NULL;
  g_autofree char *reference = NULL;
  g_autoptr (GError) error = NULL;

  reference = read_scan (path, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (reference, "7K-"));

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_true (g_file_set_contents (path, rows[i].bytes, (gssize) rows[i].size, NULL));
      g_assert_null (read_scan (path, &error));
      g_assert_error (error, G_IO_ERROR, rows[i].code);
      g_clear_error (&error);
    }
  other = write_form (fixture, AMENDS_LETTER_LOSS_FORM, "https://example.org/");
  g_assert_null (read_scan (other, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_free (write_form (fixture, AMENDS_LETTER_RECEIPT, NULL)); /* a letter has none */
  g_assert_null (read_scan (path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_remove (path);
}

/* ------------------------------------------------------------ what becomes of it */

static void
wait_words (GtkWidget *window, const char *words)
{
  while (!says (window, words))
    iterate ();
}

static void
test_add (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_form (fixture, AMENDS_LETTER_AUTHORITY_FORM, NULL);
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *window = amends_scan_dialog_new (fixture->session, GTK_WINDOW (parent));
  GtkWidget *button = find_button (window, "_Add it to this case");
  g_autofree char *other = amends_reference_format ("7K", 9);
  GtkWidget *choose = find_button (window, "_Choose a scan…");
  g_autoptr (AmendsCaseFile) file = NULL;

  gtk_window_present (GTK_WINDOW (parent));
  gtk_window_present (GTK_WINDOW (window));
  amends_scan_dialog_read (AMENDS_SCAN_DIALOG (window), path);
  wait_words (window, "It belongs to this case");
  g_assert_true (says (window, "Ivy Marsh"));
  /* What was looked at is what is added, whatever has that name by then. */
  g_assert_true (g_file_set_contents (path, "another", -1, NULL));
  g_signal_emit_by_name (button, "clicked");
  g_assert_false (gtk_widget_get_sensitive (choose));
  wait_words (window, "The scan is with the case");
  g_assert_false (gtk_widget_get_mapped (button));
  g_assert_true (gtk_widget_get_sensitive (choose));
  file = get_file (fixture);
  g_assert_cmpuint (json_array_size (file->attachments), ==, 1);
  g_assert_cmpstr (json_string_value (
                       json_object_get (json_array_get (file->attachments, 0), "media")),
                   ==, "application/pdf");

  /* Nothing of the one before is shown for the next. */
  g_free (write_form (fixture, AMENDS_LETTER_AUTHORITY_FORM, other));
  amends_scan_dialog_read (AMENDS_SCAN_DIALOG (window), path);
  g_assert_false (says (window, "Ivy Marsh"));
  wait_words (window, "No case of that number is on this laptop");
  g_assert_false (says (window, "Ivy Marsh"));
  g_remove (path);
  gtk_window_destroy (GTK_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (parent));
}

/* The lock takes it away, with the case on it and the copy of the scan. */
static void
test_lock (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_form (fixture, AMENDS_LETTER_AUTHORITY_FORM, NULL);
  g_autofree char *copy = amends_session_dup_scrap_path (fixture->session, "form.pdf");
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *window = amends_scan_dialog_new (fixture->session, GTK_WINDOW (parent));

  gtk_window_present (GTK_WINDOW (parent));
  gtk_window_present (GTK_WINDOW (window));
  amends_scan_dialog_read (AMENDS_SCAN_DIALOG (window), path);
  wait_words (window, "It belongs to this case");
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  amends_session_lock (fixture->session);
  while (window != NULL || g_file_test (copy, G_FILE_TEST_EXISTS))
    iterate ();
  g_remove (path);
  gtk_window_destroy (GTK_WINDOW (parent));
}

#define ADD(name, test) g_test_add ("/scan/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  if (!amends_scan_is_there ())
    return 77; /* built without what reads scans */
  ADD ("read", test_read);
  ADD ("add", test_add);
  ADD ("lock", test_lock);
  return g_test_run ();
}
