/* session-fixture.h: a session over a store that nobody has opened yet, and waiting for it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/amends-session.h"
#include "support/device.h"

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  char *path;
  AmendsSession *session;
  GAsyncResult *result;
} Fixture;

#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)

static inline void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->result = g_object_ref (result);
}

static inline GAsyncResult *
wait_result (Fixture *fixture)
{
  g_clear_object (&fixture->result);
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return fixture->result;
}

static inline void
wait_state (Fixture *fixture, AmendsSessionState state)
{
  while (amends_session_get_state (fixture->session) != state)
    g_main_context_iteration (NULL, TRUE);
}

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "store", NULL);
  test_world_init (&fixture->world);
  fixture->session = amends_session_new (fixture->path, 15);
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  g_clear_object (&fixture->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_free (fixture->path);
  test_folder_remove (fixture->folder);
}

/* A store as an earlier run of the application left it. */
static inline void
make_store (Fixture *fixture)
{
  g_autoptr (AmendsStore) store = test_store_new (&fixture->world, fixture->path, "7K");

  test_record (store, "Mrs Doreen Hathersage", "The heating is off.");
}

static inline gboolean
unlock (Fixture *fixture, const char *passphrase, GError **error)
{
  amends_session_unlock_async (fixture->session, NULL, passphrase, result_cb, fixture);
  return amends_session_unlock_finish (fixture->session, wait_result (fixture), error);
}

static inline void
open_session (Fixture *fixture)
{
  make_store (fixture);
  amends_session_start (fixture->session);
  wait_state (fixture, AMENDS_SESSION_LOCKED);
  g_assert_true (unlock (fixture, TEST_PASSPHRASE, NULL));
}

static inline json_t *
make_intake (const char *what)
{
  return json_pack ("{s:s, s:s, s:s, s:s, s:[{s:s}]}", "kind", "complaint", "scheme", "oak",
                    "received", "2026-11-20", "channel", "telephone", "issues", "what", what);
}

static inline AmendsOutcome *
record (Fixture *fixture, const char *what, AmendsKeptDraft *kept, GError **error)
{
  json_t *intake = make_intake (what);

  amends_session_record_async (fixture->session, intake, kept, result_cb, fixture);
  json_decref (intake);
  return amends_session_record_finish (fixture->session, wait_result (fixture), error);
}

/* How many wait, once the session knows all that it has asked for itself. */
static inline guint64
count_waiting (Fixture *fixture)
{
  while (amends_session_get_syncing (fixture->session))
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 2; i++)
    {
      amends_session_list_drafts_async (fixture->session, NULL, result_cb, fixture);
      g_ptr_array_unref (
          amends_session_list_drafts_finish (fixture->session, wait_result (fixture), NULL));
    }
  return amends_session_get_status (fixture->session)->n_waiting;
}
