/* amends-recording.c: a letter to listen to
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A voice of espeak-ng reads the lines that stand on paper, one after the other, into memory: the words are on no
 * command line and in no file on their way. It reads slowly, and waits before each heading.
 *
 * Its library brings twenty others, for a sound card that is not used here: it is loaded once something is to be read,
 * since every start of the application would wait for them. */

#include "config.h"

#include "paper/amends-recording.h"

#include <string.h>

#ifdef AMENDS_HAVE_RECORDINGS
#  include <espeak-ng/speak_lib.h>
#  include <gmodule.h>

#  define VOICE_LIBRARY "libespeak-ng.so.1"
#  define WORDS_PER_MINUTE 140
#  define PAUSE_MS 350
#  define HEADING_PAUSE_MS 900

/* What stands before the samples in a file of them. */
#  define HEAD_BYTES 44
#  define SAMPLE_BYTES 2

typedef struct
{
  GByteArray *wav; /* (owned) */
  guint rate;      /* samples a second */
  gsize max_bytes;
} Recorder;

/* The voice has one state for the whole process. */
static GMutex lock;
static Recorder *recorder;

/* What is called of the library, once it is loaded. */
static struct
{
  __typeof__ (espeak_Initialize) *initialize;
  __typeof__ (espeak_SetSynthCallback) *set_synth_callback;
  __typeof__ (espeak_SetVoiceByProperties) *set_voice_by_properties;
  __typeof__ (espeak_SetParameter) *set_parameter;
  __typeof__ (espeak_Synth) *synth;
} voice;

static gboolean
is_full (const Recorder *self)
{
  return self->wav->len > self->max_bytes;
}

/* Returns: 1 to stop it */
static int
sound_cb (short *samples, int n, espeak_EVENT *events)
{
  if (samples != NULL)
    for (int i = 0; i < n; i++)
      {
        guint16 sample = GUINT16_TO_LE ((guint16) samples[i]);

        g_byte_array_append (recorder->wav, (const guint8 *) &sample, SAMPLE_BYTES);
      }
  return is_full (recorder);
}

static void
pause_for (Recorder *self, guint ms)
{
  guint from = self->wav->len;
  guint n = self->rate * ms / 1000 * SAMPLE_BYTES;

  g_byte_array_set_size (self->wav, from + n);
  memset (self->wav->data + from, 0, n);
}

static gboolean
say_line (Recorder *self, const AmendsLetterLine *line, GError **error)
{
  gboolean is_heading =
      line->kind == AMENDS_LETTER_LINE_TITLE || line->kind == AMENDS_LETTER_LINE_HEADING;

  pause_for (self, is_heading ? HEADING_PAUSE_MS : PAUSE_MS);
  if (voice.synth (line->text, strlen (line->text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL,
                   NULL)
          == EE_OK
      && !is_full (self))
    return TRUE;
  g_set_error (error, G_FILE_ERROR, is_full (self) ? G_FILE_ERROR_NOSPC : G_FILE_ERROR_FAILED,
               is_full (self) ? "It would be longer than %d minutes" : "The voice stopped",
               AMENDS_RECORDING_MAX_SECONDS / 60);
  return FALSE;
}

static void
put_number (Recorder *self, gsize at, guint n_bytes, guint32 number)
{
  for (guint i = 0; i < n_bytes; i++)
    self->wav->data[at + i] = (guint8) (number >> 8 * i);
}

/* A RIFF file of one channel of 16 bits. */
static void
write_head (Recorder *self)
{
  memcpy (self->wav->data, "RIFF....WAVEfmt ", 16);
  put_number (self, 4, 4, self->wav->len - 8);
  put_number (self, 16, 4, 16);
  put_number (self, 20, 2, 1);
  put_number (self, 22, 2, 1);
  put_number (self, 24, 4, self->rate);
  put_number (self, 28, 4, self->rate * SAMPLE_BYTES);
  put_number (self, 32, 2, SAMPLE_BYTES);
  put_number (self, 34, 2, 8 * SAMPLE_BYTES);
  memcpy (self->wav->data + 36, "data", 4);
  put_number (self, 40, 4, self->wav->len - HEAD_BYTES);
}

static gboolean
record (Recorder *self, const AmendsLetter *letter, const char *text, GError **error)
{
  g_autoptr (GPtrArray) lines = amends_letter_list_lines (letter, text);
  espeak_VOICE wanted = {
    .languages = g_str_equal (letter->language, "en") ? "en-gb" : letter->language,
  };

  if (voice.set_voice_by_properties (&wanted) != EE_OK)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSYS,
                   "There is no voice for the language “%s”", letter->language);
      return FALSE;
    }
  voice.set_parameter (espeakRATE, WORDS_PER_MINUTE, 0);
  g_byte_array_set_size (self->wav, HEAD_BYTES);
  for (guint i = 0; i < lines->len; i++)
    if (!say_line (self, g_ptr_array_index (lines, i), error))
      return FALSE;
  pause_for (self, HEADING_PAUSE_MS);
  write_head (self);
  return TRUE;
}

