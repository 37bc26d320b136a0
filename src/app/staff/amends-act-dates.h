/* amends-act-dates.h: what a correction does to the dates, before somebody agrees to it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/amends-session.h"

G_BEGIN_DECLS

void amends_act_dates_follow (const GPtrArray *fields, const AmendsCaseFile *file);

G_END_DECLS
