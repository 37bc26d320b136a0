/* amends-day.c: civil days, and days that are only roughly known
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-day.h"

#include "core/amends-error.h"

/* A year of the calculation begins on 1 March, so that the leap day is its last and the months
 * before it have the same days in every year. An era is the 400 years after which the Gregorian
 * calendar repeats. */
#define DAYS_PER_ERA 146097
#define DAYS_FROM_ERA_TO_1970 719468 /* 0000-03-01 to 1970-01-01 */

#define US_PER_HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define US_PER_DAY (24 * US_PER_HOUR)

static gboolean
is_leap_year (int year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int
days_in_month (int year, int month)
{
  static const int n_days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  return month == 2 && is_leap_year (year) ? 29 : n_days[month - 1];
}

static gboolean
parse_digits (const char *text, int n_digits, int *ret_number)
{
  int number = 0;

  for (int i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      number = number * 10 + (text[i] - '0');
    }

  *ret_number = number;
  return TRUE;
}

/**
 * amends_day_from_ymd:
 * @year: the year, 1 to 9999
 * @month: the month, 1 to 12
 * @day_of_month: the day, from 1
 *
 * Returns: the day, or %AMENDS_DAY_NONE if there is no such date
 */
AmendsDay
amends_day_from_ymd (int year, int month, int day_of_month)
{
  int shifted_year;
  int era;
  int year_of_era;
  int day_of_year;

  if (year < 1 || year > 9999 || month < 1 || month > 12)
    return AMENDS_DAY_NONE;
  if (day_of_month < 1 || day_of_month > days_in_month (year, month))
    return AMENDS_DAY_NONE;

  shifted_year = month <= 2 ? year - 1 : year;
  era = shifted_year / 400;
  year_of_era = shifted_year % 400;
  /* (153 m + 2) / 5 is the number of days before month m of March = 0, April = 1, … */
  day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day_of_month - 1;

  return era * DAYS_PER_ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
         - DAYS_FROM_ERA_TO_1970;
}

/**
 * amends_day_to_ymd:
 * @day: a day from the year 1 on
 * @ret_year: (out) (optional): the year
 * @ret_month: (out) (optional): the month, 1 to 12
 * @ret_day_of_month: (out) (optional): the day, from 1
 *
 * Takes a day apart.
 */
void
amends_day_to_ymd (AmendsDay day, int *ret_year, int *ret_month, int *ret_day_of_month)
{
  int shifted_day;
  int day_of_era;
  int year_of_era;
  int day_of_year;
  int shifted_month;

  g_return_if_fail (day >= 1 - DAYS_FROM_ERA_TO_1970 && day <= G_MAXINT32 - DAYS_FROM_ERA_TO_1970);

  shifted_day = day + DAYS_FROM_ERA_TO_1970;
  day_of_era = shifted_day % DAYS_PER_ERA;
  year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  shifted_month = (5 * day_of_year + 2) / 153;

  if (ret_year != NULL)
    *ret_year = year_of_era + shifted_day / DAYS_PER_ERA * 400 + (shifted_month >= 10 ? 1 : 0);
  if (ret_month != NULL)
    *ret_month = (shifted_month + 2) % 12 + 1;
  if (ret_day_of_month != NULL)
    *ret_day_of_month = day_of_year - (153 * shifted_month + 2) / 5 + 1;
}

/**
 * amends_partial_day_parse:
 * @text: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`
 * @ret_first: (out): the first day of the period
 * @ret_last: (out): the last day of the period; the same as @ret_first for a whole date
 *
 * Reads a date that may be approximate, of the years 1900 to 2199. Clocks count an approximate
 * date from its last day: the reading most favourable to the resident.
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID for any other form, and for a date that does not exist.
 * Returns: %TRUE on success
 */
gboolean
amends_partial_day_parse (const char *text,
                          AmendsDay *ret_first,
                          AmendsDay *ret_last,
                          GError **error)
{
  gsize length;
  int year = 0;
  int month = 0;
  int day_of_month = 0;
  AmendsDay first;
  AmendsDay last;

  g_return_val_if_fail (text != NULL, FALSE);

  length = strlen (text);
  if ((length != 4 && length != 7 && length != 10) || !parse_digits (text, 4, &year)
      || (length >= 7 && (text[4] != '-' || !parse_digits (text + 5, 2, &month)))
      || (length == 10 && (text[7] != '-' || !parse_digits (text + 8, 2, &day_of_month))))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, NULL, NULL,
                        "A date is written YYYY-MM-DD; where only the month or the year is known, "
                        "YYYY-MM or YYYY");
      return FALSE;
    }

  if (length == 10)
    first = last = amends_day_from_ymd (year, month, day_of_month);
  else if (length == 7)
    {
      first = amends_day_from_ymd (year, month, 1);
      last = first != AMENDS_DAY_NONE ? first + days_in_month (year, month) - 1 : AMENDS_DAY_NONE;
    }
  else
    {
      first = amends_day_from_ymd (year, 1, 1);
      last = amends_day_from_ymd (year, 12, 31);
    }

  if (first < AMENDS_DAY_FIRST || last > AMENDS_DAY_LAST)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, NULL, NULL,
                        "There is no such date from 1900 to 2199");
      return FALSE;
    }

  *ret_first = first;
  *ret_last = last;
  return TRUE;
}

