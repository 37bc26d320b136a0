/* test-pins.c: a member of staff sets a PIN on their laptop, and a kiosk knows them by it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Against a real server in the process. */

#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"
#include "store/amends-pins.h"
#include "store/amends-store-private.h"
#include "support/office.h"
#include "support/scan.h"

#define PIN "370415"

typedef struct
{
  TestOffice office;
  AmendsStore *kiosk;
  AmendsStore *laptop;
  AmendsStore *other; /* another laptop of whoever the first is */
  AmendsId staff;
} Fixture;

static const char *const oak[] = { "oak", NULL };

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_office_init (&fixture->office);
  fixture->laptop = test_office_enrol (&fixture->office, "Laptop", "staff", "s.oak");
  fixture->kiosk = test_office_enrol (&fixture->office, "Kiosk", "kiosk", "s.oak");
  fixture->other = test_office_enrol (&fixture->office, "Other laptop", "staff", "s.oak");
  amends_store_get_actor (fixture->laptop, &fixture->staff);
  test_sync (&fixture->office, fixture->laptop);
  test_sync (&fixture->office, fixture->other);
  fixture->other->actor = fixture->staff;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  amends_store_close (fixture->kiosk);
  amends_store_close (fixture->laptop);
  amends_store_close (fixture->other);
  test_office_clear (&fixture->office);
}

static void
set_unsent (AmendsStore *store, const char *pin)
{
  g_autoptr (GError) error = NULL;

  amends_store_set_pin (store, oak, pin, &error);
  g_assert_no_error (error);
}

static void
set_pin (Fixture *fixture, const char *pin)
{
  set_unsent (fixture->laptop, pin);
  test_sync (&fixture->office, fixture->laptop);
  test_sync (&fixture->office, fixture->kiosk);
}

/* All know what each wrote. */
static void
sync_all (Fixture *fixture)
{
  AmendsStore *const stores[] = { fixture->laptop, fixture->other, fixture->kiosk };

  test_sync_all (&fixture->office, stores, G_N_ELEMENTS (stores), 2);
}

static guint
count_pins (AmendsStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pins = amends_store_list_pins (store, &error);

  g_assert_no_error (error);
  return pins->len;
}

/* Whether the kiosk takes @pin; @wait_s: for how long it then looks at none */
static gboolean
takes (Fixture *fixture, const char *pin, guint wait_s)
{
  g_autoptr (GError) error = NULL;
  guint found_s = 99;
  gboolean is_taken =
      amends_store_check_pin (fixture->kiosk, "oak", &fixture->staff, pin, &found_s, &error);

  g_assert_cmpuint (found_s, ==, wait_s);
  if (!is_taken)
    {
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
      g_assert_cmpstr (amends_error_get_field (error), ==, "pin");
    }
  return is_taken;
}

/* The kiosk has their name and knows the PIN; the one before counts no more, and there is one entry however often. */
static void
test_set (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) pins = NULL;
  const AmendsPinHolder *holder;

  g_assert_cmpuint (count_pins (fixture->kiosk), ==, 0);
  set_pin (fixture, PIN);
  pins = amends_store_list_pins (fixture->kiosk, NULL);
  g_assert_cmpuint (pins->len, ==, 1);
  holder = g_ptr_array_index (pins, 0);
  g_assert_cmpstr (holder->name, ==, TEST_STAFF);
  g_assert_cmpstr (holder->scheme, ==, "oak");
  g_assert_true (amends_id_equal (&holder->staff, &fixture->staff));
  g_assert_true (takes (fixture, PIN, 0));
  set_pin (fixture, "904417");
  g_assert_cmpuint (count_pins (fixture->kiosk), ==, 1);
  g_assert_false (takes (fixture, PIN, 0));
  g_assert_true (takes (fixture, "904417", 0));
  test_assert_whole (fixture->kiosk);
  test_assert_whole (fixture->laptop);
}

static const char *const bad_pins[] = { "",       "12345",  "1234567890123", "37o415", "370 15",
                                        "٣٧٠٤١٥", "000000", "123456",        "987654", "37041-5" };

static void
test_bad_digits (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_pins); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("“%s”", bad_pins[i]);
      g_assert_false (amends_store_set_pin (fixture->laptop, oak, bad_pins[i], &error));
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
      g_assert_cmpstr (amends_error_get_field (error), ==, "pin");
    }
  g_assert_cmpuint (count_pins (fixture->laptop), ==, 0);
}

