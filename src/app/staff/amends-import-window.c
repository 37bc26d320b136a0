/* amends-import-window.c: what a landlord has already comes from a spreadsheet
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three steps under each other: the file, what its columns are, and what would come of it. It is checked before it can
 * be recorded; whoever changes a column checks again. All of it is recorded, or nothing. */

#include "config.h"

#include "app/staff/amends-import-window.h"

#include <glib/gi18n.h>

#include "app/amends-import-words.h"
#include "app/amends-words.h"
#include "app/widgets/amends-chooser.h"
#include "app/widgets/amends-label.h"
#include "app/widgets/amends-lock-key.h"
#include "app/widgets/amends-weak.h"
#include "core/amends-csv.h"

/* Pixels; less on a small screen. */
#define WINDOW_WIDTH 720
#define WINDOW_HEIGHT 760

/* Whoever has more than these to mend looks at the file as a whole. */
#define MAX_LISTED 100

#define PROGRESS_MS 100

/* In the order in which a scheme is set up. */
static const AmendsRegisterKind kinds[] = { AMENDS_REGISTER_HOMES, AMENDS_REGISTER_PEOPLE,
                                            AMENDS_REGISTER_STAFF, AMENDS_REGISTER_NUMBERS,
                                            AMENDS_REGISTER_CASES };

typedef enum
{
  STEP_NO_FILE, /* nothing is read yet */
  STEP_READ,    /* to be checked */
  STEP_CHECKED, /* nothing is wrong with it */
  STEP_DONE,
} Step;

struct _AmendsImportWindow
{
  AdwWindow parent_instance;

  AmendsSession *session; /* (owned) */
  GPtrArray *rows;        /* (nullable) (owned) (element-type AmendsCsvRow): of the file */
  GPtrArray
      *columns; /* element-type AdwComboRow (unowned): one for each that has a name; NULL else */
  GStrv names;  /* what a column can be taken for, in the order of their lists */
  GCancellable *running; /* (nullable) (owned): what is being read, or gone through */
  guint progress_source;
  gboolean is_loading; /* columns are set, and not by a person */
  Step step;

  AdwComboRow *kind_row; /* from the template, as all below */
  GtkLabel *about_label;
  AdwActionRow *file_row;
  GtkLabel *file_problem;
  GtkWidget *columns_box;
  GtkListBox *columns_list;
  GtkWidget *result_box;
  GtkLabel *result_label;
  GtkListBox *problem_list;
  GtkWidget *progress_box;
  GtkProgressBar *progress_bar;
  GtkLabel *note_label;
  GtkButton *check_button;
  GtkButton *apply_button;
};

G_DEFINE_FINAL_TYPE (AmendsImportWindow, amends_import_window, ADW_TYPE_WINDOW)

static AmendsRegisterKind
get_kind (AmendsImportWindow *self)
{
  guint selected = adw_combo_row_get_selected (self->kind_row);

  return kinds[MIN (selected, G_N_ELEMENTS (kinds) - 1)];
}

/* ---------------------------------------------------------------- what can be done now */

static void
show_step (AmendsImportWindow *self)
{
  gboolean is_busy = self->running != NULL;
  gboolean may_write = !amends_session_get_read_only (self->session);

  gtk_widget_set_visible (self->columns_box, self->step != STEP_NO_FILE);
  gtk_widget_set_sensitive (self->columns_box, !is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind_row), !is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->file_row), !is_busy);
  gtk_widget_set_visible (self->progress_box, is_busy);
  gtk_widget_set_visible (GTK_WIDGET (self->check_button), self->step == STEP_READ && !is_busy);
  gtk_widget_set_visible (GTK_WIDGET (self->apply_button), self->step == STEP_CHECKED && !is_busy);
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), self->step == STEP_CHECKED && !is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply_button), may_write);
}

static void
clear_result (AmendsImportWindow *self)
{
  gtk_widget_set_visible (self->result_box, FALSE);
  amends_list_box_clear (self->problem_list);
}

/* Whatever was found out of it is no longer so. */
static void
begin_anew (AmendsImportWindow *self)
{
  clear_result (self);
  self->step = self->rows != NULL ? STEP_READ : STEP_NO_FILE;
  show_step (self);
}

