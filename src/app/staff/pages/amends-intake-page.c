/* amends-intake-page.c: taking a complaint while the person is talking
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The form is on screen; here is when it is kept as a draft, and when it is recorded. What is for few alone is kept
 * in memory and nowhere else: whoever comes next would find it among what is unfinished. */

#include "config.h"

#include "app/staff/pages/amends-intake-page.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/staff/amends-intake-form.h"
#include "app/staff/amends-keeper.h"
#include "core/amends-error.h"

struct _AmendsIntakePage
{
  AdwBin parent_instance;

  AmendsSession *session; /* (nullable) (owned) */
  AmendsKeeper *keeper;   /* (nullable) (owned) */
  gboolean is_restricted; /* nothing of it is kept */
  gboolean is_leaving;    /* it was asked once to be left so */
  gboolean was_unsaved;   /* as it was said last */
  GHashTable
      *aside; /* char * → json_t: by whom, and what was being typed of such when the screen went */
  GtkWidget *focus;   /* (nullable): weak; where the keyboard was when it was saved */
  char *saving_aside; /* (nullable) (owned): by whom, of @aside, what is just being saved */

  AdwWindowTitle *title; /* from the template, as all below */
  GtkImage *draft_image;
  GtkLabel *draft_label;
  GtkWidget *throw_button;
  GtkButton *keep_button;
  GtkScrolledWindow *scroller;
  AmendsIntakeForm *form;
};

