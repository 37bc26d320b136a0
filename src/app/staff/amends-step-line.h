/* amends-step-line.h: how far a complaint has come
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_STEP_LINE (amends_step_line_get_type ())
G_DECLARE_FINAL_TYPE (AmendsStepLine, amends_step_line, AMENDS, STEP_LINE, GtkWidget)

void amends_step_line_clear (AmendsStepLine *self);
void amends_step_line_set_file (AmendsStepLine *self, const AmendsCaseFile *file);

G_END_DECLS
