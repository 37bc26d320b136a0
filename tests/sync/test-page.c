/* test-page.c: what a page has to say to be believed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PROTOCOL.md 4: a page and its cursor are one transaction, and it stands only if the feed hash and its
 * authors' statements fit: the server can withhold, but neither alter nor forge. */

#include <sodium.h>
#include <string.h>

#include "support/office.h"
#include "sync/amends-page.h"

typedef struct
{
  TestOffice office;
  AmendsStore *author;
  AmendsStore *reader; /* has synced, and knows the author's key */
  AmendsId id;
  GPtrArray *events; /* of the author, that the reader does not have */
  AmendsFeed cursor; /* of the reader in s.oak */
} Fixture;

static gboolean
collect (AmendsEvent *event, gpointer user_data)
{
  if (g_str_equal (event->feed, "s.oak"))
    g_ptr_array_add (user_data, amends_event_ref (event));
  return TRUE;
}

static void
find_cursor (Fixture *fixture)
{
  g_autoptr (GArray) feeds = amends_store_list_feeds (fixture->reader, NULL);

  for (guint i = 0; i < feeds->len; i++)
    if (g_str_equal (g_array_index (feeds, AmendsFeed, i).feed, "s.oak"))
      fixture->cursor = g_array_index (feeds, AmendsFeed, i);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  AmendsHead head;

  test_office_init (&fixture->office);
  fixture->author = test_office_enrol (&fixture->office, "Author", "staff", "s.oak");
  fixture->reader = test_office_enrol (&fixture->office, "Reader", "staff", "s.oak");
  fixture->id = test_record (fixture->author, "Wren Ashdown", "No heating");
  test_sync (&fixture->office, fixture->author);
  test_sync (&fixture->office, fixture->reader);
  g_assert_true (amends_log_get_head (fixture->author, &head, NULL));
  for (guint i = 0; i < 4; i++)
    test_note (fixture->author, &fixture->id, "Rang back");
  fixture->events = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  g_assert_true (
      amends_log_foreach_own (fixture->author, head.number + 1, collect, fixture->events, NULL));
  find_cursor (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->events);
  amends_store_close (fixture->author);
  amends_store_close (fixture->reader);
  test_office_clear (&fixture->office);
}

/* What is wrong with the page. */
typedef enum
{
  PAGE_TRUE,
  PAGE_OTHER_POSITION,
  PAGE_OTHER_FEED,
  PAGE_NOT_GRANTED,
  PAGE_EVENT_LEFT_OUT,
  PAGE_EVENTS_SWAPPED,
  PAGE_EVENT_ALTERED,
  PAGE_EVENT_FORGED,
  PAGE_HASH_OTHER,
  PAGE_STATEMENT_OTHER_KEY,
  PAGE_STATEMENT_SHORT,
  PAGE_OWN_NOT_WRITTEN,
} Wrong;

static AmendsEvent *
alter (const AmendsEvent *event)
{
  g_autoptr (GBytes) body = g_bytes_new_static (
      "{\"type\":\"case.noted\",\"at\":\"2026-11-21T10:00:00Z\",\"text\":\"Not so\"}", 65);
  g_autoptr (GError) error = NULL;
  AmendsEvent *altered = amends_event_new (&event->id, event->feed, &event->stream, event->after,
                                           event->n_after, event->salt, body, &error);

  g_assert_no_error (error);
  return altered;
}

