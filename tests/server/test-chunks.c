/* test-chunks.c: chunks of attachments at the server
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Source: PROTOCOL.md 12. */

#include <string.h>

#include "client.h"
#include "core/amends-error.h"
#include "server/amends-server-private.h"
#include "store/amends-db.h"

static GBytes *
make_chunk (guint n_bytes, guint8 seed)
{
  guint8 *bytes = g_malloc (n_bytes);

  memset (bytes, seed, n_bytes);
  return g_bytes_new_take (bytes, n_bytes);
}

static AmendsDigest
hash_of (GBytes *chunk)
{
  AmendsDigest hash;

  amends_chunk_hash (g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk), &hash);
  return hash;
}

static AmendsId
own_id (const TestDevice *device, guint64 number)
{
  AmendsId id;

  g_assert_true (amends_id_init (&id, device->code, number));
  return id;
}

static GBytes *
call_with (TestDevice *device, AmendsChunkVerb verb, GBytes *body, GError **error)
{
  g_autoptr (AmendsChunkCall) call = NULL;
  g_autoptr (GBytes) reply = NULL;
  guint8 key[AMENDS_KEY_BYTES];
  GBytes *held;
  guint8 signature[AMENDS_SIGNATURE_BYTES];
  guint64 last;
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (body, &n_bytes);
  AmendsDigest hash;

  device->request++;
  amends_request_body_hash (bytes, n_bytes, &hash);
  amends_request_sign (amends_server_get_organisation (device->world->server),
                       amends_chunk_verb_get_path (verb), device->code, device->request, &hash,
                       device->secret, signature);
  call = amends_chunk_call_new (device->world->server, verb, device->code, device->request, &hash,
                                signature, &last, error);
  if (call == NULL || !amends_chunk_call_feed (call, bytes, n_bytes / 2, error)
      || !amends_chunk_call_feed (call, bytes + n_bytes / 2, n_bytes - n_bytes / 2, error))
    return NULL;
  reply = amends_chunk_call_finish (call, error);
  if (reply == NULL || verb == AMENDS_CHUNK_GET)
    return g_steal_pointer (&reply);
  amends_server_get_signing_key (device->world->server, key);
  held = amends_chunk_answer_open (reply, g_bytes_get_size (reply) - AMENDS_SIGNATURE_BYTES,
                                   amends_server_get_organisation (device->world->server),
                                   device->code, device->request, &hash, key);
  g_assert_nonnull (held);
  return held;
}

static GBytes *
call (TestDevice *device,
      AmendsChunkVerb verb,
      const AmendsId *event,
      GBytes *chunk,
      GError **error)
{
  g_autoptr (AmendsChunkRequest) request = amends_chunk_request_new ();
  g_autoptr (GBytes) body = NULL;
  const AmendsDigest hash = hash_of (chunk);

  amends_chunk_request_add (request, event, &hash, 1);
  if (verb == AMENDS_CHUNK_PUT)
    amends_chunk_request_set_chunk (request, chunk);
  body = amends_chunk_request_to_bytes (request);
  return call_with (device, verb, body, error);
}

/* The word of the refusal, or "ok". */
static const char *
try_call (TestDevice *device, AmendsChunkVerb verb, const AmendsId *event, GBytes *chunk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) reply = call (device, verb, event, chunk, &error);

  if (reply == NULL)
    return amends_server_error_get_code_name (error);
  if (verb == AMENDS_CHUNK_GET)
    g_assert_true (g_bytes_equal (reply, chunk));
  if (verb == AMENDS_CHUNK_PUT)
    g_assert_cmpmem (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply), "\1", 1);
  if (verb == AMENDS_CHUNK_ASK)
    {
      g_assert_cmpuint (g_bytes_get_size (reply), ==, 1);
      return *(const guint8 *) g_bytes_get_data (reply, NULL) == 1 ? "held" : "not there";
    }
  return "ok";
}

#define PUT AMENDS_CHUNK_PUT
#define GET AMENDS_CHUNK_GET
#define ASK AMENDS_CHUNK_ASK

static void
send_all (TestDevice *device)
{
  g_autoptr (AmendsReplyHead) head = test_device_send (device, 1, device->own->len);

  g_assert_null (head->refused_code);
}

