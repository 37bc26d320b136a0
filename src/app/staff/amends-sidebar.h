/* amends-sidebar.h: the views, and who is signed in
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

/**
 * AmendsView:
 * @AMENDS_VIEW_TODAY: what must be done now
 * @AMENDS_VIEW_CASES: all cases
 * @AMENDS_VIEW_CONFLICTS: those that hold two versions of something
 * @AMENDS_VIEW_POLICIES: what the landlord has published
 *
 * In the order of the sidebar, and of Alt+1 and the keys after it.
 */
typedef enum
{
  AMENDS_VIEW_TODAY,
  AMENDS_VIEW_CASES,
  AMENDS_VIEW_CONFLICTS,
  AMENDS_VIEW_POLICIES,
} AmendsView;

#define AMENDS_N_VIEWS (AMENDS_VIEW_POLICIES + 1)

#define AMENDS_TYPE_SIDEBAR (amends_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (AmendsSidebar, amends_sidebar, AMENDS, SIDEBAR, AdwBin)

void amends_sidebar_set_session (AmendsSidebar *self, AmendsSession *session);
void amends_sidebar_set_view (AmendsSidebar *self, AmendsView view);
void amends_sidebar_set_count (AmendsSidebar *self, AmendsView view, guint count);

const char *amends_view_get_title (AmendsView view);

G_END_DECLS
