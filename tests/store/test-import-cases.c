/* test-import-cases.c: running cases from a spreadsheet: all of them or none, and once
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "import-desk.h"

#include "core/amends-error.h"
#include "support/disk.h"

#define HEADER                                                                                \
  "Reference,scheme,Date received,channel,Name,issue,Acknowledged,case.acknowledged.channel," \
  "case.responded.on,case.responded.channel,case.responded.findings.finding,"                 \
  "case.responded.escalation_told,Escalated,case.escalation-requested.channel\n"
#define ACKNOWLEDGED "C/1,oak,02/11/2026,Letter,Wren,The lift,06/11/2026,letter,,,,,,\n"
#define ESCALATED                                                                                 \
  "C/2,oak,2026-10-12,email,Wren,\"Damp, and\nmould\",2026-10-15,email,2026-10-26,letter,upheld," \
  "yes,2026-11-16,telephone\n"
#define DETAILED                                             \
  "Reference,scheme,Date received,channel,Name,Home,issue\n" \
  "C/4,oak,2026-11-20,telephone,Wren,Flat 12,The gate\n"
#define SMALL "C/3,oak,2026-11-20,telephone,Wren,The door\n"

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const AmendsFeed feeds[] = {
    { .feed = "ctl", .may_read = TRUE },
    { .feed = "org", .may_read = TRUE, .may_write = TRUE },
    { .feed = "staff", .may_read = TRUE, .may_write = TRUE },
    { .feed = "s.oak", .may_read = TRUE, .may_write = TRUE },
  };

  set_up_device (fixture, "admin", feeds, G_N_ELEMENTS (feeds));
}

static AmendsImported *
import (AmendsStore *store,
        const char *text,
        gboolean may_apply,
        GPtrArray *problems,
        GError **error)
{
  return import_sheet (store, AMENDS_REGISTER_CASES, text, may_apply, NULL, NULL, problems, error);
}

/* It must be applied, with so many new cases, rows that are here, and rows that changed. */
static void
apply (Fixture *fixture, const char *text, guint n_new, guint n_already_here, guint n_changed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsImported) imported =
      import (fixture->store, text, TRUE, fixture->problems, &error);

  g_assert_no_error (error);
  assert_applied (fixture, imported, n_new, n_already_here);
  g_assert_cmpuint (imported->changed->len, ==, n_changed);
}

/* By the issue, which each of them has another of. */
static AmendsDay
due_of (AmendsStore *store, const char *summary)
{
  g_autoptr (GPtrArray) rows = amends_store_list_cases (store, NULL, FALSE, 0, 0, NULL);
  AmendsDay due = AMENDS_DAY_NONE;
  guint n = 0;

  g_assert_nonnull (rows);
  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsCaseRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->summary, summary))
        {
          due = row->due_day;
          n++;
        }
    }
  g_assert_cmpuint (n, ==, 1);
  return due;
}

static AmendsId
record (AmendsStore *store, const char *received, const char *channel, const char *what)
{
  json_auto_t *intake = json_pack ("{s:s, s:s, s:s, s:s, s:{s:s}, s:[{s:s}]}", "kind", "complaint",
                                   "scheme", "oak", "received", received, "channel", channel,
                                   "complainant", "name", "Wren", "issues", "what", what);
  g_autoptr (AmendsOutcome) outcome = amends_store_record (store, intake, NULL);

  g_assert_nonnull (outcome);
  return outcome->id;
}

/* The clocks of what is imported stand where they stand of what was recorded act by act. */
static void
test_clocks (Fixture *fixture, gconstpointer data)
{
  AmendsId first = record (fixture->store, "2026-11-02", "letter", "By hand");
  AmendsId second = record (fixture->store, "2026-10-12", "email", "By hand too");
  g_autoptr (AmendsCase) complaint = amends_store_get_case (fixture->store, &second, NULL);
  g_autofree char *issue = amends_id_format (&amends_case_get_issue (complaint, 0)->id);
  g_autofree char *responded =
      g_strdup_printf ("{\"type\":\"case.responded\",\"on\":\"2026-10-26\",\"channel\":\"letter\","
                       "\"escalation_told\":true,\"findings\":[{\"issue\":\"%s\",\"finding\":"
                       "\"upheld\"}]}",
                       issue);

  test_act (fixture->store, &first,
            "{\"type\":\"case.acknowledged\",\"on\":\"2026-11-06\",\"channel\":\"letter\"}");
  test_act (fixture->store, &second,
            "{\"type\":\"case.acknowledged\",\"on\":\"2026-10-15\",\"channel\":\"email\"}");
  test_act (fixture->store, &second, responded);
  test_act (fixture->store, &second,
            "{\"type\":\"case.escalation-requested\",\"on\":\"2026-11-16\","
            "\"channel\":\"telephone\"}");
  apply (fixture, HEADER ACKNOWLEDGED ESCALATED SMALL, 3, 0, 0);

  g_assert_cmpint (due_of (fixture->store, "By hand"), !=, AMENDS_DAY_NONE);
  g_assert_cmpint (due_of (fixture->store, "The lift"), ==, due_of (fixture->store, "By hand"));
  g_assert_cmpint (due_of (fixture->store, "Damp, and"), ==,
                   due_of (fixture->store, "By hand too"));
  g_assert_cmpint (due_of (fixture->store, "The lift"), !=, due_of (fixture->store, "Damp, and"));
}

