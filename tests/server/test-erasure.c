/* test-erasure.c: what two devices may have erased, whatever they ask for
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sodium.h>
#include <string.h>

#include "client.h"

/* @self asks for the erasure of @event with the last events of @one, who agreed, and of @other, who asked. */
static void
ask_for (TestDevice *self, const TestDevice *one, const TestDevice *other, const AmendsEvent *event)
{
  const AmendsEvent *agree = g_ptr_array_index (one->own, one->own->len - 1);
  const AmendsEvent *ask = g_ptr_array_index (other->own, other->own->len - 1);
  g_autoptr (AmendsRequestHead) head = test_device_make_head (self);
  g_autoptr (AmendsReplyHead) taken = NULL;
  g_autoptr (GByteArray) message = NULL;
  g_autoptr (GByteArray) reply = NULL;
  g_autoptr (GError) error = NULL;

  head->hold = TRUE; /* what an erasure leaves in pages is not looked at here */
  head->erase = g_new0 (AmendsWireErase, 1);
  head->erase->stream = event->stream;
  head->erase->ask = ask->id;
  head->erase->agree = agree->id;
  head->erase->events = g_array_new (FALSE, FALSE, sizeof (AmendsId));
  g_array_append_val (head->erase->events, event->id);
  message = test_make_message (head, NULL, 0);
  reply = test_device_post (self, message, &error);
  g_assert_no_error (error);
  taken = test_device_take (self, reply, NULL);
}

static void
ask_to_erase (TestDevice *self, const TestDevice *other, const AmendsEvent *event)
{
  ask_for (self, self, other, event);
}

static gsize
count_erasures (TestWorld *world)
{
  g_autoptr (GError) error = NULL;
  json_auto_t *list = amends_server_list_erasures (world->server, &error);

  g_assert_no_error (error);
  return json_array_size (list);
}

static void
write_about (TestDevice *self, const char *feed, const AmendsEvent *event)
{
  g_autoptr (AmendsReplyHead) sent = NULL;

  test_device_write_about (self, feed, &event->stream);
  sent = test_device_send (self, self->own->len, self->own->len);
  g_assert_cmpuint (sent->quarantined, ==, 0);
}

/* Two devices of @feeds that say in @voices_feed that a case of @feed is to be erased. */
static void
check_two (const char *feeds, const char *voices_feed, const char *feed, gsize n_erased)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) writer = test_device_new (world, "staff", "s.oak,c.oak,s.elm");
  g_autoptr (TestDevice) one = test_device_new (world, "staff", feeds);
  g_autoptr (TestDevice) other = test_device_new (world, "staff", feeds);
  g_autoptr (AmendsReplyHead) sent = NULL;
  const AmendsEvent *event;

  test_device_write (writer, feed, 1);
  sent = test_device_send (writer, 1, 1);
  event = g_ptr_array_index (writer->own, 0);
  write_about (one, voices_feed, event);
  write_about (other, voices_feed, event);
  ask_to_erase (other, one, event);
  g_test_message ("%s, said in %s: %s", feeds, voices_feed, feed);
  g_assert_cmpuint (count_erasures (world), ==, n_erased);
}

/* What two devices say where they may read and write has what is there erased, and nothing else: that they name the
 * case, and write of it where they may, is no leave to erase it where they may not. */
static void
test_feeds (void)
{
  check_two ("s.oak", "s.oak", "s.oak", 1);
  check_two ("s.oak,c.oak", "c.oak", "c.oak", 1);
  check_two ("s.oak", "s.oak", "s.elm", 0);
  check_two ("s.oak", "s.oak", "c.oak", 0);
  check_two ("s.oak,c.oak", "s.oak", "c.oak", 0);
  /* They may write there, and read nothing. */
  check_two ("s.oak", "c.oak", "c.oak", 0);
}

/* One that may read and write does not make up for another that may only write, whichever of them asked. */
static void
test_one_only_writes (void)
{
  for (guint nth = 0; nth < 2; nth++)
    {
      g_autoptr (TestWorld) world = test_world_new ();
      g_autoptr (TestDevice) reader = test_device_new (world, "staff", "s.oak,c.oak");
      g_autoptr (TestDevice) writer = test_device_new (world, "staff", "s.oak");
      g_autoptr (AmendsReplyHead) sent = NULL;
      const AmendsEvent *event;

      test_device_write (reader, "c.oak", 1);
      sent = test_device_send (reader, 1, 1);
      event = g_ptr_array_index (reader->own, 0);
      write_about (reader, "c.oak", event);
      write_about (writer, "c.oak", event);
      ask_to_erase (nth == 0 ? reader : writer, nth == 0 ? writer : reader, event);
      g_assert_cmpuint (count_erasures (world), ==, 0);
    }
}

/* A case of s.oak was moved to s.elm, where two ask and agree. What is in s.oak a third device has erased, which reads and
 * writes in both, as whoever moved it does; one that does not in one of them has not, nor one of the two themselves. */
static void
check_third (const char *feeds, gsize n_erased)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) writer = test_device_new (world, "staff", "s.oak,c.oak");
  g_autoptr (TestDevice) one = test_device_new (world, "staff", "s.elm");
  g_autoptr (TestDevice) other = test_device_new (world, "staff", "s.elm");
  g_autoptr (TestDevice) third = test_device_new (world, "staff", feeds);
  g_autoptr (AmendsReplyHead) sent = NULL;
  const AmendsEvent *event;

  test_device_write (writer, "s.oak", 1);
  sent = test_device_send (writer, 1, 1);
  event = g_ptr_array_index (writer->own, 0);
  write_about (one, "s.elm", event);
  write_about (other, "s.elm", event);
  ask_to_erase (other, one, event);
  g_assert_cmpuint (count_erasures (world), ==, 0);
  ask_for (third, other, one, event);
  g_assert_cmpuint (count_erasures (world), ==, n_erased);
  test_world_assert_verified (world, 0);
}

static void
test_moved (void)
{
  check_third ("s.oak,s.elm", 1);
  check_third ("s.oak", 0);
  check_third ("s.elm", 0);
}

/* What is restricted is erased by two who are there, whoever asks. */
static void
test_restricted (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) writer = test_device_new (world, "staff", "s.oak,c.oak");
  g_autoptr (TestDevice) one = test_device_new (world, "staff", "s.elm");
  g_autoptr (TestDevice) third = test_device_new (world, "staff", "s.oak,c.oak,s.elm");
  g_autoptr (AmendsReplyHead) sent = NULL;
  const AmendsEvent *event;

  test_device_write (writer, "c.oak", 1);
  sent = test_device_send (writer, 1, 1);
  event = g_ptr_array_index (writer->own, 0);
  write_about (one, "s.elm", event);
  write_about (third, "s.elm", event);
  ask_to_erase (third, one, event);
  g_assert_cmpuint (count_erasures (world), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_assert_cmpint (sodium_init (), >=, 0);

  g_test_add_func ("/erasure/feeds", test_feeds);
  g_test_add_func ("/erasure/one-only-writes", test_one_only_writes);
  g_test_add_func ("/erasure/moved", test_moved);
  g_test_add_func ("/erasure/restricted", test_restricted);

  return g_test_run ();
}
