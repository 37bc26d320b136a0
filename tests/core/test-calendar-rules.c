/* test-calendar-rules.c: whole years of the calendars that ship, against the rules they follow
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files are tables, because days are moved and added by proclamation. Here the same days come from
 * rules that can be checked by hand (Banking and Financial Dealings Act 1971, schedule 1, and the
 * St Andrew's Day Bank Holiday (Scotland) Act 2007), and from a list of what was moved and added. */

#include "core/amends-calendar.h"
#include "core/days.h"
#include "core/policy-files.h"

#define FIRST_YEAR 2019
#define LAST_YEAR 2028

#define ENGLAND_AND_WALES (1 << 0)
#define SCOTLAND (1 << 1)
#define NORTHERN_IRELAND (1 << 2)
#define EVERYWHERE (ENGLAND_AND_WALES | SCOTLAND | NORTHERN_IRELAND)

static const char *const region_ids[] = { "england-and-wales", "scotland", "northern-ireland" };

/* Easter Sundays, of any almanac. */
static const char *const easters[] = { "2019-04-21", "2020-04-12", "2021-04-04", "2022-04-17",
                                       "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05",
                                       "2027-03-28", "2028-04-16" };

typedef enum
{
  FIXED,        /* on that day, or the next free weekday */
  FIRST_MONDAY, /* of the month */
  LAST_MONDAY,
  EASTER, /* so many days after Easter Sunday */
} RuleKind;

static const struct
{
  const char *name; /* how its names begin */
  RuleKind kind;
  int month;
  int day;
  guint regions;
} rules[] = {
  { "New Year’s Day", FIXED, 1, 1, EVERYWHERE },
  { "2nd January", FIXED, 1, 2, SCOTLAND },
  { "St Patrick’s Day", FIXED, 3, 17, NORTHERN_IRELAND },
  { "Good Friday", EASTER, 0, -2, EVERYWHERE },
  { "Easter Monday", EASTER, 0, 1, ENGLAND_AND_WALES | NORTHERN_IRELAND },
  { "Early May bank holiday", FIRST_MONDAY, 5, 0, EVERYWHERE },
  { "Spring bank holiday", LAST_MONDAY, 5, 0, EVERYWHERE },
  { "Battle of the Boyne", FIXED, 7, 12, NORTHERN_IRELAND },
  { "Summer bank holiday", FIRST_MONDAY, 8, 0, SCOTLAND },
  { "Summer bank holiday", LAST_MONDAY, 8, 0, ENGLAND_AND_WALES | NORTHERN_IRELAND },
  { "St Andrew’s Day", FIXED, 11, 30, SCOTLAND },
  { "Christmas Day", FIXED, 12, 25, EVERYWHERE },
  { "Boxing Day", FIXED, 12, 26, EVERYWHERE },
};

static const struct
{
  const char *from;
  const char *to;
} moved_rows[] = {
  { "2020-05-04", "2020-05-08" }, /* the 75th anniversary of VE day */
  { "2022-05-30", "2022-06-02" }, /* the Platinum Jubilee */
};

static const struct
{
  const char *day;
  guint regions;
} added_rows[] = {
  { "2022-06-03", EVERYWHERE }, /* the Platinum Jubilee */
  { "2022-09-19", EVERYWHERE }, /* the State Funeral */
  { "2023-05-08", EVERYWHERE }, /* the coronation */
  { "2026-06-15", SCOTLAND },   /* the World Cup */
};

/* How many there are, for a reader who wants to count them in the files. */
static const int n_holidays[G_N_ELEMENTS (region_ids)][LAST_YEAR - FIRST_YEAR + 1] = {
  { 8, 8, 8, 10, 9, 8, 8, 8, 8, 8 },
  { 9, 9, 9, 11, 10, 9, 9, 10, 9, 9 },
  { 10, 10, 10, 12, 11, 10, 10, 10, 10, 10 },
};

static AmendsDay
first_monday_from (AmendsDay day)
{
  while (amends_day_weekday (day) != G_DATE_MONDAY)
    day++;
  return day;
}

