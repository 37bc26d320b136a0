/* amends-letter-window.c: a letter as it will be, to be looked at, printed and kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pages are drawn by what prints them. A drawn page says nothing to a screen reader, so the same lines can be
 * read as text. A letter that lacks something is shown with its gaps and goes to no printer. Printing sends
 * nothing: that is an act of its own. */

#include "config.h"

#include "app/staff/amends-letter-window.h"

#include <glib/gi18n.h>

#include "app/amends-act-words.h"
#include "app/amends-words.h"
#include "app/staff/amends-letter-print.h"
#include "app/staff/amends-tell.h"
#include "app/widgets/amends-columns.h"
#include "app/widgets/amends-label.h"
#include "app/widgets/amends-lock-key.h"
#include "app/widgets/amends-paper-view.h"
#include "app/widgets/amends-weak.h"
#include "paper/amends-recording.h"
#include "paper/amends-sheet.h"

/* Pixels; less on a small screen. */
#define WINDOW_WIDTH 1100
#define WINDOW_HEIGHT 760

static const guint sizes[] = { AMENDS_LETTER_PRINT, AMENDS_LETTER_LARGE_PRINT,
                               AMENDS_LETTER_LARGEST_PRINT };

struct _AmendsLetterWindow
{
  AdwWindow parent_instance;

  AmendsSession *session;   /* (owned) */
  AmendsLetterSheet *top;   /* (owned): to each to whom it can go */
  AmendsLetterSheet *whole; /* of @top: in every language, to one of them */
  const AmendsLetterSheet *sheet;
  char *begun;         /* (nullable) (owned): what a person went on with, to whom it goes first */
  char *text;          /* (nullable) (owned): the same, to whom @whole goes */
  AmendsEventType act; /* what comes next */
  gboolean is_kept;    /* with the case: these pages */
  gboolean is_sent;

  GtkPrintOperation *printing; /* (nullable) (owned) */
  gboolean
      is_unprinted; /* what was printed last was not: that sentence stands until more is done */
  GBytes *printed;  /* (nullable) (owned): the pages that the printer was given */
  GCancellable
      *cancellable; /* (owned): of what is read aloud; cancelled with the window and by the lock */
  GtkWidget *described;    /* (nullable): whose description is what was said last */
  GtkNativeDialog *saving; /* (nullable) (owned) */

  AdwWindowTitle *title; /* from the template, as all below */
  GtkStack *stack;
  AmendsPaperView *view;
  GtkTextView *text_view;
  GtkBox *checks_box;
  GtkListBox *paper_list;
  AdwComboRow *size_row;
  AdwComboRow *language_row;
  AdwComboRow *reader_row;
  GtkWidget *print_button;
  GtkWidget *save_button;
  GtkWidget *record_button;
  GtkWidget *keep_button;
  GtkLabel *whole_label;
  GtkLabel *said_label;
  GtkWidget *next_box;
  GtkLabel *next_label;
  GtkButton *next_button;
};

G_DEFINE_FINAL_TYPE (AmendsLetterWindow, amends_letter_window, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_ACT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* There is no announcement in GTK 4.8: a screen reader reads the description of where the keyboard is when it
 * changes. It goes with the next thing that is said, or with other pages. */
static void
describe_focus (AmendsLetterWindow *self, const char *sentence)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (self->described != NULL)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->described),
                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  g_set_weak_pointer (&self->described, GTK_IS_BUTTON (focus) && *sentence != '\0' ? focus : NULL);
  if (self->described != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->described),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
}

static void
say (AmendsLetterWindow *self, const char *sentence)
{
  describe_focus (self, sentence);
  gtk_label_set_text (self->said_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->said_label), *sentence != '\0');
}

static gboolean
is_shown (AmendsLetterWindow *self)
{
  return gtk_widget_get_realized (GTK_WIDGET (self));
}

/* @self: (nullable). What went wrong is heard also where the window was closed before it did; behind the lock nothing
 * is. */
static void
tell_problem (AmendsLetterWindow *self, AmendsSession *session, const char *sentence)
{
  if (self != NULL && is_shown (self))
    say (self, sentence);
  else
    amends_tell_aside (session, _ ("A letter"), sentence);
}

static AmendsLetterPaper *
create_paper (AmendsLetterWindow *self)
{
  guint selected = MIN (adw_combo_row_get_selected (self->size_row), G_N_ELEMENTS (sizes) - 1);

  return amends_letter_paper_new (self->sheet->letter, self->text, sizes[selected]);
}

