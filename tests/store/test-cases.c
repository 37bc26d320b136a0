/* test-cases.c: what people do with cases, and what they then see
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-error.h"
#include "support/device.h"

typedef struct
{
  TestWorld world;
  TestFolder *folder;
  AmendsStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  test_world_init (&fixture->world);
  fixture->folder = test_folder_new ();
  path = g_build_filename (fixture->folder, "store", NULL);
  fixture->store = test_store_new (&fixture->world, path, "7K");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  amends_store_close (fixture->store);
  test_folder_remove (fixture->folder);
}

#define WHOLE_INTAKE                                                                            \
  "{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-20\",\"channel\":"         \
  "\"in-person\",\"complainant\":{\"name\":\"Wren Ashdown\",\"home\":\"Flat 12\"},"             \
  "\"issues\":[{\"what\":\"No heating\"},{\"what\":\"No light\"}],"                             \
  "\"consents\":[{\"purpose\":\"share-with-contractor\",\"to\":\"Oak Lifts\",\"given\":true}]," \
  "\"adjustments\":[{\"need\":\"large-print\",\"detail\":\"18 point\"}]}"

/* One event for the case and one each for issue, consent and adjustment, in one transaction; the
 * reference is speakable, and each case has its own. */
static void
test_record_whole (Fixture *fixture, gconstpointer data)
{
  json_auto_t *intake = test_json (WHOLE_INTAKE);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) first = amends_store_record (fixture->store, intake, &error);
  g_autoptr (AmendsOutcome) second = amends_store_record (fixture->store, intake, &error);
  g_autoptr (AmendsCase) complaint = NULL;
  g_autofree char *canonical = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (first->events->len, ==, 5);
  g_assert_true (g_str_has_prefix (first->reference, "7K-0001-"));
  g_assert_true (g_str_has_prefix (second->reference, "7K-0002-"));
  g_assert_true (amends_reference_parse (first->reference, &canonical, NULL));
  complaint = amends_store_get_case (fixture->store, &first->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (amends_case_get_text (complaint, "reference"), ==, first->reference);
  g_assert_cmpuint (amends_case_get_n_issues (complaint), ==, 2);
  g_assert_cmpuint (amends_case_get_n_consents (complaint), ==, 1);
  g_assert_cmpuint (amends_case_get_n_adjustments (complaint), ==, 1);
  g_assert_cmpuint (amends_case_get_n_missing (complaint), ==, 0);
  test_assert_whole (fixture->store);
}

static const struct
{
  const char *intake;
  const char *field;
} refused_rows[] = {
  { "[]", NULL },
  { "{}", NULL },
  { "{\"kind\":\"complaint\",\"scheme\":\"yew\",\"received\":\"2026-11-20\",\"channel\":\"letter\","
    "\"issues\":[{\"what\":\"x\"}]}",
    "scheme" },
  { "{\"kind\":\"complaint\",\"scheme\":\"oak\",\"received\":\"2026-11-31\",\"channel\":\"letter\","
    "\"issues\":[{\"what\":\"x\"}]}",
    "received" },
};

