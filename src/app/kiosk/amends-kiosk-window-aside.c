/* amends-kiosk-window-aside.c: what stands on top of a visit, and what is for staff
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Help, and a member of staff who signs in beside a visitor, take the place of a question and give it back as it was.
 * On the first page the same pages are for staff alone. Who has signed in stands among the answers, and goes with
 * them. */

#include "config.h"

#include "app/kiosk/amends-kiosk-carry.h"
#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-numbers.h"
#include "app/kiosk/amends-kiosk-pad-page.h"
#include "app/kiosk/amends-kiosk-photo-page.h"
#include "app/kiosk/amends-kiosk-picture-page.h"
#include "app/kiosk/amends-kiosk-said.h"
#include "app/kiosk/amends-kiosk-sheet.h"
#include "app/kiosk/amends-kiosk-sign-in.h"
#include "app/kiosk/amends-kiosk-speech-page.h"
#include "app/kiosk/amends-kiosk-style.h"
#include "app/kiosk/amends-kiosk-window-private.h"

/* The question that is shown waits behind @page; on the first page it comes back by itself. */
static void
show_aside (AmendsKioskWindow *self, GtkWidget *page, gboolean has_back)
{
  if (self->question != NULL)
    self->resumed = g_steal_pointer (&self->question);
  amends_kiosk_window_set_page (self, page);
  self->is_aside = TRUE;
  if (!amends_kiosk_window_is_visited (self))
    self->start_us = self->clock (self->clock_data) + AMENDS_KIOSK_START_S * G_USEC_PER_SEC;
  amends_kiosk_frame_set_dock (self->frame, has_back, NULL);
}

/* ------------------------------------------------------------ signing in */

/* Whoever is helped only now is asked first what the others are asked on their way, of which there is one: whether it
 * is about who helps them, or what that person adds. Then they are where they were, but never past the check, after
 * which they confirm it. */
static void
ask_new (AmendsKioskWindow *self, const json_t *before)
{
  const AmendsKioskQuestion *check = amends_kiosk_flow_find ("check");
  const AmendsKioskQuestion *asked = NULL;

  if (self->resumed != NULL)
    {
      if (amends_kiosk_flow_is_behind (self->resumed, check))
        self->resumed = check;
      asked = amends_kiosk_flow_find_new (before, self->answers, self->resumed);
    }
  if (asked != NULL)
    {
      self->back_to = self->resumed->id;
      self->resumed = asked;
    }
  amends_kiosk_window_resume (self);
}

static void
signed_in_cb (AmendsKioskSignIn *page, const char *name, const char *id, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;
  gboolean is_at_start = amends_kiosk_window_is_at_start (self);
  json_auto_t *before = json_deep_copy (self->answers);

  amends_kiosk_answers_set_text (self->answers, AMENDS_KIOSK_STAFF, AMENDS_KIOSK_STAFF_NAME, name);
  amends_kiosk_answers_set_text (self->answers, AMENDS_KIOSK_STAFF, AMENDS_KIOSK_STAFF_ID, id);
  if (is_at_start)
    amends_kiosk_window_show_sheet (self);
  else
    ask_new (self, before);
}

static void
sign_in_cb (GtkWidget *widget, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;
  GtkWidget *page = amends_kiosk_sign_in_new (self->session);

  g_signal_connect_object (page, "signed-in", G_CALLBACK (signed_in_cb), self, 0);
  show_aside (self, page, TRUE);
}

static void
sign_out_now_cb (GtkWidget *widget, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;

  amends_kiosk_flow_sign_out (self->answers);
  if (!amends_kiosk_flow_is_asked (self->resumed, self->answers))
    self->resumed = amends_kiosk_flow_next (self->resumed, self->answers);
  amends_kiosk_window_resume (self);
}

/* What they added goes with them: that is said before, and asked. */
static void
sign_out_cb (GtkWidget *widget, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;

  if (amends_kiosk_answers_get_text (self->answers, "staff-words", NULL) != NULL)
    show_aside (self,
                amends_kiosk_said_sign_out (amends_kiosk_flow_get_staff (self->answers),
                                            G_CALLBACK (sign_out_now_cb), self),
                TRUE);
  else
    sign_out_now_cb (widget, user_data);
}

/* ------------------------------------------------------------ help */

