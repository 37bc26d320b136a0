/* amends-easy-picture.c: the pictures beside an Easy Read letter
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A picture says what a part of the letter is about to whoever reads few words. They are drawn here, of a few lines
 * each, in a square of one by one. */

#include "paper/amends-easy-picture.h"

#include <math.h>
#include <string.h>

#define LINE_WIDTH 0.045

typedef void (*Draw) (cairo_t *cr);

static void
draw_box (cairo_t *cr, double x, double y, double width, double height)
{
  const double r = 0.06;

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - r, y + r, r, -G_PI_2, 0);
  cairo_arc (cr, x + width - r, y + height - r, r, 0, G_PI_2);
  cairo_arc (cr, x + r, y + height - r, r, G_PI_2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
  cairo_stroke (cr);
}

static void
draw_line (cairo_t *cr, double x1, double y1, double x2, double y2)
{
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x2, y2);
  cairo_stroke (cr);
}

static void
draw_tick (cairo_t *cr, double x, double y, double size)
{
  cairo_move_to (cr, x, y + size / 2);
  cairo_line_to (cr, x + size * 0.4, y + size * 0.9);
  cairo_line_to (cr, x + size, y);
  cairo_stroke (cr);
}

/* What somebody said. */
static void
draw_speech (cairo_t *cr)
{
  draw_box (cr, 0.08, 0.12, 0.84, 0.52);
  cairo_move_to (cr, 0.26, 0.64);
  cairo_line_to (cr, 0.22, 0.9);
  cairo_line_to (cr, 0.48, 0.64);
  cairo_stroke (cr);
  for (int i = 0; i < 3; i++)
    draw_line (cr, 0.22, 0.25 + 0.13 * i, i == 2 ? 0.55 : 0.78, 0.25 + 0.13 * i);
}

/* A day. */
static void
draw_calendar (cairo_t *cr)
{
  draw_box (cr, 0.1, 0.18, 0.8, 0.72);
  draw_line (cr, 0.1, 0.38, 0.9, 0.38);
  draw_line (cr, 0.3, 0.1, 0.3, 0.26);
  draw_line (cr, 0.7, 0.1, 0.7, 0.26);
  for (int i = 0; i < 6; i++)
    {
      cairo_rectangle (cr, 0.24 + 0.22 * (i % 3), i < 3 ? 0.48 : 0.68, 0.1, 0.1);
      if (i == 4)
        cairo_fill (cr);
      else
        cairo_stroke (cr);
    }
}

/* Somebody. */
static void
draw_person (cairo_t *cr)
{
  cairo_arc (cr, 0.5, 0.3, 0.18, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_arc (cr, 0.5, 0.92, 0.34, G_PI, 2 * G_PI);
  cairo_close_path (cr);
  cairo_stroke (cr);
}

/* What is done, or to be done. */
static void
draw_list (cairo_t *cr)
{
  for (int i = 0; i < 3; i++)
    {
      double y = 0.16 + 0.27 * i;

      draw_box (cr, 0.1, y, 0.18, 0.18);
      draw_line (cr, 0.38, y + 0.09, 0.9, y + 0.09);
      if (i < 2)
        draw_tick (cr, 0.13, y + 0.02, 0.14);
    }
}

/* What was decided. */
static void
draw_decision (cairo_t *cr)
{
  cairo_arc (cr, 0.5, 0.5, 0.4, 0, 2 * G_PI);
  cairo_stroke (cr);
  draw_tick (cr, 0.3, 0.34, 0.4);
}

/* Why. */
static void
draw_question (cairo_t *cr)
{
  cairo_arc (cr, 0.5, 0.5, 0.4, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_arc (cr, 0.5, 0.38, 0.14, -G_PI, 0.35 * G_PI);
  cairo_line_to (cr, 0.5, 0.62);
  cairo_stroke (cr);
  cairo_arc (cr, 0.5, 0.74, 0.04, 0, 2 * G_PI);
  cairo_fill (cr);
}

/* A letter. */
static void
draw_envelope (cairo_t *cr)
{
  draw_box (cr, 0.06, 0.22, 0.88, 0.56);
  cairo_move_to (cr, 0.08, 0.26);
  cairo_line_to (cr, 0.5, 0.56);
  cairo_line_to (cr, 0.92, 0.26);
  cairo_stroke (cr);
}

/* Whom to ring. */
static void
draw_telephone (cairo_t *cr)
{
  draw_box (cr, 0.28, 0.06, 0.44, 0.88);
  draw_line (cr, 0.28, 0.2, 0.72, 0.2);
  draw_line (cr, 0.28, 0.74, 0.72, 0.74);
  cairo_arc (cr, 0.5, 0.84, 0.035, 0, 2 * G_PI);
  cairo_fill (cr);
}

/* To somebody else, who looks at it again. */
static void
draw_arrow (cairo_t *cr)
{
  draw_line (cr, 0.12, 0.84, 0.88, 0.84);
  draw_line (cr, 0.5, 0.68, 0.5, 0.14);
  cairo_move_to (cr, 0.28, 0.36);
  cairo_line_to (cr, 0.5, 0.14);
  cairo_line_to (cr, 0.72, 0.36);
  cairo_stroke (cr);
}

static const struct
{
  const char *block;
  Draw draw;
} pictures[] = {
  { "stage", draw_envelope },       { "understanding", draw_speech },
  { "outcome", draw_list },         { "ours", draw_list },
  { "handler", draw_person },       { "steps", draw_list },
  { "when", draw_calendar },        { "adjustments", draw_person },
  { "decision", draw_decision },    { "reasons", draw_question },
  { "why-unhappy", draw_speech },   { "remedies", draw_list },
  { "actions", draw_calendar },     { "escalate", draw_arrow },
  { "reason", draw_question },      { "until", draw_calendar },
  { "next-update", draw_calendar }, { "news", draw_envelope },
  { "ground", draw_question },      { "instead", draw_arrow },
  { "closure", draw_envelope },     { "thanks", draw_speech },
  { "withdrawn", draw_speech },     { "again", draw_arrow },
  { "forwarded", draw_envelope },   { "ombudsman", draw_telephone },
  { "appointment", draw_calendar }, { "appointment-change", draw_telephone },
  { "visit", draw_person },
};

/**
 * amends_easy_picture_draw:
 * @block: of a letter
 * @x: its left side, in points
 * @y: its top
 * @size: of its sides
 *
 * Returns: whether there is one for that block
 */
gboolean
amends_easy_picture_draw (cairo_t *cr, const char *block, double x, double y, double size)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      if (strcmp (pictures[i].block, block) != 0)
        continue;
      cairo_save (cr);
      cairo_translate (cr, x, y);
      cairo_scale (cr, size, size);
      cairo_set_line_width (cr, LINE_WIDTH);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_set_source_rgb (cr, 0.1, 0.25, 0.5);
      cairo_new_path (cr);
      pictures[i].draw (cr);
      cairo_restore (cr);
      return TRUE;
    }
  return FALSE;
}
