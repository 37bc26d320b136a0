/* amends-kiosk-watch.c: whether somebody still stands at a kiosk
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * WCAG 2.2, 2.2.1: they are warned, have 20 seconds or more to say so, and as much time again as often as they
 * like. */

#include "config.h"

#include "app/kiosk/amends-kiosk-watch.h"

/**
 * amends_kiosk_watch_init:
 * @second_us: how long a second is, in microseconds; another than a real one in tests
 */
void
amends_kiosk_watch_init (AmendsKioskWatch *self, gint64 second_us)
{
  g_return_if_fail (second_us > 0);

  *self = (AmendsKioskWatch){ .second_us = second_us };
}

/**
 * amends_kiosk_watch_touch:
 * @quiet_s: for how many seconds from now nobody needs to do anything; not 0
 * @now_us: now
 *
 * Who was given more time keeps it, whatever they touch.
 */
void
amends_kiosk_watch_touch (AmendsKioskWatch *self, guint quiet_s, gint64 now_us)
{
  gint64 quiet_us = quiet_s * self->second_us;

  if (self->quiet_us != 0 && now_us + quiet_us < self->seen_us + self->quiet_us)
    return;
  self->seen_us = now_us;
  self->quiet_us = quiet_us;
}

/**
 * amends_kiosk_watch_stop:
 *
 * Nobody is waited for until the next touch.
 */
void
amends_kiosk_watch_stop (AmendsKioskWatch *self)
{
  self->quiet_us = 0;
}

/**
 * amends_kiosk_watch_look:
 * @now_us: now
 * @ret_left_s: (out) (optional): while they are asked, how many seconds they have to answer, from 1
 *
 * Returns: whether somebody is there
 */
AmendsKioskPresence
amends_kiosk_watch_look (const AmendsKioskWatch *self, gint64 now_us, guint *ret_left_s)
{
  gint64 asked_us = now_us - self->seen_us - self->quiet_us;
  gint64 left_us = AMENDS_KIOSK_WARNING_S * self->second_us - asked_us;

  if (ret_left_s != NULL)
    *ret_left_s = 0;
  if (self->quiet_us == 0 || asked_us < 0)
    return AMENDS_KIOSK_THERE;
  if (left_us <= 0)
    return AMENDS_KIOSK_GONE;
  if (ret_left_s != NULL)
    *ret_left_s = (guint) ((left_us + self->second_us - 1) / self->second_us);
  return AMENDS_KIOSK_ASKED;
}

/**
 * amends_kiosk_watch_is_said:
 * @before_s: how many seconds there were to answer when this was last asked
 * @left_s: how many there are
 *
 * To whoever listens and does not see them go by; not so often that nothing else is heard.
 *
 * Returns: whether it is time to say so
 */
gboolean
amends_kiosk_watch_is_said (guint before_s, guint left_s)
{
  static const guint said[] = { 40, 20, 10, 5 };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    if (before_s > said[i] && left_s <= said[i])
      return left_s > 0;
  return FALSE;
}
