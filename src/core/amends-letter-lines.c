/* amends-letter-lines.c: the words of a letter, line by line
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What goes to the resident is the text that a person went on with. What each of its lines is, is told by the
 * letter that was written from the record: its title, its headings, its reference stand in the text as they
 * do there. A line that is none of them is a sentence. */

#include <string.h>

#include "core/amends-letter-private.h"

#define BULLET "• "

/**
 * amends_letter_line_free:
 * @data: (transfer full): an AmendsLetterLine
 */
void
amends_letter_line_free (gpointer data)
{
  AmendsLetterLine *line = data;

  g_free (line->text);
  g_free (line);
}

/* What turns the direction of all that follows it: whoever gave a name may have put one there. What sets a name
 * apart from the words around it (U+2068) turns nothing outside of it. */
static gboolean
is_turning (gunichar character)
{
  return (character >= 0x202A && character <= 0x202E) || character == 0x2066 || character == 0x2067;
}

static char *
dup_plain (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar character = g_utf8_get_char (text);

      if (!is_turning (character) && (character == '\t' || !g_unichar_iscntrl (character)))
        g_string_append_unichar (plain, character);
    }
  return g_string_free (plain, FALSE);
}

static AmendsLetterLine *
add (GPtrArray *lines, AmendsLetterLineKind kind, const char *text)
{
  AmendsLetterLine *line = g_new0 (AmendsLetterLine, 1);

  line->kind = kind;
  line->text = dup_plain (text);
  g_ptr_array_add (lines, line);
  return line;
}

static gboolean
is_line (const char *line, const char *of_letter)
{
  return of_letter != NULL && strcmp (line, of_letter) == 0;
}

static const AmendsLetterBlock *
find_heading (const AmendsLetter *letter, const char *line)
{
  for (guint i = 0; i < letter->blocks->len; i++)
    {
      const AmendsLetterBlock *block = g_ptr_array_index (letter->blocks, i);

      if (is_line (line, block->heading))
        return block;
    }
  return NULL;
}

/* Written from the record, a block that says nothing has in brackets why. */
static gboolean
is_gap (const char *line)
{
  return line[0] == '[' && g_str_has_suffix (line, "]");
}

/* ------------------------------------------------------------ the head */

static void
add_head_line (GPtrArray *lines, AmendsLetterLineKind kind, const char *text)
{
  if (text != NULL && *text != '\0')
    add (lines, kind, text);
}

/* For words that begin without one. */
static void
add_head_of_record (GPtrArray *lines, const AmendsLetter *letter)
{
  add_head_line (lines, AMENDS_LETTER_LINE_ORGANISATION, letter->landlord);
  add_head_line (lines, AMENDS_LETTER_LINE_ADDRESS, letter->addressee);
  add_head_line (lines, AMENDS_LETTER_LINE_ADDRESS, letter->home);
  add_head_line (lines, AMENDS_LETTER_LINE_DATE, letter->day);
  add_head_line (lines, AMENDS_LETTER_LINE_DATE, letter->reference);
  add (lines, AMENDS_LETTER_LINE_TITLE, letter->title);
}

/* The lines of a head: up to @address who writes, up to @dated to whom, up to @end on which day. */
typedef struct
{
  guint address;
  guint dated;
  guint end;
} Head;

/* Its day may be another than today, and somebody may have written the address better: what they are is told by
 * where they stand. */
static Head
measure_head (const AmendsLetter *letter, char **head, guint n)
{
  guint first = n > 0 && is_line (head[0], letter->landlord) ? 1 : 0;
  guint n_dated = 0;

  while (n > first && *head[n - 1] == '\0')
    n--;
  if (n > first && is_line (head[n - 1], letter->reference))
    n_dated++;
  if (n > first + n_dated)
    n_dated++;
  return (Head){ first, n - n_dated, n };
}

static void
add_head (GPtrArray *lines, const AmendsLetter *letter, char **head, guint n)
{
  Head parts = measure_head (letter, head, n);

  if (parts.address == 1)
    add_head_line (lines, AMENDS_LETTER_LINE_ORGANISATION, head[0]);
  for (guint i = parts.address; i < parts.end; i++)
    add_head_line (lines, i < parts.dated ? AMENDS_LETTER_LINE_ADDRESS : AMENDS_LETTER_LINE_DATE,
                   head[i]);
}

