/* test-http.c: the server on the loopback, over real TLS
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <sys/socket.h>

#include "client.h"
#include "server/amends-server-http.h"

#define EXCHANGE_TYPE "application/vnd.amends.exchange"

/* What the impatient server waits for: longer than a handshake takes on a busy machine, under the
 * slowest checker. */
#ifdef __SANITIZE_ADDRESS__
#  define WAIT_MS 15000
#else
#  define WAIT_MS 5000
#endif

/* A connection that should be closed is; this only ends a test that fails. */
#define PATIENCE_S (4 * WAIT_MS / 1000)

typedef struct
{
  TestWorld *world;
  AmendsHttp *http;
  GTlsDatabase *authority; /* what a device pins */
  SoupSession *session;
  char *base;
} Fixture;

static void
start (Fixture *self, const AmendsHttpOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  /* TLS looks at the real clock, so the certificate has to be of today. */
  self->world = test_world_new_at (g_get_real_time ());
  self->http = amends_http_new (self->world->server, options, &error);
  g_assert_no_error (error);
  self->base = g_strdup_printf ("https://127.0.0.1:%u", amends_http_get_port (self->http));
  path = g_build_filename (self->world->folder, "authority.pem", NULL);
  g_file_set_contents (path, amends_server_get_authority (self->world->server), -1, &error);
  g_assert_no_error (error);
  self->authority = g_tls_file_database_new (path, &error);
  g_assert_no_error (error);
  self->session =
      soup_session_new_with_options ("tls-database", self->authority, "timeout", PATIENCE_S, NULL);
}

static void
set_up (Fixture *self, gconstpointer user_data)
{
  AmendsHttpOptions options = AMENDS_HTTP_OPTIONS_INIT;

  options.listen = "127.0.0.1:0";
  start (self, &options);
}

static void
set_up_impatient (Fixture *self, gconstpointer user_data)
{
  AmendsHttpOptions options = AMENDS_HTTP_OPTIONS_INIT;

  options.listen = "127.0.0.1:0";
  options.wait_ms = WAIT_MS;
  options.body_ms = WAIT_MS;
  start (self, &options);
}

/* One exchange of a device at a time, and no reply that is made as it is taken. */
static void
set_up_narrow (Fixture *self, gconstpointer user_data)
{
  AmendsHttpOptions options = AMENDS_HTTP_OPTIONS_INIT;

  options.listen = "127.0.0.1:0";
  options.n_of_device_max = 1;
  options.n_long_max = 0;
  start (self, &options);
}

static void
set_up_full (Fixture *self, gconstpointer user_data)
{
  AmendsHttpOptions options = AMENDS_HTTP_OPTIONS_INIT;

  options.listen = "127.0.0.1:0";
  options.n_exchanges_max = 0;
  start (self, &options);
}

static void
set_up_slow (Fixture *self, gconstpointer user_data)
{
  AmendsHttpOptions options = AMENDS_HTTP_OPTIONS_INIT;

  options.listen = "127.0.0.1:0";
  options.wait_ms = WAIT_MS;
  options.body_ms = 1000; /* less than what a test waits by */
  start (self, &options);
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  g_clear_object (&self->session);
  g_clear_object (&self->authority);
  amends_http_free (self->http);
  test_world_free (self->world);
  g_free (self->base);
}

static SoupMessage *
make_message (Fixture *self, const char *method, const char *path)
{
  g_autofree char *url = g_strconcat (self->base, path, NULL);

  return soup_message_new (method, url);
}

static GBytes *
send_message (Fixture *self, SoupMessage *message)
{
  g_autoptr (GError) error = NULL;
  GBytes *reply = soup_session_send_and_read (self->session, message, NULL, &error);

  g_assert_no_error (error);
  return reply;
}

