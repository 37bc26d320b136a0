/* test-move-erasure.c: what two people erase of a case that was moved between schemes
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-error.h"
#include "move-office.h"
#include "support/scan.h"

#define CANARY "Quillon Wexcombe-Tarrant"
#define KEPT "Hesper Dalloway-Munt"

static gboolean
finds (AmendsStore *store, const char *text)
{
  guint8 key[32];

  test_scan_get_key (store, key);
  return test_scan_finds (amends_store_get_path (store), key, text);
}

/* All events of the stream that @store holds, as an administrator names them. */
static char *
list_events (AmendsStore *store, const AmendsId *id)
{
  g_autoptr (GPtrArray) events = amends_log_read_stream (store, id, NULL);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < events->len; i++)
    {
      g_autofree char *text =
          amends_id_format (&((AmendsEvent *) g_ptr_array_index (events, i))->id);

      g_string_append_printf (list, "%s%s", i > 0 ? "," : "", text);
    }
  return g_string_free (list, FALSE);
}

static gboolean
server_finds (Fixture *fixture, const char *text)
{
  return test_folder_contains (amends_server_get_folder (fixture->office.server), text,
                               strlen (text));
}

static void
assert_nowhere (Fixture *fixture, const char *text)
{
  AmendsStore *stores[N_STORES] = { fixture->oak, fixture->elm, fixture->region, fixture->another };

  for (guint i = 0; i < N_STORES; i++)
    {
      g_test_message ("%u", i);
      g_assert_false (finds (stores[i], text));
    }
  g_assert_false (server_finds (fixture, text));
}

/* A case with a note, moved from oak to elm, and known to all. */
static AmendsId
record_and_move (Fixture *fixture)
{
  AmendsStore *stores[N_STORES] = { fixture->oak, fixture->elm, fixture->region, fixture->another };
  AmendsId id = test_record (fixture->oak, CANARY, "Damp in the hall");

  test_record (fixture->oak, KEPT, "No light");
  test_note (fixture->oak, &id, "Rang " CANARY);
  sync_all (fixture);
  move (fixture->region, &id, "elm");
  sync_all (fixture);
  test_note (fixture->elm, &id, "Wrote to " CANARY);
  sync_all (fixture);
  for (guint i = 0; i < N_STORES; i++)
    g_assert_true (finds (stores[i], CANARY));
  return id;
}

/* It stands in two feeds. Two people of the scheme where it is ask and agree; whoever moved it has what they cannot reach
 * erased with the rest: as it was written and as it was carried, nothing is left of it anywhere. */
static void
test_all (Fixture *fixture, gconstpointer data)
{
  AmendsStore *second = test_office_enrol (&fixture->office, "elm, too", "staff", "s.elm");
  AmendsId id = record_and_move (fixture);
  g_autoptr (AmendsCase) complaint = NULL;

  test_act (fixture->elm, &id, "{\"type\":\"case.erasure-asked\",\"because\":\"never-needed\"}");
  sync_all (fixture);
  test_sync (&fixture->office, second);
  test_act (second, &id, "{\"type\":\"case.erasure-agreed\"}");
  test_sync (&fixture->office, second);
  g_assert_true (finds (fixture->oak, CANARY));
  sync_all (fixture);
  test_sync (&fixture->office, second);
  assert_nowhere (fixture, CANARY);
  g_assert_false (finds (second, CANARY));
  g_assert_true (finds (fixture->oak, KEPT));
  g_assert_true (server_finds (fixture, KEPT));

  complaint = get_case (second, &id);
  g_assert_true (amends_case_is_erased (complaint));
  g_assert_cmpuint (amends_case_get_n_erasures (complaint), ==, 1);
  g_assert_cmpuint (amends_case_get_erasure (complaint, 0)->n_left, ==, 0);
  g_assert_nonnull (amends_case_get_text (complaint, "reference"));
  test_assert_whole (second);
  amends_store_close (second);
}

/* Of what the administrator erases, as it was written and as it was carried, nothing is left anywhere. */
static void
test_administrator (Fixture *fixture, gconstpointer data)
{
  AmendsId id = record_and_move (fixture);
  g_autofree char *ids = list_events (fixture->region, &id);
  g_autoptr (GError) error = NULL;
  json_auto_t *report = amends_server_erase (fixture->office.server, ids, "court order", &error);

  g_assert_no_error (error);
  sync_all (fixture);
  assert_nowhere (fixture, CANARY);
}

/* Who reads both schemes agrees: they ask for all of it themselves. What another carries who has not heard of it goes in
 * the same way, once they have. */
