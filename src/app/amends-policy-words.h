/* amends-policy-words.h: the rules of a policy as a person reads them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-policy.h"
#include "core/amends-verdict.h"

G_BEGIN_DECLS

const char *amends_policy_words_group (const char *kind);
char *amends_policy_words_rule (const AmendsPolicyRule *rule);
char *amends_policy_words_ground (const AmendsPolicyRule *rule);
char *amends_policy_words_measure (const AmendsPolicy *policy, const AmendsPolicyRule *rule);
char *amends_policy_words_value (const AmendsPolicy *policy, const AmendsPolicyRule *rule);
char *amends_policy_words_topic (const char *topic);
char *amends_policy_words_cite (const AmendsPolicy *code, const char *clauses);
const char *amends_policy_words_verdict (AmendsVerdictKind kind);

G_END_DECLS
