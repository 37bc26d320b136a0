/* amends-why-page.c: why a due day is what it is
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The calendar is for the eye; to a screen reader it is one image whose text is that of the sentences
 * beside it, which stand first wherever there is one column. */

#include "config.h"

#include "app/staff/pages/amends-why-page.h"

#include <glib/gi18n.h>

#include "app/amends-due-words.h"
#include "app/amends-why-words.h"
#include "app/amends-words.h"
#include "app/staff/amends-verdict-box.h"
#include "app/widgets/amends-columns.h"
#include "app/widgets/amends-label.h"
#include "app/widgets/amends-weeks.h"

struct _AmendsWhyPage
{
  AdwBin parent_instance;

  AmendsDues *dues; /* (nullable) (owned): what is shown */
  char *text;       /* (nullable) (owned): the same, to be copied */

  AdwWindowTitle *title; /* from the template, as all below */
  GtkScrolledWindow *scroller;
  GtkLabel *day_label;
  GtkLabel *reason_label;
  GtkListBox *steps_list;
  AmendsVerdictBox *first_verdict;
  AmendsVerdictBox *second_verdict;
  GtkWidget *second_card;
  GtkLabel *agreement_label;
  GtkBox *notes_box;
  GtkLabel *moves_label;
  GtkWidget *weeks_box;
  AmendsWeeks *weeks;
  GtkWidget *extension_key;
};

G_DEFINE_FINAL_TYPE (AmendsWhyPage, amends_why_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_CLOSED,
  SIGNAL_COPIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---------------------------------------------------------------- what it says */

static void
add_step (AmendsWhyPage *self, guint number, const AmendsWhyStep *step)
{
  g_autofree char *figure = g_strdup_printf ("%u", number);
  g_autofree char *sentence =
      amends_words_join (". ", figure, step->title, step->detail, step->policy, step->code, NULL);
  g_autofree char *cited = amends_words_join ("\n", step->policy, step->code, NULL);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *number_label = amends_label_new (figure, "heading", "second", "numeric", NULL);
  GtkWidget *cited_label = amends_label_new (cited, "small", "second", "numeric", NULL);

  gtk_widget_set_valign (number_label, GTK_ALIGN_START);
  gtk_label_set_width_chars (GTK_LABEL (number_label), 2);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), amends_label_new (step->title, NULL));
  if (*step->detail != '\0')
    gtk_box_append (GTK_BOX (texts), amends_label_new (step->detail, "small", "second", NULL));
  gtk_widget_set_valign (cited_label, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (cited_label), 1);
  gtk_label_set_justify (GTK_LABEL (cited_label), GTK_JUSTIFY_RIGHT);
  gtk_label_set_wrap (GTK_LABEL (cited_label), FALSE);
  gtk_widget_set_visible (cited_label, *cited != '\0');
  gtk_box_append (GTK_BOX (line), number_label);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), cited_label);
  gtk_widget_add_css_class (line, "step");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  gtk_list_box_append (self->steps_list, row);
}

static void
show_steps (AmendsWhyPage *self, const AmendsClockPair *pair)
{
  g_autoptr (GPtrArray) steps = amends_why_words_steps (pair, self->dues);

  amends_list_box_clear (self->steps_list);
  for (guint i = 0; i < steps->len; i++)
    add_step (self, i + 1, g_ptr_array_index (steps, i));
}

