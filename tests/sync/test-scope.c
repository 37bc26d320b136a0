/* test-scope.c: feeds taken and given, and what of them is on a device
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"
#include "support/office.h"

typedef struct
{
  TestOffice office;
  AmendsStore *one; /* loses and gains feeds */
  AmendsStore *two; /* keeps oak and elm */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_office_init (&fixture->office);
  fixture->one = test_office_enrol (&fixture->office, "one", "staff", "s.oak,s.elm");
  fixture->two = test_office_enrol (&fixture->office, "two", "staff", "s.oak,s.elm");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_office_assert_whole (&fixture->office);
  test_assert_whole (fixture->one);
  test_assert_whole (fixture->two);
  amends_store_close (fixture->one);
  amends_store_close (fixture->two);
  test_office_clear (&fixture->office);
}

static const char *
code_of (AmendsStore *store)
{
  return amends_store_get_identity (store)->code;
}

static void
ungrant (Fixture *fixture, const char *feed)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (
      amends_server_ungrant (fixture->office.server, code_of (fixture->one), feed, &error));
  g_assert_no_error (error);
}

static void
grant (Fixture *fixture, const char *feed)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (
      amends_server_grant (fixture->office.server, code_of (fixture->one), feed, &error));
  g_assert_no_error (error);
}

/* A case of the scheme. */
static AmendsId
record_in (AmendsStore *store, const char *scheme, const char *name, const char *what)
{
  json_auto_t *intake =
      json_pack ("{s:s, s:s, s:s, s:s, s:{s:s}, s:[{s:s}]}", "kind", "complaint", "scheme", scheme,
                 "received", "2026-11-20", "channel", "in-person", "complainant", "name", name,
                 "issues", "what", what);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = amends_store_record (store, intake, &error);

  g_assert_no_error (error);
  return outcome->id;
}

/* Whether the case is in the list, in search and by its id; all three agree. */
static gboolean
is_shown (AmendsStore *store, const AmendsId *id, const char *name)
{
  g_autoptr (GPtrArray) rows = amends_store_list_cases (store, NULL, FALSE, 0, 0, NULL);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (AmendsCase) complaint = amends_store_get_case (store, id, NULL);
  gboolean is_listed = FALSE, is_found = FALSE;

  while (amends_store_search_step (store, 100, NULL))
    ;
  found = amends_store_search (store, name, NULL);
  for (guint i = 0; i < rows->len; i++)
    is_listed |= amends_id_equal (&((AmendsCaseRow *) rows->pdata[i])->id, id);
  for (guint i = 0; found != NULL && i < found->len; i++)
    is_found |= amends_id_equal (&((AmendsCaseRow *) found->pdata[i])->id, id);
  g_assert_cmpint (is_listed, ==, complaint != NULL);
  g_assert_cmpint (is_listed, ==, is_found);
  return is_listed;
}

/* "s.oak here 2 unsent", "s.oak here", "s.oak gone". */
static char *
describe_taken (AmendsStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) taken = amends_store_list_taken (store, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < taken->len; i++)
    {
      const AmendsTakenFeed *feed = &g_array_index (taken, AmendsTakenFeed, i);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", feed->feed,
                              feed->is_here        ? "here"
                              : feed->gone_at != 0 ? "gone"
                                                   : "empty");
      if (feed->n_unsent > 0)
        g_string_append_printf (text, " %d unsent", (int) feed->n_unsent);
      if (feed->n_unsent_files > 0)
        g_string_append_printf (text, " %d files", (int) feed->n_unsent_files);
      if (feed->n_unsafe > 0)
        g_string_append_printf (text, " %d unsafe", (int) feed->n_unsafe);
    }
  return g_string_free (text, FALSE);
}

