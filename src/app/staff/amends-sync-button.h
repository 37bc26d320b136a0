/* amends-sync-button.h: the sentence that says whether what was saved has been sent
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_SYNC_BUTTON (amends_sync_button_get_type ())
G_DECLARE_FINAL_TYPE (AmendsSyncButton, amends_sync_button, AMENDS, SYNC_BUTTON, AdwBin)

void amends_sync_button_set_session (AmendsSyncButton *self, AmendsSession *session);

G_END_DECLS
