/* amends-act-dialog.c: the small form of one act on a case
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A form is a row of a table: its act and its fields. Whether what stands in them can be taken is the
 * business of the store, which says which field it refuses. */

#include "config.h"

#include "app/staff/amends-act-dialog.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/widgets/amends-choice.h"
#include "app/widgets/amends-code-row.h"
#include "app/widgets/amends-date-row.h"
#include "app/widgets/amends-problem-row.h"
#include "app/widgets/amends-text-card.h"
#include "core/amends-error.h"

/* Pixels; less on a narrow screen. */
#define DIALOG_WIDTH 460

/* The most fields a form has. */
#define N_MAX_FIELDS 6

/**
 * FieldKind:
 * @FIELD_LINE: a text on one line
 * @FIELD_TEXT: a text of several lines
 * @FIELD_DAY: a day, empty on arrival
 * @FIELD_TODAY: a day, today on arrival
 * @FIELD_CODE: a code of @list
 * @FIELD_ANSWER: yes, no or ask me: which of three acts it is
 * @FIELD_CONSENT: one of the agreements that stand
 * @FIELD_ADJUSTMENT: one of the adjustments that stand
 */
typedef enum
{
  FIELD_LINE,
  FIELD_TEXT,
  FIELD_DAY,
  FIELD_TODAY,
  FIELD_CODE,
  FIELD_ANSWER,
  FIELD_CONSENT,
  FIELD_ADJUSTMENT,
} FieldKind;

/* @path: of the value in the act
 * @now: (nullable): the field of the case that it begins with; then only what differs is said */
typedef struct
{
  const char *path;
  const char *title;
  FieldKind kind;
  const char *list;
  const char *now;
} Field;

static const struct
{
  const char *act;
  const char *title;
  const char *hint;
  Field fields[N_MAX_FIELDS + 1];
} forms[] = {
  { "case.acknowledged",
    N_ ("Acknowledge"),
    N_ ("What was sent or said to them to acknowledge the complaint."),
    { { "on", N_ ("On"), FIELD_TODAY },
      { "channel", N_ ("How"), FIELD_CODE, "channel" },
      { "channel_detail", N_ ("How, in a word"), FIELD_LINE } } },
  { "contact.changed",
    N_ ("Change contact details"),
    N_ ("What was there before stays in the history."),
    { { "phone", N_ ("Telephone"), FIELD_LINE, NULL, "complainant.phone" },
      { "email", N_ ("Email"), FIELD_LINE, NULL, "complainant.email" },
      { "home", N_ ("Home"), FIELD_LINE, NULL, "complainant.home" },
      { "preferred_contact", N_ ("Prefers to hear by"), FIELD_CODE, "channel",
        "complainant.preferred_contact" } } },
  { "issue.added",
    N_ ("Add an issue"),
    N_ ("Write it as it is said. Correct nothing."),
    { { "what", N_ ("What happened"), FIELD_TEXT },
      { "outcome_sought", N_ ("What would put it right"), FIELD_TEXT } } },
  { "consent.given",
    N_ ("May we share it?"),
    N_ ("What they said when they were asked."),
    { { "purpose", N_ ("What for"), FIELD_CODE, "consent-purpose" },
      { "to", N_ ("With whom"), FIELD_LINE },
      { "answer", N_ ("They said"), FIELD_ANSWER },
      { "until", N_ ("Until (no end, if empty)"), FIELD_DAY } } },
  { "consent.withdrawn",
    N_ ("Agreement withdrawn"),
    N_ ("From now on it is not shared. What was shared before stays in the history."),
    { { "purpose", N_ ("Which"), FIELD_CONSENT } } },
  { "adjustment.added",
    N_ ("Add an adjustment"),
    N_ ("What makes it easier for them."),
    { { "need", N_ ("What"), FIELD_CODE, "adjustment" },
      { "detail", N_ ("In detail, such as 18 point"), FIELD_LINE } } },
  { "adjustment.ended",
    N_ ("End an adjustment"),
    N_ ("They need it no longer."),
    { { "need", N_ ("Which"), FIELD_ADJUSTMENT } } },
  { "authority.given",
    N_ ("Somebody acts for them"),
    N_ ("Taken all the same, with or without a paper."),
    { { "name", N_ ("Name"), FIELD_LINE },
      { "relation", N_ ("Who is their"), FIELD_CODE, "representative-relation" },
      { "relation_detail", N_ ("Their what, in a word"), FIELD_LINE },
      { "authority.type", N_ ("Authority"), FIELD_CODE, "authority" },
      { "authority.until", N_ ("Until (no end, if empty)"), FIELD_DAY } } },
  { "authority.withdrawn",
    N_ ("Authority withdrawn"),
    N_ ("From now on nobody acts for them. What was said and sent before stays in the history."),
    { { NULL } } },
};

