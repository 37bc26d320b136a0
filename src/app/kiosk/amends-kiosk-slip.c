/* amends-kiosk-slip.c: what a kiosk prints
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/kiosk/amends-kiosk-slip.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/kiosk/amends-kiosk-flow.h"
#include "app/kiosk/amends-kiosk-language.h"
#include "paper/amends-sheet.h"

/* Points. A roll of 80 mm prints on 72. */
#define POINTS_PER_MM (72 / 25.4)
#define MARGIN (4 * POINTS_PER_MM)
#define CODE_SIZE (30 * POINTS_PER_MM)
#define GAP 5
#define RULE_WIDTH 1

/* Above a line that is written on by hand. */
#define WRITING (11 * POINTS_PER_MM)

/* In large print everything is one and a half times as large, from 12 points to 18, but for the number, which
 * has to stay on one line. */
#define LARGE 1.5

/* Letters of another size are not in proportion to the last pixel. */
#define FITTING 0.98

/* What reads from left to right whatever stands around it. */
#define FIRST_ISOLATE "\u2066"
#define LAST_ISOLATE "\u2069"

typedef enum
{
  STYLE_HEAD,
  STYLE_NUMBER,
  STYLE_STRONG,
  STYLE_LABEL,
  STYLE_BODY,
  STYLE_WRITE, /* with room below it, and a line to write on */
  STYLE_RULE,
  STYLE_CODE, /* what follows it up to a rule stands beside it */
} Style;

typedef struct
{
  Style style;
  char *text;
} Line;

typedef struct
{
  cairo_t *cr;
  PangoLayout *layout;
  gboolean is_rtl;
  gboolean is_large;
  double left;
  double width;
  double y;
} Pen;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->text);
  g_free (line);
}

/* ------------------------------------------------------------ what is on it */

static void
add (GPtrArray *lines, Style style, const char *text)
{
  Line *line;

  if (text == NULL && style != STYLE_RULE)
    return;
  line = g_new0 (Line, 1);
  line->style = style;
  line->text = g_strdup (text);
  g_ptr_array_add (lines, line);
}

static void
add_apart (GPtrArray *lines, Style style, const char *text)
{
  g_autofree char *apart =
      text != NULL ? g_strconcat (FIRST_ISOLATE, text, LAST_ISOLATE, NULL) : NULL;

  add (lines, style, apart);
}

static void
add_day (GPtrArray *lines, const char *label, AmendsDay day)
{
  g_autofree char *text = day != AMENDS_DAY_NONE ? amends_kiosk_say_day (day) : NULL;

  if (text == NULL)
    return;
  if (label != NULL)
    add (lines, STYLE_LABEL, label);
  add (lines, STYLE_STRONG, text);
}

/* Whoever speaks for somebody takes it to them, and nothing private is told to either before it is back. It says nothing
 * of what it is about: the number above it does. */
static void
add_form (GPtrArray *lines)
{
  add (lines, STYLE_RULE, NULL);
  add (lines, STYLE_HEAD, K_ ("A form to sign"));
  add (lines, STYLE_BODY,
       K_ ("Take it to the person you speak for. When it is signed, give it to our staff."));
  add (lines, STYLE_RULE, NULL);
  add (lines, STYLE_BODY,
       K_ ("This person may speak for me about the number above, and may be told what you write "
           "to me about it:"));
  add (lines, STYLE_WRITE, K_ ("Name of who speaks for me"));
  add (lines, STYLE_WRITE, K_ ("My name"));
  add (lines, STYLE_WRITE, K_ ("My signature"));
  add (lines, STYLE_WRITE, K_ ("Today's date"));
  add (lines, STYLE_BODY, K_ ("I can take this back at any time."));
}

static void
add_whole (GPtrArray *lines, const AmendsKioskReceipt *receipt)
{
  g_autofree char *signs = amends_kiosk_receipt_dup_signs (receipt);
  g_autofree char *shown = amends_kiosk_flow_dup_shown (receipt->n_shown);

  add_apart (lines, STYLE_HEAD, receipt->organisation);
  add_apart (lines, STYLE_BODY, receipt->scheme);
  add (lines, STYLE_BODY, K_ ("Thank you. It is recorded."));
  add (lines, STYLE_RULE, NULL);
  add (lines, STYLE_LABEL, K_ ("Your number"));
  add_apart (lines, STYLE_NUMBER, receipt->reference);
  add_apart (lines, STYLE_BODY, signs);
  add (lines, STYLE_RULE, NULL);
  add_day (lines, K_ ("Recorded on"), receipt->today);
  add (lines, STYLE_BODY, shown);
  add_day (lines, K_ ("You hear from us by"), receipt->acknowledge_day);
  if (receipt->acknowledge_day != AMENDS_DAY_NONE)
    add (lines, STYLE_BODY, amends_kiosk_receipt_say_way (receipt));
  add_day (lines, K_ ("You get our answer by"), receipt->respond_day);
  /* Complaint Handling Code 2024, 6.8: the response is in writing. */
  if (receipt->respond_day != AMENDS_DAY_NONE)
    add (lines, STYLE_BODY, K_ ("You get it in writing."));
  add (lines, STYLE_RULE, NULL);
  if (!receipt->is_sent)
    {
      add (lines, STYLE_BODY, K_ ("Recorded, but not sent yet"));
      add (lines, STYLE_RULE, NULL);
    }
  add_apart (lines, STYLE_CODE, receipt->reference);
  add_apart (lines, STYLE_LABEL, receipt->ombudsman);
  add_apart (lines, STYLE_STRONG, receipt->ombudsman_telephone);
  add (lines, STYLE_RULE, NULL);
  add (lines, STYLE_BODY,
       K_ ("Not happy with our answer? You can ask for a second look (stage 2). The Housing "
           "Ombudsman helps free of charge, now or later."));
  add_apart (lines, STYLE_BODY, receipt->ombudsman_web);
  if (receipt->needs_form)
    add_form (lines);
}

