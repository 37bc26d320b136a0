/* amends-server-http.c: the server on the network (PROTOCOL.md 1 and 2)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libmicrohttpd's threads take turns with connections, so none is ever waited for; how long one may be
 * silent, amends-server-peers.c says. */

#include "server/amends-server-http.h"

#include <errno.h>
#include <gio/gio.h>
#include <microhttpd.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/amends-server-peers.h"
#include "store/amends-db.h"

#define EXCHANGE_TYPE "application/vnd.amends.exchange"
#define ERROR_TYPE "application/vnd.amends.error+json"
#define JSON_TYPE "application/json"

#define MAX_ENROL_BYTES (16 * 1024)
#define MAX_CONNECTIONS 10000

/* What has arrived and is not yet read when a line is reset is lost and sent again, so that it is kept to
 * about a frame. On long lines the proxy in front has the large buffers. */
#define RECEIVE_BYTES 32768

#define RESERVED_FILES 64 /* the store, sockets of ours, what libraries open */

/* For a head and what is read ahead of a body. Above 32 KiB the library maps a connection's memory, and what a
 * silent line does not use of it is never there; below, each would stand on the heap between two TLS
 * sessions and cost a page. */
#define CONNECTION_MEMORY_BYTES (36 * 1024)

#define READ_BLOCK_BYTES (64 * 1024)
#define LIBRARY_TIMEOUT_S 120 /* behind the watch, which gives a block of a reply 74 s */
#define RETRY_AFTER_S 5
#define RETRY_SPREAD_S 30 /* who was refused together is told to come back one after the other */
#define PRIORITIES "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

typedef enum
{
  ROUTE_NONE,
  ROUTE_EXCHANGE,
  ROUTE_ASK,
  ROUTE_PUT,
  ROUTE_GET,
  ROUTE_ENROL,
  ROUTE_HEALTH,
  ROUTE_METRICS,
} Route;

static const struct
{
  const char *path;
  const char *method;
  const char *type; /* of the body */
  gsize n_bytes_max;
} routes[] = {
  [ROUTE_NONE] = { "-", NULL, NULL, 0 },
  [ROUTE_EXCHANGE] = { "/v1/exchange", "POST", EXCHANGE_TYPE, AMENDS_WIRE_MAX_REQUEST_BYTES },
  [ROUTE_ASK] = { "/v1/chunk/ask", "POST", AMENDS_CHUNK_TYPE, AMENDS_CHUNK_MAX_REQUEST_BYTES },
  [ROUTE_PUT] = { "/v1/chunk/put", "POST", AMENDS_CHUNK_TYPE, AMENDS_CHUNK_MAX_REQUEST_BYTES },
  [ROUTE_GET] = { "/v1/chunk/get", "POST", AMENDS_CHUNK_TYPE, AMENDS_CHUNK_MAX_REQUEST_BYTES },
  [ROUTE_ENROL] = { "/v1/enrol", "POST", JSON_TYPE, MAX_ENROL_BYTES },
  [ROUTE_HEALTH] = { "/health", "GET", NULL, 0 },
  [ROUTE_METRICS] = { "/metrics", "GET", NULL, 0 },
};

struct _AmendsHttp
{
  AmendsServer *server;
  AmendsHttpOptions options;
  struct MHD_Daemon *daemon;
  guint16 port;
  int n_exchanges; /* atomic */
  int n_long;      /* atomic: replies that are made as they are taken */
  int n_refused;   /* atomic: as busy */

  AmendsPeers *peers;

  GMutex lock;         /* guards what follows */
  GHashTable *devices; /* code -> GQueue of its requests under way, the first to come first */
};

typedef struct
{
  AmendsHttp *http;
  AmendsPeer *peer;
  Route route;
  AmendsExchange *exchange;
  AmendsChunkCall *chunk;
  char device[5];
  gboolean is_counted;   /* among the exchanges under way */
  gboolean is_of_device; /* and among those of its device; guarded by the lock */
  gboolean is_long;
  guint64 number;
  guint64 last; /* where it is a replay */
  GByteArray *body;
  GError *error; /* what the rest of the body cannot mend */
  guint status;
  gint64 began_us;
  gsize n_in;
  gsize n_out;
} Request;

/* Connections. */

static void
connection_cb (void *user_data,
               struct MHD_Connection *connection,
               void **socket_context,
               enum MHD_ConnectionNotificationCode code)
{
  AmendsHttp *self = user_data;
  const union MHD_ConnectionInfo *info;

