/* test-frames.c: frames of what a server lost, handed in by devices that would break what others read
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PROTOCOL.md 4 and 6. An author who is in it signs whatever helps. */

#include <sodium.h>
#include <string.h>

#include "client.h"
#include "core/amends-error.h"
#include "server/amends-server-private.h"

/* How an event stands in a frame that is made by hand. */
typedef enum
{
  AS_EVENT,
  AS_DIGEST,   /* with what it proves */
  AS_BODILESS, /* the same, as what was erased */
  AS_NAME,     /* a digest that proves nothing, as devices once sent it */
  AS_ERASED,   /* without its body, and of another stream than its own */
} As;

typedef struct
{
  TestWorld *world;
  TestDevice *author;
  TestDevice *other;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->world = test_world_new ();
  self->author = test_device_new (self->world, "staff", "s.oak,s.elm");
  self->other = test_device_new (self->world, "staff", "s.oak,s.elm");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_device_free (self->other);
  test_device_free (self->author);
  test_world_free (self->world);
}

/* The author's event @number, as if it had been written in @feed, and about something of somebody else's. */
static AmendsEvent *
dup_event_in (const Fixture *self, guint64 number, const char *feed)
{
  const AmendsEvent *event = self->author->own->pdata[number - 1];
  g_autoptr (GError) error = NULL;
  AmendsEvent *copy;
  AmendsId stream;

  g_assert_true (amends_id_init (&stream, self->other->code, 1));
  copy = amends_event_new_erased (&event->id, feed, &stream, &stream, 1, event->digest, &error);
  g_assert_no_error (error);
  return copy;
}

static void
add_as (Fixture *self, AmendsFrameWriter *writer, guint64 number, const char *feed, As as)
{
  AmendsEvent *event = self->author->own->pdata[number - 1];
  g_autoptr (AmendsEvent) rest = amends_event_strip (event);
  g_autoptr (AmendsEvent) copy = dup_event_in (self, number, feed);

  switch (as)
    {
    case AS_EVENT:
      amends_frame_writer_add_event (writer, event, 0);
      break;
    case AS_DIGEST:
      amends_frame_writer_add_digest (writer, event);
      break;
    case AS_BODILESS:
      amends_frame_writer_add_event (writer, rest, 0);
      break;
    case AS_NAME:
      amends_frame_writer_add_digest (writer, copy);
      break;
    case AS_ERASED:
      amends_frame_writer_add_event (writer, copy, 0);
      break;
    }
}

/* The other hands in what is in @writer, with what the author says of its chain up to @last: the events in @feed, and
 * all from @first on. Returns: (nullable): what it is refused for */
static char *
send_writer (Fixture *self,
             AmendsFrameWriter *writer,
             const char *feed,
             guint64 first,
             guint64 last)
{
  g_autoptr (AmendsStatement) statement = amends_statement_new (self->author->code, last);
  g_autoptr (AmendsReplyHead) head = NULL;
  g_autoptr (GBytes) frame = NULL;
  AmendsDigest chain;

  amends_chain_begin (&chain, amends_server_get_organisation (self->world->server),
                      self->author->key, feed);
  for (guint64 number = 1; number <= last; number++)
    {
      const AmendsEvent *event = self->author->own->pdata[number - 1];

      if (number >= first || g_str_equal (event->feed, feed))
        amends_chain_step (&chain, event->digest);
    }
  amends_statement_add (statement, feed, &chain);
  amends_statement_sign (statement, self->author->secret);
  amends_frame_writer_add_statement (writer, statement);
  frame = amends_frame_writer_finish (writer, NULL);
  head = test_device_exchange (self->other, &frame, 1);
  return g_strdup (head->refused_code);
}

/* The other hands in the author's events from @first on in @feed, where the author's chain has all before them. The
 * statement says that, whatever is true. Returns: (nullable): what it is refused for */
