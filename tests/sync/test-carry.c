/* test-carry.c: attachments come over whole, whatever the line and the disks do, and no event waits for them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Against a real server in the process. Source: PROTOCOL.md 12. */

#include <glib/gstdio.h>
#include <string.h>

#include "core/amends-decide.h"
#include "core/amends-error.h"
#include "store/amends-log.h"
#include "store/amends-store-private.h"
#include "support/disk.h"
#include "support/office.h"
#include "sync/amends-request.h"
#include "sync/amends-wire-chunk.h"

/* Two parts, and so three chunks. */
#define N_BYTES (AMENDS_PART_BYTES + 10)

/* What a request has beside its chunk. */
#define MAX_EXTRA 100

typedef struct
{
  TestOffice office;
  AmendsStore *a; /* enrolled, synced once */
  AmendsStore *b;
  TestLine *line; /* for a */
  AmendsId id;    /* a case of a, which both have */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_office_init_pair (&fixture->office, &fixture->a, &fixture->b, &fixture->line);
  fixture->id = test_record (fixture->a, "Wren Ashdown", "Damp behind the bed");
  test_sync (&fixture->office, fixture->a);
  test_sync (&fixture->office, fixture->b);
  test_sync (&fixture->office, fixture->a);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_office_clear_pair (&fixture->office, fixture->a, fixture->b, fixture->line);
}

static gboolean
has_file (AmendsStore *store, const AmendsId *id, gsize n_bytes, guint seed)
{
  g_autoptr (GBytes) expected = test_file_bytes (n_bytes, seed);
  g_autoptr (GBytes) bytes = test_fetch (store, id);

  if (bytes != NULL)
    g_assert_true (g_bytes_equal (bytes, expected)); /* whole, or not at all */
  return bytes != NULL;
}

/* There and back, and then nothing more is asked. */
static void
test_plain (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_attach (fixture->a, &fixture->id, "wall.jpg", N_BYTES, 1);
  AmendsSyncReport report = test_sync_over (fixture->line, fixture->a);
  AmendsAttachmentState state = test_attachment_state (fixture->a, &id);
  g_autoptr (TestLine) line = test_line_new (&fixture->office);

  g_assert_cmpuint (report.n_chunks_sent, ==, 3);
  g_assert_cmpuint (report.n_attachments_sent, ==, 1);
  g_assert_true (state.is_whole && state.is_sent);
  g_assert_cmpint (state.there_at, !=, 0);
  g_assert_cmpuint (state.n_there, ==, 2);
  fixture->line->n_chunk_calls = 0;
  test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (fixture->line->n_chunk_calls, ==, 0);

  g_assert_false (has_file (fixture->b, &id, N_BYTES, 1));
  report = test_sync_over (line, fixture->b);
  g_assert_cmpuint (report.n_chunks_received, ==, 3);
  g_assert_cmpuint (report.n_attachments_received, ==, 1);
  g_assert_true (has_file (fixture->b, &id, N_BYTES, 1));
  line->n_chunk_calls = 0;
  test_sync_over (line, fixture->b);
  g_assert_cmpuint (line->n_chunk_calls, ==, 0);
  test_assert_whole (fixture->a);
  test_assert_whole (fixture->b);
  test_office_assert_whole (&fixture->office);
}

/* What another device attached and has not sent yet is said to be on its way, and is no error. */
static void
test_not_there_yet (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_attach (fixture->a, &fixture->id, "wall.jpg", N_BYTES, 1);
  AmendsAttachmentState state;
  AmendsAttachmentCounts counts;
  g_autoptr (GError) error = NULL;

  fixture->line->fault = TEST_FAULT_AWAY;
  fixture->line->n_sound = 3; /* the exchange, what is asked, the first part */
  error = test_sync_fails (fixture->line, fixture->a);
  test_sync (&fixture->office, fixture->b);
  state = test_attachment_state (fixture->b, &id);
  g_assert_false (state.is_whole);
  g_assert_cmpuint (state.n_here, ==, 0);
  g_assert_true (amends_store_count_attachments (fixture->b, &counts, NULL));
  g_assert_cmpuint (counts.n_to_fetch, ==, 1);
  g_assert_cmpuint (counts.n_to_send, ==, 0);
  state = test_attachment_state (fixture->a, &id);
  g_assert_cmpuint (state.n_there, ==, 1);
  g_assert_cmpint (state.there_at, ==, 0);
}

