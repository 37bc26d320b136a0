/* test-rewind.c: a server or a device that is suddenly as it was before
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PROTOCOL.md 5 and 6; pitfalls 4 to 6: after each of them everything that anybody ever wrote is
 * everywhere, once. */

#include <string.h>

#include "core/amends-error.h"
#include "rewind-office.h"
#include "support/disk.h"

static AmendsNews
get_news (AmendsStore *store)
{
  AmendsStatus status = { 0 };
  AmendsNews news;

  g_assert_true (amends_store_get_status (store, &status, NULL));
  news = status.news;
  amends_status_clear (&status);
  return news;
}

/* What befell the server is told until somebody has read it; what they have not read yet stays. */
static void
assert_told (AmendsStore *store, guint64 n_sent_again)
{
  AmendsNews news = get_news (store);
  AmendsNews older = news;

  g_assert_cmpint (news.restored_at, !=, 0);
  g_assert_cmpuint (news.n_sent_again, ==, n_sent_again);
  older.n_sent_again++;
  amends_store_put_news_away (store, &older);
  g_assert_cmpuint (get_news (store).n_sent_again, ==, n_sent_again);
  amends_store_put_news_away (store, &news);
  g_assert_cmpint (get_news (store).restored_at, ==, 0);
}

/* 4: the server is restored from an older backup. Every device hands in what it has. */
static void
test_server_restored (TestThree *fixture, gconstpointer data)
{
  AmendsSyncReport report;
  AmendsHead before, after;

  note (fixture, 0, "before the backup");
  test_three_sync (fixture, 1);
  test_office_back_up (&fixture->office);
  g_assert_true (amends_log_get_head (fixture->stores[1], &before, NULL));
  note (fixture, 0, "after it, from A");
  note (fixture, 1, "after it, from B");
  test_record (fixture->stores[1], "Ivo Marsh", "No light");
  g_assert_true (amends_log_get_head (fixture->stores[1], &after, NULL));
  test_three_sync (fixture, 2);
  g_assert_cmpint (get_news (fixture->stores[0]).restored_at, ==, 0);
  note (fixture, 2, "never sent before");
  test_office_restore (&fixture->office);

  report = test_sync (&fixture->office, fixture->stores[0]);
  g_assert_true (report.server_restored);
  /* Its own note, and all that B wrote since. */
  g_assert_cmpuint (report.n_sent_again, ==, 1 + after.number - before.number);
  test_three_sync (fixture, 2);
  assert_whole (fixture, 4);
  report = test_sync (&fixture->office, fixture->stores[0]);
  g_assert_false (report.server_restored);
  g_assert_cmpuint (report.n_sent_again, ==, 0);
  assert_told (fixture->stores[0], 1 + after.number - before.number);
  g_assert_cmpuint (report.n_requests, ==, 1);
  g_assert_cmpuint (amends_store_count_cases (fixture->stores[0], NULL), ==, 2);
  note (fixture, 0, "goes on");
  test_three_sync (fixture, 2);
  assert_whole (fixture, 5);
}

/* 4: one device alone comes back, and hands in what the others wrote too, whoever wrote it. */
static void
test_restored_one_returns (TestThree *fixture, gconstpointer data)
{
  AmendsStore *fresh;

  test_office_back_up (&fixture->office);
  note (fixture, 1, "from B");
  note (fixture, 2, "from C");
  note (fixture, 1, "from B again");
  test_three_sync (fixture, 2);
  test_office_restore (&fixture->office);

  test_sync (&fixture->office, fixture->stores[0]);
  fresh = test_office_enrol (&fixture->office, "Office D", "staff", "s.oak");
  test_sync (&fixture->office, fresh);
  g_assert_cmpuint (count_notes (fresh, &fixture->id), ==, 3);
  test_assert_whole (fresh);
  amends_store_close (fresh);
  test_three_sync (fixture, 2);
  assert_whole (fixture, 3);
}

/* 4: the one device that comes back may not read the feed any more, so that the server does not say where it
 * stands in it. What others wrote there is handed in all the same: there is no other copy. */
