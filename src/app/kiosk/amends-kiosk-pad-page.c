/* amends-kiosk-pad-page.c: somebody signs on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With a finger, a pen or a mouse. Nobody has to, and whoever cannot draw goes on without it, or says it aloud (WCAG 2.2,
 * 2.5.7). What is drawn stands on one sheet in memory; whoever goes on or back keeps it, as a picture of that sheet, and
 * finds it there again. */

#include "config.h"

#include "app/kiosk/amends-kiosk-pad-page.h"

#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-parts.h"

/* Of the sheet, in pixels: what is drawn is kept no larger. */
#define SHEET_WIDTH 1160
#define SHEET_HEIGHT 320

/* Of the line, in the same; of what one writes on, from the top. */
#define LINE_WIDTH 5
#define BASE 0.78

/* Blue as of a pen, 0x0B1E5B: no other part of a screen has it. */
#define INK (0x0B / 255.0), (0x1E / 255.0), (0x5B / 255.0)
#define STEEL (0x5C / 255.0), (0x67 / 255.0), (0x70 / 255.0)

struct _AmendsKioskPadPage
{
  AmendsKioskOtherPage parent_instance;

  const AmendsKioskQuestion *question;
  cairo_surface_t *sheet; /* (owned) */
  gboolean is_signed;     /* something stands on it */
  gboolean is_other;      /* than what is kept */
  double x, y;            /* where the line is, on the sheet */

  GtkWidget *pad;
  GtkWidget *clear;
};

G_DEFINE_FINAL_TYPE (AmendsKioskPadPage, amends_kiosk_pad_page, AMENDS_TYPE_KIOSK_OTHER_PAGE)

/* Never while a line is drawn: nothing moves below a finger. */
static void
update (AmendsKioskPadPage *self)
{
  amends_kiosk_other_page_say (AMENDS_KIOSK_OTHER_PAGE (self),
                               self->is_signed
                                   ? K_ ("It is signed. You can clear it, and sign again.")
                                   : K_ (self->question->signing));
  gtk_widget_set_sensitive (self->clear, self->is_signed);
  gtk_widget_queue_draw (self->pad);
}

/* ------------------------------------------------------------ the sheet */

/* Nothing of what was drawn stays in its memory. */
static void
wipe (AmendsKioskPadPage *self)
{
  cairo_t *cr = cairo_create (self->sheet);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_flush (self->sheet);
}

static cairo_status_t
read_cb (void *closure, unsigned char *data, unsigned int length)
{
  return g_input_stream_read_all (closure, data, length, NULL, NULL, NULL)
             ? CAIRO_STATUS_SUCCESS
             : CAIRO_STATUS_READ_ERROR;
}

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* What was signed before stands there again. */
static void
load (AmendsKioskPadPage *self)
{
  GBytes *file = amends_kiosk_other_page_nth (AMENDS_KIOSK_OTHER_PAGE (self), 0);
  g_autoptr (GInputStream) stream =
      file != NULL ? g_memory_input_stream_new_from_bytes (file) : NULL;
  cairo_surface_t *kept;
  cairo_t *cr;

  if (stream == NULL)
    return;
  kept = cairo_image_surface_create_from_png_stream (read_cb, stream);
  cr = cairo_create (self->sheet);
  cairo_set_source_surface (cr, kept, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (kept);
  self->is_signed = TRUE;
}

/* In the place of what was kept before. */
static void
keep (AmendsKioskPadPage *self)
{
  AmendsKioskOtherPage *page = AMENDS_KIOSK_OTHER_PAGE (self);
  GByteArray *png;
  g_autoptr (GBytes) file = NULL;

  if (!self->is_other)
    return;
  self->is_other = FALSE;
  if (amends_kiosk_other_page_nth (page, 0) != NULL)
    amends_kiosk_other_page_remove (page, 0);
  if (!self->is_signed)
    return;
  png = g_byte_array_new ();
  cairo_surface_write_to_png_stream (self->sheet, write_cb, png);
  file = g_byte_array_free_to_bytes (png);
  amends_kiosk_other_page_add (page, file);
}

/* ------------------------------------------------------------ the pad */

/* Returns: how large a pixel of the sheet is on the pad: all of it is seen */
static double
get_scale (AmendsKioskPadPage *self)
{
  return MIN (gtk_widget_get_width (self->pad) / (double) SHEET_WIDTH,
              gtk_widget_get_height (self->pad) / (double) SHEET_HEIGHT);
}

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  AmendsKioskPadPage *self = user_data;
  double scale = get_scale (self);

  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, self->sheet, 0, 0);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, STEEL);
  cairo_rectangle (cr, LINE_WIDTH * 6, SHEET_HEIGHT * BASE, SHEET_WIDTH - LINE_WIDTH * 12, 2);
  cairo_fill (cr);
}

/* From where the line is to a place on the pad. */
static void
draw_to (AmendsKioskPadPage *self, double x, double y)
{
  double scale = get_scale (self);
  cairo_t *cr = cairo_create (self->sheet);

  cairo_set_source_rgb (cr, INK);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, self->x, self->y);
  self->x = x / scale;
  self->y = y / scale;
  cairo_line_to (cr, self->x, self->y);
  cairo_stroke (cr);
  cairo_destroy (cr);
  self->is_signed = TRUE;
  self->is_other = TRUE;
  gtk_widget_queue_draw (self->pad);
}

