/* amends-server-private.h: what the files of the server share
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-box.h"
#include "server/amends-server-store.h"
#include "server/amends-server.h"
#include "store/amends-seal.h"
#include "sync/amends-bundle.h"

G_BEGIN_DECLS

#define AMENDS_SERVER_STORE_NAME "server.db"

/**
 * AmendsServerMetrics:
 *
 * Counts since the program began; under the server's lock.
 */
typedef struct
{
  guint64 n_exchanges;
  guint64 n_frames;
  guint64 n_events;
  guint64 n_refused_frames;
  guint64 n_enrolments;
  guint64 n_resumes;
  guint64 n_chunks;
  guint64 n_full;
  guint64 n_rolled_back; /* cursors of this epoch beyond the end: the file went back */
} AmendsServerMetrics;

struct _AmendsServer
{
  AmendsEnvironment environment;
  GMutex lock; /* guards all below */
  AmendsServerStore *store;
  char *folder;       /* of what is not in the store */
  char *organisation; /* its id */
  char *organisation_name;
  char epoch[AMENDS_EPOCH_BYTES + 1];
  guint8 signing_key[AMENDS_KEY_BYTES];
  guint8 signing_secret[64];
  guint8 intake_key[AMENDS_BOX_KEY_BYTES];
  guint8 intake_secret[AMENDS_BOX_KEY_BYTES];
  guint8 recovery_key[32];
  char *authority; /* PEM */
  guint8 seal[AMENDS_SEAL_KEY_BYTES];
  gboolean is_sealed;    /* whether secrets in the store are, under that key */
  gboolean has_new_seal; /* it was made here, for a store that is not committed */
  AmendsServerMetrics metrics;
  AmendsServerLimits limits;
};

/* Opened where the environment says; nothing is checked of it and nothing loaded. */
AmendsServer *amends_server_new (const char *folder,
                                 const AmendsEnvironment *environment,
                                 gboolean create,
                                 GError **error);
gboolean amends_server_load_settings (AmendsServer *self, GError **error);
/* That no server was made in the store: %AMENDS_STORE_ERROR_EXISTS */
gboolean amends_server_check_empty (AmendsServer *self, GError **error);
gboolean amends_server_make_folder (const char *folder, GError **error);

/* Settings that nobody else may read. */
gboolean amends_server_set_secret (AmendsServer *self,
                                   const char *name,
                                   const void *bytes,
                                   gsize n_bytes,
                                   GError **error);
GBytes *amends_server_get_secret (AmendsServer *self, const char *name, GError **error);
gboolean amends_server_load_seal (AmendsServer *self, GError **error);
gboolean amends_server_make_seal (AmendsServer *self, GError **error);
gboolean amends_server_keep_seal (AmendsServer *self);
void amends_server_drop_seal (AmendsServer *self);
gboolean amends_server_seal_secrets (AmendsServer *self, GError **error);

gboolean amends_server_set_missing (const char *name, GError **error);
/* Text of a setting that must be there. */
char *amends_server_get_text (AmendsServerStore *store, const char *name, GError **error);
gboolean amends_server_set_text (AmendsServerStore *store,
                                 const char *name,
                                 const char *text,
                                 GError **error);
gboolean amends_server_get_bytes (AmendsServerStore *store,
                                  const char *name,
                                  void *ret_bytes,
                                  gsize n_bytes,
                                  GError **error);
void amends_server_new_epoch (const AmendsEnvironment *environment,
                              char ret_epoch[AMENDS_EPOCH_BYTES + 1]);

/* Feeds: the record, made if it is not there; and one more entry of it, for whoever holds it and puts
 * it afterwards. */
gboolean amends_server_need_feed (AmendsServerStore *store,
                                  const char *name,
                                  AmendsServerFeed *ret_feed,
                                  GError **error);
gboolean amends_server_append_event (AmendsServer *self,
                                     AmendsServerFeed *feed,
                                     const AmendsServerEvent *record,
                                     const AmendsEvent *event,
                                     GError **error);

