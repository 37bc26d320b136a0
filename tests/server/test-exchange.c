/* test-exchange.c: exchanges without HTTP: what is kept, refused, held back and passed on
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "client.h"
#include "store/amends-db.h"
#include "support/database.h"

/* What one device writes another reads, each checked to its author's signature. */
static void
test_two_devices (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) one = test_device_new (world, "staff", "org,s.oak");
  g_autoptr (TestDevice) other = test_device_new (world, "staff", "org,s.oak,s.elm");
  g_autoptr (AmendsReplyHead) sent = NULL;
  g_autoptr (AmendsReplyHead) received = NULL;
  g_autoptr (AmendsReplyHead) again = NULL;
  AmendsDigest trunk;

  test_device_write (one, "s.oak", 5);
  test_device_write (one, "staff", 2);
  test_device_write (one, "s.oak", 3);
  test_device_write (other, "s.oak", 1);
  test_device_write (other, "s.elm", 1);

  sent = test_device_send (one, 1, 10);
  test_device_get_trunk (one, 10, &trunk);
  g_assert_null (sent->refused_code);
  g_assert_cmpuint (sent->receipt.number, ==, 10);
  g_assert_cmpmem (&sent->receipt.trunk, sizeof trunk, &trunk, sizeof trunk);

  received = test_device_send (other, 1, 2);
  g_assert_cmpuint (test_device_count (other, one->code), ==, 10);
  g_assert_cmpuint (other->n_verified, >, 2);

  /* Its own events come back as a run, which test_device_take() counts, and those of a feed that it
   * may not read do not come. */
  again = test_device_send (one, 0, 0);
  g_assert_cmpuint (test_device_count (one, one->code), ==, 0);
  g_assert_cmpuint (test_device_count (one, other->code), ==, 1);
  g_assert_cmpuint (((AmendsCursor *) g_hash_table_lookup (one->cursors, "s.oak"))->position, ==,
                    9);
  g_assert_null (g_hash_table_lookup (one->cursors, "s.elm"));
  test_world_assert_verified (world, 0);
}

/* What a frame of the next events is refused for. */
static void
test_refused_frames (void)
{
  static const char *const rows[] = { "gap", "signature", "fork", "malformed", "author" };
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) stranger = test_device_clone (device);
  g_autoptr (AmendsReplyHead) first = NULL;

  test_device_write (device, "s.oak", 4);
  first = test_device_send (device, 1, 2);
  g_assert_cmpuint (first->receipt.number, ==, 2);
  test_device_write (stranger, "staff", 4); /* other events under the same ids */

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AmendsReplyHead) head = NULL;
      g_autoptr (AmendsReplyHead) good = NULL;
      GBytes *frames[2] = { NULL, test_device_make_frame (device, 3, 4) };
      guint8 secret[64];

      memcpy (secret, device->secret, sizeof secret);
      if (i == 0)
        frames[0] = test_device_make_frame (device, 4, 4);
      else if (i == 1)
        {
          device->secret[3] ^= 1;
          device->secret[40] ^= 1;
          frames[0] = test_device_make_frame (device, 3, 4);
        }
      else if (i == 2)
        frames[0] = test_device_make_frame (stranger, 1, 3);
      else if (i == 3)
        frames[0] = g_bytes_new_static ("x", 1);
      else
        {
          g_strlcpy (stranger->code, "ZZZZ", sizeof stranger->code);
          g_ptr_array_set_size (stranger->own, 0);
          test_device_write (stranger, "s.oak", 1);
          frames[0] = test_device_make_frame (stranger, 1, 1);
        }
      memcpy (device->secret, secret, sizeof secret);

      /* The one after it, which is good, is not applied: the device sends both again. */
      head = test_device_exchange (device, frames, 2);
      g_test_message ("row %u", i);
      g_assert_cmpstr (head->refused_code, ==, rows[i]);
      g_assert_cmpint (head->refused_frame, ==, 0);
      g_assert_cmpuint (head->receipt.number, ==, 2);
      g_bytes_unref (frames[0]);
      g_bytes_unref (frames[1]);
    }
  test_world_assert_verified (world, 0);
}

/* A device makes no records of feeds of schemes that there are not; once there is one, its events are
 * taken, and held back until it may write them. */
