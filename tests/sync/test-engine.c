/* test-engine.c: a device and its server come to hold the same events, whatever the line does
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Against a real server in the process. Numbers in comments are those of the pitfalls that sync is
 * known for; PROTOCOL.md's sections are named as such. */

#include <string.h>

#include "support/disk.h"
#include "support/office.h"

/* With the address sanitiser, which unwinds the stack slowly at each allocation, every byte is too many;
 * the step is prime, so that it falls on every kind of byte. */
#ifdef __SANITIZE_ADDRESS__
#  define CUT_STEP 13
#else
#  define CUT_STEP 1
#endif

typedef struct
{
  TestOffice office;
  AmendsStore *a; /* enrolled, synced once */
  AmendsStore *b;
  TestLine *line; /* for a */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_office_init_pair (&fixture->office, &fixture->a, &fixture->b, &fixture->line);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_office_clear_pair (&fixture->office, fixture->a, fixture->b, fixture->line);
}

static void
assert_same (AmendsStore *a, AmendsStore *b)
{
  g_autofree char *hash_a = test_state_hash (a);
  g_autofree char *hash_b = test_state_hash (b);

  g_assert_cmpstr (hash_a, ==, hash_b);
  g_assert_cmpuint (test_count_events (a), ==, test_count_events (b));
  test_assert_whole (a);
  test_assert_whole (b);
}

static gint64
count_conflicts (AmendsStore *store)
{
  g_autoptr (GError) error = NULL;
  gint64 n_conflicts = amends_store_count_conflicts (store, &error);

  g_assert_no_error (error);
  return n_conflicts;
}

static void
test_fresh (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->a, "Wren Ashdown", "No heating");
  g_autofree char *shown_a = NULL;
  g_autofree char *shown_b = NULL;
  g_autofree char *name = NULL;
  AmendsSyncReport report;
  AmendsStore *c;

  test_note (fixture->a, &id, "Rang back");
  report = test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (report.n_sent, ==, 3);
  g_assert_cmpuint (report.n_acknowledged, ==, 3);
  g_assert_cmpuint (report.n_requests, ==, 1);
  report = test_sync (&fixture->office, fixture->b);
  g_assert_cmpuint (report.n_received, ==, 3);
  g_assert_cmpuint (report.n_sent, ==, 0);
  g_assert_cmpuint (report.n_requests, ==, 1);
  shown_a = test_show (fixture->a, &id);
  shown_b = test_show (fixture->b, &id);
  g_assert_cmpstr (shown_a, ==, shown_b);
  assert_same (fixture->a, fixture->b);
  test_office_assert_whole (&fixture->office);

  /* A device that comes last gets everything. */
  c = test_office_enrol (&fixture->office, "Office C", "staff", "s.oak");
  test_sync (&fixture->office, c);
  test_sync (&fixture->office, fixture->a);
  test_sync (&fixture->office, fixture->b);
  assert_same (fixture->a, c);
  assert_same (fixture->a, fixture->b);
  name = amends_store_dup_device_name (c, id.code);
  g_assert_cmpstr (name, ==, "Office A");
  amends_store_close (c);
}

static AmendsOutcome *
note_held (AmendsStore *store, const AmendsId *id, const char *text)
{
  json_auto_t *act = json_pack ("{s:s, s:s}", "type", "case.noted", "text", text);
  AmendsOutcome *outcome = amends_store_act (store, id, act, NULL);

  g_assert_nonnull (outcome);
  amends_store_hold (store, outcome);
  return outcome;
}

static AmendsSyncReport
sync_holding (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  AmendsSyncReport report;

  amends_sync_run (fixture->a, &fixture->line->base, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.n_waiting, ==, 1);
  return report;
}

/* What may still be taken back is not sent, nor told of; what stands before it is. Taken back after an exchange,
 * nobody has heard of it, and its number is given to what comes next. */
