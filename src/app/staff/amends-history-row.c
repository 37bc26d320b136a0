/* amends-history-row.c: one record of what has happened
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-history-row.h"

#include <glib/gi18n.h>

#include "app/amends-event-words.h"
#include "app/amends-record-words.h"
#include "app/amends-words.h"
#include "app/staff/amends-record-box.h"
#include "core/amends-instant.h"

struct _AmendsHistoryRow
{
  AdwBin parent_instance;

  AmendsCaseFile *file; /* (nullable) (owned): of the case */
  json_t *entry;        /* (nullable) (owned): of its history */

  GtkImage *image; /* from the template, as all below */
  GtkLabel *title_label;
  GtkLabel *author_label;
  GtkLabel *when_label;
  GtkWidget *open_button;
  GtkRevealer *revealer;
};

G_DEFINE_FINAL_TYPE (AmendsHistoryRow, amends_history_row, ADW_TYPE_BIN)

static void
turn_cb (AmendsHistoryRow *self)
{
  amends_history_row_set_open (self, !amends_history_row_get_open (self));
}

/* All of the line is as good as the button, for a hand that shakes. */
static void
pressed_cb (GtkGestureClick *click, int n_presses, double x, double y, AmendsHistoryRow *self)
{
  if (gtk_widget_get_visible (self->open_button))
    turn_cb (self);
}

static void
amends_history_row_dispose (GObject *object)
{
  AmendsHistoryRow *self = AMENDS_HISTORY_ROW (object);

  g_clear_pointer (&self->file, amends_case_file_unref);
  g_clear_pointer (&self->entry, json_decref);
  G_OBJECT_CLASS (amends_history_row_parent_class)->dispose (object);
}

static void
amends_history_row_class_init (AmendsHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_history_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsHistoryRow, image);
  gtk_widget_class_bind_template_child (widget_class, AmendsHistoryRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsHistoryRow, author_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsHistoryRow, when_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsHistoryRow, open_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsHistoryRow, revealer);
  gtk_widget_class_bind_template_callback (widget_class, turn_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
}

static void
amends_history_row_init (AmendsHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What the button opens, and whether it is open, is said and not only drawn. */
static void
name_button (AmendsHistoryRow *self, const char *title, const char *when)
{
  g_autofree char *which = amends_words_join (", ", title, when, NULL);
  /* Translators: a record of what has happened, and when. */
  g_autofree char *name = g_strdup_printf (_ ("All of it: %s"), which);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->open_button), GTK_ACCESSIBLE_STATE_EXPANDED,
                               FALSE, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->open_button),
                                  GTK_ACCESSIBLE_RELATION_CONTROLS, self->revealer, NULL, -1);
}

/**
 * amends_history_row_new:
 * @file: the case
 * @entry: of its history
 */
GtkWidget *
amends_history_row_new (const AmendsCaseFile *file, const json_t *entry)
{
  AmendsHistoryRow *self = g_object_new (AMENDS_TYPE_HISTORY_ROW, NULL);
  const char *at = json_string_value (json_object_get (entry, "at"));
  g_autofree char *title = amends_event_words_title (entry);
  g_autofree char *author = amends_event_words_author (entry);
  g_autoptr (GPtrArray) lines = amends_record_words_list (file, entry);
  g_autofree char *when = NULL;
  gint64 instant;

  if (at != NULL && amends_instant_parse (at, &instant, NULL))
    when = amends_words_instant (instant);
  self->file = amends_case_file_ref (file);
  self->entry = json_incref ((json_t *) entry);
  gtk_image_set_from_icon_name (self->image, amends_event_words_icon (entry));
  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->author_label, author);
  gtk_label_set_text (self->when_label, when != NULL ? when : "");
  gtk_widget_set_visible (self->open_button, lines->len > 0);
  name_button (self, title, when != NULL ? when : "");
  return GTK_WIDGET (self);
}

/**
 * amends_history_row_new_notice:
 * @icon: its name
 * @sentence: what is to be known of the history as a whole
 */
GtkWidget *
amends_history_row_new_notice (const char *icon, const char *sentence)
{
  AmendsHistoryRow *self = g_object_new (AMENDS_TYPE_HISTORY_ROW, NULL);

  gtk_image_set_from_icon_name (self->image, icon);
  gtk_label_set_text (self->title_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->author_label), FALSE);
  return GTK_WIDGET (self);
}

/* (nullable): the id of the event that it shows. */
const char *
amends_history_row_get_event (AmendsHistoryRow *self)
{
  return json_string_value (json_object_get (self->entry, "id"));
}

gboolean
amends_history_row_get_open (AmendsHistoryRow *self)
{
  return gtk_revealer_get_reveal_child (self->revealer);
}

/**
 * amends_history_row_set_open:
 * @is_open: whether all that stands in the record is shown; of a notice, and of what is erased, there is no more
 *
 * Made when it is first asked for: few of many records are.
 */
void
amends_history_row_set_open (AmendsHistoryRow *self, gboolean is_open)
{
  g_return_if_fail (AMENDS_IS_HISTORY_ROW (self));

  is_open = is_open && gtk_widget_get_visible (self->open_button);
  if (is_open && gtk_revealer_get_child (self->revealer) == NULL)
    {
      g_autoptr (GPtrArray) lines = amends_record_words_list (self->file, self->entry);

      gtk_revealer_set_child (self->revealer, amends_record_box_new (lines));
    }
  gtk_revealer_set_reveal_child (self->revealer, is_open);
  gtk_button_set_icon_name (GTK_BUTTON (self->open_button),
                            is_open ? "pan-up-symbolic" : "pan-down-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->open_button), GTK_ACCESSIBLE_STATE_EXPANDED,
                               is_open, -1);
}

/* Gives the keyboard to what opens it; whether it took it. */
gboolean
amends_history_row_grab (AmendsHistoryRow *self)
{
  return gtk_widget_get_visible (self->open_button) && gtk_widget_grab_focus (self->open_button);
}