/* Nobody is signed in at a kiosk, and a scheme that was not given has no kiosk of ours. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  static const char *const oak_and_elm[] = { "oak", "elm", NULL };
  AmendsId nobody = { "9M", 9 };
  guint wait_s;

  g_assert_false (amends_store_set_pin (fixture->kiosk, oak, PIN, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (amends_store_set_pin (fixture->laptop, oak_and_elm, PIN, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_assert_cmpstr (amends_error_get_field (error), ==, "scheme");
  g_assert_cmpuint (count_pins (fixture->laptop), ==, 0);
  g_clear_error (&error);
  g_assert_false (amends_store_set_pin (fixture->laptop, oak + 1, PIN, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  g_assert_cmpstr (amends_error_get_field (error), ==, "scheme");
  g_clear_error (&error);
  g_assert_false (amends_store_check_pin (fixture->kiosk, "oak", &nobody, PIN, &wait_s, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (amends_store_remove_pin (fixture->laptop, "oak", &fixture->staff, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
}

/* Each wrong one after the third doubles the wait, up to an hour; while it lasts not even the right one is looked at; and
 * it is there when the kiosk begins anew. */
static void
test_waits (Fixture *fixture, gconstpointer data)
{
  static const guint waits_s[] = { 30, 60, 120, 240, 480, 960, 1920, 3600, 3600 };
  const guint n_waits = G_N_ELEMENTS (waits_s);

  set_pin (fixture, PIN);
  g_assert_false (takes (fixture, "370416", 0));
  g_assert_false (takes (fixture, "370416", 0));
  for (guint i = 0; i < n_waits; i++)
    {
      g_assert_false (takes (fixture, "370416", waits_s[i]));
      fixture->kiosk = test_store_reopen (fixture->kiosk, &fixture->office.world);
      test_world_pass (&fixture->office.world, waits_s[i] - 1);
      g_assert_false (takes (fixture, PIN, 1));
      test_world_pass (&fixture->office.world, 1);
    }
  g_assert_true (takes (fixture, PIN, 0));
  g_assert_false (takes (fixture, "370416", 0));
}

/* A clock that is set back does not end the wait, nor make it longer than it was. */
static void
test_clock_set_back (Fixture *fixture, gconstpointer data)
{
  set_pin (fixture, PIN);
  for (guint i = 0; i < 3; i++)
    takes (fixture, "370416", i < 2 ? 0 : 30);
  test_world_pass (&fixture->office.world, -86400);
  g_assert_false (takes (fixture, PIN, 30));
  test_world_pass (&fixture->office.world, 30);
  g_assert_true (takes (fixture, PIN, 0));
}

/* Says of the PIN of @staff what the laptop's own gate would not. */
static void
write_pin (Fixture *fixture, const char *by, const char *verifier)
{
  char id[AMENDS_ID_BUFFER];
  g_autofree char *body = NULL;
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) written = NULL;
  g_auto (AmendsTransaction) transaction = AMENDS_TRANSACTION_INIT;

  amends_id_format_to (&fixture->staff, id);
  body =
      g_strdup_printf ("{\"type\":\"pin.recorded\",\"at\":\"2026-11-21T10:00:00Z\",\"by\":\"%s\","
                       "\"staff\":\"%s\",\"scheme\":\"oak\",\"name\":\"Ada\",\"verifier\":\"%s\"}",
                       by, id, verifier);
  g_ptr_array_add (bodies, g_bytes_new (body, strlen (body)));
  g_assert_true (amends_transaction_begin (&transaction, fixture->laptop->db, NULL));
  written = amends_log_append (fixture->laptop, "k.oak", NULL, NULL, 0, bodies, NULL);
  g_assert_nonnull (written);
  g_assert_true (amends_transaction_commit (&transaction, NULL));
  amends_read_touch (fixture->laptop);
  test_sync (&fixture->office, fixture->laptop);
  test_sync (&fixture->office, fixture->kiosk);
}

/* What was written in the name of another is no PIN of theirs. */
static void
test_by_another (Fixture *fixture, gconstpointer data)
{
  write_pin (fixture, "9M.9", "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA");
  g_assert_cmpuint (count_pins (fixture->kiosk), ==, 0);
}

/* A verifier of the right PIN that takes more than ours do would take all of the kiosk's memory or time, and is none. */
static void
test_too_dear (Fixture *fixture, gconstpointer data)
{
  const AmendsEnvironment *ours = &fixture->kiosk->environment;
  const struct
  {
    guint64 ops;
    gsize mem;
    gboolean is_taken;
  } rows[] = {
    { ours->stretch_ops + 1, ours->stretch_mem, FALSE },
    { ours->stretch_ops, ours->stretch_mem * 2, FALSE },
    { ours->stretch_ops, ours->stretch_mem, TRUE },
  };
  char id[AMENDS_ID_BUFFER];

  amends_id_format_to (&fixture->staff, id);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char verifier[crypto_pwhash_STRBYTES];

      g_assert_cmpint (crypto_pwhash_str (verifier, PIN, strlen (PIN), rows[i].ops, rows[i].mem),
                       ==, 0);
      write_pin (fixture, id, verifier);
      g_assert_cmpint (takes (fixture, PIN, 0), ==, rows[i].is_taken);
    }
}

/* Whoever left has a laptop that was offline. Whichever of the two has the lower code: taken away is taken away, until
 * they set one that knows of it. */
