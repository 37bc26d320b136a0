/* amends-sheet.c: what all that is printed has in common
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A PDF is made in memory and is tagged, so that a screen reader reads it in its order. cairo writes neither
 * the language of a document nor that its title is to be shown: both are put into the catalogue, which cairo
 * writes last, so that nothing but the place of the table after it moves. */

#include "paper/amends-sheet.h"

#include <string.h>

#include <cairo-pdf.h>
#include <qrencode.h>

#define DOCUMENT "Document"
#define CATALOGUE "<< /Type /Catalog\n"
#define CATALOGUE_END "\n>>\nendobj\n"
#define TABLE "xref\n"
#define START "startxref\n"

/* Modules of white that a reader of a square code needs around it (ISO/IEC 18004); the paper gives more. */
#define QUIET 2

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Returns: (nullable): where @word stands last */
static const char *
find_last (const GByteArray *pdf, const char *word)
{
  gsize n = strlen (word);

  for (gsize at = pdf->len >= n ? pdf->len - n + 1 : 0; at > 0; at--)
    if (memcmp (pdf->data + at - 1, word, n) == 0)
      return (const char *) pdf->data + at - 1;
  return NULL;
}

static gboolean
is_language (const char *language)
{
  return *language != '\0'
         && strspn (language, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-") == strlen (language);
}

/* Whether the table of the places of objects follows the catalogue: nothing in between is moved. */
static gboolean
is_last (const GByteArray *pdf, const char *catalogue)
{
  const char *stop = (const char *) pdf->data + pdf->len;
  const char *end = g_strstr_len (catalogue, stop - catalogue, CATALOGUE_END);
  const char *table = end != NULL ? end + strlen (CATALOGUE_END) : stop;

  return (gsize) (stop - table) > strlen (TABLE) && memcmp (table, TABLE, strlen (TABLE)) == 0;
}

/* Where a later cairo writes otherwise, the document stays as it was made. */
static void
add_to_catalogue (GByteArray *pdf, const char *language)
{
  const char *catalogue = find_last (pdf, CATALOGUE);
  const char *start = find_last (pdf, START);
  g_autofree char *more = NULL;
  g_autofree char *tail = NULL;
  GByteArray *whole;
  gsize n_before, n_table;

  if (catalogue == NULL || start == NULL || start < catalogue || !is_last (pdf, catalogue)
      || !is_language (language))
    return;
  more = g_strdup_printf ("   /Lang (%s)\n   /ViewerPreferences << /DisplayDocTitle true >>\n",
                          language);
  n_before = (gsize) (catalogue - (const char *) pdf->data) + strlen (CATALOGUE);
  n_table = (gsize) (start - (const char *) pdf->data);
  tail = g_strdup_printf (START "%" G_GUINT64_FORMAT "\n%%%%EOF\n",
                          g_ascii_strtoull (start + strlen (START), NULL, 10) + strlen (more));
  whole = g_byte_array_new ();
  g_byte_array_append (whole, pdf->data, (guint) n_before);
  g_byte_array_append (whole, (const guint8 *) more, (guint) strlen (more));
  g_byte_array_append (whole, pdf->data + n_before, (guint) (n_table - n_before));
  g_byte_array_append (whole, (const guint8 *) tail, (guint) strlen (tail));
  g_byte_array_set_size (pdf, 0);
  g_byte_array_append (pdf, whole->data, whole->len);
  g_byte_array_unref (whole);
}

/* What fails is remembered, and all that is drawn after it does nothing. */
static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, G_FILE_ERROR,
               status == CAIRO_STATUS_NO_MEMORY ? G_FILE_ERROR_NOMEM : G_FILE_ERROR_FAILED,
               "The pages could not be made: %s", cairo_status_to_string (status));
  return FALSE;
}

/**
 * amends_sheet_to_pdf:
 * @draw: draws all of it, before this returns
 *
 * Errors: %G_FILE_ERROR_NOMEM; %G_FILE_ERROR_FAILED where it cannot be drawn.
 * Returns: (transfer full): a PDF, whole; it was never in a file
 */