struct _AmendsActDialog
{
  AdwWindow parent_instance;

  AmendsSession *session;
  AmendsId id;
  guint form;
  GtkWidget *rows[N_MAX_FIELDS + 1]; /* ended by %NULL */
  AmendsProblemRow *problems[N_MAX_FIELDS];
  char *begun[N_MAX_FIELDS]; /* (nullable): what stood there on arrival */
  json_t *offered;           /* (owned): the agreements or adjustments to choose from, in order */

  AdwWindowTitle *title; /* from the template, as all below */
  GtkLabel *hint_label;
  GtkBox *fields_box;
  GtkLabel *error_label;
  GtkWidget *save_button;
};

G_DEFINE_FINAL_TYPE (AmendsActDialog, amends_act_dialog, ADW_TYPE_WINDOW)

static const Field *
field_of (AmendsActDialog *self, guint n)
{
  return &forms[self->form].fields[n];
}

/* ---------------------------------------------------------------- reading the form */

static char *
dup_value (AmendsActDialog *self, guint n)
{
  GtkWidget *row = self->rows[n];

  switch (field_of (self, n)->kind)
    {
    case FIELD_LINE:
      return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
    case FIELD_TEXT:
      return g_strstrip (amends_text_card_dup_text (AMENDS_TEXT_CARD (row)));
    case FIELD_DAY:
    case FIELD_TODAY:
      return amends_date_row_dup_text (AMENDS_DATE_ROW (row));
    case FIELD_CODE:
      return g_strdup (amends_code_row_get_code (AMENDS_CODE_ROW (row)));
    case FIELD_ANSWER:
    case FIELD_CONSENT:
    case FIELD_ADJUSTMENT:
      break;
    }
  return NULL;
}

static void
set_value (json_t *act, const char *path, json_t *value)
{
  const char *dot = strchr (path, '.');
  json_t *inner;

  if (dot == NULL)
    {
      json_object_set_new (act, path, value);
      return;
    }
  g_autofree char *outer = g_strndup (path, (gsize) (dot - path));
  inner = json_object_get (act, outer);
  if (inner == NULL)
    {
      inner = json_pack ("{s:b}", "given", 1);
      json_object_set_new (act, outer, inner);
    }
  json_object_set_new (inner, dot + 1, value);
}

static void
collect_answer (GtkWidget *row, json_t *act)
{
  AmendsChoice *choice = g_object_get_data (G_OBJECT (row), "choice");
  const char *word = amends_choice_get_word (choice);

  json_object_set_new (act, "type",
                       json_string (g_strcmp0 (word, "no") == 0       ? "consent.refused"
                                    : g_strcmp0 (word, "ask-me") == 0 ? "consent.deferred"
                                                                      : "consent.given"));
}

