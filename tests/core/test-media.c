/* test-media.c: what a file is goes by what is in it, and what it says besides is taken out
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/amends-error.h"
#include "core/amends-media.h"

#define BYTES(text) text, sizeof text - 1

static const struct
{
  const char *name;
  const char *bytes;
  gsize n_bytes;
  const char *type; /* NULL: refused */
} rows[] = {
  { "jpeg", BYTES ("\xff\xd8\xff\xe0"), "image/jpeg" },
  { "png", BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1"), "image/png" },
  { "gif", BYTES ("GIF89a\1\0\1\0"), "image/gif" },
  { "webp", BYTES ("RIFF\0\0\0\0WEBPVP8 "), "image/webp" },
  { "heic",
    BYTES ("\0\0\0\x18"
           "ftypheic"),
    "image/heic" },
  { "pdf", BYTES ("%PDF-1.7\n"), "application/pdf" },
  { "docx",
    BYTES ("PK\3\4\x14\0\6\0\10\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\0\0[Content_Types].xml"),
    "application/vnd.openxmlformats-officedocument" },
  { "odt",
    BYTES ("PK\3\4\x14\0\0\0\0\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\10\0\0\0mimetypeapplication/"
           "vnd.oasis.opendocument.text"),
    "application/vnd.oasis.opendocument" },
  { "doc", BYTES ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "application/msword" },
  { "mp3", BYTES ("ID3\3"), "audio/mpeg" },
  { "mp3-bare", BYTES ("\xff\xfb\x90\x64"), "audio/mpeg" },
  { "m4a",
    BYTES ("\0\0\0\x18"
           "ftypM4A "),
    "audio/mp4" },
  { "voice-note", BYTES ("OggS\0\2\0\0\0\0\0\0\0\0"), "audio/ogg" },
  { "amr", BYTES ("#!AMR\n"), "audio/amr" },
  { "film",
    BYTES ("\0\0\0\x18"
           "ftypisom"),
    "video/mp4" },
  { "text", BYTES ("The lift has stood still since Monday.\n"), "text/plain" },
  { "text-welsh", BYTES ("D\xc5\xb5r yn dod trwy'r nenfwd"), "text/plain" },
  { "page", BYTES ("<html><script>alert (1)</script></html>"), "text/plain" },
  { "program",
    BYTES ("\x7f"
           "ELF\2\1\1"),
    NULL },
  { "program-of-windows", BYTES ("MZ\x90\0\3\0\0\0"), NULL },
  { "script", BYTES ("#!/bin/sh\nrm -rf ~\n"), NULL },
  { "starter", BYTES ("[Desktop Entry]\nExec=sh\n"), NULL },
  { "shortcut", BYTES ("L\0\0\0\1\x14\2\0"), NULL },
  { "archive", BYTES ("PK\3\4\x14\0\0\0\0\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\5\0\0\0a.exe"), NULL },
  { "noise", BYTES ("\1\2\3\4\5\6\7\10"), NULL },
  { "nothing", BYTES (""), NULL },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree guint8 *bytes = g_memdup2 (rows[i].bytes, rows[i].n_bytes);
      g_autoptr (GError) error = NULL;
      const AmendsMedia *media = amends_media_recognise (bytes, rows[i].n_bytes, &error);

      g_test_message ("%s", rows[i].name);
      g_assert_cmpstr (media != NULL ? media->type : NULL, ==, rows[i].type);
      if (media == NULL)
        g_assert_error (error, AMENDS_CORE_ERROR,
                        (int) (rows[i].n_bytes == 0 ? AMENDS_CORE_ERROR_INVALID
                                                    : AMENDS_CORE_ERROR_REFUSED));
    }
}

