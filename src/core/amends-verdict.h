/* amends-verdict.h: where a landlord's policy is weaker or stricter than the Code, or silent
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-policy.h"

G_BEGIN_DECLS

/**
 * AmendsVerdictKind:
 * @AMENDS_VERDICT_WEAKER: the policy owes the complainant less: the Code applies
 * @AMENDS_VERDICT_STRICTER: it owes more: the policy applies
 * @AMENDS_VERDICT_SILENT: it does not say: the Code applies
 */
typedef enum
{
  AMENDS_VERDICT_WEAKER,
  AMENDS_VERDICT_STRICTER,
  AMENDS_VERDICT_SILENT,
} AmendsVerdictKind;

/**
 * AmendsVerdict:
 * @kind: which
 * @clause: (owned): of the policy; "-" where it is silent and cites none
 * @provision: (owned): of the Code; "-" where the Code knows no such duty
 * @topic: (owned): the rule that was compared, "clock:respond"
 */
typedef struct
{
  AmendsVerdictKind kind;
  char *clause;
  char *provision;
  char *topic;
} AmendsVerdict;

GPtrArray *amends_verdicts_compute (const AmendsPolicy *policy,
                                    const AmendsPolicy *code,
                                    const char *file_name,
                                    GPtrArray *problems);
void amends_verdict_free (AmendsVerdict *self);
const char *amends_verdict_kind_get_name (AmendsVerdictKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsVerdict, amends_verdict_free)

G_END_DECLS
