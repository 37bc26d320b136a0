/* amends-media.c: what a file is, by what is in it, and what it says besides
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A name proves nothing, so that none is looked at. What is no known kind is refused, and so is a program,
 * whatever it is called.
 *
 * Cleaning walks over the segments of a JPEG and the chunks of a PNG and leaves out those that speak of
 * camera, place, time and people. It decodes nothing and encodes nothing: pixels stay as they were, and a
 * library that reads every field of EXIF, as libexiv2 does, has had more faults than these two loops have
 * lines. The one thing that is read is which way up the picture is; that is written back, alone. */

#include "core/amends-media.h"

#include <string.h>

#include "core/amends-attachment.h"
#include "core/amends-error.h"

static const AmendsMedia kinds[] = {
  { "image/jpeg", "photograph", { ".jpg", ".jpeg", ".jpe" }, TRUE, FALSE },
  { "image/png", "photograph", { ".png" }, TRUE, FALSE },
  { "image/gif", "photograph", { ".gif" }, FALSE, FALSE },
  { "image/webp", "photograph", { ".webp" }, FALSE, TRUE },
  { "image/heic", "photograph", { ".heic", ".heif", ".avif" }, FALSE, TRUE },
  { "image/tiff", "scan", { ".tiff", ".tif" }, FALSE, TRUE },
  { "image/bmp", "scan", { ".bmp" }, FALSE, FALSE },
  { "application/pdf", "scan", { ".pdf" }, FALSE, TRUE },
  { "application/vnd.openxmlformats-officedocument",
    "letter",
    { ".docx", ".xlsx", ".pptx" },
    FALSE,
    TRUE },
  { "application/vnd.oasis.opendocument", "letter", { ".odt", ".ods", ".odp" }, FALSE, TRUE },
  { "application/msword", "letter", { ".doc", ".xls", ".msg" }, FALSE, TRUE },
  { "application/rtf", "letter", { ".rtf" }, FALSE, TRUE },
  { "audio/mpeg", "recording", { ".mp3" }, FALSE, TRUE },
  { "audio/mp4", "recording", { ".m4a" }, FALSE, TRUE },
  { "audio/ogg", "recording", { ".ogg", ".opus", ".oga" }, FALSE, TRUE },
  { "audio/wav", "recording", { ".wav" }, FALSE, TRUE },
  { "audio/flac", "recording", { ".flac" }, FALSE, TRUE },
  { "audio/amr", "recording", { ".amr" }, FALSE, FALSE },
  { "video/mp4", "video", { ".mp4", ".mov", ".3gp" }, FALSE, TRUE },
  { "video/webm", "video", { ".webm", ".mkv" }, FALSE, TRUE },
  { "text/plain", "letter", { ".txt", ".csv", ".eml" }, FALSE, FALSE },
};

/* How each begins; "?" stands for any byte. */
static const struct
{
  gsize offset;
  const char *bytes;
  gsize n_bytes;
  const char *type;
} beginnings[] = {
  { 0, "\xff\xd8\xff", 3, "image/jpeg" },
  { 0, "\x89PNG\r\n\x1a\n", 8, "image/png" },
  { 0, "GIF87a", 6, "image/gif" },
  { 0, "GIF89a", 6, "image/gif" },
  { 8, "WEBP", 4, "image/webp" },
  { 0, "II*\0", 4, "image/tiff" },
  { 0, "MM\0*", 4, "image/tiff" },
  { 0, "%PDF-", 5, "application/pdf" },
  { 0, "{\\rtf", 5, "application/rtf" },
  { 0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, "application/msword" },
  { 0, "ID3", 3, "audio/mpeg" },
  { 0, "OggS", 4, "audio/ogg" },
  { 8, "WAVE", 4, "audio/wav" },
  { 0, "fLaC", 4, "audio/flac" },
  { 0, "#!AMR", 5, "audio/amr" },
  { 0, "\x1a\x45\xdf\xa3", 4, "video/webm" },
  { 4, "ftypheic", 8, "image/heic" },
  { 4, "ftypheix", 8, "image/heic" },
  { 4, "ftypmif1", 8, "image/heic" },
  { 4, "ftypavif", 8, "image/heic" },
  { 4, "ftypM4A ", 8, "audio/mp4" },
  { 4, "ftypM4B ", 8, "audio/mp4" },
  { 4, "ftyp", 4, "video/mp4" },
  { 4, "moov", 4, "video/mp4" },
};

