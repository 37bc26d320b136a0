/* amends-kiosk-carry.c: a member of staff carries what waits at a kiosk
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sticks that are there, by their names: nothing else on the machine can be looked at or written to from here. What
 * is written is sealed as it waits, and goes on waiting until the server has it: its answer may come back on the stick.
 * Who carried it is written down, sealed with the rest. */

#include "config.h"

#include "app/kiosk/amends-kiosk-carry.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/amends-sync-words.h"
#include "app/kiosk/amends-kiosk-parts.h"
#include "app/kiosk/amends-kiosk-sticks.h"
#include "sync/amends-bundle.h"

#define GAP 14
#define N_COLUMNS 2

struct _AmendsKioskCarry
{
  GtkBox parent_instance;

  AmendsSession *session; /* (owned) */
  char *folder;           /* (owned): in which sticks are mounted */
  AmendsId staff_id;      /* who carries it */
  char *staff;            /* (owned): the same by name */
  char *stick;            /* (nullable) (owned): the name of the one that was chosen */
  GStrv files;            /* (nullable) (owned): what may be an answer on it */
  guint n_read;           /* how many of them were read */
  char *problem; /* (nullable) (owned): what is wrong with the last that could have been one */
  gboolean is_busy;
  gboolean is_reading; /* else it is written */
  GtkWidget *said;
  GtkWidget *names;
  GtkWidget *write;
  GtkWidget *read;
};

G_DEFINE_FINAL_TYPE (AmendsKioskCarry, amends_kiosk_carry, GTK_TYPE_BOX)

static void read_next (AmendsKioskCarry *self);

static void
say (AmendsKioskCarry *self, const char *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->said), sentence);
  gtk_widget_set_visible (self->said, *sentence != '\0');
}

static void
set_busy (AmendsKioskCarry *self, gboolean is_busy)
{
  self->is_busy = is_busy;
  gtk_widget_set_sensitive (self->write, self->stick != NULL && !is_busy);
  gtk_widget_set_sensitive (self->read, self->stick != NULL && !is_busy);
  gtk_widget_set_sensitive (self->names, !is_busy);
}

static gboolean
is_shown (AmendsKioskCarry *self)
{
  return gtk_widget_get_root (GTK_WIDGET (self)) != NULL;
}

/* ------------------------------------------------------------ what came of it */

/* Restricted records are among what waits, and are not to be counted where staff of the place read it. */
static char *
describe_written (const AmendsHandResult *result, const char *stick)
{
  if (result->n_events == 0)
    return g_strdup_printf (_ ("Nothing waits. The file on “%s” only asks head office for what is "
                               "new."),
                            stick);
  return g_strdup_printf (_ ("What waits here is on “%s”. Take it out and bring it to head office. "
                             "The kiosk keeps it until head office has it."),
                          stick);
}

/* Whether a file is simply another: the request that was written, or what is for somebody else. */
static gboolean
is_another (const GError *error)
{
  return g_error_matches (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_WAY)
         || g_error_matches (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_RECIPIENT)
         || g_error_matches (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_ORGANISATION)
         || g_error_matches (error, AMENDS_BUNDLE_ERROR, AMENDS_BUNDLE_ERROR_FORMAT);
}

static char *
describe_read (const AmendsHandResult *result)
{
  if (result->n_waiting == 0)
    return g_strdup (_ ("The answer is read: head office has all that was written here."));
  return g_strdup (_ ("The answer is read. Not all that was written here has reached head office "
                      "yet: carry it again."));
}

/* Of what could have been an answer it is said at last what is wrong. */
static void
take_problem (AmendsKioskCarry *self, const GError *error)
{
  if (is_another (error))
    return;
  g_free (self->problem);
  self->problem = amends_sync_words_hand_error (error);
}

static void
exchanged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsKioskCarry) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree AmendsHandResult *done =
      amends_session_hand_finish (AMENDS_SESSION (source), result, &error);
  g_autofree char *sentence = NULL;

  if (!is_shown (self))
    return;
  if (done == NULL && self->is_reading)
    {
      take_problem (self, error);
      read_next (self);
      return;
    }
  set_busy (self, FALSE);
  if (done == NULL)
    sentence = amends_sync_words_hand_error (error);
  else
    sentence = self->is_reading ? describe_read (done) : describe_written (done, self->stick);
  say (self, sentence);
}

/* ------------------------------------------------------------ to the stick */

static void
write_cb (AmendsKioskCarry *self)
{
  const GPtrArray *schemes = amends_session_get_schemes (self->session);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *path = NULL;
  AmendsCarrier carrier = { self->staff_id, self->staff, NULL, self->stick };

  if (self->stick == NULL || self->is_busy || schemes == NULL || schemes->len == 0)
    return;
  carrier.scheme = ((const AmendsScheme *) g_ptr_array_index (schemes, 0))->code;
  path = amends_kiosk_sticks_dup_request_path (self->folder, self->stick,
                                               amends_session_get_device_code (self->session), now);
  self->is_reading = FALSE;
  set_busy (self, TRUE);
  say (self, _ ("It is being written. Leave the stick where it is."));
  amends_session_hand_export_async (self->session, path, &carrier, exchanged_cb,
                                    g_object_ref (self));
}

/* ------------------------------------------------------------ from the stick */

static void
read_next (AmendsKioskCarry *self)
{
  const char *path = self->files[self->n_read];

  if (path != NULL)
    {
      self->n_read++;
      amends_session_hand_import_async (self->session, path, exchanged_cb, g_object_ref (self));
      return;
    }
  set_busy (self, FALSE);
  say (self,
       self->problem != NULL
           ? self->problem
           : _ ("There is no answer for this kiosk on the stick. Head office writes it when it "
                "reads what was carried."));
}

