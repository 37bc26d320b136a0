/* test-calendar.c: working days of England and Wales, and calendars that are refused
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/amends-calendar.h"
#include "core/amends-error.h"
#include "core/days.h"
#include "core/policy-files.h"

typedef struct
{
  AmendsCalendar *calendar;
} Fixture;

static void
fixture_set_up (Fixture *fixture, const void *user_data)
{
  fixture->calendar = load_calendar ();
}

static void
fixture_tear_down (Fixture *fixture, const void *user_data)
{
  amends_calendar_unref (fixture->calendar);
}

static void
test_cover (Fixture *fixture, const void *user_data)
{
  const AmendsCalendar *calendar = fixture->calendar;

  g_assert_cmpstr (amends_calendar_get_id (calendar), ==, "england-and-wales");
  g_assert_cmpstr (amends_calendar_get_name (calendar), ==, "England and Wales");
  g_assert_cmpint (amends_calendar_get_first_day (calendar), ==, day_of ("2019-01-01"));
  g_assert_cmpint (amends_calendar_get_last_day (calendar), ==, day_of ("2028-12-31"));
  g_assert_false (amends_calendar_covers (calendar, day_of ("2018-12-31")));
  g_assert_true (amends_calendar_covers (calendar, day_of ("2019-01-01")));
  g_assert_true (amends_calendar_covers (calendar, day_of ("2028-12-31")));
  g_assert_false (amends_calendar_covers (calendar, day_of ("2029-01-01")));
}

static const struct
{
  const char *day;
  gboolean is_working_day;
} working_day_rows[] = {
  { "2026-11-20", TRUE },  { "2026-11-21", FALSE }, { "2026-11-22", FALSE },
  { "2020-05-04", TRUE },  /* Early May moved … */
  { "2020-05-08", FALSE }, /* … to VE day */
  { "2020-12-28", FALSE }, { "2021-12-27", FALSE }, { "2021-12-28", FALSE },
  { "2021-12-29", TRUE },  { "2022-01-03", FALSE }, { "2022-05-30", TRUE },
  { "2022-06-02", FALSE }, { "2022-06-03", FALSE }, { "2022-09-19", FALSE },
  { "2022-12-26", FALSE }, { "2022-12-27", FALSE }, { "2022-12-28", TRUE },
  { "2023-01-02", FALSE }, { "2023-05-08", FALSE }, { "2024-03-29", FALSE },
  { "2024-04-01", FALSE }, { "2026-12-25", FALSE }, { "2026-12-28", FALSE },
  { "2026-12-29", TRUE },  { "2027-12-27", FALSE }, { "2027-12-28", FALSE },
  { "2028-01-03", FALSE }, { "2028-12-26", FALSE }, { "2029-01-01", TRUE }, /* not covered */
};

static void
test_is_working_day (Fixture *fixture, const void *user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (working_day_rows); i++)
    {
      g_test_message ("%s", working_day_rows[i].day);
      g_assert_cmpint (amends_calendar_is_working_day (fixture->calendar,
                                                       day_of (working_day_rows[i].day)),
                       ==, working_day_rows[i].is_working_day);
    }
}

static void
test_holiday_name (Fixture *fixture, const void *user_data)
{
  g_assert_cmpstr (amends_calendar_get_holiday (fixture->calendar, day_of ("2026-12-28")), ==,
                   "Boxing Day (substitute day)");
  g_assert_null (amends_calendar_get_holiday (fixture->calendar, day_of ("2026-12-27")));
  g_assert_null (amends_calendar_get_holiday (fixture->calendar, day_of ("2029-12-25")));
}

/* Complaint Handling Code 2024, 6.2, 6.3 and 6.14: the day from which is counted is not. */
static const struct
{
  const char *start;
  int n_working_days;
  const char *day;
} add_rows[] = {
  { "2024-04-08", 5, "2024-04-15" },  /* a plain week */
  { "2024-04-06", 5, "2024-04-12" },  /* from a Saturday */
  { "2024-03-27", 5, "2024-04-05" },  /* over Good Friday and Easter Monday */
  { "2026-12-17", 5, "2026-12-24" },  /* to Christmas Eve */
  { "2026-12-17", 6, "2026-12-29" },  /* over Christmas and its substitute day */
  { "2026-12-24", 10, "2027-01-12" }, /* over New Year */
  { "2020-05-01", 5, "2020-05-11" },  /* 4 May was a working day, 8 May was none */
  { "2022-05-31", 3, "2022-06-07" },  /* over two holidays and a weekend */
  { "2026-11-20", 1, "2026-11-23" },  /* Friday to Monday */
  { "2026-11-21", 0, "2026-11-21" },
  { "2026-11-24", -2, "2026-11-20" }, /* back over a weekend */
  { "2026-12-29", -1, "2026-12-24" },
  { "2028-12-01", 18, "2028-12-29" }, /* the last working day that is known */
};

