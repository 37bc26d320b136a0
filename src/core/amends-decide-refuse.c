/* amends-decide-refuse.c: refusing a complaint, and refusing stage 2
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A ground is an exclusion of the landlord's edition. Where the Code has the same one with a narrower test,
 * that test holds too: what is not allowed by both is refused. A ground that only the landlord has stands,
 * with a warning: it must rest on the merits of the complaint. */

#include "core/amends-decide-private.h"

#include <string.h>

#define GROUND_AGE "older-than-limit"
#define GROUND_LEGAL "legal-proceedings"
#define GROUND_LATE "late-escalation"
#define OF_STAGE_2 "escalation-"

static const char *const deciders[] = { "complaints-team", "approver", "senior-lead",
                                        "executive-lead", NULL };

static gboolean
is_escalation (const AmendsQuestion *self)
{
  return self->type == AMENDS_EVENT_CASE_ESCALATION_REFUSED;
}

/* The provision that a refusal rests on in the Code. */
static const char *
get_provision (const AmendsQuestion *self)
{
  return is_escalation (self) ? "5.11" : "2.1";
}

static gboolean
is_ground (const AmendsQuestion *self, const AmendsPolicyRule *rule)
{
  return strcmp (rule->kind, "exclusion") == 0
         && (is_escalation (self) || !g_str_has_prefix (rule->name, OF_STAGE_2));
}

/* What the landlord may refuse by, and the clause in which it says so. */
static char *
list_grounds (const AmendsQuestion *self, const char **ret_clause)
{
  const AmendsPolicy *policy = self->policy != NULL ? self->policy : self->code;
  GString *text = g_string_new (NULL);

  *ret_clause = NULL;
  for (guint i = 0; i < amends_policy_get_n_rules (policy); i++)
    {
      const AmendsPolicyRule *rule = amends_policy_get_rule (policy, i);

      if (!is_ground (self, rule))
        continue;
      if (*ret_clause == NULL && self->policy != NULL)
        *ret_clause = rule->clause;
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", rule->name);
    }
  return g_string_free (text, FALSE);
}

static const AmendsPolicyRule *
find_ground (AmendsQuestion *self, GError **error)
{
  const char *name = amends_question_get_text (self, "ground");
  const AmendsPolicy *policy = self->policy != NULL ? self->policy : self->code;
  const AmendsPolicyRule *rule = amends_policy_find_rule (policy, "exclusion", name);
  g_autofree char *grounds = NULL;
  const char *clause;

  if (rule != NULL && is_ground (self, rule))
    return rule;
  grounds = list_grounds (self, &clause);
  amends_question_refuse (self, error, "ground", clause, get_provision (self),
                          "That is no ground on which this landlord refuses: %s", grounds);
  return NULL;
}

/* By the landlord's edition the age of one matter, and when it was first raised. */
static GArray *
list_age_events (const AmendsQuestion *self, const AmendsIssue *issue)
{
  GArray *events = amends_case_dup_clock_events (self->complaint, NULL);
  const char *const texts[] = { issue->arose, issue->aware };

  for (guint i = events->len; i-- > 0;)
    {
      AmendsClockEventKind kind = g_array_index (events, AmendsClockEvent, i).kind;

      if (kind != AMENDS_CLOCK_EVENT_RECEIVED && kind != AMENDS_CLOCK_EVENT_INFORMAL_OPENED
          && kind != AMENDS_CLOCK_EVENT_SERVICE_REQUEST_OPENED)
        g_array_remove_index (events, i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      AmendsClockEvent event = { .delivered_day = AMENDS_DAY_NONE };
      AmendsDay first;

      if (texts[i] == NULL || !amends_partial_day_parse (texts[i], &first, &event.day, NULL))
        continue;
      event.kind = i == 0 ? AMENDS_CLOCK_EVENT_ISSUE_AROSE : AMENDS_CLOCK_EVENT_ISSUE_AWARE;
      g_array_append_val (events, event);
    }
  amends_clock_history_tidy (events, self->today);
  return events;
}

static const AmendsClockRow *
find_age_row (const GPtrArray *rows, AmendsClockSource source)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsClockRow *row = g_ptr_array_index (rows, i);

      if (row->source == source && row->clock->name == AMENDS_CLOCK_AGE_LIMIT)
        return row;
    }
  return NULL;
}

