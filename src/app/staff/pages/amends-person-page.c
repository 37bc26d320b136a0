/* amends-person-page.c: who complains: how to treat them rightly, and what may be said to whom
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It is read before somebody rings or writes. What is recorded from here is an act on the case, in the form that
 * it has everywhere. What they told us of a disability stands apart: it is shown when somebody asks for it, and
 * goes again by itself. */

#include "config.h"

#include "app/staff/pages/amends-person-page.h"

#include <glib/gi18n.h>

#include "app/amends-act-words.h"
#include "app/amends-ledger-words.h"
#include "app/amends-words.h"
#include "app/staff/amends-act-dialog.h"
#include "app/staff/amends-adjustment-list.h"
#include "app/staff/amends-ledger-list.h"
#include "app/staff/amends-people-list.h"
#include "app/widgets/amends-columns.h"
#include "app/widgets/amends-label.h"
#include "app/widgets/amends-person-avatar.h"

/* So long what was told in confidence stands on the screen. */
#define APART_SHOWN_S 60

struct _AmendsPersonPage
{
  AdwBin parent_instance;

  AmendsSession *session;    /* (nullable) (owned) */
  AmendsId id;               /* the case; number 0: none is open */
  AmendsCaseFile *file;      /* (nullable) (owned): what is shown */
  GCancellable *cancellable; /* (nullable) (owned): of what is being read */
  guint apart_source;        /* hides again what was told in confidence */
  gboolean is_apart_shown;
  GtkWidget *apart_button; /* (nullable): shows it, or hides it again */

  AmendsLedgerList *authority_list;
  AmendsLedgerList *consent_list;

  AdwWindowTitle *title; /* from the template, as all below */
  GtkScrolledWindow *scroller;
  AdwBin *avatar_bin;
  GtkLabel *name_label;
  GtkLabel *facts_label;
  GtkWidget *safe_card;
  GtkLabel *safe_label;
  AmendsAdjustmentList *adjustment_list;
  GtkListBox *apart_list;
  GtkListBox *said_list;
  GtkListBox *told_list;
  AdwBin *authority_bin;
  AdwBin *consent_bin;
  GtkWidget *cases_box;
  GtkListBox *cases_list;
};