static void
test_health (Fixture *self, gconstpointer user_data)
{
  g_autoptr (SoupMessage) health = make_message (self, "GET", "/health");
  g_autoptr (SoupMessage) metrics = make_message (self, "GET", "/metrics");
  g_autoptr (GBytes) health_reply = send_message (self, health);
  g_autoptr (GBytes) metrics_reply = send_message (self, metrics);
  g_autofree char *text = NULL;

  g_assert_cmpuint (soup_message_get_status (health), ==, 200);
  g_assert_cmpmem (g_bytes_get_data (health_reply, NULL), g_bytes_get_size (health_reply),
                   "{\"ok\":true}", 11);
  text = g_strndup (g_bytes_get_data (metrics_reply, NULL), g_bytes_get_size (metrics_reply));
  g_assert_nonnull (strstr (text, "\namends_events_quarantined 0\n"));
}

/* A client that does not have the authority, or asks for another host, gets no connection. */
/* How a body's end is said. A proxy that took the other of two ends would take the rest for somebody's
 * next request, so that there is no answer but to what says it once. */
static void
test_framing (void)
{
  static const struct
  {
    const char *heads;
    guint status;
  } rows[] = {
    { "Content-Length: 2\r\n", 400 }, /* it is no enrolment, but it was read */
    { "Content-Length: 2\r\nContent-Length: 2\r\n", 400 },
    { "Content-Length: 2\r\nContent-Length: 40\r\n", 400 },
    { "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", 400 },
    { "Transfer-Encoding: chunked\r\n", 400 },
    { "", 400 },
    { "Content-Length: -2\r\n", 400 },
    { "Content-Length: 99999999999999999999\r\n", 413 },
  };
  AmendsHttpOptions options = AMENDS_HTTP_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (TestWorld) world = test_world_new ();
  AmendsHttp *http = amends_http_new_inside (world->server, &options, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *request = g_strdup_printf (
          "POST /v1/enrol HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n%s\r\n{}"
          "GET /health HTTP/1.1\r\nHost: a\r\n\r\n",
          rows[i].heads);
      g_autoptr (GString) reply = test_say (http, request, strlen (request));
      g_autofree char *line = g_strdup_printf ("HTTP/1.1 %u ", rows[i].status);

      g_assert_true (g_str_has_prefix (reply->str, line));
      g_assert_cmpint (strstr (reply->str, "{\"ok\":true}") != NULL, ==, i == 0);
      g_assert_cmpint (strstr (reply->str, "said once") != NULL, ==, i >= 1 && i <= 4);
    }
  amends_http_free (http);
}

static void
test_tls (Fixture *self, gconstpointer user_data)
{
  g_autoptr (SoupSession) stranger = soup_session_new ();
  g_autoptr (SoupMessage) message = make_message (self, "GET", "/health");
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate;
  g_autoptr (SoupMessage) known = make_message (self, "GET", "/health");
  g_autoptr (GBytes) reply = NULL;

  g_assert_null (soup_session_send_and_read (stranger, message, NULL, &error));
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);

  reply = send_message (self, known);
  certificate = soup_message_get_tls_peer_certificate (known);
  g_assert_nonnull (g_tls_certificate_get_issuer (certificate));
}

static const struct
{
  const char *method;
  const char *path;
  const char *type; /* NULL: no body */
  gsize n_bytes;
  guint status;
  const char *code;
} refused_rows[] = {
  { "GET", "/", NULL, 0, 404, "no-route" },
  { "GET", "/v1/exchange/", NULL, 0, 404, "no-route" },
  { "POST", "/v2/exchange", EXCHANGE_TYPE, 10, 404, "no-route" },
  { "GET", "/v1/exchange", NULL, 0, 405, "method" },
  { "PUT", "/v1/enrol", "application/json", 2, 405, "method" },
  { "DELETE", "/health", NULL, 0, 405, "method" },
  { "BREW", "/metrics", NULL, 0, 405, "method" },
  { "POST", "/v1/exchange", "text/plain", 10, 415, "type" },
  { "POST", "/v1/exchange", "application/json", 10, 415, "type" },
  { "POST", "/v1/enrol", EXCHANGE_TYPE, 10, 415, "type" },
  { "POST", "/v1/exchange", EXCHANGE_TYPE, AMENDS_WIRE_MAX_REQUEST_BYTES + 1, 413, "too-large" },
  { "POST", "/v1/enrol", "application/json", 16 * 1024 + 1, 413, "too-large" },
  { "POST", "/v1/enrol", "application/json", 16 * 1024, 400, "malformed" },
  { "POST", "/v1/exchange", EXCHANGE_TYPE, 10, 400, "malformed" }, /* not signed */
};