static const struct
{
  const char *name;
  const char *bytes;
  gsize n_bytes;
  gboolean is_taken;
} sizes[] = {
  { "png of 40 megapixels", BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x1f\x40\0\0\x13\x88"), TRUE },
  { "png of one row more", BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x1f\x40\0\0\x13\x89"), FALSE },
  { "png of 2^31 squared", BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff"),
    FALSE },
  { "jpeg of 8000 by 5000", BYTES ("\xff\xd8\xff\xe1\0\4zz\xff\xc2\0\10\10\x13\x88\x1f\x40\3"),
    TRUE },
  { "jpeg of 65535 squared", BYTES ("\xff\xd8\xff\xe1\0\4zz\xff\xc0\0\10\10\xff\xff\xff\xff\3"),
    FALSE },
  { "gif of 65535 squared", BYTES ("GIF89a\xff\xff\xff\xff"), FALSE },
  { "webp of 16384 squared", BYTES ("RIFF\0\0\0\0WEBPVP8X\12\0\0\0\0\0\0\0\xff\x3f\0\xff\x3f\0"),
    FALSE },
  { "bmp of 20000 squared", BYTES ("BM\0\0\0\0\0\0\0\0\0\0\0\0\x28\0\0\0\x20\x4e\0\0\x20\x4e\0\0"),
    FALSE },
};

static void
test_sizes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree guint8 *bytes = g_memdup2 (sizes[i].bytes, sizes[i].n_bytes);
      g_autoptr (GError) error = NULL;
      const AmendsMedia *media = amends_media_recognise (bytes, sizes[i].n_bytes, &error);

      g_test_message ("%s", sizes[i].name);
      g_assert_cmpint (media != NULL, ==, sizes[i].is_taken);
      if (!sizes[i].is_taken)
        g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
    }
}

static const struct
{
  const char *type;
  const char *name;
  const char *fitted;
} names[] = {
  { "image/jpeg", "wall.jpg", "wall.jpg" },
  { "image/jpeg", "WALL.JPEG", "WALL.JPEG" },
  { "image/jpeg", "invoice.pdf", "invoice.pdf.jpg" },
  { "image/jpeg", "wall", "wall.jpg" },
  { "image/jpeg", ".jpg", ".jpg.jpg" },
  { "text/plain", "page.html", "page.html.txt" },
  { "text/plain", "run.bat", "run.bat.txt" },
  { "application/pdf", "letter.pdf", "letter.pdf" },
};

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *fitted =
          amends_media_fit_name (amends_media_find (names[i].type), names[i].name);

      g_assert_cmpstr (fitted, ==, names[i].fitted);
    }
  g_assert_null (amends_media_find ("application/x-executable"));
}

/* Another device may call a file anything. */
static const struct
{
  const char *type;
  const char *name;
  const char *file;
} files[] = {
  { "image/jpeg", "wall.jpg", "wall.jpg" },
  { "image/jpeg", "../../.config/autostart/wall.desktop", "wall.desktop.jpg" },
  { "image/jpeg", "/etc/wall.jpg", "wall.jpg" },
  { "image/jpeg", "..\\wall.jpg", "wall.jpg" },
  { "image/jpeg", "..", "attachment.jpg" },
  { "image/jpeg", "", "attachment.jpg" },
  { "image/jpeg", "wall\xe2\x80\xaegpj.exe", "wallgpj.exe.jpg" },
  { "application/x-executable", "wall.exe", "wall.exe.bin" },
};

static void
test_files (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *file = amends_media_dup_file_name (files[i].type, files[i].name);

      g_assert_cmpstr (file, ==, files[i].file);
    }
}

#define SOI "\xff\xd8"
#define JFIF "\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
#define TABLE "\xff\xdb\0\5\0\1\2"
#define SCAN "\xff\xda\0\4\0\0\x12\x34\xff\0\x56\xff\xd0\x78"
#define EOI "\xff\xd9"
#define XMP "\xff\xe1\0\x1ehttp://ns.adobe.com/xap/1.0/"
#define IPTC "\xff\xed\0\x0ePhotoshop 3."
#define COMMENT    \
  "\xff\xfe\0\x0b" \
  "taken by "
#define ICC "\xff\xe2\0\x10ICC_PROFILE\0\1\1"
#define MPF "\xff\xe2\0\6MPF\0"
#define EXIF_TURNED \
  "\xff\xe1\0\x22"  \
  "Exif\0\0II*\0\10\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0"
#define EXIF_PLACE \
  "\xff\xe1\0\x22" \
  "Exif\0\0MM\0*\0\0\0\10\0\1\x88\x25\0\4\0\0\0\1\0\0\0\1\0\0\0\0"
#define ONLY_TURNED \
  "\xff\xe1\0\x22"  \
  "Exif\0\0MM\0*\0\0\0\10\0\1\1\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"

#define PNG "\x89PNG\r\n\x1a\n"
#define IHDR "\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\0\0\0\0crc."
#define IDAT "\0\0\0\4IDATabcdcrc."
#define IEND "\0\0\0\0IEND\xae\x42\x60\x82"
#define TEXT "\0\0\0\12tEXtAuthor\0Wrecrc."
#define GAMMA "\0\0\0\4gAMA\0\0\261\217crc."
#define CREDENTIALS "\0\0\0\10caBXjumbWrencrc."
#define EXIF_CHUNK "\0\0\0\4eXIfMM\0*crc."

