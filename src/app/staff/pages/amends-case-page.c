/* amends-case-page.c: the file on one complaint, and what can be done with it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/pages/amends-case-page.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-act-words.h"
#include "app/amends-words.h"
#include "app/staff/amends-act-dialog.h"
#include "app/staff/amends-act-menu.h"
#include "app/staff/amends-attachment-list.h"
#include "app/staff/amends-case-notices.h"
#include "app/staff/amends-clock-list.h"
#include "app/staff/amends-closed-list.h"
#include "app/staff/amends-duty-act.h"
#include "app/staff/amends-facts-box.h"
#include "app/staff/amends-handler-line.h"
#include "app/staff/amends-history-list.h"
#include "app/staff/amends-letter-list.h"
#include "app/staff/amends-letter-sheet.h"
#include "app/staff/amends-letter-window.h"
#include "app/staff/amends-owed-card.h"
#include "app/staff/amends-owed-list.h"
#include "app/staff/amends-people-list.h"
#include "app/staff/amends-step-line.h"
#include "app/staff/amends-who-box.h"
#include "app/staff/amends-words-box.h"
#include "app/widgets/amends-columns.h"

struct _AmendsCasePage
{
  AdwBin parent_instance;

  AmendsSession *session;    /* (nullable) (owned) */
  AmendsId id;               /* number 0: none is open */
  AmendsCaseFile *file;      /* (nullable) (owned): what is shown */
  GCancellable *cancellable; /* (nullable) (owned): of what is being read */
  gboolean is_due;      /* all is to be shown anew, and not only how far attachments have come */
  guint n_taking;       /* files that are being taken in */
  gboolean has_refused; /* one of those that were added last was not taken, and it is said why */
  AmendsDuty offered;   /* once it is read, the keyboard goes to what does it */
  gboolean has_offer;
  AmendsEventType begun; /* an act that somebody began: its form opens once the case is read */
  gint64 begun_draft;    /* what was kept of it */

  AdwWindowTitle *title; /* from the template, as all below */
  GtkWidget *back_button;
  GtkWidget *call_button;
  AdwButtonContent *call_content;
  AmendsCaseNotices *notices;
  AdwBin *who_bin;
  GtkScrolledWindow *scroller;
  AmendsStepLine *step_line;
  AmendsHandlerLine *handler_line;
  AmendsOwedCard *owed_card;
  GtkWidget *owed_box;
  AmendsOwedList *owed_list;
  AmendsFactsBox *facts_box;
  GtkMenuButton *people_button;
  AmendsPeopleList *people_list;
  GtkWidget *dates_box;
  AmendsClockList *clock_list;
  GtkWidget *closed_box;
  AmendsClosedList *closed_list;
  GtkWidget *attach_button;
  AmendsAttachmentList *attachment_list;
  AmendsLetterList *letter_list;
  AmendsWordsBox *words_box;
  AmendsHistoryList *history_list;
};

