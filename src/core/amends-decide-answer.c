/* amends-decide-answer.c: extending, and answering
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-decide-private.h"

#include <string.h>

#include "core/amends-complainant.h"
#include "core/amends-error.h"

/* The provisions of the Code for a stage: stage 2 repeats those of stage 1. */
typedef struct
{
  const char *cap;
  const char *ombudsman;
  const char *points;
  const char *letter;
} Provisions;

static const Provisions provisions[] = {
  { "6.4", "6.5", "6.7", "6.9" },
  { "6.15", "6.16", "6.18", "6.19" },
};

static const Provisions *
get_provisions (const AmendsQuestion *self)
{
  return &provisions[self->stage - 1];
}

/* The row of the response that is extended or given. */
static const AmendsClockRow *
get_response_row (AmendsQuestion *self, AmendsClockSource source)
{
  return amends_question_get_row (self, source,
                                  self->stage == 2 ? AMENDS_CLOCK_STAGE2_RESPOND
                                                   : AMENDS_CLOCK_RESPOND);
}

static gboolean
is_spoken (const AmendsQuestion *self)
{
  return amends_channel_get_medium (amends_question_get_text (self, "channel"))
         != AMENDS_CLOCK_MEDIUM_WRITTEN;
}

/* How many working days may be added in all without good reason: by the landlord's edition or the Code,
 * whichever is fewer. A silent cap is the Code's. */
static int
get_cap (const AmendsQuestion *self)
{
  const AmendsPolicyExtension *ours =
      self->policy != NULL ? amends_policy_get_extension (self->policy, self->stage) : NULL;
  const AmendsPolicyExtension *codes = amends_policy_get_extension (self->code, self->stage);
  int n = codes->n_cap_working_days;

  return ours != NULL && ours->n_cap_working_days > 0 ? MIN (n, ours->n_cap_working_days) : n;
}

static gboolean
check_cap (AmendsQuestion *self, const char *clause, GError **error)
{
  const AmendsClockRow *row = get_response_row (self, AMENDS_CLOCK_SOURCE_CODE);
  int n_of_all = row != NULL ? row->n_asked_working_days : 0;
  int n_before = MAX (n_of_all, amends_decide_count_own_days (self));
  int n = (int) json_integer_value (json_object_get (self->act, "working_days"));
  int cap = get_cap (self);

  if (n_before + n <= cap)
    return TRUE;
  if (!amends_question_is_true (self, "good_reason") && n_before == 0)
    return amends_question_refuse (self, error, "good_reason", clause, get_provisions (self)->cap,
                                   "%d working days are the most without good reason", cap);
  if (!amends_question_is_true (self, "good_reason"))
    return amends_question_refuse (self, error, "good_reason", clause, get_provisions (self)->cap,
                                   "%d working days are the most without good reason, and %d were "
                                   "added already",
                                   cap, n_before);
  return amends_question_check_another (self, "approved_by", clause, get_provisions (self)->cap,
                                        error)
         && amends_question_check_person (self, "approved_by", amends_approver_roles, clause,
                                          get_provisions (self)->cap, error);
}

/* Whether the landlord's edition has extensions in writing. */
static gboolean
needs_writing (const AmendsPolicyRule *rule)
{
  static const char *const words[] = { "extension-letter", "confirmed-in-writing",
                                       "explained-in-writing" };
  g_auto (GStrv) needs = NULL;

  if (rule == NULL)
    return FALSE;
  needs = amends_policy_rule_get_list (rule, "needs");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strv_contains ((const char *const *) needs, words[i]))
      return TRUE;
  return FALSE;
}

static gboolean
check_telling (AmendsQuestion *self, const AmendsPolicyRule *rule, GError **error)
{
  const char *clause = rule != NULL ? rule->clause : NULL;
  const json_t *agreed = json_object_get (self->act, "agreed");

  if (amends_question_get_day (self, "told_on") == AMENDS_DAY_NONE)
    return amends_question_refuse (self, error, "told_on", clause, get_provisions (self)->cap,
                                   "Tell them first, with the reason: give the day");
  if (!json_is_boolean (agreed))
    return amends_question_refuse (self, error, "agreed", clause, get_provisions (self)->cap,
                                   "Say whether they agreed: it is recorded either way");
  if (!amends_question_is_true (self, "ombudsman_details"))
    return amends_question_refuse (self, error, "ombudsman_details", clause,
                                   get_provisions (self)->ombudsman,
                                   "Whoever is told of an extension gets the Ombudsman’s details");
  if (amends_question_get_day (self, "next_update") == AMENDS_DAY_NONE)
    return amends_question_refuse (self, error, "next_update", clause, "5.9",
                                   "Say when they hear next");
  if (needs_writing (rule)
      && (amends_question_get_text (self, "channel") == NULL || is_spoken (self)))
    return amends_question_refuse (self, error, "channel", clause, NULL,
                                   "This landlord extends in writing: say how it was sent");
  return TRUE;
}