static void
test_add_working_days (Fixture *fixture, const void *user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (add_rows); i++)
    {
      g_autoptr (GError) error = NULL;
      AmendsDay day = AMENDS_DAY_NONE;
      gboolean is_provisional = TRUE;
      AmendsDay same_day;

      g_test_message ("%s and %d", add_rows[i].start, add_rows[i].n_working_days);
      g_assert_true (amends_calendar_add_working_days (fixture->calendar,
                                                       day_of (add_rows[i].start),
                                                       add_rows[i].n_working_days, &day, &error));
      g_assert_no_error (error);
      g_assert_cmpint (day, ==, day_of (add_rows[i].day));

      same_day = amends_calendar_add_working_days_provisional (fixture->calendar,
                                                               day_of (add_rows[i].start),
                                                               add_rows[i].n_working_days,
                                                               &is_provisional);
      g_assert_cmpint (same_day, ==, day);
      g_assert_false (is_provisional);
    }
}

/* Past the table only weekends are skipped: New Year's Day 2029 counts. */
static const struct
{
  const char *start;
  int n_working_days;
  const char *day;
} provisional_rows[] = {
  { "2028-12-29", 1, "2029-01-01" },  { "2028-12-22", 10, "2029-01-09" },
  { "2018-12-24", 5, "2018-12-31" }, /* and before the table: Christmas 2018 counts */
  { "2019-01-02", -1, "2018-12-31" }, { "2030-04-18", 1, "2030-04-19" },
};

static void
test_calendar_ends (Fixture *fixture, const void *user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (provisional_rows); i++)
    {
      AmendsDay start = day_of (provisional_rows[i].start);
      g_autoptr (GError) error = NULL;
      AmendsDay day = 7;
      gboolean is_provisional = FALSE;

      g_test_message ("%s and %d", provisional_rows[i].start, provisional_rows[i].n_working_days);
      g_assert_false (amends_calendar_add_working_days (fixture->calendar, start,
                                                        provisional_rows[i].n_working_days, &day,
                                                        &error));
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_CALENDAR_ENDS);
      g_assert_cmpint (day, ==, 7);

      day = amends_calendar_add_working_days_provisional (fixture->calendar, start,
                                                          provisional_rows[i].n_working_days,
                                                          &is_provisional);
      g_assert_cmpint (day, ==, day_of (provisional_rows[i].day));
      g_assert_true (is_provisional);
    }
}

static const struct
{
  const char *after;
  const char *until;
  int n_working_days;
} between_rows[] = {
  { "2026-11-20", "2026-11-20", 0 },  { "2026-11-20", "2026-11-23", 1 },
  { "2026-11-23", "2026-11-20", -1 }, { "2026-11-20", "2026-11-22", 0 },
  { "2026-12-17", "2026-12-29", 6 },  { "2026-12-29", "2026-12-17", -6 },
};

static void
test_between (Fixture *fixture, const void *user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (between_rows); i++)
    g_assert_cmpint (amends_calendar_working_days_between (fixture->calendar,
                                                           day_of (between_rows[i].after),
                                                           day_of (between_rows[i].until)),
                     ==, between_rows[i].n_working_days);
}

static const struct
{
  const char *day;
  const char *this_or_next;
  const char *next;
} next_rows[] = {
  { "2026-11-20", "2026-11-20", "2026-11-23" }, { "2026-11-21", "2026-11-23", "2026-11-23" },
  { "2026-12-24", "2026-12-24", "2026-12-29" }, { "2026-12-25", "2026-12-29", "2026-12-29" },
  { "2027-03-25", "2027-03-25", "2027-03-30" },
};

