/* amends-case-clocks.h: the clocks of a case, from its acts
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-case.h"
#include "core/amends-clock.h"
#include "core/amends-rules.h"

G_BEGIN_DECLS

GArray *amends_case_dup_clock_events (const AmendsCase *self, const char *who);
GPtrArray *
amends_case_compute_clocks (const AmendsCase *self, const AmendsRules *rules, AmendsDay as_of);

AmendsClockMedium amends_channel_get_medium (const char *channel);

G_END_DECLS
