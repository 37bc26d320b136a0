/* amends-server-peers.h: how long a connection may be silent
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AmendsPeer
    AmendsPeer; /* a connection, from when it is accepted to when it is closed */
typedef struct _AmendsPeers AmendsPeers;

AmendsPeers *amends_peers_new (guint wait_ms, guint body_ms);
void amends_peers_watch (AmendsPeers *self);
AmendsPeer *amends_peers_add (AmendsPeers *self, int fd);
void amends_peers_remove (AmendsPeers *self, AmendsPeer *peer);
void amends_peers_wait_for_request (AmendsPeers *self, AmendsPeer *peer);
void
amends_peers_wait_for_bytes (AmendsPeers *self, AmendsPeer *peer, gint64 began_us, gsize n_bytes);
void amends_peer_cut (AmendsPeer *peer);
void amends_peers_free (AmendsPeers *self);

G_END_DECLS
