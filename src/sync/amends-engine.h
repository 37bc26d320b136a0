/* amends-engine.h: brings a device and its server to hold the same events
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/amends-store.h"
#include "sync/amends-transport.h"

G_BEGIN_DECLS

/**
 * AmendsSyncReport:
 *
 * What a sync came to. @received leaves out own events; bytes are HTTP header and body.
 */
typedef struct
{
  guint64 n_sent;
  guint64 n_received;
  guint64 n_acknowledged;
  guint64 n_waiting;
  guint64 n_requests;
  guint64 bytes_up;
  guint64 bytes_down;
  char recoded_from[5]; /* "" unless this device was restored or cloned */
  char recoded_to[5];
  gboolean server_restored;
  guint64 n_sent_again; /* own and other devices', which a restored server had lost and has again */
  guint retry_after_s;  /* what a busy server asked for; else 0 */
  guint64 n_chunks_sent;
  guint64 n_chunks_received;
  guint64 n_attachments_sent; /* whole ones */
  guint64 n_attachments_received;
  const char *problem; /* (nullable): why attachments wait: full, disk-full, no-route */
} AmendsSyncReport;

/**
 * AmendsSyncHooks:
 * @enter: called before the engine touches the store, @leave after; never held over the network
 * @progress: told how far it has come: 0.0 to 1.0, and how many events are left to send
 * @carried: told of which attachment a chunk was sent or fetched
 * @hurry: (nullable): cancelled by whoever has recorded an event: a chunk under way gives way to it
 */
typedef struct
{
  void (*enter) (gpointer user_data);
  void (*leave) (gpointer user_data);
  void (*progress) (double fraction, guint64 n_left, gpointer user_data);
  void (*carried) (const AmendsId *event, gpointer user_data);
  GCancellable *hurry;
  gpointer user_data;
} AmendsSyncHooks;

/* Blocks; runs in a thread that may. On failure @ret_report still holds what was exchanged, and the
 * store keeps the attempt and its error for status. */
gboolean amends_sync_run (AmendsStore *store,
                          AmendsTransport *transport,
                          const AmendsSyncHooks *hooks,
                          GCancellable *cancellable,
                          AmendsSyncReport *ret_report,
                          GError **error);
AmendsTransport *amends_sync_new_transport (AmendsStore *store, GError **error);

/* Enrolls over the network: gives what amends_store_create() needs; nothing is stored. Blocks. */
AmendsIdentity *amends_enrol (const char *server,
                              const char *code,
                              const char *device_name,
                              const AmendsEnvironment *environment,
                              GCancellable *cancellable,
                              GArray **ret_feeds,
                              GError **error);
gboolean amends_enrol_again (const AmendsIdentity *before,
                             const char *server,
                             const char *code,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
