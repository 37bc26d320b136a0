/* amends-wire-frame-read.c: frames, read (PROTOCOL.md 4)
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/amends-wire-private.h"

#include <string.h>
#include <zlib.h>

#include "core/amends-error.h"

/* Instants beyond the year 9999 have no text. */
#define MAX_INSTANT_S G_GINT64_CONSTANT (253402300799)

typedef struct
{
  AmendsFrame *frame;
  AmendsFrameMemory memory;
  const char *text; /* the next line */
  const char *text_end;
  const guint8 *binary; /* the next salt or digest */
  const guint8 *binary_end;
  gint64 logged_at_s;
  guint64 n_positions;
} Reader;

/* The gzip as bytes, whole, alone, and no more of them than a frame may have. */
static GByteArray *
inflate_frame (const guint8 *bytes, gsize n_bytes, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  z_stream zlib = { 0 };
  gsize n_out = 0;
  int code = inflateInit2 (&zlib, AMENDS_FRAME_WINDOW_BITS);

  g_assert (code == Z_OK);
  zlib.next_in = (Bytef *) bytes;
  zlib.avail_in = (uInt) n_bytes;
  g_byte_array_set_size (out, (guint) CLAMP (n_bytes * 8, 16384, AMENDS_WIRE_MAX_INFLATED_BYTES));
  while (code == Z_OK)
    {
      if (n_out == out->len)
        {
          if (out->len > AMENDS_WIRE_MAX_INFLATED_BYTES)
            break;
          /* One byte over the limit shows that a frame is over it. */
          g_byte_array_set_size (out, MIN (out->len * 2, AMENDS_WIRE_MAX_INFLATED_BYTES + 1));
        }
      zlib.next_out = out->data + n_out;
      zlib.avail_out = (uInt) (out->len - n_out);
      code = inflate (&zlib, Z_NO_FLUSH);
      n_out = (gsize) (zlib.next_out - out->data);
    }
  inflateEnd (&zlib);

  if (n_out > AMENDS_WIRE_MAX_INFLATED_BYTES)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_TOO_LARGE, "frame", NULL,
                        "A frame inflates to more than %d bytes", AMENDS_WIRE_MAX_INFLATED_BYTES);
      return NULL;
    }
  if (code != Z_STREAM_END || zlib.avail_in > 0)
    {
      amends_wire_invalid (error, "frame", "A frame is one gzip and nothing after it");
      return NULL;
    }
  g_byte_array_set_size (out, (guint) n_out);
  return g_steal_pointer (&out);
}

/* Digits of a number from 1 to 2^53, without leading zeroes. */
static gboolean
parse_number (const char *text, gsize n_bytes, guint64 *ret_number)
{
  guint64 number = 0;

  if (n_bytes < 1 || n_bytes > 16 || text[0] == '0')
    return FALSE;
  for (gsize i = 0; i < n_bytes; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      number = number * 10 + (guint64) (text[i] - '0');
    }
  *ret_number = number;
  return number <= AMENDS_ID_MAX_NUMBER;
}

/* Splits a line at its tabs into exactly @n_fields. */
static gboolean
split (const char *line, gsize n_bytes, const char **fields, gsize *lengths, guint n_fields)
{
  const char *end = line + n_bytes;

  for (guint i = 0; i < n_fields; i++)
    {
      const char *tab = memchr (line, '\t', (gsize) (end - line));

      if ((tab == NULL) != (i == n_fields - 1))
        return FALSE;
      fields[i] = line;
      lengths[i] = (gsize) ((tab != NULL ? tab : end) - line);
      line = tab != NULL ? tab + 1 : end;
    }
  return TRUE;
}

static gboolean
take_line (Reader *self, const char **ret_line, gsize *ret_n_bytes)
{
  const char *newline = memchr (self->text, '\n', (gsize) (self->text_end - self->text));

  /* A zero byte would cut a name short and be taken. */
  if (newline == NULL || memchr (self->text, '\0', (gsize) (newline - self->text)) != NULL)
    return FALSE;
  *ret_line = self->text;
  *ret_n_bytes = (gsize) (newline - self->text);
  self->text = newline + 1;
  return TRUE;
}

