/* amends-chooser.c: a window asks for a file, one at a time
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The portal's or GTK's own chooser belongs to no widget: whoever asked holds it, and takes it away with itself. */

#include "config.h"

#include "app/widgets/amends-chooser.h"

#include <glib/gi18n.h>

#define CHOOSER "amends-chooser" /* of a window: what is open in front of it */
#define CHOSEN "amends-chosen"   /* of a chooser: who is told */

static void
end (gpointer dialog)
{
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (dialog));
  g_object_unref (dialog);
}

static void
destroy_cb (GtkWidget *window)
{
  g_object_set_data (G_OBJECT (window), CHOOSER, NULL);
}

static void
response_cb (GtkNativeDialog *dialog, int response, GtkWindow *window)
{
  AmendsChosen chosen = (AmendsChosen) g_object_get_data (G_OBJECT (dialog), CHOSEN);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;

  g_object_set_data (G_OBJECT (window), CHOOSER, NULL);
  if (file != NULL)
    chosen (window, file);
}

/**
 * amends_chooser_new:
 * @window: what asks; with it the chooser goes
 * @title: what is asked for
 * @action: whether it is opened or saved
 * @accept: what the button says
 * @chosen: told which, once; of one that is cancelled nothing
 *
 * Returns: (transfer none) (nullable): a chooser that is to be shown; %NULL while another is open
 */
GtkFileChooser *
amends_chooser_new (GtkWindow *window,
                    const char *title,
                    GtkFileChooserAction action,
                    const char *accept,
                    AmendsChosen chosen)
{
  GtkFileChooserNative *dialog;

  g_return_val_if_fail (GTK_IS_WINDOW (window) && chosen != NULL, NULL);

  if (g_object_get_data (G_OBJECT (window), CHOOSER) != NULL)
    return NULL;
  dialog = gtk_file_chooser_native_new (title, window, action, accept, _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_object_set_data (G_OBJECT (dialog), CHOSEN, (gpointer) chosen);
  g_object_set_data_full (G_OBJECT (window), CHOOSER, dialog, end);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), window, 0);
  g_signal_connect_object (window, "destroy", G_CALLBACK (destroy_cb), dialog, 0);
  return GTK_FILE_CHOOSER (dialog);
}

/**
 * amends_chooser_add_filter:
 * @name: what they are called
 * @ending: of their names, as "csv"
 *
 * Offers files of that kind first, and all of them beside.
 */
void
amends_chooser_add_filter (GtkFileChooser *self, const char *name, const char *ending)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_suffix (filter, ending);
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (self, filter);
  gtk_file_chooser_add_filter (self, all);
}

/**
 * amends_chooser_show:
 * @self: from amends_chooser_new()
 */
void
amends_chooser_show (GtkFileChooser *self)
{
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self));
}