static char *
get_code (GBytes *reply)
{
  json_t *json = amends_json_load (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply), NULL);
  char *code =
      g_strdup (json_string_value (json_object_get (json_object_get (json, "error"), "code")));

  json_decref (json);
  return code;
}

static GIOStream *
make_tls (GSocketConnection *connection, GError **error)
{
  g_autoptr (GSocketConnectable) identity = g_network_address_new ("127.0.0.1", 0);

  return g_tls_client_connection_new (G_IO_STREAM (connection), identity, error);
}

/* Only the head is sent: the answer must not wait for the body. */
static void
assert_refused (Fixture *self, guint i)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GIOStream) tls = NULL;
  g_autoptr (GString) head = g_string_new (NULL);
  g_autofree char *expected = g_strdup_printf ("HTTP/1.1 %u ", refused_rows[i].status);
  g_autofree char *code = g_strdup_printf ("\"code\":\"%s\"", refused_rows[i].code);
  g_autoptr (GError) error = NULL;
  char buffer[2048] = "";
  gsize n_read;

  g_socket_client_set_timeout (client, PATIENCE_S);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1",
                                                amends_http_get_port (self->http), NULL, &error);
  g_assert_no_error (error);
  tls = make_tls (connection, &error);
  g_tls_connection_set_database (G_TLS_CONNECTION (tls), self->authority);
  g_string_printf (head, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n",
                   refused_rows[i].method, refused_rows[i].path);
  if (refused_rows[i].type != NULL)
    g_string_append_printf (head, "Content-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
                            refused_rows[i].type, refused_rows[i].n_bytes);
  g_string_append (head, "\r\n");
  /* Where the length is within the limit the body is read first. */
  if (refused_rows[i].status == 400 && refused_rows[i].n_bytes > 1000)
    for (gsize n = 0; n < refused_rows[i].n_bytes; n++)
      g_string_append_c (head, ' ');
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (tls), head->str,
                                            head->len, NULL, NULL, &error));
  g_assert_no_error (error);
  g_input_stream_read_all (g_io_stream_get_input_stream (tls), buffer, sizeof buffer - 1, &n_read,
                           NULL, NULL);
  g_test_message ("row %u", i);
  g_assert_true (g_str_has_prefix (buffer, expected));
  g_assert_nonnull (strstr (buffer, code));
  g_assert_nonnull (strstr (buffer, "application/vnd.amends.error+json"));
}

static void
test_refused (Fixture *self, gconstpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused_rows); i++)
    assert_refused (self, i);
}

static SoupMessage *
make_exchange (Fixture *self, TestDevice *device, const GByteArray *message, guint64 request)
{
  SoupMessage *post = make_message (self, "POST", "/v1/exchange");
  SoupMessageHeaders *headers = soup_message_get_request_headers (post);
  g_autoptr (GBytes) body = g_bytes_new (message->data, message->len);
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, request);
  g_autofree char *hash_text = NULL;
  g_autofree char *signature_text = NULL;
  guint8 signature[AMENDS_SIGNATURE_BYTES];
  AmendsDigest hash;

  amends_request_body_hash (message->data, message->len, &hash);
  amends_request_sign (amends_server_get_organisation (self->world->server), "/v1/exchange",
                       device->code, request, &hash, device->secret, signature);
  hash_text = amends_base64 (hash.bytes, sizeof hash.bytes);
  signature_text = amends_base64 (signature, sizeof signature);
  soup_message_headers_append (headers, "Amends-Device", device->code);
  soup_message_headers_append (headers, "Amends-Request", number);
  soup_message_headers_append (headers, "Amends-Body", hash_text);
  soup_message_headers_append (headers, "Amends-Signature", signature_text);
  soup_message_set_request_body_from_bytes (post, EXCHANGE_TYPE, body);
  return post;
}

