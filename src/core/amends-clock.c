/* amends-clock.c: every clock of a complaint, by the landlord's policy and by the Code
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is stored and nothing pauses: rows are computed from the events, each time anew, for the
 * landlord's edition and for the Code's. A case that is taken up again after a refusal was overturned,
 * or because the Ombudsman said so, has more than one *cycle*; the clocks of the last one stand in the
 * rows, and the runs before it in their arrays of earlier ones.
 *
 * Within a cycle the order is: acknowledge, then respond with its extensions, then the day on which a
 * request for stage 2 takes effect, which ends what of stage 1 is not done, then stage 2. */

#include "core/amends-clock-cycle.h"

#include <string.h>

/* Complaint Handling Code 2024, 6.4 and 6.15: what an extension adds at most without good reason. */
static const int code_caps[] = { 10, 20 };

#define NEVER G_MAXINT32

/* What runs beside the response: what it counts from, and the extensions as they come. */
typedef struct
{
  AmendsDay base_day;  /* due, unextended; AMENDS_DAY_NONE while it waits */
  AmendsDay outer_day; /* at the latest, unextended */
  int n_asked;
  int n_without_reason;
  int n_with_reason;
  gboolean is_breached;
} Term;

/* By how many days the term is moved. The Code takes no more than its cap unless there was good
 * reason; the landlord's own clock takes what the landlord decided. */
static int
get_n_extended (const AmendsCycle *cycle, const Term *term, int stage)
{
  int n = term->n_without_reason;

  if (cycle->is_code)
    n = MIN (n, MAX (0, code_caps[stage - 1] - term->n_with_reason));
  return MIN (n + term->n_with_reason, AMENDS_CALENDAR_MAX_WORKING_DAYS);
}

static AmendsDay
get_term_day (const AmendsCycle *cycle,
              const Term *term,
              AmendsDay base,
              int stage,
              gboolean *provisional)
{
  int n = get_n_extended (cycle, term, stage);

  if (base == AMENDS_DAY_NONE || n == 0)
    return base;
  return amends_cycle_add_working_days (cycle->landlords, base, n, provisional);
}

static AmendsDay
get_governing_day (const AmendsCycle *cycle, const Term *term, int stage)
{
  gboolean ignored = FALSE;

  return amends_cycle_earlier_of (get_term_day (cycle, term, term->base_day, stage, &ignored),
                                  get_term_day (cycle, term, term->outer_day, stage, &ignored));
}

/* Takes the extensions from after @after until @until, which is counted. With @only_in_time it stops
 * at the first that was decided too late. */
static void
extend (const AmendsCycle *cycle,
        Term *term,
        int stage,
        AmendsDay after,
        AmendsDay until,
        gboolean only_in_time)
{
  AmendsClockEventKind kind =
      stage == 1 ? AMENDS_CLOCK_EVENT_EXTENDED : AMENDS_CLOCK_EVENT_STAGE2_EXTENDED;

  for (guint i = 0; i < cycle->n_events; i++)
    {
      const AmendsClockEvent *event = &cycle->events[i];
      AmendsDay governing;

      if (event->kind != kind || (after != AMENDS_DAY_NONE && event->day <= after)
          || (until != AMENDS_DAY_NONE && event->day > until))
        continue;
      governing = get_governing_day (cycle, term, stage);
      if (governing != AMENDS_DAY_NONE && event->day > governing)
        {
          if (only_in_time)
            return;
          term->is_breached = TRUE;
        }
      term->n_asked += event->n_working_days;
      if (event->has_good_reason)
        term->n_with_reason += event->n_working_days;
      else
        term->n_without_reason += event->n_working_days;
    }
}

static Term
begin_response_term (const AmendsCycle *cycle,
                     const AmendsPolicyClock *clock,
                     gboolean *provisional)
{
  Term term = { .base_day = AMENDS_DAY_NONE, .outer_day = AMENDS_DAY_NONE };
  AmendsDay start = cycle->is_anonymous                           ? cycle->acknowledge_due_day
                    : clock->start == AMENDS_CLOCK_EVENT_RECEIVED ? cycle->begin_day
                                                                  : cycle->acknowledged_day;
  AmendsDay outer_start = start;

  if (clock->start == AMENDS_CLOCK_EVENT_ACKNOWLEDGED && !cycle->is_anonymous)
    outer_start = amends_cycle_earlier_of (cycle->acknowledged_day, cycle->acknowledge_due_day);
  if (start != AMENDS_DAY_NONE)
    term.base_day = amends_cycle_count (cycle, clock, start, provisional);
  if (outer_start != AMENDS_DAY_NONE)
    term.outer_day = amends_cycle_count (cycle, clock, outer_start, provisional);
  return term;
}

