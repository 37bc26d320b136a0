/* amends-retention.c: until when a landlord keeps the documents of a case
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * This is a day for people to decide on, not a duty on the case: nothing is erased because it has come.
 * Whichever of the rule's days is later counts, since whoever is still before the Ombudsman needs the
 * file. */

#include "core/amends-retention.h"

#include "core/amends-json.h"

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
  if (facts->is_open)
    {
      retention.state = AMENDS_RETENTION_OPEN;
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

/* Of whom it is known by their relation whether there is a tenancy that goes on, is over, or never was; of
 * others somebody has to find it out. */
static const struct
{
  const char *relation;
  AmendsTenancyState tenancy;
} tenancies[] = {
  { "current-tenant", AMENDS_TENANCY_RUNNING },
  { "licensee", AMENDS_TENANCY_RUNNING },
  { "leaseholder", AMENDS_TENANCY_RUNNING },
  { "shared-owner", AMENDS_TENANCY_RUNNING },
  { "household-member", AMENDS_TENANCY_RUNNING },
  { "former-tenant", AMENDS_TENANCY_ENDED },
  { "former-leaseholder", AMENDS_TENANCY_ENDED },
  { "applicant", AMENDS_TENANCY_NONE },
  { "neighbour", AMENDS_TENANCY_NONE },
  { "mp", AMENDS_TENANCY_NONE },
  { "councillor", AMENDS_TENANCY_NONE },
  { "local-authority", AMENDS_TENANCY_NONE },
  { "professional", AMENDS_TENANCY_NONE },
  { "service-provider", AMENDS_TENANCY_NONE },
  { "contractor-or-supplier", AMENDS_TENANCY_NONE },
  { "employee", AMENDS_TENANCY_NONE },
  { "member-of-public", AMENDS_TENANCY_NONE },
};

static AmendsTenancyState
find_tenancy (const AmendsCase *self)
{
  const char *relation = amends_case_get_text (self, "complainant.relation");

  for (guint i = 0; i < G_N_ELEMENTS (tenancies); i++)
    if (g_strcmp0 (relation, tenancies[i].relation) == 0)
      return tenancies[i].tenancy;
  return AMENDS_TENANCY_UNKNOWN;
}

/**
 * amends_case_is_claim_filed:
 *
 * Source: UK GDPR, Article 17(3)(e).
 * Returns: whether a claim at court is known of, in any version of the case or from a refusal because of it
 */
gboolean
amends_case_is_claim_filed (const AmendsCase *self)
{
  const AmendsField *claim = amends_fields_get (amends_case_get_fields (self), "legal_claim_filed");

  for (guint i = 0; claim != NULL && i < claim->writes->len; i++)
    if (json_is_true (g_array_index (claim->writes, AmendsWrite, i).value))
      return TRUE;
  for (guint i = 0; i < amends_case_get_n_history (self); i++)
    if (json_is_true (json_object_get (amends_case_get_history (self, i)->body, "claim_filed")))
      return TRUE;
  return FALSE;
}

/* Whether somebody outside was asked to decide and nothing is recorded of what they decided. */
static gboolean
is_undecided (const AmendsCase *self)
{
  gboolean is_referred = FALSE;

  for (guint i = 0; i < amends_case_get_n_history (self); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self, i);

      if (entry->type == AMENDS_EVENT_CASE_REFERRED)
        is_referred = TRUE;
      else if (entry->type == AMENDS_EVENT_CASE_DETERMINATION)
        is_referred = FALSE;
    }
  return is_referred;
}

/* An erasure that is asked for is no event of the complaint. */
static AmendsDay
find_last_day (const AmendsCase *self)
{
  AmendsDay last = AMENDS_DAY_NONE;

  for (guint i = 0; i < amends_case_get_n_history (self); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self, i);

      if (entry->at != 0 && entry->type != AMENDS_EVENT_CASE_ERASURE_ASKED
          && entry->type != AMENDS_EVENT_CASE_ERASURE_AGREED)
        last = MAX (last, amends_day_from_instant (entry->at));
    }
  return last;
}

/**
 * amends_case_compute_retention:
 * @policy: (nullable): the edition that it is under
 *
 * Source: the clause of the edition's [retention:complaints]; a claim at court holds it, Limitation Act 1980 and
 * UK GDPR, Article 17(3)(e); and who is still owed something, or is before the Ombudsman, needs the file.
 *
 * Returns: until when, or why that cannot be said
 */
AmendsRetention
amends_case_compute_retention (const AmendsCase *self, const AmendsPolicy *policy)
{
  const char *until = amends_case_get_text (self, "complainant.until");
  AmendsRetentionFacts facts = {
    .tenancy = find_tenancy (self),
    .tenancy_end_day = AMENDS_DAY_NONE,
    .last_event_day = find_last_day (self),
    .is_held = amends_case_is_claim_filed (self),
    .is_open = g_str_equal (amends_case_get_state (self), "open")
               || amends_case_count_open_promises (self) > 0 || is_undecided (self),
  };

  if (until != NULL && amends_day_parse (until, &facts.tenancy_end_day, NULL))
    facts.tenancy = AMENDS_TENANCY_ENDED;
  return amends_retention_compute (policy, &facts);
}

/**
 * amends_retention_to_json:
 *
 * Returns: (transfer full): "state", "until" and "clause", as the command `show` prints them
 */
json_t *
amends_retention_to_json (const AmendsRetention *self)
{
  static const char *const names[] = {
    [AMENDS_RETENTION_UNTIL] = "until",     [AMENDS_RETENTION_RUNNING] = "tenancy-runs",
    [AMENDS_RETENTION_HELD] = "held",       [AMENDS_RETENTION_UNKNOWN] = "tenancy-unknown",
    [AMENDS_RETENTION_NO_RULE] = "no-rule", [AMENDS_RETENTION_OPEN] = "open",
  };

  return json_pack ("{s:s, s:o, s:s?}", "state", names[self->state], "until",
                    amends_day_to_json (self->until_day), "clause",
                    self->rule != NULL ? self->rule->clause : NULL);
}
