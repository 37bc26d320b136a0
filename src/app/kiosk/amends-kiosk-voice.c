/* amends-kiosk-voice.c: what a kiosk reads aloud
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Through speech-dispatcher, which is asked on a thread of its own: finding it may take seconds, and a person who
 * touches Leave meanwhile must not wait. The signal "failed" says that the language cannot be read aloud here.
 * What is to be read is kept no longer than it is read. */

#include "config.h"

#include "app/kiosk/amends-kiosk-voice.h"

#include <string.h>

#ifdef AMENDS_HAVE_SPEECH
#  include <libspeechd.h>
#endif

/* Of speech-dispatcher: rate and volume are from -100 to 100, and 0 is usual. */
#define SETTING_MAX 100
#define SETTING_STEP 25

typedef struct
{
  char *text; /* (nullable): to be quiet */
  char *language;
  int rate;
  int volume;
} Order;

struct _AmendsKioskVoice
{
  GObject parent_instance;

  GThreadPool *thread; /* one */
  int n_reads;         /* atomic: an order that is not the newest is dropped */
  Order newest;
#ifdef AMENDS_HAVE_SPEECH
  SPDConnection *connection; /* (nullable): the thread's */
#endif
};

enum
{
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AmendsKioskVoice, amends_kiosk_voice, G_TYPE_OBJECT)

typedef struct
{
  AmendsKioskVoice *voice; /* (owned) */
  Order order;
  int n;
} Job;

static void
order_clear (Order *order)
{
  g_clear_pointer (&order->text, g_free);
  g_clear_pointer (&order->language, g_free);
}

static void
job_free (Job *job)
{
  order_clear (&job->order);
  g_object_unref (job->voice);
  g_free (job);
}

/* ------------------------------------------------------------ on the thread */

#ifdef AMENDS_HAVE_SPEECH

static gboolean
has_language (SPDConnection *connection, const char *language)
{
  SPDVoice **voices = spd_list_synthesis_voices (connection);
  gsize length = strlen (language);
  gboolean found = FALSE;

  for (gsize i = 0; voices != NULL && voices[i] != NULL && !found; i++)
    found = voices[i]->language != NULL
            && g_ascii_strncasecmp (voices[i]->language, language, length) == 0
            && !g_ascii_isalpha (voices[i]->language[length]);
  if (voices != NULL)
    free_spd_voices (voices);
  return found;
}

/* Returns: whether it is read, or was to be quiet */
static gboolean
speak (AmendsKioskVoice *self, const Order *order)
{
  if (self->connection != NULL)
    spd_cancel (self->connection);
  if (order->text == NULL)
    return TRUE;
  if (self->connection == NULL)
    self->connection = spd_open2 ("amends", "kiosk", NULL, SPD_MODE_SINGLE, NULL, TRUE, NULL);
  if (self->connection == NULL || !has_language (self->connection, order->language))
    return FALSE;
  return spd_set_language (self->connection, order->language) == 0
         && spd_set_voice_rate (self->connection, order->rate) == 0
         && spd_set_volume (self->connection, order->volume) == 0
         && spd_say (self->connection, SPD_TEXT, order->text) >= 0;
}

#else

static gboolean
speak (AmendsKioskVoice *self, const Order *order)
{
  return order->text == NULL;
}

#endif

static gboolean
failed_cb (gpointer user_data)
{
  Job *job = user_data;

  if (job->n == g_atomic_int_get (&job->voice->n_reads))
    g_signal_emit (job->voice, signals[SIGNAL_FAILED], 0);
  return G_SOURCE_REMOVE;
}

static gboolean
done_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

/* The voice is let go on the main thread, where it may end. */
static void
run_job (gpointer data, gpointer user_data)
{
  Job *job = data;
  gboolean is_newest = job->n == g_atomic_int_get (&job->voice->n_reads);
  gboolean is_fine = !is_newest || speak (job->voice, &job->order);

  g_idle_add_full (G_PRIORITY_DEFAULT, is_fine ? done_cb : failed_cb, job,
                   (GDestroyNotify) job_free);
}