/* A record or an act that is refused leaves nothing: no event, no number used up, no draft of one. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->store, "Wren Ashdown", "No heating"), nowhere = { "9M", 9 };
  guint64 n_events = test_count_events (fixture->store);
  g_autofree char *hash = test_state_hash (fixture->store);
  json_auto_t *unknown = test_json ("{\"type\":\"case.of-the-future\"}");
  json_auto_t *withdrawn = test_json ("{\"type\":\"consent.withdrawn\",\"purpose\":\"nothing\"}");
  json_auto_t *intake = test_json (WHOLE_INTAKE);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) next = NULL;
  g_autofree char *hash_after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refused_rows); i++)
    {
      json_auto_t *refused = test_json (refused_rows[i].intake);

      g_assert_null (amends_store_record (fixture->store, refused, &error));
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
      if (refused_rows[i].field != NULL)
        g_assert_cmpstr (amends_error_get_field (error), ==, refused_rows[i].field);
      g_clear_error (&error);
    }
  g_assert_null (amends_store_act (fixture->store, &id, unknown, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (amends_store_act (fixture->store, &id, withdrawn, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (amends_store_act (fixture->store, &nowhere, unknown, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);

  hash_after = test_state_hash (fixture->store);
  g_assert_cmpstr (hash, ==, hash_after);
  g_assert_cmpuint (n_events, ==, test_count_events (fixture->store));
  next = amends_store_record (fixture->store, intake, NULL);
  g_assert_true (g_str_has_prefix (next->reference, "7K-0002-"));
  g_assert_cmpuint (next->id.number, ==, n_events + 1);
  test_assert_whole (fixture->store);
}

/* The same name anywhere, the same home of the same scheme, in whatever letters; and never itself. */
static void
test_alike (Fixture *fixture, gconstpointer data)
{
  AmendsId first = test_record (fixture->store, "Wren Ashdown", "No heating");
  AmendsId second = test_record (fixture->store, "wren ashdown", "No heating still");
  AmendsId neighbour = test_record (fixture->store, "Ivo Marsh", "Noise");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (AmendsCase) complaint = NULL;

  test_record (fixture->store, "Una Late", "Rain");
  test_act (fixture->store, &second, "{\"type\":\"contact.changed\",\"home\":\"Flat 12\"}");
  test_act (fixture->store, &neighbour, "{\"type\":\"contact.changed\",\"home\":\"FLAT 12\"}");
  complaint = amends_store_get_case (fixture->store, &second, NULL);
  rows = amends_store_list_alike (fixture->store, complaint, 3, NULL);
  g_assert_cmpuint (rows->len, ==, 2);
  for (guint i = 0; i < rows->len; i++)
    {
      const AmendsCaseRow *row = g_ptr_array_index (rows, i);

      g_assert_true (amends_id_equal (&row->id, &first) || amends_id_equal (&row->id, &neighbour));
    }
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = amends_store_list_alike (fixture->store, complaint, 1, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
}

/* Beside a case that all of a scheme read stands nothing of what only some may; beside that stands what all read. */
static void
test_alike_apart (Fixture *fixture, gconstpointer data)
{
  const AmendsFeed feeds[] = {
    { .feed = "ctl", .may_read = TRUE },
    { .feed = "org", .may_read = TRUE },
    { .feed = "staff", .may_read = TRUE, .may_write = TRUE },
    { .feed = "s.oak", .may_read = TRUE, .may_write = TRUE },
    { .feed = "c.oak", .may_read = TRUE, .may_write = TRUE },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "both", NULL);
  g_autoptr (AmendsIdentity) identity = test_identity_new (&fixture->world, "2A", "Office");
  g_autoptr (AmendsStore) store =
      amends_store_create (path, &fixture->world.environment, "test", identity, feeds,
                           G_N_ELEMENTS (feeds), TEST_STAFF, TEST_PASSPHRASE, &error);
  AmendsId open;
  json_auto_t *intake = test_json (WHOLE_INTAKE);
  g_autoptr (AmendsOutcome) outcome = NULL;
  g_autoptr (AmendsCase) of_all = NULL;
  g_autoptr (AmendsCase) of_some = NULL;
  g_autoptr (GPtrArray) beside_all = NULL;
  g_autoptr (GPtrArray) beside_some = NULL;

  g_assert_no_error (error);
  open = test_record (store, "Wren Ashdown", "No heating");
  json_object_set_new (intake, "restricted", json_string ("conduct"));
  outcome = amends_store_record (store, intake, &error);
  g_assert_no_error (error);
  of_all = amends_store_get_case (store, &open, NULL);
  of_some = amends_store_get_case (store, &outcome->id, NULL);
  g_assert_cmpstr (amends_case_get_feed (of_all), ==, "s.oak");
  g_assert_cmpstr (amends_case_get_feed (of_some), ==, "c.oak");
  beside_all = amends_store_list_alike (store, of_all, 3, NULL);
  g_assert_cmpuint (beside_all->len, ==, 0);
  beside_some = amends_store_list_alike (store, of_some, 3, NULL);
  g_assert_cmpuint (beside_some->len, ==, 1);
}

static const struct
{
  const char *text;
  guint n_hits;
} search_rows[] = {
  { "wren", 2 },    { "WREN", 2 },      { "wr", 2 },       { "ash wren", 2 },
  { "ivo", 1 },     { "heating", 1 },   { "heat oak", 0 }, { "Flat 12", 1 },
  { "7K-0002", 1 }, { "rang back", 1 }, { "cafe", 1 },     { "zz", 0 },
  { "\"", 0 },      { "a*b OR (", 0 },  { "NEAR(", 0 },    { "wren -ivo", 1 },
};

static guint
count_hits (AmendsStore *store, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = amends_store_search (store, text, &error);

  if (g_utf8_strlen (text, -1) < 2)
    {
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
      return 0;
    }
  g_assert_no_error (error);
  return rows->len;
}

static guint
count_hits_so_far (AmendsStore *store, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = amends_store_search_so_far (store, text, &error);

  g_assert_no_error (error);
  return rows->len;
}

/* Names first, the words of each case later, and a key waits for neither. What is recorded meanwhile is found by
 * all of its words. */
static void
test_search_reach (Fixture *fixture, gconstpointer data)
{
  AmendsId first = test_record (fixture->store, "Wren Ashdown", "No heating");

  test_note (fixture->store, &first, "A zebra in the yard");
  for (guint i = 0; i < 30; i++)
    test_record (fixture->store, "Ivo Marsh", "Café door");
  g_assert_cmpuint (count_hits_so_far (fixture->store, "marsh"), ==, 0);
  g_assert_cmpint (amends_store_get_search_reach (fixture->store), ==, AMENDS_SEARCH_REACH_NOTHING);
  test_record (fixture->store, "Una Late", "Rain");
  g_assert_cmpuint (count_hits_so_far (fixture->store, "una rain"), ==, 1);

  while (amends_store_get_search_reach (fixture->store) == AMENDS_SEARCH_REACH_NOTHING)
    g_assert_true (amends_store_search_step (fixture->store, 1, NULL));
  g_assert_cmpuint (count_hits_so_far (fixture->store, "marsh cafe"), ==, 30);
  g_assert_cmpuint (count_hits_so_far (fixture->store, "wren heat"), ==, 1);
  g_assert_cmpuint (count_hits_so_far (fixture->store, "zebra"), ==, 0);

  while (amends_store_search_step (fixture->store, 7, NULL))
    g_assert_cmpint (amends_store_get_search_reach (fixture->store), ==, AMENDS_SEARCH_REACH_NAMES);
  g_assert_cmpint (amends_store_get_search_reach (fixture->store), ==, AMENDS_SEARCH_REACH_ALL);
  g_assert_cmpuint (count_hits_so_far (fixture->store, "zebra"), ==, 1);
  g_assert_cmpuint (count_hits_so_far (fixture->store, "wren"), ==, 1);
  g_assert_cmpuint (count_hits_so_far (fixture->store, "marsh"), ==, 30);
  g_assert_cmpuint (count_hits_so_far (fixture->store, "una rain"), ==, 1);
}

/* Design, 4: two letters or more, of names, homes, references, what happened, notes; never what a person
 * types as a language of its own; and what was just recorded is found at once. */
static void
test_search (Fixture *fixture, gconstpointer data)
{
  AmendsId first = test_record (fixture->store, "Wren Ashdown", "No heating");
  AmendsId second = test_record (fixture->store, "Ivo Marsh", "Café door");

  test_act (fixture->store, &first, "{\"type\":\"contact.changed\",\"home\":\"Flat 12\"}");
  g_assert_cmpuint (count_hits (fixture->store, "sent by wren"), ==, 0);
  test_note (fixture->store, &second, "Rang back, sent by Wren Ashdown");
  for (guint i = 0; i < G_N_ELEMENTS (search_rows); i++)
    {
      g_test_message ("%s", search_rows[i].text);
      g_assert_cmpuint (count_hits (fixture->store, search_rows[i].text), ==,
                        search_rows[i].n_hits);
    }
  g_assert_cmpuint (count_hits (fixture->store, "w"), ==, 0);
  test_act (fixture->store, &first, "{\"type\":\"contact.changed\",\"home\":\"House 9\"}");
  g_assert_cmpuint (count_hits (fixture->store, "Flat 12"), ==, 0);
  g_assert_cmpuint (count_hits (fixture->store, "House 9"), ==, 1);
  for (guint i = 0; i < 60; i++)
    test_record (fixture->store, "Many Alike", "The same");
  g_assert_cmpuint (count_hits (fixture->store, "alike"), ==, 50);
}

/* A case is named by its reference, however it is said, or by its id. */
static void
test_find (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->store, "Wren Ashdown", "No heating"), found;
  g_autoptr (AmendsCase) complaint = amends_store_get_case (fixture->store, &id, NULL);
  g_autofree char *reference = g_strdup (amends_case_get_text (complaint, "reference"));
  g_autofree char *small = g_ascii_strdown (reference, -1);
  g_autofree char *id_text = amends_id_format (&id);
  g_autofree char *absent = amends_reference_format ("7K", 77);
  const char *names[] = { reference, small, id_text };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_true (amends_store_find_case (fixture->store, names[i], &found, &error));
      g_assert_true (amends_id_equal (&id, &found));
    }
  g_assert_false (amends_store_find_case (fixture->store, absent, &found, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (amends_store_find_case (fixture->store, "9M.9", &found, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  reference[strlen (reference) - 1] ^= 1;
  g_assert_false (amends_store_find_case (fixture->store, reference, &found, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
}

/* Who did what, when, on which device, and what became of it. */
static void
test_history (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_record (fixture->store, "Wren Ashdown", "No heating");
  g_autoptr (AmendsCase) complaint = NULL;
  json_auto_t *history = NULL;
  json_auto_t *shown = NULL;
  const json_t *last;

  test_world_pass (&fixture->world, 60);
  test_note (fixture->store, &id, "Rang back");
  complaint = amends_store_get_case (fixture->store, &id, NULL);
  history = amends_store_history_to_json (fixture->store, complaint, NULL);
  g_assert_cmpuint (json_array_size (history), ==, 3);
  last = json_array_get (history, 2);
  g_assert_cmpstr (json_string_value (json_object_get (last, "type")), ==, "case.noted");
  g_assert_cmpstr (json_string_value (json_object_get (last, "at")), ==, "2026-11-21T10:01:00Z");
  g_assert_cmpstr (json_string_value (json_object_get (json_object_get (last, "by"), "name")), ==,
                   TEST_STAFF);
  g_assert_cmpstr (json_string_value (json_object_get (json_object_get (last, "device"), "name")),
                   ==, "Office laptop");
  g_assert_true (json_is_true (json_object_get (last, "verified")));
  g_assert_true (json_is_false (json_object_get (last, "sent")));
  g_assert_true (json_is_null (json_object_get (last, "server_at")));
  g_assert_true (json_is_true (json_object_get (last, "known")));
  g_assert_true (json_is_false (json_object_get (last, "erased")));
  shown = amends_store_case_to_json (fixture->store, complaint, NULL);
  g_assert_cmpint (json_integer_value (json_object_get (shown, "waiting")), ==, 3);
}

static gint64
save_draft (AmendsStore *store, gint64 number, const char *text)
{
  json_auto_t *intake = test_json (text);
  g_autoptr (GError) error = NULL;

  g_assert_true (amends_store_save_draft (store, &number, intake, &error));
  g_assert_no_error (error);
  return number;
}

/* Drafts are kept as far as they have come, newest first, and are no part of the log. */
static void
test_drafts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *hash = test_state_hash (fixture->store);
  g_autofree char *hash_after = NULL;
  gint64 first = save_draft (fixture->store, 0, "{\"a\":1}"), second;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GPtrArray) left = NULL;
  const AmendsDraft *draft;

  test_world_pass (&fixture->world, 1);
  second = save_draft (fixture->store, 0, "{\"a\":2}");
  g_assert_cmpint (first, !=, second);
  test_world_pass (&fixture->world, 1);
  g_assert_cmpint (save_draft (fixture->store, first, "{\"a\":3}"), ==, first);
  fixture->store = test_store_reopen (fixture->store, &fixture->world);
  drafts = amends_store_list_drafts (fixture->store, NULL);
  g_assert_cmpuint (drafts->len, ==, 2);
  draft = g_ptr_array_index (drafts, 0);
  g_assert_cmpint (draft->draft, ==, first);
  g_assert_cmpint (draft->changed_at, ==, fixture->world.now);
  g_assert_cmpint (json_integer_value (json_object_get (draft->intake, "a")), ==, 3);

  g_assert_true (amends_store_delete_draft (fixture->store, first, NULL));
  g_assert_true (amends_store_delete_draft (fixture->store, first, NULL));
  left = amends_store_list_drafts (fixture->store, NULL);
  g_assert_cmpuint (left->len, ==, 1);
  hash_after = test_state_hash (fixture->store);
  g_assert_cmpstr (hash, ==, hash_after);
}

/* What is thrown away can be had back by whoever threw it; the form of an act says of which case it is. */
static void
test_thrown_draft (Fixture *fixture, gconstpointer data)
{
  const AmendsId id = { "7K", 12 };
  json_auto_t *act = amends_draft_pack_act (&id, "oak", AMENDS_EVENT_CASE_RESPONDED,
                                            json_pack ("{s:s}", "summary", "We are sorry."));
  json_auto_t *record = test_json ("{\"scheme\":\"oak\"}");
  g_autoptr (AmendsDraft) thrown = NULL;
  g_autoptr (GError) error = NULL;
  gint64 draft = 0;
  AmendsEventType type;
  AmendsId found;

  g_assert_true (amends_store_save_draft (fixture->store, &draft, act, NULL));
  thrown = amends_store_throw_draft (fixture->store, draft, &error);
  g_assert_no_error (error);
  g_assert_true (json_equal (thrown->intake, act));
  g_assert_cmpstr (json_string_value (json_object_get (thrown->intake, "scheme")), ==, "oak");
  g_assert_nonnull (amends_draft_get_act (thrown->intake, &found, &type));
  g_assert_true (amends_id_equal (&found, &id));
  g_assert_cmpint (type, ==, AMENDS_EVENT_CASE_RESPONDED);
  g_assert_null (amends_draft_get_act (record, &found, &type));

  g_assert_null (amends_store_throw_draft (fixture->store, draft, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_NOT_FOUND);
}

static void
add (const char *name, void (*func) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/cases/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  add ("record-whole", test_record_whole);
  add ("refused", test_refused);
  add ("alike", test_alike);
  add ("alike-apart", test_alike_apart);
  add ("search", test_search);
  add ("search/reach", test_search_reach);
  add ("find", test_find);
  add ("history", test_history);
  add ("drafts", test_drafts);
  add ("thrown-draft", test_thrown_draft);
  return g_test_run ();
}
