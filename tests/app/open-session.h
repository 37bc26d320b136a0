/* open-session.h: a laptop that somebody unlocked, with one case on it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/amends-session.h"
#include "support/device.h"

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  AmendsSession *session;
  AmendsId id; /* of a case */
} Fixture;

static inline void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static inline void
unlock (AmendsSession *session)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  while (amends_session_get_state (session) != AMENDS_SESSION_LOCKED)
    g_main_context_iteration (NULL, TRUE);
  amends_session_unlock_async (session, TEST_STAFF, TEST_PASSPHRASE, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (amends_session_unlock_finish (session, result, &error));
  g_assert_no_error (error);
}

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (AmendsStore) store = NULL;

  test_world_init (&fixture->world);
  fixture->folder = test_folder_new ();
  path = g_build_filename (fixture->folder, "store", NULL);
  store = test_store_new (&fixture->world, path, "7K");
  fixture->id = test_record (store, "Ivy Marsh", "The lift stands still");
  g_clear_pointer (&store, amends_store_close);
  fixture->session = amends_session_new (path, 15);
  amends_session_start (fixture->session);
  unlock (fixture->session);
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  test_folder_remove (fixture->folder);
}

static inline void
wait_for_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* @act: as JSON; fails the test if it is refused */
static inline void
do_act (Fixture *fixture, const char *act)
{
  json_auto_t *json = json_loads (act, 0, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  amends_session_act_async (fixture->session, &fixture->id, NULL, 0, json, NULL, result_cb,
                            &result);
  wait_for_result (&result);
  outcome = amends_session_act_finish (fixture->session, result, &error);
  g_assert_no_error (error);
}

static inline AmendsCaseFile *
get_file (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  AmendsCaseFile *file;

  amends_session_get_case_async (fixture->session, &fixture->id, NULL, result_cb, &result);
  wait_for_result (&result);
  file = amends_session_get_case_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  return file;
}