/* ---------------------------------------------------------------- what the columns are */

static void
column_cb (AmendsImportWindow *self)
{
  if (!self->is_loading)
    begin_anew (self);
}

static guint
find_name (AmendsImportWindow *self, const char *name)
{
  for (guint i = 0; name != NULL && self->names[i] != NULL; i++)
    if (g_str_equal (self->names[i], name))
      return i;
  return 0;
}

/* What columns of the file are called, and what the usual ones are: the first is to leave one out. */
static void
list_names (AmendsImportWindow *self, AmendsRegisterKind kind, const AmendsCsvRow *header)
{
  const char *const *usual = amends_import_get_usual (kind);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_ptr_array_add (names, g_strdup (""));
  for (guint i = 0; usual[i] != NULL; i++)
    g_ptr_array_add (names, amends_import_dup_guess (kind, usual[i]));
  for (guint i = 0; i < header->cells->len; i++)
    {
      g_autofree char *guess = amends_import_dup_guess (kind, g_ptr_array_index (header->cells, i));

      if (guess != NULL && !g_ptr_array_find_with_equal_func (names, guess, g_str_equal, NULL))
        g_ptr_array_add (names, g_steal_pointer (&guess));
    }
  g_ptr_array_add (names, NULL);
  g_strfreev (self->names);
  self->names = (GStrv) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/* Its first cell that says something, so that whoever chooses sees what stands there. */
static char *
dup_example (AmendsImportWindow *self, guint column)
{
  for (guint i = 1; i < self->rows->len; i++)
    {
      const AmendsCsvRow *row = g_ptr_array_index (self->rows, i);
      const char *cell = column < row->cells->len ? g_ptr_array_index (row->cells, column) : "";

      if (cell[0] != '\0')
        {
          g_autofree char *start = amends_words_excerpt (cell);

          /* Translators: what stands in a column of a spreadsheet. */
          return g_strdup_printf (_ ("Such as “%s”"), start);
        }
    }
  return g_strdup (_ ("Nothing stands in it"));
}

static GtkWidget *
make_column (AmendsImportWindow *self, GListModel *titles, const char *label, guint column)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autofree char *guess = amends_import_dup_guess (get_kind (self), label);
  g_autofree char *example = dup_example (self, column);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), example);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), titles);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), find_name (self, guess));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (column_cb), self,
                           G_CONNECT_SWAPPED);
  return row;
}

static void
show_columns (AmendsImportWindow *self)
{
  AmendsRegisterKind kind = get_kind (self);
  const AmendsCsvRow *header;
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  amends_list_box_clear (self->columns_list);
  g_ptr_array_set_size (self->columns, 0);
  if (self->rows == NULL)
    return;
  header = g_ptr_array_index (self->rows, 0);
  list_names (self, kind, header);
  gtk_string_list_append (titles, _ ("Leave out"));
  for (guint i = 1; self->names[i] != NULL; i++)
    {
      g_autofree char *title = amends_import_words_field (kind, self->names[i]);

      gtk_string_list_append (titles, title);
    }
  self->is_loading = TRUE;
  for (guint i = 0; i < header->cells->len; i++)
    {
      const char *label = g_ptr_array_index (header->cells, i);
      GtkWidget *row =
          label[0] != '\0' ? make_column (self, G_LIST_MODEL (titles), label, i) : NULL;

      g_ptr_array_add (self->columns, row);
      if (row != NULL)
        gtk_list_box_append (self->columns_list, row);
    }
  self->is_loading = FALSE;
}

/* (transfer full): for amends_session_import_async() */
static GStrv
collect_choices (AmendsImportWindow *self)
{
  g_autoptr (GStrvBuilder) choices = g_strv_builder_new ();

  for (guint i = 0; i < self->columns->len; i++)
    {
      AdwComboRow *row = g_ptr_array_index (self->columns, i);
      guint selected = row != NULL ? adw_combo_row_get_selected (row) : 0;

      g_strv_builder_add (choices,
                          selected < g_strv_length (self->names) ? self->names[selected] : "");
    }
  return g_strv_builder_end (choices);
}

