/* amends-hand-dialog.c: records are carried to head office on a stick
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two steps, days apart: save to the stick, read the answer. Each says before it is taken how things
 * stand, and after it what came of it. Below stands who carried away what waited at the kiosks. */

#include "config.h"

#include "app/staff/amends-hand-dialog.h"

#include <glib/gi18n.h>

#include "app/amends-sync-words.h"
#include "app/amends-words.h"
#include "app/widgets/amends-chooser.h"
#include "app/widgets/amends-label.h"
#include "app/widgets/amends-lock-key.h"
#include "app/widgets/amends-weak.h"

/* Pixels; less on a small screen. */
#define DIALOG_WIDTH 460
#define DIALOG_HEIGHT 540

#define N_CARRIAGES 5 /* the last; `amendsctl status` has more */

struct _AmendsHandDialog
{
  AdwWindow parent_instance;

  AmendsSession *session; /* (owned) */
  gboolean is_import;     /* what the chooser is for, or what runs */
  gboolean is_busy;
  GtkLabel *save_label; /* from the template, as all below */
  GtkButton *save_button;
  GtkLabel *save_result;
  GtkLabel *read_label;
  GtkButton *read_button;
  GtkLabel *read_result;
  GtkProgressBar *progress_bar;
  GtkWidget *kiosks; /* hidden where nobody has carried anything */
  GtkBox *carriages;
};

G_DEFINE_FINAL_TYPE (AmendsHandDialog, amends_hand_dialog, ADW_TYPE_WINDOW)

static void
show_status (AmendsHandDialog *self)
{
  const AmendsStatus *status = amends_session_get_known_status (self->session);
  g_autofree char *sentence = amends_sync_words_carried (status);
  gboolean is_open = !self->is_busy && !amends_session_get_read_only (self->session);

  gtk_label_set_text (self->save_label, sentence);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), is_open);
  gtk_widget_set_sensitive (GTK_WIDGET (self->read_button), is_open);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), self->is_busy);
  gtk_progress_bar_set_fraction (self->progress_bar, amends_session_get_progress (self->session));
}

