/* amends-intake-page.c: taking a complaint while the person is talking
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The form is a JSON intake on screen: what is collected from it is what is kept as a draft, what is
 * checked and what is recorded. Most fields are rows of one table. */

#include "config.h"

#include "app/staff/pages/amends-intake-page.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/staff/amends-adjustment-editor.h"
#include "app/staff/amends-consent-editor.h"
#include "app/staff/amends-issue-editor.h"
#include "app/widgets/amends-choice.h"
#include "app/widgets/amends-code-row.h"
#include "app/widgets/amends-columns.h"
#include "app/widgets/amends-date-row.h"
#include "app/widgets/amends-problem-row.h"
#include "core/amends-error.h"

/* What was typed is kept so long after the last change. */
#define DRAFT_DELAY_MS 2000

typedef enum
{
  KIND_LINE,
  KIND_TIME,
  KIND_DAY,
  KIND_CODE,
} FieldKind;

/* @id: of its row in the template, "<id>_row", and of what is wrong with it, "<id>_problem"
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
  N_FIELDS
};

G_STATIC_ASSERT (G_N_ELEMENTS (fields) == N_FIELDS);

#define N_SCOPES 4
static const char *const scopes[N_SCOPES] = { "this-case", "all-cases", "accompany",
                                              "receive-letters" };

struct _AmendsIntakePage
{
  AdwBin parent_instance;

  AmendsSession *session; /* (nullable) (owned) */
  gint64 draft;           /* what it is kept as; 0 if it is not */
  guint draft_source;
  gboolean is_loading; /* changes come from the draft and not from a person */
  gboolean is_changed; /* since it was last kept */
  gboolean is_saving;

  GtkWidget *rows[N_FIELDS]; /* from the template, as all below */
  AmendsProblemRow *problems[N_FIELDS];
  AdwWindowTitle *title;
  GtkImage *draft_image;
  GtkLabel *draft_label;
  GtkScrolledWindow *scroller;
  GtkBox *issues_box;
  AmendsChoice *wants_choice;
  AmendsChoice *told_choice;
  AdwComboRow *scheme_row;
  GtkSwitch *anonymous_switch;
  GtkWidget *person_list;
  GtkWidget *scope_row;
  GtkCheckButton *scope_checks[N_SCOPES];
  GtkListBox *consents_list;
  GtkWidget *no_consents_row;
  AmendsCodeRow *ask_purpose_row;
  GtkEditable *ask_to_row;
  GtkMenuButton *ask_button;
  AmendsAdjustmentEditor *adjustments_row;
};

G_DEFINE_FINAL_TYPE (AmendsIntakePage, amends_intake_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_RECORDED,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void changed_cb (AmendsIntakePage *self);

/* ---------------------------------------------------------------- JSON by dotted path */

static const json_t *
get_path (const json_t *object, const char *path)
{
  g_auto (GStrv) keys = g_strsplit (path, ".", -1);

  for (guint i = 0; keys[i] != NULL; i++)
    object = json_object_get (object, keys[i]);
  return object;
}

static void
set_path (json_t *object, const char *path, const char *text)
{
  g_auto (GStrv) keys = g_strsplit (path, ".", -1);
  guint i;

  for (i = 0; keys[i + 1] != NULL; i++)
    {
      json_t *inner = json_object_get (object, keys[i]);

      if (inner == NULL)
        {
          inner = json_object ();
          json_object_set_new (object, keys[i], inner);
        }
      object = inner;
    }
  json_object_set_new (object, keys[i], json_string (text));
}

/* ---------------------------------------------------------------- one field */

static char *
dup_field (AmendsIntakePage *self, int field)
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
has_text (AmendsIntakePage *self, int field)
{
  g_autofree char *text = dup_field (self, field);

  return text != NULL && *text != '\0';
}

static void
load_field (AmendsIntakePage *self, int field, const char *text)
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
collect_issues (AmendsIntakePage *self)
{
  json_t *issues = json_array ();

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->issues_box)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    json_array_append_new (issues, amends_issue_editor_collect (AMENDS_ISSUE_EDITOR (child)));
  return issues;
}

