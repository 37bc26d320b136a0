/* amends-columns.c: two columns that become one when they do not fit
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each child stands in the first or the second column. Both are drawn beside each other while each
 * gets the width that so many characters of the present font take; else all children stand under
 * each other in their own order. So the choice follows the size of the text and not a number of
 * pixels. Where one of the columns is empty the other has all the room. */

#include "config.h"

#include "app/widgets/amends-columns.h"

struct _AmendsColumnsLayout
{
  GtkLayoutManager parent_instance;

  int column_spacing; /* pixels */
  int row_spacing;    /* pixels */
  int first_chars;    /* the least the first column takes, in characters */
  int second_chars;   /* the least the second column takes, in characters */
  gboolean is_equal;  /* whether both are as wide, or the second only as wide as it must be */
  gboolean
      is_natural; /* whether the second is as wide as it would be; where it cannot be there is one column */
};

G_DEFINE_FINAL_TYPE (AmendsColumnsLayout, amends_columns_layout, GTK_TYPE_LAYOUT_MANAGER)

struct _AmendsColumnsLayoutChild
{
  GtkLayoutChild parent_instance;

  int column; /* 0 or 1 */
};

G_DEFINE_FINAL_TYPE (AmendsColumnsLayoutChild, amends_columns_layout_child, GTK_TYPE_LAYOUT_CHILD)

struct _AmendsColumns
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (AmendsColumns, amends_columns, GTK_TYPE_WIDGET)

enum
{
  PROP_COLUMN_SPACING = 1,
  PROP_ROW_SPACING,
  PROP_FIRST_CHARS,
  PROP_SECOND_CHARS,
  PROP_EQUAL,
  PROP_NATURAL,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];
static GParamSpec *column_property;

/* ---------------------------------------------------------------- the place of one child */

static void
amends_columns_layout_child_get_property (GObject *object,
                                          guint id,
                                          GValue *value,
                                          GParamSpec *pspec)
{
  g_value_set_int (value, AMENDS_COLUMNS_LAYOUT_CHILD (object)->column);
}

static void
amends_columns_layout_child_set_property (GObject *object,
                                          guint id,
                                          const GValue *value,
                                          GParamSpec *pspec)
{
  AmendsColumnsLayoutChild *self = AMENDS_COLUMNS_LAYOUT_CHILD (object);
  int column = g_value_get_int (value);

  if (self->column == column)
    return;
  self->column = column;
  gtk_layout_manager_layout_changed (gtk_layout_child_get_layout_manager (GTK_LAYOUT_CHILD (self)));
  g_object_notify_by_pspec (object, column_property);
}

static void
amends_columns_layout_child_class_init (AmendsColumnsLayoutChildClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = amends_columns_layout_child_get_property;
  object_class->set_property = amends_columns_layout_child_set_property;
  column_property =
      g_param_spec_int ("column", NULL, NULL, 0, 1, 0,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object_class, 1, column_property);
}

static void
amends_columns_layout_child_init (AmendsColumnsLayoutChild *self)
{
}

/* ---------------------------------------------------------------- the layout */

static int
column_of (AmendsColumnsLayout *self, GtkWidget *child)
{
  GtkLayoutChild *place = gtk_layout_manager_get_layout_child (GTK_LAYOUT_MANAGER (self), child);

  return AMENDS_COLUMNS_LAYOUT_CHILD (place)->column;
}

static int
width_of_chars (GtkWidget *widget, int n_chars)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = pango_font_metrics_get_approximate_char_width (metrics) * n_chars;

  pango_font_metrics_unref (metrics);
  return PANGO_PIXELS_CEIL (width);
}

/* The least that each column can do with, whatever the text in it says. */
static void
measure_columns (AmendsColumnsLayout *self, GtkWidget *widget, int ret_widths[2])
{
  ret_widths[0] = width_of_chars (widget, self->first_chars);
  ret_widths[1] = width_of_chars (widget, self->second_chars);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int column = column_of (self, child);
      int minimum;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      ret_widths[column] = MAX (ret_widths[column], minimum);
    }
}

