/* amends-kiosk-paper.c: the questions of the kiosk on paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A question that is asked only after some answer has the number of the one before it and a letter, and says
 * after which. What goes past the staff of a place is not on paper: staff copy it in. */

#include "config.h"

#include "app/kiosk/amends-kiosk-paper.h"

#include "app/kiosk/amends-kiosk-drawing.h"
#include "app/kiosk/amends-kiosk-flow.h"
#include "app/kiosk/amends-kiosk-language.h"
#include "paper/amends-sheet.h"

/* Of the text, in points; the rest is in proportion. 18 is what large print is. */
#define SIZE 12
#define SIZE_SMALL 10.5
#define SIZE_LARGE 18

/* In heights of a line: between questions, of a line to write on, of a box to tick, of what is drawn beside it: two
 * lines of the words that stand there. */
#define GAP 0.6
#define WRITING 2.0
#define BOX 0.8
#define DRAWING 2.6

/* To write on; where there are pictures as well fewer have room on one page of large print. */
#define N_LINES_OF_WORDS 7
#define N_LINES_AND_PICTURES 5

typedef struct
{
  cairo_t *cr; /* (nullable): nothing is drawn, only measured */
  PangoLayout *layout;
  const char *fonts;
  double size;
  double small_size; /* the least there is */
  double left;
  double width;
  double y;
  guint n_pages;
  gboolean is_rtl;
} Pen;

/* ------------------------------------------------------------ pieces */

/* Returns: how high it is, in points */
static double
put_text (Pen *pen, const char *text, double left, double width, double size, gboolean is_bold)
{
  g_autofree char *kept = amends_sheet_keep_numbers (text);
  int height;

  amends_sheet_set_font (pen->layout, pen->fonts, size, is_bold);
  pango_layout_set_width (pen->layout, (int) (width * PANGO_SCALE));
  pango_layout_set_text (pen->layout, kept, -1);
  pango_layout_get_size (pen->layout, NULL, &height);
  if (pen->cr != NULL)
    {
      cairo_move_to (pen->cr, left, pen->y);
      pango_cairo_show_layout (pen->cr, pen->layout);
    }
  return (double) height / PANGO_SCALE;
}

/* @tag: what it is to a screen reader */
static void
add_tagged (Pen *pen, const char *tag, const char *text, double scale, gboolean is_bold)
{
  if (pen->cr != NULL)
    amends_sheet_begin_tag (pen->cr, tag);
  pen->y += put_text (pen, text, pen->left, pen->width, pen->size * scale, is_bold);
  if (pen->cr != NULL)
    amends_sheet_end_tag (pen->cr, tag);
}

static void
add_text (Pen *pen, const char *text, double scale, gboolean is_bold)
{
  if (text != NULL)
    add_tagged (pen, "P", text, scale, is_bold);
}

static void
add_rule (Pen *pen, double left, double width)
{
  if (pen->cr == NULL)
    return;
  cairo_rectangle (pen->cr, left, pen->y, width, 0.7);
  cairo_fill (pen->cr);
}

/* Where a part of @width begins that stands @from the start side. */
static double
get_left (const Pen *pen, double from, double width)
{
  return pen->is_rtl ? pen->left + pen->width - from - width : pen->left + from;
}

static void
draw_box (Pen *pen, double left, gboolean is_round)
{
  double side = pen->size * BOX;
  double top = pen->y + pen->size * 0.3;

  if (pen->cr == NULL)
    return;
  cairo_new_sub_path (pen->cr);
  if (is_round)
    cairo_arc (pen->cr, left + side / 2, top + side / 2, side / 2, 0, 2 * G_PI);
  else
    cairo_rectangle (pen->cr, left, top, side, side);
  cairo_set_line_width (pen->cr, 1.2);
  cairo_stroke (pen->cr);
}

/* ------------------------------------------------------------ answers */

static void
add_option (Pen *pen, const AmendsKioskOption *option, gboolean is_round)
{
  double side = pen->size * BOX;
  double indent = side + pen->size * GAP;

  draw_box (pen, get_left (pen, 0, side), is_round);
  pen->y += put_text (pen, K_ (option->label), get_left (pen, indent, pen->width - indent),
                      pen->width - indent, pen->size, FALSE);
  if (option->hint != NULL)
    pen->y += put_text (pen, K_ (option->hint), get_left (pen, indent, pen->width - indent),
                        pen->width - indent, pen->small_size, FALSE);
  pen->y += pen->size * 0.2;
}

