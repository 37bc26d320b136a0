/* amends-kiosk-window.c: the residents' kiosk
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One visitor is one process: what they wrote is in its memory alone until it is sent, and after Leave, after
 * the end and after nobody answered the program ends, and begins anew for the next. Leave paints a noticeboard
 * first and forgets then, so that whoever looks over a shoulder sees nothing. */

#include "config.h"

#include "app/kiosk/amends-kiosk-window.h"

#include <sodium.h>

#include "app/kiosk/amends-kiosk-board.h"
#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-locked.h"
#include "app/kiosk/amends-kiosk-page.h"
#include "app/kiosk/amends-kiosk-queue.h"
#include "app/kiosk/amends-kiosk-said.h"
#include "app/kiosk/amends-kiosk-speech-page.h"
#include "app/kiosk/amends-kiosk-style.h"
#include "app/kiosk/amends-kiosk-window-private.h"

/* Seconds */
#define NOTICEBOARD_S 30

/* How long touches are not felt, in seconds, before the next visitor and after Leave: one that was on its way was
 * not meant for what has come in its place. */
#define STILL_S 2

/* How often the clock is looked at, in milliseconds. */
#define TICK_MS 250

/* Three presses of Shift within five seconds are Leave. */
#define SHIFT_PRESSES 3
#define SHIFT_WITHIN_US (5 * G_USEC_PER_SEC)

G_DEFINE_FINAL_TYPE (AmendsKioskWindow, amends_kiosk_window, ADW_TYPE_APPLICATION_WINDOW)

static void show_question (AmendsKioskWindow *self, const AmendsKioskQuestion *question);
static void make_frame (AmendsKioskWindow *self);
static void names_cb (AmendsSession *session, gpointer user_data);

/* ------------------------------------------------------------ the frame */

static gint64
get_now (AmendsKioskWindow *self)
{
  return self->clock (self->clock_data);
}

/* What reads and writes pictures does so on the stack. */
#define STACK_BYTES ((gsize) 512 * 1024)

static void
forget (AmendsKioskWindow *self)
{
  amends_kiosk_locked_clear (gtk_widget_get_display (GTK_WIDGET (self)));
  amends_kiosk_frame_write_in (self->frame, NULL);
  json_object_clear (self->answers);
  amends_kiosk_shown_clear (self->shown);
  amends_kiosk_camera_stop (self->camera);
  amends_kiosk_device_stop (self->microphone);
  amends_kiosk_receipt_clear (&self->receipt);
  self->question = NULL;
  self->resumed = NULL;
  self->back_to = NULL;
  self->has_slip = FALSE;
  amends_kiosk_comfort_clear (&self->comfort);
  sodium_stackzero (STACK_BYTES);
}

void
amends_kiosk_window_set_page (AmendsKioskWindow *self, GtkWidget *page)
{
  self->left = NULL;
  self->is_aside = FALSE;
  self->is_closed = FALSE;
  self->start_us = 0;
  amends_kiosk_frame_set_page (self->frame, page);
}

/* Returns: (transfer none) (nullable): the question that is shown */
AmendsKioskPage *
amends_kiosk_window_get_page (AmendsKioskWindow *self)
{
  GtkWidget *page = amends_kiosk_frame_get_page (self->frame);

  return AMENDS_IS_KIOSK_PAGE (page) ? AMENDS_KIOSK_PAGE (page) : NULL;
}

static void
describe_progress (AmendsKioskWindow *self)
{
  g_autofree char *text = amends_kiosk_flow_dup_progress (self->question, self->answers);

  amends_kiosk_frame_set_progress (self->frame, text);
  amends_kiosk_frame_set_staff (self->frame, amends_kiosk_flow_get_staff (self->answers));
}

/* ------------------------------------------------------------ how it looks */

static void
apply_comfort (AmendsKioskWindow *self)
{
  amends_kiosk_comfort_apply (&self->comfort, GTK_WIDGET (self), self->frame);
}