G_DEFINE_FINAL_TYPE (AmendsCasePage, amends_case_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_COMPARE,
  SIGNAL_WHY,
  SIGNAL_LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
text_of (AmendsCasePage *self, const char *field)
{
  const char *text = amends_case_get_text (self->file->complaint, field);

  return text != NULL ? text : "";
}

/* ---------------------------------------------------------------- header and card */

static void
show_header (AmendsCasePage *self)
{
  g_autofree char *summary = amends_case_dup_summary (self->file->complaint);
  g_autofree char *reference = amends_words_isolate (self->file->reference);
  const char *name = text_of (self, "complainant.name");
  g_autofree char *home = amends_words_isolate (text_of (self, "complainant.home"));
  g_autofree char *who =
      amends_words_join (", ", *name != '\0' ? name : _ ("Anonymous"), home, NULL);
  g_autofree char *subtitle = amends_words_join (" · ", reference, who, NULL);

  if (amends_case_is_away (self->file->complaint) || amends_case_is_erased (self->file->complaint))
    {
      adw_window_title_set_title (self->title, amends_case_is_away (self->file->complaint)
                                                   ? C_ ("case", "Moved")
                                                   : C_ ("case", "Erased"));
      adw_window_title_set_subtitle (self->title, reference);
      return;
    }
  adw_window_title_set_title (self->title, *summary != '\0' ? summary : _ ("Not all has arrived"));
  adw_window_title_set_subtitle (self->title, subtitle);
}

static void
show_dues (AmendsCasePage *self)
{
  const AmendsDues *dues = self->file->dues;
  gboolean is_read_only = amends_session_get_read_only (self->session);

  amends_step_line_set_file (self->step_line, self->file);
  amends_handler_line_set_file (self->handler_line, self->file, is_read_only);
  amends_owed_card_set_file (self->owed_card, self->file, is_read_only);
  gtk_widget_set_visible (self->owed_box, amends_owed_list_set_file (self->owed_list, self->file));
  gtk_widget_set_sensitive (self->owed_box, !is_read_only);
  amends_clock_list_set_dues (self->clock_list, dues);
  gtk_widget_set_visible (self->dates_box, dues->pairs->len > 0);
  gtk_widget_set_visible (self->closed_box,
                          amends_closed_list_set_file (self->closed_list, self->file));
  gtk_widget_set_sensitive (self->call_button, !is_read_only);
}

static void
show_people (AmendsCasePage *self)
{
  g_autoptr (GMenuModel) menu = amends_act_menu_new (self->file, AMENDS_ACT_GROUP_PEOPLE,
                                                     AMENDS_ACT_GROUP_PEOPLE, AMENDS_EVENT_UNKNOWN);

  amends_people_list_set_file (self->people_list, self->file);
  amends_act_menu_set (self->people_button, menu);
  gtk_widget_set_sensitive (GTK_WIDGET (self->people_button),
                            !amends_session_get_read_only (self->session));
}

/* Above the case until somebody says who it is, or that it is nobody whom the landlord knows. */
static void
show_who (AmendsCasePage *self)
{
  gboolean may_be = self->file->people->len > 0;

  adw_bin_set_child (self->who_bin, may_be ? amends_who_box_new (self->file) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->who_bin), may_be);
}

static void
show_attachments (AmendsCasePage *self)
{
  amends_attachment_list_set_attachments (self->attachment_list, self->file->attachments);
  gtk_widget_set_sensitive (self->attach_button, !amends_session_get_read_only (self->session));
}

/* ---------------------------------------------------------------- loading */

static void
next_cb (AmendsCasePage *self, const char *act)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "case.act", "s", act);
}

/* Returns: whether the case has such a draft, with its words */
static gboolean
show_letter (AmendsCasePage *self, const char *draft)
{
  GtkWidget *window =
      amends_letter_list_open (self->session, self->file, draft,
                               GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));

  if (window == NULL)
    return FALSE;
  g_signal_connect_object (window, "act", G_CALLBACK (next_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
  return TRUE;
}

static void
show_file (AmendsCasePage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "case.compare",
                                 !amends_session_get_read_only (self->session));
  show_header (self);
  amends_case_notices_set_file (self->notices, self->file);
  show_who (self);
  show_dues (self);
  amends_facts_box_set_file (self->facts_box, self->file);
  amends_letter_list_set_file (self->letter_list, self->file);
  show_people (self);
  amends_words_box_set_file (self->words_box, self->file);
  show_attachments (self);
  amends_history_list_set_file (self->history_list, self->file);
}

/* What is approved is looked at once more where it is sent from; what nobody can look at here is sent from the
 * card. */
static void
show_unsent (AmendsCasePage *self)
{
  const AmendsHistoryEntry *draft =
      amends_case_find_unsent (self->file->complaint, AMENDS_EVENT_CASE_STAGE2_DRAFTED);
  g_autofree char *id = NULL;

  if (draft == NULL)
    draft = amends_case_find_unsent (self->file->complaint, AMENDS_EVENT_CASE_DRAFTED);
  id = draft != NULL ? amends_id_format (&draft->event->id) : NULL;
  if (id == NULL || !show_letter (self, id))
    amends_owed_card_focus (self->owed_card, TRUE);
}