static void
test_restored_ungranted (TestThree *fixture, gconstpointer data)
{
  const char *code = amends_store_get_identity (fixture->stores[0])->code;
  g_autoptr (GError) error = NULL;
  AmendsSyncReport report;
  AmendsStore *fresh;

  note (fixture, 1, "before the backup");
  test_three_sync (fixture, 2);
  test_office_back_up (&fixture->office);
  note (fixture, 1, "from B");
  note (fixture, 2, "from C");
  test_three_sync (fixture, 2);
  for (guint i = 0; i < GPOINTER_TO_UINT (data); i++)
    {
      test_office_restore (&fixture->office);
      test_office_back_up (&fixture->office); /* the next restore is from a backup of this epoch */
    }
  amends_server_ungrant (fixture->office.server, code, "s.oak", &error);
  g_assert_no_error (error);

  report = test_sync (&fixture->office, fixture->stores[0]);
  g_assert_true (report.server_restored);
  fresh = test_office_enrol (&fixture->office, "Office D", "staff", "s.oak");
  test_sync (&fixture->office, fresh);
  g_assert_cmpuint (count_notes (fresh, &fixture->id), ==, 3);
  test_assert_whole (fresh);
  amends_store_close (fresh);

  /* Once, and not at every sync; and what is granted again goes on. */
  report = test_sync (&fixture->office, fixture->stores[0]);
  report = test_sync (&fixture->office, fixture->stores[0]);
  g_assert_cmpuint (report.n_requests, ==, 1);
  amends_server_grant (fixture->office.server, code, "s.oak", &error);
  g_assert_no_error (error);
  note (fixture, 2, "goes on");
  test_three_sync (fixture, 2);
  assert_whole (fixture, 4);
}

/* What one request does not hold is handed in by the next ones of the same sync. */
static void
test_restored_many (TestThree *fixture, gconstpointer data)
{
  AmendsSyncReport report;
  AmendsStore *fresh;
  char text[6001] = "";

  test_office_back_up (&fixture->office);
  for (guint i = 0; i < 1000; i++)
    {
      for (guint c = 0; c < sizeof text - 1; c++)
        text[c] = (char) g_test_rand_int_range (' ', '[');
      test_record (fixture->stores[1], "Ivo Marsh", text);
    }
  test_sync (&fixture->office, fixture->stores[1]);
  test_sync (&fixture->office, fixture->stores[0]);
  test_office_restore (&fixture->office);
  report = test_sync (&fixture->office, fixture->stores[0]);
  g_assert_true (report.server_restored);
  g_assert_cmpuint (report.n_requests, >=, 4);
  fresh = test_office_enrol (&fixture->office, "Office D", "staff", "s.oak");
  test_sync (&fixture->office, fresh);
  g_assert_cmpuint (amends_store_count_cases (fresh, NULL), ==, 1001);
  test_assert_whole (fresh);
  amends_store_close (fresh);
  test_three_sync (fixture, 2);
  assert_whole (fixture, 0);
}

/* 5: restored, and then written to by others up to the same positions: the cursor of a device that comes
 * later points into other events, and it notices. */
static void
test_restored_and_overtaken (TestThree *fixture, gconstpointer data)
{
  test_office_back_up (&fixture->office);
  note (fixture, 0, "from A");
  note (fixture, 1, "from B");
  test_three_sync (fixture, 2);
  test_office_restore (&fixture->office);
  for (guint i = 0; i < 5; i++)
    note (fixture, 2, "from C");
  test_sync (&fixture->office, fixture->stores[2]);
  test_sync (&fixture->office, fixture->stores[2]);
  test_three_sync (fixture, 2);
  assert_whole (fixture, 7);
}

static gboolean
may_read (AmendsStore *store, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) feeds = amends_store_list_feeds (store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < feeds->len; i++)
    if (g_str_equal (g_array_index (feeds, AmendsFeed, i).feed, name))
      return g_array_index (feeds, AmendsFeed, i).may_read;
  return FALSE;
}

/* What the server forgets of its own log with the restore, and nobody has read, is undone: a feed that was taken away
 * meanwhile is there again. What it says instead, under the same numbers, is done. */
