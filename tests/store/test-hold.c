/* test-hold.c: what was just written is held, and can be taken back
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-error.h"
#include "store/amends-log.h"
#include "support/device.h"

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  AmendsStore *store;
  AmendsId id; /* a case that was recorded before */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  test_world_init (&fixture->world);
  fixture->folder = test_folder_new ();
  path = g_build_filename (fixture->folder, "store", NULL);
  fixture->store = test_store_new (&fixture->world, path, "7K");
  fixture->id = test_record (fixture->store, "Wren Ashdown", "No heating");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_assert_whole (fixture->store);
  amends_store_close (fixture->store);
  test_folder_remove (fixture->folder);
}

/* Saved as the application saves. */
static AmendsOutcome *
act (Fixture *fixture, const char *json)
{
  json_auto_t *value = test_json (json);
  g_autoptr (GError) error = NULL;
  AmendsOutcome *outcome = amends_store_act (fixture->store, &fixture->id, value, &error);

  g_assert_no_error (error);
  amends_store_hold (fixture->store, outcome);
  return outcome;
}

static AmendsOutcome *
record (Fixture *fixture)
{
  json_auto_t *intake =
      test_json ("{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\","
                 "\"channel\":\"in-person\",\"issues\":[{\"what\":\"It leaks.\"}],"
                 "\"adjustments\":[{\"need\":\"large-print\"}]}");
  AmendsOutcome *outcome = amends_store_record (fixture->store, intake, NULL);

  g_assert_nonnull (outcome);
  amends_store_hold (fixture->store, outcome);
  return outcome;
}

static guint64
sendable (Fixture *fixture)
{
  AmendsHead head, sendable;
  AmendsDigest trunk;

  g_assert_true (amends_log_get_head (fixture->store, &head, NULL));
  g_assert_true (amends_log_get_sendable_head (fixture->store, &sendable, NULL));
  g_assert_true (amends_log_get_trunk_at (fixture->store, sendable.number, &trunk, NULL));
  g_assert_cmpmem (&trunk, sizeof trunk, &sendable.trunk, sizeof trunk);
  return head.number - sendable.number;
}

/* As if it had never been: the log, the list, search, and what comes next. */
static void
test_act_back (Fixture *fixture, gconstpointer data)
{
  g_autofree char *list = test_list (fixture->store);
  g_autofree char *before = test_show (fixture->store, &fixture->id);
  guint64 n_events = test_count_events (fixture->store);
  g_autofree char *after = NULL;
  g_autofree char *list_after = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (AmendsOutcome) next = NULL;
  g_autoptr (GPtrArray) found = NULL;
  AmendsId id;

  outcome = act (fixture, "{\"type\":\"case.noted\",\"text\":\"A zebra.\"}");
  id = ((AmendsEvent *) g_ptr_array_index (outcome->events, 0))->id;
  g_assert_true (amends_store_take_back (fixture->store, outcome, NULL));
  after = test_show (fixture->store, &fixture->id);
  list_after = test_list (fixture->store);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (list, ==, list_after);
  g_assert_cmpuint (test_count_events (fixture->store), ==, n_events);
  found = amends_store_search (fixture->store, "zebra", NULL);
  g_assert_cmpuint (found->len, ==, 0);
  test_assert_whole (fixture->store);

  next = act (fixture, "{\"type\":\"case.noted\",\"text\":\"A horse.\"}");
  g_assert_true (amends_id_equal (&id, &((AmendsEvent *) g_ptr_array_index (next->events, 0))->id));
  fixture->store = test_store_reopen (fixture->store, &fixture->world);
  test_assert_whole (fixture->store);
}