/**
 * AmendsServerLog:
 *
 * Events of the server itself, all of one transaction and under one statement. Begun before anything
 * else is held: it holds the device "0", and whatever only an administrator changes.
 */
typedef struct
{
  AmendsServer *server;
  AmendsServerDevice device; /* "0" */
  AmendsServerFeed feed;     /* ctl */
  AmendsServerChain chain;
  gint64
      lost_at; /* of what is recorded anew: when it was recorded first, UTC microseconds; else 0 */
  guint n_events;
} AmendsServerLog;

gboolean amends_server_log_begin (AmendsServerLog *self, AmendsServer *server, GError **error);
gboolean amends_server_log_append (AmendsServerLog *self,
                                   const char *type,
                                   guint64 stream,
                                   guint64 head,
                                   json_t *body,
                                   guint64 *ret_number,
                                   GError **error);
gboolean amends_server_log_end (AmendsServerLog *self, GError **error);

/**
 * AmendsServerClaim: what the head of a signed request says
 */
typedef struct
{
  const char *path;
  const char *code;
  guint64 number;
  const AmendsDigest *body_hash;
  const guint8 *signature;
} AmendsServerClaim;

/* The device, if the request is its own and was not made before. Under the server's lock, in a work of
 * its own. */
gboolean amends_server_take_request (AmendsServer *self,
                                     const AmendsServerClaim *claim,
                                     AmendsServerDevice *ret_device,
                                     guint64 *ret_last,
                                     GError **error);

/* Chunks where their stream, or their event, goes. For whoever moves or erases, in their work. */
gboolean amends_server_move_chunks (AmendsServer *self,
                                    const AmendsId *stream,
                                    const AmendsServerFeed *to,
                                    GError **error);
gboolean
amends_server_drop_chunks_of_stream (AmendsServer *self, const AmendsId *stream, GError **error);
gboolean amends_server_drop_chunks_of_event (AmendsServer *self, gint64 row, GError **error);

/**
 * AmendsServerGrant:
 * @feed: which feed
 * @access: what may be done there
 */
typedef struct
{
  char feed[AMENDS_FEED_MAX_BYTES + 1];
  AmendsServerAccess access;
} AmendsServerGrant;

/* Holds a device other than the server; %AMENDS_CORE_ERROR_NOT_FOUND if there is none. */
gboolean amends_server_hold_device (AmendsServer *self,
                                    const char *code,
                                    AmendsServerDevice *ret_device,
                                    GError **error);
gboolean amends_server_kind_is_valid (const char *kind);
GArray *amends_server_grants_of_feed (AmendsServerStore *store,
                                      const char *kind,
                                      const char *feed,
                                      GError **error);
gboolean amends_server_log_grant (AmendsServerLog *log,
                                  AmendsServerDevice *device,
                                  const AmendsServerGrant *grant,
                                  GError **error);
GArray *amends_server_list_lacking (const AmendsServerDevice *device, const GArray *known);
gboolean amends_server_give_lacking (AmendsServer *self, const char *code, GError **error);
gboolean amends_server_log_enrol (AmendsServerLog *log,
                                  AmendsServerDevice *device,
                                  const GArray *grants,
                                  GError **error);
gboolean amends_server_recode (AmendsServer *self,
                               AmendsServerDevice *device,
                               const guint8 key[AMENDS_KEY_BYTES],
                               char ret_code[AMENDS_SERVER_CODE_SIZE],
                               GError **error);

/* What was taken from a device (amends-server-leaving.c). */
gboolean amends_server_has_news_of (const AmendsServerDevice *device,
                                    const AmendsRequestHead *head,
                                    const AmendsServerFeed *feed,
                                    const AmendsServerAccess *access,
                                    gboolean *ret_is_gone);
typedef struct
{
  AmendsServerFeed feed;
  AmendsServerAccess access;
} AmendsServerFeedAccess;

gboolean amends_server_collect_access (const AmendsServerFeed *feed,
                                       const AmendsServerAccess *access,
                                       gpointer user_data);
