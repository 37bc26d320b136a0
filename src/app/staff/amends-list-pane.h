/* amends-list-pane.h: the list of cases, what is unfinished, and search
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_LIST_PANE (amends_list_pane_get_type ())
G_DECLARE_FINAL_TYPE (AmendsListPane, amends_list_pane, AMENDS, LIST_PANE, AdwBin)

void amends_list_pane_set_session (AmendsListPane *self, AmendsSession *session);
void amends_list_pane_reload (AmendsListPane *self);
void amends_list_pane_find (AmendsListPane *self);
gboolean amends_list_pane_is_empty (AmendsListPane *self);
gboolean amends_list_pane_stop_search (AmendsListPane *self);
void amends_list_pane_select (AmendsListPane *self, const AmendsId *id);

G_END_DECLS
