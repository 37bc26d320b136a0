/* amends-clock-list.h: every date of a case
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/model/amends-dues.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_CLOCK_LIST (amends_clock_list_get_type ())
G_DECLARE_FINAL_TYPE (AmendsClockList, amends_clock_list, AMENDS, CLOCK_LIST, AdwBin)

void amends_clock_list_set_dues (AmendsClockList *self, const AmendsDues *dues);

G_END_DECLS
