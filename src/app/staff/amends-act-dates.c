/* amends-act-dates.c: what a correction does to the dates, before somebody agrees to it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-act-dates.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/staff/amends-act-field.h"
#include "app/widgets/amends-label.h"
#include "core/amends-decide.h"

typedef struct
{
  AmendsCaseFile *file; /* (owned) */
  json_t *offered;      /* (owned): of the row */
  GtkBox *box;          /* below the row */
} Dates;

static void
dates_free (gpointer data, GClosure *closure)
{
  Dates *self = data;

  amends_case_file_unref (self->file);
  json_decref (self->offered);
  g_free (self);
}

/* (nullable) */
static const AmendsCorrection *
find_correction (const AmendsCase *complaint, const char *id)
{
  for (guint i = 0; i < amends_case_get_n_corrections (complaint); i++)
    {
      const AmendsCorrection *correction = amends_case_get_correction (complaint, i);
      const AmendsHistoryEntry *entry = amends_case_get_history (complaint, correction->place);
      g_autofree char *its_id = amends_id_format (&entry->event->id);

      if (g_strcmp0 (its_id, id) == 0)
        return correction;
    }
  return NULL;
}

static void
chosen_cb (GtkWidget *row, GParamSpec *pspec, gpointer user_data)
{
  const Dates *self = user_data;
  const json_t *chosen =
      json_array_get (self->offered, adw_combo_row_get_selected (ADW_COMBO_ROW (row)));
  const AmendsCorrection *correction =
      find_correction (self->file->complaint,
                       json_string_value (json_object_get (chosen, "correction")));
  g_autoptr (GPtrArray) sentences = NULL;

  amends_box_clear (self->box);
  if (correction == NULL)
    return;
  sentences = amends_decide_preview_correction (self->file->complaint, correction,
                                                &self->file->dues->rules, self->file->dues->today);
  gtk_box_append (self->box,
                  amends_label_new (sentences->len > 0 ? _ ("If you agree:")
                                                       : _ ("If you agree, no date moves."),
                                    "heading", NULL));
  for (guint i = 0; i < sentences->len; i++)
    {
      g_autofree char *sentence = amends_words_sentence (g_ptr_array_index (sentences, i));

      gtk_box_append (self->box, amends_label_new (sentence, "numeric", NULL));
    }
}

/**
 * amends_act_dates_follow:
 * @fields: (element-type AmendsActField): of a form, with their rows in it
 * @file: the case as it stands
 *
 * Below the correction that is chosen stands what agreeing to it does. Of a form that answers none, nothing does.
 */
void
amends_act_dates_follow (const GPtrArray *fields, const AmendsCaseFile *file)
{
  for (guint n = 0; n < fields->len; n++)
    {
      const AmendsActField *field = g_ptr_array_index (fields, n);
      GtkWidget *list, *box;
      Dates *dates;

      if (field->kind != AMENDS_ACT_FIELD_CORRECTION)
        continue;
      list = gtk_widget_get_ancestor (field->row, GTK_TYPE_LIST_BOX);
      box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
      gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (list)), box, list);
      dates = g_new0 (Dates, 1);
      dates->file = amends_case_file_ref (file);
      dates->offered = json_incref (field->offered);
      dates->box = GTK_BOX (box);
      g_signal_connect_data (field->row, "notify::selected", G_CALLBACK (chosen_cb), dates,
                             dates_free, 0);
      chosen_cb (field->row, NULL, dates);
    }
}