/* Two beside each other, as on the screen: a box, what is drawn and what it means. */
static void
add_pictures (Pen *pen, const AmendsKioskQuestion *question)
{
  double side = pen->size * BOX;
  double drawing = pen->size * DRAWING;
  double column = pen->width / 2;
  double from = side + pen->size * GAP;
  double indent = from + drawing + pen->size * GAP;

  add_text (pen, K_ (question->others[AMENDS_KIOSK_OTHER_PICTURES]), 1, TRUE);
  for (guint i = 0; i < question->n_options; i++)
    {
      double start = i % 2 * column;
      double width = column - indent - pen->size * GAP;

      draw_box (pen, get_left (pen, start, side), FALSE);
      if (pen->cr != NULL)
        amends_kiosk_drawing_draw (pen->cr, question->options[i].code,
                                   get_left (pen, start + from, drawing), pen->y, drawing);
      put_text (pen, K_ (question->options[i].label), get_left (pen, start + indent, width), width,
                pen->size, FALSE);
      if (i % 2 == 1 || i + 1 == question->n_options)
        pen->y += drawing + pen->size * GAP / 2;
    }
}

/* Yes, no or ask me first: a row for each. */
static void
add_each (Pen *pen, const AmendsKioskOption *option)
{
  const char *const words[] = { K_ ("Yes"), K_ ("No"), K_ ("Ask me first") };
  double side = pen->size * BOX;
  double column = pen->width / 3;

  add_text (pen, K_ (option->label), 1, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      double indent = i * column + side + pen->size * GAP;
      double width = column - side - pen->size * GAP;

      draw_box (pen, get_left (pen, i * column, side), TRUE);
      put_text (pen, words[i], get_left (pen, indent, width), width, pen->size, FALSE);
    }
  pen->y += pen->size * WRITING;
}

static void
add_writing (Pen *pen, const char *label)
{
  if (label != NULL)
    add_text (pen, label, 1, TRUE);
  pen->y += pen->size * WRITING;
  add_rule (pen, pen->left, pen->width);
  pen->y += pen->size * GAP / 2;
}

static void
add_answers (Pen *pen, const AmendsKioskQuestion *question)
{
  gboolean has_pictures = question->others[AMENDS_KIOSK_OTHER_PICTURES] != NULL;
  guint n_lines = has_pictures ? N_LINES_AND_PICTURES : N_LINES_OF_WORDS;

  for (guint i = 0; !has_pictures && i < question->n_options; i++)
    {
      const AmendsKioskOption *option = &question->options[i];

      if (option->applies != NULL)
        continue;
      if (question->kind == AMENDS_KIOSK_EACH)
        add_each (pen, option);
      else
        add_option (pen, option, question->kind == AMENDS_KIOSK_ONE);
    }
  for (guint i = 0; i < question->n_lines; i++)
    add_writing (pen, K_ (question->lines[i].label));
  for (guint i = 0; question->kind == AMENDS_KIOSK_WORDS && i < n_lines; i++)
    add_writing (pen, NULL);
  if (has_pictures)
    add_pictures (pen, question);
  if (question->others[AMENDS_KIOSK_OTHER_PAD] != NULL)
    add_writing (pen, K_ ("Signature of whom you speak for, if they are with you"));
  if (question->others[AMENDS_KIOSK_OTHER_CAMERA] != NULL)
    add_text (pen, K_ ("You can put photos with this form."), 1, FALSE);
}

/* ------------------------------------------------------------ questions */

/* Returns: (transfer none) (nullable): the label of the answer after which @question is asked; %NULL where it is
 * asked of whoever complains, "" where no answer on paper leads to it */
static const char *
find_condition (const AmendsKioskQuestion *question)
{
  const AmendsKioskQuestion *before;
  json_auto_t *answers = json_object ();

  amends_kiosk_answers_choose (answers, "want", "complain", TRUE);
  if (amends_kiosk_flow_is_asked (question, answers))
    return NULL;
  for (guint i = 0; (before = amends_kiosk_flow_nth (i)) != question; i++)
    for (guint j = 0; j < before->n_options; j++)
      {
        const AmendsKioskOption *option = &before->options[j];
        json_auto_t *others = json_object ();

        if (option->applies != NULL)
          continue;
        amends_kiosk_answers_choose (others, before->id, option->code, TRUE);
        if (amends_kiosk_flow_is_asked (question, others))
          return K_ (option->label);
      }
  return "";
}

