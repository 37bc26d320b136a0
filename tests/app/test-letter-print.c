/* test-letter-print.c: a letter goes to the printer as it is on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "app/staff/amends-letter-print.h"
#include "core/days.h"
#include "core/policy-files.h"
#include "support/case.h"

#define RECORDED                                                                            \
  "\"complaint\",\"reference\":\"7K-0001-H\",\"scheme\":\"oak\",\"channel\":\"telephone\"," \
  "\"complainant\":{\"name\":\"Ivy Marsh\",\"home\":\"Flat 12\"}"

static AmendsLetterPaper *
create_paper (void)
{
  static const TestAct acts[2] = { { "issue.added", "\"what\":\"The lift stands still\"" } };
  g_autoptr (GBytes) bytes = load_data ("letters", "en.letters");
  g_autoptr (AmendsLetterTexts) texts = amends_letter_texts_parse (bytes, "en.letters", NULL, NULL);
  g_autoptr (AmendsPolicy) code = load_policy ("code-2024");
  g_autoptr (AmendsPolicy) policy = load_policy ("wdh");
  g_autoptr (AmendsCalendar) calendar = load_calendar ();
  const AmendsRules rules = { policy, code, calendar, NULL };
  AmendsCase *complaint = test_case_new (RECORDED, acts, 2);
  g_autoptr (AmendsLetter) letter =
      amends_letter_new (complaint, &rules, texts, AMENDS_LETTER_RESPONSE, "Tamsin Roe",
                         day_of ("2026-11-30"));
  AmendsLetterPaper *paper = amends_letter_paper_new (letter, NULL, AMENDS_LETTER_LARGEST_PRINT);

  amends_case_free (complaint);
  return paper;
}

/* What a printer gets, in a file: the same pages, on A4; the job has the name of the reference. */
static void
test_print (void)
{
  AmendsLetterPaper *paper = create_paper ();
  guint n_pages = amends_letter_paper_get_n_pages (paper);
  g_autoptr (GtkPrintOperation) operation = amends_letter_print_new (paper, "7K-0001-H");
  g_autofree char *folder = g_dir_make_tmp ("amends-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "letter.pdf", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *start = NULL;
  g_autofree char *name = NULL;
  int n_printed;

  g_assert_cmpuint (n_pages, >, 1);
  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL,
                                            &error),
                   ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_object_get (operation, "job-name", &name, "n-pages", &n_printed, NULL);
  g_assert_cmpstr (name, ==, "7K-0001-H");
  g_assert_cmpint (n_printed, ==, (int) n_pages);
  g_assert_true (g_file_get_contents (path, &start, NULL, &error));
  g_assert_true (g_str_has_prefix (start, "%PDF-"));
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter-print/print", test_print);
  return g_test_run ();
}
