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
 *   [closures:one-housing]
 *   2026-12-29=Christmas closure
 *
 * Holidays are a table and never computed: days are moved and added by proclamation. A day of the
 * table that is no Saturday or Sunday is not a working day. Each year has holidays, so that
 * a year whose rows were forgotten is not taken for one without any.
 *
 * The days on which a landlord is closed stand in a group of their own under the id of its policy. Only
 * what the landlord set itself skips them: the Code and the law do not know them. A calendar with
 * closures therefore answers in two ways, as itself and as amends_calendar_get_for_policy() of it. */

#include "core/amends-calendar.h"

#include <string.h>

#include "core/amends-data-file.h"
#include "core/amends-error.h"

#define GROUP_CALENDAR "calendar"
#define GROUP_HOLIDAYS "holidays"
#define GROUP_CLOSURES "closures:" /* and the id of a policy */

#define YEAR_FIRST 1900 /* those of AMENDS_DAY_FIRST and AMENDS_DAY_LAST */
#define YEAR_LAST 2199
#define NAME_MAX_BYTES 200 /* one line of a screen */

typedef struct
{
  AmendsDay day;
  char *name;
  gboolean is_closure;
} Holiday;

struct _AmendsCalendar
{
  gatomicrefcount ref_count;
  char *id;
  char *name;
  AmendsDay first_day;
  AmendsDay last_day;
  GArray *holidays;        /* of Holiday, by day */
  GHashTable *of_policies; /* id to AmendsCalendar: this one, and the closures of that landlord */
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
  self->of_policies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) amends_calendar_unref);
  return self;
}

static void
add_holiday (AmendsCalendar *self, AmendsDay day, const char *name, gboolean is_closure)
{
  const Holiday holiday = { .day = day, .name = g_strdup (name), .is_closure = is_closure };

  g_array_append_val (self->holidays, holiday);
}

/* The holidays, or the closures, of @from but those in the years of @but_not_of. */
static void
add_days (AmendsCalendar *self,
          const AmendsCalendar *from,
          const AmendsCalendar *but_not_of,
          gboolean closures)
{
  for (guint i = 0; i < from->holidays->len; i++)
    {
      const Holiday *holiday = &g_array_index (from->holidays, Holiday, i);

      if (holiday->is_closure == closures
          && (but_not_of == NULL || !amends_calendar_covers (but_not_of, holiday->day)))
        add_holiday (self, holiday->day, holiday->name, closures);
    }
}

/* The view of @self that a landlord's closures will stand in; made anew, or the one that there is. */
static AmendsCalendar *
ensure_view (AmendsCalendar *self, const char *policy_id)
{
  AmendsCalendar *view = g_hash_table_lookup (self->of_policies, policy_id);

  if (view != NULL)
    return view;
  view = calendar_new ();
  view->id = g_strdup (self->id);
  view->name = g_strdup (self->name);
  view->first_day = self->first_day;
  view->last_day = self->last_day;
  add_days (view, self, NULL, FALSE);
  g_hash_table_insert (self->of_policies, g_strdup (policy_id), view);
  return view;
}

static char *
read_name (AmendsDataFile *file, const char *group, const char *key)
{
  g_autofree char *value = g_key_file_get_string (file->keys, group, key, NULL);

  if (value == NULL || *g_strstrip (value) == '\0' || strlen (value) > NAME_MAX_BYTES)
    {
      amends_data_file_complain (file, 0, group, key, "needs a text of 1 to %d bytes",
                                 NAME_MAX_BYTES);
      return NULL;
    }

  return g_steal_pointer (&value);
}

static gboolean
read_year (AmendsDataFile *file, const char *key, int *ret_year)
{
  g_autofree char *value = g_key_file_get_value (file->keys, GROUP_CALENDAR, key, NULL);
  gint64 year;

  if (value == NULL || !g_ascii_string_to_signed (value, 10, YEAR_FIRST, YEAR_LAST, &year, NULL))
    {
      amends_data_file_complain (file, 0, GROUP_CALENDAR, key, "needs a year from %d to %d",
                                 YEAR_FIRST, YEAR_LAST);
      return FALSE;
    }

  *ret_year = (int) year;
  return TRUE;
}

static gboolean
read_calendar (AmendsCalendar *self, AmendsDataFile *file)
{
  static const char *const keys[] = { "id", "name", "first_year", "last_year", NULL };
  g_auto (GStrv) found = g_key_file_get_keys (file->keys, GROUP_CALENDAR, NULL, NULL);
  int first_year;
  int last_year;

  for (gsize i = 0; found != NULL && found[i] != NULL; i++)
    if (!g_strv_contains (keys, found[i]))
      return amends_data_file_complain (file, 0, GROUP_CALENDAR, found[i],
                                        "there is no such key in this group");

  self->id = read_name (file, GROUP_CALENDAR, "id");
  self->name = self->id != NULL ? read_name (file, GROUP_CALENDAR, "name") : NULL;
  if (self->name == NULL || !read_year (file, "first_year", &first_year)
      || !read_year (file, "last_year", &last_year))
    return FALSE;

  if (last_year < first_year || last_year - first_year >= AMENDS_CALENDAR_MAX_YEARS)
    return amends_data_file_complain (file, 0, GROUP_CALENDAR, "last_year",
                                      "is 0 to %d years after the first",
                                      AMENDS_CALENDAR_MAX_YEARS - 1);

  self->first_day = amends_day_from_ymd (first_year, 1, 1);
  self->last_day = amends_day_from_ymd (last_year, 12, 31);
  return TRUE;
}

