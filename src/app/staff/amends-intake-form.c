/* amends-intake-form.c: the form of a record, as JSON on screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is collected from it is what is kept as a draft, what is checked and what is recorded. Most
 * fields are rows of one table. */

#include "config.h"

#include "app/staff/amends-intake-form.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-intake-words.h"
#include "app/amends-number-words.h"
#include "app/amends-words.h"
#include "app/staff/amends-adjustment-editor.h"
#include "app/staff/amends-behalf-box.h"
#include "app/staff/amends-consent-list.h"
#include "app/staff/amends-intake-path.h"
#include "app/staff/amends-issue-editor.h"
#include "app/staff/amends-offers.h"
#include "app/staff/amends-question.h"
#include "app/widgets/amends-code-row.h"
#include "app/widgets/amends-columns.h"
#include "app/widgets/amends-date-row.h"
#include "app/widgets/amends-label.h"
#include "app/widgets/amends-problem-row.h"
#include "app/widgets/amends-typing.h"
#include "core/amends-decide.h"
#include "core/amends-error.h"

typedef enum
{
  KIND_LINE,
  KIND_TIME,
  KIND_DAY,
  KIND_CODE,
} FieldKind;

/* @id: of its row in the template of the form or of its box, "<id>_row"
 * @path: where it stands in the intake
 * @is_default: whether it is filled in on arrival, and so says nothing of a draft alone */
static const struct
{
  const char *id;
  const char *path;
  FieldKind kind;
  gboolean is_default;
} fields[] = {
  { "received", "received", KIND_DAY, TRUE },
  { "time", "received_time", KIND_TIME, TRUE },
  { "channel", "channel", KIND_CODE, TRUE },
  { "channel_detail", "channel_detail", KIND_LINE, FALSE },
  { "received_by", "received_by", KIND_LINE, TRUE },
  { "kind", "kind", KIND_CODE, TRUE },
  { "name", "complainant.name", KIND_LINE, FALSE },
  { "relation", "complainant.relation", KIND_CODE, FALSE },
  { "relation_detail", "complainant.relation_detail", KIND_LINE, FALSE },
  { "home", "complainant.home", KIND_LINE, FALSE },
  { "phone", "complainant.phone", KIND_LINE, FALSE },
  { "email", "complainant.email", KIND_LINE, FALSE },
  { "preferred", "complainant.preferred_contact", KIND_CODE, FALSE },
  { "rep_name", "representative.name", KIND_LINE, FALSE },
  { "rep_relation", "representative.relation", KIND_CODE, FALSE },
  { "rep_relation_detail", "representative.relation_detail", KIND_LINE, FALSE },
  { "authority", "representative.authority.type", KIND_CODE, FALSE },
  { "until", "representative.authority.until", KIND_DAY, FALSE },
  { "rep_office", "representative.organisation", KIND_LINE, FALSE },
  { "their_reference", "their_reference", KIND_LINE, FALSE },
  { "reply_by", "reply_by", KIND_DAY, FALSE },
};

enum
{
  FIELD_RECEIVED,
  FIELD_TIME,
  FIELD_CHANNEL,
  FIELD_CHANNEL_DETAIL,
  FIELD_RECEIVED_BY,
  FIELD_KIND,
  FIELD_NAME,
  FIELD_RELATION,
  FIELD_RELATION_DETAIL,
  FIELD_HOME,
  FIELD_PHONE,
  FIELD_EMAIL,
  FIELD_PREFERRED,
  FIELD_REP_NAME,
  FIELD_REP_RELATION,
  FIELD_REP_RELATION_DETAIL,
  FIELD_AUTHORITY,
  FIELD_UNTIL,
  FIELD_REP_OFFICE,
  FIELD_THEIR_REFERENCE,
  FIELD_REPLY_BY,
  N_FIELDS
};

G_STATIC_ASSERT (G_N_ELEMENTS (fields) == N_FIELDS);

struct _AmendsIntakeForm
{
  AdwBin parent_instance;

