/* amends-label.c: labels and rows made in C, and boxes emptied
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/amends-label.h"

#include <adwaita.h>

/**
 * amends_label_new:
 * @text: what it says, as it stands: no markup
 * @...: style classes, ended by %NULL
 *
 * Returns: a label that begins at the start of its line, and breaks where it must
 */
GtkWidget *
amends_label_new (const char *text, ...)
{
  GtkWidget *label = gtk_label_new (text);
  const char *style;
  va_list styles;

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  va_start (styles, text);
  while ((style = va_arg (styles, const char *)) != NULL)
    gtk_widget_add_css_class (label, style);
  va_end (styles);
  return label;
}

/**
 * amends_label_say:
 * @sentence: what it says from now on; "" for nothing, and then it is not there
 * @is_error: whether something is wrong
 */
void
amends_label_say (GtkLabel *label, const char *sentence, gboolean is_error)
{
  gtk_label_set_text (label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (label), *sentence != '\0');
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), "error");
}

/**
 * amends_row_new:
 * @title: what it says, as it stands: no markup
 * @subtitle: what stands below, likewise
 *
 * Returns: (transfer floating): an #AdwActionRow of as many lines as its words need
 */
GtkWidget *
amends_row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

/* Takes everything out of @box. */
void
amends_box_clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* Takes every row out of @list. */
void
amends_list_box_clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}