static void
text_size_cb (AmendsKioskFrame *frame, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;

  amends_kiosk_comfort_step_text (&self->comfort);
  apply_comfort (self);
  if (amends_kiosk_window_is_at_start (self))
    self->start_us = get_now (self) + AMENDS_KIOSK_START_S * G_USEC_PER_SEC;
  if (self->question != NULL)
    show_question (self, self->question);
  else if (self->receipt.reference != NULL)
    amends_kiosk_window_resume (self);
}

/* Everything is made again, in the words and the direction of the language. */
static void
relabel (AmendsKioskWindow *self)
{
  gboolean is_rtl = amends_kiosk_language_get ()->is_rtl;

  gtk_widget_set_default_direction (is_rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  make_frame (self);
  names_cb (self->session, self);
}

static gboolean
relabel_cb (gpointer user_data)
{
  AmendsKioskWindow *self = user_data;

  if (self->question == NULL)
    return G_SOURCE_REMOVE;
  relabel (self);
  apply_comfort (self);
  show_question (self, self->question);
  return G_SOURCE_REMOVE;
}

/* Not at once: the choice that was touched is a part of what is made again. */
static void
take_language (AmendsKioskWindow *self)
{
  const AmendsKioskLanguage *language;

  for (guint i = 0; (language = amends_kiosk_language_nth (i)) != NULL; i++)
    if (amends_kiosk_answers_has (self->answers, "language", language->code)
        && amends_kiosk_language_use (language->code))
      g_idle_add_full (G_PRIORITY_HIGH_IDLE, relabel_cb, g_object_ref (self), g_object_unref);
}

static void
say_note (AmendsKioskWindow *self, AmendsKioskPage *page)
{
  amends_kiosk_page_set_note (page, amends_kiosk_flow_get_note (self->question, self->answers,
                                                                amends_kiosk_window_get_today ()));
}

static void
changed_cb (AmendsKioskPage *page, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;

  amends_kiosk_page_set_problem (page, NULL);
  amends_kiosk_flow_take_change (self->answers, self->question);
  say_note (self, page);
  if (g_str_equal (self->question->id, "language"))
    take_language (self);
  amends_kiosk_comfort_take (&self->comfort, self->question, self->answers,
                             amends_kiosk_scan_is_choosing (
                                 amends_kiosk_frame_get_scan (self->frame)));
  apply_comfort (self);
}

/* ------------------------------------------------------------ leaving */

/* By the clock of the machine. */
AmendsDay
amends_kiosk_window_get_today (void)
{
  return amends_day_from_instant (g_get_real_time ());
}

/* The process ends, and with it all that stands in its memory; with the next tick, while what was sent is still being
 * written down. */
static void
end_visit (AmendsKioskWindow *self)
{
  if (self->is_sending)
    return;
  forget (self);
  g_application_quit (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
}

static gboolean
forget_cb (gpointer user_data)
{
  AmendsKioskWindow *self = user_data;

  forget (self);
  apply_comfort (self);
  amends_kiosk_window_set_page (self, gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  return G_SOURCE_REMOVE;
}

/* Returns: (transfer none) (nullable): where it stands */
const AmendsScheme *
amends_kiosk_window_get_scheme (AmendsKioskWindow *self)
{
  const GPtrArray *schemes = amends_session_get_schemes (self->session);

  return schemes != NULL && schemes->len > 0 ? g_ptr_array_index (schemes, 0) : NULL;
}

/* For whoever wants to use the screen, and has seen that it is free. */
static void
first_page_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;

  self->end_us = get_now (self);
  end_visit (self);
}

void
amends_kiosk_window_be_still (AmendsKioskWindow *self)
{
  self->still_us = get_now (self) + STILL_S * G_USEC_PER_SEC;
}

/* The noticeboard is there with the next frame; what was written goes once it is painted. */
static void
leave (AmendsKioskWindow *self)
{
  const AmendsScheme *scheme = amends_kiosk_window_get_scheme (self);
  g_autoptr (GPtrArray) numbers = amends_kiosk_window_choose_numbers (self, NULL);

  self->question = NULL;
  self->resumed = NULL;
  amends_kiosk_frame_stop_reading (self->frame);
  g_cancellable_cancel (self->printing);
  gtk_widget_set_default_direction (gtk_get_locale_direction ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self),
                                      amends_kiosk_board_new (scheme != NULL ? scheme->name : "",
                                                              numbers, G_CALLBACK (first_page_cb),
                                                              self));
  amends_kiosk_camera_stop (self->camera);
  amends_kiosk_device_stop (self->microphone);
  g_idle_add_full (G_PRIORITY_LOW, forget_cb, g_object_ref (self), g_object_unref);
  amends_kiosk_watch_stop (&self->watch);
  self->left = NULL;
  self->end_us = get_now (self) + NOTICEBOARD_S * G_USEC_PER_SEC;
  amends_kiosk_window_be_still (self);
}

static void
leave_cb (AmendsKioskFrame *frame, gpointer user_data)
{
  leave (user_data);
}

/* Whether somebody is there who has begun, whatever page stands on top. */
gboolean
amends_kiosk_window_is_visited (AmendsKioskWindow *self)
{
  return self->question != NULL || self->resumed != NULL || self->receipt.reference != NULL;
}

/* On the first page, where nobody's answers stand. */
gboolean
amends_kiosk_window_is_at_start (AmendsKioskWindow *self)
{
  return amends_kiosk_window_may_record (self) && !amends_kiosk_window_is_visited (self)
         && self->left == NULL && self->end_us == 0;
}

/* On the first page for staff; and where somebody has begun a way to leave that nobody sees. */
static void
held_cb (AmendsKioskFrame *frame, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;

  if (amends_kiosk_window_is_visited (self))
    leave (self);
  if (amends_kiosk_window_is_at_start (self))
    amends_kiosk_window_show_sheet (self);
}

static void
help_cb (AmendsKioskFrame *frame, gpointer user_data)
{
  amends_kiosk_window_show_help (user_data);
}

/* Where Space and Enter press nothing else: what the focus is on outside of the first page is pressed by them. */
static gboolean
begins_by_key (AmendsKioskWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  GtkWidget *page = amends_kiosk_frame_get_page (self->frame);

  return amends_kiosk_window_is_at_start (self) && !self->is_aside && !self->is_closed
         && (focus == NULL || (page != NULL && gtk_widget_is_ancestor (focus, page)));
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType modifiers,
        gpointer user_data)
{
  AmendsKioskWindow *self = user_data;
  gint64 now_us = get_now (self);
  gboolean begins = begins_by_key (self);

  if (amends_kiosk_comfort_take_key (&self->comfort, keyval, begins, self->answers))
    {
      apply_comfort (self);
      if (begins)
        {
          amends_kiosk_window_begin (self);
          return GDK_EVENT_STOP;
        }
    }
  if (amends_kiosk_window_is_at_start (self))
    self->start_us = now_us + AMENDS_KIOSK_START_S * G_USEC_PER_SEC;
  if (amends_kiosk_frame_press_switch (self->frame, keyval, now_us))
    return GDK_EVENT_STOP;
  if (keyval != GDK_KEY_Shift_L && keyval != GDK_KEY_Shift_R)
    {
      self->n_shifts = 0;
      return amends_kiosk_locked_takes_key (keyval, modifiers);
    }
  if (self->n_shifts == 0 || now_us - self->first_shift_us > SHIFT_WITHIN_US)
    {
      self->n_shifts = 0;
      self->first_shift_us = now_us;
    }
  if (++self->n_shifts >= SHIFT_PRESSES)
    {
      self->n_shifts = 0;
      leave (self);
    }
  return FALSE;
}

/* ------------------------------------------------------------ nobody there */

/* Somebody has touched it. */
void
amends_kiosk_window_rearm (AmendsKioskWindow *self)
{
  gboolean is_slower = self->comfort.is_slower || self->comfort.switches != AMENDS_KIOSK_NO_SWITCH;

  /* While they are asked, only an answer counts: whoever passes by touches the screen too. */
  if (self->left == NULL && amends_kiosk_window_is_visited (self))
    amends_kiosk_watch_touch (&self->watch,
                              is_slower ? AMENDS_KIOSK_QUIET_SLOWER_S : AMENDS_KIOSK_QUIET_S,
                              get_now (self));
}

/* Whatever stood there: while nothing can be recorded it is the page that says so. */
void
amends_kiosk_window_resume (AmendsKioskWindow *self)
{
  if (!amends_kiosk_window_may_record (self))
    amends_kiosk_window_show_closed (self, amends_session_get_reason (self->session));
  else if (self->resumed != NULL)
    show_question (self, g_steal_pointer (&self->resumed));
  else if (self->has_slip)
    amends_kiosk_window_show_slip (self);
  else
    amends_kiosk_window_show_done (self);
  amends_kiosk_window_rearm (self);
}

static void
describe_queue (AmendsKioskWindow *self)
{
  const AmendsScheme *scheme = amends_kiosk_window_get_scheme (self);
  /* As far ahead as the clock is: days pass in tests. */
  gint64 ahead_us = get_now (self) - g_get_monotonic_time ();
  g_autofree char *text = NULL;

  if (!amends_kiosk_window_is_at_start (self))
    return;
  text = amends_kiosk_queue_describe (amends_session_get_status (self->session), self->editions,
                                      scheme->code,
                                      amends_day_from_instant (g_get_real_time () + ahead_us));
  amends_kiosk_frame_set_progress (self->frame, text != NULL ? text : "");
}

static gboolean
tick_cb (gpointer user_data)
{
  AmendsKioskWindow *self = user_data;
  gint64 now_us = get_now (self);
  guint left_s;

  if (self->end_us != 0 && now_us >= self->end_us)
    {
      end_visit (self);
      return G_SOURCE_CONTINUE;
    }
  if (amends_kiosk_window_is_carrying (self))
    self->start_us = now_us + AMENDS_KIOSK_START_S * G_USEC_PER_SEC;
  if (amends_kiosk_window_is_recording (self))
    amends_kiosk_window_rearm (self);
  if (self->start_us != 0 && now_us >= self->start_us)
    amends_kiosk_window_show_start (self);
  amends_kiosk_window_follow_room (self);
  describe_queue (self);
  amends_kiosk_scan_tick (amends_kiosk_frame_get_scan (self->frame), now_us);
  switch (amends_kiosk_watch_look (&self->watch, now_us, &left_s))
    {
    case AMENDS_KIOSK_THERE:
      break;
    case AMENDS_KIOSK_ASKED:
      if (self->left == NULL)
        amends_kiosk_window_ask_whether_there (self);
      amends_kiosk_window_say_left (self, left_s);
      break;
    case AMENDS_KIOSK_GONE:
      end_visit (self);
      break;
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;
  GdkEventType type = gdk_event_get_event_type (event);
  gboolean is_press = type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN || type == GDK_KEY_PRESS;

  if (get_now (self) < self->still_us && is_press)
    return GDK_EVENT_STOP;
  if (amends_kiosk_locked_takes_press (event))
    return GDK_EVENT_STOP;
  if (self->start_us != 0 && is_press)
    self->start_us = get_now (self) + AMENDS_KIOSK_START_S * G_USEC_PER_SEC;
  amends_kiosk_window_rearm (self);
  return GDK_EVENT_PROPAGATE;
}

/* ------------------------------------------------------------ the keyboard */

static void
focus_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (!GTK_IS_TEXT_VIEW (focus) && !GTK_IS_TEXT (focus))
    return;
  amends_kiosk_frame_write_in (self->frame, focus);
}

/* ------------------------------------------------------------ going on */

static void
other_cb (AmendsKioskPage *page, AmendsKioskOther other, gpointer user_data)
{
  amends_kiosk_window_show_other (user_data, other);
}

/* Whoever is on their way to the question is told before they try. */
static void
device_cb (AmendsKioskDevice *device, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;
  AmendsKioskPage *page = amends_kiosk_window_get_page (self);
  AmendsKioskOther other =
      device == self->microphone ? AMENDS_KIOSK_OTHER_MICROPHONE : AMENDS_KIOSK_OTHER_CAMERA;

  if (page != NULL)
    amends_kiosk_page_say_device (page, other,
                                  amends_kiosk_device_get_state (device)
                                      != AMENDS_KIOSK_DEVICE_ABSENT);
}

static void
change_cb (AmendsKioskPage *page, const char *id, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;

  self->back_to = "check";
  show_question (self, amends_kiosk_flow_find (id));
}

static void
show_question (AmendsKioskWindow *self, const AmendsKioskQuestion *question)
{
  GtkWidget *page = amends_kiosk_page_new (question, self->answers, self->comfort.percent);
  const char *go = question->go != NULL ? K_ (question->go) : K_ ("Continue");
  g_autoptr (GPtrArray) numbers = amends_kiosk_window_choose_numbers (self, self->answers);

  self->question = question;
  g_signal_connect_object (page, "changed", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (page, "change", G_CALLBACK (change_cb), self, 0);
  g_signal_connect_object (page, "other", G_CALLBACK (other_cb), self, 0);
  amends_kiosk_page_say_numbers (AMENDS_KIOSK_PAGE (page), numbers);
  say_note (self, AMENDS_KIOSK_PAGE (page));
  amends_kiosk_page_ask_homes (AMENDS_KIOSK_PAGE (page), self->session);
  amends_kiosk_window_set_page (self, page);
  /* Now that the page before has kept what stood there. */
  device_cb (amends_kiosk_camera_get_device (self->camera), self);
  device_cb (self->microphone, self);
  amends_kiosk_page_say_device (AMENDS_KIOSK_PAGE (page), AMENDS_KIOSK_OTHER_PAD, TRUE);
  amends_kiosk_frame_set_dock (self->frame, TRUE, go);
  describe_progress (self);
  amends_kiosk_page_enter (AMENDS_KIOSK_PAGE (page));
  amends_kiosk_window_rearm (self);
}

void
amends_kiosk_window_begin (AmendsKioskWindow *self)
{
  const AmendsScheme *scheme = amends_kiosk_window_get_scheme (self);

  amends_kiosk_flow_say_place (self->answers, scheme != NULL && scheme->takes_safety,
                               scheme != NULL && scheme->takes_conduct);
  amends_kiosk_device_look (amends_kiosk_camera_get_device (self->camera));
  amends_kiosk_device_look (self->microphone);
  show_question (self, amends_kiosk_flow_find (NULL));
}

static void
start_cb (GtkButton *button, gpointer user_data)
{
  amends_kiosk_window_begin (user_data);
}

void
amends_kiosk_window_show_start (AmendsKioskWindow *self)
{
  forget (self);
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  if (amends_kiosk_language_use (amends_kiosk_language_nth (0)->code))
    relabel (self);
  apply_comfort (self);
  if (amends_kiosk_window_may_record (self))
    amends_kiosk_window_set_page (self, amends_kiosk_said_start (G_CALLBACK (start_cb), self));
  else
    amends_kiosk_window_show_closed (self, amends_session_get_reason (self->session));
  amends_kiosk_frame_set_dock (self->frame, FALSE, NULL);
  amends_kiosk_frame_set_progress (self->frame, "");
  amends_kiosk_frame_set_staff (self->frame, NULL);
  amends_kiosk_watch_stop (&self->watch);
}

static void
back_cb (AmendsKioskFrame *frame, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;
  const AmendsKioskQuestion *before;

  if (self->question == NULL)
    {
      if (amends_kiosk_window_is_at_start (self))
        amends_kiosk_window_show_start (self);
      else if (self->is_aside)
        amends_kiosk_window_resume (self);
      else
        amends_kiosk_window_show_done (self); /* the slip is behind it */
      return;
    }
  if (self->back_to != NULL)
    before = amends_kiosk_flow_find (g_steal_pointer (&self->back_to));
  else
    before = amends_kiosk_flow_before (self->question, self->answers);
  if (before != NULL)
    show_question (self, before);
  else
    amends_kiosk_window_show_start (self);
}

static void
go_cb (AmendsKioskFrame *frame, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;
  const AmendsKioskQuestion *next;
  const char *problem;

  if (self->question == NULL)
    {
      if (self->is_aside && self->resumed != NULL)
        amends_kiosk_window_resume (self);
      else if (self->receipt.reference != NULL)
        end_visit (self);
      return;
    }
  next = g_str_equal (self->question->id, "check")
             ? amends_kiosk_flow_find_problem (self->question, self->answers,
                                               amends_kiosk_window_get_today ())
             : NULL;
  if (next != NULL)
    {
      self->back_to = "check";
      show_question (self, next);
      amends_kiosk_page_set_problem (amends_kiosk_window_get_page (self),
                                     amends_kiosk_flow_check (next, self->answers,
                                                              amends_kiosk_window_get_today ()));
      return;
    }
  problem =
      amends_kiosk_flow_check (self->question, self->answers, amends_kiosk_window_get_today ());
  if (problem != NULL)
    {
      amends_kiosk_page_set_problem (amends_kiosk_window_get_page (self), problem);
      return;
    }
  if (self->back_to != NULL)
    next = amends_kiosk_flow_find (g_steal_pointer (&self->back_to));
  else
    next = amends_kiosk_flow_next (self->question, self->answers);
  if (next != NULL)
    show_question (self, next);
  else
    amends_kiosk_window_send (self);
}

/* ------------------------------------------------------------ the session */

static void
published_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsKioskWindow) self = user_data;
  g_autoptr (AmendsEditions) editions =
      amends_session_get_editions_finish (AMENDS_SESSION (source), result, NULL);

  if (self->session == NULL) /* it is gone, and takes nothing any more */
    return;
  g_clear_pointer (&self->editions, amends_editions_unref);
  self->editions = g_steal_pointer (&editions);
}

