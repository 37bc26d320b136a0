/* amends-wire-frame-write.c: frames, written (PROTOCOL.md 4)
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/amends-wire-private.h"

#include <string.h>
#include <zlib.h>

#define COMPRESSION_LEVEL 6

/* A writer ends a frame about here, so that what is sent twice after a cut stays below 64 KiB. */
#define FULL_COMPRESSED_BYTES (62 * 1024)

/* An event may take this beyond its body: 64 ids of 23 bytes in "after", the other fields, a digest
 * and a line with its instant. */
#define EVENT_OVERHEAD_BYTES 4096
#define FULL_RAW_BYTES                                                                 \
  (AMENDS_WIRE_MAX_INFLATED_BYTES - AMENDS_EVENT_MAX_BODY_BYTES - EVENT_OVERHEAD_BYTES \
   - AMENDS_WIRE_MAX_STATEMENT_BYTES - AMENDS_DIGEST_BYTES)

/* Text waits until so much is there: deflate () is slow in small steps. */
#define TEXT_STEP_BYTES 8192

/* What the body of a case shrinks to, until the first block shows what this frame's do. */
#define EXPECTED_SHRINK 6

/* Past this, random bytes get a block of their own: in the text's last block they would spoil its
 * code for both. */
#define LARGE_BINARY_BYTES 4096

struct _AmendsFrameWriter
{
  char *feed; /* (nullable) */
  AmendsFrameMemory memory;
  GString *text;          /* not yet compressed */
  GByteArray *binary;     /* salts and digests */
  GByteArray *statements; /* after their count */
  guint n_statements;
  GByteArray *out;
  z_stream zlib;
  gsize n_text;         /* bytes of text so far, compressed or not */
  gsize n_text_covered; /* of which so many are in @out, about */
  gint64 logged_at_s;
  guint n_entries;
};

static void
deflate_bytes (AmendsFrameWriter *self, const guint8 *bytes, gsize n_bytes, int flush)
{
  guint8 buffer[16384];
  int code;

  self->zlib.next_in = (Bytef *) bytes;
  self->zlib.avail_in = (uInt) n_bytes;
  do
    {
      self->zlib.next_out = buffer;
      self->zlib.avail_out = sizeof buffer;
      code = deflate (&self->zlib, flush);
      g_assert (code != Z_STREAM_ERROR);
      g_byte_array_append (self->out, buffer, (guint) (sizeof buffer - self->zlib.avail_out));
    }
  while (self->zlib.avail_out == 0);
}

static void
deflate_text (AmendsFrameWriter *self, int flush)
{
  guint n_before = self->out->len;

  deflate_bytes (self, (const guint8 *) self->text->str, self->text->len, flush);
  g_string_truncate (self->text, 0);
  if (self->out->len > n_before)
    self->n_text_covered = self->n_text;
}

static void
append_number (GString *text, guint64 number)
{
  char digits[20];
  gsize at = sizeof digits;

  do
    {
      digits[--at] = (char) ('0' + number % 10);
      number /= 10;
    }
  while (number > 0);
  g_string_append_len (text, digits + at, (gssize) (sizeof digits - at));
}

static void
append_id (GString *text, const AmendsId *id)
{
  g_string_append (text, id->code);
  g_string_append_c (text, '.');
  append_number (text, id->number);
}

/* Ends the line that grew since @n_before. */
static void
end_line (AmendsFrameWriter *self, gsize n_before)
{
  g_string_append_c (self->text, '\n');
  self->n_text += self->text->len - n_before;
  if (self->text->len >= TEXT_STEP_BYTES)
    deflate_text (self, Z_NO_FLUSH);
}

/**
 * amends_frame_writer_new:
 * @feed: (nullable): the feed whose entries these are; %NULL going up
 * @first_position: of its first entry; 0 going up
 *
 * Returns: (transfer full): a writer
 */
