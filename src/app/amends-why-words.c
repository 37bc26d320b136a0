/* amends-why-words.c: why a due day is what it is, in sentences
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made from the steps of the governing clock: the same steps that the calendar beside them draws. */

#include "config.h"

#include "app/amends-why-words.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-due-words.h"
#include "app/amends-words.h"
#include "core/amends-clock-why.h"

void
amends_why_step_free (AmendsWhyStep *self)
{
  g_free (self->title);
  g_free (self->detail);
  g_free (self->policy);
  g_free (self->code);
  g_free (self);
}

/* What is told while the steps of the core go by. */
typedef struct
{
  const AmendsClockPair *pair;
  const AmendsClockRow *row;
  const AmendsDues *dues;
  GPtrArray *steps;
  GPtrArray *skipped; /* names of holidays and closures, each once */
  gboolean has_weekends;
  AmendsDay last_day; /* counted before the end was moved */
} Teller;

/* Takes @title and @detail. @place: where in the order; -1 for the end */
static AmendsWhyStep *
insert_step (Teller *teller, int place, char *title, char *detail)
{
  AmendsWhyStep *step = g_new0 (AmendsWhyStep, 1);

  step->title = title;
  step->detail = detail != NULL ? detail : g_strdup ("");
  step->policy = g_strdup ("");
  step->code = g_strdup ("");
  g_ptr_array_insert (teller->steps, MIN (place, (int) teller->steps->len), step);
  return step;
}

static AmendsWhyStep *
add_step (Teller *teller, char *title, char *detail)
{
  return insert_step (teller, -1, title, detail);
}

static const AmendsPolicyRule *
find_extension_rule (const AmendsClockRow *row)
{
  int stage = row->clock->name == AMENDS_CLOCK_STAGE2_RESPOND ? 2 : 1;
  const AmendsPolicyExtension *extension = amends_policy_get_extension (row->policy, stage);

  return extension != NULL ? extension->rule : NULL;
}

/* Cites what gives a step its right: both sources, if they give the same day, else the governing one. */
static void
cite (const Teller *teller, AmendsWhyStep *step, gboolean is_extension)
{
  const AmendsClockRow *rows[] = { teller->pair->policy, teller->pair->code };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const AmendsPolicyRule *rule;
      char **place = i == 0 ? &step->policy : &step->code;

      if (rows[i] == NULL || (!teller->pair->agrees && rows[i] != teller->row))
        continue;
      rule = is_extension ? find_extension_rule (rows[i]) : rows[i]->clock->rule;
      g_free (*place);
      *place = amends_due_words_cite (rows[i]->source, rule != NULL ? rule->clause : NULL);
    }
}

/* ---------------------------------------------------------------- step by step */

static void
tell_start (Teller *teller, AmendsDay day)
{
  const AmendsClockRow *row = teller->row;
  g_autofree char *when = amends_words_long_day (day);
  g_autofree char *length = amends_due_words_length (row->clock);
  g_autofree char *end = amends_words_long_day (row->unextended_day);
  /* Translators: a length of time, and the day on which it ends. */
  char *ends =
      g_strdup_printf (ngettext ("%s ends on %s", "%s end on %s", (gulong) row->clock->length),
                       length, end);

  add_step (teller, g_strdup_printf ("%s %s", amends_due_words_beginning (row->start_kind), when),
            g_strdup (row->clock->is_same_day
                          ? _ ("That day is day 1, or else the next working day")
                      : row->clock->unit == AMENDS_CLOCK_UNIT_MONTHS
                          ? ""
                          : _ ("Counting starts the next day")));
  cite (teller, add_step (teller, ends, NULL), FALSE);
}

static void
skip (Teller *teller, const char *name)
{
  if (!g_ptr_array_find_with_equal_func (teller->skipped, name, g_str_equal, NULL))
    g_ptr_array_add (teller->skipped, (gpointer) name);
}

