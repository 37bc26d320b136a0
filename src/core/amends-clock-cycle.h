/* amends-clock-cycle.h: what the clocks of one cycle are computed with; of the clocks alone
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-clock.h"

G_BEGIN_DECLS

/**
 * AmendsCycle:
 *
 * The events of one cycle, and what stage 1 came to in it.
 */
typedef struct
{
  AmendsClockSource source;
  gboolean is_code; /* also where the Code stands in for a landlord's edition */
  AmendsPolicy *policy;
  const AmendsCalendar *calendar;  /* of the law */
  const AmendsCalendar *landlords; /* with the landlord's closures; for the Code the same */
  AmendsDay as_of;
  const AmendsClockEvent *events;
  guint n_events;
  AmendsClockEventKind begin_kind;
  AmendsDay begin_day; /* of stage 1, or AMENDS_DAY_NONE */
  AmendsDay end_day;   /* when the case was taken up again, or AMENDS_DAY_NONE */
  gboolean is_anonymous;
  AmendsDay acknowledge_due_day; /* also where nobody is to be acknowledged */
  AmendsDay acknowledged_day;    /* what a response counts from */
  AmendsDay responded_day;       /* if it came before stage 2 took its place */
  AmendsDay requested_day;
  AmendsDay effect_day;  /* of the request; may be to come, or NEVER */
  AmendsClockRow **rows; /* AMENDS_CLOCK_N_NAMES of them, some NULL */
} AmendsCycle;

static inline AmendsDay
amends_cycle_earlier_of (AmendsDay a, AmendsDay b)
{
  if (a == AMENDS_DAY_NONE)
    return b;
  return b == AMENDS_DAY_NONE ? a : MIN (a, b);
}

const AmendsClockEvent *
amends_cycle_find_event (const AmendsCycle *cycle, AmendsClockEventKind kind, AmendsDay not_before);
AmendsDay
amends_cycle_find_day (const AmendsCycle *cycle, AmendsClockEventKind kind, AmendsDay not_before);
AmendsDay amends_cycle_find_end (const AmendsCycle *cycle,
                                 const AmendsPolicyClock *clock,
                                 AmendsDay not_before);
AmendsDay amends_cycle_find_delivery (const AmendsCycle *cycle,
                                      const AmendsClockEvent *sent,
                                      AmendsDay not_after);
AmendsDay amends_cycle_find_stop (const AmendsCycle *cycle, AmendsDay not_before);
AmendsDay amends_cycle_add_working_days (const AmendsCalendar *calendar,
                                         AmendsDay start,
                                         int n,
                                         gboolean *provisional);
AmendsDay amends_cycle_count (const AmendsCycle *cycle,
                              const AmendsPolicyClock *clock,
                              AmendsDay start,
                              gboolean *provisional);
const AmendsPolicyClock *amends_cycle_get_clock (const AmendsCycle *cycle, AmendsClockName name);
AmendsClockRow *amends_cycle_add_row (AmendsCycle *cycle, const AmendsPolicyClock *clock);
void amends_cycle_start_row (const AmendsCycle *cycle, AmendsClockRow *row, AmendsDay day);
void
amends_cycle_settle (const AmendsCycle *cycle, AmendsClockRow *row, AmendsDay done, AmendsDay stop);
void amends_cycle_settle_window (const AmendsCycle *cycle,
                                 AmendsClockRow *row,
                                 AmendsDay used,
                                 AmendsDay stop);

void amends_cycle_keep_row (AmendsClockRow **kept, AmendsClockRow *row);
void amends_cycle_compute_beside (AmendsCycle *cycle);

G_END_DECLS
