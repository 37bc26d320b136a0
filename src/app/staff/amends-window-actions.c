/* amends-window-actions.c: what the keys, the menus and the buttons of the window of the staff do
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-go-to-dialog.h"
#include "app/staff/amends-hand-dialog.h"
#include "app/staff/amends-import-window.h"
#include "app/staff/amends-pin-dialog.h"
#include "app/staff/amends-scan-dialog.h"
#include "app/staff/amends-test-letter.h"
#include "app/staff/amends-window-private.h"

static void
lock_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  amends_session_lock (AMENDS_WINDOW (widget)->session);
}

/* What was begun is kept as it stands, and a fresh one begins: somebody else is at the desk. */
static void
new_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (!amends_window_is_open (self) || amends_session_get_read_only (self->session)
      || self->staff_page == NULL)
    return;
  if (amends_window_is_showing (self, "intake"))
    {
      if (!amends_intake_page_may_give_way (self->intake_page))
        return;
      amends_intake_page_flush (self->intake_page);
    }
  self->is_told_beside = FALSE;
  amends_intake_page_begin (amends_window_ensure_intake_page (self), 0, NULL);
  amends_window_show_page (self, "intake");
}

/* From a record that is being written, or from the case that is open. */
static void
tell_safeguarding_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);
  const AmendsCaseFile *file =
      self->staff_page != NULL ? amends_staff_page_get_file (self->staff_page) : NULL;
  json_auto_t *of = NULL;
  g_autofree char *scheme = NULL;
  g_autofree char *reference = NULL;

  if (!amends_window_is_open (self) || amends_session_get_read_only (self->session))
    return;
  if (amends_window_is_showing (self, "intake"))
    {
      json_auto_t *intake = NULL;

      if (!amends_intake_page_may_give_way (self->intake_page))
        return;
      intake = amends_intake_page_collect (self->intake_page);
      scheme = g_strdup (json_string_value (json_object_get (intake, "scheme")));
      of = json_incref (json_object_get (intake, "complainant"));
      amends_intake_page_flush (self->intake_page);
    }
  else if (file != NULL && amends_window_return_to_staff (self))
    {
      scheme = g_strdup (amends_case_get_text (file->complaint, "scheme"));
      reference = g_strdup (file->reference);
      of = json_pack ("{s:s*, s:s*}", "name",
                      amends_case_get_text (file->complaint, "complainant.name"), "home",
                      amends_case_get_text (file->complaint, "complainant.home"));
    }
  else
    return;
  self->is_told_beside = reference != NULL;
  amends_intake_page_begin_concern (amends_window_ensure_intake_page (self), of, scheme, reference);
  amends_window_show_page (self, "intake");
}

static void
find_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (amends_window_return_to_staff (self))
    amends_staff_page_find (self->staff_page);
}

static void
go_to_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (amends_window_is_open (self) && amends_window_return_to_staff (self))
    gtk_window_present (GTK_WINDOW (
        amends_go_to_dialog_new (self->session, amends_staff_page_get_file (self->staff_page),
                                 GTK_WINDOW (self))));
}

static void
open_case_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);
  AmendsId id;

  if (!amends_window_is_open (self)
      || !amends_id_parse (g_variant_get_string (parameter, NULL), &id, NULL)
      || !amends_window_return_to_staff (self))
    return;
  amends_staff_page_open_case (self->staff_page, &id, TRUE);
  amends_staff_page_focus_case (self->staff_page);
}

static void
act_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (amends_window_is_open (self) && amends_window_is_showing (self, "staff"))
    amends_staff_page_act (self->staff_page, g_variant_get_string (parameter, NULL));
}

/* Whoever complains in the case that is open. */
static void
person_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);
  AmendsId id;

  if (!amends_window_is_open (self) || !amends_window_is_showing (self, "staff")
      || !amends_staff_page_get_case_id (self->staff_page, &id))
    return;
  amends_person_page_open (amends_window_ensure_person_page (self), &id);
  amends_window_show_page (self, "person");
  gtk_widget_child_focus (GTK_WIDGET (self->person_page), GTK_DIR_TAB_FORWARD);
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

  if (amends_window_is_open (self))
    gtk_window_present (GTK_WINDOW (amends_hand_dialog_new (self->session, GTK_WINDOW (self))));
}

