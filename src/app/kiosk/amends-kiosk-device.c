/* amends-kiosk-device.c: a camera or a microphone of a kiosk
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Through GStreamer, which is asked on a thread of its own, as the voice is: to find a device, to open it and to close it
 * may take seconds, and a person who touches Leave meanwhile must not wait. What comes from it is fetched on the main
 * thread, some times a second, so that nothing of it is anywhere else. Signals: "changed" says that its state is
 * another, "tick" that something may have come. What plays, and has no device at its beginning, is one as well.
 *
 * Of what an error says nothing is shown or logged: a person can do nothing about the name of a device. */

#include "config.h"

#include "app/kiosk/amends-kiosk-device.h"

/* How often it is looked whether something has come, in milliseconds: what moves looks as if it did. */
#define TICK_MS 66

/* To be opened, to begin, and from one sign of life to the next: a camera that gives nothing for so long has failed. */
#define ALIVE_US (8 * G_USEC_PER_SEC)

struct _AmendsKioskDevice
{
  GObject parent_instance;

  char *classes; /* (nullable): which are looked for; %NULL where there is none at the beginning */
  char *description;
  GThreadPool *thread; /* one */
  int n_orders;        /* atomic: what was ordered before the newest of them is dropped */
  AmendsKioskDeviceState state;
  GstElement *pipeline; /* (nullable) (owned): while it is on */
  guint tick_source;
  gint64 alive_us;
  gboolean is_finishing; /* what comes now is the last of it */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_TICK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AmendsKioskDevice, amends_kiosk_device, G_TYPE_OBJECT)

typedef enum
{
  ORDER_LOOK,
  ORDER_START,
  ORDER_STOP,
} Order;

typedef struct
{
  AmendsKioskDevice *device; /* (owned) */
  Order order;
  int n;
  gboolean has_found;
  GstElement *pipeline; /* (nullable) (owned) */
} Job;

static void
job_free (Job *job)
{
  g_clear_object (&job->pipeline);
  g_object_unref (job->device);
  g_free (job);
}

/* What ends a pipeline is none of the orders that drop those before: it may be that of a start which was given up, and
 * the next has begun. */
static void
push (AmendsKioskDevice *self, Order order, GstElement *pipeline)
{
  Job *job = g_new0 (Job, 1);

  job->device = g_object_ref (self);
  job->order = order;
  job->n = order == ORDER_STOP ? 0 : g_atomic_int_add (&self->n_orders, 1) + 1;
  job->pipeline = pipeline;
  g_thread_pool_push (self->thread, job, NULL);
  /* cppcheck-suppress memleak ; the thread frees it */
}

/* ------------------------------------------------------------ on the thread */

/* What a loudspeaker plays is heard by nobody who speaks: such a source is none. */
static gboolean
is_monitor (GstDevice *device)
{
  g_autoptr (GstStructure) properties = gst_device_get_properties (device);

  return properties != NULL
         && g_strcmp0 (gst_structure_get_string (properties, "device.class"), "monitor") == 0;
}

/* Returns: (transfer full) (nullable): the first that there is */
static GstDevice *
find_device (AmendsKioskDevice *self)
{
  g_autoptr (GstDeviceMonitor) monitor = NULL;
  GstDevice *found = NULL;
  GList *devices;

  monitor = gst_device_monitor_new ();
  gst_device_monitor_add_filter (monitor, self->classes, NULL);
  devices = gst_device_monitor_get_devices (monitor);
  for (GList *each = devices; each != NULL && found == NULL; each = each->next)
    if (!is_monitor (each->data))
      found = gst_object_ref (each->data);
  g_list_free_full (devices, gst_object_unref);
  return found;
}