static void
add_private (GPtrArray *lines, const AmendsKioskReceipt *receipt)
{
  add_apart (lines, STYLE_HEAD, receipt->scheme);
  add (lines, STYLE_RULE, NULL);
  add_apart (lines, STYLE_NUMBER, receipt->reference);
  if (!receipt->is_discreet)
    add_day (lines, NULL, receipt->acknowledge_day);
  add (lines, STYLE_RULE, NULL);
  add_apart (lines, STYLE_CODE, receipt->reference);
}

/* What staff read, and so not in the language of the visitor. */
static void
add_staff (GPtrArray *lines, const AmendsKioskReceipt *receipt)
{
  add (lines, STYLE_HEAD, _ ("For staff"));
  add (lines, STYLE_RULE, NULL);
  add (lines, STYLE_LABEL, _ ("Recorded at the kiosk"));
  add (lines, STYLE_NUMBER, receipt->reference);
  if (receipt->acknowledge_day != AMENDS_DAY_NONE)
    {
      g_autofree char *day = amends_words_long_day (receipt->acknowledge_day);

      add (lines, STYLE_LABEL, _ ("Acknowledge by"));
      add (lines, STYLE_STRONG, day);
    }
}

/* Returns: (transfer full) (element-type Line) */
static GPtrArray *
make_lines (AmendsKioskSlip slip, const AmendsKioskReceipt *receipt)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);

  switch (slip)
    {
    case AMENDS_KIOSK_SLIP_WHOLE:
      add_whole (lines, receipt);
      break;
    case AMENDS_KIOSK_SLIP_PRIVATE:
      add_private (lines, receipt);
      break;
    case AMENDS_KIOSK_SLIP_STAFF:
      add_staff (lines, receipt);
      break;
    }
  return lines;
}

/**
 * amends_kiosk_slip_dup_text:
 *
 * Returns: (transfer full): what is on it, a line a line, for whoever hears it
 */
char *
amends_kiosk_slip_dup_text (AmendsKioskSlip slip, const AmendsKioskReceipt *receipt)
{
  g_autoptr (GPtrArray) lines = make_lines (slip, receipt);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = g_ptr_array_index (lines, i);

      if (line->style != STYLE_RULE && line->style != STYLE_CODE)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line->text);
    }
  return g_string_free (text, FALSE);
}

/* ------------------------------------------------------------ how it is drawn */

static double
get_size (const Pen *pen, Style style)
{
  double scale = pen->is_large ? LARGE : 1;

  switch (style)
    {
    case STYLE_HEAD:
    case STYLE_STRONG:
      return 14 * scale;
    case STYLE_NUMBER:
      return pen->is_large ? 30 : 26;
    case STYLE_LABEL:
    case STYLE_BODY:
    case STYLE_WRITE:
      return 12 * scale;
    case STYLE_RULE:
    case STYLE_CODE:
      break;
    }
  return 0;
}

/* What may not be broken, a number or a day, is made as small as it takes. */
static void
set_text (Pen *pen, const Line *line, double size, gboolean is_fitted)
{
  int width;

  amends_sheet_set_font (pen->layout, amends_sheet_get_fonts (amends_kiosk_language_get ()->code),
                         size, line->style != STYLE_BODY);
  pango_layout_set_width (pen->layout, is_fitted ? -1 : (int) (pen->width * PANGO_SCALE));
  pango_layout_set_text (pen->layout, line->text, -1);
  pango_layout_get_size (pen->layout, &width, NULL);
  if (is_fitted)
    set_text (pen, line, size * MIN (1, FITTING * pen->width * PANGO_SCALE / width), FALSE);
}

static void
draw_line (Pen *pen)
{
  cairo_rectangle (pen->cr, pen->left, pen->y, pen->width, RULE_WIDTH);
  cairo_fill (pen->cr);
}

