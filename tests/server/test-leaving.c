/* test-leaving.c: who may read and write where, and what is taken from a device
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sodium.h>
#include <string.h>

#include "client.h"

/* What a device of each kind that was granted everything may do: R reads, W writes. One that was revoked
 * reads ctl alone, and what it writes is held back. What was not granted nobody reads or writes. */
static const struct
{
  const char *feed;
  const char *staff, *kiosk, *admin, *revoked;
} matrix[] = {
  /* feed     staff kiosk admin revoked */
  { "ctl", "R", "R", "R", "R" },    { "org", "R", "R", "RW", "" },
  { "staff", "RW", "", "RW", "" },  { "k.oak", "RW", "R", "RW", "" },
  { "s.oak", "RW", "W", "RW", "" }, { "r.oak", "RW", "W", "RW", "" },
  { "c.oak", "RW", "W", "RW", "" }, { "k.elm", "", "", "", "" },
  { "s.elm", "", "", "", "" },      { "r.elm", "", "", "", "" },
  { "c.elm", "", "", "", "" },
};

#define ALL_OF_OAK "org,k.oak,s.oak,r.oak,c.oak"
#define ALL_OF_ELM "k.elm,s.elm,r.elm,c.elm"

/* Whether it was given the one event that @writer wrote in @feed; of ctl, anything of the server. */
static gboolean
has_read (const TestDevice *self, const TestDevice *writer, const char *feed)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->others);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const AmendsEvent *event = value;

      if (g_str_equal (event->feed, feed)
          && g_str_equal (event->id.code, g_str_equal (feed, "ctl") ? "0" : writer->code))
        return TRUE;
    }
  return FALSE;
}

/* Whether what it wrote in @feed was given a place: an auditor with all feeds has it. */
static gboolean
is_held_back (TestWorld *world, const TestDevice *self, const char *feed)
{
  json_auto_t *list = amends_server_list_quarantine (world->server, NULL);
  gsize i;
  json_t *event;

  json_array_foreach (list, i, event)
    if (g_str_equal (json_string_value (json_object_get (event, "device")), self->code)
        && g_str_equal (json_string_value (json_object_get (event, "feed")), feed))
      return TRUE;
  return FALSE;
}

static void
check_kind (const char *kind, gboolean is_revoked)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) writer = test_device_new (world, "admin", ALL_OF_OAK "," ALL_OF_ELM);
  g_autoptr (TestDevice) device = test_device_new (world, kind, ALL_OF_OAK);
  g_autoptr (AmendsReplyHead) sent = NULL;
  g_autoptr (AmendsReplyHead) reply = NULL;

  for (guint i = 1; i < G_N_ELEMENTS (matrix); i++)
    test_device_write (writer, matrix[i].feed, 1);
  sent = test_device_send (writer, 1, writer->own->len);
  g_assert_cmpuint (sent->quarantined, ==, 0);
  if (is_revoked)
    g_assert_true (amends_server_revoke (world->server, device->code, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (matrix); i++)
    test_device_write (device, matrix[i].feed, 1);
  reply = test_device_send (device, 1, device->own->len);
  g_assert_cmpuint (reply->receipt.number, ==, G_N_ELEMENTS (matrix)); /* nothing is refused */
  g_assert_cmpint (reply->revoked, ==, is_revoked);

  for (guint i = 0; i < G_N_ELEMENTS (matrix); i++)
    {
      const char *rights = is_revoked                    ? matrix[i].revoked
                           : g_str_equal (kind, "staff") ? matrix[i].staff
                           : g_str_equal (kind, "kiosk") ? matrix[i].kiosk
                                                         : matrix[i].admin;
      gboolean may_read = strchr (rights, 'R') != NULL, may_write = strchr (rights, 'W') != NULL;

      if (has_read (device, writer, matrix[i].feed) != may_read)
        g_test_message ("%s%s reads %s", is_revoked ? "revoked " : "", kind, matrix[i].feed);
      g_assert_cmpint (has_read (device, writer, matrix[i].feed), ==, may_read);
      if (is_held_back (world, device, matrix[i].feed) == may_write)
        g_test_message ("%s%s writes %s", is_revoked ? "revoked " : "", kind, matrix[i].feed);
      g_assert_cmpint (is_held_back (world, device, matrix[i].feed), !=, may_write);
    }
}

static void
test_matrix (void)
{
  static const char *const kinds[] = { "staff", "kiosk", "admin" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      check_kind (kinds[i], FALSE);
      check_kind (kinds[i], TRUE);
    }
}

