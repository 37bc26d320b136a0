/* test-move.c: a case moved between schemes, with real stores and a real server
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-csv.h"
#include "core/amends-error.h"
#include "move-office.h"
#include "store/amends-attachments.h"
#include "store/amends-import.h"
#include "support/disk.h"

static guint
count_notes (AmendsStore *store, const AmendsId *id)
{
  g_autoptr (AmendsCase) complaint = get_case (store, id);

  return amends_case_get_n_notes (complaint);
}

static guint
count_found (AmendsStore *store, const char *word)
{
  g_autoptr (GPtrArray) found = NULL;

  while (amends_store_search_step (store, 100, NULL))
    ;
  found = amends_store_search (store, word, NULL);
  return found->len;
}

/* Both histories say that it was moved, where and why. */
static void
assert_said (AmendsStore *store, const AmendsId *id, const char *to)
{
  g_autoptr (AmendsCase) complaint = get_case (store, id);
  json_auto_t *history = amends_store_history_to_json (store, complaint, NULL);
  gsize i;
  json_t *entry;
  guint n_said = 0;

  json_array_foreach (history, i, entry)
    {
      const json_t *body = json_object_get (entry, "body");

      n_said += g_strcmp0 (json_string_value (json_object_get (entry, "type")), "case.moved") == 0
                && g_strcmp0 (json_string_value (json_object_get (body, "to")), to) == 0
                && json_string_length (json_object_get (body, "because")) > 0;
    }
  g_assert_cmpuint (n_said, ==, 1);
}

/* 18: who reads the new scheme gets the whole case, though past its events; who reads the old one sees that it
 * went, and nothing of it. */
static void
test_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  AmendsId id = test_record (fixture->oak, "Ivy Marsh", "Damp in the hall");
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *there = NULL;
  g_autofree char *here = NULL;

  test_act (fixture->oak, &id,
            "{\"type\":\"case.acknowledged\",\"on\":\"2026-11-21\",\"channel\":\"letter\"}");
  test_note (fixture->oak, &id, "She rang");
  sync_all (fixture);
  g_assert_null (amends_store_get_case (fixture->elm, &id, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);

  move (fixture->region, &id, "elm");
  test_note (fixture->region, &id, "Written when it had gone");
  sync_all (fixture);
  there = test_show (fixture->elm, &id);
  here = test_show (fixture->region, &id);
  g_assert_cmpstr (there, ==, here);
  g_assert_nonnull (strstr (there, "Damp in the hall"));
  g_assert_nonnull (strstr (there, "\"behind\":0"));
  g_assert_cmpuint (count_notes (fixture->elm, &id), ==, 2);
  g_assert_cmpuint (count_found (fixture->elm, "Ivy"), ==, 1);
  assert_said (fixture->elm, &id, "elm");

  g_assert_true (is_away (fixture->oak, &id));
  assert_said (fixture->oak, &id, "elm");
  g_assert_cmpuint (count_found (fixture->oak, "Ivy"), ==, 0);
  rows = amends_store_list_cases (fixture->oak, NULL, FALSE, 0, 0, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (((AmendsCaseRow *) rows->pdata[0])->kind, ==, "moved");
  g_assert_cmpstr (((AmendsCaseRow *) rows->pdata[0])->state, ==, "closed");
  g_assert_nonnull (((AmendsCaseRow *) rows->pdata[0])->reference);
  g_assert_null (((AmendsCaseRow *) rows->pdata[0])->complainant);

  /* Who has it goes on with it. */
  test_note (fixture->elm, &id, "They begin");
  sync_all (fixture);
  g_assert_cmpuint (count_notes (fixture->region, &id), ==, 3);
  g_assert_cmpuint (count_notes (fixture->another, &id), ==, 3);
}

/* What nobody there may have has never left the server for them: not in any body that the device of the old scheme
 * holds. */
static void
test_nothing_newer (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->oak, "Ivy Marsh", "Damp in the hall");
  g_autoptr (GPtrArray) events = NULL;

  sync_all (fixture);
  move (fixture->region, &id, "elm");
  test_note (fixture->region, &id, "Newer than the move");
  sync_all (fixture);
  test_note (fixture->elm, &id, "Newer than the move too");
  sync_all (fixture);
  events = amends_log_read_stream (fixture->oak, &id, NULL);
  g_assert_cmpuint (events->len, >, 0);
  for (guint i = 0; i < events->len; i++)
    {
      const AmendsEvent *event = g_ptr_array_index (events, i);
      gsize n_bytes;
      const char *bytes = g_bytes_get_data (event->body, &n_bytes);

      g_assert_cmpstr (event->feed, ==, "s.oak");
      g_assert_null (memmem (bytes, n_bytes, "Newer", 5));
    }
}