/* Both limits must have passed: the later of the two governs. */
static gboolean
check_age_of_issue (AmendsQuestion *self,
                    const AmendsIssue *issue,
                    const char *clause,
                    GError **error)
{
  g_autoptr (GArray) events = list_age_events (self, issue);
  g_autoptr (GPtrArray) rows =
      amends_clocks_compute (self->policy, self->code, self->calendar, events, self->today);
  const AmendsClockRow *ours = find_age_row (rows, AMENDS_CLOCK_SOURCE_POLICY);
  const AmendsClockRow *codes = find_age_row (rows, AMENDS_CLOCK_SOURCE_CODE);
  char day[AMENDS_DAY_TEXT_SIZE];

  if (codes == NULL)
    return amends_question_refuse (self, error, "ground", clause, "2.3",
                                   "Ask first when it happened, and when they came to know of it");
  if (codes->state != AMENDS_CLOCK_STATE_LAPSED)
    {
      amends_day_format_to (codes->due_day, day);
      return amends_question_refuse (self, error, "ground", clause, "2.3",
                                     "It was raised within the 12 months of the Code, to %s", day);
    }
  if (ours != NULL && ours->state != AMENDS_CLOCK_STATE_LAPSED)
    {
      amends_day_format_to (ours->due_day, day);
      return amends_question_refuse (self, error, "ground", clause, NULL,
                                     "It was raised within the landlord’s own limit, to %s", day);
    }
  return TRUE;
}

static gboolean
check_age (AmendsQuestion *self, const AmendsPolicyRule *rule, GError **error)
{
  const AmendsPolicyClock *clock =
      self->policy != NULL ? amends_policy_get_clock (self->policy, AMENDS_CLOCK_AGE_LIMIT) : NULL;
  const char *clause = clock != NULL ? clock->rule->clause : NULL;
  const char *only = amends_question_get_text (self, "issue");

  if (self->calendar == NULL)
    return TRUE;
  if (amends_case_get_n_issues (self->complaint) == 0)
    return amends_question_refuse (self, error, "ground", clause, "2.3",
                                   "What it is about has not arrived on this device yet");
  for (guint i = 0; i < amends_case_get_n_issues (self->complaint); i++)
    {
      const AmendsIssue *issue = amends_case_get_issue (self->complaint, i);
      char id[AMENDS_ID_BUFFER];

      amends_id_format_to (&issue->id, id);
      if ((only == NULL || strcmp (only, id) == 0)
          && !check_age_of_issue (self, issue, clause, error))
        return FALSE;
    }
  if (amends_question_get_text (self, "discretion") == NULL)
    return amends_question_refuse (self, error, "discretion",
                                   self->policy != NULL ? rule->clause : NULL, "2.3",
                                   "Say why it is not taken all the same: each is considered");
  return TRUE;
}

/* The Code lets a landlord refuse where a claim form and its particulars are filed at court, not where
 * proceedings are only begun or meant. */
static gboolean
check_legal (AmendsQuestion *self, const char *clause, GError **error)
{
  const json_t *filed = json_object_get (self->act, "claim_filed");

  if (json_is_true (filed))
    return TRUE;
  return amends_question_refuse (
      self, error, "claim_filed", clause, "2.2",
      filed == NULL ? "Say whether the claim form and its particulars have been filed at court"
                    : "Only a claim that has been filed at court is a ground: go on with it");
}

static gboolean
check_late (AmendsQuestion *self, GError **error)
{
  const AmendsClockRow *row =
      amends_question_get_row (self, AMENDS_CLOCK_SOURCE_POLICY, AMENDS_CLOCK_ESCALATE);

  if (row == NULL)
    return amends_question_refuse (self, error, "ground", NULL, "6.10",
                                   "This landlord sets no time in which stage 2 must be asked for");
  if (row->state != AMENDS_CLOCK_STATE_LAPSED)
    return amends_question_refuse (self, error, "ground", row->clock->rule->clause, "6.10",
                                   "It was asked for in time");
  if (amends_question_get_text (self, "discretion") == NULL)
    return amends_question_refuse (self, error, "discretion", row->clock->rule->clause, "6.10",
                                   "A late request is decided on its merits: say why it is not "
                                   "taken");
  amends_question_warn (self, row->clock->rule->clause, "6.10",
                        "The Code sets no time in which stage 2 must be asked for");
  return TRUE;
}

