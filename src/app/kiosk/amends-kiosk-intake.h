/* amends-kiosk-intake.h: what becomes of what a visitor said
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/kiosk/amends-kiosk-flow.h"
#include "app/kiosk/amends-kiosk-shown.h"

G_BEGIN_DECLS

const char *amends_kiosk_intake_get_kind (const json_t *answers);
const char *amends_kiosk_intake_get_way (const json_t *answers);
gboolean amends_kiosk_intake_needs_form (const json_t *answers);
GPtrArray *amends_kiosk_intake_get_files (const json_t *all_answers, AmendsKioskShown *shown);
json_t *amends_kiosk_intake_new (const json_t *all_answers, const char *scheme, AmendsDay received);

G_END_DECLS
