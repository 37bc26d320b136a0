/* amends-problem-row.c: what is wrong with the field above it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/amends-problem-row.h"

struct _AmendsProblemRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *field; /* (nullable) (not owned): it lives beside this row */
  GtkLabel *label;  /* from the template */
};

G_DEFINE_FINAL_TYPE (AmendsProblemRow, amends_problem_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  PROP_FIELD = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
amends_problem_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, AMENDS_PROBLEM_ROW (object)->field);
}

static void
amends_problem_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AmendsProblemRow *self = AMENDS_PROBLEM_ROW (object);

  g_set_weak_pointer (&self->field, g_value_get_object (value));
}

static void
amends_problem_row_dispose (GObject *object)
{
  AmendsProblemRow *self = AMENDS_PROBLEM_ROW (object);

  g_clear_weak_pointer (&self->field);
  G_OBJECT_CLASS (amends_problem_row_parent_class)->dispose (object);
}

static void
amends_problem_row_class_init (AmendsProblemRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = amends_problem_row_get_property;
  object_class->set_property = amends_problem_row_set_property;
  object_class->dispose = amends_problem_row_dispose;

  properties[PROP_FIELD] = g_param_spec_object ("field", NULL, NULL, GTK_TYPE_WIDGET,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/widgets/amends-problem-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsProblemRow, label);
}

static void
amends_problem_row_init (AmendsProblemRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * amends_problem_row_new:
 * @field: what it speaks of
 *
 * Returns: a row that is hidden while it says nothing
 */
GtkWidget *
amends_problem_row_new (GtkWidget *field)
{
  return g_object_new (AMENDS_TYPE_PROBLEM_ROW, "field", field, NULL);
}

/**
 * amends_problem_row_set_text:
 * @text: (nullable): what is wrong, then what to do; %NULL if nothing is
 */
void
amends_problem_row_set_text (AmendsProblemRow *self, const char *text)
{
  g_return_if_fail (AMENDS_IS_PROBLEM_ROW (self));

  gtk_label_set_text (self->label, text != NULL ? text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : "", -1);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  if (self->field == NULL)
    return;
  if (text == NULL)
    {
      gtk_widget_remove_css_class (self->field, "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_STATE_INVALID);
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->field),
                                     GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
      return;
    }
  gtk_widget_add_css_class (self->field, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->field),
                                  GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE, self->label, -1);
}

gboolean
amends_problem_row_has_text (AmendsProblemRow *self)
{
  return *gtk_label_get_text (self->label) != '\0';
}

/* (nullable) (transfer none) */
GtkWidget *
amends_problem_row_get_field (AmendsProblemRow *self)
{
  return self->field;
}