/* What is kept with the case is what these pages are; others are not kept yet. */
static void
set_kept (AmendsLetterWindow *self, gboolean is_kept)
{
  self->is_kept = is_kept;
  gtk_widget_set_sensitive (self->keep_button,
                            !is_kept && gtk_widget_get_sensitive (self->save_button)
                                && !amends_session_get_read_only (self->session));
}

static void
show_pages_cb (AmendsLetterWindow *self)
{
  if (self->sheet == NULL)
    return;
  amends_paper_view_take_paper (self->view, create_paper (self));
  say (self, "");
  set_kept (self, FALSE);
}

/* ---------------------------------------------------------------- with the case */

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsLetterWindow) self = amends_weak_take (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome =
      amends_session_attach_finish (AMENDS_SESSION (source), result, &error);
  g_autofree char *problem = outcome == NULL ? amends_words_error (error) : NULL;
  g_autofree char *sentence =
      outcome == NULL ? g_strdup_printf (_ ("It was not kept with the case. %s"), problem) : NULL;

  if (outcome == NULL && self != NULL && is_shown (self))
    set_kept (self, FALSE);
  if (outcome == NULL)
    tell_problem (self, AMENDS_SESSION (source), sentence);
  else if (self != NULL && is_shown (self) && !self->is_unprinted)
    say (self, _ ("These pages are kept with the case. Kept is not sent: record that once it has "
                  "gone."));
}

/* "Acknowledgement 2026-11-30.pdf": read in the list of the case, and nowhere outside of it. */
static char *
dup_file_name (const AmendsLetterWindow *self)
{
  g_autofree char *day = amends_day_format (self->sheet->dues->today);

  return g_strdup_printf ("%s %s.pdf", amends_letter_sheet_name (self->sheet->letter->kind), day);
}

/* As they will be looked for one day: the pages themselves, whatever the record says by then. */
static void
keep (AmendsLetterWindow *self, GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = dup_file_name (self);
  g_autofree char *path = amends_session_dup_scrap_path (self->session, name);
  g_autofree char *sentence = NULL;

  if (amends_sheet_write (pdf, path, &error))
    {
      set_kept (self, TRUE);
      amends_session_attach_async (self->session, &self->sheet->id, path, FALSE, TRUE, NULL,
                                   kept_cb, amends_weak_new (self));
      return;
    }
  sentence = g_strdup_printf (_ ("It was not kept with the case. %s"), error->message);
  say (self, sentence);
}

/* Returns: (transfer full) (nullable): the pages that are shown; NULL where that was said */
static GBytes *
make_pdf (AmendsLetterWindow *self)
{
  g_autoptr (AmendsLetterPaper) paper = create_paper (self);
  g_autoptr (GError) error = NULL;
  GBytes *pdf = amends_letter_paper_to_pdf (paper, &error);

  if (pdf == NULL)
    say (self, _ ("The pages could not be made: close other programs, and try again."));
  return pdf;
}

static void
keep_cb (AmendsLetterWindow *self)
{
  g_autoptr (GBytes) pdf = make_pdf (self);

  self->is_unprinted = FALSE;
  if (pdf != NULL)
    keep (self, pdf);
}

/* ---------------------------------------------------------------- on paper */

/* @error: (nullable): why, in the words of the printer */
static void
tell_not_printed (AmendsLetterWindow *self, const GError *error)
{
  const char *next =
      _ ("It was not printed. Look whether the printer is switched on and connected, "
         "then print it again, or on another printer.");
  g_autofree char *sentence =
      error != NULL ? g_strdup_printf ("%s (%s)", next, error->message) : g_strdup (next);

  self->is_unprinted = TRUE;
  say (self, sentence);
}

/* The pages are drawn by then, and the printer is not there to take them. */
static void
print_status_cb (GtkPrintOperation *operation, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (gtk_print_operation_get_status (operation) != GTK_PRINT_STATUS_FINISHED_ABORTED
      || !is_shown (user_data))
    return;
  gtk_print_operation_get_error (operation, &error);
  tell_not_printed (user_data, error);
}