/* An extension that comes too late moves the day and takes back no breach. */
static void
warn_if_late (AmendsQuestion *self, const char *clause)
{
  AmendsDay on = amends_question_get_day (self, "on");

  for (int source = AMENDS_CLOCK_SOURCE_POLICY; source <= AMENDS_CLOCK_SOURCE_CODE; source++)
    {
      const AmendsClockRow *row = get_response_row (self, (AmendsClockSource) source);
      AmendsDay due = row != NULL ? amends_clock_row_get_governing_day (row) : AMENDS_DAY_NONE;
      char day[AMENDS_DAY_TEXT_SIZE];

      if (due == AMENDS_DAY_NONE || on <= due)
        continue;
      amends_day_format_to (due, day);
      amends_question_warn (self, clause, get_provisions (self)->cap,
                            "The response was due by %s: an extension now takes back no breach",
                            day);
      return;
    }
}

/**
 * amends_decide_check_extension:
 *
 * Source: Complaint Handling Code 2024, 5.9, 6.4, 6.5, 6.15 and 6.16; the landlord's extensions.
 * Errors: %AMENDS_CORE_ERROR_REFUSED, %AMENDS_CORE_ERROR_INVALID.
 * Returns: whether the response may be extended so
 */
gboolean
amends_decide_check_extension (AmendsQuestion *self, GError **error)
{
  const AmendsPolicyExtension *ours =
      self->policy != NULL ? amends_policy_get_extension (self->policy, self->stage) : NULL;
  const AmendsPolicyRule *rule = ours != NULL ? ours->rule : NULL;
  const char *clause = rule != NULL ? rule->clause : NULL;

  if (self->code == NULL)
    return TRUE;
  if (!check_telling (self, rule, error) || !check_cap (self, clause, error))
    return FALSE;
  warn_if_late (self, clause);
  return TRUE;
}

/* In the response, or recorded before it. */
static gboolean
has_finding (const AmendsQuestion *self, const char *issue)
{
  const json_t *findings = json_object_get (self->act, "findings");
  g_autofree char *name =
      g_strconcat (self->stage == 2 ? "stage2_findings." : "findings.", issue, NULL);

  if (amends_case_holds (self->complaint, name))
    return TRUE;
  for (gsize i = 0; i < json_array_size (findings); i++)
    if (g_strcmp0 (json_string_value (json_object_get (json_array_get (findings, i), "issue")),
                   issue)
        == 0)
      return TRUE;
  return FALSE;
}

/* Each point is answered, save those that were declined or are answered in another case. */
static gboolean
check_findings (AmendsQuestion *self, const char *clause, GError **error)
{
  for (guint i = 0; i < amends_case_get_n_issues (self->complaint); i++)
    {
      const AmendsIssue *issue = amends_case_get_issue (self->complaint, i);
      g_autofree char *id = amends_id_format (&issue->id);
      g_autofree char *declined = g_strconcat ("declined_issues.", id, NULL);
      g_autofree char *split = g_strconcat ("split_issues.", id, NULL);

      if (!has_finding (self, id) && !amends_case_holds (self->complaint, declined)
          && !amends_case_holds (self->complaint, split))
        return amends_question_refuse (self, error, "findings", clause,
                                       get_provisions (self)->points,
                                       "Each point is answered: issue %u has no finding", i + 1);
    }
  return TRUE;
}

static gboolean
check_known_issues (const AmendsQuestion *self, GError **error)
{
  const json_t *findings = json_object_get (self->act, "findings");

  for (gsize i = 0; i < json_array_size (findings); i++)
    {
      const json_t *issue = json_object_get (json_array_get (findings, i), "issue");
      g_autofree char *field = g_strdup_printf ("findings.%" G_GSIZE_FORMAT ".issue", i);

      if (!amends_question_check_issue (self, field, json_string_value (issue), error))
        return FALSE;
    }
  return TRUE;
}

