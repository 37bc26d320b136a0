/* test-kiosk-watch.c: whether somebody still stands at a kiosk
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "app/kiosk/amends-kiosk-watch.h"

#define SECOND_US G_USEC_PER_SEC
#define BEGIN_US (1000 * SECOND_US)

/* Touched at 0 s with so much time; looked at after so long. */
static const struct
{
  guint quiet_s;
  double after_s;
  AmendsKioskPresence presence;
  guint left_s;
} look_rows[] = {
  { 60, 0, AMENDS_KIOSK_THERE, 0 },    { 60, 59.9, AMENDS_KIOSK_THERE, 0 },
  { 60, 60, AMENDS_KIOSK_ASKED, 60 },  { 60, 60.1, AMENDS_KIOSK_ASKED, 60 },
  { 60, 90, AMENDS_KIOSK_ASKED, 30 },  { 60, 119.9, AMENDS_KIOSK_ASKED, 1 },
  { 60, 120, AMENDS_KIOSK_GONE, 0 },   { 60, 1e6, AMENDS_KIOSK_GONE, 0 },
  { 600, 599, AMENDS_KIOSK_THERE, 0 }, { 600, 600, AMENDS_KIOSK_ASKED, 60 },
  { 600, 660, AMENDS_KIOSK_GONE, 0 },
};

static void
test_look (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (look_rows); i++)
    {
      AmendsKioskWatch watch;
      guint left_s = 99;

      amends_kiosk_watch_init (&watch, SECOND_US);
      amends_kiosk_watch_touch (&watch, look_rows[i].quiet_s, BEGIN_US);
      g_test_message ("row %u", i);
      g_assert_cmpint (amends_kiosk_watch_look (
                           &watch, BEGIN_US + (gint64) (look_rows[i].after_s * SECOND_US), &left_s),
                       ==, look_rows[i].presence);
      g_assert_cmpuint (left_s, ==, look_rows[i].left_s);
    }
}

/* More time is given as often as it is asked for; ten times is the least that WCAG 2.2.1 allows. */
static void
test_without_limit (void)
{
  AmendsKioskWatch watch;
  gint64 now_us = BEGIN_US;

  amends_kiosk_watch_init (&watch, SECOND_US);
  amends_kiosk_watch_touch (&watch, AMENDS_KIOSK_QUIET_S, now_us);
  for (guint i = 0; i < 1000; i++)
    {
      now_us += 119 * SECOND_US;
      g_assert_cmpint (amends_kiosk_watch_look (&watch, now_us, NULL), ==, AMENDS_KIOSK_ASKED);
      amends_kiosk_watch_touch (&watch, AMENDS_KIOSK_QUIET_S, now_us);
      g_assert_cmpint (amends_kiosk_watch_look (&watch, now_us, NULL), ==, AMENDS_KIOSK_THERE);
    }
}

/* Ten minutes that were asked for are ten minutes, though the hand moves. */
static void
test_more_time_stays (void)
{
  AmendsKioskWatch watch;

  amends_kiosk_watch_init (&watch, SECOND_US);
  amends_kiosk_watch_touch (&watch, AMENDS_KIOSK_QUIET_SLOWER_S, BEGIN_US);
  amends_kiosk_watch_touch (&watch, AMENDS_KIOSK_QUIET_S, BEGIN_US + SECOND_US);
  g_assert_cmpint (amends_kiosk_watch_look (&watch, BEGIN_US + 599 * SECOND_US, NULL), ==,
                   AMENDS_KIOSK_THERE);
  amends_kiosk_watch_touch (&watch, AMENDS_KIOSK_QUIET_S, BEGIN_US + 599 * SECOND_US);
  g_assert_cmpint (amends_kiosk_watch_look (&watch, BEGIN_US + 658 * SECOND_US, NULL), ==,
                   AMENDS_KIOSK_THERE);
  g_assert_cmpint (amends_kiosk_watch_look (&watch, BEGIN_US + 659 * SECOND_US, NULL), ==,
                   AMENDS_KIOSK_ASKED);
}

/* On the first page nobody is waited for, and after a visit neither. */
static void
test_nobody_waited_for (void)
{
  AmendsKioskWatch watch;

  amends_kiosk_watch_init (&watch, SECOND_US);
  g_assert_cmpint (amends_kiosk_watch_look (&watch, BEGIN_US, NULL), ==, AMENDS_KIOSK_THERE);
  amends_kiosk_watch_touch (&watch, AMENDS_KIOSK_QUIET_S, BEGIN_US);
  amends_kiosk_watch_stop (&watch);
  g_assert_cmpint (amends_kiosk_watch_look (&watch, G_MAXINT64, NULL), ==, AMENDS_KIOSK_THERE);
}

static const struct
{
  guint before_s;
  guint left_s;
  gboolean is_said;
} said_rows[] = {
  { 60, 60, FALSE }, { 60, 41, FALSE }, { 41, 40, TRUE }, { 60, 30, TRUE },
  { 40, 40, FALSE }, { 40, 39, FALSE }, { 21, 20, TRUE }, { 11, 10, TRUE },
  { 6, 5, TRUE },    { 5, 4, FALSE },   { 60, 0, FALSE }, /* it is over */
};

/* Once at each, whatever seconds the clock leaves out. */
static void
test_said (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (said_rows); i++)
    {
      g_test_message ("row %u", i);
      g_assert_cmpint (amends_kiosk_watch_is_said (said_rows[i].before_s, said_rows[i].left_s), ==,
                       said_rows[i].is_said);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/kiosk-watch/look", test_look);
  g_test_add_func ("/kiosk-watch/without-limit", test_without_limit);
  g_test_add_func ("/kiosk-watch/more-time-stays", test_more_time_stays);
  g_test_add_func ("/kiosk-watch/nobody-waited-for", test_nobody_waited_for);
  g_test_add_func ("/kiosk-watch/said", test_said);

  return g_test_run ();
}