static void
add_question (Pen *pen, const AmendsKioskQuestion *question, const char *number)
{
  const char *condition = find_condition (question);
  g_autofree char *title = g_strdup_printf ("%s.  %s", number, K_ (question->title));

  add_rule (pen, pen->left, pen->width);
  pen->y += pen->size * GAP;
  add_tagged (pen, "H2", title, 1.3, TRUE);
  if (condition != NULL)
    {
      g_autofree char *only = g_strdup_printf (K_ ("Only if you chose: %s"), condition);

      add_text (pen, only, 1, TRUE);
    }
  add_text (pen, question->how != NULL ? K_ (question->how) : NULL, 1, FALSE);
  /* That of the danger speaks of the screen. */
  if (question->why != NULL && !g_str_equal (question->id, "danger"))
    add_text (pen, K_ (question->why), pen->small_size / pen->size, FALSE);
  pen->y += pen->size * GAP;
  add_answers (pen, question);
  pen->y += pen->size * GAP;
}

/* ------------------------------------------------------------ pages */

static void
end_page (Pen *pen)
{
  g_autofree char *number = g_strdup_printf ("%u", ++pen->n_pages);

  pen->y = AMENDS_SHEET_HEIGHT - AMENDS_SHEET_MARGIN * 0.7;
  put_text (pen, number, pen->left, pen->width, pen->small_size, FALSE);
  cairo_show_page (pen->cr);
  pen->y = AMENDS_SHEET_MARGIN;
}

/* Returns: how high @question is, in points */
static double
measure (const Pen *pen, const AmendsKioskQuestion *question, const char *number)
{
  Pen dry = *pen;

  dry.cr = NULL;
  dry.y = 0;
  add_question (&dry, question, number);
  return dry.y;
}

static void
add_head (Pen *pen)
{
  add_tagged (pen, "H1", K_ ("Is something not right? Tell us here."), 1.8, TRUE);
  add_text (
      pen,
      K_ ("Give this to our staff. Leave empty what you do not want to answer. If a life is in "
          "danger, ring 999 first."),
      1, FALSE);
  pen->y += pen->size * GAP;
  add_writing (pen, K_ ("Today's date"));
}

static void
add_questions (Pen *pen)
{
  const AmendsKioskQuestion *question;
  guint number = 0;
  char letter = 'a';

  for (guint i = 0; (question = amends_kiosk_flow_nth (i)) != NULL; i++)
    {
      const char *condition = question->is_numbered ? find_condition (question) : "";
      g_autofree char *name = NULL;

      if (g_strcmp0 (condition, "") == 0)
        continue;
      letter = condition == NULL ? 'a' : letter;
      name = condition == NULL ? g_strdup_printf ("%u", ++number)
                               : g_strdup_printf ("%u%c", number, letter++);
      if (pen->y + measure (pen, question, name) > AMENDS_SHEET_HEIGHT - AMENDS_SHEET_MARGIN)
        end_page (pen);
      add_question (pen, question, name);
    }
}

/* Nobody has to. */
static void
add_signature (Pen *pen)
{
  const char *label = K_ ("Your signature, if you like");
  Pen dry = *pen;

  dry.cr = NULL;
  add_writing (&dry, label);
  if (dry.y > AMENDS_SHEET_HEIGHT - AMENDS_SHEET_MARGIN)
    end_page (pen);
  add_writing (pen, label);
}

static void
draw_cb (cairo_t *cr, gpointer user_data)
{
  gboolean is_large = *(const gboolean *) user_data;
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  Pen pen = { .cr = cr,
              .layout = layout,
              .fonts = amends_sheet_get_fonts (amends_kiosk_language_get ()->code),
              .size = is_large ? SIZE_LARGE : SIZE,
              .small_size = is_large ? SIZE_LARGE : SIZE_SMALL,
              .left = AMENDS_SHEET_MARGIN,
              .width = AMENDS_SHEET_WIDTH - 2 * AMENDS_SHEET_MARGIN,
              .y = AMENDS_SHEET_MARGIN,
              .is_rtl = amends_kiosk_language_get ()->is_rtl };

  amends_sheet_set_direction (layout, pen.is_rtl);
  add_head (&pen);
  add_questions (&pen);
  add_signature (&pen);
  end_page (&pen);
}

/**
 * amends_kiosk_paper_to_pdf:
 * @is_large: whether in large print, of 18 points
 *
 * In the language in use.
 * Errors: of amends_sheet_to_pdf().
 * Returns: (transfer full): a PDF of pages of A4
 */
GBytes *
amends_kiosk_paper_to_pdf (gboolean is_large, GError **error)
{
  const AmendsSheetInfo info = { AMENDS_SHEET_WIDTH, AMENDS_SHEET_HEIGHT,
                                 K_ ("Is something not right? Tell us here."),
                                 amends_kiosk_language_get ()->code };

  return amends_sheet_to_pdf (&info, draw_cb, &is_large, error);
}
