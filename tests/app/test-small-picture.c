/* test-small-picture.c: what is attached, as small as a row shows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each picture and document is drawn by the program that is installed. Every folder in which programs leave what they
 * need for a moment is inside the one that the test looks through. */

#include "find.h"
#include "open-session.h"

#include <adwaita.h>
#include <cairo-pdf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <zlib.h>

#include "app/amends-scan.h"
#include "app/amends-small-picture.h"
#include "app/staff/amends-attachment-list.h"

#define CANARY "herons wade at dusk 7731"

static GBytes *
bytes_of (const void *data, gsize size)
{
  return g_bytes_new (data, size);
}

/* ------------------------------------------------------------ files */

static GBytes *
make_picture (const char *type, int width, int height, const char *key, const char *value)
{
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GError) error = NULL;
  g_autofree char *buffer = NULL;
  gsize size;

  gdk_pixbuf_fill (picture, 0x3366ccff);
  gdk_pixbuf_save_to_buffer (picture, &buffer, &size, type, &error, key, value, NULL);
  g_assert_no_error (error);
  return bytes_of (buffer, size);
}

static cairo_status_t
take_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
make_document (const char *text)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (take_cb, bytes, 595, 842);
  cairo_t *cr = cairo_create (surface);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, text);
  cairo_set_source_rgb (cr, 0.2, 0.4, 0.8);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static void
append_chunk (GByteArray *png, const char *type, const guint8 *data, gsize size)
{
  guint32 length = GUINT32_TO_BE ((guint32) size);
  guint32 sum = (guint32) crc32 (crc32 (0, (const Bytef *) type, 4), data, (uInt) size);

  sum = GUINT32_TO_BE (sum);
  g_byte_array_append (png, (const guint8 *) &length, 4);
  g_byte_array_append (png, (const guint8 *) type, 4);
  g_byte_array_append (png, data, (guint) size);
  g_byte_array_append (png, (const guint8 *) &sum, 4);
}

/* A few kilobytes that would be a picture of @side times @side: grey, one bit a pixel. */
static GBytes *
make_bomb (guint32 side)
{
  static const guint8 head[] = "\x89PNG\r\n\x1a\n";
  GByteArray *png = g_byte_array_new ();
  guint8 header[13] = { 0 };
  gsize n_raw = MIN ((gsize) side * (1 + (side + 7) / 8), 8 * 1024 * 1024);
  g_autofree guint8 *raw = g_malloc0 (n_raw);
  uLongf n_packed = compressBound (n_raw);
  g_autofree guint8 *packed = g_malloc (n_packed);
  guint32 big = GUINT32_TO_BE (side);

  memcpy (header, &big, 4);
  memcpy (header + 4, &big, 4);
  header[8] = 1;
  g_assert_cmpint (compress2 (packed, &n_packed, raw, n_raw, 9), ==, Z_OK);
  g_byte_array_append (png, head, 8);
  append_chunk (png, "IHDR", header, sizeof header);
  append_chunk (png, "IDAT", packed, n_packed);
  append_chunk (png, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (png);
}

/* ------------------------------------------------------------ what is drawn */

static AmendsSmallPicture *
make_small (const char *media, GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  g_ptr_array_add (parts, bytes);
  return amends_small_picture_make (media, parts, error);
}

/* A colour a little off is the codec's. */
static void
assert_blue (const AmendsSmallPicture *picture, guint width, guint height)
{
  gsize size;
  const guint8 *pixels = g_bytes_get_data (picture->pixels, &size);

  g_assert_cmpuint (picture->width, ==, width);
  g_assert_cmpuint (picture->height, ==, height);
  g_assert_cmpuint (size, ==, (gsize) width * height * 3);
  for (gsize i = 0; i < size; i += 3)
    g_assert_true (ABS (pixels[i] - 0x33) < 4 && ABS (pixels[i + 1] - 0x66) < 4
                   && ABS (pixels[i + 2] - 0xcc) < 4);
}

static void
test_drawn (void)
{
  static const struct
  {
    const char *media;
    const char *type;
    int width;
    int height;
    guint small_width;
    guint small_height;
  } rows[] = {
    { "image/jpeg", "jpeg", 1600, 800, 160, 80 }, { "image/png", "png", 800, 1600, 80, 160 },
    { "image/jpeg", "jpeg", 40, 30, 40, 30 },     { "image/png", "png", 9000, 1, 160, 1 },
    { "image/tiff", "tiff", 320, 320, 160, 160 },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) document = make_document (CANARY);
  g_autoptr (AmendsSmallPicture) page = make_small ("application/pdf", document, &error);

  g_assert_no_error (error);
  assert_blue (page, 113, 160);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes =
          make_picture (rows[i].type, rows[i].width, rows[i].height, NULL, NULL);
      g_autoptr (AmendsSmallPicture) picture = make_small (rows[i].media, bytes, &error);

      g_assert_no_error (error);
      assert_blue (picture, rows[i].small_width, rows[i].small_height);
    }
}

