/* amends-publish.h: the gate of what a landlord publishes to all its devices
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-decide.h"
#include "core/amends-edition.h"

G_BEGIN_DECLS

/**
 * AmendsPublication:
 * @text: the whole file
 * @file_name: what messages call it
 * @from_day: the first day on which a case can begin under it; %AMENDS_DAY_NONE for the day that the
 *   policy itself names, or today
 * @schemes: (nullable) (array zero-terminated=1): where it is in force; %NULL for everywhere
 * @known_schemes: (array zero-terminated=1): those that there are
 * @kind: of this device
 *
 * What is to be published. @from_day and the schemes are of a policy.
 */
typedef struct
{
  GBytes *text;
  const char *file_name;
  AmendsDay from_day;
  const char *const *schemes;
  const char *const *known_schemes;
  const char *kind;
} AmendsPublication;

AmendsDecision *amends_decide_publish_policy (const AmendsEditions *editions,
                                              const AmendsPublication *publication,
                                              const AmendsId *by,
                                              const AmendsMoment *moment,
                                              GError **error);
AmendsDecision *amends_decide_publish_calendar (const AmendsEditions *editions,
                                                const AmendsPublication *publication,
                                                const AmendsId *by,
                                                const AmendsMoment *moment,
                                                GError **error);

G_END_DECLS