static AmendsDay
day_by_rule (gsize rule, int year)
{
  AmendsDay day = AMENDS_DAY_NONE;

  switch (rules[rule].kind)
    {
    case FIXED:
      return amends_day_from_ymd (year, rules[rule].month, rules[rule].day);
    case EASTER:
      return day_of (easters[year - FIRST_YEAR]) + rules[rule].day;
    case FIRST_MONDAY:
      day = first_monday_from (amends_day_from_ymd (year, rules[rule].month, 1));
      break;
    case LAST_MONDAY: /* the month has 31 days: from the 25th there is one more */
      day = first_monday_from (amends_day_from_ymd (year, rules[rule].month, 25));
      break;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (moved_rows); i++)
    if (day == day_of (moved_rows[i].from))
      return day_of (moved_rows[i].to);
  return day;
}

static void
add_name (GHashTable *expected, AmendsDay day, const char *name)
{
  g_assert_true (g_hash_table_insert (expected, GINT_TO_POINTER (day), (char *) name));
}

/* Those that fall on a weekend are kept on the next weekday that is free, once the others stand. */
static GHashTable *
expect (guint region, int year)
{
  GHashTable *expected = g_hash_table_new (NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if ((rules[i].regions & region) != 0
        && amends_day_weekday (day_by_rule (i, year)) <= G_DATE_FRIDAY)
      add_name (expected, day_by_rule (i, year), rules[i].name);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      AmendsDay day = day_by_rule (i, year);

      if ((rules[i].regions & region) == 0 || amends_day_weekday (day) <= G_DATE_FRIDAY)
        continue;
      while (amends_day_weekday (day) > G_DATE_FRIDAY
             || g_hash_table_contains (expected, GINT_TO_POINTER (day)))
        day++;
      add_name (expected, day, "(substitute day)");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (added_rows); i++)
    {
      int year_of_day;

      amends_day_to_ymd (day_of (added_rows[i].day), &year_of_day, NULL, NULL);
      if ((added_rows[i].regions & region) != 0 && year_of_day == year)
        add_name (expected, day_of (added_rows[i].day), "ank holiday");
    }
  return expected;
}

/* 2 January 2023 was the substitute of a Sunday's New Year's Day in Scotland too, and 2nd January went
 * to the 3rd: the days are those of the rule, the names change places. */
static gboolean
is_named_like (const char *found, const char *wanted, const char *day)
{
  return strstr (found, wanted) != NULL || strcmp (day, "2023-01-02") == 0;
}

static void
test_whole_years (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (region_ids); i++)
    {
      g_autoptr (AmendsCalendar) calendar = load_calendar_of (region_ids[i]);

      g_assert_cmpstr (amends_calendar_get_id (calendar), ==, region_ids[i]);
      g_assert_cmpint (amends_calendar_get_first_day (calendar), ==, day_of ("2019-01-01"));
      g_assert_cmpint (amends_calendar_get_last_day (calendar), ==, day_of ("2028-12-31"));
      for (int year = FIRST_YEAR; year <= LAST_YEAR; year++)
        {
          g_autoptr (GHashTable) expected = expect (1U << i, year);
          AmendsDay end = amends_day_from_ymd (year + 1, 1, 1);

          g_assert_cmpuint (g_hash_table_size (expected), ==,
                            (guint) n_holidays[i][year - FIRST_YEAR]);
          for (AmendsDay day = amends_day_from_ymd (year, 1, 1); day < end; day++)
            {
              const char *wanted = g_hash_table_lookup (expected, GINT_TO_POINTER (day));
              const char *found = amends_calendar_get_holiday (calendar, day);
              char text[AMENDS_DAY_TEXT_SIZE];

              amends_day_format_to (day, text);
              if ((wanted == NULL) != (found == NULL)
                  || (found != NULL && !is_named_like (found, wanted, text)))
                {
                  g_test_message ("%s %s: not “%s” but “%s”", region_ids[i], text, wanted, found);
                  g_test_fail ();
                }
            }
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/calendar-rules/whole-years", test_whole_years);

  return g_test_run ();
}
