/* amends-verdict-box.c: one source's word on a due day
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-verdict-box.h"

#include <glib/gi18n.h>

#include "app/amends-due-words.h"
#include "app/amends-why-words.h"
#include "app/amends-words.h"

struct _AmendsVerdictBox
{
  AdwBin parent_instance;

  GtkLabel *source_label; /* from the template, as all below */
  GtkLabel *day_label;
  GtkLabel *clauses_label;
  GtkWidget *state_box;
  GtkImage *state_image;
  GtkLabel *state_label;
  GtkLabel *reason_label;
};

G_DEFINE_FINAL_TYPE (AmendsVerdictBox, amends_verdict_box, ADW_TYPE_BIN)

static void
amends_verdict_box_class_init (AmendsVerdictBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-verdict-box.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsVerdictBox, source_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsVerdictBox, day_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsVerdictBox, clauses_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsVerdictBox, state_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsVerdictBox, state_image);
  gtk_widget_class_bind_template_child (widget_class, AmendsVerdictBox, state_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsVerdictBox, reason_label);
}

static void
amends_verdict_box_init (AmendsVerdictBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
clear (AmendsVerdictBox *self)
{
  gtk_label_set_text (self->source_label, "");
  gtk_label_set_text (self->day_label, "");
  gtk_label_set_text (self->clauses_label, "");
  gtk_label_set_text (self->state_label, "");
  gtk_label_set_text (self->reason_label, "");
}

static void
show_state (AmendsVerdictBox *self, const AmendsClockRow *row, const AmendsDues *dues)
{
  g_auto (AmendsDueState) state = { 0 };
  g_autofree char *words = amends_why_words_verdict (row, dues);
  const char *styles[2] = { "success", NULL };

  amends_due_words_state (row, dues, &state);
  if (amends_clock_row_is_open (row) && !amends_dues_is_late (dues, row))
    state.icon = "emblem-ok-symbolic"; /* what runs is in time */
  else
    styles[0] = state.style;
  gtk_image_set_from_icon_name (self->state_image, state.icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->state_image), styles);
  gtk_label_set_text (self->state_label, words);
}

/**
 * amends_verdict_box_set_row:
 * @row: (nullable): the word of one source; %NULL hides it
 * @dues: the clocks that it is one of
 * @governs: whether its day is the one to go by, where the two differ
 * @detail: what stands under the day
 */
void
amends_verdict_box_set_row (AmendsVerdictBox *self,
                            const AmendsClockRow *row,
                            const AmendsDues *dues,
                            gboolean governs,
                            AmendsVerdictDetail detail)
{
  g_autofree char *source = NULL;
  g_autofree char *day = NULL;
  g_autofree char *clauses = NULL;
  g_autofree char *reason = NULL;

  g_return_if_fail (AMENDS_IS_VERDICT_BOX (self));

  gtk_widget_set_visible (GTK_WIDGET (self), row != NULL);
  if (row == NULL)
    {
      clear (self);
      return;
    }
  source = amends_due_words_source (row);
  clauses = amends_due_words_clauses (row);
  reason = amends_due_words_reason (row);
  day = amends_clock_row_get_governing_day (row) != AMENDS_DAY_NONE
            ? amends_words_day (amends_clock_row_get_governing_day (row))
            : g_strdup (_ ("No date yet"));

  gtk_label_set_text (self->source_label, source);
  gtk_label_set_text (self->day_label, day);
  if (governs)
    gtk_widget_add_css_class (GTK_WIDGET (self->day_label), "heading");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->day_label), "heading");
  gtk_label_set_text (self->clauses_label, clauses);
  gtk_label_set_text (self->reason_label, reason);
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), detail == AMENDS_VERDICT_REASON);
  gtk_widget_set_visible (self->state_box, detail == AMENDS_VERDICT_STATE);
  show_state (self, row, dues);
}
