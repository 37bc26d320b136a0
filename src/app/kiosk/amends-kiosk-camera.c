/* amends-kiosk-camera.c: what a kiosk's camera sees
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A paintable: the newest frame, made small enough to be shown many times a second. Beside it is one frame as large as
 * the camera gives it, of which a picture is made. Neither is ever in a file, and both go when the camera is off. */

#include "config.h"

#include "app/kiosk/amends-kiosk-camera.h"

#include <gst/app/gstappsink.h>
#include <gst/video/video.h>

/* Of what is shown, in pixels: the page has no room for more. */
#define SHOWN_WIDTH 960
#define SHOWN_HEIGHT 720

/* A letter of A4 can be read in it, and it is some 400 KiB. */
#define LARGEST "width=(int)[16,1920],height=(int)[16,1200]"

/* What a camera gives: plain pixels, or one JPEG after another. Nothing else is decoded. */
#define GIVEN                                                                 \
  "capsfilter name=" AMENDS_KIOSK_DEVICE_FIRST " caps=\"video/x-raw," LARGEST \
  ";image/jpeg," LARGEST "\" ! decodebin"

/* Not as fast as the camera is: it is looked at by a person who holds a thing before it. */
#define SLOWED "videorate drop-only=true max-rate=15"

/* Only the newest counts. */
#define NEWEST "queue leaky=downstream max-size-buffers=1 ! videoconvert ! videoscale"
#define SINK "max-buffers=1 drop=true sync=false"
#define SQUARE "video/x-raw,format=RGB,pixel-aspect-ratio=1/1"

#define DESCRIPTION                                                                              \
  GIVEN " ! " SLOWED " ! tee name=tee ! " NEWEST " ! " SQUARE ",width=(int)[1," G_STRINGIFY (    \
      SHOWN_WIDTH) "],height=(int)[1," G_STRINGIFY (SHOWN_HEIGHT) "] ! "                         \
                                                                  "appsink name=shown " SINK     \
                                                                  " tee. ! " NEWEST " ! " SQUARE \
                                                                  " ! appsink name=whole " SINK

/* In hundredths: what is small in a letter can still be read. */
#define QUALITY "85"

struct _AmendsKioskCamera
{
  GObject parent_instance;

  AmendsKioskDevice *device;
  GdkTexture *frame; /* (nullable): while it is on */
};

static void init_paintable (GdkPaintableInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AmendsKioskCamera,
                               amends_kiosk_camera,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, init_paintable))

/* ------------------------------------------------------------ what is shown */

static void
snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot_, double width, double height)
{
  AmendsKioskCamera *self = AMENDS_KIOSK_CAMERA (paintable);

  if (self->frame != NULL)
    gdk_paintable_snapshot (GDK_PAINTABLE (self->frame), snapshot_, width, height);
}

static int
get_width (GdkPaintable *paintable)
{
  AmendsKioskCamera *self = AMENDS_KIOSK_CAMERA (paintable);

  return self->frame != NULL ? gdk_texture_get_width (self->frame) : 0;
}

static int
get_height (GdkPaintable *paintable)
{
  AmendsKioskCamera *self = AMENDS_KIOSK_CAMERA (paintable);

  return self->frame != NULL ? gdk_texture_get_height (self->frame) : 0;
}

static void
init_paintable (GdkPaintableInterface *interface)
{
  interface->snapshot = snapshot;
  interface->get_intrinsic_width = get_width;
  interface->get_intrinsic_height = get_height;
}

/* @frame: (nullable) (transfer full) */
static void
set_frame (AmendsKioskCamera *self, GdkTexture *frame)
{
  int width = get_width (GDK_PAINTABLE (self));
  int height = get_height (GDK_PAINTABLE (self));

  g_clear_object (&self->frame);
  self->frame = frame;
  if (get_width (GDK_PAINTABLE (self)) != width || get_height (GDK_PAINTABLE (self)) != height)
    gdk_paintable_invalidate_size (GDK_PAINTABLE (self));
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
}

/* ------------------------------------------------------------ frames */

static gboolean
map_sample (GstSample *sample, GstVideoFrame *ret_frame)
{
  GstVideoInfo info;

  return sample != NULL && gst_sample_get_buffer (sample) != NULL
         && gst_video_info_from_caps (&info, gst_sample_get_caps (sample))
         && gst_video_frame_map (ret_frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ);
}

