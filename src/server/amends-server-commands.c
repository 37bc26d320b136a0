/* amends-server-commands.c: an administrator's commands, here or through the server that runs
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/amends-server-commands.h"

#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/amends-error.h"
#include "store/amends-db.h"
#include "sync/amends-bundle.h"

/* The longest command is an invite with some hundred feeds. */
#define MAX_COMMAND_BYTES (64 * 1024)

#define IDLE_TIMEOUT_S 10
#define MAX_PATH_BYTES 100

#define EXIT_REFUSED 1
#define EXIT_USAGE 2
#define EXIT_NETWORK 3
#define EXIT_STORE 4

static int
get_exit (const GError *error)
{
  if (error->domain == AMENDS_CORE_ERROR)
    return error->code == AMENDS_CORE_ERROR_REFUSED ? EXIT_REFUSED : EXIT_USAGE;
  if (g_error_matches (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_EXISTS))
    return EXIT_REFUSED;
  if (error->domain == AMENDS_BUNDLE_ERROR)
    return error->code == AMENDS_BUNDLE_ERROR_WRITE ? EXIT_STORE : EXIT_USAGE;
  if (g_error_matches (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_UNKNOWN_DEVICE)
      || g_error_matches (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_MALFORMED))
    return EXIT_REFUSED;
  return error->domain == AMENDS_STORE_ERROR ? EXIT_STORE : EXIT_NETWORK;
}

/**
 * amends_server_answer_error:
 * @error: (nullable): what went wrong; %NULL where that was not said
 *
 * Returns: (transfer full): the answer to a command that failed with @error
 */
json_t *
amends_server_answer_error (const GError *error)
{
  g_autofree char *message = NULL;
  const char *code = "failed";

  if (error == NULL)
    return json_pack ("{s:{s:s, s:s, s:n, s:n}, s:i}", "error", "code", code, "message",
                      "The command failed and does not say why", "field", "clause", "exit",
                      EXIT_STORE);
  message = g_utf8_make_valid (error->message, -1); /* it may name a file */
  if (error->domain == AMENDS_CORE_ERROR)
    code = amends_error_get_code_name (error);
  else if (error->domain == AMENDS_SERVER_ERROR)
    code = amends_server_error_get_code_name (error);
  else if (error->domain == AMENDS_STORE_ERROR)
    code = amends_store_error_get_code_name (error);
  else if (error->domain == AMENDS_BUNDLE_ERROR)
    code = amends_bundle_error_get_code_name (error);
  return json_pack ("{s:{s:s, s:s, s:s?, s:s?}, s:i}", "error", "code", code, "message", message,
                    "field", amends_error_get_field (error), "clause",
                    amends_error_get_clause (error), "exit", get_exit (error));
}

static const char *
get_text (const json_t *command, const char *key)
{
  const char *text = json_string_value (json_object_get (command, key));

  return text != NULL ? text : "";
}

static json_t *
run_invite (AmendsServer *self, const json_t *command, GError **error)
{
  g_autofree char *code = NULL;

  if (!amends_server_invite (self, get_text (command, "kind"), get_text (command, "feeds"), &code,
                             error))
    return NULL;
  return json_pack ("{s:s, s:s, s:s, s:i}", "code", code, "kind", get_text (command, "kind"),
                    "feeds", get_text (command, "feeds"), "minutes", 60);
}

static json_t *
run_scheme_add (AmendsServer *self, const json_t *command, GError **error)
{
  const char *code = get_text (command, "code");
  const char *name = get_text (command, "name");

  if (!amends_server_add_scheme (self, code, name, error))
    return NULL;
  return json_pack ("{s:s, s:s}", "code", code, "name", name);
}

static json_t *
run_scheme_list (AmendsServer *self, const json_t *command, GError **error)
{
  return amends_server_list_schemes (self, error);
}

static json_t *
run_device_list (AmendsServer *self, const json_t *command, GError **error)
{
  return amends_server_list_devices (self, error);
}

static json_t *
run_device_revoke (AmendsServer *self, const json_t *command, GError **error)
{
  const char *code = get_text (command, "code");

  if (!amends_server_revoke (self, code, error))
    return NULL;
  return json_pack ("{s:s, s:b}", "code", code, "revoked", TRUE);
}

static json_t *
run_grant (AmendsServer *self, const json_t *command, GError **error)
{
  const char *code = get_text (command, "code");
  const char *feed = get_text (command, "feed");

  if (!amends_server_grant (self, code, feed, error))
    return NULL;
  return json_pack ("{s:s, s:s, s:b}", "code", code, "feed", feed, "granted", TRUE);
}