/* Reads the days of a group into @days, which is @self or a view of it. */
static void
read_days (AmendsCalendar *self, AmendsDataFile *file, const char *group, AmendsCalendar *days)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file->keys, group, NULL, NULL);

  for (gsize i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      AmendsDay day;

      if (!amends_day_parse (keys[i], &day, NULL) || !amends_calendar_covers (self, day))
        amends_data_file_complain (file, 0, group, keys[i],
                                   "is no date YYYY-MM-DD of the years covered");
      else if (days != self && !amends_calendar_is_working_day (self, day))
        amends_data_file_complain (file, 0, group, keys[i],
                                   "is no working day: nobody is expected then");
      else if ((name = read_name (file, group, keys[i])) != NULL)
        add_holiday (days, day, name, days != self);
    }
}

static void
check_every_year (const AmendsCalendar *self, AmendsDataFile *file)
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
          g_autofree char *key = g_strdup_printf ("%d", year);

          amends_data_file_complain (file, 0, GROUP_HOLIDAYS, key,
                                     "has no day, and the calendar covers the year");
        }
    }
}

static gboolean
is_closures_group (const char *group)
{
  return g_str_has_prefix (group, GROUP_CLOSURES)
         && amends_data_file_is_word (group + strlen (GROUP_CLOSURES));
}

static void
check_view (const AmendsCalendar *self,
            const AmendsCalendar *view,
            AmendsDataFile *file,
            const char *group)
{
  int year = 0;
  int n_closures = 0;

  for (guint i = 0; i < view->holidays->len; i++)
    {
      const Holiday *holiday = &g_array_index (view->holidays, Holiday, i);
      int year_of_day;

      if (!holiday->is_closure)
        continue;
      amends_day_to_ymd (holiday->day, &year_of_day, NULL, NULL);
      n_closures = year_of_day == year ? n_closures + 1 : 1;
      year = year_of_day;
      if (n_closures == AMENDS_CALENDAR_MAX_CLOSURES + 1)
        amends_data_file_complain (file, 0, group, NULL, "closes for more than %d days of %d",
                                   AMENDS_CALENDAR_MAX_CLOSURES, year);
    }
}

static void
read_closures (AmendsCalendar *self, AmendsDataFile *file, const char *group)
{
  AmendsCalendar *view;

  if (g_hash_table_size (self->of_policies) == AMENDS_CALENDAR_MAX_POLICIES)
    {
      amends_data_file_complain (file, 0, group, NULL,
                                 "is one more than the %d policies there may be",
                                 AMENDS_CALENDAR_MAX_POLICIES);
      return;
    }
  view = ensure_view (self, group + strlen (GROUP_CLOSURES));
  read_days (self, file, group, view);
  g_array_sort (view->holidays, compare_holidays);
  check_view (self, view, file, group);
}

static void
read_groups (AmendsCalendar *self, AmendsDataFile *file)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file->keys, NULL);

  if (!read_calendar (self, file))
    return;
  read_days (self, file, GROUP_HOLIDAYS, self);
  g_array_sort (self->holidays, compare_holidays);
  check_every_year (self, file);
  for (gsize i = 0; groups[i] != NULL; i++)
    if (is_closures_group (groups[i]))
      read_closures (self, file, groups[i]);
    else if (!g_str_equal (groups[i], GROUP_CALENDAR) && !g_str_equal (groups[i], GROUP_HOLIDAYS))
      amends_data_file_complain (file, 0, groups[i], NULL, "there is no such group in a calendar");
}

/**
 * amends_calendar_parse:
 * @bytes: a calendar file, at most %AMENDS_CALENDAR_MAX_BYTES
 * @file_name: what messages call it
 * @problems: (nullable) (element-type GError): where all problems go, not only the first
 *
 * Reads the form described at the top of this file. Unknown groups and keys are refused, and so are a
 * day that stands twice, a year without holidays, and a closure on a day that is no working day.
 *
 * Errors: %AMENDS_CORE_ERROR_TOO_LARGE over the limit; %AMENDS_CORE_ERROR_INVALID otherwise, with
 * group and key as its field and file and line in its message.
 * Returns: (transfer full): the calendar, or %NULL
 */
