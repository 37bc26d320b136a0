/* test-day.c: civil days, days that are only roughly known, instants
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-day.h"
#include "core/amends-error.h"
#include "core/amends-instant.h"
#include "core/days.h"

static gint64
instant_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 instant = 0;

  amends_instant_parse (text, &instant, &error);
  g_assert_no_error (error);
  return instant;
}

static const struct
{
  const char *text;
  AmendsDay day;
  GDateWeekday weekday;
} day_rows[] = {
  { "1970-01-01", 0, G_DATE_THURSDAY },
  { "1969-12-31", -1, G_DATE_WEDNESDAY },
  { "1900-01-01", AMENDS_DAY_FIRST, G_DATE_MONDAY },
  { "1900-02-28", -25509, G_DATE_WEDNESDAY },
  { "2000-02-29", 11016, G_DATE_TUESDAY }, /* 2000 is a leap year, 1900 is not */
  { "2024-02-29", 19782, G_DATE_THURSDAY },
  { "2026-11-21", 20778, G_DATE_SATURDAY },
  { "2026-12-31", 20818, G_DATE_THURSDAY },
  { "2199-12-31", AMENDS_DAY_LAST, G_DATE_TUESDAY },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (day_rows); i++)
    {
      g_autofree char *text = amends_day_format (day_rows[i].day);

      g_assert_cmpint (day_of (day_rows[i].text), ==, day_rows[i].day);
      g_assert_cmpstr (text, ==, day_rows[i].text);
      g_assert_cmpint (amends_day_weekday (day_rows[i].day), ==, day_rows[i].weekday);
    }
}

static const char *const not_days[] = {
  "",
  "2026",
  "2026-11",
  "2026-11-2",
  "2026-11-021",
  " 2026-11-21",
  "2026-11-21 ",
  "2026/11/21",
  "21-11-2026",
  "2026-11-31",
  "2026-02-29",
  "1900-02-29",
  "2026-00-01",
  "2026-13-01",
  "2026-01-00",
  "1899-12-31",
  "2200-01-01",
  "+026-11-21",
  "2026-1 -21",
  "2026-11-2x",
  "20२6-11-21",
  "2026-11-21T00",
  "-026-11-21",
  "0000-01-01",
};

static void
test_parse_refuses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (not_days); i++)
    {
      g_autoptr (GError) error = NULL;
      AmendsDay day = 7;

      g_test_message ("“%s”", not_days[i]);
      g_assert_false (amends_day_parse (not_days[i], &day, &error));
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
      g_assert_cmpint (day, ==, 7); /* untouched */
    }
}

/* GLib's own calendar is the other opinion. */
static void
test_every_day (void)
{
  g_autoptr (GDate) date = g_date_new_dmy (1, G_DATE_JANUARY, 1900);

  for (AmendsDay day = AMENDS_DAY_FIRST; day <= AMENDS_DAY_LAST; day++)
    {
      int year;
      int month;
      int day_of_month;

      amends_day_to_ymd (day, &year, &month, &day_of_month);
      if (year != g_date_get_year (date) || month != (int) g_date_get_month (date)
          || day_of_month != g_date_get_day (date)
          || amends_day_weekday (day) != g_date_get_weekday (date)
          || amends_day_from_ymd (year, month, day_of_month) != day)
        {
          g_test_message ("Day %d is %04d-%02d-%02d", day, year, month, day_of_month);
          g_test_fail ();
          return;
        }
      g_date_add_days (date, 1);
    }

  g_assert_cmpint (g_date_get_year (date), ==, 2200);
}

static const struct
{
  int year;
  int month;
  int day_of_month;
} not_ymd[] = {
  { 0, 1, 1 }, { 10000, 1, 1 }, { 2026, 0, 1 }, { 2026, 13, 1 }, { 2026, 1, 0 }, { 2026, 4, 31 },
};

