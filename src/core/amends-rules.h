/* amends-rules.h: what a case is judged by
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-calendar.h"
#include "core/amends-policy.h"

G_BEGIN_DECLS

typedef struct _AmendsEditions AmendsEditions; /* immutable; shared between threads */

/**
 * AmendsRules:
 * @policy: (nullable): the landlord's edition that the case began under, or was moved to; %NULL where
 *   none is held: then only the Code's clocks run
 * @code: the Housing Ombudsman's Complaint Handling Code
 * @calendar: the working days: the one that @policy names, else England and Wales
 * @editions: (nullable): all editions held, for a case to be moved to another; %NULL for none
 *
 * All are borrowed from @editions, and hold as long as they do.
 */
typedef struct
{
  AmendsPolicy *policy;
  AmendsPolicy *code;
  const AmendsCalendar *calendar;
  const AmendsEditions *editions;
} AmendsRules;

G_END_DECLS