  gboolean is_loading;        /* changes come from the draft and not from a person */
  GStrv schemes;              /* codes, in the order of their row */
  char *previous_case;        /* (nullable) (owned): what it follows, which is not asked for here */
  AmendsOffers *home_offers;  /* (owned), as the next two */
  AmendsOffers *heard_offers; /* by whom it was first heard */
  AmendsOffers *about_offers;
  GPtrArray *numbers; /* (nullable) (owned) (element-type AmendsNumber) */

  GtkWidget *rows[N_FIELDS];            /* of the templates */
  AmendsProblemRow *problems[N_FIELDS]; /* each below its row */
  AmendsQuestion *about_question;       /* from the template, as all below */
  GtkWidget *about_box;
  GtkEditable *about_row;
  GtkLabel *about_ring_label;
  AmendsQuestion *unsafe_question;
  GtkWidget *unsafe_box;
  AmendsProblemRow *unsafe_problem;
  GtkBox *issues_box;
  AmendsQuestion *wants_question;
  AmendsQuestion *told_question;
  AmendsQuestion *satisfied_question;
  GtkLabel *kind_label;
  GtkWidget *advice_box;
  GtkLabel *advice_label;
  GtkSwitch *petition_switch;
  AdwComboRow *scheme_row;
  GtkSwitch *anonymous_switch;
  GtkWidget *person_list;
  AmendsBehalfBox *behalf_box;
  AmendsConsentList *consents;
  AmendsAdjustmentEditor *adjustments_row;
};

G_DEFINE_FINAL_TYPE (AmendsIntakeForm, amends_intake_form, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void changed_cb (AmendsIntakeForm *self);

/* ---------------------------------------------------------------- one field */

static char *
dup_field (AmendsIntakeForm *self, int field)
{
  GtkWidget *row = self->rows[field];
  g_autofree char *text = NULL;
  char *time;

  switch (fields[field].kind)
    {
    case KIND_DAY:
      return amends_date_row_dup_text (AMENDS_DATE_ROW (row));
    case KIND_CODE:
      return g_strdup (amends_code_row_get_code (AMENDS_CODE_ROW (row)));
    case KIND_TIME:
    case KIND_LINE:
      break;
    }
  text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  if (fields[field].kind == KIND_TIME && (time = amends_words_parse_time (text)) != NULL)
    return time;
  return g_steal_pointer (&text);
}

static gboolean
has_text (AmendsIntakeForm *self, int field)
{
  g_autofree char *text = dup_field (self, field);

  return text != NULL && *text != '\0';
}

static void
load_field (AmendsIntakeForm *self, int field, const char *text)
{
  GtkWidget *row = self->rows[field];

  switch (fields[field].kind)
    {
    case KIND_DAY:
      amends_date_row_set_text (AMENDS_DATE_ROW (row), text);
      break;
    case KIND_CODE:
      amends_code_row_set_code (AMENDS_CODE_ROW (row), text);
      break;
    case KIND_TIME:
    case KIND_LINE:
      gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
      break;
    }
}

/* ---------------------------------------------------------------- the whole form, to and from JSON */

static json_t *
collect_issues (AmendsIntakeForm *self)
{
  json_t *issues = json_array ();

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->issues_box)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    json_array_append_new (issues, amends_issue_editor_collect (AMENDS_ISSUE_EDITOR (child)));
  return issues;
}

static const char *
chosen_scheme (AmendsIntakeForm *self)
{
  guint selected = adw_combo_row_get_selected (self->scheme_row);

  return selected < g_strv_length (self->schemes) ? self->schemes[selected] : NULL;
}

static gboolean
is_about_staff (AmendsIntakeForm *self)
{
  return g_strcmp0 (amends_question_get_word (self->about_question), "yes") == 0;
}

/* Nobody has to be named. */
static void
collect_about (AmendsIntakeForm *self, json_t *intake)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->about_row)));

  if (is_about_staff (self))
    json_object_set_new (intake, "about",
                         json_pack ("[{s:s, s:s*}]", "who", "staff", "name",
                                    *name != '\0' ? name : NULL));
}

