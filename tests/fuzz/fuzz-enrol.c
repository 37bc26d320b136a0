/* fuzz-enrol.c: bodies of enrolments, at a server that has invited nobody
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <stdlib.h>

#include "fuzz/fuzz.h"
#include "server/amends-server.h"

static AmendsServer *server;
static char *folder;

static void
stop (void)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_pointer (&server, amends_server_close);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
}

static void
start (void)
{
  static const char *const hosts[] = { "localhost", NULL };
  const AmendsEnvironment *environment = amends_environment_get_system ();
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("amends-fuzz-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_true (amends_server_create (folder, "Riverside Homes", hosts, environment, &error));
  server = amends_server_open (folder, environment, &error);
  g_assert_no_error (error);
  atexit (stop);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  char *reply = NULL;

  if (server == NULL)
    start ();
  g_assert_false (amends_server_enrol (server, (const char *) data, size, &reply, &error));
  g_assert_true (g_error_matches (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_MALFORMED)
                 || g_error_matches (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_CODE_UNKNOWN));
  return 0;
}