AmendsCalendar *
amends_calendar_parse (GBytes *bytes, const char *file_name, GPtrArray *problems, GError **error)
{
  g_autoptr (AmendsCalendar) self = NULL;
  g_auto (AmendsDataFile) file = { 0 };

  g_return_val_if_fail (bytes != NULL && file_name != NULL, NULL);

  self = calendar_new ();
  if (amends_data_file_load (&file, bytes, AMENDS_CALENDAR_MAX_BYTES, "a calendar", file_name,
                             problems))
    read_groups (self, &file);
  if (file.first != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&file.first));
      return NULL;
    }
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
  g_hash_table_unref (self->of_policies);
  g_free (self);
}

/* Takes the closures of every landlord from @from, but not those in the years of @but_not_of. */
static void
add_closures (AmendsCalendar *both, const AmendsCalendar *from, const AmendsCalendar *but_not_of)
{
  GHashTableIter iter;
  gpointer policy_id;
  gpointer closures;

  g_hash_table_iter_init (&iter, from->of_policies);
  while (g_hash_table_iter_next (&iter, &policy_id, &closures))
    {
      AmendsCalendar *view = ensure_view (both, policy_id);

      add_days (view, closures, but_not_of, TRUE);
      g_array_sort (view->holidays, compare_holidays);
    }
}

/**
 * amends_calendar_overlay:
 * @self: a calendar
 * @later: another table of the same days, of the same years or others
 *
 * Each year that @later covers is taken whole from it, closures and all, the others from @self.
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
  add_days (both, self, later, FALSE);
  add_days (both, later, NULL, FALSE);
  g_array_sort (both->holidays, compare_holidays);
  add_closures (both, self, later);
  add_closures (both, later, NULL);
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
 * amends_calendar_get_for_policy:
 * @self: a calendar
 * @policy_id: (nullable): the id of a landlord's policy
 *
 * The calendar by which the landlord counts what it set itself. What the Code and the law set is counted
 * by @self, in which a landlord's closure is a working day.
 *
 * Returns: (transfer none): @self with the landlord's closures; @self where it has none
 */
const AmendsCalendar *
amends_calendar_get_for_policy (const AmendsCalendar *self, const char *policy_id)
{
  const AmendsCalendar *view = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (policy_id != NULL)
    view = g_hash_table_lookup (self->of_policies, policy_id);
  return view != NULL ? view : self;
}

static const Holiday *
find_holiday (const AmendsCalendar *self, AmendsDay day)
{
  const Holiday wanted = { .day = day };
  guint i;

  if (!g_array_binary_search (self->holidays, &wanted, compare_holidays, &i))
    return NULL;
  return &g_array_index (self->holidays, Holiday, i);
}

/**
 * amends_calendar_get_holiday:
 * @self: a calendar
 * @day: a day
 *
 * Returns: (transfer none) (nullable): the name of the bank holiday on @day, or %NULL if it is none, or
 * is not covered
 */
const char *
amends_calendar_get_holiday (const AmendsCalendar *self, AmendsDay day)
{
  const Holiday *holiday;

  g_return_val_if_fail (self != NULL, NULL);

  holiday = find_holiday (self, day);
  return holiday != NULL && !holiday->is_closure ? holiday->name : NULL;
}

/**
 * amends_calendar_get_closure:
 * @self: a calendar of amends_calendar_get_for_policy()
 * @day: a day
 *
 * Returns: (transfer none) (nullable): the name of the landlord's closure on @day, or %NULL if it is none
 */
const char *
amends_calendar_get_closure (const AmendsCalendar *self, AmendsDay day)
{
  const Holiday *holiday;

  g_return_val_if_fail (self != NULL, NULL);

  holiday = find_holiday (self, day);
  return holiday != NULL && holiday->is_closure ? holiday->name : NULL;
}

/**
 * amends_calendar_is_working_day:
 * @self: a calendar
 * @day: a day
 *
 * Monday to Friday, save the days of the table. Where the calendar does not cover @day, only
 * the weekend is known: see amends_calendar_covers().
 *
 * Returns: %TRUE if @day is a working day
 */
gboolean
amends_calendar_is_working_day (const AmendsCalendar *self, AmendsDay day)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (day != AMENDS_DAY_NONE, FALSE);

  return amends_day_weekday (day) <= G_DATE_FRIDAY && find_holiday (self, day) == NULL;
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

/**
 * amends_calendar_count_left:
 * @self: a calendar
 * @today: a day
 * @day: the last day on which something is in time
 *
 * Returns: the working days after @today up to @day, 0 on the day; if it has passed, minus those since, -1 at
 *   least: what was due on a Friday is late on the Saturday
 */
int
amends_calendar_count_left (const AmendsCalendar *self, AmendsDay today, AmendsDay day)
{
  int n_working_days = amends_calendar_working_days_between (self, today, day);

  return today > day ? MIN (-1, n_working_days) : n_working_days;
}
