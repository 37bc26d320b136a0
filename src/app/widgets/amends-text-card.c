/* amends-text-card.c: room for a text of several lines
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/amends-text-card.h"

struct _AmendsTextCard
{
  AdwBin parent_instance;

  GtkTextView *view; /* from the template */
};

G_DEFINE_FINAL_TYPE (AmendsTextCard, amends_text_card, ADW_TYPE_BIN)

enum
{
  PROP_LABEL = 1,
  PROP_HEIGHT,
  N_PROPERTIES
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static void
changed_cb (AmendsTextCard *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
amends_text_card_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (AMENDS_TEXT_CARD (widget)->view));
}

static void
amends_text_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AmendsTextCard *self = AMENDS_TEXT_CARD (object);

  if (id == PROP_HEIGHT)
    gtk_widget_set_size_request (GTK_WIDGET (self->view), -1, g_value_get_int (value));
  else
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    g_value_get_string (value), -1);
}

static void
amends_text_card_class_init (AmendsTextCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = amends_text_card_set_property;
  widget_class->grab_focus = amends_text_card_grab_focus;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_HEIGHT] = g_param_spec_int ("height", NULL, NULL, -1, G_MAXINT16, -1, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", AMENDS_TYPE_TEXT_CARD, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/widgets/amends-text-card.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsTextCard, view);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
amends_text_card_init (AmendsTextCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * amends_text_card_new:
 * @label: its name for a screen reader
 * @height: the least height, in pixels; -1 for one line
 */
GtkWidget *
amends_text_card_new (const char *label, int height)
{
  return g_object_new (AMENDS_TYPE_TEXT_CARD, "label", label, "height", height, NULL);
}

/* (transfer none): where it is written. */
GtkTextView *
amends_text_card_get_view (AmendsTextCard *self)
{
  g_return_val_if_fail (AMENDS_IS_TEXT_CARD (self), NULL);

  return self->view;
}

/* (transfer full): "" if nothing was written. */
char *
amends_text_card_dup_text (AmendsTextCard *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_val_if_fail (AMENDS_IS_TEXT_CARD (self), NULL);

  buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* @text: (nullable) */
void
amends_text_card_set_text (AmendsTextCard *self, const char *text)
{
  g_return_if_fail (AMENDS_IS_TEXT_CARD (self));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text != NULL ? text : "", -1);
}

/**
 * amends_text_card_append_text:
 * @text: what is put behind the text that is there, a line apart; undone in one step
 */
void
amends_text_card_append_text (AmendsTextCard *self, const char *text)
{
  GtkTextBuffer *buffer;
  GtkTextIter end;

  g_return_if_fail (AMENDS_IS_TEXT_CARD (self) && text != NULL);

  buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_end_iter (buffer, &end);
  if (gtk_text_iter_get_offset (&end) > 0)
    gtk_text_buffer_insert (buffer, &end, "\n\n", -1);
  gtk_text_buffer_insert (buffer, &end, text, -1);
  gtk_text_buffer_end_user_action (buffer);
}
