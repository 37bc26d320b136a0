/* amends-calendar.c: which days are working days, from a table of bank holidays
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A calendar is a GKeyFile:
 *
 *   [calendar]
 *   id=england-and-wales
 *   name=England and Wales
 *   first_year=2019
 *   last_year=2028
 *
 *   [holidays]
 *   2026-12-28=Boxing Day (substitute day)
 *
 * Holidays are a table and never computed: days are moved and added by proclamation. A day of the
 * table that is no Saturday or Sunday is not a working day. Each year has holidays, so that
 * a year whose rows were forgotten is not taken for one without any. */

#include "core/amends-calendar.h"

#include "core/amends-error.h"

#define GROUP_CALENDAR "calendar"
#define GROUP_HOLIDAYS "holidays"

#define YEAR_FIRST 1900 /* those of AMENDS_DAY_FIRST and AMENDS_DAY_LAST */
#define YEAR_LAST 2199
#define NAME_MAX_BYTES 200 /* one line of a screen */

typedef struct
{
  AmendsDay day;
  char *name;
} Holiday;

struct _AmendsCalendar
{
  gatomicrefcount ref_count;
  char *id;
  char *name;
  AmendsDay first_day;
  AmendsDay last_day;
  GArray *holidays; /* of Holiday, by day */
};

static void
holiday_clear (void *data)
{
  Holiday *holiday = data;

  g_free (holiday->name);
}

static int
compare_holidays (const void *a, const void *b)
{
  const Holiday *holiday_a = a;
  const Holiday *holiday_b = b;

  return (holiday_a->day > holiday_b->day) - (holiday_a->day < holiday_b->day);
}

static AmendsCalendar *
calendar_new (void)
{
  AmendsCalendar *self = g_new0 (AmendsCalendar, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->holidays = g_array_new (FALSE, FALSE, sizeof (Holiday));
  g_array_set_clear_func (self->holidays, holiday_clear);
  return self;
}

static gboolean
check_names (GKeyFile *file, GError **error)
{
  static const char *const keys[] = { "id", "name", "first_year", "last_year", NULL };
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  g_auto (GStrv) found = g_key_file_get_keys (file, GROUP_CALENDAR, NULL, NULL);

  for (gsize i = 0; groups[i] != NULL; i++)
    if (!g_str_equal (groups[i], GROUP_CALENDAR) && !g_str_equal (groups[i], GROUP_HOLIDAYS))
      {
        amends_set_error (error, AMENDS_CORE_ERROR_INVALID, groups[i], NULL,
                          "A calendar has no group [%s]", groups[i]);
        return FALSE;
      }

  for (gsize i = 0; found != NULL && found[i] != NULL; i++)
    if (!g_strv_contains (keys, found[i]))
      {
        amends_set_error (error, AMENDS_CORE_ERROR_INVALID, found[i], NULL,
                          "[calendar] has no key “%s”", found[i]);
        return FALSE;
      }

  return TRUE;
}

static char *
read_name (GKeyFile *file, const char *group, const char *key, GError **error)
{
  g_autofree char *value = g_key_file_get_string (file, group, key, NULL);

  if (value == NULL || *g_strstrip (value) == '\0' || strlen (value) > NAME_MAX_BYTES)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, key, NULL,
                        "[%s] “%s” needs a text of 1 to %d bytes", group, key, NAME_MAX_BYTES);
      return NULL;
    }

  return g_steal_pointer (&value);
}

static gboolean
read_year (GKeyFile *file, const char *key, int *ret_year, GError **error)
{
  g_autofree char *value = g_key_file_get_value (file, GROUP_CALENDAR, key, NULL);
  gint64 year;

  if (value == NULL || !g_ascii_string_to_signed (value, 10, YEAR_FIRST, YEAR_LAST, &year, NULL))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, key, NULL,
                        "[calendar] “%s” needs a year from %d to %d", key, YEAR_FIRST, YEAR_LAST);
      return FALSE;
    }

  *ret_year = (int) year;
  return TRUE;
}

