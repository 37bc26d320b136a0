/* amends-intake.h: the fields of an intake and of each act
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-event.h"
#include "core/amends-schema.h"

G_BEGIN_DECLS

const AmendsSchemaField *amends_intake_get_fields (void);
const AmendsSchemaField *amends_intake_get_act_fields (AmendsEventType type);
const AmendsSchemaField *amends_intake_find_settled_field (const char *path);
json_t *amends_intake_describe (void);
json_t *amends_intake_describe_act (AmendsEventType type);
json_t *amends_intake_describe_acts (void);
char *amends_intake_dup_act_names (void);
AmendsEventType amends_act_type_from_string (const char *word);

G_END_DECLS
