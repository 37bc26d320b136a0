/* amends-choice.c: an answer of few words, none chosen until it is asked
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/amends-choice.h"

struct _AmendsChoice
{
  GtkWidget parent_instance;

  GPtrArray *words;    /* element-type utf8 (owned) */
  GPtrArray *buttons;  /* element-type GtkToggleButton (not owned): children, in the same order */
  gboolean is_stacked; /* under each other, since they do not fit beside each other */
  guint style_source;
};

G_DEFINE_FINAL_TYPE (AmendsChoice, amends_choice, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One at most is pressed; pressing it again takes the answer back. */
static void
toggled_cb (AmendsChoice *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    for (guint i = 0; i < self->buttons->len; i++)
      {
        GtkToggleButton *other = g_ptr_array_index (self->buttons, i);

        if (other != button)
          {
            g_signal_handlers_block_by_func (other, toggled_cb, self);
            gtk_toggle_button_set_active (other, FALSE);
            g_signal_handlers_unblock_by_func (other, toggled_cb, self);
          }
      }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* ---------------------------------------------------------------- beside or under each other */

static int
width_in_a_row (AmendsChoice *self)
{
  int width = 0;

  for (guint i = 0; i < self->buttons->len; i++)
    {
      int minimum;

      gtk_widget_measure (g_ptr_array_index (self->buttons, i), GTK_ORIENTATION_HORIZONTAL, -1,
                          &minimum, NULL, NULL, NULL);
      width += minimum;
    }
  return width;
}

static GtkSizeRequestMode
amends_choice_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
amends_choice_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  AmendsChoice *self = AMENDS_CHOICE (widget);
  int row_width = width_in_a_row (self);
  int largest = 0;

  for (guint i = 0; i < self->buttons->len; i++)
    {
      int size;

      gtk_widget_measure (g_ptr_array_index (self->buttons, i), orientation, -1, &size, NULL, NULL,
                          NULL);
      largest = MAX (largest, size);
    }
  *minimum = *natural = largest;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = row_width;
  else if (for_size >= 0 && for_size < row_width)
    *minimum = *natural = largest * (int) self->buttons->len;
}

static gboolean
style_cb (gpointer user_data)
{
  AmendsChoice *self = user_data;

  self->style_source = 0;
  if (self->is_stacked)
    gtk_widget_add_css_class (GTK_WIDGET (self), "vertical");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "vertical");
  return G_SOURCE_REMOVE;
}

static void
amends_choice_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AmendsChoice *self = AMENDS_CHOICE (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int row_width = width_in_a_row (self);
  gboolean is_stacked = width < row_width;
  int spare = is_stacked ? 0 : (width - row_width) / MAX (1, (int) self->buttons->len);
  int offset = 0;

  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (self->buttons, i);
      int size = is_stacked ? height / (int) self->buttons->len : 0;

      if (is_stacked)
        gtk_widget_size_allocate (button, &(GtkAllocation){ 0, offset, width, size }, -1);
      else
        {
          int start;

          gtk_widget_measure (button, GTK_ORIENTATION_HORIZONTAL, -1, &size, NULL, NULL, NULL);
          size += spare;
          start = is_rtl ? width - offset - size : offset;
          gtk_widget_size_allocate (button, &(GtkAllocation){ start, 0, size, height }, -1);
        }
      offset += size;
    }
  /* Corners are rounded by style, which must not change in the midst of an allocation. */
  if (is_stacked != self->is_stacked && self->style_source == 0)
    self->style_source = g_idle_add (style_cb, self);
  self->is_stacked = is_stacked;
}

static void
amends_choice_dispose (GObject *object)
{
  AmendsChoice *self = AMENDS_CHOICE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->style_source, g_source_remove);
  g_ptr_array_set_size (self->buttons, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (amends_choice_parent_class)->dispose (object);
}

static void
amends_choice_finalize (GObject *object)
{
  AmendsChoice *self = AMENDS_CHOICE (object);

  g_ptr_array_unref (self->words);
  g_ptr_array_unref (self->buttons);
  G_OBJECT_CLASS (amends_choice_parent_class)->finalize (object);
}

static void
amends_choice_class_init (AmendsChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = amends_choice_dispose;
  object_class->finalize = amends_choice_finalize;
  widget_class->get_request_mode = amends_choice_get_request_mode;
  widget_class->measure = amends_choice_measure;
  widget_class->size_allocate = amends_choice_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", AMENDS_TYPE_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
amends_choice_init (AmendsChoice *self)
{
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->buttons = g_ptr_array_new ();
  gtk_widget_add_css_class (GTK_WIDGET (self), "linked");
}

GtkWidget *
amends_choice_new (void)
{
  return g_object_new (AMENDS_TYPE_CHOICE, NULL);
}

/**
 * amends_choice_add:
 * @word: what amends_choice_get_word() gives for it
 * @label: what stands on the button
 */
void
amends_choice_add (AmendsChoice *self, const char *word, const char *label)
{
  GtkWidget *button;

  g_return_if_fail (AMENDS_IS_CHOICE (self) && word != NULL && label != NULL);

  button = gtk_toggle_button_new ();
  gtk_button_set_label (GTK_BUTTON (button), label);
  g_ptr_array_add (self->words, g_strdup (word));
  g_ptr_array_add (self->buttons, button);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
}

/* (nullable) (transfer none): %NULL while nothing is chosen. */
const char *
amends_choice_get_word (AmendsChoice *self)
{
  g_return_val_if_fail (AMENDS_IS_CHOICE (self), NULL);

  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_toggle_button_get_active (g_ptr_array_index (self->buttons, i)))
      return g_ptr_array_index (self->words, i);
  return NULL;
}

/**
 * amends_choice_set_word:
 * @word: (nullable): one that was added; any other chooses nothing
 */
void
amends_choice_set_word (AmendsChoice *self, const char *word)
{
  g_return_if_fail (AMENDS_IS_CHOICE (self));

  for (guint i = 0; i < self->buttons->len; i++)
    gtk_toggle_button_set_active (g_ptr_array_index (self->buttons, i),
                                  g_strcmp0 (g_ptr_array_index (self->words, i), word) == 0);
}