static void
test_held (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->a, "Wren Ashdown", "No heating");
  g_autoptr (AmendsOutcome) slip = note_held (fixture->a, &id, "A slip of the hand");
  g_autoptr (AmendsOutcome) meant = NULL;
  AmendsSyncReport report;

  report = sync_holding (fixture);
  g_assert_cmpuint (report.n_sent, ==, 2);
  g_assert_cmpuint (report.n_requests, ==, 1);
  report = sync_holding (fixture);
  g_assert_cmpuint (report.n_sent, ==, 0);
  g_assert_cmpuint (report.n_requests, ==, 1);
  g_assert_true (amends_store_take_back (fixture->a, slip, NULL));

  meant = note_held (fixture->a, &id, "Rang back");
  sync_holding (fixture);
  test_world_pass (&fixture->office.world, AMENDS_HOLD_US / G_USEC_PER_SEC + 1);
  report = test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (report.n_sent, ==, 1);
  test_sync (&fixture->office, fixture->b);
  test_sync (&fixture->office, fixture->a);
  assert_same (fixture->a, fixture->b);
  test_office_assert_whole (&fixture->office);
}

/* One request, nothing kept that waits for the disk, and no byte more for a log that has grown. */
static void
test_nothing_to_do (Fixture *fixture, gconstpointer data)
{
  TestWorld *world = &fixture->office.world;
  AmendsSyncReport small, large;
  g_autoptr (TestDisk) disk = test_disk_mount (amends_store_get_path (fixture->a));

  small = test_sync_over (fixture->line, fixture->a);
  for (guint i = 0; i < 100; i++)
    test_record (fixture->a, "Wren Ashdown", "No heating");
  test_sync_over (fixture->line, fixture->a);

  /* The device's disk alone is watched, not the server's. */
  world->environment.vfs = TEST_DISK_VFS;
  fixture->a = test_store_reopen (fixture->a, world);
  world->environment.vfs = NULL;
  test_sync_over (fixture->line, fixture->a);
  test_disk_set_fault (disk, TEST_DISK_SOUND, 0);
  large = test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (test_disk_get_n_syncs (disk), ==, 0);
  g_assert_cmpuint (large.n_requests, ==, 1);
  g_assert_cmpuint (large.n_received, ==, 0);
  /* The cursor of the feed that was empty before is named now. */
  g_assert_cmpuint (large.bytes_up, <=, small.bytes_up + 72);
  g_assert_cmpuint (large.bytes_down, <=, small.bytes_down + 8);

  /* It is closed while its disk is there. */
  fixture->a = test_store_reopen (fixture->a, world);
}

/* 26: own events do not come back: after an upload of N the next sync is small. */
static void
test_own_elided (Fixture *fixture, gconstpointer data)
{
  AmendsSyncReport report;

  for (guint i = 0; i < 300; i++)
    test_record (fixture->a, "Wren Ashdown", "No heating");
  report = test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (report.n_sent, ==, 600);
  g_assert_cmpuint (report.n_received, ==, 0);
  g_assert_cmpuint (report.bytes_down, <, 4096);
  report = test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (report.bytes_up + report.bytes_down, <, 4096);
  test_assert_whole (fixture->a);
}

/* Both edit apart: both values stand on both, until somebody who has seen both settles it. */
static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->a, "Wren Ashdown", "No heating");

  test_sync (&fixture->office, fixture->a);
  test_sync (&fixture->office, fixture->b);
  test_act (fixture->a, &id, "{\"type\":\"contact.changed\",\"phone\":\"0200\"}");
  test_act (fixture->b, &id, "{\"type\":\"contact.changed\",\"phone\":\"0300\"}");
  g_assert_cmpint (count_conflicts (fixture->a), ==, 0);
  test_sync (&fixture->office, fixture->a);
  test_sync (&fixture->office, fixture->b);
  test_sync (&fixture->office, fixture->a);
  g_assert_cmpint (count_conflicts (fixture->a), ==, 1);
  g_assert_cmpint (count_conflicts (fixture->b), ==, 1);
  assert_same (fixture->a, fixture->b);

  test_note (fixture->b, &id, "Rang both numbers");
  test_sync (&fixture->office, fixture->b);
  test_sync (&fixture->office, fixture->a);
  g_assert_cmpint (count_conflicts (fixture->a), ==, 1);

  test_act (fixture->a, &id,
            "{\"type\":\"conflict.settled\",\"field\":\"complainant.phone\",\"value\":\"0300\"}");
  test_sync (&fixture->office, fixture->a);
  test_sync (&fixture->office, fixture->b);
  g_assert_cmpint (count_conflicts (fixture->a), ==, 0);
  g_assert_cmpint (count_conflicts (fixture->b), ==, 0);
  assert_same (fixture->a, fixture->b);
}

