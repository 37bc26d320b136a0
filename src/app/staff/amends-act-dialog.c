/* amends-act-dialog.c: the small form of one act on a case
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Its fields are those of the act's schema, in their order; a few acts show fewer, or ask in a way of
 * their own. Whether what stands in them can be taken is the business of the store, which says which
 * field it refuses. */

#include "config.h"

#include "app/staff/amends-act-dialog.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-act-words.h"
#include "app/amends-policy-words.h"
#include "app/amends-words.h"
#include "app/widgets/amends-choice.h"
#include "app/widgets/amends-code-row.h"
#include "app/widgets/amends-date-row.h"
#include "app/widgets/amends-label.h"
#include "app/widgets/amends-problem-row.h"
#include "app/widgets/amends-text-card.h"
#include "core/amends-error.h"
#include "core/amends-intake.h"

/* Pixels; less on a narrow screen. */
#define DIALOG_WIDTH 460

/* The most that a whole number of a form is set to by arrows and typing. */
#define NUMBER_WIDTH_CHARS 4

/**
 * FieldKind:
 * @FIELD_LINE: a text on one line
 * @FIELD_TEXT: a text of several lines
 * @FIELD_DAY: a day, empty on arrival
 * @FIELD_TODAY: a day, today on arrival
 * @FIELD_CODE: a code of @list
 * @FIELD_NUMBER: a whole number; 0 says nothing
 * @FIELD_YES_NO: yes or no, neither on arrival
 * @FIELD_GROUND: one of the exclusions that the case's policy has
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
  FIELD_NUMBER,
  FIELD_YES_NO,
  FIELD_GROUND,
  FIELD_ANSWER,
  FIELD_CONSENT,
  FIELD_ADJUSTMENT,
} FieldKind;

#define N_MAX_SHORT_FIELDS 6

/* Acts on people ask for less than they could hold, or offer what stands in the case.
 * @path: of the value in the act
 * @now: (nullable): the field of the case that it begins with; then only what differs is said */
static const struct
{
  AmendsEventType act;
  struct
  {
    const char *path;
    FieldKind kind;
    const char *list;
    const char *now;
  } fields[N_MAX_SHORT_FIELDS + 1];
} short_forms[] = {
  { AMENDS_EVENT_CONTACT_CHANGED,
    { { "phone", FIELD_LINE, NULL, "complainant.phone" },
      { "email", FIELD_LINE, NULL, "complainant.email" },
      { "home", FIELD_LINE, NULL, "complainant.home" },
      { "preferred_contact", FIELD_CODE, "channel", "complainant.preferred_contact" } } },
  { AMENDS_EVENT_ISSUE_ADDED, { { "what", FIELD_TEXT }, { "outcome_sought", FIELD_TEXT } } },
  { AMENDS_EVENT_CONSENT_GIVEN,
    { { "purpose", FIELD_CODE, "consent-purpose" },
      { "to", FIELD_LINE },
      { "answer", FIELD_ANSWER },
      { "until", FIELD_DAY } } },
  { AMENDS_EVENT_CONSENT_WITHDRAWN, { { "purpose", FIELD_CONSENT } } },
  { AMENDS_EVENT_ADJUSTMENT_ADDED,
    { { "need", FIELD_CODE, "adjustment" }, { "detail", FIELD_LINE } } },
  { AMENDS_EVENT_ADJUSTMENT_ENDED, { { "need", FIELD_ADJUSTMENT } } },
  { AMENDS_EVENT_AUTHORITY_GIVEN,
    { { "name", FIELD_LINE },
      { "relation", FIELD_CODE, "representative-relation" },
      { "relation_detail", FIELD_LINE },
      { "authority.type", FIELD_CODE, "authority" },
      { "authority.until", FIELD_DAY } } },
};

/**
 * Field:
 * @path: (owned): of the value in the act, "decided_by.name"
 * @kind: how it is asked
 * @list: (nullable): the code list
 * @now: (nullable): the field of the case that it begins with
 * @n_max: of a number
 * @is_optional: whether no code can be chosen
 * @row: where it is asked
 * @problem: what is wrong with it
 * @begun: (owned) (nullable): what stood there on arrival
 */
