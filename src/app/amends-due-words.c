/* amends-due-words.c: clocks and due days as a person reads them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/amends-due-words.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-words.h"

/* ---------------------------------------------------------------- what is owed, and how it stands */

/**
 * amends_due_words_clock:
 * @clock: a clock
 *
 * Returns: what it is the clock of, to stand at the head of a line
 */
const char *
amends_due_words_clock (AmendsClockName clock)
{
  switch (clock)
    {
    case AMENDS_CLOCK_ACKNOWLEDGE:
      return _ ("Acknowledgement");
    case AMENDS_CLOCK_CONTACT:
      return _ ("First contact");
    case AMENDS_CLOCK_RESPOND:
      return _ ("Stage 1 response");
    case AMENDS_CLOCK_ESCALATE:
      return _ ("Asking for stage 2");
    case AMENDS_CLOCK_CLOSE:
      return _ ("Looking at closing");
    case AMENDS_CLOCK_STAGE2_ACKNOWLEDGE:
      return _ ("Stage 2 acknowledgement");
    case AMENDS_CLOCK_STAGE2_CONTACT:
      return _ ("Stage 2 contact");
    case AMENDS_CLOCK_STAGE2_UPDATE:
      return _ ("Stage 2 update");
    case AMENDS_CLOCK_STAGE2_RESPOND:
      return _ ("Stage 2 response");
    case AMENDS_CLOCK_SERVICE_REQUEST:
      return _ ("Answer to the service request");
    case AMENDS_CLOCK_ENQUIRY:
      return _ ("Answer to the enquiry");
    case AMENDS_CLOCK_AGE_LIMIT:
      return _ ("Time in which to complain");
    case AMENDS_CLOCK_DATA_COMPLAINT:
      return _ ("Acknowledgement of the data protection complaint");
    case AMENDS_CLOCK_HAZARD_EMERGENCY:
      return _ ("Making an emergency hazard safe");
    case AMENDS_CLOCK_HAZARD_INVESTIGATE:
      return _ ("Investigating the hazard");
    case AMENDS_CLOCK_HAZARD_WRITTEN_SUMMARY:
      return _ ("Written summary of what was found");
    case AMENDS_CLOCK_HAZARD_MAKE_SAFE:
      return _ ("Making the hazard safe");
    }
  return "";
}

/**
 * amends_due_words_left:
 * @row: a row that has a day
 * @dues: the clocks that it is one of
 *
 * Returns: (transfer full): "3 working days left", "Due today", "1 working day late"
 */
char *
amends_due_words_left (const AmendsClockRow *row, const AmendsDues *dues)
{
  int n = amends_dues_count_left (dues, row);

  if (n < 0)
    return g_strdup_printf (ngettext ("%d working day late", "%d working days late", (gulong) -n),
                            -n);
  if (n == 0)
    return g_strdup (_ ("Due today"));
  return g_strdup_printf (ngettext ("%d working day left", "%d working days left", (gulong) n), n);
}

void
amends_due_state_clear (AmendsDueState *self)
{
  g_clear_pointer (&self->words, g_free);
}

static char *
dup_end_day (const AmendsClockRow *row, AmendsDay today)
{
  AmendsDay day = row->met_day != AMENDS_DAY_NONE ? row->met_day : row->ended_day;

  return day != AMENDS_DAY_NONE ? amends_words_near_day (day, today) : g_strdup ("");
}

/* @day: on which it was done */
static char *
describe_done (const AmendsClockRow *row, const AmendsDues *dues, const char *day)
{
  int n;

  if (!amends_dues_is_late (dues, row))
    return g_strdup_printf (row->is_breached ? _ ("Broken before; done %s")
                                             : _ ("Done in time, %s"),
                            day);
  n = -amends_dues_count_left (dues, row);
  /* Translators: by how much, and on which day. */
  return g_strdup_printf (ngettext ("Done %d working day late, %s", "Done %d working days late, %s",
                                    (gulong) n),
                          n, day);
}

/**
 * amends_due_words_state:
 * @row: a row
 * @dues: the clocks that it is one of
 * @ret_state: (out): how it stands
 */
