/* test-lost.c: a log that was lost with a restore, handed in by devices that tell the truth and by others
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PROTOCOL.md 6. What follows from what was said is in tests/sync/test-lost.c; here is what a server takes, on
 * either store. */

#include <sodium.h>
#include <string.h>

#include "client.h"
#include "core/amends-event.h"

typedef struct
{
  TestWorld *world;
  TestDevice *witness; /* has read everything */
  TestDevice *since;   /* enrolled after the backup */
  char *backup;
  guint64 n_before; /* how long the log was then */
  guint64 n_after;  /* and before it was lost */
} Fixture;

static guint64
count_log (TestDevice *device)
{
  return test_device_count (device, "0");
}

static void
read_all (TestDevice *device)
{
  amends_reply_head_free (test_device_send (device, 0, 0));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->world = test_world_new ();
  self->witness = test_device_new (self->world, "staff", "s.oak");
  read_all (self->witness);
  self->n_before = count_log (self->witness);
  self->backup = g_build_filename (self->world->folder, "backup", NULL);
  json_decref (amends_server_back_up (self->world->server, self->backup, &error));
  g_assert_no_error (error);
  self->since = test_device_new (self->world, "staff", "s.oak,s.elm");
  self->world->now += G_USEC_PER_SEC;
  g_assert_true (amends_server_revoke (self->world->server, self->since->code, &error));
  read_all (self->witness);
  self->n_after = count_log (self->witness);
  test_world_restore (self->world, self->backup);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_device_free (self->since);
  test_device_free (self->witness);
  g_free (self->backup);
  test_world_free (self->world);
}

static AmendsEvent *
get_event (const Fixture *self, guint64 number)
{
  AmendsId id;

  g_assert_true (amends_id_init (&id, "0", number));
  return g_hash_table_lookup (self->witness->others, &id);
}

/* The server's chain after event @number of the log that was lost. */
static AmendsDigest
get_chain (const Fixture *self, guint64 number)
{
  AmendsDigest chain;

  amends_chain_begin (&chain, amends_server_get_organisation (self->world->server),
                      g_hash_table_lookup (self->witness->keys, "0"), "ctl");
  for (guint64 i = 1; i <= number; i++)
    amends_chain_step (&chain, get_event (self, i)->digest);
  return chain;
}

static const AmendsStatement *
get_statement (const Fixture *self)
{
  for (guint i = self->witness->statements->len; i > 0; i--)
    {
      const AmendsStatement *statement = self->witness->statements->pdata[i - 1];

      if (g_str_equal (statement->code, "0"))
        return statement;
    }
  g_assert_not_reached ();
}

/* The events from @first on, those to @last with their bodies and the others as digests. */
static GBytes *
make_frame (const Fixture *self, guint64 first, guint64 last)
{
  AmendsFrameWriter *writer = amends_frame_writer_new (NULL, 0);
  AmendsDigest before = get_chain (self, first - 1);

  for (guint64 i = first; i <= self->n_after; i++)
    if (i <= last)
      amends_frame_writer_add_event (writer, get_event (self, i), 0);
    else
      amends_frame_writer_add_digest (writer, get_event (self, i));
  g_assert_true (amends_frame_writer_add_statement (writer, get_statement (self)));
  return amends_frame_writer_finish (writer, &before);
}

static char *
hand_in (const Fixture *self, GBytes *frame)
{
  g_autoptr (AmendsReplyHead) head = test_device_exchange (self->witness, &frame, 1);

  return g_strdup (head->refused_code);
}

/* Returns: (transfer full) (nullable): the device as the server lists it */
static json_t *
find_since (const Fixture *self)
{
  g_autoptr (GError) error = NULL;
  json_t *devices = amends_server_list_devices (self->world->server, &error);
  json_t *found = NULL;
  json_t *device;
  gsize i;

  g_assert_no_error (error);
  json_array_foreach (devices, i, device)
    if (g_str_equal (json_string_value (json_object_get (device, "code")), self->since->code))
      found = json_incref (device);
  json_decref (devices);
  return found;
}

