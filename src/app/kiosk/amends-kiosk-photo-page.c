/* amends-kiosk-photo-page.c: something is shown to the camera
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It stands on top of a question. The camera is on while somebody looks for the right place before it, and at no other
 * time. Whoever goes on or back without having said so keeps the picture that they see: going back loses nothing. */

#include "config.h"

#include "app/kiosk/amends-kiosk-photo-page.h"

#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-parts.h"

#define GAP 14

/* Pixels. */
#define PICTURE_WIDTH 320
#define PICTURE_HEIGHT 240
#define SMALL_WIDTH 128
#define SMALL_HEIGHT 96

struct _AmendsKioskPhotoPage
{
  AmendsKioskOtherPage parent_instance;

  AmendsKioskCamera *camera; /* (owned) */
  GBytes
      *taken; /* (nullable) (owned): that was taken, and nobody has said yet whether it is good */
  gboolean is_live; /* somebody looks for the right place */
  gboolean is_large;
  GHashTable
      *small; /* (element-type GBytes GdkTexture) (owned): of each that there is, to be drawn */

  GtkWidget *spare; /* in the place of the picture: what can be touched is in reach */
  GtkWidget *picture;
  GtkWidget *act;
  GtkWidget *again;
  GtkWidget *row; /* of those that there are */
};

G_DEFINE_FINAL_TYPE (AmendsKioskPhotoPage, amends_kiosk_photo_page, AMENDS_TYPE_KIOSK_OTHER_PAGE)

static void fill_row (AmendsKioskPhotoPage *self);
static void update (AmendsKioskPhotoPage *self);

static AmendsKioskDeviceState
get_state (AmendsKioskPhotoPage *self)
{
  return amends_kiosk_device_get_state (amends_kiosk_camera_get_device (self->camera));
}

static guint
count (AmendsKioskPhotoPage *self)
{
  guint n = 0;

  while (amends_kiosk_other_page_nth (AMENDS_KIOSK_OTHER_PAGE (self), n) != NULL)
    n++;
  return n;
}

/* ------------------------------------------------------------ those that there are */

/* Returns: (transfer full) (nullable): no larger than this */
static GdkTexture *
make_texture (GBytes *jpeg, int width, int height)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (jpeg);
  g_autoptr (GdkPixbuf) pixbuf =
      gdk_pixbuf_new_from_stream_at_scale (stream, width, height, TRUE, NULL, NULL);

  return pixbuf != NULL ? gdk_texture_new_for_pixbuf (pixbuf) : NULL;
}

/* Returns: (transfer none) (nullable): made once: six of them take longer than anybody who leaves can wait */
static GdkPaintable *
get_small (AmendsKioskPhotoPage *self, GBytes *jpeg)
{
  GdkTexture *texture = g_hash_table_lookup (self->small, jpeg);

  if (texture == NULL && (texture = make_texture (jpeg, SMALL_WIDTH, SMALL_HEIGHT)) != NULL)
    g_hash_table_insert (self->small, g_bytes_ref (jpeg), texture);
  return GDK_PAINTABLE (texture);
}

static GtkWidget *
make_picture (GdkPaintable *paintable, const char *name, int width, int height)
{
  GtkWidget *picture = gtk_picture_new_for_paintable (paintable);

  gtk_widget_set_size_request (picture, width, height);
  amends_kiosk_set_name (picture, name);
  return picture;
}

static void
remove_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskPhotoPage *self = user_data;
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "number"));

  g_hash_table_remove (self->small,
                       amends_kiosk_other_page_nth (AMENDS_KIOSK_OTHER_PAGE (self), i));
  amends_kiosk_other_page_remove (AMENDS_KIOSK_OTHER_PAGE (self), i);
  fill_row (self);
  update (self);
  gtk_widget_grab_focus (self->act);
}

static GtkWidget *
make_one (AmendsKioskPhotoPage *self, GBytes *jpeg, guint i)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP / 2);
  GtkWidget *button = gtk_button_new_with_label (K_ ("Remove"));
  g_autofree char *name = g_strdup_printf (K_ ("Photo %u"), i + 1);
  /* Translators: what is spoken of a button that removes the photo of that number. */
  g_autofree char *what = g_strdup_printf (K_ ("Remove photo %u"), i + 1);

  gtk_box_append (GTK_BOX (box),
                  make_picture (get_small (self, jpeg), name, SMALL_WIDTH, SMALL_HEIGHT));
  gtk_widget_add_css_class (button, "plain");
  amends_kiosk_set_name (button, what);
  g_object_set_data (G_OBJECT (button), "number", GUINT_TO_POINTER (i));
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, 0);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static void
fill_row (AmendsKioskPhotoPage *self)
{
  guint n_columns = self->is_large ? AMENDS_KIOSK_SHOWN_MAX / 2 : AMENDS_KIOSK_SHOWN_MAX;
  GtkWidget *child;
  GBytes *jpeg;

  while ((child = gtk_widget_get_first_child (self->row)) != NULL)
    gtk_grid_remove (GTK_GRID (self->row), child);
  for (guint i = 0;
       (jpeg = amends_kiosk_other_page_nth (AMENDS_KIOSK_OTHER_PAGE (self), i)) != NULL; i++)
    gtk_grid_attach (GTK_GRID (self->row), make_one (self, jpeg, i), (int) (i % n_columns),
                     (int) (i / n_columns), 1, 1);
  gtk_widget_set_visible (self->row, gtk_widget_get_first_child (self->row) != NULL);
}

