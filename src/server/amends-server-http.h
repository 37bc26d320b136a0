/* amends-server-http.h: the server on the network
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "server/amends-server.h"

G_BEGIN_DECLS

/**
 * AmendsHttpOptions:
 * @listen: (nullable): "HOST:PORT"; port 0 for any that is free; %NULL only inside
 * @n_threads: how many serve; 0 for one a processor
 * @n_connections_max: at once; 0 for as many as the system allows, at most 10,000
 * @n_exchanges_max: at once; more are told that the server is busy
 * @n_of_device_max: exchanges at once of one device; where it begins one more its oldest is ended
 * @n_long_max: replies at once of which there is more than goes in one write, as those of first downloads are;
 *   of more the first pages go, and the device asks again
 * @wait_ms: how long a connection may take for a handshake, for a head, and between requests
 * @body_ms: how long a body may take, and a reply, beyond what its length allows for
 */
typedef struct
{
  const char *listen;
  guint n_threads;
  guint n_connections_max;
  guint n_exchanges_max;
  guint n_of_device_max;
  guint n_long_max;
  guint wait_ms;
  guint body_ms;
} AmendsHttpOptions;

#define AMENDS_HTTP_OPTIONS_INIT         \
  {                                      \
    NULL, 0, 0, 256, 4, 32, 10000, 10000 \
  }

typedef struct _AmendsHttp AmendsHttp;

AmendsHttp *
amends_http_new (AmendsServer *server, const AmendsHttpOptions *options, GError **error);
AmendsHttp *
amends_http_new_inside (AmendsServer *server, const AmendsHttpOptions *options, GError **error);
gboolean amends_http_serve (AmendsHttp *self, int fd, GError **error);
guint16 amends_http_get_port (AmendsHttp *self);
void amends_http_free (AmendsHttp *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsHttp, amends_http_free)

G_END_DECLS