/* @source: (nullable) (transfer floating): what stands before it */
static gboolean
begin_pipeline (GstElement *pipeline, GstElement *source)
{
  g_autoptr (GstElement) first =
      gst_bin_get_by_name (GST_BIN (pipeline), AMENDS_KIOSK_DEVICE_FIRST);

  if (source != NULL)
    gst_bin_add (GST_BIN (pipeline), source);
  return (source == NULL || (first != NULL && gst_element_link (source, first)))
         && gst_element_set_state (pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE;
}

/* @device: (nullable): at which it begins
 * Returns: (transfer full) (nullable): what is on */
static GstElement *
make_pipeline (AmendsKioskDevice *self, GstDevice *device)
{
  g_autoptr (GstElement) pipeline =
      gst_parse_launch_full (self->description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);
  GstElement *source = device != NULL ? gst_device_create_element (device, NULL) : NULL;

  if (pipeline != NULL)
    gst_object_ref_sink (pipeline);
  if (pipeline == NULL || (device != NULL && source == NULL))
    {
      g_clear_object (&source);
      return NULL;
    }
  if (!begin_pipeline (pipeline, source))
    {
      gst_element_set_state (pipeline, GST_STATE_NULL);
      return NULL;
    }
  return g_steal_pointer (&pipeline);
}

static void
end_pipeline (Job *job)
{
  gst_element_set_state (job->pipeline, GST_STATE_NULL);
  g_clear_object (&job->pipeline);
}

static gboolean done_cb (gpointer user_data);

static gboolean
is_newest (Job *job)
{
  return job->n == g_atomic_int_get (&job->device->n_orders);
}

static void
run_job (gpointer data, gpointer user_data)
{
  Job *job = data;
  g_autoptr (GstDevice) device = NULL;

  if (job->order == ORDER_STOP)
    end_pipeline (job);
  else if (is_newest (job) && gst_init_check (NULL, NULL, NULL))
    {
      device = job->device->classes != NULL ? find_device (job->device) : NULL;
      job->has_found = device != NULL || job->device->classes == NULL;
      /* To look takes its time: whoever has left meanwhile switches no camera on. */
      if (job->order == ORDER_START && job->has_found && is_newest (job))
        job->pipeline = make_pipeline (job->device, device);
    }
  /* The device is let go on the main thread, where it may end. */
  g_idle_add_full (G_PRIORITY_DEFAULT, done_cb, job, (GDestroyNotify) job_free);
}

/* ------------------------------------------------------------ on the main thread */

static void
set_state (AmendsKioskDevice *self, AmendsKioskDeviceState state)
{
  if (state == self->state)
    return;
  self->state = state;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Off at once: what came from it goes with the pipeline. */
static void
let_go (AmendsKioskDevice *self)
{
  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_atomic_int_inc (&self->n_orders);
  if (self->pipeline != NULL)
    push (self, ORDER_STOP, g_steal_pointer (&self->pipeline));
}

/* Returns: how far it is now: on, or on its way; failed, or off where it has come to its end */
static AmendsKioskDeviceState
look_at_pipeline (AmendsKioskDevice *self)
{
  g_autoptr (GstBus) bus = self->pipeline != NULL ? gst_element_get_bus (self->pipeline) : NULL;
  g_autoptr (GstMessage) message =
      bus != NULL ? gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR | GST_MESSAGE_EOS) : NULL;

  if (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    return AMENDS_KIOSK_DEVICE_OFF;
  if (message != NULL || g_get_monotonic_time () - self->alive_us > ALIVE_US)
    return AMENDS_KIOSK_DEVICE_FAILED;
  return AMENDS_KIOSK_DEVICE_ON;
}

static gboolean
tick_cb (gpointer user_data)
{
  g_autoptr (AmendsKioskDevice) self = g_object_ref (user_data);
  AmendsKioskDeviceState state = look_at_pipeline (self);
  guint source = self->tick_source;

  /* Also what came at last. */
  g_signal_emit (self, signals[SIGNAL_TICK], 0);
  if (state != AMENDS_KIOSK_DEVICE_ON && self->tick_source == source)
    {
      self->tick_source = 0;
      let_go (self);
      set_state (self, state);
      return G_SOURCE_REMOVE;
    }
  return self->tick_source == source ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
done_cb (gpointer user_data)
{
  Job *job = user_data;
  AmendsKioskDevice *self = job->device;

  if (job->order == ORDER_STOP)
    return G_SOURCE_REMOVE;
  if (!is_newest (job))
    {
      if (job->pipeline != NULL)
        push (self, ORDER_STOP, g_steal_pointer (&job->pipeline));
      return G_SOURCE_REMOVE;
    }
  if (job->pipeline != NULL)
    {
      self->pipeline = g_steal_pointer (&job->pipeline);
      self->alive_us = g_get_monotonic_time ();
      return G_SOURCE_REMOVE;
    }
  g_clear_handle_id (&self->tick_source, g_source_remove);
  if (!job->has_found)
    set_state (self, AMENDS_KIOSK_DEVICE_ABSENT);
  else
    set_state (self,
               job->order == ORDER_LOOK ? AMENDS_KIOSK_DEVICE_OFF : AMENDS_KIOSK_DEVICE_FAILED);
  return G_SOURCE_REMOVE;
}

/* ------------------------------------------------------------ asked for */

/**
 * amends_kiosk_device_get_state:
 *
 * Returns: how far it is
 */
AmendsKioskDeviceState
amends_kiosk_device_get_state (AmendsKioskDevice *self)
{
  return self->state;
}

/**
 * amends_kiosk_device_look:
 *
 * Whether there is one, unless it is on. It stays off.
 */
void
amends_kiosk_device_look (AmendsKioskDevice *self)
{
  g_return_if_fail (AMENDS_IS_KIOSK_DEVICE (self));

  if (self->state != AMENDS_KIOSK_DEVICE_STARTING && self->state != AMENDS_KIOSK_DEVICE_ON)
    push (self, ORDER_LOOK, NULL);
}

/**
 * amends_kiosk_device_start:
 *
 * On, unless it is; also where there was none a moment ago. It has failed where it is not found and opened in time.
 */
void
amends_kiosk_device_start (AmendsKioskDevice *self)
{
  g_return_if_fail (AMENDS_IS_KIOSK_DEVICE (self));

  if (self->state == AMENDS_KIOSK_DEVICE_STARTING || self->state == AMENDS_KIOSK_DEVICE_ON)
    return;
  self->is_finishing = FALSE;
  self->alive_us = g_get_monotonic_time ();
  self->tick_source = g_timeout_add (TICK_MS, tick_cb, self);
  push (self, ORDER_START, NULL);
  set_state (self, AMENDS_KIOSK_DEVICE_STARTING);
}

/**
 * amends_kiosk_device_stop:
 *
 * Off; nobody waits for it.
 */
void
amends_kiosk_device_stop (AmendsKioskDevice *self)
{
  g_return_if_fail (AMENDS_IS_KIOSK_DEVICE (self));

  if (self->state != AMENDS_KIOSK_DEVICE_STARTING && self->state != AMENDS_KIOSK_DEVICE_ON)
    return;
  let_go (self);
  set_state (self, AMENDS_KIOSK_DEVICE_OFF);
}

/**
 * amends_kiosk_device_finish:
 *
 * Off, once all that came from it is there. Asked for again it is on its way already.
 */
void
amends_kiosk_device_finish (AmendsKioskDevice *self)
{
  g_return_if_fail (AMENDS_IS_KIOSK_DEVICE (self));

  if (self->pipeline == NULL)
    amends_kiosk_device_stop (self);
  else if (!self->is_finishing)
    gst_element_send_event (self->pipeline, gst_event_new_eos ());
  self->is_finishing = TRUE;
}

/**
 * amends_kiosk_device_get_part:
 * @name: of a part of the description
 *
 * Returns: (transfer full) (nullable): the part, while it is on
 */
GstElement *
amends_kiosk_device_get_part (AmendsKioskDevice *self, const char *name)
{
  return self->pipeline != NULL ? gst_bin_get_by_name (GST_BIN (self->pipeline), name) : NULL;
}

/**
 * amends_kiosk_device_say_alive:
 *
 * Something came from it. What comes while it finishes is the last of it, and gives it no more time.
 */
void
amends_kiosk_device_say_alive (AmendsKioskDevice *self)
{
  if (self->is_finishing)
    return;
  self->alive_us = g_get_monotonic_time ();
  set_state (self, AMENDS_KIOSK_DEVICE_ON);
}

static void
amends_kiosk_device_dispose (GObject *object)
{
  AmendsKioskDevice *self = AMENDS_KIOSK_DEVICE (object);

  if (self->pipeline != NULL)
    {
      /* The job for it keeps this alive until it is done. */
      let_go (self);
      return;
    }
  g_clear_handle_id (&self->tick_source, g_source_remove);

  G_OBJECT_CLASS (amends_kiosk_device_parent_class)->dispose (object);
}

static void
amends_kiosk_device_finalize (GObject *object)
{
  AmendsKioskDevice *self = AMENDS_KIOSK_DEVICE (object);

  g_thread_pool_free (self->thread, FALSE, TRUE);
  g_free (self->classes);
  g_free (self->description);

  G_OBJECT_CLASS (amends_kiosk_device_parent_class)->finalize (object);
}

static void
amends_kiosk_device_class_init (AmendsKioskDeviceClass *klass)
{
  static const char *const names[N_SIGNALS] = { "changed", "tick" };

  G_OBJECT_CLASS (klass)->dispose = amends_kiosk_device_dispose;
  G_OBJECT_CLASS (klass)->finalize = amends_kiosk_device_finalize;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], AMENDS_TYPE_KIOSK_DEVICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static void
amends_kiosk_device_init (AmendsKioskDevice *self)
{
  self->thread = g_thread_pool_new (run_job, NULL, 1, TRUE, NULL);
}

/**
 * amends_kiosk_device_new:
 * @classes: (nullable): which devices, as GStreamer has their classes: "Video/Source"; %NULL for none
 * @description: what comes behind it, as GStreamer reads pipelines, from what is named %AMENDS_KIOSK_DEVICE_FIRST
 *
 * Returns: (transfer full): a device that is off
 */
AmendsKioskDevice *
amends_kiosk_device_new (const char *classes, const char *description)
{
  AmendsKioskDevice *self = g_object_new (AMENDS_TYPE_KIOSK_DEVICE, NULL);

  self->classes = g_strdup (classes);
  self->description = g_strdup (description);
  return self;
}