/**
 * amends_day_parse:
 * @text: `YYYY-MM-DD` and nothing else
 * @ret_day: (out): the day
 *
 * Reads a whole date of the years 1900 to 2199.
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID for any other form, and for a date that does not exist.
 * Returns: %TRUE on success
 */
gboolean
amends_day_parse (const char *text, AmendsDay *ret_day, GError **error)
{
  AmendsDay last;

  g_return_val_if_fail (text != NULL, FALSE);

  if (strlen (text) != AMENDS_DAY_TEXT_SIZE - 1)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, NULL, NULL,
                        "A date is written YYYY-MM-DD");
      return FALSE;
    }

  return amends_partial_day_parse (text, ret_day, &last, error);
}

/* The last Sunday of a month of 31 days. */
static AmendsDay
last_sunday_of (int year, int month)
{
  AmendsDay last = amends_day_from_ymd (year, month, 31);

  return last - (int) amends_day_weekday (last) % 7;
}

/**
 * amends_day_from_instant:
 * @instant: UTC, in microseconds, of the years 1 to 9999
 *
 * The civil day in London at an instant: the day on which an act counts, whatever the clock of
 * the device is set to. British Summer Time is computed by its rule: from 01:00 UTC of the last
 * Sunday of March to 01:00 UTC of the last Sunday of October. The rule holds from 1996; before that
 * the day may differ within an hour of midnight.
 *
 * Source: Summer Time Act 1972, section 1, as amended by the Summer Time Order 2002.
 * Returns: the day
 */
AmendsDay
amends_day_from_instant (gint64 instant)
{
  gint64 utc_day = instant / US_PER_DAY - (instant % US_PER_DAY < 0 ? 1 : 0);
  gint64 begins;
  gint64 ends;
  int year;

  g_return_val_if_fail (utc_day >= amends_day_from_ymd (1, 1, 1), AMENDS_DAY_NONE);
  g_return_val_if_fail (utc_day <= amends_day_from_ymd (9999, 12, 31), AMENDS_DAY_NONE);

  amends_day_to_ymd ((AmendsDay) utc_day, &year, NULL, NULL);
  begins = last_sunday_of (year, 3) * US_PER_DAY + US_PER_HOUR;
  ends = last_sunday_of (year, 10) * US_PER_DAY + US_PER_HOUR;

  if (instant >= begins && instant < ends && instant - utc_day * US_PER_DAY >= 23 * US_PER_HOUR)
    utc_day++;

  return (AmendsDay) utc_day;
}

/**
 * amends_day_format_to:
 * @day: a day of the years 1 to 9999
 * @buffer: (out caller-allocates): where the text goes
 *
 * Writes @day as `YYYY-MM-DD`.
 */
void
amends_day_format_to (AmendsDay day, char buffer[AMENDS_DAY_TEXT_SIZE])
{
  int year;
  int month;
  int day_of_month;

  buffer[0] = '\0';
  g_return_if_fail (day >= amends_day_from_ymd (1, 1, 1));
  g_return_if_fail (day <= amends_day_from_ymd (9999, 12, 31));

  amends_day_to_ymd (day, &year, &month, &day_of_month);
  g_snprintf (buffer, AMENDS_DAY_TEXT_SIZE, "%04d-%02d-%02d", year, month, day_of_month);
}

/**
 * amends_day_format:
 * @day: a day of the years 1 to 9999
 *
 * Returns: (transfer full): @day as `YYYY-MM-DD`
 */
char *
amends_day_format (AmendsDay day)
{
  char buffer[AMENDS_DAY_TEXT_SIZE];

  amends_day_format_to (day, buffer);
  return g_strdup (buffer);
}

/**
 * amends_day_weekday:
 * @day: a day
 *
 * Returns: %G_DATE_MONDAY to %G_DATE_SUNDAY
 */
GDateWeekday
amends_day_weekday (AmendsDay day)
{
  g_return_val_if_fail (day != AMENDS_DAY_NONE, G_DATE_BAD_WEEKDAY);

  /* 1970-01-01 was a Thursday; the remainder of a negative number is negative. */
  return (GDateWeekday) (((gint64) day % 7 + 7 + G_DATE_THURSDAY - 1) % 7 + 1);
}

/**
 * amends_day_add_months:
 * @day: a day
 * @n_months: how many calendar months later; negative for earlier
 *
 * The same day of another month; where that month is too short, its last day: one month from
 * 31 January is 28 February, or 29.
 *
 * Returns: the day, or %AMENDS_DAY_NONE if it is not of the years 1 to 9999
 */
AmendsDay
amends_day_add_months (AmendsDay day, int n_months)
{
  int year;
  int month;
  int day_of_month;
  gint64 months;

  g_return_val_if_fail (day >= amends_day_from_ymd (1, 1, 1), AMENDS_DAY_NONE);

  amends_day_to_ymd (day, &year, &month, &day_of_month);
  months = (gint64) year * 12 + month - 1 + n_months;
  if (months < 12 || months >= 10000 * 12)
    return AMENDS_DAY_NONE;

  year = (int) (months / 12);
  month = (int) (months % 12) + 1;
  return amends_day_from_ymd (year, month, MIN (day_of_month, days_in_month (year, month)));
}
