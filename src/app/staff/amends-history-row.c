/* amends-history-row.c: one record of what has happened
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-history-row.h"

#include "app/amends-event-words.h"
#include "app/amends-words.h"
#include "core/amends-instant.h"

struct _AmendsHistoryRow
{
  AdwBin parent_instance;

  GtkImage *image; /* from the template, as all below */
  GtkLabel *title_label;
  GtkLabel *author_label;
  GtkLabel *when_label;
};

G_DEFINE_FINAL_TYPE (AmendsHistoryRow, amends_history_row, ADW_TYPE_BIN)

static void
amends_history_row_class_init (AmendsHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsHistoryRow, image);
  gtk_widget_class_bind_template_child (widget_class, AmendsHistoryRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsHistoryRow, author_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsHistoryRow, when_label);
}

static void
amends_history_row_init (AmendsHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * amends_history_row_new:
 * @entry: of amends_store_history_to_json()
 */
GtkWidget *
amends_history_row_new (const json_t *entry)
{
  AmendsHistoryRow *self = g_object_new (AMENDS_TYPE_HISTORY_ROW, NULL);
  const char *at = json_string_value (json_object_get (entry, "at"));
  g_autofree char *title = amends_event_words_title (entry);
  g_autofree char *author = amends_event_words_author (entry);
  g_autofree char *when = NULL;
  gint64 instant;

  if (at != NULL && amends_instant_parse (at, &instant, NULL))
    when = amends_words_instant (instant);
  gtk_image_set_from_icon_name (self->image, amends_event_words_icon (entry));
  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->author_label, author);
  gtk_label_set_text (self->when_label, when != NULL ? when : "");
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
