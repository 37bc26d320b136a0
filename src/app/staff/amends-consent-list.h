/* amends-consent-list.h: with whom a record may be shared, question by question
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <jansson.h>

#include "app/widgets/amends-problem-row.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_CONSENT_LIST (amends_consent_list_get_type ())
G_DECLARE_FINAL_TYPE (AmendsConsentList, amends_consent_list, AMENDS, CONSENT_LIST, AdwBin)

void amends_consent_list_clear (AmendsConsentList *self);
void amends_consent_list_load (AmendsConsentList *self, const json_t *consents);
void amends_consent_list_ask (AmendsConsentList *self, const char *purpose, const char *to);
void amends_consent_list_follow_representative (AmendsConsentList *self, const char *name);
json_t *amends_consent_list_collect (AmendsConsentList *self, gboolean only_answered);
AmendsProblemRow *amends_consent_list_get_problem_row (AmendsConsentList *self, guint n);

G_END_DECLS
