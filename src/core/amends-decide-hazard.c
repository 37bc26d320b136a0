/* amends-decide-hazard.c: a hazard looked into, told of in writing, and made safe
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Source: the Hazards in Social Housing (Prescribed Requirements) (England) Regulations 2025, SI 2025/1042,
 * as the landlord's clocks cite them. A complaint neither delays nor ends any of it, so none of these asks
 * whether the case is open. */

#include "core/amends-decide-private.h"

#include <string.h>

#include "core/amends-error.h"
#include "core/amends-json.h"

/* After it nobody is in danger any more: it is safe, it was none, or the request was dealt with. */
static gboolean
is_end (const AmendsHistoryEntry *entry)
{
  return entry->type == AMENDS_EVENT_CASE_HAZARD_MADE_SAFE
         || entry->type == AMENDS_EVENT_CASE_REQUEST_RESOLVED
         || (entry->type == AMENDS_EVENT_CASE_HAZARD_INVESTIGATED
             && json_is_false (json_object_get (entry->body, "found")));
}

/* Whether what stands at @place is about the hazard at @report: the one that it names, or all that whoever
 * did it knew of. */
static gboolean
is_about (const AmendsQuestion *self, guint place, guint report)
{
  const char *named = json_string_value (
      json_object_get (amends_case_get_history (self->complaint, place)->body, "hazard"));
  char id[AMENDS_ID_BUFFER];

  amends_id_format_to (&amends_case_get_history (self->complaint, report)->event->id, id);
  return named != NULL ? strcmp (named, id) == 0
                       : amends_case_is_before (self->complaint, report, place);
}

static gboolean
is_followed (const AmendsQuestion *self,
             guint report,
             gboolean (*is_such) (const AmendsHistoryEntry *))
{
  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    if (is_such (amends_case_get_history (self->complaint, i)) && is_about (self, i, report))
      return TRUE;
  return FALSE;
}

static gboolean
is_any_open (const AmendsQuestion *self)
{
  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    if (amends_case_reports_hazard (amends_case_get_history (self->complaint, i))
        && !is_followed (self, i, is_end))
      return TRUE;
  return FALSE;
}

/* The first day of an entry that is such, or AMENDS_DAY_NONE. */
static AmendsDay
find_first_day (const AmendsQuestion *self, gboolean (*is_such) (const AmendsHistoryEntry *))
{
  AmendsDay first = AMENDS_DAY_NONE;

  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self->complaint, i);
      AmendsDay day =
          is_such (entry)
              ? amends_day_from_json (entry->body,
                                      entry->type == AMENDS_EVENT_CASE_RECORDED ? "received" : "on")
              : AMENDS_DAY_NONE;

      if (day != AMENDS_DAY_NONE && (first == AMENDS_DAY_NONE || day < first))
        first = day;
    }
  return first;
}

static gboolean
is_investigation (const AmendsHistoryEntry *entry)
{
  return entry->type == AMENDS_EVENT_CASE_HAZARD_INVESTIGATED;
}

static const char *
get_clause (const AmendsQuestion *self, const char *clock)
{
  return amends_question_get_clause (self, "clock", clock);
}

/**
 * amends_decide_has_hazard:
 *
 * Returns: whether a hazard was ever told of
 */
gboolean
amends_decide_has_hazard (const AmendsQuestion *self)
{
  return find_first_day (self, amends_case_reports_hazard) != AMENDS_DAY_NONE;
}

/**
 * amends_decide_check_no_hazard:
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether every hazard that was told of is safe, or was found to be none
 */
gboolean
amends_decide_check_no_hazard (AmendsQuestion *self, GError **error)
{
  return !is_any_open (self)
         || amends_question_refuse (self, error, "type", get_clause (self, "hazard-make-safe"),
                                    NULL,
                                    "A hazard was told of: record first that it was made safe, or "
                                    "that none was found");
}

/**
 * amends_decide_note_hazard:
 *
 * Warns of a hazard that is not safe: closing the case ends nothing of it.
 */
void
amends_decide_note_hazard (AmendsQuestion *self)
{
  if (is_any_open (self))
    amends_question_warn (self, get_clause (self, "hazard-make-safe"), NULL,
                          "A hazard is not recorded as made safe: its clocks run on");
}

static gboolean
may_be_of_hazard (AmendsQuestion *self, const char *clock, GError **error)
{
  return amends_decide_has_hazard (self)
         || amends_question_refuse (self, error, "type", get_clause (self, clock), NULL,
                                    "No hazard was told of: record that first");
}

/**
 * amends_decide_may_investigate_hazard:
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether there is a hazard to investigate
 */
