/* test-wire-frame.c: frames, both ways and refused
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/amends-wire.h"

#include <sodium.h>
#include <string.h>
#include <zlib.h>

#include "core/amends-error.h"

#define N_RANDOM_FRAMES 200

static AmendsEvent *
make_event (const char *id_text,
            const char *feed,
            const char *stream_text,
            const char *after_text,
            const char *body_text)
{
  static const guint8 salt[AMENDS_SALT_BYTES] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_bytes_new (body_text, strlen (body_text));
  g_autofree AmendsId *after = NULL;
  AmendsEvent *event;
  AmendsId id, stream;
  guint n_after;

  g_assert_true (amends_id_parse (id_text, &id, NULL));
  g_assert_true (amends_id_parse (stream_text, &stream, NULL));
  after = amends_after_parse (after_text, strlen (after_text), &n_after, NULL);
  event = amends_event_new (&id, feed, &stream, after, n_after, salt, body, &error);
  g_assert_no_error (error);
  return event;
}

static GBytes *
compress_raw (const guint8 *bytes, gsize n_bytes)
{
  z_stream zlib = { 0 };
  gsize n_max;
  guint8 *out;

  g_assert_cmpint (deflateInit2 (&zlib, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
  n_max = deflateBound (&zlib, n_bytes);
  out = g_malloc (n_max);
  zlib.next_in = (Bytef *) bytes;
  zlib.avail_in = (uInt) n_bytes;
  zlib.next_out = out;
  zlib.avail_out = (uInt) n_max;
  g_assert_cmpint (deflate (&zlib, Z_FINISH), ==, Z_STREAM_END);
  n_max = zlib.total_out;
  deflateEnd (&zlib);
  return g_bytes_new_take (out, n_max);
}

static GByteArray *
inflate_raw (GBytes *frame)
{
  GByteArray *out = g_byte_array_new ();
  z_stream zlib = { 0 };
  gsize n_bytes;

  g_byte_array_set_size (out, AMENDS_WIRE_MAX_INFLATED_BYTES);
  g_assert_cmpint (inflateInit2 (&zlib, 31), ==, Z_OK);
  zlib.next_in = (Bytef *) g_bytes_get_data (frame, &n_bytes);
  zlib.avail_in = (uInt) n_bytes;
  zlib.next_out = out->data;
  zlib.avail_out = out->len;
  g_assert_cmpint (inflate (&zlib, Z_FINISH), ==, Z_STREAM_END);
  g_byte_array_set_size (out, (guint) zlib.total_out);
  inflateEnd (&zlib);
  return out;
}

static AmendsFrame *
read_frame (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  AmendsFrame *frame =
      amends_frame_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);

  g_assert_no_error (error);
  return frame;
}

static void
assert_same_event (const AmendsEvent *a, const AmendsEvent *b)
{
  g_autofree char *a_header = amends_event_format_header (a);
  g_autofree char *b_header = amends_event_format_header (b);

  g_assert_cmpstr (a_header, ==, b_header);
  g_assert_cmpmem (a->digest, sizeof a->digest, b->digest, sizeof b->digest);
  g_assert_true ((a->body != NULL) == (b->body != NULL));
  g_assert_true ((a->box != NULL) == (b->box != NULL));
  if (a->box != NULL)
    {
      g_assert_true (g_bytes_equal (a->box, b->box));
      g_assert_cmpmem (a->body_hash, sizeof a->body_hash, b->body_hash, sizeof b->body_hash);
    }
  if (a->body != NULL)
    {
      g_assert_true (g_bytes_equal (a->body, b->body));
      g_assert_cmpmem (a->salt, sizeof a->salt, b->salt, sizeof b->salt);
    }
}

static void
assert_same_entry (const AmendsEntry *a, const AmendsEntry *b)
{
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->logged_at_s, ==, b->logged_at_s);
  g_assert_cmpuint (a->count, ==, b->count);
  g_assert_cmpuint (a->first_number, ==, b->first_number);
  if (a->event != NULL)
    assert_same_event (a->event, b->event);
  else if (a->kind != AMENDS_ENTRY_OWN)
    g_assert_true (amends_id_equal (&a->id, &b->id));
}

static GBytes *
write_frame (const AmendsFrame *frame)
{
  AmendsFrameWriter *writer = amends_frame_writer_new (frame->feed, frame->first_position);

  for (guint i = 0; i < frame->entries->len; i++)
    {
      const AmendsEntry *entry = &g_array_index (frame->entries, AmendsEntry, i);

      switch (entry->kind)
        {
        case AMENDS_ENTRY_EVENT:
          amends_frame_writer_add_event (writer, entry->event, entry->logged_at_s);
          break;
        case AMENDS_ENTRY_DIGEST:
          amends_frame_writer_add_digest (writer, entry->event);
          break;
        case AMENDS_ENTRY_OWN:
          amends_frame_writer_add_own (writer, entry->first_number, entry->count,
                                       entry->logged_at_s);
          break;
        case AMENDS_ENTRY_LEFT:
          amends_frame_writer_add_left (writer, &entry->id, entry->logged_at_s);
          break;
        case AMENDS_ENTRY_ERASED:
          amends_frame_writer_add_erased (writer, &entry->id, entry->logged_at_s);
          break;
        }
    }
  for (guint i = 0; i < frame->statements->len; i++)
    g_assert_true (amends_frame_writer_add_statement (writer, frame->statements->pdata[i]));
  g_assert_cmpuint (amends_frame_writer_get_n_entries (writer), ==, frame->entries->len);
  return amends_frame_writer_finish (writer, frame->feed != NULL ? &frame->feed_hash : NULL);
}

/* Random frames: few codes, streams and feeds, so that every elision is taken and missed. */