static gboolean
read_calendar (AmendsCalendar *self, GKeyFile *file, GError **error)
{
  int first_year;
  int last_year;

  self->id = read_name (file, GROUP_CALENDAR, "id", error);
  if (self->id == NULL)
    return FALSE;
  self->name = read_name (file, GROUP_CALENDAR, "name", error);
  if (self->name == NULL)
    return FALSE;
  if (!read_year (file, "first_year", &first_year, error)
      || !read_year (file, "last_year", &last_year, error))
    return FALSE;

  if (last_year < first_year || last_year - first_year >= AMENDS_CALENDAR_MAX_YEARS)
    {
      amends_set_error (
          error, AMENDS_CORE_ERROR_INVALID, "last_year", NULL,
          "[calendar] covers 1 to %d years, and “last_year” is not before “first_year”",
          AMENDS_CALENDAR_MAX_YEARS);
      return FALSE;
    }

  self->first_day = amends_day_from_ymd (first_year, 1, 1);
  self->last_day = amends_day_from_ymd (last_year, 12, 31);
  return TRUE;
}

static gboolean
read_holidays (AmendsCalendar *self, GKeyFile *file, GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, GROUP_HOLIDAYS, NULL, NULL);

  for (gsize i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      Holiday holiday;

      if (!amends_day_parse (keys[i], &holiday.day, NULL)
          || !amends_calendar_covers (self, holiday.day))
        {
          amends_set_error (error, AMENDS_CORE_ERROR_INVALID, keys[i], NULL,
                            "[holidays] “%s” is not a date YYYY-MM-DD of the years covered",
                            keys[i]);
          return FALSE;
        }

      holiday.name = read_name (file, GROUP_HOLIDAYS, keys[i], error);
      if (holiday.name == NULL)
        return FALSE;

      g_array_append_val (self->holidays, holiday);
    }

  g_array_sort (self->holidays, compare_holidays);
  return TRUE;
}

static gboolean
check_every_year_has_holidays (const AmendsCalendar *self, GError **error)
{
  int first_year;
  int last_year;
  guint i = 0;

  amends_day_to_ymd (self->first_day, &first_year, NULL, NULL);
  amends_day_to_ymd (self->last_day, &last_year, NULL, NULL);

  for (int year = first_year; year <= last_year; year++)
    {
      AmendsDay next_year = amends_day_from_ymd (year + 1, 1, 1);
      guint n_before = i;

      while (i < self->holidays->len && g_array_index (self->holidays, Holiday, i).day < next_year)
        i++;

      if (i == n_before)
        {
          g_autofree char *field = g_strdup_printf ("%d", year);

          amends_set_error (error, AMENDS_CORE_ERROR_INVALID, field, NULL,
                            "[holidays] has no day in %d, a year that the calendar covers", year);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * amends_calendar_parse:
 * @bytes: a calendar file, at most %AMENDS_CALENDAR_MAX_BYTES
 *
 * Reads the form described at the top of this file. Unknown groups and keys are refused.
 *
 * Errors: %AMENDS_CORE_ERROR_TOO_LARGE over the limit; %AMENDS_CORE_ERROR_INVALID otherwise, with
 * the key as its field.
 * Returns: (transfer full): the calendar, or %NULL
 */
AmendsCalendar *
amends_calendar_parse (GBytes *bytes, GError **error)
{
  g_autoptr (AmendsCalendar) self = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) key_file_error = NULL;
  const char *data;
  gsize length;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &length);
  if (length > AMENDS_CALENDAR_MAX_BYTES)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_TOO_LARGE, NULL, NULL,
                        "A calendar is at most %d bytes", AMENDS_CALENDAR_MAX_BYTES);
      return NULL;
    }
  if (length == 0 || !g_utf8_validate_len (data, length, NULL))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, NULL, NULL,
                        "A calendar is a text in UTF-8");
      return NULL;
    }
  if (!g_key_file_load_from_data (file, data, length, G_KEY_FILE_NONE, &key_file_error))
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, NULL, NULL, "%s",
                        key_file_error->message);
      return NULL;
    }

  self = calendar_new ();
  if (!check_names (file, error) || !read_calendar (self, file, error)
      || !read_holidays (self, file, error) || !check_every_year_has_holidays (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * amends_calendar_ref:
 * @self: a calendar
 *
 * Returns: (transfer full): @self
 */
AmendsCalendar *
amends_calendar_ref (AmendsCalendar *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * amends_calendar_unref:
 * @self: (transfer full): a calendar
 */
void
amends_calendar_unref (AmendsCalendar *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->id);
  g_free (self->name);
  g_array_unref (self->holidays);
  g_free (self);
}

static void
add_holidays (AmendsCalendar *self, const AmendsCalendar *from, const AmendsCalendar *but_not_of)
{
  for (guint i = 0; i < from->holidays->len; i++)
    {
      const Holiday *holiday = &g_array_index (from->holidays, Holiday, i);
      Holiday copy = { holiday->day, NULL };

      if (but_not_of != NULL && amends_calendar_covers (but_not_of, holiday->day))
        continue;
      copy.name = g_strdup (holiday->name);
      g_array_append_val (self->holidays, copy);
    }
}

/**
 * amends_calendar_overlay:
 * @self: a calendar
 * @later: another table of the same days, of the same years or others
 *
 * Each year that @later covers is taken whole from it, the others from @self.
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID if years between the two are covered by neither.
 * Returns: (transfer full): both as one, under the name of @later
 */
AmendsCalendar *
amends_calendar_overlay (const AmendsCalendar *self, const AmendsCalendar *later, GError **error)
{
  AmendsCalendar *both;

  g_return_val_if_fail (self != NULL && later != NULL, NULL);

  if (later->first_day > self->last_day + 1 || self->first_day > later->last_day + 1)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "first_year", NULL,
                        "The years of this calendar do not join those of “%s” that are known",
                        later->id);
      return NULL;
    }

  both = calendar_new ();
  both->id = g_strdup (later->id);
  both->name = g_strdup (later->name);
  both->first_day = MIN (self->first_day, later->first_day);
  both->last_day = MAX (self->last_day, later->last_day);
  add_holidays (both, self, later);
  add_holidays (both, later, NULL);
  g_array_sort (both->holidays, compare_holidays);
  return both;
}

