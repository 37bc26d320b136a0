/* test-commands.c: an administrator's commands through the socket
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <sodium.h>

#include "client.h"
#include "server/amends-server-commands.h"

#define EXIT_NETWORK 3
#define EXIT_STORE 4

static int
get_exit (const json_t *answer)
{
  return (int) json_integer_value (json_object_get (answer, "exit"));
}

static void
test_answer_error (void)
{
  json_t *answer = amends_server_answer_error (NULL);
  const json_t *error = json_object_get (answer, "error");

  g_assert_cmpint (get_exit (answer), ==, EXIT_STORE);
  g_assert_cmpstr (json_string_value (json_object_get (error, "code")), ==, "failed");
  g_assert_true (json_is_null (json_object_get (error, "field")));
  json_decref (answer);
}

static gpointer
ask_in_thread (gpointer user_data)
{
  json_t *command =
      json_pack ("{s:s, s:s, s:s}", "command", "invite", "kind", "staff", "feeds", "s.oak");
  gboolean is_served;
  json_t *answer = amends_server_ask (user_data, command, &is_served);

  g_assert_true (is_served);
  json_decref (command);
  return answer;
}

/* A server whose clock, which an invite asks for, stands still until the socket is gone. */
typedef struct
{
  char *socket;
  int n_asked;    /* atomic */
  int n_answered; /* atomic */
} SlowClock;

static gint64
slow_now (gpointer user_data)
{
  SlowClock *self = user_data;

  g_atomic_int_inc (&self->n_asked);
  while (g_file_test (self->socket, G_FILE_TEST_EXISTS))
    g_thread_yield ();
  g_atomic_int_inc (&self->n_answered);
  return 0;
}

static void
slow_random (guint8 *bytes, gsize n_bytes, gpointer user_data)
{
  randombytes_buf (bytes, n_bytes);
}

/* The server is told to end while a command runs: the command is answered first. */
static void
test_ended_while_running (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  SlowClock clock = { .socket = g_build_filename (world->folder, AMENDS_ADMIN_SOCKET_NAME, NULL) };
  const AmendsEnvironment environment = { slow_now, slow_random, &clock,
                                          .database = world->database };
  g_autoptr (GError) error = NULL;
  AmendsAdmin *admin;
  GThread *client;
  json_t *answer;

  g_clear_pointer (&world->server, amends_server_close);
  world->server = amends_server_open (world->folder, &environment, &error);
  g_assert_no_error (error);
  admin = amends_admin_new (world->server, &error);
  g_assert_no_error (error);
  client = g_thread_new ("client", ask_in_thread, world->folder);
  while (g_atomic_int_get (&clock.n_asked) == 0)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (g_atomic_int_get (&clock.n_answered), ==, 0);

  amends_admin_free (admin);
  g_assert_cmpint (g_atomic_int_get (&clock.n_answered), >, 0);
  g_clear_pointer (&world->server, amends_server_close);
  answer = g_thread_join (client);
  g_assert_true (json_is_object (json_object_get (answer, "result")));
  json_decref (answer);
  g_free (clock.socket);
}

static gpointer
accept_and_close (gpointer user_data)
{
  g_autoptr (GSocketConnection) connection = g_socket_listener_accept (user_data, NULL, NULL, NULL);
  char byte = 0;

  /* The command is taken whole, so that what the client meets is an answer that ends early. */
  while (byte != '\n'
         && g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), &byte, 1,
                                 NULL, NULL)
                > 0)
    ;
  return NULL;
}

/* The server dies before it answers: nothing is known, and the command can be given again. */
static void
test_no_answer (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autofree char *path = g_build_filename (world->folder, AMENDS_ADMIN_SOCKET_NAME, NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  GThread *server;
  json_t *answer;

  g_assert_true (g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &error));
  g_assert_no_error (error);
  server = g_thread_new ("server", accept_and_close, listener);
  answer = ask_in_thread (world->folder);
  g_thread_join (server);
  g_assert_cmpint (get_exit (answer), ==, EXIT_NETWORK);
  json_decref (answer);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_assert_cmpint (sodium_init (), >=, 0);

  g_test_add_func ("/commands/answer-error", test_answer_error);
  g_test_add_func ("/commands/ended-while-running", test_ended_while_running);
  g_test_add_func ("/commands/no-answer", test_no_answer);

  return g_test_run ();
}
