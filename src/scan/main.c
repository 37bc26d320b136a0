/* main.c: the square code on a scan that somebody chose, and a small picture of what is attached
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * amends-read-code < FILE writes what the code says, and nothing else of it.
 *
 * amends-read-code --small TYPE < FILE writes a small picture of a picture, or of the first page of a document, as
 * nothing that is to be decoded: its width and its height, two bytes each with the lower first, then three bytes a
 * pixel. It is opened as what TYPE says, and as nothing else that it might be as well.
 *
 * Pictures and documents come from
 * anywhere, and what opens them is large: so it is a program of its own, which is given the one file, writes none,
 * begins no other program, and ends when it takes too long or too much.
 *
 * It exits with 0 where there is one, 1 where there is no code, 2 where the file is neither a picture nor a PDF, or not
 * what it is said to be, 3 where nothing is installed here that draws what it is. */

#include "config.h"

#include <signal.h>
#include <stdio.h>
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
#define SMALL_SIDE 160            /* pixels: twice what is shown, for screens with small ones */
#define SMALL_MAX_PIXELS 40000000 /* of what is attached */

enum
{
  EXIT_FOUND,
  EXIT_NONE,
  EXIT_UNREADABLE,
  EXIT_NO_LOADER,
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

typedef struct
{
  int max_side;
  gint64 max_pixels; /* before it is made smaller */
  gboolean is_too_large;
} PictureLimits;

static void
size_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  PictureLimits *limits = user_data;
  int side = MAX (width, height);

  if ((gint64) width * height > limits->max_pixels)
    limits->is_too_large = TRUE;
  if (side > limits->max_side)
    gdk_pixbuf_loader_set_size (loader, MAX ((int) ((gint64) width * limits->max_side / side), 1),
                                MAX ((int) ((gint64) height * limits->max_side / side), 1));
}

/* @loader: (transfer full) (nullable) */
static GdkPixbuf *
load_picture (GBytes *bytes, GdkPixbufLoader *loader, PictureLimits *limits)
{
  g_autoptr (GdkPixbufLoader) owned = loader;
  const guint8 *data;
  gsize size;
  gboolean is_read = TRUE;

  if (loader == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_cb), limits);
  for (gsize at = 0; at < size && is_read && !limits->is_too_large; at += 64 * 1024)
    is_read = gdk_pixbuf_loader_write (loader, data + at, MIN (size - at, 64 * 1024), NULL);
  is_read = gdk_pixbuf_loader_close (loader, NULL) && is_read;
  return is_read && !limits->is_too_large && gdk_pixbuf_loader_get_pixbuf (loader) != NULL
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

/* Returns: (transfer full) (nullable): the page on white, no larger than @max_side */
static cairo_surface_t *
draw_page (PopplerDocument *document, int number, int max_side)
{
  g_autoptr (PopplerPage) page = poppler_document_get_page (document, number);
  double scale = DOTS_PER_INCH / 72, width, height;
  cairo_surface_t *surface;
  gboolean is_drawn;
  cairo_t *cr;

  if (page == NULL)
    return NULL;
  poppler_page_get_size (page, &width, &height);
  scale = MIN (scale, max_side / MAX (MAX (width, height), 1));
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX ((int) (width * scale), 1),
                                        MAX ((int) (height * scale), 1));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (page, cr);
  cairo_surface_flush (surface);
  is_drawn = cairo_status (cr) == CAIRO_STATUS_SUCCESS;
  cairo_destroy (cr);
  if (!is_drawn)
    g_clear_pointer (&surface, cairo_surface_destroy);
  return surface;
}

static char *
find_on_page (PopplerDocument *document, int number)
{
  cairo_surface_t *surface = draw_page (document, number, MAX_SIDE);
  char *found = NULL;

  if (surface != NULL)
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
      cairo_surface_destroy (surface);
    }
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

static int
find (GBytes *bytes)
{
  g_autoptr (PopplerDocument) document = poppler_document_new_from_bytes (bytes, NULL, NULL);
  g_autoptr (GdkPixbuf) picture = NULL;
  g_autofree char *code = NULL;

  if (document != NULL)
    code = find_in_document (document);
  else
    {
      PictureLimits limits = { MAX_SIDE, MAX_PIXELS, FALSE };

      picture = load_picture (bytes, gdk_pixbuf_loader_new (), &limits);
      if (picture == NULL)
        return EXIT_UNREADABLE;
      code = find_in_picture (picture);
    }
  if (code == NULL)
    return EXIT_NONE;
  g_print ("%s\n", code);
  return EXIT_FOUND;
}

