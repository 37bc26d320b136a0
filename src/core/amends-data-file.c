/* amends-data-file.c: a file of groups and keys that says where it is wrong
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GKeyFile reads the values; the lines are found beside it, because it forgets them, and takes a key or
 * a group that stands twice without a word. */

#include "core/amends-data-file.h"

#include <string.h>

#include "core/amends-error.h"

#define SHOWN_MAX_CHARS 64 /* of what the author wrote, in a message */

/**
 * amends_data_file_shorten:
 * @text: what the author wrote
 *
 * Returns: (transfer full): as much of it as stands well in a message
 */
char *
amends_data_file_shorten (const char *text)
{
  g_autofree char *start = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (g_utf8_strlen (text, -1) <= SHOWN_MAX_CHARS)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, SHOWN_MAX_CHARS);
  return g_strconcat (start, "…", NULL);
}

/**
 * amends_data_file_is_word:
 * @text: a name or value of a file
 *
 * Returns: %TRUE if it is of a-z, 0-9, - and ., and not empty
 */
gboolean
amends_data_file_is_word (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_islower (*p) && !g_ascii_isdigit (*p) && *p != '-' && *p != '.')
      return FALSE;
  return *text != '\0';
}

/**
 * amends_data_file_get_line:
 * @self: a file
 * @group: a group of it
 * @key: (nullable): a key of the group
 *
 * Returns: the line of the key, from 1; that of the group if it has no such key; 0 for neither
 */
int
amends_data_file_get_line (const AmendsDataFile *self, const char *group, const char *key)
{
  g_autofree char *name = NULL;
  int n_line;

  g_return_val_if_fail (self != NULL && group != NULL, 0);

  name = g_strdup_printf ("[%s]%s", group, key != NULL ? key : "");
  n_line = GPOINTER_TO_INT (g_hash_table_lookup (self->lines, name));
  return n_line == 0 && key != NULL ? amends_data_file_get_line (self, group, NULL) : n_line;
}

static void
keep_problem (AmendsDataFile *self, GError *problem)
{
  if (self->problems != NULL)
    g_ptr_array_add (self->problems, g_error_copy (problem));
  if (self->first == NULL)
    self->first = problem;
  else
    g_error_free (problem);
}

/**
 * amends_data_file_complain:
 * @self: a file
 * @n_line: the line; 0 to look it up
 * @group: the group that is wrong
 * @key: (nullable): the key that is
 * @format: what is wrong
 * @...: its arguments
 *
 * Keeps a problem that says file, line, group and key, with group and key as its field.
 *
 * Returns: %FALSE, to end with
 */
gboolean
amends_data_file_complain (AmendsDataFile *self,
                           int n_line,
                           const char *group,
                           const char *key,
                           const char *format,
                           ...)
{
  GError *problem = NULL;
  g_autofree char *what = NULL;
  g_autofree char *shown_group = NULL;
  g_autofree char *shown_key = NULL;
  g_autofree char *field = NULL;
  va_list args;

  g_return_val_if_fail (self != NULL && group != NULL && format != NULL, FALSE);

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  shown_group = amends_data_file_shorten (group);
  shown_key = amends_data_file_shorten (key != NULL ? key : "");
  field = g_strdup_printf ("%s%s%s", shown_group, key != NULL ? "." : "", shown_key);

  if (n_line == 0)
    n_line = amends_data_file_get_line (self, group, key);
  amends_set_error (&problem, AMENDS_CORE_ERROR_INVALID, field, NULL, "%s:%d: [%s]%s%s: %s",
                    self->file_name, MAX (n_line, 1), shown_group, key != NULL ? " " : "",
                    shown_key, what);
  keep_problem (self, problem);
  return FALSE;
}

static void
note_line (AmendsDataFile *self, int n_line, const char *group, const char *key)
{
  char *name = g_strdup_printf ("[%s]%s", group, key != NULL ? key : "");

  if (g_hash_table_contains (self->lines, name))
    {
      int n_first = GPOINTER_TO_INT (g_hash_table_lookup (self->lines, name));

      amends_data_file_complain (self, n_line, group, key, "stands twice, first in line %d",
                                 n_first);
      g_free (name);
      return;
    }
  g_hash_table_insert (self->lines, name, GINT_TO_POINTER (n_line));
}

