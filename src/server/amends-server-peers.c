/* amends-server-peers.c: how long a connection may be silent
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libmicrohttpd's own timeout counts from the last byte and does not see a connection that never begins its
 * handshake; a watch thread therefore gives every connection a time by which it must have come further, and
 * shuts down the socket of one that has not. A body has longer the more of it has arrived: a slow line is
 * served, a line held open is not. */

#include "server/amends-server-peers.h"

#include <sys/socket.h>

#define MIN_BYTES_PER_SECOND 1024 /* an eighth of a bad line's 64 kbit/s */
#define WATCH_US (G_USEC_PER_SEC / 4)

struct _AmendsPeer
{
  int fd;
  gint64 deadline_us; /* monotonic */
};

struct _AmendsPeers
{
  gint64 wait_us;
  gint64 body_us;
  GThread *watch; /* NULL: nobody watches */

  GMutex lock; /* guards what follows */
  GCond stopped;
  gboolean is_stopping;
  GHashTable *peers;
};

/**
 * amends_peers_new:
 * @wait_ms: how long a connection may take for a handshake, for a head, and between requests
 * @body_ms: how long a body may take, and a reply, beyond what its length allows for
 *
 * Returns: (transfer full): no connections yet
 */
AmendsPeers *
amends_peers_new (guint wait_ms, guint body_ms)
{
  AmendsPeers *self = g_new0 (AmendsPeers, 1);

  self->wait_us = wait_ms * G_GINT64_CONSTANT (1000);
  self->body_us = body_ms * G_GINT64_CONSTANT (1000);
  g_mutex_init (&self->lock);
  g_cond_init (&self->stopped);
  self->peers = g_hash_table_new_full (NULL, NULL, g_free, NULL);
  return self;
}

static gpointer
watch_cb (gpointer user_data)
{
  AmendsPeers *self = user_data;

  g_mutex_lock (&self->lock);
  while (!self->is_stopping)
    {
      gint64 now = g_get_monotonic_time ();
      GHashTableIter iter;
      gpointer peer;

      g_hash_table_iter_init (&iter, self->peers);
      while (g_hash_table_iter_next (&iter, &peer, NULL))
        if (((AmendsPeer *) peer)->deadline_us < now)
          amends_peer_cut (peer);
      g_cond_wait_until (&self->stopped, &self->lock, now + WATCH_US);
    }
  g_mutex_unlock (&self->lock);
  return NULL;
}

/**
 * amends_peers_watch:
 *
 * Cuts from now on, in a thread of its own, every connection whose time is over.
 */
void
amends_peers_watch (AmendsPeers *self)
{
  self->watch = g_thread_new ("watch", watch_cb, self);
}

/**
 * amends_peers_add:
 * @fd: the socket of a connection that was accepted
 *
 * Returns: (transfer none): the connection, which is @self's until it is removed
 */
AmendsPeer *
amends_peers_add (AmendsPeers *self, int fd)
{
  AmendsPeer *peer = g_new0 (AmendsPeer, 1);

  peer->fd = fd;
  amends_peers_wait_for_request (self, peer);
  g_mutex_lock (&self->lock);
  g_hash_table_add (self->peers, peer);
  g_mutex_unlock (&self->lock);
  return peer;
}

/**
 * amends_peers_remove:
 * @peer: (transfer full): a connection that is being closed
 */
void
amends_peers_remove (AmendsPeers *self, AmendsPeer *peer)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_hash_table_remove (self->peers, peer);
}

static void
set_deadline (AmendsPeers *self, AmendsPeer *peer, gint64 deadline_us)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  peer->deadline_us = deadline_us;
}

/**
 * amends_peers_wait_for_request:
 *
 * The connection has its time for the head of a request.
 */
void
amends_peers_wait_for_request (AmendsPeers *self, AmendsPeer *peer)
{
  set_deadline (self, peer, g_get_monotonic_time () + self->wait_us);
}

/**
 * amends_peers_wait_for_bytes:
 * @began_us: monotonic
 * @n_bytes: how many came or went since
 *
 * The connection has the time that the next bytes may take.
 */
void
amends_peers_wait_for_bytes (AmendsPeers *self, AmendsPeer *peer, gint64 began_us, gsize n_bytes)
{
  gint64 allowed_us = (gint64) n_bytes * G_USEC_PER_SEC / MIN_BYTES_PER_SECOND;

  set_deadline (self, peer, began_us + self->body_us + allowed_us);
}

/**
 * amends_peer_cut:
 *
 * Shuts the connection down. The library closes it, having found it shut: only then may the number of its socket be
 * used again.
 */
void
amends_peer_cut (AmendsPeer *peer)
{
  shutdown (peer->fd, SHUT_RDWR);
}

/**
 * amends_peers_free:
 * @self: (transfer full): connections, all of which were closed
 */
void
amends_peers_free (AmendsPeers *self)
{
  if (self->watch != NULL)
    {
      g_mutex_lock (&self->lock);
      self->is_stopping = TRUE;
      g_cond_signal (&self->stopped);
      g_mutex_unlock (&self->lock);
      g_thread_join (self->watch);
    }
  g_hash_table_unref (self->peers);
  g_cond_clear (&self->stopped);
  g_mutex_clear (&self->lock);
  g_free (self);
}
