/* amends-consent-editor.c: whether something may be shared with somebody
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-consent-editor.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/widgets/amends-choice.h"
#include "app/widgets/amends-columns.h"
#include "app/widgets/amends-date-row.h"

struct _AmendsConsentEditor
{
  GtkListBoxRow parent_instance;

  char *purpose;
  char *to;              /* "" if nobody is named */
  GtkLabel *title_label; /* from the template, as all below */
  GtkLabel *purpose_label;
  AmendsChoice *choice;
  AmendsDateRow *until_row;
  GtkWidget *until_list;
  AmendsProblemRow *problem_row;
};

G_DEFINE_FINAL_TYPE (AmendsConsentEditor, amends_consent_editor, GTK_TYPE_LIST_BOX_ROW)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
changed_cb (AmendsConsentEditor *self)
{
  amends_problem_row_set_text (self->problem_row, NULL);
  gtk_widget_set_visible (self->until_list,
                          g_strcmp0 (amends_choice_get_word (self->choice), "yes") == 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
remove_cb (AmendsConsentEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

static void
amends_consent_editor_finalize (GObject *object)
{
  AmendsConsentEditor *self = AMENDS_CONSENT_EDITOR (object);

  g_free (self->purpose);
  g_free (self->to);
  G_OBJECT_CLASS (amends_consent_editor_parent_class)->finalize (object);
}

static void
amends_consent_editor_class_init (AmendsConsentEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = amends_consent_editor_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", AMENDS_TYPE_CONSENT_EDITOR, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", AMENDS_TYPE_CONSENT_EDITOR, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (AMENDS_TYPE_CHOICE);
  g_type_ensure (AMENDS_TYPE_COLUMNS);
  g_type_ensure (AMENDS_TYPE_DATE_ROW);
  g_type_ensure (AMENDS_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-consent-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsConsentEditor, title_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsConsentEditor, purpose_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsConsentEditor, choice);
  gtk_widget_class_bind_template_child (widget_class, AmendsConsentEditor, until_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsConsentEditor, until_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsConsentEditor, problem_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
amends_consent_editor_init (AmendsConsentEditor *self)
{
  self->to = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  amends_choice_add (self->choice, "yes", _ ("Yes"));
  amends_choice_add (self->choice, "no", _ ("No"));
  amends_choice_add (self->choice, "ask-me", _ ("Ask me"));
}

/**
 * amends_consent_editor_new:
 * @purpose: a code of the list "consent-purpose"
 * @to: (nullable): with whom
 */
GtkWidget *
amends_consent_editor_new (const char *purpose, const char *to)
{
  AmendsConsentEditor *self = g_object_new (AMENDS_TYPE_CONSENT_EDITOR, NULL);

  self->purpose = g_strdup (purpose);
  amends_consent_editor_set_to (self, to);
  return GTK_WIDGET (self);
}

/* @to: (nullable): with whom */
void
amends_consent_editor_set_to (AmendsConsentEditor *self, const char *to)
{
  const char *purpose = amends_words_code ("consent-purpose", self->purpose);
  g_autofree char *whole = NULL;

  g_free (self->to);
  self->to = g_strdup (to != NULL ? to : "");
  whole = amends_words_join (", ", purpose, self->to, NULL);
  gtk_label_set_text (self->title_label, *self->to != '\0' ? self->to : purpose);
  gtk_label_set_text (self->purpose_label, *self->to != '\0' ? purpose : "");
  gtk_widget_set_visible (GTK_WIDGET (self->purpose_label), *self->to != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  whole, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
}

const char *
amends_consent_editor_get_purpose (AmendsConsentEditor *self)
{
  return self->purpose;
}

gboolean
amends_consent_editor_is_answered (AmendsConsentEditor *self)
{
  return amends_choice_get_word (self->choice) != NULL;
}

/* (transfer full): as an intake has it in "consents"; without "given" while it was not asked. */
json_t *
amends_consent_editor_collect (AmendsConsentEditor *self)
{
  json_t *consent = json_pack ("{s:s}", "purpose", self->purpose);
  const char *answer = amends_choice_get_word (self->choice);
  g_autofree char *until = amends_date_row_dup_text (self->until_row);

  if (*self->to != '\0')
    json_object_set_new (consent, "to", json_string (self->to));
  if (g_strcmp0 (answer, "ask-me") == 0)
    json_object_set_new (consent, "given", json_string (answer));
  else if (answer != NULL)
    json_object_set_new (consent, "given", json_boolean (g_str_equal (answer, "yes")));
  if (g_strcmp0 (answer, "yes") == 0 && *until != '\0')
    json_object_set_new (consent, "until", json_string (until));
  return consent;
}

void
amends_consent_editor_load (AmendsConsentEditor *self, const json_t *consent)
{
  const json_t *given = json_object_get (consent, "given");

  amends_date_row_set_text (self->until_row,
                            json_string_value (json_object_get (consent, "until")));
  amends_choice_set_word (self->choice, json_is_true (given)    ? "yes"
                                        : json_is_false (given) ? "no"
                                                                : json_string_value (given));
}

/* (transfer none) */
AmendsProblemRow *
amends_consent_editor_get_problem_row (AmendsConsentEditor *self)
{
  return self->problem_row;
}