/* Written by who had not heard of it: it comes late, and it comes; until somebody has carried it, it is counted. */
static void
test_late (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->oak, "Ivy Marsh", "Damp in the hall");
  g_autofree char *waiting = NULL;

  sync_all (fixture);
  move (fixture->region, &id, "elm");
  test_sync (&fixture->office, fixture->region);
  test_note (fixture->oak, &id, "She rang, and nobody had told me");
  test_sync (&fixture->office, fixture->oak);
  test_sync (&fixture->office, fixture->another);
  waiting = test_show (fixture->another, &id);
  g_assert_nonnull (strstr (waiting, "\"behind\":1"));
  test_sync (&fixture->office, fixture->elm);
  g_assert_cmpuint (count_notes (fixture->elm, &id), ==, 0);

  sync_all (fixture);
  g_assert_cmpuint (count_notes (fixture->elm, &id), ==, 1);
  g_assert_true (is_away (fixture->oak, &id));
  g_clear_pointer (&waiting, g_free);
  waiting = test_show (fixture->another, &id);
  g_assert_nonnull (strstr (waiting, "\"behind\":0"));
}

/* Who moved it is gone: whoever holds both moves it there once more, and what is left comes with it. */
static void
test_late_by_another (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->oak, "Ivy Marsh", "Damp in the hall");
  g_autoptr (GError) error = NULL;

  sync_all (fixture);
  move (fixture->region, &id, "elm");
  test_sync (&fixture->office, fixture->region);
  test_note (fixture->oak, &id, "She rang");
  test_sync (&fixture->office, fixture->oak);
  test_sync (&fixture->office, fixture->another);
  move (fixture->another, &id, "elm");
  test_sync (&fixture->office, fixture->another);
  test_sync (&fixture->office, fixture->elm);
  g_assert_cmpuint (count_notes (fixture->elm, &id), ==, 1);
  g_assert_null (try_move (fixture->another, &id, "elm", &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
}

/* An image of the device that moves cases is put back, from before it moved one: under its new code it goes on with what
 * it carried under the old one, also what it hears of only from the server. */
static void
test_late_after_image (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strdup (amends_store_get_path (fixture->region));
  g_autofree char *image = g_strconcat (path, "-image", NULL);
  AmendsId before = test_record (fixture->oak, "Ivy Marsh", "Damp in the hall");
  AmendsId since = test_record (fixture->oak, "Moss Hill", "Damp on the stairs");
  AmendsSyncReport report;

  sync_all (fixture);
  move (fixture->region, &before, "elm");
  test_sync (&fixture->office, fixture->region);
  test_folder_copy (path, image);
  move (fixture->region, &since, "elm");
  test_sync (&fixture->office, fixture->region);
  g_clear_pointer (&fixture->region, amends_store_close);
  fixture->region = test_store_open (&fixture->office.world, image);
  test_note (fixture->region, &before, "Written by who knows nothing of it");
  report = test_sync (&fixture->office, fixture->region);
  g_assert_cmpstr (report.recoded_to, !=, "");

  test_note (fixture->oak, &before, "She rang, and nobody had told me");
  test_note (fixture->oak, &since, "He rang");
  test_sync (&fixture->office, fixture->oak);
  test_sync (&fixture->office, fixture->region);
  test_sync (&fixture->office, fixture->elm);
  g_assert_cmpuint (count_notes (fixture->elm, &before), ==, 2);
  g_assert_cmpuint (count_notes (fixture->elm, &since), ==, 1);
}

/* Two moved it apart: it is in both, both say so, and a person settles it. */
static void
test_apart (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->oak, "Ivy Marsh", "Damp in the hall");
  AmendsStore *ash = test_office_enrol (&fixture->office, "ash", "staff", "s.ash");
  g_autoptr (AmendsCase) of_elm = NULL;
  g_autoptr (AmendsCase) of_ash = NULL;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  sync_all (fixture);
  move (fixture->region, &id, "elm");
  move (fixture->another, &id, "ash");
  sync_all (fixture);
  test_sync (&fixture->office, ash);
  of_elm = get_case (fixture->elm, &id);
  of_ash = get_case (ash, &id);
  g_assert_cmpuint (amends_case_get_n_conflicts (of_elm), ==, 1);
  g_assert_cmpuint (amends_case_get_n_conflicts (of_ash), ==, 1);
  one = test_show (fixture->elm, &id);
  other = test_show (ash, &id);
  g_assert_cmpstr (one, ==, other);
  g_assert_nonnull (strstr (one, "Damp in the hall"));
  test_note (ash, &id, "Ash goes on meanwhile");
  test_sync (&fixture->office, ash);
  sync_all (fixture);
  g_assert_cmpuint (count_notes (fixture->elm, &id), ==, 1);

  test_act (fixture->region, &id,
            "{\"type\":\"conflict.settled\",\"field\":\"scheme\",\"value\":\"ash\"}");
  sync_all (fixture);
  test_sync (&fixture->office, ash);
  g_assert_false (is_away (ash, &id));
  g_assert_true (is_away (fixture->elm, &id));
  g_assert_true (is_away (fixture->oak, &id));
  g_clear_pointer (&of_ash, amends_case_free);
  of_ash = get_case (ash, &id);
  g_assert_cmpuint (amends_case_get_n_conflicts (of_ash), ==, 0);
  test_assert_whole (ash);
  amends_store_close (ash);
}