static json_t *
collect (AmendsActDialog *self)
{
  json_t *act = json_pack ("{s:s}", "type", forms[self->form].act);

  for (guint n = 0; self->rows[n] != NULL; n++)
    {
      const Field *field = field_of (self, n);
      g_autofree char *text = dup_value (self, n);

      if (field->kind == FIELD_ANSWER)
        collect_answer (self->rows[n], act);
      else if (field->kind == FIELD_CONSENT || field->kind == FIELD_ADJUSTMENT)
        json_object_update (act,
                            json_array_get (self->offered, adw_combo_row_get_selected (
                                                               ADW_COMBO_ROW (self->rows[n]))));
      else if (field->now != NULL && g_strcmp0 (text, self->begun[n]) == 0)
        continue;
      else if (field->now != NULL && (text == NULL || *text == '\0'))
        set_value (act, field->path, json_null ());
      else if (text != NULL && *text != '\0')
        set_value (act, field->path, json_string (text));
    }
  return act;
}

/* ---------------------------------------------------------------- saving */

static void
say_error (AmendsActDialog *self, const char *sentence)
{
  gtk_label_set_text (self->error_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), *sentence != '\0');
}

static void
show_problem (AmendsActDialog *self, const GError *error)
{
  const char *path = amends_error_get_field (error);
  g_autofree char *sentence = path != NULL ? amends_words_problem (error, amends_words_today ())
                                           : amends_words_error (error);

  for (guint n = 0; path != NULL && self->rows[n] != NULL; n++)
    if (g_str_equal (field_of (self, n)->path, path))
      {
        amends_problem_row_set_text (self->problems[n], sentence);
        gtk_widget_grab_focus (self->rows[n]);
        return;
      }
  say_error (self, sentence);
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsActDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome =
      amends_session_act_finish (AMENDS_SESSION (source), result, &error);

  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (outcome != NULL)
    gtk_window_close (GTK_WINDOW (self));
  else
    show_problem (self, error);
}

/* Whether the answer, where one is asked for, was given. */
static gboolean
check_answer (AmendsActDialog *self)
{
  for (guint n = 0; self->rows[n] != NULL; n++)
    if (field_of (self, n)->kind == FIELD_ANSWER
        && amends_choice_get_word (g_object_get_data (G_OBJECT (self->rows[n]), "choice")) == NULL)
      {
        amends_problem_row_set_text (self->problems[n],
                                     _ ("Nothing is chosen yet. Choose what they said."));
        return FALSE;
      }
  return TRUE;
}

static void
save_cb (AmendsActDialog *self)
{
  json_t *act;

  for (guint n = 0; self->rows[n] != NULL; n++)
    amends_problem_row_set_text (self->problems[n], NULL);
  say_error (self, "");
  if (!check_answer (self))
    return;
  act = collect (self);
  if (g_str_equal (forms[self->form].act, "contact.changed") && json_object_size (act) == 1)
    say_error (self, _ ("Nothing is different yet. Change what is not right, or close this."));
  else
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
      amends_session_act_async (self->session, &self->id, act, acted_cb, g_object_ref (self));
    }
  json_decref (act);
}

/* ---------------------------------------------------------------- building the form */

static void
add_offered (AmendsActDialog *self, AdwComboRow *row, const AmendsCaseFile *file, FieldKind kind)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  const AmendsCase *complaint = file->complaint;

  self->offered = json_array ();
  for (guint i = 0; kind == FIELD_CONSENT && i < amends_case_get_n_consents (complaint); i++)
    {
      const AmendsConsent *consent = amends_case_get_consent (complaint, i);
      g_autofree char *label =
          amends_words_join (", ", amends_words_code ("consent-purpose", consent->purpose),
                             consent->to != NULL ? consent->to : "", NULL);

      if (consent->withdrawn != NULL || g_strcmp0 (consent->answer, "given") != 0)
        continue;
      gtk_string_list_append (labels, label);
      json_array_append_new (self->offered, consent->to != NULL
                                                ? json_pack ("{s:s, s:s}", "purpose",
                                                             consent->purpose, "to", consent->to)
                                                : json_pack ("{s:s}", "purpose", consent->purpose));
    }
  for (guint i = 0; kind == FIELD_ADJUSTMENT && i < amends_case_get_n_adjustments (complaint); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (complaint, i);

      if (adjustment->ended != NULL)
        continue;
      gtk_string_list_append (labels, amends_words_code ("adjustment", adjustment->need));
      json_array_append_new (self->offered, json_pack ("{s:s}", "need", adjustment->need));
    }
  adw_combo_row_set_model (row, G_LIST_MODEL (labels));
}

