/* amends-window-private.h: the window of the staff, for its own parts alone
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/staff/amends-window.h"

#include "app/staff/pages/amends-compare-page.h"
#include "app/staff/pages/amends-enrol-page.h"
#include "app/staff/pages/amends-intake-page.h"
#include "app/staff/pages/amends-person-page.h"
#include "app/staff/pages/amends-sealed-page.h"
#include "app/staff/pages/amends-sign-in-page.h"
#include "app/staff/pages/amends-staff-page.h"
#include "app/staff/pages/amends-why-page.h"

G_BEGIN_DECLS

struct _AmendsWindow
{
  AdwApplicationWindow parent_instance;

  AmendsSession *session;
  GSettings *settings;     /* (nullable) (owned) */
  gint64 last_activity_at; /* monotonic, microseconds */
  guint idle_source;
  guint loading_source;
  AdwToast *undo_toast; /* (nullable): while what was saved last may be taken back */
  gboolean is_arriving; /* somebody signed in, and the list is not there yet */
  GtkWindow *ask;       /* (nullable): asks whether it is to be closed all the same */
  guint inhibit_cookie; /* the session is asked not to end; 0 if it may */
  gboolean may_close;   /* whoever was asked says so */
  gboolean
      is_told_beside; /* what is being written for the safeguarding lead is beside the open case */

  /* Each is made when it is first shown: the first that a person sees waits for none of the others. */
  AmendsEnrolPage *enrol_page;
  AmendsSignInPage *sign_in_page;
  AmendsStaffPage *staff_page;
  AmendsIntakePage *intake_page;
  AmendsComparePage *compare_page;
  AmendsWhyPage *why_page;
  AmendsPersonPage *person_page;
  AmendsSealedPage *sealed_page;

  AdwToastOverlay *toasts; /* from the template, as all below */
  GtkStack *stack;
  GtkInfoBar *read_only_bar;
  GtkLabel *read_only_label;
  GtkInfoBar *news_bar;
  GtkLabel *news_label;
  GtkSpinner *spinner;
  AdwStatusPage *failed_page;
};

gboolean amends_window_is_showing (AmendsWindow *self, const char *page);
gboolean amends_window_is_open (AmendsWindow *self);
void amends_window_show_page (AmendsWindow *self, const char *page);
gboolean amends_window_return_to_staff (AmendsWindow *self);
void amends_window_close_why (AmendsWindow *self);
void amends_window_close_person (AmendsWindow *self);
AmendsIntakePage *amends_window_ensure_intake_page (AmendsWindow *self);
AmendsPersonPage *amends_window_ensure_person_page (AmendsWindow *self);

void amends_window_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
