/* amends-json.h: ids, days and instants as scripts read them
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <jansson.h>

#include "core/amends-day.h"
#include "core/amends-id.h"

G_BEGIN_DECLS

json_t *amends_id_to_json (const AmendsId *id);
json_t *amends_day_to_json (AmendsDay day);
AmendsDay amends_day_from_json (const json_t *object, const char *key);
json_t *amends_instant_to_json (gint64 instant);

G_END_DECLS
