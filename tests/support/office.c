/* office.c: a real server in the process, devices, and the line between them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "support/office.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

static char *
server_folder (TestOffice *self)
{
  return g_build_filename (self->folder, "server", NULL);
}

static char *
backup_file (TestOffice *self)
{
  return g_build_filename (self->folder, "server-backup.db", NULL);
}

/**
 * test_office_init:
 * @self: (out): an organisation with a server and the schemes oak and elm, and no device yet
 */
void
test_office_init (TestOffice *self)
{
  static const char *const hosts[] = { "localhost", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;

  test_world_init (&self->world);
  self->folder = test_folder_new ();
  self->n_devices = 0;
  folder = server_folder (self);
  amends_server_create (folder, "Meadow Homes", hosts, &self->world.environment, &error);
  g_assert_no_error (error);
  self->server = amends_server_open (folder, &self->world.environment, &error);
  g_assert_no_error (error);
  g_assert_true (amends_server_add_scheme (self->server, "oak", "Oak Court", &error));
  g_assert_true (amends_server_add_scheme (self->server, "elm", "Elm Row", &error));
}

/**
 * test_office_clear:
 * @self: whose folder is removed
 */
void
test_office_clear (TestOffice *self)
{
  g_clear_pointer (&self->server, amends_server_close);
  g_clear_pointer (&self->folder, test_folder_remove);
}

/**
 * test_office_restart:
 *
 * The server ends and starts again.
 */
void
test_office_restart (TestOffice *self)
{
  g_autofree char *folder = server_folder (self);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->server, amends_server_close);
  self->server = amends_server_open (folder, &self->world.environment, &error);
  g_assert_no_error (error);
}

/**
 * test_office_back_up:
 *
 * Keeps the server as it is, for test_office_restore(), in place of what was kept before.
 */
void
test_office_back_up (TestOffice *self)
{
  g_autofree char *file = backup_file (self);
  g_autoptr (GError) error = NULL;
  json_auto_t *report = NULL;

  g_unlink (file);
  report = amends_server_back_up (self->server, file, &error);
  g_assert_no_error (error);
  g_assert_nonnull (report);
}

/**
 * test_office_restore:
 *
 * The server is as it was when it was backed up, in a new epoch.
 */
void
test_office_restore (TestOffice *self)
{
  g_autofree char *folder = server_folder (self);
  g_autofree char *file = backup_file (self);
  g_autoptr (GError) error = NULL;
  json_auto_t *report = NULL;

  g_clear_pointer (&self->server, amends_server_close);
  report = amends_server_restore (folder, file, &self->world.environment, &error);
  g_assert_no_error (error);
  g_assert_nonnull (report);
  test_office_restart (self);
}

/**
 * test_office_assert_whole:
 *
 * Fails the test if the server's own verification finds anything.
 */
void
test_office_assert_whole (TestOffice *self)
{
  g_autoptr (GError) error = NULL;
  json_auto_t *report = amends_server_verify (self->server, &error);
  char *text;

  g_assert_no_error (error);
  text = json_dumps (report, 0);
  g_test_message ("%s", text);
  free (text);
  g_assert_true (json_is_true (json_object_get (report, "ok")));
}

/**
 * test_office_count_events:
 * @code: a device
 *
 * Returns: how many of its events the server has acknowledged
 */
guint64
test_office_count_events (TestOffice *self, const char *code)
{
  g_autoptr (GError) error = NULL;
  json_auto_t *devices = amends_server_list_devices (self->server, &error);
  gsize i;
  json_t *device;

  g_assert_no_error (error);
  json_array_foreach (devices, i, device)
    if (g_strcmp0 (json_string_value (json_object_get (device, "code")), code) == 0)
      return (guint64) json_integer_value (json_object_get (device, "events"));
  g_assert_not_reached ();
}

static void
get_key (const json_t *manifest, const char *name, guint8 ret_key[AMENDS_KEY_BYTES])
{
  const char *text = json_string_value (json_object_get (manifest, name));

  g_assert_nonnull (text);
  g_assert_true (amends_base64_decode (text, ret_key, AMENDS_KEY_BYTES));
}

static char *
dup_member (const json_t *object, const char *first, const char *second)
{
  const json_t *member = json_object_get (object, first);
  const char *text = json_string_value (second != NULL ? json_object_get (member, second) : member);

  g_assert_nonnull (text);
  return g_strdup (text);
}

