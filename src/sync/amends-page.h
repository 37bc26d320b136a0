/* amends-page.h: takes one page of a feed into the store
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/amends-log.h"
#include "sync/amends-wire.h"

G_BEGIN_DECLS

gboolean amends_page_fits (AmendsStore *store, const AmendsFrame *page);
gboolean
amends_page_apply (AmendsStore *store, const AmendsFrame *page, guint64 *ret_n_new, GError **error);

G_END_DECLS