static void
carriages_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsHandDialog) self = amends_weak_take (user_data);
  g_autoptr (GPtrArray) carriages =
      amends_session_list_carriages_finish (AMENDS_SESSION (source), result, NULL);
  GtkWidget *child;

  if (self == NULL || carriages == NULL)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->carriages))) != NULL)
    gtk_box_remove (self->carriages, child);
  for (guint i = 0; i < carriages->len; i++)
    {
      g_autofree char *sentence = amends_sync_words_carriage (g_ptr_array_index (carriages, i));

      gtk_box_append (self->carriages,
                      g_object_new (GTK_TYPE_LABEL, "label", sentence, "xalign", 0.0, "wrap", TRUE,
                                    "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL));
    }
  gtk_widget_set_visible (self->kiosks, carriages->len > 0);
}

static void
show_carriages (AmendsHandDialog *self)
{
  amends_session_list_carriages_async (self->session, N_CARRIAGES, carriages_cb,
                                       amends_weak_new (self));
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsHandDialog) self = amends_weak_take (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree AmendsHandResult *found =
      amends_session_hand_finish (AMENDS_SESSION (source), result, &error);
  g_autofree char *sentence = NULL;

  if (self == NULL || !gtk_widget_get_realized (GTK_WIDGET (self)))
    return; /* the lock may have taken it away */
  self->is_busy = FALSE;
  if (found == NULL)
    sentence = amends_sync_words_hand_error (error);
  else if (self->is_import)
    sentence = amends_sync_words_read (found);
  else
    sentence = amends_sync_words_saved (found);
  amends_label_say (self->is_import ? self->read_result : self->save_result, sentence,
                    found == NULL);
  show_status (self);
}

static void
begin (AmendsHandDialog *self, const char *path)
{
  amends_label_say (self->save_result, "", FALSE);
  amends_label_say (self->read_result, "", FALSE);
  self->is_busy = TRUE;
  if (self->is_import)
    amends_session_hand_import_async (self->session, path, done_cb, amends_weak_new (self));
  else
    amends_session_hand_export_async (self->session, path, NULL, done_cb, amends_weak_new (self));
  show_status (self);
}

/* The name says whose file it is to whoever has several on one stick, and names nobody. */
static char *
make_name (AmendsHandDialog *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");

  return g_strdup_printf ("amends-%s-%s.amends", amends_session_get_device_code (self->session),
                          day);
}

static void
chosen_cb (GtkWindow *window, GFile *file)
{
  AmendsHandDialog *self = AMENDS_HAND_DIALOG (window);
  g_autofree char *path = g_file_get_path (file);

  if (self->is_busy)
    return;
  if (path != NULL)
    begin (self, path);
  else
    amends_label_say (self->is_import ? self->read_result : self->save_result,
                      _ ("That place is not on this laptop or on a stick in it. Choose another."),
                      TRUE);
}

static void
choose (AmendsHandDialog *self, gboolean is_import)
{
  GtkFileChooser *chooser =
      amends_chooser_new (GTK_WINDOW (self),
                          is_import ? _ ("Read the Answer") : _ ("Save to a Stick"),
                          is_import ? GTK_FILE_CHOOSER_ACTION_OPEN : GTK_FILE_CHOOSER_ACTION_SAVE,
                          is_import ? _ ("_Read") : _ ("_Save"), chosen_cb);
  g_autofree char *name = make_name (self);

  if (chooser == NULL)
    return;
  self->is_import = is_import;
  if (is_import)
    amends_chooser_add_filter (chooser, _ ("Files carried by hand"), "amends");
  else
    gtk_file_chooser_set_current_name (chooser, name);
  amends_chooser_show (chooser);
}

static void
save_cb (AmendsHandDialog *self)
{
  choose (self, FALSE);
}

static void
read_cb (AmendsHandDialog *self)
{
  choose (self, TRUE);
}

/* Behind the page that says Amends is locked nothing goes on. */
static void
state_cb (AmendsHandDialog *self)
{
  if (amends_session_get_state (self->session) != AMENDS_SESSION_OPEN)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
amends_hand_dialog_dispose (GObject *object)
{
  AmendsHandDialog *self = AMENDS_HAND_DIALOG (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_hand_dialog_parent_class)->dispose (object);
}

static void
amends_hand_dialog_class_init (AmendsHandDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_hand_dialog_dispose;
  amends_lock_key_install (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-hand-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsHandDialog, save_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsHandDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsHandDialog, save_result);
  gtk_widget_class_bind_template_child (widget_class, AmendsHandDialog, read_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsHandDialog, read_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsHandDialog, read_result);
  gtk_widget_class_bind_template_child (widget_class, AmendsHandDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, AmendsHandDialog, kiosks);
  gtk_widget_class_bind_template_child (widget_class, AmendsHandDialog, carriages);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
amends_hand_dialog_init (AmendsHandDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * amends_hand_dialog_new:
 * @session: open
 * @parent: the window it belongs to
 *
 * Returns: a window with both steps of an exchange by hand
 */
GtkWidget *
amends_hand_dialog_new (AmendsSession *session, GtkWindow *parent)
{
  static const char *const watched[] = { "notify::waiting", "notify::syncing", "notify::progress",
                                         "notify::last-sync", "notify::read-only" };
  AmendsHandDialog *self =
      g_object_new (AMENDS_TYPE_HAND_DIALOG, "transient-for", parent, "modal", TRUE, NULL);

  self->session = g_object_ref (session);
  gtk_window_set_default_size (GTK_WINDOW (self),
                               MIN (DIALOG_WIDTH, gtk_widget_get_width (GTK_WIDGET (parent))),
                               MIN (DIALOG_HEIGHT, gtk_widget_get_height (GTK_WIDGET (parent))));
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (session, watched[i], G_CALLBACK (show_status), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "list-changed", G_CALLBACK (show_carriages), self,
                           G_CONNECT_SWAPPED);
  show_status (self);
  show_carriages (self);
  return GTK_WIDGET (self);
}
