/* amends-work-words.c: what is owed, in a line of a work list
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/amends-work-words.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-act-words.h"
#include "app/amends-due-words.h"
#include "app/amends-words.h"

/**
 * amends_work_line_free:
 * @self: (nullable) (transfer full): a line
 */
void
amends_work_line_free (AmendsWorkLine *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->place);
  g_free (self->summary);
  g_free (self->duty);
  g_free (self->duty_detail);
  g_free (self->when);
  g_free (self->when_detail);
  g_free (self->day);
  g_free (self->whose);
  g_free (self->sentence);
  g_free (self);
}

/* ---------------------------------------------------------------- what */

/* What is to be done, where a clock has a name of its own. */
static const char *
describe_clock (const AmendsDutyRow *row)
{
  switch ((int) row->duty.clock)
    {
    case AMENDS_CLOCK_ACKNOWLEDGE:
      return _ ("Acknowledge");
    case AMENDS_CLOCK_RESPOND:
      /* Nobody can be answered. */
      return row->complaint->complainant == NULL ? _ ("Record an outcome")
                                                 : amends_due_words_clock (row->duty.clock);
    case AMENDS_CLOCK_STAGE2_ACKNOWLEDGE:
      return _ ("Acknowledge stage 2");
    case AMENDS_CLOCK_STAGE2_UPDATE:
      return _ ("Update at mid-point");
    case AMENDS_CLOCK_CLOSE:
      return _ ("Look at closing it");
    default:
      return amends_due_words_clock (row->duty.clock);
    }
}

/* Who came later gets what the others had. */
static const char *
describe_pass_on (const char *act)
{
  if (g_str_has_suffix (act, "acknowledged"))
    return _ ("Acknowledge them too");
  return g_str_has_suffix (act, "extended") ? _ ("Tell them of the extension too")
                                            : _ ("Send them the response too");
}

static const char *
describe_duty (const AmendsDutyRow *row)
{
  switch (row->duty.kind)
    {
    case AMENDS_DUTY_CLOCK:
      return describe_clock (row);
    case AMENDS_DUTY_UPDATE:
      return _ ("Update promised");
    case AMENDS_DUTY_TELL:
      return _ ("Tell them of the departure");
    case AMENDS_DUTY_REVIEW:
      return _ ("Review adjustment");
    case AMENDS_DUTY_MATCH:
      return g_strcmp0 (row->duty.what, "previous_case") == 0 ? _ ("Find the case that they quote")
                                                              : _ ("Find their home");
    case AMENDS_DUTY_LOOK:
      return _ ("Look at it");
    case AMENDS_DUTY_SETTLE:
      return _ ("Settle two versions");
    case AMENDS_DUTY_AUTHORITY:
      return _ ("Ask for authority");
    case AMENDS_DUTY_CONSENT:
      return _ ("Ask before sharing");
    case AMENDS_DUTY_PROMISE:
      return _ ("Do what was promised");
    case AMENDS_DUTY_INFORMATION:
      return _ ("Information asked for");
    case AMENDS_DUTY_APPOINTMENT:
      return _ ("Appointment");
    case AMENDS_DUTY_RESTRICTION:
      return _ ("Review restriction");
    case AMENDS_DUTY_SAFETY:
      return _ ("Look to their safety");
    case AMENDS_DUTY_ADJUSTMENT:
      return _ ("Make adjustment");
    case AMENDS_DUTY_SEND:
      return _ ("Send the response");
    case AMENDS_DUTY_PASS_ON:
      return describe_pass_on (row->duty.what);
    }
  return "";
}

static const char *
describe_stage (const AmendsDutyRow *row)
{
  AmendsClockName clock = row->duty.clock;

  if (row->duty.kind != AMENDS_DUTY_CLOCK && row->duty.kind != AMENDS_DUTY_SEND)
    return "";
  if (clock == AMENDS_CLOCK_STAGE2_ACKNOWLEDGE || clock == AMENDS_CLOCK_STAGE2_CONTACT
      || clock == AMENDS_CLOCK_STAGE2_UPDATE || clock == AMENDS_CLOCK_STAGE2_RESPOND)
    return _ ("Stage 2");
  return g_strcmp0 (row->complaint->kind, "complaint") == 0
             ? _ ("Stage 1")
             : amends_words_code ("kind", row->complaint->kind != NULL ? row->complaint->kind : "");
}

