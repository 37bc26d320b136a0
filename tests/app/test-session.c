/* test-session.c: the session with a real store and no server
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "app/amends-session-private.h"
#include "app/amends-sync-words.h"
#include "app/model/amends-case-list.h"
#include "core/amends-error.h"
#include "store/amends-attachments.h"
#include "support/device.h"
#include "sync/amends-backoff.h"
#include "sync/amends-bundle.h"

static void
wait_cases (AmendsCaseList *list, guint n_cases)
{
  while (!amends_case_list_is_loaded (list)
         || g_list_model_get_n_items (G_LIST_MODEL (list)) != n_cases)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_no_store (Fixture *fixture, gconstpointer data)
{
  amends_session_start (fixture->session);
  wait_state (fixture, AMENDS_SESSION_NO_STORE);
  g_assert_null (amends_session_get_staff (fixture->session));
}

static void
test_held (Fixture *fixture, gconstpointer data)
{
  AmendsStore *store = test_store_new (&fixture->world, fixture->path, "7K");

  amends_session_start (fixture->session);
  wait_state (fixture, AMENDS_SESSION_FAILED);
  g_assert_nonnull (strstr (amends_session_get_reason (fixture->session), "Another program"));
  g_assert_nonnull (strstr (amends_session_get_reason (fixture->session), "test (process "));
  amends_store_close (store);
  amends_session_start (fixture->session);
  wait_state (fixture, AMENDS_SESSION_LOCKED);
}

static void
test_unlock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  make_store (fixture);
  amends_session_start (fixture->session);
  wait_state (fixture, AMENDS_SESSION_LOCKED);
  g_assert_cmpstr (amends_session_get_staff (fixture->session)[0], ==, TEST_STAFF);
  g_assert_null (amends_session_get_known_status (fixture->session));

  g_assert_false (unlock (fixture, "not the three words", &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_PASSPHRASE);
  g_assert_cmpint (amends_session_get_state (fixture->session), ==, AMENDS_SESSION_LOCKED);

  g_assert_true (unlock (fixture, TEST_PASSPHRASE, NULL));
  g_assert_cmpint (amends_session_get_state (fixture->session), ==, AMENDS_SESSION_OPEN);
  g_assert_cmpstr (amends_session_get_actor_name (fixture->session), ==, TEST_STAFF);

  amends_session_lock (fixture->session);
  g_assert_cmpint (amends_session_get_state (fixture->session), ==, AMENDS_SESSION_LOCKED);
  g_assert_cmpuint (amends_session_get_known_status (fixture->session)->n_waiting, >, 0);
  g_assert_true (unlock (fixture, TEST_PASSPHRASE, NULL));
}

/* A record is in the list and in its own page, and a draft that it came from is gone. */
static void
test_record_and_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsCaseList) list = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (AmendsCaseFile) file = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  json_t *unfinished = json_pack ("{s:s}", "received", "next week");
  g_autoptr (AmendsKeptDraft) kept = amends_kept_draft_new (0);

  open_session (fixture);
  list = amends_case_list_new (fixture->session, FALSE);
  amends_case_list_reload (list);
  wait_cases (list, 1);

  amends_session_save_draft_async (fixture->session, kept, unfinished, result_cb, fixture);
  g_assert_cmpint (amends_session_save_draft_finish (fixture->session, wait_result (fixture), NULL),
                   !=, 0);
  json_decref (unfinished);

  outcome = record (fixture, "The lift stopped.", kept, NULL);
  g_assert_nonnull (outcome);
  amends_case_list_reload (list);
  wait_cases (list, 2);

  amends_session_get_case_async (fixture->session, &outcome->id, NULL, result_cb, fixture);
  file = amends_session_get_case_finish (fixture->session, wait_result (fixture), NULL);
  g_assert_cmpstr (file->reference, ==, outcome->reference);
  g_assert_cmpuint (amends_case_get_n_issues (file->complaint), ==, 1);
  g_assert_cmpuint (file->n_waiting, ==, outcome->events->len);

  amends_session_list_drafts_async (fixture->session, NULL, result_cb, fixture);
  drafts = amends_session_list_drafts_finish (fixture->session, wait_result (fixture), NULL);
  g_assert_cmpuint (drafts->len, ==, 0);
}

static void
count_changes_cb (GListModel *model, guint position, guint n_removed, guint n_added, guint *ret)
{
  ret[0]++;
  ret[1] = position;
  ret[2] = n_removed;
  ret[3] = n_added;
}

