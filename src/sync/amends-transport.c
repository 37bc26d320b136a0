/* amends-transport.c: exchanges over HTTPS with libsoup
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only the authority pinned at enrolment is trusted, nothing is redirected, nothing inflated, no cookie
 * kept, and a reply counts only if it has one of our media types: a captive portal's page is
 * "offline", never an answer. */

#include "sync/amends-transport.h"

#include <libsoup/soup.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#include "config.h"

#include "sync/amends-wire-chunk.h"

#define EXCHANGE_TYPE "application/vnd.amends.exchange"
#define ERROR_TYPE "application/vnd.amends.error+json"
#define MAX_ERROR_BYTES 4096

/* libsoup has no name for it. */
#define STATUS_TOO_MANY_REQUESTS 429

/* Whoever asks for more is not believed. */
#define MAX_RETRY_AFTER_S 86400

/* Without an answer for so long the line is dead; recording goes on meanwhile. */
#define TIMEOUT_S 30

/* What the system takes and has not sent is out of reach of that timeout, and of whoever gives up a chunk. */
#define UNSENT_BYTES 32768

/* What an IPv6 packet holds on every line there is (1,280 bytes less its heads). A tunnel that passes small packets
 * and drops larger ones without a word would let every handshake through and no case. */
#define SEGMENT_BYTES 1220

G_DEFINE_QUARK (amends - sync - error - quark, amends_sync_error)

/**
 * amends_sync_error_get_code_name:
 * @error: an error of the domain %AMENDS_SYNC_ERROR
 *
 * Returns: (transfer none): the word that scripts read
 */
const char *
amends_sync_error_get_code_name (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == AMENDS_SYNC_ERROR, "offline");

  switch ((AmendsSyncError) error->code)
    {
    case AMENDS_SYNC_ERROR_OFFLINE:
    case AMENDS_SYNC_ERROR_CUT:
      return "offline";
    case AMENDS_SYNC_ERROR_PORTAL:
      return "portal";
    case AMENDS_SYNC_ERROR_CERTIFICATE:
      return "certificate";
    case AMENDS_SYNC_ERROR_CLOCK:
      return "clock";
    case AMENDS_SYNC_ERROR_FOREIGN_SERVER:
      return "foreign-server";
    case AMENDS_SYNC_ERROR_REVOKED:
      return "revoked";
    case AMENDS_SYNC_ERROR_BUSY:
      return "busy";
    case AMENDS_SYNC_ERROR_PROTOCOL:
      return "foreign-server";
    case AMENDS_SYNC_ERROR_CODE:
      return "code";
    case AMENDS_SYNC_ERROR_FORGOTTEN:
      return "unknown-device";
    case AMENDS_SYNC_ERROR_FULL:
      return "full";
    case AMENDS_SYNC_ERROR_NOT_HELD:
      return "not-held";
    case AMENDS_SYNC_ERROR_FORBIDDEN:
      return "forbidden";
    case AMENDS_SYNC_ERROR_NO_ROUTE:
      return "no-route";
    }
  return "offline";
}

typedef struct
{
  AmendsTransport base;
  char *server;
  SoupSession *session;
  SoupMessage *message;  /* (nullable): the last one sent */
  GTlsCertificate *peer; /* (nullable): for enrolment */
  gboolean takes_any_certificate;
  gboolean is_outdated;       /* the peer of the last message speaks no TLS 1.2 */
  GTlsCertificate *authority; /* (nullable): the one that is trusted */
} HttpsTransport;

static gboolean
accept_certificate_cb (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags flags,
                       gpointer user_data)
{
  HttpsTransport *self = user_data;

  g_set_object (&self->peer, certificate);
  return TRUE;
}

static void
set_option (GIOStream *connection, int option, int value)
{
  if (G_IS_SOCKET_CONNECTION (connection))
    g_socket_set_option (g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection)),
                         IPPROTO_TCP, option, value, NULL);
}

/* GnuTLS would take TLS 1.0 as well, and reads from the environment what it takes. The line is closed
 * before anything is said on it. */
static void
network_event_cb (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  gpointer user_data)
{
  HttpsTransport *self = user_data;

  /* Said before the line is there, it binds the server's segments too. */
  if (event == G_SOCKET_CLIENT_CONNECTING)
    set_option (connection, TCP_MAXSEG, SEGMENT_BYTES);
  if (event == G_SOCKET_CLIENT_CONNECTED)
    set_option (connection, TCP_NOTSENT_LOWAT, UNSENT_BYTES);
  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKED
      || g_tls_connection_get_protocol_version (G_TLS_CONNECTION (connection))
             >= G_TLS_PROTOCOL_VERSION_TLS_1_2)
    return;
  self->is_outdated = TRUE;
  g_io_stream_close (connection, NULL, NULL);
}