static GtkWidget *
make_answer (void)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *choice = amends_choice_new ();

  amends_choice_add (AMENDS_CHOICE (choice), "yes", _ ("Yes"));
  amends_choice_add (AMENDS_CHOICE (choice), "no", _ ("No"));
  amends_choice_add (AMENDS_CHOICE (choice), "ask-me", _ ("Ask me"));
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What they said"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choice);
  g_object_set_data (G_OBJECT (row), "choice", choice);
  return row;
}

static GtkWidget *
make_row (AmendsActDialog *self, const Field *field, const AmendsCaseFile *file)
{
  GtkWidget *row = NULL;

  switch (field->kind)
    {
    case FIELD_LINE:
      row = g_object_new (ADW_TYPE_ENTRY_ROW, "use-markup", FALSE, "input-hints",
                          GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_SPELLCHECK, NULL);
      /* Groups of digits would change places in a line from right to left. */
      if (g_str_equal (field->path, "phone"))
        gtk_widget_set_direction (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row))),
                                  GTK_TEXT_DIR_LTR);
      break;
    case FIELD_DAY:
    case FIELD_TODAY:
      row = g_object_new (AMENDS_TYPE_DATE_ROW, NULL);
      if (field->kind == FIELD_TODAY)
        amends_date_row_set_day (AMENDS_DATE_ROW (row), amends_words_today ());
      break;
    case FIELD_CODE:
      row = g_object_new (AMENDS_TYPE_CODE_ROW, NULL);
      amends_code_row_set_list (AMENDS_CODE_ROW (row), field->list,
                                field->now != NULL ? _ ("Not asked yet") : NULL);
      break;
    case FIELD_ANSWER:
      row = make_answer ();
      break;
    case FIELD_CONSENT:
    case FIELD_ADJUSTMENT:
      row = g_object_new (ADW_TYPE_COMBO_ROW, "use-markup", FALSE, NULL);
      add_offered (self, ADW_COMBO_ROW (row), file, field->kind);
      break;
    case FIELD_TEXT:
      g_assert_not_reached ();
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (field->title));
  return row;
}

static void
add_text (AmendsActDialog *self, guint n, const Field *field)
{
  GtkWidget *label = gtk_label_new (_ (field->title));
  GtkWidget *card = amends_text_card_new (_ (field->title), n == 0 ? 140 : 72);
  GtkWidget *problem = amends_problem_row_new (card);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (self->fields_box, label);
  gtk_box_append (self->fields_box, card);
  gtk_box_append (self->fields_box, problem);
  self->rows[n] = card;
  self->problems[n] = AMENDS_PROBLEM_ROW (problem);
}

/* Only where the chosen code says too little alone is a word asked for. */
static void
needs_detail_cb (AmendsCodeRow *row, GParamSpec *pspec, GtkWidget *detail)
{
  gtk_widget_set_visible (detail, amends_code_row_needs_detail (row));
}

static void
join_details (AmendsActDialog *self)
{
  for (guint n = 1; self->rows[n] != NULL; n++)
    if (g_str_has_suffix (field_of (self, n)->path, "_detail"))
      {
        g_signal_connect_object (self->rows[n - 1], "notify::selected",
                                 G_CALLBACK (needs_detail_cb), self->rows[n], 0);
        needs_detail_cb (AMENDS_CODE_ROW (self->rows[n - 1]), NULL, self->rows[n]);
      }
}

