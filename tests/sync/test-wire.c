/* test-wire.c: messages and their heads, both ways and refused
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/amends-wire.h"

#include <sodium.h>
#include <string.h>

#include "core/amends-error.h"

static void
test_message (void)
{
  g_autoptr (GByteArray) message = g_byte_array_new ();
  g_autoptr (GBytes) frame = amends_frame_writer_finish (amends_frame_writer_new (NULL, 0), NULL);
  g_autoptr (GError) error = NULL;
  json_t *head = json_pack ("{s:i}", "version", 1);
  json_t *trailer = json_object ();

  amends_message_append_head (message, head);
  amends_message_append_frame (message, frame);
  amends_message_append_frame (message, frame);
  amends_message_append_trailer (message, trailer);

  /* Whatever the pieces it arrives in, the parts are the same. */
  for (gsize step = 1; step <= message->len; step += step < 64 ? 1 : message->len - 64)
    {
      g_autoptr (AmendsMessageReader) reader = amends_message_reader_new ();
      g_autoptr (GString) parts = g_string_new (NULL);

      for (gsize at = 0; at < message->len; at += step)
        {
          AmendsMessagePart part = AMENDS_MESSAGE_END;

          amends_message_reader_feed (reader, message->data + at, MIN (step, message->len - at));
          while (part != AMENDS_MESSAGE_NEEDS_MORE)
            {
              g_autoptr (GBytes) bytes = NULL;
              json_t *json = NULL;

              g_assert_true (amends_message_reader_next (reader, &part, &json, &bytes, &error));
              if (part == AMENDS_MESSAGE_FRAME)
                g_assert_true (g_bytes_equal (bytes, frame));
              else if (part != AMENDS_MESSAGE_NEEDS_MORE)
                g_assert_true (json_equal (json, part == AMENDS_MESSAGE_HEAD ? head : trailer));
              json_decref (json);
              if (part != AMENDS_MESSAGE_NEEDS_MORE)
                g_string_append_c (parts, "?HFE"[part]);
            }
          g_assert_true (amends_message_reader_is_whole (reader) == (at + step >= message->len));
        }
      g_assert_cmpstr (parts->str, ==, "HFFE");
    }
  json_decref (head);
  json_decref (trailer);
}

#define HEAD_PART "\0\0\0\2{}"

static const struct
{
  const char *bytes;
  gsize n_bytes;
  AmendsCoreError code;
} refused_message_rows[] = {
  { "\0\1\0\1", 4, AMENDS_CORE_ERROR_TOO_LARGE },                      /* a head */
  { "\0\0\0\0", 4, AMENDS_CORE_ERROR_INVALID },                        /* no head */
  { "\0\0\0\2[]", 6, AMENDS_CORE_ERROR_INVALID },                      /* no object */
  { "\0\0\0\3{}x", 7, AMENDS_CORE_ERROR_INVALID },                     /* more than one */
  { "\0\0\0\17{\"a\":1,\"a\":12}", 19, AMENDS_CORE_ERROR_INVALID },    /* a key twice */
  { HEAD_PART "\0\6\0\1", 10, AMENDS_CORE_ERROR_TOO_LARGE },           /* a frame */
  { HEAD_PART "\0\0\0\0\0\0\x10\1", 14, AMENDS_CORE_ERROR_TOO_LARGE }, /* a trailer */
  { HEAD_PART "\0\0\0\0\0\0\0\2{}x", 17, AMENDS_CORE_ERROR_INVALID },  /* goes on */
  { HEAD_PART "\0\0\0\0\0\0\0\2[]", 16, AMENDS_CORE_ERROR_INVALID },   /* no trailer */
};

static void
test_message_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused_message_rows); i++)
    {
      g_autoptr (AmendsMessageReader) reader = amends_message_reader_new ();
      g_autoptr (GError) error = NULL;
      AmendsMessagePart part = AMENDS_MESSAGE_HEAD;
      gboolean read = TRUE;

      g_test_message ("row %u", i);
      amends_message_reader_feed (reader, (const guint8 *) refused_message_rows[i].bytes,
                                  refused_message_rows[i].n_bytes);
      while (read && part != AMENDS_MESSAGE_NEEDS_MORE)
        {
          g_autoptr (GBytes) bytes = NULL;
          json_t *json = NULL;

          read = amends_message_reader_next (reader, &part, &json, &bytes, &error);
          json_decref (json);
        }
      g_assert_error (error, AMENDS_CORE_ERROR, (int) refused_message_rows[i].code);
      g_assert_false (amends_message_reader_is_whole (reader));
    }
}