/* What was just recorded waits until the server has acknowledged it. */
static void
waiting_cb (AmendsSession *session, GParamSpec *pspec, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;
  gboolean is_waiting = amends_session_get_status (session)->n_waiting > 0;

  self->has_waited |= is_waiting;
  if (is_waiting || !self->has_waited || self->receipt.is_sent)
    return;
  self->receipt.is_sent = TRUE;
  if (self->receipt.reference != NULL && !self->is_sending && self->left == NULL && !self->has_slip
      && !self->is_aside)
    amends_kiosk_window_show_done (self);
}

/* The name of the scheme and its numbers come with the first exchange. */
static void
names_cb (AmendsSession *session, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;
  const AmendsScheme *scheme = amends_kiosk_window_get_scheme (self);

  amends_kiosk_frame_set_names (self->frame, amends_session_get_organisation (session),
                                scheme != NULL ? scheme->name : NULL);
  amends_kiosk_window_ask_numbers (self);
}

static void
list_changed_cb (AmendsSession *session, gpointer user_data)
{
  names_cb (session, user_data);
  amends_kiosk_window_follow (user_data);
}

static void
state_cb (AmendsSession *session, GParamSpec *pspec, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;

  if (amends_session_get_state (session) == AMENDS_SESSION_OPEN)
    {
      names_cb (session, self);
      amends_session_get_editions_async (session, NULL, published_cb, g_object_ref (self));
    }
  if (amends_session_get_state (session) != AMENDS_SESSION_STARTING)
    amends_kiosk_window_follow (self);
}