static const guint8 *
take_binary (Reader *self, gsize n_bytes)
{
  const guint8 *taken = self->binary;

  if ((gsize) (self->binary_end - self->binary) < n_bytes)
    return NULL;
  self->binary += n_bytes;
  return taken;
}

static gboolean
read_first_line (Reader *self, GError **error)
{
  const char *fields[3];
  gsize lengths[3];
  const char *line;
  gsize n_bytes;

  if (!take_line (self, &line, &n_bytes))
    return amends_wire_invalid (error, "frame", "A frame begins with its name");
  if (n_bytes == strlen (AMENDS_FRAME_WORD) && memcmp (line, AMENDS_FRAME_WORD, n_bytes) == 0)
    return TRUE;
  if (!split (line, n_bytes, fields, lengths, 3) || lengths[0] != strlen (AMENDS_FRAME_WORD)
      || memcmp (fields[0], AMENDS_FRAME_WORD, lengths[0]) != 0
      || !parse_number (fields[2], lengths[2], &self->frame->first_position))
    return amends_wire_invalid (error, "frame",
                                "A frame begins with its name, and a feed and a position");

  self->frame->feed = g_strndup (fields[1], lengths[1]);
  if (!amends_feed_is_valid (self->frame->feed))
    return amends_wire_invalid (error, "frame", "A frame has no such feed");
  return TRUE;
}

static gboolean
read_id (const Reader *self, const char *text, gsize n_bytes, AmendsId *ret_id)
{
  char code[5] = { 0 };

  if (n_bytes == 0)
    {
      if (self->memory.before == NULL)
        return FALSE;
      memcpy (code, self->memory.before->id.code, sizeof code);
    }
  else if (n_bytes < sizeof code && memchr (text, '.', n_bytes) == NULL)
    memcpy (code, text, n_bytes);
  else
    return amends_id_parse_len (text, n_bytes, ret_id);

  /* No number follows a code that this frame does not have yet: it is 0, which is no id. */
  return amends_id_init (ret_id, code, amends_frame_memory_next_number (&self->memory, code));
}

/* @buffer takes a feed in full. Returns: (nullable): the feed */
static const char *
read_feed (const Reader *self,
           const char *text,
           gsize n_bytes,
           char buffer[AMENDS_FEED_MAX_BYTES + 1])
{
  if (n_bytes == 0)
    return self->memory.before != NULL ? self->memory.before->feed : self->frame->feed;
  if (n_bytes > AMENDS_FEED_MAX_BYTES)
    return NULL;
  memcpy (buffer, text, n_bytes);
  buffer[n_bytes] = '\0';
  return buffer;
}

static gboolean
read_stream (const Reader *self,
             const char *text,
             gsize n_bytes,
             const AmendsId *id,
             AmendsId *ret_stream)
{
  if (n_bytes > 0 && text[0] != '=')
    return amends_id_parse_len (text, n_bytes, ret_stream);
  if (n_bytes > 1 || (n_bytes == 0 && self->memory.before == NULL))
    return FALSE;
  *ret_stream = n_bytes == 1 ? *id : self->memory.before->stream;
  return TRUE;
}

/* @single takes one id that stands for what was elided. Returns: (nullable): the ids, of which
 * @ret_owned is to be freed. */
static const AmendsId *
read_after (const Reader *self,
            const char *text,
            gsize n_bytes,
            const AmendsId *id,
            const AmendsId *stream,
            AmendsId **ret_owned,
            guint *ret_n_after)
{
  const AmendsEvent *last;

  *ret_n_after = 0;
  if ((n_bytes == 1 && text[0] == '-') || (n_bytes == 0 && amends_id_equal (id, stream)))
    return id;
  if (n_bytes > 0)
    return *ret_owned = amends_after_parse (text, n_bytes, ret_n_after, NULL);
  last = g_hash_table_lookup (self->memory.last_events, stream);
  if (last == NULL)
    return NULL;
  *ret_n_after = 1;
  return &last->id;
}

/* What stands in the place of a body that is not there: nothing, or one character. */
static gboolean
is_mark (const char *text, gsize n_bytes, char mark)
{
  return n_bytes == 1 && text[0] == mark;
}

