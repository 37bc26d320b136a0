/* amends-typing.c: what was typed in fields that are used again
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/amends-typing.h"

/**
 * amends_typing_forget:
 * @widget: a field, or what holds some
 *
 * Makes that undo does not bring back what was typed there. A field that is cleared remembers it: Ctrl+Z would show
 * the next person what the last one said.
 */
void
amends_typing_forget (GtkWidget *widget)
{
  if (GTK_IS_TEXT (widget) && gtk_editable_get_enable_undo (GTK_EDITABLE (widget)))
    {
      gtk_editable_set_enable_undo (GTK_EDITABLE (widget), FALSE);
      gtk_editable_set_enable_undo (GTK_EDITABLE (widget), TRUE);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    amends_typing_forget (child);
}

/**
 * amends_typing_hold:
 * @widget: a field, or what holds some
 * @is_held: whether what stands there is just being saved
 *
 * Has nothing typed there meanwhile. Unlike one that is not sensitive, a field that is held keeps the keyboard.
 */
void
amends_typing_hold (GtkWidget *widget, gboolean is_held)
{
  if (GTK_IS_TEXT (widget))
    gtk_editable_set_editable (GTK_EDITABLE (widget), !is_held);
  else if (GTK_IS_TEXT_VIEW (widget))
    gtk_text_view_set_editable (GTK_TEXT_VIEW (widget), !is_held);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    amends_typing_hold (child, is_held);
}