static void
tell_skipped (Teller *teller)
{
  const AmendsCalendar *calendar = teller->dues->rules.calendar;
  g_autoptr (GString) names = g_string_new (teller->has_weekends ? _ ("weekends") : "");
  g_autofree char *known = NULL;
  int year;

  for (guint i = 0; i < teller->skipped->len; i++)
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (teller->skipped, i));
  if (names->len == 0)
    return;
  amends_day_to_ymd (amends_calendar_get_last_day (calendar), &year, NULL, NULL);
  /* Translators: the name of a calendar of bank holidays, and the last year that it covers. */
  known =
      g_strdup_printf (_ ("%s, known to the end of %d"), amends_calendar_get_name (calendar), year);
  /* Behind the start and the length, whatever was extended after. */
  insert_step (teller, 2, g_strdup_printf (_ ("Not counted: %s"), names->str),
               g_steal_pointer (&known));
}

static void
tell_moved (Teller *teller, const AmendsClockStep *step)
{
  g_autofree char *last = amends_words_long_day (teller->last_day);
  g_autofree char *day = amends_words_long_day (step->day);

  /* What lies between is told with it. */
  g_ptr_array_set_size (teller->skipped, 0);
  teller->has_weekends = FALSE;
  add_step (teller, g_strdup_printf (_ ("It runs on to %s"), day),
            step->name != NULL
                ? g_strdup_printf (_ ("The last day, %s, is no working day: %s"), last, step->name)
                : g_strdup_printf (_ ("The last day, %s, is no working day"), last));
}

static void
tell_extension (Teller *teller, int n)
{
  AmendsDay due_day = teller->row->due_day;
  gboolean is_stage_2 = teller->row->clock->name == AMENDS_CLOCK_STAGE2_RESPOND;
  g_autofree char *reason =
      amends_words_isolate (teller->dues->extension_reasons[is_stage_2 ? 1 : 0]);
  g_autofree char *by = g_strdup_printf (ngettext ("Extended by %d working day",
                                                   "Extended by %d working days", (gulong) n),
                                         n);
  g_autofree char *day = due_day != AMENDS_DAY_NONE ? amends_words_long_day (due_day) : NULL;

  cite (teller,
        add_step (teller,
                  /* Translators: “Extended by 5 working days”, and the day to which. */
                  day != NULL ? g_strdup_printf (_ ("%s to %s"), by, day) : g_strdup (by),
                  reason != NULL && *reason != '\0'
                      /* Translators: the reason of an extension, as it was told. */
                      ? g_strdup_printf (_ ("“%s” Counted on from the day it was due before"),
                                         reason)
                      : g_strdup (_ ("Counted on from the day it was due before"))),
        TRUE);
}

static void
tell_capped (Teller *teller, int n)
{
  add_step (teller,
            g_strdup_printf (ngettext ("%d working day was decided", "%d working days were decided",
                                       (gulong) n),
                             n),
            g_strdup (_ ("More than the cap moves the date only with good reason")));
}

static void
tell_outer (Teller *teller, AmendsDay day)
{
  g_autofree char *when = amends_words_long_day (day);

  add_step (teller, g_strdup_printf (_ ("Counted from the last day to acknowledge it is %s"), when),
            g_strdup (_ ("A late acknowledgement buys no time")));
}

static void
tell_with_day (Teller *teller, const AmendsClockStep *step)
{
  g_autofree char *day = amends_words_long_day (step->day);

  if (step->kind == AMENDS_CLOCK_STEP_SEND_BY)
    add_step (teller, g_strdup_printf (_ ("To be sent by %s"), day),
              g_strdup (_ ("It is met when it has arrived")));
  else
    add_step (teller, g_strdup (_ ("Provisional")),
              g_strdup_printf (_ ("No bank holidays are known from %s on: only weekends were "
                                  "left out there"),
                               day));
}