static AmendsIdentity *
read_manifest (const json_t *manifest, GArray *feeds)
{
  AmendsIdentity *who = amends_identity_new ();
  g_autofree char *code = dup_member (manifest, "device", "code");
  g_autofree char *epoch = dup_member (manifest, "epoch", NULL);
  gsize i;
  json_t *item;

  who->organisation_id = dup_member (manifest, "organisation", "id");
  who->organisation_name = dup_member (manifest, "organisation", "name");
  who->authority = dup_member (manifest, "authority", NULL);
  who->kind = dup_member (manifest, "device", "kind");
  who->name = dup_member (manifest, "device", "name");
  who->server = g_strdup ("https://localhost:1");
  g_strlcpy (who->code, code, sizeof who->code);
  g_strlcpy (who->epoch, epoch, sizeof who->epoch);
  get_key (manifest, "signing_key", who->server_key);
  get_key (manifest, "intake_key", who->intake_key);
  get_key (manifest, "recovery_key", who->recovery_key);
  json_array_foreach (json_object_get (manifest, "feeds"), i, item)
    {
      g_autofree char *name = dup_member (item, "feed", NULL);
      AmendsFeed feed = { .may_read = json_is_true (json_object_get (item, "read")),
                          .may_write = json_is_true (json_object_get (item, "write")) };

      g_strlcpy (feed.feed, name, sizeof feed.feed);
      g_array_append_val (feeds, feed);
    }
  return who;
}

/**
 * test_enrol:
 * @environment: the device's
 * @kind: staff, admin or kiosk
 * @granted: between commas
 * @name: of the device
 * @before: (nullable): who it is, if it is one that the server has forgotten
 * @feeds: (element-type AmendsFeed): what it was granted is added
 *
 * The device's part of enrolment (PROTOCOL.md 7), without the line.
 * Returns: (transfer full) (nullable): what amends_store_create() needs
 */
AmendsIdentity *
test_enrol (AmendsServer *server,
            const AmendsEnvironment *environment,
            const char *kind,
            const char *granted,
            const char *name,
            const AmendsIdentity *before,
            GArray *feeds,
            GError **error)
{
  g_autofree char *code = NULL;
  g_autofree char *reply_text = NULL;
  g_autofree char *key_text = NULL;
  g_autofree char *mac_text = NULL;
  g_autoptr (GBytes) body = NULL;
  json_auto_t *request = NULL;
  json_auto_t *reply = NULL;
  json_auto_t *manifest = NULL;
  guint8 seed[crypto_sign_SEEDBYTES], key[AMENDS_KEY_BYTES], secret_key[64];
  AmendsIdentity *who;
  AmendsDigest secret, mac;
  char lookup[AMENDS_ENROL_LOOKUP_SIZE];

  if (!amends_server_invite (server, kind, granted, &code, error)
      || !amends_enrol_code_parse (code, lookup, &secret, error))
    return NULL;
  amends_environment_random (environment, seed, sizeof seed);
  crypto_sign_seed_keypair (key, secret_key, seed);
  if (before != NULL)
    {
      memcpy (key, before->key, sizeof key);
      memcpy (secret_key, before->secret_key, sizeof secret_key);
    }
  key_text = amends_base64 (key, sizeof key);
  amends_enrol_request_mac (&secret, lookup, key_text, name, before != NULL ? before->code : NULL,
                            &mac);
  mac_text = amends_base64 (mac.bytes, sizeof mac.bytes);
  request = json_pack ("{s:i, s:s, s:s, s:s, s:s}", "version", 1, "lookup", lookup, "key", key_text,
                       "name", name, "mac", mac_text);
  if (before != NULL)
    json_object_set_new (request, "code", json_string (before->code));
  body = amends_json_dump (request);
  if (!amends_server_enrol (server, g_bytes_get_data (body, NULL), g_bytes_get_size (body),
                            &reply_text, error))
    return NULL;
  reply = test_json (reply_text);
  manifest = test_json (json_string_value (json_object_get (reply, "manifest")));
  who = read_manifest (manifest, feeds);
  memcpy (who->key, key, sizeof key);
  memcpy (who->secret_key, secret_key, sizeof secret_key);
  return who;
}

/**
 * test_office_enrol:
 * @name: of the device, and of its folder
 * @kind: staff, admin or kiosk
 * @feeds: between commas
 *
 * Returns: (transfer full): its store, unlocked
 */
