/* amends-letter-paper.c: a letter as the pages that it will be
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Screen, printer and PDF get the same lines at the same places: they are broken once, in points, and each only
 * draws them. The address stands where an envelope has its window, and what the letter is about below the fold:
 * whoever hands it over sees who it is for. Nothing here is markup. */

#include "paper/amends-letter-paper.h"

#include "paper/amends-easy-picture.h"
#include "paper/amends-sheet.h"

#define POINTS_PER_MM (72 / 25.4)

/* From the top of the first page: the window of a long envelope, and the first of two folds. */
#define ADDRESS_TOP (50 * POINTS_PER_MM)
#define ADDRESS_WIDTH (90 * POINTS_PER_MM)
#define WINDOW_BOTTOM (86 * POINTS_PER_MM)
#define FOLD (102 * POINTS_PER_MM)

#define TEXT_WIDTH (AMENDS_SHEET_WIDTH - 2 * AMENDS_SHEET_MARGIN)

/* In sizes of the text. */
#define FOOT 1.6
#define SIGNING 3.5
#define WRITING 1.8 /* above the line on which something is written in */

/* Beside the address: a square code, and what is before something in a list. */
#define CODE_SIZE (30 * POINTS_PER_MM)
#define BLEED 0.4

#define RULE_WIDTH 0.7

/* Of Easy Read: a picture beside each part, with room between it and the words, and what a line is high, in those that
 * are set close. */
#define PICTURE_SIZE (26 * POINTS_PER_MM)
#define PICTURE_ROOM (34 * POINTS_PER_MM)
#define EASY_LEADING 1.35

/* @scale: of its letters; @before: what is free above it, in sizes of the text */
typedef struct
{
  const char *tag;
  double scale;
  double before;
  gboolean is_bold;
  gboolean holds; /* it does not stand last on a page */
} Style;

static const Style styles[] = {
  [AMENDS_LETTER_LINE_ORGANISATION] = { "P", 1.2, 0, TRUE, FALSE },
  [AMENDS_LETTER_LINE_ADDRESS] = { "P", 1, 0, FALSE, FALSE },
  [AMENDS_LETTER_LINE_DATE] = { "P", 1, 0, FALSE, FALSE },
  [AMENDS_LETTER_LINE_TITLE] = { "H1", 1.4, 0.8, TRUE, TRUE },
  [AMENDS_LETTER_LINE_HEADING] = { "H2", 1.1, 1, TRUE, TRUE },
  [AMENDS_LETTER_LINE_TEXT] = { "P", 1, 0.5, FALSE, FALSE },
  [AMENDS_LETTER_LINE_ITEM] = { "LI", 1, 0.3, FALSE, FALSE },
  [AMENDS_LETTER_LINE_CHOICE] = { "P", 1, 0.6, FALSE, FALSE },
  [AMENDS_LETTER_LINE_FIELD] = { "P", 1, 0.8, FALSE, FALSE },
  [AMENDS_LETTER_LINE_GAP] = { "P", 1, 0.5, FALSE, FALSE },
  [AMENDS_LETTER_LINE_FAREWELL] = { "P", 1, 1.2, FALSE, FALSE },
};

typedef struct
{
  AmendsLetterLineKind kind;
  PangoLayout *layout; /* (owned) */
  const char *block;   /* (nullable): whose picture stands beside it */
  guint first;         /* of its rows */
  guint n_rows;
} Piece;

/* One line on paper. */
typedef struct
{
  PangoLayoutLine *line; /* (owned) */
  guint page;
  double x;
  double top;
  double height;
  double baseline;
} Row;

struct _AmendsLetterPaper
{
  PangoContext *context;
  GArray *pieces; /* element-type Piece */
  GArray *rows;   /* element-type Row */
  char *title;
  char *language;
  char *reference;  /* (nullable) */
  char *code;       /* (nullable) */
  gboolean is_rtl;  /* its own words */
  gboolean is_easy; /* in Easy Read */
  guint size;
  guint n_pages;
  double y;      /* while it is laid out */
  double beside; /* likewise: where the last picture ends on this page */
};

/* ------------------------------------------------------------ breaking lines */

static void
clear_piece (gpointer data)
{
  g_object_unref (((Piece *) data)->layout);
}

static void
clear_row (gpointer data)
{
  pango_layout_line_unref (((Row *) data)->line);
}

static PangoContext *
create_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  /* Else lines would be as wide as the pixels of one screen make them. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  return context;
}

/* Points. */
static double
measure (AmendsLetterPaper *self, const char *text)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (self->context);
  int width;

  amends_sheet_set_font (layout, amends_sheet_get_fonts (self->language), self->size, FALSE);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, &width, NULL);
  return (double) width / PANGO_SCALE;
}

