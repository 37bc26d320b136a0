/* amends-codes.c: the code lists: what may stand in a field, and its label for people
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/amends-codes.h"

/**
 * amends_codes_get_list:
 * @name: "kind", "channel" and so on
 *
 * Returns: (transfer none) (nullable): the list, or %NULL if there is none of that name
 */
const AmendsCodeList *
amends_codes_get_list (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < amends_n_code_lists; i++)
    if (g_str_equal (amends_code_lists[i].name, name))
      return &amends_code_lists[i];
  return NULL;
}

/**
 * amends_codes_find:
 * @list: a list
 * @word: what came from outside
 *
 * Returns: (transfer none) (nullable): the code, or %NULL if the list does not have it
 */
const AmendsCode *
amends_codes_find (const AmendsCodeList *list, const char *word)
{
  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (word != NULL, NULL);

  for (guint i = 0; i < list->n_codes; i++)
    if (g_str_equal (list->codes[i].code, word))
      return &list->codes[i];
  return NULL;
}

/**
 * amends_codes_get_label:
 * @list: a list
 * @word: a code, which a newer version may have written
 *
 * Returns: (transfer none): the label in the language of the person; @word itself if this version
 * does not know it
 */
const char *
amends_codes_get_label (const AmendsCodeList *list, const char *word)
{
  const AmendsCode *code = amends_codes_find (list, word);

  if (code == NULL)
    return word;
  return g_dpgettext2 (GETTEXT_PACKAGE, list->name, code->label);
}
