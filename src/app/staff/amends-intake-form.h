/* amends-intake-form.h: the form of a record, as JSON on screen
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <jansson.h>

#include "app/amends-session.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_INTAKE_FORM (amends_intake_form_get_type ())
G_DECLARE_FINAL_TYPE (AmendsIntakeForm, amends_intake_form, AMENDS, INTAKE_FORM, AdwBin)

void amends_intake_form_begin (AmendsIntakeForm *self,
                               const json_t *intake,
                               const GPtrArray *schemes,
                               const char *actor);
void amends_intake_form_set_places (AmendsIntakeForm *self, const AmendsPlaces *places);
void amends_intake_form_clear (AmendsIntakeForm *self);
json_t *amends_intake_form_collect (AmendsIntakeForm *self, gboolean only_answered);
gboolean amends_intake_form_has_content (AmendsIntakeForm *self);
gboolean amends_intake_form_is_restricted (AmendsIntakeForm *self);
char *amends_intake_form_dup_ring (AmendsIntakeForm *self);
char *amends_intake_form_show_problems (AmendsIntakeForm *self, const GPtrArray *problems);
gboolean amends_intake_form_ask_safety (AmendsIntakeForm *self);
void amends_intake_form_clear_problems (AmendsIntakeForm *self);

G_END_DECLS
