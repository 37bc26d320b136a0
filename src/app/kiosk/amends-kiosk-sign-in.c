/* amends-kiosk-sign-in.c: a member of staff signs in at a kiosk
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The names of those who have a PIN, and a field for it. It is for staff, and so in the language of the machine. The
 * signal "signed-in" has their name and their stream. */

#include "config.h"

#include "app/kiosk/amends-kiosk-sign-in.h"

#include <glib/gi18n.h>

#include "app/kiosk/amends-kiosk-parts.h"
#include "core/amends-secret.h"

#define GAP 14
#define N_COLUMNS 3

struct _AmendsKioskSignIn
{
  GtkBox parent_instance;

  AmendsSession *session; /* (owned) */
  GPtrArray *pins;        /* (nullable) (owned) (element-type AmendsPinHolder): who has one */
  const AmendsPinHolder *holder; /* (nullable): who was chosen */
  const AmendsPinHolder *asked;  /* (nullable): whose PIN is being looked at */
  GtkWidget *names;
  GtkWidget *row; /* of the PIN and its button */
  GtkWidget *pin;
  GtkWidget *go;
  GtkWidget *problem;
};

enum
{
  SIGNAL_SIGNED_IN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AmendsKioskSignIn, amends_kiosk_sign_in, GTK_TYPE_BOX)

static void
update (AmendsKioskSignIn *self)
{
  gboolean has_pin = *gtk_editable_get_text (GTK_EDITABLE (self->pin)) != '\0';

  gtk_widget_set_sensitive (self->go, self->holder != NULL && has_pin && self->asked == NULL);
  gtk_widget_set_sensitive (self->names, self->asked == NULL);
}

static void
say (AmendsKioskSignIn *self, const char *problem)
{
  gtk_label_set_text (GTK_LABEL (self->problem), problem);
  gtk_widget_set_visible (self->problem, *problem != '\0');
}

/* ------------------------------------------------------------ the PIN */

static char *
describe_refusal (const AmendsPinAnswer *answer, const AmendsPinHolder *holder)
{
  guint minutes = (answer->wait_s + 59) / 60;

  if (answer->has_none)
    return g_strdup_printf (_ ("%s has no PIN for this kiosk any more. They set a new one where "
                               "they sign in to Amends: “PIN for the kiosk” in its menu."),
                            holder->name);
  if (answer->wait_s == 0)
    return g_strdup_printf (_ ("That is not the PIN of %s. Try again."), holder->name);
  if (answer->wait_s < 60)
    return g_strdup_printf (ngettext ("Too many PINs were wrong. Try again in %u second.",
                                      "Too many PINs were wrong. Try again in %u seconds.",
                                      answer->wait_s),
                            answer->wait_s);
  return g_strdup_printf (ngettext ("Too many PINs were wrong. Try again in %u minute.",
                                    "Too many PINs were wrong. Try again in %u minutes.", minutes),
                          minutes);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsKioskSignIn) self = user_data;
  g_autofree AmendsPinAnswer *answer =
      amends_session_check_pin_finish (AMENDS_SESSION (source), result, NULL);
  const AmendsPinHolder *asked = g_steal_pointer (&self->asked);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL) /* they went on meanwhile */
    return;
  update (self);
  if (answer == NULL)
    say (self, _ ("The PIN could not be looked at: the kiosk cannot write on its disk."));
  else if (answer->is_right)
    {
      char id[AMENDS_ID_BUFFER];

      amends_id_format_to (&asked->staff, id);
      g_signal_emit (self, signals[SIGNAL_SIGNED_IN], 0, asked->name, id);
    }
  else
    {
      g_autofree char *problem = describe_refusal (answer, asked);

      say (self, problem);
      gtk_widget_grab_focus (self->pin);
    }
}

static void
go_cb (AmendsKioskSignIn *self)
{
  g_autoptr (AmendsSecretText) pin = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->pin)));

  if (self->holder == NULL || self->asked != NULL || *pin == '\0')
    return;
  self->asked = self->holder;
  gtk_editable_set_text (GTK_EDITABLE (self->pin), "");
  say (self, "");
  update (self);
  amends_session_check_pin_async (self->session, self->asked, pin, checked_cb, g_object_ref (self));
}

/* ------------------------------------------------------------ the names */