static AmendsEvent *
read_boxed (Reader *self,
            const AmendsId *id,
            const char *feed,
            const AmendsId *stream,
            const AmendsId *after,
            guint n_after,
            GError **error)
{
  const guint8 *head = take_binary (self, AMENDS_DIGEST_BYTES + 4);
  const guint8 *length = head != NULL ? head + AMENDS_DIGEST_BYTES : NULL;
  const guint8 *bytes;
  g_autoptr (GBytes) box = NULL;
  gsize n_bytes = length != NULL ? (gsize) length[0] << 24 | (gsize) length[1] << 16
                                       | (gsize) length[2] << 8 | length[3]
                                 : 0;

  bytes = take_binary (self, n_bytes);
  if (head == NULL || bytes == NULL)
    {
      amends_wire_invalid (error, "frame", "A frame ends before a sealed record");
      return NULL;
    }
  if (self->frame->feed != NULL)
    {
      amends_wire_invalid (error, "frame", "A frame of a feed holds no sealed records");
      return NULL;
    }
  box = g_bytes_new (bytes, n_bytes);
  return amends_event_new_boxed (id, feed, stream, after, n_after, head, box, error);
}

static AmendsEvent *
read_body (Reader *self,
           const char *text,
           gsize n_bytes,
           const AmendsId *id,
           const char *feed,
           const AmendsId *stream,
           const AmendsId *after,
           guint n_after,
           GError **error)
{
  gboolean has_hash = is_mark (text, n_bytes, AMENDS_FRAME_HASH_ONLY)
                      || is_mark (text, n_bytes, AMENDS_FRAME_BODILESS);
  gboolean has_body =
      n_bytes > 0 && !has_hash && !is_mark (text, n_bytes, AMENDS_FRAME_DIGEST_ONLY);
  g_autoptr (GBytes) body = NULL;
  const guint8 *binary;

  if (is_mark (text, n_bytes, AMENDS_FRAME_BOXED))
    return read_boxed (self, id, feed, stream, after, n_after, error);
  binary = take_binary (self, has_body ? AMENDS_SALT_BYTES : AMENDS_DIGEST_BYTES);
  if (binary == NULL)
    {
      amends_wire_invalid (error, "frame", "A frame lacks salts or digests");
      return NULL;
    }
  if (has_hash)
    return amends_event_new_bodiless (id, feed, stream, after, n_after, binary, error);
  if (!has_body)
    return amends_event_new_erased (id, feed, stream, after, n_after, binary, error);
  body = g_bytes_new (text, n_bytes);
  return amends_event_new (id, feed, stream, after, n_after, binary, body, error);
}

static gboolean
read_event (Reader *self, const char *line, gsize n_bytes, GError **error)
{
  const char *fields[5];
  gsize lengths[5];
  char buffer[AMENDS_FEED_MAX_BYTES + 1];
  g_autofree AmendsId *owned = NULL;
  const AmendsId *after;
  AmendsEntry entry = { .logged_at_s = self->logged_at_s };
  AmendsId id, stream;
  const char *feed;
  guint n_after;

  if (!split (line, n_bytes, fields, lengths, 5))
    return amends_wire_invalid (error, "frame", "An event is five fields between tabs");
  if (!read_id (self, fields[0], lengths[0], &id))
    return amends_wire_invalid (error, "frame", "The id of an event cannot be read");
  feed = read_feed (self, fields[1], lengths[1], buffer);
  if (feed == NULL)
    return amends_wire_invalid (error, "frame", "The feed of an event cannot be read");
  if (!read_stream (self, fields[2], lengths[2], &id, &stream))
    return amends_wire_invalid (error, "frame", "The stream of an event cannot be read");
  after = read_after (self, fields[3], lengths[3], &id, &stream, &owned, &n_after);
  if (after == NULL)
    return amends_wire_invalid (error, "frame", "What an event comes after cannot be read");

  entry.event = read_body (self, fields[4], lengths[4], &id, feed, &stream, after, n_after, error);
  if (entry.event == NULL)
    return FALSE;
  entry.kind = is_mark (fields[4], lengths[4], AMENDS_FRAME_DIGEST_ONLY)
                       || is_mark (fields[4], lengths[4], AMENDS_FRAME_HASH_ONLY)
                   ? AMENDS_ENTRY_DIGEST
                   : AMENDS_ENTRY_EVENT;
  entry.id = id;
  entry.count = entry.kind == AMENDS_ENTRY_EVENT ? 1 : 0;
  self->n_positions += entry.count;
  g_array_append_val (self->frame->entries, entry);
  amends_frame_memory_add (&self->memory, entry.event);
  return TRUE;
}