static void
finish_term (const AmendsCycle *cycle, AmendsClockRow *row, const Term *term, int stage)
{
  row->unextended_day = term->base_day;
  row->due_day = get_term_day (cycle, term, term->base_day, stage, &row->is_provisional);
  row->outer_day = get_term_day (cycle, term, term->outer_day, stage, &row->is_provisional);
  row->n_asked_working_days = term->n_asked;
  row->n_extended_working_days = get_n_extended (cycle, term, stage);
  row->is_breached = term->is_breached;
}

static AmendsDay
find_first_of_stage_2 (const AmendsCycle *cycle, AmendsDay not_before)
{
  AmendsDay first = AMENDS_DAY_NONE;

  for (guint i = 0; i < cycle->n_events; i++)
    if (cycle->events[i].kind >= AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED
        && cycle->events[i].kind <= AMENDS_CLOCK_EVENT_STAGE2_RESPONDED
        && cycle->events[i].day >= not_before)
      first = amends_cycle_earlier_of (first, cycle->events[i].day);
  return first;
}

/* When the request for stage 2 takes effect. After a response: at once. If stage 1 is overdue by then:
 * at once, and stage 1 ends. Otherwise it is kept for the response, or for the working day after the
 * due day, whichever comes first; stage 2 that the landlord begins itself puts it into effect. A
 * request that is kept does not outlive a complaint that is withdrawn. */
static void
find_effect (AmendsCycle *cycle)
{
  const AmendsPolicyClock *clock = amends_cycle_get_clock (cycle, AMENDS_CLOCK_RESPOND);
  AmendsDay responded =
      amends_cycle_find_day (cycle, AMENDS_CLOCK_EVENT_RESPONDED, cycle->begin_day);
  AmendsDay request =
      amends_cycle_find_day (cycle, AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED, cycle->begin_day);
  AmendsDay stop = amends_cycle_find_stop (cycle, cycle->begin_day);
  gboolean ignored = FALSE;
  AmendsDay governing;
  Term term;

  cycle->responded_day = responded;
  cycle->requested_day = cycle->effect_day = request;
  if (request == AMENDS_DAY_NONE || (responded != AMENDS_DAY_NONE && responded <= request)
      || (stop != AMENDS_DAY_NONE && stop < request) || clock == NULL)
    return;

  term = begin_response_term (cycle, clock, &ignored);
  extend (cycle, &term, 1, AMENDS_DAY_NONE, request, FALSE);
  governing = get_governing_day (cycle, &term, 1);
  if (request <= governing)
    {
      extend (cycle, &term, 1, request, responded, TRUE);
      governing = get_governing_day (cycle, &term, 1);
      cycle->effect_day =
          amends_cycle_earlier_of (responded,
                                   amends_calendar_next_working_day (cycle->landlords, governing));
      cycle->effect_day =
          amends_cycle_earlier_of (cycle->effect_day, find_first_of_stage_2 (cycle, request));
      if (stop != AMENDS_DAY_NONE && stop < cycle->effect_day)
        cycle->effect_day = NEVER;
    }
  if (responded != AMENDS_DAY_NONE && responded > cycle->effect_day)
    cycle->responded_day = AMENDS_DAY_NONE;
}

static gboolean
has_taken_effect (const AmendsCycle *cycle)
{
  return cycle->effect_day != AMENDS_DAY_NONE && cycle->effect_day <= cycle->as_of;
}

/* What ends stage 1 from without: also stage 2, where no response came before it. */
static AmendsDay
find_stage_1_stop (const AmendsCycle *cycle)
{
  AmendsDay stop = amends_cycle_find_stop (cycle, cycle->begin_day);

  if (cycle->responded_day == AMENDS_DAY_NONE && has_taken_effect (cycle))
    stop = amends_cycle_earlier_of (stop, cycle->effect_day);
  /* What was informal and is settled is not waited for, unless it became a complaint. */
  if (amends_cycle_find_event (cycle, AMENDS_CLOCK_EVENT_RECEIVED, cycle->begin_day) == NULL
      && cycle->begin_kind != AMENDS_CLOCK_EVENT_REOPENED)
    stop =
        amends_cycle_earlier_of (stop,
                                 amends_cycle_find_day (cycle,
                                                        AMENDS_CLOCK_EVENT_SERVICE_REQUEST_RESOLVED,
                                                        cycle->begin_day));
  return stop;
}

