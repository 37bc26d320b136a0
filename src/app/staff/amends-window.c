/* amends-window.c: the window of the staff
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Its title is the reference of a case and never a name, since desktops list titles and screens are
 * shared. */

#include "config.h"

#include "app/staff/amends-window.h"

#include <glib/gi18n.h>

#include "app/amends-sync-words.h"
#include "app/amends-words.h"
#include "app/staff/amends-window-private.h"
#include "app/widgets/amends-typing.h"

/* A person who was called away is locked out after so long. */
#define IDLE_LOCK_US (10 * 60 * G_USEC_PER_SEC)
#define IDLE_CHECK_S 15

/* A spinner sooner than this would only flicker. */
#define LOADING_DELAY_MS 300

G_DEFINE_FINAL_TYPE (AmendsWindow, amends_window, ADW_TYPE_APPLICATION_WINDOW)

gboolean
amends_window_is_showing (AmendsWindow *self, const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) == 0;
}

gboolean
amends_window_is_open (AmendsWindow *self)
{
  return amends_session_get_state (self->session) == AMENDS_SESSION_OPEN;
}

static void
show_title (AmendsWindow *self)
{
  const char *reference =
      self->staff_page != NULL ? amends_staff_page_get_reference (self->staff_page) : NULL;
  g_autofree char *title = NULL;

  if (reference != NULL
      && (amends_window_is_showing (self, "staff") || amends_window_is_showing (self, "compare")
          || amends_window_is_showing (self, "why") || amends_window_is_showing (self, "person")))
    title = g_strdup_printf (_ ("%s – Amends"), reference);
  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : _ ("Amends"));
}

void
amends_window_show_page (AmendsWindow *self, const char *page)
{
  g_clear_handle_id (&self->loading_source, g_source_remove);
  gtk_stack_set_visible_child_name (self->stack, page);
  /* Whichever way it was left; after the keyboard has. */
  if (self->person_page != NULL && !g_str_equal (page, "person"))
    amends_person_page_clear (self->person_page);
  show_title (self);
}

/* ---------------------------------------------------------------- going about */

static AmendsComparePage *ensure_compare_page (AmendsWindow *self);
static AmendsWhyPage *ensure_why_page (AmendsWindow *self);
static AmendsSealedPage *ensure_sealed_page (AmendsWindow *self);

static void
open_draft_cb (AmendsWindow *self, gint64 draft, gpointer intake)
{
  AmendsIntakePage *page = amends_window_ensure_intake_page (self);

  self->is_told_beside = FALSE;
  amends_intake_page_begin (page, draft, intake);
  amends_window_show_page (self, "intake");
}

static void
loaded_cb (AmendsWindow *self)
{
  json_auto_t *aside = NULL;

  if (self->is_arriving)
    amends_window_show_page (self, "staff");
  if (self->is_arriving && self->intake_page != NULL)
    aside = amends_intake_page_take_aside (self->intake_page);
  if (aside != NULL)
    open_draft_cb (self, 0, aside);
  self->is_arriving = FALSE;
}

static void
toast_gone_cb (AmendsWindow *self, AdwToast *toast)
{
  if (self->undo_toast == toast)
    self->undo_toast = NULL;
}

static void
drop_undo (AmendsWindow *self)
{
  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
}

/* For as long as what was saved is held back.
 * @action: what brings it back */
static void
offer_undo (AmendsWindow *self, const char *sentence, const char *action)
{
  g_autofree char *safe = g_markup_escape_text (sentence, -1);

  drop_undo (self);
  self->undo_toast = adw_toast_new (safe);
  adw_toast_set_button_label (self->undo_toast, _ ("Undo"));
  adw_toast_set_action_name (self->undo_toast, action);
  adw_toast_set_timeout (self->undo_toast, AMENDS_HOLD_US / G_USEC_PER_SEC);
  g_signal_connect_object (self->undo_toast, "dismissed", G_CALLBACK (toast_gone_cb), self,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, self->undo_toast);
}

/* What was asked for just before the lock is done behind it. */
static void
saved_cb (AmendsWindow *self)
{
  if (amends_window_is_open (self))
    offer_undo (self, _ ("Saved on this laptop"), "win.undo");
}