void
amends_due_words_state (const AmendsClockRow *row,
                        const AmendsDues *dues,
                        AmendsDueState *ret_state)
{
  g_autofree char *day = dup_end_day (row, dues->today);
  gboolean is_late = amends_dues_is_late (dues, row);

  switch (row->state)
    {
    case AMENDS_CLOCK_STATE_WAITING:
      *ret_state = (AmendsDueState){ "radio-symbolic", "dim-label", g_strdup (_ ("Not begun")) };
      break;
    case AMENDS_CLOCK_STATE_RUNNING:
    case AMENDS_CLOCK_STATE_OVERDUE:
      *ret_state =
          (AmendsDueState){ is_late ? "dialog-warning-symbolic" : "alarm-symbolic",
                            is_late ? "error" : "accent", amends_due_words_left (row, dues) };
      break;
    case AMENDS_CLOCK_STATE_MET:
    case AMENDS_CLOCK_STATE_MET_LATE:
      is_late =
          is_late || row->is_breached; /* an extension that came too late takes nothing back */
      *ret_state =
          (AmendsDueState){ is_late ? "dialog-warning-symbolic" : "emblem-ok-symbolic",
                            is_late ? "warning" : "success", describe_done (row, dues, day) };
      break;
    case AMENDS_CLOCK_STATE_ENDED:
      *ret_state = (AmendsDueState){ "action-unavailable-symbolic", "dim-label",
                                     *day != '\0' ? g_strdup_printf (_ ("Ended %s"), day)
                                                  : g_strdup (_ ("Ended")) };
      break;
    case AMENDS_CLOCK_STATE_OPEN:
      *ret_state = (AmendsDueState){ "media-record-symbolic", "accent", g_strdup (_ ("Open")) };
      break;
    case AMENDS_CLOCK_STATE_LAPSED:
      *ret_state = (AmendsDueState){ "dialog-question-symbolic", "warning",
                                     g_strdup (_ ("Passed: somebody decides on the merits")) };
      break;
    }
}

/**
 * amends_due_words_headline:
 * @pair: a clock that gives a day
 * @today: today
 *
 * Returns: (transfer full): "Stage 1 response by Friday 8 January"
 */
char *
amends_due_words_headline (const AmendsClockPair *pair, AmendsDay today)
{
  g_autofree char *day = amends_words_near_long_day (pair->day, today);

  /* Translators: what is owed, and the last day on which it is in time. */
  return g_strdup_printf (_ ("%s by %s"), amends_due_words_clock (pair->name), day);
}

/* ---------------------------------------------------------------- why */

/**
 * amends_due_words_length:
 * @clock: what a policy says
 *
 * Returns: (transfer full): "10 working days"
 */
char *
amends_due_words_length (const AmendsPolicyClock *clock)
{
  int n = clock->length;

  switch (clock->unit)
    {
    case AMENDS_CLOCK_UNIT_WORKING_DAYS:
      return g_strdup_printf (ngettext ("%d working day", "%d working days", (gulong) n), n);
    case AMENDS_CLOCK_UNIT_CALENDAR_DAYS:
      return g_strdup_printf (ngettext ("%d calendar day", "%d calendar days", (gulong) n), n);
    case AMENDS_CLOCK_UNIT_MONTHS:
      return g_strdup_printf (ngettext ("%d month", "%d months", (gulong) n), n);
    case AMENDS_CLOCK_UNIT_HOURS:
      return g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) n), n);
    }
  return g_strdup ("");
}

