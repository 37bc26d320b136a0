/* amends-complainant.h: who complains in a case, and what was done for each of them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-case.h"

G_BEGIN_DECLS

/* What the record calls whoever it names first, whatever their name. */
#define AMENDS_COMPLAINANT_FIRST "complainant"

/**
 * AmendsComplainant: one of those who complain together
 * @who: what acts call them by: %AMENDS_COMPLAINANT_FIRST, or the name under which they were recorded
 * @name: (nullable): as they are called today
 * @relation: (nullable): a code
 * @is_lead: of a petition: letters go to them
 * @withdrawn: (nullable): what was recorded as they took their complaint back
 *
 * Texts are owned by the case.
 */
typedef struct
{
  const char *who;
  const char *name;
  const char *relation;
  gboolean is_lead;
  const json_t *withdrawn;
} AmendsComplainant;

GArray *amends_case_list_complainants (const AmendsCase *self);
GArray *amends_case_list_addressed (const AmendsCase *self);
GPtrArray *amends_case_list_for_all (const AmendsCase *self);
gboolean amends_case_is_joint (const AmendsCase *self);
gboolean amends_case_is_petition (const AmendsCase *self);

char *amends_complainant_dup_field (const char *who, const char *key);
const json_t *
amends_complainant_get_value (const AmendsCase *complaint, const char *who, const char *key);
const char *
amends_complainant_get_text (const AmendsCase *complaint, const char *who, const char *key);
const json_t *
amends_complainant_get_act (const AmendsCase *complaint, const char *who, const char *act);
gboolean amends_complainant_is_act_for_one (const char *field);
guint amends_complainant_get_joined (const AmendsCase *complaint, const char *who);
guint amends_complainant_get_arrival (const AmendsCase *complaint, const AmendsComplainant *each);
gboolean amends_complainant_is (const char *who, const char *other);

G_END_DECLS
