/* amends-intake-page.c: taking a complaint while the person is talking
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The form is on screen; here is when it is kept as a draft, and when it is recorded. */

#include "config.h"

#include "app/staff/pages/amends-intake-page.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/staff/amends-intake-form.h"
#include "core/amends-error.h"

/* What was typed is kept so long after it was, also while more is typed. */
#define DRAFT_DELAY_MS 2000

struct _AmendsIntakePage
{
  AdwBin parent_instance;

  AmendsSession *session; /* (nullable) (owned) */
  AmendsKeptDraft *kept;  /* (nullable) (owned): what it is kept as */
  guint draft_source;
  gboolean is_changed; /* since it was last kept */

  AdwWindowTitle *title; /* from the template, as all below */
  GtkImage *draft_image;
  GtkLabel *draft_label;
  GtkScrolledWindow *scroller;
  AmendsIntakeForm *form;
};

G_DEFINE_FINAL_TYPE (AmendsIntakePage, amends_intake_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_RECORDED,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---------------------------------------------------------------- drafts */

static void
say_draft (AmendsIntakePage *self, const char *sentence, gboolean is_error)
{
  gtk_label_set_text (self->draft_label, sentence);
  gtk_image_set_from_icon_name (self->draft_image,
                                is_error ? "dialog-warning-symbolic" : "emblem-ok-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->draft_image), *sentence != '\0');
  for (int i = 0; i < 2; i++)
    {
      GtkWidget *widget = i == 0 ? GTK_WIDGET (self->draft_image) : GTK_WIDGET (self->draft_label);

      if (is_error)
        gtk_widget_add_css_class (widget, "error");
      else
        gtk_widget_remove_css_class (widget, "error");
    }
}

/* A page, and what it was writing when it asked. */
typedef struct
{
  AmendsIntakePage *page;
  AmendsKeptDraft *kept;
} Keeping;

static void
keeping_free (Keeping *self)
{
  g_object_unref (self->page);
  amends_kept_draft_unref (self->kept);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Keeping, keeping_free)

static void
draft_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Keeping) keeping = user_data;
  AmendsIntakePage *self = keeping->page;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *time = NULL;

  amends_session_save_draft_finish (AMENDS_SESSION (source), result, &error);
  if (self->kept != keeping->kept)
    return; /* another is being written by now */
  if (error != NULL)
    {
      sentence = amends_words_error (error);
      self->is_changed = TRUE;
      say_draft (self, sentence, TRUE);
      return;
    }
  time = amends_words_time (g_get_real_time (), TRUE);
  sentence = g_strdup_printf (_ ("Draft saved on this laptop at %s"), time);
  say_draft (self, sentence, FALSE);
}

static gboolean
draft_due_cb (gpointer user_data)
{
  AmendsIntakePage *self = user_data;

  self->draft_source = 0;
  amends_intake_page_flush (self);
  return G_SOURCE_REMOVE;
}

/**
 * amends_intake_page_flush:
 *
 * Keeps what was typed now, if anything was. It is sealed before whatever is asked of the session
 * next.
 */
void
amends_intake_page_flush (AmendsIntakePage *self)
{
  Keeping *keeping;
  json_t *intake;

  g_return_if_fail (AMENDS_IS_INTAKE_PAGE (self));

  g_clear_handle_id (&self->draft_source, g_source_remove);
  if (self->kept == NULL || !self->is_changed || !amends_intake_form_has_content (self->form))
    return;
  self->is_changed = FALSE;
  keeping = g_new0 (Keeping, 1);
  keeping->page = g_object_ref (self);
  keeping->kept = amends_kept_draft_ref (self->kept);
  intake = amends_intake_form_collect (self->form, FALSE);
  amends_session_save_draft_async (self->session, self->kept, intake, draft_cb, keeping);
  json_decref (intake);
}

/* ---------------------------------------------------------------- changes, problems, saving */

static void
changed_cb (AmendsIntakePage *self)
{
  self->is_changed = TRUE;
  if (self->draft_source == 0)
    self->draft_source = g_timeout_add (DRAFT_DELAY_MS, draft_due_cb, self);
}

/* Beside their fields; what has none, at the head. */
static void
show_problems (AmendsIntakePage *self, const GPtrArray *problems)
{
  g_autofree char *sentence = amends_intake_form_show_problems (self->form, problems);

  if (sentence != NULL)
    say_draft (self, sentence, TRUE);
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsIntakePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome =
      amends_session_record_finish (AMENDS_SESSION (source), result, &error);

  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (outcome == NULL)
    {
      g_autoptr (GPtrArray) problems = g_ptr_array_new ();

      if (amends_error_get_field (error) != NULL)
        {
          g_ptr_array_add (problems, error);
          show_problems (self, problems);
        }
      else
        {
          g_autofree char *sentence = amends_words_error (error);

          say_draft (self, sentence, TRUE);
        }
      return;
    }
  amends_intake_page_clear (self);
  g_signal_emit (self, signals[SIGNAL_RECORDED], 0, &outcome->id, outcome->reference);
}