  if (code != MHD_CONNECTION_NOTIFY_STARTED)
    {
      amends_peers_remove (self->peers, *socket_context);
      *socket_context = NULL;
      return;
    }
  info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  *socket_context = amends_peers_add (self->peers, info->connect_fd);
}

/* Requests. */

static gboolean
refuse (Request *self, AmendsServerError code, const char *message)
{
  g_clear_error (&self->error);
  g_set_error_literal (&self->error, AMENDS_SERVER_ERROR, code, message);
  return FALSE;
}

static void
add_retry_after (AmendsHttp *self, struct MHD_Response *response)
{
  guint place = (guint) g_atomic_int_add (&self->n_refused, 1) % RETRY_SPREAD_S;
  char text[12];

  g_snprintf (text, sizeof text, "%u", RETRY_AFTER_S + place);
  MHD_add_response_header (response, MHD_HTTP_HEADER_RETRY_AFTER, text);
}

/* @n_bytes: of the body, as far as they are known: what is made later waits for itself. */
static enum MHD_Result
send_response (Request *self,
               struct MHD_Connection *connection,
               struct MHD_Response *response,
               guint status,
               const char *type,
               gsize n_bytes)
{
  enum MHD_Result result;

  MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
  MHD_add_response_header (response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
    add_retry_after (self->http, response);
  if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
    MHD_add_response_header (response, MHD_HTTP_HEADER_ALLOW, routes[self->route].method);
  self->status = status;
  amends_peers_wait_for_bytes (self->http->peers, self->peer, g_get_monotonic_time (), n_bytes);
  result = MHD_queue_response (connection, status, response);
  MHD_destroy_response (response);
  return result;
}

static enum MHD_Result
send_text (Request *self,
           struct MHD_Connection *connection,
           guint status,
           const char *type,
           const char *text)
{
  gsize n_bytes = strlen (text);

  self->n_out += n_bytes;
  return send_response (self, connection,
                        MHD_create_response_from_buffer (n_bytes, (void *) text,
                                                         MHD_RESPMEM_MUST_COPY),
                        status, type, n_bytes);
}

static enum MHD_Result
send_error (Request *self, struct MHD_Connection *connection)
{
  const char *code = amends_server_error_get_code_name (self->error);
  gboolean is_ours = self->error->domain == AMENDS_SERVER_ERROR;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  json_t *answer;

  /* What the store says is for the log and for nobody outside. */
  if (!is_ours)
    g_printerr ("failed: %s\n", self->error->message);
  answer = json_pack ("{s:s, s:s}", "code", code, "message",
                      is_ours ? self->error->message : "The server could not do this now");
  if (g_error_matches (self->error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_REPLAYED))
    json_object_set_new (answer, "last", json_integer ((json_int_t) self->last));
  answer = json_pack ("{s:o}", "error", answer);
  bytes = amends_json_dump (answer);
  json_decref (answer);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return send_text (self, connection, amends_server_error_get_status (self->error), ERROR_TYPE,
                    text);
}

/* A number from 1, in its one form. */
static gboolean
parse_number (const char *text, guint64 *ret_number)
{
  gsize n = text != NULL ? strlen (text) : 0;

  return n >= 1 && n <= 16 && text[0] != '0'
         && g_ascii_string_to_unsigned (text, 10, 1, AMENDS_ID_MAX_NUMBER, ret_number, NULL);
}

/* Counts what says how long a body is. */
static enum MHD_Result
framing_cb (void *user_data, enum MHD_ValueKind kind, const char *name, const char *value)
{
  guint *n_lengths = user_data;

  if (g_ascii_strcasecmp (name, MHD_HTTP_HEADER_CONTENT_LENGTH) == 0)
    *n_lengths += 1;
  else if (g_ascii_strcasecmp (name, MHD_HTTP_HEADER_TRANSFER_ENCODING) == 0)
    *n_lengths += 2; /* beside a length, or in place of one: not ours */
  return MHD_YES;
}

/* A request that says twice where it ends could end elsewhere for a proxy, which sends what others say on
 * the same line. */
static gboolean
check_framing (Request *self, struct MHD_Connection *connection)
{
  guint n_lengths = 0;

  MHD_get_connection_values (connection, MHD_HEADER_KIND, framing_cb, &n_lengths);
  return n_lengths <= 1
         || refuse (self, AMENDS_SERVER_ERROR_MALFORMED,
                    "The end of a body is said once, by Content-Length");
}

/* Length and type of the body, before any of it is read. */
static gboolean
check_body (Request *self, struct MHD_Connection *connection)
{
  const char *length_text =
      MHD_lookup_connection_value (connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
  const char *type =
      MHD_lookup_connection_value (connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_TYPE);
  guint64 n_bytes;

  if (type == NULL || g_ascii_strcasecmp (type, routes[self->route].type) != 0)
    return refuse (self, AMENDS_SERVER_ERROR_TYPE, "The body is of another type");
  if (length_text == NULL
      || !g_ascii_string_to_unsigned (length_text, 10, 0, G_MAXINT64, &n_bytes, NULL))
    return refuse (self, AMENDS_SERVER_ERROR_MALFORMED, "The request says no Content-Length");
  if (n_bytes > routes[self->route].n_bytes_max)
    return refuse (self, AMENDS_SERVER_ERROR_TOO_LARGE, "The body is too large");
  return TRUE;
}

/* One device that hangs on to its lines keeps no place from the others, and none from itself: who asks
 * anew has given up what was asked before. Where its line was cut without a word the server would wait
 * for the rest of that until its time is over. */
static void
enter_of_device (Request *self)
{
  AmendsHttp *http = self->http;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&http->lock);
  GQueue *requests = g_hash_table_lookup (http->devices, self->device);

  if (requests == NULL)
    {
      requests = g_queue_new ();
      g_hash_table_insert (http->devices, g_strdup (self->device), requests);
    }
  if (g_queue_get_length (requests) >= http->options.n_of_device_max)
    {
      Request *oldest = g_queue_pop_head (requests);

      oldest->is_of_device = FALSE;
      amends_peer_cut (oldest->peer);
    }
  g_queue_push_tail (requests, self);
  self->is_of_device = TRUE;
}

static void
leave_of_device (Request *self)
{
  AmendsHttp *http = self->http;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&http->lock);
  GQueue *requests;

  if (!self->is_of_device)
    return;
  requests = g_hash_table_lookup (http->devices, self->device);
  g_queue_remove (requests, self);
  if (g_queue_is_empty (requests))
    g_hash_table_remove (http->devices, self->device);
}

