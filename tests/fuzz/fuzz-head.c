/* fuzz-head.c: heads of requests and of replies; what is taken is the same when written and read again
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz/fuzz.h"
#include "sync/amends-wire.h"

static void
read_request (const json_t *json)
{
  g_autoptr (AmendsRequestHead) head = amends_request_head_from_json (json, NULL);
  g_autoptr (AmendsRequestHead) again = NULL;
  json_t *written;

  if (head == NULL)
    return;
  written = amends_request_head_to_json (head);
  again = amends_request_head_from_json (written, NULL);
  json_decref (written);
  g_assert_nonnull (again);
  g_assert_cmpuint (again->number, ==, head->number);
  g_assert_cmpuint (again->cursors->len, ==, head->cursors->len);
  g_assert_cmpuint (again->gone->len, ==, head->gone->len);
  g_assert_cmpuint (again->whole->len, ==, head->whole->len);
  g_assert_cmpint (again->hashes, ==, head->hashes);
  g_assert_cmpint (again->scrubbing, ==, head->scrubbing);
  g_assert_cmpint (again->erase != NULL, ==, head->erase != NULL);
  if (head->erase != NULL)
    g_assert_cmpuint (again->erase->events->len, ==, head->erase->events->len);
}

static void
read_reply (const json_t *json)
{
  g_autoptr (AmendsReplyHead) head = amends_reply_head_from_json (json, NULL);
  g_autoptr (AmendsReplyHead) again = NULL;
  json_t *written;

  if (head == NULL)
    return;
  written = amends_reply_head_to_json (head);
  again = amends_reply_head_from_json (written, NULL);
  json_decref (written);
  g_assert_nonnull (again);
  g_assert_cmpuint (again->receipt.number, ==, head->receipt.number);
  g_assert_cmpstr (again->refused_code, ==, head->refused_code);
  g_assert_cmpuint (again->safe_number, ==, head->safe_number);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  json_t *json = amends_json_load ((const char *) data, size, NULL);

  if (json == NULL)
    return 0;
  read_request (json);
  read_reply (json);
  json_decref (json);
  return 0;
}