static char *
hand_in (Fixture *self, const char *feed, guint64 first, const As *as, guint n_events)
{
  AmendsFrameWriter *writer = amends_frame_writer_new (NULL, 0);

  for (guint i = 0; i < n_events; i++)
    add_as (self, writer, first + i, feed, as[i]);
  return send_writer (self, writer, feed, first, first + n_events - 1);
}

static void
assert_refused (Fixture *self,
                const char *feed,
                guint64 first,
                const As *as,
                guint n_events,
                const char *why)
{
  g_autofree char *refusal = hand_in (self, feed, first, as, n_events);

  g_assert_cmpstr (refusal, ==, why);
}

static void
assert_handed_in (Fixture *self, const char *feed, guint64 first, const As *as, guint n_events)
{
  g_autofree char *refusal = hand_in (self, feed, first, as, n_events);

  g_assert_cmpstr (refusal, ==, NULL);
}

/* The author sends its own. @refusal: (nullable): what for they are refused */
static void
assert_sent (Fixture *self, guint64 first, guint64 last, const char *refusal)
{
  g_autoptr (AmendsReplyHead) head = test_device_send (self->author, first, last);

  g_assert_cmpstr (head->refused_code, ==, refusal);
}

/* Whoever comes new reads both feeds to their end, proves them, and has so many of the author's events, all with what
 * they say. */
static void
assert_read (Fixture *self, guint n_events)
{
  g_autoptr (TestDevice) reader = test_device_new (self->world, "staff", "s.oak,s.elm");
  GHashTableIter iter;
  gpointer event;

  amends_reply_head_free (test_device_send (reader, 0, 0));
  g_assert_cmpuint (test_device_count (reader, self->author->code), ==, n_events);
  g_hash_table_iter_init (&iter, reader->others);
  while (g_hash_table_iter_next (&iter, NULL, &event))
    g_assert_nonnull (((AmendsEvent *) event)->body);
  test_world_assert_verified (self->world, 0);
}

/* A digest stands in one feed's chain, and what it is of was written in another: it is not taken there. */
static void
test_digest_of_other_feed (Fixture *self, gconstpointer data)
{
  static const As as[] = { AS_NAME, AS_EVENT };

  test_device_write (self->author, "s.oak", 1);
  test_device_write (self->author, "s.elm", 1);
  test_device_write (self->author, "s.oak", 1);
  assert_sent (self, 1, 1, NULL);
  assert_refused (self, "s.oak", 2, as, 2, "signature");
  assert_sent (self, 2, 3, NULL);
  assert_read (self, 3);
}

/* An event that is there is handed in as a digest in another feed, before one that is not. */
static void
test_event_of_other_feed (Fixture *self, gconstpointer data)
{
  static const As as[] = { AS_NAME, AS_EVENT };

  test_device_write (self->author, "s.elm", 1);
  test_device_write (self->author, "s.oak", 1);
  test_device_write (self->author, "s.elm", 1);
  assert_sent (self, 1, 2, NULL);
  assert_refused (self, "s.elm", 2, as, 2, "fork");
  assert_read (self, 2);
}

/* One number in two feeds of one frame. */
static void
test_number_twice (Fixture *self, gconstpointer data)
{
  AmendsFrameWriter *writer = amends_frame_writer_new (NULL, 0);
  g_autofree char *refusal = NULL;

  test_device_write (self->author, "s.oak", 1);
  add_as (self, writer, 1, "s.oak", AS_EVENT);
  add_as (self, writer, 1, "s.elm", AS_NAME);
  refusal = send_writer (self, writer, "s.oak", 1, 1);
  g_assert_cmpstr (refusal, ==, "fork");
  assert_sent (self, 1, 1, NULL);
  assert_read (self, 1);
}

/* The author wrote 2 and 3 in another feed, and 4 in this one. Whoever has all that, and what the author signed, can
 * say of the digest of 4 that it is 2, and would have the true 2 refused as another under its number, for ever. */