static void
add_statement (Fixture *fixture, AmendsFrameWriter *writer, GPtrArray *events, Wrong wrong)
{
  const AmendsIdentity *who = amends_store_get_identity (fixture->author);
  const AmendsEvent *last = g_ptr_array_index (events, events->len - 1);
  g_autoptr (AmendsStatement) statement = amends_statement_new (who->code, last->id.number);
  guint8 seed[crypto_sign_SEEDBYTES] = { 1 }, key[AMENDS_KEY_BYTES], secret_key[64];
  AmendsDigest chain;
  guint64 number;

  g_assert_true (amends_log_get_chain (fixture->reader, who->code, "s.oak", &number, &chain, NULL));
  for (guint i = 0; i < events->len - (wrong == PAGE_STATEMENT_SHORT); i++)
    amends_chain_step (&chain, ((AmendsEvent *) g_ptr_array_index (events, i))->digest);
  amends_statement_add (statement, "s.oak", &chain);
  crypto_sign_seed_keypair (key, secret_key, seed);
  /* Altered or forged, it is the server that would have to sign: it has not the author's key. */
  amends_statement_sign (statement, wrong == PAGE_TRUE || wrong == PAGE_STATEMENT_SHORT
                                        ? who->secret_key
                                        : secret_key);
  amends_frame_writer_add_statement (writer, statement);
}

static AmendsFrame *
make_page (Fixture *fixture, Wrong wrong)
{
  const char *feed = wrong == PAGE_OTHER_FEED    ? "staff"
                     : wrong == PAGE_NOT_GRANTED ? "s.elm"
                                                 : "s.oak";
  AmendsFrameWriter *writer =
      amends_frame_writer_new (feed,
                               fixture->cursor.position + (wrong == PAGE_OTHER_POSITION ? 2 : 1));
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  AmendsDigest hash = fixture->cursor.hash;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  AmendsFrame *page;

  for (guint i = 0; i < fixture->events->len; i++)
    {
      guint from = wrong == PAGE_EVENTS_SWAPPED && i < 2 ? 1 - i : i;
      AmendsEvent *event = g_ptr_array_index (fixture->events, from);

      if (wrong == PAGE_EVENT_LEFT_OUT && i == 1)
        continue;
      g_ptr_array_add (events, (wrong == PAGE_EVENT_ALTERED && i == 1)
                                       || (wrong == PAGE_EVENT_FORGED && i == 3)
                                   ? alter (event)
                                   : amends_event_ref (event));
    }
  for (guint i = 0; i < events->len; i++)
    {
      const AmendsEvent *event = g_ptr_array_index (events, i);

      amends_frame_writer_add_event (writer, event, TEST_NOW / G_USEC_PER_SEC);
      amends_chain_step (&hash, event->digest);
    }
  if (wrong == PAGE_OWN_NOT_WRITTEN)
    amends_frame_writer_add_own (writer, 90, 2, TEST_NOW / G_USEC_PER_SEC);
  if (wrong == PAGE_HASH_OTHER)
    hash.bytes[0] ^= 1;
  /* One key or none that fits: where an event is altered the server signs again as well as it can. */
  add_statement (fixture, writer, events,
                 wrong == PAGE_STATEMENT_SHORT ? PAGE_STATEMENT_SHORT
                 : wrong == PAGE_STATEMENT_OTHER_KEY || wrong == PAGE_EVENT_ALTERED
                         || wrong == PAGE_EVENT_FORGED || wrong == PAGE_EVENT_LEFT_OUT
                     ? PAGE_STATEMENT_OTHER_KEY
                     : PAGE_TRUE);
  bytes = amends_frame_writer_finish (writer, &hash);
  page = amends_frame_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  return page;
}

/* Refused whole: neither event nor cursor is kept; and the true page is taken after it. */
static void
test_wrong (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsFrame) page = make_page (fixture, GPOINTER_TO_INT (data));
  g_autoptr (AmendsFrame) true_page = make_page (fixture, PAGE_TRUE);
  guint64 n_before = test_count_events (fixture->reader), n_new = 0;
  AmendsFeed before = fixture->cursor;
  g_autoptr (GError) error = NULL;

  g_assert_false (amends_page_apply (fixture->reader, page, &n_new, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_clear_error (&error);
  g_assert_cmpuint (test_count_events (fixture->reader), ==, n_before);
  find_cursor (fixture);
  g_assert_cmpmem (&before, sizeof before, &fixture->cursor, sizeof fixture->cursor);
  test_assert_whole (fixture->reader);

  g_assert_true (amends_page_apply (fixture->reader, true_page, &n_new, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_new, ==, 4);
  test_assert_whole (fixture->reader);
}

/* The same page twice does not go on where the device is. */
static void
test_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AmendsFrame) page = make_page (fixture, PAGE_TRUE);
  g_autoptr (GError) error = NULL;
  guint64 n_new = 0;

  g_assert_true (amends_page_apply (fixture->reader, page, &n_new, &error));
  g_assert_false (amends_page_apply (fixture->reader, page, &n_new, &error));
  g_assert_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_PROTOCOL);
  test_assert_whole (fixture->reader);
}