/* What is counted without the list, from what arrived since, is what the list says. */
static void
assert_conflicts (AmendsStore *store, gint64 n_expected)
{
  g_autoptr (GPtrArray) rows = NULL;
  guint n_listed = 0;

  amends_store_lock (store);
  g_assert_true (amends_store_unlock (store, NULL, TEST_PASSPHRASE, NULL));
  g_assert_cmpint (count_conflicts (store), ==, n_expected);
  rows = amends_store_list_cases (store, NULL, TRUE, 0, 0, NULL);
  for (guint i = 0; i < rows->len; i++)
    n_listed += ((AmendsCaseRow *) g_ptr_array_index (rows, i))->n_conflicts;
  g_assert_cmpuint (n_listed, ==, n_expected);
  /* The list is in memory now: it must not be what the next count asks. */
  amends_store_lock (store);
  g_assert_true (amends_store_unlock (store, NULL, TEST_PASSPHRASE, NULL));
}

static void
test_conflicts_counted (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *of_a;
    const char *of_b;
    gint64 n_conflicts;
  } rounds[] = {
    { "{\"type\":\"contact.changed\",\"phone\":\"0200\"}",
      "{\"type\":\"contact.changed\",\"phone\":\"0300\",\"home\":\"Flat 7\"}", 1 },
    { "{\"type\":\"contact.changed\",\"home\":\"Flat 8\"}",
      "{\"type\":\"contact.changed\",\"home\":\"Flat 9\"}", 2 },
    { "{\"type\":\"case.noted\",\"text\":\"Rang both numbers\"}",
      "{\"type\":\"case.noted\",\"text\":\"Wrote to both\"}", 2 },
    { "{\"type\":\"conflict.settled\",\"field\":\"complainant.phone\",\"value\":\"0300\"}",
      "{\"type\":\"case.noted\",\"text\":\"Saw Wren Ashdown\"}", 1 },
    { "{\"type\":\"conflict.settled\",\"field\":\"complainant.home\",\"value\":\"Flat 9\"}",
      "{\"type\":\"case.noted\",\"text\":\"Saw Wren Ashdown again\"}", 0 },
  };
  AmendsId id = test_record (fixture->a, "Wren Ashdown", "No heating");

  test_sync (&fixture->office, fixture->a);
  test_sync (&fixture->office, fixture->b);
  for (guint i = 0; i < G_N_ELEMENTS (rounds); i++)
    {
      g_test_message ("round %u", i);
      test_act (fixture->a, &id, rounds[i].of_a);
      test_act (fixture->b, &id, rounds[i].of_b);
      test_record (fixture->b, "Ida Fernsby", "No light");
      test_sync (&fixture->office, fixture->a);
      test_sync (&fixture->office, fixture->b);
      test_sync (&fixture->office, fixture->a);
      assert_conflicts (fixture->a, rounds[i].n_conflicts);
      assert_conflicts (fixture->b, rounds[i].n_conflicts);
    }
  assert_same (fixture->a, fixture->b);
}

/* 9: the line is cut at every byte of the request, or of its reply; then a second try. Nothing is lost,
 * nothing doubled, and both stores verify. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  TestFault fault = GPOINTER_TO_INT (data);
  const char *code = amends_store_get_identity (fixture->a)->code;
  guint64 n_own = test_office_count_events (&fixture->office, code);
  gsize n_bytes = G_MAXSIZE;

  /* One exchange is a few bytes longer or shorter than the next: salts shrink differently. */
  for (gsize at = 0; at + 48 < n_bytes; at += CUT_STEP)
    {
      guint64 n_before = test_count_events (fixture->a);
      AmendsSyncReport report;
      g_autoptr (GError) error = NULL;

      /* Something to send each way. */
      test_record (fixture->a, "Wren Ashdown", "No heating");
      test_record (fixture->b, "Ivo Marsh", "No light");
      test_sync (&fixture->office, fixture->b);
      n_own += 2;
      test_line_set_fault (fixture->line, fault, at);
      error = test_sync_fails (fixture->line, fixture->a);
      g_assert_cmpint (error->domain, ==, AMENDS_SYNC_ERROR);
      n_bytes = fault == TEST_FAULT_CUT_UP ? g_bytes_get_size (fixture->line->request)
                                           : g_bytes_get_size (fixture->line->reply);

      report = test_sync_over (fixture->line, fixture->a);
      g_assert_cmpuint (report.n_requests, <=, 3);
      g_assert_cmpuint (test_office_count_events (&fixture->office, code), ==, n_own);
      g_assert_cmpuint (test_count_events (fixture->a), ==, n_before + 4);
      if (at / CUT_STEP % 200 == 0)
        test_assert_whole (fixture->a);
    }
  g_assert_cmpuint (n_bytes, >, 500);
  test_sync (&fixture->office, fixture->b);
  assert_same (fixture->a, fixture->b);
  test_office_assert_whole (&fixture->office);
}