typedef struct
{
  char *path;
  FieldKind kind;
  const char *list;
  const char *now;
  guint n_max;
  gboolean is_optional;
  GtkWidget *row;
  AmendsProblemRow *problem;
  char *begun;
} Field;

struct _AmendsActDialog
{
  AdwWindow parent_instance;

  AmendsSession *session;
  AmendsId id;
  AmendsEventType act;
  GPtrArray *fields; /* element-type Field */
  json_t *offered;   /* (owned): the agreements, adjustments or grounds to choose from, in order */

  AdwWindowTitle *title; /* from the template, as all below */
  GtkLabel *hint_label;
  GtkBox *fields_box;
  GtkLabel *error_label;
  GtkWidget *save_button;
};

G_DEFINE_FINAL_TYPE (AmendsActDialog, amends_act_dialog, ADW_TYPE_WINDOW)

static void
field_free (gpointer data)
{
  Field *field = data;

  g_free (field->path);
  g_free (field->begun);
  g_free (field);
}

static Field *
nth_field (AmendsActDialog *self, guint n)
{
  return g_ptr_array_index (self->fields, n);
}

/* ---------------------------------------------------------------- reading the form */

static const char *
get_choice (const Field *field)
{
  return amends_choice_get_word (g_object_get_data (G_OBJECT (field->row), "choice"));
}

/* The text of a field that has one; "" or %NULL says nothing. */
static char *
dup_text (const Field *field)
{
  switch (field->kind)
    {
    case FIELD_LINE:
      return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (field->row))));
    case FIELD_TEXT:
      return g_strstrip (amends_text_card_dup_text (AMENDS_TEXT_CARD (field->row)));
    case FIELD_DAY:
    case FIELD_TODAY:
      return amends_date_row_dup_text (AMENDS_DATE_ROW (field->row));
    case FIELD_CODE:
      return g_strdup (amends_code_row_get_code (AMENDS_CODE_ROW (field->row)));
    case FIELD_NUMBER:
    case FIELD_YES_NO:
    case FIELD_GROUND:
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
      inner = g_str_equal (outer, "authority") ? json_pack ("{s:b}", "given", 1) : json_object ();
      json_object_set_new (act, outer, inner);
    }
  json_object_set_new (inner, dot + 1, value);
}

static void
collect_answer (const Field *field, json_t *act)
{
  const char *word = get_choice (field);

  json_object_set_new (act, "type",
                       json_string (g_strcmp0 (word, "no") == 0       ? "consent.refused"
                                    : g_strcmp0 (word, "ask-me") == 0 ? "consent.deferred"
                                                                      : "consent.given"));
}

static void
collect_text (const Field *field, json_t *act)
{
  g_autofree char *text = dup_text (field);

  if (field->now != NULL && g_strcmp0 (text, field->begun) == 0)
    return;
  if (text != NULL && *text != '\0')
    set_value (act, field->path, json_string (text));
  else if (field->now != NULL)
    set_value (act, field->path, json_null ());
}

static void
collect_number (const Field *field, json_t *act)
{
  GtkSpinButton *spin = g_object_get_data (G_OBJECT (field->row), "spin");
  int number = gtk_spin_button_get_value_as_int (spin);

  if (number != 0)
    set_value (act, field->path, json_integer (number));
}

static void
collect_field (AmendsActDialog *self, const Field *field, json_t *act)
{
  switch (field->kind)
    {
    case FIELD_NUMBER:
      collect_number (field, act);
      break;
    case FIELD_YES_NO:
      if (get_choice (field) != NULL)
        set_value (act, field->path, json_boolean (g_str_equal (get_choice (field), "yes")));
      break;
    case FIELD_ANSWER:
      collect_answer (field, act);
      break;
    case FIELD_GROUND:
    case FIELD_CONSENT:
    case FIELD_ADJUSTMENT:
      json_object_update (act, json_array_get (self->offered, adw_combo_row_get_selected (
                                                                  ADW_COMBO_ROW (field->row))));
      break;
    case FIELD_LINE:
    case FIELD_TEXT:
    case FIELD_DAY:
    case FIELD_TODAY:
    case FIELD_CODE:
      collect_text (field, act);
      break;
    }
}

