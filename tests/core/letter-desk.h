/* letter-desk.h: a case of which a letter is written, and what is asked of the letter
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All was received on Friday 20 November 2026. */

#pragma once

#include <string.h>

#include "core/amends-letter.h"
#include "core/days.h"
#include "core/policy-files.h"
#include "support/case.h"

#define MAX_ACTS 24

#define RECORDED                                                                            \
  "\"complaint\",\"reference\":\"7K-0001-H\",\"scheme\":\"oak\",\"channel\":\"telephone\"," \
  "\"complainant\":{\"name\":\"Ivy <b>Marsh</b>\",\"home\":\"Flat 12\"}"

#define LIFT                                                                  \
  {                                                                           \
    "issue.added", "\"what\":\"The lift stands still\",\"arose\":\"2026-10\"" \
  }

typedef struct
{
  AmendsCalendar *calendar;
  AmendsPolicy *code;
  AmendsPolicy *policy;
  AmendsLetterTexts *texts;
  AmendsCase *complaint;
  AmendsLetter *letter;
} Desk;

static inline void
set_up_with (Desk *desk, const char *policy, const char *recorded, const TestAct *acts)
{
  g_autoptr (GBytes) bytes = load_data ("letters", "en.letters");
  g_autoptr (GError) error = NULL;

  *desk = (Desk){ load_calendar (), load_policy ("code-2024"),
                  policy != NULL ? load_policy (policy) : NULL };
  desk->texts = amends_letter_texts_parse (bytes, "en.letters", NULL, &error);
  g_assert_no_error (error);
  desk->complaint = test_case_new (recorded, acts, MAX_ACTS);
}

static inline void
set_up (Desk *desk, const char *policy, const TestAct *acts)
{
  set_up_with (desk, policy, RECORDED, acts);
}

static inline void
put_away (Desk *desk)
{
  amends_letter_free (desk->letter);
  amends_case_free (desk->complaint);
  amends_letter_texts_unref (desk->texts);
  g_clear_pointer (&desk->policy, amends_policy_unref);
  amends_policy_unref (desk->code);
  amends_calendar_unref (desk->calendar);
}

static inline void
write_letter (Desk *desk, AmendsLetterKind kind, const char *today)
{
  const AmendsRules rules = { desk->policy, desk->code, desk->calendar, NULL };

  amends_letter_free (desk->letter);
  desk->letter =
      amends_letter_new (desk->complaint, &rules, desk->texts, kind, "Tamsin Roe", day_of (today));
}

/* "decision reasons": what is missing, in the order of the letter. */
static inline char *
list_missing (const AmendsLetter *letter)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < letter->blocks->len; i++)
    {
      const AmendsLetterBlock *block = g_ptr_array_index (letter->blocks, i);

      if (block->missing != NULL)
        g_ptr_array_add (names, (gpointer) block->name);
    }
  g_assert_cmpuint (names->len, ==, amends_letter_count_missing (letter));
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

static inline const AmendsLetterBlock *
find_block (const AmendsLetter *letter, const char *name)
{
  for (guint i = 0; i < letter->blocks->len; i++)
    {
      const AmendsLetterBlock *block = g_ptr_array_index (letter->blocks, i);

      if (strcmp (block->name, name) == 0)
        return block;
    }
  return NULL;
}

static inline void
assert_says (const AmendsLetter *letter, const char *text)
{
  g_autofree char *whole = amends_letter_to_text (letter);

  if (strstr (whole, text) == NULL)
    g_error ("“%s” is not in:\n%s", text, whole);
}

static inline void
assert_silent (const AmendsLetter *letter, const char *text)
{
  g_autofree char *whole = amends_letter_to_text (letter);

  g_assert_null (strstr (whole, text));
}