/* @only_answered: what was not asked is of no case, but stays in a draft */
static json_t *
collect_consents (AmendsIntakePage *self, gboolean only_answered)
{
  json_t *consents = json_array ();

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->consents_list));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    if (AMENDS_IS_CONSENT_EDITOR (child)
        && (!only_answered || amends_consent_editor_is_answered (AMENDS_CONSENT_EDITOR (child))))
      json_array_append_new (consents,
                             amends_consent_editor_collect (AMENDS_CONSENT_EDITOR (child)));
  return consents;
}

static void
collect_authority (AmendsIntakePage *self, json_t *intake)
{
  json_t *authority = json_object_get (json_object_get (intake, "representative"), "authority");
  const char *type = json_string_value (json_object_get (authority, "type"));
  json_t *scope;

  if (authority == NULL)
    return;
  scope = json_array ();
  for (guint i = 0; i < N_SCOPES; i++)
    if (gtk_check_button_get_active (self->scope_checks[i]))
      json_array_append_new (scope, json_string (scopes[i]));
  json_object_set_new (authority, "given", json_boolean (g_strcmp0 (type, "none-yet") != 0));
  if (json_array_size (scope) > 0)
    json_object_set (authority, "scope", scope);
  json_decref (scope);
}

static const char *
chosen_scheme (AmendsIntakePage *self)
{
  const GPtrArray *schemes = amends_session_get_schemes (self->session);
  guint selected = adw_combo_row_get_selected (self->scheme_row);

  if (schemes == NULL || selected >= schemes->len)
    return NULL;
  return ((const AmendsScheme *) g_ptr_array_index (schemes, selected))->code;
}

static void
collect_answers (AmendsIntakePage *self, json_t *intake)
{
  const char *wants = amends_choice_get_word (self->wants_choice);
  const char *told = amends_choice_get_word (self->told_choice);
  const char *scheme = chosen_scheme (self);

  if (scheme != NULL)
    json_object_set_new (intake, "scheme", json_string (scheme));
  if (wants != NULL)
    json_object_set_new (intake, "wants", json_string (wants));
  if (g_strcmp0 (told, "not-sure") == 0)
    json_object_set_new (intake, "told_before", json_string (told));
  else if (told != NULL)
    json_object_set_new (intake, "told_before", json_boolean (g_str_equal (told, "yes")));
}

static json_t *
collect (AmendsIntakePage *self, gboolean only_answered)
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
      set_path (intake, fields[field].path, text);
    }
  collect_authority (self, intake);
  if (is_anonymous)
    json_object_set_new (intake, "anonymous", json_true ());
  json_object_set_new (intake, "issues", collect_issues (self));
  json_object_set_new (intake, "consents", collect_consents (self, only_answered));
  json_object_set_new (intake, "adjustments",
                       amends_adjustment_editor_collect (self->adjustments_row));
  return intake;
}

/* Whether there is anything that a person would miss. */
static gboolean
has_content (AmendsIntakePage *self)
{
  json_t *issues = collect_issues (self);
  json_t *consents = collect_consents (self, TRUE);
  json_t *adjustments = amends_adjustment_editor_collect (self->adjustments_row);
  gboolean has_some = json_array_size (consents) > 0 || json_array_size (adjustments) > 0
                      || json_array_size (issues) > 1
                      || json_object_size (json_array_get (issues, 0)) > 0;

  for (int field = 0; field < N_FIELDS && !has_some; field++)
    has_some = !fields[field].is_default && has_text (self, field);
  json_decref (issues);
  json_decref (consents);
  json_decref (adjustments);
  return has_some;
}

/* ---------------------------------------------------------------- parts that come and go */

static void
remove_issue_cb (AmendsIntakePage *self, GtkWidget *editor)
{
  gtk_box_remove (self->issues_box, editor);
  gtk_widget_grab_focus (gtk_widget_get_last_child (GTK_WIDGET (self->issues_box)));
  changed_cb (self);
}

static GtkWidget *
add_issue (AmendsIntakePage *self)
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
add_issue_cb (AmendsIntakePage *self)
{
  gtk_widget_grab_focus (add_issue (self));
}