static void
random_id (GRand *rand, AmendsId *ret_id)
{
  static const char *const codes[] = { "7K", "3F", "8MX", "ZZZ9", "0" };

  amends_id_init (ret_id, codes[g_rand_int_range (rand, 0, G_N_ELEMENTS (codes))],
                  (guint64) g_rand_int_range (rand, 1, 9));
}

static void
random_bytes (GRand *rand, guint8 *bytes, gsize n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    bytes[i] = (guint8) g_rand_int_range (rand, 0, 256);
}

static AmendsEvent *
random_event (GRand *rand, gboolean has_body)
{
  static const char *const feeds[] = { "ctl", "s.oak", "r.oak", "org" };
  const char *feed = feeds[g_rand_int_range (rand, 0, G_N_ELEMENTS (feeds))];
  g_autofree char *text =
      g_strdup_printf ("{\"text\":\"%*d\"}", g_rand_int_range (rand, 1, 300), 7);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  guint8 salt[AMENDS_SALT_BYTES];
  guint8 digest[AMENDS_DIGEST_BYTES];
  AmendsId id, stream;
  AmendsId after[3];
  guint n_after = (guint) g_rand_int_range (rand, 0, 4);
  AmendsEvent *event = NULL;

  random_bytes (rand, salt, sizeof salt);
  random_bytes (rand, digest, sizeof digest);
  while (event == NULL)
    {
      random_id (rand, &id);
      random_id (rand, &stream);
      for (guint i = 0; i < n_after; i++)
        random_id (rand, &after[i]);
      if (amends_id_equal (&id, &stream))
        n_after = 0;
      event = has_body ? amends_event_new (&id, feed, &stream, after, n_after, salt, body, NULL)
                       : amends_event_new_erased (&id, feed, &stream, after, n_after, digest, NULL);
    }
  return event;
}

