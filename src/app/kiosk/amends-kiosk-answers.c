/* amends-kiosk-answers.c: what a visitor has said so far
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/kiosk/amends-kiosk-answers.h"

/* The members of an answer. */
#define CHOSEN "chosen"
#define TEXT "text"

static const json_t *
get_answer (const json_t *answers, const char *id)
{
  return json_object_get (answers, id);
}

static json_t *
need_answer (json_t *answers, const char *id)
{
  json_t *answer = json_object_get (answers, id);

  if (answer == NULL)
    {
      answer = json_object ();
      json_object_set_new (answers, id, answer);
    }
  return answer;
}

/**
 * amends_kiosk_answers_has:
 *
 * Returns: whether @code was chosen
 */
gboolean
amends_kiosk_answers_has (const json_t *answers, const char *id, const char *code)
{
  return json_is_true (json_object_get (json_object_get (get_answer (answers, id), CHOSEN), code));
}

/**
 * amends_kiosk_answers_get_text:
 * @key: (nullable): of a line; %NULL for what was said in their own words
 *
 * Returns: (transfer none) (nullable): what was written; %NULL for nothing
 */
const char *
amends_kiosk_answers_get_text (const json_t *answers, const char *id, const char *key)
{
  return json_string_value (json_object_get (get_answer (answers, id), key != NULL ? key : TEXT));
}

/**
 * amends_kiosk_answers_choose:
 * @is_on: whether it is chosen from now on
 */
void
amends_kiosk_answers_choose (json_t *answers, const char *id, const char *code, gboolean is_on)
{
  json_t *answer = need_answer (answers, id);
  json_t *chosen = json_object_get (answer, CHOSEN);

  if (chosen == NULL)
    {
      chosen = json_object ();
      json_object_set_new (answer, CHOSEN, chosen);
    }
  if (is_on)
    json_object_set_new (chosen, code, json_true ());
  else
    json_object_del (chosen, code);
}

/**
 * amends_kiosk_answers_set_text:
 * @key: (nullable): of a line; %NULL for what is said in their own words
 * @text: as it was typed; nothing but spaces is nothing
 */
void
amends_kiosk_answers_set_text (json_t *answers, const char *id, const char *key, const char *text)
{
  g_autofree char *kept = g_strstrip (g_strdup (text));
  json_t *answer = need_answer (answers, id);

  if (*kept != '\0')
    json_object_set_new (answer, key != NULL ? key : TEXT, json_string (kept));
  else
    json_object_del (answer, key != NULL ? key : TEXT);
}

/**
 * amends_kiosk_answers_get_number:
 * @key: of what is counted
 *
 * Returns: how many there are
 */
guint
amends_kiosk_answers_get_number (const json_t *answers, const char *id, const char *key)
{
  return (guint) json_integer_value (json_object_get (get_answer (answers, id), key));
}

/**
 * amends_kiosk_answers_set_number:
 * @key: of what is counted
 * @number: how many there are
 */
void
amends_kiosk_answers_set_number (json_t *answers, const char *id, const char *key, guint number)
{
  json_object_set_new (need_answer (answers, id), key, json_integer (number));
}