static void
test_late (Fixture *fixture, gconstpointer data)
{
  AmendsId id = record_and_move (fixture);
  guint64 n_events;

  test_act (fixture->another, &id,
            "{\"type\":\"case.erasure-asked\",\"because\":\"never-needed\"}");
  sync_all (fixture);
  move (fixture->another, &id, "ash");
  test_act (fixture->region, &id, "{\"type\":\"case.erasure-agreed\"}");
  test_sync (&fixture->office, fixture->region);
  sync_all (fixture);
  sync_all (fixture);
  assert_nowhere (fixture, CANARY);

  /* Then it is at rest: nothing is carried again. */
  n_events = test_office_count_events (&fixture->office,
                                       amends_store_get_identity (fixture->region)->code);
  sync_all (fixture);
  g_assert_cmpuint (test_office_count_events (&fixture->office,
                                              amends_store_get_identity (fixture->region)->code),
                    ==, n_events);
}

static char *
dup_last_id (AmendsStore *store, const AmendsId *id)
{
  g_autoptr (AmendsCase) complaint = get_case (store, id);
  guint last = amends_case_get_n_history (complaint) - 1;

  return amends_id_format (&amends_case_get_history (complaint, last)->event->id);
}

static char *
dup_ask_for (const char *record)
{
  return g_strdup_printf (
      "{\"type\":\"case.erasure-asked\",\"because\":\"never-needed\",\"events\":[\"%s\"]}", record);
}

/* One record of it goes where it was written and where it was carried, and whoever moved the case does not carry it again,
 * nor what is left of it. The rest of the case stays. */
static void
test_of_one (Fixture *fixture, gconstpointer data)
{
  AmendsStore *second = test_office_enrol (&fixture->office, "elm, too", "staff", "s.elm");
  const char *code = amends_store_get_identity (fixture->region)->code;
  AmendsId id = test_record (fixture->oak, KEPT, "Damp in the hall");
  g_autofree char *act = NULL;
  g_autofree char *note = NULL;
  guint64 n_events;

  test_note (fixture->oak, &id, CANARY);
  note = dup_last_id (fixture->oak, &id);
  sync_all (fixture);
  move (fixture->region, &id, "elm");
  sync_all (fixture);
  n_events = test_office_count_events (&fixture->office, code);
  act = dup_ask_for (note);
  test_act (fixture->elm, &id, act);
  test_sync (&fixture->office, fixture->elm);
  test_sync (&fixture->office, second);
  test_act (second, &id, "{\"type\":\"case.erasure-agreed\"}");
  test_sync (&fixture->office, second);
  sync_all (fixture);
  sync_all (fixture);
  assert_nowhere (fixture, CANARY);
  g_assert_true (finds (fixture->elm, KEPT));
  g_assert_cmpuint (test_office_count_events (&fixture->office, code), ==, n_events);
  amends_store_close (second);
}

/* What was asked for before it was moved is asked for again where it is. */
static void
test_asked_before (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->oak, CANARY, "Damp in the hall");
  json_auto_t *act = json_pack ("{s:s}", "type", "case.erasure-agreed");
  g_autoptr (GError) error = NULL;

  test_act (fixture->oak, &id, "{\"type\":\"case.erasure-asked\",\"because\":\"never-needed\"}");
  sync_all (fixture);
  move (fixture->region, &id, "elm");
  sync_all (fixture);
  g_assert_null (amends_store_act (fixture->elm, &id, act, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  test_act (fixture->elm, &id, "{\"type\":\"case.erasure-asked\",\"because\":\"never-needed\"}");
  sync_all (fixture);
  test_act (fixture->another, &id, "{\"type\":\"case.erasure-agreed\"}");
  sync_all (fixture);
  assert_nowhere (fixture, CANARY);
}

/* What two agreed to erase the server does not erase when one of them was withdrawn. That holds up no move: it stays
 * where it was written, and goes once two ask again whom the server hears. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  AmendsStore *second = test_office_enrol (&fixture->office, "oak, too", "staff", "s.oak");
  AmendsId id = test_record (fixture->oak, KEPT, "Damp in the hall");
  g_autoptr (AmendsCase) complaint = NULL;
  g_autofree char *note = NULL;
  g_autofree char *act = NULL;

  test_note (fixture->oak, &id, CANARY);
  note = dup_last_id (fixture->oak, &id);
  act = dup_ask_for (note);
  sync_all (fixture);
  test_sync (&fixture->office, second);
  test_act (second, &id, act);
  test_sync (&fixture->office, second);
  sync_all (fixture);
  test_act (fixture->another, &id, "{\"type\":\"case.erasure-agreed\"}");
  g_assert_true (amends_server_revoke (fixture->office.server,
                                       amends_store_get_identity (second)->code, NULL));
  sync_all (fixture);
  g_assert_true (finds (fixture->region, CANARY));

  move (fixture->region, &id, "elm");
  sync_all (fixture);
  complaint = get_case (fixture->elm, &id);
  g_assert_cmpstr (amends_case_get_feed (complaint), ==, "s.elm");
  g_assert_false (amends_case_is_away (complaint));
  g_assert_true (finds (fixture->elm, KEPT));
  g_assert_false (finds (fixture->elm, CANARY));

  test_act (fixture->region, &id, act);
  sync_all (fixture);
  test_act (fixture->another, &id, "{\"type\":\"case.erasure-agreed\"}");
  sync_all (fixture);
  assert_nowhere (fixture, CANARY);
  amends_store_close (second);
}

/* Of what was carried to where the case is no more, and was erased there, nothing is left behind. */
static void
test_returned (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->oak, KEPT, "Damp in the hall");
  g_autoptr (AmendsCase) complaint = NULL;
  g_autofree char *note = NULL;
  g_autofree char *act = NULL;

  test_note (fixture->oak, &id, CANARY);
  note = dup_last_id (fixture->oak, &id);
  sync_all (fixture);
  move (fixture->region, &id, "elm");
  sync_all (fixture);
  move (fixture->region, &id, "oak");
  act = dup_ask_for (note);
  test_act (fixture->region, &id, act);
  sync_all (fixture);
  test_act (fixture->another, &id, "{\"type\":\"case.erasure-agreed\"}");
  test_sync (&fixture->office, fixture->another);
  g_assert_false (finds (fixture->another, CANARY));
  complaint = get_case (fixture->another, &id);
  g_assert_cmpuint (amends_case_count_behind (complaint), ==, 0);
  sync_all (fixture);
  assert_nowhere (fixture, CANARY);
}