static AmendsConsentEditor *
find_consent (AmendsIntakePage *self, const char *purpose)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->consents_list));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    if (AMENDS_IS_CONSENT_EDITOR (child)
        && (purpose == NULL
            || g_str_equal (amends_consent_editor_get_purpose (AMENDS_CONSENT_EDITOR (child)),
                            purpose)))
      return AMENDS_CONSENT_EDITOR (child);
  return NULL;
}

static void
remove_consent (AmendsIntakePage *self, GtkWidget *editor)
{
  gtk_list_box_remove (self->consents_list, editor);
  gtk_widget_set_visible (self->no_consents_row, find_consent (self, NULL) == NULL);
}

static void
remove_consent_cb (AmendsIntakePage *self, GtkWidget *editor)
{
  remove_consent (self, editor);
  gtk_widget_grab_focus (GTK_WIDGET (self->ask_button));
  changed_cb (self);
}

static AmendsConsentEditor *
add_consent (AmendsIntakePage *self, const char *purpose, const char *to)
{
  GtkWidget *editor = amends_consent_editor_new (purpose, to);

  g_signal_connect_object (editor, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "removed", G_CALLBACK (remove_consent_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (self->consents_list, editor);
  gtk_widget_set_visible (self->no_consents_row, FALSE);
  return AMENDS_CONSENT_EDITOR (editor);
}

static void
ask_cb (AmendsIntakePage *self)
{
  const char *purpose = amends_code_row_get_code (self->ask_purpose_row);
  g_autofree char *to = g_strstrip (g_strdup (gtk_editable_get_text (self->ask_to_row)));

  add_consent (self, purpose, to);
  gtk_editable_set_text (self->ask_to_row, "");
  gtk_menu_button_popdown (self->ask_button);
  changed_cb (self);
}

/* Whoever speaks for somebody wants to hear what comes of it: that is asked by itself. */
static void
follow_representative (AmendsIntakePage *self)
{
  g_autofree char *name = dup_field (self, FIELD_REP_NAME);
  AmendsConsentEditor *editor = find_consent (self, "share-with-representative");

  if (*name != '\0' && editor == NULL)
    add_consent (self, "share-with-representative", name);
  else if (*name != '\0')
    amends_consent_editor_set_to (editor, name);
  else if (editor != NULL && !amends_consent_editor_is_answered (editor))
    remove_consent (self, GTK_WIDGET (editor));
}

/* ---------------------------------------------------------------- drafts */

static void
say_draft (AmendsIntakePage *self, const char *sentence, gboolean is_error)
{
  gtk_label_set_text (self->draft_label, sentence);
  gtk_image_set_from_icon_name (self->draft_image,
                                is_error ? "dialog-warning-symbolic" : "emblem-ok-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->draft_image), *sentence != '\0');
  for (int i = 0; i < 2; i++)
    {
      GtkWidget *widget = i == 0 ? GTK_WIDGET (self->draft_image) : GTK_WIDGET (self->draft_label);

      if (is_error)
        gtk_widget_add_css_class (widget, "error");
      else
        gtk_widget_remove_css_class (widget, "error");
    }
}

static void
draft_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsIntakePage) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 draft = amends_session_save_draft_finish (AMENDS_SESSION (source), result, &error);
  g_autofree char *sentence = NULL;

  self->is_saving = FALSE;
  if (error != NULL)
    {
      sentence = amends_words_error (error);
      self->is_changed = TRUE;
      say_draft (self, sentence, TRUE);
      return;
    }
  self->draft = draft;
  g_autofree char *time = amends_words_time (g_get_real_time (), TRUE);
  sentence = g_strdup_printf (_ ("Draft saved on this laptop at %s"), time);
  say_draft (self, sentence, FALSE);
  if (self->is_changed)
    amends_intake_page_flush (self);
}

static gboolean
draft_due_cb (gpointer user_data)
{
  AmendsIntakePage *self = user_data;

  self->draft_source = 0;
  amends_intake_page_flush (self);
  return G_SOURCE_REMOVE;
}

/**
 * amends_intake_page_flush:
 *
 * Keeps what was typed now, if anything was. It is sealed before whatever is asked of the session
 * next.
 */
void
amends_intake_page_flush (AmendsIntakePage *self)
{
  json_t *intake;

  g_return_if_fail (AMENDS_IS_INTAKE_PAGE (self));

  g_clear_handle_id (&self->draft_source, g_source_remove);
  if (self->is_saving || !self->is_changed || !has_content (self))
    return;
  self->is_saving = TRUE;
  self->is_changed = FALSE;
  intake = collect (self, FALSE);
  amends_session_save_draft_async (self->session, self->draft, intake, draft_cb,
                                   g_object_ref (self));
  json_decref (intake);
}

/* ---------------------------------------------------------------- changes, problems, saving */

static void
show_dependent (AmendsIntakePage *self)
{
  gboolean has_representative = has_text (self, FIELD_REP_NAME);
  const char *authority = amends_code_row_get_code (AMENDS_CODE_ROW (self->rows[FIELD_AUTHORITY]));
  gboolean has_authority =
      has_representative && authority != NULL && !g_str_equal (authority, "none-yet");

  gtk_widget_set_visible (self->rows[FIELD_CHANNEL_DETAIL],
                          amends_code_row_needs_detail (
                              AMENDS_CODE_ROW (self->rows[FIELD_CHANNEL])));
  gtk_widget_set_visible (self->rows[FIELD_RELATION_DETAIL],
                          amends_code_row_needs_detail (
                              AMENDS_CODE_ROW (self->rows[FIELD_RELATION])));
  gtk_widget_set_visible (self->rows[FIELD_REP_RELATION_DETAIL],
                          has_representative
                              && amends_code_row_needs_detail (
                                  AMENDS_CODE_ROW (self->rows[FIELD_REP_RELATION])));
  gtk_widget_set_visible (self->rows[FIELD_REP_RELATION], has_representative);
  gtk_widget_set_visible (self->rows[FIELD_AUTHORITY], has_representative);
  gtk_widget_set_visible (self->rows[FIELD_UNTIL], has_authority);
  gtk_widget_set_visible (self->scope_row, has_authority);
  gtk_widget_set_visible (self->person_list, !gtk_switch_get_active (self->anonymous_switch));
}

static void
changed_cb (AmendsIntakePage *self)
{
  if (self->is_loading)
    return;
  follow_representative (self);
  show_dependent (self);
  self->is_changed = TRUE;
  g_clear_handle_id (&self->draft_source, g_source_remove);
  self->draft_source = g_timeout_add (DRAFT_DELAY_MS, draft_due_cb, self);
}

/* What was put right is not called wrong any longer; whether it is now right is seen on saving. */
static void
field_changed_cb (GtkWidget *row, GParamSpec *pspec, gpointer user_data)
{
  AmendsIntakePage *self = user_data;

  for (int field = 0; field < N_FIELDS; field++)
    if (self->rows[field] == row)
      amends_problem_row_set_text (self->problems[field], NULL);
  changed_cb (self);
}

static AmendsProblemRow *
nth_consent_problem (AmendsIntakePage *self, guint n)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->consents_list));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    if (AMENDS_IS_CONSENT_EDITOR (child)
        && amends_consent_editor_is_answered (AMENDS_CONSENT_EDITOR (child)) && n-- == 0)
      return amends_consent_editor_get_problem_row (AMENDS_CONSENT_EDITOR (child));
  return NULL;
}

