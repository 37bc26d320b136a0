/* amends-issue-editor.c: one thing complained of, and what would put it right
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-issue-editor.h"

#include <glib/gi18n.h>

#include "app/widgets/amends-text-card.h"

/* Room for about ten lines of the first account, and four of a further one. */
#define FIRST_HEIGHT 200
#define OTHER_HEIGHT 96

struct _AmendsIssueEditor
{
  AdwBin parent_instance;

  GtkLabel *heading_label; /* from the template, as all below */
  GtkWidget *hint_label;
  GtkWidget *remove_button;
  AmendsTextCard *what_card;
  AmendsTextCard *outcome_card;
  AmendsProblemRow *what_problem;
};

G_DEFINE_FINAL_TYPE (AmendsIssueEditor, amends_issue_editor, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
changed_cb (AmendsIssueEditor *self)
{
  amends_problem_row_set_text (self->what_problem, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
remove_cb (AmendsIssueEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

static gboolean
amends_issue_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (AMENDS_ISSUE_EDITOR (widget)->what_card));
}

static void
amends_issue_editor_class_init (AmendsIssueEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = amends_issue_editor_grab_focus;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", AMENDS_TYPE_ISSUE_EDITOR, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", AMENDS_TYPE_ISSUE_EDITOR, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (AMENDS_TYPE_PROBLEM_ROW);
  g_type_ensure (AMENDS_TYPE_TEXT_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-issue-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsIssueEditor, heading_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsIssueEditor, hint_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsIssueEditor, remove_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsIssueEditor, what_card);
  gtk_widget_class_bind_template_child (widget_class, AmendsIssueEditor, outcome_card);
  gtk_widget_class_bind_template_child (widget_class, AmendsIssueEditor, what_problem);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
amends_issue_editor_init (AmendsIssueEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * amends_issue_editor_new:
 * @is_first: whether it is the one that is always there
 */
GtkWidget *
amends_issue_editor_new (gboolean is_first)
{
  AmendsIssueEditor *self = g_object_new (AMENDS_TYPE_ISSUE_EDITOR, NULL);

  g_object_set (self->what_card, "height", is_first ? FIRST_HEIGHT : OTHER_HEIGHT, NULL);
  if (!is_first)
    gtk_label_set_text (self->heading_label, _ ("Another thing that happened"));
  gtk_widget_set_visible (self->hint_label, is_first);
  gtk_widget_set_visible (self->remove_button, !is_first);
  return GTK_WIDGET (self);
}

/* (transfer full): an object as an intake has it in "issues"; empty if nothing was written. */
json_t *
amends_issue_editor_collect (AmendsIssueEditor *self)
{
  json_t *issue = json_object ();
  g_autofree char *what = amends_text_card_dup_text (self->what_card);
  g_autofree char *outcome = amends_text_card_dup_text (self->outcome_card);

  if (*g_strstrip (what) != '\0')
    json_object_set_new (issue, "what", json_string (what));
  if (*g_strstrip (outcome) != '\0')
    json_object_set_new (issue, "outcome_sought", json_string (outcome));
  return issue;
}

void
amends_issue_editor_load (AmendsIssueEditor *self, const json_t *issue)
{
  amends_text_card_set_text (self->what_card, json_string_value (json_object_get (issue, "what")));
  amends_text_card_set_text (self->outcome_card,
                             json_string_value (json_object_get (issue, "outcome_sought")));
}

/* (transfer none) */
AmendsProblemRow *
amends_issue_editor_get_problem_row (AmendsIssueEditor *self)
{
  return self->what_problem;
}