static gboolean
check_answers (AmendsQuestion *self, const AmendsPolicyRule *rule, GError **error)
{
  g_auto (GStrv) exceptions = amends_policy_rule_get_list (rule, "exceptions");
  const char *clause = self->policy != NULL ? rule->clause : NULL;
  const char *instead = amends_policy_rule_get (rule, "instead");
  g_autofree char *list = g_strjoinv ("; ", exceptions);

  if (strcmp (rule->name, GROUND_AGE) == 0 && !check_age (self, rule, error))
    return FALSE;
  if (strcmp (rule->name, GROUND_LEGAL) == 0 && !check_legal (self, clause, error))
    return FALSE;
  if (self->policy != NULL && exceptions[0] != NULL
      && amends_question_get_text (self, "exceptions") == NULL)
    return amends_question_refuse (self, error, "exceptions", clause, get_provision (self),
                                   "Say how its exceptions were weighed: %s", list);
  if (instead != NULL && amends_question_get_text (self, "instead") == NULL)
    return amends_question_refuse (self, error, "instead", clause, NULL,
                                   "Say what they can do instead: %s", instead);
  return TRUE;
}

static gboolean
check_letter (AmendsQuestion *self, GError **error)
{
  const char *clause = amends_question_get_clause (self, "rule", "refusal-ombudsman");

  if (amends_question_get_day (self, "told_on") == AMENDS_DAY_NONE)
    return amends_question_refuse (self, error, "told_on", clause, "2.4",
                                   "Tell them first, with the reasons: give the day of the letter");
  if (!amends_question_is_true (self, "ombudsman_details"))
    return amends_question_refuse (
        self, error, "ombudsman_details", clause, "2.4",
        "The letter must say that they can go to the Ombudsman, and how");
  return TRUE;
}

static gboolean
check_decider (AmendsQuestion *self, const AmendsPolicyRule *rule, GError **error)
{
  g_auto (GStrv) named =
      rule != NULL ? amends_policy_rule_get_list (rule, "decided_by") : g_new0 (char *, 1);
  gboolean is_named = named[0] != NULL;
  const char *clause = is_named ? amends_question_get_clause (self, "role", named[0]) : NULL;

  if (clause == NULL && rule != NULL && self->policy != NULL)
    clause = rule->clause;
  return amends_question_check_person (self, "decided_by",
                                       is_named ? (const char *const *) named : deciders, clause,
                                       get_provision (self), error);
}

static gboolean
check_issue (AmendsQuestion *self, GError **error)
{
  const char *only = amends_question_get_text (self, "issue");

  return only == NULL || amends_question_check_issue (self, "issue", only, error);
}

/**
 * amends_decide_check_refusal:
 *
 * Source: Complaint Handling Code 2024, 2.1 to 2.5 and 5.11; the landlord's exclusions.
 * Errors: %AMENDS_CORE_ERROR_REFUSED, %AMENDS_CORE_ERROR_INVALID.
 * Returns: whether a complaint, an issue of it or stage 2 may be refused on that ground
 */
gboolean
amends_decide_check_refusal (AmendsQuestion *self, GError **error)
{
  gboolean is_late =
      is_escalation (self) && strcmp (amends_question_get_text (self, "ground"), GROUND_LATE) == 0;
  const AmendsPolicyRule *rule = NULL;

  if (!check_issue (self, error))
    return FALSE;
  if (self->code == NULL)
    return TRUE;
  if (is_late && !check_late (self, error))
    return FALSE;
  if (!is_late)
    {
      rule = find_ground (self, error);
      if (rule == NULL || !check_answers (self, rule, error))
        return FALSE;
    }
  if (!check_decider (self, rule, error) || !check_letter (self, error))
    return FALSE;

  if (rule != NULL && g_strcmp0 (amends_policy_rule_get (rule, "code"), "warn") == 0
      && amends_policy_find_rule (self->code, "exclusion", rule->name) == NULL)
    amends_question_warn (self, rule->clause, is_escalation (self) ? "5.11, 6.10" : "2.1, 2.5",
                          "The Code does not name this ground: the refusal must rest on the merits "
                          "of this complaint");
  return TRUE;
}