static void
test_unknown_scheme (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (AmendsReplyHead) refused = NULL;
  g_autoptr (AmendsReplyHead) taken = NULL;

  test_device_write (device, "s.oak", 1);
  test_device_write (device, "s.beech", 1);
  refused = test_device_send (device, 1, 2);
  g_assert_cmpstr (refused->refused_code, ==, "malformed");
  g_assert_cmpuint (refused->receipt.number, ==, 0);

  g_assert_true (amends_server_add_scheme (world->server, "beech", "Beech House", NULL));
  taken = test_device_send (device, 1, 2);
  g_assert_null (taken->refused_code);
  g_assert_cmpuint (taken->receipt.number, ==, 2);
  g_assert_cmpuint (taken->quarantined, ==, 1);
  test_world_assert_verified (world, 1);
}

/* A statement that does not fit the chain is no better than none. */
static void
test_refused_statement (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  AmendsFrameWriter *writer = amends_frame_writer_new (NULL, 0);
  g_autoptr (AmendsStatement) statement = NULL;
  g_autoptr (AmendsReplyHead) head = NULL;
  g_autoptr (GBytes) frame = NULL;
  AmendsDigest chain = { { 1 } };

  test_device_write (device, "s.oak", 1);
  amends_frame_writer_add_event (writer, device->own->pdata[0], 0);
  statement = amends_statement_new (device->code, 1);
  amends_statement_add (statement, "s.oak", &chain);
  amends_statement_sign (statement, device->secret);
  amends_frame_writer_add_statement (writer, statement);
  frame = amends_frame_writer_finish (writer, NULL);
  head = test_device_exchange (device, &frame, 1);
  g_assert_cmpstr (head->refused_code, ==, "signature");
  g_assert_cmpuint (head->receipt.number, ==, 0);
}

static void
test_duplicates (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) other = test_device_new (world, "staff", "s.oak");
  static const guint64 rows[][2] = { { 1, 3 }, { 1, 3 }, { 2, 2 }, { 1, 5 }, { 4, 6 } };
  static const guint64 numbers[] = { 3, 3, 3, 5, 6 };
  g_autoptr (AmendsReplyHead) received = NULL;

  test_device_write (device, "s.oak", 2);
  test_device_write (device, "staff", 2);
  test_device_write (device, "s.oak", 2);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AmendsReplyHead) head = test_device_send (device, rows[i][0], rows[i][1]);

      g_test_message ("row %u", i);
      g_assert_cmpstr (head->refused_code, ==, NULL);
      g_assert_cmpuint (head->receipt.number, ==, numbers[i]);
    }
  received = test_device_send (other, 0, 0);
  g_assert_cmpuint (test_device_count (other, device->code), ==, 6);
  test_world_assert_verified (world, 0);
}

/* A feed that the author may not write: kept, counted, and given to nobody; what it writes there once
 * it may is given with digests of what is held back, so that its chain can be followed. */
static void
test_quarantine (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) other = test_device_new (world, "staff", "s.oak,s.elm");
  g_autoptr (AmendsReplyHead) head = NULL;
  g_autoptr (AmendsReplyHead) later = NULL;
  g_autoptr (AmendsReplyHead) received = NULL;
  g_autoptr (GError) error = NULL;
  guint n_verified;

  test_device_write (device, "s.elm", 2);
  test_device_write (device, "s.oak", 1);
  head = test_device_send (device, 1, 3);
  g_assert_null (head->refused_code);
  g_assert_cmpuint (head->receipt.number, ==, 3);
  g_assert_cmpuint (head->quarantined, ==, 2);
  received = test_device_send (other, 0, 0);
  g_assert_cmpuint (test_device_count (other, device->code), ==, 1);

  g_assert_true (amends_server_grant (world->server, device->code, "s.elm", &error));
  g_assert_no_error (error);
  test_device_write (device, "s.elm", 1);
  later = test_device_send (device, 4, 4);
  g_assert_cmpuint (later->quarantined, ==, 2);
  n_verified = other->n_verified;
  g_clear_pointer (&received, amends_reply_head_free);
  received = test_device_send (other, 0, 0);
  g_assert_cmpuint (test_device_count (other, device->code), ==, 2);
  g_assert_cmpuint (other->n_verified, ==, n_verified + 2); /* ctl and s.elm */
  test_world_assert_verified (world, 2);
}