static json_t *
run_ungrant (AmendsServer *self, const json_t *command, GError **error)
{
  const char *code = get_text (command, "code");
  const char *feed = get_text (command, "feed");

  if (!amends_server_ungrant (self, code, feed, error))
    return NULL;
  return json_pack ("{s:s, s:s, s:b}", "code", code, "feed", feed, "granted", FALSE);
}

static json_t *
run_leaving (AmendsServer *self, const json_t *command, GError **error)
{
  return amends_server_list_leaving (self, error);
}

static json_t *
run_erase (AmendsServer *self, const json_t *command, GError **error)
{
  return amends_server_erase (self, get_text (command, "events"), get_text (command, "reason"),
                              error);
}

static json_t *
run_erasures (AmendsServer *self, const json_t *command, GError **error)
{
  return amends_server_list_erasures (self, error);
}

static json_t *
run_quarantine_list (AmendsServer *self, const json_t *command, GError **error)
{
  return amends_server_list_quarantine (self, error);
}

static json_t *
run_quarantine_release (AmendsServer *self, const json_t *command, GError **error)
{
  return amends_server_release (self, get_text (command, "what"), error);
}

static json_t *
run_verify (AmendsServer *self, const json_t *command, GError **error)
{
  return amends_server_verify (self, error);
}

static json_t *
run_backup (AmendsServer *self, const json_t *command, GError **error)
{
  return amends_server_back_up (self, get_text (command, "file"), error);
}

static json_t *
run_bundle_import (AmendsServer *self, const json_t *command, GError **error)
{
  return amends_server_import_bundle (self, get_text (command, "file"),
                                      json_string_value (json_object_get (command, "reply")),
                                      error);
}

static const struct
{
  const char *name;
  json_t *(*run) (AmendsServer *self, const json_t *command, GError **error);
} commands[] = {
  { "invite", run_invite },
  { "scheme add", run_scheme_add },
  { "scheme list", run_scheme_list },
  { "device list", run_device_list },
  { "device revoke", run_device_revoke },
  { "grant", run_grant },
  { "ungrant", run_ungrant },
  { "leaving", run_leaving },
  { "erase", run_erase },
  { "erasures", run_erasures },
  { "quarantine list", run_quarantine_list },
  { "quarantine release", run_quarantine_release },
  { "verify", run_verify },
  { "backup", run_backup },
  { "bundle import", run_bundle_import },
};

/**
 * amends_server_run_command:
 * @command: a command
 *
 * Returns: (transfer full): its answer
 */
json_t *
amends_server_run_command (AmendsServer *self, const json_t *command)
{
  const char *name = get_text (command, "command");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      {
        guint n_tries = 0;
        json_t *result;

        do
          result = commands[i].run (self, command, &error);
        while (result == NULL && amends_server_tries_again (&n_tries, &error));
        return result != NULL ? json_pack ("{s:o}", "result", result)
                              : amends_server_answer_error (error);
      }
  amends_set_error (&error, AMENDS_CORE_ERROR_INVALID, "command", NULL,
                    "The server that runs knows no such command");
  return amends_server_answer_error (error);
}

/* Through the socket. */

/* The address of a socket has room for a hundred bytes, and folders are deeper. Such a folder is named
 * by its descriptor, @ret_fd, which is to be closed once the address was used; -1 if there is none. */
static GSocketAddress *
make_address (const char *folder, int *ret_fd)
{
  g_autofree char *path = g_build_filename (folder, AMENDS_ADMIN_SOCKET_NAME, NULL);
  g_autofree char *short_path = NULL;

  *ret_fd = -1;
  if (strlen (path) > MAX_PATH_BYTES)
    *ret_fd = g_open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
  if (*ret_fd < 0)
    return g_unix_socket_address_new (path);
  short_path = g_strdup_printf ("/proc/self/fd/%d/%s", *ret_fd, AMENDS_ADMIN_SOCKET_NAME);
  return g_unix_socket_address_new (short_path);
}

static void
close_address (int fd)
{
  if (fd >= 0)
    close (fd);
}

static gboolean
write_line (GOutputStream *stream, const json_t *value, GError **error)
{
  g_autoptr (GBytes) bytes = amends_json_dump (value);

  return g_output_stream_write_all (stream, g_bytes_get_data (bytes, NULL),
                                    g_bytes_get_size (bytes), NULL, NULL, error)
         && g_output_stream_write_all (stream, "\n", 1, NULL, NULL, error);
}