static void
kind_cb (AmendsImportWindow *self)
{
  gtk_label_set_text (self->about_label, amends_import_words_about (get_kind (self)));
  if (self->columns == NULL) /* the template is being made */
    return;
  show_columns (self);
  begin_anew (self);
}

/* ---------------------------------------------------------------- what comes of it */

static void
list_problems (AmendsImportWindow *self, const GPtrArray *problems)
{
  guint n_more = problems->len - MIN (problems->len, MAX_LISTED);

  for (guint i = 0; i < problems->len - n_more; i++)
    {
      g_autofree char *sentence =
          amends_import_words_problem (g_ptr_array_index (problems, i),
                                       amends_session_get_schemes (self->session));
      GtkWidget *row = gtk_list_box_row_new ();
      GtkWidget *label = amends_label_new (sentence, NULL);

      gtk_widget_set_margin_start (label, 12);
      gtk_widget_set_margin_end (label, 12);
      gtk_widget_set_margin_top (label, 9);
      gtk_widget_set_margin_bottom (label, 9);
      gtk_label_set_selectable (GTK_LABEL (label), FALSE);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                      -1);
      gtk_list_box_append (self->problem_list, row);
    }
  if (n_more > 0)
    {
      g_autofree char *more =
          g_strdup_printf (ngettext ("And %u more. Put these right first.",
                                     "And %u more. Put these right first.", n_more),
                           n_more);
      GtkWidget *label = amends_label_new (more, NULL);

      gtk_list_box_append (self->problem_list, label);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->problem_list), problems->len > 0);
}

static void
show_answer (AmendsImportWindow *self, const AmendsImportAnswer *answer)
{
  guint n_wrong = answer->problems->len;
  g_autofree char *sentence =
      n_wrong > 0
          ? g_strdup_printf (ngettext ("%u thing is wrong with the file, and nothing was recorded. "
                                       "Put it right there, or choose other columns, and check "
                                       "again.",
                                       "%u things are wrong with the file, and nothing was "
                                       "recorded. Put them right there, or choose other columns, "
                                       "and check again.",
                                       n_wrong),
                             n_wrong)
          : amends_import_words_result (get_kind (self), answer->imported);

  amends_label_say (self->result_label, sentence, n_wrong > 0);
  list_problems (self, n_wrong > 0 ? answer->problems : answer->imported->changed);
  gtk_widget_set_visible (self->result_box, TRUE);
  if (n_wrong == 0)
    self->step = answer->imported->is_applied ? STEP_DONE : STEP_CHECKED;
}

static void
end_running (AmendsImportWindow *self)
{
  g_clear_object (&self->running);
  g_clear_handle_id (&self->progress_source, g_source_remove);
}

/* Where the keyboard goes: the way on, or a sentence that says why there is none. */
static void
painted_cb (GdkFrameClock *clock, gpointer user_data)
{
  AmendsImportWindow *self = user_data;
  GtkWidget *goal = self->result_box;

  g_signal_handlers_disconnect_by_func (clock, painted_cb, self);
  if (self->step == STEP_CHECKED)
    goal = GTK_WIDGET (self->apply_button);
  else if (!gtk_widget_get_visible (self->result_box))
    goal = self->step == STEP_READ ? GTK_WIDGET (self->check_button) : GTK_WIDGET (self->file_row);
  if (gtk_widget_get_mapped (goal))
    gtk_widget_grab_focus (goal);
}

/* Once it has its place on the screen: before, it would not be scrolled to. */
static void
focus_soon (AmendsImportWindow *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (clock == NULL)
    return;
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (painted_cb), self, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsImportWindow) self = amends_weak_take (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsImportAnswer) answer =
      amends_session_import_finish (AMENDS_SESSION (source), result, &error);

  if (self == NULL || self->session == NULL) /* the lock may have taken it away */
    return;
  end_running (self);
  clear_result (self);
  if (answer != NULL)
    show_answer (self, answer);
  else
    {
      g_autofree char *sentence = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                                      ? g_strdup (_ ("It was stopped, and nothing was recorded."))
                                      : amends_words_error (error);

      amends_label_say (self->result_label, sentence, TRUE);
      gtk_widget_set_visible (GTK_WIDGET (self->problem_list), FALSE);
      gtk_widget_set_visible (self->result_box, TRUE);
    }
  show_step (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->result_box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (self->result_label), -1);
  focus_soon (self);
}

