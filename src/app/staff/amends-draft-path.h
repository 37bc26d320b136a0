/* amends-draft-path.h: from the draft of a response to what is sent
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/amends-session.h"

G_BEGIN_DECLS

gboolean amends_draft_path_asks_approval (const AmendsCaseFile *file, AmendsEventType drafted);
const AmendsHistoryEntry *
amends_draft_path_find_newest (const AmendsCaseFile *file, AmendsEventType drafted);
AmendsEventType amends_draft_path_get_next (const AmendsCaseFile *file, AmendsEventType drafted);

G_END_DECLS