static void
assert_same_cursor (const AmendsCursor *a, const AmendsCursor *b)
{
  g_assert_cmpstr (a->feed, ==, b->feed);
  g_assert_cmpuint (a->position, ==, b->position);
  g_assert_cmpmem (&a->hash, sizeof a->hash, &b->hash, sizeof b->hash);
}

static void
test_request_head (void)
{
  g_autoptr (AmendsRequestHead) head = amends_request_head_new ();
  g_autoptr (AmendsRequestHead) read = NULL;
  g_autoptr (GError) error = NULL;
  AmendsCursor cursor = { "s.oak", 120, { { 1, 2, 3 } } };
  json_t *json;

  g_strlcpy (head->epoch, "0123456789abcdef0123456789abcdef", sizeof head->epoch);
  head->number = 41;
  head->trunk.bytes[5] = 9;
  g_array_append_val (head->cursors, cursor);
  head->probe_from = 30;
  head->probe_to = 41;
  head->recode = TRUE;
  head->recode_key[3] = 4;
  head->hold = TRUE;
  head->hashes = TRUE;
  g_ptr_array_add (head->gone, g_strdup ("s.elm"));
  g_array_append_val (head->whole, cursor);

  json = amends_request_head_to_json (head);
  read = amends_request_head_from_json (json, &error);
  json_decref (json);
  g_assert_no_error (error);
  g_assert_cmpstr (read->epoch, ==, head->epoch);
  g_assert_cmpuint (read->number, ==, 41);
  g_assert_cmpmem (&read->trunk, 32, &head->trunk, 32);
  g_assert_cmpuint (read->cursors->len, ==, 1);
  assert_same_cursor (&g_array_index (read->cursors, AmendsCursor, 0), &cursor);
  g_assert_cmpuint (read->probe_from, ==, 30);
  g_assert_cmpuint (read->probe_to, ==, 41);
  g_assert_true (read->recode);
  g_assert_cmpmem (read->recode_key, 32, head->recode_key, 32);
  g_assert_true (read->hold);
  g_assert_true (read->hashes);
  g_assert_cmpuint (read->gone->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (read->gone, 0), ==, "s.elm");
  g_assert_cmpuint (read->whole->len, ==, 1);
  g_assert_cmpstr (g_array_index (read->whole, AmendsCursor, 0).feed, ==, "s.oak");
  g_assert_cmpuint (g_array_index (read->whole, AmendsCursor, 0).position, ==, 120);
}

#define TRUNK "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
#define HEAD "\"version\":1,\"head\":{\"number\":1,\"trunk\":\"" TRUNK "\"}"