/* What did not change is not announced, so that a place in a long list is kept. */
static void
test_list_changes_little (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsCaseList) list = NULL;
  guint changes[4] = { 0 };

  open_session (fixture);
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (AmendsOutcome) outcome = record (fixture, "The lift stopped.", NULL, NULL);

      g_assert_nonnull (outcome);
    }
  list = amends_case_list_new (fixture->session, FALSE);
  amends_case_list_reload (list);
  wait_cases (list, 4);
  g_signal_connect (list, "items-changed", G_CALLBACK (count_changes_cb), changes);

  amends_case_list_reload (list);
  g_autoptr (AmendsOutcome) outcome = record (fixture, "One more.", NULL, NULL);
  amends_case_list_reload (list);
  wait_cases (list, 5);
  g_assert_cmpuint (changes[0], ==, 1);
  g_assert_cmpuint (changes[2], ==, 0);
  g_assert_cmpuint (changes[3], ==, 1);
}

static void
test_search_is_interrupted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) none = NULL;

  open_session (fixture);
  amends_session_search_async (fixture->session, "hea", cancellable, result_cb, fixture);
  g_cancellable_cancel (cancellable);
  none = amends_session_search_finish (fixture->session, wait_result (fixture), &error);
  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  amends_session_search_async (fixture->session, "hather", NULL, result_cb, fixture);
  rows = amends_session_search_finish (fixture->session, wait_result (fixture), NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  while (amends_session_get_search_reach (fixture->session) != AMENDS_SEARCH_REACH_ALL)
    g_main_context_iteration (NULL, TRUE);
}

/* What was saved last goes away again, and the words of a record with it nowhere but into a draft. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsCaseList) list = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (AmendsUndone) undone = NULL;
  g_autoptr (AmendsUndone) twice = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GError) error = NULL;

  open_session (fixture);
  outcome = record (fixture, "The lift stopped.", NULL, NULL);
  amends_session_undo_async (fixture->session, result_cb, fixture);
  undone = amends_session_undo_finish (fixture->session, wait_result (fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpint (undone->draft, !=, 0);
  list = amends_case_list_new (fixture->session, FALSE);
  amends_case_list_reload (list);
  wait_cases (list, 1);
  amends_session_list_drafts_async (fixture->session, NULL, result_cb, fixture);
  drafts = amends_session_list_drafts_finish (fixture->session, wait_result (fixture), NULL);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_true (
      json_equal (((AmendsDraft *) g_ptr_array_index (drafts, 0))->intake, undone->intake));

  amends_session_undo_async (fixture->session, result_cb, fixture);
  twice = amends_session_undo_finish (fixture->session, wait_result (fixture), &error);
  g_assert_null (twice);
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
}

/* What a visitor submits is nobody's to take back. */
static void
test_submit (Fixture *fixture, gconstpointer data)
{
  json_t *intake = make_intake ("The lift stopped.");
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (AmendsUndone) undone = NULL;
  g_autoptr (GError) error = NULL;

  open_session (fixture);
  amends_session_submit_async (fixture->session, intake, NULL, result_cb, fixture);
  json_decref (intake);
  outcome = amends_session_submit_finish (fixture->session, wait_result (fixture), &error);
  g_assert_no_error (error);
  g_assert_nonnull (outcome->reference);

  amends_session_undo_async (fixture->session, result_cb, fixture);
  undone = amends_session_undo_finish (fixture->session, wait_result (fixture), &error);
  g_assert_null (undone);
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
}

static GPtrArray *
make_files (const void *bytes, gsize n_bytes)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (amends_new_bytes_free);
  AmendsNewBytes *file = g_new0 (AmendsNewBytes, 1);

  file->bytes = g_bytes_new (bytes, n_bytes);
  file->facts = json_pack ("{s:s, s:s}", "what", "photograph", "name", "Photograph 1");
  g_ptr_array_add (files, file);
  return files;
}

/* A JPEG of which a camera says whose it is, and what is left of it. */
#define BEFORE "\xff\xd8"
#define WHOSE "\xff\xfe\x00\x10Wren Ashdown's"
#define BEHIND "\xff\xda\x00\x02\x12\x34\xff\xd9"

/* What was shown goes with it, without what the camera says besides; what is no picture takes all of it along. */
static void
test_submit_shown (Fixture *fixture, gconstpointer data)
{
  static const char jpeg[] = BEFORE WHOSE BEHIND;
  static const char clean[] = BEFORE BEHIND;
  g_autoptr (GPtrArray) files = make_files (jpeg, sizeof jpeg - 1);
  g_autoptr (GPtrArray) bad = make_files ("\177ELF", 4);
  json_auto_t *intake = make_intake ("The lift stopped.");
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (AmendsOutcome) none = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GMutexLocker) locker = NULL;
  json_auto_t *details = NULL;
  AmendsAttachment attachment;
  guint64 n_events;

  open_session (fixture);
  amends_session_submit_async (fixture->session, intake, files, result_cb, fixture);
  outcome = amends_session_submit_finish (fixture->session, wait_result (fixture), &error);
  g_assert_no_error (error);
  locker = g_mutex_locker_new (&fixture->session->store_mutex);
  g_assert_true (amends_store_get_attachment (
      fixture->session->store,
      &((AmendsEvent *) g_ptr_array_index (outcome->events, outcome->events->len - 1))->id,
      &attachment, &details, &error));
  g_assert_cmpstr (attachment.media, ==, "image/jpeg");
  g_assert_cmpstr (attachment.name, ==, "Photograph 1.jpg");
  g_assert_cmpuint (attachment.size, ==, sizeof clean - 1);

  n_events = test_count_events (fixture->session->store);
  g_clear_pointer (&locker, g_mutex_locker_free);
  amends_session_submit_async (fixture->session, intake, bad, result_cb, fixture);
  none = amends_session_submit_finish (fixture->session, wait_result (fixture), &error);
  g_assert_null (none);
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  locker = g_mutex_locker_new (&fixture->session->store_mutex);
  g_assert_cmpuint (test_count_events (fixture->session->store), ==, n_events);
}

