/* test-editions.c: what a landlord publishes on one device counts on the others
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-error.h"
#include "support/office.h"

typedef struct
{
  TestOffice office;
  AmendsStore *admin;
  AmendsStore *laptop; /* of staff */
} Fixture;

static void
sync_both (Fixture *fixture)
{
  test_sync (&fixture->office, fixture->admin);
  test_sync (&fixture->office, fixture->laptop);
  test_sync (&fixture->office, fixture->admin);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_office_init (&fixture->office);
  fixture->admin = test_office_enrol (&fixture->office, "Head office", "admin", "org,s.oak");
  fixture->laptop = test_office_enrol (&fixture->office, "Oak Court", "staff", "org,s.oak");
  sync_both (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  amends_store_close (fixture->admin);
  amends_store_close (fixture->laptop);
  test_office_clear (&fixture->office);
}

static void
assert_policy (AmendsStore *store, const AmendsId *id, const char *expected)
{
  g_autofree char *policy = test_policy_of (store, id);

  g_assert_cmpstr (policy, ==, expected);
}

static guint
count_editions (AmendsStore *store)
{
  return amends_editions_get_n_editions (amends_store_get_editions (store));
}

/* An edition that arrives changes what is in force; a case keeps its own, wherever it is read. */
static void
test_arrives (Fixture *fixture, gconstpointer data)
{
  AmendsId before, after, under_first;

  before = test_record (fixture->laptop, "Wren Ashdown", "No heating");
  test_publish (fixture->admin, "first", 10, "2026-01-01", NULL);
  sync_both (fixture);
  under_first = test_record (fixture->laptop, "Ivo Marsh", "No light");
  test_publish (fixture->admin, "second", 5, "2026-11-01", "oak");
  sync_both (fixture);
  after = test_record (fixture->laptop, "Bryn Holt", "No water");
  sync_both (fixture);

  for (int i = 0; i < 2; i++)
    {
      AmendsStore *store = i == 0 ? fixture->laptop : fixture->admin;

      assert_policy (store, &before, "-");
      assert_policy (store, &under_first, "first");
      assert_policy (store, &after, "second");
      test_assert_whole (store);
    }
}

/* Two administrators publish while apart, for the same day. All devices hold the same to be in force,
 * and say that there are two; who publishes then joins both. */
static void
test_apart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsStore) other =
      test_office_enrol (&fixture->office, "Second office", "admin", "org,s.oak");
  AmendsDay day = amends_day_from_ymd (2026, 11, 20);
  AmendsId ids[2];
  const AmendsEdition *in_force;

  ids[0] = test_publish (fixture->admin, "one", 10, "2026-01-01", NULL);
  ids[1] = test_publish (other, "two", 5, "2026-01-01", NULL);
  test_sync (&fixture->office, other);
  sync_both (fixture);
  test_sync (&fixture->office, other);
  for (int i = 0; i < 2; i++)
    {
      const AmendsEdition *here =
          amends_editions_find (amends_store_get_editions (fixture->laptop), &ids[i]);

      g_assert_true (amends_id_equal (&here->rival, &ids[1 - i]));
    }
  in_force = amends_editions_get_in_force (amends_store_get_editions (other), "oak", day);
  g_assert_true (amends_id_equal (
      &in_force->id,
      &amends_editions_get_in_force (amends_store_get_editions (fixture->admin), "oak", day)->id));

  ids[0] = test_publish (fixture->admin, "three", 7, "2026-01-01", NULL);
  sync_both (fixture);
  in_force = amends_editions_get_in_force (amends_store_get_editions (fixture->laptop), "oak", day);
  g_assert_true (amends_id_equal (&in_force->id, &ids[0]));
  g_assert_cmpuint (in_force->rival.number, ==, 0);
}

/* Two devices move one case to different editions while apart: both stand, and the stricter on the
 * landlord counts, until somebody who has seen both moves it again. */
static void
test_moved_apart (Fixture *fixture, gconstpointer data)
{
  AmendsId slow = test_publish (fixture->admin, "slow", 10, "2026-01-01", NULL);
  AmendsId quick = test_publish (fixture->admin, "quick", 5, "2026-01-02", "elm");
  AmendsId id = test_record (fixture->laptop, "Wren Ashdown", "No heating");
  AmendsStore *const stores[] = { fixture->admin, fixture->laptop, fixture->laptop };
  const AmendsId *const editions[] = { &slow, &quick, &slow };
  const char *const policies[] = { NULL, "quick", "slow" };

  sync_both (fixture);
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *edition = amends_id_format (editions[i]);
      g_autofree char *act = g_strdup_printf ("{\"type\":\"case.edition-moved\",\"edition\":"
                                              "\"%s\",\"because\":\"They asked\"}",
                                              edition);

      test_act (stores[i], &id, act);
      if (policies[i] == NULL)
        continue; /* the other has not heard of it */
      sync_both (fixture);
      assert_policy (fixture->admin, &id, policies[i]);
      assert_policy (fixture->laptop, &id, policies[i]);
    }
}

