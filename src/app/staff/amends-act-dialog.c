/* amends-act-dialog.c: the small form of one act on a case
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether what stands in its fields can be taken is the business of the store, which says which field it
 * refuses. */

#include "config.h"

#include "app/staff/amends-act-dialog.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-act-words.h"
#include "app/amends-policy-words.h"
#include "app/amends-words.h"
#include "app/staff/amends-act-dates.h"
#include "app/staff/amends-act-field.h"
#include "app/staff/amends-act-form.h"
#include "app/staff/amends-act-right.h"
#include "app/staff/amends-act-suggest.h"
#include "app/staff/amends-keeper.h"
#include "app/staff/amends-letter-box.h"
#include "app/staff/amends-letter-sheet.h"
#include "app/staff/amends-offers.h"
#include "app/widgets/amends-code-row.h"
#include "app/widgets/amends-date-row.h"
#include "app/widgets/amends-label.h"
#include "app/widgets/amends-lock-key.h"
#include "app/widgets/amends-problem-row.h"
#include "app/widgets/amends-text-card.h"
#include "app/widgets/amends-typing.h"
#include "core/amends-error.h"

/* What stands in the form is compared with what is kept so often. */
#define LOOK_INTERVAL_MS 500

/* Pixels; less on a narrow screen. */
#define DIALOG_WIDTH 460

struct _AmendsActDialog
{
  AdwWindow parent_instance;

  AmendsSession *session;
  AmendsId id;
  AmendsId *seen; /* (owned) (array length=n_seen): the heads of the case that the form is about */
  guint n_seen;
  AmendsEventType act;
  GPtrArray *fields;    /* element-type AmendsActField */
  char *scheme;         /* (nullable) */
  AmendsDues *dues;     /* (owned) */
  AmendsKeeper *keeper; /* (nullable) (owned): %NULL once it is closed */
  json_t *known;        /* (owned): what of it was known by where it was begun, as drafts keep it */
  json_t *begun;        /* (owned): the form as nobody has touched it yet */
  gint64 draft;         /* which draft goes on; 0: the newest that is of the same */
  json_t *looked;       /* (owned): the form when it was looked at last */
  guint look_source;
  gboolean is_begun;  /* it is known what was kept of it before */
  gboolean is_saving; /* nothing can be typed meanwhile */
  char *told; /* (nullable): the sentence that says what is left out if it is saved as it is */

  AdwWindowTitle *title; /* from the template, as all below */
  GtkLabel *hint_label;
  GtkBox *notes_box;
  GtkBox *fields_box;
  GtkLabel *error_label;
  GtkWidget *draft_box;
  GtkLabel *draft_label;
  GtkWidget *save_button;
};

G_DEFINE_FINAL_TYPE (AmendsActDialog, amends_act_dialog, ADW_TYPE_WINDOW)

static AmendsActField *
nth_field (AmendsActDialog *self, guint n)
{
  return g_ptr_array_index (self->fields, n);
}

/* ---------------------------------------------------------------- reading the form */

static json_t *
collect (AmendsActDialog *self)
{
  json_t *act = json_pack ("{s:s}", "type", amends_event_type_to_string (self->act));

  for (guint n = 0; n < self->fields->len; n++)
    if (gtk_widget_get_visible (nth_field (self, n)->row))
      amends_act_field_collect (nth_field (self, n), act);
  return act;
}

/* ---------------------------------------------------------------- drafts */

static json_t *
save_form (AmendsActDialog *self)
{
  json_t *form = json_object ();

  for (guint n = 0; n < self->fields->len; n++)
    if (gtk_widget_get_visible (nth_field (self, n)->row))
      json_object_set_new (form, nth_field (self, n)->path,
                           amends_act_field_save (nth_field (self, n)));
  return form;
}

static json_t *
collect_cb (gpointer user_data)
{
  AmendsActDialog *self = user_data;

  return amends_draft_pack_act (&self->id, self->scheme, self->act, save_form (self));
}

