/* test-pitfalls.c: what sync is known to fail at elsewhere, where no other test shows it (PITFALLS.md)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Against a real server in the process. */

#include <string.h>

#include "store/amends-store.h"
#include "support/office.h"

/* The address sanitiser makes each round ten times as long. */
#ifdef __SANITIZE_ADDRESS__
#  define N_ROUNDS 100
#else
#  define N_ROUNDS 1000
#endif

#define N_DEVICES 4

typedef struct
{
  TestOffice office;
  TestWorld clocks[N_DEVICES]; /* of each device; the office has the right one */
  AmendsStore *stores[N_DEVICES];
  TestLine *line;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_office_init (&fixture->office);
  fixture->line = test_line_new (&fixture->office);
  for (guint i = 0; i < N_DEVICES; i++)
    test_world_init (&fixture->clocks[i]);
  test_office_enrol_staff (&fixture->office, fixture->stores, N_DEVICES);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_line_free (fixture->line);
  for (guint i = 0; i < N_DEVICES; i++)
    amends_store_close (fixture->stores[i]);
  test_office_clear (&fixture->office);
}

static void
sync_all (Fixture *fixture, guint n_rounds)
{
  test_sync_all (&fixture->office, fixture->stores, N_DEVICES, n_rounds);
}

static void
assert_all_same (Fixture *fixture)
{
  g_autofree char *first = test_state_hash (fixture->stores[0]);

  for (guint i = 0; i < N_DEVICES; i++)
    {
      g_autofree char *hash = test_state_hash (fixture->stores[i]);

      g_assert_cmpstr (hash, ==, first);
      test_assert_whole (fixture->stores[i]);
    }
  test_office_assert_whole (&fixture->office);
}

static gint64
get_skew_s (AmendsStore *store)
{
  g_autoptr (GError) error = NULL;
  AmendsStatus status = { 0 };
  gint64 skew_s;

  amends_store_get_status (store, &status, &error);
  g_assert_no_error (error);
  skew_s = status.clock_skew_s;
  amends_status_clear (&status);
  return skew_s;
}

#define YEAR_S (G_GINT64_CONSTANT (365) * 86400)

/* 13: a year ahead, a year behind, a clock that has forgotten everything, and a right one. No clock is
 * in the order: the honest edit that comes last stands wherever it is read, and each device is told how
 * far its clock is off. */
static void
test_clocks (Fixture *fixture, gconstpointer data)
{
  const gint64 now = fixture->office.world.now;
  const gint64 clocks[N_DEVICES] = { now + YEAR_S * G_USEC_PER_SEC, now - YEAR_S * G_USEC_PER_SEC,
                                     0, now };
  AmendsId id;

  sync_all (fixture, 1);
  for (guint i = 0; i < N_DEVICES; i++)
    {
      fixture->clocks[i].now = clocks[i];
      fixture->stores[i] = test_store_reopen (fixture->stores[i], &fixture->clocks[i]);
    }
  id = test_record (fixture->stores[3], "Wren Ashdown", "No heating");
  sync_all (fixture, 2);

  /* Each changes the same field after having seen the change before: the last of them stands, though the
   * first was made, by its clock, a year later than all others. */
  for (guint i = 0; i < N_DEVICES; i++)
    {
      g_autofree char *act =
          g_strdup_printf ("{\"type\":\"contact.changed\",\"phone\":\"01632 96000%u\"}", i);

      test_act (fixture->stores[i], &id, act);
      sync_all (fixture, 2);
    }
  assert_all_same (fixture);
  for (guint i = 0; i < N_DEVICES; i++)
    {
      g_autofree char *shown = test_show (fixture->stores[i], &id);
      gint64 off_s = (fixture->clocks[i].now - fixture->office.world.now) / G_USEC_PER_SEC
                     - get_skew_s (fixture->stores[i]);

      g_assert_nonnull (strstr (shown, "\"phone\":\"01632 960003\""));
      g_assert_nonnull (strstr (shown, "\"conflicts\":[]"));
      g_assert_cmpint (ABS (off_s), <, 120);
    }

  /* Apart: both stand, whatever the clocks say of which was later. */
  test_act (fixture->stores[0], &id, "{\"type\":\"contact.changed\",\"home\":\"Flat 1\"}");
  test_act (fixture->stores[2], &id, "{\"type\":\"contact.changed\",\"home\":\"Flat 2\"}");
  sync_all (fixture, 2);
  assert_all_same (fixture);
  g_assert_cmpint (amends_store_count_conflicts (fixture->stores[1], NULL), ==, 1);
}

