/* amends-kiosk-frame.c: what stands around every page of a kiosk
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Strip, page, keyboard and dock: the dock is where it was on every page. What is pressed in it is told by the
 * signals "leave", "help", "text-size", "back" and "go", and "held" is a long press on the name above; reading aloud and
 * the keyboard are the frame's own. */

#include "config.h"

#include "app/kiosk/amends-kiosk-frame.h"

#include "app/amends-words.h"
#include "app/kiosk/amends-kiosk-aloud.h"
#include "app/kiosk/amends-kiosk-keyboard.h"
#include "app/kiosk/amends-kiosk-language.h"
#include "app/kiosk/amends-kiosk-parts.h"
#include "app/kiosk/amends-kiosk-room.h"

#define GAP 14

struct _AmendsKioskFrame
{
  GtkBox parent_instance;

  GtkWidget *organisation;
  GtkWidget *scheme;
  GtkWidget *progress;
  GtkWidget *room;
  GtkWidget *aloud;
  GtkWidget *keyboard;
  GtkWidget *staff;
  GtkWidget *leave;
  GtkWidget *help;
  GtkWidget *read_aloud;
  GtkWidget *text_size;
  GtkWidget *back;
  GtkWidget *go;
  AmendsKioskScan *scan; /* (owned) */
  gboolean reads_all;
  gboolean is_read; /* since the page came */
};

enum
{
  SIGNAL_LEAVE,
  SIGNAL_HELP,
  SIGNAL_TEXT_SIZE,
  SIGNAL_BACK,
  SIGNAL_GO,
  SIGNAL_HELD,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AmendsKioskFrame, amends_kiosk_frame, GTK_TYPE_BOX)

/* ------------------------------------------------------------ what is pressed */

/* Whoever uses switches hears all of it before the ring begins. */
static void
read_page (AmendsKioskFrame *self)
{
  amends_kiosk_aloud_read (AMENDS_KIOSK_ALOUD (self->aloud), amends_kiosk_frame_get_page (self));
  amends_kiosk_scan_begin (self->scan, TRUE);
  self->is_read = TRUE;
}

static void
read_aloud_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskFrame *self = user_data;

  if (amends_kiosk_aloud_is_on (AMENDS_KIOSK_ALOUD (self->aloud)))
    amends_kiosk_frame_stop_reading (self);
  else
    read_page (self);
}

static void
leave_cb (GtkButton *button, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_LEAVE], 0);
}

static void
help_cb (GtkButton *button, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_HELP], 0);
}

static void
text_size_cb (GtkButton *button, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_TEXT_SIZE], 0);
}

static void
back_cb (GtkButton *button, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_BACK], 0);
}

static void
go_cb (GtkButton *button, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_GO], 0);
}

static void
put_away_cb (AmendsKioskKeyboard *keyboard, gpointer user_data)
{
  AmendsKioskFrame *self = user_data;

  gtk_widget_hide (self->keyboard);
}

static void
held_cb (GtkGestureLongPress *gesture, double x, double y, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_HELD], 0);
}

/* ------------------------------------------------------------ making it */

static GtkWidget *
make_strip (AmendsKioskFrame *self)
{
  GtkWidget *strip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_widget_add_css_class (strip, "strip");
  self->organisation = amends_kiosk_line ("", "organisation");
  self->scheme = amends_kiosk_line ("", "scheme");
  self->progress = amends_kiosk_line ("", "progress");
  self->staff = amends_kiosk_line ("", "organisation");
  gtk_label_set_ellipsize (GTK_LABEL (self->staff), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->staff), 1);
  gtk_widget_set_hexpand (self->staff, TRUE);
  gtk_widget_hide (self->staff);
  gtk_label_set_ellipsize (GTK_LABEL (self->scheme), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->scheme, TRUE);
  g_signal_connect_object (press, "pressed", G_CALLBACK (held_cb), self, 0);
  gtk_widget_add_controller (self->organisation, GTK_EVENT_CONTROLLER (press));
  gtk_box_append (GTK_BOX (strip), self->organisation);
  gtk_box_append (GTK_BOX (strip), self->scheme);
  gtk_box_append (GTK_BOX (strip), self->staff);
  gtk_box_append (GTK_BOX (strip), self->progress);
  return strip;
}