AmendsFrameWriter *
amends_frame_writer_new (const char *feed, guint64 first_position)
{
  AmendsFrameWriter *self = g_new0 (AmendsFrameWriter, 1);
  int code;

  self->feed = g_strdup (feed);
  amends_frame_memory_init (&self->memory);
  self->text = g_string_sized_new (2 * TEXT_STEP_BYTES);
  self->binary = g_byte_array_new ();
  self->statements = g_byte_array_new ();
  self->out = g_byte_array_sized_new (FULL_COMPRESSED_BYTES);
  code = deflateInit2 (&self->zlib, COMPRESSION_LEVEL, Z_DEFLATED, AMENDS_FRAME_WINDOW_BITS, 8,
                       Z_DEFAULT_STRATEGY);
  g_assert (code == Z_OK);

  g_string_append (self->text, AMENDS_FRAME_WORD);
  if (feed != NULL)
    {
      g_string_append_c (self->text, '\t');
      g_string_append (self->text, feed);
      g_string_append_c (self->text, '\t');
      append_number (self->text, first_position);
    }
  end_line (self, 0);
  return self;
}

/**
 * amends_frame_writer_free:
 * @self: (nullable) (transfer full): a writer
 */
void
amends_frame_writer_free (AmendsFrameWriter *self)
{
  if (self == NULL)
    return;
  deflateEnd (&self->zlib);
  amends_frame_memory_clear (&self->memory);
  g_free (self->feed);
  g_string_free (self->text, TRUE);
  g_byte_array_unref (self->binary);
  g_byte_array_unref (self->statements);
  g_byte_array_unref (self->out);
  g_free (self);
}

static void
add_instant (AmendsFrameWriter *self, gint64 logged_at_s)
{
  gsize n_before = self->text->len;

  if (self->feed == NULL || logged_at_s == self->logged_at_s || logged_at_s <= 0)
    return;
  g_string_append_c (self->text, '@');
  append_number (self->text, (guint64) logged_at_s);
  end_line (self, n_before);
  self->logged_at_s = logged_at_s;
}

static void
append_after (AmendsFrameWriter *self, const AmendsEvent *event)
{
  const AmendsEvent *last;

  if (amends_id_equal (&event->id, &event->stream))
    return;
  if (event->n_after == 0)
    {
      g_string_append_c (self->text, '-');
      return;
    }
  last = g_hash_table_lookup (self->memory.last_events, &event->stream);
  if (event->n_after == 1 && last != NULL && amends_id_equal (&last->id, &event->after[0]))
    return;
  for (guint i = 0; i < event->n_after; i++)
    {
      if (i > 0)
        g_string_append_c (self->text, ',');
      append_id (self->text, &event->after[i]);
    }
}

/* The first four fields, each with its tab. */
static void
append_header (AmendsFrameWriter *self, const AmendsEvent *event)
{
  const AmendsEvent *before = self->memory.before;
  const char *feed_before = before != NULL ? before->feed : self->feed;
  GString *text = self->text;

  if (amends_frame_memory_next_number (&self->memory, event->id.code) != event->id.number)
    append_id (text, &event->id);
  else if (before == NULL || strcmp (before->id.code, event->id.code) != 0)
    g_string_append (text, event->id.code);
  g_string_append_c (text, '\t');

  if (feed_before == NULL || strcmp (feed_before, event->feed) != 0)
    g_string_append (text, event->feed);
  g_string_append_c (text, '\t');

  if (amends_id_equal (&event->stream, &event->id))
    g_string_append_c (text, '=');
  else if (before == NULL || !amends_id_equal (&before->stream, &event->stream))
    append_id (text, &event->stream);
  g_string_append_c (text, '\t');

  append_after (self, event);
  g_string_append_c (text, '\t');
}

static void
append_u32 (GByteArray *bytes, gsize number)
{
  const guint8 all[4] = { (guint8) (number >> 24), (guint8) (number >> 16), (guint8) (number >> 8),
                          (guint8) number };

  g_byte_array_append (bytes, all, sizeof all);
}