/* Cases with text that hardly shrinks: about 2 KiB each on the wire. */
static void
record_noise (AmendsStore *store, guint n_cases)
{
  char text[3001] = "";

  for (guint i = 0; i < n_cases; i++)
    {
      for (guint c = 0; c < sizeof text - 1; c++)
        text[c] = (char) g_test_rand_int_range ('a', 'z' + 1);
      test_record (store, "Wren Ashdown", text);
    }
}

/* PROTOCOL.md 6, "Lost acknowledgement": at most one frame is sent twice, however large the upload. */
static void
test_at_most_a_frame_twice (Fixture *fixture, gconstpointer data)
{
  guint64 n_bytes_once, n_bytes_cut;
  gsize n_reached;

  for (guint try = 0; try < 4; try++)
    {
      g_autoptr (GError) error = NULL;

      record_noise (fixture->a, 150);
      n_reached = (gsize) g_test_rand_int_range (1, 250000);
      test_line_set_fault (fixture->line, TEST_FAULT_CUT_UP, n_reached);
      error = test_sync_fails (fixture->line, fixture->a);
      n_bytes_once = g_bytes_get_size (fixture->line->request);
      fixture->line->n_bytes_up = 0;
      test_sync_over (fixture->line, fixture->a);
      n_bytes_cut = MIN (n_reached, n_bytes_once) + fixture->line->n_bytes_up;
      g_assert_cmpuint (n_bytes_once, >, 250000);
      g_assert_cmpuint (n_bytes_cut, <, n_bytes_once + 80 * 1024);
    }
  test_sync_over (fixture->line, fixture->a);
  test_sync (&fixture->office, fixture->b);
  assert_same (fixture->a, fixture->b);
}

/* 9: the acknowledgement is lost. It is known by the next receipt, nothing is sent again, and that same
 * sync brings what others wrote meanwhile. */
static void
test_lost_acknowledgement (Fixture *fixture, gconstpointer data)
{
  AmendsSyncReport report;
  g_autoptr (GError) error = NULL;

  test_record (fixture->a, "Wren Ashdown", "No heating");
  test_record (fixture->b, "Ivo Marsh", "No light");
  test_sync (&fixture->office, fixture->b);
  test_line_set_fault (fixture->line, TEST_FAULT_CUT_DOWN, 0);
  error = test_sync_fails (fixture->line, fixture->a);
  g_assert_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CUT);
  report = test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (report.n_sent, ==, 0);
  g_assert_cmpuint (report.n_acknowledged, ==, 2);
  g_assert_cmpuint (report.n_received, ==, 2);
  test_sync (&fixture->office, fixture->b);
  assert_same (fixture->a, fixture->b);
}

/* PROTOCOL.md 2: a replay is refused and does nothing. */
static void
test_repeat (Fixture *fixture, gconstpointer data)
{
  test_record (fixture->a, "Wren Ashdown", "No heating");
  test_line_set_fault (fixture->line, TEST_FAULT_REPEAT, 0);
  test_sync_over (fixture->line, fixture->a);
  test_sync (&fixture->office, fixture->b);
  assert_same (fixture->a, fixture->b);
}

/* 15 and others: whatever answers that is not our server changes nothing, and the next sync is fine. */
static void
assert_harmless (Fixture *fixture, TestFault fault, gsize at, int code)
{
  guint64 n_before = test_count_events (fixture->a);
  g_autoptr (GError) error = NULL;
  AmendsHead before, after;
  AmendsStatus status = { 0 };

  g_assert_true (amends_log_get_head (fixture->a, &before, NULL));
  test_line_set_fault (fixture->line, fault, at);
  error = test_sync_fails (fixture->line, fixture->a);
  if (code != 0)
    g_assert_error (error, AMENDS_SYNC_ERROR, code);
  g_assert_true (amends_log_get_head (fixture->a, &after, NULL));
  g_assert_cmpuint (before.acknowledged, ==, after.acknowledged);
  g_assert_cmpuint (n_before, ==, test_count_events (fixture->a));
  g_assert_true (amends_store_get_status (fixture->a, &status, NULL));
  g_assert_nonnull (status.last_error_code);
  amends_status_clear (&status);
}