static void
collect_answers (AmendsIntakeForm *self, json_t *intake)
{
  const char *wants = amends_question_get_word (self->wants_question);
  const char *told = amends_question_get_word (self->told_question);
  const char *scheme = chosen_scheme (self);

  if (scheme != NULL)
    json_object_set_new (intake, "scheme", json_string (scheme));
  collect_about (self, intake);
  if (self->previous_case != NULL)
    json_object_set_new (intake, "previous_case", json_string (self->previous_case));
  if (wants != NULL)
    json_object_set_new (intake, "wants", json_string (wants));
  if (g_strcmp0 (told, "not-sure") == 0)
    json_object_set_new (intake, "told_before", json_string (told));
  else if (told != NULL)
    json_object_set_new (intake, "told_before", json_boolean (g_str_equal (told, "yes")));
}

/**
 * amends_intake_form_collect:
 * @only_answered: what was not asked is of no case, but stays in a draft
 *
 * Returns: (transfer full): the intake as it stands in the form, valid or not
 */
json_t *
amends_intake_form_collect (AmendsIntakeForm *self, gboolean only_answered)
{
  json_t *intake = json_object ();
  gboolean is_anonymous = gtk_switch_get_active (self->anonymous_switch);

  collect_answers (self, intake);
  for (int field = 0; field < N_FIELDS; field++)
    {
      g_autofree char *text = dup_field (self, field);

      if (text == NULL || *text == '\0'
          || (is_anonymous && g_str_has_prefix (fields[field].path, "complainant."))
          || (!has_text (self, FIELD_REP_NAME)
              && g_str_has_prefix (fields[field].path, "representative.")))
        continue;
      amends_intake_path_set (intake, fields[field].path, text);
    }
  amends_behalf_box_collect_scope (self->behalf_box, intake);
  if (is_anonymous)
    json_object_set_new (intake, "anonymous", json_true ());
  else if (gtk_switch_get_active (self->petition_switch))
    json_object_set_new (intake, "petition", json_true ());
  json_object_set_new (intake, "issues", collect_issues (self));
  json_object_set_new (intake, "consents",
                       amends_consent_list_collect (self->consents, only_answered));
  json_object_set_new (intake, "adjustments",
                       amends_adjustment_editor_collect (self->adjustments_row));
  return intake;
}

/**
 * amends_intake_form_is_restricted:
 *
 * Returns: whether what stands in it is for those who are named for it alone, and nothing of it is to be kept here
 */
gboolean
amends_intake_form_is_restricted (AmendsIntakeForm *self)
{
  json_auto_t *intake = amends_intake_form_collect (self, TRUE);

  return amends_intake_get_restriction (intake) != NULL;
}

/**
 * amends_intake_form_dup_ring:
 *
 * Returns: (transfer full): as amends_number_words_ring_of(), of what stands in it
 */
char *
amends_intake_form_dup_ring (AmendsIntakeForm *self)
{
  json_auto_t *intake = amends_intake_form_collect (self, TRUE);

  return amends_number_words_ring_of (self->numbers, intake);
}

/* Whether there is anything that a person would miss. */
gboolean
amends_intake_form_has_content (AmendsIntakeForm *self)
{
  json_auto_t *issues = collect_issues (self);
  json_auto_t *consents = amends_consent_list_collect (self->consents, TRUE);
  json_auto_t *adjustments = amends_adjustment_editor_collect (self->adjustments_row);
  gboolean has_some = json_array_size (consents) > 0 || json_array_size (adjustments) > 0
                      || json_array_size (issues) > 1
                      || json_object_size (json_array_get (issues, 0)) > 0;

  for (int field = 0; field < N_FIELDS && !has_some; field++)
    has_some = !fields[field].is_default && has_text (self, field);
  return has_some;
}

/* ---------------------------------------------------------------- parts that come and go */

static void
remove_issue_cb (AmendsIntakeForm *self, GtkWidget *editor)
{
  gtk_box_remove (self->issues_box, editor);
  gtk_widget_grab_focus (gtk_widget_get_last_child (GTK_WIDGET (self->issues_box)));
  changed_cb (self);
}

