/* amends-kiosk-sticks.c: the sticks that a kiosk may write to
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The deployment says in which folder sticks are mounted. A stick is named by its folder there, and a folder on which
 * nothing is mounted is none: what was carried would lie on the kiosk's own disk. */

#include "config.h"

#include "app/kiosk/amends-kiosk-sticks.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUFFIX ".amends"

/* How many files of a stick are looked at for an answer. */
#define MAX_FILES 20u

/* And how many names, to find the newest: a request a day for years. */
#define MAX_NAMES 4096u

#define REQUEST "amends-"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Returns: (transfer full): the names in @folder for which @fits, in their order, @n_max of them at the most */
static GStrv
list_names (const char *folder,
            guint n_max,
            gboolean (*fits) (const char *path, const char *name, const struct stat *about))
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  struct stat about;
  const char *name;

  if (dir != NULL && stat (folder, &about) == 0)
    while ((name = g_dir_read_name (dir)) != NULL)
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        if (name[0] != '.' && g_utf8_validate (name, -1, NULL) && fits (path, name, &about))
          g_ptr_array_add (names, g_strdup (name));
      }
  g_ptr_array_sort (names, compare_names);
  if (names->len > n_max)
    g_ptr_array_set_size (names, (int) n_max);
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static gboolean
is_stick (const char *path, const char *name, const struct stat *folder)
{
  struct stat about;

  return stat (path, &about) == 0 && S_ISDIR (about.st_mode) && about.st_dev != folder->st_dev
         && access (path, W_OK) == 0;
}

static gboolean
is_carried (const char *path, const char *name, const struct stat *folder)
{
  struct stat about;

  return g_str_has_suffix (name, SUFFIX) && lstat (path, &about) == 0 && S_ISREG (about.st_mode);
}

/**
 * amends_kiosk_sticks_list:
 * @folder: in which they are mounted
 *
 * Returns: (transfer full): the names of those that are there and can be written to
 */
GStrv
amends_kiosk_sticks_list (const char *folder)
{
  return list_names (folder, AMENDS_KIOSK_STICKS_MAX, is_stick);
}

/**
 * amends_kiosk_sticks_dup_request_path:
 * @stick: its name
 * @device_code: of the kiosk
 * @now: whose day is in the name
 *
 * Returns: (transfer full): where what waits is written to: whose file it is, and of which day, and nobody's name
 */
char *
amends_kiosk_sticks_dup_request_path (const char *folder,
                                      const char *stick,
                                      const char *device_code,
                                      GDateTime *now)
{
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf (REQUEST "%s-%s" SUFFIX, device_code, day);

  return g_build_filename (folder, stick, name, NULL);
}

static gint64
get_modified (const char *path)
{
  struct stat about;

  return lstat (path, &about) == 0 ? about.st_mtime : 0;
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  gint64 one = get_modified (*(const char *const *) a);
  gint64 other = get_modified (*(const char *const *) b);

  return (one < other) - (one > other);
}

/**
 * amends_kiosk_sticks_list_files:
 * @stick: its name
 * @device_code: of the kiosk, whose own requests are no answer
 *
 * Returns: (transfer full): the paths of what may be an answer on it, the newest first
 */
GStrv
amends_kiosk_sticks_list_files (const char *folder, const char *stick, const char *device_code)
{
  g_autofree char *path = g_build_filename (folder, stick, NULL);
  g_autofree char *own = g_strdup_printf (REQUEST "%s-", device_code);
  g_auto (GStrv) names = list_names (path, MAX_NAMES, is_carried);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names[i] != NULL; i++)
    if (!g_str_has_prefix (names[i], own))
      g_ptr_array_add (files, g_build_filename (path, names[i], NULL));
  g_ptr_array_sort (files, compare_newest);
  if (files->len > MAX_FILES)
    g_ptr_array_set_size (files, (int) MAX_FILES);
  g_ptr_array_add (files, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&files), FALSE);
}
