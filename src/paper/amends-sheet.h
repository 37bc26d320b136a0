/* amends-sheet.h: what all that is printed has in common
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* Points: A4, and 20 mm around. */
#define AMENDS_SHEET_WIDTH 595.28
#define AMENDS_SHEET_HEIGHT 841.89
#define AMENDS_SHEET_MARGIN 56.7

/* Draws all pages, each ended by cairo_show_page(). */
typedef void (*AmendsSheetDraw) (cairo_t *cr, gpointer user_data);

/**
 * AmendsSheetInfo:
 * @width: of a page, in points
 * @height: of a page, in points
 * @title: (nullable): what it is called where it is open
 * @language: as BCP 47 writes it
 */
typedef struct
{
  double width;
  double height;
  const char *title;
  const char *language;
} AmendsSheetInfo;

GBytes *amends_sheet_to_pdf (const AmendsSheetInfo *info,
                             AmendsSheetDraw draw,
                             gpointer user_data,
                             GError **error);
gboolean amends_sheet_write (GBytes *pdf, const char *path, GError **error);

void amends_sheet_begin_tag (cairo_t *cr, const char *tag);
void amends_sheet_end_tag (cairo_t *cr, const char *tag);

const char *amends_sheet_get_fonts (const char *language);
void amends_sheet_set_direction (PangoLayout *layout, gboolean is_rtl);
void amends_sheet_set_font (PangoLayout *layout, const char *fonts, double size, gboolean is_bold);
void amends_sheet_draw_code (cairo_t *cr, const char *text, double x, double y, double size);
char *amends_sheet_keep_numbers (const char *text);

G_END_DECLS
