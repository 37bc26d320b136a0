/* amends-day-cell.c: one day of a drawn calendar
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Roomy, it has its day and its number at the top and its name at the foot; compact, a short day over
 * the number and no name. Which it is its calendar says while it is laid out, so no label may change
 * then: each form has its own. A screen reader has the calendar as one image with a text. */

#include "config.h"

#include "app/widgets/amends-day-cell.h"

struct _AmendsDayCell
{
  GtkWidget parent_instance;

  gboolean is_compact;
  GtkWidget *text_label;
  GtkWidget *short_label;
  GtkWidget *number_label;
  GtkWidget *name_label;
};

G_DEFINE_FINAL_TYPE (AmendsDayCell, amends_day_cell, GTK_TYPE_WIDGET)

static void
measure (GtkWidget *label, GtkOrientation orientation, int for_size, int *ret_natural)
{
  gtk_widget_measure (label, orientation, for_size, NULL, ret_natural, NULL, NULL);
}

/* What it is given is the calendar's business; less than this shows nothing. */
static void
amends_day_cell_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  measure (AMENDS_DAY_CELL (widget)->short_label, orientation, -1, minimum);
  *natural = *minimum;
}

/**
 * amends_day_cell_measure_height:
 * @width: pixels it will be given, frame included
 * @is_compact: in which form
 *
 * Returns: the pixels it needs from top to bottom, without its frame
 */
int
amends_day_cell_measure_height (AmendsDayCell *self, int width, gboolean is_compact)
{
  gboolean has_name = *gtk_label_get_text (GTK_LABEL (self->name_label)) != '\0';
  gboolean has_number = *gtk_label_get_text (GTK_LABEL (self->number_label)) != '\0';
  int text, number, name;

  measure (is_compact ? self->short_label : self->text_label, GTK_ORIENTATION_VERTICAL, -1, &text);
  measure (self->number_label, GTK_ORIENTATION_VERTICAL, -1, &number);
  if (is_compact)
    return text + (has_number ? number : 0);
  if (!has_name)
    return has_number ? MAX (text, number) : text;
  gtk_widget_measure (self->name_label, GTK_ORIENTATION_HORIZONTAL, -1, &name, NULL, NULL, NULL);
  measure (self->name_label, GTK_ORIENTATION_VERTICAL, MAX (width, name), &name);
  return MAX (text, number) + name;
}

static void
place (AmendsDayCell *self, GtkWidget *label, int x, int y, int width, int height)
{
  int room = gtk_widget_get_width (GTK_WIDGET (self));

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = room - x - width;
  gtk_widget_size_allocate (label, &(GtkAllocation){ x, y, width, height }, -1);
}

static void
amends_day_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AmendsDayCell *self = AMENDS_DAY_CELL (widget);
  int text_width, text_height, number_width, number_height, name_width, name_height;
  GtkWidget *text = self->is_compact ? self->short_label : self->text_label;

  gtk_widget_set_child_visible (self->text_label, !self->is_compact);
  gtk_widget_set_child_visible (self->short_label, self->is_compact);
  gtk_widget_set_child_visible (self->name_label, !self->is_compact);
  measure (text, GTK_ORIENTATION_HORIZONTAL, -1, &text_width);
  measure (text, GTK_ORIENTATION_VERTICAL, -1, &text_height);
  measure (self->number_label, GTK_ORIENTATION_HORIZONTAL, -1, &number_width);
  measure (self->number_label, GTK_ORIENTATION_VERTICAL, -1, &number_height);
  if (self->is_compact)
    {
      place (self, text, (width - text_width) / 2, 0, text_width, text_height);
      place (self, self->number_label, (width - number_width) / 2, height - number_height,
             number_width, number_height);
      return;
    }
  gtk_widget_measure (self->name_label, GTK_ORIENTATION_HORIZONTAL, -1, &name_width, NULL, NULL,
                      NULL);
  name_width = MAX (width, name_width);
  measure (self->name_label, GTK_ORIENTATION_VERTICAL, name_width, &name_height);
  place (self, text, 0, 0, text_width, MAX (text_height, number_height));
  place (self, self->number_label, width - number_width, 0, number_width,
         MAX (text_height, number_height));
  place (self, self->name_label, 0, height - name_height, name_width, name_height);
}

static void
amends_day_cell_dispose (GObject *object)
{
  AmendsDayCell *self = AMENDS_DAY_CELL (object);

  g_clear_pointer (&self->text_label, gtk_widget_unparent);
  g_clear_pointer (&self->short_label, gtk_widget_unparent);
  g_clear_pointer (&self->number_label, gtk_widget_unparent);
  g_clear_pointer (&self->name_label, gtk_widget_unparent);
  G_OBJECT_CLASS (amends_day_cell_parent_class)->dispose (object);
}

static void
amends_day_cell_class_init (AmendsDayCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_day_cell_dispose;
  widget_class->measure = amends_day_cell_measure;
  widget_class->size_allocate = amends_day_cell_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "day");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static GtkWidget *
add_label (AmendsDayCell *self, const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (label, style);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
amends_day_cell_init (AmendsDayCell *self)
{
  self->text_label = add_label (self, "small");
  self->short_label = add_label (self, "small");
  self->number_label = add_label (self, "count");
  self->name_label = add_label (self, "small");
  gtk_widget_add_css_class (self->name_label, "name");
  gtk_label_set_wrap (GTK_LABEL (self->name_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->name_label), PANGO_WRAP_WORD_CHAR);
}

/**
 * amends_day_cell_new:
 * @text: its day, "16 Dec"
 * @short_text: the same where there is little room, "16"
 */
GtkWidget *
amends_day_cell_new (const char *text, const char *short_text)
{
  AmendsDayCell *self = g_object_new (AMENDS_TYPE_DAY_CELL, NULL);

  gtk_label_set_text (GTK_LABEL (self->text_label), text);
  gtk_label_set_text (GTK_LABEL (self->short_label), short_text);
  return GTK_WIDGET (self);
}

/* @number: which day of the count it is, "+1" */
void
amends_day_cell_set_number (AmendsDayCell *self, const char *number)
{
  gtk_label_set_text (GTK_LABEL (self->number_label), number);
}

/* @name: what the day is, "New Year’s Day" */
void
amends_day_cell_set_name (AmendsDayCell *self, const char *name)
{
  gtk_label_set_text (GTK_LABEL (self->name_label), name);
}

/* For its calendar alone, while it lays out. */
void
amends_day_cell_set_compact (AmendsDayCell *self, gboolean is_compact)
{
  self->is_compact = is_compact;
}