static AmendsProblemRow *
nth_issue_problem (AmendsIntakePage *self, guint n)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->issues_box));

  while (child != NULL && n-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child != NULL ? amends_issue_editor_get_problem_row (AMENDS_ISSUE_EDITOR (child)) : NULL;
}

static AmendsProblemRow *
find_problem_row (AmendsIntakePage *self, const char *path)
{
  guint n;

  for (int field = 0; field < N_FIELDS; field++)
    if (g_str_equal (fields[field].path, path))
      return self->problems[field];
  if (sscanf (path, "issues.%u.", &n) == 1)
    return nth_issue_problem (self, n);
  if (sscanf (path, "consents.%u.", &n) == 1)
    return nth_consent_problem (self, n);
  return NULL;
}

static void
clear_problems (AmendsIntakePage *self)
{
  AmendsProblemRow *row;

  for (int field = 0; field < N_FIELDS; field++)
    amends_problem_row_set_text (self->problems[field], NULL);
  for (guint n = 0; (row = nth_issue_problem (self, n)) != NULL; n++)
    amends_problem_row_set_text (row, NULL);
  for (guint n = 0; (row = nth_consent_problem (self, n)) != NULL; n++)
    amends_problem_row_set_text (row, NULL);
}

/* Shows each problem beside its field, and goes to the first. */
static void
show_problems (AmendsIntakePage *self, const GPtrArray *problems)
{
  AmendsProblemRow *first = NULL;

  for (guint i = 0; i < problems->len; i++)
    {
      const GError *problem = g_ptr_array_index (problems, i);
      const char *path = amends_error_get_field (problem);
      AmendsProblemRow *row = path != NULL ? find_problem_row (self, path) : NULL;
      g_autofree char *sentence = amends_words_problem (problem, amends_words_today ());

      if (row == NULL)
        {
          say_draft (self, sentence, TRUE);
          continue;
        }
      if (!amends_problem_row_has_text (row))
        amends_problem_row_set_text (row, sentence);
      if (first == NULL)
        first = row;
    }
  if (first != NULL)
    gtk_widget_grab_focus (amends_problem_row_get_field (first));
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsIntakePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome =
      amends_session_record_finish (AMENDS_SESSION (source), result, &error);

  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (outcome == NULL)
    {
      g_autoptr (GPtrArray) problems = g_ptr_array_new ();

      if (amends_error_get_field (error) != NULL)
        {
          g_ptr_array_add (problems, error);
          show_problems (self, problems);
        }
      else
        {
          g_autofree char *sentence = amends_words_error (error);

          say_draft (self, sentence, TRUE);
        }
      return;
    }
  self->draft = 0;
  amends_intake_page_clear (self);
  g_signal_emit (self, signals[SIGNAL_RECORDED], 0, &outcome->id, outcome->reference);
}