static void
test_put_and_get (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) other = test_device_new (world, "staff", "s.oak");
  g_autoptr (GBytes) chunk = make_chunk (AMENDS_CHUNK_MAX_BYTES, 7);
  g_autoptr (GBytes) list = make_chunk (48, 8);
  AmendsId event;

  test_device_write (device, "s.oak", 1);
  event = own_id (device, 1);
  g_assert_cmpstr (try_call (device, PUT, &event, chunk), ==,
                   "not-held"); /* the event goes first */
  send_all (device);
  g_assert_cmpstr (try_call (device, ASK, &event, chunk), ==, "not there");
  g_assert_cmpstr (try_call (other, GET, &event, chunk), ==, "not-held");
  g_assert_cmpstr (try_call (device, PUT, &event, chunk), ==, "ok");
  g_assert_cmpstr (try_call (device, PUT, &event, chunk), ==, "ok"); /* again: nothing changes */
  g_assert_cmpstr (try_call (device, PUT, &event, list), ==, "ok");
  test_world_reopen (world);
  g_assert_cmpstr (try_call (device, ASK, &event, chunk), ==, "held");
  g_assert_cmpstr (try_call (other, ASK, &event, chunk), ==, "held");
  g_assert_cmpstr (try_call (other, GET, &event, chunk), ==, "ok");
  g_assert_cmpstr (try_call (other, GET, &event, list), ==, "ok");
  test_world_assert_verified (world, 0);
}

/* Many at once, of several events, some of which are not there. */
static void
test_ask_many (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (AmendsChunkRequest) request = amends_chunk_request_new ();
  g_autoptr (GBytes) body = NULL, reply = NULL;
  g_autoptr (GError) error = NULL;
  AmendsDigest hashes[4];

  test_device_write (device, "s.oak", 2);
  send_all (device);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GBytes) chunk = make_chunk (100, (guint8) i);
      AmendsId id = own_id (device, i / 2 + 1);

      hashes[i] = hash_of (chunk);
      if (i == 0 || i == 3)
        g_assert_cmpstr (try_call (device, PUT, &id, chunk), ==, "ok");
    }
  for (guint i = 1; i <= 3; i++)
    {
      AmendsId id = own_id (device, i);

      g_assert_true (amends_chunk_request_add (request, &id, hashes, 4));
    }
  body = amends_chunk_request_to_bytes (request);
  reply = call_with (device, ASK, body, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply),
                   "\1\0\0\0\0\0\0\1\0\0\0\0", 12);
}

/* Who may what: by kind, by feed, and once revoked. */
static void
test_rights (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) author = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) reader = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) stranger = test_device_new (world, "staff", "s.elm");
  g_autoptr (TestDevice) kiosk = test_device_new (world, "kiosk", "s.oak");
  g_autoptr (GBytes) chunk = make_chunk (100, 1);
  g_autoptr (GBytes) another = make_chunk (100, 2);
  AmendsId event = own_id (author, 1);

  test_device_write (author, "s.oak", 1);
  send_all (author);
  g_assert_cmpstr (try_call (author, PUT, &event, chunk), ==, "ok");

  g_assert_cmpstr (try_call (stranger, GET, &event, chunk), ==, "forbidden");
  g_assert_cmpstr (try_call (stranger, PUT, &event, another), ==, "forbidden");
  g_assert_cmpstr (try_call (stranger, ASK, &event, chunk), ==, "not there");
  g_assert_cmpstr (try_call (kiosk, GET, &event, chunk), ==, "forbidden");
  g_assert_cmpstr (try_call (kiosk, PUT, &event, another), ==, "ok");
  g_assert_cmpstr (try_call (reader, GET, &event, another), ==, "ok");

  g_assert_true (amends_server_revoke (world->server, author->code, NULL));
  g_assert_true (amends_server_revoke (world->server, reader->code, NULL));
  g_assert_cmpstr (try_call (reader, GET, &event, chunk), ==, "forbidden");
  g_assert_cmpstr (try_call (reader, PUT, &event, chunk), ==, "forbidden");
  g_assert_cmpstr (try_call (reader, ASK, &event, chunk), ==, "not there");
  g_assert_cmpstr (try_call (author, GET, &event, chunk), ==, "forbidden");
  g_assert_cmpstr (try_call (author, PUT, &event, chunk), ==, "ok"); /* its own may still come in */
}

