/* test-duties.c: the plan of a day, over all cases
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All was received on Friday 20 November 2026; "now" is Saturday the 21st. No policy is published but where
 * a test does, so the Code's clocks run: five working days to acknowledge, ten to respond. */

#include <glib/gstdio.h>
#include <string.h>

#include "store/amends-log.h"
#include "store/amends-read.h"
#include "store/amends-store-private.h"
#include "support/device.h"

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  char *path;
  AmendsStore *store;
} Fixture;

#define A_DAY_S (24 * 60 * 60)

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsIdentity) identity = NULL;
  const AmendsFeed feeds[] = {
    { .feed = "ctl", .may_read = TRUE },
    { .feed = "org", .may_read = TRUE, .may_write = TRUE },
    { .feed = "staff", .may_read = TRUE, .may_write = TRUE },
    { .feed = "s.oak", .may_read = TRUE, .may_write = TRUE },
    { .feed = "s.elm", .may_read = TRUE, .may_write = TRUE },
  };

  test_world_init (&fixture->world);
  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "store", NULL);
  identity = test_identity_new (&fixture->world, "7K", "Office");
  g_free (identity->kind);
  identity->kind = g_strdup ("admin");
  fixture->store =
      amends_store_create (fixture->path, &fixture->world.environment, "test", identity, feeds,
                           G_N_ELEMENTS (feeds), TEST_STAFF, TEST_PASSPHRASE, NULL);
  g_assert_nonnull (fixture->store);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  amends_store_close (fixture->store);
  g_free (fixture->path);
  test_folder_remove (fixture->folder);
}

static AmendsDay
day_of (const char *text)
{
  AmendsDay day;

  g_assert_true (amends_day_parse (text, &day, NULL));
  return day;
}