static void
said_cb (const char *sentence, gboolean is_error, gpointer user_data)
{
  AmendsActDialog *self = user_data;

  gtk_label_set_text (self->draft_label, sentence);
  gtk_widget_set_visible (self->draft_box, TRUE);
}

/* The fields are of many sorts: what stands in them is looked at, instead of listening to each. */
static void
look (AmendsActDialog *self)
{
  json_t *form;

  if (!self->is_begun || self->keeper == NULL || self->is_saving)
    return;
  form = save_form (self);
  if (!json_equal (form, self->looked))
    amends_keeper_touch (self->keeper);
  json_decref (self->looked);
  self->looked = form;
}

static gboolean
look_cb (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_CONTINUE;
}

static void
keep_cb (AmendsActDialog *self)
{
  look (self);
}

/* What was begun of somebody, or of something, is not taken for what was clicked by now. What is not said yet may
 * be. */
static gboolean
is_of_the_same (AmendsActDialog *self, const AmendsDraft *draft)
{
  const json_t *form = json_object_get (draft->intake, "form");
  const char *path;
  json_t *value;

  json_object_foreach (self->known, path, value)
    {
      const json_t *kept = json_object_get (form, path);
      const char *text = json_string_value (kept);

      if (kept != NULL && !json_is_null (kept) && g_strcmp0 (text, "") != 0
          && !json_equal (kept, value))
        return FALSE;
    }
  return TRUE;
}

/* The draft of this act on this case, the newest if there are several. */
static const AmendsDraft *
find_draft (AmendsActDialog *self, const GPtrArray *drafts)
{
  for (guint i = 0; drafts != NULL && i < drafts->len; i++)
    {
      const AmendsDraft *draft = g_ptr_array_index (drafts, i);
      AmendsEventType act;
      AmendsId id;

      if (amends_draft_get_act (draft->intake, &id, &act) != NULL && act == self->act
          && amends_id_equal (&id, &self->id)
          && (self->draft != 0 ? draft->draft == self->draft : is_of_the_same (self, draft)))
        return draft;
    }
  return NULL;
}

static void
load_draft (AmendsActDialog *self, const AmendsDraft *draft)
{
  const json_t *form = json_object_get (draft->intake, "form");
  g_autofree char *time = amends_words_instant (draft->changed_at);
  g_autofree char *sentence = g_strdup_printf (_ ("This was kept at %s. Go on with it."), time);

  /* Texts last: whoever is chosen changes them. */
  for (int is_text = FALSE; is_text <= TRUE; is_text++)
    for (guint n = 0; n < self->fields->len; n++)
      if (AMENDS_IS_TEXT_CARD (nth_field (self, n)->row) == is_text
          && gtk_widget_get_visible (nth_field (self, n)->row))
        amends_act_field_load (nth_field (self, n),
                               json_object_get (form, nth_field (self, n)->path));
  said_cb (sentence, FALSE, self);
}

/* What somebody began before goes on, unless they were quicker than the store. */
static void
drafts_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsActDialog) self = user_data;
  g_autoptr (GPtrArray) drafts =
      amends_session_list_drafts_finish (AMENDS_SESSION (source), result, NULL);
  const AmendsDraft *draft = find_draft (self, drafts);
  json_t *form;

  if (self->keeper == NULL)
    return; /* closed meanwhile */
  amends_keeper_begin (self->keeper, draft != NULL ? draft->draft : 0);
  form = save_form (self);
  if (draft != NULL && json_equal (form, self->begun))
    {
      json_decref (form);
      load_draft (self, draft);
      form = save_form (self);
    }
  json_decref (self->looked);
  self->looked = json_incref (self->begun);
  self->is_begun = TRUE;
  if (draft == NULL)
    look (self);
  else
    {
      json_decref (self->looked);
      self->looked = json_incref (form);
    }
  json_decref (form);
}

