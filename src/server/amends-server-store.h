/* amends-server-store.h: what the server asks of a database
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is written between begin and commit happens as one, or not at all, and nothing is read or
 * written outside of the two. A record that is not there comes back with an id of 0, and is no error.
 * Records are plain values: the rules about them are in the server.
 *
 * Several processes may work on one database. Whoever puts a device or a feed has held it before, in
 * the same work, and nobody else puts it until that work ends. A device that is held holds what is its
 * own with it: access, chains, events, statements. So that no two works wait for each other, things are
 * held in one order: the device "0" and with it ctl, schemes and settings; other devices in the order of
 * their codes; feeds last of all, in the order of their names, so that nobody waits for a feed longer
 * than its entries take to write. A reader can then never pass a position that commits later. */

#pragma once

#include "store/amends-environment.h"
#include "sync/amends-wire.h"

G_BEGIN_DECLS

#define AMENDS_SERVER_NAME_MAX_BYTES 320 /* eighty characters of four bytes */
#define AMENDS_SERVER_KIND_MAX_BYTES 7
#define AMENDS_SERVER_CODE_SIZE 5 /* four characters and the zero byte */

/**
 * AmendsServerDevice:
 *
 * A device as the server knows it; the columns of sql/kept-*.sql say what each is.
 */
typedef struct
{
  gint64 id;
  char code[AMENDS_SERVER_CODE_SIZE];
  char name[AMENDS_SERVER_NAME_MAX_BYTES + 1];
  char kind[AMENDS_SERVER_KIND_MAX_BYTES + 1];
  guint8 key[AMENDS_KEY_BYTES];
  guint64 number;
  AmendsDigest trunk;
  guint64 request;
  gboolean revoked;
  guint64 stream;
  guint64 head;
  char recoded_from[AMENDS_SERVER_CODE_SIZE];
  guint64 n_quarantined;
  gint64 seen_at;
  guint64 safe;
  guint64 confirmed;
} AmendsServerDevice;

typedef struct
{
  gint64 id;
  char name[AMENDS_FEED_MAX_BYTES + 1];
  guint64 position;
  AmendsDigest hash;
  guint64 safe;
} AmendsServerFeed;

typedef struct
{
  gboolean may_read;
  gboolean may_write;
  gint64 taken_at;
  gint64 gone_at;
  guint64 said;
  gint64 lost_at;
} AmendsServerAccess;

/**
 * AmendsServerInvite:
 * @lookup: "" if it is not there
 * @feeds: (owned): between commas
 * @manifest: (nullable) (owned): what the one device was answered
 */
typedef struct
{
  char lookup[AMENDS_ENROL_LOOKUP_SIZE];
  AmendsDigest key;
  char kind[AMENDS_SERVER_KIND_MAX_BYTES + 1];
  char *feeds;
  gint64 expires_at;
  int n_tries;
  gboolean is_used;
  guint8 used_key[AMENDS_KEY_BYTES];
  char *manifest;
} AmendsServerInvite;

void amends_server_invite_clear (AmendsServerInvite *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AmendsServerInvite, amends_server_invite_clear)

/* How far the chain of a device in a feed has come; all 0 before its first event. */
typedef struct
{
  guint64 number;
  guint64 nth;
  AmendsDigest hash;
} AmendsServerChain;

/**
 * AmendsServerForm:
 * @AMENDS_SERVER_FORM_OPEN: the event came open
 * @AMENDS_SERVER_FORM_UNBOXED: it came in a box to the intake key, which was opened
 * @AMENDS_SERVER_FORM_BOXED: it came in a box that did not open, and is kept in it
 * @AMENDS_SERVER_FORM_DIGEST: what it says has not come: somebody handed in its digest, over which its author's
 *   chain goes on to what did. It is in quarantine
 *
 * In which form an event came; the numbers are in the store, in the column box.
 */
typedef enum
{
  AMENDS_SERVER_FORM_OPEN = 0,
  AMENDS_SERVER_FORM_UNBOXED = 1,
  AMENDS_SERVER_FORM_BOXED = 2,
  AMENDS_SERVER_FORM_DIGEST = 3,
} AmendsServerForm;

/**
 * AmendsServerEvent:
 * @row: its id in the store
 * @device: the id of its author
 * @nth: its place among its author's events in its feed
 * @is_late: whether its entry stands behind that of a later event of its chain; in the store the column elsewhere
 */