static void
tell (Teller *teller, const AmendsClockStep *step)
{
  switch (step->kind)
    {
    case AMENDS_CLOCK_STEP_WAITS:
      cite (teller, add_step (teller, amends_due_words_waiting (teller->row->clock->start), NULL),
            FALSE);
      break;
    case AMENDS_CLOCK_STEP_STARTS:
      tell_start (teller, step->day);
      break;
    case AMENDS_CLOCK_STEP_COUNTED:
    case AMENDS_CLOCK_STEP_MONTHS:
      teller->last_day = step->day;
      break;
    case AMENDS_CLOCK_STEP_EXTENDED:
      break;
    case AMENDS_CLOCK_STEP_WEEKEND:
      teller->has_weekends = TRUE;
      break;
    case AMENDS_CLOCK_STEP_HOLIDAY:
    case AMENDS_CLOCK_STEP_CLOSURE:
      skip (teller, step->name);
      break;
    case AMENDS_CLOCK_STEP_CLAMPED:
      add_step (teller, g_strdup (_ ("The last day of its month is taken")),
                g_strdup_printf (_ ("That month has no day %d"), step->n));
      break;
    case AMENDS_CLOCK_STEP_MOVED:
      tell_moved (teller, step);
      break;
    case AMENDS_CLOCK_STEP_EXTENSION:
      tell_extension (teller, step->n);
      break;
    case AMENDS_CLOCK_STEP_CAPPED:
      tell_capped (teller, step->n);
      break;
    case AMENDS_CLOCK_STEP_OUTER:
      tell_outer (teller, step->day);
      break;
    case AMENDS_CLOCK_STEP_SEND_BY:
    case AMENDS_CLOCK_STEP_PROVISIONAL:
      tell_with_day (teller, step);
      break;
    case AMENDS_CLOCK_STEP_CORRECTED:
      add_step (teller, g_strdup (_ ("Corrected")),
                g_strdup (_ ("What was recorded first made it late. The history has both.")));
      break;
    }
}

/**
 * amends_why_words_steps:
 * @pair: a clock of @dues
 * @dues: all of them
 *
 * Returns: (transfer full) (element-type AmendsWhyStep): how the governing day was counted, in the
 *   order in which it is told
 */
GPtrArray *
amends_why_words_steps (const AmendsClockPair *pair, const AmendsDues *dues)
{
  g_autoptr (GArray) steps = amends_clock_row_dup_steps (pair->governing, dues->rules.calendar);
  g_autoptr (GPtrArray) skipped = g_ptr_array_new ();
  Teller teller = { .pair = pair,
                    .row = pair->governing,
                    .dues = dues,
                    .steps = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_why_step_free),
                    .skipped = skipped,
                    .last_day = AMENDS_DAY_NONE };

  for (guint i = 0; i < steps->len; i++)
    tell (&teller, &g_array_index (steps, AmendsClockStep, i));
  tell_skipped (&teller);
  return teller.steps;
}

/* ---------------------------------------------------------------- verdicts and notes */

static void
add_note (GPtrArray *notes, const AmendsPolicyRule *rule)
{
  g_autofree char *reading = rule != NULL ? amends_due_words_reading (rule) : g_strdup ("");

  if (*reading != '\0')
    g_ptr_array_add (notes, g_steal_pointer (&reading));
}

/**
 * amends_why_words_notes:
 * @pair: a clock
 *
 * Returns: (transfer full) (element-type utf8): where the policy is not exact, what is unclear in it and
 *   which reading was taken
 */
GPtrArray *
amends_why_words_notes (const AmendsClockPair *pair)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func (g_free);
  const AmendsClockRow *row = pair->policy;
  const AmendsClockRow *const rows[] = { pair->policy, pair->code };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i] != NULL && !amends_policy_rule_is_confirmed (rows[i]->clock->rule))
      {
        g_autofree char *cited = amends_due_words_cited (rows[i]);

        g_ptr_array_add (notes, g_strdup_printf (_ ("To be confirmed: the words of %s."), cited));
      }
  if (row == NULL)
    return notes;
  add_note (notes, row->clock->rule);
  if (row->n_asked_working_days > 0)
    add_note (notes, find_extension_rule (row));
  return notes;
}

/**
 * amends_why_words_verdict:
 * @row: a row
 * @dues: the clocks that it is one of
 *
 * Returns: (transfer full): "In time, 3 working days left"
 */
