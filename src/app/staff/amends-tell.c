/* amends-tell.c: what went wrong after its window was closed
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-tell.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * amends_tell_aside:
 * @session: behind the lock nothing is told
 * @heading: what it is about
 * @sentence: what went wrong
 *
 * In a dialog over whatever window is there.
 */
void
amends_tell_aside (AmendsSession *session, const char *heading, const char *sentence)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  GtkWidget *dialog;

  if (application == NULL || amends_session_get_state (session) != AMENDS_SESSION_OPEN)
    return;
  dialog =
      adw_message_dialog_new (gtk_application_get_active_window (application), heading, sentence);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
