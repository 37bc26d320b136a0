/* amends-request.h: a signed request, sent
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/amends-store.h"
#include "sync/amends-transport.h"

G_BEGIN_DECLS

GInputStream *amends_request_send (AmendsStore *store,
                                   AmendsTransport *transport,
                                   const char *path,
                                   const char *content_type,
                                   guint64 number,
                                   GBytes *body,
                                   AmendsCall *ret_call,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
