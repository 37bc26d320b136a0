/* amends-closed-list.h: what cannot be done with a case yet, and why
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_CLOSED_LIST (amends_closed_list_get_type ())
G_DECLARE_FINAL_TYPE (AmendsClosedList, amends_closed_list, AMENDS, CLOSED_LIST, AdwBin)

gboolean amends_closed_list_set_file (AmendsClosedList *self, const AmendsCaseFile *file);

G_END_DECLS
