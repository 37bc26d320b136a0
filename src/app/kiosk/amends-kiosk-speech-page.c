/* amends-kiosk-speech-page.c: something is said aloud, and recorded
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It stands on top of a question. Nothing is recorded before somebody touches the button, nor once they leave the page;
 * what was said until then is kept. A recording is heard again only by who asks for it twice: whoever is near hears it
 * too. */

#include "config.h"

#include "app/kiosk/amends-kiosk-speech-page.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>

#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-parts.h"

#define GAP 14

/* Long enough to tell what happened, and some 600 KiB. */
#define LIMIT_S 180

/* What is heard again is no longer, and a loudspeaker begins late. */
#define LISTEN_US ((LIMIT_S + 15) * G_USEC_PER_SEC)

/* Speech, a page of Ogg several times a second: of what is cut off little is lost. */
#define RECORDED "opusenc bitrate=24000 ! oggmux max-page-delay=100000000"
#define HEARD "audio/x-raw,format=S16LE,rate=16000,channels=1"

#define MICROPHONE                                                                              \
  "audioconvert name=" AMENDS_KIOSK_DEVICE_FIRST " ! audioresample ! " HEARD " ! tee name=tee " \
  "tee. ! queue ! appsink name=loud max-buffers=1 drop=true sync=false "                        \
  "tee. ! queue ! " RECORDED " ! appsink name=sound sync=false"

#define LOUDSPEAKER \
  "appsrc name=sound ! oggdemux ! opusdec ! audioconvert ! audioresample ! autoaudiosink"

struct _AmendsKioskSpeechPage
{
  AmendsKioskOtherPage parent_instance;

  AmendsKioskDevice *microphone; /* (owned) */
  AmendsKioskDevice *player;     /* (owned) */
  GByteArray *sound;             /* (nullable) (owned): while it is recorded */
  gint64 begun_us;               /* when it began to be recorded, or heard again */
  gboolean has_asked;            /* whether they wish that others hear it */
  gboolean is_given;             /* to the player */
  gboolean is_unheard;           /* the player could not play it */

  GtkWidget *left;
  GtkWidget *loud;
  GtkWidget *act;
  GtkWidget *listen;
  GtkWidget *remove;
};

G_DEFINE_FINAL_TYPE (AmendsKioskSpeechPage, amends_kiosk_speech_page, AMENDS_TYPE_KIOSK_OTHER_PAGE)

static GBytes *
get_recording (AmendsKioskSpeechPage *self)
{
  return amends_kiosk_other_page_nth (AMENDS_KIOSK_OTHER_PAGE (self), 0);
}

static gboolean
is_on (AmendsKioskDevice *device)
{
  AmendsKioskDeviceState state = amends_kiosk_device_get_state (device);

  return state == AMENDS_KIOSK_DEVICE_STARTING || state == AMENDS_KIOSK_DEVICE_ON;
}

/* ------------------------------------------------------------ how far it is */

/* Returns: (transfer none): how things stand, and what can be done */
static const char *
get_said (AmendsKioskSpeechPage *self)
{
  AmendsKioskDeviceState state = amends_kiosk_device_get_state (self->microphone);

  if (self->sound != NULL)
    return state == AMENDS_KIOSK_DEVICE_ON
               ? K_ ("It is recording. Touch the button when you have finished.")
               : K_ ("One moment. Do not speak yet.");
  if (is_on (self->player))
    return K_ ("This is what you said.");
  if (self->has_asked)
    return K_ ("Use headphones if you can: whoever is near hears it.");
  if (self->is_unheard)
    return K_ ("This screen cannot play it to you. It is kept, and we can hear it.");
  if (get_recording (self) != NULL)
    return state == AMENDS_KIOSK_DEVICE_FAILED
               ? K_ ("The microphone has stopped. What you said until then is kept. You can listen "
                     "to it, or remove it and speak again.")
               : K_ ("It is recorded. You can listen to it, or remove it and speak again.");
  if (state == AMENDS_KIOSK_DEVICE_FAILED)
    return K_ ("The microphone has stopped. What you told us before is kept. Try again, or ask our "
               "staff.");
  if (state == AMENDS_KIOSK_DEVICE_ABSENT)
    return K_ ("This screen cannot hear you. Write it, or ask our staff.");
  return K_ ("You can speak for 3 minutes. Whoever is near hears you. Nobody else does until you "
             "send it.");
}