/* A column with nothing in it takes no room from the other. */
static gboolean
has_both (AmendsColumnsLayout *self, GtkWidget *widget)
{
  gboolean has[2] = { FALSE, FALSE };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      has[column_of (self, child)] = TRUE;
  return has[0] && has[1];
}

static int
measure_second (AmendsColumnsLayout *self, GtkWidget *widget)
{
  int width = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int natural;

      if (!gtk_widget_should_layout (child) || column_of (self, child) == 0)
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
      width = MAX (width, natural);
    }
  return width;
}

/* Returns whether two columns fit @width, and how wide each is then. */
static gboolean
divide (AmendsColumnsLayout *self, GtkWidget *widget, int width, int ret_widths[2])
{
  int free_width = width - self->column_spacing;

  if (!has_both (self, widget))
    {
      ret_widths[0] = ret_widths[1] = width;
      return FALSE;
    }
  measure_columns (self, widget, ret_widths);
  if (self->is_natural)
    ret_widths[1] = MAX (ret_widths[1], measure_second (self, widget));
  if (self->is_equal)
    ret_widths[0] = ret_widths[1] = MAX (ret_widths[0], ret_widths[1]);
  if (ret_widths[0] + ret_widths[1] > free_width)
    {
      ret_widths[0] = ret_widths[1] = width;
      return FALSE;
    }
  if (self->is_equal)
    ret_widths[1] = free_width / 2;
  ret_widths[0] = free_width - ret_widths[1];
  return TRUE;
}

/* Heights of the columns at these widths; in one column the second height stays 0. */
static void
measure_heights (AmendsColumnsLayout *self,
                 GtkWidget *widget,
                 gboolean is_double,
                 const int widths[2],
                 gboolean is_natural,
                 int ret_heights[2])
{
  ret_heights[0] = ret_heights[1] = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int column = is_double ? column_of (self, child) : 0;
      int minimum, natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, widths[column], &minimum, &natural, NULL,
                          NULL);
      if (ret_heights[column] > 0)
        ret_heights[column] += self->row_spacing;
      ret_heights[column] += is_natural ? natural : minimum;
    }
}

static void
amends_columns_layout_measure (GtkLayoutManager *manager,
                               GtkWidget *widget,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline)
{
  AmendsColumnsLayout *self = AMENDS_COLUMNS_LAYOUT (manager);
  int widths[2], heights[2];

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      int least = 0;

      measure_columns (self, widget, widths);
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        {
          int child_minimum;

          gtk_widget_measure (child, orientation, -1, &child_minimum, NULL, NULL, NULL);
          least = MAX (least, child_minimum);
        }
      *minimum = least;
      *natural = MAX (least, self->column_spacing
                                 + (self->is_equal ? 2 * MAX (widths[0], widths[1])
                                                   : widths[0] + widths[1]));
      return;
    }

  if (for_size < 0)
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &for_size, NULL, NULL);
  for (int is_natural = FALSE; is_natural <= TRUE; is_natural++)
    {
      gboolean is_double = divide (self, widget, for_size, widths);

      measure_heights (self, widget, is_double, widths, is_natural, heights);
      *(is_natural ? natural : minimum) = MAX (heights[0], heights[1]);
    }
}

static void
amends_columns_layout_allocate (GtkLayoutManager *manager,
                                GtkWidget *widget,
                                int width,
                                int height,
                                int baseline)
{
  AmendsColumnsLayout *self = AMENDS_COLUMNS_LAYOUT (manager);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int widths[2];
  int bottoms[2] = { 0, 0 };
  gboolean is_double = divide (self, widget, width, widths);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int column = is_double ? column_of (self, child) : 0;
      int natural, x;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, widths[column], NULL, &natural, NULL,
                          NULL);
      x = column == 0 ? 0 : width - widths[1];
      if (is_rtl)
        x = width - x - widths[column];
      gtk_widget_size_allocate (child,
                                &(GtkAllocation){ x, bottoms[column], widths[column], natural },
                                -1);
      bottoms[column] += natural + self->row_spacing;
    }
}

static GtkSizeRequestMode
amends_columns_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static GtkLayoutChild *
amends_columns_layout_create_layout_child (GtkLayoutManager *manager,
                                           GtkWidget *widget,
                                           GtkWidget *child)
{
  return g_object_new (AMENDS_TYPE_COLUMNS_LAYOUT_CHILD, "layout-manager", manager, "child-widget",
                       child, NULL);
}

