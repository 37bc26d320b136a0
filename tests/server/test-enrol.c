/* test-enrol.c: invites, enrolment and grants
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sodium.h>
#include <string.h>

#include "client.h"
#include "core/amends-error.h"

typedef struct
{
  char lookup[AMENDS_ENROL_LOOKUP_SIZE];
  AmendsDigest key;
} Code;

static Code
invite (TestWorld *world, const char *kind, const char *feeds)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  Code code;

  g_assert_true (amends_server_invite (world->server, kind, feeds, &text, &error));
  g_assert_no_error (error);
  g_assert_true (amends_enrol_code_parse (text, code.lookup, &code.key, &error));
  return code;
}

/* Asks with a public key of @key_byte, for @device_code if it is given. Returns: (nullable): the reply */
static char *
ask_again (TestWorld *world,
           const Code *code,
           guint8 key_byte,
           const char *name,
           const char *device_code,
           GError **error)
{
  guint8 key[AMENDS_KEY_BYTES] = { key_byte };
  g_autofree char *key_text = amends_base64 (key, sizeof key);
  g_autofree char *mac_text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  AmendsDigest mac;
  char *reply = NULL;
  json_t *body;

  amends_enrol_request_mac (&code->key, code->lookup, key_text, name, device_code, &mac);
  mac_text = amends_base64 (mac.bytes, sizeof mac.bytes);
  body = json_pack ("{s:i, s:s, s:s, s:s, s:s*, s:s}", "version", 1, "lookup", code->lookup, "key",
                    key_text, "name", name, "code", device_code, "mac", mac_text);
  bytes = amends_json_dump (body);
  json_decref (body);
  amends_server_enrol (world->server, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                       &reply, error);
  return reply;
}

static char *
ask (TestWorld *world, const Code *code, guint8 key_byte, const char *name, GError **error)
{
  return ask_again (world, code, key_byte, name, NULL, error);
}

static json_t *
load_manifest (const char *reply)
{
  json_t *json = amends_json_load (reply, strlen (reply), NULL);
  const char *text = json_string_value (json_object_get (json, "manifest"));
  json_t *manifest = amends_json_load (text, strlen (text), NULL);

  json_decref (json);
  return manifest;
}

static void
test_manifest (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  Code code = invite (world, "staff", "org,s.oak");
  g_autoptr (GError) error = NULL;
  g_autofree char *reply = ask (world, &code, 1, "Office laptop", &error);
  json_t *manifest;
  json_t *device;

  g_assert_no_error (error);
  manifest = load_manifest (reply);
  device = json_object_get (manifest, "device");
  g_assert_cmpstr (json_string_value (json_object_get (device, "name")), ==, "Office laptop");
  g_assert_cmpstr (json_string_value (json_object_get (device, "kind")), ==, "staff");
  g_assert_cmpstr (json_string_value (json_object_get (manifest, "epoch")), ==,
                   amends_server_get_epoch (world->server));
  g_assert_cmpstr (json_string_value (json_object_get (manifest, "authority")), ==,
                   amends_server_get_authority (world->server));
  json_decref (manifest);
}

/* What each kind of device may do: design of the feeds, "R" to read, "W" to write. */
static const struct
{
  const char *kind;
  const char *feeds;
  const char *granted;
} grant_rows[] = {
  { "staff", "org,s.oak", "ctl R, staff RW, org R, s.oak RW, k.oak RW, r.oak W, c.oak W" },
  { "kiosk", "org,s.oak", "ctl R, org R, s.oak W, k.oak R" },
  { "admin", "org,s.oak", "ctl R, staff RW, org RW, s.oak RW, k.oak RW, r.oak W, c.oak W" },
  { "staff", "r.oak,c.oak,s.elm",
    "ctl R, staff RW, r.oak RW, c.oak RW, s.elm RW, k.elm RW, r.elm W, c.elm W" },
  { "staff", "s.oak,r.oak", "ctl R, staff RW, s.oak RW, k.oak RW, r.oak RW, c.oak W" },
  { "staff", "r.oak,s.oak", "ctl R, staff RW, r.oak RW, s.oak RW, k.oak RW, c.oak W" },
  { "kiosk", "s.oak,r.oak", "ctl R, s.oak W, k.oak R, r.oak W" },
  { "staff", "s.oak,s.oak,ctl,staff", "ctl R, staff RW, s.oak RW, k.oak RW, r.oak W, c.oak W" },
};