/* Who hears better than they read may have it told; another landlord may answer as is acceptable. */
static gboolean
may_be_spoken (const AmendsQuestion *self)
{
  static const char *const needs[] = {
    "audio",           "read-aloud-in-person", "telephone-not-letter",
    "bsl-interpreter", "spoken-interpreter",   NULL
  };

  if (strcmp (amends_question_get_value (self, "response-format"), "acceptable-to-complainant")
      == 0)
    return TRUE;
  for (guint i = 0; i < amends_case_get_n_adjustments (self->complaint); i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (self->complaint, i);

      if (amends_adjustment_stands (adjustment)
          && amends_complainant_is (adjustment->who, amends_question_get_text (self, "who"))
          && g_strv_contains (needs, adjustment->need))
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_letter (AmendsQuestion *self, const char *clause, GError **error)
{
  const char *always = amends_question_get_clause (self, "rule", "ombudsman-told");
  gboolean is_always =
      strcmp (amends_question_get_value (self, "ombudsman-told"), "in-all-correspondence") == 0;

  if (is_spoken (self) && !may_be_spoken (self))
    return amends_question_refuse (self, error, "channel", clause, get_provisions (self)->letter,
                                   "The response is given in writing: send it, and tell it as well "
                                   "if that helps");
  if (is_spoken (self))
    amends_question_warn (self, clause, get_provisions (self)->letter,
                          "Keep a record of what was said, and offer it in writing");
  if (self->stage == 1 && !amends_question_is_true (self, "escalation_told"))
    return amends_question_refuse (self, error, "escalation_told", clause,
                                   get_provisions (self)->letter,
                                   "The response must say how to ask for stage 2");
  if ((self->stage == 2 || is_always) && !amends_question_is_true (self, "ombudsman_details"))
    return amends_question_refuse (self, error, "ombudsman_details", is_always ? always : clause,
                                   self->stage == 2 ? get_provisions (self)->letter : "3.7",
                                   "The response must give the Ombudsman’s details");
  return TRUE;
}

static gboolean
check_approval (AmendsQuestion *self, const AmendsPolicyRule *rule, GError **error)
{
  g_auto (GStrv) approvers =
      rule != NULL ? amends_policy_rule_get_list (rule, "approver") : g_new0 (char *, 1);

  if (approvers[0] == NULL)
    return json_object_get (self->act, "approved_by") == NULL
           || amends_question_check_another (self, "approved_by", NULL, "5.8", error);
  return amends_question_check_another (self, "approved_by", rule->clause, "5.8", error)
         && amends_question_check_person (self, "approved_by", (const char *const *) approvers,
                                          rule->clause, NULL, error);
}

/**
 * amends_decide_check_response:
 *
 * Source: Complaint Handling Code 2024, 5.8, 6.7, 6.9, 6.13, 6.18 and 6.19; the landlord's stages.
 * Errors: %AMENDS_CORE_ERROR_REFUSED, %AMENDS_CORE_ERROR_INVALID.
 * Returns: whether that is a response of its stage
 */
gboolean
amends_decide_check_response (AmendsQuestion *self, GError **error)
{
  const AmendsPolicyRule *rule =
      amends_question_find_rule (self, "stage", self->stage == 2 ? "2" : "1");
  const char *clause = rule != NULL ? rule->clause : NULL;
  const json_t *author = json_object_get (self->act, "author");

  if (!check_known_issues (self, error) || !amends_decide_check_recipient (self, error))
    return FALSE;
  if (self->code == NULL || !amends_case_is_complaint (self->complaint))
    return TRUE;
  if (self->stage == 2 && author != NULL
      && !amends_decide_check_independence (self, author, "author", clause, error))
    return FALSE;
  if (!check_findings (self, clause, error) || !check_letter (self, clause, error)
      || !check_approval (self, rule, error))
    return FALSE;

  if (amends_question_get_response_day (self, self->stage) != AMENDS_DAY_NONE)
    amends_question_warn (self, NULL, NULL,
                          "A response of this stage is recorded already: the first counts");
  return TRUE;
}