static void
set_portal (GError **error)
{
  g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_PORTAL,
               "The network answered with something that is not our server");
}

/* GIO's words mislead here: a peer that speaks plain HTTP or refuses our TLS before it has shown a
 * certificate is MISC, while NOT_TLS is a line that broke during the handshake. */
static gboolean
is_not_tls (SoupMessage *message, const GError *cause)
{
  return g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_MISC)
         && soup_message_get_tls_peer_certificate (message) == NULL;
}

/* By the clock of this device: the authority is made to last for longer than a laptop does. */
static gboolean
is_past_authority (HttpsTransport *self)
{
  return self->authority != NULL
         && (g_tls_certificate_verify (self->authority, NULL, self->authority)
             & G_TLS_CERTIFICATE_EXPIRED);
}

static void
set_tls_error (HttpsTransport *self, SoupMessage *message, GError **error)
{
  GTlsCertificateFlags flags = soup_message_get_tls_peer_certificate_errors (message);

  if (flags & (G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_GENERIC_ERROR))
    g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_FOREIGN_SERVER,
                 "The server is not the one this device was enrolled with");
  else if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    g_set_error (
        error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CLOCK,
        "The server's certificate is not valid yet: the clock of this device may be wrong");
  else if ((flags & G_TLS_CERTIFICATE_EXPIRED) && is_past_authority (self))
    g_set_error (
        error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CLOCK,
        "By the clock of this device all that the server proves itself with has ended: the "
        "clock may be wrong");
  else if (flags & G_TLS_CERTIFICATE_EXPIRED)
    g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CERTIFICATE,
                 "The server's certificate has expired");
  else if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CERTIFICATE,
                 "The server's certificate is for another address");
  else
    g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CERTIFICATE,
                 "The server's certificate cannot be trusted");
}

static void
set_send_error (HttpsTransport *self, SoupMessage *message, const GError *cause, GError **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (cause));
  else if (is_not_tls (message, cause))
    set_portal (error);
  else if (cause->domain == G_TLS_ERROR && !g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_EOF)
           && !g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_MISC)
           && !g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS))
    set_tls_error (self, message, error);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_OFFLINE,
                 "The server has not answered for %d seconds. Nothing is lost; try again later.",
                 TIMEOUT_S);
  else
    g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_OFFLINE,
                 "The server cannot be reached: %s", cause->message);
}

/* The code of a refusal; the number that a replayed request is told goes into @call. */
static char *
read_error_code (GInputStream *stream, AmendsCall *call, GCancellable *cancellable)
{
  char text[MAX_ERROR_BYTES];
  gsize n_bytes = 0;
  json_auto_t *json = NULL;
  const json_t *refusal;
  json_int_t last;

  g_input_stream_read_all (stream, text, sizeof text, &n_bytes, cancellable, NULL);
  json = amends_json_load (text, n_bytes, NULL);
  refusal = json_object_get (json, "error");
  last = json_integer_value (json_object_get (refusal, "last"));
  call->last_request = last > 0 ? (guint64) last : 0;
  return g_strdup (json_string_value (json_object_get (refusal, "code")));
}

static guint64
get_retry_after (SoupMessage *message)
{
  const char *text =
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;
}

/* Refusals that only a request about chunks gets. */
static gboolean
set_chunk_refusal (const char *code, GError **error)
{
  static const struct
  {
    const char *code;
    AmendsSyncError error;
    const char *message;
  } rows[] = {
    { "full", AMENDS_SYNC_ERROR_FULL, "Head office has no room for attachments" },
    { "not-held", AMENDS_SYNC_ERROR_NOT_HELD, "Head office does not have that yet" },
    { "forbidden", AMENDS_SYNC_ERROR_FORBIDDEN, "This device may not have that attachment" },
    { "no-route", AMENDS_SYNC_ERROR_NO_ROUTE,
      "The server is of an older version, which does not take attachments" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (code, rows[i].code) == 0)
      {
        g_set_error_literal (error, AMENDS_SYNC_ERROR, (int) rows[i].error, rows[i].message);
        return TRUE;
      }
  return FALSE;
}

static void
set_busy (GError **error)
{
  g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_BUSY,
               "The server is busy and asks to come back later");
}