G_DEFINE_FINAL_TYPE (AmendsPersonPage, amends_person_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
text_of (AmendsPersonPage *self, const char *field)
{
  const char *text = amends_case_get_text (self->file->complaint, field);

  return text != NULL ? text : "";
}

/* ---------------------------------------------------------------- who they are */

static char *
describe_facts (AmendsPersonPage *self)
{
  const char *detail = text_of (self, "complainant.relation_detail");
  const char *relation =
      amends_words_code ("complainant-relation",
                         amends_case_get_text (self->file->complaint, "complainant.relation"));
  const char *preferred =
      amends_words_code ("channel", amends_case_get_text (self->file->complaint,
                                                          "complainant.preferred_contact"));
  g_autofree char *prefers = *preferred != '\0'
                                 ? g_strdup_printf (_ ("prefers to hear by: %s"), preferred)
                                 : g_strdup ("");
  g_autofree char *phone = amends_words_isolate (text_of (self, "complainant.phone"));
  g_autofree char *email = amends_words_isolate (text_of (self, "complainant.email"));

  return amends_words_join (" · ", *detail != '\0' ? detail : relation,
                            text_of (self, "complainant.language"), phone, email, prefers, NULL);
}

static void
show_person (AmendsPersonPage *self)
{
  const char *name = text_of (self, "complainant.name");
  g_autofree char *home = amends_words_isolate (text_of (self, "complainant.home"));
  g_autofree char *facts = describe_facts (self);

  adw_window_title_set_subtitle (self->title, home);
  adw_bin_set_child (self->avatar_bin, amends_person_avatar_new (name, 56));
  gtk_label_set_text (self->name_label, *name != '\0' ? name : _ ("Anonymous"));
  gtk_label_set_text (self->facts_label, facts);
  gtk_widget_set_visible (GTK_WIDGET (self->facts_label), *facts != '\0');
}

/* Before any number can be rung. */
static void
show_safe_contact (AmendsPersonPage *self)
{
  const AmendsCase *complaint = self->file->complaint;
  const AmendsField *safe =
      amends_fields_get (amends_case_get_fields (complaint), "complainant.safe_contact");
  g_autofree char *text =
      amends_people_list_describe_safe_contact (amends_case_get_value (complaint,
                                                                       "complainant.safe_contact"),
                                                safe != NULL && amends_field_is_in_conflict (safe));

  gtk_label_set_text (self->safe_label, text);
  gtk_widget_set_visible (self->safe_card, *text != '\0');
}

/* ---------------------------------------------------------------- what was told in confidence */

static GtkWidget *
add_row (GtkListBox *list,
         const char *icon,
         const char *icon_class,
         const char *title,
         const char *subtitle)
{
  GtkWidget *row = amends_row_new (title, subtitle);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  gtk_widget_add_css_class (image, icon_class);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  gtk_list_box_append (list, row);
  return row;
}

/* Returns: whether it says what they told us */
static gboolean
add_disability (AmendsPersonPage *self, const json_t *told, gboolean is_shown)
{
  const char *what = json_string_value (json_object_get (told, "what"));
  const char *purpose = json_string_value (json_object_get (told, "purpose"));
  g_autofree char *kept = g_strdup_printf (_ ("Kept for: %s"), purpose != NULL ? purpose : "");

  if (what != NULL && is_shown)
    add_row (self->apart_list, "preferences-desktop-accessibility-symbolic", "dim-label", what,
             purpose != NULL ? kept : "");
  return what != NULL;
}

/* What came with the record, and what they told us since. */
static guint
list_disabilities (AmendsPersonPage *self, gboolean is_shown)
{
  const AmendsCase *complaint = self->file->complaint;
  guint n_told = 0;
  gsize i;
  json_t *told;

  json_array_foreach ((json_t *) amends_case_get_value (complaint, "disabilities_disclosed"), i,
                      told)
    n_told += add_disability (self, told, is_shown) ? 1 : 0;
  for (guint place = 0; place < amends_case_get_n_history (complaint); place++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, place);

      if (entry->type == AMENDS_EVENT_PERSON_DISABILITY_DISCLOSED)
        n_told += add_disability (self, entry->body, is_shown) ? 1 : 0;
    }
  return n_told;
}

/* Of each who was looked at, what was found last stands above what was found before. */
static void
list_capacity (AmendsPersonPage *self)
{
  for (guint i = amends_case_get_n_history (self->file->complaint); i > 0; i--)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self->file->complaint, i - 1);
      const char *ground = json_string_value (json_object_get (entry->body, "ground"));
      g_autofree char *day = NULL;
      g_autofree char *text = NULL;

      if (entry->type != AMENDS_EVENT_PERSON_CAPACITY_ASSESSED || ground == NULL)
        continue;
      day = amends_words_iso_day (json_string_value (json_object_get (entry->body, "on")));
      text = g_strdup_printf (
          /* Translators: a name, a day, then why, in their words. */
          _ ("%s, on %s: %s"),
          json_string_value (json_object_get (json_object_get (entry->body, "done_by"), "name")),
          day, ground);
      add_row (self->apart_list, "preferences-desktop-accessibility-symbolic", "dim-label",
               json_is_true (json_object_get (entry->body, "decides"))
                   ? _ ("They decide about this themselves")
                   : _ ("They cannot decide about this themselves"),
               text);
    }
}

static void show_apart (AmendsPersonPage *self);

static gboolean
hide_apart_cb (gpointer user_data)
{
  AmendsPersonPage *self = user_data;

  self->apart_source = 0;
  self->is_apart_shown = FALSE;
  if (self->file != NULL)
    show_apart (self);
  return G_SOURCE_REMOVE;
}

