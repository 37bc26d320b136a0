/* amends-kiosk-window-private.h: what the files of the kiosk's window share
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/kiosk/amends-kiosk-camera.h"
#include "app/kiosk/amends-kiosk-comfort.h"
#include "app/kiosk/amends-kiosk-frame.h"
#include "app/kiosk/amends-kiosk-page.h"
#include "app/kiosk/amends-kiosk-receipt.h"
#include "app/kiosk/amends-kiosk-shown.h"
#include "app/kiosk/amends-kiosk-watch.h"
#include "app/kiosk/amends-kiosk-window.h"

G_BEGIN_DECLS

/* How long a page for staff stands, and what somebody changed on the first page and left, in seconds. */
#define AMENDS_KIOSK_START_S 60

struct _AmendsKioskWindow
{
  AdwApplicationWindow parent_instance;

  AmendsSession *session;
  AmendsEditions *editions; /* (nullable): what the landlord has published, once it is known */
  GPtrArray *numbers; /* (nullable) (element-type AmendsNumber): whom to ring, once it is known */
  json_t *answers;
  AmendsKioskShown *shown; /* beside them */
  AmendsKioskCamera *camera;
  AmendsKioskDevice *microphone;
  const AmendsKioskQuestion *question; /* (nullable): none on a page that asks nothing */
  const AmendsKioskQuestion *resumed;  /* (nullable): behind "Are you still there?" */
  const char *back_to; /* (nullable): where a change that was asked for there leads back to */
  AmendsKioskReceipt receipt;
  char *slip_command;   /* (nullable): what prints a slip; none is offered */
  char *notice_command; /* (nullable): what prints the notice for staff */
  char *sticks;         /* (nullable): the folder in which sticks are mounted; none is written to */
  GCancellable *printing; /* ends what is being printed, when somebody leaves */

  AmendsKioskFrame *frame; /* (owned): about the page; the noticeboard takes its place */

  AmendsKioskComfort comfort;
  AmendsKioskClock clock;
  gpointer clock_data;
  AmendsKioskWatch watch;
  GtkWidget *left; /* (nullable): the time to answer, while they are asked whether they are there */
  gboolean is_aside; /* the page stands on top of what was there: help, or what is for staff */
  gboolean
      is_closed; /* nothing can be recorded now; what was there waits behind the page that says so */
  gint64 start_us; /* when the first page comes back as it was; 0 while nothing is to be undone */
  gint64 end_us;   /* when the noticeboard goes; 0 while it does not stand */
  gint64 still_us; /* until when touches are not felt */
  guint tick_source;
  guint n_shifts;
  gint64 first_shift_us;
  gboolean has_slip; /* the page of the slip is where they are, also behind another */
  gboolean is_sending;
  gboolean has_waited; /* since it was sent off */
};

/* amends-kiosk-window.c */
void amends_kiosk_window_set_page (AmendsKioskWindow *self, GtkWidget *page);
gboolean amends_kiosk_window_is_visited (AmendsKioskWindow *self);
gboolean amends_kiosk_window_is_at_start (AmendsKioskWindow *self);
void amends_kiosk_window_begin (AmendsKioskWindow *self);
void amends_kiosk_window_resume (AmendsKioskWindow *self);
void amends_kiosk_window_show_start (AmendsKioskWindow *self);
const AmendsScheme *amends_kiosk_window_get_scheme (AmendsKioskWindow *self);
AmendsKioskPage *amends_kiosk_window_get_page (AmendsKioskWindow *self);
AmendsDay amends_kiosk_window_get_today (void);
void amends_kiosk_window_rearm (AmendsKioskWindow *self);
void amends_kiosk_window_be_still (AmendsKioskWindow *self);

/* The page that stands while nothing can be recorded (amends-kiosk-window-closed.c). */
gboolean amends_kiosk_window_may_record (AmendsKioskWindow *self);
void amends_kiosk_window_show_closed (AmendsKioskWindow *self, const char *reason);
void amends_kiosk_window_follow (AmendsKioskWindow *self);
void amends_kiosk_window_follow_room (AmendsKioskWindow *self);

/* What is sent, and what they get for it (amends-kiosk-window-send.c). */
void amends_kiosk_window_send (AmendsKioskWindow *self);
void amends_kiosk_window_show_done (AmendsKioskWindow *self);
void amends_kiosk_window_show_slip (AmendsKioskWindow *self);

/* What stands on top of a visit, and what is for staff (amends-kiosk-window-aside.c). */
void amends_kiosk_window_ask_whether_there (AmendsKioskWindow *self);
void amends_kiosk_window_say_left (AmendsKioskWindow *self, guint left_s);
void amends_kiosk_window_show_help (AmendsKioskWindow *self);
void amends_kiosk_window_show_other (AmendsKioskWindow *self, AmendsKioskOther other);
gboolean amends_kiosk_window_is_recording (AmendsKioskWindow *self);
gboolean amends_kiosk_window_is_carrying (AmendsKioskWindow *self);
void amends_kiosk_window_show_sheet (AmendsKioskWindow *self);
void amends_kiosk_window_ask_numbers (AmendsKioskWindow *self);
GPtrArray *amends_kiosk_window_choose_numbers (AmendsKioskWindow *self, const json_t *answers);

G_END_DECLS
