/* amends-first-day.c: what there is before the first record
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing has to be set up before the first complaint: what is listed can wait, and says what it is for. */

#include "config.h"

#include "app/staff/amends-first-day.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"

struct _AmendsFirstDay
{
  AdwBin parent_instance;

  AmendsSession *session; /* (nullable) (owned) */

  GtkLabel *title_label; /* from the template, as all below */
  GtkWidget *group;
  GtkLabel *count_label;
  AdwActionRow *send_row;
  GtkWidget *send_button;
  GtkWidget *send_done;
  AdwActionRow *policy_row;
  GtkWidget *policy_button;
  GtkWidget *policy_done;
  AdwActionRow *staff_row;
};

G_DEFINE_FINAL_TYPE (AmendsFirstDay, amends_first_day, ADW_TYPE_BIN)

#define N_THINGS 3

static gboolean
show_sending (AmendsFirstDay *self)
{
  const AmendsStatus *status = amends_session_get_status (self->session);
  gboolean is_done = status->last_sync != 0;
  g_autofree char *when = is_done ? amends_words_instant (status->last_sync) : NULL;
  g_autofree char *sentence =
      is_done ? g_strdup_printf (_ ("Last %s"), when)
              : g_strdup (_ ("What is recorded waits on this laptop until then"));

  adw_action_row_set_subtitle (self->send_row, sentence);
  gtk_widget_set_visible (self->send_button, !is_done);
  gtk_widget_set_visible (self->send_done, is_done);
  return is_done;
}

static void
show_count (AmendsFirstDay *self)
{
  /* Whoever sees this can sign in. */
  int n_done =
      1 + gtk_widget_get_visible (self->send_done) + gtk_widget_get_visible (self->policy_done);
  g_autofree char *count = g_strdup_printf (_ ("%d of %d done"), n_done, N_THINGS);

  gtk_label_set_text (self->count_label, count);
  gtk_widget_set_visible (self->group, n_done < N_THINGS);
}

static const char *
find_policy (const AmendsEditions *editions)
{
  for (guint i = 0; i < amends_editions_get_n_editions (editions); i++)
    {
      const AmendsEdition *edition = amends_editions_get_nth (editions, i);

      if (edition->policy != NULL && edition->problem == NULL)
        return amends_policy_get_landlord (edition->policy);
    }
  return NULL;
}

static void
editions_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsFirstDay) self = user_data;
  g_autoptr (AmendsEditions) editions =
      amends_session_get_editions_finish (AMENDS_SESSION (source), result, NULL);
  const char *landlord = editions != NULL ? find_policy (editions) : NULL;
  g_autofree char *sentence =
      landlord != NULL
          /* Translators: the name of a landlord. */
          ? g_strdup_printf (_ ("The policy of %s and the Housing Ombudsman’s Code"), landlord)
          : g_strdup (
              _ ("Not published yet: until then the Housing Ombudsman’s Code gives the dates"));

  adw_action_row_set_subtitle (self->policy_row, sentence);
  gtk_widget_set_visible (self->policy_button, landlord == NULL);
  gtk_widget_set_visible (self->policy_done, landlord != NULL);
  show_count (self);
}

static void
show_staff (AmendsFirstDay *self)
{
  const char *const *staff = amends_session_get_staff (self->session);
  g_autofree char *names = staff != NULL ? g_strjoinv (", ", (char **) staff) : g_strdup ("");

  adw_action_row_set_subtitle (self->staff_row, names);
}

/**
 * amends_first_day_show:
 *
 * Shows how things stand now.
 */
void
amends_first_day_show (AmendsFirstDay *self)
{
  const GPtrArray *schemes;
  const char *place;
  g_autofree char *title = NULL;

  g_return_if_fail (AMENDS_IS_FIRST_DAY (self) && self->session != NULL);

  schemes = amends_session_get_schemes (self->session);
  place = schemes != NULL && schemes->len == 1
              ? ((const AmendsScheme *) g_ptr_array_index (schemes, 0))->name
              : amends_session_get_organisation (self->session);
  title = g_strdup_printf (_ ("%s is ready"), place != NULL ? place : "");
  gtk_label_set_text (self->title_label, title);
  show_staff (self);
  show_sending (self);
  show_count (self);
  amends_session_get_editions_async (self->session, NULL, editions_cb, g_object_ref (self));
}

static void
sent_cb (AmendsFirstDay *self)
{
  show_sending (self);
  show_count (self);
}

static void
amends_first_day_dispose (GObject *object)
{
  AmendsFirstDay *self = AMENDS_FIRST_DAY (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_first_day_parent_class)->dispose (object);
}

static void
amends_first_day_class_init (AmendsFirstDayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_first_day_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-first-day.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsFirstDay, title_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsFirstDay, group);
  gtk_widget_class_bind_template_child (widget_class, AmendsFirstDay, count_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsFirstDay, send_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsFirstDay, send_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsFirstDay, send_done);
  gtk_widget_class_bind_template_child (widget_class, AmendsFirstDay, policy_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsFirstDay, policy_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsFirstDay, policy_done);
  gtk_widget_class_bind_template_child (widget_class, AmendsFirstDay, staff_row);
}

static void
amends_first_day_init (AmendsFirstDay *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * amends_first_day_set_session:
 * @session: how things stand; set once
 */
void
amends_first_day_set_session (AmendsFirstDay *self, AmendsSession *session)
{
  g_return_if_fail (AMENDS_IS_FIRST_DAY (self) && self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::last-sync", G_CALLBACK (sent_cb), self,
                           G_CONNECT_SWAPPED);
}
