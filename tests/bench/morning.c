/* morning.c: many devices begin at nine o'clock, and how long each of them waits
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * morning [DEVICES SECONDS [EVENTS]]: so many devices come within so many seconds, each at a moment of its own that
 * waits for no answer to another, with a frame of so many events, over HTTPS and a line of its own. What they send is
 * made and signed before. How long each takes is counted from when it was to come: a server that falls behind
 * is not spared the questions. Who is told that the server is busy comes again when it was told to, as devices do.
 *
 * The devices' own part in TLS is done by the same processors. Exit 1 means that something was lost. */

#include "config.h"

#include <gio/gio.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/amends-secret.h"
#include "server/client.h"

#define N_SCHEMES 20
#define N_THREADS_MAX 500 /* at once under way; more wait, and their waiting counts */
#define TIMEOUT_S 120

typedef struct
{
  int n_devices;
  int n_seconds;
  int n_events;
  TestWorld *world;
  GPtrArray *requests; /* GString *: what each sends */
  GTlsDatabase *authority;
  guint16 port;
  pid_t child;
  int end; /* the server ends when this is closed */
  json_int_t n_before;

  GMainLoop *loop;
  GThreadPool *pool;
  GMutex lock; /* guards what follows */
  GCond woken;
  GArray *waited_us;
  int n_busy;
  int n_failed;
} Morning;

typedef struct
{
  Morning *morning;
  const GString *request;
  gint64 due_us;
} Arrival;

/* Before nine. */

static GString *
make_request (Morning *self, int n_device)
{
  g_autofree char *feed = g_strdup_printf ("s.court-%d", n_device % N_SCHEMES);
  g_autoptr (TestDevice) device = test_device_new (self->world, "staff", feed);
  g_autoptr (AmendsRequestHead) head = test_device_make_head (device);
  g_autoptr (GBytes) frame = NULL;
  g_autoptr (GByteArray) message = NULL;
  g_autofree char *hash_text = NULL, *signature_text = NULL;
  guint8 signature[AMENDS_SIGNATURE_BYTES];
  AmendsDigest hash;
  GString *request = g_string_new (NULL);

  test_device_write (device, feed, (guint) self->n_events);
  frame = test_device_make_frame (device, 1, device->own->len);
  message = test_make_message (head, &frame, 1);
  device->request++;
  amends_request_body_hash (message->data, message->len, &hash);
  amends_request_sign (amends_server_get_organisation (self->world->server), "/v1/exchange",
                       device->code, device->request, &hash, device->secret, signature);
  hash_text = amends_base64 (hash.bytes, sizeof hash.bytes);
  signature_text = amends_base64 (signature, sizeof signature);
  g_string_printf (request,
                   "POST /v1/exchange HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                   "Content-Type: application/vnd.amends.exchange\r\nContent-Length: %u\r\n"
                   "Amends-Device: %s\r\nAmends-Request: %" G_GUINT64_FORMAT "\r\n"
                   "Amends-Body: %s\r\nAmends-Signature: %s\r\n\r\n",
                   message->len, device->code, device->request, hash_text, signature_text);
  g_string_append_len (request, (const char *) message->data, message->len);
  return request;
}

/* All that the server has, which has to be whole. */
static json_int_t
count_events (Morning *self)
{
  g_autoptr (GError) error = NULL;
  json_t *found = amends_server_verify (self->world->server, &error);
  json_int_t n_events = json_integer_value (json_object_get (found, "events"));

  g_assert_no_error (error);
  g_assert_true (json_is_true (json_object_get (found, "ok")));
  json_decref (found);
  return n_events;
}