static void
thrown_cb (AmendsWindow *self)
{
  if (amends_window_is_open (self))
    offer_undo (self, _ ("Thrown away"), "win.take-up");
}

/* It is gone from the screen as well: this stays until somebody has read it. */
static void
not_kept_cb (AmendsWindow *self, const char *why)
{
  g_autofree char *sentence = g_strdup_printf (_ ("What was written last is not kept. %s"), why);
  g_autofree char *safe = g_markup_escape_text (sentence, -1);
  AdwToast *toast = adw_toast_new (safe);

  adw_toast_set_timeout (toast, 0);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsUndone) undone =
      amends_session_undo_finish (AMENDS_SESSION (source), result, &error);

  if (undone == NULL)
    {
      g_autofree char *sentence = amends_words_error (error);
      g_autofree char *safe = g_markup_escape_text (sentence, -1);

      adw_toast_overlay_add_toast (self->toasts, adw_toast_new (safe));
      return;
    }
  if (undone->intake == NULL || self->session == NULL || !amends_window_is_open (self))
    return;
  amends_staff_page_close_case (self->staff_page);
  open_draft_cb (self, undone->draft, undone->intake);
}

static void
undo_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (!amends_window_is_open (self) || amends_window_is_showing (self, "intake"))
    return;
  amends_session_undo_async (self->session, undone_cb, g_object_ref (self));
}

/* What was thrown away stands among what is unfinished again. */
static void
take_up_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (amends_window_is_open (self))
    amends_session_take_up_draft (self->session);
}

/* The form of an act was closed with something in it. */
static void
draft_kept_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (!amends_window_is_open (self))
    return;
  amends_staff_page_reload (self->staff_page);
  adw_toast_overlay_add_toast (self->toasts,
                               adw_toast_new (_ ("Kept for later: it is on Today, unfinished")));
}

static void
recorded_cb (AmendsWindow *self, gpointer id, const char *reference)
{
  const AmendsId copy = *(const AmendsId *) id;
  g_autofree char *isolated = amends_words_isolate (reference);
  g_autofree char *sentence = g_strdup_printf (_ ("Saved on this laptop: %s"), isolated);

  if (!amends_window_is_open (self))
    return;
  amends_staff_page_open_case (self->staff_page, &copy, TRUE);
  amends_window_show_page (self, "staff");
  amends_staff_page_focus_case (self->staff_page);
  offer_undo (self, sentence, "win.undo");
}

/* There is no case here to open: what became of it is said on a page of its own. */
static void
sealed_cb (AmendsWindow *self, const char *reference, const char *ring)
{
  g_autofree char *isolated = amends_words_isolate (reference);
  g_autofree char *sentence = g_strdup_printf (_ ("Saved on this laptop: %s"), isolated);
  AmendsSealedPage *page;

  if (!amends_window_is_open (self))
    return;
  page = ensure_sealed_page (self);
  amends_sealed_page_show (page, reference, ring, self->is_told_beside);
  amends_window_show_page (self, "sealed");
  gtk_widget_grab_focus (GTK_WIDGET (page));
  offer_undo (self, sentence, "win.undo");
}

static void
sealed_closed_cb (AmendsWindow *self)
{
  amends_window_show_page (self, "staff");
  amends_staff_page_focus_list (self->staff_page);
  amends_sealed_page_show (self->sealed_page, "", "", FALSE);
  amends_staff_page_reload (self->staff_page);
}

/* On the case beside which it was told. */
static void
sealed_ask_first_cb (AmendsWindow *self)
{
  sealed_closed_cb (self);
  amends_staff_page_act (self->staff_page,
                         amends_event_type_to_string (AMENDS_EVENT_CASE_ASK_FIRST));
}

static void
intake_closed_cb (AmendsWindow *self)
{
  /* The keyboard leaves the page before what had it goes: nobody could bring it back with Tab. */
  amends_window_show_page (self, "staff");
  amends_staff_page_focus_list (self->staff_page);
  amends_intake_page_clear (self->intake_page);
  amends_staff_page_reload (self->staff_page);
}

static void
compare_cb (AmendsWindow *self, const char *field)
{
  AmendsComparePage *page = ensure_compare_page (self);
  AmendsId id;

  if (!amends_staff_page_get_case_id (self->staff_page, &id))
    return;
  amends_window_show_page (self, "compare");
  amends_compare_page_open (page, &id, field);
}

