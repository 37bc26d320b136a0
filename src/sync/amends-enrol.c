/* amends-enrol.c: a device meets its server for the first time
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The code that a person carries over proves each to the other (PROTOCOL.md 7): nothing is believed
 * unless the reply's MAC fits and the peer's certificate leads to the authority that the reply names. */

#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"
#include "sync/amends-engine.h"
#include "sync/amends-wire.h"

#define MAX_REPLY_BYTES (64 * 1024)
#define MAX_NAME_CHARS 80 /* as the server takes it */

/* What the secret characters of a code make: whoever has it can enrol in its place. */
typedef AmendsDigest CodeKey;

static void
code_key_clear (CodeKey *self)
{
  sodium_memzero (self->bytes, sizeof self->bytes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CodeKey, code_key_clear)

static void
set_unproven (GError **error, const char *what)
{
  g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_FOREIGN_SERVER,
               "The server did not prove that it is the one that gave the code: %s. Nothing was "
               "stored.",
               what);
}

static json_t *
read_json (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autofree char *bytes = g_malloc (MAX_REPLY_BYTES);
  json_t *json;
  gsize n_bytes;

  if (!g_input_stream_read_all (stream, bytes, MAX_REPLY_BYTES, &n_bytes, cancellable, NULL))
    {
      g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_CUT,
                   "The line was cut before the answer was whole");
      return NULL;
    }
  json = amends_json_load (bytes, n_bytes, NULL);
  if (json == NULL)
    set_unproven (error, "its answer cannot be read");
  return json;
}

static gboolean
check_mac (const json_t *reply,
           const AmendsDigest *secret,
           const char *lookup,
           const char *key_text,
           GError **error)
{
  const char *manifest = json_string_value (json_object_get (reply, "manifest"));
  const char *mac_text = json_string_value (json_object_get (reply, "mac"));
  AmendsDigest mac, expected;

  if (manifest == NULL || mac_text == NULL
      || !amends_base64_decode (mac_text, mac.bytes, sizeof mac.bytes))
    {
      set_unproven (error, "its answer has not the right shape");
      return FALSE;
    }
  amends_enrol_reply_mac (secret, lookup, key_text, manifest, &expected);
  if (sodium_memcmp (mac.bytes, expected.bytes, sizeof mac.bytes) == 0)
    return TRUE;
  set_unproven (error, "it does not know the code");
  return FALSE;
}

/* The peer's certificate must lead to the authority, and be for the address that was asked. */
static gboolean
check_peer (AmendsTransport *transport, const char *server, const char *authority, GError **error)
{
  g_autoptr (GTlsCertificate) anchor = g_tls_certificate_new_from_pem (authority, -1, NULL);
  g_autoptr (GTlsCertificate) peer = amends_transport_dup_peer (transport);
  g_autoptr (GSocketConnectable) identity = g_network_address_parse_uri (server, 443, NULL);

  if (anchor == NULL || peer == NULL || identity == NULL)
    {
      set_unproven (error, "its certificate cannot be read");
      return FALSE;
    }
  if (g_tls_certificate_verify (peer, identity, anchor) == 0)
    return TRUE;
  set_unproven (error, "its certificate is another's");
  return FALSE;
}

static gboolean
get_key (const json_t *manifest, const char *name, guint8 ret_key[AMENDS_KEY_BYTES])
{
  const char *text = json_string_value (json_object_get (manifest, name));

  return text != NULL && amends_base64_decode (text, ret_key, AMENDS_KEY_BYTES);
}

static GArray *
read_feeds (const json_t *manifest)
{
  g_autoptr (GArray) feeds = g_array_new (FALSE, TRUE, sizeof (AmendsFeed));
  gsize i;
  json_t *item;

  json_array_foreach (json_object_get (manifest, "feeds"), i, item)
    {
      const char *name = json_string_value (json_object_get (item, "feed"));
      AmendsFeed feed = { .may_read = json_is_true (json_object_get (item, "read")),
                          .may_write = json_is_true (json_object_get (item, "write")) };

      if (name == NULL || !amends_feed_is_valid (name))
        return NULL;
      g_strlcpy (feed.feed, name, sizeof feed.feed);
      g_array_append_val (feeds, feed);
    }
  return feeds->len > 0 ? g_steal_pointer (&feeds) : NULL;
}

