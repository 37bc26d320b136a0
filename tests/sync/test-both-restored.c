/* test-both-restored.c: a server and a device that are both as they were before
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PROTOCOL.md 6: what was written since stands, or is set aside and shown, and nobody is stuck. */

#include <string.h>

#include "rewind-office.h"

static guint64
count_set_aside (AmendsStore *store)
{
  AmendsStatus status = { 0 };
  guint64 n_set_aside;

  g_assert_true (amends_store_get_status (store, &status, NULL));
  n_set_aside = status.n_set_aside;
  amends_status_clear (&status);
  return n_set_aside;
}

/* Server and device go back to last night together, and the device uses its numbers again. Whoever comes
 * first: what others hold of its lost day stands, or is set aside by them and shown; everything else
 * stands, and nobody is stuck. */
static void
test_both_restored (TestThree *fixture, gconstpointer data)
{
  guint first = GPOINTER_TO_UINT (data);
  g_autofree char *copy = NULL;

  note (fixture, 0, "one");
  test_three_sync (fixture, 2);
  test_office_back_up (&fixture->office);
  note (fixture, 0, "two");
  test_three_sync (fixture, 2);
  copy = copy_of (fixture, 0);
  note (fixture, 0, "three");
  test_three_sync (fixture, 2);
  test_office_restore (&fixture->office);
  put_back (fixture, 0, copy);
  note (fixture, 0, "four");
  test_sync (&fixture->office, fixture->stores[first]);
  test_three_sync (fixture, 3);
  assert_whole (fixture, first == 0 ? 3 : 4);
  for (guint i = 0; i < TEST_THREE; i++)
    g_assert_cmpuint (count_set_aside (fixture->stores[i]), ==, first == 0 && i != 0);
}

/* The same, and the device was withdrawn: it keeps what it wrote, says so each time, and hands it in in vain but once. */
static void
test_both_restored_withdrawn (TestThree *fixture, gconstpointer data)
{
  g_autoptr (TestLine) line = test_line_new (&fixture->office);
  g_autofree char *copy = NULL;
  g_autoptr (GError) refused = NULL;

  test_office_back_up (&fixture->office);
  copy = copy_of (fixture, 0);
  note (fixture, 0, "one");
  test_three_sync (fixture, 2);
  test_office_restore (&fixture->office);
  put_back (fixture, 0, copy);
  note (fixture, 0, "two");
  test_sync (&fixture->office, fixture->stores[1]);
  g_assert_true (amends_server_revoke (fixture->office.server,
                                       amends_store_get_identity (fixture->stores[0])->code,
                                       &refused));
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      AmendsSyncReport report;

      g_assert_false (
          amends_sync_run (fixture->stores[0], &line->base, NULL, NULL, &report, &error));
      g_assert_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED);
      g_assert_nonnull (strstr (error->message, "is kept here"));
      g_assert_cmpuint (report.n_sent > 0, ==, i == 0);
    }
}

static void
record_in_elm (TestThree *fixture, guint i, const char *what)
{
  json_auto_t *intake =
      json_pack ("{s:s, s:s, s:s, s:s, s:[{s:s}]}", "kind", "complaint", "scheme", "elm",
                 "received", "2026-11-20", "channel", "letter", "issues", "what", what);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = amends_store_record (fixture->stores[i], intake, &error);

  g_assert_no_error (error);
}

/* What conflicts is in one feed, and what the same device wrote after it in another feed has come, and has its
 * place, before that is known: only what has no place is set aside. */
static void
test_both_restored_placed (TestThree *fixture, gconstpointer data)
{
  g_autofree char *copy = NULL;

  test_office_grant_all (&fixture->office, fixture->stores, TEST_THREE, "s.elm");
  test_three_sync (fixture, 2);
  test_office_back_up (&fixture->office);
  copy = copy_of (fixture, 0);
  note (fixture, 0, "lost");
  test_three_sync (fixture, 2);
  test_office_restore (&fixture->office);
  put_back (fixture, 0, copy);
  note (fixture, 0, "in its place");
  record_in_elm (fixture, 0, "kept");
  test_sync (&fixture->office, fixture->stores[0]);
  test_three_sync (fixture, 3);
  assert_whole (fixture, 1);
  for (guint i = 0; i < TEST_THREE; i++)
    g_assert_cmpuint (amends_store_count_cases (fixture->stores[i], NULL), ==, 2);
  g_assert_cmpuint (count_set_aside (fixture->stores[1]), ==, 1);
}

/* The same, and what it wrote under these numbers since is in a feed that the reader of the first does not read: no page
 * shows it. */
static void
test_both_restored_apart (TestThree *fixture, gconstpointer data)
{
  g_autofree char *copy = NULL;
  g_autoptr (GError) error = NULL;

  test_office_grant_all (&fixture->office, fixture->stores, TEST_THREE, "s.elm");
  test_three_sync (fixture, 2);
  test_office_back_up (&fixture->office);
  copy = copy_of (fixture, 0);
  record_in_elm (fixture, 0, "lost");
  test_three_sync (fixture, 2);
  test_office_restore (&fixture->office);
  put_back (fixture, 0, copy);
  for (guint i = 0; i < 4; i++)
    note (fixture, 0, "in the other feed");
  test_sync (&fixture->office, fixture->stores[0]);
  g_assert_true (amends_server_ungrant (fixture->office.server,
                                        amends_store_get_identity (fixture->stores[1])->code,
                                        "s.oak", &error));
  for (guint round = 0; round < 2; round++)
    test_sync (&fixture->office, fixture->stores[1]);
  g_assert_cmpuint (count_set_aside (fixture->stores[1]), >, 0);
  test_assert_whole (fixture->stores[1]);
}