static gboolean
progress_cb (gpointer user_data)
{
  AmendsImportWindow *self = user_data;
  guint n_rows = MAX (self->rows->len, 2) - 1;
  guint n_done = amends_session_get_n_imported (self->session);

  gtk_progress_bar_set_fraction (self->progress_bar, MIN (1.0, (double) n_done / n_rows));
  return G_SOURCE_CONTINUE;
}

static void
run (AmendsImportWindow *self, gboolean may_apply)
{
  g_auto (GStrv) choices = NULL;

  if (self->running != NULL || self->rows == NULL)
    return;
  choices = collect_choices (self);
  self->running = g_cancellable_new ();
  self->progress_source = g_timeout_add (PROGRESS_MS, progress_cb, self);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  amends_session_import_async (self->session, self->rows, get_kind (self),
                               (const char *const *) choices, may_apply, self->running, imported_cb,
                               amends_weak_new (self));
  show_step (self);
}

static void
check_cb (AmendsImportWindow *self)
{
  run (self, FALSE);
}

static void
apply_cb (AmendsImportWindow *self)
{
  run (self, TRUE);
}

static void
stop_cb (AmendsImportWindow *self)
{
  if (self->running != NULL)
    g_cancellable_cancel (self->running);
}

/* ---------------------------------------------------------------- the file */

/* In a thread of its own: a stick may be slow, and a file long. */
static void
read_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GFile *file = task_data;
  GError *error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, &error);
  g_autoptr (GBytes) bytes = NULL;
  GPtrArray *rows = NULL;

  if (info != NULL && g_file_info_get_size (info) > AMENDS_CSV_MAX_BYTES)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _ ("The file is larger than %d MiB. Divide it, and take the parts one by one."),
                 AMENDS_CSV_MAX_BYTES / 1024 / 1024);
  else if (info != NULL)
    bytes = g_file_load_bytes (file, cancellable, NULL, &error);
  if (bytes != NULL)
    rows = amends_csv_parse (bytes, &error);
  if (rows != NULL && rows->len < 2)
    {
      g_clear_pointer (&rows, g_ptr_array_unref);
      g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _ ("Nothing stands in the file below the names of its columns."));
    }
  if (rows == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
}

/* How long it takes nobody knows. */
static gboolean
pulse_cb (gpointer user_data)
{
  gtk_progress_bar_pulse (((AmendsImportWindow *) user_data)->progress_bar);
  return G_SOURCE_CONTINUE;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsImportWindow) self = amends_weak_take (user_data);
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *sentence = NULL;
  g_autofree char *count = NULL;

  if (self == NULL || self->session == NULL) /* the lock may have taken it away */
    {
      g_clear_pointer (&rows, g_ptr_array_unref);
      return;
    }
  end_running (self);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = rows;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sentence = g_strdup (_ ("The file was not read to its end. Choose it again, or another one."));
  else if (rows == NULL)
    sentence = amends_words_sentence (error->message);
  else
    count = g_strdup_printf (ngettext ("%u row", "%u rows", rows->len - 1), rows->len - 1);
  amends_label_say (self->file_problem, sentence != NULL ? sentence : "", TRUE);
  if (count != NULL)
    {
      g_autofree char *name = g_file_get_basename (g_task_get_task_data (G_TASK (result)));
      g_autofree char *shown = g_filename_display_name (name);
      g_autofree char *text = amends_words_join (" · ", shown, count, NULL);

      adw_action_row_set_subtitle (self->file_row, text);
    }
  else
    adw_action_row_set_subtitle (self->file_row, _ ("None is chosen yet"));
  show_columns (self);
  begin_anew (self);
  focus_soon (self);
}