static void
test_grants (void)
{
  g_autoptr (TestWorld) world = test_world_new ();

  for (guint i = 0; i < G_N_ELEMENTS (grant_rows); i++)
    {
      Code code = invite (world, grant_rows[i].kind, grant_rows[i].feeds);
      g_autofree char *reply = ask (world, &code, (guint8) (i + 1), "A device", NULL);
      g_autoptr (GString) granted = g_string_new (NULL);
      json_t *manifest = load_manifest (reply);
      json_t *grant;
      gsize n;

      json_array_foreach (json_object_get (manifest, "feeds"), n, grant)
        g_string_append_printf (granted, "%s%s %s%s", n > 0 ? ", " : "",
                                json_string_value (json_object_get (grant, "feed")),
                                json_is_true (json_object_get (grant, "read")) ? "R" : "",
                                json_is_true (json_object_get (grant, "write")) ? "W" : "");
      g_test_message ("row %u", i);
      g_assert_cmpstr (granted->str, ==, grant_rows[i].granted);
      json_decref (manifest);
    }
}

static void
test_same_key_again (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  Code code = invite (world, "staff", "s.oak");
  g_autofree char *reply = ask (world, &code, 1, "Office laptop", NULL);
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;

  /* A reply that was lost costs no code, even after the hour. */
  world->now += 2 * G_TIME_SPAN_HOUR;
  again = ask (world, &code, 1, "Office laptop", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, reply);

  g_assert_null (ask (world, &code, 2, "Office laptop", &error));
  g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_CODE_USED);
}

static char *
get_device_code (const char *reply)
{
  json_t *manifest = load_manifest (reply);
  char *code =
      g_strdup (json_string_value (json_object_get (json_object_get (manifest, "device"), "code")));

  json_decref (manifest);
  return code;
}

/* Pitfall 30: two kiosks from one image, and a random source that gives both the same. The code of each is
 * the server's to give, so that nothing is ever written twice under one: the second is refused until its
 * key is its own. */
static void
test_one_image (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  Code codes[] = { invite (world, "kiosk", "s.oak"), invite (world, "kiosk", "s.oak") };
  g_autofree char *first = ask (world, &codes[0], 1, "Kiosk in the hall", NULL);
  g_autofree char *second = NULL;
  g_autofree char *first_code = get_device_code (first);
  g_autofree char *second_code = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (ask (world, &codes[1], 1, "Kiosk on the stairs", &error));
  g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_CODE_TAKEN);
  g_clear_error (&error);

  second = ask (world, &codes[1], 2, "Kiosk on the stairs", &error);
  g_assert_no_error (error);
  second_code = get_device_code (second);
  g_assert_cmpstr (first_code, !=, second_code);
}

static void
test_expired (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  Code code = invite (world, "staff", "s.oak");
  Code in_time = invite (world, "staff", "s.oak");
  g_autofree char *reply = NULL;
  g_autoptr (GError) error = NULL;

  world->now += G_TIME_SPAN_HOUR - 1;
  reply = ask (world, &in_time, 1, "Office laptop", &error);
  g_assert_no_error (error);
  world->now += 1;
  g_assert_null (ask (world, &code, 2, "Office laptop", &error));
  g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_CODE_EXPIRED);
}

static void
test_wrong_mac (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  Code code = invite (world, "staff", "s.oak");
  Code other = invite (world, "staff", "s.oak");
  Code wrong = code;
  g_autofree char *reply = NULL;
  g_autoptr (GError) good_error = NULL;

  wrong.key.bytes[0] ^= 1;
  for (int i = 0; i < 10; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ask (world, &wrong, 1, "Office laptop", &error));
      g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_CODE_UNKNOWN);
    }
  g_assert_null (ask (world, &code, 1, "Office laptop", &good_error));
  g_assert_error (good_error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_CODE_UNKNOWN);
  g_clear_error (&good_error);

  /* Nine wrong tries spoil nothing. */
  wrong = other;
  wrong.key.bytes[0] ^= 1;
  for (int i = 0; i < 9; i++)
    g_assert_null (ask (world, &wrong, 1, "Office laptop", NULL));
  reply = ask (world, &other, 1, "Office laptop", &good_error);
  g_assert_no_error (good_error);
}