GBytes *
amends_sheet_to_pdf (const AmendsSheetInfo *info,
                     AmendsSheetDraw draw,
                     gpointer user_data,
                     GError **error)
{
  g_autoptr (GByteArray) pdf = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (write_cb, pdf, info->width, info->height);
  cairo_status_t status;
  cairo_t *cr;

  /* In this version objects stand one by one, and the catalogue can be found. */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  if (info->title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, info->title);
  cr = cairo_create (surface);
  amends_sheet_begin_tag (cr, DOCUMENT);
  draw (cr, user_data);
  amends_sheet_end_tag (cr, DOCUMENT);
  cairo_surface_finish (surface);
  status = cairo_status (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  if (!check_status (status, error))
    return NULL;
  add_to_catalogue (pdf, info->language);
  return g_byte_array_free_to_bytes (g_steal_pointer (&pdf));
}

/**
 * amends_sheet_write:
 * @pdf: what was made
 * @path: of a file, which is replaced if there is one
 *
 * The file is whole or is not there: it is written beside and then put in its place. Only its owner reads it.
 *
 * Errors: of g_file_set_contents_full(); %G_FILE_ERROR_INVAL where something else than a file has that name.
 * Returns: whether it is written
 */
gboolean
amends_sheet_write (GBytes *pdf, const char *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "“%s” is no file", path);
      return FALSE;
    }
  return g_file_set_contents_full (path, g_bytes_get_data (pdf, NULL),
                                   (gssize) g_bytes_get_size (pdf), G_FILE_SET_CONTENTS_CONSISTENT,
                                   0600, error);
}

/**
 * amends_sheet_begin_tag:
 * @tag: as PDF names what a piece is: "H1", "P", "L"
 */
void
amends_sheet_begin_tag (cairo_t *cr, const char *tag)
{
  cairo_tag_begin (cr, tag, NULL);
}

/**
 * amends_sheet_end_tag:
 * @tag: the one that was begun last
 */
void
amends_sheet_end_tag (cairo_t *cr, const char *tag)
{
  cairo_tag_end (cr, tag);
}

/**
 * amends_sheet_get_fonts:
 * @language: as BCP 47 writes it
 *
 * Urdu is not in Nastaliq: it puts a letter together from several shapes, and out of a PDF some would be read as
 * others.
 *
 * Returns: (transfer none): the families of what is printed in that language
 */
const char *
amends_sheet_get_fonts (const char *language)
{
  if (g_str_has_prefix (language, "ur"))
    return "Cantarell, Noto Naskh Arabic";
  if (g_str_has_prefix (language, "ar"))
    return "Cantarell, Noto Sans Arabic";
  return "Cantarell, Noto Sans";
}

/**
 * amends_sheet_set_direction:
 * @is_rtl: of the language; also a line of digits begins where the others do
 */
void
amends_sheet_set_direction (PangoLayout *layout, gboolean is_rtl)
{
  pango_context_set_base_dir (pango_layout_get_context (layout),
                              is_rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_alignment (layout, is_rtl ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
}

/**
 * amends_sheet_set_font:
 * @fonts: families
 * @size: in points
 *
 * Letters that are joined as an ornament would be read out of a PDF as one that nobody wrote.
 */
void
amends_sheet_set_font (PangoLayout *layout, const char *fonts, double size, gboolean is_bold)
{
  PangoFontDescription *font = pango_font_description_new ();
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_font_description_set_family (font, fonts);
  pango_font_description_set_weight (font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("liga 0"));
  pango_layout_set_attributes (layout, attributes);
}

/**
 * amends_sheet_draw_code:
 * @text: what whoever reads it gets, and nothing else
 * @x: of its left side, in points as all here
 * @size: of its sides, with what stays white around
 *
 * A square code in the colour that is set.
 */
void
amends_sheet_draw_code (cairo_t *cr, const char *text, double x, double y, double size)
{
  QRcode *code = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
  double module;

  g_return_if_fail (code != NULL);

  module = size / (code->width + 2 * QUIET);
  for (int row = 0; row < code->width; row++)
    for (int column = 0; column < code->width; column++)
      if ((code->data[row * code->width + column] & 1) != 0)
        cairo_rectangle (cr, x + (QUIET + column) * module, y + (QUIET + row) * module, module,
                         module);
  cairo_fill (cr);
  QRcode_free (code);
}

/**
 * amends_sheet_keep_numbers:
 *
 * Returns: (transfer full): @text, in which a telephone number stays on one line
 */
char *
amends_sheet_keep_numbers (const char *text)
{
  GString *kept = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    if (*at == ' ' && at > text && g_ascii_isdigit (at[-1]) && g_ascii_isdigit (at[1]))
      g_string_append (kept, "\u00a0");
    else
      g_string_append_c (kept, *at);
  return g_string_free (kept, FALSE);
}