static void
leave (Request *self)
{
  AmendsHttp *http = self->http;

  if (self->is_counted)
    g_atomic_int_add (&http->n_exchanges, -1);
  if (self->is_long)
    g_atomic_int_add (&http->n_long, -1);
  leave_of_device (self);
}

/* Among the requests that are bounded: of an exchange, or about chunks. */
static gboolean
begin_call (Request *self, const AmendsDigest *hash, const guint8 *signature)
{
  AmendsServer *server = self->http->server;

  if (g_atomic_int_add (&self->http->n_exchanges, 1) >= (int) self->http->options.n_exchanges_max)
    {
      g_atomic_int_add (&self->http->n_exchanges, -1);
      return refuse (self, AMENDS_SERVER_ERROR_BUSY, "The server is busy; try again");
    }
  self->is_counted = TRUE;
  if (self->route == ROUTE_EXCHANGE)
    self->exchange = amends_exchange_new (server, self->device, self->number, hash, signature,
                                          &self->last, &self->error);
  else
    self->chunk =
        amends_chunk_call_new (server, (AmendsChunkVerb) (self->route - ROUTE_ASK), self->device,
                               self->number, hash, signature, &self->last, &self->error);
  if (self->error != NULL)
    return FALSE;
  /* Now it is known who asks: nobody takes another device's places with its name alone. */
  enter_of_device (self);
  return TRUE;
}

static gboolean
begin_signed (Request *self, struct MHD_Connection *connection)
{
  const char *device = MHD_lookup_connection_value (connection, MHD_HEADER_KIND, "Amends-Device");
  const char *number = MHD_lookup_connection_value (connection, MHD_HEADER_KIND, "Amends-Request");
  const char *hash_text = MHD_lookup_connection_value (connection, MHD_HEADER_KIND, "Amends-Body");
  const char *signature_text =
      MHD_lookup_connection_value (connection, MHD_HEADER_KIND, "Amends-Signature");
  guint8 signature[AMENDS_SIGNATURE_BYTES];
  AmendsDigest hash;

  if (device == NULL || !amends_code_is_valid (device) || !parse_number (number, &self->number)
      || hash_text == NULL || !amends_base64_decode (hash_text, hash.bytes, sizeof hash.bytes)
      || signature_text == NULL
      || !amends_base64_decode (signature_text, signature, sizeof signature))
    return refuse (self, AMENDS_SERVER_ERROR_MALFORMED,
                   "A request says its device, number, body and signature");
  g_strlcpy (self->device, device, sizeof self->device);
  return begin_call (self, &hash, signature);
}