static const struct
{
  const char *bytes;
  gsize n_bytes;
} programs[] = {
  { "MZ", 2 },
  { "\x7f"
    "ELF",
    4 },
  { "\xfe\xed\xfa", 3 },
  { "\xcf\xfa\xed\xfe", 4 },
  { "\xce\xfa\xed\xfe", 4 },
  { "\xca\xfe\xba\xbe", 4 },
  { "#!/", 3 },
  { "#! ", 3 },
  { "[Desktop Entry]", 15 },
  { "L\0\0\0\x01\x14\x02\0", 8 }, /* a shortcut of Windows */
  { "dex\n", 4 },
};

static gboolean
begins_with (const guint8 *bytes, gsize n_bytes, gsize offset, const char *what, gsize n_what)
{
  return n_bytes >= offset + n_what && memcmp (bytes + offset, what, n_what) == 0;
}

static guint32
read_u32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static guint
read_u16 (const guint8 *bytes)
{
  return (guint) bytes[0] << 8 | bytes[1];
}

static guint32
read_u32_le (const guint8 *bytes)
{
  return (guint32) bytes[3] << 24 | (guint32) bytes[2] << 16 | (guint32) bytes[1] << 8 | bytes[0];
}

/**
 * amends_media_find:
 * @type: as an attachment has it
 *
 * Returns: (transfer none) (nullable): what is known of that kind
 */
const AmendsMedia *
amends_media_find (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].type, type) == 0)
      return &kinds[i];
  return NULL;
}

/* Office documents are archives whose first file says so; any other archive may hold anything. */
static const char *
recognise_archive (const guint8 *head, gsize n_head)
{
  static const char open_document[] = "mimetypeapplication/vnd.oasis.opendocument";

  if (!begins_with (head, n_head, 0, "PK\3\4", 4) || n_head < 30)
    return NULL;
  if (begins_with (head, n_head, 30, open_document, strlen (open_document)))
    return "application/vnd.oasis.opendocument";
  if (begins_with (head, n_head, 30, "[Content_Types].xml", 19)
      || begins_with (head, n_head, 30, "_rels/.rels", 11)
      || begins_with (head, n_head, 30, "docProps/", 9))
    return "application/vnd.openxmlformats-officedocument";
  return NULL;
}

/* Of a text that was cut within a letter the beginning is still one. */
static gboolean
is_text (const guint8 *head, gsize n_head)
{
  const char *end;

  g_utf8_validate_len ((const char *) head, n_head, &end);
  if (n_head - (gsize) (end - (const char *) head) > 3)
    return FALSE;
  for (const guint8 *p = head; p < (const guint8 *) end; p++)
    if (*p < ' ' && strchr ("\t\n\r\f", *p) == NULL)
      return FALSE;
  return end != (const char *) head;
}

static const char *
find_type (const guint8 *head, gsize n_head)
{
  const char *archive = recognise_archive (head, n_head);

  if (archive != NULL)
    return archive;
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (begins_with (head, n_head, beginnings[i].offset, beginnings[i].bytes,
                     beginnings[i].n_bytes))
      return beginnings[i].type;
  if (begins_with (head, n_head, 0, "BM", 2) && n_head >= 26 && read_u32_le (head + 14) >= 12
      && read_u32_le (head + 14) <= 124)
    return "image/bmp";
  if (n_head >= 2 && head[0] == 0xff && (head[1] & 0xe6) == 0xe2)
    return "audio/mpeg"; /* a frame of MPEG layer III with nothing before it */
  return is_text (head, n_head) ? "text/plain" : NULL;
}

static gboolean
refuse (GError **error, const char *why)
{
  amends_set_error (error, AMENDS_CORE_ERROR_REFUSED, "file", NULL, "%s", why);
  return FALSE;
}

/* JPEG. */

#define JPEG_EOI 0xd9
#define JPEG_SOS 0xda

/**
 * JpegSegment:
 * @marker: its second byte
 * @start: of the marker
 * @data: behind marker and length
 * @end: behind it
 */
typedef struct
{
  guint marker;
  gsize start;
  gsize data;
  gsize end;
} JpegSegment;

