/* test-held.c: events that a server holds back, and has lost when it is restored
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PROTOCOL.md 4 and 6: of what is held back others are given the digest. Where it is lost with a restore, what its
 * author wrote behind it is not. */

#include "support/office.h"

static void
note (TestThree *fixture, guint i, const char *text)
{
  test_note (fixture->stores[i], &fixture->id, text);
}

static void
assert_has (TestThree *fixture, AmendsStore *store, guint n_notes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsCase) complaint = amends_store_get_case (store, &fixture->id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (amends_case_get_n_notes (complaint), ==, n_notes);
  test_assert_whole (store);
}

/* Whoever comes new gets as many notes, in an order that proves them. */
static void
assert_fresh_has (TestThree *fixture, const char *name, guint n_notes)
{
  AmendsStore *fresh = test_office_enrol (&fixture->office, name, "staff", "s.oak");

  test_sync (&fixture->office, fresh);
  assert_has (fixture, fresh, n_notes);
  test_office_assert_whole (&fixture->office);
  amends_store_close (fresh);
}

static guint64
count_held (TestThree *fixture)
{
  g_autoptr (GError) error = NULL;
  json_auto_t *held = amends_server_list_quarantine (fixture->office.server, &error);

  g_assert_no_error (error);
  return json_array_size (held);
}

/* What a restored server takes and holds back is handed in once, and not at every sync from then on. */
static void
test_once (TestThree *fixture, gconstpointer data)
{
  const char *code = amends_store_get_identity (fixture->stores[1])->code;
  g_autoptr (GError) error = NULL;

  test_office_back_up (&fixture->office);
  note (fixture, 1, "from B");
  test_three_sync (fixture, 2);
  test_office_restore (&fixture->office);
  g_assert_true (amends_server_ungrant (fixture->office.server, code, "s.oak", &error));
  g_assert_cmpuint (test_sync (&fixture->office, fixture->stores[0]).n_requests, >, 1);
  test_three_sync (fixture, 2);
  for (guint i = 0; i < TEST_THREE; i++)
    g_assert_cmpuint (test_sync (&fixture->office, fixture->stores[i]).n_requests, ==, 1);
  assert_has (fixture, fixture->stores[0], 1);
  test_office_assert_whole (&fixture->office);
}

/* B writes where it may not, is let in again, and goes on; A and C have what is held back as digests alone. All that
 * a restore loses but what stands before it. */
static void
write_what_is_held (TestThree *fixture)
{
  const char *code = amends_store_get_identity (fixture->stores[1])->code;

  note (fixture, 1, "before");
  test_three_sync (fixture, 2);
  test_office_back_up (&fixture->office);
  g_assert_true (amends_server_ungrant (fixture->office.server, code, "s.oak", NULL));
  note (fixture, 1, "held back");
  note (fixture, 1, "held back, too");
  test_sync (&fixture->office, fixture->stores[1]);
  g_assert_cmpuint (count_held (fixture), ==, 2);
  g_assert_true (amends_server_grant (fixture->office.server, code, "s.oak", NULL));
  test_three_sync (fixture, 2);
  note (fixture, 1, "behind it");
  test_three_sync (fixture, 2);
  assert_has (fixture, fixture->stores[0], 2);
}

static void
lose_what_is_held (TestThree *fixture)
{
  write_what_is_held (fixture);
  test_office_restore (&fixture->office);
}

/* What its author wrote behind it is handed in over the digests, by whoever comes; nothing is left to be let go, since
 * nobody has what the digests are of. */
static void
test_lost (TestThree *fixture, gconstpointer data)
{
  lose_what_is_held (fixture);
  test_sync (&fixture->office, fixture->stores[0]);
  assert_fresh_has (fixture, "Office D", 2);
  g_assert_cmpuint (count_held (fixture), ==, 0);
  assert_has (fixture, fixture->stores[0], 2);
  g_assert_cmpuint (test_sync (&fixture->office, fixture->stores[0]).n_requests, ==, 1);
}

/* What the author brings then has its place behind what was there first, for everybody; and is handed in by others as
 * all else is, once it was lost in its turn. */
static void
test_brought (TestThree *fixture, gconstpointer data)
{
  lose_what_is_held (fixture);
  test_sync (&fixture->office, fixture->stores[0]);
  test_office_back_up (&fixture->office);
  test_three_sync (fixture, 3);
  for (guint i = 0; i < TEST_THREE; i++)
    assert_has (fixture, fixture->stores[i], 4);
  assert_fresh_has (fixture, "Office D", 4);

  test_office_restore (&fixture->office);
  test_sync (&fixture->office, fixture->stores[2]);
  assert_fresh_has (fixture, "Office E", 4);
  note (fixture, 1, "goes on");
  test_three_sync (fixture, 3);
  for (guint i = 0; i < TEST_THREE; i++)
    assert_has (fixture, fixture->stores[i], 5);
  test_office_assert_whole (&fixture->office);
}