/* The same file again changes nothing, nor does what a row says anew; what is new beside it is taken. */
static void
test_twice (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  apply (fixture, HEADER ACKNOWLEDGED ESCALATED, 2, 0, 0);
  before = test_state_hash (fixture->store);
  apply (fixture, HEADER ACKNOWLEDGED ESCALATED, 0, 2, 0);
  apply (fixture, HEADER "C/1,oak,2026-11-02,letter,Wren,The lift\n", 0, 1, 0);
  apply (fixture, HEADER "C/1,oak,2026-11-03,letter,Wren,The lift\n", 0, 0, 1);
  apply (fixture, HEADER "C/1,oak,2026-11-02,letter,Wren,The lift,2026-11-09,letter\n", 0, 0, 1);
  apply (fixture, HEADER "C/1,oak,2026-11-02,letter,Wren,The other lift\n", 0, 0, 1);
  after = test_state_hash (fixture->store);
  g_assert_cmpstr (after, ==, before);
  apply (fixture, HEADER ACKNOWLEDGED SMALL, 1, 1, 0);
}

/* A file with fewer columns of somebody says nothing else of them; one that says otherwise does. */
static void
test_fewer (Fixture *fixture, gconstpointer data)
{
  apply (fixture, DETAILED, 1, 0, 0);
  apply (fixture, DETAILED, 0, 1, 0);
  apply (fixture, HEADER "C/4,oak,2026-11-20,telephone,Wren,The gate\n", 0, 1, 0);
  apply (fixture, HEADER "C/4,oak,2026-11-20,telephone,Robin,The gate\n", 0, 0, 1);
}

/* To check says what would be, and nothing of it stays; the numbers go to what is recorded next. */
static void
test_check (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = test_state_hash (fixture->store);
  g_autoptr (AmendsImported) imported =
      import (fixture->store, HEADER ACKNOWLEDGED ESCALATED, FALSE, fixture->problems, NULL);
  g_autofree char *after = test_state_hash (fixture->store);
  g_autofree char *policy = NULL;
  AmendsId id;

  g_assert_false (imported->is_applied);
  g_assert_cmpuint (imported->rows->len, ==, 2);
  g_assert_cmpstr (after, ==, before);
  /* Also what the landlord publishes is seen, in the place that something else had for a moment. */
  test_publish (fixture->store, "first", 10, "2026-01-01", NULL);
  id = test_record (fixture->store, "Wren Ashdown", "No heating");
  policy = test_policy_of (fixture->store, &id);
  g_assert_cmpstr (policy, ==, "first");
  apply (fixture, HEADER ACKNOWLEDGED, 1, 0, 0);
}

/* What is wrong is named, and nothing is applied. */
static const struct
{
  guint line;
  const char *column;
  int code;
} bad_rows[] = {
  { 3, "Reference", AMENDS_CORE_ERROR_INVALID },
  { 4, "Date received", AMENDS_CORE_ERROR_INVALID },
  { 4, "channel", AMENDS_CORE_ERROR_INVALID },
  { 5, "Acknowledged", AMENDS_CORE_ERROR_INVALID },
  { 6, "case.acknowledged.channel", AMENDS_CORE_ERROR_INVALID },
  { 7, "case.responded.escalation_told", AMENDS_CORE_ERROR_REFUSED },
  { 8, NULL, AMENDS_CORE_ERROR_INVALID },
  { 9, "scheme", AMENDS_CORE_ERROR_INVALID },
};

static void
test_bad (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = test_state_hash (fixture->store);
  g_autofree char *after = NULL;
  g_autoptr (AmendsImported) imported =
      import (fixture->store,
              HEADER ACKNOWLEDGED
              ",oak,2026-11-02,letter,Wren,No reference\n"
              "C/4,oak,2026-02-30,pigeon,Wren,Two things\n"
              "C/5,oak,2026-11-02,letter,Wren,Later,2031-01-01,letter\n"
              "C/6,oak,2026-11-02,letter,Wren,How,2026-11-03\n"
              "C/7,oak,2026-11-02,letter,Wren,Untold,2026-11-03,letter,2026-11-04,letter,"
              "upheld\n"
              "C/1,oak,2026-11-02,letter,Wren,Once more\n"
              "C/8,elsewhere,2026-11-02,letter,Wren,Not ours\n" SMALL,
              TRUE, fixture->problems, NULL);

  g_assert_false (imported->is_applied);
  for (guint i = 0; i < fixture->problems->len; i++)
    {
      const AmendsImportProblem *problem = g_ptr_array_index (fixture->problems, i);

      g_test_message ("%u %s: %s", problem->line, problem->column, problem->error->message);
      g_assert_cmpuint (i, <, G_N_ELEMENTS (bad_rows));
      g_assert_cmpuint (problem->line, ==, bad_rows[i].line);
      g_assert_cmpstr (problem->column, ==, bad_rows[i].column);
      g_assert_error (problem->error, AMENDS_CORE_ERROR, bad_rows[i].code);
    }
  g_assert_cmpuint (fixture->problems->len, ==, G_N_ELEMENTS (bad_rows));
  after = test_state_hash (fixture->store);
  g_assert_cmpstr (after, ==, before);
}