static GtkWidget *
add_issue (AmendsIntakeForm *self)
{
  gboolean is_first = gtk_widget_get_first_child (GTK_WIDGET (self->issues_box)) == NULL;
  GtkWidget *editor = amends_issue_editor_new (is_first);

  g_signal_connect_object (editor, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "removed", G_CALLBACK (remove_issue_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->issues_box, editor);
  return editor;
}

static void
add_issue_cb (AmendsIntakeForm *self)
{
  gtk_widget_grab_focus (add_issue (self));
}

/* ---------------------------------------------------------------- as what it is taken */

static void
show_advice (AmendsIntakeForm *self)
{
  const char *kind = amends_code_row_get_code (AMENDS_CODE_ROW (self->rows[FIELD_KIND]));
  const char *told = amends_question_get_word (self->told_question);
  const char *advice =
      amends_intake_words_advice (kind, amends_question_get_word (self->wants_question), told,
                                  amends_question_get_word (self->satisfied_question));

  gtk_label_set_text (self->kind_label, amends_intake_words_kind (kind));
  gtk_label_set_text (self->advice_label, advice);
  gtk_widget_set_visible (self->advice_box, *advice != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->satisfied_question), g_strcmp0 (told, "no") == 0);
}

/* Kept nowhere: that somebody may be unsafe is said in a record of its own, and not in this one. */
static void
unsafe_cb (AmendsIntakeForm *self)
{
  gtk_widget_set_visible (self->unsafe_box,
                          g_strcmp0 (amends_question_get_word (self->unsafe_question), "yes") == 0);
  amends_problem_row_set_text (self->unsafe_problem, NULL);
}

/**
 * amends_intake_form_ask_safety:
 *
 * Asked before it is saved. Telling the safeguarding lead takes the form off the screen: where it stands that
 * somebody may be unsafe, nobody was told. That is said beside the question, once.
 *
 * Returns: whether it may be saved as it is
 */
gboolean
amends_intake_form_ask_safety (AmendsIntakeForm *self)
{
  json_auto_t *intake = NULL;

  g_return_val_if_fail (AMENDS_IS_INTAKE_FORM (self), FALSE);

  intake = amends_intake_form_collect (self, TRUE);
  if (g_strcmp0 (amends_question_get_word (self->unsafe_question), "yes") != 0
      || amends_problem_row_has_text (self->unsafe_problem)
      || g_strcmp0 (amends_intake_get_restriction (intake), "safety") == 0)
    return TRUE;
  amends_problem_row_set_text (
      self->unsafe_problem,
      _ ("The safeguarding lead is not told yet. Tell them, or save once more to go on without."));
  gtk_widget_grab_focus (
      gtk_widget_get_last_child (GTK_WIDGET (amends_question_get_choice (self->unsafe_question))));
  return FALSE;
}

static void
take_as_complaint_cb (AmendsIntakeForm *self)
{
  amends_code_row_set_code (AMENDS_CODE_ROW (self->rows[FIELD_KIND]), "complaint");
  gtk_widget_grab_focus (self->rows[FIELD_KIND]);
}

/* ---------------------------------------------------------------- changes and problems */

/* Whoever asks from outside has a reference of their own, and says by when they want an answer. */
static void
show_enquiry (AmendsIntakeForm *self)
{
  const char *kind = amends_code_row_get_code (AMENDS_CODE_ROW (self->rows[FIELD_KIND]));
  gboolean is_outside = amends_intake_words_is_from_outside (kind);

  for (int field = FIELD_THEIR_REFERENCE; field <= FIELD_REPLY_BY; field++)
    gtk_widget_set_visible (self->rows[field], is_outside || has_text (self, field));
}