/* Where there is no room for its words on one line, as in large text, they stand on two. */
static void
wrap (GtkWidget *label)
{
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
}

/* An icon is never without its word. */
static GtkWidget *
make_tile (AmendsKioskFrame *self, const char *label, const char *icon, GCallback clicked)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *word = gtk_label_new (label);

  gtk_image_set_pixel_size (GTK_IMAGE (image), 34);
  gtk_box_append (GTK_BOX (box), image);
  wrap (word);
  gtk_box_append (GTK_BOX (box), word);
  gtk_button_set_child (GTK_BUTTON (button), box);
  amends_kiosk_set_name (button, label);
  gtk_widget_add_css_class (button, "tile");
  /* Whoever touches it does not mean that a key presses it from then on. */
  gtk_widget_set_focus_on_click (button, FALSE);
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  return button;
}

static GtkWidget *
make_spare (void)
{
  GtkWidget *spare = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_hexpand (spare, TRUE);
  return spare;
}

/* Leave stands alone in its corner; what helps is in the middle, and the way on in the other corner. */
static GtkWidget *
make_dock (AmendsKioskFrame *self)
{
  GtkWidget *dock = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0); /* the style sheet has it */

  gtk_widget_add_css_class (dock, "dock");
  self->leave = make_tile (self, K_ ("Leave"), "application-exit-symbolic", G_CALLBACK (leave_cb));
  gtk_widget_add_css_class (self->leave, "leave");
  self->help = make_tile (self, K_ ("Help"), "help-browser-symbolic", G_CALLBACK (help_cb));
  self->read_aloud =
      make_tile (self, K_ ("Read aloud"), "audio-speakers-symbolic", G_CALLBACK (read_aloud_cb));
  self->text_size =
      make_tile (self, K_ ("Text size"), "font-x-generic-symbolic", G_CALLBACK (text_size_cb));
  self->back = make_tile (self, K_ ("Back"), "go-previous-symbolic", G_CALLBACK (back_cb));
  self->go = gtk_button_new_with_label (K_ ("Continue"));
  wrap (gtk_button_get_child (GTK_BUTTON (self->go)));
  gtk_widget_add_css_class (self->go, "go");
  g_signal_connect_object (self->go, "clicked", G_CALLBACK (go_cb), self, 0);
  gtk_box_append (GTK_BOX (dock), self->leave);
  gtk_box_append (GTK_BOX (dock), make_spare ());
  gtk_box_append (GTK_BOX (dock), self->help);
  gtk_box_append (GTK_BOX (dock), self->read_aloud);
  gtk_box_append (GTK_BOX (dock), self->text_size);
  gtk_box_append (GTK_BOX (dock), make_spare ());
  gtk_box_append (GTK_BOX (dock), self->back);
  gtk_box_append (GTK_BOX (dock), self->go);
  return dock;
}

/* The way on comes before the way back, and what ends it all at last. */
static void
add_groups (AmendsKioskFrame *self)
{
  GtkWidget *const answers[] = { self->room, NULL };
  GtkWidget *const keys[] = { self->keyboard, NULL };
  GtkWidget *const ways[] = { self->go, self->back, NULL };
  GtkWidget *const helps[] = { self->help, self->read_aloud, self->text_size, self->aloud, NULL };
  GtkWidget *const leave[] = { self->leave, NULL };

  amends_kiosk_scan_add (self->scan, answers, FALSE);
  amends_kiosk_scan_add (self->scan, keys, TRUE);
  amends_kiosk_scan_add (self->scan, ways, FALSE);
  amends_kiosk_scan_add (self->scan, helps, FALSE);
  amends_kiosk_scan_add (self->scan, leave, FALSE);
}

static void
scan_said_cb (const char *text, gpointer user_data)
{
  AmendsKioskFrame *self = user_data;

  amends_kiosk_aloud_say (AMENDS_KIOSK_ALOUD (self->aloud), text);
}

static void
amends_kiosk_frame_dispose (GObject *object)
{
  AmendsKioskFrame *self = AMENDS_KIOSK_FRAME (object);

  g_clear_pointer (&self->scan, amends_kiosk_scan_free);

  G_OBJECT_CLASS (amends_kiosk_frame_parent_class)->dispose (object);
}

