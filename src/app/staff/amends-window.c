/* amends-window.c: the window of the staff
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Its title is the reference of a case and never a name, since desktops list titles and screens are
 * shared. */

#include "config.h"

#include "app/staff/amends-window.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/staff/amends-hand-dialog.h"
#include "app/staff/amends-list-pane.h"
#include "app/staff/amends-sync-button.h"
#include "app/staff/pages/amends-case-page.h"
#include "app/staff/pages/amends-compare-page.h"
#include "app/staff/pages/amends-enrol-page.h"
#include "app/staff/pages/amends-intake-page.h"
#include "app/staff/pages/amends-policy-page.h"
#include "app/staff/pages/amends-sign-in-page.h"
#include "app/staff/pages/amends-why-page.h"

/* A person who was called away is locked out after so long. */
#define IDLE_LOCK_US (10 * 60 * G_USEC_PER_SEC)
#define IDLE_CHECK_S 15

/* A spinner sooner than this would only flicker. */
#define LOADING_DELAY_MS 300

struct _AmendsWindow
{
  AdwApplicationWindow parent_instance;

  AmendsSession *session;
  GSettings *settings;     /* (nullable) (owned) */
  gint64 last_activity_at; /* monotonic, microseconds */
  guint idle_source;
  guint loading_source;
  gboolean is_arriving; /* somebody signed in, and the list is not there yet */

  AdwToastOverlay *toasts; /* from the template, as all below */
  GtkStack *stack;
  GtkInfoBar *read_only_bar;
  GtkLabel *read_only_label;
  GtkSpinner *spinner;
  AdwStatusPage *failed_page;
  AmendsEnrolPage *enrol_page;
  AmendsSignInPage *sign_in_page;
  AdwStatusPage *empty_page;
  AmendsSyncButton *empty_sync_button;
  AmendsSyncButton *header_sync_button;
  AdwWindowTitle *empty_title;
  AdwLeaflet *leaflet;
  AmendsListPane *list_pane;
  GtkStack *detail_stack;
  AmendsCasePage *case_page;
  AmendsIntakePage *intake_page;
  AmendsComparePage *compare_page;
  AmendsWhyPage *why_page;
  AmendsPolicyPage *policy_page;
};

G_DEFINE_FINAL_TYPE (AmendsWindow, amends_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
is_showing (AmendsWindow *self, const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) == 0;
}

static void
show_title (AmendsWindow *self)
{
  const char *reference = amends_case_page_get_reference (self->case_page);
  g_autofree char *title = NULL;

  if (reference != NULL
      && (is_showing (self, "staff") || is_showing (self, "compare") || is_showing (self, "why")))
    title = g_strdup_printf (_ ("%s – Amends"), reference);
  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : _ ("Amends"));
}

static void
show_page (AmendsWindow *self, const char *page)
{
  g_clear_handle_id (&self->loading_source, g_source_remove);
  gtk_stack_set_visible_child_name (self->stack, page);
  show_title (self);
}

/* Where the sentence on sending stands: in the header while no case is open beside the list. */
static void
place_sync_button (AmendsWindow *self)
{
  gboolean is_folded = adw_leaflet_get_folded (self->leaflet);
  gboolean is_open = amends_case_page_is_open (self->case_page);

  g_object_set (self->list_pane, "foot-visible", is_folded || is_open, NULL);
  gtk_stack_set_visible_child_name (self->detail_stack, is_open ? "case" : "none");
}

static void
folded_cb (AmendsWindow *self)
{
  gboolean is_folded = adw_leaflet_get_folded (self->leaflet);

  amends_case_page_set_folded (self->case_page, is_folded);
  place_sync_button (self);
}

/* ---------------------------------------------------------------- going about */

static void
close_case (AmendsWindow *self)
{
  amends_case_page_close (self->case_page);
  amends_list_pane_select (self->list_pane, NULL);
  /* A narrow window shows one of the two, and the empty one has no way back. */
  adw_leaflet_set_visible_child_name (self->leaflet, "list");
  place_sync_button (self);
  show_title (self);
}

static void
open_case (AmendsWindow *self, const AmendsId *id, gboolean goes_there)
{
  amends_case_page_open (self->case_page, id);
  amends_list_pane_select (self->list_pane, id);
  place_sync_button (self);
  if (goes_there)
    adw_leaflet_set_visible_child_name (self->leaflet, "detail");
  show_page (self, "staff");
}

static void
open_case_cb (AmendsWindow *self, gpointer id, gboolean goes_there)
{
  const AmendsId copy = *(const AmendsId *) id;

  open_case (self, &copy, goes_there);
}

static void
open_draft_cb (AmendsWindow *self, gint64 draft, gpointer intake)
{
  show_page (self, "intake");
  amends_intake_page_begin (self->intake_page, draft, intake);
}

