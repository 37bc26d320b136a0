/* amends-transport.h: how an exchange travels
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The engine speaks to a transport; over HTTPS in the programs, over a faulty line from a printed seed
 * in tests. Synchronous: the engine runs where blocking is allowed. */

#pragma once

#include <gio/gio.h>

#include "core/amends-event.h"

G_BEGIN_DECLS

/**
 * AmendsSyncError:
 * @AMENDS_SYNC_ERROR_OFFLINE: no answer: no network, or the server is away
 * @AMENDS_SYNC_ERROR_PORTAL: something answered that is not our server: a hotel's or a proxy's page
 * @AMENDS_SYNC_ERROR_CERTIFICATE: the server's certificate has expired or is for another name
 * @AMENDS_SYNC_ERROR_CLOCK: a certificate is not yet valid by this device's clock
 * @AMENDS_SYNC_ERROR_FOREIGN_SERVER: a server, but not the one this device enrolled with
 * @AMENDS_SYNC_ERROR_REVOKED: the server no longer takes this device's requests
 * @AMENDS_SYNC_ERROR_BUSY: the server asks to come back later
 * @AMENDS_SYNC_ERROR_PROTOCOL: its answer could not be understood or does not verify
 * @AMENDS_SYNC_ERROR_CODE: the enrolment code is unknown, used or too old
 * @AMENDS_SYNC_ERROR_CUT: the line was cut on the way
 * @AMENDS_SYNC_ERROR_FULL: the server has no room for attachments; events are still taken
 * @AMENDS_SYNC_ERROR_NOT_HELD: the server does not hold that chunk, or its event
 * @AMENDS_SYNC_ERROR_FORBIDDEN: this device may not have that chunk, or hand it in
 * @AMENDS_SYNC_ERROR_NO_ROUTE: the server is of an older version, which does not know of that
 * @AMENDS_SYNC_ERROR_FORGOTTEN: the server was restored from a backup made before this device enrolled,
 *   and does not know it: it has to enrol again, with what it holds
 *
 * After each of them recording goes on and nothing is lost.
 */
typedef enum
{
  AMENDS_SYNC_ERROR_OFFLINE = 1,
  AMENDS_SYNC_ERROR_PORTAL,
  AMENDS_SYNC_ERROR_CERTIFICATE,
  AMENDS_SYNC_ERROR_CLOCK,
  AMENDS_SYNC_ERROR_FOREIGN_SERVER,
  AMENDS_SYNC_ERROR_REVOKED,
  AMENDS_SYNC_ERROR_BUSY,
  AMENDS_SYNC_ERROR_PROTOCOL,
  AMENDS_SYNC_ERROR_CODE,
  AMENDS_SYNC_ERROR_CUT,
  AMENDS_SYNC_ERROR_FORGOTTEN,
  AMENDS_SYNC_ERROR_FULL,
  AMENDS_SYNC_ERROR_NOT_HELD,
  AMENDS_SYNC_ERROR_FORBIDDEN,
  AMENDS_SYNC_ERROR_NO_ROUTE,
} AmendsSyncError;

#define AMENDS_SYNC_ERROR (amends_sync_error_quark ())
GQuark amends_sync_error_quark (void);
const char *amends_sync_error_get_code_name (const GError *error);

/**
 * AmendsCall: one request and what came of it
 * @path: "/v1/exchange"
 * @content_type: of the body
 * @body: what is sent
 * @device: (nullable): the signed headers, all or none
 * @status: (out): the HTTP status
 * @retry_after_s: (out): what a busy server asks for
 * @last_request: (out): what a server that takes the request for a replay has seen; else 0
 * @bytes_up: (out): HTTP header and body sent
 * @bytes_down: (out): HTTP header and body read so far
 */
typedef struct
{
  const char *path;
  const char *content_type;
  GBytes *body;
  const char *device;
  guint64 request;
  const char *body_hash;
  const char *signature;
  guint status;
  guint retry_after_s;
  guint64 last_request;
  guint64 bytes_up;
  guint64 bytes_down;
} AmendsCall;

/**
 * AmendsTransport:
 * @send: sends @call and gives the reply's bytes as a stream once its head has arrived: a reply of our
 *   two media types only, anything else is an #AmendsSyncError
 * @measure: once the reply is read, says how many bytes went each way
 * @free: frees @self
 */
typedef struct _AmendsTransport AmendsTransport;
struct _AmendsTransport
{
  GInputStream *(*send) (AmendsTransport *self,
                         AmendsCall *call,
                         GCancellable *cancellable,
                         GError **error);
  void (*measure) (AmendsTransport *self, AmendsCall *call);
  void (*free) (AmendsTransport *self);
};

/* Over HTTPS, trusting the authority in @authority_file (absolute path) alone. */
AmendsTransport *
amends_transport_new_https (const char *server, const char *authority_file, GError **error);
/* For enrolment, before any authority is known: takes any certificate and keeps it for
 * amends_transport_dup_peer(); nothing secret is sent over it. */
AmendsTransport *amends_transport_new_unverified (const char *server, GError **error);
GTlsCertificate *amends_transport_dup_peer (AmendsTransport *self);
void amends_transport_free (AmendsTransport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsTransport, amends_transport_free)

G_END_DECLS