/* @beginning: (nullable): what is known of it already */
static void
open_form (AmendsCasePage *self, AmendsEventType type, gint64 draft, const json_t *beginning)
{
  GtkWidget *dialog;

  if (self->file == NULL || amends_session_get_read_only (self->session)
      || amends_act_words_find (type) == NULL)
    return;
  dialog = amends_act_dialog_new (self->session, self->file, type, beginning,
                                  GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  amends_act_dialog_go_on (AMENDS_ACT_DIALOG (dialog), draft);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The keyboard goes to what does the duty. */
static void
focus_offer (AmendsCasePage *self)
{
  if (amends_owed_list_focus (self->owed_list, self->offered.kind))
    return;
  switch (self->offered.kind)
    {
    case AMENDS_DUTY_REVIEW:
    case AMENDS_DUTY_ADJUSTMENT:
    case AMENDS_DUTY_AUTHORITY:
    case AMENDS_DUTY_CONSENT:
      gtk_widget_grab_focus (GTK_WIDGET (self->people_button));
      break;
    case AMENDS_DUTY_CLOCK:
      amends_owed_card_focus (self->owed_card, TRUE);
      break;
    case AMENDS_DUTY_SEND:
      show_unsent (self);
      break;
    case AMENDS_DUTY_UPDATE:
    case AMENDS_DUTY_SAFETY:
    case AMENDS_DUTY_TELL:
    case AMENDS_DUTY_LOOK:
    case AMENDS_DUTY_SETTLE:
    case AMENDS_DUTY_PROMISE:
    case AMENDS_DUTY_INFORMATION:
    case AMENDS_DUTY_RESTRICTION:
    case AMENDS_DUTY_APPOINTMENT:
    case AMENDS_DUTY_MATCH:
    case AMENDS_DUTY_PASS_ON:
      amends_owed_card_focus (self->owed_card, FALSE);
      break;
    }
}

/* Somebody pressed a duty: what alone does it is begun, and the keyboard is at it once they leave that. */
static void
take_offer (AmendsCasePage *self)
{
  AmendsEventType begun = self->begun;
  AmendsEventType act;

  self->begun = AMENDS_EVENT_UNKNOWN;
  if (begun != AMENDS_EVENT_UNKNOWN)
    open_form (self, begun, self->begun_draft, NULL);
  if (!self->has_offer)
    return;
  self->has_offer = FALSE;
  focus_offer (self);
  act = amends_duty_act_find_only (self->file, &self->offered);
  if (act != AMENDS_EVENT_UNKNOWN)
    {
      json_auto_t *beginning = amends_duty_act_begin (self->file, &self->offered, act);

      open_form (self, act, 0, beginning);
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsCasePage) self = user_data;
  g_autoptr (GError) error = NULL;
  AmendsCaseFile *file = amends_session_get_case_finish (AMENDS_SESSION (source), result, &error);

  if (file == NULL)
    return; /* locked, or another case was opened meanwhile */
  if (!self->is_due && self->file != NULL)
    {
      /* Nothing moves under whoever reads, or loses the keyboard, while parts come and go. */
      json_decref (self->file->attachments);
      self->file->attachments = g_steal_pointer (&file->attachments);
      amends_case_file_unref (file);
      show_attachments (self);
      return;
    }
  self->is_due = FALSE;
  g_clear_pointer (&self->file, amends_case_file_unref);
  self->file = file;
  show_file (self);
  take_offer (self);
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

static void
read_case (AmendsCasePage *self)
{
  if (self->id.number == 0 || amends_session_get_state (self->session) != AMENDS_SESSION_OPEN)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  amends_session_get_case_async (self->session, &self->id, self->cancellable, loaded_cb,
                                 g_object_ref (self));
}

static void
reload (AmendsCasePage *self)
{
  self->is_due = TRUE;
  read_case (self);
}

static void
forget_offer (AmendsCasePage *self)
{
  self->has_offer = FALSE;
  g_clear_pointer (&self->offered.what, g_free);
  g_clear_pointer (&self->offered.detail, g_free);
}

/**
 * amends_case_page_open:
 * @id: the case to show from now on
 */
void
amends_case_page_open (AmendsCasePage *self, const AmendsId *id)
{
  g_return_if_fail (AMENDS_IS_CASE_PAGE (self) && id != NULL);

  if (!amends_id_equal (&self->id, id))
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  self->id = *id;
  reload (self);
}

/**
 * amends_case_page_offer:
 * @duty: what is to be done in the case that is opened next
 *
 * Once that is read, the form of the act that does it is open; where several do, the keyboard is at the first.
 */
void
amends_case_page_offer (AmendsCasePage *self, const AmendsDuty *duty)
{
  g_return_if_fail (AMENDS_IS_CASE_PAGE (self));

  forget_offer (self);
  self->has_offer = TRUE;
  self->offered = (AmendsDuty){ .kind = duty->kind,
                                .clock = duty->clock,
                                .day = duty->day,
                                .what = g_strdup (duty->what),
                                .detail = g_strdup (duty->detail) };
}

/**
 * amends_case_page_go_on:
 * @act: what somebody began in the case that is opened next
 * @draft: what was kept of it
 *
 * Once that is read, the form of it opens.
 */
void
amends_case_page_go_on (AmendsCasePage *self, AmendsEventType act, gint64 draft)
{
  g_return_if_fail (AMENDS_IS_CASE_PAGE (self));

  self->begun = act;
  self->begun_draft = draft;
}

/**
 * amends_case_page_close:
 *
 * Takes everything off the screen.
 */
void
amends_case_page_close (AmendsCasePage *self)
{
  g_return_if_fail (AMENDS_IS_CASE_PAGE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->file, amends_case_file_unref);
  self->id = (AmendsId){ 0 };
  forget_offer (self);
  self->begun = AMENDS_EVENT_UNKNOWN;
  adw_window_title_set_title (self->title, "");
  adw_window_title_set_subtitle (self->title, "");
  amends_case_notices_set_file (self->notices, NULL);
  adw_bin_set_child (self->who_bin, NULL);
  amends_words_box_set_file (self->words_box, NULL);
  amends_facts_box_set_file (self->facts_box, NULL);
  amends_letter_list_set_file (self->letter_list, NULL);
  amends_history_list_set_file (self->history_list, NULL);
  amends_step_line_clear (self->step_line);
  amends_handler_line_set_file (self->handler_line, NULL, TRUE);
  amends_owed_card_clear (self->owed_card);
  amends_owed_list_set_file (self->owed_list, NULL);
  amends_people_list_set_file (self->people_list, NULL);
  amends_clock_list_set_dues (self->clock_list, NULL);
  amends_closed_list_set_file (self->closed_list, NULL);
  amends_attachment_list_set_attachments (self->attachment_list, NULL);
}

gboolean
amends_case_page_is_open (AmendsCasePage *self)
{
  return self->id.number != 0;
}

/* Its number is 0 if no case is open. */
void
amends_case_page_get_id (AmendsCasePage *self, AmendsId *ret_id)
{
  *ret_id = self->id;
}

/**
 * amends_case_page_set_folded:
 * @is_folded: whether the list is hidden behind this page, so that there is a way back to show
 */
void
amends_case_page_set_folded (AmendsCasePage *self, gboolean is_folded)
{
  g_return_if_fail (AMENDS_IS_CASE_PAGE (self));

  gtk_widget_set_visible (self->back_button, is_folded);
  adw_button_content_set_label (self->call_content, is_folded ? "" : _ ("Note a call"));
  /* A label on the button would be read out beside the one in it. */
  if (is_folded)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->call_button),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Note a call"), -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->call_button),
                                   GTK_ACCESSIBLE_PROPERTY_LABEL);
}

/* (nullable) (transfer none): the clocks of the case that is shown. */
AmendsDues *
amends_case_page_get_dues (AmendsCasePage *self)
{
  return self->file != NULL ? self->file->dues : NULL;
}

/* (nullable) (transfer none): of the case that is shown. */
const char *
amends_case_page_get_reference (AmendsCasePage *self)
{
  return self->file != NULL ? self->file->reference : NULL;
}

/* (nullable) (transfer none): the case that is shown. */
const AmendsCaseFile *
amends_case_page_get_file (AmendsCasePage *self)
{
  return self->file;
}

/* ---------------------------------------------------------------- acts */

static void
act_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_form (AMENDS_CASE_PAGE (widget),
             amends_event_type_from_string (g_variant_get_string (parameter, NULL)), 0, NULL);
}