static void
show_list_or_empty (AmendsWindow *self)
{
  const GPtrArray *schemes = amends_session_get_schemes (self->session);
  const char *place = schemes != NULL && schemes->len == 1
                          ? ((const AmendsScheme *) g_ptr_array_index (schemes, 0))->name
                          : amends_session_get_organisation (self->session);
  g_autofree char *title = g_strdup_printf (_ ("%s is ready"), place != NULL ? place : "");
  g_autofree char *safe = g_markup_escape_text (title, -1);

  adw_status_page_set_title (self->empty_page, safe);
  adw_window_title_set_subtitle (self->empty_title, place != NULL ? place : "");
  show_page (self, amends_list_pane_is_empty (self->list_pane) ? "empty" : "staff");
}

static void
list_loaded_cb (AmendsWindow *self)
{
  if (self->is_arriving || is_showing (self, "staff") || is_showing (self, "empty"))
    show_list_or_empty (self);
  self->is_arriving = FALSE;
}

static void
recorded_cb (AmendsWindow *self, gpointer id, const char *reference)
{
  const AmendsId copy = *(const AmendsId *) id;
  g_autofree char *isolated = amends_words_isolate (reference);
  g_autofree char *sentence = g_strdup_printf (_ ("Saved on this laptop: %s"), isolated);
  g_autofree char *safe = g_markup_escape_text (sentence, -1);

  open_case (self, &copy, TRUE);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (safe));
}

static void
intake_closed_cb (AmendsWindow *self)
{
  amends_intake_page_clear (self->intake_page);
  amends_list_pane_reload (self->list_pane);
  show_list_or_empty (self);
}

static void
compare_cb (AmendsWindow *self, const char *field, AmendsCasePage *page)
{
  AmendsId id;

  amends_case_page_get_id (page, &id);
  show_page (self, "compare");
  amends_compare_page_open (self->compare_page, &id, field);
}

static void
why_cb (AmendsWindow *self, int clock, AmendsCasePage *page)
{
  show_page (self, "why");
  amends_why_page_open (self->why_page, amends_case_page_get_dues (page), (AmendsClockName) clock,
                        amends_case_page_get_reference (page));
}

static void
why_closed_cb (AmendsWindow *self)
{
  show_page (self, "staff");
  amends_why_page_clear (self->why_page);
  gtk_widget_grab_focus (GTK_WIDGET (self->case_page));
}

static void
policy_closed_cb (AmendsWindow *self)
{
  amends_policy_page_clear (self->policy_page);
  show_list_or_empty (self);
}

static void
copied_cb (AmendsWindow *self)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Copied as text")));
}

static void
compare_closed_cb (AmendsWindow *self)
{
  show_page (self, "staff");
  amends_compare_page_clear (self->compare_page);
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
  amends_intake_page_clear (self->intake_page);
  amends_compare_page_clear (self->compare_page);
  amends_why_page_clear (self->why_page);
  amends_policy_page_clear (self->policy_page);
  close_case (self);
}

static gboolean
is_open (AmendsWindow *self)
{
  return amends_session_get_state (self->session) == AMENDS_SESSION_OPEN;
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
  gtk_label_set_text (self->read_only_label, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->read_only_bar),
                          is_open (self) && amends_session_get_read_only (self->session));
  switch (amends_session_get_state (self->session))
    {
    case AMENDS_SESSION_STARTING:
      self->loading_source = g_timeout_add (LOADING_DELAY_MS, loading_cb, self);
      break;
    case AMENDS_SESSION_NO_STORE:
      show_page (self, "enrol");
      break;
    case AMENDS_SESSION_LOCKED:
      leave_everything (self);
      show_page (self, "sign-in");
      gtk_widget_grab_focus (GTK_WIDGET (self->sign_in_page));
      break;
    case AMENDS_SESSION_OPEN:
      self->last_activity_at = g_get_monotonic_time ();
      self->is_arriving = TRUE;
      break;
    case AMENDS_SESSION_FAILED:
      adw_status_page_set_description (self->failed_page, safe);
      show_page (self, "failed");
      break;
    }
}

static void
retry_cb (AmendsWindow *self)
{
  amends_session_start (self->session);
}

/* What is being typed is sealed first: the session does things in the order in which they are asked. */
static void
lock (AmendsWindow *self)
{
  if (amends_session_get_state (self->session) != AMENDS_SESSION_OPEN)
    return;
  if (is_showing (self, "intake"))
    amends_intake_page_flush (self->intake_page);
  amends_session_lock (self->session);
}

static gboolean
idle_cb (gpointer user_data)
{
  AmendsWindow *self = user_data;

  if (g_get_monotonic_time () - self->last_activity_at > IDLE_LOCK_US)
    lock (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
activity_cb (AmendsWindow *self, GdkEvent *event)
{
  self->last_activity_at = g_get_monotonic_time ();
  return GDK_EVENT_PROPAGATE;
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

/* ---------------------------------------------------------------- actions */

static void
lock_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lock (AMENDS_WINDOW (widget));
}

static void
new_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (!is_open (self) || amends_session_get_read_only (self->session)
      || is_showing (self, "intake"))
    return;
  show_page (self, "intake");
  amends_intake_page_begin (self->intake_page, 0, NULL);
}

static void
find_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (is_showing (self, "policy"))
    amends_policy_page_find (self->policy_page);
  if (!is_showing (self, "staff"))
    return;
  adw_leaflet_set_visible_child_name (self->leaflet, "list");
  amends_list_pane_find (self->list_pane);
}