static void
show_dependent (AmendsIntakeForm *self)
{
  g_autofree char *ring =
      amends_number_words_ring (self->numbers, chosen_scheme (self), "line-manager");

  gtk_widget_set_visible (self->rows[FIELD_CHANNEL_DETAIL],
                          amends_code_row_needs_detail (
                              AMENDS_CODE_ROW (self->rows[FIELD_CHANNEL])));
  gtk_widget_set_visible (self->rows[FIELD_RELATION_DETAIL],
                          amends_code_row_needs_detail (
                              AMENDS_CODE_ROW (self->rows[FIELD_RELATION])));
  amends_behalf_box_follow (self->behalf_box);
  show_enquiry (self);
  gtk_label_set_text (self->about_ring_label, ring);
  gtk_widget_set_visible (GTK_WIDGET (self->about_ring_label), *ring != '\0');
  gtk_widget_set_visible (self->about_box, is_about_staff (self));
  gtk_widget_set_visible (self->person_list, !gtk_switch_get_active (self->anonymous_switch));
  amends_offers_set_scheme (self->home_offers, chosen_scheme (self));
  show_advice (self);
}

static void
changed_cb (AmendsIntakeForm *self)
{
  g_autofree char *name = NULL;

  if (self->is_loading)
    return;
  name = dup_field (self, FIELD_REP_NAME);
  amends_consent_list_follow_representative (self->consents, name);
  show_dependent (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* What was put right is not called wrong any longer; whether it is now right is seen on saving. */
static void
field_changed_cb (GtkWidget *row, GParamSpec *pspec, gpointer user_data)
{
  AmendsIntakeForm *self = user_data;

  for (int field = 0; field < N_FIELDS; field++)
    if (self->rows[field] == row)
      amends_problem_row_set_text (self->problems[field], NULL);
  changed_cb (self);
}

static AmendsProblemRow *
nth_issue_problem (AmendsIntakeForm *self, guint n)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->issues_box));

  while (child != NULL && n-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child != NULL ? amends_issue_editor_get_problem_row (AMENDS_ISSUE_EDITOR (child)) : NULL;
}

static AmendsProblemRow *
find_problem_row (AmendsIntakeForm *self, const char *path)
{
  g_auto (GStrv) keys = g_strsplit (path, ".", -1);
  guint64 n;

  for (int field = 0; field < N_FIELDS; field++)
    if (g_str_equal (fields[field].path, path))
      return self->problems[field];
  if (g_strv_length (keys) < 3 || !g_ascii_string_to_unsigned (keys[1], 10, 0, G_MAXUINT, &n, NULL))
    return NULL;
  if (g_str_equal (keys[0], "issues"))
    return nth_issue_problem (self, (guint) n);
  return g_str_equal (keys[0], "consents")
             ? amends_consent_list_get_problem_row (self->consents, (guint) n)
             : NULL;
}

/* Takes back whatever was said to be wrong. */
void
amends_intake_form_clear_problems (AmendsIntakeForm *self)
{
  AmendsProblemRow *row;

  for (int field = 0; field < N_FIELDS; field++)
    amends_problem_row_set_text (self->problems[field], NULL);
  for (guint n = 0; (row = nth_issue_problem (self, n)) != NULL; n++)
    amends_problem_row_set_text (row, NULL);
  for (guint n = 0; (row = amends_consent_list_get_problem_row (self->consents, n)) != NULL; n++)
    amends_problem_row_set_text (row, NULL);
}

/**
 * amends_intake_form_show_problems:
 * @problems: (element-type GError): what is wrong
 *
 * Shows each problem beside its field, and goes to the first.
 *
 * Returns: (transfer full) (nullable): the last that has no field here
 */
char *
amends_intake_form_show_problems (AmendsIntakeForm *self, const GPtrArray *problems)
{
  g_autofree char *without_field = NULL;
  AmendsProblemRow *first = NULL;

  for (guint i = 0; i < problems->len; i++)
    {
      const GError *problem = g_ptr_array_index (problems, i);
      const char *path = amends_error_get_field (problem);
      AmendsProblemRow *row = path != NULL ? find_problem_row (self, path) : NULL;
      g_autofree char *sentence = amends_words_problem (problem, amends_words_today ());

      if (row == NULL)
        {
          g_free (without_field);
          without_field = g_steal_pointer (&sentence);
          continue;
        }
      if (!amends_problem_row_has_text (row))
        amends_problem_row_set_text (row, sentence);
      if (first == NULL)
        first = row;
    }
  if (first != NULL)
    gtk_widget_grab_focus (amends_problem_row_get_field (first));
  return g_steal_pointer (&without_field);
}

