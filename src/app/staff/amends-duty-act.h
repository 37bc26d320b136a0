/* amends-duty-act.h: what does that which is owed
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/amends-session.h"
#include "core/amends-duty.h"

G_BEGIN_DECLS

AmendsEventType amends_duty_act_find (const AmendsCaseFile *file, const AmendsDuty *duty);
AmendsEventType amends_duty_act_find_only (const AmendsCaseFile *file, const AmendsDuty *duty);
json_t *
amends_duty_act_begin (const AmendsCaseFile *file, const AmendsDuty *duty, AmendsEventType act);

G_END_DECLS
