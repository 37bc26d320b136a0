/* test-erasure.c: what two devices may have erased, whatever they ask for
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sodium.h>
#include <string.h>

#include "client.h"
#include "core/amends-error.h"
#include "core/amends-move.h"

static const AmendsEvent *
get_last (const TestDevice *self)
{
  return g_ptr_array_index (self->own, self->own->len - 1);
}

/* @self asks for the erasure of @event with the last events of @one, who agreed, and of @other, who asked. @also:
 * (nullable): another of them, behind it */
static void
ask_for_both (TestDevice *self,
              const TestDevice *one,
              const TestDevice *other,
              const AmendsEvent *event,
              const AmendsEvent *also)
{
  const AmendsEvent *agree = get_last (one);
  const AmendsEvent *ask = get_last (other);
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
  if (also != NULL)
    g_array_append_val (head->erase->events, also->id);
  message = test_make_message (head, NULL, 0);
  reply = test_device_post (self, message, &error);
  g_assert_no_error (error);
  taken = test_device_take (self, reply, NULL);
}

static void
ask_for (TestDevice *self, const TestDevice *one, const TestDevice *other, const AmendsEvent *event)
{
  ask_for_both (self, one, other, event, NULL);
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
say (TestDevice *self, const char *feed, const AmendsEvent *event, const char *text)
{
  g_autoptr (AmendsReplyHead) sent = NULL;

  test_device_write_body (self, feed, &event->stream, text);
  sent = test_device_send (self, self->own->len, self->own->len);
  g_assert_cmpuint (sent->quarantined, ==, 0);
}

/* Somebody asks on @self that @event be erased. */
static void
say_ask (TestDevice *self, const char *feed, const AmendsEvent *event)
{
  g_autofree char *id = amends_id_format (&event->id);
  g_autofree char *text =
      g_strdup_printf ("{\"type\":\"case.erasure-asked\",\"by\":\"%s.900\",\"events\":[\"%s\"]}",
                       self->code, id);

  say (self, feed, event, text);
}

/* Somebody agrees on @self with what was said last on @other. */
static void
say_agree (TestDevice *self, const char *feed, const TestDevice *other, const AmendsEvent *event)
{
  g_autofree char *id = amends_id_format (&get_last (other)->id);
  g_autofree char *text =
      g_strdup_printf ("{\"type\":\"case.erasure-agreed\",\"by\":\"%s.900\",\"ask\":\"%s\"}",
                       self->code, id);

  say (self, feed, event, text);
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
  say_ask (one, voices_feed, event);
  say_agree (other, voices_feed, one, event);
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
      say_ask (nth == 0 ? writer : reader, "c.oak", event);
      say_agree (nth == 0 ? reader : writer, "c.oak", nth == 0 ? writer : reader, event);
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
  say_ask (one, "s.elm", event);
  say_agree (other, "s.elm", one, event);
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
  say_ask (one, "s.elm", event);
  say_agree (third, "s.elm", one, event);
  ask_to_erase (third, one, event);
  g_assert_cmpuint (count_erasures (world), ==, 0);
}

/* Whoever asks for it decides nothing: what goes is what one person named on one device, and another agreed with on
 * another, and what carries it. Nobody makes two voices of what two devices wrote about something else. */
static void
test_voices (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) writer = test_device_new (world, "staff", "s.oak,s.elm");
  g_autoptr (TestDevice) one = test_device_new (world, "staff", "s.elm,s.oak");
  g_autoptr (TestDevice) other = test_device_new (world, "staff", "s.elm,s.oak");
  g_autoptr (AmendsReplyHead) sent = NULL;
  g_autoptr (GBytes) wrapped = NULL;
  g_autofree char *body = NULL;
  g_autofree char *ask = NULL;
  g_autofree char *text = NULL;
  const AmendsEvent *event, *beside;

  test_device_write (writer, "s.oak", 1);
  event = g_ptr_array_index (writer->own, 0);
  test_device_write_about (writer, "s.oak", &event->stream);
  beside = get_last (writer);
  wrapped = amends_carry_wrap (event, NULL, 1, NULL);
  body = g_strndup (g_bytes_get_data (wrapped, NULL), g_bytes_get_size (wrapped));
  test_device_write_body (writer, "s.elm", &event->stream, body);
  sent = test_device_send (writer, 1, 3);

  /* Notes are no voices; nor is one voice, and a note. */
  say (one, "s.oak", event, "{\"type\":\"case.noted\",\"by\":\"9T.900\"}");
  say (other, "s.oak", event, "{\"type\":\"case.noted\",\"by\":\"8M.900\"}");
  ask_to_erase (other, one, event);
  say_ask (one, "s.oak", event);
  ask_to_erase (other, one, event);
  g_assert_cmpuint (count_erasures (world), ==, 0);

  /* Who agreed with something else, and who asked themselves. */
  ask = amends_id_format (&get_last (one)->id);
  say_agree (other, "s.oak", writer, event);
  ask_to_erase (other, one, event);
  text = g_strdup_printf ("{\"type\":\"case.erasure-agreed\",\"by\":\"%s.900\",\"ask\":\"%s\"}",
                          one->code, ask);
  say (other, "s.oak", event, text);
  ask_to_erase (other, one, event);
  g_assert_cmpuint (count_erasures (world), ==, 0);

  /* What was not named stays, and what was goes, with what carries it. */
  say_agree (other, "s.oak", one, event);
  ask_to_erase (other, one, beside);
  g_assert_cmpuint (count_erasures (world), ==, 0);
  ask_to_erase (other, one, get_last (writer));
  g_assert_cmpuint (count_erasures (world), ==, 1);
  ask_for (writer, other, one, event);
  g_assert_cmpuint (count_erasures (world), ==, 2);
  test_world_assert_verified (world, 0);
}

