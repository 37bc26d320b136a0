/* fuzz-message.c: messages, in one piece and byte by byte
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz/fuzz.h"
#include "sync/amends-wire.h"

/* What was read, as a line of letters; it ends with an exclamation mark where it was refused. */
static char *
read_message (const guint8 *data, gsize size, gsize step)
{
  g_autoptr (AmendsMessageReader) reader = amends_message_reader_new ();
  GString *parts = g_string_new (NULL);
  gboolean read = TRUE;

  for (gsize at = 0; read && at < size; at += step)
    {
      AmendsMessagePart part = AMENDS_MESSAGE_HEAD;

      amends_message_reader_feed (reader, data + at, MIN (step, size - at));
      while (read && part != AMENDS_MESSAGE_NEEDS_MORE)
        {
          g_autoptr (GBytes) frame = NULL;
          json_t *json = NULL;

          read = amends_message_reader_next (reader, &part, &json, &frame, NULL);
          json_decref (json);
          if (!read || part != AMENDS_MESSAGE_NEEDS_MORE)
            g_string_append_c (parts, read ? "-HFE"[part] : '!');
        }
    }
  return g_string_free (parts, FALSE);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *whole = read_message (data, size, MAX (size, 1));
  g_autofree char *bytewise = size < 4096 ? read_message (data, size, 1) : g_strdup (whole);

  g_assert_cmpstr (whole, ==, bytewise);
  return 0;
}
