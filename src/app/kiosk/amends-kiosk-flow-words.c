/* amends-kiosk-flow-words.c: what was answered, in words for who answered it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/kiosk/amends-kiosk-flow-private.h"
#include "app/kiosk/amends-kiosk-language.h"

void
amends_kiosk_flow_add_part (GString *text, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, part);
}

static const char *
get_each_word (const json_t *answers, const char *id, const char *code)
{
  const char *answer = amends_kiosk_answers_get_text (answers, id, code);

  if (g_strcmp0 (answer, "yes") == 0)
    return K_ ("yes");
  if (g_strcmp0 (answer, "ask") == 0)
    return K_ ("ask me first");
  return answer != NULL ? K_ ("no") : NULL;
}

/* Of what is chosen no number is kept: it is counted. */
static const char *const kinds[AMENDS_KIOSK_N_OTHERS] = {
  [AMENDS_KIOSK_OTHER_MICROPHONE] = AMENDS_KIOSK_RECORDINGS,
  [AMENDS_KIOSK_OTHER_CAMERA] = AMENDS_KIOSK_PHOTOGRAPHS,
  [AMENDS_KIOSK_OTHER_PAD] = AMENDS_KIOSK_SIGNATURES,
};

/**
 * amends_kiosk_flow_count_other:
 *
 * Returns: how many answers were given in that way
 */
guint
amends_kiosk_flow_count_other (const AmendsKioskQuestion *question,
                               const json_t *answers,
                               AmendsKioskOther other)
{
  guint n = 0;

  if (kinds[other] != NULL)
    return amends_kiosk_answers_get_number (answers, question->id, kinds[other]);
  if (question->others[other] == NULL)
    return 0;
  for (guint i = 0; i < question->n_options; i++)
    n += amends_kiosk_answers_has (answers, question->id, question->options[i].code);
  return n;
}

static char *
dup_count (AmendsKioskOther other, guint n)
{
  switch (other)
    {
    /* Translators: how many, a number after the word. */
    case AMENDS_KIOSK_OTHER_MICROPHONE:
      return g_strdup_printf (K_ ("Recordings: %u"), n);
    case AMENDS_KIOSK_OTHER_CAMERA:
      return g_strdup_printf (K_ ("Photos: %u"), n);
    case AMENDS_KIOSK_OTHER_PICTURES:
      return g_strdup_printf (K_ ("Pictures chosen: %u"), n);
    case AMENDS_KIOSK_OTHER_PAD:
      return g_strdup_printf (K_ ("Signatures: %u"), n);
    case AMENDS_KIOSK_N_OTHERS:
      break;
    }
  g_assert_not_reached ();
}

/**
 * amends_kiosk_flow_dup_shown:
 * @n: how many there are of each
 *
 * Returns: (transfer full) (nullable): that in words; %NULL for none
 */
char *
amends_kiosk_flow_dup_shown (const guint n[AMENDS_KIOSK_N_OTHERS])
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < AMENDS_KIOSK_N_OTHERS; i++)
    {
      g_autofree char *part = n[i] > 0 ? dup_count (i, n[i]) : NULL;

      amends_kiosk_flow_add_part (text, part);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/**
 * amends_kiosk_flow_dup_chosen:
 *
 * Returns: (transfer full) (nullable): the options that were chosen, in the language in use; %NULL for none
 */
char *
amends_kiosk_flow_dup_chosen (const AmendsKioskQuestion *question, const json_t *answers)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < question->n_options; i++)
    if (amends_kiosk_answers_has (answers, question->id, question->options[i].code))
      amends_kiosk_flow_add_part (text, K_ (question->options[i].label));
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
add_each (GString *text, const AmendsKioskQuestion *question, const json_t *answers)
{
  for (guint i = 0; i < question->n_options; i++)
    {
      const AmendsKioskOption *option = &question->options[i];
      const char *each = get_each_word (answers, question->id, option->code);
      g_autofree char *part =
          each != NULL ? g_strdup_printf ("%s: %s", K_ (option->label), each) : NULL;

      amends_kiosk_flow_add_part (text, part);
    }
}

/* What was chosen from pictures stands on a line of its own: it is not in their words. */
static void
add_chosen (GString *text, const AmendsKioskQuestion *question, const json_t *answers)
{
  g_autofree char *chosen = amends_kiosk_flow_dup_chosen (question, answers);

  if (chosen == NULL || question->others[AMENDS_KIOSK_OTHER_PICTURES] == NULL)
    amends_kiosk_flow_add_part (text, chosen);
  else
    {
      g_string_append (text, text->len > 0 ? "\n" : "");
      g_string_append_printf (text, K_ ("Chosen from pictures: %s"), chosen);
    }
}

/**
 * amends_kiosk_flow_dup_answer:
 *
 * Returns: (transfer full) (nullable): the answer in words, for who gave it; %NULL where none was given
 */
char *
amends_kiosk_flow_dup_answer (const AmendsKioskQuestion *question, const json_t *answers)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *shown = NULL;
  guint n[AMENDS_KIOSK_N_OTHERS] = { 0 };

  amends_kiosk_flow_add_part (text, amends_kiosk_answers_get_text (answers, question->id, NULL));
  for (guint i = 0; i < question->n_lines; i++)
    amends_kiosk_flow_add_part (text, amends_kiosk_answers_get_text (answers, question->id,
                                                                     question->lines[i].key));
  if (question->kind == AMENDS_KIOSK_EACH)
    add_each (text, question, answers);
  else
    add_chosen (text, question, answers);
  for (guint i = 0; i < AMENDS_KIOSK_N_OTHERS; i++)
    if (kinds[i] != NULL)
      n[i] = amends_kiosk_flow_count_other (question, answers, i);
  shown = amends_kiosk_flow_dup_shown (n);
  amends_kiosk_flow_add_part (text, shown);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