/* A refusal of ours as an error. */
static void
set_refusal (const char *code, GError **error)
{
  if (set_chunk_refusal (code, error))
    return;
  if (g_strcmp0 (code, "busy") == 0)
    set_busy (error);
  else if (g_strcmp0 (code, "failed") == 0)
    g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_BUSY,
                 "The server cannot take anything at the moment, perhaps for want of room. Nothing "
                 "is lost; try again later.");
  else if (g_strcmp0 (code, "code-unknown") == 0 || g_strcmp0 (code, "code-used") == 0
           || g_strcmp0 (code, "code-expired") == 0)
    g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CODE, "%s",
                 g_str_has_suffix (code, "used")
                     ? "That code has been used already. Ask for a new one."
                 : g_str_has_suffix (code, "expired")
                     ? "That code is more than an hour old. Ask for a new one."
                     : "The server does not know that code. Check it, or ask for a new one.");
  else if (g_strcmp0 (code, "code-taken") == 0)
    g_set_error (
        error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CODE,
        "The server knows this device, or gave its code to another: it cannot enrol again");
  else if (g_strcmp0 (code, "unknown-device") == 0)
    g_set_error (
        error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_FORGOTTEN,
        "The server does not know this device: most likely it was restored from a backup "
        "made before the device enrolled. Nothing is lost, and recording goes on. Once "
        "another device has synced this one may go on by itself; if it does not, ask for a "
        "new code and enrol again.");
  else if (g_strcmp0 (code, "signature") == 0)
    g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED,
                 "The server does not take this device's requests");
  else
    g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_PROTOCOL,
                 "The server refused the request (%s)", code != NULL ? code : "no reason given");
}

static SoupMessage *
make_message (HttpsTransport *self, AmendsCall *call)
{
  g_autofree char *uri = g_strconcat (self->server, call->path, NULL);
  SoupMessage *message = soup_message_new (SOUP_METHOD_POST, uri);
  SoupMessageHeaders *headers;
  g_autofree char *number = NULL;

  if (message == NULL)
    return NULL;
  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_COLLECT_METRICS);
  soup_message_set_request_body_from_bytes (message, call->content_type, call->body);
  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), self);
  if (self->takes_any_certificate)
    g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), self);
  if (call->device == NULL)
    return message;

  number = g_strdup_printf ("%" G_GUINT64_FORMAT, call->request);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "Amends-Device", call->device);
  soup_message_headers_replace (headers, "Amends-Request", number);
  soup_message_headers_replace (headers, "Amends-Body", call->body_hash);
  soup_message_headers_replace (headers, "Amends-Signature", call->signature);
  return message;
}

static gboolean
is_ours (const char *type)
{
  return g_strcmp0 (type, EXCHANGE_TYPE) == 0 || g_strcmp0 (type, AMENDS_CHUNK_TYPE) == 0
         || g_strcmp0 (type, "application/json") == 0;
}

static GInputStream *
https_send (AmendsTransport *transport, AmendsCall *call, GCancellable *cancellable, GError **error)
{
  HttpsTransport *self = (HttpsTransport *) transport;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) cause = NULL;
  const char *type;

  g_clear_object (&self->message);
  self->message = make_message (self, call);
  if (self->message == NULL)
    {
      g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_OFFLINE,
                   "The server's address is not one");
      return NULL;
    }
  self->is_outdated = FALSE;
  stream = soup_session_send (self->session, self->message, cancellable, &cause);
  if (self->is_outdated)
    {
      g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CERTIFICATE,
                   "The server's way to protect the line is outdated: nothing was sent");
      return NULL;
    }
  if (stream == NULL)
    {
      set_send_error (self, self->message, cause, error);
      return NULL;
    }

  call->status = soup_message_get_status (self->message);
  type = soup_message_headers_get_content_type (soup_message_get_response_headers (self->message),
                                                NULL);
  if (call->status == SOUP_STATUS_OK && is_ours (type))
    return g_steal_pointer (&stream);
  if (call->status == STATUS_TOO_MANY_REQUESTS || call->status == SOUP_STATUS_SERVICE_UNAVAILABLE)
    call->retry_after_s = (guint) MIN (get_retry_after (self->message), MAX_RETRY_AFTER_S);
  if (g_strcmp0 (type, ERROR_TYPE) == 0)
    {
      g_autofree char *code = read_error_code (stream, call, cancellable);

      set_refusal (code, error);
      return NULL;
    }
  /* A proxy before the server, which has its certificate, limits how often, or waits for it: it has no words of ours, and
   * says when to come back. */
  if (call->retry_after_s > 0)
    set_busy (error);
  else
    set_portal (error);
  return NULL;
}