static GtkWidget *
make_note (const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *image = gtk_image_new_from_icon_name ("dialog-information-symbolic");
  GtkWidget *label = amends_label_new (text, "small", "second", NULL);

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_add_css_class (image, "dim-label");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

/* Why there is one verdict and not two. */
static const char *
explain_single (AmendsWhyPage *self, const AmendsClockPair *pair)
{
  if (pair->code == NULL)
    return _ ("The Code has no such clock: this is the landlord’s own promise");
  if (self->dues->rules.policy == NULL)
    return _ (
        "The landlord’s own policy is not published here yet: the Code’s date holds for every "
        "landlord");
  return _ ("The landlord’s policy has no such clock: the Code’s date holds for every landlord");
}

/* The stricter first. */
static void
show_verdicts (AmendsWhyPage *self, const AmendsClockPair *pair)
{
  const AmendsClockRow *other = amends_clock_pair_get_other (pair);
  g_autofree char *agreement = amends_due_words_agreement (pair);
  g_autofree char *moves = amends_why_words_moves (pair);
  g_autoptr (GPtrArray) notes = amends_why_words_notes (pair);

  amends_verdict_box_set_row (self->first_verdict, pair->governing, self->dues, TRUE,
                              AMENDS_VERDICT_STATE);
  amends_verdict_box_set_row (self->second_verdict, other, self->dues, pair->agrees,
                              AMENDS_VERDICT_STATE);
  gtk_widget_set_visible (self->second_card, other != NULL);
  if (*agreement == '\0')
    {
      g_free (agreement);
      agreement = g_strdup (explain_single (self, pair));
    }
  gtk_label_set_text (self->agreement_label, agreement);
  gtk_label_set_text (self->moves_label, moves);
  amends_box_clear (self->notes_box);
  for (guint i = 0; i < notes->len; i++)
    gtk_box_append (self->notes_box, make_note (g_ptr_array_index (notes, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->notes_box), notes->len > 0);
}

static void
show_weeks (AmendsWhyPage *self, const AmendsClockPair *pair)
{
  gboolean is_drawn = amends_weeks_set_clock (self->weeks, pair, self->dues);
  g_autofree char *label =
      g_strdup_printf (_ ("The same as a calendar. %s"), self->text != NULL ? self->text : "");

  gtk_widget_set_visible (self->weeks_box, is_drawn);
  gtk_widget_set_visible (self->extension_key,
                          is_drawn && pair->governing->n_extended_working_days > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->weeks), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

/**
 * amends_why_page_open:
 * @dues: all clocks of a case
 * @clock: the one to explain, which is one of them
 * @reference: (nullable): of the case
 */
void
amends_why_page_open (AmendsWhyPage *self,
                      AmendsDues *dues,
                      AmendsClockName clock,
                      const char *reference)
{
  const AmendsClockPair *pair = amends_dues_find (dues, clock);
  g_autofree char *isolated = amends_words_isolate (reference);
  g_autofree char *subtitle =
      amends_words_join (" · ", isolated, amends_due_words_clock (clock), NULL);
  g_autofree char *day = NULL;
  g_autofree char *reason = NULL;

  g_return_if_fail (AMENDS_IS_WHY_PAGE (self) && pair != NULL);

  amends_dues_ref (dues);
  amends_why_page_clear (self);
  self->dues = dues;
  self->text = amends_why_words_text (pair, dues, reference);
  day = pair->day != AMENDS_DAY_NONE ? amends_words_long_day (pair->day)
                                     : g_strdup (_ ("No date yet"));
  reason = amends_due_words_reason (pair->governing);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_label_set_text (self->day_label, day);
  gtk_label_set_text (self->reason_label, reason);
  show_steps (self, pair);
  show_verdicts (self, pair);
  show_weeks (self, pair);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_widget_grab_focus (gtk_widget_get_first_child (GTK_WIDGET (self->steps_list)));
}

/**
 * amends_why_page_clear:
 *
 * Takes everything off the screen.
 */
void
amends_why_page_clear (AmendsWhyPage *self)
{
  g_return_if_fail (AMENDS_IS_WHY_PAGE (self));

  amends_list_box_clear (self->steps_list);
  amends_box_clear (self->notes_box);
  amends_weeks_set_clock (self->weeks, NULL, NULL);
  amends_verdict_box_set_row (self->first_verdict, NULL, NULL, TRUE, AMENDS_VERDICT_STATE);
  amends_verdict_box_set_row (self->second_verdict, NULL, NULL, TRUE, AMENDS_VERDICT_STATE);
  gtk_label_set_text (self->agreement_label, "");
  gtk_label_set_text (self->moves_label, "");
  gtk_label_set_text (self->day_label, "");
  gtk_label_set_text (self->reason_label, "");
  adw_window_title_set_subtitle (self->title, "");
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->dues, amends_dues_unref);
}

/* ---------------------------------------------------------------- object */

static void
close_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_CLOSED], 0);
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AmendsWhyPage *self = AMENDS_WHY_PAGE (widget);

  if (self->text == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->text);
  g_signal_emit (self, signals[SIGNAL_COPIED], 0);
}

static void
amends_why_page_dispose (GObject *object)
{
  AmendsWhyPage *self = AMENDS_WHY_PAGE (object);

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->dues, amends_dues_unref);
  G_OBJECT_CLASS (amends_why_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AmendsWhyPage, title);
  gtk_widget_class_bind_template_child (widget_class, AmendsWhyPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, AmendsWhyPage, day_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsWhyPage, reason_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsWhyPage, steps_list);
  gtk_widget_class_bind_template_child (widget_class, AmendsWhyPage, first_verdict);
  gtk_widget_class_bind_template_child (widget_class, AmendsWhyPage, second_verdict);
  gtk_widget_class_bind_template_child (widget_class, AmendsWhyPage, second_card);
  gtk_widget_class_bind_template_child (widget_class, AmendsWhyPage, agreement_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsWhyPage, notes_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsWhyPage, moves_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsWhyPage, weeks_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsWhyPage, weeks);
  gtk_widget_class_bind_template_child (widget_class, AmendsWhyPage, extension_key);
}

static void
amends_why_page_class_init (AmendsWhyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_why_page_dispose;
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", AMENDS_TYPE_WHY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_COPIED] = g_signal_new ("copied", AMENDS_TYPE_WHY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (AMENDS_TYPE_COLUMNS);
  g_type_ensure (AMENDS_TYPE_COLUMNS_LAYOUT);
  g_type_ensure (AMENDS_TYPE_VERDICT_BOX);
  g_type_ensure (AMENDS_TYPE_WEEKS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/pages/amends-why-page.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "why.close", NULL, close_cb);
  gtk_widget_class_install_action (widget_class, "why.copy", NULL, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "why.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "why.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "why.copy", NULL);
}

static void
amends_why_page_init (AmendsWhyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