/* Whoever comes back finds it on the plan of the day. */
static void
tell_window (AmendsActDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.draft-kept", NULL);
}

static void
stop_keeping (AmendsActDialog *self)
{
  g_clear_handle_id (&self->look_source, g_source_remove);
  if (self->keeper != NULL)
    amends_keeper_end (self->keeper);
  g_clear_object (&self->keeper);
}

static void
throw_cb (AmendsActDialog *self)
{
  if (self->is_saving)
    return;
  look (self);
  amends_keeper_flush (self->keeper);
  amends_session_throw_draft (self->session, amends_keeper_get_kept (self->keeper));
  stop_keeping (self);
  gtk_window_close (GTK_WINDOW (self));
}

/* What is typed is kept, as on every page, and nothing of it stays in front of the lock. */
static void
state_cb (AmendsActDialog *self)
{
  if (amends_session_get_state (self->session) == AMENDS_SESSION_OPEN)
    return;
  stop_keeping (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* ---------------------------------------------------------------- saving */

static void
say_error (AmendsActDialog *self, const char *sentence)
{
  gtk_label_set_text (self->error_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), *sentence != '\0');
}

/* What is wrong with a field that core knows only by its name. */
static const char *
describe_missing (const AmendsActField *field)
{
  switch (field->kind)
    {
    case AMENDS_ACT_FIELD_DAY:
    case AMENDS_ACT_FIELD_TODAY:
      return _ ("This is not a day that can stand here. Write it as 20 Nov 2026.");
    case AMENDS_ACT_FIELD_NUMBER:
      return _ ("No number stands here yet. Say how many.");
    case AMENDS_ACT_FIELD_YES_NO:
    case AMENDS_ACT_FIELD_YES_MORE:
    case AMENDS_ACT_FIELD_ANSWER:
      return _ ("Nothing is chosen yet. Choose an answer.");
    case AMENDS_ACT_FIELD_CODE:
    case AMENDS_ACT_FIELD_CODES:
    case AMENDS_ACT_FIELD_GROUND:
    case AMENDS_ACT_FIELD_CONSENT:
    case AMENDS_ACT_FIELD_ADJUSTMENT:
    case AMENDS_ACT_FIELD_ISSUE:
    case AMENDS_ACT_FIELD_WRITTEN:
    case AMENDS_ACT_FIELD_CORRECTION:
    case AMENDS_ACT_FIELD_STAGE:
    case AMENDS_ACT_FIELD_FINDING:
    case AMENDS_ACT_FIELD_ONE_ISSUE:
    case AMENDS_ACT_FIELD_PART:
    case AMENDS_ACT_FIELD_HAZARD:
    case AMENDS_ACT_FIELD_SCHEME:
    case AMENDS_ACT_FIELD_COMPLAINANT:
      return _ ("Nothing is chosen yet. Choose one.");
    case AMENDS_ACT_FIELD_MONEY:
      return _ ("This is no sum that can stand here. Write it as 250.00.");
    case AMENDS_ACT_FIELD_LINE:
    case AMENDS_ACT_FIELD_NOW:
    case AMENDS_ACT_FIELD_TIME:
    case AMENDS_ACT_FIELD_TEXT:
    case AMENDS_ACT_FIELD_PEOPLE:
    case AMENDS_ACT_FIELD_LINES:
      break;
    }
  return _ ("Nothing is written here yet. Write it, in a few words if need be.");
}

static char *
describe_problem (const AmendsActField *field, const GError *error)
{
  g_autofree char *sentence = amends_words_problem (error, amends_words_today ());
  gboolean is_of_part = field != NULL && strcmp (field->path, amends_error_get_field (error)) != 0;

  if (field != NULL && g_str_has_prefix (error->message, "“")
      && (is_of_part || field->kind == AMENDS_ACT_FIELD_CODE || g_str_has_prefix (sentence, "“")))
    return g_strdup (describe_missing (field));
  return g_steal_pointer (&sentence);
}

/* Beside its field, with the clauses that say so. */
static void
show_problem (AmendsActDialog *self, const GError *error)
{
  const char *path = amends_error_get_field (error);
  const char *clause = amends_error_get_clause (error);
  AmendsActField *field = path != NULL ? amends_act_field_find (self->fields, path, TRUE) : NULL;
  g_autofree char *isolated = amends_policy_words_cite (self->dues->rules.code, clause);
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

/* Of a correction the dates before and after are shown, and of what others crossed that they did, until the person
 * has read it. */
static gboolean
show_warnings (AmendsActDialog *self, const AmendsOutcome *outcome)
{
  g_autoptr (GString) text = g_string_new (_ ("Saved."));

  if ((!outcome->is_apart && self->act != AMENDS_EVENT_CASE_CORRECTED
       && self->act != AMENDS_EVENT_CASE_CORRECTION_ANSWERED)
      || outcome->warnings->len == 0)
    return FALSE;
  for (guint i = 0; i < outcome->warnings->len; i++)
    {
      g_autofree char *warning = amends_words_sentence (g_ptr_array_index (outcome->warnings, i));

      g_string_append_printf (text, "\n%s", warning);
    }
  say_error (self, text->str);
  gtk_widget_set_sensitive (GTK_WIDGET (self->fields_box), FALSE);
  gtk_widget_set_visible (self->save_button, FALSE);
  return TRUE;
}

/* Nobody types what is not saved with the rest, and the keyboard keeps its place: a form that is grey has none. */
static void
set_saving (AmendsActDialog *self, gboolean is_saving)
{
  self->is_saving = is_saving;
  if (gtk_widget_get_realized (GTK_WIDGET (self))) /* the lock may have taken it away */
    {
      amends_typing_hold (GTK_WIDGET (self->fields_box), is_saving);
      gtk_widget_set_can_target (GTK_WIDGET (self->fields_box), !is_saving);
    }
  if (self->keeper == NULL)
    return;
  if (is_saving)
    amends_keeper_pause (self->keeper);
  else
    amends_keeper_resume (self->keeper);
}

static gboolean
key_cb (AmendsActDialog *self)
{
  return self->is_saving ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsActDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome =
      amends_session_act_finish (AMENDS_SESSION (source), result, &error);

  if (outcome != NULL)
    stop_keeping (self);
  set_saving (self, FALSE);
  if (outcome != NULL
      && (!gtk_widget_get_realized (GTK_WIDGET (self)) || !show_warnings (self, outcome)))
    gtk_window_close (GTK_WINDOW (self));
  else if (outcome != NULL)
    return;
  else if (gtk_widget_get_realized (GTK_WIDGET (self)))
    show_problem (self, error);
}

/* Not while it is being saved: what was typed may be needed again. Closed, it is kept. */
static gboolean
close_request (GtkWindow *window)
{
  AmendsActDialog *self = AMENDS_ACT_DIALOG (window);

  if (self->is_saving)
    return TRUE;
  if (self->keeper != NULL && self->is_begun)
    {
      look (self);
      amends_keeper_flush (self->keeper);
      if (!json_equal (self->looked, self->begun))
        tell_window (self);
      else if (amends_keeper_get_kept (self->keeper) != NULL)
        amends_session_delete_draft (self->session, amends_keeper_get_kept (self->keeper));
    }
  stop_keeping (self);
  return GTK_WINDOW_CLASS (amends_act_dialog_parent_class)->close_request (window);
}

/* Whether the answer, where one is asked for, was given. */
static gboolean
check_answer (AmendsActDialog *self)
{
  for (guint n = 0; n < self->fields->len; n++)
    if (nth_field (self, n)->kind == AMENDS_ACT_FIELD_ANSWER
        && amends_act_field_get_choice (nth_field (self, n)) == NULL)
      {
        amends_problem_row_set_text (nth_field (self, n)->problem,
                                     _ ("Nothing is chosen yet. Choose what they said."));
        return FALSE;
      }
  return TRUE;
}

/* Of several the one who is chosen is saved; whoever does is told once what that leaves out, and anew where that is
 * what was typed for another by now. */
static gboolean
check_left_out (AmendsActDialog *self)
{
  g_autofree char *sentence = amends_act_form_dup_left_out (self->fields);
  gboolean is_told = sentence == NULL || g_strcmp0 (sentence, self->told) == 0;

  if (!is_told)
    say_error (self, sentence);
  g_free (self->told);
  self->told = g_steal_pointer (&sentence);
  return is_told;
}

static void
save_cb (AmendsActDialog *self)
{
  json_t *act;

  if (self->is_saving)
    return;
  for (guint n = 0; n < self->fields->len; n++)
    amends_problem_row_set_text (nth_field (self, n)->problem, NULL);
  say_error (self, "");
  if (!check_answer (self) || !check_left_out (self))
    return;
  act = collect (self);
  if ((self->act == AMENDS_EVENT_CONTACT_CHANGED || self->act == AMENDS_EVENT_PERSON_PREFERENCE)
      && json_object_size (act) == (json_object_get (act, "who") != NULL ? 2 : 1))
    say_error (self, _ ("Nothing is different yet. Change what is not right, or close this."));
  else
    {
      look (self);
      set_saving (self, TRUE);
      amends_session_act_async (self->session, &self->id, self->seen, self->n_seen, act,
                                self->keeper != NULL ? amends_keeper_get_kept (self->keeper) : NULL,
                                acted_cb, g_object_ref (self));
    }
  json_decref (act);
}

/* ---------------------------------------------------------------- building the form */

static GtkWidget *
make_help (const char *help)
{
  GtkWidget *label = amends_label_new (help, "small", "second", NULL);

  gtk_widget_set_margin_start (label, 3);
  return label;
}

static void
add_text (AmendsActDialog *self, AmendsActField *field, const char *title, const char *help)
{
  GtkWidget *label = amends_label_new (title, "heading", NULL);
  GtkWidget *card = amends_text_card_new (title, self->fields->len <= 2 ? 140 : 72);
  GtkWidget *problem = amends_problem_row_new (card);

  gtk_widget_set_margin_top (label, 6);
  g_object_bind_property (card, "visible", label, "visible", G_BINDING_SYNC_CREATE);
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

/* The time of now, as long as the day is today. */
static void
load_time (AmendsActDialog *self, AmendsActField *field)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%H:%M");
  const AmendsActField *day = amends_act_field_find (self->fields, "on", TRUE);

  gtk_editable_set_text (GTK_EDITABLE (field->row), time);
  if (day != NULL)
    amends_date_row_set_time (AMENDS_DATE_ROW (day->row), GTK_EDITABLE (field->row));
}

/* What is most likely stands there, to be changed where it is not so. */
static void
load_given (AmendsActDialog *self, AmendsActField *field, const AmendsCaseFile *file)
{
  const char *text =
      field->given != NULL ? amends_case_get_text (file->complaint, field->given) : NULL;

  if (field->kind == AMENDS_ACT_FIELD_NOW)
    load_time (self, field);
  else if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (field->row), text);
}

static void
load_now (AmendsActField *field, const AmendsCaseFile *file)
{
  const char *text = field->now != NULL ? amends_case_get_text (file->complaint, field->now) : NULL;

  if (field->now == NULL)
    return;
  if (field->kind == AMENDS_ACT_FIELD_CODE)
    amends_code_row_set_code (AMENDS_CODE_ROW (field->row), text);
  else
    gtk_editable_set_text (GTK_EDITABLE (field->row), text != NULL ? text : "");
  field->begun = amends_act_field_dup_text (field);
}

/* Each on a line of its own, as it stands. */
static void
load_lines (AmendsActField *field, const AmendsCaseFile *file)
{
  const json_t *list =
      field->now != NULL ? amends_act_form_find_now (field, file->complaint) : NULL;
  g_autofree char *text = amends_act_form_join_texts (list);

  if (*text == '\0')
    return;
  amends_text_card_set_text (AMENDS_TEXT_CARD (field->row), text);
  field->begun = amends_act_field_dup_text (field);
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

/* Whoever drafts a letter sees first what it must hold. */
static void
add_letter (AmendsActDialog *self, const AmendsCaseFile *file)
{
  AmendsLetterKind kind;

  if (amends_letter_sheet_is_for (self->act, &kind))
    gtk_box_prepend (self->fields_box,
                     amends_letter_box_new (self->session, file, kind, self->fields));
}

static void
add_note (AmendsActDialog *self, const char *warning)
{
  g_autofree char *sentence = amends_words_sentence (warning);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *image = gtk_image_new_from_icon_name ("dialog-information-symbolic");

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_add_css_class (image, "accent");
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), amends_label_new (sentence, "small", NULL));
  gtk_box_append (self->notes_box, line);
  gtk_widget_set_visible (GTK_WIDGET (self->notes_box), TRUE);
}