static void
find_acknowledgement (AmendsCycle *cycle)
{
  const AmendsPolicyClock *clock = amends_cycle_get_clock (cycle, AMENDS_CLOCK_ACKNOWLEDGE);
  gboolean ignored = FALSE;

  cycle->acknowledge_due_day = AMENDS_DAY_NONE;
  cycle->acknowledged_day =
      amends_cycle_find_day (cycle, AMENDS_CLOCK_EVENT_RESPONDED, cycle->begin_day);
  if (clock == NULL)
    {
      cycle->acknowledged_day =
          amends_cycle_earlier_of (cycle->acknowledged_day,
                                   amends_cycle_find_day (cycle, AMENDS_CLOCK_EVENT_ACKNOWLEDGED,
                                                          cycle->begin_day));
      return;
    }
  cycle->acknowledge_due_day = amends_cycle_count (cycle, clock, cycle->begin_day, &ignored);
  /* A response with no acknowledgement counts as both. */
  cycle->acknowledged_day =
      amends_cycle_earlier_of (cycle->acknowledged_day,
                               amends_cycle_find_end (cycle, clock, cycle->begin_day));
}

static void
compute_acknowledge (AmendsCycle *cycle)
{
  const AmendsPolicyClock *clock = amends_cycle_get_clock (cycle, AMENDS_CLOCK_ACKNOWLEDGE);
  AmendsClockRow *row;

  if (clock == NULL || cycle->is_anonymous)
    return;
  row = amends_cycle_add_row (cycle, clock);
  row->start_kind = cycle->begin_kind;
  amends_cycle_start_row (cycle, row, cycle->begin_day);
  amends_cycle_settle (cycle, row, cycle->acknowledged_day, find_stage_1_stop (cycle));
}

/* What comes after the end of stage 1 starts nothing in it. */
static void
drop_late_acknowledgement (AmendsCycle *cycle)
{
  AmendsDay stop = find_stage_1_stop (cycle);

  if (stop != AMENDS_DAY_NONE && cycle->acknowledged_day > stop)
    cycle->acknowledged_day = AMENDS_DAY_NONE;
}

static void
compute_contact (AmendsCycle *cycle)
{
  const AmendsPolicyClock *clock = amends_cycle_get_clock (cycle, AMENDS_CLOCK_CONTACT);
  AmendsDay start;
  AmendsDay done = AMENDS_DAY_NONE;
  AmendsClockRow *row;

  if (clock == NULL || cycle->is_anonymous)
    return;
  row = amends_cycle_add_row (cycle, clock);
  start = clock->start == AMENDS_CLOCK_EVENT_RECEIVED ? cycle->begin_day
          : clock->start == AMENDS_CLOCK_EVENT_ACKNOWLEDGED
              ? cycle->acknowledged_day
              : amends_cycle_find_day (cycle, AMENDS_CLOCK_EVENT_ASSIGNED, cycle->begin_day);
  /* After the response there is nothing left to talk over. */
  if (start != AMENDS_DAY_NONE && cycle->responded_day != AMENDS_DAY_NONE
      && start > cycle->responded_day)
    start = AMENDS_DAY_NONE;
  amends_cycle_start_row (cycle, row, start);
  if (start != AMENDS_DAY_NONE)
    done = amends_cycle_find_end (cycle, clock, start);
  amends_cycle_settle (cycle, row, done,
                       amends_cycle_earlier_of (find_stage_1_stop (cycle), cycle->responded_day));
}

static void
compute_respond (AmendsCycle *cycle)
{
  const AmendsPolicyClock *clock = amends_cycle_get_clock (cycle, AMENDS_CLOCK_RESPOND);
  AmendsDay stop = find_stage_1_stop (cycle);
  AmendsClockRow *row;
  Term term;

  if (clock == NULL || (cycle->is_anonymous && cycle->is_code))
    return;
  row = amends_cycle_add_row (cycle, clock);
  term = begin_response_term (cycle, clock, &row->is_provisional);
  if (cycle->is_anonymous)
    row->start_kind = AMENDS_CLOCK_EVENT_NONE;
  else if (clock->start == AMENDS_CLOCK_EVENT_RECEIVED)
    row->start_kind = cycle->begin_kind;
  row->started_day = cycle->is_anonymous                           ? cycle->acknowledge_due_day
                     : clock->start == AMENDS_CLOCK_EVENT_RECEIVED ? cycle->begin_day
                                                                   : cycle->acknowledged_day;
  extend (cycle, &term, 1, AMENDS_DAY_NONE, amends_cycle_earlier_of (cycle->responded_day, stop),
          FALSE);
  finish_term (cycle, row, &term, 1);
  amends_cycle_settle (cycle, row, cycle->responded_day, stop);
}

