/* fuzz-http.c: what comes over the network once TLS is off: request lines, heads, lengths, bodies
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An input is what a peer sends on one connection, and the end of it. Two places would keep a fuzzer out of
 * what lies behind them, so a few words in it stand for what nobody can guess: in a head “@D” is the
 * code of an enrolled device, “@N” its next number, “@L” the length, “@B” the hash and “@S” the signature of
 * the body that follows; in a body “@M” is a whole message. The signature is for the path that the first
 * line names. */

#include <stdlib.h>
#include <string.h>

#include "core/amends-secret.h"
#include "fuzz/fuzz.h"
#include "server/amends-server-http.h"
#include "server/client.h"

#define MAX_INPUT_BYTES (64 * 1024) /* a socket takes so much before anybody reads */

static TestWorld *world;
static TestDevice *device;
static AmendsHttp *http;

static void
say_nothing (const char *text)
{
}

static void
stop (void)
{
  g_clear_pointer (&http, amends_http_free);
  g_clear_pointer (&device, test_device_free);
  g_clear_pointer (&world, test_world_free);
}

static void
start (void)
{
  AmendsHttpOptions options = AMENDS_HTTP_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;

  g_set_printerr_handler (say_nothing); /* a line for each request */
  world = test_world_new ();
  device = test_device_new (world, "staff", "s.oak");
  http = amends_http_new_inside (world->server, &options, &error);
  g_assert_no_error (error);
  atexit (stop);
}

/* Puts @text wherever @word stands in @bytes. */
static void
replace (GString *bytes, const char *word, const char *text, gsize n_bytes)
{
  gsize at = 0;

  while (bytes->len >= 2 && at <= bytes->len - 2)
    if (memcmp (bytes->str + at, word, 2) == 0)
      {
        g_string_erase (bytes, (gssize) at, 2);
        g_string_insert_len (bytes, (gssize) at, text, (gssize) n_bytes);
        at += n_bytes;
      }
    else
      at++;
}

static void
fill_body (GString *body)
{
  g_autoptr (AmendsRequestHead) head = test_device_make_head (device);
  g_autoptr (GByteArray) message = test_make_message (head, NULL, 0);

  replace (body, "@M", (const char *) message->data, message->len);
}

/* The path of "POST /v1/exchange HTTP/1.1". */
static char *
dup_path (const GString *head)
{
  const char *begin = memchr (head->str, ' ', head->len);
  gsize n_bytes = 0;

  if (begin == NULL)
    return g_strdup ("");
  begin++;
  while (begin + n_bytes < head->str + head->len && begin[n_bytes] != ' ' && begin[n_bytes] != '\r')
    n_bytes++;
  return g_strndup (begin, n_bytes);
}

static void
fill_head (GString *head, const GString *body)
{
  guint8 signature[AMENDS_SIGNATURE_BYTES];
  g_autofree char *path = dup_path (head);
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, ++device->request);
  g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT, body->len);
  g_autofree char *hash_text = NULL, *signature_text = NULL;
  AmendsDigest hash;

  amends_request_body_hash ((const guint8 *) body->str, body->len, &hash);
  amends_request_sign (amends_server_get_organisation (world->server), path, device->code,
                       device->request, &hash, device->secret, signature);
  hash_text = amends_base64 (hash.bytes, sizeof hash.bytes);
  signature_text = amends_base64 (signature, sizeof signature);
  replace (head, "@D", device->code, strlen (device->code));
  replace (head, "@N", number, strlen (number));
  replace (head, "@L", length, strlen (length));
  replace (head, "@B", hash_text, strlen (hash_text));
  replace (head, "@S", signature_text, strlen (signature_text));
}

static GString *
make_request (const guint8 *data, gsize size)
{
  const char *end = g_strstr_len ((const char *) data, (gssize) size, "\r\n\r\n");
  gsize n_head = end != NULL ? (gsize) (end + 4 - (const char *) data) : size;
  GString *request = g_string_new_len ((const char *) data, (gssize) n_head);
  g_autoptr (GString) body =
      g_string_new_len ((const char *) data + n_head, (gssize) (size - n_head));

  fill_body (body);
  fill_head (request, body);
  g_string_append_len (request, body->str, (gssize) body->len);
  return request;
}

/* Whatever is answered is HTTP with a status that we know. */
static void
check_reply (const GString *reply)
{
  /* Neither 500 nor 507: nothing that is said breaks the store or fills it. */
  static const guint statuses[] = { 100, 200, 400, 401, 403, 404, 405, 409, 411, 413,
                                    414, 415, 417, 421, 426, 429, 431, 501, 503, 505 };
  guint status;

  if (reply->len == 0)
    return; /* no whole head came */
  g_assert_true (g_str_has_prefix (reply->str, "HTTP/1."));
  status = (guint) g_ascii_strtoull (reply->str + strlen ("HTTP/1.1 "), NULL, 10);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (statuses[i] == status)
      return;
  g_error ("The answer is %u", status);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GString) request = NULL;
  g_autoptr (GString) reply = NULL;

  if (http == NULL)
    start ();
  request = make_request (data, size);
  if (request->len > MAX_INPUT_BYTES)
    return 0;
  reply = test_say (http, request->str, request->len);
  check_reply (reply);
  return 0;
}