/* ---------------------------------------------------------------- beginning and ending */

static void
fill_schemes (AmendsIntakeForm *self, const GPtrArray *schemes, const char *chosen)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  guint selected = 0;

  for (guint i = 0; schemes != NULL && i < schemes->len; i++)
    {
      const AmendsScheme *scheme = g_ptr_array_index (schemes, i);

      gtk_string_list_append (names, scheme->name);
      g_strv_builder_add (codes, scheme->code);
      if (g_strcmp0 (scheme->code, chosen) == 0)
        selected = i;
    }
  g_strfreev (self->schemes);
  self->schemes = g_strv_builder_end (codes);
  adw_combo_row_set_model (self->scheme_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->scheme_row, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->scheme_row), schemes != NULL && schemes->len > 1);
}

static void
load_parts (AmendsIntakeForm *self, const json_t *intake)
{
  const json_t *issues = json_object_get (intake, "issues");
  gsize i;
  json_t *part;

  add_issue (self);
  json_array_foreach (issues, i, part)
    {
      GtkWidget *editor = gtk_widget_get_last_child (GTK_WIDGET (self->issues_box));

      amends_issue_editor_load (AMENDS_ISSUE_EDITOR (i == 0 ? editor : add_issue (self)), part);
    }
  amends_consent_list_load (self->consents, json_object_get (intake, "consents"));
  if (intake == NULL)
    amends_consent_list_ask (self->consents, "share-with-contractor", NULL);
  amends_adjustment_editor_load (self->adjustments_row, json_object_get (intake, "adjustments"));
}

static void
load (AmendsIntakeForm *self, const json_t *intake, const GPtrArray *schemes)
{
  const json_t *told = json_object_get (intake, "told_before");

  for (int field = 0; field < N_FIELDS; field++)
    load_field (self, field,
                json_string_value (amends_intake_path_get (intake, fields[field].path)));
  load_parts (self, intake);
  self->previous_case = g_strdup (json_string_value (json_object_get (intake, "previous_case")));
  amends_question_set_word (self->about_question,
                            amends_intake_path_get_about_staff (intake) != NULL ? "yes" : NULL);
  gtk_editable_set_text (self->about_row,
                         amends_intake_path_get_text (amends_intake_path_get_about_staff (intake),
                                                      "name"));
  amends_question_set_word (self->wants_question,
                            json_string_value (json_object_get (intake, "wants")));
  amends_question_set_word (self->told_question, json_is_true (told)    ? "yes"
                                                 : json_is_false (told) ? "no"
                                                                        : json_string_value (told));
  gtk_switch_set_active (self->petition_switch,
                         json_is_true (json_object_get (intake, "petition")));
  gtk_switch_set_active (self->anonymous_switch,
                         json_is_true (json_object_get (intake, "anonymous")));
  amends_behalf_box_load_scope (self->behalf_box, intake);
  fill_schemes (self, schemes, json_string_value (json_object_get (intake, "scheme")));
}

static void
fill_in_now (AmendsIntakeForm *self, const char *actor)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%H:%M");

  amends_date_row_set_day (AMENDS_DATE_ROW (self->rows[FIELD_RECEIVED]), amends_words_today ());
  load_field (self, FIELD_TIME, time);
  amends_date_row_set_time (AMENDS_DATE_ROW (self->rows[FIELD_RECEIVED]),
                            GTK_EDITABLE (self->rows[FIELD_TIME]));
  load_field (self, FIELD_RECEIVED_BY, actor);
}

/**
 * amends_intake_form_clear:
 *
 * Takes everything off the screen, and out of what undo brings back. What was typed must have been kept before.
 */
