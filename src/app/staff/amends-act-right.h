/* amends-act-right.h: asks for what is right in the way in which what is wrong was asked
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/staff/amends-act-field.h"

G_BEGIN_DECLS

void amends_act_right_follow (GPtrArray *fields, const AmendsCase *complaint);

G_END_DECLS