/* What belongs to an event that is held back is kept, and shown to nobody until that is released. */
static void
test_quarantined (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) author = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) reader = test_device_new (world, "staff", "s.oak,s.elm");
  g_autoptr (GBytes) chunk = make_chunk (100, 1);
  AmendsId event = own_id (author, 1);
  json_t *released;

  test_device_write (author, "s.elm", 1);
  send_all (author);
  g_assert_cmpstr (try_call (author, PUT, &event, chunk), ==, "ok");
  g_assert_cmpstr (try_call (reader, GET, &event, chunk), ==, "forbidden");
  released = amends_server_release (world->server, author->code, NULL);
  g_assert_nonnull (released);
  json_decref (released);
  g_assert_cmpstr (try_call (reader, GET, &event, chunk), ==, "ok");
}

/* Each kind of bytes that are not a request, or not the one that was signed. */
static void
test_refused (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (GBytes) chunk = make_chunk (100, 1);
  g_autoptr (GBytes) other = make_chunk (100, 2);
  g_autoptr (GBytes) noise = g_bytes_new_static ("noise", 5);
  g_autoptr (AmendsChunkRequest) request = amends_chunk_request_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  AmendsId event = own_id (device, 1);
  AmendsDigest hash = hash_of (other);

  test_device_write (device, "s.oak", 1);
  send_all (device);
  g_assert_null (call_with (device, PUT, noise, &error));
  g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_MALFORMED);
  g_clear_error (&error);

  amends_chunk_request_add (request, &event, &hash, 1);
  amends_chunk_request_set_chunk (request, chunk); /* of another hash */
  body = amends_chunk_request_to_bytes (request);
  g_assert_null (call_with (device, PUT, body, &error));
  g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_MALFORMED);
  g_assert_cmpstr (try_call (device, ASK, &event, chunk), ==, "not there");
  g_assert_cmpstr (try_call (device, ASK, &event, other), ==, "not there");

  device->request -= 1; /* replayed */
  g_assert_cmpstr (try_call (device, PUT, &event, chunk), ==, "replayed");
  device->secret[0] ^= 1;
  g_assert_cmpstr (try_call (device, PUT, &event, chunk), ==, "signature");
}

/* The body that comes is not the one that was signed; and one that never ends. */
static void
test_altered (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autofree guint8 *bytes = g_malloc0 (AMENDS_CHUNK_MAX_REQUEST_BYTES + 1);
  g_autoptr (AmendsChunkCall) chunk_call = NULL;
  guint8 signature[AMENDS_SIGNATURE_BYTES];
  g_autoptr (GError) error = NULL;
  AmendsDigest hash;
  guint64 last;

  amends_request_body_hash (bytes, 1, &hash);
  amends_request_sign (amends_server_get_organisation (world->server),
                       amends_chunk_verb_get_path (PUT), device->code, 1, &hash, device->secret,
                       signature);
  chunk_call =
      amends_chunk_call_new (world->server, PUT, device->code, 1, &hash, signature, &last, &error);
  g_assert_no_error (error);
  g_assert_true (amends_chunk_call_feed (chunk_call, bytes, 2, &error));
  g_assert_null (amends_chunk_call_finish (chunk_call, &error));
  g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_SIGNATURE);
  g_clear_error (&error);
  g_assert_false (
      amends_chunk_call_feed (chunk_call, bytes, AMENDS_CHUNK_MAX_REQUEST_BYTES, &error));
  g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_TOO_LARGE);
}