/* The list of an attachment of a, which alone has one. */
static char *
dup_list_path (const Fixture *fixture)
{
  g_autofree char *blobs = g_build_filename (amends_store_get_path (fixture->a), "blobs", NULL);
  g_autoptr (GPtrArray) files = test_folder_list (blobs);

  for (guint i = 0; i < files->len; i++)
    if (g_str_has_suffix (g_ptr_array_index (files, i), ".0"))
      return g_strdup (g_ptr_array_index (files, i));
  g_assert_not_reached ();
}

/* Where the list cannot be read, and is nowhere else, the file goes on waiting to be sent. */
static void
test_list_unreadable (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_attach (fixture->a, &fixture->id, "wall.jpg", N_BYTES, 1);
  g_autofree char *list = dup_list_path (fixture);
  g_autofree char *aside = g_strconcat (list, ".aside", NULL);
  AmendsSyncReport report;

  g_assert_cmpint (g_rename (list, aside), ==, 0);
  report = test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (report.n_chunks_sent, ==, 0);
  g_assert_true (test_attachment_state (fixture->a, &id).is_whole);

  g_assert_cmpint (g_rename (aside, list), ==, 0);
  report = test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (report.n_chunks_sent, ==, 3);
  test_sync (&fixture->office, fixture->b);
  g_assert_true (has_file (fixture->b, &id, N_BYTES, 1));

  /* And where the server has it, it comes back. */
  g_assert_cmpint (g_unlink (list), ==, 0);
  amends_store_forget_there (fixture->a, NULL);
  report = test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (report.n_chunks_received, ==, 1);
  g_assert_true (has_file (fixture->a, &id, N_BYTES, 1));
  g_assert_cmpint (test_attachment_state (fixture->a, &id).there_at, !=, 0);
}

/* A fault, at a byte of the request or the reply in hundredths of its length. */
static const struct
{
  TestFault fault;
  guint hundredths;
} faults[] = {
  { TEST_FAULT_AWAY, 0 },      { TEST_FAULT_CUT_UP, 0 },       { TEST_FAULT_CUT_UP, 50 },
  { TEST_FAULT_CUT_UP, 100 },  { TEST_FAULT_CUT_DOWN, 0 },     { TEST_FAULT_CUT_DOWN, 50 },
  { TEST_FAULT_CUT_DOWN, 99 }, { TEST_FAULT_REPEAT, 0 },       { TEST_FAULT_BUSY, 0 },
  { TEST_FAULT_HTML, 0 },      { TEST_FAULT_HTML_AS_OURS, 0 }, { TEST_FAULT_OLD_REPLY, 0 },
  { TEST_FAULT_FLIP, 0 },      { TEST_FAULT_FLIP, 50 },        { TEST_FAULT_FLIP, 99 },
};

static void
set_fault (TestLine *line, guint n, guint n_sound, gsize n_bytes)
{
  line->fault = faults[n].fault;
  line->at = n_bytes * faults[n].hundredths / 100;
  line->n_sound = n_sound;
}