/* The author may not write there when it brings them: they are held back again, and let go. */
static void
test_brought_and_held (TestThree *fixture, gconstpointer data)
{
  const char *code = amends_store_get_identity (fixture->stores[1])->code;
  g_autoptr (GError) error = NULL;
  json_auto_t *released = NULL;

  lose_what_is_held (fixture);
  test_sync (&fixture->office, fixture->stores[0]);
  g_assert_true (amends_server_ungrant (fixture->office.server, code, "s.oak", NULL));
  test_three_sync (fixture, 3);
  g_assert_cmpuint (count_held (fixture), ==, 2);
  assert_fresh_has (fixture, "Office D", 2);
  assert_has (fixture, fixture->stores[0], 2);

  released = amends_server_release (fixture->office.server, code, &error);
  g_assert_no_error (error);
  g_assert_cmpint (json_integer_value (json_object_get (released, "released")), ==, 2);
  g_assert_cmpuint (count_held (fixture), ==, 0);
  test_three_sync (fixture, 2);
  assert_has (fixture, fixture->stores[0], 4);
  assert_has (fixture, fixture->stores[2], 4);
  assert_fresh_has (fixture, "Office E", 4);
}

/* B wrote in a feed that was taken from it, and gave it up once a backup had it. The server is restored from an older
 * one, and B comes first: it has no more than the digest of what it wrote. What that says comes from C, who reads the
 * feed; it is held back, and not taken for erased. */
static void
test_given_up (TestThree *fixture, gconstpointer data)
{
  TestOffice *office = &fixture->office;
  const char *code = amends_store_get_identity (fixture->stores[1])->code;
  g_autofree char *newer = g_build_filename (office->folder, "newer.db", NULL);
  g_autoptr (GError) error = NULL;
  json_t *backup;

  note (fixture, 1, "first");
  test_three_sync (fixture, 2);
  test_office_back_up (office);
  note (fixture, 1, "given up");
  test_three_sync (fixture, 2);
  backup = amends_server_back_up (office->server, newer, &error);
  g_assert_no_error (error);
  json_decref (backup);
  g_assert_true (amends_server_ungrant (office->server, code, "s.oak", &error));
  test_three_sync (fixture, 3);
  g_assert_cmpuint (test_sync (office, fixture->stores[1]).n_requests, ==, 1);
  test_assert_whole (fixture->stores[1]);

  test_office_restore (office);
  test_sync (office, fixture->stores[1]);
  test_office_assert_whole (office);
  test_sync (office, fixture->stores[2]);
  json_decref (amends_server_release (office->server, code, &error));
  g_assert_no_error (error);
  test_three_sync (fixture, 2);
  assert_has (fixture, fixture->stores[0], 2);
  assert_has (fixture, fixture->stores[2], 2);
  assert_fresh_has (fixture, "Office D", 2);
  test_office_assert_whole (office);
}

/* C has what was held back and let go, and the server has it no more; of what stands behind it and is there C's copy is
 * damaged. That keeps the rest from nobody. */
static void
test_damaged (TestThree *fixture, gconstpointer data)
{
  const char *code = amends_store_get_identity (fixture->stores[1])->code;
  g_autofree char *sql =
      g_strdup_printf ("UPDATE event SET sealed = substr (sealed, 1, 50) WHERE code = '%s'"
                       " AND number = (SELECT max (number) FROM event WHERE code = '%s')",
                       code, code);
  g_autoptr (GError) error = NULL;

  write_what_is_held (fixture);
  json_decref (amends_server_release (fixture->office.server, code, &error));
  g_assert_no_error (error);
  test_sync (&fixture->office, fixture->stores[2]);
  assert_has (fixture, fixture->stores[2], 4);
  test_office_restore (&fixture->office);
  test_sync (&fixture->office, fixture->stores[0]);
  assert_fresh_has (fixture, "Office D", 2);
  amends_db_exec (amends_store_get_db (fixture->stores[2]), sql, &error);
  g_assert_no_error (error);
  test_sync (&fixture->office, fixture->stores[2]);
  assert_fresh_has (fixture, "Office E", 4);
}

static void
add (const char *name, void (*func) (TestThree *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/held/", name, NULL);

  g_test_add (path, TestThree, NULL, test_three_set_up, func, test_three_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  add ("once", test_once);
  add ("lost", test_lost);
  add ("brought", test_brought);
  add ("brought-and-held", test_brought_and_held);
  add ("given-up", test_given_up);
  add ("damaged", test_damaged);

  return g_test_run ();
}