static AmendsReplyHead *
exchange (Fixture *self, TestDevice *device, GBytes *frame)
{
  g_autoptr (AmendsRequestHead) head = test_device_make_head (device);
  g_autoptr (GByteArray) message = test_make_message (head, &frame, frame != NULL ? 1 : 0);
  g_autoptr (SoupMessage) post = make_exchange (self, device, message, ++device->request);
  g_autoptr (GBytes) reply = send_message (self, post);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_assert_cmpuint (soup_message_get_status (post), ==, 200);
  g_assert_cmpstr (soup_message_headers_get_content_type (soup_message_get_response_headers (post),
                                                          NULL),
                   ==, EXCHANGE_TYPE);
  g_byte_array_append (bytes, g_bytes_get_data (reply, NULL), (guint) g_bytes_get_size (reply));
  return test_device_take (device, bytes, NULL);
}

/* One reply in one piece, and one that is streamed. */
static void
test_exchange (Fixture *self, gconstpointer user_data)
{
  g_autoptr (TestDevice) device = test_device_new (self->world, "staff", "s.oak");
  g_autoptr (TestDevice) other = test_device_new (self->world, "staff", "s.oak");
  g_autoptr (AmendsReplyHead) all = NULL;
  g_autoptr (AmendsReplyHead) nothing = NULL;

  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (GBytes) frame = NULL;
      g_autoptr (AmendsReplyHead) head = NULL;

      test_device_write (device, "s.oak", 1000);
      frame = test_device_make_frame (device, 1000 * i + 1, 1000 * i + 1000);
      head = exchange (self, device, frame);
      g_assert_null (head->refused_code);
      g_assert_cmpuint (head->receipt.number, ==, 1000 * i + 1000);
    }
  all = exchange (self, other, NULL);
  g_assert_cmpuint (test_device_count (other, device->code), ==, 6000);
  nothing = exchange (self, other, NULL);
  g_assert_cmpuint (test_device_count (other, device->code), ==, 6000);
}

static void
test_replayed (Fixture *self, gconstpointer user_data)
{
  g_autoptr (TestDevice) device = test_device_new (self->world, "staff", "s.oak");
  g_autoptr (AmendsReplyHead) first = NULL;
  g_autoptr (AmendsRequestHead) head = test_device_make_head (device);
  g_autoptr (GByteArray) message = test_make_message (head, NULL, 0);
  g_autoptr (SoupMessage) post = NULL;
  g_autoptr (GBytes) reply = NULL;
  g_autofree char *code = NULL;
  json_t *json;

  device->request = 40;
  first = exchange (self, device, NULL);
  post = make_exchange (self, device, message, 41);
  reply = send_message (self, post);
  g_assert_cmpuint (soup_message_get_status (post), ==, 409);
  code = get_code (reply);
  g_assert_cmpstr (code, ==, "replayed");
  json = amends_json_load (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply), NULL);
  g_assert_cmpint (json_integer_value (json_object_get (json_object_get (json, "error"), "last")),
                   ==, 41);
  json_decref (json);
}

static GSocketConnection *
connect_plainly (Fixture *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_timeout (client, PATIENCE_S);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1",
                                                amends_http_get_port (self->http), NULL, &error);
  g_assert_no_error (error);
  return connection;
}

static GIOStream *
connect_with_tls (Fixture *self, GSocketConnection *connection, const char *text)
{
  g_autoptr (GError) error = NULL;
  GIOStream *tls = make_tls (connection, &error);

  g_assert_no_error (error);
  g_tls_connection_set_database (G_TLS_CONNECTION (tls), self->authority);
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (tls), text,
                                            strlen (text), NULL, NULL, &error));
  g_assert_no_error (error);
  return tls;
}

/* Waits until the other side closes; fails if that takes longer than patience. */
static void
assert_closed (GIOStream *stream)
{
  g_autoptr (GError) error = NULL;
  char buffer[1024];

  while (g_input_stream_read (g_io_stream_get_input_stream (stream), buffer, sizeof buffer, NULL,
                              &error)
         > 0)
    ;
  g_assert_false (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT));
}

/* Security requirement R-14: connections held open in each of the ways there are. A good client is
 * served among them, and they are closed. */
