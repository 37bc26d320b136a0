/* amends-first-day.h: what there is before the first record
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_FIRST_DAY (amends_first_day_get_type ())
G_DECLARE_FINAL_TYPE (AmendsFirstDay, amends_first_day, AMENDS, FIRST_DAY, AdwBin)

void amends_first_day_set_session (AmendsFirstDay *self, AmendsSession *session);
void amends_first_day_show (AmendsFirstDay *self);

G_END_DECLS