static const struct
{
  AmendsClockEventKind kind;
  const char *mark;   /* the day itself, in a word or two */
  const char *from;   /* behind "10 working days from …" */
  const char *begins; /* before a day */
  const char *waits;  /* while it has not happened */
} starts[] = {
  { AMENDS_CLOCK_EVENT_NONE, N_ ("Last day to acknowledge"), N_ ("the last day to acknowledge"),
    N_ ("Nobody can be answered: the last day to acknowledge was"), N_ ("Has not begun") },
  { AMENDS_CLOCK_EVENT_ISSUE_AROSE, N_ ("It happened"), N_ ("the day it happened"),
    N_ ("It happened on"), N_ ("Nobody has said yet when it happened") },
  { AMENDS_CLOCK_EVENT_ISSUE_AWARE, N_ ("They knew"), N_ ("the day they became aware of it"),
    N_ ("They became aware of it on"), N_ ("Nobody has said yet when they became aware of it") },
  { AMENDS_CLOCK_EVENT_ENQUIRY_RECEIVED, N_ ("Enquiry"), N_ ("the day of the enquiry"),
    N_ ("Enquiry received on"), N_ ("Begins with the enquiry") },
  { AMENDS_CLOCK_EVENT_DATA_COMPLAINT_RECEIVED, N_ ("Received"), N_ ("the day it was received"),
    N_ ("Data protection complaint received on"), N_ ("Begins with the complaint") },
  { AMENDS_CLOCK_EVENT_SERVICE_REQUEST_OPENED, N_ ("Service request"), N_ ("the service request"),
    N_ ("Service request opened on"), N_ ("Begins with a service request") },
  { AMENDS_CLOCK_EVENT_INFORMAL_OPENED, N_ ("Raised"), N_ ("the day it was raised informally"),
    N_ ("Raised informally on"), N_ ("Begins when it is raised informally") },
  { AMENDS_CLOCK_EVENT_DISSATISFIED, N_ ("Unhappy"), N_ ("the day they said they were unhappy"),
    N_ ("First said to be unhappy on"), N_ ("Begins when they say they are unhappy") },
  { AMENDS_CLOCK_EVENT_RECEIVED, N_ ("Received"), N_ ("the day it was received"),
    N_ ("Received on"), N_ ("Begins when it is received") },
  { AMENDS_CLOCK_EVENT_REOPENED, N_ ("Taken up again"), N_ ("the day it was taken up again"),
    N_ ("Taken up again on"), N_ ("Begins when it is taken up again") },
  { AMENDS_CLOCK_EVENT_ACKNOWLEDGED, N_ ("Acknowledged"), N_ ("the acknowledgement"),
    N_ ("Acknowledged on"), N_ ("Begins with the acknowledgement") },
  { AMENDS_CLOCK_EVENT_ASSIGNED, N_ ("Given out"), N_ ("the day it was given to somebody"),
    N_ ("Given to somebody on"), N_ ("Begins when it is given to somebody") },
  { AMENDS_CLOCK_EVENT_RESPONDED, N_ ("Response"), N_ ("the response"), N_ ("Responded to on"),
    N_ ("Begins with the response") },
  { AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED, N_ ("Stage 2 asked"), N_ ("the request for stage 2"),
    N_ ("Stage 2 asked for, with effect from"), N_ ("Begins with a request for stage 2") },
  { AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED, N_ ("Acknowledged"), N_ ("the stage 2 acknowledgement"),
    N_ ("Stage 2 acknowledged on"), N_ ("Begins with the stage 2 acknowledgement") },
  { AMENDS_CLOCK_EVENT_STAGE2_ASSIGNED, N_ ("Given out"),
    N_ ("the day stage 2 was given to somebody"), N_ ("Stage 2 given to somebody on"),
    N_ ("Begins when stage 2 is given to somebody") },
  { AMENDS_CLOCK_EVENT_HAZARD_REPORTED, N_ ("Hazard told"), N_ ("the day the hazard was reported"),
    N_ ("Hazard reported on"), N_ ("Begins when a hazard is reported") },
  { AMENDS_CLOCK_EVENT_HAZARD_INVESTIGATED, N_ ("Investigated"), N_ ("the investigation"),
    N_ ("Hazard investigated on"), N_ ("Begins when the hazard has been investigated") },
};

static guint
find_start (AmendsClockEventKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (starts[i].kind == kind)
      return i;
  return find_start (AMENDS_CLOCK_EVENT_RECEIVED);
}

/* "Acknowledged", to mark a day. */
const char *
amends_due_words_mark (AmendsClockEventKind start)
{
  return _ (starts[find_start (start)].mark);
}

/* "the acknowledgement", to stand behind "from". */
const char *
amends_due_words_start (AmendsClockEventKind start)
{
  return _ (starts[find_start (start)].from);
}

/* "Acknowledged on", to stand before a day. */
const char *
amends_due_words_beginning (AmendsClockEventKind start)
{
  return _ (starts[find_start (start)].begins);
}

/**
 * amends_due_words_waiting:
 * @start: what a clock starts on that has not happened
 *
 * Returns: (transfer full): "Begins with the acknowledgement"
 */
