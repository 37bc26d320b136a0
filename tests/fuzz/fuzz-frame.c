/* fuzz-frame.c: frames
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The input is read as a frame as it came, and as what a frame inflates to, which a fuzzer would
 * hardly find through the compression. What is taken is the same when it is written and read again. */

#include <string.h>
#include <zlib.h>

#include "fuzz/fuzz.h"
#include "sync/amends-wire.h"

static void
write_entry (AmendsFrameWriter *writer, const AmendsEntry *entry)
{
  switch (entry->kind)
    {
    case AMENDS_ENTRY_EVENT:
      amends_frame_writer_add_event (writer, entry->event, entry->logged_at_s);
      break;
    case AMENDS_ENTRY_DIGEST:
      amends_frame_writer_add_digest (writer, entry->event);
      break;
    case AMENDS_ENTRY_OWN:
      amends_frame_writer_add_own (writer, entry->first_number, entry->count, entry->logged_at_s);
      break;
    case AMENDS_ENTRY_LEFT:
      amends_frame_writer_add_left (writer, &entry->id, entry->logged_at_s);
      break;
    case AMENDS_ENTRY_ERASED:
      amends_frame_writer_add_erased (writer, &entry->id, entry->logged_at_s);
      break;
    }
}

static void
read_and_write (const guint8 *bytes, gsize n_bytes)
{
  g_autoptr (AmendsFrame) frame = amends_frame_read (bytes, n_bytes, NULL);
  g_autoptr (AmendsFrame) again = NULL;
  g_autoptr (GBytes) written = NULL;
  AmendsFrameWriter *writer;

  if (frame == NULL)
    return;
  writer = amends_frame_writer_new (frame->feed, frame->first_position);
  for (guint i = 0; i < frame->entries->len; i++)
    write_entry (writer, &g_array_index (frame->entries, AmendsEntry, i));
  for (guint i = 0; frame->is_lost && i < frame->statements->len; i++)
    g_assert_true (
        amends_frame_writer_add_statement (writer, g_ptr_array_index (frame->statements, i)));
  written =
      amends_frame_writer_finish (writer,
                                  frame->feed != NULL || frame->is_lost ? &frame->feed_hash : NULL);
  again = amends_frame_read (g_bytes_get_data (written, NULL), g_bytes_get_size (written), NULL);

  /* Without what it left out a frame may be larger, and then too large. */
  if (again == NULL)
    return;
  g_assert_cmpint (again->is_lost, ==, frame->is_lost);
  g_assert_cmpuint (again->entries->len, ==, frame->entries->len);
  for (guint i = 0; i < frame->entries->len; i++)
    {
      const AmendsEntry *a = &g_array_index (frame->entries, AmendsEntry, i);
      const AmendsEntry *b = &g_array_index (again->entries, AmendsEntry, i);

      g_assert_cmpint (a->kind, ==, b->kind);
      g_assert_cmpuint (a->count, ==, b->count);
      if (a->event != NULL)
        g_assert_cmpmem (a->event->digest, AMENDS_DIGEST_BYTES, b->event->digest,
                         AMENDS_DIGEST_BYTES);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree guint8 *compressed = NULL;
  z_stream zlib = { 0 };
  gsize n_max;

  read_and_write (data, size);

  g_assert_cmpint (deflateInit2 (&zlib, 1, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
  n_max = deflateBound (&zlib, size);
  compressed = g_malloc (n_max);
  zlib.next_in = (Bytef *) data;
  zlib.avail_in = (uInt) size;
  zlib.next_out = compressed;
  zlib.avail_out = (uInt) n_max;
  g_assert_cmpint (deflate (&zlib, Z_FINISH), ==, Z_STREAM_END);
  read_and_write (compressed, zlib.total_out);
  deflateEnd (&zlib);
  return 0;
}