G_DEFINE_FINAL_TYPE (AmendsIntakePage, amends_intake_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_RECORDED,
  SIGNAL_SEALED,
  SIGNAL_UNSAVED,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---------------------------------------------------------------- what is kept nowhere */

/**
 * amends_intake_page_is_unsaved:
 *
 * Returns: whether something stands in the form that is kept nowhere: once it is off the screen it is gone
 */
gboolean
amends_intake_page_is_unsaved (AmendsIntakePage *self)
{
  g_return_val_if_fail (AMENDS_IS_INTAKE_PAGE (self), FALSE);

  return self->is_restricted && amends_keeper_get_kept (self->keeper) != NULL
         && amends_intake_form_has_content (self->form);
}

/**
 * amends_intake_page_has_aside:
 *
 * Returns: whether something is set aside that is kept nowhere, for somebody who is not signed in now
 */
gboolean
amends_intake_page_has_aside (AmendsIntakePage *self)
{
  g_return_val_if_fail (AMENDS_IS_INTAKE_PAGE (self), FALSE);

  return g_hash_table_size (self->aside) > 0;
}

/**
 * amends_intake_page_has_unsaved:
 *
 * Returns: as amends_intake_page_is_unsaved(), or amends_intake_page_has_aside()
 */
gboolean
amends_intake_page_has_unsaved (AmendsIntakePage *self)
{
  return amends_intake_page_is_unsaved (self) || amends_intake_page_has_aside (self);
}

static void
tell_unsaved (AmendsIntakePage *self)
{
  gboolean has_unsaved = amends_intake_page_has_unsaved (self);

  if (self->was_unsaved == has_unsaved)
    return;
  self->was_unsaved = has_unsaved;
  g_signal_emit (self, signals[SIGNAL_UNSAVED], 0, has_unsaved);
}

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

static json_t *
collect_cb (gpointer user_data)
{
  AmendsIntakePage *self = user_data;

  return !self->is_restricted && amends_intake_form_has_content (self->form)
             ? amends_intake_form_collect (self->form, FALSE)
             : NULL;
}

static void
said_cb (const char *sentence, gboolean is_error, gpointer user_data)
{
  AmendsIntakePage *self = user_data;

  if (self->is_restricted)
    return;
  say_draft (self, sentence, is_error);
  gtk_widget_set_visible (self->throw_button, TRUE);
}

/* One button, whose words say what it does. */
static void
set_leaving (AmendsIntakePage *self, gboolean is_leaving)
{
  self->is_leaving = is_leaving;
  gtk_button_set_label (self->keep_button, !self->is_restricted ? _ ("Keep for later")
                                           : is_leaving         ? _ ("Leave without saving")
                                                                : _ ("Leave"));
}

/* What was kept before anybody said whom it is about is forgotten. */
static void
set_restricted (AmendsIntakePage *self, gboolean is_restricted)
{
  self->is_restricted = is_restricted;
  set_leaving (self, FALSE);
  if (!is_restricted)
    return;
  amends_keeper_pause (self->keeper);
  if (amends_keeper_get_kept (self->keeper) != NULL)
    amends_session_forget_draft (self->session, amends_keeper_get_kept (self->keeper));
  say_draft (self, _ ("Nothing of it is kept on this laptop: save it before you go"), FALSE);
  gtk_widget_set_visible (self->throw_button, FALSE);
}

static void
follow_restricted (AmendsIntakePage *self)
{
  gboolean is_restricted = amends_intake_form_is_restricted (self->form);

  if (is_restricted == self->is_restricted)
    return;
  set_restricted (self, is_restricted);
  if (!is_restricted)
    say_draft (self, "", FALSE);
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
  g_return_if_fail (AMENDS_IS_INTAKE_PAGE (self));

  amends_keeper_flush (self->keeper);
}

/* ---------------------------------------------------------------- changes, problems, saving */

static void
changed_cb (AmendsIntakePage *self)
{
  follow_restricted (self);
  if (self->is_leaving)
    set_leaving (self, FALSE);
  amends_keeper_touch (self->keeper);
  tell_unsaved (self);
}

/* Beside their fields; what has none, at the head. */
static void
show_problems (AmendsIntakePage *self, const GPtrArray *problems)
{
  g_autofree char *sentence = amends_intake_form_show_problems (self->form, problems);

  if (sentence != NULL)
    say_draft (self, sentence, TRUE);
}

/* Whoever was writing goes on where they were, and writes over nothing. */
static void
give_focus_back (AmendsIntakePage *self)
{
  if (GTK_IS_TEXT (self->focus))
    gtk_text_grab_focus_without_selecting (GTK_TEXT (self->focus));
  else if (self->focus != NULL)
    gtk_widget_grab_focus (self->focus);
}

/* What is saved by now does not come back as unsaved. */
static void
end_saving (AmendsIntakePage *self, gboolean is_saved)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (!is_saved)
    amends_keeper_resume (self->keeper);
  if (is_saved && self->saving_aside != NULL)
    g_hash_table_remove (self->aside, self->saving_aside);
  g_clear_pointer (&self->saving_aside, g_free);
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsIntakePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AmendsOutcome) outcome =
      amends_session_record_finish (AMENDS_SESSION (source), result, &error);

  end_saving (self, outcome != NULL);
  if (outcome == NULL && amends_keeper_get_kept (self->keeper) == NULL)
    return; /* the lock took it off the screen */
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
          give_focus_back (self);
        }
      return;
    }
  if (amends_outcome_is_sealed (outcome))
    {
      g_autofree char *ring = amends_intake_form_dup_ring (self->form);

      g_signal_emit (self, signals[SIGNAL_SEALED], 0, outcome->reference, ring);
    }
  else
    g_signal_emit (self, signals[SIGNAL_RECORDED], 0, &outcome->id, outcome->reference);
  amends_intake_page_clear (self);
}

static void
save_cb (AmendsIntakePage *self)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  json_t *intake = amends_intake_form_collect (self->form, TRUE);

  amends_intake_form_clear_problems (self->form);
  if (!amends_session_check_intake (self->session, intake, problems))
    show_problems (self, problems);
  else if (amends_intake_form_ask_safety (self->form))
    {
      GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

      amends_keeper_pause (self->keeper);
      g_set_weak_pointer (&self->focus, root != NULL ? gtk_root_get_focus (root) : NULL);
      gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
      amends_session_record_async (self->session, intake, amends_keeper_get_kept (self->keeper),
                                   recorded_cb, g_object_ref (self));
    }
  json_decref (intake);
}

/* What is kept nowhere is not given up with one press.
 * @may_leave: whether a second press of the same gives it up */
static void
leave (AmendsIntakePage *self, gboolean may_leave)
{
  if (!amends_intake_form_has_content (self->form) || (may_leave && self->is_leaving))
    {
      g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
      return;
    }
  set_leaving (self, may_leave);
  say_draft (self,
             may_leave ? _ ("It is kept nowhere: save it, or press once more to leave it")
                       : _ ("It is kept nowhere: save it, or press Leave"),
             TRUE);
}

