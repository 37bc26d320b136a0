/* amends-attachments.h: files that belong to cases: taken in, kept, handed out
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The log says what there is; its chunks are files in blobs/, as they travel: sealed under a key that only
 * the event holds. PROTOCOL.md 12. */

#pragma once

#include <gio/gio.h>

#include "store/amends-store.h"

G_BEGIN_DECLS

/* Taking in. The writer needs no store between its making and its end, and may be fed in another thread. */
typedef struct _AmendsAttachmentWriter AmendsAttachmentWriter;

AmendsAttachmentWriter *amends_attachment_writer_new (AmendsStore *store, GError **error);
gboolean amends_attachment_writer_add (AmendsAttachmentWriter *self,
                                       const void *bytes,
                                       gsize n_bytes,
                                       GError **error);
gboolean amends_attachment_writer_take_file (AmendsAttachmentWriter *self,
                                             const char *path,
                                             gboolean keeps_metadata,
                                             GCancellable *cancellable,
                                             json_t *facts,
                                             GError **error);
gboolean amends_attachment_writer_take_bytes (AmendsAttachmentWriter *self,
                                              GBytes *bytes,
                                              json_t *facts,
                                              GError **error);
gboolean amends_attachment_writer_finish (AmendsAttachmentWriter *self, GError **error);
void amends_attachment_writer_free (AmendsAttachmentWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsAttachmentWriter, amends_attachment_writer_free)

AmendsOutcome *amends_store_attach (AmendsStore *self,
                                    const AmendsId *id,
                                    AmendsAttachmentWriter *writer,
                                    const json_t *facts,
                                    GError **error);

/**
 * AmendsNewFile: a file that comes with a record
 * @writer: finished
 * @facts: as for amends_store_attach()
 */
typedef struct
{
  AmendsAttachmentWriter *writer;
  const json_t *facts;
} AmendsNewFile;

AmendsOutcome *amends_store_record_with (AmendsStore *self,
                                         const json_t *intake,
                                         const AmendsNewFile *files,
                                         guint n_files,
                                         GError **error);

/**
 * AmendsAttachmentState: how far an attachment has travelled
 * @n_parts: how many parts it has
 * @n_here: how many of them are on this device
 * @n_there: how many of them the server is known to hold
 * @there_at: since when it holds all, microseconds since 1970 UTC; 0: not yet
 * @is_whole: whether it can be opened here
 * @is_unopenable: whether it is known that nobody can open it: what came is what its event says, and is not under the
 *   key that its event has
 * @is_wanted: whether a person asked for it
 * @is_sent: whether the event that says it was acknowledged
 */
typedef struct
{
  guint n_parts;
  guint n_here;
  guint n_there;
  gint64 there_at;
  gboolean is_whole;
  gboolean is_unopenable;
  gboolean is_wanted;
  gboolean is_sent;
} AmendsAttachmentState;

gboolean amends_store_get_attachment (AmendsStore *self,
                                      const AmendsId *id,
                                      AmendsAttachment *ret_attachment,
                                      json_t **ret_details,
                                      GError **error);
gboolean amends_store_get_attachment_state (AmendsStore *self,
                                            const AmendsAttachment *attachment,
                                            AmendsAttachmentState *ret_state,
                                            GError **error);
const char *amends_attachment_state_get_word (const AmendsAttachmentState *self,
                                              const AmendsAttachment *attachment);
json_t *
amends_store_attachments_to_json (AmendsStore *self, const AmendsCase *complaint, GError **error);
gboolean amends_store_want_attachment (AmendsStore *self, const AmendsId *id, GError **error);

typedef struct _AmendsAttachmentReader AmendsAttachmentReader;

AmendsAttachmentReader *amends_attachment_reader_new (AmendsStore *store,
                                                      const AmendsAttachment *attachment,
                                                      GError **error);