/* Each limit is an answer; what is there already is no more than before; events are still taken. */
static void
test_full (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) other = test_device_new (world, "staff", "s.oak");
  g_autoptr (GBytes) first = make_chunk (1000, 1);
  g_autoptr (GBytes) second = make_chunk (1000, 2);
  g_autoptr (GBytes) third = make_chunk (1000, 3);
  AmendsServerLimits limits = { .per_device = 1999, .all = 2500, .reserve = 0 };
  AmendsId event = own_id (device, 1);
  AmendsId of_other = own_id (other, 1);

  test_device_write (device, "s.oak", 1);
  test_device_write (other, "s.oak", 1);
  send_all (device);
  send_all (other);
  amends_server_set_limits (world->server, &limits);
  g_assert_cmpstr (try_call (device, PUT, &event, first), ==, "ok");
  g_assert_cmpstr (try_call (device, PUT, &event, second), ==, "full"); /* of the device */
  g_assert_cmpstr (try_call (device, PUT, &event, first), ==, "ok");
  g_assert_cmpstr (try_call (other, PUT, &of_other, third), ==, "ok");
  limits.per_device = 5000;
  amends_server_set_limits (world->server, &limits);
  g_assert_cmpstr (try_call (device, PUT, &event, second), ==, "full"); /* of all */
  test_device_write (device, "s.oak", 1);
  send_all (device);
  limits.all = 10000;
  limits.reserve = G_MAXUINT64 / 2;
  amends_server_set_limits (world->server, &limits);
  g_assert_cmpstr (try_call (device, PUT, &event, second), ==,
                   world->database == NULL ? "full"
                                           : "ok"); /* of the disk, which is ours to know */
  limits.reserve = 0;
  amends_server_set_limits (world->server, &limits);
  g_assert_cmpstr (try_call (device, PUT, &event, second), ==, "ok");
  test_world_assert_verified (world, 0);
}

static void
get_use (TestWorld *world, const TestDevice *of, guint64 *ret_of_device, guint64 *ret_of_all)
{
  g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
  AmendsServerStore *store = world->server->store;
  AmendsServerDevice device;

  g_assert_true (amends_server_work_begin (&work, store, AMENDS_SERVER_READ, NULL));
  g_assert_true (store->get_device (store, of->code, &device, NULL));
  g_assert_true (store->get_chunk_use (store, device.id, ret_of_device, ret_of_all, NULL));
}

/* They go where their stream goes, and who may have that may have them. */
static void
test_move (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) author = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) reader = test_device_new (world, "staff", "s.elm");
  g_autoptr (GBytes) chunk = make_chunk (100, 1);
  g_autoptr (GBytes) later = make_chunk (100, 2);
  AmendsId event = own_id (author, 1);

  test_device_write (author, "s.oak", 1);
  test_device_write (reader, "s.elm", 1);
  send_all (author);
  send_all (reader);
  g_assert_cmpstr (try_call (author, PUT, &event, chunk), ==, "ok");
  {
    g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
    AmendsServerStore *store = world->server->store;
    AmendsServerFeed feed;

    g_assert_true (amends_server_work_begin (&work, store, AMENDS_SERVER_WRITE, NULL));
    g_assert_true (store->hold_feed (store, "s.elm", &feed, NULL));
    g_assert_true (amends_server_move_chunks (world->server, &event, &feed, NULL));
    g_assert_true (amends_server_work_commit (&work, NULL));
  }
  g_assert_cmpstr (try_call (author, GET, &event, chunk), ==, "forbidden");
  g_assert_cmpstr (try_call (reader, GET, &event, chunk), ==, "ok");
  g_assert_cmpstr (try_call (author, PUT, &event, later), ==, "ok"); /* its own */
  g_assert_cmpstr (try_call (reader, GET, &event, later), ==, "ok");
}

/* Whoever writes about a stream in a feed of their own does not take it along. */
static void
test_elsewhere (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) author = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) reader = test_device_new (world, "staff", "s.oak");
  g_autoptr (TestDevice) stranger = test_device_new (world, "staff", "s.elm");
  g_autoptr (GBytes) chunk = make_chunk (100, 1);
  AmendsId event = own_id (author, 1), other = own_id (stranger, 1);

  test_device_write (author, "s.oak", 1);
  test_device_write_about (stranger, "s.elm", &event);
  send_all (author);
  send_all (stranger);
  g_assert_cmpstr (try_call (stranger, PUT, &other, chunk), ==, "ok");
  g_assert_cmpstr (try_call (author, PUT, &event, chunk), ==, "ok");
  g_assert_cmpstr (try_call (reader, GET, &event, chunk), ==, "ok");
  g_assert_cmpstr (try_call (stranger, GET, &event, chunk), ==, "forbidden");
  g_assert_cmpstr (try_call (stranger, GET, &other, chunk), ==, "ok");
}

