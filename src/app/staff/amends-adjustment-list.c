/* amends-adjustment-list.c: what makes it easier for somebody, and how far each is
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row leads to what comes next: decide on it, make it, look at it again. */

#include "config.h"

#include "app/staff/amends-adjustment-list.h"

#include <glib/gi18n.h>

#include "app/amends-words.h"
#include "app/widgets/amends-label.h"

struct _AmendsAdjustmentList
{
  AdwBin parent_instance;

  GtkListBox *list;
  GtkWidget *empty_label;
};

G_DEFINE_FINAL_TYPE (AmendsAdjustmentList, amends_adjustment_list, ADW_TYPE_BIN)

/* @state: in a word
 * @next: (nullable): the act that comes next
 * @next_words: (nullable): what that is called */
typedef struct
{
  const char *icon;
  const char *icon_class;
  const char *state;
  const char *next;
  const char *next_words;
} Standing;

static Standing
find_standing (const AmendsAdjustment *adjustment)
{
  if (adjustment->ended != NULL)
    return (Standing){ "document-open-recent-symbolic", "dim-label", C_ ("adjustment", "Ended"),
                       "adjustment.added", _ ("Record that they ask for it again") };
  if (json_is_false (json_object_get (adjustment->decided, "agreed")))
    return (Standing){ "action-unavailable-symbolic", "dim-label", C_ ("adjustment", "Declined"),
                       "person.adjustment-decided", _ ("Decide on it anew") };
  if (adjustment->made != NULL)
    return (Standing){ "emblem-ok-symbolic", "success", C_ ("adjustment", "Made"),
                       "person.adjustment-reviewed", _ ("Record that it was looked at again") };
  if (adjustment->decided != NULL)
    return (Standing){ "emblem-ok-symbolic", "success", C_ ("adjustment", "Agreed"),
                       "person.adjustment-made", _ ("Record that it was made") };
  return (Standing){ "dialog-question-symbolic", "accent", C_ ("adjustment", "Asked"),
                     "person.adjustment-decided", _ ("Decide on it") };
}

/* (nullable) (transfer full): the day that a step gives under @key. */
static char *
dup_day (const json_t *step, const char *key)
{
  const char *iso = json_string_value (json_object_get (step, key));

  return iso != NULL ? amends_words_iso_day (iso) : NULL;
}

static void
add_step (GString *text, char *step)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", step);
  g_free (step);
}

/* When it was asked for and decided; and why not, if it was declined. */
static void
add_decision (GString *text, const AmendsAdjustment *adjustment)
{
  const char *reasons = json_string_value (json_object_get (adjustment->decided, "reasons"));
  g_autofree char *asked = dup_day (adjustment->details, "requested_on");
  g_autofree char *decided = dup_day (adjustment->decided, "on");
  g_autofree char *due = dup_day (adjustment->decided, "due");

  if (asked != NULL)
    add_step (text, g_strdup_printf (_ ("asked %s"), asked));
  if (decided != NULL && json_is_false (json_object_get (adjustment->decided, "agreed")))
    add_step (text, g_strdup_printf (_ ("declined %s"), decided));
  else if (decided != NULL)
    add_step (text, g_strdup_printf (_ ("agreed %s"), decided));
  if (due != NULL && adjustment->made == NULL)
    add_step (text, g_strdup_printf (_ ("to be made by %s"), due));
  if (reasons != NULL)
    add_step (text, g_strdup_printf (_ ("reason: %s"), reasons));
}

static char *
describe_steps (const AmendsAdjustment *adjustment)
{
  const json_t *newest = adjustment->reviewed != NULL ? adjustment->reviewed
                         : adjustment->made != NULL   ? adjustment->made
                                                      : adjustment->decided;
  g_autofree char *made = dup_day (adjustment->made, "on");
  g_autofree char *reviewed = dup_day (adjustment->reviewed, "on");
  g_autofree char *review = dup_day (newest, "review");
  g_autofree char *ended =
      adjustment->ended != NULL ? amends_words_iso_day (adjustment->ended) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  add_decision (text, adjustment);
  if (made != NULL)
    add_step (text, g_strdup_printf (_ ("made %s"), made));
  if (reviewed != NULL)
    add_step (text, g_strdup_printf (_ ("looked at again %s"), reviewed));
  if (review != NULL && ended == NULL)
    add_step (text, g_strdup_printf (_ ("to be looked at again %s"), review));
  if (ended != NULL)
    add_step (text, g_strdup_printf (_ ("ended %s"), ended));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_row (AmendsAdjustmentList *self, const AmendsAdjustment *adjustment)
{
  Standing standing = find_standing (adjustment);
  g_autofree char *title =
      amends_words_join (", ", amends_words_code ("adjustment", adjustment->need),
                         adjustment->detail != NULL ? adjustment->detail : "", NULL);
  g_autofree char *steps = describe_steps (adjustment);
  g_autofree char *sentence = amends_words_join (", ", title, standing.state, steps, NULL);
  json_t *beginning =
      json_pack ("{s:s, s:s*}", "need", adjustment->need, "detail", adjustment->detail);
  g_autofree char *begun = json_dumps (beginning, JSON_COMPACT);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *image = gtk_image_new_from_icon_name (standing.icon);

  json_decref (beginning);
  gtk_widget_add_css_class (image, standing.icon_class);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts),
                  amends_label_new (title, adjustment->ended != NULL ? "second" : NULL, NULL));
  if (*steps != '\0')
    gtk_box_append (GTK_BOX (texts), amends_label_new (steps, "small", "second", NULL));
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), gtk_label_new (standing.state));
  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_widget_add_css_class (line, "step");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "person.act");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", standing.next, begun);
  gtk_widget_set_tooltip_text (row, standing.next_words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, standing.next_words, -1);
  gtk_list_box_append (self->list, row);
}

/**
 * amends_adjustment_list_set_case:
 * @complaint: (nullable): whose adjustments to show from now on
 */
void
amends_adjustment_list_set_case (AmendsAdjustmentList *self, const AmendsCase *complaint)
{
  guint n_all = complaint != NULL ? amends_case_get_n_adjustments (complaint) : 0;
  guint n_adjustments = 0;

  g_return_if_fail (AMENDS_IS_ADJUSTMENT_LIST (self));

  amends_list_box_clear (self->list);
  for (guint i = 0; i < n_all; i++)
    {
      const AmendsAdjustment *adjustment = amends_case_get_adjustment (complaint, i);

      if (adjustment->who != NULL)
        continue; /* of who complains with them */
      add_row (self, adjustment);
      n_adjustments++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n_adjustments > 0);
  gtk_widget_set_visible (self->empty_label, n_adjustments == 0);
}

static void
amends_adjustment_list_class_init (AmendsAdjustmentListClass *klass)
{
}

static void
amends_adjustment_list_init (AmendsAdjustmentList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->empty_label = amends_label_new (_ ("Nobody has asked yet."), "second", NULL);
  gtk_widget_set_margin_start (self->empty_label, 3);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Adjustments"), -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), self->empty_label);
  adw_bin_set_child (ADW_BIN (self), box);
}