/* How a record came that nobody has looked at, and when. */
static char *
describe_arrival (const AmendsDutyRow *row, AmendsDay today)
{
  const char *channel = row->complaint->channel;
  AmendsDay day;
  g_autofree char *received = NULL;

  if (row->complaint->received == NULL || !amends_day_parse (row->complaint->received, &day, NULL))
    received = g_strdup ("");
  else
    received = amends_words_near_day (day, today);
  return amends_words_join (", ", channel != NULL ? amends_words_code ("channel", channel) : "",
                            received, NULL);
}

/* Which adjustment, promise, person or field; empty where it is owed once in a case. */
static char *
describe_subject (const AmendsDuty *duty)
{
  const char *what = duty->what != NULL ? duty->what : "";

  switch ((int) duty->kind)
    {
    case AMENDS_DUTY_REVIEW:
    case AMENDS_DUTY_ADJUSTMENT:
      return g_strdup (amends_words_code ("adjustment", what));
    case AMENDS_DUTY_PROMISE:
      return amends_words_excerpt (amends_words_code ("remedy", what));
    case AMENDS_DUTY_UPDATE:
    case AMENDS_DUTY_AUTHORITY:
    case AMENDS_DUTY_INFORMATION:
    case AMENDS_DUTY_RESTRICTION:
    case AMENDS_DUTY_APPOINTMENT:
      return amends_words_excerpt (what);
    case AMENDS_DUTY_PASS_ON:
      return amends_words_excerpt (duty->detail != NULL ? duty->detail : "");
    case AMENDS_DUTY_MATCH:
      return amends_words_isolate (duty->detail != NULL ? duty->detail : "");
    case AMENDS_DUTY_CONSENT:
      return g_strdup (duty->detail != NULL ? duty->detail
                                            : amends_words_code ("consent-purpose", what));
    case AMENDS_DUTY_SETTLE:
      return amends_words_field (what);
    case AMENDS_DUTY_TELL:
      return amends_words_isolate (what);
    default:
      return g_strdup ("");
    }
}

static char *
describe_detail (const AmendsDutyRow *row, AmendsDay today)
{
  g_autofree char *subject = describe_subject (&row->duty);
  g_autofree char *reference = amends_words_isolate (row->complaint->reference);

  if (row->is_new)
    return describe_arrival (row, today);
  if (*subject != '\0' && row->duty.kind != AMENDS_DUTY_TELL)
    return g_steal_pointer (&subject);
  return amends_words_join (" · ", *subject != '\0' ? subject : describe_stage (row), reference,
                            NULL);
}

/* ---------------------------------------------------------------- when */

/**
 * amends_work_words_left:
 * @n_working_days_left: until the last day; negative once it has passed
 * @is_late: whether it has
 *
 * Returns: (transfer full): "3 working days", "Today", "1 working day late"
 */
char *
amends_work_words_left (int n_working_days_left, gboolean is_late)
{
  int n = ABS (n_working_days_left);

  if (is_late)
    return g_strdup_printf (ngettext ("%d working day late", "%d working days late", (gulong) n),
                            n);
  return g_strdup_printf (ngettext ("%d working day", "%d working days", (gulong) n), n);
}

static void
say_when (AmendsWorkLine *self, AmendsDay day, int n_left, gboolean is_prompt, AmendsDay today)
{
  g_autofree char *near = NULL;

  if (day == AMENDS_DAY_NONE)
    {
      self->when = g_strdup ("");
      self->when_detail = g_strdup ("");
      self->day = g_strdup ("");
      return;
    }
  near = amends_words_near_day (day, today);
  self->day = g_strdup (near);
  self->is_late = day < today && !is_prompt;
  self->is_today = day == today || (day < today && is_prompt);
  self->when =
      self->is_today ? g_strdup (_ ("Today")) : amends_work_words_left (n_left, self->is_late);
  /* Translators: a day that has passed: "was Mon 4 Jan". */
  self->when_detail = day < today ? g_strdup_printf (_ ("was %s"), near) : g_steal_pointer (&near);
}

