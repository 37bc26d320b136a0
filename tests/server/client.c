/* client.c: a world with a clock, and devices that exchange with a server in it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "client.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/database.h"

static gint64
world_now (gpointer user_data)
{
  return ((TestWorld *) user_data)->now;
}

static void
world_random (guint8 *bytes, gsize n_bytes, gpointer user_data)
{
  for (gsize i = 0; i < n_bytes; i++)
    bytes[i] = (guint8) g_rand_int (((TestWorld *) user_data)->rand);
}

TestWorld *
test_world_new (void)
{
  return test_world_new_at (G_GINT64_CONSTANT (1795255200) * G_USEC_PER_SEC);
}

/* @now: microseconds since 1970, where its clock stands */
TestWorld *
test_world_new_at (gint64 now)
{
  static const char *const hosts[] = { "localhost", "127.0.0.1", NULL };
  TestWorld *self = g_new0 (TestWorld, 1);
  g_autoptr (GError) error = NULL;

  self->now = now;
  self->rand = g_rand_new_with_seed (20261122);
  self->database = test_database_new ();
  self->environment =
      (AmendsEnvironment){ world_now, world_random, self, .database = self->database };
  self->folder = g_dir_make_tmp ("amends-server-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_true (
      amends_server_create (self->folder, "Riverside Homes", hosts, &self->environment, &error));
  g_assert_no_error (error);
  test_world_reopen (self);
  g_assert_true (amends_server_add_scheme (self->server, "oak", "Oak Court", &error));
  g_assert_true (amends_server_add_scheme (self->server, "elm", "Elm House", &error));
  g_assert_no_error (error);
  return self;
}

void
test_world_reopen (TestWorld *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->server, amends_server_close);
  self->server = amends_server_open (self->folder, &self->environment, &error);
  g_assert_no_error (error);
}

static void
set_database (TestWorld *self, char *database)
{
  g_free (self->database);
  self->database = database;
  self->environment.database = database;
}

/* The server as a backup has it; a database's goes into a new one. */
void
test_world_restore (TestWorld *self, const char *path)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->server, amends_server_close);
  if (self->database != NULL)
    set_database (self, test_database_new ());
  json_decref (amends_server_restore (self->folder, path, &self->environment, &error));
  g_assert_no_error (error);
  test_world_reopen (self);
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_bytes;

  g_file_get_contents (from, &contents, &n_bytes, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, contents, (gssize) n_bytes, &error);
  g_assert_no_error (error);
}

/* Returns: (transfer full): what test_world_go_back() goes back to, without the server knowing of it */
char *
test_world_keep (TestWorld *self)
{
  g_autofree char *store = g_build_filename (self->folder, "server.db", NULL);
  char *kept = NULL;

  g_clear_pointer (&self->server, amends_server_close);
  if (self->database != NULL)
    kept = test_database_copy (self->database);
  else
    copy_file (store, kept = g_strconcat (store, ".kept", NULL));
  test_world_reopen (self);
  return kept;
}

void
test_world_go_back (TestWorld *self, const char *kept)
{
  g_autofree char *store = g_build_filename (self->folder, "server.db", NULL);

  g_clear_pointer (&self->server, amends_server_close);
  if (self->database != NULL)
    set_database (self, test_database_copy (kept));
  else
    copy_file (kept, store);
  test_world_reopen (self);
}

/* Fails the test if the server's own verification finds anything, or other than @n_quarantined events
 * that are held back. */
void
test_world_assert_verified (TestWorld *self, guint64 n_quarantined)
{
  g_autoptr (GError) error = NULL;
  json_t *result = amends_server_verify (self->server, &error);
  json_t *bad = json_object_get (result, "first_bad");

  g_assert_no_error (error);
  g_assert_cmpstr (json_string_value (json_object_get (bad, "what")), ==, NULL);
  g_assert_true (json_is_true (json_object_get (result, "ok")));
  g_assert_cmpuint ((guint64) json_integer_value (json_object_get (result, "quarantined")), ==,
                    n_quarantined);
  json_decref (result);
}