/* What whoever does it should know before they write: it is taken all the same. */
static void
add_notes (AmendsActDialog *self, const AmendsCaseFile *file)
{
  for (guint i = 0; i < file->answers->len; i++)
    {
      const AmendsActAnswer *answer = g_ptr_array_index (file->answers, i);

      for (guint n = 0; answer->type == self->act && n < answer->warnings->len; n++)
        add_note (self, g_ptr_array_index (answer->warnings, n));
    }
}

static void
build (AmendsActDialog *self, const AmendsCaseFile *file)
{
  GtkWidget *list = NULL;

  for (guint n = 0; n < self->fields->len; n++)
    {
      AmendsActField *field = nth_field (self, n);
      g_autofree char *title = amends_act_form_dup_title (self->act, field);
      const char *help = amends_act_words_help (self->act, field->path);

      if (field->kind == AMENDS_ACT_FIELD_TEXT || field->kind == AMENDS_ACT_FIELD_PEOPLE
          || field->kind == AMENDS_ACT_FIELD_LINES)
        {
          add_text (self, field, title, help);
          load_lines (field, file);
          if (field->kind == AMENDS_ACT_FIELD_PEOPLE && amends_act_form_is_colleague (field))
            amends_act_suggest_colleagues (field, GTK_LIST_BOX (add_list (self)), file);
          list = NULL;
          continue;
        }
      if (list == NULL)
        list = add_list (self);
      field->row = amends_act_field_make_row (field, self->act, title, file);
      field->problem = AMENDS_PROBLEM_ROW (amends_problem_row_new (field->row));
      gtk_list_box_append (GTK_LIST_BOX (list), field->row);
      gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (field->problem));
      add_help (field->row, help);
      amends_act_suggest_colleagues (field, NULL, file);
      load_given (self, field, file);
      load_now (field, file);
    }
  amends_act_form_join_lines (self->fields, file->complaint);
  join_details (self);
  add_letter (self, file);
  amends_act_right_follow (self->fields, file->complaint);
  amends_act_dates_follow (self->fields, file);
  amends_act_suggest_homes (self->fields, self->session, file->complaint);
}