static json_t *
collect (AmendsActDialog *self)
{
  json_t *act = json_pack ("{s:s}", "type", amends_event_type_to_string (self->act));

  for (guint n = 0; n < self->fields->len; n++)
    if (gtk_widget_get_visible (nth_field (self, n)->row))
      collect_field (self, nth_field (self, n), act);
  return act;
}

/* ---------------------------------------------------------------- saving */

static void
say_error (AmendsActDialog *self, const char *sentence)
{
  gtk_label_set_text (self->error_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), *sentence != '\0');
}

/* Of what is wrong with a whole, the first part of it is told. */
static Field *
find_field (AmendsActDialog *self, const char *path)
{
  for (guint n = 0; n < self->fields->len; n++)
    {
      Field *field = nth_field (self, n);

      if (g_str_has_prefix (field->path, path)
          && (field->path[strlen (path)] == '\0' || field->path[strlen (path)] == '.'))
        return field;
    }
  return NULL;
}

/* What is wrong with a field that core knows only by its name. */
static const char *
describe_missing (const Field *field)
{
  switch (field->kind)
    {
    case FIELD_DAY:
    case FIELD_TODAY:
      return _ ("This is not a day that can stand here. Write it as 20 Nov 2026.");
    case FIELD_NUMBER:
      return _ ("No number stands here yet. Say how many.");
    case FIELD_YES_NO:
    case FIELD_ANSWER:
      return _ ("Nothing is chosen yet. Choose an answer.");
    case FIELD_CODE:
    case FIELD_GROUND:
    case FIELD_CONSENT:
    case FIELD_ADJUSTMENT:
      return _ ("Nothing is chosen yet. Choose one.");
    case FIELD_LINE:
    case FIELD_TEXT:
      break;
    }
  return _ ("Nothing is written here yet. Write it, in a few words if need be.");
}

static char *
describe_problem (const Field *field, const GError *error)
{
  g_autofree char *sentence = amends_words_problem (error, amends_words_today ());
  gboolean is_of_part = field != NULL && strcmp (field->path, amends_error_get_field (error)) != 0;

  if (field != NULL && g_str_has_prefix (error->message, "“")
      && (is_of_part || g_str_has_prefix (sentence, "“")))
    return g_strdup (describe_missing (field));
  return g_steal_pointer (&sentence);
}

/* Beside its field, with the clauses that say so. */
static void
show_problem (AmendsActDialog *self, const GError *error)
{
  const char *path = amends_error_get_field (error);
  const char *clause = amends_error_get_clause (error);
  Field *field = path != NULL ? find_field (self, path) : NULL;
  g_autofree char *isolated = amends_words_isolate (clause);
  g_autofree char *plain =
      path != NULL ? describe_problem (field, error) : amends_words_error (error);
  g_autofree char *sentence = path != NULL && clause != NULL
                                  ? g_strdup_printf ("%s (%s)", plain, isolated)
                                  : g_strdup (plain);

  if (field == NULL)
    {
      say_error (self, sentence);
      return;
    }
  amends_problem_row_set_text (field->problem, sentence);
  gtk_widget_grab_focus (field->row);
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
  else if (gtk_widget_get_realized (GTK_WIDGET (self))) /* the lock may have taken it away */
    show_problem (self, error);
}

/* Not while it is being saved: what was typed may be needed again. */
static gboolean
close_request (GtkWindow *window)
{
  return !gtk_widget_get_sensitive (GTK_WIDGET (window))
         || GTK_WINDOW_CLASS (amends_act_dialog_parent_class)->close_request (window);
}

/* Whether the answer, where one is asked for, was given. */
static gboolean
check_answer (AmendsActDialog *self)
{
  for (guint n = 0; n < self->fields->len; n++)
    if (nth_field (self, n)->kind == FIELD_ANSWER && get_choice (nth_field (self, n)) == NULL)
      {
        amends_problem_row_set_text (nth_field (self, n)->problem,
                                     _ ("Nothing is chosen yet. Choose what they said."));
        return FALSE;
      }
  return TRUE;
}