static void
test_record_back (Fixture *fixture, gconstpointer data)
{
  g_autofree char *list = test_list (fixture->store);
  g_autofree char *after = NULL;
  g_autoptr (AmendsOutcome) outcome = record (fixture);
  g_autoptr (AmendsOutcome) next = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (amends_store_take_back (fixture->store, outcome, NULL));
  after = test_list (fixture->store);
  g_assert_cmpstr (list, ==, after);
  g_assert_null (amends_store_get_case (fixture->store, &outcome->id, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
  /* A reference that somebody may have read out is given to no other case. */
  next = record (fixture);
  g_assert_cmpstr (next->reference, !=, outcome->reference);
}

/* The first that a device writes in a feed leaves no chain behind. */
static void
test_first (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other", NULL);
  g_autoptr (AmendsStore) store = test_store_new (&fixture->world, path, "8M");
  json_auto_t *intake =
      test_json ("{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\","
                 "\"channel\":\"in-person\",\"issues\":[{\"what\":\"It leaks.\"}]}");
  g_autoptr (AmendsOutcome) outcome = amends_store_record (store, intake, NULL);

  amends_store_hold (store, outcome);
  g_assert_true (amends_store_take_back (store, outcome, NULL));
  test_assert_whole (store);
}

/* For ten seconds the server is told nothing of it; then of each as its time comes. */
static void
test_held (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsOutcome) first = NULL;
  g_autoptr (AmendsOutcome) second = NULL;

  g_assert_cmpuint (sendable (fixture), ==, 0);
  first = act (fixture, "{\"type\":\"case.noted\",\"text\":\"One.\"}");
  g_assert_cmpuint (sendable (fixture), ==, 1);
  test_world_pass (&fixture->world, 6);
  second = act (fixture, "{\"type\":\"case.noted\",\"text\":\"Two.\"}");
  g_assert_cmpuint (sendable (fixture), ==, 2);
  test_world_pass (&fixture->world, 5);
  g_assert_cmpuint (sendable (fixture), ==, 1);
  test_world_pass (&fixture->world, 5);
  g_assert_cmpuint (sendable (fixture), ==, 0);
}

/* A clock that is set back by a year holds nothing for a year. */
static void
test_clock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsOutcome) outcome = act (fixture, "{\"type\":\"case.noted\",\"text\":\"One.\"}");

  test_world_pass (&fixture->world, -3600);
  g_assert_cmpuint (sendable (fixture), ==, 0);
}

/* Also after a crash what was saved is there, and goes with the next exchange. */
static void
test_crash (Fixture *fixture, gconstpointer data)
{
  guint64 n_events = test_count_events (fixture->store);
  g_autoptr (AmendsOutcome) outcome = act (fixture, "{\"type\":\"case.noted\",\"text\":\"One.\"}");

  fixture->store = test_store_reopen (fixture->store, &fixture->world);
  g_assert_cmpuint (test_count_events (fixture->store), ==, n_events + 1);
  g_assert_cmpuint (sendable (fixture), ==, 0);
}

static void
assert_refused (Fixture *fixture, const AmendsOutcome *outcome)
{
  guint64 n_events = test_count_events (fixture->store);
  g_autoptr (GError) error = NULL;

  g_assert_false (amends_store_take_back (fixture->store, outcome, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  g_assert_cmpuint (test_count_events (fixture->store), ==, n_events);
}

static void
test_too_late (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsOutcome) first = NULL;
  g_autoptr (AmendsOutcome) second = NULL;

  first = act (fixture, "{\"type\":\"case.noted\",\"text\":\"One.\"}");
  second = act (fixture, "{\"type\":\"case.noted\",\"text\":\"Two.\"}");
  assert_refused (fixture, first); /* something stands on it */
  test_world_pass (&fixture->world, 11);
  assert_refused (fixture, second);
  fixture->store = test_store_reopen (fixture->store, &fixture->world);
  assert_refused (fixture, second);
}

#define ADD(name, test) g_test_add ("/hold/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  ADD ("act", test_act_back);
  ADD ("record", test_record_back);
  ADD ("first", test_first);
  ADD ("held", test_held);
  ADD ("clock", test_clock);
  ADD ("crash", test_crash);
  ADD ("too-late", test_too_late);
  return g_test_run ();
}
