/* amends-upload.h: what a device has to send, as frames
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/amends-log.h"
#include "sync/amends-wire.h"

G_BEGIN_DECLS

/**
 * AmendsUploadSpill:
 * @spill: takes what is in @message and empties it; @n_events of this device have gone by
 */
typedef struct
{
  gboolean (*spill) (GByteArray *message, guint64 n_events, gpointer user_data, GError **error);
  gpointer user_data;
} AmendsUploadSpill;

gboolean amends_upload_own (AmendsStore *store,
                            guint64 from_number,
                            guint64 to_number,
                            gboolean is_one_by_one,
                            GByteArray *message,
                            const AmendsUploadSpill *spill,
                            guint64 *ret_n_events,
                            GError **error);
gboolean amends_upload_keep_lost (AmendsStore *store, guint64 position, GError **error);
gboolean amends_upload_lost (AmendsStore *store,
                             GByteArray *message,
                             const AmendsUploadSpill *spill,
                             guint *ret_n_frames,
                             GError **error);
gboolean amends_upload_unplaced (AmendsStore *store,
                                 GHashTable *left_out,
                                 GByteArray *message,
                                 GPtrArray *ret_chains,
                                 GArray *ret_n_events,
                                 GError **error);

G_END_DECLS
