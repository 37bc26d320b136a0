/* amends-rules.h: what a case is judged by
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-calendar.h"
#include "core/amends-policy.h"

G_BEGIN_DECLS

/**
 * AmendsRules:
 * @policy: (nullable): the landlord's edition that the case began under, or was moved to; %NULL where
 *   none is held: then only the Code's clocks run
 * @code: the Housing Ombudsman's Complaint Handling Code
 * @calendar: the working days: the one that @policy names, else England and Wales
 *
 * All are borrowed from who gave them out, and hold until the editions are read again.
 */
typedef struct
{
  AmendsPolicy *policy;
  AmendsPolicy *code;
  const AmendsCalendar *calendar;
} AmendsRules;

G_END_DECLS
