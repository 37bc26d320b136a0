/* main.c: the square code on a scan that somebody chose
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * amends-read-code < FILE writes what the code says, and nothing else of it. Pictures and documents come from
 * anywhere, and what opens them is large: so it is a program of its own, which is given the one file, writes none,
 * begins no other program, and ends when it takes too long or too much.
 *
 * It exits with 0 where there is one, 1 where there is none, 2 where the file is neither a picture nor a PDF. */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <poppler.h>
#include <zbar.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

#define MAX_BYTES (64 * 1024 * 1024) /* as large as an attachment */
#define MAX_MEMORY (1024UL * 1024 * 1024)
#define MAX_SECONDS 20
#define MAX_SIDE 3500        /* pixels: A4 at 300 an inch */
#define MAX_PIXELS 200000000 /* of a picture before it is made smaller */
#define MAX_PAGES 8
#define MAX_CHARS 32 /* of a reference; what is longer is another's code */
#define DOTS_PER_INCH 150.0

enum
{
  EXIT_FOUND,
  EXIT_NONE,
  EXIT_UNREADABLE,
};

static void
limit (int resource, rlim_t value)
{
  const struct rlimit limits = { value, value };

  setrlimit (resource, &limits);
}

static void
confine (void)
{
  limit (RLIMIT_CORE, 0);
  limit (RLIMIT_FSIZE, 0);
  limit (RLIMIT_NPROC, 0);
  limit (RLIMIT_CPU, MAX_SECONDS);
  alarm (MAX_SECONDS);
#ifndef __SANITIZE_ADDRESS__ /* which takes all addresses there are */
  limit (RLIMIT_AS, MAX_MEMORY);
#endif
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
  prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
}

/* Returns: (nullable): what came; NULL where it is nothing, or too much */
static GBytes *
read_all (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[64 * 1024];
  gssize n;

  while ((n = read (STDIN_FILENO, buffer, sizeof buffer)) > 0 && bytes->len <= MAX_BYTES)
    g_byte_array_append (bytes, buffer, (guint) n);
  return n == 0 && bytes->len > 0 && bytes->len <= MAX_BYTES
             ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes))
             : NULL;
}

/* @grey: one byte a pixel. Returns: (transfer full) (nullable): what its first square code says */
static char *
find_code (const guint8 *grey, guint width, guint height)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_t *image = zbar_image_create ();
  char *found = NULL;

  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, width, height);
  zbar_image_set_data (image, grey, (gulong) width * height, NULL);
  if (zbar_scan_image (scanner, image) > 0)
    for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image);
         symbol != NULL && found == NULL; symbol = zbar_symbol_next (symbol))
      {
        const char *data = zbar_symbol_get_data (symbol);

        if (strnlen (data, MAX_CHARS + 1) <= MAX_CHARS && g_str_is_ascii (data))
          found = g_strdup (data);
      }
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
  return found;
}

/* ------------------------------------------------------------ pictures */

static void
size_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  gboolean *is_too_large = user_data;
  int side = MAX (width, height);

  if ((gint64) width * height > MAX_PIXELS)
    *is_too_large = TRUE;
  if (side > MAX_SIDE)
    gdk_pixbuf_loader_set_size (loader, MAX (width * MAX_SIDE / side, 1),
                                MAX (height * MAX_SIDE / side, 1));
}

static GdkPixbuf *
load_picture (GBytes *bytes)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  const guint8 *data;
  gsize size;
  gboolean is_too_large = FALSE, is_read = TRUE;

  data = g_bytes_get_data (bytes, &size);
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_cb), &is_too_large);
  for (gsize at = 0; at < size && is_read && !is_too_large; at += 64 * 1024)
    is_read = gdk_pixbuf_loader_write (loader, data + at, MIN (size - at, 64 * 1024), NULL);
  is_read = gdk_pixbuf_loader_close (loader, NULL) && is_read;
  return is_read && !is_too_large && gdk_pixbuf_loader_get_pixbuf (loader) != NULL
             ? g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader))
             : NULL;
}

static char *
find_in_picture (GdkPixbuf *picture)
{
  guint width = (guint) gdk_pixbuf_get_width (picture);
  guint height = (guint) gdk_pixbuf_get_height (picture);
  guint n_channels = (guint) gdk_pixbuf_get_n_channels (picture);
  guint stride = (guint) gdk_pixbuf_get_rowstride (picture);
  const guint8 *pixels = gdk_pixbuf_read_pixels (picture);
  g_autofree guint8 *grey = g_malloc ((gsize) width * height);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        const guint8 *pixel = pixels + (gsize) y * stride + x * n_channels;

        grey[(gsize) y * width + x] =
            (guint8) ((pixel[0] * 77 + pixel[1] * 151 + pixel[2] * 28) >> 8);
      }
  return find_code (grey, width, height);
}

/* ------------------------------------------------------------ documents */

static char *
find_on_page (PopplerDocument *document, int number)
{
  g_autoptr (PopplerPage) page = poppler_document_get_page (document, number);
  double scale = DOTS_PER_INCH / 72, width, height;
  cairo_surface_t *surface;
  cairo_t *cr;
  char *found = NULL;

  poppler_page_get_size (page, &width, &height);
  scale = MIN (scale, MAX_SIDE / MAX (MAX (width, height), 1));
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX ((int) (width * scale), 1),
                                        MAX ((int) (height * scale), 1));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (page, cr);
  cairo_surface_flush (surface);
  if (cairo_status (cr) == CAIRO_STATUS_SUCCESS)
    {
      guint n_columns = (guint) cairo_image_surface_get_width (surface);
      guint n_rows = (guint) cairo_image_surface_get_height (surface);
      gsize stride = (gsize) cairo_image_surface_get_stride (surface);
      const guint8 *data = cairo_image_surface_get_data (surface);
      g_autofree guint8 *grey = g_malloc ((gsize) n_columns * n_rows);

      for (guint y = 0; y < n_rows; y++)
        for (guint x = 0; x < n_columns; x++)
          grey[(gsize) y * n_columns + x] = data[y * stride + x * 4 + 1]; /* green is enough */
      found = find_code (grey, n_columns, n_rows);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return found;
}

static char *
find_in_document (PopplerDocument *document)
{
  int n_pages = MIN (poppler_document_get_n_pages (document), MAX_PAGES);
  char *found = NULL;

  for (int i = 0; i < n_pages && found == NULL; i++)
    found = find_on_page (document, i);
  return found;
}

int
main (void)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkPixbuf) picture = NULL;
  g_autoptr (PopplerDocument) document = NULL;
  g_autofree char *code = NULL;

  confine ();
  bytes = read_all ();
  if (bytes == NULL)
    return EXIT_UNREADABLE;
  document = poppler_document_new_from_bytes (bytes, NULL, NULL);
  if (document != NULL)
    code = find_in_document (document);
  else
    {
      picture = load_picture (bytes);
      if (picture == NULL)
        return EXIT_UNREADABLE;
      code = find_in_picture (picture);
    }
  if (code == NULL)
    return EXIT_NONE;
  g_print ("%s\n", code);
  return EXIT_FOUND;
}
