/* amends-policy.c: what a landlord owes a complainant, and by when, clause by clause
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-policy-private.h"

#include <string.h>

const char *const amends_policy_status_names[AMENDS_POLICY_STATUS_SILENT + 1] = { "exact", "read",
                                                                                  "conflict",
                                                                                  "silent" };
const char *const amends_clock_unit_names[AMENDS_CLOCK_UNIT_HOURS + 1] = { "working-days",
                                                                           "calendar-days",
                                                                           "months", "hours" };

const AmendsPolicyClockForm amends_policy_clock_forms[AMENDS_CLOCK_N_NAMES] = {
  { "acknowledge",
    { AMENDS_CLOCK_EVENT_RECEIVED },
    AMENDS_CLOCK_EVENT_ACKNOWLEDGED,
    AMENDS_CLOCK_PURPOSE_DUTY },
  { "contact",
    { AMENDS_CLOCK_EVENT_ASSIGNED, AMENDS_CLOCK_EVENT_ACKNOWLEDGED, AMENDS_CLOCK_EVENT_RECEIVED },
    AMENDS_CLOCK_EVENT_CONTACTED,
    AMENDS_CLOCK_PURPOSE_DUTY },
  { "respond",
    { AMENDS_CLOCK_EVENT_ACKNOWLEDGED, AMENDS_CLOCK_EVENT_RECEIVED },
    AMENDS_CLOCK_EVENT_RESPONDED,
    AMENDS_CLOCK_PURPOSE_DUTY },
  { "escalate",
    { AMENDS_CLOCK_EVENT_RESPONDED },
    AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED,
    AMENDS_CLOCK_PURPOSE_WINDOW },
  { "close",
    { AMENDS_CLOCK_EVENT_RESPONDED },
    AMENDS_CLOCK_EVENT_CLOSED,
    AMENDS_CLOCK_PURPOSE_PROMPT },
  { "stage2-acknowledge",
    { AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED },
    AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED,
    AMENDS_CLOCK_PURPOSE_DUTY },
  { "stage2-contact",
    { AMENDS_CLOCK_EVENT_STAGE2_ASSIGNED, AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED,
      AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED },
    AMENDS_CLOCK_EVENT_STAGE2_CONTACTED,
    AMENDS_CLOCK_PURPOSE_DUTY },
  { "stage2-update",
    { AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED, AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED },
    AMENDS_CLOCK_EVENT_STAGE2_UPDATED,
    AMENDS_CLOCK_PURPOSE_DUTY },
  { "stage2-respond",
    { AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED, AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED },
    AMENDS_CLOCK_EVENT_STAGE2_RESPONDED,
    AMENDS_CLOCK_PURPOSE_DUTY },
  { "service-request",
    { AMENDS_CLOCK_EVENT_SERVICE_REQUEST_OPENED, AMENDS_CLOCK_EVENT_INFORMAL_OPENED },
    AMENDS_CLOCK_EVENT_SERVICE_REQUEST_RESOLVED,
    AMENDS_CLOCK_PURPOSE_DUTY },
  { "enquiry",
    { AMENDS_CLOCK_EVENT_ENQUIRY_RECEIVED },
    AMENDS_CLOCK_EVENT_ENQUIRY_REPLIED,
    AMENDS_CLOCK_PURPOSE_DUTY },
  { "age-limit",
    { AMENDS_CLOCK_EVENT_ISSUE_AROSE, AMENDS_CLOCK_EVENT_ISSUE_AWARE },
    AMENDS_CLOCK_EVENT_RECEIVED,
    AMENDS_CLOCK_PURPOSE_WINDOW },
  { "data-complaint",
    { AMENDS_CLOCK_EVENT_DATA_COMPLAINT_RECEIVED },
    AMENDS_CLOCK_EVENT_DATA_COMPLAINT_ACKNOWLEDGED,
    AMENDS_CLOCK_PURPOSE_DUTY,
    TRUE },
  { "hazard-emergency",
    { AMENDS_CLOCK_EVENT_HAZARD_REPORTED },
    AMENDS_CLOCK_EVENT_HAZARD_MADE_SAFE,
    AMENDS_CLOCK_PURPOSE_DUTY,
    TRUE },
  { "hazard-investigate",
    { AMENDS_CLOCK_EVENT_HAZARD_REPORTED },
    AMENDS_CLOCK_EVENT_HAZARD_INVESTIGATED,
    AMENDS_CLOCK_PURPOSE_DUTY,
    TRUE },
  { "hazard-written-summary",
    { AMENDS_CLOCK_EVENT_HAZARD_INVESTIGATED },
    AMENDS_CLOCK_EVENT_HAZARD_SUMMARY_SENT,
    AMENDS_CLOCK_PURPOSE_DUTY,
    TRUE },
  { "hazard-make-safe",
    { AMENDS_CLOCK_EVENT_HAZARD_INVESTIGATED },
    AMENDS_CLOCK_EVENT_HAZARD_MADE_SAFE,
    AMENDS_CLOCK_PURPOSE_DUTY,
    TRUE },
};

static void
value_clear (void *data)
{
  AmendsPolicyValue *value = data;

  g_free (value->key);
  g_free (value->value);
}

GArray *
amends_policy_values_new (void)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (AmendsPolicyValue));

  g_array_set_clear_func (values, value_clear);
  return values;
}

void
amends_policy_rule_free (AmendsPolicyRule *rule)
{
  g_free (rule->kind);
  g_free (rule->name);
  g_free (rule->clause);
  g_strfreev (rule->alternatives);
  g_strfreev (rule->rows);
  g_array_unref (rule->values);
  g_free (rule);
}

char **
amends_policy_split_list (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ";", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (builder, parts[i]);
  return g_strv_builder_end (builder);
}

AmendsPolicy *
amends_policy_new (void)
{
  AmendsPolicy *self = g_new0 (AmendsPolicy, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->effective_day = AMENDS_DAY_NONE;
  self->review_day = AMENDS_DAY_NONE;
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_policy_rule_free);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->later = amends_policy_values_new ();
  return self;
}

/**
 * amends_policy_ref:
 * @self: an edition
 *
 * Returns: (transfer full): @self
 */
