/* test-session-hand.c: the session reads an answer that was carried back by hand
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include <string.h>

#include "app/amends-sync-words.h"
#include "support/office.h"

/* What waited is on the stick, head office takes it, and its answer says so and brings what others recorded. */
static void
test_answered (void)
{
  Fixture fixture = { 0 };
  TestOffice office;
  g_autofree char *out = NULL;
  g_autofree char *back = NULL;
  g_autofree char *sentence = NULL;
  g_autofree AmendsHandResult *saved = NULL;
  g_autofree AmendsHandResult *read = NULL;
  g_autoptr (GError) error = NULL;
  json_auto_t *taken = NULL;
  AmendsStore *mine, *theirs;

  test_office_init (&office);
  mine = test_office_enrol (&office, "Laptop", "staff", "s.oak");
  theirs = test_office_enrol (&office, "Other laptop", "staff", "s.oak");
  test_record (mine, "Ivo Marsh", "No light");
  test_record (theirs, "Wren Ashdown", "No heating");
  test_sync (&office, theirs);
  fixture.session = amends_session_new (amends_store_get_path (mine), 15);
  g_clear_pointer (&mine, amends_store_close);
  out = g_build_filename (office.folder, "out", NULL);
  back = g_build_filename (office.folder, "back", NULL);

  amends_session_start (fixture.session);
  wait_state (&fixture, AMENDS_SESSION_LOCKED);
  g_assert_true (unlock (&fixture, TEST_PASSPHRASE, &error));
  amends_session_hand_export_async (fixture.session, out, NULL, result_cb, &fixture);
  saved = amends_session_hand_finish (fixture.session, wait_result (&fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (saved->n_events, >, 0);

  taken = amends_server_import_bundle (office.server, out, back, &error);
  g_assert_no_error (error);
  amends_session_hand_import_async (fixture.session, back, result_cb, &fixture);
  read = amends_session_hand_finish (fixture.session, wait_result (&fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->n_events, ==, saved->n_events);
  g_assert_cmpuint (read->n_received, >, 0);
  g_assert_cmpuint (read->n_waiting, ==, 0);
  g_assert_false (read->is_old);
  sentence = amends_sync_words_read (read);
  g_assert_nonnull (strstr (sentence, "records of this laptop have arrived."));
  while (amends_session_get_known_status (fixture.session)->n_waiting > 0)
    g_main_context_iteration (NULL, TRUE);

  /* Read once more it harms nothing, and says that it is not new. */
  g_clear_pointer (&read, g_free);
  amends_session_hand_import_async (fixture.session, back, result_cb, &fixture);
  read = amends_session_hand_finish (fixture.session, wait_result (&fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->n_events, ==, 0);

  g_clear_object (&fixture.result);
  g_clear_object (&fixture.session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  amends_store_close (theirs);
  test_office_clear (&office);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/session/by-hand-answered", test_answered);
  return g_test_run ();
}