/* Returns: whether there is a segment at @at, whole */
static gboolean
jpeg_next (const guint8 *bytes, gsize n_bytes, gsize at, JpegSegment *ret_segment)
{
  JpegSegment segment = { .start = at };

  if (at >= n_bytes || bytes[at] != 0xff)
    return FALSE;
  while (at < n_bytes && bytes[at] == 0xff)
    at++; /* it may be filled up with more of them */
  if (at >= n_bytes)
    return FALSE;
  segment.marker = bytes[at++];
  segment.data = segment.end = at;
  if (segment.marker != JPEG_EOI && segment.marker != 0x01
      && (segment.marker < 0xd0 || segment.marker > 0xd8))
    {
      guint length;

      if (n_bytes - at < 2)
        return FALSE;
      length = read_u16 (bytes + at);
      if (length < 2 || length > n_bytes - at)
        return FALSE;
      segment.data = at + 2;
      segment.end = at + length;
    }
  *ret_segment = segment;
  return TRUE;
}

static gboolean
is_frame (guint marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static guint64
jpeg_count_pixels (const guint8 *bytes, gsize n_bytes)
{
  gsize at = 2;
  JpegSegment segment;

  while (jpeg_next (bytes, n_bytes, at, &segment) && segment.marker != JPEG_SOS)
    {
      if (is_frame (segment.marker) && segment.end - segment.data >= 5)
        return (guint64) read_u16 (bytes + segment.data + 1) * read_u16 (bytes + segment.data + 3);
      at = segment.end;
    }
  return 0;
}

/* Behind the scan that begins at @at: the next marker that is none of its own. */
static gsize
jpeg_skip_scan (const guint8 *bytes, gsize n_bytes, gsize at)
{
  for (; at + 1 < n_bytes; at++)
    if (bytes[at] == 0xff && bytes[at + 1] != 0 && bytes[at + 1] != 0xff
        && (bytes[at + 1] < 0xd0 || bytes[at + 1] > 0xd7))
      return at;
  return n_bytes;
}

/* What a picture needs to be shown as it was: how its colours are meant, and nothing of whose they are. */
static gboolean
jpeg_is_kept (const guint8 *bytes, const JpegSegment *segment)
{
  gsize n_data = segment->end - segment->data;
  const guint8 *data = bytes + segment->data;

  if (segment->marker == 0xe0)
    return begins_with (data, n_data, 0, "JFIF", 5);
  if (segment->marker == 0xe2)
    return begins_with (data, n_data, 0, "ICC_PROFILE", 12);
  if (segment->marker == 0xee)
    return begins_with (data, n_data, 0, "Adobe", 5);
  return segment->marker < 0xe0 || segment->marker == 0xfd;
}

/* Which way up, from 1 to 8, as the first directory of the EXIF in @data says; 1 if it does not. */
static guint
exif_get_orientation (const guint8 *data, gsize n_data)
{
  gboolean is_le;
  guint32 at;
  guint n_entries;

  if (!begins_with (data, n_data, 0, "Exif\0", 6) || n_data < 6 + 8)
    return 1;
  data += 6;
  n_data -= 6;
  is_le = data[0] == 'I';
  at = is_le ? read_u32_le (data + 4) : read_u32 (data + 4);
  if (at > n_data - 2)
    return 1;
  n_entries = is_le ? (guint) data[at] | (guint) data[at + 1] << 8 : read_u16 (data + at);
  at += 2;
  for (guint i = 0; i < n_entries && n_data - at >= 12; i++, at += 12)
    {
      guint tag = is_le ? (guint) data[at] | (guint) data[at + 1] << 8 : read_u16 (data + at);
      guint value = is_le ? data[at + 8] : data[at + 9];

      if (tag == 0x0112)
        return value >= 1 && value <= 8 ? value : 1;
    }
  return 1;
}

static void
jpeg_add_orientation (GByteArray *clean, guint orientation)
{
  guint8 segment[] = { 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,
                       'M',  'M',  0, 42, 0,   0,   0,   8,   0, 1,
                       1,    0x12, 0, 3,  0,   0,   0,   1,   0, (guint8) orientation,
                       0,    0,    0, 0,  0,   0 };

  if (orientation != 1)
    g_byte_array_append (clean, segment, sizeof segment);
}

/* Which way up is found before anything is written, and goes first, as it has to. */
static guint
jpeg_get_orientation (const guint8 *bytes, gsize n_bytes)
{
  gsize at = 2;
  JpegSegment segment;

  while (jpeg_next (bytes, n_bytes, at, &segment) && segment.marker != JPEG_SOS)
    {
      guint orientation = 1;

      if (segment.marker == 0xe1)
        orientation = exif_get_orientation (bytes + segment.data, segment.end - segment.data);
      if (orientation != 1)
        return orientation;
      at = segment.end;
    }
  return 1;
}

/* Also what stands behind its end goes: other pictures, and short films. */
static GBytes *
jpeg_clean (const guint8 *bytes, gsize n_bytes)
{
  g_autoptr (GByteArray) clean = g_byte_array_sized_new ((guint) n_bytes);
  gsize at = 2;
  JpegSegment segment;

  g_byte_array_append (clean, bytes, 2);
  jpeg_add_orientation (clean, jpeg_get_orientation (bytes, n_bytes));
  while (jpeg_next (bytes, n_bytes, at, &segment))
    {
      at = segment.marker == JPEG_SOS ? jpeg_skip_scan (bytes, n_bytes, segment.end) : segment.end;
      if (jpeg_is_kept (bytes, &segment))
        g_byte_array_append (clean, bytes + segment.start, (guint) (at - segment.start));
      if (segment.marker == JPEG_EOI)
        return g_byte_array_free_to_bytes (g_steal_pointer (&clean));
    }
  /* A picture that was cut short is evidence as it is; but nothing may stand behind a scan but its end. */
  return at == n_bytes ? g_byte_array_free_to_bytes (g_steal_pointer (&clean)) : NULL;
}

/* PNG. */

#define PNG_SIGNATURE_BYTES 8

/* As of a JPEG: what is needed to show it as it was. Programs and cameras add chunks of their own, such as the
 * credentials in caBX, which say by whom, when and where. */
static gboolean
png_is_kept (const guint8 *name)
{
  static const char *const kept[] = { "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA",
                                      "iCCP", "sBIT", "sRGB", "cICP", "mDCv", "cLLi", "bKGD",
                                      "hIST", "pHYs", "sPLT", "acTL", "fcTL", "fdAT" };

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (memcmp (name, kept[i], 4) == 0)
      return TRUE;
  return FALSE;
}

static GBytes *
png_clean (const guint8 *bytes, gsize n_bytes)
{
  g_autoptr (GByteArray) clean = g_byte_array_sized_new ((guint) n_bytes);
  gsize at = PNG_SIGNATURE_BYTES;

  g_byte_array_append (clean, bytes, PNG_SIGNATURE_BYTES);
  while (n_bytes - at >= 12)
    {
      guint32 length = read_u32 (bytes + at);
      const guint8 *name = bytes + at + 4;
      gsize n_chunk;

      if (length > n_bytes - at - 12)
        return NULL;
      n_chunk = (gsize) length + 12;
      if (png_is_kept (name))
        g_byte_array_append (clean, bytes + at, (guint) n_chunk);
      at += n_chunk;
      if (memcmp (name, "IEND", 4) == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&clean));
    }
  return NULL;
}