/* With what is known of it by what it was begun from, as JSON. */
static void
begin_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  json_auto_t *beginning = NULL;
  const char *act, *known;

  g_variant_get (parameter, "(&s&s)", &act, &known);
  beginning = json_loads (known, 0, NULL);
  open_form (AMENDS_CASE_PAGE (widget), amends_event_type_from_string (act), 0, beginning);
}

static void
fits_none_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  json_auto_t *beginning =
      json_pack ("{s:s, s:s}", "with", g_variant_get_string (parameter, NULL), "as", "fits-none");

  open_form (AMENDS_CASE_PAGE (widget), AMENDS_EVENT_CASE_MATCHED, 0, beginning);
}

/* Whoever complains is in the register, known by what is given. */
static void
in_register_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  json_auto_t *beginning =
      json_pack ("{s:s, s:s}", "with", g_variant_get_string (parameter, NULL), "as", "in-register");

  open_form (AMENDS_CASE_PAGE (widget), AMENDS_EVENT_CASE_MATCHED, 0, beginning);
}

/* The home that the register has of them. */
static void
take_home_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  json_auto_t *beginning = json_pack ("{s:s}", "home", g_variant_get_string (parameter, NULL));

  open_form (AMENDS_CASE_PAGE (widget), AMENDS_EVENT_CONTACT_CHANGED, 0, beginning);
}

