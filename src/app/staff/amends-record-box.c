/* amends-record-box.c: all that stands in a record
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-record-box.h"

#include "app/amends-record-words.h"
#include "app/widgets/amends-label.h"

/* What a field is called takes a third of a narrow window at the most. */
#define NAME_WIDTH_PX 120

/**
 * amends_record_box_new:
 * @lines: (element-type AmendsRecordLine): the fields, in their order
 *
 * Returns: (transfer floating): what each is called, and beside it what stands in it, which can be marked and copied
 */
GtkWidget *
amends_record_box_new (const GPtrArray *lines)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_widget_set_margin_top (grid, 6);
  gtk_widget_set_margin_bottom (grid, 6);
  for (guint i = 0; i < lines->len; i++)
    {
      const AmendsRecordLine *line = g_ptr_array_index (lines, i);
      GtkWidget *name = amends_label_new (line->label, "second", "small", NULL);
      GtkWidget *text = amends_label_new (line->text, NULL);

      gtk_widget_set_size_request (name, NAME_WIDTH_PX, -1);
      gtk_label_set_max_width_chars (GTK_LABEL (name), 1);
      gtk_label_set_yalign (GTK_LABEL (name), 0);
      gtk_label_set_yalign (GTK_LABEL (text), 0);
      gtk_label_set_selectable (GTK_LABEL (text), TRUE);
      gtk_widget_set_hexpand (text, TRUE);
      gtk_accessible_update_relation (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                      name, NULL, -1);
      gtk_grid_attach (GTK_GRID (grid), name, 0, (int) i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), text, 1, (int) i, 1, 1);
    }
  return grid;
}