static void
save_cb (AmendsIntakePage *self)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  json_t *intake = collect (self, TRUE);

  clear_problems (self);
  if (amends_session_check_intake (self->session, intake, problems))
    {
      g_clear_handle_id (&self->draft_source, g_source_remove);
      gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
      amends_session_record_async (self->session, intake, self->draft, recorded_cb,
                                   g_object_ref (self));
    }
  else
    show_problems (self, problems);
  json_decref (intake);
}

static void
keep_cb (AmendsIntakePage *self)
{
  amends_intake_page_flush (self);
  if (self->draft != 0 && !has_content (self))
    amends_session_delete_draft (self->session, self->draft);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

/* ---------------------------------------------------------------- beginning and ending */

static void
fill_schemes (AmendsIntakePage *self, const char *chosen)
{
  const GPtrArray *schemes = amends_session_get_schemes (self->session);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; schemes != NULL && i < schemes->len; i++)
    {
      const AmendsScheme *scheme = g_ptr_array_index (schemes, i);

      gtk_string_list_append (names, scheme->name);
      if (g_strcmp0 (scheme->code, chosen) == 0)
        selected = i;
    }
  adw_combo_row_set_model (self->scheme_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->scheme_row, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->scheme_row), schemes != NULL && schemes->len > 1);
  adw_window_title_set_subtitle (self->title,
                                 schemes != NULL && schemes->len == 1
                                     ? ((const AmendsScheme *) g_ptr_array_index (schemes, 0))->name
                                     : "");
}

static void
load_parts (AmendsIntakePage *self, const json_t *intake)
{
  const json_t *issues = json_object_get (intake, "issues");
  const json_t *consents = json_object_get (intake, "consents");
  gsize i;
  json_t *part;

  add_issue (self);
  json_array_foreach (issues, i, part)
    {
      GtkWidget *editor = gtk_widget_get_last_child (GTK_WIDGET (self->issues_box));

      amends_issue_editor_load (AMENDS_ISSUE_EDITOR (i == 0 ? editor : add_issue (self)), part);
    }
  json_array_foreach (consents, i, part)
    amends_consent_editor_load (add_consent (self,
                                             json_string_value (json_object_get (part, "purpose")),
                                             json_string_value (json_object_get (part, "to"))),
                                part);
  if (intake == NULL)
    add_consent (self, "share-with-contractor", NULL);
  amends_adjustment_editor_load (self->adjustments_row, json_object_get (intake, "adjustments"));
}

