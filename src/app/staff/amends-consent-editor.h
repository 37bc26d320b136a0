/* amends-consent-editor.h: whether something may be shared with somebody
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <jansson.h>

#include "app/widgets/amends-problem-row.h"

G_BEGIN_DECLS

#define AMENDS_TYPE_CONSENT_EDITOR (amends_consent_editor_get_type ())
G_DECLARE_FINAL_TYPE (AmendsConsentEditor,
                      amends_consent_editor,
                      AMENDS,
                      CONSENT_EDITOR,
                      GtkListBoxRow)

GtkWidget *amends_consent_editor_new (const char *purpose, const char *to);
void amends_consent_editor_set_to (AmendsConsentEditor *self, const char *to);
const char *amends_consent_editor_get_purpose (AmendsConsentEditor *self);
gboolean amends_consent_editor_is_answered (AmendsConsentEditor *self);
json_t *amends_consent_editor_collect (AmendsConsentEditor *self);
void amends_consent_editor_load (AmendsConsentEditor *self, const json_t *consent);
AmendsProblemRow *amends_consent_editor_get_problem_row (AmendsConsentEditor *self);

G_END_DECLS