static AmendsIdentity *
read_manifest (const json_t *manifest, const char *server, GError **error)
{
  g_autoptr (AmendsIdentity) who = amends_identity_new ();
  const json_t *organisation = json_object_get (manifest, "organisation");
  const json_t *device = json_object_get (manifest, "device");
  const char *code = json_string_value (json_object_get (device, "code"));
  const char *epoch = json_string_value (json_object_get (manifest, "epoch"));

  who->organisation_id = g_strdup (json_string_value (json_object_get (organisation, "id")));
  who->organisation_name = g_strdup (json_string_value (json_object_get (organisation, "name")));
  who->authority = g_strdup (json_string_value (json_object_get (manifest, "authority")));
  who->kind = g_strdup (json_string_value (json_object_get (device, "kind")));
  who->name = g_strdup (json_string_value (json_object_get (device, "name")));
  who->server = g_strdup (server);
  if (who->organisation_id == NULL || who->organisation_name == NULL || who->authority == NULL
      || who->kind == NULL || who->name == NULL || code == NULL || !amends_code_is_valid (code)
      || epoch == NULL || strlen (epoch) >= sizeof who->epoch
      || !get_key (manifest, "signing_key", who->server_key)
      || !get_key (manifest, "intake_key", who->intake_key)
      || !get_key (manifest, "recovery_key", who->recovery_key))
    {
      set_unproven (error, "what it says of itself is not whole");
      return NULL;
    }
  g_strlcpy (who->code, code, sizeof who->code);
  g_strlcpy (who->epoch, epoch, sizeof who->epoch);
  return g_steal_pointer (&who);
}

static GBytes *
make_request (const AmendsDigest *secret,
              const char *lookup,
              const char *key_text,
              const char *device_name,
              const char *device_code)
{
  g_autofree char *mac_text = NULL;
  json_auto_t *request = NULL;
  AmendsDigest mac;

  amends_enrol_request_mac (secret, lookup, key_text, device_name, device_code, &mac);
  mac_text = amends_base64 (mac.bytes, sizeof mac.bytes);
  request = json_pack ("{s:i, s:s, s:s, s:s, s:s*, s:s}", "version", 1, "lookup", lookup, "key",
                       key_text, "name", device_name, "code", device_code, "mac", mac_text);
  return amends_json_dump (request);
}

static json_t *
ask (AmendsTransport *transport, GBytes *body, GCancellable *cancellable, GError **error)
{
  AmendsCall call = { .path = "/v1/enrol", .content_type = "application/json", .body = body };
  g_autoptr (GInputStream) stream = transport->send (transport, &call, cancellable, error);

  return stream != NULL ? read_json (stream, cancellable, error) : NULL;
}

/* One enrolment of the device with @key; @device_code as in amends_enrol_request_mac().
 * Returns: what the server says, proven to be from where the code is from; without the secret key */
static AmendsIdentity *
enrol_key (const char *server,
           const char *code,
           const char *device_name,
           const char *device_code,
           const guint8 key[AMENDS_KEY_BYTES],
           GCancellable *cancellable,
           GArray **ret_feeds,
           GError **error)
{
  g_autoptr (AmendsTransport) transport = NULL;
  g_autoptr (AmendsIdentity) who = NULL;
  g_autoptr (GArray) feeds = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *key_text = amends_base64 (key, AMENDS_KEY_BYTES);
  json_auto_t *reply = NULL;
  json_auto_t *manifest = NULL;
  g_auto (CodeKey) secret = { { 0 } };
  const char *text;
  char lookup[5];

  if (!amends_enrol_code_parse (code, lookup, &secret, error))
    return NULL;
  transport = amends_transport_new_unverified (server, error);
  if (transport == NULL)
    return NULL;
  body = make_request (&secret, lookup, key_text, device_name, device_code);
  reply = ask (transport, body, cancellable, error);
  if (reply == NULL || !check_mac (reply, &secret, lookup, key_text, error))
    return NULL;

  text = json_string_value (json_object_get (reply, "manifest"));
  manifest = amends_json_load (text, strlen (text), error);
  who = manifest != NULL ? read_manifest (manifest, server, error) : NULL;
  if (who == NULL || !check_peer (transport, server, who->authority, error))
    return NULL;
  feeds = read_feeds (manifest);
  if (feeds == NULL)
    {
      set_unproven (error, "it granted nothing");
      return NULL;
    }
  memcpy (who->key, key, AMENDS_KEY_BYTES);
  *ret_feeds = g_steal_pointer (&feeds);
  return g_steal_pointer (&who);
}