static void
sync_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  amends_session_sync (AMENDS_WINDOW (widget)->session);
}

static void
carry_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (amends_session_get_state (self->session) == AMENDS_SESSION_OPEN)
    gtk_window_present (GTK_WINDOW (amends_hand_dialog_new (self->session, GTK_WINDOW (self))));
}

static void
back_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (is_showing (self, "why"))
    {
      why_closed_cb (self);
      return;
    }
  if (is_showing (self, "policy"))
    {
      policy_closed_cb (self);
      return;
    }
  if (!is_showing (self, "staff") || amends_list_pane_stop_search (self->list_pane))
    return;
  adw_leaflet_set_visible_child_name (self->leaflet, "list");
  if (!adw_leaflet_get_folded (self->leaflet))
    close_case (self);
}

static void
policies_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (!is_showing (self, "staff") && !is_showing (self, "empty"))
    return;
  show_page (self, "policy");
  amends_policy_page_open (self->policy_page);
}

static void
note_call_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (is_showing (self, "staff"))
    gtk_widget_activate_action (GTK_WIDGET (self->case_page), "case.note-call", NULL);
}

static void
next_pane_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  gboolean is_in_list =
      focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list_pane));

  if (!is_showing (self, "staff"))
    return;
  gtk_widget_child_focus (is_in_list ? GTK_WIDGET (self->detail_stack)
                                     : GTK_WIDGET (self->list_pane),
                          GTK_DIR_TAB_FORWARD);
}

/* ---------------------------------------------------------------- object */

static gboolean
amends_window_close_request (GtkWindow *window)
{
  AmendsWindow *self = AMENDS_WINDOW (window);
  int width, height;

  if (is_showing (self, "intake"))
    amends_intake_page_flush (self->intake_page);
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
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (amends_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, read_only_bar);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, read_only_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, failed_page);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, enrol_page);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, sign_in_page);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, empty_page);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, empty_sync_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, header_sync_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, empty_title);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, list_pane);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, detail_stack);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, case_page);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, intake_page);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, compare_page);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, why_page);
  gtk_widget_class_bind_template_child (widget_class, AmendsWindow, policy_page);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_case_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_draft_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_loaded_cb);
  gtk_widget_class_bind_template_callback (widget_class, recorded_cb);
  gtk_widget_class_bind_template_callback (widget_class, intake_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, why_cb);
  gtk_widget_class_bind_template_callback (widget_class, why_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, policy_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, copied_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_title);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, activity_cb);
  gtk_widget_class_bind_template_callback (widget_class, swallow_inspector_cb);
}

static void
amends_window_class_init (AmendsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = amends_window_close_request;

  g_type_ensure (AMENDS_TYPE_CASE_PAGE);
  g_type_ensure (AMENDS_TYPE_COMPARE_PAGE);
  g_type_ensure (AMENDS_TYPE_ENROL_PAGE);
  g_type_ensure (AMENDS_TYPE_INTAKE_PAGE);
  g_type_ensure (AMENDS_TYPE_LIST_PANE);
  g_type_ensure (AMENDS_TYPE_POLICY_PAGE);
  g_type_ensure (AMENDS_TYPE_SIGN_IN_PAGE);
  g_type_ensure (AMENDS_TYPE_SYNC_BUTTON);
  g_type_ensure (AMENDS_TYPE_WHY_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-window.ui");
  bind_children (widget_class);
  bind_callbacks (widget_class);
  gtk_widget_class_install_action (widget_class, "win.lock", NULL, lock_action_cb);
  gtk_widget_class_install_action (widget_class, "win.new", NULL, new_action_cb);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find_action_cb);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, sync_action_cb);
  gtk_widget_class_install_action (widget_class, "win.carry", NULL, carry_action_cb);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action_cb);
  gtk_widget_class_install_action (widget_class, "win.policies", NULL, policies_action_cb);
  gtk_widget_class_install_action (widget_class, "win.note-call", NULL, note_call_action_cb);
  gtk_widget_class_install_action (widget_class, "win.next-pane", NULL, next_pane_action_cb);
}

static void
amends_window_init (AmendsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->last_activity_at = g_get_monotonic_time ();
  self->idle_source = g_timeout_add_seconds (IDLE_CHECK_S, idle_cb, self);
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
  amends_enrol_page_set_session (self->enrol_page, session);
  amends_sign_in_page_set_session (self->sign_in_page, session);
  amends_list_pane_set_session (self->list_pane, session);
  amends_case_page_set_session (self->case_page, session);
  amends_intake_page_set_session (self->intake_page, session);
  amends_compare_page_set_session (self->compare_page, session);
  amends_policy_page_set_session (self->policy_page, session);
  amends_sync_button_set_session (self->empty_sync_button, session);
  amends_sync_button_set_session (self->header_sync_button, session);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  folded_cb (self);
  return GTK_WIDGET (self);
}
