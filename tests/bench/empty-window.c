/* empty-window.c: a libadwaita window with nothing in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the window of Amends is measured against. Prints one JSON object: "frame_ms", until the first frame is
 * painted; "pss_kb", after it. */

#include "frame.h"

#include <adwaita.h>

static void
painted_cb (GdkFrameClock *clock, gpointer application)
{
  double frame_ms = frame_since_ms ();

  g_print ("{\"frame_ms\": %.1f, \"pss_kb\": %ld}\n", frame_ms, frame_pss_kb ());
  g_application_quit (G_APPLICATION (application));
}

static void
activate_cb (GtkApplication *application, gpointer user_data)
{
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_title (GTK_WINDOW (window), "Empty");
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  frame_watch (window, painted_cb, application);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) application =
      adw_application_new ("org.amends.EmptyWindow", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