static void
test_next (Fixture *fixture, const void *user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (next_rows); i++)
    {
      AmendsDay day = day_of (next_rows[i].day);

      g_assert_cmpint (amends_calendar_this_or_next_working_day (fixture->calendar, day), ==,
                       day_of (next_rows[i].this_or_next));
      g_assert_cmpint (amends_calendar_next_working_day (fixture->calendar, day), ==,
                       day_of (next_rows[i].next));
    }
}

#define HEAD "[calendar]\nid=t\nname=Test\nfirst_year=2026\nlast_year=2026\n"

#define HOLIDAY "[holidays]\n2026-01-01=New Year\n"

static const struct
{
  const char *text;
  const char *field; /* (nullable) */
  const char *begins;
} refused_rows[] = {
  { "", NULL, "t.calendar: a calendar is a text" },
  { "no key file", ".no key file", "t.calendar:1: [] no key file: a line is written key=value" },
  { "[calendar]\nname=\xff\n", NULL, "t.calendar: a calendar is a text in UTF-8" },
  { HOLIDAY, "calendar.id", "t.calendar:1: [calendar] id: needs a text" },
  { "[calendar]\nid=t\nfirst_year=2026\nlast_year=2026\n", "calendar.name",
    "t.calendar:1: [calendar] name: needs a text of 1 to 200 bytes" },
  { "[calendar]\nid= \nname=Test\nfirst_year=2026\nlast_year=2026\n", "calendar.id",
    "t.calendar:2: [calendar] id: needs" },
  { "[calendar]\nid=t\nname=Test\nfirst_year=26\nlast_year=2026\n", "calendar.first_year",
    "t.calendar:4: [calendar] first_year: needs a year from 1900 to 2199" },
  { "[calendar]\nid=t\nname=Test\nfirst_year=2026\n", "calendar.last_year",
    "t.calendar:1: [calendar] last_year: needs a year" },
  { "[calendar]\nid=t\nname=Test\nfirst_year=2026\nlast_year=2025\n", "calendar.last_year",
    "t.calendar:5: [calendar] last_year: is 0 to 99 years after" },
  { "[calendar]\nid=t\nname=Test\nfirst_year=1900\nlast_year=2000\n", "calendar.last_year",
    "t.calendar:5: [calendar] last_year: is 0 to 99 years after" },
  { HEAD "weekend=6\n" HOLIDAY, "calendar.weekend",
    "t.calendar:6: [calendar] weekend: there is no such key" },
  { HEAD HOLIDAY "[moved]\n", "moved", "t.calendar:8: [moved]: there is no such group" },
  { HEAD HOLIDAY "2026-01-01=New Year\n", "holidays.2026-01-01",
    "t.calendar:8: [holidays] 2026-01-01: stands twice, first in line 7" },
  { HEAD "[holidays]\n2026-02-30=Never\n", "holidays.2026-02-30",
    "t.calendar:7: [holidays] 2026-02-30: is no date YYYY-MM-DD of the years covered" },
  { HEAD "[holidays]\n2027-01-01=New Year\n", "holidays.2027-01-01",
    "t.calendar:7: [holidays] 2027-01-01: is no date" },
  { HEAD "[holidays]\n2026-01-01=\n", "holidays.2026-01-01",
    "t.calendar:7: [holidays] 2026-01-01: needs a text" },
  { HEAD "[holidays]\n", "holidays.2026", "t.calendar:6: [holidays] 2026: has no day" },
  { HEAD, "holidays.2026", "t.calendar:1: [holidays] 2026: has no day" },
  { HEAD HOLIDAY "[closures:]\n",
    "closures:", "t.calendar:8: [closures:]: there is no such group" },
  { HEAD HOLIDAY "[closures:Oak Homes]\n", "closures:Oak Homes",
    "t.calendar:8: [closures:Oak Homes]: there is no such group" },
  { HEAD HOLIDAY "[closures:oak]\n2026-06-31=Never\n", "closures:oak.2026-06-31",
    "t.calendar:9: [closures:oak] 2026-06-31: is no date" },
  { HEAD HOLIDAY "[closures:oak]\n2026-01-01=New Year\n", "closures:oak.2026-01-01",
    "t.calendar:9: [closures:oak] 2026-01-01: is no working day: nobody is expected then" },
  { HEAD HOLIDAY "[closures:oak]\n2026-01-02=Bridge\n2026-01-03=Bridge\n",
    "closures:oak.2026-01-03", "t.calendar:10: [closures:oak] 2026-01-03: is no working day" },
  { HEAD HOLIDAY "[closures:oak]\n2026-01-02=\n", "closures:oak.2026-01-02",
    "t.calendar:9: [closures:oak] 2026-01-02: needs a text" },
};

