/* amends-adjustment-list.h: what makes it easier for somebody, and how far each is
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_ADJUSTMENT_LIST (amends_adjustment_list_get_type ())
G_DECLARE_FINAL_TYPE (AmendsAdjustmentList, amends_adjustment_list, AMENDS, ADJUSTMENT_LIST, AdwBin)

void amends_adjustment_list_set_case (AmendsAdjustmentList *self, const AmendsCase *complaint);

G_END_DECLS