static void
test_held_open (Fixture *self, gconstpointer user_data)
{
  static const char hello[] = { 0x16, 0x03, 0x01, 0x02 }; /* a TLS record's beginning */
  static const char half_head[] = "POST /v1/exchange HTTP/1.1\r\nHost: loc";
  static const char no_body[] = "POST /v1/enrol HTTP/1.1\r\nHost: localhost\r\n"
                                "Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{";
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) streams = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (SoupMessage) good = make_message (self, "GET", "/health");
  g_autoptr (GBytes) reply = NULL;

  for (guint i = 0; i < 60; i++)
    {
      GSocketConnection *connection = connect_plainly (self);

      g_ptr_array_add (connections, connection);
      if (i % 15 == 0)
        g_ptr_array_add (streams, connect_with_tls (self, connection, half_head));
      else if (i % 15 == 1)
        g_ptr_array_add (streams, connect_with_tls (self, connection, no_body));
      else if (i % 2 == 0)
        g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), hello,
                                   sizeof hello, NULL, NULL, NULL);
    }
  reply = send_message (self, good);
  g_assert_cmpuint (soup_message_get_status (good), ==, 200);
  for (guint i = 0; i < streams->len; i++)
    assert_closed (streams->pdata[i]);
  for (guint i = 0; i < connections->len; i++)
    if (i % 15 > 1)
      assert_closed (connections->pdata[i]);
}

/* Long bodies, so that a reply is longer than what sockets take ahead of a reader. */
static void
write_long (Fixture *self, TestDevice *device, guint n_events)
{
  for (guint i = 0; i < n_events; i++)
    {
      g_autoptr (GString) text = g_string_new ("{\"type\":\"case.noted\",\"text\":\"");
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GBytes) frame = NULL;
      g_autoptr (AmendsReplyHead) head = NULL;
      guint8 salt[AMENDS_SALT_BYTES] = { 0 };
      AmendsId id;

      while (text->len < AMENDS_EVENT_MAX_BODY_BYTES - 16)
        g_string_append_c (text, (char) g_rand_int_range (self->world->rand, 'A', 'Z' + 1));
      g_string_append (text, "\"}");
      body = g_bytes_new (text->str, text->len);
      amends_id_init (&id, device->code, device->own->len + 1);
      g_ptr_array_add (device->own,
                       amends_event_new (&id, "s.oak", &id, NULL, 0, salt, body, NULL));
      frame = test_device_make_frame (device, id.number, id.number);
      head = test_device_exchange (device, &frame, 1);
      g_assert_null (head->refused_code);
    }
}

/* The connection of a device far away: little of the reply is under way at a time. */
static GIOStream *
connect_with_small_window (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_autoptr (GSocketAddress) address =
      g_inet_socket_address_new_from_string ("127.0.0.1", amends_http_get_port (self->http));
  g_autoptr (GSocketConnection) connection = NULL;
  GIOStream *tls;

  g_assert_no_error (error);
  g_socket_set_option (socket, SOL_SOCKET, SO_RCVBUF, 8192, NULL);
  g_socket_set_timeout (socket, PATIENCE_S);
  connection = g_socket_connection_factory_create_connection (socket);
  g_assert_true (g_socket_connection_connect (connection, address, NULL, &error));
  tls = make_tls (connection, &error);
  g_tls_connection_set_database (G_TLS_CONNECTION (tls), self->authority);
  g_assert_no_error (error);
  return tls;
}

static void
append_header (const char *name, const char *value, gpointer user_data)
{
  g_string_append_printf (user_data, "%s: %s\r\n", name, value);
}

/* A device that takes a reply slowly, but takes it, is served to the end: what it is given at a time
 * may last as long as its length allows. */
