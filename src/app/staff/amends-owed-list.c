/* amends-owed-list.c: what is owed in a case beside its clocks
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands late on Today stands in the case too, with the act that does it one press away. */

#include "config.h"

#include "app/staff/amends-owed-list.h"

#include <glib/gi18n.h>

#include "app/amends-act-words.h"
#include "app/amends-words.h"
#include "app/amends-work-words.h"
#include "app/staff/amends-duty-act.h"
#include "app/widgets/amends-label.h"

struct _AmendsOwedList
{
  AdwBin parent_instance;

  GtkListBox *list;
  GArray *kinds; /* (element-type AmendsDutyKind): of each row */
};

G_DEFINE_FINAL_TYPE (AmendsOwedList, amends_owed_list, ADW_TYPE_BIN)

/* The clocks stand above with their reasons, and two versions and what fits nothing in notices of their own. */
static gboolean
is_elsewhere (const AmendsDuty *duty)
{
  return duty->kind == AMENDS_DUTY_CLOCK || duty->kind == AMENDS_DUTY_SEND
         || duty->kind == AMENDS_DUTY_SETTLE || duty->kind == AMENDS_DUTY_MATCH;
}

static GtkWidget *
make_texts (const AmendsWorkLine *line)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *when = amends_words_join (", ", line->when, line->when_detail, NULL);
  GtkWidget *when_label = amends_label_new (when, "small", "numeric", NULL);

  if (line->is_late)
    gtk_widget_add_css_class (when_label, "error");
  if (line->is_late || line->is_today)
    gtk_widget_add_css_class (when_label, "heading");
  gtk_box_append (GTK_BOX (texts), amends_label_new (line->duty, NULL));
  if (*line->duty_detail != '\0')
    gtk_box_append (GTK_BOX (texts), amends_label_new (line->duty_detail, "small", "second", NULL));
  if (*when != '\0')
    gtk_box_append (GTK_BOX (texts), when_label);
  gtk_widget_set_hexpand (texts, TRUE);
  return texts;
}

/* What a colour says, an icon and a word say too. */
static GtkWidget *
make_image (const AmendsWorkLine *line)
{
  GtkWidget *image = gtk_image_new_from_icon_name (line->is_late    ? "dialog-warning-symbolic"
                                                   : line->is_today ? "alarm-symbolic"
                                                                    : "radio-symbolic");

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_add_css_class (image, line->is_late    ? "error"
                                   : line->is_today ? "accent"
                                                    : "dim-label");
  return image;
}

static void
add_row (AmendsOwedList *self,
         const AmendsWorkLine *line,
         const AmendsCaseFile *file,
         const AmendsDuty *duty)
{
  AmendsEventType act = amends_duty_act_find (file, duty);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *arrow;

  gtk_box_append (GTK_BOX (box), make_image (line));
  gtk_box_append (GTK_BOX (box), make_texts (line));
  if (act != AMENDS_EVENT_UNKNOWN)
    {
      arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
      gtk_widget_add_css_class (arrow, "dim-label");
      gtk_box_append (GTK_BOX (box), arrow);
      json_auto_t *beginning = amends_duty_act_begin (file, duty, act);
      g_autofree char *known = json_dumps (beginning, JSON_COMPACT);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "case.begin");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)",
                                        amends_event_type_to_string (act), known);
      gtk_widget_set_tooltip_text (row, amends_act_words_title (act));
    }
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), act != AMENDS_EVENT_UNKNOWN);
  gtk_widget_add_css_class (box, "step");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  line->sentence, -1);
  gtk_list_box_append (self->list, row);
  g_array_append_val (self->kinds, duty->kind);
}

/**
 * amends_owed_list_set_file:
 * @file: (nullable): the case to show from now on
 *
 * Returns: whether anything is owed in it that stands nowhere else
 */
gboolean
amends_owed_list_set_file (AmendsOwedList *self, const AmendsCaseFile *file)
{
  g_return_val_if_fail (AMENDS_IS_OWED_LIST (self), FALSE);

  amends_list_box_clear (self->list);
  g_array_set_size (self->kinds, 0);
  for (guint i = 0; file != NULL && i < file->duties->len; i++)
    {
      const AmendsDutyRow *row = g_ptr_array_index (file->duties, i);
      g_autoptr (AmendsWorkLine) line = NULL;

      if (is_elsewhere (&row->duty))
        continue;
      line = amends_work_line_new_owed (row, file->dues->today);
      add_row (self, line, file, &row->duty);
    }
  return self->kinds->len > 0;
}

/**
 * amends_owed_list_focus:
 * @kind: what somebody pressed elsewhere
 *
 * Returns: whether the keyboard went to the first of that kind
 */
gboolean
amends_owed_list_focus (AmendsOwedList *self, AmendsDutyKind kind)
{
  g_return_val_if_fail (AMENDS_IS_OWED_LIST (self), FALSE);

  for (guint i = 0; i < self->kinds->len; i++)
    if (g_array_index (self->kinds, AmendsDutyKind, i) == kind)
      return gtk_widget_grab_focus (
          GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i)));
  return FALSE;
}

static void
amends_owed_list_finalize (GObject *object)
{
  g_array_unref (AMENDS_OWED_LIST (object)->kinds);
  G_OBJECT_CLASS (amends_owed_list_parent_class)->finalize (object);
}

static void
amends_owed_list_class_init (AmendsOwedListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = amends_owed_list_finalize;
}

static void
amends_owed_list_init (AmendsOwedList *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  self->kinds = g_array_new (FALSE, FALSE, sizeof (AmendsDutyKind));
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Also owed"), -1);
  adw_bin_set_child (ADW_BIN (self), list);
}