static void
save_cb (AmendsActDialog *self)
{
  json_t *act;

  for (guint n = 0; n < self->fields->len; n++)
    amends_problem_row_set_text (nth_field (self, n)->problem, NULL);
  say_error (self, "");
  if (!check_answer (self))
    return;
  act = collect (self);
  if (self->act == AMENDS_EVENT_CONTACT_CHANGED && json_object_size (act) == 1)
    say_error (self, _ ("Nothing is different yet. Change what is not right, or close this."));
  else
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
      amends_session_act_async (self->session, &self->id, act, acted_cb, g_object_ref (self));
    }
  json_decref (act);
}

/* ---------------------------------------------------------------- which fields there are */

static Field *
add_field (AmendsActDialog *self, const char *path, FieldKind kind)
{
  Field *field = g_new0 (Field, 1);

  field->path = g_strdup (path);
  field->kind = kind;
  g_ptr_array_add (self->fields, field);
  return field;
}

/* Whether a person is asked for it in a small form, and how. */
static gboolean
get_kind (const AmendsSchemaField *field, FieldKind *ret_kind)
{
  gboolean is_required = (field->flags & AMENDS_SCHEMA_REQUIRED) != 0;

  switch ((int) field->kind)
    {
    case AMENDS_SCHEMA_TEXT:
      *ret_kind = FIELD_TEXT;
      return TRUE;
    case AMENDS_SCHEMA_LINE:
      *ret_kind = g_str_equal (field->name, "ground") ? FIELD_GROUND : FIELD_LINE;
      return TRUE;
    case AMENDS_SCHEMA_CODE:
      *ret_kind = FIELD_CODE;
      return TRUE;
    case AMENDS_SCHEMA_PAST_DAY:
    case AMENDS_SCHEMA_DAY:
      *ret_kind = is_required ? FIELD_TODAY : FIELD_DAY;
      return TRUE;
    case AMENDS_SCHEMA_BOOLEAN:
    case AMENDS_SCHEMA_BOOLEAN_OR_TEXT:
      *ret_kind = FIELD_YES_NO;
      return TRUE;
    case AMENDS_SCHEMA_INTEGER:
      *ret_kind = FIELD_NUMBER;
      return TRUE;
    default:
      return FALSE;
    }
}

/* Lists and ids are for other places than a small form. */
static void
add_schema (AmendsActDialog *self, const char *prefix, const AmendsSchemaField *schema)
{
  for (; schema->name != NULL; schema++)
    {
      g_autofree char *path = g_strconcat (prefix, schema->name, NULL);
      FieldKind kind;
      Field *field;

      if (schema->kind == AMENDS_SCHEMA_OBJECT)
        {
          g_autofree char *inner = g_strconcat (path, ".", NULL);

          add_schema (self, inner, schema->members);
        }
      if (!get_kind (schema, &kind))
        continue;
      field = add_field (self, path, kind);
      field->list = schema->codes;
      field->n_max = schema->max;
      field->is_optional = (schema->flags & AMENDS_SCHEMA_REQUIRED) == 0 || *prefix != '\0';
    }
}

static void
add_fields (AmendsActDialog *self)
{
  const AmendsSchemaField *schema = amends_intake_get_act_fields (self->act);

  for (guint i = 0; i < G_N_ELEMENTS (short_forms); i++)
    for (guint n = 0; short_forms[i].act == self->act && short_forms[i].fields[n].path != NULL; n++)
      {
        Field *field =
            add_field (self, short_forms[i].fields[n].path, short_forms[i].fields[n].kind);

        field->list = short_forms[i].fields[n].list;
        field->now = short_forms[i].fields[n].now;
        field->is_optional = field->now != NULL;
      }
  if (self->fields->len == 0 && schema != NULL)
    add_schema (self, "", schema);
}

/* ---------------------------------------------------------------- building the form */

