/* amends-paper-view.c: a letter as the pages that it will be, one under the other
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paper is white and its ink black whatever the colours of the screen are. */

#include "config.h"

#include "app/widgets/amends-paper-view.h"

#include <glib/gi18n.h>

#include "paper/amends-sheet.h"

/* Pixels. */
#define MIN_WIDTH 200
#define MAX_WIDTH 640
#define GAP 12

struct _AmendsPaperView
{
  GtkWidget parent_instance;

  AmendsLetterPaper *paper; /* (nullable) (owned) */
};

G_DEFINE_FINAL_TYPE (AmendsPaperView, amends_paper_view, GTK_TYPE_WIDGET)

static double
get_scale (int width)
{
  return MIN (width, MAX_WIDTH) / AMENDS_SHEET_WIDTH;
}

static GtkSizeRequestMode
amends_paper_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
amends_paper_view_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  AmendsPaperView *self = AMENDS_PAPER_VIEW (widget);
  int n_pages = self->paper != NULL ? (int) amends_letter_paper_get_n_pages (self->paper) : 0;
  double scale = get_scale (for_size < 0 ? MAX_WIDTH : for_size);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = MAX_WIDTH;
      return;
    }
  *minimum = *natural = n_pages * ((int) (AMENDS_SHEET_HEIGHT * scale) + GAP);
}

static void
draw_page (AmendsPaperView *self, GtkSnapshot *snapshot, guint page, double left, double scale)
{
  int height = (int) (AMENDS_SHEET_HEIGHT * scale);
  const graphene_rect_t sheet =
      GRAPHENE_RECT_INIT ((float) left, (float) page * (float) (height + GAP),
                          (float) (AMENDS_SHEET_WIDTH * scale), (float) height);
  const graphene_rect_t edge = GRAPHENE_RECT_INIT (sheet.origin.x - 1, sheet.origin.y - 1,
                                                   sheet.size.width + 2, sheet.size.height + 2);
  cairo_t *cr;

  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0.5, 0.5, 0.5, 0.6 }, &edge);
  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 1, 1, 1, 1 }, &sheet);
  cr = gtk_snapshot_append_cairo (snapshot, &sheet);
  cairo_translate (cr, sheet.origin.x, sheet.origin.y);
  cairo_scale (cr, scale, scale);
  amends_letter_paper_draw (self->paper, cr, page);
  cairo_destroy (cr);
}

static void
amends_paper_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  AmendsPaperView *self = AMENDS_PAPER_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  double scale = get_scale (width);
  double left = (width - AMENDS_SHEET_WIDTH * scale) / 2;

  if (self->paper == NULL)
    return;
  for (guint page = 0; page < amends_letter_paper_get_n_pages (self->paper); page++)
    draw_page (self, snapshot, page, left, scale);
}

static void
amends_paper_view_finalize (GObject *object)
{
  amends_letter_paper_free (AMENDS_PAPER_VIEW (object)->paper);
  G_OBJECT_CLASS (amends_paper_view_parent_class)->finalize (object);
}

static void
amends_paper_view_class_init (AmendsPaperViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = amends_paper_view_finalize;
  widget_class->get_request_mode = amends_paper_view_get_request_mode;
  widget_class->measure = amends_paper_view_measure;
  widget_class->snapshot = amends_paper_view_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
amends_paper_view_init (AmendsPaperView *self)
{
}

/**
 * amends_paper_view_take_paper:
 * @paper: (transfer full): what is shown from now on
 *
 * To a screen reader it is an image: whoever needs the words reads them as text.
 */
void
amends_paper_view_take_paper (AmendsPaperView *self, AmendsLetterPaper *paper)
{
  guint n_pages = amends_letter_paper_get_n_pages (paper);
  g_autofree char *label =
      g_strdup_printf (ngettext ("The letter as %u page", "The letter as %u pages", n_pages),
                       n_pages);

  g_return_if_fail (AMENDS_IS_PAPER_VIEW (self));

  amends_letter_paper_free (self->paper);
  self->paper = paper;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