/* An exchange that says that the device holds nothing of @feed any more; nothing of it if %NULL. */
static AmendsReplyHead *
say_gone (TestDevice *device, const char *feed)
{
  g_autoptr (AmendsRequestHead) head = test_device_make_head (device);
  g_autoptr (GByteArray) message = NULL;
  g_autoptr (GByteArray) reply = NULL;
  g_autoptr (GError) error = NULL;

  if (feed != NULL)
    g_ptr_array_add (head->gone, g_strdup (feed));
  message = test_make_message (head, NULL, 0);
  reply = test_device_post (device, message, &error);
  g_assert_no_error (error);
  return test_device_take (device, reply, NULL);
}

/* "s.oak held", "s.oak gone", "": what the server says that the device was taken. */
static char *
describe_leaving (TestWorld *world, const char *code)
{
  g_autoptr (GError) error = NULL;
  json_auto_t *list = amends_server_list_leaving (world->server, &error);
  GString *text = g_string_new (NULL);
  gsize i;
  json_t *one;

  g_assert_no_error (error);
  json_array_foreach (list, i, one)
    if (g_str_equal (json_string_value (json_object_get (one, "device")), code))
      {
        g_assert_true (json_is_string (json_object_get (one, "taken_at")));
        g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "",
                                json_string_value (json_object_get (one, "feed")),
                                json_is_string (json_object_get (one, "gone_at")) ? "gone"
                                                                                  : "held");
      }
  return g_string_free (text, FALSE);
}

static void
assert_leaving (TestWorld *world, const TestDevice *device, const char *expected)
{
  g_autofree char *text = describe_leaving (world, device->code);

  g_assert_cmpstr (text, ==, expected);
}

/* What is recorded follows what the device says, in both directions. */
static void
test_gone (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak,s.elm");
  g_autoptr (AmendsReplyHead) sent = NULL;
  gpointer cursor;

  test_device_write (device, "s.oak", 2);
  sent = test_device_send (device, 1, 2);
  amends_reply_head_free (say_gone (device, NULL)); /* it has a cursor in s.oak */
  amends_reply_head_free (say_gone (device, "s.oak"));
  assert_leaving (world, device, ""); /* it was not taken */
  g_assert_true (amends_server_ungrant (world->server, device->code, "s.oak", NULL));
  assert_leaving (world, device, "s.oak held");
  amends_reply_head_free (say_gone (device, NULL));
  amends_reply_head_free (say_gone (device, "s.elm"));
  assert_leaving (world, device, "s.oak held");
  amends_reply_head_free (say_gone (device, "s.oak"));
  assert_leaving (world, device, "s.oak gone");
  test_world_reopen (world);
  assert_leaving (world, device, "s.oak gone");

  /* An old image of it was put back: it has the feed again. */
  amends_reply_head_free (say_gone (device, NULL));
  assert_leaving (world, device, "s.oak held");
  cursor = g_hash_table_lookup (device->cursors, "s.oak");
  g_assert_nonnull (cursor);
  amends_reply_head_free (say_gone (device, "s.oak"));
  assert_leaving (world, device, "s.oak gone");
  g_assert_true (amends_server_grant (world->server, device->code, "s.oak", NULL));
  assert_leaving (world, device, "");

  g_assert_true (amends_server_revoke (world->server, device->code, NULL));
  assert_leaving (
      world, device,
      "c.elm held, c.oak held, k.elm held, k.oak held, r.elm held, r.oak held, s.elm held, "
      "s.oak held, staff held");
  amends_reply_head_free (say_gone (device, "s.oak"));
  assert_leaving (
      world, device,
      "c.elm held, c.oak held, k.elm held, k.oak held, r.elm held, r.oak held, s.elm held, "
      "s.oak gone, staff held");
}

/* Up to where a backup has what the device wrote, also what is held back and has no position. */
static void
test_safe (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autofree char *backup = g_build_filename (world->folder, "backup.db", NULL);
  g_autoptr (AmendsReplyHead) sent = NULL;
  g_autoptr (AmendsReplyHead) more = NULL;
  g_autoptr (AmendsReplyHead) restored = NULL;
  g_autoptr (GError) error = NULL;

  test_device_write (device, "s.elm", 1); /* not granted */
  sent = test_device_send (device, 1, 1);
  g_assert_cmpuint (sent->quarantined, ==, 1);
  g_assert_cmpuint (sent->safe_number, ==, 0);
  json_decref (amends_server_back_up (world->server, backup, &error));
  g_assert_no_error (error);
  test_device_write (device, "s.oak", 1);
  more = test_device_send (device, 2, 2);
  g_assert_cmpuint (more->receipt.number, ==, 2);
  g_assert_cmpuint (more->safe_number, ==, 1);

  test_world_restore (world, backup);
  restored = test_device_send (device, 0, 0);
  g_assert_cmpuint (restored->receipt.number, ==, 1);
  g_assert_cmpuint (restored->safe_number, ==, 1);
}

