/* amends-step-line.c: how far a complaint has come
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All steps beside each other where they fit, with the text as large as it is; else one line that
 * says at which of them it stands. */

#include "config.h"

#include "app/staff/amends-step-line.h"

#include <glib/gi18n.h>

#include "app/amends-due-words.h"
#include "app/amends-words.h"
#include "app/widgets/amends-label.h"

struct _AmendsStepLine
{
  GtkWidget parent_instance;

  GtkWidget *steps_box; /* every step, with lines between */
  GtkWidget *brief_label;
  guint n_steps;
  guint n_now; /* from 1; 0 if nothing is to be done now */
};

G_DEFINE_FINAL_TYPE (AmendsStepLine, amends_step_line, GTK_TYPE_WIDGET)

typedef enum
{
  STEP_DONE,
  STEP_NOW,
  STEP_TO_COME,
  STEP_ENDED,
} StepState;

/* ---------------------------------------------------------------- the steps */

/* @when: under it, where it says something; @late: under that */
static void
add_step (AmendsStepLine *self,
          const char *title,
          StepState state,
          const char *when,
          const char *late)
{
  static const struct
  {
    const char *icon;
    const char *style;
  } looks[] = { { "emblem-ok-symbolic", "success" },
                { "media-record-symbolic", "accent" },
                { "radio-symbolic", "dim-label" },
                { "action-unavailable-symbolic", "dim-label" } };
  GtkWidget *step = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image = gtk_image_new_from_icon_name (looks[state].icon);
  GtkWidget *title_label = amends_label_new (title, state == STEP_NOW ? "heading" : "plain", NULL);

  if (self->n_steps > 0)
    {
      GtkWidget *between = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

      gtk_widget_set_hexpand (between, TRUE);
      gtk_widget_set_valign (between, GTK_ALIGN_START);
      gtk_widget_add_css_class (between, "between");
      gtk_box_append (GTK_BOX (self->steps_box), between);
    }
  self->n_steps++;
  gtk_widget_add_css_class (image, looks[state].style);
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), title_label);
  gtk_box_append (GTK_BOX (step), line);
  if (*when != '\0')
    gtk_box_append (GTK_BOX (step), amends_label_new (when, "small", "second", "numeric", NULL));
  if (*late != '\0')
    gtk_box_append (GTK_BOX (step), amends_label_new (late, "small", "numeric", NULL));
  for (GtkWidget *child = gtk_widget_get_first_child (step); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LABEL (child))
      gtk_label_set_wrap (GTK_LABEL (child), FALSE);
  gtk_label_set_wrap (GTK_LABEL (title_label), FALSE);
  gtk_box_append (GTK_BOX (self->steps_box), step);
}

static char *
describe_lateness (const AmendsClockPair *pair, const AmendsDues *dues)
{
  return amends_dues_is_late (dues, pair->governing) ? amends_due_words_left (pair->governing, dues)
                                                     : g_strdup ("");
}

/* @title: while it is to be done, and @done once it is */
static void
add_clock (AmendsStepLine *self,
           const AmendsDues *dues,
           AmendsClockName clock,
           const char *title,
           const char *done)
{
  const AmendsClockPair *pair = amends_dues_find (dues, clock);
  const AmendsClockPair *owed = amends_dues_get_owed (dues);
  const AmendsClockRow *row = pair != NULL ? pair->governing : NULL;
  g_autofree char *day = NULL;
  g_autofree char *when = NULL;
  g_autofree char *late = NULL;

  if (pair == NULL)
    return;
  if (row->met_day != AMENDS_DAY_NONE && !amends_clock_row_is_open (row))
    {
      when = amends_words_near_day (row->met_day, dues->today);
      late = describe_lateness (pair, dues);
      add_step (self, done, STEP_DONE, when, late);
      return;
    }
  if (row->state == AMENDS_CLOCK_STATE_ENDED)
    {
      add_step (self, title, STEP_ENDED, _ ("ended"), "");
      return;
    }
  day = pair->day != AMENDS_DAY_NONE ? amends_words_near_day (pair->day, dues->today) : NULL;
  when = day != NULL ? g_strdup_printf (_ ("by %s"), day) : g_strdup ("");
  add_step (self, title, pair == owed ? STEP_NOW : STEP_TO_COME, when, "");
  if (pair == owed)
    self->n_now = self->n_steps;
}

static void
add_received (AmendsStepLine *self, const AmendsCaseFile *file)
{
  const char *received = amends_case_get_text (file->complaint, "received");
  g_autofree char *when = NULL;
  AmendsDay day;

  when = received != NULL && amends_day_parse (received, &day, NULL)
             ? amends_words_near_day (day, file->dues->today)
             : amends_words_isolate (received);
  add_step (self, _ ("Received"), STEP_DONE, when, "");
}

static gboolean
has_begun (const AmendsDues *dues, AmendsClockName clock)
{
  const AmendsClockPair *pair = amends_dues_find (dues, clock);

  return pair != NULL && pair->governing->started_day != AMENDS_DAY_NONE;
}