static void
forget_apart (AmendsPersonPage *self)
{
  g_clear_handle_id (&self->apart_source, g_source_remove);
  self->is_apart_shown = FALSE;
}

static void
turn_apart_cb (AmendsPersonPage *self)
{
  gboolean was_shown = self->is_apart_shown;

  forget_apart (self);
  self->is_apart_shown = !was_shown;
  if (self->is_apart_shown)
    self->apart_source = g_timeout_add_seconds (APART_SHOWN_S, hide_apart_cb, self);
  show_apart (self);
  gtk_widget_grab_focus (self->apart_button);
}

/* The button stays where it is, so that the keyboard does. */
static void
show_apart (AmendsPersonPage *self)
{
  guint n_told = list_disabilities (self, FALSE);
  GtkWidget *button;
  GtkWidget *row;

  amends_list_box_clear (self->apart_list);
  row = add_row (self->apart_list, "changes-prevent-symbolic", "dim-label",
                 _ ("Disabilities told to us"),
                 n_told == 0            ? _ ("They have told us of none.")
                 : self->is_apart_shown ? _ ("Kept apart. It hides again after a minute.")
                                        : _ ("Kept apart, in no list and no search."));
  button = gtk_button_new_with_label (n_told == 0            ? _ ("Record")
                                      : self->is_apart_shown ? _ ("Hide")
                                                             : _ ("Show"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (n_told == 0)
    {
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "person.act");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)",
                                        "person.disability-disclosed", "");
    }
  else
    g_signal_connect_object (button, "clicked", G_CALLBACK (turn_apart_cb), self,
                             G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  n_told == 0            ? _ ("Record what they tell us")
                                  : self->is_apart_shown ? _ ("Hide what they told us")
                                                         : _ ("Show what they told us"),
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_set_weak_pointer (&self->apart_button, button);
  if (self->is_apart_shown)
    list_disabilities (self, TRUE);
  list_capacity (self);
  for (gsize i = 0;
       i < json_array_size (amends_case_get_value (self->file->complaint, "vulnerabilities")); i++)
    add_row (self->apart_list, "dialog-information-symbolic", "dim-label",
             json_string_value (
                 json_array_get (amends_case_get_value (self->file->complaint, "vulnerabilities"),
                                 i)),
             _ ("What makes it harder for them"));
}

/* ---------------------------------------------------------------- what may be said */

/* What is told is recorded where it is told. */
static void
offer_telling (GtkWidget *row, const char *who)
{
  json_t *beginning = json_pack ("{s:s, s:s}", "to", who, "representative", "yes");
  g_autofree char *begun = json_dumps (beginning, JSON_COMPACT);
  GtkWidget *button = gtk_button_new_with_label (_ ("Record what was told"));

  json_decref (beginning);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", "case.disclosed", begun);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "person.act");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
show_said (AmendsPersonPage *self, const AmendsLedger *ledger)
{
  const AmendsPolicy *code = self->file->dues->rules.code;

  amends_list_box_clear (self->said_list);
  for (guint i = 0; i < amends_ledger_get_n_entries (ledger); i++)
    {
      const AmendsLedgerEntry *entry = amends_ledger_get_entry (ledger, i);
      g_autofree char *sentence = NULL;
      AmendsLedgerAnswer answer;
      GtkWidget *row;

      if (entry->kind != AMENDS_LEDGER_AUTHORITY || entry->is_replaced || entry->who == NULL)
        continue;
      amends_ledger_may_tell (ledger, entry->who, &answer);
      sentence = amends_ledger_words_answer (code, &answer, entry->who);
      row = add_row (self->said_list,
                     answer.may ? "emblem-ok-symbolic" : "action-unavailable-symbolic",
                     answer.may ? "success" : "warning", sentence, "");
      if (answer.may)
        offer_telling (row, entry->who);
    }
  add_row (
      self->said_list, "dialog-information-symbolic", "accent",
      _ ("Whoever else rings for them is told nothing private. What they say is taken down all "
         "the same."),
      "");
}

/* To whom, what, and by what right: the newest first. */
static void
show_told (AmendsPersonPage *self)
{
  amends_list_box_clear (self->told_list);
  for (guint i = amends_case_get_n_history (self->file->complaint); i-- > 0;)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self->file->complaint, i);
      const char *to = json_string_value (json_object_get (entry->body, "to"));
      const char *what = json_string_value (json_object_get (entry->body, "what"));
      const char *purpose = json_string_value (json_object_get (entry->body, "purpose"));
      const char *ground = json_string_value (json_object_get (entry->body, "ground"));
      g_autofree char *day = NULL;
      g_autofree char *subtitle = NULL;

      if (entry->type != AMENDS_EVENT_CASE_DISCLOSED || to == NULL)
        continue;
      day = amends_words_iso_day (json_string_value (json_object_get (entry->body, "on")));
      subtitle = amends_words_join (" · ", what != NULL ? what : "", day,
                                    ground != NULL ? amends_words_code ("consent-ground", ground)
                                                   : amends_words_code ("consent-purpose", purpose),
                                    NULL);
      add_row (self->told_list, "mail-send-symbolic", "dim-label", to, subtitle);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->told_list),
                          gtk_widget_get_first_child (GTK_WIDGET (self->told_list)) != NULL);
}