/* A disk that is full for a moment keeps it from being taken back, and takes no word of it away. */
static void
test_undo_disk_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (AmendsUndone) undone = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit limit, full;

  open_session (fixture);
  outcome = record (fixture, "The lift stopped.", NULL, NULL);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  full = (struct rlimit){ 1, limit.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &full), ==, 0);
  amends_session_undo_async (fixture->session, result_cb, fixture);
  undone = amends_session_undo_finish (fixture->session, wait_result (fixture), &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_null (undone);
  g_assert_nonnull (error);

  g_clear_error (&error);
  amends_session_undo_async (fixture->session, result_cb, fixture);
  undone = amends_session_undo_finish (fixture->session, wait_result (fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpint (undone->draft, !=, 0);
}

/* Its words are not kept behind the lock to be taken back, by whoever comes next. */
static void
test_undo_behind_lock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (AmendsUndone) undone = NULL;
  g_autoptr (GError) error = NULL;

  open_session (fixture);
  outcome = record (fixture, "The lift stopped.", NULL, NULL);
  amends_session_lock (fixture->session);
  g_assert_true (unlock (fixture, TEST_PASSPHRASE, NULL));
  amends_session_undo_async (fixture->session, result_cb, fixture);
  undone = amends_session_undo_finish (fixture->session, wait_result (fixture), &error);
  g_assert_null (undone);
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
}

static void
test_work (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsWork) work = NULL;

  open_session (fixture);
  amends_session_get_work_async (fixture->session, "oak", FALSE, 50, NULL, result_cb, fixture);
  work = amends_session_get_work_finish (fixture->session, wait_result (fixture), NULL);
  g_assert_nonnull (work);
  g_assert_cmpuint (work->n_cases, ==, 1);
}

static void
test_check_intake (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  json_t *intake = make_intake ("It leaks.");

  open_session (fixture);
  g_assert_true (amends_session_check_intake (fixture->session, intake, problems));
  json_object_set_new (intake, "scheme", json_string ("elm"));
  json_object_set_new (intake, "issues", json_array ());
  g_assert_false (amends_session_check_intake (fixture->session, intake, problems));
  g_assert_cmpuint (problems->len, ==, 2);
  json_decref (intake);
}

/* Nothing is asked of a store that is not there, and nothing crashes. */
static void
test_before_opening (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = record (fixture, "It leaks.", NULL, &error);

  g_assert_null (outcome);
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_NOT_ENROLLED);
  amends_session_sync (fixture->session);
  g_assert_false (amends_session_get_syncing (fixture->session));
}

/* Pitfall 11: after whatever failure the next attempt is armed, once, and comes within the limit. */
static void
assert_armed (AmendsSession *session)
{
  GSource *source = g_main_context_find_source_by_user_data (NULL, session);
  gint64 in_us;

  g_assert_nonnull (source);
  in_us = g_source_get_ready_time (source) - g_get_monotonic_time ();
  g_assert_cmpint (in_us, <=, AMENDS_BACKOFF_CAP_S * G_USEC_PER_SEC);
}

static void
test_tries_again (Fixture *fixture, gconstpointer data)
{
  open_session (fixture);
  for (guint i = 0; i < 12; i++)
    {
      amends_session_sync (fixture->session);
      amends_session_sync (fixture->session); /* one at a time */
      while (amends_session_get_syncing (fixture->session))
        g_main_context_iteration (NULL, TRUE);
      assert_armed (fixture->session);
    }
  amends_session_lock (fixture->session);
  wait_state (fixture, AMENDS_SESSION_LOCKED);
  g_assert_null (g_main_context_find_source_by_user_data (NULL, fixture->session));
}

static gint64
get_next_us (AmendsSession *session)
{
  GSource *source = g_main_context_find_source_by_id (NULL, session->sync_source);

  g_assert_nonnull (source);
  return g_source_get_ready_time (source) - g_get_monotonic_time ();
}