/* What the policy of the case may decline, or where none is published the Code. */
static void
add_grounds (AmendsActDialog *self,
             GtkStringList *labels,
             const AmendsCaseFile *file,
             FieldKind kind)
{
  const AmendsRules *rules = &file->dues->rules;
  const AmendsPolicy *policy = rules->policy != NULL ? rules->policy : rules->code;

  for (guint i = 0; kind == FIELD_GROUND && i < amends_policy_get_n_rules (policy); i++)
    {
      const AmendsPolicyRule *rule = amends_policy_get_rule (policy, i);
      const char *text = amends_policy_rule_get (rule, "text");
      g_autofree char *label = NULL;

      if (!g_str_equal (rule->kind, "exclusion"))
        continue;
      label = text != NULL ? g_strdup (text) : amends_policy_words_rule (rule);
      gtk_string_list_append (labels, label);
      json_array_append_new (self->offered, json_pack ("{s:s}", "ground", rule->name));
    }
}

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
  add_grounds (self, labels, file, kind);
  adw_combo_row_set_model (row, G_LIST_MODEL (labels));
}

/* @can_wait: whether “Ask me” is an answer */
static GtkWidget *
make_answer (const char *title, gboolean can_wait)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *choice = amends_choice_new ();

  amends_choice_add (AMENDS_CHOICE (choice), "yes", _ ("Yes"));
  amends_choice_add (AMENDS_CHOICE (choice), "no", _ ("No"));
  if (can_wait)
    amends_choice_add (AMENDS_CHOICE (choice), "ask-me", _ ("Ask me"));
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choice);
  g_object_set_data (G_OBJECT (row), "choice", choice);
  return row;
}

static GtkWidget *
make_number (const Field *field)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (0, field->n_max, 1);

  gtk_editable_set_width_chars (GTK_EDITABLE (spin), NUMBER_WIDTH_CHARS);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  g_object_set_data (G_OBJECT (row), "spin", spin);
  return row;
}

static GtkWidget *
make_line (const Field *field)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ENTRY_ROW, "use-markup", FALSE, "input-hints",
                                 GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_SPELLCHECK, NULL);

  /* Groups of digits would change places in a line from right to left. */
  if (g_str_equal (field->path, "phone"))
    gtk_widget_set_direction (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row))),
                              GTK_TEXT_DIR_LTR);
  return row;
}

static GtkWidget *
make_row (AmendsActDialog *self, const Field *field, const char *title, const AmendsCaseFile *file)
{
  GtkWidget *row = NULL;

  switch (field->kind)
    {
    case FIELD_LINE:
      row = make_line (field);
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
                                field->now != NULL   ? _ ("Not asked yet")
                                : field->is_optional ? _ ("Not said")
                                                     : NULL);
      break;
    case FIELD_NUMBER:
      row = make_number (field);
      break;
    case FIELD_YES_NO:
    case FIELD_ANSWER:
      row = make_answer (title, field->kind == FIELD_ANSWER);
      break;
    case FIELD_GROUND:
    case FIELD_CONSENT:
    case FIELD_ADJUSTMENT:
      row = g_object_new (ADW_TYPE_COMBO_ROW, "use-markup", FALSE, NULL);
      add_offered (self, ADW_COMBO_ROW (row), file, field->kind);
      break;
    case FIELD_TEXT:
      g_assert_not_reached ();
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  return row;
}

static char *
name_field (AmendsActDialog *self, const Field *field)
{
  switch ((int) field->kind)
    {
    case FIELD_ANSWER:
      return g_strdup (_ ("They said"));
    case FIELD_CONSENT:
    case FIELD_ADJUSTMENT:
      return g_strdup (_ ("Which"));
    default:
      return amends_act_words_field (self->act, field->path);
    }
}

static GtkWidget *
make_help (const char *help)
{
  GtkWidget *label = amends_label_new (help, "small", "second", NULL);

  gtk_widget_set_margin_start (label, 3);
  return label;
}

static void
add_text (AmendsActDialog *self, Field *field, const char *title, const char *help)
{
  GtkWidget *label = amends_label_new (title, "heading", NULL);
  GtkWidget *card = amends_text_card_new (title, self->fields->len <= 2 ? 140 : 72);
  GtkWidget *problem = amends_problem_row_new (card);

  gtk_widget_set_margin_top (label, 6);
  gtk_box_append (self->fields_box, label);
  if (help != NULL)
    gtk_box_append (self->fields_box, make_help (help));
  gtk_box_append (self->fields_box, card);
  gtk_box_append (self->fields_box, problem);
  field->row = card;
  field->problem = AMENDS_PROBLEM_ROW (problem);
}