static void
amends_act_dialog_dispose (GObject *object)
{
  stop_keeping (AMENDS_ACT_DIALOG (object));
  G_OBJECT_CLASS (amends_act_dialog_parent_class)->dispose (object);
}

static void
amends_act_dialog_finalize (GObject *object)
{
  AmendsActDialog *self = AMENDS_ACT_DIALOG (object);

  json_decref (self->known);
  json_decref (self->begun);
  json_decref (self->looked);
  g_free (self->scheme);
  g_free (self->told);
  g_clear_pointer (&self->dues, amends_dues_unref);
  g_clear_pointer (&self->seen, g_free);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
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

  G_OBJECT_CLASS (klass)->dispose = amends_act_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = amends_act_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = close_request;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-act-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsActDialog, title);
  gtk_widget_class_bind_template_child (widget_class, AmendsActDialog, hint_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsActDialog, notes_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsActDialog, fields_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsActDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsActDialog, draft_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsActDialog, draft_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsActDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, throw_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  amends_lock_key_install (widget_class);
}

static void
amends_act_dialog_init (AmendsActDialog *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Primary>Return|<Primary>KP_Enter"),
                        gtk_callback_action_new (save_shortcut_cb, NULL, NULL)));
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->fields_box), keys);
}

static void
begin_with (AmendsActDialog *self, const json_t *beginning)
{
  self->known = json_object ();
  for (guint n = 0; beginning != NULL && n < self->fields->len; n++)
    if (amends_act_field_begin (nth_field (self, n), beginning))
      json_object_set_new (self->known, nth_field (self, n)->path,
                           amends_act_field_save (nth_field (self, n)));
}