/* Each begins an exchange that answers, while something is held back until just before it ends. */
static void
test_held_until_an_exchange_ends (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsOutcome) outcome = NULL;

  open_session (fixture);
  while (amends_session_get_syncing (fixture->session))
    g_main_context_iteration (NULL, TRUE);
  fixture->session->n_failures = 0; /* of the one that nobody answered */
  amends_session_begin_exchange (fixture->session);
  amends_session_end_exchange (fixture->session);
  g_assert_cmpint (get_next_us (fixture->session), >, 60 * G_USEC_PER_SEC); /* nothing waits */

  outcome = record (fixture, "It leaks.", NULL, NULL);
  g_assert_nonnull (outcome);
  while (amends_session_get_hold_ms (fixture->session) == 0)
    g_main_context_iteration (NULL, TRUE);
  amends_session_begin_exchange (fixture->session);
  fixture->session->held_until = g_get_monotonic_time ();
  amends_session_end_exchange (fixture->session);
  g_assert_cmpint (get_next_us (fixture->session), <=, AMENDS_SYNC_SOON_MS * 1000);

  amends_session_begin_exchange (fixture->session);
  amends_session_sync (fixture->session); /* asked for while one goes on */
  amends_session_end_exchange (fixture->session);
  g_assert_cmpint (get_next_us (fixture->session), <=, AMENDS_SYNC_SOON_MS * 1000);
}

/* No server answers: the exchange fails, and saving never waited for it. */
static void
test_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsOutcome) outcome = NULL;

  open_session (fixture);
  amends_session_sync (fixture->session);
  g_assert_true (amends_session_get_syncing (fixture->session));
  outcome = record (fixture, "It leaks.", NULL, NULL);
  g_assert_nonnull (outcome);
  while (amends_session_get_syncing (fixture->session)
         || amends_session_get_status (fixture->session)->n_waiting == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (amends_session_get_status (fixture->session)->last_sync, ==, 0);
}

/* Carried by hand: while an exchange over a network that is not there is being tried, and by itself. */
static void
test_by_hand (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "stick", NULL);
  g_autofree AmendsHandResult *saved = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *carried = NULL;
  g_autoptr (GError) error = NULL;

  open_session (fixture);
  g_assert_cmpstr (amends_session_get_device_code (fixture->session), ==, "7K");
  amends_session_sync (fixture->session);
  amends_session_hand_export_async (fixture->session, path, NULL, result_cb, fixture);
  saved = amends_session_hand_finish (fixture->session, wait_result (fixture), &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpuint (saved->n_events, ==,
                    amends_session_get_known_status (fixture->session)->n_waiting);
  sentence = amends_sync_words_saved (saved);
  g_assert_nonnull (strstr (sentence, "stay marked as waiting until the receipt comes back"));
  while (amends_session_get_known_status (fixture->session)->n_carried == 0)
    g_main_context_iteration (NULL, TRUE);
  carried = amends_sync_words_carried (amends_session_get_known_status (fixture->session));
  g_assert_nonnull (strstr (carried, "records are in the file saved"));

  /* It is on its way to head office, and no answer. */
  amends_session_hand_import_async (fixture->session, path, result_cb, fixture);
  g_assert_null (amends_session_hand_finish (fixture->session, wait_result (fixture), &error));
  g_assert_error (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_WAY);
  problem = amends_sync_words_hand_error (error);
  g_assert_nonnull (strstr (problem, "on its way to head office"));
  g_clear_error (&error);

  amends_session_lock (fixture->session);
  amends_session_hand_export_async (fixture->session, path, NULL, result_cb, fixture);
  g_assert_null (amends_session_hand_finish (fixture->session, wait_result (fixture), &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_LOCKED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  ADD ("/session/no-store", test_no_store);
  ADD ("/session/held", test_held);
  ADD ("/session/unlock", test_unlock);
  ADD ("/session/record-and-list", test_record_and_list);
  ADD ("/session/list-changes-little", test_list_changes_little);
  ADD ("/session/search-is-interrupted", test_search_is_interrupted);
  ADD ("/session/undo", test_undo);
  ADD ("/session/submit", test_submit);
  ADD ("/session/submit/shown", test_submit_shown);
  ADD ("/session/undo/disk-full", test_undo_disk_full);
  ADD ("/session/undo/behind-lock", test_undo_behind_lock);
  ADD ("/session/work", test_work);
  ADD ("/session/check-intake", test_check_intake);
  ADD ("/session/before-opening", test_before_opening);
  ADD ("/session/held-until-an-exchange-ends", test_held_until_an_exchange_ends);
  ADD ("/session/offline", test_offline);
  ADD ("/session/tries-again", test_tries_again);
  ADD ("/session/by-hand", test_by_hand);
  return g_test_run ();
}
