/* test-move.c: a case moved between schemes, with real stores and a real server
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-csv.h"
#include "core/amends-error.h"
#include "store/amends-import.h"
#include "support/office.h"

#define N_STORES 4

typedef struct
{
  TestOffice office;
  AmendsStore *region;  /* reads and writes all schemes */
  AmendsStore *another; /* as that */
  AmendsStore *oak;
  AmendsStore *elm;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_office_init (&fixture->office);
  g_assert_true (amends_server_add_scheme (fixture->office.server, "ash", "Ash House", NULL));
  fixture->region = test_office_enrol (&fixture->office, "region", "staff", "s.oak,s.elm,s.ash");
  fixture->another = test_office_enrol (&fixture->office, "another", "staff", "s.oak,s.elm,s.ash");
  fixture->oak = test_office_enrol (&fixture->office, "oak", "staff", "s.oak");
  fixture->elm = test_office_enrol (&fixture->office, "elm", "staff", "s.elm");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  AmendsStore *stores[N_STORES] = { fixture->region, fixture->another, fixture->oak, fixture->elm };

  test_office_assert_whole (&fixture->office);
  for (guint i = 0; i < N_STORES; i++)
    {
      test_assert_whole (stores[i]);
      amends_store_close (stores[i]);
    }
  test_office_clear (&fixture->office);
}

/* All have written and heard what the others wrote, and what was carried because of it. */
static void
sync_all (Fixture *fixture)
{
  AmendsStore *stores[N_STORES] = { fixture->oak, fixture->elm, fixture->region, fixture->another };

  test_sync_all (&fixture->office, stores, N_STORES, 4);
}

static AmendsOutcome *
try_move (AmendsStore *store, const AmendsId *id, const char *to, GError **error)
{
  json_auto_t *act = json_pack ("{s:s, s:s, s:s}", "type", "case.moved", "to", to, "because",
                                "The home is theirs since the first of November");

  return amends_store_act (store, id, act, error);
}

static void
move (AmendsStore *store, const AmendsId *id, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = try_move (store, id, to, &error);

  g_assert_no_error (error);
}

static AmendsCase *
get_case (AmendsStore *store, const AmendsId *id)
{
  g_autoptr (GError) error = NULL;
  AmendsCase *complaint = amends_store_get_case (store, id, &error);

  g_assert_no_error (error);
  return complaint;
}

static guint
count_notes (AmendsStore *store, const AmendsId *id)
{
  g_autoptr (AmendsCase) complaint = get_case (store, id);

  return amends_case_get_n_notes (complaint);
}

static gboolean
is_away (AmendsStore *store, const AmendsId *id)
{
  g_autoptr (AmendsCase) complaint = get_case (store, id);

  return amends_case_is_away (complaint);
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

static void
assert_refused (AmendsStore *store, const AmendsId *id, const char *to, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = try_move (store, id, to, &error);

  g_assert_null (outcome);
  g_assert_error (error, AMENDS_CORE_ERROR, code);
  g_assert_cmpint (strlen (error->message), >, 20);
}

/* Only who may write both, and has all of it; nothing is written otherwise. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->oak, "Ivy Marsh", "Damp in the hall");
  guint64 n_before;
  AmendsId file;

  n_before = test_count_events (fixture->oak);
  assert_refused (fixture->oak, &id, "elm", AMENDS_CORE_ERROR_REFUSED);
  assert_refused (fixture->oak, &id, "nowhere", AMENDS_CORE_ERROR_REFUSED);
  g_assert_cmpuint (test_count_events (fixture->oak), ==, n_before);

  file = test_attach (fixture->oak, &id, "Damp.jpg", 300000, 1);
  test_sync (&fixture->office, fixture->oak);
  amends_server_ungrant (fixture->office.server, amends_store_get_identity (fixture->another)->code,
                         "s.elm", NULL);
  test_sync (&fixture->office, fixture->another);
  assert_refused (fixture->another, &id, "elm", AMENDS_CORE_ERROR_REFUSED);
  g_assert_cmpint (file.number, >, 0);
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

/* It lists what of it is erased by whom: not two people of one scheme. */
static void
test_erasure (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->oak, "Ivy Marsh", "Damp in the hall");
  json_auto_t *act =
      json_pack ("{s:s, s:s}", "type", "case.erasure-asked", "because", "never-needed");
  g_autoptr (GError) error = NULL;

  sync_all (fixture);
  move (fixture->region, &id, "elm");
  sync_all (fixture);
  g_assert_null (amends_store_act (fixture->elm, &id, act, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
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
  ADD ("apart", test_apart);
  ADD ("back", test_back);
  ADD ("known", test_known);
  ADD ("refused", test_refused);
  ADD ("files", test_files);
  ADD ("late-file", test_late_file);
  ADD ("taken-back", test_taken_back);
  ADD ("restored", test_restored);
  ADD ("left", test_left);
  ADD ("erasure", test_erasure);
  return g_test_run ();
}