static void
prepare (Morning *self)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  /* TLS looks at the real clock, so the certificate has to be of today. */
  self->world = test_world_new_at (g_get_real_time ());
  for (int i = 0; i < N_SCHEMES; i++)
    {
      g_autofree char *scheme = g_strdup_printf ("court-%d", i);

      g_assert_true (amends_server_add_scheme (self->world->server, scheme, scheme, NULL));
    }
  self->requests = g_ptr_array_new ();
  for (int i = 0; i < self->n_devices; i++)
    g_ptr_array_add (self->requests, make_request (self, i));
  path = g_build_filename (self->world->folder, "authority.pem", NULL);
  g_file_set_contents (path, amends_server_get_authority (self->world->server), -1, &error);
  g_assert_no_error (error);
  self->authority = g_tls_file_database_new (path, &error);
  g_assert_no_error (error);
  self->n_before = count_events (self);
  g_clear_pointer (&self->world->server, amends_server_close);
}

static void
say_nothing (const char *text)
{
}

/* In a process of its own, with the limits that it has out there. */
static void
serve (Morning *self, int said, int end)
{
  AmendsHttpOptions options = AMENDS_HTTP_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  AmendsHttp *http;
  guint16 port;
  char byte;

  g_set_printerr_handler (say_nothing); /* a line for each request */
  options.listen = "127.0.0.1:0";
  test_world_reopen (self->world);
  http = amends_http_new (self->world->server, &options, &error);
  g_assert_no_error (error);
  port = amends_http_get_port (http);
  g_assert_cmpint (write (said, &port, sizeof port), ==, sizeof port);
  g_assert_cmpint (read (end, &byte, 1), ==, 0);
  amends_http_free (http);
  amends_server_close (self->world->server);
  _exit (0);
}

static void
start_server (Morning *self)
{
  int said[2], end[2];

  g_assert_true (pipe (said) == 0 && pipe (end) == 0);
  self->child = fork ();
  if (self->child == 0)
    {
      close (end[1]);
      serve (self, said[1], end[0]);
    }
  close (said[1]);
  close (end[0]);
  self->end = end[1];
  g_assert_cmpint (read (said[0], &self->port, sizeof self->port), ==, sizeof self->port);
  close (said[0]);
}

/* From nine on. */

static void
socket_cb (GSocketClient *client,
           GSocketClientEvent event,
           GSocketConnectable *connectable,
           GIOStream *connection,
           gpointer authority)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_tls_connection_set_database (G_TLS_CONNECTION (connection), authority);
}

/* Returns: (nullable): all that was answered */
static GString *
ask (Morning *self, const GString *request, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString) reply = g_string_new (NULL);
  char buffer[16384];
  GIOStream *stream;
  gssize n;

  g_socket_client_set_timeout (client, TIMEOUT_S);
  g_socket_client_set_tls (client, TRUE);
  g_signal_connect (client, "event", G_CALLBACK (socket_cb), self->authority);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, error);
  if (connection == NULL)
    return NULL;
  stream = G_IO_STREAM (connection);
  if (!g_output_stream_write_all (g_io_stream_get_output_stream (stream), request->str,
                                  request->len, NULL, NULL, error))
    return NULL;
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (stream), buffer, sizeof buffer,
                                   NULL, error))
         > 0)
    g_string_append_len (reply, buffer, n);
  return n == 0 ? g_steal_pointer (&reply) : NULL;
}

/* Returns: seconds after which to come again; 0 if it is done, -1 if that cannot be */
static int
read_answer (const GString *reply)
{
  const char *retry = strstr (reply->str, "Retry-After: ");

  if (g_str_has_prefix (reply->str, "HTTP/1.1 200 "))
    return 0;
  return retry != NULL ? atoi (retry + strlen ("Retry-After: ")) : -1;
}

static void
finish (Morning *self, gint64 waited_us)
{
  g_mutex_lock (&self->lock);
  if (waited_us >= 0)
    g_array_append_val (self->waited_us, waited_us);
  else
    self->n_failed++;
  if ((int) self->waited_us->len + self->n_failed == self->n_devices)
    g_main_loop_quit (self->loop);
  g_mutex_unlock (&self->lock);
}