/* ------------------------------------------------------------ the window */

/* In the language in use. */
static void
make_frame (AmendsKioskWindow *self)
{
  g_clear_object (&self->frame);
  self->frame = g_object_ref_sink (AMENDS_KIOSK_FRAME (amends_kiosk_frame_new ()));
  g_signal_connect_object (self->frame, "leave", G_CALLBACK (leave_cb), self, 0);
  g_signal_connect_object (self->frame, "help", G_CALLBACK (help_cb), self, 0);
  g_signal_connect_object (self->frame, "text-size", G_CALLBACK (text_size_cb), self, 0);
  g_signal_connect_object (self->frame, "back", G_CALLBACK (back_cb), self, 0);
  g_signal_connect_object (self->frame, "held", G_CALLBACK (held_cb), self, 0);
  g_signal_connect_object (self->frame, "go", G_CALLBACK (go_cb), self, 0);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), GTK_WIDGET (self->frame));
}

static void
amends_kiosk_window_dispose (GObject *object)
{
  AmendsKioskWindow *self = AMENDS_KIOSK_WINDOW (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_object (&self->session);
  g_clear_pointer (&self->editions, amends_editions_unref);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  g_clear_object (&self->frame); /* its page has what follows */
  g_clear_pointer (&self->shown, amends_kiosk_shown_free);
  g_clear_object (&self->camera);
  g_clear_object (&self->microphone);
  g_clear_pointer (&self->answers, json_decref);
  amends_kiosk_receipt_clear (&self->receipt);
  g_clear_object (&self->printing);
  g_clear_pointer (&self->slip_command, g_free);
  g_clear_pointer (&self->notice_command, g_free);
  g_clear_pointer (&self->sticks, g_free);

  G_OBJECT_CLASS (amends_kiosk_window_parent_class)->dispose (object);
}

static void
amends_kiosk_window_class_init (AmendsKioskWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = amends_kiosk_window_dispose;
}

static void
amends_kiosk_window_init (AmendsKioskWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *all = gtk_event_controller_legacy_new ();

  self->answers = json_object ();
  self->shown = amends_kiosk_shown_new (self->answers);
  self->camera = amends_kiosk_camera_new ();
  self->microphone = amends_kiosk_speech_page_new_microphone ();
  g_signal_connect_object (amends_kiosk_camera_get_device (self->camera), "changed",
                           G_CALLBACK (device_cb), self, 0);
  g_signal_connect_object (self->microphone, "changed", G_CALLBACK (device_cb), self, 0);
  self->printing = g_cancellable_new ();
  amends_kiosk_receipt_clear (&self->receipt);
  amends_kiosk_comfort_clear (&self->comfort);
  amends_kiosk_watch_init (&self->watch, G_USEC_PER_SEC);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_event_controller_set_propagation_phase (all, GTK_PHASE_CAPTURE);
  g_signal_connect (all, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), all);
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (focus_cb), self);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kiosk");
  make_frame (self);
}

