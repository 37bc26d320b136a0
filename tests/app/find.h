/* find.h: what is in a window, as a test finds it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>
#include <string.h>

/* (nullable): The first in or below @widget that says @label, its mnemonic included. */
static inline GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

/* Whether it is a label that says @name, or has one in it. */
static inline gboolean
is_named (GtkWidget *widget, const char *name)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), name))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_named (child, name))
      return TRUE;
  return FALSE;
}

/* (nullable): The first in or below @widget of @type, with that on it where @name is not %NULL. */
static inline GtkWidget *
find_widget (GtkWidget *widget, GType type, const char *name)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (name == NULL || is_named (widget, name)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type, name);
  return found;
}

/* Waits until it is there. */
static inline GtkWidget *
wait_for (GtkWidget *window, GType type, const char *name)
{
  GtkWidget *found;

  while ((found = find_widget (window, type, name)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return found;
}

/* Touches the button that says @name, once it is there. */
static inline void
touch (GtkWidget *window, const char *name)
{
  g_signal_emit_by_name (wait_for (window, GTK_TYPE_BUTTON, name), "clicked");
}

/* Whether those words are in a label that is shown. */
static inline gboolean
says (GtkWidget *widget, const char *words)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_is_visible (widget)
      && strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
}