/* "safe", "resume", "safe resume" or "": what a reply says of the feed, to a device that says it holds some of it. */
static char *
describe_told (TestDevice *device, const char *feed)
{
  g_autoptr (AmendsRequestHead) head = test_device_make_head (device);
  g_autoptr (GByteArray) message = NULL;
  g_autoptr (GByteArray) reply = NULL;
  g_autoptr (AmendsReplyHead) taken = NULL;
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);
  AmendsCursor guess = { .position = 2 };

  g_strlcpy (guess.feed, feed, sizeof guess.feed);
  g_array_append_val (head->cursors, guess);
  message = test_make_message (head, NULL, 0);
  reply = test_device_post (device, message, &error);
  g_assert_no_error (error);
  taken = test_device_take (device, reply, NULL);
  for (guint i = 0; i < taken->safe->len; i++)
    if (g_str_equal (g_array_index (taken->safe, AmendsCursor, i).feed, feed))
      g_string_append (text, "safe");
  for (guint i = 0; i < taken->resume->len; i++)
    if (g_str_equal (g_array_index (taken->resume, AmendsCursor, i).feed, feed))
      g_string_append (text, " resume");
  return g_string_free (text, FALSE);
}

static void
assert_told (TestDevice *device, const char *feed, const char *expected)
{
  g_autofree char *text = describe_told (device, feed);

  g_test_message ("%s", feed);
  g_assert_cmpstr (text, ==, expected);
}

/* Who may only write is not told how much is there, whatever it says that it holds; who could read is, until it has
 * left. */
static void
test_only_writes (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) reader = test_device_new (world, "staff", "s.oak,r.oak,c.oak");
  g_autoptr (TestDevice) writer = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) kiosk = test_device_new (world, "kiosk", "s.oak");
  g_autoptr (AmendsReplyHead) sent = NULL;
  g_autoptr (AmendsReplyHead) own = NULL;

  test_device_write (reader, "r.oak", 3);
  test_device_write (reader, "c.oak", 3);
  test_device_write (reader, "s.oak", 3);
  sent = test_device_send (reader, 1, 9);
  test_device_write (writer, "c.oak", 1);
  own = test_device_send (writer, 1, 1);
  g_assert_cmpuint (own->receipt.number, ==, 1);
  assert_told (writer, "r.oak", "");
  assert_told (writer, "c.oak", "");
  assert_told (kiosk, "s.oak", "");
  assert_told (kiosk, "k.oak", "safe resume");

  g_assert_true (amends_server_ungrant (world->server, reader->code, "r.oak", NULL));
  g_assert_true (amends_server_grant (world->server, reader->code, "s.oak", NULL));
  assert_leaving (world, reader, "r.oak held");
  assert_told (reader, "r.oak", "safe resume");
}

/* A feed is given again, and arrives whole: a device that kept the digests of its own events alone is sent
 * them, and the rest is counted as ever. */
static void
test_whole (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (AmendsRequestHead) head = NULL;
  g_autoptr (GByteArray) message = NULL;
  g_autoptr (GByteArray) reply = NULL;
  g_autoptr (AmendsReplyHead) sent = NULL;
  g_autoptr (AmendsReplyHead) taken = NULL;
  AmendsCursor whole = { "s.oak", 2, { { 0 } } };
  const AmendsCursor *cursor;
  g_autoptr (GError) error = NULL;

  test_device_write (device, "s.oak", 3);
  sent = test_device_send (device, 1, 3);
  g_hash_table_remove (device->cursors, "s.oak");
  head = test_device_make_head (device);
  g_array_append_val (head->whole, whole);
  message = test_make_message (head, NULL, 0);
  reply = test_device_post (device, message, &error);
  g_assert_no_error (error);
  g_hash_table_insert (device->keys, g_strdup (device->code),
                       g_memdup2 (device->key, sizeof device->key));
  taken = test_device_take (device, reply, NULL);
  g_assert_cmpuint (test_device_count (device, device->code), ==, 2);
  cursor = g_hash_table_lookup (device->cursors, "s.oak");
  g_assert_cmpuint (cursor->position, ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_assert_cmpint (sodium_init (), >=, 0);

  g_test_add_func ("/leaving/matrix", test_matrix);
  g_test_add_func ("/leaving/gone", test_gone);
  g_test_add_func ("/leaving/safe", test_safe);
  g_test_add_func ("/leaving/only-writes", test_only_writes);
  g_test_add_func ("/leaving/whole", test_whole);

  return g_test_run ();
}