static gboolean
read_mark (Reader *self, const char *line, gsize n_bytes, GError **error)
{
  AmendsEntry entry = { .logged_at_s = self->logged_at_s, .count = 1 };
  const char *fields[3];
  gsize lengths[3];
  gboolean known = FALSE;

  if (split (line, n_bytes, fields, lengths, 3))
    {
      entry.kind = AMENDS_ENTRY_OWN;
      known = lengths[0] == 4 && memcmp (fields[0], "!own", 4) == 0
              && parse_number (fields[1], lengths[1], &entry.first_number)
              && parse_number (fields[2], lengths[2], &entry.count);
    }
  else if (split (line, n_bytes, fields, lengths, 2)
           && amends_id_parse_len (fields[1], lengths[1], &entry.id))
    {
      entry.kind = lengths[0] == 5 ? AMENDS_ENTRY_LEFT : AMENDS_ENTRY_ERASED;
      known = (lengths[0] == 5 && memcmp (fields[0], "!left", 5) == 0)
              || (lengths[0] == 7 && memcmp (fields[0], "!erased", 7) == 0);
    }
  if (!known)
    return amends_wire_invalid (error, "frame", "A frame has an entry of no known kind");
  if (self->frame->feed == NULL)
    return amends_wire_invalid (error, "frame", "A frame without a feed has only events");
  self->n_positions += entry.count;
  if (self->frame->first_position + self->n_positions - 1 > AMENDS_ID_MAX_NUMBER)
    return amends_wire_invalid (error, "frame", "A frame goes beyond the last position there is");
  g_array_append_val (self->frame->entries, entry);
  return TRUE;
}

static gboolean
read_instant (Reader *self, const char *line, gsize n_bytes, GError **error)
{
  guint64 seconds = 0;

  if (self->frame->feed == NULL || !parse_number (line + 1, n_bytes - 1, &seconds)
      || seconds > (guint64) MAX_INSTANT_S)
    return amends_wire_invalid (error, "frame",
                                "An instant is @ and Unix seconds, in a frame with a feed");
  self->logged_at_s = (gint64) seconds;
  return TRUE;
}

/* A part of a log that the server lost: its own events, none left out, the bodies first. */
static gboolean
check_lost (const AmendsFrame *frame, GError **error)
{
  const GArray *entries = frame->entries;
  guint n_bodies = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const AmendsEntry *entry = &g_array_index (entries, AmendsEntry, i);
      const AmendsEvent *event = entry->event;

      if (!g_str_equal (event->id.code, "0") || !g_str_equal (event->feed, "ctl")
          || event->id.number != g_array_index (entries, AmendsEntry, 0).id.number + i)
        return amends_wire_invalid (error, "frame", "A lost log has the server's events, in order");
      if (entry->kind != AMENDS_ENTRY_EVENT)
        continue;
      if (event->body == NULL || n_bodies != i || ++n_bodies > AMENDS_WIRE_MAX_LOST)
        return amends_wire_invalid (error, "frame",
                                    "A lost log has at most %d bodies, and then digests",
                                    AMENDS_WIRE_MAX_LOST);
    }
  return n_bodies > 0 || amends_wire_invalid (error, "frame", "A lost log has no body");
}

static gboolean
read_feed_hash (Reader *self, const guint8 *bytes, GError **error)
{
  static const AmendsDigest none = { { 0 } };
  AmendsFrame *frame = self->frame;

  memcpy (frame->feed_hash.bytes, bytes, AMENDS_DIGEST_BYTES);
  frame->is_lost = frame->feed == NULL && memcmp (bytes, none.bytes, AMENDS_DIGEST_BYTES) != 0;
  return !frame->is_lost || check_lost (frame, error);
}

