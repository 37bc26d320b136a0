/* amends-person-avatar.c: somebody, by the initials of their name
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/amends-person-avatar.h"

#include <string.h>

#include <glib/gi18n.h>

/**
 * amends_person_avatar_new:
 * @name: with its form of address; "" for nobody's
 * @size: pixels
 *
 * A form of address is no initial; and the colour follows from the text, so that nobody's is nobody's own colour
 * at each refresh.
 */
GtkWidget *
amends_person_avatar_new (const char *name, int size)
{
  static const char *const titles[] = { "mr",  "mrs", "ms",   "miss", "mx", "dr",
                                        "rev", "sir", "prof", "lady", NULL };
  const char *space = strchr (name, ' ');
  g_autofree char *first = space != NULL ? g_strndup (name, (gsize) (space - name)) : g_strdup ("");
  g_autofree char *word = g_ascii_strdown (first, -1);

  if (g_str_has_suffix (word, "."))
    word[strlen (word) - 1] = '\0';
  if (*name == '\0')
    return adw_avatar_new (size, _ ("Anonymous"), FALSE);
  return adw_avatar_new (size, g_strv_contains (titles, word) ? space + 1 : name, TRUE);
}