/* What is no picture, or not the one it is said to be, is told of, and nothing ends that it would take along. */
static void
test_refused (void)
{
  static const char program[] = "\x7f"
                                "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\x3e\0";
  static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
  g_autoptr (GBytes) jpeg = make_picture ("jpeg", 1600, 800, "quality", "90");
  g_autoptr (GBytes) png = make_picture ("png", 640, 640, NULL, NULL);
  g_autoptr (GBytes) document = make_document (CANARY);
  g_autofree char *noise = g_strnfill (300000, '\xff');
  struct
  {
    const char *media;
    GBytes *bytes;
  } rows[] = {
    { "application/pdf", bytes_of (program, sizeof program - 1) },
    { "application/pdf", bytes_of ("%PDF-1.7\n", 9) },
    { "application/pdf", bytes_of ("", 0) },
    { "application/pdf", g_bytes_ref (png) },
    { "image/jpeg", bytes_of (program, sizeof program - 1) },
    { "image/jpeg", bytes_of (noise, 300000) },
    { "image/jpeg", g_bytes_ref (png) },
    { "image/jpeg", bytes_of (svg, sizeof svg - 1) },
    { "image/jpeg", g_bytes_new_from_bytes (jpeg, 0, 300) },
    { "image/jpeg", g_bytes_new_from_bytes (jpeg, 0, g_bytes_get_size (jpeg) / 2) },
    { "image/jpeg", g_bytes_new_from_bytes (jpeg, 0, g_bytes_get_size (jpeg) - 2) },
    { "image/png", g_bytes_new_from_bytes (png, 0, g_bytes_get_size (png) / 2) },
    { "image/png", g_bytes_ref (document) },
    { "image/png", make_bomb (6400) }, /* of 40,960,000 pixels */
    { "image/png", make_bomb (100000) },
    { "image/svg+xml", bytes_of (svg, sizeof svg - 1) },
    { "text/plain", bytes_of (CANARY, strlen (CANARY)) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AmendsSmallPicture) picture = NULL;

      g_test_message ("%u %s", (guint) i, rows[i].media);
      picture = make_small (rows[i].media, rows[i].bytes, &error);
      g_assert_null (picture);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_bytes_unref (rows[i].bytes);
    }
}

static const char webp[] =
    "RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0";

static gboolean
draws_webp (void)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type ("image/webp", NULL);

  if (loader != NULL)
    gdk_pixbuf_loader_close (loader, NULL);
  return loader != NULL;
}

/* What nothing here draws says so; where something does, what is no such picture is none. */
static void
test_no_loader (void)
{
  g_autoptr (GBytes) bytes = bytes_of (webp, sizeof webp - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsSmallPicture) picture = make_small ("image/webp", bytes, &error);

  if (draws_webp ())
    {
      g_test_skip ("something here draws WebP");
      return;
    }
  g_assert_null (picture);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_nonnull (strstr (error->message, "it is a WebP picture"));
}

