/* amends-kiosk-window-closed.c: the page that stands while nothing can be recorded
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The store cannot be opened, or only be read; the kiosk serves no scheme; or its disk has no room for one more record:
 * that is said before somebody has written for ten minutes, and not after. What somebody wrote waits behind the page,
 * for as long as somebody is there who answers: they are asked meanwhile. What others sent stays where it is, sealed. */

#include "config.h"

#include "app/kiosk/amends-kiosk-queue.h"
#include "app/kiosk/amends-kiosk-said.h"
#include "app/kiosk/amends-kiosk-window-private.h"

/**
 * amends_kiosk_window_may_record:
 *
 * Returns: whether what a visitor tells can be recorded, as far as is known
 */
gboolean
amends_kiosk_window_may_record (AmendsKioskWindow *self)
{
  return amends_session_get_state (self->session) == AMENDS_SESSION_OPEN
         && !amends_session_get_read_only (self->session)
         && amends_kiosk_window_get_scheme (self) != NULL;
}

/**
 * amends_kiosk_window_show_closed:
 * @reason: (nullable): for whoever looks after it
 */
void
amends_kiosk_window_show_closed (AmendsKioskWindow *self, const char *reason)
{
  g_autoptr (GPtrArray) numbers = amends_kiosk_window_choose_numbers (self, self->answers);

  if (self->question != NULL)
    self->resumed = g_steal_pointer (&self->question);
  amends_kiosk_window_set_page (self, amends_kiosk_said_closed (numbers, reason));
  amends_kiosk_frame_set_dock (self->frame, FALSE, NULL);
  self->is_closed = TRUE;
}

static void
show_start (AmendsKioskWindow *self)
{
  amends_kiosk_window_show_start (self);
  amends_kiosk_window_be_still (self);
}

/**
 * amends_kiosk_window_follow:
 *
 * After anything that decides whether something can be recorded: the page that says that nothing can be, or what stood
 * behind it. The noticeboard stays, since another process begins behind it.
 */
void
amends_kiosk_window_follow (AmendsKioskWindow *self)
{
  if (self->end_us != 0)
    return;
  if (!amends_kiosk_window_may_record (self))
    amends_kiosk_window_show_closed (self, amends_session_get_reason (self->session));
  else if (amends_kiosk_window_is_visited (self))
    {
      if (self->is_closed)
        amends_kiosk_window_resume (self);
    }
  else if (self->is_closed || amends_kiosk_frame_get_page (self->frame) == NULL)
    show_start (self);
}

/**
 * amends_kiosk_window_follow_room:
 *
 * On the first page. Staff still have their own page, to carry away what waits.
 */
void
amends_kiosk_window_follow_room (AmendsKioskWindow *self)
{
  const AmendsStatus *status;
  gboolean has_room;

  if (!amends_kiosk_window_is_at_start (self) || self->is_aside)
    return;
  status = amends_session_get_status (self->session);
  has_room = amends_kiosk_queue_has_room (status);
  if (has_room && self->is_closed)
    show_start (self);
  else if (!has_room && !self->is_closed)
    {
      g_autofree char *room = amends_kiosk_queue_describe_room (status);

      amends_kiosk_window_show_closed (self, room);
    }
}