static void
compute_after_response (AmendsCycle *cycle)
{
  const AmendsPolicyClock *escalate = amends_cycle_get_clock (cycle, AMENDS_CLOCK_ESCALATE);
  const AmendsPolicyClock *close = amends_cycle_get_clock (cycle, AMENDS_CLOCK_CLOSE);
  AmendsDay responded = cycle->responded_day;
  AmendsDay requested =
      has_taken_effect (cycle) ? MAX (cycle->requested_day, responded) : AMENDS_DAY_NONE;
  AmendsClockRow *row;

  if (responded == AMENDS_DAY_NONE)
    return;
  if (escalate != NULL && !cycle->is_anonymous)
    {
      AmendsDay start = responded;

      row = amends_cycle_add_row (cycle, escalate);
      if (escalate->starts_delivered)
        {
          AmendsDay delivered = amends_cycle_find_delivery (
              cycle, amends_cycle_find_event (cycle, AMENDS_CLOCK_EVENT_RESPONDED, responded),
              cycle->requested_day);

          start = delivered != AMENDS_DAY_NONE ? delivered : responded;
        }
      amends_cycle_start_row (cycle, row, start);
      amends_cycle_settle_window (cycle, row, requested, amends_cycle_find_stop (cycle, responded));
    }
  if (close != NULL)
    {
      row = amends_cycle_add_row (cycle, close);
      amends_cycle_start_row (cycle, row, responded);
      amends_cycle_settle (cycle, row, amends_cycle_find_end (cycle, close, responded),
                           amends_cycle_earlier_of (requested,
                                                    amends_cycle_find_stop (cycle, responded)));
    }
}

/* A clock of stage 2 that waits for, or runs from, something other than an acknowledgement. */
static void
compute_stage_2_step (AmendsCycle *cycle,
                      AmendsClockName name,
                      AmendsDay acknowledged,
                      AmendsDay stop)
{
  const AmendsPolicyClock *clock = amends_cycle_get_clock (cycle, name);
  AmendsDay start = AMENDS_DAY_NONE;
  AmendsDay done = AMENDS_DAY_NONE;
  AmendsClockRow *row;

  if (clock == NULL)
    return;
  row = amends_cycle_add_row (cycle, clock);
  if (has_taken_effect (cycle))
    start = clock->start == AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED ? acknowledged
            : clock->start == AMENDS_CLOCK_EVENT_ESCALATION_REQUESTED
                ? cycle->effect_day
                : amends_cycle_find_day (cycle, clock->start, cycle->effect_day);
  if (start != AMENDS_DAY_NONE && stop != AMENDS_DAY_NONE && start > stop)
    start = AMENDS_DAY_NONE;
  amends_cycle_start_row (cycle, row, start);
  if (start != AMENDS_DAY_NONE)
    done = amends_cycle_find_end (cycle, clock, start);
  amends_cycle_settle (cycle, row, done, stop);
}

