/* amends-kiosk-drawing.c: small drawings of what is often wrong
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines in the colour of the words about them, so that they are as clear in strong contrast and on paper. Nothing of
 * them is turned round where one reads from the right. */

#include "config.h"

#include "app/kiosk/amends-kiosk-drawing.h"

/* In which they are drawn: a square of so many units. */
#define GRID 48.0
#define LINE_WIDTH 2.5

/* Each in the commands of draw_path(), by the code of the list "matter". */
static const struct
{
  const char *code;
  const char *path;
} drawings[] = {
  /* A pane with a crack. */
  { "repair", "R 7 5 34 38 M 26 5 L 19 15 L 28 22 L 18 31 L 24 43 M 28 22 L 41 27" },
  /* Spots in the corner of a wall. */
  { "damp", "M 5 44 L 5 5 L 44 5 S O 11.5 12 3.5 O 20 14 4.5 O 13 22 4 O 29 11.5 3 O 22 25 3 "
            "O 31 20 2.5 O 11.5 32 2.5 O 38 12 2 O 18 34 1.8 F" },
  /* A pipe that drips. */
  { "leak", "R 4 8 27 9 R 31 5 6 15 R 37 8 7 9 M 19 21 C 12 30 12 38 19 38 C 26 38 26 30 19 21 Z "
            "M 33 25 C 29 31 29 36 33 36 C 37 36 37 31 33 25 Z M 8 44 L 42 44" },
  /* A radiator, struck through. */
  { "heating", "R 7 14 7 24 R 17 14 7 24 R 27 14 7 24 M 34 18 L 40 18 M 34 34 L 40 34 M 10 38 L 10 "
               "43 M 31 38 L 31 43 M 5 46 L 43 5" },
  /* Two doors, up and down. */
  { "lift", "R 7 5 34 39 M 24 5 L 24 44 S M 15.5 17 L 10.5 26 L 20.5 26 Z M 32.5 32 L 27.5 23 L "
            "37.5 23 Z F" },
  /* A padlock. */
  { "doors", "R 9 21 30 22 M 15 21 L 15 14 A 24 14 9 180 360 L 33 21 M 24 32 L 24 37 S O 24 30 3.2 "
             "F" },
  /* A bin. */
  { "cleaning",
    "M 8 13 L 40 13 M 18 13 L 18 7 L 30 7 L 30 13 M 11.5 13 L 15 44 L 33 44 L 36.5 13 M "
    "20 20 L 21 37 M 28 20 L 27 37" },
  /* Somebody who is heard. */
  { "noise",
    "O 13 15 7 M 3 43 C 3 23 24 23 24 43 M 25.7 9.7 A 21 15 7 -48 48 M 31.5 5 A 21 15 14.5 "
    "-44 44 M 37 0.5 A 21 15 21.5 -42 42" },
  /* A tree and a fence. */
  { "outside",
    "O 17 16 12 M 17 22 L 17 44 M 3 44 L 46 44 M 31 44 L 31 30 M 37 44 L 37 30 M 43 44 L "
    "43 30 M 28 35 L 46 35" },
  /* A coin. */
  { "charges",
    "O 24 24 20 M 31.5 17 C 29 10 19 12 20 20 C 21 27 21 30 17 35 L 32 35 M 15.5 26 L 27 "
    "26" },
  /* A heart over a hand. */
  { "care",
    "M 25 27 C 10 17 14 4 25 12 C 36 4 40 17 25 27 Z M 4 35 C 11 29 16 35 20 35 L 28 35 C 32 "
    "35 32 40 28 40 L 18 40 M 28 39 L 39 32 C 43 30 46 34 43 37 L 30 45 L 4 45" },
  /* A question that stays without an answer. */
  { "waiting", "M 5 6 L 43 6 L 43 33 L 22 33 L 12 43 L 12 33 L 5 33 Z S O 14.5 19.5 2.8 O 24 19.5 "
               "2.8 O 33.5 19.5 2.8 F" },
};

static double
take_number (const char **at)
{
  char *end;
  double number = g_ascii_strtod (*at, &end);

  *at = end;
  return number;
}

/* Letters, each with the numbers that follow it: Move and Line to a point; Curve by two points to a third; Arc about a
 * point, of a radius, from and to degrees; O, a circle; a Rectangle with its size; Z back to where it began; Stroke and
 * Fill what there is until then. */
static void
draw_path (cairo_t *cr, const char *path)
{
  const char *at = path;

  while (*at != '\0')
    {
      static const char letters[] = "MLCAORZSF ";
      static const guint n_numbers[] = { 2, 2, 6, 5, 3, 4, 0, 0, 0, 0 };
      const char *letter = strchr (letters, *at);
      double n[6] = { 0 };

      g_return_if_fail (letter != NULL);
      at++;
      for (guint i = 0; i < n_numbers[letter - letters]; i++)
        n[i] = take_number (&at);
      switch (*letter)
        {
        case 'M':
          cairo_move_to (cr, n[0], n[1]);
          break;
        case 'L':
          cairo_line_to (cr, n[0], n[1]);
          break;
        case 'C':
          cairo_curve_to (cr, n[0], n[1], n[2], n[3], n[4], n[5]);
          break;
        case 'A':
          cairo_arc (cr, n[0], n[1], n[2], n[3] * G_PI / 180, n[4] * G_PI / 180);
          break;
        case 'O':
          cairo_new_sub_path (cr);
          cairo_arc (cr, n[0], n[1], n[2], 0, 2 * G_PI);
          cairo_close_path (cr);
          break;
        case 'R':
          cairo_rectangle (cr, n[0], n[1], n[2], n[3]);
          break;
        case 'Z':
          cairo_close_path (cr);
          break;
        case 'S':
          cairo_stroke (cr);
          break;
        case 'F':
          cairo_fill (cr);
          break;
        default:
          break;
        }
    }
  cairo_stroke (cr);
}

/**
 * amends_kiosk_drawing_draw:
 * @cr: whose source it is drawn in
 * @code: of the list "matter"
 * @x: where it begins, in the units of @cr
 * @y: as @x
 * @size: of the square that it fills
 *
 * Returns: whether there is one
 */
gboolean
amends_kiosk_drawing_draw (cairo_t *cr, const char *code, double x, double y, double size)
{
  for (guint i = 0; i < G_N_ELEMENTS (drawings); i++)
    if (g_str_equal (drawings[i].code, code))
      {
        cairo_save (cr);
        cairo_translate (cr, x, y);
        cairo_scale (cr, size / GRID, size / GRID);
        cairo_set_line_width (cr, LINE_WIDTH);
        cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
        cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
        draw_path (cr, drawings[i].path);
        cairo_restore (cr);
        return TRUE;
      }
  return FALSE;
}

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  int size = MIN (width, height);
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  amends_kiosk_drawing_draw (cr, user_data, (width - size) / 2.0, (height - size) / 2.0, size);
}

/**
 * amends_kiosk_drawing_new:
 * @code: of the list "matter", which outlives it
 * @size: in pixels
 *
 * Returns: (transfer floating): the drawing, beside which stands what it means: a screen reader says nothing of it
 */
GtkWidget *
amends_kiosk_drawing_new (const char *code, int size)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), size);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), size);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_cb, (gpointer) code, NULL);
  return area;
}