gboolean
amends_decide_may_investigate_hazard (AmendsQuestion *self, GError **error)
{
  return may_be_of_hazard (self, "hazard-investigate", error);
}

/**
 * amends_decide_may_send_summary:
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether there is an investigation to tell of
 */
gboolean
amends_decide_may_send_summary (AmendsQuestion *self, GError **error)
{
  return find_first_day (self, is_investigation) != AMENDS_DAY_NONE
         || amends_question_refuse (self, error, "type",
                                    get_clause (self, "hazard-written-summary"), NULL,
                                    "No investigation is recorded that it could be about");
}

/**
 * amends_decide_may_make_safe:
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED.
 * Returns: whether there is a hazard to make safe; it need not be understood first
 */
gboolean
amends_decide_may_make_safe (AmendsQuestion *self, GError **error)
{
  return may_be_of_hazard (self, "hazard-make-safe", error);
}

static gboolean
check_not_before (AmendsQuestion *self, AmendsDay first, const char *what, GError **error)
{
  char day[AMENDS_DAY_TEXT_SIZE];

  if (first == AMENDS_DAY_NONE || amends_question_get_day (self, "on") >= first)
    return TRUE;
  amends_day_format_to (first, day);
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "on", NULL,
                    "%s on %s, which is later: correct the date", what, day);
  return FALSE;
}

static gboolean
is_summary (const AmendsHistoryEntry *entry)
{
  return entry->type == AMENDS_EVENT_CASE_HAZARD_SUMMARY_SENT;
}

/* Of several that are open it has to be said which is meant. */
static gboolean
is_open_for (const AmendsQuestion *self, guint report)
{
  if (!amends_case_reports_hazard (amends_case_get_history (self->complaint, report)))
    return FALSE;
  if (self->type == AMENDS_EVENT_CASE_HAZARD_SUMMARY_SENT)
    return is_followed (self, report, is_investigation) && !is_followed (self, report, is_summary);
  return !is_followed (self, report, is_end);
}

static gboolean
check_which (AmendsQuestion *self, const char *clock, AmendsDay *ret_told_day, GError **error)
{
  const char *named = amends_question_get_text (self, "hazard");
  guint n_open = 0;

  *ret_told_day = find_first_day (self, amends_case_reports_hazard);
  for (guint i = 0; i < amends_case_get_n_history (self->complaint); i++)
    {
      const AmendsHistoryEntry *entry = amends_case_get_history (self->complaint, i);
      char id[AMENDS_ID_BUFFER];

      amends_id_format_to (&entry->event->id, id);
      if (named != NULL && strcmp (named, id) == 0 && amends_case_reports_hazard (entry))
        {
          *ret_told_day =
              amends_day_from_json (entry->body,
                                    entry->type == AMENDS_EVENT_CASE_RECORDED ? "received" : "on");
          return TRUE;
        }
      n_open += is_open_for (self, i) ? 1 : 0;
    }
  if (named != NULL)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "hazard", NULL,
                        "No hazard was told of in that event: give the id of one that “history” "
                        "lists");
      return FALSE;
    }
  return n_open < 2
         || amends_question_refuse (self, error, "hazard", get_clause (self, clock), NULL,
                                    "%u hazards are open: say which of them this is about", n_open);
}

/**
 * amends_decide_check_hazard:
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID; %AMENDS_CORE_ERROR_REFUSED if several are open and none is named.
 * Returns: whether that can have been done on that day
 */
gboolean
amends_decide_check_hazard (AmendsQuestion *self, GError **error)
{
  AmendsDay told_day;

  return check_which (self,
                      self->type == AMENDS_EVENT_CASE_HAZARD_INVESTIGATED ? "hazard-investigate"
                                                                          : "hazard-make-safe",
                      &told_day, error)
         && check_not_before (self, told_day, "The hazard was told of", error);
}

/**
 * amends_decide_check_summary:
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID; %AMENDS_CORE_ERROR_REFUSED if it was only spoken, or if several were
 * investigated and none is named.
 * Returns: whether that is a summary in writing
 */
gboolean
amends_decide_check_summary (AmendsQuestion *self, GError **error)
{
  AmendsDay told_day;

  if (!check_which (self, "hazard-written-summary", &told_day, error)
      || !check_not_before (self, find_first_day (self, is_investigation), "It was investigated",
                            error))
    return FALSE;
  return amends_channel_get_medium (amends_question_get_text (self, "channel"))
             == AMENDS_CLOCK_MEDIUM_WRITTEN
         || amends_question_refuse (self, error, "channel",
                                    get_clause (self, "hazard-written-summary"), NULL,
                                    "The summary is given in writing: say how it was sent");
}