/* ------------------------------------------------------------ how far it is */

/* Returns: (transfer full): how things stand, and what can be done */
static char *
dup_said (AmendsKioskPhotoPage *self)
{
  guint n = count (self);

  if (self->taken != NULL)
    return g_strdup (K_ ("Is it good? You can take it again."));
  if (self->is_live)
    switch (get_state (self))
      {
      case AMENDS_KIOSK_DEVICE_ABSENT:
        return g_strdup (K_ ("This screen has no camera. Write it, or ask our staff."));
      case AMENDS_KIOSK_DEVICE_FAILED:
        return g_strdup (K_ ("The camera has stopped. What you told us before is kept. Try again, "
                             "or ask our staff."));
      case AMENDS_KIOSK_DEVICE_ON:
        return g_strdup (K_ ("Hold it before the camera, and touch the button. Nobody sees it "
                             "until you send it."));
      case AMENDS_KIOSK_DEVICE_UNKNOWN:
      case AMENDS_KIOSK_DEVICE_OFF:
      case AMENDS_KIOSK_DEVICE_STARTING:
        return g_strdup (K_ ("The camera is being switched on."));
      }
  if (n == AMENDS_KIOSK_SHOWN_MAX)
    return g_strdup_printf (K_ ("You have %u photos. That is as many as this screen can take here. "
                                "Remove one to take another."),
                            n);
  /* Translators: how many there are, and how many more there may be. */
  return g_strdup_printf (K_ ("Photos: %1$u. You can add more: %2$u."), n,
                          AMENDS_KIOSK_SHOWN_MAX - n);
}

/* Returns: (transfer none) (nullable): what can be done next; %NULL for nothing */
static const char *
get_act (AmendsKioskPhotoPage *self)
{
  if (self->taken != NULL)
    return K_ ("Use it");
  if (!self->is_live)
    return count (self) < AMENDS_KIOSK_SHOWN_MAX ? K_ ("Another photo") : NULL;
  if (get_state (self) == AMENDS_KIOSK_DEVICE_ON)
    return K_ ("Take the picture");
  return get_state (self) == AMENDS_KIOSK_DEVICE_STARTING ? NULL : K_ ("Try again");
}

static void
update (AmendsKioskPhotoPage *self)
{
  g_autofree char *said = dup_said (self);
  const char *act = get_act (self);
  gboolean sees = self->is_live && get_state (self) == AMENDS_KIOSK_DEVICE_ON;

  gtk_widget_set_visible (self->picture, self->taken != NULL || sees);
  gtk_widget_set_visible (self->spare, !gtk_widget_get_visible (self->picture));
  amends_kiosk_set_meaning (self->act, act);
  amends_kiosk_set_meaning (self->again, self->taken != NULL ? K_ ("Take it again") : NULL);
  amends_kiosk_other_page_say (AMENDS_KIOSK_OTHER_PAGE (self), said);
}

static void
show_live (AmendsKioskPhotoPage *self)
{
  self->is_live = TRUE;
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (self->camera));
  amends_kiosk_set_name (self->picture, K_ ("What the camera sees"));
  amends_kiosk_device_start (amends_kiosk_camera_get_device (self->camera));
  update (self);
}

static void
take (AmendsKioskPhotoPage *self)
{
  g_autoptr (GdkTexture) texture = NULL;

  self->taken = amends_kiosk_camera_take (self->camera);
  if (self->taken == NULL)
    return;
  self->is_live = FALSE;
  texture = gdk_texture_new_from_bytes (self->taken, NULL);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (texture));
  amends_kiosk_set_name (self->picture, K_ ("The picture that was taken"));
  amends_kiosk_camera_stop (self->camera);
  update (self);
}

static void
keep (AmendsKioskPhotoPage *self)
{
  g_autoptr (GBytes) taken = g_steal_pointer (&self->taken);

  if (taken == NULL)
    return;
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), NULL);
  amends_kiosk_other_page_add (AMENDS_KIOSK_OTHER_PAGE (self), taken);
}

static void
act_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskPhotoPage *self = user_data;

  if (!amends_kiosk_is_meant (self->act))
    return;
  if (self->taken != NULL)
    {
      keep (self);
      fill_row (self);
      update (self);
    }
  else if (self->is_live && get_state (self) == AMENDS_KIOSK_DEVICE_ON)
    take (self);
  else
    show_live (self);
}