static void
test_not_our_server (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    TestFault fault;
    int code;
  } rows[] = {
    { TEST_FAULT_AWAY, AMENDS_SYNC_ERROR_OFFLINE },
    { TEST_FAULT_BUSY, AMENDS_SYNC_ERROR_BUSY },
    { TEST_FAULT_HTML, AMENDS_SYNC_ERROR_PORTAL },
    { TEST_FAULT_HTML_AS_OURS, 0 },
    { TEST_FAULT_OLD_REPLY, AMENDS_SYNC_ERROR_PROTOCOL },
  };

  test_sync_over (fixture->line, fixture->a); /* so that there is an old reply */
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      AmendsStatus status = { 0 };

      test_record (fixture->a, "Wren Ashdown", "No heating");
      assert_harmless (fixture, rows[i].fault, 0, rows[i].code);
      test_sync_over (fixture->line, fixture->a);
      g_assert_true (amends_store_get_status (fixture->a, &status, NULL));
      g_assert_null (status.last_error_code);
      g_assert_cmpint (status.last_sync, ==, fixture->office.world.now);
      amends_status_clear (&status);
    }
  test_sync (&fixture->office, fixture->b);
  assert_same (fixture->a, fixture->b);
}

/* Another organisation's server, of which the device knows nothing, can make no receipt. */
static void
test_other_server (Fixture *fixture, gconstpointer data)
{
  TestOffice other;
  g_autoptr (TestLine) other_line = NULL;
  AmendsStore *stranger;

  test_office_init (&other);
  stranger = test_office_enrol (&other, "Elsewhere", "staff", "s.oak");
  other_line = test_line_new (&other);
  test_record (stranger, "Somebody", "Elsewhere");
  test_sync_over (other_line, stranger);
  fixture->line->forged = g_bytes_ref (other_line->reply);
  assert_harmless (fixture, TEST_FAULT_FORGED, 0, AMENDS_SYNC_ERROR_PROTOCOL);
  test_record (fixture->a, "Wren Ashdown", "No heating");
  test_sync_over (fixture->line, fixture->a);
  test_sync (&fixture->office, fixture->b);
  assert_same (fixture->a, fixture->b);
  amends_store_close (stranger);
  test_office_clear (&other);
}

/* Every bit of a reply counts: one that is another is found, or was of no meaning; in no case is
 * anything kept that is not so. */
static void
test_flipped (Fixture *fixture, gconstpointer data)
{
  gsize n_bytes = 1;
  guint n_found = 0;

  for (gsize at = 0; at < n_bytes; at += 3)
    {
      AmendsSyncReport report;

      test_record (fixture->b, "Ivo Marsh", "No light");
      test_sync (&fixture->office, fixture->b);
      test_line_set_fault (fixture->line, TEST_FAULT_FLIP, at);
      n_found += !amends_sync_run (fixture->a, &fixture->line->base, NULL, NULL, &report, NULL);
      n_bytes = MAX (n_bytes, g_bytes_get_size (fixture->line->reply));
      test_sync_over (fixture->line, fixture->a);
      if (at % 60 == 0)
        assert_same (fixture->a, fixture->b);
    }
  g_test_message ("%u of %u were found", n_found, (guint) (n_bytes + 2) / 3);
  g_assert_cmpuint (n_found, >, (guint) n_bytes / 3 / 2);
  assert_same (fixture->a, fixture->b);
}

/* 13: the clock was set back, so that request numbers made from it were seen before: one more request
 * learns it, and from then on numbers are reserved by the block. */