/* The same event in a box, of which the wire knows nothing but its length. */
static AmendsEvent *
random_box (GRand *rand, AmendsEvent *event)
{
  g_autoptr (AmendsEvent) open = event;
  gsize n_box = (gsize) g_rand_int_range (rand, 0, 5000);
  guint8 *bytes = g_malloc (n_box);
  g_autoptr (GBytes) box = g_bytes_new_take (bytes, n_box);
  g_autoptr (GError) error = NULL;
  guint8 body_hash[AMENDS_DIGEST_BYTES];
  AmendsEvent *boxed;

  random_bytes (rand, bytes, n_box);
  random_bytes (rand, body_hash, sizeof body_hash);
  boxed = amends_event_new_boxed (&open->id, open->feed, &open->stream, open->after, open->n_after,
                                  body_hash, box, &error);
  g_assert_no_error (error);
  return boxed;
}

/* One that proves what is said of it, or does not. */
static AmendsEvent *
random_digest (GRand *rand)
{
  gboolean is_proved = g_rand_boolean (rand);
  g_autoptr (AmendsEvent) event = random_event (rand, is_proved);

  return is_proved ? amends_event_strip (event) : amends_entry_bare_event (event);
}

static AmendsEntry
random_entry (GRand *rand, gboolean down)
{
  AmendsEntry entry = { .count = 1 };

  entry.kind =
      (AmendsEntryKind) g_rand_int_range (rand, AMENDS_ENTRY_EVENT,
                                          down ? AMENDS_ENTRY_ERASED + 1 : AMENDS_ENTRY_OWN);
  switch (entry.kind)
    {
    case AMENDS_ENTRY_EVENT:
      entry.event = random_event (rand, g_rand_int_range (rand, 0, 8) > 0);
      if (!down && g_rand_int_range (rand, 0, 4) == 0)
        entry.event = random_box (rand, entry.event);
      break;
    case AMENDS_ENTRY_DIGEST:
      entry.event = random_digest (rand);
      entry.count = 0;
      break;
    case AMENDS_ENTRY_OWN:
      entry.first_number = (guint64) g_rand_int_range (rand, 1, 1000);
      entry.count = (guint64) g_rand_int_range (rand, 1, 1000);
      break;
    case AMENDS_ENTRY_LEFT:
    case AMENDS_ENTRY_ERASED:
      random_id (rand, &entry.id);
      break;
    }
  return entry;
}

static AmendsFrame *
random_frame (GRand *rand)
{
  g_autoptr (AmendsFrameWriter) writer = amends_frame_writer_new (NULL, 0);
  g_autoptr (GBytes) empty = amends_frame_writer_finish (g_steal_pointer (&writer), NULL);
  AmendsFrame *frame = read_frame (empty);
  gboolean down = g_rand_boolean (rand);
  gint64 logged_at_s = 0;
  int n_entries = g_rand_int_range (rand, 0, 200);

  if (down)
    {
      frame->feed = g_strdup ("s.oak");
      frame->first_position = (guint64) g_rand_int_range (rand, 1, 1000000);
      random_bytes (rand, frame->feed_hash.bytes, sizeof frame->feed_hash.bytes);
    }
  for (int i = 0; i < n_entries; i++)
    {
      AmendsEntry entry = random_entry (rand, down);

      /* A digest takes no position, so it has no instant of its own. */
      if (down && entry.kind != AMENDS_ENTRY_DIGEST)
        logged_at_s = MAX (logged_at_s, 1800000000) + g_rand_int_range (rand, 0, 2);
      entry.logged_at_s = logged_at_s;
      g_array_append_val (frame->entries, entry);
    }
  for (int i = g_rand_int_range (rand, 0, 6); i > 0; i--)
    {
      AmendsStatement *statement = amends_statement_new ("7K", (guint64) i);
      AmendsDigest chain;

      random_bytes (rand, chain.bytes, sizeof chain.bytes);
      amends_statement_add (statement, "s.oak", &chain);
      random_bytes (rand, statement->signature, sizeof statement->signature);
      g_ptr_array_add (frame->statements, statement);
    }
  return frame;
}