static gboolean
load_voice (void)
{
  const struct
  {
    const char *name;
    gpointer *function;
  } symbols[] = {
    { "espeak_Initialize", (gpointer *) &voice.initialize },
    { "espeak_SetSynthCallback", (gpointer *) &voice.set_synth_callback },
    { "espeak_SetVoiceByProperties", (gpointer *) &voice.set_voice_by_properties },
    { "espeak_SetParameter", (gpointer *) &voice.set_parameter },
    { "espeak_Synth", (gpointer *) &voice.synth },
  };
  GModule *library = g_module_open (VOICE_LIBRARY, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);

  if (library == NULL)
    return FALSE;
  g_module_make_resident (library); /* it has threads of its own */
  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    if (!g_module_symbol (library, symbols[i].name, symbols[i].function))
      return FALSE;
  return TRUE;
}

/* Once: it does not begin a second time after it was ended. Returns: samples a second; 0 if there is no voice */
static guint
begin_voice (void)
{
  static gboolean was_begun;
  static int rate;

  if (!was_begun && load_voice ())
    rate = voice.initialize (AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL, espeakINITIALIZE_DONT_EXIT);
  was_begun = TRUE;
  return (guint) MAX (rate, 0);
}

static GBytes *
make (const AmendsLetter *letter, const char *text, GError **error)
{
  g_autoptr (GByteArray) wav = g_byte_array_new ();
  guint rate = begin_voice ();
  Recorder self = { wav, rate, (gsize) rate * SAMPLE_BYTES * AMENDS_RECORDING_MAX_SECONDS };
  gboolean is_made;

  if (rate == 0)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSYS, "There is no voice");
      return NULL;
    }
  recorder = &self;
  voice.set_synth_callback (sound_cb);
  is_made = record (&self, letter, text, error);
  recorder = NULL;
  return is_made ? g_byte_array_free_to_bytes (g_steal_pointer (&wav)) : NULL;
}
#endif

/**
 * amends_recording_is_there:
 *
 * Returns: whether this program was built with a voice
 */
gboolean
amends_recording_is_there (void)
{
#ifdef AMENDS_HAVE_RECORDINGS
  return TRUE;
#else
  return FALSE;
#endif
}

/**
 * amends_recording_make:
 * @letter: as it stands in the record
 * @text: (nullable): what a person went on with from there; %NULL for the letter as it is
 *
 * Takes about a second for two minutes of it; may be called from any thread, and waits for another's.
 *
 * Errors: %G_FILE_ERROR_NOSYS where there is no voice, or none for the language; %G_FILE_ERROR_NOSPC where
 * it would be longer than %AMENDS_RECORDING_MAX_SECONDS; %G_FILE_ERROR_FAILED.
 * Returns: (transfer full): a WAV file of one channel, as it is read aloud
 */
GBytes *
amends_recording_make (const AmendsLetter *letter, const char *text, GError **error)
{
  g_return_val_if_fail (letter != NULL, NULL);

#ifdef AMENDS_HAVE_RECORDINGS
  g_mutex_lock (&lock);
  GBytes *wav = make (letter, text, error);
  g_mutex_unlock (&lock);
  return wav;
#else
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSYS, "There is no voice");
  return NULL;
#endif
}