gboolean amends_server_record_gone (AmendsServer *self,
                                    AmendsServerDevice *device,
                                    const AmendsRequestHead *head,
                                    const GArray *unknown,
                                    GError **error);
gboolean amends_server_take_all (AmendsServer *self, AmendsServerDevice *device, GError **error);

/* What is held back (amends-server-quarantine.c). Of so many, one after the other in a chain, nobody has been given more
 * than the digest: whoever reads the event behind them is to be given all of these in one reply. */
#define AMENDS_SERVER_MAX_DIGESTS 50000

gboolean amends_server_find_last_placed (AmendsServer *self,
                                         gint64 device,
                                         gint64 feed,
                                         guint64 nth,
                                         guint64 *ret_nth,
                                         GError **error);
gboolean amends_server_take_in (AmendsServer *self,
                                AmendsServerDevice *inout_device,
                                const char *feed,
                                gint64 after_row,
                                GError **error);

/* Erasing (amends-server-erasure.c). */
gboolean amends_server_follow_ledger (AmendsServer *self, GError **error);
gboolean amends_server_erase_again (AmendsServerLog *log,
                                    const json_t *body,
                                    GPtrArray *inout_marks,
                                    GError **error);
gboolean amends_server_mark_erased (AmendsServer *self, GPtrArray *marks, GError **error);
gboolean amends_server_finish_erasing (AmendsServer *self, GError **error);
gboolean amends_server_erase_asked (AmendsServer *self,
                                    const AmendsServerDevice *device,
                                    const AmendsWireErase *asked,
                                    GError **error);
gboolean amends_server_has_confirmed (const AmendsServerDevice *device,
                                      const AmendsRequestHead *head,
                                      guint64 position);
gboolean amends_server_record_confirmed (AmendsServer *self,
                                         AmendsServerDevice *device,
                                         guint64 position,
                                         GError **error);

/* Keys and certificates. */
gboolean amends_server_make_keys (AmendsServer *self, const char *const *hosts, GError **error);

/* An exchange that was carried here. */
AmendsExchange *amends_exchange_new_by_hand (AmendsServer *server,
                                             AmendsBundleReader *bundle,
                                             guint8 ret_key[AMENDS_KEY_BYTES],
                                             GError **error);
json_t *amends_exchange_to_json (const AmendsExchange *self);

/* Frames of devices. @ret_refusal is the word of PROTOCOL.md 4 where the bytes are refused, which is
 * no error. */
gboolean amends_server_commit_frame (AmendsServer *self,
                                     AmendsServerDevice *device,
                                     guint64 request,
                                     const AmendsFrame *frame,
                                     guint *ret_n_new,
                                     const char **ret_refusal,
                                     GError **error);
gboolean amends_server_commit_lost (AmendsServer *self,
                                    AmendsServerDevice *device,
                                    guint64 request,
                                    const AmendsFrame *frame,
                                    guint *ret_n_new,
                                    const char **ret_refusal,
                                    GError **error);
gboolean amends_server_get_trunks (AmendsServer *self,
                                   const AmendsServerDevice *device,
                                   guint64 first,
                                   guint64 last,
                                   GArray *trunks,
                                   GError **error);

/**
 * AmendsServerPlace: how far a feed was given
 * @position: the last entry given
 * @hash: the feed hash there
 * @passed_nth: of the digests that go before the next entry, the place in their chain of the last one given; 0: none
 */
typedef struct
{
  guint64 position;
  AmendsDigest hash;
  guint64 passed_nth;
} AmendsServerPlace;

/* Pages. Own events up to the number in @head are only counted, but for those up to @whole_number. @end: the last position to give, though there may be more by now. @inout_place is moved past
 * what was written. @ret_frame: (nullable) (transfer full): %NULL if there is nothing after it. */
gboolean amends_server_read_page (AmendsServer *self,
                                  const AmendsServerDevice *device,
                                  const AmendsRequestHead *head,
                                  const char *feed,
                                  guint64 whole_number,
                                  guint64 end,
                                  AmendsServerPlace *inout_place,
                                  GBytes **ret_frame,
                                  GError **error);

G_END_DECLS