static guint
count_devices (const Fixture *self)
{
  json_t *devices = amends_server_list_devices (self->world->server, NULL);
  guint n_devices = (guint) json_array_size (devices);

  json_decref (devices);
  return n_devices;
}

static guint64
count_now (const Fixture *self)
{
  g_autoptr (TestDevice) auditor = test_device_new (self->world, "staff", "s.oak");
  guint64 n_events;

  read_all (auditor);
  n_events = count_log (auditor);
  return n_events;
}

/* In one part, in two, with what stands in the log, twice: the same comes of it. */
static void
test_taken (Fixture *self, gconstpointer data)
{
  guint way = GPOINTER_TO_UINT (data);
  guint64 first = way == 2 ? 1 : self->n_before + 1;
  guint64 half = self->n_before + 3;
  g_autoptr (GBytes) one = make_frame (self, first, way == 1 ? half : self->n_after);
  g_autoptr (GBytes) other = make_frame (self, half + 1, self->n_after);
  json_t *since;
  guint n_devices;

  g_assert_cmpstr (hand_in (self, one), ==, NULL);
  if (way == 1)
    g_assert_cmpstr (hand_in (self, other), ==, NULL);
  since = find_since (self);
  g_assert_nonnull (since);
  g_assert_true (json_is_true (json_object_get (since, "revoked")));
  g_assert_cmpstr (json_string_value (json_object_get (since, "name")), !=, NULL);
  json_decref (since);
  test_world_assert_verified (self->world, 0);

  n_devices = count_devices (self);
  g_assert_cmpstr (hand_in (self, one), ==, NULL);
  g_assert_cmpstr (hand_in (self, other), ==, NULL);
  g_assert_cmpuint (count_devices (self), ==, n_devices);
  test_world_assert_verified (self->world, 0);
}

/* The second half alone is of a device that is not known yet: it is gone through once it is. */
static void
test_order (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) one = make_frame (self, self->n_before + 1, self->n_before + 3);
  g_autoptr (GBytes) other = make_frame (self, self->n_before + 4, self->n_after);
  json_t *since;

  g_assert_cmpstr (hand_in (self, other), ==, NULL);
  g_assert_null (find_since (self));
  g_assert_cmpstr (hand_in (self, one), ==, NULL);
  g_assert_cmpstr (hand_in (self, other), ==, NULL);
  since = find_since (self);
  g_assert_true (json_is_true (json_object_get (since, "revoked")));
  json_decref (since);
  test_world_assert_verified (self->world, 0);
}

/* What is recorded anew says when it was recorded first. */
static void
test_first_at (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) frame = make_frame (self, self->n_before + 1, self->n_after);
  g_autoptr (TestDevice) auditor = NULL;
  guint n_anew = 0;
  GHashTableIter iter;
  gpointer value;

  self->world->now += G_TIME_SPAN_DAY;
  g_assert_cmpstr (hand_in (self, frame), ==, NULL);
  auditor = test_device_new (self->world, "staff", "s.oak");
  read_all (auditor);
  g_hash_table_iter_init (&iter, auditor->others);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      json_t *body = amends_event_load_body (value, NULL);
      const char *lost = json_string_value (json_object_get (body, "lost"));

      if (lost != NULL)
        {
          n_anew++;
          g_assert_cmpstr (lost, <, json_string_value (json_object_get (body, "at")));
        }
      json_decref (body);
    }
  g_assert_cmpuint (n_anew, ==, self->n_after - self->n_before);
}

