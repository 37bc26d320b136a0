/* test-kiosk-device.c: a camera that takes its time to be opened, or never is
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/kiosk/amends-kiosk-device.h"

/* ------------------------------------------------------------ a source that opens when it is let */

typedef struct
{
  GstElement parent_instance;
} Slow;

typedef struct
{
  GstElementClass parent_class;
} SlowClass;

static GType slow_get_type (void);

G_DEFINE_TYPE (Slow, slow, GST_TYPE_ELEMENT)

static GMutex mutex;
static GCond cond;
static gboolean is_shut; /* nothing can be opened */
static int n_waiting;    /* to be opened */
static int n_open;

static GstStateChangeReturn
change_state (GstElement *element, GstStateChange change)
{
  g_mutex_lock (&mutex);
  if (change == GST_STATE_CHANGE_NULL_TO_READY)
    {
      n_waiting++;
      while (is_shut)
        g_cond_wait (&cond, &mutex);
      n_waiting--;
      n_open++;
    }
  else if (change == GST_STATE_CHANGE_READY_TO_NULL)
    n_open--;
  g_mutex_unlock (&mutex);
  return GST_ELEMENT_CLASS (slow_parent_class)->change_state (element, change);
}

static void
slow_class_init (SlowClass *klass)
{
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass), "Slow", "Source", "Opens late",
                                         "Amends");
  GST_ELEMENT_CLASS (klass)->change_state = change_state;
}

static void
slow_init (Slow *self)
{
}

static int
get_number (const int *number)
{
  int is;

  g_mutex_lock (&mutex);
  is = *number;
  g_mutex_unlock (&mutex);
  return is;
}

static void
shut (gboolean is_to_be)
{
  g_mutex_lock (&mutex);
  is_shut = is_to_be;
  g_cond_broadcast (&cond);
  g_mutex_unlock (&mutex);
}

/* ------------------------------------------------------------ the device */

static void
tick_cb (AmendsKioskDevice *device, gpointer user_data)
{
  g_autoptr (GstElement) first = amends_kiosk_device_get_part (device, AMENDS_KIOSK_DEVICE_FIRST);

  if (first != NULL)
    amends_kiosk_device_say_alive (device);
}

static AmendsKioskDevice *
new_device (void)
{
  AmendsKioskDevice *device =
      amends_kiosk_device_new (NULL, "fakesink slowtestsrc name=" AMENDS_KIOSK_DEVICE_FIRST);

  g_signal_connect (device, "tick", G_CALLBACK (tick_cb), NULL);
  return device;
}

static void
wait_for_state (AmendsKioskDevice *device, AmendsKioskDeviceState state)
{
  gint64 end_us = g_get_monotonic_time () + 40 * G_USEC_PER_SEC;

  while (amends_kiosk_device_get_state (device) != state && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (amends_kiosk_device_get_state (device), ==, state);
}

/* What moves the main loop meanwhile is the clock of each device that is on. */
static void
wait_for_number (const int *number, int wanted)
{
  gint64 end_us = g_get_monotonic_time () + 40 * G_USEC_PER_SEC;

  while (get_number (number) != wanted && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (get_number (number), ==, wanted);
}

/* Whoever gives up a start and begins another has the other: the end of the first is not in its way. */
static void
test_again (void)
{
  g_autoptr (AmendsKioskDevice) device = new_device ();

  shut (TRUE);
  amends_kiosk_device_start (device);
  wait_for_number (&n_waiting, 1);
  amends_kiosk_device_finish (device);
  g_assert_cmpint (amends_kiosk_device_get_state (device), ==, AMENDS_KIOSK_DEVICE_OFF);
  amends_kiosk_device_start (device);
  shut (FALSE);
  wait_for_state (device, AMENDS_KIOSK_DEVICE_ON);
  wait_for_number (&n_open, 1);
  amends_kiosk_device_stop (device);
  wait_for_number (&n_open, 0);
}

/* What cannot be opened has failed; once it can be, it is closed again, and another start is one. */
static void
test_never (void)
{
  g_autoptr (AmendsKioskDevice) device = new_device ();

  shut (TRUE);
  amends_kiosk_device_start (device);
  wait_for_number (&n_waiting, 1);
  wait_for_state (device, AMENDS_KIOSK_DEVICE_FAILED);
  shut (FALSE);
  wait_for_number (&n_waiting, 0);
  wait_for_number (&n_open, 0);
  g_assert_cmpint (amends_kiosk_device_get_state (device), ==, AMENDS_KIOSK_DEVICE_FAILED);
  amends_kiosk_device_start (device);
  wait_for_state (device, AMENDS_KIOSK_DEVICE_ON);
  amends_kiosk_device_stop (device);
  wait_for_number (&n_open, 0);
}

/* Whoever goes while it is opened leaves nothing open. */
static void
test_gone (void)
{
  AmendsKioskDevice *device = new_device ();

  shut (TRUE);
  amends_kiosk_device_start (device);
  wait_for_number (&n_waiting, 1);
  amends_kiosk_device_stop (device);
  g_object_add_weak_pointer (G_OBJECT (device), (gpointer *) &device);
  g_object_unref (device);
  shut (FALSE);
  wait_for_number (&n_waiting, 0);
  while (device != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (get_number (&n_open), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  gst_element_register (NULL, "slowtestsrc", GST_RANK_NONE, slow_get_type ());
  g_test_add_func ("/kiosk-device/again", test_again);
  g_test_add_func ("/kiosk-device/never", test_never);
  g_test_add_func ("/kiosk-device/gone", test_gone);
  return g_test_run ();
}
