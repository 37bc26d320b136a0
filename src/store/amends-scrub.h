/* amends-scrub.h: taking out of a store what must be in no file of it any more
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A log is appended to and never changed, but for two things: a body is erased, for everybody and for
 * ever; or a stream or a whole feed leaves this device, and may come again. Both are done in two steps.
 *
 *   1. In the caller's transaction, mostly the one that moves a cursor: amends_scrub_bodies(),
 *      amends_scrub_stream(), amends_scrub_feed(). Afterwards nothing reads it any more: rows are
 *      emptied or gone, the list, its snapshot and search are dropped, and it is kept that step 2 is due.
 *   2. After the commit: amends_scrub_finish(). Afterwards nothing of it is in any file: the log is written
 *      anew, its write-ahead log cut to nothing.
 *
 * Whatever stops a program in between, step 2 is done at the next opening, and until it is, the device does
 * not confirm (amends_scrub_is_due()). Step 2 takes time and room in proportion to the log, so it is done
 * once for many of step 1: at the end of an exchange.
 *
 * Why the log is written anew: secure_delete overwrites what is freed, but SQLite, where it rebuilds a page
 * from its neighbours, leaves copies of rows in the gap between them. A copy of a row that was whole at the
 * time would outlive the row.
 *
 * Headers and digests stay wherever chains, trunks and feed hashes run over them: they name nobody, and
 * without the salt nobody can guess a body from a digest. So `sealed` of a row is one of
 *
 *   NULL           erased, for ever
 *   empty          never here: the server holds the body back, and only the chain goes on
 *   one zero byte  left this device: its entries stand; the body is taken again if the server sends it
 *   else           salt and body, sealed
 *
 * and whoever looks for bodies asks for length (sealed) > 1. */

#pragma once

#include "store/amends-store.h"

G_BEGIN_DECLS

gboolean amends_scrub_bodies (AmendsStore *self,
                              const AmendsId *ids,
                              guint n_ids,
                              guint64 ctl,
                              GError **error);
gboolean amends_scrub_stream (AmendsStore *self, const AmendsId *stream, GError **error);
gboolean amends_scrub_feed (AmendsStore *self, const char *feed, GError **error);

gboolean amends_scrub_is_due (AmendsStore *self);
gboolean amends_scrub_finish (AmendsStore *self, GError **error);

G_END_DECLS