static void
compute_stage_2_respond (AmendsCycle *cycle,
                         const AmendsClockEvent *response,
                         AmendsDay acknowledged,
                         AmendsDay acknowledge_due)
{
  const AmendsPolicyClock *clock = amends_cycle_get_clock (cycle, AMENDS_CLOCK_STAGE2_RESPOND);
  AmendsDay stop = amends_cycle_find_stop (cycle, cycle->effect_day);
  AmendsDay done = response != NULL ? response->day : AMENDS_DAY_NONE;
  Term term = { .base_day = AMENDS_DAY_NONE, .outer_day = AMENDS_DAY_NONE };
  AmendsDay outer_start;
  AmendsClockRow *row;

  if (clock == NULL)
    return;
  row = amends_cycle_add_row (cycle, clock);
  if (!has_taken_effect (cycle))
    {
      amends_cycle_settle (cycle, row, AMENDS_DAY_NONE,
                           amends_cycle_find_stop (cycle, cycle->requested_day));
      return;
    }

  row->started_day = outer_start = cycle->effect_day;
  if (clock->start == AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED)
    {
      row->started_day = acknowledged;
      outer_start = amends_cycle_earlier_of (acknowledged, acknowledge_due);
    }
  if (row->started_day != AMENDS_DAY_NONE)
    term.base_day = amends_cycle_count (cycle, clock, row->started_day, &row->is_provisional);
  if (outer_start != AMENDS_DAY_NONE)
    term.outer_day = amends_cycle_count (cycle, clock, outer_start, &row->is_provisional);
  if (clock->ends_delivered && response != NULL)
    done = amends_cycle_find_delivery (cycle, response, AMENDS_DAY_NONE);
  extend (cycle, &term, 2, AMENDS_DAY_NONE, amends_cycle_earlier_of (done, stop), FALSE);
  finish_term (cycle, row, &term, 2);

  if (clock->ends_delivered && row->due_day != AMENDS_DAY_NONE)
    {
      gboolean is_by_post = response == NULL || response->medium == AMENDS_CLOCK_MEDIUM_WRITTEN;

      row->send_by_day =
          amends_cycle_add_working_days (cycle->landlords, row->due_day,
                                         is_by_post ? -clock->n_postal_working_days : 0,
                                         &row->is_provisional);
    }
  amends_cycle_settle (cycle, row, done, stop);
}

static void
compute_stage_2 (AmendsCycle *cycle)
{
  const AmendsPolicyClock *clock = amends_cycle_get_clock (cycle, AMENDS_CLOCK_STAGE2_ACKNOWLEDGE);
  AmendsDay stop = amends_cycle_find_stop (cycle, cycle->requested_day);
  AmendsDay acknowledged;
  AmendsDay due = AMENDS_DAY_NONE;
  const AmendsClockEvent *response;

  if (cycle->requested_day == AMENDS_DAY_NONE)
    return;
  response =
      amends_cycle_find_event (cycle, AMENDS_CLOCK_EVENT_STAGE2_RESPONDED, cycle->requested_day);
  acknowledged =
      amends_cycle_earlier_of (amends_cycle_find_day (cycle, AMENDS_CLOCK_EVENT_STAGE2_ACKNOWLEDGED,
                                                      cycle->requested_day),
                               response != NULL ? response->day : AMENDS_DAY_NONE);
  if (clock != NULL)
    {
      AmendsClockRow *row = amends_cycle_add_row (cycle, clock);

      amends_cycle_start_row (cycle, row,
                              has_taken_effect (cycle) ? cycle->effect_day : AMENDS_DAY_NONE);
      amends_cycle_settle (cycle, row, acknowledged, stop);
      due = row->due_day;
    }
  if (stop != AMENDS_DAY_NONE && acknowledged > stop)
    acknowledged = AMENDS_DAY_NONE;
  if (response != NULL)
    stop = amends_cycle_earlier_of (stop, response->day);
  compute_stage_2_step (cycle, AMENDS_CLOCK_STAGE2_CONTACT, acknowledged, stop);
  compute_stage_2_step (cycle, AMENDS_CLOCK_STAGE2_UPDATE, acknowledged, stop);
  compute_stage_2_respond (cycle, response, acknowledged, due);
}

static void
compute_complaint (AmendsCycle *cycle)
{
  const AmendsClockEvent *received =
      amends_cycle_find_event (cycle, AMENDS_CLOCK_EVENT_RECEIVED, cycle->begin_day);

  if (received != NULL)
    cycle->is_anonymous = received->is_anonymous;
  find_acknowledgement (cycle);
  find_effect (cycle);
  compute_acknowledge (cycle);
  drop_late_acknowledgement (cycle);
  compute_contact (cycle);
  compute_respond (cycle);
  compute_after_response (cycle);
  compute_stage_2 (cycle);
}

/* What first said that somebody was unhappy. The Code knows no informal complaint (5.2) and takes one
 * for a complaint; the landlord's stage 1 begins when it was asked for. */
