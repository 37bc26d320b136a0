/* test-box.c: what a kiosk writes goes through to who may read it, and no kiosk can read it again
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Against a real server in the process. */

#include <string.h>

#include "core/amends-error.h"
#include "support/office.h"
#include "support/scan.h"

#define NAME "Wren Ashdown"

typedef struct
{
  guint n_open;
  guint n_boxed;
} Own;

static gboolean
count_own (AmendsEvent *event, gpointer user_data)
{
  Own *own = user_data;

  own->n_open += event->body != NULL;
  own->n_boxed += event->box != NULL;
  return TRUE;
}

static Own
look_at_own (AmendsStore *store)
{
  g_autoptr (GError) error = NULL;
  Own own = { 0 };

  amends_log_foreach_own (store, 1, count_own, &own, &error);
  g_assert_no_error (error);
  return own;
}

static gboolean
lists_name (AmendsStore *store)
{
  g_autofree char *list = test_list (store);

  return strstr (list, NAME) != NULL;
}

static gboolean
has_case (AmendsStore *store, const AmendsId *id)
{
  g_autoptr (AmendsCase) complaint = amends_store_get_case (store, id, NULL);

  return complaint != NULL;
}

static void
assert_all_whole (TestKiosk *fixture)
{
  test_assert_whole (fixture->kiosk);
  test_assert_whole (fixture->laptop);
  test_office_assert_whole (&fixture->office);
}

/* With its store open and every key that it has, the kiosk shows nothing of what was said to it. */
static void
test_kiosk (TestKiosk *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->kiosk, NAME, "The lift stops between floors");
  AmendsId control = test_record (fixture->laptop, "Rowan Pike", "No heating");
  Own own = look_at_own (fixture->kiosk);
  AmendsSyncReport report;

  g_assert_cmpuint (own.n_open, ==, 0);
  g_assert_cmpuint (own.n_boxed, ==, 2);
  g_assert_false (lists_name (fixture->kiosk));
  g_assert_false (has_case (fixture->kiosk, &id));
  g_assert_cmpuint (look_at_own (fixture->laptop).n_open, >=, 2);
  g_assert_true (has_case (fixture->laptop, &control));

  fixture->kiosk = test_store_reopen (fixture->kiosk, &fixture->office.world);
  g_assert_false (lists_name (fixture->kiosk));
  report = test_sync (&fixture->office, fixture->kiosk);
  g_assert_cmpuint (report.n_sent, ==, 2);
  g_assert_cmpuint (report.n_acknowledged, ==, 2);
  g_assert_false (lists_name (fixture->kiosk));

  test_sync (&fixture->office, fixture->laptop);
  g_assert_true (lists_name (fixture->laptop));
  g_assert_true (has_case (fixture->laptop, &id));
  assert_all_whole (fixture);
}

static void
assert_waits (TestKiosk *fixture, guint n_sealed, gint64 sealed_at)
{
  AmendsStatus status;

  g_assert_true (amends_store_get_status (fixture->kiosk, &status, NULL));
  g_assert_cmpuint (status.n_sealed, ==, n_sealed);
  g_assert_cmpint (status.sealed_at, ==, sealed_at);
  amends_status_clear (&status);
}

/* How many wait, and since when, is known where nobody can read them; and only there. */
static void
test_waits (TestKiosk *fixture, gconstpointer data)
{
  TestWorld *world = &fixture->office.world;
  gint64 first_at, next_at;
  AmendsStatus status;

  assert_waits (fixture, 0, 0);
  first_at = world->now;
  test_record (fixture->kiosk, NAME, "The lift stops between floors");
  test_world_pass (world, 3600);
  test_record (fixture->kiosk, NAME, "The lights are out");
  assert_waits (fixture, 2, first_at);
  fixture->kiosk = test_store_reopen (fixture->kiosk, world);
  assert_waits (fixture, 2, first_at);
  test_sync (&fixture->office, fixture->kiosk);
  assert_waits (fixture, 0, 0);
  next_at = world->now;
  test_record (fixture->kiosk, NAME, "The door sticks");
  assert_waits (fixture, 1, next_at);

  test_record (fixture->laptop, "Rowan Pike", "No heating");
  g_assert_true (amends_store_get_status (fixture->laptop, &status, NULL));
  g_assert_cmpuint (status.n_sealed, ==, 0);
  amends_status_clear (&status);
  test_sync (&fixture->office, fixture->kiosk);
  assert_all_whole (fixture);
}

