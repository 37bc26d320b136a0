/* amends-pin-dialog.c: a member of staff sets the PIN by which kiosks know them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-pin-dialog.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/widgets/amends-label.h"
#include "app/widgets/amends-lock-key.h"

/* Pixels; less on a small screen. */
#define DIALOG_WIDTH 460
#define DIALOG_HEIGHT 420

struct _AmendsPinDialog
{
  AdwWindow parent_instance;

  AmendsSession *session; /* (owned) */
  gboolean is_busy;
  GtkEditable *pin_row; /* from the template, as all below */
  GtkEditable *repeat_row;
  GtkWidget *set_button;
  GtkLabel *result;
};

G_DEFINE_FINAL_TYPE (AmendsPinDialog, amends_pin_dialog, ADW_TYPE_WINDOW)

static void
show_status (AmendsPinDialog *self)
{
  gtk_widget_set_sensitive (self->set_button,
                            !self->is_busy && !amends_session_get_read_only (self->session));
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsPinDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_set = amends_session_set_pin_finish (AMENDS_SESSION (source), result, &error);
  g_autofree char *problem = error != NULL ? amends_words_error (error) : NULL;

  self->is_busy = FALSE;
  if (!gtk_widget_get_realized (GTK_WIDGET (self))) /* the lock may have taken it away */
    return;
  if (is_set)
    {
      gtk_editable_set_text (self->pin_row, "");
      gtk_editable_set_text (self->repeat_row, "");
    }
  amends_label_say (self->result,
                    is_set ? _ ("Your PIN is set. A kiosk knows it once this device and the kiosk "
                                "have both been in touch with head office.")
                           : problem,
                    !is_set);
  show_status (self);
}

static void
set_cb (AmendsPinDialog *self)
{
  const char *pin = gtk_editable_get_text (self->pin_row);
  g_autoptr (GError) error = NULL;

  if (self->is_busy)
    return;
  if (!amends_pin_check_digits (pin, &error))
    {
      amends_label_say (self->result, error->message, TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->pin_row));
      return;
    }
  if (!g_str_equal (pin, gtk_editable_get_text (self->repeat_row)))
    {
      amends_label_say (self->result, _ ("The two are not the same. Type the PIN once more."),
                        TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->repeat_row));
      return;
    }
  self->is_busy = TRUE;
  amends_label_say (self->result, "", FALSE);
  amends_session_set_pin_async (self->session, pin, done_cb, g_object_ref (self));
  show_status (self);
}

/* Behind the page that says Amends is locked nothing goes on. */
static void
state_cb (AmendsPinDialog *self)
{
  if (amends_session_get_state (self->session) != AMENDS_SESSION_OPEN)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
amends_pin_dialog_dispose (GObject *object)
{
  g_clear_object (&AMENDS_PIN_DIALOG (object)->session);
  G_OBJECT_CLASS (amends_pin_dialog_parent_class)->dispose (object);
}

static void
amends_pin_dialog_class_init (AmendsPinDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_pin_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-pin-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsPinDialog, pin_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsPinDialog, repeat_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsPinDialog, set_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsPinDialog, result);
  gtk_widget_class_bind_template_callback (widget_class, set_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  amends_lock_key_install (widget_class);
}

static void
amends_pin_dialog_init (AmendsPinDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * amends_pin_dialog_new:
 * @session: open
 * @parent: the window it belongs to
 *
 * Returns: a window in which whoever is signed in sets their PIN
 */
GtkWidget *
amends_pin_dialog_new (AmendsSession *session, GtkWindow *parent)
{
  AmendsPinDialog *self =
      g_object_new (AMENDS_TYPE_PIN_DIALOG, "transient-for", parent, "modal", TRUE, NULL);

  self->session = g_object_ref (session);
  gtk_window_set_default_size (GTK_WINDOW (self),
                               MIN (DIALOG_WIDTH, gtk_widget_get_width (GTK_WIDGET (parent))),
                               MIN (DIALOG_HEIGHT, gtk_widget_get_height (GTK_WIDGET (parent))));
  g_signal_connect_object (session, "notify::read-only", G_CALLBACK (show_status), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  show_status (self);
  return GTK_WIDGET (self);
}
