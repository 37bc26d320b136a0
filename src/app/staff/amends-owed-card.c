/* amends-owed-card.c: what is owed next, by both verdicts, and the act that does it
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/staff/amends-owed-card.h"

#include <glib/gi18n.h>

#include "app/amends-act-words.h"
#include "app/amends-due-words.h"
#include "app/amends-words.h"
#include "app/staff/amends-act-menu.h"
#include "app/staff/amends-duty-act.h"
#include "app/staff/amends-verdict-box.h"
#include "app/widgets/amends-columns.h"

struct _AmendsOwedCard
{
  AdwBin parent_instance;

  GtkLabel *lead_label; /* from the template, as all below */
  GtkLabel *headline_label;
  GtkLabel *left_label;
  GtkLabel *stage_2_label;
  GtkButton *primary_button;
  GtkWidget *acts_button;
  GtkWidget *promote_button;
  GtkWidget *verdicts_box;
  AmendsVerdictBox *first_verdict;
  GtkWidget *second_box;
  AmendsVerdictBox *second_verdict;
  GtkWidget *agreement_box;
  GtkImage *agreement_image;
  GtkLabel *agreement_label;
  GtkWidget *why_button;
  GtkWidget *note_box;
  GtkLabel *note_label;
};

G_DEFINE_FINAL_TYPE (AmendsOwedCard, amends_owed_card, ADW_TYPE_BIN)

/* Returns the act on the button, which the menu then leaves out. */
static AmendsEventType
show_primary (AmendsOwedCard *self, const AmendsCaseFile *file, const AmendsClockPair *owed)
{
  AmendsEventType act = AMENDS_EVENT_UNKNOWN;

  if (owed != NULL)
    act = amends_duty_act_find (file, &(const AmendsDuty){ .kind = AMENDS_DUTY_CLOCK,
                                                           .clock = owed->name });
  gtk_widget_set_visible (GTK_WIDGET (self->primary_button), act != AMENDS_EVENT_UNKNOWN);
  if (act == AMENDS_EVENT_UNKNOWN)
    return act;
  gtk_button_set_label (self->primary_button, amends_act_words_title (act));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->primary_button), "s",
                                    amends_event_type_to_string (act));
  return act;
}

static void
set_style (GtkWidget *widget, const char *style, gboolean has)
{
  if (has)
    gtk_widget_add_css_class (widget, style);
  else
    gtk_widget_remove_css_class (widget, style);
}

static char *
describe_left (const AmendsClockPair *owed, const AmendsDues *dues)
{
  g_autofree char *left = amends_due_words_left (owed->governing, dues);
  g_autofree char *day = NULL;
  g_autofree char *was = NULL;

  if (!amends_dues_is_late (dues, owed->governing))
    return g_steal_pointer (&left);
  day = amends_words_near_day (owed->day, dues->today);
  was = g_strdup_printf (_ ("was %s"), day);
  return amends_words_join (", ", left, was, NULL);
}

static void
show_owed (AmendsOwedCard *self, const AmendsClockPair *owed, const AmendsDues *dues)
{
  gboolean is_late = amends_dues_is_late (dues, owed->governing);
  g_autofree char *headline = is_late ? g_strdup (amends_due_words_clock (owed->name))
                                      : amends_due_words_headline (owed, dues->today);
  g_autofree char *left = describe_left (owed, dues);

  gtk_label_set_text (self->lead_label, is_late ? _ ("Overdue") : _ ("Owed next"));
  set_style (GTK_WIDGET (self->lead_label), "error", is_late);
  set_style (GTK_WIDGET (self->lead_label), "accent", !is_late);
  gtk_label_set_text (self->headline_label, headline);
  gtk_label_set_text (self->left_label, left);
  set_style (GTK_WIDGET (self->left_label), "error", is_late);
}

static void
show_nothing (AmendsOwedCard *self)
{
  gtk_label_set_text (self->lead_label, "");
  gtk_label_set_text (self->headline_label, _ ("Nothing is owed now"));
  gtk_label_set_text (self->left_label, "");
  set_style (GTK_WIDGET (self->left_label), "error", FALSE);
}

/* What the complainant may do next, whatever else is owed to them. */
static void
show_stage_2 (AmendsOwedCard *self, const AmendsDues *dues)
{
  g_autofree char *words = amends_due_words_stage_2 (dues);

  gtk_label_set_text (self->stage_2_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->stage_2_label), *words != '\0');
}

static void
show_verdicts (AmendsOwedCard *self, const AmendsDues *dues, const AmendsClockPair *owed)
{
  const AmendsClockRow *other = NULL;
  g_autofree char *agreement = NULL;

  gtk_widget_set_visible (self->verdicts_box, owed != NULL);
  if (owed == NULL)
    return;
  other = amends_clock_pair_get_other (owed);
  agreement = amends_due_words_agreement (owed);
  amends_verdict_box_set_row (self->first_verdict, owed->governing, dues, TRUE,
                              AMENDS_VERDICT_REASON);
  amends_verdict_box_set_row (self->second_verdict, other, dues, owed->agrees,
                              AMENDS_VERDICT_REASON);
  gtk_widget_set_visible (self->second_box, other != NULL);
  gtk_label_set_text (self->agreement_label, agreement);
  gtk_image_set_from_icon_name (self->agreement_image, owed->agrees
                                                           ? "emblem-ok-symbolic"
                                                           : "dialog-information-symbolic");
  set_style (GTK_WIDGET (self->agreement_image), "success", owed->agrees);
  gtk_widget_set_visible (self->agreement_box, *agreement != '\0');
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->why_button), "i", (int) owed->name);
}

