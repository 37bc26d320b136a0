/* amends-consent-list.c: with whom a record may be shared, question by question
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-consent-list.h"

#include "app/staff/amends-consent-editor.h"
#include "app/widgets/amends-code-row.h"

struct _AmendsConsentList
{
  AdwBin parent_instance;

  GtkListBox *list; /* from the template, as all below */
  GtkWidget *none_row;
  AmendsCodeRow *ask_purpose_row;
  GtkEditable *ask_to_row;
  GtkMenuButton *ask_button;
};

G_DEFINE_FINAL_TYPE (AmendsConsentList, amends_consent_list, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
say_changed (AmendsConsentList *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* @purpose: (nullable): %NULL for the first of all */
static AmendsConsentEditor *
find_consent (AmendsConsentList *self, const char *purpose)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (AMENDS_IS_CONSENT_EDITOR (child)
        && (purpose == NULL
            || g_str_equal (amends_consent_editor_get_purpose (AMENDS_CONSENT_EDITOR (child)),
                            purpose)))
      return AMENDS_CONSENT_EDITOR (child);
  return NULL;
}

static void
remove_consent (AmendsConsentList *self, GtkWidget *editor)
{
  gtk_list_box_remove (self->list, editor);
  gtk_widget_set_visible (self->none_row, find_consent (self, NULL) == NULL);
}

static void
remove_consent_cb (AmendsConsentList *self, GtkWidget *editor)
{
  remove_consent (self, editor);
  gtk_widget_grab_focus (GTK_WIDGET (self->ask_button));
  say_changed (self);
}

static AmendsConsentEditor *
add_consent (AmendsConsentList *self, const char *purpose, const char *to)
{
  GtkWidget *editor = amends_consent_editor_new (purpose, to);

  g_signal_connect_object (editor, "changed", G_CALLBACK (say_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "removed", G_CALLBACK (remove_consent_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, editor);
  gtk_widget_set_visible (self->none_row, FALSE);
  return AMENDS_CONSENT_EDITOR (editor);
}

static void
ask_cb (AmendsConsentList *self)
{
  const char *purpose = amends_code_row_get_code (self->ask_purpose_row);
  g_autofree char *to = g_strstrip (g_strdup (gtk_editable_get_text (self->ask_to_row)));

  add_consent (self, purpose, to);
  gtk_editable_set_text (self->ask_to_row, "");
  gtk_menu_button_popdown (self->ask_button);
  say_changed (self);
}

static void
amends_consent_list_class_init (AmendsConsentListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", AMENDS_TYPE_CONSENT_LIST, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (AMENDS_TYPE_CODE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-consent-list.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsConsentList, list);
  gtk_widget_class_bind_template_child (widget_class, AmendsConsentList, none_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsConsentList, ask_purpose_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsConsentList, ask_to_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsConsentList, ask_button);
  gtk_widget_class_bind_template_callback (widget_class, ask_cb);
}

static void
amends_consent_list_init (AmendsConsentList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Takes all of it off the screen. */
void
amends_consent_list_clear (AmendsConsentList *self)
{
  AmendsConsentEditor *consent;

  g_return_if_fail (AMENDS_IS_CONSENT_LIST (self));

  while ((consent = find_consent (self, NULL)) != NULL)
    remove_consent (self, GTK_WIDGET (consent));
  gtk_editable_set_text (self->ask_to_row, "");
}

/**
 * amends_consent_list_load:
 * @consents: (nullable): as in an intake
 *
 * Adds what was asked before.
 */
void
amends_consent_list_load (AmendsConsentList *self, const json_t *consents)
{
  gsize i;
  json_t *part;

  g_return_if_fail (AMENDS_IS_CONSENT_LIST (self));

  json_array_foreach (consents, i, part)
    amends_consent_editor_load (add_consent (self,
                                             json_string_value (json_object_get (part, "purpose")),
                                             json_string_value (json_object_get (part, "to"))),
                                part);
}

/**
 * amends_consent_list_ask:
 * @purpose: a code
 * @to: (nullable): with whom
 *
 * Adds a question that is not answered yet.
 */
void
amends_consent_list_ask (AmendsConsentList *self, const char *purpose, const char *to)
{
  g_return_if_fail (AMENDS_IS_CONSENT_LIST (self) && purpose != NULL);

  add_consent (self, purpose, to);
}

/**
 * amends_consent_list_follow_representative:
 * @name: who speaks for the complainant; "" for nobody
 *
 * Whoever speaks for somebody wants to hear what comes of it: that is asked by itself.
 */
void
amends_consent_list_follow_representative (AmendsConsentList *self, const char *name)
{
  AmendsConsentEditor *editor;

  g_return_if_fail (AMENDS_IS_CONSENT_LIST (self) && name != NULL);

  editor = find_consent (self, "share-with-representative");
  if (*name != '\0' && editor == NULL)
    add_consent (self, "share-with-representative", name);
  else if (*name != '\0')
    amends_consent_editor_set_to (editor, name);
  else if (editor != NULL && !amends_consent_editor_is_answered (editor))
    remove_consent (self, GTK_WIDGET (editor));
}

/**
 * amends_consent_list_collect:
 * @only_answered: what was not answered is of no case, but stays in a draft
 *
 * Returns: (transfer full): as in an intake
 */
json_t *
amends_consent_list_collect (AmendsConsentList *self, gboolean only_answered)
{
  json_t *consents = json_array ();

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (AMENDS_IS_CONSENT_EDITOR (child)
        && (!only_answered || amends_consent_editor_is_answered (AMENDS_CONSENT_EDITOR (child))))
      json_array_append_new (consents,
                             amends_consent_editor_collect (AMENDS_CONSENT_EDITOR (child)));
  return consents;
}

/**
 * amends_consent_list_get_problem_row:
 * @n: which of those that are answered, from 0
 *
 * Returns: (nullable) (transfer none): where it is said what is wrong with it
 */
AmendsProblemRow *
amends_consent_list_get_problem_row (AmendsConsentList *self, guint n)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (AMENDS_IS_CONSENT_EDITOR (child)
        && amends_consent_editor_is_answered (AMENDS_CONSENT_EDITOR (child)) && n-- == 0)
      return amends_consent_editor_get_problem_row (AMENDS_CONSENT_EDITOR (child));
  return NULL;
}