static void
test_digest_under_other_number (Fixture *self, gconstpointer data)
{
  AmendsFrameWriter *writer = amends_frame_writer_new (NULL, 0);
  AmendsEvent *fourth;
  g_autoptr (AmendsEvent) named = NULL;
  g_autofree char *refusal = NULL;
  AmendsId second;

  test_device_write (self->author, "s.oak", 1);
  test_device_write (self->author, "s.elm", 2);
  test_device_write (self->author, "s.oak", 2);
  assert_sent (self, 1, 1, NULL);
  fourth = self->author->own->pdata[3];
  g_assert_true (amends_id_init (&second, self->author->code, 2));
  named = amends_event_new_erased (&second, "s.oak", &second, NULL, 0, fourth->digest, NULL);
  amends_frame_writer_add_digest (writer, named);
  add_as (self, writer, 5, "s.oak", AS_EVENT);
  refusal = send_writer (self, writer, "s.oak", G_MAXUINT64, 5);
  g_assert_cmpstr (refusal, ==, "signature");

  writer = amends_frame_writer_new (NULL, 0);
  add_as (self, writer, 4, "s.oak", AS_DIGEST);
  add_as (self, writer, 5, "s.oak", AS_EVENT);
  g_clear_pointer (&refusal, g_free);
  refusal = send_writer (self, writer, "s.oak", G_MAXUINT64, 5);
  g_assert_cmpstr (refusal, ==, NULL);
  assert_sent (self, 2, 5, NULL);
  assert_read (self, 5);
}

/* The same of a digest that says what it proves, with another number in it: then it is another digest. */
static void
test_proof_under_other_number (Fixture *self, gconstpointer data)
{
  AmendsFrameWriter *writer = amends_frame_writer_new (NULL, 0);
  g_autoptr (AmendsEvent) named = NULL;
  g_autofree char *refusal = NULL;
  guint8 hash[AMENDS_DIGEST_BYTES];
  AmendsEvent *third;
  AmendsId second;

  test_device_write (self->author, "s.oak", 1);
  test_device_write (self->author, "s.elm", 1);
  test_device_write (self->author, "s.oak", 2);
  assert_sent (self, 1, 1, NULL);
  third = self->author->own->pdata[2];
  amends_event_get_body_hash (third, hash);
  g_assert_true (amends_id_init (&second, self->author->code, 2));
  named = amends_event_new_bodiless (&second, "s.oak", &second, NULL, 0, hash, NULL);
  amends_frame_writer_add_digest (writer, named);
  add_as (self, writer, 4, "s.oak", AS_EVENT);
  refusal = send_writer (self, writer, "s.oak", G_MAXUINT64, 4);
  g_assert_cmpstr (refusal, ==, "signature");
  assert_sent (self, 2, 4, NULL);
  assert_read (self, 4);
}

/* What is passed on of a digest is what it proves: whoever hands it in cannot say of it what is not so. */
static void
test_header_of_digest (Fixture *self, gconstpointer data)
{
  static const As rows[] = { AS_DIGEST, AS_BODILESS };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const As as[] = { rows[i], AS_EVENT };
      guint64 first = self->author->own->len + 1;
      const AmendsEvent *event, *given;

      test_device_write (self->author, "s.oak", 2);
      event = self->author->own->pdata[first - 1];
      assert_handed_in (self, "s.oak", first, as, 2);
      given = g_hash_table_lookup (self->other->digests, &event->id);
      g_assert_nonnull (given);
      g_assert_true (amends_event_is_proved (given));
      g_assert_cmpmem (given->digest, sizeof given->digest, event->digest, sizeof event->digest);
      g_assert_true (amends_id_equal (&given->stream, &event->stream));
      assert_sent (self, first, first + 1, NULL);
      assert_read (self, (guint) first + 1);
    }
}