/* ------------------------------------------------------------ the body */

/* A text of several lines is one thing in a list. */
static void
go_on (AmendsLetterLine *item, const char *text)
{
  g_autofree char *plain = dup_plain (text);
  char *whole = g_strconcat (item->text, AMENDS_LETTER_LINE_SEPARATOR, plain, NULL);

  g_free (item->text);
  item->text = whole;
}

static void
add_field (GPtrArray *lines, const char *text)
{
  g_autofree char *label = g_strndup (text, strlen (text) - strlen (AMENDS_LETTER_FIELD));

  add (lines, AMENDS_LETTER_LINE_FIELD, label);
}

static void
add_body (GPtrArray *lines, const AmendsLetter *letter, char **body)
{
  AmendsLetterLine *item = NULL;

  for (; *body != NULL; body++)
    {
      const char *text = *body;

      if (*text == '\0')
        item = NULL;
      else if (find_heading (letter, text) != NULL)
        {
          add (lines, AMENDS_LETTER_LINE_HEADING, text);
          item = NULL;
        }
      else if (g_str_has_prefix (text, BULLET))
        item = add (lines, AMENDS_LETTER_LINE_ITEM, text + strlen (BULLET));
      else if (g_str_has_prefix (text, AMENDS_LETTER_CHOICE))
        item = add (lines, AMENDS_LETTER_LINE_CHOICE, text + strlen (AMENDS_LETTER_CHOICE));
      else if (g_str_has_suffix (text, AMENDS_LETTER_FIELD))
        add_field (lines, text);
      else if (is_gap (text))
        add (lines, AMENDS_LETTER_LINE_GAP, text);
      else if (is_line (text, letter->farewell))
        add (lines, AMENDS_LETTER_LINE_FAREWELL, text);
      else if (item != NULL)
        go_on (item, text);
      else
        add (lines, AMENDS_LETTER_LINE_TEXT, text);
    }
}

static char **
split (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_strchomp (lines[i]);
  return g_steal_pointer (&lines);
}

static GPtrArray *
list_lines (const AmendsLetter *self, const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (amends_letter_line_free);
  g_autofree char *own = text == NULL ? amends_letter_to_text (self) : NULL;
  g_auto (GStrv) all = split (text != NULL ? text : own);
  guint n_head = 0;

  while (all[n_head] != NULL && !is_line (all[n_head], self->title))
    n_head++;
  if (all[n_head] == NULL)
    {
      add_head_of_record (lines, self);
      add_body (lines, self, all);
      return lines;
    }
  add_head (lines, self, all, n_head);
  add (lines, AMENDS_LETTER_LINE_TITLE, all[n_head]);
  add_body (lines, self, all + n_head + 1);
  return lines;
}

/**
 * amends_letter_list_lines:
 * @self: the letter as it stands in the record
 * @text: (nullable): what a person went on with from there; %NULL for the letter as it is
 *
 * Of words that do not hold the title of the letter, the head is taken from the record. Of a letter in Easy Read one
 * thing is on a line.
 * Returns: (transfer full) (element-type AmendsLetterLine): what stands on paper, none empty
 */
GPtrArray *
amends_letter_list_lines (const AmendsLetter *self, const char *text)
{
  g_autoptr (GPtrArray) lines = list_lines (self, text);

  return amends_letter_is_easy (self) ? amends_letter_make_easy (self, lines)
                                      : g_steal_pointer (&lines);
}

/* ------------------------------------------------------------ to somebody else */

static void
append (GString *text, const char *line)
{
  if (line != NULL)
    g_string_append_printf (text, "%s\n", line);
}

/* Who writes, and when, stays; to whom is said anew. */
static void
append_head (GString *text,
             const AmendsLetter *letter,
             const AmendsLetter *from,
             char **head,
             guint n)
{
  Head parts = measure_head (from, head, n);

  if (parts.address == 1)
    append (text, head[0]);
  append (text, letter->addressee);
  append (text, letter->home);
  for (guint i = parts.dated; i < parts.end; i++)
    append (text, head[i]);
  g_string_append_c (text, '\n');
}