/* Each fault in each request that sends: the next sync goes on, and at most one chunk went twice. */
static void
test_faults_up (Fixture *fixture, gconstpointer data)
{
  static const gsize n_bytes_of[] = { 0, 0, AMENDS_CHUNK_MAX_BYTES, 26, 80 };

  for (guint n = 0; n < G_N_ELEMENTS (faults); n++)
    for (guint n_sound = 1; n_sound < G_N_ELEMENTS (n_bytes_of); n_sound++)
      {
        AmendsId id = test_attach (fixture->a, &fixture->id, "wall.jpg", N_BYTES, n);
        guint64 n_least = N_BYTES + 2 * AMENDS_PART_SEAL_BYTES + 80;
        AmendsSyncReport report;
        AmendsAttachmentState state;

        g_test_message ("fault %d at %u in request %u", faults[n].fault, faults[n].hundredths,
                        n_sound);
        fixture->line->n_chunk_bytes_up = 0;
        set_fault (fixture->line, n, n_sound, n_bytes_of[n_sound] + MAX_EXTRA / 2);
        amends_sync_run (fixture->a, &fixture->line->base, NULL, NULL, &report, NULL);
        fixture->line->fault = TEST_FAULT_NONE;
        fixture->line->n_sound = 0;
        test_sync_over (fixture->line, fixture->a);
        state = test_attachment_state (fixture->a, &id);
        g_assert_cmpint (state.there_at, !=, 0);
        g_assert_cmpuint (fixture->line->n_chunk_bytes_up, <=,
                          n_least + AMENDS_CHUNK_MAX_BYTES + 9 * MAX_EXTRA);
        if (n % 4 != 0)
          continue;
        test_sync (&fixture->office, fixture->b);
        g_assert_true (has_file (fixture->b, &id, N_BYTES, n));
      }
  test_office_assert_whole (&fixture->office);
}

/* Each fault in each request that fetches: nothing that is not whole is shown, what has come stays, and the
 * next sync fetches the rest. */
static void
test_faults_down (Fixture *fixture, gconstpointer data)
{
  static const gsize n_bytes_of[] = { 0, 65, 80, AMENDS_CHUNK_MAX_BYTES, 26 };
  g_autoptr (TestLine) line = test_line_new (&fixture->office);

  for (guint n = 0; n < G_N_ELEMENTS (faults); n++)
    for (guint n_sound = 1; n_sound < G_N_ELEMENTS (n_bytes_of); n_sound++)
      {
        AmendsId id = test_attach (fixture->a, &fixture->id, "wall.jpg", N_BYTES, n);
        AmendsSyncReport first, second;

        g_test_message ("fault %d at %u in request %u", faults[n].fault, faults[n].hundredths,
                        n_sound);
        test_sync_over (fixture->line, fixture->a);
        set_fault (line, n, n_sound, n_bytes_of[n_sound]);
        amends_sync_run (fixture->b, &line->base, NULL, NULL, &first, NULL);
        line->fault = TEST_FAULT_NONE;
        line->n_sound = 0;
        g_assert_cmpint (has_file (fixture->b, &id, N_BYTES, n), ==,
                         test_attachment_state (fixture->b, &id).is_whole);
        second = test_sync_over (line, fixture->b);
        g_assert_true (has_file (fixture->b, &id, N_BYTES, n));
        g_assert_cmpuint (first.n_chunks_received + second.n_chunks_received, ==, 3);
      }
  test_assert_whole (fixture->b);
}

/* What happens while chunks go: for the hook of the line. */
typedef struct
{
  Fixture *fixture;
  AmendsSyncHooks hooks;
  guint n_puts;
  guint note_at; /* which put an event is recorded before */
  gboolean hurries;
  guint64 n_at_server; /* own events there when the put after that began */
  GString *order;      /* the attachments whose list was put */
} Watch;

static AmendsId
event_of (const AmendsCall *call)
{
  g_autoptr (AmendsChunkRequest) request =
      amends_chunk_request_read (AMENDS_CHUNK_PUT, g_bytes_get_data (call->body, NULL),
                                 g_bytes_get_size (call->body), NULL);

  g_assert_nonnull (request);
  return g_array_index (request->items, AmendsChunkItem, 0).event;
}