/* A device of before there were proofs is given digests as it reads them, and can follow the chain over them. */
static void
test_old_reader (Fixture *self, gconstpointer data)
{
  static const As as[] = { AS_DIGEST, AS_EVENT };
  g_autoptr (TestDevice) old = test_device_new (self->world, "staff", "s.oak");
  const AmendsEvent *given;

  old->is_old = TRUE;
  test_device_write (self->author, "s.oak", 2);
  assert_handed_in (self, "s.oak", 1, as, 2);
  amends_reply_head_free (test_device_send (old, 0, 0));
  g_assert_cmpuint (test_device_count (old, self->author->code), ==, 1);
  g_assert_cmpuint (old->n_verified, >, 0);
  given = g_hash_table_lookup (old->digests, &((AmendsEvent *) self->author->own->pdata[0])->id);
  g_assert_nonnull (given);
  g_assert_false (amends_event_is_proved (given));
}

/* Who has no more than the digest of what is held back cannot make of it what was erased. */
static void
test_not_erased (Fixture *self, gconstpointer data)
{
  static const As digest[] = { AS_DIGEST, AS_EVENT };
  static const As erased[] = { AS_ERASED, AS_EVENT };
  static const As bodiless[] = { AS_BODILESS, AS_EVENT };

  test_device_write (self->author, "s.oak", 4);
  assert_handed_in (self, "s.oak", 1, digest, 2);
  assert_handed_in (self, "s.oak", 1, erased, 2);
  assert_refused (self, "s.oak", 3, erased, 2, "signature");
  assert_handed_in (self, "s.oak", 3, bodiless, 2);
  g_assert_cmpuint (test_device_count (self->other, self->author->code), ==, 2);
  assert_sent (self, 1, 4, NULL);
  assert_read (self, 4);
}

/* Of what was erased there is no more than header and digest. It is taken from another than its author, and given to
 * whoever reads, as its author wrote it: its stream is none that somebody said. */
static void
test_erased (Fixture *self, gconstpointer data)
{
  static const As as[] = { AS_ERASED, AS_EVENT };
  static const As proved[] = { AS_BODILESS, AS_EVENT };
  g_autofree char *id = g_strconcat (self->author->code, ".1", NULL);
  g_autofree char *backup = g_build_filename (self->world->folder, "backup.db", NULL);
  g_autoptr (TestDevice) reader = NULL;
  const AmendsEvent *event, *given;
  g_autoptr (GError) error = NULL;

  json_decref (amends_server_back_up (self->world->server, backup, &error));
  g_assert_no_error (error);
  test_device_write (self->author, "s.oak", 2);
  assert_sent (self, 1, 2, NULL);
  json_decref (amends_server_erase (self->world->server, id, "asked for", &error));
  g_assert_no_error (error);
  test_world_restore (self->world, backup);
  assert_refused (self, "s.oak", 1, as, 2, "signature");
  assert_handed_in (self, "s.oak", 1, proved, 2);
  reader = test_device_new (self->world, "staff", "s.oak");
  amends_reply_head_free (test_device_send (reader, 0, 0));
  event = self->author->own->pdata[0];
  given = g_hash_table_lookup (reader->others, &event->id);
  g_assert_nonnull (given);
  g_assert_null (given->body);
  g_assert_true (amends_event_is_proved (given));
  g_assert_true (amends_id_equal (&given->stream, &event->stream));
  assert_sent (self, 1, 2, NULL);
  test_world_assert_verified (self->world, 0);
}

static gboolean
take_row (const AmendsServerEvent *record, const AmendsEvent *event, gpointer user_data)
{
  *(gint64 *) user_data = record->row;
  return FALSE;
}

static gint64
find_row (AmendsServer *server, gint64 device, guint64 number)
{
  gint64 row = 0;

  g_assert_true (server->store->each_event (server->store, device, number, number, FALSE, take_row,
                                            &row, NULL));
  g_assert_cmpint (row, !=, 0);
  return row;
}