static void
test_restored_grants (TestThree *fixture, gconstpointer data)
{
  const char *code = amends_store_get_identity (fixture->stores[0])->code;
  AmendsServer **server = &fixture->office.server;
  g_autoptr (GError) error = NULL;

  test_office_back_up (&fixture->office);
  note (fixture, 1, "from B");
  test_three_sync (fixture, 2);
  g_assert_true (amends_server_ungrant (*server, code, "s.oak", &error));

  test_office_restore (&fixture->office);
  g_assert_true (amends_server_grant (*server, code, "s.elm", &error));
  test_three_sync (fixture, 3);
  g_assert_true (may_read (fixture->stores[0], "s.oak"));
  g_assert_true (may_read (fixture->stores[0], "s.elm"));
  assert_whole (fixture, 1);
}

/* One operation of the disk fails while the server is restored: what is said to be restored is, whole and in
 * its new epoch, though the power goes right after; what is not is restored by the next attempt. */
static void
test_restore_fails (TestThree *fixture, gconstpointer data)
{
  TestDiskFault fault = GPOINTER_TO_UINT (data);
  TestWorld *world = &fixture->office.world;
  g_autofree char *folder = g_build_filename (fixture->office.folder, "server", NULL);
  g_autofree char *file = g_build_filename (fixture->office.folder, "server-backup.db", NULL);
  g_autoptr (TestDisk) disk = test_disk_mount (folder);
  gboolean has_failed = TRUE;
  guint n_refused = 0;

  test_office_back_up (&fixture->office);
  g_clear_pointer (&fixture->office.server, amends_server_close);
  world->environment.vfs = TEST_DISK_VFS;
  for (guint n_good = 0; has_failed; n_good++)
    {
      json_auto_t *report = NULL;

      test_world_pass (world, 60);
      test_disk_set_fault (disk, fault, n_good);
      report = amends_server_restore (folder, file, &world->environment, NULL);
      has_failed = test_disk_has_failed (disk);
      test_disk_set_fault (disk, TEST_DISK_SOUND, 0);
      if (report == NULL)
        {
          n_refused++;
          report = amends_server_restore (folder, file, &world->environment, NULL);
        }
      g_assert_nonnull (report);
      test_disk_start (disk, TEST_LOSS_ALL, 0);
      test_office_restart (&fixture->office);
      g_assert_cmpstr (amends_server_get_epoch (fixture->office.server), ==,
                       json_string_value (json_object_get (report, "epoch")));
      test_office_assert_whole (&fixture->office);
      g_clear_pointer (&fixture->office.server, amends_server_close);
    }
  g_assert_cmpuint (n_refused, >, 2);
  world->environment.vfs = NULL;
  test_office_restart (&fixture->office);
}

/* Restored twice, to the same backup: epochs follow each other. */
static void
test_restored_twice (TestThree *fixture, gconstpointer data)
{
  test_office_back_up (&fixture->office);
  note (fixture, 0, "from A");
  test_three_sync (fixture, 2);
  test_office_restore (&fixture->office);
  note (fixture, 1, "from B");
  test_sync (&fixture->office, fixture->stores[1]);
  test_office_restore (&fixture->office);
  note (fixture, 2, "from C");
  test_three_sync (fixture, 3);
  assert_whole (fixture, 3);
}

/* The server's file is put back by hand, behind its own back: the epoch is the same, and the cursors
 * alone show it. */
static void
test_server_copied_back (TestThree *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->office.folder, "server", NULL);
  g_autofree char *copy = g_build_filename (fixture->office.folder, "copy", NULL);

  g_clear_pointer (&fixture->office.server, amends_server_close);
  test_folder_copy (folder, copy);
  test_office_restart (&fixture->office);
  note (fixture, 0, "from A");
  note (fixture, 1, "from B");
  test_three_sync (fixture, 2);
  g_clear_pointer (&fixture->office.server, amends_server_close);
  test_folder_copy (copy, folder);
  test_office_restart (&fixture->office);
  test_three_sync (fixture, 3);
  assert_whole (fixture, 2);
}