static void
show_ledger (AmendsPersonPage *self)
{
  AmendsDay today = self->file->dues->today;
  g_autoptr (AmendsLedger) ledger =
      amends_ledger_new (self->file->complaint, self->file->dues->rules.policy, today, today);

  show_said (self, ledger);
  amends_ledger_list_set_ledger (self->authority_list, ledger);
  amends_ledger_list_set_ledger (self->consent_list, ledger);
}

/* ---------------------------------------------------------------- their cases */

/* Two of one name in two homes are not one person; where no home was given, they may be. */
static gboolean
is_theirs (AmendsPersonPage *self, const AmendsCaseRow *row, gboolean *ret_is_sure)
{
  const char *home = amends_case_get_text (self->file->complaint, "complainant.home");

  *ret_is_sure = amends_id_equal (&row->id, &self->id) || (home != NULL && row->home != NULL);
  return amends_ledger_is_same_name (row->complainant, text_of (self, "complainant.name"))
         && (home == NULL || row->home == NULL || amends_ledger_is_same_name (row->home, home));
}

static void
add_case (AmendsPersonPage *self, const AmendsCaseRow *case_row, gboolean is_sure)
{
  g_autofree char *reference =
      amends_words_isolate (case_row->reference != NULL ? case_row->reference : "");
  g_autofree char *received = amends_words_iso_day (case_row->received);
  g_autofree char *subtitle =
      amends_words_join (" · ", reference, amends_words_code ("kind", case_row->kind), received,
                         g_str_equal (case_row->state, "closed") ? C_ ("case", "Closed")
                                                                 : C_ ("case", "Open"),
                         is_sure ? "" : _ ("may be theirs: no home to tell by"), NULL);
  char id[AMENDS_ID_BUFFER];
  GtkWidget *row = add_row (self->cases_list, "text-x-generic-symbolic", "dim-label",
                            case_row->summary, subtitle);

  amends_id_format_to (&case_row->id, id);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-case");
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsPersonPage) self = user_data;
  g_autoptr (GPtrArray) rows = amends_session_search_finish (AMENDS_SESSION (source), result, NULL);

  if (rows == NULL || self->file == NULL)
    return;
  amends_list_box_clear (self->cases_list);
  for (guint i = 0; i < rows->len; i++)
    {
      gboolean is_sure;

      if (is_theirs (self, g_ptr_array_index (rows, i), &is_sure))
        add_case (self, g_ptr_array_index (rows, i), is_sure);
    }
  if (rows->len >= AMENDS_SEARCH_MAX_HITS)
    add_row (self->cases_list, "dialog-information-symbolic", "accent",
             _ ("There may be more. Only the newest cases in which this name is found stand here."),
             "");
  gtk_widget_set_visible (self->cases_box,
                          gtk_widget_get_first_child (GTK_WIDGET (self->cases_list)) != NULL);
}