static void
begin_read_cb (AmendsKioskCarry *self)
{
  if (self->stick == NULL || self->is_busy)
    return;
  g_strfreev (self->files);
  self->files = amends_kiosk_sticks_list_files (self->folder, self->stick,
                                                amends_session_get_device_code (self->session));
  self->n_read = 0;
  self->is_reading = TRUE;
  g_clear_pointer (&self->problem, g_free);
  set_busy (self, TRUE);
  say (self, _ ("The stick is being read. Leave it where it is."));
  read_next (self);
}

/* ------------------------------------------------------------ the sticks */

static void
toggled_cb (GtkCheckButton *button, gpointer user_data)
{
  AmendsKioskCarry *self = user_data;

  if (!gtk_check_button_get_active (button))
    return;
  g_free (self->stick);
  self->stick = g_strdup (g_object_get_data (G_OBJECT (button), "stick"));
  say (self, "");
  set_busy (self, self->is_busy);
}

static void
add_sticks (AmendsKioskCarry *self)
{
  g_auto (GStrv) sticks = amends_kiosk_sticks_list (self->folder);
  GtkCheckButton *group = NULL;

  for (guint i = 0; sticks[i] != NULL; i++)
    {
      GtkWidget *button = gtk_check_button_new ();

      gtk_check_button_set_child (GTK_CHECK_BUTTON (button),
                                  amends_kiosk_label (sticks[i], "choice"));
      gtk_check_button_set_group (GTK_CHECK_BUTTON (button), group);
      group = group != NULL ? group : GTK_CHECK_BUTTON (button);
      gtk_widget_add_css_class (button, "card");
      gtk_widget_set_hexpand (button, TRUE);
      amends_kiosk_set_name (button, sticks[i]);
      g_object_set_data_full (G_OBJECT (button), "stick", g_strdup (sticks[i]), g_free);
      g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, 0);
      gtk_grid_attach (GTK_GRID (self->names), button, (int) (i % N_COLUMNS), (int) (i / N_COLUMNS),
                       1, 1);
    }
  say (self, sticks[0] == NULL
                 ? _ ("There is no stick. Put in the one that this kiosk was set up for, go back, "
                      "and come here again.")
                 : "");
}

/* ------------------------------------------------------------ the page */

static void
amends_kiosk_carry_dispose (GObject *object)
{
  AmendsKioskCarry *self = AMENDS_KIOSK_CARRY (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->staff, g_free);
  g_clear_pointer (&self->stick, g_free);
  g_clear_pointer (&self->files, g_strfreev);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (amends_kiosk_carry_parent_class)->dispose (object);
}

static void
amends_kiosk_carry_class_init (AmendsKioskCarryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = amends_kiosk_carry_dispose;
}

static GtkWidget *
make_button (AmendsKioskCarry *self, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "plain");
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static void
amends_kiosk_carry_init (AmendsKioskCarry *self)
{
  GtkWidget *ways = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);

  amends_kiosk_make_page (GTK_BOX (self));
  self->said = amends_kiosk_label ("", "body");
  self->names = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->names), GAP);
  gtk_grid_set_row_spacing (GTK_GRID (self->names), GAP);
  gtk_grid_set_column_homogeneous (GTK_GRID (self->names), TRUE);
  self->write = make_button (self, _ ("Write what waits"), G_CALLBACK (write_cb));
  self->read = make_button (self, _ ("Read the answer"), G_CALLBACK (begin_read_cb));
  gtk_box_set_homogeneous (GTK_BOX (ways), TRUE);
  gtk_box_append (GTK_BOX (ways), self->write);
  gtk_box_append (GTK_BOX (ways), self->read);
  gtk_widget_set_vexpand (ways, TRUE);
  gtk_widget_set_valign (ways, GTK_ALIGN_END);

  gtk_box_append (GTK_BOX (self), amends_kiosk_label (_ ("Carry by hand"), "question"));
  gtk_box_append (GTK_BOX (self),
                  amends_kiosk_label (_ ("Choose the stick by its name. What is on it is sealed: "
                                         "whoever finds it can read nothing, and neither can you. "
                                         "That you carried it is recorded."),
                                      "how"));
  gtk_box_append (GTK_BOX (self), self->said);
  gtk_box_append (GTK_BOX (self), self->names);
  gtk_box_append (GTK_BOX (self), ways);
}

/**
 * amends_kiosk_carry_is_busy:
 *
 * Returns: whether a stick is written to or read: who waits for it touches nothing
 */
gboolean
amends_kiosk_carry_is_busy (AmendsKioskCarry *self)
{
  return self->is_busy;
}

/**
 * amends_kiosk_carry_new:
 * @session: of the kiosk
 * @folder: in which sticks are mounted
 * @staff_id: who has signed in, by their stream
 * @staff: by name
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
amends_kiosk_carry_new (AmendsSession *session,
                        const char *folder,
                        const char *staff_id,
                        const char *staff)
{
  AmendsKioskCarry *self = g_object_new (AMENDS_TYPE_KIOSK_CARRY, NULL);

  self->session = g_object_ref (session);
  self->folder = g_strdup (folder);
  self->staff = g_strdup (staff);
  amends_id_parse_len (staff_id, strlen (staff_id), &self->staff_id);
  add_sticks (self);
  set_busy (self, FALSE);
  return GTK_WIDGET (self);
}