char *
amends_due_words_waiting (AmendsClockEventKind start)
{
  return g_strdup (_ (starts[find_start (start)].waits));
}

/**
 * amends_due_words_reason:
 * @row: a row
 *
 * Returns: (transfer full): in a line why its day is what it is: "10 working days from the
 *   acknowledgement, and 5 more"
 */
char *
amends_due_words_reason (const AmendsClockRow *row)
{
  g_autofree char *length = NULL;
  g_autofree char *counted = NULL;

  if (amends_clock_row_get_governing_day (row) != row->due_day)
    return g_strdup (_ ("Counted from the last day to acknowledge: a late acknowledgement buys no "
                        "time"));
  if (row->started_day == AMENDS_DAY_NONE)
    return amends_due_words_waiting (row->clock->start);
  length = amends_due_words_length (row->clock);
  /* Translators: a length of time, and what it is counted from. */
  counted = g_strdup_printf (_ ("%s from %s"), length, amends_due_words_start (row->start_kind));
  if (row->n_extended_working_days == 0)
    return g_steal_pointer (&counted);
  return g_strdup_printf (ngettext ("%s, and %d more", "%s, and %d more",
                                    (gulong) row->n_extended_working_days),
                          counted, row->n_extended_working_days);
}

/* ---------------------------------------------------------------- clauses and sources */

static const AmendsPolicyExtension *
get_extension (const AmendsClockRow *row)
{
  if (row->n_asked_working_days == 0)
    return NULL;
  return amends_policy_get_extension (row->policy,
                                      row->clock->name == AMENDS_CLOCK_STAGE2_RESPOND ? 2 : 1);
}

static char *
dup_clauses (const AmendsClockRow *row)
{
  const AmendsPolicyExtension *extension = get_extension (row);
  const char *more = extension != NULL ? extension->rule->clause : "";

  return amends_words_join (", ", row->clock->rule->clause,
                            strcmp (more, row->clock->rule->clause) != 0 ? more : "", NULL);
}

/**
 * amends_due_words_clauses:
 * @row: a row
 *
 * Returns: (transfer full): the clauses its day rests on, "7.3, 7.4", isolated; "" where the document is
 *   silent
 */
char *
amends_due_words_clauses (const AmendsClockRow *row)
{
  g_autofree char *clauses = dup_clauses (row);

  return amends_words_isolate (clauses);
}

/**
 * amends_due_words_cite:
 * @source: whose
 * @clause: (nullable): a clause of it
 *
 * Returns: (transfer full): "policy 7.3" or "Code 6.3"; "" for no clause
 */
char *
amends_due_words_cite (AmendsClockSource source, const char *clause)
{
  g_autofree char *isolated = amends_words_isolate (clause);

  if (*isolated == '\0')
    return g_strdup ("");
  if (source == AMENDS_CLOCK_SOURCE_CODE)
    /* Translators: a clause of the Housing Ombudsman's Complaint Handling Code. */
    return g_strdup_printf (_ ("Code %s"), isolated);
  /* Translators: a clause of the landlord's complaints policy. */
  return g_strdup_printf (_ ("policy %s"), isolated);
}

/**
 * amends_due_words_cited:
 * @row: a row
 *
 * Returns: (transfer full): "policy 7.3, 7.4" or "Code 6.3"
 */
char *
amends_due_words_cited (const AmendsClockRow *row)
{
  g_autofree char *clauses = dup_clauses (row);

  return *clauses != '\0' ? amends_due_words_cite (row->source, clauses)
                          : g_strdup (_ ("the policy is silent"));
}

/**
 * amends_due_words_source:
 * @row: a row
 *
 * Returns: (transfer full): whose clock it is, "Fenwater Homes’ policy" or "Complaint Handling Code"
 */
char *
amends_due_words_source (const AmendsClockRow *row)
{
  if (row->source == AMENDS_CLOCK_SOURCE_CODE)
    return g_strdup (_ ("Complaint Handling Code"));
  /* Translators: the name of a landlord. */
  return g_strdup_printf (_ ("Policy of %s"), amends_policy_get_landlord (row->policy));
}

/**
 * amends_due_words_agreement:
 * @pair: a clock as both have it
 *
 * Returns: (transfer full): whether they agree, and if not which governs and why; "" where there is
 *   only one
 */
