/* test-letter-print.c: a letter goes to the printer as it is on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "find.h"
#include "open-session.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "app/staff/amends-letter-print.h"
#include "app/staff/amends-letter-window.h"
#include "app/staff/amends-test-letter.h"
#include "core/days.h"
#include "core/policy-files.h"
#include "paper/amends-recording.h"
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

static GtkPrintOperationResult
print_to (GtkPrintOperation *operation, const char *path)
{
  g_autoptr (GError) error = NULL;
  GtkPrintOperationResult result;

  gtk_print_operation_set_export_filename (operation, path);
  result = gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error);
  g_assert_no_error (error);
  return result;
}

/* What a printer gets, in a file: the same pages, on A4; the job has the name of the reference. */
static void
test_print (Fixture *fixture, gconstpointer data)
{
  AmendsLetterPaper *paper = create_paper ();
  guint n_pages = amends_letter_paper_get_n_pages (paper);
  g_autoptr (GtkPrintOperation) operation =
      amends_letter_print_new (paper, "7K-0001-H", fixture->session);
  g_autofree char *path = g_build_filename (fixture->folder, "letter.pdf", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *start = NULL;
  g_autofree char *name = NULL;
  int n_printed;

  g_assert_cmpuint (n_pages, >, 1);
  g_assert_cmpint (print_to (operation, path), ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_object_get (operation, "job-name", &name, "n-pages", &n_printed, NULL);
  g_assert_cmpstr (name, ==, "7K-0001-H");
  g_assert_cmpint (n_printed, ==, (int) n_pages);
  g_assert_true (g_file_get_contents (path, &start, NULL, &error));
  g_assert_true (g_str_has_prefix (start, "%PDF-"));
}

/* A letter of no case is written and drawn by what does so for every other, and lacks nothing. */
static void
test_test_letter (Fixture *fixture, gconstpointer data)
{
  AmendsLetterPaper *paper = amends_test_letter_new (day_of ("2026-11-30"));
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "test.pdf", NULL);

  g_assert_cmpuint (amends_letter_paper_get_n_pages (paper), ==, 1);
  operation = amends_letter_print_new (paper, "Test letter", fixture->session);
  g_assert_cmpint (print_to (operation, path), ==, GTK_PRINT_OPERATION_RESULT_APPLY);
}

/* Of a dialog that stayed in front of the lock no page is drawn. */
static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkPrintOperation) operation =
      amends_letter_print_new (create_paper (), "7K-0001-H", fixture->session);
  g_autofree char *path = g_build_filename (fixture->folder, "letter.pdf", NULL);

  amends_session_lock (fixture->session);
  g_assert_cmpint (print_to (operation, path), ==, GTK_PRINT_OPERATION_RESULT_CANCEL);
  g_assert_cmpint (gtk_print_operation_get_status (operation), ==,
                   GTK_PRINT_STATUS_FINISHED_ABORTED);
}

static guint
count_windows (void)
{
  return g_list_model_get_n_items (gtk_window_get_toplevels ());
}

/* The lock takes the letter away, and the dialog that would print or save it. */
static void
test_lock (Fixture *fixture, gconstpointer label)
{
  g_autoptr (AmendsCaseFile) file = get_file (fixture);
  g_autoptr (AmendsLetterSheet) sheet =
      amends_letter_sheet_new (file, AMENDS_LETTER_THANKS, NULL, TEST_STAFF);
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *window = amends_letter_window_new (fixture->session, sheet, NULL, GTK_WINDOW (parent));

  gtk_window_present (GTK_WINDOW (parent));
  gtk_window_present (GTK_WINDOW (window));
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  g_signal_emit_by_name (find_button (window, label), "clicked");
  while (count_windows () < 3)
    g_main_context_iteration (NULL, TRUE);
  amends_session_lock (fixture->session);
  while (window != NULL || count_windows () > 1)
    g_main_context_iteration (NULL, TRUE);
  gtk_window_destroy (GTK_WINDOW (parent));
}

static GtkWidget *
find_of_type (GtkWidget *widget, GType type, const char *title)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type)
      && (title == NULL
          || g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_of_type (child, type, title);
  return found;
}

static void
assert_text (GtkWidget *window, const char *words)
{
  GtkWidget *view = find_of_type (window, GTK_TYPE_TEXT_VIEW, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_autofree char *text = NULL;

  g_object_get (buffer, "text", &text, NULL);
  g_assert_nonnull (strstr (text, words));
}

/* One from the record can be had in each language; one that somebody went on with stays in its own. */
static void
test_language (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { NULL, "Diolch am ddweud wrthym\n\nHelo", "Thank you" };
  g_autoptr (AmendsCaseFile) file = get_file (fixture);
  g_autoptr (AmendsLetterSheet) sheet =
      amends_letter_sheet_new (file, AMENDS_LETTER_THANKS, NULL, TEST_STAFF);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GtkWidget *parent = gtk_window_new ();
      GtkWidget *window =
          amends_letter_window_new (fixture->session, sheet, texts[i], GTK_WINDOW (parent));
      GtkWidget *row = find_of_type (window, ADW_TYPE_COMBO_ROW, "Language");

      g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), ==, i == 1 ? 1 : 0);
      g_assert_cmpint (gtk_widget_get_sensitive (row), ==, texts[i] == NULL);
      assert_text (window, i == 1 ? "Helo" : "Thank you");
      if (texts[i] == NULL)
        {
          adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
          assert_text (window, "Diolch am ddweud wrthym");
        }
      gtk_window_destroy (GTK_WINDOW (window));
      gtk_window_destroy (GTK_WINDOW (parent));
    }
}