AmendsStore *
test_office_enrol (TestOffice *self, const char *name, const char *kind, const char *feeds)
{
  g_autoptr (GArray) granted = g_array_new (FALSE, TRUE, sizeof (AmendsFeed));
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (AmendsIdentity) who = NULL;
  g_autoptr (GError) error = NULL;
  AmendsStore *store;

  who =
      test_enrol (self->server, &self->world.environment, kind, feeds, name, NULL, granted, &error);
  g_assert_no_error (error);
  store = amends_store_create (path, &self->world.environment, "test", who,
                               (AmendsFeed *) granted->data, granted->len, TEST_STAFF,
                               TEST_PASSPHRASE, &error);
  g_assert_no_error (error);
  self->n_devices++;
  return store;
}

static void
set_fault_error (GError **error, AmendsSyncError code, const char *message)
{
  g_set_error_literal (error, AMENDS_SYNC_ERROR, code, message);
}

/**
 * test_set_refusal:
 * @call: gets the status
 * @refusal: the server's
 *
 * As amends-transport.c reads the server's refusals.
 */
void
test_set_refusal (AmendsCall *call, const GError *refusal, GError **error)
{
  AmendsSyncError code = AMENDS_SYNC_ERROR_OFFLINE;

  call->status = 500;
  if (refusal->domain == AMENDS_SERVER_ERROR)
    {
      call->status = amends_server_error_get_status (refusal);
      if (refusal->code == AMENDS_SERVER_ERROR_UNKNOWN_DEVICE)
        code = AMENDS_SYNC_ERROR_FORGOTTEN;
      else if (refusal->code == AMENDS_SERVER_ERROR_FULL)
        code = AMENDS_SYNC_ERROR_FULL;
      else if (refusal->code == AMENDS_SERVER_ERROR_NOT_HELD)
        code = AMENDS_SYNC_ERROR_NOT_HELD;
      else if (refusal->code == AMENDS_SERVER_ERROR_FORBIDDEN)
        code = AMENDS_SYNC_ERROR_FORBIDDEN;
      else
        code = refusal->code == AMENDS_SERVER_ERROR_SIGNATURE ? AMENDS_SYNC_ERROR_REVOKED
                                                              : AMENDS_SYNC_ERROR_PROTOCOL;
    }
  set_fault_error (error, code, refusal->message);
}

/* Feeds the exchange in pieces, as a network would. */
static gboolean
feed_all (AmendsExchange *exchange, const guint8 *bytes, gsize n_bytes, GError **error)
{
  while (n_bytes > 0)
    {
      gsize n_piece = (gsize) g_test_rand_int_range (1, 5000);
      gsize n = MIN (n_bytes, n_piece);

      if (!amends_exchange_feed (exchange, bytes, n, error))
        return FALSE;
      bytes += n;
      n_bytes -= n;
    }
  return TRUE;
}

static GBytes *
read_all (AmendsExchange *exchange, GError **error)
{
  GByteArray *reply = g_byte_array_new ();
  guint8 buffer[4096];
  gssize n;

  while ((n = amends_exchange_read (exchange, buffer, sizeof buffer, error)) > 0)
    g_byte_array_append (reply, buffer, (guint) n);
  g_assert_cmpint (n, ==, 0);
  return g_byte_array_free_to_bytes (reply);
}

/**
 * test_begin_exchange:
 * @call: as the device's engine made it; gets the number that the server has seen, if it is a replay
 *
 * Returns: (transfer full) (nullable): the exchange, which is to be fed
 */
AmendsExchange *
test_begin_exchange (AmendsServer *server, AmendsCall *call, GError **error)
{
  guint8 signature[AMENDS_SIGNATURE_BYTES];
  AmendsDigest hash;
  guint64 last = 0;
  AmendsExchange *exchange;
  g_autoptr (GError) cause = NULL;

  g_assert_true (amends_base64_decode (call->body_hash, hash.bytes, sizeof hash.bytes));
  g_assert_true (amends_base64_decode (call->signature, signature, sizeof signature));
  exchange =
      amends_exchange_new (server, call->device, call->request, &hash, signature, &last, &cause);
  if (g_error_matches (cause, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_REPLAYED))
    call->last_request = last;
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return exchange;
}

static gboolean
is_about_chunks (const AmendsCall *call, AmendsChunkVerb *ret_verb)
{
  for (int verb = 0; verb < AMENDS_CHUNK_N_VERBS; verb++)
    if (g_str_equal (call->path, amends_chunk_verb_get_path ((AmendsChunkVerb) verb)))
      {
        *ret_verb = (AmendsChunkVerb) verb;
        return TRUE;
      }
  return FALSE;
}