static void
test_round_trip (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int n = 0; n < N_RANDOM_FRAMES; n++)
    {
      g_autoptr (AmendsFrame) frame = random_frame (rand);
      g_autoptr (GBytes) bytes = write_frame (frame);
      g_autoptr (AmendsFrame) read = read_frame (bytes);

      g_assert_cmpstr (read->feed, ==, frame->feed);
      g_assert_cmpuint (read->first_position, ==, frame->first_position);
      g_assert_cmpmem (&read->feed_hash, sizeof read->feed_hash, &frame->feed_hash,
                       sizeof frame->feed_hash);
      g_assert_cmpuint (read->entries->len, ==, frame->entries->len);
      for (guint i = 0; i < frame->entries->len; i++)
        assert_same_entry (&g_array_index (read->entries, AmendsEntry, i),
                           &g_array_index (frame->entries, AmendsEntry, i));
      g_assert_cmpuint (read->statements->len, ==, frame->statements->len);
      for (guint i = 0; i < frame->statements->len; i++)
        {
          g_autoptr (GBytes) a = amends_statement_to_bytes (read->statements->pdata[i]);
          g_autoptr (GBytes) b = amends_statement_to_bytes (frame->statements->pdata[i]);

          g_assert_true (g_bytes_equal (a, b));
        }
    }
}

/* What each elision looks like on the wire. */
static void
test_elisions (void)
{
  static const char text[] =
      "amends-frame-1\ts.oak\t120\n"
      "@1800000000\n"
      "7K.1\t\t=\t\t{\"n\":1}\n" /* its feed is the frame's */
      "\t\t\t\t{\"n\":2}\n"      /* 7K.2 in 7K.1 after 7K.1 */
      "3F.5\t\t\t\t{\"n\":3}\n"  /* after 7K.2 */
      "7K\t\t\t-\t{\"n\":4}\n"   /* 7K.3 after none */
      "\tr.oak\t3F.1\t7K.2\t{\"n\":5}\n"
      "\t\t\t7K.2,7K.3\t#\n" /* a digest, and what it proves */
      "\t\t=\t\t~\n"         /* one that proves nothing, whatever its stream and heads are */
      "\t\t3F.1\t\t-\n"      /* erased, and proved */
      "!own\t9\t2\n"
      "@1800000060\n"
      "!left\t3F.1\n"
      "!erased\t7K.2\n"
      "\n";
  static const char *const rows[][5] = {
    { "7K.1", "s.oak", "7K.1", "", "{\"n\":1}" },
    { "7K.2", "s.oak", "7K.1", "7K.1", "{\"n\":2}" },
    { "3F.5", "s.oak", "7K.1", "7K.2", "{\"n\":3}" },
    { "7K.3", "s.oak", "7K.1", "", "{\"n\":4}" },
    { "7K.4", "r.oak", "3F.1", "7K.2", "{\"n\":5}" },
  };
  AmendsFrameWriter *writer = amends_frame_writer_new ("s.oak", 120);
  g_autoptr (AmendsEvent) digest = make_event ("7K.5", "r.oak", "3F.1", "7K.2,7K.3", "{\"n\":6}");
  g_autoptr (AmendsEvent) unproved = make_event ("7K.6", "r.oak", "3F.1", "7K.5", "{\"n\":7}");
  g_autoptr (AmendsEvent) bare = amends_entry_bare_event (unproved);
  g_autoptr (AmendsEvent) erased = make_event ("7K.7", "r.oak", "3F.1", "7K.5", "{\"n\":8}");
  g_autoptr (AmendsEvent) rest = amends_event_strip (erased);
  AmendsDigest hash = { { 7 } };
  g_autoptr (GByteArray) raw = NULL;
  g_autoptr (GBytes) bytes = NULL;
  AmendsId id;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AmendsEvent) event =
          make_event (rows[i][0], rows[i][1], rows[i][2], rows[i][3], rows[i][4]);

      amends_frame_writer_add_event (writer, event, 1800000000);
    }
  amends_frame_writer_add_digest (writer, digest);
  amends_frame_writer_add_digest (writer, bare);
  amends_frame_writer_add_event (writer, rest, 1800000000);
  amends_frame_writer_add_own (writer, 9, 2, 1800000000);
  amends_id_init (&id, "3F", 1);
  amends_frame_writer_add_left (writer, &id, 1800000060);
  amends_id_init (&id, "7K", 2);
  amends_frame_writer_add_erased (writer, &id, 1800000060);
  bytes = amends_frame_writer_finish (writer, &hash);

  raw = inflate_raw (bytes);
  g_assert_cmpmem (raw->data, MIN (raw->len, strlen (text)), text, strlen (text));
  g_assert_cmpuint (raw->len, ==, strlen (text) + 5 * AMENDS_SALT_BYTES + 4 * 32 + 2);
}

