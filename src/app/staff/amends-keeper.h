/* amends-keeper.h: keeps what is being typed as a draft
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/amends-session.h"

G_BEGIN_DECLS

/**
 * AmendsKeeperCollect:
 *
 * Returns: (transfer full) (nullable): what stands in the form; %NULL if nobody would miss it
 */
typedef json_t *(*AmendsKeeperCollect) (gpointer user_data);

/**
 * AmendsKeeperSaid:
 * @sentence: that it is kept, and when; or why it is not
 */
typedef void (*AmendsKeeperSaid) (const char *sentence, gboolean is_error, gpointer user_data);

#define AMENDS_TYPE_KEEPER (amends_keeper_get_type ())
G_DECLARE_FINAL_TYPE (AmendsKeeper, amends_keeper, AMENDS, KEEPER, GObject)

AmendsKeeper *amends_keeper_new (AmendsSession *session,
                                 AmendsKeeperCollect collect,
                                 AmendsKeeperSaid said,
                                 gpointer user_data);
void amends_keeper_begin (AmendsKeeper *self, gint64 draft);
void amends_keeper_end (AmendsKeeper *self);
void amends_keeper_touch (AmendsKeeper *self);
void amends_keeper_flush (AmendsKeeper *self);
void amends_keeper_pause (AmendsKeeper *self);
void amends_keeper_resume (AmendsKeeper *self);
AmendsKeptDraft *amends_keeper_get_kept (AmendsKeeper *self);

G_END_DECLS
