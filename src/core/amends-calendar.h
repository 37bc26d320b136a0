/* amends-calendar.h: which days are working days, from a table of bank holidays
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-day.h"

G_BEGIN_DECLS

#define AMENDS_CALENDAR_MAX_BYTES (64 * 1024) /* a century of ten holidays a year is 40 KiB */
#define AMENDS_CALENDAR_MAX_YEARS 100
#define AMENDS_CALENDAR_MAX_POLICIES \
  20 /* with closures: the landlords of one server are a handful */
#define AMENDS_CALENDAR_MAX_CLOSURES \
  30 /* a year: six weeks are no closure, they are another calendar */
#define AMENDS_CALENDAR_MAX_WORKING_DAYS 10000 /* a count of 40 years: no clock is that long */

typedef struct _AmendsCalendar AmendsCalendar; /* immutable once parsed; shared between threads */

AmendsCalendar *
amends_calendar_parse (GBytes *bytes, const char *file_name, GPtrArray *problems, GError **error);
AmendsCalendar *amends_calendar_ref (AmendsCalendar *self);
void amends_calendar_unref (AmendsCalendar *self);
AmendsCalendar *
amends_calendar_overlay (const AmendsCalendar *self, const AmendsCalendar *later, GError **error);

const char *amends_calendar_get_id (const AmendsCalendar *self);
const char *amends_calendar_get_name (const AmendsCalendar *self);
AmendsDay amends_calendar_get_first_day (const AmendsCalendar *self);
AmendsDay amends_calendar_get_last_day (const AmendsCalendar *self);
gboolean amends_calendar_covers (const AmendsCalendar *self, AmendsDay day);

const AmendsCalendar *
amends_calendar_get_for_policy (const AmendsCalendar *self, const char *policy_id);

const char *amends_calendar_get_closure (const AmendsCalendar *self, AmendsDay day);
const char *amends_calendar_get_holiday (const AmendsCalendar *self, AmendsDay day);
gboolean amends_calendar_is_working_day (const AmendsCalendar *self, AmendsDay day);
AmendsDay amends_calendar_this_or_next_working_day (const AmendsCalendar *self, AmendsDay day);
AmendsDay amends_calendar_next_working_day (const AmendsCalendar *self, AmendsDay day);

gboolean amends_calendar_add_working_days (const AmendsCalendar *self,
                                           AmendsDay start,
                                           int n_working_days,
                                           AmendsDay *ret_day,
                                           GError **error);
AmendsDay amends_calendar_add_working_days_provisional (const AmendsCalendar *self,
                                                        AmendsDay start,
                                                        int n_working_days,
                                                        gboolean *ret_is_provisional);
int
amends_calendar_working_days_between (const AmendsCalendar *self, AmendsDay after, AmendsDay until);
int amends_calendar_count_left (const AmendsCalendar *self, AmendsDay today, AmendsDay day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmendsCalendar, amends_calendar_unref)

G_END_DECLS