/**
 * amends_letter_readdress:
 * @self: the letter to whom it goes now
 * @from: the same letter, in the same language, to whom @text was written
 * @text: what a person went on with from there
 *
 * What stands under the greeting is the same for each who gets a letter. The first line under the title is the
 * greeting.
 * Returns: (transfer full): the same words, to somebody else; @text as it is, if it has not the title of the letter
 */
char *
amends_letter_readdress (const AmendsLetter *self, const AmendsLetter *from, const char *text)
{
  g_autoptr (GString) whole = g_string_new (NULL);
  g_auto (GStrv) lines = split (text);
  guint n_head = 0;
  guint i;

  while (lines[n_head] != NULL && !is_line (lines[n_head], from->title))
    n_head++;
  if (lines[n_head] == NULL)
    return g_strdup (text);
  append_head (whole, self, from, lines, n_head);
  append (whole, self->title);
  for (i = n_head + 1; lines[i] != NULL && *lines[i] == '\0'; i++)
    append (whole, lines[i]);
  append (whole, self->greeting);
  if (self->opening != NULL)
    g_string_append_printf (whole, "\n%s\n", self->opening);
  for (i += lines[i] != NULL; lines[i] != NULL; i++)
    if (!is_line (lines[i], from->opening))
      append (whole, lines[i]);
    else if (lines[i + 1] != NULL && *lines[i + 1] == '\0')
      i++;
  g_string_truncate (whole, whole->len - 1);
  return g_string_free (g_steal_pointer (&whole), FALSE);
}

/* ------------------------------------------------------------ what was cut */

/* Whether anything stands under the heading of @block. */
static gboolean
has_words (const AmendsLetter *self, const AmendsLetterBlock *block, char **lines)
{
  gboolean is_under = FALSE;

  for (; *lines != NULL; lines++)
    {
      const AmendsLetterBlock *begun = find_heading (self, *lines);

      if (begun != NULL || is_line (*lines, self->farewell))
        is_under = begun == block;
      else if (is_under && **lines != '\0' && !is_gap (*lines))
        return TRUE;
    }
  return FALSE;
}

/* A block without a heading is known by its words alone. */
static gboolean
has_paragraphs (const AmendsLetterBlock *block, char **lines)
{
  for (guint i = 0; i < block->paragraphs->len; i++)
    if (!g_strv_contains ((const char *const *) lines, g_ptr_array_index (block->paragraphs, i)))
      return FALSE;
  return TRUE;
}

/**
 * amends_letter_is_in_own_words:
 * @self: the letter as it stands in the record
 * @text: (nullable): what a person wrote
 *
 * A translation has neither the title nor the headings of the letter: whether it holds all parts is told by who
 * reads that language, and by nothing else. Who asked for no other language gets no such letter.
 * Returns: whether it is written for somebody who asked for another language, and from no letter
 */
gboolean
amends_letter_is_in_own_words (const AmendsLetter *self, const char *text)
{
  g_auto (GStrv) lines = text != NULL ? split (text) : NULL;

  return lines != NULL && self->is_asked_otherwise
         && !g_strv_contains ((const char *const *) lines, self->title);
}

/**
 * amends_letter_list_cut:
 * @self: the letter as it stands in the record
 * @text: (nullable): what a person went on with from there
 *
 * A heading is how a resident finds a block, and how it is known to stand there.
 * Returns: (transfer container) (element-type AmendsLetterBlock): what policy or Code asks for and the record
 * holds, and @text does not
 */
GPtrArray *
amends_letter_list_cut (const AmendsLetter *self, const char *text)
{
  GPtrArray *cut = g_ptr_array_new ();
  g_auto (GStrv) lines = text != NULL ? split (text) : NULL;

  if (amends_letter_is_in_own_words (self, text))
    return cut;
  for (guint i = 0; lines != NULL && i < self->blocks->len; i++)
    {
      AmendsLetterBlock *block = g_ptr_array_index (self->blocks, i);

      if ((block->clause == NULL && block->provision == NULL) || block->missing != NULL)
        continue;
      if (block->heading != NULL ? !has_words (self, block, lines) : !has_paragraphs (block, lines))
        g_ptr_array_add (cut, block);
    }
  return cut;
}
