/* amends-scan-dialog.c: the case of a form that came back
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A form has a square code with the reference of its case. A scan of it is read, its case is shown, and a person
 * says whether it goes there: a code on a paper is no proof of whose paper it is. */

#include "config.h"

#include "app/staff/amends-scan-dialog.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "app/amends-scan.h"
#include "app/amends-words.h"
#include "app/model/amends-case-item.h"
#include "app/staff/amends-case-line.h"
#include "app/staff/amends-tell.h"
#include "app/widgets/amends-chooser.h"
#include "app/widgets/amends-label.h"
#include "app/widgets/amends-lock-key.h"
#include "app/widgets/amends-weak.h"

/* Pixels; less on a small screen. */
#define DIALOG_WIDTH 460
#define DIALOG_HEIGHT 460

struct _AmendsScanDialog
{
  AdwWindow parent_instance;

  AmendsSession *session;    /* (owned) */
  GCancellable *cancellable; /* (owned): of what is asked last */
  char *path;                /* (nullable) (owned): a copy of the scan, which is ours */
  char *reference;           /* (nullable) (owned): what stands on it */
  AmendsId id;               /* of the case, while it is shown */

  GtkButton *choose_button; /* from the template, as all below */
  GtkLabel *said_label;
  GtkBox *found_box;
  GtkBox *case_box;
  GtkButton *add_button;
  GtkButton *open_button;
};

G_DEFINE_FINAL_TYPE (AmendsScanDialog, amends_scan_dialog, ADW_TYPE_WINDOW)

static void
say (AmendsScanDialog *self, const char *sentence)
{
  gtk_label_set_text (self->said_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->said_label), *sentence != '\0');
}

static gboolean
is_shown (AmendsScanDialog *self)
{
  return gtk_widget_get_realized (GTK_WIDGET (self));
}

static void
drop_copy (AmendsScanDialog *self)
{
  if (self->path != NULL)
    g_unlink (self->path);
  g_clear_pointer (&self->path, g_free);
}

/* Whatever is asked next, nothing of what was asked before is shown for it. */
static void
begin (AmendsScanDialog *self)
{
  drop_copy (self);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_visible (GTK_WIDGET (self->found_box), FALSE);
  amends_box_clear (self->case_box);
  say (self, "");
}

/* ---------------------------------------------------------------- which case it is */

static void
show_case (AmendsScanDialog *self, const AmendsCaseRow *row)
{
  g_autoptr (AmendsCaseItem) item = amends_case_item_new_case ();
  g_autofree char *reference = amends_words_isolate (row->reference);
  GtkWidget *line = amends_case_line_new ();

  self->id = row->id;
  amends_case_item_set_row (item, row);
  amends_case_line_set_item (AMENDS_CASE_LINE (line), item);
  gtk_box_append (self->case_box, line);
  gtk_box_append (self->case_box, amends_label_new (reference, "small", "second", "numeric", NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->found_box), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->add_button), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button),
                            !amends_session_get_read_only (self->session));
  say (self, _ ("It belongs to this case. Compare the name on the paper before you add it."));
  gtk_widget_grab_focus (GTK_WIDGET (self->add_button));
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsScanDialog) self = amends_weak_take (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      amends_session_search_finish (AMENDS_SESSION (source), result, &error);
  g_autofree char *reference = NULL;
  g_autofree char *sentence = NULL;

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const AmendsCaseRow *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (row->reference, self->reference) == 0)
        {
          show_case (self, row);
          return;
        }
    }
  if (error == NULL
      && amends_session_get_search_reach (self->session) == AMENDS_SEARCH_REACH_NOTHING)
    return; /* it may be one that is not read in yet */
  reference = amends_words_isolate (self->reference);
  sentence = error != NULL
                 ? amends_words_error (error)
                 : g_strdup_printf (_ ("It says %s. No case of that number is on this laptop: "
                                       "it may be one of another scheme."),
                                    reference);
  say (self, sentence);
}

static void
search (AmendsScanDialog *self)
{
  if (self->reference != NULL && !gtk_widget_get_visible (GTK_WIDGET (self->found_box)))
    amends_session_search_async (self->session, self->reference, self->cancellable, searched_cb,
                                 amends_weak_new (self));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsScanDialog) self = amends_weak_take (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *reference = amends_scan_read_finish (result, &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reference == NULL)
    {
      say (self, error->message);
      return;
    }
  g_free (self->reference);
  self->reference = g_steal_pointer (&reference);
  search (self);
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsScanDialog) self = amends_weak_take (user_data);
  g_autoptr (GError) error = NULL;
  gboolean is_copied = g_file_copy_finish (G_FILE (source), result, &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (is_copied)
    amends_scan_read_async (self->path, self->cancellable, read_cb, amends_weak_new (self));
  else
    say (self, _ ("It could not be read. Look whether it is still there, and choose it again."));
}

/**
 * amends_scan_dialog_read:
 * @path: of a picture or a PDF
 *
 * Looks for the case of a scan, and shows it. What is looked at is what is added: a scanner may have written the
 * next one under that name by then.
 */