static void
again_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskPhotoPage *self = user_data;

  if (!amends_kiosk_is_meant (self->again))
    return;
  g_clear_pointer (&self->taken, g_bytes_unref);
  gtk_widget_grab_focus (self->act);
  show_live (self);
}

static void
state_cb (AmendsKioskDevice *device, gpointer user_data)
{
  AmendsKioskPhotoPage *self = user_data;

  if (!self->is_live || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  update (self);
  /* It comes into the place of nothing. */
  if (amends_kiosk_device_get_state (device) == AMENDS_KIOSK_DEVICE_ON)
    gtk_widget_grab_focus (self->act);
}

/* ------------------------------------------------------------ the page */

static void
amends_kiosk_photo_page_map (GtkWidget *widget)
{
  AmendsKioskPhotoPage *self = AMENDS_KIOSK_PHOTO_PAGE (widget);

  GTK_WIDGET_CLASS (amends_kiosk_photo_page_parent_class)->map (widget);

  if (self->taken == NULL && count (self) == 0)
    show_live (self);
}

static void
amends_kiosk_photo_page_unmap (GtkWidget *widget)
{
  AmendsKioskPhotoPage *self = AMENDS_KIOSK_PHOTO_PAGE (widget);

  self->is_live = FALSE;
  amends_kiosk_camera_stop (self->camera);
  keep (self);

  GTK_WIDGET_CLASS (amends_kiosk_photo_page_parent_class)->unmap (widget);
}

static void
amends_kiosk_photo_page_dispose (GObject *object)
{
  AmendsKioskPhotoPage *self = AMENDS_KIOSK_PHOTO_PAGE (object);

  g_clear_object (&self->camera);
  g_clear_pointer (&self->taken, g_bytes_unref);
  g_clear_pointer (&self->small, g_hash_table_unref);

  G_OBJECT_CLASS (amends_kiosk_photo_page_parent_class)->dispose (object);
}

static void
amends_kiosk_photo_page_class_init (AmendsKioskPhotoPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = amends_kiosk_photo_page_dispose;
  GTK_WIDGET_CLASS (klass)->map = amends_kiosk_photo_page_map;
  GTK_WIDGET_CLASS (klass)->unmap = amends_kiosk_photo_page_unmap;
}

static void
amends_kiosk_photo_page_init (AmendsKioskPhotoPage *self)
{
  self->small = g_hash_table_new_full (g_direct_hash, g_direct_equal,
                                       (GDestroyNotify) g_bytes_unref, g_object_unref);
}

static void
fill (AmendsKioskPhotoPage *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);

  self->picture = make_picture (NULL, K_ ("What the camera sees"), PICTURE_WIDTH, PICTURE_HEIGHT);
  gtk_widget_set_vexpand (self->picture, TRUE);
  self->spare = amends_kiosk_spare ();
  self->act = amends_kiosk_button (K_ ("Take the picture"), "shutter", G_CALLBACK (act_cb), self);
  self->again = amends_kiosk_button (K_ ("Take it again"), "shutter", G_CALLBACK (again_cb), self);
  self->row = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->row), GAP);
  gtk_grid_set_row_spacing (GTK_GRID (self->row), GAP);
  gtk_widget_set_vexpand (buttons, FALSE);
  gtk_box_append (GTK_BOX (buttons), self->again);
  gtk_box_append (GTK_BOX (buttons), self->act);
  gtk_box_append (GTK_BOX (self), self->spare);
  gtk_box_append (GTK_BOX (self), self->picture);
  gtk_box_append (GTK_BOX (self), self->row);
  gtk_box_append (GTK_BOX (self), buttons);
}

/**
 * amends_kiosk_photo_page_new:
 * @question: that is answered so
 * @shown: outlives the page
 * @is_large: whether its words are large: then fewer stand beside each other
 *
 * Returns: (transfer floating): the page; the camera is on while it is seen and something can be taken
 */
GtkWidget *
amends_kiosk_photo_page_new (const AmendsKioskQuestion *question,
                             AmendsKioskShown *shown,
                             AmendsKioskCamera *camera,
                             gboolean is_large)
{
  AmendsKioskPhotoPage *self = g_object_new (AMENDS_TYPE_KIOSK_PHOTO_PAGE, NULL);

  amends_kiosk_other_page_begin (AMENDS_KIOSK_OTHER_PAGE (self), question,
                                 K_ (question->others[AMENDS_KIOSK_OTHER_CAMERA]), shown,
                                 AMENDS_KIOSK_PHOTOGRAPHS);
  self->camera = g_object_ref (camera);
  self->is_large = is_large;
  fill (self);
  g_signal_connect_object (amends_kiosk_camera_get_device (camera), "changed",
                           G_CALLBACK (state_cb), self, 0);
  fill_row (self);
  update (self);
  return GTK_WIDGET (self);
}