static void
watch_call (TestLine *line, const AmendsCall *call)
{
  Watch *watch = line->user_data;
  Fixture *fixture = watch->fixture;
  const char *code = amends_store_get_identity (fixture->a)->code;

  if (!g_str_equal (call->path, "/v1/chunk/put"))
    return;
  watch->n_puts++;
  if (watch->order != NULL)
    g_string_append_printf (watch->order, "%" G_GUINT64_FORMAT " ", event_of (call).number);
  if (watch->n_puts == watch->note_at)
    {
      test_note (fixture->a, &fixture->id, "Water is coming through the ceiling");
      if (watch->hurries)
        g_cancellable_cancel (watch->hooks.hurry);
    }
  if (watch->n_puts == watch->note_at + 1)
    watch->n_at_server = test_office_count_events (&fixture->office, code);
}

/* An event recorded while a chunk is under way is at the server before the next one. */
static void
test_events_first (Fixture *fixture, gconstpointer data)
{
  const char *code = amends_store_get_identity (fixture->a)->code;
  Watch watch = { .fixture = fixture, .note_at = 2 };
  AmendsId id = test_attach (fixture->a, &fixture->id, "film.mp4", 5 * AMENDS_PART_BYTES, 1);

  fixture->line->before = watch_call;
  fixture->line->user_data = &watch;
  test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (watch.n_puts, ==, 6);
  g_assert_cmpuint (watch.n_at_server, ==, id.number + 1);
  g_assert_cmpuint (test_office_count_events (&fixture->office, code), ==, id.number + 1);
}

/* On a slow line it does not even wait for that one: it is given up, and is the only one sent twice. */
static void
test_hurry (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) hurry = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Watch watch = { .fixture = fixture, .hooks = { .hurry = hurry }, .note_at = 2, .hurries = TRUE };
  AmendsId id = test_attach (fixture->a, &fixture->id, "film.mp4", 5 * AMENDS_PART_BYTES, 1);
  AmendsSyncReport report;

  fixture->line->before = watch_call;
  fixture->line->user_data = &watch;
  amends_sync_run (fixture->a, &fixture->line->base, &watch.hooks, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (watch.n_at_server, ==, id.number + 1);
  g_assert_cmpuint (watch.n_puts, ==, 7);
  g_assert_cmpuint (report.n_chunks_sent, ==, 6);
  g_assert_cmpint (test_attachment_state (fixture->a, &id).there_at, !=, 0);
}