/* Frames that are refused. @n_binary zeroes follow the text. */
static const struct
{
  const char *text;
  gsize n_binary;
} refused_rows[] = {
  { "", 34 },
  { "\n\n", 34 },
  { "amends-frame-1\n", 34 },                      /* the text does not end */
  { "amends-frame-2\n\n", 34 },                    /* another format */
  { "amends-frame-1\ts.oak\n\n", 34 },             /* no position */
  { "amends-frame-1\ts.oak\t0\n\n", 34 },          /* positions begin at 1 */
  { "amends-frame-1\ts.oak\t01\n\n", 34 },         /* not canonical */
  { "amends-frame-1\ts.oak\t+1\n\n", 34 },         /* nor this */
  { "amends-frame-1\tS.oak\t1\n\n", 34 },          /* no such feed */
  { "amends-frame-1\ts.oak\t1\t\n\n", 34 },        /* a field too many */
  { "amends-frame-1\n\n", 33 },                    /* the count of statements is cut */
  { "amends-frame-1\n\n", 35 },                    /* a byte after the end */
  { "amends-frame-1\nx\n\n", 46 },                 /* no entry */
  { "amends-frame-1\n!own\t1\t1\n\n", 34 },        /* not going up */
  { "amends-frame-1\n!left\t7K.1\n\n", 34 },       /* not going up */
  { "amends-frame-1\n@1800000000\n\n", 34 },       /* not going up */
  { "amends-frame-1\ts.oak\t1\n!own\t1\n\n", 34 }, /* half a run */
  { "amends-frame-1\ts.oak\t1\n!own\t1\t0\n\n", 34 },
  { "amends-frame-1\ts.oak\t1\n!own\t0\t1\n\n", 34 },
  { "amends-frame-1\ts.oak\t9007199254740992\n!own\t1\t2\n\n", 34 }, /* beyond 2^53 */
  { "amends-frame-1\ts.oak\t1\n!gone\t7K.1\n\n", 34 },
  { "amends-frame-1\ts.oak\t1\n!left\t7K\n\n", 34 },
  { "amends-frame-1\ts.oak\t1\n@0\n\n", 34 },
  { "amends-frame-1\ts.oak\t1\n@-1\n\n", 34 },
  { "amends-frame-1\ts.oak\t1\n@253402300800\n\n", 34 },           /* the year 10000 */
  { "amends-frame-1\n7K.1\ts.oak\t=\t\t{}\n\n", 34 },              /* its salt is missing */
  { "amends-frame-1\n7K.1\ts.oak\t=\t\t\n\n", 46 },                /* its digest is missing */
  { "amends-frame-1\n7K.1\ts.oak\t=\t\t#\n\n", 46 },               /* its hash is missing */
  { "amends-frame-1\n7K.1\ts.oak\t=\t\t-\n\n", 46 },               /* nor here is it */
  { "amends-frame-1\n7K.1\ts.oak\t=\t\t##\n\n", 66 },              /* no such mark */
  { "amends-frame-1\n7K.1\ts.oak\t=\t\t^\n\n", 69 },               /* its box has no length */
  { "amends-frame-1\ts.oak\t1\n7K.1\t\t=\t\t^\n\n", 70 },          /* a box, not going up */
  { "amends-frame-1\n\ts.oak\t=\t\t{}\n\n", 46 },                  /* no code before */
  { "amends-frame-1\n7K\ts.oak\t=\t\t{}\n\n", 46 },                /* no number before */
  { "amends-frame-1\n7K.1\t\t=\t\t{}\n\n", 46 },                   /* no feed before */
  { "amends-frame-1\n7K.1\ts.oak\t\t\t{}\n\n", 46 },               /* no stream before */
  { "amends-frame-1\n7K.1\ts.oak\t==\t\t{}\n\n", 46 },             /* no stream */
  { "amends-frame-1\n7K.2\ts.oak\t7K.1\t\t{}\n\n", 46 },           /* no event before */
  { "amends-frame-1\n7K.2\ts.oak\t7K.1\t7K.1,7K.1\t{}\n\n", 46 },  /* not ascending */
  { "amends-frame-1\n7K.2\ts.oak\t7K.1\t7K.3\t{}\n\n", 46 },       /* later than itself */
  { "amends-frame-1\n7K.01\ts.oak\t=\t\t{}\n\n", 46 },             /* not canonical */
  { "amends-frame-1\n7k.1\ts.oak\t=\t\t{}\n\n", 46 },              /* nor this */
  { "amends-frame-1\n7K.1\ts.oak\t=\t\t[]\n\n", 46 },              /* no object */
  { "amends-frame-1\n7K.1\ts.oak\t=\t\tx\n\n", 46 },               /* nor this */
  { "amends-frame-1\n7K.1\ts.oak\t=\t\t{\t}\n\n", 46 },            /* a tab in the body */
  { "amends-frame-1\n7K.1\ts.oak\t=\t\t{\"a\":\"\xff\"}\n\n", 46 } /* not UTF-8 */
};