/* (nullable): what stands before a line, which hangs behind it */
static const char *
get_mark (AmendsLetterLineKind kind)
{
  switch ((int) kind)
    {
    case AMENDS_LETTER_LINE_ITEM:
      return "•\u2002";
    case AMENDS_LETTER_LINE_CHOICE:
      return "☐\u2002";
    default:
      return NULL;
    }
}

/* Each paragraph has the direction of its own letters, whatever the language of the letter is; where some of them
 * are of a name, that of the words around it. */
static void
set_direction (const AmendsLetterPaper *self, PangoLayout *layout, const char *text)
{
  gboolean is_rtl = self->is_rtl && amends_letter_texts_has_rtl (text);

  amends_sheet_set_direction (layout, is_rtl);
  if (!is_rtl)
    pango_layout_set_auto_dir (layout, TRUE);
}

/* Points: what is free beside the words of a piece, for a picture. */
static double
get_room (const AmendsLetterPaper *self, AmendsLetterLineKind kind)
{
  return self->is_easy && kind >= AMENDS_LETTER_LINE_HEADING ? PICTURE_ROOM : 0;
}

static PangoLayout *
create_layout (AmendsLetterPaper *self, const AmendsLetterLine *line)
{
  const Style *style = &styles[line->kind];
  const char *mark = get_mark (line->kind);
  double width = line->kind == AMENDS_LETTER_LINE_ADDRESS
                     ? ADDRESS_WIDTH
                     : TEXT_WIDTH - get_room (self, line->kind);
  g_autofree char *kept = amends_sheet_keep_numbers (line->text);
  g_autofree char *text = g_strconcat (mark != NULL ? mark : "", kept, NULL);
  PangoLayout *layout = pango_layout_new (self->context);

  set_direction (self, layout, text);
  amends_sheet_set_font (layout, amends_sheet_get_fonts (self->language), self->size * style->scale,
                         style->is_bold);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  if (mark != NULL)
    pango_layout_set_indent (layout, (int) (-measure (self, mark) * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/* Places. */

static double
get_bottom (const AmendsLetterPaper *self)
{
  return AMENDS_SHEET_HEIGHT - AMENDS_SHEET_MARGIN - FOOT * self->size;
}

static void
turn_page (AmendsLetterPaper *self)
{
  self->n_pages++;
  self->y = AMENDS_SHEET_MARGIN;
  self->beside = 0;
}

static void
add_row (AmendsLetterPaper *self, PangoLayoutIter *iter, double room)
{
  PangoRectangle extents;
  Row row = { .line = pango_layout_line_ref (pango_layout_iter_get_line_readonly (iter)) };
  int baseline = pango_layout_iter_get_baseline (iter);

  pango_layout_iter_get_line_extents (iter, NULL, &extents);
  row.height = (double) extents.height / PANGO_SCALE;
  if (self->y + row.height > get_bottom (self) && self->y > AMENDS_SHEET_MARGIN)
    turn_page (self);
  row.page = self->n_pages - 1;
  row.top = self->y;
  row.x = AMENDS_SHEET_MARGIN + (self->is_rtl ? 0 : room) + (double) extents.x / PANGO_SCALE;
  row.baseline = self->y + (double) (baseline - extents.y) / PANGO_SCALE;
  self->y += row.height * (room > 0 ? EASY_LEADING : 1);
  g_array_append_val (self->rows, row);
}

/* What has to fit before it begins: the first two lines of a paragraph, and after a heading those of what it
 * stands over. Nobody signs on a page of its own. */
static double
get_least (const AmendsLetterPaper *self, const Piece *piece)
{
  int height;
  double whole;

  pango_layout_get_size (piece->layout, NULL, &height);
  whole = (double) height / PANGO_SCALE;
  if (piece->kind == AMENDS_LETTER_LINE_FAREWELL)
    return whole + (SIGNING + 2) * self->size;
  if (piece->kind == AMENDS_LETTER_LINE_FIELD)
    return whole + (WRITING + 1) * self->size;
  if (styles[piece->kind].holds)
    return MAX (whole + 4 * self->size, piece->block != NULL ? PICTURE_SIZE : 0);
  return MIN (whole, 3 * self->size);
}

static void
place (AmendsLetterPaper *self, Piece *piece)
{
  PangoLayoutIter *iter = pango_layout_get_iter (piece->layout);
  double room = get_room (self, piece->kind);

  if (piece->block != NULL)
    self->y = MAX (self->y, self->beside);
  if (piece->kind >= AMENDS_LETTER_LINE_TITLE
      && self->y + get_least (self, piece) > get_bottom (self))
    turn_page (self);
  piece->first = self->rows->len;
  do
    add_row (self, iter, room);
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  piece->n_rows = self->rows->len - piece->first;
  if (piece->block != NULL)
    self->beside = g_array_index (self->rows, Row, piece->first).top + PICTURE_SIZE + self->size;
}

/* Where a part of the first page begins at the highest. */
static double
get_top (AmendsLetterLineKind kind)
{
  switch ((int) kind)
    {
    case AMENDS_LETTER_LINE_ADDRESS:
      return ADDRESS_TOP;
    case AMENDS_LETTER_LINE_DATE:
      return WINDOW_BOTTOM;
    case AMENDS_LETTER_LINE_TITLE:
      return FOLD;
    default:
      return 0;
    }
}

static void
add_piece (AmendsLetterPaper *self, const AmendsLetterLine *line)
{
  Piece piece = { .kind = line->kind,
                  .layout = create_layout (self, line),
                  .block = self->is_easy ? line->block : NULL };

  if (self->y > AMENDS_SHEET_MARGIN)
    self->y += styles[line->kind].before * self->size;
  if (self->n_pages == 1)
    self->y = MAX (self->y, get_top (line->kind));
  place (self, &piece);
  if (line->kind == AMENDS_LETTER_LINE_TITLE)
    self->y += self->size / 2.0;
  else if (line->kind == AMENDS_LETTER_LINE_FAREWELL)
    self->y += SIGNING * self->size;
  else if (line->kind == AMENDS_LETTER_LINE_FIELD)
    self->y += WRITING * self->size;
  g_array_append_val (self->pieces, piece);
}

/**
 * amends_letter_paper_new:
 * @letter: as it stands in the record; it is not needed later
 * @text: (nullable): what a person went on with from there; %NULL for the letter as it is
 * @print_size: of its words, in points
 *
 * Returns: (transfer full): its pages, on A4
 */
AmendsLetterPaper *
amends_letter_paper_new (const AmendsLetter *letter, const char *text, guint print_size)
{
  AmendsLetterPaper *self = g_new0 (AmendsLetterPaper, 1);
  g_autoptr (GPtrArray) lines = amends_letter_list_lines (letter, text);

  self->context = create_context ();
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (self->pieces, clear_piece);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (self->rows, clear_row);
  self->title = g_strdup (letter->title);
  self->language = g_strdup (letter->language);
  self->reference = g_strdup (letter->reference);
  self->code = g_strdup (letter->code);
  self->is_rtl = amends_letter_texts_has_rtl (letter->title);
  self->is_easy = amends_letter_is_easy (letter);
  self->size = print_size;
  turn_page (self);
  for (guint i = 0; i < lines->len; i++)
    add_piece (self, g_ptr_array_index (lines, i));
  return self;
}

/**
 * amends_letter_paper_free:
 * @self: (nullable) (transfer full): pages
 */
void
amends_letter_paper_free (AmendsLetterPaper *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->rows);
  g_array_unref (self->pieces);
  g_object_unref (self->context);
  g_free (self->title);
  g_free (self->language);
  g_free (self->reference);
  g_free (self->code);
  g_free (self);
}

guint
amends_letter_paper_get_n_pages (const AmendsLetterPaper *self)
{
  return self->n_pages;
}

/* ------------------------------------------------------------ drawing */

/* What is missing is seen at once; a letter that lacks something is not printed. */
static void
draw_gap (const AmendsLetterPaper *self, cairo_t *cr, const Row *row)
{
  double bleed = BLEED * self->size;
  double room = get_room (self, AMENDS_LETTER_LINE_GAP);

  cairo_set_source_rgb (cr, 1, 0.93, 0.78);
  cairo_rectangle (cr, AMENDS_SHEET_MARGIN + (self->is_rtl ? 0 : room) - bleed, row->top,
                   TEXT_WIDTH - room + 2 * bleed, row->height);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.45, 0.24, 0);
}

static void
draw_rule (const AmendsLetterPaper *self, cairo_t *cr, const Row *row)
{
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_rectangle (cr, AMENDS_SHEET_MARGIN, row->top + row->height + WRITING * self->size,
                   TEXT_WIDTH, RULE_WIDTH);
  cairo_fill (cr);
}

static void
draw_row (const AmendsLetterPaper *self, cairo_t *cr, const Piece *piece, const Row *row)
{
  if (piece->kind == AMENDS_LETTER_LINE_GAP)
    draw_gap (self, cr, row);
  else
    cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_move_to (cr, row->x, row->baseline);
  pango_cairo_show_layout_line (cr, row->line);
}

static gboolean
is_on (const AmendsLetterPaper *self, const Piece *piece, guint page)
{
  const Row *rows = (const Row *) (gpointer) self->rows->data;

  return piece->n_rows > 0 && rows[piece->first].page <= page
         && rows[piece->first + piece->n_rows - 1].page >= page;
}

/* What goes on over the page is tagged on each: a tag that does would take the foot of the page in. */
static void
draw_piece (const AmendsLetterPaper *self, cairo_t *cr, const Piece *piece, guint page)
{
  gboolean is_item = piece->kind == AMENDS_LETTER_LINE_ITEM;

  amends_sheet_begin_tag (cr, styles[piece->kind].tag);
  if (is_item)
    amends_sheet_begin_tag (cr, "LBody");
  for (guint i = 0; i < piece->n_rows; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, piece->first + i);

      if (row->page == page)
        draw_row (self, cr, piece, row);
      if (row->page == page && piece->kind == AMENDS_LETTER_LINE_FIELD && i + 1 == piece->n_rows)
        draw_rule (self, cr, row);
    }
  if (is_item)
    amends_sheet_end_tag (cr, "LBody");
  amends_sheet_end_tag (cr, styles[piece->kind].tag);
}