/* What a person must know of these dates before they are relied on. */
static void
show_note (AmendsOwedCard *self, const AmendsDues *dues, const AmendsClockPair *owed)
{
  g_autofree char *reading = owed != NULL && owed->policy != NULL
                                 ? amends_due_words_reading (owed->policy->clock->rule)
                                 : g_strdup ("");
  const char *provisional = owed != NULL && owed->governing->is_provisional
                                ? _ ("Provisional: no bank holidays are known so far ahead.")
                                : "";
  const char *unpublished =
      dues->rules.policy == NULL ? _ (
          "These are the Code’s dates, which hold for every landlord. The landlord’s own policy "
          "is not published here yet: an administrator publishes it.")
                                 : "";
  g_autofree char *note = amends_words_join (" ", unpublished, provisional, reading, NULL);

  gtk_label_set_text (self->note_label, note);
  gtk_widget_set_visible (self->note_box, *note != '\0');
}

/* Takes everything off the screen. */
void
amends_owed_card_clear (AmendsOwedCard *self)
{
  g_return_if_fail (AMENDS_IS_OWED_CARD (self));

  gtk_label_set_text (self->lead_label, "");
  gtk_label_set_text (self->headline_label, "");
  gtk_label_set_text (self->left_label, "");
  gtk_label_set_text (self->stage_2_label, "");
  gtk_label_set_text (self->agreement_label, "");
  gtk_label_set_text (self->note_label, "");
  amends_verdict_box_set_row (self->first_verdict, NULL, NULL, TRUE, AMENDS_VERDICT_REASON);
  amends_verdict_box_set_row (self->second_verdict, NULL, NULL, TRUE, AMENDS_VERDICT_REASON);
}

/**
 * amends_owed_card_focus:
 * @prefers_owed: whether the keyboard goes to the act that is owed next, if there is one; else to the others
 */
void
amends_owed_card_focus (AmendsOwedCard *self, gboolean prefers_owed)
{
  g_return_if_fail (AMENDS_IS_OWED_CARD (self));

  if (!prefers_owed || !gtk_widget_get_visible (GTK_WIDGET (self->primary_button))
      || !gtk_widget_grab_focus (GTK_WIDGET (self->primary_button)))
    gtk_widget_grab_focus (self->acts_button);
}

/* It is no act on the case: what is told is in a record of its own, and nothing of it here. */
static void
add_safeguarding (GMenuModel *menu)
{
  g_autoptr (GMenu) section = g_menu_new ();

  g_menu_append (section, _ ("Tell the safeguarding lead…"), "win.tell-safeguarding");
  g_menu_append_section (G_MENU (menu), NULL, G_MENU_MODEL (section));
}

/**
 * amends_owed_card_set_file:
 * @file: the case to show from now on
 * @is_read_only: whether nothing can be done here
 */
void
amends_owed_card_set_file (AmendsOwedCard *self, const AmendsCaseFile *file, gboolean is_read_only)
{
  g_autoptr (GMenuModel) menu = NULL;
  const AmendsClockPair *owed;

  g_return_if_fail (AMENDS_IS_OWED_CARD (self) && file != NULL);

  owed = amends_dues_get_owed (file->dues);
  if (owed != NULL)
    show_owed (self, owed, file->dues);
  else
    show_nothing (self);
  show_stage_2 (self, file->dues);
  gtk_widget_set_visible (GTK_WIDGET (self->lead_label),
                          *gtk_label_get_text (self->lead_label) != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->left_label),
                          *gtk_label_get_text (self->left_label) != '\0');
  gtk_widget_set_sensitive (GTK_WIDGET (self->primary_button), !is_read_only);
  gtk_widget_set_sensitive (self->acts_button, !is_read_only);
  gtk_widget_set_sensitive (self->promote_button, !is_read_only);
  gtk_widget_set_visible (self->promote_button,
                          amends_act_menu_is_open (file, AMENDS_EVENT_CASE_PROMOTED));
  menu = amends_act_menu_new (file, AMENDS_ACT_GROUP_HANDLING, AMENDS_ACT_GROUP_ENDING,
                              show_primary (self, file, owed));
  add_safeguarding (menu);
  amends_act_menu_set (GTK_MENU_BUTTON (self->acts_button), menu);
  show_verdicts (self, file->dues, owed);
  show_note (self, file->dues, owed);
}

static void
amends_owed_card_class_init (AmendsOwedCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (AMENDS_TYPE_COLUMNS);
  g_type_ensure (AMENDS_TYPE_COLUMNS_LAYOUT);
  g_type_ensure (AMENDS_TYPE_VERDICT_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/amends/Amends/staff/amends-owed-card.ui");
  gtk_widget_class_bind_template_child (widget_class, AmendsOwedCard, lead_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsOwedCard, headline_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsOwedCard, left_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsOwedCard, stage_2_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsOwedCard, primary_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsOwedCard, acts_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsOwedCard, promote_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsOwedCard, verdicts_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsOwedCard, first_verdict);
  gtk_widget_class_bind_template_child (widget_class, AmendsOwedCard, second_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsOwedCard, second_verdict);
  gtk_widget_class_bind_template_child (widget_class, AmendsOwedCard, agreement_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsOwedCard, agreement_image);
  gtk_widget_class_bind_template_child (widget_class, AmendsOwedCard, agreement_label);
  gtk_widget_class_bind_template_child (widget_class, AmendsOwedCard, why_button);
  gtk_widget_class_bind_template_child (widget_class, AmendsOwedCard, note_box);
  gtk_widget_class_bind_template_child (widget_class, AmendsOwedCard, note_label);
}

static void
amends_owed_card_init (AmendsOwedCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->promote_button))), TRUE);
}