static GBytes *
make_raw_frame (const char *text, gsize n_binary)
{
  g_autoptr (GByteArray) raw = g_byte_array_new ();

  g_byte_array_append (raw, (const guint8 *) text, (guint) strlen (text));
  g_byte_array_set_size (raw, (guint) (strlen (text) + n_binary));
  memset (raw->data + strlen (text), 0, n_binary);
  return compress_raw (raw->data, raw->len);
}

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused_rows); i++)
    {
      g_autoptr (GBytes) bytes = make_raw_frame (refused_rows[i].text, refused_rows[i].n_binary);
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsFrame) frame =
          amends_frame_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);

      g_test_message ("row %u", i);
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
      g_assert_null (frame);
    }
}

/* A zero byte would cut a name short, and what follows it would be carried unseen. */
static void
test_refused_zero (void)
{
  static const char text[] =
      "amends-frame-1\n7K.1\ts.oak\t=\t\t{\"type\":\"case.noted\"}\n7K\t\t\t\t{}\n\n";
  gsize n_text = strlen (text);
  gsize n_raw = n_text + 2 * AMENDS_SALT_BYTES + AMENDS_DIGEST_BYTES + 2;
  g_autofree guint8 *raw = g_malloc0 (n_raw);
  g_autoptr (GBytes) good = NULL;
  g_autoptr (AmendsFrame) frame = NULL;

  memcpy (raw, text, n_text);
  good = compress_raw (raw, n_raw);
  frame = amends_frame_read (g_bytes_get_data (good, NULL), g_bytes_get_size (good), NULL);
  g_assert_nonnull (frame);
  for (gsize at = 0; at < n_text; at++)
    {
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      memcpy (raw, text, n_text);
      raw[at] = '\0';
      bytes = compress_raw (raw, n_raw);
      g_test_message ("byte %" G_GSIZE_FORMAT, at);
      g_assert_null (
          amends_frame_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error));
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
    }
}

