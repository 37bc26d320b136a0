/* amends-verdict.c: where a landlord's policy is weaker or stricter than the Code, or silent
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Clocks, caps and age limits are compared as the numbers that they are. Everything else that the Code
 * asks for is a [rule:…] of its file: the levels there are, from the least for the resident to the
 * most, the one the Code asks for, and its provisions. A landlord's file names the level of the
 * document, or says that it is silent. What a document does not mention in its file is not judged. */

#include "core/amends-verdict.h"

#include <string.h>

#include "core/amends-error.h"

static const char *const kind_names[] = { "weaker", "stricter", "silent" };

#define NONE "-"

static void
add (GPtrArray *verdicts,
     AmendsVerdictKind kind,
     const char *clause,
     const char *provision,
     const AmendsPolicyRule *rule)
{
  AmendsVerdict *verdict;

  if (*clause == '\0')
    clause = NONE;
  for (guint i = 0; i < verdicts->len; i++)
    {
      const AmendsVerdict *other = g_ptr_array_index (verdicts, i);

      if (other->kind == kind && strcmp (other->clause, clause) == 0
          && strcmp (other->provision, provision) == 0 && strcmp (provision, NONE) != 0)
        return;
    }

  verdict = g_new0 (AmendsVerdict, 1);
  verdict->kind = kind;
  verdict->clause = g_strdup (clause);
  verdict->provision = g_strdup (provision);
  verdict->topic = g_strdup_printf ("%s:%s", rule->kind, rule->name);
  g_ptr_array_add (verdicts, verdict);
}

/* One from which the Code's clocks start, or one that comes before it. */
static int
compare_starts (const AmendsPolicyClock *ours, const AmendsPolicyClock *codes)
{
  if (ours->start == codes->start)
    return 0;
  return codes->start == AMENDS_CLOCK_EVENT_ACKNOWLEDGED
                 || codes->start == AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED
             ? -1
             : 1;
}

static void
compare_clock (GPtrArray *verdicts, const AmendsPolicyClock *ours, const AmendsPolicyClock *codes)
{
  int starts;
  int length;

  if (codes == NULL)
    {
      if (ours->name <= AMENDS_CLOCK_STAGE2_RESPOND && ours->purpose == AMENDS_CLOCK_PURPOSE_DUTY)
        add (verdicts, AMENDS_VERDICT_STRICTER, ours->rule->clause, NONE, ours->rule);
      return;
    }
  if (ours->purpose != AMENDS_CLOCK_PURPOSE_DUTY)
    return;

  starts = compare_starts (ours, codes);
  length = ours->length - codes->length - (ours->is_same_day && !codes->is_same_day ? 1 : 0);
  if (ours->unit != codes->unit || length > 0 || (length == 0 && starts > 0))
    add (verdicts, AMENDS_VERDICT_WEAKER, ours->rule->clause, codes->rule->clause, ours->rule);
  else if (length < 0 || starts < 0)
    add (verdicts, AMENDS_VERDICT_STRICTER, ours->rule->clause, codes->rule->clause, ours->rule);
}

/* A month limit that is lower than the Code's, also where the document says so only in one place of
 * two; or one that counts only from when it happened, where the Code's counts from when it was known. */
static void
compare_age_limit (GPtrArray *verdicts,
                   const AmendsPolicyClock *ours,
                   const AmendsPolicyClock *codes)
{
  gboolean is_weaker = ours->length < codes->length
                       || (ours->start == AMENDS_CLOCK_EVENT_ISSUE_AROSE
                           && codes->start == AMENDS_CLOCK_EVENT_ISSUE_AWARE);

  for (guint i = 0; ours->rule->alternatives[i] != NULL; i++)
    {
      guint64 n_months;
      g_auto (GStrv) parts = g_strsplit (ours->rule->alternatives[i], " ", 2);

      if (parts[0] != NULL
          && g_ascii_string_to_unsigned (parts[0], 10, 1, G_MAXINT, &n_months, NULL))
        is_weaker |= (int) n_months < codes->length;
    }
  if (is_weaker)
    add (verdicts, AMENDS_VERDICT_WEAKER, ours->rule->clause, codes->rule->clause, ours->rule);
}

static void
compare_extension (GPtrArray *verdicts,
                   const AmendsPolicyExtension *ours,
                   const AmendsPolicyExtension *codes)
{
  if (ours == NULL || codes == NULL)
    return;
  if (ours->rule->status == AMENDS_POLICY_STATUS_SILENT)
    add (verdicts, AMENDS_VERDICT_SILENT, ours->rule->clause, codes->rule->clause, ours->rule);
  else if (ours->n_cap_working_days > codes->n_cap_working_days || !ours->is_firm)
    add (verdicts, AMENDS_VERDICT_WEAKER, ours->rule->clause, codes->rule->clause, ours->rule);
  else if (ours->n_cap_working_days < codes->n_cap_working_days)
    add (verdicts, AMENDS_VERDICT_STRICTER, ours->rule->clause, codes->rule->clause, ours->rule);
}