static gboolean
is_empty (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  return dir != NULL && g_dir_read_name (dir) == NULL;
}

/* What is kept is the pages as they are, once; in another size it can be kept again. */
static void
test_keep (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsCaseFile) file = get_file (fixture);
  g_autoptr (AmendsLetterSheet) sheet =
      amends_letter_sheet_new (file, AMENDS_LETTER_AUTHORITY_FORM, NULL, TEST_STAFF);
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *window = amends_letter_window_new (fixture->session, sheet, NULL, GTK_WINDOW (parent));
  GtkWidget *button = find_button (window, "_Keep with the case");

  for (guint n = 1; n <= 2; n++)
    {
      g_autofree char *scrap = amends_session_dup_scrap_path (fixture->session, "");
      gsize n_kept = 0;

      g_assert_true (gtk_widget_get_sensitive (button));
      g_signal_emit_by_name (button, "clicked");
      g_assert_false (gtk_widget_get_sensitive (button));
      while (n_kept < n)
        {
          g_autoptr (AmendsCaseFile) later = get_file (fixture);
          const json_t *last = json_array_get (later->attachments, n - 1);

          n_kept = json_array_size (later->attachments);
          if (last != NULL)
            g_assert_true (g_str_has_prefix (json_string_value (json_object_get (last, "name")),
                                             "Form: authority to act 20"));
        }
      while (!is_empty (scrap))
        g_main_context_iteration (NULL, TRUE);
      adw_combo_row_set_selected (ADW_COMBO_ROW (
                                      find_of_type (window, ADW_TYPE_COMBO_ROW, "Print size")),
                                  n);
    }
  gtk_window_destroy (GTK_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (parent));
}

static gsize
count_attachments (Fixture *fixture)
{
  g_autoptr (AmendsCaseFile) file = get_file (fixture);

  return json_array_size (file->attachments);
}

static GtkWidget *
open_form (Fixture *fixture, GtkWidget *parent)
{
  g_autoptr (AmendsCaseFile) file = get_file (fixture);
  g_autoptr (AmendsLetterSheet) sheet =
      amends_letter_sheet_new (file, AMENDS_LETTER_AUTHORITY_FORM, NULL, TEST_STAFF);
  GtkWidget *window = amends_letter_window_new (fixture->session, sheet, NULL, GTK_WINDOW (parent));

  gtk_window_present (GTK_WINDOW (parent));
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* What the printer has is kept, without anybody asking for it. */
static void
test_printed (Fixture *fixture, gconstpointer data)
{
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *window = open_form (fixture, parent);
  g_autofree char *path = g_build_filename (fixture->folder, "printed.pdf", NULL);

  g_assert_cmpuint (count_attachments (fixture), ==, 0);
  amends_letter_window_print (AMENDS_LETTER_WINDOW (window), GTK_PRINT_OPERATION_ACTION_EXPORT,
                              path);
  while (count_attachments (fixture) == 0)
    ;
  g_assert_false (gtk_widget_get_sensitive (find_button (window, "_Keep with the case")));
  gtk_window_destroy (GTK_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (parent));
}

static gboolean
is_said (GtkWidget *widget, const char *start)
{
  if (GTK_IS_LABEL (widget) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), start))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_said (child, start))
      return TRUE;
  return FALSE;
}