/* What the server keeps of an event that was erased, as it was before the hash was kept. */
static void
forget_hash (AmendsServer *server, const AmendsId *id)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  AmendsServerDevice author;
  g_autoptr (GError) error = NULL;

  g_assert_true (amends_server_work_begin (&work, server->store, AMENDS_SERVER_WRITE, &error));
  g_assert_true (server->store->hold_device (server->store, id->code, &author, &error));
  g_assert_true (server->store->erase_event (server->store, id,
                                             find_row (server, author.id, id->number), NULL,
                                             &error));
  g_assert_true (amends_server_work_commit (&work, &error));
  g_assert_no_error (error);
}

/* A store of before the hash was kept, in which something was erased, is whole and is read to its end; nothing proves
 * what is said of that event. */
static void
test_erased_before (Fixture *self, gconstpointer data)
{
  g_autofree char *id = g_strconcat (self->author->code, ".1", NULL);
  g_autoptr (TestDevice) reader = test_device_new (self->world, "staff", "s.oak");
  const AmendsEvent *event, *given;
  g_autoptr (GError) error = NULL;

  test_device_write (self->author, "s.oak", 2);
  assert_sent (self, 1, 2, NULL);
  json_decref (amends_server_erase (self->world->server, id, "asked for", &error));
  g_assert_no_error (error);
  event = self->author->own->pdata[0];
  forget_hash (self->world->server, &event->id);
  amends_reply_head_free (test_device_send (reader, 0, 0));
  given = g_hash_table_lookup (reader->others, &event->id);
  g_assert_nonnull (given);
  g_assert_false (amends_event_is_proved (given));
  g_assert_cmpmem (given->digest, sizeof given->digest, event->digest, sizeof event->digest);
  g_assert_cmpuint (reader->n_verified, >, 0);
  test_world_assert_verified (self->world, 0);
}

/* What has left its author's device, and the server lost since, its author sends as a digest, in its place among what
 * is still there. Whoever has what it says brings that. */
static void
test_own_digest (Fixture *self, gconstpointer data)
{
  static const As as[] = { AS_DIGEST, AS_EVENT, AS_DIGEST };
  static const As whole[] = { AS_EVENT, AS_EVENT, AS_EVENT };
  AmendsFrameWriter *writer = amends_frame_writer_new (NULL, 0);
  g_autoptr (AmendsStatement) statement = amends_statement_new (self->author->code, 3);
  g_autoptr (AmendsReplyHead) head = NULL;
  g_autoptr (GBytes) frame = NULL;
  AmendsDigest chain;

  test_device_write (self->author, "s.oak", 3);
  amends_chain_begin (&chain, amends_server_get_organisation (self->world->server),
                      self->author->key, "s.oak");
  for (guint i = 0; i < 3; i++)
    {
      add_as (self, writer, i + 1, "s.oak", as[i]);
      amends_chain_step (&chain, ((AmendsEvent *) self->author->own->pdata[i])->digest);
    }
  amends_statement_add (statement, "s.oak", &chain);
  amends_statement_sign (statement, self->author->secret);
  amends_frame_writer_add_statement (writer, statement);
  frame = amends_frame_writer_finish (writer, NULL);
  head = test_device_exchange (self->author, &frame, 1);
  g_assert_cmpstr (head->refused_code, ==, NULL);
  g_assert_cmpuint (head->receipt.number, ==, 3);
  g_assert_cmpuint (head->quarantined, ==, 0);
  test_world_assert_verified (self->world, 0);
  assert_handed_in (self, "s.oak", 1, whole, 3);
  assert_read (self, 3);
}

/* Whoever comes new is given the digest of each event that came late once, before what was written behind it; not those
 * of all before it with each. So what is to be read grows as their number does. */
static void
test_many_late (Fixture *self, gconstpointer data)
{
  enum
  {
    N_LATE = 300
  };
  g_autofree As *as = g_new0 (As, N_LATE + 1);
  g_autoptr (TestDevice) reader = NULL;

  for (guint i = 0; i < N_LATE; i++)
    as[i] = AS_DIGEST;
  test_device_write (self->author, "s.oak", N_LATE + 1);
  assert_handed_in (self, "s.oak", 1, as, N_LATE + 1);
  assert_sent (self, 1, N_LATE + 1, NULL);
  reader = test_device_new (self->world, "staff", "s.oak");
  amends_reply_head_free (test_device_send (reader, 0, 0));
  g_assert_cmpuint (reader->n_digests, ==, N_LATE);
  assert_read (self, N_LATE + 1);
}

