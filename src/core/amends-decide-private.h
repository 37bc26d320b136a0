/* amends-decide-private.h: how decisions are made, for the gates of different acts
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/amends-decide.h"

G_BEGIN_DECLS

AmendsDecision *amends_decision_new (const char *feed);
json_t *
amends_decision_begin_body (const char *type, const AmendsId *by, const AmendsMoment *moment);
gboolean
amends_decision_add_body (AmendsDecision *self, json_t *body, const char *field, GError **error);

G_END_DECLS