static void
numbers_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsKioskWindow) self = user_data;
  g_autoptr (GPtrArray) numbers =
      amends_session_list_numbers_finish (AMENDS_SESSION (source), result, NULL);

  if (numbers == NULL || self->session == NULL) /* it may be gone by then */
    return;
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  self->numbers = g_steal_pointer (&numbers);
}

/* The next page that says them, and the noticeboard, which comes at once, have what is known by then. */
void
amends_kiosk_window_ask_numbers (AmendsKioskWindow *self)
{
  amends_session_list_numbers_async (self->session, NULL, numbers_cb, g_object_ref (self));
}

/* Returns: (transfer container): as amends_kiosk_numbers_choose() has them */
GPtrArray *
amends_kiosk_window_choose_numbers (AmendsKioskWindow *self, const json_t *answers)
{
  const AmendsScheme *scheme = amends_kiosk_window_get_scheme (self);

  return amends_kiosk_numbers_choose (self->numbers, scheme != NULL ? scheme->code : NULL, answers);
}

/**
 * amends_kiosk_window_show_help:
 *
 * What the page means, and who can be asked. During a visit a member of staff can sign in from there, and sign
 * out.
 */
void
amends_kiosk_window_show_help (AmendsKioskWindow *self)
{
  const AmendsKioskQuestion *question = self->question != NULL ? self->question : self->resumed;
  g_autoptr (GPtrArray) numbers = amends_kiosk_window_choose_numbers (self, self->answers);
  gboolean is_signed_in = amends_kiosk_flow_get_staff (self->answers) != NULL;
  GCallback sign = !is_signed_in                                    ? G_CALLBACK (sign_in_cb)
                   : amends_kiosk_flow_may_sign_out (self->answers) ? G_CALLBACK (sign_out_cb)
                                                                    : NULL;

  if (self->is_sending || self->left != NULL || self->end_us != 0)
    return;
  if (!amends_kiosk_window_may_record (self)) /* a PIN is not looked at, and nothing can be added */
    sign = NULL;
  show_aside (self,
              amends_kiosk_said_help (question, numbers, is_signed_in,
                                      question != NULL ? sign : NULL, self),
              TRUE);
}

/* ------------------------------------------------------------ nobody there */

static void
stay_cb (GtkButton *button, gpointer user_data)
{
  amends_kiosk_window_resume (user_data);
}

static void
more_time_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;

  amends_kiosk_window_resume (self);
  amends_kiosk_watch_touch (&self->watch, AMENDS_KIOSK_QUIET_SLOWER_S,
                            self->clock (self->clock_data));
}

/* Whoever listened to the page hears that too. */
void
amends_kiosk_window_ask_whether_there (AmendsKioskWindow *self)
{
  gboolean listens = amends_kiosk_frame_is_read (self->frame);
  GtkWidget *left;

  if (self->question != NULL)
    self->resumed = g_steal_pointer (&self->question);
  amends_kiosk_window_set_page (self,
                                amends_kiosk_said_idle (G_CALLBACK (stay_cb),
                                                        G_CALLBACK (more_time_cb), self, &left));
  self->left = left;
  gtk_level_bar_set_value (GTK_LEVEL_BAR (left), AMENDS_KIOSK_WARNING_S);
  amends_kiosk_frame_set_dock (self->frame, FALSE, NULL);
  amends_kiosk_frame_set_progress (self->frame, "");
  if (listens)
    amends_kiosk_frame_read (self->frame);
}

/* How many seconds there are to answer: to be seen, and to be heard by whoever listens. */
void
amends_kiosk_window_say_left (AmendsKioskWindow *self, guint left_s)
{
  guint before_s = (guint) gtk_level_bar_get_value (GTK_LEVEL_BAR (self->left));
  g_autofree char *text = NULL;

  gtk_level_bar_set_value (GTK_LEVEL_BAR (self->left), left_s);
  if (!amends_kiosk_watch_is_said (before_s, left_s))
    return;
  /* Translators: a number of seconds, after the word. */
  text = g_strdup_printf (K_ ("Seconds left to answer: %u"), left_s);
  amends_kiosk_frame_say (self->frame, text);
}

/* ------------------------------------------------------------ something is shown */

static void
shown_cb (GtkWidget *page, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;
  const AmendsKioskQuestion *question = self->resumed != NULL ? self->resumed : self->question;

  /* What a page keeps as it goes comes once its question is back; after Leave there is none. */
  if (question != NULL)
    amends_kiosk_flow_take_change (self->answers, question);
}