/**
 * amends_intake_page_may_give_way:
 *
 * Asked before another record begins. Where it may not, it says why.
 * Returns: whether nothing is lost by it
 */
gboolean
amends_intake_page_may_give_way (AmendsIntakePage *self)
{
  g_return_val_if_fail (AMENDS_IS_INTAKE_PAGE (self), FALSE);

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self)))
    return FALSE; /* it is just being saved */
  if (!amends_intake_page_is_unsaved (self))
    return TRUE;
  leave (self, FALSE);
  return FALSE;
}

/**
 * amends_intake_page_save:
 *
 * As its button does.
 */
void
amends_intake_page_save (AmendsIntakePage *self)
{
  g_return_if_fail (AMENDS_IS_INTAKE_PAGE (self));

  if (gtk_widget_get_sensitive (GTK_WIDGET (self)))
    save_cb (self);
}

static void
keep_cb (AmendsIntakePage *self)
{
  if (self->is_restricted)
    {
      leave (self, TRUE);
      return;
    }
  amends_intake_page_flush (self);
  if (amends_keeper_get_kept (self->keeper) != NULL && !amends_intake_form_has_content (self->form))
    amends_session_delete_draft (self->session, amends_keeper_get_kept (self->keeper));
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

/* With what was typed last, so that all of it can come back. */
static void
throw_cb (AmendsIntakePage *self)
{
  amends_keeper_flush (self->keeper);
  amends_session_throw_draft (self->session, amends_keeper_get_kept (self->keeper));
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

/* ---------------------------------------------------------------- beginning and ending */

static const char *
get_actor (AmendsIntakePage *self)
{
  const char *name = amends_session_get_actor_name (self->session);

  return name != NULL ? name : "";
}

/**
 * amends_intake_page_set_aside:
 *
 * The screen goes while something is typed that is kept nowhere: it stays in memory for whoever typed it, or until
 * it is saved, where it just is.
 */
void
amends_intake_page_set_aside (AmendsIntakePage *self)
{
  g_return_if_fail (AMENDS_IS_INTAKE_PAGE (self));

  if (!amends_intake_page_is_unsaved (self))
    return;
  g_hash_table_replace (self->aside, g_strdup (get_actor (self)),
                        amends_intake_form_collect (self->form, FALSE));
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self)))
    self->saving_aside = g_strdup (get_actor (self));
  tell_unsaved (self);
}

/**
 * amends_intake_page_take_aside:
 *
 * Returns: (transfer full) (nullable): what whoever is signed in now was typing when the screen went
 */
json_t *
amends_intake_page_take_aside (AmendsIntakePage *self)
{
  g_autofree char *name = NULL;
  gpointer aside = NULL;

  g_return_val_if_fail (AMENDS_IS_INTAKE_PAGE (self), NULL);

  g_hash_table_steal_extended (self->aside, get_actor (self), (gpointer *) &name, &aside);
  tell_unsaved (self);
  return aside;
}

/**
 * amends_intake_page_clear:
 *
 * Takes everything off the screen. What was typed must have been kept before.
 */
void
amends_intake_page_clear (AmendsIntakePage *self)
{
  g_return_if_fail (AMENDS_IS_INTAKE_PAGE (self));

  amends_keeper_end (self->keeper);
  amends_intake_form_clear (self->form);
  set_restricted (self, FALSE);
  say_draft (self, "", FALSE);
  gtk_widget_set_visible (self->throw_button, FALSE);
  tell_unsaved (self);
}

/* Without them homes and names are typed. */
static void
places_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AmendsIntakePage) self = user_data;
  g_autoptr (AmendsPlaces) places =
      amends_session_list_places_finish (AMENDS_SESSION (source), result, NULL);

  if (self->session != NULL && places != NULL)
    amends_intake_form_set_places (self->form, places);
}