/* Whoever is told to stop stops, hurry or not. */
static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) hurry = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  AmendsSyncHooks hooks = { .hurry = hurry };
  AmendsSyncReport report;

  test_attach (fixture->a, &fixture->id, "film.mp4", N_BYTES, 1);
  g_cancellable_cancel (cancellable);
  g_assert_false (
      amends_sync_run (fixture->a, &fixture->line->base, &hooks, cancellable, &report, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
stop_cb (const AmendsId *event, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* Also between two chunks, when no request is there to be given up. */
static void
test_cancelled_between (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) hurry = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  AmendsSyncHooks hooks = { .hurry = hurry, .carried = stop_cb, .user_data = cancellable };
  AmendsSyncReport report;

  test_attach (fixture->a, &fixture->id, "film.mp4", 5 * AMENDS_PART_BYTES, 1);
  g_assert_false (
      amends_sync_run (fixture->a, &fixture->line->base, &hooks, cancellable, &report, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (report.n_chunks_sent, ==, 1);
}

/* Small before large, and one that comes while a large one goes is not made to wait for it. */
static void
test_small_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) order = g_string_new (NULL);
  Watch watch = { .fixture = fixture, .order = order };
  AmendsId large = test_attach (fixture->a, &fixture->id, "film.mp4", 2 * AMENDS_PART_BYTES, 1);
  AmendsId small = test_attach (fixture->a, &fixture->id, "wall.jpg", 10, 2);
  g_autofree char *expected =
      g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                       " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " ",
                       small.number, small.number, large.number, large.number, large.number);

  fixture->line->before = watch_call;
  fixture->line->user_data = &watch;
  test_sync_over (fixture->line, fixture->a);
  g_assert_cmpstr (order->str, ==, expected);
}

/* A large one comes only when somebody asks for it. */
static void
test_large (Fixture *fixture, gconstpointer data)
{
  gsize n_bytes = AMENDS_ATTACHMENT_UNASKED_BYTES + 1;
  AmendsId id = test_attach (fixture->a, &fixture->id, "film.mp4", n_bytes, 1);
  AmendsAttachmentCounts counts;
  AmendsSyncReport report;

  test_sync (&fixture->office, fixture->a);
  report = test_sync (&fixture->office, fixture->b);
  g_assert_cmpuint (report.n_chunks_received, ==, 0);
  g_assert_true (amends_store_count_attachments (fixture->b, &counts, NULL));
  g_assert_cmpuint (counts.n_large, ==, 1);
  g_assert_true (amends_store_want_attachment (fixture->b, &id, NULL));
  test_sync (&fixture->office, fixture->b);
  g_assert_true (has_file (fixture->b, &id, n_bytes, 1));
}

/* The server is full: a state, in which events go on and nothing is lost. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  const char *code = amends_store_get_identity (fixture->a)->code;
  AmendsServerLimits limits, none = { 0 };
  AmendsId id = test_attach (fixture->a, &fixture->id, "wall.jpg", N_BYTES, 1);
  AmendsSyncReport report;

  amends_server_get_limits (fixture->office.server, &limits);
  amends_server_set_limits (fixture->office.server, &none);
  report = test_sync_over (fixture->line, fixture->a);
  g_assert_cmpstr (report.problem, ==, "full");
  g_assert_cmpuint (test_office_count_events (&fixture->office, code), ==, id.number);
  test_note (fixture->a, &fixture->id, "Rang back");
  report = test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (test_office_count_events (&fixture->office, code), ==, id.number + 1);
  amends_server_set_limits (fixture->office.server, &limits);
  report = test_sync_over (fixture->line, fixture->a);
  g_assert_cmpstr (report.problem, ==, NULL);
  g_assert_cmpint (test_attachment_state (fixture->a, &id).there_at, !=, 0);
}

/* Nor is a full server asked page after page about what it has no room for. */
static void
test_full_pages (Fixture *fixture, gconstpointer data)
{
  AmendsServerLimits none = { 0 };
  AmendsSyncReport report;

  for (guint i = 0; i < AMENDS_CHUNK_MAX_EVENTS; i++)
    test_attach (fixture->a, &fixture->id, "wall.jpg", 10, i);
  amends_server_set_limits (fixture->office.server, &none);
  report = test_sync_over (fixture->line, fixture->a);
  g_assert_cmpstr (report.problem, ==, "full");
  g_assert_cmpuint (fixture->line->n_chunk_calls, ==, 2); /* one asks, one puts */
}

/* The server was restored to before it had the chunks: whoever has them hands them in. */
static void
test_restored (Fixture *fixture, gconstpointer data)
{
  AmendsId id = test_attach (fixture->a, &fixture->id, "wall.jpg", N_BYTES, 1);
  g_autoptr (AmendsStore) c = NULL;

  test_sync (&fixture->office, fixture->a);
  test_sync (&fixture->office, fixture->b);
  test_office_back_up (&fixture->office);
  id = test_attach (fixture->a, &fixture->id, "door.jpg", N_BYTES, 2);
  test_sync (&fixture->office, fixture->a);
  test_sync (&fixture->office, fixture->b);
  test_office_restore (&fixture->office);
  test_sync (&fixture->office, fixture->b); /* and never again by its author */
  c = test_office_enrol (&fixture->office, "Office C", "staff", "s.oak");
  test_sync (&fixture->office, c);
  g_assert_true (has_file (c, &id, N_BYTES, 2));
  test_office_assert_whole (&fixture->office);
}

static AmendsId
find_attachment (AmendsStore *store, const AmendsId *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsCase) complaint = amends_store_get_case (store, id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (amends_case_get_n_attachments (complaint), ==, 1);
  return amends_case_get_attachment (complaint, 0)->id;
}

/* An event of a store whose key does not open what belongs to it: the faulty work of another version. */
static AmendsId
attach_unopenable (AmendsStore *store, const AmendsId *id, GBytes **ret_list)
{
  static const guint8 key[AMENDS_ATTACHMENT_KEY_BYTES] = { 1 };
  static const guint8 other_key[AMENDS_ATTACHMENT_KEY_BYTES] = { 2 };
  const AmendsDigest hash = { { 3 } };
  g_autofree char *key_text = amends_base64 (other_key, sizeof other_key);
  g_autofree char *root_text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsCase) complaint = amends_store_get_case (store, id, &error);
  g_autoptr (AmendsDecision) decision = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;
  json_auto_t *facts = NULL;
  AmendsMoment moment;
  AmendsDigest root;

  *ret_list = amends_chunk_seal (key, 0, hash.bytes, sizeof hash.bytes);
  amends_chunk_hash (g_bytes_get_data (*ret_list, NULL), g_bytes_get_size (*ret_list), &root);
  root_text = amends_base64 (root.bytes, sizeof root.bytes);
  facts = json_pack ("{s:s, s:s, s:s, s:i, s:s, s:s}", "name", "wall.jpg", "media", "image/jpeg",
                     "what", "photograph", "size", 10, "key", key_text, "root", root_text);
  amends_store_get_moment (store, &moment);
  decision = amends_decide_attach (complaint, facts, NULL, &moment, &error);
  g_assert_no_error (error);
  outcome = amends_store_write_decision (store, decision, complaint, &error);
  g_assert_no_error (error);
  return ((const AmendsEvent *) g_ptr_array_index (outcome->events, 0))->id;
}