/* All pages of a reply are of the instant of its head: what a device wrote that enrolled while it is read
 * comes with the next, behind the event of ctl that says who that is. */
static void
test_one_instant (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) reader = test_device_new (world, "staff", "s.oak");
  g_autoptr (AmendsRequestHead) request = test_device_make_head (reader);
  g_autoptr (GByteArray) message = test_make_message (request, NULL, 0);
  g_autoptr (GByteArray) reply = g_byte_array_new ();
  g_autoptr (AmendsExchange) exchange = NULL;
  g_autoptr (TestDevice) writer = NULL;
  g_autoptr (AmendsReplyHead) sent = NULL;
  g_autoptr (AmendsReplyHead) head = NULL;
  g_autoptr (AmendsReplyHead) next = NULL;
  guint8 buffer[256];
  guint64 last;
  gssize n;

  exchange = test_device_begin (reader, message, &last, NULL);
  g_assert_true (amends_exchange_feed (exchange, message->data, message->len, NULL));
  g_assert_true (amends_exchange_finish (exchange, NULL));
  writer = test_device_new (world, "staff", "s.oak");
  test_device_write (writer, "s.oak", 1);
  sent = test_device_send (writer, 1, 1);
  while ((n = amends_exchange_read (exchange, buffer, sizeof buffer, NULL)) > 0)
    g_byte_array_append (reply, buffer, (guint) n);
  head = test_device_take (reader, reply, NULL);
  g_assert_cmpuint (test_device_count (reader, writer->code), ==, 0);
  next = test_device_send (reader, 0, 0);
  g_assert_cmpuint (test_device_count (reader, writer->code), ==, 1);
}

static void
test_kiosk (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) kiosk = test_device_new (world, "kiosk", "s.oak,r.oak");
  g_autoptr (TestDevice) staff = test_device_new (world, "staff", "s.oak");
  g_autoptr (AmendsReplyHead) from_staff = NULL;
  g_autoptr (AmendsReplyHead) from_kiosk = NULL;
  g_autoptr (AmendsReplyHead) received = NULL;

  test_device_write (staff, "s.oak", 3);
  test_device_write (staff, "k.oak", 1);
  from_staff = test_device_send (staff, 1, 4);
  test_device_write (kiosk, "s.oak", 1);
  test_device_write (kiosk, "r.oak", 1);
  from_kiosk = test_device_send (kiosk, 1, 2);
  g_assert_cmpuint (from_kiosk->quarantined, ==, 0);
  g_assert_cmpuint (test_device_count (kiosk, staff->code), ==, 1); /* k.oak */
  g_assert_null (g_hash_table_lookup (kiosk->cursors, "s.oak"));

  received = test_device_send (staff, 0, 0);
  g_assert_cmpuint (test_device_count (staff, kiosk->code), ==, 1); /* r.oak is not for all staff */
}

/* The request is cut after every byte; sent again, nothing is lost and nothing doubled. */
static void
test_cut (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) other = test_device_new (world, "staff", "s.oak");
  g_autoptr (AmendsReplyHead) last = NULL;
  g_autoptr (AmendsReplyHead) received = NULL;
  gsize n_cut = 0;
  gboolean is_whole = FALSE;
  GBytes *frames[3];
  guint64 n_held = 0;

  test_device_write (device, "s.oak", 9);
  for (guint i = 0; i < 3; i++)
    frames[i] = test_device_make_frame (device, 3 * i + 1, 3 * i + 3);
  while (!is_whole)
    {
      g_autoptr (AmendsRequestHead) head = test_device_make_head (device);
      g_autoptr (GByteArray) message = test_make_message (head, frames, 3);
      g_autoptr (AmendsExchange) exchange = NULL;
      g_autoptr (GError) error = NULL;
      guint64 last_request;

      exchange = test_device_begin (device, message, &last_request, &error);
      g_assert_no_error (error);
      g_assert_true (amends_exchange_feed (exchange, message->data, n_cut, &error));
      is_whole = n_cut == message->len;
      if (!is_whole)
        g_assert_false (amends_exchange_finish (exchange, &error));
      n_cut++;
    }
  last = test_device_exchange (device, frames, 3);
  n_held = last->receipt.number;
  g_assert_null (last->refused_code);
  g_assert_cmpuint (n_held, ==, 9);
  received = test_device_send (other, 0, 0);
  g_assert_cmpuint (test_device_count (other, device->code), ==, 9);
  for (guint i = 0; i < 3; i++)
    g_bytes_unref (frames[i]);
  test_world_assert_verified (world, 0);
}