/* ------------------------------------------------------------ asked for */

static void
order (AmendsKioskVoice *self, const char *text)
{
  Job *job = g_new0 (Job, 1);

  job->voice = g_object_ref (self);
  job->n = g_atomic_int_add (&self->n_reads, 1) + 1;
  job->order = self->newest;
  job->order.text = g_strdup (text);
  job->order.language = g_strdup (self->newest.language);
  g_thread_pool_push (self->thread, job, NULL);
  /* cppcheck-suppress memleak ; the thread frees it */
}

/**
 * amends_kiosk_voice_read:
 * @text: in @language
 * @language: as BCP 47 has it
 *
 * In the place of what is read now. The signal "failed" says that it cannot be.
 */
void
amends_kiosk_voice_read (AmendsKioskVoice *self, const char *text, const char *language)
{
  g_return_if_fail (AMENDS_IS_KIOSK_VOICE (self) && text != NULL && language != NULL);

  order_clear (&self->newest);
  self->newest.text = g_strdup (text);
  self->newest.language = g_strdup (language);
  order (self, text);
}

/**
 * amends_kiosk_voice_step:
 *
 * Reads the same again so, from its beginning.
 */
void
amends_kiosk_voice_step (AmendsKioskVoice *self, AmendsKioskVoiceStep step)
{
  int by = step == AMENDS_KIOSK_VOICE_FASTER || step == AMENDS_KIOSK_VOICE_LOUDER ? SETTING_STEP
                                                                                  : -SETTING_STEP;

  g_return_if_fail (AMENDS_IS_KIOSK_VOICE (self));

  if (step == AMENDS_KIOSK_VOICE_SLOWER || step == AMENDS_KIOSK_VOICE_FASTER)
    self->newest.rate = CLAMP (self->newest.rate + by, -SETTING_MAX, SETTING_MAX);
  else if (step != AMENDS_KIOSK_VOICE_AGAIN)
    self->newest.volume = CLAMP (self->newest.volume + by, -SETTING_MAX, SETTING_MAX);
  if (self->newest.text != NULL)
    order (self, self->newest.text);
}

/**
 * amends_kiosk_voice_stop:
 *
 * At once; and what was read is forgotten. How fast and how loud stays for this visitor.
 */
void
amends_kiosk_voice_stop (AmendsKioskVoice *self)
{
  g_return_if_fail (AMENDS_IS_KIOSK_VOICE (self));

  order_clear (&self->newest);
  order (self, NULL);
}

static void
amends_kiosk_voice_finalize (GObject *object)
{
  AmendsKioskVoice *self = AMENDS_KIOSK_VOICE (object);

  g_thread_pool_free (self->thread, FALSE, TRUE);
#ifdef AMENDS_HAVE_SPEECH
  if (self->connection != NULL)
    {
      spd_cancel (self->connection);
      spd_close (self->connection);
    }
#endif
  order_clear (&self->newest);

  G_OBJECT_CLASS (amends_kiosk_voice_parent_class)->finalize (object);
}

static void
amends_kiosk_voice_class_init (AmendsKioskVoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = amends_kiosk_voice_finalize;

  signals[SIGNAL_FAILED] = g_signal_new ("failed", AMENDS_TYPE_KIOSK_VOICE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
amends_kiosk_voice_init (AmendsKioskVoice *self)
{
  self->thread = g_thread_pool_new (run_job, NULL, 1, TRUE, NULL);
}

/**
 * amends_kiosk_voice_new:
 *
 * Returns: (transfer full): a voice that has said nothing yet
 */
AmendsKioskVoice *
amends_kiosk_voice_new (void)
{
  return g_object_new (AMENDS_TYPE_KIOSK_VOICE, NULL);
}