/**
 * amends_calendar_get_id:
 * @self: a calendar
 *
 * Returns: (transfer none): its id, "england-and-wales"
 */
const char *
amends_calendar_get_id (const AmendsCalendar *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/**
 * amends_calendar_get_name:
 * @self: a calendar
 *
 * Returns: (transfer none): its name for people, "England and Wales"
 */
const char *
amends_calendar_get_name (const AmendsCalendar *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * amends_calendar_get_first_day:
 * @self: a calendar
 *
 * Returns: the first day whose holidays are known
 */
AmendsDay
amends_calendar_get_first_day (const AmendsCalendar *self)
{
  g_return_val_if_fail (self != NULL, AMENDS_DAY_NONE);

  return self->first_day;
}

/**
 * amends_calendar_get_last_day:
 * @self: a calendar
 *
 * Returns: the last day whose holidays are known
 */
AmendsDay
amends_calendar_get_last_day (const AmendsCalendar *self)
{
  g_return_val_if_fail (self != NULL, AMENDS_DAY_NONE);

  return self->last_day;
}

/**
 * amends_calendar_covers:
 * @self: a calendar
 * @day: a day
 *
 * Returns: %TRUE if the holidays of the year of @day are known
 */
gboolean
amends_calendar_covers (const AmendsCalendar *self, AmendsDay day)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return day >= self->first_day && day <= self->last_day;
}

/**
 * amends_calendar_get_holiday:
 * @self: a calendar
 * @day: a day
 *
 * Returns: (transfer none) (nullable): the name of the holiday on @day, or %NULL if it is none, or
 * is not covered
 */
const char *
amends_calendar_get_holiday (const AmendsCalendar *self, AmendsDay day)
{
  const Holiday wanted = { .day = day };
  guint i;

  g_return_val_if_fail (self != NULL, NULL);

  if (!g_array_binary_search (self->holidays, &wanted, compare_holidays, &i))
    return NULL;

  return g_array_index (self->holidays, Holiday, i).name;
}

/**
 * amends_calendar_is_working_day:
 * @self: a calendar
 * @day: a day
 *
 * Monday to Friday, save the holidays of the table. Where the calendar does not cover @day, only
 * the weekend is known: see amends_calendar_covers().
 *
 * Returns: %TRUE if @day is a working day
 */
gboolean
amends_calendar_is_working_day (const AmendsCalendar *self, AmendsDay day)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (day != AMENDS_DAY_NONE, FALSE);

  return amends_day_weekday (day) <= G_DATE_FRIDAY
         && amends_calendar_get_holiday (self, day) == NULL;
}

/**
 * amends_calendar_this_or_next_working_day:
 * @self: a calendar
 * @day: a day
 *
 * Where a count of calendar days or months that ends on no working day runs on to.
 *
 * Returns: @day if it is a working day, otherwise the first one after it
 */
AmendsDay
amends_calendar_this_or_next_working_day (const AmendsCalendar *self, AmendsDay day)
{
  g_return_val_if_fail (self != NULL, AMENDS_DAY_NONE);
  g_return_val_if_fail (day != AMENDS_DAY_NONE, AMENDS_DAY_NONE);

  while (!amends_calendar_is_working_day (self, day))
    day++;

  return day;
}

