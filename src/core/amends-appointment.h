/* amends-appointment.h: when somebody is met, and what became of it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-case.h"
#include "core/amends-day.h"

G_BEGIN_DECLS

GPtrArray *amends_case_list_appointments (const AmendsCase *self, AmendsDay from);

G_END_DECLS