typedef struct
{
  gint64 row;
  gint64 device;
  guint64 number;
  gint64 feed;
  guint64 nth;
  guint8 digest[AMENDS_DIGEST_BYTES];
  gboolean is_quarantined;
  gboolean is_late;
  AmendsServerForm form;
} AmendsServerEvent;

/**
 * AmendsServerEntry:
 * @event: (nullable): of an event that was asked for
 * @row: of an event, as are the five after it
 * @id: of the event, of the stream that left, or of the event that was erased
 */
typedef struct
{
  guint64 position;
  AmendsEntryKind kind;
  AmendsEvent *event;
  gint64 row;
  gint64 device;
  gint64 written_in; /* the feed that its author wrote it in */
  guint64 nth;
  gboolean is_late;
  AmendsServerForm form;
  AmendsId id;
  gint64 logged_at_s;
  AmendsDigest hash;
} AmendsServerEntry;

/**
 * AmendsServerChunk:
 * @event: row of the event whose attachment it is of
 * @feed: where its stream is: who may read that may have it
 * @stream: of the event
 * @device: who handed it in, and whose share of the room it takes
 * @bytes: (nullable): only where they are asked for
 */
typedef struct
{
  gint64 event;
  AmendsDigest hash;
  gint64 feed;
  char stream[AMENDS_ID_BUFFER];
  gint64 device;
  GBytes *bytes;
} AmendsServerChunk;

typedef struct
{
  gint64 feed;
  guint64 nth;
} AmendsServerLeaf;

typedef struct
{
  guint64 n_events;
  guint64 n_devices;
  guint64 n_revoked;
  guint64 n_quarantined;
  guint64 n_bytes; /* of the database */
  guint64 n_chunk_bytes;
} AmendsServerCounts;

/* Each returns whether to go on. */
typedef gboolean (*AmendsServerDeviceFunc) (const AmendsServerDevice *device, gpointer user_data);
typedef gboolean (*AmendsServerFeedFunc) (const AmendsServerFeed *feed, gpointer user_data);
typedef gboolean (*AmendsServerAccessFunc) (const AmendsServerFeed *feed,
                                            const AmendsServerAccess *access,
                                            gpointer user_data);
typedef gboolean (*AmendsServerSchemeFunc) (const char *code, const char *name, gpointer user_data);
typedef gboolean (*AmendsServerEventFunc) (const AmendsServerEvent *record,
                                           const AmendsEvent *event,
                                           gpointer user_data);
typedef gboolean (*AmendsServerErasedFunc) (const char *code, guint64 number, gpointer user_data);
typedef gboolean (*AmendsServerEntryFunc) (const AmendsServerEntry *entry, gpointer user_data);
typedef gboolean (*AmendsServerChunkFunc) (const AmendsServerChunk *chunk, gpointer user_data);
typedef gboolean (*AmendsServerLeafFunc) (const AmendsServerLeaf *leaf,
                                          const AmendsStatement *statement,
                                          gpointer user_data);

typedef struct _AmendsServerStore AmendsServerStore;

/**
 * AmendsServerWorkKind:
 * @AMENDS_SERVER_READ: everything as it stood at one instant; nothing is put
 * @AMENDS_SERVER_WRITE: what is held does not change, and the rest may between two calls
 */
typedef enum
{
  AMENDS_SERVER_READ,
  AMENDS_SERVER_WRITE,
} AmendsServerWorkKind;

/**
 * AmendsServerStore:
 *
 * One database. All return %FALSE and set an error of %AMENDS_STORE_ERROR where it failed;
 * %AMENDS_SERVER_ERROR_BUSY where the database is away or does not come to it in time, and
 * %AMENDS_SERVER_ERROR_CONFLICT where the work did not happen and may be tried again. What is put may
 * fail as late as the next record that is read, or the commit. The functions that go through records
 * return %TRUE too where the caller's function stopped them; that function may call the store.
 */
struct _AmendsServerStore
{
  void (*close) (AmendsServerStore *self);
  gboolean (*begin) (AmendsServerStore *self, AmendsServerWorkKind kind, GError **error);
  gboolean (*commit) (AmendsServerStore *self, GError **error);
  void (*roll_back) (AmendsServerStore *self);
  /* Writes an SQLite file, whatever the store is. Calls @step between its parts, with no transaction
   * open, so that others get their turn. */
  gboolean (*back_up) (AmendsServerStore *self,
                       const char *path,
                       void (*step) (gboolean work, gpointer user_data),
                       gpointer user_data,
                       GError **error);
  /* (nullable): puts what a backup holds in a store that holds nothing; %NULL where the file of a backup
   * is that of a store */
  gboolean (*fill) (AmendsServerStore *self, const char *path, GError **error);

