/* amends-kiosk-sheet.c: what a kiosk tells the staff of its place
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How many records wait, restricted ones not counted, for how long, whether the server answers and what room there is:
 * counts and times, and nothing of what anybody said, so that whoever finds the page learns nothing. It is for staff,
 * and so in the language of the machine. What is pressed on it is told by the signals "first-page", "sign-in", "begin"
 * and "carry". */

#include "config.h"

#include "app/kiosk/amends-kiosk-sheet.h"

#include <glib/gi18n.h>

#include "app/amends-sync-words.h"
#include "app/amends-words.h"
#include "app/kiosk/amends-kiosk-parts.h"
#include "app/kiosk/amends-kiosk-queue.h"

#define GAP 14
#define N_COLUMNS 2

struct _AmendsKioskSheet
{
  GtkBox parent_instance;

  AmendsSession *session; /* (owned) */
  GtkWidget *staff;
  GtkWidget *queue;
  GtkWidget *touch;
  GtkWidget *trouble;
  GtkWidget *room;
  GtkWidget *send;
};

enum
{
  SIGNAL_FIRST_PAGE,
  SIGNAL_SIGN_IN,
  SIGNAL_BEGIN,
  SIGNAL_CARRY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AmendsKioskSheet, amends_kiosk_sheet, GTK_TYPE_BOX)

/* ------------------------------------------------------------ what it says */

static char *
describe_queue (const AmendsStatus *status)
{
  g_autofree char *since = NULL;

  if (status->n_sealed == 0)
    return g_strdup (_ ("No record waits to be sent, of those that may be counted here."));
  since = amends_words_instant (status->sealed_at);
  return g_strdup_printf (ngettext ("%u record waits to be sent, since %s.",
                                    "%u records wait to be sent, the oldest since %s.",
                                    status->n_sealed),
                          status->n_sealed, since);
}

static char *
describe_touch (const AmendsStatus *status)
{
  g_autofree char *last = NULL;

  if (status->last_sync == 0)
    return g_strdup (_ ("It was never in touch with the server yet."));
  last = amends_words_instant (status->last_sync);
  return g_strdup_printf (_ ("Last in touch with the server: %s."), last);
}

static void
set_text (GtkWidget *label, char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL);
  g_free (text);
}

static void
update (AmendsKioskSheet *self)
{
  const AmendsStatus *status = amends_session_get_status (self->session);
  gboolean is_syncing;

  g_object_get (self->session, "syncing", &is_syncing, NULL);
  set_text (self->queue, describe_queue (status));
  set_text (self->touch, describe_touch (status));
  set_text (self->trouble, status->last_error_code != NULL
                               ? g_strdup (amends_sync_words_error (status->last_error_code))
                               : NULL);
  set_text (self->room, amends_kiosk_queue_describe_room (status));
  gtk_widget_set_sensitive (self->send, !is_syncing);
}

static void
notify_cb (AmendsSession *session, GParamSpec *pspec, gpointer user_data)
{
  update (user_data);
}

/* ------------------------------------------------------------ the page */

static void
send_cb (GtkButton *button, gpointer user_data)
{
  AmendsKioskSheet *self = user_data;

  amends_session_sync (self->session);
}

static void
pressed_cb (GtkButton *button, gpointer user_data)
{
  g_signal_emit_by_name (user_data, g_object_get_data (G_OBJECT (button), "signal"));
}

static GtkWidget *
add_line (AmendsKioskSheet *self)
{
  GtkWidget *label = amends_kiosk_label ("", "body");

  gtk_box_append (GTK_BOX (self), label);
  return label;
}

static void
amends_kiosk_sheet_dispose (GObject *object)
{
  g_clear_object (&AMENDS_KIOSK_SHEET (object)->session);

  G_OBJECT_CLASS (amends_kiosk_sheet_parent_class)->dispose (object);
}

static void
amends_kiosk_sheet_class_init (AmendsKioskSheetClass *klass)
{
  static const char *const names[N_SIGNALS] = { "first-page", "sign-in", "begin", "carry" };

  G_OBJECT_CLASS (klass)->dispose = amends_kiosk_sheet_dispose;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], AMENDS_TYPE_KIOSK_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static void
amends_kiosk_sheet_init (AmendsKioskSheet *self)
{
  amends_kiosk_make_page (GTK_BOX (self));
  gtk_box_append (GTK_BOX (self), amends_kiosk_label (_ ("For staff"), "question"));
  gtk_box_append (GTK_BOX (self),
                  amends_kiosk_label (_ ("Nobody can read here what people told this screen, and "
                                         "neither can you. After a minute the first page "
                                         "comes back."),
                                      "how"));
  self->staff = add_line (self);
  self->queue = add_line (self);
  self->touch = add_line (self);
  self->trouble = add_line (self);
  self->room = add_line (self);
}

/* @signal: what is told once it is pressed */
static GtkWidget *
make_way (AmendsKioskSheet *self, const char *label, const char *signal)
{
  GtkWidget *button = amends_kiosk_button (label, NULL, G_CALLBACK (pressed_cb), self);

  g_object_set_data (G_OBJECT (button), "signal", (gpointer) signal);
  return button;
}

/* Two beside each other have room in the largest text. */
static void
add_way (GtkWidget *grid, GtkWidget *button)
{
  int n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (grid); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;
  gtk_grid_attach (GTK_GRID (grid), button, n % N_COLUMNS, n / N_COLUMNS, 1, 1);
}

/* What somebody who is not known can do, and what only a member of staff can. */
static GtkWidget *
make_ways (AmendsKioskSheet *self, const char *staff, gboolean takes_sticks)
{
  GtkWidget *ways = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (ways), GAP);
  gtk_grid_set_row_spacing (GTK_GRID (ways), GAP);
  gtk_grid_set_column_homogeneous (GTK_GRID (ways), TRUE);
  add_way (ways, self->send);
  add_way (ways, staff != NULL ? make_way (self, _ ("Help a visitor"), "begin")
                               : make_way (self, _ ("Sign in"), "sign-in"));
  if (staff != NULL && takes_sticks)
    add_way (ways, make_way (self, _ ("Carry by hand"), "carry"));
  add_way (ways, make_way (self, _ ("First page"), "first-page"));
  return ways;
}

/**
 * amends_kiosk_sheet_new:
 * @session: of the kiosk; what the page says follows it
 * @staff: (nullable): who has signed in
 * @takes_sticks: whether what waits may be carried on one
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
amends_kiosk_sheet_new (AmendsSession *session, const char *staff, gboolean takes_sticks)
{
  AmendsKioskSheet *self = g_object_new (AMENDS_TYPE_KIOSK_SHEET, NULL);
  GtkWidget *ways;

  self->session = g_object_ref (session);
  self->send = amends_kiosk_button (_ ("Send now"), NULL, G_CALLBACK (send_cb), self);
  set_text (self->staff, staff != NULL ? g_strdup_printf (_ ("%s has signed in."), staff) : NULL);
  ways = make_ways (self, staff, takes_sticks);
  gtk_widget_set_vexpand (ways, TRUE);
  gtk_widget_set_valign (ways, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (self), ways);
  g_signal_connect_object (session, "notify", G_CALLBACK (notify_cb), self, 0);
  update (self);
  return GTK_WIDGET (self);
}