/* One line, and no more of it than @n_max. A line that is cut off is no line. */
static json_t *
read_line (GInputStream *stream, gsize n_max, GError **error)
{
  g_autoptr (GByteArray) line = g_byte_array_new ();
  guint8 byte = 0;

  while (line->len < n_max)
    {
      gsize n_read;

      if (!g_input_stream_read_all (stream, &byte, 1, &n_read, NULL, error))
        return NULL;
      if (n_read == 0)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                               "The connection ended before the line did");
          return NULL;
        }
      if (byte == '\n')
        break;
      g_byte_array_append (line, &byte, 1);
    }
  return amends_json_load ((const char *) line->data, line->len, error);
}

struct _AmendsAdmin
{
  AmendsServer *server;
  GSocketService *service;
  char *path; /* of the socket */

  GMutex lock; /* guards what follows */
  GCond ended;
  guint n_commands; /* accepted and not yet answered */
};

/* Counts before a thread takes it, so that none is missed. */
static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  AmendsAdmin *self = user_data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->n_commands++;
  return FALSE;
}

static void
end_command (AmendsAdmin *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->n_commands--;
  g_cond_signal (&self->ended);
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source,
        gpointer user_data)
{
  AmendsAdmin *self = user_data;
  GIOStream *stream = G_IO_STREAM (connection);
  g_autoptr (GInputStream) input =
      g_buffered_input_stream_new (g_io_stream_get_input_stream (stream));
  g_autoptr (GError) error = NULL;
  json_t *command;
  json_t *answer;

  g_socket_set_timeout (g_socket_connection_get_socket (connection), IDLE_TIMEOUT_S);
  command = read_line (input, MAX_COMMAND_BYTES, &error);
  answer = command != NULL ? amends_server_run_command (self->server, command)
                           : amends_server_answer_error (error);
  g_clear_error (&error);
  write_line (g_io_stream_get_output_stream (stream), answer, NULL);
  json_decref (command);
  json_decref (answer);
  end_command (self);
  return TRUE;
}

static gboolean
listen_to_admin (AmendsAdmin *self, GError **error)
{
  const char *folder = amends_server_get_folder (self->server);
  g_autoptr (GSocketAddress) address = NULL;
  gboolean listens;
  int fd;

  /* Whoever has the store is alone: a socket that is there is a dead server's. */
  g_unlink (self->path);
  address = make_address (folder, &fd);
  listens = g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address,
                                           G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL,
                                           NULL, error);
  close_address (fd);
  if (listens)
    g_chmod (self->path, 0600);
  return listens;
}

/**
 * amends_admin_new:
 * @server: the server; it must outlive the result
 *
 * Takes commands at a socket in the server's folder that its owner alone can open, from the default
 * main context.
 *
 * Errors: of GIO.
 * Returns: (transfer full): what takes the commands
 */
AmendsAdmin *
amends_admin_new (AmendsServer *server, GError **error)
{
  g_autoptr (AmendsAdmin) self = g_new0 (AmendsAdmin, 1);

  self->server = server;
  self->service = g_threaded_socket_service_new (4);
  self->path = g_build_filename (amends_server_get_folder (server), AMENDS_ADMIN_SOCKET_NAME, NULL);
  g_mutex_init (&self->lock);
  g_cond_init (&self->ended);
  if (!listen_to_admin (self, error))
    return NULL;
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  return g_steal_pointer (&self);
}

/**
 * amends_admin_free:
 * @self: (nullable) (transfer full): what takes the commands
 *
 * Takes no more of them, and waits until those that run are answered.
 */
void
amends_admin_free (AmendsAdmin *self)
{
  if (self == NULL)
    return;
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_unlink (self->path);
  g_mutex_lock (&self->lock);
  while (self->n_commands > 0)
    g_cond_wait (&self->ended, &self->lock);
  g_mutex_unlock (&self->lock);
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_object_unref (self->service);
  g_free (self->path);
  g_cond_clear (&self->ended);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * amends_server_ask:
 * @folder: a server's folder
 * @command: a command
 * @ret_served: (out): whether a server runs there
 *
 * Returns: (transfer full) (nullable): its answer; %NULL if nothing serves
 */
json_t *
amends_server_ask (const char *folder, const json_t *command, gboolean *ret_served)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GError) error = NULL;
  json_t *answer = NULL;
  int fd;

  address = make_address (folder, &fd);
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  close_address (fd);
  *ret_served = connection != NULL;
  if (connection == NULL)
    return NULL;
  input = g_buffered_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  if (write_line (g_io_stream_get_output_stream (G_IO_STREAM (connection)), command, &error))
    answer = read_line (input, G_MAXINT, &error);
  return answer != NULL ? answer : amends_server_answer_error (error);
}