void
amends_intake_form_clear (AmendsIntakeForm *self)
{
  g_return_if_fail (AMENDS_IS_INTAKE_FORM (self));

  self->is_loading = TRUE;
  amends_date_row_set_time (AMENDS_DATE_ROW (self->rows[FIELD_RECEIVED]), NULL);
  amends_box_clear (self->issues_box);
  amends_consent_list_clear (self->consents);
  amends_adjustment_editor_load (self->adjustments_row, NULL);
  amends_question_set_word (self->satisfied_question, NULL);
  amends_question_set_word (self->about_question, NULL);
  amends_question_set_word (self->unsafe_question, NULL);
  unsafe_cb (self);
  g_clear_pointer (&self->previous_case, g_free);
  gtk_editable_set_text (self->about_row, "");
  for (int field = 0; field < N_FIELDS; field++)
    {
      load_field (self, field, NULL);
      amends_problem_row_set_text (self->problems[field], NULL);
    }
  amends_typing_forget (GTK_WIDGET (self));
  self->is_loading = FALSE;
}

/**
 * amends_intake_form_begin:
 * @intake: (nullable): what was kept, or what a new record begins with
 * @schemes: (nullable) (element-type AmendsScheme): to choose from
 * @actor: (nullable): who takes it down now, which is filled in with the day and the time; %NULL for what was kept
 */
void
amends_intake_form_begin (AmendsIntakeForm *self,
                          const json_t *intake,
                          const GPtrArray *schemes,
                          const char *actor)
{
  g_return_if_fail (AMENDS_IS_INTAKE_FORM (self));

  amends_intake_form_clear (self);
  self->is_loading = TRUE;
  load (self, intake, schemes);
  if (actor != NULL)
    fill_in_now (self, actor);
  self->is_loading = FALSE;
  show_dependent (self);
}

/**
 * amends_intake_form_set_places:
 * @places: whom to ring at the schemes, and the homes and the colleagues that there are, to be offered where one is
 *   typed
 */
void
amends_intake_form_set_places (AmendsIntakeForm *self, const AmendsPlaces *places)
{
  const char *const *colleagues = (const char *const *) places->colleagues;

  g_return_if_fail (AMENDS_IS_INTAKE_FORM (self));

  amends_offers_set_homes (self->home_offers, places->homes);
  amends_offers_set_names (self->heard_offers, colleagues);
  amends_offers_set_names (self->about_offers, colleagues);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  self->numbers = g_ptr_array_ref (places->numbers);
  show_dependent (self);
}

/* The story comes first. */
static gboolean
amends_intake_form_grab_focus (GtkWidget *widget)
{
  AmendsIntakeForm *self = AMENDS_INTAKE_FORM (widget);

  return gtk_widget_grab_focus (gtk_widget_get_first_child (GTK_WIDGET (self->issues_box)));
}

static void
amends_intake_form_finalize (GObject *object)
{
  g_strfreev (AMENDS_INTAKE_FORM (object)->schemes);
  g_free (AMENDS_INTAKE_FORM (object)->previous_case);
  g_clear_pointer (&AMENDS_INTAKE_FORM (object)->numbers, g_ptr_array_unref);
  g_clear_object (&AMENDS_INTAKE_FORM (object)->home_offers);
  g_clear_object (&AMENDS_INTAKE_FORM (object)->heard_offers);
  g_clear_object (&AMENDS_INTAKE_FORM (object)->about_offers);
  G_OBJECT_CLASS (amends_intake_form_parent_class)->finalize (object);
}

/* Whether its row is in the box of who speaks for the resident, and not in the template of the form. */
static gboolean
is_on_behalf (int field)
{
  return g_str_has_prefix (fields[field].path, "representative.");
}

static void
bind_rows (GtkWidgetClass *widget_class)
{
  for (int field = 0; field < N_FIELDS; field++)
    {
      g_autofree char *name = g_strconcat (fields[field].id, "_row", NULL);

      if (!is_on_behalf (field))
        gtk_widget_class_bind_template_child_full (widget_class, name, FALSE,
                                                   G_STRUCT_OFFSET (AmendsIntakeForm, rows)
                                                       + (gssize) (field * sizeof (gpointer)));
    }
}