static gboolean
begin_request (Request *self,
               struct MHD_Connection *connection,
               const char *path,
               const char *method)
{
  for (guint i = ROUTE_EXCHANGE; i < G_N_ELEMENTS (routes); i++)
    if (strcmp (path, routes[i].path) == 0)
      self->route = (Route) i;
  if (self->route == ROUTE_NONE)
    return refuse (self, AMENDS_SERVER_ERROR_NO_ROUTE, "There is nothing at that address");
  if (strcmp (method, routes[self->route].method) != 0)
    return refuse (self, AMENDS_SERVER_ERROR_METHOD, "That cannot be done there");
  if (!check_framing (self, connection))
    return FALSE;
  if (routes[self->route].type != NULL && !check_body (self, connection))
    return FALSE;
  if (self->route <= ROUTE_GET)
    return begin_signed (self, connection);
  self->body = g_byte_array_new ();
  return TRUE;
}

static void
take_bytes (Request *self, const char *bytes, gsize n_bytes)
{
  self->n_in += n_bytes;
  amends_peers_wait_for_bytes (self->http->peers, self->peer, self->began_us, self->n_in);
  if (self->error != NULL)
    return; /* the rest is read so that the answer can be */
  if (self->n_in > routes[self->route].n_bytes_max)
    refuse (self, AMENDS_SERVER_ERROR_TOO_LARGE, "The body is too large");
  else if (self->exchange != NULL)
    amends_exchange_feed (self->exchange, (const guint8 *) bytes, n_bytes, &self->error);
  else if (self->chunk != NULL)
    amends_chunk_call_feed (self->chunk, (const guint8 *) bytes, n_bytes, &self->error);
  else
    g_byte_array_append (self->body, (const guint8 *) bytes, (guint) n_bytes);
}

static ssize_t
read_cb (void *user_data, uint64_t position, char *buffer, size_t n_max)
{
  Request *self = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = amends_exchange_read (self->exchange, (guint8 *) buffer, n_max, &error);

  if (n < 0)
    {
      g_printerr ("failed: %s\n", error->message);
      return MHD_CONTENT_READER_END_WITH_ERROR;
    }
  if (n == 0)
    return MHD_CONTENT_READER_END_OF_STREAM;
  self->n_out += (gsize) n;
  amends_peers_wait_for_bytes (self->http->peers, self->peer, g_get_monotonic_time (), (gsize) n);
  return n;
}

/* Reads the reply to @n_max bytes, or all that is left of one that ends early. */
static gboolean
read_reply (Request *self, GByteArray *reply, gsize n_max, gboolean *ret_is_whole)
{
  gsize n_bytes = reply->len;
  gssize n = 1;

  while (n > 0 && n_bytes < n_max)
    {
      g_byte_array_set_size (reply, (guint) (n_bytes + READ_BLOCK_BYTES));
      n = amends_exchange_read (self->exchange, reply->data + n_bytes,
                                MIN (READ_BLOCK_BYTES, n_max - n_bytes), &self->error);
      n_bytes += (gsize) MAX (n, 0);
    }
  g_byte_array_set_size (reply, (guint) n_bytes);
  *ret_is_whole = n == 0;
  return n >= 0;
}

static gboolean
may_be_long (Request *self)
{
  AmendsHttp *http = self->http;

  self->is_long = g_atomic_int_add (&http->n_long, 1) < (int) http->options.n_long_max;
  if (!self->is_long)
    g_atomic_int_add (&http->n_long, -1);
  return self->is_long;
}

/* A reply that is ready at once goes with its length and in one write; a longer one is made as it is
 * taken. What was read ahead is what the stream begins with. Where too many long ones are under way it ends
 * with the page that it has come to: so first downloads take turns, and what is small waits for few of them. */