static void
test_clock_back (Fixture *fixture, gconstpointer data)
{
  AmendsSyncReport report;

  test_world_pass (&fixture->office.world, -3 * 365 * 86400);
  fixture->a = test_store_reopen (fixture->a, &fixture->office.world);
  test_record (fixture->a, "Wren Ashdown", "No heating");
  report = test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (report.n_requests, <=, 3);
  for (guint i = 0; i < 300; i++)
    {
      guint64 before = fixture->line->last_request;

      report = test_sync_over (fixture->line, fixture->a);
      g_assert_cmpuint (report.n_requests, ==, 1);
      g_assert_cmpuint (fixture->line->last_request, ==, before + 1);
    }
  fixture->a = test_store_reopen (fixture->a, &fixture->office.world);
  report = test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (report.n_requests, ==, 1);
  test_world_pass (&fixture->office.world, 6 * 365 * 86400);
  report = test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (report.n_requests, ==, 1);
  test_sync (&fixture->office, fixture->b);
  assert_same (fixture->a, fixture->b);
}

/* 17: a revoked device may still hand in what it wrote; it is told, and given nothing. */
static void
test_revoked (Fixture *fixture, gconstpointer data)
{
  const char *code = amends_store_get_identity (fixture->a)->code;
  guint64 n_before = test_office_count_events (&fixture->office, code);
  g_autoptr (GError) error = NULL;
  AmendsStatus status = { 0 };

  test_record (fixture->b, "Ivo Marsh", "No light");
  test_sync (&fixture->office, fixture->b);
  test_record (fixture->a, "Wren Ashdown", "No heating");
  g_assert_true (amends_server_revoke (fixture->office.server, code, NULL));
  error = test_sync_fails (fixture->line, fixture->a);
  g_assert_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED);
  g_assert_cmpuint (test_office_count_events (&fixture->office, code), ==, n_before + 2);
  g_assert_true (amends_store_get_status (fixture->a, &status, NULL));
  g_assert_cmpuint (status.n_waiting, ==, 0);
  g_assert_cmpuint (status.n_quarantined, ==, 2);
  g_assert_cmpstr (status.last_error_code, ==, "revoked");
  amends_status_clear (&status);
  test_sync (&fixture->office, fixture->b);
  g_assert_cmpuint (amends_store_count_cases (fixture->b, NULL), ==, 1);
  g_assert_cmpuint (amends_store_count_cases (fixture->a, NULL), ==, 0); /* nothing is shown */
  test_assert_whole (fixture->a);
  test_assert_whole (fixture->b);
}

/* 17: revoked while a reply was lost, and with more written since than a request holds: all is handed in
 * before it is said that it is. */
static void
test_revoked_unsure (Fixture *fixture, gconstpointer data)
{
  const char *code = amends_store_get_identity (fixture->a)->code;
  g_autoptr (GError) cut = NULL, error = NULL;
  AmendsHead head;

  test_record (fixture->a, "Wren Ashdown", "No heating");
  test_line_set_fault (fixture->line, TEST_FAULT_CUT_DOWN, 0);
  cut = test_sync_fails (fixture->line, fixture->a);
  test_record (fixture->a, "Ivo Marsh", "No light");
  g_assert_true (amends_server_revoke (fixture->office.server, code, NULL));
  error = test_sync_fails (fixture->line, fixture->a);
  g_assert_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED);
  g_assert_nonnull (strstr (error->message, "has been handed in"));
  g_assert_true (amends_log_get_head (fixture->a, &head, NULL));
  g_assert_cmpuint (head.acknowledged, ==, head.number);
}

/* Revoked, and restored from an older copy too: it gets no new code, what it wrote since stays with it, and
 * nobody is told otherwise. */
static void
test_revoked_restored (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strdup (amends_store_get_path (fixture->a));
  g_autofree char *copy = g_strconcat (path, "-copy", NULL);
  g_autoptr (GError) error = NULL;
  AmendsHead head;

  test_folder_copy (path, copy);
  test_record (fixture->a, "Wren Ashdown", "No heating");
  test_sync_over (fixture->line, fixture->a);
  g_clear_pointer (&fixture->a, amends_store_close);
  test_folder_copy (copy, path);
  fixture->a = test_store_open (&fixture->office.world, path);
  test_record (fixture->a, "Ivo Marsh", "No light");
  g_assert_true (amends_server_revoke (fixture->office.server,
                                       amends_store_get_identity (fixture->a)->code, NULL));
  error = test_sync_fails (fixture->line, fixture->a);
  g_assert_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED);
  g_assert_nonnull (strstr (error->message, "is kept here"));
  g_assert_true (amends_log_get_head (fixture->a, &head, NULL));
  g_assert_cmpuint (head.acknowledged, <, head.number);
  test_assert_whole (fixture->a);
}