void amends_attachment_reader_free (AmendsAttachmentReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsAttachmentReader, amends_attachment_reader_free)
gboolean
amends_attachment_reader_next (AmendsAttachmentReader *self, GBytes **ret_part, GError **error);
gboolean amends_attachment_reader_export (AmendsAttachmentReader *self,
                                          const char *path,
                                          gboolean replaces,
                                          GError **error);

/**
 * AmendsPartFunc:
 * @part: (transfer none): the next bytes of the file
 *
 * Returns: whether to go on; if not, with @error set
 */
typedef gboolean (*AmendsPartFunc) (GBytes *part, gpointer user_data, GError **error);

gboolean amends_store_read_attachment (AmendsStore *self,
                                       const AmendsAttachment *attachment,
                                       AmendsPartFunc func,
                                       gpointer user_data,
                                       GError **error);
gboolean amends_store_export_attachment (AmendsStore *self,
                                         const AmendsAttachment *attachment,
                                         const char *path,
                                         gboolean replaces,
                                         GError **error);

/* What waits, for people. */
typedef struct
{
  guint64 n_to_send;
  guint64 n_bytes_to_send;
  guint64 n_to_fetch;
  guint64 n_bytes_to_fetch;
  guint64 n_large; /* of those: too large to come unasked */
} AmendsAttachmentCounts;

gboolean amends_store_count_attachments (AmendsStore *self,
                                         AmendsAttachmentCounts *ret_counts,
                                         GError **error);

/* Removes the files of what was erased, has left, or was never recorded. After each of these, and at opening. */
gboolean amends_store_sweep_attachments (AmendsStore *self, GError **error);

/* Travelling: what sync asks of the store. */

/* Larger ones come down only when somebody asks for them. */
#define AMENDS_ATTACHMENT_UNASKED_BYTES ((guint64) 16 * 1024 * 1024)

/**
 * AmendsTransferPlace: a place in the list of what travels
 * @is_begun: whether there is one; else the list begins at its first
 * @is_wanted: whether a person asked for it
 */
typedef struct
{
  gboolean is_begun;
  gboolean is_wanted;
  guint64 size;
  AmendsId id;
} AmendsTransferPlace;

/**
 * AmendsTransfer: one attachment on its way
 * @attachment: what its event says; its texts are in @details
 * @is_up: to the server, else from it
 * @place: from which the list goes on behind it
 */
typedef struct
{
  AmendsAttachment attachment;
  json_t *details;
  gboolean is_up;
  AmendsTransferPlace place;
} AmendsTransfer;

void amends_transfer_free (AmendsTransfer *self);
/* (element-type AmendsTransfer): in the order in which they go */
GPtrArray *amends_store_list_transfers (AmendsStore *self,
                                        gboolean up,
                                        const AmendsTransferPlace *after,
                                        guint n_max,
                                        GError **error);

/* Removes what is not as it should be, to be fetched again, if the server has it. */
void amends_store_drop_damaged (AmendsStore *self, const AmendsAttachment *attachment);
GBytes *amends_store_get_chunk (AmendsStore *self, const AmendsAttachment *attachment, guint part);
GArray *amends_store_get_chunk_hashes (AmendsStore *self, const AmendsAttachment *attachment);
guint amends_store_find_missing_part (AmendsStore *self,
                                      const AmendsAttachment *attachment,
                                      guint from_part,
                                      gboolean *ret_has_all);
gboolean amends_store_put_chunk (AmendsStore *self,
                                 const AmendsAttachment *attachment,
                                 guint part,
                                 GBytes *chunk,
                                 GError **error);
gboolean amends_store_set_whole (AmendsStore *self,
                                 const AmendsAttachment *attachment,
                                 gboolean is_whole,
                                 GError **error);
gboolean
amends_store_set_unopenable (AmendsStore *self, const AmendsAttachment *attachment, GError **error);
gboolean amends_store_set_there (AmendsStore *self,
                                 const AmendsAttachment *attachment,
                                 guint n_there,
                                 gboolean has_all,
                                 GError **error);
gboolean amends_store_forget_there (AmendsStore *self, GError **error);

G_END_DECLS