/* There and back: what was said there is here too. */
static void
test_back (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->oak, "Ivy Marsh", "Damp in the hall");
  g_autofree char *here = NULL;
  g_autofree char *region = NULL;

  sync_all (fixture);
  move (fixture->region, &id, "elm");
  sync_all (fixture);
  test_note (fixture->elm, &id, "It is not ours");
  sync_all (fixture);
  move (fixture->another, &id, "oak");
  sync_all (fixture);
  g_assert_false (is_away (fixture->oak, &id));
  g_assert_true (is_away (fixture->elm, &id));
  g_assert_cmpuint (count_notes (fixture->oak, &id), ==, 1);
  here = test_show (fixture->oak, &id);
  region = test_show (fixture->region, &id);
  g_assert_cmpstr (here, ==, region);
  test_note (fixture->oak, &id, "We go on");
}

/* Imports one row, of the case that is known by that reference and scheme. */
static AmendsImported *
import (AmendsStore *store, const char *scheme, const char *what)
{
  g_autofree char *text = g_strdup_printf ("Reference,scheme,Date received,channel,Name,issue\n"
                                           "C/1,%s,2026-11-20,letter,Ivy Marsh,%s\n",
                                           scheme, what);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GPtrArray) rows = amends_csv_parse (bytes, NULL);
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_import_problem_free);
  g_autoptr (AmendsImport) cases = amends_import_new (AMENDS_REGISTER_CASES, rows, NULL, problems);
  g_autoptr (GError) error = NULL;
  AmendsImported *imported = amends_store_import (store, cases, TRUE, NULL, NULL, problems, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_true (imported->is_applied);
  return imported;
}

static void
assert_is_known (AmendsStore *store, const char *scheme)
{
  g_autoptr (AmendsImported) same = import (store, scheme, "Damp in the hall");
  g_autoptr (AmendsImported) other = import (store, scheme, "The lift");

  g_assert_cmpuint (same->rows->len, ==, 0);
  g_assert_cmpuint (same->n_already_here, ==, 1);
  g_assert_cmpuint (other->rows->len, ==, 0);
  g_assert_cmpuint (other->changed->len, ==, 1);
}