char *
amends_due_words_agreement (const AmendsClockPair *pair)
{
  gboolean is_window = pair->governing->clock->purpose == AMENDS_CLOCK_PURPOSE_WINDOW;
  gboolean is_policy = pair->governing->source == AMENDS_CLOCK_SOURCE_POLICY;
  gboolean is_open_elsewhere;

  if (pair->policy == NULL || pair->code == NULL)
    return g_strdup ("");
  is_open_elsewhere =
      amends_clock_row_is_open (pair->policy) != amends_clock_row_is_open (pair->code);
  if (is_open_elsewhere)
    return g_strdup (is_policy ? _ ("The Code’s is done; the policy’s is still owed")
                               : _ ("The policy’s is done; the Code’s is still owed"));
  if (pair->agrees)
    return g_strdup (_ ("Policy and Code agree"));
  if (is_window)
    return g_strdup (is_policy
                         ? _ ("The policy’s date governs: it is the later, and better for them")
                         : _ ("The Code’s date governs: it is the later, and better for them"));
  return g_strdup (is_policy ? _ ("The policy’s date governs: it is the earlier")
                             : _ ("The Code’s date governs: it is the earlier"));
}

/* Whether stage 1 was answered and nobody has asked for stage 2: whoever cannot be answered has no
 * acknowledgement, and nobody to ask. */
static gboolean
waits_for_request (const AmendsDues *dues)
{
  const AmendsClockPair *response = amends_dues_find (dues, AMENDS_CLOCK_RESPOND);
  const AmendsClockRow *row = response == NULL           ? NULL
                              : response->policy != NULL ? response->policy
                                                         : response->code;

  return row != NULL && amends_dues_find (dues, AMENDS_CLOCK_ACKNOWLEDGE) != NULL
         && amends_dues_find (dues, AMENDS_CLOCK_STAGE2_ACKNOWLEDGE) == NULL
         && (row->state == AMENDS_CLOCK_STATE_MET || row->state == AMENDS_CLOCK_STATE_MET_LATE);
}

/**
 * amends_due_words_stage_2:
 * @dues: the clocks of a case
 *
 * Source: Complaint Handling Code 2024, 6.10.
 * Returns: (transfer full): that the complainant may ask for stage 2, and until when, by which clause; ""
 *   before stage 1 is answered, and once they have asked
 */
char *
amends_due_words_stage_2 (const AmendsDues *dues)
{
  const AmendsClockPair *window = amends_dues_find (dues, AMENDS_CLOCK_ESCALATE);
  const AmendsPolicyRule *of_code =
      amends_policy_find_rule (dues->rules.code, "rule", "escalation-window");
  g_autofree char *day = NULL;
  g_autofree char *cited = NULL;

  if (!waits_for_request (dues))
    return g_strdup ("");
  if (window == NULL || window->day == AMENDS_DAY_NONE)
    {
      cited =
          amends_due_words_cite (AMENDS_CLOCK_SOURCE_CODE, of_code != NULL ? of_code->clause : "");
      /* Translators: then the clause, “Code 6.10”. */
      return g_strdup_printf (
          dues->rules.policy != NULL
              ? _ ("They may ask for stage 2: the policy sets no last day for it (%s).")
              : _ ("They may ask for stage 2: the Code sets no last day for it (%s)."),
          cited);
    }
  day = amends_words_near_long_day (window->day, dues->today);
  cited = amends_due_words_cited (window->governing);
  return g_strdup_printf (window->governing->state == AMENDS_CLOCK_STATE_LAPSED
                              /* Translators: a day, and then the clause, “policy 7.5”. */
                              ? _ ("They could ask for stage 2 until %s (%s). A later request is "
                                   "recorded too, and a named "
                                   "person decides.")
                              : _ ("They may ask for stage 2 until %s (%s)."),
                          day, cited);
}

/**
 * amends_due_words_status:
 * @status: how a rule stands in its document
 *
 * Returns: that in words
 */
const char *
amends_due_words_status (AmendsPolicyStatus status)
{
  switch (status)
    {
    case AMENDS_POLICY_STATUS_EXACT:
      return _ ("Says so");
    case AMENDS_POLICY_STATUS_READ:
      return _ ("Leaves it open");
    case AMENDS_POLICY_STATUS_CONFLICT:
      return _ ("Contradicts itself");
    case AMENDS_POLICY_STATUS_SILENT:
      return _ ("Does not say");
    }
  return "";
}

