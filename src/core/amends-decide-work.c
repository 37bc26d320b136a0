/* amends-decide-work.c: triage, definition, investigation, and what was found
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-decide-private.h"

#include <string.h>

#include "core/amends-error.h"
#include "core/amends-json.h"

#define INVESTIGATION_TARGET_WORKING_DAYS 9 /* Reliance, App 1 */

/* A question that nobody has answered, of those that the Code or a landlord's form asks. */
static const struct
{
  const char *key;
  gboolean is_of_form;
  const char *sentence;
} triage[] = {
  { "complexity", FALSE, "Say whether it is complex, and in what" },
  { "vulnerability", FALSE, "Say whether anybody is vulnerable, and how that bears on it" },
  { "risk", FALSE, "Say whether anybody is at risk, and of what" },
  { "extension_likely", TRUE, "Say whether it is likely to need longer, and why" },
  { "investigation", TRUE, "Say what the investigation has to look into" },
};

/**
 * amends_decide_check_triage:
 *
 * Source: Complaint Handling Code 2024, 6.1; One Housing, 1.3; the form of Housing 21, 7.3.
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether all was considered that has to be
 */
gboolean
amends_decide_check_triage (AmendsQuestion *self, GError **error)
{
  const char *clause = amends_question_get_clause (self, "rule", "triage");
  gboolean has_form = strcmp (amends_question_get_value (self, "triage"), "form") == 0;

  if (self->code == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (triage); i++)
    if (json_object_get (self->act, triage[i].key) == NULL && (has_form || !triage[i].is_of_form))
      return amends_question_refuse (self, error, triage[i].key, clause, "6.1", "%s",
                                     triage[i].sentence);
  return TRUE;
}

/* "Defined and logged" within the days of the acknowledgement. */
static void
warn_if_late (AmendsQuestion *self, const char *provision)
{
  const AmendsClockRow *row =
      amends_question_get_row (self, AMENDS_CLOCK_SOURCE_CODE,
                               self->stage == 2 ? AMENDS_CLOCK_STAGE2_ACKNOWLEDGE
                                                : AMENDS_CLOCK_ACKNOWLEDGE);
  char day[AMENDS_DAY_TEXT_SIZE];

  if (row == NULL || row->due_day == AMENDS_DAY_NONE
      || amends_question_get_day (self, "on") <= row->due_day)
    return;
  amends_day_format_to (row->due_day, day);
  amends_question_warn (self, amends_question_get_clause (self, "rule", "definition-in-time"),
                        provision, "It had to be defined by %s, with the acknowledgement", day);
}

/**
 * amends_decide_check_definition:
 *
 * Source: Complaint Handling Code 2024, 5.6, 5.7, 6.2 and 6.11; One Housing, 6.4.1.
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether that is the definition of a complaint
 */
gboolean
amends_decide_check_definition (AmendsQuestion *self, GError **error)
{
  const char *clause = amends_question_get_stage_clause (self);

  if (self->code == NULL)
    return TRUE;
  if (json_object_get (self->act, "not_ours") == NULL)
    return amends_question_refuse (self, error, "not_ours", clause, "5.7",
                                   "Say which parts of it are not the landlord’s, or that all are");
  warn_if_late (self, self->stage == 2 ? "6.11" : "6.2");
  if (amends_question_get_day (self, "told_on") == AMENDS_DAY_NONE)
    amends_question_warn (self, clause, "5.6",
                          "Set it out to them in the acknowledgement, and say when that was");
  return TRUE;
}

/* Reliance: investigated within nine working days of the acknowledgement. */
static void
warn_of_target (AmendsQuestion *self)
{
  const char *clause = amends_question_get_clause (self, "rule", "internal-target");
  AmendsDay acknowledged = amends_question_get_first_day (self, "acknowledged", "on");
  gboolean is_provisional;
  AmendsDay due;
  char day[AMENDS_DAY_TEXT_SIZE];

  if (clause == NULL || self->calendar == NULL || acknowledged == AMENDS_DAY_NONE
      || !amends_question_is_true (self, "complete"))
    return;
  due = amends_calendar_add_working_days_provisional (self->calendar, acknowledged,
                                                      INVESTIGATION_TARGET_WORKING_DAYS,
                                                      &is_provisional);
  if (amends_question_get_day (self, "on") <= due)
    return;
  amends_day_format_to (due, day);
  amends_question_warn (self, clause, NULL,
                        "The landlord’s own target for the investigation was %s", day);
}

/**
 * amends_decide_check_investigation:
 *
 * Source: Complaint Handling Code 2024, 5.8 and 6.13; Reliance, App 1.
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether whoever did it may
 */
gboolean
amends_decide_check_investigation (AmendsQuestion *self, GError **error)
{
  const json_t *done_by = json_object_get (self->act, "done_by");

  if (self->code == NULL)
    return TRUE;
  if (self->stage == 2 && done_by != NULL
      && !amends_decide_check_independence (self, done_by, "done_by",
                                            amends_question_get_stage_clause (self), error))
    return FALSE;
  if (self->stage == 1)
    warn_of_target (self);
  return TRUE;
}