static void
compare_closed_cb (AmendsWindow *self)
{
  amends_window_show_page (self, "staff");
  amends_staff_page_focus_case (self->staff_page);
  amends_compare_page_clear (self->compare_page);
}

static void
why_cb (AmendsWindow *self, int clock)
{
  AmendsWhyPage *page = ensure_why_page (self);

  amends_window_show_page (self, "why");
  amends_why_page_open (page, amends_staff_page_get_dues (self->staff_page),
                        (AmendsClockName) clock,
                        amends_staff_page_get_reference (self->staff_page));
}

void
amends_window_close_why (AmendsWindow *self)
{
  amends_window_show_page (self, "staff");
  amends_why_page_clear (self->why_page);
  amends_staff_page_focus_case (self->staff_page);
}

void
amends_window_close_person (AmendsWindow *self)
{
  amends_window_show_page (self, "staff");
  amends_staff_page_focus_case (self->staff_page);
}

/* What is done with the case is done from the page of its resident, too: that closes first.
 * Returns: whether the case and the list are on the screen */
gboolean
amends_window_return_to_staff (AmendsWindow *self)
{
  if (amends_window_is_showing (self, "person"))
    amends_window_close_person (self);
  return amends_window_is_showing (self, "staff");
}

static void
copied_cb (AmendsWindow *self)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Copied as text")));
}

/* ---------------------------------------------------------------- what is kept nowhere */

/* Whoever ends the session of the desktop is told why it is not over yet. What is saved by now is not asked about
 * any longer. */
static void
unsaved_cb (AmendsWindow *self, gboolean has_unsaved)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (!has_unsaved && self->ask != NULL)
    gtk_window_destroy (self->ask);
  if (application == NULL)
    return;
  if (has_unsaved && self->inhibit_cookie == 0)
    self->inhibit_cookie =
        gtk_application_inhibit (application, GTK_WINDOW (self), GTK_APPLICATION_INHIBIT_LOGOUT,
                                 _ ("Something that is being written is not saved yet"));
  else if (!has_unsaved && self->inhibit_cookie != 0)
    {
      gtk_application_uninhibit (application, self->inhibit_cookie);
      self->inhibit_cookie = 0;
    }
}

static gboolean
close_cb (gpointer user_data)
{
  gtk_window_close (user_data);
  return G_SOURCE_REMOVE;
}

/* The dialog goes first: it does not outlive the window that it belongs to. */
static void
asked_cb (AmendsWindow *self, const char *response)
{
  if (g_str_equal (response, "leave"))
    {
      self->may_close = TRUE;
      g_idle_add_full (G_PRIORITY_DEFAULT, close_cb, g_object_ref (self), g_object_unref);
    }
  else if (g_str_equal (response, "save") && amends_window_is_open (self)
           && amends_window_is_showing (self, "intake"))
    amends_intake_page_save (self->intake_page);
}

/* What another left unsaved is said in words that do not tell what it is: that there is a record for few alone is
 * nobody’s business. */
static char *
dup_ask (gboolean is_own, gboolean is_others)
{
  const char *own = _ (
      "Nothing of what you are writing is kept on this laptop until you save it. If the window is "
      "closed now, it is gone.");

  if (!is_own)
    return g_strdup (_ (
        "Something that was written is not saved yet. If the window is closed now, it is gone."));
  return is_others
             ? g_strconcat (own, "\n\n",
                            _ ("Something else is not saved yet either, and is gone as well."),
                            NULL)
             : g_strdup (own);
}