  /* @ret_value: (nullable) (transfer full): %NULL if it is not set */
  gboolean (*get_setting) (AmendsServerStore *self,
                           const char *name,
                           GBytes **ret_value,
                           GError **error);
  gboolean (*set_setting) (AmendsServerStore *self,
                           const char *name,
                           const void *bytes,
                           gsize n_bytes,
                           GError **error);

  gboolean (*get_device) (AmendsServerStore *self,
                          const char *code,
                          AmendsServerDevice *ret_device,
                          GError **error);
  gboolean (*get_device_by_key) (AmendsServerStore *self,
                                 const guint8 key[AMENDS_KEY_BYTES],
                                 AmendsServerDevice *ret_device,
                                 GError **error);
  gboolean (*hold_device) (AmendsServerStore *self,
                           const char *code,
                           AmendsServerDevice *ret_device,
                           GError **error);
  /* Inserts where the id is 0, and sets it. */
  gboolean (*put_device) (AmendsServerStore *self, AmendsServerDevice *device, GError **error);
  gboolean (*each_device) (AmendsServerStore *self,
                           AmendsServerDeviceFunc function,
                           gpointer user_data,
                           GError **error);
  /* Request numbers rise, whichever process a request comes to. Those of requests that committed
   * nothing are known until the store, or the database, stops.
   * @last_committed: of the device's record
   * @ret_last: @request where it is above every other; else the last of them */
  gboolean (*take_request) (AmendsServerStore *self,
                            gint64 device,
                            guint64 last_committed,
                            guint64 request,
                            gboolean *ret_taken,
                            guint64 *ret_last,
                            GError **error);

  gboolean (*get_feed) (AmendsServerStore *self,
                        const char *name,
                        AmendsServerFeed *ret_feed,
                        GError **error);
  gboolean (*hold_feed) (AmendsServerStore *self,
                         const char *name,
                         AmendsServerFeed *ret_feed,
                         GError **error);
  /* Inserts where the id is 0, and sets the record to the one that is there then. */
  gboolean (*put_feed) (AmendsServerStore *self, AmendsServerFeed *feed, GError **error);
  gboolean (*each_feed) (AmendsServerStore *self,
                         AmendsServerFeedFunc function,
                         gpointer user_data,
                         GError **error);

  gboolean (*get_access) (AmendsServerStore *self,
                          gint64 device,
                          gint64 feed,
                          AmendsServerAccess *ret_access,
                          GError **error);
  gboolean (*put_access) (AmendsServerStore *self,
                          gint64 device,
                          gint64 feed,
                          const AmendsServerAccess *access,
                          GError **error);
  /* In the order of the feeds' names. */
  gboolean (*each_access) (AmendsServerStore *self,
                           gint64 device,
                           AmendsServerAccessFunc function,
                           gpointer user_data,
                           GError **error);

  gboolean (*has_scheme) (AmendsServerStore *self,
                          const char *code,
                          gboolean *ret_has,
                          GError **error);
  gboolean (*put_scheme) (AmendsServerStore *self,
                          const char *code,
                          const char *name,
                          GError **error);
  gboolean (*each_scheme) (AmendsServerStore *self,
                           AmendsServerSchemeFunc function,
                           gpointer user_data,
                           GError **error);

  /* Holds it. */
  gboolean (*get_invite) (AmendsServerStore *self,
                          const char *lookup,
                          AmendsServerInvite *ret_invite,
                          GError **error);
  /* @ret_added: %FALSE if another invite has the look-up */
  gboolean (*add_invite) (AmendsServerStore *self,
                          const AmendsServerInvite *invite,
                          gboolean *ret_added,
                          GError **error);
  /* Its tries and its use. */
  gboolean (*put_invite) (AmendsServerStore *self,
                          const AmendsServerInvite *invite,
                          GError **error);
  gboolean (*drop_invites) (AmendsServerStore *self, gint64 expired_before, GError **error);

  gboolean (*get_chain) (AmendsServerStore *self,
                         gint64 device,
                         gint64 feed,
                         AmendsServerChain *ret_chain,
                         GError **error);
  gboolean (*put_chain) (AmendsServerStore *self,
                         gint64 device,
                         gint64 feed,
                         const AmendsServerChain *chain,
                         GError **error);

