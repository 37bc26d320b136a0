/* amends-history-list.h: what has happened in a case, newest first
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_HISTORY_LIST (amends_history_list_get_type ())
G_DECLARE_FINAL_TYPE (AmendsHistoryList, amends_history_list, AMENDS, HISTORY_LIST, AdwBin)

void amends_history_list_set_file (AmendsHistoryList *self, const AmendsCaseFile *file);

G_END_DECLS
