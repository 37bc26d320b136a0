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