/**
 * amends_enrol:
 * @server: "https://host:port"
 * @code: what the administrator gave
 * @device_name: what people will call this device
 * @environment: random numbers for its key
 * @cancellable: (nullable)
 * @ret_feeds: (out) (transfer full) (element-type AmendsFeed): what was granted
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID, field code, name or server; %AMENDS_SYNC_ERROR_CODE;
 * %AMENDS_SYNC_ERROR_FOREIGN_SERVER if the server does not prove itself; offline and portal.
 * Returns: (transfer full): who this device is now, with its new key
 */
AmendsIdentity *
amends_enrol (const char *server,
              const char *code,
              const char *device_name,
              const AmendsEnvironment *environment,
              GCancellable *cancellable,
              GArray **ret_feeds,
              GError **error)
{
  g_auto (AmendsSecret) seed = { { 0 } };
  g_auto (AmendsSecret) secret_key = { { 0 } };
  guint8 key[AMENDS_KEY_BYTES];
  AmendsIdentity *who;

  if (*device_name == '\0' || g_utf8_strlen (device_name, -1) > MAX_NAME_CHARS)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "name", NULL,
                        "A device needs a name of at most %d letters, such as Office laptop",
                        MAX_NAME_CHARS);
      return NULL;
    }
  amends_environment_random (environment, seed.bytes, crypto_sign_SEEDBYTES);
  crypto_sign_seed_keypair (key, secret_key.bytes, seed.bytes);
  who = enrol_key (server, code, device_name, NULL, key, cancellable, ret_feeds, error);
  if (who != NULL)
    memcpy (who->secret_key, secret_key.bytes, sizeof who->secret_key);
  return who;
}

/**
 * amends_enrol_again:
 * @before: who the device is that its server has forgotten
 * @server: "https://host:port", perhaps another than before
 * @code: what the administrator gave
 * @cancellable: (nullable)
 *
 * A server restored from a backup does not know who enrolled after it was made. The device keeps its
 * code, its key and all it holds, and the next sync hands in what the server lost (PROTOCOL.md 6, 7).
 * The caller keeps @server, if it is another, with amends_store_set_server().
 *
 * Errors: as amends_enrol(); %AMENDS_SYNC_ERROR_CODE also where the server knows the device;
 * %AMENDS_SYNC_ERROR_FOREIGN_SERVER if it is another organisation's server.
 * Returns: whether the server knows the device now
 */
gboolean
amends_enrol_again (const AmendsIdentity *before,
                    const char *server,
                    const char *code,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (AmendsIdentity) who = NULL;
  g_autoptr (GArray) feeds = NULL;

  who =
      enrol_key (server, code, before->name, before->code, before->key, cancellable, &feeds, error);
  if (who == NULL)
    return FALSE;
  if (!g_str_equal (who->code, before->code)
      || !g_str_equal (who->organisation_id, before->organisation_id)
      || !g_str_equal (who->authority, before->authority)
      || memcmp (who->server_key, before->server_key, AMENDS_KEY_BYTES) != 0)
    {
      g_set_error (error, AMENDS_SYNC_ERROR, AMENDS_SYNC_ERROR_FOREIGN_SERVER,
                   "That is not the server that this device enrolled with. Nothing was changed on "
                   "this device, but the code is used up.");
      return FALSE;
    }
  return TRUE;
}