void
test_world_free (TestWorld *self)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  amends_server_close (self->server);
  folder = g_dir_open (self->folder, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->database);
  g_rand_free (self->rand);
  g_free (self);
}

static TestDevice *
device_alloc (TestWorld *world)
{
  TestDevice *self = g_new0 (TestDevice, 1);

  self->world = world;
  self->own = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_event_unref);
  self->others = g_hash_table_new_full (amends_id_hash, amends_id_equal, NULL,
                                        (GDestroyNotify) amends_event_unref);
  self->digests = g_hash_table_new_full (amends_id_hash, amends_id_equal, NULL,
                                         (GDestroyNotify) amends_event_unref);
  self->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->chains = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->statements = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_statement_free);
  return self;
}

/* Enrols as a device does, and checks what a device checks. */
TestDevice *
test_device_new (TestWorld *world, const char *kind, const char *feeds)
{
  TestDevice *self = device_alloc (world);
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  g_autofree char *key = NULL;
  g_autofree char *mac_text = NULL;
  g_autofree char *body = NULL;
  g_autofree char *reply = NULL;
  char lookup[AMENDS_ENROL_LOOKUP_SIZE];
  guint8 seed[32], server_key[AMENDS_KEY_BYTES], mac_sent[32];
  AmendsDigest enrol_key, mac;
  json_t *json, *manifest;
  const char *manifest_text;

  g_assert_true (amends_server_invite (world->server, kind, feeds, &code, &error));
  g_assert_no_error (error);
  g_assert_true (amends_enrol_code_parse (code, lookup, &enrol_key, &error));
  world_random (seed, sizeof seed, world);
  crypto_sign_seed_keypair (self->key, self->secret, seed);
  key = amends_base64 (self->key, sizeof self->key);
  amends_enrol_request_mac (&enrol_key, lookup, key, "Office laptop", NULL, &mac);
  mac_text = amends_base64 (mac.bytes, sizeof mac.bytes);
  body = g_strdup_printf (
      "{\"version\":1,\"lookup\":\"%s\",\"key\":\"%s\",\"name\":\"Office laptop\",\"mac\":\"%s\"}",
      lookup, key, mac_text);
  g_assert_true (amends_server_enrol (world->server, body, strlen (body), &reply, &error));
  g_assert_no_error (error);

  json = amends_json_load (reply, strlen (reply), NULL);
  manifest_text = json_string_value (json_object_get (json, "manifest"));
  amends_enrol_reply_mac (&enrol_key, lookup, key, manifest_text, &mac);
  g_assert_true (amends_base64_decode (json_string_value (json_object_get (json, "mac")), mac_sent,
                                       sizeof mac_sent));
  g_assert_cmpmem (mac_sent, sizeof mac_sent, &mac, sizeof mac);
  manifest = amends_json_load (manifest_text, strlen (manifest_text), NULL);
  g_strlcpy (self->code,
             json_string_value (json_object_get (json_object_get (manifest, "device"), "code")),
             sizeof self->code);
  g_strlcpy (self->epoch, json_string_value (json_object_get (manifest, "epoch")),
             sizeof self->epoch);
  json_decref (manifest);
  json_decref (json);
  amends_server_get_signing_key (world->server, server_key);
  g_hash_table_insert (self->keys, g_strdup ("0"), g_memdup2 (server_key, sizeof server_key));
  return self;
}

/* The same device a second time, as from a copy of its disk: its log, not its cursors. */
TestDevice *
test_device_clone (const TestDevice *self)
{
  TestDevice *clone = device_alloc (self->world);
  gpointer server_key = g_hash_table_lookup (self->keys, "0");

  memcpy (clone->code, self->code, sizeof clone->code);
  memcpy (clone->key, self->key, sizeof clone->key);
  memcpy (clone->secret, self->secret, sizeof clone->secret);
  memcpy (clone->epoch, self->epoch, sizeof clone->epoch);
  clone->request = self->request;
  for (guint i = 0; i < self->own->len; i++)
    g_ptr_array_add (clone->own, amends_event_ref (self->own->pdata[i]));
  g_hash_table_insert (clone->keys, g_strdup ("0"), g_memdup2 (server_key, AMENDS_KEY_BYTES));
  return clone;
}

