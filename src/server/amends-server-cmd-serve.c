/* amends-server-cmd-serve.c: takes connections until it is told to end
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "server/amends-server-cmd.h"
#include "server/amends-server-commands.h"
#include "server/amends-server-http.h"

#define MAX_GB 1e6

static gboolean
stop_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

/* "127.0.0.1:8443", "[::1]:8443". A port left out would be another one at each start, and devices know
 * the first. Returns: (transfer full) (nullable): the host */
static char *
get_host (const char *listen)
{
  const char *colon = strrchr (listen, ':');
  guint64 port;

  if (colon == NULL || colon == listen || (strchr (listen, ':') != colon && colon[-1] != ']')
      || !g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
    return NULL;
  return g_strndup (listen, (gsize) (colon - listen));
}

/* Gigabytes as an option says them. */
static gboolean
set_limit (double n_gb, guint64 *limit)
{
  if (!(n_gb < 0 || n_gb > 0)) /* not given */
    return TRUE;
  *limit = n_gb > 0 && n_gb <= MAX_GB ? (guint64) (n_gb * 1e9) : *limit;
  return n_gb > 0 && n_gb <= MAX_GB;
}

static gboolean
set_limits (const AmendsServerOptions *options, AmendsServer *server)
{
  AmendsServerLimits limits;

  amends_server_get_limits (server, &limits);
  if (!set_limit (options->gb_per_device, &limits.per_device)
      || !set_limit (options->gb_of_all, &limits.all))
    return FALSE;
  amends_server_set_limits (server, &limits);
  return TRUE;
}

int
amends_server_cmd_serve (const AmendsServerCmd *self,
                         const AmendsServerOptions *options,
                         const char *const *arguments)
{
  const AmendsEnvironment environment = amends_server_cmd_get_environment (options);
  AmendsHttpOptions http_options = AMENDS_HTTP_OPTIONS_INIT;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (AmendsServer) server = NULL;
  g_autoptr (AmendsHttp) http = NULL;
  g_autoptr (AmendsAdmin) admin = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *host = NULL;

  if (options->listen == NULL)
    return amends_server_cmd_fail_usage (options, "listen", _ ("serve needs --listen HOST:PORT"));
  host = get_host (options->listen);
  if (host == NULL)
    return amends_server_cmd_fail_usage (
        options, "listen",
        _ ("--listen is HOST:PORT, such as 127.0.0.1:8443; with the port 0 the "
           "system chooses one"));
  http_options.listen = options->listen;
  g_unix_signal_add (SIGTERM, stop_cb, loop);
  g_unix_signal_add (SIGINT, stop_cb, loop);
  server = amends_server_open (options->data, &environment, &error);
  if (server != NULL && !set_limits (options, server))
    return amends_server_cmd_fail_usage (options, "attachments",
                                         _ ("Give the room for attachments in GB, from 0.001"));
  if (server == NULL || (options->store == NULL && !(admin = amends_admin_new (server, &error)))
      || !(http = amends_http_new (server, &http_options, &error)))
    return amends_server_cmd_fail (options, error);

  g_print ("listening https://%s:%u\n", host, amends_http_get_port (http));
  fflush (stdout);
  g_main_loop_run (loop);

  /* No more commands, then no more requests; the store closes last. */
  g_clear_pointer (&admin, amends_admin_free);
  return 0;
}