static void
put_chunk (Fixture *fixture, const AmendsId *event, GBytes *chunk)
{
  g_autoptr (AmendsChunkRequest) request = amends_chunk_request_new ();
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;
  AmendsDigest hash;
  AmendsCall call;

  amends_chunk_hash (g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk), &hash);
  amends_chunk_request_add (request, event, &hash, 1);
  amends_chunk_request_set_chunk (request, chunk);
  body = amends_chunk_request_to_bytes (request);
  stream = amends_request_send (fixture->a, &fixture->line->base, "/v1/chunk/put",
                                AMENDS_CHUNK_TYPE, amends_log_reserve_request (fixture->a, NULL),
                                body, &call, NULL, &error);
  g_assert_no_error (error);
  g_input_stream_close (stream, NULL, NULL);
}

/* What nobody can open keeps nothing else: neither the other attachments nor the sync. */
static void
test_unopenable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) list = NULL;
  AmendsId bad = attach_unopenable (fixture->a, &fixture->id, &list);
  AmendsId good = test_attach (fixture->a, &fixture->id, "wall.jpg", N_BYTES, 1);
  const AmendsAttachment attachment = { .size = 10 };
  AmendsAttachmentCounts counts;
  AmendsAttachmentState state;
  AmendsSyncReport report;

  test_sync (&fixture->office, fixture->a);
  put_chunk (fixture, &bad, list);
  report = test_sync (&fixture->office, fixture->b);
  g_assert_cmpuint (report.n_attachments_received, ==, 1);
  g_assert_true (has_file (fixture->b, &good, N_BYTES, 1));
  g_assert_null (test_fetch (fixture->b, &bad));
  state = test_attachment_state (fixture->b, &bad);
  g_assert_cmpstr (amends_attachment_state_get_word (&state, &attachment), ==, "unopenable");
  g_assert_true (amends_store_count_attachments (fixture->b, &counts, NULL));
  g_assert_cmpuint (counts.n_to_fetch, ==, 0);
  report = test_sync (&fixture->office, fixture->b);
  g_assert_cmpuint (report.n_chunks_received, ==, 0);
}