void
test_device_free (TestDevice *self)
{
  g_ptr_array_unref (self->own);
  g_hash_table_unref (self->others);
  g_hash_table_unref (self->digests);
  g_hash_table_unref (self->cursors);
  g_hash_table_unref (self->keys);
  g_hash_table_unref (self->chains);
  g_ptr_array_unref (self->statements);
  g_free (self);
}

/* @stream: (nullable): whose it is; %NULL: it begins its own */
void
test_device_write_body (TestDevice *self,
                        const char *feed,
                        const AmendsId *stream,
                        const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  guint8 salt[AMENDS_SALT_BYTES];
  AmendsEvent *event;
  AmendsId id;

  world_random (salt, sizeof salt, self->world);
  g_assert_true (amends_id_init (&id, self->code, self->own->len + 1));
  event = amends_event_new (&id, feed, stream != NULL ? stream : &id, NULL, 0, salt, body, &error);
  g_assert_no_error (error);
  g_ptr_array_add (self->own, event);
}

void
test_device_write_about (TestDevice *self, const char *feed, const AmendsId *stream)
{
  g_autofree char *text =
      g_strdup_printf ("{\"type\":\"case.recorded\",\"n\":%u}", self->own->len + 1);

  test_device_write_body (self, feed, stream, text);
}

void
test_device_write (TestDevice *self, const char *feed, guint n_events)
{
  for (guint i = 0; i < n_events; i++)
    test_device_write_about (self, feed, NULL);
}

void
test_device_get_trunk (const TestDevice *self, guint64 number, AmendsDigest *ret_trunk)
{
  amends_chain_begin (ret_trunk, amends_server_get_organisation (self->world->server), self->key,
                      "");
  for (guint64 i = 0; i < number; i++)
    amends_chain_step (ret_trunk, ((AmendsEvent *) self->own->pdata[i])->digest);
}

static void
get_own_chain (const TestDevice *self, const char *feed, guint64 last, AmendsDigest *ret_chain)
{
  amends_chain_begin (ret_chain, amends_server_get_organisation (self->world->server), self->key,
                      feed);
  for (guint64 i = 0; i < last; i++)
    {
      const AmendsEvent *event = self->own->pdata[i];

      if (g_str_equal (event->feed, feed))
        amends_chain_step (ret_chain, event->digest);
    }
}

/* Own events from @first to @last, under one statement. */
GBytes *
test_device_make_frame (const TestDevice *self, guint64 first, guint64 last)
{
  AmendsFrameWriter *writer = amends_frame_writer_new (NULL, 0);
  g_autoptr (AmendsStatement) statement = amends_statement_new (self->code, last);
  g_autoptr (GHashTable) feeds = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint64 i = first; i <= last; i++)
    {
      const AmendsEvent *event = self->own->pdata[i - 1];
      AmendsDigest chain;

      amends_frame_writer_add_event (writer, event, 0);
      if (!g_hash_table_add (feeds, event->feed))
        continue;
      get_own_chain (self, event->feed, last, &chain);
      amends_statement_add (statement, event->feed, &chain);
    }
  amends_statement_sign (statement, self->secret);
  amends_frame_writer_add_statement (writer, statement);
  return amends_frame_writer_finish (writer, NULL);
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const AmendsEvent *const *one = a;
  const AmendsEvent *const *other = b;

  return amends_id_compare (&(*one)->id, &(*other)->id);
}

/* What this device holds of another past its number @after, as after a restore. */
GBytes *
test_device_hand_in (const TestDevice *self, const char *code, guint64 after)
{
  AmendsFrameWriter *writer = amends_frame_writer_new (NULL, 0);
  g_autoptr (GPtrArray) events = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->others);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_str_equal (((AmendsEvent *) value)->id.code, code)
        && ((AmendsEvent *) value)->id.number > after)
      g_ptr_array_add (events, value);
  g_ptr_array_sort (events, compare_events);
  for (guint i = 0; i < events->len; i++)
    amends_frame_writer_add_event (writer, events->pdata[i], 0);
  for (guint i = 0; i < self->statements->len; i++)
    if (g_str_equal (((AmendsStatement *) self->statements->pdata[i])->code, code))
      amends_frame_writer_add_statement (writer, self->statements->pdata[i]);
  return amends_frame_writer_finish (writer, NULL);
}