/* What says where a case is stays, as it was written and as it was carried, whoever agrees; an administrator erases it
 * with the whole case alone. */
static void
test_where (void)
{
  static const char moved[] = "{\"type\":\"case.moved\",\"to\":\"elm\"}";
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) one = test_device_new (world, "staff", "s.elm,s.oak");
  g_autoptr (TestDevice) other = test_device_new (world, "staff", "s.elm,s.oak");
  g_autoptr (AmendsReplyHead) sent = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) wrapped = NULL;
  g_autofree char *body = NULL;
  g_autofree char *id = NULL;
  g_autofree char *all = NULL;
  json_auto_t *report = NULL;
  const AmendsEvent *move, *carrier;

  test_device_write (one, "s.oak", 1);
  sent = test_device_send (one, 1, 1);
  say (one, "s.oak", get_last (one), moved);
  move = get_last (one);
  wrapped = amends_carry_wrap (move, NULL, 1, NULL);
  body = g_strndup (g_bytes_get_data (wrapped, NULL), g_bytes_get_size (wrapped));
  say (one, "s.elm", move, body);
  carrier = get_last (one);
  say_ask (one, "s.oak", move);
  say_agree (other, "s.oak", one, move);
  ask_to_erase (other, one, move);
  ask_to_erase (other, one, carrier);
  g_assert_cmpuint (count_erasures (world), ==, 0);

  id = amends_id_format (&move->id);
  report = amends_server_erase (world->server, id, "a slip", &error);
  g_assert_null (report);
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
  g_clear_error (&error);
  all = g_strdup_printf ("%s,%s.1", id, one->code);
  report = amends_server_erase (world->server, all, "court order", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_erasures (world), ==, 1);
}

/* A device that knows no better asks for all that the two agreed on, what says where the case is among it: the rest is
 * erased. */
static void
test_beside_where (void)
{
  static const char moved[] = "{\"type\":\"case.moved\",\"to\":\"elm\"}";
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) one = test_device_new (world, "staff", "s.elm,s.oak");
  g_autoptr (TestDevice) other = test_device_new (world, "staff", "s.elm,s.oak");
  g_autoptr (AmendsReplyHead) sent = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *move_id = NULL, *note_id = NULL, *ask = NULL, *erased = NULL;
  json_auto_t *list = NULL;
  const AmendsEvent *move, *note;

  test_device_write (one, "s.oak", 1);
  sent = test_device_send (one, 1, 1);
  say (one, "s.oak", get_last (one), moved);
  move = get_last (one);
  say (one, "s.oak", move, "{\"type\":\"case.noted\",\"text\":\"a slip\"}");
  note = get_last (one);
  move_id = amends_id_format (&move->id);
  note_id = amends_id_format (&note->id);
  ask = g_strdup_printf ("{\"type\":\"case.erasure-asked\",\"by\":\"%s.900\",\"events\":[\"%s\","
                         "\"%s\"]}",
                         one->code, move_id, note_id);
  say (one, "s.oak", move, ask);
  say_agree (other, "s.oak", one, move);
  ask_for_both (other, other, one, move, note);
  list = amends_server_list_erasures (world->server, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_array_size (list), ==, 1);
  erased = json_dumps (json_object_get (json_array_get (list, 0), "events"), JSON_COMPACT);
  g_assert_nonnull (strstr (erased, note_id));
  g_assert_null (strstr (erased, move_id));
  test_world_assert_verified (world, 0);
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
  g_test_add_func ("/erasure/voices", test_voices);
  g_test_add_func ("/erasure/where", test_where);
  g_test_add_func ("/erasure/beside-where", test_beside_where);

  return g_test_run ();
}
