/* amends-kiosk-picture-page.c: what happened is chosen from pictures
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For who finds no words, or has none in this language. One or several; a picture that is pressed again is no longer
 * chosen. Each is written into the answers at once. */

#include "config.h"

#include "app/kiosk/amends-kiosk-picture-page.h"

#include "app/kiosk/amends-kiosk-drawing.h"
#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-parts.h"
#include "app/kiosk/amends-kiosk-style.h"

#define GAP 14

/* Pixels, at 100 %: it grows with the words below it. In Arabic and Urdu there is no room for more. */
#define DRAWING_SIZE 60

/* Of pictures in large text. */
#define LARGE_N_COLUMNS 2u

struct _AmendsKioskPicturePage
{
  AmendsKioskOtherPage parent_instance;

  const AmendsKioskQuestion *question;
  json_t *answers;  /* (owned) */
  GtkWidget *first; /* what the focus goes to */
};

G_DEFINE_FINAL_TYPE (AmendsKioskPicturePage,
                     amends_kiosk_picture_page,
                     AMENDS_TYPE_KIOSK_OTHER_PAGE)

static void
update (AmendsKioskPicturePage *self)
{
  g_autofree char *chosen = amends_kiosk_flow_dup_chosen (self->question, self->answers);
  g_autofree char *said =
      chosen != NULL
          ? g_strdup_printf (K_ ("Chosen from pictures: %s"), chosen)
          : g_strdup (K_ ("Press each picture that is about it. Press it again to take it away."));

  amends_kiosk_other_page_say (AMENDS_KIOSK_OTHER_PAGE (self), said);
}

static void
toggled_cb (GtkCheckButton *button, gpointer user_data)
{
  AmendsKioskPicturePage *self = user_data;

  amends_kiosk_answers_choose (self->answers, self->question->id,
                               g_object_get_data (G_OBJECT (button), "code"),
                               gtk_check_button_get_active (button));
  amends_kiosk_other_page_say_changed (AMENDS_KIOSK_OTHER_PAGE (self));
  update (self);
}

static GtkWidget *
make_picture (AmendsKioskPicturePage *self, const AmendsKioskOption *option, int percent)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP / 2);
  GtkWidget *label = amends_kiosk_label (K_ (option->label), "choice");
  GtkWidget *drawing = amends_kiosk_drawing_new (option->code, DRAWING_SIZE * percent / 100);
  gboolean is_chosen = amends_kiosk_answers_has (self->answers, self->question->id, option->code);
  GtkWidget *button;

  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), 0.5);
  gtk_box_append (GTK_BOX (box), drawing);
  gtk_box_append (GTK_BOX (box), label);
  button = amends_kiosk_card (box, K_ (option->label), NULL, is_chosen);
  gtk_widget_add_css_class (button, "picture");
  g_object_set_data (G_OBJECT (button), "code", (gpointer) option->code);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, 0);
  return button;
}

static void
fill (AmendsKioskPicturePage *self, int percent)
{
  guint n_columns =
      percent >= AMENDS_KIOSK_LARGE_PERCENT ? LARGE_N_COLUMNS : self->question->n_columns;
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), GAP);
  gtk_grid_set_row_spacing (GTK_GRID (grid), GAP);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (guint i = 0; i < self->question->n_options; i++)
    {
      GtkWidget *button = make_picture (self, &self->question->options[i], percent);

      self->first = self->first != NULL ? self->first : button;
      gtk_grid_attach (GTK_GRID (grid), button, (int) (i % n_columns), (int) (i / n_columns), 1, 1);
    }
  gtk_box_append (GTK_BOX (self), amends_kiosk_spare ());
  gtk_box_append (GTK_BOX (self), grid);
}

static void
amends_kiosk_picture_page_map (GtkWidget *widget)
{
  AmendsKioskPicturePage *self = AMENDS_KIOSK_PICTURE_PAGE (widget);

  GTK_WIDGET_CLASS (amends_kiosk_picture_page_parent_class)->map (widget);

  gtk_widget_grab_focus (self->first);
}

static void
amends_kiosk_picture_page_dispose (GObject *object)
{
  AmendsKioskPicturePage *self = AMENDS_KIOSK_PICTURE_PAGE (object);

  g_clear_pointer (&self->answers, json_decref);

  G_OBJECT_CLASS (amends_kiosk_picture_page_parent_class)->dispose (object);
}

static void
amends_kiosk_picture_page_class_init (AmendsKioskPicturePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = amends_kiosk_picture_page_dispose;
  GTK_WIDGET_CLASS (klass)->map = amends_kiosk_picture_page_map;
}

static void
amends_kiosk_picture_page_init (AmendsKioskPicturePage *self)
{
}

/**
 * amends_kiosk_picture_page_new:
 * @question: that is answered so; it has options
 * @answers: all answers; what is chosen is written into it
 * @percent: how large its words are, from 100; in large ones fewer pictures stand beside each other
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
amends_kiosk_picture_page_new (const AmendsKioskQuestion *question, json_t *answers, int percent)
{
  AmendsKioskPicturePage *self = g_object_new (AMENDS_TYPE_KIOSK_PICTURE_PAGE, NULL);

  self->question = question;
  self->answers = json_incref (answers);
  amends_kiosk_other_page_begin (AMENDS_KIOSK_OTHER_PAGE (self), question,
                                 K_ (question->others[AMENDS_KIOSK_OTHER_PICTURES]), NULL, NULL);
  fill (self, percent);
  update (self);
  return GTK_WIDGET (self);
}