/* ---------------------------------------------------------------- lines */

/**
 * amends_work_line_new:
 * @row: what is owed
 * @today: the day it was read for
 *
 * Returns: (transfer full): the same in words
 */
AmendsWorkLine *
amends_work_line_new (const AmendsDutyRow *row, AmendsDay today)
{
  AmendsWorkLine *self = g_new0 (AmendsWorkLine, 1);
  const AmendsCaseRow *complaint = row->complaint;
  const char *name = row->duty.whose_name;

  self->name = g_strdup (complaint->complainant != NULL ? complaint->complainant : _ ("Anonymous"));
  self->place = g_strdup (complaint->home != NULL ? complaint->home : "");
  self->summary = g_strdup (complaint->summary != NULL ? complaint->summary : "");
  self->duty = g_strdup (describe_duty (row));
  self->duty_detail = describe_detail (row, today);
  say_when (self, row->duty.day, row->n_working_days_left, row->duty.is_prompt, today);
  self->is_given = name != NULL;
  self->whose = g_strdup (row->is_mine ? _ ("You") : name != NULL ? name : _ ("Nobody yet"));
  self->sentence =
      amends_words_join (", ", self->name, self->place, self->summary, self->duty,
                         self->duty_detail, self->when, self->when_detail, self->whose, NULL);
  return self;
}

/**
 * amends_work_line_new_owed:
 * @row: what is owed
 * @today: the day it was read for
 *
 * Returns: (transfer full): the same as the page of its own case reads it, where everybody knows whose case it is
 */
AmendsWorkLine *
amends_work_line_new_owed (const AmendsDutyRow *row, AmendsDay today)
{
  AmendsWorkLine *self = amends_work_line_new (row, today);

  g_free (self->duty_detail);
  g_free (self->sentence);
  self->duty_detail = describe_subject (&row->duty);
  self->sentence =
      amends_words_join (", ", self->duty, self->duty_detail, self->when, self->when_detail, NULL);
  return self;
}

static const char *
first_text (const json_t *intake, const char *object, const char *key)
{
  const json_t *holder = json_object_get (intake, object);

  if (json_is_array (holder))
    holder = json_array_get (holder, 0);
  return json_string_value (json_object_get (holder, key));
}

static char *
first_line (const char *text)
{
  return text != NULL ? g_strndup (text, strcspn (text, "\n")) : g_strdup ("");
}

static char *
describe_hearing (const AmendsDraft *draft, AmendsDay today)
{
  const char *received = json_string_value (json_object_get (draft->intake, "received"));
  g_autofree char *near = NULL;
  AmendsDay day;

  if (received == NULL || !amends_day_parse (received, &day, NULL))
    return g_strdup (_ ("Nobody has said when it was heard"));
  near = amends_words_near_day (day, today);
  return g_strdup_printf (_ ("Heard on %s"), near);
}

/* What was begun in a case that is open. */
static AmendsWorkLine *
new_begun (const AmendsUnfinished *unfinished, AmendsEventType act, AmendsDay today)
{
  AmendsWorkLine *self = g_new0 (AmendsWorkLine, 1);
  const AmendsCaseRow *complaint = unfinished->complaint;
  const char *title = amends_act_words_title (act);
  g_autofree char *reference =
      amends_words_isolate (complaint != NULL ? complaint->reference : NULL);
  g_autofree char *kept = amends_words_instant (unfinished->draft->changed_at);

  self->name = g_strdup (complaint == NULL                ? _ ("A case that is not held here")
                         : complaint->complainant != NULL ? complaint->complainant
                                                          : _ ("Anonymous"));
  self->place = g_strdup (complaint != NULL && complaint->home != NULL ? complaint->home : "");
  self->summary =
      g_strdup (complaint != NULL && complaint->summary != NULL ? complaint->summary : "");
  self->duty = g_strdup (title != NULL ? title : _ ("Finish the form"));
  self->duty_detail = amends_words_join (" · ", reference, NULL);
  say_when (self, AMENDS_DAY_NONE, 0, FALSE, today);
  g_free (self->when_detail);
  /* Translators: a draft was kept then. */
  self->when_detail = g_strdup_printf (_ ("Kept %s"), kept);
  self->is_given = TRUE;
  self->whose = g_strdup (_ ("Whoever is here"));
  self->sentence =
      amends_words_join (", ", _ ("Unfinished"), self->name, self->place, self->summary, self->duty,
                         self->duty_detail, self->when_detail, NULL);
  return self;
}