/* With the case whose reference is given. */
static void
link_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  json_auto_t *beginning = json_pack ("{s:s}", "with", g_variant_get_string (parameter, NULL));

  open_form (AMENDS_CASE_PAGE (widget), AMENDS_EVENT_CASE_MATCHED, 0, beginning);
}

static void
compare_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_COMPARE], 0, g_variant_get_string (parameter, NULL));
}

static void
why_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsCasePage *self = AMENDS_CASE_PAGE (widget);
  int clock = g_variant_get_int32 (parameter);

  if (self->file != NULL && amends_dues_find (self->file->dues, (AmendsClockName) clock) != NULL)
    g_signal_emit (self, signals[SIGNAL_WHY], 0, clock);
}

static void
note_call_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "case.act", "s",
                              amends_event_type_to_string (AMENDS_EVENT_CASE_NOTED));
}

/* ---------------------------------------------------------------- letters */

static void
letter_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsCasePage *self = AMENDS_CASE_PAGE (widget);

  if (self->file != NULL)
    show_letter (self, g_variant_get_string (parameter, NULL));
}

static void
write_letter_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsCasePage *self = AMENDS_CASE_PAGE (widget);
  g_autoptr (AmendsLetterSheet) sheet = NULL;
  AmendsLetterKind kind;

  if (self->file == NULL
      || !amends_letter_kind_from_string (g_variant_get_string (parameter, NULL), &kind))
    return;
  sheet = amends_letter_sheet_new (self->file, kind, NULL,
                                   amends_session_get_actor_name (self->session));
  gtk_window_present (
      GTK_WINDOW (amends_letter_window_new (self->session, sheet, NULL,
                                            GTK_WINDOW (gtk_widget_get_root (widget)))));
}