AmendsRequestHead *
test_device_make_head (const TestDevice *self)
{
  AmendsRequestHead *head = amends_request_head_new ();
  GHashTableIter iter;
  gpointer value;

  g_strlcpy (head->epoch, self->epoch, sizeof head->epoch);
  head->number = self->own->len;
  head->hashes = !self->is_old;
  test_device_get_trunk (self, head->number, &head->trunk);
  g_hash_table_iter_init (&iter, self->cursors);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_array_append_val (head->cursors, *(AmendsCursor *) value);
  return head;
}

GByteArray *
test_make_message (const AmendsRequestHead *head, GBytes *const *frames, guint n_frames)
{
  GByteArray *message = g_byte_array_new ();
  json_t *json = amends_request_head_to_json (head);
  json_t *trailer = json_object ();

  amends_message_append_head (message, json);
  for (guint i = 0; i < n_frames; i++)
    amends_message_append_frame (message, frames[i]);
  amends_message_append_trailer (message, trailer);
  json_decref (json);
  json_decref (trailer);
  return message;
}

/* Begins an exchange of @message under the device's next number; does not feed it. */
AmendsExchange *
test_device_begin (TestDevice *self, const GByteArray *message, guint64 *ret_last, GError **error)
{
  guint8 signature[AMENDS_SIGNATURE_BYTES];
  AmendsDigest hash;

  self->request++;
  amends_request_body_hash (message->data, message->len, &hash);
  amends_request_sign (amends_server_get_organisation (self->world->server), "/v1/exchange",
                       self->code, self->request, &hash, self->secret, signature);
  return amends_exchange_new (self->world->server, self->code, self->request, &hash, signature,
                              ret_last, error);
}

/* Returns: (nullable): the whole reply */
GByteArray *
test_device_post (TestDevice *self, const GByteArray *message, GError **error)
{
  g_autoptr (GByteArray) reply = g_byte_array_new ();
  g_autoptr (AmendsExchange) exchange = NULL;
  guint8 buffer[1000];
  guint64 last;
  gssize n;

  exchange = test_device_begin (self, message, &last, error);
  if (exchange == NULL || !amends_exchange_feed (exchange, message->data, message->len, error)
      || !amends_exchange_finish (exchange, error))
    return NULL;
  while ((n = amends_exchange_read (exchange, buffer, sizeof buffer, error)) > 0)
    g_byte_array_append (reply, buffer, (guint) n);
  return n == 0 ? g_steal_pointer (&reply) : NULL;
}

static void
learn_key (TestDevice *self, const AmendsEvent *event)
{
  json_t *body;

  if (!g_str_equal (event->feed, "ctl"))
    return;
  body = amends_event_load_body (event, NULL);
  if (amends_body_get_type (body) == AMENDS_EVENT_DEVICE_ENROLLED)
    {
      guint8 *key = g_new (guint8, AMENDS_KEY_BYTES);

      g_assert_true (amends_base64_decode (json_string_value (json_object_get (body, "key")), key,
                                           AMENDS_KEY_BYTES));
      g_hash_table_insert (self->keys,
                           g_strdup (json_string_value (json_object_get (body, "device"))), key);
    }
  json_decref (body);
}

static AmendsDigest *
need_chain (TestDevice *self, const char *code, const char *feed)
{
  g_autofree char *name = g_strdup_printf ("%s %s", code, feed);
  AmendsDigest *chain = g_hash_table_lookup (self->chains, name);
  const guint8 *key = g_hash_table_lookup (self->keys, code);

  g_assert_nonnull (key);
  if (chain == NULL)
    {
      chain = g_new (AmendsDigest, 1);
      amends_chain_begin (chain, amends_server_get_organisation (self->world->server), key, feed);
      g_hash_table_insert (self->chains, g_steal_pointer (&name), chain);
    }
  return chain;
}

