/* amends-shipped.c: the policies, calendars and texts of letters inside the program
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What ships of data/ is inside the program, so that it is the same installed or not. */

#include "store/amends-shipped.h"

#include <gio/gio.h>
#include <string.h>

#include "store/amends-policy-resources.h"

#define PREFIX "/org/amends/Amends/data"
#define POLICIES "policies"
#define POLICY_SUFFIX ".policy"
#define CALENDARS "calendars"
#define CALENDAR_SUFFIX ".calendar"
#define LETTERS "letters"
#define LETTERS_SUFFIX ".letters"

static int
compare_ids (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char **
list_ids (const char *folder, const char *suffix)
{
  g_autofree char *path = g_strconcat (PREFIX "/", folder, NULL);
  g_auto (GStrv) files = g_resource_enumerate_children (amends_policies_get_resource (), path,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (gsize i = 0; files != NULL && files[i] != NULL; i++)
    g_ptr_array_add (ids, g_strndup (files[i], strlen (files[i]) - strlen (suffix)));
  g_ptr_array_sort (ids, compare_ids);
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}

static GBytes *
load (const char *folder, const char *id, const char *suffix)
{
  g_autofree char *path = g_strconcat (PREFIX "/", folder, "/", id, suffix, NULL);

  return g_resource_lookup_data (amends_policies_get_resource (), path,
                                 G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

/**
 * amends_shipped_list_policies:
 *
 * Returns: (transfer full) (array zero-terminated=1): the ids of the editions that ship, in order
 */
char **
amends_shipped_list_policies (void)
{
  return list_ids (POLICIES, POLICY_SUFFIX);
}

/**
 * amends_shipped_list_calendars:
 *
 * Returns: (transfer full) (array zero-terminated=1): the ids of the calendars that ship, in order
 */
char **
amends_shipped_list_calendars (void)
{
  return list_ids (CALENDARS, CALENDAR_SUFFIX);
}

/**
 * amends_shipped_load_policy:
 *
 * Returns: (transfer full) (nullable): the text of the edition; %NULL if none of that id ships
 */
GBytes *
amends_shipped_load_policy (const char *id)
{
  return load (POLICIES, id, POLICY_SUFFIX);
}

/**
 * amends_shipped_load_calendar:
 *
 * Returns: (transfer full) (nullable): the text of the calendar; %NULL if none of that id ships
 */
GBytes *
amends_shipped_load_calendar (const char *id)
{
  return load (CALENDARS, id, CALENDAR_SUFFIX);
}

/**
 * amends_shipped_get_code:
 *
 * Returns: (transfer full): the Complaint Handling Code that every landlord is held to
 */
AmendsPolicy *
amends_shipped_get_code (void)
{
  g_autoptr (GBytes) bytes = amends_shipped_load_policy (AMENDS_SHIPPED_CODE);
  AmendsPolicy *code = amends_policy_parse (bytes, AMENDS_SHIPPED_CODE, NULL, NULL);

  g_assert (code != NULL);
  return code;
}

/**
 * amends_shipped_get_calendars:
 *
 * Returns: (transfer full) (element-type AmendsCalendar): all that ship
 */
GPtrArray *
amends_shipped_get_calendars (void)
{
  GPtrArray *calendars = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_calendar_unref);
  g_auto (GStrv) ids = amends_shipped_list_calendars ();

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (GBytes) bytes = amends_shipped_load_calendar (ids[i]);
      AmendsCalendar *calendar = amends_calendar_parse (bytes, ids[i], NULL, NULL);

      g_assert (calendar != NULL);
      g_ptr_array_add (calendars, calendar);
    }
  return calendars;
}

/**
 * amends_shipped_list_letters:
 *
 * Returns: (transfer full) (array zero-terminated=1): the languages in which letters can be written, in order
 */
char **
amends_shipped_list_letters (void)
{
  return list_ids (LETTERS, LETTERS_SUFFIX);
}

/**
 * amends_shipped_get_letters:
 * @language: as BCP 47 writes it, "en"
 *
 * Returns: (transfer full) (nullable): the texts of letters; %NULL if none ship in that language
 */
AmendsLetterTexts *
amends_shipped_get_letters (const char *language)
{
  g_autoptr (GBytes) bytes = load (LETTERS, language, LETTERS_SUFFIX);
  AmendsLetterTexts *texts;

  if (bytes == NULL)
    return NULL;
  texts = amends_letter_texts_parse (bytes, language, NULL, NULL);
  g_assert (texts != NULL);
  return texts;
}

/**
 * amends_shipped_get_all_letters:
 *
 * Returns: (transfer none) (array zero-terminated=1): the words of letters in each language, English first; read
 *   once, and kept for as long as the program runs
 */
const AmendsLetterTexts *const *
amends_shipped_get_all_letters (void)
{
  static gsize is_read;
  static const AmendsLetterTexts **all;

  if (g_once_init_enter (&is_read))
    {
      g_auto (GStrv) languages = amends_shipped_list_letters ();
      guint n = 1;

      all = g_new0 (const AmendsLetterTexts *, g_strv_length (languages) + 1);
      for (gsize i = 0; languages[i] != NULL; i++)
        all[strcmp (languages[i], "en") == 0 ? 0 : n++] = amends_shipped_get_letters (languages[i]);
      g_once_init_leave (&is_read, 1);
    }
  return all;
}

/**
 * amends_shipped_dup_digest:
 *
 * Returns: (transfer full): a digest, in hexadecimal, of what days are counted by where a landlord has published
 *   nothing else: the Code and the calendars
 */
char *
amends_shipped_dup_digest (void)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GBytes) code = amends_shipped_load_policy (AMENDS_SHIPPED_CODE);
  g_auto (GStrv) ids = amends_shipped_list_calendars ();

  g_checksum_update (checksum, g_bytes_get_data (code, NULL), (gssize) g_bytes_get_size (code));
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (GBytes) calendar = amends_shipped_load_calendar (ids[i]);

      g_checksum_update (checksum, g_bytes_get_data (calendar, NULL),
                         (gssize) g_bytes_get_size (calendar));
    }
  return g_strdup (g_checksum_get_string (checksum));
}
