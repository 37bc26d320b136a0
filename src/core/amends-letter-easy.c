/* amends-letter-easy.c: a letter in Easy Read
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever asked for Easy Read gets the same letter: nothing is left out of it, and nothing is said that the record
 * does not hold. Each heading is a question, and each sentence a line of its own. What makes a sentence easy is for
 * whoever writes it. */

#include "core/amends-letter-private.h"

#include <string.h>

#define SHORT_CHARS 3 /* of "Mr." or "St.", after which no sentence ends */

static gboolean
is_end (gunichar character)
{
  return character == '.' || character == '?' || character == '!' || character == 0x06D4
         || character == 0x061F;
}

/* Whether what ends at @end is the beginning of a name, as in "Mr. Fenn": short, and with a capital. */
static gboolean
is_abbreviation (const char *start, const char *end)
{
  const char *word = end;
  guint n = 0;

  while (word > start && !g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (word))))
    {
      word = g_utf8_prev_char (word);
      n++;
    }
  return n <= SHORT_CHARS && n > 0 && g_unichar_isupper (g_utf8_get_char (word));
}

/* (nullable): the beginning of the next sentence in @text; NULL where there is none */
static const char *
find_next (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      const char *after = g_utf8_next_char (at);
      const char *next = after;

      if (!is_end (g_utf8_get_char (at)) || is_abbreviation (text, at))
        continue;
      while (*next == ' ')
        next++;
      if (next > after && *next != '\0' && !g_unichar_islower (g_utf8_get_char (next)))
        return next;
    }
  return NULL;
}

static void
take_sentence (GPtrArray *lines, AmendsLetterLineKind kind, const char *text, gsize n_bytes)
{
  AmendsLetterLine *line = g_new0 (AmendsLetterLine, 1);

  line->kind = kind;
  line->text = g_strchomp (g_strndup (text, n_bytes));
  g_ptr_array_add (lines, line);
}

static void
add_sentences (GPtrArray *lines, const AmendsLetterLine *line)
{
  const char *start = line->text;
  const char *next;

  for (; (next = find_next (start)) != NULL; start = next)
    take_sentence (lines, line->kind, start, (gsize) (next - start));
  take_sentence (lines, line->kind, start, strlen (start));
}

/* What is one of a list stays one of it. */
static void
add_item (GPtrArray *lines, const AmendsLetterLine *line)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *start = line->text;
  const char *next;

  for (; (next = find_next (start)) != NULL; start = next)
    {
      g_string_append_len (text, start, next - start);
      while (text->len > 0 && text->str[text->len - 1] == ' ')
        g_string_truncate (text, text->len - 1);
      g_string_append (text, AMENDS_LETTER_LINE_SEPARATOR);
    }
  g_string_append (text, start);
  take_sentence (lines, line->kind, text->str, text->len);
}

static void
add_heading (GPtrArray *lines, const AmendsLetter *letter, const AmendsLetterLine *line)
{
  AmendsLetterLine *last;
  const AmendsLetterBlock *block = NULL;

  for (guint i = 0; i < letter->blocks->len && block == NULL; i++)
    {
      const AmendsLetterBlock *each = g_ptr_array_index (letter->blocks, i);

      if (g_strcmp0 (each->heading, line->text) == 0)
        block = each;
    }
  take_sentence (lines, line->kind,
                 block != NULL && block->question != NULL ? block->question : line->text,
                 strlen (block != NULL && block->question != NULL ? block->question : line->text));
  last = g_ptr_array_index (lines, lines->len - 1);
  last->block = block != NULL ? block->name : NULL;
}

/**
 * amends_letter_is_easy:
 *
 * Source: Complaint Handling Code 2024, 5.10; Equality Act 2010, s.20.
 * Returns: whether it is made in Easy Read, as they asked; a form is not, whose lines are to be filled in
 */
gboolean
amends_letter_is_easy (const AmendsLetter *self)
{
  return amends_letter_kind_is_to_complainant (self->kind)
         && g_strv_contains ((const char *const *) self->formats, AMENDS_LETTER_EASY_READ);
}

/**
 * amends_letter_make_easy:
 * @lines: (element-type AmendsLetterLine): of the letter
 *
 * Returns: (transfer full) (element-type AmendsLetterLine): the same, one thing a line
 */
GPtrArray *
amends_letter_make_easy (const AmendsLetter *self, GPtrArray *lines)
{
  GPtrArray *easy = g_ptr_array_new_with_free_func (amends_letter_line_free);

  for (guint i = 0; i < lines->len; i++)
    {
      const AmendsLetterLine *line = g_ptr_array_index (lines, i);

      if (line->kind == AMENDS_LETTER_LINE_HEADING)
        add_heading (easy, self, line);
      else if (line->kind == AMENDS_LETTER_LINE_TEXT)
        add_sentences (easy, line);
      else if (line->kind == AMENDS_LETTER_LINE_ITEM)
        add_item (easy, line);
      else
        take_sentence (easy, line->kind, line->text, strlen (line->text));
    }
  return easy;
}