/* The server is restored, and the line is cut at any point of the first exchange after it. */
static void
test_restored_and_cut (TestThree *fixture, gconstpointer data)
{
  g_autoptr (TestLine) line = test_line_new (&fixture->office);
  guint n_notes = 0;

  test_office_back_up (&fixture->office);
  for (guint i = 0; i < 24; i++)
    {
      AmendsSyncReport report;

      note (fixture, 0, "from A");
      note (fixture, 1, "from B");
      n_notes += 2;
      test_three_sync (fixture, 2);
      test_office_restore (&fixture->office);
      test_line_set_fault (line, i % 2 == 0 ? TEST_FAULT_CUT_UP : TEST_FAULT_CUT_DOWN,
                           (gsize) g_test_rand_int_range (0, 2000));
      line->n_sound = i % 3;
      amends_sync_run (fixture->stores[0], &line->base, NULL, NULL, &report, NULL);
      test_line_set_fault (line, TEST_FAULT_NONE, 0);
      test_three_sync (fixture, 3);
      if (i % 6 == 0)
        assert_whole (fixture, n_notes);
    }
  assert_whole (fixture, n_notes);
}

/* 6: a device is restored from an older copy of its folder, and writes on under numbers that it has used:
 * it goes on under a new code, and what it wrote stands. */
static void
test_device_restored (TestThree *fixture, gconstpointer data)
{
  g_autofree char *copy = copy_of (fixture, 0);
  g_autofree char *old_code = g_strdup (amends_store_get_identity (fixture->stores[0])->code);
  AmendsSyncReport report;
  AmendsId recorded;

  note (fixture, 0, "sent before it was restored");
  test_three_sync (fixture, 2);
  put_back (fixture, 0, copy);
  note (fixture, 0, "written after");
  recorded = test_record (fixture->stores[0], "Ivo Marsh", "No light");
  g_assert_cmpstr (recorded.code, ==, old_code);
  test_note (fixture->stores[0], &recorded, "on the new case");

  report = test_sync (&fixture->office, fixture->stores[0]);
  g_assert_cmpstr (report.recoded_from, ==, old_code);
  g_assert_cmpstr (report.recoded_to, !=, "");
  g_assert_cmpstr (amends_store_get_identity (fixture->stores[0])->code, ==, report.recoded_to);
  test_three_sync (fixture, 2);
  assert_whole (fixture, 2);
  for (guint i = 0; i < TEST_THREE; i++)
    g_assert_cmpuint (amends_store_count_cases (fixture->stores[i], NULL), ==, 2);

  /* From now on it is a device like any other, also after a new start. */
  fixture->stores[0] = test_store_reopen (fixture->stores[0], &fixture->office.world);
  note (fixture, 0, "goes on");
  report = test_sync (&fixture->office, fixture->stores[0]);
  g_assert_cmpstr (report.recoded_to, ==, "");
  test_three_sync (fixture, 2);
  assert_whole (fixture, 3);
}

/* Restored, and nothing written since: what it had sent comes back. */
static void
test_device_restored_idle (TestThree *fixture, gconstpointer data)
{
  g_autofree char *copy = copy_of (fixture, 0);

  note (fixture, 0, "sent before it was restored");
  test_three_sync (fixture, 2);
  put_back (fixture, 0, copy);
  test_three_sync (fixture, 2);
  assert_whole (fixture, 1);
}

/* Restored to just before an acknowledgement: no more than that was lost, and it keeps its code. */
static void
test_device_restored_in_step (TestThree *fixture, gconstpointer data)
{
  g_autofree char *copy = NULL;
  AmendsSyncReport report;

  note (fixture, 0, "written and not sent");
  copy = copy_of (fixture, 0);
  test_three_sync (fixture, 2);
  put_back (fixture, 0, copy);
  report = test_sync (&fixture->office, fixture->stores[0]);
  g_assert_cmpstr (report.recoded_to, ==, "");
  test_three_sync (fixture, 2);
  assert_whole (fixture, 1);
}