static void
test_requests (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (AmendsRequestHead) head = test_device_make_head (device);
  g_autoptr (GByteArray) message = test_make_message (head, NULL, 0);
  g_autoptr (AmendsExchange) exchange = NULL;
  g_autoptr (GError) error = NULL;
  guint64 last = 0;

  device->request = 76;
  exchange = test_device_begin (device, message, &last, &error);
  g_assert_no_error (error);

  /* The same number, and one below it. */
  device->request = 76;
  g_assert_null (test_device_begin (device, message, &last, &error));
  g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_REPLAYED);
  g_assert_cmpuint (last, ==, 77);
  g_clear_error (&error);
  device->request = 40;
  g_assert_null (test_device_begin (device, message, &last, &error));
  g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_REPLAYED);
  g_clear_error (&error);

  /* Another body than the one that was signed. */
  device->request = 77;
  g_clear_pointer (&exchange, amends_exchange_free);
  exchange = test_device_begin (device, message, &last, &error);
  g_assert_no_error (error);
  message->data[20] ^= 1;
  amends_exchange_feed (exchange, message->data, message->len, NULL);
  g_assert_false (amends_exchange_finish (exchange, &error));
  g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_SIGNATURE);
  g_clear_error (&error);

  /* Another key, and a device that is not there. */
  device->secret[0] ^= 1;
  g_assert_null (test_device_begin (device, message, &last, &error));
  g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_SIGNATURE);
  g_clear_error (&error);
  g_strlcpy (device->code, "ZZZZ", sizeof device->code);
  g_assert_null (test_device_begin (device, message, &last, &error));
  g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_UNKNOWN_DEVICE);
}

/* A request that committed something is remembered by the store. */
static void
test_replay_after_restart (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (AmendsReplyHead) head = NULL;
  g_autoptr (AmendsRequestHead) request = NULL;
  g_autoptr (GByteArray) message = NULL;
  g_autoptr (GError) error = NULL;
  guint64 last = 0;

  test_device_write (device, "s.oak", 1);
  head = test_device_send (device, 1, 1);
  test_world_reopen (world);
  request = test_device_make_head (device);
  message = test_make_message (request, NULL, 0);
  device->request--;
  g_assert_null (test_device_begin (device, message, &last, &error));
  g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_REPLAYED);
}

static const AmendsCursor *
find_resume (const AmendsReplyHead *head, const char *feed)
{
  for (guint i = 0; i < head->resume->len; i++)
    if (g_str_equal (g_array_index (head->resume, AmendsCursor, i).feed, feed))
      return &g_array_index (head->resume, AmendsCursor, i);
  return NULL;
}

