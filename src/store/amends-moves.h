/* amends-moves.h: cases that are moved between schemes, on this device
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/amends-store.h"

G_BEGIN_DECLS

AmendsCase *amends_moves_fold (AmendsStore *self, GPtrArray *events, GError **error);
gboolean amends_moves_choose_feed (AmendsStore *self,
                                   const AmendsCase *complaint,
                                   char **inout_feed,
                                   GError **error);
gboolean amends_moves_check (AmendsStore *self,
                             const AmendsCase *complaint,
                             const json_t *act,
                             GError **error);
gboolean amends_moves_carry (AmendsStore *self,
                             const AmendsId *stream,
                             GPtrArray *ret_events,
                             GError **error);
gboolean amends_moves_follow (AmendsStore *self, GError **error);
gboolean amends_moves_step_back (AmendsStore *self, GError **error);
gboolean amends_moves_begin_again (AmendsStore *self, const char *before, GError **error);

G_END_DECLS