/* 6: an image is cloned and both write: one of them takes a new code, and both branches stand. */
static void
test_device_cloned (TestThree *fixture, gconstpointer data)
{
  guint n_extra = GPOINTER_TO_UINT (data);
  g_autofree char *copy = copy_of (fixture, 0);
  AmendsStore *clone = test_store_open (&fixture->office.world, copy);
  AmendsSyncReport report;
  AmendsNews news;

  note (fixture, 0, "from the first");
  test_note (clone, &fixture->id, "from the clone");
  for (guint i = 0; i < n_extra; i++)
    test_note (clone, &fixture->id, "more from the clone");
  test_sync (&fixture->office, fixture->stores[0]);
  report = test_sync (&fixture->office, clone);
  g_assert_cmpstr (report.recoded_to, !=, "");
  g_assert_cmpuint (report.n_sent_again, ==, 0);
  test_three_sync (fixture, 2);
  test_sync (&fixture->office, clone);
  news = get_news (clone);
  g_assert_cmpint (news.recoded_at, !=, 0);
  g_assert_cmpstr (news.recoded_to, ==, report.recoded_to);
  amends_store_put_news_away (clone, &news);
  g_assert_cmpint (get_news (clone).recoded_at, ==, 0);
  g_assert_cmpuint (count_notes (clone, &fixture->id), ==, 2 + n_extra);
  test_assert_whole (clone);

  /* Both go on. */
  note (fixture, 0, "from the first");
  test_note (clone, &fixture->id, "from the clone");
  test_sync (&fixture->office, clone);
  test_three_sync (fixture, 2);
  test_sync (&fixture->office, clone);
  g_assert_cmpuint (count_notes (clone, &fixture->id), ==, 4 + n_extra);
  test_assert_whole (clone);
  assert_whole (fixture, 4 + n_extra);
  amends_store_close (clone);
}

static void
take_all (TestThree *fixture, AmendsStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) feeds = amends_store_list_feeds (store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < feeds->len; i++)
    {
      const AmendsFeed *feed = &g_array_index (feeds, AmendsFeed, i);

      if (feed->may_write)
        amends_server_ungrant (fixture->office.server, amends_store_get_identity (store)->code,
                               feed->feed, &error);
      g_assert_no_error (error);
    }
}

/* A clone hands in what it @writes, then hears that it was withdrawn, or that all it might do was taken from it; the server is as it was before, and the other writes
 * under the clone's numbers. Returns: the clone */
static AmendsStore *
clone_and_restore (TestThree *fixture, TestLine *line, gboolean writes, gboolean is_withdrawn)
{
  g_autofree char *copy = copy_of (fixture, 0);
  AmendsStore *clone = test_store_open (&fixture->office.world, copy);
  g_autoptr (GError) error = NULL;

  test_office_back_up (&fixture->office);
  if (writes)
    test_note (clone, &fixture->id, "from the clone");
  test_sync (&fixture->office, clone);
  if (is_withdrawn)
    {
      amends_server_revoke (fixture->office.server, amends_store_get_identity (clone)->code,
                            &error);
      g_assert_no_error (error);
      error = test_sync_fails (line, clone);
      g_assert_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED);
    }
  else
    {
      take_all (fixture, clone);
      test_sync (&fixture->office, clone);
    }
  test_office_restore (&fixture->office);
  note (fixture, 0, "from the first");
  test_sync (&fixture->office, fixture->stores[0]);
  return clone;
}

/* 6: a clone is withdrawn, hears of it, and may write nowhere any more. Then the server is as it was before: that it was
 * withdrawn goes first, so that it is given no new code, under which it could go on; what it wrote is kept there. */
static void
test_device_cloned_withdrawn (TestThree *fixture, gconstpointer data)
{
  g_autoptr (TestLine) line = test_line_new (&fixture->office);
  AmendsStore *clone = clone_and_restore (fixture, line, TRUE, TRUE);
  g_autofree char *code = g_strdup (amends_store_get_identity (clone)->code);
  json_auto_t *devices = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = test_sync_fails (line, clone);

      g_assert_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED);
      g_assert_nonnull (strstr (error->message, "is kept here"));
    }
  g_assert_cmpstr (amends_store_get_identity (clone)->code, ==, code);
  devices = amends_server_list_devices (fixture->office.server, NULL);
  g_assert_cmpuint (json_array_size (devices), ==, TEST_THREE);
  amends_store_close (clone);
  test_office_assert_whole (&fixture->office);
}

/* 6: all that it might do was taken from a clone, and then the same. It takes a new code, under which it may no more than
 * before: what it wrote stands, held back until somebody lets it go. If it wrote nothing there is nowhere to say so. */
