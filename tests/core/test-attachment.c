/* test-attachment.c: names that can be shown, and chunks that prove themselves
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Source: PROTOCOL.md 12. */

#include <string.h>

#include "core/amends-attachment.h"
#include "core/amends-secret.h"

static const struct
{
  const char *name;
  const char *clean;
} names[] = {
  { "damp wall.jpg", "damp wall.jpg" },
  { "../../etc/passwd", "passwd" },
  { "C:\\scans\\letter.pdf", "letter.pdf" },
  { "/", "attachment" },
  { "..", "attachment" },
  { "", "attachment" },
  { " \t\n", "attachment" },
  { ".hidden", "hidden" },
  { "invoice\xe2\x80\xaegpj.exe", "invoicegpj.exe" }, /* an override that shows it as exe.jpg */
  { "a\xe2\x81\xa6"
    "b.pdf",
    "ab.pdf" }, /* an isolate */
  { "line\nbreak\r.txt", "linebreak.txt" },
  { "e\xcc\x81.png", "\xc3\xa9.png" }, /* composed */
  { "\xff\xfe.jpg", "\xef\xbf\xbd\xef\xbf\xbd.jpg" },
  { "d\xc5\xb5r.jpg", "d\xc5\xb5r.jpg" },
};

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *clean = amends_attachment_clean_name (names[i].name);

      g_assert_cmpstr (clean, ==, names[i].clean);
    }
}

/* 4,000 letters of two bytes: cut within no letter, and its ending kept. */
static void
test_long_name (void)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *clean = NULL;

  for (int i = 0; i < 4000; i++)
    g_string_append (name, "\xc5\xb5");
  g_string_append (name, ".jpeg");
  clean = amends_attachment_clean_name (name->str);
  g_assert_cmpuint (strlen (clean), <=, AMENDS_ATTACHMENT_NAME_MAX_BYTES);
  g_assert_cmpuint (strlen (clean), >=, AMENDS_ATTACHMENT_NAME_MAX_BYTES - 1);
  g_assert_true (g_utf8_validate (clean, -1, NULL));
  g_assert_true (g_str_has_suffix (clean, "\xc5\xb5.jpeg"));
}

#define KEY "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
#define BODY(size, key, root)                                                                  \
  "{\"type\":\"case.attached\",\"name\":\"a.jpg\",\"media\":\"image/jpeg\",\"what\":\"scan\"," \
  "\"size\":" size ",\"key\":\"" key "\",\"root\":\"" root "\"}"

static const struct
{
  const char *body;
  guint n_parts; /* 0: no attachment */
} bodies[] = {
  { BODY ("1", KEY, KEY), 1 },
  { BODY ("262144", KEY, KEY), 1 },
  { BODY ("262145", KEY, KEY), 2 },
  { BODY ("2147483648", KEY, KEY), 8192 },
  { BODY ("2147483649", KEY, KEY), 0 },
  { BODY ("0", KEY, KEY), 0 },
  { BODY ("-1", KEY, KEY), 0 },
  { BODY ("\"9\"", KEY, KEY), 0 },
  { BODY ("9", "", KEY), 0 },
  { BODY ("9", "AAEC", KEY), 0 },
  { BODY ("9", KEY, "x"), 0 },
  { "{\"type\":\"case.attached\"}", 0 },
  { "{\"type\":\"case.noted\",\"text\":\"case.attached\"}", 0 },
  { "[]", 0 },
};

static void
test_bodies (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      json_auto_t *body = amends_json_load (bodies[i].body, strlen (bodies[i].body), NULL);
      AmendsAttachment attachment = { .n_parts = 77 };
      gboolean is_one = amends_attachment_read (body, &attachment);

      g_test_message ("%s", bodies[i].body);
      g_assert_cmpint (is_one, ==, bodies[i].n_parts > 0);
      g_assert_cmpuint (attachment.n_parts, ==, is_one ? bodies[i].n_parts : 77);
      if (is_one)
        g_assert_cmpuint ((attachment.n_parts - 1) * AMENDS_PART_BYTES
                              + amends_attachment_get_part_bytes (&attachment, attachment.n_parts),
                          ==, attachment.size);
    }
}

/* Any other byte, length, part or key, and it is not opened. */
static void
test_chunk (void)
{
  json_auto_t *body = json_loads (BODY ("262150", KEY, KEY), 0, NULL);
  g_autoptr (GBytes) chunk = NULL, part = NULL;
  g_autofree guint8 *altered = NULL;
  guint8 plain[6] = "sixth";
  AmendsAttachment attachment;
  gsize n_bytes = sizeof plain + AMENDS_PART_SEAL_BYTES;

  g_assert_true (amends_attachment_read (body, &attachment));
  chunk = amends_chunk_seal (attachment.key, 2, plain, sizeof plain);
  part = amends_chunk_open (&attachment, 2, chunk);
  g_assert_nonnull (part);
  g_assert_cmpmem (g_bytes_get_data (part, NULL), g_bytes_get_size (part), plain, sizeof plain);
  g_assert_null (amends_chunk_open (&attachment, 1, chunk));

  g_assert_cmpuint (g_bytes_get_size (chunk), ==, n_bytes);
  altered = g_memdup2 (g_bytes_get_data (chunk, NULL), n_bytes);
  for (gsize i = 0; i < n_bytes; i++)
    {
      g_autoptr (GBytes) other = NULL;

      altered[i] ^= 4;
      other = g_bytes_new (altered, n_bytes);
      g_assert_null (amends_chunk_open (&attachment, 2, other));
      altered[i] ^= 4;
    }
  for (gsize n = 0; n < n_bytes; n++)
    {
      g_autoptr (GBytes) shorter = g_bytes_new (altered, n);

      g_assert_null (amends_chunk_open (&attachment, 2, shorter));
    }
  attachment.key[0] ^= 1;
  g_assert_null (amends_chunk_open (&attachment, 2, chunk));
}

/* A chunk is what PROTOCOL.md says it is, for whoever writes another program: computed apart, with
 * another implementation. */
static void
test_known_chunk (void)
{
  guint8 key[AMENDS_ATTACHMENT_KEY_BYTES];
  g_autoptr (GBytes) chunk = NULL;
  g_autofree char *text = NULL;
  AmendsDigest hash;

  for (guint i = 0; i < sizeof key; i++)
    key[i] = (guint8) i;
  chunk = amends_chunk_seal (key, 1, (const guint8 *) "amends", 6);
  text = amends_base64 (g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
  g_assert_cmpstr (text, ==, "JBm434TEsnbJslbSC+nlQwnSX8lDMQ==");
  g_clear_pointer (&text, g_free);
  amends_chunk_hash (g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk), &hash);
  text = amends_base64 (hash.bytes, sizeof hash.bytes);
  g_assert_cmpstr (text, ==, "A8AxgzCbaVICbIT+nbnGIo2VFns8vvGqKM0eHboTlOY=");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/attachment/names", test_names);
  g_test_add_func ("/attachment/long-name", test_long_name);
  g_test_add_func ("/attachment/bodies", test_bodies);
  g_test_add_func ("/attachment/chunk", test_chunk);
  g_test_add_func ("/attachment/known-chunk", test_known_chunk);
  return g_test_run ();
}