static void
print_done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer user_data)
{
  AmendsLetterWindow *self = user_data;
  g_autoptr (GBytes) printed = g_steal_pointer (&self->printed);
  g_autoptr (GError) error = NULL;

  if (operation == self->printing)
    g_clear_object (&self->printing);
  if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    g_signal_connect_object (operation, "status-changed", G_CALLBACK (print_status_cb), self, 0);
  if (result == GTK_PRINT_OPERATION_RESULT_APPLY && printed != NULL)
    say (self,
         amends_session_get_read_only (self->session)
             ? _ ("It is with the printer. Nothing can be written here, so that it is not kept "
                  "with the case. Printed is not sent: record that once it has gone.")
             : _ ("It is with the printer. Printed is not sent: record that once it has gone."));
  if (result == GTK_PRINT_OPERATION_RESULT_APPLY && printed != NULL && !self->is_kept
      && !amends_session_get_read_only (self->session))
    keep (self, printed);
  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  tell_not_printed (self, error);
}

/* Whoever only looks at it has printed nothing. */
static gboolean
preview_cb (AmendsLetterWindow *self)
{
  g_clear_pointer (&self->printed, g_bytes_unref);
  return FALSE;
}

/**
 * amends_letter_window_print:
 * @action: with the dialog of the printer, or into a file
 * @export_path: (nullable): of that file
 *
 * What the printer is given is kept with the case once it has it, whatever is shown by then.
 */
void
amends_letter_window_print (AmendsLetterWindow *self,
                            GtkPrintOperationAction action,
                            const char *export_path)
{
  g_autoptr (GtkPrintOperation) operation =
      amends_letter_print_new (create_paper (self), self->sheet->reference, self->session);

  g_set_object (&self->printing, operation);
  g_clear_pointer (&self->printed, g_bytes_unref);
  self->printed = make_pdf (self);
  self->is_unprinted = FALSE;
  gtk_print_operation_set_allow_async (operation, action != GTK_PRINT_OPERATION_ACTION_EXPORT);
  if (export_path != NULL)
    gtk_print_operation_set_export_filename (operation, export_path);
  g_signal_connect_object (operation, "preview", G_CALLBACK (preview_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (operation, "done", G_CALLBACK (print_done_cb), self, 0);
  gtk_print_operation_run (operation, action, GTK_WINDOW (self), NULL);
}

static void
print_cb (AmendsLetterWindow *self)
{
  amends_letter_window_print (self, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, NULL);
}

static void
write_to (AmendsLetterWindow *self, GBytes *bytes, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (!amends_sheet_write (bytes, path, &error))
    sentence = g_strdup_printf (_ ("It was not saved: %s"), error->message);
  say (self, sentence != NULL
                 ? sentence
                 : _ ("Saved. Whoever can read that folder can read the letter; nothing is sent."));
}

static void
save_pdf (AmendsLetterWindow *self, const char *path)
{
  g_autoptr (GBytes) pdf = make_pdf (self);

  if (pdf != NULL)
    write_to (self, pdf, path);
}

/* ---------------------------------------------------------------- to listen to */

/* A letter that is being read, in a thread, while its window may go. */
typedef struct
{
  gpointer window;                /* as amends_weak_new() has it; NULL once taken */
  AmendsLetterSheet *whole;       /* (owned) */
  const AmendsLetterSheet *sheet; /* of @whole */
  char *text;                     /* (nullable) (owned) */
  char *path;                     /* (owned): where it goes */
} Reading;

static void
reading_free (Reading *reading)
{
  amends_letter_sheet_unref (reading->whole);
  g_free (reading->text);
  g_free (reading->path);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void
record_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Reading *reading = data;
  GError *error = NULL;
  GBytes *wav = amends_recording_make (reading->sheet->letter, reading->text, &error);

  if (wav != NULL)
    g_task_return_pointer (task, wav, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/* The error is one that amends_recording_make() documents. */
static const char *
describe_voice_problem (const GError *error)
{
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSYS))
    return _ ("This computer has no voice for that language.");
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    return _ ("The letter is too long to be listened to: it would take more than half an hour.");
  return _ ("The voice stopped. Try it again.");
}

/* Locked or closed meanwhile, nothing of it is written: also where somebody has unlocked it again. */
static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (AmendsLetterWindow) self = amends_weak_take (reading->window);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) wav = g_task_propagate_pointer (G_TASK (result), &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (self->record_button, TRUE);
  if (wav != NULL)
    write_to (self, wav, reading->path);
  else
    say (self, describe_voice_problem (error));
}

/**
 * amends_letter_window_record:
 * @path: of a file
 *
 * Writes the letter there, as it is read aloud. It takes seconds; where the window goes meanwhile, or is locked,
 * nothing is written.
 */
void
amends_letter_window_record (AmendsLetterWindow *self, const char *path)
{
  Reading *reading = g_new0 (Reading, 1);
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, recorded_cb, reading);

  reading->window = amends_weak_new (self);
  reading->whole = amends_letter_sheet_ref (self->whole);
  reading->sheet = self->sheet;
  reading->text = g_strdup (self->text);
  reading->path = g_strdup (path);
  gtk_widget_set_sensitive (self->record_button, FALSE);
  say (self, _ ("The recording is being made…"));
  g_task_set_task_data (task, reading, NULL);
  g_task_run_in_thread (task, record_in_thread);
}