static void
test_slow_reader (Fixture *self, gconstpointer user_data)
{
  g_autoptr (TestDevice) device = test_device_new (self->world, "staff", "s.oak");
  g_autoptr (TestDevice) reader = test_device_new (self->world, "staff", "s.oak");
  g_autoptr (AmendsRequestHead) head = test_device_make_head (reader);
  g_autoptr (GByteArray) message = test_make_message (head, NULL, 0);
  g_autoptr (SoupMessage) post = make_exchange (self, reader, message, ++reader->request);
  g_autoptr (GIOStream) stream = NULL;
  g_autoptr (GString) request = g_string_new ("POST /v1/exchange HTTP/1.1\r\nHost: localhost\r\n");
  g_autoptr (GByteArray) reply = g_byte_array_new ();
  g_autoptr (GSocketConnection) mute = NULL;
  g_autoptr (GError) error = NULL;
  char buffer[4096];
  gssize n = 1;

  write_long (self, device, 60);
  stream = connect_with_small_window (self);
  soup_message_headers_foreach (soup_message_get_request_headers (post), append_header, request);
  g_string_append (request, "\r\n");
  g_string_append_len (request, (const char *) message->data, message->len);
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (stream), request->str,
                                            request->len, NULL, NULL, &error));
  g_assert_true (g_input_stream_read_all (g_io_stream_get_input_stream (stream), buffer, 12, NULL,
                                          NULL, &error));
  g_assert_cmpmem (buffer, 12, "HTTP/1.1 200", 12);

  /* As long as it takes the server to close one that says nothing, nothing is read. */
  mute = connect_plainly (self);
  assert_closed (G_IO_STREAM (mute));
  while (n > 0)
    {
      n = g_input_stream_read (g_io_stream_get_input_stream (stream), buffer, sizeof buffer, NULL,
                               &error);
      if (n > 0)
        g_byte_array_append (reply, (const guint8 *) buffer, (guint) n);
      if (reply->len >= 5 && memcmp (reply->data + reply->len - 5, "0\r\n\r\n", 5) == 0)
        break;
    }
  g_assert_no_error (error);
  g_assert_cmpint (n, >, 0);
}

/* Pitfall 12: a first download among too many of them comes a few pages at a time, and comes whole. */
static void
test_first_downloads (Fixture *self, gconstpointer user_data)
{
  g_autoptr (TestDevice) device = test_device_new (self->world, "staff", "s.oak");
  g_autoptr (TestDevice) other = test_device_new (self->world, "staff", "s.oak");
  guint n_requests = 0;

  write_long (self, device, 12);
  while (test_device_count (other, device->code) < 12 && n_requests < 100)
    {
      g_autoptr (AmendsReplyHead) head = exchange (self, other, NULL);

      n_requests++;
    }
  g_assert_cmpuint (test_device_count (other, device->code), ==, 12);
  g_assert_cmpuint (n_requests, >, 1);
  g_test_message ("in %u requests", n_requests);
}

/* A device that holds an exchange open, or whose line went silent, is served: what was held makes way. */
static void
test_one_at_a_time (Fixture *self, gconstpointer user_data)
{
  g_autoptr (TestDevice) device = test_device_new (self->world, "staff", "s.oak");
  g_autoptr (TestDevice) other = test_device_new (self->world, "staff", "s.oak");
  g_autoptr (AmendsRequestHead) head = test_device_make_head (device);
  g_autoptr (GByteArray) message = test_make_message (head, NULL, 0);
  g_autoptr (SoupMessage) held = make_exchange (self, device, message, ++device->request);
  g_autoptr (GString) request = g_string_new ("POST /v1/exchange HTTP/1.1\r\nHost: localhost\r\n");
  g_autoptr (GSocketConnection) connection = connect_plainly (self);
  g_autoptr (GIOStream) stream = NULL;
  char answer[12] = "";

  /* It is under way once the server asks for its body, of which there is more than comes. */
  soup_message_headers_set_content_length (soup_message_get_request_headers (held), 1000);
  soup_message_headers_foreach (soup_message_get_request_headers (held), append_header, request);
  g_string_append (request, "Expect: 100-continue\r\n\r\n");
  stream = connect_with_tls (self, connection, request->str);
  g_assert_true (g_input_stream_read_all (g_io_stream_get_input_stream (stream), answer,
                                          sizeof answer, NULL, NULL, NULL));
  g_assert_cmpmem (answer, sizeof answer, "HTTP/1.1 100", 12);

  /* Nobody else's question ends it; the device's own next one does. */
  amends_reply_head_free (exchange (self, other, NULL));
  g_assert_false (g_socket_condition_check (g_socket_connection_get_socket (connection), G_IO_IN)
                  & G_IO_IN);
  amends_reply_head_free (exchange (self, device, NULL));
  assert_closed (stream);
}

