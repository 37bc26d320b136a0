/* amends-instant.c: instants, as text and back
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-instant.h"

#include "core/amends-day.h"
#include "core/amends-error.h"

#define S_PER_DAY 86400
#define YEAR_FIRST 2000
#define YEAR_LAST 2100

/* Two digits below @limit at @text, or -1. */
static int
parse_two_digits (const char *text, int limit)
{
  int number;

  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]))
    return -1;

  number = (text[0] - '0') * 10 + (text[1] - '0');
  return number < limit ? number : -1;
}

/**
 * amends_instant_parse:
 * @text: `YYYY-MM-DDTHH:MM:SSZ` and nothing else
 * @ret_instant: (out): UTC, in microseconds
 *
 * Reads an instant of the years 2000 to 2100: a clock that says anything else is wrong. There is
 * no second 60.
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID for any other form, year, date or time.
 * Returns: %TRUE on success
 */
gboolean
amends_instant_parse (const char *text, gint64 *ret_instant, GError **error)
{
  AmendsDay day = AMENDS_DAY_NONE;
  int hour = -1;
  int minute = -1;
  int second = -1;

  g_return_val_if_fail (text != NULL, FALSE);

  if (strlen (text) == AMENDS_INSTANT_TEXT_SIZE - 1 && text[10] == 'T' && text[13] == ':'
      && text[16] == ':' && text[19] == 'Z')
    {
      char day_text[AMENDS_DAY_TEXT_SIZE];

      g_strlcpy (day_text, text, sizeof day_text);
      if (!amends_day_parse (day_text, &day, NULL))
        day = AMENDS_DAY_NONE;
      hour = parse_two_digits (text + 11, 24);
      minute = parse_two_digits (text + 14, 60);
      second = parse_two_digits (text + 17, 60);
    }

  if (day < amends_day_from_ymd (YEAR_FIRST, 1, 1) || day > amends_day_from_ymd (YEAR_LAST, 12, 31)
      || hour < 0 || minute < 0 || second < 0)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, NULL, NULL,
                        "An instant is written YYYY-MM-DDTHH:MM:SSZ, from %d to %d", YEAR_FIRST,
                        YEAR_LAST);
      return FALSE;
    }

  *ret_instant = ((gint64) day * S_PER_DAY + hour * 3600 + minute * 60 + second) * G_USEC_PER_SEC;
  return TRUE;
}

/**
 * amends_instant_format_to:
 * @instant: UTC, in microseconds, of the years 1 to 9999
 * @buffer: (out caller-allocates): where the text goes
 *
 * Writes @instant as `YYYY-MM-DDTHH:MM:SSZ`; parts of a second are dropped.
 */
void
amends_instant_format_to (gint64 instant, char buffer[AMENDS_INSTANT_TEXT_SIZE])
{
  gint64 seconds = instant / G_USEC_PER_SEC - (instant % G_USEC_PER_SEC < 0 ? 1 : 0);
  gint64 day = seconds / S_PER_DAY - (seconds % S_PER_DAY < 0 ? 1 : 0);
  int second_of_day = (int) (seconds - day * S_PER_DAY);
  int year;
  int month;
  int day_of_month;

  buffer[0] = '\0';
  g_return_if_fail (day >= amends_day_from_ymd (1, 1, 1));
  g_return_if_fail (day <= amends_day_from_ymd (9999, 12, 31));

  amends_day_to_ymd ((AmendsDay) day, &year, &month, &day_of_month);
  g_snprintf (buffer, AMENDS_INSTANT_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month,
              day_of_month, second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60);
}

/**
 * amends_instant_format:
 * @instant: UTC, in microseconds, of the years 1 to 9999
 *
 * Returns: (transfer full): @instant as `YYYY-MM-DDTHH:MM:SSZ`
 */
char *
amends_instant_format (gint64 instant)
{
  char buffer[AMENDS_INSTANT_TEXT_SIZE];

  amends_instant_format_to (instant, buffer);
  return g_strdup (buffer);
}