static int *
find_number (AmendsColumnsLayout *self, guint id)
{
  switch (id)
    {
    case PROP_COLUMN_SPACING:
      return &self->column_spacing;
    case PROP_ROW_SPACING:
      return &self->row_spacing;
    case PROP_FIRST_CHARS:
      return &self->first_chars;
    case PROP_SECOND_CHARS:
      return &self->second_chars;
    default:
      return NULL;
    }
}

static void
amends_columns_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AmendsColumnsLayout *self = AMENDS_COLUMNS_LAYOUT (object);

  if (id == PROP_EQUAL || id == PROP_NATURAL)
    g_value_set_boolean (value, id == PROP_EQUAL ? self->is_equal : self->is_natural);
  else
    g_value_set_int (value, *find_number (self, id));
}

static void
amends_columns_layout_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  AmendsColumnsLayout *self = AMENDS_COLUMNS_LAYOUT (object);

  if (id == PROP_EQUAL)
    self->is_equal = g_value_get_boolean (value);
  else if (id == PROP_NATURAL)
    self->is_natural = g_value_get_boolean (value);
  else
    *find_number (self, id) = g_value_get_int (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
  g_object_notify_by_pspec (object, pspec);
}

static void
amends_columns_layout_class_init (AmendsColumnsLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = amends_columns_layout_get_property;
  object_class->set_property = amends_columns_layout_set_property;
  manager_class->layout_child_type = AMENDS_TYPE_COLUMNS_LAYOUT_CHILD;
  manager_class->get_request_mode = amends_columns_layout_get_request_mode;
  manager_class->measure = amends_columns_layout_measure;
  manager_class->allocate = amends_columns_layout_allocate;
  manager_class->create_layout_child = amends_columns_layout_create_layout_child;

  properties[PROP_COLUMN_SPACING] =
      g_param_spec_int ("column-spacing", NULL, NULL, 0, G_MAXINT16, 24, flags);
  properties[PROP_ROW_SPACING] =
      g_param_spec_int ("row-spacing", NULL, NULL, 0, G_MAXINT16, 18, flags);
  properties[PROP_FIRST_CHARS] =
      g_param_spec_int ("first-chars", NULL, NULL, 1, G_MAXINT16, 50, flags);
  properties[PROP_SECOND_CHARS] =
      g_param_spec_int ("second-chars", NULL, NULL, 1, G_MAXINT16, 40, flags);
  properties[PROP_EQUAL] = g_param_spec_boolean ("equal", NULL, NULL, FALSE, flags);
  properties[PROP_NATURAL] = g_param_spec_boolean ("natural", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
amends_columns_layout_init (AmendsColumnsLayout *self)
{
  self->column_spacing = 24;
  self->row_spacing = 18;
  self->first_chars = 50;
  self->second_chars = 40;
}

/* ---------------------------------------------------------------- the widget */

/* GTK's own order for Tab is by height on the screen, which would jump between the columns. */
static gboolean
amends_columns_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean is_back = direction == GTK_DIR_TAB_BACKWARD;
  GtkWidget *child = gtk_widget_get_focus_child (widget);

  if (direction != GTK_DIR_TAB_FORWARD && !is_back)
    return GTK_WIDGET_CLASS (amends_columns_parent_class)->focus (widget, direction);

  if (child == NULL)
    child = is_back ? gtk_widget_get_last_child (widget) : gtk_widget_get_first_child (widget);
  while (child != NULL)
    {
      if (gtk_widget_child_focus (child, direction))
        return TRUE;
      child = is_back ? gtk_widget_get_prev_sibling (child) : gtk_widget_get_next_sibling (child);
    }
  return FALSE;
}

static void
amends_columns_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (amends_columns_parent_class)->dispose (object);
}

static void
amends_columns_class_init (AmendsColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_columns_dispose;
  widget_class->focus = amends_columns_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, AMENDS_TYPE_COLUMNS_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
amends_columns_init (AmendsColumns *self)
{
}