static void
amends_intake_form_class_init (AmendsIntakeFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = amends_intake_form_finalize;
  widget_class->grab_focus = amends_intake_form_grab_focus;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", AMENDS_TYPE_INTAKE_FORM, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (AMENDS_TYPE_ADJUSTMENT_EDITOR);
  g_type_ensure (AMENDS_TYPE_BEHALF_BOX);
  g_type_ensure (AMENDS_TYPE_CODE_ROW);
  g_type_ensure (AMENDS_TYPE_COLUMNS);
  g_type_ensure (AMENDS_TYPE_CONSENT_LIST);
  g_type_ensure (AMENDS_TYPE_DATE_ROW);
  g_type_ensure (AMENDS_TYPE_PROBLEM_ROW);
  g_type_ensure (AMENDS_TYPE_QUESTION);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-intake-form.ui");
  bind_rows (widget_class);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, about_question);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, about_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, about_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, about_ring_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, unsafe_question);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, unsafe_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, unsafe_problem);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, issues_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, wants_question);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, told_question);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, satisfied_question);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, kind_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, advice_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, advice_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, petition_switch);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, scheme_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, anonymous_switch);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, person_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, behalf_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, consents);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakeForm, adjustments_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_issue_cb);
  gtk_widget_class_bind_template_callback (widget_class, unsafe_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_as_complaint_cb);
}

/* What was typed is shown as it was understood. */
static void
left_time_cb (AmendsIntakeForm *self)
{
  GtkEditable *row = GTK_EDITABLE (self->rows[FIELD_TIME]);
  g_autofree char *time = dup_field (self, FIELD_TIME);

  if (g_strcmp0 (time, gtk_editable_get_text (row)) != 0)
    gtk_editable_set_text (row, time);
}

/* Below each row stands what is wrong with it. */
static void
join_row (AmendsIntakeForm *self, int field)
{
  GtkWidget *row, *problem;

  if (is_on_behalf (field))
    {
      g_autofree char *name = g_strconcat (fields[field].id, "_row", NULL);

      self->rows[field] = amends_behalf_box_get_row (self->behalf_box, name);
    }
  row = self->rows[field];
  problem = amends_problem_row_new (row);
  self->problems[field] = AMENDS_PROBLEM_ROW (problem);
  gtk_list_box_insert (GTK_LIST_BOX (gtk_widget_get_parent (row)), problem,
                       gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) + 1);
  g_signal_connect_object (row,
                           fields[field].kind == KIND_CODE ? "notify::selected" : "notify::text",
                           G_CALLBACK (field_changed_cb), self, 0);
}

static void
amends_intake_form_init (AmendsIntakeForm *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  for (int field = 0; field < N_FIELDS; field++)
    join_row (self, field);
  g_object_set (self->unsafe_problem, "field", amends_question_get_choice (self->unsafe_question),
                NULL);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_time_cb), self);
  gtk_widget_add_controller (self->rows[FIELD_TIME], focus);
  self->schemes = g_new0 (char *, 1);
  self->home_offers =
      amends_offers_new (self->rows[FIELD_HOME], GTK_WIDGET (self->problems[FIELD_HOME]),
                         "go-home-symbolic");
  self->heard_offers =
      amends_offers_new (self->rows[FIELD_RECEIVED_BY],
                         GTK_WIDGET (self->problems[FIELD_RECEIVED_BY]), "avatar-default-symbolic");
  self->about_offers = amends_offers_new (GTK_WIDGET (self->about_row),
                                          GTK_WIDGET (self->about_row), "avatar-default-symbolic");

  /* Groups of digits would change places in a line from right to left. */
  gtk_widget_set_direction (GTK_WIDGET (
                                gtk_editable_get_delegate (GTK_EDITABLE (self->rows[FIELD_PHONE]))),
                            GTK_TEXT_DIR_LTR);
}