/* ---------------------------------------------------------------- where to */

static void
drop_saving (AmendsLetterWindow *self)
{
  if (self->saving != NULL)
    gtk_native_dialog_destroy (self->saving);
  g_clear_object (&self->saving);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  AmendsLetterWindow *self = user_data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  gboolean is_recording = g_object_get_data (G_OBJECT (dialog), "recording") != NULL;

  drop_saving (self);
  if (file != NULL && path == NULL)
    say (self, _ ("That place is not on this computer: choose another."));
  else if (path != NULL && is_recording)
    amends_letter_window_record (self, path);
  else if (path != NULL)
    save_pdf (self, path);
}

/* The name of the file says no more than an envelope does. */
static void
ask_where (AmendsLetterWindow *self, const char *title, const char *ending, gboolean is_recording)
{
  g_autofree char *name = g_strconcat (self->sheet->reference, ending, NULL);
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (title, GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                   _ ("Save"), _ ("Cancel"));

  drop_saving (self);
  self->saving = GTK_NATIVE_DIALOG (dialog);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_object_set_data (G_OBJECT (dialog), "recording", GINT_TO_POINTER (is_recording));
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
save_cb (AmendsLetterWindow *self)
{
  ask_where (self, _ ("Save as PDF"), ".pdf", FALSE);
}

static void
record_cb (AmendsLetterWindow *self)
{
  ask_where (self, _ ("Save as a recording"), ".wav", TRUE);
}

/* The dialog of a print operation is a window of GTK's own, which cancelling leaves standing. */
static void
drop_printing (AmendsLetterWindow *self)
{
  g_autoptr (GtkPrintOperation) printing = g_steal_pointer (&self->printing);
  g_autoptr (GList) windows = NULL;

  if (printing == NULL)
    return;
  gtk_print_operation_cancel (printing);
  windows = gtk_window_list_toplevels ();
  for (GList *each = windows; each != NULL; each = each->next)
    if (GTK_IS_DIALOG (each->data)
        && gtk_window_get_transient_for (each->data) == GTK_WINDOW (self))
      {
        gtk_dialog_response (each->data, GTK_RESPONSE_CANCEL);
        break;
      }
}

static void
drop_dialogs (AmendsLetterWindow *self)
{
  drop_saving (self);
  drop_printing (self);
}

static void
next_cb (AmendsLetterWindow *self)
{
  AmendsEventType act = self->act;
  g_autoptr (AmendsLetterWindow) kept = g_object_ref (self);

  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (kept, signals[SIGNAL_ACT], 0, amends_event_type_to_string (act));
}

static void
read_cb (AmendsLetterWindow *self, GParamSpec *pspec, GtkToggleButton *button)
{
  gtk_stack_set_visible_child_name (self->stack,
                                    gtk_toggle_button_get_active (button) ? "text" : "pages");
}

/* ---------------------------------------------------------------- what it shows */

/* As it stands on paper, with a line between its paragraphs. */
static void
show_text (AmendsLetterWindow *self)
{
  g_autoptr (GPtrArray) lines = amends_letter_list_lines (self->sheet->letter, self->text);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const AmendsLetterLine *line = g_ptr_array_index (lines, i);

      g_string_append_printf (text, "%s%s%s", i > 0 ? "\n" : "",
                              line->kind == AMENDS_LETTER_LINE_TITLE
                                      || line->kind == AMENDS_LETTER_LINE_HEADING
                                  ? "\n"
                                  : "",
                              line->kind == AMENDS_LETTER_LINE_ITEM ? "• " : "");
      g_string_append (text, line->text);
    }
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), text->str, -1);
}

