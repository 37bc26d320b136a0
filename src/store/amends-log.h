/* amends-log.h: the sealed log: appending, receiving, and what sync asks of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Events are appended and never changed. Entries say at which positions of a feed the server has put
 * them, as runs: "from this position on, the next n events of that device in that feed"; an event of
 * another device that no run covers is one that the server has lost and that is handed in again. */

#pragma once

#include "store/amends-store.h"

G_BEGIN_DECLS

AmendsDb *amends_store_get_db (AmendsStore *self);

/* Own events. Within a transaction of the caller. */
GPtrArray *amends_log_append (AmendsStore *self,
                              const char *feed,
                              const AmendsId *stream,
                              const AmendsId *after,
                              guint n_after,
                              GPtrArray *bodies,
                              GError **error);

/* Reading. (element-type AmendsEvent), in no order that matters. */
GPtrArray *amends_log_read_stream (AmendsStore *self, const AmendsId *stream, GError **error);

/**
 * AmendsEventFunc:
 * @event: (transfer none): the next event
 *
 * Returns: whether to go on
 */
typedef gboolean (*AmendsEventFunc) (AmendsEvent *event, gpointer user_data);

gboolean amends_log_is_erased (AmendsStore *self,
                               const AmendsId *id,
                               gboolean *ret_is_erased,
                               GError **error);
gboolean amends_log_foreach_own (AmendsStore *self,
                                 guint64 from_number,
                                 AmendsEventFunc func,
                                 gpointer user_data,
                                 GError **error);

gboolean amends_log_foreach_of_server (AmendsStore *self,
                                       guint64 from_number,
                                       AmendsEventFunc func,
                                       gpointer user_data,
                                       GError **error);

/**
 * AmendsHead:
 * @number: the last event of this device; @trunk: the trunk there
 * @acknowledged: the last one that the server is known to hold; @acknowledged_trunk: the trunk there
 */
typedef struct
{
  guint64 number;
  AmendsDigest trunk;
  guint64 acknowledged;
  AmendsDigest acknowledged_trunk;
} AmendsHead;

gboolean amends_log_get_head (AmendsStore *self, AmendsHead *ret_head, GError **error);
gboolean amends_log_get_sendable_head (AmendsStore *self, AmendsHead *ret_head, GError **error);
gboolean
amends_log_restore_own_chain (AmendsStore *self, const char *feed, guint64 number, GError **error);
gboolean amends_log_get_trunk_at (AmendsStore *self,
                                  guint64 number,
                                  AmendsDigest *ret_trunk,
                                  GError **error);
gboolean amends_log_get_trunks (AmendsStore *self,
                                guint64 first,
                                guint64 last,
                                GArray *ret_trunks,
                                GError **error);
gboolean amends_log_set_acknowledged (AmendsStore *self, guint64 number, GError **error);

/* The hash of own chains at the last acknowledged number, from which an upload goes on. */
gboolean
amends_log_get_base (AmendsStore *self, const char *feed, AmendsDigest *ret_chain, GError **error);

/* Other devices' events and the server's entries. Within a transaction of the caller. */
gboolean amends_log_receive (AmendsStore *self,
                             AmendsEvent *event,
                             gboolean is_digest_only,
                             gboolean *ret_is_new,
                             GError **error);
gboolean amends_log_set_aside_unplaced (AmendsStore *self,
                                        const char *code,
                                        const char *feed,
                                        AmendsEventFunc is_given,
                                        gpointer user_data,
                                        GError **error);
gboolean amends_log_get_chain (AmendsStore *self,
                               const char *code,
                               const char *feed,
                               guint64 *ret_number,
                               AmendsDigest *ret_chain,
                               GError **error);
gboolean amends_log_set_statement (AmendsStore *self,
                                   const char *feed,
                                   const AmendsStatement *statement,
                                   GError **error);
gboolean amends_log_add_entry (AmendsStore *self,
                               const char *feed,
                               guint64 position,
                               guint64 n,
                               AmendsEntryKind kind,
                               const AmendsId *id,
                               gint64 logged_at_s,
                               GError **error);
gboolean amends_log_is_next (AmendsStore *self,
                             const char *feed,
                             const AmendsId *id,
                             guint64 after,
                             gboolean *ret_is_next,
                             GError **error);
gboolean amends_log_digests_of_own (AmendsStore *self,
                                    const char *feed,
                                    guint64 first_number,
                                    guint64 n,
                                    GArray *ret_digests,
                                    GError **error);
gboolean amends_log_set_cursor (AmendsStore *self,
                                const char *feed,
                                guint64 position,
                                const AmendsDigest *hash,
                                GError **error);
gboolean amends_log_hash_at (AmendsStore *self,
                             const char *feed,
                             guint64 position,
                             AmendsDigest *ret_hash,
                             GError **error);
gboolean amends_log_forget_entries (AmendsStore *self,
                                    const char *feed,
                                    guint64 after_position,
                                    GError **error);
gboolean amends_log_set_stale (AmendsStore *self, GPtrArray *answered, GError **error);
gboolean amends_log_follow_restored (AmendsStore *self, const json_t *body, GError **error);
gboolean amends_log_follow_ctl (AmendsStore *self, GError **error);
gboolean amends_log_get_device_key (AmendsStore *self,
                                    const char *code,
                                    guint8 ret_key[AMENDS_KEY_BYTES],
                                    GError **error);

