/* amends-engine-private.h: what an exchange over the line shares with one that is carried by hand
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/amends-log.h"
#include "sync/amends-engine.h"
#include "sync/amends-plan.h"
#include "sync/amends-wire.h"

G_BEGIN_DECLS

/* A sync, or a part of one that is carried by hand. */
typedef struct
{
  AmendsStore *store;
  AmendsTransport *transport;
  const AmendsSyncHooks *hooks;
  GCancellable *cancellable;
  AmendsSyncReport *report;
  guint64 n_to_send; /* when the sync began */
  gboolean wants_hand_in;
  GHashTable *
      left_out; /* devices whose events the server cannot take, having forgotten them; and chains of
                  * which it has another branch */
  guint64 n_unplaced;   /* other devices' events that the server lacked when last asked */
  gboolean wants_probe; /* the next request asks for trunks */
  guint64 probe_from;
  guint64 probe_to;
  guint64 probe_end; /* the last number worth asking for */
  guint64 common;    /* the last number shared, as far as found */
  gboolean wants_recode;
  gboolean is_one_by_one; /* own events have a frame each */
  GHashTable *asked; /* AmendsId *: who asked for what this device has asked the server to erase */
  gboolean is_erasing; /* that is what the next exchange is for */
  guint n_lost;        /* frames of the server's lost log that are still to be handed in */
  guint n_replays;
  guint64
      again_to; /* up to this number the server had this device's events before it was restored; 0 */
  guint64 n_followed; /* how many events were received when it was last looked for what came late */
  guint n_idle;       /* exchanges that moved nothing though there was something to send */
  AmendsReceipt receipt;
  gint64 server_instant; /* microseconds since 1970 UTC, of the newest receipt; 0 */
  guint64 quarantined;
  gboolean is_revoked;
  gint64 exchanged_at; /* when the last exchange began, microseconds since 1970 UTC */
  gboolean is_done;    /* the last exchange left nothing to ask */
} Sync;

/* One exchange. */
typedef struct
{
  guint64 request;
  guint64 n_sent;      /* own events in its frames */
  GArray *n_handed_in; /* (element-type guint64): other devices', in the frame of each of @chains */
  guint n_lost;        /* frames of the server's lost log in it */
  GPtrArray *chains;   /* author and feed of the frames that hold them */
  gboolean is_hold;
  gboolean is_forked;  /* its pages name events that this device never wrote */
  gboolean is_held_up; /* they may: that is looked at once all of the lost log has gone */
  gboolean is_by_hand;
  gboolean is_old; /* by hand: not current, in PROTOCOL.md's word */
  AmendsReplyHead *head;
  gboolean has_more;
} Exchange;

/* The store is held between the two. */
void amends_sync_enter (Sync *self);
void amends_sync_leave (Sync *self);
void amends_sync_tell_progress (Sync *self, guint64 n_left);

AmendsRequestHead *amends_sync_make_head (Sync *self, const AmendsHead *head, GError **error);

/* amends-engine-reply.c: what the head of a reply means, with the store held. */
gboolean amends_sync_take_head (Sync *self, Exchange *exchange, GError **error);
guint amends_sync_count_lost_done (const Exchange *exchange);
gboolean amends_sync_check_receipt (Sync *self, const Exchange *exchange, GError **error);
gboolean amends_sync_get_standing (Sync *self,
                                   const AmendsReceipt *receipt,
                                   AmendsStanding *ret_standing,
                                   GError **error);
gboolean amends_sync_keep_receipt (Sync *self,
                                   const Exchange *exchange,
                                   AmendsStanding standing,
                                   GError **error);
gboolean amends_sync_follow_epoch (Sync *self, const AmendsReplyHead *head, GError **error);
gboolean amends_sync_keep_safe (Sync *self, const AmendsReplyHead *head, GError **error);
gboolean amends_sync_end_revoked (Sync *self, GError **error);
void amends_sync_set_protocol_error (GError **error, const char *what);

/* Takes what arrived of a reply; holds the store for each part of it. */
gboolean amends_sync_take_bytes (Sync *self,
                                 Exchange *exchange,
                                 AmendsMessageReader *reader,
                                 const guint8 *bytes,
                                 gsize n_bytes,
                                 GError **error);
gboolean amends_sync_drop_lost (Sync *self, const Exchange *exchange, GError **error);
void amends_sync_load_state (Sync *self);
void amends_sync_keep_state (Sync *self, gint64 began_at, const GError *failure);

/* amends-by-hand.c: the head of a reply that was carried by hand */
gboolean amends_sync_take_head_by_hand (Sync *self, Exchange *exchange, GError **error);

G_END_DECLS
