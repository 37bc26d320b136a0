/* amends-store-private.h: the parts of the store among themselves
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-decide.h"
#include "store/amends-attachments.h"
#include "store/amends-blob.h"
#include "store/amends-device-secret.h"
#include "store/amends-seal.h"
#include "store/amends-store.h"

G_BEGIN_DECLS

typedef struct _AmendsOrg AmendsOrg;
typedef struct _AmendsRead AmendsRead;

struct _AmendsStore
{
  char *path;
  AmendsEnvironment environment;
  int lock_fd;
  AmendsDb *db;
  gboolean read_only;
  char *store_id;
  const char *secret_place;
  AmendsBlobs blobs;
  GHashTable *writing; /* element-type utf8: names of files that a writer has not recorded yet */
  guint8 device_secret[AMENDS_DEVICE_SECRET_BYTES];

  /* Only while unlocked. */
  guint8 *key; /* (nullable): in locked memory */
  AmendsIdentity *identity;
  AmendsId actor;
  AmendsRead *read;   /* (nullable): made when first asked for */
  AmendsOrg *org;     /* (nullable): as @read */
  GArray *holds;      /* (nullable): what may still be taken back (amends-hold.c) */
  json_t *sync_state; /* (nullable): as its file has it, once it was read */
  guint64 last_request;
  guint64 last_reserved; /* 0 before a block is reserved */
};

GBytes *amends_store_get_sql (const char *name);
char *amends_store_dup_now (AmendsStore *self);

/* Facts about the store, by name; sealed unless said. A fact that is not there gives NULL or 0. */
gboolean amends_meta_set (AmendsStore *self,
                          const char *name,
                          const void *bytes,
                          gsize n_bytes,
                          GError **error);
GBytes *amends_meta_get (AmendsStore *self, const char *name, GError **error);
gboolean amends_meta_set_plain (AmendsStore *self,
                                const char *name,
                                const void *bytes,
                                gsize n_bytes,
                                GError **error);
GBytes *amends_meta_get_plain (AmendsStore *self, const char *name, GError **error);
gboolean
amends_meta_set_number (AmendsStore *self, const char *name, gint64 number, GError **error);
gboolean
amends_meta_get_number (AmendsStore *self, const char *name, gint64 *ret_number, GError **error);
gboolean amends_meta_get_digest (AmendsStore *self,
                                 const char *name,
                                 AmendsDigest *ret_digest,
                                 GError **error);

gboolean amends_store_check_unlocked (AmendsStore *self, GError **error);
gboolean amends_store_check_writable (AmendsStore *self, GError **error);
gboolean amends_store_check_serves (AmendsStore *self, const char *feed, GError **error);
GBytes *amends_store_seal_text (AmendsStore *self, const char *purpose, const char *text);
char *amends_store_unseal_text (AmendsStore *self,
                                const char *purpose,
                                const void *sealed,
                                gsize n_sealed);
AmendsIdentity *amends_store_load_identity (AmendsStore *self, GError **error);
gboolean
amends_store_record_staff (AmendsStore *self, const char *name, AmendsId *ret_id, GError **error);
gboolean amends_store_add_staff_slot (AmendsStore *self,
                                      const char *name,
                                      const char *passphrase,
                                      const AmendsId *staff,
                                      GError **error);
gboolean amends_store_add_own_slot (AmendsStore *self, GError **error);
gboolean
amends_store_add_recovery_slot (AmendsStore *self, const guint8 *recovery_key, GError **error);
char *amends_store_open_slot_name (AmendsStore *self, sqlite3_stmt *stmt);
gboolean amends_store_save_identity (AmendsStore *self, GError **error);
gboolean amends_store_migrate (AmendsDb *db, GError **error);

/* What amends_log_load_event() reads. */
#define AMENDS_LOG_EVENT_COLUMNS                                                         \
  "SELECT event.code, event.number, feed.name, event.stream, event.after, event.digest," \
  " event.sealed, event.box FROM event, feed WHERE feed.feed = event.feed"

/* Joins an event with the feed that its stream is in: where it was written, unless the stream was moved. What is
 * shown goes by that one. */
#define AMENDS_LOG_FEED_OF_STREAM                                                           \
  "feed.feed = coalesce ((SELECT moved.feed FROM moved WHERE moved.stream = event.stream)," \
  " event.feed)"

/* The log among its files (amends-log.c, amends-head.c). */
AmendsEvent *amends_log_load_header (sqlite3_stmt *stmt, GError **error);
AmendsEvent *amends_log_load_event (AmendsStore *self, sqlite3_stmt *stmt, GError **error);
GBytes *amends_log_seal_event (AmendsStore *self, const AmendsEvent *event);
gboolean amends_log_seal_to_keep (AmendsStore *self,
                                  const AmendsEvent *event,
                                  GBytes **ret_sealed,
                                  GBytes **ret_box,
                                  GError **error);
gboolean amends_log_insert (AmendsStore *self, const AmendsEvent *event, GError **error);
gboolean amends_log_set_chain (AmendsStore *self,
                               const AmendsId *id,
                               const char *feed,
                               const AmendsDigest *chain,
                               GError **error);
gboolean amends_log_get_last_own (AmendsStore *self, guint64 *ret_number, GError **error);
void amends_log_set_damaged (const AmendsId *id, const char *what, GError **error);