/* ------------------------------------------------------------ rows of a case */

/* Taken in from a file that is gone afterwards. */
static void
attach (Fixture *fixture, const char *name, GBytes *bytes)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome = NULL;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
  amends_session_attach_async (fixture->session, &fixture->id, path, FALSE, FALSE, NULL, result_cb,
                               &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  outcome = amends_session_attach_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_remove (path), ==, 0);
}

static gboolean
has_bytes (const char *path, const void *wanted, gsize n_wanted)
{
  g_autofree char *contents = NULL;
  gsize size;

  return g_file_get_contents (path, &contents, &size, NULL) && size >= n_wanted
         && memmem (contents, size, wanted, n_wanted) != NULL;
}

/* (nullable): a file under @folder with what stands in the document, or with its pixels in any order of colours. */
static char *
find_leak (const char *folder)
{
  static const guint8 pixels[][8] = { { 0x33, 0x66, 0xcc, 0x33, 0x66, 0xcc, 0x33, 0x66 },
                                      { 0xcc, 0x66, 0x33, 0xff, 0xcc, 0x66, 0x33, 0xff },
                                      { 0xcc, 0x66, 0x33, 0xcc, 0x66, 0x33, 0xcc, 0x66 },
                                      { 0x33, 0x66, 0xcc, 0xff, 0x33, 0x66, 0xcc, 0xff } };
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  char *found = NULL;

  while (dir != NULL && found == NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      gboolean is_leak = FALSE;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        found = find_leak (path);
      else if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        is_leak = has_bytes (path, CANARY, strlen (CANARY));
      for (gsize i = 0; i < G_N_ELEMENTS (pixels) && found == NULL; i++)
        is_leak = is_leak || has_bytes (path, pixels[i], sizeof pixels[i]);
      if (is_leak)
        found = g_strdup (path);
    }
  return found;
}

static void
assert_no_leak (void)
{
  g_autofree char *leak = find_leak (g_getenv ("HOME"));

  g_assert_cmpstr (leak, ==, NULL);
}

static GtkWidget *
find_image (GtkWidget *widget, const char *name)
{
  GtkWidget *found = NULL;

  if (GTK_IS_IMAGE (widget))
    {
      g_autofree char *other =
          gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                              GTK_ACCESSIBLE_PROPERTY_LABEL, name);

      return other == NULL ? widget : NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_image (child, name);
  return found;
}