static const struct
{
  const char *json;
  const char *field; /* NULL if it is taken */
} request_head_rows[] = {
  { "{" HEAD "}", NULL },
  { "{" HEAD ",\"later\":{\"x\":1}}", NULL }, /* unknown keys are ignored */
  { "{" HEAD ",\"epoch\":null,\"probe\":null}", NULL },
  { "{}", "version" },
  { "{\"version\":2}", "version" },
  { "{\"version\":1}", "head" },
  { "{\"version\":1,\"head\":{\"number\":-1,\"trunk\":\"" TRUNK "\"}}", "head" },
  { "{\"version\":1,\"head\":{\"number\":1.0,\"trunk\":\"" TRUNK "\"}}", "head" },
  { "{\"version\":1,\"head\":{\"number\":9007199254740993,\"trunk\":\"" TRUNK "\"}}", "head" },
  { "{\"version\":1,\"head\":{\"number\":1,\"trunk\":\"AAAA\"}}", "head" },
  { "{" HEAD ",\"epoch\":\"9F\"}", "epoch" },
  { "{" HEAD ",\"feeds\":[]}", "feeds" },
  { "{" HEAD ",\"feeds\":{\"x\":[1,\"" TRUNK "\"]}}", "feeds" },
  { "{" HEAD ",\"feeds\":{\"ctl\":[1]}}", "feeds" },
  { "{" HEAD ",\"feeds\":{\"ctl\":[1,\"" TRUNK "\",2]}}", "feeds" },
  { "{" HEAD ",\"feeds\":{\"ctl\":[0,\"BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"]}}",
    "feeds" },
  { "{" HEAD ",\"probe\":{\"from\":0,\"to\":1}}", "probe" },
  { "{" HEAD ",\"probe\":{\"from\":2,\"to\":1}}", "probe" },
  { "{" HEAD ",\"probe\":{\"from\":1,\"to\":2001}}", "probe" },
  { "{" HEAD ",\"probe\":{\"from\":1,\"to\":2000}}", NULL },
  { "{" HEAD ",\"recode\":{}}", "recode" },
  { "{" HEAD ",\"gone\":null,\"whole\":null}", NULL },
  { "{" HEAD ",\"gone\":{}}", "gone" },
  { "{" HEAD ",\"gone\":[\"x\"]}", "gone" },
  { "{" HEAD ",\"gone\":[1]}", "gone" },
  { "{" HEAD ",\"whole\":{\"s.oak\":-1}}", "whole" },
  { "{" HEAD ",\"whole\":[\"s.oak\"]}", "whole" },
};

static void
test_request_head_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (request_head_rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsRequestHead) head = NULL;
      json_t *json =
          amends_json_load (request_head_rows[i].json, strlen (request_head_rows[i].json), NULL);

      g_test_message ("row %u", i);
      g_assert_nonnull (json);
      head = amends_request_head_from_json (json, &error);
      json_decref (json);
      g_assert_true ((head == NULL) == (request_head_rows[i].field != NULL));
      g_assert_cmpstr (amends_error_get_field (error), ==, request_head_rows[i].field);
    }
}

static void
test_reply_head (void)
{
  g_autoptr (AmendsReplyHead) head = amends_reply_head_new ();
  g_autoptr (AmendsReplyHead) read = NULL;
  g_autoptr (GError) error = NULL;
  AmendsCursor cursor = { "s.oak", 100, { { 1, 2, 3 } } };
  AmendsDigest trunk = { { 9 } };
  guint8 public_key[32], secret_key[64];
  json_t *json;

  crypto_sign_keypair (public_key, secret_key);
  g_strlcpy (head->receipt.epoch, "0123456789abcdef0123456789abcdef", sizeof head->receipt.epoch);
  head->receipt.request = 77;
  head->receipt.number = 41;
  g_strlcpy (head->receipt.at, "2026-11-21T17:42:00Z", sizeof head->receipt.at);
  amends_receipt_sign (&head->receipt, "org1", "7K", secret_key);
  g_array_append_val (head->safe, cursor);
  g_array_append_val (head->resume, cursor);
  g_array_append_val (head->trunks, trunk);
  g_strlcpy (head->recoded, "8M", sizeof head->recoded);
  head->refused_frame = 2;
  head->refused_code = g_strdup ("gap");
  head->quarantined = 3;
  head->revoked = TRUE;
  head->safe_number = 40;

  json = amends_reply_head_to_json (head);
  read = amends_reply_head_from_json (json, &error);
  json_decref (json);
  g_assert_no_error (error);
  g_assert_true (amends_receipt_verify (&read->receipt, "org1", "7K", public_key));
  g_assert_cmpuint (g_array_index (read->safe, AmendsCursor, 0).position, ==, 100);
  assert_same_cursor (&g_array_index (read->resume, AmendsCursor, 0), &cursor);
  g_assert_cmpmem (&g_array_index (read->trunks, AmendsDigest, 0), 32, &trunk, 32);
  g_assert_cmpstr (read->recoded, ==, "8M");
  g_assert_cmpint (read->refused_frame, ==, 2);
  g_assert_cmpstr (read->refused_code, ==, "gap");
  g_assert_cmpuint (read->quarantined, ==, 3);
  g_assert_true (read->revoked);
  g_assert_cmpuint (read->safe_number, ==, 40);

  /* Each thing that the receipt says is signed. */
  g_assert_false (amends_receipt_verify (&read->receipt, "org2", "7K", public_key));
  g_assert_false (amends_receipt_verify (&read->receipt, "org1", "7M", public_key));
  read->receipt.number++;
  g_assert_false (amends_receipt_verify (&read->receipt, "org1", "7K", public_key));
  read->receipt.number--;
  read->receipt.request++;
  g_assert_false (amends_receipt_verify (&read->receipt, "org1", "7K", public_key));
}