/* Who comes while there are too many is told when to come back, one after the other. */
static void
test_busy (Fixture *self, gconstpointer user_data)
{
  g_autoptr (TestDevice) device = test_device_new (self->world, "staff", "s.oak");

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (AmendsRequestHead) head = test_device_make_head (device);
      g_autoptr (GByteArray) message = test_make_message (head, NULL, 0);
      g_autoptr (SoupMessage) post = make_exchange (self, device, message, ++device->request);
      g_autoptr (GBytes) reply = send_message (self, post);
      g_autofree char *words = g_strndup (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply));
      const char *later =
          soup_message_headers_get_one (soup_message_get_response_headers (post), "Retry-After");

      g_assert_cmpuint (soup_message_get_status (post), ==, 503);
      g_assert_nonnull (strstr (words, "\"busy\""));
      g_assert_nonnull (later);
      g_assert_cmpint (g_ascii_strtoull (later, NULL, 10), ==, 5 + i);
    }
}

/* The program itself. */

static GSubprocess *
spawn (const char *const *arguments)
{
  g_autofree char *program =
      g_test_build_filename (G_TEST_BUILT, "src", "server", "amends-server", NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_ptr_array_add (argv, program);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) arguments[i]);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                               &error);
  g_assert_no_error (error);
  return process;
}

/* Runs a command to its end. Returns: its standard output */
static char *
run (const char *const *arguments, int exit_status)
{
  g_autoptr (GSubprocess) process = spawn (arguments);
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, exit_status);
  return output;
}

#define RUN(exit_status, ...) run ((const char *const[]){ __VA_ARGS__, NULL }, exit_status)

