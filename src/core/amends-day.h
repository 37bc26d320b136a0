/* amends-day.h: civil days, and days that are only roughly known
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AmendsDay:
 *
 * A civil day as a person writes it: days since 1970-01-01 in the Gregorian calendar, with no zone.
 */
typedef gint32 AmendsDay;

#define AMENDS_DAY_NONE G_MININT32    /* no day */
#define AMENDS_DAY_FIRST (-25567)     /* 1900-01-01, the first that is taken from outside */
#define AMENDS_DAY_LAST (84005)       /* 2199-12-31, the last that is taken from outside */
#define AMENDS_DAY_TEXT_SIZE (10 + 1) /* YYYY-MM-DD and its NUL, in bytes */

gboolean amends_day_parse (const char *text, AmendsDay *ret_day, GError **error);
gboolean amends_partial_day_parse (const char *text,
                                   AmendsDay *ret_first,
                                   AmendsDay *ret_last,
                                   GError **error);

AmendsDay amends_day_from_ymd (int year, int month, int day_of_month);
void amends_day_to_ymd (AmendsDay day, int *ret_year, int *ret_month, int *ret_day_of_month);
AmendsDay amends_day_from_instant (gint64 instant);

char *amends_day_format (AmendsDay day);
void amends_day_format_to (AmendsDay day, char buffer[AMENDS_DAY_TEXT_SIZE]);

GDateWeekday amends_day_weekday (AmendsDay day);
AmendsDay amends_day_add_months (AmendsDay day, int n_months);

G_END_DECLS
