/* amends-list-pane.h: the plan of today, the cases, and search
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"
#include "app/staff/amends-sidebar.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_LIST_PANE (amends_list_pane_get_type ())
G_DECLARE_FINAL_TYPE (AmendsListPane, amends_list_pane, AMENDS, LIST_PANE, AdwBin)

void amends_list_pane_set_session (AmendsListPane *self, AmendsSession *session);
void amends_list_pane_set_view (AmendsListPane *self, AmendsView view);
AmendsView amends_list_pane_get_view (AmendsListPane *self);
void amends_list_pane_set_beside (AmendsListPane *self, gboolean is_beside);
void amends_list_pane_set_sidebar_shown (AmendsListPane *self, gboolean is_shown);
void amends_list_pane_reload (AmendsListPane *self);
void amends_list_pane_find (AmendsListPane *self);
gboolean amends_list_pane_stop_search (AmendsListPane *self);
void amends_list_pane_focus (AmendsListPane *self, const AmendsId *id);
void amends_list_pane_select (AmendsListPane *self, const AmendsId *id);
guint amends_list_pane_count (AmendsListPane *self, AmendsView view);

G_END_DECLS