/* Design, 7: a device that may no longer write there hands in all the same; that is held back, its digest
 * carries the chain over it, and readers verify what comes after. */
static void
test_quarantined (Fixture *fixture, gconstpointer data)
{
  const char *code = amends_store_get_identity (fixture->author)->code;
  AmendsServer *server = fixture->office.server;

  test_sync (&fixture->office, fixture->author);
  test_sync (&fixture->office, fixture->reader);
  for (guint round = 0; round < 2; round++)
    {
      g_assert_true (amends_server_ungrant (server, code, "s.oak", NULL));
      test_note (fixture->author, &fixture->id, "held back");
      test_note (fixture->author, &fixture->id, "held back too");
      test_sync (&fixture->office, fixture->author);
      g_assert_true (amends_server_grant (server, code, "s.oak", NULL));
      test_sync (&fixture->office, fixture->author);
      test_note (fixture->author, &fixture->id, "seen");
      test_note (fixture->author, &fixture->id, "seen too");
      test_sync (&fixture->office, fixture->author);
      test_sync (&fixture->office, fixture->author);
      test_sync (&fixture->office, fixture->reader);
      test_assert_whole (fixture->author);
      test_assert_whole (fixture->reader);
    }
  {
    g_autoptr (AmendsCase) read = amends_store_get_case (fixture->reader, &fixture->id, NULL);
    g_autoptr (AmendsCase) written = amends_store_get_case (fixture->author, &fixture->id, NULL);
    AmendsEventState state;

    g_assert_cmpuint (amends_case_get_n_notes (written), ==, 12);
    g_assert_cmpuint (amends_case_get_n_notes (read), ==, 8);
    /* Four are held back, of which one is named by what is here. */
    g_assert_cmpuint (amends_case_get_n_missing (read), ==, 2);
    amends_store_get_event_state (
        fixture->reader,
        amends_case_get_history (read, amends_case_get_n_history (read) - 1)->event, &state);
    g_assert_true (state.is_verified);
    g_assert_true (state.is_sent);
    g_assert_cmpint (state.server_at, >, TEST_NOW);
  }
  test_office_assert_whole (&fixture->office);
}

static const struct
{
  const char *name;
  Wrong wrong;
} rows[] = {
  { "other-position", PAGE_OTHER_POSITION },
  { "other-feed", PAGE_OTHER_FEED },
  { "not-granted", PAGE_NOT_GRANTED },
  { "event-left-out", PAGE_EVENT_LEFT_OUT },
  { "events-swapped", PAGE_EVENTS_SWAPPED },
  { "event-altered", PAGE_EVENT_ALTERED },
  { "event-forged", PAGE_EVENT_FORGED },
  { "hash-other", PAGE_HASH_OTHER },
  { "statement-other-key", PAGE_STATEMENT_OTHER_KEY },
  { "statement-short", PAGE_STATEMENT_SHORT },
  { "own-not-written", PAGE_OWN_NOT_WRITTEN },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/page/wrong/", rows[i].name, NULL);

      g_test_add (path, Fixture, GINT_TO_POINTER (rows[i].wrong), set_up, test_wrong, tear_down);
    }
  g_test_add ("/page/twice", Fixture, NULL, set_up, test_twice, tear_down);
  g_test_add ("/page/quarantined", Fixture, NULL, set_up, test_quarantined, tear_down);
  return g_test_run ();
}