static void
draw_text (Pen *pen, const Line *line)
{
  gboolean is_fitted =
      line->style == STYLE_NUMBER || (line->style == STYLE_STRONG && !pen->is_large);
  int height;

  set_text (pen, line, get_size (pen, line->style), is_fitted);
  pango_layout_get_size (pen->layout, NULL, &height);
  cairo_move_to (pen->cr, pen->left, pen->y);
  pango_cairo_show_layout (pen->cr, pen->layout);
  pen->y += (double) height / PANGO_SCALE + 1;
  if (line->style != STYLE_WRITE)
    return;
  pen->y += WRITING;
  draw_line (pen);
  pen->y += GAP;
}

static void
draw_rule (Pen *pen)
{
  pen->y += GAP;
  draw_line (pen);
  pen->y += RULE_WIDTH + GAP;
}

/* Returns: how many of @lines from @from on stand beside the code */
static guint
count_beside (const GPtrArray *lines, guint from)
{
  guint n = 0;

  while (from + n < lines->len
         && ((const Line *) g_ptr_array_index (lines, from + n))->style != STYLE_RULE)
    n++;
  return n;
}

static guint
draw_code_and_beside (Pen *pen, const GPtrArray *lines, guint i, const char *reference)
{
  guint n = count_beside (lines, i + 1);
  double top = pen->y;
  double left = pen->left, width = pen->width;

  /* The number and nothing else: whoever reads it with a telephone learns nothing more. */
  amends_sheet_draw_code (pen->cr, reference, pen->is_rtl ? left + width - CODE_SIZE : left, pen->y,
                          CODE_SIZE);
  /* Large words have no room beside it. */
  if (pen->is_large)
    pen->y += CODE_SIZE + GAP;
  else
    {
      pen->width -= CODE_SIZE + GAP;
      pen->left += pen->is_rtl ? 0 : CODE_SIZE + GAP;
      pen->y += 2 * GAP;
    }
  for (guint each = i + 1; each <= i + n; each++)
    draw_text (pen, g_ptr_array_index (lines, each));
  pen->left = left;
  pen->width = width;
  pen->y = MAX (pen->y, top + CODE_SIZE);
  return n;
}

/**
 * amends_kiosk_slip_draw:
 * @cr: where to draw, in points, from the top left corner of the paper
 * @is_large: whether in large print: the slip becomes longer, not wider
 *
 * Black on what is there, in the language in use.
 * Returns: how long the paper is, in points
 */
double
amends_kiosk_slip_draw (cairo_t *cr,
                        AmendsKioskSlip slip,
                        const AmendsKioskReceipt *receipt,
                        gboolean is_large)
{
  g_autoptr (GPtrArray) lines = make_lines (slip, receipt);
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  Pen pen = { .cr = cr,
              .layout = layout,
              .is_rtl = slip != AMENDS_KIOSK_SLIP_STAFF && amends_kiosk_language_get ()->is_rtl,
              .is_large = is_large,
              .left = MARGIN,
              .width = AMENDS_KIOSK_SLIP_WIDTH - 2 * MARGIN,
              .y = MARGIN };

  amends_sheet_set_direction (layout, pen.is_rtl);
  cairo_save (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = g_ptr_array_index (lines, i);

      if (line->style == STYLE_RULE)
        draw_rule (&pen);
      else if (line->style == STYLE_CODE)
        i += draw_code_and_beside (&pen, lines, i, receipt->reference);
      else
        draw_text (&pen, line);
    }
  cairo_restore (cr);
  return pen.y + MARGIN;
}

/* ------------------------------------------------------------ paper */

typedef struct
{
  AmendsKioskSlip slip;
  const AmendsKioskReceipt *receipt;
  gboolean is_large;
} Sheet;

static void
draw_cb (cairo_t *cr, gpointer user_data)
{
  const Sheet *sheet = user_data;

  amends_kiosk_slip_draw (cr, sheet->slip, sheet->receipt, sheet->is_large);
}

/**
 * amends_kiosk_slip_measure:
 *
 * Returns: how long it will be, in points
 */
double
amends_kiosk_slip_measure (AmendsKioskSlip slip,
                           const AmendsKioskReceipt *receipt,
                           gboolean is_large)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  double height = amends_kiosk_slip_draw (cr, slip, receipt, is_large);

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return height;
}

/**
 * amends_kiosk_slip_to_pdf:
 *
 * Errors: of amends_sheet_to_pdf().
 * Returns: (transfer full): a PDF of one page, as long as it needs to be; it was never in a file
 */
GBytes *
amends_kiosk_slip_to_pdf (AmendsKioskSlip slip,
                          const AmendsKioskReceipt *receipt,
                          gboolean is_large,
                          GError **error)
{
  Sheet sheet = { slip, receipt, is_large };
  /* Its name stands in the queue of a printer, and so it has none. */
  const AmendsSheetInfo info = { AMENDS_KIOSK_SLIP_WIDTH,
                                 amends_kiosk_slip_measure (slip, receipt, is_large), NULL,
                                 amends_kiosk_language_get ()->code };

  return amends_sheet_to_pdf (&info, draw_cb, &sheet, error);
}
