/* scan.h: whether a text is anywhere in a store, in the clear or under its key
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/amends-store.h"

G_BEGIN_DECLS

void test_scan_get_key (AmendsStore *store, guint8 ret_key[32]);
GBytes *test_scan_seal (AmendsStore *store, const char *purpose, const void *bytes, gsize n_bytes);
gboolean test_scan_finds (const char *folder, const guint8 key[32], const char *text);

G_END_DECLS