/* Nobody is there when a kiosk begins: its store opens with the device secret, and with no other. */
static void
test_opens_itself (TestKiosk *fixture, gconstpointer data)
{
  TestWorld *world = &fixture->office.world;
  g_autoptr (GArray) granted = g_array_new (FALSE, TRUE, sizeof (AmendsFeed));
  g_autofree char *path = g_build_filename (fixture->office.folder, "alone", NULL);
  g_autofree char *secret = g_build_filename (path, "device.secret", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsIdentity) who = test_enrol (fixture->office.server, &world->environment, "kiosk",
                                               "s.oak", "Kiosk 2", NULL, granted, &error);
  AmendsStore *store =
      amends_store_create (path, &world->environment, "test", who, (AmendsFeed *) granted->data,
                           granted->len, NULL, NULL, &error);

  g_assert_no_error (error);
  test_record (store, NAME, "The lift stops between floors");
  amends_store_close (store);

  store = amends_store_open (path, &world->environment, "test", FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (amends_store_opens_itself (store));
  g_assert_false (amends_store_opens_itself (fixture->kiosk));
  amends_store_unlock_itself (store, &error);
  g_assert_no_error (error);
  test_assert_whole (store);
  g_assert_cmpuint (test_sync (&fixture->office, store).n_sent, ==, 2);
  amends_store_close (store);

  g_file_set_contents (secret, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", -1, &error);
  g_assert_no_error (error);
  store = amends_store_open (path, &world->environment, "test", FALSE, &error);
  g_assert_no_error (error);
  g_assert_false (amends_store_unlock_itself (store, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_PASSPHRASE);
  amends_store_close (store);
}

#define CANARY "Thessaly Quillfeather-Dunmore"

/* As the application does: what was typed is kept while nobody has said whom it is about, and the rest is
 * recorded. Returns: the record */
static AmendsId
say_of_staff (AmendsStore *store)
{
  json_auto_t *begun = test_json ("{\"scheme\":\"oak\",\"issues\":[{\"what\":\"" CANARY "\"}]}");
  json_auto_t *intake = test_json (
      "{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\",\"channel\":"
      "\"in-person\",\"complainant\":{\"name\":\"" CANARY "\"},\"about\":[{\"who\":\"staff\","
      "\"name\":\"" CANARY "\"}],\"issues\":[{\"what\":\"" CANARY " shouts\"}]}");
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  AmendsStatus status;
  guint8 key[32];
  gint64 draft = 0;

  test_scan_get_key (store, key);
  amends_store_save_draft (store, &draft, begun, &error);
  g_assert_no_error (error);
  g_assert_true (test_scan_finds (amends_store_get_path (store), key, CANARY));
  g_assert_true (amends_store_forget_draft (store, draft, &error));
  g_assert_no_error (error);
  g_assert_false (test_scan_finds (amends_store_get_path (store), key, CANARY));
  outcome = amends_store_record (store, intake, &error);
  g_assert_no_error (error);
  g_assert_true (amends_outcome_is_sealed (outcome));
  g_assert_nonnull (outcome->reference);
  /* It waits as all does, and is not counted where staff of the place see it. */
  g_assert_true (amends_store_get_status (store, &status, &error));
  g_assert_cmpuint (status.n_waiting, >, 0);
  g_assert_cmpuint (status.n_sealed, ==, 0);
  amends_status_clear (&status);
  return outcome->id;
}

/* What is said of somebody who works there is in no file of the laptop that it was said to, whoever has its keys;
 * the line manager reads it, and whoever reads of safety does not. */
static void
test_staff (TestKiosk *fixture, gconstpointer data)
{
  AmendsStore *lead = test_office_enrol (&fixture->office, "Lead", "staff", "s.oak,r.oak");
  AmendsStore *manager = test_office_enrol (&fixture->office, "Manager", "staff", "c.oak");
  AmendsId control = test_record (fixture->laptop, NAME, "No heating");
  AmendsId id = say_of_staff (fixture->laptop);
  AmendsStore *const others[] = { fixture->laptop, lead, fixture->kiosk };
  guint8 key[32];

  test_scan_get_key (fixture->laptop, key);
  g_assert_true (test_scan_finds (amends_store_get_path (fixture->laptop), key, NAME));
  g_assert_false (test_scan_finds (amends_store_get_path (fixture->laptop), key, CANARY));
  g_assert_false (has_case (fixture->laptop, &id));
  g_assert_true (has_case (fixture->laptop, &control));
  test_assert_whole (fixture->laptop);

  test_sync (&fixture->office, fixture->laptop);
  test_sync (&fixture->office, manager);
  test_sync (&fixture->office, lead);
  test_sync (&fixture->office, fixture->kiosk);
  g_assert_true (has_case (manager, &id));
  g_assert_false (has_case (manager, &control));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      test_scan_get_key (others[i], key);
      g_assert_false (has_case (others[i], &id));
      g_assert_false (test_scan_finds (amends_store_get_path (others[i]), key, CANARY));
    }
  assert_all_whole (fixture);
  amends_store_close (manager);
  amends_store_close (lead);
}

/* Beside a case somebody's safety is told of. The case says whom to ask first, and no more than that: not there, and
 * in no file of a colleague's, is a word of it, nor that there is a record at all. */
static void
test_ask_first (TestKiosk *fixture, gconstpointer data)
{
  AmendsStore *lead = test_office_enrol (&fixture->office, "Lead", "staff", "s.oak,r.oak");
  AmendsStore *colleague = test_office_enrol (&fixture->office, "Colleague", "staff", "s.oak");
  AmendsId id = test_record (fixture->laptop, NAME, "No heating");
  g_autoptr (AmendsCase) before = amends_store_get_case (fixture->laptop, &id, NULL);
  json_auto_t *intake = test_json (
      "{\"kind\":\"safeguarding\",\"scheme\":\"oak\",\"received\":\"2026-11-20\",\"channel\":"
      "\"in-person\",\"complainant\":{\"name\":\"" NAME "\"},\"previous_case\":\"" CANARY
      "\",\"issues\":[{\"what\":\"" CANARY "\"}]}");
  g_autoptr (AmendsOutcome) told = NULL;
  g_autoptr (AmendsCase) after = NULL;
  g_autoptr (GPtrArray) asked = NULL;
  g_autoptr (GError) error = NULL;
  guint8 key[32];

  told = amends_store_record (fixture->laptop, intake, &error);
  g_assert_no_error (error);
  after = amends_store_get_case (fixture->laptop, &id, NULL);
  g_assert_cmpuint (amends_case_get_n_history (after), ==, amends_case_get_n_history (before));
  test_act (
      fixture->laptop, &id,
      "{\"type\":\"case.ask-first\",\"on\":\"2026-11-20\",\"ask\":{\"name\":\"Idris Holt\"}}");
  test_sync (&fixture->office, fixture->laptop);
  test_sync (&fixture->office, colleague);
  test_sync (&fixture->office, lead);

  g_assert_true (has_case (lead, &told->id));
  g_assert_false (has_case (colleague, &told->id));
  g_clear_pointer (&after, amends_case_free);
  after = amends_store_get_case (colleague, &id, NULL);
  asked = amends_case_list_ask_first (after);
  g_assert_cmpuint (asked->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (asked, 0), ==, "Idris Holt");
  test_scan_get_key (colleague, key);
  g_assert_true (test_scan_finds (amends_store_get_path (colleague), key, "Idris Holt"));
  g_assert_false (test_scan_finds (amends_store_get_path (colleague), key, CANARY));
  g_assert_false (test_scan_finds (amends_store_get_path (colleague), key, "safeguarding"));
  g_assert_false (test_scan_finds (amends_store_get_path (colleague), key, told->reference));
  test_scan_get_key (lead, key);
  g_assert_true (test_scan_finds (amends_store_get_path (lead), key, CANARY));
  amends_store_close (colleague);
  amends_store_close (lead);
}

/* A laptop that may not write there is refused, and it goes nowhere else. */
static void
test_not_given (TestKiosk *fixture, gconstpointer data)
{
  json_auto_t *intake = test_json (
      "{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\",\"channel\":"
      "\"in-person\",\"about\":[{\"who\":\"staff\"}],\"issues\":[{\"what\":\"He shouts\"}]}");
  const AmendsIdentity *who = amends_store_get_identity (fixture->laptop);
  g_autoptr (GError) error = NULL;

  g_assert_true (amends_server_ungrant (fixture->office.server, who->code, "c.oak", NULL));
  test_sync (&fixture->office, fixture->laptop);
  g_assert_null (amends_store_record (fixture->laptop, intake, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  g_assert_cmpstr (amends_error_get_field (error), ==, "about");
  g_assert_cmpuint (look_at_own (fixture->laptop).n_boxed, ==, 0);
  g_assert_cmpuint (amends_store_count_cases (fixture->laptop, NULL), ==, 0);
}

/* A server that lost it is given it again, still in its box. */
static void
test_restored (TestKiosk *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->kiosk, NAME, "The lift stops between floors");

  test_office_back_up (&fixture->office);
  test_sync (&fixture->office, fixture->kiosk);
  test_office_restore (&fixture->office);
  test_sync (&fixture->office, fixture->kiosk);
  test_sync (&fixture->office, fixture->laptop);
  g_assert_true (has_case (fixture->laptop, &id));
  g_assert_true (lists_name (fixture->laptop));
  assert_all_whole (fixture);
}

/* Two kiosks from one image: the second begins again under a code of its own, and its boxes open under it. */
static void
test_cloned (TestKiosk *fixture, gconstpointer data)
{
  const char *path = amends_store_get_path (fixture->kiosk);
  g_autofree char *twin_path = g_strconcat (path, "-twin", NULL);
  AmendsStore *twin;
  guint n_cases;
  g_autoptr (GPtrArray) rows = NULL;

  test_folder_copy (path, twin_path);
  test_record (fixture->kiosk, NAME, "The lift stops between floors");
  test_sync (&fixture->office, fixture->kiosk);
  twin = test_store_open (&fixture->office.world, twin_path);
  test_record (twin, "Rowan Pike", "The lift stops again");
  test_sync (&fixture->office, twin);
  g_assert_cmpuint (look_at_own (twin).n_open, ==, 0);
  test_assert_whole (twin);
  amends_store_close (twin);

  test_sync (&fixture->office, fixture->laptop);
  rows = amends_store_list_cases (fixture->laptop, NULL, FALSE, 0, 0, NULL);
  n_cases = rows != NULL ? rows->len : 0;
  g_assert_cmpuint (n_cases, ==, 2);
  assert_all_whole (fixture);
}

/* A box that does not open blocks nothing: it is acknowledged, held back, and what comes after it goes on. */
static void
test_closed (TestKiosk *fixture, gconstpointer data)
{
  AmendsIdentity *who = (AmendsIdentity *) amends_store_get_identity (fixture->kiosk);
  AmendsId lost, id;
  AmendsSyncReport report;
  g_autoptr (GError) error = NULL;
  json_t *held, *released;

  who->intake_key[0] ^= 1;
  lost = test_record (fixture->kiosk, "Rowan Pike", "The lift stops between floors");
  who->intake_key[0] ^= 1;
  id = test_record (fixture->kiosk, NAME, "The lift stops again");
  report = test_sync (&fixture->office, fixture->kiosk);
  g_assert_cmpuint (report.n_acknowledged, ==, 4);

  held = amends_server_list_quarantine (fixture->office.server, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_array_size (held), ==, 2);
  json_decref (held);
  released = amends_server_release (fixture->office.server, lost.code, &error);
  g_assert_null (released);
  g_assert_nonnull (error);

  test_sync (&fixture->office, fixture->laptop);
  g_assert_true (has_case (fixture->laptop, &id));
  g_assert_false (has_case (fixture->laptop, &lost));
  assert_all_whole (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
#define ADD(name, function) \
  g_test_add (name, TestKiosk, NULL, test_kiosk_set_up, function, test_kiosk_tear_down)
  ADD ("/sync/box/kiosk", test_kiosk);
  ADD ("/sync/box/waits", test_waits);
  ADD ("/sync/box/opens-itself", test_opens_itself);
  ADD ("/sync/box/staff", test_staff);
  ADD ("/sync/box/ask-first", test_ask_first);
  ADD ("/sync/box/not-given", test_not_given);
  ADD ("/sync/box/restored", test_restored);
  ADD ("/sync/box/cloned", test_cloned);
  ADD ("/sync/box/closed", test_closed);
#undef ADD
  return g_test_run ();
}