/* Whether @statement is of a place before one that the chain has come to: what came late has its own. */
static gboolean
is_behind (const TestDevice *self, const AmendsStatement *statement)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->digests);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_equal (((AmendsId *) key)->code, statement->code)
        && ((AmendsId *) key)->number <= statement->number
        && g_hash_table_contains (self->others, key))
      return TRUE;
  return FALSE;
}

/* Whether each statement fits the chain as it stood somewhere in the page. */
static void
check_statements (TestDevice *self, const AmendsFrame *frame, GArray *passed)
{
  for (guint i = 0; i < frame->statements->len; i++)
    {
      const AmendsStatement *statement = frame->statements->pdata[i];
      gboolean fits = FALSE;

      g_assert_true (
          amends_statement_verify (statement, g_hash_table_lookup (self->keys, statement->code)));
      for (guint p = 0; p < passed->len && !fits; p++)
        fits =
            amends_statement_has (statement, frame->feed, &g_array_index (passed, AmendsDigest, p));
      g_assert_true (fits || is_behind (self, statement));
      self->n_verified += fits;
      g_ptr_array_add (self->statements, amends_statement_copy (statement));
    }
}

/* Steps over @entry's own events. */
static void
take_own (TestDevice *self, const AmendsEntry *entry, AmendsCursor *cursor)
{
  guint64 left = entry->count;

  for (guint64 i = entry->first_number; left > 0; i++)
    {
      const AmendsEvent *event;

      g_assert_cmpuint (i, <=, self->own->len);
      event = self->own->pdata[i - 1];
      if (!g_str_equal (event->feed, cursor->feed))
        continue;
      amends_chain_step (&cursor->hash, event->digest);
      cursor->position++;
      left--;
    }
}

/* @passed: (element-type AmendsDigest): where the chains of the frame's events have been */
static void
take_event (TestDevice *self, const AmendsEntry *entry, AmendsCursor *cursor, GArray *passed)
{
  gboolean is_passed = g_hash_table_contains (self->digests, &entry->event->id);
  AmendsDigest *chain;

  learn_key (self, entry->event);
  chain = need_chain (self, entry->event->id.code, cursor->feed);
  if (!is_passed)
    {
      amends_chain_step (chain, entry->event->digest);
      g_array_append_val (passed, *chain);
    }
  if (entry->kind == AMENDS_ENTRY_DIGEST)
    {
      self->n_digests++;
      if (!is_passed)
        g_hash_table_insert (self->digests, &entry->event->id, amends_event_ref (entry->event));
      return;
    }
  g_assert_true (
      g_hash_table_replace (self->others, &entry->event->id, amends_event_ref (entry->event)));
  amends_chain_step (&cursor->hash, entry->event->digest);
  cursor->position++;
}

static void
take_mark (const AmendsEntry *entry, AmendsCursor *cursor)
{
  AmendsDigest digest;

  amends_entry_digest (entry, &digest);
  amends_chain_step (&cursor->hash, digest.bytes);
  cursor->position++;
}

static void
take_frame (TestDevice *self, const AmendsFrame *frame)
{
  g_autoptr (GArray) passed = g_array_new (FALSE, FALSE, sizeof (AmendsDigest));
  AmendsCursor *cursor = g_hash_table_lookup (self->cursors, frame->feed);

  if (cursor == NULL)
    {
      cursor = g_new0 (AmendsCursor, 1);
      g_strlcpy (cursor->feed, frame->feed, sizeof cursor->feed);
      g_hash_table_insert (self->cursors, g_strdup (frame->feed), cursor);
    }
  g_assert_cmpuint (frame->first_position, ==, cursor->position + 1);
  for (guint i = 0; i < frame->entries->len; i++)
    {
      const AmendsEntry *entry = &g_array_index (frame->entries, AmendsEntry, i);

      if (entry->kind == AMENDS_ENTRY_OWN)
        take_own (self, entry, cursor);
      else if (entry->event != NULL)
        take_event (self, entry, cursor, passed);
      else
        take_mark (entry, cursor);
    }
  g_assert_cmpmem (&cursor->hash, sizeof cursor->hash, &frame->feed_hash, sizeof frame->feed_hash);
  check_statements (self, frame, passed);
}