static AmendsCalendar *
parse (const char *text, GPtrArray *problems, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return amends_calendar_parse (bytes, "t.calendar", problems, error);
}

static void
test_parse_refuses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused_rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (refused_rows[i].text, NULL, &error));
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
      g_test_message ("%s", error->message);
      g_assert_cmpstr (amends_error_get_field (error), ==, refused_rows[i].field);
      g_assert_true (g_str_has_prefix (error->message, refused_rows[i].begins));
    }
}

static void
test_all_problems (void)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (HEAD "[holidays]\n2026-13-01=x\n[moved]\n[closures:oak]\n2026-01-04=x\n",
                        problems, &error));
  g_assert_cmpuint (problems->len, ==, 4);
  g_assert_cmpstr (error->message, ==, ((GError *) g_ptr_array_index (problems, 0))->message);
}

/* Thirty closures of a year, and twenty landlords that have some; one more is too many. */
static void
test_closure_limits (void)
{
  g_autoptr (GString) days = g_string_new (HEAD HOLIDAY "[closures:oak]\n");
  g_autoptr (GString) landlords = g_string_new (HEAD HOLIDAY);
  AmendsDay day = day_of ("2026-03-01");
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsCalendar) calendar = NULL;

  for (int i = 0; i < AMENDS_CALENDAR_MAX_CLOSURES; day++)
    if (amends_day_weekday (day) <= G_DATE_FRIDAY)
      {
        g_autofree char *text = amends_day_format (day);

        g_string_append_printf (days, "%s=Closed\n", text);
        i++;
      }
  calendar = parse (days->str, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&calendar, amends_calendar_unref);
  g_string_append (days, "2026-12-29=Closed\n");
  g_assert_null (parse (days->str, NULL, &error));
  g_assert_cmpstr (error->message, ==,
                   "t.calendar:8: [closures:oak]: closes for more than 30 days of 2026");
  g_clear_error (&error);

  for (int i = 0; i < AMENDS_CALENDAR_MAX_POLICIES; i++)
    g_string_append_printf (landlords, "[closures:oak-%d]\n2026-12-29=Closed\n", i);
  calendar = parse (landlords->str, NULL, &error);
  g_assert_no_error (error);
  g_string_append (landlords, "[closures:elm]\n2026-12-29=Closed\n");
  g_assert_null (parse (landlords->str, NULL, &error));
  g_assert_cmpstr (amends_error_get_field (error), ==, "closures:elm");
}

/* A working day for everybody but the landlord. */
static void
test_closures (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsCalendar) calendar =
      parse (HEAD HOLIDAY "[closures:oak]\n2026-12-31=Closed\n2026-12-30=Closed\n", NULL, &error);
  const AmendsCalendar *oak;

  g_assert_no_error (error);
  oak = amends_calendar_get_for_policy (calendar, "oak");
  g_assert_true (amends_calendar_get_for_policy (calendar, "elm") == calendar);
  g_assert_true (amends_calendar_get_for_policy (calendar, NULL) == calendar);
  g_assert_true (amends_calendar_get_for_policy (oak, "oak") == oak);
  g_assert_true (amends_calendar_is_working_day (calendar, day_of ("2026-12-30")));
  g_assert_null (amends_calendar_get_closure (calendar, day_of ("2026-12-30")));
  g_assert_false (amends_calendar_is_working_day (oak, day_of ("2026-12-30")));
  g_assert_cmpstr (amends_calendar_get_closure (oak, day_of ("2026-12-30")), ==, "Closed");
  g_assert_null (amends_calendar_get_holiday (oak, day_of ("2026-12-30")));
  g_assert_null (amends_calendar_get_closure (oak, day_of ("2026-01-01")));
  g_assert_cmpstr (amends_calendar_get_holiday (oak, day_of ("2026-01-01")), ==, "New Year");
  g_assert_cmpint (amends_calendar_next_working_day (calendar, day_of ("2026-12-29")), ==,
                   day_of ("2026-12-30"));
  g_assert_cmpint (amends_calendar_next_working_day (oak, day_of ("2026-12-29")), ==,
                   day_of ("2027-01-01")); /* not covered */
  g_assert_cmpstr (amends_calendar_get_id (oak), ==, "t");
  g_assert_true (amends_calendar_covers (oak, day_of ("2026-12-31")));
}