static void
test_device_cloned_taken (TestThree *fixture, gconstpointer data)
{
  gboolean writes = GPOINTER_TO_UINT (data) == 0;
  AmendsStore *clone = clone_and_restore (fixture, NULL, writes, FALSE);
  AmendsSyncReport report = test_sync (&fixture->office, clone);
  g_autoptr (GError) error = NULL;
  AmendsStore *fresh;

  g_assert_cmpstr (report.recoded_to, !=, "");
  if (writes)
    json_decref (amends_server_release (fixture->office.server, report.recoded_to, &error));
  g_assert_no_error (error);
  fresh = test_office_enrol (&fixture->office, "Office D", "staff", "s.oak");
  test_sync (&fixture->office, fresh);
  g_assert_cmpuint (count_notes (fresh, &fixture->id), ==, writes ? 2 : 1);
  test_assert_whole (fresh);
  amends_store_close (fresh);
  amends_store_close (clone);
  test_office_assert_whole (&fixture->office);
}

/* The line is cut at every exchange of a recoding: asked again with the same key it is the same code, and
 * nothing is written twice. */
static void
test_recode_cut (TestThree *fixture, gconstpointer data)
{
  g_autofree char *copy = copy_of (fixture, 0);
  g_autoptr (TestLine) line = test_line_new (&fixture->office);
  g_autoptr (GError) error = NULL;
  json_auto_t *devices = NULL;

  note (fixture, 0, "sent before it was restored");
  test_three_sync (fixture, 2);
  put_back (fixture, 0, copy);
  note (fixture, 0, "written after");
  for (guint n_sound = 0; n_sound < 4; n_sound++)
    {
      AmendsSyncReport report;

      test_line_set_fault (line, TEST_FAULT_CUT_DOWN, 0);
      line->n_sound = n_sound;
      amends_sync_run (fixture->stores[0], &line->base, NULL, NULL, &report, NULL);
      fixture->stores[0] = test_store_reopen (fixture->stores[0], &fixture->office.world);
    }
  test_line_set_fault (line, TEST_FAULT_NONE, 0);
  test_sync_over (line, fixture->stores[0]);
  test_three_sync (fixture, 2);
  assert_whole (fixture, 2);
  devices = amends_server_list_devices (fixture->office.server, &error);
  g_assert_cmpuint (json_array_size (devices), ==, TEST_THREE + 1);
}

/* The first member of staff was known by an event that is written again: they are who they were. */
static void
test_recoded_staff (TestThree *fixture, gconstpointer data)
{
  AmendsStore *early = test_office_enrol (&fixture->office, "Office D", "staff", "s.oak");
  g_autofree char *path = g_strdup (amends_store_get_path (early));
  g_autofree char *copy = g_build_filename (fixture->office.folder, "early", NULL);
  g_autofree char *name = NULL;
  AmendsSyncReport report;
  AmendsId actor;

  test_folder_copy (path, copy);
  test_record (early, "Ivo Marsh", "No light");
  test_sync (&fixture->office, early);
  amends_store_close (early);

  /* From an image taken before the first sync, with another member of staff under the same number. */
  test_folder_copy (copy, path);
  early = test_store_open (&fixture->office.world, path);
  g_assert_true (amends_store_add_staff (early, "Bo Reed", TEST_PASSPHRASE, NULL, NULL));
  g_assert_true (amends_store_unlock (early, "Bo Reed", TEST_PASSPHRASE, NULL));
  test_record (early, "Ivo Marsh", "written by Bo");
  report = test_sync (&fixture->office, early);
  g_assert_cmpstr (report.recoded_to, !=, "");
  amends_store_get_actor (early, &actor);
  g_assert_cmpstr (actor.code, ==, report.recoded_to);
  name = amends_store_dup_staff_name (early, &actor);
  g_assert_cmpstr (name, ==, "Bo Reed");
  test_sync (&fixture->office, early);
  test_assert_whole (early);
  amends_store_close (early);
}

/* Acts, syncs, backups and restores of the server, in the order that the seed says: nothing that one of
 * them held is lost. */