static void
save_cb (AmendsIntakePage *self)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  json_t *intake = amends_intake_form_collect (self->form, TRUE);

  amends_intake_form_clear_problems (self->form);
  if (amends_session_check_intake (self->session, intake, problems))
    {
      g_clear_handle_id (&self->draft_source, g_source_remove);
      gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
      amends_session_record_async (self->session, intake, self->kept, recorded_cb,
                                   g_object_ref (self));
    }
  else
    show_problems (self, problems);
  json_decref (intake);
}

static void
keep_cb (AmendsIntakePage *self)
{
  amends_intake_page_flush (self);
  if (self->kept != NULL && !amends_intake_form_has_content (self->form))
    amends_session_delete_draft (self->session, self->kept);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

/* ---------------------------------------------------------------- beginning and ending */

/**
 * amends_intake_page_clear:
 *
 * Takes everything off the screen. What was typed must have been kept before.
 */
void
amends_intake_page_clear (AmendsIntakePage *self)
{
  g_return_if_fail (AMENDS_IS_INTAKE_PAGE (self));

  g_clear_handle_id (&self->draft_source, g_source_remove);
  amends_intake_form_clear (self->form);
  say_draft (self, "", FALSE);
  self->is_changed = FALSE;
  g_clear_pointer (&self->kept, amends_kept_draft_unref);
}

/**
 * amends_intake_page_begin:
 * @draft: what it was kept as; 0 for a new record
 * @intake: (nullable): what was kept
 */
void
amends_intake_page_begin (AmendsIntakePage *self, gint64 draft, const json_t *intake)
{
  const GPtrArray *schemes;

  g_return_if_fail (AMENDS_IS_INTAKE_PAGE (self) && self->session != NULL);

  schemes = amends_session_get_schemes (self->session);
  amends_intake_page_clear (self);
  self->kept = amends_kept_draft_new (draft);
  amends_intake_form_begin (self->form, intake, schemes,
                            amends_session_get_actor_name (self->session));
  adw_window_title_set_subtitle (self->title,
                                 schemes != NULL && schemes->len == 1
                                     ? ((const AmendsScheme *) g_ptr_array_index (schemes, 0))->name
                                     : "");
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

static gboolean
save_shortcut_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  save_cb (user_data);
  return TRUE;
}

static gboolean
keep_shortcut_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  keep_cb (user_data);
  return TRUE;
}

static void
amends_intake_page_dispose (GObject *object)
{
  AmendsIntakePage *self = AMENDS_INTAKE_PAGE (object);

  g_clear_handle_id (&self->draft_source, g_source_remove);
  g_clear_pointer (&self->kept, amends_kept_draft_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (amends_intake_page_parent_class)->dispose (object);
}

static void
amends_intake_page_class_init (AmendsIntakePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_intake_page_dispose;
  signals[SIGNAL_RECORDED] =
      g_signal_new ("recorded", AMENDS_TYPE_INTAKE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_STRING);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", AMENDS_TYPE_INTAKE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (AMENDS_TYPE_INTAKE_FORM);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/amends/Amends/staff/pages/amends-intake-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, title);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, draft_image);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, draft_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, form);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_cb);
}

static void
add_shortcut (AmendsIntakePage *self,
              const char *trigger,
              GtkShortcutFunc deed,
              GtkPropagationPhase phase)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                        gtk_callback_action_new (deed, self, NULL)));
  gtk_event_controller_set_propagation_phase (controller, phase);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
amends_intake_page_init (AmendsIntakePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Before the text, which would take it for a new line; Escape, after an open list has had it. */
  add_shortcut (self, "<Primary>Return|<Primary>KP_Enter", save_shortcut_cb, GTK_PHASE_CAPTURE);
  add_shortcut (self, "Escape|<Alt>Left", keep_shortcut_cb, GTK_PHASE_BUBBLE);
}

/**
 * amends_intake_page_set_session:
 * @session: where it is kept and recorded; set once
 */
void
amends_intake_page_set_session (AmendsIntakePage *self, AmendsSession *session)
{
  g_return_if_fail (AMENDS_IS_INTAKE_PAGE (self) && self->session == NULL);

  self->session = g_object_ref (session);
}