static void
assert_taken (AmendsStore *store, const char *expected)
{
  g_autofree char *text = describe_taken (store);

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
has_left (Fixture *fixture, const char *feed)
{
  json_auto_t *list = amends_server_list_leaving (fixture->office.server, NULL);
  gsize i;
  json_t *one;

  json_array_foreach (list, i, one)
    if (g_str_equal (json_string_value (json_object_get (one, "device")), code_of (fixture->one))
        && g_str_equal (json_string_value (json_object_get (one, "feed")), feed))
      return json_is_string (json_object_get (one, "gone_at"));
  return FALSE;
}

/* How many rows of the log hold a body, of the feed. */
static int
count_bodies (AmendsStore *store, const char *feed)
{
  AmendsDb *db = amends_store_get_db (store);
  sqlite3_stmt *stmt = amends_db_prepare (db,
                                          "SELECT count(*) FROM event, feed"
                                          " WHERE event.feed = feed.feed AND feed.name = :feed"
                                          " AND length (event.sealed) > 1",
                                          NULL);
  int n_bodies;

  amends_db_bind_text (stmt, 1, feed);
  g_assert_cmpint (amends_db_step (db, stmt, NULL), ==, SQLITE_ROW);
  n_bodies = sqlite3_column_int (stmt, 0);
  sqlite3_reset (stmt);
  return n_bodies;
}

/* 17: narrowed while offline, with unsent work: the work is on the server and held back for somebody to look
 * at, and nothing of the feed is on the device; but not before a backup has all of it. */
static void
test_taken (Fixture *fixture, gconstpointer data)
{
  AmendsId own = record_in (fixture->one, "oak", "Ivy Marsh", "Damp in the hall");
  AmendsId theirs = record_in (fixture->two, "oak", "Otto Reed", "No hot water");
  AmendsId elsewhere = record_in (fixture->two, "elm", "Flora Beck", "A broken gate");
  guint64 n_before;

  test_sync (&fixture->office, fixture->two);
  test_sync (&fixture->office, fixture->one);
  g_assert_true (is_shown (fixture->one, &theirs, "Otto"));
  ungrant (fixture, "s.oak");
  test_note (fixture->one, &theirs, "He rang again");
  test_note (fixture->one, &own, "She rang too");
  n_before = test_office_count_events (&fixture->office, code_of (fixture->one));

  test_sync (&fixture->office, fixture->one);
  g_assert_cmpuint (test_office_count_events (&fixture->office, code_of (fixture->one)), ==,
                    n_before + 2);
  g_assert_false (is_shown (fixture->one, &own, "Ivy"));
  g_assert_false (is_shown (fixture->one, &theirs, "Otto"));
  g_assert_true (is_shown (fixture->one, &elsewhere, "Flora"));
  g_assert_cmpint (count_bodies (fixture->one, "s.oak"), >, 0);
  g_assert_false (has_left (fixture, "s.oak"));

  test_office_back_up (&fixture->office);
  test_sync (&fixture->office, fixture->one);
  assert_taken (fixture->one, "s.oak gone");
  g_assert_cmpint (count_bodies (fixture->one, "s.oak"), ==, 0);
  g_assert_true (is_shown (fixture->one, &elsewhere, "Flora"));
  g_assert_true (has_left (fixture, "s.oak"));

  /* Nothing more is to be done or said. */
  g_assert_cmpuint (test_sync (&fixture->office, fixture->one).n_requests, ==, 1);
  assert_taken (fixture->one, "s.oak gone");
  g_assert_true (has_left (fixture, "s.oak"));
}

/* What waits, and why, is said while it does. */
static void
test_waiting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestLine) line = test_line_new (&fixture->office);
  AmendsId own = record_in (fixture->one, "oak", "Ivy Marsh", "Damp in the hall");
  json_auto_t *intake = test_json ("{\"kind\":\"complaint\",\"scheme\":\"oak\"}");
  g_autoptr (GError) error = NULL;

  test_sync (&fixture->office, fixture->one);
  assert_taken (fixture->one, "");
  ungrant (fixture, "s.oak");
  test_note (fixture->one, &own, "She rang");

  /* It is told in the exchange whose answer is lost after ctl; so more is written while it is not known. */
  test_line_set_fault (line, TEST_FAULT_CUT_DOWN, 600);
  g_error_free (test_sync_fails (line, fixture->one));
  test_sync (&fixture->office, fixture->one);
  assert_taken (fixture->one, "s.oak here 5 unsafe"); /* four have a position, one is held back */
  g_assert_null (amends_store_get_case (fixture->one, &own, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (amends_store_record (fixture->one, intake, &error));
  g_assert_nonnull (error);
}

/* 18: given again, it is there again, with what this device wrote itself; also what was held back, once that is
 * let go. */
static void
test_given_again (Fixture *fixture, gconstpointer data)
{
  AmendsId own = record_in (fixture->one, "oak", "Ivy Marsh", "Damp in the hall");
  AmendsId theirs = record_in (fixture->two, "oak", "Otto Reed", "No hot water");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *other = NULL;
  json_auto_t *released = NULL;

  test_sync (&fixture->office, fixture->two);
  test_sync (&fixture->office, fixture->one);
  ungrant (fixture, "s.oak");
  test_note (fixture->one, &own, "She rang");
  before = test_show (fixture->one, &theirs);
  test_sync (&fixture->office, fixture->one);
  test_office_back_up (&fixture->office);
  test_sync (&fixture->office, fixture->one);
  assert_taken (fixture->one, "s.oak gone");

  released = amends_server_release (fixture->office.server, code_of (fixture->one), NULL);
  g_assert_nonnull (released);
  grant (fixture, "s.oak");
  test_sync (&fixture->office, fixture->one);
  test_sync (&fixture->office, fixture->two);
  assert_taken (fixture->one, "");
  g_assert_true (is_shown (fixture->one, &own, "Ivy"));
  after = test_show (fixture->one, &theirs);
  g_assert_cmpstr (after, ==, before);
  g_clear_pointer (&before, g_free);
  g_clear_pointer (&after, g_free);
  before = test_state_hash (fixture->one);
  other = test_state_hash (fixture->two);
  g_assert_cmpstr (before, ==, other);
  test_note (fixture->one, &theirs, "All is as it was");
  test_sync (&fixture->office, fixture->one);
}

/* Given again before it had gone: nothing was deleted, and it goes on where it stopped. */
static void
test_given_in_time (Fixture *fixture, gconstpointer data)
{
  AmendsId own = record_in (fixture->one, "oak", "Ivy Marsh", "Damp in the hall");

  test_sync (&fixture->office, fixture->one);
  ungrant (fixture, "s.oak");
  test_sync (&fixture->office, fixture->one);
  g_assert_false (is_shown (fixture->one, &own, "Ivy"));
  grant (fixture, "s.oak");
  test_sync (&fixture->office, fixture->one);
  g_assert_true (is_shown (fixture->one, &own, "Ivy"));
  assert_taken (fixture->one, "");
}

/* A draft of a scheme goes with it, and no other. */
static void
test_drafts (Fixture *fixture, gconstpointer data)
{
  json_auto_t *oak = json_pack ("{s:s, s:s}", "kind", "complaint", "scheme", "oak");
  json_auto_t *elm = json_pack ("{s:s, s:s}", "kind", "complaint", "scheme", "elm");
  g_autoptr (GPtrArray) drafts = NULL;
  gint64 first = 0, second = 0;

  g_assert_true (amends_store_save_draft (fixture->one, &first, oak, NULL));
  g_assert_true (amends_store_save_draft (fixture->one, &second, elm, NULL));
  record_in (fixture->one, "oak", "Ivy Marsh", "Damp in the hall");
  test_sync (&fixture->office, fixture->one);
  test_office_back_up (&fixture->office);
  ungrant (fixture, "s.oak");
  test_sync (&fixture->office, fixture->one);
  assert_taken (fixture->one, "s.oak gone");
  drafts = amends_store_list_drafts (fixture->one, NULL);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpint (((AmendsDraft *) drafts->pdata[0])->draft, ==, second);
}

/* The server is restored to before the backup that had it all: what the device deleted was in that backup. What
 * it had not deleted yet it hands in. */
static void
test_restored_between (Fixture *fixture, gconstpointer data)
{
  json_auto_t *released = NULL;
  AmendsId own, theirs;

  test_sync (&fixture->office, fixture->two);
  test_office_back_up (&fixture->office);
  own = record_in (fixture->one, "oak", "Ivy Marsh", "Damp in the hall");
  theirs = record_in (fixture->two, "oak", "Otto Reed", "No hot water");
  test_sync (&fixture->office, fixture->two);
  ungrant (fixture, "s.oak");
  test_sync (&fixture->office, fixture->one);
  test_office_restore (&fixture->office);
  ungrant (fixture, "s.oak");
  test_sync (&fixture->office, fixture->one);
  test_sync (&fixture->office, fixture->one);
  g_assert_cmpint (count_bodies (fixture->one, "s.oak"), >, 0);
  test_office_back_up (&fixture->office);
  test_sync (&fixture->office, fixture->one);
  assert_taken (fixture->one, "s.oak gone");
  released = amends_server_release (fixture->office.server, code_of (fixture->one), NULL);
  g_assert_nonnull (released);
  test_sync (&fixture->office, fixture->two);
  g_assert_true (is_shown (fixture->two, &own, "Ivy"));
  g_assert_true (is_shown (fixture->two, &theirs, "Otto"));
}

static const char all_gone[] =
    "c.elm gone, c.oak gone, k.elm gone, k.oak gone, r.elm gone, r.oak gone, "
    "s.elm gone, s.oak gone, staff gone";

/* A withdrawn device hands in what it wrote, then all leaves it, and the server knows. */
static void
test_withdrawn (Fixture *fixture, gconstpointer data)
{
  AmendsId own = record_in (fixture->one, "oak", "Ivy Marsh", "Damp in the hall");
  g_autoptr (TestLine) line = test_line_new (&fixture->office);
  g_autoptr (GError) told = NULL;
  g_autoptr (GError) again = NULL;

  test_sync (&fixture->office, fixture->one);
  g_assert_true (amends_server_revoke (fixture->office.server, code_of (fixture->one), NULL));
  test_note (fixture->one, &own, "She rang");
  told = test_sync_fails (line, fixture->one);
  g_assert_error (told, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED);
  g_assert_cmpint (amends_store_get_withdrawn_at (fixture->one), >, 0);
  g_assert_false (is_shown (fixture->one, &own, "Ivy"));
  g_assert_false (has_left (fixture, "s.oak"));
  test_office_back_up (&fixture->office);
  again = test_sync_fails (line, fixture->one);
  g_assert_error (again, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED);
  assert_taken (fixture->one, all_gone);
  g_assert_cmpint (count_bodies (fixture->one, "s.oak"), ==, 0);
  g_assert_true (has_left (fixture, "s.oak"));
  g_assert_cmpint (amends_store_get_withdrawn_at (fixture->two), ==, 0);

  /* Whatever it is granted, it has nothing. */
  grant (fixture, "s.oak");
  g_error_free (test_sync_fails (line, fixture->one));
  assert_taken (fixture->one, all_gone);
  g_assert_true (has_left (fixture, "s.oak"));
}

/* A page that was open when the feed was taken exports nothing of it any more. */
static void
test_attachment (Fixture *fixture, gconstpointer data)
{
  AmendsId own = record_in (fixture->one, "oak", "Ivy Marsh", "Damp in the hall");
  AmendsId file = test_attach (fixture->one, &own, "wall.jpg", 10, 1);
  g_autoptr (GBytes) before = test_fetch (fixture->one, &file);
  g_autoptr (GError) error = NULL;
  json_auto_t *details = NULL;
  AmendsAttachment attachment;

  g_assert_nonnull (before);
  ungrant (fixture, "s.oak");
  test_sync (&fixture->office, fixture->one);
  g_assert_false (amends_store_get_attachment (fixture->one, &file, &attachment, &details, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
  g_assert_null (details);
  grant (fixture, "s.oak");
  test_sync (&fixture->office, fixture->one);
  g_assert_true (amends_store_get_attachment (fixture->one, &file, &attachment, &details, NULL));
}

/* What was attached and not yet sent goes to the server before anything leaves, though all events are there and in a
 * backup; and then it leaves in the same sync. */
static void
test_attachment_unsent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestLine) line = test_line_new (&fixture->office);
  AmendsId own = record_in (fixture->one, "oak", "Ivy Marsh", "Damp in the hall");
  AmendsId file = test_attach (fixture->one, &own, "wall.jpg", 10, 1);
  g_autoptr (GBytes) before = test_fetch (fixture->one, &file);
  g_autoptr (GBytes) after = NULL;

  test_line_set_fault (line, TEST_FAULT_AWAY, 0);
  line->n_sound = 1; /* the exchange */
  g_error_free (test_sync_fails (line, fixture->one));
  test_office_back_up (&fixture->office);
  ungrant (fixture, "s.oak");
  test_line_set_fault (line, TEST_FAULT_AWAY, 0);
  line->n_sound = 1;
  g_error_free (test_sync_fails (line, fixture->one));
  assert_taken (fixture->one, "s.oak here 1 files");

  test_line_set_fault (line, TEST_FAULT_NONE, 0);
  g_assert_cmpuint (test_sync_over (line, fixture->one).n_attachments_sent, ==, 1);
  assert_taken (fixture->one, "s.oak gone");
  g_assert_true (has_left (fixture, "s.oak"));
  test_sync (&fixture->office, fixture->two);
  after = test_fetch (fixture->two, &file);
  g_assert_nonnull (after);
  g_assert_true (g_bytes_equal (after, before));
}

/* Also of a device that was withdrawn. */
static void
test_attachment_withdrawn (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestLine) line = test_line_new (&fixture->office);
  AmendsId own = record_in (fixture->one, "oak", "Ivy Marsh", "Damp in the hall");
  AmendsId file = test_attach (fixture->one, &own, "wall.jpg", 10, 1);
  g_autoptr (GBytes) after = NULL;

  test_line_set_fault (line, TEST_FAULT_AWAY, 0);
  line->n_sound = 1;
  g_error_free (test_sync_fails (line, fixture->one));
  test_office_back_up (&fixture->office);
  g_assert_true (amends_server_revoke (fixture->office.server, code_of (fixture->one), NULL));
  test_line_set_fault (line, TEST_FAULT_NONE, 0);
  g_error_free (test_sync_fails (line, fixture->one));
  assert_taken (fixture->one, all_gone);
  g_assert_true (has_left (fixture, "s.oak"));
  test_sync (&fixture->office, fixture->two);
  after = test_fetch (fixture->two, &file);
  g_assert_nonnull (after);
}

