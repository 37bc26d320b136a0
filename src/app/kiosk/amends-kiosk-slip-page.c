/* amends-kiosk-slip-page.c: what a slip looks like before it is printed, and printing it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever may be seen with it chooses the private one, and sees first that it says nothing. */

#include "config.h"

#include "app/kiosk/amends-kiosk-slip-page.h"

#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-parts.h"
#include "app/kiosk/amends-kiosk-print.h"
#include "app/kiosk/amends-kiosk-slip.h"

#define GAP 14

/* Pixels a point: a slip on the screen is about as wide as on paper. */
#define ZOOM 1.6

struct _AmendsKioskSlipPage
{
  GtkBox parent_instance;

  const AmendsKioskReceipt *receipt; /* of the window, which outlives its pages */
  char *command;
  gboolean is_large;
  GCancellable *cancellable;
  GtkWidget *state;
  GtkWidget *buttons[2];
  guint n_buttons;
};

G_DEFINE_FINAL_TYPE (AmendsKioskSlipPage, amends_kiosk_slip_page, GTK_TYPE_BOX)

static AmendsKioskSlip
get_slip (gpointer object)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (object), "slip"));
}

/* ------------------------------------------------------------ printing */

static void
set_printing (AmendsKioskSlipPage *self, gboolean is_printing)
{
  for (guint i = 0; i < self->n_buttons; i++)
    gtk_widget_set_sensitive (self->buttons[i], !is_printing);
}

static void
say_printed (AmendsKioskSlipPage *self, gboolean is_printed)
{
  gtk_label_set_text (GTK_LABEL (self->state),
                      is_printed ? K_ ("It is printed. Take it with you.")
                                 : K_ ("It could not be printed. Write your number down, or touch "
                                       "Read aloud to hear it."));
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsKioskSlipPage) self = user_data;

  say_printed (self, amends_kiosk_print_finish (result, NULL));
  set_printing (self, FALSE);
}

static void
print_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskSlipPage *self = user_data;
  g_autoptr (GBytes) document =
      amends_kiosk_slip_to_pdf (get_slip (button), self->receipt, self->is_large, NULL);

  if (document == NULL)
    {
      say_printed (self, FALSE);
      return;
    }
  gtk_label_set_text (GTK_LABEL (self->state), K_ ("It is being printed."));
  set_printing (self, TRUE);
  amends_kiosk_print_async (self->command, document, AMENDS_KIOSK_PRINTER_PATIENCE_MS,
                            self->cancellable, printed_cb, g_object_ref (self));
}

/* ------------------------------------------------------------ what it will look like */

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  AmendsKioskSlipPage *self = user_data;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  if (self->receipt->reference == NULL)
    return;
  cairo_scale (cr, ZOOM, ZOOM);
  amends_kiosk_slip_draw (cr, get_slip (area), self->receipt, self->is_large);
}

static GtkWidget *
make_preview (AmendsKioskSlipPage *self, AmendsKioskSlip slip)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG,
                                  "halign", GTK_ALIGN_CENTER, NULL);
  g_autofree char *text = amends_kiosk_slip_dup_text (slip, self->receipt);

  g_object_set_data (G_OBJECT (area), "slip", GINT_TO_POINTER (slip));
  gtk_accessible_update_property (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_add_css_class (area, "slip");
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area),
                                      (int) (AMENDS_KIOSK_SLIP_WIDTH * ZOOM));
  gtk_drawing_area_set_content_height (
      GTK_DRAWING_AREA (area),
      (int) (amends_kiosk_slip_measure (slip, self->receipt, self->is_large) * ZOOM));
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_cb, self, NULL);
  return area;
}

static GtkWidget *
make_choice (AmendsKioskSlipPage *self, AmendsKioskSlip slip, const char *label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "plain");
  g_object_set_data (G_OBJECT (button), "slip", GINT_TO_POINTER (slip));
  g_signal_connect_object (button, "clicked", G_CALLBACK (print_cb), self, 0);
  self->buttons[self->n_buttons++] = button;
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), make_preview (self, slip));
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static void
fill (AmendsKioskSlipPage *self)
{
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  g_autofree char *signs = amends_kiosk_receipt_dup_signs (self->receipt);

  gtk_box_append (GTK_BOX (self), amends_kiosk_label (K_ ("A slip to take with you"), "question"));
  self->state = amends_kiosk_label (K_ ("The private slip does not say what it is about."), "how");
  gtk_box_append (GTK_BOX (self), self->state);
  /* For who reads it aloud: sign by sign. */
  gtk_box_append (GTK_BOX (self), amends_kiosk_line (signs, "hint"));
  if (!self->receipt->is_discreet)
    gtk_box_append (GTK_BOX (both),
                    make_choice (self, AMENDS_KIOSK_SLIP_WHOLE, K_ ("Print this slip")));
  gtk_box_append (GTK_BOX (both),
                  make_choice (self, AMENDS_KIOSK_SLIP_PRIVATE, K_ ("Print this private slip")));
  gtk_box_set_homogeneous (GTK_BOX (both), TRUE);
  gtk_box_append (GTK_BOX (self), both);
}

static void
amends_kiosk_slip_page_dispose (GObject *object)
{
  AmendsKioskSlipPage *self = AMENDS_KIOSK_SLIP_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->command, g_free);

  G_OBJECT_CLASS (amends_kiosk_slip_page_parent_class)->dispose (object);
}

static void
amends_kiosk_slip_page_class_init (AmendsKioskSlipPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = amends_kiosk_slip_page_dispose;
}

static void
amends_kiosk_slip_page_init (AmendsKioskSlipPage *self)
{
  amends_kiosk_make_page (GTK_BOX (self));
}

/**
 * amends_kiosk_slip_page_new:
 * @receipt: what became of it; it outlives the page
 * @command: what prints, as amends_kiosk_print_async() takes it
 * @is_large: whether in large print
 * @cancellable: ends printing where somebody leaves
 *
 * Who does not feel safe is offered the private slip alone.
 * Returns: (transfer floating): the page
 */
GtkWidget *
amends_kiosk_slip_page_new (const AmendsKioskReceipt *receipt,
                            const char *command,
                            gboolean is_large,
                            GCancellable *cancellable)
{
  AmendsKioskSlipPage *self = g_object_new (AMENDS_TYPE_KIOSK_SLIP_PAGE, NULL);

  self->receipt = receipt;
  self->command = g_strdup (command);
  self->is_large = is_large;
  self->cancellable = g_object_ref (cancellable);
  fill (self);
  return GTK_WIDGET (self);
}