static void
test_signed_request (void)
{
  guint8 public_key[32], secret_key[64], signature[64];
  AmendsDigest hash;

  crypto_sign_keypair (public_key, secret_key);
  amends_request_body_hash ((const guint8 *) "body", 4, &hash);
  amends_request_sign ("org1", "/v1/exchange", "7K", 5, &hash, secret_key, signature);
  g_assert_true (
      amends_request_verify ("org1", "/v1/exchange", "7K", 5, &hash, signature, public_key));
  g_assert_false (
      amends_request_verify ("org1", "/v1/chunk/put", "7K", 5, &hash, signature, public_key));
  g_assert_false (
      amends_request_verify ("org2", "/v1/exchange", "7K", 5, &hash, signature, public_key));
  g_assert_false (
      amends_request_verify ("org1", "/v1/exchange", "7M", 5, &hash, signature, public_key));
  g_assert_false (
      amends_request_verify ("org1", "/v1/exchange", "7K", 6, &hash, signature, public_key));
  hash.bytes[0] ^= 1;
  g_assert_false (
      amends_request_verify ("org1", "/v1/exchange", "7K", 5, &hash, signature, public_key));
}

static void
test_enrol_code (void)
{
  static const guint8 random[AMENDS_ENROL_RANDOM_BYTES] = { 0x00, 0x44, 0x32, 0x14, 0xc7,
                                                            0x42, 0x54, 0xb6, 0x35, 0xcf,
                                                            0x84, 0x65, 0x3a };
  g_autofree char *code = amends_enrol_code_format (random);
  char lookup[AMENDS_ENROL_LOOKUP_SIZE];
  char typed_lookup[AMENDS_ENROL_LOOKUP_SIZE];
  AmendsDigest key, typed_key, mac, other_mac;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (code, ==, "0123-4567-89AB-CDEF-GHJK");
  g_assert_true (amends_enrol_code_parse (code, lookup, &key, &error));
  g_assert_cmpstr (lookup, ==, "0123");
  g_assert_true (
      amends_enrol_code_parse ("oi23 4567 89abcdef ghjk", typed_lookup, &typed_key, NULL));
  g_assert_cmpstr (typed_lookup, ==, lookup);
  g_assert_cmpmem (&typed_key, sizeof key, &key, sizeof key);

  g_assert_false (amends_enrol_code_parse ("0123-4567-89AB-CDEF-GHJ", lookup, &key, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_assert_false (amends_enrol_code_parse ("0123-4567-89AB-CDEF-GHJKM", lookup, &key, NULL));
  g_assert_false (amends_enrol_code_parse ("U123-4567-89AB-CDEF-GHJK", lookup, &key, NULL));

  amends_enrol_request_mac (&typed_key, "0123", TRUNK, "Office laptop", NULL, &mac);
  amends_enrol_request_mac (&typed_key, "0123", TRUNK, "Office laptoq", NULL, &other_mac);
  g_assert_true (memcmp (&mac, &other_mac, sizeof mac) != 0);
  amends_enrol_reply_mac (&typed_key, "0123", TRUNK, "{}", &mac);
  amends_enrol_reply_mac (&typed_key, "0123", TRUNK, "[]", &other_mac);
  g_assert_true (memcmp (&mac, &other_mac, sizeof mac) != 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_assert_cmpint (sodium_init (), >=, 0);

  g_test_add_func ("/wire/message/parts", test_message);
  g_test_add_func ("/wire/message/refused", test_message_refused);
  g_test_add_func ("/wire/head/request", test_request_head);
  g_test_add_func ("/wire/head/request-rows", test_request_head_rows);
  g_test_add_func ("/wire/head/reply", test_reply_head);
  g_test_add_func ("/wire/signed-request", test_signed_request);
  g_test_add_func ("/wire/enrol-code", test_enrol_code);

  return g_test_run ();
}
