/* amends-small-picture.c: what is attached, as small as a row shows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What strangers made is opened by a program of its own, which is given its bytes through a pipe and writes none
 * anywhere (scan/main.c). What comes back is pixels that nothing decodes, and is believed only where it is just as
 * many as it says. It is in memory and nowhere else. */

#include "config.h"

#include "app/amends-small-picture.h"

#include <signal.h>
#include <string.h>

#include <glib/gi18n.h>

#include "app/amends-scan.h"

#define HEAD_BYTES 4
#define MAX_SIDE 160 /* pixels, of scan/main.c */
#define NO_LOADER 3  /* with which the program ends where nothing draws what it is */
#define MAX_ANSWER_BYTES (HEAD_BYTES + MAX_SIDE * MAX_SIDE * 3)

/**
 * amends_small_picture_is_for:
 * @media: what a file is: "image/jpeg"
 *
 * Returns: whether there is something to see of it, and what draws it is installed
 */
gboolean
amends_small_picture_is_for (const char *media)
{
  static const char *const types[] = { "image/jpeg", "image/png", "image/gif",       "image/webp",
                                       "image/tiff", "image/bmp", "application/pdf", NULL };

  return media != NULL && g_strv_contains (types, media) && amends_scan_is_there ();
}

/* All that the program says; NULL where it says more than a small picture is. */
static GBytes *
read_answer (GInputStream *stream, GError **error)
{
  g_autofree guint8 *answer = g_malloc (MAX_ANSWER_BYTES + 1);
  gsize n_read = 0;

  if (!g_input_stream_read_all (stream, answer, MAX_ANSWER_BYTES + 1, &n_read, NULL, error))
    return NULL;
  return n_read <= MAX_ANSWER_BYTES ? g_bytes_new (answer, n_read) : g_bytes_new (NULL, 0);
}

/* The program reads all before it says anything, so that neither waits for the other. One that ends earlier closes
 * the pipe, which its answer tells. */
static GBytes *
ask (GSubprocess *process, const GPtrArray *parts, GError **error)
{
  GOutputStream *stream = g_subprocess_get_stdin_pipe (process);
  gboolean is_open = TRUE;

  signal (SIGPIPE, SIG_IGN); /* as GLib does where there is a socket */
  for (guint i = 0; i < parts->len && is_open; i++)
    {
      GBytes *part = g_ptr_array_index (parts, i);

      is_open = g_output_stream_write_all (stream, g_bytes_get_data (part, NULL),
                                           g_bytes_get_size (part), NULL, NULL, NULL);
    }
  g_output_stream_close (stream, NULL, NULL);
  return read_answer (g_subprocess_get_stdout_pipe (process), error);
}

static AmendsSmallPicture *
parse (GBytes *answer)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (answer, &size);
  AmendsSmallPicture *self;
  guint width, height;

  if (size < HEAD_BYTES)
    return NULL;
  width = bytes[0] | (guint) bytes[1] << 8;
  height = bytes[2] | (guint) bytes[3] << 8;
  if (width == 0 || height == 0 || width > MAX_SIDE || height > MAX_SIDE
      || size != HEAD_BYTES + (gsize) width * height * 3)
    return NULL;
  self = g_new0 (AmendsSmallPicture, 1);
  self->width = width;
  self->height = height;
  self->pixels = g_bytes_new_from_bytes (answer, HEAD_BYTES, size - HEAD_BYTES);
  return self;
}

/* What it is, and why there is no small picture of what may be a sound one. */
static void
set_no_loader (const char *media, GError **error)
{
  const char *name = strrchr (media, '/');
  g_autofree char *kind = g_ascii_strup (name != NULL ? name + 1 : media, -1);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               /* Translators: a kind of picture, "WEBP". */
               _ ("No preview: it is a %s picture, and nothing on this computer draws those small"),
               strcmp (media, "image/webp") == 0 ? "WebP" : kind);
}

/**
 * amends_small_picture_make:
 * @media: what it is recorded to be: it is opened as that and as nothing else
 * @parts: (element-type GBytes): the file
 *
 * In any thread; it waits until the program has ended.
 *
 * Errors: %G_IO_ERROR_NOT_SUPPORTED where nothing is installed that draws what it is; %G_IO_ERROR_INVALID_DATA where it is not what it is said to be, is cut off, or takes too much to draw; those
 * of starting a program. The sentence is for a person.
 * Returns: (transfer full): a small picture of it
 */
AmendsSmallPicture *
amends_small_picture_make (const char *media, const GPtrArray *parts, GError **error)
{
  g_autofree char *program = amends_scan_dup_program ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) answer = NULL;
  AmendsSmallPicture *self = NULL;

  if (!amends_small_picture_is_for (media))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("No preview"));
      return NULL;
    }
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                  | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                              error, program, "--small", media, NULL);
  answer = process != NULL ? ask (process, parts, error) : NULL;
  if (answer == NULL)
    return NULL;
  if (g_bytes_get_size (answer) == 0)
    g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  if (g_subprocess_get_successful (process))
    self = parse (answer);
  if (self == NULL && g_subprocess_get_if_exited (process)
      && g_subprocess_get_exit_status (process) == NO_LOADER)
    set_no_loader (media, error);
  else if (self == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("No preview"));
  return self;
}

/**
 * amends_small_picture_free:
 * @self: (nullable) (transfer full): a small picture
 */
void
amends_small_picture_free (AmendsSmallPicture *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->pixels);
  g_free (self);
}
