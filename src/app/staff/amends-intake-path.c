/* amends-intake-path.c: what stands where in an intake
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/staff/amends-intake-path.h"

/* Returns: (nullable): what stands at @path, with dots between keys */
const json_t *
amends_intake_path_get (const json_t *object, const char *path)
{
  g_auto (GStrv) keys = g_strsplit (path, ".", -1);

  for (guint i = 0; keys[i] != NULL; i++)
    object = json_object_get (object, keys[i]);
  return object;
}

/* Puts @text at @path, with the objects that lead there. */
void
amends_intake_path_set (json_t *object, const char *path, const char *text)
{
  g_auto (GStrv) keys = g_strsplit (path, ".", -1);
  guint i;

  for (i = 0; keys[i + 1] != NULL; i++)
    {
      json_t *inner = json_object_get (object, keys[i]);

      if (inner == NULL)
        {
          inner = json_object ();
          json_object_set_new (object, keys[i], inner);
        }
      object = inner;
    }
  json_object_set_new (object, keys[i], json_string (text));
}

/* Whether a representative may act in @word, a code of the list “authority-scope”. */
gboolean
amends_intake_path_has_scope (const json_t *intake, const char *word)
{
  gsize i;
  json_t *code;

  json_array_foreach (amends_intake_path_get (intake, "representative.authority.scope"), i, code)
    if (g_strcmp0 (json_string_value (code), word) == 0)
      return TRUE;
  return FALSE;
}

/* Returns: what stands in @key; "" for nothing */
const char *
amends_intake_path_get_text (const json_t *object, const char *key)
{
  const char *text = json_string_value (json_object_get (object, key));

  return text != NULL ? text : "";
}

/* (nullable) (transfer none): who works there, of those whom it is about */
const json_t *
amends_intake_path_get_about_staff (const json_t *intake)
{
  gsize i;
  json_t *one;

  json_array_foreach (json_object_get (intake, "about"), i, one)
    if (g_str_equal (amends_intake_path_get_text (one, "who"), "staff"))
      return one;
  return NULL;
}