/* A device put back from a copy begins again under a new code, and its attachments go with its events. */
static void
test_recoded (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strdup (amends_store_get_path (fixture->a));
  g_autofree char *copy = g_strconcat (path, "-copy", NULL);
  g_autofree char *code = g_strdup (amends_store_get_identity (fixture->a)->code);
  AmendsSyncReport report;
  AmendsId id;

  g_clear_pointer (&fixture->a, amends_store_close);
  test_folder_copy (path, copy);
  fixture->a = test_store_open (&fixture->office.world, path);
  test_note (fixture->a, &fixture->id, "Rang back");
  test_sync (&fixture->office, fixture->a);
  amends_store_close (fixture->a);
  fixture->a = test_store_open (&fixture->office.world, copy);
  test_attach (fixture->a, &fixture->id, "wall.jpg", N_BYTES, 1);
  report = test_sync (&fixture->office, fixture->a);
  g_assert_cmpstr (report.recoded_from, ==, code);
  id = find_attachment (fixture->a, &fixture->id);
  g_assert_cmpstr (id.code, !=, code);
  g_assert_true (has_file (fixture->a, &id, N_BYTES, 1));
  g_assert_cmpint (test_attachment_state (fixture->a, &id).there_at, !=, 0);
  test_sync (&fixture->office, fixture->b);
  g_assert_true (has_file (fixture->b, &id, N_BYTES, 1));
}

/* A device that was withdrawn hands in what belongs to what it wrote. */
static void
test_revoked (Fixture *fixture, gconstpointer data)
{
  const char *code = amends_store_get_identity (fixture->a)->code;
  AmendsId id = test_attach (fixture->a, &fixture->id, "wall.jpg", N_BYTES, 1);
  g_autoptr (GError) error = NULL;
  json_auto_t *released = NULL;

  g_assert_true (amends_server_revoke (fixture->office.server, code, NULL));
  error = test_sync_fails (fixture->line, fixture->a);
  g_assert_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_REVOKED);
  released = amends_server_release (fixture->office.server, code, NULL);
  test_sync (&fixture->office, fixture->b);
  g_assert_true (has_file (fixture->b, &id, N_BYTES, 1));
}

static gboolean
try_sync (Fixture *fixture, GError **error)
{
  g_autoptr (TestLine) line = test_line_new (&fixture->office);
  AmendsSyncReport report;

  return amends_sync_run (fixture->b, &line->base, NULL, NULL, &report, error);
}

/* Until one goes through: where the log is in doubt, only once it was opened anew. Then the power goes. */
static void
sync_and_stop (Fixture *fixture, TestDisk *disk, const char *path)
{
  g_autoptr (GError) error = NULL;

  if (!try_sync (fixture, NULL))
    {
      g_clear_pointer (&fixture->b, amends_store_close);
      fixture->b = test_store_open (&fixture->office.world, path);
      g_assert_true (try_sync (fixture, &error));
      g_assert_no_error (error);
    }
  test_disk_stop (disk);
}

/* At every operation of the disk that fetches: nothing is shown that is not whole, and the next sync gets
 * it; what that got outlives the power, whatever a sync of the disk before it failed for. */