static void
test_drop (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autoptr (GBytes) chunk = make_chunk (100, 1);
  AmendsId first = own_id (device, 1), second = own_id (device, 2);
  guint64 of_device, of_all;

  test_device_write (device, "s.oak", 2);
  send_all (device);
  g_assert_cmpstr (try_call (device, PUT, &first, chunk), ==, "ok");
  g_assert_cmpstr (try_call (device, PUT, &second, chunk), ==, "ok");
  get_use (world, device, &of_device, &of_all);
  g_assert_cmpuint (of_device, ==, 200);
  g_assert_cmpuint (of_all, ==, 200);
  {
    g_auto (AmendsServerWork) work = AMENDS_SERVER_WORK_INIT;
    AmendsServerStore *store = world->server->store;

    /* The first event written begins a stream, and the second is of the same or of its own. */
    g_assert_true (amends_server_work_begin (&work, store, AMENDS_SERVER_WRITE, NULL));
    g_assert_true (amends_server_drop_chunks_of_stream (world->server, &first, NULL));
    g_assert_true (amends_server_drop_chunks_of_stream (world->server, &second, NULL));
    g_assert_true (amends_server_work_commit (&work, NULL));
  }
  g_assert_cmpstr (try_call (device, GET, &first, chunk), ==, "not-held");
  g_assert_cmpstr (try_call (device, GET, &second, chunk), ==, "not-held");
  get_use (world, device, &of_device, &of_all);
  g_assert_cmpuint (of_device, ==, 0);
  g_assert_cmpuint (of_all, ==, 0);
}

/* A backup has what it had, whichever store it comes from or goes to; verify finds what is not as it was. */
static void
test_backup (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");
  g_autofree char *file = g_build_filename (world->folder, "copy.db", NULL);
  g_autoptr (GBytes) chunk = make_chunk (AMENDS_CHUNK_MAX_BYTES, 1);
  g_autoptr (GBytes) later = make_chunk (100, 2);
  g_autoptr (AmendsDb) db = NULL;
  AmendsId event = own_id (device, 1);
  json_t *result;

  test_device_write (device, "s.oak", 1);
  send_all (device);
  g_assert_cmpstr (try_call (device, PUT, &event, chunk), ==, "ok");
  result = amends_server_back_up (world->server, file, NULL);
  g_assert_nonnull (result);
  json_decref (result);
  g_assert_cmpstr (try_call (device, PUT, &event, later), ==, "ok");
  test_world_restore (world, file);
  g_assert_cmpstr (try_call (device, GET, &event, chunk), ==, "ok");
  g_assert_cmpstr (try_call (device, GET, &event, later), ==, "not-held");
  test_world_assert_verified (world, 0);

  db = amends_db_open (file, NULL, AMENDS_DB_NONE, NULL);
  g_assert_true (amends_db_exec (db, "UPDATE chunk SET bytes = zeroblob (n_bytes)", NULL));
  g_clear_pointer (&db, amends_db_close);
  test_world_restore (world, file);
  result = amends_server_verify (world->server, NULL);
  g_assert_true (json_is_false (json_object_get (result, "ok")));
  json_decref (result);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chunks/put-and-get", test_put_and_get);
  g_test_add_func ("/chunks/ask-many", test_ask_many);
  g_test_add_func ("/chunks/rights", test_rights);
  g_test_add_func ("/chunks/quarantined", test_quarantined);
  g_test_add_func ("/chunks/refused", test_refused);
  g_test_add_func ("/chunks/altered", test_altered);
  g_test_add_func ("/chunks/full", test_full);
  g_test_add_func ("/chunks/move", test_move);
  g_test_add_func ("/chunks/elsewhere", test_elsewhere);
  g_test_add_func ("/chunks/drop", test_drop);
  g_test_add_func ("/chunks/backup", test_backup);
  return g_test_run ();
}