/* Sizes. */

static guint64
webp_count_pixels (const guint8 *head, gsize n_head)
{
  if (n_head < 30)
    return 0;
  if (memcmp (head + 12, "VP8X", 4) == 0)
    return (guint64) ((read_u32_le (head + 24) & 0xffffff) + 1)
           * (((guint64) read_u32_le (head + 26) >> 8) + 1);
  if (memcmp (head + 12, "VP8L", 4) == 0)
    {
      guint32 bits = read_u32_le (head + 21);

      return (guint64) ((bits & 0x3fff) + 1) * ((bits >> 14 & 0x3fff) + 1);
    }
  return (guint64) ((guint) head[26] | ((guint) head[27] & 0x3f) << 8)
         * ((guint) head[28] | ((guint) head[29] & 0x3f) << 8);
}

/* 0 where the kind has none, or hides them. */
static guint64
count_pixels (const char *type, const guint8 *head, gsize n_head)
{
  if (strcmp (type, "image/jpeg") == 0)
    return jpeg_count_pixels (head, n_head);
  if (strcmp (type, "image/png") == 0 && n_head >= 24)
    return (guint64) read_u32 (head + 16) * read_u32 (head + 20);
  if (strcmp (type, "image/gif") == 0 && n_head >= 10)
    return (guint64) ((guint) head[6] | (guint) head[7] << 8)
           * ((guint) head[8] | (guint) head[9] << 8);
  if (strcmp (type, "image/webp") == 0)
    return webp_count_pixels (head, n_head);
  if (strcmp (type, "image/bmp") == 0 && read_u32_le (head + 14) >= 40)
    return (guint64) ABS ((gint64) (gint32) read_u32_le (head + 18))
           * (guint64) ABS ((gint64) (gint32) read_u32_le (head + 22));
  return 0;
}