static void
begin_keeping (AmendsActDialog *self, const AmendsCase *complaint)
{
  self->scheme = g_strdup (amends_case_get_text (complaint, "scheme"));
  self->begun = save_form (self);
  self->looked = json_incref (self->begun);
  self->keeper = amends_keeper_new (self->session, collect_cb, said_cb, self);
  self->look_source = g_timeout_add (LOOK_INTERVAL_MS, look_cb, self);
  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  amends_session_list_drafts_async (self->session, NULL, drafts_cb, g_object_ref (self));
}

/**
 * amends_act_dialog_new:
 * @session: where the act is done
 * @file: the case as it stands
 * @act: the type of its event, which has words
 * @beginning: (nullable): what is known of it by where it was begun, by the paths of its fields
 * @parent: the window it belongs to
 *
 * Returns: a window that closes itself once the act is saved
 */
GtkWidget *
amends_act_dialog_new (AmendsSession *session,
                       const AmendsCaseFile *file,
                       AmendsEventType act,
                       const json_t *beginning,
                       GtkWindow *parent)
{
  const AmendsActWords *words = amends_act_words_find (act);
  g_autofree char *reference = amends_words_isolate (file->reference);
  AmendsActDialog *self;

  g_return_val_if_fail (words != NULL, NULL);

  self = g_object_new (AMENDS_TYPE_ACT_DIALOG, "transient-for", parent, "modal", TRUE,
                       "destroy-with-parent", TRUE, NULL);

  self->session = g_object_ref (session);
  amends_case_get_id (file->complaint, &self->id);
  self->seen = amends_case_get_heads (file->complaint, &self->n_seen);
  self->act = act;
  self->dues = amends_dues_ref (file->dues);
  gtk_window_set_title (GTK_WINDOW (self), _ (words->title));
  gtk_window_set_default_size (GTK_WINDOW (self),
                               MIN (DIALOG_WIDTH, gtk_widget_get_width (GTK_WIDGET (parent))), -1);
  adw_window_title_set_title (self->title, _ (words->title));
  adw_window_title_set_subtitle (self->title, reference);
  gtk_label_set_text (self->hint_label, _ (words->hint));
  add_notes (self, file);
  self->fields = amends_act_form_list_fields (act, file->complaint);
  build (self, file);
  begin_with (self, beginning);
  g_signal_connect_object (session, "keep", G_CALLBACK (keep_cb), self, G_CONNECT_SWAPPED);
  begin_keeping (self, file->complaint);
  if (self->fields->len > 0)
    gtk_widget_grab_focus (nth_field (self, 0)->row);
  return GTK_WIDGET (self);
}

/**
 * amends_act_dialog_go_on:
 * @draft: one of this act on this case, that goes on in the form; 0 for the newest
 *
 * Before the form is shown.
 */
void
amends_act_dialog_go_on (AmendsActDialog *self, gint64 draft)
{
  g_return_if_fail (AMENDS_IS_ACT_DIALOG (self));

  self->draft = draft;
}