/**
 * amends_calendar_next_working_day:
 * @self: a calendar
 * @day: a day
 *
 * Returns: the first working day after @day
 */
AmendsDay
amends_calendar_next_working_day (const AmendsCalendar *self, AmendsDay day)
{
  g_return_val_if_fail (self != NULL, AMENDS_DAY_NONE);
  g_return_val_if_fail (day != AMENDS_DAY_NONE, AMENDS_DAY_NONE);

  return amends_calendar_this_or_next_working_day (self, day + 1);
}

/**
 * amends_calendar_add_working_days_provisional:
 * @self: a calendar
 * @start: the day from which to count; itself not counted
 * @n_working_days: how many; negative counts back; at most %AMENDS_CALENDAR_MAX_WORKING_DAYS
 * @ret_is_provisional: (out): %TRUE if the count left the years that the calendar covers
 *
 * Counts on past the end of the calendar, skipping weekends only. Such a day is provisional, and is
 * shown as that.
 *
 * Returns: the last day counted; @start if @n_working_days is 0
 */
AmendsDay
amends_calendar_add_working_days_provisional (const AmendsCalendar *self,
                                              AmendsDay start,
                                              int n_working_days,
                                              gboolean *ret_is_provisional)
{
  int step = n_working_days < 0 ? -1 : 1;
  AmendsDay day = start;

  g_return_val_if_fail (self != NULL, AMENDS_DAY_NONE);
  g_return_val_if_fail (start >= AMENDS_DAY_FIRST, AMENDS_DAY_NONE);
  g_return_val_if_fail (ABS (n_working_days) <= AMENDS_CALENDAR_MAX_WORKING_DAYS, AMENDS_DAY_NONE);
  g_return_val_if_fail (ret_is_provisional != NULL, AMENDS_DAY_NONE);

  for (int n_left = ABS (n_working_days); n_left > 0;)
    {
      day += step;
      if (amends_calendar_is_working_day (self, day))
        n_left--;
    }

  *ret_is_provisional =
      !amends_calendar_covers (self, start) || !amends_calendar_covers (self, day);
  return day;
}

/**
 * amends_calendar_add_working_days:
 * @self: a calendar
 * @start: the day from which to count; itself not counted
 * @n_working_days: how many; negative counts back; at most %AMENDS_CALENDAR_MAX_WORKING_DAYS
 * @ret_day: (out): the last day counted; @start if @n_working_days is 0
 *
 * Received on a Monday with five working days: the next Monday.
 *
 * Errors: %AMENDS_CORE_ERROR_CALENDAR_ENDS if the count leaves the years that the calendar covers.
 * Returns: %TRUE on success
 */
gboolean
amends_calendar_add_working_days (const AmendsCalendar *self,
                                  AmendsDay start,
                                  int n_working_days,
                                  AmendsDay *ret_day,
                                  GError **error)
{
  gboolean is_provisional = TRUE;
  AmendsDay day;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_day != NULL, FALSE);

  day = amends_calendar_add_working_days_provisional (self, start, n_working_days, &is_provisional);
  if (is_provisional)
    {
      char first[AMENDS_DAY_TEXT_SIZE];
      char last[AMENDS_DAY_TEXT_SIZE];

      amends_day_format_to (self->first_day, first);
      amends_day_format_to (self->last_day, last);
      amends_set_error (error, AMENDS_CORE_ERROR_CALENDAR_ENDS, NULL, NULL,
                        "The bank holidays of %s are known from %s to %s only", self->name, first,
                        last);
      return FALSE;
    }

  *ret_day = day;
  return TRUE;
}

/**
 * amends_calendar_working_days_between:
 * @self: a calendar
 * @after: a day, itself not counted
 * @until: a day, itself counted
 *
 * How many working days are left on @after until @until: 0 on the day itself, negative (the working
 * days after @until up to and including @after) when @until has passed. A weekend after a Friday
 * counts none: 0 alone does not say that @until has not passed.
 *
 * Returns: the number of working days
 */
int
amends_calendar_working_days_between (const AmendsCalendar *self, AmendsDay after, AmendsDay until)
{
  int n_working_days = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (after >= AMENDS_DAY_FIRST && until >= AMENDS_DAY_FIRST, 0);

  for (AmendsDay day = MIN (after, until) + 1; day <= MAX (after, until); day++)
    if (amends_calendar_is_working_day (self, day))
      n_working_days++;

  return after <= until ? n_working_days : -n_working_days;
}