/* 9: the server has committed, and its reply is lost: a thousand times in a row. Nothing is sent twice. */
static void
test_acknowledgement_lost (Fixture *fixture, gconstpointer data)
{
  const char *code = amends_store_get_identity (fixture->stores[0])->code;
  guint64 n_before;

  sync_all (fixture, 2);
  n_before = test_office_count_events (&fixture->office, code);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      AmendsSyncReport report;

      test_record (fixture->stores[0], "Wren Ashdown", "No heating");
      test_line_set_fault (fixture->line, TEST_FAULT_CUT_DOWN, 0);
      error = test_sync_fails (fixture->line, fixture->stores[0]);
      g_assert_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CUT);
      report = test_sync_over (fixture->line, fixture->stores[0]);
      g_assert_cmpuint (report.n_sent, ==, 0);
    }
  test_sync_over (fixture->line, fixture->stores[0]);
  g_assert_cmpuint (test_office_count_events (&fixture->office, code), ==,
                    n_before + 2 * (guint64) N_ROUNDS);
  sync_all (fixture, 1);
  assert_all_same (fixture);
}

/* An event as no version of ours writes it: signed, well-formed as bytes, and nonsense as a case. */
static void
append_nonsense (AmendsStore *store, const AmendsId *stream, const char *text)
{
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (AmendsCase) complaint = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;
  g_autofree AmendsId *heads = NULL;
  guint n_heads;

  complaint = amends_store_get_case (store, stream, &error);
  g_assert_no_error (error);
  heads = amends_case_get_heads (complaint, &n_heads);
  g_ptr_array_add (bodies, g_bytes_new (text, strlen (text)));
  g_assert_true (amends_transaction_begin (&transaction, amends_store_get_db (store), &error));
  events = amends_log_append (store, "s.oak", stream, heads, n_heads, bodies, &error);
  g_assert_no_error (error);
  g_assert_true (amends_transaction_commit (&transaction, &error));
}

/* 10: one bad record blocks nothing: it is kept and passed on, and those after it arrive. */
static void
test_bad_record (Fixture *fixture, gconstpointer data)
{
  static const char *const rows[] = {
    "{}",
    "{\"type\":7,\"at\":[],\"by\":{}}",
    "{\"type\":\"contact.changed\",\"at\":\"never\",\"phone\":{\"a\":1}}",
    "{\"type\":\"case.recorded\",\"at\":\"2026-11-21T10:00:00Z\",\"received\":\"1.1.26\",\"kind\":"
    "9}",
    "{\"type\":\"conflict.settled\",\"field\":\"nothing\",\"value\":[[[[1]]]]}",
    "{\"type\":\"case.foretold\",\"at\":\"2031-01-01T00:00:00Z\",\"words\":\"x\"}",
  };
  AmendsId id = test_record (fixture->stores[0], "Wren Ashdown", "No heating");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      append_nonsense (fixture->stores[0], &id, rows[i]);
      test_note (fixture->stores[0], &id, "Rang back");
    }
  sync_all (fixture, 2);
  assert_all_same (fixture);
  for (guint i = 0; i < N_DEVICES; i++)
    {
      g_autofree char *shown = test_show (fixture->stores[i], &id);
      const char *at = shown;
      guint n_notes = 0;

      while ((at = strstr (at, "Rang back")) != NULL)
        {
          n_notes++;
          at++;
        }
      g_assert_cmpuint (n_notes, ==, G_N_ELEMENTS (rows));
      g_assert_cmpuint (amends_store_count_cases (fixture->stores[i], NULL), ==, 1);
    }
}

static double
upload_bytes_an_event (Fixture *fixture, guint n_cases)
{
  AmendsSyncReport report;

  for (guint i = 0; i < n_cases; i++)
    test_record (fixture->stores[0], "Wren Ashdown", "No heating");
  report = test_sync_over (fixture->line, fixture->stores[0]);
  g_assert_cmpuint (report.n_sent, ==, 2 * n_cases);
  return (double) (report.bytes_up + report.bytes_down) / (double) report.n_sent;
}

/* 27: what a device has is one number and a hash, however much it has: ten times the events are ten times
 * the bytes, and neither grows with what is there already. */
static void
test_wire_is_even (Fixture *fixture, gconstpointer data)
{
  double first, tenfold, later;

  sync_all (fixture, 2);
  first = upload_bytes_an_event (fixture, 300);
  tenfold = upload_bytes_an_event (fixture, 3000);
  later = upload_bytes_an_event (fixture, 300);
  g_test_message ("%.1f, %.1f and %.1f bytes an event", first, tenfold, later);
  g_assert_cmpfloat (tenfold, <, first * 1.05);
  g_assert_cmpfloat (tenfold, >, first * 0.80); /* large frames shrink better */
  g_assert_cmpfloat (later, <, first * 1.05);
}

static void
add (const char *name, void (*func) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/pitfalls/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  add ("clocks", test_clocks);
  add ("acknowledgement-lost", test_acknowledgement_lost);
  add ("bad-record", test_bad_record);
  add ("wire-is-even", test_wire_is_even);
  return g_test_run ();
}