static gboolean
has_scope (const json_t *intake, const char *word)
{
  gsize i;
  json_t *code;

  json_array_foreach (get_path (intake, "representative.authority.scope"), i, code)
    if (g_strcmp0 (json_string_value (code), word) == 0)
      return TRUE;
  return FALSE;
}

static void
load (AmendsIntakePage *self, const json_t *intake)
{
  const json_t *told = json_object_get (intake, "told_before");
  gboolean has_scopes = get_path (intake, "representative.authority.scope") != NULL;

  for (int field = 0; field < N_FIELDS; field++)
    load_field (self, field, json_string_value (get_path (intake, fields[field].path)));
  load_parts (self, intake);
  amends_choice_set_word (self->wants_choice,
                          json_string_value (json_object_get (intake, "wants")));
  amends_choice_set_word (self->told_choice, json_is_true (told)    ? "yes"
                                             : json_is_false (told) ? "no"
                                                                    : json_string_value (told));
  gtk_switch_set_active (self->anonymous_switch,
                         json_is_true (json_object_get (intake, "anonymous")));
  for (guint i = 0; i < N_SCOPES; i++)
    gtk_check_button_set_active (self->scope_checks[i],
                                 has_scopes ? has_scope (intake, scopes[i]) : i == 0);
  fill_schemes (self, json_string_value (json_object_get (intake, "scheme")));
}

static void
fill_in_now (AmendsIntakePage *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%H:%M");
  const char *actor = amends_session_get_actor_name (self->session);

  amends_date_row_set_day (AMENDS_DATE_ROW (self->rows[FIELD_RECEIVED]), amends_words_today ());
  load_field (self, FIELD_TIME, time);
  load_field (self, FIELD_RECEIVED_BY, actor);
}

/**
 * amends_intake_page_clear:
 *
 * Takes everything off the screen. What was typed must have been kept before.
 */
void
amends_intake_page_clear (AmendsIntakePage *self)
{
  GtkWidget *child;
  AmendsConsentEditor *consent;

  g_return_if_fail (AMENDS_IS_INTAKE_PAGE (self));

  g_clear_handle_id (&self->draft_source, g_source_remove);
  self->is_loading = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->issues_box))) != NULL)
    gtk_box_remove (self->issues_box, child);
  while ((consent = find_consent (self, NULL)) != NULL)
    remove_consent (self, GTK_WIDGET (consent));
  amends_adjustment_editor_load (self->adjustments_row, NULL);
  for (int field = 0; field < N_FIELDS; field++)
    {
      load_field (self, field, NULL);
      amends_problem_row_set_text (self->problems[field], NULL);
    }
  say_draft (self, "", FALSE);
  self->is_changed = FALSE;
  self->is_loading = FALSE;
}

/**
 * amends_intake_page_begin:
 * @draft: what it was kept as; 0 for a new record
 * @intake: (nullable): what was kept
 */
void
amends_intake_page_begin (AmendsIntakePage *self, gint64 draft, const json_t *intake)
{
  g_return_if_fail (AMENDS_IS_INTAKE_PAGE (self) && self->session != NULL);

  amends_intake_page_clear (self);
  self->is_loading = TRUE;
  self->draft = draft;
  load (self, intake);
  if (intake == NULL)
    fill_in_now (self);
  self->is_loading = FALSE;
  show_dependent (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_widget_grab_focus (gtk_widget_get_first_child (GTK_WIDGET (self->issues_box)));
}

static gboolean
save_shortcut_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  save_cb (user_data);
  return TRUE;
}

static gboolean
keep_shortcut_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  keep_cb (user_data);
  return TRUE;
}

static void
amends_intake_page_dispose (GObject *object)
{
  AmendsIntakePage *self = AMENDS_INTAKE_PAGE (object);

  g_clear_handle_id (&self->draft_source, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_intake_page_parent_class)->dispose (object);
}