/* What is for few alone is kept in memory and nowhere else. */
static void
ask_before_closing (AmendsWindow *self)
{
  gboolean is_own =
      amends_window_is_open (self) && amends_intake_page_is_unsaved (self->intake_page);
  g_autofree char *sentence = dup_ask (is_own, amends_intake_page_has_aside (self->intake_page));
  AdwMessageDialog *dialog;

  if (self->ask != NULL)
    {
      gtk_window_present (self->ask);
      return;
    }
  dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (self), _ ("Not saved yet"), sentence));
  adw_message_dialog_add_responses (dialog, "stay",
                                    is_own ? _ ("_Go on writing") : _ ("_Leave it open"), "leave",
                                    _ ("_Close without saving"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "leave", ADW_RESPONSE_DESTRUCTIVE);
  if (is_own)
    {
      adw_message_dialog_add_response (dialog, "save", _ ("_Save on this laptop"));
      adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
    }
  adw_message_dialog_set_default_response (dialog, is_own ? "save" : "stay");
  adw_message_dialog_set_close_response (dialog, "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->ask, GTK_WINDOW (dialog));
  gtk_window_present (self->ask);
}

/* ---------------------------------------------------------------- pages */

static gpointer
add_page (AmendsWindow *self, GType type, const char *name)
{
  GtkWidget *page = g_object_new (type, NULL);

  gtk_stack_add_named (self->stack, page, name);
  return page;
}

static void
listen (AmendsWindow *self, gpointer page, const char *signal, GCallback callback)
{
  g_signal_connect_object (page, signal, callback, self, G_CONNECT_SWAPPED);
}

static void
ensure_enrol_page (AmendsWindow *self)
{
  if (self->enrol_page != NULL)
    return;
  self->enrol_page = add_page (self, AMENDS_TYPE_ENROL_PAGE, "enrol");
  amends_enrol_page_set_session (self->enrol_page, self->session);
}

static void
ensure_sign_in_page (AmendsWindow *self)
{
  if (self->sign_in_page != NULL)
    return;
  self->sign_in_page = add_page (self, AMENDS_TYPE_SIGN_IN_PAGE, "sign-in");
  amends_sign_in_page_set_session (self->sign_in_page, self->session);
}

static void
ensure_staff_page (AmendsWindow *self)
{
  if (self->staff_page != NULL)
    return;
  self->staff_page = add_page (self, AMENDS_TYPE_STAFF_PAGE, "staff");
  amends_staff_page_set_session (self->staff_page, self->session);
  listen (self, self->staff_page, "open-draft", G_CALLBACK (open_draft_cb));
  listen (self, self->staff_page, "compare", G_CALLBACK (compare_cb));
  listen (self, self->staff_page, "why", G_CALLBACK (why_cb));
  listen (self, self->staff_page, "changed", G_CALLBACK (show_title));
  listen (self, self->staff_page, "loaded", G_CALLBACK (loaded_cb));
}

AmendsIntakePage *
amends_window_ensure_intake_page (AmendsWindow *self)
{
  if (self->intake_page != NULL)
    return self->intake_page;
  self->intake_page = add_page (self, AMENDS_TYPE_INTAKE_PAGE, "intake");
  amends_intake_page_set_session (self->intake_page, self->session);
  listen (self, self->intake_page, "recorded", G_CALLBACK (recorded_cb));
  listen (self, self->intake_page, "sealed", G_CALLBACK (sealed_cb));
  listen (self, self->intake_page, "closed", G_CALLBACK (intake_closed_cb));
  listen (self, self->intake_page, "unsaved", G_CALLBACK (unsaved_cb));
  return self->intake_page;
}

static AmendsComparePage *
ensure_compare_page (AmendsWindow *self)
{
  if (self->compare_page != NULL)
    return self->compare_page;
  self->compare_page = add_page (self, AMENDS_TYPE_COMPARE_PAGE, "compare");
  amends_compare_page_set_session (self->compare_page, self->session);
  listen (self, self->compare_page, "closed", G_CALLBACK (compare_closed_cb));
  return self->compare_page;
}

static AmendsWhyPage *
ensure_why_page (AmendsWindow *self)
{
  if (self->why_page != NULL)
    return self->why_page;
  self->why_page = add_page (self, AMENDS_TYPE_WHY_PAGE, "why");
  listen (self, self->why_page, "closed", G_CALLBACK (amends_window_close_why));
  listen (self, self->why_page, "copied", G_CALLBACK (copied_cb));
  return self->why_page;
}

AmendsPersonPage *
amends_window_ensure_person_page (AmendsWindow *self)
{
  if (self->person_page != NULL)
    return self->person_page;
  self->person_page = add_page (self, AMENDS_TYPE_PERSON_PAGE, "person");
  amends_person_page_set_session (self->person_page, self->session);
  listen (self, self->person_page, "closed", G_CALLBACK (amends_window_close_person));
  return self->person_page;
}

static AmendsSealedPage *
ensure_sealed_page (AmendsWindow *self)
{
  if (self->sealed_page != NULL)
    return self->sealed_page;
  self->sealed_page = add_page (self, AMENDS_TYPE_SEALED_PAGE, "sealed");
  listen (self, self->sealed_page, "closed", G_CALLBACK (sealed_closed_cb));
  listen (self, self->sealed_page, "ask-first", G_CALLBACK (sealed_ask_first_cb));
  return self->sealed_page;
}

/* ---------------------------------------------------------------- the session */

static gboolean
loading_cb (gpointer user_data)
{
  AmendsWindow *self = user_data;

  self->loading_source = 0;
  gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "starting");
  return G_SOURCE_REMOVE;
}

