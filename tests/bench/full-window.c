/* full-window.c: the application on a store, from its start to the plan of the day
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: bench-window STORE PASSPHRASE-FILE
 *
 * Opens the store as a person does. Prints one JSON object: "frame_ms", until the first frame is painted, which asks
 * for the passphrase; "signed_out_kb", after it; "list_ms", from Open until the first frame of the plan of the day,
 * with what makes a key of the passphrase, slow on purpose; "pss_kb", after that. */

#include "frame.h"

#include <adwaita.h>

#include "app/amends-application.h"
#include "app/find.h"
#include "app/staff/amends-duty-line.h"
#include "app/staff/pages/amends-sign-in-page.h"

typedef struct
{
  GApplication *application;
  GtkWidget *window;
  char *passphrase;
  gboolean is_painted;
  double frame_ms;
  long signed_out_kb;
  gboolean is_opened; /* the passphrase was given */
  double opened_ms;
} Bench;

static void
open_store (Bench *self)
{
  GtkWidget *page = find_widget (self->window, AMENDS_TYPE_SIGN_IN_PAGE, NULL);
  GtkWidget *row, *button;

  if (page == NULL || !gtk_widget_get_mapped (page))
    return; /* the store is not found yet */
  row = find_widget (page, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  button = find_button (page, "Open");
  gtk_editable_set_text (GTK_EDITABLE (row), self->passphrase);
  self->is_opened = TRUE;
  self->opened_ms = frame_since_ms ();
  g_signal_emit_by_name (button, "clicked");
}

static void
painted_cb (GdkFrameClock *clock, gpointer user_data)
{
  Bench *self = user_data;
  double now_ms = frame_since_ms ();
  GtkWidget *line;

  if (!self->is_painted)
    {
      self->is_painted = TRUE;
      self->frame_ms = now_ms;
      self->signed_out_kb = frame_pss_kb ();
    }
  if (!self->is_opened)
    open_store (self);
  line = find_widget (self->window, AMENDS_TYPE_DUTY_LINE, NULL);
  if (line == NULL || !gtk_widget_get_mapped (line))
    return;
  g_print ("{\"frame_ms\": %.1f, \"signed_out_kb\": %ld, \"list_ms\": %.1f, \"pss_kb\": %ld}\n",
           self->frame_ms, self->signed_out_kb, now_ms - self->opened_ms, frame_pss_kb ());
  g_application_quit (self->application);
}

static void
added_cb (GtkApplication *application, GtkWindow *window, Bench *self)
{
  if (self->window != NULL)
    return;
  self->window = GTK_WIDGET (window);
  frame_watch (self->window, painted_cb, self);
}

int
main (int argc, char *argv[])
{
  g_autoptr (AmendsApplication) application = amends_application_new ();
  g_autofree char *passphrase = NULL;
  Bench self = { .application = G_APPLICATION (application) };
  char *arguments[] = { argv[0], (char *) "--store", argc == 3 ? argv[1] : NULL, NULL };

  if (argc != 3 || !g_file_get_contents (argv[2], &passphrase, NULL, NULL))
    {
      g_printerr ("Usage: bench-window STORE PASSPHRASE-FILE\n");
      return EXIT_FAILURE;
    }
  self.passphrase = g_strchomp (passphrase);
  g_signal_connect (application, "window-added", G_CALLBACK (added_cb), &self);
  return g_application_run (self.application, 3, arguments);
}