/* Thousands that are held back stand before one that is not: their digests take several pages, none larger than readers
 * take, and each is given once. */
static void
test_many_held (Fixture *self, gconstpointer data)
{
  enum
  {
    N_HELD = 13000
  };
  AmendsServer *server = self->world->server;
  const char *code = self->author->code;
  g_autoptr (TestDevice) reader = test_device_new (self->world, "staff", "s.oak");

  g_assert_true (amends_server_ungrant (server, code, "s.oak", NULL));
  test_device_write (self->author, "s.oak", N_HELD);
  assert_sent (self, 1, N_HELD, NULL);
  g_assert_true (amends_server_grant (server, code, "s.oak", NULL));
  test_device_write (self->author, "s.oak", 1);
  assert_sent (self, N_HELD + 1, N_HELD + 1, NULL);
  amends_reply_head_free (test_device_send (reader, 0, 0));
  g_assert_cmpuint (test_device_count (reader, code), ==, 1);
  g_assert_cmpuint (reader->n_digests, ==, N_HELD);
  g_assert_cmpuint (reader->n_verified, >, 0);
  test_world_assert_verified (self->world, N_HELD);
}

/* The author writes @n_events that are held back, and then may write again. */
static void
write_held (Fixture *self, guint n_events)
{
  const guint n_frame = 12500;
  AmendsServer *server = self->world->server;

  g_assert_true (amends_server_ungrant (server, self->author->code, "s.oak", NULL));
  while (n_events > 0)
    {
      guint n = MIN (n_events, n_frame);

      test_device_write (self->author, "s.oak", n);
      assert_sent (self, self->author->own->len - n + 1, self->author->own->len, NULL);
      n_events -= n;
    }
  g_assert_true (amends_server_grant (server, self->author->code, "s.oak", NULL));
}

static void
write_one (Fixture *self)
{
  test_device_write (self->author, "s.oak", 1);
  assert_sent (self, self->author->own->len, self->author->own->len, NULL);
}

/* More are held back than a reader is given digests of in one reply: what stands behind them is held back with them, so
 * that nobody is given an event that they never come to; and all is given out once it is released. */
static void
test_too_many_held (Fixture *self, gconstpointer data)
{
  enum
  {
    N_MAX = 50000
  };
  AmendsServer *server = self->world->server;
  const char *code = self->author->code;
  g_autoptr (TestDevice) reader = test_device_new (self->world, "staff", "s.oak");
  g_autofree char *last = g_strdup_printf ("%s.%d", code, N_MAX + 2);
  g_autoptr (GError) error = NULL;
  json_auto_t *report = NULL;

  write_held (self, N_MAX + 1);
  write_one (self);
  amends_reply_head_free (test_device_send (reader, 0, 0));
  g_assert_cmpuint (test_device_count (reader, code), ==, 0);
  test_world_assert_verified (self->world, N_MAX + 2);

  report = amends_server_release (server, last, &error);
  g_assert_null (report);
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  g_clear_error (&error);
  report = amends_server_release (server, code, &error);
  g_assert_no_error (error);
  amends_reply_head_free (test_device_send (reader, 0, 0));
  g_assert_cmpuint (test_device_count (reader, code), ==, N_MAX + 2);
  test_world_assert_verified (self->world, 0);
}