/* A row says what to know of it under its title, where it has room for that. */
static void
add_help (GtkWidget *row, const char *help)
{
  if (help == NULL)
    return;
  if (ADW_IS_ACTION_ROW (row))
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), help);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
    }
  else
    gtk_widget_set_tooltip_text (row, help);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, help,
                                  -1);
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
  for (guint n = 1; n < self->fields->len; n++)
    {
      GtkWidget *row = nth_field (self, n - 1)->row;
      GtkWidget *detail = nth_field (self, n)->row;
      const char *path = nth_field (self, n)->path;

      if (!AMENDS_IS_CODE_ROW (row)
          || !(g_str_has_suffix (path, "_detail") || g_str_equal (path, "detail")))
        continue;
      g_signal_connect_object (row, "notify::selected", G_CALLBACK (needs_detail_cb), detail, 0);
      needs_detail_cb (AMENDS_CODE_ROW (row), NULL, detail);
    }
}

static void
load_now (Field *field, const AmendsCaseFile *file)
{
  const char *text = field->now != NULL ? amends_case_get_text (file->complaint, field->now) : NULL;

  if (field->now == NULL)
    return;
  if (field->kind == FIELD_CODE)
    amends_code_row_set_code (AMENDS_CODE_ROW (field->row), text);
  else
    gtk_editable_set_text (GTK_EDITABLE (field->row), text != NULL ? text : "");
  field->begun = dup_text (field);
}

static GtkWidget *
add_list (AmendsActDialog *self)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_box_append (self->fields_box, list);
  return list;
}

static void
build (AmendsActDialog *self, const AmendsCaseFile *file)
{
  GtkWidget *list = NULL;

  for (guint n = 0; n < self->fields->len; n++)
    {
      Field *field = nth_field (self, n);
      g_autofree char *title = name_field (self, field);
      const char *help = amends_act_words_help (self->act, field->path);

      if (field->kind == FIELD_TEXT)
        {
          add_text (self, field, title, help);
          list = NULL;
          continue;
        }
      if (list == NULL)
        list = add_list (self);
      field->row = make_row (self, field, title, file);
      field->problem = AMENDS_PROBLEM_ROW (amends_problem_row_new (field->row));
      gtk_list_box_append (GTK_LIST_BOX (list), field->row);
      gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (field->problem));
      add_help (field->row, help);
      load_now (field, file);
    }
  join_details (self);
}

static void
amends_act_dialog_finalize (GObject *object)
{
  AmendsActDialog *self = AMENDS_ACT_DIALOG (object);

  g_ptr_array_unref (self->fields);
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
  GTK_WINDOW_CLASS (klass)->close_request = close_request;
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

  self->fields = g_ptr_array_new_with_free_func (field_free);
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
 * @act: the type of its event, which has words
 * @parent: the window it belongs to
 *
 * Returns: a window that closes itself once the act is saved
 */
GtkWidget *
amends_act_dialog_new (AmendsSession *session,
                       const AmendsCaseFile *file,
                       AmendsEventType act,
                       GtkWindow *parent)
{
  const AmendsActWords *words = amends_act_words_find (act);
  g_autofree char *reference = amends_words_isolate (file->reference);
  AmendsActDialog *self;

  g_return_val_if_fail (words != NULL, NULL);

  self = g_object_new (AMENDS_TYPE_ACT_DIALOG, "transient-for", parent, "modal", TRUE, NULL);

  self->session = g_object_ref (session);
  amends_case_get_id (file->complaint, &self->id);
  self->act = act;
  gtk_window_set_title (GTK_WINDOW (self), _ (words->title));
  gtk_window_set_default_size (GTK_WINDOW (self),
                               MIN (DIALOG_WIDTH, gtk_widget_get_width (GTK_WIDGET (parent))), -1);
  adw_window_title_set_title (self->title, _ (words->title));
  adw_window_title_set_subtitle (self->title, reference);
  gtk_label_set_text (self->hint_label, _ (words->hint));
  add_fields (self);
  build (self, file);
  if (self->fields->len > 0)
    gtk_widget_grab_focus (nth_field (self, 0)->row);
  return GTK_WIDGET (self);
}