static void
leave_everything (AmendsWindow *self)
{
  drop_undo (self);
  if (self->ask != NULL)
    gtk_window_destroy (self->ask);
  if (self->intake_page != NULL)
    {
      amends_intake_page_set_aside (self->intake_page);
      amends_intake_page_clear (self->intake_page);
    }
  if (self->sealed_page != NULL)
    amends_sealed_page_show (self->sealed_page, "", "", FALSE);
  if (self->compare_page != NULL)
    amends_compare_page_clear (self->compare_page);
  if (self->why_page != NULL)
    amends_why_page_clear (self->why_page);
  if (self->person_page != NULL)
    amends_person_page_clear (self->person_page);
  if (self->staff_page != NULL)
    amends_staff_page_clear (self->staff_page);
  amends_typing_forget (GTK_WIDGET (self));
}

/* What befell this laptop or head office, perhaps while nobody looked: until somebody says that it is read. Who may only
 * read here cannot put it away, and finds it at the sentence about sending. */
static void
show_news (AmendsWindow *self)
{
  g_autofree char *news = amends_sync_words_news (&amends_session_get_status (self->session)->news);

  gtk_label_set_text (self->news_label, news != NULL ? news : "");
  gtk_widget_set_visible (GTK_WIDGET (self->news_bar),
                          news != NULL && amends_window_is_open (self)
                              && !amends_session_get_read_only (self->session));
}

static void
news_read_cb (AmendsWindow *self)
{
  amends_session_put_news_away (self->session);
}

static void
state_cb (AmendsWindow *self)
{
  const char *reason = amends_session_get_reason (self->session);
  g_autofree char *safe = g_markup_escape_text (reason != NULL ? reason : "", -1);

  g_clear_handle_id (&self->loading_source, g_source_remove);
  gtk_spinner_stop (self->spinner);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new",
                                 !amends_session_get_read_only (self->session));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.tell-safeguarding",
                                 !amends_session_get_read_only (self->session));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.import",
                                 !amends_session_get_read_only (self->session));
  show_news (self);
  gtk_label_set_text (self->read_only_label, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->read_only_bar),
                          amends_window_is_open (self)
                              && amends_session_get_read_only (self->session));
  switch (amends_session_get_state (self->session))
    {
    case AMENDS_SESSION_STARTING:
      self->loading_source = g_timeout_add (LOADING_DELAY_MS, loading_cb, self);
      break;
    case AMENDS_SESSION_NO_STORE:
      ensure_enrol_page (self);
      amends_window_show_page (self, "enrol");
      break;
    case AMENDS_SESSION_LOCKED:
      leave_everything (self);
      ensure_sign_in_page (self);
      amends_window_show_page (self, "sign-in");
      gtk_widget_grab_focus (GTK_WIDGET (self->sign_in_page));
      break;
    case AMENDS_SESSION_OPEN:
      self->last_activity_at = g_get_monotonic_time ();
      self->is_arriving = TRUE;
      if (self->staff_page == NULL)
        {
          ensure_staff_page (self);
          amends_staff_page_reload (self->staff_page);
        }
      break;
    case AMENDS_SESSION_FAILED:
      adw_status_page_set_description (self->failed_page, safe);
      amends_window_show_page (self, "failed");
      break;
    }
}

static void
retry_cb (AmendsWindow *self)
{
  amends_session_start (self->session);
}

static gboolean
idle_cb (gpointer user_data)
{
  AmendsWindow *self = user_data;

  if (g_get_monotonic_time () - self->last_activity_at > IDLE_LOCK_US)
    amends_session_lock (self->session);
  amends_session_check_day (self->session);
  return G_SOURCE_CONTINUE;
}