static void
test_refused_statements (void)
{
  static const guint8 too_many[] = { 1, 1 };
  static const guint8 cut[] = { 0, 1, 0, 9 };
  static const guint8 no_statement[] = { 0, 1, 0, 1, 0 };
  static const struct
  {
    const guint8 *bytes;
    gsize n_bytes;
  } rows[] = {
    { too_many, sizeof too_many },
    { cut, sizeof cut },
    { no_statement, sizeof no_statement },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) raw = g_byte_array_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      guint8 hash[32] = { 0 };

      g_byte_array_append (raw, (const guint8 *) "amends-frame-1\n\n", 16);
      g_byte_array_append (raw, hash, sizeof hash);
      g_byte_array_append (raw, rows[i].bytes, (guint) rows[i].n_bytes);
      bytes = compress_raw (raw->data, raw->len);
      g_assert_null (
          amends_frame_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error));
      g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
    }
}

static void
test_refused_gzip (void)
{
  g_autoptr (GBytes) good = make_raw_frame ("amends-frame-1\n\n", 34);
  gsize n_good;
  const guint8 *good_bytes = g_bytes_get_data (good, &n_good);
  g_autofree guint8 *longer = g_malloc (2 * n_good);
  g_autofree guint8 *zeroes = g_malloc0 (AMENDS_WIRE_MAX_INFLATED_BYTES + 1);
  g_autoptr (GBytes) bomb = compress_raw (zeroes, AMENDS_WIRE_MAX_INFLATED_BYTES + 1);
  g_autoptr (GError) error = NULL;

  /* Cut anywhere. */
  for (gsize n = 0; n < n_good; n++)
    {
      g_autoptr (GError) cut_error = NULL;

      g_assert_null (amends_frame_read (good_bytes, n, &cut_error));
      g_assert_error (cut_error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
    }

  /* Something after it, even a second gzip. */
  memcpy (longer, good_bytes, n_good);
  memcpy (longer + n_good, good_bytes, n_good);
  g_assert_null (amends_frame_read (longer, n_good + 1, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (amends_frame_read (longer, 2 * n_good, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_INVALID);
  g_clear_error (&error);

  /* Larger than it may be, outside and inside. */
  g_assert_null (
      amends_frame_read (g_bytes_get_data (bomb, NULL), g_bytes_get_size (bomb), &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (amends_frame_read (zeroes, AMENDS_WIRE_MAX_FRAME_BYTES + 1, &error));
  g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_TOO_LARGE);
}

static GBytes *
load_fixture (const char *name)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "tests", "fixtures", "wire", name, NULL);
  g_autofree char *hex = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_hex, n_bytes;
  guint8 *bytes;

  g_file_get_contents (path, &hex, &n_hex, &error);
  g_assert_no_error (error);
  bytes = g_malloc (n_hex / 2);
  g_assert_cmpint (sodium_hex2bin (bytes, n_hex / 2, hex, n_hex, "\n", &n_bytes, NULL), ==, 0);
  return g_bytes_new_take (bytes, n_bytes);
}

static void
assert_fixture (const char *name, const char *digest_hex)
{
  g_autoptr (GBytes) bytes = load_fixture (name);
  g_autoptr (AmendsFrame) frame = read_frame (bytes);
  g_autoptr (GBytes) again = write_frame (frame);
  g_autoptr (GByteArray) raw = inflate_raw (bytes);
  g_autoptr (GByteArray) raw_again = inflate_raw (again);
  AmendsDigest digest;
  char hex[65];

  /* zlib may compress otherwise one day; what it compresses may not change. */
  g_assert_cmpmem (raw->data, raw->len, raw_again->data, raw_again->len);

  /* The digests that a reader computes from the same bytes. */
  memset (&digest, 0, sizeof digest);
  for (guint i = 0; i < frame->entries->len; i++)
    {
      const AmendsEntry *entry = &g_array_index (frame->entries, AmendsEntry, i);
      AmendsDigest step;

      if (entry->kind == AMENDS_ENTRY_OWN)
        continue;
      amends_entry_digest (entry, &step);
      amends_chain_step (&digest, step.bytes);
    }
  sodium_bin2hex (hex, sizeof hex, digest.bytes, sizeof digest.bytes);
  g_assert_cmpstr (hex, ==, digest_hex);
}

/* Bytes that devices and servers out there have sent. Never write these files again. */
static void
test_fixtures (void)
{
  assert_fixture ("up-1.hex", "7ee720b8ab2bf1899de11f8f82c765ad30e6824499a169810bd52055ab4cecd2");
  assert_fixture ("down-1.hex", "e6db804c8df112fb22a80ad992847716fe7eaf8626cd27c55965034007f58efc");
}

/* A writer stops where a reader still takes what it wrote, whatever the events are like. */
static void
test_full (void)
{
  static const gsize body_sizes[] = { 400, 64 * 1024, AMENDS_EVENT_MAX_BODY_BYTES - 10 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  for (guint i = 0; i < 2 * G_N_ELEMENTS (body_sizes); i++)
    {
      gboolean shrinks = i % 2 == 0;
      gsize n_text = body_sizes[i / 2] - 8;
      g_autofree char *text = g_malloc0 (n_text + 1);
      AmendsFrameWriter *writer = amends_frame_writer_new (NULL, 0);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (AmendsFrame) frame = NULL;
      guint64 number = 0;

      while (!amends_frame_writer_is_full (writer))
        {
          g_autofree char *body = NULL;
          g_autofree char *id = g_strdup_printf ("7K.%" G_GUINT64_FORMAT, ++number);
          g_autoptr (AmendsEvent) event = NULL;

          for (gsize c = 0; c < n_text; c++)
            text[c] = shrinks ? 'x' : alphabet[g_rand_int_range (rand, 0, 64)];
          body = g_strdup_printf ("{\"t\":\"%s\"}", text);
          event = make_event (id, "s.oak", id, "", body);
          amends_frame_writer_add_event (writer, event, 0);
        }
      bytes = amends_frame_writer_finish (writer, NULL);
      frame = read_frame (bytes);
      g_test_message ("bodies of %" G_GSIZE_FORMAT " bytes: %u events in %" G_GSIZE_FORMAT,
                      body_sizes[i / 2], frame->entries->len, g_bytes_get_size (bytes));
      g_assert_cmpuint (frame->entries->len, ==, number);
      if (body_sizes[i / 2] == 400 && !shrinks)
        {
          g_assert_cmpuint (g_bytes_get_size (bytes), >, 56 * 1024);
          g_assert_cmpuint (g_bytes_get_size (bytes), <, 72 * 1024);
        }
    }
}

/* The most statements, each with the most leaves: the writer refuses what a reader would. */
static void
test_statement_room (void)
{
  AmendsFrameWriter *writer = amends_frame_writer_new (NULL, 0);
  g_autoptr (AmendsStatement) statement = amends_statement_new ("7K", 1);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AmendsFrame) frame = NULL;
  guint n_added = 0;

  for (guint i = 0; i < AMENDS_STATEMENT_MAX_LEAVES; i++)
    {
      g_autofree char *feed = g_strdup_printf ("s.x%u", i);
      AmendsDigest chain = { { (guint8) i } };

      amends_statement_add (statement, feed, &chain);
    }
  while (amends_frame_writer_add_statement (writer, statement))
    n_added++;
  bytes = amends_frame_writer_finish (writer, NULL);
  frame = read_frame (bytes);
  g_assert_cmpuint (frame->statements->len, ==, n_added);
  g_assert_cmpuint (n_added, ==, 5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_assert_cmpint (sodium_init (), >=, 0);

  g_test_add_func ("/wire/frame/round-trip", test_round_trip);
  g_test_add_func ("/wire/frame/elisions", test_elisions);
  g_test_add_func ("/wire/frame/refused", test_refused);
  g_test_add_func ("/wire/frame/refused-zero", test_refused_zero);
  g_test_add_func ("/wire/frame/refused-statements", test_refused_statements);
  g_test_add_func ("/wire/frame/refused-gzip", test_refused_gzip);
  g_test_add_func ("/wire/frame/fixtures", test_fixtures);
  g_test_add_func ("/wire/frame/full", test_full);
  g_test_add_func ("/wire/frame/statement-room", test_statement_room);

  return g_test_run ();
}