/* Returns: (transfer none) (nullable): what can be done next; %NULL for nothing */
static const char *
get_act (AmendsKioskSpeechPage *self)
{
  if (self->sound != NULL)
    return K_ ("I have finished");
  if (get_recording (self) != NULL)
    return NULL;
  switch (amends_kiosk_device_get_state (self->microphone))
    {
    case AMENDS_KIOSK_DEVICE_ABSENT:
    case AMENDS_KIOSK_DEVICE_FAILED:
      return K_ ("Try again");
    case AMENDS_KIOSK_DEVICE_UNKNOWN:
    case AMENDS_KIOSK_DEVICE_OFF:
    case AMENDS_KIOSK_DEVICE_STARTING:
    case AMENDS_KIOSK_DEVICE_ON:
      break;
    }
  return K_ ("Start to speak");
}

static const char *
get_listen (AmendsKioskSpeechPage *self)
{
  if (is_on (self->player))
    return K_ ("Stop");
  return self->has_asked ? K_ ("Listen now") : K_ ("Listen");
}

static void
say_left (AmendsKioskSpeechPage *self)
{
  gint64 gone_s = (g_get_monotonic_time () - self->begun_us) / G_USEC_PER_SEC;
  guint left_s = (guint) CLAMP (LIMIT_S - gone_s, 0, LIMIT_S);
  /* Translators: how long somebody may still speak, in minutes and seconds. */
  g_autofree char *text = g_strdup_printf (K_ ("Time left: %1$u:%2$02u"), left_s / 60, left_s % 60);

  gtk_label_set_text (GTK_LABEL (self->left), text);
}

static void
update (AmendsKioskSpeechPage *self)
{
  gboolean has_one = self->sound == NULL && get_recording (self) != NULL;
  gboolean hears = self->sound != NULL
                   && amends_kiosk_device_get_state (self->microphone) == AMENDS_KIOSK_DEVICE_ON;

  gtk_widget_set_visible (self->left, hears);
  gtk_widget_set_visible (self->loud, hears);
  amends_kiosk_set_meaning (self->act, get_act (self));
  amends_kiosk_set_meaning (self->listen, has_one ? get_listen (self) : NULL);
  amends_kiosk_set_meaning (self->remove, has_one ? K_ ("Remove") : NULL);
  amends_kiosk_other_page_say (AMENDS_KIOSK_OTHER_PAGE (self), get_said (self));
}

/* ------------------------------------------------------------ recording */

/* All that has come. */
static void
take_sound (AmendsKioskSpeechPage *self)
{
  g_autoptr (GstElement) sink = amends_kiosk_device_get_part (self->microphone, "sound");
  GstSample *sample;

  while (sink != NULL && self->sound != NULL
         && (sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), 0)) != NULL)
    {
      GstBuffer *buffer = gst_sample_get_buffer (sample);
      GstMapInfo map;

      if (gst_buffer_map (buffer, &map, GST_MAP_READ))
        {
          g_byte_array_append (self->sound, map.data, (guint) map.size);
          gst_buffer_unmap (buffer, &map);
        }
      gst_sample_unref (sample);
    }
}

/* Returns: from 0 to 1 */
static double
measure (const gint16 *samples, gsize n)
{
  int loudest = 0;

  for (gsize i = 0; i < n; i++)
    loudest = MAX (loudest, ABS (samples[i]));
  return (double) loudest / G_MAXINT16;
}

