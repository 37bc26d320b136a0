/* amends-sync-button.c: the sentence that says whether what was saved has been sent
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-sync-button.h"

#include <glib/gi18n.h>

#include "app/amends-sync-words.h"
#include "app/amends-words.h"

struct _AmendsSyncButton
{
  AdwBin parent_instance;

  AmendsSession *session; /* (nullable) (owned) */
  GtkMenuButton *button;  /* from the template, as all below */
  GtkImage *image;
  GtkLabel *label;
  GtkLabel *short_label; /* where there is no room for the other */
  GtkPopover *popover;
  GtkLabel *sentence_label;
  GtkLabel *attempt_label;
  GtkLabel *error_label;
  GtkLabel *standing_label;
  GtkProgressBar *progress_bar;
  GtkWidget *again_box; /* for a laptop that head office has forgotten */
  GtkEditable *code_entry;
  GtkLabel *code_problem;
  GtkButton *again_button;
  GtkButton *send_button;
};

G_DEFINE_FINAL_TYPE (AmendsSyncButton, amends_sync_button, ADW_TYPE_BIN)

static char *
describe_attempt (const AmendsStatus *status)
{
  g_autofree char *attempt = amends_words_instant (status->last_attempt);

  if (status->last_attempt == 0)
    return g_strdup (_ ("Nothing has been sent from here yet."));
  if (status->last_error_code != NULL)
    return g_strdup_printf (_ ("Last tried %s, without success."), attempt);
  return g_strdup_printf (_ ("Last tried %s: everything went through."), attempt);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
add_paragraph (GStrvBuilder *builder, const char *sentence)
{
  if (sentence != NULL)
    g_strv_builder_add (builder, sentence);
}

/* What befell this laptop and head office, what was taken from it and what is not as it should be, a paragraph each; ""
 * for nothing. */
static char *
describe_standing (const AmendsStatus *status)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *clock = amends_sync_words_clock (status);
  g_autofree char *news = amends_sync_words_news (&status->news);
  g_autofree char *withdrawn = amends_sync_words_withdrawn (status);
  g_autofree char *held_back = amends_sync_words_held_back (status);
  g_autofree char *set_aside = amends_sync_words_set_aside (status);
  g_auto (GStrv) paragraphs = NULL;

  add_paragraph (builder, clock);
  add_paragraph (builder, amends_sync_words_attachments (status));
  add_paragraph (builder, news);
  add_paragraph (builder, withdrawn);
  add_paragraph (builder, held_back);
  add_paragraph (builder, set_aside);
  for (guint i = 0; status->taken != NULL && i < status->taken->len; i++)
    {
      g_autofree char *sentence =
          amends_sync_words_taken (&g_array_index (status->taken, AmendsTakenFeed, i));

      add_paragraph (builder, sentence);
    }
  paragraphs = g_strv_builder_end (builder);
  return g_strjoinv ("\n\n", paragraphs);
}

static void
show_status (AmendsSyncButton *self)
{
  const AmendsStatus *status = amends_session_get_status (self->session);
  gboolean is_syncing = amends_session_get_syncing (self->session);
  gboolean is_urgent = amends_sync_words_must_act (status);
  const char *error = amends_sync_words_error (status->last_error_code);
  g_autofree char *brief = amends_sync_words_sentence (status, TRUE);
  g_autofree char *whole = amends_sync_words_sentence (status, FALSE);
  g_autofree char *attempt = describe_attempt (status);
  g_autofree char *standing = describe_standing (status);

  gtk_label_set_text (self->label, whole);
  gtk_label_set_text (self->short_label, brief);
  gtk_image_set_from_icon_name (self->image,
                                is_urgent ? "dialog-warning-symbolic" : "emblem-ok-symbolic");
  set_class (GTK_WIDGET (self->button), "error", is_urgent);
  set_class (GTK_WIDGET (self->image), "dim-label", !is_urgent);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  whole, -1);

  gtk_label_set_text (self->sentence_label, whole);
  gtk_label_set_text (self->attempt_label, is_syncing ? _ ("Sending now…") : attempt);
  gtk_label_set_text (self->error_label, error != NULL ? error : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), error != NULL && !is_syncing);
  set_class (GTK_WIDGET (self->error_label), "error",
             amends_sync_words_needs_person (status->last_error_code));
  gtk_label_set_text (self->standing_label, standing);
  gtk_widget_set_visible (GTK_WIDGET (self->standing_label), *standing != '\0');
  gtk_widget_set_visible (self->again_box,
                          g_strcmp0 (status->last_error_code, "unknown-device") == 0
                              && !is_syncing);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), is_syncing);
  gtk_progress_bar_set_fraction (self->progress_bar, amends_session_get_progress (self->session));
  gtk_widget_set_sensitive (GTK_WIDGET (self->send_button),
                            !is_syncing && !amends_session_get_read_only (self->session));
}

