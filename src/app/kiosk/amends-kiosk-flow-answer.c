/* amends-kiosk-flow-answer.c: whether one can go on with an answer
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdlib.h>

#include "app/kiosk/amends-kiosk-flow-private.h"
#include "app/kiosk/amends-kiosk-language.h"

/* ------------------------------------------------------------ what is wrong with an answer */

static int
get_number (const json_t *answers, const char *id, const char *key)
{
  const char *text = amends_kiosk_answers_get_text (answers, id, key);
  char *end;
  long number;

  if (text == NULL)
    return 0;
  number = strtol (text, &end, 10);
  return *end == '\0' && number > 0 && number <= 9999 ? (int) number : -1;
}

/* 0 for what was not written, and less for what is no number.
 *
 * Returns: (transfer full) (nullable): a day, a month or a year; %NULL where nothing was written, or nothing that there
 * is */
static char *
dup_partial_day (int day, int month, int year)
{
  g_autofree char *text = NULL;
  AmendsDay first, last;

  if (day < 0 || month < 0 || year < 1 || (day > 0 && month == 0))
    return NULL;
  if (month == 0)
    text = g_strdup_printf ("%04d", year);
  else if (day == 0)
    text = g_strdup_printf ("%04d-%02d", year, month);
  else
    text = g_strdup_printf ("%04d-%02d-%02d", year, month, day);
  return amends_partial_day_parse (text, &first, &last, NULL) ? g_steal_pointer (&text) : NULL;
}

static gboolean
has_begun (const char *partial_day, AmendsDay today)
{
  AmendsDay first, last;

  return amends_partial_day_parse (partial_day, &first, &last, NULL) && first <= today;
}

/* @id: of a question with a day, a month and a year. Who says that it was about then does not mean that day.
 *
 * Returns: (transfer full) (nullable): as dup_partial_day(), and not in the future */
char *
amends_kiosk_flow_dup_when (const json_t *answers, const char *id, AmendsDay today)
{
  int day = get_number (answers, id, "day");
  g_autofree char *text =
      dup_partial_day (day > 0 && amends_kiosk_answers_has (answers, id, "about") ? 0 : day,
                       get_number (answers, id, "month"), get_number (answers, id, "year"));

  return text != NULL && has_begun (text, today) ? g_steal_pointer (&text) : NULL;
}

/* @text: (nullable): "3 11 2026", "11/2026", "2026", as somebody writes it on one line
 *
 * Returns: (transfer full) (nullable): a day, a month or a year; %NULL for anything else */
char *
amends_kiosk_flow_dup_written_day (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text != NULL ? text : "", " ./-,", -1);
  int numbers[3] = { 0, 0, 0 };

  for (guint i = 0; parts[i] != NULL; i++)
    {
      guint64 number;

      if (*parts[i] == '\0')
        continue;
      if (numbers[0] != 0 || !g_ascii_string_to_unsigned (parts[i], 10, 1, 9999, &number, NULL))
        return NULL;
      numbers[0] = numbers[1];
      numbers[1] = numbers[2];
      numbers[2] = (int) number;
    }
  return dup_partial_day (numbers[0], numbers[1], numbers[2]);
}

/* The Code asks no landlord to look at what is older, and forbids none. */
#define LONG_AGO_DAYS 365

/**
 * amends_kiosk_flow_get_note:
 * @today: the day on which it is answered
 *
 * Returns: (transfer none) (nullable): what is said to somebody who answered so; %NULL for nothing
 */
const char *
amends_kiosk_flow_get_note (const AmendsKioskQuestion *question,
                            const json_t *answers,
                            AmendsDay today)
{
  g_autofree char *when = NULL;
  AmendsDay first, last;

  if (!g_str_equal (question->id, "when"))
    return NULL;
  when = amends_kiosk_flow_dup_when (answers, "when", today);
  if (when == NULL || !amends_partial_day_parse (when, &first, &last, NULL)
      || last > today - LONG_AGO_DAYS)
    return NULL;
  return K_ ("That is some time ago. Tell us all the same: somebody will look at it.");
}

/* Any one of the ways will do. */
static gboolean
is_answered (const json_t *answers, const AmendsKioskQuestion *question)
{
  gboolean is_answered = amends_kiosk_answers_get_text (answers, question->id, NULL) != NULL;

  for (guint i = 0; i < AMENDS_KIOSK_N_OTHERS; i++)
    is_answered |= amends_kiosk_flow_count_other (question, answers, i) > 0;
  return is_answered;
}

static gboolean
has_lines (const json_t *answers, const AmendsKioskQuestion *question)
{
  for (guint i = 0; i < question->n_lines; i++)
    if (amends_kiosk_answers_get_text (answers, question->id, question->lines[i].key) != NULL)
      return TRUE;
  return FALSE;
}

/**
 * amends_kiosk_flow_check:
 * @today: the day on which it is answered
 *
 * Returns: (transfer none) (nullable): what is wrong with the answer and what would be right,
 * translated; %NULL if one can go on. Only what happened must be said.
 */
const char *
amends_kiosk_flow_check (const AmendsKioskQuestion *question,
                         const json_t *answers,
                         AmendsDay today)
{
  if (g_str_equal (question->id, "what") && !is_answered (answers, question))
    return K_ ("We need a few words, or one of the ways below.");
  /* Else it would stay open to whom it is about. */
  if (g_str_equal (question->id, "about")
      && amends_kiosk_flow_get_chosen (answers, "about") == NULL)
    return K_ ("Choose one. You can also choose that you are not sure.");
  if (g_str_equal (question->id, "confirm")
      && amends_kiosk_flow_get_chosen (answers, "confirm") == NULL)
    return K_ ("Choose one, or go back and change what is not right.");
  if ((g_str_equal (question->id, "when") || g_str_equal (question->id, "aware"))
      && has_lines (answers, question)
      && !amends_kiosk_answers_has (answers, question->id, "unsure"))
    {
      g_autofree char *when = amends_kiosk_flow_dup_when (answers, question->id, today);

      if (when == NULL)
        return K_ ("There is no such day, or it has not come yet. Write it like 3 11 2026, "
                   "or only the year, or leave it empty.");
    }
  return NULL;
}

/* ------------------------------------------------------------ what was answered */

/**
 * amends_kiosk_flow_get_chosen:
 * @id: of a question
 *
 * Returns: (transfer none) (nullable): the code of the option that was chosen, the first of several; %NULL for none
 */
const char *
amends_kiosk_flow_get_chosen (const json_t *answers, const char *id)
{
  const AmendsKioskQuestion *question = amends_kiosk_flow_find (id);

  for (guint i = 0; i < question->n_options; i++)
    if (amends_kiosk_answers_has (answers, id, question->options[i].code))
      return question->options[i].code;
  return NULL;
}
