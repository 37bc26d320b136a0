/* amends-clock-list.c: every date of a case
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line for each clock, by policy and Code together; pressing it asks why. */

#include "config.h"

#include "app/staff/amends-clock-list.h"

#include <glib/gi18n.h>

#include "app/amends-due-words.h"
#include "app/amends-words.h"
#include "app/widgets/amends-label.h"

struct _AmendsClockList
{
  AdwBin parent_instance;

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (AmendsClockList, amends_clock_list, ADW_TYPE_BIN)

static char *
describe_day (const AmendsClockPair *pair, const AmendsDues *dues)
{
  if (pair->day == AMENDS_DAY_NONE)
    return g_strdup ("");
  return amends_words_near_day (pair->day, dues->today);
}

/* What each cites; where they differ, the other's day as well. */
static char *
describe_sources (const AmendsClockPair *pair, const AmendsDues *dues)
{
  const AmendsClockRow *other = amends_clock_pair_get_other (pair);
  g_autofree char *governing = amends_due_words_cited (pair->governing);
  g_autofree char *cited = NULL;
  g_autofree char *day = NULL;
  g_autofree char *differing = NULL;
  AmendsDay other_day;

  if (other == NULL)
    return g_steal_pointer (&governing);
  cited = amends_due_words_cited (other);
  other_day = amends_clock_row_get_governing_day (other);
  if (pair->agrees || other_day == AMENDS_DAY_NONE)
    return amends_words_join (" · ", governing, cited, NULL);
  day = amends_words_near_day (other_day, dues->today);
  /* Translators: a clause, and the day that it gives. */
  differing = g_strdup_printf (_ ("%s: %s"), cited, day);
  return amends_words_join (" · ", governing, differing, NULL);
}

static GtkWidget *
make_texts (const AmendsClockPair *pair,
            const AmendsDueState *state,
            const char *sources,
            gboolean is_late)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *state_label = amends_label_new (state->words, "small", "numeric", NULL);

  gtk_box_append (GTK_BOX (texts), amends_label_new (amends_due_words_clock (pair->name), NULL));
  if (is_late)
    {
      gtk_widget_add_css_class (state_label, "error");
      gtk_widget_add_css_class (state_label, "heading");
    }
  gtk_box_append (GTK_BOX (texts), state_label);
  gtk_box_append (GTK_BOX (texts), amends_label_new (sources, "small", "second", "numeric", NULL));
  if (pair->governing->is_provisional)
    gtk_box_append (GTK_BOX (texts),
                    amends_label_new (_ ("Provisional: no bank holidays are known so far ahead"),
                                      "small", NULL));
  gtk_widget_set_hexpand (texts, TRUE);
  return texts;
}

static void
add_row (AmendsClockList *self, const AmendsClockPair *pair, const AmendsDues *dues)
{
  g_auto (AmendsDueState) state = { 0 };
  g_autofree char *day = describe_day (pair, dues);
  g_autofree char *sources = describe_sources (pair, dues);
  g_autofree char *sentence = NULL;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *day_label = amends_label_new (day, "numeric", NULL);
  GtkWidget *image, *arrow;

  amends_due_words_state (pair->governing, dues, &state);
  sentence = amends_words_join (", ", amends_due_words_clock (pair->name), day, state.words,
                                sources, NULL);
  image = gtk_image_new_from_icon_name (state.icon);
  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_add_css_class (image, state.style);
  gtk_label_set_wrap (GTK_LABEL (day_label), FALSE);
  gtk_widget_set_valign (day_label, GTK_ALIGN_START);
  arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  gtk_widget_add_css_class (arrow, "dim-label");

  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), make_texts (pair, &state, sources,
                                              amends_clock_row_is_open (pair->governing)
                                                  && amends_dues_is_late (dues, pair->governing)));
  gtk_box_append (GTK_BOX (line), day_label);
  gtk_box_append (GTK_BOX (line), arrow);
  gtk_widget_add_css_class (line, "step");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (row), "case.why");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "i", (int) pair->name);
  gtk_list_box_append (self->list, row);
}

/**
 * amends_clock_list_set_dues:
 * @dues: (nullable): the clocks to show from now on
 */
void
amends_clock_list_set_dues (AmendsClockList *self, const AmendsDues *dues)
{
  g_return_if_fail (AMENDS_IS_CLOCK_LIST (self));

  amends_list_box_clear (self->list);
  for (guint i = 0; dues != NULL && i < dues->pairs->len; i++)
    add_row (self, &g_array_index (dues->pairs, AmendsClockPair, i), dues);
}

static void
amends_clock_list_class_init (AmendsClockListClass *klass)
{
}

static void
amends_clock_list_init (AmendsClockList *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("All dates"), -1);
  adw_bin_set_child (ADW_BIN (self), list);
}