static void
scan_line (AmendsDataFile *self, int n_line, char *line, char **group)
{
  char *text = g_strstrip (line);
  char *end;

  if (*text == '\0' || *text == '#')
    return;

  if (*text == '[')
    {
      end = strrchr (text, ']');
      if (end == NULL || end[1] != '\0')
        {
          amends_data_file_complain (self, n_line, text, NULL, "a group is written [name]");
          return;
        }
      *end = '\0';
      g_free (*group);
      *group = g_strdup (text + 1);
      note_line (self, n_line, *group, NULL);
      return;
    }

  end = strchr (text, '=');
  if (end == NULL || end == text)
    {
      amends_data_file_complain (self, n_line, *group != NULL ? *group : "", text,
                                 "a line is written key=value");
      return;
    }
  *end = '\0';
  g_strchomp (text);
  if (*group == NULL)
    amends_data_file_complain (self, n_line, "", text, "stands before the first group");
  else
    note_line (self, n_line, *group, text);
}

static gboolean
scan_lines (AmendsDataFile *self, const char *data, gsize length)
{
  g_autofree char *text = g_strndup (data, length);
  g_auto (GStrv) lines = g_strsplit (text, "\n", AMENDS_DATA_FILE_MAX_LINES + 1);
  g_autofree char *group = NULL;

  if (g_strv_length (lines) > AMENDS_DATA_FILE_MAX_LINES)
    return amends_data_file_complain (self, AMENDS_DATA_FILE_MAX_LINES, "", NULL,
                                      "it has at most %d lines", AMENDS_DATA_FILE_MAX_LINES);

  for (int i = 0; lines[i] != NULL; i++)
    scan_line (self, i + 1, lines[i], &group);
  return self->first == NULL;
}

static gboolean
check_bytes (AmendsDataFile *self,
             const char *data,
             gsize length,
             gsize n_max_bytes,
             const char *what)
{
  GError *problem = NULL;

  if (length > n_max_bytes)
    amends_set_error (&problem, AMENDS_CORE_ERROR_TOO_LARGE, NULL, NULL,
                      "%s: %s is at most %" G_GSIZE_FORMAT " bytes", self->file_name, what,
                      n_max_bytes);
  else if (length == 0 || !g_utf8_validate_len (data, length, NULL))
    amends_set_error (&problem, AMENDS_CORE_ERROR_INVALID, NULL, NULL, "%s: %s is a text in UTF-8",
                      self->file_name, what);
  if (problem == NULL)
    return TRUE;
  keep_problem (self, problem);
  return FALSE;
}

/**
 * amends_data_file_load:
 * @self: (out caller-allocates): an empty file
 * @bytes: the text
 * @n_max_bytes: how long it may be
 * @what: what messages call such a file, "a policy"
 * @file_name: what messages call this one; to outlive @self
 * @problems: (nullable) (element-type GError): where all problems go; to outlive @self
 *
 * Reads groups and keys. A group or key that stands twice is a problem, and so is a translated one.
 *
 * Returns: %TRUE on success; otherwise @self's first problem says why: %AMENDS_CORE_ERROR_TOO_LARGE
 * over the limit, %AMENDS_CORE_ERROR_INVALID otherwise
 */
gboolean
amends_data_file_load (AmendsDataFile *self,
                       GBytes *bytes,
                       gsize n_max_bytes,
                       const char *what,
                       const char *file_name,
                       GPtrArray *problems)
{
  g_autoptr (GError) key_file_error = NULL;
  const char *data;
  gsize length;

  g_return_val_if_fail (self != NULL && self->keys == NULL, FALSE);
  g_return_val_if_fail (bytes != NULL && what != NULL && file_name != NULL, FALSE);

  self->keys = g_key_file_new ();
  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->file_name = file_name;
  self->problems = problems;

  data = g_bytes_get_data (bytes, &length);
  if (!check_bytes (self, data, length, n_max_bytes, what) || !scan_lines (self, data, length))
    return FALSE;
  /* Else GKeyFile drops a key[xx] of another language unseen. */
  if (!g_key_file_load_from_data (self->keys, data, length, G_KEY_FILE_KEEP_TRANSLATIONS,
                                  &key_file_error))
    return amends_data_file_complain (self, 1, "", NULL, "%s", key_file_error->message);
  return TRUE;
}

/**
 * amends_data_file_clear:
 * @self: a file
 *
 * Frees what it owns.
 */
void
amends_data_file_clear (AmendsDataFile *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->keys, g_key_file_unref);
  g_clear_pointer (&self->lines, g_hash_table_unref);
  g_clear_error (&self->first);
}