static void
https_measure (AmendsTransport *transport, AmendsCall *call)
{
  HttpsTransport *self = (HttpsTransport *) transport;
  SoupMessageMetrics *metrics =
      self->message != NULL ? soup_message_get_metrics (self->message) : NULL;

  if (metrics == NULL)
    return;
  call->bytes_up = soup_message_metrics_get_request_header_bytes_sent (metrics)
                   + soup_message_metrics_get_request_body_bytes_sent (metrics);
  call->bytes_down = soup_message_metrics_get_response_header_bytes_received (metrics)
                     + soup_message_metrics_get_response_body_bytes_received (metrics);
}

static void
https_free (AmendsTransport *transport)
{
  HttpsTransport *self = (HttpsTransport *) transport;

  soup_session_abort (self->session);
  g_clear_object (&self->message);
  g_clear_object (&self->session);
  g_clear_object (&self->peer);
  g_clear_object (&self->authority);
  g_free (self->server);
  g_free (self);
}

/* A server on this machine is reached without a proxy; looking for one costs more than the exchange. */
static gboolean
is_local (GUri *uri)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (g_uri_get_host (uri));

  return g_strcmp0 (g_uri_get_host (uri), "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

static HttpsTransport *
https_new (const char *server, GTlsDatabase *database, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (server, SOUP_HTTP_URI_FLAGS, NULL);
  HttpsTransport *self;

  if (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), "https") != 0
      || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    {
      g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_OFFLINE,
                   "A server's address begins with https://");
      return NULL;
    }

  self = g_new0 (HttpsTransport, 1);
  self->base.send = https_send;
  self->base.measure = https_measure;
  self->base.free = https_free;
  self->server = g_strdup (server);
  if (g_str_has_suffix (self->server, "/"))
    self->server[strlen (self->server) - 1] = '\0';
  self->session = soup_session_new_with_options ("timeout", TIMEOUT_S, "idle-timeout", TIMEOUT_S,
                                                 "max-conns-per-host", 1, "user-agent",
                                                 "Amends/" PACKAGE_VERSION, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  if (is_local (uri))
    soup_session_set_proxy_resolver (self->session, NULL);
  if (database != NULL)
    soup_session_set_tls_database (self->session, database);
  return self;
}

/**
 * amends_transport_new_https:
 * @server: "https://host:port"
 * @authority_file: absolute path of the one authority to trust, PEM
 *
 * Errors: %AMENDS_SYNC_ERROR_OFFLINE if the address is none; what reading the file says.
 * Returns: (transfer full): the transport
 */
AmendsTransport *
amends_transport_new_https (const char *server, const char *authority_file, GError **error)
{
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (authority_file, error);
  HttpsTransport *self;

  if (database == NULL)
    return NULL;
  /* Nothing else in this process may trust another authority; and GnuTLS would otherwise read the
   * system's whole list at each first connection. */
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
  self = https_new (server, database, error);
  if (self != NULL)
    self->authority = g_tls_certificate_new_from_file (authority_file, NULL);
  return (AmendsTransport *) self;
}

/**
 * amends_transport_new_unverified:
 * @server: "https://host:port"
 *
 * For enrolment alone, where the reply itself proves who sent it.
 * Returns: (transfer full): the transport
 */
AmendsTransport *
amends_transport_new_unverified (const char *server, GError **error)
{
  HttpsTransport *self = https_new (server, NULL, error);

  if (self == NULL)
    return NULL;
  self->takes_any_certificate = TRUE;
  return (AmendsTransport *) self;
}

/**
 * amends_transport_dup_peer:
 * @self: made by amends_transport_new_unverified(), after a reply
 *
 * Returns: (transfer full) (nullable): the certificate that the peer showed, with its chain
 */
GTlsCertificate *
amends_transport_dup_peer (AmendsTransport *self)
{
  HttpsTransport *https = (HttpsTransport *) self;
  GTlsCertificate *shown =
      https->message != NULL ? soup_message_get_tls_peer_certificate (https->message) : NULL;

  if (shown == NULL)
    shown = https->peer;
  return shown != NULL ? g_object_ref (shown) : NULL;
}

/**
 * amends_transport_free:
 * @self: (nullable) (transfer full): a transport
 */
void
amends_transport_free (AmendsTransport *self)
{
  if (self != NULL)
    self->free (self);
}