/* A year that is laid over another has the closures it says, also if it says none. */
static void
test_closures_overlay (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsCalendar) below =
      parse ("[calendar]\nid=t\nname=Test\nfirst_year=2025\nlast_year=2026\n[holidays]\n"
             "2025-01-01=New Year\n2026-01-01=New Year\n"
             "[closures:oak]\n2025-12-30=Closed\n2026-12-30=Closed\n"
             "[closures:elm]\n2026-12-29=Closed\n",
             NULL, &error);
  g_autoptr (AmendsCalendar) above =
      parse (HEAD HOLIDAY "[closures:oak]\n2026-12-31=Closed\n[closures:ash]\n2026-12-24=Closed\n",
             NULL, &error);
  g_autoptr (AmendsCalendar) both = NULL;
  static const struct
  {
    const char *policy;
    const char *day;
    gboolean is_closed;
  } rows[] = {
    { "oak", "2025-12-30", TRUE },  { "oak", "2026-12-30", FALSE }, { "oak", "2026-12-31", TRUE },
    { "elm", "2026-12-29", FALSE }, { "ash", "2026-12-24", TRUE },  { "fir", "2026-12-31", FALSE },
  };

  g_assert_no_error (error);
  both = amends_calendar_overlay (below, above, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const AmendsCalendar *view = amends_calendar_get_for_policy (both, rows[i].policy);

      g_test_message ("%s %s", rows[i].policy, rows[i].day);
      g_assert_cmpint (amends_calendar_get_closure (view, day_of (rows[i].day)) != NULL, ==,
                       rows[i].is_closed);
      g_assert_nonnull (amends_calendar_get_holiday (view, day_of ("2025-01-01")));
      g_assert_nonnull (amends_calendar_get_holiday (view, day_of ("2026-01-01")));
    }
}

static void
test_parse_too_large (void)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (AMENDS_CALENDAR_MAX_BYTES + 1, '\n');

  bytes = g_bytes_new_static (text, strlen (text));
  g_assert_null (amends_calendar_parse (bytes, "t.calendar", NULL, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_TOO_LARGE);
}

/* A NUL byte would hide what stands after it. */
static void
test_parse_nul (void)
{
  static const char text[] = HEAD "[holidays]\n2026-01-01=New\0Year\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (amends_calendar_parse (bytes, "t.calendar", NULL, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
}

static void
test_references (void)
{
  static const char text[] = HEAD "[holidays]\n2026-01-01=New Year\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsCalendar) first = amends_calendar_parse (bytes, "t.calendar", NULL, &error);
  g_autoptr (AmendsCalendar) second = NULL;

  g_assert_no_error (error);
  second = amends_calendar_ref (first);
  g_clear_pointer (&first, amends_calendar_unref);
  g_assert_cmpstr (amends_calendar_get_name (second), ==, "Test");
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, const void *user_data);
  } tests[] = {
    { "/calendar/cover", test_cover },
    { "/calendar/holiday-name", test_holiday_name },
    { "/calendar/is-working-day", test_is_working_day },
    { "/calendar/add-working-days", test_add_working_days },
    { "/calendar/ends", test_calendar_ends },
    { "/calendar/between", test_between },
    { "/calendar/next", test_next },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, fixture_set_up, tests[i].test, fixture_tear_down);
  g_test_add_func ("/calendar/parse/refuses", test_parse_refuses);
  g_test_add_func ("/calendar/parse/too-large", test_parse_too_large);
  g_test_add_func ("/calendar/parse/nul", test_parse_nul);
  g_test_add_func ("/calendar/parse/all-problems", test_all_problems);
  g_test_add_func ("/calendar/closures", test_closures);
  g_test_add_func ("/calendar/closures/limits", test_closure_limits);
  g_test_add_func ("/calendar/closures/overlay", test_closures_overlay);
  g_test_add_func ("/calendar/references", test_references);

  return g_test_run ();
}