static void
draw_foot (const AmendsLetterPaper *self, cairo_t *cr, guint page)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (self->context);
  g_autofree char *text =
      g_strdup_printf ("%s%s%u/%u", self->reference != NULL ? self->reference : "",
                       self->reference != NULL ? " · " : "", page + 1, self->n_pages);

  set_direction (self, layout, text);
  amends_sheet_set_font (layout, amends_sheet_get_fonts (self->language), self->size, FALSE);
  pango_layout_set_width (layout, (int) (TEXT_WIDTH * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_move_to (cr, AMENDS_SHEET_MARGIN, get_bottom (self) + AMENDS_SHEET_MARGIN / 3);
  amends_sheet_begin_tag (cr, "NonStruct");
  pango_cairo_show_layout (cr, layout);
  amends_sheet_end_tag (cr, "NonStruct");
}

/* What it says stands beside it, in words. */
static void
draw_picture (const AmendsLetterPaper *self, cairo_t *cr, const Piece *piece, guint page)
{
  const Row *row = &g_array_index (self->rows, Row, piece->first);

  if (piece->block == NULL || row->page != page)
    return;
  amends_sheet_begin_tag (cr, "NonStruct");
  amends_easy_picture_draw (cr, piece->block,
                            self->is_rtl ? AMENDS_SHEET_WIDTH - AMENDS_SHEET_MARGIN - PICTURE_SIZE
                                         : AMENDS_SHEET_MARGIN,
                            row->top, PICTURE_SIZE);
  amends_sheet_end_tag (cr, "NonStruct");
}

/* Its words stand in the reference: nothing is read out for it. */
static void
draw_code (const AmendsLetterPaper *self, cairo_t *cr)
{
  cairo_set_source_rgb (cr, 0, 0, 0);
  amends_sheet_begin_tag (cr, "NonStruct");
  amends_sheet_draw_code (cr, self->code, AMENDS_SHEET_WIDTH - AMENDS_SHEET_MARGIN - CODE_SIZE,
                          ADDRESS_TOP, CODE_SIZE);
  amends_sheet_end_tag (cr, "NonStruct");
}

/**
 * amends_letter_paper_draw:
 * @cr: where to draw, in points, from the top left corner of the page
 * @page: from 0
 *
 * On what is there: the paper is white.
 */
void
amends_letter_paper_draw (const AmendsLetterPaper *self, cairo_t *cr, guint page)
{
  gboolean is_list = FALSE;

  cairo_save (cr);
  if (page == 0 && self->code != NULL)
    draw_code (self, cr);
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);
      gboolean is_item = piece->kind == AMENDS_LETTER_LINE_ITEM;

      if (!is_on (self, piece, page))
        continue;
      if (is_item && !is_list)
        amends_sheet_begin_tag (cr, "L");
      else if (!is_item && is_list)
        amends_sheet_end_tag (cr, "L");
      is_list = is_item;
      draw_picture (self, cr, piece, page);
      draw_piece (self, cr, piece, page);
    }
  if (is_list)
    amends_sheet_end_tag (cr, "L");
  draw_foot (self, cr, page);
  cairo_restore (cr);
}

static void
draw_cb (cairo_t *cr, gpointer user_data)
{
  const AmendsLetterPaper *self = user_data;

  for (guint page = 0; page < self->n_pages; page++)
    {
      amends_letter_paper_draw (self, cr, page);
      cairo_show_page (cr);
    }
}

/**
 * amends_letter_paper_to_pdf:
 *
 * Errors: of amends_sheet_to_pdf().
 * Returns: (transfer full): a tagged PDF with its language and its title
 */
GBytes *
amends_letter_paper_to_pdf (const AmendsLetterPaper *self, GError **error)
{
  const AmendsSheetInfo info = { AMENDS_SHEET_WIDTH, AMENDS_SHEET_HEIGHT, self->title,
                                 self->language };

  return amends_sheet_to_pdf (&info, draw_cb, (gpointer) self, error);
}
