/* amends-duty-line.h: a line of a work list
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/amends-work-words.h"

G_BEGIN_DECLS

/**
 * AmendsDutyForm:
 * @AMENDS_DUTY_FORM_WIDE: four columns in one line: who and what, duty, when, by whose hand
 * @AMENDS_DUTY_FORM_NARROW: three lines, for a window as narrow as a telephone
 * @AMENDS_DUTY_FORM_PANE: two lines, for the list beside a case
 */
typedef enum
{
  AMENDS_DUTY_FORM_WIDE,
  AMENDS_DUTY_FORM_NARROW,
  AMENDS_DUTY_FORM_PANE,
} AmendsDutyForm;

#define AMENDS_TYPE_DUTY_LINE (amends_duty_line_get_type ())
G_DECLARE_FINAL_TYPE (AmendsDutyLine, amends_duty_line, AMENDS, DUTY_LINE, GtkListBoxRow)

GtkWidget *amends_duty_line_new (const AmendsWorkLine *line, AmendsDutyForm form);
void amends_duty_line_set_duty (AmendsDutyLine *self, const AmendsDutyRow *duty);
const AmendsDutyRow *amends_duty_line_get_duty (AmendsDutyLine *self);
void amends_duty_line_set_unfinished (AmendsDutyLine *self,
                                      const AmendsUnfinished *unfinished,
                                      const AmendsWorkLine *line,
                                      AmendsDutyForm form);
const AmendsUnfinished *amends_duty_line_get_unfinished (AmendsDutyLine *self);

G_END_DECLS