static void
load_now (AmendsActDialog *self, guint n, const AmendsCaseFile *file)
{
  const Field *field = field_of (self, n);
  const char *text = field->now != NULL ? amends_case_get_text (file->complaint, field->now) : NULL;

  if (field->now == NULL)
    return;
  if (field->kind == FIELD_CODE)
    amends_code_row_set_code (AMENDS_CODE_ROW (self->rows[n]), text);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->rows[n]), text != NULL ? text : "");
  self->begun[n] = dup_value (self, n);
}

static void
build (AmendsActDialog *self, const AmendsCaseFile *file)
{
  GtkWidget *list = NULL;

  adw_window_title_set_title (self->title, _ (forms[self->form].title));
  adw_window_title_set_subtitle (self->title, file->reference != NULL ? file->reference : "");
  gtk_label_set_text (self->hint_label, _ (forms[self->form].hint));
  for (guint n = 0; field_of (self, n)->path != NULL; n++)
    {
      if (field_of (self, n)->kind == FIELD_TEXT)
        {
          add_text (self, n, field_of (self, n));
          continue;
        }
      if (list == NULL)
        {
          list = gtk_list_box_new ();
          gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
          gtk_widget_add_css_class (list, "boxed-list");
          gtk_box_append (self->fields_box, list);
        }
      self->rows[n] = make_row (self, field_of (self, n), file);
      self->problems[n] = AMENDS_PROBLEM_ROW (amends_problem_row_new (self->rows[n]));
      gtk_list_box_append (GTK_LIST_BOX (list), self->rows[n]);
      gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->problems[n]));
      load_now (self, n, file);
    }
  join_details (self);
}

static void
amends_act_dialog_finalize (GObject *object)
{
  AmendsActDialog *self = AMENDS_ACT_DIALOG (object);

  for (guint n = 0; n < N_MAX_FIELDS; n++)
    g_free (self->begun[n]);
  json_decref (self->offered);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_act_dialog_parent_class)->finalize (object);
}

static gboolean
save_shortcut_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  save_cb (AMENDS_ACT_DIALOG (widget));
  return TRUE;
}

static void
amends_act_dialog_class_init (AmendsActDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = amends_act_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-act-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsActDialog, title);
  gtk_widget_class_bind_template_child (widget_class, AmendsActDialog, hint_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsActDialog, fields_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsActDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsActDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
amends_act_dialog_init (AmendsActDialog *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Primary>Return|<Primary>KP_Enter"),
                        gtk_callback_action_new (save_shortcut_cb, NULL, NULL)));
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/**
 * amends_act_dialog_new:
 * @session: where the act is done
 * @file: the case as it stands
 * @act: the type of its event, "contact.changed"
 * @parent: the window it belongs to
 *
 * Returns: a window that closes itself once the act is saved
 */
GtkWidget *
amends_act_dialog_new (AmendsSession *session,
                       const AmendsCaseFile *file,
                       const char *act,
                       GtkWindow *parent)
{
  AmendsActDialog *self =
      g_object_new (AMENDS_TYPE_ACT_DIALOG, "transient-for", parent, "modal", TRUE, NULL);

  self->session = g_object_ref (session);
  amends_case_get_id (file->complaint, &self->id);
  for (self->form = 0; !g_str_equal (forms[self->form].act, act); self->form++)
    g_assert (self->form + 1 < G_N_ELEMENTS (forms));
  gtk_window_set_title (GTK_WINDOW (self), _ (forms[self->form].title));
  gtk_window_set_default_size (GTK_WINDOW (self),
                               MIN (DIALOG_WIDTH, gtk_widget_get_width (GTK_WIDGET (parent))), -1);
  build (self, file);
  if (self->rows[0] != NULL)
    gtk_widget_grab_focus (self->rows[0]);
  return GTK_WIDGET (self);
}
