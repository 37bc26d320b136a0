/* amends-act-form.h: which fields the form of an act has
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/staff/amends-act-field.h"

G_BEGIN_DECLS

GPtrArray *amends_act_form_list_fields (AmendsEventType act, const AmendsCase *complaint);
const json_t *amends_act_form_find_now (const AmendsActField *field, const AmendsCase *complaint);
char *amends_act_form_join_texts (const json_t *list);
void amends_act_form_join_lines (const GPtrArray *fields, const AmendsCase *complaint);
char *amends_act_form_dup_left_out (const GPtrArray *fields);
char *amends_act_form_dup_title (AmendsEventType act, const AmendsActField *field);
gboolean amends_act_form_is_colleague (const AmendsActField *field);

G_END_DECLS