static void
test_random (TestThree *fixture, gconstpointer data)
{
  guint n_notes = 0;

  test_office_back_up (&fixture->office);
  for (guint step = 0; step < 120; step++)
    {
      guint i = (guint) g_test_rand_int_range (0, TEST_THREE);

      switch (g_test_rand_int_range (0, 12))
        {
        case 0:
          test_office_back_up (&fixture->office);
          break;
        case 1:
          test_office_restore (&fixture->office);
          break;
        case 2:
        case 3:
        case 4:
        case 5:
          note (fixture, i, "noted");
          n_notes++;
          break;
        default:
          test_sync (&fixture->office, fixture->stores[i]);
          break;
        }
    }
  test_three_sync (fixture, 3);
  assert_whole (fixture, n_notes);
}

/* As before, and devices go back to copies of themselves too. What was handed in by nobody may then be
 * lost or set aside; but nobody is ever stuck, and in the end all hold the same. */
static void
test_random_both (TestThree *fixture, gconstpointer data)
{
  char *copies[TEST_THREE] = { NULL };

  test_office_back_up (&fixture->office);
  for (guint step = 0; step < 80; step++)
    {
      guint i = (guint) g_test_rand_int_range (0, TEST_THREE);

      switch (g_test_rand_int_range (0, 14))
        {
        case 0:
          test_office_back_up (&fixture->office);
          break;
        case 1:
          test_office_restore (&fixture->office);
          break;
        case 2:
          g_free (copies[i]);
          copies[i] = g_strdup_printf ("%s/copy-%u", fixture->office.folder, i);
          test_folder_copy (amends_store_get_path (fixture->stores[i]), copies[i]);
          break;
        case 3:
          if (copies[i] != NULL)
            put_back (fixture, i, copies[i]);
          break;
        case 4:
        case 5:
        case 6:
        case 7:
          note (fixture, i, "noted");
          break;
        default:
          /* A code that no backup knows is gone with the server: the device has to enrol again. */
          if (test_sync (&fixture->office, fixture->stores[i]).recoded_to[0] != '\0')
            test_office_back_up (&fixture->office);
          break;
        }
    }
  for (guint i = 0; i < TEST_THREE; i++)
    g_free (copies[i]);
  test_three_sync (fixture, 4);
  assert_whole (fixture, count_notes (fixture->stores[0], &fixture->id));
}

static void
add (const char *name, guint data, void (*func) (TestThree *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/rewind/", name, NULL);

  g_test_add (path, TestThree, GUINT_TO_POINTER (data), test_three_set_up, func,
              test_three_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  add ("server-restored", 0, test_server_restored);
  add ("restored-one-returns", 0, test_restored_one_returns);
  add ("restored-ungranted", 1, test_restored_ungranted);
  add ("restored-ungranted/twice", 2, test_restored_ungranted);
  add ("restored-many", 0, test_restored_many);
  add ("restored-and-overtaken", 0, test_restored_and_overtaken);
  add ("restored-grants", 0, test_restored_grants);
  add ("restore-fails", TEST_DISK_FAILS, test_restore_fails);
  add ("restore-fails/sync", TEST_DISK_SYNC_FAILS, test_restore_fails);
  add ("restore-fails/full", TEST_DISK_FULL, test_restore_fails);
  add ("restored-twice", 0, test_restored_twice);
  add ("server-copied-back", 0, test_server_copied_back);
  add ("restored-and-cut", 0, test_restored_and_cut);
  add ("device-restored", 0, test_device_restored);
  add ("device-restored-idle", 0, test_device_restored_idle);
  add ("device-restored-in-step", 0, test_device_restored_in_step);
  add ("device-cloned", 0, test_device_cloned);
  add ("device-cloned-ahead", 3, test_device_cloned);
  add ("device-cloned-withdrawn", 0, test_device_cloned_withdrawn);
  add ("device-cloned-taken", 0, test_device_cloned_taken);
  add ("device-cloned-taken/idle", 1, test_device_cloned_taken);
  add ("recode-cut", 0, test_recode_cut);
  add ("recoded-staff", 0, test_recoded_staff);
  add ("random", 0, test_random);
  add ("random-both", 0, test_random_both);
  return g_test_run ();
}