/* The voice of the screen is not to be recorded, nor in the way of who listens to what they said. */
static void
said_cb (GtkWidget *page, const char *text, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;

  if (page != amends_kiosk_frame_get_page (self->frame))
    return;
  amends_kiosk_frame_set_quiet (self->frame, amends_kiosk_window_is_recording (self));
  amends_kiosk_frame_say (self->frame, text);
}

static GtkWidget *
make_other (AmendsKioskWindow *self, AmendsKioskOther other)
{
  switch (other)
    {
    case AMENDS_KIOSK_OTHER_MICROPHONE:
      return amends_kiosk_speech_page_new (self->question, self->shown, self->microphone);
    case AMENDS_KIOSK_OTHER_CAMERA:
      return amends_kiosk_photo_page_new (self->question, self->shown, self->camera,
                                          self->comfort.percent >= AMENDS_KIOSK_LARGE_PERCENT);
    case AMENDS_KIOSK_OTHER_PICTURES:
      return amends_kiosk_picture_page_new (self->question, self->answers, self->comfort.percent);
    case AMENDS_KIOSK_OTHER_PAD:
      return amends_kiosk_pad_page_new (self->question, self->shown);
    case AMENDS_KIOSK_N_OTHERS:
      break;
    }
  g_assert_not_reached ();
}

/* On top of the question that is answered so. */
void
amends_kiosk_window_show_other (AmendsKioskWindow *self, AmendsKioskOther other)
{
  GtkWidget *page = make_other (self, other);

  g_signal_connect_object (page, "said", G_CALLBACK (said_cb), self, 0);
  g_signal_connect_object (page, "changed", G_CALLBACK (shown_cb), self, 0);
  show_aside (self, page, TRUE);
  amends_kiosk_frame_set_dock (self->frame, TRUE, K_ ("Continue"));
}

/* Whoever speaks is there, and touches nothing. */
gboolean
amends_kiosk_window_is_recording (AmendsKioskWindow *self)
{
  GtkWidget *page = amends_kiosk_frame_get_page (self->frame);

  return AMENDS_IS_KIOSK_SPEECH_PAGE (page)
         && amends_kiosk_speech_page_is_recording (AMENDS_KIOSK_SPEECH_PAGE (page));
}

/* ------------------------------------------------------------ the page for staff */

static void
first_page_cb (AmendsKioskSheet *sheet, gpointer user_data)
{
  amends_kiosk_window_show_start (user_data);
}

static void
begin_cb (AmendsKioskSheet *sheet, gpointer user_data)
{
  amends_kiosk_window_begin (user_data);
}

static void
carry_cb (AmendsKioskSheet *sheet, gpointer user_data)
{
  AmendsKioskWindow *self = user_data;
  const char *staff = amends_kiosk_flow_get_staff (self->answers);
  const char *id =
      amends_kiosk_answers_get_text (self->answers, AMENDS_KIOSK_STAFF, AMENDS_KIOSK_STAFF_ID);

  if (staff != NULL && id != NULL)
    show_aside (self, amends_kiosk_carry_new (self->session, self->sticks, id, staff), TRUE);
}

/**
 * amends_kiosk_window_is_carrying:
 *
 * Returns: whether a stick is being written to or read
 */
gboolean
amends_kiosk_window_is_carrying (AmendsKioskWindow *self)
{
  GtkWidget *page = amends_kiosk_frame_get_page (self->frame);

  return AMENDS_IS_KIOSK_CARRY (page) && amends_kiosk_carry_is_busy (AMENDS_KIOSK_CARRY (page));
}

/**
 * amends_kiosk_window_show_sheet:
 *
 * On the first page: how things stand, and what a member of staff can do.
 */
void
amends_kiosk_window_show_sheet (AmendsKioskWindow *self)
{
  GtkWidget *sheet =
      amends_kiosk_sheet_new (self->session, amends_kiosk_flow_get_staff (self->answers),
                              self->sticks != NULL);

  g_signal_connect_object (sheet, "first-page", G_CALLBACK (first_page_cb), self, 0);
  g_signal_connect_object (sheet, "sign-in", G_CALLBACK (sign_in_cb), self, 0);
  g_signal_connect_object (sheet, "begin", G_CALLBACK (begin_cb), self, 0);
  g_signal_connect_object (sheet, "carry", G_CALLBACK (carry_cb), self, 0);
  show_aside (self, sheet, FALSE);
}
