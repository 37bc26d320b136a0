/* amends-rules.h: what a case is judged by
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-calendar.h"
#include "core/amends-letter-texts.h"
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
 * @letters: (nullable) (array zero-terminated=1): the words of letters, in each language, English first: what is
 *   approved or sent in them is looked at for what it must hold; borrowed for as long as the program runs
 *
 * All else is borrowed from @editions, and holds as long as they do.
 */
typedef struct
{
  AmendsPolicy *policy;
  AmendsPolicy *code;
  const AmendsCalendar *calendar;
  const AmendsEditions *editions;
  const AmendsLetterTexts *const *letters;
} AmendsRules;

G_END_DECLS
