/* test-frames.c: frames of what a server lost, handed in by devices that would break what others read
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PROTOCOL.md 4 and 6. An author who is in it signs whatever helps. */

#include <sodium.h>
#include <string.h>

#include "client.h"

/* How an event stands in a frame that is made by hand. */
typedef enum
{
  AS_EVENT,
  AS_DIGEST,
  AS_ERASED, /* without its body, and of another stream than its own */
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

/* The other hands in the author's events from @first on in @feed, where the author's chain has all before them. The
 * statement says that, whatever is true. Returns: (nullable): what it is refused for */
static char *
hand_in (Fixture *self, const char *feed, guint64 first, const As *as, guint n_events)
{
  AmendsFrameWriter *writer = amends_frame_writer_new (NULL, 0);
  g_autoptr (AmendsStatement) statement =
      amends_statement_new (self->author->code, first + n_events - 1);
  g_autoptr (AmendsReplyHead) head = NULL;
  g_autoptr (GBytes) frame = NULL;
  AmendsDigest chain;

  amends_chain_begin (&chain, amends_server_get_organisation (self->world->server),
                      self->author->key, feed);
  for (guint64 number = 1; number < first + n_events; number++)
    {
      AmendsEvent *event = self->author->own->pdata[number - 1];
      g_autoptr (AmendsEvent) copy = dup_event_in (self, number, feed);

      if (number >= first || g_str_equal (event->feed, feed))
        amends_chain_step (&chain, event->digest);
      if (number < first)
        continue;
      if (as[number - first] == AS_EVENT)
        amends_frame_writer_add_event (writer, event, 0);
      else if (as[number - first] == AS_DIGEST)
        amends_frame_writer_add_digest (writer, copy);
      else
        amends_frame_writer_add_event (writer, copy, 0);
    }
  amends_statement_add (statement, feed, &chain);
  amends_statement_sign (statement, self->author->secret);
  amends_frame_writer_add_statement (writer, statement);
  frame = amends_frame_writer_finish (writer, NULL);
  head = test_device_exchange (self->other, &frame, 1);
  return g_strdup (head->refused_code);
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

/* A digest stands in one feed's chain, and what it is of was written in another: the event is not taken there. */
static void
test_digest_of_other_feed (Fixture *self, gconstpointer data)
{
  static const As as[] = { AS_DIGEST, AS_EVENT };

  test_device_write (self->author, "s.oak", 1);
  test_device_write (self->author, "s.elm", 1);
  test_device_write (self->author, "s.oak", 1);
  assert_sent (self, 1, 1, NULL);
  assert_handed_in (self, "s.oak", 2, as, 2);
  assert_sent (self, 2, 2, "fork");
  assert_read (self, 2);
}

/* An event that is there is handed in as a digest in another feed, before one that is not. */
static void
test_event_of_other_feed (Fixture *self, gconstpointer data)
{
  static const As as[] = { AS_DIGEST, AS_EVENT };
  g_autofree char *refusal = NULL;

  test_device_write (self->author, "s.elm", 1);
  test_device_write (self->author, "s.oak", 1);
  test_device_write (self->author, "s.elm", 1);
  assert_sent (self, 1, 2, NULL);
  refusal = hand_in (self, "s.elm", 2, as, 2);
  g_assert_cmpstr (refusal, ==, "fork");
  assert_read (self, 2);
}

/* One number in two feeds of one frame. */
static void
test_number_twice (Fixture *self, gconstpointer data)
{
  AmendsFrameWriter *writer = amends_frame_writer_new (NULL, 0);
  g_autoptr (AmendsReplyHead) head = NULL;
  g_autoptr (AmendsEvent) copy = NULL;
  g_autoptr (GBytes) frame = NULL;

  test_device_write (self->author, "s.oak", 1);
  copy = dup_event_in (self, 1, "s.elm");
  amends_frame_writer_add_event (writer, self->author->own->pdata[0], 0);
  amends_frame_writer_add_digest (writer, copy);
  frame = amends_frame_writer_finish (writer, NULL);
  head = test_device_exchange (self->other, &frame, 1);
  g_assert_cmpstr (head->refused_code, ==, "fork");
  assert_sent (self, 1, 1, NULL);
  assert_read (self, 1);
}

/* What whoever hands in a digest says of its stream is passed on to nobody. */
static void
test_header_of_digest (Fixture *self, gconstpointer data)
{
  static const As rows[] = { AS_DIGEST, AS_ERASED };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const As as[] = { rows[i], AS_EVENT };
      guint64 first = self->author->own->len + 1;
      const AmendsEvent *given;

      test_device_write (self->author, "s.oak", 2);
      assert_handed_in (self, "s.oak", first, as, 2);
      given = g_hash_table_lookup (self->other->digests,
                                   &((AmendsEvent *) self->author->own->pdata[first - 1])->id);
      g_assert_nonnull (given);
      g_assert_true (amends_id_equal (&given->stream, &given->id));
      g_assert_cmpuint (given->n_after, ==, 0);
      assert_sent (self, first, first + 1, NULL);
      assert_read (self, (guint) first + 1);
    }
}

/* Who has no more than the digest of what is held back cannot make of it what was erased. */
static void
test_not_erased (Fixture *self, gconstpointer data)
{
  static const As digest[] = { AS_DIGEST, AS_EVENT };
  static const As erased[] = { AS_ERASED, AS_EVENT };

  test_device_write (self->author, "s.oak", 4);
  assert_handed_in (self, "s.oak", 1, digest, 2);
  assert_handed_in (self, "s.oak", 1, erased, 2);
  assert_handed_in (self, "s.oak", 3, erased, 2);
  g_assert_cmpuint (test_device_count (self->other, self->author->code), ==, 2);
  assert_sent (self, 1, 4, NULL);
  assert_read (self, 4);
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
  ADD ("header-of-digest", test_header_of_digest);
  ADD ("not-erased", test_not_erased);
  ADD ("many-late", test_many_late);
  ADD ("before-held-back", test_before_held_back);
  return g_test_run ();
}
