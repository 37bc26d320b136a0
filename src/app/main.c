/* main.c: the staff application and the residents' kiosk
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <locale.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "app/amends-application.h"

/* What is sealed on disk must not get there in the clear as the picture of a crashed process, nor be
 * read by another program of the same person. */
static void
harden_process (void)
{
  const struct rlimit none = { 0, 0 };

  umask (077);
  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/* At a kiosk whatever is freed is overwritten, so that nothing of what a visitor wrote outlasts its field. GLib's
 * own allocator and the cache of each thread would keep what is given back as it was. Both are told before main (),
 * so the program begins once more. Returns: whether it is so, or need not be */
static gboolean
overwrite_freed_memory (char *argv[])
{
  static const char tunables[] = "glibc.malloc.perturb=165:glibc.malloc.tcache_count=0";

  if (!g_strv_contains ((const char *const *) argv, "--kiosk")
      || (g_strcmp0 (g_getenv ("GLIBC_TUNABLES"), tunables) == 0
          && g_strcmp0 (g_getenv ("G_SLICE"), "always-malloc") == 0))
    return TRUE;
  g_setenv ("G_SLICE", "always-malloc", TRUE);
  g_setenv ("GLIBC_TUNABLES", tunables, TRUE);
  execv ("/proc/self/exe", argv);
  return FALSE;
}

int
main (int argc, char *argv[])
{
  /* Where translations are when it runs from the build folder. */
  const char *locale_dir = g_getenv ("AMENDS_LOCALE_DIR");
  g_autoptr (AmendsApplication) application = NULL;
  int status;

  harden_process ();
  if (!overwrite_freed_memory (argv))
    {
      g_printerr ("amends: cannot begin as a kiosk: %s\n", g_strerror (errno));
      return 1;
    }

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = amends_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);

  /* The next visitor gets a process with nothing of this one's in its memory, and none of its files, such as
   * that of a voice which still speaks. */
  if (status == 0 && amends_application_is_kiosk (application))
    {
      g_clear_object (&application);
      close_range (3, ~0U, CLOSE_RANGE_CLOEXEC);
      execv ("/proc/self/exe", argv);
      return 1;
    }
  return status;
}
