/* amends-case-line.c: how a line of the list looks
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The labels inside say nothing to a screen reader: the row around them carries the whole sentence. */

#include "config.h"

#include "app/staff/amends-case-line.h"

#include "app/amends-words.h"

struct _AmendsCaseLine
{
  AdwBin parent_instance;

  AmendsCaseItem *item; /* (nullable) (owned) */
  GtkLabel *name_label; /* from the template, as all below */
  GtkLabel *place_label;
  GtkLabel *summary_label;
  GtkLabel *when_label;
  GtkImage *late_image;
  GtkImage *conflict_image;
  GtkImage *waiting_image;
};

G_DEFINE_FINAL_TYPE (AmendsCaseLine, amends_case_line, ADW_TYPE_BIN)

enum
{
  PROP_ITEM = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* Before GTK 4.12 a list row takes its name only so. */
static void
name_row (AmendsCaseLine *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));

  if (row != NULL && self->item != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    amends_case_item_get_sentence (self->item), -1);
}

/* Late is a colour, an icon and a word. */
static void
show_late (AmendsCaseLine *self, gboolean is_late)
{
  static const char *late[] = { "error", "small", "numeric", "heading", NULL };
  static const char *ahead[] = { "second", "small", "numeric", NULL };

  gtk_widget_set_visible (GTK_WIDGET (self->late_image), is_late);
  gtk_widget_set_css_classes (GTK_WIDGET (self->when_label), is_late ? late : ahead);
}

static void
show_item (AmendsCaseLine *self)
{
  AmendsCaseItem *item = self->item;
  g_autofree char *place = amends_words_isolate (amends_case_item_get_place (item));

  gtk_label_set_text (self->name_label, amends_case_item_get_name (item));
  gtk_label_set_text (self->place_label, place);
  gtk_label_set_text (self->summary_label, amends_case_item_get_summary (item));
  gtk_label_set_text (self->when_label, amends_case_item_get_when (item));
  show_late (self, amends_case_item_get_late (item));
  gtk_widget_set_visible (GTK_WIDGET (self->conflict_image),
                          amends_case_item_get_n_conflicts (item) > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting_image),
                          amends_case_item_get_n_waiting (item) > 0);
  name_row (self);
}

static void
amends_case_line_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  amends_case_line_set_item (AMENDS_CASE_LINE (object), g_value_get_object (value));
}

static void
amends_case_line_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, AMENDS_CASE_LINE (object)->item);
}

static void
amends_case_line_dispose (GObject *object)
{
  AmendsCaseLine *self = AMENDS_CASE_LINE (object);

  amends_case_line_set_item (self, NULL);
  G_OBJECT_CLASS (amends_case_line_parent_class)->dispose (object);
}

static void
amends_case_line_class_init (AmendsCaseLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = amends_case_line_get_property;
  object_class->set_property = amends_case_line_set_property;
  object_class->dispose = amends_case_line_dispose;
  properties[PROP_ITEM] =
      g_param_spec_object ("item", NULL, NULL, AMENDS_TYPE_CASE_ITEM,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-case-line.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsCaseLine, name_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsCaseLine, place_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsCaseLine, summary_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsCaseLine, when_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsCaseLine, late_image);
  gtk_widget_class_bind_template_child (widget_class, AmendsCaseLine, conflict_image);
  gtk_widget_class_bind_template_child (widget_class, AmendsCaseLine, waiting_image);
}

static void
amends_case_line_init (AmendsCaseLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
amends_case_line_new (void)
{
  return g_object_new (AMENDS_TYPE_CASE_LINE, NULL);
}

/* @item: (nullable): what to show from now on */
void
amends_case_line_set_item (AmendsCaseLine *self, AmendsCaseItem *item)
{
  g_return_if_fail (AMENDS_IS_CASE_LINE (self));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, show_item, self);
  if (g_set_object (&self->item, item))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
  if (item == NULL)
    return;
  g_signal_connect_swapped (item, "changed", G_CALLBACK (show_item), self);
  show_item (self);
}

/* (nullable) (transfer none) */
AmendsCaseItem *
amends_case_line_get_item (AmendsCaseLine *self)
{
  return self->item;
}