static void
show_size (AmendsLetterWindow *self)
{
  const AmendsLetter *letter = self->sheet->letter;
  guint wanted = letter->print_size;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (sizes[i] == wanted)
      adw_combo_row_set_selected (self->size_row, i);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->size_row),
                               g_strv_contains ((const char *const *) letter->formats,
                                                AMENDS_LETTER_EASY_READ)
                                   ? _ ("They asked for Easy Read")
                               : wanted > AMENDS_LETTER_PRINT
                                   ? _ ("They asked for large print")
                                   : _ ("They have not asked for another"));
}

static void
show_letter (AmendsLetterWindow *self)
{
  gboolean is_whole = self->is_sent || amends_letter_sheet_is_whole (self->sheet, self->text);
  const char *name = amends_letter_sheet_name (self->sheet->letter->kind);
  g_autofree char *reference = amends_words_isolate (self->sheet->reference);

  gtk_window_set_title (GTK_WINDOW (self), name);
  adw_window_title_set_title (self->title, name);
  adw_window_title_set_subtitle (self->title, reference);
  amends_box_clear (self->checks_box);
  gtk_box_append (self->checks_box, amends_letter_sheet_make_checks (self->sheet, self->text));
  gtk_widget_set_sensitive (self->print_button, is_whole);
  gtk_widget_set_sensitive (self->save_button, is_whole);
  gtk_widget_set_sensitive (self->record_button, is_whole);
  gtk_widget_set_visible (GTK_WIDGET (self->whole_label), self->is_sent || !is_whole);
  show_text (self);
  show_pages_cb (self);
}

static void
language_cb (AmendsLetterWindow *self)
{
  self->sheet = g_ptr_array_index (self->whole->translations,
                                   adw_combo_row_get_selected (self->language_row));
  show_letter (self);
}