  /* Sets the row of @record. */
  gboolean (*add_event) (AmendsServerStore *self,
                         AmendsServerEvent *record,
                         const AmendsEvent *event,
                         GError **error);
  /* In the order of the numbers, from @first to @last. @event is given only if @whole. */
  gboolean (*each_event) (AmendsServerStore *self,
                          gint64 device,
                          guint64 first,
                          guint64 last,
                          gboolean whole,
                          AmendsServerEventFunc function,
                          gpointer user_data,
                          GError **error);
  /* Gives an event of which the digest alone was there, @record's row, what came of it now. Damaged, if there is no
   * such one at its place in its feed. */
  gboolean (*fill_event) (AmendsServerStore *self,
                          const AmendsServerEvent *record,
                          const AmendsEvent *event,
                          GError **error);
  /* Those of one chain that have no entry in its feed, or a later one than what follows them in the chain, from
   * the one before @nth backwards. @event is given only if @whole. */
  gboolean (*each_unplaced) (AmendsServerStore *self,
                             gint64 device,
                             gint64 feed,
                             guint64 nth,
                             gboolean whole,
                             AmendsServerEventFunc function,
                             gpointer user_data,
                             GError **error);

  /* All those in quarantine, each chain in its order. */
  gboolean (*each_held_back) (AmendsServerStore *self,
                              AmendsServerEventFunc function,
                              gpointer user_data,
                              GError **error);
  /* @row: of an event in quarantine, which gets an entry now; @is_late: behind that of a later event of its chain */
  gboolean (*release_event) (AmendsServerStore *self, gint64 row, gboolean is_late, GError **error);

  /* Erases body and salt for ever. @row: of the event; 0 of one that is not here and may come. @rest: (nullable): what
   * stays of it, without its body; the hash of salt and body, if known, takes their place. */
  gboolean (*erase_event) (AmendsServerStore *self,
                           const AmendsId *id,
                           gint64 row,
                           const AmendsEvent *rest,
                           GError **error);
  /* Those of a device from @first to @last that were erased. */
  gboolean (*each_erased) (AmendsServerStore *self,
                           const char *code,
                           guint64 first,
                           guint64 last,
                           AmendsServerErasedFunc function,
                           gpointer user_data,
                           GError **error);
  /* Events of "0" that were lost with a restore and were handed in since. */
  gboolean (*has_lost) (AmendsServerStore *self,
                        const guint8 digest[AMENDS_DIGEST_BYTES],
                        gboolean *ret_has,
                        GError **error);
  /* Whether one of that number began the stream of the device. */
  gboolean (*has_lost_stream) (AmendsServerStore *self,
                               guint64 number,
                               gint64 device,
                               gboolean *ret_has,
                               GError **error);
  /* @device: whose stream it began; 0 if none's */
  gboolean (*add_lost) (AmendsServerStore *self,
                        const guint8 digest[AMENDS_DIGEST_BYTES],
                        guint64 number,
                        gint64 device,
                        GError **error);
  /* (nullable): in no work: makes that of what was erased nothing is in any file. %NULL where that is the
   * database's administrator's */
  gboolean (*scrub) (AmendsServerStore *self, GError **error);

  gboolean (*add_entry) (AmendsServerStore *self,
                         gint64 feed,
                         const AmendsServerEntry *entry,
                         GError **error);
  /* @ret_found: %FALSE if the feed does not reach @position */
  gboolean (*get_entry_hash) (AmendsServerStore *self,
                              gint64 feed,
                              guint64 position,
                              gboolean *ret_found,
                              AmendsDigest *ret_hash,
                              GError **error);
  /* From position @first on. Events of device @known are not loaded. */
  gboolean (*each_entry) (AmendsServerStore *self,
                          gint64 feed,
                          guint64 first,
                          gint64 known,
                          AmendsServerEntryFunc function,
                          gpointer user_data,
                          GError **error);

  gboolean (*add_statement) (AmendsServerStore *self,
                             gint64 device,
                             const AmendsStatement *statement,
                             const AmendsServerLeaf *leaves,
                             guint n_leaves,
                             GError **error);
  /* The newest that speaks of a place in the chain from @first_nth to @last_nth.
   * @ret_statement: (nullable) (transfer full): %NULL if there is none */
  gboolean (*get_statement) (AmendsServerStore *self,
                             gint64 device,
                             gint64 feed,
                             guint64 first_nth,
                             guint64 last_nth,
                             AmendsStatement **ret_statement,
                             guint64 *ret_nth,
                             GError **error);
  /* Each place in a chain of @device's of which a statement speaks, and the newest that does, feed by feed. */
  gboolean (*each_leaf) (AmendsServerStore *self,
                         gint64 device,
                         AmendsServerLeafFunc function,
                         gpointer user_data,
                         GError **error);

