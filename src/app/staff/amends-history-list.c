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

  AmendsId id;          /* of the case; number 0: none */
  AmendsCaseFile *file; /* (nullable) (owned) */
  GHashTable *open;     /* (element-type utf8): the ids of the records that are shown whole */
  gboolean shows_all;   /* all of a long history */

  GtkLabel *count_label; /* from the template, as all below */
  GtkBox *box;
  GtkWidget *more_button;
};

G_DEFINE_FINAL_TYPE (AmendsHistoryList, amends_history_list, ADW_TYPE_BIN)

/* (nullable) (transfer none): the id of the record that the keyboard is in; and which are shown whole is kept */
static const char *
remember_rows (AmendsHistoryList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  const char *focused = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      AmendsHistoryRow *row = AMENDS_HISTORY_ROW (child);
      const char *event = amends_history_row_get_event (row);

      if (event == NULL)
        continue;
      if (amends_history_row_get_open (row))
        g_hash_table_add (self->open, g_strdup (event));
      else
        g_hash_table_remove (self->open, event);
      if (focus != NULL && gtk_widget_is_ancestor (focus, child))
        focused = event;
    }
  return focused;
}

static void
add_row (AmendsHistoryList *self, const json_t *entry, const char *focused)
{
  GtkWidget *row = amends_history_row_new (self->file, entry);
  const char *event = amends_history_row_get_event (AMENDS_HISTORY_ROW (row));

  gtk_box_append (self->box, row);
  amends_history_row_set_open (AMENDS_HISTORY_ROW (row),
                               event != NULL && g_hash_table_contains (self->open, event));
  if (focused != NULL && g_strcmp0 (event, focused) == 0)
    amends_history_row_grab (AMENDS_HISTORY_ROW (row));
}

/* Whoever reads a record goes on reading it when another arrives. */
static void
show_history (AmendsHistoryList *self)
{
  const json_t *history = self->file != NULL ? self->file->history : NULL;
  guint n_missing = self->file != NULL ? amends_case_get_n_missing (self->file->complaint) : 0;
  gsize n_records = json_array_size (history);
  gsize n_shown = self->shows_all ? n_records : MIN (n_records, HISTORY_SHOWN);
  g_autofree char *focused = g_strdup (remember_rows (self));
  g_autofree char *count =
      g_strdup_printf (ngettext ("%u record, newest first", "%u records, newest first",
                                 (gulong) n_records),
                       (guint) n_records);

  gtk_label_set_text (self->count_label, count);
  amends_box_clear (self->box);
  if (n_missing > 0)
    {
      g_autofree char *sentence =
          g_strdup_printf (ngettext ("%u earlier record has not arrived",
                                     "%u earlier records have not arrived", n_missing),
                           n_missing);

      gtk_box_append (self->box,
                      amends_history_row_new_notice ("dialog-information-symbolic", sentence));
    }
  for (gsize i = 0; i < n_shown; i++)
    add_row (self, json_array_get (history, n_records - 1 - i), focused);
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

  g_clear_pointer (&self->file, amends_case_file_unref);
  g_clear_pointer (&self->open, g_hash_table_unref);
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
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * amends_history_list_set_file:
 * @file: (nullable): the case to show from now on; of another one than before a long history is short
 *   again, and no record of it is shown whole
 */
void
amends_history_list_set_file (AmendsHistoryList *self, const AmendsCaseFile *file)
{
  AmendsId id = { 0 };

  g_return_if_fail (AMENDS_IS_HISTORY_LIST (self));

  if (file != NULL)
    amends_case_get_id (file->complaint, &id);
  if (!amends_id_equal (&self->id, &id))
    {
      self->shows_all = FALSE;
      amends_box_clear (self->box);
      g_hash_table_remove_all (self->open);
    }
  self->id = id;
  g_clear_pointer (&self->file, amends_case_file_unref);
  self->file = file != NULL ? amends_case_file_ref (file) : NULL;
  show_history (self);
}
