/* amends-file.h: what goes to the disk beside a database
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean amends_file_write_all (int fd, const void *bytes, gsize n_bytes);
gboolean amends_file_sync_path (const char *path);

G_END_DECLS