/* Somebody else has enrolled under the code: nothing of what was said of the other is said of them. */
static void
test_other_key (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) frame = make_frame (self, self->n_before + 1, self->n_after);
  g_autoptr (GBytes) rest = make_frame (self, self->n_before + 2, self->n_after);
  g_autofree char *code = NULL;
  g_autofree char *body = NULL;
  g_autofree char *reply = NULL;
  g_autofree char *key_text = NULL;
  g_autofree char *mac_text = NULL;
  char lookup[AMENDS_ENROL_LOOKUP_SIZE];
  guint8 key[AMENDS_KEY_BYTES], secret[64];
  g_autoptr (GError) error = NULL;
  AmendsDigest enrol_key, mac;
  json_t *since;

  g_assert_true (amends_server_invite (self->world->server, "staff", "s.oak", &code, &error));
  g_assert_true (amends_enrol_code_parse (code, lookup, &enrol_key, &error));
  crypto_sign_keypair (key, secret);
  key_text = g_base64_encode (key, sizeof key);
  amends_enrol_request_mac (&enrol_key, lookup, key_text, "Another", self->since->code, &mac);
  mac_text = g_base64_encode (mac.bytes, sizeof mac.bytes);
  body = g_strdup_printf ("{\"version\":1,\"lookup\":\"%s\",\"key\":\"%s\",\"name\":\"Another\","
                          "\"code\":\"%s\",\"mac\":\"%s\"}",
                          lookup, key_text, self->since->code, mac_text);
  amends_server_enrol (self->world->server, body, strlen (body), &reply, &error);
  g_assert_no_error (error);

  g_assert_cmpstr (hand_in (self, frame), ==, NULL);
  g_assert_cmpstr (hand_in (self, rest), ==, NULL);
  since = find_since (self);
  g_assert_cmpstr (json_string_value (json_object_get (since, "name")), ==, "Another");
  g_assert_false (json_is_true (json_object_get (since, "revoked")));
  g_assert_cmpuint (json_array_size (json_object_get (since, "feeds")), ==, 6);
  json_decref (since);
  test_world_assert_verified (self->world, 0);
}

/* What a device might make up. */
typedef enum
{
  FORGE_BODY,
  FORGE_BASE,
  FORGE_LEAVE_OUT_LAST,
  FORGE_DIGEST,
  FORGE_STATEMENT,
  FORGE_CODE,
  FORGE_FEED,
  FORGE_GAP,
  FORGE_DIGEST_FIRST,
  FORGE_DIGESTS_ONLY,
  FORGE_TWO_STATEMENTS,
  FORGE_NO_STATEMENT,
  FORGE_ERASED,
} Forgery;

static const struct
{
  const char *name;
  Forgery forgery;
  const char *refusal;
} forged_rows[] = {
  { "another body", FORGE_BODY, "signature" },
  { "another chain before", FORGE_BASE, "signature" },
  { "the last left out", FORGE_LEAVE_OUT_LAST, "signature" },
  { "another digest", FORGE_DIGEST, "signature" },
  { "signed by the device", FORGE_STATEMENT, "signature" },
  { "a device's events", FORGE_CODE, "malformed" },
  { "of another feed", FORGE_FEED, "malformed" },
  { "one left out", FORGE_GAP, "malformed" },
  { "a body after a digest", FORGE_DIGEST_FIRST, "malformed" },
  { "no body", FORGE_DIGESTS_ONLY, "malformed" },
  { "two statements", FORGE_TWO_STATEMENTS, "malformed" },
  { "no statement", FORGE_NO_STATEMENT, "malformed" },
  { "an erased body", FORGE_ERASED, "malformed" },
};

static AmendsEvent *
forge_event (const AmendsEvent *event, Forgery forgery)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"type\":\"device.revoked\"}", 25);
  guint8 digest[AMENDS_DIGEST_BYTES] = { 1 };
  AmendsId id = event->id;
  g_autoptr (GError) error = NULL;
  AmendsEvent *forged;

  if (forgery == FORGE_CODE)
    g_assert_true (amends_id_init (&id, "ZZ", event->id.number));
  if (forgery == FORGE_DIGEST || forgery == FORGE_ERASED)
    forged = amends_event_new_erased (&id, "ctl", &event->stream, event->after, event->n_after,
                                      digest, &error);
  else
    forged = amends_event_new (&id, forgery == FORGE_FEED ? "org" : "ctl", &event->stream,
                               event->after, event->n_after, event->salt,
                               forgery == FORGE_BODY ? body : event->body, &error);
  g_assert_no_error (error);
  return forged;
}