/* The size is asked for as well: with no window manager nobody grants a full screen. */
static void
fill_screen (AmendsKioskWindow *self)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self)));
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, 0);
  GdkRectangle area;

  if (monitor != NULL)
    {
      gdk_monitor_get_geometry (monitor, &area);
      gtk_window_set_default_size (GTK_WINDOW (self), area.width, area.height);
    }
  gtk_window_set_decorated (GTK_WINDOW (self), FALSE);
  gtk_window_fullscreen (GTK_WINDOW (self));
}

/**
 * amends_kiosk_window_new:
 * @session: of a store that opens itself
 * @clock: microseconds of a clock that never goes back
 * @clock_data: (closure): for @clock
 *
 * Returns: (transfer none): the window, filling the screen
 */
AmendsKioskWindow *
amends_kiosk_window_new (GtkApplication *application,
                         AmendsSession *session,
                         AmendsKioskClock clock,
                         gpointer clock_data)
{
  AmendsKioskWindow *self =
      g_object_new (AMENDS_TYPE_KIOSK_WINDOW, "application", application, "title", "", NULL);

  self->session = g_object_ref (session);
  self->clock = clock;
  self->clock_data = clock_data;
  self->tick_source = g_timeout_add (TICK_MS, tick_cb, self);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self, 0);
  g_signal_connect_object (session, "notify::read-only", G_CALLBACK (state_cb), self, 0);
  g_signal_connect_object (session, "list-changed", G_CALLBACK (list_changed_cb), self, 0);
  g_signal_connect_object (session, "notify::waiting", G_CALLBACK (waiting_cb), self, 0);
  apply_comfort (self);
  amends_kiosk_frame_set_dock (self->frame, FALSE, NULL);
  fill_screen (self);
  return self;
}

/**
 * amends_kiosk_window_set_printers:
 * @slip_command: (nullable): what prints a visitor's slip, as amends_kiosk_print_async() takes it
 * @notice_command: (nullable): what prints the notice for staff, on a printer of their own
 */
void
amends_kiosk_window_set_printers (AmendsKioskWindow *self,
                                  const char *slip_command,
                                  const char *notice_command)
{
  g_free (self->slip_command);
  self->slip_command = g_strdup (slip_command);
  g_free (self->notice_command);
  self->notice_command = g_strdup (notice_command);
}

/**
 * amends_kiosk_window_set_sticks:
 * @folder: (nullable): in which sticks are mounted, for what a member of staff carries; %NULL for none
 */
void
amends_kiosk_window_set_sticks (AmendsKioskWindow *self, const char *folder)
{
  g_free (self->sticks);
  self->sticks = g_strdup (folder);
}