static void
amends_kiosk_frame_class_init (AmendsKioskFrameClass *klass)
{
  static const char *const names[N_SIGNALS] = {
    "leave", "help", "text-size", "back", "go", "held"
  };

  G_OBJECT_CLASS (klass)->dispose = amends_kiosk_frame_dispose;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], AMENDS_TYPE_KIOSK_FRAME, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static void
amends_kiosk_frame_init (AmendsKioskFrame *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->room = amends_kiosk_room_new ();
  self->aloud = amends_kiosk_aloud_new ();
  self->keyboard = amends_kiosk_keyboard_new ();
  g_signal_connect_object (self->keyboard, "put-away", G_CALLBACK (put_away_cb), self, 0);
  gtk_box_append (GTK_BOX (self), make_strip (self));
  gtk_box_append (GTK_BOX (self), self->room);
  gtk_box_append (GTK_BOX (self), self->aloud);
  gtk_box_append (GTK_BOX (self), self->keyboard);
  gtk_box_append (GTK_BOX (self), make_dock (self));
  gtk_widget_hide (self->keyboard);
  self->scan = amends_kiosk_scan_new (scan_said_cb, self);
  add_groups (self);
}

/**
 * amends_kiosk_frame_new:
 *
 * Returns: (transfer floating): a frame with no page in it, in the language in use
 */
GtkWidget *
amends_kiosk_frame_new (void)
{
  return g_object_new (AMENDS_TYPE_KIOSK_FRAME, NULL);
}

/* ------------------------------------------------------------ what is in it */

/**
 * amends_kiosk_frame_set_page:
 * @page: in the place of the one before, of which nothing is read on or written in any more
 */
void
amends_kiosk_frame_set_page (AmendsKioskFrame *self, GtkWidget *page)
{
  g_return_if_fail (AMENDS_IS_KIOSK_FRAME (self) && GTK_IS_WIDGET (page));

  amends_kiosk_frame_stop_reading (self);
  amends_kiosk_frame_set_quiet (self, FALSE);
  self->is_read = FALSE;
  amends_kiosk_room_set_page (AMENDS_KIOSK_ROOM (self->room), page);
  amends_kiosk_frame_write_in (self, NULL);
  amends_kiosk_scan_begin (self->scan, FALSE);
  if (self->reads_all)
    read_page (self);
}

/**
 * amends_kiosk_frame_get_page:
 *
 * Returns: (transfer none) (nullable): the page
 */
GtkWidget *
amends_kiosk_frame_get_page (AmendsKioskFrame *self)
{
  return amends_kiosk_room_get_page (AMENDS_KIOSK_ROOM (self->room));
}

/**
 * amends_kiosk_frame_set_dock:
 * @has_back: whether there is a way back
 * @go: (nullable): the word on the way on; %NULL where there is none
 *
 * The place of what is not there stays empty.
 */
void
amends_kiosk_frame_set_dock (AmendsKioskFrame *self, gboolean has_back, const char *go)
{
  gtk_widget_set_child_visible (self->back, has_back);
  gtk_widget_set_sensitive (self->back, has_back);
  gtk_widget_set_child_visible (self->go, go != NULL);
  gtk_widget_set_sensitive (self->go, go != NULL);
  /* What has just come has no place yet. */
  gtk_widget_queue_allocate (gtk_widget_get_parent (self->back));
  /* It keeps its word where it is not there: a button with no name would be read out. */
  if (go != NULL)
    gtk_button_set_label (GTK_BUTTON (self->go), go);
}

/**
 * amends_kiosk_frame_set_can_go:
 * @can_go: whether the way on is open, while it is shown
 */
void
amends_kiosk_frame_set_can_go (AmendsKioskFrame *self, gboolean can_go)
{
  gtk_widget_set_sensitive (self->go, can_go);
}

/**
 * amends_kiosk_frame_set_progress:
 * @text: how far somebody is, or what staff are told
 */
void
amends_kiosk_frame_set_progress (AmendsKioskFrame *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->progress), text);
}

/**
 * amends_kiosk_frame_set_staff:
 * @name: (nullable): who of the staff has signed in beside the visitor
 *
 * In the place of the scheme, so that there is room for it in large text.
 */