AmendsPolicy *
amends_policy_ref (AmendsPolicy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * amends_policy_unref:
 * @self: (transfer full): an edition
 */
void
amends_policy_unref (AmendsPolicy *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->head, amends_policy_rule_free);
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->rules);
  g_array_unref (self->later);
  g_free (self);
}

/**
 * amends_policy_get_id:
 * @self: an edition
 *
 * Returns: (transfer none): its id, "one-housing"
 */
const char *
amends_policy_get_id (const AmendsPolicy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return amends_policy_rule_get (self->head, "id");
}

/**
 * amends_policy_get_landlord:
 * @self: an edition
 *
 * Returns: (transfer none): whose policy it is, for people
 */
const char *
amends_policy_get_landlord (const AmendsPolicy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return amends_policy_rule_get (self->head, "landlord");
}

/**
 * amends_policy_get_title:
 * @self: an edition
 *
 * Returns: (transfer none): what the document is called
 */
const char *
amends_policy_get_title (const AmendsPolicy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return amends_policy_rule_get (self->head, "title");
}

/**
 * amends_policy_get_version:
 * @self: an edition
 *
 * Returns: (transfer none): the version, as the document gives it
 */
const char *
amends_policy_get_version (const AmendsPolicy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return amends_policy_rule_get (self->head, "version");
}

/**
 * amends_policy_get_calendar_id:
 * @self: an edition
 *
 * Returns: (transfer none): the calendar of its working days, "england-and-wales"
 */
const char *
amends_policy_get_calendar_id (const AmendsPolicy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return amends_policy_rule_get (self->head, "calendar");
}

/**
 * amends_policy_get_effective_day:
 * @self: an edition
 *
 * Returns: the day it took effect, or %AMENDS_DAY_NONE where the document does not say
 */
AmendsDay
amends_policy_get_effective_day (const AmendsPolicy *self)
{
  g_return_val_if_fail (self != NULL, AMENDS_DAY_NONE);

  return self->effective_day;
}

/**
 * amends_policy_get_review_day:
 * @self: an edition
 *
 * Returns: the day it is to be reviewed by, or %AMENDS_DAY_NONE where the document does not say
 */
AmendsDay
amends_policy_get_review_day (const AmendsPolicy *self)
{
  g_return_val_if_fail (self != NULL, AMENDS_DAY_NONE);

  return self->review_day;
}

/**
 * amends_policy_get_clock:
 * @self: an edition
 * @name: a clock
 *
 * Returns: (transfer none) (nullable): the clock, or %NULL if the edition has none of that name
 */
const AmendsPolicyClock *
amends_policy_get_clock (const AmendsPolicy *self, AmendsClockName name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) name < AMENDS_CLOCK_N_NAMES, NULL);

  return self->clocks[name].rule != NULL ? &self->clocks[name] : NULL;
}

/**
 * amends_policy_get_extension:
 * @self: an edition
 * @stage: 1 or 2
 *
 * Returns: (transfer none) (nullable): what it says about extending the stage, or %NULL
 */
const AmendsPolicyExtension *
amends_policy_get_extension (const AmendsPolicy *self, int stage)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (stage >= 1 && stage <= AMENDS_POLICY_MAX_STAGES, NULL);

  return self->extensions[stage - 1].rule != NULL ? &self->extensions[stage - 1] : NULL;
}