/* As long as it is read nothing else is done. Whoever stops it need not wait for a stick that does not answer: what
 * that still gives is dropped. The thread holds nothing of the window. */
static void
read_file (AmendsImportWindow *self, GFile *file)
{
  g_autoptr (GTask) task = NULL;

  self->running = g_cancellable_new ();
  task = g_task_new (NULL, self->running, read_cb, amends_weak_new (self));
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_set_return_on_cancel (task, TRUE);
  self->progress_source = g_timeout_add (PROGRESS_MS, pulse_cb, self);
  clear_result (self);
  show_step (self);
  g_task_run_in_thread (task, read_thread);
}

static void
chosen_cb (GtkWindow *window, GFile *file)
{
  AmendsImportWindow *self = AMENDS_IMPORT_WINDOW (window);

  if (self->running == NULL)
    read_file (self, file);
}

static void
choose_cb (AmendsImportWindow *self)
{
  GtkFileChooser *chooser;

  if (self->running != NULL)
    return;
  chooser = amends_chooser_new (GTK_WINDOW (self), _ ("Choose a Spreadsheet"),
                                GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), chosen_cb);
  if (chooser == NULL)
    return;
  amends_chooser_add_filter (chooser, _ ("Spreadsheets saved as CSV"), "csv");
  amends_chooser_show (chooser);
}

/* ---------------------------------------------------------------- object */

/* Behind the page that says Amends is locked nothing goes on. */
static void
state_cb (AmendsImportWindow *self)
{
  if (amends_session_get_state (self->session) != AMENDS_SESSION_OPEN)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
amends_import_window_dispose (GObject *object)
{
  AmendsImportWindow *self = AMENDS_IMPORT_WINDOW (object);

  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  end_running (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_import_window_parent_class)->dispose (object);
}

static void
amends_import_window_finalize (GObject *object)
{
  AmendsImportWindow *self = AMENDS_IMPORT_WINDOW (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_ptr_array_unref (self->columns);
  g_strfreev (self->names);
  G_OBJECT_CLASS (amends_import_window_parent_class)->finalize (object);
}

static void
amends_import_window_class_init (AmendsImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_import_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = amends_import_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsImportWindow, kind_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsImportWindow, about_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsImportWindow, file_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsImportWindow, file_problem);
  gtk_widget_class_bind_template_child (widget_class, AmendsImportWindow, columns_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsImportWindow, columns_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsImportWindow, result_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsImportWindow, result_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsImportWindow, problem_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsImportWindow, progress_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsImportWindow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, AmendsImportWindow, note_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsImportWindow, check_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsImportWindow, apply_button);
  gtk_widget_class_bind_template_callback (widget_class, kind_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  amends_lock_key_install (widget_class);
}

static void
amends_import_window_init (AmendsImportWindow *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (titles, amends_import_words_kind (kinds[i]));
  adw_combo_row_set_model (self->kind_row, G_LIST_MODEL (titles));
  self->columns = g_ptr_array_new ();
  self->names = g_new0 (char *, 1);
}

/**
 * amends_import_window_new:
 * @session: open
 * @kind: what the file is thought to hold, as amends_import_find_kind() knows it; else homes
 * @parent: the window it belongs to
 *
 * Returns: a window in which a spreadsheet is chosen, checked and recorded
 */
GtkWidget *
amends_import_window_new (AmendsSession *session, const char *kind, GtkWindow *parent)
{
  AmendsImportWindow *self =
      g_object_new (AMENDS_TYPE_IMPORT_WINDOW, "transient-for", parent, "modal", TRUE, NULL);
  AmendsRegisterKind wanted = AMENDS_REGISTER_HOMES;

  self->session = g_object_ref (session);
  gtk_window_set_default_size (GTK_WINDOW (self),
                               MIN (WINDOW_WIDTH, gtk_widget_get_width (GTK_WIDGET (parent))),
                               MIN (WINDOW_HEIGHT, gtk_widget_get_height (GTK_WIDGET (parent))));
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  amends_import_find_kind (kind, &wanted);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i] == wanted)
      adw_combo_row_set_selected (self->kind_row, i);
  kind_cb (self);
  return GTK_WIDGET (self);
}
