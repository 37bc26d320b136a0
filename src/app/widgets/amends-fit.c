/* amends-fit.c: a child that has a narrow form, and takes it where the other does not fit
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What decides is the child's own minimum width and never a number of pixels, so that large text folds it
 * sooner. Whoever listens to "narrow" gives the child the other form; that is done once this frame has its
 * places, because a form is not changed while it is being laid out. */

#include "app/widgets/amends-fit.h"

struct _AmendsFit
{
  GtkWidget parent_instance;

  GtkWidget *child; /* (nullable) */
  int narrow_width; /* the least that is asked for; the narrow form is made for it */
  gboolean is_pinned;
  gboolean is_narrow;
  int wide_width; /* what the wide form needed when it was last there; 0 unknown */
  guint turn_source;
};

static void amends_fit_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AmendsFit,
                               amends_fit,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      amends_fit_buildable_init))

enum
{
  PROP_CHILD = 1,
  PROP_NARROW_WIDTH,
  PROP_PINNED,
  PROP_NARROW,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
set_narrow (AmendsFit *self, gboolean is_narrow)
{
  if (self->is_narrow == is_narrow)
    return;
  self->is_narrow = is_narrow;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static gboolean
fits (AmendsFit *self, int width)
{
  return !self->is_pinned && width >= self->wide_width;
}

static gboolean
turn_cb (gpointer user_data)
{
  AmendsFit *self = user_data;

  self->turn_source = 0;
  set_narrow (self, !fits (self, gtk_widget_get_width (GTK_WIDGET (self))));
  return G_SOURCE_REMOVE;
}

static int
measure_width (AmendsFit *self, int *ret_natural)
{
  int minimum;

  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, ret_natural, NULL,
                      NULL);
  if (!self->is_narrow)
    self->wide_width = minimum;
  return minimum;
}

static void
amends_fit_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  AmendsFit *self = AMENDS_FIT (widget);
  int child_minimum, child_natural;

  *minimum = *natural = 0;
  if (self->child == NULL || !gtk_widget_get_visible (self->child))
    return;
  child_minimum = measure_width (self, &child_natural);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      /* Of the narrow form nothing is cut off: with large text it may need more than it is made for. */
      *minimum = self->is_narrow ? MAX (child_minimum, self->narrow_width) : self->narrow_width;
      *natural = self->is_pinned ? *minimum : MAX (child_natural, *minimum);
      return;
    }
  gtk_widget_measure (self->child, orientation, for_size < 0 ? -1 : MAX (for_size, child_minimum),
                      minimum, natural, NULL, NULL);
}

/* Words in it may break. */
static GtkSizeRequestMode
amends_fit_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
amends_fit_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AmendsFit *self = AMENDS_FIT (widget);
  int minimum, needed;

  if (self->child == NULL || !gtk_widget_get_visible (self->child))
    return;
  minimum = measure_width (self, NULL);
  if (self->is_narrow == fits (self, width) && self->turn_source == 0)
    self->turn_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, turn_cb, self, NULL);
  gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, MAX (width, minimum), &needed, NULL,
                      NULL, NULL);
  gtk_widget_allocate (self->child, MAX (width, minimum), MAX (height, needed), baseline, NULL);
}

static void
set_child (AmendsFit *self, GtkWidget *child)
{
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

static void
set_pinned (AmendsFit *self, gboolean is_pinned)
{
  self->is_pinned = is_pinned;
  if (is_pinned)
    set_narrow (self, TRUE);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
amends_fit_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AmendsFit *self = AMENDS_FIT (object);

  switch (id)
    {
    case PROP_CHILD:
      set_child (self, g_value_get_object (value));
      break;
    case PROP_NARROW_WIDTH:
      self->narrow_width = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    case PROP_PINNED:
      set_pinned (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
amends_fit_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AmendsFit *self = AMENDS_FIT (object);

  switch (id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_NARROW_WIDTH:
      g_value_set_int (value, self->narrow_width);
      break;
    case PROP_PINNED:
      g_value_set_boolean (value, self->is_pinned);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->is_narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
amends_fit_dispose (GObject *object)
{
  AmendsFit *self = AMENDS_FIT (object);

  g_clear_handle_id (&self->turn_source, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  G_OBJECT_CLASS (amends_fit_parent_class)->dispose (object);
}

static void
amends_fit_class_init (AmendsFitClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = amends_fit_get_property;
  object_class->set_property = amends_fit_set_property;
  object_class->dispose = amends_fit_dispose;
  widget_class->measure = amends_fit_measure;
  widget_class->get_request_mode = amends_fit_get_request_mode;
  widget_class->size_allocate = amends_fit_size_allocate;
  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_NARROW_WIDTH] =
      g_param_spec_int ("narrow-width", NULL, NULL, 0, G_MAXINT, 340, flags);
  properties[PROP_PINNED] = g_param_spec_boolean ("pinned", NULL, NULL, FALSE, flags);
  properties[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
amends_fit_init (AmendsFit *self)
{
  self->narrow_width = 340;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  set_child (AMENDS_FIT (buildable), GTK_WIDGET (child));
}

static void
amends_fit_buildable_init (GtkBuildableIface *iface)
{
  iface->add_child = add_child;
}

/* Whether the child is to have its narrow form. */
gboolean
amends_fit_get_narrow (AmendsFit *self)
{
  g_return_val_if_fail (AMENDS_IS_FIT (self), FALSE);

  return self->is_narrow;
}