/**
 * amends_work_line_new_unfinished:
 * @unfinished: what was kept for later
 * @today: the day it was read for
 *
 * Returns: (transfer full): the same in words
 */
AmendsWorkLine *
amends_work_line_new_unfinished (const AmendsUnfinished *unfinished, AmendsDay today)
{
  const json_t *intake = unfinished->draft->intake;
  const char *name = first_text (intake, "complainant", "name");
  const char *home = first_text (intake, "complainant", "home");
  AmendsWorkLine *self;
  AmendsEventType act;
  AmendsId id;

  if (amends_draft_get_act (intake, &id, &act) != NULL)
    return new_begun (unfinished, act, today);
  self = g_new0 (AmendsWorkLine, 1);
  self->name = g_strdup (name != NULL && *name != '\0' ? name : _ ("No name yet"));
  self->place = g_strdup (home != NULL ? home : "");
  self->summary = first_line (first_text (intake, "issues", "what"));
  self->duty = g_strdup (_ ("Finish the record"));
  self->duty_detail = describe_hearing (unfinished->draft, today);
  say_when (self, unfinished->acknowledge_day, unfinished->n_working_days_left, FALSE, today);
  self->is_given = TRUE;
  self->whose = g_strdup (_ ("Whoever is here"));
  self->sentence =
      amends_words_join (", ", _ ("Unfinished"), self->name, self->place, self->summary,
                         self->duty_detail, self->when, self->when_detail, NULL);
  return self;
}

/* ---------------------------------------------------------------- the plan */

/**
 * amends_work_words_summary:
 * @work: the plan of a day
 *
 * Returns: (transfer full): "1 late, 2 today, 2 this week"; "" if nothing of it is owed by a day of this week
 */
char *
amends_work_words_summary (const AmendsWork *work)
{
  guint n_late = work->n_duties[AMENDS_WORK_OVERDUE];
  guint n_today = work->n_duties[AMENDS_WORK_TODAY];
  guint n_week = work->n_duties[AMENDS_WORK_WEEK];
  g_autofree char *late = g_strdup_printf (ngettext ("%u late", "%u late", n_late), n_late);
  g_autofree char *today = g_strdup_printf (ngettext ("%u today", "%u today", n_today), n_today);
  g_autofree char *week =
      g_strdup_printf (ngettext ("%u this week", "%u this week", n_week), n_week);

  return amends_words_join (", ", n_late > 0 ? late : "", n_today > 0 ? today : "",
                            n_week > 0 ? week : "", NULL);
}

/**
 * amends_work_words_nothing:
 * @work: the plan of a day on which nothing is owed
 *
 * Returns: (transfer full): "Next: Thu 7 Jan, Update promised, Mr Leonard Okafor", or that there is nothing at all
 */
char *
amends_work_words_nothing (const AmendsWork *work)
{
  g_autoptr (AmendsWorkLine) line = NULL;
  g_autofree char *next = NULL;

  if (work->next == NULL)
    return g_strdup (_ ("Nothing is owed on a later day either."));
  line = amends_work_line_new (work->next, work->today);
  next = amends_words_join (", ", line->when_detail, line->duty, line->name, NULL);
  /* Translators: what is owed after today: a day, what, and to whom. */
  return g_strdup_printf (_ ("Next: %s."), next);
}