/* The frame goes back to the camera: what is shown is a copy. */
static void
tick_cb (AmendsKioskDevice *device, gpointer user_data)
{
  AmendsKioskCamera *self = user_data;
  g_autoptr (GstElement) sink = amends_kiosk_device_get_part (device, "shown");
  g_autoptr (GstSample) sample =
      sink != NULL ? gst_app_sink_try_pull_sample (GST_APP_SINK (sink), 0) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  GstVideoFrame frame;
  gsize stride;

  if (!map_sample (sample, &frame))
    return;
  stride = (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);
  bytes = g_bytes_new (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0),
                       stride * (gsize) GST_VIDEO_FRAME_HEIGHT (&frame));
  set_frame (self, gdk_memory_texture_new (GST_VIDEO_FRAME_WIDTH (&frame),
                                           GST_VIDEO_FRAME_HEIGHT (&frame), GDK_MEMORY_R8G8B8,
                                           bytes, stride));
  gst_video_frame_unmap (&frame);
  amends_kiosk_device_say_alive (device);
}

/**
 * amends_kiosk_camera_take:
 *
 * Returns: (transfer full) (nullable): what it sees now, a JPEG that says nothing but its pixels; %NULL where it sees
 * nothing
 */
GBytes *
amends_kiosk_camera_take (AmendsKioskCamera *self)
{
  g_autoptr (GstElement) sink = amends_kiosk_device_get_part (self->device, "whole");
  g_autoptr (GstSample) sample = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  GstVideoFrame frame;
  char *jpeg = NULL;
  gsize n_bytes;

  if (sink != NULL)
    g_object_get (sink, "last-sample", &sample, NULL);
  if (!map_sample (sample, &frame))
    return NULL;
  pixbuf =
      gdk_pixbuf_new_from_data (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0), GDK_COLORSPACE_RGB, FALSE,
                                8, GST_VIDEO_FRAME_WIDTH (&frame), GST_VIDEO_FRAME_HEIGHT (&frame),
                                GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0), NULL, NULL);
  gdk_pixbuf_save_to_buffer (pixbuf, &jpeg, &n_bytes, "jpeg", NULL, "quality", QUALITY, NULL);
  gst_video_frame_unmap (&frame);
  return jpeg != NULL ? g_bytes_new_take (jpeg, n_bytes) : NULL;
}

/* ------------------------------------------------------------ the camera */

/* What it saw last is not shown as if it saw it still. */
static void
changed_cb (AmendsKioskDevice *device, gpointer user_data)
{
  if (amends_kiosk_device_get_state (device) != AMENDS_KIOSK_DEVICE_ON)
    set_frame (user_data, NULL);
}

/**
 * amends_kiosk_camera_get_device:
 *
 * Returns: (transfer none): which is started, and tells how far it is
 */
AmendsKioskDevice *
amends_kiosk_camera_get_device (AmendsKioskCamera *self)
{
  return self->device;
}

/**
 * amends_kiosk_camera_stop:
 *
 * Off, and nothing of what it saw is kept.
 */
void
amends_kiosk_camera_stop (AmendsKioskCamera *self)
{
  g_return_if_fail (AMENDS_IS_KIOSK_CAMERA (self));

  amends_kiosk_device_stop (self->device);
}

static void
amends_kiosk_camera_dispose (GObject *object)
{
  AmendsKioskCamera *self = AMENDS_KIOSK_CAMERA (object);

  g_clear_object (&self->frame);
  g_clear_object (&self->device);

  G_OBJECT_CLASS (amends_kiosk_camera_parent_class)->dispose (object);
}

static void
amends_kiosk_camera_class_init (AmendsKioskCameraClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = amends_kiosk_camera_dispose;
}

static void
amends_kiosk_camera_init (AmendsKioskCamera *self)
{
  self->device = amends_kiosk_device_new ("Video/Source", DESCRIPTION);
  g_signal_connect_object (self->device, "tick", G_CALLBACK (tick_cb), self, 0);
  g_signal_connect_object (self->device, "changed", G_CALLBACK (changed_cb), self, 0);
}

/**
 * amends_kiosk_camera_new:
 *
 * Returns: (transfer full): a camera that is off
 */
AmendsKioskCamera *
amends_kiosk_camera_new (void)
{
  return g_object_new (AMENDS_TYPE_KIOSK_CAMERA, NULL);
}