/* The author sends so many of its own events, from @first on, as digests and nothing else. */
static char *
send_digests (Fixture *self, guint64 first, guint n_events)
{
  AmendsFrameWriter *writer = amends_frame_writer_new (NULL, 0);
  g_autoptr (AmendsStatement) statement =
      amends_statement_new (self->author->code, first + n_events - 1);
  g_autoptr (AmendsReplyHead) head = NULL;
  g_autoptr (GBytes) frame = NULL;
  AmendsDigest chain;

  amends_chain_begin (&chain, amends_server_get_organisation (self->world->server),
                      self->author->key, "s.oak");
  for (guint64 number = 1; number < first + n_events; number++)
    {
      if (number >= first)
        amends_frame_writer_add_digest (writer, self->author->own->pdata[number - 1]);
      amends_chain_step (&chain, ((AmendsEvent *) self->author->own->pdata[number - 1])->digest);
    }
  amends_statement_add (statement, "s.oak", &chain);
  amends_statement_sign (statement, self->author->secret);
  amends_frame_writer_add_statement (writer, statement);
  frame = amends_frame_writer_finish (writer, NULL);
  head = test_device_exchange (self->author, &frame, 1);
  return g_strdup (head->refused_code);
}

/* Nor does a device bring so many of its own as digests that nobody comes past them: there is nothing of them to release. */
static void
test_too_many_own (Fixture *self, gconstpointer data)
{
  enum
  {
    N_FRAME = 10000,
    N_MAX = 5 * N_FRAME
  };
  g_autoptr (TestDevice) reader = test_device_new (self->world, "staff", "s.oak");
  g_autofree char *refusal = NULL;

  test_device_write (self->author, "s.oak", N_MAX + 1);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *none = send_digests (self, i * N_FRAME + 1, N_FRAME);

      g_assert_cmpstr (none, ==, NULL);
    }
  refusal = send_digests (self, N_MAX + 1, 1);
  g_assert_cmpstr (refusal, ==, "malformed");
  assert_sent (self, N_MAX + 1, N_MAX + 1, NULL);
  amends_reply_head_free (test_device_send (reader, 0, 0));
  g_assert_cmpuint (test_device_count (reader, self->author->code), ==, 1);
  g_assert_cmpuint (reader->n_digests, ==, N_MAX);
}

/* What comes over digests while all behind it is held back is not late: nobody has been given the digests. */
static void
test_before_held_back (Fixture *self, gconstpointer data)
{
  static const As first[] = { AS_DIGEST, AS_DIGEST, AS_EVENT };
  static const As then[] = { AS_DIGEST, AS_EVENT, AS_DIGEST };
  AmendsServer *server = self->world->server;
  const char *code = self->author->code;

  test_device_write (self->author, "s.oak", 3);
  g_assert_true (amends_server_ungrant (server, code, "s.oak", NULL));
  assert_handed_in (self, "s.oak", 1, first, 3);
  g_assert_true (amends_server_grant (server, code, "s.oak", NULL));
  assert_handed_in (self, "s.oak", 1, then, 3);
  g_assert_cmpuint (test_device_count (self->other, code), ==, 1);
  g_assert_cmpuint (self->other->n_digests, ==, 1);
  assert_sent (self, 1, 3, NULL);
  json_decref (amends_server_release (server, code, NULL));
  assert_read (self, 3);
}

#define ADD(path, func) g_test_add ("/frames/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_assert_cmpint (sodium_init (), >=, 0);

  ADD ("digest-of-other-feed", test_digest_of_other_feed);
  ADD ("event-of-other-feed", test_event_of_other_feed);
  ADD ("number-twice", test_number_twice);
  ADD ("digest-under-other-number", test_digest_under_other_number);
  ADD ("proof-under-other-number", test_proof_under_other_number);
  ADD ("header-of-digest", test_header_of_digest);
  ADD ("old-reader", test_old_reader);
  ADD ("erased", test_erased);
  ADD ("erased-before", test_erased_before);
  ADD ("own-digest", test_own_digest);
  ADD ("not-erased", test_not_erased);
  ADD ("many-late", test_many_late);
  ADD ("many-held", test_many_held);
  ADD ("before-held-back", test_before_held_back);
  ADD ("too-many-held", test_too_many_held);
  ADD ("too-many-own", test_too_many_own);
  return g_test_run ();
}