static enum MHD_Result
send_reply (Request *self, struct MHD_Connection *connection)
{
  g_autoptr (GByteArray) reply = g_byte_array_new ();
  gboolean is_whole;

  if (!read_reply (self, reply, READ_BLOCK_BYTES, &is_whole))
    return send_error (self, connection);
  if (!is_whole && !may_be_long (self))
    {
      amends_exchange_end_early (self->exchange);
      if (!read_reply (self, reply, AMENDS_WIRE_MAX_REPLY_BYTES, &is_whole))
        return send_error (self, connection);
    }
  if (is_whole)
    {
      self->n_out += reply->len;
      return send_response (self, connection,
                            MHD_create_response_from_buffer (reply->len, reply->data,
                                                             MHD_RESPMEM_MUST_COPY),
                            MHD_HTTP_OK, EXCHANGE_TYPE, reply->len);
    }
  amends_exchange_unread (self->exchange, reply->data, reply->len);
  return send_response (self, connection,
                        MHD_create_response_from_callback (MHD_SIZE_UNKNOWN, READ_BLOCK_BYTES,
                                                           read_cb, self, NULL),
                        MHD_HTTP_OK, EXCHANGE_TYPE, 0);
}

static enum MHD_Result
send_chunk_reply (Request *self, struct MHD_Connection *connection)
{
  g_autoptr (GBytes) reply = amends_chunk_call_finish (self->chunk, &self->error);
  gsize n_bytes;
  const void *bytes;

  if (reply == NULL)
    return send_error (self, connection);
  bytes = g_bytes_get_data (reply, &n_bytes);
  self->n_out += n_bytes;
  return send_response (self, connection,
                        MHD_create_response_from_buffer (n_bytes, (void *) bytes,
                                                         MHD_RESPMEM_MUST_COPY),
                        MHD_HTTP_OK, AMENDS_CHUNK_TYPE, n_bytes);
}

static enum MHD_Result
finish_request (Request *self, struct MHD_Connection *connection)
{
  g_autofree char *text = NULL;

  if (self->error != NULL)
    return send_error (self, connection);
  switch (self->route)
    {
    case ROUTE_EXCHANGE:
      if (!amends_exchange_finish (self->exchange, &self->error))
        return send_error (self, connection);
      return send_reply (self, connection);
    case ROUTE_ASK:
    case ROUTE_PUT:
    case ROUTE_GET:
      return send_chunk_reply (self, connection);
    case ROUTE_ENROL:
      if (!amends_server_enrol (self->http->server, (const char *) self->body->data,
                                self->body->len, &text, &self->error))
        return send_error (self, connection);
      return send_text (self, connection, MHD_HTTP_OK, JSON_TYPE, text);
    case ROUTE_METRICS:
      text = amends_server_get_metrics (self->http->server, &self->error);
      if (text == NULL)
        return send_error (self, connection);
      return send_text (self, connection, MHD_HTTP_OK, "text/plain; version=0.0.4", text);
    case ROUTE_HEALTH:
      if (amends_server_is_well (self->http->server))
        return send_text (self, connection, MHD_HTTP_OK, JSON_TYPE, "{\"ok\":true}");
      return send_text (self, connection, MHD_HTTP_SERVICE_UNAVAILABLE, JSON_TYPE,
                        "{\"ok\":false}");
    case ROUTE_NONE:
      break;
    }
  return MHD_NO;
}

static enum MHD_Result
request_cb (void *user_data,
            struct MHD_Connection *connection,
            const char *path,
            const char *method,
            const char *version,
            const char *bytes,
            size_t *n_bytes,
            void **request_context)
{
  AmendsHttp *http = user_data;
  Request *self = *request_context;

  if (self == NULL)
    {
      const union MHD_ConnectionInfo *info =
          MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

      self = g_new0 (Request, 1);
      self->http = http;
      self->peer = info->socket_context;
      self->began_us = g_get_monotonic_time ();
      *request_context = self;
      amends_peers_wait_for_bytes (http->peers, self->peer, self->began_us, 0);
      return begin_request (self, connection, path, method) ? MHD_YES
                                                            : send_error (self, connection);
    }
  if (*n_bytes > 0)
    {
      take_bytes (self, bytes, *n_bytes);
      *n_bytes = 0;
      return MHD_YES;
    }
  return finish_request (self, connection);
}