/* What carries it is let go after it was erased, of a device that hears of it no more: who agreed has that erased too. */
static void
test_released (Fixture *fixture, gconstpointer data)
{
  AmendsStore *third = test_office_enrol (&fixture->office, "third", "staff", "s.oak,s.elm");
  const char *code = amends_store_get_identity (fixture->another)->code;
  AmendsId id = test_record (fixture->oak, CANARY, "Damp in the hall");
  json_auto_t *report = NULL;

  test_record (fixture->oak, KEPT, "No light");
  sync_all (fixture);
  g_assert_true (amends_server_ungrant (fixture->office.server, code, "s.elm", NULL));
  move (fixture->another, &id, "elm");
  sync_all (fixture);
  g_assert_false (finds (fixture->elm, CANARY));
  test_act (fixture->region, &id, "{\"type\":\"case.erasure-asked\",\"because\":\"never-needed\"}");
  sync_all (fixture);
  test_sync (&fixture->office, third);
  test_act (third, &id, "{\"type\":\"case.erasure-agreed\"}");
  test_sync (&fixture->office, third);
  test_sync (&fixture->office, third);
  sync_all (fixture);
  g_assert_false (finds (fixture->region, CANARY));

  report = amends_server_release (fixture->office.server, code, NULL);
  g_assert_cmpint (json_integer_value (json_object_get (report, "released")), >, 0);
  sync_all (fixture);
  g_assert_true (finds (fixture->elm, CANARY));
  test_sync (&fixture->office, third);
  sync_all (fixture);
  assert_nowhere (fixture, CANARY);
  g_assert_true (server_finds (fixture, KEPT));
  amends_store_close (third);
}

/* What says where the case is stays, whatever else of it goes: without it the scheme that it left would see it again. */
static void
test_of_move (Fixture *fixture, gconstpointer data)
{
  AmendsId id = record_and_move (fixture);
  g_autoptr (AmendsCase) complaint = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *moved = NULL;
  g_autofree char *text = NULL;
  json_auto_t *act = NULL;

  complaint = get_case (fixture->oak, &id);
  g_assert_cmpuint (amends_case_get_n_history (complaint), ==, 1);
  moved = amends_id_format (&amends_case_get_history (complaint, 0)->event->id);
  text = dup_ask_for (moved);
  act = test_json (text);
  g_assert_null (amends_store_act (fixture->elm, &id, act, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);

  test_act (fixture->elm, &id, "{\"type\":\"case.erasure-asked\",\"because\":\"never-needed\"}");
  sync_all (fixture);
  test_act (fixture->another, &id, "{\"type\":\"case.erasure-agreed\"}");
  sync_all (fixture);
  assert_nowhere (fixture, CANARY);
  test_note (fixture->elm, &id, "Recorded since");
  sync_all (fixture);
  g_assert_true (is_away (fixture->oak, &id));
  amends_case_free (complaint);
  complaint = get_case (fixture->elm, &id);
  g_assert_cmpstr (amends_case_get_feed (complaint), ==, "s.elm");
  g_assert_cmpuint (amends_case_get_erasure (complaint, 0)->n_left, ==, 0);
}

#define ADD(name, func) g_test_add ("/move-erasure/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("all", test_all);
  ADD ("administrator", test_administrator);
  ADD ("late", test_late);
  ADD ("of-one", test_of_one);
  ADD ("of-move", test_of_move);
  ADD ("asked-before", test_asked_before);
  ADD ("refused", test_refused);
  ADD ("returned", test_returned);
  ADD ("released", test_released);
  return g_test_run ();
}