/* 23: what takes many frames each way arrives whole, with a cut in the middle too. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  AmendsStore *c = test_office_enrol (&fixture->office, "Office C", "staff", "s.oak");
  AmendsSyncReport report;
  g_autoptr (GError) error = NULL;
  guint64 n_received;

  for (guint i = 0; i < 1400; i++)
    test_record (fixture->a, "Wren Ashdown", "No heating");
  record_noise (fixture->a, 100);
  report = test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (report.n_sent, ==, 3000);
  report = test_sync_over (fixture->line, fixture->b);
  g_assert_cmpuint (report.n_received, >=, 3000); /* and that c was enrolled */
  g_assert_cmpuint (report.n_received, <, 3010);
  g_assert_cmpuint (g_bytes_get_size (fixture->line->reply), >, 200000);
  assert_same (fixture->a, fixture->b);

  test_line_set_fault (fixture->line, TEST_FAULT_CUT_DOWN, 180000);
  error = test_sync_fails (fixture->line, c);
  g_assert_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CUT);
  n_received = test_count_events (c);
  g_assert_cmpuint (n_received, >, 500);
  report = test_sync_over (fixture->line, c);
  g_assert_cmpuint (test_count_events (c), ==, n_received + report.n_received);
  test_sync (&fixture->office, fixture->a);
  assert_same (fixture->a, c);
  amends_store_close (c);
}

/* 17, scope widened: a feed that is granted later comes whole, from its beginning. */
static void
test_granted_later (Fixture *fixture, gconstpointer data)
{
  AmendsStore *elm = test_office_enrol (&fixture->office, "Elm", "staff", "s.elm");
  const char *code = amends_store_get_identity (fixture->a)->code;
  json_auto_t *intake =
      test_json ("{\"kind\":\"complaint\",\"scheme\":\"elm\",\"received\":"
                 "\"2026-11-20\",\"channel\":\"letter\",\"issues\":[{\"what\":\"Lift\"}]}");
  g_autoptr (AmendsOutcome) outcome = amends_store_record (elm, intake, NULL);
  g_autoptr (AmendsOutcome) mine = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (outcome);
  test_sync (&fixture->office, elm);
  test_record (fixture->a, "Wren Ashdown", "No heating");
  test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (amends_store_count_cases (fixture->a, NULL), ==, 1);
  g_assert_null (amends_store_record (fixture->a, intake, &error));

  amends_server_grant (fixture->office.server, code, "s.elm", NULL);
  test_sync_over (fixture->line, fixture->a);
  test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (amends_store_count_cases (fixture->a, NULL), ==, 2);
  mine = amends_store_record (fixture->a, intake, NULL);
  g_assert_nonnull (mine);
  test_sync_over (fixture->line, fixture->a);
  test_sync (&fixture->office, elm);
  g_assert_cmpuint (amends_store_count_cases (elm, NULL), ==, 2);
  test_assert_whole (fixture->a);
  test_assert_whole (elm);
  amends_store_close (elm);
}

typedef struct
{
  AmendsStore *store;
  const char *folder;
  guint n_steps;
} Killer;

/* A copy of the store's folder after each step, as a kill there would leave it. */
static void
copy_step (gpointer user_data)
{
  Killer *killer = user_data;
  g_autofree char *copy = g_strdup_printf ("%s/step-%u", killer->folder, killer->n_steps++);

  test_folder_copy (amends_store_get_path (killer->store), copy);
}

/* 8: killed between any two steps, a device goes on from there by the next sync. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  Killer killer = { NULL, fixture->office.folder, 0 };
  AmendsSyncHooks hooks = { .enter = copy_step, .leave = copy_step, .user_data = &killer };
  AmendsStore *kiosk = test_office_enrol (&fixture->office, "Office C", "staff", "s.oak");
  g_autofree char *path = g_strdup (amends_store_get_path (kiosk));
  AmendsSyncReport report;

  test_record (kiosk, "Wren Ashdown", "No heating");
  test_record (fixture->b, "Ivo Marsh", "No light");
  test_sync (&fixture->office, fixture->b);
  killer.store = kiosk;
  g_assert_true (amends_sync_run (kiosk, &fixture->line->base, &hooks, NULL, &report, NULL));
  amends_store_close (kiosk);
  test_sync (&fixture->office, fixture->a);
  g_assert_cmpuint (killer.n_steps, >, 8);

  for (guint i = 0; i < killer.n_steps; i++)
    {
      g_autofree char *copy = g_strdup_printf ("%s/step-%u", fixture->office.folder, i);

      test_folder_copy (copy, path);
      kiosk = test_store_open (&fixture->office.world, path);
      report = test_sync (&fixture->office, kiosk);
      g_assert_cmpstr (report.recoded_to, ==, "");
      assert_same (fixture->a, kiosk);
      amends_store_close (kiosk);
    }
  test_office_assert_whole (&fixture->office);
}

/* Many devices in any order of syncing and acting, on a line that fails as the seed says: at the end
 * all hold the same, and it is all that was ever written. */