/* As before, in two feeds: what the device wrote in one under numbers that it used again in the other is in
 * nobody's way, though the page that shows it comes after the one that does not fit it. */
static void
test_both_restored_feeds (TestThree *fixture, gconstpointer data)
{
  g_autofree char *copy = NULL;

  test_office_grant_all (&fixture->office, fixture->stores, TEST_THREE, "s.elm");
  test_three_sync (fixture, 2);
  record_in_elm (fixture, 0, "first");
  test_three_sync (fixture, 2);
  test_office_back_up (&fixture->office);
  copy = copy_of (fixture, 0);
  record_in_elm (fixture, 0, "lost");
  test_three_sync (fixture, 2);
  test_office_restore (&fixture->office);
  put_back (fixture, 0, copy);
  note (fixture, 0, "in the other feed");
  note (fixture, 0, "in the other feed again");
  record_in_elm (fixture, 0, "second");
  test_sync (&fixture->office, fixture->stores[0]);
  test_three_sync (fixture, 3);
  assert_whole (fixture, 2);
  g_assert_cmpuint (count_set_aside (fixture->stores[1]), >, 0);
}

/* What the device signed together others have in part, and hand it in; the rest it wrote anew in another way. What was
 * signed stands for what is there. */
static void
test_both_restored_signed (TestThree *fixture, gconstpointer data)
{
  g_autofree char *copy = NULL;

  test_office_grant_all (&fixture->office, fixture->stores, 1, "s.elm");
  test_three_sync (fixture, 2);
  test_office_back_up (&fixture->office);
  note (fixture, 0, "one");
  copy = copy_of (fixture, 0);
  record_in_elm (fixture, 0, "lost");
  test_three_sync (fixture, 2);
  test_office_restore (&fixture->office);
  put_back (fixture, 0, copy);
  test_sync (&fixture->office, fixture->stores[1]);
  record_in_elm (fixture, 0, "instead of it");
  test_three_sync (fixture, 3);
  for (guint i = 0; i < TEST_THREE; i++)
    g_assert_cmpuint (count_notes (fixture->stores[i], &fixture->id), ==, 1);
  test_office_assert_whole (&fixture->office);
}

/* Both go back, but the device wrote nothing since: what others hand in of its lost day is not taken for
 * damage, and stands. */
static void
test_both_restored_idle (TestThree *fixture, gconstpointer data)
{
  guint first = GPOINTER_TO_UINT (data);
  g_autofree char *copy = NULL;

  test_office_back_up (&fixture->office);
  note (fixture, 0, "one");
  test_three_sync (fixture, 2);
  copy = copy_of (fixture, 0);
  note (fixture, 0, "two");
  test_three_sync (fixture, 2);
  test_office_restore (&fixture->office);
  put_back (fixture, 0, copy);
  test_sync (&fixture->office, fixture->stores[first]);
  test_three_sync (fixture, 3);
  assert_whole (fixture, 2);
  note (fixture, 0, "three");
  test_three_sync (fixture, 2);
  assert_whole (fixture, 3);
}

/* A device went on under another code, and the server is put back to before it wrote anything; nobody else has read it.
 * It has signed what it wrote under the code before: else no server could be shown that, and it would be lost. */
static void
test_shared_part (TestThree *fixture, gconstpointer data)
{
  TestOffice *office = &fixture->office;
  AmendsStore *beside = test_office_enrol (office, "beside", "staff", "s.elm");
  g_autofree char *code = g_strdup (amends_store_get_identity (fixture->stores[0])->code);
  g_autofree char *copy = NULL;
  g_autoptr (TestLine) line = test_line_new (office);
  g_autoptr (GError) error = NULL;
  AmendsStore *fresh;

  test_office_back_up (office);
  note (fixture, 0, "both branches have it");
  test_sync (office, fixture->stores[0]);
  copy = copy_of (fixture, 0);
  note (fixture, 0, "on the one");
  test_sync (office, fixture->stores[0]);
  put_back (fixture, 0, copy);
  note (fixture, 0, "on the other");

  /* It has its code, and has read nothing under it. */
  test_line_set_fault (line, TEST_FAULT_AWAY, 0);
  line->n_sound = 3;
  error = test_sync_fails (line, fixture->stores[0]);
  g_assert_cmpstr (amends_store_get_identity (fixture->stores[0])->code, !=, code);
  test_sync (office, beside);
  test_office_restore (office);
  test_sync (office, beside);
  test_sync (office, fixture->stores[0]);
  fresh = test_office_enrol (office, "fresh", "staff", "s.oak");
  test_sync (office, fresh);
  g_assert_cmpuint (count_notes (fresh, &fixture->id), ==, 2);
  test_assert_whole (fresh);
  test_assert_whole (fixture->stores[0]);
  test_office_assert_whole (office);
  amends_store_close (fresh);
  amends_store_close (beside);
}

static void
add (const char *name, guint data, void (*func) (TestThree *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/both-restored/", name, NULL);

  g_test_add (path, TestThree, GUINT_TO_POINTER (data), test_three_set_up, func,
              test_three_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  add ("device-first", 0, test_both_restored);
  add ("others-first", 1, test_both_restored);
  add ("withdrawn", 0, test_both_restored_withdrawn);
  add ("feeds", 0, test_both_restored_feeds);
  add ("apart", 0, test_both_restored_apart);
  add ("signed", 0, test_both_restored_signed);
  add ("placed", 0, test_both_restored_placed);
  add ("idle/device-first", 0, test_both_restored_idle);
  add ("idle/others-first", 1, test_both_restored_idle);
  add ("shared-part", 0, test_shared_part);
  return g_test_run ();
}