/* A register of the new scheme, or of one on the way, does not record it a second time. */
static void
test_known (Fixture *fixture, gconstpointer data)
{
  AmendsStore *ash = test_office_enrol (&fixture->office, "ash", "staff", "s.ash");
  g_autoptr (AmendsImported) imported = import (fixture->oak, "oak", "Damp in the hall");
  const AmendsImportedRow *one;

  g_assert_cmpuint (imported->rows->len, ==, 1);
  one = g_ptr_array_index (imported->rows, 0);
  sync_all (fixture);
  move (fixture->region, &one->id, "elm");
  sync_all (fixture);
  assert_is_known (fixture->elm, "elm");
  assert_is_known (fixture->another, "elm");
  assert_is_known (fixture->another, "oak");

  move (fixture->region, &one->id, "ash");
  sync_all (fixture);
  test_sync (&fixture->office, ash);
  assert_is_known (ash, "ash");
  assert_is_known (fixture->another, "ash");
  assert_is_known (fixture->another, "elm");
  test_assert_whole (ash);
  amends_store_close (ash);
}

/* @why: words of the sentence that people are told */
static void
assert_refused (AmendsStore *store, const AmendsId *id, const char *to, const char *why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = try_move (store, id, to, &error);

  g_assert_null (outcome);
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, why));
}

/* Only who may write both, and has all of it; nothing is written otherwise. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->oak, "Ivy Marsh", "Damp in the hall");
  json_auto_t *details = NULL;
  AmendsAttachment attachment;
  guint64 n_before;
  AmendsId file;

  n_before = test_count_events (fixture->oak);
  assert_refused (fixture->oak, &id, "elm", "may not write the cases of that scheme");
  assert_refused (fixture->oak, &id, "nowhere", "may not write the cases of that scheme");
  g_assert_cmpuint (test_count_events (fixture->oak), ==, n_before);

  file = test_attach (fixture->oak, &id, "Damp.jpg", 300000, 1);
  test_sync (&fixture->office, fixture->oak);
  test_sync (&fixture->office, fixture->another);
  g_assert_true (
      amends_store_get_attachment (fixture->another, &file, &attachment, &details, NULL));
  g_assert_true (amends_store_set_whole (fixture->another, &attachment, FALSE, NULL));
  n_before = test_count_events (fixture->another);
  assert_refused (fixture->another, &id, "elm", "A file of the case is not on this device yet");
  g_assert_cmpuint (test_count_events (fixture->another), ==, n_before);
  test_sync (&fixture->office, fixture->another);
  move (fixture->another, &id, "elm");

  amends_server_ungrant (fixture->office.server, amends_store_get_identity (fixture->another)->code,
                         "s.elm", NULL);
  test_sync (&fixture->office, fixture->region);
  test_sync (&fixture->office, fixture->another);
  assert_refused (fixture->another, &id, "elm", "moved to another scheme");
}

/* Its files go with it, once they are on the device that moves it. */
static void
test_files (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->oak, "Ivy Marsh", "Damp in the hall");
  g_autoptr (AmendsCase) there = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) wanted = test_file_bytes (300000, 1);
  g_autoptr (GError) error = NULL;
  json_auto_t *details = NULL;
  AmendsAttachment attachment;
  AmendsId file = test_attach (fixture->oak, &id, "Damp.jpg", 300000, 1);

  sync_all (fixture);
  move (fixture->region, &id, "elm");
  sync_all (fixture);
  there = get_case (fixture->elm, &id);
  g_assert_cmpuint (amends_case_get_n_attachments (there), ==, 1);
  bytes = test_fetch (fixture->elm, &amends_case_get_attachment (there, 0)->id);
  g_assert_true (bytes != NULL && g_bytes_equal (bytes, wanted));

  /* Of one that has gone its files are not shown either. */
  g_assert_false (amends_store_get_attachment (fixture->oak, &file, &attachment, &details, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
}

/* A file that came late. */
static void
test_late_file (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->oak, "Ivy Marsh", "Damp in the hall");
  g_autoptr (AmendsCase) there = NULL;
  g_autoptr (GBytes) bytes = NULL;

  sync_all (fixture);
  move (fixture->region, &id, "elm");
  test_sync (&fixture->office, fixture->region);
  test_attach (fixture->oak, &id, "Damp.jpg", 300000, 2);
  sync_all (fixture);
  there = get_case (fixture->elm, &id);
  g_assert_cmpuint (amends_case_get_n_attachments (there), ==, 1);
  bytes = test_fetch (fixture->elm, &amends_case_get_attachment (there, 0)->id);
  g_assert_nonnull (bytes);
}