/**
 * amends_media_recognise:
 * @head: the first bytes of a file, %AMENDS_MEDIA_HEAD_BYTES if it has as many
 * @n_head: how many
 *
 * Errors: %AMENDS_CORE_ERROR_INVALID if there is nothing; %AMENDS_CORE_ERROR_REFUSED for a program, for a
 * picture of more than %AMENDS_MEDIA_MAX_PIXELS, and for what is of no known kind; field file.
 * Returns: (transfer none): what it is
 */
const AmendsMedia *
amends_media_recognise (const guint8 *head, gsize n_head, GError **error)
{
  const char *type;

  if (n_head == 0)
    {
      amends_set_error (error, AMENDS_CORE_ERROR_INVALID, "file", NULL,
                        "The file is empty: there is nothing to attach");
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    if (begins_with (head, n_head, 0, programs[i].bytes, programs[i].n_bytes))
      {
        refuse (error, "That file is a program, whatever it is called: it cannot be attached");
        return NULL;
      }
  type = find_type (head, n_head);
  if (type == NULL)
    {
      refuse (error,
              "That kind of file cannot be attached. Pictures, films, recordings, PDF, office "
              "documents and plain texts can: save it as one of these");
      return NULL;
    }
  if (count_pixels (type, head, n_head) > AMENDS_MEDIA_MAX_PIXELS)
    {
      refuse (error,
              "The picture has more than 40 megapixels, too many to be opened safely: make a "
              "smaller copy, and attach that");
      return NULL;
    }
  return amends_media_find (type);
}

/**
 * amends_media_fit_name:
 * @name: that amends_attachment_clean_name() gave
 *
 * Another program opens a file by the ending of its name: it gets one that fits what is in it.
 *
 * Returns: (transfer full): the name, with the usual ending behind it if it had none that fits
 */
char *
amends_media_fit_name (const AmendsMedia *self, const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (self->endings) && self->endings[i] != NULL; i++)
    if (g_str_has_suffix (lower, self->endings[i]) && strcmp (lower, self->endings[i]) != 0)
      return g_strdup (name);
  return g_strconcat (name, self->endings[0], NULL);
}

/**
 * amends_media_dup_file_name:
 * @type: as an attachment has it
 * @name: as an attachment has it, whoever wrote that
 *
 * What an attachment is called comes from another device: it may lead to another folder, or claim to be a
 * program. Where its bytes are put for other programs, this is their name.
 *
 * Returns: (transfer full): a name with no folder in it and an ending that fits @type; of a type that is not
 *   known here one that nothing opens
 */
char *
amends_media_dup_file_name (const char *type, const char *name)
{
  const AmendsMedia *media = amends_media_find (type);
  g_autofree char *clean = amends_attachment_clean_name (name);

  return media != NULL ? amends_media_fit_name (media, clean) : g_strconcat (clean, ".bin", NULL);
}

/**
 * amends_media_clean:
 * @bytes: a whole picture of a kind that can be cleaned
 * @n_bytes: at most %AMENDS_MEDIA_MAX_PICTURE_BYTES
 *
 * Errors: %AMENDS_CORE_ERROR_REFUSED, field file, if it is not built as its kind is.
 * Returns: (transfer full): the picture without what it said of camera, place, time and people
 */
GBytes *
amends_media_clean (const AmendsMedia *self, const guint8 *bytes, gsize n_bytes, GError **error)
{
  GBytes *clean;

  g_return_val_if_fail (self->can_be_cleaned && n_bytes <= AMENDS_MEDIA_MAX_PICTURE_BYTES, NULL);

  if (strcmp (self->type, "image/jpeg") == 0)
    clean = n_bytes >= 2 ? jpeg_clean (bytes, n_bytes) : NULL;
  else
    clean = n_bytes >= PNG_SIGNATURE_BYTES ? png_clean (bytes, n_bytes) : NULL;
  if (clean == NULL)
    refuse (error, "The picture is damaged, so that what it says of place and time cannot be taken "
                   "out. It can be attached as it is, if that is kept on purpose");
  return clean;
}