static void
add_stage_2 (AmendsStepLine *self, const AmendsDues *dues)
{
  const AmendsClockPair *pair = amends_dues_find (dues, AMENDS_CLOCK_STAGE2_ACKNOWLEDGE);
  g_autofree char *asked = amends_words_near_day (pair->governing->started_day, dues->today);

  add_clock (self, dues, AMENDS_CLOCK_RESPOND, _ ("Stage 1"), _ ("Stage 1"));
  add_step (self, _ ("Stage 2 asked"), STEP_DONE, asked, "");
  add_clock (self, dues, AMENDS_CLOCK_STAGE2_ACKNOWLEDGE, _ ("Acknowledge"), _ ("Acknowledged"));
  add_clock (self, dues, AMENDS_CLOCK_STAGE2_CONTACT, _ ("Contact"), _ ("Contacted"));
  add_clock (self, dues, AMENDS_CLOCK_STAGE2_RESPOND, _ ("Response"), _ ("Responded"));
}

static void
show_brief (AmendsStepLine *self, const AmendsDues *dues)
{
  const AmendsClockPair *owed = amends_dues_get_owed (dues);
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;

  if (self->n_now > 0)
    {
      day = amends_words_near_day (owed->day, dues->today);
      /* Translators: which step of how many, what is owed, and by when. */
      text = g_strdup_printf (_ ("Step %u of %u: %s by %s"), self->n_now, self->n_steps,
                              amends_due_words_clock (owed->name), day);
    }
  else
    text = g_strdup (_ ("Nothing is owed now"));
  gtk_label_set_text (GTK_LABEL (self->brief_label), text);
}

/* Takes every step off the screen. */
void
amends_step_line_clear (AmendsStepLine *self)
{
  g_return_if_fail (AMENDS_IS_STEP_LINE (self));

  amends_box_clear (GTK_BOX (self->steps_box));
  gtk_label_set_text (GTK_LABEL (self->brief_label), "");
  self->n_steps = self->n_now = 0;
}

/**
 * amends_step_line_set_file:
 * @file: the case to show from now on
 */
void
amends_step_line_set_file (AmendsStepLine *self, const AmendsCaseFile *file)
{
  const AmendsDues *dues = file->dues;

  g_return_if_fail (AMENDS_IS_STEP_LINE (self));

  amends_step_line_clear (self);
  add_received (self, file);
  if (has_begun (dues, AMENDS_CLOCK_STAGE2_ACKNOWLEDGE))
    add_stage_2 (self, dues);
  else
    {
      add_clock (self, dues, AMENDS_CLOCK_ACKNOWLEDGE, _ ("Acknowledge"), _ ("Acknowledged"));
      add_clock (self, dues, AMENDS_CLOCK_CONTACT, _ ("Contact"), _ ("Contacted"));
      add_clock (self, dues, AMENDS_CLOCK_RESPOND, _ ("Response"), _ ("Responded"));
    }
  show_brief (self, dues);
  /* A record that is no complaint has no steps. */
  gtk_widget_set_visible (GTK_WIDGET (self), self->n_steps > 1);
}

/* ---------------------------------------------------------------- where they stand */

static void
amends_step_line_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  AmendsStepLine *self = AMENDS_STEP_LINE (widget);
  int whole;

  gtk_widget_measure (self->steps_box, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &whole, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (self->brief_label, orientation, -1, minimum, NULL, NULL, NULL);
      *natural = MAX (*minimum, whole);
    }
  else if (for_size < 0 || for_size >= whole)
    gtk_widget_measure (self->steps_box, orientation, -1, minimum, natural, NULL, NULL);
  else
    gtk_widget_measure (self->brief_label, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
amends_step_line_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AmendsStepLine *self = AMENDS_STEP_LINE (widget);
  gboolean is_whole;
  int whole;

  gtk_widget_measure (self->steps_box, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &whole, NULL, NULL);
  is_whole = width >= whole;
  gtk_widget_set_child_visible (self->steps_box, is_whole);
  gtk_widget_set_child_visible (self->brief_label, !is_whole);
  gtk_widget_size_allocate (is_whole ? self->steps_box : self->brief_label,
                            &(GtkAllocation){ 0, 0, width, height }, baseline);
}

static GtkSizeRequestMode
amends_step_line_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
amends_step_line_dispose (GObject *object)
{
  AmendsStepLine *self = AMENDS_STEP_LINE (object);

  g_clear_pointer (&self->steps_box, gtk_widget_unparent);
  g_clear_pointer (&self->brief_label, gtk_widget_unparent);
  G_OBJECT_CLASS (amends_step_line_parent_class)->dispose (object);
}

static void
amends_step_line_class_init (AmendsStepLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = amends_step_line_dispose;
  widget_class->measure = amends_step_line_measure;
  widget_class->size_allocate = amends_step_line_size_allocate;
  widget_class->get_request_mode = amends_step_line_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
amends_step_line_init (AmendsStepLine *self)
{
  self->steps_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gtk_widget_set_parent (self->steps_box, GTK_WIDGET (self));
  /* A screen reader has the steps themselves, whichever is drawn. */
  self->brief_label =
      g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "xalign",
                    0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->brief_label, "heading");
  gtk_widget_set_parent (self->brief_label, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Steps"),
                                  -1);
}