static void
find_begin (AmendsCycle *cycle)
{
  static const AmendsClockEventKind kinds[] = { AMENDS_CLOCK_EVENT_RECEIVED,
                                                AMENDS_CLOCK_EVENT_INFORMAL_OPENED,
                                                AMENDS_CLOCK_EVENT_DISSATISFIED };
  guint n_kinds = cycle->is_code ? G_N_ELEMENTS (kinds) : 1;

  cycle->begin_day = AMENDS_DAY_NONE;
  for (guint i = 0; i < n_kinds; i++)
    {
      AmendsDay day = amends_cycle_find_day (cycle, kinds[i], AMENDS_DAY_FIRST);

      if (day != AMENDS_DAY_NONE && (cycle->begin_day == AMENDS_DAY_NONE || day < cycle->begin_day))
        {
          cycle->begin_day = day;
          cycle->begin_kind = kinds[i];
        }
    }
}

static void
compute_cycle (AmendsCycle *cycle, AmendsClockRow **kept)
{
  AmendsClockRow *rows[AMENDS_CLOCK_N_NAMES] = { NULL };

  cycle->rows = rows;
  if (cycle->begin_day != AMENDS_DAY_NONE)
    compute_complaint (cycle);
  for (guint i = 0; i < AMENDS_CLOCK_N_NAMES; i++)
    amends_cycle_keep_row (&kept[i], rows[i]);
  cycle->rows = NULL;
}

static void
compute_source (AmendsPolicy *policy,
                AmendsClockSource source,
                gboolean is_code,
                const AmendsCalendar *calendar,
                const GArray *events,
                AmendsDay as_of,
                GPtrArray *result)
{
  AmendsClockRow *kept[AMENDS_CLOCK_N_NAMES] = { NULL };
  const AmendsClockEvent *all = (const AmendsClockEvent *) (gconstpointer) events->data;
  AmendsCycle cycle = {
    .source = source, .is_code = is_code, .policy = policy, .calendar = calendar, .as_of = as_of
  };
  guint first = 0;

  cycle.landlords = source == AMENDS_CLOCK_SOURCE_CODE
                        ? calendar
                        : amends_calendar_get_for_policy (calendar, amends_policy_get_id (policy));
  cycle.events = all;
  cycle.n_events = events->len;
  find_begin (&cycle);
  for (guint i = 0; i <= events->len; i++)
    if (i == events->len || (all[i].kind == AMENDS_CLOCK_EVENT_REOPENED && all[i].restarts))
      {
        cycle.events = all + first;
        cycle.n_events = i - first;
        cycle.end_day = i < events->len ? all[i].day : AMENDS_DAY_NONE;
        compute_cycle (&cycle, kept);
        if (i < events->len)
          {
            first = i;
            cycle.begin_day = all[i].day;
            cycle.begin_kind = AMENDS_CLOCK_EVENT_REOPENED;
          }
      }

  cycle.events = all;
  cycle.n_events = events->len;
  cycle.rows = kept;
  amends_cycle_compute_beside (&cycle);
  for (guint i = 0; i < AMENDS_CLOCK_N_NAMES; i++)
    if (kept[i] != NULL)
      g_ptr_array_add (result, kept[i]);
}

/**
 * amends_clocks_compute:
 * @policy: (nullable): the landlord's edition; where none was published, only the Code's rows are given
 * @code: the Code's
 * @calendar: the working days, with the closures of the landlord if it has any
 * @events: (element-type AmendsClockEvent): what happened, of amends_clock_history_parse()
 * @as_of: the day that is asked about
 *
 * At most one row per source and clock, the landlord's first, each in the order of #AmendsClockName.
 *
 * Source: the clause that each row's rule cites.
 * Returns: (transfer full) (element-type AmendsClockRow): the rows
 */
GPtrArray *
amends_clocks_compute (AmendsPolicy *policy,
                       AmendsPolicy *code,
                       const AmendsCalendar *calendar,
                       const GArray *events,
                       AmendsDay as_of)
{
  g_autoptr (GPtrArray) rows = NULL;

  g_return_val_if_fail (code != NULL && calendar != NULL, NULL);
  g_return_val_if_fail (events != NULL && as_of >= AMENDS_DAY_FIRST, NULL);

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_clock_row_free);
  if (policy != NULL)
    {
      gboolean is_code = strcmp (amends_policy_get_id (policy), amends_policy_get_id (code)) == 0;

      compute_source (policy, AMENDS_CLOCK_SOURCE_POLICY, is_code, calendar, events, as_of, rows);
    }
  compute_source (code, AMENDS_CLOCK_SOURCE_CODE, TRUE, calendar, events, as_of, rows);
  return g_steal_pointer (&rows);
}