/* The server goes back; what it lost comes again, from its author and from who had read it. */
static void
test_restore (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) one = test_device_new (world, "staff", "s.oak,r.oak");
  g_autoptr (TestDevice) other = test_device_new (world, "staff", "s.oak");
  g_autofree char *path = g_build_filename (world->folder, "backup.db", NULL);
  g_autofree char *old_epoch = g_strdup (amends_server_get_epoch (world->server));
  g_autoptr (AmendsReplyHead) before = NULL;
  g_autoptr (AmendsReplyHead) lost = NULL;
  g_autoptr (AmendsReplyHead) read = NULL;
  g_autoptr (AmendsReplyHead) behind = NULL;
  g_autoptr (AmendsReplyHead) handed_in = NULL;
  g_autoptr (AmendsReplyHead) repeated = NULL;
  g_autoptr (AmendsReplyHead) own = NULL;
  g_autoptr (TestDevice) reader = NULL;
  g_autoptr (AmendsReplyHead) all = NULL;
  g_autoptr (GBytes) frame = NULL;
  g_autoptr (GError) error = NULL;
  const AmendsCursor *resume;
  json_t *backup;

  test_device_write (one, "s.oak", 3);
  before = test_device_send (one, 1, 3);
  backup = amends_server_back_up (world->server, path, &error);
  g_assert_no_error (error);
  json_decref (backup);
  test_device_write (one, "s.oak", 2);
  test_device_write (one, "r.oak", 1);
  test_device_write (one, "s.oak", 1);
  lost = test_device_send (one, 4, 7);
  read = test_device_send (other, 0, 0);
  g_assert_cmpuint (test_device_count (other, one->code), ==, 6);
  g_assert_cmpuint (g_array_index (read->safe, AmendsCursor, 0).position, >, 0);

  test_world_restore (world, path);
  g_assert_cmpstr (amends_server_get_epoch (world->server), !=, old_epoch);
  behind = test_device_send (other, 0, 0);
  resume = find_resume (behind, "s.oak");
  g_assert_nonnull (resume);
  g_assert_cmpuint (resume->position, ==, 3);
  for (guint i = 0; i < behind->safe->len; i++)
    if (g_str_equal (g_array_index (behind->safe, AmendsCursor, i).feed, "s.oak"))
      g_assert_cmpuint (g_array_index (behind->safe, AmendsCursor, i).position, ==, 3);

  /* The other device hands in what it read, twice; r.oak it never had. */
  frame = test_device_hand_in (other, one->code, 3);
  handed_in = test_device_exchange (other, &frame, 1);
  g_assert_null (handed_in->refused_code);
  repeated = test_device_exchange (other, &frame, 1);
  g_assert_null (repeated->refused_code);
  test_world_assert_verified (world, 0);

  /* Then the author sends its own, over what was handed in. */
  own = test_device_send (one, 4, 7);
  g_assert_null (own->refused_code);
  g_assert_cmpuint (own->receipt.number, ==, 7);
  test_world_assert_verified (world, 0);

  reader = test_device_new (world, "staff", "s.oak,r.oak");
  all = test_device_send (reader, 0, 0);
  g_assert_cmpuint (test_device_count (reader, one->code), ==, 7);
}

/* Only some of a chain are handed in, with the rest as digests: they are proved, and given out; the rest comes later.
 * @data: of which bit i stands for event i */
static void
test_digests (gconstpointer data)
{
  guint handed_in = GPOINTER_TO_UINT (data);
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) one = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) other = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) reader = NULL;
  AmendsFrameWriter *writer = amends_frame_writer_new (NULL, 0);
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) head_only = NULL;
  g_autoptr (AmendsFrame) parts = NULL;
  g_autoptr (AmendsReplyHead) first = NULL;
  g_autoptr (AmendsReplyHead) rest = NULL;
  g_autoptr (AmendsReplyHead) own = NULL;
  g_autoptr (AmendsReplyHead) all = NULL;

  test_device_write (one, "s.oak", 4);
  whole = test_device_make_frame (one, 1, 4);
  parts = amends_frame_read (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole), NULL);
  for (guint i = 0; i < 4; i++)
    if ((handed_in & 1U << i) != 0)
      amends_frame_writer_add_event (writer, one->own->pdata[i], 0);
    else
      amends_frame_writer_add_digest (writer, one->own->pdata[i]);
  amends_frame_writer_add_statement (writer, parts->statements->pdata[0]);
  head_only = amends_frame_writer_finish (writer, NULL);

  first = test_device_exchange (other, &head_only, 1);
  g_assert_null (first->refused_code);
  g_assert_cmpuint (test_device_count (other, one->code), ==, 2);
  test_world_assert_verified (world, 0);
  rest = test_device_exchange (other, &whole, 1);
  g_assert_null (rest->refused_code);
  g_assert_cmpuint (test_device_count (other, one->code), ==, 4);
  test_world_assert_verified (world, 0);
  own = test_device_send (one, 1, 4);
  g_assert_cmpuint (own->receipt.number, ==, 4);
  reader = test_device_new (world, "staff", "s.oak");
  all = test_device_send (reader, 0, 0);
  g_assert_cmpuint (test_device_count (reader, one->code), ==, 4);
}