/* One line for each request: ids, counts and our own words, nothing that a peer chose. */
static void
log_request (const Request *self)
{
  gint64 n_ms = (g_get_monotonic_time () - self->began_us) / 1000;

  if (self->route == ROUTE_HEALTH || self->route == ROUTE_METRICS)
    return;
  g_printerr ("%s %u device %s request %" G_GUINT64_FORMAT " in %" G_GSIZE_FORMAT
              " out %" G_GSIZE_FORMAT " ms %" G_GINT64_FORMAT "\n",
              routes[self->route].path, self->status, self->device[0] != '\0' ? self->device : "-",
              self->number, self->n_in, self->n_out, n_ms);
}

static void
completed_cb (void *user_data,
              struct MHD_Connection *connection,
              void **request_context,
              enum MHD_RequestTerminationCode code)
{
  Request *self = *request_context;

  if (self == NULL)
    return;
  log_request (self);
  amends_peers_wait_for_request (self->http->peers, self->peer);
  leave (self);
  amends_exchange_free (self->exchange);
  amends_chunk_call_free (self->chunk);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_clear_error (&self->error);
  g_free (self);
  *request_context = NULL;
}

/* Starting and stopping. */

static gboolean
cannot_listen (const char *why, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The server cannot listen there: %s", why);
  return FALSE;
}

/* @ret_fd: (out): a listening socket. */
static gboolean
open_socket (const char *listen_text, int *ret_fd, guint16 *ret_port, GError **error)
{
  g_autoptr (GSocketConnectable) place = g_network_address_parse (listen_text, 0, error);
  g_autoptr (GSocketAddressEnumerator) enumerator = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GSocket) socket = NULL;

  if (place == NULL)
    return FALSE;
  enumerator = g_socket_connectable_enumerate (place);
  address = g_socket_address_enumerator_next (enumerator, NULL, error);
  if (address == NULL)
    return error != NULL && *error != NULL ? FALSE : cannot_listen ("no such host", error);
  socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM,
                         G_SOCKET_PROTOCOL_TCP, error);
  if (socket == NULL)
    return FALSE;
  g_socket_set_listen_backlog (socket, 1024);
  g_socket_set_option (socket, SOL_SOCKET, SO_RCVBUF, RECEIVE_BYTES, NULL);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error)
      || !(bound = g_socket_get_local_address (socket, error)))
    return FALSE;
  *ret_port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));

  /* The daemon closes the socket it is given. */
  *ret_fd = dup (g_socket_get_fd (socket));
  return *ret_fd >= 0 || cannot_listen (g_strerror (errno), error);
}

/* As many connections as there may be files. */
static guint
get_connection_limit (guint n_asked)
{
  struct rlimit limit;
  guint n_max = n_asked != 0 ? n_asked : MAX_CONNECTIONS;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return MIN (n_max, 256);
  limit.rlim_cur = limit.rlim_max;
  if (setrlimit (RLIMIT_NOFILE, &limit) != 0 && getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return MIN (n_max, 256);
  if (limit.rlim_cur < n_max + RESERVED_FILES)
    n_max = (guint) limit.rlim_cur - MIN (RESERVED_FILES, (guint) limit.rlim_cur / 2);
  return n_max;
}

/* What both kinds of daemon are started with. */
#define COMMON_OPTIONS(self)                                                          \
  MHD_OPTION_CONNECTION_TIMEOUT, (unsigned int) LIBRARY_TIMEOUT_S,                    \
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) CONNECTION_MEMORY_BYTES,           \
      MHD_OPTION_NOTIFY_CONNECTION, connection_cb, self, MHD_OPTION_NOTIFY_COMPLETED, \
      completed_cb, self

static gboolean
start_daemon (AmendsHttp *self, int fd, GError **error)
{
  g_autofree char *certificates = NULL;
  g_autofree char *key = NULL;
  guint n_threads =
      self->options.n_threads != 0 ? self->options.n_threads : g_get_num_processors ();
  guint n_connections = get_connection_limit (self->options.n_connections_max);

  if (!amends_server_get_tls (self->server, &certificates, &key, error))
    return FALSE;
  n_threads = CLAMP (n_threads, 2, 16);
  self->daemon =
      MHD_start_daemon (MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_TLS, self->port,
                        NULL, NULL, request_cb, self, MHD_OPTION_LISTEN_SOCKET, fd,
                        MHD_OPTION_THREAD_POOL_SIZE, n_threads, MHD_OPTION_CONNECTION_LIMIT,
                        MAX (n_connections, n_threads), COMMON_OPTIONS (self),
                        MHD_OPTION_HTTPS_PRIORITIES, PRIORITIES, MHD_OPTION_HTTPS_MEM_KEY, key,
                        MHD_OPTION_HTTPS_MEM_CERT, certificates, MHD_OPTION_END);
  return self->daemon != NULL || cannot_listen ("the HTTP library did not start", error);
}

