/* test-kiosk-sticks.c: what a kiosk finds on a stick, and that a stick is not changed for another while it is written to
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "find.h"
#include "open-session.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <unistd.h>
#include <utime.h>

#include "app/kiosk/amends-kiosk-carry.h"
#include "app/kiosk/amends-kiosk-sticks.h"

/* @age_d: how old it is, in days */
static void
put (const char *folder, const char *name, int age_d)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct utimbuf then = { 1800000000 - age_d * 86400, 1800000000 - age_d * 86400 };

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_cmpint (utime (path, &then), ==, 0);
}

/* The kiosk's own requests, one of every day, keep no answer away; the newest of the others is read first. */
static void
test_files (void)
{
  TestFolder *folder = test_folder_new ();
  const char *stick = folder;
  g_auto (GStrv) files = NULL;

  for (int day = 1; day <= 28; day++)
    {
      g_autofree char *own = g_strdup_printf ("amends-K1-2026-11-%02d.amends", day);
      g_autofree char *of_another = g_strdup_printf ("amends-K2-2026-11-%02d.amends", day);

      put (stick, own, 0);
      put (stick, of_another, 30 - day);
    }
  put (stick, "answer.amends", 1);
  put (stick, "holiday.jpg", 0);
  files = amends_kiosk_sticks_list_files (stick, ".", "K1");
  g_assert_cmpuint (g_strv_length (files), ==, 20);
  g_assert_true (g_str_has_suffix (files[0], "/answer.amends"));
  for (guint i = 0; files[i] != NULL; i++)
    g_assert_null (strstr (files[i], "amends-K1-"));
  test_folder_remove (folder);
}

/* While one is written to, no other can be chosen, so that what is said then is said of it. */
static void
test_while_it_is_written (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sticks = g_build_filename (fixture->folder, "sticks", NULL);
  g_autofree char *link = g_build_filename (sticks, "OFFICE", NULL);
  g_autofree char *stick = g_strdup ("/dev/shm/amends-stick-XXXXXX");
  GtkWidget *window = gtk_window_new ();
  GtkWidget *name;
  GtkWidget *page;

  g_assert_cmpint (g_mkdir (sticks, 0700), ==, 0);
  g_assert_nonnull (g_mkdtemp (stick));
  g_assert_cmpint (symlink (stick, link), ==, 0);
  page = amends_kiosk_carry_new (fixture->session, sticks, "2M.7", "Hesta Penwick");
  gtk_window_set_child (GTK_WINDOW (window), page);
  name = find_widget (page, GTK_TYPE_CHECK_BUTTON, "OFFICE");
  g_assert_nonnull (name);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (name), TRUE);
  touch (window, "Write what waits");
  g_assert_true (amends_kiosk_carry_is_busy (AMENDS_KIOSK_CARRY (page)));
  g_assert_false (gtk_widget_is_sensitive (name));
  while (amends_kiosk_carry_is_busy (AMENDS_KIOSK_CARRY (page)))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_is_sensitive (name));
  gtk_window_destroy (GTK_WINDOW (window));
  test_folder_remove (g_steal_pointer (&stick));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/kiosk-sticks/files", test_files);
  g_test_add ("/kiosk-sticks/while-it-is-written", Fixture, NULL, set_up, test_while_it_is_written,
              tear_down);
  return g_test_run ();
}