/* What a person went on with stands in the language in which it was begun. */
static void
add_language (AmendsLetterWindow *self)
{
  guint n = 0;

  self->sheet = amends_letter_sheet_find (self->whole, self->text);
  g_ptr_array_find (self->whole->translations, self->sheet, &n);
  self->language_row = ADW_COMBO_ROW (amends_letter_sheet_make_language_row (self->whole));
  adw_combo_row_set_selected (self->language_row, n);
  gtk_widget_set_sensitive (GTK_WIDGET (self->language_row), self->text == NULL);
  g_signal_connect_object (self->language_row, "notify::selected", G_CALLBACK (language_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (self->paper_list, GTK_WIDGET (self->language_row));
}

/* The same words, under the head of whoever reads them. */
static void
choose_reader (AmendsLetterWindow *self, guint n)
{
  const AmendsLetterSheet *first = g_ptr_array_index (self->top->readers, self->top->first);

  self->whole = g_ptr_array_index (self->top->readers, n);
  g_clear_pointer (&self->text, g_free);
  if (self->begun != NULL)
    self->text =
        n == self->top->first
            ? g_strdup (self->begun)
            : amends_letter_readdress (amends_letter_sheet_find (self->whole, self->begun)->letter,
                                       amends_letter_sheet_find (first, self->begun)->letter,
                                       self->begun);
}

static void
reader_cb (AmendsLetterWindow *self)
{
  choose_reader (self, adw_combo_row_get_selected (self->reader_row));
  gtk_list_box_remove (self->paper_list, GTK_WIDGET (self->language_row));
  add_language (self);
  show_size (self);
  show_letter (self);
}

static void
add_reader (AmendsLetterWindow *self)
{
  self->reader_row = ADW_COMBO_ROW (amends_letter_sheet_make_reader_row (self->top));
  gtk_widget_set_visible (GTK_WIDGET (self->reader_row), self->top->readers->len > 1);
  g_signal_connect_object (self->reader_row, "notify::selected", G_CALLBACK (reader_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_prepend (self->paper_list, GTK_WIDGET (self->reader_row));
  choose_reader (self, self->top->first);
}

/**
 * amends_letter_window_set_next:
 * @sentence: where the letter stands
 * @act: what comes next, which the signal "act" asks for; %AMENDS_EVENT_UNKNOWN for nothing
 *
 * A letter that lacks something is neither approved nor sent from here.
 */
void
amends_letter_window_set_next (AmendsLetterWindow *self, const char *sentence, AmendsEventType act)
{
  g_return_if_fail (AMENDS_IS_LETTER_WINDOW (self));

  self->act = act;
  gtk_label_set_text (self->next_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->next_button), act != AMENDS_EVENT_UNKNOWN);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next_button),
                            amends_letter_sheet_is_whole (self->sheet, self->text));
  if (act != AMENDS_EVENT_UNKNOWN)
    gtk_button_set_label (self->next_button, amends_act_words_title (act));
  gtk_widget_set_visible (self->next_box, TRUE);
}

/**
 * amends_letter_window_set_sent:
 *
 * What went out can be printed and kept as it went, whatever is asked of a letter since.
 */
void
amends_letter_window_set_sent (AmendsLetterWindow *self)
{
  g_return_if_fail (AMENDS_IS_LETTER_WINDOW (self));

  self->is_sent = TRUE;
  gtk_label_set_label (self->whole_label,
                       _ ("It went out as it is. Below stands what a letter of today must hold."));
  show_letter (self);
}

/* Nothing of it stays in front of the lock. */
static void
state_cb (AmendsLetterWindow *self)
{
  if (amends_session_get_state (self->session) == AMENDS_SESSION_OPEN)
    return;
  g_cancellable_cancel (self->cancellable);
  drop_dialogs (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* ---------------------------------------------------------------- object */

static void
amends_letter_window_dispose (GObject *object)
{
  AmendsLetterWindow *self = AMENDS_LETTER_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->described);
  drop_dialogs (self);
  G_OBJECT_CLASS (amends_letter_window_parent_class)->dispose (object);
}

static void
amends_letter_window_finalize (GObject *object)
{
  AmendsLetterWindow *self = AMENDS_LETTER_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->printed, g_bytes_unref);
  g_clear_pointer (&self->top, amends_letter_sheet_unref);
  g_free (self->begun);
  g_free (self->text);
  G_OBJECT_CLASS (amends_letter_window_parent_class)->finalize (object);
}

static void
amends_letter_window_class_init (AmendsLetterWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_letter_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = amends_letter_window_finalize;
  signals[SIGNAL_ACT] = g_signal_new ("act", AMENDS_TYPE_LETTER_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (AMENDS_TYPE_COLUMNS);
  g_type_ensure (AMENDS_TYPE_COLUMNS_LAYOUT);
  g_type_ensure (AMENDS_TYPE_PAPER_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-letter-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsLetterWindow, title);
  gtk_widget_class_bind_template_child (widget_class, AmendsLetterWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, AmendsLetterWindow, view);
  gtk_widget_class_bind_template_child (widget_class, AmendsLetterWindow, text_view);
  gtk_widget_class_bind_template_child (widget_class, AmendsLetterWindow, checks_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsLetterWindow, paper_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsLetterWindow, size_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsLetterWindow, print_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsLetterWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsLetterWindow, record_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsLetterWindow, keep_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsLetterWindow, whole_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsLetterWindow, said_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsLetterWindow, next_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsLetterWindow, next_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsLetterWindow, next_button);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, record_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_pages_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  amends_lock_key_install (widget_class);
}

static void
amends_letter_window_init (AmendsLetterWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_visible (self->record_button, amends_recording_is_there ());
}

/**
 * amends_letter_window_new:
 * @session: what is shown goes with it
 * @sheet: the letter as the record has it
 * @text: (nullable): what a person went on with; %NULL for the letter as it is
 * @parent: the window it belongs to
 *
 * Returns: a window with its pages and with what it must hold
 */
GtkWidget *
amends_letter_window_new (AmendsSession *session,
                          AmendsLetterSheet *sheet,
                          const char *text,
                          GtkWindow *parent)
{
  AmendsLetterWindow *self = g_object_new (AMENDS_TYPE_LETTER_WINDOW, "transient-for", parent,
                                           "modal", TRUE, "destroy-with-parent", TRUE, NULL);
  GtkWindow *top = gtk_window_get_transient_for (parent);
  int width = gtk_widget_get_width (GTK_WIDGET (top != NULL ? top : parent));
  int height = gtk_widget_get_height (GTK_WIDGET (top != NULL ? top : parent));

  self->session = g_object_ref (session);
  self->top = amends_letter_sheet_ref (sheet);
  self->begun = g_strdup (text);
  gtk_window_set_default_size (GTK_WINDOW (self), MIN (WINDOW_WIDTH, width),
                               MIN (WINDOW_HEIGHT, height));
  add_reader (self);
  add_language (self);
  show_size (self);
  show_letter (self);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
