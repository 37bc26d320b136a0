/* test-staff.c: the register of staff, and the roles in which they act
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-decide.h"
#include "core/amends-error.h"
#include "store/amends-read.h"
#include "store/amends-store-private.h"
#include "support/device.h"

static const char *const senior_lead[] = { "senior-lead", NULL };

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  AmendsStore *store;
  AmendsId actor;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  test_world_init (&fixture->world);
  fixture->folder = test_folder_new ();
  path = g_build_filename (fixture->folder, "store", NULL);
  fixture->store = test_store_new (&fixture->world, path, "7K");
  amends_store_get_actor (fixture->store, &fixture->actor);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  amends_store_close (fixture->store);
  test_folder_remove (fixture->folder);
}

static void
assert_roles (AmendsStore *store, const AmendsId *id, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsStaff) staff = amends_store_get_staff (store, id, &error);
  g_autofree char *roles = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (staff->name, ==, TEST_STAFF);
  roles = g_strjoinv (" ", staff->roles);
  g_assert_cmpstr (roles, ==, expected);
}

/* They stay when the store is opened again, and each setting takes the place of the one before. */
static void
test_roles (Fixture *fixture, gconstpointer data)
{
  static const char *const two[] = { "approver", "investigator", NULL };
  static const char *const none[] = { NULL };
  g_autoptr (GError) error = NULL;
  AmendsId id;

  assert_roles (fixture->store, &fixture->actor, "");
  g_assert_true (amends_store_set_roles (fixture->store, &fixture->actor, two, &error));
  assert_roles (fixture->store, &fixture->actor, "investigator approver");
  fixture->store = test_store_reopen (fixture->store, &fixture->world);
  assert_roles (fixture->store, &fixture->actor, "investigator approver");
  g_assert_true (amends_store_set_roles (fixture->store, &fixture->actor, none, &error));
  assert_roles (fixture->store, &fixture->actor, "");
  g_assert_true (amends_store_find_staff (fixture->store, TEST_STAFF, &id, &error));
  g_assert_true (amends_id_equal (&id, &fixture->actor));
  test_assert_whole (fixture->store);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const unknown[] = { "approver", "king", NULL };
  guint64 n_events = test_count_events (fixture->store);
  AmendsId nobody = { "9M", 9 };
  AmendsId complaint = test_record (fixture->store, "Wren Ashdown", "No heating");
  g_autoptr (GError) error = NULL;

  g_assert_false (amends_store_set_roles (fixture->store, &fixture->actor, unknown, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_assert_cmpstr (amends_error_get_field (error), ==, "roles");
  g_clear_error (&error);
  g_assert_false (amends_store_set_roles (fixture->store, &nobody, senior_lead, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (amends_store_set_roles (fixture->store, &complaint, senior_lead, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (amends_store_find_staff (fixture->store, "Bo Reed", &nobody, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
  g_assert_cmpuint (test_count_events (fixture->store), ==, n_events + 2);
}

static AmendsId
add_staff (AmendsStore *store, const char *name)
{
  g_autofree char *body = g_strdup_printf ("{\"type\":\"staff.recorded\",\"name\":\"%s\"}", name);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) written = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (bodies, g_bytes_new (body, strlen (body)));
  written = amends_log_append (store, "staff", NULL, NULL, 0, bodies, &error);
  g_assert_no_error (error);
  amends_read_touch (store);
  return ((const AmendsEvent *) g_ptr_array_index (written, 0))->id;
}

/* Two of one name, from two devices: neither is chosen. */
static void
test_ambiguous (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  AmendsId id;

  add_staff (fixture->store, TEST_STAFF);
  g_assert_false (amends_store_find_staff (fixture->store, TEST_STAFF, &id, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_AMBIGUOUS);
}

/* Once there is an administrator, only such a person sets roles; before that anybody, and on a device that
 * is an administrator's. */
static void
test_administrator (Fixture *fixture, gconstpointer data)
{
  static const char *const administrator[] = { "administrator", NULL };
  static const char *const none[] = { NULL };
  g_autoptr (GError) error = NULL;
  AmendsId other = add_staff (fixture->store, "Tamsin Roe");

  g_assert_true (amends_store_set_roles (fixture->store, &fixture->actor, administrator, &error));
  g_assert_true (amends_store_set_roles (fixture->store, &other, administrator, &error));
  g_assert_no_error (error);

  g_assert_true (amends_store_set_roles (fixture->store, &fixture->actor, none, &error));
  g_assert_false (amends_store_set_roles (fixture->store, &fixture->actor, administrator, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  g_assert_cmpstr (amends_error_get_field (error), ==, "roles");
  g_clear_error (&error);
  g_assert_false (amends_store_set_roles (fixture->store, &other, senior_lead, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  g_clear_error (&error);

  g_free (fixture->store->identity->kind);
  fixture->store->identity->kind = g_strdup ("admin");
  g_assert_true (amends_store_set_roles (fixture->store, &other, senior_lead, &error));
  g_assert_no_error (error);
}

/* Who is signed in decides in a role that is recorded for them. */
static void
test_acts (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->store, "Wren Ashdown", "No heating");
  json_auto_t *act = test_json ("{\"type\":\"case.departure\",\"on\":\"2020-01-02\","
                                "\"clause\":\"1.2\",\"reason\":\"a\"}");
  json_auto_t *decline =
      test_json ("{\"type\":\"case.declined\",\"on\":\"2020-01-02\",\"ground\":"
                 "\"already-considered\",\"reasons\":\"a\",\"told_on\":\"2020-01-02\","
                 "\"ombudsman_details\":true}");
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;

  /* Nobody approves their own departure, whatever their role. */
  g_assert_true (amends_store_set_roles (fixture->store, &fixture->actor, senior_lead, &error));
  g_assert_null (amends_store_act (fixture->store, &id, act, &error));
  g_assert_cmpstr (amends_error_get_field (error), ==, "authorised_by");
  g_clear_error (&error);
  outcome = amends_store_act (fixture->store, &id, decline, &error);
  g_assert_no_error (error);
  g_assert_nonnull (outcome);
}

static void
test_list_acts (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->store, "Wren Ashdown", "No heating"), nowhere = { "9M", 9 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = amends_store_list_acts (fixture->store, &id, &error);
  guint n_closed = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < answers->len; i++)
    n_closed += !((const AmendsActAnswer *) g_ptr_array_index (answers, i))->is_open;
  g_assert_cmpuint (n_closed, >, 0);
  g_assert_cmpuint (n_closed, <, answers->len);
  g_assert_null (amends_store_list_acts (fixture->store, &nowhere, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  g_test_add ("/staff/roles", Fixture, NULL, set_up, test_roles, tear_down);
  g_test_add ("/staff/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/staff/ambiguous", Fixture, NULL, set_up, test_ambiguous, tear_down);
  g_test_add ("/staff/administrator", Fixture, NULL, set_up, test_administrator, tear_down);
  g_test_add ("/staff/acts", Fixture, NULL, set_up, test_acts, tear_down);
  g_test_add ("/staff/list-acts", Fixture, NULL, set_up, test_list_acts, tear_down);
  return g_test_run ();
}