static const char whole_file[] = HEADER ACKNOWLEDGED ESCALATED SMALL;

/* The disk is full at any write: nothing of the file is there, and later all of it. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other", NULL);
  g_autoptr (TestDisk) disk = test_disk_mount (path);
  g_autoptr (AmendsStore) store = NULL;
  guint64 n_before;
  guint n_good = 0;

  fixture->world.environment.vfs = TEST_DISK_VFS;
  store = test_store_new (&fixture->world, path, "8M");
  n_before = test_count_events (store);
  for (gboolean done = FALSE; !done; n_good++)
    {
      g_autoptr (AmendsImported) imported = NULL;
      g_autoptr (GError) error = NULL;

      test_disk_set_fault (disk, TEST_DISK_FULL, n_good);
      imported = import (store, whole_file, TRUE, fixture->problems, &error);
      test_disk_set_fault (disk, TEST_DISK_SOUND, 0);
      done = imported != NULL;
      if (!done)
        {
          g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FULL);
          g_assert_cmpuint (test_count_events (store), ==, n_before);
        }
    }
  g_assert_cmpuint (n_good, >, 2);
  g_assert_cmpuint (test_count_events (store), >, n_before);
  test_assert_whole (store);
  g_clear_pointer (&store, amends_store_close);
  fixture->world.environment.vfs = NULL;
}

/* The program is killed, or the power goes, at any operation: all of the file is there, or nothing. */
static void
test_stops (Fixture *fixture, gconstpointer data)
{
  const TestDiskLoss *loss = data;
  g_autofree char *made = g_build_filename (fixture->folder, "store", NULL);
  guint64 n_before = test_count_events (fixture->store);
  gboolean is_over = FALSE;
  guint n_nothing = 0;

  g_clear_pointer (&fixture->store, amends_store_close);
  for (guint n_good = 0; !is_over; n_good += 3)
    {
      g_autofree char *path = g_strdup_printf ("%s/cut-%u", fixture->folder, n_good);
      g_autoptr (TestDisk) disk = NULL;
      g_autoptr (AmendsStore) store = NULL;

      test_folder_copy (made, path);
      disk = test_disk_mount (path);
      fixture->world.environment.vfs = TEST_DISK_VFS;
      store = test_store_open (&fixture->world, path);
      test_disk_set_fault (disk, TEST_DISK_STOPS, n_good);
      amends_imported_free (import (store, whole_file, TRUE, fixture->problems, NULL));
      is_over = !test_disk_is_stopped (disk);
      test_disk_stop (disk);
      g_clear_pointer (&store, amends_store_close);
      test_disk_start (disk, *loss, n_good);
      fixture->world.environment.vfs = NULL;

      store = test_store_open (&fixture->world, path);
      if (test_count_events (store) == n_before)
        n_nothing++;
      else
        g_assert_cmpuint (amends_store_count_cases (store, NULL), ==, 3);
      g_assert_false (is_over && test_count_events (store) == n_before);
      test_assert_whole (store);
    }
  g_assert_cmpuint (n_nothing, >, 0);
  fixture->store = test_store_open (&fixture->world, made);
}

int
main (int argc, char *argv[])
{
  static const TestDiskLoss losses[] = { TEST_LOSS_NOTHING, TEST_LOSS_ALL };

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/import-cases/clocks", Fixture, NULL, set_up, test_clocks, tear_down);
  g_test_add ("/import-cases/twice", Fixture, NULL, set_up, test_twice, tear_down);
  g_test_add ("/import-cases/fewer", Fixture, NULL, set_up, test_fewer, tear_down);
  g_test_add ("/import-cases/check", Fixture, NULL, set_up, test_check, tear_down);
  g_test_add ("/import-cases/bad", Fixture, NULL, set_up, test_bad, tear_down);
  g_test_add ("/import-cases/full", Fixture, NULL, set_up, test_full, tear_down);
  g_test_add ("/import-cases/killed", Fixture, &losses[0], set_up, test_stops, tear_down);
  g_test_add ("/import-cases/power", Fixture, &losses[1], set_up, test_stops, tear_down);
  return g_test_run ();
}
