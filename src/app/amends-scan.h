/* amends-scan.h: which case a scan belongs to
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *amends_scan_dup_program (void);
gboolean amends_scan_is_there (void);
void amends_scan_read_async (const char *path,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
char *amends_scan_read_finish (GAsyncResult *result, GError **error);

G_END_DECLS