/**
 * amends_policy_get_n_rules:
 * @self: an edition
 *
 * Returns: how many rules it has
 */
guint
amends_policy_get_n_rules (const AmendsPolicy *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rules->len;
}

/**
 * amends_policy_get_rule:
 * @self: an edition
 * @i: from 0
 *
 * Returns: (transfer none): the rule, in the order of the file
 */
const AmendsPolicyRule *
amends_policy_get_rule (const AmendsPolicy *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->rules->len, NULL);

  return g_ptr_array_index (self->rules, i);
}

/**
 * amends_policy_find_rule:
 * @self: an edition
 * @kind: "exclusion"
 * @name: "anonymous"
 *
 * Returns: (transfer none) (nullable): the rule, or %NULL if there is none
 */
const AmendsPolicyRule *
amends_policy_find_rule (const AmendsPolicy *self, const char *kind, const char *name)
{
  g_autofree char *group = NULL;

  g_return_val_if_fail (self != NULL && kind != NULL && name != NULL, NULL);

  group = g_strdup_printf ("%s:%s", kind, name);
  return g_hash_table_lookup (self->by_name, group);
}

/**
 * amends_policy_rule_get:
 * @rule: a rule
 * @key: a key of its group
 *
 * Returns: (transfer none) (nullable): the value as it stands in the file, or %NULL
 */
const char *
amends_policy_rule_get (const AmendsPolicyRule *rule, const char *key)
{
  g_return_val_if_fail (rule != NULL && key != NULL, NULL);

  for (guint i = 0; i < rule->values->len; i++)
    {
      const AmendsPolicyValue *value = &g_array_index (rule->values, AmendsPolicyValue, i);

      if (strcmp (value->key, key) == 0)
        return value->value;
    }
  return NULL;
}

/**
 * amends_policy_rule_is_confirmed:
 * @rule: a rule
 *
 * Returns: %FALSE if the rule is still to be held against its source, and a screen says so
 */
gboolean
amends_policy_rule_is_confirmed (const AmendsPolicyRule *rule)
{
  return g_strcmp0 (amends_policy_rule_get (rule, "to_confirm"), "true") != 0;
}

/**
 * amends_policy_rule_get_list:
 * @rule: a rule
 * @key: a key of its group, with values between semicolons
 *
 * Returns: (transfer full) (array zero-terminated=1): the values; empty if there is no such key
 */
char **
amends_policy_rule_get_list (const AmendsPolicyRule *rule, const char *key)
{
  return amends_policy_split_list (amends_policy_rule_get (rule, key));
}

/**
 * amends_policy_get_later:
 * @self: an edition
 *
 * Returns: (transfer none) (element-type AmendsPolicyValue): the rows of the reading of the document
 * that no rule accounts for yet, each with what it asks for
 */
const GArray *
amends_policy_get_later (const AmendsPolicy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->later;
}

/**
 * amends_policy_cite:
 * @clause: (nullable): of a landlord's edition
 * @provision: (nullable): of the Code
 *
 * Returns: (transfer full) (nullable): as both are cited, "9.1; Code 6.4"; %NULL for neither
 */
char *
amends_policy_cite (const char *clause, const char *provision)
{
  gboolean has_clause = clause != NULL && *clause != '\0';

  if (provision == NULL)
    return has_clause ? g_strdup (clause) : NULL;
  return has_clause ? g_strdup_printf ("%s; Code %s", clause, provision)
                    : g_strdup_printf ("Code %s", provision);
}

/**
 * amends_policy_status_get_name:
 * @status: a status
 *
 * Returns: its name in files and output, "read"
 */
const char *
amends_policy_status_get_name (AmendsPolicyStatus status)
{
  g_return_val_if_fail ((guint) status < G_N_ELEMENTS (amends_policy_status_names), "");

  return amends_policy_status_names[status];
}

/**
 * amends_clock_name_get_name:
 * @name: a clock
 *
 * Returns: its name in files and output, "stage2-respond"
 */
const char *
amends_clock_name_get_name (AmendsClockName name)
{
  g_return_val_if_fail ((guint) name < AMENDS_CLOCK_N_NAMES, "");

  return amends_policy_clock_forms[name].name;
}

/**
 * amends_clock_unit_get_name:
 * @unit: a unit
 *
 * Returns: its name in files and output, "working-days"
 */
const char *
amends_clock_unit_get_name (AmendsClockUnit unit)
{
  g_return_val_if_fail ((guint) unit < G_N_ELEMENTS (amends_clock_unit_names), "");

  return amends_clock_unit_names[unit];
}