/* The first @n_bytes of a request about chunks; answered only if that is all of it. */
static GBytes *
call_chunks (AmendsServer *server,
             AmendsCall *call,
             AmendsChunkVerb verb,
             gsize n_bytes,
             GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (AmendsChunkCall) chunk_call = NULL;
  g_autoptr (GBytes) reply = NULL;
  guint8 signature[AMENDS_SIGNATURE_BYTES];
  gboolean is_whole = n_bytes >= g_bytes_get_size (call->body);
  AmendsDigest hash;
  guint64 last = 0;

  g_assert_true (amends_base64_decode (call->body_hash, hash.bytes, sizeof hash.bytes));
  g_assert_true (amends_base64_decode (call->signature, signature, sizeof signature));
  chunk_call = amends_chunk_call_new (server, verb, call->device, call->request, &hash, signature,
                                      &last, &refusal);
  if (g_error_matches (refusal, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_REPLAYED))
    call->last_request = last;
  if (chunk_call != NULL
      && amends_chunk_call_feed (chunk_call, g_bytes_get_data (call->body, NULL),
                                 MIN (n_bytes, g_bytes_get_size (call->body)), &refusal)
      && is_whole)
    reply = amends_chunk_call_finish (chunk_call, &refusal);
  call->status = 200;
  if (refusal != NULL)
    test_set_refusal (call, refusal, error);
  return g_steal_pointer (&reply);
}

/* One whole exchange with the server, or a request about chunks. */
static GBytes *
exchange_whole (TestLine *self, AmendsCall *call, GError **error)
{
  AmendsChunkVerb verb;
  g_autoptr (GError) refusal = NULL;
  g_autoptr (AmendsExchange) exchange = NULL;
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (call->body, &n_bytes);

  if (is_about_chunks (call, &verb))
    return call_chunks (self->office->server, call, verb, G_MAXSIZE, error);
  exchange = test_begin_exchange (self->office->server, call, &refusal);
  if (exchange == NULL || !feed_all (exchange, bytes, n_bytes, &refusal)
      || !amends_exchange_finish (exchange, &refusal))
    {
      test_set_refusal (call, refusal, error);
      return NULL;
    }
  call->status = 200;
  return read_all (exchange, NULL);
}

static void
exchange_cut (TestLine *self, AmendsCall *call, gsize n_bytes)
{
  g_autoptr (AmendsExchange) exchange = NULL;
  AmendsChunkVerb verb;

  if (is_about_chunks (call, &verb))
    {
      g_autoptr (GBytes) reply =
          call_chunks (self->office->server, call, verb,
                       MIN (n_bytes, g_bytes_get_size (call->body) - 1), NULL);

      g_assert_null (reply);
      return;
    }
  exchange = test_begin_exchange (self->office->server, call, NULL);
  g_assert_nonnull (exchange);
  n_bytes = MIN (n_bytes, g_bytes_get_size (call->body));
  feed_all (exchange, g_bytes_get_data (call->body, NULL), n_bytes, NULL);
}

static GBytes *
flip_bit (GBytes *reply, gsize at)
{
  gsize n_bytes = g_bytes_get_size (reply);
  guint8 *bytes = g_memdup2 (g_bytes_get_data (reply, NULL), n_bytes);

  bytes[at % n_bytes] ^= 1;
  return g_bytes_new_take (bytes, n_bytes);
}

#define PORTAL_PAGE "<!DOCTYPE html><html><body>Welcome to the guest network</body></html>"