  /* The feed in which those chunks of a stream are that belong to events written in feed @written; 0 if there are
   * none. Anybody may write about any stream in a feed of their own. */
  gboolean (*get_chunk_feed) (AmendsServerStore *self,
                              const char *stream,
                              gint64 written,
                              gint64 *ret_feed,
                              GError **error);
  gboolean (*has_chunk) (AmendsServerStore *self,
                         gint64 event,
                         const AmendsDigest *hash,
                         gboolean *ret_has,
                         GError **error);
  /* @ret_bytes: (transfer full) (nullable): %NULL if it is not there */
  gboolean (*get_chunk) (AmendsServerStore *self,
                         gint64 event,
                         const AmendsDigest *hash,
                         GBytes **ret_bytes,
                         GError **error);
  /* For whoever holds its device. One that is there already changes nothing. */
  gboolean (*add_chunk) (AmendsServerStore *self, const AmendsServerChunk *chunk, GError **error);
  /* Bytes of chunks that the device handed in, and that all did. */
  gboolean (*get_chunk_use) (AmendsServerStore *self,
                             gint64 device,
                             guint64 *ret_of_device,
                             guint64 *ret_of_all,
                             GError **error);
  gboolean (*move_chunks) (AmendsServerStore *self,
                           const char *stream,
                           gint64 feed,
                           GError **error);
  /* @stream: (nullable): of all events of it; @event: of that one, where @stream is %NULL */
  gboolean (*drop_chunks) (AmendsServerStore *self,
                           const char *stream,
                           gint64 event,
                           GError **error);
  /* With their bytes, in the order of events and hashes, those after @event and @hash. */
  gboolean (*each_chunk) (AmendsServerStore *self,
                          gint64 event,
                          const AmendsDigest *hash,
                          guint n_max,
                          AmendsServerChunkFunc function,
                          gpointer user_data,
                          GError **error);

  /* @ret_ordinal: 0 if the epoch is not one of this server's */
  gboolean (*get_epoch) (AmendsServerStore *self,
                         const char *epoch,
                         guint64 *ret_ordinal,
                         GError **error);
  /* Begins an epoch at the positions that the feeds have now. */
  gboolean (*add_epoch) (AmendsServerStore *self, const char *epoch, GError **error);
  /* @ret_position: the least to which a feed was restored after epoch @ordinal; its position now if
   * never */
  gboolean (*get_common_position) (AmendsServerStore *self,
                                   guint64 ordinal,
                                   const AmendsServerFeed *feed,
                                   guint64 *ret_position,
                                   GError **error);

  gboolean (*get_counts) (AmendsServerStore *self, AmendsServerCounts *ret_counts, GError **error);
};

/* For what implements a store: the salt, or the hash of salt and body, and the body, or its box, as they
 * are stored, %NULL where it was erased; the event of a record, made of what is stored; what an entry has of its event; and the error of what cannot be read. */
void amends_server_store_split_event (const AmendsEvent *event,
                                      const void **ret_salt,
                                      gsize *ret_n_salt,
                                      const void **ret_body,
                                      gsize *ret_n_body);
AmendsEvent *amends_server_store_make_event (const AmendsServerEvent *record,
                                             const char *code,
                                             const char *feed,
                                             const char *stream,
                                             const char *after,
                                             GBytes *salt,
                                             GBytes *body,
                                             GError **error);
void amends_server_entry_set_record (AmendsServerEntry *self,
                                     const AmendsServerEvent *record,
                                     const char *code);
gboolean amends_server_store_set_damaged (GError **error);

AmendsServerStore *amends_server_store_open_postgresql (const char *address, GError **error);
AmendsServerStore *amends_server_store_open_sqlite (const char *path,
                                                    const char *vfs,
                                                    gboolean create,
                                                    GError **error);

/**
 * AmendsServerWork:
 *
 * A transaction that rolls back as it leaves scope unless committed.
 */
typedef struct
{
  AmendsServerStore *store;
} AmendsServerWork;

#define AMENDS_SERVER_WORK_INIT \
  {                             \
    NULL                        \
  }

gboolean amends_server_work_begin (AmendsServerWork *self,
                                   AmendsServerStore *store,
                                   AmendsServerWorkKind kind,
                                   GError **error);
gboolean amends_server_work_commit (AmendsServerWork *self, GError **error);
void amends_server_work_clear (AmendsServerWork *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AmendsServerWork, amends_server_work_clear)

G_END_DECLS
