/* amends-policy-private.h: what the reader of an edition and the edition share
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-policy.h"

G_BEGIN_DECLS

#define AMENDS_POLICY_MAX_STAGES 2 /* Complaint Handling Code 2024, 5.3: more is never acceptable */

/**
 * AmendsPolicyClockForm:
 * @name: in files and output
 * @starts: what it may start on; %AMENDS_CLOCK_EVENT_NONE where there are fewer
 * @end: what it ends on
 * @purpose: what being late means
 * @is_statutory: whether the law sets it, and not the landlord
 *
 * What a clock of a name is: a file that says otherwise would compute nonsense.
 */
typedef struct
{
  const char *name;
  AmendsClockEventKind starts[3];
  AmendsClockEventKind end;
  AmendsClockPurpose purpose;
  gboolean is_statutory;
} AmendsPolicyClockForm;

struct _AmendsPolicy
{
  gatomicrefcount ref_count;
  AmendsPolicyRule *head; /* [policy] */
  AmendsDay effective_day;
  AmendsDay review_day;
  GPtrArray *rules;    /* of AmendsPolicyRule, in the order of the file */
  GHashTable *by_name; /* "kind:name" to AmendsPolicyRule */
  GArray *later;       /* of AmendsPolicyValue: a row and what it asks for */
  AmendsPolicyClock clocks[AMENDS_CLOCK_N_NAMES];             /* rule is NULL where there is none */
  AmendsPolicyExtension extensions[AMENDS_POLICY_MAX_STAGES]; /* likewise */
};

extern const char *const amends_policy_status_names[AMENDS_POLICY_STATUS_SILENT + 1];
extern const char *const amends_clock_unit_names[AMENDS_CLOCK_UNIT_HOURS + 1];
extern const AmendsPolicyClockForm amends_policy_clock_forms[AMENDS_CLOCK_N_NAMES];

AmendsPolicy *amends_policy_new (void);
GArray *amends_policy_values_new (void);
void amends_policy_rule_free (AmendsPolicyRule *rule);
char **amends_policy_split_list (const char *text);

G_END_DECLS
