/* amends-wire-frame.c: frames, written and read (PROTOCOL.md 4)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text first, binary after: what compresses stands together. Reader and writer keep the same small
 * memory of a frame, from which each elided field is known: the event entry before, the last number
 * of each code, the last event of each stream. */

#include "sync/amends-wire.h"

#include <sodium.h>
#include <string.h>
#include <zlib.h>

#include "core/amends-error.h"

#define FRAME_WORD "amends-frame-1"
#define COMPRESSION_LEVEL 6
#define GZIP_WINDOW_BITS (15 + 16) /* zlib's way to ask for gzip */

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

/* Instants beyond the year 9999 have no text. */
#define MAX_INSTANT_S G_GINT64_CONSTANT (253402300799)

/* Memory of the entries before. */
typedef struct
{
  AmendsEvent *before;     /* (nullable) (owned) the event entry before */
  GHashTable *numbers;     /* code packed in an integer -> guint64 *, the last number */
  GHashTable *last_events; /* AmendsId * of a stream -> AmendsEvent *, which owns that id */
} Memory;

static void
memory_init (Memory *self)
{
  self->before = NULL;
  self->numbers = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->last_events = g_hash_table_new_full (amends_id_hash, amends_id_equal, NULL,
                                             (GDestroyNotify) amends_event_unref);
}

static void
memory_clear (Memory *self)
{
  g_clear_pointer (&self->before, amends_event_unref);
  g_clear_pointer (&self->numbers, g_hash_table_unref);
  g_clear_pointer (&self->last_events, g_hash_table_unref);
}

static gpointer
pack_code (const char *code)
{
  guint packed = 0;

  for (const char *c = code; *c != '\0'; c++)
    packed = packed << 8 | (guint8) *c;
  return GUINT_TO_POINTER (packed);
}

/* The number that the next event of @code has if it is the one after, or 0 if this is its first. */
static guint64
memory_next_number (const Memory *self, const char *code)
{
  const guint64 *last = g_hash_table_lookup (self->numbers, pack_code (code));

  return last != NULL ? *last + 1 : 0;
}

static void
memory_add (Memory *self, const AmendsEvent *event)
{
  AmendsEvent *last = amends_event_ref ((AmendsEvent *) event);
  guint64 *number = g_hash_table_lookup (self->numbers, pack_code (event->id.code));

  if (number == NULL)
    {
      number = g_new (guint64, 1);
      g_hash_table_insert (self->numbers, pack_code (event->id.code), number);
    }
  *number = event->id.number;

  g_hash_table_replace (self->last_events, &last->stream, last);
  g_clear_pointer (&self->before, amends_event_unref);
  self->before = amends_event_ref (last);
}

/**
 * amends_entry_digest:
 * @self: an entry that is not %AMENDS_ENTRY_OWN: those digests are in the device's own log
 * @ret_digest: (out): what the feed hash takes in
 */
void
amends_entry_digest (const AmendsEntry *self, AmendsDigest *ret_digest)
{
  const char *domain = self->kind == AMENDS_ENTRY_LEFT ? "amends-left-1" : "amends-erased-1";
  crypto_generichash_state state;
  char id[AMENDS_ID_BUFFER];

  g_return_if_fail (self->kind != AMENDS_ENTRY_OWN);

  if (self->event != NULL)
    {
      memcpy (ret_digest->bytes, self->event->digest, sizeof ret_digest->bytes);
      return;
    }
  amends_id_format_to (&self->id, id);
  crypto_generichash_init (&state, NULL, 0, sizeof ret_digest->bytes);
  crypto_generichash_update (&state, (const guint8 *) domain, strlen (domain));
  crypto_generichash_update (&state, (const guint8 *) id, strlen (id));
  crypto_generichash_final (&state, ret_digest->bytes, sizeof ret_digest->bytes);
}

/* Writing. */

struct _AmendsFrameWriter
{
  char *feed; /* (nullable) */
  Memory memory;
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
  memory_init (&self->memory);
  self->text = g_string_sized_new (2 * TEXT_STEP_BYTES);
  self->binary = g_byte_array_new ();
  self->statements = g_byte_array_new ();
  self->out = g_byte_array_sized_new (FULL_COMPRESSED_BYTES);
  code = deflateInit2 (&self->zlib, COMPRESSION_LEVEL, Z_DEFLATED, GZIP_WINDOW_BITS, 8,
                       Z_DEFAULT_STRATEGY);
  g_assert (code == Z_OK);