/* The earlier of the days by which the stage that it is in has to be answered. */
static AmendsDay
find_response_due (AmendsQuestion *self)
{
  gboolean is_stage_2 = strcmp (amends_case_get_stage (self->complaint), "stage-2") == 0;
  AmendsClockName name = is_stage_2 ? AMENDS_CLOCK_STAGE2_RESPOND : AMENDS_CLOCK_RESPOND;
  AmendsDay due = AMENDS_DAY_NONE;

  for (int source = AMENDS_CLOCK_SOURCE_POLICY; source <= AMENDS_CLOCK_SOURCE_CODE; source++)
    {
      const AmendsClockRow *row = amends_question_get_row (self, (AmendsClockSource) source, name);
      AmendsDay day = row != NULL ? amends_clock_row_get_governing_day (row) : AMENDS_DAY_NONE;

      if (day != AMENDS_DAY_NONE && (due == AMENDS_DAY_NONE || day < due))
        due = day;
    }
  return due;
}

/**
 * amends_decide_check_information_request:
 *
 * Source: Complaint Handling Code 2024, 5.4; One Housing, 2.3 and 5.2.6.
 * Errors: none.
 * Returns: %TRUE; warns where the answer would come after the response is due
 */
gboolean
amends_decide_check_information_request (AmendsQuestion *self, GError **error)
{
  AmendsDay due = find_response_due (self);
  char day[AMENDS_DAY_TEXT_SIZE];

  if (self->code == NULL || due == AMENDS_DAY_NONE || amends_question_get_day (self, "due") <= due)
    return TRUE;
  amends_day_format_to (due, day);
  amends_question_warn (self, amends_question_get_clause (self, "type", "information-request"),
                        "5.4",
                        "The response is due by %s, also where others are asked: ask for an "
                        "earlier day",
                        day);
  return TRUE;
}

/* What stage 1 found of an issue, in an act of its own or in its response. */
static const char *
find_stage_1_finding (const AmendsQuestion *self, const char *issue)
{
  g_autofree char *name = g_strconcat ("findings.", issue, NULL);
  const json_t *finding = amends_case_get_value (self->complaint, name);
  const json_t *response = amends_case_get_value (self->complaint, "responded");
  const json_t *list = json_object_get (response, "findings");

  for (gsize i = 0; i < json_array_size (list); i++)
    {
      const json_t *entry = json_array_get (list, i);

      if (g_strcmp0 (json_string_value (json_object_get (entry, "issue")), issue) == 0)
        finding = entry;
    }
  return json_string_value (json_object_get (finding, "finding"));
}

static gboolean
check_change (AmendsQuestion *self, const char *clause, GError **error)
{
  const char *before = find_stage_1_finding (self, amends_question_get_text (self, "issue"));
  const json_t *changes = json_object_get (self->act, "changes_stage1");

  if (changes == NULL)
    return amends_question_refuse (self, error, "changes_stage1", clause, "6.18",
                                   "Say whether it changes what stage 1 found");
  if (before != NULL && json_is_false (changes)
      && strcmp (before, amends_question_get_text (self, "finding")) != 0)
    return amends_question_refuse (self, error, "changes_stage1", clause, "6.18",
                                   "Stage 1 found otherwise, so it is changed");
  return TRUE;
}

/**
 * amends_decide_check_finding:
 *
 * Source: Complaint Handling Code 2024, 6.7, 6.13 and 6.18; the landlord's stage.
 * Errors: %AMENDS_CORE_ERROR_REFUSED, %AMENDS_CORE_ERROR_INVALID.
 * Returns: whether that can be found of that issue
 */
gboolean
amends_decide_check_finding (AmendsQuestion *self, GError **error)
{
  const char *clause = amends_question_get_stage_clause (self);
  const char *issue = amends_question_get_text (self, "issue");
  const json_t *done_by = json_object_get (self->act, "done_by");
  const char *points = self->stage == 2 ? "6.18" : "6.7";
  g_autofree char *declined = g_strconcat ("declined_issues.", issue, NULL);

  if (!amends_question_check_issue (self, "issue", issue, error))
    return FALSE;
  if (self->code == NULL)
    return TRUE;
  if (amends_case_holds (self->complaint, declined))
    return amends_question_refuse (self, error, "issue", clause, "2.1",
                                   "That issue was refused: take it up again first");
  if (amends_question_get_text (self, "reasons") == NULL)
    return amends_question_refuse (self, error, "reasons", clause, points,
                                   "Give the reasons, and the policy, law or good practice that "
                                   "they rest on");
  if (self->stage == 2 && done_by != NULL
      && !amends_decide_check_independence (self, done_by, "done_by", clause, error))
    return FALSE;
  return self->stage == 1 || check_change (self, clause, error);
}