/* What a device of staff writes in `org`, whose program was changed, the server keeps back. Even where
 * an administrator lets it go on, no device heeds it, and each shows it. */
static void
test_not_of_staff (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = test_policy_text ("forged", 5);
  json_auto_t *body = json_pack ("{s:s, s:s, s:s, s:s, s:s, s:n}", "type", "policy.published", "at",
                                 "2026-11-20T09:00:00Z", "policy", "forged", "text", text, "from",
                                 "2026-01-01", "schemes");
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;
  json_auto_t *held = NULL;
  json_auto_t *released = NULL;
  AmendsDb *db = amends_store_get_db (fixture->laptop);
  const AmendsEdition *edition;
  AmendsId id;

  g_ptr_array_add (bodies, amends_json_dump (body));
  g_assert_true (
      amends_db_exec (db, "UPDATE feed SET may_write = 1 WHERE name = 'org'; BEGIN", &error));
  events = amends_log_append (fixture->laptop, "org", NULL, NULL, 0, bodies, &error);
  g_assert_no_error (error);
  g_assert_true (amends_db_exec (db, "COMMIT", &error));
  sync_both (fixture);
  held = amends_server_list_quarantine (fixture->office.server, &error);
  g_assert_cmpuint (json_array_size (held), ==, 1);
  g_assert_cmpuint (count_editions (fixture->admin), ==, 0);

  released = amends_server_release (fixture->office.server,
                                    amends_store_get_identity (fixture->laptop)->code, &error);
  g_assert_no_error (error);
  g_assert_cmpint (json_integer_value (json_object_get (released, "released")), ==, 1);
  sync_both (fixture);
  g_assert_cmpuint (count_editions (fixture->admin), ==, 1);
  edition = amends_editions_get_nth (amends_store_get_editions (fixture->admin), 0);
  g_assert_cmpstr (edition->name, ==, "forged");
  g_assert_nonnull (edition->problem);
  id = test_record (fixture->admin, "Wren Ashdown", "No heating");
  assert_policy (fixture->admin, &id, "-");
  id = test_record (fixture->laptop, "Wren Ashdown", "No heating");
  assert_policy (fixture->laptop, &id, "-");
}

/* An administrator's device is cloned and both publish: one takes a new code, its edition a new id, and so
 * does what its cases are under. */
static void
test_cloned (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strdup (amends_store_get_path (fixture->admin));
  g_autofree char *copy = g_strconcat (path, "-copy", NULL);
  g_autoptr (AmendsStore) clone = NULL;
  AmendsSyncReport report;
  g_autoptr (GPtrArray) rows = NULL;

  g_clear_pointer (&fixture->admin, amends_store_close);
  test_folder_copy (path, copy);
  fixture->admin = test_store_open (&fixture->office.world, path);
  clone = test_store_open (&fixture->office.world, copy);

  test_publish (fixture->admin, "one", 10, "2026-01-01", NULL);
  test_publish (clone, "two", 5, "2026-02-01", NULL);
  test_record (clone, "Wren Ashdown", "No heating");
  test_sync (&fixture->office, fixture->admin);
  report = test_sync (&fixture->office, clone);
  g_assert_cmpstr (report.recoded_to, !=, "");
  test_sync (&fixture->office, clone);
  sync_both (fixture);

  g_assert_cmpuint (count_editions (clone), ==, 2);
  g_assert_cmpuint (count_editions (fixture->laptop), ==, 2);
  rows = amends_store_list_cases (fixture->laptop, NULL, FALSE, 0, 0, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  assert_policy (fixture->laptop, &((AmendsCaseRow *) g_ptr_array_index (rows, 0))->id, "two");
  assert_policy (clone, &((AmendsCaseRow *) g_ptr_array_index (rows, 0))->id, "two");
  test_assert_whole (clone);
}

/* The server is restored from before the publication: it is handed in again, and meanwhile counts. */
static void
test_server_restored (Fixture *fixture, gconstpointer data)
{
  AmendsId id;

  test_office_back_up (&fixture->office);
  test_publish (fixture->admin, "one", 10, "2026-01-01", NULL);
  sync_both (fixture);
  test_office_restore (&fixture->office);
  test_sync (&fixture->office, fixture->laptop);
  id = test_record (fixture->laptop, "Wren Ashdown", "No heating");
  assert_policy (fixture->laptop, &id, "one");
  sync_both (fixture);
  sync_both (fixture);
  assert_policy (fixture->admin, &id, "one");
  test_assert_whole (fixture->laptop);
  test_office_assert_whole (&fixture->office);
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

  add ("arrives", test_arrives);
  add ("apart", test_apart);
  add ("moved-apart", test_moved_apart);
  add ("not-of-staff", test_not_of_staff);
  add ("cloned", test_cloned);
  add ("server-restored", test_server_restored);
  return g_test_run ();
}