void
amends_scan_dialog_read (AmendsScanDialog *self, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GFile) copy = NULL;

  g_return_if_fail (AMENDS_IS_SCAN_DIALOG (self) && path != NULL);

  begin (self);
  self->path = amends_session_dup_scrap_path (self->session, name);
  copy = g_file_new_for_path (self->path);
  say (self, _ ("Looking for its code…"));
  g_file_copy_async (file, copy, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS,
                     G_PRIORITY_DEFAULT, self->cancellable, NULL, NULL, copied_cb,
                     amends_weak_new (self));
}

static void
chosen_cb (GtkWindow *window, GFile *file)
{
  AmendsScanDialog *self = AMENDS_SCAN_DIALOG (window);
  g_autofree char *path = g_file_get_path (file);

  if (path != NULL)
    amends_scan_dialog_read (self, path);
  else
    say (self, _ ("That file is not on this computer: copy it here first."));
}

static void
choose_cb (AmendsScanDialog *self)
{
  GtkFileChooser *chooser =
      amends_chooser_new (GTK_WINDOW (self), _ ("Choose a scan"), GTK_FILE_CHOOSER_ACTION_OPEN,
                          _ ("_Choose"), chosen_cb);

  if (chooser != NULL)
    amends_chooser_show (chooser);
}

/* ---------------------------------------------------------------- what becomes of it */

/* Its window may have been closed meanwhile: what was not added is heard all the same. */
static void
tell_problem (AmendsScanDialog *self, AmendsSession *session, const char *sentence)
{
  if (self != NULL && is_shown (self))
    say (self, sentence);
  else
    amends_tell_aside (session, _ ("A form that came back"), sentence);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsScanDialog) self = amends_weak_take (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome =
      amends_session_attach_finish (AMENDS_SESSION (source), result, &error);
  g_autofree char *problem = outcome == NULL ? amends_words_error (error) : NULL;
  g_autofree char *sentence =
      problem != NULL ? g_strdup_printf (_ ("It was not added: choose it again. %s"), problem)
                      : NULL;

  if (self != NULL && is_shown (self))
    gtk_widget_set_sensitive (GTK_WIDGET (self->choose_button), TRUE);
  if (sentence != NULL)
    tell_problem (self, AMENDS_SESSION (source), sentence);
  else if (self != NULL && is_shown (self))
    {
      say (self, _ ("The scan is with the case. Open the case to record what it says."));
      gtk_widget_grab_focus (GTK_WIDGET (self->open_button));
    }
}

/* No other is chosen meanwhile: what is said next is said of this one. */
static void
add_cb (AmendsScanDialog *self)
{
  g_autofree char *path = g_steal_pointer (&self->path);

  gtk_widget_grab_focus (GTK_WIDGET (self->open_button));
  gtk_widget_set_visible (GTK_WIDGET (self->add_button), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->choose_button), FALSE);
  say (self, _ ("Taking it in…"));
  amends_session_attach_async (self->session, &self->id, path, FALSE, TRUE, NULL, added_cb,
                               amends_weak_new (self));
}

static void
open_cb (AmendsScanDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  char id[AMENDS_ID_BUFFER];

  amends_id_format_to (&self->id, id);
  gtk_window_close (GTK_WINDOW (self));
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.open-case", "s", id);
}

/* Behind the page that says Amends is locked nothing goes on. */
static void
state_cb (AmendsScanDialog *self)
{
  if (amends_session_get_state (self->session) != AMENDS_SESSION_OPEN)
    gtk_window_destroy (GTK_WINDOW (self));
}

/* ---------------------------------------------------------------- object */

static void
amends_scan_dialog_dispose (GObject *object)
{
  AmendsScanDialog *self = AMENDS_SCAN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (amends_scan_dialog_parent_class)->dispose (object);
}

static void
amends_scan_dialog_finalize (GObject *object)
{
  AmendsScanDialog *self = AMENDS_SCAN_DIALOG (object);

  drop_copy (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_free (self->reference);
  G_OBJECT_CLASS (amends_scan_dialog_parent_class)->finalize (object);
}

static void
amends_scan_dialog_class_init (AmendsScanDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_scan_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = amends_scan_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-scan-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsScanDialog, choose_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsScanDialog, said_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsScanDialog, found_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsScanDialog, case_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsScanDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsScanDialog, open_button);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  amends_lock_key_install (widget_class);
}

static void
amends_scan_dialog_init (AmendsScanDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  if (amends_scan_is_there ())
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->choose_button), FALSE);
  say (self,
       _ ("Scans cannot be read on this computer. Look for the number on the paper, and search "
          "for it."));
}

/**
 * amends_scan_dialog_new:
 * @session: open
 * @parent: the window it belongs to, whose action "win.open-case" opens what is found
 *
 * Returns: a window that finds the case of a scan
 */
GtkWidget *
amends_scan_dialog_new (AmendsSession *session, GtkWindow *parent)
{
  AmendsScanDialog *self =
      g_object_new (AMENDS_TYPE_SCAN_DIALOG, "transient-for", parent, "modal", TRUE, NULL);

  self->session = g_object_ref (session);
  gtk_window_set_default_size (GTK_WINDOW (self),
                               MIN (DIALOG_WIDTH, gtk_widget_get_width (GTK_WIDGET (parent))),
                               MIN (DIALOG_HEIGHT, gtk_widget_get_height (GTK_WIDGET (parent))));
  g_signal_connect_object (session, "notify::search-reach", G_CALLBACK (search), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