static void
test_random (Fixture *fixture, gconstpointer data)
{
  AmendsStore *stores[3] = { fixture->a, fixture->b,
                             test_office_enrol (&fixture->office, "C", "staff", "s.oak") };
  GArray *cases = g_array_new (FALSE, FALSE, sizeof (AmendsId));
  guint n_cases = 0;

  for (guint step = 0; step < 400; step++)
    {
      AmendsStore *store = stores[g_test_rand_int_range (0, 3)];
      TestFault fault = (TestFault) g_test_rand_int_range (0, TEST_FAULT_FLIP + 1);
      AmendsSyncReport report;

      if (cases->len == 0 || g_test_rand_int_range (0, 6) == 0)
        {
          AmendsId id = test_record (store, "Wren Ashdown", "No heating");

          g_array_append_val (cases, id);
          n_cases++;
        }
      else if (g_test_rand_int_range (0, 2) == 0)
        {
          AmendsId id =
              g_array_index (cases, AmendsId, g_test_rand_int_range (0, (gint32) cases->len));
          g_autoptr (AmendsCase) complaint = amends_store_get_case (store, &id, NULL);

          if (complaint != NULL)
            test_act (store, &id,
                      g_test_rand_int_range (0, 2) == 0
                          ? "{\"type\":\"contact.changed\",\"phone\":\"0200\"}"
                          : "{\"type\":\"contact.changed\",\"phone\":\"0300\"}");
        }
      if (fixture->line->reply == NULL && fault == TEST_FAULT_OLD_REPLY)
        fault = TEST_FAULT_NONE;
      test_line_set_fault (fixture->line, fault, (gsize) g_test_rand_int_range (0, 2000));
      fixture->line->n_sound = (guint) g_test_rand_int_range (0, 2);
      amends_sync_run (store, &fixture->line->base, NULL, NULL, &report, NULL);
      test_line_set_fault (fixture->line, TEST_FAULT_NONE, 0);
    }
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < 3; i++)
      test_sync_over (fixture->line, stores[i]);
  assert_same (stores[0], stores[1]);
  assert_same (stores[0], stores[2]);
  g_assert_cmpuint (amends_store_count_cases (stores[0], NULL), ==, n_cases);
  test_office_assert_whole (&fixture->office);
  g_array_unref (cases);
  amends_store_close (stores[2]);
}

static void
add (const char *name, int data, void (*func) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/engine/", name, NULL);

  g_test_add (path, Fixture, GINT_TO_POINTER (data), set_up, func, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  add ("fresh", 0, test_fresh);
  add ("held", 0, test_held);
  add ("nothing-to-do", 0, test_nothing_to_do);
  add ("own-elided", 0, test_own_elided);
  add ("conflict", 0, test_conflict);
  add ("conflicts-counted", 0, test_conflicts_counted);
  add ("cut-up", TEST_FAULT_CUT_UP, test_cut);
  add ("cut-down", TEST_FAULT_CUT_DOWN, test_cut);
  add ("at-most-a-frame-twice", 0, test_at_most_a_frame_twice);
  add ("lost-acknowledgement", 0, test_lost_acknowledgement);
  add ("repeat", 0, test_repeat);
  add ("not-our-server", 0, test_not_our_server);
  add ("other-server", 0, test_other_server);
  add ("flipped", 0, test_flipped);
  add ("clock-back", 0, test_clock_back);
  add ("revoked", 0, test_revoked);
  add ("revoked/unsure", 0, test_revoked_unsure);
  add ("revoked/restored", 0, test_revoked_restored);
  add ("many", 0, test_many);
  add ("granted-later", 0, test_granted_later);
  add ("killed", 0, test_killed);
  add ("random", 0, test_random);
  return g_test_run ();
}