/* ---------------------------------------------------------------- attachments */

static void
attached_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsCasePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome =
      amends_session_attach_finish (AMENDS_SESSION (source), result, &error);
  g_autofree char *sentence = outcome == NULL ? amends_words_error (error) : NULL;

  self->n_taking--;
  self->has_refused = self->has_refused || outcome == NULL;
  if (self->file != NULL && (sentence != NULL || (self->n_taking == 0 && !self->has_refused)))
    amends_attachment_list_say (self->attachment_list, sentence);
}

static void
attach (AmendsCasePage *self, GFile *file, gboolean is_scrap)
{
  g_autofree char *path = g_file_get_path (file);

  if (self->file == NULL || amends_session_get_read_only (self->session))
    return;
  if (path == NULL)
    {
      self->has_refused = TRUE;
      amends_attachment_list_say (self->attachment_list,
                                  _ ("That file is not on this computer: copy it here first."));
      return;
    }
  if (!self->has_refused)
    amends_attachment_list_say (self->attachment_list, _ ("Taking it in…"));
  self->n_taking++;
  amends_session_attach_async (self->session, &self->id, path, FALSE, is_scrap, NULL, attached_cb,
                               g_object_ref (self));
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  AmendsCasePage *self = user_data;
  g_autoptr (GListModel) files = response == GTK_RESPONSE_ACCEPT
                                     ? gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog))
                                     : NULL;

  self->has_refused = FALSE;
  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      attach (self, file, FALSE);
    }
  g_object_unref (dialog);
}

static void
attach_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsCasePage *self = AMENDS_CASE_PAGE (widget);
  GtkFileChooserNative *dialog;

  if (self->file == NULL || amends_session_get_read_only (self->session))
    return;
  dialog = gtk_file_chooser_native_new (_ ("Add pictures and files"),
                                        GTK_WINDOW (gtk_widget_get_root (widget)),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Add"), _ ("Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  AmendsCasePage *self = user_data;
  GSList *files = g_value_get_boxed (value);

  self->has_refused = FALSE;
  for (GSList *link = files; link != NULL; link = link->next)
    attach (self, link->data, FALSE);
  return files != NULL && self->file != NULL;
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsCasePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
      amends_session_show_attachment_finish (AMENDS_SESSION (source), result, &error);
  g_autofree char *uri = path != NULL ? g_filename_to_uri (path, NULL, &error) : NULL;
  g_autofree char *sentence = NULL;

  if (uri != NULL && g_app_info_launch_default_for_uri (uri, NULL, &error))
    return;
  sentence = amends_words_error (error);
  if (self->file != NULL)
    amends_attachment_list_say (self->attachment_list, sentence);
}

static gboolean
parse_event (GVariant *parameter, AmendsId *ret_id)
{
  const char *text = g_variant_get_string (parameter, NULL);

  return amends_id_parse_len (text, strlen (text), ret_id);
}

static void
open_attachment_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsCasePage *self = AMENDS_CASE_PAGE (widget);
  AmendsId event;

  if (self->file != NULL && parse_event (parameter, &event))
    amends_session_show_attachment_async (self->session, &event, shown_cb, g_object_ref (self));
}

static void
fetch_attachment_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsCasePage *self = AMENDS_CASE_PAGE (widget);
  AmendsId event;

  if (self->file == NULL || !parse_event (parameter, &event))
    return;
  amends_session_want_attachment (self->session, &event);
  amends_attachment_list_say (self->attachment_list,
                              _ ("It comes first, as soon as head office can be reached."));
}

/* ---------------------------------------------------------------- object */