static gboolean
read_statements (Reader *self, GError **error)
{
  const guint8 *bytes = take_binary (self, AMENDS_DIGEST_BYTES + 2);
  guint count;

  if (bytes == NULL)
    return amends_wire_invalid (error, "frame", "A frame ends before its feed hash");
  if (!read_feed_hash (self, bytes, error))
    return FALSE;

  count = (guint) bytes[AMENDS_DIGEST_BYTES] << 8 | bytes[AMENDS_DIGEST_BYTES + 1];
  if (count > AMENDS_WIRE_MAX_STATEMENTS)
    return amends_wire_invalid (error, "frame", "A frame has more than %d statements",
                                AMENDS_WIRE_MAX_STATEMENTS);
  if (self->frame->is_lost && count != 1)
    return amends_wire_invalid (error, "frame", "A lost log has one statement");
  for (guint i = 0; i < count; i++)
    {
      const guint8 *length = take_binary (self, 2);
      gsize n_bytes = length != NULL ? (gsize) length[0] << 8 | length[1] : 0;
      AmendsStatement *statement;

      bytes = take_binary (self, n_bytes);
      if (length == NULL || bytes == NULL)
        return amends_wire_invalid (error, "frame", "A frame ends before its statements");
      statement = amends_statement_from_bytes (bytes, n_bytes, error);
      if (statement == NULL)
        return FALSE;
      g_ptr_array_add (self->frame->statements, statement);
    }
  if (self->binary != self->binary_end)
    return amends_wire_invalid (error, "frame", "A frame goes on after its statements");
  return TRUE;
}

static gboolean
read_parts (Reader *self, GError **error)
{
  const char *line;
  gsize n_bytes;
  guint n_lines = 1;

  if (!read_first_line (self, error))
    return FALSE;
  for (; take_line (self, &line, &n_bytes) && n_bytes > 0; n_lines++)
    {
      gboolean read;

      if (line[0] == '!')
        read = read_mark (self, line, n_bytes, error);
      else if (line[0] == '@')
        read = read_instant (self, line, n_bytes, error);
      else
        read = read_event (self, line, n_bytes, error);
      if (!read)
        {
          g_prefix_error (error, "Line %u of a frame: ", n_lines + 1);
          return FALSE;
        }
    }
  if (self->text != self->text_end)
    return amends_wire_invalid (error, "frame", "A line of a frame holds a zero byte");
  return read_statements (self, error);
}

/**
 * amends_frame_read:
 * @bytes: a frame as it came, compressed
 * @n_bytes: its length
 *
 * Checks the shape of everything, and no hash or signature: those need a log.
 *
 * Source: PROTOCOL.md 4.
 * Errors: %AMENDS_CORE_ERROR_INVALID, %AMENDS_CORE_ERROR_TOO_LARGE.
 * Returns: (transfer full): the frame
 */
AmendsFrame *
amends_frame_read (const guint8 *bytes, gsize n_bytes, GError **error)
{
  g_autoptr (AmendsFrame) frame = NULL;
  g_autoptr (GByteArray) raw = NULL;
  Reader reader = { 0 };
  const char *end;
  gboolean read;

  if (n_bytes > AMENDS_WIRE_MAX_FRAME_BYTES)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_TOO_LARGE, "frame", NULL,
                        "A frame has more than %d bytes", AMENDS_WIRE_MAX_FRAME_BYTES);
      return NULL;
    }
  raw = inflate_frame (bytes, n_bytes, error);
  if (raw == NULL)
    return NULL;

  /* No line but the last is empty. */
  end = memmem (raw->data, raw->len, "\n\n", 2);
  if (end == NULL)
    {
      amends_wire_invalid (error, "frame", "The text of a frame does not end");
      return NULL;
    }
  frame = amends_frame_new ();
  reader.frame = frame;
  reader.text = (const char *) raw->data;
  reader.text_end = end + 2;
  reader.binary = (const guint8 *) reader.text_end;
  reader.binary_end = raw->data + raw->len;
  amends_frame_memory_init (&reader.memory);
  read = read_parts (&reader, error);
  amends_frame_memory_clear (&reader.memory);
  return read ? g_steal_pointer (&frame) : NULL;
}