static void
append_box (AmendsFrameWriter *self, const AmendsEvent *event)
{
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (event->box, &n_bytes);

  g_string_append_c (self->text, AMENDS_FRAME_BOXED);
  g_byte_array_append (self->binary, event->body_hash, AMENDS_DIGEST_BYTES);
  append_u32 (self->binary, n_bytes);
  g_byte_array_append (self->binary, bytes, (guint) n_bytes);
}

static void
append_hash (AmendsFrameWriter *self, const AmendsEvent *event, char mark)
{
  guint8 body_hash[AMENDS_DIGEST_BYTES];

  amends_event_get_body_hash (event, body_hash);
  g_string_append_c (self->text, mark);
  g_byte_array_append (self->binary, body_hash, sizeof body_hash);
}

/**
 * amends_frame_writer_add_event:
 * @event: the next event; in its box if it is in one; with no body it is sent as erased, and proved if it is
 * @logged_at_s: when the server logged it, Unix seconds; 0 going up
 */
void
amends_frame_writer_add_event (AmendsFrameWriter *self,
                               const AmendsEvent *event,
                               gint64 logged_at_s)
{
  gsize n_before;

  add_instant (self, logged_at_s);
  n_before = self->text->len;
  append_header (self, event);
  if (event->body != NULL)
    {
      gsize n_bytes;
      const char *bytes = g_bytes_get_data (event->body, &n_bytes);

      g_string_append_len (self->text, bytes, (gssize) n_bytes);
      g_byte_array_append (self->binary, event->salt, AMENDS_SALT_BYTES);
    }
  else if (event->box != NULL)
    append_box (self, event);
  else if (amends_event_is_proved (event))
    append_hash (self, event, AMENDS_FRAME_BODILESS);
  else
    g_byte_array_append (self->binary, event->digest, AMENDS_DIGEST_BYTES);
  end_line (self, n_before);

  amends_frame_memory_add (&self->memory, event);
  self->n_entries++;
}

/**
 * amends_frame_writer_add_digest:
 * @event: an event of which only the digest goes: with what it proves, or under its id and feed where nothing proves them
 */
void
amends_frame_writer_add_digest (AmendsFrameWriter *self, const AmendsEvent *event)
{
  gboolean is_proved = amends_event_is_proved (event);
  g_autoptr (AmendsEvent) digest =
      is_proved ? amends_event_strip (event) : amends_entry_bare_event (event);
  gsize n_before = self->text->len;

  append_header (self, digest);
  if (is_proved)
    append_hash (self, digest, AMENDS_FRAME_HASH_ONLY);
  else
    {
      g_string_append_c (self->text, AMENDS_FRAME_DIGEST_ONLY);
      g_byte_array_append (self->binary, digest->digest, AMENDS_DIGEST_BYTES);
    }
  end_line (self, n_before);

  amends_frame_memory_add (&self->memory, digest);
  self->n_entries++;
}

/**
 * amends_frame_writer_add_own:
 * @first_number: the first of the asking device's own events
 * @count: how many of those that it wrote in this feed, from there
 * @logged_at_s: when the server logged the first, Unix seconds
 */
void
amends_frame_writer_add_own (AmendsFrameWriter *self,
                             guint64 first_number,
                             guint64 count,
                             gint64 logged_at_s)
{
  gsize n_before;

  add_instant (self, logged_at_s);
  n_before = self->text->len;
  g_string_append (self->text, "!own\t");
  append_number (self->text, first_number);
  g_string_append_c (self->text, '\t');
  append_number (self->text, count);
  end_line (self, n_before);
  self->n_entries++;
}

static void
add_mark (AmendsFrameWriter *self, const char *word, const AmendsId *id, gint64 logged_at_s)
{
  gsize n_before;

  add_instant (self, logged_at_s);
  n_before = self->text->len;
  g_string_append (self->text, word);
  append_id (self->text, id);
  end_line (self, n_before);
  self->n_entries++;
}

/**
 * amends_frame_writer_add_left:
 * @stream: the stream that left the feed
 * @logged_at_s: when, Unix seconds
 */