/* What comes back; %NULL with @error if nothing does. */
static GBytes *
run_fault (TestLine *self, TestFault fault, AmendsCall *call, GError **error)
{
  g_autoptr (GBytes) old = self->reply != NULL ? g_bytes_ref (self->reply) : NULL;

  if (fault == TEST_FAULT_AWAY)
    set_fault_error (error, AMENDS_SYNC_ERROR_OFFLINE, "No answer");
  else if (fault == TEST_FAULT_BUSY)
    set_fault_error (error, AMENDS_SYNC_ERROR_BUSY, "Busy");
  else if (fault == TEST_FAULT_HTML)
    set_fault_error (error, AMENDS_SYNC_ERROR_PORTAL, "Not our server");
  else if (fault == TEST_FAULT_HTML_AS_OURS)
    return g_bytes_new_static (PORTAL_PAGE, strlen (PORTAL_PAGE));
  else if (fault == TEST_FAULT_FORGED)
    return g_bytes_ref (self->forged);
  else if (fault == TEST_FAULT_CUT_UP)
    {
      exchange_cut (self, call, self->at);
      set_fault_error (error, AMENDS_SYNC_ERROR_OFFLINE, "Cut");
    }
  else
    {
      g_autoptr (GBytes) reply = exchange_whole (self, call, error);

      if (reply == NULL)
        return NULL;
      g_clear_pointer (&self->reply, g_bytes_unref);
      self->reply = g_bytes_ref (reply);
      if (fault == TEST_FAULT_REPEAT)
        g_assert_null (exchange_whole (self, call, NULL));
      if (fault == TEST_FAULT_OLD_REPLY)
        return g_bytes_ref (old);
      if (fault == TEST_FAULT_CUT_DOWN)
        return g_bytes_new_from_bytes (reply, 0, MIN (self->at, g_bytes_get_size (reply)));
      return fault == TEST_FAULT_FLIP ? flip_bit (reply, self->at) : g_bytes_ref (reply);
    }
  return NULL;
}

static GInputStream *
line_send (AmendsTransport *transport, AmendsCall *call, GCancellable *cancellable, GError **error)
{
  TestLine *self = (TestLine *) transport;
  TestFault fault = self->n_sound == 0 ? self->fault : TEST_FAULT_NONE;
  g_autoptr (GBytes) reply = NULL;
  AmendsChunkVerb verb;

  if (self->before != NULL)
    self->before (self, call);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  g_assert_true (g_str_equal (call->path, "/v1/exchange") || is_about_chunks (call, &verb));
  g_assert_cmpuint (g_bytes_get_size (call->body), <=, AMENDS_WIRE_MAX_REQUEST_BYTES);
  test_world_pass (&self->office->world, 1);
  self->n_calls++;
  self->n_bytes_up += g_bytes_get_size (call->body);
  g_clear_pointer (&self->request, g_bytes_unref);
  self->request = g_bytes_ref (call->body);
  self->last_request = call->request;
  if (self->n_sound > 0)
    self->n_sound--;
  else
    self->fault = TEST_FAULT_NONE;
  if (!g_str_equal (call->path, "/v1/exchange"))
    {
      self->n_chunk_calls++;
      self->n_chunk_bytes_up += g_bytes_get_size (call->body);
    }
  reply = run_fault (self, fault, call, error);
  return reply != NULL ? g_memory_input_stream_new_from_bytes (reply) : NULL;
}

static void
line_measure (AmendsTransport *transport, AmendsCall *call)
{
  TestLine *self = (TestLine *) transport;

  call->bytes_up = self->request != NULL ? g_bytes_get_size (self->request) : 0;
  call->bytes_down = self->reply != NULL ? g_bytes_get_size (self->reply) : 0;
}

/**
 * test_line_new:
 *
 * Returns: (transfer full): a line to the server on which nothing is wrong yet
 */
TestLine *
test_line_new (TestOffice *office)
{
  TestLine *self = g_new0 (TestLine, 1);

  self->base.send = line_send;
  self->base.measure = line_measure;
  self->office = office;
  return self;
}

/**
 * test_line_free:
 * @self: (nullable) (transfer full): a line
 */
void
test_line_free (TestLine *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->request, g_bytes_unref);
  g_clear_pointer (&self->reply, g_bytes_unref);
  g_clear_pointer (&self->forged, g_bytes_unref);
  g_free (self);
}

/**
 * test_line_set_fault:
 * @fault: of the next exchange
 * @at: which byte, where it asks for one
 */
void
test_line_set_fault (TestLine *self, TestFault fault, gsize at)
{
  self->fault = fault;
  self->n_sound = 0;
  self->at = at;
}

/**
 * test_sync_over:
 *
 * Returns: what it came to
 */
AmendsSyncReport
test_sync_over (TestLine *line, AmendsStore *store)
{
  g_autoptr (GError) error = NULL;
  AmendsSyncReport report;

  amends_sync_run (store, &line->base, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.n_waiting, ==, 0);
  return report;
}

/**
 * test_sync:
 *
 * As test_sync_over(), over a line of its own.
 */
AmendsSyncReport
test_sync (TestOffice *office, AmendsStore *store)
{
  g_autoptr (TestLine) line = test_line_new (office);

  return test_sync_over (line, store);
}

/**
 * test_sync_fails:
 *
 * Returns: (transfer full): how
 */