static AmendsId
record (Fixture *fixture, const char *json)
{
  json_auto_t *intake =
      json_pack ("{s:s, s:s, s:s, s:s, s:[{s:s}]}", "kind", "complaint", "scheme", "oak",
                 "received", "2026-11-20", "channel", "telephone", "issues", "what", "It leaks.");
  json_auto_t *more = test_json (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;

  json_object_update (intake, more);
  outcome = amends_store_record (fixture->store, intake, &error);
  g_assert_no_error (error);
  return outcome->id;
}

static void
act (Fixture *fixture, const AmendsId *id, const char *json)
{
  json_auto_t *what = test_json (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = amends_store_act (fixture->store, id, what, &error);

  g_assert_no_error (error);
}

/* A request for stage 2 before the response is due takes effect on the working day after that: then the list is
 * another, with nothing written. */
static void
record_early_request (Fixture *fixture)
{
  const AmendsId id = record (fixture, "{\"complainant\":{\"name\":\"Farrow\"}}");

  act (fixture, &id,
       "{\"type\":\"case.acknowledged\",\"on\":\"2026-11-21\",\"channel\":\"letter\"}");
  act (fixture, &id,
       "{\"type\":\"case.escalation-requested\",\"on\":\"2026-11-21\","
       "\"channel\":\"letter\"}");
}

static AmendsWork *
get_work (Fixture *fixture, const char *scheme, gboolean only_mine, const char *today)
{
  g_autoptr (GError) error = NULL;
  AmendsWork *work =
      amends_store_get_work (fixture->store, scheme, only_mine, 0, day_of (today), &error);

  g_assert_no_error (error);
  for (guint i = 0; i < AMENDS_WORK_N_GROUPS; i++)
    g_assert_cmpuint (work->n_duties[i], ==, work->groups[i]->len);
  return work;
}

/* "group: who day left; …", of the groups that have anything. */
static char *
describe (const AmendsWork *work)
{
  static const char *const names[AMENDS_WORK_N_GROUPS] = { "new",  "overdue", "today",
                                                           "week", "unsent",  "undated" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < AMENDS_WORK_N_GROUPS; i++)
    {
      if (work->n_duties[i] > 0)
        g_string_append_printf (text, "%s%s:", text->len > 0 ? " | " : "", names[i]);
      for (guint n = 0; n < work->groups[i]->len; n++)
        {
          const AmendsDutyRow *row = g_ptr_array_index (work->groups[i], n);
          char day[AMENDS_DAY_TEXT_SIZE] = "-";

          if (row->duty.day != AMENDS_DAY_NONE)
            amends_day_format_to (row->duty.day, day);
          g_string_append_printf (text, " %s %s %d", row->complaint->complainant, day,
                                  row->n_working_days_left);
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_work (Fixture *fixture, const char *today, const char *expected)
{
  g_autoptr (AmendsWork) work = get_work (fixture, NULL, FALSE, today);
  g_autofree char *text = describe (work);

  g_assert_cmpstr (text, ==, expected);
}

/* One case: what it says on each day, with nothing written in between. */
static void
test_days (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *today;
    const char *work;
  } rows[] = {
    { "2026-11-21", "" }, /* a Saturday: next week's is not this week's */
    { "2026-11-23", "week: Wren 2026-11-27 4" },
    { "2026-11-26", "week: Wren 2026-11-27 1" },
    { "2026-11-27", "today: Wren 2026-11-27 0" },
    { "2026-11-28", "overdue: Wren 2026-11-27 -1" }, /* no working day since, and late */
    { "2026-11-30", "overdue: Wren 2026-11-27 -1" },
    { "2026-12-01", "overdue: Wren 2026-11-27 -2" },
    { "2026-12-29",
      "overdue: Wren 2026-11-27 -20" }, /* Christmas and its substitute count for none */
  };

  record (fixture, "{\"complainant\":{\"name\":\"Wren\"}}");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_work (fixture, rows[i].today, rows[i].work);
}

static void
test_next (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsWork) work = NULL;

  record (fixture, "{\"complainant\":{\"name\":\"Wren\"}}");
  work = get_work (fixture, NULL, FALSE, "2026-11-21");
  g_assert_nonnull (work->next);
  g_assert_cmpint (work->next->duty.day, ==, day_of ("2026-11-27"));
  g_assert_cmpint (work->next->duty.kind, ==, AMENDS_DUTY_CLOCK);
  g_assert_cmpint (work->next->duty.clock, ==, AMENDS_CLOCK_ACKNOWLEDGE);
  g_assert_cmpuint (work->n_cases, ==, 1);
}

/* The row of a case in the list says the same day. */
static void
test_first (Fixture *fixture, gconstpointer data)
{
  AmendsId id = record (fixture, "{\"complainant\":{\"name\":\"Wren\"}}");
  g_autoptr (GPtrArray) rows = amends_store_list_cases (fixture->store, NULL, FALSE, 0, 0, NULL);

  g_assert_cmpint (((AmendsCaseRow *) g_ptr_array_index (rows, 0))->due_day, ==,
                   day_of ("2026-11-27"));
  test_act (fixture->store, &id,
            "{\"type\":\"case.withdrawn\",\"on\":\"2026-11-21\",\"channel\":\"telephone\"}");
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = amends_store_list_cases (fixture->store, NULL, FALSE, 0, 0, NULL);
  g_assert_cmpint (((AmendsCaseRow *) g_ptr_array_index (rows, 0))->due_day, ==, AMENDS_DAY_NONE);
}

/* What came from the kiosk and nobody looked at, until it is pressing. */
static void
test_new (Fixture *fixture, gconstpointer data)
{
  AmendsId id =
      record (fixture, "{\"channel\":\"kiosk\",\"complainant\":{\"name\":\"Pym\"},"
                       "\"consents\":[{\"purpose\":\"keep-recording\",\"given\":\"ask-me\"}]}");

  assert_work (fixture, "2026-11-23", "new: Pym 2026-11-27 4");
  assert_work (fixture, "2026-11-27", "today: Pym 2026-11-27 0");
  assert_work (fixture, "2026-11-30", "overdue: Pym 2026-11-27 -1");
  test_note (fixture->store, &id, "Rang.");
  assert_work (fixture, "2026-11-23", "week: Pym 2026-11-27 4 | undated: Pym - 0");
}

/* Approved and not sent has a group of its own; its clock stays among what is due. */
static void
test_unsent (Fixture *fixture, gconstpointer data)
{
  AmendsId id = record (fixture, "{\"complainant\":{\"name\":\"Wren\"}}");
  g_autoptr (AmendsCase) complaint = NULL;
  g_autofree char *approval = NULL;
  g_autofree char *draft = NULL;

  act (fixture, &id,
       "{\"type\":\"case.acknowledged\",\"on\":\"2026-11-21\",\"channel\":\"letter\"}");
  act (fixture, &id,
       "{\"type\":\"case.drafted\",\"on\":\"2026-11-21\",\"attachment\":\"2A.1\","
       "\"author\":{\"name\":\"Ivo Fell\"}}");
  assert_work (fixture, "2026-12-03", "week: Wren 2026-12-04 1");
  complaint = amends_store_get_case (fixture->store, &id, NULL);
  draft = amends_id_format (
      &amends_case_get_history (complaint, amends_case_get_n_history (complaint) - 1)->event->id);
  approval = g_strdup_printf ("{\"type\":\"case.approved\",\"on\":\"2026-11-21\",\"draft\":\"%s\","
                              "\"agreed\":true,\"approved_by\":{\"name\":\"Odile Marsh\",\"role\":"
                              "\"approver\"}}",
                              draft);
  act (fixture, &id, approval);
  assert_work (fixture, "2026-12-03", "week: Wren 2026-12-04 1 | unsent: Wren 2026-12-04 1");
  assert_work (fixture, "2026-12-07", "overdue: Wren 2026-12-04 -1 | unsent: Wren 2026-12-04 -1");
  /* A clock that has no day has it in the same group, and in no other. */
  g_assert_true (amends_db_exec (fixture->store->read->list,
                                 "UPDATE duty SET due = NULL; UPDATE duty_count SET due = NULL",
                                 NULL));
  assert_work (fixture, "2026-12-03", "unsent: Wren - 0 | undated: Wren - 0");
}

static void
test_whose (Fixture *fixture, gconstpointer data)
{
  AmendsId wren = record (fixture, "{\"complainant\":{\"name\":\"Wren\"}}");
  AmendsId pym = record (fixture, "{\"complainant\":{\"name\":\"Pym\"}}");
  AmendsId elm = record (fixture, "{\"scheme\":\"elm\",\"complainant\":{\"name\":\"Elm\"}}");
  g_autoptr (AmendsWork) mine = NULL;
  g_autoptr (AmendsWork) there = NULL;
  g_autofree char *act = NULL;
  g_autofree char *me = NULL;
  AmendsId actor;

  amends_store_get_actor (fixture->store, &actor);
  me = amends_id_format (&actor);
  act =
      g_strdup_printf ("{\"type\":\"case.assigned\",\"on\":\"2026-11-21\",\"conflict_of_interest\":"
                       "false,\"to\":{\"name\":\"A. Thorn\",\"staff\":\"%s\"}}",
                       me);
  test_act (fixture->store, &wren, act);
  /* By name alone, however it is written. */
  test_act (fixture->store, &pym,
            "{\"type\":\"case.assigned\",\"on\":\"2026-11-21\",\"conflict_of_interest\":false,"
            "\"to\":{\"name\":\"ada thorn\"}}");
  test_act (fixture->store, &elm,
            "{\"type\":\"case.assigned\",\"on\":\"2026-11-21\",\"conflict_of_interest\":false,"
            "\"to\":{\"name\":\"Ivo Fell\"}}");

  mine = get_work (fixture, NULL, TRUE, "2026-11-27");
  g_assert_cmpuint (mine->n_duties[AMENDS_WORK_TODAY], ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_true (
        ((AmendsDutyRow *) g_ptr_array_index (mine->groups[AMENDS_WORK_TODAY], i))->is_mine);
  there = get_work (fixture, "elm", FALSE, "2026-11-27");
  g_assert_cmpuint (there->n_duties[AMENDS_WORK_TODAY], ==, 1);
  g_assert_cmpstr (
      ((AmendsDutyRow *) g_ptr_array_index (there->groups[AMENDS_WORK_TODAY], 0))->duty.whose_name,
      ==, "Ivo Fell");
}

/* The page of a case lists the same as the plan, of this case alone. */
static void
test_of_case (Fixture *fixture, gconstpointer data)
{
  AmendsId id =
      record (fixture,
              "{\"complainant\":{\"name\":\"Wren\"},"
              "\"consents\":[{\"purpose\":\"share-with-contractor\",\"given\":\"ask-me\"}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const AmendsDutyRow *first, *second, *third;

  record (fixture, "{\"complainant\":{\"name\":\"Pym\"}}");
  act (fixture, &id,
       "{\"type\":\"case.updated\",\"on\":\"2026-11-21\",\"channel\":\"telephone\","
       "\"next_update\":\"2026-11-23\"}");
  rows = amends_store_list_duties (fixture->store, &id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 3);
  first = g_ptr_array_index (rows, 0);
  second = g_ptr_array_index (rows, 1);
  third = g_ptr_array_index (rows, 2);
  g_assert_cmpint (first->duty.kind, ==, AMENDS_DUTY_UPDATE);
  g_assert_cmpint (first->duty.day, ==, day_of ("2026-11-23"));
  g_assert_cmpint (second->duty.kind, ==, AMENDS_DUTY_CLOCK);
  g_assert_cmpint (third->duty.kind, ==, AMENDS_DUTY_CONSENT); /* without a day, last */
  g_assert_cmpstr (first->complaint->complainant, ==, "Wren");
}

static void
test_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsWork) work = NULL;

  for (guint i = 0; i < 7; i++)
    record (fixture, "{\"complainant\":{\"name\":\"Wren\"}}");
  work = amends_store_get_work (fixture->store, NULL, FALSE, 5, day_of ("2026-11-27"), NULL);
  g_assert_cmpuint (work->groups[AMENDS_WORK_TODAY]->len, ==, 5);
  g_assert_cmpuint (work->n_duties[AMENDS_WORK_TODAY], ==, 7);
}

static void
publish_calendar (Fixture *fixture, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome =
      amends_store_publish_calendar (fixture->store, bytes, "a.calendar", &error);

  g_assert_no_error (error);
}

/* A bank holiday that is published later moves what is owed already, and what is left of it. */
static void
test_bank_holiday (Fixture *fixture, gconstpointer data)
{
  record (fixture, "{\"complainant\":{\"name\":\"Wren\"}}");
  assert_work (fixture, "2026-11-23", "week: Wren 2026-11-27 4");
  publish_calendar (
      fixture, "[calendar]\nid=england-and-wales\nname=England and Wales\n"
               "first_year=2026\nlast_year=2026\n\n[holidays]\n2026-11-25=A day of mourning\n");
  assert_work (fixture, "2026-11-23", "");
  assert_work (fixture, "2026-11-30", "today: Wren 2026-11-30 0");
}

static void
publish_policy (Fixture *fixture)
{
  g_autofree char *most = test_policy_text ("meadow", 10);
  g_autofree char *text = g_strconcat (most,
                                       "\n[clock:acknowledge]\nstart=received\nlength=5\n"
                                       "unit=working-days\nend=acknowledged\nclause=3.1\n"
                                       "status=exact\n",
                                       NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome =
      amends_store_publish_policy (fixture->store, bytes, "a.policy", day_of ("2026-01-01"), NULL,
                                   &error);

  g_assert_no_error (error);
}

/* Also where the list was kept in between, and days have passed since. */
static void
test_snapshot (Fixture *fixture, gconstpointer data)
{
  g_autofree char *snapshot = g_build_filename (fixture->path, "list.snap", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *turned = NULL;
  g_autoptr (AmendsWork) work = NULL;

  publish_policy (fixture);
  record_early_request (fixture);
  for (guint i = 1; i < 260; i++)
    record (fixture, "{\"complainant\":{\"name\":\"Pym\"}}");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (AmendsWork) then = get_work (fixture, NULL, FALSE, "2026-12-14");

      *(i == 0 ? &before : &after) = describe (then);
      fixture->store = test_store_reopen (fixture->store, &fixture->world);
      g_assert_true (g_file_test (snapshot, G_FILE_TEST_EXISTS));
    }
  g_assert_cmpstr (before, ==, after);
  g_assert_null (strstr (after, "Farrow 2026-12-14"));
  test_world_pass (&fixture->world, 16 * A_DAY_S);
  work = get_work (fixture, NULL, FALSE, "2026-12-14");
  turned = describe (work);
  g_assert_nonnull (strstr (turned, "Farrow 2026-12-14 0"));
}

static void
test_turns (Fixture *fixture, gconstpointer data)
{
  publish_policy (fixture);
  record_early_request (fixture);
  assert_work (fixture, "2026-12-04", "today: Farrow 2026-12-04 0");
  test_world_pass (&fixture->world, 16 * A_DAY_S);
  assert_work (fixture, "2026-12-14", "today: Farrow 2026-12-14 0");
}

/* The outcome of what was said anonymously is owed from the first day, counted from the last day on which it would
 * have been acknowledged. */
static void
test_anonymous (Fixture *fixture, gconstpointer data)
{
  publish_policy (fixture);
  record (fixture, "{\"channel\":\"kiosk\",\"anonymous\":true}");
  assert_work (fixture, "2026-11-21", "new: (null) 2026-12-11 15");
  test_world_pass (&fixture->world, 7 * A_DAY_S);
  assert_work (fixture, "2026-11-28", "new: (null) 2026-12-11 10");
}

static void
test_unfinished (Fixture *fixture, gconstpointer data)
{
  json_auto_t *drafts = test_json ("[{\"kind\":\"complaint\",\"received\":\"2026-11-20\"},"
                                   "{\"received\":\"next week\"},"
                                   "{\"kind\":\"compliment\",\"received\":\"2026-11-20\"},"
                                   "{\"kind\":\"complaint\",\"received\":\"2026-12-20\"}]");
  static const struct
  {
    const char *day;
    int n_left;
  } expected[] = { { NULL }, { NULL }, { NULL }, { "2026-11-27", 4 } };
  g_autoptr (AmendsWork) work = NULL;
  json_t *intake;
  gsize i;

  json_array_foreach (drafts, i, intake)
    {
      gint64 draft = 0;

      test_world_pass (&fixture->world, 1);
      g_assert_true (amends_store_save_draft (fixture->store, &draft, intake, NULL));
    }
  work = get_work (fixture, NULL, FALSE, "2026-11-23");
  g_assert_cmpuint (work->unfinished->len, ==, 4);
  for (i = 0; i < work->unfinished->len; i++)
    {
      const AmendsUnfinished *unfinished = g_ptr_array_index (work->unfinished, i);

      g_assert_cmpint (unfinished->acknowledge_day, ==,
                       expected[i].day != NULL ? day_of (expected[i].day) : AMENDS_DAY_NONE);
      g_assert_cmpint (unfinished->n_working_days_left, ==, expected[i].n_left);
    }
}

/* Of an act its case stands for it, and the clocks of that are in the plan by themselves. */
static void
test_unfinished_act (Fixture *fixture, gconstpointer data)
{
  const AmendsId id = test_record (fixture->store, "Mr Alfred Pym", "The lift stopped.");
  json_auto_t *act = amends_draft_pack_act (&id, "oak", AMENDS_EVENT_CASE_ACKNOWLEDGED,
                                            json_pack ("{s:s}", "on", "2026-11-20"));
  g_autoptr (AmendsWork) work = NULL;
  const AmendsUnfinished *unfinished;
  gint64 draft = 0;

  g_assert_true (amends_store_save_draft (fixture->store, &draft, act, NULL));
  work = get_work (fixture, NULL, FALSE, "2026-11-23");
  g_assert_cmpuint (work->unfinished->len, ==, 1);
  unfinished = g_ptr_array_index (work->unfinished, 0);
  g_assert_cmpstr (unfinished->complaint->complainant, ==, "Mr Alfred Pym");
  g_assert_cmpint (unfinished->acknowledge_day, ==, AMENDS_DAY_NONE);
}

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  amends_store_lock (fixture->store);
  g_assert_null (
      amends_store_get_work (fixture->store, NULL, FALSE, 0, day_of ("2026-11-23"), &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_LOCKED);
}

/* What cannot be counted is said, and no plan that leaves it out is shown. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsWork) work = get_work (fixture, NULL, FALSE, "2026-11-23");

  g_assert_true (amends_db_exec (fixture->store->read->list,
                                 "ALTER TABLE case_row RENAME n_conflicts TO gone", NULL));
  g_assert_null (
      amends_store_get_work (fixture->store, NULL, FALSE, 0, day_of ("2026-11-23"), &error));
  g_assert_nonnull (error);
}

#define ADD(name, test) g_test_add ("/duties/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  ADD ("days", test_days);
  ADD ("next", test_next);
  ADD ("first", test_first);
  ADD ("new", test_new);
  ADD ("unsent", test_unsent);
  ADD ("whose", test_whose);
  ADD ("of-case", test_of_case);
  ADD ("limit", test_limit);
  ADD ("bank-holiday", test_bank_holiday);
  ADD ("snapshot", test_snapshot);
  ADD ("turns", test_turns);
  ADD ("anonymous", test_anonymous);
  ADD ("unfinished", test_unfinished);
  ADD ("unfinished-act", test_unfinished_act);
  ADD ("locked", test_locked);
  ADD ("damaged", test_damaged);
  return g_test_run ();
}