static void
wait_seconds (Morning *self, int n_seconds)
{
  gint64 until_us = g_get_monotonic_time () + n_seconds * G_USEC_PER_SEC;

  g_mutex_lock (&self->lock);
  self->n_busy++;
  while (g_cond_wait_until (&self->woken, &self->lock, until_us))
    ;
  g_mutex_unlock (&self->lock);
}

static void
arrival_cb (gpointer data, gpointer user_data)
{
  g_autofree Arrival *arrival = data;
  Morning *self = user_data;
  int again_s = 1;

  while (again_s > 0)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) reply = ask (self, arrival->request, &error);

      again_s = reply != NULL ? read_answer (reply) : -1;
      if (error != NULL)
        g_printerr ("%s\n", error->message);
      else if (again_s < 0)
        g_printerr ("%.200s\n", reply->str);
      if (again_s > 0)
        wait_seconds (self, again_s);
    }
  finish (self, again_s == 0 ? g_get_monotonic_time () - arrival->due_us : -1);
}

static gboolean
due_cb (gpointer user_data)
{
  Arrival *arrival = user_data;

  g_thread_pool_push (arrival->morning->pool, arrival, NULL);
  return G_SOURCE_REMOVE;
}

static void
run (Morning *self)
{
  gint64 began_us = g_get_monotonic_time ();

  self->loop = g_main_loop_new (NULL, FALSE);
  self->pool = g_thread_pool_new (arrival_cb, self, N_THREADS_MAX, FALSE, NULL);
  self->waited_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (int i = 0; i < self->n_devices; i++)
    {
      guint in_ms = (guint) g_rand_int_range (self->world->rand, 0, self->n_seconds * 1000);
      Arrival *arrival = g_new (Arrival, 1);

      *arrival =
          (Arrival){ self, self->requests->pdata[i], began_us + in_ms * G_GINT64_CONSTANT (1000) };
      g_timeout_add (in_ms, due_cb, arrival);
    }
  g_main_loop_run (self->loop);
  g_thread_pool_free (self->pool, FALSE, TRUE);
}

/* Afterwards. */

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static double
get_share_ms (Morning *self, double share)
{
  guint at = (guint) (share * (self->waited_us->len - 1));

  return (double) g_array_index (self->waited_us, gint64, at) / 1000;
}

int
main (int argc, char *argv[])
{
  Morning morning = { .n_devices = 1000, .n_seconds = 60, .n_events = 5 };
  json_int_t n_lost;
  int status = 1;

  if (argc > 1)
    morning.n_devices = MAX (atoi (argv[1]), 1);
  if (argc > 2)
    morning.n_seconds = MAX (atoi (argv[2]), 1);
  if (argc > 3)
    morning.n_events = MAX (atoi (argv[3]), 1);
  if (sodium_init () < 0)
    return 1;
  g_mutex_init (&morning.lock);
  g_cond_init (&morning.woken);
  prepare (&morning);
  start_server (&morning);
  run (&morning);
  close (morning.end);
  waitpid (morning.child, &status, 0);
  test_world_reopen (morning.world);
  n_lost = morning.n_before + morning.n_devices * morning.n_events - count_events (&morning);
  g_array_sort (morning.waited_us, compare);
  printf ("{\"devices\":%d,\"seconds\":%d,\"events\":%d,\"p50_ms\":%.1f,\"p99_ms\":%.1f,"
          "\"max_ms\":%.1f,\"told_busy\":%d,\"failed\":%d,\"lost\":%d}\n",
          morning.n_devices, morning.n_seconds, morning.n_devices * morning.n_events,
          get_share_ms (&morning, 0.5), get_share_ms (&morning, 0.99), get_share_ms (&morning, 1),
          morning.n_busy, morning.n_failed, (int) n_lost);
  test_world_free (morning.world);
  return status == 0 && morning.n_failed == 0 && n_lost == 0 ? 0 : 1;
}