static const struct
{
  const char *name;
  const char *type;
  const char *bytes;
  gsize n_bytes;
  const char *clean; /* NULL: refused */
  gsize n_clean;
} pictures[] = {
  { "nothing to take out", "image/jpeg", BYTES (SOI JFIF TABLE SCAN EOI),
    BYTES (SOI JFIF TABLE SCAN EOI) },
  { "all there is", "image/jpeg",
    BYTES (SOI JFIF EXIF_PLACE XMP IPTC COMMENT ICC MPF TABLE SCAN EOI),
    BYTES (SOI JFIF ICC TABLE SCAN EOI) },
  { "which way up stays", "image/jpeg", BYTES (SOI JFIF EXIF_TURNED TABLE SCAN EOI),
    BYTES (SOI ONLY_TURNED JFIF TABLE SCAN EOI) },
  { "between two scans", "image/jpeg", BYTES (SOI TABLE SCAN COMMENT SCAN EOI),
    BYTES (SOI TABLE SCAN SCAN EOI) },
  { "behind the end", "image/jpeg", BYTES (SOI TABLE SCAN EOI SOI EXIF_PLACE EOI),
    BYTES (SOI TABLE SCAN EOI) },
  { "filled up", "image/jpeg", BYTES (SOI "\xff\xff" COMMENT TABLE SCAN EOI),
    BYTES (SOI TABLE SCAN EOI) },
  { "cut within a scan", "image/jpeg", BYTES (SOI TABLE "\xff\xda\0\4\0\0\x12\x34"),
    BYTES (SOI TABLE "\xff\xda\0\4\0\0\x12\x34") },
  { "cut within a segment", "image/jpeg",
    BYTES (SOI "\xff\xe1\xff\xff"
               "Exif"),
    NULL, 0 },
  { "no segment", "image/jpeg", BYTES (SOI "no segment"), NULL, 0 },
  { "png", "image/png", BYTES (PNG IHDR TEXT EXIF_CHUNK IDAT IEND "behind the end"),
    BYTES (PNG IHDR IDAT IEND) },
  { "png with what a program adds of its own", "image/png",
    BYTES (PNG IHDR GAMMA CREDENTIALS IDAT IEND), BYTES (PNG IHDR GAMMA IDAT IEND) },
  { "png that is cut", "image/png", BYTES (PNG IHDR TEXT), NULL, 0 },
  { "png of a length that is not there", "image/png", BYTES (PNG "\xff\xff\xff\xffIHDR...."), NULL,
    0 },
};

static void
test_clean (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autofree guint8 *bytes = g_memdup2 (pictures[i].bytes, pictures[i].n_bytes);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) clean = amends_media_clean (amends_media_find (pictures[i].type), bytes,
                                                     pictures[i].n_bytes, &error);

      g_test_message ("%s", pictures[i].name);
      if (pictures[i].clean == NULL)
        {
          g_assert_null (clean);
          g_assert_error (error, AMENDS_CORE_ERROR, AMENDS_CORE_ERROR_REFUSED);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (clean, NULL), g_bytes_get_size (clean), pictures[i].clean,
                       pictures[i].n_clean);
    }
}

/* Cut anywhere, nothing is read that is not there, and what comes out has nothing that was to go. */
static void
test_cut (void)
{
  static const char whole[] = SOI JFIF EXIF_TURNED EXIF_PLACE XMP COMMENT TABLE SCAN EOI;

  for (gsize n = 0; n < sizeof whole; n++)
    {
      g_autofree guint8 *bytes = g_memdup2 (whole, n);
      g_autoptr (GBytes) clean =
          amends_media_clean (amends_media_find ("image/jpeg"), bytes, n, NULL);

      amends_media_recognise (bytes, n, NULL);
      if (clean != NULL)
        g_assert_null (
            memmem (g_bytes_get_data (clean, NULL), g_bytes_get_size (clean), "adobe", 5));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/media/rows", test_rows);
  g_test_add_func ("/media/sizes", test_sizes);
  g_test_add_func ("/media/files", test_files);
  g_test_add_func ("/media/names", test_names);
  g_test_add_func ("/media/clean", test_clean);
  g_test_add_func ("/media/cut", test_cut);
  return g_test_run ();
}
