/* test-editions.c: what a landlord publishes, as one device holds it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-error.h"
#include "support/device.h"

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  char *path;
  AmendsStore *store; /* of an administrator */
} Fixture;

/* What an administrator's device is given: it writes in `org`. */
static const AmendsFeed feeds[] = {
  { .feed = "ctl", .may_read = TRUE },
  { .feed = "org", .may_read = TRUE, .may_write = TRUE },
  { .feed = "staff", .may_read = TRUE, .may_write = TRUE },
  { .feed = "s.oak", .may_read = TRUE, .may_write = TRUE },
};

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsIdentity) who = NULL;
  g_autoptr (GError) error = NULL;

  test_world_init (&fixture->world);
  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "store", NULL);
  who = test_identity_new (&fixture->world, "AD", "Head office");
  g_free (who->kind);
  who->kind = g_strdup ("admin");
  fixture->store =
      amends_store_create (fixture->path, &fixture->world.environment, "test", who, feeds,
                           G_N_ELEMENTS (feeds), TEST_STAFF, TEST_PASSPHRASE, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  amends_store_close (fixture->store);
  test_folder_remove (fixture->folder);
  g_free (fixture->path);
}

static void
assert_policy (AmendsStore *store, const AmendsId *id, const char *expected)
{
  g_autofree char *policy = test_policy_of (store, id);

  g_assert_cmpstr (policy, ==, expected);
}

static void
move (AmendsStore *store, const AmendsId *id, const AmendsId *edition)
{
  g_autofree char *text = amends_id_format (edition);
  g_autofree char *act = g_strdup_printf ("{\"type\":\"case.edition-moved\",\"edition\":\"%s\","
                                          "\"because\":\"They asked for it\"}",
                                          text);

  test_act (store, id, act);
}

/* A case keeps the edition that it began under, until it is moved; and so it is after another start. */
static void
test_keeps_its_own (Fixture *fixture, gconstpointer data)
{
  AmendsId before = test_record (fixture->store, "Wren Ashdown", "No heating");
  AmendsId first = test_publish (fixture->store, "first", 10, "2026-01-01", NULL);
  AmendsId under_first = test_record (fixture->store, "Ivo Marsh", "No light");
  AmendsId second = test_publish (fixture->store, "second", 5, "2026-11-01", "oak");
  AmendsId under_second = test_record (fixture->store, "Bryn Holt", "No water");

  for (int turn = 0; turn < 2; turn++)
    {
      assert_policy (fixture->store, &before, "-");
      assert_policy (fixture->store, &under_first, "first");
      assert_policy (fixture->store, &under_second, "second");
      fixture->store = test_store_reopen (fixture->store, &fixture->world);
    }
  move (fixture->store, &before, &first);
  move (fixture->store, &under_first, &second);
  assert_policy (fixture->store, &before, "first");
  assert_policy (fixture->store, &under_first, "second");
  test_assert_whole (fixture->store);
}

/* The key `edition` of the command `show`. */
static void
test_shown (Fixture *fixture, gconstpointer data)
{
  AmendsId before = test_record (fixture->store, "Wren Ashdown", "No heating");
  AmendsId edition = test_publish (fixture->store, "first", 10, "2026-01-01", NULL);
  AmendsId after = test_record (fixture->store, "Ivo Marsh", "No light");
  g_autofree char *id = amends_id_format (&edition);
  g_autofree char *expected = g_strdup_printf (
      "\"edition\":{\"id\":\"%s\",\"policy\":\"first\",\"title\":\"Complaints policy\","
      "\"from\":\"2026-01-01\"}",
      id);
  g_autofree char *none = test_show (fixture->store, &before);
  g_autofree char *one = test_show (fixture->store, &after);

  g_assert_nonnull (strstr (none, "\"edition\":null"));
  g_assert_nonnull (strstr (one, expected));
}