static GdkPaintable *
wait_image (GtkWidget *window, const char *name)
{
  GtkWidget *found;

  while ((found = find_image (window, name)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return gtk_image_get_paintable (GTK_IMAGE (found));
}

/* Each row has its picture or says that there is none, and nothing of it is in any folder, nor after the lock. */
static void
test_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) jpeg = make_picture ("jpeg", 1600, 800, "quality", "90");
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (jpeg, 0, g_bytes_get_size (jpeg) / 2);
  g_autoptr (GBytes) document = make_document (CANARY);
  g_autoptr (GBytes) broken = bytes_of ("%PDF-1.4\n", 9);
  g_autoptr (GBytes) unknown = bytes_of (webp, sizeof webp - 1);
  g_autofree char *planted = g_build_filename (g_get_tmp_dir (), "planted", NULL);
  g_autofree char *leak = NULL;
  g_autoptr (AmendsCaseFile) file = NULL;
  GtkWidget *window = gtk_window_new ();
  AmendsAttachmentList *list = g_object_new (AMENDS_TYPE_ATTACHMENT_LIST, NULL);

  attach (fixture, "wall.jpg", jpeg);
  attach (fixture, "cut.jpg", cut);
  attach (fixture, "letter.pdf", document);
  attach (fixture, "empty.pdf", broken);
  attach (fixture, "phone.webp", unknown);
  file = get_file (fixture);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (list));
  gtk_window_present (GTK_WINDOW (window));
  amends_attachment_list_set_session (list, fixture->session);
  amends_attachment_list_set_attachments (list, file->attachments);
  g_assert_nonnull (wait_image (window, "Small picture of \u2068wall.jpg\u2069"));
  g_assert_null (wait_image (window, "No preview of \u2068cut.jpg\u2069"));
  g_assert_nonnull (wait_image (window, "Small picture of \u2068letter.pdf\u2069"));
  g_assert_null (wait_image (window, "No preview of \u2068empty.pdf\u2069"));
  if (!draws_webp ())
    {
      g_assert_null (wait_image (window, "No preview of \u2068phone.webp\u2069"));
      g_assert_true (says (window, "No preview: it is a WebP picture, and nothing on this computer "
                                   "draws those small"));
    }
  g_assert_true (says (window, "No preview"));
  assert_no_leak ();

  /* What has come meanwhile changes no picture. */
  amends_attachment_list_set_attachments (list, file->attachments);
  g_assert_nonnull (find_image (window, "Small picture of \u2068wall.jpg\u2069"));

  amends_attachment_list_set_attachments (list, NULL);
  amends_session_lock (fixture->session);
  while (amends_session_get_state (fixture->session) != AMENDS_SESSION_LOCKED)
    g_main_context_iteration (NULL, TRUE);
  assert_no_leak ();
  /* Were it there, it would be found. */
  g_assert_true (g_file_set_contents (planted, g_bytes_get_data (document, NULL),
                                      (gssize) g_bytes_get_size (document), NULL));
  leak = find_leak (g_getenv ("HOME"));
  g_assert_cmpstr (leak, ==, planted);
  g_assert_cmpint (g_remove (planted), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What is being drawn while the door is locked, or while its list goes, is shown nowhere. */
static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) document = make_document (CANARY);
  g_autoptr (AmendsCaseFile) file = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *window = gtk_window_new ();
  AmendsAttachmentList *list = g_object_new (AMENDS_TYPE_ATTACHMENT_LIST, NULL);
  AmendsId event;
  const char *id;

  attach (fixture, "letter.pdf", document);
  file = get_file (fixture);
  id = json_string_value (json_object_get (json_array_get (file->attachments, 0), "id"));
  g_assert_true (amends_id_parse (id, &event, NULL));
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (list));
  amends_attachment_list_set_session (list, fixture->session);
  amends_attachment_list_set_attachments (list, file->attachments);
  gtk_window_destroy (GTK_WINDOW (window));
  amends_session_picture_async (fixture->session, &event, NULL, result_cb, &result);
  amends_session_lock (fixture->session);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (amends_session_picture_finish (fixture->session, result, &error));
  g_assert_error (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_LOCKED);
  assert_no_leak ();
}

/* Before anything is asked where such folders are. */
static TestFolder *
move_home (void)
{
  static const char *const variables[] = { "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "XDG_DATA_HOME",
                                           "XDG_CONFIG_HOME", "XDG_STATE_HOME", "TMPDIR" };
  const char *outside = g_getenv ("TMPDIR");
  TestFolder *home =
      g_build_filename (outside != NULL ? outside : "/tmp", "amends-test-XXXXXX", NULL);

  g_assert_nonnull (g_mkdtemp (home));
  g_setenv ("HOME", home, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      g_autofree char *path = g_build_filename (home, variables[i], NULL);

      g_mkdir (path, 0700);
      g_setenv (variables[i], path, TRUE);
    }
  return home;
}

#define ADD(name, test) g_test_add ("/small-picture/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  TestFolder *home = move_home ();
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  if (!amends_scan_is_there ())
    return 77; /* built without what draws them */
  g_test_add_func ("/small-picture/drawn", test_drawn);
  g_test_add_func ("/small-picture/refused", test_refused);
  g_test_add_func ("/small-picture/no-loader", test_no_loader);
  ADD ("rows", test_rows);
  ADD ("locked", test_locked);
  status = g_test_run ();
  test_folder_remove (home);
  return status;
}