static void
pin_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (amends_window_is_open (self))
    gtk_window_present (GTK_WINDOW (amends_pin_dialog_new (self->session, GTK_WINDOW (self))));
}

static void
import_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (amends_window_is_open (self) && amends_window_is_showing (self, "staff"))
    gtk_window_present (
        GTK_WINDOW (amends_import_window_new (self->session, g_variant_get_string (parameter, NULL),
                                              GTK_WINDOW (self))));
}

static void
find_scan_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (amends_window_is_open (self))
    gtk_window_present (GTK_WINDOW (amends_scan_dialog_new (self->session, GTK_WINDOW (self))));
}

static void
back_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (amends_window_is_showing (self, "why"))
    amends_window_close_why (self);
  else if (amends_window_is_showing (self, "person"))
    amends_window_close_person (self);
  else if (amends_window_is_showing (self, "staff"))
    amends_staff_page_go_back (self->staff_page);
}

static void
view_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);
  int view = g_variant_get_int32 (parameter);

  if (view >= 0 && view < AMENDS_N_VIEWS && amends_window_return_to_staff (self))
    amends_staff_page_show_view (self->staff_page, (AmendsView) view);
}

static void
policies_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (amends_window_return_to_staff (self))
    amends_staff_page_show_view (self->staff_page, AMENDS_VIEW_POLICIES);
}

static void
sidebar_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (amends_window_is_showing (self, "staff"))
    amends_staff_page_toggle_sidebar (self->staff_page);
}

static void
note_call_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (amends_window_return_to_staff (self))
    amends_staff_page_note_call (self->staff_page);
}

static void
next_pane_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (amends_window_is_showing (self, "staff"))
    amends_staff_page_go_to_next_pane (self->staff_page);
}

static void
test_letter_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWindow *self = AMENDS_WINDOW (widget);

  if (amends_window_is_open (self))
    amends_test_letter_print (self->session, GTK_WINDOW (self));
}

/**
 * amends_window_install_actions:
 * @widget_class: of the window
 */
void
amends_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.lock", NULL, lock_action_cb);
  gtk_widget_class_install_action (widget_class, "win.new", NULL, new_action_cb);
  gtk_widget_class_install_action (widget_class, "win.tell-safeguarding", NULL,
                                   tell_safeguarding_action_cb);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find_action_cb);
  gtk_widget_class_install_action (widget_class, "win.go-to", NULL, go_to_action_cb);
  gtk_widget_class_install_action (widget_class, "win.open-case", "s", open_case_action_cb);
  gtk_widget_class_install_action (widget_class, "win.act", "s", act_action_cb);
  gtk_widget_class_install_action (widget_class, "win.person", NULL, person_action_cb);
  gtk_widget_class_install_action (widget_class, "win.view", "i", view_action_cb);
  gtk_widget_class_install_action (widget_class, "win.sidebar", NULL, sidebar_action_cb);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, sync_action_cb);
  gtk_widget_class_install_action (widget_class, "win.carry", NULL, carry_action_cb);
  gtk_widget_class_install_action (widget_class, "win.pin", NULL, pin_action_cb);
  gtk_widget_class_install_action (widget_class, "win.import", "s", import_action_cb);
  gtk_widget_class_install_action (widget_class, "win.test-letter", NULL, test_letter_action_cb);
  gtk_widget_class_install_action (widget_class, "win.find-scan", NULL, find_scan_action_cb);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action_cb);
  gtk_widget_class_install_action (widget_class, "win.policies", NULL, policies_action_cb);
  gtk_widget_class_install_action (widget_class, "win.note-call", NULL, note_call_action_cb);
  gtk_widget_class_install_action (widget_class, "win.next-pane", NULL, next_pane_action_cb);
}
