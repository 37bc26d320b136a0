/* amends-retention.c: until when a landlord keeps the documents of a case
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * This is a day for people to decide on, not a duty on the case: nothing is erased because it has come.
 * Whichever of the rule's days is later counts, since whoever is still before the Ombudsman needs the
 * file. */

#include "core/amends-retention.h"

static AmendsDay
add_months (const AmendsPolicyRule *rule, const char *key, AmendsDay day)
{
  const char *value = amends_policy_rule_get (rule, key);
  guint64 n_months;

  if (value == NULL || day == AMENDS_DAY_NONE
      || !g_ascii_string_to_unsigned (value, 10, 1, AMENDS_POLICY_CLOCK_MAX_LENGTH, &n_months,
                                      NULL))
    return AMENDS_DAY_NONE;
  return amends_day_add_months (day, (int) n_months);
}

/**
 * amends_retention_compute:
 * @policy: (nullable): the edition that the case is under
 * @facts: what is known
 *
 * Source: the clause of the edition's [retention:complaints]; months clamp to the month's end.
 *
 * Returns: until when, or why that cannot be said
 */
AmendsRetention
amends_retention_compute (const AmendsPolicy *policy, const AmendsRetentionFacts *facts)
{
  AmendsRetention retention = { .state = AMENDS_RETENTION_NO_RULE, .until_day = AMENDS_DAY_NONE };
  gboolean by_tenancy;

  g_return_val_if_fail (facts != NULL, retention);

  retention.rule =
      policy != NULL ? amends_policy_find_rule (policy, "retention", "complaints") : NULL;
  if (facts->is_held)
    {
      retention.state = AMENDS_RETENTION_HELD;
      return retention;
    }
  if (retention.rule == NULL)
    return retention;

  by_tenancy = amends_policy_rule_get (retention.rule, "tenancy_months") != NULL
               && facts->tenancy != AMENDS_TENANCY_NONE;
  if (by_tenancy && facts->tenancy == AMENDS_TENANCY_RUNNING)
    retention.state = AMENDS_RETENTION_RUNNING;
  else if (by_tenancy && facts->tenancy_end_day == AMENDS_DAY_NONE)
    retention.state = AMENDS_RETENTION_UNKNOWN;
  else
    {
      /* AMENDS_DAY_NONE is before every day. */
      retention.until_day =
          MAX (by_tenancy ? add_months (retention.rule, "tenancy_months", facts->tenancy_end_day)
                          : AMENDS_DAY_NONE,
               add_months (retention.rule, "last_event_months", facts->last_event_day));
      if (retention.until_day != AMENDS_DAY_NONE)
        retention.state = AMENDS_RETENTION_UNTIL;
    }
  return retention;
}