/* Again when more is read in than there was. */
static void
find_cases (AmendsPersonPage *self)
{
  const char *name = self->file != NULL ? text_of (self, "complainant.name") : "";

  if (*name != '\0')
    amends_session_search_async (self->session, name, self->cancellable, found_cb,
                                 g_object_ref (self));
}

/* ---------------------------------------------------------------- loading */

static void
clear_screen (AmendsPersonPage *self)
{
  forget_apart (self);
  g_clear_pointer (&self->file, amends_case_file_unref);
  adw_window_title_set_subtitle (self->title, "");
  adw_bin_set_child (self->avatar_bin, NULL);
  gtk_label_set_text (self->name_label, "");
  gtk_label_set_text (self->facts_label, "");
  gtk_label_set_text (self->safe_label, "");
  gtk_widget_set_visible (self->safe_card, FALSE);
  amends_adjustment_list_set_case (self->adjustment_list, NULL);
  amends_list_box_clear (self->apart_list);
  amends_list_box_clear (self->said_list);
  amends_list_box_clear (self->told_list);
  amends_ledger_list_set_ledger (self->authority_list, NULL);
  amends_ledger_list_set_ledger (self->consent_list, NULL);
  amends_list_box_clear (self->cases_list);
  gtk_widget_set_visible (self->cases_box, FALSE);
}

/* The row of a list at which the keyboard is; its list is what stays. */
static GtkListBox *
find_focus (AmendsPersonPage *self, int *ret_index)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row =
      focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self))
          ? (GTK_IS_LIST_BOX_ROW (focus) ? focus
                                         : gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW))
          : NULL;

  if (row == NULL)
    return NULL;
  *ret_index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  return GTK_LIST_BOX (gtk_widget_get_parent (row));
}

static void
show_file (AmendsPersonPage *self)
{
  int index = 0;
  GtkListBox *focused = find_focus (self, &index);
  GtkListBoxRow *row;

  show_person (self);
  show_safe_contact (self);
  amends_adjustment_list_set_case (self->adjustment_list, self->file->complaint);
  show_apart (self);
  show_ledger (self);
  show_told (self);
  gtk_widget_set_visible (self->cases_box, FALSE);
  find_cases (self);
  row = focused != NULL ? gtk_list_box_get_row_at_index (focused, index) : NULL;
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else if (focused != NULL)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/* What stood there may be of a day that is over: it goes. */
static void
say_unread (AmendsPersonPage *self, const GError *error)
{
  g_autofree char *why = amends_words_error (error);

  clear_screen (self);
  gtk_label_set_text (self->name_label, _ ("This page could not be read"));
  gtk_label_set_text (self->facts_label, why);
  gtk_widget_set_visible (GTK_WIDGET (self->facts_label), TRUE);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsPersonPage) self = user_data;
  g_autoptr (GError) error = NULL;
  AmendsCaseFile *file = amends_session_get_case_finish (AMENDS_SESSION (source), result, &error);

  if (file == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->id.number != 0)
        say_unread (self, error);
      return; /* locked, or left meanwhile */
    }
  g_clear_pointer (&self->file, amends_case_file_unref);
  self->file = file;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.act",
                                 !amends_session_get_read_only (self->session));
  show_file (self);
}

static void
reload (AmendsPersonPage *self)
{
  if (self->id.number == 0 || amends_session_get_state (self->session) != AMENDS_SESSION_OPEN)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  amends_session_get_case_async (self->session, &self->id, self->cancellable, loaded_cb,
                                 g_object_ref (self));
}

/**
 * amends_person_page_open:
 * @id: the case whose complainant is shown from now on
 *
 * Nothing of whoever was shown before stays.
 */