static void
test_refused_of_staff (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "staff", NULL);
  g_autoptr (AmendsStore) store = test_store_new (&fixture->world, path, "7K");
  g_autofree char *text = test_policy_text ("first", 10);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  guint64 n_events = test_count_events (store);

  g_assert_null (
      amends_store_publish_policy (store, bytes, "a.policy", AMENDS_DAY_NONE, NULL, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (amends_store_publish_calendar (store, bytes, "a.calendar", &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  g_assert_cmpuint (test_count_events (store), ==, n_events);
}

/* An administrator's device from which the right to write in `org` was taken. */
static void
test_refused_without_grant (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = test_policy_text ("first", 10);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_assert_true (amends_db_exec (amends_store_get_db (fixture->store),
                                 "UPDATE feed SET may_write = 0 WHERE name = 'org'", &error));
  g_assert_null (amends_store_publish_policy (fixture->store, bytes, "a.policy", AMENDS_DAY_NONE,
                                              NULL, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  g_assert_cmpstr (amends_error_get_field (error), ==, "feed");
}

/* One edition is damaged on disk: it is listed as that, the other counts, and recording goes on. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  AmendsId damaged = test_publish (fixture->store, "first", 10, "2026-01-01", NULL);
  const AmendsEditions *editions;
  g_autofree char *sql = g_strdup_printf ("UPDATE event SET sealed = zeroblob (length (sealed))"
                                          " WHERE number = %" G_GUINT64_FORMAT,
                                          damaged.number);
  g_autoptr (GError) error = NULL;
  guint n_problems = 0;
  AmendsId id;

  test_publish (fixture->store, "second", 5, "2026-01-02", NULL);
  g_assert_true (amends_db_exec (amends_store_get_db (fixture->store), sql, &error));
  fixture->store = test_store_reopen (fixture->store, &fixture->world);

  editions = amends_store_get_editions (fixture->store);
  g_assert_cmpuint (amends_editions_get_n_editions (editions), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const AmendsEdition *edition = amends_editions_get_nth (editions, i);

      n_problems += edition->problem != NULL;
      g_assert_true ((edition->problem != NULL) == amends_id_equal (&edition->id, &damaged));
    }
  g_assert_cmpuint (n_problems, ==, 1);
  id = test_record (fixture->store, "Wren Ashdown", "No heating");
  assert_policy (fixture->store, &id, "second");
}

/* What was published is found before and after, however the log has grown meanwhile; and the same editions
 * are given as long as nothing more was. */
static void
test_found (Fixture *fixture, gconstpointer data)
{
  const AmendsEditions *editions;
  AmendsId id;

  g_assert_cmpuint (amends_editions_get_n_editions (amends_store_get_editions (fixture->store)), ==,
                    0);
  test_publish (fixture->store, "first", 10, "2026-01-01", NULL);
  editions = amends_store_get_editions (fixture->store);
  for (int i = 0; i < 20; i++)
    id = test_record (fixture->store, "Wren Ashdown", "No heating");
  g_assert_true (amends_store_get_editions (fixture->store) == editions);
  fixture->store = test_store_reopen (fixture->store, &fixture->world);
  assert_policy (fixture->store, &id, "first");
  test_publish (fixture->store, "second", 5, "2026-02-01", NULL);
  g_assert_cmpuint (amends_editions_get_n_editions (amends_store_get_editions (fixture->store)), ==,
                    2);
  amends_store_lock (fixture->store);
  g_assert_null (amends_store_get_editions (fixture->store));
  g_assert_true (amends_store_unlock (fixture->store, NULL, TEST_PASSPHRASE, NULL));
  g_assert_cmpuint (amends_editions_get_n_editions (amends_store_get_editions (fixture->store)), ==,
                    2);
}

static void
publish_calendar (AmendsStore *store, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome =
      amends_store_publish_calendar (store, bytes, "a.calendar", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (outcome->events->len, ==, 1);
}

static void
test_calendar (Fixture *fixture, gconstpointer data)
{
  AmendsDay day = amends_day_from_ymd (2027, 3, 2);
  AmendsId id;
  g_autoptr (AmendsCase) complaint = NULL;
  AmendsRules rules;

  publish_calendar (fixture->store, "[calendar]\nid=england-and-wales\nname=England and Wales\n"
                                    "first_year=2027\nlast_year=2027\n\n[holidays]\n"
                                    "2027-03-02=Offices closed\n");
  id = test_record (fixture->store, "Wren Ashdown", "No heating");
  complaint = amends_store_get_case (fixture->store, &id, NULL);
  amends_editions_get_rules (amends_store_get_editions (fixture->store), complaint, &rules);
  g_assert_null (rules.policy);
  g_assert_cmpstr (amends_calendar_get_holiday (rules.calendar, day), ==, "Offices closed");
}

/* What `policy editions` prints: what is held, and where it is in force. */
static void
test_listed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  json_auto_t *listed = NULL;
  json_t *editions, *first, *second;

  test_publish (fixture->store, "first", 10, "2026-01-01", NULL);
  test_publish (fixture->store, "second", 5, "2026-11-01", "oak");
  listed =
      amends_store_editions_to_json (fixture->store, amends_day_from_ymd (2026, 11, 20), &error);
  g_assert_no_error (error);
  editions = json_object_get (listed, "editions");
  g_assert_cmpuint (json_array_size (editions), ==, 2);
  first = json_array_get (editions, 0);
  second = json_array_get (editions, 1);
  g_assert_true (json_is_true (json_object_get (first, "everywhere")));
  g_assert_true (json_is_false (json_object_get (second, "everywhere")));
  g_assert_cmpuint (json_array_size (json_object_get (first, "in_force")), ==, 0);
  g_assert_cmpstr (json_string_value (json_array_get (json_object_get (second, "in_force"), 0)), ==,
                   "oak");
  g_assert_cmpstr (json_string_value (json_object_get (json_object_get (first, "by"), "name")), ==,
                   TEST_STAFF);
  g_assert_cmpuint (json_array_size (json_object_get (listed, "calendars")), ==, 0);
}

static void
add (const char *name, void (*func) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/editions/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  add ("keeps-its-own", test_keeps_its_own);
  add ("shown", test_shown);
  add ("refused-of-staff", test_refused_of_staff);
  add ("refused-without-grant", test_refused_without_grant);
  add ("damaged", test_damaged);
  add ("found", test_found);
  add ("calendar", test_calendar);
  add ("listed", test_listed);
  return g_test_run ();
}
