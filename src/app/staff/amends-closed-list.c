/* amends-closed-list.c: what cannot be done with a case yet, and why
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-closed-list.h"

#include <glib/gi18n.h>

#include "app/amends-act-words.h"
#include "app/amends-policy-words.h"
#include "app/amends-words.h"
#include "app/widgets/amends-label.h"
#include "core/amends-error.h"

struct _AmendsClosedList
{
  AdwBin parent_instance;

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (AmendsClosedList, amends_closed_list, ADW_TYPE_BIN)

static void
add_row (AmendsClosedList *self, const char *title, const GError *refusal, const AmendsDues *dues)
{
  const char *clause = amends_error_get_clause (refusal);
  g_autofree char *problem = amends_words_problem (refusal, dues->today);
  g_autofree char *isolated = amends_policy_words_cite (dues->rules.code, clause);
  g_autofree char *reason = amends_words_join (" ", problem, isolated, NULL);
  g_autofree char *sentence = amends_words_join (". ", title, reason, NULL);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *image = gtk_image_new_from_icon_name ("changes-prevent-symbolic");

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_add_css_class (image, "dim-label");
  gtk_box_append (GTK_BOX (texts), amends_label_new (title, NULL));
  gtk_box_append (GTK_BOX (texts), amends_label_new (reason, "small", "second", NULL));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_widget_add_css_class (line, "step");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  gtk_list_box_append (self->list, row);
}

/* What comes next in the handling of the case, and not what was done or belongs to a later stage. */
static gboolean
is_of_interest (const AmendsCaseFile *file, const AmendsActWords *act, const GError *refusal)
{
  const AmendsClockPair *stage2 = amends_dues_find (file->dues, AMENDS_CLOCK_STAGE2_ACKNOWLEDGE);
  gboolean is_at_stage2 = stage2 != NULL && stage2->governing->started_day != AMENDS_DAY_NONE;

  switch (act->group)
    {
    case AMENDS_ACT_GROUP_HANDLING:
      return !is_at_stage2;
    case AMENDS_ACT_GROUP_STAGE2:
      return is_at_stage2;
    case AMENDS_ACT_GROUP_INQUIRY:
      return !is_at_stage2 && amends_error_get_clause (refusal) != NULL;
    case AMENDS_ACT_GROUP_PROMISES:
    case AMENDS_ACT_GROUP_OUTSIDE:
      /* That there is nothing yet to follow up goes without saying; what a clause closes does not. */
      return amends_error_get_clause (refusal) != NULL;
    case AMENDS_ACT_GROUP_ENDING:
      /* That what is open cannot be opened goes without saying. */
      return amends_error_get_clause (refusal) != NULL
             && (act->type != AMENDS_EVENT_CASE_STAGE2_CLOSED || is_at_stage2);
    case AMENDS_ACT_GROUP_RECORD:
    case AMENDS_ACT_GROUP_PEOPLE:
      break;
    }
  return FALSE;
}

/**
 * amends_closed_list_set_file:
 * @file: (nullable): the case to show from now on
 *
 * Returns: whether there is anything that is not open
 */
gboolean
amends_closed_list_set_file (AmendsClosedList *self, const AmendsCaseFile *file)
{
  gboolean has_any = FALSE;

  g_return_val_if_fail (AMENDS_IS_CLOSED_LIST (self), FALSE);

  amends_list_box_clear (self->list);
  for (guint i = 0; file != NULL && i < file->answers->len; i++)
    {
      const AmendsActAnswer *answer = g_ptr_array_index (file->answers, i);
      const AmendsActWords *act = amends_act_words_find (answer->type);

      if (act == NULL || answer->refusal == NULL || !is_of_interest (file, act, answer->refusal))
        continue;
      add_row (self, _ (act->title), answer->refusal, file->dues);
      has_any = TRUE;
    }
  return has_any;
}

static void
amends_closed_list_class_init (AmendsClosedListClass *klass)
{
}

static void
amends_closed_list_init (AmendsClosedList *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Not open yet"), -1);
  adw_bin_set_child (ADW_BIN (self), list);
}