/* Where nothing takes the pages that is said, nothing is kept as if it had been printed, and it can be printed again. */
static void
test_printer_gone (Fixture *fixture, gconstpointer data)
{
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *window = open_form (fixture, parent);
  g_autofree char *gone = g_build_filename (fixture->folder, "gone", "printed.pdf", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "printed.pdf", NULL);

  amends_letter_window_print (AMENDS_LETTER_WINDOW (window), GTK_PRINT_OPERATION_ACTION_EXPORT,
                              gone);
  while (!is_said (window, "It was not printed. Look whether the printer is switched on"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_said (window, "It is with the printer."));
  g_assert_true (gtk_widget_get_sensitive (find_button (window, "_Keep with the case")));
  g_assert_cmpuint (count_attachments (fixture), ==, 0);

  amends_letter_window_print (AMENDS_LETTER_WINDOW (window), GTK_PRINT_OPERATION_ACTION_EXPORT,
                              path);
  while (count_attachments (fixture) == 0)
    ;
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  gtk_window_destroy (GTK_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (parent));
}

/* A recording is there once it is whole; of a letter that was locked meanwhile there is none, also where somebody
 * unlocks at once. */
static void
test_recording (Fixture *fixture, gconstpointer data)
{
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *window = open_form (fixture, parent);
  GtkWidget *button = find_button (window, "Save as a _recording…");
  g_autofree char *path = g_build_filename (fixture->folder, "letter.wav", NULL);
  g_autofree char *other = g_build_filename (fixture->folder, "other.wav", NULL);

  if (!amends_recording_is_there ())
    {
      g_test_skip ("built without a voice");
      return;
    }
  amends_letter_window_record (AMENDS_LETTER_WINDOW (window), path);
  g_assert_false (gtk_widget_get_sensitive (button));
  while (!gtk_widget_get_sensitive (button))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  amends_letter_window_record (AMENDS_LETTER_WINDOW (window), other);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  amends_session_lock (fixture->session);
  unlock (fixture->session);
  while (window != NULL) /* what reads it holds it */
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  gtk_window_destroy (GTK_WINDOW (parent));
}

/* Who acts for them gets the same words under a head of their own, and only where they may be told. */
static void
test_reader (Fixture *fixture, gconstpointer data)
{
  static const char both[] = "{\"on\":\"2026-11-30\",\"reply_to\":\"both\",\"reply_to_name\":"
                             "\"Kay Marsh\"}";
  json_auto_t *draft = json_loads (both, 0, NULL);
  GtkWidget *parent = gtk_window_new ();

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (AmendsCaseFile) file = get_file (fixture);
      g_autoptr (AmendsLetterSheet) sheet =
          amends_letter_sheet_new (file, AMENDS_LETTER_THANKS, draft, TEST_STAFF);
      g_autofree char *text = amends_letter_to_text (sheet->letter);
      GtkWidget *window =
          amends_letter_window_new (fixture->session, sheet, text, GTK_WINDOW (parent));
      GtkWidget *row = find_of_type (window, ADW_TYPE_COMBO_ROW, "To");

      g_assert_cmpint (gtk_widget_get_visible (row), ==, i == 1);
      assert_text (window, i == 1 ? "Dear Kay Marsh" : "Dear Ivy Marsh");
      if (i == 1)
        {
          adw_combo_row_set_selected (ADW_COMBO_ROW (row), 0);
          assert_text (window, "Dear Ivy Marsh");
          assert_text (window, "Kay Marsh gets this letter too.");
        }
      gtk_window_destroy (GTK_WINDOW (window));
      do_act (fixture, "{\"type\":\"authority.given\",\"name\":\"Kay Marsh\",\"relation\":"
                       "\"daughter\",\"authority\":{\"type\":\"written-permission\",\"evidence\":"
                       "\"original-seen\"}}");
    }
  gtk_window_destroy (GTK_WINDOW (parent));
}

/* The size is theirs, and so are the words beside it. */
static void
test_size (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *need; /* (nullable): asked for before this letter */
    const char *said;
  } sizes[] = {
    { NULL, "They have not asked for another" },
    { "large-print", "They asked for large print" },
    { "easy-read", "They asked for Easy Read" },
  };
  GtkWidget *parent = gtk_window_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *act =
          g_strdup_printf ("{\"type\":\"person.adjustment-requested\",\"need\":\"%s\"}",
                           sizes[i].need);
      g_autoptr (AmendsCaseFile) file = NULL;
      g_autoptr (AmendsLetterSheet) sheet = NULL;
      GtkWidget *window;

      if (sizes[i].need != NULL)
        do_act (fixture, act);
      file = get_file (fixture);
      sheet = amends_letter_sheet_new (file, AMENDS_LETTER_THANKS, NULL, TEST_STAFF);
      window = amends_letter_window_new (fixture->session, sheet, NULL, GTK_WINDOW (parent));
      g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (
                           find_of_type (window, ADW_TYPE_COMBO_ROW, "Print size"))),
                       ==, sizes[i].said);
      gtk_window_destroy (GTK_WINDOW (window));
    }
  gtk_window_destroy (GTK_WINDOW (parent));
}

#define ADD(name, data, test) \
  g_test_add ("/letter-print/" name, Fixture, data, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("print", NULL, test_print);
  ADD ("test-letter", NULL, test_test_letter);
  ADD ("locked", NULL, test_locked);
  ADD ("language", NULL, test_language);
  ADD ("reader", NULL, test_reader);
  ADD ("size", NULL, test_size);
  ADD ("keep", NULL, test_keep);
  ADD ("printed", NULL, test_printed);
  ADD ("printer-gone", NULL, test_printer_gone);
  ADD ("record", NULL, test_recording);
  ADD ("lock-printing", "_Print…", test_lock);
#ifndef __SANITIZE_ADDRESS__ /* the libraries behind the dialog of files free little of what they make */
  ADD ("lock-saving", "_Save as PDF…", test_lock);
#endif
  return g_test_run ();
}
