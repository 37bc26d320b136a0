/* amends-kiosk-room.c: the room that a page of the kiosk has
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page that is too tall scrolls, and says so with two buttons: dragging works, and nobody needs it. */

#include "config.h"

#include "app/kiosk/amends-kiosk-room.h"

#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-parts.h"

#define GAP 14

/* Pixels in sight above what is written in, for its name, and below it, for the ring that says so: where both are in
 * sight nothing moves, so that the first line of the page is not cut. */
#define NAME_MARGIN 50
#define RING_MARGIN 14

/* Of what is in sight, what a button moves: a little of what was seen stays. */
#define STEP 0.8

struct _AmendsKioskRoom
{
  GtkBox parent_instance;

  GtkWidget *scroller;
  GtkWidget *page; /* (nullable): what the scroller holds */
  GtkWidget *more; /* shown where the page is too tall */
  GtkWidget *above;
  GtkWidget *below;
  gboolean is_new_page; /* not laid out yet */
};

G_DEFINE_FINAL_TYPE (AmendsKioskRoom, amends_kiosk_room, GTK_TYPE_BOX)

static GtkAdjustment *
get_place (AmendsKioskRoom *self)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
}

static void
scroll (AmendsKioskRoom *self, int direction)
{
  GtkAdjustment *place = get_place (self);

  gtk_adjustment_set_value (place, gtk_adjustment_get_value (place)
                                       + direction * STEP * gtk_adjustment_get_page_size (place));
}

static void
above_cb (GtkButton *button, gpointer user_data)
{
  scroll (user_data, -1);
}

static void
below_cb (GtkButton *button, gpointer user_data)
{
  scroll (user_data, 1);
}

static void
show_more (AmendsKioskRoom *self)
{
  GtkAdjustment *place = get_place (self);
  double value = gtk_adjustment_get_value (place);
  double last = gtk_adjustment_get_upper (place) - gtk_adjustment_get_page_size (place);

  gtk_widget_set_sensitive (self->above, value > 1);
  gtk_widget_set_sensitive (self->below, value < last - 1);
  gtk_widget_set_visible (self->more, last > 1);
}

/* What is written in stays in sight when the keyboard takes its room. The focus goes to the first answer of a
 * new page; what is asked is seen first. */
static gboolean
keep_in_sight_cb (gpointer user_data)
{
  AmendsKioskRoom *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t bounds;

  if (self->is_new_page)
    gtk_adjustment_set_value (get_place (self), 0);
  self->is_new_page = FALSE;
  show_more (self);
  if (focus != NULL && (GTK_IS_TEXT_VIEW (focus) || GTK_IS_TEXT (focus)) && self->page != NULL
      && gtk_widget_is_ancestor (focus, self->page)
      && gtk_widget_compute_bounds (gtk_widget_get_parent (focus), self->page, &bounds))
    gtk_adjustment_clamp_page (get_place (self), bounds.origin.y - NAME_MARGIN,
                               bounds.origin.y + bounds.size.height + RING_MARGIN);
  return G_SOURCE_REMOVE;
}

static void
room_cb (GtkAdjustment *place, gpointer user_data)
{
  /* After the layout of which this is a part. */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, keep_in_sight_cb, g_object_ref (user_data),
                   g_object_unref);
}

static void
scrolled_cb (GtkAdjustment *place, gpointer user_data)
{
  show_more (user_data);
}

static void
amends_kiosk_room_class_init (AmendsKioskRoomClass *klass)
{
}

static void
amends_kiosk_room_init (AmendsKioskRoom *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (self->scroller), FALSE);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  g_signal_connect_object (get_place (self), "changed", G_CALLBACK (room_cb), self, 0);
  g_signal_connect_object (get_place (self), "value-changed", G_CALLBACK (scrolled_cb), self, 0);
  self->more = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  gtk_widget_add_css_class (self->more, "more");
  gtk_box_set_homogeneous (GTK_BOX (self->more), TRUE);
  self->above = amends_kiosk_button (K_ ("More above"), NULL, G_CALLBACK (above_cb), self);
  gtk_box_append (GTK_BOX (self->more), self->above);
  self->below = amends_kiosk_button (K_ ("More below"), NULL, G_CALLBACK (below_cb), self);
  gtk_box_append (GTK_BOX (self->more), self->below);
  gtk_widget_hide (self->more);
  gtk_box_append (GTK_BOX (self), self->scroller);
  gtk_box_append (GTK_BOX (self), self->more);
}

/**
 * amends_kiosk_room_new:
 *
 * Returns: (transfer floating): room with nothing in it, in the language in use
 */
GtkWidget *
amends_kiosk_room_new (void)
{
  return g_object_new (AMENDS_TYPE_KIOSK_ROOM, NULL);
}

/**
 * amends_kiosk_room_set_page:
 * @page: in the place of the one before
 */
void
amends_kiosk_room_set_page (AmendsKioskRoom *self, GtkWidget *page)
{
  g_return_if_fail (AMENDS_IS_KIOSK_ROOM (self) && GTK_IS_WIDGET (page));

  self->page = page;
  self->is_new_page = TRUE;
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), page);
  gtk_widget_hide (self->more);
}

/**
 * amends_kiosk_room_get_page:
 *
 * Returns: (transfer none) (nullable): the page
 */
GtkWidget *
amends_kiosk_room_get_page (AmendsKioskRoom *self)
{
  return self->page;
}