char *
amends_why_words_verdict (const AmendsClockRow *row, const AmendsDues *dues)
{
  g_auto (AmendsDueState) state = { 0 };

  amends_due_words_state (row, dues, &state);
  if (!amends_clock_row_is_open (row) || amends_dues_is_late (dues, row))
    return g_steal_pointer (&state.words);
  return row->is_breached ? g_strdup_printf (_ ("Broken before; %s"), state.words)
                          /* Translators: “3 working days left”. */
                          : g_strdup_printf (_ ("In time, %s"), state.words);
}

/**
 * amends_why_words_moves:
 * @pair: a clock
 *
 * Returns: (transfer full): what could still move its day
 */
char *
amends_why_words_moves (const AmendsClockPair *pair)
{
  gboolean can_extend =
      pair->name == AMENDS_CLOCK_RESPOND || pair->name == AMENDS_CLOCK_STAGE2_RESPOND;
  const AmendsPolicyExtension *extension =
      amends_policy_get_extension (pair->governing->policy,
                                   pair->name == AMENDS_CLOCK_STAGE2_RESPOND ? 2 : 1);
  int n_left;

  if (!can_extend || extension == NULL)
    return g_strdup (_ ("Nothing moves this date. A clock never pauses while somebody waits."));
  n_left = MAX (0, extension->n_cap_working_days - pair->governing->n_extended_working_days);
  return g_strdup_printf (
      ngettext ("Only an extension: %d of %d working days is left, with a reason and a letter. A "
                "clock never pauses while somebody waits.",
                "Only an extension: %d of %d working days are left, with a reason and a letter. A "
                "clock never pauses while somebody waits.",
                (gulong) n_left),
      n_left, extension->n_cap_working_days);
}

static void
append_row (GString *text, const AmendsClockRow *row, const AmendsDues *dues)
{
  g_autofree char *source = NULL;
  g_autofree char *cited = NULL;
  g_autofree char *verdict = NULL;
  g_autofree char *day = NULL;

  if (row == NULL)
    return;
  source = amends_due_words_source (row);
  cited = amends_due_words_cited (row);
  verdict = amends_why_words_verdict (row, dues);
  if (amends_clock_row_get_governing_day (row) != AMENDS_DAY_NONE)
    day = amends_words_day (amends_clock_row_get_governing_day (row));
  g_string_append_printf (text, "%s: %s%s%s (%s)\n", source, day != NULL ? day : "",
                          day != NULL ? ", " : "", verdict, cited);
}

/**
 * amends_why_words_text:
 * @pair: a clock of @dues
 * @dues: all of them
 * @reference: (nullable): of the case
 *
 * Returns: (transfer full): the whole page as text, to be put into a letter or a message
 */
char *
amends_why_words_text (const AmendsClockPair *pair, const AmendsDues *dues, const char *reference)
{
  g_autoptr (GPtrArray) steps = amends_why_words_steps (pair, dues);
  g_autoptr (GPtrArray) notes = amends_why_words_notes (pair);
  g_autofree char *head = pair->day != AMENDS_DAY_NONE
                              ? amends_due_words_headline (pair, AMENDS_DAY_FIRST)
                              : g_strdup (amends_due_words_clock (pair->name));
  g_autofree char *agreement = amends_due_words_agreement (pair);
  g_autofree char *title =
      amends_words_join (" · ", reference != NULL ? reference : "", head, NULL);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n\n", title);
  for (guint i = 0; i < steps->len; i++)
    {
      const AmendsWhyStep *step = g_ptr_array_index (steps, i);
      g_autofree char *detail = amends_words_join (". ", step->title, step->detail, NULL);

      g_autofree char *cited = amends_words_join (", ", step->policy, step->code, NULL);

      g_string_append_printf (text, "%u. %s", i + 1, detail);
      if (*cited != '\0')
        g_string_append_printf (text, " (%s)", cited);
      g_string_append_c (text, '\n');
    }
  g_string_append_c (text, '\n');
  append_row (text, pair->policy, dues);
  append_row (text, pair->code, dues);
  if (*agreement != '\0')
    g_string_append_printf (text, "%s.\n", agreement);
  for (guint i = 0; i < notes->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (notes, i));
  return g_string_free (text, FALSE);
}
