/* amends-blob.h: chunks as files beside the log
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define AMENDS_BLOB_NAME_CHARS 32

/**
 * AmendsBlobs:
 * @folder: (owned): blobs/ of a store
 * @vfs: (nullable) (owned): name of the SQLite VFS that writes; %NULL for the system's
 *
 * Needs no store, so that another thread may write while the store is used.
 */
typedef struct
{
  char *folder;
  char *vfs;
} AmendsBlobs;

void amends_blobs_init (AmendsBlobs *self, const char *store_path, const char *vfs);
void amends_blobs_clear (AmendsBlobs *self);

gboolean amends_blobs_put (const AmendsBlobs *self,
                           const char *name,
                           guint part,
                           GBytes *chunk,
                           GError **error);
gboolean amends_blobs_settle (const AmendsBlobs *self, GError **error);
GBytes *amends_blobs_get (const AmendsBlobs *self, const char *name, guint part);
gboolean amends_blobs_has (const AmendsBlobs *self, const char *name, guint part);
void amends_blobs_remove (const AmendsBlobs *self, const char *name, guint part);

/**
 * AmendsBlobFunc:
 * @name: of the attachment whose file it is
 * @is_finished: whether the file was written to its end
 *
 * Returns: whether it stays
 */
typedef gboolean (*AmendsBlobFunc) (const char *name, gboolean is_finished, gpointer user_data);
gboolean amends_blobs_sweep (const AmendsBlobs *self,
                             AmendsBlobFunc stays,
                             gpointer user_data,
                             GError **error);

G_END_DECLS