GError *
test_sync_fails (TestLine *line, AmendsStore *store)
{
  GError *error = NULL;
  AmendsSyncReport report;

  g_assert_false (amends_sync_run (store, &line->base, NULL, NULL, &report, &error));
  g_assert_nonnull (error);
  return error;
}

/**
 * test_sync_all:
 * @n_rounds: how often each of @stores syncs, all in turn
 */
void
test_sync_all (TestOffice *self, AmendsStore *const *stores, guint n_stores, guint n_rounds)
{
  for (guint round = 0; round < n_rounds; round++)
    for (guint i = 0; i < n_stores; i++)
      test_sync (self, stores[i]);
}

void
test_office_enrol_again (TestOffice *self, AmendsStore *store, const char *feeds)
{
  const AmendsIdentity *who = amends_store_get_identity (store);
  g_autoptr (GArray) given = g_array_new (FALSE, TRUE, sizeof (AmendsFeed));
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsIdentity) again = test_enrol (self->server, &self->world.environment, who->kind,
                                                 feeds, who->name, who, given, &error);

  g_assert_no_error (error);
}

/**
 * test_office_enrol_staff:
 * @ret_stores: (array length=n_stores) (transfer full): the devices' stores, unlocked
 */
void
test_office_enrol_staff (TestOffice *self, AmendsStore **ret_stores, guint n_stores)
{
  for (guint i = 0; i < n_stores; i++)
    {
      g_autofree char *name = g_strdup_printf ("Office %c", 'A' + (char) i);

      ret_stores[i] = test_office_enrol (self, name, "staff", "s.oak");
    }
}

/**
 * test_office_grant_all:
 * @feed: what each device of @stores may have from now on
 */
void
test_office_grant_all (TestOffice *self,
                       AmendsStore *const *stores,
                       guint n_stores,
                       const char *feed)
{
  for (guint i = 0; i < n_stores; i++)
    {
      g_autoptr (GError) error = NULL;

      amends_server_grant (self->server, amends_store_get_identity (stores[i])->code, feed, &error);
      g_assert_no_error (error);
    }
}

/**
 * test_office_init_pair:
 * @ret_a: (transfer full): of Office A, which has synced, as the other has
 * @ret_b: (transfer full): of Office B
 * @ret_line: (transfer full): between the first and the server
 *
 * All go with test_office_clear_pair().
 */
void
test_office_init_pair (TestOffice *self,
                       AmendsStore **ret_a,
                       AmendsStore **ret_b,
                       TestLine **ret_line)
{
  AmendsStore *stores[2];

  test_office_init (self);
  test_office_enrol_staff (self, stores, G_N_ELEMENTS (stores));
  test_sync_all (self, stores, G_N_ELEMENTS (stores), 1);
  test_sync (self, stores[0]);
  *ret_a = stores[0];
  *ret_b = stores[1];
  *ret_line = test_line_new (self);
}

void
test_office_clear_pair (TestOffice *self, AmendsStore *a, AmendsStore *b, TestLine *line)
{
  test_line_free (line);
  amends_store_close (a);
  amends_store_close (b);
  test_office_clear (self);
}

/* ---------------------------------------------------------------- what tests begin with */

void
test_three_set_up (TestThree *self, gconstpointer data)
{
  test_office_init (&self->office);
  test_office_enrol_staff (&self->office, self->stores, TEST_THREE);
  self->id = test_record (self->stores[0], "Wren Ashdown", "No heating");
  test_three_sync (self, 2);
}

void
test_three_tear_down (TestThree *self, gconstpointer data)
{
  for (guint i = 0; i < TEST_THREE; i++)
    amends_store_close (self->stores[i]);
  test_office_clear (&self->office);
}

void
test_three_sync (TestThree *self, guint n_rounds)
{
  test_sync_all (&self->office, self->stores, TEST_THREE, n_rounds);
}

void
test_kiosk_set_up (TestKiosk *self, gconstpointer data)
{
  test_office_init (&self->office);
  self->laptop = test_office_enrol (&self->office, "Laptop", "staff", "s.oak");
  self->kiosk = test_office_enrol (&self->office, "Kiosk", "kiosk", "s.oak");
  test_sync (&self->office, self->laptop);
  test_sync (&self->office, self->kiosk);
}

void
test_kiosk_tear_down (TestKiosk *self, gconstpointer data)
{
  amends_store_close (self->kiosk);
  amends_store_close (self->laptop);
  test_office_clear (&self->office);
}