static void
bind_fields (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_autofree char *row = g_strdup_printf ("%s_row", fields[i].id);
      g_autofree char *problem = g_strdup_printf ("%s_problem", fields[i].id);

      gtk_widget_class_bind_template_child_full (widget_class, row, FALSE,
                                                 G_STRUCT_OFFSET (AmendsIntakePage, rows)
                                                     + (gssize) (i * sizeof (gpointer)));
      gtk_widget_class_bind_template_child_full (widget_class, problem, FALSE,
                                                 G_STRUCT_OFFSET (AmendsIntakePage, problems)
                                                     + (gssize) (i * sizeof (gpointer)));
    }
  for (guint i = 0; i < N_SCOPES; i++)
    {
      g_autofree char *name = g_strdup_printf ("scope_%u_check", i);

      gtk_widget_class_bind_template_child_full (widget_class, name, FALSE,
                                                 G_STRUCT_OFFSET (AmendsIntakePage, scope_checks)
                                                     + (gssize) (i * sizeof (gpointer)));
    }
}

static void
amends_intake_page_class_init (AmendsIntakePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_intake_page_dispose;
  signals[SIGNAL_RECORDED] =
      g_signal_new ("recorded", AMENDS_TYPE_INTAKE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_STRING);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", AMENDS_TYPE_INTAKE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (AMENDS_TYPE_ADJUSTMENT_EDITOR);
  g_type_ensure (AMENDS_TYPE_CHOICE);
  g_type_ensure (AMENDS_TYPE_CODE_ROW);
  g_type_ensure (AMENDS_TYPE_COLUMNS);
  g_type_ensure (AMENDS_TYPE_DATE_ROW);
  g_type_ensure (AMENDS_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/amends/Amends/staff/pages/amends-intake-page.ui");
  bind_fields (widget_class);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, title);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, draft_image);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, draft_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, issues_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, wants_choice);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, told_choice);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, scheme_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, anonymous_switch);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, person_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, scope_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, consents_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, no_consents_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, ask_purpose_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, ask_to_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, ask_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, adjustments_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_issue_cb);
  gtk_widget_class_bind_template_callback (widget_class, ask_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_cb);
}

static void
add_shortcut (AmendsIntakePage *self,
              const char *trigger,
              GtkShortcutFunc deed,
              GtkPropagationPhase phase)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                        gtk_callback_action_new (deed, self, NULL)));
  gtk_event_controller_set_propagation_phase (controller, phase);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
amends_intake_page_init (AmendsIntakePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Before the text, which would take it for a new line; Escape, after an open list has had it. */
  add_shortcut (self, "<Primary>Return|<Primary>KP_Enter", save_shortcut_cb, GTK_PHASE_CAPTURE);
  add_shortcut (self, "Escape|<Alt>Left", keep_shortcut_cb, GTK_PHASE_BUBBLE);

  amends_choice_add (self->wants_choice, "put-right-first", _ ("Put right first"));
  amends_choice_add (self->wants_choice, "complaint", _ ("A complaint"));
  amends_choice_add (self->wants_choice, "not-pursued", _ ("Go no further"));
  amends_choice_add (self->wants_choice, "undecided", _ ("Not sure"));
  amends_choice_add (self->told_choice, "yes", _ ("Yes"));
  amends_choice_add (self->told_choice, "no", _ ("No"));
  amends_choice_add (self->told_choice, "not-sure", _ ("Not sure"));

  /* Groups of digits would change places in a line from right to left. */
  gtk_widget_set_direction (GTK_WIDGET (
                                gtk_editable_get_delegate (GTK_EDITABLE (self->rows[FIELD_PHONE]))),
                            GTK_TEXT_DIR_LTR);
  for (int field = 0; field < N_FIELDS; field++)
    g_signal_connect_object (self->rows[field],
                             fields[field].kind == KIND_CODE ? "notify::selected" : "notify::text",
                             G_CALLBACK (field_changed_cb), self, 0);
}

/**
 * amends_intake_page_set_session:
 * @session: where it is kept and recorded; set once
 */
void
amends_intake_page_set_session (AmendsIntakePage *self, AmendsSession *session)
{
  g_return_if_fail (AMENDS_IS_INTAKE_PAGE (self) && self->session == NULL);

  self->session = g_object_ref (session);
}
