/* test-recording.c: a letter to listen to
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What it sounds like is measured by sox, which made none of it. */

#include <string.h>

#include <glib/gstdio.h>

#include "core/days.h"
#include "core/policy-files.h"
#include "paper/amends-recording.h"
#include "paper/amends-sheet.h"
#include "support/case.h"

#define MAX_ACTS 4
#define RECORDED                                                                            \
  "\"complaint\",\"reference\":\"7K-0001-H\",\"scheme\":\"oak\",\"channel\":\"telephone\"," \
  "\"complainant\":{\"name\":\"Ivy Marsh\",\"home\":\"Flat 12\"}"

static const TestAct acts[MAX_ACTS] = {
  { "issue.added", "\"what\":\"The lift <break time='9s'/> stands still\"" },
};

typedef struct
{
  AmendsCalendar *calendar;
  AmendsPolicy *code;
  AmendsPolicy *policy;
  AmendsLetterTexts *texts;
  AmendsCase *complaint;
  AmendsLetter *letter;
  char *folder;
  char *path;
} Desk;

static void
set_up (Desk *desk, const char *language)
{
  g_autofree char *file = g_strconcat (language, ".letters", NULL);
  g_autoptr (GBytes) bytes = load_data ("letters", file);
  g_autoptr (GError) error = NULL;

  *desk = (Desk){ load_calendar (), load_policy ("code-2024"), load_policy ("wdh") };
  desk->texts = amends_letter_texts_parse (bytes, file, NULL, &error);
  g_assert_no_error (error);
  desk->complaint = test_case_new (RECORDED, acts, MAX_ACTS);
  const AmendsRules rules = { desk->policy, desk->code, desk->calendar, NULL };
  desk->letter =
      amends_letter_new (desk->complaint, &rules, desk->texts, AMENDS_LETTER_SHARING_FORM,
                         "Tamsin Roe", day_of ("2026-11-30"));
  desk->folder = g_dir_make_tmp ("amends-recording-XXXXXX", &error);
  g_assert_no_error (error);
  desk->path = g_build_filename (desk->folder, "letter.wav", NULL);
}

static void
put_away (Desk *desk)
{
  g_remove (desk->path);
  g_rmdir (desk->folder);
  g_free (desk->path);
  g_free (desk->folder);
  amends_letter_free (desk->letter);
  amends_case_free (desk->complaint);
  amends_letter_texts_unref (desk->texts);
  amends_policy_unref (desk->policy);
  amends_policy_unref (desk->code);
  amends_calendar_unref (desk->calendar);
}

/* Returns: what is behind @name in what sox measures */
static double
measure (const Desk *desk, const char *name)
{
  const char *argv[] = { "sox", desk->path, "-n", "stat", NULL };
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;
  const char *at;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &said, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  at = strstr (said, name);
  g_assert_nonnull (at);
  return g_ascii_strtod (strchr (at, ':') + 1, NULL);
}

static guint
count_words (const Desk *desk)
{
  g_autoptr (GPtrArray) lines = amends_letter_list_lines (desk->letter, NULL);
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      g_auto (GStrv) words =
          g_strsplit (((AmendsLetterLine *) g_ptr_array_index (lines, i))->text, " ", -1);

      n += g_strv_length (words);
    }
  return n;
}

/* It is as long as its words take at a slow pace, loud enough to be heard, and nowhere cut off. */
static void
test_language (gconstpointer language)
{
  Desk desk;
  g_autoptr (GBytes) wav = NULL;
  g_autoptr (GError) error = NULL;
  double seconds, words_per_minute;

  set_up (&desk, language);
  wav = amends_recording_make (desk.letter, NULL, &error);
  g_assert_no_error (error);
  amends_sheet_write (wav, desk.path, &error);
  g_assert_no_error (error);
  seconds = measure (&desk, "Length (seconds)");
  words_per_minute = count_words (&desk) * 60 / seconds;
  g_test_message ("%s: %.1f s, %.0f words a minute", (const char *) language, seconds,
                  words_per_minute);
  g_assert_cmpfloat (words_per_minute, >, 60);
  g_assert_cmpfloat (words_per_minute, <, 170);
  g_assert_cmpfloat (measure (&desk, "Maximum amplitude"), >, 0.2);
  g_assert_cmpfloat (measure (&desk, "Maximum amplitude"), <, 1);
  g_assert_cmpfloat (measure (&desk, "RMS     amplitude"), >, 0.02);
  put_away (&desk);
}

static gsize
count_bytes (const Desk *desk, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) wav = amends_recording_make (desk->letter, text, &error);

  g_assert_no_error (error);
  return g_bytes_get_size (wav);
}

/* What somebody went on with is what is read; what looks like a command to the voice is words. */
static void
test_text (void)
{
  Desk desk;

  set_up (&desk, "en");
  g_assert_cmpuint (count_bytes (&desk, "One. Two. Three. Four. Five. Six. Seven."), >,
                    count_bytes (&desk, "One."));
  g_assert_cmpuint (count_bytes (&desk, "One <break time='9s'/> two."), <,
                    count_bytes (&desk, "One.") + 9 * 22050 * 2);
  put_away (&desk);
}

/* Nobody listens for hours, and nothing is cut off in silence. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Desk desk;

  set_up (&desk, "en");
  for (guint i = 0; text->len < 64 * 1024; i++)
    g_string_append_printf (text, "number %u is said\n", i);
  g_assert_null (amends_recording_make (desk.letter, text->str, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  g_clear_error (&error);

  g_free (desk.letter->language);
  desk.letter->language = g_strdup ("xx");
  g_assert_null (amends_recording_make (desk.letter, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSYS);
  put_away (&desk);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/recording/cy", "cy", test_language);
  g_test_add_data_func ("/recording/en", "en", test_language);
  g_test_add_data_func ("/recording/ur", "ur", test_language);
  g_test_add_func ("/recording/text", test_text);
  g_test_add_func ("/recording/long", test_long);
  return g_test_run ();
}