/* A finger that signs moves no page. */
static void
begin_cb (GtkGestureDrag *gesture, double x, double y, gpointer user_data)
{
  AmendsKioskPadPage *self = user_data;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->x = x / get_scale (self);
  self->y = y / get_scale (self);
  draw_to (self, x, y);
}

/* Also over the places that a quick hand has been at since the frame before; @x and @y are on the pad, and what is told
 * of them is where they were on the surface. */
static void
draw_over (AmendsKioskPadPage *self, GdkEvent *event, double x, double y)
{
  guint n = 0;
  g_autofree GdkTimeCoord *places = gdk_event_get_history (event, &n);
  double surface_x, surface_y;

  if (!gdk_event_get_position (event, &surface_x, &surface_y))
    return;
  for (guint i = 0; i < n; i++)
    if ((places[i].flags & GDK_AXIS_FLAG_X) != 0 && (places[i].flags & GDK_AXIS_FLAG_Y) != 0)
      draw_to (self, places[i].axes[GDK_AXIS_X] - surface_x + x,
               places[i].axes[GDK_AXIS_Y] - surface_y + y);
}

static void
update_cb (GtkGestureDrag *gesture, double x, double y, gpointer user_data)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  double start_x, start_y;

  gtk_gesture_drag_get_start_point (gesture, &start_x, &start_y);
  if (event != NULL && gdk_event_get_event_type (event) == GDK_MOTION_NOTIFY)
    draw_over (user_data, event, start_x + x, start_y + y);
  draw_to (user_data, start_x + x, start_y + y);
}

static void
end_cb (GtkGestureDrag *gesture, double x, double y, gpointer user_data)
{
  update (user_data);
}

static void
clear_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskPadPage *self = user_data;

  wipe (self);
  self->is_signed = FALSE;
  self->is_other = TRUE;
  gtk_widget_grab_focus (self->pad);
  update (self);
}

/* ------------------------------------------------------------ the page */

/* Whoever hears the screen hears where they are. */
static void
amends_kiosk_pad_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (amends_kiosk_pad_page_parent_class)->map (widget);
  gtk_widget_grab_focus (AMENDS_KIOSK_PAD_PAGE (widget)->pad);
}

static void
amends_kiosk_pad_page_unmap (GtkWidget *widget)
{
  keep (AMENDS_KIOSK_PAD_PAGE (widget));

  GTK_WIDGET_CLASS (amends_kiosk_pad_page_parent_class)->unmap (widget);
}

static void
amends_kiosk_pad_page_dispose (GObject *object)
{
  AmendsKioskPadPage *self = AMENDS_KIOSK_PAD_PAGE (object);

  if (self->sheet != NULL)
    wipe (self);
  g_clear_pointer (&self->sheet, cairo_surface_destroy);

  G_OBJECT_CLASS (amends_kiosk_pad_page_parent_class)->dispose (object);
}

static void
amends_kiosk_pad_page_class_init (AmendsKioskPadPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = amends_kiosk_pad_page_dispose;
  GTK_WIDGET_CLASS (klass)->map = amends_kiosk_pad_page_map;
  GTK_WIDGET_CLASS (klass)->unmap = amends_kiosk_pad_page_unmap;
}

static void
amends_kiosk_pad_page_init (AmendsKioskPadPage *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->sheet = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SHEET_WIDTH, SHEET_HEIGHT);
  wipe (self);
  self->pad =
      g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->pad), SHEET_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->pad), draw_cb, self, NULL);
  gtk_widget_set_focusable (self->pad, TRUE);
  gtk_widget_add_css_class (self->pad, "pad");
  gtk_widget_set_overflow (self->pad, GTK_OVERFLOW_HIDDEN);
  amends_kiosk_set_name (self->pad, K_ ("Where you sign"));
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (begin_cb), self, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (update_cb), self, 0);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (end_cb), self, 0);
  gtk_widget_add_controller (self->pad, GTK_EVENT_CONTROLLER (drag));
  self->clear = amends_kiosk_button (K_ ("Clear"), "shutter", G_CALLBACK (clear_cb), self);
}

/**
 * amends_kiosk_pad_page_new:
 * @question: that says what is signed
 * @shown: outlives the page
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
amends_kiosk_pad_page_new (const AmendsKioskQuestion *question, AmendsKioskShown *shown)
{
  AmendsKioskPadPage *self = g_object_new (AMENDS_TYPE_KIOSK_PAD_PAGE, NULL);
  /* On no screen is there a place on the pad that is not on the sheet. */
  GtkWidget *frame = gtk_aspect_frame_new (0.5, 0.5, (float) SHEET_WIDTH / SHEET_HEIGHT, FALSE);

  self->question = question;
  amends_kiosk_other_page_begin (AMENDS_KIOSK_OTHER_PAGE (self), question,
                                 K_ (question->others[AMENDS_KIOSK_OTHER_PAD]), shown,
                                 AMENDS_KIOSK_SIGNATURES);
  gtk_aspect_frame_set_child (GTK_ASPECT_FRAME (frame), self->pad);
  gtk_box_append (GTK_BOX (self), amends_kiosk_spare ());
  gtk_box_append (GTK_BOX (self), frame);
  gtk_box_append (GTK_BOX (self), self->clear);
  load (self);
  update (self);
  return GTK_WIDGET (self);
}