/* The store goes back without anybody saying so: the epoch is the same, a cursor is beyond the end. */
static void
test_rolled_back (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autofree char *kept = NULL;
  g_autofree char *metrics = NULL;
  g_autoptr (AmendsReplyHead) first = NULL;
  g_autoptr (AmendsReplyHead) second = NULL;
  g_autoptr (AmendsReplyHead) third = NULL;
  g_autoptr (AmendsReplyHead) behind = NULL;
  g_autoptr (GError) error = NULL;

  test_device_write (device, "s.oak", 2);
  first = test_device_send (device, 1, 2);
  kept = test_world_keep (world);
  test_device_write (device, "s.oak", 2);
  second = test_device_send (device, 3, 4);
  test_world_go_back (world, kept);

  behind = test_device_send (device, 0, 0);
  g_assert_cmpuint (behind->receipt.number, ==, 2);
  g_assert_cmpuint (find_resume (behind, "s.oak")->position, ==, 2);
  metrics = amends_server_get_metrics (world->server, &error);
  g_assert_nonnull (strstr (metrics, "\namends_cursors_beyond_end_total 1\n"));
  g_hash_table_insert (device->cursors, g_strdup ("s.oak"),
                       g_memdup2 (find_resume (behind, "s.oak"), sizeof (AmendsCursor)));
  third = test_device_send (device, 3, 4);
  g_assert_cmpuint (third->receipt.number, ==, 4);
  test_world_assert_verified (world, 0);
}

static gboolean
has_feed (TestWorld *world, const char *code, const char *name)
{
  json_auto_t *devices = amends_server_list_devices (world->server, NULL);
  gsize i, n;
  json_t *device, *feed;

  json_array_foreach (devices, i, device)
    if (g_str_equal (json_string_value (json_object_get (device, "code")), code))
      json_array_foreach (json_object_get (device, "feeds"), n, feed)
        if (g_str_equal (json_string_value (json_object_get (feed, "feed")), name))
          return TRUE;
  return FALSE;
}

/* A copy of a device wrote something else under the same numbers. What was taken from the device is not given to it
 * again under its new code. */
static void
test_recode (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) clone = NULL;
  g_autoptr (AmendsReplyHead) first = NULL;
  g_autoptr (AmendsReplyHead) second = NULL;
  g_autoptr (AmendsReplyHead) sent = NULL;
  guint8 seed[32] = { 7 };
  guint8 key[32], secret[64];
  char code[5] = "";

  test_device_write (device, "s.oak", 3);
  g_assert_true (amends_server_ungrant (world->server, device->code, "c.oak", NULL));
  first = test_device_send (device, 1, 3);
  clone = test_device_clone (device);
  test_device_write (device, "s.oak", 1);
  second = test_device_send (device, 4, 4);
  test_device_write (clone, "s.oak", 2);
  clone->request = device->request;
  crypto_sign_seed_keypair (key, secret, seed);

  /* First as a request of before a restore that arrives once more, which gives no code; then asked twice, the
   * same code. */
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (AmendsRequestHead) head = test_device_make_head (clone);
      g_autoptr (GByteArray) message = NULL;
      g_autoptr (GByteArray) reply = NULL;
      g_autoptr (AmendsReplyHead) answer = NULL;
      AmendsDigest trunk;

      head->probe_from = 2;
      head->probe_to = 9;
      head->recode = TRUE;
      head->hold = TRUE;
      memcpy (head->recode_key, key, sizeof head->recode_key);
      if (i == 0)
        memset (head->epoch, '0', AMENDS_EPOCH_BYTES);
      message = test_make_message (head, NULL, 0);
      reply = test_device_post (clone, message, NULL);
      answer = test_device_take (clone, reply, NULL);
      g_assert_cmpuint (answer->trunks->len, ==, 3);
      test_device_get_trunk (clone, 3, &trunk);
      g_assert_cmpmem (&g_array_index (answer->trunks, AmendsDigest, 1), 32, &trunk, 32);
      test_device_get_trunk (clone, 4, &trunk);
      g_assert_true (memcmp (&g_array_index (answer->trunks, AmendsDigest, 2), &trunk, sizeof trunk)
                     != 0);
      if (i != 1)
        g_assert_cmpstr (answer->recoded, ==, code);
      g_strlcpy (code, answer->recoded, sizeof code);
    }
  g_assert_cmpstr (code, !=, "");
  g_assert_cmpstr (code, !=, device->code);

  g_strlcpy (clone->code, code, sizeof clone->code);
  memcpy (clone->key, key, sizeof clone->key);
  memcpy (clone->secret, secret, sizeof clone->secret);
  clone->request = 0;
  g_ptr_array_set_size (clone->own, 0);
  test_device_write (clone, "s.oak", 2);
  sent = test_device_send (clone, 1, 2);
  g_assert_true (has_feed (world, code, "r.oak"));
  g_assert_false (has_feed (world, code, "c.oak"));
  g_assert_cmpuint (sent->receipt.number, ==, 2);
  g_assert_cmpuint (sent->quarantined, ==, 0);
  test_world_assert_verified (world, 0);
}

