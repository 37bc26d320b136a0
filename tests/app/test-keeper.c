/* test-keeper.c: what is written and not yet saved is kept, and no longer than it may be
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include <signal.h>
#include <sys/resource.h>

#include "app/staff/amends-keeper.h"

static guint
count_drafts (Fixture *fixture)
{
  g_autoptr (GPtrArray) drafts = NULL;

  amends_session_list_drafts_async (fixture->session, NULL, result_cb, fixture);
  drafts = amends_session_list_drafts_finish (fixture->session, wait_result (fixture), NULL);
  return drafts->len;
}

/* A draft that is thrown away comes back until the store is locked; an act takes its own along. */
static void
test_thrown (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsKeptDraft) first = amends_kept_draft_new (0);
  g_autoptr (AmendsKeptDraft) kept = amends_kept_draft_new (0);
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (AmendsOutcome) acted = NULL;
  json_t *json = json_pack ("{s:i}", "n", 1);

  open_session (fixture);
  outcome = record (fixture, "The lift stopped.", NULL, NULL);
  amends_session_save_draft_async (fixture->session, first, json, NULL, NULL);
  amends_session_throw_draft (fixture->session, first);
  g_assert_cmpuint (count_drafts (fixture), ==, 0);
  amends_session_take_up_draft (fixture->session);
  amends_session_take_up_draft (fixture->session);
  g_assert_cmpuint (count_drafts (fixture), ==, 1);

  amends_session_save_draft_async (fixture->session, kept, json, NULL, NULL);
  g_assert_cmpuint (count_drafts (fixture), ==, 2);
  amends_session_throw_draft (fixture->session, kept);
  amends_session_lock (fixture->session);
  g_assert_true (unlock (fixture, TEST_PASSPHRASE, NULL));
  amends_session_take_up_draft (fixture->session);
  g_assert_cmpuint (count_drafts (fixture), ==, 1);

  amends_kept_draft_unref (kept);
  kept = amends_kept_draft_new (0);
  amends_session_save_draft_async (fixture->session, kept, json, NULL, NULL);
  json_decref (json);
  json = json_pack ("{s:s, s:s}", "type", "case.noted", "text", "Rang back.");
  amends_session_act_async (fixture->session, &outcome->id, NULL, 0, json, kept, result_cb,
                            fixture);
  acted = amends_session_act_finish (fixture->session, wait_result (fixture), NULL);
  json_decref (json);
  g_assert_nonnull (acted);
  g_assert_cmpuint (count_drafts (fixture), ==, 1);
}

static json_t *
collect_cb (gpointer user_data)
{
  return make_intake ("The lift stopped.");
}

static void
said_cb (const char *sentence, gboolean is_error, gpointer user_data)
{
}

/* What is locked or ended while it is saved does not stand among what is unfinished afterwards; what was not saved
 * does. */
static void
test_keeper_pauses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsKeeper) keeper = NULL;
  json_auto_t *intake = make_intake ("The lift stopped.");

  open_session (fixture);
  keeper = amends_keeper_new (fixture->session, collect_cb, said_cb, NULL);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (AmendsOutcome) outcome = NULL;

      json_object_set_new (intake, "kind", json_string (i == 0 ? "complaint" : "no kind"));
      amends_keeper_begin (keeper, 0);
      amends_keeper_touch (keeper);
      amends_keeper_pause (keeper);
      amends_session_record_async (fixture->session, intake, amends_keeper_get_kept (keeper),
                                   result_cb, fixture);
      amends_session_keep_drafts (fixture->session);
      outcome = amends_session_record_finish (fixture->session, wait_result (fixture), NULL);
      g_assert_true ((outcome != NULL) == (i == 0));
      g_assert_cmpuint (count_drafts (fixture), ==, i);
    }
}

static void
not_kept_cb (guint *n_times, const char *sentence)
{
  g_assert_cmpstr (sentence, !=, "");
  (*n_times)++;
}

/* The words of a form that is closed are not lost without a word. */
static void
test_keeper_disk_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsKeeper) keeper = NULL;
  struct rlimit limit, full;
  guint n_times = 0;

  open_session (fixture);
  g_signal_connect_swapped (fixture->session, "not-kept", G_CALLBACK (not_kept_cb), &n_times);
  keeper = amends_keeper_new (fixture->session, collect_cb, said_cb, NULL);
  amends_keeper_begin (keeper, 0);
  amends_keeper_touch (keeper);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  full = (struct rlimit){ 1, limit.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &full), ==, 0);
  amends_keeper_flush (keeper);
  amends_keeper_end (keeper);
  (void) count_drafts (fixture);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_cmpuint (n_times, ==, 1);
}

/* Of two savings of one record that nobody waited for, one draft comes, with the later words. */
static void
test_drafts_overtake (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsKeptDraft) kept = amends_kept_draft_new (0);
  g_autoptr (GPtrArray) drafts = NULL;
  json_t *intake;

  open_session (fixture);
  for (int i = 0; i < 2; i++)
    {
      intake = json_pack ("{s:i}", "n", i);
      amends_session_save_draft_async (fixture->session, kept, intake, NULL, NULL);
      json_decref (intake);
    }
  amends_session_list_drafts_async (fixture->session, NULL, result_cb, fixture);
  drafts = amends_session_list_drafts_finish (fixture->session, wait_result (fixture), NULL);
  g_assert_cmpuint (drafts->len, ==, 1);
  intake = ((AmendsDraft *) g_ptr_array_index (drafts, 0))->intake;
  g_assert_cmpint (json_integer_value (json_object_get (intake, "n")), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  ADD ("/session/drafts-overtake", test_drafts_overtake);
  ADD ("/session/keeper/pauses", test_keeper_pauses);
  ADD ("/session/keeper/disk-full", test_keeper_disk_full);
  ADD ("/session/thrown", test_thrown);
  return g_test_run ();
}