static AmendsHttp *
make (AmendsServer *server, const AmendsHttpOptions *options)
{
  AmendsHttp *self = g_new0 (AmendsHttp, 1);

  self->server = server;
  self->options = *options;
  g_mutex_init (&self->lock);
  self->peers = amends_peers_new (options->wait_ms, options->body_ms);
  self->devices =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_queue_free);
  return self;
}

/**
 * amends_http_new:
 * @server: the server; it must outlive the result
 * @options: where, and within what limits
 * @error: where to put what went wrong
 *
 * Errors: of GIO if it cannot listen there; of the store.
 * Returns: (transfer full): a server on the network, which serves from now on
 */
AmendsHttp *
amends_http_new (AmendsServer *server, const AmendsHttpOptions *options, GError **error)
{
  g_autoptr (AmendsHttp) self = make (server, options);
  int fd = -1;

  if (!open_socket (options->listen, &fd, &self->port, error))
    return NULL;
  amends_peers_watch (self->peers);
  if (!start_daemon (self, fd, error))
    {
      close (fd);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * amends_http_new_inside:
 * @server: the server; it must outlive the result
 * @options: within what limits
 * @error: where to put what went wrong
 *
 * Listens nowhere, and has no thread of its own: what it answers is said to it with
 * amends_http_serve(), in the clear. So a fuzzer reaches all that stands behind TLS.
 *
 * Errors: of GIO if the HTTP library does not start.
 * Returns: (transfer full): a server on no network
 */
AmendsHttp *
amends_http_new_inside (AmendsServer *server, const AmendsHttpOptions *options, GError **error)
{
  g_autoptr (AmendsHttp) self = make (server, options);

  self->daemon = MHD_start_daemon (MHD_USE_NO_LISTEN_SOCKET, 0, NULL, NULL, request_cb, self,
                                   COMMON_OPTIONS (self), MHD_OPTION_END);
  if (self->daemon == NULL)
    {
      cannot_listen ("the HTTP library did not start", error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * amends_http_serve:
 * @self: a server on no network
 * @fd: (transfer full): one end of a pair of sockets, or -1 to go on with those given before
 * @error: where to put what went wrong
 *
 * Takes what has arrived and answers what can be, without waiting.
 *
 * Errors: of GIO if the HTTP library does not take @fd.
 * Returns: %TRUE on success
 */
gboolean
amends_http_serve (AmendsHttp *self, int fd, GError **error)
{
  const struct sockaddr nobody = { .sa_family = AF_UNIX };

  if (fd >= 0 && MHD_add_connection (self->daemon, fd, &nobody, sizeof nobody) != MHD_YES)
    return cannot_listen ("the HTTP library takes no more connections", error);
  return MHD_run (self->daemon) == MHD_YES
         || cannot_listen ("the HTTP library does not run", error);
}

/**
 * amends_http_get_port:
 *
 * Returns: the port it listens on
 */
guint16
amends_http_get_port (AmendsHttp *self)
{
  return self->port;
}

/**
 * amends_http_free:
 * @self: (nullable) (transfer full): a server on the network
 *
 * Takes no more connections, lets the requests that run end, and stops.
 */
void
amends_http_free (AmendsHttp *self)
{
  if (self == NULL)
    return;
  if (self->daemon != NULL)
    {
      int fd = MHD_quiesce_daemon (self->daemon);
      gint64 give_up_us =
          g_get_monotonic_time () + self->options.wait_ms * G_GINT64_CONSTANT (1000);

      while (g_atomic_int_get (&self->n_exchanges) > 0 && g_get_monotonic_time () < give_up_us)
        g_usleep (G_USEC_PER_SEC / 100);
      MHD_stop_daemon (self->daemon);
      if (fd >= 0)
        close (fd);
    }
  amends_peers_free (self->peers);
  g_hash_table_unref (self->devices);
  g_mutex_clear (&self->lock);
  g_free (self);
}
