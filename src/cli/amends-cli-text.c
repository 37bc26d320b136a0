/* amends-cli-text.c: what people read on a terminal
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/amends-cli-text.h"

#include <stdio.h>
#include <string.h>

#include "core/amends-instant.h"

#define LABEL_COLUMNS 20

static gboolean
must_escape (gunichar c)
{
  return g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT
         || g_unichar_type (c) == G_UNICODE_LINE_SEPARATOR
         || g_unichar_type (c) == G_UNICODE_PARAGRAPH_SEPARATOR;
}

static int
columns_of (const char *text)
{
  int n_columns = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      n_columns += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return n_columns;
}

/**
 * amends_text_escape:
 * @text: from anybody
 *
 * Returns: (transfer full): @text on one line, with nothing that a terminal acts on
 */
char *
amends_text_escape (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) escaped = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n')
        g_string_append (escaped, "\\n");
      else if (must_escape (c))
        g_string_append_printf (escaped, "\\u{%x}", c);
      else
        g_string_append_unichar (escaped, c);
    }
  return g_string_free (g_steal_pointer (&escaped), FALSE);
}

/**
 * amends_text_fit:
 * @text: (nullable): from anybody
 * @n_columns: of the terminal
 *
 * Returns: (transfer full): @text, escaped, cut or filled to exactly @n_columns
 */
char *
amends_text_fit (const char *text, int n_columns)
{
  g_autofree char *escaped = amends_text_escape (amends_text_or_dash (text));
  g_autoptr (GString) fitted = g_string_new (escaped);
  gboolean is_cut = columns_of (fitted->str) > n_columns;

  while (columns_of (fitted->str) > n_columns - (is_cut ? 1 : 0))
    g_string_truncate (fitted,
                       (gsize) (g_utf8_find_prev_char (fitted->str, fitted->str + fitted->len)
                                - fitted->str));
  if (is_cut)
    g_string_append (fitted, "…");
  while (columns_of (fitted->str) < n_columns)
    g_string_append_c (fitted, ' ');
  return g_string_free (g_steal_pointer (&fitted), FALSE);
}

/**
 * amends_text_print:
 * @format: a sentence
 *
 * Prints a line on standard output, with all that its arguments bring escaped.
 */
void
amends_text_print (const char *format, ...)
{
  g_autofree char *line = NULL;
  g_autofree char *escaped = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  escaped = amends_text_escape (line);
  g_print ("%s\n", escaped);
}

/**
 * amends_text_print_field:
 * @label: what it is
 * @value: (nullable): from anybody; nothing is printed if there is none
 */
void
amends_text_print_field (const char *label, const char *value)
{
  g_autofree char *fitted = NULL;
  g_autofree char *escaped = NULL;

  if (value == NULL || value[0] == '\0')
    return;
  fitted = amends_text_fit (label, LABEL_COLUMNS);
  escaped = amends_text_escape (value);
  g_print ("%s %s\n", fitted, escaped);
}

/**
 * amends_text_print_block:
 * @text: from anybody, with line breaks, which are kept
 */
void
amends_text_print_block (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *escaped = amends_text_escape (lines[i]);

      g_print ("    %s\n", escaped);
    }
}

/**
 * amends_text_of_instant:
 * @text: (nullable): "2026-11-20T14:02:11Z"
 *
 * Returns: (transfer full) (nullable): "2026-11-20 14:02", in the zone of this device; what is no
 * instant as it stands
 */
char *
amends_text_of_instant (const char *text)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  gint64 instant;

  if (text == NULL || !amends_instant_parse (text, &instant, NULL))
    return g_strdup (text);
  utc = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  local = g_date_time_to_local (utc);
  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

/**
 * amends_text_of_value:
 * @value: (nullable): of a field, of any kind
 *
 * Returns: (transfer full): it as a text, not yet escaped
 */
char *
amends_text_of_value (const json_t *value)
{
  char *dumped;
  char *text;

  if (value == NULL || json_is_null (value))
    return g_strdup (amends_text_or_dash (NULL));
  if (json_is_string (value))
    return g_strdup (json_string_value (value));
  dumped = json_dumps (value, JSON_COMPACT | JSON_ENCODE_ANY);
  text = g_strdup (dumped);
  free (dumped);
  return text;
}

/**
 * amends_text_of_code:
 * @list: the name of a code list
 * @code: (nullable): a code
 *
 * Returns: (transfer none) (nullable): its label for people
 */
const char *
amends_text_of_code (const char *list, const char *code)
{
  return code != NULL ? amends_codes_get_label (amends_codes_get_list (list), code) : NULL;
}

/**
 * amends_text_or_dash:
 *
 * Returns: (transfer none): @text, or a dash for nothing known
 */
const char *
amends_text_or_dash (const char *text)
{
  return text != NULL && text[0] != '\0' ? text : "–";
}

/**
 * amends_text_of_key:
 *
 * Returns: (transfer none) (nullable): the text under @key
 */
const char *
amends_text_of_key (const json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}