void
amends_frame_writer_add_left (AmendsFrameWriter *self, const AmendsId *stream, gint64 logged_at_s)
{
  add_mark (self, "!left\t", stream, logged_at_s);
}

/**
 * amends_frame_writer_add_erased:
 * @event: the event whose body was erased
 * @logged_at_s: when, Unix seconds
 */
void
amends_frame_writer_add_erased (AmendsFrameWriter *self, const AmendsId *event, gint64 logged_at_s)
{
  add_mark (self, "!erased\t", event, logged_at_s);
}

static void
append_u16 (GByteArray *bytes, gsize number)
{
  const guint8 both[2] = { (guint8) (number >> 8), (guint8) number };

  g_byte_array_append (bytes, both, sizeof both);
}

/**
 * amends_frame_writer_add_statement:
 * @statement: one that the entries let a reader check
 *
 * Returns: %FALSE, with nothing added, if the frame has no room for another
 */
gboolean
amends_frame_writer_add_statement (AmendsFrameWriter *self, const AmendsStatement *statement)
{
  g_autoptr (GBytes) bytes = amends_statement_to_bytes (statement);
  gsize n_bytes = g_bytes_get_size (bytes);

  if (self->n_statements == AMENDS_WIRE_MAX_STATEMENTS
      || self->statements->len + n_bytes + 2 > AMENDS_WIRE_MAX_STATEMENT_BYTES)
    return FALSE;
  append_u16 (self->statements, n_bytes);
  g_byte_array_append (self->statements, g_bytes_get_data (bytes, NULL), (guint) n_bytes);
  self->n_statements++;
  return TRUE;
}

/**
 * amends_frame_writer_is_full:
 *
 * Deflate gives its bytes out in blocks, so what it still holds is estimated from what it gave.
 * Returns: whether the next event begins a new frame: about 64 KiB compressed, or near the limit
 */
gboolean
amends_frame_writer_is_full (const AmendsFrameWriter *self)
{
  gsize n_held = self->n_text - self->n_text_covered;
  gsize n_bytes = self->out->len + self->binary->len + self->statements->len;

  if (self->n_text + self->binary->len >= FULL_RAW_BYTES)
    return TRUE;
  if (self->n_text_covered > TEXT_STEP_BYTES * 4)
    n_bytes += (gsize) ((guint64) n_held * self->out->len / self->n_text_covered);
  else
    n_bytes += n_held / EXPECTED_SHRINK;
  return n_bytes >= FULL_COMPRESSED_BYTES;
}

/**
 * amends_frame_writer_get_n_entries:
 *
 * Returns: how many entries were added; a run of own events is one
 */
guint
amends_frame_writer_get_n_entries (const AmendsFrameWriter *self)
{
  return self->n_entries;
}

/**
 * amends_frame_writer_finish:
 * @self: (transfer full): a writer
 * @feed_hash: (nullable): after the last entry; %NULL going up, but for a lost log: the chain before its first
 *
 * Returns: (transfer full): the frame, compressed
 */
GBytes *
amends_frame_writer_finish (AmendsFrameWriter *self, const AmendsDigest *feed_hash)
{
  static const AmendsDigest none = { { 0 } };
  g_autoptr (AmendsFrameWriter) owned = self;
  GByteArray *out;

  g_return_val_if_fail (feed_hash != NULL || self->feed == NULL, NULL);

  g_byte_array_append (self->binary, feed_hash != NULL ? feed_hash->bytes : none.bytes,
                       AMENDS_DIGEST_BYTES);
  append_u16 (self->binary, self->n_statements);
  g_byte_array_append (self->binary, self->statements->data, self->statements->len);

  g_string_append_c (self->text, '\n');
  deflate_text (self, self->binary->len > LARGE_BINARY_BYTES ? Z_BLOCK : Z_NO_FLUSH);
  deflate_bytes (self, self->binary->data, self->binary->len, Z_FINISH);

  out = g_steal_pointer (&self->out);
  self->out = g_byte_array_new ();
  return g_byte_array_free_to_bytes (out);
}