/* Who speaks sees that they are heard. */
static void
show_loud (AmendsKioskSpeechPage *self)
{
  g_autoptr (GstElement) sink = amends_kiosk_device_get_part (self->microphone, "loud");
  g_autoptr (GstSample) sample =
      sink != NULL ? gst_app_sink_try_pull_sample (GST_APP_SINK (sink), 0) : NULL;
  GstMapInfo map;

  if (sample == NULL || !gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ))
    return;
  if (amends_kiosk_device_get_state (self->microphone) != AMENDS_KIOSK_DEVICE_ON)
    self->begun_us = g_get_monotonic_time ();
  gtk_level_bar_set_value (GTK_LEVEL_BAR (self->loud),
                           measure ((const gint16 *) map.data, map.size / sizeof (gint16)));
  gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
  amends_kiosk_device_say_alive (self->microphone);
  say_left (self);
}

static void
heard_cb (AmendsKioskDevice *device, gpointer user_data)
{
  AmendsKioskSpeechPage *self = user_data;

  if (self->sound == NULL)
    return;
  take_sound (self);
  show_loud (self);
  if (amends_kiosk_device_get_state (device) == AMENDS_KIOSK_DEVICE_ON
      && g_get_monotonic_time () - self->begun_us > LIMIT_S * G_USEC_PER_SEC)
    amends_kiosk_device_finish (device);
}

/* Also of what was cut off. */
static void
keep (AmendsKioskSpeechPage *self)
{
  GByteArray *sound = g_steal_pointer (&self->sound);
  g_autoptr (GBytes) file = sound != NULL ? g_byte_array_free_to_bytes (sound) : NULL;

  if (file == NULL || g_bytes_get_size (file) == 0)
    return;
  amends_kiosk_other_page_add (AMENDS_KIOSK_OTHER_PAGE (self), file);
}

static void
state_cb (AmendsKioskDevice *device, gpointer user_data)
{
  AmendsKioskSpeechPage *self = user_data;

  if (device == self->microphone && !is_on (device))
    keep (self);
  if (device == self->player
      && amends_kiosk_device_get_state (device) == AMENDS_KIOSK_DEVICE_FAILED)
    self->is_unheard = TRUE;
  update (self);
}

static void
act_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskSpeechPage *self = user_data;

  if (!amends_kiosk_is_meant (self->act))
    return;
  if (self->sound != NULL)
    {
      amends_kiosk_device_finish (self->microphone);
      return;
    }
  self->sound = g_byte_array_new ();
  self->begun_us = g_get_monotonic_time ();
  self->is_unheard = FALSE;
  /* Who reads the page aloud is told before, and is silent while it records. */
  update (self);
  amends_kiosk_device_start (self->microphone);
}

/* ------------------------------------------------------------ hearing it again */

/* The player wants all of it at once, and then the end. */
static void
play_cb (AmendsKioskDevice *player, gpointer user_data)
{
  AmendsKioskSpeechPage *self = user_data;
  g_autoptr (GstElement) source = amends_kiosk_device_get_part (player, "sound");
  GBytes *file = get_recording (self);

  /* A loudspeaker that stands still keeps nobody's visit open. */
  if (source != NULL && g_get_monotonic_time () - self->begun_us < LISTEN_US)
    amends_kiosk_device_say_alive (player);
  if (source == NULL || file == NULL || self->is_given)
    return;
  self->is_given = TRUE;
  gst_app_src_push_buffer (GST_APP_SRC (source), gst_buffer_new_wrapped_bytes (file));
  gst_app_src_end_of_stream (GST_APP_SRC (source));
}

static void
listen_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskSpeechPage *self = user_data;

  if (!amends_kiosk_is_meant (self->listen))
    return;
  self->is_unheard = FALSE;
  if (is_on (self->player))
    amends_kiosk_device_stop (self->player);
  else if (self->has_asked)
    {
      self->has_asked = FALSE;
      self->is_given = FALSE;
      self->begun_us = g_get_monotonic_time ();
      amends_kiosk_device_start (self->player);
    }
  else
    self->has_asked = TRUE;
  update (self);
}

static void
remove_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskSpeechPage *self = user_data;

  if (!amends_kiosk_is_meant (self->remove))
    return;
  amends_kiosk_device_stop (self->player);
  self->has_asked = FALSE;
  self->is_unheard = FALSE;
  amends_kiosk_other_page_remove (AMENDS_KIOSK_OTHER_PAGE (self), 0);
  update (self);
  gtk_widget_grab_focus (self->act);
}