static void
test_revoked (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) other = test_device_new (world, "staff", "s.oak");
  g_autoptr (AmendsReplyHead) sent = NULL;
  g_autoptr (AmendsReplyHead) late = NULL;
  g_autoptr (AmendsReplyHead) received = NULL;
  g_autoptr (GError) error = NULL;

  test_device_write (device, "s.oak", 1);
  sent = test_device_send (device, 1, 1);
  g_assert_true (amends_server_revoke (world->server, device->code, &error));
  g_assert_true (amends_server_revoke (world->server, device->code, &error)); /* nothing to do */
  test_device_write (other, "s.oak", 1);
  received = test_device_send (other, 1, 1);
  test_device_write (device, "s.oak", 1);
  late = test_device_send (device, 2, 2);
  g_assert_true (late->revoked);
  g_assert_cmpuint (late->receipt.number, ==, 2);
  g_assert_cmpuint (late->quarantined, ==, 1);
  g_assert_cmpuint (test_device_count (device, other->code), ==, 0);
  g_assert_cmpuint (test_device_count (other, device->code), ==, 1);
  test_world_assert_verified (world, 1);
}

/* A reply ends before it is too large, and says that there is more. */
static void
test_long_reply (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) other = test_device_new (world, "staff", "s.oak");
  gboolean more = TRUE;
  guint n_requests = 0;

  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (GBytes) frame = NULL;
      g_autoptr (AmendsReplyHead) head = NULL;
      g_autoptr (GString) text = g_string_new ("{\"type\":\"case.noted\",\"text\":\"");
      g_autoptr (GBytes) body = NULL;
      guint8 salt[AMENDS_SALT_BYTES] = { 0 };
      AmendsId id;

      while (text->len < AMENDS_EVENT_MAX_BODY_BYTES - 16)
        g_string_append_c (text, (char) g_rand_int_range (world->rand, 'A', 'Z' + 1));
      g_string_append (text, "\"}");
      body = g_bytes_new (text->str, text->len);
      amends_id_init (&id, device->code, i + 1);
      g_ptr_array_add (device->own,
                       amends_event_new (&id, "s.oak", &id, NULL, 0, salt, body, NULL));
      frame = test_device_make_frame (device, i + 1, i + 1);
      head = test_device_exchange (device, &frame, 1);
      g_assert_null (head->refused_code);
    }
  for (; more; n_requests++)
    {
      g_autoptr (AmendsRequestHead) head = test_device_make_head (other);
      g_autoptr (GByteArray) message = test_make_message (head, NULL, 0);
      g_autoptr (GByteArray) reply = test_device_post (other, message, NULL);
      g_autoptr (AmendsReplyHead) taken = NULL;

      g_assert_nonnull (reply);
      g_assert_cmpuint (reply->len, <=, AMENDS_WIRE_MAX_REPLY_BYTES);
      taken = test_device_take (other, reply, &more);
    }
  g_assert_cmpuint (n_requests, ==, 2);
  g_assert_cmpuint (test_device_count (other, device->code), ==, 60);
}