static void
test_malformed (void)
{
  static const char *const rows[] = {
    "",
    "[]",
    "{}",
    "{\"version\":2}",
    "{\"version\":1,\"lookup\":\"ABC\",\"key\":\"\",\"name\":\"x\",\"mac\":\"\"}",
  };
  g_autoptr (TestWorld) world = test_world_new ();
  Code code = invite (world, "staff", "s.oak");
  g_autofree char *long_name = g_strnfill (81, 'x');
  const char *const names[] = { "", "two\nlines", "bell\a", long_name };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      char *reply = NULL;

      g_assert_false (
          amends_server_enrol (world->server, rows[i], strlen (rows[i]), &reply, &error));
      g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_MALFORMED);
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ask (world, &code, 1, names[i], &error));
      g_assert_error (error, AMENDS_SERVER_ERROR, AMENDS_SERVER_ERROR_MALFORMED);
    }
}

static void
test_invite_refused (void)
{
  static const struct
  {
    const char *kind;
    const char *feeds;
    AmendsCoreError code;
  } rows[] = {
    { "tenant", "s.oak", AMENDS_CORE_ERROR_INVALID },
    { "staff", "s.ash", AMENDS_CORE_ERROR_NOT_FOUND },
    { "staff", "s.oak,x", AMENDS_CORE_ERROR_INVALID },
    { "staff", "s.oak,", AMENDS_CORE_ERROR_INVALID },
  };
  g_autoptr (TestWorld) world = test_world_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      char *code = NULL;

      g_assert_false (
          amends_server_invite (world->server, rows[i].kind, rows[i].feeds, &code, &error));
      g_assert_error (error, AMENDS_CORE_ERROR, (int) rows[i].code);
    }
}

/* No code is ever given twice, not even by a server that went back to before it gave some. */
static void
test_codes (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  g_autoptr (GHashTable) codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *path = g_build_filename (world->folder, "backup.db", NULL);
  g_autoptr (GError) error = NULL;

  json_decref (amends_server_back_up (world->server, path, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (TestDevice) device = test_device_new (world, "staff", "s.oak");

      g_assert_true (amends_code_is_valid (device->code));
      g_assert_true (g_hash_table_add (codes, g_strdup (device->code)));
      if (i != 20 && i != 40) /* twice from the same */
        continue;
      test_world_restore (world, path);
    }
}

/* PROTOCOL.md 7: a device takes its own code back only where nobody has it and it was once given. */
static void
test_forgotten (void)
{
  g_autoptr (TestWorld) world = test_world_new ();
  Code first = invite (world, "staff", "org,s.oak");
  g_autofree char *known = ask (world, &first, 1, "Office laptop", NULL);
  g_autofree char *known_code = get_device_code (known);
  const struct
  {
    guint8 key_byte;
    const char *code;
    int error;
  } rows[] = {
    { 2, known_code, AMENDS_SERVER_ERROR_CODE_TAKEN }, /* another's */
    { 1, known_code, AMENDS_SERVER_ERROR_CODE_TAKEN }, /* its own, and not forgotten */
    { 2, "ZZZ0", AMENDS_SERVER_ERROR_CODE_TAKEN },     /* never given */
    { 2, "0", AMENDS_SERVER_ERROR_CODE_TAKEN },
    /* the server's */ { 2, "iO", AMENDS_SERVER_ERROR_MALFORMED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Code code = invite (world, "staff", "org,s.oak");
      g_autoptr (GError) error = NULL;
      g_autofree char *reply =
          ask_again (world, &code, rows[i].key_byte, "Laptop", rows[i].code, &error);

      g_assert_error (error, AMENDS_SERVER_ERROR, rows[i].error);
      g_assert_null (reply);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_assert_cmpint (sodium_init (), >=, 0);

  g_test_add_func ("/enrol/manifest", test_manifest);
  g_test_add_func ("/enrol/grants", test_grants);
  g_test_add_func ("/enrol/same-key-again", test_same_key_again);
  g_test_add_func ("/enrol/one-image", test_one_image);
  g_test_add_func ("/enrol/expired", test_expired);
  g_test_add_func ("/enrol/wrong-mac", test_wrong_mac);
  g_test_add_func ("/enrol/malformed", test_malformed);
  g_test_add_func ("/enrol/invite-refused", test_invite_refused);
  g_test_add_func ("/enrol/codes", test_codes);
  g_test_add_func ("/enrol/forgotten", test_forgotten);

  return g_test_run ();
}