void
amends_kiosk_frame_set_staff (AmendsKioskFrame *self, const char *name)
{
  g_autofree char *apart = name != NULL ? amends_words_isolate (name) : NULL;
  /* Translators: a member of staff who stands beside the visitor, by name. */
  g_autofree char *text = name != NULL ? g_strdup_printf (K_ ("%s helps you"), apart) : NULL;

  gtk_label_set_text (GTK_LABEL (self->staff), text != NULL ? text : "");
  gtk_widget_set_visible (self->staff, text != NULL);
  gtk_widget_set_visible (self->scheme, text == NULL);
}

/**
 * amends_kiosk_frame_set_names:
 * @organisation: (nullable): whose kiosk it is
 * @scheme: (nullable): where it stands
 */
void
amends_kiosk_frame_set_names (AmendsKioskFrame *self, const char *organisation, const char *scheme)
{
  gtk_label_set_text (GTK_LABEL (self->organisation), organisation != NULL ? organisation : "");
  if (scheme != NULL)
    gtk_label_set_text (GTK_LABEL (self->scheme), scheme);
}

/**
 * amends_kiosk_frame_write_in:
 * @target: (nullable): a text view, or the text of an entry, for which the keyboard comes up; %NULL to put it away
 * and to know of none
 */
void
amends_kiosk_frame_write_in (AmendsKioskFrame *self, GtkWidget *target)
{
  amends_kiosk_keyboard_set_target (AMENDS_KIOSK_KEYBOARD (self->keyboard), target);
  gtk_widget_set_visible (self->keyboard, target != NULL);
}

/**
 * amends_kiosk_frame_get_scan:
 *
 * Returns: (transfer none): what goes through all that can be touched in it
 */
AmendsKioskScan *
amends_kiosk_frame_get_scan (AmendsKioskFrame *self)
{
  return self->scan;
}

/**
 * amends_kiosk_frame_press_switch:
 * @now_us: now
 *
 * As amends_kiosk_scan_press(). What a switch chooses may put another frame in the place of this one, which is kept
 * until it is done.
 */
gboolean
amends_kiosk_frame_press_switch (AmendsKioskFrame *self, guint keyval, gint64 now_us)
{
  g_autoptr (AmendsKioskFrame) kept = g_object_ref (self);

  return amends_kiosk_scan_press (kept->scan, keyval, now_us);
}

/**
 * amends_kiosk_frame_set_reads:
 * @reads_all: whether every page is read aloud, this one and those that come
 */
void
amends_kiosk_frame_set_reads (AmendsKioskFrame *self, gboolean reads_all)
{
  if (reads_all == self->reads_all)
    return;
  self->reads_all = reads_all;
  if (reads_all && amends_kiosk_frame_get_page (self) != NULL)
    read_page (self);
  else
    amends_kiosk_frame_stop_reading (self);
}

/**
 * amends_kiosk_frame_is_read:
 *
 * Returns: whether the page has been read aloud, to its end or not
 */
gboolean
amends_kiosk_frame_is_read (AmendsKioskFrame *self)
{
  return self->is_read;
}

/**
 * amends_kiosk_frame_read:
 *
 * Reads the page to somebody who listened to the one before.
 */
void
amends_kiosk_frame_read (AmendsKioskFrame *self)
{
  if (!amends_kiosk_aloud_is_on (AMENDS_KIOSK_ALOUD (self->aloud)))
    read_page (self);
}

/**
 * amends_kiosk_frame_stop_reading:
 *
 * At once; what was read is forgotten.
 */
void
amends_kiosk_frame_stop_reading (AmendsKioskFrame *self)
{
  amends_kiosk_aloud_stop (AMENDS_KIOSK_ALOUD (self->aloud));
}

/**
 * amends_kiosk_frame_set_quiet:
 * @is_quiet: whether nothing is read aloud, since somebody speaks to the screen or listens to it
 *
 * Whoever listened to the page listens again to what comes after. Another page is not quiet.
 */
void
amends_kiosk_frame_set_quiet (AmendsKioskFrame *self, gboolean is_quiet)
{
  amends_kiosk_aloud_set_quiet (AMENDS_KIOSK_ALOUD (self->aloud), is_quiet);
}

/**
 * amends_kiosk_frame_say:
 * @text: that has changed on the page; it is said to whoever listens
 */
void
amends_kiosk_frame_say (AmendsKioskFrame *self, const char *text)
{
  amends_kiosk_aloud_say (AMENDS_KIOSK_ALOUD (self->aloud), text);
}
