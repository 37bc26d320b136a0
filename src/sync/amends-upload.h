/* amends-upload.h: what a device has to send, as frames
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/amends-log.h"
#include "sync/amends-wire.h"

G_BEGIN_DECLS

gboolean amends_upload_own (AmendsStore *store,
                            guint64 from_number,
                            gboolean is_one_by_one,
                            GByteArray *message,
                            guint64 *ret_n_events,
                            GError **error);
gboolean amends_upload_unplaced (AmendsStore *store,
                                 GHashTable *left_out,
                                 GByteArray *message,
                                 GPtrArray *ret_authors,
                                 guint64 *ret_n_events,
                                 GError **error);

G_END_DECLS
