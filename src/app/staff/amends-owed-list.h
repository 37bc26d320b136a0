/* amends-owed-list.h: what is owed in a case beside its clocks
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_OWED_LIST (amends_owed_list_get_type ())
G_DECLARE_FINAL_TYPE (AmendsOwedList, amends_owed_list, AMENDS, OWED_LIST, AdwBin)

gboolean amends_owed_list_set_file (AmendsOwedList *self, const AmendsCaseFile *file);
gboolean amends_owed_list_focus (AmendsOwedList *self, AmendsDutyKind kind);

G_END_DECLS