/**
 * amends_due_words_plain:
 * @value: what stands in the file of a policy
 *
 * Returns: (transfer full): the same for people: a code, "any-dissatisfaction", as the words it is made
 *   of; a sentence as it stands
 */
char *
amends_due_words_plain (const char *value)
{
  char *plain = g_strdup (value);

  return strchr (plain, ' ') == NULL ? g_strdelimit (plain, "-_", ' ') : plain;
}

static char *
dup_alternatives (const AmendsPolicyRule *rule)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; rule->alternatives[i] != NULL; i++)
    {
      g_autofree char *plain = amends_due_words_plain (rule->alternatives[i]);
      g_autofree char *quoted = g_strdup_printf (_ ("“%s”"), plain);

      g_string_append_printf (joined, "%s%s", i > 0 ? ", " : "", quoted);
    }
  return g_string_free (joined, FALSE);
}

/* Where the document is not exact: what is unclear in it. */
static char *
dup_unclear (const AmendsPolicyRule *rule)
{
  g_autofree char *others = dup_alternatives (rule);
  g_autofree char *clause = amends_words_isolate (rule->clause);

  if (rule->status == AMENDS_POLICY_STATUS_CONFLICT)
    return g_strdup_printf (_ ("The document contradicts itself: beside clause %s it says %s."),
                            clause, others);
  if (g_strcmp0 (amends_policy_rule_get (rule, "taken"), "statute") == 0)
    /* Translators: of a statute, “SI 2025/1042, reg. 6”. */
    return *others != '\0'
               ? g_strdup_printf (_ ("%s leaves it open: it could be %s."), clause, others)
               : g_strdup (_ ("It is still to be checked against the statute’s words."));
  return *others != '\0'
             ? g_strdup_printf (_ ("Clause %s leaves it open: it could be %s."), clause, others)
             : g_strdup_printf (_ ("Clause %s leaves it open."), clause);
}

/* Why this reading was taken: nothing is claimed of it but what the policy says. */
static char *
dup_taken (const AmendsPolicyRule *rule)
{
  static const struct
  {
    const char *word;
    const char *sentence;
  } takings[] = {
    { "better", N_ ("This is the reading better for the resident that the Code allows.") },
    { "code", N_ ("It is read as the Code has it.") },
    { "beside",
      N_ ("The Code’s date beside it counts from the first contact, and the earlier of the "
          "two governs.") },
    { "statute", N_ ("It is read from the statute, and stands in no document of the landlord’s.") },
  };
  const char *taken = amends_policy_rule_get (rule, "taken");
  const char *because = amends_policy_rule_get (rule, "because");
  g_autofree char *reason = because != NULL
                                /* Translators: then why, in the words of the policy’s file. */
                                ? g_strdup_printf (_ ("It is read so because %s."), because)
                                : NULL;
  const char *sentence = "";

  for (guint i = 0; i < G_N_ELEMENTS (takings); i++)
    if (g_strcmp0 (taken, takings[i].word) == 0)
      sentence = _ (takings[i].sentence);
  if (reason == NULL && *sentence == '\0')
    return g_strdup (_ ("This is the reading that was taken."));
  return amends_words_join (" ", sentence, reason != NULL ? reason : "", NULL);
}

/**
 * amends_due_words_reading:
 * @rule: a rule
 *
 * Returns: (transfer full): where the document is not exact, what is unclear, which reading was taken and
 *   why, as the policy says; "" where it is exact
 */
char *
amends_due_words_reading (const AmendsPolicyRule *rule)
{
  g_autofree char *unclear = NULL;
  g_autofree char *taken = NULL;

  switch (rule->status)
    {
    case AMENDS_POLICY_STATUS_EXACT:
      return g_strdup ("");
    case AMENDS_POLICY_STATUS_SILENT:
      return g_strdup (_ ("The document does not say. This is what the Code asks for."));
    case AMENDS_POLICY_STATUS_READ:
    case AMENDS_POLICY_STATUS_CONFLICT:
      break;
    }
  unclear = dup_unclear (rule);
  taken = dup_taken (rule);
  return amends_words_join (" ", unclear, taken, NULL);
}