static void
test_disk (Fixture *fixture, gconstpointer data)
{
  const TestTrouble *trouble = data;
  g_autofree char *path = g_strdup (amends_store_get_path (fixture->b));
  g_autoptr (TestDisk) disk = test_disk_mount (path);
  TestWorld *world = &fixture->office.world;
  gboolean has_failed = TRUE;

  for (guint n = 0; has_failed; n += 1)
    {
      gboolean goes_on =
          trouble->fault == TEST_DISK_SYNC_FAILS && trouble->loss != TEST_LOSS_NOTHING;
      AmendsId id = test_attach (fixture->a, &fixture->id, "wall.jpg", 30, n);
      gboolean is_there;

      test_sync_over (fixture->line, fixture->a);
      world->environment.vfs = TEST_DISK_VFS;
      g_clear_pointer (&fixture->b, amends_store_close);
      fixture->b = test_store_open (world, path);
      test_disk_settle (disk);
      test_disk_set_fault (disk, trouble->fault, n);
      try_sync (fixture, NULL);
      has_failed = test_disk_has_failed (disk);
      if (!test_disk_is_stopped (disk))
        test_disk_set_fault (disk, TEST_DISK_SOUND, 0);
      if (goes_on)
        sync_and_stop (fixture, disk, path);
      g_clear_pointer (&fixture->b, amends_store_close);
      test_disk_start (disk, trouble->loss, n);
      fixture->b = test_store_open (world, path);
      is_there = has_file (fixture->b, &id, 30, n); /* whole, if at all */
      g_assert_true (is_there || !goes_on);
      test_sync (&fixture->office, fixture->b);
      g_assert_true (has_file (fixture->b, &id, 30, n));
      test_assert_whole (fixture->b);
      world->environment.vfs = NULL;
    }
  g_clear_pointer (&fixture->b, amends_store_close);
  fixture->b = test_store_open (world, path);
}

/* What cannot move, here as its parts are gone and elsewhere as they never come, keeps nothing that is larger. */
static void
test_immovable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *blobs = g_build_filename (amends_store_get_path (fixture->a), "blobs", NULL);
  g_autoptr (GPtrArray) files = NULL;
  AmendsSyncReport report;
  AmendsId id;

  for (guint i = 0; i < AMENDS_CHUNK_MAX_EVENTS; i++)
    test_attach (fixture->a, &fixture->id, "wall.jpg", 10, i);
  files = test_folder_list (blobs);
  for (guint i = 0; i < files->len; i++)
    if (!g_str_equal (g_ptr_array_index (files, i), blobs))
      g_assert_cmpint (g_unlink (g_ptr_array_index (files, i)), ==, 0);
  id = test_attach (fixture->a, &fixture->id, "door.jpg", 20, 1);
  report = test_sync_over (fixture->line, fixture->a);
  g_assert_cmpuint (report.n_attachments_sent, ==, 1);
  report = test_sync (&fixture->office, fixture->b);
  g_assert_cmpuint (report.n_attachments_received, ==, 1);
  g_assert_true (has_file (fixture->b, &id, 20, 1));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, data, function) \
  g_test_add ("/carry/" path, Fixture, data, set_up, function, tear_down)
  ADD ("plain", NULL, test_plain);
  ADD ("list-unreadable", NULL, test_list_unreadable);
  ADD ("not-there-yet", NULL, test_not_there_yet);
  ADD ("faults-up", NULL, test_faults_up);
  ADD ("faults-down", NULL, test_faults_down);
  ADD ("events-first", NULL, test_events_first);
  ADD ("hurry", NULL, test_hurry);
  ADD ("cancelled", NULL, test_cancelled);
  ADD ("cancelled-between", NULL, test_cancelled_between);
  ADD ("small-first", NULL, test_small_first);
  ADD ("large", NULL, test_large);
  ADD ("immovable", NULL, test_immovable);
  ADD ("full", NULL, test_full);
  ADD ("full-pages", NULL, test_full_pages);
  ADD ("unopenable", NULL, test_unopenable);
  ADD ("restored", NULL, test_restored);
  ADD ("recoded", NULL, test_recoded);
  ADD ("revoked", NULL, test_revoked);
  ADD ("disk/full", &test_trouble_full, test_disk);
  ADD ("disk/fails", &test_trouble_fails, test_disk);
  ADD ("disk/sync-fails", &test_trouble_sync_fails, test_disk);
  ADD ("disk/sync-fails-power", &test_trouble_sync_fails_power, test_disk);
  ADD ("disk/sync-fails-some", &test_trouble_sync_fails_some, test_disk);
  ADD ("disk/killed", &test_trouble_killed, test_disk);
  ADD ("disk/power", &test_trouble_power, test_disk);
  ADD ("disk/power-some", &test_trouble_power_some, test_disk);
#undef ADD
  return g_test_run ();
}