static void
test_from_ymd_refuses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (not_ymd); i++)
    g_assert_cmpint (amends_day_from_ymd (not_ymd[i].year, not_ymd[i].month,
                                          not_ymd[i].day_of_month),
                     ==, AMENDS_DAY_NONE);
}

static const struct
{
  const char *text;
  const char *first;
  const char *last;
} partial_rows[] = {
  { "2026-10-01", "2026-10-01", "2026-10-01" }, { "2026-10", "2026-10-01", "2026-10-31" },
  { "2026-12", "2026-12-01", "2026-12-31" },    { "2024-02", "2024-02-01", "2024-02-29" },
  { "2025", "2025-01-01", "2025-12-31" },       { "1900", "1900-01-01", "1900-12-31" },
  { "2199", "2199-01-01", "2199-12-31" },
};

static void
test_partial (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (partial_rows); i++)
    {
      g_autoptr (GError) error = NULL;
      AmendsDay first = AMENDS_DAY_NONE;
      AmendsDay last = AMENDS_DAY_NONE;

      g_assert_true (amends_partial_day_parse (partial_rows[i].text, &first, &last, &error));
      g_assert_no_error (error);
      g_assert_cmpint (first, ==, day_of (partial_rows[i].first));
      g_assert_cmpint (last, ==, day_of (partial_rows[i].last));
    }
}

static const char *const not_partial_days[] = {
  "",           "26",   "2026-", "2026-1",  "2026-13", "2026-00",    "2026-10-",    "2026-10-1",
  "2026-02-30", "202x", "2200",  "1899-12", "2026 10", "about 2025", "2026-10-01 ",
};

static void
test_partial_refuses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (not_partial_days); i++)
    {
      g_autoptr (GError) error = NULL;
      AmendsDay first = 7;
      AmendsDay last = 8;

      g_test_message ("“%s”", not_partial_days[i]);
      g_assert_false (amends_partial_day_parse (not_partial_days[i], &first, &last, &error));
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
      g_assert_cmpint (first, ==, 7);
      g_assert_cmpint (last, ==, 8);
    }
}

static const struct
{
  const char *day;
  int n_months;
  const char *later;
} month_rows[] = {
  { "2026-03-15", 6, "2026-09-15" },  { "2026-08-31", 6, "2027-02-28" }, /* clamped */
  { "2027-08-31", 6, "2028-02-29" },                                     /* clamped to a leap day */
  { "2024-02-29", 12, "2025-02-28" }, { "2026-11-21", 12, "2027-11-21" },
  { "2026-12-31", 1, "2027-01-31" },  { "2026-10-31", 1, "2026-11-30" },
  { "2026-01-31", -2, "2025-11-30" }, { "2026-01-15", -1, "2025-12-15" },
  { "2026-01-15", 0, "2026-01-15" },
};

static void
test_add_months (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (month_rows); i++)
    g_assert_cmpint (amends_day_add_months (day_of (month_rows[i].day), month_rows[i].n_months), ==,
                     day_of (month_rows[i].later));

  g_assert_cmpint (amends_day_add_months (AMENDS_DAY_LAST, G_MAXINT), ==, AMENDS_DAY_NONE);
  g_assert_cmpint (amends_day_add_months (AMENDS_DAY_FIRST, G_MININT), ==, AMENDS_DAY_NONE);
}

/* The clocks go forward on 29 March 2026 and back on 25 October 2026, at 01:00 UTC. */
static const struct
{
  const char *instant;
  const char *day;
} london_rows[] = {
  { "2026-11-21T10:02:11Z", "2026-11-21" },
  { "2026-11-21T23:59:59Z", "2026-11-21" }, /* winter: midnight is midnight */
  { "2026-07-01T22:59:59Z", "2026-07-01" },
  { "2026-07-01T23:00:00Z", "2026-07-02" }, /* midnight in summer */
  { "2026-03-28T23:30:00Z", "2026-03-28" }, /* the night before the clocks go forward */
  { "2026-03-29T00:59:59Z", "2026-03-29" },
  { "2026-03-29T23:00:00Z", "2026-03-30" }, /* the first summer midnight */
  { "2026-10-24T23:00:00Z", "2026-10-25" }, /* the last summer midnight */
  { "2026-10-25T23:30:00Z", "2026-10-25" }, /* winter again */
  { "2024-03-31T23:00:00Z", "2024-04-01" }, /* 31 March is itself the last Sunday */
  { "2027-10-31T23:30:00Z", "2027-10-31" },
  { "2026-12-31T23:59:59Z", "2026-12-31" },
};