static int
find_level (char **levels, const char *value)
{
  for (int i = 0; value != NULL && levels[i] != NULL; i++)
    if (strcmp (levels[i], value) == 0)
      return i;
  return -1;
}

/* A rule that the Code's file does not have, or a level it does not know, is a mistake of writing. */
static gboolean
check_level (const AmendsPolicyRule *ours,
             const AmendsPolicyRule *codes,
             const char *file_name,
             GPtrArray *problems)
{
  const char *value = amends_policy_rule_get (ours, "value");
  g_auto (GStrv) levels = NULL;
  g_autofree char *field = NULL;
  GError *problem = NULL;

  if (codes != NULL)
    levels = amends_policy_rule_get_list (codes, "levels");
  if (codes != NULL && (value == NULL || find_level (levels, value) >= 0))
    return TRUE;

  field = g_strdup_printf ("rule:%s%s", ours->name, codes != NULL ? ".value" : "");
  amends_set_error (&problem, AMENDS_CORE_ERROR_INVALID, field, NULL, "%s:%d: [rule:%s] %s: %s",
                    file_name, ours->n_line, ours->name, codes != NULL ? value : "",
                    codes != NULL ? "is no level of this rule of the Code"
                                  : "the Code has no rule of this name");
  if (problems != NULL)
    g_ptr_array_add (problems, problem);
  else
    g_error_free (problem);
  return FALSE;
}

static void
compare_rule (GPtrArray *verdicts, const AmendsPolicyRule *ours, const AmendsPolicyRule *codes)
{
  g_auto (GStrv) levels = amends_policy_rule_get_list (codes, "levels");
  g_auto (GStrv) provisions = amends_policy_rule_get_list (codes, "provisions");
  int our_level = find_level (levels, amends_policy_rule_get (ours, "value"));
  int codes_level = find_level (levels, amends_policy_rule_get (codes, "value"));
  AmendsVerdictKind kind = AMENDS_VERDICT_SILENT;

  if (our_level == codes_level)
    return;
  if (ours->status != AMENDS_POLICY_STATUS_SILENT)
    kind = our_level < codes_level ? AMENDS_VERDICT_WEAKER : AMENDS_VERDICT_STRICTER;
  for (guint i = 0; provisions[i] != NULL; i++)
    add (verdicts, kind, ours->clause, provisions[i], ours);
}

static int
compare_verdicts (const void *a, const void *b)
{
  const AmendsVerdict *verdict_a = *(AmendsVerdict *const *) a;
  const AmendsVerdict *verdict_b = *(AmendsVerdict *const *) b;

  return (int) verdict_a->kind - (int) verdict_b->kind;
}

/**
 * amends_verdicts_compute:
 * @policy: a landlord's edition
 * @code: the Code's
 * @file_name: what messages call @policy
 * @problems: (nullable) (element-type GError): where rules and levels go that the Code does not know
 *
 * One verdict per clause and provision: what is weaker first, then what is stricter, then what is
 * silent, each in the order of the file. The Code against itself has none.
 *
 * Returns: (transfer full) (element-type AmendsVerdict): the verdicts
 */
GPtrArray *
amends_verdicts_compute (const AmendsPolicy *policy,
                         const AmendsPolicy *code,
                         const char *file_name,
                         GPtrArray *problems)
{
  GPtrArray *verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_verdict_free);

  g_return_val_if_fail (policy != NULL && code != NULL, verdicts);

  for (guint i = 0; i < AMENDS_CLOCK_N_NAMES; i++)
    {
      const AmendsPolicyClock *ours = amends_policy_get_clock (policy, (AmendsClockName) i);
      const AmendsPolicyClock *codes = amends_policy_get_clock (code, (AmendsClockName) i);

      if (ours != NULL && i == AMENDS_CLOCK_AGE_LIMIT && codes != NULL)
        compare_age_limit (verdicts, ours, codes);
      else if (ours != NULL)
        compare_clock (verdicts, ours, codes);
    }
  for (int stage = 1; stage <= 2; stage++)
    compare_extension (verdicts, amends_policy_get_extension (policy, stage),
                       amends_policy_get_extension (code, stage));
  for (guint i = 0; i < amends_policy_get_n_rules (policy); i++)
    {
      const AmendsPolicyRule *ours = amends_policy_get_rule (policy, i);
      const AmendsPolicyRule *codes = amends_policy_find_rule (code, "rule", ours->name);

      if (strcmp (ours->kind, "rule") == 0 && check_level (ours, codes, file_name, problems))
        compare_rule (verdicts, ours, codes);
    }
  g_ptr_array_sort (verdicts, compare_verdicts);
  return verdicts;
}

/**
 * amends_verdict_free:
 * @self: (transfer full): a verdict
 */
void
amends_verdict_free (AmendsVerdict *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->clause);
  g_free (self->provision);
  g_free (self->topic);
  g_free (self);
}

/**
 * amends_verdict_kind_get_name:
 * @kind: a kind
 *
 * Returns: its name in output, "weaker"
 */
const char *
amends_verdict_kind_get_name (AmendsVerdictKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), "");

  return kind_names[kind];
}
