/* amends-retention.h: until when a landlord keeps the documents of a case
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-case.h"
#include "core/amends-policy.h"

G_BEGIN_DECLS

/**
 * AmendsRetentionState:
 * @AMENDS_RETENTION_UNTIL: kept until a day
 * @AMENDS_RETENTION_RUNNING: the tenancy goes on, and so does the keeping
 * @AMENDS_RETENTION_HELD: under a legal hold, whatever the day
 * @AMENDS_RETENTION_OPEN: not over: it is open, something is still to be done, or the Ombudsman has not decided
 * @AMENDS_RETENTION_UNKNOWN: the tenancy's end counts and is not known: somebody has to find it out
 * @AMENDS_RETENTION_NO_RULE: the edition says nothing, or there is none
 */
typedef enum
{
  AMENDS_RETENTION_UNTIL,
  AMENDS_RETENTION_RUNNING,
  AMENDS_RETENTION_HELD,
  AMENDS_RETENTION_UNKNOWN,
  AMENDS_RETENTION_NO_RULE,
  AMENDS_RETENTION_OPEN,
} AmendsRetentionState;

/**
 * AmendsTenancyState:
 * @AMENDS_TENANCY_NONE: the complainant had none with the landlord
 * @AMENDS_TENANCY_RUNNING: it goes on
 * @AMENDS_TENANCY_ENDED: it has ended, on a day that is known or not
 * @AMENDS_TENANCY_UNKNOWN: nobody has said
 */
typedef enum
{
  AMENDS_TENANCY_NONE,
  AMENDS_TENANCY_RUNNING,
  AMENDS_TENANCY_ENDED,
  AMENDS_TENANCY_UNKNOWN,
} AmendsTenancyState;

/**
 * AmendsRetentionFacts:
 * @tenancy: of the complainant
 * @tenancy_end_day: when it ended, or %AMENDS_DAY_NONE
 * @last_event_day: of the case; an erasure or a hold is none
 * @is_held: whether there is a legal hold
 * @is_open: whether it is not over
 */
typedef struct
{
  AmendsTenancyState tenancy;
  AmendsDay tenancy_end_day;
  AmendsDay last_event_day;
  gboolean is_held;
  gboolean is_open;
} AmendsRetentionFacts;

/**
 * AmendsRetention:
 * @state: how it stands
 * @until_day: the last day of keeping, or %AMENDS_DAY_NONE
 * @rule: (nullable) (not owned): the edition's
 */
typedef struct
{
  AmendsRetentionState state;
  AmendsDay until_day;
  const AmendsPolicyRule *rule;
} AmendsRetention;

AmendsRetention
amends_retention_compute (const AmendsPolicy *policy, const AmendsRetentionFacts *facts);
gboolean amends_case_is_claim_filed (const AmendsCase *self);
AmendsRetention amends_case_compute_retention (const AmendsCase *self, const AmendsPolicy *policy);
json_t *amends_retention_to_json (const AmendsRetention *self);

G_END_DECLS