static void
test_from_instant (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (london_rows); i++)
    {
      g_test_message ("%s", london_rows[i].instant);
      g_assert_cmpint (amends_day_from_instant (instant_of (london_rows[i].instant)), ==,
                       day_of (london_rows[i].day));
    }

  g_assert_cmpint (amends_day_from_instant (-1), ==, -1); /* a microsecond before 1970 */
  g_assert_cmpint (amends_day_from_instant (0), ==, 0);
}

static const struct
{
  const char *text;
  gint64 seconds;
} instant_rows[] = {
  { "2000-01-01T00:00:00Z", 946684800 },
  { "2026-11-21T10:02:11Z", 1795255331 },
  { "2024-02-29T23:59:59Z", 1709251199 },
  { "2100-12-31T23:59:59Z", G_GINT64_CONSTANT (4133980799) },
};

static void
test_instant (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (instant_rows); i++)
    {
      g_autofree char *whole = amends_instant_format (instant_rows[i].seconds * G_USEC_PER_SEC);
      g_autofree char *part =
          amends_instant_format (instant_rows[i].seconds * G_USEC_PER_SEC + 999999);

      g_assert_cmpint (instant_of (instant_rows[i].text), ==,
                       instant_rows[i].seconds * G_USEC_PER_SEC);
      g_assert_cmpstr (whole, ==, instant_rows[i].text);
      g_assert_cmpstr (part, ==, instant_rows[i].text);
    }
}

static void
test_instant_before_1970 (void)
{
  g_autofree char *text = amends_instant_format (-1);

  g_assert_cmpstr (text, ==, "1969-12-31T23:59:59Z");
}

static const char *const not_instants[] = {
  "",
  "2026-11-21",
  "2026-11-21T10:02:11",
  "2026-11-21T10:02:11z",
  "2026-11-21 10:02:11Z",
  "2026-11-21T10:02:11.5Z",
  "2026-11-21T10:02Z",
  "2026-11-21T10:02:11+00:00",
  "2026-11-21T24:00:00Z",
  "2026-11-21T10:60:00Z",
  "2026-11-21T10:00:60Z",
  "2026-11-31T10:02:11Z",
  "2026-11-21T1a:02:11Z",
  "2026-11-21T10-02-11Z",
  "1999-12-31T23:59:59Z",
  "2101-01-01T00:00:00Z",
};

static void
test_instant_refuses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (not_instants); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 instant = 7;

      g_test_message ("“%s”", not_instants[i]);
      g_assert_false (amends_instant_parse (not_instants[i], &instant, &error));
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
      g_assert_cmpint (instant, ==, 7);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_test_add_func ("/day/parse", test_parse);
  g_test_add_func ("/day/parse/refuses", test_parse_refuses);
  g_test_add_func ("/day/every-day", test_every_day);
  g_test_add_func ("/day/from-ymd/refuses", test_from_ymd_refuses);
  g_test_add_func ("/day/partial", test_partial);
  g_test_add_func ("/day/partial/refuses", test_partial_refuses);
  g_test_add_func ("/day/add-months", test_add_months);
  g_test_add_func ("/day/from-instant", test_from_instant);
  g_test_add_func ("/instant/parse-and-format", test_instant);
  g_test_add_func ("/instant/before-1970", test_instant_before_1970);
  g_test_add_func ("/instant/refuses", test_instant_refuses);

  return g_test_run ();
}