static void
exec (TestWorld *world, const char *sql)
{
  g_autofree char *path = g_build_filename (world->folder, "server.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsDb) db = NULL;

  if (world->database != NULL)
    {
      test_database_exec (world->database, sql);
      return;
    }
  db = amends_db_open (path, NULL, AMENDS_DB_NONE, &error);
  g_assert_no_error (error);
  g_assert_true (amends_db_exec (db, sql, &error));
}

/* One thing is changed behind the server's back, and verify names it. */
static void
test_damage (void)
{
  static const struct
  {
    const char *sql;
    const char *sql_database; /* NULL: the same */
    const char *id;           /* of the device's: prefixed by its code if it begins with a dot */
  } rows[] = {
    { "UPDATE event SET body = replace (CAST (body AS TEXT), 'recorded', 'recordex')"
      " WHERE device = 2 AND number = 2",
      "UPDATE event SET body = overlay (body PLACING 'x' FROM 9) WHERE device = 2 AND number = 2",
      ".2" },
    { "UPDATE event SET salt = NULL, body = NULL WHERE device = 2 AND number = 2", NULL, ".2" },
    { "DELETE FROM event WHERE device = 2 AND number = 2",
      "SET session_replication_role = replica;" /* no foreign key minds */
      " DELETE FROM event WHERE device = 2 AND number = 2",
      ".2" },
    { "UPDATE event SET nth = 9 WHERE device = 2 AND number = 3", NULL, ".3" },
    { "UPDATE device SET trunk = zeroblob (32) WHERE device = 2",
      "UPDATE device SET trunk = decode (repeat ('00', 32), 'hex') WHERE device = 2", ".3" },
    { "UPDATE chain SET hash = zeroblob (32) WHERE device = 2",
      "UPDATE chain SET hash = decode (repeat ('00', 32), 'hex') WHERE device = 2", ".3" },
    { "UPDATE statement SET bytes = CAST (substr (bytes, 1, length (bytes) - 1) || x'00' AS BLOB)"
      " WHERE device = 2",
      "UPDATE statement SET bytes = set_byte (bytes, length (bytes) - 1,"
      " get_byte (bytes, length (bytes) - 1) # 1) WHERE device = 2",
      ".3" },
    { "UPDATE entry SET hash = zeroblob (32) WHERE position = 2"
      " AND feed = (SELECT feed FROM feed WHERE name = 's.oak')",
      "UPDATE entry SET hash = decode (repeat ('00', 32), 'hex') WHERE position = 2"
      " AND feed = (SELECT feed FROM feed WHERE name = 's.oak')",
      "s.oak.2" },
    { "UPDATE feed SET position = 7 WHERE name = 's.oak'", NULL, "s.oak.7" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestWorld) world = test_world_new ();
      g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
      g_autoptr (AmendsReplyHead) head = NULL;
      gboolean is_same = world->database == NULL || rows[i].sql_database == NULL;
      g_autofree char *id = NULL;
      g_autoptr (GError) error = NULL;
      json_t *result;

      test_device_write (device, "s.oak", 3);
      head = test_device_send (device, 1, 3);
      test_world_assert_verified (world, 0);
      g_clear_pointer (&world->server, amends_server_close);
      exec (world, is_same ? rows[i].sql : rows[i].sql_database);
      test_world_reopen (world);
      result = amends_server_verify (world->server, &error);
      g_test_message ("row %u", i);
      g_assert_no_error (error);
      g_assert_true (json_is_false (json_object_get (result, "ok")));
      id = g_strconcat (rows[i].id[0] == '.' ? device->code : "", rows[i].id, NULL);
      g_assert_cmpstr (json_string_value (
                           json_object_get (json_object_get (result, "first_bad"), "id")),
                       ==, id);
      json_decref (result);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_assert_cmpint (sodium_init (), >=, 0);

  g_test_add_func ("/exchange/two-devices", test_two_devices);
  g_test_add_func ("/exchange/refused-frames", test_refused_frames);
  g_test_add_func ("/exchange/unknown-scheme", test_unknown_scheme);
  g_test_add_func ("/exchange/refused-statement", test_refused_statement);
  g_test_add_func ("/exchange/duplicates", test_duplicates);
  g_test_add_func ("/exchange/quarantine", test_quarantine);
  g_test_add_func ("/exchange/one-instant", test_one_instant);
  g_test_add_func ("/exchange/kiosk", test_kiosk);
  g_test_add_func ("/exchange/cut", test_cut);
  g_test_add_func ("/exchange/requests", test_requests);
  g_test_add_func ("/exchange/replay-after-restart", test_replay_after_restart);
  g_test_add_func ("/exchange/restore", test_restore);
  g_test_add_data_func ("/exchange/digests/behind", GUINT_TO_POINTER (0x3), test_digests);
  g_test_add_data_func ("/exchange/digests/between", GUINT_TO_POINTER (0xa), test_digests);
  g_test_add_func ("/exchange/rolled-back", test_rolled_back);
  g_test_add_func ("/exchange/recode", test_recode);
  g_test_add_func ("/exchange/revoked", test_revoked);
  g_test_add_func ("/exchange/long-reply", test_long_reply);
  g_test_add_func ("/exchange/damage", test_damage);

  return g_test_run ();
}
