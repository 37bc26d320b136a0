/* test-devices.c: a camera and a microphone that are files
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plugin for GStreamer, which finds it in GST_PLUGIN_PATH as it finds those of the system: a program that is tested
 * sees devices as it sees any, and has no switch for tests. In the folder AMENDS_TEST_DEVICES, while there is a file
 * "camera" there is a camera, which gives what gst-launch would read there, and with the file it is unplugged; so with
 * "microphone". */

#include <gst/gst.h>

#define FOLDER "AMENDS_TEST_DEVICES"

/* ------------------------------------------------------------ a device */

typedef struct
{
  GstDevice parent_instance;
  char *path;
} TestDevice;

typedef struct
{
  GstDeviceClass parent_class;
} TestDeviceClass;

static GType test_device_get_type (void);

G_DEFINE_TYPE (TestDevice, test_device, GST_TYPE_DEVICE)

static GstPadProbeReturn
buffer_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  const char *path = user_data;
  GstElement *element = gst_pad_get_parent_element (pad);

  if (element != NULL && !g_file_test (path, G_FILE_TEST_EXISTS))
    GST_ELEMENT_ERROR (element, RESOURCE, READ, ("unplugged"), (NULL));
  if (element != NULL)
    gst_object_unref (element);
  return g_file_test (path, G_FILE_TEST_EXISTS) ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
}

static GstElement *
create_element (GstDevice *device, const char *name)
{
  TestDevice *self = (TestDevice *) device;
  g_autofree char *description = NULL;
  GstElement *bin, *last;
  GstPad *pad;

  if (!g_file_get_contents (self->path, &description, NULL, NULL))
    return NULL;
  bin = gst_parse_bin_from_description (description, TRUE, NULL);
  if (bin == NULL)
    return NULL;
  last = gst_bin_get_by_name (GST_BIN (bin), "last");
  pad = gst_element_get_static_pad (last, "src");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, buffer_cb, g_strdup (self->path), g_free);
  gst_object_unref (pad);
  gst_object_unref (last);
  return bin;
}

static void
test_device_finalize (GObject *object)
{
  g_free (((TestDevice *) object)->path);

  G_OBJECT_CLASS (test_device_parent_class)->finalize (object);
}

static void
test_device_class_init (TestDeviceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_device_finalize;
  GST_DEVICE_CLASS (klass)->create_element = create_element;
}

static void
test_device_init (TestDevice *self)
{
}

/* ------------------------------------------------------------ what offers them */

typedef struct
{
  GstDeviceProvider parent_instance;
} TestProvider;

typedef struct
{
  GstDeviceProviderClass parent_class;
} TestProviderClass;

static GType test_provider_get_type (void);

G_DEFINE_TYPE (TestProvider, test_provider, GST_TYPE_DEVICE_PROVIDER)

static const struct
{
  const char *name;
  const char *classes;
  const char *caps;
} kinds[] = {
  { "camera", "Video/Source", "video/x-raw" },
  { "microphone", "Audio/Source", "audio/x-raw" },
};

static GList *
probe (GstDeviceProvider *provider)
{
  const char *folder = g_getenv (FOLDER);
  GList *devices = NULL;

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_build_filename (folder, kinds[i].name, NULL);
      g_autoptr (GstCaps) caps = gst_caps_new_empty_simple (kinds[i].caps);
      TestDevice *device;

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      device = g_object_new (test_device_get_type (), "display-name", kinds[i].name, "device-class",
                             kinds[i].classes, "caps", caps, NULL);
      device->path = g_steal_pointer (&path);
      devices = g_list_append (devices, device);
    }
  return devices;
}

static void
test_provider_class_init (TestProviderClass *klass)
{
  GST_DEVICE_PROVIDER_CLASS (klass)->probe = probe;
  gst_device_provider_class_set_static_metadata (GST_DEVICE_PROVIDER_CLASS (klass),
                                                 "Devices of a test", "Source/Video/Audio",
                                                 "A camera and a microphone that are files",
                                                 "Amends");
}

static void
test_provider_init (TestProvider *self)
{
}

static gboolean
plugin_init (GstPlugin *plugin)
{
  return gst_device_provider_register (plugin, "amendstestprovider", GST_RANK_PRIMARY,
                                       test_provider_get_type ());
}

#define PACKAGE "amends"

GST_PLUGIN_DEFINE (GST_VERSION_MAJOR,
                   GST_VERSION_MINOR,
                   amendstest,
                   "Devices of a test",
                   plugin_init,
                   "0.1",
                   "GPL",
                   "Amends",
                   "https://example.org/")