#define SECRET "Cato Merrow"

/* Of the conduct of somebody who works there; whether it is about that is said, so it goes to c.oak. */
static AmendsId
record_conduct (AmendsStore *store)
{
  json_auto_t *intake = test_json (
      "{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\",\"channel\":"
      "\"in-person\",\"complainant\":{\"name\":\"" SECRET "\"},\"about\":[{\"who\":\"staff\"}],"
      "\"issues\":[{\"what\":\"He shouts\"}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = amends_store_record (store, intake, &error);

  g_assert_no_error (error);
  return outcome->id;
}

/* A restricted feed is taken, and given again to be written alone: before the device has heard of the first, or after.
 * It is shown no more, and leaves as any other; and what is written there later is no news of it. */
static void
test_only_written (Fixture *fixture, gconstpointer data)
{
  gboolean hears_first = GPOINTER_TO_INT (data);
  AmendsId theirs, sealed;

  grant (fixture, "c.oak");
  g_assert_true (
      amends_server_grant (fixture->office.server, code_of (fixture->two), "c.oak", NULL));
  test_sync (&fixture->office, fixture->two);
  theirs = record_conduct (fixture->two);
  test_sync (&fixture->office, fixture->two);
  test_sync (&fixture->office, fixture->one);
  g_assert_true (is_shown (fixture->one, &theirs, "Cato"));

  ungrant (fixture, "c.oak");
  if (hears_first)
    test_sync (&fixture->office, fixture->one);
  grant (fixture, "s.oak");
  test_sync (&fixture->office, fixture->one);
  g_assert_false (is_shown (fixture->one, &theirs, "Cato"));
  g_assert_cmpint (count_bodies (fixture->one, "c.oak"), >, 0);
  g_assert_false (has_left (fixture, "c.oak"));

  test_office_back_up (&fixture->office);
  test_sync (&fixture->office, fixture->one);
  g_assert_cmpint (count_bodies (fixture->one, "c.oak"), ==, 0);
  assert_taken (fixture->one, "c.oak gone");
  g_assert_true (has_left (fixture, "c.oak"));

  sealed = record_conduct (fixture->one);
  test_sync (&fixture->office, fixture->one);
  test_sync (&fixture->office, fixture->two);
  g_assert_true (is_shown (fixture->two, &sealed, "Cato"));
  g_assert_false (is_shown (fixture->one, &sealed, "Cato"));
  assert_taken (fixture->one, "c.oak gone");
  g_assert_true (has_left (fixture, "c.oak"));
}

/* What was never to be read, and is given again to be written, is no feed that was taken. */
static void
test_never_read (Fixture *fixture, gconstpointer data)
{
  AmendsId sealed = record_conduct (fixture->one);

  test_sync (&fixture->office, fixture->one);
  ungrant (fixture, "c.oak");
  test_sync (&fixture->office, fixture->one);
  grant (fixture, "s.oak");
  test_sync (&fixture->office, fixture->one);
  assert_taken (fixture->one, "");
  g_assert_false (has_left (fixture, "c.oak"));
  g_assert_false (is_shown (fixture->one, &sealed, "Cato"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_assert_cmpint (sodium_init (), >=, 0);

#define ADD(name, function) g_test_add ("/scope/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("taken", test_taken);
  ADD ("waiting", test_waiting);
  ADD ("given-again", test_given_again);
  ADD ("given-in-time", test_given_in_time);
  ADD ("drafts", test_drafts);
  ADD ("restored-between", test_restored_between);
  ADD ("withdrawn", test_withdrawn);
  ADD ("attachment", test_attachment);
  ADD ("attachment-unsent", test_attachment_unsent);
  ADD ("attachment-withdrawn", test_attachment_withdrawn);
  ADD ("never-read", test_never_read);
  g_test_add ("/scope/only-written", Fixture, GINT_TO_POINTER (FALSE), set_up, test_only_written,
              tear_down);
  g_test_add ("/scope/only-written-later", Fixture, GINT_TO_POINTER (TRUE), set_up,
              test_only_written, tear_down);

  return g_test_run ();
}