/* The log, for a device that begins again (amends-log.c). */
gboolean amends_log_append_event (AmendsStore *self, AmendsEvent *event, GError **error);
gboolean amends_log_rebuild_own_chains (AmendsStore *self, GPtrArray *events, GError **error);

/* A server that was restored (amends-entry.c, amends-rewind.c). */
gboolean amends_log_digests_of (AmendsStore *self,
                                const char *code,
                                const char *feed,
                                guint64 first_number,
                                guint64 n,
                                GArray *ret_digests,
                                GError **error);
gboolean amends_log_cut_chain (AmendsStore *self,
                               const char *code,
                               const char *feed,
                               guint64 n,
                               GError **error);

/* What is attached (amends-attachments.c). In the table's column "whole", beside 0 and 1: neither goes up nor comes
 * down, and is not waited for. */
#define AMENDS_ATTACHMENT_UNOPENABLE 2
#define AMENDS_ATTACHMENT_GIVEN_UP 3 /* a backup has it, and its files are gone */
gboolean amends_store_note_attachment (AmendsStore *self, const AmendsEvent *event, GError **error);
gboolean amends_store_note_attachments (AmendsStore *self, GError **error);
gboolean amends_store_load_attachment (AmendsStore *self,
                                       const AmendsId *id,
                                       AmendsAttachment *ret_attachment,
                                       json_t **ret_details,
                                       AmendsId *ret_stream,
                                       GError **error);
guint
amends_store_count_damaged (AmendsStore *self, const AmendsAttachment *attachment, gboolean drops);
AmendsOutcome *amends_store_write_decision (AmendsStore *self,
                                            AmendsDecision *decision,
                                            const AmendsCase *complaint,
                                            GError **error);
void amends_store_get_blob_name (AmendsStore *self,
                                 const guint8 key[AMENDS_ATTACHMENT_KEY_BYTES],
                                 char ret_name[AMENDS_BLOB_NAME_CHARS + 1]);
AmendsOutcome *amends_store_append_decision (AmendsStore *self,
                                             AmendsDecision *decision,
                                             const AmendsId *stream,
                                             const AmendsId *after,
                                             guint n_after,
                                             const char *reference,
                                             GError **error);
void amends_store_find_blob_name (AmendsStore *self,
                                  const AmendsAttachment *attachment,
                                  char ret_name[AMENDS_BLOB_NAME_CHARS + 1]);

/**
 * AmendsKeyless: what travels of a file that this device attached and cannot open (amends-keyless.c)
 * @name: (owned): of its files
 * @size: bytes
 * @root: the hash of its list
 * @hashes: (owned): of the chunks of its parts, one behind the other
 */
typedef struct
{
  char *name;
  guint64 size;
  AmendsDigest root;
  GBytes *hashes;
} AmendsKeyless;

void amends_keyless_free (AmendsKeyless *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsKeyless, amends_keyless_free)
gboolean amends_keyless_put (AmendsStore *store,
                             const AmendsId *id,
                             const AmendsKeyless *self,
                             GError **error);
gboolean amends_keyless_note (AmendsStore *store, const AmendsEvent *event, GError **error);
AmendsKeyless *amends_keyless_get (AmendsStore *store, const AmendsId *id, GError **error);
gboolean amends_keyless_load (AmendsStore *store,
                              const AmendsId *id,
                              AmendsAttachment *ret_attachment,
                              AmendsId *ret_stream);
GArray *amends_keyless_get_hashes (AmendsStore *store, const AmendsAttachment *attachment);
gboolean amends_keyless_give_up (AmendsStore *store, GError **error);
json_t *amends_attachment_writer_describe (const AmendsAttachmentWriter *self, const json_t *facts);
void amends_attachment_writer_set_recorded (AmendsAttachmentWriter *self);

/* What the landlord has published (amends-editions.c). */
void amends_org_free (AmendsOrg *self);
void amends_org_step_back (AmendsStore *store, gint64 place);
gboolean
amends_org_has_grown (AmendsStore *store, gint64 place, gboolean *ret_has_grown, GError **error);
const AmendsEditions *amends_store_load_editions (AmendsStore *self, GError **error);
json_t *amends_store_edition_to_json (AmendsStore *self, const AmendsCase *complaint);
void amends_store_get_moment (AmendsStore *self, AmendsMoment *ret_moment);

/* Whether a stream may be shown here (amends-leave.c). */
gboolean amends_log_may_show (AmendsStore *self,
                              const AmendsId *stream,
                              gboolean *ret_may_show,
                              GError **error);

/* The read model (amends-read.c). */
void amends_read_free (AmendsRead *self);
void amends_read_touch (AmendsStore *store);
void amends_read_follow (AmendsStore *store, const AmendsCase *before, GPtrArray *events);
gboolean amends_read_ensure (AmendsStore *store, GError **error);
void amends_read_save (AmendsStore *store);
void amends_read_forget (AmendsStore *store);
void amends_read_remove_snapshot (AmendsStore *store);
void amends_read_step_back (AmendsStore *store, const AmendsId *stream);

/* What was taken out (amends-scrub.c). */
gint64 amends_scrub_get_n_begun (AmendsStore *self);

G_END_DECLS