/* Commands about a device, with the word “device” and without, of one that is not there. */
static void
assert_no_device (const char *folder)
{
  static const char *const rows[][4] = {
    { "device", "revoke", "7K", NULL },      { "revoke", "7K", NULL, NULL },
    { "device", "grant", "7K", "s.oak" },    { "grant", "7K", "s.oak", NULL },
    { "device", "ungrant", "7K", "s.oak" },  { "ungrant", "7K", "s.oak", NULL },
    { "quarantine", "release", "7K", NULL }, { "quarantine", "release", "7K.1", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *output =
          RUN (2, "--json", "--data", folder, rows[i][0], rows[i][1], rows[i][2], rows[i][3]);

      g_test_message ("row %u", i);
      g_assert_nonnull (strstr (output, "\"code\":\"not-found\""));
    }
}

/* Help for all and for one command; what is not a command, or not all of one, is told which it is. */
static void
test_help (void)
{
  static const struct
  {
    const char *words[4];
    int exit_status;
    const char *said;
  } rows[] = {
    { { "--help" }, 0, "  device grant " },
    { { "--version" }, 0, "Amends " },
    { { "invite", "--help" }, 0, "s.CODE" },
    { { "scheme", "add", "--help" }, 0, "--name" },
    { { "scheme", "--help" }, 0, "  scheme list " },
    { { "--json" }, 2, "Say what to do" },
    { { "--json", "scheme" }, 2, "no such command" },
    { { "--json", "device", "grant", "7K" }, 2, "device grant CODE FEED" },
    { { "--json", "verify" }, 2, "--data DIR" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *output = RUN (rows[i].exit_status, rows[i].words[0], rows[i].words[1],
                                     rows[i].words[2], rows[i].words[3]);

      g_test_message ("row %u", i);
      g_assert_nonnull (strstr (output, rows[i].said));
    }
}

static void
test_program (void)
{
  g_autoptr (GError) error = NULL;
  /* Deeper than a socket's address has room for. */
  g_autofree char *top = g_dir_make_tmp ("amends-server-XXXXXX", &error);
  g_autofree char *name_of_100 = g_strnfill (100, 'd');
  g_autofree char *folder = g_build_filename (top, name_of_100, NULL);
  g_autofree char *socket = g_build_filename (folder, "admin.sock", NULL);
  g_autofree char *backup = g_build_filename (folder, "backup.db", NULL);
  g_autoptr (GSubprocess) server = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  g_autofree char *none = RUN (4, "--data", folder, "verify", "--json");
  g_autofree char *init = RUN (0, "--data", folder, "init", "--organisation", "Riverside Homes");
  g_autofree char *again = RUN (1, "--data", folder, "init", "--organisation", "Riverside Homes");
  g_autofree char *usage = RUN (2, "--data", folder, "frobnicate");
  g_autofree char *portless = RUN (2, "--data", folder, "serve", "--listen", "127.0.0.1", "--json");
  g_autofree char *numberless = RUN (2, "--data", folder, "serve", "--listen", "::1", "--json");
  g_autofree char *added = NULL;
  g_autofree char *invited = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *saved = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *held = NULL;
  g_autofree char *restored = NULL;
  g_autofree char *verified = NULL;

  g_assert_nonnull (strstr (portless, "\"field\":\"listen\""));
  g_assert_nonnull (strstr (numberless, "\"field\":\"listen\""));
  server =
      spawn ((const char *const[]){ "--data", folder, "serve", "--listen", "127.0.0.1:0", NULL });
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_true (g_str_has_prefix (line, "listening https://127.0.0.1:"));

  /* Commands reach the server that runs. */
  added = RUN (0, "--data", folder, "scheme", "add", "oak", "--name", "Oak Court");
  g_assert_nonnull (strstr (added, "s.oak"));
  invited = RUN (0, "--data", folder, "invite", "--feeds", "org,s.oak", "--kind", "staff");
  g_assert_true (g_str_has_suffix (invited, "\n"));
  g_assert_cmpuint (strlen (strrchr (g_strchomp (invited), '\n') + 1), ==, 24);
  refused = RUN (2, "--data", folder, "invite", "--feeds", "s.elm", "--kind", "staff", "--json");
  g_assert_nonnull (strstr (refused, "\"code\":\"not-found\""));
  g_free (RUN (0, "--data", folder, "quarantine", "list"));
  assert_no_device (folder);
  saved = RUN (0, "--data", folder, "backup", backup);
  kept = RUN (2, "--data", folder, "backup", backup, "--json");
  g_assert_nonnull (strstr (kept, "\"field\":\"file\""));
  held = RUN (4, "--data", folder, "restore", backup, "--json");
  g_assert_nonnull (strstr (held, "\"code\":\"store-held\""));

  g_subprocess_send_signal (server, SIGTERM);
  g_assert_true (g_subprocess_wait (server, NULL, &error));
  g_assert_true (g_subprocess_get_if_exited (server));
  g_assert_cmpint (g_subprocess_get_exit_status (server), ==, 0);
  g_assert_false (g_file_test (socket, G_FILE_TEST_EXISTS));

  restored = RUN (0, "--data", folder, "restore", backup, "--json");
  verified = RUN (0, "--data", folder, "verify", "--json");
  g_assert_nonnull (strstr (verified, "\"ok\":true"));
  {
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name (dir)) != NULL)
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        g_unlink (path);
      }
    g_rmdir (folder);
    g_rmdir (top);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_assert_cmpint (sodium_init (), >=, 0);

  g_test_add ("/http/health", Fixture, NULL, set_up, test_health, tear_down);
  g_test_add ("/http/tls", Fixture, NULL, set_up, test_tls, tear_down);
  g_test_add ("/http/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/http/exchange", Fixture, NULL, set_up, test_exchange, tear_down);
  g_test_add ("/http/replayed", Fixture, NULL, set_up, test_replayed, tear_down);
  g_test_add ("/http/held-open", Fixture, NULL, set_up_impatient, test_held_open, tear_down);
  g_test_add ("/http/slow-reader", Fixture, NULL, set_up_slow, test_slow_reader, tear_down);
  g_test_add ("/http/first-downloads", Fixture, NULL, set_up_narrow, test_first_downloads,
              tear_down);
  g_test_add ("/http/one-at-a-time", Fixture, NULL, set_up_narrow, test_one_at_a_time, tear_down);
  g_test_add ("/http/busy", Fixture, NULL, set_up_full, test_busy, tear_down);
  g_test_add_func ("/http/framing", test_framing);
  g_test_add_func ("/http/help", test_help);
  g_test_add_func ("/http/program", test_program);

  return g_test_run ();
}
