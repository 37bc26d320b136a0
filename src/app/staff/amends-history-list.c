/* amends-history-list.c: what has happened in a case, newest first
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-history-list.h"

#include <glib/gi18n.h>

#include "app/staff/amends-history-row.h"
#include "app/widgets/amends-label.h"

/* More records than a person reads at a glance; the others are one press away. */
#define HISTORY_SHOWN 50

struct _AmendsHistoryList
{
  AdwBin parent_instance;

  AmendsId id;        /* of the case; number 0: none */
  json_t *history;    /* (nullable) (owned) */
  guint n_missing;    /* earlier records that have not arrived */
  gboolean shows_all; /* all of a long history */

  GtkLabel *count_label; /* from the template, as all below */
  GtkBox *box;
  GtkWidget *more_button;
};

G_DEFINE_FINAL_TYPE (AmendsHistoryList, amends_history_list, ADW_TYPE_BIN)

static void
show_history (AmendsHistoryList *self)
{
  gsize n_records = json_array_size (self->history);
  gsize n_shown = self->shows_all ? n_records : MIN (n_records, HISTORY_SHOWN);
  g_autofree char *count =
      g_strdup_printf (ngettext ("%u record, newest first", "%u records, newest first",
                                 (gulong) n_records),
                       (guint) n_records);

  gtk_label_set_text (self->count_label, count);
  amends_box_clear (self->box);
  if (self->n_missing > 0)
    {
      g_autofree char *sentence =
          g_strdup_printf (ngettext ("%u earlier record has not arrived",
                                     "%u earlier records have not arrived", self->n_missing),
                           self->n_missing);

      gtk_box_append (self->box,
                      amends_history_row_new_notice ("dialog-information-symbolic", sentence));
    }
  for (gsize i = 0; i < n_shown; i++)
    gtk_box_append (self->box,
                    amends_history_row_new (json_array_get (self->history, n_records - 1 - i)));
  gtk_widget_set_visible (self->more_button, n_shown < n_records);
}

static void
more_cb (AmendsHistoryList *self)
{
  self->shows_all = TRUE;
  show_history (self);
}

static void
amends_history_list_dispose (GObject *object)
{
  AmendsHistoryList *self = AMENDS_HISTORY_LIST (object);

  g_clear_pointer (&self->history, json_decref);
  G_OBJECT_CLASS (amends_history_list_parent_class)->dispose (object);
}

static void
amends_history_list_class_init (AmendsHistoryListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_history_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-history-list.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsHistoryList, count_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsHistoryList, box);
  gtk_widget_class_bind_template_child (widget_class, AmendsHistoryList, more_button);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
}

static void
amends_history_list_init (AmendsHistoryList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * amends_history_list_set_file:
 * @file: (nullable): the case to show from now on; of another one than before a long history is short
 *   again
 */
void
amends_history_list_set_file (AmendsHistoryList *self, const AmendsCaseFile *file)
{
  AmendsId id = { 0 };

  g_return_if_fail (AMENDS_IS_HISTORY_LIST (self));

  if (file != NULL)
    amends_case_get_id (file->complaint, &id);
  self->shows_all = self->shows_all && amends_id_equal (&self->id, &id);
  self->id = id;
  g_clear_pointer (&self->history, json_decref);
  self->history = file != NULL ? json_incref (file->history) : NULL;
  self->n_missing = file != NULL ? amends_case_get_n_missing (file->complaint) : 0;
  show_history (self);
}