/* As that, where the program of the device that moved it is killed at any operation of its disk: the file as it came and
 * the file as it was carried are whole together, and it goes on. */
static void
test_late_file_killed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strdup (amends_store_get_path (fixture->region));
  g_autoptr (TestDisk) disk = test_disk_mount (path);
  TestWorld *world = &fixture->office.world;
  gboolean has_failed = TRUE;

  for (guint n = 0; has_failed; n++)
    {
      AmendsId id = test_record (fixture->oak, "Ivy Marsh", "Damp in the hall");
      g_autoptr (TestLine) line = test_line_new (&fixture->office);
      g_autoptr (AmendsCase) there = NULL;
      g_autoptr (GBytes) bytes = NULL;
      AmendsSyncReport report;

      test_sync (&fixture->office, fixture->oak);
      test_sync (&fixture->office, fixture->region);
      move (fixture->region, &id, "elm");
      test_sync (&fixture->office, fixture->region);
      test_attach (fixture->oak, &id, "Damp.jpg", 30, n);
      test_sync (&fixture->office, fixture->oak);

      world->environment.vfs = TEST_DISK_VFS;
      g_clear_pointer (&fixture->region, amends_store_close);
      fixture->region = test_store_open (world, path);
      test_disk_settle (disk);
      test_disk_set_fault (disk, TEST_DISK_STOPS, n);
      amends_sync_run (fixture->region, &line->base, NULL, NULL, &report, NULL);
      has_failed = test_disk_has_failed (disk);
      if (!test_disk_is_stopped (disk))
        test_disk_set_fault (disk, TEST_DISK_SOUND, 0);
      g_clear_pointer (&fixture->region, amends_store_close);
      test_disk_start (disk, TEST_LOSS_NOTHING, n);
      world->environment.vfs = NULL;
      fixture->region = test_store_open (world, path);
      test_sync (&fixture->office, fixture->region); /* it comes */
      test_sync (&fixture->office, fixture->region); /* and goes on */

      test_sync (&fixture->office, fixture->elm);
      there = get_case (fixture->elm, &id);
      g_assert_cmpuint (amends_case_get_n_attachments (there), ==, 1);
      bytes = test_fetch (fixture->elm, &amends_case_get_attachment (there, 0)->id);
      g_assert_nonnull (bytes);
    }
}

/* Within ten seconds it has never been. */
static void
test_taken_back (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->region, "Ivy Marsh", "Damp in the hall");
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint64 n_before;

  sync_all (fixture);
  before = test_show (fixture->region, &id);
  n_before = test_count_events (fixture->region);
  outcome = try_move (fixture->region, &id, "elm", &error);
  g_assert_no_error (error);
  amends_store_hold (fixture->region, outcome);
  g_assert_true (amends_store_take_back (fixture->region, outcome, &error));
  g_assert_no_error (error);
  after = test_show (fixture->region, &id);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (test_count_events (fixture->region), ==, n_before);
  test_note (fixture->region, &id, "It stays");
  sync_all (fixture);
  g_assert_false (is_away (fixture->oak, &id));
}

/* What comes late gets the place in the log that what was taken back had, and is carried all the same. */
static void
test_late_after_taking_back (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->oak, "Ivy Marsh", "Damp in the hall");
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  sync_all (fixture);
  move (fixture->region, &id, "elm");
  test_note (fixture->oak, &id, "She rang, and nobody had told me");
  test_sync (&fixture->office, fixture->region);
  outcome = try_move (fixture->region, &id, "ash", &error);
  g_assert_no_error (error);
  amends_store_hold (fixture->region, outcome);
  g_assert_true (amends_store_take_back (fixture->region, outcome, &error));
  g_assert_no_error (error);
  sync_all (fixture);
  g_assert_cmpuint (count_notes (fixture->elm, &id), ==, 1);
}