/**
 * AmendsUnplaced: the events of one device in one feed that the server holds no longer
 * @chain: (element-type AmendsEvent): its chain there from the last that the server has a place for, in the order of
 *   their numbers: @events, and what is here as a digest alone, or stands among them, and carries the chain:
 *   those without what they say
 * @events: (element-type AmendsEvent): in the order of their numbers
 * @statement: (nullable): the author's newest
 */
typedef struct
{
  char *feed;
  GPtrArray *chain;
  GPtrArray *events;
  AmendsStatement *statement;
} AmendsUnplaced;

void amends_unplaced_free (AmendsUnplaced *self);
GPtrArray *amends_log_list_unplaced (AmendsStore *self, GError **error);
gboolean amends_log_count_unplaced (AmendsStore *self,
                                    const char *feed,
                                    guint64 *ret_n_events,
                                    GError **error);
gboolean amends_log_set_aside_refused (AmendsStore *self,
                                       const char *code,
                                       const char *feed,
                                       GError **error);
gboolean amends_log_is_rewound (AmendsStore *self);
guint64 amends_log_get_n_left (AmendsStore *self);
gboolean amends_log_end_rewind (AmendsStore *self, guint64 n_left, GError **error);

/* What a restored server has lost of its own log (amends-lost.c).
 * AmendsLostFunc: returns whether to go on */
typedef gboolean (*AmendsLostFunc) (GBytes *frame, gpointer user_data);

gboolean amends_log_get_server_statement (AmendsStore *self,
                                          AmendsStatement **ret_statement,
                                          GError **error);
gboolean amends_log_keep_lost (AmendsStore *self, GBytes *frame, GError **error);
gboolean amends_log_foreach_lost (AmendsStore *self,
                                  AmendsLostFunc func,
                                  gpointer user_data,
                                  GError **error);
gboolean amends_log_count_lost (AmendsStore *self, guint *ret_n_frames, GError **error);
gboolean amends_log_drop_lost (AmendsStore *self, guint n_frames, GError **error);

/* Writes own events past @common again as device @new_code with its key: PROTOCOL.md 6. One
 * transaction of its own. */
gboolean amends_log_recode (AmendsStore *self,
                            guint64 common,
                            const char *new_code,
                            const guint8 key[AMENDS_KEY_BYTES],
                            const guint8 secret_key[64],
                            GError **error);

/* What people are told about the last sync: attempt, success, receipt, error; no text of a case. */
json_t *amends_log_get_sync_state (AmendsStore *self);
void amends_log_set_sync_state (AmendsStore *self, const json_t *state);

guint64 amends_log_reserve_request (AmendsStore *self, GError **error);
gboolean amends_log_raise_request (AmendsStore *self, guint64 above, GError **error);
gboolean amends_log_set_epoch (AmendsStore *self, const char *epoch, GError **error);
/* Whether events went out whose receipt has not come back. */
gboolean amends_log_is_unsure (AmendsStore *self);
gboolean amends_log_set_unsure (AmendsStore *self, gboolean is_unsure, GError **error);
/* Whether the server, in this epoch, will take nothing more of what this device wrote. */
gboolean amends_log_is_refused (AmendsStore *self);
gboolean amends_log_set_refused (AmendsStore *self, GError **error);

/**
 * AmendsCarried: what was last written to be carried to the server by hand
 * @request: its number; 0 if there was nothing
 * @number: the last event of this device in it
 * @n_events: how many of this device's events are in it
 * @at: when, microseconds since 1970 UTC
 * @is_current: whether no receipt has come since
 */
typedef struct
{
  guint64 request;
  guint64 number;
  guint64 n_events;
  gint64 at;
  gboolean is_current;
} AmendsCarried;

gboolean amends_log_get_carried (AmendsStore *self, AmendsCarried *ret_carried, GError **error);
gboolean amends_log_set_carried (AmendsStore *self, const AmendsCarried *carried, GError **error);
gboolean amends_log_overtake_carried (AmendsStore *self, GError **error);

/* Since when records wait that this device cannot read. */
gboolean amends_waiting_note (AmendsStore *self, gint64 at, GError **error);
gboolean amends_waiting_read (AmendsStore *self,
                              const AmendsHead *head,
                              guint *ret_n_records,
                              gint64 *ret_oldest_at,
                              GError **error);

/* Up to @position the server has a verified backup of @feed. */
gboolean
amends_log_set_safe (AmendsStore *self, const char *feed, guint64 position, GError **error);
/* What the server took from this device (amends-leave.c). */
gboolean amends_log_set_safe_number (AmendsStore *self, guint64 number, GError **error);
gboolean amends_log_leave (AmendsStore *self, gboolean *ret_has_left, GError **error);
gboolean amends_log_list_whole (AmendsStore *self, GArray *ret_feeds, GError **error);
/* The seed of the next key, kept before a new code is asked for with it: a lost reply is asked for
 * again with the same key. */
gboolean amends_log_get_recode_seed (AmendsStore *self,
                                     const char *epoch,
                                     guint8 ret_seed[32],
                                     GError **error);
/* After a sync. */
gboolean amends_store_refresh (AmendsStore *self, GError **error);
gint64 amends_store_count_conflicts (AmendsStore *self, GError **error);

G_END_DECLS