static void
amends_case_page_dispose (GObject *object)
{
  AmendsCasePage *self = AMENDS_CASE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->file, amends_case_file_unref);
  g_clear_pointer (&self->offered.what, g_free);
  g_clear_pointer (&self->offered.detail, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_case_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, title);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, back_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, call_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, call_content);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, notices);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, who_bin);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, facts_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, people_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, people_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, dates_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, clock_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, closed_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, closed_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, step_line);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, handler_line);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, owed_card);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, owed_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, owed_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, attach_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, attachment_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, letter_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, words_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsCasePage, history_list);
}

static void
amends_case_page_class_init (AmendsCasePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_case_page_dispose;
  signals[SIGNAL_COMPARE] = g_signal_new ("compare", AMENDS_TYPE_CASE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_WHY] = g_signal_new ("why", AMENDS_TYPE_CASE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_LOADED] = g_signal_new ("loaded", AMENDS_TYPE_CASE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (AMENDS_TYPE_ATTACHMENT_LIST);
  g_type_ensure (AMENDS_TYPE_CASE_NOTICES);
  g_type_ensure (AMENDS_TYPE_CLOCK_LIST);
  g_type_ensure (AMENDS_TYPE_CLOSED_LIST);
  g_type_ensure (AMENDS_TYPE_COLUMNS);
  g_type_ensure (AMENDS_TYPE_COLUMNS_LAYOUT);
  g_type_ensure (AMENDS_TYPE_FACTS_BOX);
  g_type_ensure (AMENDS_TYPE_HANDLER_LINE);
  g_type_ensure (AMENDS_TYPE_HISTORY_LIST);
  g_type_ensure (AMENDS_TYPE_LETTER_LIST);
  g_type_ensure (AMENDS_TYPE_OWED_CARD);
  g_type_ensure (AMENDS_TYPE_OWED_LIST);
  g_type_ensure (AMENDS_TYPE_PEOPLE_LIST);
  g_type_ensure (AMENDS_TYPE_STEP_LINE);
  g_type_ensure (AMENDS_TYPE_WORDS_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/amends/Amends/staff/pages/amends-case-page.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "case.act", "s", act_cb);
  gtk_widget_class_install_action (widget_class, "case.begin", "(ss)", begin_cb);
  gtk_widget_class_install_action (widget_class, "case.in-register", "s", in_register_cb);
  gtk_widget_class_install_action (widget_class, "case.take-home", "s", take_home_cb);
  gtk_widget_class_install_action (widget_class, "case.link", "s", link_cb);
  gtk_widget_class_install_action (widget_class, "case.fits-none", "s", fits_none_cb);
  gtk_widget_class_install_action (widget_class, "case.compare", "s", compare_cb);
  gtk_widget_class_install_action (widget_class, "case.why", "i", why_cb);
  gtk_widget_class_install_action (widget_class, "case.letter", "s", letter_cb);
  gtk_widget_class_install_action (widget_class, "case.write-letter", "s", write_letter_cb);
  gtk_widget_class_install_action (widget_class, "case.note-call", NULL, note_call_cb);
  gtk_widget_class_install_action (widget_class, "case.attach", NULL, attach_cb);
  gtk_widget_class_install_action (widget_class, "case.open-attachment", "s", open_attachment_cb);
  gtk_widget_class_install_action (widget_class, "case.fetch-attachment", "s", fetch_attachment_cb);
}

static void
amends_case_page_init (AmendsCasePage *self)
{
  GtkDropTarget *drop;

  gtk_widget_init_template (GTK_WIDGET (self));
  drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect (drop, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

/**
 * amends_case_page_set_session:
 * @session: where the cases are; set once
 */
void
amends_case_page_set_session (AmendsCasePage *self, AmendsSession *session)
{
  g_return_if_fail (AMENDS_IS_CASE_PAGE (self) && self->session == NULL);

  self->session = g_object_ref (session);
  amends_attachment_list_set_session (self->attachment_list, session);
  g_signal_connect_object (session, "case-changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "carried", G_CALLBACK (read_case), self, G_CONNECT_SWAPPED);
}