/* ------------------------------------------------------------ the page */

static void
amends_kiosk_speech_page_unmap (GtkWidget *widget)
{
  AmendsKioskSpeechPage *self = AMENDS_KIOSK_SPEECH_PAGE (widget);

  take_sound (self);
  amends_kiosk_device_stop (self->microphone);
  amends_kiosk_device_stop (self->player);
  keep (self);

  GTK_WIDGET_CLASS (amends_kiosk_speech_page_parent_class)->unmap (widget);
}

static void
amends_kiosk_speech_page_dispose (GObject *object)
{
  AmendsKioskSpeechPage *self = AMENDS_KIOSK_SPEECH_PAGE (object);

  g_clear_object (&self->microphone);
  g_clear_object (&self->player);
  g_clear_pointer (&self->sound, g_byte_array_unref);

  G_OBJECT_CLASS (amends_kiosk_speech_page_parent_class)->dispose (object);
}

static void
amends_kiosk_speech_page_class_init (AmendsKioskSpeechPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = amends_kiosk_speech_page_dispose;
  GTK_WIDGET_CLASS (klass)->unmap = amends_kiosk_speech_page_unmap;
}

static void
amends_kiosk_speech_page_init (AmendsKioskSpeechPage *self)
{
}

static void
fill (AmendsKioskSpeechPage *self)
{
  self->left = amends_kiosk_label ("", "date");
  self->loud = gtk_level_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->loud), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  K_ ("How loud you are"), -1);
  self->act = amends_kiosk_button ("", "shutter", G_CALLBACK (act_cb), self);
  self->listen = amends_kiosk_button ("", "shutter", G_CALLBACK (listen_cb), self);
  self->remove = amends_kiosk_button ("", "shutter", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (self), amends_kiosk_spare ());
  gtk_box_append (GTK_BOX (self), self->left);
  gtk_box_append (GTK_BOX (self), self->loud);
  gtk_box_append (GTK_BOX (self), self->act);
  gtk_box_append (GTK_BOX (self), self->listen);
  gtk_box_append (GTK_BOX (self), self->remove);
}

/**
 * amends_kiosk_speech_page_new_microphone:
 *
 * Returns: (transfer full): a microphone that is off
 */
AmendsKioskDevice *
amends_kiosk_speech_page_new_microphone (void)
{
  return amends_kiosk_device_new ("Audio/Source", MICROPHONE);
}

/**
 * amends_kiosk_speech_page_new:
 * @question: that is answered so
 * @shown: outlives the page
 * @microphone: of amends_kiosk_speech_page_new_microphone()
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
amends_kiosk_speech_page_new (const AmendsKioskQuestion *question,
                              AmendsKioskShown *shown,
                              AmendsKioskDevice *microphone)
{
  AmendsKioskSpeechPage *self = g_object_new (AMENDS_TYPE_KIOSK_SPEECH_PAGE, NULL);

  amends_kiosk_other_page_begin (AMENDS_KIOSK_OTHER_PAGE (self), question,
                                 K_ (question->others[AMENDS_KIOSK_OTHER_MICROPHONE]), shown,
                                 AMENDS_KIOSK_RECORDINGS);
  self->microphone = g_object_ref (microphone);
  self->player = amends_kiosk_device_new (NULL, LOUDSPEAKER);
  fill (self);
  g_signal_connect_object (microphone, "tick", G_CALLBACK (heard_cb), self, 0);
  g_signal_connect_object (microphone, "changed", G_CALLBACK (state_cb), self, 0);
  g_signal_connect_object (self->player, "tick", G_CALLBACK (play_cb), self, 0);
  g_signal_connect_object (self->player, "changed", G_CALLBACK (state_cb), self, 0);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * amends_kiosk_speech_page_is_recording:
 *
 * Returns: whether somebody speaks, or hears what they said
 */
gboolean
amends_kiosk_speech_page_is_recording (AmendsKioskSpeechPage *self)
{
  return self->sound != NULL || is_on (self->player);
}