/* The server was restored to before it: all of it is handed in again, by whoever has it. */
static void
test_restored (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->oak, "Ivy Marsh", "Damp in the hall");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  sync_all (fixture);
  test_office_back_up (&fixture->office);
  move (fixture->region, &id, "elm");
  sync_all (fixture);
  test_note (fixture->elm, &id, "They begin");
  sync_all (fixture);
  before = test_show (fixture->elm, &id);
  test_office_restore (&fixture->office);
  sync_all (fixture);
  after = test_show (fixture->elm, &id);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (is_away (fixture->oak, &id));
}

/* How many rows of the log hold a body, of the feed. */
static int
count_bodies (AmendsStore *store, const char *feed)
{
  sqlite3_stmt *stmt = amends_db_prepare (amends_store_get_db (store),
                                          "SELECT count(*) FROM event, feed"
                                          " WHERE event.feed = feed.feed AND feed.name = :feed"
                                          " AND length (event.sealed) > 1",
                                          NULL);
  int n_bodies;

  amends_db_bind_text (stmt, 1, feed);
  g_assert_cmpint (amends_db_step (amends_store_get_db (store), stmt, NULL), ==, SQLITE_ROW);
  n_bodies = sqlite3_column_int (stmt, 0);
  sqlite3_reset (stmt);
  return n_bodies;
}

/* Who moved it loses the scheme it left, and what they wrote there with it: the case is whole where it went. */
static void
test_left (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->region, "Ivy Marsh", "Damp in the hall");
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;

  test_note (fixture->region, &id, "They rang");
  sync_all (fixture);
  move (fixture->region, &id, "elm");
  sync_all (fixture);
  amends_server_ungrant (fixture->office.server, amends_store_get_identity (fixture->region)->code,
                         "s.oak", NULL);
  sync_all (fixture);
  test_office_back_up (&fixture->office);
  sync_all (fixture);
  g_assert_cmpint (count_bodies (fixture->region, "s.oak"), ==, 0);
  g_assert_false (is_away (fixture->region, &id));
  here = test_show (fixture->region, &id);
  there = test_show (fixture->elm, &id);
  g_assert_cmpstr (here, ==, there);
  g_assert_nonnull (strstr (here, "Damp in the hall"));
  test_note (fixture->region, &id, "Region goes on");
  sync_all (fixture);
  g_assert_cmpuint (count_notes (fixture->elm, &id), ==, 2);
}

/* A case that is in two feeds is one: counted once, and the same wherever it is whole. */
static void
test_rebuilt (Fixture *fixture, gconstpointer data)
{
  AmendsStore *stores[N_STORES] = { fixture->oak, fixture->elm, fixture->region, fixture->another };
  AmendsId id = test_record (fixture->oak, "Ivy Marsh", "Damp in the hall");

  test_record (fixture->region, "Moss Hill", "Damp on the stairs");
  sync_all (fixture);
  move (fixture->region, &id, "elm");
  sync_all (fixture);
  for (guint i = 0; i < N_STORES; i++)
    {
      AmendsRebuilt rebuilt;
      g_autoptr (GError) error = NULL;

      amends_store_rebuild (stores[i], &rebuilt, &error);
      g_assert_no_error (error);
      /* Where it was it is no record any more; Elm has nothing else. */
      g_assert_cmpuint (rebuilt.n_cases, ==,
                        stores[i] == fixture->oak || stores[i] == fixture->elm ? 1 : 2);
    }
}

#define ADD(name, func) g_test_add ("/move/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("whole", test_whole);
  ADD ("nothing-newer", test_nothing_newer);
  ADD ("late", test_late);
  ADD ("late-by-another", test_late_by_another);
  ADD ("late-after-image", test_late_after_image);
  ADD ("apart", test_apart);
  ADD ("back", test_back);
  ADD ("known", test_known);
  ADD ("refused", test_refused);
  ADD ("files", test_files);
  ADD ("late-after-taking-back", test_late_after_taking_back);
  ADD ("late-file", test_late_file);
  ADD ("late-file-killed", test_late_file_killed);
  ADD ("taken-back", test_taken_back);
  ADD ("restored", test_restored);
  ADD ("left", test_left);
  ADD ("rebuilt", test_rebuilt);
  return g_test_run ();
}