/* Applies a reply. @ret_more: (nullable). Returns: its head */
AmendsReplyHead *
test_device_take (TestDevice *self, const GByteArray *reply, gboolean *ret_more)
{
  g_autoptr (AmendsMessageReader) reader = amends_message_reader_new ();
  g_autoptr (AmendsReplyHead) head = NULL;
  AmendsMessagePart part = AMENDS_MESSAGE_HEAD;
  g_autoptr (GError) error = NULL;

  amends_message_reader_feed (reader, reply->data, reply->len);
  while (part != AMENDS_MESSAGE_NEEDS_MORE)
    {
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (AmendsFrame) frame = NULL;
      json_t *json = NULL;

      g_assert_true (amends_message_reader_next (reader, &part, &json, &bytes, &error));
      if (part == AMENDS_MESSAGE_HEAD)
        {
          head = amends_reply_head_from_json (json, &error);
          g_assert_no_error (error);
          g_assert_true (
              amends_receipt_verify (&head->receipt,
                                     amends_server_get_organisation (self->world->server),
                                     self->code, g_hash_table_lookup (self->keys, "0")));
          g_assert_cmpuint (head->receipt.request, ==, self->request);
        }
      else if (part == AMENDS_MESSAGE_FRAME)
        {
          frame =
              amends_frame_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
          g_assert_no_error (error);
          take_frame (self, frame);
        }
      else if (part == AMENDS_MESSAGE_END && ret_more != NULL)
        *ret_more = json_is_true (json_object_get (json, "more"));
      json_decref (json);
    }
  g_assert_true (amends_message_reader_is_whole (reader));
  return g_steal_pointer (&head);
}

/* One exchange that must be answered. */
AmendsReplyHead *
test_device_exchange (TestDevice *self, GBytes *const *frames, guint n_frames)
{
  g_autoptr (AmendsRequestHead) head = test_device_make_head (self);
  g_autoptr (GByteArray) message = test_make_message (head, frames, n_frames);
  g_autoptr (GByteArray) reply = NULL;
  g_autoptr (GError) error = NULL;

  reply = test_device_post (self, message, &error);
  g_assert_no_error (error);
  return test_device_take (self, reply, NULL);
}

/* Own events from @first to @last; none if @last is 0. */
AmendsReplyHead *
test_device_send (TestDevice *self, guint64 first, guint64 last)
{
  g_autoptr (GBytes) frame = last > 0 ? test_device_make_frame (self, first, last) : NULL;

  return test_device_exchange (self, &frame, last > 0 ? 1 : 0);
}

/* How many events of @code it was given. */
guint
test_device_count (const TestDevice *self, const char *code)
{
  GHashTableIter iter;
  gpointer key;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->others);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_equal (((AmendsId *) key)->code, code))
      n++;
  return n;
}

/**
 * test_say:
 * @http: a server on no network
 * @bytes: what a peer sends on one connection before it ends its side; no more than a socket takes before
 *   anybody reads
 *
 * Returns: (transfer full): what it is answered until the server ends the connection
 */
GString *
test_say (AmendsHttp *http, const char *bytes, gsize n_bytes)
{
  const guint n_rounds_max = 10000; /* a handful is enough */
  GString *reply = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gssize n = -1;
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends), ==,
                   0);
  g_assert_cmpint (write (ends[0], bytes, n_bytes), ==, n_bytes);
  shutdown (ends[0], SHUT_WR);
  amends_http_serve (http, ends[1], &error);
  g_assert_no_error (error);
  for (guint i = 0; n != 0; i++)
    {
      char buffer[4096];

      g_assert_cmpuint (i, <, n_rounds_max);
      amends_http_serve (http, -1, &error);
      g_assert_no_error (error);
      n = read (ends[0], buffer, sizeof buffer);
      if (n > 0)
        g_string_append_len (reply, buffer, n);
    }
  close (ends[0]);
  return reply;
}