  g_string_append (self->text, FRAME_WORD);
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
  memory_clear (&self->memory);
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

  if (memory_next_number (&self->memory, event->id.code) != event->id.number)
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

/**
 * amends_frame_writer_add_event:
 * @event: the next event; with no body it is sent as erased
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
  else
    g_byte_array_append (self->binary, event->digest, AMENDS_DIGEST_BYTES);
  end_line (self, n_before);

  memory_add (&self->memory, event);
  self->n_entries++;
}

/**
 * amends_frame_writer_add_digest:
 * @event: an event of which only the digest goes
 */
void
amends_frame_writer_add_digest (AmendsFrameWriter *self, const AmendsEvent *event)
{
  gsize n_before = self->text->len;

  append_header (self, event);
  g_string_append_c (self->text, '~');
  g_byte_array_append (self->binary, event->digest, AMENDS_DIGEST_BYTES);
  end_line (self, n_before);

  memory_add (&self->memory, event);
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
 * @feed_hash: (nullable): after the last entry; %NULL going up
 *
 * Returns: (transfer full): the frame, compressed
 */
GBytes *
amends_frame_writer_finish (AmendsFrameWriter *self, const AmendsDigest *feed_hash)
{
  static const AmendsDigest none = { { 0 } };
  g_autoptr (AmendsFrameWriter) owned = self;
  GByteArray *out;

  g_return_val_if_fail ((feed_hash != NULL) == (self->feed != NULL), NULL);

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

/* Reading. */

typedef struct
{
  AmendsFrame *frame;
  Memory memory;
  const char *text; /* the next line */
  const char *text_end;
  const guint8 *binary; /* the next salt or digest */
  const guint8 *binary_end;
  gint64 logged_at_s;
  guint64 n_positions;
} Reader;

static gboolean G_GNUC_PRINTF (2, 3) invalid (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "frame", NULL, "%s", message);
  return FALSE;
}

static void
clear_entry (gpointer data)
{
  AmendsEntry *entry = data;

  g_clear_pointer (&entry->event, amends_event_unref);
}

static AmendsFrame *
frame_new (void)
{
  AmendsFrame *self = g_new0 (AmendsFrame, 1);

  self->entries = g_array_new (FALSE, TRUE, sizeof (AmendsEntry));
  g_array_set_clear_func (self->entries, clear_entry);
  self->statements = g_ptr_array_new_with_free_func ((GDestroyNotify) amends_statement_free);
  return self;
}

/**
 * amends_frame_free:
 * @self: (nullable) (transfer full): a frame
 */
void
amends_frame_free (AmendsFrame *self)
{
  if (self == NULL)
    return;
  g_free (self->feed);
  g_array_unref (self->entries);
  g_ptr_array_unref (self->statements);
  g_free (self);
}

/* The gzip as bytes, whole, alone, and no more of them than a frame may have. */
static GByteArray *
inflate_frame (const guint8 *bytes, gsize n_bytes, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  z_stream zlib = { 0 };
  gsize n_out = 0;
  int code = inflateInit2 (&zlib, GZIP_WINDOW_BITS);

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
      invalid (error, "A frame is one gzip and nothing after it");
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
    return invalid (error, "A frame begins with its name");
  if (n_bytes == strlen (FRAME_WORD) && memcmp (line, FRAME_WORD, n_bytes) == 0)
    return TRUE;
  if (!split (line, n_bytes, fields, lengths, 3) || lengths[0] != strlen (FRAME_WORD)
      || memcmp (fields[0], FRAME_WORD, lengths[0]) != 0
      || !parse_number (fields[2], lengths[2], &self->frame->first_position))
    return invalid (error, "A frame begins with its name, and a feed and a position");

  self->frame->feed = g_strndup (fields[1], lengths[1]);
  if (!amends_feed_is_valid (self->frame->feed))
    return invalid (error, "A frame has no such feed");
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
  return amends_id_init (ret_id, code, memory_next_number (&self->memory, code));
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
  gboolean has_body = n_bytes > 1 || (n_bytes == 1 && text[0] != '~');
  const guint8 *binary = take_binary (self, has_body ? AMENDS_SALT_BYTES : AMENDS_DIGEST_BYTES);
  g_autoptr (GBytes) body = NULL;

  if (binary == NULL)
    {
      invalid (error, "A frame lacks salts or digests");
      return NULL;
    }
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
    return invalid (error, "An event is five fields between tabs");
  if (!read_id (self, fields[0], lengths[0], &id))
    return invalid (error, "The id of an event cannot be read");
  feed = read_feed (self, fields[1], lengths[1], buffer);
  if (feed == NULL)
    return invalid (error, "The feed of an event cannot be read");
  if (!read_stream (self, fields[2], lengths[2], &id, &stream))
    return invalid (error, "The stream of an event cannot be read");
  after = read_after (self, fields[3], lengths[3], &id, &stream, &owned, &n_after);
  if (after == NULL)
    return invalid (error, "What an event comes after cannot be read");

  entry.event = read_body (self, fields[4], lengths[4], &id, feed, &stream, after, n_after, error);
  if (entry.event == NULL)
    return FALSE;
  entry.kind = lengths[4] == 1 ? AMENDS_ENTRY_DIGEST : AMENDS_ENTRY_EVENT;
  entry.id = id;
  entry.count = entry.kind == AMENDS_ENTRY_EVENT ? 1 : 0;
  self->n_positions += entry.count;
  g_array_append_val (self->frame->entries, entry);
  memory_add (&self->memory, entry.event);
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
    return invalid (error, "A frame has an entry of no known kind");
  if (self->frame->feed == NULL)
    return invalid (error, "A frame without a feed has only events");
  self->n_positions += entry.count;
  if (self->frame->first_position + self->n_positions - 1 > AMENDS_ID_MAX_NUMBER)
    return invalid (error, "A frame goes beyond the last position there is");
  g_array_append_val (self->frame->entries, entry);
  return TRUE;
}

static gboolean
read_instant (Reader *self, const char *line, gsize n_bytes, GError **error)
{
  guint64 seconds = 0;

  if (self->frame->feed == NULL || !parse_number (line + 1, n_bytes - 1, &seconds)
      || seconds > (guint64) MAX_INSTANT_S)
    return invalid (error, "An instant is @ and Unix seconds, in a frame with a feed");
  self->logged_at_s = (gint64) seconds;
  return TRUE;
}

static gboolean
read_statements (Reader *self, GError **error)
{
  const guint8 *bytes = take_binary (self, AMENDS_DIGEST_BYTES + 2);
  static const AmendsDigest none = { { 0 } };
  guint count;

  if (bytes == NULL)
    return invalid (error, "A frame ends before its feed hash");
  memcpy (self->frame->feed_hash.bytes, bytes, AMENDS_DIGEST_BYTES);
  if (self->frame->feed == NULL && memcmp (bytes, none.bytes, AMENDS_DIGEST_BYTES) != 0)
    return invalid (error, "A frame without a feed has no feed hash");

  count = (guint) bytes[AMENDS_DIGEST_BYTES] << 8 | bytes[AMENDS_DIGEST_BYTES + 1];
  if (count > AMENDS_WIRE_MAX_STATEMENTS)
    return invalid (error, "A frame has more than %d statements", AMENDS_WIRE_MAX_STATEMENTS);
  for (guint i = 0; i < count; i++)
    {
      const guint8 *length = take_binary (self, 2);
      gsize n_bytes = length != NULL ? (gsize) length[0] << 8 | length[1] : 0;
      AmendsStatement *statement;

      bytes = take_binary (self, n_bytes);
      if (length == NULL || bytes == NULL)
        return invalid (error, "A frame ends before its statements");
      statement = amends_statement_from_bytes (bytes, n_bytes, error);
      if (statement == NULL)
        return FALSE;
      g_ptr_array_add (self->frame->statements, statement);
    }
  if (self->binary != self->binary_end)
    return invalid (error, "A frame goes on after its statements");
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
    return invalid (error, "A line of a frame holds a zero byte");
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
      invalid (error, "The text of a frame does not end");
      return NULL;
    }
  frame = frame_new ();
  reader.frame = frame;
  reader.text = (const char *) raw->data;
  reader.text_end = end + 2;
  reader.binary = (const guint8 *) reader.text_end;
  reader.binary_end = raw->data + raw->len;
  memory_init (&reader.memory);
  read = read_parts (&reader, error);
  memory_clear (&reader.memory);
  return read ? g_steal_pointer (&frame) : NULL;
}
