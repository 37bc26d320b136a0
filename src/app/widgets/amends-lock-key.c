/* amends-lock-key.c: the key that locks, in windows on top of the first
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/widgets/amends-lock-key.h"

/* The keys of the window behind do not reach one that is on top of it, its action does. */
static gboolean
lock_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  GtkWindow *window = GTK_WINDOW (widget);

  while (window != NULL && !gtk_widget_activate_action (GTK_WIDGET (window), "win.lock", NULL))
    window = gtk_window_get_transient_for (window);
  return TRUE;
}

/**
 * amends_lock_key_install:
 * @widget_class: of a window that stands on top of the one with the action "win.lock"
 */
void
amends_lock_key_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, lock_cb, NULL);
}