static void
send_cb (AmendsSyncButton *self)
{
  if (self->session != NULL)
    amends_session_sync (self->session);
}

static void
carry_cb (AmendsSyncButton *self)
{
  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.carry", NULL);
}

static void
show_code_problem (AmendsSyncButton *self, const char *sentence)
{
  gtk_label_set_text (self->code_problem, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->code_problem), *sentence != '\0');
}

static void
enrolled_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsSyncButton) self = user_data;
  AmendsSession *session = AMENDS_SESSION (source);
  g_autoptr (GError) error = NULL;
  gboolean is_known = amends_session_enrol_again_finish (session, result, &error);

  gtk_widget_set_sensitive (GTK_WIDGET (self->again_button), TRUE);
  if (is_known)
    {
      gtk_editable_set_text (self->code_entry, "");
      amends_session_sync (session);
    }
  else if (error != NULL)
    {
      g_autofree char *sentence = amends_sync_words_enrolment_error (error);

      show_code_problem (self, sentence);
      gtk_widget_grab_focus (GTK_WIDGET (self->code_entry));
    }
}

static void
again_cb (AmendsSyncButton *self)
{
  g_autofree char *code = g_strstrip (g_strdup (gtk_editable_get_text (self->code_entry)));

  if (*code == '\0')
    {
      show_code_problem (self, _ ("Type the code that head office gave you."));
      gtk_widget_grab_focus (GTK_WIDGET (self->code_entry));
      return;
    }
  show_code_problem (self, "");
  gtk_widget_set_sensitive (GTK_WIDGET (self->again_button), FALSE);
  amends_session_enrol_again_async (self->session, code, NULL, enrolled_again_cb,
                                    g_object_ref (self));
}

static void
amends_sync_button_dispose (GObject *object)
{
  AmendsSyncButton *self = AMENDS_SYNC_BUTTON (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_sync_button_parent_class)->dispose (object);
}

static void
amends_sync_button_class_init (AmendsSyncButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_sync_button_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-sync-button.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsSyncButton, button);
  gtk_widget_class_bind_template_child (widget_class, AmendsSyncButton, image);
  gtk_widget_class_bind_template_child (widget_class, AmendsSyncButton, label);
  gtk_widget_class_bind_template_child (widget_class, AmendsSyncButton, short_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsSyncButton, popover);
  gtk_widget_class_bind_template_child (widget_class, AmendsSyncButton, sentence_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsSyncButton, attempt_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsSyncButton, error_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsSyncButton, standing_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsSyncButton, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, AmendsSyncButton, again_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsSyncButton, code_entry);
  gtk_widget_class_bind_template_child (widget_class, AmendsSyncButton, code_problem);
  gtk_widget_class_bind_template_child (widget_class, AmendsSyncButton, again_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsSyncButton, send_button);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, carry_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
}

static void
amends_sync_button_init (AmendsSyncButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * amends_sync_button_set_session:
 * @session: whose sentence it shows; set once
 */
void
amends_sync_button_set_session (AmendsSyncButton *self, AmendsSession *session)
{
  static const char *const watched[] = { "notify::waiting",    "notify::last-sync",
                                         "notify::syncing",    "notify::progress",
                                         "notify::error-code", "notify::read-only" };

  g_return_if_fail (AMENDS_IS_SYNC_BUTTON (self) && self->session == NULL);

  self->session = g_object_ref (session);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (session, watched[i], G_CALLBACK (show_status), self,
                             G_CONNECT_SWAPPED);
  show_status (self);
}
