/* amends-question.c: what is asked, and beside or below it an answer of few words
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-question.h"

#include "app/amends-intake-words.h"
#include "app/widgets/amends-columns.h"

struct _AmendsQuestion
{
  AdwBin parent_instance;

  GtkLabel *label; /* from the template, as the next */
  AmendsChoice *choice;
};

G_DEFINE_FINAL_TYPE (AmendsQuestion, amends_question, ADW_TYPE_BIN)

enum
{
  PROP_TITLE = 1,
  PROP_ANSWERS,
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
changed_cb (AmendsQuestion *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
set_title (AmendsQuestion *self, const char *title)
{
  gtk_label_set_text (self->label, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
}

static void
amends_question_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AmendsQuestion *self = AMENDS_QUESTION (object);

  if (id == PROP_TITLE)
    {
      set_title (self, g_value_get_string (value));
      return;
    }
  for (const char *const *words = g_value_get_boxed (value); words != NULL && *words != NULL;
       words++)
    amends_choice_add (self->choice, *words, amends_intake_words_answer (*words));
}

static void
amends_question_class_init (AmendsQuestionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = amends_question_set_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_ANSWERS] = g_param_spec_boxed ("answers", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", AMENDS_TYPE_QUESTION, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (AMENDS_TYPE_CHOICE);
  g_type_ensure (AMENDS_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-question.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsQuestion, label);
  gtk_widget_class_bind_template_child (widget_class, AmendsQuestion, choice);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
amends_question_init (AmendsQuestion *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* (nullable) (transfer none): %NULL while nothing is chosen. */
const char *
amends_question_get_word (AmendsQuestion *self)
{
  g_return_val_if_fail (AMENDS_IS_QUESTION (self), NULL);

  return amends_choice_get_word (self->choice);
}

/* @word: (nullable): %NULL chooses nothing */
void
amends_question_set_word (AmendsQuestion *self, const char *word)
{
  g_return_if_fail (AMENDS_IS_QUESTION (self));

  amends_choice_set_word (self->choice, word);
}

/* (transfer none): where its answers stand. */
AmendsChoice *
amends_question_get_choice (AmendsQuestion *self)
{
  g_return_val_if_fail (AMENDS_IS_QUESTION (self), NULL);

  return self->choice;
}