/* ------------------------------------------------------------ small pictures */

static void
write_byte (guint value)
{
  putchar ((int) (value & 0xff));
}

static void
write_size (guint width, guint height)
{
  const guint sides[] = { width, height };

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      write_byte (sides[i]);
      write_byte (sides[i] >> 8);
    }
}

/* What can be seen through stands on white, as on paper. */
static void
write_picture (GdkPixbuf *picture)
{
  guint width = (guint) gdk_pixbuf_get_width (picture);
  guint height = (guint) gdk_pixbuf_get_height (picture);
  guint n_channels = (guint) gdk_pixbuf_get_n_channels (picture);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (picture);
  const guint8 *pixels = gdk_pixbuf_read_pixels (picture);

  write_size (width, height);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      for (guint c = 0; c < 3; c++)
        {
          const guint8 *pixel = pixels + y * stride + x * n_channels;
          guint alpha = gdk_pixbuf_get_has_alpha (picture) ? pixel[3] : 255;

          write_byte ((pixel[c] * alpha + 255 * (255 - alpha)) / 255);
        }
}

static void
write_page (cairo_surface_t *surface)
{
  guint width = (guint) cairo_image_surface_get_width (surface);
  guint height = (guint) cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  const guint8 *data = cairo_image_surface_get_data (surface);

  write_size (width, height);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        const guint32 *pixel = (const guint32 *) (const void *) (data + y * stride) + x;

        write_byte (*pixel >> 16);
        write_byte (*pixel >> 8);
        write_byte (*pixel);
      }
}

static int
write_small_page (GBytes *bytes)
{
  g_autoptr (PopplerDocument) document = poppler_document_new_from_bytes (bytes, NULL, NULL);
  cairo_surface_t *surface = document != NULL ? draw_page (document, 0, SMALL_SIDE) : NULL;

  if (surface == NULL)
    return EXIT_UNREADABLE;
  write_page (surface);
  cairo_surface_destroy (surface);
  return EXIT_FOUND;
}

static gboolean
has_after (const guint8 *data, gsize size, gsize at, const char *end)
{
  return at < size && memmem (data + at, size - at, end, strlen (end)) != NULL;
}

/* Where the first scan begins, behind all that has a length: a picture in what the camera says has an end, too. */
static gsize
find_scan (const guint8 *data, gsize size)
{
  gsize at = 2;

  while (at + 4 <= size && data[at] == 0xff && data[at + 1] != 0xda)
    at += 2 + ((gsize) data[at + 2] << 8 | data[at + 3]);
  return at;
}

/* The loaders take what came of a picture for the whole, and draw the rest grey. */
static gboolean
is_cut_off (GBytes *bytes, const char *type)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (strcmp (type, "image/png") == 0)
    return !has_after (data, size, 0, "IEND\xae\x42\x60\x82");
  return strcmp (type, "image/jpeg") == 0
         && !has_after (data, size, find_scan (data, size), "\xff\xd9");
}

static int
write_small (GBytes *bytes, const char *type)
{
  PictureLimits limits = { SMALL_SIDE, SMALL_MAX_PIXELS, FALSE };
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GdkPixbuf) picture = NULL;
  g_autoptr (GdkPixbuf) upright = NULL;

  if (strcmp (type, "application/pdf") == 0)
    return write_small_page (bytes);
  if (is_cut_off (bytes, type))
    return EXIT_UNREADABLE;
  loader = gdk_pixbuf_loader_new_with_mime_type (type, NULL);
  if (loader == NULL)
    return EXIT_NO_LOADER;
  picture = load_picture (bytes, g_steal_pointer (&loader), &limits);
  upright = picture != NULL ? gdk_pixbuf_apply_embedded_orientation (picture) : NULL;
  if (upright == NULL)
    return EXIT_UNREADABLE;
  write_picture (upright);
  return EXIT_FOUND;
}

int
main (int argc, char *argv[])
{
  gboolean is_small = argc == 3 && strcmp (argv[1], "--small") == 0;
  g_autoptr (GBytes) bytes = NULL;
  int code;

  confine ();
  bytes = argc == 1 || is_small ? read_all () : NULL;
  if (bytes == NULL)
    return EXIT_UNREADABLE;
  code = is_small ? write_small (bytes, argv[2]) : find (bytes);
  /* Half a picture is none. */
  return fflush (stdout) == 0 && ferror (stdout) == 0 ? code : EXIT_UNREADABLE;
}