static void
test_removed_apart (Fixture *fixture, gconstpointer data)
{
  AmendsStore *const stores[] = { fixture->laptop, fixture->other };

  for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      g_autoptr (GError) error = NULL;

      set_unsent (stores[i], PIN);
      sync_all (fixture);
      g_assert_true (takes (fixture, PIN, 0));
      set_unsent (stores[i], "904417");
      g_assert_true (amends_store_remove_pin (stores[1 - i], "oak", &fixture->staff, &error));
      sync_all (fixture);
      g_assert_cmpuint (count_pins (fixture->kiosk), ==, 0);
      g_assert_cmpuint (count_pins (stores[i]), ==, 0);
    }
}

/* Two laptops of one person, neither of which has heard of the other: each PIN is theirs, it is one entry, and the next
 * that they set takes the place of both. */
static void
test_set_apart (Fixture *fixture, gconstpointer data)
{
  static const char *const apart[] = { PIN, "904417" };
  AmendsStore *const stores[] = { fixture->laptop, fixture->other };

  for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
    set_unsent (stores[i], apart[i]);
  sync_all (fixture);
  g_assert_cmpuint (count_pins (fixture->kiosk), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (apart); i++)
    g_assert_true (takes (fixture, apart[i], 0));
  for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      g_autofree char *next = g_strdup_printf ("58201%u", i);

      set_unsent (stores[i], next);
      sync_all (fixture);
      g_assert_true (takes (fixture, next, 0));
      g_assert_false (takes (fixture, apart[i], 0));
      g_assert_true (takes (fixture, next, 0));
      g_assert_cmpuint (count_pins (fixture->kiosk), ==, 1);
    }
  g_assert_true (amends_store_remove_pin (fixture->other, "oak", &fixture->staff, NULL));
  sync_all (fixture);
  g_assert_cmpuint (count_pins (fixture->kiosk), ==, 0);
  test_assert_whole (fixture->kiosk);
  test_assert_whole (fixture->other);
}

/* The PIN of two schemes is set in both or in neither, also where the disk fails in between. */
static void
test_all_or_none (Fixture *fixture, gconstpointer data)
{
  static const char *const both[] = { "elm", "oak", NULL };
  g_autoptr (GError) error = NULL;

  test_office_grant_all (&fixture->office, &fixture->laptop, 1, "s.elm");
  test_sync (&fixture->office, fixture->laptop);
  g_assert_true (
      amends_db_exec (fixture->laptop->db,
                      "CREATE TEMP TRIGGER full BEFORE INSERT ON main.event"
                      " WHEN (SELECT name FROM main.feed WHERE feed = NEW.feed) = 'k.oak'"
                      " BEGIN SELECT raise (ABORT, 'full'); END",
                      &error));
  g_assert_false (amends_store_set_pin (fixture->laptop, both, PIN, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpuint (count_pins (fixture->laptop), ==, 0);
  g_assert_true (amends_db_exec (fixture->laptop->db, "DROP TRIGGER temp.full", &error));
  g_assert_true (amends_store_set_pin (fixture->laptop, both, PIN, &error));
  g_assert_cmpuint (count_pins (fixture->laptop), ==, 2);
  test_assert_whole (fixture->laptop);
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint wait_s;

  set_pin (fixture, PIN);
  g_assert_true (amends_store_remove_pin (fixture->laptop, "oak", &fixture->staff, &error));
  test_sync (&fixture->office, fixture->laptop);
  test_sync (&fixture->office, fixture->kiosk);
  g_assert_cmpuint (count_pins (fixture->kiosk), ==, 0);
  g_assert_false (
      amends_store_check_pin (fixture->kiosk, "oak", &fixture->staff, PIN, &wait_s, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
  set_pin (fixture, PIN);
  g_assert_true (takes (fixture, PIN, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/pins/set", Fixture, NULL, set_up, test_set, tear_down);
  g_test_add ("/pins/bad-digits", Fixture, NULL, set_up, test_bad_digits, tear_down);
  g_test_add ("/pins/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/pins/waits", Fixture, NULL, set_up, test_waits, tear_down);
  g_test_add ("/pins/clock-set-back", Fixture, NULL, set_up, test_clock_set_back, tear_down);
  g_test_add ("/pins/by-another", Fixture, NULL, set_up, test_by_another, tear_down);
  g_test_add ("/pins/too-dear", Fixture, NULL, set_up, test_too_dear, tear_down);
  g_test_add ("/pins/removed-apart", Fixture, NULL, set_up, test_removed_apart, tear_down);
  g_test_add ("/pins/set-apart", Fixture, NULL, set_up, test_set_apart, tear_down);
  g_test_add ("/pins/all-or-none", Fixture, NULL, set_up, test_all_or_none, tear_down);
  g_test_add ("/pins/removed", Fixture, NULL, set_up, test_removed, tear_down);
  return g_test_run ();
}