static GBytes *
forge (const Fixture *self, Forgery forgery)
{
  AmendsFrameWriter *writer = amends_frame_writer_new (NULL, 0);
  AmendsDigest before = get_chain (self, self->n_before);
  g_autoptr (AmendsStatement) statement = amends_statement_copy (get_statement (self));
  guint64 last = self->n_after - (forgery == FORGE_LEAVE_OUT_LAST);

  before.bytes[0] ^= forgery == FORGE_BASE;
  if (forgery == FORGE_STATEMENT)
    amends_statement_sign (statement, self->witness->secret);
  for (guint64 i = self->n_before + 1; i <= last; i++)
    {
      g_autoptr (AmendsEvent) forged = NULL;
      AmendsEvent *event = get_event (self, i);
      guint64 nth = i - self->n_before;
      gboolean is_digest = forgery == FORGE_DIGESTS_ONLY
                           || (forgery == FORGE_DIGEST_FIRST && nth == 2)
                           || (forgery == FORGE_DIGEST && i == last);

      if (forgery == FORGE_GAP && nth == 2)
        continue;
      if (forgery == FORGE_DIGEST ? i == last : nth == 3)
        event = forged = forge_event (event, forgery);
      if (is_digest)
        amends_frame_writer_add_digest (writer, event);
      else
        amends_frame_writer_add_event (writer, event, 0);
    }
  for (guint i = 0; i < (forgery == FORGE_TWO_STATEMENTS ? 2u : 1u); i++)
    if (forgery != FORGE_NO_STATEMENT)
      g_assert_true (amends_frame_writer_add_statement (writer, statement));
  return amends_frame_writer_finish (writer, &before);
}

/* Nothing is taken that the server did not say, nor anything that is not as it is to be. */
static void
test_forged (Fixture *self, gconstpointer data)
{
  guint n_devices = count_devices (self);

  for (guint i = 0; i < G_N_ELEMENTS (forged_rows); i++)
    {
      g_autoptr (GBytes) frame = forge (self, forged_rows[i].forgery);
      g_autofree char *refusal = hand_in (self, frame);

      g_test_message ("%s", forged_rows[i].name);
      g_assert_cmpstr (refusal, ==, forged_rows[i].refusal);
    }
  g_assert_cmpuint (count_devices (self), ==, n_devices);
  test_world_assert_verified (self->world, 0);
}

/* Codes that come back are given to nobody else, though the server gives the next one that it has not passed over. */
static void
test_codes (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) frame = make_frame (self, self->n_before + 1, self->n_after);
  g_autoptr (TestDevice) next = NULL;
  guint64 n_events = count_now (self);

  g_assert_cmpstr (hand_in (self, frame), ==, NULL);
  next = test_device_new (self->world, "staff", "s.oak");
  g_assert_cmpstr (next->code, !=, self->since->code);
  g_assert_cmpuint (count_now (self), >, n_events);
  test_world_assert_verified (self->world, 0);
}

#define ADD(path, data, func) \
  g_test_add ("/lost/" path, Fixture, GUINT_TO_POINTER (data), set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("taken", 0, test_taken);
  ADD ("taken/in-two-parts", 1, test_taken);
  ADD ("taken/from-the-beginning", 2, test_taken);
  ADD ("order", 0, test_order);
  ADD ("first-at", 0, test_first_at);
  ADD ("other-key", 0, test_other_key);
  ADD ("forged", 0, test_forged);
  ADD ("codes", 0, test_codes);
  return g_test_run ();
}
