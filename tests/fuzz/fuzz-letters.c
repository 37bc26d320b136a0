/* fuzz-letters.c: texts of letters from outside
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-letter-texts.h"
#include "fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsLetterTexts) texts = amends_letter_texts_parse (bytes, "file", problems, &error);
  g_autofree char *text = NULL;
  g_autofree char *day = NULL;

  /* It is taken whole, or everything that is wrong with it is said. */
  g_assert_true ((texts == NULL) == (error != NULL));
  g_assert_true ((texts == NULL) == (problems->len > 0));
  if (texts == NULL)
    return 0;

  /* Nothing is left open in what is taken. */
  text = amends_letter_texts_fill (texts, "words.issue", "issue", "a", "text", "b", NULL);
  g_assert_null (strpbrk (text, "{}"));
  day = amends_letter_texts_dup_day (texts, AMENDS_DAY_LAST);
  g_assert_null (strpbrk (day, "{}"));
  return 0;
}