static void
begin (AmendsIntakePage *self, gint64 draft, const json_t *intake, gboolean is_new)
{
  const GPtrArray *schemes = amends_session_get_schemes (self->session);

  amends_intake_page_clear (self);
  amends_keeper_begin (self->keeper, draft);
  gtk_widget_set_visible (self->throw_button, draft != 0);
  amends_intake_form_begin (self->form, intake, schemes, is_new ? get_actor (self) : NULL);
  adw_window_title_set_subtitle (self->title,
                                 schemes != NULL && schemes->len == 1
                                     ? ((const AmendsScheme *) g_ptr_array_index (schemes, 0))->name
                                     : "");
  amends_session_list_places_async (self->session, places_cb, g_object_ref (self));
  follow_restricted (self);
  tell_unsaved (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

/**
 * amends_intake_page_begin:
 * @draft: what it was kept as; 0 for a new record
 * @intake: (nullable): what was kept
 */
void
amends_intake_page_begin (AmendsIntakePage *self, gint64 draft, const json_t *intake)
{
  g_return_if_fail (AMENDS_IS_INTAKE_PAGE (self) && self->session != NULL);

  begin (self, draft, intake, intake == NULL);
}

/**
 * amends_intake_page_collect:
 *
 * Returns: (transfer full): what stands in the form now
 */
json_t *
amends_intake_page_collect (AmendsIntakePage *self)
{
  g_return_val_if_fail (AMENDS_IS_INTAKE_PAGE (self), NULL);

  return amends_intake_form_collect (self->form, FALSE);
}

/**
 * amends_intake_page_begin_concern:
 * @of: (nullable): who may be unsafe: a complainant, of whom nothing but what finds them is taken over
 * @scheme: (nullable): where
 * @reference: (nullable): of the case beside which it is told; it stands in the new record, and nothing in the case
 *
 * Begins a record for the safeguarding lead alone.
 *
 * Source: Housing 21, Appendix B.
 */
void
amends_intake_page_begin_concern (AmendsIntakePage *self,
                                  const json_t *of,
                                  const char *scheme,
                                  const char *reference)
{
  static const char *const keys[] = { "name", "relation", "relation_detail", "home" };
  json_auto_t *who = json_object ();
  json_auto_t *intake = NULL;

  g_return_if_fail (AMENDS_IS_INTAKE_PAGE (self) && self->session != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (json_object_get (of, keys[i]) != NULL)
      json_object_set (who, keys[i], json_object_get (of, keys[i]));
  intake = json_pack ("{s:s, s:s*, s:O, s:s*}", "kind", "safeguarding", "scheme", scheme,
                      "complainant", who, "previous_case", reference);
  begin (self, 0, intake, TRUE);
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
  AmendsIntakePage *self = user_data;

  if (self->is_restricted)
    leave (self, FALSE);
  else
    keep_cb (self);
  return TRUE;
}

static void
amends_intake_page_dispose (GObject *object)
{
  AmendsIntakePage *self = AMENDS_INTAKE_PAGE (object);

  if (self->keeper != NULL)
    amends_keeper_end (self->keeper);
  g_clear_object (&self->keeper);
  g_clear_object (&self->session);
  g_clear_pointer (&self->aside, g_hash_table_unref);
  g_clear_pointer (&self->saving_aside, g_free);
  g_clear_weak_pointer (&self->focus);
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
  /* The reference, and whom to ring. */
  signals[SIGNAL_SEALED] =
      g_signal_new ("sealed", AMENDS_TYPE_INTAKE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  /* Whether something is kept nowhere has changed. */
  signals[SIGNAL_UNSAVED] = g_signal_new ("unsaved", AMENDS_TYPE_INTAKE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", AMENDS_TYPE_INTAKE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (AMENDS_TYPE_INTAKE_FORM);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/amends/Amends/staff/pages/amends-intake-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, title);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, draft_image);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, draft_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, throw_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, keep_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, AmendsIntakePage, form);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_cb);
  gtk_widget_class_bind_template_callback (widget_class, throw_cb);
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
json_free_cb (gpointer json)
{
  json_decref (json);
}

static void
amends_intake_page_init (AmendsIntakePage *self)
{
  self->aside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, json_free_cb);
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
  self->keeper = amends_keeper_new (session, collect_cb, said_cb, self);
}