static void
toggled_cb (GtkCheckButton *button, gpointer user_data)
{
  AmendsKioskSignIn *self = user_data;

  if (!gtk_check_button_get_active (button))
    return;
  self->holder = g_object_get_data (G_OBJECT (button), "holder");
  say (self, "");
  update (self);
  gtk_widget_grab_focus (self->pin);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsKioskSignIn) self = user_data;
  GtkCheckButton *group = NULL;

  self->pins = amends_session_list_pins_finish (AMENDS_SESSION (source), result, NULL);
  if (self->pins == NULL || self->pins->len == 0)
    {
      say (self, _ ("Nobody has a PIN for this kiosk yet. You set your own where you sign in to "
                    "Amends: “PIN for the kiosk” in its menu. The kiosk knows it once both have "
                    "been in touch with the server."));
      gtk_widget_hide (self->row);
      return;
    }
  for (guint i = 0; i < self->pins->len; i++)
    {
      AmendsPinHolder *holder = g_ptr_array_index (self->pins, i);
      GtkWidget *button = gtk_check_button_new ();

      gtk_check_button_set_child (GTK_CHECK_BUTTON (button),
                                  amends_kiosk_label (holder->name, "choice"));
      gtk_check_button_set_group (GTK_CHECK_BUTTON (button), group);
      group = group != NULL ? group : GTK_CHECK_BUTTON (button);
      gtk_widget_add_css_class (button, "card");
      gtk_widget_set_hexpand (button, TRUE);
      amends_kiosk_set_name (button, holder->name);
      g_object_set_data (G_OBJECT (button), "holder", holder);
      g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, 0);
      gtk_grid_attach (GTK_GRID (self->names), button, (int) (i % N_COLUMNS), (int) (i / N_COLUMNS),
                       1, 1);
    }
}

/* ------------------------------------------------------------ the page */

static void
amends_kiosk_sign_in_dispose (GObject *object)
{
  AmendsKioskSignIn *self = AMENDS_KIOSK_SIGN_IN (object);

  g_clear_object (&self->session);
  self->holder = NULL;
  self->asked = NULL;
  g_clear_pointer (&self->pins, g_ptr_array_unref);

  G_OBJECT_CLASS (amends_kiosk_sign_in_parent_class)->dispose (object);
}

static void
amends_kiosk_sign_in_class_init (AmendsKioskSignInClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = amends_kiosk_sign_in_dispose;

  signals[SIGNAL_SIGNED_IN] =
      g_signal_new ("signed-in", AMENDS_TYPE_KIOSK_SIGN_IN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
make_pin (AmendsKioskSignIn *self)
{
  g_autoptr (GtkEntryBuffer) buffer = gtk_password_entry_buffer_new ();

  self->pin = gtk_entry_new_with_buffer (buffer);
  gtk_entry_set_visibility (GTK_ENTRY (self->pin), FALSE);
  gtk_entry_set_input_purpose (GTK_ENTRY (self->pin), GTK_INPUT_PURPOSE_PIN);
  gtk_entry_set_input_hints (GTK_ENTRY (self->pin), GTK_INPUT_HINT_PRIVATE);
  gtk_entry_set_max_length (GTK_ENTRY (self->pin), AMENDS_PIN_MAX_DIGITS);
  amends_kiosk_set_name (self->pin, _ ("Your PIN"));
  g_object_set_data (G_OBJECT (self->pin), "is-number", GINT_TO_POINTER (TRUE));
  g_signal_connect_object (self->pin, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pin, "activate", G_CALLBACK (go_cb), self, G_CONNECT_SWAPPED);
}

static void
amends_kiosk_sign_in_init (AmendsKioskSignIn *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  GtkWidget *field = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  amends_kiosk_make_page (GTK_BOX (self));
  self->problem = amends_kiosk_label ("", "body");
  self->names = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->names), GAP);
  gtk_grid_set_row_spacing (GTK_GRID (self->names), GAP);
  gtk_grid_set_column_homogeneous (GTK_GRID (self->names), TRUE);
  make_pin (self);
  self->go = gtk_button_new_with_label (_ ("Sign in"));
  gtk_widget_add_css_class (self->go, "plain");
  gtk_widget_set_hexpand (field, TRUE);
  gtk_widget_set_valign (self->go, GTK_ALIGN_END);
  g_signal_connect_object (self->go, "clicked", G_CALLBACK (go_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (field), amends_kiosk_label (_ ("Your PIN"), "hint"));
  gtk_box_append (GTK_BOX (field), self->pin);
  gtk_box_append (GTK_BOX (row), field);
  gtk_box_append (GTK_BOX (row), self->go);
  self->row = row;
  gtk_widget_set_vexpand (row, TRUE);
  gtk_widget_set_valign (row, GTK_ALIGN_END);

  gtk_box_append (GTK_BOX (self), amends_kiosk_label (_ ("Staff sign in"), "question"));
  gtk_box_append (GTK_BOX (self),
                  amends_kiosk_label (_ ("Choose your name and type your PIN. Your name goes on "
                                         "record beside what the visitor says."),
                                      "how"));
  gtk_box_append (GTK_BOX (self), self->problem);
  gtk_box_append (GTK_BOX (self), self->names);
  gtk_box_append (GTK_BOX (self), row);
  say (self, "");
  update (self);
}

/**
 * amends_kiosk_sign_in_new:
 * @session: of the kiosk
 *
 * Where nobody has a PIN it says how one is set.
 * Returns: (transfer floating): the page
 */
GtkWidget *
amends_kiosk_sign_in_new (AmendsSession *session)
{
  AmendsKioskSignIn *self = g_object_new (AMENDS_TYPE_KIOSK_SIGN_IN, NULL);

  self->session = g_object_ref (session);
  amends_session_list_pins_async (session, listed_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
