/* amends-sign-in-page.c: opening what is on this device, without a network
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/pages/amends-sign-in-page.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/widgets/amends-problem-row.h"

/* The pause after a wrong passphrase doubles from one second up to this: enough to make guessing by
 * hand pointless, never a lock-out. Argon2id is what slows a program down. */
#define MAX_PAUSE_S 32

struct _AmendsSignInPage
{
  AdwBin parent_instance;

  AmendsSession *session; /* (nullable) (owned) */
  guint n_failures;
  guint pause_s; /* what is left of it */
  guint pause_source;
  AdwStatusPage *status_page; /* from the template, as all below */
  AdwComboRow *staff_row;
  AdwPasswordEntryRow *passphrase_row;
  AmendsProblemRow *problem_row;
  GtkButton *open_button;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (AmendsSignInPage, amends_sign_in_page, ADW_TYPE_BIN)

/* What waits is sealed: before the first sign-in nothing is said of it, rather than that all is sent. */
static char *
describe_waiting (const AmendsStatus *status)
{
  if (status == NULL)
    return NULL;
  if (status->n_waiting == 0)
    return g_strdup (_ ("Everything saved here has been sent."));
  return g_strdup_printf (ngettext ("%u waiting to be sent, none lost.",
                                    "%u waiting to be sent, none lost.",
                                    (gulong) status->n_waiting),
                          (guint) status->n_waiting);
}

static void
show_session (AmendsSignInPage *self)
{
  const char *const *staff = amends_session_get_staff (self->session);
  g_autoptr (GtkStringList) names = gtk_string_list_new (staff);
  g_autofree char *waiting = describe_waiting (amends_session_get_known_status (self->session));

  adw_status_page_set_description (self->status_page, waiting);
  adw_combo_row_set_model (self->staff_row, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->staff_row),
                          g_list_model_get_n_items (G_LIST_MODEL (names)) > 1);
}

static void
show_pause (AmendsSignInPage *self)
{
  g_autofree char *sentence =
      self->pause_s > 0 ? g_strdup_printf (
          ngettext ("That is not the passphrase. Nothing is lost: try again in %u second.",
                    "That is not the passphrase. Nothing is lost: try again in %u seconds.",
                    self->pause_s),
          self->pause_s)
                        : g_strdup (_ ("That is not the passphrase. Nothing is lost: try again."));

  amends_problem_row_set_text (self->problem_row, sentence);
  gtk_widget_set_sensitive (GTK_WIDGET (self->open_button), self->pause_s == 0);
}

static gboolean
pause_cb (gpointer user_data)
{
  AmendsSignInPage *self = user_data;

  self->pause_s--;
  show_pause (self);
  if (self->pause_s > 0)
    return G_SOURCE_CONTINUE;
  self->pause_source = 0;
  return G_SOURCE_REMOVE;
}

static void
begin_pause (AmendsSignInPage *self)
{
  self->n_failures++;
  self->pause_s = MIN (MAX_PAUSE_S, 1u << MIN (self->n_failures - 1, 8));
  show_pause (self);
  g_clear_handle_id (&self->pause_source, g_source_remove);
  self->pause_source = g_timeout_add_seconds (1, pause_cb, self);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_open = amends_session_unlock_finish (AMENDS_SESSION (source), result, &error);

  gtk_spinner_set_spinning (self->spinner, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->passphrase_row), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->open_button), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->passphrase_row), "");
  if (is_open)
    {
      self->n_failures = 0;
      amends_problem_row_set_text (self->problem_row, NULL);
    }
  else if (g_error_matches (error, AMENDS_STORE_ERROR, AMENDS_STORE_ERROR_PASSPHRASE))
    begin_pause (self);
  else
    {
      g_autofree char *sentence = amends_words_error (error);

      amends_problem_row_set_text (self->problem_row, sentence);
    }
  if (!is_open)
    gtk_widget_grab_focus (GTK_WIDGET (self->passphrase_row));
}

static void
open_cb (AmendsSignInPage *self)
{
  const char *passphrase = gtk_editable_get_text (GTK_EDITABLE (self->passphrase_row));
  GtkStringObject *name = adw_combo_row_get_selected_item (self->staff_row);

  if (self->pause_s > 0)
    return;
  if (*passphrase == '\0')
    {
      amends_problem_row_set_text (self->problem_row,
                                   _ ("The passphrase is missing. Type it here."));
      gtk_widget_grab_focus (GTK_WIDGET (self->passphrase_row));
      return;
    }
  gtk_spinner_set_spinning (self->spinner, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->passphrase_row), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->open_button), FALSE);
  amends_session_unlock_async (self->session,
                               name != NULL ? gtk_string_object_get_string (name) : NULL,
                               passphrase, unlocked_cb, g_object_ref (self));
}

static void
state_cb (AmendsSignInPage *self)
{
  if (amends_session_get_state (self->session) == AMENDS_SESSION_LOCKED)
    show_session (self);
}

static gboolean
amends_sign_in_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (AMENDS_SIGN_IN_PAGE (widget)->passphrase_row));
}

static void
amends_sign_in_page_dispose (GObject *object)
{
  AmendsSignInPage *self = AMENDS_SIGN_IN_PAGE (object);

  g_clear_handle_id (&self->pause_source, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_sign_in_page_parent_class)->dispose (object);
}

static void
amends_sign_in_page_class_init (AmendsSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_sign_in_page_dispose;
  widget_class->grab_focus = amends_sign_in_page_grab_focus;
  g_type_ensure (AMENDS_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/amends/Amends/staff/pages/amends-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsSignInPage, status_page);
  gtk_widget_class_bind_template_child (widget_class, AmendsSignInPage, staff_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsSignInPage, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsSignInPage, problem_row);
  gtk_widget_class_bind_template_child (widget_class, AmendsSignInPage, open_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsSignInPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
amends_sign_in_page_init (AmendsSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * amends_sign_in_page_set_session:
 * @session: what is opened; set once
 */
void
amends_sign_in_page_set_session (AmendsSignInPage *self, AmendsSession *session)
{
  g_return_if_fail (AMENDS_IS_SIGN_IN_PAGE (self) && self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::waiting", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
}