void
amends_person_page_open (AmendsPersonPage *self, const AmendsId *id)
{
  g_return_if_fail (AMENDS_IS_PERSON_PAGE (self) && id != NULL);

  clear_screen (self);
  self->id = *id;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  reload (self);
}

/* Takes everything off the screen. */
void
amends_person_page_clear (AmendsPersonPage *self)
{
  g_return_if_fail (AMENDS_IS_PERSON_PAGE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->id = (AmendsId){ 0 };
  clear_screen (self);
}

/* ---------------------------------------------------------------- acts */

/* The form of an act, with what it begins with. */
static void
act_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsPersonPage *self = AMENDS_PERSON_PAGE (widget);
  const char *act, *begun;
  AmendsEventType type;
  json_t *beginning;

  g_variant_get (parameter, "(&s&s)", &act, &begun);
  type = amends_event_type_from_string (act);
  if (self->file == NULL || amends_session_get_read_only (self->session)
      || amends_act_words_find (type) == NULL)
    return;
  beginning = json_loads (begun, 0, NULL);
  gtk_window_present (
      GTK_WINDOW (amends_act_dialog_new (self->session, self->file, type, beginning,
                                         GTK_WINDOW (gtk_widget_get_root (widget)))));
  json_decref (beginning);
}

static void
close_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_CLOSED], 0);
}

/* ---------------------------------------------------------------- object */

static void
amends_person_page_dispose (GObject *object)
{
  AmendsPersonPage *self = AMENDS_PERSON_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->apart_source, g_source_remove);
  g_clear_weak_pointer (&self->apart_button);
  g_clear_pointer (&self->file, amends_case_file_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_person_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AmendsPersonPage, title);
  gtk_widget_class_bind_template_child (widget_class, AmendsPersonPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, AmendsPersonPage, avatar_bin);
  gtk_widget_class_bind_template_child (widget_class, AmendsPersonPage, name_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsPersonPage, facts_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsPersonPage, safe_card);
  gtk_widget_class_bind_template_child (widget_class, AmendsPersonPage, safe_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsPersonPage, adjustment_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsPersonPage, apart_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsPersonPage, said_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsPersonPage, told_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsPersonPage, authority_bin);
  gtk_widget_class_bind_template_child (widget_class, AmendsPersonPage, consent_bin);
  gtk_widget_class_bind_template_child (widget_class, AmendsPersonPage, cases_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsPersonPage, cases_list);
}

static void
amends_person_page_class_init (AmendsPersonPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_person_page_dispose;
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", AMENDS_TYPE_PERSON_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (AMENDS_TYPE_ADJUSTMENT_LIST);
  g_type_ensure (AMENDS_TYPE_COLUMNS);
  g_type_ensure (AMENDS_TYPE_COLUMNS_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/amends/Amends/staff/pages/amends-person-page.ui");
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "person.act", "(ss)", act_cb);
  gtk_widget_class_install_action (widget_class, "person.close", NULL, close_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "person.close", NULL);
}

static void
amends_person_page_init (AmendsPersonPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->authority_list = AMENDS_LEDGER_LIST (amends_ledger_list_new (AMENDS_LEDGER_AUTHORITY));
  self->consent_list = AMENDS_LEDGER_LIST (amends_ledger_list_new (AMENDS_LEDGER_CONSENT));
  adw_bin_set_child (self->authority_bin, GTK_WIDGET (self->authority_list));
  adw_bin_set_child (self->consent_bin, GTK_WIDGET (self->consent_list));
}

/**
 * amends_person_page_set_session:
 * @session: where the cases are; set once
 */
void
amends_person_page_set_session (AmendsPersonPage *self, AmendsSession *session)
{
  g_return_if_fail (AMENDS_IS_PERSON_PAGE (self) && self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "case-changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::search-reach", G_CALLBACK (find_cases), self,
                           G_CONNECT_SWAPPED);
}