static gboolean
activity_cb (AmendsWindow *self, GdkEvent *event)
{
  self->last_activity_at = g_get_monotonic_time ();
  return GDK_EVENT_PROPAGATE;
}

/* A laptop that was opened again: whoever looks at it sees the day that it is. */
static void
active_cb (AmendsWindow *self)
{
  if (self->session != NULL && gtk_window_is_active (GTK_WINDOW (self)))
    amends_session_check_day (self->session);
}

/* GTK's inspector would show whatever is on screen, and in memory. */
static gboolean
swallow_inspector_cb (AmendsWindow *self, guint keyval, guint keycode, GdkModifierType state)
{
  const GdkModifierType both = GDK_CONTROL_MASK | GDK_SHIFT_MASK;

  return (state & both) == both
         && (keyval == GDK_KEY_I || keyval == GDK_KEY_i || keyval == GDK_KEY_D
             || keyval == GDK_KEY_d);
}

/* Whoever writes in the form of an act is there, and the inspector is shut in that window as well. */
static void
watch (AmendsWindow *self, GtkWidget *window)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *all = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (all, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (swallow_inspector_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (all, "event", G_CALLBACK (activity_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (window, keys);
  gtk_widget_add_controller (window, all);
}

static void
windows_cb (AmendsWindow *self, guint position, guint n_removed, guint n_added, GListModel *windows)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      watch (self, window);
    }
}

/* ---------------------------------------------------------------- object */

static gboolean
amends_window_close_request (GtkWindow *window)
{
  AmendsWindow *self = AMENDS_WINDOW (window);
  int width, height;

  if (self->intake_page != NULL && !self->may_close
      && amends_intake_page_has_unsaved (self->intake_page))
    {
      ask_before_closing (self);
      return TRUE;
    }
  amends_session_keep_drafts (self->session);
  gtk_window_get_default_size (window, &width, &height);
  if (self->settings != NULL)
    {
      g_settings_set_int (self->settings, "window-width", MAX (width, 360));
      g_settings_set_int (self->settings, "window-height", MAX (height, 294));
      g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));
    }
  return GTK_WINDOW_CLASS (amends_window_parent_class)->close_request (window);
}

static void
amends_window_dispose (GObject *object)
{
  AmendsWindow *self = AMENDS_WINDOW (object);

  g_clear_handle_id (&self->idle_source, g_source_remove);
  g_clear_handle_id (&self->loading_source, g_source_remove);
  g_clear_weak_pointer (&self->ask);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (amends_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, read_only_bar);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, read_only_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, news_bar);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, news_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, failed_page);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, news_read_cb);
  gtk_widget_class_bind_template_callback (widget_class, active_cb);
}

static void
amends_window_class_init (AmendsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = amends_window_close_request;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-window.ui");
  bind_template (widget_class);
  amends_window_install_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_action_cb);
  gtk_widget_class_install_action (widget_class, "win.take-up", NULL, take_up_action_cb);
  gtk_widget_class_install_action (widget_class, "win.draft-kept", NULL, draft_kept_action_cb);
}

static void
amends_window_init (AmendsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->last_activity_at = g_get_monotonic_time ();
  self->idle_source = g_timeout_add_seconds (IDLE_CHECK_S, idle_cb, self);
  watch (self, GTK_WIDGET (self));
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (windows_cb),
                           self, G_CONNECT_SWAPPED);
}

static void
restore_size (AmendsWindow *self)
{
  if (self->settings == NULL)
    return;
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

/**
 * amends_window_new:
 * @session: what it shows
 * @settings: (nullable): where its size is kept
 */
GtkWidget *
amends_window_new (GtkApplication *application, AmendsSession *session, GSettings *settings)
{
  AmendsWindow *self;

  g_return_val_if_fail (AMENDS_IS_SESSION (session), NULL);

  self = g_object_new (AMENDS_TYPE_WINDOW, "application", application, NULL);
  self->session = g_object_ref (session);
  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  restore_size (self);
  g_signal_connect_object (session, "thrown", G_CALLBACK (thrown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "not-kept", G_CALLBACK (not_kept_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::waiting", G_CALLBACK (show_news), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
