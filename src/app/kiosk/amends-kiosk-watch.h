/* amends-kiosk-watch.h: whether somebody still stands at a kiosk
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The clock comes in as an argument. Instants are microseconds of a clock that never goes back. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Seconds. How long nobody needs to do anything; the same for whoever asked for more time; and how long the
 * question whether they are still there waits for an answer. */
#define AMENDS_KIOSK_QUIET_S 60
#define AMENDS_KIOSK_QUIET_SLOWER_S 600
#define AMENDS_KIOSK_WARNING_S 60

/**
 * AmendsKioskPresence:
 * @AMENDS_KIOSK_THERE: somebody is there, or nobody was yet
 * @AMENDS_KIOSK_ASKED: they are asked whether they are
 * @AMENDS_KIOSK_GONE: nobody answered: all that is unfinished is to be destroyed
 */
typedef enum
{
  AMENDS_KIOSK_THERE,
  AMENDS_KIOSK_ASKED,
  AMENDS_KIOSK_GONE,
} AmendsKioskPresence;

/* By value; all zero: nobody is waited for. */
typedef struct
{
  gint64 seen_us; /* the last sign of somebody */
  gint64 quiet_us;
  gint64 second_us; /* how long a second is */
} AmendsKioskWatch;

void amends_kiosk_watch_init (AmendsKioskWatch *self, gint64 second_us);
void amends_kiosk_watch_touch (AmendsKioskWatch *self, guint quiet_s, gint64 now_us);
void amends_kiosk_watch_stop (AmendsKioskWatch *self);
gboolean amends_kiosk_watch_is_said (guint before_s, guint left_s);
AmendsKioskPresence
amends_kiosk_watch_look (const AmendsKioskWatch *self, gint64 now_us, guint *ret_left_s);

G_END_DECLS
